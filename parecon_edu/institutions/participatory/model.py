"""The participatory plan: councils propose, incomes follow effort, the affected are asked about their harm."""

import numpy as np

from parecon_edu.economy.checks import Floats
from parecon_edu.economy.scenarios import Scenario
from parecon_edu.institutions import frictions
from parecon_edu.institutions.allocation import Flows, Terms, balance
from parecon_edu.institutions.delivery import as_planned
from parecon_edu.institutions.outcome import Outcome, Plan, Settings, live_through
from parecon_edu.institutions.reports import reported, shares_of
from parecon_edu.institutions.welfare import best_plan, own_budget


def allocate(scenario: Scenario, *, case: str | None = None, seed: int = 0, **given: float) -> Outcome:
    """Return what a participatory plan makes of a town.

    Parameters
    ----------
    scenario
        The town.
    case
        "best", "typical" or "failure": the scenario's presets; None is "best". Keywords override them.
    seed
        Seed of the surprise and of the noise in ratings.
    **given
        Frictions, each 0 in the best case:

        - `meeting_hours`: share of all labour time that meetings take (nothing is counted for what they give).
        - `inflated_harm`: omega in a charge of MD + omega E / |dE/dt|: 0 the affected community names its marginal
          damage MD, 1 it uses its monopoly over permits to the full (Hahnel 2017).
        - `slack`, `effort_loss`, `surprise`, `rigidity`: as in all institutions.

    Returns
    -------
    Outcome

    Raises
    ------
    TypeError, ValueError
        For a friction that a participatory plan does not have, or a number out of range.

    Examples
    --------
    >>> from parecon_edu import economy
    >>> town = economy.scenario("two_goods")
    >>> round(allocate(town).equivalent, 9)
    1.0
    >>> round(allocate(town, meeting_hours=0.05).equivalent, 3)  # .95 ** .7
    0.965
    """
    settings = frictions.settings("participatory", scenario, case=case, given=given)
    return live_through("participatory", scenario, settings, seed=seed, decide=_decide)


def _decide(scenario: Scenario, settings: Settings, seed: int) -> Plan:
    economy = scenario.economy
    told = reported(
        economy,
        slack=settings["slack"],
        effort_loss=settings["effort_loss"],
        lost_hours=settings["meeting_hours"],
    )
    equal = np.full(economy.income.size, economy.income.mean())

    def incomes(_: Flows) -> Floats:
        return equal

    terms = Terms(
        economy=told,
        counted=np.ones(economy.product.size),
        harm=economy.damage,
        incomes=incomes,
        budget=own_budget(economy),
        monopoly=settings["inflated_harm"],
    )
    answers = balance(terms, start=best_plan(economy))
    activity = as_planned(answers, economy, slack=settings["slack"])
    return Plan(activity, _power(scenario, answers.income), economy.messages_per_round)


def _power(scenario: Scenario, income: Floats) -> tuple[Floats, Floats]:
    """Incomes decide what is made, harm decides about smoke."""
    damage = scenario.economy.damage
    made = shares_of(income)
    return made, shares_of(income * damage) if damage.any() else made
