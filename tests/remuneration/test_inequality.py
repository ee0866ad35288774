"""Inequality measures against closed forms, with the error of the grid derived beside it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm as normal

from parecon_edu.remuneration import correlation, d9_d1, gini, highest_to_lowest, lorenz, top_share

rows = st.lists(st.floats(0, 1e6), min_size=1, max_size=40)
positive_rows = st.lists(st.floats(1e-3, 1e6), min_size=1, max_size=40)


@given(rows)
def test_gini_lies_between_0_and_1_less_1_over_n(x):
    assert 0 <= gini(x) <= (1 - 1 / len(x)) * (1 + 1e-12)


@given(positive_rows)
def test_gini_is_half_the_relative_mean_difference(x):
    x = np.array(x)
    pairs = np.abs(x[:, None] - x).mean()
    assert gini(x) == pytest.approx(pairs / (2 * x.mean()), rel=1e-9, abs=1e-12)


def test_gini_when_one_person_has_everything():
    assert gini([0, 0, 0, 10]) == 0.75
    assert [gini([0] * (n - 1) + [3]) for n in (1, 2, 5, 50)] == pytest.approx([0, 0.5, 0.8, 0.98], rel=1e-12)


def test_gini_of_equal_incomes_is_exactly_0_also_when_everybody_has_nothing():
    assert gini([0.1] * 7) == 0
    assert gini([0, 0, 0]) == 0


CURVES = {
    # Lorenz curves L(p) and Ginis of the continuous distributions.
    "uniform": (lambda p: p**2, 1 / 3),
    "exponential": (lambda p: p + (1 - p) * np.log(np.maximum(1 - p, 1e-300)), 1 / 2),
    "lognormal": (lambda p: normal.cdf(normal.ppf(p) - 1), 2 * normal.cdf(1 / np.sqrt(2)) - 1),
}


@pytest.mark.parametrize("name", CURVES)
@pytest.mark.parametrize("n", [10, 1000])
def test_gini_of_the_group_means_of_a_known_distribution(name, n):
    # The means of n equal groups, poorest to richest, leave out the inequality inside each: G = G_means + sum of
    # (1/n) * share_i * G_i with 0 <= G_i < 1 and shares adding up to 1, so the gap lies between 0 and 1/n.
    curve, exact = CURVES[name]
    means = np.diff(curve(np.linspace(0, 1, n + 1)))
    assert exact - 1 / n <= gini(means) < exact


def test_the_closed_forms_have_the_values_of_the_specification():
    assert CURVES["lognormal"][1] == pytest.approx(0.5205, abs=5e-5)


def test_gini_of_the_expected_order_statistics_of_n_draws():
    # For n draws the sum over all pairs has mean n(n-1)/2 * E|X-Y|; taken at the expected order statistics the Gini is
    # therefore exactly (n-1)/n times the population's. Exponential: E X_(i) = sum_{j<=i} 1/(n-j+1); uniform: i/(n+1).
    n = 200
    exponential = np.cumsum(1 / np.arange(n, 0, -1))
    uniform = np.arange(1, n + 1) / (n + 1)
    assert gini(exponential) == pytest.approx((n - 1) / n / 2, rel=1e-12)
    assert gini(uniform) == pytest.approx((n - 1) / n / 3, rel=1e-12)


@given(st.lists(st.floats(1, 50), min_size=2, max_size=40))
def test_a_limit_on_the_pay_ratio_limits_the_gini(x):
    root = np.sqrt(max(x) / min(x))
    assert gini(x) <= (root - 1) / (root + 1) + 1e-12


def test_the_limit_is_reached_by_two_groups_of_the_right_size():
    # A ratio of 9: three quarters with 1, one quarter with 9; (3 - 1)/(3 + 1) = 1/2.
    assert gini([1, 1, 1, 9]) == pytest.approx(0.5, rel=1e-12)


@given(positive_rows, st.floats(1e-3, 1e3), st.randoms())
def test_measures_do_not_ask_for_the_unit_or_the_order(x, scale, random):
    y = [scale * value for value in random.sample(x, len(x))]
    for measure in (gini, top_share, d9_d1, highest_to_lowest):
        assert measure(y) == pytest.approx(measure(x), rel=1e-9, abs=1e-12)


@given(positive_rows, st.integers(2, 4))
def test_gini_of_several_copies_of_the_same_society_is_the_same(x, copies):
    assert gini(x * copies) == pytest.approx(gini(x), rel=1e-9, abs=1e-12)


@given(st.lists(st.floats(1, 1e5), min_size=2, max_size=20), st.floats(0.01, 0.49))
def test_a_transfer_from_rich_to_poor_lowers_the_gini(x, part):
    x = np.array(x)
    if np.ptp(x) < 1e-3:
        x[0] *= 2
    rich, poor = x.argmax(), x.argmin()
    given_away = part * (x[rich] - x[poor])
    after = x.copy()
    after[rich] -= given_away
    after[poor] += given_away
    assert gini(after) < gini(x)


@given(rows)
def test_the_lorenz_curve_runs_from_0_0_to_1_1_below_the_diagonal_and_bends_upwards(x):
    population, share = lorenz(x)
    assert (population[0], share[0], population[-1], share[-1]) == (0, 0, 1, 1)
    assert (share <= population + 1e-12).all()
    assert (np.diff(share, 2) >= -1e-12).all()


@given(rows)
def test_the_gini_is_twice_the_area_between_the_lorenz_curve_and_the_diagonal(x):
    population, share = lorenz(x)
    assert gini(x) == pytest.approx(1 - 2 * np.trapezoid(share, population), abs=1e-12)


@given(positive_rows, st.floats(0, 1))
def test_the_top_have_at_least_their_number_and_at_most_all(x, top):
    assert top - 1e-12 <= top_share(x, top=top) <= 1 + 1e-12


def test_top_share_of_a_known_case():
    assert top_share([1, 2, 3, 4], top=0.25) == pytest.approx(0.4)
    # A tenth of four people is part of the richest one.
    assert top_share([1, 2, 3, 4], top=0.1) == pytest.approx(0.4 * 0.1 / 0.25)


def test_ratios_when_somebody_has_nothing():
    assert highest_to_lowest([0, 2]) == d9_d1([0, 0, 0, 2]) == np.inf
    assert highest_to_lowest([0, 0]) == d9_d1([0, 0]) == 1
    assert highest_to_lowest([5e-324, 1e308]) == np.inf


def test_decile_ratio_of_a_straight_line():
    # Eleven people with 1 to 11: a tenth stay under 2, nine tenths under 10.
    assert d9_d1(np.arange(1, 12)) == pytest.approx(5)


@given(st.lists(st.floats(0, 1e5), min_size=2, max_size=20), st.floats(0.1, 10), st.floats(0, 100))
def test_correlation_of_a_straight_line_is_1_or_has_no_meaning(x, slope, start):
    if np.ptp(x) < 1e-2 * (1 + max(x)):
        return
    x = np.array(x)
    assert correlation(x, start + slope * x) == pytest.approx(1)
    assert correlation(x, slope * x.max() - slope * x) == pytest.approx(-1)


@given(st.lists(st.tuples(st.floats(0, 100), st.floats(0, 100)), min_size=3, max_size=20))
def test_correlation_agrees_with_numpy(pairs):
    x, y = np.array(pairs).T
    if np.ptp(x) > 1e-3 and np.ptp(y) > 1e-3:
        assert correlation(x, y) == pytest.approx(np.corrcoef(x, y)[0, 1], abs=1e-6)


def test_correlation_has_no_meaning_when_one_row_does_not_vary():
    assert correlation([1, 1, 1], [1, 2, 3]) is None
    assert correlation([5], [5]) is None
