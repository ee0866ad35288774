"""Pictures of the side rooms of lesson 07: shadow prices, targets, the unwritten contract, soft budgets."""

from __future__ import annotations

from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import ArrayLike

from parecon_edu.display import Exhibit, Table
from parecon_edu.display.style import COLOURS, DASHES, PATTERNS, STRIPES, layout
from parecon_edu.display.words import join, number, percent
from parecon_edu.institutions.central.budgets import Budget, budget, chance_needed, expected
from parecon_edu.institutions.central.contract import Country, Rest, answer, made, rests, spendable, years
from parecon_edu.institutions.central.kantorovich import Carried, Plan, Workshop, best_plan, carry_out
from parecon_edu.institutions.central.targets import Ratchet, ratchet
from parecon_edu.validation.people import Array

__all__ = ["budgets", "contract", "shadow_prices", "targets"]

_SIDE = {"orientation": "h", "y": 1.02, "x": 0, "yanchor": "bottom", "font": {"size": 13}}


# --- 07b: shadow prices -----------------------------------------------------------------------------------------------


def shadow_prices(workshop: Workshop, *, told: ArrayLike | None = None) -> Exhibit:
    """Show which plans fit, the best of them, and what it says a machine hour is worth.

    Parameters
    ----------
    workshop : Workshop
        What is true; two products.
    told : array_like, (m, 2), optional
        The hours needed as they were reported to the office, if that is something else.

    Returns
    -------
    Exhibit
        Left, the plans that fit within each machine's hours; right, the price of an hour of each machine, with a true
        report and with this one.

    Raises
    ------
    TypeError, ValueError
        As for `carry_out`; also if there are not two products.
    """
    if len(workshop.products) != 2:
        raise ValueError(
            f"The picture has two axes, one a product: this workshop makes {len(workshop.products)}. Choose two."
        )
    plan = best_plan(workshop)
    carried = None if told is None or np.array_equal(told, workshop.B) else carry_out(workshop, told=told)
    figure = go.Figure(
        [*_room_for_plans(workshop, plan, carried), *_price_bars(workshop, plan, carried)],
        layout(
            height=440,
            showlegend=True,
            legend=_SIDE,
            barmode="group",
            bargap=0.15,
            margin={"t": 100, "b": 56},
            xaxis={"domain": [0, 0.5], "range": [0, 45], "title": f"{workshop.products[0]}, boxes a week"},
            yaxis={"range": [0, 62], "title": f"{workshop.products[1]}, boxes a week"},
            xaxis2={"domain": [0.62, 1], "tickangle": 0},
            yaxis2={"range": [0, 34], "title": "price of an hour, points", "anchor": "x2"},
        ),
    )
    said = _say_plan(workshop, plan)
    if carried is not None:
        said = _say_lie(workshop, plan, carried, np.asarray(told, dtype=float))
    return Exhibit(figure, said, _price_table(workshop, plan, carried))


def _room_for_plans(workshop: Workshop, plan: Plan, carried: Carried | None) -> list[dict[str, Any]]:
    """The plans that fit, each machine's limit, and the plans that were drawn up."""
    across = _corners(workshop)
    top = _highest(workshop, across)
    traces: list[dict[str, Any]] = [
        {
            "type": "scatter",
            "mode": "lines",
            "x": [0, *across.tolist(), 0],
            "y": [0, *top.tolist(), 0],
            "fill": "toself",
            "fillcolor": "rgba(86,180,233,.22)",
            "line": {"width": 0},
            "hoverinfo": "skip",
            "showlegend": False,
        }
    ]
    for i, machine in enumerate(workshop.machines):
        ends = np.array([0.0, 90.0])
        b = workshop.B[i]
        if b[1] > 0:
            x, y = ends, (workshop.R[i] - b[0] * ends) / b[1]
        else:
            x, y = np.full(2, workshop.R[i] / b[0] if b[0] > 0 else 90.0), ends
        traces.append(
            {
                "type": "scatter",
                "mode": "lines",
                "name": f"{machine} full",
                "x": x.tolist(),
                "y": y.tolist(),
                "line": {"color": COLOURS[(0, 5, 2, 3)[i % 4]], "dash": DASHES[i % len(DASHES)], "width": 3},
                "hovertemplate": f"{machine}: all hours used<extra></extra>",
            }
        )
    traces.append(_mark(plan.made, "best plan", "star", COLOURS[1], 19))
    if carried is not None:
        traces.append(_mark(carried.made, "made after this report", "x", COLOURS[7], 13))
    return traces


