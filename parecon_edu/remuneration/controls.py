"""What a learner can move in the lessons on remuneration, and what it calls."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

import numpy as np

from parecon_edu.display import Choice, Exhibit, Panel, Slider, Switch, Text
from parecon_edu.display.inputs import Control
from parecon_edu.display.views import view_of
from parecon_edu.display.words import join
from parecon_edu.remuneration import figures, society_figures, team_figures, wealth_figures
from parecon_edu.remuneration.bakers import BAKERY, BAKERY_POOL
from parecon_edu.remuneration.model import People, pay
from parecon_edu.remuneration.ratings import rate, rated_pay, with_neighbours
from parecon_edu.remuneration.societies import read_pays
from parecon_edu.remuneration.wealth import yard_sale
from parecon_edu.remuneration.wealth_figures import NAMES, YEARS
from parecon_edu.validation.people import Array

__all__ = ["panel"]

_OPTIONS = figures.NORM_WORDS


def panel(view: str = "pay", *, people: People = BAKERY, pool: float = BAKERY_POOL) -> Panel:
    """Make one of the panels of the lessons on remuneration.

    Parameters
    ----------
    view : str
        "pay": what is rewarded, and then, against what. "ratings": pay for effort as workmates see it, with a ring of
        friends, rough eyes, other raters and a cap. "pool": what becomes of the pool if effort answers to pay. "hours":
        how pay for effort follows one person's hours. "team": what comes back to effort in a team of equals.
        "yard_sale": what fair coins do to wealth. "societies": where real firms and countries stand.
    people : People
        Who shares; Riverside's bakery unless you bring your own. "team" and "yard_sale" have people of their own.
    pool : float
        What there is to share; "team" and "yard_sale" have their own.

    Returns
    -------
    Panel

    Raises
    ------
    ValueError
        If there is no such view.

    Examples
    --------
    >>> bakery = panel()
    >>> bakery.set(norm="effort", against="equal")
    >>> print(bakery.exhibit.sentence.split(". ")[1])
    Inequality (Gini) rises from 0.00 to 0.05.
    """
    return view_of(_VIEWS, view)(people, pool)


def _pay(people: People, pool: float) -> Panel:
    def draw(norm: str, against: str) -> Exhibit:
        if against == _NOTHING:
            return figures.shares(people, norm, pool=pool)
        return figures.change(people, norm, against=against, pool=pool)

    def code(norm: str, against: str) -> str:
        if against == _NOTHING:
            return f'{_setting(people, pool)}\nremuneration.pay(people, "{norm}", pool=pool)'
        return (
            f'{_setting(people, pool)}\nnew = remuneration.pay(people, "{norm}", pool=pool)\n'
            f'old = remuneration.pay(people, "{against}", pool=pool)\n'
            "new - old, remuneration.gini(old), remuneration.gini(new)"
        )

    controls = [
        Choice("norm", "What is rewarded?", figures.NORM_WORDS, "equal"),
        Choice(
            "against", "What was rewarded before?", {_NOTHING: "look at one rule only", **figures.NORM_WORDS}, _NOTHING
        ),
    ]
    return Panel("pay", controls, draw, code, later=("against",), more="Compare with another rule")


def _ratings(people: People, pool: float) -> Panel:
    """Our four share with four others, exactly like them, who rate themselves fairly."""
    ring = tuple(name for name, able in zip(people.names, people.able, strict=True) if able)[:2]
    both = with_neighbours(people)
    places = ["here"] * len(people) + ["next door"] * len(people)
    fair = rate(people).scores

    def draw(favouritism: float, noise: float, raters: str, inflation: float, cap: bool) -> Exhibit:
        given = rate(people, ring=ring, favouritism=favouritism / 100, noise=noise / 100, raters=raters, weeks=_WEEKS)
        here = given.scores * (1 + inflation / 100)
        given = replace(given, scores=here, average=float(here[people.able].mean()))
        scores = np.concatenate([here, fair])
        incomes = rated_pay(both, scores, pool=2 * pool, workplaces=places, cap=1.0 if cap else None)
        return figures.rated(people, given, incomes[: len(people)], pool=pool, cap=1.0 if cap else None)

    def code(favouritism: float, noise: float, raters: str, inflation: float, cap: bool) -> str:
        return (
            f"import numpy as np\n{_setting(people, pool)}\n"
            "# A second workplace, exactly like this one, rates itself fairly; both share one pool.\n"
            "both = remuneration.with_neighbours(people)\n"
            f"given = remuneration.rate(people, ring={ring!r}, favouritism={favouritism / 100!r},\n"
            f"                          noise={noise / 100!r}, raters={raters!r}, weeks={_WEEKS})\n"
            f"scores = np.concatenate([given.scores * {1 + inflation / 100!r}, remuneration.rate(people).scores])\n"
            f'places = ["here"] * {len(people)} + ["next door"] * {len(people)}\n'
            f"cap = {1.0 if cap else None}\n"
            "pays = remuneration.rated_pay(both, scores, pool=2 * pool, workplaces=places, cap=cap)\n"
            f"pays[:{len(people)}]"
        )

    controls: list[Control] = [
        Slider("favouritism", f"Raters know each other: {join(ring)} favour each other by", 0, 100, 5, 0, unit="%"),
        Slider("noise", "Raters see effort only roughly: they are off by about", 0, 60, 5, 0, unit="%"),
        Choice("raters", "Who rates?", figures.RATER_WORDS, "everybody"),
        Slider("inflation", "Everybody here rates everybody up by", 0, 50, 5, 0, unit="%"),
        Switch("cap", "Cap: a workplace's average rating may not exceed 1", True),
    ]
    later = ("noise", "raters", "inflation", "cap")
    return Panel("ratings", controls, draw, code, later=later, more="More: rough eyes, other raters, the cap")


def _pool(people: People, pool: float) -> Panel:
    def draw(response: float) -> Exhibit:
        return figures.pool_moves(people, pool=pool, response=response)

    def code(response: float) -> str:
        return (
            f"{_setting(people, pool)}\n"
            f"response = {response!r}\n"
            "norms = remuneration.NORMS\n"
            "outcomes = [remuneration.respond(people, norm, pool=pool, response=response) for norm in norms]\n"
            "dict(zip(norms, [outcome.pool for outcome in outcomes]))"
        )

    return Panel("pool", [Slider("response", "How strongly does effort answer?", 0, 1, 0.05, 0)], draw, code)


def _hours(people: People, pool: float) -> Panel:
    """Let one person's hours move, with pay for effort: the smallest panel there is, for a first lesson."""
    who = max(np.flatnonzero(people.able), default=0)
    name = people.names[who]

    def with_hours(hours: float) -> Array:
        return np.where(np.arange(len(people)) == who, hours, people.hours)

    def draw(hours: float) -> Exhibit:
        return figures.worked(replace(people, hours=with_hours(hours)), name, pool=pool, most=60)

    def code(hours: float) -> str:
        return (
            f"from dataclasses import replace\n\n{_setting(people, pool)}\n"
            f"people = replace(people, hours={with_hours(hours).tolist()!r})\n"
            'remuneration.pay(people, "effort", pool=pool)'
        )

    return Panel("hours", [Slider("hours", f"{name}'s hours", 0, 60, 1, float(people.hours[who]))], draw, code)


