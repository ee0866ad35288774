"""Majorities that go round in circles: A beats B, B beats C, C beats A."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import permutations
from math import asin, factorial, pi

import numpy as np
from numpy.typing import NDArray

from parecon_edu.decisions.power import odd
from parecon_edu.validation.people import show

#: As the number of voters grows, the chance that three options go round in a circle tends to this, if all orders are
#: equally likely: ¼ − (3/2π)·arcsin(⅓) (Guilbaud 1952).
CYCLE_LIMIT = 0.25 - 3 / (2 * pi) * asin(1 / 3)

Ballot = Sequence[str]


def beats(ballots: Sequence[Ballot]) -> NDArray[np.int64]:
    """How many voters rank each option above each other one.

    Parameters
    ----------
    ballots : sequence of sequences of str
        Each voter's order, best first; all of them order the same options.

    Returns
    -------
    ndarray of int, (m, m)
        Row i, column j: voters who rank option i above option j, with the options in alphabetical order.

    Raises
    ------
    TypeError
        If a ballot is not a list of texts.
    ValueError
        If there is no ballot, or they do not order the same distinct options.

    Examples
    --------
    >>> beats(["ABC", "BCA", "CAB"]).tolist()
    [[0, 2, 1], [1, 0, 2], [2, 1, 0]]
    """
    orders = _orders(ballots)
    options = sorted(orders[0])
    table = np.zeros((len(options), len(options)), dtype=np.int64)
    for order in orders:
        for place, better in enumerate(order):
            for worse in order[place + 1 :]:
                table[options.index(better), options.index(worse)] += 1
    return table


def winner(ballots: Sequence[Ballot]) -> str | None:
    """Return the option that beats every other one in a vote between the two; None if there is none.

    Parameters
    ----------
    ballots : sequence of sequences of str
        Each voter's order, best first.

    Returns
    -------
    str or None

    Raises
    ------
    TypeError, ValueError
        As for `beats`.

    Notes
    -----
    Condorcet, *Essai* (1785).

    Examples
    --------
    >>> winner(["ABC", "BAC", "CBA"]), winner(["ABC", "BCA", "CAB"])
    ('B', None)
    """
    table = beats(ballots)
    options = sorted(_orders(ballots)[0])
    ahead = table > table.T
    for option, wins in zip(options, ahead.sum(axis=1), strict=True):
        if wins == len(options) - 1:
            return option
    return None


def agenda(ballots: Sequence[Ballot], order: Ballot) -> str:
    """Put the options to the vote two at a time in the order of an agenda; the winner meets the next.

    Parameters
    ----------
    ballots : sequence of sequences of str
        Each voter's order, best first.
    order : sequence of str
        The agenda: the first two meet, the winner meets the third, and so on.

    Returns
    -------
    str
        The option that is left. In a tie the one that came first on the agenda stays.

    Raises
    ------
    TypeError, ValueError
        As for `beats`; or if the agenda does not have the same options.

    Examples
    --------
    >>> [agenda(["ABC", "BCA", "CAB"], order) for order in ("BCA", "CAB", "ABC")]
    ['A', 'B', 'C']
    """
    table = beats(ballots)
    options = sorted(_orders(ballots)[0])
    plan = _orders([order])[0]
    if sorted(plan) != options:
        raise ValueError(
            f"The agenda must have each option once: it has {', '.join(plan)}, the ballots {', '.join(options)}. "
            "Match them."
        )
    standing = plan[0]
    for challenger in plan[1:]:
        new, old = options.index(challenger), options.index(standing)
        if table[new, old] > table[old, new]:
            standing = challenger
    return standing


def cycle_chance(voters: int) -> Fraction:
    """Chance that three options go round in a circle when every voter's order is equally likely.

    Parameters
    ----------
    voters : int
        How many vote, an odd number, at most 15: all divisions of the voters among the six orders are counted.

    Returns
    -------
    Fraction
        Exact. 1/18 for three voters; `CYCLE_LIMIT` is where it tends to.

    Raises
    ------
    TypeError, ValueError
        If `voters` is not an odd whole number from 1 to 15.

    Notes
    -----
    "Impartial culture"; Guilbaud (1952), Niemi & Weisberg (1968).

    Examples
    --------
    >>> cycle_chance(3)
    Fraction(1, 18)
    """
    n = odd(voters, "The number of voters")
    if n > 15:
        raise ValueError(f"The number of voters must be 15 or less: you gave {n}. For many, see CYCLE_LIMIT.")
    in_circles = 0
    # With a, b, c voters for the three orders of one circle (ABC, BCA, CAB) and x, y, z for the reverse of each
    # (CBA, ACB, BAC), A beats B if a + c + y > b + x + z, and so on round the circle.
    for a, b, c, x, y, z in _parts(n):
        steps = ((a + c + y) - (b + x + z), (a + b + z) - (c + x + y), (b + c + x) - (a + y + z))
        if all(step > 0 for step in steps) or all(step < 0 for step in steps):
            ways = factorial(n)
            for part in (a, b, c, x, y, z):
                ways //= factorial(part)
            in_circles += ways
    return Fraction(in_circles, 6**n)


def _parts(n: int) -> list[tuple[int, int, int, int, int, int]]:
    """All ways to divide n voters among six orders."""
    return [
        (a, b, c, x, y, n - a - b - c - x - y)
        for a in range(n + 1)
        for b in range(n + 1 - a)
        for c in range(n + 1 - a - b)
        for x in range(n + 1 - a - b - c)
        for y in range(n + 1 - a - b - c - x)
    ]


def _orders(ballots: Sequence[Ballot]) -> list[list[str]]:
    """Check ballots and give each as a list of options."""
    if not isinstance(ballots, Sequence) or isinstance(ballots, str):
        raise TypeError(f"Ballots must be a list of orders: you gave {show(ballots)}. Try ['ABC', 'BCA', 'CAB'].")
    if not ballots:
        raise ValueError("Ballots is empty: you gave []. Give at least one order, such as 'ABC'.")
    orders = []
    for ballot in ballots:
        if not isinstance(ballot, Sequence) or not all(isinstance(option, str) for option in ballot):
            raise TypeError(f"A ballot must be options in order: you gave {show(ballot)}. Try 'ABC'.")
        orders.append(list(ballot))
        if len(set(ballot)) != len(ballot) or sorted(ballot) != sorted(orders[0]):
            raise ValueError(
                f"Ballots must order the same options, each once: the first has {', '.join(orders[0])}, "
                f"another {', '.join(ballot)}. Rank all of them on every ballot."
            )
    return orders


#: The six orders of three options on a ring: each step swaps two neighbours.
RING: tuple[str, ...] = ("ABC", "BAC", "BCA", "CBA", "CAB", "ACB")
assert set(RING) == {"".join(order) for order in permutations("ABC")}
