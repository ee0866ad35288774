"""The hint ladders of lesson 03: every mistake has its own step, and no hint holds the answer."""

from itertools import combinations

import pytest
from ladders import each_mistake_has_its_step, no_hint_tells

from parecon_edu.councils import fewest_to_win, levels, pyramid
from parecon_edu.councils.exercises import LADDERS


def untouched(tables): ...


def returns_nothing(tables):
    sum(map(sum, tables))


def by_heads(tables):
    return 2 * sum(map(sum, tables)) > sum(map(len, tables))


def ties_win(tables):
    delegates = [2 * sum(votes) >= len(votes) for votes in tables]
    return 2 * sum(delegates) > len(delegates)


def ties_at_the_top_win(tables):
    delegates = [2 * sum(votes) > len(votes) for votes in tables]
    return 2 * sum(delegates) >= len(delegates)


def only_three(tables):
    delegates = [sum(votes) >= 2 for votes in tables]
    return sum(delegates) >= 2


def by_size(tables):
    delegates = [(2 * sum(votes) > len(votes)) * len(votes) for votes in tables]
    return 2 * sum(delegates) > sum(map(len, tables))


def right(tables):
    delegates = [2 * sum(votes) > len(votes) for votes in tables]
    return 2 * sum(delegates) > len(delegates)


WRONG = [returns_nothing, by_heads, ties_win, ties_at_the_top_win, only_three, by_size]

ARGUMENT = (
    "Councils of 51 for talking and a vote of everybody when a quarter of them ask for it. The 45 % who work at night "
    "decide about noise in the morning alone. The price is paid by Tomasz, who may not drill. The strongest objection "
    "is that others want the same, and three such councils would change my mind."
)

ANSWERS = [
    ("03.1", ..., "not answered yet"),
    ("03.1", "45", "wrong type"),
    ("03.1", 1000, "range"),
    ("03.1", 44.7, "whole"),
    ("03.1", 44, "one too small"),
    ("03.1", 30, "too many levels"),
    ("03.1", 50, "not the smallest"),
    ("03.1", 45, "right"),
    ("03.2", ..., "not answered yet"),
    ("03.2", [0.3], "wrong type"),
    ("03.2", 33, "in per cent"),
    ("03.2", 3, "range"),
    ("03.2", 0.15, "forgot a level"),
    ("03.2", 0.32, "just under"),
    ("03.2", 0.2, "too little"),
    ("03.2", 0.5, "too much"),
    ("03.2", 0.33, "right"),
    ("03.3", ..., "not answered yet"),
    ("03.3", 126, "all seatings"),
    ("03.3", 9, "one pair of tables"),
    ("03.3", 3, "only the tables"),
    ("03.3", 99, "the lost ones"),
    ("03.3", 27 / 126, "the chance"),
    ("03.3", 36, "not the value"),
    ("03.3", 27, "right"),
    ("03.4", ..., "not answered yet"),
    ("03.4", untouched, "not answered yet"),
    ("03.4", True, "wrong type"),
    *(("03.4", function, "a case fails") for function in WRONG),
    ("03.4", right, "right"),
    ("03.5", "Write here.", "not answered yet"),
    ("03.5", "Councils.", "too short"),
    ("03.5", ARGUMENT.replace("51", "many").replace("45 %", "people"), "no number"),
    ("03.5", ARGUMENT, "right"),
]


test_each_mistake_is_met_on_its_own_step = each_mistake_has_its_step(LADDERS, ANSWERS)


def test_an_argument_needs_a_price_and_another_side():
    one_sided = "Councils of 51 decide about everything that concerns the 45 % and everybody else as well. " * 4
    with_price = one_sided + "The price is paid by Tomasz."
    assert "price" in LADDERS["03.5"].climb(one_sided).hint
    assert "one side" in LADDERS["03.5"].climb(with_price).hint


@pytest.mark.parametrize("function", WRONG)
def test_wrong_counts_get_hints_of_their_own(function):
    hints = [LADDERS["03.4"].climb(f).hint for f in WRONG]
    assert hints.count(LADDERS["03.4"].climb(function).hint) == 1


test_no_hint_holds_the_answer = no_hint_tells(
    LADDERS, ANSWERS, {"03.1": ["45"], "03.2": ["0.33"], "03.3": ["27"]}, but=["wrong type"]
)


def test_the_answers_are_what_counting_gives():
    seats = [(0, 1, 2), (3, 4, 5), (6, 7, 8)]
    won = [
        four for four in combinations(range(9), 4) if sum(2 * len(set(table) & set(four)) > 3 for table in seats) >= 2
    ]
    assert len(won) == 27
    assert fewest_to_win(pyramid(9, 3)) == 4
    assert levels(4_000_000, 45) == 4 < levels(4_000_000, 44)
    # 33 / 38 twice is .7542, 32 / 37 twice is .7480.
    assert (33 / 38) ** 2 >= 0.75 > (32 / 37) ** 2
