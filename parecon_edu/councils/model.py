"""Can millions decide together? How many levels it takes, and what a delegate still represents at the top."""

from collections.abc import Sequence
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from parecon_edu.decisions.juries import jury
from parecon_edu.decisions.power import odd
from parecon_edu.validation.people import amount, count, show
from parecon_edu.validation.tables import distinct

Array = NDArray[np.float64]

# Each level is worked out by itself, and a slip of the keyboard must not keep anybody waiting for a day.
_MOST_LEVELS = 10_000


def levels(population: int, size: int) -> int:
    """Count the levels of councils that join a population.

    Parameters
    ----------
    population : int
        How many people, 1 or more.
    size : int
        How many members a council has, 2 or more; each council sends one delegate.

    Returns
    -------
    int
        The smallest L with size ** L ≥ population; 0 for one person. In whole numbers, so right at exact powers.

    Raises
    ------
    TypeError, ValueError
        If they are not whole numbers in their ranges.

    Notes
    -----
    Shalom's parpolity has councils of 25 to 50 and five or six levels: see the example.

    Examples
    --------
    >>> levels(312_500_000, 50), levels(312_500_001, 50), levels(4, 2), levels(1, 50)
    (5, 6, 2, 0)
    """
    people = count(population, "The population", low=1)
    members = _size(size)
    height, joined = 0, 1
    while joined < people:
        height, joined = height + 1, joined * members
    return height


