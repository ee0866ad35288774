"""Pictures of lesson 07, each with its sentence and table: the office, material balances, the record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import plotly.graph_objects as go

from parecon_edu.display import Detail, Exhibit, Table
from parecon_edu.display.style import COLOURS, DASHES, GREY, layout
from parecon_edu.display.words import join, number, percent
from parecon_edu.economy.scenarios import Scenario
from parecon_edu.institutions import figures as shared
from parecon_edu.institutions.central.balances import Technology, orders
from parecon_edu.institutions.central.office import Office, Year
from parecon_edu.institutions.central.queue import queue
from parecon_edu.institutions.central.record import KINDS, Fact, facts_of
from parecon_edu.institutions.outcome import Outcome

__all__ = ["by_hand", "record", "rounds", "under_plan"]

_HEIGHT = 400
_TOP = 200  # no mill of `open_office` can make more in a year
_LAST_ROUND = 12
_ENDLESS = 5.0  # top of the axis of `rounds`
_SURE_WORDS = {"good": "well counted", "fair": "use with care", "poor": "doubtful"}
_SURE_STYLE = {"good": (COLOURS[2], ""), "fair": (COLOURS[0], "/"), "poor": (COLOURS[1], "x")}


# --- the office -------------------------------------------------------------------------------------------------------


def by_hand(office: Office, *, draft: Sequence[int]) -> Exhibit:
    """The office so far: what each mill said, was told and made, and in the end what it could have made.

    Parameters
    ----------
    office : Office
        The game so far.
    draft : sequence of int
        The targets that are set on the sliders and not given yet, one a mill.

    Returns
    -------
    Exhibit
        A picture a mill, a bar a year. What the mills could have made is shown only after the last year.

    Examples
    --------
    >>> from parecon_edu.institutions.central.office import open_office
    >>> print(by_hand(open_office(2), draft=(100, 100, 70)).sentence)
    Year 1 of 5. Okafor tailors report 96 coats, Canal Street weavers 105 and Nguyen knitwear 68. Set three targets.
    """
    count = len(office.mills)
    wide = 1 / count
    axes: dict[str, Any] = {}
    data: list[dict[str, Any]] = []
    for i, mill in enumerate(office.mills):
        ending = str(i + 1) if i else ""
        axes[f"xaxis{ending}"] = {
            "domain": [i * wide + 0.015, (i + 1) * wide - 0.015],
            "range": [0.4, office.length + 0.6],
            "dtick": 1,
            "title": f"year<br>{mill.name}",
            "anchor": f"y{ending}",
        }
        axes[f"yaxis{ending}"] = {"range": [0, _TOP], "showticklabels": i == 0, "anchor": f"x{ending}"}
        data += _mill(office, i, draft[i], ending)
    axes["yaxis"]["title"] = "coats"
    figure = go.Figure(
        data, layout(height=_HEIGHT, showlegend=True, margin={"b": 72, "t": 60, "l": 52, "r": 8}, **axes)
    )
    return Exhibit(figure, _say_office(office), _office_table(office), _voices(office))


def _mill(office: Office, i: int, draft: int, ending: str) -> list[dict[str, Any]]:
    years = office.years
    now = [len(years) + 1] if not office.finished else []
    common = {"xaxis": f"x{ending}", "yaxis": f"y{ending}", "showlegend": i == 0}
    numbers = [year.number for year in years]
    said = [*(year.report[i] for year in years), *(office.reports[i : i + 1])]
    traces: list[dict[str, Any]] = [
        {
            "type": "bar",
            "name": "made",
            "x": numbers,
            "y": [year.made[i] for year in years],
            "text": [str(year.made[i]) for year in years],
            "textposition": "inside",
            "insidetextanchor": "start",
            "textfont": {"size": 11, "color": "#ffffff"},
            "constraintext": "none",  # or plotly writes three figures smaller than two
            "textangle": 0,
            "marker": {"color": COLOURS[0]},
            **common,
        },
        _marks("reported", [*numbers, *now], said, symbol="diamond", colour="#000000", **common),
        _marks(
            "target", numbers, [year.target[i] for year in years], symbol="line-ew-open", colour="#D55E00", **common
        ),
    ]
    if now:
        traces.append(_marks("on the sliders", now, [draft], symbol="line-ew-open", colour=GREY, **common))
    else:
        can = [year.capacity[i] for year in years]
        traces.append(_marks("could have made", numbers, can, symbol="star", colour="#CC79A7", **common))
    return traces


def _marks(name: str, x: list[int], y: list[int], *, symbol: str, colour: str, **common: Any) -> dict[str, Any]:
    width: Any = 3 if symbol.startswith("line") else 2
    line = {"width": width, "color": colour}
    fill = "#ffffff" if symbol == "diamond" else colour  # white, so that it is seen on a bar
    marker = {"symbol": symbol, "size": 22 if width == 3 else 10, "color": fill, "line": line}
    shown = {"hovertemplate": f"{name}: %{{y}}<extra></extra>"}
    return {"type": "scatter", "mode": "markers", "name": name, "x": x, "y": y, "marker": marker, **shown, **common}


def _say_office(office: Office) -> str:
    names = [mill.name for mill in office.mills]
    last = _say_year(office, office.years[-1]) if office.years else ""
    if not office.finished:
        said = [f"{name} {number(told)}" for name, told in zip(names, office.reports, strict=True)]
        said[0] = f"{names[0]} report {number(office.reports[0])} coats"
        return f"{last}Year {len(office.years) + 1} of {office.length}. {join(said)}. Set three targets."
    lost = office.possible - office.made
    head = (
        f"{last}The books are open. In {office.length} years {number(office.made)} coats came out of "
        f"{number(office.possible)} that could have been made: {percent(office.share)}."
    )
    return f"{head} {_who_hid(office)}" if lost or any(mill.hides for mill in office.mills) else f"{head} Nobody lied."


def _say_year(office: Office, year: Year) -> str:
    missed = [mill.name for mill, met in zip(office.mills, year.met, strict=True) if not met]
    result = f"{join(missed)} missed the target" if missed else "all three met their targets"
    return f"Year {year.number}: {number(sum(year.made))} coats; {result}. "


def _who_hid(office: Office) -> str:
    """Say who hid, who never did, and who learned to."""
    hid, honest, learned, worn = [], [], [], []
    for i, mill in enumerate(office.mills):
        truthful = [year.truthful[i] for year in office.years]
        if office.years[-1].capacity[i] < mill.capacity[-1]:
            worn.append(mill.name)
        if all(truthful):
            honest.append(mill.name)
        elif mill.hides and not any(truthful):
            hid.append(f"{mill.name} ({percent(mill.hides)})")
        else:
            learned.append(mill.name)
    words = []
    if hid:
        words.append(f"{join(hid)} hid part of what could be made, from the first year on.")
    if learned:
        words.append(f"{join(learned)} began by telling the truth and learned to hide.")
    if honest:
        words.append(f"{join(honest)} always told the truth.")
    if worn:
        words.append(f"Looms were worn out at {join(worn)}, by targets that were out of reach.")
    return " ".join(words)


def _office_table(office: Office) -> Table:
    opened = office.finished
    columns = ("year and mill", "reported", "target", "made") + (("could have made",) if opened else ())
    rows: list[tuple[str | float, ...]] = []
    for year in office.years:
        for i, mill in enumerate(office.mills):
            row = (f"{year.number}, {mill.name}", year.report[i], year.target[i], year.made[i])
            rows.append((*row, year.capacity[i]) if opened else row)
    if not opened:
        n = len(office.years) + 1
        rows += [(f"{n}, {mill.name}", said, "–", "–") for mill, said in zip(office.mills, office.reports, strict=True)]
    return Table(columns, tuple(rows), "Coats, year by year")


def _voices(office: Office) -> tuple[Detail, ...]:
    """What the mills say about the last year; whoever hides and whoever tells the truth say the same."""
    if not office.years:
        first = tuple(f"{mill.name}: “{said} coats.”" for mill, said in zip(office.mills, office.reports, strict=True))
        return (Detail("What the mills say", first, open=True, spoken=False),)
    year = office.years[-1]
    lines = []
    for i, mill in enumerate(office.mills):
        made, target, said = year.made[i], year.target[i], year.report[i]
        if made < target:
            words = f"{made} of {target}. It was out of reach, so there was no bonus. We had told you: {said}."
        elif target > said:
            words = f"{target} done. We do not know how. Please don't ask for it again."
        elif target < said:
            words = f"{target} done. There was yarn for no more."
        else:
            words = f"{target} done, as we said."
        coming = f" Next year: {office.reports[i]}." if not office.finished else ""
        lines.append(f"{mill.name}: “{words}{coming}”")
    return (Detail("What the mills say", tuple(lines), open=True, spoken=False),)


# --- material balances ------------------------------------------------------------------------------------------------


def rounds(technology: Technology, *, after: int, padding: float = 0.0) -> Exhibit:
    """Orders passed on round by round, against what is needed.

    Parameters
    ----------
    technology : Technology
        What products truly take, and what is wanted.
    after : int
        How many rounds have been passed on, 0 to 12.
    padding : float
        By what share every workplace asks for more of everything than it takes.

    Returns
    -------
    Exhibit
        A line through the rounds: all that is on order, as a multiple of what is wanted in the end.

    Examples
    --------
    >>> from parecon_edu.institutions.central.balances import TECHNOLOGIES
    >>> print(rounds(TECHNOLOGIES["two"](), after=3).sentence.split(". ")[0])
    After 3 rounds 153 of the 163 units that have to be made are on order; 6.3 % is still missing
    """
    asked = technology.padded(padding)
    on_order = orders(asked.A, asked.wanted, rounds=_LAST_ROUND)
    wanted = float(technology.worth @ technology.wanted)
    totals = on_order @ technology.worth / wanted
    truly = float(technology.worth @ _needed(technology)) / wanted
    lines = [
        {
            "type": "scatter",
            "mode": "lines+markers",
            "name": "on order",
            "x": list(range(after + 1)),
            "y": totals[: after + 1].tolist(),
            "line": {"color": COLOURS[0], "dash": DASHES[0]},
            "marker": {"size": 7},
        },
        {
            "type": "scatter",
            "mode": "markers",
            "name": f"after {_count(after)}",
            "x": [after],
            "y": [float(totals[after])],
            "marker": {"color": COLOURS[1], "size": 16, "symbol": "diamond", "line": {"width": 1, "color": "#000000"}},
        },
        _level("truly needed", truly, DASHES[1], "#000000"),
    ]
    if padding and asked.needed is not None:
        will = float(technology.worth @ asked.needed) / wanted
        lines.append(_level("what padded orders come to", will, DASHES[2], COLOURS[5]))
    figure = go.Figure(
        lines,
        layout(
            height=_HEIGHT,
            showlegend=True,
            legend={"font": {"size": 13}},
            margin={"t": 70, "l": 60, "r": 12, "b": 52},
            xaxis={"range": [-0.4, _LAST_ROUND + 0.4], "dtick": 2, "title": "rounds of orders"},
            yaxis={"range": [0.8, _ENDLESS], "title": "on order, as a multiple<br>of what is wanted in the end"},
        ),
    )
    return Exhibit(
        figure, _say_rounds(technology, asked, on_order[after], after), _goods(technology, asked, on_order, after)
    )


def _needed(technology: Technology) -> Any:
    needed = technology.needed
    if needed is None:
        raise ValueError(f"{technology.title} uses up all that it makes: no amount is enough. Make it thriftier.")
    return needed


def _level(name: str, y: float, dash: str, colour: str) -> dict[str, Any]:
    ends = [-0.4, _LAST_ROUND + 0.4]
    return {
        "type": "scatter",
        "mode": "lines",
        "name": name,
        "x": ends,
        "y": [y, y],
        "line": {"color": colour, "dash": dash, "width": 2},
        "hovertemplate": f"{name}: %{{y:.2f}}<extra></extra>",
    }


def _small(share: float) -> str:
    """Write a share in per cent so that a little is not nothing."""
    if share >= 0.0995:
        return percent(share)
    return percent(share, 1) if share >= 0.001 else "less than 0.1 %"


def _count(after: int) -> str:
    return "1 round" if after == 1 else f"{after} rounds"


def _say_rounds(technology: Technology, asked: Technology, on_order: Any, after: int) -> str:
    worth, unit = technology.worth, technology.unit
    true = float(worth @ _needed(technology))
    now = float(worth @ on_order)
    count = _count(after)
    if asked.needed is None:
        return (
            f"After {count} {number(now)} {unit} are on order, {number(now / true, 1)} times what has to be made, and "
            f"it never ends: each round orders {number(asked.radius)} times what the round before it added."
        )
    will = float(worth @ asked.needed)
    left = _small(max(0.0, 1 - now / will))
    shrinks = f"In the long run each round leaves {_small(asked.radius)} of what was missing before it."
    if asked is technology or will <= true * (1 + 1e-12):
        return (
            f"After {count} {number(now)} of the {number(true)} {unit} that have to be made are on order; {left} is "
            f"still missing. {shrinks}"
        )
    return (
        f"After {count} {number(now)} {unit} are on order. Passed on to the end it would be {number(will)}, which is "
        f"{percent(will / true - 1)} more than has to be made. {shrinks}"
    )


def _goods(technology: Technology, asked: Technology, on_order: Any, after: int) -> Table:
    needed = _needed(technology)
    size = 1e6 if technology.unit.endswith("dollars") else 1.0
    own = " (trillion dollars)" if size > 1 else ""
    rows: tuple[tuple[str | float, ...], ...] = tuple(
        (good, *(float(column[g]) / size for column in (technology.wanted, on_order[after], needed)))
        for g, good in enumerate(technology.goods)
    )
    columns = ("product", "wanted in the end", f"on order after {_count(after)}", "has to be made")
    return Table(columns, rows, f"{technology.title}: each product in its own unit{own}")


# --- the town ---------------------------------------------------------------------------------------------------------


def under_plan(outcome: Outcome, *, scenario: Scenario) -> Exhibit:
    """A town under a central plan, and how long its people would queue.

    Parameters
    ----------
    outcome : Outcome
        What came out.
    scenario : Scenario
        The town.

    Returns
    -------
    Exhibit
        The shared picture of who gains and who loses; the sentence adds the queue where there is a shortage.
    """
    exhibit = shared.town({"the central plan": outcome}, scenario=scenario)
    lines = queue(outcome, scenario)
    if lines.total < 0.05:
        return exhibit
    more = (
        f" If what is short went to whoever stands in line, each person would stand {number(lines.total, 1)} hours a "
        f"{scenario.period}."
    )
    rows = (*exhibit.table.rows, ("hours in line, at most", number(lines.total, 1)))
    return replace(exhibit, sentence=exhibit.sentence + more, table=replace(exhibit.table, rows=rows))


# --- the record -------------------------------------------------------------------------------------------------------


def record(kind: str) -> Exhibit:
    """What central planning did, in figures of one kind, and how sure each is.

    Parameters
    ----------
    kind : str
        One of `record.KINDS`.

    Returns
    -------
    Exhibit
        A bar a figure, where all have one unit; in the table source, how sure, and what the other side says.

    Raises
    ------
    ValueError
        If there is no such kind.

    Examples
    --------
    >>> print(record("wages").sentence.split(". ")[0])
    Between 1964 and 1981 this ratio moved between 2.8 and 3.7
    """
    found = facts_of(kind)
    units = list(dict.fromkeys(fact.unit for fact in found))
    data: list[dict[str, Any]] = []
    axes: dict[str, Any] = {}
    bottom = 1.0
    free = 1.0 - 0.2 * (len(units) - 1)
    for i, unit in enumerate(units):
        group = [fact for fact in found if fact.unit == unit]
        top, bottom = bottom, bottom - free * len(group) / len(found)
        ending = str(i + 1) if i else ""
        axes |= _unit_axes(group, ending, domain=[max(0.0, bottom), top])
        data += _unit_bars(group, ending)
        bottom -= 0.2
    shown = [sure for sure in _SURE_STYLE if any(fact.sure == sure for fact in found)]
    data += [_key(sure) for sure in shown]
    figure = go.Figure(
        data,
        layout(
            height=_HEIGHT,
            showlegend=True,
            legend={"font": {"size": 13}},
            margin={"l": 204, "r": 12, "t": 60, "b": 52},
            bargap=0.35,
            barmode="overlay",
            **axes,
        ),
    )
    rows = tuple((fact.what, _amount(fact), _SURE_WORDS[fact.sure], fact.source, fact.against) for fact in found)
    columns = ("", "figure", "how sure", "source", "what is said against it")
    said = tuple(f"{fact.what}: {_SURE_WORDS[fact.sure]}. {fact.against}" for fact in found)
    detail = Detail("How sure each figure is, and what is said against it", said, open=True)
    return Exhibit(figure, _RECORD_SAYS[kind], Table(columns, rows, KINDS[kind]), (detail,))


def _unit_axes(group: Sequence[Fact], ending: str, *, domain: list[float]) -> dict[str, Any]:
    """Give figures of one unit their own pair of axes, so that different units never share a scale."""
    top, low = max(fact.high for fact in group), min(0.0, *(fact.low for fact in group), 0.0)
    names = [_short_name(fact) for fact in group]
    room = 0.9 if any(fact.high > fact.low for fact in group) else 0.45
    x = {"range": [1.2 * low, top + room * (top - low)], "title": group[0].unit, "anchor": f"y{ending}"}
    y = {"domain": domain, "type": "category", "categoryorder": "array", "categoryarray": names[::-1]}
    return {
        f"xaxis{ending}": {**x, "automargin": False, "zeroline": True},
        f"yaxis{ending}": {**y, "anchor": f"x{ending}", "automargin": False, "showgrid": False},
    }


def _unit_bars(group: Sequence[Fact], ending: str) -> list[dict[str, Any]]:
    place = {"xaxis": f"x{ending}", "yaxis": f"y{ending}", "showlegend": False}
    names = [_short_name(fact) for fact in group]
    colours, patterns = zip(*(_SURE_STYLE[fact.sure] for fact in group), strict=True)
    half = [(fact.high - fact.low) / 2 for fact in group]
    return [
        {
            "type": "bar",
            "orientation": "h",
            "x": [_middle(fact) for fact in group],
            "y": names,
            "error_x": {"type": "data", "array": half, "thickness": 2, "color": "#000000", "visible": any(half)},
            "marker": {"color": list(colours), "pattern": {"shape": list(patterns)}},
            "hoverinfo": "skip",
            **place,
        },
        {
            "type": "scatter",
            "mode": "text",
            "x": [max(fact.high, 0.0) for fact in group],
            "y": names,
            "text": [f"  {_figures(fact)}" for fact in group],
            "textposition": "middle right",
            "textfont": {"size": 13},
            "cliponaxis": False,
            "hoverinfo": "skip",
            **place,
        },
    ]


def _key(sure: str) -> dict[str, Any]:
    """Show in the legend what a colour stands for."""
    colour, pattern = _SURE_STYLE[sure]
    marker = {"color": colour, "pattern": {"shape": pattern}}
    return {"type": "bar", "orientation": "h", "x": [None], "y": [None], "name": _SURE_WORDS[sure], "marker": marker}


_RECORD_SAYS = {
    "funded": (
        "The planning office itself shared out 277 commodities in 1928, at most 2,390 later, and about 2,000 in the "
        "1980s. Some 75,000 more were planned lower down. Even at its height the centre balanced a small part of the "
        "list of goods, and left the rest to ministries and factories."
    ),
    "wages": (
        "Between 1964 and 1981 this ratio moved between 2.8 and 3.7. Most Western studies found official pay more "
        "equal than in developed market economies, one found it about as unequal as in the United States. Privileges "
        "and unofficial incomes are in none of them."
    ),
    "queues": (
        "Buyers of a Trabant in the German Democratic Republic waited 12.5 to 14 years. How long Soviet shoppers stood "
        "in line is reported as about 160 hours a year, or as 1.5 hours a day, which is more than three times as "
        "much: nobody seems to have counted well."
    ),
    "oil": (
        "In 1984 fuel and energy brought 55 % of hard-currency earnings; oil alone brought 38.8 % in 1985 and 33.5 % "
        "in 1987. Another source has 60 % for oil in 1982. How it was counted matters as much as what was sold."
    ),
    "thirties": (
        "Five to eight and a half million people died of famine. One model puts the loss up to 1940 at 24 % of "
        "consumption and the gain after 1941 at 16 %, both against the old trend. Allen (2005) finds that the country "
        "did better than it would have without the plans, and that collectivisation added little."
    ),
}


def _middle(fact: Fact) -> float:
    return (fact.low + fact.high) / 2


def _short_name(fact: Fact) -> str:
    return fact.what.replace(", ", ",<br>", 1) if len(fact.what) > 24 else fact.what


def _amount(fact: Fact) -> str:
    return f"{_figures(fact)} {fact.unit}"


def _figures(fact: Fact) -> str:
    low, high = (f"{value:,.10g}" for value in (fact.low, fact.high))
    return low if low == high else f"{low} to {high}"