def _team(_people: People, _pool: float) -> Panel:
    def draw(by_effort: float, n: int, sympathy: float, elasticity: float) -> Exhibit:
        return team_figures.team_effort(n, by_effort=by_effort / 100, sympathy=sympathy / 100, elasticity=elasticity)

    def code(by_effort: float, n: int, sympathy: float, elasticity: float) -> str:
        return (
            "from parecon_edu import remuneration\n\n"
            f"now = remuneration.team({n}, by_effort={by_effort / 100!r}, sympathy={sympathy / 100!r}, "
            f"elasticity={elasticity!r})\n"
            "# Best for all, if nobody cares for the others: the share paid by effort is the elasticity.\n"
            f"best = remuneration.team({n}, by_effort={elasticity!r}, elasticity={elasticity!r})\n"
            "now.returned, now.effort / best.effort, now.pool / best.pool, now.net / best.net"
        )

    controls: list[Control] = [
        Slider("by_effort", "How much of the pool is paid by effort? The rest is shared equally", 0, 100, 5, 0, "%"),
        Slider("n", "How many people?", 2, 50, 1, 4, whole=True),
        Slider("sympathy", "Sympathy: what 1 more for a workmate counts, against 1 for oneself", 0, 100, 5, 0, "%"),
        Slider("elasticity", "Does more effort always add as much (1), or less and less (below 1)?", 0.5, 1, 0.05, 1),
    ]
    later = ("n", "sympathy", "elasticity")
    return Panel("team", controls, draw, code, later=later, more="More: other teams, other work")


