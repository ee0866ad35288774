"""Pictures of who does what, and of what sharing a task out costs and brings; each with its sentence and table."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import fields, replace
from functools import partial
from html import escape
from typing import Any

import numpy as np
import plotly.graph_objects as go

from parecon_edu.display import Detail, Exhibit, Table
from parecon_edu.display.style import COLOURS, DASHES, GREY, PATTERNS, layout
from parecon_edu.display.words import join, number, percent
from parecon_edu.jobs.cards import Deal
from parecon_edu.jobs.model import Jobs, Workplace
from parecon_edu.jobs.skill import break_even, practice, shared_out
from parecon_edu.validation.tables import Array

__all__ = ["WAY_WORDS", "dealt", "divided", "refused", "sign_flips"]

#: The three ways of dividing tasks, as a learner reads them.
WAY_WORDS = {"rank": "by rank", "turns": "in turns", "balanced": "balanced"}
_MARKS = {"rank": "circle", "turns": "square", "balanced": "diamond"}
_COLOUR = {"rank": COLOURS[5], "turns": COLOURS[1], "balanced": COLOURS[0]}
_DIMENSIONS = ("empowerment", "desirability")
_HEIGHT = 400
_LONGEST = 24
# What somebody typed; plotly would take what stands between < and > for markup.
_typed = partial(escape, quote=False)
_DOMAINS = ([0, 0.29], [0.355, 0.645], [0.71, 1])


# --- three ways ------------------------------------------------------------------------------------------------------


def divided(divisions: Mapping[str, Jobs], *, trained: Collection[str] = ()) -> Exhibit:
    """Each person's job under one or more ways of dividing the tasks: empowerment, desirability, number of tasks.

    Parameters
    ----------
    divisions : mapping of str to Jobs
        Divisions of the same workplace by way: "rank", "turns", "balanced".
    trained : collection of str
        Who has been trained for every task; they get a star.

    Returns
    -------
    Exhibit
        A row a person, a column a rating and one for the number of tasks, a mark a way; the line is the mean.
    """
    divisions = {way: _starred(jobs, trained) for way, jobs in divisions.items()}
    place = next(iter(divisions.values())).workplace
    traces = [
        _marks(place, values, column, way=way, named=len(divisions) > 1, text=len(divisions) == 1)
        for way, jobs in divisions.items()
        for column, values in enumerate([*jobs.ratings.T[:2], jobs.tasks_per_worker])
    ]
    shape = _columns(place, _names(place), last="tasks, of " + str(len(place.tasks)))
    figure = go.Figure([*_means(place), *traces], shape)
    star = f" {_STAR}: trained for every task, {len(trained)} of {len(place.workers)} people." if trained else ""
    if len(divisions) > 1:
        return Exhibit(figure, _say_all(divisions) + star, _all_table(divisions))
    (way, jobs), *_ = divisions.items()
    return Exhibit(figure, _say_one(way, jobs) + star, _one_table(way, jobs), (_who_does_what(jobs),))


_STAR = "★"


def _starred(jobs: Jobs, trained: Collection[str]) -> Jobs:
    """Put a star before the names of those who were trained."""
    if not trained:
        return jobs
    place = jobs.workplace
    given = {field.name: getattr(place, field.name) for field in fields(place)}
    given["workers"] = [f"{_STAR} {who}" if who in trained else who for who in place.workers]
    return replace(jobs, workplace=Workplace(**given))


def _marks(place: Workplace, values: Array, column: int, *, way: str, named: bool, text: bool) -> dict[str, Any]:
    written = [number(round(float(value), 6), 0 if column == 2 else 2) for value in values]
    side = _sides(place, values, column, top=_top(place, column))
    return {
        "type": "scatter",
        "mode": "markers+text" if text else "markers",
        "name": WAY_WORDS[way],
        "legendgroup": way,
        "showlegend": named and column == 0,
        "x": [float(value) for value in values],
        "y": list(map(_typed, place.workers)),
        "text": written if text else None,
        "textposition": side,
        "xaxis": _axis(column),
        "marker": {"color": _COLOUR[way], "symbol": _MARKS[way], "size": 13, "opacity": 0.85},
        "hovertemplate": f"%{{y}}, {WAY_WORDS[way]}: %{{x:.2f}}<extra></extra>",
        "cliponaxis": False,
    }


def _sides(place: Workplace, values: Array, column: int, *, top: float) -> list[str]:
    """Where each number stands: at the right of its mark, but not over the edge and not across the line of the mean."""
    mean = float(place.mean[column]) if column < min(2, len(place.mean)) else -np.inf
    wide = 0.28 * top  # a number with its gap, in a narrow window
    crossing = [mean - wide < value < mean - 1e-6 and value > wide for value in values]
    return [
        "middle left" if value > 0.75 * top or crosses else "middle right"
        for value, crosses in zip(values, crossing, strict=True)
    ]


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…"


def _axis(column: int) -> str:
    return "x" if column == 0 else f"x{column + 1}"


def _names(place: Workplace) -> list[str]:
    wide = place.ratings.shape[1]
    return list(_DIMENSIONS[:wide]) + ["(not rated)"] * (2 - wide)


def _top(place: Workplace, column: int) -> float:
    """Ratings go to 10, or as far as somebody's own scale does; tasks to all of them."""
    return float(len(place.tasks)) if column == 2 else max(10.0, float(place.ratings.max()))


