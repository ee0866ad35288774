"""Pictures of the night bus vote, each with its sentence and table."""

from __future__ import annotations

from typing import Any

import numpy as np
import plotly.graph_objects as go

from parecon_edu.decisions.doors import Doors
from parecon_edu.decisions.reports import budget, report
from parecon_edu.decisions.rules import RULES, Vote, benefit, vote
from parecon_edu.display import Exhibit, Table
from parecon_edu.display.style import COLOURS, DASHES, GREY, PATTERNS, STRIPES, layout
from parecon_edu.display.words import join, number, percent

__all__ = ["AWAY_WORDS", "REPLIES", "RULE_WORDS", "all_rules", "reports", "tally"]

#: The rules as a learner reads them.
RULE_WORDS = {
    "majority": "one adult, one vote: more than half",
    "supermajority": "one adult, one vote: two thirds",
    "consensus": "consensus: one objection stops it",
    "households": "one front door, one vote",
    "affectedness": "say in proportion to being affected",
    "quadratic": "votes from a yearly budget (quadratic)",
}
_COUNTING = {
    "majority": "Counting every adult once",
    "supermajority": "Counting every adult once",
    "consensus": "Counting everybody but those who stand aside",
    "households": "Counting every front door once",
    "affectedness": "Counting everybody by how much they are affected",
    "quadratic": "Counting the votes that each buys from the yearly budget",
}
#: Who comes to the vote, as a learner reads it.
AWAY_WORDS = {
    "nobody": "everybody comes",
    "indifferent": "those who hardly care stay at home",
    "tied": "those who can't get away are missing",
    "instructed": "those who can't come send their votes along",
    "free_hand": "those who can't come leave it to Ngozi",
}
#: What may keep people from exaggerating.
REPLIES = {
    "free": "nobody checks",
    "checked": "neighbours check the claims",
    "budget": "100 points for all matters of the year",
}
_YES, _NO = COLOURS[0], COLOURS[1]
_COUNT_WORDS = ("None", "One", "Two", "Three", "Four", "Five", "All")


def tally(doors: Doors, rule: str, *, away: str = "nobody", share: float = 1.0) -> Exhibit:
    """Who has how much say under one rule, and what comes of it.

    Parameters
    ----------
    doors : Doors
        Who votes, and what the bus means behind each door.
    rule : str
        One of `RULES`.
    away : str
        One of `AWAY`: who is missing.
    share : float
        How much of that absence happens, 0 to 1.

    Returns
    -------
    Exhibit
        Above, each door's share of the say, to the right for the bus, to the left against it; below, all together
        beside what is needed.
    """
    count = vote(doors, rule, away=away, share=share)
    signed = np.where(count.votes > 0, 1, -1) * count.say * 100
    labels = [f"{name}: {number(n)} {'adult' if n == 1 else 'adults'}, {_evenings(e)}" for name, n, e in _each(doors)]
    figure = go.Figure(
        [
            _bar(labels[::-1], signed[::-1], text=[percent(s) for s in count.say[::-1]]),
            *_together(count.decision.support),
        ],
        layout(
            height=400,
            barmode="stack",
            xaxis={"range": [-112, 112], "tickvals": [-100, -50, 0, 50, 100], "ticktext": _SIDES, "anchor": "y"},
            yaxis={"domain": [0.4, 1], "automargin": True},
            xaxis2={"range": [0, 100], "anchor": "y2", "tickvals": [0, 100 * count.decision.threshold]},
            yaxis2={"domain": [0, 0.16], "showticklabels": False},
            margin={"t": 40, "r": 20},
            title="Share of the say",
        ),
    )
    figure.layout.xaxis2.ticktext = ["", f"needed: {_needed(count)}"]
    figure.add_shape(_mark(100 * count.decision.threshold))
    for annotation in _ends(count.decision.support):
        figure.add_annotation(annotation)
    rows: list[tuple[str | float, ...]] = [
        (name, n, _evenings(e), _says(rule, yes, e), percent(s, 1))
        for (name, n, e), yes, s in zip(_each(doors), count.votes, count.say, strict=True)
    ]
    total = benefit(doors)
    rows.append(("together", float(doors.adults.sum()), _evenings(total), "", _result(count)))
    columns = ("front door", "adults", "evenings a month, each", "says", "share of the say")
    return Exhibit(figure, _say_tally(doors, rule, count, away, share), Table(columns, tuple(rows), RULE_WORDS[rule]))


