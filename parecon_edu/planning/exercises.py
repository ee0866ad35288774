"""What `check` says about the exercises of lesson 08: ladders from the coarse mistakes to the fine ones.

Hints name a mistake and where to look; none holds an answer.
"""

from __future__ import annotations

import copy
from typing import Any

import numpy as np

from parecon_edu.economy import scenario
from parecon_edu.lesson.checks import (
    Case,
    Ladder,
    Step,
    answered,
    cases,
    close,
    finite,
    mentions,
    mistaken_for,
    of_shape,
    of_type,
    words,
)
from parecon_edu.lesson.trouble import in_words
from parecon_edu.planning.board import Board, side
from parecon_edu.planning.model import plan
from parecon_edu.planning.rules import proportional

# Whoever works by hand rounds to whole baskets.
BASKETS = 1.01
SOON, SOON_ALL = 15, 40
WITHIN = 30


def _board(code: str, town: str) -> Board:
    """Read a scenario code as the panel does, and give the board it stands for."""
    from parecon_edu.planning.controls import board_of, panel  # widgets: not before somebody answers

    played = panel("board", town=town)
    played.restore(code.strip().strip("\"'`"))
    return board_of(played.values, town=town)


def _reads(town: str) -> Step:
    def test(answer: Any) -> str | None:
        try:
            _board(answer, town)
        except ValueError as error:
            return str(error)
        return None

    return Step("no scenario code of this panel", test)


def _played(town: str) -> Step:
    def test(answer: Any) -> str | None:
        if _board(answer, town).rounds > 1:
            return None
        return "This is the board as it was at first. Set prices, ask the councils, and copy the code after that."

    return Step("nothing asked yet", test)


def _won(town: str) -> Step:
    def test(answer: Any) -> str | None:
        board = _board(answer, town)
        if board.now.worst < board.goal:
            return None
        g = int(np.argmax(board.now.imbalance))
        earlier = (
            f" (In round {board.reached} it was won. Undo until you are back there, or copy the code then.)"
            if board.reached
            else ""
        )
        return f"In round {board.rounds} {board.economy.goods[g]} is still {side(float(board.now.excess[g]))}.{earlier}"

    return Step("not under 5 % yet", test)


def _by_hand(town: str, right: str) -> Ladder:
    text = of_type("text", hint="Put the scenario code between quotation marks, as one line.")
    return Ladder(answered(placeholder=""), text, _reads(town), _played(town), _won(town), right=right)


# --- 08.1, 08.7: a game played by hand ------------------------------------------------------------------------------

CORNER = _by_hand(
    "riverside_corner",
    right="The proposals meet, and nobody was told what to make. Which of your rounds taught you most?",
)
BRAVE = _by_hand(
    "riverside",
    right="Nine goods by hand. How much smaller were your steps than in the corner, and what told you so?",
)

# --- 08.2: what Harbour asks for ------------------------------------------------------------------------------------

_ENERGY, _BREAD = 11_000 / 0.8, 39_000 / 3.9

HARBOUR = Ladder(
    answered(),
    of_type("numbers"),
    of_shape(2, each="good: bread, energy"),
    finite(),
    mistaken_for([_ENERGY, _BREAD], "These are the right numbers in the other order: bread first.", name="swapped"),
    mistaken_for([39_000, 11_000], "These are points. How many baskets and kWh do they get?", name="points", atol=1),
    mistaken_for([78 / 3.9, 22 / 0.8], "That is for 100 points. Harbour has 50,000.", name="of a hundred", atol=0.1),
    mistaken_for(
        [39_000 * 3.9, 11_000 * 0.8],
        "With these amounts a dearer loaf would mean more loaves. Divide or multiply?",
        name="multiplied",
        atol=1,
    ),
    mistaken_for([13_000, 8461.5], "That is the answer to the start prices. New ones have been announced.", atol=1),
    close([_BREAD, _ENERGY], atol=BASKETS, hint="For each good: its share of 50,000 points, divided by its price."),
    right="A budget and a price are all that Harbour's council has to look at to answer. And to say what it wants.",
)

# --- 08.3: how strongly should the board react? ---------------------------------------------------------------------


