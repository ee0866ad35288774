"""Tasks as cards that are dealt by hand: each card whole, to one person."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from parecon_edu.jobs import programs
from parecon_edu.jobs.model import Jobs, Workplace, _frame, _jobs, _known
from parecon_edu.validation.tables import Array


@dataclass(frozen=True, eq=False)
class Deal:
    """Cards on the table and in people's hands.

    Attributes
    ----------
    workplace : Workplace
        Whose tasks the cards are.
    hands : tuple of (str or None), one a task
        Who has the card; None: nobody yet.
    """

    workplace: Workplace
    hands: tuple[str | None, ...]

    @property
    def hours(self) -> Array:
        """Hours of each on each task, (n, m)."""
        hours = np.zeros(self.workplace.qualified.shape)
        for task, who in enumerate(self.hands):
            if who is not None:
                hours[self.workplace.workers.index(who), task] = self.workplace.task_hours[task]
        return hours

    @property
    def ratings(self) -> Array:
        """How each one's cards are rated so far, weighted by their hours, (n, d); NaN for an empty hand."""
        hours = self.hours
        worked = hours.sum(axis=1, keepdims=True)
        rated: Array = np.divide(
            hours @ self.workplace.ratings,
            worked,
            out=np.full((len(self.workplace.workers), self.workplace.ratings.shape[1]), np.nan),
            where=worked > 0,
        )
        return rated

    @property
    def done(self) -> bool:
        """Whether all cards are dealt."""
        return None not in self.hands


def deal(workplace: Workplace, hands: Sequence[str | None]) -> Deal:
    """Deal out tasks by hand.

    Parameters
    ----------
    workplace : Workplace
        Whose tasks the cards are.
    hands : sequence of (str or None), one a task
        Who gets the card; None while it lies on the table.

    Returns
    -------
    Deal

    Raises
    ------
    TypeError
        If `workplace` is not a `Workplace`.
    ValueError
        If there are not as many hands as tasks, a name is none of the workers', or somebody may not do a task.

    Examples
    --------
    >>> crew = Workplace(["plan", "clean"], [10, 30], [[8], [2]], ["Amara", "Bo"], [20, 20])
    >>> deal(crew, ["Amara", "Amara"]).ratings.tolist()
    [[3.5], [nan]]
    """
    _known(workplace)
    given = tuple(hands)
    if len(given) != len(workplace.tasks):
        raise ValueError(
            f"There are {len(workplace.tasks)} cards, and you dealt {len(given)}. Put None for one that is not dealt."
        )
    for task, who in enumerate(given):
        if who is None:
            continue
        if who not in workplace.workers:
            raise ValueError(f"Nobody here is called {who!r}. Deal to {', '.join(workplace.workers)}.")
        if not workplace.qualified[workplace.workers.index(who), task]:
            raise ValueError(f"{who} can't do this: {workplace.tasks[task]}. Give that card to somebody else.")
    return Deal(workplace, given)


@lru_cache(maxsize=8)
def uncut(workplace: Workplace) -> Jobs:
    """Find the most balanced division in which every task stays whole and everybody has their hours.

    Parameters
    ----------
    workplace : Workplace
        Whose tasks are divided; a small one, since all deals have to be ruled out.

    Returns
    -------
    Jobs
        `tolerance` says how near to the mean whole cards can bring everybody.

    Raises
    ------
    TypeError
        If `workplace` is not a `Workplace`.
    ValueError
        If whole tasks cannot add up to everybody's hours.

    Examples
    --------
    >>> crew = Workplace(["plan", "clean"], [20, 20], [[8], [2]], ["Amara", "Bo"], [20, 20])
    >>> uncut(crew).tolerance
    3.0
    """
    _known(workplace)
    shares, _ = programs.uncut(_frame(workplace))
    if shares is None:
        raise ValueError(
            "Whole tasks can't add up to everybody's hours here. Cut a task in two, or change somebody's hours."
        )
    return _jobs(workplace, shares * workplace.worker_hours[:, None])
