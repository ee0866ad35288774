"""The linear and mixed-integer programs behind a division of tasks, all solved by HiGHS in scipy.

Everything here is in shares of a worker's time, and in ratings as parts of the largest deviation from the mean, so that
the solver's fixed tolerances mean the same for a bakery's forty hours and for a ministry's million.
"""

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np

from parecon_edu.validation.tables import Array, Truths

#: HiGHS calls the second stage infeasible if it has to meet the first stage's optimum to the last digit.
SLACK = 1e-7
#: What counts as a band of zero width; then the band is written as equations.
_NIL = 1e-9
#: A mixed-integer program gets this many seconds unless somebody says otherwise, up to this many worker-task pairs.
SECONDS = 2.0
PAIRS_FOR_FEW, PAIRS_FOR_TRAINING, PAIRS_FOR_BOUND = 150, 150, 2500


@dataclass(frozen=True, eq=False)
class Frame:
    """A workplace brought to one scale.

    Attributes
    ----------
    weights : ndarray, (n,)
        Each worker's hours as a multiple of the mean worker's.
    needs : ndarray, (m,)
        Each task's hours, in hours of the mean worker.
    away : ndarray, (m, d)
        Ratings less their mean, as parts of the largest such difference.
    unit : float
        That largest difference, in the ratings' own unit.
    allowed : ndarray of bool, (n, m)
        Who may do what.
    """

    weights: Array
    needs: Array
    away: Array
    unit: float
    allowed: Truths


def load_solver() -> None:
    """Load the solver now; importing the models stays quick because nobody does it before."""
    import scipy.optimize
    import scipy.sparse  # noqa: F401


def smallest_band(frame: Frame) -> float:
    """Find the smallest deviation from the mean that qualifications allow, in parts of the largest deviation."""
    if frame.allowed.all():
        return 0.0  # equal shares of everything reach it
    rows = _band_rows(frame)
    import scipy.sparse as sparse

    pairs = rows.shape[1]
    ends = -np.ones((rows.shape[0], 1))
    within = sparse.vstack([sparse.hstack([rows, ends]), sparse.hstack([-rows, ends])])
    equations, right = _sums(frame)
    equations = sparse.hstack([equations, sparse.csr_array((equations.shape[0], 1))])
    cost = np.append(np.zeros(pairs), 1.0)
    least = float(_solve(cost, equations, right, within, np.zeros(within.shape[0])).fun)
    return least if least > _NIL else 0.0


def few_pairs(frame: Frame, band: float, *, seconds: float = SECONDS) -> tuple[Array, float, float]:
    """Find a division with few worker-task pairs; give it, its number of pairs and a proven lower bound."""
    each = _fewest_each(frame, band)
    bound = max(float(each.sum()), float(frame.needs.size))
    if frame.allowed.sum() <= PAIRS_FOR_BOUND:
        # A pair costs at least what part of its room it uses, so this program bounds the number of pairs from below.
        room = np.minimum(1.0, frame.needs / frame.weights[:, None])
        solution = _within(frame, band, 1 / room)
        bound = max(bound, float(np.ceil(solution.fun - 1e-6)))
    else:
        # Any corner will do, and corners are found fastest when no two of them are equally good.
        solution = _within(frame, band, np.random.default_rng(0).random(frame.allowed.shape))
    shares = _spread(frame, solution.x)
    found = float(np.count_nonzero(shares))
    if seconds and found > bound and frame.allowed.sum() <= PAIRS_FOR_FEW:
        ones = np.ones(frame.allowed.shape)
        better, proven = _whole(frame, band, ones, each=each, below=found, seconds=seconds)
        shares = shares if better is None else better
        found = float(np.count_nonzero(shares))
        bound = found if proven else bound
    return shares, found, bound


def least_training(frame: Frame, band: float, wish: Array, *, seconds: float = SECONDS) -> tuple[Array, float, float]:
    """Find a division with little training, whole for each pair; give it, its hours and a proven lower bound."""
    room = np.minimum(1.0, frame.needs / frame.weights[:, None])
    scale = float(wish.max())
    cost = wish / scale
    solution = _within(frame, band, cost / room)
    shares = _spread(frame, solution.x)
    found, bound = float(wish[shares > 0].sum()), max(0.0, float(solution.fun) * scale)
    if seconds and found > bound + 1e-6 * scale and frame.allowed.sum() <= PAIRS_FOR_TRAINING:
        better, proven = _whole(frame, band, cost, seconds=seconds)
        shares = shares if better is None else better
        found = float(wish[shares > 0].sum())
        bound = found if proven else bound
    return shares, found, bound


