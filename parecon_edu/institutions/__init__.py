"""What comes out: the same town under a market, a central plan and a participatory plan."""

from parecon_edu.institutions import central, comparison, market, participatory
from parecon_edu.institutions.comparison import (
    BreakEven,
    Comparison,
    Discovery,
    break_even,
    compare,
    discover,
    growth_needed,
    swings,
)
from parecon_edu.institutions.frictions import FRICTIONS, Friction, frictions_of
from parecon_edu.institutions.outcome import Outcome

__all__ = [
    "FRICTIONS",
    "BreakEven",
    "Comparison",
    "Discovery",
    "Friction",
    "Outcome",
    "break_even",
    "central",
    "compare",
    "comparison",
    "discover",
    "frictions_of",
    "growth_needed",
    "market",
    "participatory",
    "swings",
]
