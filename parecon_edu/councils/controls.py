"""What a learner can move in the lesson on councils and its side room, and what it calls."""

from __future__ import annotations

import re
from collections.abc import Callable

from parecon_edu.councils import figures, room_figures
from parecon_edu.councils.replies import reply
from parecon_edu.councils.towns import PLACES, by_districts
from parecon_edu.councils.tree import Pyramid, pyramid
from parecon_edu.display import Choice, Exhibit, Panel, Slider, Text
from parecon_edu.display.inputs import Control
from parecon_edu.display.views import view_of

__all__ = ["panel", "read_people"]

_FIRST = "from parecon_edu import councils\n\n"
#: The most people a pyramid is drawn for: a few more than there are.
_MOST = 20_000_000_000


def panel(view: str = "pyramid") -> Panel:
    """Make one of the panels of the lesson on councils.

    Parameters
    ----------
    view : str
        "pyramid": who decides together, in councils of which size; behind a button, a town of your own, and communes
        and districts. "chain": what a delegate still stands for, with recall and drift. "layers": an opinion on its
        way up; behind a button, replies for a minority. "return": votes that go back to everybody.

    Returns
    -------
    Panel

    Raises
    ------
    ValueError
        If there is no such view.

    Examples
    --------
    >>> tree = panel()
    >>> tree.set(place="country", size=50)
    >>> print(tree.exhibit.sentence.split(". ")[0])
    A country, 312,500,000 people: 5 levels, 6,377,551 councils
    """
    return view_of(_VIEWS, view)()


def read_people(text: str) -> int:
    """Read how many people live somewhere, as people write it.

    Parameters
    ----------
    text : str
        Such as "3200", "3,200", "3 200", "1.5 million".

    Returns
    -------
    int

    Raises
    ------
    ValueError
        If it is no whole number of people, or more than there are on earth.

    Examples
    --------
    >>> read_people("3,200"), read_people("1.5 million"), read_people("8_000")
    (3200, 1500000, 8000)
    """
    million = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*(?:m|million)\s*", text, re.IGNORECASE)
    plain = re.fullmatch(r"\s*(\d{1,3}(?:[,  _']\d{3})+|\d+)\s*", text)
    if million:
        people = round(float(million[1]) * 1_000_000)
    elif plain:
        people = int(re.sub(r"\D", "", plain[1]))
    else:
        raise ValueError(
            f"Your town needs a number of people: you typed {text!r}. Type a whole number, such as 3200 or 1.5 million."
        )
    if not 1 <= people <= _MOST:
        raise ValueError(f"Your town has {people:,} people. Type a number from 1 to 20 000 million.")
    return people


_PLACE_WORDS = {
    "house": "a house: 4 people",
    "nine": "nine friends",
    "riverside": "Riverside: 2,601 people",
    "city": "a city: 4 million",
    "country": "a country: 312.5 million",
}
_PLACE_NAMES = {
    "house": "A house",
    "nine": "Nine friends",
    "riverside": "Riverside",
    "city": "A city",
    "country": "A country",
}
_SHAPES = {
    "size": "as few levels as possible",
    "districts": "communes, districts, cities",
}


def _pyramid() -> Panel:
    def people(place: str, own: str) -> int:
        return read_people(own) if own.strip() else PLACES[place]

    def tree(place: str, size: int, own: str, shape: str, commune: int, districts: int) -> Pyramid:
        if shape == "districts":
            return by_districts(people(place, own), commune=commune, districts=districts)
        return pyramid(people(place, own), size)

    def draw(place: str, size: int, own: str, shape: str, commune: int, districts: int) -> Exhibit:
        name = "Your town" if own.strip() else _PLACE_NAMES[place]
        return figures.pyramid_of(tree(place, size, own, shape, commune, districts), place=name)

    def code(place: str, size: int, own: str, shape: str, commune: int, districts: int) -> str:
        many = people(place, own)
        made = (
            f"councils.by_districts({many}, commune={commune}, districts={districts})"
            if shape == "districts"
            else f"councils.pyramid({many}, {size})"
        )
        return f"{_FIRST}tree = {made}\ntree.counts, tree.councils, councils.fewest_to_win(tree)"

    controls: list[Control] = [
        Choice("place", "Who decides together?", _PLACE_WORDS, "nine"),
        Slider("size", "Most members of a council", 3, 100, 1, 3, whole=True),
        Text("own", "Your own town: how many people? (empty: as above)", most=30),
        Choice("shape", "How are they divided?", _SHAPES, "size"),
        Slider("commune", "With districts: people in a commune", 100, 2000, 50, 1000, whole=True),
        Slider("districts", "With districts: districts in a city", 4, 40, 1, 40, whole=True),
    ]
    later = ("own", "shape", "commune", "districts")
    return Panel("councils", controls, draw, code, later=later, more="More: your own town, communes and districts")


_LISTS = {"open": "anybody may stand", "one": "one list, drawn up by the centre"}
#: Share of the centre's candidates who want what the people want.
_ON_LIST = 0.1


