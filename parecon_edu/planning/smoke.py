"""Smoke as one more line on the board: those who breathe it say how much they permit, at a charge that moves.

The pollution damage-revealing mechanism (Hahnel 2017) played in the same rounds as everything else.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from parecon_edu.economy import pollution
from parecon_edu.economy.model import Economy
from parecon_edu.validation import arrays as checks
from parecon_edu.validation.arrays import Floats

SMOKE = "smoke"


@dataclass(frozen=True, eq=False)
class WithSmoke:
    """An economy whose board also announces a charge on smoke, as the last price.

    Of smoke, the affected neighbourhoods offer what they permit at the charge, and workplaces ask for what they would
    emit at it. Give it to `plan` like any other economy (with a rule that reads totals).

    Parameters
    ----------
    economy
        Whose councils answer.
    start_charge
        The first charge per unit of smoke.

    Raises
    ------
    ValueError
        If nobody emits or nobody is harmed, so that there is nothing to agree on.

    Examples
    --------
    >>> from parecon_edu import economy, planning
    >>> town = WithSmoke(economy.scenario("riverside_corner").economy)
    >>> year = planning.plan(town, rule="memory")
    >>> year.converged, town.goods[-1], bool(year.prices[-1] > 0)
    (True, 'smoke', True)
    """

    economy: Economy
    start_charge: float = 100.0

    def __post_init__(self) -> None:
        checks.one_number("start_charge", self.start_charge, low=0.0, open_low=True)
        if not self.economy.emissions.any() or not self.economy.damage.any():
            raise ValueError("Nobody emits smoke here, or nobody is harmed by it. Plan without it.")

    @cached_property
    def start(self) -> Floats:
        """Start prices (G + 1,)."""
        return np.append(self.economy.start, self.start_charge)

    @cached_property
    def goods(self) -> tuple[str, ...]:
        """Names of the goods, and smoke."""
        return (*self.economy.goods, SMOKE)

    @cached_property
    def made(self) -> NDArray[np.bool_]:
        """Which lines are made; smoke is permitted, and that answers the charge strongly too."""
        return np.append(self.economy.made, True)

    @property
    def product(self) -> NDArray[np.intp]:
        """The good each workplace makes."""
        return self.economy.product

    @property
    def messages_per_round(self) -> int:
        """The economy's own, one emission each emitter and one permission each neighbourhood that is harmed."""
        economy = self.economy
        extra = np.count_nonzero(economy.emissions) + np.count_nonzero(economy.damage)
        return economy.messages_per_round + int(extra)

    def respond(self, prices: Floats) -> tuple[Floats, Floats]:
        """Return supply and demand (G + 1,)."""
        prices = np.asarray(prices, dtype=np.float64)
        charge = float(prices[-1])
        supply, demand = self.economy.respond(prices[:-1], charge=charge)
        emitted = pollution.emitted(self.economy, prices[:-1], charge=charge)
        return np.append(supply, pollution.permitted(self.economy, charge)), np.append(demand, emitted)
