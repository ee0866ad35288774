"""What a learner can move in lesson 01 and its side room, and what it calls."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from parecon_edu.display import Choice, Exhibit, Kept, Panel, Slider, Switch
from parecon_edu.display.inputs import Control
from parecon_edu.display.views import view_of
from parecon_edu.values import figures, room_figures
from parecon_edu.values.harvest import FIELD
from parecon_edu.values.societies import SOCIETIES, VALUES
from parecon_edu.values.weights import PEOPLE, locked_weights

__all__ = ["panel"]

_FIRST = "from parecon_edu import values\n\n"
_EVEN = 20.0
_FIELDS = tuple(value.replace("-", "_") for value in VALUES)
_OTHER = {value: SOCIETIES.measures(value)[1] for value in VALUES}


def panel(view: str = "order") -> Panel:
    """Make one of the panels of lesson 01 and its side room.

    The learner's own weights stand in "order" and "turn" from the start, if they are locked already; else all six are
    the same.

    Parameters
    ----------
    view : str
        "order": whose weights; behind a button, one's own six numbers and how scores are put together. "turn": which
        value is measured in another way; behind a button, whose weights. "inheritance": who holds what was left to the
        four on the field, and how much there would be without it; behind a button, how fast it wears out.

    Returns
    -------
    Panel

    Raises
    ------
    ValueError
        If there is no such view.

    Examples
    --------
    >>> mine = panel()
    >>> mine.set(whose="Amara")
    >>> print(mine.exhibit.sentence.split(",")[0])
    With Amara's weights Elm comes first with 66.9 points of 100
    """
    return view_of(_VIEWS, view)()


def _own() -> tuple[list[float], bool]:
    """Give the learner's weights in points of 100, or six equal ones; and whether they were locked."""
    locked = locked_weights()
    return ([_EVEN] * len(VALUES), False) if locked is None else ([round(100 * float(w), 2) for w in locked], True)


def _sliders(points: list[float]) -> list[Slider]:
    return [
        Slider(field, f"If yours: your weight for {value}", 0, 100, 1, at)
        for field, value, at in zip(_FIELDS, VALUES, points, strict=True)
    ]


def _whose(own: str) -> dict[str, str]:
    people = {name: f"{name}: {person.why}" for name, person in PEOPLE.items()}
    return {"own": own, "even": "all six the same", **people}


def _taken(whose: str, own: dict[str, float]) -> tuple[list[float], str]:
    """Give the weights that count, and whose they are, in words."""
    if whose in PEOPLE:
        return [float(points) for points in PEOPLE[whose].points], f"{whose}'s"
    mine = [own[field] for field in _FIELDS]
    if whose == "even" or len(set(mine)) == 1:
        return [1.0] * len(mine), "six equal"  # six zeros too: nothing is told apart
    return mine, "your"


def _written(weights: list[float]) -> str:
    return f"weights = {[int(w) if w.is_integer() else w for w in weights]}    # {', '.join(VALUES)}\n"


def _order() -> Panel:
    points, locked = _own()

    def draw(whose: str, how: str, **own: float) -> Exhibit:
        weights, words = _taken(whose, own)
        return figures.ranking(SOCIETIES, weights, whose=words, how=how)

    def code(whose: str, how: str, **own: float) -> str:
        weights, _ = _taken(whose, own)
        way = "" if how == "sum" else f', how="{how}"'
        return f"{_FIRST}{_written(weights)}100 * values.totals(values.SOCIETIES, weights{way})"

    mine = "yours, as you locked them" if locked else "yours (all alike until you move them)"
    controls: list[Control] = [
        Choice("whose", "Whose weights?", _whose(mine), "own"),
        Choice("how", "How are the scores put together?", figures.WAY_WORDS, "sum"),
        *_sliders(points),
    ]
    later = ("how", *_FIELDS)
    return Panel(
        "order", controls, draw, code, later=later, more="More: how to put scores together, and your own weights"
    )


def _turn() -> Panel:
    points, locked = _own()

    def draw(value: str, whose: str, **own: float) -> Exhibit:
        weights, words = _taken(whose, own)
        return figures.turn(SOCIETIES, weights, _changed(value), whose=words)

    def code(value: str, whose: str, **own: float) -> str:
        weights, _ = _taken(whose, own)
        return (
            f"{_FIRST}{_written(weights)}changed = {_changed(value)}\n"
            "before = values.order(values.SOCIETIES, weights)\n"
            "before, values.order(values.SOCIETIES, weights, indicators=changed)"
        )

    options = {"none": "none yet", **{value: f"{value}: {_OTHER[value].words}" for value in VALUES}}
    mine = "yours, as you locked them" if locked else "yours (none locked yet)"
    controls: list[Control] = [
        Choice("value", "Which value is measured in another way?", options, "none"),
        Choice("whose", "Whose weights?", _whose(mine), "own" if locked else "even"),
        *(Kept(slider) for slider in _sliders(points)),
    ]
    return Panel("turn", controls, draw, code, later=("whose",), more="More: whose weights")


def _changed(value: str) -> dict[str, str]:
    return {} if value == "none" else {value: _OTHER[value].name}


def _inheritance() -> Panel:
    def draw(holder: str, bare: float, wear: float, **more: Any) -> Exhibit:
        return room_figures.inherited_field(FIELD, holder, bare=bare, wear=wear / 100, **more)

    def code(holder: str, bare: float, wear: float, ahead: int, watching: float, divisible: bool, parts: int) -> str:
        return (
            f"{_FIRST}field = values.FIELD\n"
            f"credited = values.attribute(field, bare={bare!r}, parts={parts!r})\n"
            f'held = values.hold(field, "{holder}", bare={bare!r}, wear={wear / 100!r}, ahead={ahead!r},\n'
            f"                   watching={watching!r}, divisible={divisible!r}, parts={parts!r})\n"
            "credited, held.gets[0], held.harvests[-1]"
        )

    controls: list[Control] = [
        Choice("holder", "Who holds what was left to them?", room_figures.HOLDER_WORDS, "nobody"),
        Slider("bare", "Of the 120 sacks, how many would there be without it?", 0, FIELD.sacks, 5, 30),
        Slider("wear", "If nobody clears the ditches, what they add shrinks each year by", 0, 20, 1, 10, "%"),
        Slider("ahead", "How many harvests does whoever decides look ahead?", 1, 10, 1, 1, whole=True),
        Slider("watching", "Keepers: sacks a year to agree, and to see that it is done", 0, 10, 0.5, 2),
        Switch("divisible", "Plots: whoever owns one can clear their own ditch alone", True),
        Slider("parts", "The credit: into how many parts is the inheritance cut?", 1, 9, 1, 1, whole=True),
    ]
    later = ("wear", "ahead", "watching", "divisible", "parts")
    return Panel(
        "inheritance", controls, draw, code, later=later, more="More: wear, foresight, watching, cutting it up"
    )


_VIEWS: dict[str, Callable[[], Panel]] = {"order": _order, "turn": _turn, "inheritance": _inheritance}
