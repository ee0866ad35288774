"""The facilitation board by hand: announce prices, get answers, announce better ones.

A `Board` is a half-played round game: an economy and the prices announced so far. It is frozen; asking and undoing
give a new one. Everything else, the answers, the words and the score, follows from these prices.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from parecon_edu.display.words import join, number
from parecon_edu.economy.model import Economy
from parecon_edu.planning.answers import Answers
from parecon_edu.planning.model import plan
from parecon_edu.planning.rules import RULES
from parecon_edu.validation import arrays as checks

GOAL = 0.05  # the worst imbalance below which the game is won: one of the published marks
MOST_ROUNDS = 99
NAMED = 4  # so many goods are named in a sentence, the worst first
DIGITS = 4  # of a price that is announced by hand


@dataclass(frozen=True, eq=False)
class Board:
    """Rounds played by hand so far.

    Parameters
    ----------
    economy
        Whose councils answer.
    announced : one tuple of G prices a round
        What was announced; the first are the start prices, and their answers are round 1.
    taken_back
        How many rounds were undone. They are counted: the councils did meet for them.
    goal
        The game is won when the worst imbalance is below it.
    units
        What each good is counted in, where that is known.

    Raises
    ------
    ValueError
        If there is no round, or a price is missing, no number, or not above 0.

    Examples
    --------
    >>> from parecon_edu import economy
    >>> board = open_board(economy.scenario("riverside_corner"))
    >>> board.rounds, board.reached
    (1, None)
    >>> board = board.ask([3.7, 1.1, 4.5])
    >>> board.rounds, board.undo().rounds, board.undo().asked
    (2, 1, 2)
    """

    economy: Economy
    announced: tuple[tuple[float, ...], ...]
    taken_back: int = 0
    goal: float = GOAL
    units: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.announced:
            raise ValueError(
                "announced is empty: a board has announced at least its start prices. Put one row of them."
            )
        rows = tuple(_prices(self.economy, prices) for prices in self.announced)
        object.__setattr__(self, "announced", rows)
        checks.whole_number("taken_back", self.taken_back, low=0)
        checks.one_number("goal", self.goal, low=0.0, open_low=True)

    @property
    def rounds(self) -> int:
        """How many rounds stand; the answers to the start prices are round 1."""
        return len(self.announced)

    @property
    def asked(self) -> int:
        """How often the councils were asked, rounds that were taken back included."""
        return self.rounds + self.taken_back

    @cached_property
    def answers(self) -> tuple[Answers, ...]:
        """The councils' answers, added up, round by round."""
        made = self.economy.made
        rows = [np.array(prices) for prices in self.announced]
        return tuple(Answers(prices, *self.economy.respond(prices), made, self.economy) for prices in rows)

    @property
    def now(self) -> Answers:
        """The last round's answers."""
        return self.answers[-1]

    @property
    def reached(self) -> int | None:
        """The first round below the goal, or None."""
        return next((n for n, answers in enumerate(self.answers, 1) if answers.worst < self.goal), None)

    def ask(self, prices: ArrayLike) -> Board:
        """Announce prices and get the councils' answers: the board one round later.

        Raises
        ------
        ValueError
            If a price is missing or not above 0, if no price has changed, or after 99 rounds.
        """
        new = _prices(self.economy, prices)
        if new == self.announced[-1]:
            raise ValueError(
                "You have not changed a price, so the councils would answer the same again. "
                "Change at least one price, then ask."
            )
        if self.rounds >= MOST_ROUNDS:
            raise ValueError(f"The councils have met {MOST_ROUNDS} times and want to go home. Undo, or begin again.")
        return replace(self, announced=(*self.announced, new))

    def undo(self) -> Board:
        """Take the last round back; it stays counted in `asked`.

        Raises
        ------
        ValueError
            If only the answers to the start prices are left.
        """
        if self.rounds == 1:
            raise ValueError("There is nothing to take back: these are the answers to the start prices.")
        return replace(self, announced=self.announced[:-1], taken_back=self.taken_back + 1)

    def until(self, round_: int) -> Board:
        """Return the board as it stood in that round, counted from 1."""
        return replace(self, announced=self.announced[:round_])

    @property
    def sentence(self) -> str:
        """What is short and what is over, in words."""
        parts = [_gap(self, g) for g in _by_size(self.now) if self.now.imbalance[g] >= self.goal]
        if len(parts) > NAMED + 1:
            parts = [*parts[:NAMED], f"{len(parts) - NAMED} more are out of balance"]
        goal = f"{number(100 * self.goal)} %"
        if not parts:
            worst = int(np.argmax(self.now.imbalance))
            again = f", {self.taken_back} of them taken back" if self.taken_back else ""
            rest = f"the largest gap left is {self.economy.goods[worst]}, {side(float(self.now.excess[worst]))}"
            return (
                f"Round {self.rounds}: the proposals meet. Every gap is under {goal}; {rest}. "
                f"The councils were asked {_times(self.asked)}{again}."
            )
        fine = [str(self.economy.goods[g]) for g in range(self.now.prices.size) if self.now.imbalance[g] < self.goal]
        ready = f" {capital(join(fine))} {be(join(fine))} within {goal}." if fine else ""
        return f"Round {self.rounds}: {join(parts)}.{ready} The goal is every gap under {goal}."

    def history(self) -> list[tuple[int, tuple[float, ...], float, str]]:
        """Return number, prices, worst imbalance and the good that has it, round by round."""
        goods = self.economy.goods
        rounds = zip(self.announced, self.answers, strict=True)
        return [(n, p, a.worst, goods[int(np.argmax(a.imbalance))]) for n, (p, a) in enumerate(rounds, 1)]


