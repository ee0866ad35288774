"""Pictures of search and copying: what people have over the years, and how much protection would be best."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import numpy as np
import plotly.graph_objects as go

from parecon_edu.display import Detail, Exhibit, Table
from parecon_edu.display.style import COLOURS, DASHES, GREY, layout
from parecon_edu.display.words import number, percent
from parecon_edu.institutions.comparison.discovery import REGIMES, Discovery, discover, regime_of
from parecon_edu.institutions.market.protection import MOST, best_protection, own_rule

__all__ = ["REGIME_WORDS", "found"]

REGIME_WORDS: Mapping[str, str] = {
    "patents": "patents",
    "open_blueprints": "open blueprints",
    "committees": "committees",
}
_YEARS = 60
_TOP = 6.0  # of the log axes
_RULES = np.linspace(0.0, MOST, 31)


def found(
    years: int, *, protection: float, public: float = 0.0, blocking: float = 0.0, approval: float = 1.0
) -> Exhibit:
    """Draw a rule for who may copy beside patents, open blueprints and committees.

    Parameters
    ----------
    years : int
        How far ahead one looks, 1 to 60.
    protection, public, blocking, approval : float
        The rule; see `protection.own_rule`.

    Returns
    -------
    Exhibit
        Left, what people have on average over the years, with 1 at the start (log scale); right, what they have after
        `years` for every protection, with a diamond at the rule.
    """
    rest = {"public": public, "blocking": blocking, "approval": approval}
    mine = own_rule(protection, **rest)
    others = {name: discover(name) for name in REGIMES}
    time = np.arange(0, _YEARS + 1)
    lines = [("your rule", mine, COLOURS[7], DASHES[0], 4.0)] + [
        (REGIME_WORDS[name], other, COLOURS[i], dash, 2.5)
        for i, dash, (name, other) in zip((0, 2, 3), DASHES[1:4], others.items(), strict=True)
    ]
    curve = _curve(years, public, blocking, approval)
    here = float(mine.average(years))
    figure = go.Figure(
        [
            {
                "type": "scatter",
                "mode": "lines",
                "name": name,
                "x": time.tolist(),
                "y": line.average(time).tolist(),
                "line": {"color": colour, "dash": dash, "width": width},
                "hovertemplate": "year %{x}: %{y:.2f}<extra>" + name + "</extra>",
            }
            for name, line, colour, dash, width in lines
        ]
        + [
            {
                "type": "scatter",
                "mode": "lines",
                "x": (100 * _RULES).tolist(),
                "y": curve,
                "line": {"color": COLOURS[7], "width": 3},
                "xaxis": "x2",
                "yaxis": "y2",
                "showlegend": False,
                "hovertemplate": "protection %{x:.0f} %: %{y:.2f}<extra></extra>",
            },
            {
                "type": "scatter",
                "mode": "markers",
                "x": [100 * protection],
                "y": [here],
                "marker": {"color": COLOURS[5], "size": 15, "symbol": "diamond"},
                "xaxis": "x2",
                "yaxis": "y2",
                "showlegend": False,
                "cliponaxis": False,
                "hovertemplate": "your rule: %{y:.2f}<extra></extra>",
            },
        ],
        layout(
            height=410,
            showlegend=True,
            legend={"font": {"size": 13}},
            margin={"t": 62, "b": 64},
            xaxis={"domain": [0, 0.55], "range": [0, _YEARS], "title": "years from now", "dtick": 20},
            yaxis={"title": "what people have (1: now)", **_log(_TOP)},
            xaxis2={
                "domain": [0.7, 1],
                "range": [0, 100 * MOST],
                "title": "protection, %<br>(100: patents)",
                "dtick": 50,
            },
            yaxis2={"anchor": "x2", "title": {"text": f"after {years} years", "standoff": 6}, **_log(_TOP)},
            shapes=[
                {"type": "line", "x0": years, "x1": years, "yref": "y domain", "y0": 0, "y1": 1, "line": _NOW},
            ],
        ),
    )
    table = _table(mine, others, years)
    return Exhibit(figure, _say(mine, others, years, protection, rest), table, (_reasons(),))


@lru_cache(maxsize=64)
def _curve(years: int, public: float, blocking: float, approval: float) -> list[float]:
    """What people have after so many years, for each protection: it stands still while protection is dragged."""
    rules = (own_rule(rule, public=public, blocking=blocking, approval=approval) for rule in _RULES.tolist())
    return [float(rule.average(years)) for rule in rules]


_NOW = {"color": GREY, "width": 1.5, "dash": "dot"}


def _log(top: float) -> dict[str, object]:
    ticks = [1, 1.5, 2, 3, 4, 6]
    return {"type": "log", "range": [0, float(np.log10(top))], "tickvals": ticks, "ticktext": [f"{t:g}" for t in ticks]}


def _say(
    mine: Discovery, others: Mapping[str, Discovery], years: int, protection: float, rest: Mapping[str, float]
) -> str:
    here = float(mine.average(years))
    there = {name: float(other.average(years)) for name, other in others.items()}
    beside = ", ".join(f"{REGIME_WORDS[name]} {value:.2f}" for name, value in there.items())
    best = best_protection(years, **rest)
    stands = (
        "that is the most that any protection would bring"
        if abs(best - protection) < 0.02 or abs(float(own_rule(best, **rest).average(years)) - here) < 5e-3
        else f"most would come of {'less' if best < protection else 'more'} protection, {percent(best)}"
    )
    return (
        f"At a protection of {percent(protection)} a finder keeps {percent(mine.settings['kept'])} of what a finding "
        f"brings, and people live {number(mine.years_behind, 1)} years behind what is known. The front grows "
        f"{number(100 * mine.growth, 1)} % a year. After {years} years people have {here:.2f} times what they have "
        f"now; with the same searchers, {stands}. Beside it: {beside}."
    )


def _table(mine: Discovery, others: Mapping[str, Discovery], years: int) -> Table:
    rows = tuple(
        (
            name,
            percent(one.settings["kept"]),
            percent(one.settings["approval"]),
            f"{one.settings['public_search']:.2f}",
            f"{100 * one.growth:.1f} %",
            f"{one.years_behind:.1f}",
            f"{float(one.average(years)):.2f}",
        )
        for name, one in (("your rule", mine), *((REGIME_WORDS[name], other) for name, other in others.items()))
    )
    columns = ("", "kept", "may try", "public steps a year", "growth a year", "years behind", f"after {years} years")
    return Table(columns, rows, "Who finds, who copies, and what people have (1: now)")


def _reasons() -> Detail:
    """Where the numbers of the three come from: much of it is guesses, and that has to be said beside the picture."""
    lines = []
    for name in REGIMES:
        case = regime_of(name)
        for key, words in (("kept", "what a finder keeps"), ("copying", "how fast others copy")):
            lines.append(f"{REGIME_WORDS[name]}, {words}: {case.presets[key].reason}")
    return Detail("Where these numbers come from", tuple(lines))