def _mark(place: Array, name: str, symbol: str, colour: str, size: int) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "name": name,
        "x": [float(place[0])],
        "y": [float(place[1])],
        "cliponaxis": False,
        "marker": {"symbol": symbol, "size": size, "color": colour, "line": {"width": 1, "color": "#000000"}},
        "hovertemplate": f"{name}: %{{x:.1f}}, %{{y:.1f}}<extra></extra>",
    }


def _corners(workshop: Workshop) -> Array:
    """Where along the first product the limit on the second bends."""
    R, B = workshop.R, workshop.B
    most = min((R[i] / B[i, 0] for i in range(len(R)) if B[i, 0] > 0), default=90.0)
    bends = {0.0, float(most)}
    for i in range(len(R)):
        for j in range(i):
            det = B[i, 0] * B[j, 1] - B[j, 0] * B[i, 1]
            if abs(det) > 1e-12:
                x = float((R[i] * B[j, 1] - R[j] * B[i, 1]) / det)
                if 0 < x < most:
                    bends.add(x)
    return np.array(sorted(bends))


def _highest(workshop: Workshop, across: Array) -> Array:
    """How much of the second product fits beside so much of the first."""
    limits = [
        (workshop.R[i] - workshop.B[i, 0] * across) / workshop.B[i, 1]
        for i in range(len(workshop.R))
        if workshop.B[i, 1] > 0
    ]
    return np.maximum(np.min(limits, axis=0), 0.0) if limits else np.full_like(across, 90.0)


def _price_bars(workshop: Workshop, plan: Plan, carried: Carried | None) -> list[dict[str, Any]]:
    groups = [("price, true report", plan.prices, COLOURS[1], "")]
    if carried is not None:
        groups.append(("price, this report", carried.plan.prices, COLOURS[4], PATTERNS[1]))
    return [
        {
            "type": "bar",
            "name": name,
            "x": list(workshop.machines),
            "y": prices.tolist(),
            "text": [number(p) for p in prices],
            "textposition": "outside",
            "textfont": {"size": 12},
            "cliponaxis": False,
            "xaxis": "x2",
            "yaxis": "y2",
            "showlegend": carried is not None,
            "marker": {"color": colour, "pattern": {**STRIPES, "shape": shape}},
            "hovertemplate": f"%{{x}}: %{{y:.2f}} points an hour, {name}<extra></extra>",
        }
        for name, prices, colour, shape in groups
    ]


def _made(workshop: Workshop, made: Array) -> str:
    return join(f"{number(float(x))} boxes of {name}" for x, name in zip(made, workshop.products, strict=True))


def _say_plan(workshop: Workshop, plan: Plan) -> str:
    priced = [(m, float(p), float(r)) for m, p, r in zip(workshop.machines, plan.prices, workshop.R, strict=True) if p]
    spare = [(m, float(s)) for m, s in zip(workshop.machines, plan.spare, strict=True) if s]
    parts = [f"The best plan makes {_made(workshop, plan.made)}, worth {number(plan.worth)}."]
    if priced:
        parts.append(f"An hour is priced at {join(f'{number(p)} at the {m}' for m, p, _ in priced)}.")
    if spare:
        one = len(spare) == 1
        hours = join(f"the {m} has {_hours(s) if one else number(s)} to spare" for m, s in spare)
        parts.append(f"{hours[0].upper()}{hours[1:]}, so {'its price is' if one else 'their prices are'} 0.")
    if priced:
        sums = " + ".join(f"{number(r)} × {number(p)}" for _, p, r in priced)
        parts.append(f"All hours at their prices: {sums} = {number(plan.worth)}, just what the plan makes.")
    if (plan.spare == 0).sum() + (plan.made < 1e-9).sum() > len(plan.made):
        parts.append("More than two limits meet just here: several price lists fit, and this is one of them.")
    return " ".join(parts)


