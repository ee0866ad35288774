"""The hint ladders of lessons 00 and 04: every mistake has its own step, and no hint holds the answer."""

import numpy as np
import pytest
from ladders import each_mistake_has_its_step, no_hint_tells

from parecon_edu.remuneration import BAKERY, NORMS, cap_ratings, gini, pay, sacrifice
from parecon_edu.remuneration.exercises import LADDERS

EFFORT = pay(BAKERY, "effort", pool=1200)
WORKED = sacrifice(BAKERY)


def untouched(people, pool, floor): ...


def no_floor(people, pool, floor):
    return pay(people, "effort", pool=pool)


def on_top(people, pool, floor):
    return floor + pay(people, "effort", pool=pool)


def lifted(people, pool, floor):
    return np.maximum(pay(people, "effort", pool=pool), floor)


def rest_equally(people, pool, floor):
    return floor + pay(people, "equal", pool=pool - floor * len(people))


def forgets_the_unable(people, pool, floor):
    claims = np.where(people.able, people.hours * people.intensity * people.onerousness, 0)
    return floor + (pool - floor * len(people)) * claims / claims.sum()


def hours_only(people, pool, floor):
    claims = np.where(people.able, people.hours, 0)
    return floor + (pool - floor * len(people)) * claims / claims.sum()


def right_floor(people, pool, floor):
    return floor + pay(people, "effort", pool=pool - floor * len(people))


ARGUMENT = (
    "I would pay for effort, because nobody chooses their talents. Chen gets 255 for twenty hours in the flour store, "
    "and that is less than Amara, who stayed twice as long. The strongest objection is that workmates must rate one "
    "another, but friends favour friends. If ratings followed friendship I would pay everybody the same."
)

ANSWERS = [
    ("00.1", ..., "not answered yet"),
    ("00.1", "90", "wrong type"),
    ("00.1", [40, 30, 20], "not added up"),
    ("00.1", 3, "counted the people"),
    ("00.1", 30, "the average"),
    ("00.1", 70, "somebody is missing"),
    ("00.1", float("nan"), "not a number"),
    ("00.1", 91, "not the value"),
    ("00.1", 90, "right"),
    ("04.1", ..., "not answered yet"),
    ("04.1", 650, "wrong type"),
    ("04.1", "merit", "none of them"),
    ("04.1", "property", "guessed property"),
    ("04.1", "output", "took output"),
    ("04.1", "what people need", "another norm pays more"),
    ("04.1", "Bargaining", "right"),
    ("04.1", "what each one can insist on", "right"),
    ("04.2", [..., ..., ..., ...], "not answered yet"),
    ("04.2", 300, "wrong type"),
    ("04.2", EFFORT[:3], "left out those who cannot work"),
    ("04.2", [1, 2], "wrong shape"),
    ("04.2", [np.nan] * 4, "not a number"),
    ("04.2", [-100, 500, 500, 300], "negative pay"),
    ("04.2", WORKED, "stopped at the sacrifices"),
    ("04.2", EFFORT / 1200, "shares, not money"),
    ("04.2", 1200 * WORKED / WORKED.sum(), "forgot the people who cannot work"),
    ("04.2", [*(1200 * WORKED / WORKED.sum())[:3], 300], "shared it twice"),
    ("04.2", [*(900 * BAKERY.output / 1200)[:3], 300], "used output instead of effort"),
    ("04.2", BAKERY.output, "used output instead of effort"),
    ("04.2", [300] * 4, "paid all the same"),
    ("04.2", [400, 300, 200, 300], "counted hours only"),
    ("04.2", [900 * 40 / 96, 900 * 36 / 96, 900 * 20 / 96, 300], "forgot intensity"),
    ("04.2", [360, 270, 270, 300], "forgot onerousness"),
    ("04.2", [900 * 80 / 196, 900 * 66 / 196, 900 * 50 / 196, 300], "added instead of multiplying"),
    ("04.2", [350, 300, 250, 200], "does not add up"),
    ("04.2", [350, 300, 250, 300], "not the value"),
    ("04.2", EFFORT, "right"),
    ("04.2", EFFORT.round().tolist(), "right"),
    ("04.2", dict(zip(BAKERY.names, EFFORT.round(2), strict=True)), "right"),
    ("04.3", None, "not answered yet"),
    ("04.3", [0.1, 0.2], "wrong type"),
    ("04.3", 100 * gini(EFFORT), "in per cent"),
    ("04.3", -0.2, "range"),
    ("04.3", gini(BAKERY.output), "Gini of output pay"),
    ("04.3", gini(WORKED), "Gini of the sacrifices"),
    ("04.3", gini(EFFORT[:3]), "left out those who cannot work"),
    ("04.3", gini(EFFORT) * 4 / 3, "sample formula"),
    ("04.3", 2 * gini(EFFORT), "twice"),
    ("04.3", 1 - gini(EFFORT), "upside down"),
    ("04.3", 0.3, "not the value"),
    ("04.3", gini(EFFORT), "right"),
    ("04.3", round(gini(EFFORT), 3), "right"),
    ("04.4", untouched, "not answered yet"),
    ("04.4", 100, "wrong type"),
    ("04.4", right_floor, "right"),
    ("04.5", ..., "not answered yet"),
    ("04.5", [1, 2], "wrong type"),
    ("04.5", cap_ratings, "right"),
    ("04.6", "Write here.", "not answered yet"),
    ("04.6", 3, "wrong type"),
    ("04.6", "Effort pay is fair to Amara, but hard to rate.", "too short"),
    ("04.6", "word " * 45, "something is missing"),
    ("04.6", "Both effort and need matter. " * 12, "nobody is named"),
    ("04.6", "Bo should be paid for effort. " * 12, "something is missing"),
    ("04.6", ARGUMENT, "right"),
]


