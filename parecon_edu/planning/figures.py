"""Pictures of plans and of boards gone wrong, each with its sentence and table."""

from __future__ import annotations

from typing import Any

import numpy as np
import plotly.graph_objects as go

from parecon_edu.display import Detail, Exhibit, Table
from parecon_edu.display.style import COLOURS, DASHES, GREY, PATTERNS, WHITE_STRIPES, layout
from parecon_edu.display.words import number
from parecon_edu.economy.model import Economy
from parecon_edu.planning.board import be, gap_percent, price_text
from parecon_edu.planning.model import Plan
from parecon_edu.planning.replies import changed_words
from parecon_edu.planning.town import TownPlan

__all__ = ["gets", "makes", "overshoot"]

_SHORT, _FINE = COLOURS[5], COLOURS[2]
_TICKS = [1, 2, 5, 10, 20, 50, 100, 200]


# --- a finished plan ------------------------------------------------------------------------------------------------


def makes(now: TownPlan, before: TownPlan | None = None, *, change: str = "") -> Exhibit:
    """Draw who makes what in a finished plan, with benefit over cost, smoke and its charge.

    Parameters
    ----------
    now : TownPlan
        The plan shown.
    before : TownPlan, optional
        The plan it is compared with, drawn as marks.
    change : str
        What differs between the two, as the beginning of a sentence: "If Harbour …".
    """
    economy = now.economy
    names = list(economy.workplaces)
    values = now.prices[economy.product] * now.proposals.output
    order = list(range(len(names)))
    made_goods = sorted({int(g) for g in economy.product})
    traces: list[dict[str, Any]] = [
        {
            "type": "bar",
            "orientation": "h",
            "name": economy.goods[g],
            "x": [float(values[j]) for j in order if economy.product[j] == g],
            "y": [names[j] for j in order if economy.product[j] == g],
            "text": [f" {_made(now, j)}" for j in order if economy.product[j] == g],
            "textposition": "outside",
            "cliponaxis": False,
            "constraintext": "none",
            "hoverinfo": "skip",
            "marker": {"color": COLOURS[n], "pattern": {**WHITE_STRIPES, "shape": PATTERNS[n]}},
        }
        for n, g in enumerate(made_goods)
    ]
    if before is not None and change:
        old = before.prices[economy.product] * before.proposals.output
        mark = {"symbol": "line-ns-open", "size": 16, "color": "#1a1a1a", "line": {"width": 3}}
        traces.append(
            {
                "type": "scatter",
                "mode": "markers",
                "name": "before",
                "x": old.tolist(),
                "y": names,
                "marker": mark,
                "hoverinfo": "skip",
            }
        )
    figure = go.Figure(
        traces,
        layout(
            height=90 + 27 * len(names),
            margin={"l": 182, "r": 16, "t": 44, "b": 52},
            showlegend=True,
            xaxis={"range": [0, _nice(1.45 * max(values.max(), 1))], "title": "points a week", "automargin": False},
            yaxis={"categoryorder": "array", "categoryarray": names[::-1], "automargin": False},
        ),
    )
    return Exhibit(figure, _say_makes(now, before, change), _makes_table(now), _plan_details(now, before, change))


def gets(now: TownPlan, before: TownPlan | None = None, *, change: str = "") -> Exhibit:
    """Draw who gets what in a finished plan: each neighbourhood's points, good by good."""
    economy = now.economy
    names = list(economy.neighbourhoods)
    wanted = [g for g in range(len(economy.goods)) if economy.tastes[:, g].any()]
    spent = now.consumption * now.prices
    traces = [
        {
            "type": "bar",
            "orientation": "h",
            "name": economy.goods[g],
            "x": spent[:, g].tolist(),
            "y": names,
            "text": [number(amount, 0) for amount in now.consumption[:, g]],
            "textposition": "inside",
            "insidetextanchor": "middle",
            "textangle": 0,
            "textfont": {"size": 12, "color": "#1a1a1a"},
            "hoverinfo": "skip",
            "marker": {"color": _PALE[n], "line": {"color": "#ffffff", "width": 2}},
        }
        for n, g in enumerate(wanted)
    ]
    figure = go.Figure(
        traces,
        layout(
            height=110 + 34 * len(names),
            margin={"l": 112, "r": 16, "t": 44, "b": 52},
            barmode="stack",
            showlegend=True,
            legend={"traceorder": "normal"},
            xaxis={"range": [0, 1.02 * float(economy.income.max())], "title": "points a week; the numbers are amounts"},
            yaxis={"categoryorder": "array", "categoryarray": names[::-1], "automargin": False},
        ),
    )
    return Exhibit(figure, _say_gets(now, before, change), _gets_table(now), _plan_details(now, before, change))


