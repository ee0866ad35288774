"""Can millions decide together? Pyramids of councils, what gets lost on the way up, and chambers beside them."""

from parecon_edu.councils.chambers import Chamber, Ruling, heard, settle
from parecon_edu.councils.model import carried, faithful_share, levels, mixing, spread, winning_minority
from parecon_edu.councils.model import count_councils as count
from parecon_edu.councils.tree import Council, Pyramid, pyramid

__all__ = [
    "Chamber",
    "Council",
    "Pyramid",
    "Ruling",
    "carried",
    "count",
    "faithful_share",
    "heard",
    "levels",
    "mixing",
    "pyramid",
    "settle",
    "spread",
    "winning_minority",
]
