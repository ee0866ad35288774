"""The hint ladders of lesson 05: every mistake has its own step, and no hint holds the answer."""

import numpy as np
import pytest
from ladders import each_mistake_has_its_step, no_hint_tells

from parecon_edu import jobs
from parecon_edu.jobs.exercises import LADDERS

BAKERY = jobs.workplace("bakery")


def tasks(**settings):
    return jobs.balance(BAKERY, search=0, **settings).tasks_per_worker


def untouched(hours, ratings): ...


def by_own_hours(hours, ratings):
    return hours @ ratings / hours.sum(axis=1)


def made(places, people, chance, doers, phi):
    before = jobs.talent(places, round(chance * people))
    return jobs.talent(doers, people) / before * (places / doers) ** phi


ARGUMENT = (
    "Only one of us keeps the accounts at our kindergarten, and she has done it for years. I would share it between "
    "two, because nobody else ever had the chance to learn it, and she could fall ill. She would lose the quiet hour. "
    "The strongest objection is that practice counts for accounts, but a second pair of eyes finds errors too."
)

ANSWERS = [
    ("05.1", ..., "not answered yet"),
    ("05.1", "", "not answered yet"),
    ("05.1", 3, "wrong type"),
    ("05.1", "laundry", "none of them"),
    ("05.1", "a primary school", "the second"),
    ("05.1", "bakery", "few limits"),
    ("05.1", "software team", "few limits"),
    ("05.1", "bus_depot", "another one"),
    ("05.1", "a small clinic", "right"),
    ("05.1", "Clinic", "right"),
    ("05.2", ..., "not answered yet"),
    ("05.2", [5, 8], "both ratings"),
    ("05.2", "five", "wrong type"),
    ("05.2", float("inf"), "not a number"),
    ("05.2", 6.5, "did not weigh by hours"),
    ("05.2", 184, "not divided"),
    ("05.2", 4.6, "a week of forty hours"),
    ("05.2", 5.25, "the other column"),
    ("05.2", 7.25, "swapped"),
    ("05.2", 9, "outside"),
    ("05.2", 6, "not the value"),
    ("05.2", 5.75, "right"),
    ("05.3", ..., "not answered yet"),
    ("05.3", tasks(tolerance=1), "one by one"),
    ("05.3", "four", "wrong type"),
    ("05.3", tasks().mean(), "no band"),
    ("05.3", tasks(tolerance=1).sum(), "the sum"),
    ("05.3", tasks(tolerance=2).mean(), "band of two"),
    ("05.3", 4.3, "not the value"),
    ("05.3", tasks(tolerance=1).mean(), "right"),
    ("05.4", untouched, "not answered yet"),
    ("05.4", 5, "wrong type"),
    ("05.4", by_own_hours, "right"),
    ("05.4", lambda hours, ratings: [sum(h * ratings) / sum(h) for h in hours], "right"),
    ("05.5", ..., "not answered yet"),
    ("05.5", 1.1, "wrong type"),
    ("05.5", made, "right"),
    ("05.6", "Write here.", "not answered yet"),
    ("05.6", 3, "wrong type"),
    ("05.6", "Share the accounts, but slowly.", "too short"),
    ("05.6", "The accounts are hard, and practice counts. " * 8, "something is missing"),
    ("05.6", "The accounts should be shared by all of us. " * 8, "something is missing"),
    ("05.6", "Everybody should share and learn the accounts. " * 8, "something is missing"),
    ("05.6", ARGUMENT, "right"),
]


test_each_answer_stops_at_its_own_step = each_mistake_has_its_step(LADDERS, ANSWERS)


@pytest.mark.parametrize(
    ("exercise", "function", "said"),
    [
        ("05.4", lambda hours, ratings: hours @ ratings, "two people with one task each"),
        ("05.4", lambda hours, ratings: [np.mean(ratings[h > 0]) for h in hours], "unequal hours"),
        ("05.4", lambda hours, ratings: hours @ ratings / hours.sum(axis=1).max(), "a full week and a short one"),
        ("05.5", lambda m, n, c, d, phi: (m / d) ** phi, "everybody had the chance"),
        ("05.5", lambda m, n, c, d, phi: jobs.talent(d, n) / jobs.talent(m, n) * (m / d) ** phi, "a fifth had"),
        ("05.5", lambda m, n, c, d, phi: jobs.talent(d, n) / jobs.talent(m, round(c * n)), "practice at φ = 0.3"),
        ("05.5", lambda m, n, c, d, phi: made(m, n, c, d, phi) * (d / m) ** phi * 0.5**phi, "forty who share it"),
    ],
)
def test_the_case_that_fails_is_named(exercise, function, said):
    verdict = LADDERS[exercise].climb(function)
    assert verdict.step == "a case fails"
    assert f"With {said}" in verdict.hint


test_no_hint_holds_the_answer = no_hint_tells(
    LADDERS, ANSWERS, {"05.1": ["clinic"], "05.2": ["5.75"], "05.3": [f"{tasks(tolerance=1).mean():.1f}"]}
)
