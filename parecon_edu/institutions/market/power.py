"""Few sellers, few employers, strong bargainers: what each can take that many can't, and what size is good for.

The models of one idea behind lesson 06c. Sellers and employers choose how much, as Cournot's (1838) do; demand, supply
and worth are straight lines, so that every number has a closed form.
"""

import math
from dataclasses import dataclass

from parecon_edu.validation.people import above, amount, count

__all__ = ["Hired", "Sold", "bargain", "best_number", "entry", "hire", "saving_needed", "sell"]


@dataclass(frozen=True)
class Sold:
    """What a number of sellers make of a market.

    Attributes
    ----------
    quantity, price : float
        What all sell together, and at what price.
    markup : float
        (price - cost)/price, Lerner's measure: 1/(n |elasticity|).
    buyers : float
        What buyers gain: what it is worth to them less what they pay.
    sellers : float
        What all sellers together keep, the cost of being in the market paid.
    together : float
        The two added up.
    lost : float
        How far that falls short of one shop that sells at cost: the triangle, and every shop beyond the first.
    """

    quantity: float
    price: float
    markup: float
    buyers: float
    sellers: float
    together: float
    lost: float


def sell(n: int, *, choke: float = 100.0, slope: float = 1.0, cost: float = 20.0, fixed: float = 0.0) -> Sold:
    r"""Let n equal sellers choose how much to bring to market, each taking what the others bring as given.

    Parameters
    ----------
    n : int
        Sellers, one or more.
    choke : float
        a: the price at which nobody buys any more. Demand is P = a - b Q.
    slope : float
        b, above 0.
    cost : float
        c: what one more unit costs, not above `choke`.
    fixed : float
        F: what each seller has to pay to be in the market at all.

    Returns
    -------
    Sold

    Raises
    ------
    TypeError, ValueError
        If a setting is out of its range.

    Notes
    -----
    :math:`Q = n(a-c)/((n+1)b)`; the triangle is :math:`(a-c)^2 / (2b(n+1)^2)`. One seller is the monopolist; as n
    grows the price comes down to cost. Cournot, Recherches sur les principes mathématiques de la théorie des richesses
    (1838), ch. 7; Lerner, "The Concept of Monopoly", Review of Economic Studies 1 (1934).

    Examples
    --------
    >>> two = sell(2)
    >>> round(two.quantity, 2), round(two.price, 2), round(two.lost, 2)
    (53.33, 46.67, 355.56)
    """
    n = count(n, "The number of sellers", low=1)
    choke, slope, cost = _demand(choke, slope, cost)
    fixed = amount(fixed, "What each seller pays to be in the market")
    room = choke - cost
    quantity = n * room / ((n + 1) * slope)
    price = choke - slope * quantity
    buyers = slope * quantity**2 / 2
    sellers = (price - cost) * quantity - n * fixed
    return Sold(
        quantity=quantity,
        price=price,
        markup=(price - cost) / price if price > 0 else 0.0,
        buyers=buyers,
        sellers=sellers,
        together=buyers + sellers,
        lost=room**2 / (2 * slope) - fixed - buyers - sellers,
    )


def entry(fixed: float, *, choke: float = 100.0, slope: float = 1.0, cost: float = 20.0) -> int:
    """Return how many sellers come if everybody may: as long as the last one still earns what it costs to be there.

    Notes
    -----
    Each earns (a-c)²/(b(n+1)²), so n is the largest whole number up to (a-c)/√(bF) - 1. Part of what a newcomer earns
    is taken from those already there, so too many may come: Mankiw & Whinston, "Free Entry and Social Inefficiency",
    Rand Journal of Economics 17 (1986).

    Examples
    --------
    >>> entry(100), best_number(100)
    (7, 3)
    """
    choke, slope, cost = _demand(choke, slope, cost)
    fixed = above(fixed, "What each seller pays to be in the market")
    # The hair keeps a seller who earns exactly the fixed cost, in spite of rounding.
    return max(0, math.floor((choke - cost) / math.sqrt(slope * fixed) - 1 + 1e-9))


def best_number(fixed: float, *, choke: float = 100.0, slope: float = 1.0, cost: float = 20.0) -> int:
    """Return how many sellers leave most to buyers and sellers together, if they behave as Cournot's do.

    Examples
    --------
    >>> [best_number(fixed) for fixed in (10, 100, 800)]
    [8, 3, 1]
    """
    choke, slope, cost = _demand(choke, slope, cost)
    fixed = above(fixed, "What each seller pays to be in the market")
    # Without whole numbers it is ((a-c)²/(bF))^(1/3) - 1; together falls off on both sides of it.
    guess = max(1, math.floor(math.cbrt((choke - cost) ** 2 / (slope * fixed)) - 1))
    return max((guess, guess + 1), key=lambda n: sell(n, choke=choke, slope=slope, cost=cost, fixed=fixed).together)


