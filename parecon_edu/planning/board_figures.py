"""Pictures of the board: what is short, what is over, what was announced and answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from parecon_edu.display import Detail, Exhibit, Table
from parecon_edu.display.style import COLOURS, DASHES, PATTERNS, WHITE_STRIPES, layout
from parecon_edu.display.words import join, number
from parecon_edu.planning.board import Board, gap_percent, price_text, side
from parecon_edu.planning.model import Plan
from parecon_edu.planning.replies import replies
from parecon_edu.planning.rules import RULES
from parecon_edu.planning.slips import SlipBoard

__all__ = ["by_hand", "no_round", "on_paper", "watched"]

_SHORT, _OVER, _FINE = COLOURS[5], COLOURS[0], COLOURS[2]
_TICKS = [1, 2, 5, 10, 20, 50, 100, 200]
FEW = 4  # goods; with more, long lists begin folded and the history names the worst good only
_END = 110.0  # percent; longer bars are cut here and keep their number
NO_HINT = "Press Hint when you are stuck: it says what hangs together, not what to announce."


def by_hand(
    board: Board,
    *,
    draft: Sequence[float] | None = None,
    hints: Sequence[str] = (),
    rules: Mapping[str, int | None] | None = None,
) -> Exhibit:
    """Draw the facilitation board: what is short and over, the rounds so far, and what the councils say.

    Parameters
    ----------
    board : Board
        The game as it stands.
    draft : sequence of float, optional
        Prices that are set but not yet announced.
    hints : sequence of str
        Hints asked for in this round.
    rules : mapping, optional
        Rounds that each rule needs from the same start; shown once the goal is reached.

    Returns
    -------
    Exhibit
        Left, a bar a good; right, the worst gap by round.
    """
    few = len(board.economy.goods) <= FEW
    details = [
        Detail("What the councils answer", tuple(reply.words for reply in replies(board)), open=few),
        Detail("Hint", tuple(hints) or (NO_HINT,), open=True, spoken=True),
        Detail("Rounds so far", _history(board)),
    ]
    if rules is not None and board.reached is not None:
        details.insert(0, Detail("Beside the rules", _beside(board, rules), open=True))
    changed = _not_asked(board, draft)
    sentence = board.sentence + (f" Not asked yet: {changed}." if changed else "")
    return Exhibit(_board_figure(board, draft=draft), sentence, _board_table(board, draft), tuple(details))


def watched(board: Board, year: Plan, *, open_answers: bool = True) -> Exhibit:
    """Draw one round of a rule at work, with every council's message.

    Parameters
    ----------
    board : Board
        The rounds up to the one shown.
    year : Plan
        The whole run.
    open_answers : bool
        Whether the councils' answers are unfolded at first.
    """
    rule = RULES[year.rule]
    details = (
        Detail("What this rule does", (rule.words, f"It reads {rule.reads}."), open=True),
        Detail("What the councils answer", tuple(reply.words for reply in replies(board)), open=open_answers),
        Detail("Rounds so far", _history(board)),
    )
    return Exhibit(_board_figure(board, rounds=year.rounds), board.sentence, _board_table(board), details)


def on_paper(board: SlipBoard) -> Exhibit:
    """Draw a class's round: the same board, with the answers that were typed in."""
    return Exhibit(
        _board_figure(board), board.sentence, _board_table(board), (Detail("Rounds so far", _history(board)),)
    )


def no_round(board: Board) -> Exhibit:
    """Draw the board before the first slips are in: empty, with the goods in their places."""
    figure = _board_figure(board)
    figure.data = ()
    sentence = "No round yet. Announce prices, let the councils fill in their slips, type them in, and press Add up."
    return Exhibit(figure, sentence, Table(("good", "announced price"), (), "Nothing is announced yet"))


