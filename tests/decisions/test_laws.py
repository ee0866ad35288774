"""Laws that every rule of decision keeps: units do not matter, edges are exact, nobody is counted who is not there."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parecon_edu.decisions import (
    AWAY,
    NIGHT_BUS,
    RULES,
    Doors,
    agenda,
    best_threshold,
    budget,
    decide,
    no_block,
    outcomes,
    report,
    vote,
    winner,
)

few = settings(deadline=None, max_examples=40)
doors_of = st.lists(
    st.tuples(st.integers(1, 9), st.integers(-9, 9), st.integers(0, 9), st.floats(0, 1)), min_size=1, max_size=6
).map(lambda rows: Doors(*map(list, zip(*rows, strict=True))))


@few
@given(doors_of, st.sampled_from(RULES), st.sampled_from(AWAY), st.sampled_from([1e-3, 0.25, 7, 1e4]))
def test_counting_in_another_unit_than_evenings_moves_no_say(doors, rule, away, unit):
    other = replace(doors, effect=doors.effect * unit, other=doors.other * unit)
    here, there = vote(doors, rule, away=away), vote(other, rule, away=away, stand_aside=2 * unit)
    np.testing.assert_allclose(there.say, here.say, atol=1e-12)
    assert there.passes == here.passes


@few
@given(st.lists(st.integers(1, 9), min_size=1, max_size=5), st.sampled_from(RULES), st.sampled_from(AWAY))
def test_where_nobody_is_affected_nobody_has_a_say_and_nothing_changes(adults, rule, away):
    with np.errstate(all="raise"):
        count = vote(Doors(adults, [0] * len(adults)), rule, away=away)
    assert not count.passes
    assert not count.say.any()


@few
@given(doors_of, st.sampled_from(RULES))
def test_turned_round_those_for_it_are_those_who_were_against_it(doors, rule):
    turned = replace(doors, effect=-doors.effect)
    here, there = vote(doors, rule, stand_aside=0), vote(turned, rule, stand_aside=0)
    if here.say.any():
        assert here.decision.support + there.decision.support == pytest.approx(1)


@pytest.mark.parametrize("share", [0, 0.25, 1])
def test_half_of_an_absence_takes_half_of_the_votes(share):
    # Bo's two miss the evening with chance .8 each.
    count = vote(NIGHT_BUS, "majority", away="tied", share=share)
    assert count.weights[0] == pytest.approx(2 * (1 - 0.8 * share))


@pytest.mark.parametrize("people", [25, 2_500, 25_000])
def test_a_threshold_is_reached_to_a_head_however_many_vote(people):
    # 56 %, which no binary fraction is: 14 of 25 are enough, and one less is not.
    votes = np.r_[np.ones(14 * people // 25), np.zeros(11 * people // 25)]
    assert decide(votes, threshold=0.56).passes
    votes[0] = 0
    assert not decide(votes, threshold=0.56).passes


def test_whoever_always_blocks_is_always_there():
    assert no_block(1, 1) == 0
    assert no_block(1, 10**6) == 0
    assert no_block(0.5, 10) == pytest.approx(2.0**-10)
    with pytest.raises(ValueError, match=r"between 0 and 1: you gave 1\.2"):
        no_block(1.2, 3)


# --- reports and budgets ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("exaggeration", [0, 0.4, 1])
def test_whoever_is_not_affected_has_nothing_to_exaggerate(exaggeration):
    assert report(Doors([1, 1], [0, 4]), exaggeration)[0] == 0


@pytest.mark.parametrize("exaggeration", [0, 0.4, 1])
def test_who_cares_as_much_for_the_one_matter_as_for_the_other_gives_each_half(exaggeration):
    assert budget(Doors([1], [-3], other=[3]), exaggeration).tolist() == [50]


@few
@given(doors_of, st.floats(0, 1), st.floats(1, 1000))
def test_twice_the_points_are_twice_spent_alike(doors, exaggeration, points):
    twice = budget(doors, exaggeration, points=2 * points)
    np.testing.assert_allclose(twice, 2 * budget(doors, exaggeration, points=points))


def test_a_neighbour_who_abstains_carries_nobodys_vote():
    # The second door is always there, and not affected: what the first door leaves to it is lost.
    count = vote(Doors([3, 1, 2], [5, 0, -1], tied=[0.5, 0, 0.2]), "majority", away="free_hand")
    np.testing.assert_allclose(count.weights, [1.5, 0, 1.6])


# --- choosing a rule, and orders --------------------------------------------------------------------------------------


@few
@given(st.integers(1, 40), st.integers(0, 12), st.integers(1, 12))
def test_the_best_threshold_in_exact_fractions(n, loss, gain):
    # The smallest number of yes votes j with j·gain ≥ (n − j)·loss, also where both sides are equal to the last digit.
    wanted = next(j for j in range(n + 1) if j * gain >= (n - j) * loss)
    assert best_threshold(n, loss=loss, gain=gain) == wanted


@few
@given(st.integers(1, 9), st.floats(0, 1), st.floats(0, 1), st.floats(0, 5), st.floats(0.1, 9))
def test_what_a_rule_is_worth_is_counted_in_the_unit_of_gains_and_losses(n, yes, mine, loss, unit):
    worth = outcomes(n, yes=yes, loss=loss, gain=2, mine=mine)
    np.testing.assert_allclose(
        outcomes(n, yes=yes, loss=loss * unit, gain=2 * unit, mine=mine), worth * unit, atol=1e-12
    )
    # Asking for nobody's yes, everything passes: mine gains 2 with the chance that it helps me, and loses otherwise.
    assert worth[0] == pytest.approx(2 * mine - loss * (1 - mine))


def test_in_a_tie_what_came_first_on_the_agenda_stays():
    split = ["ABC", "BAC"]  # A and B tie, both beat C
    assert agenda(split, "ABC") == "A"
    assert agenda(split, "BAC") == "B"
    assert winner(split) is None
