"""Pictures of a town under one institution or several, each with its sentence and table.

`town` shows who gains and who loses, neighbourhood by neighbourhood; `one_at_a_time` what each friction costs alone.
Words and sliders for frictions are in `wording`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from parecon_edu.display import Detail, Exhibit, Table
from parecon_edu.display.style import COLOURS, layout
from parecon_edu.display.words import join, number, percent
from parecon_edu.economy.scenarios import Scenario
from parecon_edu.institutions.alone import Cost
from parecon_edu.institutions.comparison.scores import best_smoke
from parecon_edu.institutions.outcome import Outcome
from parecon_edu.institutions.wording import (
    CASE_WORDS,
    FRICTION_WORDS,
    INSTITUTION_WORDS,
    friction_slider,
    from_percent,
    in_words,
)

__all__ = [
    "CASE_WORDS",
    "FRICTION_WORDS",
    "INSTITUTION_WORDS",
    "best_smoke",
    "friction_slider",
    "from_percent",
    "in_words",
    "one_at_a_time",
    "town",
]

#: The end of the well-being axis; it only grows if somebody has still more.
_TOP = 3.0
_MARKS = ("circle", "square", "diamond")
_BY_INSTITUTION = {
    "market": (COLOURS[0], "circle"),
    "central": (COLOURS[5], "square"),
    "participatory": (COLOURS[2], "diamond"),
}
#: Differences below this are no gain and no loss: nobody would notice half a per cent.
_NOTHING = 0.005


def town(
    outcomes: Mapping[str, Outcome],
    *,
    scenario: Scenario,
    frictions: Mapping[str, Mapping[str, float]] | None = None,
) -> Exhibit:
    """The town, neighbourhood by neighbourhood, under one to three outcomes.

    Parameters
    ----------
    outcomes : mapping of str to Outcome
        One to three outcomes by the name a reader knows them by, such as ``{"the market": outcome}``.
    scenario : Scenario
        The town they are of.
    frictions : mapping, optional
        What was switched on, for the fold "What is switched on", by the same names; left out, each outcome's own
        settings.

    Returns
    -------
    Exhibit
        A row a neighbourhood, a mark an outcome; the line at 1 is its level in the best plan. Axes and height are
        fixed. The sentence says what the town has, who has most and who least, the smoke and the largest shortage.

    Raises
    ------
    ValueError
        If there is no outcome, there are more than three, or one is of another town.

    Examples
    --------
    >>> from parecon_edu import economy, institutions
    >>> riverside = economy.scenario("riverside")
    >>> unequal = institutions.market.allocate(riverside, unequal_shares=1)
    >>> exhibit = town({"the market": unequal}, scenario=riverside)
    >>> print(exhibit.sentence.split(". ")[0])
    With the market, the town is as well off as in the best plan with 82 % of everything
    >>> exhibit.table.columns
    ('', 'the market')
    """
    _check(outcomes, scenario)
    names = scenario.people.names
    by_council = np.array([outcome.equivalent_by_council for outcome in outcomes.values()])
    top = max(_TOP, float(np.ceil(by_council.max())))
    figure = go.Figure(
        [
            _marks(name, outcome, at=i, of=len(outcomes), style=style)
            for i, ((name, outcome), style) in enumerate(zip(outcomes.items(), _styles(outcomes), strict=True))
        ],
        layout(
            height=150 + len(names) * (28 if len(outcomes) == 1 else 24 * len(outcomes) - 8),
            margin={"l": 112, "r": 12, "t": 58, "b": 52},
            showlegend=True,
            legend={"font": {"size": 13}},
            xaxis={
                "range": [-0.12, top],  # room for the number at the left of a very low mark
                "title": "well-being (1: as in the best plan)",
                "dtick": 0.5,
                "zeroline": False,
                "automargin": False,
            },
            yaxis={
                "range": [len(names) - 0.5, -0.5],
                "tickvals": list(range(len(names))),
                "ticktext": list(names),
                "showgrid": False,
                "zeroline": False,
                "automargin": False,
            },
            shapes=_shapes(scenario),
            annotations=_smoke_note(scenario),
        ),
    )
    shown = frictions if frictions is not None else {name: outcome.settings for name, outcome in outcomes.items()}
    return Exhibit(
        figure, _say(outcomes, scenario), _table(outcomes, scenario), (_switched_on(outcomes, shown), *_notes(outcomes))
    )


def one_at_a_time(costs: Sequence[Cost], *, institution: str) -> Exhibit:
    """What each friction of an institution costs the town when it comes alone, and whom most.

    Parameters
    ----------
    costs : sequence of Cost
        From `institutions.alone.costs_alone`, largest first.
    institution : str
        Whose they are: "market", "central" or "participatory".

    Returns
    -------
    Exhibit
        A bar a friction, the longest on top.

    Raises
    ------
    ValueError
        If there is no cost to show.

    Examples
    --------
    >>> from parecon_edu import economy
    >>> from parecon_edu.institutions.alone import costs_alone
    >>> costs = costs_alone("central", economy.scenario("riverside"))
    >>> print(one_at_a_time(costs, institution="central").sentence.split(". ")[0])
    Alone, hidden capacity (35 %) costs the town most: 32 % of everything, all neighbourhoods alike
    """
    if not costs:
        raise ValueError("costs is empty: in its best case an institution has no frictions. Take another case.")
    colour, _ = _BY_INSTITUTION[institution]
    labels = [_label(cost) for cost in costs]
    losses = [100 * cost.loss for cost in costs]
    figure = go.Figure(
        [
            {
                "type": "bar",
                "orientation": "h",
                "x": losses,
                "y": labels,
                "text": [_bar_text(cost) for cost in costs],
                "textposition": "outside",
                "cliponaxis": False,
                "marker": {"color": colour},
                "hovertemplate": "%{y}: %{x:.1f} %<extra></extra>",
            }
        ],
        layout(
            height=110 + 34 * len(costs),
            margin={"l": 196, "r": 12, "t": 16, "b": 52},
            # A friction can also leave a town a hair better off (two wrongs); the bar then points left.
            xaxis={
                "range": [min(0.0, 1.3 * min(losses)), 1.9 * max(40.0, *losses)],
                "title": "what the town loses, % of everything",
                "automargin": False,
                "tickvals": list(range(0, 101, 10)),
            },
            yaxis={"autorange": "reversed", "automargin": False},
        ),
    )
    cells = [(_label(cost), f"{100 * cost.loss:.1f} %", *_hit(cost), _remark(cost) or "–") for cost in costs]
    # A number and its % stay on one line, however narrow the table.
    rows = tuple(tuple(cell.replace(" %", "\u00a0%") for cell in row) for row in cells)
    columns = ("friction, alone", "the town loses", "who loses most", "who comes off best", "remark")
    caption = f"What each friction of {INSTITUTION_WORDS[institution]} costs alone, against the best plan"
    return Exhibit(figure, _say_costs(costs), Table(columns, rows, caption))


def _check(outcomes: Mapping[str, Outcome], scenario: Scenario) -> None:
    if not 1 <= len(outcomes) <= 3:
        raise ValueError(f"outcomes takes one to three; you gave {len(outcomes)}. Leave some out.")
    for name, outcome in outcomes.items():
        if outcome.neighbourhoods != scenario.people.names:
            raise ValueError(f"outcomes: {name!r} is of another town than {scenario.title}. Use the same scenario.")


def _styles(outcomes: Mapping[str, Outcome]) -> list[tuple[str, str]]:
    """Colour and mark of each outcome: the institution's own, or by place where one institution comes twice."""
    institutions = [outcome.institution for outcome in outcomes.values()]
    if len(set(institutions)) == len(institutions):
        return [_BY_INSTITUTION[institution] for institution in institutions]
    colours = (COLOURS[0], COLOURS[5], COLOURS[2])
    return list(zip(colours, _MARKS, strict=True))[: len(institutions)]