# Light tones under dark numbers: contrast of the text is at least 4.5 on each.
_PALE = ("#9ecae9", "#ffd27f", "#8fd9bf", "#e9bcd6", "#d9d9d9", "#f3ec9a")


def _made(now: TownPlan, j: int) -> str:
    smoke = f" · smoke {number(float(now.smoke[j]))}" if now.smoke[j] > 0 else ""
    return f"{number(float(now.proposals.output[j]), 0)}{smoke}"


def _makes_table(now: TownPlan) -> Table:
    economy = now.economy
    rows: list[tuple[str | float | int, ...]] = [
        (
            name,
            f"{number(float(now.proposals.output[j]), 0)} {economy.goods[economy.product[j]]}",
            f"{now.proposals.benefit_cost[j]:.2f}",
            number(float(now.smoke[j])),
            round(float(now.smoke[j] * now.charge)),
        )
        for j, name in enumerate(economy.workplaces)
    ]
    columns = ("workplace", "makes", "benefit/cost", "smoke", "charge, points")
    return Table(columns, tuple(rows), "Who makes what, a week")


def _gets_table(now: TownPlan) -> Table:
    economy = now.economy
    wanted = [g for g in range(len(economy.goods)) if economy.tastes[:, g].any()]
    rows: tuple[tuple[str | float | int, ...], ...] = tuple(
        (name, *(round(float(now.consumption[h, g])) for g in wanted)) for h, name in enumerate(economy.neighbourhoods)
    )
    columns = ("neighbourhood", *(str(economy.goods[g]) for g in wanted))
    return Table(columns, rows, "Who gets what, a week (of a public good: the part that it pays for; all share it)")


def _plan_details(now: TownPlan, before: TownPlan | None, change: str) -> tuple[Detail, ...]:
    economy = now.economy
    if before is None or not change:
        rows: tuple[tuple[str, ...], ...] = tuple(
            (str(good), price_text(float(price))) for good, price in zip(economy.goods, now.prices, strict=True)
        )
        rows += (("smoke, a unit", price_text(now.charge)),)
        return (Detail("Prices of this plan", Table(("good", "price"), rows, "Points")),)
    pairs = zip((*economy.goods, "smoke, a unit"), before.all_prices, now.all_prices, strict=True)
    rows = tuple(
        (str(good), price_text(float(old)), price_text(float(new)), _signed_percent(float(new / old - 1)))
        for good, old, new in pairs
    )
    return (Detail("Prices of this plan", Table(("good", "before", "now", "change"), rows, "Points")),)


def _say_makes(now: TownPlan, before: TownPlan | None, change: str) -> str:
    economy = now.economy
    if before is not None and change:
        ratio = now.proposals.output / before.proposals.output
        most, least = int(np.argmax(ratio)), int(np.argmin(ratio))
        moved = now.prices / before.prices - 1
        g = int(np.argmax(np.abs(moved)))
        return (
            f"{change}, {economy.workplaces[most]} makes {_change(economy, most, ratio)} and "
            f"{economy.workplaces[least]} {_change(economy, least, ratio)}. The price that moves most is that of "
            f"{economy.goods[g]}: {_signed_percent(float(moved[g]))}. Smoke goes from {number(before.total_smoke)} to "
            f"{number(now.total_smoke)} units."
        )
    ratio = now.proposals.benefit_cost
    high, low = int(np.argmax(ratio)), int(np.argmin(ratio))
    dirty = int(np.argmax(now.smoke))
    share = now.charge * now.smoke[dirty] / (now.prices[economy.product[dirty]] * now.proposals.output[dirty])
    return (
        f"Every workplace brings more than it uses up: for each point of cost, {economy.workplaces[high]} brings "
        f"{ratio[high]:.2f} and {economy.workplaces[low]} {ratio[low]:.2f}. {economy.workplaces[dirty]} emits "
        f"{number(float(now.smoke[dirty]))} of the {number(now.total_smoke)} units of smoke. Each unit is charged "
        f"{number(now.charge, 0)} points; that takes {number(100 * float(share), 0)} % of what its product is worth."
    )


