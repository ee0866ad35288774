"""What can go wrong, by name: one table of frictions for the three institutions, and how a call's settings are read.

Every friction is 0 in its institution's best case. A case ("typical", "failure") puts the scenario's presets in
their place; keywords override them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np

from parecon_edu.economy.scenarios import CASES, INSTITUTIONS, Scenario
from parecon_edu.validation.people import plain

ALL = INSTITUTIONS


@dataclass(frozen=True)
class Friction:
    """One thing that can go wrong: its name, whose it is, how far it goes, and what it means."""

    name: str
    institutions: tuple[str, ...]
    meaning: str
    high: float = 1.0
    reaches_high: bool = True  # whether `high` itself may be set

    def check(self, value: Any) -> float:
        """Return the value as a number in range, or refuse it in words."""
        value = plain(value)
        if not isinstance(value, (bool, int, float, np.bool_, np.integer, np.floating)):
            raise TypeError(f"{self.name} must be a number, not {value!r}. Put 0 for none of it.")
        number = float(value)
        if not (0 <= number < self.high or (self.reaches_high and number == self.high)):
            end = f"at most {self.high:g}" if self.reaches_high else f"below {self.high:g}"
            raise ValueError(f"{self.name} must be at least 0 and {end}, but it is {number:g}. Put 0 for none of it.")
        return number


FRICTIONS = (
    Friction(
        "slack",
        ALL,
        "share of its capacity that every workplace hides, and spares itself the effort",
        reaches_high=False,
    ),
    Friction(
        "effort_loss",
        ALL,
        "share of what effort brings that does not come back to those who make it",
        reaches_high=False,
    ),
    Friction("surprise", ALL, "how far what can be made and what is wanted moves after the plan (standard deviation)"),
    Friction("rigidity", ALL, "share of the year that passes in the old ways before the surprise is answered"),
    Friction("unequal_shares", ("market",), "0: everybody has an equal claim; 1: the scenario's ownership and skill"),
    Friction("unpriced_harm", ("market",), "share of the harm of smoke that no price carries"),
    Friction("market_power", ("market",), "1/n, for n firms of equal weight that make a good", high=0.5),
    Friction("wage_markdown", ("market",), "share of the pay for work that goes to owners instead"),
    Friction("private_public_goods", ("market",), "share of public goods that is left to voluntary contributions"),
    Friction("planner_taste", ("central",), "0: the plan follows people's tastes; 1: it follows planner_priorities"),
    Friction("uncounted_harm", ("central",), "share of the harm of smoke that the plan does not count"),
    Friction("official_premium", ("central",), "share of all income that officials have before the rest is shared"),
    Friction("meeting_hours", ("participatory",), "share of working time that goes into meetings", reaches_high=False),
    Friction("turnout_loss", ("participatory",), "how far those who miss meetings are not counted"),
    Friction("rating_noise", ("participatory",), "share of income that goes by luck in the ratings"),
    Friction("favouritism", ("participatory",), "share of income that goes by acquaintance with committees"),
    Friction("unequal_effort", ("participatory",), "how far effort, and with it pay, differs between neighbourhoods"),
    Friction("inflated_harm", ("participatory",), "0: the affected name their harm; 1: they use their monopoly"),
    Friction("credit_affected", ("participatory",), "share of the charge that goes to the affected, not to all alike"),
    Friction("lobbying", ("participatory",), "how much dearer the makers of the lobby's good may count it"),
    Friction("stop_at", ("participatory",), "the worst imbalance at which the rounds stop; 0: none is left"),
)


def frictions_of(institution: str) -> tuple[Friction, ...]:
    """Return the frictions of one institution, its own first.

    Examples
    --------
    >>> [friction.name for friction in frictions_of("central")][:3]
    ['planner_taste', 'uncounted_harm', 'official_premium']
    """
    mine = [friction for friction in FRICTIONS if institution in friction.institutions]
    return tuple(sorted(mine, key=lambda friction: len(friction.institutions)))


def settings(
    institution: str, scenario: Scenario, *, case: str | None, given: Mapping[str, Any]
) -> Mapping[str, float]:
    """Return every friction of the institution with its value: 0, or the case's preset, or what was given.

    Raises
    ------
    TypeError
        For a friction that this institution does not have, or a value that is no number.
    ValueError
        For a value out of range, or a case that the scenario does not have.

    Examples
    --------
    >>> from parecon_edu.economy import scenario
    >>> values = settings("market", scenario("riverside"), case="failure", given={"slack": 0})
    >>> values["unpriced_harm"], values["slack"]
    (1.0, 0.0)
    """
    if not isinstance(scenario, Scenario):
        raise TypeError(f"scenario must be a Scenario, not {scenario!r}. Get one by economy.scenario('riverside').")
    if case is not None and case not in CASES:
        raise ValueError(f"case knows {', '.join(CASES)}, but not {case!r}. Put one of these.")
    known = {friction.name: friction for friction in frictions_of(institution)}
    presets = scenario.cases[institution][case].presets if case else {}
    values = {name: preset.value for name, preset in presets.items()} | dict(given)
    for name in values:
        if name not in known:
            raise TypeError(f"{institution} has no friction {name!r}. It has: {', '.join(known)}.")
    return MappingProxyType({name: friction.check(values.get(name, 0.0)) for name, friction in known.items()})
