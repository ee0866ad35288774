"""The six values of lesson 01, as far as a year in a town shows them, and one's own weights laid over what came out.

Each score says how near an outcome comes to what the best plan gives, 0 to 1. Which number stands for which value is a
choice, as it was in lesson 01, and `MEASURED` says it in words. Nothing in this town measures diversity: there are four
private goods and no way of life. Its weight goes to the other five in proportion.
"""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

import numpy as np
from numpy.typing import ArrayLike

from parecon_edu.economy.scenarios import Scenario
from parecon_edu.institutions.outcome import Outcome, shaken
from parecon_edu.institutions.welfare import best_plan
from parecon_edu.validation.arrays import Floats
from parecon_edu.values.model import shares
from parecon_edu.values.societies import VALUES

#: What stands for each value here, in words. Diversity is missing.
MEASURED: Mapping[str, str] = MappingProxyType(
    {
        "equity": "how equal incomes are (1 less the Gini)",
        "solidarity": "how well off the neighbourhood is that has least (1: as in the best plan)",
        "self-management": "how near the power to decide lies to those who are affected",
        "efficiency": "how well off the town is (1: as in the best plan)",
        "sustainability": "the smoke of the best plan, over the smoke there is",
    }
)
_MEASURES: Mapping[str, Callable[[Outcome, float], float]] = MappingProxyType(
    {
        "equity": lambda outcome, _: 1 - outcome.gini,
        "solidarity": lambda outcome, _: float(outcome.equivalent_by_council.min()),
        "self-management": lambda outcome, _: 1 - outcome.say,
        "efficiency": lambda outcome, _: outcome.equivalent,
        "sustainability": lambda outcome, best: best / outcome.emissions if outcome.emissions else 1.0,
    }
)


def best_smoke(scenario: Scenario, *, surprise: float = 0.0, seed: int = 0) -> float:
    """Return the smoke of the best plan, after the surprise if there is one.

    Examples
    --------
    >>> from parecon_edu import economy
    >>> round(best_smoke(economy.scenario("riverside")), 1)
    15.6
    """
    changed = shaken(scenario, surprise, seed=seed) if surprise else scenario
    return float(changed.economy.emissions @ best_plan(changed.economy).output)


def value_scores(outcomes: Sequence[Outcome], scenario: Scenario) -> Floats:
    """Return the scores (outcomes, values): a row an outcome, a column each of `MEASURED`, 0 to 1.

    Parameters
    ----------
    outcomes
        Of this scenario.
    scenario
        The town.

    Examples
    --------
    >>> from parecon_edu import economy, institutions
    >>> town = economy.scenario("riverside")
    >>> value_scores(institutions.compare(town).outcomes, town).round(6).tolist()[0]
    [1.0, 1.0, 1.0, 1.0, 1.0]
    """
    rows = []
    for outcome in outcomes:
        best = best_smoke(scenario, surprise=outcome.settings["surprise"], seed=outcome.seed)
        rows.append([min(1.0, max(0.0, measure(outcome, best))) for measure in _MEASURES.values()])
    return np.array(rows)


def by_weights(scores: Floats, weights: Mapping[str, float] | ArrayLike) -> Floats:
    """Return one number an outcome (outcomes,), 0 to 100: its scores weighed.

    Parameters
    ----------
    scores
        From `value_scores`.
    weights
        Six weights, as `values.shares` takes them; that of diversity goes to the others.

    Raises
    ------
    ValueError
        If only diversity weighs anything, which nothing here measures.

    Examples
    --------
    >>> by_weights(np.array([[1.0, 0.5, 0.5, 0.5, 0.5]]), [50, 0, 0, 50, 0, 0])
    array([75.])
    """
    given = shares(weights)
    counted = np.array([given[VALUES.index(value)] for value in MEASURED])
    if not counted.any():
        raise ValueError("All the weight is on diversity, and nothing in this town measures it. Weigh another value.")
    return np.asarray(100 * scores @ (counted / counted.sum()))
