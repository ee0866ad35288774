"""Laws of dividing tasks into jobs, with derivations and an independent linear program beside the library's."""

import os
import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from parecon_edu import jobs
from parecon_edu.jobs import programs


def make(n, m, d, *, seed, may=1.0, **wishes):
    """Make a workplace by lot; with `may` below 1 most people cannot do everything, but everything can be done."""
    lot = np.random.default_rng(seed)
    base = lot.uniform(0.2, 5, (n, m)) * (lot.random((n, m)) < may)
    base[lot.integers(n, size=m), np.arange(m)] += 1
    base[np.arange(n), lot.integers(m, size=n)] += 1
    if "preferences" in wishes:
        wishes["preferences"] = lot.integers(-3, 4, (n, m))
    if "training_hours" in wishes:
        wishes["training_hours"] = lot.integers(0, 30, (n, m))
    return jobs.Workplace(
        [f"task {t}" for t in range(m)],
        base.sum(axis=0),
        lot.integers(0, 11, (m, d)),
        [f"worker {i}" for i in range(n)],
        base.sum(axis=1),
        base > 0,
        **wishes,
    )


def assert_a_division(found):
    place = found.workplace
    assert (found.hours >= 0).all()
    assert not found.hours[~place.qualified].any(), "nobody does what they are not qualified for"
    np.testing.assert_allclose(found.hours.sum(axis=0), place.task_hours, rtol=1e-6)
    np.testing.assert_allclose(found.hours.sum(axis=1), place.worker_hours, rtol=1e-6)
    np.testing.assert_allclose(found.ratings, found.hours @ place.ratings / place.worker_hours[:, None], atol=1e-9)
    np.testing.assert_allclose(found.tolerance, np.abs(found.ratings - place.mean).max(), atol=1e-9)
    assert found.tasks_per_worker.tolist() == (found.hours > 0).sum(axis=1).tolist()


def independent(place, cost, band=None):
    """Solve the same problem otherwise: dense, in hours, by the interior-point method; without a band, for the band."""
    n, m = place.qualified.shape
    d = place.ratings.shape[1]
    rows, right, below, most = [], [], [], []
    for i in range(n):
        row = np.zeros((n, m))
        row[i] = 1
        rows.append(np.append(row, 0))
        right.append(place.worker_hours[i])
    for t in range(m):
        row = np.zeros((n, m))
        row[:, t] = 1
        rows.append(np.append(row, 0))
        right.append(place.task_hours[t])
    mean = sum(place.task_hours[t] * place.ratings[t] for t in range(m)) / sum(place.task_hours)
    for i in range(n):
        for k in range(d):
            for sign in (1, -1):
                row = np.zeros((n, m))
                row[i] = sign * (place.ratings[:, k] - mean[k]) / place.worker_hours[i]
                below.append(np.append(row, -1.0 if band is None else 0.0))
                most.append(0.0 if band is None else band)
    prices = np.append(np.zeros(n * m), 1.0) if band is None else np.append(cost, 0.0)
    upper = np.where(place.qualified.ravel(), None, 0)
    bounds = [(0, limit) for limit in upper] + [(0, None)]
    solution = linprog(prices, A_ub=below, b_ub=most, A_eq=rows, b_eq=right, bounds=bounds, method="highs-ipm")
    assert solution.status == 0, solution.message
    return solution.fun


CASES = st.builds(
    make,
    st.integers(2, 6),
    st.integers(2, 7),
    st.integers(1, 3),
    seed=st.integers(0, 10**6),
    may=st.sampled_from([0.4, 0.7, 1.0]),
    preferences=st.just(True),
)


@settings(max_examples=25, deadline=None)
@given(place=CASES)
def test_the_band_is_the_smallest_that_an_independent_program_finds(place):
    found = jobs.balance(place, prefer="preferences")
    assert_a_division(found)
    assert found.tolerance == pytest.approx(independent(place, None), abs=1e-5)


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10**6), may=st.sampled_from([0.6, 1.0]))
def test_preferences_are_met_as_well_as_an_independent_program_meets_them(seed, may):
    place = make(5, 6, 2, seed=seed, may=may, preferences=True)
    band = independent(place, None) + 0.5
    found = jobs.balance(place, prefer="preferences", tolerance=band)
    assert_a_division(found)
    assert found.tolerance <= band + 1e-5
    best = -independent(place, -place.preferences.ravel().astype(float), band)
    assert found.liking == pytest.approx(best, abs=1e-4)