def count_councils(size: int, levels: int) -> int:
    """Count the councils of a full pyramid, offered as `councils.count`.

    Parameters
    ----------
    size : int
        How many members a council has, 2 or more.
    levels : int
        How many levels there are, 0 or more.

    Returns
    -------
    int
        (size ** levels − 1) / (size − 1): one at the top, `size` below it, and so on; exact.

    Raises
    ------
    TypeError, ValueError
        If they are not whole numbers in their ranges.

    Examples
    --------
    >>> count_councils(50, 5), count_councils(2, 2), count_councils(50, 0)
    (6377551, 3, 0)
    """
    members = _size(size)
    return int((members ** _levels(levels) - 1) // (members - 1))


def winning_minority(size: int, levels: int) -> float:
    """Give the smallest share of the people that can win every level, if it sits in the right places.

    Parameters
    ----------
    size : int
        How many members a council has, an odd number.
    levels : int
        How many levels there are, 0 or more.

    Returns
    -------
    float
        ((size + 1) / (2 size)) ** levels: a bare majority of the councils, each won by a bare majority.

    Raises
    ------
    TypeError, ValueError
        If they are not whole numbers in their ranges.

    Notes
    -----
    Districts drawn to a purpose do the same (gerrymandering). The limit for large councils is (1/2) ** levels: a
    quarter of the people for two.

    Examples
    --------
    >>> winning_minority(5, 2), round(winning_minority(1001, 2), 4)
    (0.36, 0.2505)
    """
    members = odd(size, "The size of a council")
    return float(Fraction(members + 1, 2 * members) ** _levels(levels))


def mixing(p: float, size: int, levels: int) -> Array:
    """Follow an opinion upwards when everybody is spread by lot and every council decides by majority.

    Parameters
    ----------
    p : float
        Share of the people who hold the opinion, 0 to 1.
    size : int
        How many members a council has, an odd number.
    levels : int
        How many levels there are, 0 or more.

    Returns
    -------
    ndarray, (levels,)
        Share of delegates who hold it after each level; the start is not among them.

    Raises
    ------
    TypeError, ValueError
        If a number is out of its range.

    Notes
    -----
    p′ = P(Bin(size, p) > size / 2), level after level: Galam, "Majority rule, hierarchical structures, and democratic
    totalitarianism" (1986). At ½ nothing changes; below it an opinion dies out, above it it takes all.

    Examples
    --------
    >>> mixing(0.45, 25, 3).round(4).tolist()
    [0.3063, 0.0208, 0.0]
    """
    share = amount(p, "The share who hold the opinion", high=1.0)
    members = odd(size, "The size of a council")
    result = np.empty(_levels(levels))
    for level in range(result.size):
        share = min(1.0, max(0.0, jury(share, members)))
        result[level] = share
    return result


def way_up(p: float, size: int, levels: int) -> tuple[list[float], list[float], list[float]]:
    """Follow an opinion upwards in the best places, spread by lot, and in the worst places.

    Parameters
    ----------
    p : float
        Share of the people who hold it.
    size, levels : int
        Members of a council, an odd number, and levels.

    Returns
    -------
    best, by_lot, worst : list of float
        Its share of the people and of the delegates after each level. In the best places it wins each council by a bare
        majority and wastes nobody on the others: share′ = min(1, share · 2k / (k + 1)). In the worst places the other
        side does the same.

    Raises
    ------
    TypeError, ValueError
        If a number is out of its range.

    Examples
    --------
    >>> best, by_lot, worst = way_up(0.45, 25, 2)
    >>> [round(share, 2) for share in best + worst]
    [0.45, 0.87, 1.0, 0.45, 0.0, 0.0]
    """
    by_lot = mixing(p, size, levels).tolist()
    reach = 2 * size / (size + 1)
    best, worst = [float(p)], [float(p)]
    for _ in range(levels):
        best.append(min(1.0, best[-1] * reach))
        # A little less than nothing is nothing.
        worst.append(max(0.0, 1 - (1 - worst[-1]) * reach))
    return best, [float(p), *by_lot], worst


def faithful_share(drift: float, recall: float, *, levels: int = 1) -> float:
    """Share of delegates who still stand for those who sent them, in the long run.

    Parameters
    ----------
    drift : float
        Chance in a period that a faithful delegate drifts away, 0 to 1.
    recall : float
        Chance in a period that one who has drifted is recalled and replaced, 0 to 1; not both 0.
    levels : int
        Through how many levels a mandate passes.

    Returns
    -------
    float
        (recall / (recall + drift)) ** levels.

    Raises
    ------
    TypeError, ValueError
        If a number is out of its range, or drift and recall are both 0 (then the start decides for ever).

    Notes
    -----
    The long run of a two-state Markov chain: as many drift, (share · drift), as are replaced, ((1 − share) · recall).

    Examples
    --------
    >>> round(faithful_share(0.1, 0.4, levels=5), 5), faithful_share(0.1, 0)
    (0.32768, 0.0)
    """
    drifts = amount(drift, "Drift", high=1.0)
    recalls = amount(recall, "Recall", high=1.0)
    height = _levels(levels)
    if drifts == 0 and recalls == 0:
        raise ValueError(
            "Drift and recall can't both be 0: nobody would ever change, and the long run is whatever it was at the "
            "start. Put a chance above 0 for one of them."
        )
    return float((recalls / (recalls + drifts)) ** height)


def between_elections(drift: float, periods: int) -> float:
    """Share of representatives who still stand for their voters, on average over a term without recall.

    Parameters
    ----------
    drift : float
        Chance in a period that a faithful representative drifts away, 0 to 1.
    periods : int
        How many periods a term has, 1 or more; an election at its start makes all faithful again.

    Returns
    -------
    float
        The mean of (1 − drift) ** t for t = 1 … periods: the share at the end of each period, averaged.

    Raises
    ------
    TypeError, ValueError
        If a number is out of its range.

    Notes
    -----
    A parliament is chosen directly, so there is one link to the voters, however large the country. `faithful_share`
    with recall and many levels can lie above it or below it: it depends on how often recall is used.

    Examples
    --------
    >>> round(between_elections(0.01, 48), 3), between_elections(0.5, 1)
    (0.789, 0.5)
    """
    stays = 1 - amount(drift, "Drift", high=1.0)
    term = count(periods, "The term", low=1)
    return float(np.mean(stays ** np.arange(1, term + 1)))


def carried(
    p: float,
    size: int,
    levels: int,
    *,
    drift: float = 0.0,
    recall: float = 1.0,
    centre: float = 0.0,
    permitted: float | None = None,
) -> Array:
    """Follow an opinion upwards when delegates may drift, and perhaps only some may stand.

    Parameters
    ----------
    p : float
        Share of the people who hold the opinion.
    size : int
        How many members a council has, an odd number.
    levels : int
        How many levels there are.
    drift, recall : float
        As for `faithful_share`: the share of delegates who do as their council decided. The others follow the centre.
    centre : float
        Share of those who drifted who hold the opinion, because the centre does.
    permitted : float, optional
        With one permitted list: the share of its candidates who hold the opinion. They fill the first council's seats,
        whatever people think. Left out: anybody may stand.

    Returns
    -------
    ndarray, (levels,)
        Share of delegates who hold the opinion after each level.

    Raises
    ------
    TypeError, ValueError
        If a number is out of its range.

    Notes
    -----
    share′ = f · P(Bin(size, share) > size / 2) + (1 − f) · centre, with f = recall / (recall + drift). Drift 0 gives
    `mixing`; recall 0 gives the centre's opinion on every level: the Soviet pyramid has the shape of every other one,
    with recall near 0 and one list.

    Examples
    --------
    >>> carried(0.7, 25, 3, drift=0.1, recall=0.4).round(4).tolist()
    [0.786, 0.7994, 0.7997]
    >>> carried(0.7, 25, 3, drift=0.1, recall=0, permitted=0.1).tolist()
    [0.1, 0.0, 0.0]
    """
    start = amount(p, "The share who hold the opinion", high=1.0)
    members = odd(size, "The size of a council")
    faithful = faithful_share(drift, recall)
    pull = amount(centre, "The centre's opinion", high=1.0)
    result = np.empty(_levels(levels))
    share = start
    for level in range(result.size):
        if level == 0 and permitted is not None:
            share = amount(permitted, "The share on the permitted list", high=1.0)
        else:
            share = min(1.0, max(0.0, faithful * jury(share, members) + (1 - faithful) * pull))
        result[level] = share
    return result


def spread(total: int, parts: int) -> tuple[int, ...]:
    """Spread a whole number over parts as evenly as whole numbers can be.

    Examples
    --------
    >>> spread(10, 4)
    (3, 3, 2, 2)
    """
    whole, rest = divmod(count(total, "The number to spread"), count(parts, "The parts", low=1))
    return tuple(whole + (part < rest) for part in range(parts))


def _size(size: int) -> int:
    return count(size, "The size of a council", low=2)


def _levels(levels: int) -> int:
    height = count(levels, "Levels")
    if height > _MOST_LEVELS:
        raise ValueError(
            f"Levels must be {_MOST_LEVELS} or fewer: you gave {show(height)}. Put the levels of a pyramid, such as 6."
        )
    return height


def named(names: Sequence[str], field: str) -> tuple[str, ...]:
    """Return distinct names as a tuple, which may be empty.

    Examples
    --------
    >>> named(["city", "city"], "Levels")
    Traceback (most recent call last):
        ...
    ValueError: Levels must be distinct: 'city' comes up 2 times. Rename one of them.
    """
    nothing = isinstance(names, Sequence | np.ndarray) and not isinstance(names, str) and len(names) == 0
    return () if nothing else distinct(names, field)
