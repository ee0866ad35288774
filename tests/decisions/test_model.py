"""Say, deciding, blocking: the laws, the closed forms with their derivation, and what bad input is told."""

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parecon_edu.decisions import decide, no_block, say

affected = st.lists(st.integers(0, 1000), min_size=1, max_size=12).filter(any)


@settings(deadline=None, max_examples=50)
@given(affected)
def test_say_adds_up_to_one_and_goes_by_being_affected(values):
    shares = say(values)
    assert shares.sum() == pytest.approx(1)
    np.testing.assert_allclose(shares, [float(Fraction(v, sum(values))) for v in values])


@settings(deadline=None, max_examples=50)
@given(affected, st.floats(1e-6, 1e6))
def test_say_does_not_depend_on_the_unit(values, unit):
    np.testing.assert_allclose(say(np.array(values) * unit), say(values))


def test_all_affected_alike_have_the_same_say():
    np.testing.assert_allclose(say([7, 7, 7, 7]), 0.25)


def test_huge_and_tiny_values_do_not_overflow():
    np.testing.assert_allclose(say([1e308, 1e308]), [0.5, 0.5])
    np.testing.assert_allclose(say([5e-324, 0]), [1, 0])


def test_one_who_gains_much_outvotes_two_who_lose_little():
    # +9, -4, -4: say 9/(9 + 4 + 4) = 9/17 for the one who gains; by heads it is 1/3.
    effects = np.array([9, -4, -4])
    by_say = decide(effects > 0, weights=say(np.abs(effects)))
    assert by_say.passes
    assert by_say.support == pytest.approx(9 / 17)
    assert not decide(effects > 0).passes


@settings(deadline=None, max_examples=50)
@given(st.lists(st.integers(-50, 50).filter(bool), min_size=1, max_size=9))
def test_say_by_affectedness_passes_exactly_what_does_more_good_than_harm(effects):
    effects = np.array(effects)
    assert decide(effects > 0, weights=say(np.abs(effects))).passes == (effects.sum() > 0)


@settings(deadline=None, max_examples=50)
@given(
    st.lists(st.tuples(st.integers(0, 1), st.integers(0, 20)), min_size=1, max_size=9).filter(
        lambda pairs: any(w for _, w in pairs)
    ),
    st.fractions(Fraction(1, 2), 1, max_denominator=12),
)
def test_deciding_agrees_with_exact_fractions(pairs, threshold):
    votes, weights = zip(*pairs, strict=True)
    support = Fraction(sum(v * w for v, w in pairs), sum(weights))
    passes = support > threshold if threshold == Fraction(1, 2) else support >= threshold
    decision = decide(votes, weights=weights, threshold=float(threshold))
    assert decision.passes == passes
    assert decision.support == pytest.approx(float(support))


@settings(deadline=None, max_examples=50)
@given(st.lists(st.tuples(st.integers(0, 1), st.integers(1, 9)), min_size=2, max_size=7), st.randoms())
def test_a_decision_does_not_depend_on_the_order_of_voters(pairs, random):
    shuffled = random.sample(pairs, len(pairs))
    one, other = (decide([v for v, _ in p], weights=[w for _, w in p]) for p in (pairs, shuffled))
    assert one == other


def test_a_tie_keeps_things_as_they_are():
    assert not decide([1, 0]).passes
    # 0.1 + 0.2 is a hair more than 0.3 in floating-point numbers; on paper it is a tie.
    assert not decide([1, 1, 0], weights=[0.1, 0.2, 0.3]).passes
    assert not decide([0.5, 0.5]).passes


@pytest.mark.parametrize(("yes", "of", "threshold"), [(2, 3, 2 / 3), (3, 5, 0.6), (11, 20, 0.55), (7, 10, 0.7)])
def test_above_one_half_reaching_the_threshold_is_enough(yes, of, threshold):
    assert decide([1] * yes + [0] * (of - yes), threshold=threshold).passes
    assert not decide([1] * (yes - 1) + [0] * (of - yes + 1), threshold=threshold).passes


