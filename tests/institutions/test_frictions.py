"""What all institutions share: slack, settings, refusals, and that no friction ever helps a town."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parecon_edu import economy
from parecon_edu.economy.scenarios import CASES, INSTITUTIONS
from parecon_edu.institutions import central, market, participatory
from parecon_edu.institutions.frictions import FRICTIONS, frictions_of

RIVERSIDE = economy.scenario("riverside")
TWO_GOODS = economy.scenario("two_goods")
BY_NAME = {"market": market, "central": central, "participatory": participatory}
ALL = tuple(BY_NAME.values())


@pytest.mark.parametrize("institution", ALL)
def test_slack_makes_less_of_everything_and_saves_effort(institution):
    """On paper: everything comes to (1 - slack), effort to (1 - slack)**(1/c); it was worth c/k of a year's income."""
    slack, c, k = 0.2, 0.08, 3.5
    outcome, free = institution.allocate(TWO_GOODS, slack=slack), institution.allocate(TWO_GOODS)
    np.testing.assert_allclose(outcome.consumption, (1 - slack) * free.consumption, rtol=1e-8)
    np.testing.assert_allclose(outcome.effort, free.effort * (1 - slack) ** (1 / c), rtol=1e-8)
    saved = c / k * (1 - (1 - slack) ** (k / c))
    assert outcome.equivalent == pytest.approx((1 - slack) * np.exp(saved), rel=1e-8)


def test_slack_costs_the_same_under_every_institution():
    values = [institution.allocate(RIVERSIDE, slack=0.2).equivalent for institution in ALL]
    np.testing.assert_allclose(values, values[0], rtol=1e-8)
    more = [market.allocate(RIVERSIDE, slack=slack).equivalent for slack in (0, 0.1, 0.2, 0.4)]
    assert np.all(np.diff(more) < 0)


def test_benefit_over_cost_does_not_show_slack():
    """A workplace that reports a(1 - slack) shows 1/(B + c/k), like an honest one."""
    town = RIVERSIDE.economy
    hidden = dataclasses.replace(town, scale=town.scale * 0.8)
    for e in (town, hidden):
        shown = economy.worker_proposals(e, market.allocate(RIVERSIDE).prices).benefit_cost
        np.testing.assert_allclose(shown, 1 / town.returns, rtol=1e-12)


@pytest.mark.parametrize("institution", INSTITUTIONS)
def test_a_small_dose_of_any_friction_never_helps(institution):
    for friction in frictions_of(institution):
        outcome = BY_NAME[institution].allocate(RIVERSIDE, **{friction.name: 0.05})
        assert outcome.equivalent <= 1 + 1e-9, friction.name


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_no_mix_of_frictions_beats_the_best_plan_or_breaks_the_arithmetic(data):
    name = data.draw(st.sampled_from(INSTITUTIONS))
    town = economy.scenario(data.draw(st.sampled_from(economy.SCENARIOS)))
    chosen = {
        friction.name: data.draw(st.floats(0, friction.high if friction.reaches_high else 0.9))
        for friction in frictions_of(name)
        if friction.name not in ("surprise", "stop_at")
    }
    outcome = BY_NAME[name].allocate(town, seed=data.draw(st.integers(0, 9)), **chosen)
    assert 0 <= outcome.equivalent <= 1 + 1e-9
    for field in ("equivalent_by_council", "consumption", "public", "income", "shortages", "prices", "saving"):
        values = getattr(outcome, field)
        assert np.all(np.isfinite(values)), field
        assert np.all(values >= 0), field
    assert outcome.income.sum() == pytest.approx(town.economy.income.sum(), rel=1e-9)
    assert 0 <= outcome.say <= 1
    assert 0 <= outcome.gini < 1


