"""Pictures of a team that shares what it makes: what comes back to effort, and what that does to all of them."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from parecon_edu.display import Exhibit, Table
from parecon_edu.display.style import COLOURS, GREY, PATTERNS, layout
from parecon_edu.display.words import number, percent
from parecon_edu.remuneration.teams import Team, team

__all__ = ["team_effort"]

_HEIGHT = 400
#: Shares of the pool paid by effort at which the curve is drawn.
_SHARES = np.linspace(0.0, 1.0, 21)


def team_effort(n: int, *, by_effort: float, sympathy: float = 0.0, elasticity: float = 1.0) -> Exhibit:
    """What a team of equals does, as a share of what would be best for all of them.

    Parameters
    ----------
    n : int
        Members, two or more.
    by_effort : float
        Share of the pool, 0 to 1, that is paid by effort; the rest is shared equally.
    sympathy : float
        0 to 1: what 1 more for a workmate is worth to a member.
    elasticity : float
        1 if effort always adds the same, less if there is less and less left to do (see `team`).

    Returns
    -------
    Exhibit
        Left, four bars: what comes back, effort, the pool, and what is left to each when the trouble of working is
        taken off. Right, the last of them for every share of the pool paid by effort.

    Raises
    ------
    TypeError, ValueError
        As for `team`.
    """
    now = team(n, by_effort=by_effort, sympathy=sympathy, elasticity=elasticity)
    best = team(n, by_effort=elasticity, elasticity=elasticity)
    values = [now.returned, now.effort / best.effort, now.pool / best.pool, now.net / best.net]
    curve = [
        team(n, by_effort=share, sympathy=sympathy, elasticity=elasticity).net / best.net for share in _SHARES.tolist()
    ]
    figure = go.Figure(
        [
            {
                "type": "bar",
                "x": ["comes<br>back", "effort", "pool", "left to<br>each"],
                "y": [100 * value for value in values],
                "text": [percent(value) for value in values],
                "textposition": "outside",
                "cliponaxis": False,
                "marker": {
                    "color": [COLOURS[4], COLOURS[1], COLOURS[2], COLOURS[0]],
                    "pattern": {"shape": [PATTERNS[2], PATTERNS[1], PATTERNS[3], ""], "fgcolor": "#595959"},
                },
                "hovertemplate": "%{x}: %{y:.0f} %<extra></extra>",
            },
            {
                "type": "scatter",
                "mode": "lines",
                "x": (100 * _SHARES).tolist(),
                "y": [100 * value for value in curve],
                "line": {"color": COLOURS[0], "width": 3},
                "xaxis": "x2",
                "yaxis": "y2",
                "hovertemplate": "%{x:.0f} % by effort: %{y:.0f} %<extra></extra>",
            },
            {
                "type": "scatter",
                "mode": "markers",
                "x": [100 * by_effort],
                "y": [100 * values[3]],
                "marker": {"color": COLOURS[5], "size": 15, "symbol": "diamond"},
                "xaxis": "x2",
                "yaxis": "y2",
                "cliponaxis": False,
                "hovertemplate": "now: %{y:.0f} %<extra></extra>",
            },
        ],
        layout(
            height=_HEIGHT,
            xaxis={"domain": [0, 0.46], "tickangle": 0},
            yaxis={"range": [0, 225], "title": "% of what is best for all", "dtick": 50},
            xaxis2={"domain": [0.62, 1], "range": [0, 100], "title": "% of the pool<br>paid by effort", "dtick": 50},
            yaxis2={"range": [0, 110], "title": "left to each, % of the best", "anchor": "x2", "dtick": 50},
            shapes=[
                {"type": "line", "xref": "x domain", "x0": 0, "x1": 1, "y0": 100, "y1": 100, "line": _BEST},
            ],
            margin={"b": 64},
        ),
    )
    return Exhibit(figure, _say(n, now, values, by_effort=by_effort, sympathy=sympathy), _table(now, best, values, n=n))


_BEST = {"color": GREY, "width": 2, "dash": "dash"}


def _table(now: Team, best: Team, values: list[float], *, n: int) -> Table:
    rows = (
        ("what comes back of 1 added", now.returned, 1.0, percent(values[0])),
        ("effort of each", now.effort, best.effort, percent(values[1])),
        ("the pool", now.pool, best.pool, percent(values[2])),
        ("left to each, the trouble taken off", now.net, best.net, percent(values[3])),
    )
    return Table(("what", "now", "best for all", "now, of the best"), rows, f"A team of {n} equals")


def _say(n: int, now: Team, values: list[float], *, by_effort: float, sympathy: float) -> str:
    rule = (
        "share the pool equally"
        if by_effort == 0
        else "share the pool by effort alone"
        if by_effort == 1
        else f"pay {percent(by_effort)} of the pool by effort and share the rest equally"
    )
    _, effort, pool, left = values
    counts = "comes back to them" if sympathy == 0 else "counts for them, their care for workmates included"
    back = f"Of 1 that somebody adds, {number(now.returned, 2)} {counts}"
    if abs(effort - 1) < 5e-3:
        return (
            f"{n} people {rule}. {back}, so each works as hard as is best for all, and all are as well off as can be."
        )
    if effort < 1:
        return (
            f"{n} people {rule}. {back}. Each puts in {percent(effort)} of the effort that would be best for all, "
            f"and is left with {percent(left)} of what each could have."
        )
    return (
        f"{n} people {rule}. {back}: part of it is taken from workmates. Each works {percent(effort - 1)} harder than "
        f"is best for all. The pool grows to {percent(pool)} of the best one, and yet each is left with "
        f"{percent(left)}: the trouble grew faster."
    )