@settings(max_examples=8, deadline=None)
@given(n=st.integers(2, 9), m=st.integers(2, 9), d=st.integers(1, 3), seed=st.integers(0, 10**6))
def test_all_jobs_are_alike_if_everybody_may_do_everything_and_a_corner_has_few_pairs(n, m, d, seed):
    # n + m sums, of which one follows from the rest, and d(n - 1) means: a corner has no more positive hours than that.
    lot = np.random.default_rng(seed)
    hours = lot.uniform(1, 9, m)
    parts = lot.dirichlet(np.full(n, 5.0))
    names = [f"t{t}" for t in range(m)], [f"w{i}" for i in range(n)]
    place = jobs.Workplace(names[0], hours, lot.integers(0, 11, (m, d)), names[1], parts * hours.sum())
    frame_shares, found, bound = programs.few_pairs(jobs.model._frame(place), 0.0, seconds=0)
    assert bound <= found <= n + m - 1 + d * (n - 1)
    ratings = frame_shares @ place.ratings
    np.testing.assert_allclose(ratings, np.tile(place.mean, (n, 1)), atol=1e-6)


def test_few_tasks_are_the_fewest_that_trying_every_set_of_pairs_finds():
    place = jobs.Workplace(["a", "b", "c"], [4, 4, 4], [[1], [2], [3]], ["x", "y", "z"], [4, 4, 4])
    band = 0.5
    found = jobs.balance(place, tolerance=band)
    assert found.tasks_per_worker.sum() == 5
    fewer = [mask for mask in range(1, 2**9) if mask.bit_count() < 5]
    chosen = (np.array([bool(mask >> k & 1) for k in range(9)]).reshape(3, 3) for mask in fewer)
    assert not any(_possible(place, pairs, band) for pairs in chosen)
    assert found.gap == 0
    assert found.tolerance <= band + 1e-6


def _possible(place, chosen, band):
    """Whether a division with these pairs only lies within the band."""
    if not (chosen.any(axis=0).all() and chosen.any(axis=1).all()):
        return False
    part = jobs.Workplace(place.tasks, place.task_hours, place.ratings, place.workers, place.worker_hours, chosen)
    try:
        jobs.balance(part, tolerance=band, prefer="preferences")
    except ValueError:
        return False
    return True


def test_training_is_counted_whole_and_the_least_there_is():
    # Two jobs of 10 hours, two tasks of 10: whoever does some of both pays for both, 12 in all; one task each costs
    # 5 + 1 the right way round. A band as wide as the ratings allows that.
    place = jobs.Workplace(["a", "b"], [10, 10], [[0], [4]], ["x", "y"], [10, 10], training_hours=[[5, 3], [3, 1]])
    found = jobs.balance(place, prefer="training", tolerance=2)
    assert (found.training, found.gap) == (6, 0)
    assert jobs.balance(place, prefer="training").training == 12, "balanced, both do both"


def test_qualifications_bind_even_where_training_would_be_free():
    place = jobs.Workplace(
        ["a", "b"], [10, 10], [[0], [4]], ["x", "y"], [10, 10], [[True, False], [True, True]],
        training_hours=np.zeros((2, 2)),
    )  # fmt: skip
    found = jobs.balance(place, prefer="training")
    # x may only do a: 10 hours of it, rated 0; that leaves b to y, rated 4; the mean is 2.
    np.testing.assert_allclose(found.hours, [[10, 0], [0, 10]])
    assert found.tolerance == pytest.approx(2)


def test_a_tolerance_below_the_smallest_is_refused_with_the_smallest():
    place = jobs.Workplace(["a", "b"], [10, 10], [[0], [4]], ["x", "y"], [10, 10], [[True, False], [True, True]])
    with pytest.raises(ValueError, match=r"you gave 1\.5, and the least .* is 2\."):
        jobs.balance(place, tolerance=1.5)
    assert jobs.balance(place, tolerance=2).tolerance == pytest.approx(2)


@settings(max_examples=20, deadline=None)
@given(place=CASES)
def test_by_rank_and_in_turns_every_hour_is_done_by_somebody_qualified(place):
    assert_a_division(jobs.corporate(place))
    assert_a_division(jobs.rotation(place))


def test_by_rank_the_first_get_the_most_empowering_tasks_and_in_turns_all_get_the_same():
    place = jobs.workplace("software")
    free = jobs.Workplace(place.tasks, place.task_hours, place.ratings, place.workers, place.worker_hours)
    ranked = jobs.corporate(free).ratings[:, 0]
    assert (np.diff(ranked) <= 1e-12).all()
    # By hand: the first 40 hours are 20 of 10s, then 20 of design's 8s.
    assert ranked[0] == pytest.approx((20 * 10 + 20 * 8) / 40)
    np.testing.assert_allclose(jobs.rotation(free).ratings, np.tile(free.mean, (6, 1)))
    assert jobs.rotation(free).tolerance == pytest.approx(0, abs=1e-9)


