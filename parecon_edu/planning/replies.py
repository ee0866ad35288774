"""The councils' answers in words, each with the reason that follows from the numbers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from parecon_edu.display.words import join, number
from parecon_edu.economy.model import Economy, Proposals, consumer_proposals, worker_proposals
from parecon_edu.planning.board import Board, be
from parecon_edu.validation.arrays import Floats

SAME = 0.005  # a change of less than half a percent is not worth a word
WORTH_SAYING = 0.4  # a reason is named if it does at least this share of what the largest one does
_PARTS = ((1 / 10, "a tenth"), (1 / 5, "a fifth"), (1 / 4, "a quarter"), (1 / 3, "a third"))


@dataclass(frozen=True)
class Reply:
    """One council's answer: what it offers and asks for, by good, and how it puts it."""

    council: str
    offers: dict[str, float]
    asks: dict[str, float]
    words: str


def replies(board: Board) -> tuple[Reply, ...]:
    """Return what every council answered in the board's last round, workplaces first.

    In round 1 a council says what it works by; later it says what has changed, and which price made it.

    Examples
    --------
    >>> from parecon_edu import economy, planning
    >>> board = planning.open_board(economy.scenario("riverside_corner"))
    >>> print(replies(board)[-1].words)
    Harbour asks for 13,000 day baskets of bread and 8,462 kWh of energy: of every 100 points it spends 78 on bread \
and 22 on energy.
    >>> print(replies(board.ask([3, 1.2, 5]))[1].words)
    Haddad ovens offers 3 % more bread (5,292 day baskets) and asks for 12 % more energy and 3 % more hours: energy \
became cheaper against bread.
    """
    economy = board.economy
    now = _Round.at(economy, board.announced[-1])
    before = _Round.at(economy, board.announced[-2]) if board.rounds > 1 else None
    works = [_workplace(board, j, now, before) for j in range(economy.product.size)]
    return (*works, *(_neighbourhood(board, h, now, before) for h in range(economy.income.size)))


@dataclass(frozen=True)
class _Round:
    """All proposals at one set of prices."""

    works: Proposals
    homes: Floats

    @classmethod
    def at(cls, economy: Economy, prices: tuple[float, ...]) -> _Round:
        return cls(worker_proposals(economy, prices), consumer_proposals(economy, prices))


def reasons(economy: Economy, before: ArrayLike, after: ArrayLike) -> tuple[NDArray[np.float64], Floats]:
    """Take apart why each workplace's output changed between two sets of prices.

    With b the exponents, B + c/k the returns R and dln for changes of logarithms, the closed form gives exactly
    dln Q = - sum b_i / (1 - R) (dln p_i - dln lambda) + c/k / (1 - R) dln lambda.

    Returns
    -------
    by_input : (J, M)
        The part of dln Q that comes from each input becoming dearer or cheaper against the product.
    by_effort : (J,)
        The part that comes from effort: a product that is worth more calls forth more of it.
    """
    move = np.log(np.asarray(after, dtype=np.float64) / np.asarray(before, dtype=np.float64))
    own = move[economy.product]
    stretch = 1 / (1 - economy.returns)
    against = np.where(economy.inputs >= 0, move[economy.inputs] - own[:, None], 0.0)
    effort = economy.effort_exponent / economy.effort_disutility
    return -economy.exponents * against * stretch[:, None], effort * stretch * own


def _workplace(board: Board, j: int, now: _Round, before: _Round | None) -> Reply:
    economy, goods = board.economy, board.economy.goods
    name, product = economy.workplace_name(j), goods[economy.product[j]]
    used = [(m, int(i)) for m, i in enumerate(economy.inputs[j]) if i >= 0]
    output = float(now.works.output[j])
    asks = {goods[i]: float(now.works.inputs[j, m]) for m, i in used}
    if before is None:
        things = join(amount(board, good, asked) for good, asked in asks.items())
        shares = join(f"{number(100 * float(economy.exponents[j, m]), 0)} on {goods[i]}" for m, i in used)
        words = (
            f"{name} offers {amount(board, product, output)} and asks for {things}: of every 100 points "
            f"its {product} {be(product)} worth, it is ready to spend {shares}."
        )
        return Reply(name, {product: output}, asks, words)
    ratio = output / float(before.works.output[j])
    changes = {goods[i]: float(now.works.inputs[j, m] / before.works.inputs[j, m]) for m, i in used}
    if all(abs(change - 1) < SAME for change in (ratio, *changes.values())):
        words = f"{name} answers as before: the prices it looks at have hardly moved."
        return Reply(name, {product: output}, asks, words)
    words = (
        f"{name} offers {changed_words(product, ratio)} ({quantity(board, product, output)}) and asks for "
        f"{join(changed_words(good, change) for good, change in changes.items())}: {_why(board, j)}."
    )
    return Reply(name, {product: output}, asks, words)


