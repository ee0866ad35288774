"""Hidden quality: nothing is traded below k = 2, everything from it on, and showing quality brings it all back."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from parecon_edu.institutions.market.lemons import trade, unravel


@given(st.floats(0.1, 1.99), st.floats(1, 1e4))
def test_below_two_no_price_gives_buyers_what_they_pay(k, top):
    # At p what is offered averages p/2: k p/2 < p.
    prices = np.linspace(top / 100, top, 50)
    assert (k * np.minimum(prices, top) / 2 < prices).all()
    assert trade(k, top=top).sold == 0
    assert trade(k, top=top).gained == 0


@given(st.floats(2, 10), st.floats(1, 1e4))
def test_from_two_on_even_the_best_are_sold_and_nobody_is_cheated(k, top):
    done = trade(k, top=top)
    assert done.sold == 1
    assert done.price >= top * (1 - 1e-12), "the best is worth no more than the price to its seller"
    assert done.price == pytest.approx(k * top / 2), "buyers get on average what they pay"
    assert done.gained == pytest.approx(done.possible)


@given(st.floats(1.01, 1.99))
def test_the_market_unravels_although_every_single_sale_would_gain_both_sides(k):
    prices = unravel(k, rounds=2000)
    assert (np.diff(prices) <= 0).all()
    assert prices[-1] < 1e-3 * prices[0]
    assert trade(k).possible > 0


def test_prices_fall_by_k_over_two_a_round_and_stand_still_from_two_on():
    np.testing.assert_allclose(unravel(1.5, rounds=3), [75, 56.25, 42.1875, 31.640625])
    np.testing.assert_allclose(unravel(2.5, rounds=3), 125)
    # The best seller would keep a thing worth 100: at 75 a quarter is not offered.
    assert np.mean(np.linspace(0, 100, 10001) <= 75) == pytest.approx(0.75, abs=1e-3)


def test_showing_quality_brings_back_what_is_shown():
    for shown in (0, 0.4, 1):
        assert trade(1.5, shown=shown).gained == pytest.approx(shown * 25)
    assert trade(0.8, shown=1).possible == 0
    assert trade(0.8, shown=1).sold == 0, "what buyers want less than sellers stays where it is"


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: trade(-1), "worth to a buyer"),
        (lambda: trade(1.5, top=0), "must be above 0"),
        (lambda: trade(1.5, shown=1.1), "share that is shown"),
        (lambda: unravel(1.5, rounds=-1), "Rounds"),
    ],
)
def test_what_makes_no_sense_is_refused_with_its_name(call, words):
    with pytest.raises((ValueError, TypeError), match=words):
        call()
