"""Pictures of the side rooms on markets: a harm and its price, few sellers and employers, unemployment."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import plotly.graph_objects as go

from parecon_edu.display import Exhibit, Table
from parecon_edu.display.style import COLOURS, GREY, PATTERNS, layout
from parecon_edu.display.words import number, percent
from parecon_edu.institutions.market import discipline, harm, power

__all__ = ["LOOKS", "WAYS", "few", "jobs", "settlement"]

WAYS = {
    "town": "the town hall, with the charge above",
    "community": "those downwind say what they permit at each charge",
    "tolls": "those downwind sell permission, each part for itself",
    "talks": "those downwind pay the plant, each part for itself",
}
LOOKS = {"selling": "selling bread", "hiring": "hiring by the hour"}

_HEIGHT = 420
_LEFT, _RIGHT = [0, 0.5], [0.63, 1]
_GAIN, _LOSS, _TAKEN = COLOURS[0], COLOURS[5], COLOURS[1]
#: Bars for what is gained, kept and lost: dotted and hatched as the areas beside them.
_AS_IN_THE_MARKET = ("", ".", "/")


def settlement(way: str, *, charge: float = 0.0, parts: int = 4) -> Exhibit:
    """Draw how much smoke there is and who is left with what, by who settles it.

    Parameters
    ----------
    way : str
        One of `WAYS`.
    charge : float
        What the town hall charges a unit, if it settles it.
    parts : int
        In how many parts those downwind sell or pay, if they do.

    Returns
    -------
    Exhibit
        Left, what the last unit is worth and what it harms, with the lost triangle; right, a bar for each side.

    Raises
    ------
    TypeError, ValueError
        If there is no such way, or as for `harm.charged`, `harm.tolls` and `harm.talks`.
    """
    if way not in WAYS:
        raise ValueError(f"There is no way {way!r} to settle it. Choose one of {', '.join(map(repr, WAYS))}.")
    smoke, right = harm.SMOKE, harm.best()
    now = _settled(way, charge=charge, parts=parts)
    lines = [
        _line([0, smoke.free], [smoke.first_gain, 0], dash="solid", colour=_GAIN, name="worth to the plant"),
        _line([0, 60], [smoke.hurts(0), smoke.hurts(60)], dash="dash", colour=_LOSS, name="harm downwind"),
    ]
    area = _area(
        [now.emissions, right.emissions, now.emissions],
        [smoke.worth(now.emissions), right.charge, smoke.hurts(now.emissions)],
        name="lost",
    )
    bars = _bars(
        ["plant", "down-<br>wind", "town", "all<br>together"],
        [now.plant, now.downwind, now.town, now.together],
        colours=(COLOURS[0], COLOURS[5], COLOURS[2], GREY),
    )
    figure = go.Figure(
        [*lines, area, _point(now.emissions, min(now.charge, smoke.first_gain)), bars],
        layout(
            height=_HEIGHT,
            xaxis={"domain": _LEFT, "range": [0, 60], "title": "units of smoke a week", "dtick": 10},
            yaxis={"range": [0, 110], "title": "points for the last unit", "dtick": 20},
            xaxis2={"domain": _RIGHT, "anchor": "y2", "tickangle": 0, "tickfont": {"size": 11.5}},
            yaxis2={"range": [-2300, 3000], "title": "points a week", "anchor": "x2", "dtick": 1000},
            shapes=[_guide(right.together, "y2", "x2")],
            annotations=[
                _label("worth to<br>the plant", 24, 88, colour=_GAIN),
                _label("harm<br>downwind", 51, 85, colour=_LOSS),
            ],
            margin={"b": 64},
        ),
    )
    return Exhibit(figure, _say_settlement(way, now, right, charge=charge, parts=parts), _table_settlement(now, right))


def _settled(way: str, *, charge: float, parts: int) -> harm.Settled:
    if way == "town":
        return harm.charged(charge)
    if way == "community":
        return harm.revealed()
    return harm.tolls(parts) if way == "tolls" else harm.talks(parts)


def _say_settlement(way: str, now: harm.Settled, right: harm.Settled, *, charge: float, parts: int) -> str:
    seats = "in one voice" if parts == 1 else f"in {parts} parts, each for itself"
    begin = {
        "town": f"The town hall charges {number(charge)} a unit." if charge > 0 else "Smoke costs the plant nothing.",
        "community": f"Those downwind say what they permit at each charge, and the two sides meet at "
        f"{number(now.charge)} a unit.",
        "tolls": f"Those downwind sell permission {seats}; all tolls together come to {number(now.charge)} a unit.",
        "talks": f"The plant may smoke, and those downwind pay it to smoke less, {seats}.",
    }[way]
    town = f"; the town hall takes in {number(now.town)}" if way == "town" and now.town > 0 else ""
    off = "worse" if now.downwind < 0 else "better"
    side = f"those downwind are {number(abs(now.downwind))} {off} off than with no smoke at all"
    if abs(now.downwind) < 0.5:
        side = "those downwind are as well off as with no smoke at all"
    middle = f" The plant puts out {number(now.emissions)} units and is left with {number(now.plant)}; {side}{town}."
    apart = number(abs(now.emissions - right.emissions))
    together = f"Together that is {number(now.together)}"
    if now.lost < 0.5:
        end = f" {together}, as much as can be: the last unit is worth just what it harms."
    elif now.emissions > right.emissions:
        end = f" {together}, and {number(now.lost)} is lost: {apart} units harm more than they are worth."
    else:
        end = (
            f" {together}, and {number(now.lost)} is lost: {apart} units are missing that would be worth more "
            "than they harm."
        )
    return begin + middle + end


def _table_settlement(now: harm.Settled, right: harm.Settled) -> Table:
    rows = (
        ("units of smoke", now.emissions, right.emissions),
        ("points for the last unit", now.charge, right.charge),
        ("left to the plant", now.plant, "–"),
        ("left to those downwind", now.downwind, "–"),
        ("taken in by the town", now.town, "–"),
        ("all together", now.together, right.together),
        ("lost", now.lost, 0.0),
    )
    return Table(("what", "now", "best for all together"), rows, "Who is left with what, points a week")


def few(look: str, n: int, *, fixed: float = 0.0, strength: float = 0.0) -> Exhibit:
    """Draw what a few sellers or a few employers make of a market, and who gains what.

    Parameters
    ----------
    look : str
        One of `LOOKS`.
    n : int
        How many sellers or employers there are.
    fixed : float
        Selling: what each shop costs a week before the first loaf.
    strength : float
        Hiring: how much of the gap between the employers' wage and the worth of the last hour a union wins, 0 to 1.

    Returns
    -------
    Exhibit
        Left, the market; right, a bar for each side and one for what is lost.

    Raises
    ------
    TypeError, ValueError
        If there is no such look, or as for `power.sell` and `power.hire`.
    """
    if look not in LOOKS:
        raise ValueError(f"There is no picture of {look!r}. Choose 'selling' or 'hiring'.")
    return _selling(n, fixed=fixed) if look == "selling" else _hiring(n, strength=strength)


def _selling(n: int, *, fixed: float) -> Exhibit:
    sold = power.sell(n, fixed=fixed)
    at, price = sold.quantity, sold.price
    bars = _bars(
        ["buyers<br>gain", "sellers<br>keep", "lost"],
        [sold.buyers, sold.sellers, sold.lost],
        colours=(COLOURS[2], _TAKEN, _LOSS),
        patterns=_AS_IN_THE_MARKET,
    )
    figure = go.Figure(
        [
            _line([0, 100], [100, 0], dash="solid", colour=_GAIN, name="what buyers would pay"),
            _line([0, 100], [20, 20], dash="dash", colour=_LOSS, name="what a tray costs to make"),
            _area([0, at, at, 0], [20, 20, price, price], name="above cost", colour=_TAKEN, pattern="."),
            _area([at, 80, at], [price, 20, 20], name="lost"),
            _point(at, price),
            bars,
        ],
        layout(
            height=_HEIGHT,
            xaxis={"domain": _LEFT, "range": [0, 100], "title": "trays of bread a week", "dtick": 20},
            yaxis={"range": [0, 110], "title": "points a tray", "dtick": 20},
            xaxis2={"domain": _RIGHT, "anchor": "y2", "tickangle": 0, "tickfont": {"size": 11.5}},
            yaxis2={"range": [-2400, 3300], "title": "points a week", "anchor": "x2", "dtick": 1000},
            annotations=[
                _label("what buyers<br>would pay", 30, 93, colour=_GAIN),
                _label("what it costs<br>to make", 30, 9, colour=_LOSS),
            ],
            margin={"b": 64},
        ),
    )
    shop = f", and each has {number(fixed)} a week to pay for its shop" if fixed else ""
    who = "One bakery sells" if n == 1 else f"{n} bakeries sell"
    keeps = "keep" if n > 1 else "keeps"
    profit = (
        f"{keeps} {number(sold.sellers)}"
        if sold.sellers > -0.5
        else f"lose{'' if n > 1 else 's'} {number(-sold.sellers)}"
    )
    sentence = (
        f"{who} {number(at)} trays at {number(price)}; a tray costs 20 to make{shop}. Buyers gain "
        f"{number(sold.buyers)}, {'the bakery' if n == 1 else 'the bakeries together'} {profit}, and "
        f"{number(sold.lost)} is lost{_why_lost(n, fixed=fixed, triangle=sold.lost - (n - 1) * fixed)}."
    )
    if fixed and 0 < power.entry(fixed) < n:
        sentence += f" They would not stay: at most {power.entry(fixed)} can pay for their shops."
    rows = (
        ("price", price, 20.0),
        ("trays", at, 80.0),
        ("buyers gain", sold.buyers, 3200.0),
        ("sellers keep", sold.sellers, -fixed),
        ("together", sold.together, 3200 - fixed),
        ("lost", sold.lost, 0.0),
    )
    return Exhibit(figure, sentence, Table(("what", "now", "one shop that sells at cost"), rows, "Bread, a week"))


def _why_lost(n: int, *, fixed: float, triangle: float) -> str:
    if n == 1 or not fixed:
        return ": bread that is worth more than 20 to somebody and is not baked" if triangle >= 0.5 else ""
    return f", {number(triangle)} in bread not baked and {number((n - 1) * fixed)} in shops beyond the first"


def _hiring(n: int, *, strength: float) -> Exhibit:
    hired = power.hire(n, strength=strength)
    at, wage, worth = hired.hours, hired.wage, hired.worth
    least = 10 + 0.3 * at
    bars = _bars(
        ["workers<br>gain", "employers<br>keep", "lost"],
        [hired.workers, hired.employers, hired.lost],
        colours=(COLOURS[2], _TAKEN, _LOSS),
        patterns=_AS_IN_THE_MARKET,
    )
    figure = go.Figure(
        [
            _line([0, 100], [50, 30], dash="solid", colour=_GAIN, name="what the last hour is worth"),
            _line([0, 100], [10, 40], dash="dash", colour=_LOSS, name="pay for which the last hour comes"),
            _area([0, at, at, 0], [wage, wage, worth, worth], name="kept", colour=_TAKEN, pattern="."),
            _area([at, 80, at], [worth, 34, least], name="lost"),
            _point(at, wage),
            bars,
        ],
        layout(
            height=_HEIGHT,
            xaxis={"domain": _LEFT, "range": [0, 100], "title": "hours hired a week", "dtick": 20},
            yaxis={"range": [0, 60], "title": "points an hour", "dtick": 10},
            xaxis2={"domain": _RIGHT, "anchor": "y2", "tickangle": 0, "tickfont": {"size": 11.5}},
            yaxis2={"range": [0, 1300], "title": "points a week", "anchor": "x2", "dtick": 200},
            annotations=[
                _label("worth of the<br>last hour", 78, 44, colour=_GAIN),
                _label("pay for which<br>it comes", 30, 11, colour=_LOSS),
            ],
            margin={"b": 64},
        ),
    )
    who = "One workshop hires" if n == 1 else f"{n} workshops hire"
    union = f", a union having won {percent(strength)} of the gap" if strength else ""
    rate = f"{percent(hired.exploitation)} more than it is paid" if hired.exploitation > 0.005 else "just its pay"
    if hired.lost < 0.5:
        lost = "nothing is lost"
    elif hired.wage > least + 1e-9 and hired.worth <= hired.wage + 1e-9:
        idle = (wage - 10) / 0.3 - at
        lost = f"{number(hired.lost)} is lost: {number(idle)} more hours would come at this pay and are not hired"
    else:
        lost = f"{number(hired.lost)} is lost: hours worth more than they ask for stay at home"
    sentence = (
        f"{who} {number(at)} hours at {number(wage)}{union}; the last one is worth {number(worth)}, {rate}. Workers "
        f"gain {number(hired.workers)}, employers keep {number(hired.employers)}, and {lost}."
    )
    rows = (
        ("pay for an hour", wage, 34.0),
        ("hours", at, 80.0),
        ("worth of the last hour", worth, 34.0),
        ("workers gain", hired.workers, 960.0),
        ("employers keep", hired.employers, 640.0),
        ("lost", hired.lost, 0.0),
    )
    return Exhibit(figure, sentence, Table(("what", "now", "very many employers"), rows, "Hiring, a week"))


def jobs(
    seen: float,
    *,
    out: float = 10.0,
    ends: float = 0.2,
    guarantee: float | None = None,
    useful: float = 0.0,
) -> Exhibit:
    """Draw where pay and jobs come to rest when effort is not always seen.

    Parameters
    ----------
    seen : float
        How often a year somebody who takes it easy is noticed.
    out : float
        What a week without work is worth.
    ends : float
        Share of jobs that end in a year for other reasons.
    guarantee, useful : float
        Pay of a job that everybody gets who asks, and what a week in it brings; None: there is no such job.

    Returns
    -------
    Exhibit
        Left, the pay at which people work hard and what one more worker brings; right, what people get.

    Raises
    ------
    TypeError, ValueError
        As for `discipline.settle`.
    """
    settings = {"out": out, "seen": seen, "ends": ends}
    now = discipline.settle(**settings, guarantee=guarantee, useful=useful)
    all_seen = discipline.settle(out=out, seen=math.inf, guarantee=guarantee)
    back = max(out, guarantee or 0.0)
    # Close together where the curve is steep: the share without work falls by the same factor from point to point.
    idle = np.geomspace(0.5, 0.0005, 80)
    needed = [discipline.needed_wage(u, out=back, seen=seen, ends=ends) for u in idle.tolist()]
    public = guarantee is not None and guarantee >= out
    where = "in the guaranteed job" if public else "without work"
    bars = _bars(
        ["at work", "would<br>come for", "guaran-<br>teed job" if public else "without<br>work"],
        [now.wage, now.enough, back],
        colours=(COLOURS[0], GREY, COLOURS[1]),
        short=True,
    )
    figure = go.Figure(
        [
            _line([50, 100], [39 - 7.5, 24], dash="solid", colour=_GAIN, name="what one more worker brings"),
            _line(
                (100 - 100 * idle).tolist(),
                [min(pay, 80.0) for pay in needed],
                dash="dash",
                colour=_LOSS,
                name="pay at which people work hard",
            ),
            _area(
                [100 - 100 * now.unemployed, 100, 100, 100 - 100 * now.unemployed],
                [0, 0, 2.5, 2.5],
                name="no job with an employer",
            ),
            _point(100 - 100 * now.unemployed, now.wage),
            bars,
        ],
        layout(
            height=_HEIGHT,
            xaxis={
                "domain": _LEFT,
                "range": [48.5, 101],
                "title": "of 100 people, at work with an employer",
                "dtick": 10,
            },
            yaxis={"range": [0, 60], "title": "points a week", "dtick": 10},
            xaxis2={"domain": _RIGHT, "anchor": "y2", "tickangle": 0, "tickfont": {"size": 11.5}},
            yaxis2={"range": [0, 40], "title": "points a week", "anchor": "x2", "dtick": 10},
            annotations=[
                _label("what one more<br>worker brings", 62, 38, colour=_GAIN),
                _label("pay at which<br>people work hard", 62, 10, colour=_LOSS),
                {
                    **_label(f"{_pay(100 * now.unemployed)} {where}", 101, 4.5, colour=_LOSS),
                    "xanchor": "right",
                },
            ],
            margin={"b": 64},
        ),
    )
    sentence = _say_jobs(now, seen=seen, back=back, public=public, useful=useful)
    rows = (
        ("of 100, at work with an employer", 100 * (1 - now.unemployed), 100 * (1 - all_seen.unemployed)),
        ("of 100, in a guaranteed job", 100 * (now.unemployed - now.idle), 100 * (all_seen.unemployed - all_seen.idle)),
        ("of 100, without work", 100 * now.idle, 100 * all_seen.idle),
        ("pay with an employer", now.wage, all_seen.wage),
        ("what somebody without such a job would come for", now.enough, all_seen.enough),
        ("weeks until one finds it", now.weeks_out, all_seen.weeks_out),
        ("what all work brings, for each person", now.output, all_seen.output),
    )
    return Exhibit(figure, sentence, Table(("what", "now", "if all were seen at once"), rows, "Work and pay, a week"))


def _pay(value: float) -> str:
    """Write pay, or people of 100, with one digit at the most."""
    return number(value, 1).removesuffix(".0")


def _say_jobs(now: discipline.Settled, *, seen: float, back: float, public: bool, useful: float) -> str:
    times = "once" if seen == 1 else "twice" if seen == 2 else f"{_pay(seen)} times"
    left = 100 * now.unemployed
    begin = f"Somebody who takes it easy is noticed {times} a year. Employers pay {_pay(now.wage)} and hire "
    begin += f"{_pay(100 - left)} of 100 people."
    weeks = (
        f"it takes {number(now.weeks_out, 0)} weeks to find work" if now.weeks_out >= 1.5 else "work is found in days"
    )
    if public:
        return (
            f"{begin} The other {_pay(left)} have the guaranteed job at {_pay(back)}, and each makes "
            f"{_pay(useful)} a week for the town. Nobody is without work. They would come to an employer for "
            f"{_pay(now.enough)}; {weeks} there. All work together brings {_pay(now.output)} for each "
            "person."
        )
    return (
        f"{begin} {_pay(left)} are without work, on {_pay(back)} a week; they would come for "
        f"{_pay(now.enough)}, but at that pay nobody would mind losing the job. On average {weeks}. All work "
        f"together brings {_pay(now.output)} for each person."
    )


# --- parts of a picture -----------------------------------------------------------------------------------------------


def _line(x: list[float], y: list[float], *, dash: str, colour: str, name: str) -> dict[str, Any]:
    line = {"color": colour, "width": 3, "dash": dash}
    hover = f"{name}: %{{y:.1f}}<extra></extra>"
    return {"type": "scatter", "mode": "lines", "x": x, "y": y, "line": line, "name": name, "hovertemplate": hover}


def _area(x: list[float], y: list[float], *, name: str, colour: str = _LOSS, pattern: str = "/") -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": x,
        "y": y,
        "name": name,
        "fill": "toself",
        "line": {"width": 0},
        "fillpattern": {"shape": pattern, "fgcolor": colour, "bgcolor": "#ffffff", "size": 7, "solidity": 0.35},
        "hoverinfo": "skip",
    }


def _point(x: float, y: float) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [x],
        "y": [y],
        "name": "now",
        "marker": {"color": "#000000", "size": 13, "symbol": "diamond"},
        "cliponaxis": False,
        "hovertemplate": "now: %{x:.1f}, %{y:.1f}<extra></extra>",
    }


def _bars(
    labels: list[str],
    values: list[float],
    *,
    colours: tuple[str, ...],
    patterns: tuple[str, ...] = PATTERNS,
    short: bool = False,
) -> dict[str, Any]:
    return {
        "type": "bar",
        "x": labels,
        "y": values,
        "text": [_pay(value) if short else number(value) for value in values],
        "textposition": "outside",
        "constraintext": "none",
        "textangle": 0,
        "cliponaxis": False,
        "xaxis": "x2",
        "yaxis": "y2",
        "marker": {
            "color": list(colours),
            "pattern": {"shape": list(patterns[: len(values)]), "fgcolor": "#595959"},
        },
        "hovertemplate": "%{x}: %{y:,.1f}<extra></extra>",
    }


def _label(text: str, x: float, y: float, *, colour: str) -> dict[str, Any]:
    font = {"color": colour, "size": 13}
    return {"text": text, "x": x, "y": y, "showarrow": False, "font": font, "bgcolor": "rgba(255,255,255,0.7)"}


def _guide(height: float, y: str, x: str) -> dict[str, Any]:
    line = {"color": GREY, "width": 2, "dash": "dash"}
    ends = {"xref": f"{x} domain", "x0": 0, "x1": 1, "yref": y, "y0": height, "y1": height}
    return {"type": "line", **ends, "line": line, "layer": "below"}