def _say_gets(now: TownPlan, before: TownPlan | None, change: str) -> str:
    economy = now.economy
    private = [g for g in range(len(economy.goods)) if economy.kinds[g] == "private" and economy.tastes[:, g].any()]
    if before is not None and change:
        ratio = now.consumption[:, private] / before.consumption[:, private]
        still = [h for h in range(len(ratio)) if np.array_equal(economy.tastes[h], before.economy.tastes[h])]
        step = ratio[still][0] - 1
        less, more = int(np.argmin(step)), int(np.argmax(step))
        return (
            f"{change}, the others' shares of points stay as they are, but prices move: each of them gets "
            f"{_moved(str(economy.goods[private[less]]), float(step[less]))} and "
            f"{_moved(str(economy.goods[private[more]]), float(step[more]))}."
        )
    share = economy.tastes / economy.tastes.sum(axis=1, keepdims=True)
    g = private[int(np.argmax(share[:, private].max(axis=0) - share[:, private].min(axis=0)))]
    high, low = int(np.argmax(share[:, g])), int(np.argmin(share[:, g]))
    good = str(economy.goods[g])
    return (
        f"Everybody has the same points, and asks for different things: {economy.neighbourhoods[high]} takes home "
        f"{number(float(now.consumption[high, g]), 0)} of {good}, {economy.neighbourhoods[low]} "
        f"{number(float(now.consumption[low, g]), 0)}. Nobody told them to; their own proposals add up."
    )


def _change(economy: Economy, j: int, ratio: Any) -> str:
    return _moved(str(economy.goods[economy.product[j]]), float(ratio[j] - 1))


def _moved(good: str, step: float) -> str:
    if abs(step) >= 0.005:
        return changed_words(good, 1 + step)
    return f"{number(100 * abs(step), 1)} % {'more' if step > 0 else 'fewer' if be(good) == 'are' else 'less'} {good}"


def _signed_percent(step: float) -> str:
    text = number(100 * abs(step), 1)
    return "0 %" if text == "0" else f"{'+' if step > 0 else '−'}{text} %"


def _nice(value: float) -> float:
    """Round up to a number with one or two digits, so that the axis stands still while little changes."""
    size = 10 ** np.floor(np.log10(value))
    return float(np.ceil(value / size * 2) / 2 * size)


# --- boards gone wrong ----------------------------------------------------------------------------------------------


