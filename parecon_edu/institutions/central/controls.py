"""What a learner can move in lesson 07, and what it calls."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

from parecon_edu.display import Action, Choice, Exhibit, Kept, Panel, Rows, Slider
from parecon_edu.display.inputs import Control
from parecon_edu.display.views import view_of
from parecon_edu.economy.scenarios import Scenario, scenario
from parecon_edu.institutions.central import figures, room_controls
from parecon_edu.institutions.central.balances import TECHNOLOGIES
from parecon_edu.institutions.central.model import allocate
from parecon_edu.institutions.central.office import MILLS, YEARS, Office, open_office
from parecon_edu.institutions.central.record import KINDS
from parecon_edu.institutions.wording import friction_slider, from_percent

__all__ = ["office_of", "panel"]

#: Who lies, as a learner reads it; in code, what `open_office` gets.
GAMES: Mapping[str, str] = {
    "nobody": "nobody: all three tell the truth",
    "some": "one or two do, and you don't know which",
    "promise": "they would; but the bonus goes by kept promises",
}
_OPENING: Mapping[str, Mapping[str, Any]] = {
    "nobody": {"liars": False},
    "some": {},
    "promise": {"bonus": "promise"},
}
_KEYS = ("tailors", "weavers", "knitwear")
_TOWN = 2
_MOST_TOWNS = 50
_MOST_TARGET = 200
_FRICTIONS = ("slack", "planner_taste", "uncounted_harm", "official_premium", "effort_loss", "surprise", "rigidity")


def panel(view: str = "office") -> Panel:
    """Make one of the panels of lesson 07 and its side rooms.

    Parameters
    ----------
    view : str
        "office": be the planner of three mills. "balances": orders passed on round by round. "town": Riverside under a
        central plan, one friction first. "record": what central planning did, in figures, and how sure they are.
        The side rooms' views are listed in `room_controls.VIEWS`.

    Returns
    -------
    Panel

    Raises
    ------
    ValueError
        If there is no such view.

    Examples
    --------
    >>> office = panel()
    >>> office.press("believe")
    >>> office.press("give")
    >>> office.exhibit.sentence.split(". ")[0]
    'Year 1: 385 coats; all three met their targets'
    """
    return view_of(_VIEWS, view)()


# --- the office -------------------------------------------------------------------------------------------------------


def office_of(values: Mapping[str, Any]) -> Office:
    """Return the office that an office panel's values stand for.

    Examples
    --------
    >>> office_of(panel().values).years
    ()
    """
    who, town = values["who"], values["town"]
    office = open_office(_draw(who, town), **_OPENING[who])
    mine = [row[2:] for row in values["orders"] if _is_of(row, who, town)]
    return Office(office.mills, tuple(tuple(int(t) for t in row) for row in mine), office.bonus)


def _draw(who: str, town: int) -> int:
    """Give the number of the draw: where nobody lies it is another one, or reports would give the next game away."""
    return town + _MOST_TOWNS if who == "nobody" else town


def _is_of(row: Sequence[float], who: str, town: int) -> bool:
    """Say whether a row of orders belongs to this game: its first two numbers are who lies, and the town."""
    return (int(row[0]), int(row[1])) == (list(GAMES).index(who), town)


def _office() -> Panel:
    def draft(values: Mapping[str, Any]) -> list[int]:
        return [values[key] for key in _KEYS]

    def draw(**values: Any) -> Exhibit:
        return figures.by_hand(office_of(values), draft=draft(values))

    def give(**values: Any) -> dict[str, Any]:
        office_of(values).give(draft(values))  # says no after the last year
        row = (list(GAMES).index(values["who"]), values["town"], *draft(values))
        return {"orders": (*values["orders"], row)}

    def believe(**values: Any) -> dict[str, Any]:
        reports = office_of(values).reports
        if not reports:
            raise ValueError("The five years are over, nobody reports any more. Press “Begin again”.")
        return dict(zip(_KEYS, reports, strict=True))

    def again(**values: Any) -> dict[str, Any]:
        return {"orders": tuple(row for row in values["orders"] if not _is_of(row, values["who"], values["town"]))}

    def code(**values: Any) -> str:
        office = office_of(values)
        said = "".join(f", {name}={value!r}" for name, value in _OPENING[values["who"]].items())
        years = "".join(f"office = office.give({row})\n" for row in office.orders)
        return (
            "from parecon_edu.institutions import central\n\n"
            f"office = central.open_office({_draw(values['who'], values['town'])}{said})\n"
            f"{years}office.reports, office.made"
        )

    first = open_office(_draw("nobody", _TOWN), liars=False).reports
    controls: list[Control] = [
        Choice("who", "Who lies?", dict(GAMES), "nobody"),
        *(
            Slider(key, f"Target for {name}", 0, _MOST_TARGET, 1, said, unit="coats", whole=True)
            for key, name, said in zip(_KEYS, MILLS, first, strict=True)
        ),
        Slider("town", "Another town (number of the draw)", 1, _MOST_TOWNS, 1, _TOWN, whole=True),
        Kept(Rows("orders", "Orders given", 2 + len(_KEYS), (), most=40 * YEARS)),
    ]
    actions = [
        Action("give", "Give the orders", give, "Send these three targets out and see what comes back", main=True),
        Action("believe", "Set targets as reported", believe, "Move the sliders to what the mills report"),
        Action("again", "Begin again", again, "Forget the years of this game; the other games stay"),
    ]
    title = "You are the planning office: read the reports, set three targets, give the orders"
    return Panel(
        "office", controls, draw, code, title=title, actions=actions, later=("town",), more="Take another town"
    )


# --- material balances ------------------------------------------------------------------------------------------------


def _balances() -> Panel:
    titles = {name: make().title for name, make in TECHNOLOGIES.items()}

    def draw(after: int, whose: str, padding: float) -> Exhibit:
        return figures.rounds(TECHNOLOGIES[whose](), after=after, padding=padding / 100)

    def code(after: int, whose: str, padding: float) -> str:
        return (
            "from parecon_edu.institutions.central import balances\n\n"
            f'technology = balances.TECHNOLOGIES["{whose}"]().padded({padding / 100!r})\n'
            f"on_order = balances.orders(technology.A, technology.wanted, rounds={after})\n"
            "technology.radius, technology.worth @ on_order[-1]"
        )

    controls: list[Control] = [
        Slider("after", "Pass the orders on, round by round", 0, 12, 1, 0, "rounds", whole=True),
        Choice("whose", "Whose products?", titles, "two"),
        Slider("padding", "Everybody asks for more than it takes, by", 0, 110, 5, 0, "%"),
    ]
    return Panel(
        "balances", controls, draw, code, later=("whose", "padding"), more="More: a whole country, padded orders"
    )


# --- Riverside under a plan -------------------------------------------------------------------------------------------


@cache
def _riverside() -> Scenario:
    return scenario("riverside")


def _town() -> Panel:
    def draw(**values: float) -> Exhibit:
        town = _riverside()
        shares: dict[str, Any] = from_percent(values)
        return figures.under_plan(allocate(town, **shares), scenario=town)

    def code(**values: float) -> str:
        given = "".join(f", {name}={value!r}" for name, value in from_percent(values).items())
        return (
            "from parecon_edu import economy\nfrom parecon_edu.institutions import central\n\n"
            f'outcome = central.allocate(economy.scenario("riverside"){given})\n'
            "outcome.equivalent, outcome.equivalent_by_council"
        )

    sliders = [friction_slider(name) for name in _FRICTIONS]
    return Panel(
        "central_town",
        sliders,
        draw,
        code,
        later=_FRICTIONS[1:],
        more="More that can go wrong",
        live=False,
    )


# --- the record -------------------------------------------------------------------------------------------------------


def _record() -> Panel:
    def draw(kind: str) -> Exhibit:
        return figures.record(kind)

    def code(kind: str) -> str:
        return (
            "from parecon_edu.institutions.central import record\n\n"
            f'[(fact.what, fact.low, fact.high, fact.unit, fact.sure) for fact in record.facts_of("{kind}")]'
        )

    return Panel("soviet_record", [Choice("kind", "Which figures?", dict(KINDS), "funded")], draw, code)


_VIEWS: dict[str, Callable[[], Panel]] = {
    "office": _office,
    "balances": _balances,
    "town": _town,
    "record": _record,
    **room_controls.VIEWS,
}
