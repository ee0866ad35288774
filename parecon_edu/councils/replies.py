"""Replies to a minority that vanishes on the way up: what each of them gives it, and what it costs the others."""

from collections.abc import Callable
from dataclasses import dataclass
from math import inf

from parecon_edu.councils.chambers import Chamber, heard, settle
from parecon_edu.councils.model import between_elections, levels
from parecon_edu.decisions.juries import jury
from parecon_edu.decisions.power import banzhaf
from parecon_edu.validation.people import amount, count

#: What can be done about it.
REPLIES = ("nothing", "seats", "veto", "own", "court", "lists", "delegations")
#: A judge is right so often; a chamber refuses a common project so often; months of a term; drift a month.
JUDGES, RIGHT, REFUSES, TERM, DRIFT = 9, 0.8, 0.1, 48, 0.01
#: A common project is wanted by this share of both sides.
COMMON = 0.6


@dataclass(frozen=True)
class Effect:
    """What a reply does for a minority that is outvoted, and its price.

    Attributes
    ----------
    reply : str
        One of `REPLIES`.
    seats : float
        Share of the members of the top assembly who belong to the minority.
    spared : float
        Chance that a decision that the others want and that breaks a right of theirs does not stand; for "lists",
        where it takes others to win, their share of the power.
    own : float
        Chance that they get what concerns mainly them and the others do not want; for "lists" as above.
    common : float
        Chance that a project which 60 % of both sides want goes through.
    price : float
        The reply's own price, in its own unit: see `reply`.
    """

    reply: str
    seats: float
    spared: float
    own: float
    common: float
    price: float


def reply(
    name: str,
    p: float,
    size: int = 25,
    *,
    height: int = 3,
    seats: float = 0.45,
    chambers: int = 1,
    independence: float = 1.0,
    lists: int = 2,
    delegation: int = 5,
) -> Effect:
    """Work out what a reply gives a minority, and what it costs.

    Parameters
    ----------
    name : str
        One of `REPLIES`: "nothing"; "seats" of the top assembly for its own council; a "veto" of its own council on
        every matter; its "own" matters left to that council alone; an independent "court"; competing "lists", with
        seats in proportion to votes; "delegations" in proportion to a council's votes instead of one delegate.
    p : float
        The minority's share of the people, above 0 and below ½, spread by lot over all councils.
    size : int
        Members of a council, an odd number.
    height : int
        Levels of councils below the top assembly.
    seats : float
        Share of the seats that its council has ("seats").
    chambers : int
        How many councils beside the pyramid have a veto ("veto"); each refuses a common project with chance 0.1.
    independence : float
        Chance that a judge looks at the case and not at the assembly ("court"); nine judges, each right in 80 %.
    lists : int
        Over how many equal lists the others spread ("lists").
    delegation : int
        How many delegates a council sends ("delegations"), fewer than its members.

    Returns
    -------
    Effect
        Its `price` is, for "seats", how many times an ordinary person one of the minority weighs at the top; for
        "veto", the smallest share of the people who can stop everything; for "own", the share of the people who have
        no say in such matters; for "court", the chance that it strikes down a decision that broke no right; for
        "lists", the share of members who stand for their voters over a term without recall (1 % drift a month); for
        "delegations", how many times as many levels it takes. For "nothing", how much less the minority's share is at
        the top than among the people.

    Raises
    ------
    TypeError, ValueError
        If there is no such reply, or a number is out of its range.

    Notes
    -----
    "They" are all for what concerns them and all against what hurts them, and the others the reverse: the hardest case.
    The power of lists is the normalised Banzhaf index.

    Examples
    --------
    >>> reply("nothing", 0.45).seats < 0.001, round(reply("seats", 0.45).seats, 4)
    (True, 0.45)
    >>> veto = reply("veto", 0.45, chambers=7)
    >>> veto.spared, round(veto.common, 3), veto.price
    (1.0, 0.478, 0.225)
    """
    if name not in REPLIES:
        raise ValueError(f"There is no reply {name!r}. Choose one of {', '.join(map(repr, REPLIES))}.")
    share = amount(p, "The minority's share", high=1.0)
    if not 0 < share < 0.5:
        raise ValueError(f"A minority has less than half of the people: you gave {share:g}. Put a share below 0.5.")
    options = {
        "seats": amount(seats, "The share of seats", high=1.0),
        "chambers": count(chambers, "Chambers with a veto", low=1),
        "independence": amount(independence, "Independence", high=1.0),
        "lists": count(lists, "Lists", low=1),
        "delegation": count(delegation, "Delegates of a council", low=1),
    }
    if options["delegation"] >= size:
        raise ValueError(
            f"A council of {size} can't send {delegation} delegates: then there are as many above as below. "
            f"Put fewer than {size}."
        )
    return _EFFECTS[name](share, size, height, options)


