"""Laws of practice and talent at their edges: nothing from no time, whole people, hours that count by their number."""

from fractions import Fraction
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from parecon_edu import jobs
from parecon_edu.jobs import model, programs

few = settings(deadline=None, max_examples=40)


@pytest.mark.parametrize("exponent", [0, 0.3, 2])
def test_no_time_makes_nothing_and_all_of_ones_time_makes_all_there_is(exponent):
    assert jobs.practice([0.0, 1.0], exponent=exponent).tolist() == [0, 1]


@few
@given(st.floats(0.01, 0.99), st.floats(0.01, 2), st.floats(0.01, 1))
def test_more_time_is_more_practice_and_the_more_it_matters_the_less_a_part_of_ones_time_makes(share, exponent, more):
    assert jobs.practice([share], exponent=exponent)[0] < jobs.practice([(1 + share) / 2], exponent=exponent)[0]
    assert jobs.practice([share], exponent=exponent + more)[0] < jobs.practice([share], exponent=exponent)[0]


def test_an_hour_counts_as_an_hour_whoever_works_it():
    # In turns each gives a quarter of the time to planning and three quarters to cleaning, whatever the hours. With
    # φ = 1 an hour makes the share of time it belongs to: (10·1/4 + 30·3/4)/40.
    place = jobs.Workplace(["plan", "clean"], [10, 30], [[8], [2]], ["Amara", "Bo"], [30, 10])
    assert jobs.output(jobs.rotation(place), exponent=1) == pytest.approx((10 / 4 + 30 * 3 / 4) / 40)


@pytest.mark.parametrize(("chance", "pool"), [(0.29, 29), (0.57, 57), (0.3, 30), (0.299, 29)])
def test_people_who_had_the_chance_are_counted_whole(chance, pool):
    # .29·100 is 28.999… for the computer, and 29 people.
    alone = jobs.talent(20, 100) * 0.5**0.2 / jobs.talent(10, pool)
    assert jobs.shared_out(10, 100, chance=chance, doers=20, exponent=0.2) == pytest.approx(alone)


@few
@given(st.integers(1, 12), st.integers(0, 30))
def test_talent_in_exact_fractions(places, rest):
    people = places + rest
    best = [1 - Fraction(k, people + 1) for k in range(1, places + 1)]
    assert jobs.talent(places, people) == pytest.approx(float(sum(best) / places))


@few
@given(st.integers(1, 12), st.integers(1, 30), st.integers(1, 10))
def test_a_wider_choice_finds_more_talent_and_more_places_take_less_of_it(places, rest, more):
    people = places + rest
    assert jobs.talent(places, people + more) > jobs.talent(places, people)
    assert jobs.talent(places + 1, people + more) < jobs.talent(places, people + more)


def test_where_qualifications_force_a_change_the_first_in_rank_still_gets_the_most_empowering_task():
    # Filled from the top, Amara would plan and Bo bake, and Chen may not clean. So Bo cleans; Amara goes on planning.
    may = [[True, True, True], [True, True, True], [True, True, False]]
    place = jobs.Workplace(
        ["plan", "bake", "clean"], [10, 10, 10], [[8], [5], [2]], ["Amara", "Bo", "Chen"], [10, 10, 10], may
    )
    assert jobs.corporate(place).hours.round(6).tolist() == [[10, 0, 0], [0, 0, 10], [0, 10, 0]]


@pytest.mark.parametrize("seed", range(6))
def test_an_exchange_moves_as_few_hours_as_an_independent_program_needs(seed):
    # Hours, not people: workplaces of very different size, and x_ij hours of i's people at j.
    lot = np.random.default_rng(seed)
    hours, ratings = lot.uniform(10, 400, 4).round(1), lot.uniform(1, 9, 4).round(1)
    mean = hours @ ratings / hours.sum()
    rows = [np.kron(np.eye(4)[i], np.ones(4)) for i in range(4)] + [np.kron(np.ones(4), np.eye(4)[j]) for j in range(4)]
    rows += [np.kron(np.eye(4)[i], ratings) for i in range(4)]
    right = np.concatenate([hours, hours, mean * hours])
    least = linprog((1 - np.eye(4)).ravel(), A_eq=np.array(rows), b_eq=right, method="highs").fun
    found = jobs.across(["a", "b", "c", "d"], hours, ratings[:, None])
    assert sum(moved for _, _, moved in found.moves) == pytest.approx(least, rel=1e-6)


def every_choice_of_pairs(tasks, workers):
    """All sets of worker-task pairs with which the hours can be done, by Gale's (1957) condition and nothing else.

    They can if no group of tasks takes more hours than those have who do any of them.
    """
    n, m = len(workers), len(tasks)
    groups = [group for size in range(1, m + 1) for group in combinations(range(m), size)]
    for mask in range(1, 2 ** (n * m)):
        chosen = np.array([bool(mask >> k & 1) for k in range(n * m)]).reshape(n, m)
        if all(tasks[list(group)].sum() <= workers[chosen[:, list(group)].any(axis=1)].sum() for group in groups):
            yield chosen


def any_job_will_do(seed):
    """Make three workers and three tasks of whole hours, rated all alike, and training by lot."""
    lot = np.random.default_rng(seed)
    cuts = [np.sort(lot.choice(np.arange(1, 20), 2, replace=False)) for _ in range(2)]
    tasks, workers = (np.diff([0, *cut, 20]).astype(float) for cut in cuts)
    training = lot.integers(0, 10, (3, 3))
    return jobs.Workplace(list("abc"), tasks, [[5]] * 3, list("xyz"), workers, training_hours=training)


