"""Pictures of wealth under fair coins: who has how much, and how unequal it has become."""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go

from parecon_edu.display import Exhibit, Table
from parecon_edu.display.style import COLOURS, DASHES, GREY, layout
from parecon_edu.display.words import join, number, percent
from parecon_edu.remuneration.inequality import gini
from parecon_edu.validation.people import Array

__all__ = ["NAMES", "YEARS", "fair_coins"]

#: Who trades: the first so many of them.
NAMES = ("Amara", "Bo", "Chen", "Dita", "Emre", "Farah", "Goran", "Hana", "Ines", "Jonas", "Kofi", "Leila")
#: How long a history is, and every which year the curves have a point.
YEARS = 200
_EVERY = 5


def fair_coins(history: Array, *, year: int, without: Array | None = None) -> Exhibit:
    """Everybody's wealth in one year of a history, and the way there.

    Parameters
    ----------
    history : ndarray, (n * years + 1, n)
        As `yard_sale` gives it, with n meetings a year; at most as many people as there are `NAMES`.
    year : int
        The year to look at.
    without : ndarray, optional
        The same history without redistribution, to lay beside it.

    Returns
    -------
    Exhibit
        Above, a bar a person; below, the Gini of wealth and the richest person's share up to that year.
    """
    n = history.shape[1]
    now, names = history[n * year], NAMES[:n]
    years = list(range(0, year + 1, _EVERY))
    if years[-1] != year:
        years.append(year)
    rows = history[[n * y for y in years]]
    lines = [
        _line("Gini of wealth", years, _ginis(rows), colour=COLOURS[0], dash=DASHES[0]),
        _line("the richest one's share", years, _tops(rows), colour=COLOURS[5], dash=DASHES[1]),
    ]
    if without is not None:
        before = without[[n * y for y in years]]
        lines.append(_line("Gini without redistribution", years, _ginis(before), colour=GREY, dash=DASHES[2]))
    figure = go.Figure([_bars(names, now), *lines], _layout(n))
    table = Table(
        ("person", f"wealth in year {year}", "of everything"),
        tuple((name, float(held), percent(held / now.sum())) for name, held in zip(names, now.round(1), strict=True)),
        f"Wealth after {year} years of fair coins; everybody began with {number(float(history[0, 0]))}",
    )
    return Exhibit(figure, _say(history, names, year=year, without=without), table)


def _bars(names: tuple[str, ...], now: Array) -> dict[str, Any]:
    richest = int(now.argmax()) if now.max() - now.min() > 1e-6 else -1  # at the start nobody is
    return {
        "type": "bar",
        "name": "wealth",
        "x": list(names),
        "y": (100 * now / now.sum()).tolist(),
        "text": [number(held, 0) for held in now],
        "textposition": "outside",
        "textangle": 0,
        "constraintext": "none",
        "cliponaxis": False,
        "showlegend": False,
        "marker": {
            "color": [COLOURS[1] if i == richest else COLOURS[4] for i in range(len(names))],
            "pattern": {"shape": ["/" if i == richest else "" for i in range(len(names))], "fgcolor": "#595959"},
        },
        "hovertemplate": "%{x}: %{y:.1f} % of everything<extra></extra>",
    }


def _line(name: str, years: list[int], values: list[float], *, colour: str, dash: str) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines" if len(years) > 1 else "markers",
        "name": name,
        "x": years,
        "y": values,
        "line": {"color": colour, "dash": dash, "width": 3},
        # In year 0 there is no line yet, so the marks differ in shape too.
        "marker": {"color": colour, "size": 10, "symbol": "circle" if dash == DASHES[0] else "diamond-open"},
        "xaxis": "x2",
        "yaxis": "y2",
        "hovertemplate": "year %{x}: %{y:.2f}<extra></extra>",
    }


def _layout(n: int) -> dict[str, Any]:
    return layout(
        height=540,
        xaxis={"anchor": "y", "tickangle": 0 if n <= 10 else -60},
        yaxis={"domain": [0.62, 1], "range": [0, 112], "dtick": 25, "title": "% of everything"},
        xaxis2={"anchor": "y2", "range": [0, YEARS], "title": "year", "dtick": 50},
        yaxis2={"domain": [0, 0.36], "range": [0, 1.02], "dtick": 0.25, "title": "0: all alike"},
        showlegend=True,
        legend={"y": 0.37, "yanchor": "bottom"},
    )


def _ginis(rows: Array) -> list[float]:
    return [gini(row) for row in rows]


def _tops(rows: Array) -> list[float]:
    shares: list[float] = (rows.max(axis=1) / rows.sum(axis=1)).tolist()
    return shares


def _say(history: Array, names: tuple[str, ...], *, year: int, without: Array | None) -> str:
    n, start = len(names), number(float(history[0, 0]))
    if year == 0:
        return f"At the start all {n} have {start}. Gini is 0. Let the years go by."
    now = history[n * year]
    if now.max() - now.min() < 1e-6:
        return f"After {year} years all {n} still have {start}: nothing was at stake. Gini is 0."
    richest, poorest = int(now.argmax()), int(now.argmin())
    poor = int((now < history[0] / 10).sum())
    parts = [
        f"After {year} years of fair coins, {names[richest]} has {number(now[richest], 0)} of {number(now.sum())}, "
        f"{percent(now[richest] / now.sum())} of everything, and {names[poorest]} has {_held(now[poorest])}.",
        f"{_people(poor)} less than a tenth of the {start} they began with.",
        f"Gini is {gini(now):.2f}; with everything in one hand it would be {number(1 - 1 / n, 2)}.",
    ]
    if without is not None:
        then = without[n * year]
        held = int(then.argmax())
        moved = [names[i] for i in range(n) if now[i] > then[i] + 0.5]
        lost = [names[i] for i in range(n) if now[i] < then[i] - 0.5]
        parts.append(
            f"The same coins without redistribution leave {names[held]} with {percent(then[held] / then.sum())} "
            f"and a Gini of {gini(then):.2f}. {_who(lost)} less with it, {_who(moved, end='more')}."
        )
    return " ".join(parts)


def _held(wealth: float) -> str:
    return "next to nothing" if wealth < 0.05 else number(wealth, 1)


def _people(count: int) -> str:
    return "Nobody has" if count == 0 else "One person has" if count == 1 else f"{count} people have"


def _who(names: list[str], *, end: str = "") -> str:
    if not names:
        said = "nobody has"
    else:
        said = f"{join(names) if len(names) <= 4 else f'{len(names)} others'} {'has' if len(names) == 1 else 'have'}"
    return f"{said} {end}".strip()
