"""What the facilitation board has in hand after a round: the announced prices and the councils' answers."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from parecon_edu.economy.model import Accounts
from parecon_edu.validation.arrays import Floats

# Where a good is wanted and not supplied at all (or the other way round), ln(demand/supply) has no end.
LARGEST_LOG_RATIO = 20.0


class Responder(Protocol):
    """An economy as the board sees it: prices go in, society's supply and demand come out."""

    def respond(self, prices: Floats) -> tuple[Floats, Floats]:
        """Return supply and demand (G,) at these prices."""
        ...


@dataclass(frozen=True, eq=False)
class Answers:
    """One round as the board sees it.

    Parameters
    ----------
    prices, supply, demand : (G,)
        The prices it announced, and what the councils answered, added up.
    made : (G,) bool
        Which goods are made; the others are there in a fixed supply.
    economy
        Whom it asked; `accounts` are looked up there when a rule reads them.
    """

    prices: Floats
    supply: Floats
    demand: Floats
    made: NDArray[np.bool_]
    economy: Any = None

    @cached_property
    def excess(self) -> Floats:
        """2 (D - S) / (S + D) of each good: above 0 where it is short; 0 if nobody makes it and nobody asks."""
        total = self.supply + self.demand
        return np.divide(2 * (self.demand - self.supply), total, out=np.zeros_like(total), where=total > 0)

    @cached_property
    def imbalance(self) -> Floats:
        """|2 (S - D) / (S + D)| of each good, between 0 and 2."""
        return np.asarray(np.abs(self.excess))

    @property
    def worst(self) -> float:
        """The largest imbalance of all goods."""
        return float(self.imbalance.max())

    @cached_property
    def log_ratio(self) -> Floats:
        """ln(D/S) of each good, held within ±20."""
        nothing = np.finfo(float).tiny
        logs = np.log(np.maximum(self.demand, nothing)) - np.log(np.maximum(self.supply, nothing))
        return np.asarray(np.clip(logs, -LARGEST_LOG_RATIO, LARGEST_LOG_RATIO))

    @cached_property
    def accounts(self) -> Accounts:
        """The itemised proposals: which inputs every workplace asks for, at what cost, for what output."""
        read = getattr(self.economy, "accounts", None)
        if read is None:
            raise ValueError(
                "This rule reads the councils' itemised proposals, but this economy only answers with totals "
                "(it has no accounts). Choose the rule 'published', 'proportional' or 'memory'."
            )
        return read(self.prices)  # type: ignore[no-any-return]
