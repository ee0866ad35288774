"""How proposals meet: planning rounds, the rules that make prices, and the facilitation board played by hand."""

from typing import Any

from parecon_edu.planning.answers import Answers, Responder
from parecon_edu.planning.board import GOAL, Board, open_board, rule_rounds
from parecon_edu.planning.hiding import hide, like, same_means
from parecon_edu.planning.hints import hint
from parecon_edu.planning.model import MARKS, Plan, plan
from parecon_edu.planning.replies import Reply, replies
from parecon_edu.planning.responders import Ces, Scarf
from parecon_edu.planning.rules import RULES, Rule, own_rule, proportional
from parecon_edu.planning.slips import SlipBoard, add_up, offer_card
from parecon_edu.planning.smoke import WithSmoke
from parecon_edu.planning.town import TownPlan, plan_town, with_taste

__all__ = [
    "GOAL",
    "MARKS",
    "RULES",
    "Answers",
    "Board",
    "Ces",
    "Plan",
    "Reply",
    "Responder",
    "Rule",
    "Scarf",
    "SlipBoard",
    "TownPlan",
    "WithSmoke",
    "add_up",
    "hide",
    "hint",
    "like",
    "offer_card",
    "open_board",
    "own_rule",
    "panel",
    "plan",
    "plan_town",
    "proportional",
    "replies",
    "rule_rounds",
    "same_means",
    "with_taste",
]


def panel(*args: Any, **settings: Any) -> Any:
    """Return a panel of this topic; the widgets are loaded only now, so that importing the models stays quick."""
    from parecon_edu.planning import controls

    return controls.panel(*args, **settings)