test_each_answer_stops_at_its_own_step = each_mistake_has_its_step(LADDERS, ANSWERS)


@pytest.mark.parametrize(
    ("function", "said"),
    [
        (no_floor, "less than the floor"),
        (on_top, "add up to the pool"),
        (lifted, "add up to the pool"),
        (rest_equally, "plain effort pay"),
        (hours_only, "not by hours alone"),
        (forgets_the_unable, "With one person who can't work"),
    ],
)
def test_the_case_that_fails_is_named(function, said):
    verdict = LADDERS["04.4"].climb(function)
    assert verdict.step == "a case fails"
    assert said in verdict.hint


@pytest.mark.parametrize(
    ("function", "said"),
    [
        (lambda ratings: ratings, "With ratings of 1.5 for all three"),
        (lambda ratings: np.minimum(ratings, 1), "With ratings of 2, 0.5 and 0.5"),
        (lambda ratings: ratings / ratings.mean(), "With ratings of 0.9, 0.6 and 0.3"),
        (lambda ratings: ratings - max(0, ratings.mean() - 1), "With ratings of 3 and 1.5"),
    ],
)
def test_each_wrong_cap_fails_a_case_of_its_own(function, said):
    with np.errstate(divide="ignore", invalid="ignore"):
        assert said in LADDERS["04.5"].climb(function).hint


def test_a_cap_that_divides_by_an_average_of_zero_is_found():
    def cap(ratings):
        average = sum(ratings.tolist()) / len(ratings)
        return ratings * min(1.0, 1 / average)

    assert "With ratings of 0 for everybody" in LADDERS["04.5"].climb(cap).hint


test_no_hint_holds_the_answer = no_hint_tells(
    LADDERS,
    ANSWERS,
    {
        "00.1": ["90"],
        "04.1": ["bargaining", "insist"],
        "04.2": ["339", "340", "305", "306", "254", "255"],
        "04.3": ["0.054", ".054", "5.4"],
    },
)


@pytest.mark.parametrize("norm", [norm for norm in NORMS if norm != "bargaining"])
def test_only_one_norm_is_best_for_bo(norm):
    assert not LADDERS["04.1"].climb(norm).right
    assert pay(BAKERY, norm, pool=1200)[1] < pay(BAKERY, "bargaining", pool=1200)[1]
