"""Targets: Weitzman's closed form against a search over whole plans, orders that chase a cut, two tasks, nails."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize

from parecon_edu.institutions.central.targets import NAILS, inflated, nails, order_for, ratchet, two_tasks

follows = st.floats(0, 1)
patiences = st.floats(0.3, 0.99)


@settings(deadline=None)
@given(follows, patiences)
def test_one_more_is_made_until_its_trouble_is_what_the_ratchet_leaves_of_the_bonus(follow, patience):
    # c'(y) = b/(1 + lambda/r) with c' = s z, b = 10, s = 0.5.
    r = 1 / patience - 1
    years = ratchet(6, follow=follow, patience=patience)
    np.testing.assert_allclose(0.5 * (years.output - 100), 10 / (1 + follow / r), rtol=1e-9)


@settings(max_examples=12, deadline=None)
@given(st.floats(0, 1), st.floats(0.5, 0.95), st.integers(1, 5))
def test_no_other_plan_of_outputs_is_better_for_whoever_leaves_after_some_years(follow, patience, stay):
    def loss(z):
        """Bonus less trouble over the stay, valued today, with its sign turned."""
        q, total = 100.0, 0.0
        for t, extra in enumerate(z):
            total += patience**t * (10 * (100 + extra - q) - 0.5 * extra**2 / 2)
            q += follow * (100 + extra - q)
        return -total

    best = minimize(loss, np.full(stay, 5.0), method="BFGS", options={"gtol": 1e-9})
    ours = ratchet(stay, follow=follow, patience=patience, stay=stay)
    np.testing.assert_allclose(ours.output - 100, best.x, atol=1e-4)


def test_half_and_ninety_worked_by_hand():
    # r = 1/9; 10/(1 + 4.5) = 1.818; /0.5 = 3.636.
    years = ratchet(3, follow=0.5, patience=0.9)
    np.testing.assert_allclose(years.output, 100 + 40 / 11)
    np.testing.assert_allclose(years.target, [100, 100 + 20 / 11, 100 + 30 / 11])
    np.testing.assert_allclose(years.bonus, 10 * (years.output - years.target))


@settings(deadline=None)
@given(patiences, st.integers(2, 12))
def test_a_fixed_target_and_a_last_year_keep_the_whole_bonus(patience, stay):
    fixed = ratchet(12, follow=0, patience=patience)
    np.testing.assert_allclose(fixed.output, fixed.full)
    np.testing.assert_allclose(fixed.target, 100)
    moved = ratchet(24, follow=0.6, patience=patience, stay=stay)
    assert moved.output[stay - 1] == pytest.approx(moved.full)
    assert (np.diff(moved.output[:stay]) > 0).all(), "the nearer the end, the more"
    np.testing.assert_allclose(moved.output[:stay], moved.output[stay : 2 * stay], rtol=1e-12)


@settings(deadline=None)
@given(follows, patiences)
def test_a_target_that_follows_further_or_a_longer_view_calls_forth_less(follow, patience):
    def made(f, b):
        return ratchet(1, follow=f, patience=b).output[0]

    assert made(follow, patience) >= made(min(1, follow + 0.05), patience) - 1e-12
    if follow > 1e-3:
        assert made(follow, patience) > made(follow, patience + 0.005)


@settings(deadline=None)
@given(follows, patiences)
def test_the_target_creeps_up_to_what_is_made_and_the_bonus_melts(follow, patience):
    years = ratchet(40, follow=follow, patience=patience)
    gap = years.output - years.target
    np.testing.assert_allclose(gap, gap[0] * (1 - follow) ** np.arange(40), atol=1e-9)


@settings(deadline=None)
@given(st.floats(1, 1e4), st.floats(0, 0.95))
def test_after_the_cut_the_order_brings_just_what_is_needed(need, cut):
    assert order_for(need, cut=cut) * (1 - cut) == pytest.approx(need)


@settings(deadline=None)
@given(st.floats(1, 100), st.floats(1, 100))
def test_phantom_demand_multiplies_while_supply_is_short_and_never_otherwise(need, supply):
    orders = inflated(need, supply=supply, rounds=6)
    growth = max(1.0, need / supply)
    np.testing.assert_allclose(orders, need * growth ** np.arange(6), rtol=1e-9)


@settings(max_examples=30, deadline=None)
@given(st.floats(0, 4), st.floats(0, 0.95), st.floats(0, 4))
def test_nobody_with_two_tasks_does_better_by_another_split(bonus, rivalry, care):
    ours = two_tasks(bonus, rivalry=rivalry, care=care)

    def left(m, u):
        return (care + bonus) * m + care * u - (m**2 + u**2) / 2 - rivalry * m * u

    best = left(ours.measured, ours.unmeasured)
    grid = np.linspace(0, 9, 61)
    m, u = np.meshgrid(grid, grid)
    assert left(m, u).max() <= best + 1e-9


@pytest.mark.parametrize(
    ("rivalry", "weight", "harm"), [(0.5, 3, True), (0.5, 1.9, False), (0.2, 3, False), (0, 9, False)]
)
def test_paying_for_the_measured_does_harm_where_rivalry_times_worth_is_above_one(rivalry, weight, harm):
    # dV/db = (1 - gamma w)/(1 - gamma^2) while both are done.
    before, after = (two_tasks(b, rivalry=rivalry, weight=weight) for b in (0, 0.1))
    assert after.worth - before.worth == pytest.approx(0.1 * (1 - rivalry * weight) / (1 - rivalry**2))
    assert (after.worth < before.worth) == harm == (rivalry * weight > 1)


def test_without_rivalry_the_other_task_is_left_alone():
    assert two_tasks(3, rivalry=0).unmeasured == two_tasks(0, rivalry=0).unmeasured == 1


def test_nails_by_count_are_all_small_and_by_weight_all_large():
    count, weight, needs = (nails(target) for target in ("count", "weight", "needs"))
    assert count.made == {"tacks": 50_000, "nails": 0, "spikes": 0}
    assert weight.made == {"tacks": 0, "nails": 0, "spikes": 1_562}
    assert dict(needs.made) == {size: n for size, (_, n) in NAILS.items()}
    # Builders need 20 kg of tacks, 48 of nails, 32 of spikes.
    assert (count.met, weight.met, needs.met) == pytest.approx((0.2, 0.32, 1))
    assert sum(nails("count").made.values()) > sum(needs.made.values()), "the count is met better than ever"


def test_a_shop_that_works_for_needs_makes_no_more_than_is_needed_and_the_same_share_of_each_if_steel_is_short():
    needed = {size: n for size, (_, n) in NAILS.items()}
    assert dict(nails("needs", steel=250).made) == needed
    half = nails("needs", steel=50)
    assert dict(half.made) == {size: n // 2 for size, n in needed.items()}
    assert half.met == pytest.approx(0.5)


def test_what_is_wrong_is_said_in_words():
    with pytest.raises(ValueError, match="between 0 and 1"):
        ratchet(5, follow=1.5, patience=0.9)
    with pytest.raises(ValueError, match="below 1"):
        ratchet(5, follow=0.5, patience=1)
    with pytest.raises(ValueError, match="no order helps"):
        order_for(10, cut=1)
    with pytest.raises(ValueError, match="no target 'tons'"):
        nails("tons")
    with pytest.raises(ValueError, match="supply must be above 0"):
        inflated(10, supply=0, rounds=3)