def all_rules(doors: Doors, *, away: str = "nobody", share: float = 1.0) -> Exhibit:
    """Show the same vote under all six rules.

    Parameters
    ----------
    doors : Doors
        Who votes, and what the bus means behind each door.
    away : str
        One of `AWAY`: who is missing.
    share : float
        How much of that absence happens, 0 to 1.

    Returns
    -------
    Exhibit
        A bar a rule: the share of the say that is for the bus, with a mark at what is needed.
    """
    counts = {rule: vote(doors, rule, away=away, share=share) for rule in RULES}
    words = [RULE_WORDS[rule] for rule in RULES]
    support = np.array([counts[rule].decision.support for rule in RULES])
    runs = [counts[rule].decision.passes for rule in RULES]
    needed = [counts[rule].decision.threshold for rule in RULES]
    figure = go.Figure(
        [
            {
                "type": "bar",
                "orientation": "h",
                "x": (100 * support[::-1]).tolist(),
                "y": words[::-1],
                "name": "for the bus",
                "text": [f"{percent(s)}: {'runs' if r else 'no bus'}" for s, r in zip(support, runs, strict=True)][
                    ::-1
                ],
                "textposition": "outside",
                "cliponaxis": False,
                "marker": {
                    "color": [_YES if r else _NO for r in runs][::-1],
                    "pattern": {**STRIPES, "shape": [PATTERNS[0] if r else PATTERNS[1] for r in runs][::-1]},
                },
            },
            {
                "type": "scatter",
                "mode": "markers",
                "x": [100 * n for n in needed][::-1],
                "y": words[::-1],
                "name": "needed",
                "marker": {"symbol": "line-ns", "size": 26, "line": {"width": 3, "color": "#000000"}},
            },
        ],
        layout(
            height=380,
            showlegend=True,
            xaxis={"range": [0, 125], "tickvals": [0, 25, 50, 75, 100], "title": "share of the say for the bus, %"},
        ),
    )
    rows = tuple(
        (RULE_WORDS[rule], percent(s, 1), _needed(counts[rule]), "yes" if r else "no")
        for rule, s, r in zip(RULES, support, runs, strict=True)
    )
    yes = [f"“{RULE_WORDS[rule]}”" for rule, r in zip(RULES, runs, strict=True) if r]
    sentence = "None of the six rules lets the bus run."
    if yes:
        sentence = (
            f"{_COUNT_WORDS[len(yes)]} of the six rules {'lets' if len(yes) == 1 else 'let'} the bus run: {join(yes)}."
        )
    sentence += f" Here {AWAY_WORDS[away]}." if away != "nobody" else " Everybody comes, and everybody is honest."
    return Exhibit(figure, sentence, Table(("rule", "for the bus", "needed", "runs?"), rows, "Six rules, one bus"))


