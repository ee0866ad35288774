"""Affected communities find Pigou's charge without anybody estimating damage, and where they do not."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parecon_edu import economy
from parecon_edu.economy import pollution

PRICES = np.array([20.0, 10.0])


def smoky(income=(1000, 1000, 1000), damage=(1e-6, 1e-6, 4e-6)):
    count = len(income)
    return economy.from_arrays(
        kinds=["private", "labour"], supply=[0, 100], product=[0, 0], scale=[5, 6], effort_exponent=[0.08, 0.3],
        effort_disutility=[3.5, 3.5], effort_weight=[1, 1], inputs=[[1], [1]], exponents=[[0.6], [0.5]],
        tastes=[[1, 0]] * count, income=income, emissions=[1.0, 0.2], damage=damage,
    )  # fmt: skip


def test_the_worked_example():
    """Marginal benefit 100 - 2e meets marginal damage 10 + e at e = 30, p = 40: credit 1200, damage 300 + 450."""
    agreed = pollution.settle(lambda p: (100 - p) / 2, lambda p: max(0.0, p - 10))
    np.testing.assert_allclose([agreed.charge, agreed.emissions, agreed.credit], [40, 30, 1200], rtol=1e-9)


def test_a_community_that_knows_its_power_permits_too_little():
    """It wants p + p'S = MD: with p = 100 - 2S that is 100 - 4S = 10 + S, so S = 18 and p = 64."""
    alone = pollution.hold_back(lambda p: (100 - p) / 2, lambda e: 10 * e + e**2 / 2, highest=100)
    np.testing.assert_allclose([alone.charge, alone.emissions], [64, 18], rtol=1e-6)


def test_the_charge_is_the_marginal_damage_of_what_is_then_emitted():
    town = smoky()
    agreed = pollution.reveal(town, PRICES)
    assert agreed.charge > 0
    emitted = town.emissions @ economy.worker_proposals(town, PRICES, charge=agreed.charge).output
    np.testing.assert_allclose(emitted, agreed.emissions, rtol=1e-9)
    by_neighbourhood = town.income * town.damage * emitted
    np.testing.assert_allclose(agreed.charge, by_neighbourhood.sum(), rtol=1e-8)
    assert agreed.emissions < pollution.emitted(town, PRICES)


def test_the_agreed_charge_leaves_emitters_and_affected_together_best_off():
    town = smoky()
    agreed = pollution.reveal(town, PRICES)

    def together(charge):
        answer = economy.worker_proposals(town, PRICES, charge=charge)
        spent = (answer.inputs * PRICES[1]).sum(axis=1) + town.effort_weight * answer.effort**town.effort_disutility
        gain = (PRICES[0] * answer.output - spent).sum()
        return gain - pollution.damage_cost(town, town.emissions @ answer.output).sum()

    best = together(agreed.charge)
    for other in (0.0, 0.5, 0.9, 0.99, 1.01, 1.1, 2.0):
        assert together(other * agreed.charge) < best


@pytest.mark.parametrize("income", [(1000, 1000, 1000), (300, 900, 2400)])
def test_damage_adds_up_its_margin(income):
    """A point is worth 1/I of utility to h, so d E of utility is I d E points: harm counts by income, on both sides."""
    town = smoky(income=income)
    emissions = np.linspace(0, 50, 1_001)  # the margin is a straight line: any grid gives its area
    area = np.trapezoid([pollution.marginal_damage(town, e) for e in emissions], emissions)
    np.testing.assert_allclose(pollution.damage_cost(town, 50.0).sum(), area, rtol=1e-9)


@settings(max_examples=30, deadline=None)
@given(harm=st.lists(st.floats(0.1, 10), min_size=3, max_size=9))
def test_a_median_vote_permits_the_right_amount_only_where_median_is_mean(harm):
    town = smoky(income=[1000] * len(harm), damage=1e-6 * np.array(harm))
    voted, right = pollution.permitted(town, 5.0, decided_by="median"), pollution.permitted(town, 5.0)
    np.testing.assert_allclose(voted * np.median(harm), right * np.mean(harm), rtol=1e-12)


def test_the_neighbourhood_in_the_middle_is_the_one_with_the_middle_harm_in_points():
    """Harm is I d: 300 x 8, 900 x 2, 2700 x 1, so 2400, 1800, 2700 in millionths: 2400 stands in the middle."""
    town = smoky(income=(300, 900, 2700), damage=(8e-6, 2e-6, 1e-6))
    assert pollution.permitted(town, 6.0, decided_by="median") == pytest.approx(6.0 / (3 * 2400e-6), rel=1e-12)
    assert pollution.permitted(town, 6.0) == pytest.approx(6.0 / 6900e-6, rel=1e-12)


def test_what_is_revealed_is_what_those_permit_who_decide():
    """Damages 1, 1, 4: the median is 1 where the mean is 2, so a median vote asks for too little and permits too much.

    Emissions fall as the charge rises: at half the marginal damage more is emitted than at all of it.
    """
    town = smoky()
    right, voted = (pollution.reveal(town, PRICES, decided_by=who) for who in pollution.DECIDED_BY)
    assert voted.charge == pytest.approx(3 * 1e-6 * 1000 * voted.emissions, rel=1e-8)
    assert voted.charge == pytest.approx(pollution.marginal_damage(town, voted.emissions) / 2, rel=1e-8)
    assert voted.charge < right.charge
    assert voted.emissions > right.emissions


def test_where_nobody_is_harmed_nothing_is_charged():
    town = smoky(damage=(0, 0, 0))
    assert pollution.permitted(town, 0.0) == np.inf
    agreed = pollution.reveal(town, PRICES)
    assert agreed.charge == 0
    assert agreed.emissions == pollution.emitted(town, PRICES)


def test_what_has_no_meaning_is_refused():
    with pytest.raises(ValueError, match="charge"):
        pollution.permitted(smoky(), -1)
    with pytest.raises(ValueError, match="decided_by"):
        pollution.permitted(smoky(), 1, decided_by="experts")
    with pytest.raises(ValueError, match="permitted"):
        pollution.settle(lambda p: 1.0, lambda p: 0.0)