def _chain() -> Panel:
    def draw(recall: float, drift: float, levels: int, wanted: float, lists: str, term: int) -> Exhibit:
        permitted = _ON_LIST if lists == "one" else None
        return figures.chain(
            drift / 100, recall / 100, levels, wanted=wanted / 100, size=_SIZE, permitted=permitted, term=term
        )

    def code(recall: float, drift: float, levels: int, wanted: float, lists: str, term: int) -> str:
        permitted = f", permitted={_ON_LIST}" if lists == "one" else ""
        # Where nobody drifts it does not matter how often somebody is recalled.
        back = recall / 100 if drift or recall else 1.0
        chances = f"drift={drift / 100:g}, recall={back:g}"
        unbroken = (
            f"[0.0] * {levels}    # nobody on the list is sent by the people\n"
            if permitted
            else f"[councils.faithful_share({drift / 100:g}, {back:g}, levels=level) "
            f"for level in range(1, {levels + 1})]\n"
        )
        stays = f", councils.between_elections({drift / 100:g}, {term})" if term else ""
        return (
            f"{_FIRST}unbroken = {unbroken}"
            f"votes = councils.carried({wanted / 100:g}, {_SIZE}, {levels}, {chances}{permitted})\n"
            f"unbroken, votes{stays}"
        )

    controls: list[Control] = [
        Slider("recall", "Recalled in a month, of those who have drifted", 0, 100, 1, 40, "%"),
        Slider("drift", "Delegates who drift away in a month", 0, 50, 1, 10, "%"),
        Slider("levels", "Levels", 1, 8, 1, 5, whole=True),
        Slider("wanted", "People who want something that the centre does not", 0, 100, 1, 70, "%"),
        Choice("lists", "Who may stand for election?", _LISTS, "open"),
        Slider("term", "Beside it, a parliament elected for so many months (0: none)", 0, 72, 1, 0, whole=True),
    ]
    later = ("levels", "wanted", "lists", "term")
    return Panel("mandates", controls, draw, code, later=later, more="More: levels, one list, a parliament")


_SIZE = 25
_SIZES = {"3": "3", "5": "5", "9": "9", "25": "25", "51": "51", "101": "101"}


def _layers() -> Panel:
    def draw(
        share: float, size: str, levels: int, answer: str, seats: float, chambers: int, independence: float, lists: int
    ) -> Exhibit:
        p, members = share / 100, int(size)
        if answer == "nothing":
            return figures.layers(p, members, levels)
        effect = reply(
            answer,
            p,
            members,
            height=levels,
            seats=seats / 100,
            chambers=chambers,
            independence=independence / 100,
            lists=lists,
            delegation=_delegation(members),
        )
        return figures.answer(effect, without=reply("nothing", p, members, height=levels, delegation=1), p=p)

    def code(
        share: float, size: str, levels: int, answer: str, seats: float, chambers: int, independence: float, lists: int
    ) -> str:
        if answer == "nothing":
            return (
                f"{_FIRST}best, by_lot, worst = councils.way_up({share / 100:g}, {size}, {levels})\nbest, by_lot, worst"
            )
        options = {
            "seats": f", seats={seats / 100:g}",
            "veto": f", chambers={chambers}",
            "court": f", independence={independence / 100:g}",
            "lists": f", lists={lists}",
        }.get(answer, "")
        # A council of three sends two at most.
        options += f", delegation={_delegation(int(size))}"
        return (
            f'{_FIRST}with_it = councils.reply("{answer}", {share / 100:g}, {size}, height={levels}{options})\n'
            "with_it.seats, with_it.spared, with_it.own, with_it.common, with_it.price"
        )

    controls: list[Control] = [
        Slider("share", "People who hold the opinion", 1, 99, 1, 45, "%"),
        Choice("size", "Members of a council", _SIZES, "25"),
        Slider("levels", "Levels", 1, 6, 1, 3, whole=True),
        Choice("answer", "A reply for those who are outvoted", figures.REPLY_WORDS, "nothing"),
        Slider("seats", "Reserved seats: their share", 0, 60, 1, 45, "%"),
        Slider("chambers", "Veto: how many councils beside the pyramid have one?", 1, 10, 1, 1, whole=True),
        Slider("independence", "Court: how far the judges look at the case, not at the assembly", 0, 100, 5, 100, "%"),
        Slider("lists", "Lists: over how many do the others spread?", 1, 5, 1, 2, whole=True),
    ]
    later = ("size", "levels", "answer", "seats", "chambers", "independence", "lists")
    return Panel("minority", controls, draw, code, later=later, more="More: other pyramids, and replies")


def _delegation(size: int) -> int:
    return min(5, size - 1)


def _return() -> Panel:
    def draw(stands: float, petition: float, levels: int, size: str) -> Exhibit:
        return room_figures.back(int(size), levels, stands=stands / 100, petition=petition / 100)

    def code(stands: float, petition: float, levels: int, size: str) -> str:
        return (
            f"{_FIRST}rule = {{'stands': {stands / 100:g}, 'petition': {petition / 100:g}}}\n"
            f"back = councils.returned({size}, {levels}, **rule)\n"
            "back.minority, back.often, back.wrong"
        )

    controls: list[Control] = [
        Slider("stands", "A vote of the top council stands from", 50, 100, 1, 50, "%"),
        Slider("petition", "Base councils that can call a vote back (100: no petition)", 5, 100, 1, 100, "%"),
        Slider("levels", "Levels", 2, 6, 1, 2, whole=True),
        Choice("size", "Members of a council", {k: v for k, v in _SIZES.items() if k not in ("3", "5")}, "51"),
    ]
    later = ("petition", "levels", "size")
    return Panel("return", controls, draw, code, later=later, more="More: a petition, more levels")


_VIEWS: dict[str, Callable[[], Panel]] = {
    "pyramid": _pyramid,
    "chain": _chain,
    "layers": _layers,
    "return": _return,
}