def _yard_sale(_people: People, _pool: float) -> Panel:
    # The year is the control that is dragged: the coins are tossed once, and only looked at anew.
    @lru_cache(maxsize=4)
    def history(n: int, fraction: float, redistribution: float, seed: int) -> Array:
        start = np.full(n, _START)
        return yard_sale(start, fraction=fraction, rounds=n * YEARS, redistribution=redistribution, seed=seed)

    def draw(year: int, fraction: float, redistribution: float, n: int, seed: int) -> Exhibit:
        shown = history(n, fraction / 100, redistribution / 100, seed)
        without = history(n, fraction / 100, 0.0, seed) if redistribution else None
        return wealth_figures.fair_coins(shown, year=year, without=without)

    def code(year: int, fraction: float, redistribution: float, n: int, seed: int) -> str:
        return (
            "from parecon_edu import remuneration\n\n"
            f"# {YEARS} years of {n} meetings each; the rows are the wealth of all {n} after each meeting.\n"
            f"history = remuneration.yard_sale([{_START!r}] * {n}, fraction={fraction / 100!r}, "
            f"rounds={n} * {YEARS},\n"
            f"                                 redistribution={redistribution / 100!r}, seed={seed})\n"
            f"wealth = history[{n} * {year}]\n"
            "wealth, remuneration.gini(wealth), wealth.max() / wealth.sum()"
        )

    controls: list[Control] = [
        Slider("year", "Let the years go by", 0, YEARS, 5, 0, whole=True),
        Slider("fraction", "At stake, of what the poorer one has", 0, 50, 5, 20, "%"),
        Slider("redistribution", "Redistribution: each year, towards the average by", 0, 20, 0.5, 0, "%"),
        Slider("n", "How many people?", 4, len(NAMES), 1, 10, whole=True),
        Slider("seed", "Other coins (number of the history)", 1, 50, 1, 1, whole=True),
    ]
    later = ("fraction", "redistribution", "n", "seed")
    return Panel("yard_sale", controls, draw, code, later=later, more="More: stake, redistribution, other coins")


def _societies(people: People, pool: float) -> Panel:
    def draw(kind: str, norm: str, pays: str) -> Exhibit:
        own = {} if norm == _NOTHING else {_PLACE: pay(people, norm, pool=pool)}
        if pays.strip():
            own["Your workplace"] = read_pays(pays)
        return society_figures.standing(kind, own=own)

    def code(kind: str, norm: str, pays: str) -> str:
        lines = [
            _setting(people, pool),
            f'measure = remuneration.MEASURES["{kind}"]',
            f'known = [fact for fact in remuneration.facts() if fact.kind == "{kind}"]',
            'shown = {f"{fact.who} {fact.year}": fact.value for fact in known}',
        ]
        if norm != _NOTHING:
            lines.append(f'shown["{_PLACE}"] = measure(remuneration.pay(people, "{norm}", pool=pool))')
        if pays.strip():
            lines.append(f'shown["Your workplace"] = measure(remuneration.read_pays({pays!r}))')
        return "\n".join([*lines, "shown"])

    controls: list[Control] = [
        Choice("kind", "Which number?", society_figures.KIND_WORDS, "top_lowest"),
        Choice(
            "norm",
            "Lay the Eastside bakery beside them, paying …",
            {_NOTHING: "leave the bakery out", **figures.NORM_WORDS},
            _NOTHING,
        ),
        Text("pays", "Pay of each person where you work, with spaces between (3x2100: three people get 2100)"),
    ]
    return Panel(
        "societies", controls, draw, code, later=("norm", "pays"), more="Add the bakery, or your own workplace"
    )


_PLACE = "The bakery"
_START = 100.0
_NOTHING = "nothing"
_WEEKS = 4
_VIEWS: dict[str, Callable[[People, float], Panel]] = {
    "pay": _pay,
    "ratings": _ratings,
    "pool": _pool,
    "hours": _hours,
    "team": _team,
    "yard_sale": _yard_sale,
    "societies": _societies,
}


def _setting(people: People, pool: float) -> str:
    """The first lines of the code for a view: the people and the pool, written out where they are not the bakery's."""
    first = "from parecon_edu import remuneration\n"
    if people is BAKERY:
        return f"{first}\npeople, pool = remuneration.BAKERY, {pool:g}"
    columns = ("hours", "intensity", "onerousness", "output", "capital", "power", "need", "able")
    fields = "".join(f"    {name}={getattr(people, name).tolist()},\n" for name in columns)
    return f"{first}\npeople = remuneration.People(\n{fields}    names={people.names!r},\n)\npool = {pool!r}"
