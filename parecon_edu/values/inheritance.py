"""What was left to us: how much of a harvest it is credited with, who holds it, and whether anybody looks after it.

Crediting by the average over all orders is Shapley's value (Lloyd Shapley 1953, "A Value for n-Person Games"); workers
and land as players are an old use of it (Shapley and Shubik 1967, "Ownership and the Production Function").
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import permutations

import numpy as np
from numpy.typing import NDArray

from parecon_edu.validation.people import amount, count
from parecon_edu.values.harvest import Harvest

__all__ = ["HOLDERS", "INHERITED", "Held", "attribute", "average_over_orders", "hold", "missing"]

Array = NDArray[np.float64]

#: The player that is no person.
INHERITED = "the inheritance"
#: Who can hold it: nobody, one owner of all, everybody an owner of a plot, or all of them together.
HOLDERS = ("nobody", "owner", "plots", "keepers")

_MOST_PLAYERS = 8  # 40,320 orders


def average_over_orders(players: Sequence[str], worth: Callable[[frozenset[str]], float]) -> dict[str, float]:
    """Credit each player with what they add when they come in, averaged over all orders in which they can come.

    Parameters
    ----------
    players : sequence of str
        At most eight: eight can come in 40,320 orders, and each is looked at.
    worth : callable
        What the players in a set make together; it gets a frozenset of names.

    Returns
    -------
    dict
        A number for each player. They add up to what all make together, less what none makes.

    Raises
    ------
    ValueError
        If there are no players, too many, or two of the same name.

    Examples
    --------
    Amara makes 15 sacks alone and 60 with the ditches; the ditches alone make none.

    >>> sacks = {frozenset(): 0, frozenset({"Amara"}): 15, frozenset({"ditches"}): 0}
    >>> average_over_orders(["Amara", "ditches"], lambda together: sacks.get(together, 60))
    {'Amara': 37.5, 'ditches': 22.5}
    """
    if not 1 <= len(players) <= _MOST_PLAYERS or len(set(players)) != len(players):
        raise ValueError(f"The players are {list(players)}. Give one to {_MOST_PLAYERS} different names.")
    credit = dict.fromkeys(players, 0.0)
    orders = list(permutations(players))
    for order in orders:
        there: frozenset[str] = frozenset()
        for player in order:
            credit[player] += worth(there | {player}) - worth(there)
            there |= {player}
    return {player: total / len(orders) for player, total in credit.items()}


def attribute(harvest: Harvest, *, bare: float, parts: int = 1) -> dict[str, float]:
    """Credit a harvest to those who worked and to what was left to them, by the average over all orders.

    Sacks grow with days of work; without the inheritance there are `bare` sacks, also in proportion to days. Then the
    average needs no list of orders: of what the inheritance adds to somebody's days, they and each of its parts get the
    same, one share in `parts` + 1, because it is there only when all of them are.

    Parameters
    ----------
    harvest : Harvest
        Who worked how many days, and what came of it.
    bare : float
        Sacks there would be without the inheritance.
    parts : int
        Into how many players the inheritance is cut. Each is needed for any of it to work.

    Returns
    -------
    dict
        Sacks by name, the inheritance's parts together under `INHERITED`; they add up to the harvest.

    Raises
    ------
    TypeError, ValueError
        If `bare` is no number from 0 to the harvest, `parts` no whole number from 1, or nobody worked.

    Examples
    --------
    >>> from parecon_edu.values import FIELD
    >>> attribute(FIELD, bare=30)
    {'Amara': 37.5, 'Bo': 25.0, 'Chen': 12.5, 'Dita': 0.0, 'the inheritance': 45.0}
    """
    without = _checked(harvest, bare)
    share = _their_share(parts)
    own = _by_days(harvest) * (harvest.sacks - share * (harvest.sacks - without))
    credit = {name: float(sacks) for name, sacks in zip(harvest.names, own, strict=True)}
    return {**credit, INHERITED: float(share * (harvest.sacks - without))}


def missing(harvest: Harvest, *, bare: float) -> dict[str, float]:
    """Say what would be missing if one of them had not been there and all the others had.

    Returns
    -------
    dict
        Sacks by name, and for `INHERITED`. They add up to more than the harvest whenever the inheritance adds anything.

    Raises
    ------
    TypeError, ValueError
        If `bare` is no number from 0 to the harvest, or nobody worked.

    Examples
    --------
    >>> from parecon_edu.values import FIELD
    >>> missing(FIELD, bare=30)
    {'Amara': 60.0, 'Bo': 40.0, 'Chen': 20.0, 'Dita': 0.0, 'the inheritance': 90.0}
    """
    without = _checked(harvest, bare)
    gone = zip(harvest.names, harvest.sacks * _by_days(harvest), strict=True)
    return {**{name: float(sacks) for name, sacks in gone}, INHERITED: harvest.sacks - without}


@dataclass(frozen=True)
class Held:
    """Some years of a field in somebody's hands.

    Attributes
    ----------
    cared_for : bool
        Whether the ditches are cleared each year.
    saved, paid : float
        What decides that: sacks that whoever decides would save by clearing, and what it would cost them.
    condition : array, shape (years,)
        What is left of the inheritance in each year, 1 being all of it.
    harvests : array, shape (years,)
        Sacks in each year.
    gets : array, shape (years, people)
        Sacks for each person in each year, upkeep paid.
    put_back : array, shape (years,)
        Sacks spent on clearing, and on seeing to it that it is done.
    """

    cared_for: bool
    saved: float
    paid: float
    condition: Array
    harvests: Array
    gets: Array
    put_back: Array


def hold(
    harvest: Harvest,
    holder: str,
    *,
    bare: float,
    wear: float = 0.1,
    upkeep: float = 6.0,
    watching: float = 2.0,
    ahead: int = 1,
    parts: int = 1,
    divisible: bool = True,
    owner: str | None = None,
    years: int = 20,
) -> Held:
    """Let somebody hold the inheritance for some years.

    Nobody is asked to be kind: the ditches are cleared if whoever decides saves at least as many sacks as they pay,
    and gets enough to pay it from. What is not cleared is lost for good.

    Parameters
    ----------
    harvest : Harvest
        The field, those who work it, and what it bears while the inheritance is whole.
    holder : str
        One of `HOLDERS`. "nobody": all is shared by days of work, and each decides alone whether to clear; the one with
        most days has most reason. "owner": one person takes all that the inheritance adds, since those who work could
        make `bare` elsewhere. "plots": each person owns an equal part and takes what that part adds. "keepers": those
        who work get what they are credited with, the inheritance's credit is put into a common pot, upkeep and watching
        are paid from it first, and all share the rest equally.
    bare : float
        Sacks without the inheritance.
    wear : float
        Share of the inheritance, 0 to 1, that is lost in a year in which nobody clears.
    upkeep : float
        Sacks it takes each year to clear everything, so that nothing is lost.
    watching : float
        Sacks it takes keepers to agree, and to see that each does their part.
    ahead : int
        Harvests that whoever decides looks ahead.
    parts : int
        As in `attribute`; it matters for keepers.
    divisible : bool
        Whether an owner of a plot can clear their own part alone; if not, whoever clears does it for all.
    owner : str, optional
        The one owner; the last person if not given.
    years : int
        How many.

    Returns
    -------
    Held

    Raises
    ------
    TypeError, ValueError
        If a number is not what it should be, or a name is not known.

    Examples
    --------
    >>> from parecon_edu.values import FIELD
    >>> nobody, owner = hold(FIELD, "nobody", bare=30), hold(FIELD, "owner", bare=30)
    >>> nobody.cared_for, nobody.saved, nobody.paid
    (False, 4.5, 6.0)
    >>> owner.cared_for, owner.gets[0]
    (True, array([15., 10.,  5., 84.]))
    """
    if holder not in HOLDERS:
        raise ValueError(f"It can't be held by {holder!r}. Choose one of {', '.join(map(repr, HOLDERS))}.")
    owner = harvest.names[-1] if owner is None else owner
    if owner not in harvest.names:
        raise ValueError(f"{owner} is not among {', '.join(harvest.names)}. Choose one of them as the owner.")
    without = _checked(harvest, bare)
    wear = amount(wear, "Wear", high=1)
    upkeep, watching = amount(upkeep, "Upkeep"), amount(watching, "Watching")
    ahead, years = count(ahead, "Harvests looked ahead", low=1), count(years, "Years", low=1)
    days, people, added = _by_days(harvest), len(harvest.names), harvest.sacks - without
    even = np.full(people, 1 / people)
    own = {
        "nobody": days * harvest.sacks,
        "owner": days * without + added * (np.array(harvest.names) == owner),
        "plots": days * without + added * even,
        "keepers": days * (harvest.sacks - _their_share(parts) * added) + _their_share(parts) * added * even,
    }[holder]
    # Who would clear: their part of what is saved, of the cost, and what they could pay it from.
    alone = np.eye(people)
    stake, bears, purse = {
        "nobody": (days.max(), alone[int(np.argmax(days))], own.max()),
        "owner": (1.0, alone[harvest.names.index(owner)], added),
        "plots": (1.0, even, added) if divisible else (1 / people, alone[0], own[0]),
        "keepers": (1.0, even, _their_share(parts) * added),
    }[holder]
    paid = upkeep + (watching if holder == "keepers" else 0.0)
    saved = float(stake * wear * added * ahead)
    cared_for = bool(wear > 0 and saved >= paid - 1e-9 and purse >= paid - 1e-9)
    condition: Array = np.full(years, 1.0 if cared_for else 1 - wear) ** np.arange(years)
    put_back = np.full(years, paid if cared_for else 0.0)
    # What everybody gets is made of a part that does not hang on the inheritance and one that does.
    gets = days * without + np.outer(condition, own - days * without) - np.outer(put_back, bears)
    return Held(cared_for, saved, paid, condition, without + added * condition, gets, put_back)


def _checked(harvest: Harvest, bare: float) -> float:
    if not any(harvest.days):
        raise ValueError("Nobody worked a day, so there is nothing to credit. Give somebody a day of work.")
    return amount(bare, "The harvest without the inheritance", high=harvest.sacks)


def _their_share(parts: int) -> float:
    return count(parts, "The parts of the inheritance", low=1) / (parts + 1)


def _by_days(harvest: Harvest) -> Array:
    days = np.array(harvest.days, dtype=np.float64)
    return np.asarray(days / days.sum())
