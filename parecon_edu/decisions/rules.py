"""Six rules for the same vote. Each says whose yes counts for how much, and how much yes is enough."""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from parecon_edu.decisions.doors import Doors, known
from parecon_edu.decisions.model import Decision, decide
from parecon_edu.validation.people import Array, amount, show, vector

#: The rules, in the order in which the lesson meets them.
RULES: tuple[str, ...] = ("majority", "supermajority", "consensus", "households", "affectedness", "quadratic")

#: Who may be missing from an evening vote: nobody; those who hardly care; those who can't get away, and then their
#: votes are lost, sent along with instructions, or handed to a neighbour who decides for them.
AWAY: tuple[str, ...] = ("nobody", "indifferent", "tied", "instructed", "free_hand")


@dataclass(frozen=True, eq=False)
class Vote:
    """One vote behind all doors, counted by one rule.

    Attributes
    ----------
    decision : Decision
        Whether it passes, with which support, and what was needed.
    votes : ndarray, (n,)
        1 behind doors that gain, 0 behind the others.
    weights : ndarray, (n,)
        What each door's vote counts under the rule, in the rule's own unit (heads, doors, points, bought votes).
    say : ndarray, (n,)
        The same as shares of 1; all 0 if nobody is left to count.
    """

    decision: Decision
    votes: Array
    weights: Array
    say: Array

    @property
    def passes(self) -> bool:
        """Whether the proposal goes through."""
        return self.decision.passes


def vote(
    doors: Doors,
    rule: str,
    *,
    away: str = "nobody",
    share: float = 1.0,
    threshold: float = 2 / 3,
    stand_aside: float = 2.0,
    affected: ArrayLike | None = None,
) -> Vote:
    """Vote on a proposal: every adult who gains says yes, every adult who loses says no.

    Parameters
    ----------
    doors : Doors
        Who votes, and what the proposal does to them. Whoever it does nothing to abstains.
    rule : str
        One of `RULES`: "majority" (one adult, one vote), "supermajority" (the same, with `threshold`), "consensus"
        (one objection stops it; who loses no more than `stand_aside` stands aside), "households" (one door, one vote),
        "affectedness" (say in proportion to being affected), "quadratic" (v votes cost v² of a yearly budget).
    away : str
        One of `AWAY`: who is missing, and what becomes of their votes.
    share : float
        How much of that absence happens, 0 to 1.
    threshold : float
        For "supermajority": the share of yes that is needed, ½ to 1.
    stand_aside : float
        For "consensus": the largest loss, in evenings a month, at which people stand aside instead of objecting.
    affected : array_like, (n,), optional
        For "affectedness": how affected one adult behind each door counts as; what they really are if left out.

    Returns
    -------
    Vote

    Raises
    ------
    TypeError, ValueError
        If something is not of its kind or out of its range, or there is no such rule.

    Notes
    -----
    Quadratic voting (Posner & Weyl 2018; Lalley & Weyl 2018): with equal budgets, and one other matter on the list, the
    votes that serve a voter best are |u|·√(1/(u² + o²)) a unit of budget, where u is what the proposal and o what the
    other matter means to them: the votes go by how much this matters *beside the other matter*, not beside neighbours.

    Absence is counted in expectation: a door that comes with chance .2 counts a fifth.

    Examples
    --------
    >>> from parecon_edu.decisions import NIGHT_BUS
    >>> [rule for rule in RULES if vote(NIGHT_BUS, rule).passes]
    ['households', 'affectedness', 'quadratic']
    """
    known(doors)
    _one_of(rule, RULES, "rule")
    _one_of(away, AWAY, "kind of absence")
    missing = _absence(doors, away) * amount(share, "The share away", high=1.0)
    limit = amount(stand_aside, "The largest loss for standing aside", mend="Put 0 if nobody stands aside.")
    needed = {"supermajority": threshold, "consensus": 1.0}.get(rule, 0.5)
    votes = (doors.effect > 0).astype(np.float64)
    counted = _WEIGHTS[rule](doors, limit, _affected(doors, affected)) * (doors.effect != 0)
    weights = counted * (1 - missing)
    if away == "free_hand" and counted[delegate := int(doors.tied.argmin())] > 0:
        # The neighbour who goes for the others is the one most likely to be there, and decides as if for herself.
        weights[delegate] += math.fsum(np.delete(counted * missing, delegate))
    if not weights.any():
        return Vote(Decision(False, 0.0, needed), votes, weights, weights)
    decision = decide(votes, weights=weights, threshold=needed)
    return Vote(decision, votes, weights, weights / math.fsum(weights))


def benefit(doors: Doors) -> float:
    """What a proposal does to everybody together, in evenings a month: adults times effect, added up over the doors.

    Parameters
    ----------
    doors : Doors
        Who is affected, and how.

    Returns
    -------
    float
        Above zero if it helps more than it hurts. Only as good as the claim that one person's evening can be set
        against another's.

    Examples
    --------
    >>> from parecon_edu.decisions import NIGHT_BUS
    >>> benefit(NIGHT_BUS)
    5.0
    """
    known(doors)
    return math.fsum(doors.adults * doors.effect)


def _heads(doors: Doors, limit: float, affected: Array) -> Array:
    return doors.adults.copy()


def _consensus(doors: Doors, limit: float, affected: Array) -> Array:
    """Heads, without those who stand aside."""
    return doors.adults * ((doors.effect > 0) | (doors.effect < -limit))


def _households(doors: Doors, limit: float, affected: Array) -> Array:
    return np.ones(len(doors))


def _points(doors: Doors, limit: float, affected: Array) -> Array:
    return doors.adults * affected


def _bought(doors: Doors, limit: float, affected: Array) -> Array:
    """Votes bought with a budget of 100 a head: 10 votes if all of it goes into this matter."""
    stake = np.hypot(doors.effect, doors.other)
    return doors.adults * 10 * np.divide(np.abs(doors.effect), stake, out=np.zeros(len(doors)), where=stake > 0)


_WEIGHTS: dict[str, Callable[[Doors, float, Array], Array]] = {
    "majority": _heads,
    "supermajority": _heads,
    "consensus": _consensus,
    "households": _households,
    "affectedness": _points,
    "quadratic": _bought,
}


def _absence(doors: Doors, away: str) -> Array:
    """The chance that a door is missing."""
    if away in ("nobody", "instructed"):
        return np.zeros(len(doors))
    if away == "indifferent":
        most = np.abs(doors.effect).max()
        return 1 - np.abs(doors.effect) / most if most > 0 else np.zeros(len(doors))
    return doors.tied.copy()


def _affected(doors: Doors, affected: ArrayLike | None) -> Array:
    if affected is None:
        return np.abs(doors.effect)
    values = vector(affected, "Being affected", names=doors.names, mend="Put 0 if {who} is not affected.")
    if values.size != len(doors):
        raise ValueError(
            f"Being affected must have one value for each door: there are {len(doors)} doors and {values.size} values. "
            "Match them."
        )
    return values


def _one_of(value: str, options: tuple[str, ...], what: str) -> None:
    if not isinstance(value, str):
        raise TypeError(f"The {what} must be a word in quotation marks: you gave {show(value)}. Try {options[0]!r}.")
    if value not in options:
        raise ValueError(f"There is no {what} {value!r}. Choose one of {', '.join(map(repr, options))}.")