def _strength(answer: Any) -> str | None:
    strength = float(answer)
    if strength <= 0:
        return "At 0 or below, what is short never becomes dearer. Put a number above 0."
    economy = scenario("riverside").economy
    year = plan(economy, rule=proportional(strength), threshold=0.05, max_rounds=WITHIN)
    if year.converged:
        return None
    left = f"After {WITHIN} rounds the worst gap is {100 * year.worst[-1]:.0f} %."
    swings = (np.diff(year.worst[-10:]) > 0).any()
    if swings:
        return f"{left} It grows and shrinks by turns: the board overshoots. Is a step too large or too small?"
    return f"{left} It shrinks all the time, and slowly. Is a step too large or too small?"


STRENGTH = Ladder(
    answered(placeholder=0.5),  # with which the learner begins
    of_type("number"),
    finite(),
    Step("does not meet in time", _strength),
    right="The range that works is narrow, and nobody tells a board where it lies. How could it find out by itself?",
)

# --- 08.4: the gap --------------------------------------------------------------------------------------------------

GAP = Ladder(
    answered(),
    of_type("function"),
    cases(
        Case(
            (np.array([80.0]), np.array([120.0])),
            [0.4],
            words="80 offered and 120 asked for",
            hint="The difference is 40, the average 100. Short counts as above 0.",
        ),
        Case(
            (np.array([120.0]), np.array([80.0])),
            [-0.4],
            words="120 offered and 80 asked for",
            hint="Over counts as below 0.",
        ),
        Case((np.array([50.0, 10.0]), np.array([50.0, 30.0])), [0.0, 1.0], words="two goods"),
        Case(
            (np.array([0.0, 10.0]), np.array([0.0, 10.0])),
            [0.0, 0.0],
            words="a good that nobody offers and nobody asks for",
            hint="There is nothing to divide by. No offer and no wish fit together.",
        ),
    ),
    right="This is the number that everybody stares at. Note what it does not know: who asks, and for what.",
)

# --- 08.5: a rule of one's own --------------------------------------------------------------------------------------


def _own(name: str, economy: Any, start: Any, most: int, words_: str) -> Step:
    def test(answer: Any) -> str | None:
        try:
            year = plan(economy(), rule=copy.copy(answer), start=start(), threshold=0.05, max_rounds=most)
        except Exception as error:
            return f"{words_} your rule stops: {in_words(error)}"
        if year.converged:
            return None
        first, last = 100 * year.worst[0], 100 * year.worst[-1]
        return f"{words_} the worst gap goes from {first:.0f} % to {last:.0f} % in {year.rounds} rounds: not under 5 %."

    return Step(name, test)


def _direction(answer: Any) -> str | None:
    prices = np.array([10.0, 10.0, 10.0])
    new = np.asarray(answer(prices.copy(), np.array([100.0, 100.0, 100.0]), np.array([150.0, 50.0, 100.0])))
    if new.shape != prices.shape:
        return f"It gets three prices and has to give three back; yours gives {new.size}."
    if not (new[0] > 10 > new[1]):
        return "A good that is short should become dearer, one that is over cheaper. Yours goes another way."
    return None


def _nearby() -> Any:
    from parecon_edu.planning.controls import NEARBY

    return NEARBY


OWN_RULE = Ladder(
    answered(),
    of_type("function"),
    Step("moves the wrong way", _direction),
    _own("not in the corner", lambda: scenario("riverside_corner").economy, lambda: None, SOON, "In the corner"),
    _own("not in all of Riverside", lambda: scenario("riverside").economy, _nearby, SOON_ALL, "In all of Riverside"),
    right="One rule for a small town and a tightly knit one. What would you have to know to choose the step first?",
)

# --- 08.6: argue ----------------------------------------------------------------------------------------------------

ARGUE = Ladder(
    answered(placeholder="Write here."),
    words(40),
    mentions(
        ["council", "board", "baker", "plant", "gasworks", "neighbourhood", "harbour", "hilltop", "eastside"],
        "Who does it happen to? Name a council, or the board.",
    ),
    mentions(
        ["hid", "lie", "lying", "overshoot", "settle", "new", "absent", "meeting", "power", "program", "smoke", "time"],
        "Say in which way it fails: what exactly goes wrong in a round?",
    ),
    mentions(
        ["compare", "check", "notice", "show", "see", "vote", "stop", "slow", "small", "ask", "remed", "would help"],
        "And what would help, or at least show it?",
    ),
    right="Read it to somebody who defends the opposite, and let them put your point in their words.",
)

LADDERS = {
    "08.1": CORNER,
    "08.2": HARBOUR,
    "08.3": STRENGTH,
    "08.4": GAP,
    "08.5": OWN_RULE,
    "08.6": ARGUE,
    "08.7": BRAVE,
}
