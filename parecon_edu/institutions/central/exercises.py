"""What `check` says about the exercises of lesson 07: ladders from the coarse mistakes to the fine ones.

Hints name a mistake and where to look; none holds an answer.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np

from parecon_edu.institutions.central.balances import TECHNOLOGIES, orders
from parecon_edu.institutions.central.office import Habit, Office, believe, open_office, play, report
from parecon_edu.lesson.checks import (
    Ladder,
    Step,
    answered,
    argument,
    close,
    finite,
    mentions,
    mistaken_for,
    of_shape,
    of_type,
    satisfies,
)
from parecon_edu.lesson.trouble import in_words
from parecon_edu.worktime.model import gross_output

# Whoever works by hand rounds to whole coats, to one digit of an order, to whole per cent.
COATS, UNITS, SHARE = 0.51, 0.051, 0.0055
TOWNS = range(1, 21)

# --- 07.1: a game played by hand --------------------------------------------------------------------------------------


def _values(code: str) -> dict[str, Any]:
    """Read a scenario code as the panel does, and give what it stands for."""
    from parecon_edu.institutions.central.controls import panel  # widgets: not before somebody answers

    played = panel("office")
    played.restore(code.strip().strip("\"'`"))
    values: dict[str, Any] = played.values
    return values


def _office(code: str) -> Office:
    from parecon_edu.institutions.central.controls import office_of

    return office_of(_values(code))


def _reads(answer: Any) -> str | None:
    try:
        _office(answer)
    except ValueError as error:
        return str(error)
    return None


def _beats_belief(answer: Any) -> str | None:
    office = _office(answer)
    simple = play(Office(office.mills), believe)
    if office.made > simple.made:
        return None
    return (
        f"{office.made} coats came out. An office that believes every report gets {simple.made} from the same mills. "
        "Find out who hides with a small step, and don't press the others again."
    )


GAME = Ladder(
    answered(placeholder=""),
    of_type("text", hint="Put the scenario code between quotation marks, as one line."),
    Step("no scenario code of this panel", _reads),
    satisfies(
        lambda answer: _values(answer)["who"] == "some",
        "This is another game. Choose “one or two do, and you don't know which”, and play that one.",
        name="another game",
    ),
    satisfies(
        lambda answer: _office(answer).finished,
        "The five years are not over yet. Give orders until the books are open, then copy the code.",
        name="not over yet",
    ),
    Step("no better than belief", _beats_belief),
    right="More than an office that believes everything. What did it cost the mill that told the truth?",
)

# --- 07.2: a report by hand -------------------------------------------------------------------------------------------

_REPORT = report(120, hides=0.3, pressed=0.2)

REPORT = Ladder(
    answered(),
    of_type("number"),
    finite(),
    mistaken_for(120, "That is what it can make. It does not say that.", name="told the truth", atol=COATS),
    mistaken_for(84, "It keeps back its 30 %. What does it expect you to put on top?", name="not pressed", atol=COATS),
    mistaken_for(100, "It allows for your fifth. What does it keep back besides?", name="nothing hidden", atol=COATS),
    mistaken_for(
        67.2,
        "You took a fifth off. But the office puts a fifth on top of the report: with your number it would end "
        "a little below the easy pace.",
        name="took off instead of dividing",
        atol=COATS,
    ),
    mistaken_for(60, "You have added the two shares. The one comes after the other.", name="added", atol=COATS),
    close(
        _REPORT,
        atol=COATS,
        hint="Begin with its easy pace: what it can make, less what it hides. Which report becomes that with a fifth "
        "on top?",
    ),
    right="And now your fifth on top brings exactly the easy pace. You are where you began, and its report is worth "
    "less.",
)

# --- 07.3: two rounds by hand -----------------------------------------------------------------------------------------

_A, _D = np.array([[0.1, 0.5], [0.2, 0.3]]), np.array([40.0, 20.0])
_ROUNDS = orders(_A, _D, rounds=3)

ROUNDS = Ladder(
    answered(),
    of_type("numbers"),
    of_shape(2, each="product: energy, tools"),
    finite(),
    mistaken_for(_ROUNDS[2][::-1], "These are the right numbers in the other order: energy first.", name="swapped"),
    mistaken_for(_D, "That is what is wanted in the end. What does making it take?", name="no round", atol=UNITS),
    mistaken_for(_ROUNDS[1], "That is one round. Pass it on once more.", name="one round", atol=UNITS),
    mistaken_for(_ROUNDS[3], "That is one round too many.", name="three rounds", atol=UNITS),
    mistaken_for(gross_output(_A, _D), "That is the end of all rounds. How far are two?", name="the end", atol=UNITS),
    mistaken_for(
        _ROUNDS[2] - _ROUNDS[1],
        "That is what the second round adds. What is on order in all?",
        name="only what is added",
        atol=UNITS,
    ),
    mistaken_for(
        orders(_A.T, _D, rounds=2)[-1],
        "You have read the table the other way round. A column belongs to a product: what one unit of it takes.",
        name="rows for columns",
        atol=UNITS,
    ),
    close(
        _ROUNDS[2],
        atol=UNITS,
        hint="Each round: what is wanted in the end, and on top of it what making the last round's orders takes.",
    ),
    right="Two multiplications a product and round: that is why pencils could do it, and why it took so long.",
)

# --- 07.4: how much padding is too much -------------------------------------------------------------------------------


@cache
def _limit() -> float:
    """Give the padding from which on the orders of the United States never end: (1 + s) times the radius is 1."""
    return 1 / TECHNOLOGIES["united_states"]().radius - 1


PADDING = Ladder(
    answered(placeholder=0.5),
    of_type("number"),
    finite(),
    satisfies(lambda answer: answer > 0, "Padding is something on top: put a number above 0.", name="not above 0"),
    satisfies(lambda answer: answer < 10, "Write a share: 0.5 for half as much again.", name="in per cent"),
    satisfies(
        lambda answer: answer > _limit() - 10 * SHARE,
        "With that much on top the orders still come to an end. What does the cell print as the radius?",
        name="still ends",
    ),
    satisfies(
        lambda answer: answer < _limit() + 10 * SHARE,
        "With that much on top they never end, but with a little less they would not end either. Look for the edge.",
        name="far beyond the edge",
    ),
    close(_limit, atol=SHARE, hint="You are close. At the edge the printed radius is 1.000."),
    right="Nobody lies by that much. But well before the edge orders come to several times what is needed.",
)

# --- 07.5: a habit of one's own ---------------------------------------------------------------------------------------


@cache
def _believed() -> float:
    return float(np.mean([play(open_office(town), believe).share for town in TOWNS]))


def _gives_targets(answer: Any) -> str | None:
    office = open_office(1)
    try:
        given = [int(target) for target in answer(office)]
        office.give(given)
    except Exception as error:
        return f"In the first year it stops: {in_words(error)}"
    return None


def _earns(answer: Habit) -> str | None:
    try:
        share = float(np.mean([play(open_office(town), answer).share for town in TOWNS]))
    except Exception as error:
        return f"In one of the towns it stops: {in_words(error)}"
    if share > _believed() + 1e-9:
        return None
    same = " That is belief itself." if abs(share - _believed()) < 1e-9 else ""
    return (
        f"In twenty towns it gets {100 * share:.1f} % of what could have been made; an office that believes every "
        f"report gets {100 * _believed():.1f} %.{same} Who met a target above its report? `office.years[-1].met` says."
    )


HABIT = Ladder(
    answered(),
    of_type("function"),
    Step("does not give three targets", _gives_targets),
    Step("no better than belief", _earns),
    right="Your habit finds out something that nobody told it. Which mill paid for that, where it is worst?",
)

# --- 07.6: argue ------------------------------------------------------------------------------------------------------

ARGUE = argument(
    mentions(
        ["good", "fair", "care", "doubt", "poor", "sure", "source", "counted", "third hand", "model"],
        "How sure is the figure? The table says so for each.",
    ),
    satisfies(
        lambda answer: any(sign.isdigit() for sign in answer),
        "Which figure? Name it, with its number.",
        name="no figure",
    ),
    mentions(
        ["chang", "convince", "would show", "would need", "if ", "find", "mind"],
        "What would you have to find to change your mind?",
    ),
    holds="a figure, a doubt and another side",
    least=60,
)

#: Ladders by exercise; `check` finds them here.
LADDERS: dict[str, Ladder] = {
    "07.1": GAME,
    "07.2": REPORT,
    "07.3": ROUNDS,
    "07.4": PADDING,
    "07.5": HABIT,
    "07.6": ARGUE,
}
