"""Pictures of who gets what, each with its sentence and table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import plotly.graph_objects as go

from parecon_edu.display import Exhibit, Table
from parecon_edu.display.style import COLOURS, DASHES, GREY, PATTERNS, layout
from parecon_edu.display.words import join, number
from parecon_edu.remuneration.inequality import gini, highest_to_lowest, lorenz
from parecon_edu.remuneration.model import NORMS, People, gains, pay, sacrifice
from parecon_edu.remuneration.ratings import Ratings
from parecon_edu.remuneration.teams import respond
from parecon_edu.validation.people import Array

__all__ = ["NORM_WORDS", "RATER_WORDS", "all_norms", "change", "pool_moves", "rated", "shares", "worked"]

#: What each norm rewards, as a learner reads it; and as it stands after "Paying".
NORM_WORDS = {
    "equal": "the same for everybody",
    "need": "what people need",
    "effort": "effort and sacrifice",
    "output": "what each one produced",
    "bargaining": "what each one can insist on",
    "property": "what each one owns",
}
_PAYING = {
    "equal": "everybody the same",
    "need": "for need",
    "effort": "for effort and sacrifice",
    "output": "for what each one produced",
    "bargaining": "what each one can insist on",
    "property": "for what each one owns",
}
#: Who rates, as a learner reads it.
RATER_WORDS = {
    "everybody": "everybody rates everybody else",
    "rotating": "two of them, drawn by lot each week",
    "outside": "two people from another workplace",
}
_LOOKS_AT = {
    "equal": "nothing else",
    "need": "needs (1: one adult)",
    "effort": "sacrifice (hours of ordinary work)",
    "output": "output",
    "bargaining": "power × output",
    "property": "capital owned",
}
#: One height for all, so that the page stands still when a second rule is brought in.
_HEIGHT = 400


def shares(people: People, norm: str, *, pool: float) -> Exhibit:
    """Who gets what under one norm.

    Parameters
    ----------
    people : People
        Who shares.
    norm : str
        One of `NORMS`.
    pool : float
        What there is to share.

    Returns
    -------
    Exhibit
        A bar a person, with name and amount.
    """
    incomes = pay(people, norm, pool=pool)
    rows = tuple(zip(people.names, _counts(people, norm), incomes.round(2).tolist(), strict=True))
    table = Table(("person", _LOOKS_AT[norm], "pay"), rows, f"Pay out of {number(pool)}, paying {_PAYING[norm]}")
    figure = go.Figure(
        [_bars(people.names, incomes, colour=COLOURS[0], text=[number(income, 0) for income in incomes])],
        layout(
            height=_HEIGHT,
            yaxis={"range": [0, _top(people, pool)], "title": "pay this week"},
            title=f"Paying {_PAYING[norm]}",
        ),
    )
    return Exhibit(figure, _say_shares(people, incomes, norm), table)


def worked(people: People, name: str, *, pool: float, most: float) -> Exhibit:
    """Pay for effort, and how it follows one person's hours.

    Parameters
    ----------
    people : People
        Who shares.
    name : str
        Whose hours are moved.
    pool : float
        What there is to share.
    most : float
        The most hours that person can be given; it fixes the axis.

    Returns
    -------
    Exhibit
        A bar a person.
    """
    who = people.names.index(name)
    incomes = pay(people, "effort", pool=pool)
    longest = replace(people, hours=np.where(np.arange(len(people)) == who, most, people.hours))
    top = 1.15 * float(np.maximum(incomes, pay(longest, "effort", pool=pool)).max())
    colours = [COLOURS[1] if i == who else COLOURS[0] for i in range(len(people))]
    bars = _bars(people.names, incomes, colour=COLOURS[0], text=[number(income, 0) for income in incomes])
    bars["marker"] = {"color": colours, "pattern": {"shape": ["/" if i == who else "" for i in range(len(people))]}}
    figure = go.Figure([bars], layout(yaxis={"range": [0, top], "title": "pay this week"}))
    others = [
        f"{other} {number(income, 0)}" for other, income in zip(people.names, incomes, strict=True) if other != name
    ]
    sentence = (
        f"With {number(people.hours[who])} hours, {name} gets {number(incomes[who], 0)} of {number(pool)}. "
        f"The others: {join(others)}."
    )
    rows = tuple(zip(people.names, people.hours.tolist(), incomes.round(2).tolist(), strict=True))
    return Exhibit(figure, sentence, Table(("person", "hours", "pay"), rows, f"Pay for effort, out of {number(pool)}"))


def change(people: People, norm: str, *, against: str, pool: float) -> Exhibit:
    """Who gains and who loses when one norm replaces another, and what becomes of inequality.

    Parameters
    ----------
    people : People
        Who shares.
    norm, against : str
        The new norm and the one it replaces.
    pool : float
        What there is to share under both.

    Returns
    -------
    Exhibit
        Left, each person's pay under both norms; right, the two Lorenz curves.
    """
    new, old = pay(people, norm, pool=pool), pay(people, against, pool=pool)
    moved = gains(people, norm, against=against, pool=pool)
    text = [f"{number(income, 0)}<br>({_signed(step)})" for income, step in zip(new, moved, strict=True)]
    new_name, old_name = f"now: {_PAYING[norm]}", f"before: {_PAYING[against]}"
    figure = go.Figure(
        [
            _bars(people.names, old, colour="#c9c9c9", name=old_name, pattern=PATTERNS[1]),
            _bars(people.names, new, colour=COLOURS[0], name=new_name, text=text),
            *_lorenz_lines([(new, COLOURS[0], DASHES[0]), (old, GREY, DASHES[1])]),
        ],
        layout(
            height=_HEIGHT,
            xaxis={"domain": [0, 0.6]},
            yaxis={"range": [0, _top(people, pool)], "title": "pay this week"},
            xaxis2={"domain": [0.72, 1], "range": [0, 1], "title": "share of people,<br>poorest first", "dtick": 0.5},
            yaxis2={"range": [0, 1], "title": "their share of the pay", "anchor": "x2", "dtick": 0.5},
            showlegend=True,
            margin={"b": 64, "t": 56},
        ),
    )
    rows = tuple(
        (name, o, n, _signed(step))
        for name, o, n, step in zip(
            people.names, old.round(2).tolist(), new.round(2).tolist(), moved.tolist(), strict=True
        )
    )
    # The change is that of the rounded figures, so that the row adds up as it is read.
    step = round(gini(new), 2) - round(gini(old), 2)
    rows += (("Gini (0: all the same)", _gini_text(old), _gini_text(new), _signed(step, 2)),)
    columns = ("person", f"paying {_PAYING[against]}", f"paying {_PAYING[norm]}", "change")
    return Exhibit(figure, _say_change(people, norm, against, pool), Table(columns, rows, f"Pay out of {number(pool)}"))


def all_norms(people: People, *, pool: float) -> Exhibit:
    """The same people under all six norms.

    Parameters
    ----------
    people : People
        Who shares.
    pool : float
        What there is to share.

    Returns
    -------
    Exhibit
        One row a norm, one mark a person; norms with the most equal pay on top.
    """
    incomes = {norm: pay(people, norm, pool=pool) for norm in NORMS}
    order = sorted(NORMS, key=lambda norm: gini(incomes[norm]), reverse=True)
    marks = ("circle", "square", "diamond", "triangle-up", "cross", "x", "star", "hexagon")
    figure = go.Figure(
        [
            {
                "type": "scatter",
                "mode": "markers",
                "name": name,
                "x": [float(incomes[norm][i]) for norm in order],
                "y": [NORM_WORDS[norm] for norm in order],
                "marker": {"color": COLOURS[i % 8], "symbol": marks[i % 8], "size": 15, "opacity": 0.85},
            }
            for i, name in enumerate(people.names)
        ],
        layout(
            height=_HEIGHT,
            showlegend=True,
            xaxis={"range": [-0.03 * _top(people, pool), _top(people, pool)], "title": "pay this week"},
        ),
    )
    rows = tuple((NORM_WORDS[norm], *incomes[norm].round().tolist(), _gini_text(incomes[norm])) for norm in order[::-1])
    by_person = np.array([incomes[norm] for norm in NORMS])
    best = {name: NORMS[at] for name, at in zip(people.names, by_person.argmax(axis=0), strict=True)}
    most, least = order[0], next(norm for norm in order[::-1] if gini(incomes[norm]) > 1e-9)
    sentence = (
        f"{join(f'{name} is best off under “{NORM_WORDS[norm]}”' for name, norm in best.items())}. "
        f"Apart from equal pay, “{NORM_WORDS[least]}” is the most equal (Gini {_gini_text(incomes[least])}) "
        f"and “{NORM_WORDS[most]}” the least ({_gini_text(incomes[most])})."
    )
    table = Table(("what is rewarded", *people.names, "Gini"), rows, f"Pay out of {number(pool)}")
    return Exhibit(figure, sentence, table)


def rated(people: People, ratings: Ratings, incomes: Array, *, pool: float, cap: float | None = None) -> Exhibit:
    """Pay by rating beside pay by true effort.

    Parameters
    ----------
    people : People
        Who shares.
    ratings : Ratings
        What the raters gave (see `rate`).
    incomes : ndarray, (n,)
        What that brings each of them (see `rated_pay`).
    pool : float
        What there would be to share if nothing came from elsewhere or went there.
    cap : float, optional
        The highest average that was allowed, for the sentence.

    Returns
    -------
    Exhibit
        Two bars a person: paid for true effort, and as rated.
    """
    true = pay(people, "effort", pool=pool)
    moved = incomes - true
    text = [f"{number(income, 0)}<br>({_signed(step)})" for income, step in zip(incomes, moved, strict=True)]
    figure = go.Figure(
        [
            _bars(people.names, true, colour="#c9c9c9", name="for true effort", pattern=PATTERNS[1]),
            _bars(people.names, incomes, colour=COLOURS[0], name="as rated", text=text),
        ],
        layout(
            height=_HEIGHT,
            yaxis={"range": [0, 2.0 * float(true.max())], "title": "pay this week"},
            showlegend=True,
        ),
    )
    rows = tuple(
        (name, t, score if able else "not rated", income, _signed(step))
        for name, t, score, able, income, step in zip(
            people.names,
            true.round(2).tolist(),
            ratings.scores.round(3).tolist(),
            people.able,
            incomes.round(2).tolist(),
            moved.tolist(),
            strict=True,
        )
    )
    columns = ("person", "for true effort", "rating (1: average)", "as rated", "change")
    table = Table(columns, rows, f"Pay out of {number(pool)}; the average rating is {ratings.average:.2f}")
    return Exhibit(figure, _say_rated(people, ratings, moved, cap), table)


def pool_moves(people: People, *, pool: float, response: float) -> Exhibit:
    """All six norms once more, when people work more the more of it comes back to them.

    Parameters
    ----------
    people : People
        Who works and shares.
    pool : float
        What they make if the whole of what each adds comes back.
    response : float
        How strongly effort answers, 0 to 2 (see `respond`).

    Returns
    -------
    Exhibit
        A bar a norm: the pool; in the table also what each person gets.
    """
    outcomes = {norm: respond(people, norm, pool=pool, response=response) for norm in NORMS}
    order = sorted(NORMS, key=lambda norm: outcomes[norm].pool, reverse=True)
    pools = np.array([outcomes[norm].pool for norm in order])
    figure = go.Figure(
        [
            {
                "type": "bar",
                "orientation": "h",
                "x": pools.tolist(),
                "y": [NORM_WORDS[norm] for norm in order],
                "text": [number(value, 0) for value in pools],
                "textposition": "auto",
                "marker": {"color": COLOURS[0]},
            }
        ],
        layout(
            height=_HEIGHT,
            xaxis={"range": [0, 1.1 * pool], "title": "what there is to share"},
            yaxis={"autorange": "reversed"},
        ),
    )
    rows = tuple((NORM_WORDS[norm], outcomes[norm].pool, *outcomes[norm].pay.round().tolist()) for norm in order)
    columns = ("what is rewarded", "pool", *people.names)
    table = Table(columns, rows, f"What there is to share, and who gets it, if effort answers with {number(response)}")
    return Exhibit(figure, _say_pool(people, {norm: outcomes[norm].pool for norm in order}, pool, response), table)


def _bars(
    names: Sequence[str], values: Array, *, colour: str, name: str = "", pattern: str = "", text: Any = None
) -> Any:
    return {
        "type": "bar",
        "x": list(names),
        "y": values.tolist(),
        "name": name,
        "text": text,
        "textposition": "outside",
        "textfont": {"size": 13},
        "textangle": 0,
        "constraintext": "none",
        "cliponaxis": False,
        "marker": {"color": colour, "pattern": {"shape": pattern, "fgcolor": "#595959"}},
        "hovertemplate": "%{x}: %{y:,.0f}<extra></extra>",
    }


def _lorenz_lines(curves: Sequence[tuple[Array, str, str]]) -> list[dict[str, Any]]:
    equal = {"color": "#a6a6a6", "width": 1}
    lines = [{"x": [0, 1], "y": [0, 1], "line": equal, "hoverinfo": "skip", "mode": "lines"}]
    for incomes, colour, dash in curves:
        population, share = lorenz(incomes)
        line = {"color": colour, "dash": dash, "width": 3}
        lines.append({"x": population.tolist(), "y": share.tolist(), "line": line, "mode": "lines+markers"})
    house = {"type": "scatter", "xaxis": "x2", "yaxis": "y2", "showlegend": False}
    return [{**house, **line} for line in lines]


def _top(people: People, pool: float) -> float:
    """A fixed end for the pay axis: no norm's tallest bar is cut off, and the axis stands still when norms change."""
    return 1.25 * max(float(pay(people, norm, pool=pool).max()) for norm in NORMS) or 1.0


