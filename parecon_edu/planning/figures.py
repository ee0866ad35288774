"""Pictures of rounds, plans and boards gone wrong, each with its sentence and table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from parecon_edu.display import Detail, Exhibit, Table
from parecon_edu.display.style import COLOURS, DASHES, GREY, PATTERNS, layout
from parecon_edu.display.words import join, number
from parecon_edu.economy.model import Economy, worker_proposals
from parecon_edu.planning.board import Board, be, capital, gap_percent, side
from parecon_edu.planning.hiding import like, same_means
from parecon_edu.planning.model import Plan
from parecon_edu.planning.replies import changed_words, replies
from parecon_edu.planning.rules import RULES
from parecon_edu.planning.slips import SlipBoard
from parecon_edu.planning.town import TownPlan

__all__ = ["by_hand", "gets", "hidden", "makes", "no_round", "on_paper", "overshoot", "watched"]

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
                "marker": {"color": colour, "pattern": _pattern(pattern)},
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


def _pattern(shape: str | list[str]) -> dict[str, Any]:
    return {"shape": shape, "fillmode": "overlay", "fgcolor": "#ffffff", "fgopacity": 0.7}


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
    return _price(price) if abs(new / price - 1) < 1e-9 else f"{_price(price)} → {_price(new)}"


def _price(value: float) -> str:
    return number(value, 2 if value < 100 else 0)


def _not_asked(board: Board, draft: Sequence[float] | None) -> str:
    """Say which prices are set and not announced."""
    if draft is None:
        return ""
    pairs = zip(board.economy.goods, board.announced[-1], draft, strict=True)
    return join(f"{good} {_price(old)} → {_price(new)}" for good, old, new in pairs if abs(new / old - 1) > 1e-9)


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
        (str(n), *(_price(price) for price in prices if few), gap_percent(worst), good)
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


# --- a finished plan ------------------------------------------------------------------------------------------------


def makes(now: TownPlan, before: TownPlan | None = None, *, change: str = "") -> Exhibit:
    """Draw who makes what in a finished plan, with benefit over cost, smoke and its charge.

    Parameters
    ----------
    now : TownPlan
        The plan shown.
    before : TownPlan, optional
        The plan it is compared with, drawn as marks.
    change : str
        What differs between the two, as the beginning of a sentence: "If Harbour …".
    """
    economy = now.economy
    names = list(economy.workplaces)
    values = now.prices[economy.product] * now.proposals.output
    order = list(range(len(names)))
    made_goods = sorted({int(g) for g in economy.product})
    traces: list[dict[str, Any]] = [
        {
            "type": "bar",
            "orientation": "h",
            "name": economy.goods[g],
            "x": [float(values[j]) for j in order if economy.product[j] == g],
            "y": [names[j] for j in order if economy.product[j] == g],
            "text": [f" {_made(now, j)}" for j in order if economy.product[j] == g],
            "textposition": "outside",
            "cliponaxis": False,
            "constraintext": "none",
            "hoverinfo": "skip",
            "marker": {"color": COLOURS[n], "pattern": _pattern(PATTERNS[n])},
        }
        for n, g in enumerate(made_goods)
    ]
    if before is not None and change:
        old = before.prices[economy.product] * before.proposals.output
        mark = {"symbol": "line-ns-open", "size": 16, "color": "#1a1a1a", "line": {"width": 3}}
        traces.append(
            {
                "type": "scatter",
                "mode": "markers",
                "name": "before",
                "x": old.tolist(),
                "y": names,
                "marker": mark,
                "hoverinfo": "skip",
            }
        )
    figure = go.Figure(
        traces,
        layout(
            height=90 + 27 * len(names),
            margin={"l": 182, "r": 16, "t": 44, "b": 52},
            showlegend=True,
            xaxis={"range": [0, _nice(1.45 * max(values.max(), 1))], "title": "points a week", "automargin": False},
            yaxis={"categoryorder": "array", "categoryarray": names[::-1], "automargin": False},
        ),
    )
    return Exhibit(figure, _say_makes(now, before, change), _makes_table(now), _plan_details(now, before, change))


def gets(now: TownPlan, before: TownPlan | None = None, *, change: str = "") -> Exhibit:
    """Draw who gets what in a finished plan: each neighbourhood's points, good by good."""
    economy = now.economy
    names = list(economy.neighbourhoods)
    wanted = [g for g in range(len(economy.goods)) if economy.tastes[:, g].any()]
    spent = now.consumption * now.prices
    traces = [
        {
            "type": "bar",
            "orientation": "h",
            "name": economy.goods[g],
            "x": spent[:, g].tolist(),
            "y": names,
            "text": [number(amount, 0) for amount in now.consumption[:, g]],
            "textposition": "inside",
            "insidetextanchor": "middle",
            "textangle": 0,
            "textfont": {"size": 12, "color": "#1a1a1a"},
            "hoverinfo": "skip",
            "marker": {"color": _PALE[n], "line": {"color": "#ffffff", "width": 2}},
        }
        for n, g in enumerate(wanted)
    ]
    figure = go.Figure(
        traces,
        layout(
            height=110 + 34 * len(names),
            margin={"l": 112, "r": 16, "t": 44, "b": 52},
            barmode="stack",
            showlegend=True,
            legend={"traceorder": "normal"},
            xaxis={"range": [0, 1.02 * float(economy.income.max())], "title": "points a week; the numbers are amounts"},
            yaxis={"categoryorder": "array", "categoryarray": names[::-1], "automargin": False},
        ),
    )
    return Exhibit(figure, _say_gets(now, before, change), _gets_table(now), _plan_details(now, before, change))


