"""Material balances: orders passed on converge to what is needed, if and only if the technology is viable."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from parecon_edu.economy import scenario
from parecon_edu.institutions.central.balances import TECHNOLOGIES, missing, orders
from parecon_edu.institutions.central.model import allocate
from parecon_edu.worktime import gross_output, spectral_radius

A, D = [[0.2, 0.3], [0.4, 0.1]], [50, 30]
tables = arrays(np.float64, (4, 4), elements=st.floats(0.01, 1.0))
demands = arrays(np.float64, 4, elements=st.floats(1.0, 100.0))


def test_by_hand_two_rounds():
    # 0.2·50 + 0.3·30 = 19 more energy, 0.4·50 + 0.1·30 = 23 more tools; then the same of (69, 53).
    np.testing.assert_allclose(orders(A, D, rounds=2), [[50, 30], [69, 53], [79.7, 62.9]])


@settings(max_examples=40, deadline=None)
@given(tables, demands, st.floats(0.1, 0.9))
def test_orders_reach_what_is_needed_and_what_is_missing_shrinks_by_the_spectral_radius(raw, d, rho):
    technology = raw * (rho / spectral_radius(raw))
    left = missing(technology, d, rounds=30)
    assert (np.diff(left) <= 1e-12).all(), "every round brings more"
    if left[20] > 1e-9:
        assert left[21] / left[20] == pytest.approx(rho, rel=0.02)
    enough = orders(technology, d, rounds=400)[-1]
    np.testing.assert_allclose(enough, gross_output(technology, d), rtol=1e-9)


@settings(max_examples=30, deadline=None)
@given(tables, demands, st.floats(1.0, 2.0))
def test_where_the_technology_uses_up_all_it_makes_orders_never_end(raw, d, rho):
    technology = raw * (rho / spectral_radius(raw))
    totals = orders(technology, d, rounds=60).sum(axis=1)
    steps = np.diff(totals)
    assert (steps[20:] > 0.9 * steps[19]).all(), "no round is the last"
    assert totals[60] > 20 * d.min()


@settings(max_examples=30, deadline=None)
@given(tables, demands, st.floats(0.1, 0.9))
def test_what_is_missing_after_k_rounds_is_a_to_the_k_of_what_is_needed(raw, d, rho):
    # x − x_k = A^(k+1) x: with x_0 = d, x − d = A x.
    technology = raw * (rho / spectral_radius(raw))
    needed = gross_output(technology, d)
    after = orders(technology, d, rounds=5)
    for k in range(6):
        np.testing.assert_allclose(needed - after[k], np.linalg.matrix_power(technology, k + 1) @ needed, atol=1e-8)


@pytest.mark.parametrize("name", TECHNOLOGIES)
def test_each_technology_is_viable_and_its_orders_fit(name):
    technology = TECHNOLOGIES[name]()
    assert technology.radius < 1
    needed = technology.needed
    np.testing.assert_allclose(needed - technology.A @ needed, technology.wanted, rtol=1e-9, atol=1e-6)
    left = missing(technology.A, technology.wanted, rounds=8)
    # Energy and tools take each other, so the rounds go up and down in turn: two together show the rate.
    assert (left[8] / left[6]) ** 0.5 == pytest.approx(technology.radius, rel=0.03)


def test_riversides_technology_gives_back_what_riverside_makes():
    town = scenario("riverside")
    technology, best = TECHNOLOGIES["riverside"](), allocate(town)
    economy = town.economy
    made = [best.output[economy.product == g].sum() for g in np.flatnonzero(economy.made)]
    np.testing.assert_allclose(technology.needed, made, rtol=1e-6)


@pytest.mark.parametrize("name", TECHNOLOGIES)
def test_padding_multiplies_orders_by_more_than_itself_the_tighter_the_net_the_more(name):
    technology = TECHNOLOGIES[name]()
    true = technology.worth @ technology.needed
    wanted = technology.worth @ technology.wanted
    before = true
    for share in (0.1, 0.3, 0.5):
        padded = technology.padded(share)
        assert padded.radius == pytest.approx((1 + share) * technology.radius)
        ordered = padded.worth @ padded.needed
        # What is padded is only what is used up; that part grows by more than the padding.
        assert ordered - wanted > (1 + share) * (true - wanted)
        assert ordered > before
        before = ordered
    assert technology.padded(1 / technology.radius - 0.99).needed is None


def test_one_good_has_the_closed_form_of_order_inflation():
    # d / (1 − (1 + s) a), with a = 0.5, s = 0.5: 1 / 0.25 = 4 times what is wanted, where 2 times would do.
    assert orders([[0.75]], [1.0], rounds=200)[-1] == pytest.approx(4)
    assert gross_output([[0.5]], [1.0]) == pytest.approx(2)


def test_bad_tables_are_refused_in_words():
    with pytest.raises(ValueError, match="one a good"):
        orders(A, [1, 2, 3], rounds=1)
    with pytest.raises(ValueError, match="one a good"):
        orders(A, [1, -2], rounds=1)
    with pytest.raises(ValueError, match="rounds"):
        orders(A, D, rounds=-1)
    with pytest.raises(ValueError, match="uses up"):
        missing([[0.5, 0.6], [0.6, 0.5]], D, rounds=1)
    with pytest.raises(ValueError, match="on top"):
        TECHNOLOGIES["two"]().padded(-0.5)
