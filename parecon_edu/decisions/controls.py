"""What a learner can move in the lessons on decisions, and what it calls."""

from __future__ import annotations

from collections.abc import Callable

from parecon_edu.decisions import figures, room_figures
from parecon_edu.decisions.cycles import RING
from parecon_edu.decisions.street import night_bus
from parecon_edu.display import Choice, Exhibit, Panel, Slider
from parecon_edu.display.inputs import Control
from parecon_edu.display.views import view_of
from parecon_edu.display.words import join

__all__ = ["panel"]

_FIRST = "from parecon_edu import decisions\n\n"


def panel(view: str = "bus") -> Panel:
    """Make one of the panels of the lessons on decisions.

    Parameters
    ----------
    view : str
        "bus": the rule; behind a button, the noise and who comes to the vote. "reports": exaggeration; behind a
        button, what may keep people from it. "power": votes needed, and each member's votes. "experts": how many vote
        and how often they are right; herds, and an expert. "circle": three ballots to drag. "constitution": how many
        yes votes to ask for.

    Returns
    -------
    Panel

    Raises
    ------
    ValueError
        If there is no such view.

    Examples
    --------
    >>> bus = panel()
    >>> bus.set(rule="households")
    >>> print(bus.exhibit.sentence.split(";")[0])
    Counting every front door once, 60 % of the say is for the bus
    """
    return view_of(_VIEWS, view)()


def _bus() -> Panel:
    def draw(rule: str, noise: float, away: str, share: float) -> Exhibit:
        return figures.tally(night_bus(noise), rule, away=away, share=share / 100)

    def code(rule: str, noise: float, away: str, share: float) -> str:
        return (
            f"{_FIRST}doors = decisions.night_bus(noise={noise:g})\n"
            f'count = decisions.vote(doors, "{rule}", away="{away}", share={share / 100:g})\n'
            "count.decision, count.say"
        )

    controls: list[Control] = [
        Choice("rule", "How is it decided?", figures.RULE_WORDS, "majority"),
        Slider("noise", "What the stop under the window costs Ines's people", 0, 10, 0.5, 4, "evenings, each"),
        Choice("away", "Who comes to the vote?", figures.AWAY_WORDS, "nobody"),
        Slider("share", "How much of that absence happens", 0, 100, 5, 100, "%"),
    ]
    later = ("noise", "away", "share")
    return Panel("bus", controls, draw, code, later=later, more="More: the noise, and who comes to the vote")


def _reports() -> Panel:
    def draw(exaggeration: float, reply: str, checked: float) -> Exhibit:
        return figures.reports(night_bus(), exaggeration / 100, reply=reply, checked=checked / 100)

    def code(exaggeration: float, reply: str, checked: float) -> str:
        far, found = f"{exaggeration / 100:g}", f"{checked / 100:g}"
        claim = {
            "free": f"decisions.report(doors, {far})",
            "checked": f"decisions.report(doors, {far}, checked={found})",
            "budget": f"decisions.budget(doors, {far})",
        }[reply]
        return (
            f"{_FIRST}doors = decisions.NIGHT_BUS\nclaims = {claim}\n"
            'count = decisions.vote(doors, "affectedness", affected=claims)\ncount.decision, count.say'
        )

    controls: list[Control] = [
        Slider("exaggeration", "How far does everybody exaggerate?", 0, 100, 1, 0, "%"),
        Choice("reply", "What keeps them from it?", figures.REPLIES, "free"),
        Slider("checked", "If neighbours check: how much they strike out", 0, 100, 1, 50, "%"),
    ]
    later = ("reply", "checked")
    return Panel("reports", controls, draw, code, later=later, more="More: what keeps people from it")


_TOWNS = ("Riverside", "Weirton", "Heron Ferry")


def _power() -> Panel:
    def draw(needed: float, first: int, second: int, third: int) -> Exhibit:
        return room_figures.power(_TOWNS, (first, second, third), needed / 100)

    def code(needed: float, first: int, second: int, third: int) -> str:
        votes = [first, second, third]
        return (
            f"{_FIRST}quota, votes = {room_figures.quota(votes, needed / 100)}, {votes}\n"
            "decisions.banzhaf(quota, votes), decisions.shapley_shubik(quota, votes)"
        )

    controls: list[Control] = [
        Slider("needed", "Share of the votes that is needed (50: more than half)", 50, 100, 1, 50, "%"),
        *(
            Slider(name, f"Votes of {town}", 1, 60, 1, votes, whole=True)
            for name, town, votes in zip(("first", "second", "third"), _TOWNS, (50, 49, 1), strict=True)
        ),
    ]
    later = ("first", "second", "third")
    return Panel("power", controls, draw, code, later=later, more="More: each town's votes")