def most_liked(frame: Frame, band: float, wish: Array) -> tuple[Array, float, float]:
    """Find the division that people like most, in points per hour times hours; it is exact."""
    scale = float(np.ptp(wish))
    # A worker's hours are fixed, so the level of a worker's points changes nothing and is taken off.
    points = (wish - wish.max(axis=1, keepdims=True)) / scale * frame.weights[:, None]
    shares = _spread(frame, _within(frame, band, -points).x)
    return shares, 0.0, 0.0


def uncut(frame: Frame) -> tuple[Array | None, float]:
    """Find the most balanced division in which no task is cut; give it (None: there is none) and its band.

    Each worker's tasks add up to the worker's hours. Small workplaces only: it looks until it is done.
    """
    from scipy.optimize import Bounds, LinearConstraint, milp

    people, tasks = frame.allowed.shape
    pairs = people * tasks
    rules = []
    for task in range(tasks):
        row = np.zeros((people, tasks))
        row[:, task] = 1
        rules.append((np.append(row, 0.0), 1.0, 1.0))
    for worker in range(people):
        part = np.zeros((people, tasks))
        part[worker] = frame.needs / frame.weights[worker]
        rules.append((np.append(part, 0.0), 1 - SLACK, 1 + SLACK))
        for dimension in range(frame.away.shape[1]):
            deviation = part * frame.away[:, dimension]
            rules.append((np.append(deviation, -1.0), -np.inf, 0.0))
            rules.append((np.append(deviation, 1.0), 0.0, np.inf))
    rows, low, high = (np.array(part) for part in zip(*rules, strict=True))
    with quiet():
        result = milp(
            np.append(np.zeros(pairs), 1.0),
            constraints=LinearConstraint(rows, low, high),
            integrality=np.append(np.ones(pairs), 0),
            bounds=Bounds(np.zeros(pairs + 1), np.append(frame.allowed.ravel().astype(np.float64), np.inf)),
            options={"mip_rel_gap": 0.0},
        )
    if result.x is None:
        return None, 0.0
    chosen = result.x[:-1].reshape(people, tasks) > 0.5
    return np.where(chosen, frame.needs / frame.weights[:, None], 0.0), float(result.x[-1])


def most(frame: Frame, worth: Array) -> Array:
    """Find the division for which worth per hour times hours is largest, whatever the ratings come to."""
    equations, right = _sums(frame)
    cost = -(worth / np.abs(worth).max() if worth.any() else worth) * frame.weights[:, None]
    return _spread(frame, _solve(cost[frame.allowed], equations, right).x)


def most_at_home(frame: Frame, band: float = 0.0) -> Array:
    """Find the exchange between places (workers and tasks alike) with the fewest hours away, within a band."""
    cost = (1 - np.eye(frame.weights.size)) * frame.weights[:, None]
    return _spread(frame, _within(frame, band, cost).x)


def nearest(frame: Frame, target: Array) -> Array:
    """Find a division for which the fewest hours have to be taken out of a target's shares."""
    import scipy.sparse as sparse

    equations, right = _sums(frame)
    wanted = target[frame.allowed]
    # A share is the target's, less what is taken out, plus what is put in; only the first costs.
    change = sparse.hstack([equations, -equations])
    hours = np.broadcast_to(frame.weights[:, None], frame.allowed.shape)[frame.allowed]
    moved = _solve(
        np.concatenate([hours, hours]),
        change,
        right - equations @ wanted,
        limit=np.append(np.full(wanted.size, np.inf), wanted),
    ).x
    return _spread(frame, wanted + moved[: wanted.size] - moved[wanted.size :])


