"""Power: how often a vote makes the difference, which is not how large it is."""

from fractions import Fraction
from math import comb, exp, factorial, gcd, pi, sqrt

import numpy as np
from numpy.typing import ArrayLike, NDArray

from parecon_edu.validation.people import Array, count, number, row, show

# So many counts are kept at most, about 160 MB; it takes twenty members with very different weights to get there.
_MOST = 20_000_000
# Whole numbers beyond this have no place among floating-point numbers.
_LARGEST = 10**300


def banzhaf(quota: int, weights: ArrayLike) -> Array:
    """Each member's share of all the swings: the coalitions that win with the member and lose without.

    Parameters
    ----------
    quota : int
        The weight that a winning coalition needs, 1 to the sum of all weights.
    weights : array_like of int, (n,)
        Votes of each member; whole numbers, zero or more.

    Returns
    -------
    ndarray, (n,)
        The normalised Banzhaf index; adds up to 1. Exact before the last division, by counting, not by sampling.

    Raises
    ------
    TypeError
        If the quota or a weight is not a whole number.
    ValueError
        If they are out of range, or there are too many different sums to count.

    Notes
    -----
    Penrose (1946); Banzhaf, "Weighted Voting Doesn't Work" (1965). Counted by dynamic programming over the sums that
    coalitions of the other members can have.

    Examples
    --------
    >>> banzhaf(51, [50, 49, 1]).round(4).tolist()
    [0.6, 0.2, 0.2]
    """
    swings = [sum(by_size) for by_size in _swings(*_game(quota, weights))]
    return np.array([float(Fraction(mine, sum(swings))) for mine in swings])


def shapley_shubik(quota: int, weights: ArrayLike) -> Array:
    """Each member's share of all the orders of joining in which that member's coming turns the coalition into a winner.

    Parameters
    ----------
    quota : int
        The weight that a winning coalition needs, 1 to the sum of all weights.
    weights : array_like of int, (n,)
        Votes of each member; whole numbers, zero or more.

    Returns
    -------
    ndarray, (n,)
        The Shapley–Shubik index; adds up to 1. Exact before the last division.

    Raises
    ------
    TypeError, ValueError
        As for `banzhaf`.

    Notes
    -----
    Shapley & Shubik, "A Method for Evaluating the Distribution of Power in a Committee System" (1954). A swing in which
    k others have joined before stands for k!·(n−1−k)! of the n! orders.

    Examples
    --------
    >>> shapley_shubik(51, [50, 49, 1]).round(4).tolist()
    [0.6667, 0.1667, 0.1667]
    """
    quota, votes = _game(quota, weights)
    n = len(votes)
    orders = [factorial(k) * factorial(n - 1 - k) for k in range(n)]
    return np.array(
        [
            float(Fraction(sum(swings * order for swings, order in zip(by_size, orders, strict=True)), factorial(n)))
            for by_size in _swings(quota, votes)
        ]
    )


def pivotality(n: int) -> float:
    """Chance that one vote among n decides, when the others toss fair coins.

    Parameters
    ----------
    n : int
        Voters, an odd number.

    Returns
    -------
    float
        C(n−1, (n−1)/2) / 2^(n−1): the others are split evenly. In prose, about √(2/(πn)).

    Raises
    ------
    TypeError, ValueError
        If `n` is not an odd whole number from 1 up.

    Notes
    -----
    Penrose, "The Elementary Statistics of Majority Voting" (1946).

    Examples
    --------
    >>> pivotality(1), pivotality(3), round(pivotality(101), 4)
    (1.0, 0.5, 0.0796)
    """
    half = (odd(n, "The number of voters") - 1) // 2
    if half <= 10_000:
        return comb(2 * half, half) / (1 << 2 * half)
    # The whole numbers get too long to count with; Stirling's series is right to the last digit from here on.
    return exp(-1 / (8 * half) + 1 / (192 * half**3)) / sqrt(pi * half)


