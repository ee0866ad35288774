"""The central plan: every friction, alone, from the best case, moves what theory says it moves."""

import numpy as np
import pytest

from parecon_edu import economy
from parecon_edu.institutions import central

RIVERSIDE = economy.scenario("riverside")
TWO_GOODS = economy.scenario("two_goods")


def test_a_planner_with_ideas_makes_what_they_like_and_leaves_short_what_people_like():
    """On paper: the planner spends 30 : 70 where people would spend 50 : 50, so two fifths of bread demand is unmet."""
    outcome = central.allocate(TWO_GOODS, planner_taste=1)
    made = outcome.prices * outcome.consumption.sum(axis=0)
    np.testing.assert_allclose(made[:2], [30_000, 70_000], rtol=1e-8)
    np.testing.assert_allclose(outcome.shortages, [0.4, 0, 0], atol=1e-9)
    np.testing.assert_allclose(outcome.prices @ outcome.consumption.T, outcome.income, rtol=1e-8)


def test_planner_taste_costs_the_town_more_the_more_it_weighs():
    outcomes = [central.allocate(RIVERSIDE, planner_taste=taste) for taste in (0, 0.25, 0.5, 0.75, 1)]
    assert np.all(np.diff([outcome.equivalent for outcome in outcomes]) < 0)
    assert np.all(np.diff([outcome.shortages[0] for outcome in outcomes]) > 0), "bread gets shorter"
    assert np.all(np.diff([outcome.emissions for outcome in outcomes]) > 0), "this planner likes energy"
    assert np.all(np.diff([outcome.say for outcome in outcomes]) > 0)


def test_what_is_short_is_what_the_planner_thinks_less_of_than_people_do():
    outcome = central.allocate(RIVERSIDE, planner_taste=0.5)
    gap = RIVERSIDE.economy.tastes.mean(axis=0) - RIVERSIDE.planner_priorities
    private = RIVERSIDE.private
    assert set(np.flatnonzero(outcome.shortages > 1e-6)) == set(private[gap[private] > 0])


def test_uncounted_harm_raises_smoke_and_costs_those_downwind():
    outcomes = [central.allocate(RIVERSIDE, uncounted_harm=share) for share in (0, 0.5, 1)]
    assert np.all(np.diff([outcome.emissions for outcome in outcomes]) > 0)
    assert np.all(np.diff([outcome.equivalent for outcome in outcomes]) < 0)
    downwind = RIVERSIDE.people.downwind
    assert np.all(outcomes[1].equivalent_by_council[downwind] < 1)


def test_a_plan_has_no_owners():
    with pytest.raises(TypeError, match="central has no friction 'unequal_shares'"):
        central.allocate(RIVERSIDE, unequal_shares=0.5)


def test_an_official_premium_is_paid_to_officials_before_the_rest_is_shared():
    premium, total = 0.2, RIVERSIDE.economy.income.sum()
    outcome = central.allocate(RIVERSIDE, official_premium=premium)
    expected = (1 - premium) * total / 8 + premium * total * RIVERSIDE.people.officials
    np.testing.assert_allclose(outcome.income, expected, rtol=1e-12)
    gains = outcome.equivalent_by_council > 1
    np.testing.assert_array_equal(gains, outcome.income > total / 8)


def test_an_official_premium_leaves_short_what_officials_like():
    """The plan was drawn up for equal purses: with full ones on the hill, tools run out and bread is left over."""
    outcome = central.allocate(RIVERSIDE, official_premium=0.2)
    short = {RIVERSIDE.economy.goods[g] for g in np.flatnonzero(outcome.shortages > 1e-6)}
    assert "tools" in short
    assert "bread" not in short


def test_an_official_premium_costs_the_town_more_the_larger_it_is():
    outcomes = [central.allocate(RIVERSIDE, official_premium=premium) for premium in (0, 0.1, 0.2, 0.5)]
    assert np.all(np.diff([outcome.equivalent for outcome in outcomes]) < 0)
    assert np.all(np.diff([outcome.gini for outcome in outcomes]) > 0)


def test_everything_planned_is_bought_and_paid_for():
    outcome = central.allocate(RIVERSIDE, planner_taste=0.6, official_premium=0.3)
    spent = outcome.prices @ (outcome.consumption.sum(axis=0) + outcome.public)
    assert spent + outcome.saving.sum() == pytest.approx(outcome.income.sum(), rel=1e-8)


