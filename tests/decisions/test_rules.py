"""Six rules on the same doors, absence, and what becomes of self-reported affectedness."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parecon_edu.decisions import (
    AWAY,
    CEILING,
    NIGHT_BUS,
    RULES,
    Doors,
    benefit,
    budget,
    decide,
    night_bus,
    report,
    vote,
)

effects = st.floats(-10, 10).map(lambda x: round(x, 2)).filter(bool)
streets = st.lists(
    st.tuples(st.integers(1, 5), effects, st.floats(0, 10), st.floats(0, 1)), min_size=1, max_size=8
).map(lambda rows: Doors(*map(list, zip(*rows, strict=True))))


def passes(doors, rule, **settings):
    return vote(doors, rule, **settings).decision.passes


def test_half_of_the_six_rules_let_the_night_bus_run():
    # By heads 4 of 11; by doors 3 of 5; by evenings 12 + 5 + 4 = 21 against 4 + 12 = 16.
    support = {rule: vote(NIGHT_BUS, rule).decision.support for rule in RULES}
    assert [rule for rule in RULES if passes(NIGHT_BUS, rule)] == ["households", "affectedness", "quadratic"]
    assert support["majority"] == pytest.approx(4 / 11)
    assert support["households"] == pytest.approx(3 / 5)
    assert support["affectedness"] == pytest.approx(21 / 37)
    assert support["consensus"] == pytest.approx(4 / 7), "Ngozi's four stand aside, Ines's three object"
    bought = [2 * 6 / 45**0.5, 5 / 41**0.5, 4 / 20**0.5, 4 / 26**0.5, 3 * 4 / 5]
    assert support["quadratic"] == pytest.approx(sum(bought[:3]) / sum(bought))
    assert benefit(NIGHT_BUS) == 21 - 16


def test_the_noise_tips_affectedness_where_gains_and_losses_meet():
    # 4·1 + 3·noise = 21 at 17/3.
    assert passes(night_bus(17 / 3 - 0.01), "affectedness")
    assert not passes(night_bus(17 / 3), "affectedness"), "a tie keeps things as they are"


def test_moving_the_stop_ends_the_objection():
    assert not passes(night_bus(2.5), "consensus")
    assert passes(night_bus(2), "consensus")


@settings(deadline=None, max_examples=50)
@given(streets)
def test_affectedness_passes_exactly_what_does_more_good_than_harm(doors):
    total = float(sum(int(n) * round(100 * e) for n, e in zip(doors.adults, doors.effect, strict=True)))
    assert passes(doors, "affectedness") == (total > 0)


@settings(deadline=None, max_examples=50)
@given(streets)
def test_with_equal_stakes_affectedness_is_majority(doors):
    alike = replace(doors, effect=np.sign(doors.effect) * 3)
    assert vote(alike, "affectedness").decision == vote(alike, "majority").decision


@settings(deadline=None, max_examples=50)
@given(streets)
def test_with_one_adult_a_door_households_are_heads(doors):
    single = replace(doors, adults=np.ones(len(doors)))
    assert vote(single, "households").decision == vote(single, "majority").decision


@settings(deadline=None, max_examples=50)
@given(streets)
def test_with_no_other_matter_everybody_buys_the_same_votes(doors):
    alone = replace(doors, other=np.zeros(len(doors)))
    assert vote(alone, "quadratic").decision.support == pytest.approx(vote(alone, "majority").decision.support)


@settings(deadline=None, max_examples=50)
@given(streets)
def test_with_much_else_at_stake_bought_votes_go_by_affectedness(doors):
    # |u|/√(u² + o²) → |u|/o when o is the same large number for all.
    busy = replace(doors, other=np.full(len(doors), 1e6))
    np.testing.assert_allclose(vote(busy, "quadratic").say, vote(busy, "affectedness").say, rtol=1e-6)


@settings(deadline=None, max_examples=50)
@given(streets)
def test_quadratic_votes_are_the_best_use_of_the_budget(doors):
    # Two matters, v² + w² = 100: no other split of the budget serves a voter better.
    bought = vote(doors, "quadratic").weights / doors.adults
    here, other = np.abs(doors.effect), doors.other
    value = here * bought + other * np.sqrt(np.maximum(100 - bought**2, 0))
    for angle in np.linspace(0, np.pi / 2, 31):
        assert (value >= here * 10 * np.cos(angle) + other * 10 * np.sin(angle) - 1e-9).all()


@settings(deadline=None, max_examples=50)
@given(streets)
def test_whoever_passes_by_consensus_passes_by_two_thirds_when_nobody_stands_aside(doors):
    if passes(doors, "consensus", stand_aside=0):
        assert passes(doors, "supermajority")
    if passes(doors, "supermajority"):
        assert passes(doors, "majority")


@settings(deadline=None, max_examples=50)
@given(streets, st.sampled_from(RULES), st.sampled_from(AWAY))
def test_say_adds_up_to_one_or_nobody_is_left(doors, rule, away):
    count = vote(doors, rule, away=away)
    assert count.say.sum() == pytest.approx(1) or not count.weights.any()
    assert count.decision.support == pytest.approx(count.say @ count.votes)


@settings(deadline=None, max_examples=50)
@given(streets, st.sampled_from(RULES), st.sampled_from(AWAY))
def test_no_absence_is_no_absence(doors, rule, away):
    assert vote(doors, rule, away=away, share=0).decision == vote(doors, rule).decision
    assert vote(doors, rule, away="instructed").decision == vote(doors, rule).decision


@settings(deadline=None, max_examples=50)
@given(streets, st.sampled_from(RULES), st.permutations(range(8)))
def test_relabelling_doors_relabels_say(doors, rule, order):
    order = [i for i in order if i < len(doors)]
    fields = {f: getattr(doors, f)[order] for f in ("adults", "effect", "other", "tied")}
    other = Doors(**fields, names=tuple(doors.names[i] for i in order))
    np.testing.assert_allclose(vote(other, rule).say, vote(doors, rule).say[order])


def test_when_those_who_need_the_bus_are_at_work_no_rule_runs_it():
    assert not any(passes(NIGHT_BUS, rule, away="tied") for rule in RULES)
    assert not any(passes(NIGHT_BUS, rule, away="free_hand") for rule in RULES)


def test_when_those_who_hardly_care_stay_at_home_plain_majority_runs_it():
    # 2·1 + 5/6 + 4/6 = 3.5 for; 4/6 + 3·4/6 = 2.667 against.
    count = vote(NIGHT_BUS, "majority", away="indifferent")
    assert count.decision.support == pytest.approx(3.5 / (3.5 + 4 / 6 + 2))
    assert count.decision.passes


def test_a_neighbour_with_a_free_hand_votes_as_if_for_herself():
    # Missing: 2·.8 + .9 + .8 + 3·.2 = 3.9 heads go to Ngozi, who loses; of the others who come, 2·.2 + .1 + .2 are for.
    count = vote(NIGHT_BUS, "majority", away="free_hand")
    assert count.weights[3] == pytest.approx(4 * 0.9 + 3.9)
    assert count.decision.support == pytest.approx(0.7 / (0.7 + 4 * 0.9 + 3.9 + 3 * 0.8))


def test_whoever_is_not_affected_abstains_under_every_rule():
    doors = Doors([1, 5], [1, 0])
    for rule in RULES:
        assert vote(doors, rule).say.tolist() == [1, 0]
        assert vote(doors, rule).votes.tolist() == [1, 0]


def test_one_objection_among_a_thousand_stops_a_consensus():
    assert passes(Doors([999, 1], [1, -2]), "consensus", stand_aside=2)
    assert not passes(Doors([999, 1], [1, -2]), "consensus", stand_aside=1.9)


def test_nobody_left_to_count_changes_nothing():
    count = vote(Doors([1, 2], [0, 0]), "majority")
    assert not count.decision.passes
    assert count.say.tolist() == [0, 0]
    assert not passes(Doors([3], [-1]), "consensus"), "all stand aside, and nobody wants it"


# --- reports ------------------------------------------------------------------------------------------


@settings(deadline=None, max_examples=50)
@given(streets, st.sampled_from(RULES))
def test_if_everybody_claims_the_most_plain_majority_is_back(doors, rule):
    claims = report(doors, 1)
    assert (claims == CEILING).all()
    inflated = vote(doors, "affectedness", affected=claims).decision
    heads = vote(doors, "majority").decision
    assert inflated.passes == heads.passes
    assert inflated.support == pytest.approx(heads.support)


def test_the_night_bus_is_lost_at_one_seventh_of_exaggeration():
    # For: 2(6 + 4x) + (5 + 5x) + (4 + 6x) = 21 + 19x; against: 4(1 + 9x) + 3(4 + 6x) = 16 + 54x; equal at 5/35.
    for x, runs in ((1 / 7 - 0.001, True), (1 / 7 + 0.001, False)):
        assert passes(NIGHT_BUS, "affectedness", affected=report(NIGHT_BUS, x)) is runs


def test_six_sevenths_must_be_struck_out_to_save_it():
    for checked, runs in ((6 / 7 - 0.001, False), (6 / 7 + 0.001, True)):
        assert passes(NIGHT_BUS, "affectedness", affected=report(NIGHT_BUS, 1, checked=checked)) is runs


@settings(deadline=None, max_examples=50)
@given(streets, st.floats(0, 1))
def test_full_checks_bring_back_the_truth(doors, exaggeration):
    np.testing.assert_allclose(report(doors, exaggeration, checked=1), np.abs(doors.effect))


def test_those_least_affected_gain_most_say_by_exaggeration():
    before = vote(NIGHT_BUS, "affectedness").say
    after = vote(NIGHT_BUS, "affectedness", affected=report(NIGHT_BUS, 1)).say
    assert np.argmax(after - before) == NIGHT_BUS.names.index("Ngozi")


@settings(deadline=None, max_examples=50)
@given(streets, st.floats(0, 1))
def test_a_budget_is_never_overspent_and_what_is_put_here_is_missing_there(doors, exaggeration):
    spent = budget(doors, exaggeration)
    assert ((spent >= 0) & (spent <= 100 + 1e-9)).all()
    flipped = replace(doors, effect=np.where(doors.other > 0, doors.other, 0), other=np.abs(doors.effect))
    both = spent + budget(flipped, exaggeration)
    np.testing.assert_allclose(both, 100)


@settings(deadline=None, max_examples=50)
@given(streets)
def test_shrewd_spenders_put_all_on_what_matters_more_to_them(doors):
    spent = budget(doors, 1)
    here, other = np.abs(doors.effect), doors.other
    assert (spent[here > other] == 100).all()
    assert (spent[here < other] == 0).all()


def test_with_a_budget_the_bus_runs_whether_people_are_honest_or_shrewd():
    # Shrewd: 2 + 1 + 1 heads for; Ngozi's people keep their points for the sports hall; Ines's 3 against: 4/7.
    for exaggeration in np.linspace(0, 1, 11):
        assert passes(NIGHT_BUS, "affectedness", affected=budget(NIGHT_BUS, exaggeration))
    shrewd = decide([1, 1, 1, 0, 0], weights=NIGHT_BUS.adults * budget(NIGHT_BUS, 1))
    assert shrewd.support == pytest.approx(4 / 7)


BAD = [
    (lambda: Doors([], []), ValueError, "empty"),
    (lambda: Doors([1, 2], [1]), ValueError, "adults has 2, effect has 1"),
    (lambda: Doors([1.5], [1]), ValueError, "whole numbers: door 1 has 1.5"),
    (lambda: Doors([0], [1]), ValueError, "door 1 has 0"),
    (lambda: Doors([-2], [1], names=("Bo",)), ValueError, "Bo has -2"),
    (lambda: Doors([1], [np.nan]), ValueError, "Effect must be finite"),
    (lambda: Doors([1], ["much"]), TypeError, "Effect must be numbers"),
    (lambda: Doors([1], [1], other=[-1]), ValueError, "negative"),
    (lambda: Doors([1], [1], tied=[1.2]), ValueError, "chance: door 1 has 1.2"),
    (lambda: Doors([1, 1], [1, 1], names=("Bo", "Bo")), ValueError, "distinct: 'Bo'"),
    (lambda: Doors([1, 1], [1, 1], names=("Bo",)), ValueError, "one for each door"),
    (lambda: Doors([1], [1], names="Bo"), TypeError, "list of texts"),
    (lambda: Doors([1], [1], names=(3,)), TypeError, "Names must be text"),
    (lambda: night_bus(-1), ValueError, "noise"),
    (lambda: vote([1, 2], "majority"), TypeError, r"Doors\(...\)"),
    (lambda: vote(NIGHT_BUS, "lottery"), ValueError, "no rule 'lottery'"),
    (lambda: vote(NIGHT_BUS, 3), TypeError, "rule must be a word"),
    (lambda: vote(NIGHT_BUS, "majority", away="asleep"), ValueError, "'asleep'"),
    (lambda: vote(NIGHT_BUS, "majority", share=2), ValueError, "share away"),
    (lambda: vote(NIGHT_BUS, "supermajority", threshold=0.3), ValueError, "threshold"),
    (lambda: vote(NIGHT_BUS, "consensus", stand_aside=-1), ValueError, "standing aside"),
    (lambda: vote(NIGHT_BUS, "affectedness", affected=[1, 2]), ValueError, "5 doors and 2 values"),
    (lambda: vote(NIGHT_BUS, "affectedness", affected=[1, 2, 3, 4, -5]), ValueError, "Ines has -5"),
    (lambda: report(NIGHT_BUS, 1.5), ValueError, "exaggeration"),
    (lambda: report(NIGHT_BUS, 0.5, checked=-1), ValueError, "checked"),
    (lambda: report(NIGHT_BUS, 0.5, ceiling=5), ValueError, "it is 5, and Bo has 6"),
    (lambda: report(5, 0.5), TypeError, "Doors"),
    (lambda: budget(NIGHT_BUS, -1), ValueError, "exaggeration"),
    (lambda: budget(NIGHT_BUS, 0, points=0), ValueError, "points can't be 0"),
    (lambda: benefit("bus"), TypeError, "Doors"),
]


@pytest.mark.parametrize(("call", "error", "words"), BAD)
def test_bad_input_is_refused_in_plain_words(call, error, words):
    with pytest.raises(error, match=words):
        call()


def test_doors_are_frozen():
    with pytest.raises(ValueError, match="read-only"):
        NIGHT_BUS.effect[0] = 1
