"""Pictures of councils: a pyramid, what is left of a mandate, a minority on its way up, and the replies to it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import plotly.graph_objects as go

from parecon_edu.councils.model import between_elections, carried, faithful_share, way_up
from parecon_edu.councils.replies import REPLIES, Effect, reply
from parecon_edu.councils.towns import fewest_to_win
from parecon_edu.councils.tree import Pyramid
from parecon_edu.display import Exhibit, Table
from parecon_edu.display.style import COLOURS, DASHES, GREY, PATTERNS, STRIPES, layout
from parecon_edu.display.words import join, number, percent

__all__ = ["MATTERS", "REPLY_WORDS", "all_replies", "answer", "chain", "layers", "pyramid_of"]

#: The replies, as a learner reads them.
REPLY_WORDS = {
    "nothing": "none: one delegate a council",
    "seats": "reserved seats in the top assembly",
    "veto": "a council of their own with a veto",
    "own": "autonomy: their own matters left to them",
    "court": "an independent court",
    "lists": "competing lists, seats by votes",
    "delegations": "several delegates a council, by votes",
}
_SHORT = {
    "nothing": "nothing",
    "seats": "reserved seats",
    "veto": "a veto",
    "own": "autonomy",
    "court": "a court",
    "lists": "lists",
    "delegations": "delegations",
}
_WITH = {
    "seats": "reserved seats",
    "veto": "a veto of their own council",
    "own": "autonomy in their own affairs",
    "court": "an independent court",
    "lists": "competing lists",
    "delegations": "delegations in proportion to votes",
}
#: What is watched under each reply.
MATTERS = (
    "their share of the top's members",
    "a decision against their rights is stopped",
    "they get what is mainly their own affair",
    "a project that 60 % of both sides want goes through",
)
_BROKEN = (
    "members of the top<br>who are theirs",
    "a decision against<br>their rights is stopped",
    "they get what is<br>mainly their affair",
    "what 60 % of both sides<br>want goes through",
)
_HEIGHT = 420
# The pyramid is about 300 pixels wide where the page is narrow; a mark needs five to stand by itself.
_PIXELS, _MARK = 300, 5


def pyramid_of(pyramid: Pyramid, *, place: str = "") -> Exhibit:
    """Draw a pyramid of councils, from the people to the top.

    Parameters
    ----------
    pyramid : Pyramid
        The councils.
    place : str
        What the place is called; left out, only the number of people is said.

    Returns
    -------
    Exhibit
        A row a level: its councils one by one where there is room, else a bar. The width of a row goes by the number of
        digits. Thin lines say who meets in which council; the marked way is that of one person to the top.
    """
    rows = [pyramid.population, *pyramid.counts]
    widths = np.log10(np.asarray(rows, dtype=np.float64)) / max(np.log10(rows[0]), 1e-9)
    widths = 0.06 + 0.94 * widths
    labels = [f"{number(pyramid.population)} people", *(_label(pyramid, level) for level in range(len(rows) - 1))]
    size = 13 if len(rows) <= 7 else 11 if len(rows) <= 11 else 10
    traces = [_ties(pyramid, widths)]
    traces += [_row(n, width, y) for y, (n, width) in enumerate(zip(rows, widths, strict=True))]
    # The first member of each level sits at the left end of its row: the way up runs along the edge.
    edge = [-width / 2 if n > 1 else 0.0 for n, width in zip(rows, widths, strict=True)]
    path = {
        "type": "scatter",
        "mode": "lines+markers",
        "x": edge,
        "y": list(range(len(rows))),
        "name": "from one person to the top",
        "line": {"color": COLOURS[5], "width": 2, "dash": DASHES[0]},
        "marker": {"symbol": "diamond", "size": 11, "color": COLOURS[5], "line": {"color": "#1a1a1a", "width": 1}},
        "hovertext": ["one of the people", *(each.name for each in pyramid.path(0))],
        "hoverinfo": "text",
        "showlegend": True,
    }
    figure = go.Figure(
        [*traces, path],
        layout(
            height=_HEIGHT,
            xaxis={"range": [-0.56, 0.56], "visible": False},
            yaxis={
                "range": [-0.6, max(len(rows), 3) - 0.4],
                "tickvals": list(range(len(rows))),
                "ticktext": labels,
                "tickfont": {"size": size},
                "showgrid": False,
                "zeroline": False,
            },
            showlegend=True,
            margin={"b": 12, "t": 40},
        ),
    )
    table_rows = tuple(_table_row(pyramid, level) for level in range(len(pyramid.counts) - 1, -1, -1))
    columns = ("level", "councils", "members of each", "people each one stands for")
    caption = f"Councils of {number(pyramid.population)} people, top first"
    return Exhibit(figure, _say_pyramid(pyramid, place), Table(columns, table_rows, caption))


def chain(
    drift: float,
    recall: float,
    levels: int,
    *,
    wanted: float,
    size: int = 25,
    permitted: float | None = None,
    term: int = 0,
) -> Exhibit:
    """What a delegate still stands for, level after level.

    Parameters
    ----------
    drift, recall : float
        Chances a month; see `faithful_share`. If both are 0, nobody ever drifts.
    levels : int
        How many levels there are.
    wanted : float
        Share of the people who want something that the centre does not.
    size : int
        Members of a council, an odd number.
    permitted : float, optional
        With one permitted list: the share of its candidates who want it too.
    term : int
        Months of a parliament's term, to be laid beside it; 0 for none.

    Returns
    -------
    Exhibit
        A bar a level: delegates whose chain of mandates down to the people holds. A mark a level: delegates who vote
        for what the people want.
    """
    steady = recall if drift or recall else 1.0
    unbroken = [faithful_share(drift, steady, levels=level) for level in range(1, levels + 1)]
    if permitted is not None:
        # A list that the centre has drawn up carries no mandate from below.
        unbroken = [0.0] * levels
    votes = carried(wanted, size, levels, drift=drift, recall=steady, permitted=permitted).tolist()
    names = [f"level {level}" for level in range(1, levels + 1)]
    figure = go.Figure(
        [
            {
                "type": "bar",
                "x": names,
                "y": unbroken,
                "name": "bound to the people by an unbroken chain",
                "text": [percent(share) for share in unbroken],
                "textposition": "outside",
                "cliponaxis": False,
                "marker": {"color": COLOURS[4], "pattern": {"shape": PATTERNS[1], **STRIPES}},
            },
            {
                "type": "scatter",
                "mode": "lines+markers",
                "x": ["people", *names],
                "y": [wanted, *votes],
                "name": "for what the people want",
                "line": {"color": COLOURS[5], "dash": DASHES[2], "width": 2},
                "marker": {"symbol": "diamond", "size": 12, "color": COLOURS[5]},
            },
            *_parliament(drift, term, ["people", *names]),
        ],
        layout(
            height=_HEIGHT,
            showlegend=True,
            legend={"y": 1.04},
            xaxis={"categoryorder": "array", "categoryarray": ["people", *names]},
            yaxis={
                "range": [0, 1.15],
                "tickformat": ".0%",
                "title": {"text": "share of the delegates", "standoff": 8},
                "dtick": 0.25,
            },
            margin={"t": 88},
        ),
    )
    rows: list[tuple[str, str, str]] = [("people", "", percent(wanted, 1))]
    rows += [(name, percent(one, 1), percent(vote, 1)) for name, one, vote in zip(names, unbroken, votes, strict=True)]
    if term:
        rows.append((f"a parliament, {term} months", percent(between_elections(drift, term), 1), ""))
    columns = ("who", "bound by an unbroken chain", "for what the people want")
    sentence = _say_chain(unbroken[-1], votes[-1], drift=drift, recall=recall, wanted=wanted, permitted=permitted)
    if term:
        stays = between_elections(drift, term)
        sentence += f" In a parliament elected directly for {term} months, without recall, {percent(stays)} are bound."
    return Exhibit(figure, sentence, Table(columns, tuple(rows), "Share of the delegates on each level"))


def layers(p: float, size: int, levels: int) -> Exhibit:
    """An opinion on its way up: in the best places, spread by lot, in the worst places.

    Parameters
    ----------
    p : float
        Share of the people who hold it.
    size, levels : int
        Members of a council, an odd number, and levels.

    Returns
    -------
    Exhibit
        Three lines, from the people to the top.
    """
    best, by_lot, worst = way_up(p, size, levels)
    names = ["people", *(f"level {level}" for level in range(1, levels + 1))]
    lines = (
        (best, "in the best places", COLOURS[2], "triangle-up", DASHES[1]),
        (by_lot, "spread by lot", COLOURS[0], "circle", DASHES[0]),
        (worst, "in the worst places", COLOURS[5], "triangle-down", DASHES[2]),
    )
    figure = go.Figure(
        [
            {
                "type": "scatter",
                "mode": "lines+markers",
                "x": names,
                "y": shares,
                "name": name,
                "line": {"color": colour, "dash": dash, "width": 2.5},
                "marker": {"symbol": symbol, "size": 11, "color": colour},
                "cliponaxis": False,
            }
            for shares, name, colour, symbol, dash in lines
        ],
        layout(
            height=_HEIGHT,
            showlegend=True,
            xaxis={"type": "category"},
            yaxis={
                "range": [-0.04, 1.06],
                "tickformat": ".0%",
                "title": {"text": "share of the delegates", "standoff": 8},
                "dtick": 0.25,
            },
            shapes=[{"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": 0.5, "y1": 0.5, "line": {"color": GREY}}],
            margin={"t": 64},
        ),
    )
    rows = tuple(
        (name, *(percent(share, 1) for share in shares))
        for name, *shares in zip(names, best, by_lot, worst, strict=True)
    )
    columns = ("level", "in the best places", "spread by lot", "in the worst places")
    caption = f"Delegates who hold what {percent(p)} of the people hold, councils of {size}"
    return Exhibit(figure, _say_layers(p, best, by_lot, worst), Table(columns, rows, caption))


def answer(effect: Effect, *, without: Effect, p: float) -> Exhibit:
    """What one reply changes for a minority, and its price.

    Parameters
    ----------
    effect, without : Effect
        With the reply, and with "nothing" (see `reply`).
    p : float
        The minority's share of the people.

    Returns
    -------
    Exhibit
        Four pairs of bars: without the reply and with it.
    """
    before, after = _measures(without), _measures(effect)
    figure = go.Figure(
        [
            _pair(before, "#c9c9c9", PATTERNS[1], "without a reply"),
            _pair(after, COLOURS[0], PATTERNS[0], f"with {_SHORT[effect.reply]}"),
        ],
        layout(
            height=_HEIGHT,
            showlegend=True,
            legend={"traceorder": "reversed"},
            xaxis={"range": [0, 1.16], "tickformat": ".0%", "dtick": 0.25},
            yaxis={"autorange": "reversed"},
            barmode="group",
            margin={"t": 56},
        ),
    )
    rows = tuple((what, percent(b), percent(a)) for what, b, a in zip(MATTERS, before, after, strict=True))
    columns = ("what is watched", "without a reply", f"with {_SHORT[effect.reply]}")
    caption = f"A minority of {percent(p)}, spread by lot. Price: {_price(effect)}"
    return Exhibit(figure, _say_answer(effect, without, p), Table(columns, rows, caption))


def all_replies(p: float, size: int = 25, *, height: int = 3, **options: Any) -> Exhibit:
    """All replies side by side.

    Parameters
    ----------
    p : float
        The minority's share of the people.
    size, height : int
        Members of a council, an odd number, and levels below the top assembly.
    **options
        As for `reply`.

    Returns
    -------
    Exhibit
        A row a reply, four marks; its price in the table.
    """
    effects = [reply(name, p, size, height=height, **options) for name in REPLIES]
    names = [_SHORT[effect.reply] for effect in effects]
    symbols = ("circle", "square", "diamond", "x")
    figure = go.Figure(
        [
            {
                "type": "scatter",
                "mode": "markers",
                "name": what,
                "x": [_measures(effect)[i] for effect in effects],
                # One below the other, so that equal shares do not hide each other.
                "y": [row + 0.2 * (i - 1.5) for row in range(len(names))],
                "marker": {"symbol": symbols[i], "size": 11, "color": COLOURS[i]},
                "cliponaxis": False,
            }
            for i, what in enumerate(MATTERS)
        ],
        layout(
            height=_HEIGHT + 120,
            showlegend=True,
            xaxis={"range": [-0.03, 1.06], "tickformat": ".0%"},
            yaxis={"range": [len(names) - 0.5, -0.5], "tickvals": list(range(len(names))), "ticktext": names},
            margin={"t": 128},
        ),
    )
    rows = tuple(
        (name, *(percent(share) for share in _measures(effect)), _price(effect))
        for name, effect in zip(names, effects, strict=True)
    )
    columns = ("reply", "seats", "spared", "own affair", "project", "price")
    spared = [name for name, effect in zip(names, effects, strict=True) if effect.spared >= 0.5]
    own = [name for name, effect in zip(names, effects, strict=True) if effect.own >= 0.5]
    sentence = (
        f"{_listed(spared).capitalize()} protect a minority of {percent(p)} from decisions against its rights in half "
        f"of all cases or more. {_listed(own).capitalize()} lets it have what is mainly its own affair."
    )
    return Exhibit(figure, sentence, Table(columns, rows, f"A minority of {percent(p)}, spread by lot"))


def _listed(names: Sequence[str]) -> str:
    return join(names) or "none"


def _label(pyramid: Pyramid, level: int) -> str:
    smaller, larger = pyramid.sizes(level)
    many = pyramid.counts[level]
    word = "council" if many == 1 else "councils"
    return f"{number(many)} {word} of {number(larger) if smaller == larger else f'{number(smaller)}–{number(larger)}'}"


def _fits(many: int, width: float) -> bool:
    """Whether so many marks can stand side by side in a row of that width."""
    return many <= 1 or width / 1.12 * _PIXELS / (many - 1) >= _MARK


def _places(many: int, width: float) -> list[float]:
    return [0.0] if many == 1 else np.linspace(-width / 2, width / 2, many).tolist()


def _row(many: int, width: float, y: int) -> dict[str, Any]:
    """One level of the picture: its councils one by one, or, if there are too many, as a bar."""
    if _fits(many, width):
        size = 10.0 if many == 1 else min(10.0, 0.8 * width / 1.12 * _PIXELS / (many - 1))
        return {
            "type": "scatter",
            "mode": "markers",
            "x": _places(many, width),
            "y": [y] * many,
            "marker": {"symbol": "square" if y else "circle", "size": size, "color": COLOURS[0]},
            "hoverinfo": "skip",
            "showlegend": False,
        }
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [-width / 2, width / 2, width / 2, -width / 2, -width / 2],
        "y": [y - 0.22, y - 0.22, y + 0.22, y + 0.22, y - 0.22],
        "fill": "toself",
        "fillcolor": COLOURS[4],
        "line": {"color": COLOURS[0], "width": 1},
        "hoverinfo": "skip",
        "showlegend": False,
    }


def _ties(pyramid: Pyramid, widths: Sequence[float]) -> dict[str, Any]:
    """Thin lines from each council to its members, wherever both rows are drawn one by one."""
    xs: list[float | None] = []
    ys: list[float | None] = []
    rows = [pyramid.population, *pyramid.counts]
    for level, (below, here) in enumerate(pairwise(rows)):
        if not _fits(below, widths[level]):
            continue
        members, seats, at = _places(below, widths[level]), _places(here, widths[level + 1]), 0
        for index, seat in enumerate(seats):
            for member in members[at : at + pyramid.council(level, index).members]:
                xs += [member, seat, None]
                ys += [level, level + 1, None]
                at += 1
    return {
        "type": "scatter",
        "mode": "lines",
        "x": xs,
        "y": ys,
        "line": {"color": "#a6a6a6", "width": 1},
        "hoverinfo": "skip",
        "showlegend": False,
    }


def _table_row(pyramid: Pyramid, level: int) -> tuple[str, int, str, str]:
    smaller, larger = pyramid.sizes(level)
    first, last = pyramid.council(level, 0), pyramid.council(level, pyramid.counts[level] - 1)
    members = number(larger) if smaller == larger else f"{number(smaller)} or {number(larger)}"
    low, high = sorted((first.people, last.people))
    people = number(high) if low == high else f"{number(low)} to {number(high)}"
    return pyramid.names[level], pyramid.counts[level], members, people


def _say_pyramid(pyramid: Pyramid, place: str) -> str:
    height = len(pyramid.counts)
    who = f"{place}, {number(pyramid.population)} people" if place else f"{number(pyramid.population)} people"
    if height == 1:
        return f"{who}: they meet in one council, and nobody is sent anywhere. More than half of them decide."
    below = pyramid.council(height - 2, 0)
    fewest = fewest_to_win(pyramid)
    share = fewest / pyramid.population
    start = (
        f"{who}: {number(height)} levels, {number(pyramid.councils)} councils. "
        f"A member of the top council stands for {number(below.people)} people. "
    )
    of_all = f"{percent(share, 1 if share < 0.1 else 0)} of all"
    if share >= 0.5:
        return f"{start}Where every council decides by majority, it takes {number(fewest)} to win at the top: {of_all}."
    return (
        f"{start}If every council decides by majority and {number(fewest)} people sit in the right places, they win "
        f"the vote at the top: {of_all}."
    )


def _parliament(drift: float, term: int, names: Sequence[str]) -> list[dict[str, Any]]:
    if not term:
        return []
    share = between_elections(drift, term)
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "x": list(names),
            "y": [share] * len(names),
            "name": f"a parliament elected for {term} months",
            "line": {"color": "#000000", "dash": DASHES[1], "width": 2},
        }
    ]


def _say_chain(
    unbroken: float, votes: float, *, drift: float, recall: float, wanted: float, permitted: float | None
) -> str:
    if permitted is not None:
        start = (
            f"The centre draws up the only list, and {percent(permitted)} of its candidates want what "
            f"{percent(wanted)} of the people want. Nobody at the top is sent by the people"
        )
    elif not drift:
        start = "Nobody drifts, so every chain of mandates holds up to the top"
    elif not recall:
        start = "Nobody is ever recalled, so in the long run no chain of mandates holds"
    else:
        start = (
            f"With {percent(drift)} drifting and {percent(recall)} of those recalled in a month, the chain of mandates "
            f"still holds for {percent(unbroken)} of those at the top"
        )
    return f"{start}. {percent(wanted)} of the people want something; of those at the top, {_share_word(votes)} do."


def _say_layers(p: float, best: Sequence[float], by_lot: Sequence[float], worst: Sequence[float]) -> str:
    levels = len(best) - 1
    after = "After one level" if levels == 1 else f"After {levels} levels"
    return (
        f"{percent(p)} of the people hold an opinion. {after}, {_share_word(by_lot[-1])} of the delegates hold it if "
        f"those people are spread by lot, {_share_word(best[-1])} if they are in the best places, and "
        f"{_share_word(worst[-1])} if they are in the worst."
    )


def _share_word(share: float) -> str:
    if share >= 0.9995:
        return "all"
    if share < 0.0005:
        return "none"
    return percent(share, 1 if min(share, 1 - share) < 0.1 else 0)


def _measures(effect: Effect) -> tuple[float, float, float, float]:
    return effect.seats, effect.spared, effect.own, effect.common


def _pair(values: Sequence[float], colour: str, pattern: str, name: str) -> dict[str, Any]:
    return {
        "type": "bar",
        "orientation": "h",
        "x": list(values),
        "y": list(_BROKEN),
        "name": name,
        "text": [percent(value) for value in values],
        "textposition": "outside",
        "textangle": 0,
        "constraintext": "none",
        "cliponaxis": False,
        "marker": {"color": colour, "pattern": {"shape": pattern, **STRIPES}},
    }


def _price(effect: Effect) -> str:
    """A reply's price, in its own unit."""
    value = effect.price
    words = {
        "nothing": f"{percent(value)} of the people have nobody at the top",
        "seats": f"everybody counts as one of them or not, and one of them weighs {_times(value)} one of the others",
        "veto": f"{percent(value, 1)} of the people can stop everything",
        "own": f"{percent(value)} of the people have no say in it, though it may touch them",
        "court": f"five of nine judges overrule everybody, wrongly in {percent(value, 1)} of cases",
        "lists": f"no recall: on average {percent(value)} still stand for their voters during a term",
        "delegations": f"{number(value, 1)} times as many levels",
    }
    return words[effect.reply]


def _times(weight: float) -> str:
    return "as much as" if abs(weight - 1) < 0.005 else f"{number(weight)} times"


def _say_answer(effect: Effect, without: Effect, p: float) -> str:
    if effect.reply == "nothing":
        return (
            f"Without a reply, {percent(p)} of the people, spread by lot, are {_share_word(effect.seats)} of the top's "
            f"members."
        )
    moved = [
        f"{what} {'rises' if a > b else 'falls'} from {percent(b)} to {percent(a)}"
        for what, b, a in zip(
            ("their share of the top", "their protection", "say in their own affairs", "what both sides want"),
            _measures(without),
            _measures(effect),
            strict=True,
        )
        if abs(a - b) >= 0.005
    ]
    words = _WITH[effect.reply]
    power = " (protection and say are here their share of the power among the lists)" if effect.reply == "lists" else ""
    return f"With {words}, {_listed(moved) if moved else 'nothing changes'}{power}. Its price: {_price(effect)}."
