"""Carrying out a plan, and shopping at posted prices: nothing appears from nowhere, nothing is lost on the way."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parecon_edu import economy
from parecon_edu.institutions import central
from parecon_edu.institutions.allocation import use_of
from parecon_edu.institutions.delivery import as_planned, carry_out, share_out
from parecon_edu.institutions.welfare import best_plan

RIVERSIDE = economy.scenario("riverside").economy
TWO_GOODS = economy.scenario("two_goods").economy


def planned(town):
    return as_planned(best_plan(town), town, slack=0.0)


@pytest.mark.parametrize("town", [RIVERSIDE, TWO_GOODS])
def test_a_plan_that_adds_up_is_carried_out_as_planned(town):
    plan = planned(town)
    done = carry_out(plan, town)
    for field in ("output", "inputs", "private", "public"):
        np.testing.assert_allclose(getattr(done, field), getattr(plan, field), rtol=1e-8)
    np.testing.assert_allclose(done.shortages, 0, atol=1e-8)


def test_where_nothing_made_is_an_input_a_bad_year_is_shared_by_all_alike():
    done = carry_out(planned(TWO_GOODS), TWO_GOODS, productivity=0.9)
    np.testing.assert_allclose(done.private, 0.9 * planned(TWO_GOODS).private, rtol=1e-8)
    np.testing.assert_allclose(done.shortages, [0.1, 0.1, 0], atol=1e-8)


def test_what_was_short_already_and_comes_short_again_is_what_is_left_of_what_is_left():
    """A fifth of demand was turned away; nine tenths of the rest is made: .8 x .9 is there of what was wanted."""
    plan = dataclasses.replace(planned(TWO_GOODS), shortages=np.array([0.2, 0.0, 0.0]))
    done = carry_out(plan, TWO_GOODS, productivity=0.9)
    np.testing.assert_allclose(done.shortages, [1 - 0.8 * 0.9, 0.1, 0], atol=1e-8)


def test_a_good_year_is_shared_as_planned():
    done = carry_out(planned(TWO_GOODS), TWO_GOODS, productivity=1.1)
    np.testing.assert_allclose(done.private, 1.1 * planned(TWO_GOODS).private, rtol=1e-8)


def test_short_energy_makes_everything_short_that_is_made_with_it():
    energy = RIVERSIDE.goods.index("energy")
    plan = planned(RIVERSIDE)
    done = carry_out(plan, RIVERSIDE, productivity=np.where(RIVERSIDE.product == energy, 0.7, 1.0))
    users = (RIVERSIDE.inputs == energy).any(axis=1)
    assert np.all(done.output[users] < plan.output[users])
    assert done.shortages[energy] > 0.3, "less energy, fewer tools, and so still less energy"
    given = 1 - done.shortages
    ratio = np.prod(np.where(RIVERSIDE.inputs >= 0, given[RIVERSIDE.inputs], 1) ** RIVERSIDE.exponents, axis=1)
    np.testing.assert_allclose(done.output[users], (plan.output * ratio)[users], rtol=1e-9)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.floats(0.05, 3), min_size=15, max_size=15))
def test_whatever_happens_nobody_uses_what_is_not_there(productivity):
    done = carry_out(planned(RIVERSIDE), RIVERSIDE, productivity=np.array(productivity))
    made = np.bincount(RIVERSIDE.product, done.output, minlength=9)
    used = use_of(RIVERSIDE, done.inputs) + done.private.sum(axis=0) + done.public
    assert np.all(used <= (RIVERSIDE.supply + made) * (1 + 1e-9))
    assert np.all((done.shortages >= -1e-9) & (done.shortages < 1))
    produced = np.isin(RIVERSIDE.kinds, ("private", "public"))
    np.testing.assert_allclose(used[produced], made[produced], rtol=1e-8)
    taken = done.private.sum(axis=0) + done.public
    np.testing.assert_allclose(done.available[produced], taken[produced], rtol=1e-8, atol=1e-9)


def test_money_that_finds_nothing_is_spent_on_what_is_left_and_then_saved():
    """One person cares for bread alone: when it is gone, the rest of their money is forced saving."""
    bought, saving, shortages = share_out(
        np.array([100.0, 100.0]),
        np.array([[1.0, 0.0], [0.5, 0.5]]),
        prices=np.array([1.0, 2.0]),
        shelves=np.array([75.0, 50.0]),
    )
    np.testing.assert_allclose(bought, [[50, 0], [25, 37.5]])  # half of 150 asked for; 25 left over buy 12.5 more
    np.testing.assert_allclose(saving, [50, 0])
    np.testing.assert_allclose(shortages, [0.5, 0])


def test_nothing_on_the_shelves_leaves_all_money_unspent():
    bought, saving, shortages = share_out(
        np.array([10.0]), np.array([[0.5, 0.5]]), prices=np.ones(2), shelves=np.zeros(2)
    )
    assert bought.sum() == 0
    np.testing.assert_allclose(saving, 10)
    np.testing.assert_allclose(shortages, 1)


def test_an_empty_shelf_is_no_shortage_where_nobody_looks_at_it_and_dust_in_a_purse_is_no_saving():
    tastes = np.array([[1 / 3, 2 / 3, 0.0], [0.1, 0.9, 0.0]])
    money, prices = np.array([100.0, 70.0]), np.array([0.3, 0.7, 1.0])
    shelves = (money @ tastes) / prices  # just what is asked for, but for rounding
    _, saving, shortages = share_out(money, tastes, prices=prices, shelves=shelves)
    assert shortages.tolist() == [*saving.tolist(), 0] == [0, 0, 0]
    assert not central.allocate(economy.scenario("riverside")).saving.any()


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_shopping_creates_neither_goods_nor_money(data):
    homes, goods = data.draw(st.integers(1, 5)), data.draw(st.integers(1, 5))
    amounts = st.floats(0, 100)
    money = np.array(data.draw(st.lists(amounts, min_size=homes, max_size=homes)))
    tastes = np.array([data.draw(st.lists(st.floats(0, 1), min_size=goods, max_size=goods)) for _ in range(homes)])
    prices = np.array(data.draw(st.lists(st.floats(0.1, 10), min_size=goods, max_size=goods)))
    shelves = np.array(data.draw(st.lists(amounts, min_size=goods, max_size=goods)))
    bought, saving, shortages = share_out(money, tastes, prices=prices, shelves=shelves)
    assert np.all(bought >= 0)
    assert np.all(bought.sum(axis=0) <= shelves * (1 + 1e-8) + 1e-9)
    np.testing.assert_allclose(bought @ prices + saving, money, rtol=1e-7, atol=1e-7)
    assert np.all((shortages >= 0) & (shortages <= 1))
    cared_for_and_left = (tastes > 0) & (bought.sum(axis=0) < shelves * (1 - 1e-6) - 1e-6)
    assert np.all((saving <= 1e-6) | ~cared_for_and_left.any(axis=1)), "nobody saves while something they want is left"


def test_hidden_capacity_is_delivered_with_less_effort():
    plan = best_plan(RIVERSIDE)
    honest, slack = as_planned(plan, RIVERSIDE, slack=0.0), as_planned(plan, RIVERSIDE, slack=0.2)
    a, c = RIVERSIDE.scale, RIVERSIDE.effort_exponent
    np.testing.assert_allclose(a * slack.effort**c, a * 0.8 * honest.effort**c, rtol=1e-12)