def reports(doors: Doors, exaggeration: float, *, reply: str = "free", checked: float = 0.5) -> Exhibit:
    """What becomes of say by affectedness when people may say themselves how affected they are.

    Parameters
    ----------
    doors : Doors
        Who votes, and what the bus means behind each door.
    exaggeration : float
        How far all go from the truth to the most that they may claim, 0 to 1.
    reply : str
        One of `REPLIES`: nobody checks, neighbours check, or a yearly budget of points.
    checked : float
        With "checked", the share of each exaggeration that is struck out, 0 to 1.

    Returns
    -------
    Exhibit
        Support for the bus against exaggeration, a line for each reply, with a mark where you are.
    """
    steps = np.linspace(0, 1, 41)
    lines = {kind: _support(doors, steps, kind, checked) for kind in REPLIES}
    claims = _claims(doors, exaggeration, reply, checked)
    here = vote(doors, "affectedness", affected=claims)
    heads = vote(doors, "majority").decision.support
    names = {**REPLIES, "checked": f"neighbours strike out {percent(checked)}"}
    figure = go.Figure(
        [
            *(
                {
                    "type": "scatter",
                    "mode": "lines",
                    "x": (100 * steps).tolist(),
                    "y": (100 * lines[kind]).tolist(),
                    "name": names[kind],
                    "line": {"color": COLOURS[i], "dash": DASHES[i], "width": 5 if kind == reply else 2.5},
                }
                for i, kind in zip((5, 0, 2), REPLIES, strict=True)
            ),
            {
                "type": "scatter",
                "mode": "markers+text",
                "x": [100 * exaggeration],
                "y": [100 * here.decision.support],
                "text": [percent(here.decision.support)],
                "textposition": "top right" if exaggeration < 0.5 else "top left",
                "marker": {"size": 14, "color": "#000000", "symbol": "circle"},
                "showlegend": False,
            },
        ],
        layout(
            height=420,
            showlegend=True,
            legend={"y": 1.02},
            margin={"t": 76},
            xaxis={"range": [-2, 102], "title": "exaggeration: 0 honest, 100 everybody claims the most, %"},
            yaxis={"range": [30, 70], "title": "say for the bus, %"},
        ),
    )
    for level, text in ((50, "more than this: the bus runs"), (100 * heads, "one adult, one vote")):
        line = {"type": "line", "x0": -2, "x1": 102, "y0": level, "y1": level}
        figure.add_shape({**line, "line": {"color": GREY, "width": 1.5, "dash": "dot"}})
        figure.add_annotation(
            x=100, y=level, text=text, showarrow=False, yshift=-10, xanchor="right", font={"color": "#4d4d4d"}
        )
    unit = "points" if reply == "budget" else "evenings"
    rows = tuple(
        (name, abs(e), round(float(claim), 2), percent(s, 1))
        for (name, _, e), claim, s in zip(_each(doors), claims, here.say, strict=True)
    )
    columns = ("front door", "really affected, each", f"claimed, each ({unit})", "share of the say")
    sentence = _say_reports(doors, exaggeration, reply, checked, here)
    return Exhibit(figure, sentence, Table(columns, rows, f"Claims when {names[reply]}"))


def _claims(doors: Doors, exaggeration: float, reply: str, checked: float) -> Any:
    if reply == "budget":
        return budget(doors, exaggeration)
    return report(doors, exaggeration, checked=checked if reply == "checked" else 0.0)


def _support(doors: Doors, steps: Any, reply: str, checked: float) -> Any:
    """Support for every step of exaggeration at once: claims run straight from the honest to the largest ones."""
    honest, most = (_claims(doors, end, reply, checked) for end in (0, 1))
    points = doors.adults * (honest + np.outer(steps, most - honest))
    return points[:, doors.effect > 0].sum(axis=1) / points.sum(axis=1)


def _each(doors: Doors) -> list[tuple[str, float, float]]:
    return list(zip(doors.names, doors.adults.tolist(), doors.effect.tolist(), strict=True))


_SIDES = ["100 %", "against", "0", "for", "100 %"]


def _bar(labels: list[str], signed: Any, *, text: list[str]) -> dict[str, Any]:
    return {
        "type": "bar",
        "orientation": "h",
        "x": signed.tolist(),
        "y": labels,
        "text": text,
        "textposition": "outside",
        "cliponaxis": False,
        "marker": {
            "color": [_YES if x > 0 else _NO for x in signed],
            "pattern": {**STRIPES, "shape": [PATTERNS[0] if x > 0 else PATTERNS[1] for x in signed]},
        },
        "hovertemplate": "%{y}: %{text}<extra></extra>",
    }


def _together(support: float) -> list[dict[str, Any]]:
    parts = ((support, _YES, PATTERNS[0], "for"), (1 - support, _NO, PATTERNS[1], "against"))
    return [
        {
            "type": "bar",
            "orientation": "h",
            "x": [100 * part],
            "y": ["together"],
            "xaxis": "x2",
            "yaxis": "y2",
            "name": name,
            "marker": {"color": colour, "pattern": {**STRIPES, "shape": pattern}},
            "hovertemplate": f"{name}: {percent(part)}<extra></extra>",
        }
        for part, colour, pattern, name in parts
    ]


def _mark(at: float) -> dict[str, Any]:
    line = {"color": "#000000", "width": 3}
    return {"type": "line", "xref": "x2", "yref": "y2", "x0": at, "x1": at, "y0": -0.6, "y1": 0.6, "line": line}


