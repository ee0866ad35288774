"""How well off people are: utility by neighbourhood, and "as good as the best plan with x % of everything"."""

from collections.abc import Callable
from functools import lru_cache

import numpy as np

from parecon_edu.economy import Economy
from parecon_edu.institutions.allocation import Answers, Flows, Terms, balance
from parecon_edu.institutions.delivery import Activity, as_planned
from parecon_edu.validation.arrays import Floats, frozen

Budget = Callable[[Floats], tuple[Floats, Floats]]


def utility(economy: Economy, activity: Activity) -> Floats:
    """Return u (H,): sum of alpha ln x + beta ln Y, less the harm d E**2 / 2, less the share of society's effort.

    Society's effort is sum of s e**k over the mean income times H (its burden in points over what a point is worth),
    shared equally unless the activity says that some work more. Where somebody gets nothing of what they care for,
    utility is minus infinity.

    Parameters
    ----------
    economy
        Whose tastes, damage and true effort weights count.
    activity
        What happened.
    """
    smoke = float(economy.emissions @ activity.output)
    amounts = activity.private + activity.public
    effort = float(np.sum(economy.effort_weight * activity.effort**economy.effort_disutility)) / economy.income.sum()
    with np.errstate(divide="ignore"):  # ln 0 is minus infinity, where somebody cares
        pleasure = economy.tastes * np.log(np.where(economy.tastes > 0, amounts, 1.0))
    return np.asarray(pleasure.sum(axis=1) - economy.damage * smoke**2 / 2 - effort * activity.burden)


def mix(weights: tuple[float, float], one: Floats, other: Floats) -> Floats:
    """Return weights[0] one + weights[1] other, where a weight of 0 also silences minus infinity.

    Examples
    --------
    >>> mix((0.0, 1.0), np.array([-np.inf]), np.array([2.0])).tolist()
    [2.0]
    """
    parts = [w * x for w, x in zip(weights, (one, other), strict=True) if w > 0]
    return np.asarray(sum(parts))


def equivalent(u: Floats | float, best: Floats | float) -> Floats:
    """Return exp(u - best): the share of all consumption in the best plan that would be as good; 0, never NaN.

    Examples
    --------
    >>> equivalent(np.array([0.0, -np.inf]), np.array([0.0, 0.0])).tolist()
    [1.0, 0.0]
    """
    return np.asarray(np.exp(np.asarray(u) - np.asarray(best)))


@lru_cache(maxsize=64)
def best_plan(economy: Economy) -> Answers:
    """Return the best feasible plan with equal weights: equal incomes, true tastes, every harm charged.

    At these prices every council's own answer is also society's best (the first and second theorems of welfare
    economics; Samuelson's rule for public goods and Pigou's charge for smoke included). A test lets an independent
    optimiser look for something better.
    """
    equal = np.full(economy.income.size, economy.income.mean())

    def incomes(_: Flows) -> Floats:
        return equal

    return balance(Terms(economy, np.ones(economy.product.size), economy.damage, incomes, own_budget(economy)))


@lru_cache(maxsize=64)
def best_utility(economy: Economy) -> Floats:
    """Return the utility of each neighbourhood (H,) in the best plan."""
    return frozen(utility(economy, as_planned(best_plan(economy), economy, slack=0.0)))


def own_budget(economy: Economy) -> Budget:
    """Return the budget of people who spend by their own tastes and pay for public goods what these are worth to them.

    Lindahl (1919), Samuelson (1954): a council is charged I beta of a public good, I alpha of a private one.
    """
    public = economy.kinds == "public"

    def budget(income: Floats) -> tuple[Floats, Floats]:
        spending = income[:, None] * economy.tastes
        return spending * ~public, spending.sum(axis=0) * public

    return budget
