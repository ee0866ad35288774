"""What a learner can move in the side rooms of lesson 07, and what it calls."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from parecon_edu.display import Choice, Exhibit, Panel, Slider
from parecon_edu.display.inputs import Control
from parecon_edu.institutions.central import room_figures
from parecon_edu.institutions.central.kantorovich import FORGE

__all__ = ["VIEWS", "shadow_prices_panel", "targets_panel"]

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


#: What `central.panel` makes for these views.
VIEWS: dict[str, Callable[[], Panel]] = {"shadow_prices": shadow_prices_panel, "targets": targets_panel}
