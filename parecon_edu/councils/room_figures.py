"""The picture of the side room: close or contested votes that go back to everybody."""

from __future__ import annotations

import plotly.graph_objects as go

from parecon_edu.councils.returns import Returned, returned
from parecon_edu.display import Exhibit, Table
from parecon_edu.display.style import COLOURS, DASHES, PATTERNS, STRIPES, layout
from parecon_edu.display.words import number, percent

__all__ = ["back"]

#: So many questions reach the top council in a year.
QUESTIONS = 100


def back(size: int, levels: int, *, stands: float, petition: float) -> Exhibit:
    """Show what sending votes back mends, and what it costs.

    Parameters
    ----------
    size, levels : int
        Members of a council, an odd number, and levels.
    stands, petition : float
        As for `returned`.

    Returns
    -------
    Exhibit
        Two bars, the smallest share that can win without a return and with one; and how many votes go back.
    """
    without, with_it = returned(size, levels), returned(size, levels, stands=stands, petition=petition)
    names = ["without<br>a return", "with it"]
    shares = [without.minority, with_it.minority]
    votes = [0.0, QUESTIONS * with_it.often]
    figure = go.Figure(
        [
            _bars(names, shares, [percent(s, 1) for s in shares], COLOURS[0], PATTERNS[0], axis=""),
            _bars(names, votes, [_votes(v) for v in votes], COLOURS[1], PATTERNS[1], axis="2"),
        ],
        layout(
            height=380,
            xaxis={"domain": [0, 0.42]},
            yaxis={"range": [0, 0.6], "tickformat": ".0%", "dtick": 0.1},
            xaxis2={"domain": [0.58, 1], "anchor": "y2"},
            yaxis2={"range": [0, 60], "anchor": "x2"},
            annotations=[
                _heading("the fewest who can win", 0.0),
                _heading("votes of everybody, a year", 0.58),
            ],
            shapes=[
                {
                    **{"type": "line", "xref": "x domain", "x0": 0, "x1": 1, "y0": 0.5, "y1": 0.5},
                    "line": {"color": "#000000", "dash": DASHES[2]},
                }
            ],
            margin={"t": 56},
        ),
    )
    rows = (
        ("smallest share that can win", percent(without.minority, 1), percent(with_it.minority, 1)),
        (f"of {QUESTIONS} questions, back to everybody", "0", number(votes[1], 1)),
        ("the top against most people, for good", _rare(without.wrong), _rare(with_it.wrong)),
    )
    table = Table(("what", "without a return", "with it"), rows, f"{levels} levels of councils of {size}")
    return Exhibit(figure, _say(without, with_it, votes[1]), table)


def _votes(value: float) -> str:
    return number(value, 1) if 0 < value < 9.95 else number(value, 0)


def _heading(text: str, x: float) -> dict[str, object]:
    place = {"xref": "paper", "yref": "paper", "x": x, "y": 1.14, "xanchor": "left", "showarrow": False}
    return {"text": text, "font": {"size": 14}, **place}


def _bars(
    names: list[str], values: list[float], text: list[str], colour: str, pattern: str, *, axis: str
) -> dict[str, object]:
    return {
        "type": "bar",
        "x": names,
        "y": values,
        "text": text,
        "textposition": "outside",
        "cliponaxis": False,
        "marker": {
            "color": colour,
            "pattern": {"shape": pattern, **STRIPES},
        },
        "xaxis": f"x{axis}",
        "yaxis": f"y{axis}",
    }


def _rare(share: float) -> str:
    return "0" if share < 5e-5 else percent(share, 2)


def _say(without: Returned, with_it: Returned, votes: float) -> str:
    if votes < 0.05 and with_it.minority - without.minority < 5e-4:
        return (
            f"Nothing goes back. {percent(without.minority, 1)} of the people can win if they sit in the right places."
        )
    return (
        f"{_votes(votes) if votes >= 0.05 else 'Hardly one'} of {QUESTIONS} questions a year "
        f"{'goes' if votes < 1.05 else 'go'} back to everybody. The smallest share of the people that can win rises "
        f"from {percent(without.minority, 1)} to {percent(with_it.minority, 1)}."
    )