def test_by_rank_somebody_lower_down_is_not_left_without_work_they_may_do():
    # x could take all of "lead", but then y, who may do nothing else, would have nothing: x has to do "sweep".
    place = jobs.Workplace(["lead", "sweep"], [5, 5], [[9], [1]], ["x", "y"], [5, 5], [[True, True], [True, False]])
    np.testing.assert_allclose(jobs.corporate(place).hours, [[0, 5], [5, 0]])


def test_turns_move_the_fewest_hours_that_qualifications_demand():
    place = jobs.Workplace(["a", "b"], [10, 10], [[0], [4]], ["x", "y"], [10, 10], [[True, False], [True, True]])
    np.testing.assert_allclose(jobs.rotation(place).hours, [[10, 0], [0, 10]])
    half = jobs.Workplace(
        ["a", "b", "c"], [10, 10, 10], [[0], [4], [5]], ["x", "y"], [15, 15], [[True, True, False], [True, True, True]]
    )
    turns = jobs.rotation(half).hours
    # y takes x's five hours of c and gives back five of a or b, so ten hours change hands; nobody does it with fewer.
    assert np.abs(turns - 5).sum() == pytest.approx(20)


@settings(max_examples=10, deadline=None)
@given(place=CASES, scale=st.sampled_from([1e-3, 60.0, 1e6]))
def test_minutes_instead_of_hours_change_nothing_else(place, scale):
    fields = {name: getattr(place, name) for name in ("tasks", "ratings", "workers", "qualified", "preferences")}
    other = jobs.Workplace(task_hours=place.task_hours * scale, worker_hours=place.worker_hours * scale, **fields)
    one, two = (jobs.balance(each, prefer="preferences") for each in (place, other))
    assert one.tolerance == pytest.approx(two.tolerance, abs=1e-6)


def test_a_search_finds_no_worse_than_none_and_none_gives_a_corner_with_its_gap():
    place = jobs.Workplace(list("abcde"), [8, 8, 8, 4, 4], [[9], [5], [4], [2], [1]], list("vwxyz"), [8, 8, 8, 4, 4])
    quick, slow = jobs.balance(place, tolerance=2, search=0), jobs.balance(place, tolerance=2)
    assert slow.found < quick.found
    assert (slow.gap, quick.gap > 0) == (0, True)
    assert quick.bound <= slow.found, "what is proven without a search holds for whatever a search finds"


@pytest.mark.parametrize("seed", range(6))
def test_training_somebody_never_widens_the_band_and_takes_first_who_may_do_least(seed):
    place = make(6, 7, 2, seed=seed, may=0.4)
    bands = [jobs.balance(jobs.train(place, k / 6), prefer="preferences", search=0).tolerance for k in range(7)]
    assert (np.diff(bands) <= 1e-6).all()
    assert bands[-1] == pytest.approx(0, abs=1e-6), "if everybody may do everything, all jobs can be alike"
    trained = jobs.train(place, 1 / 6).qualified.all(axis=1) & ~place.qualified.all(axis=1)
    assert not trained.any() or trained[place.qualified.sum(axis=1).argmin()]


def test_training_counts_whole_people_and_leaves_the_workplace_as_it_was():
    place = jobs.workplace("clinic")
    before = place.qualified.copy()
    added = [(jobs.train(place, share).qualified & ~before).any(axis=1).sum() for share in (0, 0.01, 1 / 3, 0.34, 1)]
    assert added == [0, 1, 3, 4, 6], "of nine; three doctors may do everything already"
    np.testing.assert_array_equal(place.qualified, before)
    for share in (-0.1, 1.1, float("nan")):
        with pytest.raises(ValueError, match="share of people trained"):
            jobs.train(place, share)


def test_no_division_beats_the_bound_that_is_stated():
    found = jobs.balance(make(50, 40, 2, seed=1))
    assert_a_division(found)
    assert found.bound <= found.found == found.tasks_per_worker.sum() <= 50 + 40 - 1 + 2 * 49
    assert found.gap == pytest.approx((found.found - found.bound) / found.found)


def test_nothing_is_written_to_the_page_not_even_below_python(capfd):
    os.write(1, b"before ")
    jobs.balance(jobs.workplace("bakery"), tolerance=1)
    os.write(1, b"after")
    assert capfd.readouterr() == ("before after", "")


@pytest.mark.sweep
@pytest.mark.parametrize(("n", "m", "seconds"), [(50, 40, 1), (200, 100, 10)])
@pytest.mark.parametrize("prefer", jobs.PREFERENCES)
def test_large_workplaces_take_seconds(n, m, seconds, prefer):
    place = make(n, m, 2, seed=3, may=0.5, preferences=True, training_hours=True)
    jobs.balance(jobs.workplace("bakery"))  # so that loading the solver is not counted
    start = time.process_time()
    found = jobs.balance(place, prefer=prefer)
    assert time.process_time() - start <= seconds
    assert_a_division(found)
    assert 0 <= found.gap < 1


