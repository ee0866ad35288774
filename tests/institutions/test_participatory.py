"""The participatory plan: every friction, alone, from the best case, moves what theory says it moves."""

import numpy as np
import pytest

from parecon_edu import economy
from parecon_edu.institutions import participatory
from parecon_edu.institutions.welfare import best_plan

RIVERSIDE = economy.scenario("riverside")
TWO_GOODS = economy.scenario("two_goods")


def test_meetings_take_hours_from_making_things():
    """On paper: with (1 - m) of the hours each good comes to (1 - m)**b of what it was, and effort stays."""
    for hours in (0.03, 0.1, 0.5):
        outcome, free = participatory.allocate(TWO_GOODS, meeting_hours=hours), participatory.allocate(TWO_GOODS)
        assert outcome.equivalent == pytest.approx((1 - hours) ** (0.5 * 0.6 + 0.5 * 0.8), rel=1e-8)
        np.testing.assert_allclose(outcome.effort, free.effort, rtol=1e-8)


def test_meetings_cost_everybody_more_the_longer_they_are():
    outcomes = [participatory.allocate(RIVERSIDE, meeting_hours=hours) for hours in (0, 0.05, 0.1, 0.3)]
    assert np.all(np.diff([outcome.equivalent_by_council for outcome in outcomes], axis=0) < 0)
    labour = RIVERSIDE.labour
    assert np.all(outcomes[1].prices[labour] > outcomes[0].prices[labour]), "scarcer hours are dearer"


def test_a_community_that_acts_as_monopolist_charges_what_a_monopolist_would():
    """Its price exceeds marginal damage by E / |dE/dt|, where dE/dt is the works' answer at announced prices."""
    outcome = participatory.allocate(RIVERSIDE, inflated_harm=1)
    town = RIVERSIDE.economy
    step = 1e-5 * outcome.charge

    def smoke(charge):
        return town.emissions @ economy.worker_proposals(town, outcome.prices, charge=charge).output

    slope = (smoke(outcome.charge + step) - smoke(outcome.charge - step)) / (2 * step)
    marginal = outcome.income @ town.damage * outcome.emissions
    assert outcome.charge == pytest.approx(marginal - outcome.emissions / slope, rel=1e-5)


def test_inflated_harm_clears_the_air_beyond_what_is_worth_it():
    outcomes = [participatory.allocate(RIVERSIDE, inflated_harm=omega) for omega in (0, 0.3, 1)]
    assert np.all(np.diff([outcome.emissions for outcome in outcomes]) < 0)
    assert np.all(np.diff([outcome.charge for outcome in outcomes]) > 0)
    assert np.all(np.diff([outcome.equivalent for outcome in outcomes]) < 0)
    upwind = ~RIVERSIDE.people.downwind
    assert np.all(outcomes[2].equivalent_by_council[upwind] < 1)


def test_the_charge_in_the_best_case_is_marginal_damage():
    outcome = participatory.allocate(RIVERSIDE)
    town = RIVERSIDE.economy
    assert outcome.charge == pytest.approx(town.income @ town.damage * outcome.emissions, rel=1e-9)
    assert outcome.charge == pytest.approx(best_plan(town).charge, rel=1e-9)
