"""The class round: councils are people with paper cards, and the board types in what their slips say."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from parecon_edu.display import Table
from parecon_edu.display.words import join, number
from parecon_edu.economy.model import Economy, worker_proposals
from parecon_edu.planning.answers import Answers
from parecon_edu.planning.board import Board
from parecon_edu.validation import arrays as checks

CARD_STEPS = tuple(round(0.5 + 0.1 * n, 1) for n in range(11))  # of the start price: half to one and a half


@dataclass(frozen=True, eq=False)
class SlipBoard(Board):
    """A board whose answers were typed in, not computed.

    Parameters
    ----------
    supplies, demands : one tuple of G amounts a round
        What the slips add up to; the fixed supply of what nobody makes is in it.
    """

    supplies: tuple[tuple[float, ...], ...] = ()
    demands: tuple[tuple[float, ...], ...] = ()

    @cached_property
    def answers(self) -> tuple[Answers, ...]:
        """The slips, added up, round by round."""
        rows = zip(self.announced, self.supplies, self.demands, strict=True)
        return tuple(Answers(np.array(p), np.array(s), np.array(d), self.economy.made) for p, s, d in rows)


def councils(economy: Economy) -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    """Return each council's name, what it offers and what it asks for, in the order of its slip."""
    goods = economy.goods
    works = [
        (
            economy.workplace_name(j),
            (str(goods[int(g)]),),
            tuple(str(goods[int(i)]) for i in economy.inputs[j] if i >= 0),
        )
        for j, g in enumerate(economy.product)
    ]
    homes: list[tuple[str, tuple[str, ...], tuple[str, ...]]] = [
        (economy.neighbourhood_name(h), (), tuple(str(goods[int(g)]) for g in np.flatnonzero(economy.tastes[h] > 0)))
        for h in range(economy.income.size)
    ]
    return [*works, *homes]


def add_up(economy: Economy, slips: dict[str, str]) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Add up slips: for each council the amounts it offers, then those it asks for.

    Parameters
    ----------
    economy
        Whose councils they are.
    slips
        By council, amounts as people type them: ``"5800, 2000, 1200"``; thousands without a comma.

    Returns
    -------
    tuple
        Supply and demand of every good, the fixed supply of what nobody makes included.

    Raises
    ------
    ValueError
        If a slip is missing, has too few or too many numbers, or a number below 0; if nobody offers a good and nobody
        asks for it.

    Examples
    --------
    >>> from parecon_edu import economy
    >>> corner = economy.scenario("riverside_corner").economy
    >>> works = dict(zip(corner.workplaces, ["5800 2000 1200", "5100 2000 950", "49500 5200", "32600 3000"]))
    >>> homes = dict(zip(corner.neighbourhoods, ["11000 13000", "12300 10000", "13000 8500"]))
    >>> add_up(corner, works | homes)
    ((10900.0, 82100.0, 18000.0), (36300.0, 35500.0, 10350.0))
    """
    supply, demand = dict.fromkeys(economy.goods, 0.0), dict.fromkeys(economy.goods, 0.0)
    for good, there in zip(economy.goods, economy.supply, strict=True):
        supply[good] += float(there)
    for name, offers, asks in councils(economy):
        amounts = _read(name, offers, asks, slips.get(name, ""))
        for good, amount in zip(offers, amounts, strict=False):
            supply[good] += amount
        for good, amount in zip(asks, amounts[len(offers) :], strict=True):
            demand[good] += amount
    for good in economy.goods:
        if supply[good] + demand[good] == 0:
            raise ValueError(f"Nobody offers {good} and nobody asks for it. Look at the slips once more.")
    return tuple(supply.values()), tuple(demand.values())


def _read(name: str, offers: tuple[str, ...], asks: tuple[str, ...], text: str) -> list[float]:
    wanted = [*(f"{good} offered" for good in offers), *(f"{good} asked for" for good in asks)]
    parts = [part for part in re.split(r"[\s,;]+", text.strip()) if part]
    try:
        amounts = [float(part) for part in parts]
    except ValueError:
        raise ValueError(f"I can't read the slip of {name}, '{text.strip()[:40]}'. Type numbers with blanks.") from None
    if len(amounts) != len(wanted):
        have = "is missing" if not amounts else f"has {len(amounts)}"
        need = f"It needs {len(wanted)} numbers, without commas for thousands: {join(wanted)}."
        raise ValueError(f"The slip of {name} {have}. {need}")
    if any(not math.isfinite(amount) or amount < 0 for amount in amounts):
        raise ValueError(f"An amount on the slip of {name} is below 0 or no number. Put 0 or more.")
    return amounts


def offer_card(town: Any, workplace: str, *, start: ArrayLike | None = None) -> Table:
    """Return the paper card from which a group works out what its workplace offers, without a computer.

    The offer is the one at the start prices times one factor for each price, which is exact: the logarithm of a
    workplace's output is a sum over the logarithms of prices.

    Parameters
    ----------
    town
        A scenario or an economy.
    workplace
        Its name.
    start
        The prices around which the card is made; None for the town's own.

    Raises
    ------
    ValueError
        If there is no such workplace, or a price is missing or not above 0.

    Examples
    --------
    >>> from parecon_edu import economy
    >>> print(str(offer_card(economy.scenario("riverside_corner"), "Southbank gasworks")).split(chr(10))[0])
    Southbank gasworks offers 32,594 energy × the factor of each price
    """
    economy: Economy = getattr(town, "economy", town)
    if workplace not in economy.workplaces:
        raise ValueError(f"There is no workplace '{workplace}'. There are {', '.join(economy.workplaces)}.")
    j = economy.workplaces.index(workplace)
    first = checks.numbers(
        "start", economy.start if start is None else start, shape=economy.supply.shape, per="one price a good"
    )
    base = float(worker_proposals(economy, first).output[j])
    product = int(economy.product[j])
    looks_at = [product, *[int(i) for i in economy.inputs[j] if i >= 0]]
    columns, rows = [], []
    for g in looks_at:
        columns += [f"price of {economy.goods[g]}", "factor"]
    for step in CARD_STEPS:
        row = []
        for g in looks_at:
            prices = first.copy()
            prices[g] *= step
            row += [number(float(prices[g]), 2), f"{float(worker_proposals(economy, prices).output[j]) / base:.2f}"]
        rows.append(tuple(row))
    caption = f"{workplace} offers {number(base, 0)} {economy.goods[product]} × the factor of each price"
    return Table(tuple(columns), tuple(rows), caption)
