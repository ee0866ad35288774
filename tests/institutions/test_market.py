"""The market: every friction, alone, from the best case, moves what theory says it moves."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parecon_edu import economy
from parecon_edu.institutions import central, market
from parecon_edu.institutions.market.model import contributions

RIVERSIDE = economy.scenario("riverside")
TWO_GOODS = economy.scenario("two_goods")


def equivalents(friction, values, **others):
    return [market.allocate(RIVERSIDE, **{friction: value}, **others).equivalent for value in values]


def test_unequal_shares_pay_by_skill_and_ownership():
    """On paper, with I for Hilltop's income: 60,000 - .2 I goes to bread, so hours earn 68,000 + .04 I.

    What effort costs is c/k of all sales; Hilltop has .6 of the pay for both and .9 of what is left to owners,
    so that I = 90,000 - .3 (68,000 + .04 I + c/k 100,000).
    """
    effort = 0.08 / 3.5 * 100_000
    hilltop = (90_000 - 0.3 * (68_000 + effort)) / (1 + 0.3 * 0.04)
    whole = market.allocate(TWO_GOODS, unequal_shares=1)
    np.testing.assert_allclose(whole.income, [hilltop, 100_000 - hilltop], rtol=1e-9)
    halfway = (25_000 + (90_000 - 0.3 * (68_000 + effort)) / 2) / (1 + 0.15 * 0.04)
    half = market.allocate(TWO_GOODS, unequal_shares=0.5)
    np.testing.assert_allclose(half.income, [halfway, 100_000 - halfway], rtol=1e-9)


def test_every_point_that_is_earned_goes_to_whoever_earned_it():
    """From prices and outputs alone: all hours and all land are sold, and what is earned adds up to all incomes, M.

    Pay for hours, and for effort in proportion to it, goes by skill; the charge to all alike; owners have the rest.
    """
    outcome, town, people = market.allocate(RIVERSIDE, unequal_shares=1), RIVERSIDE.economy, RIVERSIDE.people
    paid = people.skill @ (outcome.prices * town.supply)[town.kinds == "labour"]
    effort = np.sum(town.effort_weight * outcome.effort**town.effort_disutility)
    charge = outcome.charge * outcome.emissions
    assert charge > 0.01 * town.income.sum(), "or nobody would see where it goes"
    owners = town.income.sum() - paid.sum() - effort - charge
    expected = paid * (1 + effort / paid.sum()) + people.ownership * owners + charge / 8
    np.testing.assert_allclose(outcome.income, expected, rtol=1e-8)


def distance(one, other):
    """Return the share of power that would have to change hands to make one the other."""
    return np.maximum(one - other, 0).sum()


@pytest.mark.parametrize("share", [0, 0.5, 1])
@pytest.mark.parametrize("unpriced", [0, 0.5, 1])
def test_say_is_the_power_that_would_have_to_change_hands_about_goods_and_about_smoke(share, unpriced):
    """Purses decide what is made. The worth of clean air to purses decides about priced smoke, owners about the rest.

    What is made touches all alike, smoke by its damage; the two decisions count alike.
    """
    outcome = market.allocate(RIVERSIDE, unequal_shares=share, unpriced_harm=unpriced)
    damage = RIVERSIDE.economy.damage
    purses, affected, alike = outcome.income / outcome.income.sum(), damage / damage.sum(), np.full(8, 1 / 8)
    heard = outcome.income * damage / (outcome.income @ damage)
    owners = share * RIVERSIDE.people.ownership + (1 - share) * alike
    about_smoke = (1 - unpriced) * heard + unpriced * owners
    expected = (distance(purses, alike) + distance(about_smoke, affected)) / 2
    assert outcome.say == pytest.approx(expected, abs=1e-12)


def test_every_council_tells_its_own_numbers_once():
    """On paper: 20 makers tell an output and one input each, two neighbourhoods two tastes each."""
    assert market.allocate(TWO_GOODS).messages == 20 * 2 + 2 * 2


def test_unequal_shares_make_incomes_unequal_and_the_town_worse_off_but_owners_better():
    outcomes = [market.allocate(RIVERSIDE, unequal_shares=share) for share in (0, 0.25, 0.5, 0.75, 1)]
    assert np.all(np.diff([outcome.gini for outcome in outcomes]) > 0)
    assert np.all(np.diff([outcome.equivalent for outcome in outcomes]) < 0)
    last = outcomes[-1]
    assert last.equivalent_by_council[0] > 1 > last.equivalent_by_council[-1]
    assert last.losers[0] == "Low Meadow"
    assert last.income.sum() == pytest.approx(RIVERSIDE.economy.income.sum())


def test_harm_counts_for_less_where_those_harmed_are_poor():
    """The charge is the sum of income times damage: a finding about markets, not a parameter."""
    equal, unequal = market.allocate(RIVERSIDE), market.allocate(RIVERSIDE, unequal_shares=1)
    damage = RIVERSIDE.economy.damage
    assert unequal.charge == pytest.approx(unequal.income @ damage * unequal.emissions, rel=1e-8)
    assert unequal.emissions > 1.2 * equal.emissions


def test_unpriced_harm_lowers_the_charge_raises_smoke_and_hits_those_downwind():
    shares = (0, 0.25, 0.5, 0.75, 1)
    outcomes = [market.allocate(RIVERSIDE, unpriced_harm=share) for share in shares]
    damage = RIVERSIDE.economy.damage
    for share, outcome in zip(shares, outcomes, strict=True):
        marginal = outcome.income @ damage * outcome.emissions
        assert outcome.charge == pytest.approx((1 - share) * marginal, rel=1e-8, abs=1e-12)
    assert np.all(np.diff([outcome.emissions for outcome in outcomes]) > 0)
    assert np.all(np.diff([outcome.equivalent for outcome in outcomes]) < 0)
    downwind = RIVERSIDE.people.downwind
    last = outcomes[-1].equivalent_by_council
    assert last[downwind].max() < last[~downwind].min()


def test_unpriced_harm_does_nothing_where_there_is_no_smoke():
    assert market.allocate(TWO_GOODS, unpriced_harm=1).equivalent == pytest.approx(1, abs=1e-9)


def test_market_power_takes_its_share_from_wages_and_effort():
    """On paper: firms that count (1 - mu) of their price pay 70 (1 - mu), and k ln(effort) falls by -ln(1 - mu)."""
    mu = 0.25
    outcome, free = market.allocate(TWO_GOODS, market_power=mu), market.allocate(TWO_GOODS)
    assert outcome.prices[2] == pytest.approx(70 * (1 - mu), rel=1e-9)
    np.testing.assert_allclose(outcome.effort, free.effort * (1 - mu) ** (1 / 3.5), rtol=1e-8)
    np.testing.assert_allclose(outcome.output / free.output, (1 - mu) ** (0.08 / 3.5), rtol=1e-8)


def test_market_power_costs_the_town_and_even_lessens_the_smoke():
    values = equivalents("market_power", (0, 0.1, 0.25, 0.5))
    assert np.all(np.diff(values) < 0)
    assert market.allocate(RIVERSIDE, market_power=0.25).emissions < market.allocate(RIVERSIDE).emissions


def test_a_market_that_prices_no_harm_equals_a_plan_that_counts_none_when_incomes_are_equal():
    one, other = market.allocate(RIVERSIDE, unpriced_harm=0.6), central.allocate(RIVERSIDE, uncounted_harm=0.6)
    np.testing.assert_allclose(one.consumption, other.consumption, rtol=1e-8)
    assert one.emissions == pytest.approx(other.emissions, rel=1e-8)
    assert one.equivalent == pytest.approx(other.equivalent, rel=1e-9)


def test_a_market_has_no_planner():
    with pytest.raises(TypeError, match="market has no friction 'planner_taste'"):
        market.allocate(RIVERSIDE, planner_taste=0.5)


def test_a_wage_markdown_does_nothing_where_everybody_owns_alike():
    assert market.allocate(RIVERSIDE, wage_markdown=0.5).equivalent == pytest.approx(1, abs=1e-9)


def test_a_wage_markdown_moves_its_share_of_pay_from_workers_to_owners():
    """On paper, as above: Hilltop has .6 of the pay and .9 of the rest, and a fifth of the pay changes hands."""
    effort, cut = 0.08 / 3.5 * 100_000, 0.2
    gap = 0.9 - 0.6 * (1 - cut) - 0.9 * cut  # what a point of pay takes from Hilltop
    hilltop = (90_000 - gap * (68_000 + effort)) / (1 + gap * 0.04)
    outcome = market.allocate(TWO_GOODS, unequal_shares=1, wage_markdown=cut)
    np.testing.assert_allclose(outcome.income, [hilltop, 100_000 - hilltop], rtol=1e-9)


def test_a_wage_markdown_makes_unequal_shares_worse():
    outcomes = [market.allocate(RIVERSIDE, unequal_shares=1, wage_markdown=cut) for cut in (0, 0.15, 0.35)]
    assert np.all(np.diff([outcome.gini for outcome in outcomes]) > 0)
    assert np.all(np.diff([outcome.equivalent for outcome in outcomes]) < 0)


def test_giving_is_a_nash_equilibrium():
    """Nobody who gives would rather give a little more or less, and who does not give would not rather start."""
    town = RIVERSIDE.economy
    income = market.allocate(RIVERSIDE, unequal_shares=0.5).income
    given = contributions(town, income)
    public = town.kinds == "public"
    beta = town.tastes[:, public].sum(axis=1)
    alpha = 1 - beta
    total = given.sum()

    def utility(h, mine):
        return alpha[h] * np.log(income[h] - mine) + beta[h] * np.log(total - given[h] + mine)

    assert 0 < np.count_nonzero(given) < len(given)
    for h, mine in enumerate(given):
        for other in (mine + 10, max(0.0, mine - 10)):
            assert utility(h, other) <= utility(h, mine) + 1e-12


SOME = st.lists(st.floats(0.01, 1), min_size=8, max_size=8)


@settings(max_examples=60)
@given(SOME, SOME, st.sets(st.integers(0, 7), max_size=7))
def test_whatever_people_like_and_have_each_gift_is_the_best_reply_to_the_others(income, beta, careless):
    """What maximises alpha ln(I - g) + beta ln(G' + g), G' from the others, is g = beta I - alpha G', or nothing."""
    income, beta = 50_000 * np.array(income), np.array(beta) / 2
    beta[list(careless)] = 0.0  # who does not care for the clinic gives nothing, and nobody counts on them
    private = np.where(RIVERSIDE.economy.kinds == "private", RIVERSIDE.economy.tastes, 0.0)
    tastes = (1 - beta)[:, None] * private / private.sum(axis=1, keepdims=True)
    tastes[:, RIVERSIDE.economy.goods.index("clinic")] = beta
    town = dataclasses.replace(RIVERSIDE.economy, tastes=tastes)
    given_ = contributions(town, income)
    others = given_.sum() - given_
    np.testing.assert_allclose(given_, np.maximum(0, beta * income - (1 - beta) * others), atol=1e-7)


def test_nobody_gives_where_nothing_is_shared_and_two_shared_goods_are_refused():
    assert not contributions(TWO_GOODS.economy, TWO_GOODS.economy.income).any()
    town = RIVERSIDE.economy
    two = dataclasses.replace(town, kinds=np.where(np.array(town.goods) == "clothes", "public", town.kinds))
    with pytest.raises(ValueError, match="worked out for one public good; this town has more"):
        contributions(two, two.income)


def test_moving_income_among_givers_moves_only_their_gifts():
    """Neutrality: what somebody loses, they give less, and what somebody gains, they give more."""
    income = np.array([60_000, 58_000, 50_000, 48_000, 47_000, 46_000, 46_000, 45_000.0])
    before = contributions(RIVERSIDE.economy, income)
    givers = np.flatnonzero(before > 100)[:2]
    moved = income.copy()
    moved[givers] += [-50, 50]
    after = contributions(RIVERSIDE.economy, moved)
    assert after.sum() == pytest.approx(before.sum(), rel=1e-12)
    np.testing.assert_allclose(after - before, moved - income, atol=1e-8)


def test_public_goods_left_to_giving_are_too_few_and_private_goods_too_many():
    outcomes = [market.allocate(RIVERSIDE, private_public_goods=share) for share in (0, 0.25, 0.5, 1)]
    clinic = RIVERSIDE.economy.goods.index("clinic")
    assert np.all(np.diff([outcome.public[clinic] for outcome in outcomes]) < 0)
    assert np.all(np.diff([outcome.consumption.sum() for outcome in outcomes]) > 0)
    assert np.all(np.diff([outcome.equivalent for outcome in outcomes]) < 0)
    spent = outcomes[2].prices @ outcomes[2].consumption.sum(axis=0) + outcomes[2].prices @ outcomes[2].public
    assert spent == pytest.approx(outcomes[2].income.sum(), rel=1e-8)
