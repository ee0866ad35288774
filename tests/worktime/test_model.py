"""Laws of gross output, labour values and surplus; the United States' table against its published totals."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parecon_edu import worktime

A, DEMAND, LABOUR = [[0.2, 0.3], [0.4, 0.1]], [50, 30], [0.5, 0.25]


def technology(seed, n):
    """Draw a technology that leaves something over: every column adds up to less than 1."""
    lot = np.random.default_rng(seed)
    return lot.dirichlet(np.ones(n), n).T * lot.uniform(0, 0.95, n)


CASES = {"seed": st.integers(0, 10**6), "n": st.integers(1, 8)}


def test_the_worked_example_by_hand():
    # x1 = .2 x1 + .3 x2 + 50 and x2 = .4 x1 + .1 x2 + 30, so
    # x = (.9·50 + .3·30, .4·50 + .8·30)/(.8·.9 - .3·.4) = (54, 44)/.6.
    np.testing.assert_allclose(worktime.gross_output(A, DEMAND), [54 / 0.6, 44 / 0.6])
    np.testing.assert_allclose(worktime.labour_values(A, LABOUR), [0.55 / 0.6, 0.35 / 0.6])
    # z² - .3 z - .1 = 0 has the roots .5 and -.2.
    assert worktime.spectral_radius(A) == pytest.approx(0.5)


@settings(deadline=None)
@given(**CASES)
def test_what_is_left_over_is_what_was_wanted_and_its_labour_is_all_labour(seed, n):
    lot = np.random.default_rng(seed)
    uses, wanted, direct = technology(seed, n), lot.uniform(0, 9, n), lot.uniform(0, 3, n)
    made, values = worktime.gross_output(uses, wanted), worktime.labour_values(uses, direct)
    np.testing.assert_allclose(made - uses @ made, wanted, atol=1e-9)
    assert values @ wanted == pytest.approx(direct @ made)
    np.testing.assert_allclose(worktime.surplus(uses, made, wages=wanted), 0, atol=1e-9)


@settings(deadline=None)
@given(**CASES)
def test_gross_output_is_the_sum_of_all_rounds_of_orders(seed, n):
    # I + A + A² + …; columns add up to .95 at most, so 900 rounds leave less than 1e-18.
    uses, wanted = technology(seed, n), np.ones(n)
    orders, total = wanted, np.zeros(n)
    for _ in range(900):
        total, orders = total + orders, uses @ orders
    np.testing.assert_allclose(worktime.gross_output(uses, wanted), total)


@settings(deadline=None)
@given(**CASES)
def test_a_square_of_a_technology_has_the_square_of_its_radius(seed, n):
    uses = technology(seed, n)
    assert worktime.spectral_radius(uses @ uses) == pytest.approx(worktime.spectral_radius(uses) ** 2, abs=1e-9)
    assert worktime.spectral_radius(uses) <= uses.sum(axis=0).max() + 1e-9, "no more than the hungriest column"


@pytest.mark.parametrize("uses", [[[1.0]], [[0.5, 0.5], [0.5, 0.5]], [[0, 2], [2, 0]]])
def test_an_economy_that_uses_up_what_it_makes_is_refused(uses):
    for work_out in (worktime.gross_output, worktime.labour_values):
        with pytest.raises(ValueError, match=r"spectral radius of A is [12].*below 1.*Lower"):
            work_out(uses, np.ones(len(uses)))


def test_weeks_follow_from_the_labour_in_the_basket():
    # (400 · .55 + 240 · .35)/.6 = 506.67 hours a person; half of them work 40 hours a week: 25.33 weeks.
    weeks = worktime.weeks_of_work(A, LABOUR, [400, 240], week=40, workers=0.5)
    assert weeks == pytest.approx((400 * 0.55 + 240 * 0.35) / 0.6 / 20)
    twice = worktime.weeks_of_work(A, LABOUR, [800, 480], week=40, workers=0.5)
    assert twice == pytest.approx(2 * weeks), "twice the basket, twice the weeks"
    later = worktime.weeks_of_work(A, LABOUR, [400, 240], week=40, workers=0.5, growth=1, years=3)
    assert later == pytest.approx(weeks / 8), "doubling every year for three years"


def test_the_united_states_of_2021_add_up_to_the_published_totals():
    us = worktime.us_2021()
    assert us.A.shape == (15, 15)
    assert len(us.industries) == 15
    # Rows are rounded to whole millions; the published totals are not sums of rounded rows.
    assert us.output.sum() == pytest.approx(40_575_547, abs=1)
    assert us.pay.sum() == pytest.approx(12_549_140, abs=1)
    assert worktime.spectral_radius(us.A) == pytest.approx(0.512, abs=5e-4)
    assert us.pay_in_consumption == pytest.approx(0.62, abs=5e-3)
    # Agriculture used 131,951 of its own product for an output of 543,200.
    assert us.A[0, 0] == pytest.approx(131_951 / 543_200)
    # A column is by the industry that uses: agriculture's products in manufacturing, 361,145 of 6,289,923.
    assert us.A[0, 4] == pytest.approx(361_145 / 6_289_923)
    with pytest.raises(ValueError, match="read-only"):
        us.A[0, 0] = 0


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda: worktime.spectral_radius([[0.1, 0.2]]), ValueError, "as many rows as columns: you gave 1 by 2"),
        (lambda: worktime.spectral_radius([]), ValueError, "as many rows"),
        (lambda: worktime.spectral_radius([[0.1, -0.2], [0, 0]]), ValueError, "row 0, column 1 .* has -0.2"),
        (lambda: worktime.spectral_radius([[float("nan")]]), ValueError, "finite"),
        (lambda: worktime.spectral_radius([["a"]]), TypeError, "must be numbers"),
        (lambda: worktime.spectral_radius([[1, 2], [3]]), ValueError, "equal length"),
        (lambda: worktime.gross_output(A, [1, 2, 3]), ValueError, "each of 2 goods: you gave 3"),
        (lambda: worktime.gross_output(A, [1, -2]), ValueError, "Final demand can't be negative: good 1"),
        (lambda: worktime.labour_values(A, [1, float("inf")]), ValueError, "Direct labour must be finite"),
        (lambda: worktime.surplus(A, [1, 1], wages=[1]), ValueError, "Wages"),
        (lambda: worktime.weeks_of_work(A, LABOUR, [1, 1], week=0), ValueError, "The week can't be 0"),
        (lambda: worktime.weeks_of_work(A, LABOUR, [1, 1], workers=2), ValueError, "between 0 and 1"),
        (lambda: worktime.weeks_of_work(A, LABOUR, [1, 1], growth=-1), ValueError, "growth leaves can't be 0"),
        (lambda: worktime.weeks_of_work(A, LABOUR, [1, 1], years=-1), ValueError, "Years must be 0 or more"),
    ],
)
def test_wrong_numbers_are_refused(call, error, words):
    with pytest.raises(error, match=words):
        call()
