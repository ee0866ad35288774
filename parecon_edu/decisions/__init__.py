"""Who should decide what? Six rules for one vote, say by affectedness, power, juries, cycles, and choosing the rule."""

from typing import Any

from parecon_edu.decisions.constitution import best_threshold, outcomes
from parecon_edu.decisions.cycles import CYCLE_LIMIT, RING, agenda, beats, cycle_chance, winner
from parecon_edu.decisions.doors import Doors
from parecon_edu.decisions.juries import advised, expert, herd, jury
from parecon_edu.decisions.model import Decision, decide, no_block, say
from parecon_edu.decisions.power import banzhaf, pivotality, shapley_shubik
from parecon_edu.decisions.reports import CEILING, budget, report
from parecon_edu.decisions.rules import AWAY, RULES, Vote, benefit, vote
from parecon_edu.decisions.street import NIGHT_BUS, night_bus

__all__ = [
    "AWAY",
    "CEILING",
    "CYCLE_LIMIT",
    "NIGHT_BUS",
    "RING",
    "RULES",
    "Decision",
    "Doors",
    "Vote",
    "advised",
    "agenda",
    "banzhaf",
    "beats",
    "benefit",
    "best_threshold",
    "budget",
    "cycle_chance",
    "decide",
    "expert",
    "herd",
    "jury",
    "night_bus",
    "no_block",
    "outcomes",
    "panel",
    "pivotality",
    "report",
    "say",
    "shapley_shubik",
    "vote",
    "winner",
]


def panel(*args: Any, **settings: Any) -> Any:
    """Return a panel of this topic; the widgets are loaded only now, so that importing the models stays quick."""
    from parecon_edu.decisions import controls

    return controls.panel(*args, **settings)
