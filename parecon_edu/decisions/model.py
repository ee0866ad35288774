"""Say, and a vote: whose yes counts for how much, and how much yes is enough."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from parecon_edu.validation.people import Array, amount, count, number, row, vector

# A tie that is exact on paper (0.1 + 0.2 against 0.3) must stay a tie in floating-point numbers.
_SLACK = 1e-12


@dataclass(frozen=True)
class Decision:
    """What a vote came to.

    Attributes
    ----------
    passes : bool
        Whether the proposal goes through; if not, everything stays as it is.
    support : float
        The share of the say, 0 to 1, that was for it.
    threshold : float
        The share that was needed: more than it for ½, at least it above.
    """

    passes: bool
    support: float
    threshold: float = 0.5


def say(affected: ArrayLike) -> Array:
    """Say in proportion to being affected.

    Parameters
    ----------
    affected : array_like, (n,)
        How much the decision matters to each, in any common unit, zero or more: what one gains or what one loses.

    Returns
    -------
    ndarray, (n,)
        Each one's share of the say; adds up to 1.

    Raises
    ------
    TypeError
        If the values are not numbers.
    ValueError
        If they are empty, negative or not finite, or if nobody is affected at all.

    Notes
    -----
    w_i = a_i / Σ a: the norm of self-management (Albert & Hahnel, *The Political Economy of Participatory Economics*,
    1991); Brighouse & Fleurbaey, "Democracy and Proportionality" (2010), defend it on other grounds.

    Examples
    --------
    >>> say([9, 4, 4]).round(3).tolist()
    [0.529, 0.235, 0.235]
    """
    values = vector(affected, "Being affected", mend="Put how much {who} gains or loses, without a sign.")
    if not values.any():
        raise ValueError(
            "Being affected can't be 0 for everybody: you gave only zeros, so nobody would have a say. "
            "Give at least one person more than 0."
        )
    shares = values / values.max()
    result: Array = shares / shares.sum()
    return result


def decide(votes: ArrayLike, *, weights: ArrayLike | None = None, threshold: float = 0.5) -> Decision:
    """Count a vote.

    Parameters
    ----------
    votes : array_like, (n,)
        1 (or True) for yes, 0 for no, and anything between for a group that is divided.
    weights : array_like, (n,), optional
        How much each vote counts, zero or more, of any sum; the same for all if left out.
    threshold : float
        The share of yes that is needed, ½ to 1. With ½ it takes strictly more, so a tie keeps things as they are; above
        ½ it takes at least that share. 1 is unanimity.

    Returns
    -------
    Decision

    Raises
    ------
    TypeError
        If something is not a number.
    ValueError
        If votes lie outside 0 to 1, weights are negative, all zero or not one for each vote, or the threshold lies
        outside ½ to 1.

    Examples
    --------
    >>> decide([1, 0, 0]).passes
    False
    >>> decide([1, 0, 0], weights=[9, 4, 4])
    Decision(passes=True, support=0.5294117647058824, threshold=0.5)
    """
    ballots = row(votes, "Votes")
    if ballots.dtype.kind == "b":
        ballots = ballots.astype(np.float64)
    yes = vector(ballots, "Votes", mend="Put 1 for yes and 0 for no.")
    above = np.flatnonzero(yes > 1)
    if above.size:
        raise ValueError(
            f"Votes must lie between 0 and 1: number {above[0] + 1} is {number(yes[above[0]])}. "
            "Put 1 for yes, 0 for no, and say how much a vote counts with weights=."
        )
    counts = np.ones(yes.size) if weights is None else vector(weights, "Weights", mend="Put 0 for {who} to leave out.")
    if counts.size != yes.size:
        raise ValueError(
            f"Weights must be one for each vote: there are {yes.size} votes and {counts.size} weights. Match them."
        )
    if not counts.any():
        raise ValueError("Weights can't all be 0: then no vote counts. Give at least one vote a weight above 0.")
    needed = amount(threshold, "The threshold", low=0.5, high=1.0, mend="Put 0.5 for a majority and 1 for unanimity.")
    counts = counts / counts.max()
    in_favour, total = math.fsum(counts * yes), math.fsum(counts)
    margin = in_favour - needed * total
    passes = margin > _SLACK * total if needed == 0.5 else margin >= -_SLACK * total
    return Decision(bool(passes), in_favour / total, needed)


def no_block(blocking: float, n: int) -> float:
    """Chance that nobody blocks when everybody can.

    Parameters
    ----------
    blocking : float
        The chance, 0 to 1, that one person blocks whatever is proposed.
    n : int
        How many people can block, 1 or more.

    Returns
    -------
    float
        (1 − blocking)ⁿ, if people block independently of one another.

    Raises
    ------
    TypeError, ValueError
        If `blocking` is no number from 0 to 1, or `n` no whole number from 1 up.

    Examples
    --------
    >>> round(no_block(0.01, 100), 3)
    0.366
    """
    chance = amount(blocking, "The chance of a block", high=1.0, mend="Put a chance between 0 and 1, such as 0.01.")
    people = count(n, "The number of people", low=1)
    if chance == 1.0:
        return 0.0
    return math.exp(min(people, 10**300) * math.log1p(-chance))
