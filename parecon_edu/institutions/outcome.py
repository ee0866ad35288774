"""What an institution makes of a town: the `Outcome`, and the year that leads to it, surprise included."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from parecon_edu.economy import Economy
from parecon_edu.economy.scenarios import Scenario
from parecon_edu.institutions.delivery import Activity, carry_out
from parecon_edu.institutions.welfare import best_utility, equivalent, mix, utility
from parecon_edu.remuneration import gini
from parecon_edu.validation.arrays import Floats, whole_number

Settings = Mapping[str, float]


@dataclass(frozen=True, eq=False)
class Outcome:
    """What came out of a year under one institution. H neighbourhoods, G goods, J workplaces.

    Parameters
    ----------
    institution, settings, seed
        "market", "central" or "participatory"; every friction with its value; the seed of what was drawn.
    neighbourhoods, goods
        Their names.
    equivalent
        Society: as good as the best plan with this share of everything (exp of the difference in mean utility).
    equivalent_by_council : (H,)
        The same for each neighbourhood, against its own level in the best plan; 0 where somebody gets nothing.
    utility : (H,)
        Utility, in logs of consumption.
    consumption : (H, G)
        What each neighbourhood takes home; 0 for what is not private.
    public : (G,)
        What everybody shares; 0 for what is not public.
    emissions, charge
        Units of smoke; points a unit.
    income : (H,), gini
        Points to spend, and how unequal they are.
    prices, shortages : (G,)
        Points a unit; share of demand unmet.
    saving : (H,)
        Points that found nothing to buy.
    output, effort : (J,)
        What each workplace makes, and its effort.
    say
        How far the power to decide departs from being affected: 0 in proportion, 1 with those who are not affected.
        It measures whose wishes and harms moved the result, not who signs.
    messages
        Numbers exchanged: what councils tell, or are told, about their own activity.
    notes
        What a reader should know.
    """

    institution: str
    settings: Settings
    seed: int
    neighbourhoods: tuple[str, ...]
    goods: tuple[str, ...]
    equivalent: float
    equivalent_by_council: Floats
    utility: Floats
    consumption: Floats
    public: Floats
    emissions: float
    charge: float
    income: Floats
    gini: float
    prices: Floats
    shortages: Floats
    saving: Floats
    output: Floats
    effort: Floats
    say: float
    messages: int
    notes: tuple[str, ...]

    @property
    def losers(self) -> tuple[str, ...]:
        """The neighbourhoods that are worse off than in the best plan, worst first."""
        order = np.argsort(self.equivalent_by_council, kind="stable")
        return tuple(self.neighbourhoods[h] for h in order if self.equivalent_by_council[h] < 1 - 1e-6)


@dataclass(frozen=True, eq=False)
class Plan:
    """What an institution decides before the year: the activity, whose say it was, and the numbers it took."""

    activity: Activity
    power: tuple[Floats, Floats]  # who decides what is made (H,), who decides how much smoke (H,); each adds up to 1
    messages: int


def live_through(
    institution: str,
    scenario: Scenario,
    settings: Settings,
    *,
    seed: int,
    decide: Callable[[Scenario, Settings, int], Plan],
) -> Outcome:
    """Return the outcome of a year: the plan, a surprise, the old ways for a while, then a new plan.

    With `surprise` sigma, after the plan every scale and every taste is multiplied by exp(sigma N) with standard
    normal N from `seed` (the same for every institution), and tastes are rescaled to their old sums. The old
    activities go on for `rigidity` of the year, then the institution decides anew; utility is the average over the
    year, and the best plan it is held against is that of the changed economy.
    """
    seed = whole_number("seed", seed, low=0)
    plan = decide(scenario, settings, seed)
    if settings["surprise"] == 0:
        return _report(institution, scenario, settings, seed, [(1.0, plan)])
    changed = shaken(scenario, settings["surprise"], seed=seed)
    rigidity = settings["rigidity"]
    phases: list[tuple[float, Plan]] = []
    if rigidity > 0:
        ratio = changed.economy.scale / scenario.economy.scale
        phases.append((rigidity, replace(plan, activity=carry_out(plan.activity, changed.economy, productivity=ratio))))
    if rigidity < 1:
        phases.append((1 - rigidity, decide(changed, settings, seed)))
    return _report(institution, changed, settings, seed, phases)


@lru_cache(maxsize=64)
def shaken(scenario: Scenario, sigma: float, *, seed: int) -> Scenario:
    """Return the scenario after a surprise: scales and tastes multiplied by exp(sigma N), tastes rescaled."""
    economy = scenario.economy
    draw = np.random.default_rng(seed)
    scale = economy.scale * np.exp(sigma * draw.standard_normal(economy.scale.size))
    tastes = economy.tastes * np.exp(sigma * draw.standard_normal(economy.tastes.shape))
    tastes *= (economy.tastes.sum(axis=1) / tastes.sum(axis=1))[:, None]
    return replace(scenario, economy=replace(economy, scale=scale, tastes=tastes))


def _report(
    institution: str, scenario: Scenario, settings: Settings, seed: int, phases: list[tuple[float, Plan]]
) -> Outcome:
    """Add up the phases of the year, each with its share of the year."""
    economy = scenario.economy
    best = best_utility(economy)
    u = _average(phases, lambda plan: utility(economy, plan.activity))
    last = phases[-1][1]
    income = _average(phases, lambda plan: plan.activity.income)
    return Outcome(
        institution=institution,
        settings=settings,
        seed=seed,
        neighbourhoods=scenario.people.names,
        goods=economy.goods,
        equivalent=float(equivalent(u.mean(), best.mean())),
        equivalent_by_council=equivalent(u, best),
        utility=u,
        consumption=_average(phases, lambda plan: plan.activity.private),
        public=_average(phases, lambda plan: plan.activity.public),
        emissions=float(economy.emissions @ _average(phases, lambda plan: plan.activity.output)),
        charge=last.activity.charge,
        income=income,
        gini=gini(income),
        prices=last.activity.prices,
        shortages=_average(phases, lambda plan: plan.activity.shortages),
        saving=_average(phases, lambda plan: plan.activity.saving),
        output=_average(phases, lambda plan: plan.activity.output),
        effort=_average(phases, lambda plan: plan.activity.effort),
        say=float(sum(weight * _departure(economy, plan.power) for weight, plan in phases)),
        messages=sum(plan.messages for _, plan in phases),
        notes=last.activity.notes,
    )


def _average(phases: list[tuple[float, Plan]], what: Callable[[Plan], Floats]) -> Floats:
    if len(phases) == 1:
        return what(phases[0][1])
    (first, one), (second, other) = phases
    return mix((first, second), what(one), what(other))


def _departure(economy: Economy, power: tuple[Floats, Floats]) -> float:
    """Return the mean distance between shares of power and shares of being affected, over the decisions there are.

    What is made touches everybody alike; smoke touches people by the damage it does them. The distance is half the
    sum of absolute differences: the share of power that would have to change hands.
    """
    made, smoke = power
    gaps = [np.abs(made - 1 / made.size).sum() / 2]
    if economy.damage.any() and economy.emissions.any():
        gaps.append(np.abs(smoke - economy.damage / economy.damage.sum()).sum() / 2)
    return float(np.mean(gaps))
