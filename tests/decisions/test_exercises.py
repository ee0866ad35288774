"""The hint ladders of lesson 02: every mistake has its own step, and no hint holds the answer."""

import numpy as np
import pytest
from ladders import each_mistake_has_its_step, no_hint_tells

from parecon_edu.decisions import NIGHT_BUS, vote
from parecon_edu.decisions.exercises import LADDERS

POINTS = NIGHT_BUS.adults * np.abs(NIGHT_BUS.effect)


def untouched(doors, limit): ...


def by_say_alone(doors, limit):
    return vote(doors, "affectedness").passes


def guard_alone(doors, limit):
    return min(doors.effect) >= -limit


def either_sign(doors, limit):
    return vote(doors, "affectedness").passes and max(abs(doors.effect)) <= limit


def strictly(doors, limit):
    return vote(doors, "affectedness").passes and min(doors.effect) > -limit


def by_door(doors, limit):
    return vote(doors, "affectedness").passes and min(doors.adults * doors.effect) >= -limit


def with_heads(doors, limit):
    return vote(doors, "majority").passes and min(doors.effect) >= -limit


def a_number(doors, limit):
    return 1


def right_guard(doors, limit):
    return vote(doors, "affectedness").passes and min(doors.effect) >= -limit


ARGUMENT = (
    "For streets I would take say by affectedness from a yearly budget, because a shrug should not weigh like a night "
    "without sleep. Bo's two and Ines's three would hold about a third each. The strongest objection is that whoever "
    "writes the list decides, but a list can be drawn by lot, and that would change my mind."
)

ANSWERS = [
    ("02.1", ..., "not answered yet"),
    ("02.1", "6", "wrong type"),
    ("02.1", 11, "range"),
    ("02.1", 5.5, "one step too early"),
    ("02.1", 7, "forgot Ngozi"),
    ("02.1", 4, "too little noise"),
    ("02.1", 5, "still runs"),
    ("02.1", 9, "not the first"),
    ("02.1", 6, "right"),
    ("02.2", ..., "not answered yet"),
    ("02.2", [0.2, 0.8], "wrong shape"),
    ("02.2", NIGHT_BUS.effect / 10, "negative say"),
    ("02.2", POINTS, "not shares"),
    ("02.2", 100 * POINTS / 37, "in per cent"),
    ("02.2", np.array([6, 5, 4, 1, 4]) / 20, "forgot the adults"),
    ("02.2", NIGHT_BUS.adults / 11, "counted heads"),
    ("02.2", [0.2] * 5, "counted doors"),
    ("02.2", [12 / 21, 5 / 21, 4 / 21, 0, 0], "only those who gain"),
    ("02.2", [0.3, 0.3, 0.3, 0.3, 0.3], "does not add up"),
    ("02.2", [0.3, 0.2, 0.1, 0.1, 0.3], "not the value"),
    ("02.2", POINTS / 37, "right"),
    ("02.2", [0.32, 0.14, 0.11, 0.11, 0.32], "right"),
    ("02.3", ..., "not answered yet"),
    ("02.3", 0, "nobody"),
    ("02.3", 100, "added chances"),
    ("02.3", 68, "one in a hundred"),
    ("02.3", 139, "one too many"),
    ("02.3", 138.28, "not whole"),
    ("02.3", 200, "too many"),
    ("02.3", 60, "too few"),
    ("02.3", 138, "right"),
    ("02.4", ..., "not answered yet"),
    ("02.4", untouched, "not answered yet"),
    ("02.4", True, "wrong type"),
    ("02.4", a_number, "a case fails"),
    ("02.4", by_say_alone, "a case fails"),
    ("02.4", guard_alone, "a case fails"),
    ("02.4", either_sign, "a case fails"),
    ("02.4", strictly, "a case fails"),
    ("02.4", by_door, "a case fails"),
    ("02.4", with_heads, "a case fails"),
    ("02.4", right_guard, "right"),
    ("02.5", "Write here.", "not answered yet"),
    ("02.5", "Majority.", "too short"),
    ("02.5", ARGUMENT.replace("Bo's", "The"), "right"),
    ("02.5", ARGUMENT.replace("Bo", "He").replace("Ines", "She"), "nobody is named"),
    ("02.5", ARGUMENT, "right"),
]


test_each_mistake_is_met_on_its_own_step = each_mistake_has_its_step(LADDERS, ANSWERS)


@pytest.mark.parametrize("function", [by_say_alone, guard_alone, either_sign, strictly, by_door, with_heads])
def test_wrong_guards_get_different_hints(function):
    hints = {
        f.__name__: LADDERS["02.4"].climb(f).hint
        for f in (by_say_alone, guard_alone, either_sign, strictly, by_door, with_heads)
    }
    assert list(hints.values()).count(hints[function.__name__]) == 1


test_no_hint_holds_the_answer = no_hint_tells(LADDERS, ANSWERS, {"02.1": [" 6 "], "02.2": ["0.32"], "02.3": ["138"]})


def test_one_hundred_and_thirty_eight_is_the_largest_group():
    # .995^138 = .5007, .995^139 = .4982
    assert 0.995**138 >= 0.5 > 0.995**139