def _board_figure(board: Board, *, draft: Sequence[float] | None = None, rounds: int = 0) -> go.Figure:
    goods = board.economy.goods
    places = list(range(len(goods)))
    gaps = 100 * board.now.excess
    fine = board.now.imbalance < board.goal
    labels = [f"<b>{goods[g]}</b><br>{_announced(board, g, draft)}" for g in places]
    bars = []
    for name, chosen, colour, pattern in (
        ("short", (gaps > 0) & ~fine, _SHORT, PATTERNS[1]),
        ("over", (gaps < 0) & ~fine, _OVER, PATTERNS[0]),
        ("within the goal", fine, _FINE, PATTERNS[2]),
    ):
        at = np.flatnonzero(chosen)
        bars.append(
            {
                "type": "bar",
                "orientation": "h",
                "name": name,
                "x": np.clip(gaps[at], -_END, _END).tolist(),
                "y": at.tolist(),
                "width": 0.55,
                "marker": {"color": colour, "pattern": {**WHITE_STRIPES, "shape": pattern}},
                "hoverinfo": "skip",
            }
        )
    # The words stand on the side of zero where the bar is not, so they always have room.
    words = {
        "type": "scatter",
        "mode": "text",
        "x": [-4.0 if gap > 0 else 4.0 for gap in gaps],
        "y": places,
        "text": [f"{side(gap / 100)}{' ✓' if ok else ''}" for gap, ok in zip(gaps.tolist(), fine, strict=True)],
        "textposition": ["middle left" if gap > 0 else "middle right" for gap in gaps],
        "hoverinfo": "skip",
    }
    traces = [*bars, words]
    if board.rounds > 1:
        last = np.clip(100 * board.answers[-2].excess, -_END, _END)
        mark = {"symbol": "diamond-open", "size": 9, "color": "#595959", "line": {"width": 2}}
        below = [place + 0.37 for place in places]  # under the bar, clear of its words
        traces.append(
            {"type": "scatter", "mode": "markers", "x": last.tolist(), "y": below, "marker": mark, "hoverinfo": "skip"}
        )
    worst = [100 * answers.worst for answers in board.answers]
    numbers = list(range(1, board.rounds + 1))
    traces += _worst_line(numbers, worst, goal=100 * board.goal)
    last_round = next(end for end in (12, 24, 48, 100, 200, 1000) if max(board.rounds, rounds) <= end)
    height = 150 + 48 * len(goods)
    marks = {"vals": _TICKS, "text": [f"{tick}" for tick in _TICKS]}
    return go.Figure(
        traces,
        layout(
            height=max(height, 300),
            margin={"l": 128, "r": 20, "t": 40, "b": 56},
            title="What is short, what is over" + (" (◇ a round ago)" if board.rounds > 1 else ""),
            barmode="overlay",
            xaxis={
                "domain": [0, 0.56],
                "range": [-1.12 * _END, 1.12 * _END],
                "title": {"text": "◀ over    gap, %    short ▶", "standoff": 8},
                "tickvals": [-100, -50, 0, 50, 100],
                "ticktext": ["100", "50", "0", "50", "100"],
                "zerolinewidth": 2,
                "automargin": False,
            },
            yaxis={
                "range": [len(goods) - 0.4, -0.6],
                "tickvals": places,
                "ticktext": labels,
                "showgrid": False,
                "zeroline": False,
                "automargin": False,
            },
            xaxis2={"domain": [0.7, 1], "range": [0.3, last_round + 0.7], "title": {"text": "round", "standoff": 8}}
            | {"automargin": False},
            yaxis2={
                "anchor": "x2",
                "type": "log",
                "range": [0, np.log10(250)],
                "tickvals": marks["vals"],
                "ticktext": marks["text"],
                "title": "worst gap, %",
                "automargin": False,
            },
            shapes=[_band(-100 * board.goal, 100 * board.goal)],
        ),
    )


def _worst_line(numbers: list[int], worst: list[float], *, goal: float) -> list[dict[str, Any]]:
    house = {"type": "scatter", "xaxis": "x2", "yaxis": "y2", "hoverinfo": "skip"}
    line = {"color": "#1a1a1a", "width": 2}
    shown = np.clip(worst, 1.05, 240).tolist()
    return [
        {**house, "mode": "lines", "x": [0, 1000], "y": [goal, goal], "line": {"color": _FINE, "dash": DASHES[1]}},
        {**house, "mode": "lines+markers", "x": numbers, "y": shown, "line": line, "marker": {"size": 6}},
        {
            **house,
            "mode": "markers+text",
            "x": numbers[-1:],
            "y": shown[-1:],
            "text": [gap_percent(worst[-1] / 100)],
            "textposition": "top right" if len(numbers) < 6 else "top left",
            "marker": {"size": 12, "color": _FINE if worst[-1] < goal else _SHORT, "symbol": "square"},
        },
    ]


def _band(low: float, high: float) -> dict[str, Any]:
    return {
        "type": "rect",
        "xref": "x",
        "yref": "paper",
        "x0": low,
        "x1": high,
        "y0": 0,
        "y1": 1,
        "fillcolor": _FINE,
        "opacity": 0.18,
        "line": {"width": 0},
        "layer": "below",
    }


def _announced(board: Board, g: int, draft: Sequence[float] | None) -> str:
    """Write a good's announced price, and the one that is set and not announced yet."""
    price = board.announced[-1][g]
    new = price if draft is None else float(draft[g])
    return price_text(price) if abs(new / price - 1) < 1e-9 else f"{price_text(price)} → {price_text(new)}"


def _not_asked(board: Board, draft: Sequence[float] | None) -> str:
    """Say which prices are set and not announced."""
    if draft is None:
        return ""
    pairs = zip(board.economy.goods, board.announced[-1], draft, strict=True)
    return join(
        f"{good} {price_text(old)} → {price_text(new)}" for good, old, new in pairs if abs(new / old - 1) > 1e-9
    )


def _board_table(board: Board, draft: Sequence[float] | None = None) -> Table:
    now = board.now
    rows = tuple(
        (
            f"{good} ({board.units[g]})" if board.units and board.units[g] != good else str(good),
            _announced(board, g, draft),
            round(float(now.supply[g])),
            round(float(now.demand[g])),
            side(float(now.excess[g])),
        )
        for g, good in enumerate(board.economy.goods)
    )
    caption = f"Round {board.rounds}. The gap is the difference, as a share of the average of offered and asked for"
    return Table(("good", "announced price", "offered", "asked for", "gap"), rows, caption)


def _history(board: Board) -> Table:
    few = len(board.economy.goods) <= FEW
    columns = ("round", *(str(good) for good in board.economy.goods if few), "worst gap", "where")
    rows = tuple(
        (str(n), *(price_text(price) for price in prices if few), gap_percent(worst), good)
        for n, prices, worst, good in board.history()
    )
    return Table(columns, rows, "Announced prices, and the worst gap that was left")


def _beside(board: Board, rules: Mapping[str, int | None]) -> Table:
    mine = f"{board.asked}" if not board.taken_back else f"{board.asked}, {board.taken_back} of them taken back"
    rows = [("you, by hand", mine, "what you saw on the board")]
    rows += [
        (name, "over 200" if rounds is None else str(rounds), RULES[name].reads)
        for name, rounds in sorted(rules.items(), key=lambda item: item[1] or 10**9)
    ]
    return Table(
        ("who", "rounds", "reads"), tuple(rows), f"Rounds until every gap is under {number(100 * board.goal)} %"
    )
