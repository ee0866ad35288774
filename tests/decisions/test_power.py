"""Power, juries, cycles and the choice of a rule: laws, closed forms with their derivation, bad input."""

from fractions import Fraction
from itertools import combinations, permutations, product
from math import comb, pi, sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parecon_edu.decisions import (
    CYCLE_LIMIT,
    RING,
    advised,
    agenda,
    banzhaf,
    beats,
    best_threshold,
    cycle_chance,
    expert,
    herd,
    jury,
    outcomes,
    pivotality,
    shapley_shubik,
    winner,
)

games = (
    st.lists(st.integers(0, 12), min_size=1, max_size=7)
    .filter(any)
    .flatmap(lambda w: st.tuples(st.integers(1, sum(w)), st.just(w)))
)


def swings(quota, weights):
    """Count by going through all coalitions, as the definition says."""
    n = len(weights)
    return [
        sum(
            sum(weights[j] for j in others) < quota <= sum(weights[j] for j in others) + weights[i]
            for size in range(n)
            for others in combinations([j for j in range(n) if j != i], size)
        )
        for i in range(n)
    ]


def pivots(quota, weights):
    """Count by going through all orders of joining."""
    found = [0] * len(weights)
    for order in permutations(range(len(weights))):
        total = 0
        for member in order:
            if total < quota <= total + weights[member]:
                found[member] += 1
            total += weights[member]
    return found


def test_fifty_forty_nine_and_one():
    # [51; 50, 49, 1]. Winning: {50,49}, {50,1}, all. Swings: 3 for the first, 1 and 1 for the others.
    np.testing.assert_allclose(banzhaf(51, [50, 49, 1]), [3 / 5, 1 / 5, 1 / 5], rtol=1e-15)
    # Of the 6 orders the first is pivotal unless it comes first: 4; the others once each.
    np.testing.assert_allclose(shapley_shubik(51, [50, 49, 1]), [4 / 6, 1 / 6, 1 / 6], rtol=1e-15)


def test_luxembourg_had_a_vote_and_no_power():
    # The Council of the European Economic Community, 1958: 12 of 17. All others have even weights, and 12 is even.
    assert banzhaf(12, [4, 4, 4, 2, 2, 1])[-1] == 0
    assert shapley_shubik(12, [4, 4, 4, 2, 2, 1])[-1] == 0


@settings(deadline=None, max_examples=60)
@given(games)
def test_both_indices_count_what_their_definitions_say(game):
    quota, weights = game
    by_hand = swings(quota, weights)
    np.testing.assert_allclose(banzhaf(quota, weights), np.array(by_hand) / sum(by_hand))
    orders = pivots(quota, weights)
    np.testing.assert_allclose(shapley_shubik(quota, weights), np.array(orders) / sum(orders))


@settings(deadline=None, max_examples=50)
@given(games, st.integers(2, 9))
def test_multiplying_weights_and_quota_changes_nothing(game, factor):
    quota, weights = game
    for index in (banzhaf, shapley_shubik):
        np.testing.assert_allclose(index(quota * factor, [w * factor for w in weights]), index(quota, weights))


@settings(deadline=None, max_examples=50)
@given(games)
def test_more_votes_never_mean_less_power_and_equal_votes_mean_equal_power(game):
    quota, weights = game
    for index in (banzhaf, shapley_shubik):
        power = index(quota, weights)
        assert power.sum() == pytest.approx(1)
        assert (np.diff(power[np.argsort(weights, kind="stable")]) >= -1e-12).all()
        assert all(power[i] == 0 for i, w in enumerate(weights) if w == 0)


def test_a_dictator_has_all_power():
    assert banzhaf(6, [6, 2, 2, 1]).tolist() == [1, 0, 0, 0]


def test_many_members_are_counted_exactly():
    # 70 alike: 1/70 each. Beyond 62 members the counts no longer fit into 64 bits.
    np.testing.assert_allclose(banzhaf(36, [1] * 70), 1 / 70, rtol=1e-14)
    np.testing.assert_allclose(shapley_shubik(36, [1] * 70), 1 / 70, rtol=1e-14)


