"""What a learner can move in the lessons on the market, and what it calls."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from typing import Any

from parecon_edu.display import Action, Choice, Detail, Exhibit, Kept, Panel, Rows, Slider, Switch
from parecon_edu.display.inputs import Control
from parecon_edu.display.views import view_of
from parecon_edu.economy import scenario
from parecon_edu.institutions.alone import costs_alone
from parecon_edu.institutions.figures import FRICTION_WORDS, one_at_a_time, town
from parecon_edu.institutions.market import discovery_figures, figures
from parecon_edu.institutions.market.cards import FIREWOOD
from parecon_edu.institutions.market.model import allocate
from parecon_edu.institutions.market.pit import LISTEN, NEXT_DAY, TO_THE_END, Table, play

__all__ = ["panel", "table_of"]

_NOTHING = "nothing"
_RIVERSIDE = "riverside"


def panel(view: str = "pit") -> Panel:
    """Make one of the panels of the lessons on the market.

    Parameters
    ----------
    view : str
        "pit": a market for firewood with you in it. "adjust": a surprise, and the price on its way. "town": Riverside
        under a market, one friction first. "discovery": who finds new ways, and who may copy them. "harm", "power" and
        "discipline": the panels of the side rooms 06b, 06c and 06d.

    Returns
    -------
    Panel

    Raises
    ------
    ValueError
        If there is no such view.

    Examples
    --------
    >>> table = panel("pit")
    >>> table.set(price=25)
    >>> table.press("call")
    >>> print(table.exhibit.sentence.split(". ")[1])
    You are Leila: a load is worth 36 to you
    """
    return view_of(_VIEWS, view)()


# --- a market with you in it ------------------------------------------------------------------------------------------

_SEATS = {
    "Leila": "Leila, a buyer: a load is worth 36 to her",
    "Amara": "Amara, a buyer: a load is worth 26 to her",
    "Dita": "Dita, a buyer: she can give 12 for a load",
    "Northgate": "the seller from Northgate: a load costs 16",
    "Eastside": "the seller from Eastside: a load costs 24",
}
_AT_THE_TABLE = {name: words for name, words in figures.HOW_WORDS.items() if name != "pairs"}
_MOST_MOVES = 400


def table_of(values: Mapping[str, Any]) -> Table:
    """Return the market that a pit panel's values stand for.

    Examples
    --------
    >>> table_of(panel("pit").values).you
    'Leila'
    """
    moves = tuple(row[0] for row in values["moves"])
    return _played(values["held"], moves, values["manner"], values["deal"])


@lru_cache(maxsize=8)
def _played(you: str, moves: tuple[float, ...], how: str, seed: int) -> Table:
    """Play the moves once, although picture, code and the next move all ask for them."""
    return Table(FIREWOOD, you, moves, how, seed)


def _pit() -> Panel:
    def draw(**values: Any) -> Exhibit:
        return figures.at_the_table(table_of(values), price=values["price"])

    def move(what: float) -> Callable[..., dict[str, Any]]:
        def act(**values: Any) -> dict[str, Any]:
            return {"moves": [(one,) for one in table_of(values).move(what).moves]}

        return act

    def call(**values: Any) -> dict[str, Any]:
        return move(values["price"])(**values)

    def take(**values: Any) -> dict[str, Any]:
        table = table_of(values)
        across = table.ask if table.buys else table.bid
        if across is None:
            side = "ask" if table.buys else "bid"
            raise ValueError(f"No {side} stands that you could take. Listen until there is one, or call a price.")
        return {**move(across.price)(**values), "price": across.price}

    def deal(**values: Any) -> dict[str, Any]:
        number = values["deal"] % _DEALS + 1
        return {"held": values["card"], "manner": values["others"], "deal": number, "moves": ()}

    def code(**values: Any) -> str:
        table = table_of(values)
        moves = [float(f"{one:g}") for one in table.moves]
        return (
            "from parecon_edu.institutions.market.cards import FIREWOOD\n"
            "from parecon_edu.institutions.market.pit import Table\n\n"
            "# Moves: a price is called out; 0 listens, -1 lets the day run out, -2 begins the next.\n"
            f"moves = {moves}\n"
            f'table = Table(FIREWOOD, "{table.you}", moves, how="{table.how}", seed={table.seed})\n'
            "table.day.prices, table.day.efficiency, table.day.gains()[table.you]"
        )

    controls: list[Control] = [
        Slider("price", "Your price", 1, 50, 1, 20, unit="points", whole=True),
        Choice("card", "Whose card, when you deal anew?", _SEATS, "Leila"),
        Choice("others", "Who are the others, when you deal anew?", _AT_THE_TABLE, "watchful"),
        Kept(Choice("held", "Your card", _SEATS, "Leila")),
        Kept(Choice("manner", "The others", _AT_THE_TABLE, "watchful")),
        Kept(Slider("deal", "Number of the deal", 1, _DEALS, 1, 1, whole=True)),
        Kept(Rows("moves", "What you did", 1, (), _MOST_MOVES)),
    ]
    actions = [
        Action("listen", "Listen", move(LISTEN), "Let the others speak until something is heard", main=True),
        Action("call", "Call your price", call, "Bid or ask at your price, so that everybody hears it"),
        Action("take", "Take what is offered", take, "Buy at the ask that stands, or sell at the bid that stands"),
        Action("end", "To the end of the day", move(TO_THE_END), "Let the others finish; then the cards are turned up"),
        Action("next", "Next day", move(NEXT_DAY), "The same cards, and everybody remembers"),
        Action("deal", "Deal anew", deal, "Another day, with the card and the people chosen under More"),
    ]
    title = "The Saturday market for firewood"
    later = ("card", "others")
    return Panel(
        "pit", controls, draw, code, title=title, later=later, more="More: another card, other people", actions=actions
    )


_DEALS = 99

# --- a surprise -------------------------------------------------------------------------------------------------------

_DAYS, _MOVED = 10, 4
_SURPRISES = {
    "costs": "costs: a bridge closes (opens)",
    "values": "values: a hard frost (a thaw)",
}


def _adjust() -> Panel:
    def draw(shift: float, what: str, how: str, seed: int) -> Exhibit:
        sheets = [FIREWOOD] * (_MOVED - 1) + [FIREWOOD.moved(**{what: shift})]
        days = play(sheets, how=how, days=_DAYS, seed=seed)
        return figures.adjusting(days, moved=_MOVED, what=_happened(what, shift))

    def code(shift: float, what: str, how: str, seed: int) -> str:
        return (
            "from parecon_edu.institutions.market.cards import FIREWOOD, crossing\n"
            "from parecon_edu.institutions.market.pit import play\n\n"
            f"after = FIREWOOD.moved({what}={shift!r})    # from day {_MOVED} on\n"
            f'days = play([FIREWOOD] * {_MOVED - 1} + [after], how="{how}", days={_DAYS}, seed={seed})\n'
            "crossing(after), [day.average for day in days], [day.efficiency for day in days]"
        )

    controls: list[Control] = [
        Slider("shift", f"From day {_MOVED} on, something moves by", -10, 12, 1, 0, unit="points"),
        Choice("what", "What is it that moves?", _SURPRISES, "costs"),
        Choice("how", "Who trades, and how?", dict(figures.HOW_WORDS), "watchful"),
        Slider("seed", "Other calls (number of the deal)", 1, 99, 1, 1, whole=True),
    ]
    title = "A surprise, and the price on its way"
    return Panel("adjust", controls, draw, code, title=title, later=("what", "how", "seed"), more="More")


def _happened(what: str, shift: float) -> str:
    size = f"{abs(shift):g} {'more' if shift >= 0 else 'less'}"
    if shift == 0:
        return "Nothing moves"
    if what == "costs":
        return f"From day {_MOVED} on every load costs {size} to bring, and only the sellers know it"
    return f"From day {_MOVED} on a load is worth {size} to every buyer, and only the buyers know it"


# --- Riverside under a market -----------------------------------------------------------------------------------------

_ALONE = (
    *("unpriced_harm", "unequal_shares", "market_power", "wage_markdown", "private_public_goods"),
    *("slack", "effort_loss", "surprise"),
)
_MIXES = {"typical": "the usual mix: some of everything", "failure": "the worst mix: much of everything"}


def _worst(name: str) -> float:
    """How much of a friction the scenario's failure case has."""
    return float(scenario(_RIVERSIDE).cases["market"]["failure"].presets[name].value)


