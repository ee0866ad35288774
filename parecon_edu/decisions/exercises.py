"""What `check` says about the exercises of lesson 02: ladders from the coarse mistakes to the fine ones.

Hints name a mistake and where to look; none holds an answer.
"""

from typing import Any

import numpy as np

from parecon_edu.decisions.doors import Doors
from parecon_edu.decisions.model import no_block
from parecon_edu.decisions.rules import vote
from parecon_edu.decisions.street import NIGHT_BUS
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
    names_somebody,
    of_shape,
    of_type,
    satisfies,
)

# --- 02.1: where the noise tips the vote ----------------------------------------------------------

_GAINS = float((NIGHT_BUS.adults * np.maximum(NIGHT_BUS.effect, 0)).sum())
_NGOZI, _INES = 3, 4
_TIP = (_GAINS + NIGHT_BUS.adults[_NGOZI] * NIGHT_BUS.effect[_NGOZI]) / NIGHT_BUS.adults[_INES]

NOISE = Ladder(
    answered(),
    of_type("number"),
    finite(),
    satisfies(lambda noise: 0 <= noise <= 10, "The noise in the panel goes from 0 to 10 evenings.", name="range"),
    mistaken_for(
        5.5,
        "That is the last step at which the bus still runs. The question is about the first at which it does not.",
        name="one step too early",
    ),
    mistaken_for(
        _GAINS / NIGHT_BUS.adults[_INES],
        "You have set all the gains against Ines's people alone. Who else says no?",
        name="forgot Ngozi",
    ),
    satisfies(
        lambda noise: noise > 4,
        "That is no more noise than in the story, and there the bus runs. Is the rule set to affectedness, and does "
        "everybody come?",
        name="too little noise",
    ),
    satisfies(
        lambda noise: noise >= _TIP,
        "With that noise the bus still runs. Set the panel to affectedness and go on, half an evening at a time.",
        name="still runs",
    ),
    satisfies(
        lambda noise: noise <= 6,
        "With that noise the bus is lost, but it is lost with less noise as well. Go back by half evenings.",
        name="not the first",
    ),
    right="Below it, three people's lost sleep is outvoted by four others' gain. Would you want to be the one to "
    "measure the noise?",
)

# --- 02.2: say by hand ----------------------------------------------------------------------------

_POINTS = NIGHT_BUS.adults * np.abs(NIGHT_BUS.effect)
_SAY = _POINTS / _POINTS.sum()


def _shares(values: Any) -> Any:
    return np.asarray(values) / np.sum(values)


SAY = Ladder(
    answered(),
    of_type("numbers"),
    of_shape(5, each="front door"),
    finite(),
    satisfies(
        lambda answer: min(_numbers(answer)) >= 0,
        "Somebody has less than no say. Being affected counts whether one gains or loses: what becomes of the minus?",
        name="negative say",
    ),
    mistaken_for(_POINTS, "These are evenings. Make shares of them, so that they add up to 1.", name="not shares"),
    mistaken_for(100 * _SAY, "These are per cent. Give shares that add up to 1.", name="in per cent", rtol=0.01),
    mistaken_for(
        _shares(np.abs(NIGHT_BUS.effect)),
        "You have counted every door once. How many adults live behind each?",
        name="forgot the adults",
        atol=6e-3,
    ),
    mistaken_for(
        _shares(NIGHT_BUS.adults),
        "That is one adult, one vote. Multiply by how much each of them is affected.",
        name="counted heads",
        atol=6e-3,
    ),
    mistaken_for(
        np.full(5, 0.2), "That is one front door, one vote. It asks how much.", name="counted doors", atol=6e-3
    ),
    mistaken_for(
        _shares(NIGHT_BUS.adults * np.maximum(NIGHT_BUS.effect, 0)),
        "Those who lose have no say at all here. They are affected too.",
        name="only those who gain",
        atol=6e-3,
    ),
    satisfies(
        lambda answer: abs(sum(_numbers(answer)) - 1) < 0.02,
        "Shares add up to 1. Yours don't: divide each door's evenings by all the evenings.",
        name="does not add up",
    ),
    close(_SAY, atol=6e-3, hint="It adds up, but not in proportion. Adults times evenings for each door, then divide."),
    right="Bo's two and Ines's three have the same say. Does that look right to you, from both doors?",
)


def _numbers(answer: Any) -> list[float]:
    values = answer.values() if isinstance(answer, dict) else answer
    return [float(value) for value in values]


