"""Soft budgets: what is tried, who pays, and what a hard budget kills, against counting a hundred thousand projects."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parecon_edu.institutions.central.budgets import break_even_slow, budget, chance_needed, expected

parts = st.floats(0, 1)
points = st.floats(0.5, 40)
CHANCES = (np.arange(100_000) + 0.5) / 100_000


@settings(deadline=None)
@given(parts, points, points)
def test_at_the_chance_needed_a_workplace_expects_nothing(bailout, gain, loss):
    assert expected(
        chance_needed(bailout, gain=gain, loss=loss), bailout=bailout, gain=gain, loss=loss
    ) == pytest.approx(0, abs=1e-9)


@settings(deadline=None)
@given(parts, parts, points, points)
def test_a_softer_budget_never_asks_for_a_better_chance(one, other, gain, loss):
    low, high = sorted((one, other))
    assert chance_needed(high, gain=gain, loss=loss) <= chance_needed(low, gain=gain, loss=loss) + 1e-12


@settings(max_examples=25, deadline=None)
@given(parts, parts, parts, points, points, points)
def test_counting_project_by_project_gives_the_same(bailout, slow, sight, gain, loss, late):
    ours = budget(bailout, slow=slow, sight=sight, gain=gain, loss=loss, late=late)
    h, s = (1 - sight) * bailout, sight + (1 - sight) * bailout
    own = CHANCES * gain - (1 - CHANCES) * (1 - h) * loss
    all_in_all = CHANCES * gain - (1 - CHANCES) * loss
    tried = own > 0
    quick, waiting = 100 * (1 - slow), 100 * slow
    begins = s * late - (1 - s) * loss
    assert ours.tried == pytest.approx(quick * tried.mean(), abs=0.01)
    if abs(begins) > 1e-9:
        assert ours.begun == pytest.approx(waiting if begins > 0 else 0)
        assert ours.finished == pytest.approx(s * ours.begun)
    assert ours.harmful == pytest.approx(quick * (tried & (all_in_all < 0)).mean(), abs=0.01)
    assert ours.paid == pytest.approx(quick * np.where(tried, (1 - CHANCES) * h * loss, 0).mean(), abs=0.1)
    town = quick * np.where(tried, all_in_all, 0).mean() + waiting * max(0.0, begins)
    assert ours.town == pytest.approx(town, abs=0.1)
    best = quick * np.maximum(all_in_all, 0).mean() + waiting * late
    assert ours.best == pytest.approx(best, abs=0.1)


@settings(deadline=None)
@given(parts, parts, parts, points, points, points)
def test_what_the_workplaces_gain_and_others_pay_is_what_the_town_has(bailout, slow, sight, gain, loss, late):
    ours = budget(bailout, slow=slow, sight=sight, gain=gain, loss=loss, late=late)
    assert ours.workplaces - ours.paid == pytest.approx(ours.town)
    assert ours.town <= ours.best + 1e-9
    assert ours.finished <= ours.begun <= 100 * slow + 1e-9


@settings(deadline=None)
@given(parts, points, points)
def test_where_all_projects_are_quick_a_hard_budget_is_the_best_there_is(bailout, gain, loss):
    hard = budget(0, gain=gain, loss=loss)
    assert hard.town == pytest.approx(hard.best)
    assert hard.harmful == hard.paid == 0
    assert budget(bailout, gain=gain, loss=loss).town <= hard.town + 1e-9


@settings(deadline=None)
@given(parts, parts)
def test_whoever_sees_clearly_gets_the_best_of_both(bailout, slow):
    seen = budget(bailout, slow=slow, sight=1)
    assert seen.town == pytest.approx(seen.best)
    assert seen.paid == 0
    assert seen.finished == pytest.approx(100 * slow)


@settings(deadline=None)
@given(parts, points, points)
def test_a_hard_budget_begins_no_slow_project_however_good(slow, gain, late):
    assert budget(0, slow=slow, gain=gain, late=late).begun == 0
    assert budget(1, slow=slow, gain=gain, late=late).finished == pytest.approx(100 * slow)


@settings(deadline=None)
@given(points, points, points)
def test_at_the_break_even_share_helping_all_and_helping_none_come_to_the_same(gain, loss, late):
    share = break_even_slow(gain=gain, loss=loss, late=late)
    settings = {"gain": gain, "loss": loss, "late": late}
    assert budget(0, slow=share, **settings).town == pytest.approx(budget(1, slow=share, **settings).town)


def test_ten_and_ten_worked_by_hand():
    # c = 2/12 = 1/6: a third of all is tried between 1/6 and 1/2. 10 (1 - 1/36)/2 - 10 (25/36)/2 = 25/18 a project.
    soft = budget(0.8)
    assert soft.needed == pytest.approx(1 / 6)
    assert soft.harmful == pytest.approx(100 / 3)
    assert soft.town == pytest.approx(2500 / 18)
    assert soft.paid == pytest.approx(100 * 0.8 * 10 * 25 / 72)
    assert budget(0).town == pytest.approx(250)
    assert budget(1).town == pytest.approx(0)
    assert break_even_slow() == pytest.approx(0.2)


def test_what_is_wrong_is_said_in_words():
    with pytest.raises(ValueError, match="chance of a bail-out must lie between 0 and 1"):
        budget(1.2)
    with pytest.raises(ValueError, match="gain must be above 0"):
        chance_needed(0.5, gain=0)
    with pytest.raises(ValueError, match="chance of success"):
        expected(-0.1, bailout=0)
    with pytest.raises(ValueError, match="must be above 0"):
        break_even_slow(late=0)