def bottleneck(frame: Frame) -> tuple[Truths, Truths] | None:
    """Find tasks that take more hours than all who are qualified for any of them have; None if there are none.

    By Hall's theorem (for hours: Gale 1957) a division exists exactly if there are no such tasks. The largest flow of
    hours is found; whatever an unfilled task could take hours from, step by step, is the bottleneck.
    """
    if frame.allowed.all():
        return None
    import scipy.sparse as sparse

    equations, right = _sums(frame)
    hours = np.broadcast_to(frame.weights[:, None], frame.allowed.shape)[frame.allowed]
    none = sparse.csr_array((0, equations.shape[1]))
    flow = _spread(frame, _solve(-hours, none, np.zeros(0), equations, right).x) * frame.weights[:, None]
    tasks: Truths = frame.needs - flow.sum(axis=0) > 1e-7 * max(1.0, float(frame.needs.max()))
    if not tasks.any():
        return None
    workers: Truths = np.zeros(frame.weights.size, dtype=np.bool_)
    while True:
        reached = np.asarray(frame.allowed[:, tasks].any(axis=1))
        also = tasks | (flow[reached] > 1e-9).any(axis=0)
        if (reached == workers).all() and (also == tasks).all():
            return tasks, workers
        workers, tasks = reached, also


def _within(frame: Frame, band: float, cost: Array) -> Any:
    equations, right, within, most = _rules(frame, band)
    return _solve(cost[frame.allowed], equations, right, within, most)


def _rules(frame: Frame, band: float) -> tuple[Any, Array, Any, Array]:
    """Rows that every division keeps: hours add up, and jobs lie within the band."""
    import scipy.sparse as sparse

    equations, right = _sums(frame)
    rows = _band_rows(frame)
    if band > _NIL:
        return equations, right, sparse.vstack([rows, -rows]), np.full(2 * rows.shape[0], band + SLACK)
    # If all but one are at the mean, so is the last: one equation a dimension says nothing new.
    people, dimensions = frame.weights.size, frame.away.shape[1]
    keep = [d * people + i for d in range(dimensions) for i in range(people - 1)]
    equations = sparse.vstack([equations, rows[keep]]) if keep else equations
    return equations, np.append(right, np.zeros(len(keep))), None, np.zeros(0)


def _sums(frame: Frame) -> tuple[Any, Array]:
    """Rows that say: each worker's shares add up to 1, and each task gets its hours."""
    import scipy.sparse as sparse

    worker, task = np.nonzero(frame.allowed)
    pair = np.arange(worker.size)
    n, m = frame.allowed.shape
    values = np.concatenate([np.ones(worker.size), frame.weights[worker]])
    place = (np.concatenate([worker, n + task]), np.concatenate([pair, pair]))
    return sparse.csr_array((values, place), shape=(n + m, worker.size)), np.append(np.ones(n), frame.needs)


def _band_rows(frame: Frame) -> Any:
    """Rows that give each worker's deviation, dimension by dimension."""
    import scipy.sparse as sparse

    worker, task = np.nonzero(frame.allowed)
    pair = np.arange(worker.size)
    shape = (frame.weights.size, worker.size)
    return sparse.vstack(
        [sparse.csr_array((frame.away[task, d], (worker, pair)), shape=shape) for d in range(frame.away.shape[1])]
    ).tocsr()


def _fewest_each(frame: Frame, band: float) -> Array:
    """Bound from below how many tasks each worker needs to come within the band: 1, 2 or 3."""
    room = band + 2 * SLACK
    low, high = -room - frame.away, room - frame.away  # b + θ(a - b) within ±room, for a share θ of the first task
    step = frame.away[:, None, :] - frame.away[None, :, :]
    with np.errstate(divide="ignore", invalid="ignore"):
        one, other = low[None] / step, high[None] / step
    flat = step == 0
    inside = (low <= 0) & (high >= 0)
    one = np.where(flat, np.where(inside[None], -np.inf, np.inf), one)
    other = np.where(flat, np.inf, other)
    least, most = np.minimum(one, other).max(axis=2), np.maximum(one, other).min(axis=2)
    mixes = np.maximum(least, 0.0) <= np.minimum(most, 1.0) + 1e-12
    alone = np.asarray((np.abs(frame.away) <= room).all(axis=1))
    spare = frame.needs[None, :] >= frame.weights[:, None] * (1 - 1e-9)
    single = (frame.allowed & alone[None, :] & spare).any(axis=1)
    double = np.array([bool(mixes[np.ix_(may, may)].any()) for may in frame.allowed])
    return np.where(single, 1.0, np.where(double, 2.0, 3.0))


