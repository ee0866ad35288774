"""The market: owners and workers sell, firms answer prices, incomes follow what people own and can do."""

import numpy as np

from parecon_edu.economy import Economy
from parecon_edu.economy.scenarios import Scenario
from parecon_edu.institutions import frictions
from parecon_edu.institutions.allocation import Flows, Terms, balance
from parecon_edu.institutions.delivery import as_planned
from parecon_edu.institutions.outcome import Outcome, Plan, Settings, live_through
from parecon_edu.institutions.reports import reported, shares_of
from parecon_edu.institutions.welfare import Budget, best_plan, own_budget
from parecon_edu.validation.arrays import Floats


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
        - `private_public_goods`: share of public demand that is left to voluntary contributions
          (see `contributions`); the income freed goes to private goods.
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
        budget=_budget(economy, settings["private_public_goods"]),
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


def contributions(economy: Economy, income: Floats) -> Floats:
    """Return what each neighbourhood (H,) gives to the public good if nobody has to.

    Nash's equilibrium: each gives what it finds best, given what the others give. With Cobb-Douglas tastes it keeps
    adding while alpha G / beta is below its income, so G = sum max(0, I - alpha G / beta): everybody waits for
    everybody. Moving income among those who give changes nothing (Bergstrom, Blume & Varian 1986, "On the private
    provision of public goods", Journal of Public Economics 29).

    Raises
    ------
    ValueError
        If there are several public goods: the equilibrium is worked out for one.

    Examples
    --------
    Two alike, who would give a quarter of their income if both had to, give a seventh each on their own:

    >>> from parecon_edu import economy
    >>> town = economy.from_arrays(
    ...     kinds=["private", "public", "labour"], supply=[0, 0, 100], product=[0, 1], scale=[5, 5],
    ...     effort_exponent=[0.1, 0.1], effort_disutility=[3.5, 3.5], effort_weight=[1, 1], inputs=[[2], [2]],
    ...     exponents=[[0.6], [0.6]], tastes=[[0.75, 0.25, 0], [0.75, 0.25, 0]], income=[700, 700])
    >>> contributions(town, town.income).round(9)
    array([100., 100.])
    """
    public = economy.kinds == "public"
    if np.count_nonzero(public) > 1:
        raise ValueError("private_public_goods is worked out for one public good; this town has more. Put 0.")
    beta = economy.tastes[:, public].sum(axis=1)
    alpha = economy.tastes.sum(axis=1) - beta
    cares = beta > 0
    if not cares.any():
        return np.zeros_like(income)
    ratio = np.divide(alpha, beta, out=np.zeros_like(alpha), where=cares)
    # Those who give are the first few by I beta / alpha; G is the largest that any such group would reach.
    order = [h for h in np.argsort(-income / np.maximum(ratio, 1e-300), kind="stable") if cares[h]]
    level = float(np.max(np.cumsum(income[order]) / (1 + np.cumsum(ratio[order]))))
    return np.where(cares, np.maximum(0.0, income - ratio * level), 0.0)


def _budget(economy: Economy, voluntary: float) -> Budget:
    """Return the budget of people who pay for public goods by their worth, but leave a share to giving."""
    paid = own_budget(economy)
    if voluntary == 0 or not (economy.kinds == "public").any():
        return paid
    public = economy.kinds == "public"
    alone = np.where(public, 0.0, economy.tastes)
    alone = alone / np.maximum(alone.sum(axis=1, keepdims=True), 1e-300)

    def budget(income: Floats) -> tuple[Floats, Floats]:
        private, common = paid(income)
        given = contributions(economy, income)
        mine = (1 - voluntary) * private + voluntary * (income - given)[:, None] * alone
        return mine, (1 - voluntary) * common + voluntary * given.sum() * public

    return budget


def _power(scenario: Scenario, income: Floats, settings: Settings) -> tuple[Floats, Floats]:
    """Purses decide what is made; they decide about priced smoke by their harm, owners about the rest."""
    made = shares_of(income)
    damage, unpriced = scenario.economy.damage, settings["unpriced_harm"]
    share = settings["unequal_shares"]
    owners = (1 - share) / made.size + share * scenario.people.ownership
    heard = shares_of(income * damage) if damage.any() else made
    return made, (1 - unpriced) * heard + unpriced * owners
