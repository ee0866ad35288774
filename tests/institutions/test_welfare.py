"""How well off people are: "as good as this share of everything", and what it is when somebody gets nothing."""

import dataclasses

import numpy as np
import pytest

from parecon_edu import economy
from parecon_edu.institutions.delivery import as_planned
from parecon_edu.institutions.welfare import best_plan, best_utility, equivalent, mix, utility

RIVERSIDE = economy.scenario("riverside").economy
PLAN = as_planned(best_plan(RIVERSIDE), RIVERSIDE, slack=0.0)


@pytest.mark.parametrize("share", [0.25, 0.9, 1.0])
def test_a_share_of_everything_is_as_good_as_that_share(share):
    """Tastes add up to 1, so with the same smoke and effort u falls by ln(share), for everybody."""
    less = dataclasses.replace(PLAN, private=share * PLAN.private, public=share * PLAN.public)
    np.testing.assert_allclose(equivalent(utility(RIVERSIDE, less), best_utility(RIVERSIDE)), share, rtol=1e-12)


def test_who_gets_nothing_of_what_they_care_for_is_left_with_nothing_and_others_are_not_touched():
    private = PLAN.private.copy()
    private[2, 0] = 0.0  # no bread for one neighbourhood; nobody cares for land or hours, of which nobody has any
    u = utility(RIVERSIDE, dataclasses.replace(PLAN, private=private))
    assert u[2] == -np.inf
    expected = np.ones(8)
    expected[2] = 0.0
    np.testing.assert_allclose(equivalent(u, best_utility(RIVERSIDE)), expected, rtol=1e-12)
    assert equivalent(u.mean(), best_utility(RIVERSIDE).mean()) == 0


def test_half_a_year_with_nothing_is_a_year_with_nothing_unless_the_half_is_none():
    nothing, enough = np.array([-np.inf]), np.array([1.0])
    assert mix((0.5, 0.5), nothing, enough) == -np.inf
    assert mix((0.0, 1.0), nothing, enough) == mix((1.0, 0.0), enough, nothing) == 1
