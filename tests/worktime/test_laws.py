"""Laws of what has to be made: nothing for nobody, the unit of a good drops out, more use of anything costs labour."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parecon_edu import worktime

few = settings(deadline=None, max_examples=40)
CASES = {"seed": st.integers(0, 10**6), "n": st.integers(2, 7)}


def drawn(seed, n):
    """Draw a technology that leaves something over, with direct labour and a final demand."""
    lot = np.random.default_rng(seed)
    return lot.dirichlet(np.ones(n), n).T * lot.uniform(0, 0.9, n), lot.uniform(0.1, 3, n), lot.uniform(0.1, 9, n)


def test_what_nobody_wants_or_uses_is_not_made_and_what_takes_no_labour_has_none_in_it():
    A = [[0.2, 0.0], [0.0, 0.1]]  # two goods that have nothing to do with each other
    assert worktime.gross_output(A, [8, 0]).tolist() == [10, 0]
    assert worktime.labour_values(A, [0, 9]).tolist() == [0, 10]


@few
@given(**CASES)
def test_another_unit_of_a_good_changes_no_labour_in_all(seed, n):
    # Kilograms instead of sacks: 50 times as many of them, each with a fiftieth of the labour.
    A, direct, wanted = drawn(seed, n)
    unit = np.ones(n)
    unit[0] = 50
    other = A * unit[:, None] / unit
    np.testing.assert_allclose(worktime.gross_output(other, wanted * unit), worktime.gross_output(A, wanted) * unit)
    np.testing.assert_allclose(worktime.labour_values(other, direct / unit), worktime.labour_values(A, direct) / unit)
    assert worktime.spectral_radius(other) == pytest.approx(worktime.spectral_radius(A), abs=1e-9)


@few
@given(**CASES)
def test_using_up_more_of_anything_takes_more_of_everything_that_goes_into_it(seed, n):
    A, direct, wanted = drawn(seed, n)
    worse = A.copy()
    worse[0, 1] += 0.05
    assert (worktime.gross_output(worse, wanted) >= worktime.gross_output(A, wanted) - 1e-9).all()
    assert worktime.labour_values(worse, direct)[1] > worktime.labour_values(A, direct)[1]


@few
@given(**CASES)
def test_what_wages_take_is_missing_from_the_surplus_good_by_good(seed, n):
    A, keep, wanted = drawn(seed, n)
    made = worktime.gross_output(A, wanted)
    np.testing.assert_allclose(worktime.surplus(A, made, wages=keep), wanted - keep, atol=1e-9)


@few
@given(workers=st.floats(0.1, 1), week=st.floats(1, 60), growth=st.floats(-0.05, 0.1), years=st.floats(0, 30))
def test_hours_worked_are_the_labour_in_the_basket(workers, week, growth, years):
    A, direct, basket = [[0.2, 0.3], [0.4, 0.1]], [0.5, 0.25], [400, 240]
    weeks = worktime.weeks_of_work(A, direct, basket, week=week, workers=workers, growth=growth, years=years)
    hours = worktime.labour_values(A, direct) @ basket
    assert weeks * week * workers * (1 + growth) ** years == pytest.approx(hours)


def test_the_defaults_are_a_week_of_forty_hours_half_of_the_people_and_no_growth():
    A, direct, basket = [[0.2, 0.3], [0.4, 0.1]], [0.5, 0.25], [400, 240]
    said = worktime.weeks_of_work(A, direct, basket, week=40, workers=0.5, growth=0, years=0)
    assert worktime.weeks_of_work(A, direct, basket) == said
    assert worktime.weeks_of_work(A, direct, basket, years=9) == said


def test_an_economy_just_able_to_go_on_is_accepted_and_one_that_just_is_not_is_refused():
    assert worktime.gross_output([[0.999999]], [1])[0] == pytest.approx(1e6)
    with pytest.raises(ValueError, match="below 1"):
        worktime.gross_output([[1.0]], [1])


def test_pay_in_consumption_is_all_pay_when_households_buy_all_that_is_left_over():
    # Then what they buy is d = x − A x, and v·d is all the labour there is.
    us = worktime.us_2021()
    left = us.output - us.A @ us.output
    values = worktime.labour_values(us.A, us.pay / us.output)
    assert values @ left == pytest.approx(us.pay.sum())
    assert us.pay_in_consumption == pytest.approx(values @ us.consumption / us.pay.sum())
