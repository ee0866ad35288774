"""The market: owners and workers sell, firms answer prices, incomes follow what people own and can do."""

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
    """Return what a market makes of a town.

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

        - `unequal_shares`: 0 everybody has an equal claim to what is earned, 1 incomes follow the scenario's
          ownership and skill. Pay for work (its hours, and what its effort costs) goes by skill, rent and profit
          by ownership, the charge on smoke to all alike.
        - `unpriced_harm`: share of the harm of smoke that no price carries (Pigou 1920).
        - `market_power`: mu = 1/n for n firms of equal weight a good; each counts lambda (1 - mu), as Cournot's
          firms do when demand is unit-elastic.
        - `wage_markdown`: share of the pay for work that goes to owners (Robinson 1933); a transfer here, since the
          supply of hours is fixed. It bites only where claims are unequal.
        - `private_public_goods`: share of public demand that is left to voluntary contributions.
        - `slack`, `effort_loss`, `surprise`, `rigidity`: as in all institutions.

    Returns
    -------
    Outcome

    Raises
    ------
    TypeError, ValueError
        For a friction that a market does not have, or a number out of range.

    Examples
    --------
    >>> from parecon_edu import economy
    >>> town = economy.scenario("two_goods")
    >>> round(allocate(town).equivalent, 9)
    1.0
    >>> unequal = allocate(town, unequal_shares=1)
    >>> unequal.losers
    ('Harbour',)
    """
    settings = frictions.settings("market", scenario, case=case, given=given)
    return live_through("market", scenario, settings, seed=seed, decide=_decide)


def _decide(scenario: Scenario, settings: Settings, seed: int) -> Plan:
    economy = scenario.economy
    told = reported(economy, slack=settings["slack"], effort_loss=settings["effort_loss"])
    terms = Terms(
        economy=told,
        counted=np.full(economy.product.size, 1 - settings["market_power"]),
        harm=economy.damage * (1 - settings["unpriced_harm"]),
        incomes=lambda flows: earnings(scenario, flows, settings),
        budget=own_budget(economy),
    )
    answers = balance(terms, start=best_plan(economy))
    activity = as_planned(answers, economy, slack=settings["slack"])
    return Plan(activity, _power(scenario, answers.income, settings), economy.messages_per_round)


def earnings(scenario: Scenario, flows: Flows, settings: Settings) -> Floats:
    """Return incomes (H,): equal claims, or what ownership and skill bring, or a mix of the two."""
    economy, people, share = scenario.economy, scenario.people, settings["unequal_shares"]
    homes = economy.income.size
    total = economy.income.sum()
    if share == 0:
        return np.full(homes, total / homes)
    pay = people.skill @ flows.bought[scenario.labour]
    pay = pay + flows.burden.sum() * shares_of(pay)
    rent = flows.bought[economy.kinds == "nature"].sum()
    kept = 1 - settings["wage_markdown"]
    owners = rent + flows.surplus + settings["wage_markdown"] * pay.sum()
    earned = kept * pay + people.ownership * owners + flows.charge * flows.emissions / homes
    return np.asarray((1 - share) * total / homes + share * total * shares_of(earned))


def _power(scenario: Scenario, income: Floats, settings: Settings) -> tuple[Floats, Floats]:
    """Purses decide what is made; they decide about priced smoke by their harm, owners about the rest."""
    made = shares_of(income)
    damage, unpriced = scenario.economy.damage, settings["unpriced_harm"]
    share = settings["unequal_shares"]
    owners = (1 - share) / made.size + share * scenario.people.ownership
    heard = shares_of(income * damage) if damage.any() else made
    return made, (1 - unpriced) * heard + unpriced * owners
