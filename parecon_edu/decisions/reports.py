"""What people say about how affected they are, and what keeps them from exaggerating."""

import numpy as np

from parecon_edu.decisions.doors import Doors, known
from parecon_edu.validation.people import Array, amount, number

#: The most that anybody may claim, in evenings a month.
CEILING = 10.0


def report(doors: Doors, exaggeration: float, *, checked: float = 0.0, ceiling: float = CEILING) -> Array:
    """How affected people say they are when nobody, or not everybody, looks.

    Parameters
    ----------
    doors : Doors
        Who reports, for one adult behind each door.
    exaggeration : float
        How far they go from the truth towards the most they may claim, 0 to 1.
    checked : float
        The share of every exaggeration that is found and struck out, 0 to 1.
    ceiling : float
        The most that anybody may claim, in evenings a month; not less than anybody really feels.

    Returns
    -------
    ndarray, (n,)
        a + exaggeration·(1 − checked)·(ceiling − a), with a = |effect|. Whoever is not affected has no vote to inflate
        and reports 0.

    Raises
    ------
    TypeError, ValueError
        If a share lies outside 0 to 1, or somebody is more affected than the ceiling.

    Examples
    --------
    >>> from parecon_edu.decisions import NIGHT_BUS
    >>> report(NIGHT_BUS, 0.5).tolist()
    [8.0, 7.5, 7.0, 5.5, 7.0]
    """
    known(doors)
    far = amount(exaggeration, "The exaggeration", high=1.0)
    found = amount(checked, "The share that is checked", high=1.0)
    most = amount(ceiling, "The ceiling")
    truth = np.abs(doors.effect)
    if truth.max() > most:
        who = doors.names[int(truth.argmax())]
        raise ValueError(
            f"The ceiling must not lie below what people feel: it is {number(most)}, and {who} has "
            f"{number(truth.max())}. Put {number(truth.max())} or more."
        )
    claims: Array = np.where(truth > 0, truth + far * (1 - found) * (most - truth), 0.0)
    return claims


def budget(doors: Doors, exaggeration: float, *, points: float = 100.0) -> Array:
    """Points that people put on this matter when they have so many for all matters of the year.

    Whatever is claimed here is missing for the other matter.

    Parameters
    ----------
    doors : Doors
        Who spends, for one adult behind each door.
    exaggeration : float
        0: points in proportion to what the two matters mean to them. 1: all points where they do most good for the one
        who spends them, which is the matter that means more. Between: so far from the one to the other.
    points : float
        Points a year for each adult, more than 0.

    Returns
    -------
    ndarray, (n,)
        Points on this matter.

    Raises
    ------
    TypeError, ValueError
        If `exaggeration` lies outside 0 to 1, or there are no points.

    Examples
    --------
    >>> from parecon_edu.decisions import NIGHT_BUS
    >>> budget(NIGHT_BUS, 1).tolist()
    [100.0, 100.0, 100.0, 0.0, 100.0]
    """
    known(doors)
    far = amount(exaggeration, "The exaggeration", high=1.0)
    have = amount(points, "The points")
    if have == 0:
        raise ValueError("The points can't be 0: you gave 0, and then nobody has a say. Put 100, for example.")
    here, other = np.abs(doors.effect), doors.other
    total = here + other
    honest = np.divide(here, total, out=np.zeros(len(doors)), where=total > 0)
    shrewd = np.where(here == other, honest, (here > other).astype(np.float64))
    spent: Array = have * ((1 - far) * honest + far * shrewd)
    return spent
