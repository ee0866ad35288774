"""The checks of lesson 08 know a right answer, name the usual mistakes, and never say the answer."""

import numpy as np
import pytest

from parecon_edu import economy, planning
from parecon_edu.planning.exercises import LADDERS


def played(*rows, town="riverside_corner"):
    panel = planning.panel(town=town)
    for prices in rows:
        panel.set(**dict(zip(("bread", "energy", "hours"), prices, strict=True)))
        panel.press("ask")
    return panel.scenario_code


WON = ((3.6, 1.0, 4.0), (3.9, 0.9, 3.5), (4.0, 0.82, 3.3))


@pytest.mark.parametrize(
    ("exercise", "answer", "words"),
    [
        ("08.1", "", "Not answered yet"),
        ("08.1", 12, "quotation marks"),
        ("08.1", "pay-1?norm=effort", "belongs to the panel 'pay'"),
        ("08.1", played(), "the board as it was at first"),
        ("08.1", played((4, 1, 4)), "In round 2 energy is still 33 % over"),
        ("08.1", played(*WON, (2, 2, 2)), "In round 4 it was won"),
        ("08.2", [13_750, 10_000], "other order"),
        ("08.2", [39_000, 11_000], "These are points"),
        ("08.2", [20, 27.5], "for 100 points"),
        ("08.2", [152_100, 8_800], "Divide or multiply"),
        ("08.2", [13_000, 8461.5], "answer to the start prices"),
        ("08.2", [9_000, 9_000], "divided by its price"),
        ("08.3", 0.5, "Not answered yet"),
        ("08.3", 0.45, "overshoots"),
        ("08.3", 0.08, "slowly"),
        ("08.3", -0.1, "above 0"),
        ("08.4", lambda s, d: (d - s) / (d + s), "The difference is 40"),
        ("08.4", lambda s, d: 2 * (s - d) / (d + s), "Short counts as above 0"),
        ("08.5", lambda p, s, d: p * (s / d) ** 0.1, "goes another way"),
        ("08.5", lambda p, s, d: p * (1 + 0.1 * np.sign(d - s)), "In the corner the worst gap"),
        ("08.5", lambda p, s, d: p * (1 + np.clip(0.5 * 2 * (d - s) / (s + d), -0.25, 0.25)), "In all of Riverside"),
        ("08.5", lambda p, s, d: p[:2], "three prices"),
        ("08.6", "too short", "words"),
        ("08.7", played(*WON), "belongs to the panel 'board-riverside_corner'"),
    ],
)
def test_a_mistake_is_named(exercise, answer, words):
    verdict = LADDERS[exercise].climb(answer)
    assert not verdict.right
    assert words in repr(verdict)


@pytest.mark.parametrize(
    ("exercise", "answer"),
    [
        ("08.1", played(*WON)),
        ("08.2", [10_000, 13_750]),
        ("08.3", 0.2),
        ("08.5", lambda prices, supply, demand: prices * (demand / supply) ** 0.15),
    ],
)
def test_a_right_answer_is_right(exercise, answer):
    assert LADDERS[exercise].climb(answer).right


def test_the_hint_for_a_strength_is_true_of_the_town():
    town = economy.scenario("riverside").economy
    rules = [planning.proportional(k) for k in (0.08, 0.2, 0.45)]
    settles = [planning.plan(town, rule=rule, threshold=0.05, max_rounds=30).converged for rule in rules]
    assert settles == [False, True, False]