def _means(place: Workplace) -> list[dict[str, Any]]:
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "x": [mean, mean],
            "y": [_typed(place.workers[0]), _typed(place.workers[-1])],
            "xaxis": _axis(column),
            "line": {"color": GREY, "width": 1.5, "dash": "dash"},
            "hovertemplate": f"mean {mean:.2f}<extra></extra>",
            "name": "mean of all tasks",
            "showlegend": column == 0,
        }
        for column, mean in enumerate(place.mean[:2].tolist())
    ]


def _columns(place: Workplace, titles: list[str], *, last: str) -> dict[str, Any]:
    """Lay out three columns that share the people's names."""
    low = min(0.0, float(place.ratings.min()))
    axes: dict[str, Any] = {}
    for column, title in enumerate([*titles, last]):
        top = _top(place, column)
        name = "xaxis" if column == 0 else f"xaxis{column + 1}"
        ends = [(0.0 if column == 2 else low) - 0.04 * top, 1.06 * top]
        axes[name] = {"domain": _DOMAINS[column], "range": ends, "title": title, "anchor": "y", "nticks": 6}
    names = list(map(_typed, place.workers))
    people = {"autorange": "reversed", "type": "category", "categoryarray": names}
    # A long name would push the picture away.
    people |= {"tickmode": "array", "tickvals": names, "ticktext": [_typed(_short(who)) for who in place.workers]}
    return layout(
        height=max(_HEIGHT, 120 + 30 * len(place.workers)),
        yaxis={**people, "title": ""},
        showlegend=True,
        margin={"b": 60, "t": 40},
        **axes,
    )


def _say_one(way: str, jobs: Jobs) -> str:
    place, tasks = jobs.workplace, jobs.tasks_per_worker
    mean = number(float(tasks.mean()), 1)
    each = f"Nobody does more than {tasks.max()} of the {len(place.tasks)} tasks, {mean} on average"
    if jobs.tolerance < 5e-4:
        means = join(f"{name} {number(mean, 2)}" for name, mean in zip(_DIMENSIONS, place.mean.tolist(), strict=False))
        spread = f"{_capital(WAY_WORDS[way])}, all {len(place.workers)} jobs are rated alike: {means}."
    else:
        ratings = jobs.ratings[:, 0]
        best, worst = place.workers[int(ratings.argmax())], place.workers[int(ratings.argmin())]
        spread = (
            f"{_capital(WAY_WORDS[way])}, {best}'s job is the most empowering ({number(ratings.max())}) and "
            f"{worst}'s the least ({number(ratings.min())}). {_furthest(jobs)}"
        )
    return f"{spread} {each}{_least(way, jobs)}.{_asked(jobs)}"


def _furthest(jobs: Jobs) -> str:
    away = np.abs(jobs.ratings - jobs.workplace.mean)
    who = jobs.workplace.workers[int(away.max(axis=1).argmax())]
    return f"The job furthest from the mean is {who}'s, {number(jobs.tolerance)} away."


def _least(way: str, jobs: Jobs) -> str:
    """Say how many tasks there must be at least, where few tasks were sought."""
    if way != "balanced" or jobs.found != jobs.tasks_per_worker.sum() or not jobs.gap:
        return ""
    return f" (that can't be brought below {number(jobs.bound / len(jobs.workplace.workers), 1)})"


def _asked(jobs: Jobs) -> str:
    place = jobs.workplace
    parts = []
    if place.training_hours is not None:
        parts.append(f"It takes {number(jobs.training)} hours of training")
    if place.preferences is not None:
        parts.append(f"Likes and dislikes add up to {number(jobs.liking, 0)} points")
    return "".join(f" {part}." for part in parts)


