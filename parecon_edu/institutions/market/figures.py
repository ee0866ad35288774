"""Pictures of the market for firewood: calls and trades of a day, what four ways of trading bring, a surprise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from parecon_edu.display import Detail, Exhibit, Table
from parecon_edu.display.style import COLOURS, DASHES, GREY, PATTERNS, layout
from parecon_edu.display.words import join, number, percent
from parecon_edu.institutions.market.cards import Cards, Crossing, crossing, held
from parecon_edu.institutions.market.pit import HOW, Call, Day, play, settled
from parecon_edu.institutions.market.pit import Table as Seat

__all__ = ["HOW_WORDS", "adjusting", "at_the_table", "ways"]

#: How people behave, in the words of a control.
HOW_WORDS: Mapping[str, str] = {
    "watchful": "people who watch and hold out for more",
    "random": "anybody: random calls, but never at a loss",
    "reckless": "nobody looks: random calls, even at a loss",
    "pairs": "no calling out: they meet two by two",
}
_BID, _ASK, _SOLD = COLOURS[0], COLOURS[5], COLOURS[7]
_TOP = 54.0  # of the price axis
_TOP_MOVED = 60.0
_RIGHT = 0.68  # where the curves begin, as a share of the width
_HEARD = 6  # so many calls are listed, the last one first
_MOVED_TOP = 10  # days


# --- a day at the table -----------------------------------------------------------------------------------------------


def at_the_table(table: Seat, *, price: float | None = None) -> Exhibit:
    """Draw the day as somebody at the table sees it: what was called, what stands, what was sold.

    The cards of the others, the two curves and where they cross are shown when the market has closed, not before.

    Parameters
    ----------
    table : pit.Table
        The market with you in it.
    price : float, optional
        The price that you have in mind and have not called.

    Returns
    -------
    Exhibit
        Left, calls and sales in order; right, the two curves once the day is over.
    """
    details = [Detail("Heard today, the last call first", _heard(table.day) or ("Nothing yet.",), open=True)]
    if len(table.days) > 1:
        details.append(Detail("Days so far", _days(table)))
    draft = None if table.day.over or table.mine else price
    return Exhibit(_table_figure(table, draft), _say_table(table, draft), _sold(table, draft), tuple(details))


def _table_figure(table: Seat, draft: float | None) -> go.Figure:
    day, over, card = table.day, table.day.over, table.cards.limit(table.you)
    calls = list(enumerate(day.calls, start=1))
    traces = [
        _calls([(n, c) for n, c in calls if c.bid], table.you, "bid", colour=_BID, symbol="triangle-up"),
        _calls([(n, c) for n, c in calls if not c.bid], table.you, "ask", colour=_ASK, symbol="triangle-down"),
        _sales([trade.at for trade in day.trades], day.prices, text=True),
    ]
    end = next(end for end in (40, 80, 160, 400) if len(day.calls) <= end)
    shapes: list[dict[str, Any]] = [_line(card, "x domain", "y")]
    notes = [_note(f"your card: {card:g}", x=0.99, y=card, xref="x domain", right=True)]
    if draft is not None:
        shapes.append({**_line(draft, "x domain", "y"), "line": {"color": COLOURS[0], "width": 1.5, "dash": "dash"}})
        notes.append(_note(f"your price: {draft:g}", x=0.66, y=draft, xref="x domain", right=True))
    if over:
        traces += [*_curves(day.cards), _sales([n + 0.5 for n in range(len(day.trades))], day.prices, axis="2")]
        meet = crossing(day.cards)
        shapes += [_band(meet, "x domain", "y"), _band(meet, "x2 domain", "y2")]
        # Above the frame: a load can be sold at any price, so inside it a star may lie anywhere.
        for words, colour, up in (("— buyers' values", _BID, 15), ("- - sellers' costs", _ASK, 0)):
            note = _note(words, x=0, y=1, xref="x2 domain", colour=colour)
            notes.append({**note, "yref": "paper", "yshift": up})
    else:
        # Nothing is drawn on the right yet, so plotly has no axes there: the back of the cards stands on the page.
        back = {"type": "rect", "xref": "paper", "yref": "paper", "x0": _RIGHT, "x1": 1, "y0": 0, "y1": 1}
        shapes.append({**back, "fillcolor": "#f0f0f0", "line": {"color": "#c9c9c9", "width": 1}})
        words = "the cards lie<br>face down until<br>the market closes"
        notes.append(_note(words, x=(1 + _RIGHT) / 2, y=_TOP / 2, xref="paper", middle=True))
    most = max(len(day.cards.buyers), len(day.cards.sellers))
    price = {"range": [0, _TOP], "dtick": 10, "zeroline": False, "automargin": False}
    return go.Figure(
        traces,
        layout(
            height=400,
            margin={"l": 52, "r": 12, "t": 40, "b": 52},
            title=f"Day {len(table.days)}: ▲ bids, ▼ asks, ★ sold",
            xaxis={"domain": [0, 0.62], "range": [0, end + 1], "title": "calls, in order", "automargin": False},
            yaxis={**price, "title": "points a load"},
            xaxis2={"domain": [_RIGHT, 1], "range": [0, most], "title": "loads", "dtick": 2, "automargin": False},
            yaxis2={**price, "anchor": "x2", "showticklabels": False},
            shapes=shapes,
            annotations=notes,
        ),
    )


def _calls(calls: list[tuple[int, Call]], you: str, name: str, *, colour: str, symbol: str) -> dict[str, Any]:
    """Calls of one side; your own are filled and larger."""
    mine = [call.who == you for _, call in calls]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": name,
        "x": [n for n, _ in calls],
        "y": [call.price for _, call in calls],
        "customdata": [call.who for _, call in calls],
        "marker": {
            "symbol": [symbol if own else f"{symbol}-open" for own in mine],
            "size": [14 if own else 9 for own in mine],
            "color": colour,
            "line": {"width": 1.5, "color": colour},
        },
        "hovertemplate": f"%{{customdata}}: {name} %{{y:.0f}}<extra></extra>",
    }


def _sales(places: Sequence[float], prices: Sequence[float], *, text: bool = False, axis: str = "") -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers+text" if text else "markers",
        "name": "sold",
        "x": list(places),
        "y": list(prices),
        "text": [f"<b>{price:.0f}</b>" for price in prices] if text else None,
        "textposition": "top center",
        "marker": {"symbol": "star", "size": 13, "color": _SOLD},
        "xaxis": f"x{axis}",
        "yaxis": f"y{axis}",
        "hovertemplate": "sold at %{y:.0f}<extra></extra>",
    }


def _curves(cards: Cards) -> list[dict[str, Any]]:
    """The two curves as stairs: one step a card."""
    sides = (
        ("buyers' values", np.sort(cards.values)[::-1], _BID, DASHES[0]),
        ("sellers' costs", np.sort(cards.costs), _ASK, DASHES[1]),
    )
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "name": name,
            "x": np.repeat(np.arange(steps.size + 1), 2)[1:-1].tolist(),
            "y": np.repeat(steps, 2).tolist(),
            "line": {"color": colour, "width": 2.5, "dash": dash},
            "xaxis": "x2",
            "yaxis": "y2",
            "hovertemplate": "%{y:.0f}<extra>" + name + "</extra>",
        }
        for name, steps, colour, dash in sides
    ]


def _line(y: float, xref: str, yref: str) -> dict[str, Any]:
    pen = {"color": GREY, "width": 1.5, "dash": "dot"}
    return {"type": "line", "xref": xref, "yref": yref, "x0": 0, "x1": 1, "y0": y, "y1": y, "line": pen}


def _band(meet: Crossing, xref: str, yref: str, x0: float = 0, x1: float = 1) -> dict[str, Any]:
    """The prices at which the two curves cross; a hair of height where it is a single price."""
    hair = 0.2 if meet.high - meet.low < 0.4 else 0
    box = {"type": "rect", "xref": xref, "yref": yref, "x0": x0, "x1": x1, "layer": "below", "line": {"width": 0}}
    return {**box, "y0": meet.low - hair, "y1": meet.high + hair, "fillcolor": "#bfe3d3"}


def _note(
    text: str, *, x: float, y: float, xref: str, right: bool = False, middle: bool = False, colour: str = "#1a1a1a"
) -> dict[str, Any]:
    place = "center" if middle else "right" if right else "left"
    where = {"x": x, "xref": xref, "y": y, "yref": "y", "xanchor": place, "yanchor": "middle" if middle else "bottom"}
    return {**where, "text": text, "showarrow": False, "font": {"size": 13, "color": colour}}


def _heard(day: Day) -> tuple[str, ...]:
    sold = {trade.at: trade for trade in day.trades}
    lines = []
    for n, call in enumerate(day.calls, start=1):
        trade = sold.get(n)
        if trade:
            verb = "takes" if call.bid else "gives it for"
            other = trade.seller if call.bid else trade.buyer
            lines.append(
                f"{call.who} {verb} {call.price:.0f}: sold, {trade.seller} to {trade.buyer} ({other} had called)."
            )
        else:
            lines.append(f"{call.who} {'bids' if call.bid else 'asks'} {call.price:.0f}.")
    return tuple(lines[::-1][:_HEARD])


def _sold(table: Seat, draft: float | None) -> Table:
    day = table.day
    rows = []
    for n, trade in enumerate(day.trades, start=1):
        gains = (day.cards.limit(trade.buyer) - trade.price, trade.price - day.cards.limit(trade.seller))
        shown = [number(gain) for gain in gains] if day.over else ["?", "?"]
        rows.append((f"load {n}", number(trade.price), trade.buyer, shown[0], trade.seller, shown[1]))
    if draft is not None:
        card = table.cards.limit(table.you)
        mine, other = (table.you, number(card - draft if table.buys else draft - card)), ("?", "?")
        rows.append(("in your mind", number(draft), *(mine + other if table.buys else other + mine)))
    columns = ("", "price", "buyer", "gains", "seller", "gains")
    caption = "Sold today, in points; what the others gained is known when the market has closed"
    return Table(columns, tuple(rows), caption)


def _days(table: Seat) -> Table:
    rows = []
    for n, day in enumerate(table.days, start=1):
        if day.over:
            rows.append(
                (f"day {n}", len(day.trades), _number(day.average), percent(day.efficiency), day.gains()[table.you])
            )
    return Table(
        ("", "loads", "average price", "gained of what could be", "your gain"), tuple(rows), "Days that are over"
    )


def _number(value: float) -> str:
    return "–" if np.isnan(value) else number(value, 1)


def _say_table(table: Seat, draft: float | None) -> str:
    return _say_over(table) if table.day.over else _say_open(table) + _say_draft(table, draft)


def _say_draft(table: Seat, draft: float | None) -> str:
    if draft is None:
        return ""
    card = table.cards.limit(table.you)
    gain = card - draft if table.buys else draft - card
    if gain == 0:
        return f" At {draft:g} you would neither gain nor lose."
    return f" At {draft:g} you would {'gain' if gain > 0 else 'lose'} {abs(gain):g}."


def _say_open(table: Seat) -> str:
    card, day = table.cards.limit(table.you), table.day
    who = f"a load is worth {card:g} to you" if table.buys else f"a load costs you {card:g}"
    stands = join(
        f"the {word} that stands is {call.price:.0f} ({_who(call, table.you)})" if call else f"no {word} stands"
        for word, call in (("bid", table.bid), ("ask", table.ask))
    )
    sold = f"sold so far at {join(number(price) for price in day.prices)}" if day.trades else "nothing is sold yet"
    if table.mine:
        own = f"you have {'bought' if table.buys else 'sold'} at {table.mine.price:.0f}"
    else:
        own = "you have no load yet" if table.buys else "your load is not sold yet"
    return f"Day {len(table.days)}. You are {_name(table)}: {who}. {_capital(stands)}; {sold}; {own}."


def _say_over(table: Seat) -> str:
    day, meet = table.day, crossing(table.day.cards)
    if day.trades:
        low, high = min(day.prices), max(day.prices)
        between = f"at {low:.0f}" if low == high else f"at {low:.0f} to {high:.0f}, {number(day.average, 1)} on average"
        first = f"Day {len(table.days)} is over: {_loads(len(day.trades))} sold {between}."
    else:
        first = f"Day {len(table.days)} is over, and nothing was sold."
    mine = day.gains()[table.you]
    loss = (
        f"gained {number(mine)}" if mine or table.mine else f"went home {'without a load' if table.buys else 'unsold'}"
    )
    return (
        f"{first} The {len(table.cards.buyers) + len(table.cards.sellers)} cards, which nobody saw, cross at "
        f"{meet.low:g} to {meet.high:g} with {_loads(meet.loads)}. You, {_name(table)}, {loss}. "
        f"Of {number(meet.gain)} that could be gained, {number(day.gain)} were: {percent(day.efficiency)}."
    )


def _name(table: Seat) -> str:
    return table.you if table.buys else f"the seller from {table.you}"


def _who(call: Call, you: str) -> str:
    return "yours" if call.who == you else call.who


def _loads(count: int) -> str:
    return f"{count} load" if count == 1 else f"{count} loads"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


# --- how much is the rule, how much the people ------------------------------------------------------------------------


def ways(cards: Cards, *, rounds: int = 100) -> Exhibit:
    """What four ways of trading bring with the same cards: the rule and the people taken apart.

    Parameters
    ----------
    cards : Cards
        The cards.
    rounds : int
        How many days each is played, with seeds 0, 1, 2 and so on; each a first day.

    Returns
    -------
    Exhibit
        A bar a way: the average share of what could be gained, and the least and most as a whisker.
    """
    days = {how: [play(cards, how=how, seed=seed)[0] for seed in range(rounds)] for how in HOW}
    shares = {how: np.array([100 * day.efficiency for day in played]) for how, played in days.items()}
    loads = {how: float(np.mean([len(day.trades) for day in played])) for how, played in days.items()}
    spread = {how: float(np.std([price for day in played for price in day.prices])) for how, played in days.items()}
    means = {how: float(share.mean()) for how, share in shares.items()}
    figure = go.Figure(
        [
            {
                "type": "bar",
                "orientation": "h",
                "y": [_LINES[how] for how in HOW],
                "x": [means[how] for how in HOW],
                "marker": {"color": list(COLOURS[: len(HOW)]), "pattern": {"shape": list(PATTERNS[: len(HOW)])}},
                "error_x": {
                    "type": "data",
                    "symmetric": False,
                    "array": [float(shares[how].max()) - means[how] for how in HOW],
                    "arrayminus": [means[how] - float(shares[how].min()) for how in HOW],
                    "color": "#1a1a1a",
                },
                "hovertemplate": "%{y}: %{x:.0f} %<extra></extra>",
            },
            {
                "type": "scatter",
                "mode": "text",
                "y": [_LINES[how] for how in HOW],
                "x": [103.0] * len(HOW),
                "text": [f"{means[how]:.1f} %" for how in HOW],
                "textposition": "middle right",
                "hoverinfo": "skip",
            },
        ],
        layout(
            height=290,
            margin={"l": 190, "r": 12, "t": 16, "b": 52},
            xaxis={"range": [min(0.0, *means.values()), 118], "title": "gained, % of what could be", "dtick": 25},
            yaxis={"autorange": "reversed", "automargin": False},
        ),
    )
    meet = crossing(cards)
    rows = tuple(
        (
            HOW_WORDS[how],
            f"{means[how]:.1f} %",
            f"{shares[how].min():.0f} %",
            number(loads[how], 1),
            number(spread[how], 1),
        )
        for how in HOW
    )
    columns = ("who trades, and how", "gained", "worst day", "loads", "spread of prices")
    table = Table(columns, rows, f"{rounds} first days each; the cards cross with {_loads(meet.loads)}")
    sentence = (
        f"Of what the cards allow, people who watch gain {means['watchful']:.1f} % on average, and people who call at "
        f"random but never at a loss {means['random']:.1f} %. If they call at random even at a loss, it is "
        f"{means['reckless']:.1f} %. If nobody calls out and they meet two by two, {means['pairs']:.1f} %: "
        f"{number(loads['pairs'], 1)} loads change hands instead of {meet.loads}, at prices far apart."
    )
    return Exhibit(figure, sentence, table)


_LINES = {
    "watchful": "called out,<br>people who watch",
    "random": "called out at random,<br>never at a loss",
    "reckless": "called out at random,<br>even at a loss",
    "pairs": "two by two,<br>never at a loss",
}


# --- a surprise -------------------------------------------------------------------------------------------------------


def adjusting(days: Sequence[Day], *, moved: int, what: str) -> Exhibit:
    """Draw a row of days in which a surprise comes: the price on its way, and what is lost meanwhile.

    Parameters
    ----------
    days : sequence of Day
        The days, from `pit.play`.
    moved : int
        The first day with new cards, from 1.
    what : str
        What happened, as a sentence without its full stop.

    Returns
    -------
    Exhibit
        A dot a load, a line through the days' averages, a green band where the cards cross; below, each day's gain as a
        share of what could be gained. The fold says what a price that is held would have done.
    """
    old, new = crossing(days[0].cards), crossing(days[-1].cards)
    numbers = list(range(1, len(days) + 1))
    dots = [
        (n + (k + 0.5) / len(day.trades) * 0.7 - 0.35, price)
        for n, day in enumerate(days, start=1)
        for k, price in enumerate(day.prices)
    ]
    averages = [None if np.isnan(day.average) else day.average for day in days]
    traces: list[dict[str, Any]] = [
        {
            "type": "scatter",
            "mode": "markers",
            "name": "sold",
            "x": [x for x, _ in dots],
            "y": [price for _, price in dots],
            "marker": {"symbol": "star", "size": 9, "color": _SOLD},
            "hovertemplate": "sold at %{y:.0f}<extra></extra>",
        },
        {
            "type": "scatter",
            "mode": "lines+markers",
            "name": "average",
            "x": numbers,
            "y": averages,
            "line": {"color": COLOURS[0], "width": 2.5},
            "marker": {"symbol": "diamond", "size": 9, "color": COLOURS[0]},
            "hovertemplate": "average %{y:.1f}<extra></extra>",
        },
        {
            "type": "scatter",
            "mode": "text",
            "name": "gained",
            "x": numbers,
            "y": [_TOP_MOVED - 6.0] * len(days),
            "text": [f"{100 * day.efficiency:.0f}" for day in days],
            "textfont": {"size": 13},
            "hoverinfo": "skip",
        },
    ]
    figure = go.Figure(
        traces,
        layout(
            height=390,
            margin={"l": 52, "r": 12, "t": 64, "b": 52},
            title="★ loads sold, ◆ the day's average,<br>green: where the cards cross",
            xaxis={"range": [0.4, max(len(days), _MOVED_TOP) + 0.6], "dtick": 1, "title": "day", "automargin": False},
            yaxis={"range": [0, _TOP_MOVED], "dtick": 10, "title": "points a load", "automargin": False},
            shapes=[_band(old, "x", "y", 0.4, moved - 0.5), _band(new, "x", "y", moved - 0.5, len(days) + 0.6)],
            annotations=[_note("gained that day, % of what could be:", x=0.01, y=_TOP_MOVED - 4.4, xref="x domain")],
        ),
    )
    return Exhibit(figure, _say_adjusting(days, moved, what), _adjusting_table(days), (_held(days, moved),))


def _say_adjusting(days: Sequence[Day], moved: int, what: str) -> str:
    old, new = crossing(days[0].cards), crossing(days[-1].cards)
    before, now, last = (_number(days[n].average) for n in (moved - 2, moved - 1, -1))
    if (old.low, old.high, old.loads) == (new.low, new.high, new.loads):
        return (
            f"{what}. The cards cross at {old.low:g} to {old.high:g} with {_loads(old.loads)} on all days. The average "
            f"price was {before} the day before, and is {last} at last."
        )
    took = settled(days, since=moved)
    reached = (
        f"It has not come within a point of that by day {len(days)}"
        if took is None
        else "The same day the average is within a point of it"
        if took == 1
        else f"On day {moved + took - 1} the average comes within a point of it"
    )
    share = _share(days[moved - 1 :])
    still = held(days[-1].cards, _old_price(days, moved))
    held_share = percent(still.gain / new.gain if new.gain else 1)
    return (
        f"{what}. The cards now cross at {new.low:g} to {new.high:g} with {_loads(new.loads)}, before at {old.low:g} "
        f"to {old.high:g} with {_loads(old.loads)}. The average price was {before} the day before and is {now} on the "
        f"day itself. {reached}. From day {moved} on, {percent(share)} of what there was to gain was gained; at a "
        f"price that stood still it would be {held_share}."
    )


def _share(days: Sequence[Day]) -> float:
    most = sum(crossing(day.cards).gain for day in days)
    return sum(day.gain for day in days) / most if most else 1.0


def _old_price(days: Sequence[Day], moved: int) -> float:
    """The price of the day before, in whole points; the middle of the crossing if nothing was sold."""
    before = days[moved - 2].average
    old = crossing(days[0].cards)
    return float(round(before if not np.isnan(before) else (old.low + old.high) / 2))


def _held(days: Sequence[Day], moved: int) -> Detail:
    price = _old_price(days, moved)
    still = held(days[-1].cards, price)
    longer = "go home without" if still.wanted > still.offered else "take their load home again"
    rest = abs(still.wanted - still.offered)
    words = f"At {price:.0f}, {still.wanted} want a load and {still.offered} offer one"
    queue = f"; {rest} {longer if rest != 1 else longer.replace('go', 'goes').replace('take', 'takes')}" if rest else ""
    who = "Who is served? Here a lot decides. It could be the first in line, a friend, or a rule: the coldest house."
    return Detail("If the price stood still", (f"{words}{queue}.", who if rest else "Nobody has to queue."))


def _adjusting_table(days: Sequence[Day]) -> Table:
    rows = []
    for n, day in enumerate(days, start=1):
        meet = crossing(day.cards)
        prices = f"{min(day.prices):.0f} to {max(day.prices):.0f}" if day.trades else "–"
        rows.append(
            (
                f"day {n}",
                f"{meet.low:g} to {meet.high:g}",
                prices,
                _number(day.average),
                len(day.trades),
                percent(day.efficiency),
            )
        )
    columns = ("", "cards cross at", "sold at", "average", "loads", "gained of what could be")
    return Table(columns, tuple(rows), "Day by day, points a load")