# Light tones under dark numbers: contrast of the text is at least 4.5 on each.
_PALE = ("#9ecae9", "#ffd27f", "#8fd9bf", "#e9bcd6", "#d9d9d9", "#f3ec9a")


def _made(now: TownPlan, j: int) -> str:
    smoke = f" · smoke {number(float(now.smoke[j]))}" if now.smoke[j] > 0 else ""
    return f"{number(float(now.proposals.output[j]), 0)}{smoke}"


def _makes_table(now: TownPlan) -> Table:
    economy = now.economy
    rows: list[tuple[str | float | int, ...]] = [
        (
            name,
            f"{number(float(now.proposals.output[j]), 0)} {economy.goods[economy.product[j]]}",
            f"{now.proposals.benefit_cost[j]:.2f}",
            number(float(now.smoke[j])),
            round(float(now.smoke[j] * now.charge)),
        )
        for j, name in enumerate(economy.workplaces)
    ]
    columns = ("workplace", "makes", "benefit/cost", "smoke", "charge, points")
    return Table(columns, tuple(rows), "Who makes what, a week")


def _gets_table(now: TownPlan) -> Table:
    economy = now.economy
    wanted = [g for g in range(len(economy.goods)) if economy.tastes[:, g].any()]
    rows: tuple[tuple[str | float | int, ...], ...] = tuple(
        (name, *(round(float(now.consumption[h, g])) for g in wanted)) for h, name in enumerate(economy.neighbourhoods)
    )
    columns = ("neighbourhood", *(str(economy.goods[g]) for g in wanted))
    return Table(columns, rows, "Who gets what, a week (of a public good: the part that it pays for; all share it)")


def _plan_details(now: TownPlan, before: TownPlan | None, change: str) -> tuple[Detail, ...]:
    economy = now.economy
    if before is None or not change:
        rows: tuple[tuple[str, ...], ...] = tuple(
            (str(good), _price(float(price))) for good, price in zip(economy.goods, now.prices, strict=True)
        )
        rows += (("smoke, a unit", _price(now.charge)),)
        return (Detail("Prices of this plan", Table(("good", "price"), rows, "Points")),)
    pairs = zip((*economy.goods, "smoke, a unit"), before.all_prices, now.all_prices, strict=True)
    rows = tuple(
        (str(good), _price(float(old)), _price(float(new)), _signed_percent(float(new / old - 1)))
        for good, old, new in pairs
    )
    return (Detail("Prices of this plan", Table(("good", "before", "now", "change"), rows, "Points")),)


def _say_makes(now: TownPlan, before: TownPlan | None, change: str) -> str:
    economy = now.economy
    if before is not None and change:
        ratio = now.proposals.output / before.proposals.output
        most, least = int(np.argmax(ratio)), int(np.argmin(ratio))
        moved = now.prices / before.prices - 1
        g = int(np.argmax(np.abs(moved)))
        return (
            f"{change}, {economy.workplaces[most]} makes {_change(economy, most, ratio)} and "
            f"{economy.workplaces[least]} {_change(economy, least, ratio)}. The price that moves most is that of "
            f"{economy.goods[g]}: {_signed_percent(float(moved[g]))}. Smoke goes from {number(before.total_smoke)} to "
            f"{number(now.total_smoke)} units."
        )
    ratio = now.proposals.benefit_cost
    high, low = int(np.argmax(ratio)), int(np.argmin(ratio))
    dirty = int(np.argmax(now.smoke))
    share = now.charge * now.smoke[dirty] / (now.prices[economy.product[dirty]] * now.proposals.output[dirty])
    return (
        f"Every workplace brings more than it uses up: for each point of cost, {economy.workplaces[high]} brings "
        f"{ratio[high]:.2f} and {economy.workplaces[low]} {ratio[low]:.2f}. {economy.workplaces[dirty]} emits "
        f"{number(float(now.smoke[dirty]))} of the {number(now.total_smoke)} units of smoke. Each unit is charged "
        f"{number(now.charge, 0)} points; that takes {number(100 * float(share), 0)} % of what its product is worth."
    )


