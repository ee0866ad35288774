"""How proposals meet: planning rounds, and the rules that make prices."""

from parecon_edu.planning.answers import Answers, Responder
from parecon_edu.planning.model import MARKS, Plan, plan
from parecon_edu.planning.responders import Ces, Scarf
from parecon_edu.planning.rules import RULES, Rule, own_rule, proportional

__all__ = ["MARKS", "RULES", "Answers", "Ces", "Plan", "Responder", "Rule", "Scarf", "own_rule", "plan", "proportional"]
