"""Effort as workmates see it: ratings with noise, a ring of friends, a cap, and what might be done about it.

The model is small on purpose. True effort is sacrifice, scaled so that those who can work average 1. A rater's opinion
is the truth times a random error. A member of the ring then takes a share of what they would give each outsider and
hands it to the other members; what they give in all stays the same. Nothing else is assumed: which reply helps, and how
much, follows from who rates whom.

What comes of it, and why:

- If everybody rates everybody else, the average rating stays at 1 whatever the ring does, so a cap on the average never
  sees it: favouritism moves ratings about, it does not add any.
- Errors are as often too high as too low, so more raters or more weeks average them out. Favouritism always leans the
  same way, so neither does anything about it.
- Raters drawn by lot from the same workplace contain as many ring members, on average, as the workplace does. Drawing
  lots therefore helps only against a fixed pair of raters who belong to the ring.
- Raters from outside have no friends to favour, but see less: less bias, more error.
- The median of many ratings ignores a minority ring and obeys a majority one. With two raters it is the mean.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import ArrayLike, NDArray

from parecon_edu.remuneration.model import People, pay
from parecon_edu.validation.people import Array, above, amount, count, row, show, vector

#: Who rates: everybody everybody else; the same two every week; two drawn by lot each week; two from another workplace.
RATERS: tuple[str, ...] = ("everybody", "fixed", "rotating", "outside")


@dataclass(frozen=True, eq=False)
class Ratings:
    """What came out of the rating.

    Attributes
    ----------
    scores : ndarray, (n,)
        Each person's rating; 1 is the average of true effort. Those who cannot work are not rated and have 0.
    given : ndarray, (raters, n)
        What each rater gave each person, averaged over the weeks in which they did; NaN where they never did.
    raters : tuple of str
        Who stands behind each row of `given`.
    average : float
        The mean score of those who were rated, which is all that a cap looks at.
    """

    scores: Array
    given: Array
    raters: tuple[str, ...]
    average: float


def rate(
    people: People,
    *,
    noise: float = 0.0,
    ring: Sequence[str] = (),
    favouritism: float = 0.0,
    raters: str = "everybody",
    median: bool = False,
    weeks: int = 1,
    outside_noise: float = 2.0,
    seed: int = 0,
) -> Ratings:
    """Let those who can work be rated by their workmates, or by others.

    Parameters
    ----------
    people : People
        Who works; their true effort is their sacrifice over the average sacrifice.
    noise : float
        How far an opinion strays from the truth, 0 to 3: the standard deviation of its logarithm (.2: about 20 %).
        Errors multiply, are independent, and are right on average.
    ring : sequence of str
        Names of those who favour one another, none or at least two.
    favouritism : float
        Share, 0 to 1, of what a ring member would give an outsider that goes to the other members instead, in
        proportion to what they already get.
    raters : str
        One of `RATERS`: "everybody" rates everybody else; "fixed": the same two (of the ring, if there is one) rate
        every week; "rotating": each week two are drawn by lot; "outside": two people from another workplace, who favour
        nobody. Nobody rates themselves.
    median : bool
        Take the median of all ratings a person got, instead of the mean.
    weeks : int
        How many weeks of ratings are put together.
    outside_noise : float
        How many times the noise of a workmate an outside rater has.
    seed : int
        Starts the draws.

    Returns
    -------
    Ratings

    Raises
    ------
    TypeError, ValueError
        If a setting is out of its range, a name in the ring is unknown, comes twice or cannot work, nobody made a
        sacrifice, or there is nobody to do the rating.

    Notes
    -----
    The failure modes of peer rating named by critics and in Hahnel, *Democratic Economic Planning* (2021). With m ring
    members among w workers who all rate one another and no noise, an outsider's score is their true effort times
    1 − favouritism · m / (w − 1).

    Examples
    --------
    >>> from parecon_edu.remuneration import BAKERY
    >>> fair, bent = rate(BAKERY), rate(BAKERY, ring=("Amara", "Bo"), favouritism=0.4)
    >>> fair.scores.round(3).tolist(), bent.scores.round(3).tolist()
    ([1.132, 1.019, 0.849, 0.0], [1.302, 1.189, 0.509, 0.0])
    >>> round(bent.average, 12)
    1.0
    """
    noise = amount(noise, "The noise", high=3.0)
    favouritism = amount(favouritism, "Favouritism", high=1.0)
    outside_noise = amount(outside_noise, "The noise of outside raters", high=10.0)
    weeks = count(weeks, "Weeks", low=1)
    seed = count(seed, "The seed")
    if not isinstance(raters, str):
        raise TypeError(f"Raters must be a word in quotation marks: you gave {show(raters)}. Try 'everybody'.")
    if raters not in RATERS:
        raise ValueError(f"There are no raters {raters!r}. Choose one of {', '.join(map(repr, RATERS))}.")
    # A pool of 1 a person makes effort pay the true rating: those who can work average 1.
    truth = pay(people, "effort", pool=float(len(people)))[people.able]
    workers = tuple(name for name, able in zip(people.names, people.able, strict=True) if able)
    inside = _members(people, ring, favouritism=favouritism)[people.able]
    if not workers:
        raise ValueError("Able is False for everybody: there is no work to rate. Put True for at least one person.")
    if len(workers) < 2 and raters != "outside":
        raise ValueError(f"{workers[0]} has no workmate who could rate. Choose raters='outside', or add a person.")

    draws = np.random.default_rng(seed)
    if raters == "outside":
        who: tuple[str, ...] = ("outsider 1", "outsider 2")
        opinions = _opinions(truth, draws, raters=2, weeks=weeks, noise=noise * outside_noise)
        asked = np.ones_like(opinions, dtype=np.bool_)
    else:
        who = workers
        opinions = _opinions(truth, draws, raters=truth.size, weeks=weeks, noise=noise)
        opinions = _favour(opinions, inside, share=favouritism)
        asked = _asked(raters, inside, draws, weeks=weeks)
    heard = np.where(asked, opinions, np.nan)
    every = heard.reshape(-1, truth.size)
    scores = np.zeros(len(people))
    scores[people.able] = np.nanmedian(every, axis=0) if median else np.nanmean(every, axis=0)
    given = np.full((len(who), len(people)), np.nan)
    times = asked.sum(axis=0)
    total = np.where(asked, opinions, 0.0).sum(axis=0)
    given[:, people.able] = np.divide(total, times, out=np.full(total.shape, np.nan), where=times > 0)
    return Ratings(scores=scores, given=given, raters=who, average=float(scores[people.able].mean()))


def _members(people: People, ring: Sequence[str], *, favouritism: float) -> NDArray[np.bool_]:
    """Which people belong to the ring, after checking that they can."""
    if isinstance(ring, str) or not isinstance(ring, Sequence):
        raise TypeError(f"The ring must be a list of names: you gave {show(ring)}. Try ('Amara', 'Bo').")
    for name in ring:
        if name not in people.names:
            raise ValueError(
                f"The ring has {name!r}, who is not among the people. Choose from {', '.join(people.names)}."
            )
        if list(ring).count(name) > 1:
            raise ValueError(f"The ring has {name!r} more than once. Name each member once.")
        if not people.able[people.names.index(name)]:
            raise ValueError(
                f"The ring has {name!r}, who can't work now and so rates nobody. Choose somebody who works."
            )
    if len(ring) == 1:
        raise ValueError(f"The ring has only {ring[0]!r}: nobody to favour. Name two people or more, or none.")
    if favouritism > 0 and not ring:
        raise ValueError(f"Favouritism is {favouritism:g}, but the ring is empty. Name two people or more, or put 0.")
    return np.isin(people.names, list(ring))


def _opinions(truth: Array, draws: np.random.Generator, *, raters: int, weeks: int, noise: float) -> Array:
    """Truth times an error of mean 1, for each week, rater and person rated."""
    errors = draws.standard_normal((weeks, raters, truth.size))
    opinions: Array = truth * np.exp(noise * errors - noise**2 / 2)
    return opinions


def _favour(opinions: Array, inside: NDArray[np.bool_], *, share: float) -> Array:
    """Let ring members move a share of what they give outsiders to their fellows; each rater's total stays the same."""
    fellows = inside[:, None] & inside & ~np.eye(inside.size, dtype=np.bool_)
    outsiders = inside[:, None] & ~inside
    taken = share * np.where(outsiders, opinions, 0.0)
    towards = np.where(fellows, opinions, 0.0)
    # If all fellows made no effort, they get the same each.
    towards = np.where(towards.any(axis=2, keepdims=True), towards, fellows)
    total = towards.sum(axis=2, keepdims=True)
    parts = np.divide(towards, total, out=np.zeros_like(towards), where=total > 0)
    result: Array = opinions - taken + taken.sum(axis=2, keepdims=True) * parts
    return result


