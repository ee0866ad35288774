"""What a learner can move in the lessons on planning, and what it calls."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

import numpy as np

from parecon_edu.display import Action, Choice, Exhibit, Kept, Panel, Rows, Slider, Switch, Text
from parecon_edu.display.inputs import Control
from parecon_edu.display.views import view_of
from parecon_edu.display.words import join, number
from parecon_edu.economy import published, scenario
from parecon_edu.economy.model import WANTED
from parecon_edu.planning import board_figures, figures, room_figures
from parecon_edu.planning.board import MOST_ROUNDS, Board, in_digits, open_board, rule_rounds
from parecon_edu.planning.hiding import hide, like
from parecon_edu.planning.hints import LEVELS, hint
from parecon_edu.planning.model import Plan, plan
from parecon_edu.planning.rules import RULES, proportional
from parecon_edu.planning.slips import SlipBoard, add_up, councils
from parecon_edu.planning.town import TownPlan, plan_town, with_taste

__all__ = ["NEARBY", "board_of", "panel"]

#: Start prices for playing all of Riverside by hand: what a town nearby ended with, each within about a sixth of right.
NEARBY = (4.2, 28.0, 0.9, 26.0, 22.0, 32.0, 2.6, 3.7, 4.9)

_TOWNS = {"riverside_corner": "a corner of it: three goods", "riverside": "all of Riverside: nine goods"}
_MOST_WATCHED = 64
_OVERSHOOT_ROUNDS = 60
_DRAWN = "published"  # a town drawn by lot, as in the published simulations, small enough to be quick
_WILD_TOWNS = {**_TOWNS, _DRAWN: "a town drawn by lot, as published: fifteen goods"}
_WILD_CODE = {town: f'economy.scenario("{town}").economy' for town in _TOWNS}
_WILD_CODE[_DRAWN] = "economy.published(1, goods=3, per_industry=10, consumers=20)"
_PLACES = {"riverside_corner": "The corner", "riverside": "All of Riverside", _DRAWN: "The town drawn by lot"}
_CALM = 0.15


def panel(view: str = "board", *, town: str = "riverside_corner", start: Sequence[float] | None = None) -> Panel:
    """Make one of the panels of the lessons on planning.

    Parameters
    ----------
    view : str
        "board": be the facilitation board. "class": the same for a class with paper cards. "watch": a rule at work,
        round by round. "plan": a finished plan of all of Riverside, and what changes when a neighbourhood's tastes
        change. "overshoot": a board that reacts too strongly. "hidden": a council that hides capacity.
    town : str
        Which scenario the board is for, in the view "board".
    start : sequence of float, optional
        Its start prices; None for the scenario's own (for all of Riverside: `NEARBY`).

    Returns
    -------
    Panel

    Raises
    ------
    ValueError
        If there is no such view.

    Examples
    --------
    >>> board = panel("board")
    >>> board.set(bread=3.7, energy=1.0, hours=4.0)
    >>> board.press("ask")
    >>> print(board.exhibit.sentence.split(".")[0])
    Round 2: bread is 42 % short, energy is 38 % over and hours are 31 % over
    """
    return _board(town, start) if view == "board" else view_of(_VIEWS, view)()


# --- by hand --------------------------------------------------------------------------------------------------------


def first_board(town: str, start: Sequence[float] | None = None) -> Board:
    """Return the board with which the panel of a town begins."""
    return open_board(scenario(town), start=NEARBY if start is None and town == "riverside" else start)


def board_of(values: Mapping[str, Any], *, town: str = "riverside_corner") -> Board:
    """Return the board that a board panel's values stand for.

    Examples
    --------
    >>> board_of(panel("board").values).rounds
    1
    """
    return _board_of(first_board(town), values)


def _board_of(first: Board, values: Mapping[str, Any]) -> Board:
    return Board(first.economy, values["rounds"], values["undone"], first.goal, first.units)


def _board(town: str, start: Sequence[float] | None) -> Panel:
    first = first_board(town, start)
    rules = rule_rounds(first)
    keys = [_key(good) for good in first.economy.goods]

    def prices(values: Mapping[str, Any]) -> list[float]:
        return [values[key] for key in keys]

    def draw(**values: Any) -> Exhibit:
        board = _board_of(first, values)
        hints = [hint(board, level) for level in range(1, values["hints"] + 1)]
        return board_figures.by_hand(board, draft=prices(values), hints=hints, rules=rules)

    def ask(**values: Any) -> dict[str, Any]:
        board = _board_of(first, values).ask(in_digits(prices(values)))
        return {"rounds": board.announced, "hints": 0, **dict(zip(keys, board.announced[-1], strict=True))}

    def undo(**values: Any) -> dict[str, Any]:
        board = _board_of(first, values)
        before = board.undo()
        # The prices of the round that was taken back stay set, so that they can be mended and announced again.
        back = dict(zip(keys, board.announced[-1], strict=True))
        return {"rounds": before.announced, "undone": before.taken_back, "hints": 0, **back}

    def give_hint(**values: Any) -> dict[str, Any]:
        if values["hints"] == LEVELS:
            raise ValueError("These are all the hints for this round. Ask the councils, and there will be new ones.")
        return {"hints": 1 if _board_of(first, values).now.worst < first.goal else values["hints"] + 1}

    def code(**values: Any) -> str:
        board = _board_of(first, values)
        opening = "" if town != "riverside" and start is None else f", start={list(first.announced[0])}"
        asks = "".join(f"board = board.ask({list(row)})\n" for row in board.announced[1:])
        return (
            "from parecon_edu import economy, planning\n\n"
            f'board = planning.open_board(economy.scenario("{town}"){opening})\n{asks}'
            "print(board.sentence)\nboard.now.supply, board.now.demand"
        )

    sliders = [
        _price_slider(good, key, p) for good, key, p in zip(first.economy.goods, keys, first.announced[0], strict=True)
    ]
    kept = [
        Kept(Rows("rounds", "Announced prices", len(keys), first.announced, MOST_ROUNDS)),
        Kept(Slider("undone", "Rounds taken back", 0, 10_000, 1, 0, whole=True)),
        Kept(Slider("hints", "Hints", 0, LEVELS, 1, 0, whole=True)),
    ]
    actions = [
        Action("ask", "Ask the councils", ask, "Announce these prices and get every council's answer", main=True),
        Action("undo", "Undo", undo, "Take the last round back"),
        Action("hint", "Hint", give_hint, "Say what hangs together; up to three a round"),
    ]
    title = "You are the facilitation board: set prices, then ask the councils"
    return Panel(f"board-{town}", [*sliders, *kept], draw, code, title=title, actions=actions)


def _price_slider(good: str, key: str, price: float) -> Slider:
    low, high = _two_digits(price / 4), _two_digits(3 * price)
    step = 10.0 ** np.floor(np.log10(price / 8))
    return Slider(key, f"Price of {good}", low, high, float(step), price, unit="points")


def _two_digits(value: float) -> float:
    return float(f"{value:.1g}")


def _key(good: str) -> str:
    return str(good).replace(" ", "_")


# --- a class with paper cards ---------------------------------------------------------------------------------------


def _class() -> Panel:
    home = scenario("riverside_corner")
    first = open_board(home)
    goods = first.economy.goods
    keys = [_key(good) for good in goods]
    members = {_key(name.lower()): (name, offers, asks) for name, offers, asks in councils(first.economy)}
    # A neighbourhood may be named as a good or a workplace is: the slip says what it is.
    slips = {f"slip_{key}": one for key, one in members.items()}

    def board_of(rounds: Sequence[Sequence[float]]) -> SlipBoard:
        n = len(keys)
        cut = [(tuple(row[:n]), tuple(row[n : 2 * n]), tuple(row[2 * n :])) for row in rounds]
        prices, supplies, demands = zip(*cut, strict=True)
        return SlipBoard(first.economy, prices, 0, first.goal, first.units, supplies, demands)

    def draw(**values: Any) -> Exhibit:
        if not values["rounds"]:
            return board_figures.no_round(first)
        return board_figures.on_paper(board_of(values["rounds"]))

    def total(**values: Any) -> dict[str, Any]:
        typed = {name: values[key] for key, (name, _, _) in slips.items()}
        supply, demand = add_up(first.economy, typed)
        row = (*in_digits(values[key] for key in keys), *supply, *demand)
        return {"rounds": (*values["rounds"], row), **dict.fromkeys(slips, "")}

    def undo(**values: Any) -> dict[str, Any]:
        if not values["rounds"]:
            raise ValueError("There is no round to take back yet.")
        last = values["rounds"][-1]
        return {"rounds": values["rounds"][:-1], **dict(zip(keys, last, strict=False))}

    def code(**values: Any) -> str:
        typed = {name: values[key] for key, (name, _, _) in slips.items()}
        return (
            "from parecon_edu import economy, planning\n\n"
            f'town = economy.scenario("riverside_corner").economy\nslips = {typed!r}\n'
            "# supply and demand, once every slip is in:\n"
            "planning.add_up(town, slips) if all(slips.values()) else None"
        )

    def label(name: str, offers: Sequence[str], asks: Sequence[str]) -> str:
        return f"{name}: {join([*(f'{good} offered' for good in offers), *(f'{good} asked for' for good in asks)])}"

    controls: list[Control] = [
        *(_price_slider(good, key, p) for good, key, p in zip(goods, keys, first.announced[0], strict=True)),
        *(Text(key, label(*one)) for key, one in slips.items()),
        Kept(Rows("rounds", "Rounds", 3 * len(keys), (), MOST_ROUNDS)),
    ]
    actions = [
        Action("add", "Add up", total, "Add up all slips at the announced prices", main=True),
        Action("undo", "Undo", undo, "Take the last round back"),
    ]
    return Panel(
        "class",
        controls,
        draw,
        code,
        title="The class round: announce prices, collect the slips, type them in",
        actions=actions,
    )


# --- watching a rule ------------------------------------------------------------------------------------------------


def _watch() -> Panel:
    @cache  # the panel's own: a rule is run once, however often its rounds are looked at
    def run(town: str, rule: str) -> Plan:
        return plan(scenario(town).economy, rule=rule, threshold=0.05, max_rounds=_MOST_WATCHED)

    def draw(town: str, rule: str, round: int) -> Exhibit:
        year = run(town, rule)
        at = min(round, year.rounds)
        home = scenario(town)
        rows = tuple(tuple(row) for row in year.price_history[:at].tolist())
        board = Board(home.economy, rows, units=home.units)
        return board_figures.watched(board, year, open_answers=town == "riverside_corner")

    def code(town: str, rule: str, round: int) -> str:
        return (
            "from parecon_edu import economy, planning\n\n"
            f'town = economy.scenario("{town}").economy\n'
            f'year = planning.plan(town, rule="{rule}", threshold=0.05, max_rounds={_MOST_WATCHED})\n'
            f"at = min({round}, year.rounds)\n"
            "year.prices, year.worst[:at]"
        )

    def step(by: int) -> Callable[..., dict[str, int]]:
        def act(town: str, rule: str, round: int) -> dict[str, int]:
            year = run(town, rule)
            at = min(round, year.rounds)
            if by > 0 and at == year.rounds:
                end = "the proposals meet here" if year.converged else "the board gave up here"
                raise ValueError(f"Round {at} is the last one: {end}. Choose another rule, or go back to round 1.")
            if by < 0 and at == 1:
                raise ValueError("This is round 1, the answer to the start prices. Step on from here.")
            return {"round": max(1, min(at + by, year.rounds))}

        return act

    controls: list[Control] = [
        Choice(
            "rule",
            "Which rule makes the prices?",
            {name: f"{name}: reads {r.reads}" for name, r in RULES.items()},
            "published",
        ),
        Slider("round", "Round", 1, _MOST_WATCHED, 1, 1, whole=True),
        Choice("town", "Which town?", _TOWNS, "riverside_corner"),
    ]
    actions = [
        Action("next", "Next round", step(1), "Let the rule make new prices and ask the councils", main=True),
        Action("back", "One back", step(-1), "Look at the round before"),
        Action(
            "end", "Play to the end", lambda town, rule, round: {"round": run(town, rule).rounds}, "To the last round"
        ),
    ]

    return Panel("watch", controls, draw, code, title="A rule at work", actions=actions)


# --- the plan -------------------------------------------------------------------------------------------------------


def _plan() -> Panel:
    economy = scenario("riverside").economy
    base = plan_town(economy)
    wanted = {str(good): str(good) for good, kind in zip(economy.goods, economy.kinds, strict=True) if kind in WANTED}
    shown = {"makes": "who makes what", "gets": "who gets what"}

    def changed(who: str, good: str, points: float) -> TownPlan:
        return plan_town(with_taste(economy, who, good, points / 100), start=base.all_prices) if points else base

    def draw(show: str, points: float, who: str, good: str) -> Exhibit:
        now = changed(who, good, points)
        change = f"If {who} puts {number(points)} more of every 100 points into {good}" if points else ""
        return (figures.makes if show == "makes" else figures.gets)(now, base, change=change)

    def code(show: str, points: float, who: str, good: str) -> str:
        see = "now.proposals.output, now.smoke, now.charge" if show == "makes" else "now.consumption"
        return (
            "from parecon_edu import economy, planning\n\n"
            'riverside = economy.scenario("riverside").economy\n'
            f'town = planning.with_taste(riverside, "{who}", "{good}", {points / 100!r})\n'
            f"now = planning.plan_town(town)\n{see}"
        )

    controls: list[Control] = [
        Choice("show", "Show", shown, "makes"),
        Slider("points", "Points that a neighbourhood moves", 0, 30, 1, 0, unit="of 100"),
        Choice("who", "Which neighbourhood changes its tastes?", {n: n for n in economy.neighbourhoods}, "Harbour"),
        Choice("good", "… to more of", wanted, "energy"),
    ]
    title, more = "The plan of all of Riverside", "More: whose tastes"
    return Panel("plan", controls, draw, code, title=title, later=("who", "good"), more=more)


# --- gone wrong -----------------------------------------------------------------------------------------------------


def _overshoot() -> Panel:
    towns = {town: scenario(town).economy for town in _TOWNS}
    towns[_DRAWN] = published(1, goods=3, per_industry=10, consumers=20)

    def run(town: str, kappa: float) -> Plan:
        rule = proportional(kappa)
        return plan(towns[town], rule=rule, threshold=0.05, max_rounds=_OVERSHOOT_ROUNDS)

    calm = {town: run(town, _CALM) for town in _WILD_TOWNS}

    def draw(kappa: float, town: str) -> Exhibit:
        place = _PLACES[town]
        return figures.overshoot(
            run(town, kappa), calm[town], kappa=kappa, calm_kappa=_CALM, place=place, limit=_OVERSHOOT_ROUNDS
        )

    def code(kappa: float, town: str) -> str:
        return (
            "from parecon_edu import economy, planning\n\n"
            f"town = {_WILD_CODE[town]}\n"
            f"rule = planning.proportional({kappa!r})\n"
            f"year = planning.plan(town, rule=rule, threshold=0.05, max_rounds={_OVERSHOOT_ROUNDS})\n"
            "year.converged, year.worst"
        )

    controls: list[Control] = [
        Slider("kappa", "Reaction: how strongly the board answers a gap (κ)", 0.05, 0.6, 0.01, 0.15),
        Choice("town", "Which town?", _WILD_TOWNS, "riverside"),
    ]
    return Panel("overshoot", controls, draw, code, title="A board that reacts more or less strongly")


def _hidden() -> Panel:
    economy = scenario("riverside_corner").economy
    honest = plan(economy, rule="memory", threshold=0.01)

    def draw(share: float, workplace: str, both: bool) -> Exhibit:
        told = economy
        for name in [workplace, *[economy.workplaces[i] for i in like(economy, workplace) if both]]:
            told = hide(told, name, share / 100)
        year = plan(told, rule="memory", threshold=0.01)
        return room_figures.hidden(economy, honest, told, year, workplace=workplace, share=share / 100, both=both)

    def code(share: float, workplace: str, both: bool) -> str:
        others = [economy.workplaces[i] for i in like(economy, workplace) if both]
        also = "".join(f'told = planning.hide(told, "{name}", {share / 100!r})\n' for name in others)
        return (
            "from parecon_edu import economy, planning\n\n"
            'town = economy.scenario("riverside_corner").economy\n'
            f'told = planning.hide(town, "{workplace}", {share / 100!r})\n{also}'
            'year = planning.plan(told, rule="memory", threshold=0.01)\n'
            "ratio = economy.worker_proposals(told, year.prices).benefit_cost\n"
            f'ratio, planning.same_means(told, year.prices, "{workplace}")'
        )

    controls: list[Control] = [
        Slider("share", "Share of its capacity that it hides", 0, 60, 5, 0, unit="%"),
        Choice("workplace", "Who hides it?", {name: name for name in economy.workplaces}, "Old Weir power plant"),
        Switch("both", "The other one that makes the same hides as much"),
    ]
    title = "A council that hides what it can do"
    return Panel("hidden", controls, draw, code, title=title, later=("workplace", "both"), more="More: who hides")


_VIEWS: dict[str, Callable[..., Panel]] = {
    "board": _board,
    "class": _class,
    "watch": _watch,
    "plan": _plan,
    "overshoot": _overshoot,
    "hidden": _hidden,
}
