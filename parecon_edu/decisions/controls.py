"""What a learner can move in the lessons on decisions, and what it calls."""

from __future__ import annotations

from collections.abc import Callable

from parecon_edu.decisions import figures
from parecon_edu.decisions.street import night_bus
from parecon_edu.display import Choice, Exhibit, Panel, Slider
from parecon_edu.display.inputs import Control
from parecon_edu.display.words import join

__all__ = ["panel"]

_FIRST = "from parecon_edu import decisions\n\n"


def panel(view: str = "bus") -> Panel:
    """Make one of the panels of the lessons on decisions.

    Parameters
    ----------
    view : str
        "bus": the rule; behind a button, the noise and who comes to the vote. "reports": exaggeration; behind a
        button, what may keep people from it.

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
    if view not in _VIEWS:
        raise ValueError(f"There is no panel '{view}' in this topic. Choose {join(repr(name) for name in _VIEWS)}.")
    return _VIEWS[view]()


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


_VIEWS: dict[str, Callable[[], Panel]] = {"bus": _bus, "reports": _reports}
