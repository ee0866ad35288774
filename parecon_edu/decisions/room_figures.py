"""Pictures of the side rooms: power, juries, circles, and choosing the rule; each with its sentence and table."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, cos, pi, sin
from typing import Any

import numpy as np
import plotly.graph_objects as go

from parecon_edu.decisions.constitution import best_threshold, outcomes
from parecon_edu.decisions.cycles import agenda, beats, winner
from parecon_edu.decisions.juries import advised, expert, herd
from parecon_edu.decisions.power import banzhaf, shapley_shubik
from parecon_edu.display import Exhibit, Table
from parecon_edu.display.style import COLOURS, DASHES, PATTERNS, STRIPES, layout
from parecon_edu.display.words import join, number, percent

__all__ = ["OPTIONS", "circle", "juries", "power", "quota", "thresholds"]

#: What the three in the side room on circles vote about.
OPTIONS = {"A": "an allotment garden", "B": "a bicycle workshop", "C": "a cinema"}


def quota(weights: Sequence[int], share: float) -> int:
    """Votes that are needed: more than half for a share of ½, at least the share above it.

    Examples
    --------
    >>> quota([50, 49, 1], 0.5), quota([50, 49, 1], 0.75)
    (51, 75)
    """
    total = sum(weights)
    return total // 2 + 1 if share <= 0.5 else max(total // 2 + 1, ceil(total * share - 1e-9))


def power(members: Sequence[str], weights: Sequence[int], share: float) -> Exhibit:
    """Show each member's share of the votes beside its share of the power.

    Parameters
    ----------
    members : sequence of str
        Their names.
    weights : sequence of int
        Their votes.
    share : float
        The share of all votes that is needed, ½ (more than half) to 1.

    Returns
    -------
    Exhibit
        Three bars a member: votes, Banzhaf index, Shapley–Shubik index.
    """
    needed = quota(weights, share)
    votes = np.array(weights) / sum(weights)
    swing, pivot = banzhaf(needed, weights), shapley_shubik(needed, weights)
    bars = (("share of the votes", votes), ("share of the power (Banzhaf)", swing), ("(Shapley–Shubik)", pivot))
    figure = go.Figure(
        [
            {
                "type": "bar",
                "name": name,
                "x": [
                    f"{member}<br>{number(w)} {'vote' if w == 1 else 'votes'}"
                    for member, w in zip(members, weights, strict=True)
                ],
                "y": (100 * values).tolist(),
                "text": [percent(v) for v in values],
                "textposition": "outside",
                "cliponaxis": False,
                "marker": {"color": COLOURS[i], "pattern": {**STRIPES, "shape": PATTERNS[i]}},
            }
            for i, (name, values) in enumerate(bars)
        ],
        layout(height=400, showlegend=True, barmode="group", margin={"t": 76}, yaxis={"range": [0, 110], "title": "%"}),
    )
    rows = tuple(
        (member, float(w), percent(v, 1), percent(b, 1), percent(s, 1))
        for member, w, v, b, s in zip(members, weights, votes, swing, pivot, strict=True)
    )
    table = Table(("member", "votes", "of the votes", "Banzhaf", "Shapley–Shubik"), rows, f"It takes {needed} votes")
    return Exhibit(figure, _say_power(members, weights, needed, swing), table)


def _say_power(members: Sequence[str], weights: Sequence[int], needed: int, swing: Any) -> str:
    total = sum(weights)
    first = f"It takes {needed} of {total} votes. "
    none = [m for m, b in zip(members, swing, strict=True) if b == 0]
    if swing.max() == 1:
        return (
            f"{first}{members[int(swing.argmax())]} decides alone; the votes of {join(none)} make no difference, ever."
        )
    least = min((i for i in range(len(members)) if weights[i] > 0), key=lambda i: weights[i])
    said = (
        f"{members[least]} has {percent(weights[least] / total)} of the votes and {percent(swing[least])} of the power"
    )
    alike = [
        f"{members[i]} with {number(weights[i])}"
        for i in range(len(members))
        if i != least and abs(swing[i] - swing[least]) < 1e-12 and weights[i] > weights[least]
    ]
    if swing[least] == 0:
        return f"{first}{said}: no coalition ever needs {members[least]}."
    if alike:
        return f"{first}{said}, as much as {join(alike)} votes."
    return f"{first}{said}: of all the cases in which one member tips a coalition, that share is {members[least]}'s."


def juries(p: float, n: int, *, follow: float, skill: float, trust: float, own_interest: float) -> Exhibit:
    """Compare many heads, an expert who decides, and many heads whom the expert advises.

    Parameters
    ----------
    p : float
        Chance that one person is right.
    n : int
        How many vote, odd.
    follow : float
        How often all follow one voice.
    skill, own_interest : float
        The expert's chance of knowing, and the share of questions in which the expert's interest is the opposite.
    trust : float
        Share of people who follow the expert's advice.

    Returns
    -------
    Exhibit
        Chance of being right against the number of people, a line for each way of deciding.
    """
    sizes = [1, 3, 5, 7, 9, 11, 15, 21, 31, 41, 51, 71, 101, 151, 201, 301]
    alone = expert(skill, own_interest=own_interest)
    settings = {"skill": skill, "trust": trust, "own_interest": own_interest}
    ways = {
        "the people, each by themselves" if follow == 0 else "the people, sometimes a herd": [
            herd(p, m, follow=follow) for m in sizes
        ],
        "the expert decides": [alone] * len(sizes),
        "the expert advises, the people decide": [advised(p, m, **settings) for m in sizes],
    }
    here = (herd(p, n, follow=follow), alone, advised(p, n, **settings))
    lines: list[dict[str, Any]] = [
        {
            "type": "scatter",
            "mode": "lines",
            "name": name,
            "x": sizes,
            "y": [100 * v for v in values],
            "line": {"color": COLOURS[i], "dash": DASHES[i], "width": 3},
        }
        for i, (name, values) in zip((0, 5, 2), ways.items(), strict=False)
    ]
    marks = [
        {
            "type": "scatter",
            "mode": "markers",
            "x": [n],
            "y": [100 * v],
            "marker": {"color": COLOURS[i], "symbol": symbol, "size": 13, "line": {"width": 1, "color": "#000000"}},
            "showlegend": False,
        }
        for v, i, symbol in zip(here, (0, 5, 2), ("circle", "square", "diamond"), strict=True)
    ]
    figure = go.Figure(
        [*lines, *marks],
        layout(
            height=420,
            showlegend=True,
            legend={"y": 1.02},
            margin={"t": 84},
            xaxis={"range": [0, 305], "title": "how many people vote"},
            yaxis={"range": [0, 103], "title": "chance of being right, %"},
        ),
    )
    best = max(zip(ways, here, strict=True), key=lambda pair: pair[1])[0]
    voters = f"One person is right in {percent(here[0])} of cases"
    if n > 1:
        voters = (
            f"Of {n} people who are each right in {percent(p)} of cases, the majority is right in {percent(here[0])}"
        )
    sentence = (
        f"{voters}. The expert who decides is right in "
        f"{percent(alone)}; with the expert's advice, which {percent(trust)} follow, the people are right in "
        f"{percent(here[2])}. Best here: {best}."
    )
    rows = tuple((name, percent(v, 1)) for name, v in zip(ways, here, strict=True))
    table = Table(("who decides", "right"), rows, f"{n} people, each right in {percent(p)} of cases")
    return Exhibit(figure, sentence, table)


def circle(voters: Sequence[str], ballots: Sequence[str], order: str) -> Exhibit:
    """Show three ballots, who beats whom in pairs, and what an agenda makes of it.

    Parameters
    ----------
    voters : sequence of str
        Three names.
    ballots : sequence of str
        Three orders of A, B and C, best first.
    order : str
        The agenda: the first two meet, the winner meets the third.

    Returns
    -------
    Exhibit
        Left, the ballots; right, an arrow from each winner of a pair to its loser.
    """
    table = beats(ballots)
    best, left = winner(ballots), agenda(ballots, order)
    colours = dict(zip("ABC", (COLOURS[0], COLOURS[1], COLOURS[2]), strict=True))
    shapes = dict(zip("ABC", ("circle", "square", "diamond"), strict=True))
    places = {o: (3.0 + 1.3 * sin(2 * pi * i / 3), 1.5 + 1.15 * cos(2 * pi * i / 3)) for i, o in enumerate("ABC")}
    columns = [-1.35 + 1.1 * v for v in range(len(ballots))]
    spots = [
        (x, 2.6 - 1.1 * rank, o) for x, ballot in zip(columns, ballots, strict=True) for rank, o in enumerate(ballot)
    ]
    spots += [(*places[o], o) for o in "ABC"]
    figure = go.Figure(
        [
            {
                "type": "scatter",
                "mode": "markers+text",
                "name": f"{option}: {OPTIONS[option]}",
                "x": [x for x, _, o in spots if o == option],
                "y": [y for _, y, o in spots if o == option],
                "text": option,
                "textfont": {"size": 16, "color": "#000000"},
                "marker": {
                    "symbol": shapes[option],
                    "size": 38,
                    "color": "#ffffff",
                    "line": {"width": 4, "color": colours[option]},
                },
            }
            for option in "ABC"
        ],
        layout(
            height=400,
            showlegend=True,
            margin={"l": 16, "b": 16, "t": 64},
            xaxis={"range": [-2.1, 5], "visible": False},
            yaxis={"range": [-0.3, 3.5], "visible": False},
        ),
    )
    for x, name in zip(columns, voters, strict=True):
        figure.add_annotation(x=x, y=3.3, text=name, showarrow=False)
    for one, two in (("A", "B"), ("B", "C"), ("C", "A")):
        ahead = table["ABC".index(one), "ABC".index(two)]
        first, second = (one, two) if 2 * ahead > len(ballots) else (two, one)
        figure.add_annotation(**_arrow(places[first], places[second]))
        middle = [
            (a + b) / 2 + 0.6 * ((a + b) / 2 - c)
            for a, b, c in zip(places[first], places[second], (3, 1.5), strict=True)
        ]
        text = f"{max(ahead, len(ballots) - ahead)} : {min(ahead, len(ballots) - ahead)}"
        figure.add_annotation(x=middle[0], y=middle[1], text=text, showarrow=False, font={"size": 14})
    rows = tuple(
        (f"{one} against {two}", f"{a} : {len(ballots) - a}", one if 2 * a > len(ballots) else two)
        for one, two in (("A", "B"), ("B", "C"), ("A", "C"))
        for a in [int(table["ABC".index(one), "ABC".index(two)])]
    )
    orders = join(f"{name} {'–'.join(ballot)}" for name, ballot in zip(voters, ballots, strict=True))
    path = f"{order[0]} against {order[1]} first, the winner against {order[2]}"
    if best is None:
        going = "A beats B, B beats C, C beats A" if table[0, 1] > table[1, 0] else "A beats C, C beats B, B beats A"
        outcome = f"{going}, each by 2 to 1: the majority goes in a circle. On the agenda {path}, {left} wins."
    else:
        outcome = f"{best} ({OPTIONS[best]}) beats both others and wins on every agenda, this one included: {path}."
    sentence = f"{orders}. {outcome}"
    return Exhibit(figure, sentence, Table(("pair", "votes", "winner"), rows, "Votes between two at a time"))


def _arrow(tail: tuple[float, float], head: tuple[float, float]) -> dict[str, Any]:
    """An arrow between two marks that keeps clear of both."""
    start, end = (tuple(a + share * (b - a) for a, b in zip(tail, head, strict=True)) for share in (0.24, 0.76))
    place = {"x": end[0], "y": end[1], "ax": start[0], "ay": start[1]}
    refs = {"xref": "x", "yref": "y", "axref": "x", "ayref": "y"}
    return {**place, **refs, "text": "", "showarrow": True, "arrowhead": 2, "arrowwidth": 3, "arrowcolor": "#1a1a1a"}


def thresholds(n: int, *, yes: float, loss: float, mine: float, cost: float) -> Exhibit:
    """What each threshold is worth before anybody knows their side, and to me, who know mine.

    Parameters
    ----------
    n : int
        How many vote.
    yes : float
        Chance that a proposal helps a person.
    loss : float
        How much heavier a loss weighs than a gain.
    mine : float
        Chance that a proposal helps me.
    cost : float
        What each yes that must be won costs everybody in meetings, in gains.

    Returns
    -------
    Exhibit
        Worth of a proposal for one person against the number of yes votes that are needed.
    """
    needed = np.arange(1, n + 1)
    everyone = (outcomes(n, yes=yes, loss=loss) - cost * np.arange(n + 1))[1:]
    me = (outcomes(n, yes=yes, loss=loss, mine=mine) - cost * np.arange(n + 1))[1:]
    lines = (("nobody knows their side", everyone), ("I know mine", me))
    figure = go.Figure(
        [
            *(
                {
                    "type": "scatter",
                    "mode": "lines+markers",
                    "name": name,
                    "x": needed.tolist(),
                    "y": worth.tolist(),
                    "line": {"color": COLOURS[i], "dash": DASHES[j], "width": 3},
                    "marker": {"symbol": symbol, "size": 8},
                }
                for (name, worth), i, j, symbol in zip(lines, (0, 5), (0, 1), ("circle", "square"), strict=True)
            ),
            *(
                {
                    "type": "scatter",
                    "mode": "markers+text",
                    "x": [int(needed[worth.argmax()])],
                    "y": [float(worth.max())],
                    "text": ["best"],
                    "textposition": position,
                    "marker": {"symbol": "star", "size": 17, "color": COLOURS[i], "line": {"width": 1}},
                    "showlegend": False,
                }
                for (_, worth), i, position in zip(lines, (0, 5), ("top center", "bottom center"), strict=True)
            ),
        ],
        layout(
            height=400,
            showlegend=True,
            xaxis={"range": [0.5, n + 0.5], "title": f"yes votes needed, of {n}", "dtick": 1},
            yaxis={"range": [-1.1, 1.1], "title": "worth of a proposal, in gains"},
        ),
    )
    best, mine_best = int(needed[everyone.argmax()]), int(needed[me.argmax()])
    free = best_threshold(n, loss=loss)
    times = "" if loss == 1 else f"{number(loss)} times "
    sentence = (
        f"If a loss weighs {times}as much as a gain and nobody knows their side, "
        f"{best} of {n} is the best rule{'' if cost == 0 else f' ({free} if meetings cost nothing)'}. "
        f"Somebody who knows that proposals help them in {percent(mine)} of cases wants {mine_best} of {n}"
        f"{', the same' if mine_best == best else ''}."
    )
    rows = tuple((f"{k} of {n}", f"{a:.3f}", f"{b:.3f}") for k, a, b in zip(needed.tolist(), everyone, me, strict=True))
    columns = ("yes needed", "nobody knows their side", "I know mine")
    return Exhibit(figure, sentence, Table(columns, rows, "Worth of one proposal for one person, in gains"))