def _marks(name: str, outcome: Outcome, *, at: int, of: int, style: tuple[str, str]) -> dict[str, Any]:
    """One mark a neighbourhood, with a line from 1 and its number at the side that is free."""
    colour, symbol = style
    values = outcome.equivalent_by_council
    rows = np.arange(values.size) + (at - (of - 1) / 2) * 0.3
    return {
        "type": "scatter",
        "mode": "markers+text",
        "name": name,
        "x": values.tolist(),
        "y": rows.tolist(),
        "text": [f"{value:.2f}" for value in values],
        "textposition": ["middle left" if 0.1 < value < 1 else "middle right" for value in values],
        "textfont": {"size": 12},
        "marker": {"color": colour, "symbol": symbol, "size": 11},
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": np.maximum(1 - values, 0).tolist(),
            "arrayminus": np.maximum(values - 1, 0).tolist(),
            "color": colour,
            "thickness": 1.5,
            "width": 0,
        },
        "cliponaxis": False,
        "hovertemplate": "%{text} of its level in the best plan<extra>" + name + "</extra>",
    }


def _shapes(scenario: Scenario) -> list[dict[str, Any]]:
    """Return the line at 1, and a shade behind the neighbourhoods where the smoke comes down."""
    line = {"type": "line", "x0": 1, "x1": 1, "yref": "paper", "y0": 0, "y1": 1, "line": {"color": "#000000"}}
    shade = {"type": "rect", "xref": "paper", "x0": 0, "x1": 1, "fillcolor": "#ececec", "line": {"width": 0}}
    smoky = [{**shade, "layer": "below", "y0": h - 0.5, "y1": h + 0.5} for h in np.flatnonzero(_downwind(scenario))]
    return [*smoky, line]