# --- 02.3: how large may a consensus be? ----------------------------------------------------------

_RATE = 0.005
_LARGEST = max(n for n in range(1, 1000) if no_block(_RATE, n) >= 0.5)

LARGEST_CONSENSUS = Ladder(
    answered(),
    of_type("number"),
    finite(),
    satisfies(lambda n: n >= 1, "A group has at least one person.", name="nobody"),
    mistaken_for(
        100,
        "That is half of two hundred. But chances multiply: each person who does not block leaves the chance a little "
        "smaller, they don't add up.",
        name="added chances",
    ),
    mistaken_for(
        68, "That is the answer for one in a hundred. Here it is one in two hundred.", name="one in a hundred"
    ),
    mistaken_for(
        _LARGEST + 1,
        "Very near. With that many it is already a little less than one half.",
        name="one too many",
    ),
    satisfies(lambda n: float(n).is_integer(), "People come in whole numbers. Round down.", name="not whole"),
    satisfies(
        lambda n: no_block(_RATE, int(n)) >= 0.5,
        "With that many, a block is more likely than not. Try fewer in `no_block(0.005, n)`.",
        name="too many",
    ),
    satisfies(
        lambda n: no_block(_RATE, int(n) + 1) < 0.5,
        "With that many nobody blocks in more than half of all cases, but one more person could still join. Try more.",
        name="too few",
    ),
    right="A street, not a town. Which groups that you belong to are smaller than that?",
)

# --- 02.4: build a rule with a guard --------------------------------------------------------------


def _guarded(doors: Doors, limit: float) -> bool:
    return vote(doors, "affectedness").passes and bool((doors.effect >= -limit).all())


def _case(effect: list[float], limit: float, *, words: str, hint: str, adults: list[int] | None = None) -> Case:
    doors = Doors(adults or [1] * len(effect), effect)
    right = _guarded(doors, limit)
    return Case(args=(doors, limit), expected=Law(lambda result: bool(result) is right), words=words, hint=hint)


GUARDED = Ladder(
    answered(),
    of_type("function"),
    cases(
        Case(
            args=(Doors([1], [1]), 5),
            expected=Law(lambda result: isinstance(result, bool | np.bool_)),
            words="one door that gains",
            hint="It should give True or False.",
        ),
        _case([3, 1], 5, words="nobody who loses", hint="Everybody gains, so it passes."),
        _case([-3, 1], 5, words="more harm than good", hint="By affectedness this fails, guard or no guard."),
        _case(
            [20, 6],
            5,
            words="gains of 20 and 6 and a limit of 5",
            hint="The limit is about losses. A gain of 6 harms nobody: mind the sign.",
        ),
        _case(
            [9, -4, -4],
            5,
            words="+9, −4, −4 and a limit of 5",
            hint="By affectedness it passes, and nobody loses more than the limit.",
        ),
        _case(
            [20, -6],
            5,
            words="+20, −6 and a limit of 5",
            hint="Somebody loses more than the limit. Then it must not pass, however much the others gain.",
        ),
        _case(
            [20, -5],
            5,
            words="a loss of exactly the limit",
            hint="Only a loss of *more* than the limit stops it.",
        ),
        _case(
            [10, -3],
            5,
            adults=[1, 3],
            words="one adult who gains 10 and three who lose 3 each",
            hint="The limit is for each adult, not for the whole door: nobody here loses more than 5.",
        ),
        Case(
            args=(NIGHT_BUS, 3),
            expected=Law(lambda result: bool(result) is _guarded(NIGHT_BUS, 3)),
            words="the five front doors and a limit of 3",
            hint="Ines's people lose more than that.",
        ),
    ),
    right="You have put a right into a rule: some things may not be done to anybody, whatever the others gain. "
    "At which limit does your rule turn into consensus?",
)

# --- 02.5: argue ----------------------------------------------------------------------------------

ARGUE = argument(
    mentions(
        ["majority", "two thirds", "supermajority", "consensus", "household", "door", "affect", "quadratic", "budget"],
        "Which rule do you argue for? Name it.",
    ),
    names_somebody(
        NIGHT_BUS.names,
        "Whom does it touch? Say what your rule does to at least one of the five, by name.",
    ),
    holds="a rule, a person and an objection",
)

#: Ladders by exercise; `check` finds them here.
LADDERS: dict[str, Ladder] = {
    "02.1": NOISE,
    "02.2": SAY,
    "02.3": LARGEST_CONSENSUS,
    "02.4": GUARDED,
    "02.5": ARGUE,
}
