"""What the three institutions share: what workplaces report, and the tricks that are open to workers everywhere."""

from dataclasses import replace

import numpy as np

from parecon_edu.economy import Economy
from parecon_edu.validation.arrays import Floats


def reported(economy: Economy, *, slack: float, effort_loss: float, lost_hours: float = 0.0) -> Economy:
    """Return the economy as its workplaces report it.

    With `slack` they report a scale of a(1 - slack) (and will deliver what they reported). With `effort_loss` only
    a share theta = 1 - effort_loss of what effort brings comes back to those who make it, so they act as if effort
    weighed s / theta. `lost_hours` is the share of all labour that meetings take.
    """
    if not (slack or effort_loss or lost_hours):
        return economy
    labour = economy.kinds == "labour"
    return replace(
        economy,
        scale=economy.scale * (1 - slack),
        effort_weight=economy.effort_weight / (1 - effort_loss),
        supply=np.where(labour, economy.supply * (1 - lost_hours), economy.supply),
    )


def shares_of(amounts: Floats) -> Floats:
    """Return amounts over their sum."""
    return np.asarray(amounts / amounts.sum())


def orders_and_reports(economy: Economy) -> int:
    """Return the numbers a centre needs once: every technology and taste told to it, every activity told by it.

    A workplace tells a, c, k, s and each exponent, and is told its output, effort and each input; a neighbourhood
    tells each taste and is told each allotment.
    """
    uses = int(np.count_nonzero(economy.inputs >= 0))
    return 6 * economy.product.size + 2 * uses + 2 * int(np.count_nonzero(economy.tastes))