def _ends(support: float) -> list[dict[str, Any]]:
    house = {"xref": "x2", "yref": "y2 domain", "y": 1.05, "yanchor": "bottom", "showarrow": False}
    return [
        {**house, "x": 0, "xanchor": "left", "text": f"for: {percent(support)}"},
        {**house, "x": 100, "xanchor": "right", "text": f"against: {percent(1 - support)}"},
    ]


def _evenings(effect: float) -> str:
    return f"+{number(effect)}" if effect > 0 else number(effect).replace("-", "−")


def _needed(count: Vote) -> str:
    needed = count.decision.threshold
    return "more than half" if needed == 0.5 else "no objection" if needed == 1 else percent(needed)


def _result(count: Vote) -> str:
    return f"{percent(count.decision.support, 1)} for"


def _says(rule: str, yes: float, effect: float) -> str:
    if effect == 0:
        return "abstains"
    if yes:
        return "yes"
    if rule == "consensus":
        return "stands aside" if effect >= -2 else "objects"
    return "no"


def _say_tally(doors: Doors, rule: str, count: Vote, away: str, share: float) -> str:
    gain = [name for name, _, e in _each(doors) if e > 0]
    lose = [name for name, _, e in _each(doors) if e < 0]
    won = float((doors.adults * np.maximum(doors.effect, 0)).sum())
    lost = float((doors.adults * np.maximum(-doors.effect, 0)).sum())
    partly = f" ({percent(share)} of it)" if share < 1 else ""
    who = f", and {AWAY_WORDS[away]}{partly}" if away != "nobody" and share > 0 else ""
    first = f"{_COUNTING[rule]}{who}, {percent(count.decision.support)} of the say is for the bus; "
    if rule == "consensus":
        against = [n for n, v, w in zip(doors.names, count.votes, count.weights, strict=True) if not v and w > 0]
        first += f"{join(against)} {'objects' if len(against) == 1 else 'object'}. " if against else "nobody objects. "
    else:
        first += f"{_needed(count)} is needed. "
    if count.decision.passes:
        return (
            f"{first}The bus runs: it gives {join(gain)} {number(won)} evenings a month in all, and takes "
            f"{number(lost)} from {join(lose)}."
            if lose
            else f"{first}The bus runs: it gives {join(gain)} {number(won)} evenings a month in all, and harms nobody."
        )
    return (
        f"{first}The bus does not run: {join(gain)} go without {number(won)} evenings a month in all, and "
        f"{join(lose)} {'is' if len(lose) == 1 else 'are'} spared {number(lost)}."
    )


def _say_reports(doors: Doors, exaggeration: float, reply: str, checked: float, here: Vote) -> str:
    honest = vote(doors, "affectedness").say if reply != "budget" else _honest_budget(doors)
    gains = [n for n, a, b in zip(doors.names, honest, here.say, strict=True) if b > a + 5e-4]
    loses = [n for n, a, b in zip(doors.names, honest, here.say, strict=True) if b < a - 5e-4]
    way = f"goes {percent(exaggeration)} of the way to"
    claims, spends = f"{way} the largest claim", f"{way} putting all on what means most to them"
    if exaggeration == 1:
        claims, spends = "claims the most", "puts all on what means most to them"
    start = {
        "free": f"Nobody checks, and everybody {claims}",
        "checked": f"Everybody {claims}, and neighbours strike out {percent(checked)} of what is exaggerated",
        "budget": f"With 100 points for the year, everybody {spends}",
    }[reply]
    moved = f"this moves say to {join(gains)}, away from {join(loses)}" if gains else "this moves no say"
    if exaggeration == 0:
        start = {
            "free": "Nobody checks, and everybody is honest",
            "checked": "Neighbours check, and everybody is honest",
            "budget": "With 100 points for the year, everybody spends them as things matter to them",
        }[reply]
    ends = "runs" if here.decision.passes else "does not run"
    return (
        f"{start}: {moved}. {percent(here.decision.support, 1)} of the say is for the bus, so it {ends}; by heads it "
        f"would be {percent(vote(doors, 'majority').decision.support, 1)}."
    )


def _honest_budget(doors: Doors) -> Any:
    return vote(doors, "affectedness", affected=budget(doors, 0)).say