@pytest.mark.parametrize("share", [0.0, 0.3, 0.9])
def test_the_plan_charges_the_part_of_the_harm_that_it_counts(share):
    """Marginal harm is E sum I d, with the equal incomes the plan is drawn up for; of it 1 - share is counted."""
    town = RIVERSIDE.economy
    outcome = central.allocate(RIVERSIDE, uncounted_harm=share)
    assert outcome.charge == pytest.approx((1 - share) * town.income @ town.damage * outcome.emissions, rel=1e-8)


@pytest.mark.parametrize(("taste", "premium"), [(1.0, 0.0), (1.0, 0.3), (0.4, 0.3)])
def test_everybody_pays_for_the_clinic_what_the_plan_thinks_it_is_worth_to_them(taste, premium):
    """Dues in proportion to income times the planned taste for the clinic, scaled to what it costs.

    At taste 1 the plan gives all the same taste, so dues are the clinic's part of income. The rest is spent or saved.
    """
    town, clinic = RIVERSIDE.economy, RIVERSIDE.economy.goods.index("clinic")
    outcome = central.allocate(RIVERSIDE, planner_taste=taste, official_premium=premium)
    cost = outcome.prices[clinic] * outcome.public[clinic]
    planned = (1 - taste) * town.tastes[:, clinic] + taste * RIVERSIDE.planner_priorities[clinic]
    dues = cost * outcome.income * planned / (outcome.income @ planned)
    paid = outcome.income - outcome.consumption @ outcome.prices - outcome.saving
    np.testing.assert_allclose(paid, dues, rtol=1e-7)
    if taste == 1:
        np.testing.assert_allclose(paid, cost * outcome.income / outcome.income.sum(), rtol=1e-7)


@pytest.mark.parametrize(("taste", "uncounted"), [(0.0, 0.0), (0.5, 0.0), (0.0, 0.4), (1.0, 1.0)])
def test_say_is_the_power_that_would_have_to_leave_the_office(taste, uncounted):
    """As far as the office goes its own way its officials decide, else everybody alike (what is made) or the harmed
    (smoke): the distance is `taste` or `uncounted` times that of officials from the affected; say is the mean of both.
    """
    officials, damage = RIVERSIDE.people.officials, RIVERSIDE.economy.damage
    made = taste * np.abs(officials - 1 / 8).sum() / 2
    smoke = uncounted * np.abs(officials - damage / damage.sum()).sum() / 2
    outcome = central.allocate(RIVERSIDE, planner_taste=taste, uncounted_harm=uncounted)
    assert outcome.say == pytest.approx((made + smoke) / 2, abs=1e-12)


def test_the_line_for_bread_is_as_dear_as_the_bread_that_is_missing():
    """The planner spends 30 : 70 where people would spend 50 : 50: 20,000 points of bread are missing.

    An hour brings (.6 x 30,000 + .8 x 70,000) / 1,000 = 74 points, so people wait 20,000/74 hours, 1,000 of them.
    """
    line = central.queue(central.allocate(TWO_GOODS, planner_taste=1), TWO_GOODS)
    assert line.goods == ("bread", "clothes")
    np.testing.assert_allclose(line.hours, [20_000 / 74 / 1000, 0], rtol=1e-7, atol=1e-12)
    assert line.total == pytest.approx(line.hours.sum())


def test_hours_in_line_are_to_all_hours_of_work_as_what_is_missing_is_to_all_pay():
    """Whatever each category of work brings: an average hour is worth all pay over all hours."""
    outcome, town = central.allocate(RIVERSIDE, planner_taste=0.7), RIVERSIDE.economy
    line = central.queue(outcome, RIVERSIDE)
    got = (outcome.prices * outcome.consumption.sum(axis=0))[RIVERSIDE.private]
    missing = got / (1 - outcome.shortages[RIVERSIDE.private]) - got
    hours, pay = town.supply[RIVERSIDE.labour].sum(), outcome.prices[RIVERSIDE.labour] @ town.supply[RIVERSIDE.labour]
    assert missing.sum() > 0
    np.testing.assert_allclose(line.hours * RIVERSIDE.people.residents.sum() / hours, missing / pay, rtol=1e-9)


def test_a_centre_is_told_everything_once_and_tells_everything_once():
    """20 workplaces tell a, c, k, s and one b, and are told output, effort and one input; 2 neighbourhoods tell two
    tastes each, and are told two allotments. No rounds, so it makes no difference what the planner likes.
    """
    for taste in (0.0, 1.0):
        assert central.allocate(TWO_GOODS, planner_taste=taste).messages == 20 * (5 + 3) + 2 * 2 * 2