def _counts(people: People, norm: str) -> list[float | str]:
    """What the norm looks at, person by person."""
    if norm == "effort":
        given = zip(sacrifice(people).tolist(), people.able, strict=True)
        return [hours if able else "can't work: the average" for hours, able in given]
    columns = {
        "property": people.capital,
        "output": people.output,
        "bargaining": people.power * people.output,
        "need": people.need,
    }
    return columns[norm].tolist() if norm in columns else ["–"] * len(people)


def _say_shares(people: People, incomes: Array, norm: str) -> str:
    if norm == "equal":
        longest, shortest = int(people.hours.argmax()), int(np.where(people.able, people.hours, np.inf).argmin())
        worked = (
            f" {people.names[longest]} worked {number(people.hours[longest])} hours for it, "
            f"{people.names[shortest]} {number(people.hours[shortest])}."
            if people.able.any() and people.hours[longest] > people.hours[shortest]
            else ""
        )
        return f"Paying everybody the same, each gets {number(incomes[0], 0)}.{worked}"
    parts = [
        f"{name} gets {'nothing' if income < 0.5 else number(income, 0)}"
        for name, income in zip(people.names, incomes, strict=True)
    ]
    spread = (
        f"The highest pay is {number(highest_to_lowest(incomes), 1)} times the lowest, and inequality"
        if incomes.min() > 0.5
        else "Inequality"
    )
    return f"Paying {_PAYING[norm]}, {join(parts)}. {spread} (Gini) is {_gini_text(incomes)}."


