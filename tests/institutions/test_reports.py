"""What workplaces report, and how many numbers a centre needs."""

import numpy as np
import pytest

from parecon_edu import economy
from parecon_edu.institutions import central
from parecon_edu.institutions.reports import reported, shares_of

RIVERSIDE = economy.scenario("riverside").economy


def test_meetings_take_hours_and_no_land():
    told = reported(RIVERSIDE, slack=0, effort_loss=0, lost_hours=0.1)
    labour = RIVERSIDE.kinds == "labour"
    np.testing.assert_allclose(told.supply[labour], 0.9 * RIVERSIDE.supply[labour])
    np.testing.assert_array_equal(told.supply[~labour], RIVERSIDE.supply[~labour])


def test_slack_is_hidden_in_the_scale_and_unrewarded_effort_in_its_weight_and_in_nothing_else():
    """Reported: a(1 - slack). Answered as if effort weighed s / theta, where theta of what it brings comes back."""
    told = reported(RIVERSIDE, slack=0.2, effort_loss=0.5)
    np.testing.assert_allclose(told.scale, 0.8 * RIVERSIDE.scale)
    np.testing.assert_allclose(told.effort_weight, 2 * RIVERSIDE.effort_weight)
    for field in ("supply", "exponents", "effort_exponent", "effort_disutility", "emissions", "damage", "tastes"):
        np.testing.assert_array_equal(getattr(told, field), getattr(RIVERSIDE, field))
    assert reported(RIVERSIDE, slack=0, effort_loss=0) is RIVERSIDE


def test_a_centre_is_told_every_technology_and_taste_and_tells_every_activity():
    """On paper: 20 makers of one input tell a, c, k, s, b and are told output, effort, input; 2 homes 2 tastes each."""
    assert central.allocate(economy.scenario("two_goods")).messages == 20 * (5 + 3) + 2 * (2 + 2)


def test_shares_add_up_to_one():
    assert shares_of(np.array([3.0, 1.0])) == pytest.approx([0.75, 0.25])