def open_board(town: Any, *, start: ArrayLike | None = None, goal: float = GOAL) -> Board:
    """Return a board that has announced its start prices and got the answers.

    Parameters
    ----------
    town
        A scenario, which knows the units of its goods, or an economy.
    start
        The first prices; None for the town's own.
    goal
        The worst imbalance to come below.

    Examples
    --------
    >>> from parecon_edu import economy
    >>> print(open_board(economy.scenario("riverside_corner")).sentence)
    Round 1: bread is 107 % short, energy is 79 % over and hours are 54 % over. The goal is every gap under 5 %.
    """
    home: Economy = getattr(town, "economy", town)
    first = home.start if start is None else start
    return Board(home, (tuple(np.atleast_1d(first).tolist()),), goal=goal, units=tuple(getattr(town, "units", ())))


def rule_rounds(board: Board, *, most: int = 200) -> dict[str, int | None]:
    """Return how many rounds each rule needs from the same start prices to the same goal; None if over `most`.

    Examples
    --------
    >>> from parecon_edu import economy
    >>> rule_rounds(open_board(economy.scenario("riverside_corner")))["accounts"] < 10
    True
    """
    return {
        name: plan(
            board.economy, rule=name, start=board.announced[0], threshold=board.goal, max_rounds=most
        ).first_below(board.goal)
        for name in RULES
    }


def _prices(economy: Economy, prices: ArrayLike) -> tuple[float, ...]:
    array = checks.numbers("prices", prices, shape=economy.supply.shape, per="one price a good")
    checks.positive("prices", array, economy.good_name)
    return tuple(array.tolist())


def in_digits(prices: Iterable[float]) -> list[float]:
    """Round prices as a board writes them down, so that a slider's rounding errors are not announced.

    Very small prices keep their digits: rounding must never make one zero.

    Examples
    --------
    >>> in_digits([3.0500000000000003, 0.000123456])
    [3.05, 0.0001235]
    """
    return [round(p, DIGITS) if p >= 1 else float(f"{p:.{DIGITS}g}") for p in prices]


def _by_size(answers: Answers) -> list[int]:
    return [int(g) for g in np.argsort(-answers.imbalance, kind="stable")]


def _gap(board: Board, g: int) -> str:
    name, excess = board.economy.goods[g], float(board.now.excess[g])
    return f"{name} {be(name)} {side(excess)}"


def gap_percent(share: float) -> str:
    """Write a gap: whole percent, below ten percent with one digit, so that 4.9 does not read as 5.

    Examples
    --------
    >>> gap_percent(1.069), gap_percent(0.0496)
    ('107 %', '5.0 %')
    """
    return f"{100 * share:.{0 if share >= 0.0995 else 1}f} %"


def price_text(value: float) -> str:
    """Write a price with two digits after the point, and a large one with none."""
    return number(value, 2 if value < 100 else 0)


def side(excess: float) -> str:
    """Write on which side a gap is: 21 % short; 4.2 % over."""
    return f"{gap_percent(abs(excess))} {'short' if excess > 0 else 'over'}"


def be(name: str) -> str:
    """Give the verb that goes with a good's name: energy is, hours are."""
    return "are" if name.endswith("s") or " and " in name else "is"


def capital(text: str) -> str:
    """Begin a sentence with a capital letter."""
    return text[:1].upper() + text[1:]


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")