def _say_all(divisions: Mapping[str, Jobs]) -> str:
    gaps = join(f"{number(float(np.ptp(jobs.ratings[:, 0])), 1)} {WAY_WORDS[way]}" for way, jobs in divisions.items())
    sentence = f"Points between the most and the least empowering job: {gaps}."
    if {"rank", "balanced"} <= set(divisions):
        jobs, before = divisions["balanced"], divisions["rank"]
        moved = jobs.ratings[:, 0] - before.ratings[:, 0]
        people = jobs.workplace.workers
        down = [f"{who} ({number(step, 1)})" for who, step in zip(people, moved, strict=True) if step < -0.05]
        up = [f"{who} (+{number(step, 1)})" for who, step in zip(people, moved, strict=True) if step > 0.05]
        if down and up:
            sentence += f" Balanced instead of by rank, empowerment goes from {_first_few(down)} to {_first_few(up)}."
    most = join(f"{int(jobs.tasks_per_worker.max())} {WAY_WORDS[way]}" for way, jobs in divisions.items())
    return f"{sentence} The most tasks that anybody does: {most}."


def _first_few(names: list[str]) -> str:
    return join(names if len(names) <= 5 else [*names[:4], f"{len(names) - 4} others"])


def _one_table(way: str, jobs: Jobs) -> Table:
    place = jobs.workplace
    names = _names(place)[: place.ratings.shape[1]]
    rows: tuple[tuple[str | float, ...], ...] = tuple(
        (who, *[round(float(value), 2) for value in ratings[:2]], int(tasks))
        for who, ratings, tasks in zip(place.workers, jobs.ratings, jobs.tasks_per_worker, strict=True)
    )
    return Table(("person", *names, "tasks"), rows, f"Jobs {WAY_WORDS[way]}: ratings from 0 to 10, and tasks each")


def _all_table(divisions: Mapping[str, Jobs]) -> Table:
    place = next(iter(divisions.values())).workplace
    names = _names(place)[: place.ratings.shape[1]]
    rows: list[tuple[str | float, ...]] = []
    for i, who in enumerate(place.workers):
        rated = [[number(float(jobs.ratings[i, k])) for jobs in divisions.values()] for k in range(len(names[:2]))]
        tasks = [str(jobs.tasks_per_worker[i]) for jobs in divisions.values()]
        rows.append((who, *(" / ".join(cells) for cells in [*rated, tasks])))
    caption = f"The same tasks divided in three ways: {' / '.join(WAY_WORDS[way] for way in divisions)}"
    return Table(("person", *names, "tasks"), tuple(rows), caption)


def _who_does_what(jobs: Jobs) -> Detail:
    place = jobs.workplace
    lines = []
    for who, hours in zip(place.workers, jobs.hours, strict=True):
        parts = [f"{task} {_hours(h)}" for task, h in zip(place.tasks, hours.tolist(), strict=True) if h > 0]
        lines.append(f"{who}: {', '.join(parts)}")
    return Detail("Who does what, hours a week", tuple(lines), open=True)


def _hours(hours: float) -> str:
    if hours < 0.05:
        return number(hours, 2)
    return number(hours, 1) if hours % 1 > 0.05 and hours % 1 < 0.95 else number(round(hours))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


# --- what can't be divided --------------------------------------------------------------------------------------------


def refused(message: str) -> Exhibit:
    """Say what is wrong with a workplace, where its picture would stand.

    Parameters
    ----------
    message : str
        What is wrong and what would mend it.

    Returns
    -------
    Exhibit
        An empty picture with the same message.
    """
    words = "Not yet. The sentence below says<br>what is missing. Nothing you typed is lost."
    note = {"text": words, "showarrow": False, "x": 0.5, "y": 0.5, "xref": "paper", "yref": "paper"}
    blank = {"visible": False, "range": [0, 1]}
    figure = go.Figure([], layout(height=_HEIGHT, xaxis=blank, yaxis=blank, annotations=[note]))
    return Exhibit(figure, f"Not yet: {message}", Table(("what to mend",), ((message,),), "Your workplace"))


# --- dealing by hand --------------------------------------------------------------------------------------------------


