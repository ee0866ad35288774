"""The three institutions side by side, and what a static table leaves out."""

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

__all__ = [
    "REGIMES",
    "BreakEven",
    "Comparison",
    "Discovery",
    "Swing",
    "Table",
    "break_even",
    "compare",
    "discover",
    "growth_needed",
    "regime_of",
    "swings",
]
