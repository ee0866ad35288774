"""The three institutions side by side."""

from parecon_edu.institutions.comparison.model import Comparison, Swing, Table, compare, swings

__all__ = ["Comparison", "Swing", "Table", "compare", "swings"]
