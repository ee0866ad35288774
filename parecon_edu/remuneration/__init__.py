"""What should income reward? Six norms on the same people, ratings and their failings, inequality, wealth over time."""

from typing import Any

from parecon_edu.remuneration.bakers import BAKERY, BAKERY_POOL
from parecon_edu.remuneration.inequality import correlation, d9_d1, gini, highest_to_lowest, lorenz, top_share
from parecon_edu.remuneration.mill import MILL
from parecon_edu.remuneration.model import (
    NORMS,
    People,
    follows_sacrifice,
    gains,
    nearest,
    pay,
    per_sacrifice,
    sacrifice,
)
from parecon_edu.remuneration.ratings import RATERS, Ratings, cap_ratings, misplaced, rate, rated_pay, with_neighbours
from parecon_edu.remuneration.societies import MEASURES, Fact, facts, gini_bound, read_pays
from parecon_edu.remuneration.teams import Response, Team, respond, returned, team
from parecon_edu.remuneration.wealth import yard_sale

__all__ = [
    "BAKERY",
    "BAKERY_POOL",
    "MEASURES",
    "MILL",
    "NORMS",
    "RATERS",
    "Fact",
    "People",
    "Ratings",
    "Response",
    "Team",
    "cap_ratings",
    "correlation",
    "d9_d1",
    "facts",
    "follows_sacrifice",
    "gains",
    "gini",
    "gini_bound",
    "highest_to_lowest",
    "lorenz",
    "misplaced",
    "nearest",
    "panel",
    "pay",
    "per_sacrifice",
    "rate",
    "rated_pay",
    "read_pays",
    "respond",
    "returned",
    "sacrifice",
    "team",
    "top_share",
    "with_neighbours",
    "yard_sale",
]


def panel(*args: Any, **settings: Any) -> Any:
    """Return the panel of this topic; the widgets are loaded only now, so that importing the models stays quick."""
    from parecon_edu.remuneration import controls

    return controls.panel(*args, **settings)
