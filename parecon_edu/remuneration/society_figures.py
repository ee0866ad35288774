"""Pictures of where real firms and countries stand, with one's own workplace among them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import plotly.graph_objects as go

from parecon_edu.display import Exhibit, Table
from parecon_edu.display.style import COLOURS, layout
from parecon_edu.display.words import join, number
from parecon_edu.remuneration.inequality import gini, highest_to_lowest
from parecon_edu.remuneration.societies import MEASURES, Fact, facts, gini_bound
from parecon_edu.validation.people import Array

__all__ = ["KIND_WORDS", "standing"]

#: What each kind of number says, as a learner reads it.
KIND_WORDS = {
    "top_lowest": "highest pay in a workplace ÷ lowest",
    "boss_median": "the boss ÷ the employee in the middle",
    "d9_d1": "all workers: D9/D1",
    "gini": "Gini of household incomes in a country",
}
_AXES = {
    "top_lowest": "highest pay ÷ lowest, within one workplace",
    "boss_median": "the boss's pay ÷ pay in the middle, within one firm",
    "d9_d1": "where the top tenth begins ÷ where the lowest tenth ends",
    "gini": "Gini (0: all the same)",
}
#: A fixed end for each axis; an entry of one's own that goes beyond it lengthens it.
_ENDS = {"top_lowest": 15.0, "boss_median": 330.0, "d9_d1": 6.0, "gini": 0.75}
_MARKS = {"good": "●", "fair": "◐", "poor": "○"}
#: With fewer people than this, deciles are read off between two of them.
_FEW = 10


@dataclass(frozen=True)
class _Row:
    """One bar."""

    label: str
    value: float
    own: bool
    cells: tuple[str, str, str, str]


def standing(kind: str, *, own: dict[str, Array] | None = None) -> Exhibit:
    """Where firms or countries stand by one kind of number.

    Parameters
    ----------
    kind : str
        One of `MEASURES`.
    own : dict of str to ndarray, optional
        Pays to lay beside them, by the name they are to bear.

    Returns
    -------
    Exhibit
        A bar a firm or country, the most equal on top; in the table also year, source and how sure one can be.

    Raises
    ------
    ValueError
        If there is no such kind.
    """
    if kind not in MEASURES:
        raise ValueError(f"There is no kind of number '{kind}'. Choose {join(repr(name) for name in MEASURES)}.")
    known = [fact for fact in facts() if fact.kind == kind]
    mine = {name: MEASURES[kind](pays) for name, pays in (own or {}).items()}
    rows = sorted([*map(_of_fact, known), *(_of_own(kind, *item) for item in mine.items())], key=lambda row: row.value)
    shown = [row for row in rows if np.isfinite(row.value)]
    digits = 2 if kind in ("gini", "d9_d1") else None
    end = max([_ENDS[kind], *(1.15 * row.value for row in shown)])
    figure = go.Figure(
        [
            {
                "type": "bar",
                "orientation": "h",
                "x": [row.value for row in shown],
                "y": [row.label for row in shown],
                "text": [number(row.value, digits) for row in shown],
                "textposition": "outside",
                "cliponaxis": False,
                "marker": {
                    "color": [COLOURS[1] if row.own else COLOURS[0] for row in shown],
                    "pattern": {"shape": ["/" if row.own else "" for row in shown], "fgcolor": "#595959"},
                },
                "hovertemplate": "%{y}: %{text}<extra></extra>",
            }
        ],
        layout(
            height=440,
            xaxis={"range": [0, end], "title": _AXES[kind]},
            yaxis={"autorange": "reversed", "type": "category", "showgrid": False, "tickfont": {"size": 13}},
            bargap=0.35,
        ),
    )
    table = Table(
        ("who", "when", "number", "how sure", "source, and what to bear in mind"),
        tuple((row.cells[0], row.cells[1], _text(row.value, digits), *row.cells[2:]) for row in rows),
        f"{KIND_WORDS[kind]} (● good, ◐ fair, ○ poor: how sure the number is)",
    )
    return Exhibit(figure, _say(kind, known, own or {}, mine, digits=digits), table)


def _of_fact(fact: Fact) -> _Row:
    label = f"{fact.who} {fact.year} {_MARKS[fact.sure]}"
    return _Row(_folded(label), fact.value, False, (fact.who, fact.year, fact.sure, f"{fact.source}. {fact.note}"))


def _of_own(kind: str, name: str, value: float) -> _Row:
    note = (
        "Pay in one workplace, not what households of a country live on." if kind == "gini" else "From the pays given."
    )
    return _Row(f"<b>{name}</b>", value, True, (name, "–", "yours to say", note))


def _folded(label: str) -> str:
    """Put a long label on two lines, so that the bars keep their room at 620 pixels."""
    if len(label) <= 26:
        return label
    at = label.find(" ", len(label) // 2 - 1)
    return f"{label[:at]}<br>{label[at + 1 :]}"


def _text(value: float, digits: int | None) -> str:
    return number(value, digits) if np.isfinite(value) else "no number: somebody gets nothing"


def _say(kind: str, known: list[Fact], own: dict[str, Array], mine: dict[str, float], *, digits: int | None) -> str:
    least, most = (pick(known, key=lambda fact: fact.value) for pick in (min, max))
    parts = [
        f"Of the {len(known)} listed, {_named(least)} has the lowest number, {number(least.value, digits)}, and "
        f"{_named(most)} the highest, {number(most.value, digits)}."
    ]
    for name, value in mine.items():
        parts.append(_say_own(name, value, known, digits=digits))
        parts += [warning for warning in _warn(kind, own[name]) if warning not in parts]
    return " ".join(parts)


def _named(fact: Fact) -> str:
    return f"“{fact.who}” ({fact.year})"


def _say_own(name: str, value: float, known: list[Fact], *, digits: int | None) -> str:
    if not np.isfinite(value):
        return f"{name} has no such number: somebody there gets nothing, and one can't divide by it."
    below = sum(fact.value < value for fact in known)
    place = (
        "below all of them"
        if below == 0
        else "above all of them"
        if below == len(known)
        else f"above {below} of them and not above {len(known) - below}"
    )
    return f"{name} has {number(value, digits)}, {place}."


def _warn(kind: str, pays: Array) -> list[str]:
    """What to bear in mind before one compares a workplace with what is listed."""
    if kind == "top_lowest":
        ratio = highest_to_lowest(pays)
        if not np.isfinite(ratio):
            return []
        return [f"With that ratio its Gini can be at most {gini_bound(ratio):.2f}; it is {gini(pays):.2f}."]
    if kind == "gini":
        return ["That is pay within one workplace, laid beside all incomes of whole countries: take it as a yardstick."]
    if kind == "d9_d1" and len(pays) < _FEW:
        return [f"With {len(pays)} people a tenth is less than one person, so take this number as a rough one."]
    return []