def _say_gets(now: TownPlan, before: TownPlan | None, change: str) -> str:
    economy = now.economy
    private = [g for g in range(len(economy.goods)) if economy.kinds[g] == "private" and economy.tastes[:, g].any()]
    if before is not None and change:
        ratio = now.consumption[:, private] / before.consumption[:, private]
        still = [h for h in range(len(ratio)) if np.array_equal(economy.tastes[h], before.economy.tastes[h])]
        step = ratio[still][0] - 1
        less, more = int(np.argmin(step)), int(np.argmax(step))
        return (
            f"{change}, the others' shares of points stay as they are, but prices move: each of them gets "
            f"{_moved(str(economy.goods[private[less]]), float(step[less]))} and "
            f"{_moved(str(economy.goods[private[more]]), float(step[more]))}."
        )
    share = economy.tastes / economy.tastes.sum(axis=1, keepdims=True)
    g = private[int(np.argmax(share[:, private].max(axis=0) - share[:, private].min(axis=0)))]
    high, low = int(np.argmax(share[:, g])), int(np.argmin(share[:, g]))
    good = str(economy.goods[g])
    return (
        f"Everybody has the same points, and asks for different things: {economy.neighbourhoods[high]} takes home "
        f"{number(float(now.consumption[high, g]), 0)} of {good}, {economy.neighbourhoods[low]} "
        f"{number(float(now.consumption[low, g]), 0)}. Nobody told them to; their own proposals add up."
    )


def _change(economy: Economy, j: int, ratio: Any) -> str:
    return _moved(str(economy.goods[economy.product[j]]), float(ratio[j] - 1))


def _moved(good: str, step: float) -> str:
    if abs(step) >= 0.005:
        return changed_words(good, 1 + step)
    return f"{number(100 * abs(step), 1)} % {'more' if step > 0 else 'fewer' if be(good) == 'are' else 'less'} {good}"


def _signed_percent(step: float) -> str:
    text = number(100 * abs(step), 1)
    return "0 %" if text == "0" else f"{'+' if step > 0 else '−'}{text} %"


def _nice(value: float) -> float:
    """Round up to a number with one or two digits, so that the axis stands still while little changes."""
    size = 10 ** np.floor(np.log10(value))
    return float(np.ceil(value / size * 2) / 2 * size)


# --- boards gone wrong ----------------------------------------------------------------------------------------------


def overshoot(year: Plan, calm: Plan, *, kappa: float, calm_kappa: float, place: str, limit: int) -> Exhibit:
    """Draw a board that reacts too strongly, or just strongly enough.

    Parameters
    ----------
    year, calm : Plan
        The run shown, and one with a calm board.
    kappa, calm_kappa : float
        How strongly each reacts.
    place : str
        Which town, in words.
    limit : int
        Rounds after which the board gives up.

    Returns
    -------
    Exhibit
        Left, the worst gap by round; right, the price of the good that swings most.
    """
    worst = 100 * year.worst
    g = int(np.argmax(np.abs(np.diff(np.log(year.price_history[-12:]), axis=0)).sum(axis=0))) if year.rounds > 1 else 0
    good = year.goods[g]
    path = year.price_history[:, g]
    at = list(range(1, year.rounds + 1))
    goal = 100 * year.threshold
    grey, black = {"color": GREY, "width": 2, "dash": DASHES[2]}, {"color": _SHORT, "width": 2.5}
    calm_at = list(range(1, calm.rounds + 1))
    line = {"type": "scatter", "mode": "lines", "hoverinfo": "skip"}
    right = {**line, "xaxis": "x2", "yaxis": "y2", "showlegend": False}
    traces = [
        {**line, "x": [0, limit + 5], "y": [goal, goal], "name": f"goal, {number(goal)} %"}
        | {"line": {"color": _FINE, "dash": DASHES[1]}},
        {
            **line,
            "x": calm_at,
            "y": np.clip(100 * calm.worst, 1.05, 240).tolist(),
            "name": f"to compare, {calm_kappa:.2f}",
        }
        | {"line": grey},
        {**line, "x": at, "y": np.clip(worst, 1.05, 240).tolist(), "name": f"reaction {kappa:.2f}", "line": black},
        {**right, "x": calm_at, "y": calm.price_history[:, g].tolist(), "line": grey},
        {**right, "x": at, "y": path.tolist(), "line": black},
    ]
    end = float(calm.prices[g])
    figure = go.Figure(
        traces,
        layout(
            height=380,
            margin={"l": 62, "r": 16, "t": 50, "b": 56},
            showlegend=True,
            legend={"x": 0, "y": 1.03},
            xaxis={"domain": [0, 0.54], "range": [0, limit + 1], "title": "round", "automargin": False},
            yaxis={
                "type": "log",
                "range": [0, np.log10(250)],
                "tickvals": _TICKS,
                "ticktext": [str(tick) for tick in _TICKS],
                "title": "worst gap, %",
                "automargin": False,
            },
            xaxis2={"domain": [0.68, 1], "range": [0, limit + 1], "title": "round", "automargin": False},
            yaxis2={
                "anchor": "x2",
                "type": "log",
                "range": [float(np.log10(end / 8)), float(np.log10(end * 20))],
                "tickvals": _nice_ticks(end / 8, end * 20),
                "ticktext": [_price(tick) for tick in _nice_ticks(end / 8, end * 20)],
                "title": f"price of {good}",
                "automargin": False,
            },
        ),
    )
    rows = tuple(
        (str(n), gap_percent(float(year.worst[n - 1])), _price(float(path[n - 1])))
        for n in sorted({1, *range(10, year.rounds, 10), year.rounds})
    )
    table = Table(("round", "worst gap", f"price of {good}"), rows, f"{place}, reaction {kappa:.2f}")
    return Exhibit(figure, _say_overshoot(year, calm, kappa, calm_kappa, place, g), table)


