"""The three institutions side by side, and which assumption moves each of them most."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType
from typing import Any

import numpy as np

from parecon_edu.economy import Economy
from parecon_edu.economy.scenarios import INSTITUTIONS, Scenario
from parecon_edu.institutions import central as central_plan
from parecon_edu.institutions import market as the_market
from parecon_edu.institutions import participatory as participatory_plan
from parecon_edu.institutions.frictions import frictions_of, settings
from parecon_edu.institutions.outcome import Outcome
from parecon_edu.planning.progress import Progress
from parecon_edu.validation.arrays import Floats

ALLOCATE: Mapping[str, Callable[..., Outcome]] = MappingProxyType(
    {
        "market": the_market.allocate,
        "central": central_plan.allocate,
        "participatory": participatory_plan.allocate,
    }
)


@dataclass(frozen=True)
class Table:
    """A small table of words and numbers: one row a measure, one column an institution."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str | float, ...], ...]
    caption: str


@dataclass(frozen=True, eq=False)
class Comparison:
    """The same town under three institutions."""

    market: Outcome
    central: Outcome
    participatory: Outcome

    @property
    def outcomes(self) -> tuple[Outcome, Outcome, Outcome]:
        """Market, central plan, participatory plan."""
        return self.market, self.central, self.participatory

    @property
    def table(self) -> Table:
        """The measures, one row each, and the neighbourhoods."""
        rows: list[tuple[str | float, ...]] = [
            (words, *(float(measure(outcome)) for outcome in self.outcomes)) for words, measure in MEASURES
        ]
        rows += [
            (name, *(float(outcome.equivalent_by_council[h]) for outcome in self.outcomes))
            for h, name in enumerate(self.market.neighbourhoods)
        ]
        return Table(
            columns=("measure", "market", "central plan", "participatory plan"),
            rows=tuple(rows),
            caption="Well-being is given as a share: as good as the best plan with that much of everything.",
        )


MEASURES: tuple[tuple[str, Callable[[Outcome], float]], ...] = (
    ("well-being of the town", lambda outcome: outcome.equivalent),
    ("well-being where it is lowest", lambda outcome: outcome.equivalent_by_council.min()),
    ("well-being where it is highest", lambda outcome: outcome.equivalent_by_council.max()),
    ("neighbourhoods that lose", lambda outcome: len(outcome.losers)),
    ("inequality of income (Gini)", lambda outcome: outcome.gini),
    ("smoke", lambda outcome: outcome.emissions),
    ("charge on a unit of smoke", lambda outcome: outcome.charge),
    ("largest shortage, share of demand", lambda outcome: outcome.shortages.max()),
    ("forced saving, share of income", lambda outcome: outcome.saving.sum() / outcome.income.sum()),
    ("effort of a workplace", lambda outcome: outcome.effort.mean()),
    ("distance between power and being affected", lambda outcome: outcome.say),
    ("numbers exchanged", lambda outcome: outcome.messages),
)


def compare(
    scenario: Scenario,
    *,
    case: str = "best",
    market: Mapping[str, Any] = MappingProxyType({}),
    central: Mapping[str, Any] = MappingProxyType({}),
    participatory: Mapping[str, Any] = MappingProxyType({}),
    seed: int = 0,
) -> Comparison:
    """Return the same town under all three institutions.

    Parameters
    ----------
    scenario
        The town.
    case
        "best", "typical" or "failure" for all three.
    market, central, participatory
        Frictions that override the case, by institution.
    seed
        Of the surprise (the same for all three) and of the noise in ratings.

    Raises
    ------
    TypeError, ValueError
        As `market.allocate` and its sisters.

    Examples
    --------
    >>> from parecon_edu import economy
    >>> town = economy.scenario("two_goods")
    >>> best = compare(town)
    >>> [round(outcome.equivalent, 9) for outcome in best.outcomes]
    [1.0, 1.0, 1.0]
    >>> compare(town, market={"unequal_shares": 1}).market.losers
    ('Harbour',)
    """
    given = {"market": market, "central": central, "participatory": participatory}
    for name, frictions in given.items():
        if not isinstance(frictions, Mapping):
            raise TypeError(f"{name} must be a dictionary like {{'slack': 0.1}}, not {frictions!r}.")
    return Comparison(**{name: ALLOCATE[name](scenario, case=case, seed=seed, **given[name]) for name in INSTITUTIONS})


