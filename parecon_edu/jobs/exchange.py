"""Balance across workplaces: hours outside one's own council, until everybody reaches the whole society's mean."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from parecon_edu.jobs import programs
from parecon_edu.jobs.programs import Frame
from parecon_edu.validation.people import amount
from parecon_edu.validation.tables import Array, distinct, positive, table


@dataclass(frozen=True, eq=False)
class Exchange:
    """Who works how long where.

    Attributes
    ----------
    names : tuple of str
        The workplaces, W of them.
    hours : ndarray, (W, W)
        Hours of the people of one workplace (row) spent in another (column); the diagonal is time at home.
    before, after : ndarray, (W, d)
        The mean rating of their people's jobs without and with the exchange.
    mean : ndarray, (d,)
        The whole society's mean.
    """

    names: tuple[str, ...]
    hours: Array
    before: Array
    after: Array
    mean: Array

    @property
    def away(self) -> Array:
        """Share of their hours that each workplace's people spend elsewhere, (W,)."""
        away: Array = 1 - np.diag(self.hours) / self.hours.sum(axis=1)
        return away

    @property
    def tolerance(self) -> float:
        """The largest deviation from the society's mean that is left, in any dimension."""
        return float(np.abs(self.after - self.mean).max())

    @property
    def moves(self) -> tuple[tuple[str, str, float], ...]:
        """Who goes where: from, to, hours; the longest first."""
        pairs = [
            (self.names[i], self.names[j], float(self.hours[i, j]))
            for i, j in zip(*np.nonzero(self.hours), strict=True)
            if i != j
        ]
        return tuple(sorted(pairs, key=lambda move: -move[2]))


def across(names: Sequence[str], hours: ArrayLike, ratings: ArrayLike, *, tolerance: float = 0.0) -> Exchange:
    """Exchange as few hours between workplaces as bring everybody to the society's mean, or near it.

    Within each workplace jobs are taken to be balanced already, so that an hour in it has its mean rating, for its own
    people and for those who come; and everybody is taken to be able to lend a hand anywhere. Both are generous.

    Parameters
    ----------
    names : sequence of str, W of them
        Distinct names of the workplaces.
    hours : array_like, (W,)
        Hours worked in each, above 0. Each keeps them: for every hour that leaves one comes.
    ratings : array_like, (W, d)
        Mean ratings of each, empowerment first.
    tolerance : float
        A band allowed around the mean in every dimension, in the ratings' unit; 0: everybody exactly at the mean.

    Returns
    -------
    Exchange

    Raises
    ------
    TypeError, ValueError
        If names are not distinct text, hours and ratings not finite numbers, one for each, or the tolerance is not a
        number, zero or more.

    Notes
    -----
    Time outside one's own council: Albert & Hahnel, *Looking Forward* (1991). A transport problem with the ratings as
    side conditions. Between two workplaces with hours T and U the answer is T U / (T + U) each way.

    Examples
    --------
    >>> both = across(["mine", "school"], [300, 100], [[4], [8]])
    >>> both.moves
    (('mine', 'school', 75.0), ('school', 'mine', 75.0))
    >>> both.after.tolist(), both.away.tolist()
    ([[5.0], [5.0]], [0.25, 0.75])
    >>> across(["mine", "school"], [300, 100], [[4], [8]], tolerance=1.5).away.round(6).tolist()
    [0.125, 0.375]
    """
    known = distinct(names, "Workplaces")
    worked = positive(hours, "Hours", names=known)
    rated = table(ratings, "Ratings", rows=known, mend="Rate every workplace in every dimension.")
    band = amount(tolerance, "The tolerance", mend="Put 0 for exactly the same job everywhere.")
    mean = worked / worked.sum() @ rated
    deviation = rated - mean
    unit = float(np.abs(deviation).max())
    unit = unit if unit > 1e-12 * float(np.abs(rated).max()) else 1.0
    frame = Frame(
        weights=worked / worked.mean(),
        needs=worked / worked.mean(),
        away=deviation / unit,
        unit=unit,
        allowed=np.ones((len(known), len(known)), dtype=np.bool_),
    )
    shares = programs.most_at_home(frame, band / unit)
    after = shares @ rated
    where = shares * worked[:, None]
    for values in (where, after, mean):
        values.flags.writeable = False
    return Exchange(known, where, rated, after, mean)