def _spread(frame: Frame, values: Array) -> Array:
    shares = np.zeros(frame.allowed.shape)
    shares[frame.allowed] = np.where(values > 1e-9, values, 0.0)
    return shares


def _solve(cost: Array, equations: Any, right: Array, within: Any = None, most: Any = None, limit: Any = None) -> Any:
    """Solve a linear program by the simplex method, which ends at a corner: few things are not zero there."""
    from scipy.optimize import linprog

    options = {"primal_feasibility_tolerance": 1e-9, "dual_feasibility_tolerance": 1e-9}
    bounds = (0, None) if limit is None else np.column_stack([np.zeros(cost.size), limit])
    upper = {} if within is None else {"A_ub": within, "b_ub": most}
    result = linprog(cost, **upper, A_eq=equations, b_eq=right, bounds=bounds, method="highs-ds", options=options)
    if result.x is None:
        result = linprog(cost, **upper, A_eq=equations, b_eq=right, bounds=bounds, method="highs")
    if result.x is None:
        raise ValueError(
            f"No division of tasks was found; the solver says: {result.message} "
            f"Check that hours and ratings are of ordinary size."
        )
    return result


def _whole(
    frame: Frame,
    band: float,
    cost: Array,
    *,
    each: Array | None = None,
    below: float | None = None,
    seconds: float = SECONDS,
) -> tuple[Array | None, bool]:
    """Solve the program in which a pair costs the same however many hours it has.

    Gives a division (None if there is none with less than `below`, or it takes too long), and whether nothing better
    exists. Only a finished search counts: one that was stopped by the clock would differ from machine to machine.
    """
    import scipy.sparse as sparse
    from scipy.optimize import Bounds, LinearConstraint, milp

    equations, right, within, most = _rules(frame, band)
    worker, task = np.nonzero(frame.allowed)
    pairs = worker.size
    none = sparse.csr_array((equations.shape[0], pairs))
    room = np.minimum(1.0, frame.needs[task] / frame.weights[worker])
    rules = [
        LinearConstraint(sparse.hstack([equations, none]), right, right),
        LinearConstraint(sparse.hstack([sparse.eye_array(pairs), -sparse.diags_array(room)]), -np.inf, 0.0),
    ]
    if within is not None:
        rules.append(LinearConstraint(sparse.hstack([within, sparse.csr_array(within.shape)]), -np.inf, most))
    if each is not None:
        ones = sparse.csr_array((np.ones(pairs), (worker, np.arange(pairs))), shape=(each.size, pairs))
        rules.append(LinearConstraint(sparse.hstack([sparse.csr_array(ones.shape), ones]), each, np.inf))
    if below is not None:
        row = sparse.csr_array(np.append(np.zeros(pairs), np.ones(pairs))[None])
        rules.append(LinearConstraint(row, -np.inf, below - 1))
    with quiet():
        result = milp(
            np.append(np.zeros(pairs), cost[frame.allowed]),
            constraints=rules,
            integrality=np.append(np.zeros(pairs), np.ones(pairs)),
            bounds=Bounds(np.zeros(2 * pairs), np.append(room, np.ones(pairs))),
            options={"time_limit": seconds, "mip_rel_gap": 0.0},
        )
    if result.status != 0:
        return None, result.status == 2 and below is not None
    chosen = np.zeros_like(frame.allowed)
    chosen[worker, task] = result.x[pairs:] > 0.5
    # Once more with these pairs only, so that no crumbs of the solver's tolerance are left as hours.
    try:
        crumbs = Frame(frame.weights, frame.needs, frame.away, frame.unit, chosen)
        return _spread(crumbs, _within(crumbs, band, np.zeros(frame.allowed.shape)).x), True
    except ValueError:
        return None, False


_ONE_AT_A_TIME = threading.Lock()


@contextmanager
def quiet() -> Iterator[None]:
    """Keep what a solver writes straight to the standard output's file descriptor from the reader's page."""
    with _ONE_AT_A_TIME:
        try:
            if sys.stdout is not None:
                sys.stdout.flush()
            kept = os.dup(1)
        except (OSError, ValueError):
            yield  # there is no standard output to keep clean
            return
        nowhere = os.open(os.devnull, os.O_WRONLY)
        try:
            os.dup2(nowhere, 1)
            yield
        finally:
            os.dup2(kept, 1)
            os.close(kept)
            os.close(nowhere)
