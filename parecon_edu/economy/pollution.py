"""Pollution that those who suffer it price themselves: no expert estimates the damage.

The pollution damage-revealing mechanism (Hahnel 2017, "Wanted: a pollution damage revealing mechanism", Review of
Radical Political Economics 49): the board quotes a charge per unit of emissions. Workplaces say how much they would
emit at that charge; the community of affected parties says how much it would permit if it were paid that charge per
unit. The charge moves until the two agree. If everybody takes the charge as given, the last unit is worth as much to
those who emit it as it harms those who breathe it, which is Pigou's (1920) charge.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from parecon_edu.economy.model import Economy, worker_proposals
from parecon_edu.validation import arrays as checks
from parecon_edu.validation.arrays import Floats

DECIDED_BY = ("all", "median")


@dataclass(frozen=True)
class Settlement:
    """A charge per unit at which emitters and the affected agree, the emissions, and the credit paid for them."""

    charge: float
    emissions: float

    @property
    def credit(self) -> float:
        """What the community of affected parties receives: charge times emissions."""
        return self.charge * self.emissions


def settle(emitted: Callable[[float], float], permitted: Callable[[float], float]) -> Settlement:
    """Raise the charge until no more is emitted than permitted.

    Parameters
    ----------
    emitted
        What workplaces would emit at a charge; falls as it rises.
    permitted
        What the affected would permit at a charge; rises with it.

    Raises
    ------
    ValueError
        If they agree at no charge up to 1e12.

    Examples
    --------
    Emitters gain 100 - 2e from the last unit, it harms others by 10 + e:

    >>> agreed = settle(lambda p: (100 - p) / 2, lambda p: max(0, p - 10))
    >>> round(agreed.charge, 6), round(agreed.emissions, 6), round(agreed.credit, 3)
    (40.0, 30.0, 1200.0)
    """
    from scipy.optimize import brentq

    def excess(charge: float) -> float:
        return float(np.clip(emitted(charge) - permitted(charge), -1e300, 1e300))

    if excess(0.0) <= 0:
        return Settlement(0.0, float(emitted(0.0)))
    top = 1.0
    while excess(top) > 0:
        top *= 4
        if top > 1e12:
            raise ValueError("emitted stays above permitted at every charge. Let it fall, or let permitted rise.")
    charge = float(brentq(excess, 0.0, top, xtol=1e-12 * top, rtol=1e-14))
    return Settlement(charge, float(emitted(charge)))


def hold_back(emitted: Callable[[float], float], damage: Callable[[float], float], *, highest: float) -> Settlement:
    """Return what a community permits that knows it moves the charge itself, like a monopolist.

    It takes the charge that leaves it best off, charge times emissions less damage, so that p + p' S = MD: too
    little pollution, as the monopolist sells too little.

    Parameters
    ----------
    emitted, damage
        Emissions at a charge, and the harm of an amount of emissions in the same unit of account.
    highest
        A charge at which nothing is emitted any more.

    Examples
    --------
    >>> alone = hold_back(lambda p: (100 - p) / 2, lambda e: 10 * e + e**2 / 2, highest=100)
    >>> round(alone.charge, 3), round(alone.emissions, 3)
    (64.0, 18.0)
    """
    from scipy.optimize import minimize_scalar

    checks.one_number("highest", highest, low=0.0, open_low=True)

    def loss(charge: float) -> float:
        return damage(emitted(charge)) - charge * emitted(charge)

    charge = float(minimize_scalar(loss, bounds=(0.0, highest), method="bounded", options={"xatol": 1e-9 * highest}).x)
    return Settlement(charge, float(emitted(charge)))


def marginal_damage(economy: Economy, emissions: float) -> float:
    """Return what one more unit of emissions costs all neighbourhoods: E sum I d, in the unit of account.

    A neighbourhood loses d E**2 / 2 of utility, and income I is worth 1/I of utility a unit to it.
    """
    return float(emissions * (economy.income @ economy.damage))


def damage_cost(economy: Economy, emissions: float) -> Floats:
    """Return what emissions cost each neighbourhood (H,): I d E**2 / 2, in the unit of account."""
    return np.asarray(economy.income * economy.damage * emissions**2 / 2)


def permitted(economy: Economy, charge: float, *, decided_by: str = "all") -> float:
    """Return the emissions that the affected neighbourhoods permit when paid this charge per unit.

    Parameters
    ----------
    economy
        The economy.
    charge
        Per unit of emissions.
    decided_by
        "all": everybody's marginal damage counts, S = t / sum I d. "median": the charge is shared equally and the
        neighbourhood in the middle decides, S = t / (H median I d), right only if the median is the mean.

    Returns
    -------
    float
        Without limit (infinite) where nobody is harmed.

    Raises
    ------
    TypeError, ValueError
        If the charge is not a number of 0 or more, or `decided_by` is neither.
    """
    checks.one_number("charge", charge, low=0.0)
    if decided_by not in DECIDED_BY:
        raise ValueError(f"decided_by is 'all' or 'median', not {decided_by!r}. Put one of these.")
    harm = economy.income * economy.damage
    total = float(harm.sum() if decided_by == "all" else harm.size * np.median(harm))
    return charge / total if total > 0 else np.inf


def emitted(economy: Economy, prices: ArrayLike, *, charge: float = 0.0) -> float:
    """Return total emissions of all workplaces at these prices and this charge."""
    return float(economy.emissions @ worker_proposals(economy, prices, charge=charge).output)


def reveal(economy: Economy, prices: ArrayLike, *, decided_by: str = "all") -> Settlement:
    """Return the charge on which emitters and affected neighbourhoods agree while prices stay as they are.

    Examples
    --------
    >>> from parecon_edu import economy
    >>> town = economy.from_arrays(
    ...     kinds=["private", "labour"], supply=[0, 100], product=[0], scale=[5], effort_exponent=[0.08],
    ...     effort_disutility=[3.5], effort_weight=[1], inputs=[[1]], exponents=[[0.6]],
    ...     tastes=[[1, 0]], income=[1000], emissions=[0.1], damage=[1e-5])
    >>> agreed = reveal(town, [20, 10])
    >>> bool(abs(agreed.charge / marginal_damage(town, agreed.emissions) - 1) < 1e-9)
    True
    """
    return settle(
        lambda charge: emitted(economy, prices, charge=charge),
        lambda charge: permitted(economy, charge, decided_by=decided_by),
    )