def test_fewest_tasks_and_least_training_are_what_trying_every_choice_of_pairs_finds():
    gained = {"few_tasks": 0.0, "training": 0.0}
    for seed in range(6):
        place = any_job_will_do(seed)
        choices = list(every_choice_of_pairs(place.task_hours, place.worker_hours))
        best = {
            "few_tasks": min(int(chosen.sum()) for chosen in choices),
            "training": min(float(place.training_hours[chosen].sum()) for chosen in choices),
        }
        for prefer, least in best.items():
            searched, quick = jobs.balance(place, prefer=prefer), jobs.balance(place, prefer=prefer, search=0)
            assert (searched.found, searched.bound) == pytest.approx((least, least)), (seed, prefer)
            assert quick.bound <= least + 1e-6, "what is proven without a search holds for every division"
            assert quick.found >= least
            gained[prefer] += quick.found - searched.found
    assert min(gained.values()) > 0, "a search is worth something for both"


def test_training_for_a_small_task_is_counted_whole_before_any_search():
    # One hour of planning takes whoever does it 30 hours of training, and somebody has to: 30, and no division less.
    place = jobs.Workplace(
        ["plan", "bake"], [1, 19], [[5], [5]], ["Amara", "Bo"], [10, 10], training_hours=[[30, 0], [30, 0]]
    )
    quick = jobs.balance(place, prefer="training", search=0)
    assert (quick.found, quick.bound) == pytest.approx((30, 30))


def test_a_search_that_is_stopped_by_the_clock_proves_nothing():
    place = jobs.Workplace(list("abcde"), [8, 8, 8, 4, 4], [[9], [5], [4], [2], [1]], list("vwxyz"), [8, 8, 8, 4, 4])
    hurried, none = (jobs.balance(place, tolerance=2, search=seconds) for seconds in (1e-9, 0))
    assert (hurried.found, hurried.bound) == (none.found, none.bound)
    assert hurried.gap > 0


@pytest.mark.parametrize("seed", [0, 1, 25, 34])  # in 25 and 34 a share could fall below nothing
def test_rank_and_turns_count_hours_where_some_work_longer_than_others(seed):
    # Two programs of their own, in hours: most of rank times empowerment; fewest hours taken out of equal shares.
    lot = np.random.default_rng(seed)
    may = lot.random((4, 5)) < 0.5
    done = lot.integers(1, 30, (4, 5)) * (may | np.eye(4, 5, dtype=bool) | np.eye(4, 5, k=1, dtype=bool))
    place = jobs.Workplace(
        list("abcde"), done.sum(axis=0), lot.integers(0, 11, (5, 1)), list("wxyz"), done.sum(axis=1), done > 0
    )
    hours, tasks, allowed = place.worker_hours, place.task_hours, place.qualified.ravel()
    rows = [np.kron(np.eye(4)[i], np.ones(5)) for i in range(4)] + [np.kron(np.ones(4), np.eye(5)[t]) for t in range(5)]
    right, bounds = np.concatenate([hours, tasks]), [(0, None if may else 0) for may in allowed]
    worth = np.outer([4, 3, 2, 1], place.ratings[:, 0])
    most = -linprog(-worth.ravel(), A_eq=rows, b_eq=right, bounds=bounds).fun
    frame = model._frame(place)
    assert (worth * programs.most(frame, worth) * hours[:, None]).sum() == pytest.approx(most)

    equal = np.outer(hours, tasks / tasks.sum())
    none = np.zeros((9, 20))
    changes = np.hstack([np.array(rows), none])
    out = np.hstack([-np.eye(20), -np.eye(20)])  # hours taken out are at least what is missing from the equal share
    fewest = linprog(
        np.append(np.zeros(20), np.ones(20)), A_ub=out, b_ub=-equal.ravel(), A_eq=changes, b_eq=right,
        bounds=[*bounds, *[(0, None)] * 20],
    ).fun  # fmt: skip
    assert np.maximum(equal - jobs.rotation(place).hours, 0).sum() == pytest.approx(fewest)


def test_how_few_tasks_come_near_the_mean_is_a_matter_of_geometry():
    # Three tasks at the corners of a triangle around the mean (0, 0). Alone the last two are .8 off and the first 1. Of
    # two, the first and another come nearest, 13 and 10 parts of 23: 8/23 off. All three in equal parts meet the mean.
    triangle = np.array([[1, 0], [-0.5, 0.8], [-0.5, -0.8]])
    frame = programs.Frame(np.ones(3), np.ones(3), triangle, 1.0, np.ones((3, 3), bool))
    for band, few in ((1, 1), (0.81, 1), (0.79, 2), (0.35, 2), (0.34, 3)):
        assert programs._fewest_each(frame, band).tolist() == [few] * 3, band
    # Who may do the first and second only needs both even at .9, if the second is done before the week is over.
    may = np.array([[True, True, False], [True, True, True], [True, False, True]])
    short = programs.Frame(np.ones(3), np.array([1, 0.5, 1.5]), triangle, 1.0, may)
    assert programs._fewest_each(short, 0.9).tolist() == [2, 1, 1]