GOOD = {"tasks": ["a", "b"], "task_hours": [10, 10], "ratings": [[0, 1], [4, 2]], "workers": ["x", "y"]}
GOOD["worker_hours"] = [10, 10]


@pytest.mark.parametrize(
    ("change", "error", "words"),
    [
        ({"tasks": ["a", "a"]}, ValueError, "'a' comes up 2 times"),
        ({"workers": []}, ValueError, "Workers is empty"),
        ({"tasks": "ab"}, TypeError, "list of names"),
        ({"workers": ["x", 3]}, TypeError, "you gave 3"),
        ({"task_hours": [10, -3]}, ValueError, "can't be negative: 'b' has -3"),
        ({"task_hours": [10, float("nan")]}, ValueError, r"'b' has not a number \(NaN\)"),
        ({"worker_hours": [10, 0]}, ValueError, "'y' has 0"),
        ({"worker_hours": [10, float("inf")]}, ValueError, "'y' has infinity"),
        ({"worker_hours": [10, 15]}, ValueError, r"add up: the tasks take 20, the workers have 25\. Give the tasks 5"),
        ({"worker_hours": [10]}, ValueError, "wrong shape: you gave 1"),
        ({"task_hours": [1e308, 1e308], "worker_hours": [1e308, 1e308]}, ValueError, "too large to be added up"),
        ({"ratings": [[0, 1], [4, float("nan")]]}, ValueError, "Ratings .* 'b' .* column 1.* Rate every task"),
        ({"ratings": [0, 4]}, ValueError, "Ratings has the wrong shape"),
        ({"ratings": [[0], [4, 2]]}, ValueError, "Ratings must have rows of equal length"),
        ({"ratings": [["low"], ["high"]]}, TypeError, "Ratings must be numbers"),
        ({"qualified": [[True, False], [True, False]]}, ValueError, "Nobody is qualified for 'b'"),
        ({"qualified": [[False, False], [True, True]]}, ValueError, "x is qualified for no task"),
        ({"qualified": [[True, 2], [True, True]]}, ValueError, "'x' has 2 for 'b'"),
        ({"preferences": [[1, float("nan")], [0, 0]]}, ValueError, "Preferences .* 'x' .* 'b'"),
        ({"training_hours": [[1, 0], [-1, 0]]}, ValueError, "Training hours can't be negative: 'y' has -1 for 'a'"),
        ({"training_hours": [[1, 0]]}, ValueError, "Training hours has the wrong shape"),
    ],
)
def test_a_workplace_that_contradicts_itself_is_refused_by_name(change, error, words):
    with pytest.raises(error, match=words):
        jobs.Workplace(**{**GOOD, **change})


def test_too_few_qualified_are_named_with_the_hours_that_are_missing():
    place = jobs.Workplace(
        ["scan", "sew", "sweep"], [8, 8, 14], [[9], [8], [1]], ["Ada", "Ben", "Cy"], [10, 10, 10],
        [[True, True, True], [False, False, True], [False, False, True]],
    )  # fmt: skip
    for divide in (jobs.balance, jobs.corporate, jobs.rotation):
        with pytest.raises(ValueError, match=r"'scan' and 'sew': they take 16 .* only 'Ada' .* with 10\..* 6 of"):
            divide(place)


@pytest.mark.parametrize("divide", [jobs.balance, jobs.corporate, jobs.rotation])
def test_only_workplaces_are_divided(divide):
    with pytest.raises(TypeError, match="made with Workplace"):
        divide("bakery")


@pytest.mark.parametrize(
    ("settings", "error", "words"),
    [
        ({"prefer": "fun"}, ValueError, "'few_tasks', 'preferences', 'training'"),
        ({"prefer": 3}, TypeError, "a word"),
        ({"tolerance": -1}, ValueError, "0 or more"),
        ({"tolerance": float("nan")}, ValueError, "finite"),
        ({"tolerance": "wide"}, TypeError, "single number"),
        ({"search": -1}, ValueError, "seconds of search"),
    ],
)
def test_wrong_settings_are_refused(settings, error, words):
    with pytest.raises(error, match=words):
        jobs.balance(jobs.workplace("bakery"), **settings)


def test_nothing_can_be_changed_afterwards():
    place = jobs.workplace("bakery")
    with pytest.raises(ValueError, match="read-only"):
        place.ratings[0, 0] = 5
    with pytest.raises(ValueError, match="read-only"):
        jobs.rotation(place).hours[0, 0] = 5
