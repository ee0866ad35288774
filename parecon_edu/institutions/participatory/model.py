"""The participatory plan: councils propose, incomes follow effort, the affected are asked about their harm."""

from dataclasses import replace

import numpy as np

from parecon_edu.economy import Economy
from parecon_edu.economy.scenarios import Scenario
from parecon_edu.institutions import frictions
from parecon_edu.institutions.allocation import Flows, Terms, balance
from parecon_edu.institutions.delivery import as_planned, carry_out
from parecon_edu.institutions.outcome import Outcome, Plan, Settings, live_through
from parecon_edu.institutions.participatory.rounds import play
from parecon_edu.institutions.reports import reported, shares_of
from parecon_edu.institutions.welfare import Budget, best_plan, own_budget
from parecon_edu.validation.arrays import Floats


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
        - `turnout_loss`: tau; a neighbourhood counts w_h in proportion to 1 - tau absence_h / largest absence (mean 1)
          when public goods and harm are decided. What is decided is paid for as if all had been heard.
        - `rating_noise`: r in income shares (1 - r)/H + r drawn_h, with exponential draws from `seed`.
        - `favouritism`: f in income shares (1 - f) shares + f insiders_h.
        - `unequal_effort`: v; the scenario's effort differs by 1 + v (effort_h / mean - 1), and so does pay.
        - `inflated_harm`: omega in a charge of MD + omega E / |dE/dt|: 0 the affected community names its marginal
          damage MD, 1 it uses its monopoly over permits to the full (Hahnel 2017).
        - `credit_affected`: share of the charge that goes to the affected, by income times damage, not to all alike.
        - `lobbying`: the makers of the scenario's `lobby` good count its price as lambda (1 + lobbying).
        - `stop_at`: the rounds (rule "published", from the scenario's start prices, at most 400) stop when the worst
          imbalance is below it; what is short is then given out in proportion (see `delivery.carry_out`).
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
    weights = voices(scenario, settings["turnout_loss"])
    shares = income_shares(scenario, settings, seed=seed)
    favoured = economy.product == economy.goods.index(scenario.lobby)
    terms = Terms(
        economy=told,
        counted=np.where(favoured, 1 + settings["lobbying"], 1.0),
        harm=economy.damage * weights,
        incomes=lambda flows: _incomes(economy, shares, flows, settings["credit_affected"]),
        budget=_budget(economy, weights),
        monopoly=settings["inflated_harm"],
    )
    answers = balance(terms, start=best_plan(economy))
    burden = 1 + settings["unequal_effort"] * (scenario.people.effort / scenario.people.effort.mean() - 1)
    messages = economy.messages_per_round
    notes: tuple[str, ...] = ()
    if settings["stop_at"]:
        answers, year = play(terms, answers, stop_at=settings["stop_at"])
        messages, notes = year.messages, (year.sentence,)
    activity = as_planned(answers, economy, slack=settings["slack"], burden=burden)
    if settings["stop_at"]:
        activity = replace(carry_out(activity, told), notes=notes)
    return Plan(activity, _power(scenario, answers.income, weights), messages)


def voices(scenario: Scenario, turnout_loss: float) -> Floats:
    """Return how much each neighbourhood (H,) counts when all decide together; 1 on average.

    Examples
    --------
    >>> from parecon_edu import economy
    >>> voices(economy.scenario("two_goods"), 0.5).round(4)  # absence .2 and .5: 1 - .5 x .4 against 1 - .5
    array([1.2308, 0.7692])
    """
    absence = scenario.people.absence
    heard = 1 - turnout_loss * absence / max(float(absence.max()), 1e-300)
    if heard.sum() <= 0:  # all stay away alike, and so all count alike
        return np.ones_like(absence)
    return np.asarray(heard / heard.mean())


def income_shares(scenario: Scenario, settings: Settings, *, seed: int) -> Floats:
    """Return the share of all income that goes to each neighbourhood (H,): equal, but for what ratings get wrong.

    Noise first, then favours, then differences in effort, which are paid.
    """
    people, homes = scenario.people, len(scenario.people.names)
    noise, favour, effort = settings["rating_noise"], settings["favouritism"], settings["unequal_effort"]
    # A stream of its own, so that a surprise of the same seed stays the one that the other institutions meet.
    luck = np.random.default_rng([seed, 1]).exponential(size=homes)
    shares = (1 - noise) / homes + noise * shares_of(luck)
    shares = (1 - favour) * shares + favour * people.insiders
    return shares_of(shares * (1 + effort * (people.effort / people.effort.mean() - 1)))


def _incomes(economy: Economy, shares: Floats, flows: Flows, credit_affected: float) -> Floats:
    """Return incomes (H,): shares of all there is, but for the part of the charge that goes to the affected."""
    total = float(economy.income.sum())
    if credit_affected == 0 or not economy.damage.any():
        return shares * total
    # Far from the answer the charge may exceed all income; there it only has to stay a number.
    credit = min(credit_affected * flows.charge * flows.emissions, 0.9 * total)
    return shares * (total - credit) + credit * shares_of(shares * economy.damage)


def _budget(economy: Economy, weights: Floats) -> Budget:
    """Return the budget of councils that decide on public goods by `weights` and pay by their worth."""
    public = economy.kinds == "public"
    if not public.any() or (weights == 1).all():
        return own_budget(economy)
    alone = np.where(public, 0.0, economy.tastes)
    alone = alone / np.maximum(alone.sum(axis=1, keepdims=True), 1e-300)

    def budget(income: Floats) -> tuple[Floats, Floats]:
        worth = income[:, None] * np.where(public, economy.tastes, 0.0)
        decided = weights @ worth
        dues = worth * np.divide(decided, worth.sum(axis=0), out=np.ones_like(decided), where=decided > 0)
        paid = np.minimum(dues.sum(axis=1), income)
        dues = dues * np.divide(paid, dues.sum(axis=1), out=np.zeros_like(paid), where=paid > 0)[:, None]
        return (income - paid)[:, None] * alone, dues.sum(axis=0)

    return budget


def _power(scenario: Scenario, income: Floats, weights: Floats) -> tuple[Floats, Floats]:
    """Incomes decide about private goods, those who turn up about public ones and about the harm they name."""
    economy = scenario.economy
    common = float(economy.spending[scenario.public].sum() / economy.spending.sum())
    made = (1 - common) * shares_of(income) + common * shares_of(income * weights)
    return made, shares_of(income * weights * economy.damage) if economy.damage.any() else made
