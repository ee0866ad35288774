"""Ratings: what a ring does, what a cap sees, and which reply helps."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parecon_edu.remuneration import (
    BAKERY,
    MILL,
    RATERS,
    cap_ratings,
    misplaced,
    pay,
    rate,
    rated_pay,
)

RING = ("Amara", "Bo")
rows = st.lists(st.floats(0, 1e6), min_size=1, max_size=20)
shares = st.floats(0, 1)


def truth(people):
    return np.where(people.able, pay(people, "effort", pool=len(people)), 0)


def bakery_pay(**settings):
    return rated_pay(BAKERY, rate(BAKERY, **settings).scores, pool=1200)


# --- the cap ---


@given(rows, st.floats(0.1, 10))
def test_a_capped_average_never_exceeds_the_cap_and_is_left_alone_below_it(ratings, cap):
    capped = cap_ratings(ratings, cap=cap)
    assert capped.mean() <= cap * (1 + 1e-12)
    if np.mean(ratings) <= cap:
        assert (capped == ratings).all()
    else:
        assert capped.mean() == pytest.approx(cap)
        assert capped * np.mean(ratings) == pytest.approx(np.array(ratings) * cap, rel=1e-9)


@given(st.lists(st.floats(0.01, 1e6), min_size=1, max_size=20), st.floats(1, 100), st.floats(0.01, 1))
def test_inflating_every_rating_by_one_factor_changes_nothing_under_a_cap_that_binds(ratings, factor, part):
    cap = part * np.mean(ratings)
    inflated = cap_ratings(np.array(ratings) * factor, cap=cap)
    assert inflated == pytest.approx(cap_ratings(ratings, cap=cap), rel=1e-9, abs=1e-15)


@given(st.lists(st.floats(0.01, 10), min_size=4, max_size=4), st.floats(0.01, 100), st.sampled_from([None, 1.0]))
def test_inflating_every_rating_by_one_factor_changes_no_pay_inside_a_workplace(ratings, factor, cap):
    before = rated_pay(BAKERY, ratings, pool=1200, cap=cap)
    after = rated_pay(BAKERY, np.array(ratings) * factor, pool=1200, cap=cap)
    assert after == pytest.approx(before, rel=1e-12)


def test_between_workplaces_inflation_pays_without_a_cap_and_not_with_one():
    two = replace(MILL, hours=[40] * 11, intensity=[1] * 11, onerousness=[1] * 11)
    where = ["bakery"] * 4 + ["mill"] * 7
    inflated = np.where(np.array(where) == "bakery", 1.5, 1.0)
    free = rated_pay(two, inflated, pool=1100, workplaces=where)
    # 4 at 1.5 and 7 at 1: the bakery has 6 parts of 13.
    assert free[:4].sum() == pytest.approx(1100 * 6 / 13)
    assert rated_pay(two, inflated, pool=1100, workplaces=where, cap=1) == pytest.approx(np.full(11, 100.0))


def test_a_cap_looks_at_each_workplace_and_only_at_those_who_work_there():
    where = ["a", "a", "b", "b"]
    capped = rated_pay(BAKERY, [2, 4, 0.5, 99], pool=1200, workplaces=where, cap=1)
    # Workplace a is brought down from an average of 3 to 1; b's average of .5 stays, whatever Dita's entry says.
    assert capped == pytest.approx([900 * (2 / 3) / 2.5, 900 * (4 / 3) / 2.5, 900 * 0.5 / 2.5, 300])


# --- pay by rating ---


@given(st.lists(st.floats(0.01, 10), min_size=4, max_size=4), st.floats(0, 1e6))
def test_rated_pay_adds_up_and_gives_those_unable_exactly_the_average(ratings, pool):
    result = rated_pay(BAKERY, ratings, pool=pool)
    assert result.sum() == pytest.approx(pool)
    assert result[3] == pool / 4


def test_true_ratings_give_effort_pay():
    assert rated_pay(BAKERY, truth(BAKERY), pool=1200) == pytest.approx(pay(BAKERY, "effort", pool=1200))


def test_where_nobody_works_everybody_has_the_average():
    idle = replace(BAKERY, able=[False] * 4)
    assert rated_pay(idle, [1, 2, 3, 4], pool=100).tolist() == [25] * 4


# --- who rates whom ---


@pytest.mark.parametrize("raters", RATERS)
@pytest.mark.parametrize("median", [False, True])
def test_without_noise_and_ring_everybody_is_rated_at_their_true_effort(raters, median):
    for people in (BAKERY, MILL):
        ratings = rate(people, raters=raters, median=median, weeks=20)
        assert ratings.scores == pytest.approx(truth(people), rel=1e-12)
        assert ratings.average == pytest.approx(1, rel=1e-12)


@given(shares, st.integers(2, 11))
def test_an_outsiders_score_falls_by_the_share_of_raters_in_the_ring(favouritism, members):
    ring = MILL.names[:members]
    true, scores = truth(MILL), rate(MILL, ring=ring, favouritism=favouritism).scores
    inside = np.arange(11) < members
    assert scores[~inside] == pytest.approx(true[~inside] * (1 - favouritism * members / 10), abs=1e-12)
    # What fellows get on top: from each of the other members, favouritism times what that one gave outsiders, in
    # proportion to true effort among that member's fellows.
    taken = favouritism * true[~inside].sum()
    for j in range(members):
        others = [i for i in range(members) if i != j]
        extra = sum(taken * true[j] / (true[:members].sum() - true[i]) for i in others) / 10
        assert scores[j] == pytest.approx(true[j] + extra)


@given(shares, st.floats(0, 1), st.integers(2, 11), st.integers(0, 10**6))
def test_the_cap_cannot_see_a_ring_because_favours_move_ratings_without_adding_any(favouritism, noise, members, seed):
    fair = rate(MILL, noise=noise, seed=seed)
    bent = rate(MILL, noise=noise, seed=seed, ring=MILL.names[:members], favouritism=favouritism)
    assert bent.average == pytest.approx(fair.average, rel=1e-12)
    assert cap_ratings(bent.scores, cap=fair.average * 1.000001) == pytest.approx(bent.scores)


def test_a_ring_of_two_takes_from_chen_although_nobody_works_differently():
    before, after = bakery_pay(), bakery_pay(ring=RING, favouritism=0.4)
    # Both of Chen's raters are in the ring, so Chen has 60 % of 30/106 of the 900.
    assert before[2] == pytest.approx(900 * 30 / 106)
    assert after[2] == pytest.approx(0.6 * 900 * 30 / 106)
    assert (after > before)[:2].all()
    assert after[3] == before[3] == 300


@given(st.floats(0.01, 0.99))
def test_the_stronger_the_ring_the_less_its_outsiders_get(favouritism):
    weaker, stronger = (bakery_pay(ring=RING, favouritism=f)[2] for f in (favouritism, favouritism + 0.01))
    assert stronger < weaker


def test_a_ring_of_everybody_has_nobody_to_take_from():
    assert rate(BAKERY, ring=("Amara", "Bo", "Chen"), favouritism=0.7).scores == pytest.approx(truth(BAKERY))


def test_relabelling_people_relabels_ratings():
    order = [2, 0, 3, 1]
    columns = ("hours", "intensity", "onerousness", "output", "capital", "power", "need", "able")
    shuffled = replace(
        BAKERY, **{c: getattr(BAKERY, c)[order] for c in columns}, names=[BAKERY.names[i] for i in order]
    )
    there = rate(shuffled, ring=RING, favouritism=0.3).scores
    assert there == pytest.approx(rate(BAKERY, ring=RING, favouritism=0.3).scores[order])


def test_nobody_rates_themselves_and_rows_keep_their_total():
    fair, bent = rate(BAKERY), rate(BAKERY, ring=RING, favouritism=0.5)
    assert fair.raters == ("Amara", "Bo", "Chen")
    assert np.isnan(np.diagonal(bent.given)).all()
    assert np.isnan(bent.given[:, 3]).all()
    assert np.nansum(bent.given, axis=1) == pytest.approx(np.nansum(fair.given, axis=1))
    # Chen favours nobody.
    assert bent.given[2, :2] == pytest.approx(fair.given[2, :2])


# --- replies ---


def test_drawing_raters_by_lot_from_the_same_workplace_does_not_help_the_outsider_in_the_long_run():
    # All of Chen's possible raters belong to the ring: Chen's own score does not move at all.
    rotating = rate(BAKERY, ring=RING, favouritism=0.4, raters="rotating", weeks=200).scores
    assert rotating[2] == pytest.approx(0.6 * truth(BAKERY)[2])
    # In a larger workplace it does not move on average: mean over draws, within 5 standard errors.
    ring = MILL.names[:4]
    everybody = rate(MILL, ring=ring, favouritism=0.4).scores
    drawn = np.array(
        [rate(MILL, ring=ring, favouritism=0.4, raters="rotating", weeks=20, seed=s).scores for s in range(200)]
    )
    error = drawn.std(axis=0, ddof=1) / np.sqrt(len(drawn))
    # The last four, so that each is an outsider.
    assert (np.abs(drawn.mean(axis=0) - everybody)[-4:] < 5 * error[-4:]).all()


def test_drawing_lots_helps_against_a_fixed_pair_from_the_ring():
    costs = {
        raters: misplaced(
            MILL,
            rated_pay(
                MILL,
                rate(MILL, ring=MILL.names[:4], favouritism=0.4, raters=raters, weeks=50).scores,
                pool=3300,
            ),
            pool=3300,
        )
        for raters in RATERS
    }
    assert costs["outside"] == pytest.approx(0, abs=1e-9)
    assert costs["rotating"] < costs["fixed"] / 2
    assert costs["rotating"] == pytest.approx(costs["everybody"], rel=0.1)


def test_a_pair_from_outside_owes_nobody_a_favour():
    fair = rate(BAKERY, raters="outside", noise=0.2, seed=3).scores
    assert (rate(BAKERY, raters="outside", noise=0.2, seed=3, ring=RING, favouritism=0.9).scores == fair).all()


def spread(people, **settings):
    return np.std([rate(people, seed=seed, **settings).scores[0] for seed in range(800)])


def test_a_pair_from_outside_sees_less_than_workmates_do():
    # Two colleagues against two outsiders with twice the noise. One opinion has standard deviation sqrt(exp(s^2) - 1)
    # times the truth, the mean of two 1/sqrt(2) of that; 800 draws of nearly normal scores know it to about 2.5 %.
    truth_of_amara, noise = truth(BAKERY)[0], 0.1
    for raters, s in (("everybody", noise), ("outside", 2 * noise)):
        expected = truth_of_amara * np.sqrt((np.exp(s**2) - 1) / 2)
        assert spread(BAKERY, noise=noise, raters=raters) == pytest.approx(expected, rel=0.15)


def test_more_weeks_average_out_errors_but_not_favours():
    assert spread(BAKERY, noise=0.3, weeks=25) == pytest.approx(spread(BAKERY, noise=0.3) / 5, rel=0.15)
    fair = truth(BAKERY)[2]
    year = rate(BAKERY, noise=0.3, ring=RING, favouritism=0.4, weeks=2000).scores[2]
    assert year == pytest.approx(0.6 * fair, rel=0.05)


def test_errors_are_right_on_average():
    scores = rate(BAKERY, noise=0.4, weeks=5000, seed=8).scores[:3]
    # The mean of 10,000 opinions has a relative standard error of sqrt(exp(.16) - 1)/100 = .42 %; 5 of them.
    assert scores == pytest.approx(truth(BAKERY)[:3], rel=0.021)


def test_the_median_ignores_a_minority_ring_and_obeys_a_majority():
    true, f = truth(MILL), 0.4
    minority = rate(MILL, ring=MILL.names[:4], favouritism=f, median=True).scores
    assert minority[4:] == pytest.approx(true[4:])
    majority = rate(MILL, ring=MILL.names[:7], favouritism=f, median=True).scores
    assert majority[7:] == pytest.approx((1 - f) * true[7:])
    assert (majority[7:] < rate(MILL, ring=MILL.names[:7], favouritism=f).scores[7:]).all()


def test_with_two_raters_the_median_is_the_mean():
    mean, median = (rate(BAKERY, ring=RING, favouritism=0.4, noise=0.2, median=m).scores for m in (False, True))
    assert median == pytest.approx(mean)


@settings(max_examples=20)
@given(st.sampled_from(RATERS), st.integers(0, 10**6))
def test_the_same_seed_gives_the_same_ratings(raters, seed):
    first, second = (rate(MILL, noise=0.3, raters=raters, weeks=3, seed=seed).scores for _ in range(2))
    assert (first == second).all()


def test_somebody_without_effort_is_rated_nothing_and_can_be_favoured_all_the_same():
    people = replace(BAKERY, hours=[40, 0, 20, 0])
    assert rate(people).scores[1] == 0
    assert rate(people, ring=RING, favouritism=0.5).scores[1] > 0


def test_misplaced_money_is_what_would_have_to_change_hands():
    right = pay(BAKERY, "effort", pool=1200)
    wrong = right + np.array([30, 10, -40, 0])
    assert misplaced(BAKERY, right, pool=1200) == 0
    assert misplaced(BAKERY, wrong, pool=1200) == pytest.approx(40)
