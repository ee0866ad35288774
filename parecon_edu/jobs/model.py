"""Who does what: a workplace, and three ways of dividing its tasks into jobs.

A balanced division comes from a linear program: first the smallest deviation from the workplace's mean ratings that its
qualifications allow, then, within that, what people care about (few tasks, what they like, little training).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from parecon_edu.jobs import programs
from parecon_edu.jobs.programs import Frame
from parecon_edu.jobs.watching import watched
from parecon_edu.validation.people import amount, number, show
from parecon_edu.validation.tables import Array, Truths, distinct, listed, positive, table, truths

#: What a balanced division may look after once it is as balanced as it can be.
PREFERENCES: tuple[str, ...] = ("few_tasks", "preferences", "training")


@dataclass(frozen=True, eq=False, init=False)
class Workplace:
    """Tasks to be done, people to do them, and how the tasks are rated.

    Parameters
    ----------
    tasks : sequence of str, m of them
        Distinct names of the tasks.
    task_hours : array_like, (m,)
        How many hours each takes in a period; above 0.
    ratings : array_like, (m, d)
        How each task is rated, in any number of dimensions. Column 0 is empowerment; column 1, if there is one, is by
        custom desirability. Any scale, the same in all columns, since one band holds for all of them.
    workers : sequence of str, n of them
        Distinct names of the people.
    worker_hours : array_like, (n,)
        How many hours each works in the period; above 0, and the sum is that of the tasks.
    qualified : array_like of bool, (n, m), optional
        False where somebody cannot or may not do a task. Left out: everybody may do everything.
    preferences : array_like, (n, m), optional
        How much each likes an hour of each task, on any scale; higher is better. Left out: everybody is indifferent.
    training_hours : array_like, (n, m), optional
        Hours of training before somebody can do a task, zero or more. Left out: none.

    Raises
    ------
    TypeError
        If a field is of the wrong type: names that are not text, hours that are not numbers.
    ValueError
        If names come up twice, a number is missing, infinite or out of its range, shapes do not fit, the hours of tasks
        and workers do not add up to the same, nobody is qualified for a task, or somebody for none.

    Examples
    --------
    >>> crew = Workplace(["plan", "clean"], [10, 30], [[8], [2]], ["Amara", "Bo"], [20, 20])
    >>> crew.mean.tolist(), crew.qualified.all().item()
    ([3.5], True)
    >>> Workplace(["plan", "clean"], [10, 30], [[8], [2]], ["Amara", "Bo"], [20, 15])  # doctest: +ELLIPSIS
    Traceback (most recent call last):
        ...
    ValueError: Hours must add up: the tasks take 40, the workers have 35. Give the workers 5 hours more...
    """

    tasks: tuple[str, ...]
    task_hours: Array
    ratings: Array
    workers: tuple[str, ...]
    worker_hours: Array
    qualified: Truths
    preferences: Array | None
    training_hours: Array | None

    def __init__(
        self,
        tasks: Sequence[str],
        task_hours: ArrayLike,
        ratings: ArrayLike,
        workers: Sequence[str],
        worker_hours: ArrayLike,
        qualified: ArrayLike | None = None,
        preferences: ArrayLike | None = None,
        training_hours: ArrayLike | None = None,
    ) -> None:
        tasks, workers = distinct(tasks, "Tasks"), distinct(workers, "Workers")
        pairs: dict[str, Any] = {"rows": workers, "columns": tasks}
        checked: dict[str, Any] = {
            "tasks": tasks,
            "task_hours": positive(task_hours, "Task hours", names=tasks),
            "ratings": table(ratings, "Ratings", rows=tasks, mend="Rate every task in every dimension."),
            "workers": workers,
            "worker_hours": positive(worker_hours, "Worker hours", names=workers),
            "qualified": truths(qualified, "Qualified", **pairs),
            "preferences": None
            if preferences is None
            else table(preferences, "Preferences", mend="Put 0 where somebody does not mind.", **pairs),
            "training_hours": None
            if training_hours is None
            else table(
                training_hours, "Training hours", mend="Put 0 where no training is needed.", negative=False, **pairs
            ),
        }
        # A frozen dataclass is filled through object.__setattr__; afterwards nothing can change it, arrays included.
        for field, value in checked.items():
            object.__setattr__(self, field, value)
        _hours_add_up(self)
        _everybody_and_everything(self)

    @property
    def mean(self) -> Array:
        """What everybody's job would be rated if all were alike: the mean rating, weighted by task hours, (d,)."""
        weights: Array = self.task_hours / self.task_hours.sum()
        result: Array = weights @ self.ratings
        return result


