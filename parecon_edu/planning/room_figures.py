"""The picture of side room 08b: a council that hides what it can do."""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go

from parecon_edu.display import Exhibit, Table
from parecon_edu.display.style import PATTERNS, WHITE_STRIPES, layout
from parecon_edu.display.words import join, number
from parecon_edu.economy.model import Economy, worker_proposals
from parecon_edu.planning.board import be, capital
from parecon_edu.planning.hiding import like, same_means
from parecon_edu.planning.model import Plan

__all__ = ["hidden"]


def hidden(
    true: Economy, honest: Plan, told: Economy, year: Plan, *, workplace: str, share: float, both: bool = False
) -> Exhibit:
    """Draw a council that hides capacity: what benefit over cost shows of it, and what comparing like councils shows.

    Parameters
    ----------
    true, honest
        The economy as it is, and its plan.
    told, year
        The economy as the proposals tell it, and the plan that comes of them.
    workplace : str
        Who hides.
    share : float
        Share of its capacity that it hides.
    both : bool
        Whether those that make the same hide as much.

    Returns
    -------
    Exhibit
        Left, benefit over cost of the workplace and its like; right, what each would make from its means.
    """
    j = true.workplaces.index(workplace)
    group = [j, *like(true, j)]
    before, after = worker_proposals(true, honest.prices), worker_proposals(told, year.prices)
    names = [_broken(true.workplaces[i]) for i in group]
    ratio, ratio_before = after.benefit_cost[group], before.benefit_cost[group]
    means = [1.0, *same_means(told, year.prices, j).tolist()]
    means_before = [1.0, *same_means(true, honest.prices, j).tolist()]
    bar: dict[str, Any] = {"type": "bar", "textposition": "inside", "insidetextanchor": "middle", "textangle": 0}
    bar |= {"hoverinfo": "skip", "width": 0.6, "textfont": {"color": "#1a1a1a", "size": 16}}
    lies = [True, *[both] * (len(group) - 1)]
    marks: dict[str, Any] = {"color": ["#f2b48c" if lie else "#9ecae9" for lie in lies]}
    marks["pattern"] = {**WHITE_STRIPES, "shape": [PATTERNS[1 if lie else 0] for lie in lies]}
    old: dict[str, Any] = {"type": "scatter", "mode": "markers", "hoverinfo": "skip"}
    old |= {"marker": {"symbol": "line-ew-open", "size": 44, "color": "#1a1a1a", "line": {"width": 3}}}
    right = {"xaxis": "x2", "yaxis": "y2"}
    traces = [
        {**bar, "x": names, "y": ratio.tolist(), "text": [f"{r:.2f}" for r in ratio], "marker": marks},
        {**old, "x": names, "y": ratio_before.tolist()},
        {**bar, **right, "x": names, "y": means, "text": [f"{m:.2f}" for m in means], "marker": marks},
        {**old, **right, "x": names, "y": means_before},
    ]
    title = {"font": {"size": 14}, "showarrow": False, "xref": "paper", "yref": "paper", "xanchor": "left"}
    title |= {"align": "left", "yanchor": "bottom", "y": 1.02}
    figure = go.Figure(
        traces,
        layout(
            height=390,
            margin={"l": 40, "r": 16, "t": 84, "b": 66},
            xaxis={"domain": [0, 0.46], "tickangle": 0, "automargin": False},
            yaxis={"range": [0, 2.6], "automargin": False},
            xaxis2={"domain": [0.56, 1], "tickangle": 0, "automargin": False},
            yaxis2={"anchor": "x2", "range": [0, 2.6], "automargin": False},
            annotations=[
                {**title, "text": "<b>Benefit/cost</b><br>what the board sees<br>(━ if nobody hid)", "x": 0},
                {**title, "text": f"<b>From the means of<br>{workplace}</b><br>each would make …", "x": 0.56},
            ],
        ),
    )
    columns = ("workplace", "benefit/cost, honest", "as told", "from the same means", "made, honest", "as told")
    rows = tuple(
        (
            true.workplaces[i],
            f"{before.benefit_cost[i]:.2f}",
            f"{after.benefit_cost[i]:.2f}",
            f"{m:.2f}",
            round(float(before.output[i])),
            round(float(after.output[i])),
        )
        for i, m in zip(group, means, strict=True)
    )
    caption = f"{workplace} hides {number(100 * share, 0)} % of what it can do"
    sentence = _say_hidden(true, honest, year, j, share, both, means[1:], means_before[1:], after, before)
    return Exhibit(figure, sentence, Table(columns, rows, caption))


def _say_hidden(
    true: Economy,
    honest: Plan,
    year: Plan,
    j: int,
    share: float,
    both: bool,
    means: list[float],
    means_before: list[float],
    after: Any,
    before: Any,
) -> str:
    name, g = true.workplaces[j], int(true.product[j])
    others = [true.workplaces[i] for i in like(true, j)]
    ratio = f"{after.benefit_cost[j]:.2f}"
    compared = join(
        f"{other} would make {now:.2f} from its means" + (f" ({honest_now:.2f} if nobody hid)" if share else "")
        for other, now, honest_now in zip(others, means, means_before, strict=True)
    )
    compared = f"For each unit that {name} {'says it can make' if share else 'makes'}, {compared}."
    if share == 0:
        return f"{name} hides nothing. Its benefit/cost is {ratio}, and the plan takes {year.rounds} rounds. {compared}"
    who = f"{join([name, *others])} hide" if both else f"{name} hides"
    dearer, good = float(year.prices[g] / honest.prices[g]), str(true.goods[g])
    return (
        f"{who} {number(100 * share, 0)} % of what {'they' if both else 'it'} can do: {name if both else 'it'} "
        f"proposes "
        f"{number(float(after.output[j]), 0)} instead of {number(float(before.output[j]), 0)}. The proposals meet all "
        f"the same, after {year.rounds} rounds ({honest.rounds} if nobody hid), and its benefit/cost is {ratio} as "
        f"before. {capital(good)} {be(good)} {number(100 * (dearer - 1), 0)} % dearer, and every neighbourhood gets "
        f"{number(100 * (1 - 1 / dearer), 0)} % less of it. {compared}"
    )


def _broken(name: str) -> str:
    """Break a name over lines, so that it fits under a bar."""
    words = name.split()
    return "<br>".join(words) if len(words) < 4 else f"{' '.join(words[:2])}<br>{' '.join(words[2:])}"
