"""What a learner can move in the lessons on remuneration, and what it calls."""

from __future__ import annotations

from collections.abc import Callable

from parecon_edu.display import Choice, Exhibit, Panel
from parecon_edu.display.words import join
from parecon_edu.remuneration import figures
from parecon_edu.remuneration.bakers import BAKERY, BAKERY_POOL
from parecon_edu.remuneration.model import People

__all__ = ["panel"]

_OPTIONS = figures.NORM_WORDS


def panel(view: str = "pay", *, people: People = BAKERY, pool: float = BAKERY_POOL) -> Panel:
    """Make one of the panels of the lessons on remuneration.

    Parameters
    ----------
    view : str
        "pay": one control, what is rewarded. "compare": two, what is rewarded and instead of what.
    people : People
        Who shares; Riverside's bakery unless you bring your own.
    pool : float
        What there is to share.

    Returns
    -------
    Panel

    Raises
    ------
    ValueError
        If there is no such view.

    Examples
    --------
    >>> bakery = panel("compare")
    >>> bakery.set(norm="effort", against="equal")
    >>> print(bakery.exhibit.sentence.split(". ")[1])
    Inequality (Gini) rises from 0.00 to 0.05.
    """
    if view not in _VIEWS:
        raise ValueError(f"There is no panel '{view}' in this topic. Choose {join(repr(name) for name in _VIEWS)}.")
    return _VIEWS[view](people, pool)


def _pay(people: People, pool: float) -> Panel:
    def draw(norm: str) -> Exhibit:
        return figures.shares(people, norm, pool=pool)

    def code(norm: str) -> str:
        return f'{_setting(people, pool)}\nremuneration.pay(people, "{norm}", pool=pool)'

    return Panel("pay", [Choice("norm", "What is rewarded?", _OPTIONS, "equal")], draw, code)


def _compare(people: People, pool: float) -> Panel:
    def draw(norm: str, against: str) -> Exhibit:
        return figures.change(people, norm, against=against, pool=pool)

    def code(norm: str, against: str) -> str:
        return (
            f'{_setting(people, pool)}\nnew = remuneration.pay(people, "{norm}", pool=pool)\n'
            f'old = remuneration.pay(people, "{against}", pool=pool)\n'
            "new - old, remuneration.gini(old), remuneration.gini(new)"
        )

    controls = [
        Choice("norm", "What is rewarded now?", _OPTIONS, "effort"),
        Choice("against", "What was rewarded before?", _OPTIONS, "output"),
    ]
    return Panel("compare-pay", controls, draw, code)


_VIEWS: dict[str, Callable[[People, float], Panel]] = {"pay": _pay, "compare": _compare}


def _setting(people: People, pool: float) -> str:
    """The first lines of the code for a view: the people and the pool, written out where they are not the bakery's."""
    first = "from parecon_edu import remuneration\n"
    if people is BAKERY:
        return f"{first}\npeople, pool = remuneration.BAKERY, {pool:g}"
    columns = ("hours", "intensity", "onerousness", "output", "capital", "power", "need", "able")
    fields = "".join(f"    {name}={getattr(people, name).tolist()},\n" for name in columns)
    return f"{first}\npeople = remuneration.People(\n{fields}    names={people.names!r},\n)\npool = {pool!r}"
