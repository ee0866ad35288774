"""Pictures of side room 05b: whole workplaces, and hours elsewhere."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from parecon_edu.display import Detail, Exhibit, Table
from parecon_edu.display.style import COLOURS, GREY, PATTERNS, layout
from parecon_edu.display.words import join, number, percent
from parecon_edu.jobs.town import NAMES, TownExchange
from parecon_edu.validation.tables import Array

__all__ = ["exchanged"]


def exchanged(town: TownExchange) -> Exhibit:
    """What each workplace's people's work is like, and how much of their time they spend elsewhere.

    Parameters
    ----------
    town : TownExchange
        The exchange.

    Returns
    -------
    Exhibit
        Left, empowerment before and after; right, share of time elsewhere.
    """
    after, away = town.after, town.away
    names = list(NAMES)
    mean = float(town.exchange.hours.sum(axis=1) @ town.true[:, 0] / town.exchange.hours.sum())
    links = {
        "type": "scatter",
        "mode": "lines",
        "x": [x for pair in zip(town.true[:, 0].tolist(), after[:, 0].tolist(), strict=True) for x in (*pair, None)],
        "y": [y for name in names for y in (name, name, None)],
        "line": {"color": GREY, "width": 2},
        "hoverinfo": "skip",
        "showlegend": False,
    }
    line = {
        "type": "scatter",
        "mode": "lines",
        "name": "the town's mean",
        "x": [mean, mean],
        "y": [names[0], names[-1]],
        "line": {"color": GREY, "dash": "dash", "width": 1.5},
    }
    figure = go.Figure(
        [
            line,
            links,
            _dots(town.true[:, 0], "at home only", symbol="circle-open", colour=COLOURS[7]),
            _dots(after[:, 0], "with hours elsewhere", symbol="diamond", colour=COLOURS[0]),
            {
                "type": "bar",
                "orientation": "h",
                "x": (100 * away).tolist(),
                "y": names,
                "xaxis": "x2",
                "text": [percent(share) for share in away],
                "textposition": "outside",
                "cliponaxis": False,
                "marker": {"color": COLOURS[1], "pattern": {"shape": PATTERNS[1]}},
                "showlegend": False,
            },
        ],
        layout(
            height=400,
            xaxis={"domain": [0, 0.56], "range": [0, 10], "title": "empowerment of their hours"},
            xaxis2={"domain": [0.64, 1], "range": [0, 100], "title": "time elsewhere, %", "dtick": 25},
            yaxis={"autorange": "reversed", "type": "category", "categoryarray": names},
            showlegend=True,
            margin={"b": 60, "t": 56},
        ),
    )
    rows = tuple(
        (name, *(f"{number(then[k])}, at home {number(before[k])}" for k in (0, 1)), percent(share))
        for name, before, then, share in zip(NAMES, town.true, after, away, strict=True)
    )
    columns = ("people of the", "empowerment", "desirability", "elsewhere")
    table = Table(columns, rows, "An hour's rating with hours elsewhere, and at home; time elsewhere")
    return Exhibit(figure, _say(town), table, (_who_goes(town),))


def _dots(values: Array, name: str, *, symbol: str, colour: str) -> dict[str, object]:
    return {
        "type": "scatter",
        "mode": "markers",
        "name": name,
        "x": values.tolist(),
        "y": list(NAMES),
        "marker": {"symbol": symbol, "color": colour, "size": 13, "line": {"width": 2}},
        "cliponaxis": False,
    }


def _say(town: TownExchange) -> str:
    now, away = town.after[:, 0], town.away
    high, low = NAMES[int(now.argmax())], NAMES[int(now.argmin())]
    hours = town.exchange.hours.sum(axis=1)
    all_away = float(away @ hours / hours.sum())
    if all_away < 5e-4:
        return (
            f"Nobody works elsewhere. An hour with the {high} is rated {number(now.max(), 1)} for empowerment, one "
            f"with the {low} {number(now.min(), 1)}."
        )
    if np.ptp(now) < 0.01:
        sentence = f"Everybody's work is equally empowering, {number(now.mean(), 2)}."
    else:
        sentence = (
            f"The people of the {high} now have the most empowering work ({number(now.max(), 2)}), those of the {low} "
            f"the least ({number(now.min(), 2)})."
        )
    most, least = int(away.argmax()), int(away.argmin())
    return (
        f"{sentence} For it, the people of the {NAMES[most]} spend {percent(away[most])} of their time elsewhere, "
        f"those of the {NAMES[least]} {percent(away[least])}; together it is {percent(all_away)} of all hours."
    )


def _who_goes(town: TownExchange) -> Detail:
    """Say who goes where, the longest moves first."""
    moves = [move for move in town.exchange.moves if move[2] >= 0.5]
    lines = []
    for name in NAMES:
        mine = [f"{number(hours, 0)} to the {other}" for one, other, hours in moves if one == name]
        if mine:
            lines.append(f"From the {name}, hours a week: {join(mine)}.")
    return Detail("Who goes where", tuple(lines) or ("Nobody goes anywhere.",))
