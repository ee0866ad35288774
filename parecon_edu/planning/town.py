"""A finished plan of a town, smoke and its charge included; and what changes when a neighbourhood's tastes change."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike

from parecon_edu.economy.model import WANTED, Economy, Proposals, consumer_proposals, worker_proposals
from parecon_edu.planning.model import Plan, plan
from parecon_edu.planning.smoke import WithSmoke
from parecon_edu.validation import arrays as checks
from parecon_edu.validation.arrays import Floats

NEARLY_EXACT = 1e-3


@dataclass(frozen=True, eq=False)
class TownPlan:
    """Everybody's proposals at prices where they fit together.

    `economy` answers; `prices` (G,) and `charge` are those at which it did; `rounds` how many it took.
    """

    economy: Economy
    prices: Floats
    charge: float
    rounds: int

    @property
    def all_prices(self) -> Floats:
        """Prices (G,) and the charge on smoke."""
        return np.append(self.prices, self.charge)

    @cached_property
    def proposals(self) -> Proposals:
        """What every workplace makes and uses, at which effort, with which benefit over cost."""
        return worker_proposals(self.economy, self.prices, charge=self.charge)

    @cached_property
    def consumption(self) -> Floats:
        """What every neighbourhood gets (H, G)."""
        return consumer_proposals(self.economy, self.prices)

    @cached_property
    def smoke(self) -> Floats:
        """Smoke by workplace (J,)."""
        return np.asarray(self.economy.emissions * self.proposals.output)

    @property
    def total_smoke(self) -> float:
        """All smoke."""
        return float(self.smoke.sum())


def plan_town(economy: Economy, *, start: ArrayLike | None = None, threshold: float = NEARLY_EXACT) -> TownPlan:
    """Play rounds, with smoke as one more line on the board, until proposals meet almost exactly.

    Parameters
    ----------
    economy
        Who answers. Somebody has to emit smoke and somebody to be harmed by it.
    start : (G + 1,)
        First prices and charge; None for the economy's own. A plan of a town that is nearly the same saves rounds.
    threshold
        The worst imbalance to come below.

    Raises
    ------
    ValueError
        If proposals do not meet within 200 rounds.

    Examples
    --------
    >>> from parecon_edu import economy
    >>> corner = plan_town(economy.scenario("riverside_corner").economy)
    >>> bool(corner.charge > 0), corner.consumption.shape
    (True, (3, 3))
    """
    year: Plan = plan(WithSmoke(economy), rule="memory", start=start, threshold=threshold, max_rounds=200)
    if not year.converged:
        raise ValueError("The proposals did not meet within 200 rounds. Change less, or start from other prices.")
    return TownPlan(economy, year.prices[:-1], float(year.prices[-1]), year.rounds)


def with_taste(economy: Economy, neighbourhood: str, good: str, share: float) -> Economy:
    """Return the economy in which a neighbourhood puts a further share of its points into one good.

    It takes them from all that it wants, in proportion: tastes become (1 - share) tastes + share for that good.

    Parameters
    ----------
    economy
        As it is.
    neighbourhood, good
        Names.
    share
        From 0 to 1.

    Raises
    ------
    ValueError
        If there is no such neighbourhood, the good is nothing people take home or share, or the share is out of range.

    Examples
    --------
    >>> from parecon_edu import economy
    >>> town = economy.scenario("riverside_corner").economy
    >>> with_taste(town, "Harbour", "energy", 0.1).tastes[2].round(3)
    array([0.702, 0.298, 0.   ])
    """
    if neighbourhood not in economy.neighbourhoods:
        raise ValueError(f"There is no neighbourhood '{neighbourhood}'. There are {', '.join(economy.neighbourhoods)}.")
    wanted = [str(name) for name, kind in zip(economy.goods, economy.kinds, strict=True) if kind in WANTED]
    if good not in wanted:
        raise ValueError(f"Neighbourhoods don't ask for '{good}'. They ask for {', '.join(wanted)}.")
    share = checks.one_number("share", share, low=0.0)
    if share > 1:
        raise ValueError(f"share is {share:g}; nobody can shift more than all points. Put a number from 0 to 1.")
    h, g = economy.neighbourhoods.index(neighbourhood), economy.goods.index(good)
    tastes = economy.tastes.copy()
    tastes[h] *= 1 - share
    tastes[h, g] += share * economy.tastes[h].sum()
    return replace(economy, tastes=tastes)
