"""The unwritten contract: low effort for low pay as one of two ways for a country to live; what a shortage costs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import brentq
from scipy.special import ndtr

from parecon_edu.validation.people import Array, above, amount, count, vector

__all__ = ["WAYS", "Country", "Rest", "Short", "answer", "give_out", "made", "rests", "shelf", "spendable", "years"]


@dataclass(frozen=True)
class Country:
    """A country whose people are paid in money and buy in one shop; all amounts a person and day, in points.

    Parameters
    ----------
    fixed : float
        Pay that everybody gets, above 0.
    extra : float
        Pay more for those who pull their full weight.
    anyway : float
        What is made if nobody pulls their full weight.
    full : float
        What is made if everybody does.
    taken : float
        What goes elsewhere before anything comes into the shop: bread, school and clinic, which cost nothing, and
        whatever the office builds.
    brought : float
        What comes into the shop from abroad.
    trouble, spread : float
        Pulling one's full weight costs `trouble` on average, in goods; between people it is normally distributed with
        this standard deviation, above 0.

    Raises
    ------
    TypeError, ValueError
        If a number is out of its range.
    """

    fixed: float = 30.0
    extra: float = 25.0
    anyway: float = 50.0
    full: float = 100.0
    taken: float = 40.0
    brought: float = 0.0
    trouble: float = 17.0
    spread: float = 3.0

    def __post_init__(self) -> None:
        for name, words, check in (
            ("fixed", "Fixed pay", above),
            ("extra", "Extra pay", amount),
            ("anyway", "What is made anyway", amount),
            ("taken", "What is taken", amount),
            ("brought", "What is brought in", amount),
            ("trouble", "The trouble", amount),
            ("spread", "The spread", above),
        ):
            object.__setattr__(self, name, check(getattr(self, name), words))
        object.__setattr__(self, "full", amount(self.full, "What all can make", low=self.anyway))


def made(country: Country, share: ArrayLike) -> Array:
    """What is made if this share of people pull their full weight."""
    pulling = np.asarray(share, dtype=np.float64)
    result: Array = country.anyway + (country.full - country.anyway) * pulling
    return result


def shelf(country: Country, share: ArrayLike) -> Array:
    """What comes into the shop: what is made less what is taken, 0 at least, and what is brought in."""
    result: Array = np.maximum(made(country, share) - country.taken, 0.0) + country.brought
    return result


def spendable(country: Country, share: ArrayLike) -> Array:
    """Share of all pay that finds something to buy, 1 at most.

    Examples
    --------
    >>> spendable(Country(), [0, 1]).round(2).tolist()
    [0.33, 1.0]
    """
    paid = country.fixed + country.extra * np.asarray(share, dtype=np.float64)
    result: Array = np.minimum(shelf(country, share) / paid, 1.0)
    return result


def answer(country: Country, share: ArrayLike) -> Array:
    """What share would pull their full weight next year, if this share did this year and the shop is as it then is.

    Parameters
    ----------
    country : Country
        The country.
    share : array_like
        Share of people, 0 to 1.

    Returns
    -------
    ndarray

    Notes
    -----
    The extra pay buys extra · φ, with φ the share of pay that finds something. Those pull whose own trouble is less:
    Φ((extra · φ − trouble)/spread), Φ the normal distribution. Φ rises with what the others do, because they fill the
    shop: that is why there can be two answers that bear themselves out. It is the supply multiplier of shortage
    (Barro & Grossman, "Suppressed Inflation and the Supply Multiplier", Review of Economic Studies 41, 1974; Osband,
    "Economic Crisis in a Shortage Economy", IMF Working Paper 1991) in the form of a threshold model (Granovetter
    1978). The numbers are ours and measure no country.

    Examples
    --------
    >>> answer(Country(), [0, 0.15, 0.3, 1]).round(2).tolist()
    [0.0, 0.09, 0.46, 1.0]
    """
    result: Array = ndtr((country.extra * spendable(country, share) - country.trouble) / country.spread)
    return result


@dataclass(frozen=True)
class Rest:
    """A share of people that bears itself out.

    Attributes
    ----------
    share : float
        Who pulls their full weight.
    stable : bool
        Whether a country near it comes back to it. If not, it is the tipping point between two that are, or, where the
        curve falls steeply through it, a point around which the country swings.
    """

    share: float
    stable: bool


def rests(country: Country) -> tuple[Rest, ...]:
    """Find all shares that bear themselves out, the lowest first.

    Returns
    -------
    tuple of Rest
        One point, or three or more; where the curve only rises, stable points with a tipping point between each two.

    Examples
    --------
    >>> [(round(rest.share, 2), rest.stable) for rest in rests(Country())]
    [(0.0, True), (0.21, False), (1.0, True)]
    """
    grid = np.linspace(0.0, 1.0, 401)
    gap = answer(country, grid) - grid

    def off(share: float) -> float:
        return float(answer(country, share)) - share

    found = [
        float(brentq(off, a, b, xtol=1e-12))
        for (a, above), (b, below) in pairwise(zip(grid.tolist(), gap.tolist(), strict=True))
        if above * below < 0
    ]
    points = sorted([*found, *grid[gap == 0].tolist()])
    return tuple(Rest(share=at, stable=_settles(country, at)) for at in points)


def _settles(country: Country, share: float) -> bool:
    """Whether a small step away from a share leads to a smaller one."""
    low, high = max(share - 1e-6, 0.0), min(share + 1e-6, 1.0)
    below, above = answer(country, [low, high]).tolist()
    return bool(abs(above - below) < high - low)


def years(country: Country, start: float, n: int) -> Array:
    """Let each year answer the year before.

    Parameters
    ----------
    country : Country
        The country.
    start : float
        Share that pulls its full weight in the first year.
    n : int
        Years, the first included.

    Returns
    -------
    ndarray, (n,)

    Raises
    ------
    TypeError, ValueError
        If the share is not between 0 and 1, or there are no years.

    Examples
    --------
    >>> years(Country(), 0.15, 5).round(2).tolist(), years(Country(), 0.25, 5).round(2).tolist()
    ([0.15, 0.09, 0.03, 0.0, 0.0], [0.25, 0.31, 0.49, 0.87, 1.0])
    """
    shares = [amount(start, "The share to begin with", high=1.0)]
    for _ in range(count(n, "The number of years", low=1) - 1):
        shares.append(float(answer(country, shares[-1])))
    return np.array(shares)


#: How something short can be given out.
WAYS = ("price", "queue", "coupons")


@dataclass(frozen=True, eq=False)
class Short:
    """Who gets what of something short, and what it costs them.

    Attributes
    ----------
    got : ndarray, (n,)
        How much each gets.
    price : float
        What one costs in money.
    hours : float
        How long one stands in line for one.
    lost : float
        What all the hours in line are worth to those who stand there, points.
    takings : float
        What the shop takes in, points.
    """

    got: Array
    price: float
    hours: float
    lost: float
    takings: float


def give_out(
    way: str, *, hourly: ArrayLike, stock: float, price: float, most: float = 4.0, names: Sequence[str] | None = None
) -> Short:
    """Give out something that is short, by price, by queue or by coupons.

    Parameters
    ----------
    way : str
        One of `WAYS`. "price": it rises until demand is the stock. "queue": it stays, and the line grows until demand
        is the stock. "coupons": it stays, everybody may have the same; what somebody does not want goes to the others.
    hourly : array_like, (n,)
        What an hour is worth to each, points, above 0.
    stock : float
        How much there is.
    price : float
        The price that was fixed.
    most : float
        How much anybody wants if it costs nothing: the q-th is worth hourly · (1 − q/most).
    names : sequence of str, optional
        For messages.

    Returns
    -------
    Short

    Raises
    ------
    TypeError, ValueError
        If there is no such way, or a number is out of its range.

    Notes
    -----
    In a line each pays price + hourly · hours and wants most · (1 − price/hourly − hours). If everybody's hour is worth
    the same, the hours in line are worth exactly what a price that clears would have brought the shop: the rent of a
    low price is all waited away (Barzel, "A Theory of Rationing by Waiting", Journal of Law & Economics 17, 1974).

    Examples
    --------
    >>> line = give_out("queue", hourly=[6, 6], stock=4, price=2)
    >>> line.got.tolist(), round(line.hours, 3), round(line.lost, 3)
    ([2.0, 2.0], 0.167, 4.0)
    """
    worth = vector(hourly, "What an hour is worth", names=names, mend="Put what {who} could do with an hour.")
    if (worth == 0).any():
        raise ValueError("What an hour is worth must be above 0 for everybody: somebody has 0. Put a small number.")
    stock, price = amount(stock, "The stock"), amount(price, "The price")
    most = amount(most, "The most that anybody wants")

    def wanted(money: float, hours: float) -> Array:
        result: Array = most * np.maximum(1 - money / worth - hours, 0.0)
        return result

    if way not in WAYS:
        raise ValueError(f"There is no way {way!r} to give it out. Choose {', '.join(map(repr, WAYS))}.")
    hours, got = 0.0, wanted(price, 0.0)
    if got.sum() > stock:
        if way == "price":
            price = float(brentq(lambda p: wanted(p, 0).sum() - stock, price, float(worth.max()), xtol=1e-12))
            got = wanted(price, 0)
        elif way == "queue":
            hours = float(brentq(lambda h: wanted(price, h).sum() - stock, 0.0, 1.0, xtol=1e-12))
            got = wanted(price, hours)
        else:
            limit = float(brentq(lambda q: np.minimum(got, q).sum() - stock, 0.0, float(got.max()), xtol=1e-12))
            got = np.minimum(got, limit)
    return Short(got=got, price=price, hours=hours, lost=float(hours * (worth @ got)), takings=float(price * got.sum()))
