"""Workplaces side by side: how empowering an hour in each is, and what an exchange of hours would change."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from parecon_edu.jobs.exchange import Exchange, across
from parecon_edu.jobs.places import WORKPLACES, workplace
from parecon_edu.validation.people import amount
from parecon_edu.validation.tables import Array

#: What the workplaces are called in a sentence, in the order of `WORKPLACES`; the laundry is the sixth.
NAMES: tuple[str, ...] = ("bakery", "clinic", "school", "software team", "bus depot", "laundry")
#: Six people, 40 hours each; folding and ironing is no worse than the bakery's dishes, and there is little else to do.
LAUNDRY_HOURS, LAUNDRY_DESIRABILITY = 240.0, 3.0


@dataclass(frozen=True, eq=False)
class TownExchange:
    """An exchange of hours that goes by what workplaces say of their own work, and what it comes to in truth.

    Attributes
    ----------
    exchange : Exchange
        Found from the ratings that were stated.
    true : ndarray, (W, d)
        What an hour in each workplace is really like.
    """

    exchange: Exchange
    true: Array

    @property
    def after(self) -> Array:
        """What their jobs are really like after the whole exchange, (W, d)."""
        shares = self.exchange.hours / self.exchange.hours.sum(axis=1, keepdims=True)
        after: Array = shares @ self.true
        return after

    @property
    def away(self) -> Array:
        """Share of their hours that each workplace's people spend elsewhere after the whole exchange, (W,)."""
        return self.exchange.away


def town(
    *, tolerance: float = 0.0, laundry: float = 2.0, understated: float = 0.0, desirability: bool = True
) -> TownExchange:
    """Exchange hours among the five workplaces of the course and a laundry, each balanced within already.

    Parameters
    ----------
    tolerance : float
        How far from the town's mean anybody's work may be rated.
    laundry : float
        How empowering an hour in the laundry is, 0 to 10.
    understated : float
        By how many points the software team rates its own work too low, in both dimensions.
    desirability : bool
        Whether desirability is evened out too, or empowerment only.

    Returns
    -------
    TownExchange

    Raises
    ------
    TypeError, ValueError
        If a number is out of its range.

    Examples
    --------
    >>> honest = town()
    >>> [round(float(value), 6) for value in np.ptp(honest.after, axis=0)]
    [0.0, 0.0]
    """
    laundry = amount(laundry, "The laundry's empowerment", high=10.0)
    understated = amount(understated, "What is understated", mend="Put 0 for honest ratings.")
    wide = 2 if desirability else 1
    hours, five = _five()
    true = np.vstack([five, [laundry, LAUNDRY_DESIRABILITY]])
    stated = true.copy()
    stated[NAMES.index("software team")] -= understated
    true.flags.writeable = False
    return TownExchange(across(NAMES, [*hours, LAUNDRY_HOURS], stated[:, :wide], tolerance=tolerance), true)


@lru_cache(maxsize=1)
def _five() -> tuple[list[float], Array]:
    places = [workplace(name) for name in WORKPLACES]
    return [float(place.task_hours.sum()) for place in places], np.array([place.mean for place in places])