@dataclass(frozen=True, eq=False)
class Jobs:
    """A division of tasks into jobs.

    Attributes
    ----------
    workplace : Workplace
        Whose tasks are divided.
    hours : ndarray, (n, m)
        Hours of each worker on each task; rows add up to the workers' hours, columns to the tasks'.
    ratings : ndarray, (n, d)
        How each job is rated: the mean of its tasks' ratings, weighted by hours.
    tolerance : float
        The largest deviation of any job from the workplace's mean, in any dimension, in the ratings' own unit.
    tasks_per_worker : ndarray of int, (n,)
        How many different tasks each does.
    found, bound : float
        What was asked to be small (worker-task pairs, or hours of training; pairs too where all training is alike), and
        a proven limit to it: no division within the same band does better than `bound`. Both are 0 where nothing was
        sought, and for preferences, where the division is the best there is (see `liking`).
    """

    workplace: Workplace
    hours: Array
    ratings: Array
    tolerance: float
    tasks_per_worker: NDArray[np.int64]
    found: float = 0.0
    bound: float = 0.0

    @property
    def gap(self) -> float:
        """How far the best possible division can at most lie from this one, as a share of what was found; 0: none."""
        difference = abs(self.found - self.bound)
        return difference / max(abs(self.found), abs(self.bound)) if difference > 1e-6 else 0.0

    @property
    def training(self) -> float:
        """Hours of training that this division needs, each counted whole if the worker does the task at all."""
        needed = self.workplace.training_hours
        return 0.0 if needed is None else float(needed[self.hours > 0].sum())

    @property
    def liking(self) -> float:
        """Preference points of the whole division: how much each likes an hour of a task, times the hours, added up."""
        liked = self.workplace.preferences
        return 0.0 if liked is None else float((liked * self.hours).sum())