@dataclass(frozen=True)
class Swing:
    """How far one assumption moves one institution's result: its two ends, and the town's well-being at each.

    Parameters
    ----------
    institution, name
        Whose result, and which friction or which feature of the town.
    is_friction
        A friction of the institution, or a feature of the scenario.
    low_words, high_words
        What the two ends are.
    low, high
        `Outcome.equivalent` at the two ends, everything else as in the case.
    base
        `Outcome.equivalent` in the case itself.
    """

    institution: str
    name: str
    is_friction: bool
    low_words: str
    high_words: str
    low: float
    high: float
    base: float

    @property
    def size(self) -> float:
        """How far apart the two ends are."""
        return abs(self.high - self.low)


def swings(scenario: Scenario, *, case: str = "typical", seed: int = 0, quiet: bool = False) -> tuple[Swing, ...]:
    """Return, for each institution, how much each friction and each feature of the town moves its result.

    Every friction goes from 0 to its preset in the failure case, every feature of the scenario from one end to the
    other (`FEATURES`), one at a time, while all others stay as in the case. Largest first: the bars of a tornado
    chart, which says what the argument is about.

    Parameters
    ----------
    scenario
        The town.
    case
        The case around which one thing at a time is changed.
    seed
        Of the surprise and of the noise in ratings.
    quiet
        Show no progress bar in a notebook, where somebody else says that it is working, or output is compared.

    Examples
    --------
    >>> from parecon_edu import economy
    >>> largest = swings(economy.scenario("two_goods"))[0]
    >>> largest.institution, largest.name
    ('central', 'slack')
    """
    if quiet:
        return _remembered(scenario, case, seed)
    steps = sum(len(frictions_of(name)) + len(FEATURES) for name in INSTITUTIONS)  # at most
    with Progress("Which assumption decides", total=steps) as progress:
        return _work_out(scenario, case, seed, progress.update)


@lru_cache(maxsize=8)
def _remembered(scenario: Scenario, case: str, seed: int) -> tuple[Swing, ...]:
    """Work a town's swings out once: a panel and a cell often ask for the same."""
    return _work_out(scenario, case, seed, lambda done, name: None)


def _work_out(scenario: Scenario, case: str, seed: int, tell: Callable[[int, str], object]) -> tuple[Swing, ...]:
    towns = [(feature, feature.low(scenario), feature.high(scenario)) for feature in FEATURES]
    result: list[Swing] = []
    for institution in INSTITUTIONS:
        allocate = ALLOCATE[institution]
        base = allocate(scenario, case=case, seed=seed).equivalent
        usual = settings(institution, scenario, case=case, given={})
        worst = settings(institution, scenario, case="failure", given={})
        for friction in frictions_of(institution):
            ends = (0.0, worst[friction.name])
            low, high = (
                base
                if value == usual[friction.name]
                else allocate(scenario, case=case, seed=seed, **{friction.name: value}).equivalent
                for value in ends
            )
            words = f"{ends[0]:g}", f"{ends[1]:g}"
            result.append(Swing(institution, friction.name, True, *words, low=low, high=high, base=base))
            tell(len(result), friction.name)
        for feature, less, more in towns:
            if institution not in feature.institutions:
                continue
            low, high = (allocate(town, case=case, seed=seed).equivalent for town in (less, more))
            words = feature.low_words, feature.high_words
            result.append(Swing(institution, feature.name, False, *words, low=low, high=high, base=base))
            tell(len(result), feature.name)
    return tuple(sorted(result, key=lambda swing: -swing.size))


