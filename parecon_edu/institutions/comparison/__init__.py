"""The three institutions side by side, and what a static table leaves out."""

from typing import Any

from parecon_edu.institutions.comparison.discovery import (
    REGIMES,
    BreakEven,
    Discovery,
    break_even,
    discover,
    growth_needed,
    regime_of,
)
from parecon_edu.institutions.comparison.model import Comparison, Swing, Table, compare, swings
from parecon_edu.institutions.comparison.notes import kept_beliefs
from parecon_edu.institutions.comparison.own_town import own_town
from parecon_edu.institutions.comparison.scores import MEASURED, by_weights, value_scores
from parecon_edu.institutions.comparison.shocks import shock

__all__ = [
    "MEASURED",
    "REGIMES",
    "BreakEven",
    "Comparison",
    "Discovery",
    "Swing",
    "Table",
    "break_even",
    "by_weights",
    "compare",
    "discover",
    "growth_needed",
    "kept_beliefs",
    "own_town",
    "panel",
    "regime_of",
    "shock",
    "swings",
    "value_scores",
]


def panel(*args: Any, **settings: Any) -> Any:
    """Return a panel of this topic; the widgets are loaded only now, so that importing the models stays quick."""
    from parecon_edu.institutions.comparison import controls

    return controls.panel(*args, **settings)
