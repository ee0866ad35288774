"""The central plan: one office decides what is made, posts prices, and people spend their income at them."""

from dataclasses import replace

import numpy as np

from parecon_edu.economy.scenarios import Scenario
from parecon_edu.institutions import frictions
from parecon_edu.institutions.allocation import Answers, Flows, Terms, balance
from parecon_edu.institutions.delivery import Activity, as_planned, share_out
from parecon_edu.institutions.outcome import Outcome, Plan, Settings, live_through
from parecon_edu.institutions.reports import orders_and_reports, reported
from parecon_edu.institutions.welfare import best_plan, own_budget
from parecon_edu.validation.arrays import Floats


def allocate(scenario: Scenario, *, case: str | None = None, seed: int = 0, **given: float) -> Outcome:
    """Return what a central plan makes of a town.

    The office draws up the best plan it can see: for equal incomes, for the tastes it goes by and the harm it
    counts. It posts that plan's prices. People then spend what they have at these prices by their own tastes; what
    is short is given out in proportion, and unspent money goes to what is left (see `delivery.share_out`).

    Parameters
    ----------
    scenario
        The town.
    case
        "best", "typical" or "failure": the scenario's presets; None is "best". Keywords override them.
    seed
        Seed of the surprise.
    **given
        Frictions, each 0 in the best case:

        - `planner_taste`: 0 the plan follows people's tastes, 1 the scenario's `planner_priorities`.
        - `uncounted_harm`: share of the harm of smoke that the plan does not count.
        - `official_premium`: pi in income (1 - pi) M/H + pi M officials_h; the plan was drawn up without it.
        - `slack`, `effort_loss`, `surprise`, `rigidity`: as in all institutions.

    Returns
    -------
    Outcome

    Raises
    ------
    TypeError, ValueError
        For a friction that a central plan does not have, or a number out of range.

    Examples
    --------
    >>> from parecon_edu import economy
    >>> town = economy.scenario("two_goods")
    >>> round(allocate(town).equivalent, 9)
    1.0
    >>> allocate(town, planner_taste=1).shortages.round(2).tolist()  # bread is short: the planner likes clothes
    [0.4, 0.0, 0.0]
    """
    settings = frictions.settings("central", scenario, case=case, given=given)
    return live_through("central", scenario, settings, seed=seed, decide=_decide)


def _decide(scenario: Scenario, settings: Settings, seed: int) -> Plan:
    economy = scenario.economy
    taste = settings["planner_taste"]
    told = reported(economy, slack=settings["slack"], effort_loss=settings["effort_loss"])
    planned = replace(told, tastes=(1 - taste) * economy.tastes + taste * scenario.planner_priorities)
    equal = np.full(economy.income.size, economy.income.mean())

    def incomes(_: Flows) -> Floats:
        return equal

    terms = Terms(
        economy=planned,
        counted=np.ones(economy.product.size),
        harm=economy.damage * (1 - settings["uncounted_harm"]),
        incomes=incomes,
        budget=own_budget(planned),
    )
    answers = balance(terms, start=best_plan(economy))
    activity = as_planned(answers, economy, slack=settings["slack"])
    return Plan(
        _shop(scenario, settings, answers, activity, planned.tastes),
        _power(scenario, settings),
        orders_and_reports(economy),
    )


def _shop(
    scenario: Scenario, settings: Settings, answers: Answers, activity: Activity, planned_tastes: Floats
) -> Activity:
    """Let people spend at the plan's prices: first the dues for public goods, then the shelves.

    Each neighbourhood's dues are what the plan thinks public goods are worth to it, in proportion to its income,
    scaled so that they pay for exactly what is provided.
    """
    economy = scenario.economy
    premium, total = settings["official_premium"], economy.income.sum()
    income = (1 - premium) * total / economy.income.size + premium * total * scenario.people.officials
    goods = scenario.private
    dues = income * planned_tastes[:, scenario.public].sum(axis=1)
    cost = float(answers.prices @ activity.public)
    if cost > 0:
        dues = dues * cost / dues.sum()
    shelves = activity.private.sum(axis=0)[goods]
    bought, saving, short = share_out(
        np.maximum(income - dues, 0.0), economy.tastes[:, goods], prices=answers.prices[goods], shelves=shelves
    )
    private = np.zeros_like(activity.private)
    private[:, goods] = bought
    shortages = activity.shortages.copy()
    shortages[goods] = short
    return replace(activity, private=private, income=income, saving=saving, shortages=shortages)


def _power(scenario: Scenario, settings: Settings) -> tuple[Floats, Floats]:
    """The office stands in for everybody alike as far as it follows people's tastes and counts their harm."""
    damage, officials = scenario.economy.damage, scenario.people.officials
    taste, uncounted = settings["planner_taste"], settings["uncounted_harm"]
    made = (1 - taste) / officials.size + taste * officials
    heard = damage / damage.sum() if damage.any() else np.full(officials.size, 1 / officials.size)
    return made, (1 - uncounted) * heard + uncounted * officials