def saving_needed(
    before: int, after: int, *, choke: float = 100.0, slope: float = 1.0, cost: float = 20.0, for_buyers: bool = False
) -> float:
    """Return by what share the cost of a unit must fall so that fewer sellers do no damage.

    Parameters
    ----------
    before, after : int
        Sellers before and after they merge.
    choke, slope, cost : float
        As for `sell`.
    for_buyers : bool
        False: buyers and sellers *together* must be left with as much. True: the price must not rise.

    Returns
    -------
    float
        A share of `cost`. Above 1 if not even working for nothing would do.

    Notes
    -----
    Williamson, "Economies as an Antitrust Defense: The Welfare Tradeoffs", American Economic Review 58 (1968): a merger
    may raise the price and lower the cost, and the one can outweigh the other. He counts what moves from buyers to
    owners as no loss; with `for_buyers` it counts.

    Examples
    --------
    >>> round(saving_needed(3, 2), 3), round(saving_needed(3, 2, for_buyers=True), 3)
    (0.108, 0.5)
    """
    before = count(before, "The number of sellers before", low=1)
    after = count(after, "The number of sellers after", low=1)
    choke, slope, cost = _demand(choke, slope, cost)
    cost = above(cost, "The cost of a unit")
    room = choke - cost

    def kept(n: int) -> float:
        return n / (n + 1) if for_buyers else math.sqrt(1 - 1 / (n + 1) ** 2)

    return (room * kept(before) / kept(after) - room) / cost


@dataclass(frozen=True)
class Hired:
    """What a number of employers, and a union, make of a labour market.

    Attributes
    ----------
    hours, wage : float
        Hours hired, and what an hour is paid.
    worth : float
        What the last hour hired is worth to whoever hires it.
    exploitation : float
        (worth - wage)/wage: Pigou's and Robinson's rate; without a union 1/(n elasticity of supply).
    workers : float
        What workers gain: pay less the least for which they would have come.
    employers : float
        What is left to employers.
    lost : float
        How far the two together fall short of what hiring could bring: hours worth more than they cost that are not
        worked.
    """

    hours: float
    wage: float
    worth: float
    exploitation: float
    workers: float
    employers: float
    lost: float


def hire(
    n: int,
    *,
    strength: float = 0.0,
    first_worth: float = 50.0,
    worth_falls: float = 0.2,
    first_wage: float = 10.0,
    wage_rises: float = 0.3,
) -> Hired:
    r"""Let n equal employers choose how many hours to hire; a union may bargain for more than they would pay.

    Parameters
    ----------
    n : int
        Employers, one or more.
    strength : float
        β, 0 to 1: how much of the gap between the employers' wage and the worth of the last hour the union wins. Then
        everybody must pay the wage it wins, and may choose how many to hire at it.
    first_worth, worth_falls : float
        The last of L hours is worth `first_worth` - `worth_falls` L; the second above 0.
    first_wage, wage_rises : float
        L hours come if the wage is `first_wage` + `wage_rises` L; the second above 0.

    Returns
    -------
    Hired

    Raises
    ------
    TypeError, ValueError
        If a setting is out of its range.

    Notes
    -----
    An employer who hires one more hour pays more for all its hours: MRP = w + w'L/n, so
    :math:`(MRP - w)/w = 1/(n\varepsilon_s)`. Robinson, The Economics of Imperfect Competition (1933); Manning,
    Monopsony in Motion (2003). A wage that is won, or a minimum wage, up to where supply meets demand raises pay *and*
    hours; beyond it hours fall again. Where more would come than are hired, those come who mind least.

    Examples
    --------
    >>> alone = hire(1)
    >>> round(alone.hours, 9), round(alone.wage, 9), round(alone.exploitation, 9)
    (50.0, 25.0, 0.6)
    >>> [round(hire(1, strength=beta).hours) for beta in (0, 0.6, 1)]
    [50, 80, 50]
    """
    n = count(n, "The number of employers", low=1)
    strength = amount(strength, "The union's strength", high=1.0)
    first_worth = amount(first_worth, "What the first hour is worth")
    worth_falls = above(worth_falls, "How fast the worth of an hour falls")
    first_wage = amount(first_wage, "The least wage", high=first_worth)
    wage_rises = above(wage_rises, "How fast the wage must rise")
    gap = first_worth - first_wage
    alone = gap / (worth_falls + wage_rises * (1 + 1 / n))
    full = gap / (worth_falls + wage_rises)
    wage = bargain(first_wage + wage_rises * alone, first_worth - worth_falls * alone, strength=strength)
    hours = min((wage - first_wage) / wage_rises, (first_worth - wage) / worth_falls)
    worth, least = first_worth - worth_falls * hours, first_wage + wage_rises * hours
    return Hired(
        hours=hours,
        wage=wage,
        worth=worth,
        exploitation=(worth - wage) / wage if wage > 0 else 0.0,
        workers=(wage - (first_wage + least) / 2) * hours,
        employers=((first_worth + worth) / 2 - wage) * hours,
        lost=(worth - least) * (full - hours) / 2,
    )


def bargain(fallback: float, worth: float, *, strength: float) -> float:
    """Return the wage on which two agree who need each other: w = b + β(y - b).

    Parameters
    ----------
    fallback : float
        b: what the worker has without the deal.
    worth : float
        y: what the work is worth to the employer; not below `fallback`, or there is nothing to share.
    strength : float
        β, 0 to 1: the worker's share of what there is to gain.

    Notes
    -----
    Nash, "The Bargaining Problem", Econometrica 18 (1950), with unequal strengths.

    Examples
    --------
    >>> bargain(10, 30, strength=0.5)
    20.0
    """
    fallback = amount(fallback, "What the worker has without the deal")
    worth = amount(
        worth, "What the work is worth", low=fallback, mend="Below the fallback there is no deal: leave it out."
    )
    return fallback + amount(strength, "The worker's strength", high=1.0) * (worth - fallback)


def _demand(choke: float, slope: float, cost: float) -> tuple[float, float, float]:
    choke = above(choke, "The price at which nobody buys")
    return choke, above(slope, "The slope of demand"), amount(cost, "The cost of a unit", high=choke)
