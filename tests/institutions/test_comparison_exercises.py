"""The hint ladders of lesson 10: every mistake has its own step, and no hint holds the answer."""

import numpy as np
from ladders import each_mistake_has_its_step, no_hint_tells

from parecon_edu import economy, institutions
from parecon_edu.institutions.comparison import growth_needed, own_town
from parecon_edu.institutions.comparison.exercises import LADDERS

USUAL = institutions.compare(economy.scenario("riverside"), case="typical")
LEFT = USUAL.market.equivalent
MINE = own_town(neighbourhoods=list("ABCDEFGH"), ownership=[1] * 8, smoke=0)
ARGUMENT = (
    "I would defend the participatory plan on a usual day. My case hangs on hidden capacity: somebody would have to "
    "believe that like workplaces are compared and that a workplace that hides is found out within the year. Hilltop "
    "loses by it, for it has 0.94 instead of 2.10. An opponent would say that nobody has run a country this way, and "
    "that is true; the table leaves it out."
)


def untouched(result): ...


def right(result):
    found = {outcome.institution: [] for outcome in result.outcomes}
    for h, name in enumerate(result.market.neighbourhoods):
        best = max(result.outcomes, key=lambda outcome: outcome.equivalent_by_council[h])
        found[best.institution].append(name)
    return found


def only_winners(result):
    return {key: value for key, value in right(result).items() if value}


def within_each(result):
    return {
        outcome.institution: [outcome.neighbourhoods[int(np.argmax(outcome.equivalent_by_council))]]
        for outcome in result.outcomes
    }


ANSWERS = [
    ("10.1", ..., "not answered yet"),
    ("10.1", "", "not answered yet"),
    ("10.1", 3, "wrong type"),
    ("10.1", "the plan", "none of them"),
    ("10.1", "The market", "the market"),
    ("10.1", "participatory plan", "the participatory plan"),
    ("10.1", "the central plan", "right"),
    ("10.2", ..., "not answered yet"),
    ("10.2", 1.0, "plain average"),
    ("10.2", -0.1733, "stopped at the logs"),
    ("10.2", 0.5, "stopped early"),
    ("10.2", 0.7071, "square root"),
    ("10.2", 0.84, "right"),
    ("10.2", np.exp(np.log([2, 1, 0.5, 0.5]).mean()), "right"),
    ("10.3", ..., "not answered yet"),
    ("10.3", -0.01, "not faster"),
    ("10.3", 1 - LEFT, "the loss"),
    ("10.3", 100 * growth_needed(LEFT, years=20), "in per cent"),
    ("10.3", growth_needed(LEFT, years=10), "ten years"),
    ("10.3", growth_needed(LEFT, years=20), "right"),
    ("10.4", untouched, "not answered yet"),
    ("10.4", lambda result: [], "a case fails"),
    ("10.4", only_winners, "a case fails"),
    ("10.4", within_each, "a case fails"),
    ("10.4", right, "right"),
    ("10.5", ..., "not answered yet"),
    ("10.5", "my town", "wrong type"),
    ("10.5", own_town(), "not answered yet"),
    ("10.5", own_town(neighbourhoods=list("ABCDEFGH")), "ownership unchanged"),
    ("10.5", own_town(ownership=[1] * 8), "names unchanged"),
    ("10.5", MINE, "right"),
    ("10.6", "Write here.", "not answered yet"),
    ("10.6", "The market.", "too short"),
    ("10.6", ARGUMENT.replace("Hilltop", "Somebody"), "something is missing"),
    ("10.6", ARGUMENT, "right"),
]


test_every_mistake_stops_at_its_own_step = each_mistake_has_its_step(LADDERS, ANSWERS)


test_no_hint_holds_the_answer = no_hint_tells(
    LADDERS, ANSWERS, {"10.1": ["central"], "10.2": ["0.84"], "10.3": ["0.0083"]}, but=["none of them"]
)