def _experts() -> Panel:
    def draw(p: float, n: int, follow: float, skill: float, trust: float, interest: float) -> Exhibit:
        more = {"skill": skill / 100, "trust": trust / 100, "own_interest": interest / 100}
        return room_figures.juries(p / 100, n, follow=follow / 100, **more)

    def code(p: float, n: int, follow: float, skill: float, trust: float, interest: float) -> str:
        expert = f"skill={skill / 100:g}, own_interest={interest / 100:g}"
        return (
            f"{_FIRST}people = decisions.herd({p / 100:g}, {n}, follow={follow / 100:g})\n"
            f"alone = decisions.expert({skill / 100:g}, own_interest={interest / 100:g})\n"
            f"advised = decisions.advised({p / 100:g}, {n}, trust={trust / 100:g}, {expert})\n"
            "people, alone, advised"
        )

    controls: list[Control] = [
        Slider("p", "How often is one person right?", 30, 90, 1, 55, "%"),
        Slider("n", "How many people vote? (odd, so that there is no tie)", 1, 301, 2, 101, whole=True),
        Slider("follow", "How often do all follow one voice?", 0, 100, 5, 0, "%"),
        Slider("skill", "How often does the expert know?", 30, 100, 1, 80, "%"),
        Slider("trust", "How many follow the expert's advice?", 0, 100, 5, 10, "%"),
        Slider("interest", "How often does the expert want the opposite?", 0, 100, 5, 0, "%"),
    ]
    later = ("follow", "skill", "trust", "interest")
    return Panel("experts", controls, draw, code, later=later, more="More: herds, and the expert")


_VOTERS = ("Leila", "Bo", "Ines")
_AGENDAS = {
    "BCA": "B against C first, the winner against A",
    "CAB": "C against A first, the winner against B",
    "ABC": "A against B first, the winner against C",
}


def _circle() -> Panel:
    def draw(leila: int, bo: int, ines: int, order: str) -> Exhibit:
        return room_figures.circle(_VOTERS, _ballots(leila, bo, ines), order)

    def code(leila: int, bo: int, ines: int, order: str) -> str:
        return (
            f"{_FIRST}ballots = {_ballots(leila, bo, ines)}    # {join(_VOTERS)}, best first\n"
            f'decisions.beats(ballots), decisions.winner(ballots), decisions.agenda(ballots, "{order}")'
        )

    controls: list[Control] = [
        *(
            Slider(name.lower(), f"{name}'s ballot: drag it through the six orders", 1, 6, 1, at, whole=True)
            for name, at in zip(_VOTERS, (1, 2, 4), strict=True)
        ),
        Choice("order", "In which order is it voted on?", _AGENDAS, "BCA"),
    ]
    return Panel("circle", controls, draw, code, later=("order",), more="More: who sets the agenda?")


def _ballots(*places: int) -> list[str]:
    return [RING[place - 1] for place in places]


def _constitution() -> Panel:
    people = 11

    def draw(loss: float, mine: float, yes: float, cost: float) -> Exhibit:
        return room_figures.thresholds(people, yes=yes / 100, loss=loss, mine=mine / 100, cost=cost / 100)

    def code(loss: float, mine: float, yes: float, cost: float) -> str:
        return (
            "import numpy as np\n"
            f"{_FIRST}meetings = {cost / 100:g} * np.arange({people + 1})\n"
            f"everyone = decisions.outcomes({people}, yes={yes / 100:g}, loss={loss:g}) - meetings\n"
            f"me = decisions.outcomes({people}, yes={yes / 100:g}, loss={loss:g}, mine={mine / 100:g}) - meetings\n"
            "everyone[1:], me[1:]"
        )

    controls: list[Control] = [
        Slider("loss", "How much a loss weighs (1: as much as a gain)", 0, 5, 0.25, 1),
        Slider("mine", "How often would proposals help you?", 0, 100, 5, 50, "%"),
        Slider("yes", "How often do they help the others?", 0, 100, 5, 50, "%"),
        Slider("cost", "Meetings: what each yes that is asked for costs", 0, 10, 0.5, 0, "% of a gain"),
    ]
    later = ("mine", "yes", "cost")
    return Panel("constitution", controls, draw, code, later=later, more="More: who you are, and what meetings cost")


_VIEWS: dict[str, Callable[[], Panel]] = {
    "bus": _bus,
    "reports": _reports,
    "power": _power,
    "experts": _experts,
    "circle": _circle,
    "constitution": _constitution,
}
