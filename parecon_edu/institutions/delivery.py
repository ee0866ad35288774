"""What really happens when a plan is carried out: short inputs, short shelves, and what people do with the money left.

`Activity` is what a town does in a year. `carry_out` lets the old activities run when technology has changed or the
plan did not quite add up; `share_out` lets people spend money at posted prices when shelves don't follow.
"""

from dataclasses import dataclass, replace

import numpy as np

from parecon_edu.economy import Economy
from parecon_edu.institutions.allocation import Answers, use_of
from parecon_edu.validation.arrays import Floats

# Shelves that match demand to this share count as full: the prices are exact to about 1e-12.
FULL = 1e-9


@dataclass(frozen=True, eq=False)
class Activity:
    """What is made, used, consumed and earned, and what was asked for in vain.

    Parameters
    ----------
    prices : (G,)
        Prices, points a unit.
    charge
        Points a unit of smoke.
    output, effort : (J,)
        What each workplace makes, and the effort it really makes.
    inputs : (J, M)
        What each uses, in the order of `Economy.inputs`.
    private : (H, G)
        What each neighbourhood takes home.
    public : (G,)
        What everybody shares.
    available : (G,)
        What is there for people when workplaces have had their part.
    income, saving : (H,)
        Points to spend, and points that found nothing to buy (forced saving).
    burden : (H,)
        Each neighbourhood's share of society's effort, 1 for an equal share.
    shortages : (G,)
        Share of demand unmet.
    notes
        What a reader should know about how it came about.
    """

    prices: Floats
    charge: float
    output: Floats
    effort: Floats
    inputs: Floats
    private: Floats
    public: Floats
    available: Floats
    income: Floats
    saving: Floats
    burden: Floats
    shortages: Floats
    notes: tuple[str, ...] = ()


def as_planned(answers: Answers, economy: Economy, *, slack: float, burden: Floats | None = None) -> Activity:
    """Return the activity in which everybody does what they answered, and hides what they hid.

    A workplace that reported a(1 - slack) delivers what it reported with the effort e (1 - slack)**(1/c).
    """
    used = use_of(economy, answers.inputs)
    homes, goods = answers.private.shape
    return Activity(
        prices=answers.prices,
        charge=answers.charge,
        output=answers.output,
        effort=answers.effort * (1 - slack) ** (1 / economy.effort_exponent),
        inputs=answers.inputs,
        private=answers.private,
        public=answers.public,
        available=np.maximum(answers.supply - used, 0.0),
        income=answers.income,
        saving=np.zeros(homes),
        burden=np.ones(homes) if burden is None else burden,
        shortages=np.zeros(goods),
    )


def carry_out(plan: Activity, economy: Economy, *, productivity: Floats | float = 1.0) -> Activity:
    """Return what becomes of a plan when workplaces make `productivity` times what they planned from the same inputs.

    A good of which less is there than was asked for is given to everybody in proportion, to workplaces and people
    alike; a workplace with r of an input makes Q prod(r**b) instead of Q. That makes others short in turn; the
    shares given are the ones at which this comes to rest (exponents add up to less than 1, so it does). Of what
    there is more than planned, people share the rest as they had planned to.
    """
    asked = use_of(economy, plan.inputs)
    wanted = plan.private.sum(axis=0) + plan.public
    need = asked + wanted
    places = economy.inputs >= 0
    output = plan.output * productivity
    given = np.ones_like(need)
    for _ in range(2000):
        short_inputs = np.where(places, given[economy.inputs], 1.0)
        made = output * np.prod(short_inputs**economy.exponents, axis=1)
        there = economy.supply + np.bincount(economy.product, made, minlength=need.size)
        new = np.minimum(1.0, np.divide(there, need, out=np.ones_like(need), where=need > 0))
        settled = np.abs(new - given).max() < 1e-13
        given = new
        if settled:
            break
    left = np.maximum(there - given * asked, 0.0)
    better = np.divide(left, plan.available, out=np.ones_like(left), where=plan.available > 0)
    part = np.where(left < wanted, np.divide(left, wanted, out=np.ones_like(left), where=wanted > 0), better)
    part = np.where(left < wanted, part, np.maximum(1.0, part))
    return replace(
        plan,
        output=made,
        inputs=plan.inputs * short_inputs,
        private=plan.private * part,
        public=plan.public * part,
        available=left,
        shortages=1 - (1 - plan.shortages) * given,
    )


def share_out(money: Floats, tastes: Floats, *, prices: Floats, shelves: Floats) -> tuple[Floats, Floats, Floats]:
    """Let people spend `money` by their own `tastes` at posted prices, from shelves that may not hold what they want.

    Everybody asks for what their tastes and purse say. What is short is given out in proportion to what was asked;
    what could not be spent is spent by the same tastes on what is left, until the money is gone or nothing that one
    cares for is left (Kornai 1980: forced substitution, then forced saving).

    Parameters
    ----------
    money : (H,)
        Points.
    tastes : (H, G)
        Tastes for these goods.
    prices, shelves : (G,)
        Posted prices, and what there is.

    Returns
    -------
    bought : (H, G)
    saving : (H,)
        Points left over.
    shortages : (G,)
        Share of the first demand that found nothing.

    Examples
    --------
    Two people want bread more than clothes, at prices made for a planner who thinks otherwise:

    >>> bought, saving, shortages = share_out(
    ...     np.array([100.0, 100.0]), np.array([[0.7, 0.3], [0.7, 0.3]]),
    ...     prices=np.array([1.0, 1.0]), shelves=np.array([100.0, 100.0]))
    >>> bought.tolist(), saving.tolist(), shortages.round(4).tolist()
    ([[50.0, 50.0], [50.0, 50.0]], [0.0, 0.0], [0.2857, 0.0])
    """
    bought = np.zeros_like(tastes)
    left, purse = shelves.astype(np.float64), money.astype(np.float64)
    shortages = np.zeros_like(left)
    open_ = left > 0
    for turn in range(left.size + 1):
        cared = tastes * open_
        total = cared.sum(axis=1)
        share = np.divide(cared, total[:, None], out=np.zeros_like(cared), where=total[:, None] > 0)
        asked = purse[:, None] * share / prices
        demand = asked.sum(axis=0)
        given = np.divide(left, demand, out=np.ones_like(left), where=demand > left * (1 + FULL))
        if turn == 0:
            wants_in_vain = (tastes.sum(axis=0) > 0) & ~open_
            shortages = np.where(wants_in_vain, 1.0, 1 - given)
        got = asked * given
        bought += got
        purse = np.maximum(purse - got @ prices, 0.0)
        left = np.maximum(left - got.sum(axis=0), 0.0)
        short = open_ & (given < 1)
        if not short.any():
            break
        open_ = open_ & ~short
    saving = np.where(purse > FULL * np.maximum(money, 1e-300), purse, 0.0)
    return bought, saving, shortages