def balance(
    workplace: Workplace,
    *,
    prefer: str = "few_tasks",
    tolerance: float | None = None,
    search: float = programs.SECONDS,
) -> Jobs:
    """Divide tasks so that all jobs are rated alike, or as nearly as qualifications allow.

    Parameters
    ----------
    workplace : Workplace
        Whose tasks are divided.
    prefer : str
        What counts among equally balanced divisions: "few_tasks" a person, "preferences" or "training".
    tolerance : float, optional
        A band allowed around the mean in every dimension, in the ratings' unit. Left out: the smallest
        that is possible.
    search : float
        For how many seconds at most to look for fewer tasks or less training than the first answer has; 0: not at all,
        and then the answer is the same on every machine.

    Returns
    -------
    Jobs
        With the band it reached, and in `gap` how much better another division could at most be.

    Raises
    ------
    TypeError
        If `workplace` is not a `Workplace`, `prefer` not text, `tolerance` or `search` not a number.
    ValueError
        If `prefer` is unknown, `search` negative, the hours of some tasks are more than those qualified for them have,
        or `tolerance` is below the smallest that is possible.

    Notes
    -----
    Balanced job complexes: Albert & Hahnel, *Looking Forward* (1991). Find hours a_it ≥ 0 with Σ_t a_it = h_i and
    Σ_i a_it = H_t, none where i is not qualified, and |Σ_t e_td a_it / h_i − ē_d| ≤ τ for every worker and dimension.
    If everybody may do everything, equal shares reach τ = 0. A corner of this set has at most n + m − 1 + d(n − 1)
    worker-task pairs at τ = 0, because that many of its equations are independent.

    Few tasks and training count whole pairs, so the true minimum is a mixed-integer program. It is tried for at most
    `search` seconds, and only where there are up to 150 possible pairs; beyond that, or if it does not finish, a corner
    of the linear program stands, with its `gap`. Solver: HiGHS, in scipy. What takes longer than a second shows in a
    notebook how far it is.

    Examples
    --------
    >>> crew = Workplace(["plan", "bake", "clean"], [10, 20, 10], [[9], [5], [1]], ["Amara", "Bo"], [20, 20])
    >>> jobs = balance(crew)
    >>> jobs.ratings.round(6).tolist(), jobs.tasks_per_worker.sum().item()
    ([[5.0], [5.0]], 3)
    """
    _known(workplace)
    prefer = _known_preference(prefer)
    if tolerance is not None:
        tolerance = amount(tolerance, "The tolerance", mend="Put 0 for exactly balanced jobs.")
    search = amount(search, "The seconds of search", mend="Put 0 for no search.")
    frame = _frame(workplace)
    programs.load_solver()  # the first time it takes a second, which is no part of the division
    with watched("Dividing tasks", steps=3) as step:
        step("are enough people qualified")
        _enough_qualified(workplace, frame)
        step("the smallest difference there can be")
        band = _band(frame, tolerance)
        step("hours of each on each task")
        wish = {"preferences": workplace.preferences, "training": workplace.training_hours}.get(prefer)
        if wish is None or not np.ptp(wish):
            # To the indifferent, few tasks are as good as any.
            shares, found, bound = programs.few_pairs(frame, band, seconds=search)
        elif prefer == "preferences":
            shares, found, bound = programs.most_liked(frame, band, wish)
        else:
            shares, found, bound = programs.least_training(frame, band, wish, seconds=search)
    return _jobs(workplace, shares * workplace.worker_hours[:, None], found=found, bound=bound)


def _band(frame: Frame, tolerance: float | None) -> float:
    """Give the band around the mean, in the frame's unit; refuse one that is narrower than there can be."""
    least = programs.smallest_band(frame)
    band = least if tolerance is None else tolerance / frame.unit
    if band < least - 1e-9:
        raise ValueError(
            f"The tolerance is too small: you gave {number(float(tolerance or 0))}, and the least that qualifications "
            f"allow here is {number(float(f'{least * frame.unit:.6g}'))}. Allow at least that, or train somebody for "
            f"more tasks."
        )
    return max(band, least)


def trained(workplace: Workplace, share: float) -> tuple[str, ...]:
    """Say who is trained if a share of the people is: those first who may do the fewest tasks.

    Examples
    --------
    >>> place = Workplace(["plan", "clean"], [9, 9], [[8], [2]], ["Bo", "Ed"], [9, 9], [[True, True], [False, True]])
    >>> trained(place, 0.1)
    ('Ed',)
    """
    _known(workplace)
    # 0.29 · 100 is 28.999…: rounding first keeps the twenty-ninth person, and adds no thirtieth.
    many = math.ceil(round(amount(share, "The share of people trained", high=1.0) * len(workplace.workers), 9))
    first = np.argsort(workplace.qualified.sum(axis=1), kind="stable")[:many]
    return tuple(workplace.workers[i] for i in first)


