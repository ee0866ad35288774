"""Parallel councils: a say for those whom a pyramid would outvote for ever, and what it costs the others.

A chamber of women, of a minority, of a trade or of an autonomous district can have a share of the seats, a veto on some
matters, or some matters of its own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from parecon_edu.councils.model import mixing, named
from parecon_edu.validation.people import amount, show


@dataclass(frozen=True)
class Chamber:
    """A council beside the pyramid, and what it may do.

    Parameters
    ----------
    name : str
        What it is called.
    seats : float
        Its share of the seats of the assembly, 0 to 1; the pyramid keeps what is left.
    veto : tuple of str
        Matters that need its majority too.
    reserved : tuple of str
        Matters that it decides alone.

    Raises
    ------
    TypeError, ValueError
        If the name is no text, the seats no share, or a matter comes up twice.

    Examples
    --------
    >>> Chamber("valley", seats=0.1, veto=("dam",), reserved=("school language",)).seats
    0.1
    """

    name: str
    seats: float = 0.0
    veto: tuple[str, ...] = ()
    reserved: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        named((self.name,), "Chambers")
        share = amount(self.seats, f"The share of seats of {self.name!r}", high=1.0)
        veto, reserved = named(self.veto, "Matters for a veto"), named(self.reserved, "Reserved matters")
        both = [matter for matter in veto if matter in reserved]
        if both:
            raise ValueError(
                f"{self.name!r} can't have a veto on what it decides alone: {both[0]!r} is in both. Take it out of one."
            )
        for field, value in (("seats", share), ("veto", veto), ("reserved", reserved)):
            object.__setattr__(self, field, value)


@dataclass(frozen=True)
class Ruling:
    """What came of a proposal.

    Attributes
    ----------
    passes : bool
        Whether it goes through.
    support : float
        The share of seats (of the chamber that decides alone, or of the whole assembly) that was for it.
    decided_by : str
        "assembly", or the chamber that decides the matter alone.
    blocked_by : tuple of str
        Chambers whose veto stopped it.
    """

    passes: bool
    support: float
    decided_by: str
    blocked_by: tuple[str, ...] = ()


def settle(matter: str, pyramid: float, chambers: Sequence[Chamber], *, support: Mapping[str, float]) -> Ruling:
    """Decide a matter with a pyramid's delegates and the chambers beside it.

    Parameters
    ----------
    matter : str
        What is to be decided.
    pyramid : float
        Share of the pyramid's delegates who are for it, 0 to 1.
    chambers : sequence of Chamber
        The councils beside it; their seats add up to 1 at most.
    support : mapping of str to float
        For each chamber by name, the share of its members who are for it.

    Returns
    -------
    Ruling
        More than half is a majority; a tie leaves things as they are.

    Raises
    ------
    TypeError, ValueError
        If chambers are not distinct, have more than all seats, reserve the same matter twice, or a share is missing,
        unknown or out of range.

    Examples
    --------
    >>> valley = Chamber("valley", seats=0.1, veto=("dam",))
    >>> settle("dam", 0.8, [valley], support={"valley": 0.2})
    Ruling(passes=False, support=0.74, decided_by='assembly', blocked_by=('valley',))
    >>> settle("railway", 0.8, [valley], support={"valley": 0.2}).passes
    True
    """
    named((matter,), "Matters")
    share = amount(pyramid, "The pyramid's support", high=1.0)
    for chamber in chambers:
        if not isinstance(chamber, Chamber):
            raise TypeError(f"Chambers must be made with Chamber(...): you gave {show(chamber)}. Try Chamber('women').")
    names = named([chamber.name for chamber in chambers], "Chambers")
    for name in names:
        if name not in support:
            raise ValueError(f"The support of {name!r} is missing. Put a share from 0 to 1 for each chamber.")
    for name in support:
        if name not in names:
            raise ValueError(f"There is no chamber {name!r}. There are {', '.join(map(repr, names)) or 'none'}.")
    voices = {name: amount(support[name], f"The support of {name!r}", high=1.0) for name in names}
    taken = sum((Fraction(chamber.seats) for chamber in chambers), Fraction(0))
    if taken > 1 + Fraction(1, 10**9):
        raise ValueError(
            f"The chambers have more than all seats: their shares add up to {float(taken):.10g}. Put 1 at most in all."
        )
    alone = [chamber.name for chamber in chambers if matter in chamber.reserved]
    if len(alone) > 1:
        raise ValueError(f"{matter!r} is reserved for {alone[0]!r} and for {alone[1]!r}. Leave it to one of them.")
    if alone:
        return Ruling(voices[alone[0]] > 0.5, voices[alone[0]], alone[0])
    # Twelve decimals: a tie that is exact on paper stays a tie.
    whole = round(sum(c.seats * voices[c.name] for c in chambers) + max(0.0, 1 - float(taken)) * share, 12)
    blocked = tuple(c.name for c in chambers if matter in c.veto and voices[c.name] <= 0.5)
    return Ruling(whole > 0.5 and not blocked, whole, "assembly", blocked)


def heard(p: float, size: int, levels: int, *, seats: float = 0.0) -> float:
    """Share of a minority in the top assembly, with or without seats of its own.

    Parameters
    ----------
    p : float
        The minority's share of the people, spread by lot.
    size, levels : int
        The pyramid: members of a council, an odd number, and levels.
    seats : float
        Share of the top assembly's seats that its own chamber fills.

    Returns
    -------
    float
        seats + (1 − seats) · (its share after mixing). The price: with seats above p, its people weigh more than
        others.

    Raises
    ------
    TypeError, ValueError
        If a number is out of its range.

    Examples
    --------
    >>> round(heard(0.45, 25, 3), 4), round(heard(0.45, 25, 3, seats=0.45), 4)
    (0.0, 0.45)
    """
    own = amount(seats, "The share of seats", high=1.0)
    shares = mixing(p, size, levels)
    return own + (1 - own) * float(shares[-1] if shares.size else p)