def _say_change(people: People, norm: str, against: str, pool: float) -> str:
    if norm == against:
        return "The two rules are the same, so nobody gains and nobody loses. Choose another rule to compare with."
    moved = gains(people, norm, against=against, pool=pool)
    lose = [f"{number(-step, 0)} from {name}" for name, step in zip(people.names, moved, strict=True) if step <= -0.5]
    win = [f"{number(step, 0)} to {name}" for name, step in zip(people.names, moved, strict=True) if step >= 0.5]
    before, after = gini(pay(people, against, pool=pool)), gini(pay(people, norm, pool=pool))
    turn = "falls" if after < before - 5e-3 else "rises" if after > before + 5e-3 else "stays"
    spread = f"from {before:.2f} to {after:.2f}" if turn != "stays" else f"at {after:.2f}"
    return (
        f"Paying {_PAYING[norm]} instead of {_PAYING[against]} takes {join(lose)} and gives {join(win)}. "
        f"Inequality (Gini) {turn} {spread}."
    )


def _say_rated(people: People, ratings: Ratings, moved: Array, cap: float | None) -> str:
    able = people.able
    names = [name for name, can in zip(people.names, able, strict=True) if can]
    steps = moved[able]
    up = [f"{name} gains {number(step, 0)}" for name, step in zip(names, steps, strict=True) if step >= 0.5]
    down = [f"{name} loses {number(-step, 0)}" for name, step in zip(names, steps, strict=True) if step <= -0.5]
    seen = f"The average rating is {ratings.average:.2f}"
    if cap is not None and ratings.average > cap + 5e-3:
        seen += f"; the cap brings it down to {number(cap)}"
    elif cap is not None and (up or down):
        seen += "; the cap sees nothing amiss"
    if not up and not down:
        return f"Everybody is paid for true effort, to the last unit. {seen}."
    return f"Nobody works differently, yet {join(up + down)}. {seen}."


def _say_pool(people: People, pools: dict[str, float], pool: float, response: float) -> str:
    if response == 0:
        return f"If effort does not answer to pay at all, there is {number(pool, 0)} to share under every rule."
    most, least = next(iter(pools)), list(pools)[-1]
    return (
        f"If effort answers with {number(response)}, paying {_PAYING[most]} makes the most, {number(pools[most], 0)}; "
        f"paying {_PAYING['effort']} makes {number(pools['effort'], 0)}, paying {_PAYING['equal']} "
        f"{number(pools['equal'], 0)}, and paying {_PAYING[least]} the least, {number(pools[least], 0)}."
    )


def _gini_text(incomes: Array) -> str:
    return f"{gini(incomes):.2f}"


def _signed(step: float, digits: int = 0) -> str:
    text = number(step, digits)
    return text if text == "0" or step < 0 else f"+{text}"