def dealt(table: Deal, *, best: float) -> Exhibit:
    """What each person's cards come to so far.

    Parameters
    ----------
    table : Deal
        The cards that are dealt.
    best : float
        How near to the mean whole cards can bring everybody; it is said when all are dealt.

    Returns
    -------
    Exhibit
        A row a person: empowerment, desirability, and hours against the hours they have.
    """
    place, ratings = table.workplace, table.ratings
    worked = table.hours.sum(axis=1)
    held = [[task for task, who in zip(place.tasks, table.hands, strict=True) if who == name] for name in place.workers]
    holding = np.flatnonzero(worked > 0)
    people = [place.workers[i] for i in holding]
    traces = []
    for column, values in enumerate([*ratings.T[:2], worked]):
        shown = values[holding]
        top = _top(place, column) if column < 2 else _most_hours(place)
        traces.append(
            {
                "type": "scatter",
                "mode": "markers+text",
                "x": shown.tolist(),
                "y": people,
                "xaxis": _axis(column),
                "text": [number(round(float(value), 6), 0 if column == 2 else 2) for value in shown],
                "textposition": _sides(place, shown, column, top=top),
                "marker": {"color": COLOURS[2], "symbol": "diamond", "size": 13},
                "showlegend": False,
                "cliponaxis": False,
            }
        )
    wanted = {
        "type": "scatter",
        "mode": "markers",
        "x": place.worker_hours.tolist(),
        "y": list(map(_typed, place.workers)),
        "xaxis": "x3",
        "marker": {"color": GREY, "symbol": "line-ns-open", "size": 18},
        "showlegend": False,
        "hovertemplate": "%{y} has %{x} hours<extra></extra>",
    }
    shape = _columns(place, _names(place), last="hours (line: their own)")
    shape["xaxis3"]["range"] = [-0.04 * _most_hours(place), 1.06 * _most_hours(place)]
    rows = tuple(
        (
            who,
            ", ".join(cards) or "–",
            float(hours),
            *(["–"] * len(rating) if np.isnan(rating).any() else [round(float(r), 2) for r in rating]),
        )
        for who, cards, hours, rating in zip(place.workers, held, worked, ratings[:, :2], strict=True)
    )
    columns = ("person", "cards", "hours", *_names(place)[: place.ratings.shape[1]])
    return Exhibit(
        go.Figure([*_means(place), wanted, *traces], shape),
        _say_deal(table, worked, best=best),
        Table(columns, rows, "Cards dealt by hand"),
    )


def _most_hours(place: Workplace) -> float:
    return 2.0 * float(place.worker_hours.max())


def _say_deal(table: Deal, worked: Array, *, best: float) -> str:
    place = table.workplace
    count = sum(who is not None for who in table.hands)
    if not count:
        return f"All {len(table.hands)} cards are on the table. {_rooms(place)}."
    over = [
        f"{who} has {number(hours)} hours, {number(hours - room)} too many"
        for who, hours, room in zip(place.workers, worked.tolist(), place.worker_hours.tolist(), strict=True)
        if hours > room
    ]
    ratings = np.where(worked > 0, table.ratings[:, 0], np.nan)
    high, low = int(np.nanargmax(ratings)), int(np.nanargmin(ratings))
    sentence = "All cards are dealt." if table.done else f"Cards dealt: {count} of {len(table.hands)}."
    if high != low and ratings[high] - ratings[low] > 0.05:
        sentence += (
            f" {place.workers[high]}'s hand is the most empowering ({number(ratings[high], 1)}), "
            f"{place.workers[low]}'s the least ({number(ratings[low], 1)})."
        )
    if over:
        return f"{sentence} {join(over)}."
    if not table.done:
        return sentence
    away = np.abs(table.ratings - place.mean)
    far = float(away.max())
    who, what = np.unravel_index(int(away.argmax()), away.shape)
    verdict = (
        "Nobody can come nearer with whole cards."
        if far <= best + 1e-6
        else f"The best that whole cards can do is {number(best)}."
    )
    return (
        f"{sentence} Furthest from the mean, {number(place.mean[what], 2)}, is {place.workers[who]}'s "
        f"{_DIMENSIONS[what]}, {number(far)} away. {verdict}"
    )


def _rooms(place: Workplace) -> str:
    if np.ptp(place.worker_hours) == 0:
        return f"Everybody has room for {number(place.worker_hours[0])} hours"
    return "Room for hours: " + join(
        f"{who} {number(hours)}" for who, hours in zip(place.workers, place.worker_hours, strict=True)
    )


# --- the sign ---------------------------------------------------------------------------------------------------------

#: The share of people who had the chance runs over this in the picture, and the exponent up to here.
_MOST_PRACTICE = 0.6


