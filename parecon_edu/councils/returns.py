"""Back to the base: what it mends, and what it costs, to send close or contested votes to everybody."""

from dataclasses import dataclass
from math import ceil

import numpy as np

from parecon_edu.councils.model import winning_minority
from parecon_edu.decisions.power import odd
from parecon_edu.validation.people import amount, count

# Middles of so many equal steps from 0 to 1: enough for three digits.
_STEPS = 400


@dataclass(frozen=True)
class Returned:
    """What comes of a rule that sends votes back to the base.

    Attributes
    ----------
    minority : float
        The smallest share of the people that can carry a question, with its friends in the right places and nothing
        sent back; ½ at most, since a vote of everybody takes more than half.
    often : float
        How often a question goes back, if people are spread by lot and every level of support is equally likely.
    wrong : float
        How often the top decides against most of the people and nothing goes back, under the same assumption.
    """

    minority: float
    often: float
    wrong: float


def returned(size: int, levels: int, *, stands: float = 0.5, petition: float = 1.0) -> Returned:
    """Work out what it does to send a vote of the top council back to everybody.

    Parameters
    ----------
    size : int
        Members of a council, an odd number.
    levels : int
        How many levels there are, 1 or more; the top council is the last.
    stands : float
        The share of the top council's members that the winning side needs, ½ (any majority) to 1, or the vote goes
        back.
    petition : float
        The share of base councils on the losing side that can call the vote back; 1 for no such right.

    Returns
    -------
    Returned

    Raises
    ------
    TypeError, ValueError
        If a number is out of its range.

    Notes
    -----
    Both roads are Stephen Shalom's: a higher council sends down what is contentious and close, and a petition by
    people or primary councils brings down anything ("A Political System for a Good Society", 2006). The numbers are
    this course's own, with delegates who vote as their council did.

    The smallest winning minority wins each council by a bare majority c = (size + 1) / (2 size); the top by the share
    w that stands: w · c ** (levels − 1). With a petition it also needs more than 1 − petition of the base councils,
    each won by c.

    Examples
    --------
    >>> returned(51, 2).minority.__round__(3), returned(51, 2, stands=0.8).minority.__round__(3)
    (0.26, 0.41)
    >>> round(returned(51, 2, petition=0.25).minority, 3)
    0.382
    """
    members = odd(size, "The size of a council")
    height = count(levels, "Levels", low=1)
    share = amount(stands, "The share that stands", low=0.5, high=1.0)
    called = amount(petition, "The share that calls a vote back", high=1.0)
    # Members needed for a vote to stand. A little less, so that .56 of 25 is 14 and not 15.
    needed = ceil(share * members - 1e-9)
    bare = winning_minority(members, 1)
    minority = needed / members * bare ** (height - 1)
    if height > 1 and called < 1:
        minority = max(minority, (1 - called) * bare)
    often, wrong = _by_lot(members, height, needed=needed, called=called)
    return Returned(min(0.5, minority), often, wrong)


def _by_lot(members: int, height: int, *, needed: int, called: float) -> tuple[float, float]:
    """How often a vote goes back, and how often the top is wrong for good, over all levels of support alike."""
    from scipy.special import betainc

    half = (members + 1) / 2
    support = (np.arange(_STEPS) + 0.5) / _STEPS
    share = support
    petitioned = np.zeros(_STEPS, dtype=bool)
    for level in range(height - 1):
        share = betainc(half, half, share)
        if level == 0:
            petitioned = np.minimum(share, 1 - share) >= called
    wins = betainc(needed, members - needed + 1, share)
    loses = betainc(needed, members - needed + 1, 1 - share)
    back = np.where(petitioned, 1.0, 1 - wins - loses)
    against = np.where(petitioned, 0.0, np.where(support < 0.5, wins, loses))
    return float(np.clip(back, 0, 1).mean()), float(against.mean())
