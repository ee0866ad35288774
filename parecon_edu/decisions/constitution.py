"""Choosing the rule before knowing which side one will be on."""

from math import ceil, comb

import numpy as np

from parecon_edu.validation.people import Array, amount, count


def outcomes(n: int, *, yes: float, loss: float, gain: float = 1.0, mine: float | None = None) -> Array:
    """What each threshold is worth to a person who can't say yet on which side the next proposal will find them.

    Parameters
    ----------
    n : int
        How many vote, at most 1000.
    yes : float
        Chance that a proposal helps a person, 0 to 1, each by themselves; otherwise it hurts.
    loss : float
        What a proposal costs those whom it hurts, if it passes.
    gain : float
        What it brings those whom it helps.
    mine : float, optional
        The chance that a proposal helps *me*, where I know it to differ from the others' chance.

    Returns
    -------
    ndarray, (n + 1,)
        Entry k: the expected worth for me if it takes at least k yes of n for a proposal to pass.

    Raises
    ------
    TypeError, ValueError
        If `n` is not a whole number from 1 to 1000, a chance lies outside 0 to 1, or a gain or loss is negative.

    Notes
    -----
    mine·gain·P(k − 1 or more of the n − 1 others say yes) − (1 − mine)·loss·P(k or more of them do). With `mine` left
    out it is Σ_{j ≥ k} C(n, j) yesʲ (1 − yes)ⁿ⁻ʲ (j·gain − (n − j)·loss)/n. Rae (1969); Buchanan & Tullock (1962) weigh
    it against the cost of deciding.

    Examples
    --------
    >>> outcomes(3, yes=0.5, loss=1).round(3).tolist()
    [0.0, 0.125, 0.25, 0.125]
    """
    people = count(n, "The number of people", low=1)
    if people > 1000:
        raise ValueError(f"The number of people must be 1000 or less: you gave {people}. Put 1000 or less.")
    chance = amount(yes, "The chance that a proposal helps", high=1.0)
    own = chance if mine is None else amount(mine, "The chance that a proposal helps me", high=1.0)
    lost, won = amount(loss, "The loss"), amount(gain, "The gain")
    others = people - 1
    exactly = np.array([comb(others, j) * chance**j * (1 - chance) ** (others - j) for j in range(people)])
    # at_least[k]: k or more of the others say yes; one more entry, because all n may be asked for.
    at_least = np.append(np.cumsum(exactly[::-1])[::-1], 0.0)
    with_mine = np.concatenate([at_least[:1], at_least[:-1]])
    worth: Array = own * won * with_mine - (1 - own) * lost * at_least
    return worth


def best_threshold(n: int, *, loss: float, gain: float = 1.0) -> int:
    """How many yes votes of n a proposal should need.

    Parameters
    ----------
    n : int
        How many vote.
    loss, gain : float
        What a proposal costs each whom it hurts, and brings each whom it helps; not both 0.

    Returns
    -------
    int
        The smallest number of yes votes with which gains make up for losses: the share loss/(loss + gain), rounded up.

    Raises
    ------
    TypeError, ValueError
        If something is not of its kind or out of its range.

    Notes
    -----
    A proposal with j yes votes does no more harm than good if j·gain ≥ (n − j)·loss. It does not depend on how likely a
    yes is. Equal gains and losses: a majority (Rae 1969, Taylor 1969).

    Examples
    --------
    >>> best_threshold(11, loss=1), best_threshold(11, loss=3), best_threshold(11, loss=20)
    (6, 9, 11)
    """
    people = count(n, "The number of people", low=1)
    lost, won = amount(loss, "The loss"), amount(gain, "The gain")
    if lost == won == 0:
        raise ValueError("The loss and the gain can't both be 0: then no rule is better. Put 1 for the gain.")
    # A hair less, so that a share that is whole on paper is not rounded up by the last bit.
    return ceil(people * lost / (lost + won) - 1e-9)
