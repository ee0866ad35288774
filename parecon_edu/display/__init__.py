"""What every figure and every panel is made of.

`Exhibit` is a picture with its sentence and its table; `Panel` is a set of controls with the exhibit they move;
`Names` gives controls the names that a screen reader reads out. Nothing here knows a topic.

The parts that need ipywidgets or plotly are loaded when they are first used, so that importing a topic stays quick.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from parecon_edu.display.exhibit import Detail, Exhibit, Table
from parecon_edu.display.inputs import Choice, Kept, Rows, Slider, Switch, Text

if TYPE_CHECKING:
    from parecon_edu.display.accessible import Names
    from parecon_edu.display.panel import Action, Panel
    from parecon_edu.display.plot import Plot

__all__ = [
    "Action",
    "Choice",
    "Detail",
    "Exhibit",
    "Kept",
    "Names",
    "Panel",
    "Plot",
    "Rows",
    "Slider",
    "Switch",
    "Table",
    "Text",
]

_HOMES = {"Action": "panel", "Names": "accessible", "Panel": "panel", "Plot": "plot"}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