@dataclass(frozen=True)
class Feature:
    """A feature of a town that can be turned down or up, and what that means."""

    name: str
    low_words: str
    high_words: str
    low: Callable[[Scenario], Scenario]
    high: Callable[[Scenario], Scenario]
    institutions: tuple[str, ...] = INSTITUTIONS  # those it can touch at all


def _with_economy(**changes: Callable[[Economy], Floats]) -> Callable[[Scenario], Scenario]:
    def changed(scenario: Scenario) -> Scenario:
        values: dict[str, Any] = {field: change(scenario.economy) for field, change in changes.items()}
        return replace(scenario, economy=replace(scenario.economy, **values))

    return changed


def _owned(towards: Callable[[Floats], Floats]) -> Callable[[Scenario], Scenario]:
    def changed(scenario: Scenario) -> Scenario:
        people = scenario.people
        return replace(scenario, people=replace(people, ownership=(people.ownership + towards(people.ownership)) / 2))

    return changed


def _tastes_apart(factor: float) -> Callable[[Economy], Floats]:
    """Return tastes `factor` times as far from the town's mean, as far as they stay above 0."""

    def tastes(economy: Economy) -> Floats:
        mean = economy.tastes.mean(axis=0)
        moved = np.maximum(mean + factor * (economy.tastes - mean), 0.0)
        return np.asarray(moved / moved.sum(axis=1, keepdims=True))

    return tastes


def _priorities(factor: float) -> Callable[[Scenario], Scenario]:
    """Return a planner `factor` times as far from people's mean tastes, as far as priorities stay above 0."""

    def changed(scenario: Scenario) -> Scenario:
        mean = scenario.economy.tastes.mean(axis=0)
        moved = np.maximum(mean + factor * (scenario.planner_priorities - mean), 0.0)
        return replace(scenario, planner_priorities=moved / moved.sum())

    return changed


def _downwind_only(scenario: Scenario) -> Scenario:
    """Return the town with all the harm downwind; as it is, where nobody lives there."""
    damage, below = scenario.economy.damage, scenario.people.downwind
    if not below.any():
        return scenario
    return replace(scenario, economy=replace(scenario.economy, damage=below * damage.sum() / below.sum()))


FEATURES = (
    Feature(
        "damage of smoke",
        "half",
        "double",
        _with_economy(damage=lambda economy: economy.damage / 2),
        _with_economy(damage=lambda economy: economy.damage * 2),
    ),
    Feature(
        "how much effort matters",
        "half",
        "a fifth more",
        _with_economy(effort_exponent=lambda economy: economy.effort_exponent / 2),
        _with_economy(effort_exponent=lambda economy: economy.effort_exponent * 1.2),
    ),
    Feature(
        "exponents of inputs",
        "a tenth less",
        "a twentieth more",
        _with_economy(exponents=lambda economy: economy.exponents * 0.9),
        _with_economy(exponents=lambda economy: economy.exponents * 1.05),
    ),
    Feature(
        "who owns",
        "halfway to equal",
        "halfway to one neighbourhood",
        _owned(lambda shares: np.full_like(shares, 1 / shares.size)),
        _owned(lambda shares: np.where(np.arange(shares.size) == np.argmax(shares), 1.0, 0.0)),
        ("market",),
    ),
    Feature(
        "how tastes differ",
        "not at all",
        "twice as much",
        _with_economy(tastes=_tastes_apart(0.0)),
        _with_economy(tastes=_tastes_apart(2.0)),
    ),
    Feature(
        "what a planner wants",
        "half as far from people",
        "half as far again",
        _priorities(0.5),
        _priorities(1.5),
        ("central",),
    ),
    Feature(
        "who breathes the smoke",
        "all alike",
        "downwind only",
        _with_economy(damage=lambda economy: np.full_like(economy.damage, economy.damage.mean())),
        _downwind_only,
    ),
)