def test_unanimity_needs_everybody_who_counts():
    assert decide([1, 1, 0], weights=[1, 1, 0], threshold=1).passes
    assert not decide([1, 1, 0], weights=[1, 1, 1e-6], threshold=1).passes


@pytest.mark.parametrize("alpha", [0.55, 0.6, 0.75, 0.9])
def test_a_supermajority_hands_the_status_quo_to_a_minority(alpha):
    # With threshold alpha, any share larger than 1 - alpha can keep things as they are.
    n = 1000
    blockers = round((1 - alpha) * n)
    assert decide([0] * blockers + [1] * (n - blockers), threshold=alpha).passes
    assert not decide([0] * (blockers + 1) + [1] * (n - blockers - 1), threshold=alpha).passes


@settings(deadline=None, max_examples=50)
@given(st.floats(0, 1), st.integers(1, 500))
def test_nobody_blocks_with_the_chance_of_n_times_not(epsilon, n):
    assert no_block(epsilon, n) == pytest.approx((1 - epsilon) ** n, rel=1e-9, abs=1e-300)


def test_one_in_a_hundred_is_a_coin_toss_among_sixty_nine():
    # (99/100)^68 = .5049, (99/100)^69 = .4998
    assert no_block(0.01, 68) > 0.5 > no_block(0.01, 69)
    assert no_block(0, 10**9) == 1
    assert no_block(1, 1) == 0
    # (1 - 1/n)^n tends to 1/e, also where the computer's 1 - 1/n is 1.
    assert no_block(1e-18, 10**18) == pytest.approx(math.exp(-1))


def test_huge_weights_count_like_small_ones():
    assert decide([1, 0, 0], weights=[1e308] * 3).support == decide([1, 0, 0]).support


BAD = [
    (lambda: say([]), ValueError, "empty"),
    (lambda: say([0, 0]), ValueError, "can't be 0 for everybody"),
    (lambda: say([1, -2]), ValueError, "negative: number 2 has -2"),
    (lambda: say([1, np.nan]), ValueError, "NaN"),
    (lambda: say([1, np.inf]), ValueError, "infinity"),
    (lambda: say([[1, 2]]), ValueError, "one row"),
    (lambda: say("ab"), TypeError, "list of numbers"),
    (lambda: say(["a"]), TypeError, "numbers"),
    (lambda: decide([]), ValueError, "empty"),
    (lambda: decide([2, 0]), ValueError, "between 0 and 1: number 1 is 2"),
    (lambda: decide([-1, 0]), ValueError, "negative"),
    (lambda: decide([np.nan]), ValueError, "NaN"),
    (lambda: decide([1, 0], weights=[1]), ValueError, "2 votes and 1 weights"),
    (lambda: decide([1, 0], weights=[0, 0]), ValueError, "can't all be 0"),
    (lambda: decide([1, 0], weights=[1, -1]), ValueError, "negative"),
    (lambda: decide([1, 0], threshold=0.4), ValueError, r"threshold must lie between 0.5 and 1: you gave 0.4"),
    (lambda: decide([1, 0], threshold=1.1), ValueError, "threshold"),
    (lambda: decide([1, 0], threshold=np.nan), ValueError, "threshold"),
    (lambda: decide([1, 0], threshold="half"), TypeError, "threshold"),
    (lambda: no_block(-0.1, 3), ValueError, "chance of a block"),
    (lambda: no_block(0.1, 0), ValueError, "number of people"),
    (lambda: no_block(0.1, 2.5), TypeError, "whole number"),
    (lambda: no_block(np.nan, 3), ValueError, "finite"),
]


@pytest.mark.parametrize(("call", "error", "words"), BAD)
def test_bad_input_is_refused_with_the_field_the_value_and_the_mend(call, error, words):
    with pytest.raises(error, match=words) as caught:
        call()
    assert str(caught.value).count(".") >= 1
    assert any(mend in str(caught.value) for mend in ("Put", "Give", "Use", "Match", "Try"))
