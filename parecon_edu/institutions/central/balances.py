"""Material balances round by round: orders, what the orders use up, what that uses up, and so on.

An office that knows what every product takes (a technology A) and what is wanted in the end (d) need not solve
equations. It can order d, then what making d takes, then what that takes. After k rounds what is still missing is
A to the power k of what was needed, so it shrinks by the spectral radius of A a round, and if that is 1 or more it
never ends (Leontief 1941; Montias 1959 on how it was done by hand).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType

import numpy as np
from numpy.typing import ArrayLike, NDArray

from parecon_edu.economy.model import worker_proposals
from parecon_edu.economy.scenarios import scenario
from parecon_edu.institutions.central.model import allocate
from parecon_edu.validation.people import amount, count
from parecon_edu.worktime.model import gross_output, spectral_radius
from parecon_edu.worktime.tables import us_2021

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Technology:
    """What products take, and what is wanted of them in the end.

    Attributes
    ----------
    title : str
        Whose it is.
    goods : tuple of str
        The n products.
    A : ndarray, (n, n)
        Column j: what one unit of j takes of each product.
    wanted : ndarray, (n,)
        What is wanted in the end.
    worth : ndarray, (n,)
        How to add units of different products up: a price, or 1.
    unit : str
        What the sum is counted in.
    """

    title: str
    goods: tuple[str, ...]
    A: Array
    wanted: Array
    worth: Array
    unit: str

    def padded(self, share: float) -> Technology:
        """Return it as the factories report it when each asks for so much more of everything than it takes.

        Examples
        --------
        >>> TECHNOLOGIES["two"]().padded(0.5).A.tolist()
        [[0.30000000000000004, 0.44999999999999996], [0.6000000000000001, 0.15000000000000002]]
        """
        asked = 1 + amount(share, "The share that is asked for on top")
        return replace(self, A=asked * self.A)

    @property
    def radius(self) -> float:
        """Spectral radius of A: what is missing after a round, over what was before it; from 1 on orders never end."""
        return spectral_radius(self.A)

    @property
    def needed(self) -> Array | None:
        """What has to be made of each, (n,); None if no amount would do."""
        return gross_output(self.A, self.wanted) if self.radius < 1 else None


def orders(A: ArrayLike, d: ArrayLike, *, rounds: int) -> Array:
    """Pass orders on, round by round.

    Parameters
    ----------
    A : array_like, (n, n)
        Column j: what one unit of good j takes of each good.
    d : array_like, (n,)
        What is wanted in the end.
    rounds : int
        How often orders are passed on.

    Returns
    -------
    ndarray, (rounds + 1, n)
        What is on order after 0, 1, 2, … rounds: d, then d + A d, then d + A d + A² d, …

    Raises
    ------
    TypeError, ValueError
        If they are not finite numbers, zero or more, of fitting shapes.

    Examples
    --------
    >>> orders([[0.2, 0.3], [0.4, 0.1]], [50, 30], rounds=2).round(3).tolist()
    [[50.0, 30.0], [69.0, 53.0], [79.7, 62.9]]
    """
    technology = np.array(A, dtype=np.float64)
    spectral_radius(technology)  # checks its shape and its numbers
    wanted = np.array(d, dtype=np.float64)
    if wanted.shape != (len(technology),) or not np.isfinite(wanted).all() or (wanted < 0).any():
        raise ValueError(
            f"d must be {len(technology)} finite numbers, zero or more, one a good; you gave {wanted.tolist()!r:.60}."
        )
    on_order = [wanted]
    for _ in range(count(rounds, "The number of rounds")):
        on_order.append(wanted + technology @ on_order[-1])
    return np.array(on_order)


def missing(A: ArrayLike, d: ArrayLike, *, rounds: int) -> Array:
    """Give the share of all that is needed which is not yet on order, round by round.

    Parameters
    ----------
    A, d, rounds
        As for `orders`.

    Returns
    -------
    ndarray, (rounds + 1,)
        The sum of what is missing over the sum of what is needed, both in the goods' own units. The ratio of one round
        to the one before tends to the spectral radius of A.

    Raises
    ------
    ValueError
        If the technology uses up all that it makes: then no amount is enough.

    Examples
    --------
    >>> missing([[0.2, 0.3], [0.4, 0.1]], [50, 30], rounds=3).round(3).tolist()
    [0.51, 0.253, 0.127, 0.063]
    """
    needed = gross_output(A, d)
    on_order = orders(A, d, rounds=rounds)
    return np.asarray((needed - on_order).sum(axis=1) / needed.sum())


def _two() -> Technology:
    return Technology(
        "Two works by hand",
        ("energy", "tools"),
        np.array([[0.2, 0.3], [0.4, 0.1]]),
        np.array([50.0, 30.0]),
        np.ones(2),
        "units",
    )


@cache
def _riverside() -> Technology:
    """Riverside's own technology where its best plan stands: what each product takes there, maker by maker added up."""
    town = scenario("riverside")
    economy, best = town.economy, allocate(town)
    doing = worker_proposals(economy, best.prices, charge=best.charge)
    made = np.flatnonzero(economy.made)
    place = {int(g): i for i, g in enumerate(made)}
    used = np.zeros((made.size, made.size))
    output = np.zeros(made.size)
    for j, product in enumerate(economy.product):
        column = place[int(product)]
        output[column] += doing.output[j]
        for good, quantity in zip(economy.inputs[j], doing.inputs[j], strict=True):
            if int(good) in place:
                used[place[int(good)], column] += quantity
    wanted = best.consumption.sum(axis=0)[made] + best.public[made]
    return Technology(
        "All of Riverside",
        tuple(str(economy.goods[g]) for g in made),
        used / output,
        wanted,
        best.prices[made],
        "points' worth",
    )


@cache
def _united_states() -> Technology:
    """What households buy, in million dollars of 2021, and what making it takes, as if all of it were made at home."""
    table = us_2021()
    return Technology(
        "The United States in 2021",
        tuple(table.industries),
        table.A,
        table.consumption,
        np.ones(len(table.industries)) / 1e6,
        "trillion dollars",
    )


#: Technologies to try, by name.
TECHNOLOGIES: Mapping[str, Callable[[], Technology]] = MappingProxyType(
    {"two": _two, "riverside": _riverside, "united_states": _united_states}
)
