"""What a learner can move in lesson 05 and its side room, and what it calls."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from parecon_edu.display import Action, Choice, Exhibit, Kept, Panel, Slider, Switch, Text
from parecon_edu.display.inputs import Control
from parecon_edu.display.views import view_of
from parecon_edu.display.words import number
from parecon_edu.jobs import figures, own, room_figures
from parecon_edu.jobs.cards import deal, uncut
from parecon_edu.jobs.model import Jobs, Workplace, balance, corporate, rotation, train
from parecon_edu.jobs.model import trained as who_is_trained
from parecon_edu.jobs.places import read_lines, workplace
from parecon_edu.jobs.town import TownExchange, town

__all__ = ["panel"]

_PLACE_WORDS = {
    "bakery": "the Eastside bakery",
    "clinic": "a small clinic",
    "school": "a primary school",
    "software": "a software team",
    "bus_depot": "a bus depot",
}
_ALL = "all"
_WAYS = {**figures.WAY_WORDS, _ALL: "all three, side by side"}
_PREFER = {
    "few_tasks": "few different tasks for each",
    "preferences": "what people like",
    "training": "little training",
}
_CALL = {"rank": "corporate", "turns": "rotation"}
_NOBODY = "."


def panel(view: str = "divide") -> Panel:
    """Make one of the panels of lesson 05.

    Parameters
    ----------
    view : str
        "cards": deal twelve cards among five people by hand. "divide": by rank, in turns or balanced, in five
        workplaces. "own": the same for a workplace of your own. "sign": practice lost against talent found, and where
        the sign flips. "across": hours in other workplaces, until everybody's job is alike.

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
    >>> bakery.set(way="balanced")
    >>> print(bakery.exhibit.sentence.split(". ")[0])
    Balanced, all 5 jobs are rated alike: empowerment 4.35 and desirability 4.50
    """
    return view_of(_VIEWS, view)()


# --- by hand --------------------------------------------------------------------------------------------------------


def _cards() -> Panel:
    place = _place("bakery")
    letters = {who: chr(ord("a") + i) for i, who in enumerate(place.workers)}
    people = {letter: who for who, letter in letters.items()}
    words = {str(i): _card(place, i) for i in range(len(place.tasks))}

    def holders(given: str) -> list[str | None]:
        if len(given) != len(place.tasks) or set(given) - {*people, _NOBODY}:
            raise ValueError("These hands are not hands of these cards. Press Back to start, and deal anew.")
        return [people.get(letter) for letter in given]

    def draw(card: str, hands: str) -> Exhibit:
        table = deal(place, holders(hands))
        return figures.dealt(table, best=_best_uncut() if table.done else 0.0)

    def code(card: str, hands: str) -> str:
        return (
            "from parecon_edu import jobs\n\n"
            'place = jobs.workplace("bakery")\n'
            f"hands = {holders(hands)!r}\n"
            "jobs.deal(place, hands).ratings"
        )

    def give(who: str) -> Callable[..., Mapping[str, Any]]:
        def act(card: str, hands: str) -> Mapping[str, Any]:
            at = int(card)
            after = f"{hands[:at]}{letters[who]}{hands[at + 1 :]}"
            deal(place, holders(after))  # refuses what somebody can't do, before anything moves
            ahead = [(at + step) % len(after) for step in range(1, len(after))]
            return {"hands": after, "card": str(next((i for i in ahead if after[i] == _NOBODY), at))}

        return act

    def back(card: str, hands: str) -> Mapping[str, Any]:
        at = int(card)
        return {"hands": f"{hands[:at]}{_NOBODY}{hands[at + 1 :]}"}

    controls: list[Control] = [
        Choice("card", "Which card? Press a name below to give it away; to move it later, choose it again", words, "0"),
        Kept(Text("hands", "Who has which card", _NOBODY * len(place.tasks))),
    ]
    actions = [Action(who.lower(), who, give(who), f"Give the chosen card to {who}") for who in place.workers]
    actions.append(Action("table", "Back on the table", back, "Take the chosen card back"))
    return Panel("cards", controls, draw, code, actions=actions)


def _card(place: Workplace, task: int) -> str:
    ratings = ", ".join(
        f"{name} {number(value)}"
        for name, value in zip(("empowerment", "desirability"), place.ratings[task], strict=True)
    )
    return f"{place.tasks[task]}: {number(place.task_hours[task])} hours, {ratings}"


@lru_cache(maxsize=1)
def _best_uncut() -> float:
    return uncut(_place("bakery")).tolerance


# --- three ways -----------------------------------------------------------------------------------------------------


@lru_cache(maxsize=8)
def _place(name: str) -> Workplace:
    return workplace(name)


@lru_cache(maxsize=64)
def _division(name: str, trained: float, way: str, prefer: str) -> Jobs:
    return _divide(train(_place(name), trained / 100), way, prefer)


def _divide(place: Workplace, way: str, prefer: str) -> Jobs:
    if way == "rank":
        return corporate(place)
    # Without a search the answer takes no two seconds, and is the same on every machine.
    return rotation(place) if way == "turns" else balance(place, prefer=prefer, search=0)


def _shown(way: str) -> tuple[str, ...]:
    return tuple(figures.WAY_WORDS) if way == _ALL else (way,)


def _divide_code(way: str, prefer: str) -> str:
    calls = {
        one: f"jobs.{_CALL[one]}(place)" if one in _CALL else f"jobs.balance(place, prefer={prefer!r}, search=0)"
        for one in _shown(way)
    }
    if way != _ALL:
        return f"division = {calls[way]}\ndivision.ratings, division.tasks_per_worker"
    lines = "".join(f"    {one!r}: {call},\n" for one, call in calls.items())
    return f"divisions = {{\n{lines}}}\n{{way: jobs.ratings for way, jobs in divisions.items()}}"


def _three_ways() -> Panel:
    def draw(way: str, place: str, prefer: str, trained: float) -> Exhibit:
        divisions = {one: _division(place, trained, one, prefer) for one in _shown(way)}
        return figures.divided(divisions, trained=who_is_trained(_place(place), trained / 100))

    def code(way: str, place: str, prefer: str, trained: float) -> str:
        lines = ["from parecon_edu import jobs\n", f"place = jobs.workplace({place!r})"]
        if trained:
            lines.append(f"place = jobs.train(place, {trained / 100!r})  # those first who may do the fewest tasks")
        return "\n".join([*lines, _divide_code(way, prefer)])

    controls: list[Control] = [
        Choice("way", "How are the tasks divided?", _WAYS, "rank"),
        Choice("place", "Where?", _PLACE_WORDS, "bakery"),
        Choice("prefer", "Among equally balanced divisions, look after …", _PREFER, "few_tasks"),
        Slider("trained", "Trained for every task, of all people", 0, 100, 1, 0, "%"),
    ]
    later = ("place", "prefer", "trained")
    return Panel("divide", controls, draw, code, live=False, later=later, more="More: other workplaces, training")


# --- one's own ------------------------------------------------------------------------------------------------------


def _own() -> Panel:
    return own.OwnPanel(_own_controls(own.kept()), _draw_own, _own_code)


def _own_controls(kept: Mapping[str, str]) -> list[Control]:
    return [
        Text("tasks", "Tasks, one a line: name: hours, empowerment, desirability", kept["tasks"], most=6000, lines=9),
        Text(
            "people", "People, one a line: name: hours; not …; likes …; training …", kept["people"], most=6000, lines=9
        ),
        Choice("way", "How are the tasks divided?", _WAYS, _ALL),
        Choice("prefer", "Among equally balanced divisions, look after …", _PREFER, "few_tasks"),
    ]


def _draw_own(tasks: str, people: str, way: str, prefer: str) -> Exhibit:
    # What is wrong with it is said where the picture would stand: refused by the panel, the text would be put back.
    try:
        place = read_lines(tasks, people)
        return figures.divided({one: _divide(place, one, prefer) for one in _shown(way)})
    except ValueError as error:
        return figures.refused(str(error))


def _own_code(tasks: str, people: str, way: str, prefer: str) -> str:
    return (
        "from parecon_edu import jobs\n\n"
        f'tasks = """{_quoted(tasks)}"""\npeople = """{_quoted(people)}"""\n'
        f"place = jobs.read_lines(tasks, people)\n{_divide_code(way, prefer)}"
    )


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


# --- the sign -------------------------------------------------------------------------------------------------------

_JOBS, _PEOPLE = 10, 100


def _sign() -> Panel:
    def draw(exponent: float, chance: float, doers: int) -> Exhibit:
        return figures.sign_flips(exponent=exponent, chance=chance / 100, doers=doers, places=_JOBS, people=_PEOPLE)

    def code(exponent: float, chance: float, doers: int) -> str:
        setting = f"{_JOBS}, {_PEOPLE}, chance={chance / 100!r}, doers={doers}"
        return (
            "from parecon_edu import jobs\n\n"
            f"both = jobs.shared_out({setting}, exponent={exponent!r})\n"
            f"talent = jobs.shared_out({setting}, exponent=0)\n"
            f"practice = jobs.practice({_JOBS} / {doers}, exponent={exponent!r})\n"
            f"100 * (talent - 1), 100 * (practice - 1), 100 * (both - 1), jobs.break_even({setting})"
        )

    controls: list[Control] = [
        Slider("exponent", "How much does practice matter? (φ; 0: not at all)", 0, 0.6, 0.01, 0.28),
        Slider("chance", "How many had the chance before?", 10, 100, 1, 20, "%", whole=True),
        Slider("doers", f"How many of {_PEOPLE} share what makes {_JOBS} full jobs?", 11, 100, 1, 20, whole=True),
    ]
    return Panel("sign", controls, draw, code, later=("doers",), more="More: how many share it")


# --- across workplaces ----------------------------------------------------------------------------------------------


def _across() -> Panel:
    def draw(band: float, desirability: bool, laundry: float, understated: float) -> Exhibit:
        return room_figures.exchanged(_town(band, desirability, laundry, understated))

    def code(band: float, desirability: bool, laundry: float, understated: float) -> str:
        return (
            "from parecon_edu.jobs.town import town\n\n"
            f"result = town(tolerance={band!r}, desirability={desirability!r}, laundry={laundry!r}, "
            f"understated={understated!r})\n"
            "result.after[:, 0], 100 * result.away"
        )

    controls: list[Control] = [
        Slider("band", "How far from the town's mean may anybody's work be?", 0, 3, 0.25, 3, "points"),
        Switch("desirability", "Even out desirability too, not only empowerment", True),
        Slider("laundry", "How empowering is an hour in the laundry?", 0, 6, 0.5, 2),
        Slider("understated", "The software team rates its own work too low by", 0, 3, 0.25, 0, "points"),
    ]
    later = ("desirability", "laundry", "understated")
    return Panel("across", controls, draw, code, later=later, more="More: what is evened out, and who rates")


@lru_cache(maxsize=64)
def _town(band: float, desirability: bool, laundry: float, understated: float) -> TownExchange:
    return town(tolerance=band, desirability=desirability, laundry=laundry, understated=understated)


_VIEWS: dict[str, Callable[[], Panel]] = {
    "cards": _cards,
    "divide": _three_ways,
    "own": _own,
    "sign": _sign,
    "across": _across,
}