def _asked(raters: str, inside: NDArray[np.bool_], draws: np.random.Generator, *, weeks: int) -> NDArray[np.bool_]:
    """Who rates whom: True for each week, rater and person rated; never oneself."""
    n = inside.size
    asked = np.ones((weeks, n), dtype=np.bool_)
    if raters != "everybody":
        # Sorting puts ring members first, in their order, and takes anybody else if there is no ring.
        fixed = np.argsort(~inside, kind="stable")[:2]
        pairs = (
            np.argsort(draws.random((weeks, n)), axis=1)[:, :2] if raters == "rotating" else np.tile(fixed, (weeks, 1))
        )
        asked = np.zeros((weeks, n), dtype=np.bool_)
        np.put_along_axis(asked, pairs, True, axis=1)
    result: NDArray[np.bool_] = asked[:, :, None] & ~np.eye(n, dtype=np.bool_)
    return result


def cap_ratings(ratings: ArrayLike, *, cap: float = 1.0) -> Array:
    """Scale a council's ratings down, if need be, so that their average does not exceed the cap.

    Parameters
    ----------
    ratings : array_like, (n,)
        The ratings its members gave one another, zero or more.
    cap : float
        The highest average allowed, above 0: last year's ratio of social benefit to social cost, or 1.

    Returns
    -------
    ndarray, (n,)
        ``ratings * min(1, cap / mean)``. Who stands above whom does not change, and neither does anybody's share.

    Raises
    ------
    TypeError, ValueError
        If the ratings are not finite numbers, zero or more, or the cap is not above 0.

    Notes
    -----
    Hahnel, *Democratic Economic Planning* (2021). A council that rates all its members up by one factor gains nothing.

    Examples
    --------
    >>> cap_ratings([1.5, 1.5, 3.0]).tolist()
    [0.75, 0.75, 1.5]
    >>> cap_ratings([0.8, 0.4]).tolist()
    [0.8, 0.4]
    """
    given = vector(ratings, "Ratings", mend="Put 0 for somebody who did nothing.")
    cap = _cap(cap)
    largest = given.max()
    mean = largest * (given / largest).mean() if largest > 0 else 0.0
    return given * min(1.0, cap / mean) if mean > cap else given.copy()


