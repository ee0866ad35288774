"""The market: every friction, alone, from the best case, moves what theory says it moves."""

import numpy as np
import pytest

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
