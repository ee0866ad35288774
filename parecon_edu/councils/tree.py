"""A pyramid of councils as a tree with named levels, for four people or for three hundred million, in whole numbers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from parecon_edu.councils.model import named
from parecon_edu.validation.people import count, show


@dataclass(frozen=True)
class Council:
    """One council of a pyramid.

    Attributes
    ----------
    name : str
        Its level and its number: "district 3".
    level, index : int
        Which level, from 0 at the base, and which council of it, from 0.
    members : int
        How many sit in it: people at the base, delegates of the level below elsewhere.
    people : int
        How many people it stands for.
    """

    name: str
    level: int
    index: int
    members: int
    people: int


@dataclass(frozen=True)
class Pyramid:
    """A population in councils, which send a delegate each to councils of the next level.

    Members are spread over a level's councils as evenly as whole numbers can be: some have one member more.

    Parameters
    ----------
    population : int
        How many people, 1 or more.
    names : sequence of str
        The levels, from the base up: ("commune", "district", "city").
    counts : sequence of int
        How many councils each level has, from the base up; no level has more than the one below.

    Raises
    ------
    TypeError, ValueError
        If names are not distinct text, counts not whole numbers, one for each name, or some council would be empty.

    Examples
    --------
    Seed 002's city of four million: communes of about 1000, and 4 to 40 districts.

    >>> city = Pyramid(4_000_000, ("commune", "district", "city"), (4000, 40, 1))
    >>> [(level.name, level.members, level.people) for level in city.path(0)]
    [('commune 1', 1000, 1000), ('district 1', 100, 100000), ('city 1', 40, 4000000)]
    """

    population: int
    names: tuple[str, ...]
    counts: tuple[int, ...]

    def __post_init__(self) -> None:
        people = count(self.population, "The population", low=1)
        levels = named(self.names, "Levels")
        if isinstance(self.counts, str) or not isinstance(self.counts, Sequence):
            raise TypeError(f"Counts must be a list of whole numbers: you gave {show(self.counts)}. Try (4000, 40, 1).")
        if not levels or len(levels) != len(self.counts):
            raise ValueError(
                f"Each level needs a name and a number of councils: you gave {len(levels)} names and "
                f"{len(self.counts)} numbers. Match them, with at least one."
            )
        counts = tuple(
            count(each, f"The number of councils at level {name!r}", low=1)
            for name, each in zip(levels, self.counts, strict=True)
        )
        below, who = people, "people"
        for name, each in zip(levels, counts, strict=True):
            if each > below:
                raise ValueError(
                    f"Level {name!r} has too many councils: {each} for {below} {who}, so some would be empty. "
                    f"Put at most {below}."
                )
            below, who = each, f"councils of level {name!r}"
        for field, value in (("population", people), ("names", levels), ("counts", counts)):
            object.__setattr__(self, field, value)

    @property
    def councils(self) -> int:
        """How many councils there are in all."""
        return sum(self.counts)

    @property
    def delegates(self) -> int:
        """How many delegates are sent: one by every council that has a level above it."""
        return sum(self.counts[:-1])

    def council(self, level: int, index: int) -> Council:
        """Return one council; levels and councils are counted from 0."""
        height = count(level, "The level")
        place = count(index, "The council")
        if height >= len(self.counts):
            raise ValueError(f"There is no level {height}: there are {len(self.counts)}. Count them from 0.")
        if place >= self.counts[height]:
            raise ValueError(
                f"There is no council {place} at level {self.names[height]!r}: it has {self.counts[height]}. "
                f"Count them from 0."
            )
        first, last = self._members(height, place)
        low, high = first, last
        for under in range(height - 1, -1, -1):
            low, high = self._members(under, low)[0], self._members(under, high - 1)[1]
        return Council(f"{self.names[height]} {place + 1}", height, place, last - first, high - low)

    def below(self, council: Council) -> Iterator[Council]:
        """Give the councils that send delegates to this one, one after another; none at the base."""
        if council.level > 0:
            for index in range(*self._members(council.level, council.index)):
                yield self.council(council.level - 1, index)

    def path(self, index: int) -> tuple[Council, ...]:
        """Give the councils that one council of the base is part of, from the base to the top."""
        steps = [self.council(0, index)]
        for level in range(1, len(self.counts)):
            steps.append(self.council(level, self._home(level, steps[-1].index)))
        return tuple(steps)

    def sizes(self, level: int) -> tuple[int, int]:
        """Give the smallest and the largest number of members of a level's councils."""
        total = self._total(count(level, "The level"))
        whole, rest = divmod(total, self.counts[level])
        return whole, whole + (rest > 0)

    def _total(self, level: int) -> int:
        """How many members a level has in all: people at the base, else councils below."""
        return self.population if level == 0 else self.counts[level - 1]

    def _members(self, level: int, index: int) -> tuple[int, int]:
        """First member of a council, and the first that is no longer in it; the larger councils come first."""
        whole, rest = divmod(self._total(level), self.counts[level])
        return index * whole + min(index, rest), (index + 1) * whole + min(index + 1, rest)

    def _home(self, level: int, member: int) -> int:
        """Which council of a level a member sits in: the inverse of `_members`."""
        whole, rest = divmod(self._total(level), self.counts[level])
        larger = rest * (whole + 1)
        return member // (whole + 1) if member < larger else rest + (member - larger) // whole


def pyramid(population: int, size: int, *, names: Sequence[str] | None = None) -> Pyramid:
    """Build the lowest pyramid whose councils have at most `size` members, with one council at the top.

    Parameters
    ----------
    population : int
        How many people.
    size : int
        The most members a council may have, 2 or more.
    names : sequence of str, optional
        Names of the levels from the base up, as many as there are or more; "level 1", "level 2", … if left out.

    Returns
    -------
    Pyramid
        With as many levels as `councils.levels` says (one, for a single person).

    Raises
    ------
    TypeError, ValueError
        As for `Pyramid`; or if there are too few names.

    Examples
    --------
    >>> pyramid(312_500_000, 50).counts
    (6250000, 125000, 2500, 50, 1)
    >>> pyramid(4, 50, names=["house"]).counts
    (1,)
    """
    people, members = count(population, "The population", low=1), count(size, "The size of a council", low=2)
    counts = [-(-people // members)]
    while counts[-1] > 1:
        counts.append(-(-counts[-1] // members))
    given = tuple(f"level {level + 1}" for level in range(len(counts))) if names is None else named(names, "Levels")
    if len(given) < len(counts):
        raise ValueError(
            f"There are too few names: {people} people in councils of {members} make {len(counts)} levels, and there "
            f"are {len(given)} names. Give {len(counts)}."
        )
    return Pyramid(people, given[: len(counts)], tuple(counts))
