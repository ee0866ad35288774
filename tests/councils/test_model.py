"""Laws of councils: how many levels, what a minority can win or lose, and what recall keeps."""

from fractions import Fraction
from math import comb

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parecon_edu import councils


@settings(deadline=None)
@given(size=st.integers(2, 200), height=st.integers(1, 30))
def test_levels_are_exact_at_powers_and_one_more_person_needs_one_more(size, height):
    people = size**height
    assert councils.levels(people, size) == height
    assert councils.levels(people + 1, size) == height + 1


def test_one_person_needs_no_council():
    assert councils.levels(1, 50) == 0
    assert councils.levels(50**5, 50) == 5


@settings(deadline=None)
@given(size=st.integers(2, 60), height=st.integers(0, 12))
def test_councils_are_counted_level_by_level(size, height):
    # One at the top, `size` below it, and so on: 1 + k + … + k^(L-1).
    assert councils.count(size, height) == sum(size**level for level in range(height))


@settings(deadline=None)
@given(size=st.integers(0, 30).map(lambda k: 2 * k + 1), height=st.integers(0, 8))
def test_the_smallest_winning_minority_wins_a_bare_majority_of_bare_majorities(size, height):
    # The top needs (k + 1)/2 delegates, each elected by the same share below: ((k + 1)/2)^L people of k^L.
    wanted = Fraction(((size + 1) // 2) ** height, size**height)
    assert councils.winning_minority(size, height) == pytest.approx(float(wanted), rel=1e-15)


def test_a_quarter_of_the_people_can_win_two_layers_of_large_councils():
    assert councils.winning_minority(3, 2) == pytest.approx(4 / 9)
    assert 0.25 < councils.winning_minority(10**6 + 1, 2) < 0.250001


@settings(deadline=None)
@given(p=st.floats(0, 1), size=st.integers(0, 20).map(lambda k: 2 * k + 1), height=st.integers(0, 5))
def test_mixing_is_the_binomial_majority_level_after_level(p, size, height):
    shares, share = councils.mixing(p, size, height), p
    assert shares.shape == (height,)
    for found in shares:
        share = sum(comb(size, k) * share**k * (1 - share) ** (size - k) for k in range(size // 2 + 1, size + 1))
        assert found == pytest.approx(share, abs=1e-9)


@settings(deadline=None)
@given(p=st.floats(0, 1), size=st.integers(0, 40).map(lambda k: 2 * k + 1), height=st.integers(1, 5))
def test_what_one_side_loses_the_other_wins(p, size, height):
    np.testing.assert_allclose(councils.mixing(p, size, height) + councils.mixing(1 - p, size, height), 1, atol=1e-9)


def test_a_minority_vanishes_half_stays_and_a_council_of_one_changes_nothing():
    assert councils.mixing(0.45, 25, 4)[-1] < 1e-6
    assert (np.diff(councils.mixing(0.45, 25, 4)) < 0).all()
    np.testing.assert_allclose(councils.mixing(0.5, 25, 4), 0.5)
    np.testing.assert_allclose(councils.mixing(0.3, 1, 4), 0.3)


def test_faithful_shares_of_the_worked_example():
    assert councils.faithful_share(0.1, 0.4, levels=5) == pytest.approx(0.32768, rel=1e-12)


@settings(deadline=None)
@given(drift=st.floats(0.001, 1), recall=st.floats(0, 1), height=st.integers(0, 9))
def test_the_faithful_share_is_what_a_period_of_drift_and_recall_leaves_as_it_is(drift, recall, height):
    share = councils.faithful_share(drift, recall)
    assert share * (1 - drift) + (1 - share) * recall == pytest.approx(share, abs=1e-12)
    assert councils.faithful_share(drift, recall, levels=height) == pytest.approx(share**height)


def test_without_recall_nobody_stays_faithful_and_without_drift_everybody_does():
    assert councils.faithful_share(0.01, 0) == 0
    assert councils.faithful_share(0, 0.01, levels=9) == 1
    assert councils.faithful_share(5e-324, 5e-324) == 0.5, "tiny chances do not vanish"


@settings(deadline=None)
@given(p=st.floats(0, 1), centre=st.floats(0, 1), size=st.integers(0, 20).map(lambda k: 2 * k + 1))
def test_the_limits_of_recall_are_the_councils_and_the_centre(p, centre, size):
    np.testing.assert_array_equal(councils.carried(p, size, 4, centre=centre), councils.mixing(p, size, 4))
    np.testing.assert_allclose(councils.carried(p, size, 4, drift=0.2, recall=0, centre=centre), centre)


@settings(deadline=None)
@given(p=st.floats(0, 1), other=st.floats(0, 1), drift=st.floats(0, 1))
def test_with_one_permitted_list_it_does_not_matter_what_people_think(p, other, drift):
    one, two = (
        councils.carried(share, 25, 3, drift=drift, recall=0.3, centre=0.2, permitted=0.1) for share in (p, other)
    )
    np.testing.assert_array_equal(one, two)
    assert one[0] == 0.1
    # The list fills the first council's seats; from there on councils decide as ever.
    np.testing.assert_array_equal(one[1:], councils.carried(0.1, 25, 2, drift=drift, recall=0.3, centre=0.2))


@settings(deadline=None)
@given(total=st.integers(0, 10**15), parts=st.integers(1, 500))
def test_spreading_loses_nobody_and_is_as_even_as_whole_numbers_can_be(total, parts):
    shares = councils.spread(total, parts)
    assert sum(shares) == total
    assert max(shares) - min(shares) <= 1


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda: councils.levels(0, 50), ValueError, "population must be 1 or more"),
        (lambda: councils.levels(10.0, 50), TypeError, "whole number"),
        (lambda: councils.levels(10, 1), ValueError, "2 or more"),
        (lambda: councils.levels(True, 2), TypeError, "whole number"),
        (lambda: councils.count(1, 3), ValueError, "2 or more"),
        (lambda: councils.count(5, -1), ValueError, "Levels must be 0 or more"),
        (lambda: councils.winning_minority(4, 2), ValueError, "must be odd"),
        (lambda: councils.winning_minority(0, 2), ValueError, "1 or more"),
        (lambda: councils.mixing(0.4, 4, 2), ValueError, "must be odd"),
        (lambda: councils.mixing(1.4, 5, 2), ValueError, "between 0 and 1"),
        (lambda: councils.mixing(float("nan"), 5, 2), ValueError, "finite"),
        (lambda: councils.mixing("half", 5, 2), TypeError, "single number"),
        (lambda: councils.mixing(0.4, 5, 1.5), TypeError, "whole number"),
        (lambda: councils.faithful_share(0, 0), ValueError, "can't both be 0"),
        (lambda: councils.faithful_share(-0.1, 0.5), ValueError, "Drift must lie between 0 and 1: you gave -0.1"),
        (lambda: councils.faithful_share(0.1, 1.5), ValueError, "Recall must lie between"),
        (lambda: councils.faithful_share(0.1, 0.5, levels=-1), ValueError, "0 or more"),
        (lambda: councils.carried(0.5, 5, 2, permitted=2), ValueError, "permitted list"),
        (lambda: councils.carried(0.5, 5, 2, drift=0, recall=0), ValueError, "can't both be 0"),
        (lambda: councils.spread(5, 0), ValueError, "1 or more"),
        (lambda: councils.mixing(0.4, 5, 10**9), ValueError, "10000 or fewer"),
        (lambda: councils.faithful_share(0.1, 0.5, levels=10**400), ValueError, "10000 or fewer"),
        (lambda: councils.winning_minority(10**400 + 1, 2), ValueError, "401 digits"),
    ],
)
def test_wrong_numbers_are_refused(call, error, words):
    with pytest.raises(error, match=words):
        call()
