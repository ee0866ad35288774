"""The puzzle of lesson 10: which institution comes out on top, and what one would have to believe.

Each level starts where the institution is not on top. For the participatory plan, of which nobody has seen a country,
that is a day on which it has the central plan's habits.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from parecon_edu.economy.scenarios import INSTITUTIONS, Scenario
from parecon_edu.institutions.frictions import frictions_of

#: How far ahead one has to be: a hundredth of everything. Less is a tie, and the luck of one year's draw.
LEAD = 0.01
#: What may not be moved in the harder game: the number that all three quarrel about most.
HARD = "slack"
_HABITS = ("slack", "effort_loss", "rigidity")

Sizes = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True)
class Move:
    """One slider moved: whose, from where to where, and how far on the way from its best to its failure.

    Parameters
    ----------
    institution
        Whose friction, or "all" for the surprise, which is the same for all three.
    name, before, after
        The friction, and its size at the start and now.
    way
        How far it was moved, as a share of the distance between 0 and its preset in the failure case.
    """

    institution: str
    name: str
    before: float
    after: float
    way: float


def start(goal: str, scenario: Scenario) -> Sizes:
    """Return every friction at the start of a level, by institution.

    Parameters
    ----------
    goal
        Who shall be on top: "market", "central" or "participatory".
    scenario
        The town.

    Examples
    --------
    >>> from parecon_edu import economy
    >>> town = economy.scenario("riverside")
    >>> start("market", town)["participatory"]["slack"], start("participatory", town)["participatory"]["slack"]
    (0.125, 0.2)
    """
    if goal not in INSTITUTIONS:
        raise ValueError(f"goal must be one of {', '.join(INSTITUTIONS)}, not {goal!r}. Put one of these.")
    sizes = {name: preset_sizes(name, "typical", scenario) for name in INSTITUTIONS}
    if goal == "participatory":
        sizes[goal] |= {habit: sizes["central"][habit] for habit in _HABITS}
    return MappingProxyType({name: MappingProxyType(own) for name, own in sizes.items()})


def preset_sizes(institution: str, case: str, scenario: Scenario) -> dict[str, float]:
    """Return every friction of an institution at its preset, 0 where the case has none.

    Examples
    --------
    >>> from parecon_edu import economy
    >>> preset_sizes("central", "failure", economy.scenario("riverside"))["slack"]
    0.35
    """
    presets = scenario.cases[institution][case].presets
    names = [friction.name for friction in frictions_of(institution)]
    return {name: presets[name].value if name in presets else 0.0 for name in names}


def moves(goal: str, now: Sizes, scenario: Scenario) -> tuple[Move, ...]:
    """Return the sliders that no longer stand where the level started, the longest way first.

    The surprise is one slider for all three.

    Examples
    --------
    >>> from parecon_edu import economy
    >>> town = economy.scenario("riverside")
    >>> now = {name: dict(own) for name, own in start("market", town).items()}
    >>> now["market"]["unequal_shares"] = 0.55
    >>> [(move.name, round(move.way, 2)) for move in moves("market", now, town)]
    [('unequal_shares', 0.1)]
    """
    begun, found = start(goal, scenario), {}
    for institution in INSTITUTIONS:
        worst = preset_sizes(institution, "failure", scenario)
        for name, before in begun[institution].items():
            after = now[institution].get(name, 0.0)
            if abs(after - before) > 1e-9:
                whose = "all" if name == "surprise" else institution
                way = abs(after - before) / (worst[name] or 1.0)
                found[whose, name] = Move(whose, name, before, after, way)
    return tuple(sorted(found.values(), key=lambda move: -move.way))


def on_top(equivalents: Mapping[str, float]) -> str:
    """Return who is ahead of both others by at least `LEAD`; "" if nobody is.

    Examples
    --------
    >>> on_top({"market": 0.90, "central": 0.80, "participatory": 0.85}), on_top({"market": 0.851, "central": 0.85})
    ('market', '')
    """
    first, second = sorted(equivalents, key=lambda name: -equivalents[name])[:2]
    return first if equivalents[first] - equivalents[second] >= LEAD - 1e-12 else ""