def _hours(hours: float) -> str:
    return f"{number(hours)} {'hour' if hours == 1 else 'hours'}"


def _say_lie(workshop: Workshop, plan: Plan, carried: Carried, told: Array) -> str:
    lies = [
        f"{workshop.products[j]} need {_hours(float(told[i, j]))} at the {workshop.machines[i]} "
        f"(truly {number(float(workshop.B[i, j]))})"
        for i, j in zip(*np.nonzero(~np.isclose(told, workshop.B)), strict=True)
    ]
    prices = join(
        f"{m} {number(float(p), 2)} (truly {number(float(t), 2)})"
        for m, p, t in zip(workshop.machines, carried.plan.prices, plan.prices, strict=True)
    )
    share = carried.worth / carried.plan.worth if carried.plan.worth else 1.0
    asks = f"Told that {join(lies)}, the office asks for {_made(workshop, carried.plan.made)}."
    if share < 1 - 1e-9:
        what = f"That can't be met: {percent(share)} of it is made, worth {number(carried.worth)}"
    else:
        what = f"That is worth {number(carried.worth)}"
    idle = [
        (m, float(now - then))
        for m, now, then in zip(workshop.machines, carried.idle, plan.spare, strict=True)
        if now - then > 5e-3
    ]
    rest = ""
    if idle and share > 1 - 1e-9:
        hours = join(f"{number(h, 1)} hours at the {m}" for m, h in idle)
        rest = f" Those who work at the forge gain quiet time that the office can't see: {hours}."
    if carried.lost < 5e-3:
        return f"{asks} {what}, as much as with a true report. Prices it goes by: {prices}.{rest}"
    return (
        f"{asks} {what}, {number(carried.lost)} less for the town than with a true report. "
        f"Prices it goes by: {prices}.{rest}"
    )


def _price_table(workshop: Workshop, plan: Plan, carried: Carried | None) -> Table:
    idle, prices = (plan.spare, plan.prices) if carried is None else (carried.idle, carried.plan.prices)
    rows = tuple(
        (m, float(r), float(s), float(p), float(i), float(t))
        for m, r, s, p, i, t in zip(
            *(workshop.machines, workshop.R, plan.spare, plan.prices, idle, prices), strict=True
        )
    )
    columns = ("machine", "hours", "to spare", "price of an hour", "idle, this report", "price, this report")
    return Table(columns, rows, "The best plan with a true report, and what this report makes of it; prices in points")


# --- 07c: targets -----------------------------------------------------------------------------------------------------

_YEARS = 10
_FOLLOWS = np.linspace(0.0, 1.0, 21)


