"""What a learner can move in the side rooms of lesson 07, and what it calls."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from parecon_edu.display import Choice, Exhibit, Panel, Slider
from parecon_edu.display.inputs import Control
from parecon_edu.institutions.central import room_figures
from parecon_edu.institutions.central.contract import Country
from parecon_edu.institutions.central.kantorovich import FORGE

__all__ = ["VIEWS", "budgets_panel", "contract_panel", "shadow_prices_panel", "targets_panel"]

_HERE = "parecon_edu.institutions.central"


def shadow_prices_panel() -> Panel:
    """Make the panel of room 07b: machine hours, and one number that the forge reports.

    Examples
    --------
    >>> panel = shadow_prices_panel()
    >>> panel.exhibit.figure.data[-1].y
    (8.0, 6.0, 0.0)
    """

    def needs(told: float) -> list[list[float]]:
        return [[3, 1], [1, told], [1, 1]]

    def draw(press: float, lathe: float, furnace: float, told: float) -> Exhibit:
        return room_figures.shadow_prices(replace(FORGE, hours=(furnace, lathe, press)), told=needs(told))

    def code(press: float, lathe: float, furnace: float, told: float) -> str:
        return (
            "from dataclasses import replace\n\n"
            f"from {_HERE}.kantorovich import FORGE, best_plan, carry_out\n\n"
            f"forge = replace(FORGE, hours=({furnace:g}, {lathe:g}, {press:g}))    # furnace, lathe, press\n"
            f"plan, after = best_plan(forge), carry_out(forge, told={needs(told)})\n"
            "plan.made, plan.prices, after.plan.prices, after.made"
        )

    controls: list[Control] = [
        Slider("press", "Hours a week at the press", 10, 80, 1, 40, "hours"),
        Slider("lathe", "Hours a week at the lathe", 20, 90, 1, 50, "hours"),
        Slider("furnace", "Hours a week at the furnace", 30, 120, 1, 60, "hours"),
        Slider("told", "What the forge reports: lathe hours for a box of hinges (truly 2)", 1, 4, 0.25, 2, "hours"),
    ]
    later = ("lathe", "furnace", "told")
    return Panel("shadow_prices", controls, draw, code, later=later, more="More: the other machines, and the report")


_STAYS = {"good": "for good", "5": "five years", "3": "three years", "1": "one year"}


def targets_panel() -> Panel:
    """Make the panel of room 07c: a target that follows what was done.

    Examples
    --------
    >>> panel = targets_panel()
    >>> panel.set(follow=50)
    >>> round(panel.exhibit.figure.data[1].y[0], 2)
    103.64
    """

    def years(stay: str) -> int | None:
        return None if stay == "good" else int(stay)

    def draw(follow: float, patience: float, stay: str) -> Exhibit:
        return room_figures.targets(follow / 100, patience=patience / 100, stay=years(stay))

    def code(follow: float, patience: float, stay: str) -> str:
        return (
            f"from {_HERE}.targets import ratchet\n\n"
            f"ten = ratchet(10, follow={follow / 100:g}, patience={patience / 100:g}, stay={years(stay)})\n"
            "ten.output, ten.target, ten.bonus"
        )

    controls: list[Control] = [
        Slider("follow", "How much of what beats the target goes into the next one", 0, 100, 5, 0, "%"),
        Slider("patience", "What a point next year is worth today", 50, 99, 1, 90, "%"),
        Choice("stay", "How long does whoever decides stay?", _STAYS, "good"),
    ]
    later = ("patience", "stay")
    return Panel("targets", controls, draw, code, later=later, more="More: how far ahead they look")


def contract_panel() -> Panel:
    """Make the panel of room 07d: low effort for low pay, and the way out of it.

    Examples
    --------
    >>> panel = contract_panel()
    >>> panel.set(start=30)
    >>> "In the end it is 100 %" in panel.exhibit.sentence
    True
    """

    def draw(start: float, brought: float, fixed: float, extra: float, taken: float) -> Exhibit:
        country = Country(brought=brought, fixed=fixed, extra=extra, taken=taken)
        return room_figures.contract(country, start / 100)

    def code(start: float, brought: float, fixed: float, extra: float, taken: float) -> str:
        return (
            f"from {_HERE}.contract import Country, rests, spendable, years\n\n"
            f"country = Country(brought={brought:g}, fixed={fixed:g}, extra={extra:g}, taken={taken:g})\n"
            f"path = years(country, {start / 100:g}, 60)\n"
            "path, rests(country), spendable(country, path)"
        )

    controls: list[Control] = [
        Slider("start", "How many pull their full weight to begin with", 0, 100, 1, 15, "%"),
        Slider("brought", "Goods from abroad in the shop, a head", 0, 20, 0.5, 0, "points"),
        Slider("fixed", "Pay that everybody gets", 15, 60, 1, 30, "points"),
        Slider("extra", "Extra pay for those who pull their weight", 0, 60, 1, 25, "points"),
        Slider("taken", "What the office takes before the shop gets anything", 20, 80, 1, 40, "points"),
    ]
    later = ("brought", "fixed", "extra", "taken")
    return Panel("contract", controls, draw, code, later=later, more="More: what could move the country")


def budgets_panel() -> Panel:
    """Make the panel of room 07e: a budget that somebody else tops up.

    Examples
    --------
    >>> panel = budgets_panel()
    >>> panel.set(bailout=80)
    >>> "a chance above 17 %" in panel.exhibit.sentence
    True
    """

    def draw(bailout: float, slow: float, sight: float, loss: float) -> Exhibit:
        return room_figures.budgets(bailout / 100, slow=slow / 100, sight=sight / 100, loss=loss)

    def code(bailout: float, slow: float, sight: float, loss: float) -> str:
        return (
            f"from {_HERE}.budgets import budget\n\n"
            f"budget({bailout / 100:g}, slow={slow / 100:g}, sight={sight / 100:g}, loss={loss:g})"
        )

    controls: list[Control] = [
        Slider("bailout", "How often is somebody in trouble bailed out?", 0, 100, 5, 0, "%"),
        Slider("slow", "How many projects are good but slow?", 0, 60, 5, 0, "%"),
        Slider("sight", "How often can the office tell slow from bad?", 0, 100, 5, 0, "%"),
        Slider("loss", "What a failure costs (a success brings 10)", 5, 20, 1, 10, "points"),
    ]
    later = ("slow", "sight", "loss")
    return Panel("budgets", controls, draw, code, later=later, more="More: projects that take longer")


#: What `central.panel` makes for these views.
VIEWS: dict[str, Callable[[], Panel]] = {
    "shadow_prices": shadow_prices_panel,
    "targets": targets_panel,
    "contract": contract_panel,
    "budgets": budgets_panel,
}