def train(workplace: Workplace, share: float) -> Workplace:
    """Qualify a share of the people for every task: those first who may do the fewest.

    Parameters
    ----------
    workplace : Workplace
        Where.
    share : float
        Share of the people, 0 to 1, rounded up to whole people; seed 003 asks for "at least a third".

    Returns
    -------
    Workplace
        The same, with more who are qualified. What the training takes in years is not in it.

    Raises
    ------
    TypeError, ValueError
        If `workplace` is not a `Workplace`, or the share not a number from 0 to 1.

    Examples
    --------
    >>> place = Workplace(["plan", "clean"], [9, 9], [[8], [2]], ["Bo", "Ed"], [9, 9], [[True, True], [False, True]])
    >>> train(place, 1 / 2).qualified.tolist()
    [[True, True], [True, True]]
    """
    qualified = workplace.qualified.copy()
    qualified[[workplace.workers.index(who) for who in trained(workplace, share)]] = True
    fields = {field: getattr(workplace, field) for field in ("tasks", "task_hours", "ratings", "workers")}
    return Workplace(
        **fields,
        worker_hours=workplace.worker_hours,
        qualified=qualified,
        preferences=workplace.preferences,
        training_hours=workplace.training_hours,
    )


def corporate(workplace: Workplace) -> Jobs:
    """Divide tasks by rank: the most empowering ones to the first workers, each filled before the next.

    Parameters
    ----------
    workplace : Workplace
        Whose tasks are divided; the order of its workers is their rank.

    Returns
    -------
    Jobs

    Raises
    ------
    TypeError
        If `workplace` is not a `Workplace`.
    ValueError
        If the hours of some tasks are more than those qualified for them have.

    Notes
    -----
    Tasks of equal empowerment keep their given order. Without limits on qualifications this is also the division that
    gives rank the most: it maximises Σ_i rank_i · empowerment_i (Hoffman 1963). Where somebody lower down would be left
    without work they may do, the division that maximises that sum within qualifications stands instead.

    Examples
    --------
    >>> crew = Workplace(["clean", "plan"], [30, 10], [[2], [8]], ["Amara", "Bo"], [20, 20])
    >>> corporate(crew).hours.tolist()
    [[10.0, 10.0], [20.0, 0.0]]
    """
    _known(workplace)
    order = np.argsort(-workplace.ratings[:, 0], kind="stable")
    left, open_hours = workplace.worker_hours.copy(), workplace.task_hours.copy()
    hours = np.zeros(workplace.qualified.shape)
    for task in order:
        for worker in np.flatnonzero(workplace.qualified[:, task]):
            taken = min(left[worker], open_hours[task])
            hours[worker, task] += taken
            left[worker] -= taken
            open_hours[task] -= taken
    if open_hours.sum() > 1e-9 * workplace.task_hours.sum():
        frame = _frame(workplace)
        _enough_qualified(workplace, frame)
        rank = np.arange(len(workplace.workers), 0, -1.0)
        shares = programs.most(frame, np.outer(rank, workplace.ratings[:, 0]))
        hours = shares * workplace.worker_hours[:, None]
    return _jobs(workplace, hours)


def rotation(workplace: Workplace) -> Jobs:
    """Divide tasks so that every worker does the same share of every task.

    Parameters
    ----------
    workplace : Workplace
        Whose tasks are divided.

    Returns
    -------
    Jobs
        a_it = h_i H_t / Σ H; where qualifications do not allow it, a division for which the fewest hours have to be
        taken out of these shares.

    Raises
    ------
    TypeError
        If `workplace` is not a `Workplace`.
    ValueError
        If the hours of some tasks are more than those qualified for them have.

    Examples
    --------
    >>> crew = Workplace(["clean", "plan"], [30, 10], [[2], [8]], ["Amara", "Bo"], [20, 20])
    >>> rotation(crew).hours.tolist()
    [[15.0, 5.0], [15.0, 5.0]]
    """
    _known(workplace)
    equal = np.outer(workplace.worker_hours, workplace.task_hours / workplace.task_hours.sum())
    if workplace.qualified.all():
        return _jobs(workplace, equal)
    frame = _frame(workplace)
    _enough_qualified(workplace, frame)
    shares = programs.nearest(frame, equal / workplace.worker_hours[:, None])
    return _jobs(workplace, shares * workplace.worker_hours[:, None])