def sign_flips(*, exponent: float, chance: float, doers: int, places: int, people: int) -> Exhibit:
    """What becomes of an empowering task's output when more people share it: talent found, practice lost, and the sign.

    Parameters
    ----------
    exponent : float
        φ, how much practice matters.
    chance : float
        Share of people who had the chance to qualify before, above 0 up to 1.
    doers : int
        How many share the task, more than `places`.
    places, people : int
        Full-time jobs that the task makes, and everybody.

    Returns
    -------
    Exhibit
        Left, talent, practice and both together; right, where the sign flips, with the point where you stand.
    """
    found = shared_out(places, people, chance=chance, doers=doers, exponent=0)
    kept = float(practice(places / doers, exponent=exponent))
    both = shared_out(places, people, chance=chance, doers=doers, exponent=exponent)
    flips = break_even(places, people, chance=chance, doers=doers)
    steps = [found - 1, kept - 1, both - 1]
    names = ["talent", "practice", "both"]
    shares = np.arange(places, people + 1) / people
    curve = [break_even(places, people, chance=float(share), doers=doers) for share in shares]
    bars = {
        "type": "bar",
        "x": names,
        "y": [100 * step for step in steps],
        "text": [_signed(step) for step in steps],
        "textposition": "outside",
        "cliponaxis": False,
        "marker": {
            "color": [COLOURS[0], COLOURS[1], COLOURS[2]],
            "pattern": {"shape": [PATTERNS[0], PATTERNS[1], PATTERNS[3]]},
        },
        "showlegend": False,
    }
    edge = {
        "type": "scatter",
        "mode": "lines",
        "x": (100 * shares).tolist(),
        "y": curve,
        "xaxis": "x2",
        "yaxis": "y2",
        "line": {"color": COLOURS[7], "width": 2.5, "dash": DASHES[0]},
        "showlegend": False,
        "hovertemplate": "%{x:.0f} %: the sign flips at %{y:.2f}<extra></extra>",
    }
    here = {
        "type": "scatter",
        "mode": "markers",
        "x": [100 * chance],
        "y": [exponent],
        "xaxis": "x2",
        "yaxis": "y2",
        "marker": {"color": COLOURS[5], "symbol": "star", "size": 17, "line": {"color": "#ffffff", "width": 1}},
        "showlegend": False,
        "cliponaxis": False,
        "hovertemplate": "you are here<extra></extra>",
    }
    notes = [_note(74, 0.48, "specialists<br>make more")]
    if break_even(places, people, chance=max(0.24, places / people), doers=doers) > 0.12:
        notes.append(_note(28, 0.02, "sharing<br>makes more"))
    figure = go.Figure(
        [bars, edge, here],
        layout(
            height=_HEIGHT,
            xaxis={"domain": [0, 0.36], "fixedrange": True},
            yaxis={"range": [-104, 104], "title": "output, change in %"},
            xaxis2={"domain": [0.52, 1], "range": [100 * places / people, 101], "title": "had the chance before, %"},
            yaxis2={"range": [0, _MOST_PRACTICE], "anchor": "x2", "title": "how much practice matters (φ)"},
            annotations=notes,
            margin={"b": 60},
        ),
    )
    rows = tuple(
        (name, _signed(step)) for name, step in zip(("talent found", "practice lost", "both"), steps, strict=True)
    )
    rows += (("the sign flips at φ =", _edge(flips)),)
    caption = f"{doers} of {people} share a task that makes {places} full jobs; {percent(chance)} had the chance before"
    return Exhibit(figure, _say_sign(steps, flips, exponent, doers, places), Table(("what", "change"), rows, caption))


def _note(x: float, y: float, text: str) -> dict[str, Any]:
    place = {"xref": "x2", "yref": "y2", "xanchor": "center", "yanchor": "bottom"}
    return {"x": x, "y": y, "text": text, "showarrow": False, "font": {"size": 13, "color": "#333333"}, **place}


def _signed(step: float) -> str:
    text = number(100 * step, 0 if abs(step) >= 0.0995 else 1)
    return f"+{text} %" if step > 0 and text != "0" else f"{text} %"


def _edge(flips: float) -> str:
    return f"{flips:.2f}" if flips > 0 else "never: it always makes less"


def _say_sign(steps: list[float], flips: float, exponent: float, doers: int, places: int) -> str:
    found, lost, both = steps
    whom = f"Shared among {doers} instead of {places}, the task"
    talents = (
        f"finds better people, worth {_signed(found)}"
        if found > 5e-4
        else f"goes to less gifted people, {_signed(found)}"
    )
    result = (
        f"together it makes {percent(both, 1)} more"
        if both > 5e-4
        else f"together it makes {percent(-both, 1)} less"
        if both < -5e-4
        else "together it makes the same"
    )
    sign = (
        f"The sign flips at φ = {flips:.2f}; you are at {exponent:.2f}."
        if flips > 0
        else ("However little practice matters, it never makes more.")
    )
    return f"{whom} {talents}, and loses practice, {_signed(lost)}: {result}. {sign}"