def targets(follow: float, *, patience: float, stay: int | None = None, name: str = "Haddad ovens") -> Exhibit:
    """Show ten years of output and target, and how output answers to a target that follows.

    Parameters
    ----------
    follow, patience : float
        As for `ratchet`.
    stay : int, optional
        As for `ratchet`.
    name : str
        The workplace.

    Returns
    -------
    Exhibit
        Left, output and target year by year beside what a fixed target would bring; right, what is made above 100 a day
        for every share that the target may follow.

    Raises
    ------
    TypeError, ValueError
        As for `ratchet`.
    """
    years = np.arange(1, _YEARS + 1)
    now = ratchet(_YEARS, follow=follow, patience=patience, stay=stay)
    extra = [
        float(ratchet(_YEARS, follow=f, patience=patience, stay=stay).output.mean()) - 100 for f in _FOLLOWS.tolist()
    ]
    lines = (
        ("makes if the target stays put", np.full(_YEARS, now.full), COLOURS[2], "dot", "line-ew"),
        ("what it makes", now.output, COLOURS[0], "solid", "circle"),
        ("its target", now.target, COLOURS[5], "dash", "square"),
    )
    figure = go.Figure(
        [
            *(
                {
                    "type": "scatter",
                    "mode": "lines+markers",
                    "name": label,
                    "x": years.tolist(),
                    "y": values.tolist(),
                    "line": {"color": colour, "dash": dash, "width": 3},
                    "marker": {"symbol": symbol, "size": 8},
                    "hovertemplate": f"year %{{x}}, {label}: %{{y:.1f}}<extra></extra>",
                }
                for label, values, colour, dash, symbol in lines
            ),
            {
                "type": "scatter",
                "mode": "lines",
                "x": (100 * _FOLLOWS).tolist(),
                "y": extra,
                "line": {"color": COLOURS[0], "width": 3},
                "xaxis": "x2",
                "yaxis": "y2",
                "showlegend": False,
                "hovertemplate": "%{x:.0f} %: %{y:.1f} crates more<extra></extra>",
            },
            {
                "type": "scatter",
                "mode": "markers",
                "x": [100 * follow],
                "y": [float(now.output.mean()) - 100],
                "marker": {"color": COLOURS[5], "size": 15, "symbol": "diamond"},
                "xaxis": "x2",
                "yaxis": "y2",
                "cliponaxis": False,
                "showlegend": False,
                "hovertemplate": "now: %{y:.1f} crates more<extra></extra>",
            },
        ],
        layout(
            height=400,
            showlegend=True,
            legend=_SIDE,
            margin={"t": 60, "b": 64},
            xaxis={"domain": [0, 0.54], "range": [0.7, _YEARS + 0.3], "title": "year", "dtick": 1},
            yaxis={"range": [98, 122], "title": "crates a day"},
            xaxis2={"domain": [0.68, 1], "range": [0, 100], "title": "how far the target<br>follows, %", "dtick": 50},
            yaxis2={"range": [0, 22], "title": "crates above 100, on average", "anchor": "x2", "dtick": 5},
        ),
    )
    return Exhibit(figure, _say_target(now, follow=follow, stay=stay, name=name), _target_table(now))


def _say_target(now: Ratchet, *, follow: float, stay: int | None, name: str) -> str:
    crates, full = float(now.output.mean()), now.full
    paid = float(now.bonus.sum())
    if follow == 0:
        return (
            f"The target stays at 100 whatever {name} does. All 10 points for one crate more stay with it, so it makes "
            f"{number(full)} crates a day, the most that 10 points call forth. In ten years the office pays "
            f"{number(paid)} points in bonuses, the same each year, and learns nothing from them."
        )
    lost = f"The town goes without {number(full - crates, 1)} crates a day; the office pays {number(paid, 0)} points in"
    rest = "ten years instead of 2,000."
    follows = f"{percent(follow)} of what {name} beats its target by goes into next year's target."
    if stay is None:
        kept = number(10 * float(now.kept[0]), 1)
        return (
            f"{follows} Of the 10 points for one crate more, {kept} are left once the higher targets to come are paid "
            f"for, so it makes {number(crates, 1)} crates a day instead of {number(full)}. {lost} {rest}"
        )
    if stay == 1:
        return (
            f"{follows} But whoever decides is moved on after one year and leaves the higher target to the next. So "
            f"they make {number(full)} crates a day, as if it never followed, and each finds a target that is harder "
            f"to beat: the office pays {number(paid, 0)} points in {rest}"
        )
    first, last = number(float(now.output[0]), 1), number(float(now.output[stay - 1]), 1)
    return (
        f"{follows} Whoever decides is moved on after {stay} years: {first} crates a day in the first of them, {last} "
        f"in the last, when the higher target falls to somebody else; {number(crates, 1)} on average. {lost} {rest}"
    )


def _target_table(now: Ratchet) -> Table:
    rows = tuple(
        (str(t + 1), float(y), float(q), 10 * float(k), float(b))
        for t, (y, q, k, b) in enumerate(zip(now.output, now.target, now.kept, now.bonus, strict=True))
    )
    columns = ("year", "makes", "target", "left of 10 for one more", "bonus")
    return Table(columns, rows, "Crates a day, and points")


