"""The hint ladders of lesson 01: every mistake has its own step, and no hint holds the answer."""

import numpy as np
from ladders import each_mistake_has_its_step, no_hint_tells

from parecon_edu.values import SOCIETIES, VALUES, order
from parecon_edu.values.exercises import LADDERS

OTHER = {value: SOCIETIES.measures(value)[1].name for value in VALUES}
BIRCH = np.array([83.333, 65, 45, 80, 38, 60])
ELM = np.array([66.667, 45, 70, 45, 90, 25])
DITA = np.array([30, 40, 5, 5, 10, 10])
RIGHT = np.array([BIRCH @ DITA, ELM @ DITA]) / 100


def untouched(weights): ...


def turning(weights):
    first = order(SOCIETIES, weights)[0]
    return [v for v in VALUES if order(SOCIETIES, weights, indicators={v: OTHER[v]})[0] != first]


def whole_order(weights):
    return [v for v in VALUES if order(SOCIETIES, weights, indicators={v: OTHER[v]}) != order(SOCIETIES, weights)]


def against_equal(weights):
    first = order(SOCIETIES, [1] * 6)[0]
    return [v for v in VALUES if order(SOCIETIES, weights, indicators={v: OTHER[v]})[0] != first]


def everything(weights):
    return list(VALUES)


def a_number(weights):
    return 3


ARGUMENT = (
    "For solidarity I would count the evenings on which people sit up with a sick neighbour who is no relative. It "
    "catches deeds and not words, and it can be asked of the sick. The scale goes from none to ten a year. One could "
    "sit there and sleep. Still, a critic would say that a hospital does it better."
)
ANSWERS = [
    ("01.1", "", "not answered yet"),
    ("01.1", 3, "wrong type"),
    ("01.1", "freedom", "no value"),
    ("01.1", "efficiency", "Birch stays"),
    ("01.1", "equity", "another rises"),
    ("01.1", " Self-management ", "right"),
    ("01.2", ..., "not answered yet"),
    ("01.2", [1, 2, 3], "wrong shape"),
    ("01.2", [BIRCH.mean(), ELM.mean()], "not weighed"),
    ("01.2", [BIRCH.sum(), ELM.sum()], "only added"),
    ("01.2", 100 * RIGHT, "not divided"),
    ("01.2", RIGHT[::-1], "swapped"),
    ("01.2", RIGHT / 100, "as shares"),
    ("01.2", [60, 50], "not the value"),
    ("01.2", RIGHT, "right"),
    ("01.2", [67, 55.2], "right"),
    ("01.3", ..., "not answered yet"),
    ("01.3", 120, "range"),
    ("01.3", 16, "too light"),
    ("01.3", 50, "one half"),
    ("01.3", 23.9, "not whole"),
    ("01.3", 23, "too little"),
    ("01.3", 30, "not the least"),
    ("01.3", 24, "right"),
    ("01.4", ..., "not answered yet"),
    ("01.4", untouched, "not answered yet"),
    ("01.4", ["equity"], "wrong type"),
    ("01.4", a_number, "a case fails"),
    ("01.4", whole_order, "a case fails"),
    ("01.4", against_equal, "a case fails"),
    ("01.4", everything, "a case fails"),
    ("01.4", turning, "right"),
    ("01.5", "Write here.", "not answered yet"),
    ("01.5", "Solidarity.", "too short"),
    ("01.5", ARGUMENT, "right"),
]


test_each_mistake_is_met_on_its_own_step = each_mistake_has_its_step(LADDERS, ANSWERS)


test_no_hint_holds_the_answer = no_hint_tells(
    LADDERS, ANSWERS, {"01.1": ["self-management"], "01.2": ["67", "55"], "01.3": ["24"]}, but=["no value"]
)


def test_twenty_four_points_are_the_least():
    # Elm is 52 ahead of Birch in efficiency, Birch 16.33 ahead on average elsewhere: w > 16.33 / 68.33 = 23.9 %.
    behind = (BIRCH - ELM)[[0, 1, 2, 3, 5]].mean()
    assert 23 < 100 * behind / (behind + 52) < 24