def _cap(cap: float) -> float:
    return above(cap, "The cap", mend="Put a number above 0, such as 1.")


def rated_pay(
    people: People,
    ratings: ArrayLike,
    *,
    pool: float,
    workplaces: Sequence[str] | None = None,
    cap: float | None = None,
) -> Array:
    """Pay for effort as rated: like the norm "effort", with ratings in the place of sacrifice.

    Parameters
    ----------
    people : People
        Who shares; those who cannot work get pool / n.
    ratings : array_like, (n,)
        One rating a person, zero or more; those of people who cannot work are not looked at.
    pool : float
        What there is to share.
    workplaces : sequence of str, optional
        Where each person works, if several workplaces share the pool. All in one if left out.
    cap : float, optional
        The highest average rating a workplace may give (see `cap_ratings`); no cap if left out.

    Returns
    -------
    ndarray, (n,)
        What each gets; adds up to `pool`.

    Raises
    ------
    TypeError, ValueError
        If a number is missing, negative or not finite, the cap is not above 0, or all ratings are 0.

    Notes
    -----
    Inside one workplace a factor common to all ratings cancels, cap or no cap. Between workplaces it does not: without
    a cap, the workplace that rates its people up takes from the others; under a cap that binds it cannot.

    Examples
    --------
    >>> from parecon_edu.remuneration import BAKERY, rate, rated_pay
    >>> scores = rate(BAKERY, ring=("Amara", "Bo"), favouritism=0.4).scores
    >>> rated_pay(BAKERY, scores, pool=1200).round(1).tolist()
    [390.6, 356.6, 152.8, 300.0]
    """
    pool = amount(pool, "The pool", mend="Put 0 if there is nothing to share.")
    if not isinstance(people, People):
        raise TypeError(f"People must be made with People(...): you gave {show(people)}. Try remuneration.BAKERY.")
    n, able = len(people), people.able
    given = vector(ratings, "Ratings", names=people.names, mend="Put 0 if {who} did nothing.")
    _one_each(given.size, "Ratings", n)
    places = np.zeros(n) if workplaces is None else row(workplaces, "Workplaces", numbers=False)
    _one_each(places.size, "Workplaces", n)
    result = np.full(n, pool / n)
    if not able.any():
        return result
    if not given[able].any():
        raise ValueError(
            "Ratings can't be 0 for everybody who can work: nobody would have a claim. "
            "Rate at least one person above 0."
        )
    rated = given.copy()
    if cap is not None:
        for place in np.unique(places[able]):
            here = able & (places == place)
            rated[here] = cap_ratings(given[here], cap=cap)
    claims = rated[able] / rated[able].max()
    result[able] = pool * able.sum() / n * (claims / claims.sum())
    return result


