"""Laws that every rule of decision keeps: units do not matter, edges are exact, nobody is counted who is not there."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parecon_edu.decisions import AWAY, NIGHT_BUS, RULES, Doors, decide, no_block, vote

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
