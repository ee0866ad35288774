"""What a shortage costs in waiting, if what is short goes to whoever stands in line."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from parecon_edu.economy.scenarios import Scenario
from parecon_edu.institutions.outcome import Outcome


@dataclass(frozen=True, eq=False)
class Queue:
    """What people would wait, good by good.

    Attributes
    ----------
    goods : tuple of str
        The goods that people buy.
    hours : ndarray
        Hours in line, a person and period, good by good.
    """

    goods: tuple[str, ...]
    hours: NDArray[np.float64]

    @property
    def total(self) -> float:
        """All of it."""
        return float(self.hours.sum())


def queue(outcome: Outcome, scenario: Scenario) -> Queue:
    """Work out how long people would wait if waiting, and not a ration, decided who gets what is short.

    Parameters
    ----------
    outcome : Outcome
        What came out of a plan.
    scenario : Scenario
        The town it is of.

    Returns
    -------
    Queue
        The lines grow until the price and the time together are as much as people would pay. With the tastes of this
        model, people want to give a fixed share of their income for a good, so that w t x = (asked − x) p: the hours
        in line are worth as much, at what an hour of work brings, as the goods that are missing. All of it is lost to
        everybody; a price would have gone to somebody. It is an upper end: a ration, friends behind the counter or
        something else on the shelf shorten the line.

    Notes
    -----
    Barzel (1974) has the theory of rationing by waiting. Hours are valued at the plan's average price of labour.

    Examples
    --------
    >>> from parecon_edu import economy
    >>> from parecon_edu.institutions.central import allocate
    >>> town = economy.scenario("riverside")
    >>> queue(allocate(town), town).total
    0.0
    >>> round(queue(allocate(town, planner_taste=0.7), town).total, 1)
    4.6
    """
    economy = scenario.economy
    goods = scenario.private
    labour = economy.kinds == "labour"
    wage = float(outcome.prices[labour] @ economy.supply[labour] / economy.supply[labour].sum())
    got = outcome.consumption.sum(axis=0)[goods] * outcome.prices[goods]
    short = np.clip(outcome.shortages[goods], 0.0, 1 - 1e-9)
    missing = got * short / (1 - short)
    people = float(np.sum(scenario.people.residents))
    return Queue(tuple(str(economy.goods[g]) for g in goods), missing / wage / people)
