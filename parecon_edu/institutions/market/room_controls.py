"""What a learner can move in the side rooms on markets, and what it calls."""

from __future__ import annotations

from parecon_edu.display import Choice, Exhibit, Panel, Slider, Switch
from parecon_edu.display.inputs import Control
from parecon_edu.institutions.market import room_figures

__all__ = ["discipline", "harm", "power"]

_FROM = "from parecon_edu.institutions.market"


def harm() -> Panel:
    """Make the panel of lesson 06b: the charge; behind a button, who settles it and in how many parts."""

    def draw(charge: float, way: str, parts: int) -> Exhibit:
        return room_figures.settlement(way, charge=charge, parts=parts)

    def code(charge: float, way: str, parts: int) -> str:
        call, name = {
            "town": (f"charged({charge:g})", "charged"),
            "community": ("revealed()", "revealed"),
            "tolls": (f"tolls({parts})", "tolls"),
            "talks": (f"talks({parts})", "talks"),
        }[way]
        return f"{_FROM}.harm import {name}\n\n{call}"

    controls: list[Control] = [
        Slider("charge", "What does the town hall charge for a unit of smoke?", 0, 120, 1, 0, "points"),
        Choice("way", "Who settles it?", room_figures.WAYS, "town"),
        Slider("parts", "If they sell or pay: in how many parts?", 1, 40, 1, 1, whole=True),
    ]
    return Panel("harm", controls, draw, code, later=("way", "parts"), more="More: who else could settle it")


def power() -> Panel:
    """Make the panel of lesson 06c: how many sellers; behind a button, employers, the cost of a shop, a union."""

    def draw(n: int, look: str, fixed: float, strength: float) -> Exhibit:
        return room_figures.few(look, n, fixed=fixed, strength=strength / 100)

    def code(n: int, look: str, fixed: float, strength: float) -> str:
        if look == "selling":
            return f"{_FROM}.power import sell\n\nsell({n}, fixed={fixed:g})"
        return f"{_FROM}.power import hire\n\nhire({n}, strength={strength / 100:g})"

    controls: list[Control] = [
        Slider("n", "How many are there?", 1, 12, 1, 12, whole=True),
        Slider("fixed", "Selling: what each shop costs a week before the first loaf", 0, 200, 10, 0, "points"),
        Choice("look", "Which market?", room_figures.LOOKS, "selling"),
        Slider("strength", "Hiring: how much of the gap does a union win?", 0, 100, 5, 0, "%"),
    ]
    later = ("fixed", "look", "strength")
    return Panel("power", controls, draw, code, later=later, more="More: dear shops, employers, a union")


def discipline() -> Panel:
    """Make the panel of lesson 06d: how soon it is noticed; behind a button, benefits, moving, a guaranteed job."""

    def draw(seen: float, out: float, ends: float, guarantee: bool, pay: float, useful: float) -> Exhibit:
        job = {"guarantee": pay, "useful": useful} if guarantee else {}
        return room_figures.jobs(seen, out=out, ends=ends / 100, **job)

    def code(seen: float, out: float, ends: float, guarantee: bool, pay: float, useful: float) -> str:
        job = f", guarantee={pay:g}, useful={useful:g}" if guarantee else ""
        return f"{_FROM}.discipline import settle\n\nsettle(seen={seen:g}, out={out:g}, ends={ends / 100:g}{job})"

    controls: list[Control] = [
        Slider("seen", "How often is somebody noticed who takes it easy?", 1, 24, 0.5, 24, "times a year"),
        Slider("out", "What is a week without work worth (benefit, garden, rest)?", 0, 15, 0.5, 10, "points"),
        Slider("ends", "How many jobs end in a year, for other reasons?", 5, 60, 1, 20, "%"),
        Switch("guarantee", "A job for everybody who asks, and nobody is dismissed from it"),
        Slider("pay", "The guaranteed job: what it pays, its trouble taken off", 5, 18, 0.5, 10, "points"),
        Slider("useful", "The guaranteed job: what a week in it brings the town", 0, 40, 1, 15, "points"),
    ]
    later = ("out", "ends", "guarantee", "pay", "useful")
    return Panel("discipline", controls, draw, code, later=later, more="More: benefits, moving on, a guaranteed job")
