"""Pictures of the harvest and of the five societies, each with its sentence and table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import ArrayLike, NDArray

from parecon_edu.display import Detail, Exhibit, Table
from parecon_edu.display.style import COLOURS, DASHES, PATTERNS, STRIPES, layout
from parecon_edu.display.words import join, number, percent
from parecon_edu.values.harvest import Harvest, divide
from parecon_edu.values.model import first_shares, order, shares, totals
from parecon_edu.values.societies import VALUES, Indicator, Societies
from parecon_edu.values.weights import PEOPLE

__all__ = ["RULE_WORDS", "WAY_WORDS", "all_weights", "four_people", "ranking", "three_rules", "turn"]

#: The rules for the harvest as a learner reads them.
RULE_WORDS = {"days": "by days of work", "mouths": "by mouths to feed", "put in": "by what each one put in"}
#: Ways to make one number of six scores, as a learner reads them.
WAY_WORDS = {
    "sum": "add up: one makes up for another",
    "product": "multiply: a low score costs more",
    "weakest": "only the weakest score counts",
}
_RANKS = ("1st", "2nd", "3rd", "4th", "5th", "6th", "7th", "8th", "9th")
_MARKS = ("circle", "square", "diamond", "triangle-up", "cross", "star", "x", "pentagon", "hexagon")
_EQUAL = (1.0,) * len(VALUES)


def three_rules(harvest: Harvest) -> Exhibit:
    """Show who gets what under each of the three rules.

    Returns
    -------
    Exhibit
        A group of bars a person, one bar a rule.
    """
    split = {rule: divide(harvest, rule) for rule in RULE_WORDS}
    figure = go.Figure(
        [
            {
                "type": "bar",
                "x": list(harvest.names),
                "y": split[rule].tolist(),
                "name": RULE_WORDS[rule],
                "text": [number(sacks) for sacks in split[rule]],
                "textposition": "outside",
                "marker": _bar(i),
            }
            for i, rule in enumerate(RULE_WORDS)
        ],
        layout(
            height=340, showlegend=True, barmode="group", yaxis={"range": [0, harvest.sacks * 0.6], "title": "sacks"}
        ),
    )
    rows: tuple[tuple[str | float, ...], ...] = tuple(
        (name, *(float(split[rule][i]) for rule in RULE_WORDS)) for i, name in enumerate(harvest.names)
    )
    best = [max(RULE_WORDS, key=lambda rule: split[rule][i]) for i in range(len(harvest.names))]
    said = [f"{name} gets most {RULE_WORDS[rule]}" for name, rule in zip(harvest.names, best, strict=True)]
    table = Table(
        ("person", *RULE_WORDS.values()), rows, f"{number(harvest.sacks)} sacks of rye, divided by three rules"
    )
    return Exhibit(figure, f"{join(said)}.", table)


def ranking(
    societies: Societies,
    weights: ArrayLike,
    *,
    whose: str = "these",
    how: str = "sum",
    indicators: Mapping[str, str] | None = None,
) -> Exhibit:
    """Show what each society scores in all, and out of which values.

    Parameters
    ----------
    societies : Societies
        Who is compared.
    weights : array, shape (6,)
        How much each value counts, in any unit.
    whose : str
        Whose weights they are, as in "Amara's".
    how, indicators
        As in `totals`.

    Returns
    -------
    Exhibit
        A bar a society, up to 100 points. Where scores are added up, each bar is made of six pieces.
    """
    share = shares(weights)
    scores = societies.scores(indicators)
    made = 100 * totals(societies, share, indicators=indicators, how=how)
    ranked = order(societies, share, indicators=indicators, how=how)
    place = {name: _RANKS[i] for i, name in enumerate(ranked)}
    ends = [f"<b>{number(t, 0)}</b> · {place[name]}" for name, t in zip(societies.names, made, strict=True)]
    pieces = 100 * scores * share if how == "sum" else made[:, np.newaxis]
    named = VALUES if how == "sum" else (WAY_WORDS[how],)
    bars = [
        {
            "type": "bar",
            "orientation": "h",
            "y": list(societies.names)[::-1],
            "x": pieces[::-1, i].tolist(),
            "name": value,
            "marker": _bar(i),
        }
        for i, value in enumerate(named)
    ]
    label = {
        "type": "scatter",
        "mode": "text",
        "y": list(societies.names)[::-1],
        "x": (made[::-1] + 1).tolist(),
        "text": ends[::-1],
        "textposition": "middle right",
        "showlegend": False,
        "name": "in all",
        "cliponaxis": False,
    }
    figure = go.Figure(
        [*bars, label],
        layout(
            height=400,
            barmode="stack",
            yaxis={"showgrid": False},
            showlegend=how == "sum",
            legend={"traceorder": "normal", "entrywidth": 130},
            margin={"t": 76, "r": 24},
            xaxis={"range": [0, 112], "tickvals": [0, 20, 40, 60, 80, 100], "title": "points of 100"},
        ),
    )
    rows: list[tuple[str | float, ...]] = [
        (value, *(number(100 * s, 0) for s in column), number(100 * w, 0))
        for value, column, w in zip(VALUES, scores.T, share, strict=True)
    ]
    rows += [("in all", *(number(t, 1) for t in made), "100"), ("rank", *(place[name] for name in societies.names), "")]
    columns = ("score", *societies.names, "weight")
    table = Table(columns, tuple(rows), "Scores (0 worst, 100 best), their weights, and what they come to")
    sentence = _say_ranking(societies, share, scores, made, ranked, whose, how)
    return Exhibit(figure, sentence, table, details=(_counted(societies.chosen(indicators)),))


def _say_ranking(
    societies: Societies,
    share: NDArray[np.float64],
    scores: NDArray[np.float64],
    made: NDArray[np.float64],
    ranked: tuple[str, ...],
    whose: str,
    how: str,
) -> str:
    points = dict(zip(societies.names, made, strict=True))
    first, second, last = ranked[0], ranked[1], ranked[-1]
    row = scores[societies.names.index(first)]
    said = (
        f"With {whose} weights {first} comes first with {number(points[first], 1)} points of 100, then {second} with "
        f"{number(points[second], 1)}; {last} comes last with {number(points[last], 1)}. "
    )
    if how == "sum":
        most = int(np.argmax(row * share))
        return said + f"{first} gets most from {VALUES[most]}: {number(100 * row[most] * share[most], 1)} points."
    counted = np.where(share > 0, row, np.inf)
    weak = int(np.argmin(counted))
    return said + f"{first}'s weakest score is {VALUES[weak]}: {number(100 * row[weak], 0)}."


def four_people(societies: Societies, *, indicators: Mapping[str, str] | None = None) -> Exhibit:
    """Show the places of the societies under four people's weights, and when all six values weigh the same.

    Returns
    -------
    Exhibit
        A line a society, a column a person, the first place on top.
    """
    weights = {**{name: person.points for name, person in PEOPLE.items()}, "all the same": _EQUAL}
    orders = {name: order(societies, w, indicators=indicators) for name, w in weights.items()}
    made = {name: 100 * totals(societies, w, indicators=indicators) for name, w in weights.items()}
    figure = _places(societies, orders, made)
    columns = ("weights of", *_RANKS[: len(societies.names)])
    rows = tuple((name, *ranked) for name, ranked in orders.items())
    by_first: dict[str, list[str]] = {}
    for name in PEOPLE:
        by_first.setdefault(orders[name][0], []).append(name)
    said = join(f"{society} comes first for {join(people)}" for society, people in by_first.items())
    equal = f"If all six values weigh the same, it is {orders['all the same'][0]}."
    return Exhibit(figure, f"{said}. {equal}", Table(columns, rows, "Who comes first, second … for whom"))


def turn(societies: Societies, weights: ArrayLike, changed: Mapping[str, str], *, whose: str = "these") -> Exhibit:
    """Show how the order turns when a value is measured by another indicator.

    Parameters
    ----------
    societies : Societies
        Who is compared.
    weights : array, shape (6,)
        How much each value counts; they stay as they are.
    changed : mapping
        For a value, the indicator that measures it afterwards.
    whose : str
        Whose weights they are.

    Returns
    -------
    Exhibit
        Places before and after, a line a society.
    """
    share = shares(weights)
    before, after = order(societies, share), order(societies, share, indicators=changed)
    was, now = 100 * totals(societies, share), 100 * totals(societies, share, indicators=changed)
    figure = _places(societies, {"as before": before, "measured anew": after}, {"as before": was, "measured anew": now})
    rows = tuple(
        (name, number(was[i], 1), _RANKS[before.index(name)], number(now[i], 1), _RANKS[after.index(name)])
        for i, name in enumerate(societies.names)
    )
    columns = ("place", "points before", "rank before", "points after", "rank after")
    table = Table(columns, rows, f"Before and after, with {whose} weights")
    sentence = _say_turn(societies, before, after, changed, whose)
    return Exhibit(figure, sentence, table, details=_sides(societies, changed))


def _say_turn(
    societies: Societies, before: tuple[str, ...], after: tuple[str, ...], changed: Mapping[str, str], whose: str
) -> str:
    first, chosen = societies.chosen(), societies.chosen(changed)
    anew = [(old, new) for old, new in zip(first, chosen, strict=True) if old != new]
    if not anew:
        return f"Nothing is measured anew yet. With {whose} weights the order is {join(before)}."
    said = " ".join(f"{new.value.capitalize()} is now measured by “{new.words}”." for _, new in anew)
    moved = [
        f"{name} {'rises' if after.index(name) < before.index(name) else 'falls'} from "
        f"{_RANKS[before.index(name)]} to {_RANKS[after.index(name)]}"
        for name in after
        if after.index(name) != before.index(name)
    ]
    if not moved:
        return f"{said} With {whose} weights nobody changes rank: {join(after)}."
    return f"{said} With {whose} weights {join(moved)}. Nobody in the five places lives differently from before."


def _sides(societies: Societies, changed: Mapping[str, str]) -> tuple[Detail, ...]:
    """Give what is said for and against the old indicator and the new one."""
    pairs = [(old, new) for old, new in zip(societies.chosen(), societies.chosen(changed), strict=True) if old != new]
    lines = tuple(f"{one.words}: “{one.advocate}” But: “{one.critic}”" for pair in pairs for one in pair)
    return (Detail("For and against the two ways of measuring", lines or ("Pick a value first.",)),)


def _counted(indicators: tuple[Indicator, ...]) -> Detail:
    """Say what each value is measured by, its scale, and the best reasons for it and against it."""
    lines = tuple(
        f"{one.value}: {one.words} (score 0 at {number(one.worst)}, 100 at {number(one.best)} {one.unit}). "
        f"“{one.advocate}” But: “{one.critic}”"
        for one in indicators
    )
    return Detail("What is counted, and what is said for and against it", lines)


def all_weights(societies: Societies, *, draws: int = 10_000) -> Exhibit:
    """Show in what share of all ways of weighing each society comes first, for each single change of an indicator.

    Returns
    -------
    Exhibit
        A bar for the indicators as they are and one for each value measured anew, split among the societies.
    """
    cases: dict[str, dict[str, str]] = {"as before": {}}
    for value in VALUES:
        for other in societies.measures(value)[1:]:
            cases[f"{value}: {other.name.replace('_', ' ')}"] = {value: other.name}
    found = {words: first_shares(societies, indicators=changed, draws=draws) for words, changed in cases.items()}
    labels = list(cases)
    figure = go.Figure(
        [
            {
                "type": "bar",
                "orientation": "h",
                "y": labels[::-1],
                "x": [100 * found[words][i] for words in labels][::-1],
                "name": name,
                "marker": _bar(i),
            }
            for i, name in enumerate(societies.names)
        ],
        layout(
            height=420,
            barmode="stack",
            showlegend=True,
            legend={"traceorder": "normal"},
            xaxis={"range": [0, 100], "title": "% of all ways of weighing"},
        ),
    )
    rows = tuple((words, *(percent(share) for share in found[words])) for words in labels)
    now = found["as before"]
    top = int(np.argmax(now))
    parts = [f"{name} in {percent(share)}" for name, share in zip(societies.names, now, strict=True)]
    sentence = (
        f"Who comes first in how many of all ways of weighing? {join(parts)}. Even {societies.names[top]}, "
        f"which leads most often, is beaten in {percent(1 - now[top])}."
    )
    columns = ("measured", *societies.names)
    return Exhibit(figure, sentence, Table(columns, rows, "In what share of all weightings each comes first"))


def _places(
    societies: Societies, orders: Mapping[str, tuple[str, ...]], made: Mapping[str, NDArray[np.float64]]
) -> go.Figure:
    """Draw places as lines from column to column, the first on top."""
    columns = list(orders)
    lines: list[dict[str, Any]] = []
    for i, name in enumerate(societies.names):
        places = [orders[column].index(name) + 1 for column in columns]
        points = [number(made[column][i], 0) for column in columns]
        texts = [f"{name} {p}" if len(columns) == 2 else p for p in points]
        lines.append(
            {
                "type": "scatter",
                "mode": "lines+markers+text",
                "x": list(range(len(columns))),
                "y": places,
                "name": name,
                "text": texts,
                "textposition": ["middle left", "middle right"] if len(columns) == 2 else "top center",
                "line": {"color": COLOURS[(0, 5, 2, 7, 3)[i % 5]], "dash": DASHES[i % len(DASHES)], "width": 3},
                "marker": {"symbol": _MARKS[i], "size": 12},
                "cliponaxis": False,
            }
        )
    count = len(societies.names)
    wide = 0.45 if len(columns) == 2 else 0.3
    return go.Figure(
        lines,
        layout(
            height=360,
            showlegend=len(columns) != 2,
            xaxis={
                "range": [-wide, len(columns) - 1 + wide],
                "tickvals": list(range(len(columns))),
                "ticktext": columns,
                "side": "top" if len(columns) == 2 else "bottom",
                "showgrid": False,
                "zeroline": False,
            },
            yaxis={
                "range": [count + 0.5, 0.5],
                "showgrid": False,
                "tickvals": list(range(1, count + 1)),
                "ticktext": list(_RANKS[:count]),
            },
        ),
    )


def _bar(i: int) -> dict[str, Any]:
    colour = (COLOURS[0], COLOURS[1], COLOURS[2], COLOURS[3], COLOURS[4], COLOURS[6])[i % 6]
    return {
        "color": colour,
        "pattern": {**STRIPES, "shape": PATTERNS[i % 6]},
        "line": {"color": "#ffffff", "width": 1},
    }
