"""What comes out: the same town under a market, a central plan and a participatory plan."""

from parecon_edu.institutions import central, comparison, market, participatory
from parecon_edu.institutions.comparison import Comparison, compare, swings
from parecon_edu.institutions.frictions import FRICTIONS, Friction, frictions_of
from parecon_edu.institutions.outcome import Outcome

__all__ = [
    "FRICTIONS",
    "Comparison",
    "Friction",
    "Outcome",
    "central",
    "compare",
    "comparison",
    "frictions_of",
    "market",
    "participatory",
    "swings",
]