_Options = dict[str, float]


def _base(p: float, size: int, height: int) -> tuple[float, float, float]:
    """Seats, and whether the minority stops what hurts it and carries its own, without any reply."""
    share = heard(p, size, height)
    return share, float(share >= 0.5), float(share > 0.5)


def _common(size: int, height: int) -> float:
    """Share of the pyramid's delegates who are for a project that 60 % of all want."""
    return heard(COMMON, size, height)


def _nothing(p: float, size: int, height: int, options: _Options) -> Effect:
    share, spared, own = _base(p, size, height)
    return Effect("nothing", share, spared, own, float(_common(size, height) > 0.5), p - share)


def _seats(p: float, size: int, height: int, options: _Options) -> Effect:
    mixed, chamber = heard(p, size, height), Chamber("theirs", seats=options["seats"])
    share = heard(p, size, height, seats=options["seats"])
    hurt = settle("hurt", 1 - mixed, [chamber], support={"theirs": 0.0})
    own = settle("own", mixed, [chamber], support={"theirs": 1.0})
    common = settle("project", _common(size, height), [chamber], support={"theirs": COMMON})
    weight = share * (1 - p) / (p * (1 - share)) if share < 1 else inf
    return Effect("seats", share, float(not hurt.passes), float(own.passes), float(common.passes), weight)


def _veto(p: float, size: int, height: int, options: _Options) -> Effect:
    share, _, own = _base(p, size, height)
    chamber = Chamber("theirs", veto=("hurt",))
    hurt = settle("hurt", 1 - heard(p, size, height), [chamber], support={"theirs": 0.0})
    passes = float(_common(size, height) > 0.5) * (1 - REFUSES) ** options["chambers"]
    return Effect("veto", share, float(not hurt.passes), own, passes, p / 2)


def _own(p: float, size: int, height: int, options: _Options) -> Effect:
    share, spared, _ = _base(p, size, height)
    alone = settle("own", heard(p, size, height), [Chamber("theirs", reserved=("own",))], support={"theirs": 1.0})
    return Effect("own", share, spared, float(alone.passes), float(_common(size, height) > 0.5), 1 - p)


def _court(p: float, size: int, height: int, options: _Options) -> Effect:
    share, spared, own = _base(p, size, height)
    looks = options["independence"]
    # A judge who looks at the assembly lets its decisions stand, the wrong and the right ones.
    protects, errs = jury(looks * RIGHT, JUDGES), jury(looks * (1 - RIGHT), JUDGES)
    passes = float(_common(size, height) > 0.5) * (1 - errs)
    return Effect("court", share, max(spared, protects), own, passes, errs)


def _lists(p: float, size: int, height: int, options: _Options) -> Effect:
    # In thousandths of the votes, so that the index can be counted; a tie is no majority.
    theirs, parts = round(1000 * p), int(options["lists"])
    others = [(1000 - theirs) // parts] * parts
    others[0] += 1000 - theirs - sum(others)
    power = float(banzhaf(501, [theirs, *others])[0])
    stays = between_elections(DRIFT, TERM)
    return Effect("lists", p, power, power, 1.0, stays)


def _delegations(p: float, size: int, height: int, options: _Options) -> Effect:
    many = int(options["delegation"])
    # Councils of `size` that send `many` join only size / many councils above: the pyramid is steeper.
    joined = max(2, size // many)
    taller = levels(size**height, joined)
    return Effect(
        "delegations", p, float(p >= 0.5), float(p > 0.5), 1.0, taller / height if height and size > 1 else 1.0
    )


_EFFECTS: dict[str, Callable[[float, int, int, _Options], Effect]] = {
    "nothing": _nothing,
    "seats": _seats,
    "veto": _veto,
    "own": _own,
    "court": _court,
    "lists": _lists,
    "delegations": _delegations,
}