# --- 07d: the unwritten contract --------------------------------------------------------------------------------------

_SHARES = np.linspace(0.0, 1.0, 101)
_LONG = 60


def contract(country: Country, start: float) -> Exhibit:
    """Show how many pull their full weight, given how many others do, and where that leads.

    Parameters
    ----------
    country : Country
        The country.
    start : float
        Share who pull their full weight to begin with.

    Returns
    -------
    Exhibit
        Left, the answer of next year to each share of this year, the points that bear themselves out and the way from
        the start; right, the first year and the last.

    Raises
    ------
    TypeError, ValueError
        As for `years`.
    """
    path = years(country, start, _LONG)
    points = rests(country)
    step = 100 * np.repeat(path, 2)
    shares = (100 * _SHARES).tolist()
    lines = (
        ("this year's answer", shares, (100 * answer(country, _SHARES)).tolist(), COLOURS[0], "solid", 3),
        ("no change", shares, shares, "#595959", "dash", 2),
        ("the way there", step[:-1].tolist(), step[1:].tolist(), COLOURS[5], "dot", 3),
    )
    traces: list[dict[str, Any]] = [
        {
            "type": "scatter",
            "mode": "lines",
            "name": name,
            "x": x,
            "y": y,
            "line": {"color": colour, "dash": dash, "width": width},
            "hovertemplate": "last year %{x:.0f} %, this year %{y:.0f} %<extra></extra>",
        }
        for name, x, y, colour, dash, width in lines
    ]
    for stable, name, fill in ((True, "stays", COLOURS[0]), (False, "tips", "#ffffff")):
        # None keeps the name in the legend where there is no such point, so that nothing jumps.
        at: list[float | None] = [100 * rest.share for rest in points if rest.stable == stable]
        at = at or [None]
        traces.append(
            {
                "type": "scatter",
                "mode": "markers",
                "name": name,
                "x": at,
                "y": at,
                "cliponaxis": False,
                "marker": {
                    "size": 14,
                    "symbol": "circle" if stable else "square",
                    "color": fill,
                    "line": {"width": 3, "color": COLOURS[0]},
                },
                "hovertemplate": f"{name}: %{{x:.0f}} %<extra></extra>",
            }
        )
    for name, share, colour, shape in (
        ("first year", float(path[0]), COLOURS[5], PATTERNS[1]),
        ("in the end", float(path[-1]), COLOURS[4], PATTERNS[0]),
    ):
        values = _life(country, share)
        traces.append(
            {
                "type": "bar",
                "name": name,
                "x": ["pull their<br>weight", "of pay finds<br>something", "made, of<br>the most"],
                "y": [100 * v for v in values],
                "text": [number(100 * v, 0) for v in values],
                "textposition": "outside",
                "textfont": {"size": 12},
                "cliponaxis": False,
                "xaxis": "x2",
                "yaxis": "y2",
                "marker": {"color": colour, "pattern": {**STRIPES, "shape": shape}},
                "hovertemplate": f"{name}: %{{y:.0f}} %<extra></extra>",
            }
        )
    figure = go.Figure(
        traces,
        layout(
            height=450,
            showlegend=True,
            legend=_SIDE,
            barmode="group",
            bargap=0.15,
            margin={"t": 100, "b": 64},
            xaxis={"domain": [0, 0.46], "range": [0, 102], "title": "% who pulled their weight last year", "dtick": 20},
            yaxis={"range": [0, 102], "title": "% this year", "dtick": 20},
            xaxis2={"domain": [0.56, 1], "tickangle": 0, "tickfont": {"size": 12}},
            yaxis2={"range": [0, 112], "title": "%", "anchor": "x2", "dtick": 20},
        ),
    )
    rows = tuple(
        (f"year {t + 1}", *(percent(v) for v in _life(country, float(path[t])))) for t in (0, 1, 2, 4, 9, _LONG - 1)
    )
    table = Table(("when", "pull their weight", "of pay finds something", "made, of the most"), rows, "Year by year")
    return Exhibit(figure, _say_contract(country, path, points), table)


