"""Back to the base: what returning close and contested votes mends, and how often everybody has to vote."""

from math import comb

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parecon_edu.councils import mixing, returned, winning_minority

SIZES = st.integers(1, 25).map(lambda half: 2 * half + 1)


@settings(deadline=None)
@given(size=SIZES, levels=st.integers(1, 6))
def test_where_any_majority_stands_nothing_goes_back_and_the_quarter_still_wins(size, levels):
    rule = returned(size, levels)
    assert rule.minority == pytest.approx(min(0.5, winning_minority(size, levels)))
    assert rule.often == pytest.approx(0, abs=1e-9)


def test_the_worked_example():
    # 41 of 51 must agree, or it goes back: .8 · 51 = 40.8. They come from 41 councils, each won by 26 of 51.
    assert returned(51, 2, stands=0.8).minority == pytest.approx(41 / 51 * 26 / 51)
    # .56 of 25 is 14, although the computer's .56 · 25 is a little more.
    assert returned(25, 2, stands=0.56).minority == pytest.approx(14 / 25 * 13 / 25)
    # A petition of a quarter of the base councils: to win, more than three quarters of them, each won by 26 of 51.
    assert returned(51, 2, petition=0.25).minority == pytest.approx(0.75 * 26 / 51)


@pytest.mark.parametrize(("stands", "petition"), [(1, 1), (1, 0.3), (0.5, 0.2), (0.5, 0)])
def test_votes_that_go_back_are_counted_over_all_levels_of_support(stands, petition):
    # Nothing but sums: every support alike, three councils of three, of which two or all must agree at the top, and
    # which a share of the base councils on the losing side can call back.
    size, levels, steps = 3, 2, 400
    needed = 3 if stands == 1 else 2
    often = wrong = 0.0
    for support in (np.arange(steps) + 0.5) / steps:
        share = float(mixing(support, size, levels - 1)[-1])
        chances = [comb(size, k) * share**k * (1 - share) ** (size - k) for k in range(size + 1)]
        won, lost = sum(chances[needed:]), sum(chances[: 4 - needed])
        called = min(share, 1 - share) >= petition
        often += (1 if called else 1 - won - lost) / steps
        wrong += (0 if called else won if support < 0.5 else lost) / steps
    rule = returned(size, levels, stands=stands, petition=petition)
    assert rule.often == pytest.approx(often, abs=1e-12)
    assert rule.wrong == pytest.approx(wrong, abs=1e-12)


@settings(deadline=None)
@given(size=SIZES, levels=st.integers(1, 5), one=st.floats(0.5, 1), other=st.floats(0.5, 1))
def test_the_more_agreement_is_asked_for_the_more_goes_back_and_the_fewer_minorities_win(size, levels, one, other):
    low, high = (returned(size, levels, stands=share) for share in sorted((one, other)))
    assert low.minority <= high.minority
    assert low.often <= high.often + 1e-9
    assert low.wrong >= high.wrong - 1e-9


@settings(deadline=None)
@given(size=SIZES, levels=st.integers(2, 5), one=st.floats(0, 1), other=st.floats(0, 1))
def test_the_fewer_councils_can_call_a_vote_back_the_more_goes_back(size, levels, one, other):
    few, many = (returned(size, levels, petition=share) for share in sorted((one, other)))
    assert few.minority >= many.minority
    assert few.often >= many.often - 1e-9


def test_high_up_no_vote_looks_close_so_only_a_petition_helps():
    low, high = returned(51, 2, stands=0.8), returned(51, 5, stands=0.8)
    assert high.often < 0.001 < low.often
    assert high.minority < 0.06
    called = [returned(51, levels, petition=0.25) for levels in (2, 3, 4, 5)]
    assert all(rule.minority == pytest.approx(0.75 * 26 / 51) for rule in called), "a petition looks at the base"
    np.testing.assert_allclose([rule.often for rule in called], 0.095, atol=0.001)


def test_in_one_council_of_all_nothing_is_lost():
    assert returned(101, 1).minority == 0.5
    assert returned(101, 1, petition=0.1).often == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda: returned(4, 2), ValueError, "odd"),
        (lambda: returned(5, 0), ValueError, "Levels must be 1 or more"),
        (lambda: returned(5, 2, stands=0.4), ValueError, "share that stands must lie between 0.5 and 1"),
        (lambda: returned(5, 2, petition=-1), ValueError, "calls a vote back"),
    ],
)
def test_wrong_numbers_are_refused(call, error, words):
    with pytest.raises(error, match=words):
        call()