def _why(board: Board, j: int) -> str:
    """Name the changes of price that moved the output, and those that held against them if they weigh enough."""
    economy, product = board.economy, int(board.economy.product[j])
    by_input, by_effort = reasons(economy, board.announced[-2], board.announced[-1])
    parts = {int(i): float(part) for i, part in zip(economy.inputs[j], by_input[j], strict=True) if i >= 0}
    effort = float(by_effort[j])
    total = sum(parts.values()) + effort
    if abs(total) < SAME:
        # The output stays and the mix of inputs changes: say which became dear and which cheap.
        mixed = {i: part for i, part in parts.items() if abs(part) >= SAME}
        return _dearer(board, mixed, product) or f"prices around {economy.goods[product]} have shifted a little"
    same = {i: part for i, part in parts.items() if part * total > 0}
    with_effort = abs(effort) if effort * total > 0 else 0.0
    enough = WORTH_SAYING * max([abs(part) for part in same.values()] + [with_effort])
    said = [_dearer(board, {i: part for i, part in same.items() if abs(part) >= enough}, product)]
    if with_effort >= enough:
        said.append(_effort(economy.goods[product], effort))
    against = {i: part for i, part in parts.items() if part * total < 0 and abs(part) >= WORTH_SAYING * abs(total)}
    main = ", and ".join(part for part in said if part)
    return f"{main}; that weighs more than that {_dearer(board, against, product)}" if against else main


def _effort(product: str, effort: float) -> str:
    more, done = ("more", "more") if effort > 0 else ("fewer", "less")
    return f"{product} {be(product)} worth {more} points, so its members put in {done} effort"


def _dearer(board: Board, parts: dict[int, float], product: int) -> str:
    """Say which inputs became dearer and which cheaper against the product.

    An input whose price fell can still be dearer against a product that fell further; then that is said instead.
    """
    goods, own = board.economy.goods, board.economy.goods[product]
    said: dict[str, list[str]] = {}
    for i, part in parts.items():
        change = board.announced[-1][i] / board.announced[-2][i] - 1
        dear = part < 0
        if change * (1 if dear else -1) >= SAME:
            words = f"{{}} became {'dearer' if dear else 'cheaper'} against {own}"
        elif abs(change) < SAME:
            words = f"{own} {'fell' if dear else 'rose'} in price and {{}} did not"
        else:
            words = f"{own} {'fell' if dear else 'rose'} in price further than {{}}"
        said.setdefault(words, []).append(goods[i])
    return ", and ".join(words.format(join(names)) for words, names in said.items())


def _neighbourhood(board: Board, h: int, now: _Round, before: _Round | None) -> Reply:
    economy = board.economy
    wanted = np.flatnonzero(economy.tastes[h] > 0)
    asks = {economy.goods[g]: float(now.homes[h, g]) for g in wanted}
    name = economy.neighbourhood_name(h)
    if before is None:
        share = 100 * economy.tastes[h] / economy.tastes[h].sum()
        spends = join(f"{number(float(share[g]), 0)} on {economy.goods[g]}" for g in wanted)
        things = join(amount(board, good, asked) for good, asked in asks.items())
        return Reply(name, {}, asks, f"{name} asks for {things}: of every 100 points it spends {spends}.")
    ratio = {economy.goods[g]: float(now.homes[h, g] / before.homes[h, g]) for g in wanted}
    moved = [good for good in ratio if abs(ratio[good] - 1) >= SAME]
    if not moved:
        return Reply(name, {}, asks, f"{name} asks for the same as before: the prices of what it wants have not moved.")
    changed = join(f"{changed_words(good, ratio[good])} ({quantity(board, good, asks[good])})" for good in moved)
    dear, cheap = [g for g in moved if ratio[g] < 1], [g for g in moved if ratio[g] > 1]
    why = [f"{join(goods)} became {word}" for goods, word in ((dear, "dearer"), (cheap, "cheaper")) if goods]
    return Reply(name, {}, asks, f"{name} asks for {changed}: {' and '.join(why)}.")


def changed_words(good: str, ratio: float) -> str:
    """Say a change of a quantity: a fifth less energy, 13 % fewer hours, 2.4 times as much bread.

    Examples
    --------
    >>> changed_words("energy", 0.8), changed_words("hours", 0.87), changed_words("bread", 2.4)
    ('a fifth less energy', '13 % fewer hours', '2.4 times as much bread')
    >>> changed_words("hours", 1.002), changed_words("energy", 0.501)
    ('as many hours as before', 'half the energy')
    """
    many = good.endswith("s")
    change = ratio - 1
    if abs(change) < SAME:
        return f"as {'many' if many else 'much'} {good} as before"
    if ratio >= 1.95:
        times = number(ratio, 0 if ratio > 20 else 1).removesuffix(".0")
        return f"{times} times as {'many' if many else 'much'} {good}"
    if abs(change + 0.5) < 0.0105:
        return f"half the {good}"
    by = next((words for part, words in _PARTS if abs(abs(change) - part) < 0.0055), "")
    by = by or f"{number(100 * abs(change), 0 if abs(change) >= 0.0095 else 1)} %"
    return f"{by} {'more' if change > 0 else 'fewer' if many else 'less'} {good}"


def amount(board: Board, good: str, value: float) -> str:
    """Say how much of a good: 1,800 day baskets of bread; 640 hours.

    Examples
    --------
    >>> from parecon_edu import economy, planning
    >>> board = planning.open_board(economy.scenario("riverside_corner"))
    >>> amount(board, "bread", 1800), amount(board, "hours", 640)
    ('1,800 day baskets of bread', '640 hours')
    """
    unit = _unit(board, good)
    return f"{_round(value)} {unit} of {good}" if unit and unit not in good else f"{_round(value)} {good}"


def quantity(board: Board, good: str, value: float) -> str:
    """Say how much, without the name of the good: 1,800 day baskets."""
    return f"{_round(value)} {_unit(board, good)}".strip()


def _unit(board: Board, good: str) -> str:
    return board.units[board.economy.goods.index(good)] if board.units else ""


def _round(value: float) -> str:
    return number(value, 0) if value >= 20 else number(value)