def test_true_and_false_are_settings_too():
    one, other = market.allocate(RIVERSIDE, unequal_shares=True), market.allocate(RIVERSIDE, unequal_shares=1.0)
    assert one.equivalent == other.equivalent
    assert market.allocate(RIVERSIDE, unequal_shares=False).equivalent == pytest.approx(1, abs=1e-9)


@pytest.mark.parametrize("institution", INSTITUTIONS)
def test_keywords_override_the_case(institution):
    every = {friction.name: 0 for friction in frictions_of(institution)}
    assert BY_NAME[institution].allocate(RIVERSIDE, case="failure", **every).equivalent == pytest.approx(1, abs=1e-9)


@pytest.mark.parametrize("friction", FRICTIONS, ids=lambda friction: friction.name)
@pytest.mark.parametrize("value", [-0.1, 1.1, float("nan"), float("inf"), "much", None])
def test_a_friction_out_of_range_is_refused_by_name(friction, value):
    institution = BY_NAME[friction.institutions[0]]
    with pytest.raises((ValueError, TypeError), match=friction.name):
        institution.allocate(RIVERSIDE, **{friction.name: value})


@pytest.mark.parametrize(("name", "value"), [("slack", 1), ("effort_loss", 1), ("market_power", 0.6)])
def test_ranges_end_where_the_model_does(name, value):
    with pytest.raises(ValueError, match=f"{name} must be at least 0 and"):
        market.allocate(RIVERSIDE, **{name: value})


def test_bad_cases_seeds_and_towns_are_refused_in_words():
    with pytest.raises(ValueError, match="case knows best, typical, failure, but not 'worst'"):
        market.allocate(RIVERSIDE, case="worst")
    with pytest.raises(ValueError, match="case knows best, typical, failure, but not ''"):
        market.allocate(RIVERSIDE, case="")
    with pytest.raises(TypeError, match="seed must be a whole number"):
        market.allocate(RIVERSIDE, seed=1.5)
    with pytest.raises(TypeError, match="scenario must be a Scenario"):
        market.allocate("riverside")


@pytest.mark.parametrize("name", economy.SCENARIOS)
def test_every_preset_names_a_friction_of_its_institution_within_its_range(name):
    for institution in INSTITUTIONS:
        known = {friction.name: friction for friction in frictions_of(institution)}
        for case in CASES:
            for friction, preset in economy.scenario(name).cases[institution][case].presets.items():
                assert known[friction].check(preset.value) == preset.value


@pytest.mark.parametrize("institution", INSTITUTIONS)
def test_typical_and_failure_presets_speak_to_every_friction(institution):
    """Nobody is spared a friction by leaving it out."""
    names = {friction.name for friction in frictions_of(institution)}
    for case in ("typical", "failure"):
        assert set(RIVERSIDE.cases[institution][case].presets) == names


@pytest.mark.parametrize("institution", ALL)
def test_effort_that_does_not_pay_is_not_made(institution):
    """On paper: people act as if effort weighed s/theta, so k ln(effort) falls by -ln(theta); true effort counts."""
    loss, c, k = 0.4, 0.08, 3.5
    theta = 1 - loss
    outcome, free = institution.allocate(TWO_GOODS, effort_loss=loss), institution.allocate(TWO_GOODS)
    np.testing.assert_allclose(outcome.effort, free.effort * theta ** (1 / k), rtol=1e-8)
    np.testing.assert_allclose(outcome.output, free.output * theta ** (c / k), rtol=1e-8)
    assert outcome.equivalent == pytest.approx(theta ** (c / k) * np.exp(c / k * loss), rel=1e-9)


def test_the_first_bit_of_effort_loss_costs_almost_nothing_and_the_last_a_lot():
    losses = 1 - np.array([market.allocate(RIVERSIDE, effort_loss=loss).equivalent for loss in (0, 0.2, 0.4, 0.6, 0.8)])
    assert np.all(np.diff(losses) > 0)
    assert np.all(np.diff(losses, n=2) > 0)
    assert losses[1] < 0.005
