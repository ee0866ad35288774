"""What do we want from an economy? Six values, how they are measured, how they are weighed, and what comes first."""

from typing import Any

from parecon_edu.values.harvest import FIELD, HARVEST_RULES, Harvest, divide, nearest_rule
from parecon_edu.values.inheritance import HOLDERS, INHERITED, Held, attribute, average_over_orders, hold, missing
from parecon_edu.values.model import WAYS, first_shares, leading_weights, order, shares, totals
from parecon_edu.values.societies import SOCIETIES, VALUES, Indicator, Societies
from parecon_edu.values.weights import PEOPLE, Person, locked_weights

__all__ = [
    "FIELD",
    "HARVEST_RULES",
    "HOLDERS",
    "INHERITED",
    "PEOPLE",
    "SOCIETIES",
    "VALUES",
    "WAYS",
    "Harvest",
    "Held",
    "Indicator",
    "Person",
    "Societies",
    "attribute",
    "average_over_orders",
    "divide",
    "first_shares",
    "hold",
    "leading_weights",
    "locked_weights",
    "missing",
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