def _smoke_note(scenario: Scenario) -> list[dict[str, Any]]:
    downwind = np.flatnonzero(_downwind(scenario))
    if not downwind.size:
        return []
    note = {"xref": "paper", "x": 0.995, "xanchor": "right", "yanchor": "bottom", "showarrow": False}
    return [{**note, "y": int(downwind[-1]) + 0.48, "text": "grey: downwind of the smoke", "font": {"size": 12}}]


def _downwind(scenario: Scenario) -> Any:
    return scenario.people.downwind & bool(scenario.economy.emissions.any())


def _say(outcomes: Mapping[str, Outcome], scenario: Scenario) -> str:
    if all(_flat(outcome, at=1.0) for outcome in outcomes.values()):
        who = join(outcomes)
        agree = " All of them do exactly the same." if len(outcomes) > 1 else ""
        smoke = _smoke_words(next(iter(outcomes.values())), scenario)
        return (
            f"With {who}, every neighbourhood is as well off as in the best plan: nobody gains and nobody loses."
            f"{agree}{smoke}"
        )
    lines = [_say_one(name, outcome, scenario, first=not i) for i, (name, outcome) in enumerate(outcomes.items())]
    return " ".join(lines)


def _say_one(name: str, outcome: Outcome, scenario: Scenario, *, first: bool) -> str:
    share = percent(outcome.equivalent)
    head = (
        f"With {name}, the town is as well off as in the best plan with {share} of everything."
        if first
        else f"With {name}: {share}."
    )
    return f"{head}{_who(outcome)}{_smoke_words(outcome, scenario)}{_short_words(outcome)}"


def _who(outcome: Outcome) -> str:
    values = outcome.equivalent_by_council
    low, high = int(np.argmin(values)), int(np.argmax(values))
    names = outcome.neighbourhoods
    if _flat(outcome, at=float(values.mean())):
        turn = "where it was" if _flat(outcome, at=1.0) else f"at {percent(values.mean())} of its own level there"
        return f" Every neighbourhood is {turn}."
    if values[high] > 1 + _NOTHING and values[low] < 1 - _NOTHING:
        return (
            f" {names[high]} gains most ({percent(values[high])} of its level there), "
            f"{names[low]} loses most ({percent(values[low])})."
        )
    if values[high] <= 1 + _NOTHING:
        return (
            f" Nobody gains; {names[low]} loses most ({percent(values[low])} of its level there), "
            f"{names[high]} least ({percent(values[high])})."
        )
    return (
        f" Nobody loses; {names[high]} gains most ({percent(values[high])} of its level there), "
        f"{names[low]} least ({percent(values[low])})."
    )


def _flat(outcome: Outcome, *, at: float) -> bool:
    return bool(np.abs(outcome.equivalent_by_council - at).max() < _NOTHING)


def _smoke_words(outcome: Outcome, scenario: Scenario) -> str:
    best = best_smoke(scenario, surprise=outcome.settings["surprise"], seed=outcome.seed)
    if not best and not outcome.emissions:
        return ""
    now, then = number(outcome.emissions, 1), number(best, 1)
    if now == then or abs(outcome.emissions / best - 1) < _NOTHING:
        return f" Smoke: {now}, as in the best plan."
    return f" Smoke: {now} instead of {then}."