def odd(n: int, field: str) -> int:
    """Return an odd whole number from 1 up: with an even one there can be a tie.

    Examples
    --------
    >>> odd(4, "The number of voters")
    Traceback (most recent call last):
        ...
    ValueError: The number of voters must be odd, so that there is no tie: you gave 4. Put 3 or 5.
    """
    people = count(n, field, low=1)
    if people > _LARGEST:
        raise ValueError(f"{field} is too large to reckon with: it has {len(str(people))} digits. Put at most 10^300.")
    if people % 2 == 0:
        raise ValueError(
            f"{field} must be odd, so that there is no tie: you gave {people}. Put {people - 1} or {people + 1}."
        )
    return people


def _swings(quota: int, votes: list[int]) -> list[list[int]]:
    """For each member, and for each number of others 0 to n−1: the coalitions of others that lack just this member."""
    found: dict[int, list[int]] = {}
    for i, mine in enumerate(votes):
        if mine not in found:
            sums, counts = _coalitions(votes[:i] + votes[i + 1 :], below=quota)
            lacking = counts[np.asarray(sums + mine >= quota, dtype=bool)]
            found[mine] = [int(total) for total in lacking.sum(axis=0)]
    return [found[mine] for mine in votes]


def _coalitions(votes: list[int], *, below: int) -> tuple[NDArray[np.int64], NDArray[np.generic]]:
    """All sums under a bound that members can have together, and how many coalitions of each size have them."""
    size = len(votes) + 1
    # Up to 62 members every count fits into 64 bits; beyond, Python's own whole numbers take over.
    kind = np.int64 if size <= 63 else object
    sums, counts = np.zeros(1, dtype=np.int64), np.zeros((1, size), dtype=kind)
    counts[0, 0] = 1
    for weight in votes:
        joined = sums[sums + weight < below] + weight
        every, where = np.unique(np.concatenate([sums, joined]), return_inverse=True)
        if every.size * size > _MOST:
            raise ValueError(
                f"Weights make too many different sums to count exactly: {len(votes) + 1} members with weights such as "
                f"{max(votes)}. Round the weights, to thousands for example, and the quota with them."
            )
        merged = np.zeros((every.size, size), dtype=kind)
        merged[where[: sums.size]] = counts
        merged[where[sums.size :], 1:] += counts[: joined.size, :-1]
        sums, counts = every, merged
    return sums, counts


def _game(quota: int, weights: ArrayLike) -> tuple[int, list[int]]:
    """Check a quota and weights, and divide both by what all the weights have in common."""
    given = row(weights, "Weights")
    votes = [_whole(value, weights) for value in given.tolist()]
    negative = [i for i, value in enumerate(votes) if value < 0]
    if negative:
        raise ValueError(
            f"Weights can't be negative: number {negative[0] + 1} is {votes[negative[0]]}. Put 0 for a member "
            "without a vote."
        )
    needed = count(_as_int(quota), "The quota", low=1)
    if needed > sum(votes):
        raise ValueError(
            f"The quota must not be more than all the weights together: it is {needed}, they are {sum(votes)}. "
            f"Put {sum(votes)} or less, or nothing could ever pass."
        )
    common = gcd(*votes)
    return -(-needed // common), [value // common for value in votes]


def _whole(value: object, weights: ArrayLike) -> int:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError(f"Weights must be whole numbers: you gave {show(weights)}. Try [50, 49, 1].")
    if isinstance(value, float) and not value.is_integer():
        raise ValueError(
            f"Weights must be whole numbers: you gave {number(value)}. Multiply all of them, and the quota, "
            "until they are whole."
        )
    if abs(value) > 10**15:
        raise ValueError(f"Weights must not be larger than 10^15: you gave {value}. Divide all of them, and the quota.")
    return int(value)


def _as_int(quota: object) -> int:
    """A quota of 51.0 is a whole number as well."""
    return int(quota) if isinstance(quota, float) and quota.is_integer() else quota  # type: ignore[return-value]
