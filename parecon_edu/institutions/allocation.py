"""Prices at which everything that is made is used: the one calculation behind all three institutions.

Institutions differ by what they tell the councils (`Terms`): what counts as a price, which harm is charged, who gets
what income, whose tastes decide. The arithmetic is the same for all, and it is exact: one root in log prices
(and, where there is smoke to charge for, in the charge).
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from parecon_edu.economy import Economy, worker_proposals
from parecon_edu.validation.arrays import Floats

TINY = 1e-300  # instead of 0 under a logarithm
EXACT = 1e-9  # the largest imbalance, in logs, that counts as none
LARGEST = 100.0  # the largest log of a price or a charge that is tried: e**100 is a 1 with 43 zeros


@dataclass(frozen=True, eq=False)
class Flows:
    """Where the money goes at some prices: what incomes can be made of.

    Parameters
    ----------
    prices : (G,)
        Prices, points a unit.
    sales : (J,)
        Price times output.
    bought : (G,)
        What workplaces spend on each input.
    burden : (J,)
        s e**k, what effort costs those who make it, in points.
    charge, emissions
        Points a unit of smoke, and units of smoke.
    """

    prices: Floats
    sales: Floats
    bought: Floats
    burden: Floats
    charge: float
    emissions: float

    @property
    def surplus(self) -> float:
        """What is left of all sales when inputs, the charge and the burden of effort are paid."""
        return float(self.sales.sum() - self.bought.sum() - self.charge * self.emissions - self.burden.sum())


@dataclass(frozen=True, eq=False)
class Terms:
    """What an institution tells the councils.

    Parameters
    ----------
    economy
        As the councils report it: with slack and lost hours taken off.
    counted : (J,)
        How much of the price of its good each workplace counts as its own (1 - 1/n under market power).
    harm : (H,)
        Damage that the charge carries: t = sum of income times harm, times emissions.
    monopoly
        How far the affected community uses its monopoly over permits (0 not at all, 1 fully).
    incomes
        From `Flows` to the income of each neighbourhood (H,).
    budget
        From incomes to what each neighbourhood spends on each private good (H, G), and what all of them together
        spend on each public good (G,).
    """

    economy: Economy
    counted: Floats
    harm: Floats
    incomes: Callable[[Flows], Floats]
    budget: Callable[[Floats], tuple[Floats, Floats]]
    monopoly: float = 0.0
    seen: Economy = field(init=False)

    def __post_init__(self) -> None:
        # A workplace that counts m of its price chooses as one with a scale of m a would; its output is then put
        # back to what it makes: (m lambda - t eps) Q = (lambda - t eps / m) (m Q).
        same = bool((self.counted == 1).all())
        seen = self.economy if same else replace(self.economy, scale=self.economy.scale * self.counted)
        object.__setattr__(self, "seen", seen)

    @cached_property
    def charged(self) -> bool:
        """Whether there is a charge at all."""
        return bool(self.harm.any() and self.economy.emissions.any())

    @cached_property
    def least_smoke(self) -> Floats:
        """Smoke of the cleanest maker of each good (G,) over what it counts of its price; 0 where it is clean."""
        least = np.full(self.economy.kinds.size, np.inf)
        np.minimum.at(least, self.economy.product, self.economy.emissions / self.counted)
        return np.asarray(np.where(self.economy.made, least, 0.0))


@dataclass(frozen=True, eq=False)
class Answers:
    """What the councils answer to some prices and a charge, and how far it is from adding up."""

    prices: Floats  # (G,)
    charge: float
    output: Floats  # (J,)
    inputs: Floats  # (J, M)
    effort: Floats  # (J,)
    emissions: float
    income: Floats  # (H,)
    private: Floats  # (H, G), amounts
    public: Floats  # (G,), amounts
    supply: Floats  # (G,)
    demand: Floats  # (G,)
    right_charge: float  # what the charge ought to be, given these answers


def ask(terms: Terms, prices: Floats, charge: float | Floats, *, income: Floats | None = None) -> Answers:
    """Return what all councils answer to these prices and this charge (one number, or one a workplace).

    With `income` (H,) people have that; without, what the institution makes of the money that flows.
    """
    economy = terms.economy
    proposals = worker_proposals(terms.seen, prices, charge=charge / terms.counted)
    output = proposals.output / terms.counted
    used = use_of(economy, proposals.inputs)
    smoke = economy.emissions * output
    emissions = float(smoke.sum())
    paid = float(np.sum(charge * smoke))
    own = prices[economy.product]
    flows = Flows(
        prices=prices,
        sales=own * output,
        bought=prices * used,
        burden=economy.effort_weight * proposals.effort**economy.effort_disutility,
        charge=paid / emissions if emissions > 0 else 0.0,
        emissions=emissions,
    )
    income = terms.incomes(flows) if income is None else income
    private, public = terms.budget(income)
    supply = economy.supply + np.bincount(economy.product, output, minlength=prices.size)
    right = float(income @ terms.harm) * emissions
    if terms.monopoly:
        right += terms.monopoly * _markup(terms, own, charge, output)
    private, public = private / prices, public / prices
    return Answers(
        prices=prices,
        charge=flows.charge,
        output=output,
        inputs=proposals.inputs,
        effort=proposals.effort,
        emissions=emissions,
        income=income,
        private=private,
        public=public,
        supply=supply,
        demand=private.sum(axis=0) + public + used,
        right_charge=right,
    )


def use_of(economy: Economy, inputs: Floats) -> Floats:
    """Return how much of each good (G,) the workplaces use, from their inputs (J, M)."""
    places = economy.inputs >= 0
    return np.asarray(np.bincount(economy.inputs[places], inputs[places], minlength=economy.kinds.size), dtype=float)


def balance(terms: Terms, *, start: Answers | None = None) -> Answers:
    """Return the answers at the prices (and the charge) at which everything adds up, to 1e-9 in logs.

    Parameters
    ----------
    terms
        What the councils are told.
    start
        Answers from nearby terms, to start from; None: the economy's start prices.

    Raises
    ------
    ValueError
        If no such prices were found: the numbers are too extreme.
    """
    found = _solve(terms, start) if start is not None else None
    if found is None:
        found = _solve(terms, _approach(terms))
    if found is None and terms.charged:
        found = _charge_step_by_step(terms)
    if found is None:
        raise ValueError(
            "No prices were found at which everything adds up. These numbers may be too extreme: try smaller "
            "frictions, less damage, or exponents that leave B + c/k further below 1."
        )
    return found


def _solve(terms: Terms, start: Answers) -> Answers | None:
    """Return the balance nearest to some answers, or None if the root finder does not get there."""
    from scipy.optimize import root  # here, so that importing the library stays quick

    # The root finder asks for the same z several times (to look at shapes, for slopes): answer once.
    asked: dict[bytes, tuple[Floats, Answers]] = {}
    sloped: dict[bytes, Floats] = {}

    def imbalance(z: Floats) -> tuple[Floats, Answers]:
        key = z.tobytes()
        if key not in asked:
            asked[key] = _imbalance(terms, z)
        return asked[key]

    def slopes(z: Floats) -> Floats:
        key = z.tobytes()
        if key not in sloped:
            sloped[key] = _slopes(terms, z, imbalance(z)[1])
        return sloped[key].copy()

    # Errors in powers and logs far from the answer are ordinary; the answer itself is checked.
    with np.errstate(all="ignore"):
        found = root(
            lambda z: imbalance(z)[0].copy(),  # MINPACK works in what it is given
            _unknowns(terms, start),
            method="hybr",
            jac=slopes,
            options={"xtol": 1e-13},
        )
        off, answers = imbalance(found.x)
    return answers if np.abs(off).max() < EXACT else None


def _charge_step_by_step(terms: Terms) -> Answers | None:
    """Balance without a charge first, then with more and more of the harm charged: slower, and hard to upset."""
    free = replace(terms, harm=np.zeros_like(terms.harm))
    reached = _solve(free, _approach(free))
    done, factor = 1e-5, 10.0
    while reached is not None and factor > 1.02:
        share = min(1.0, done * factor)
        found = _solve(replace(terms, harm=terms.harm * share), reached)
        if found is None:
            factor = factor**0.5
        elif share == 1:
            return found
        else:
            reached, done = found, share
    return None


def _imbalance(terms: Terms, z: Floats) -> tuple[Floats, Answers]:
    """Return ln(demand/supply) of every good, and of the charge, with the answers they come from."""
    prices, charge = _announced(terms, z)
    answers = ask(terms, prices, charge)
    off = np.log(np.maximum(answers.demand, TINY)) - np.log(np.maximum(answers.supply, TINY))
    if terms.charged:
        off = np.append(off, np.log(max(answers.right_charge, TINY)) - np.log(max(charge, TINY)))
    return off, answers


def _announced(terms: Terms, z: Floats) -> tuple[Floats, float]:
    """Return prices and charge from the unknowns z, chosen so that somebody makes every good, whatever z is.

    A good that can be made without smoke has z = ln(price), and the charge is a logistic share of the one at which
    all smoke would stop. Where some good cannot be made without smoke, its z is the log of what its price leaves to
    its cleanest maker, and the charge has a log of its own.
    """
    goods = terms.economy.kinds.size
    z = np.clip(np.nan_to_num(z), -LARGEST, LARGEST)
    prices = np.exp(z[:goods])
    if not terms.charged:
        return prices, 0.0
    if terms.least_smoke.any():
        charge = float(np.exp(z[goods]))
        return prices + charge * terms.least_smoke, charge
    return prices, _highest_charge(terms, prices) * _share(z[goods])


def _unknowns(terms: Terms, start: Answers) -> Floats:
    """Return the z of `_announced` that stands for some answers, or for a charge that is possible near them."""
    if not terms.charged:
        return np.log(start.prices)
    least, prices = terms.least_smoke, start.prices
    highest = float(np.min(prices[least > 0] / least[least > 0])) if least.any() else _highest_charge(terms, prices)
    share = (start.charge or min(start.right_charge, highest / 2)) / highest
    share = min(max(share, 1e-9), 1 - 1e-9)
    if least.any():
        return np.append(np.log(prices - share * highest * least), np.log(share * highest))
    return np.append(np.log(prices), np.log(share / (1 - share)))


def _slopes(terms: Terms, z: Floats, answers: Answers) -> Floats:
    """Return the slopes of `_imbalance` in z, where these are the answers, as if incomes stood still.

    The root finder mends the rest as it goes. From the closed form in `economy`,
    d ln Q = (B + c/k)/(1 - B - c/k) d ln(net price) - b/(1 - B - c/k) d ln p.
    """
    economy, prices, charge = terms.economy, answers.prices, _announced(terms, z)[1]
    works, goods = np.arange(economy.product.size), prices.size
    shares = np.zeros((works.size, goods))  # exponents by good
    places = economy.inputs >= 0
    np.add.at(shares, (np.nonzero(places)[0], economy.inputs[places]), economy.exponents[places])
    gross = terms.counted * prices[economy.product]
    net = np.maximum(gross - charge * economy.emissions, 1e-9 * gross)

    moves = _moves(terms, z, prices, charge)  # of ln p, and of ln t in the last row
    d_prices = moves[:goods]
    d_net = (gross / net)[:, None] * d_prices[economy.product]
    if terms.charged:
        d_net = d_net - np.outer(charge * economy.emissions / net, moves[goods])
    curvature = (1 - economy.returns)[:, None]
    d_output = (economy.returns[:, None] * d_net - shares @ d_prices) / curvature

    makes = np.zeros((goods, works.size))
    makes[economy.product, works] = answers.output
    uses = (net * answers.output)[:, None] * shares / prices
    slopes = uses.T @ (d_net + d_output) / np.maximum(answers.demand, TINY)[:, None]
    slopes = slopes - d_prices  # at given money, all demand falls in proportion to its own price
    slopes = slopes - makes @ d_output / np.maximum(answers.supply, TINY)[:, None]
    if not terms.charged:
        return np.asarray(np.nan_to_num(slopes))
    smoke = economy.emissions * answers.output / max(answers.emissions, TINY)
    return np.asarray(np.nan_to_num(np.vstack([slopes, smoke @ d_output - moves[goods]])))


def _moves(terms: Terms, z: Floats, prices: Floats, charge: float) -> Floats:
    """Return the slopes in z of ln p and, in a last row, of ln t (see `_announced`)."""
    moves = np.eye(z.size)
    goods = prices.size
    if not terms.charged:
        return moves
    if terms.least_smoke.any():
        part = charge * terms.least_smoke / prices
        moves[np.arange(goods), np.arange(goods)] = 1 - part
        moves[:goods, goods] = part
        return moves
    economy = terms.economy
    smoky = np.flatnonzero(economy.emissions > 0)
    gross = terms.counted * prices[economy.product]
    dearest = smoky[np.argmax(gross[smoky] / economy.emissions[smoky])]
    moves[goods, economy.product[dearest]] = 1.0
    moves[goods, goods] = 1 - _share(z[goods])
    return moves


def _share(z: float) -> float:
    """Return the logistic function of z, between 0 and 1."""
    return float(1 / (1 + np.exp(-z)))


def _highest_charge(terms: Terms, prices: Floats) -> float:
    """Return the charge from which on nobody who makes smoke would work."""
    economy = terms.economy
    smoky = economy.emissions > 0
    return float(np.max((terms.counted * prices[economy.product])[smoky] / economy.emissions[smoky]))


def _approach(terms: Terms) -> Answers:
    """Walk towards the answer from the start prices: dear what is short, cheap what is over, step by step."""
    z = np.log(terms.economy.start)
    if terms.charged:
        z = np.append(
            z, -10.0 + (np.log(_highest_charge(terms, terms.economy.start)) if terms.least_smoke.any() else 0)
        )
    for _ in range(300):
        with np.errstate(all="ignore"):
            off, answers = _imbalance(terms, z)
        if np.abs(off[: terms.economy.kinds.size]).max() < 0.1:
            break
        z = z + np.clip(0.15 * off, -1, 1)
    return answers


def _markup(terms: Terms, own: Floats, charge: float | Floats, output: Floats) -> float:
    """Return E / |dE/dt| at these prices: what a monopoly over permits adds to the charge (Hahnel 2017)."""
    economy = terms.economy
    elasticity = economy.returns / (1 - economy.returns)
    net = terms.counted * own - charge * economy.emissions
    slope = np.divide(economy.emissions**2 * output * elasticity, net, out=np.zeros_like(output), where=net > 0)
    return float(economy.emissions @ output) / max(float(slope.sum()), TINY)
