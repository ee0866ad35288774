"""What balanced jobs cost and bring: practice that is spread thin, and talent that is found in more people.

Both are closed forms of one idea each. They pull in opposite directions, and which wins depends on two numbers nobody
knows exactly: how much practice matters, and how many people never got the chance.
"""

import math

import numpy as np
from numpy.typing import ArrayLike

from parecon_edu.jobs.model import Jobs
from parecon_edu.validation.people import amount, count, number, show
from parecon_edu.validation.tables import Array


def practice(share: ArrayLike, *, exponent: float) -> Array:
    """Productivity of an hour on a task, by the share of one's time spent on it.

    Parameters
    ----------
    share : array_like
        Share of a person's time that goes to the task, 0 to 1.
    exponent : float
        φ, how much practice matters: 0 not at all; at .3 halving the time costs 19 % of an hour's output; zero or more.

    Returns
    -------
    ndarray
        share ** φ, 1 for somebody who does nothing else. Where the share is 0 nothing is made, so 0.

    Raises
    ------
    TypeError, ValueError
        If shares are not numbers from 0 to 1, or the exponent is not zero or more.

    Notes
    -----
    A learning curve in cross-section: Wright (1936) for units made, here for time spent.

    Examples
    --------
    >>> practice([1, 0.5, 0.25], exponent=0.3).round(4).tolist()
    [1.0, 0.8123, 0.6598]
    """
    given = np.asarray(share)
    if given.dtype.kind not in "iuf":
        raise TypeError(f"The share of time must be a number: you gave {show(share)}. Put a share from 0 to 1.")
    phi = _exponent(exponent)
    shares = given.astype(np.float64)
    wrong = ~(np.isfinite(shares) & (shares >= 0) & (shares <= 1))
    if wrong.any() or not shares.size:
        value = float(shares[wrong].flat[0]) if shares.size else math.nan
        raise ValueError(
            f"The share of time must lie between 0 and 1: you gave {number(value)}. Put a share such as 0.5."
        )
    return np.where(shares > 0, shares**phi, 0.0)


def output(jobs: Jobs, *, exponent: float) -> float:
    """Output of a division, as a share of what the same hours would make if everybody did one task only.

    Parameters
    ----------
    jobs : Jobs
        The division.
    exponent : float
        φ, how much practice matters; see `practice`.

    Returns
    -------
    float
        Σ a_it (a_it / h_i)^φ / Σ a_it, so that every hour of a specialist counts the same. 1 at φ = 0.

    Raises
    ------
    TypeError, ValueError
        If `jobs` are not `Jobs`, or the exponent is not zero or more.

    Examples
    --------
    >>> from parecon_edu import jobs
    >>> crew = jobs.Workplace(["plan", "clean"], [20, 20], [[8], [2]], ["Amara", "Bo"], [20, 20])
    >>> round(output(jobs.corporate(crew), exponent=0.3), 4), round(output(jobs.rotation(crew), exponent=0.3), 4)
    (1.0, 0.8123)
    """
    if not isinstance(jobs, Jobs):
        raise TypeError(f"Output is that of a division of tasks: you gave {show(jobs)}. Try jobs.balance(workplace).")
    shares = np.minimum(1.0, jobs.hours / jobs.workplace.worker_hours[:, None])
    return float((jobs.hours * practice(shares, exponent=exponent)).sum() / jobs.hours.sum())


def talent(places: int, people: int) -> float:
    """Mean talent of those who do a task, if the best of everybody who had the chance do it.

    Parameters
    ----------
    places : int
        How many do the task, m.
    people : int
        How many had the chance, N, at least as many.

    Returns
    -------
    float
        1 − (m + 1) / (2 (N + 1)): the mean of the m highest of N draws, uniform from 0 to 1.

    Raises
    ------
    TypeError, ValueError
        If they are not whole numbers from 1 up, or there are more places than people.

    Notes
    -----
    The k-th highest of N uniform draws has mean 1 − k / (N + 1) (order statistics); the mean over k = 1 … m follows.

    Examples
    --------
    >>> round(talent(10, 20), 4), round(talent(10, 100), 4), talent(10, 10)
    (0.7381, 0.9455, 0.5)
    """
    places = count(places, "The places", low=1)
    people = count(people, "The people", low=1)
    if places > people:
        raise ValueError(
            f"There can't be more places than people: you gave {places} places for {people}. Put at most {people}."
        )
    return 1 - (places + 1) / (2 * (people + 1))


def shared_out(places: int, people: int, *, chance: float, doers: int, exponent: float) -> float:
    """Output of an empowering task when many share it, against a few who do nothing else.

    Parameters
    ----------
    places : int
        Full-time jobs that the task makes, m.
    people : int
        Everybody, N.
    chance : float
        Share of people who had the chance to qualify under the old division, above 0 up to 1; seed 003 has a third
        trained broadly.
    doers : int
        How many share the task under the new one, each for m / doers of their time, chosen from everybody.
    exponent : float
        φ, how much practice matters.

    Returns
    -------
    float
        talent(doers, N) · (m / doers)^φ / talent(m, chance · N); above 1, sharing it out makes more.

    Raises
    ------
    TypeError, ValueError
        If a number is out of its range, or fewer had the chance than there are places.

    Examples
    --------
    >>> round(shared_out(10, 100, chance=0.2, doers=20, exponent=0.1), 4)
    1.1327
    >>> round(shared_out(10, 100, chance=0.2, doers=20, exponent=0.4), 4)
    0.92
    """
    before, after = _before_and_after(places, people, chance=chance, doers=doers)
    return float(after * (places / doers) ** _exponent(exponent) / before)


def break_even(places: int, people: int, *, chance: float, doers: int) -> float:
    """How much practice may matter before sharing out an empowering task makes less than it did.

    Parameters
    ----------
    places, people, chance, doers
        As for `shared_out`; more doers than places.

    Returns
    -------
    float
        The exponent φ* at which `shared_out` is 1: ln(talent after / talent before) / ln(doers / places). Below it
        sharing out makes more, above it less; negative, or 0: it never makes more.

    Raises
    ------
    TypeError, ValueError
        As for `shared_out`; or if there are no more doers than places.

    Examples
    --------
    >>> round(break_even(10, 100, chance=0.2, doers=20), 4)
    0.2798
    >>> break_even(10, 100, chance=1, doers=20) < 0
    True
    """
    before, after = _before_and_after(places, people, chance=chance, doers=doers)
    if doers == places:
        raise ValueError(f"Nothing is shared out: {doers} do what makes {places} jobs. Put more doers than places.")
    return math.log(after / before) / math.log(doers / places)


def _before_and_after(places: int, people: int, *, chance: float, doers: int) -> tuple[float, float]:
    places = count(places, "The places", low=1)
    doers = count(doers, "Those who share the task", low=1)
    if doers < places:
        raise ValueError(f"Too few share the task: {doers} do what makes {places} full jobs. Put {places} or more.")
    access = amount(chance, "The share who had the chance", high=1.0)
    after = talent(doers, people)
    # 0.29 · 100 is 28.999…: rounding first keeps the twenty-ninth person.
    pool = math.floor(round(access * people, 9))
    if pool < places:
        raise ValueError(
            f"Too few had the chance: {number(access)} of {people} people is {pool}, and the task makes {places} jobs. "
            f"Put a share of at least {number(math.ceil(1e4 * places / people) / 1e4)}."
        )
    return talent(places, pool), after


def _exponent(value: float) -> float:
    return amount(value, "The exponent of practice", mend="Put 0 if practice does not matter.")
