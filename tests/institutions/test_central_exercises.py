"""The hint ladders of lesson 07: every mistake has its own step, and no hint holds the answer."""

import numpy as np
from ladders import each_mistake_has_its_step, no_hint_tells

from parecon_edu.institutions import central
from parecon_edu.institutions.central.exercises import LADDERS

A, WANTED = np.array([[0.1, 0.5], [0.2, 0.3]]), np.array([40.0, 20.0])


def game(*targets, who="some", town=2):
    """Play the office's years in the panel, and give its scenario code."""
    panel = central.panel("office")
    panel.set(who=who, town=town)
    for year in targets:
        panel.set(**dict(zip(("tailors", "weavers", "knitwear"), year, strict=True)))
        panel.press("give")
    return panel.scenario_code


def untouched(office): ...


def two_targets(office):
    return office.reports[:2]


def stops_later(office):
    return list(office.reports) if not office.years else [1 / 0]


def press_hard(office):
    return [round(1.5 * said) for said in office.reports]


def remembers(office):
    """Test a little in the first year; then ask what was met above the report, and believe whoever failed."""
    targets = []
    for mill, said in enumerate(office.reports):
        above = [y.made[mill] for y in office.years if y.met[mill] and y.target[mill] > y.report[mill]]
        targets.append(max([said, *above]) if office.years else round(1.05 * said))
    return targets


FIVE_YEARS = ((101, 110, 71), (111, 103, 78), (122, 108, 86), (134, 101, 95), (120, 110, 86))
LIMIT = 1 / central.TECHNOLOGIES["united_states"]().radius - 1
ARGUMENT = (
    "I would use the 2,000 commodities that the planning office shared out in the 1980s. It shows that the centre "
    "balanced only a small part of what was made. The figure is to be used with care, since what counts as one "
    "commodity was decided in the office. The other side would say that steel and coal decide about the rest. I would "
    "change my mind if somebody showed that factories took what was not on the list from there as well, but nobody has."
)

ANSWERS = [
    ("07.1", "", "not answered yet"),
    ("07.1", 3, "wrong type"),
    ("07.1", "bakery-1?norm=equal", "no scenario code of this panel"),
    ("07.1", game(who="nobody"), "another game"),
    ("07.1", game(FIVE_YEARS[0]), "not over yet"),
    ("07.1", game(*5 * [(60, 60, 60)]), "no better than belief"),
    ("07.1", game(*FIVE_YEARS), "right"),
    ("07.2", ..., "not answered yet"),
    ("07.2", "seventy", "wrong type"),
    ("07.2", float("nan"), "not a number"),
    ("07.2", 120, "told the truth"),
    ("07.2", 0.7 * 120, "not pressed"),
    ("07.2", 120 / 1.2, "nothing hidden"),
    ("07.2", 0.7 * 120 * 0.8, "took off instead of dividing"),
    ("07.2", 120 * (1 - 0.3 - 0.2), "added"),
    ("07.2", 90, "not the value"),
    ("07.2", 70, "right"),
    ("07.3", ..., "not answered yet"),
    ("07.3", 60, "wrong type"),
    ("07.3", [60, 40, 3], "wrong shape"),
    ("07.3", WANTED, "no round"),
    ("07.3", WANTED + A @ WANTED, "one round"),
    ("07.3", WANTED + A @ (WANTED + A @ WANTED), "right"),
    ("07.3", (WANTED + A @ (WANTED + A @ WANTED))[::-1], "swapped"),
    ("07.3", WANTED + A @ (WANTED + A @ (WANTED + A @ WANTED)), "three rounds"),
    ("07.3", np.linalg.solve(np.eye(2) - A, WANTED), "the end"),
    ("07.3", A @ A @ WANTED, "only what is added"),
    ("07.3", WANTED + A.T @ (WANTED + A.T @ WANTED), "rows for columns"),
    ("07.3", [1, 2], "not the value"),
    ("07.4", 0.5, "not answered yet"),
    ("07.4", "95 %", "wrong type"),
    ("07.4", -0.2, "not above 0"),
    ("07.4", 95, "in per cent"),
    ("07.4", 0.6, "still ends"),
    ("07.4", 2.0, "far beyond the edge"),
    ("07.4", LIMIT + 0.02, "not the value"),
    ("07.4", round(LIMIT, 2), "right"),
    ("07.5", untouched, "not answered yet"),
    ("07.5", [100, 100, 100], "wrong type"),
    ("07.5", two_targets, "does not give three targets"),
    ("07.5", stops_later, "no better than belief"),
    ("07.5", central.believe, "no better than belief"),
    ("07.5", press_hard, "no better than belief"),
    ("07.5", remembers, "right"),
    ("07.6", "Write here.", "not answered yet"),
    ("07.6", "2,000 commodities, with care.", "too short"),
    ("07.6", "Nobody counted this with care and source. " * 12, "no figure"),
    ("07.6", "The 2,000 are a figure of which we know it. " * 12, "something is missing"),
    ("07.6", ARGUMENT.partition("I would change")[0] + "So it stands, but not for long.", "something is missing"),
    ("07.6", ARGUMENT, "right"),
]

test_each_answer_stops_at_its_own_step = each_mistake_has_its_step(LADDERS, ANSWERS)
test_no_hint_holds_the_answer = no_hint_tells(
    LADDERS, ANSWERS, {"07.2": ["70"], "07.3": ["59", "39"], "07.4": [f"{LIMIT:.2f}"]}
)


def test_an_office_that_stops_in_a_later_year_is_told_why():
    assert "In one of the towns it stops: " in LADDERS["07.5"].climb(stops_later).hint


def test_belief_itself_is_recognised():
    assert "That is belief itself." in LADDERS["07.5"].climb(central.believe).hint