def _nice_ticks(low: float, high: float) -> list[float]:
    """Give 1, 2 and 5 times powers of ten within the range."""
    ticks = [digit * 10.0**power for power in range(-4, 6) for digit in (1, 2, 5)]
    return [tick for tick in ticks if low <= tick <= high]


def _say_overshoot(year: Plan, calm: Plan, kappa: float, calm_kappa: float, place: str, g: int) -> str:
    good, path = year.goods[g], year.price_history[:, g]
    beside = (
        f"with {calm_kappa:.2f} they meet after {calm.rounds}" if calm.converged else f"with {calm_kappa:.2f} neither"
    )
    if year.converged:
        same = abs(kappa - calm_kappa) < 1e-9
        return f"{place}, reaction {kappa:.2f}: the proposals meet after {year.rounds} rounds" + (
            "." if same else f"; {beside}."
        )
    if kappa < calm_kappa:
        left = gap_percent(float(year.worst[-1]))
        return (
            f"{place}, reaction {kappa:.2f}: too timid. After {year.rounds} rounds a gap of {left} is left, and it is "
            f"still closing; {beside}."
        )
    tail = path[-10:]
    return (
        f"{place}, reaction {kappa:.2f}: the board overshoots and never settles. In the last ten rounds the price of "
        f"{good} swings between {_price(float(tail.min()))} and {_price(float(tail.max()))}, and the worst gap after "
        f"{year.rounds} rounds is {gap_percent(float(year.worst[-1]))}; {beside}."
    )