@pytest.mark.parametrize("n", [1, 3, 5, 11, 101])
def test_one_vote_decides_when_the_others_are_split_evenly(n):
    assert pivotality(n) == pytest.approx(comb(n - 1, (n - 1) // 2) / 2 ** (n - 1), rel=1e-14)


def test_pivotality_falls_with_the_root_of_the_voters():
    # √(2/(πn)) is what it tends to from above: C(2m, m)/4^m = (1 − 1/(8m) + …)/√(πm) with n = 2m + 1.
    for n in (101, 10_001):
        assert pivotality(n) == pytest.approx(sqrt(2 / (pi * n)) * (1 + 1 / (4 * n)), rel=1 / n**2)
    assert pivotality(20_003) == pytest.approx(comb(20_002, 10_001) / (1 << 20_002), rel=3e-15)
    assert pivotality(20_003) < pivotality(20_001)


# --- juries -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("p", "n"), [(0.6, 11), (0.35, 7), (0.5, 9), (0.9, 3), (1.0, 5), (0.0, 5)])
def test_a_jury_is_right_when_more_than_half_are(p, n):
    exact = sum(comb(n, k) * p**k * (1 - p) ** (n - k) for k in range(n // 2 + 1, n + 1))
    assert jury(p, n) == pytest.approx(exact, abs=1e-13)


def test_eleven_who_are_right_six_times_in_ten():
    assert jury(0.6, 11) == pytest.approx(0.7535, abs=5e-5)


def test_many_heads_help_above_one_half_and_harm_below():
    sizes = [1, 3, 11, 101, 1001]
    assert (np.diff([jury(0.55, n) for n in sizes]) > 0).all()
    assert (np.diff([jury(0.45, n) for n in sizes]) < 0).all()
    assert jury(0.55, 10_001) > 0.9999
    assert all(jury(0.5, n) == pytest.approx(0.5) for n in sizes)


@settings(deadline=None, max_examples=50)
@given(st.floats(0, 1), st.integers(0, 60).map(lambda k: 2 * k + 1))
def test_being_wrong_is_being_right_upside_down(p, n):
    assert jury(p, n) + jury(1 - p, n) == pytest.approx(1)


def test_a_herd_is_one_head():
    assert herd(0.6, 1001, follow=1) == pytest.approx(0.6)
    assert herd(0.6, 1001, follow=0) == jury(0.6, 1001)
    assert herd(0.6, 1001, follow=0.5) == pytest.approx(0.5 * 0.6 + 0.5 * jury(0.6, 1001))


@settings(deadline=None, max_examples=50)
@given(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1), st.sampled_from([1, 5, 101]))
def test_no_trust_is_the_jury_and_full_trust_is_the_expert(p, skill, interest, n):
    common = {"skill": skill, "own_interest": interest}
    assert advised(p, n, trust=0, **common) == pytest.approx(jury(p, n))
    assert advised(p, n, trust=1, **common) == pytest.approx(expert(skill, own_interest=interest))


def test_a_little_trust_beats_both_none_and_all():
    by_trust = [advised(0.55, 101, skill=0.8, trust=t) for t in np.linspace(0, 1, 51)]
    best = int(np.argmax(by_trust))
    assert 0 < best < 50
    assert by_trust[best] > max(jury(0.55, 101), expert(0.8)) + 0.02


def test_an_expert_with_opposite_interests_half_of_the_time_is_a_coin():
    assert expert(0.95, own_interest=0.5) == pytest.approx(0.5)


# --- cycles -------------------------------------------------------------------------------------------


def in_a_circle(profile):
    table = beats(profile)
    ahead = table > table.T
    return bool((ahead.sum(axis=1) == 1).all())


def test_one_in_eighteen_with_three_voters():
    profiles = list(product(["".join(p) for p in permutations("ABC")], repeat=3))
    assert Fraction(sum(map(in_a_circle, profiles)), len(profiles)) == Fraction(1, 18) == cycle_chance(3)


def test_five_voters_by_going_through_all_ballots():
    profiles = product(["".join(p) for p in permutations("ABC")], repeat=5)
    assert cycle_chance(5) == Fraction(sum(map(in_a_circle, profiles)), 6**5)


def test_the_chance_rises_towards_its_limit():
    # ¼ − (3/2π)·arcsin(⅓) = .0877
    assert pytest.approx(0.0877, abs=5e-5) == CYCLE_LIMIT
    chances = [float(cycle_chance(n)) for n in (1, 3, 5, 7, 9, 11)]
    assert chances[0] == 0
    assert (np.diff(chances) > 0).all()
    assert chances[-1] < CYCLE_LIMIT
    # The gap closes like 1/n: extrapolated from 9 and 11 voters it lands within .0005 of the limit.
    assert (11 * chances[5] - 9 * chances[4]) / 2 == pytest.approx(CYCLE_LIMIT, abs=5e-4)


def test_whoever_sets_the_agenda_of_a_circle_picks_the_winner():
    circle = ["ABC", "BCA", "CAB"]
    assert winner(circle) is None
    assert {agenda(circle, order) for order in permutations("ABC")} == set("ABC")


@settings(deadline=None, max_examples=50)
@given(st.lists(st.sampled_from(RING), min_size=1, max_size=9), st.permutations("ABC"))
def test_an_option_that_beats_all_others_wins_on_every_agenda(ballots, order):
    if (best := winner(ballots)) is not None:
        assert agenda(ballots, order) == best


def test_no_circle_if_all_agree_what_lies_in_the_middle():
    # Single-peaked along A – B – C: nobody puts B last. Then there is always a winner (Black 1948).
    for profile in product(("ABC", "BAC", "BCA", "CBA"), repeat=3):
        assert winner(profile) is not None


def test_each_step_on_the_ring_swaps_two_neighbours():
    for one, other in zip(RING, RING[1:] + RING[:1], strict=True):
        moved = [i for i in range(3) if one[i] != other[i]]
        assert len(moved) == 2
        assert moved[1] - moved[0] == 1


# --- choosing the rule --------------------------------------------------------------------------------


@settings(deadline=None, max_examples=50)
@given(st.integers(1, 15), st.floats(0.05, 0.95), st.sampled_from([0.25, 1, 2, 3, 7.5, 20]))
def test_the_best_threshold_is_where_gains_make_up_for_losses(n, yes, loss):
    worth = outcomes(n, yes=yes, loss=loss)
    assert worth[best_threshold(n, loss=loss)] == pytest.approx(worth.max(), abs=1e-12)


def test_equal_gains_and_losses_call_for_a_majority():
    assert [best_threshold(n, loss=1) for n in (3, 11, 101)] == [2, 6, 51]


@settings(deadline=None, max_examples=50)
@given(st.integers(1, 12), st.floats(0, 1), st.floats(0, 5))
def test_what_a_rule_is_worth_is_the_average_over_all_who_vote(n, yes, loss):
    exactly = [comb(n, j) * yes**j * (1 - yes) ** (n - j) * (j - (n - j) * loss) / n for j in range(n + 1)]
    np.testing.assert_allclose(outcomes(n, yes=yes, loss=loss), np.cumsum(exactly[::-1])[::-1], atol=1e-12)


def test_a_sure_winner_wants_one_vote_to_be_enough_and_a_sure_loser_unanimity():
    assert outcomes(9, yes=0.5, loss=2, mine=1).argmax() in (0, 1)
    assert outcomes(9, yes=0.5, loss=2, mine=0).argmax() == 9


def test_outcomes_by_hand_for_two():
    # yes = ½: 2 yes with chance ¼, worth 1; 1 yes with chance ½, worth (1 − 1)/2 = 0; 0 yes with chance ¼, worth −1.
    np.testing.assert_allclose(outcomes(2, yes=0.5, loss=1), [0, 0.25, 0.25])


BAD = [
    (lambda: banzhaf(0, [1, 2]), ValueError, "quota"),
    (lambda: banzhaf(4, [1, 2]), ValueError, "is 4, they are 3"),
    (lambda: banzhaf(2, []), ValueError, "empty"),
    (lambda: banzhaf(2, [1, -1, 3]), ValueError, "number 2 is -1"),
    (lambda: banzhaf(2, [1.5, 2]), ValueError, "whole numbers: you gave 1.5"),
    (lambda: banzhaf(2, [np.nan, 2]), ValueError, "whole numbers"),
    (lambda: banzhaf(2, ["a"]), TypeError, "whole numbers"),
    (lambda: banzhaf(1.5, [1, 2]), TypeError, "whole number"),
    (lambda: banzhaf(1, [0, 0]), ValueError, "quota"),
    (lambda: shapley_shubik(2, [0.5, 2]), ValueError, "whole numbers: you gave 0.5"),
    (lambda: banzhaf(2**40, [3**k for k in range(30)]), ValueError, "too many different sums"),
    (lambda: pivotality(4), ValueError, "odd"),
    (lambda: pivotality(0), ValueError, "1 or more"),
    (lambda: pivotality(3.5), TypeError, "whole number"),
    (lambda: pivotality(10**400 + 1), ValueError, "401 digits"),
    (lambda: jury(0.6, 4), ValueError, "odd"),
    (lambda: jury(1.2, 3), ValueError, "1.2"),
    (lambda: jury("0.6", 3), TypeError, "single number"),
    (lambda: herd(0.6, 3, follow=2), ValueError, "follow"),
    (lambda: expert(-1), ValueError, "skill"),
    (lambda: advised(0.6, 3, skill=0.8, trust=1.1), ValueError, "Trust"),
    (lambda: cycle_chance(4), ValueError, "odd"),
    (lambda: cycle_chance(17), ValueError, "15 or less"),
    (lambda: beats([]), ValueError, "empty"),
    (lambda: beats("ABC"), TypeError, "list of orders"),
    (lambda: beats([3]), TypeError, "options in order"),
    (lambda: beats(["ABC", "AB"]), ValueError, "same options"),
    (lambda: beats(["AAB"]), ValueError, "each once"),
    (lambda: agenda(["ABC"], "AB"), ValueError, "agenda"),
    (lambda: outcomes(0, yes=0.5, loss=1), ValueError, "number of people"),
    (lambda: outcomes(3, yes=1.5, loss=1), ValueError, "helps"),
    (lambda: outcomes(3, yes=0.5, loss=1, mine=-1), ValueError, "helps me"),
    (lambda: outcomes(1001, yes=0.5, loss=1), ValueError, "1000 or less"),
    (lambda: best_threshold(3, loss=0, gain=0), ValueError, "both be 0"),
    (lambda: best_threshold(3, loss=-1), ValueError, "loss"),
]


@pytest.mark.parametrize(("call", "error", "words"), BAD)
def test_bad_input_is_refused_in_plain_words(call, error, words):
    with pytest.raises(error, match=words):
        call()