def _one_each(size: int, field: str, n: int) -> None:
    if size != n:
        raise ValueError(f"{field} must have one value for each person: you gave {size} for {n} people. Give {n}.")


def with_neighbours(people: People) -> People:
    """Put beside a workplace a second one, exactly like it, so that two can share a pool.

    Parameters
    ----------
    people : People
        The first workplace.

    Returns
    -------
    People
        The same people, then their like, each named "… next door".

    Examples
    --------
    >>> from parecon_edu.remuneration import BAKERY
    >>> with_neighbours(BAKERY).names[3:5]
    ('Dita', 'Amara next door')
    """
    twice = {f.name: np.tile(getattr(people, f.name), 2) for f in fields(people) if f.name != "names"}
    return People(**twice, names=(*people.names, *(f"{name} next door" for name in people.names)))


def misplaced(people: People, incomes: ArrayLike, *, pool: float) -> float:
    """How much money went to other people than true effort would have sent it to.

    Parameters
    ----------
    people : People
        Who shares.
    incomes : array_like, (n,)
        What each got out of the same pool.
    pool : float
        What there was to share.

    Returns
    -------
    float
        Half the sum of the differences between `incomes` and effort pay, in the unit of `pool`: what would have to
        change hands to put it right.

    Examples
    --------
    >>> from parecon_edu.remuneration import BAKERY, pay
    >>> round(misplaced(BAKERY, pay(BAKERY, "equal", pool=1200), pool=1200), 2)
    45.28
    """
    right = pay(people, "effort", pool=pool)
    incomes = vector(incomes, "Income", names=people.names)
    _one_each(incomes.size, "Income", len(people))
    return float(np.abs(incomes - right).sum() / 2)
