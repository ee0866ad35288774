"""Wealth over time: what fair coins do to it, and what a little redistribution does to that."""

import numpy as np
from numpy.typing import ArrayLike

from parecon_edu.validation.people import Array, amount, count, vector


def yard_sale(wealth: ArrayLike, *, fraction: float, rounds: int, redistribution: float = 0.0, seed: int) -> Array:
    """Let people trade at a fair coin's toss, one random pair a round, and return everybody's wealth after each.

    Parameters
    ----------
    wealth : array_like, (n,)
        What each of at least two people has at the start, zero or more.
    fraction : float
        Share of the poorer one's wealth that is at stake when two meet, 0 to 1.
    rounds : int
        How many meetings.
    redistribution : float
        Share of the way to the mean that everybody is moved in a "year" of n meetings, 0 to n: after each meeting
        everybody moves ``redistribution / n`` of the way.
    seed : int
        Starts the draws; the same seed gives the same history.

    Returns
    -------
    ndarray, (rounds + 1, n)
        Wealth before the first meeting, and after each one. Its sum never changes.

    Raises
    ------
    TypeError, ValueError
        If the wealth is not a row of at least two finite numbers, zero or more, or a setting is out of its range.

    Notes
    -----
    Yard-sale exchange: Chakraborti (2002); with redistribution Boghosian (2014). The coin is fair, so nobody's expected
    wealth changes, and yet the Gini of wealth tends to 1 - 1/n: losing a fifth and then winning a fifth leaves one with
    less than before. A small redistribution stops it.

    Examples
    --------
    >>> history = yard_sale([100, 100, 100], fraction=0.2, rounds=2, seed=1)
    >>> history.shape, history.sum(axis=1).round(9).tolist()
    ((3, 3), [300.0, 300.0, 300.0])
    """
    start = vector(wealth, "Wealth", mend="Put 0 for somebody who has nothing.")
    n = start.size
    if n < 2:
        raise ValueError("Wealth must be that of two people or more: you gave 1. Add a second person to trade with.")
    with np.errstate(over="ignore"):
        mean = float(start.mean())
    if not np.isfinite(mean):
        raise ValueError("Wealth is too large to be added up. Count it in a larger unit, such as millions.")
    fraction = amount(fraction, "The fraction at stake", high=1.0)
    rounds = count(rounds, "Rounds")
    redistribution = amount(redistribution, "Redistribution", high=float(n))
    draws = np.random.default_rng(count(seed, "The seed"))

    one = draws.integers(n, size=rounds)
    # Adding 1 to n - 1 places on the circle never meets oneself, and meets every other person equally often.
    other = (one + draws.integers(1, n, size=rounds)) % n
    won = draws.choice([-1.0, 1.0], size=rounds)
    kept = 1.0 - redistribution / n
    shift = (1.0 - kept) * mean
    # Plain lists: a meeting moves two numbers, and an array of a dozen costs more to reach into than to copy.
    now = start.tolist()
    history = [now]
    for i, j, sign in zip(one.tolist(), other.tolist(), won.tolist(), strict=True):
        now = now.copy()
        stake = sign * fraction * min(now[i], now[j])
        now[i] += stake
        now[j] -= stake
        if kept != 1.0:
            now = [kept * held + shift for held in now]
        history.append(now)
    return np.array(history)
