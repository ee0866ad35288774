"""What each friction of an institution costs when it comes alone."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from parecon_edu.economy.scenarios import Scenario
from parecon_edu.institutions.central import model as central
from parecon_edu.institutions.frictions import frictions_of, settings
from parecon_edu.institutions.market import model as market
from parecon_edu.institutions.outcome import Outcome
from parecon_edu.institutions.participatory import model as participatory

# As in `comparison.model`, but by way of the models alone: figures read this module, and may not reach controls.
_ALLOCATE: Mapping[str, Callable[..., Outcome]] = MappingProxyType(
    {"market": market.allocate, "central": central.allocate, "participatory": participatory.allocate}
)

# A surprise that is answered at once costs nothing, and nothing can be late where nothing happens: these two come
# together. Wages held down go to owners; where all own alike, to everybody: it bites on top of unequal ownership.
_TOGETHER: Mapping[str, str] = MappingProxyType({"surprise": "rigidity"})
_ON_TOP: Mapping[str, str] = MappingProxyType({"wage_markdown": "unequal_shares"})


@dataclass(frozen=True)
class Cost:
    """What one friction does when it comes alone, against the best plan.

    Parameters
    ----------
    frictions
        Its name and value; for a surprise also how late it is answered.
    equivalent
        What is left for the town: as good as the best plan with this share of everything.
    worst, worst_equivalent, luckiest, luckiest_equivalent
        Who loses most and who comes off best, and what share of their own level in the best plan they have.
    on_top_of, equivalent_before, equivalent_after
        For a friction that bites only beside another: that other, and the town with it alone and with both.
    """

    frictions: Mapping[str, float]
    equivalent: float
    worst: str
    worst_equivalent: float
    luckiest: str
    luckiest_equivalent: float
    on_top_of: str = ""
    equivalent_before: float = 1.0
    equivalent_after: float = 1.0

    @property
    def loss(self) -> float:
        """The share of everything that the town loses."""
        return 1 - self.equivalent


def costs_alone(
    institution: str,
    scenario: Scenario,
    *,
    case: str = "failure",
    given: Mapping[str, float] = MappingProxyType({}),
    seed: int = 0,
) -> tuple[Cost, ...]:
    """Return what each friction of an institution costs alone, at its preset in `case`; largest loss first.

    Parameters
    ----------
    institution
        "market", "central" or "participatory".
    scenario
        The town.
    case
        "typical" or "failure": where each friction's size comes from.
    given
        Sizes that override the case.
    seed
        Of the surprise and of luck in ratings.

    Raises
    ------
    ValueError, TypeError
        For an institution, a case or a friction that does not exist.

    Examples
    --------
    >>> from parecon_edu import economy
    >>> first = costs_alone("market", economy.scenario("riverside"))[0]
    >>> dict(first.frictions), round(first.equivalent, 2), first.worst, round(first.worst_equivalent, 2)
    ({'unequal_shares': 1.0}, 0.82, 'Low Meadow', 0.51)
    """
    if institution not in _ALLOCATE:
        raise ValueError(f"institution must be one of {', '.join(_ALLOCATE)}, not {institution!r}. Put one of these.")
    sizes = settings(institution, scenario, case=case, given=given)
    found = []
    for friction in frictions_of(institution):
        name = friction.name
        if not sizes[name] or name in _TOGETHER.values():
            continue
        alone = {name: sizes[name]}
        if name in _TOGETHER:
            alone[_TOGETHER[name]] = sizes[_TOGETHER[name]]
        found.append(_cost(institution, scenario, alone=alone, sizes=sizes, seed=seed))
    return tuple(sorted(found, key=lambda cost: cost.equivalent))


def _cost(
    institution: str, scenario: Scenario, *, alone: dict[str, float], sizes: Mapping[str, float], seed: int
) -> Cost:
    allocate = _ALLOCATE[institution]
    outcome = allocate(scenario, seed=seed, **alone)
    by_council = outcome.equivalent_by_council
    low, high = int(np.argmin(by_council)), int(np.argmax(by_council))
    other = _ON_TOP.get(next(iter(alone)), "")
    before = after = 1.0
    if other and sizes[other]:
        before = allocate(scenario, seed=seed, **{other: sizes[other]}).equivalent
        after = allocate(scenario, seed=seed, **{other: sizes[other]}, **alone).equivalent
    return Cost(
        frictions=MappingProxyType(alone),
        equivalent=outcome.equivalent,
        worst=outcome.neighbourhoods[low],
        worst_equivalent=float(by_council[low]),
        luckiest=outcome.neighbourhoods[high],
        luckiest_equivalent=float(by_council[high]),
        on_top_of=other if other and sizes[other] else "",
        equivalent_before=before,
        equivalent_after=after,
    )