def _short_words(outcome: Outcome) -> str:
    g = int(np.argmax(outcome.shortages))
    if outcome.shortages[g] < _NOTHING:
        return ""
    return f" Shortest: {outcome.goods[g]}, of which {percent(outcome.shortages[g])} of what is asked for is missing."


def _table(outcomes: Mapping[str, Outcome], scenario: Scenario) -> Table:
    every = list(outcomes.values())
    rows: list[tuple[str, ...]] = [("the town", *(f"{outcome.equivalent:.2f}" for outcome in every))]
    downwind = _downwind(scenario)
    for h, name in enumerate(scenario.people.names):
        where = f"{name} (downwind)" if downwind[h] else name
        rows.append((where, *(f"{outcome.equivalent_by_council[h]:.2f}" for outcome in every)))
    rows += [
        ("smoke", *(number(outcome.emissions, 1) for outcome in every)),
        ("largest shortage", *(_shortage(outcome) for outcome in every)),
        ("inequality of income (Gini)", *(f"{outcome.gini:.2f}" for outcome in every)),
    ]
    caption = "Well-being: as good as the best plan with this share of everything (1: as in the best plan)"
    return Table(("", *outcomes), tuple(rows), caption)


def _shortage(outcome: Outcome) -> str:
    g = int(np.argmax(outcome.shortages))
    return "none" if outcome.shortages[g] < _NOTHING else f"{outcome.goods[g]}, {percent(outcome.shortages[g])}"


def _switched_on(outcomes: Mapping[str, Outcome], frictions: Mapping[str, Mapping[str, float]]) -> Detail:
    lines = []
    for name in outcomes:
        words = in_words(frictions.get(name, {}))
        lines.append(f"{name}: {join(words)}" if words else f"{name}: nothing, it is at its best")
    return Detail("What is switched on", tuple(lines))


def _notes(outcomes: Mapping[str, Outcome]) -> tuple[Detail, ...]:
    lines = tuple(f"{name}: {note}" for name, outcome in outcomes.items() for note in outcome.notes)
    return (Detail("What else happened", lines),) if lines else ()


def _label(cost: Cost) -> str:
    name, value = next(iter(cost.frictions.items()))
    return FRICTION_WORDS[name].say(value)


def _even(cost: Cost) -> bool:
    return cost.luckiest_equivalent - cost.worst_equivalent < _NOTHING


def _lost(share: float) -> str:
    return "less than 1" if 0 < share < 0.005 else number(100 * share, 0)


def _bar_text(cost: Cost) -> str:
    town = f"{_lost(cost.loss)} %" if abs(cost.loss) > 5e-4 else "nothing"
    if _even(cost):
        return town
    return f"{town}; {cost.worst} {_lost(1 - cost.worst_equivalent)} %"


def _hit(cost: Cost) -> tuple[str, str]:
    if _even(cost):
        return "all alike", "all alike"
    return (
        f"{cost.worst}: {percent(cost.worst_equivalent)} of its level",
        f"{cost.luckiest}: {percent(cost.luckiest_equivalent)}",
    )


def _remark(cost: Cost) -> str:
    if cost.on_top_of:
        more = cost.equivalent_before - cost.equivalent_after
        other = FRICTION_WORDS[cost.on_top_of].short
        return f"bites on top of {other}: there it takes another {number(100 * more, 1)} %"
    if len(cost.frictions) > 1:
        _, (late, value) = cost.frictions.items()
        return f"with {FRICTION_WORDS[late].say(value)} of the year"
    return ""


def _say_costs(costs: Sequence[Cost]) -> str:
    first = costs[0]
    name, value = next(iter(first.frictions.items()))
    whom = (
        "all neighbourhoods alike"
        if _even(first)
        else f"and {first.worst} most, which keeps {percent(first.worst_equivalent)} of its level"
    )
    words = [
        f"Alone, {FRICTION_WORDS[name].short} ({percent(value)}) costs the town most: "
        f"{_lost(first.loss)} % of everything, {whom}."
    ]
    if len(costs) > 1:
        second = costs[1]
        name, value = next(iter(second.frictions.items()))
        words.append(f"Next comes {FRICTION_WORDS[name].short} ({percent(value)}), with {_lost(second.loss)} %.")
    small = [FRICTION_WORDS[next(iter(cost.frictions))].short for cost in costs if cost.loss < 0.01]
    if small:
        words.append(f"Less than 1 %{' each' if len(small) > 1 else ''}: {join(small)}.")
    return " ".join(words)
