"""Hints for the board by hand: they explain what hangs together and never say which price to announce."""

from __future__ import annotations

import numpy as np

from parecon_edu.display.words import join, number
from parecon_edu.planning.board import Board, be, capital, side

LEVELS = 3
SMALL_MOVE = 0.005


def hint(board: Board, level: int = 1) -> str:
    """Explain the good that is furthest out.

    Parameters
    ----------
    board
        The game as it stands.
    level
        1: who asks for it, and who offers it. 2: which other goods its price moves. 3: what your own last moves of
        its price did.

    Raises
    ------
    ValueError
        If there is no such level.

    Examples
    --------
    >>> from parecon_edu import economy, planning
    >>> print(hint(planning.open_board(economy.scenario("riverside_corner"))))
    Bread is furthest out: too little of it is offered. Hilltop, Eastside and Harbour ask for it; Eastside bakery and \
Haddad ovens make it. What would lead the first to ask for less, and the others to offer more?
    """
    if level not in range(1, LEVELS + 1):
        raise ValueError(f"There are hints 1 to {LEVELS}; you asked for {level!r}. Put one of these.")
    if board.now.worst < board.goal:
        return "Every gap is small enough: the proposals meet, and there is nothing left to hint at."
    g = int(np.argmax(board.now.imbalance))
    return (_who, _chain, _record)[level - 1](board, g)


def users(board: Board, g: int) -> list[str]:
    """Return the names of those who ask for good `g`: neighbourhoods, then workplaces."""
    economy = board.economy
    homes = [economy.neighbourhood_name(int(h)) for h in np.flatnonzero(economy.tastes[:, g] > 0)]
    return homes + [economy.workplace_name(int(j)) for j in np.flatnonzero((economy.inputs == g).any(axis=1))]


def makers(board: Board, g: int) -> list[str]:
    """Return the names of the workplaces that make good `g`; none if it is there in a fixed supply."""
    return [board.economy.workplace_name(int(j)) for j in np.flatnonzero(board.economy.product == g)]


def _who(board: Board, g: int) -> str:
    good, short = board.economy.goods[g], board.now.excess[g] > 0
    asking, making = users(board, g), makers(board, g)
    out = "too little of it is offered" if short else "more is offered than anybody asks for"
    ask = f"{_names(asking)} {'asks' if len(asking) == 1 else 'ask'} for it"
    if not making:
        there = f"nobody makes it: {number(float(board.economy.supply[g]))} are there, whatever the price"
        turn = "less" if short else "more"
        return f"{capital(good)}: {out}. {capital(ask)}; {there}. What would lead them to ask for {turn}?"
    make = f"{_names(making)} {'makes' if len(making) == 1 else 'make'} it"
    first, second = ("less", "more") if short else ("more", "less")
    return (
        f"{capital(good)} {be(good)} furthest out: {out}. {capital(ask)}; {make}. "
        f"What would lead the first to ask for {first}, and the others to offer {second}?"
    )


def _chain(board: Board, g: int) -> str:
    economy, goods = board.economy, board.economy.goods
    good = goods[g]
    made_from = sorted({int(i) for j in np.flatnonzero(economy.product == g) for i in economy.inputs[j] if i >= 0})
    used_for = sorted({int(economy.product[j]) for j in np.flatnonzero((economy.inputs == g).any(axis=1))} - {g})
    said = [f"{capital(good)} {be(good)} furthest out, and this price pulls on others."]
    if made_from:
        names = join(goods[i] for i in made_from)
        said.append(
            f"{capital(names)} {_go(names)} into {good}: a higher price of {good} makes its makers ask for more "
            f"{names}, and cheaper {names} would make them offer more {good}."
        )
    if used_for:
        names = join(goods[i] for i in used_for)
        said.append(
            f"{capital(good)} {_go(good)} into {names}: dearer {good} means less {names} on offer, cheaper {good} more."
        )
    also = sorted(i for i in {*made_from, *used_for} if board.now.imbalance[i] >= board.goal)
    sides = join(f"{goods[i]} {be(goods[i])} {'short' if board.now.excess[i] > 0 else 'over'}" for i in also)
    said.append(f"Now {sides}: which move mends two gaps at once?" if also else "So expect those gaps to move as well.")
    return " ".join(said)


def _record(board: Board, g: int) -> str:
    good = board.economy.goods[g]
    prices = [row[g] for row in board.announced]
    gaps = [float(answers.excess[g]) for answers in board.answers]
    pairs = [n for n in range(1, board.rounds) if abs(prices[n] / prices[n - 1] - 1) > SMALL_MOVE]
    if not pairs:
        return (
            f"You have not moved the price of {good} yet, so you can't know how strongly the councils answer. "
            "Try one step, look at the gap, and let its size tell you the size of the next step."
        )
    n = pairs[-1]
    step = 100 * (prices[n] / prices[n - 1] - 1)
    said = (
        f"In round {n + 1} you made {good} {number(abs(step), 0 if abs(step) >= 1 else 1)} % "
        f"{'dearer' if step > 0 else 'cheaper'}, and its gap went from {side(gaps[n - 1])} to {side(gaps[n])}"
    )
    short = [p for p, gap in zip(prices, gaps, strict=True) if gap > 0]
    over = [p for p, gap in zip(prices, gaps, strict=True) if gap < 0]
    if short and over:
        # The last of each: older rounds had other prices around them.
        low, high = sorted((short[-1], over[-1]))
        return (
            f"{said}. You have been on both sides: short at {number(short[-1], 2)}, over at {number(over[-1], 2)}. "
            f"If the other prices stood still, where between {number(low, 2)} and {number(high, 2)} would you look?"
        )
    return f"{said}. Other prices moved too; but if the same step did the same again, how much of it is still needed?"


def _names(names: list[str]) -> str:
    """Join names; of many, the first three and how many more."""
    return join(names) if len(names) <= 5 else f"{', '.join(names[:3])} and {len(names) - 3} more"


def _go(name: str) -> str:
    return "go" if be(name) == "are" else "goes"