def _town() -> Panel:
    riverside = scenario(_RIVERSIDE)
    one = {name: f"{FRICTION_WORDS[name].short} (100: {100 * _worst(name):.0f} %)" for name in _ALONE}
    one["surprise"] = one["surprise"].replace("surprise", "a surprise, answered late")

    def share_of(name: str, amount: float) -> dict[str, Any]:
        """The frictions that a choice and its amount (per cent of the worst case) stand for."""
        if name == _NOTHING or amount == 0:
            return {}
        if name in _MIXES:
            presets = riverside.cases["market"][name].presets
            return {key: round(preset.value * amount / 100, 9) for key, preset in presets.items()}
        alone = {name: round(_worst(name) * amount / 100, 9)}
        return {**alone, "rigidity": _worst("rigidity")} if name == "surprise" else alone

    def settings(values: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
        first = share_of(values["friction"], values["amount"])
        both = {**first, **share_of(values["second"], values["second_amount"])}
        if values["charge"]:
            both["unpriced_harm"] = 0.0
        if values["equal"]:
            both["unequal_shares"] = 0.0
        return first, {name: value for name, value in both.items() if value}

    def draw(**values: Any) -> Exhibit:
        first, both = settings(values)
        outcomes = {"this market": allocate(riverside, **first)}
        if both != first:
            outcomes = {"the first alone": outcomes["this market"], "all together": allocate(riverside, **both)}
        shown = town(outcomes, scenario=riverside)
        return Exhibit(shown.figure, shown.sentence, shown.table, (*shown.details, _alone()))

    def code(**values: Any) -> str:
        _, both = settings(values)
        words = "".join(f", {name}={value!r}" for name, value in both.items())
        return (
            "from parecon_edu import economy\nfrom parecon_edu.institutions import market\n\n"
            'riverside = economy.scenario("riverside")\n'
            f"outcome = market.allocate(riverside{words})\n"
            "outcome.equivalent, outcome.equivalent_by_council, outcome.emissions"
        )

    controls: list[Control] = [
        Choice("friction", "What goes wrong?", {**one, **_MIXES}, "unpriced_harm"),
        Slider("amount", "How much of it? 0: the market at its best", 0, 100, 5, 0, unit="%"),
        Choice("second", "And what else?", {_NOTHING: "nothing else", **one}, _NOTHING),
        Slider("second_amount", "How much of that?", 0, 100, 5, 0, unit="%"),
        Switch("charge", "Put a charge on all smoke"),
        Switch("equal", "Give everybody an equal claim"),
    ]
    later = ("second", "second_amount", "charge", "equal")
    title = "Riverside under a market"
    return Panel(
        "town",
        controls,
        draw,
        code,
        title=title,
        later=later,
        more="More: a second friction, two remedies",
        live=False,
    )


@cache
def _alone() -> Detail:
    """What each friction costs alone, as much of it as in the usual case: a table that no control moves."""
    shown = one_at_a_time(costs_alone("market", scenario(_RIVERSIDE), case="typical"), institution="market")
    return Detail("Each friction alone, as much of it as in the usual mix", shown.table)


# --- discovery --------------------------------------------------------------------------------------------------------


def _discovery() -> Panel:
    def shares(**values: float) -> dict[str, float]:
        return {
            "protection": values["protection"] / 100,
            "public": values["public"] / 10,
            "blocking": values["blocking"] / 100,
            "approval": values["approval"] / 100,
        }

    def draw(years: int, **values: float) -> Exhibit:
        return discovery_figures.found(years, **shares(**values))

    def code(years: int, **values: float) -> str:
        rule = shares(**values)
        rest = ", ".join(f"{name}={rule[name]!r}" for name in ("public", "blocking", "approval"))
        return (
            "from parecon_edu.institutions.market.protection import best_protection, own_rule\n\n"
            f"rule = own_rule({rule['protection']!r}, {rest})\n"
            f"rule.growth, rule.years_behind, float(rule.average({years})), best_protection({years}, {rest})"
        )

    controls: list[Control] = [
        Slider("protection", "How strongly is a finding protected? 0: open to all, 100: patents", 0, 150, 5, 100, "%"),
        Slider("years", "How many years ahead do you look?", 1, 60, 1, 30, unit="years", whole=True),
        Slider("public", "Steps found in ten years at public cost, or for love of it", 0, 3, 0.1, 0),
        Slider("blocking", "Patents stop the next searcher: how many of them?", 0, 75, 5, 0, "%"),
        Slider("approval", "Whoever has to be asked says yes to", 10, 100, 5, 100, "% of ideas"),
    ]
    title = "Your rule for who may copy"
    later = ("public", "blocking", "approval")
    return Panel(
        "discovery", controls, draw, code, title=title, later=later, more="More: public search, blocked steps, desks"
    )


def _room(name: str) -> Callable[[], Panel]:
    """Return what makes a side room's panel; its module is loaded only when somebody asks for it."""

    def make() -> Panel:
        from parecon_edu.institutions.market import room_controls

        made: Panel = getattr(room_controls, name)()
        return made

    return make


_VIEWS: dict[str, Callable[[], Panel]] = {
    "pit": _pit,
    "adjust": _adjust,
    "town": _town,
    "discovery": _discovery,
    **{name: _room(name) for name in ("harm", "power", "discipline")},
}