def _life(country: Country, share: float) -> tuple[float, float, float]:
    return share, float(spendable(country, share)), float(made(country, share)) / country.full


def _say_contract(country: Country, path: Array, points: tuple[Rest, ...]) -> str:
    first, last = float(path[0]), float(path[-1])
    buys, ends = float(spendable(country, first)), float(spendable(country, last))
    parts = [
        f"To begin with {percent(first)} pull their full weight, and {percent(buys)} of all pay finds something in the "
        f"shop: the {number(country.extra)} points extra buy {number(country.extra * buys, 1)}, for trouble of "
        f"{number(country.trouble)} on average.",
    ]
    if abs(last - float(path[-2])) > 5e-3:
        parts.append(
            f"It never settles: {percent(float(path[-2]))} one year, {percent(last)} the next. Where many "
            "pull, there is more pay than the shop can cover, and fewer pull; then it fills again."
        )
        return " ".join(parts)
    parts.append(
        f"In the end it is {percent(last)}; {percent(ends)} of pay finds something, and the country makes "
        f"{number(float(made(country, last)), 0)} a head of the {number(country.full)} it could."
    )
    tips = [rest.share for rest in points if not rest.stable]
    if len(points) == 1:
        parts.append("It would end there from any start.")
    elif tips:
        tip = min(tips, key=lambda t: abs(t - first))
        better = max(rest.share for rest in points if rest.stable)
        worse = min(rest.share for rest in points if rest.stable)
        side, other = ("more", better) if last < tip else ("fewer", worse)
        parts.append(
            f"Had it begun with {side} than {percent(tip)}, it would have ended at {percent(other)}: the same people, "
            "the same pay, the same office."
        )
    return " ".join(parts)


# --- 07e: soft budgets ------------------------------------------------------------------------------------------------

_BAILOUTS = np.linspace(0.0, 1.0, 41)