def hidden(
    true: Economy, honest: Plan, told: Economy, year: Plan, *, workplace: str, share: float, both: bool = False
) -> Exhibit:
    """Draw a council that hides capacity: what benefit over cost shows of it, and what comparing like councils shows.

    Parameters
    ----------
    true, honest
        The economy as it is, and its plan.
    told, year
        The economy as the proposals tell it, and the plan that comes of them.
    workplace : str
        Who hides.
    share : float
        Share of its capacity that it hides.
    both : bool
        Whether those that make the same hide as much.

    Returns
    -------
    Exhibit
        Left, benefit over cost of the workplace and its like; right, what each would make from its means.
    """
    j = true.workplaces.index(workplace)
    group = [j, *like(true, j)]
    before, after = worker_proposals(true, honest.prices), worker_proposals(told, year.prices)
    names = [_broken(true.workplaces[i]) for i in group]
    ratio, ratio_before = after.benefit_cost[group], before.benefit_cost[group]
    means = [1.0, *same_means(told, year.prices, j).tolist()]
    means_before = [1.0, *same_means(true, honest.prices, j).tolist()]
    bar: dict[str, Any] = {"type": "bar", "textposition": "inside", "insidetextanchor": "middle", "textangle": 0}
    bar |= {"hoverinfo": "skip", "width": 0.6, "textfont": {"color": "#1a1a1a", "size": 16}}
    lies = [True, *[both] * (len(group) - 1)]
    marks: dict[str, Any] = {"color": ["#f2b48c" if lie else "#9ecae9" for lie in lies]}
    marks["pattern"] = _pattern([PATTERNS[1] if lie else PATTERNS[0] for lie in lies]) | {"fgcolor": "#ffffff"}
    old: dict[str, Any] = {"type": "scatter", "mode": "markers", "hoverinfo": "skip"}
    old |= {"marker": {"symbol": "line-ew-open", "size": 44, "color": "#1a1a1a", "line": {"width": 3}}}
    right = {"xaxis": "x2", "yaxis": "y2"}
    traces = [
        {**bar, "x": names, "y": ratio.tolist(), "text": [f"{r:.2f}" for r in ratio], "marker": marks},
        {**old, "x": names, "y": ratio_before.tolist()},
        {**bar, **right, "x": names, "y": means, "text": [f"{m:.2f}" for m in means], "marker": marks},
        {**old, **right, "x": names, "y": means_before},
    ]
    title = {"font": {"size": 14}, "showarrow": False, "xref": "paper", "yref": "paper", "xanchor": "left"}
    title |= {"align": "left", "yanchor": "bottom", "y": 1.02}
    figure = go.Figure(
        traces,
        layout(
            height=390,
            margin={"l": 40, "r": 16, "t": 84, "b": 66},
            xaxis={"domain": [0, 0.46], "tickangle": 0, "automargin": False},
            yaxis={"range": [0, 2.6], "automargin": False},
            xaxis2={"domain": [0.56, 1], "tickangle": 0, "automargin": False},
            yaxis2={"anchor": "x2", "range": [0, 2.6], "automargin": False},
            annotations=[
                {**title, "text": "<b>Benefit/cost</b><br>what the board sees<br>(━ if nobody hid)", "x": 0},
                {**title, "text": f"<b>From the means of<br>{workplace}</b><br>each would make …", "x": 0.56},
            ],
        ),
    )
    columns = ("workplace", "benefit/cost, honest", "as told", "from the same means", "made, honest", "as told")
    rows = tuple(
        (
            true.workplaces[i],
            f"{before.benefit_cost[i]:.2f}",
            f"{after.benefit_cost[i]:.2f}",
            f"{m:.2f}",
            round(float(before.output[i])),
            round(float(after.output[i])),
        )
        for i, m in zip(group, means, strict=True)
    )
    caption = f"{workplace} hides {number(100 * share, 0)} % of what it can do"
    sentence = _say_hidden(true, honest, year, j, share, both, means[1:], means_before[1:], after, before)
    return Exhibit(figure, sentence, Table(columns, rows, caption))


def _say_hidden(
    true: Economy,
    honest: Plan,
    year: Plan,
    j: int,
    share: float,
    both: bool,
    means: list[float],
    means_before: list[float],
    after: Any,
    before: Any,
) -> str:
    name, g = true.workplaces[j], int(true.product[j])
    others = [true.workplaces[i] for i in like(true, j)]
    ratio = f"{after.benefit_cost[j]:.2f}"
    compared = join(
        f"{other} would make {now:.2f} from its means" + (f" ({honest_now:.2f} if nobody hid)" if share else "")
        for other, now, honest_now in zip(others, means, means_before, strict=True)
    )
    compared = f"For each unit that {name} {'says it can make' if share else 'makes'}, {compared}."
    if share == 0:
        return f"{name} hides nothing. Its benefit/cost is {ratio}, and the plan takes {year.rounds} rounds. {compared}"
    who = f"{join([name, *others])} hide" if both else f"{name} hides"
    dearer, good = float(year.prices[g] / honest.prices[g]), str(true.goods[g])
    return (
        f"{who} {number(100 * share, 0)} % of what {'they' if both else 'it'} can do: {name if both else 'it'} "
        f"proposes "
        f"{number(float(after.output[j]), 0)} instead of {number(float(before.output[j]), 0)}. The proposals meet all "
        f"the same, after {year.rounds} rounds ({honest.rounds} if nobody hid), and its benefit/cost is {ratio} as "
        f"before. {capital(good)} {be(good)} {number(100 * (dearer - 1), 0)} % dearer, and every neighbourhood gets "
        f"{number(100 * (1 - 1 / dearer), 0)} % less of it. {compared}"
    )


def _broken(name: str) -> str:
    """Break a name over lines, so that it fits under a bar."""
    words = name.split()
    return "<br>".join(words) if len(words) < 4 else f"{' '.join(words[:2])}<br>{' '.join(words[2:])}"
