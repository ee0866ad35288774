"""A surprise after the plan: the same for all three, free where it is answered at once, dear where it is not."""

import numpy as np
import pytest

from parecon_edu import economy
from parecon_edu.institutions import central, market, participatory
from parecon_edu.institutions.outcome import shaken

RIVERSIDE = economy.scenario("riverside")
ALL = (market, central, participatory)


@pytest.mark.parametrize("institution", ALL)
def test_a_surprise_that_is_answered_at_once_costs_nothing(institution):
    outcome = institution.allocate(RIVERSIDE, surprise=0.3, rigidity=0, seed=4)
    assert outcome.equivalent == pytest.approx(1, abs=1e-9)


@pytest.mark.parametrize("institution", ALL)
def test_rigidity_without_a_surprise_costs_nothing(institution):
    assert institution.allocate(RIVERSIDE, rigidity=1).equivalent == pytest.approx(1, abs=1e-9)


def test_the_same_surprise_hits_all_three_alike():
    values = [institution.allocate(RIVERSIDE, surprise=0.2, rigidity=1, seed=1).equivalent for institution in ALL]
    np.testing.assert_allclose(values, values[0], rtol=1e-7)
    assert values[0] < 0.99


@pytest.mark.parametrize("institution", ALL)
def test_a_surprise_costs_in_proportion_to_the_time_it_stays_unanswered(institution):
    """Welfare is the average over the year, so in logs half the rigidity costs half as much."""
    costs = [
        np.log(institution.allocate(RIVERSIDE, surprise=0.2, rigidity=r, seed=2).equivalent) for r in (0.25, 0.5, 1)
    ]
    np.testing.assert_allclose(costs, costs[2] * np.array([0.25, 0.5, 1]), rtol=1e-6)


@pytest.mark.parametrize("institution", ALL)
def test_a_year_is_the_average_of_its_two_parts_and_numbers_are_exchanged_twice(institution):
    """What is used, felt and earned counts by its share of the year; prices and the charge are those it ends with."""
    late, soon, mixed = (
        institution.allocate(RIVERSIDE, case="typical", surprise=0.2, rigidity=r, seed=2) for r in (1, 0, 0.3)
    )
    for field in (
        "utility", "consumption", "public", "emissions", "income", "shortages", "saving", "output", "effort", "say",
    ):  # fmt: skip
        expected = 0.3 * getattr(late, field) + 0.7 * getattr(soon, field)
        np.testing.assert_allclose(getattr(mixed, field), expected, rtol=1e-9, atol=1e-12, err_msg=field)
    assert mixed.messages == late.messages + soon.messages
    assert mixed.charge == soon.charge != late.charge
    np.testing.assert_array_equal(mixed.prices, soon.prices)


def test_a_larger_surprise_costs_more():
    values = [
        market.allocate(RIVERSIDE, surprise=size, rigidity=1, seed=3).equivalent for size in (0, 0.05, 0.1, 0.2, 0.4)
    ]
    assert np.all(np.diff(values) < 0)


def test_old_ways_never_beat_the_best_plan_whatever_the_seed():
    for seed in range(12):
        assert market.allocate(RIVERSIDE, surprise=0.2, rigidity=1, seed=seed).equivalent < 1


def test_a_surprise_is_drawn_from_its_seed_and_leaves_the_sum_of_tastes():
    one, same, other = (shaken(RIVERSIDE, 0.2, seed=seed).economy for seed in (1, 1, 2))
    np.testing.assert_array_equal(one.scale, same.scale)
    assert not np.allclose(one.scale, other.scale)
    np.testing.assert_allclose(one.tastes.sum(axis=1), 1, rtol=1e-12)
    ratio = np.log(one.scale / RIVERSIDE.economy.scale)
    assert 0.1 < ratio.std() < 0.3
    np.testing.assert_array_equal(shaken(RIVERSIDE, 0.0, seed=1).economy.scale, RIVERSIDE.economy.scale)
