"""What do we want from an economy? Six values, how they are measured, how they are weighed, and what comes first."""

from typing import Any

from parecon_edu.values.harvest import FIELD, HARVEST_RULES, Harvest, divide, nearest_rule
from parecon_edu.values.model import WAYS, first_shares, leading_weights, order, shares, totals
from parecon_edu.values.societies import SOCIETIES, VALUES, Indicator, Societies
from parecon_edu.values.weights import PEOPLE, Person, locked_weights

__all__ = [
    "FIELD",
    "HARVEST_RULES",
    "PEOPLE",
    "SOCIETIES",
    "VALUES",
    "WAYS",
    "Harvest",
    "Indicator",
    "Person",
    "Societies",
    "divide",
    "first_shares",
    "leading_weights",
    "locked_weights",
    "nearest_rule",
    "order",
    "panel",
    "shares",
    "totals",
]


def panel(*args: Any, **settings: Any) -> Any:
    """Return a panel of this topic; the widgets are loaded only now, so that importing the models stays quick."""
    from parecon_edu.values import controls

    return controls.panel(*args, **settings)
