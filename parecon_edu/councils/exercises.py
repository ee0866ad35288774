"""What `check` says about the exercises of lesson 03: ladders from the coarse mistakes to the fine ones.

Hints name a mistake and where to look; none holds an answer.
"""

import re
from math import comb

from parecon_edu.councils.model import faithful_share, levels
from parecon_edu.councils.towns import PLACES
from parecon_edu.lesson.checks import (
    Case,
    Ladder,
    answered,
    argument,
    cases,
    close,
    finite,
    mentions,
    mistaken_for,
    of_type,
    satisfies,
)

# --- 03.1: the smallest council that keeps a city at four levels ----------------------------------

_CITY = PLACES["city"]
_WANTED = 4
_SMALLEST = next(size for size in range(2, 101) if levels(_CITY, size) <= _WANTED)

SMALLEST_COUNCIL = Ladder(
    answered(),
    of_type("number"),
    finite(),
    satisfies(lambda size: 3 <= size <= 100, "In the panel a council has 3 to 100 members.", name="range"),
    satisfies(
        lambda size: float(size).is_integer(),
        "A council has a whole number of members.",
        name="whole",
    ),
    mistaken_for(
        _SMALLEST - 1,
        "That is the last size with one level too many. The question is about the first at which four are enough.",
        name="one too small",
    ),
    satisfies(
        lambda size: levels(_CITY, int(size)) <= _WANTED,
        "With councils of that size it takes more than four levels. Is the panel set to the city?",
        name="too many levels",
    ),
    satisfies(
        lambda size: size <= _SMALLEST,
        "Four levels are enough with that size, but smaller councils would do as well. Go down one at a time.",
        name="not the smallest",
    ),
    right="Each person more at every table joins hundreds of thousands more at the top. How large may a council be "
    "before people stop speaking in it?",
)

# --- 03.2: how much recall a chain of two takes ---------------------------------------------------

_DRIFT, _HEIGHT, _KEPT = 0.05, 2, 0.75


def _first_recall(height: int, kept: float = _KEPT) -> float:
    """The smallest whole per cent of recall with which that share of chains holds."""
    return next(r / 100 for r in range(101) if faithful_share(_DRIFT, r / 100, levels=height) >= kept - 1e-9)


_RECALL = _first_recall(_HEIGHT)

RECALL = Ladder(
    answered(),
    of_type("number"),
    finite(),
    mistaken_for(
        100 * _RECALL,
        "That is the recall in per cent. Give it as a share between 0 and 1, as `faithful_share` takes it.",
        name="in per cent",
    ),
    satisfies(lambda recall: 0 <= recall <= 1, "Recall is a chance: it lies between 0 and 1.", name="range"),
    mistaken_for(
        _first_recall(1),
        "With that recall three quarters of the delegates of *one* level are faithful. The mandate has to pass two.",
        name="forgot a level",
    ),
    mistaken_for(
        _RECALL - 0.01,
        "Very near: with that recall it is just under three quarters. Print the share with more digits.",
        name="just under",
        atol=1e-4,
    ),
    satisfies(
        lambda recall: faithful_share(_DRIFT, recall, levels=_HEIGHT) >= _KEPT,
        "With that recall fewer than three quarters of the chains hold. Raise it and run the cell again.",
        name="too little",
    ),
    satisfies(
        lambda recall: recall <= _RECALL + 1e-4,
        "That is enough, and more than enough. Go down by 0.01 until it no longer holds, then one step back.",
        name="too much",
    ),
    right="One in three of those who drifted, every month. Somebody has to watch closely. Who, at Riverside, would?",
)

# --- 03.3: seatings in which four of nine win -----------------------------------------------------

_PAIRS = comb(3, 2)
_SEATINGS = _PAIRS * comb(3, 2) ** 2

SEATINGS = Ladder(
    answered(),
    of_type("number"),
    finite(),
    mistaken_for(
        comb(9, 4),
        "Those are all the ways in which the four can take four of nine chairs. In how many of them does the park win?",
        name="all seatings",
    ),
    mistaken_for(
        comb(3, 2) ** 2,
        "That is right for one choice of the two tables that are won. Which other two could they be?",
        name="one pair of tables",
    ),
    mistaken_for(
        _PAIRS,
        "Those are the ways to choose the two tables that are won. Now count who sits where at each of them.",
        name="only the tables",
    ),
    mistaken_for(
        comb(9, 4) - _SEATINGS,
        "Those are the seatings in which the park loses. It asks for the others.",
        name="the lost ones",
    ),
    mistaken_for(
        _SEATINGS / comb(9, 4),
        "That is the chance. It asks how many seatings.",
        name="the chance",
    ),
    close(
        _SEATINGS,
        hint="To win, the four have to be two at one table and two at another. How many pairs of tables are there, and "
        "at each table, how many ways to choose two of three chairs?",
    ),
    right="Out of 126, so about one in five. Did your five deals with the slips come near?",
)

# --- 03.4: count a pyramid ------------------------------------------------------------------------


def _case(tables: list[list[int]], expected: bool, *, words: str, hint: str) -> Case:
    return Case(args=(tables,), expected=expected, words=words, hint=hint)


CARRIES = Ladder(
    answered(),
    of_type("function"),
    cases(
        _case(
            [[1, 1, 1]],
            True,
            words="one table, and all are for it",
            hint="Everybody wants it, so it should win. Does your function return a yes or no?",
        ),
        _case(
            [[0, 0, 0], [0, 0, 1]],
            False,
            words="two tables, one person for it in all",
            hint="No table has a majority for it.",
        ),
        _case(
            [[1, 1, 0], [1, 0, 1], [0, 0, 0]],
            True,
            words="two and two of three, and none at the third table",
            hint="Two tables of three have a majority for it, so it wins among delegates. Do you count people all "
            "over, instead of tables?",
        ),
        _case(
            [[1, 1, 1], [1, 0, 0], [1, 0, 0]],
            False,
            words="three, one and one of three",
            hint="Most of the people are for it, and only one table is. The delegates decide.",
        ),
        _case(
            [[1, 0], [1, 0], [1, 1]],
            False,
            words="two tables that are split evenly",
            hint="A tie at a table is no majority: more than half is needed.",
        ),
        _case(
            [[1, 1, 1], [0, 0, 0]],
            False,
            words="two tables, one of them for it",
            hint="A tie among the delegates is no majority either.",
        ),
        _case(
            [[1, 1], [1, 0, 0, 0, 0], [1, 1]],
            True,
            words="tables of different sizes",
            hint="Each table sends one delegate, whether two sit there or five.",
        ),
    ),
    right="That is the whole count. Now let three such pyramids send a delegate each to a council above them, and call "
    "your own function on its own results.",
)

# --- 03.5: argue ----------------------------------------------------------------------------------

ARGUE = argument(
    mentions(
        ["council", "delegate", "parliament", "everybody votes", "vote of everybody", "direct", "referendum", "lot"],
        "Which way of deciding do you choose? Name it.",
    ),
    satisfies(
        lambda answer: re.search(r"\d", answer) is not None,
        "There is no number in it yet. What does your way do to the 45 %?",
        name="no number",
    ),
    mentions(
        ["price", "pay", "pays", "cost", "costs", "lose", "loses", "worse"],
        "Every reply has a price. What is it, and who pays it?",
    ),
    holds="a way of deciding, a number, a price and an objection",
)

#: Ladders by exercise; `check` finds them here.
LADDERS: dict[str, Ladder] = {
    "03.1": SMALLEST_COUNCIL,
    "03.2": RECALL,
    "03.3": SEATINGS,
    "03.4": CARRIES,
    "03.5": ARGUE,
}