def _jobs(workplace: Workplace, hours: Array, *, found: float = 0.0, bound: float = 0.0) -> Jobs:
    hours = np.where(hours > 1e-9 * workplace.worker_hours[:, None], hours, 0.0)
    ratings = hours @ workplace.ratings / workplace.worker_hours[:, None]
    deviation = float(np.abs(ratings - workplace.mean).max())
    # What is left of rounding is not a deviation.
    scale = float(np.abs(workplace.ratings).max())
    tolerance = deviation if deviation > 1e-12 * scale else 0.0
    count = (hours > 0).sum(axis=1)
    for values in (hours, ratings, count):
        values.flags.writeable = False
    return Jobs(workplace, hours, ratings, tolerance, count, found, bound)


def _frame(workplace: Workplace) -> Frame:
    """Bring a workplace to one scale: shares of a worker's hours, ratings as parts of the largest deviation."""
    away = workplace.ratings - workplace.mean
    unit = float(np.abs(away).max())
    unit = unit if unit > 1e-12 * float(np.abs(workplace.ratings).max()) else 0.0
    return Frame(
        weights=workplace.worker_hours / workplace.worker_hours.mean(),
        needs=workplace.task_hours / workplace.worker_hours.mean(),
        away=away / unit if unit else np.zeros_like(away),
        unit=unit or 1.0,
        allowed=workplace.qualified,
    )


def _enough_qualified(workplace: Workplace, frame: Frame) -> None:
    short = programs.bottleneck(frame)
    if short is None:
        return
    tasks = [workplace.tasks[t] for t in np.flatnonzero(short[0])]
    workers = [workplace.workers[i] for i in np.flatnonzero(short[1])]
    needed, there = workplace.task_hours[short[0]].sum(), workplace.worker_hours[short[1]].sum()
    raise ValueError(
        f"Too few people are qualified for {listed(tasks)}: {'it takes' if len(tasks) == 1 else 'they take'} "
        f"{number(float(needed))} hours, and only {listed(workers)} may do {'it' if len(tasks) == 1 else 'them'}, with "
        f"{number(float(there))}. Qualify somebody else for at least {number(float(f'{needed - there:.6g}'))} of these "
        f"hours."
    )


def _hours_add_up(workplace: Workplace) -> None:
    with np.errstate(over="ignore"):
        needed, there = float(workplace.task_hours.sum()), float(workplace.worker_hours.sum())
    if not np.isfinite(needed + there):
        raise ValueError("Hours are too large to be added up. Count them in a larger unit, such as years.")
    apart = abs(needed - there)
    if apart > 1e-9 * max(needed, there):
        who, other = ("workers", "tasks") if needed > there else ("tasks", "workers")
        apart = float(f"{apart:.10g}")
        raise ValueError(
            f"Hours must add up: the tasks take {number(needed)}, the workers have {number(there)}. "
            f"Give the {who} {number(apart)} hour{'' if apart == 1 else 's'} more, or the {other} {number(apart)} less."
        )


def _everybody_and_everything(workplace: Workplace) -> None:
    for task, somebody in zip(workplace.tasks, np.any(workplace.qualified, axis=0).tolist(), strict=True):
        if not somebody:
            raise ValueError(f"Nobody is qualified for {task!r}. Qualify somebody for it, or leave the task out.")
    for worker, something in zip(workplace.workers, np.any(workplace.qualified, axis=1).tolist(), strict=True):
        if not something:
            raise ValueError(
                f"{worker} is qualified for no task. Qualify {worker} for at least one, or leave {worker} out."
            )


def _known(workplace: Workplace) -> None:
    if not isinstance(workplace, Workplace):
        raise TypeError(
            f"The workplace must be made with Workplace(...): you gave {show(workplace)}. Try jobs.workplace('bakery')."
        )


def _known_preference(prefer: str) -> str:
    if not isinstance(prefer, str):
        raise TypeError(f"What to prefer must be a word in quotation marks: you gave {show(prefer)}. Try 'few_tasks'.")
    if prefer not in PREFERENCES:
        raise ValueError(f"Can't prefer {prefer!r}. Choose one of {', '.join(repr(name) for name in PREFERENCES)}.")
    return prefer