def overshoot(year: Plan, calm: Plan, *, kappa: float, calm_kappa: float, place: str, limit: int) -> Exhibit:
    """Draw a board that reacts too strongly, or just strongly enough.

    Parameters
    ----------
    year, calm : Plan
        The run shown, and one with a calm board.
    kappa, calm_kappa : float
        How strongly each reacts.
    place : str
        Which town, in words.
    limit : int
        Rounds after which the board gives up.

    Returns
    -------
    Exhibit
        Left, the worst gap by round; right, the price of the good that swings most.
    """
    worst = 100 * year.worst
    g = int(np.argmax(np.abs(np.diff(np.log(year.price_history[-12:]), axis=0)).sum(axis=0))) if year.rounds > 1 else 0
    good = year.goods[g]
    path = year.price_history[:, g]
    at = list(range(1, year.rounds + 1))
    goal = 100 * year.threshold
    grey, black = {"color": GREY, "width": 2, "dash": DASHES[2]}, {"color": _SHORT, "width": 2.5}
    calm_at = list(range(1, calm.rounds + 1))
    line = {"type": "scatter", "mode": "lines", "hoverinfo": "skip"}
    right = {**line, "xaxis": "x2", "yaxis": "y2", "showlegend": False}
    traces = [
        {**line, "x": [0, limit + 5], "y": [goal, goal], "name": f"goal, {number(goal)} %"}
        | {"line": {"color": _FINE, "dash": DASHES[1]}},
        {
            **line,
            "x": calm_at,
            "y": np.clip(100 * calm.worst, 1.05, 240).tolist(),
            "name": f"to compare, {calm_kappa:.2f}",
        }
        | {"line": grey},
        {**line, "x": at, "y": np.clip(worst, 1.05, 240).tolist(), "name": f"reaction {kappa:.2f}", "line": black},
        {**right, "x": calm_at, "y": calm.price_history[:, g].tolist(), "line": grey},
        {**right, "x": at, "y": path.tolist(), "line": black},
    ]
    end = float(calm.prices[g])
    figure = go.Figure(
        traces,
        layout(
            height=380,
            margin={"l": 62, "r": 16, "t": 50, "b": 56},
            showlegend=True,
            legend={"x": 0, "y": 1.03},
            xaxis={"domain": [0, 0.54], "range": [0, limit + 1], "title": "round", "automargin": False},
            yaxis={
                "type": "log",
                "range": [0, np.log10(250)],
                "tickvals": _TICKS,
                "ticktext": [str(tick) for tick in _TICKS],
                "title": "worst gap, %",
                "automargin": False,
            },
            xaxis2={"domain": [0.68, 1], "range": [0, limit + 1], "title": "round", "automargin": False},
            yaxis2={
                "anchor": "x2",
                "type": "log",
                "range": [float(np.log10(end / 8)), float(np.log10(end * 20))],
                "tickvals": _nice_ticks(end / 8, end * 20),
                "ticktext": [price_text(tick) for tick in _nice_ticks(end / 8, end * 20)],
                "title": f"price of {good}",
                "automargin": False,
            },
        ),
    )
    rows = tuple(
        (str(n), gap_percent(float(year.worst[n - 1])), price_text(float(path[n - 1])))
        for n in sorted({1, *range(10, year.rounds, 10), year.rounds})
    )
    table = Table(("round", "worst gap", f"price of {good}"), rows, f"{place}, reaction {kappa:.2f}")
    return Exhibit(figure, _say_overshoot(year, calm, kappa, calm_kappa, place, g), table)


def _nice_ticks(low: float, high: float) -> list[float]:
    """Give 1, 2 and 5 times powers of ten within the range."""
    ticks = [digit * 10.0**power for power in range(-4, 6) for digit in (1, 2, 5)]
    return [tick for tick in ticks if low <= tick <= high]


def _say_overshoot(year: Plan, calm: Plan, kappa: float, calm_kappa: float, place: str, g: int) -> str:
    good, path = year.goods[g], year.price_history[:, g]
    beside = (
        f"with {calm_kappa:.2f} they meet after {calm.rounds}" if calm.converged else f"with {calm_kappa:.2f} neither"
    )
    if year.converged:
        same = abs(kappa - calm_kappa) < 1e-9
        return f"{place}, reaction {kappa:.2f}: the proposals meet after {year.rounds} rounds" + (
            "." if same else f"; {beside}."
        )
    if kappa < calm_kappa:
        left = gap_percent(float(year.worst[-1]))
        return (
            f"{place}, reaction {kappa:.2f}: too timid. After {year.rounds} rounds a gap of {left} is left, and it is "
            f"still closing; {beside}."
        )
    lowest, highest = (price_text(float(price)) for price in (path[-10:].min(), path[-10:].max()))
    return (
        f"{place}, reaction {kappa:.2f}: the board overshoots and never settles. In the last ten rounds the price of "
        f"{good} swings between {lowest} and {highest}, and the worst gap after "
        f"{year.rounds} rounds is {gap_percent(float(year.worst[-1]))}; {beside}."
    )
