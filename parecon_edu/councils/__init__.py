"""Can millions decide together? Pyramids of councils, what gets lost on the way up, and chambers beside them."""

from typing import Any

from parecon_edu.councils.chambers import Chamber, Ruling, heard, settle
from parecon_edu.councils.model import (
    between_elections,
    carried,
    faithful_share,
    levels,
    mixing,
    spread,
    way_up,
    winning_minority,
)
from parecon_edu.councils.model import count_councils as count
from parecon_edu.councils.replies import REPLIES, Effect, reply
from parecon_edu.councils.returns import Returned, returned
from parecon_edu.councils.towns import PLACES, by_districts, fewest_to_win
from parecon_edu.councils.tree import Council, Pyramid, pyramid

__all__ = [
    "PLACES",
    "REPLIES",
    "Chamber",
    "Council",
    "Effect",
    "Pyramid",
    "Returned",
    "Ruling",
    "between_elections",
    "by_districts",
    "carried",
    "count",
    "faithful_share",
    "fewest_to_win",
    "heard",
    "levels",
    "mixing",
    "panel",
    "pyramid",
    "reply",
    "returned",
    "settle",
    "spread",
    "way_up",
    "winning_minority",
]


def panel(*args: Any, **settings: Any) -> Any:
    """Return the panel of this topic; the widgets are loaded only now, so that importing the models stays quick."""
    from parecon_edu.councils import controls

    return controls.panel(*args, **settings)
