"""Pictures of the three institutions side by side, each with its sentence and table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from parecon_edu.display import Detail, Exhibit, Table
from parecon_edu.display.style import COLOURS, DASHES, GREY, layout
from parecon_edu.display.words import join, number, percent
from parecon_edu.economy.scenarios import INSTITUTIONS, Scenario
from parecon_edu.institutions.comparison.discovery import BreakEven, break_even
from parecon_edu.institutions.comparison.model import Comparison, Swing
from parecon_edu.institutions.comparison.puzzle import LEAD, Move, on_top
from parecon_edu.institutions.comparison.scores import MEASURED, by_weights, value_scores
from parecon_edu.institutions.comparison.shocks import Shock
from parecon_edu.institutions.figures import town
from parecon_edu.institutions.outcome import Outcome
from parecon_edu.institutions.wording import FRICTION_WORDS, INSTITUTION_WORDS, in_percent
from parecon_edu.values.model import shares
from parecon_edu.values.societies import VALUES

__all__ = ["NAMES", "answered", "beliefs", "good_years", "not_yet", "side_by_side", "tornado"]

#: Each institution's name under a picture and in a table, in the order of all tables.
NAMES = {name: INSTITUTION_WORDS[name] for name in INSTITUTIONS}
_SHORT = {"market": "market", "central": "central plan", "participatory": "participatory plan"}
_COLOUR = {"market": COLOURS[0], "central": COLOURS[5], "participatory": COLOURS[2]}
_MARK = {"market": "circle", "central": "square", "participatory": "diamond"}
_PATTERN = {"market": "", "central": "/", "participatory": "."}
_TIE = 0.005
#: Features of a town whose names in the library are a modeller's, in a learner's words.
_FEATURE_WORDS = {"exponents of inputs": "what more inputs bring"}


def side_by_side(
    comparison: Comparison, *, scenario: Scenario, weights: Sequence[float] | None = None, whose: str = "six equal"
) -> Exhibit:
    """The town under all three: who is better off where, the whole table, and one's own weights laid over it.

    Parameters
    ----------
    comparison : Comparison
        From `institutions.compare`.
    scenario : Scenario
        The town.
    weights : sequence of float, optional
        Six weights in the order of `values.VALUES`; six equal ones if left out.
    whose : str
        Whose they are, for the sentence: "your", "Amara's", "six equal".

    Returns
    -------
    Exhibit

    Examples
    --------
    >>> from parecon_edu import economy, institutions
    >>> riverside = economy.scenario("riverside")
    >>> shown = side_by_side(institutions.compare(riverside, case="failure"), scenario=riverside)
    >>> print(shown.sentence.split(". ")[0])
    The participatory plan leaves the town 60 % of the best plan, the central plan 53 % and the market 50 %
    """
    outcomes = dict(zip(NAMES.values(), comparison.outcomes, strict=True))
    picture = town(outcomes, scenario=scenario)
    values = _values(comparison.outcomes, scenario, weights, whose)
    agree = all(np.abs(outcome.equivalent_by_council - 1).max() < _TIE for outcome in outcomes.values())
    if agree:
        sentence = f"{picture.sentence} There is nothing left to argue about, except how to get there."
    else:
        sentence = " ".join([_rank_words(comparison), *_best_off(comparison), _extremes(comparison), values[0]])
    details = (Detail("The whole table, three institutions side by side", _whole(comparison)), values[1])
    return Exhibit(picture.figure, sentence, picture.table, (*details, *picture.details))


def tornado(swings: Sequence[Swing], *, case_words: str, most: int = 14) -> Exhibit:
    """How far each assumption moves each result, one at a time: the longest bars on top.

    Parameters
    ----------
    swings : sequence of Swing
        From `institutions.swings`, largest first; of one institution or of all.
    case_words : str
        Around which case one thing at a time was changed: "on a usual day".
    most : int
        How many bars to draw; the table has them all.

    Returns
    -------
    Exhibit
    """
    shown = list(swings[:most])
    names = [_swing_name(swing) for swing in shown]
    bars = []
    for institution in INSTITUTIONS:
        mine = [(name, swing) for name, swing in zip(names, shown, strict=True) if swing.institution == institution]
        bars.append(
            {
                "type": "bar",
                "orientation": "h",
                "name": _SHORT[institution],
                "y": [name for name, _ in mine],
                "base": [min(swing.low, swing.high) for _, swing in mine],
                "x": [swing.size for _, swing in mine],
                "marker": {
                    "color": _COLOUR[institution],
                    "pattern": {"shape": _PATTERN[institution], "fgcolor": "#ffffff", "fillmode": "overlay"},
                },
                "hovertemplate": "%{y}: from %{base:.2f}, %{x:.2f} more<extra></extra>",
            }
        )
    base = {
        "type": "scatter",
        "mode": "markers",
        "name": "where it stands now",
        "x": [swing.base for swing in shown],
        "y": names,
        "marker": {"symbol": "line-ns-open", "size": 16, "color": "#000000", "line": {"width": 2.5}},
        "hovertemplate": "now %{x:.2f}<extra></extra>",
    }
    figure = go.Figure(
        [*bars, base],
        layout(
            height=150 + 28 * most,
            barmode="overlay",
            margin={"l": 216, "r": 16, "t": 62, "b": 52},
            showlegend=True,
            legend={"font": {"size": 12}},
            xaxis={
                "range": [_from(shown), 1.0],
                "title": "well-being of the town (1: the best plan)",
                "automargin": False,
            },
            yaxis={
                "categoryorder": "array",
                "categoryarray": names[::-1],
                "range": [len(names) - most - 0.5, len(names) - 0.5],
                "tickfont": {"size": 13},
                "automargin": False,
            },
        ),
    )
    rows = tuple(
        (_swing_name(swing), _ends(swing), f"{swing.low:.2f}", f"{swing.base:.2f}", f"{swing.high:.2f}")
        for swing in swings
    )
    columns = ("assumption", "from … to", "town at the first end", "as it stands", "town at the other end")
    caption = f"Well-being of the town {case_words}, one assumption at a time from one end to the other"
    return Exhibit(figure, _say_tornado(swings, case_words), Table(columns, rows, caption))


def not_yet(case_words: str, *, whose: str) -> Exhibit:
    """An empty frame, for a computation that nobody has asked for yet.

    Parameters
    ----------
    case_words, whose : str
        Around which case, and whose result is asked for, in words.

    Returns
    -------
    Exhibit
    """
    figure = go.Figure(
        [],
        layout(
            height=542,
            margin={"l": 216, "r": 16, "t": 62, "b": 52},
            xaxis={"range": [0.5, 1.0], "title": "well-being of the town (1: the best plan)", "automargin": False},
            yaxis={"range": [0, 1], "showticklabels": False, "automargin": False},
            annotations=[
                {
                    "text": f"{_capital(whose)} {case_words}:<br>which bar will be the longest?<br>Say it, then press.",
                    "xref": "paper",
                    "yref": "paper",
                    "x": 0.5,
                    "y": 0.5,
                    "showarrow": False,
                    "font": {"size": 16},
                }
            ],
        ),
    )
    sentence = (
        f"Nothing is worked out yet for {whose} {case_words}. Guess which assumption moves the result most; then press "
        "the button."
    )
    table = Table(("assumption",), ((f"{whose} {case_words}: not worked out yet",),), "Nothing yet")
    return Exhibit(figure, sentence, table)


def beliefs(
    equivalents: Mapping[str, float],
    begun: Mapping[str, float],
    *,
    goal: str,
    moved: Sequence[Move],
    kept: Sequence[str] = (),
) -> Exhibit:
    """The puzzle: who is on top now, and what one has to believe for it.

    Parameters
    ----------
    equivalents, begun : mapping of str to float
        The town's well-being by institution, now and at the start of the level.
    goal : str
        Who shall be on top.
    moved : sequence of Move
        The sliders that were moved.
    kept : sequence of str
        What was written down before, a line each.

    Returns
    -------
    Exhibit
    """
    first = on_top(equivalents)
    names = list(NAMES.values())
    now = [equivalents[name] for name in NAMES]
    figure = go.Figure(
        [
            {
                "type": "bar",
                "orientation": "h",
                "y": names,
                "x": now,
                "text": [f"{value:.3f}" for value in now],
                "textposition": "inside",
                "insidetextanchor": "start",
                "textfont": {"color": "#ffffff", "size": 15},
                "marker": {
                    "color": [_COLOUR[name] for name in NAMES],
                    "line": {"color": "#000000", "width": [3 if name == first else 0 for name in NAMES]},
                },
                "name": "now",
                "showlegend": False,
            },
            {
                "type": "scatter",
                "mode": "markers",
                "y": names,
                "x": [begun[name] for name in NAMES],
                "name": "where the level started",
                "marker": {"symbol": "line-ns-open", "size": 34, "color": "#000000", "line": {"width": 2}},
            },
        ],
        layout(
            height=250,
            margin={"l": 160, "r": 16, "t": 48, "b": 50},
            showlegend=True,
            xaxis={"range": [0, 1.05], "title": "well-being of the town (1: the best plan)", "automargin": False},
            yaxis={"autorange": "reversed", "automargin": False},
        ),
    )
    rows = tuple((NAMES[name], f"{begun[name]:.3f}", f"{equivalents[name]:.3f}") for name in NAMES)
    table = Table(("", "at the start", "now"), rows, "Well-being of the town: as good as the best plan with so much")
    lines = tuple(_believed(move) for move in moved) or ("Nothing yet: no slider has been moved.",)
    details = [Detail("What one has to believe for this", lines, open=True)]
    if kept:
        details.append(Detail("What you have written down", tuple(kept), open=True))
    return Exhibit(figure, _say_puzzle(equivalents, goal=goal, first=first, moved=moved), table, tuple(details))


def answered(shock: Shock, *, surprise: float, year: int) -> Exhibit:
    """One surprise, and what it costs by how long the answer takes.

    Parameters
    ----------
    shock : Shock
        From `comparison.shock`.
    surprise, year : float, int
        What was drawn, for the sentence.

    Returns
    -------
    Exhibit
        The town's well-being by the share of the year before the answer, with a mark where each institution stands
        on a usual day, and the neighbourhood that is hit hardest.
    """
    parts = np.linspace(0, 1, 21)
    worst = int(np.argmin(shock.late))
    name = shock.neighbourhoods[worst]
    figure = go.Figure(
        [
            _line(parts, [shock.town(p) for p in parts], name="the town", colour=COLOURS[7], dash=DASHES[0]),
            _line(
                parts,
                [float(shock.by_council(p)[worst]) for p in parts],
                name=f"{name}, hit hardest",
                colour=GREY,
                dash=DASHES[1],
            ),
            *(
                {
                    "type": "scatter",
                    "mode": "markers+text",
                    "name": NAMES[institution],
                    "x": [100 * late],
                    "y": [shock.town(late)],
                    "text": [f"{shock.town(late):.3f}"],
                    "textposition": "top center",
                    "marker": {"size": 13, "color": _COLOUR[institution], "symbol": _MARK[institution]},
                }
                for institution, late in shock.usual.items()
            ),
        ],
        layout(
            height=380,
            margin={"t": 74},
            showlegend=True,
            legend={"font": {"size": 12}},
            xaxis={"range": [-2, 102], "title": "how long the old ways go on, % of the year"},
            yaxis={"range": [0.6, 1.05], "title": "well-being (1: the best plan)"},
        ),
    )
    rows = [("answered at once", "1.000", "1.000")]
    rows += [
        (
            f"{NAMES[who]}, {percent(late)} of the year",
            f"{shock.town(late):.3f}",
            f"{shock.by_council(late)[worst]:.3f}",
        )
        for who, late in shock.usual.items()
    ]
    rows.append(("never in the year", f"{shock.town(1):.3f}", f"{shock.by_council(1)[worst]:.3f}"))
    caption = f"Well-being after a surprise of {percent(surprise)} (year {year}), against the best plan of that year"
    losses = [f"{NAMES[who]} {number(100 * (1 - shock.town(late)), 1)} %" for who, late in shock.usual.items()]
    sentence = (
        f"In year {year}, what can be made and what is wanted moves by about {percent(surprise)}. Answered at once, it "
        f"costs nothing that could be helped. At the speed of a usual day it costs {join(losses)}. If nobody answers "
        f"all year: {number(100 * (1 - shock.town(1)), 1)} %, and {name} loses "
        f"{number(100 * (1 - float(shock.late[worst])), 1)} %."
    )
    return Exhibit(figure, sentence, Table(("answered after", "the town", name), tuple(rows), caption))


def good_years(left: float, *, faster: float) -> Exhibit:
    """When growth that is a little faster has made good a static loss, and how much hangs on how much faster.

    Parameters
    ----------
    left : float
        What the faster town has at the start, as a share of the other's.
    faster : float
        How much faster it grows, log points a year.

    Returns
    -------
    Exhibit
    """
    years = np.arange(0, 61)
    cases = [("half as much", faster / 2), ("as you set it", faster), ("twice as much", 2 * faster)]
    evens = [(words, break_even(left, faster=rate)) for words, rate in cases]
    lines = [
        _line(
            years / 100,
            even.ahead(years).tolist(),
            name=f"{words}: {number(100 * even.faster, 2)} % a year",
            colour=colour,
            dash=dash,
        )
        for (words, even), colour, dash in zip(
            evens, (COLOURS[4], COLOURS[0], COLOURS[3]), (DASHES[2], DASHES[0], DASHES[1]), strict=True
        )
    ]
    figure = go.Figure(
        lines,
        layout(
            height=380,
            margin={"t": 84},
            showlegend=True,
            legend={"font": {"size": 12}},
            xaxis={"range": [0, 60], "title": "years"},
            yaxis={"range": [0.4, 2.0], "title": "what it has for each 1 the other has"},
            shapes=[{"type": "line", "x0": 0, "x1": 60, "y0": 1, "y1": 1, "line": {"color": "#000000"}}],
        ),
    )
    rows = tuple((words, f"{number(100 * even.faster, 2)} %", *_years_of(even)) for words, even in evens)
    columns = ("growth", "faster by, a year", "level after", "the lean years repaid after")
    table = Table(columns, rows, f"A town that begins with {percent(left)} of the other and grows faster")
    return Exhibit(figure, _say_years(left, evens), table)


def _line(x: Any, y: list[float], *, name: str, colour: str, dash: str) -> dict[str, Any]:
    line = {"color": colour, "dash": dash, "width": 3}
    return {"type": "scatter", "mode": "lines", "x": (100 * x).tolist(), "y": y, "name": name, "line": line}


def _rank_words(comparison: Comparison) -> str:
    order = sorted(NAMES, key=lambda name: -getattr(comparison, name).equivalent)
    shares_ = [percent(getattr(comparison, name).equivalent) for name in order]
    first, rest = order[0], order[1:]
    named = join(f"{NAMES[name]} {share}" for name, share in zip(rest, shares_[1:], strict=True))
    head = f"{_capital(NAMES[first])} leaves the town {shares_[0]} of the best plan, {named}."
    gap = getattr(comparison, first).equivalent - getattr(comparison, rest[0]).equivalent
    if gap < LEAD:
        head += f" Between {NAMES[first]} and {NAMES[rest[0]]} that is a tie: less than one in a hundred apart."
    return head


def _best_off(comparison: Comparison) -> list[str]:
    """Say which neighbourhoods do best with whom."""
    values = np.array([outcome.equivalent_by_council for outcome in comparison.outcomes])
    best = values.argmax(axis=0)
    clear = np.sort(values, axis=0)[-1] - np.sort(values, axis=0)[-2] >= _TIE
    said = []
    for i, name in enumerate(NAMES):
        mine = [
            who for who, at, sure in zip(comparison.market.neighbourhoods, best, clear, strict=True) if sure and at == i
        ]
        if mine:
            verb = "does" if len(mine) == 1 else "do"
            who = f"all {len(best)} neighbourhoods" if len(mine) == len(best) else join(mine)
            said.append(f"{who} {verb} best with {NAMES[name]}")
    return [f"{_capital('; '.join(said))}."] if said else []


def _extremes(comparison: Comparison) -> str:
    """Say, for each, who has least: the question of the lesson."""
    said = []
    for name in NAMES:
        outcome = getattr(comparison, name)
        h = int(np.argmin(outcome.equivalent_by_council))
        if outcome.equivalent_by_council[h] > 1 - _TIE:
            said.append(f"nobody with {NAMES[name]}")
            continue
        said.append(f"{outcome.neighbourhoods[h]} with {NAMES[name]} ({percent(outcome.equivalent_by_council[h])})")
    return f"Worst off: {join(said)}."


def _values(
    outcomes: Sequence[Outcome], scenario: Scenario, weights: Sequence[float] | None, whose: str
) -> tuple[str, Detail]:
    """Lay weights over what came out: a sentence, and the table behind it."""
    given = shares([1.0] * len(VALUES) if weights is None else weights)
    scores = value_scores(outcomes, scenario)
    rows = [
        (
            f"{value}: {words}",
            *(number(100 * s, 0) for s in scores[:, at]),
            f"{number(100 * given[VALUES.index(value)], 0)} %",
        )
        for at, (value, words) in enumerate(MEASURED.items())
    ]
    diverse = f"{number(100 * given[VALUES.index('diversity')], 0)} %"
    rows.append(("diversity: nothing here measures it", "–", "–", "–", f"{diverse}, shared out"))
    if not any(given[VALUES.index(value)] for value in MEASURED):
        sentence = "All the weight is on diversity, which nothing in this town measures."
        sums: tuple[str, ...] = ("–", "–", "–")
    else:
        total = by_weights(scores, given)
        sums = tuple(number(float(points), 0) for points in total)
        order = np.argsort(-total, kind="stable")
        named = join(f"{list(NAMES.values())[at]} {sums[at]}" for at in order)
        sentence = f"With {whose} weights, of 100 points: {named}."
    rows.append((f"with {whose} weights", *sums, "100 %"))
    columns = ("value, and what stands for it here", *NAMES.values(), "weight")
    table = Table(columns, tuple(rows), "Scores from 0 to 100; 100 is what the best plan gives")
    return sentence, Detail("Your values, laid over what came out", table)


def _whole(comparison: Comparison) -> Table:
    table = comparison.table
    rows = tuple((str(first), *(number(float(value)) for value in rest)) for first, *rest in table.rows)
    return Table(table.columns, rows, table.caption)


def _from(swings: Sequence[Swing]) -> float:
    """Return where the axis begins: at a half, or lower in a case in which some bar would be cut off."""
    lowest = min(min(swing.low, swing.high) for swing in swings)
    return float(min(0.5, np.floor(10 * lowest) / 10))


def _swing_name(swing: Swing) -> str:
    what = FRICTION_WORDS[swing.name].short if swing.is_friction else _feature(swing)
    whose = {"market": "market", "central": "central", "participatory": "particip."}[swing.institution]
    return f"{whose}: {what}"


def _feature(swing: Swing) -> str:
    return _FEATURE_WORDS.get(swing.name, swing.name)


def _ends(swing: Swing) -> str:
    if not swing.is_friction:
        return f"{swing.low_words} … {swing.high_words}"
    return f"{in_percent(float(swing.low_words))} … {in_percent(float(swing.high_words))}"


def _say_tornado(swings: Sequence[Swing], case_words: str) -> str:
    longest = [f"{_long_name(swing)} ({_ends(swing)}: {swing.low:.2f} to {swing.high:.2f})" for swing in swings[:3]]
    words = [f"One at a time, {case_words}, these move a result most: {'; '.join(longest)}."]
    feature = next((swing for swing in swings if not swing.is_friction), None)
    if feature:
        words.append(
            f"Of the town itself, “{_feature(feature)}” moves most ({_ends(feature)}: {feature.low:.2f} to "
            f"{feature.high:.2f}, for {NAMES[feature.institution]})."
        )
    bases = {swing.institution: swing.base for swing in swings}
    if len(bases) > 1:
        apart = max(bases.values()) - min(bases.values())
        longer = sum(swing.size > apart for swing in swings)
        words.append(
            f"From first to last the institutions lie {apart:.2f} apart; {longer} of the {len(swings)} bars are longer."
        )
    return " ".join(words)


def _long_name(swing: Swing) -> str:
    what = FRICTION_WORDS[swing.name].short if swing.is_friction else f"“{_feature(swing)}”"
    return f"{what} under {NAMES[swing.institution]}"


def _believed(move: Move) -> str:
    words = FRICTION_WORDS[move.name]
    whose = "In this year, for all three" if move.institution == "all" else _capital(NAMES[move.institution])
    return (
        f"{whose}: {words.say(move.after)} instead of {in_percent(move.before)}, "
        f"{percent(move.way)} of the way between its best and its failure."
    )


def _say_puzzle(equivalents: Mapping[str, float], *, goal: str, first: str, moved: Sequence[Move]) -> str:
    order = sorted(equivalents, key=lambda name: -equivalents[name])
    standing = join(f"{NAMES[name]} {equivalents[name]:.3f}" for name in order)
    sliders = "1 slider" if len(moved) == 1 else f"{len(moved)} sliders"
    count = f"Moved: {sliders}, {percent(sum(move.way for move in moved))} of the way from best to failure, added up."
    standing = _capital(standing)
    if first == goal:
        return f"Done: {NAMES[goal]} is on top. {standing}. {count} Could fewer do it, or a shorter way?"
    if not first:
        return f"{standing}. Nobody is clearly on top: the lead has to be 0.010. {count}"
    return f"{standing}. You want {NAMES[goal]} on top, and {NAMES[first]} is. {count}"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _years_of(even: BreakEven) -> tuple[str, str]:
    if not np.isfinite(even.years):
        return "never", "never"
    return f"{number(even.years, 0)} years", f"{number(even.years_repaid, 0)} years"


def _say_years(left: float, evens: Sequence[tuple[str, BreakEven]]) -> str:
    (_, slow), (_, mine), (_, fast) = evens
    if left >= 1:
        return "There is no loss to make good. Lower what it has at the start."
    head = f"A town that begins with {percent(left)} of what the other has"
    if not np.isfinite(mine.years):
        return f"{head}, and grows no faster, never catches up."
    return (
        f"{head} and grows {number(100 * mine.faster, 2)} % a year faster is level after {number(mine.years, 0)} "
        f"years; after {number(mine.years_repaid, 0)} the good years have repaid the lean ones. With half the "
        f"difference it takes {number(slow.years, 0)} years, with twice as much {number(fast.years, 0)}."
    )
