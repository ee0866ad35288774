"""The picture of side room 01b: who gets what of an inherited field, and what becomes of the field."""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go

from parecon_edu.display import Exhibit, Table
from parecon_edu.display.style import COLOURS, GREY, PATTERNS, layout
from parecon_edu.display.words import join, number
from parecon_edu.values.harvest import Harvest
from parecon_edu.values.inheritance import INHERITED, Held, attribute, hold

__all__ = ["HOLDER_WORDS", "inherited_field"]

#: Who can hold the inheritance, as a learner reads it; the owner is Dita in Riverside.
HOLDER_WORDS = {
    "nobody": "nobody: all is shared by days of work",
    "owner": "Dita alone: she takes what it adds",
    "plots": "each of the four owns a quarter",
    "keepers": "all four together, as keepers",
}
_YEARS = 20


def inherited_field(
    harvest: Harvest,
    holder: str,
    *,
    bare: float,
    wear: float = 0.1,
    upkeep: float = 6.0,
    watching: float = 2.0,
    ahead: int = 1,
    parts: int = 1,
    divisible: bool = True,
) -> Exhibit:
    """Show what each gets of the first harvest, what each is credited with, and twenty years of harvests.

    Parameters
    ----------
    harvest, holder, bare, wear, upkeep, watching, ahead, parts, divisible
        As in `hold`; the one owner is the last person.

    Returns
    -------
    Exhibit
        Left, a bar for each person and one for what is put back, with a diamond for what each is credited with by the
        average over all orders. Right, the harvest year by year, and the harvest if all is kept up.

    Raises
    ------
    TypeError, ValueError
        As for `hold`.
    """
    setting: dict[str, Any] = {"bare": bare, "wear": wear, "upkeep": upkeep, "watching": watching, "ahead": ahead}
    setting |= {"parts": parts, "divisible": divisible, "years": _YEARS}
    now = hold(harvest, holder, **setting)
    credit = attribute(harvest, bare=bare, parts=parts)
    names = [*harvest.names, "put<br>back"]
    got = [*now.gets[0].tolist(), float(now.put_back[0])]
    years = list(range(1, _YEARS + 1))
    figure = go.Figure(
        [
            {
                "type": "bar",
                "x": names,
                "y": got,
                "name": "gets",
                "text": [_sacks(sacks) for sacks in got],
                "textposition": "outside",
                "cliponaxis": False,
                "marker": {
                    "color": [COLOURS[0]] * len(harvest.names) + [COLOURS[2]],
                    "pattern": {"shape": [""] * len(harvest.names) + [PATTERNS[1]], "fgcolor": "#1a1a1a"},
                },
                "hovertemplate": "%{x}: %{y:.1f} sacks<extra></extra>",
            },
            {
                "type": "scatter",
                "mode": "markers",
                "x": names,
                "y": list(credit.values()),
                "name": "credited (last: the inheritance)",
                "marker": {"color": COLOURS[5], "size": 13, "symbol": "diamond", "line": {"color": "#fff", "width": 1}},
                "cliponaxis": False,
                "hovertemplate": "credited: %{y:.1f} sacks<extra></extra>",
            },
            {
                "type": "scatter",
                "mode": "lines+markers",
                "x": years,
                "y": now.harvests.tolist(),
                "name": "harvest",
                "line": {"color": COLOURS[2], "width": 3},
                "marker": {"size": 6},
                "xaxis": "x2",
                "yaxis": "y2",
                "showlegend": False,
                "cliponaxis": False,
                "hovertemplate": "year %{x}: %{y:.0f} sacks<extra></extra>",
            },
        ],
        layout(
            height=400,
            showlegend=True,
            xaxis={"domain": [0, 0.56], "tickangle": 0},
            yaxis={"range": [0, harvest.sacks * 1.08], "title": "sacks, first harvest", "dtick": 30},
            xaxis2={"domain": [0.7, 1], "range": [0, _YEARS + 1], "title": "year", "dtick": 5},
            yaxis2={"range": [0, harvest.sacks * 1.08], "title": "harvest, sacks", "anchor": "x2", "dtick": 30},
            shapes=[
                {
                    "type": "line",
                    "xref": "x2",
                    "yref": "y2",
                    "x0": 0,
                    "x1": _YEARS + 1,
                    "y0": harvest.sacks,
                    "y1": harvest.sacks,
                    "line": {"color": GREY, "width": 2, "dash": "dash"},
                }
            ],
        ),
    )
    sentence = " ".join(
        [_say_credit(harvest, credit, bare), _say_gets(harvest, now, holder), _say_fate(now, **setting)]
    )
    return Exhibit(figure, sentence, _table(harvest, now, credit, holder))


def _say_credit(harvest: Harvest, credit: dict[str, float], bare: float) -> str:
    return (
        f"Without what was left to them there would be {number(bare)} sacks instead of {number(harvest.sacks)}. "
        f"Averaged over all orders, the inheritance is credited with {_sacks(credit[INHERITED])}."
    )


def _say_gets(harvest: Harvest, now: Held, holder: str) -> str:
    how = {
        "nobody": "Nobody holds it, and all is shared by days of work",
        "owner": f"{harvest.names[-1]} holds it and takes all that it adds",
        "plots": "Each owns a quarter of it and takes what that quarter adds"
        if len(harvest.names) == 4
        else "Each owns an equal plot of it and takes what that plot adds",
        "keepers": "All keep it together: its credit goes into one pot, and what is left of the pot is shared equally",
    }[holder]
    gets = join(f"{name} {_sacks(sacks)}" for name, sacks in zip(harvest.names, now.gets[0], strict=True))
    return f"{how}. Of the first harvest they get: {gets}."


def _say_fate(now: Held, *, bare: float, wear: float, years: int, **_: object) -> str:
    last = number(now.harvests[-1], 0)
    if wear == 0:
        return f"Nothing wears out, so nobody has to clear anything: the harvest of year {years} is {last}, as ever."
    reckoning = f"whoever decides would save {_sacks(now.saved)} sacks by it and pay {_sacks(now.paid)}"
    if now.cared_for:
        return f"The ditches are cleared ({reckoning}): the harvest of year {years} is still {last}."
    if now.saved >= now.paid:
        return f"The ditches are not cleared, since there is not enough to pay it from: in year {years} it is {last}."
    return f"The ditches are not cleared ({reckoning}): the harvest of year {years} is {last}."


def _sacks(amount: float) -> str:
    return number(amount, 0 if round(float(amount), 6).is_integer() else 1)


def _table(harvest: Harvest, now: Held, credit: dict[str, float], holder: str) -> Table:
    rows: list[tuple[str | float, ...]] = [
        (name, credit[name], float(now.gets[0, i]), float(now.gets[-1, i]), float(now.gets.mean(axis=0)[i]))
        for i, name in enumerate(harvest.names)
    ]
    back = now.put_back
    rows.append((INHERITED, credit[INHERITED], float(back[0]), float(back[-1]), float(back.mean())))
    whole = now.harvests
    rows.append(("in all", sum(credit.values()), float(whole[0]), float(whole[-1]), float(whole.mean())))
    columns = ("who", "credited, year 1", "gets, year 1", f"gets, year {_YEARS}", "gets, average year")
    caption = f"Sacks. Held by {HOLDER_WORDS[holder]}"
    return Table(columns, tuple(rows), caption)