def budgets(
    bailout: float, *, slow: float = 0.0, sight: float = 0.0, loss: float = 10.0, name: str = "Silva toolmakers"
) -> Exhibit:
    """Show what a workplace and the whole town may expect of a project, and what a softer budget does to the town.

    Parameters
    ----------
    bailout, slow, sight, loss : float
        As for `budget`.
    name : str
        The workplace that stands for the others.

    Returns
    -------
    Exhibit
        Left, what is expected of a quick project for each chance of success, by the workplace and by all; right, what a
        hundred projects bring the town for every chance of a bail-out.

    Raises
    ------
    TypeError, ValueError
        As for `budget`.
    """
    now = budget(bailout, slow=slow, sight=sight, loss=loss)
    failing = (1 - sight) * bailout
    fair = chance_needed(0.0, loss=loss)
    chances = np.linspace(0.0, 1.0, 21)
    own = [expected(c, bailout=failing, loss=loss) for c in chances.tolist()]
    all_in_all = [expected(c, bailout=0.0, loss=loss) for c in chances.tolist()]
    town = [budget(pi, slow=slow, sight=sight, loss=loss).town for pi in _BAILOUTS.tolist()]
    edge = [100 * now.needed, 100 * fair]
    figure = go.Figure(
        [
            {
                "type": "scatter",
                "mode": "lines",
                "name": "tried, and the town must expect to lose",
                "x": [edge[0], edge[1], edge[1], edge[0], edge[0]],
                "y": [-20, -20, 11, 11, -20],
                "fill": "toself",
                "fillcolor": "rgba(213,94,0,.20)",
                "line": {"width": 0},
                "hoverinfo": "skip",
            },
            *(
                {
                    "type": "scatter",
                    "mode": "lines",
                    "name": label,
                    "x": (100 * chances).tolist(),
                    "y": values,
                    "line": {"color": colour, "dash": dash, "width": 3},
                    "hovertemplate": f"chance %{{x:.0f}} %, {label}: %{{y:.1f}}<extra></extra>",
                }
                for label, values, colour, dash in (
                    ("for the workplace", own, COLOURS[0], "solid"),
                    ("for everybody", all_in_all, COLOURS[2], "dash"),
                )
            ),
            {
                "type": "scatter",
                "mode": "lines",
                "x": (100 * _BAILOUTS).tolist(),
                "y": town,
                "line": {"color": COLOURS[2], "width": 3},
                "xaxis": "x2",
                "yaxis": "y2",
                "showlegend": False,
                "hovertemplate": "bail-out in %{x:.0f} %: %{y:.0f}<extra></extra>",
            },
            {
                "type": "scatter",
                "mode": "markers",
                "x": [100 * bailout],
                "y": [now.town],
                "marker": {"color": COLOURS[5], "size": 15, "symbol": "diamond"},
                "xaxis": "x2",
                "yaxis": "y2",
                "cliponaxis": False,
                "showlegend": False,
                "hovertemplate": "now: %{y:.0f}<extra></extra>",
            },
        ],
        layout(
            height=420,
            showlegend=True,
            legend=_SIDE,
            margin={"t": 80, "b": 64},
            xaxis={"domain": [0, 0.5], "range": [0, 100], "title": "chance of success, %", "dtick": 25},
            yaxis={"range": [-20, 11], "title": "expected of a project, points", "dtick": 5},
            xaxis2={"domain": [0.66, 1], "range": [0, 100], "title": "bailed out,<br>% of cases", "dtick": 25},
            yaxis2={"range": [-540, 780], "title": "100 projects, for the town", "anchor": "x2", "dtick": 200},
        ),
    )
    rows = (
        ("tried from a chance of", percent(now.needed)),
        ("quick projects tried", number(now.tried, 0)),
        ("of them a loss to expect for the town", number(now.harmful, 0)),
        ("slow projects begun", number(now.begun, 0)),
        ("of them seen through", number(now.finished, 0)),
        ("workplaces gain", number(now.workplaces, 0)),
        ("neighbourhoods pay for failures", number(now.paid, 0)),
        ("left for the town", number(now.town, 0)),
        ("the best there could be", number(now.best, 0)),
    )
    table = Table(("what", "how much"), rows, "A hundred projects, on average; gains and losses in points")
    return Exhibit(figure, _say_budget(now, bailout, slow=slow, sight=sight, loss=loss, name=name), table)


def _say_budget(now: Budget, bailout: float, *, slow: float, sight: float, loss: float, name: str) -> str:
    lost = number(loss)
    if bailout == 0:
        start = (
            f"Only slow projects are helped, in the {percent(sight)} of cases in which somebody can tell."
            if sight
            else "Nobody is bailed out."
        )
        parts = [f"{start} {name} tries what has a chance above {percent(now.needed)}, just as the town would wish."]
    else:
        eyes = f" unless somebody can tell, as in {percent(sight)} of cases" if sight else ""
        parts = [f"Whoever is in trouble is bailed out in {percent(bailout)} of cases{eyes}."]
        own = number((1 - (1 - sight) * bailout) * loss, 1)
        parts.append(
            f"A failure that costs {lost} costs {name} {own} on average, so it tries whatever has a chance above "
            f"{percent(now.needed)}; the town's own line is {percent(chance_needed(0.0, loss=loss))}."
        )
        if now.harmful > 0.5:
            parts.append(f"Of 100 projects, {number(now.harmful, 0)} are tried that the town must expect to lose by.")
    if slow:
        begun = (
            f"are all begun, and {number(now.finished, 0)} seen through"
            if now.begun
            else "are never begun, good as they are: half-way too many would be dropped"
        )
        parts.append(f"The {number(100 * slow, 0)} slow ones {begun}.")
    parts.append(
        f"The workplaces gain {number(now.workplaces, 0)}, the eight neighbourhoods pay {number(now.paid, 0)} for "
        f"failures, and the town is left with {number(now.town, 0)}; at best it could have {number(now.best, 0)}."
    )
    return " ".join(parts)
