"""Whose weights: the learner's own, locked in lesson 01, and those of four people with their reasons."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from parecon_edu.values.model import shares

__all__ = ["LOCKED_NAME", "PEOPLE", "Person", "locked_weights"]

#: The prediction under which a learner's weights are kept.
LOCKED_NAME = "01.weights"


@dataclass(frozen=True)
class Person:
    """Somebody's weights, in points of 100 in the order of `VALUES`, and why."""

    name: str
    points: tuple[float, ...]
    why: str


#: Four ways to weigh that decent people have; none is the right one.
PEOPLE = {
    "Amara": Person("Amara", (10, 5, 20, 25, 35, 5), "She wants a choice of work and no waste of her time."),
    "Bo": Person("Bo", (15, 10, 5, 40, 20, 10), "He has had bosses enough."),
    "Chen": Person("Chen", (25, 15, 10, 10, 10, 30), "Two small children will live here in forty years."),
    "Dita": Person("Dita", (30, 40, 5, 5, 10, 10), "She has learned this year what it is to need help."),
}


def locked_weights() -> NDArray[np.float64] | None:
    """Read back the weights that the learner locked in lesson 01.

    Returns
    -------
    array, shape (6,), or None
        Shares that add up to 1, in the order of `VALUES`; None if nothing was locked.
    """
    from parecon_edu.lesson import learner
    from parecon_edu.lesson.questions import fitting, question

    answer = fitting(question(LOCKED_NAME), learner.store().read("predict", LOCKED_NAME))
    return shares(answer) if isinstance(answer, list) else None
