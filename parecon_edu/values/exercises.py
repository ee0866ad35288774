"""What `check` says about the exercises of lesson 01: ladders from the coarse mistakes to the fine ones.

Hints name a mistake and where to look; none holds an answer.
"""

from collections.abc import Sequence

import numpy as np

from parecon_edu.lesson.checks import (
    Case,
    Ladder,
    Law,
    answered,
    argument,
    cases,
    close,
    finite,
    mentions,
    mistaken_for,
    of_shape,
    of_type,
    satisfies,
)
from parecon_edu.values.model import order, totals
from parecon_edu.values.societies import SOCIETIES, VALUES
from parecon_edu.values.weights import PEOPLE

_EVEN = (1.0,) * len(VALUES)
_ANEW = {value: {value: SOCIETIES.measures(value)[1].name} for value in VALUES}

# --- 01.1: which indicator turns the order --------------------------------------------------------


def _first(value: str, weights: Sequence[float]) -> str:
    return order(SOCIETIES, weights, indicators=_ANEW[value])[0]


TURNS = Ladder(
    answered(placeholder=""),
    of_type("text", hint="Write the name of one value between the quotation marks."),
    satisfies(
        lambda answer: answer.strip().lower() in VALUES,
        f"That is none of the six. They are {', '.join(VALUES)}.",
        name="no value",
    ),
    satisfies(
        lambda answer: _first(answer.strip().lower(), _EVEN) != "Birch",
        "Measured anew, that value leaves Birch in the first place. Try the others in the panel.",
        name="Birch stays",
    ),
    satisfies(
        lambda answer: _first(answer.strip().lower(), _EVEN) == "Alder",
        "Birch loses the first place by that, but not to Alder. Who rises to it?",
        name="another rises",
    ),
    right="One number about leaving instead of one about meetings. Which of the two would you call a say in your life?",
)

# --- 01.2: adding up by hand ----------------------------------------------------------------------

_ROWS = 100 * SOCIETIES.scores()[[SOCIETIES.names.index("Birch"), SOCIETIES.names.index("Elm")]]
_DITA = np.array(PEOPLE["Dita"].points)
_MADE = _ROWS @ _DITA / 100

TOTALS = Ladder(
    answered(),
    of_type("numbers"),
    of_shape(2, each="place"),
    finite(),
    mistaken_for(
        _ROWS.mean(axis=1),
        "There every value counts the same. Multiply each score by its weight first.",
        name="not weighed",
        rtol=0.01,
    ),
    mistaken_for(
        _ROWS.sum(axis=1), "You have added the scores up. Where are the weights?", name="only added", rtol=0.01
    ),
    mistaken_for(
        _ROWS @ _DITA,
        "These are a hundred times too large: weights are points of 100, so each is a share of one hundredth a point.",
        name="not divided",
        rtol=0.01,
    ),
    mistaken_for(_MADE[::-1], "The right numbers, the wrong way round: Birch comes first.", name="swapped", rtol=0.01),
    mistaken_for(
        _MADE / 100, "As shares of 1 that is it. Give points of 100, as in the panel.", name="as shares", rtol=0.01
    ),
    close(_MADE, rtol=0.01, hint="Score times weight for each of the six, added up, divided by 100."),
    right="Twelve points lie between the two, most of them from one value. Which?",
)

# --- 01.3: how heavy must efficiency be -----------------------------------------------------------


def _with_efficiency(points: float) -> list[float]:
    return [points if value == "efficiency" else (100 - points) / 5 for value in VALUES]


def _elm_ahead(points: float) -> bool:
    made = totals(SOCIETIES, _with_efficiency(points))
    return bool(made[SOCIETIES.names.index("Elm")] > made[SOCIETIES.names.index("Birch")])


_LEAST = next(points for points in range(101) if _elm_ahead(points))

EFFICIENCY = Ladder(
    answered(),
    of_type("number"),
    finite(),
    satisfies(lambda points: 0 <= points <= 100, "There are 100 points to give away.", name="range"),
    satisfies(
        lambda points: points > 100 / 6 + 1e-9,
        "That is no more than each value has when all weigh the same, and then Birch is ahead.",
        name="too light",
    ),
    mistaken_for(
        50, "With half of all points Elm is well ahead. It takes less: go down step by step.", name="one half"
    ),
    satisfies(lambda points: float(points).is_integer(), "Give whole points. Round up.", name="not whole"),
    satisfies(
        _elm_ahead, "With that weight Birch is still ahead. The other five share the rest equally.", name="too little"
    ),
    satisfies(
        lambda points: not _elm_ahead(points - 1),
        "Elm is ahead there, but it would be with one point less as well.",
        name="not the least",
    ),
    right="A few points more than an even share, and another place is ahead. Could you tell your own weights apart so "
    "finely?",
)

# --- 01.4: build a test of firmness ---------------------------------------------------------------


def _turning(weights: Sequence[float]) -> set[str]:
    before = order(SOCIETIES, weights)[0]
    return {value for value in VALUES if _first(value, weights) != before}


def _case(weights: Sequence[float], *, said: str, hint: str) -> Case:
    right = _turning(weights)
    return Case(args=(list(weights),), expected=Law(lambda result: set(result) == right), words=said, hint=hint)


_ONLY_EQUITY = [100, 0, 0, 0, 0, 0]

TURNING = Ladder(
    answered(),
    of_type("function"),
    cases(
        Case(
            args=(list(_EVEN),),
            expected=Law(lambda result: isinstance(result, list | tuple | set)),
            words="six equal weights",
            hint="It should give a list of names.",
        ),
        _case(
            _ONLY_EQUITY,
            said="all weight on equity",
            hint="What weighs nothing can be measured by anything: only equity can turn this order.",
        ),
        _case(
            _EVEN,
            said="six equal weights",
            hint="Change one value at a time, and look only at who is first: a change further down does not count.",
        ),
        _case(PEOPLE["Dita"].points, said="Dita's weights", hint="Compare with who is first for *these* weights."),
        _case(PEOPLE["Amara"].points, said="Amara's weights", hint="Compare with who is first for *these* weights."),
    ),
    right="Now call it with your own locked weights. The shorter the list, the less your first place hangs on a choice "
    "of indicator. Who should make that choice?",
)

# --- 01.5: argue ----------------------------------------------------------------------------------

ARGUE = argument(
    mentions(
        ["equity", "fair", "solidarity", "diversity", "self-management", "efficien", "sustainab"],
        "Which of the six values does your indicator stand for? Name it.",
    ),
    holds="a value, a number and an objection",
)

#: Ladders by exercise; `check` finds them here.
LADDERS: dict[str, Ladder] = {
    "01.1": TURNS,
    "01.2": TOTALS,
    "01.3": EFFICIENCY,
    "01.4": TURNING,
    "01.5": ARGUE,
}
