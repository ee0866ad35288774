"""Laws of practice and talent at their edges: nothing from no time, whole people, hours that count by their number."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from parecon_edu import jobs

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
