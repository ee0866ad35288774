"""The checks of lesson 06 know a right answer, name the usual mistakes, and never say the answer."""

import pytest

from parecon_edu.institutions import market
from parecon_edu.institutions.market.exercises import LADDERS


def played(*presses, card="Northgate", price=25, deal=True):
    panel = market.panel()
    panel.set(card=card, price=price)
    for press in (*(["deal"] if deal else []), *presses):
        panel.press(press)
    return panel.scenario_code


def outbid(card, bid, ask):
    return min((bid or 0) + 1, card)


ESSAY = (
    "The rent in our street has doubled. It tells people that flats are scarce, and two families have let a room "
    "because of it. What it does not see is that the old people on the third floor have their friends here. But my "
    "brother says that a rent that is held down leaves his children without a flat at all."
)


@pytest.mark.parametrize(
    ("exercise", "answer", "words"),
    [
        ("06.1", "", "Not answered yet"),
        ("06.1", 24, "quotation marks"),
        ("06.1", "town-1?friction=nothing", "belongs to the panel 'town'"),
        ("06.1", played("listen", "end", card="Leila", deal=False), "you hold the card of Leila"),
        ("06.1", played("listen"), "still open"),
        ("06.1", played("end"), "with your load"),
        ("06.1", played("call", "end", price=17), "You sold at 17"),
        ("06.2", [2, 22, 18], "lower price comes first"),
        ("06.2", [2, 14, 26], "Look at both sides"),
        ("06.2", [2, 18, 26], "would the buyer with 22 still buy"),
        ("06.2", [2, 14, 22], "would the seller with 18 still sell"),
        ("06.2", [3, 18, 22], "How far does it go"),
        ("06.2", [2, 20, 20], "At which prices do two want a load"),
        ("06.2", [2], "3"),
        ("06.3", 1.0, "Not answered yet"),
        ("06.3", 0.5, "22.6 units of smoke"),
        ("06.3", 0.1, "a little more"),
        ("06.3", 34, "share of the harm"),
        ("06.4", lambda values, costs: sum(v >= c for v, c in zip(values, costs, strict=False)), "Sort first"),
        (
            "06.4",
            lambda values, costs: sum(v > c for v, c in zip(sorted(values)[::-1], sorted(costs), strict=False)),
            "At no loss counts",
        ),
        ("06.4", lambda values, costs: min(len(values), len(costs)), "the cards of exercise 2"),
        ("06.5", lambda card, bid, ask: 1 if bid is None else None, "without a load"),
        ("06.5", lambda card, bid, ask: card, "it gains 0"),
        ("06.5", lambda card, bid, ask: 25, "20 points dearer it gains 0"),
        ("06.5", lambda card, bid, ask: card + 1, "your rule stops"),
        ("06.5", lambda card, bid, ask: bid + 1, "your rule stops"),
        ("06.6", "too short", "words"),
        ("06.6", ESSAY.replace("does not see", "forgets"), "what does it not see"),
        ("06.6", ESSAY.split("But")[0] * 2, "Only one side"),
    ],
)
def test_a_mistake_is_named(exercise, answer, words):
    verdict = LADDERS[exercise].climb(answer)
    assert not verdict.right
    assert words in repr(verdict)


@pytest.mark.parametrize(
    ("exercise", "answer"),
    [
        ("06.1", played("listen", "call", "end")),
        ("06.2", [2, 18, 22]),
        ("06.3", 0.34),
        ("06.4", lambda values, costs: sum(v >= c for v, c in zip(sorted(values)[::-1], sorted(costs), strict=False))),
        ("06.5", outbid),
        ("06.6", ESSAY),
    ],
)
def test_a_right_answer_is_right(exercise, answer):
    assert LADDERS[exercise].climb(answer).right


@pytest.mark.parametrize("exercise", ["06.2", "06.4", "06.5"])
def test_untouched_is_not_answered_yet(exercise):
    assert "Not answered yet" in repr(LADDERS[exercise].climb(...))
