"""Your own town: Riverside's goods and workplaces, with your own neighbourhoods, smoke and ownership."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike

from parecon_edu.economy import scenario as read_scenario
from parecon_edu.economy.scenarios import Scenario
from parecon_edu.validation import arrays as checks

#: Upwind neighbourhoods breathe a fifth of what the others do, as in Riverside: the wind turns.
_UPWIND = 0.2


def own_town(
    *,
    neighbourhoods: Sequence[str] | None = None,
    ownership: ArrayLike | None = None,
    downwind: Sequence[bool] | None = None,
    smoke: float = 1.0,
) -> Scenario:
    """Return Riverside with your own eight neighbourhoods.

    Parameters
    ----------
    neighbourhoods
        Eight different names; Riverside's if left out.
    ownership : (8,)
        What each owns of all land and workplaces, in any unit: it is divided by its sum.
    downwind : (8,)
        True where the smoke comes down. The others breathe a fifth of it.
    smoke
        How harmful a unit of smoke is beside Riverside's: 0 for a town without smoke, 2 for twice the harm.

    Returns
    -------
    Scenario
        Ready for `institutions.compare` and `institutions.comparison.panel(town=...)`.

    Raises
    ------
    ValueError, TypeError
        For numbers of another length, negative or nothing at all, or a name that comes twice.

    Examples
    --------
    >>> mine = own_town(ownership=[30, 20, 10, 10, 10, 10, 5, 5], downwind=[True] * 2 + [False] * 6, smoke=0.5)
    >>> mine.people.ownership[0], mine.economy.damage.round(7).tolist()[:3]
    (np.float64(0.3), [6.5e-05, 6.5e-05, 1.3e-05])
    """
    riverside = read_scenario("riverside")
    people, economy = riverside.people, riverside.economy
    count = len(people.names)
    names = people.names if neighbourhoods is None else checks.distinct("neighbourhoods", neighbourhoods, count)
    owned = people.ownership
    if ownership is not None:
        owned = checks.numbers("ownership", ownership, shape=(count,), per="one number a neighbourhood")
        checks.not_negative("ownership", owned, lambda h: names[h])
        if not owned.any():
            raise ValueError("ownership is 0 everywhere: somebody must own the town. Put equal numbers for all.")
        owned = owned / owned.sum()
    below = people.downwind
    if downwind is not None:
        below = np.asarray(downwind)
        if below.shape != (count,) or below.dtype != np.bool_:
            raise ValueError(f"downwind must be True or False for each of {count} neighbourhoods; it is {downwind!r}.")
    harm = checks.one_number("smoke", smoke, low=0.0, high=10.0)
    damage = economy.damage.max() * harm * np.where(below, 1.0, _UPWIND)
    return replace(
        riverside,
        title="Your own town" if neighbourhoods is None else f"The town of {names[0]}",
        economy=replace(economy, damage=damage, neighbourhoods=names),
        people=replace(people, names=names, ownership=owned, downwind=below),
    )
