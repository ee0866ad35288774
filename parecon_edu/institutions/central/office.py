"""Be the planner for three mills that may lie: reports come in, targets go out, and something gets made.

An `Office` is a half-played game: the mills, and the targets given so far. It is frozen; giving orders returns a new
one. How a mill behaves stands in three short functions, `report`, `output` and `worn`, so that a lesson can show them
and a learner can change them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import floor
from types import MappingProxyType

import numpy as np

from parecon_edu.validation.people import amount, count, number

MILLS = ("Okafor tailors", "Canal Street weavers", "Nguyen knitwear")
YEARS = 5
HIDES = 0.25  # what a mill keeps back that has learned to: a quarter of what it can
PATIENCE = 2  # so many impossible targets, and a truthful mill has learned to hide
WOBBLE = 0.06  # how far what a mill can make moves from year to year (standard deviation)
BONUSES = ("target", "promise")


@dataclass(frozen=True)
class Mill:
    """A mill: its name, what it can make in each year without breaking anything, and the share of it that it hides."""

    name: str
    capacity: tuple[int, ...]
    hides: float = 0.0

    def __post_init__(self) -> None:
        if not self.capacity:
            raise ValueError(f"capacity of {self.name} is empty: put one number a year.")
        for year, most in enumerate(self.capacity, 1):
            count(most, f"What {self.name} can make in year {year}", low=1)
        if amount(self.hides, f"The share that {self.name} hides") >= 1:
            raise ValueError(f"The share that {self.name} hides must be below 1: put 0.25 for a quarter.")


@dataclass(frozen=True)
class Year:
    """One year of the office. Each field has one number a mill.

    Attributes
    ----------
    number : int
        Which year, from 1.
    capacity, report, target, made : tuple of int
        What each could make, what it said, what it was told, and what came out.
    kept : tuple of int
        What each had not said: capacity less report.
    truthful : tuple of bool
        Whether each told the truth that year.
    """

    number: int
    capacity: tuple[int, ...]
    report: tuple[int, ...]
    target: tuple[int, ...]
    made: tuple[int, ...]
    truthful: tuple[bool, ...]

    @property
    def met(self) -> tuple[bool, ...]:
        """Whether each mill met its target."""
        return tuple(made >= target for made, target in zip(self.made, self.target, strict=True))

    @property
    def kept(self) -> tuple[int, ...]:
        """What each mill could make and did not say."""
        return tuple(can - said for can, said in zip(self.capacity, self.report, strict=True))


def report(capacity: float, *, hides: float, pressed: float = 0.0) -> int:
    """Give what a mill says that it can make.

    Parameters
    ----------
    capacity : float
        What it can make.
    hides : float
        The share it keeps back, so that its year is easy; 0: it tells the truth.
    pressed : float
        By what share last year's target went beyond last year's report. Whoever hides expects as much again, and
        says that much less.

    Examples
    --------
    >>> report(140, hides=0.0, pressed=0.1), report(140, hides=0.25), report(140, hides=0.25, pressed=0.1)
    (140, 105, 95)
    """
    return int(capacity) if hides == 0 else floor((1 - hides) * capacity / (1 + pressed) + 1e-9)


def output(target: float, capacity: float, *, hides: float) -> int:
    """Give what a mill makes of a target.

    Yarn is given out for the target, so nobody makes more than that. A target within reach is met, for the bonus. One
    that is out of reach brings no bonus whatever is made: a mill that hides goes back to its easy pace, and a truthful
    one makes all it can.

    Examples
    --------
    >>> output(120, 140, hides=0.25), output(150, 140, hides=0.25), output(150, 140, hides=0.0)
    (120, 105, 140)
    """
    return floor(target if target <= capacity else (1 - hides) * capacity + 1e-9)


def worn(target: float, capacity: float, *, hides: float) -> float:
    """Give the share of its capacity that a mill has left after a year; only who strains for too much wears out.

    A truthful mill that is told to make more than it can runs its looms through the night: half of what it was told
    too much is lost for the years after, at most a fifth.

    Examples
    --------
    >>> worn(110, 100, hides=0.0), worn(110, 100, hides=0.25), worn(90, 100, hides=0.0)
    (0.95, 1.0, 1.0)
    """
    beyond = target / capacity - 1 if hides == 0 else 0.0
    return round(1 - min(0.2, max(0.0, 0.5 * beyond)), 12)


def promise_pay(promise: float, made: float, *, kept: float = 1.0, over: float = 0.6, short: float = 1.5) -> float:
    r"""Give the bonus that makes it pay to tell the truth, less its fixed part.

    Parameters
    ----------
    promise, made : float
        What the mill said it would make, and what it made.
    kept, over, short : float
        What one unit promised brings; what one unit more than promised brings; what one unit less costs.

    Returns
    -------
    float
        :math:`\beta p + \alpha (y - p)` where more is made than promised,
        :math:`\beta p - \gamma (p - y)` where less.

    Notes
    -----
    Weitzman (1976), on a Soviet reform of the early 1970s. Saying one unit less than one can loses kept − over, saying
    one unit more loses short − kept: with over < kept < short the truth pays best. He adds what it does not mend: next
    year's terms must not depend on this year's promise.

    Examples
    --------
    >>> [round(promise_pay(promise, 140), 6) for promise in (105, 140, 150)]
    [126.0, 140.0, 135.0]
    """
    return kept * promise + (over * (made - promise) if made >= promise else -short * (promise - made))


@dataclass(frozen=True)
class Office:
    """A planning office and its mills, some years into the game.

    Parameters
    ----------
    mills : tuple of Mill
        What they can make, and who hides.
    orders : tuple of tuples
        The targets given so far, one row a year, one number a mill.
    bonus : str
        "target": a bonus for whoever meets its target. "promise": the bonus of `promise_pay`. Then every mill tells the
        truth, until it has once been told to make more than it promised.

    Raises
    ------
    TypeError, ValueError
        If there are more orders than years, a target is no whole number of 0 or more, or there is no such bonus.

    Examples
    --------
    >>> office = Office((Mill("A", (100, 100)), Mill("B", (140, 140), hides=0.25)))
    >>> office.reports
    (100, 105)
    >>> office = office.give((110, 120))
    >>> office.years[0].made, office.years[0].met, office.reports
    ((100, 120), (False, True), (95, 91))
    """

    mills: tuple[Mill, ...]
    orders: tuple[tuple[int, ...], ...] = ()
    bonus: str = "target"

    def __post_init__(self) -> None:
        if not self.mills or len({len(mill.capacity) for mill in self.mills}) != 1:
            raise ValueError("mills must be one or more, with a capacity for the same years each.")
        if self.bonus not in BONUSES:
            raise ValueError(f"bonus can be {' or '.join(map(repr, BONUSES))}, but it is {self.bonus!r}. Pick one.")
        if len(self.orders) > self.length:
            raise ValueError(f"There are {self.length} years, but orders for {len(self.orders)}. Begin again.")
        for year, targets in enumerate(self.orders, 1):
            if len(targets) != len(self.mills):
                raise ValueError(
                    f"Year {year} has {len(targets)} targets for {len(self.mills)} mills. Give one to each."
                )
            for mill, target in zip(self.mills, targets, strict=True):
                count(target, f"The target of {mill.name} in year {year}")
        object.__setattr__(self, "orders", tuple(tuple(int(target) for target in row) for row in self.orders))

    @property
    def length(self) -> int:
        """How many years the game has."""
        return len(self.mills[0].capacity)

    @property
    def finished(self) -> bool:
        """Whether orders for all years are given."""
        return len(self.orders) == self.length

    @cached_property
    def _played(self) -> tuple[tuple[Year, ...], tuple[int, ...]]:
        """Replay the orders: the years, and the reports of the year that comes next (empty after the last)."""
        minds = [_Mind(mill, hides=mill.hides, trusts=self.bonus == "promise") for mill in self.mills]
        years: list[Year] = []
        for n, targets in enumerate(self.orders):
            year = _lived(n, minds, targets)
            years.append(year)
            minds = [mind.after(year, i) for i, mind in enumerate(minds)]
        coming = () if self.finished else tuple(mind.says(len(years)) for mind in minds)
        return tuple(years), coming

    @property
    def years(self) -> tuple[Year, ...]:
        """The years played."""
        return self._played[0]

    @property
    def reports(self) -> tuple[int, ...]:
        """What the mills say for the year that comes next; empty after the last."""
        return self._played[1]

    @property
    def made(self) -> int:
        """What came out in all the years so far."""
        return sum(sum(year.made) for year in self.years)

    @property
    def possible(self) -> int:
        """What the mills could have made in these years if nobody had hidden and nothing had been worn out."""
        return sum(sum(mill.capacity[n] for mill in self.mills) for n in range(len(self.years)))

    @property
    def share(self) -> float:
        """What came out, as a share of what was possible; 1 before the first year."""
        return self.made / self.possible if self.years else 1.0

    def give(self, targets: Sequence[int]) -> Office:
        """Give the mills their targets for a year.

        Raises
        ------
        TypeError, ValueError
            If the last year is over, or a target is missing or no whole number of 0 or more.
        """
        if self.finished:
            raise ValueError(f"The {number(self.length)} years are over. Press “Back to start”, or take another town.")
        return replace(self, orders=(*self.orders, tuple(targets)))

    def undo(self) -> Office:
        """Take the last year back.

        Raises
        ------
        ValueError
            If no orders have been given.
        """
        if not self.orders:
            raise ValueError("There is nothing to take back: no orders have been given.")
        return replace(self, orders=self.orders[:-1])


@dataclass(frozen=True)
class _Mind:
    """What a mill remembers from year to year."""

    mill: Mill
    hides: float
    trusts: bool
    left: float = 1.0  # of its capacity
    pressed: float = 0.0
    impossible: int = 0

    def can(self, n: int) -> int:
        return max(1, floor(self.left * self.mill.capacity[n] + 1e-9))

    @property
    def keeps_back(self) -> float:
        return 0.0 if self.trusts else self.hides

    def says(self, n: int) -> int:
        return report(self.can(n), hides=self.keeps_back, pressed=self.pressed)

    def after(self, year: Year, i: int) -> _Mind:
        """Draw the lesson of the year."""
        target, can, said = year.target[i], year.capacity[i], year.report[i]
        impossible = self.impossible + (self.keeps_back == 0 and target > can)
        learned = self.hides == 0 and impossible >= PATIENCE
        return replace(
            self,
            hides=HIDES if learned else self.hides,
            trusts=self.trusts and target <= said,
            left=self.left * worn(target, can, hides=self.keeps_back),
            pressed=max(0.0, target / said - 1) if said else 0.0,
            impossible=impossible,
        )


def _lived(n: int, minds: Sequence[_Mind], targets: Sequence[int]) -> Year:
    return Year(
        number=n + 1,
        capacity=tuple(mind.can(n) for mind in minds),
        report=tuple(mind.says(n) for mind in minds),
        target=tuple(targets),
        made=tuple(output(t, mind.can(n), hides=mind.keeps_back) for mind, t in zip(minds, targets, strict=True)),
        truthful=tuple(mind.keeps_back == 0 for mind in minds),
    )


def open_office(town: int = 1, *, liars: bool = True, bonus: str = "target", years: int = YEARS) -> Office:
    """Return an office in its first year, with mills drawn by lot.

    Parameters
    ----------
    town : int
        Number of the draw, 1 or more. In each town one or two of the three mills hide between a fifth and a third of
        what they can make; which ones is part of the draw.
    liars : bool
        False: the same mills, but all of them tell the truth.
    bonus : str
        "target" or "promise", as in `Office`.
    years : int
        How many years.

    Examples
    --------
    >>> office = open_office(1, liars=False)
    >>> office.reports == tuple(mill.capacity[0] for mill in office.mills)
    True
    """
    draw = np.random.default_rng(count(town, "The number of the town", low=1))
    years = count(years, "The number of years", low=1)
    base = 5 * draw.integers(18, 31, size=len(MILLS))
    hides = np.round(draw.uniform(0.2, 1 / 3, size=len(MILLS)), 2)
    hiding = draw.permutation(len(MILLS))[: draw.integers(1, 3)]
    moves = np.exp(WOBBLE * draw.standard_normal((years, len(MILLS))))
    moves[0] = 1.0
    can = np.rint(base * moves).astype(int)
    return Office(
        tuple(
            Mill(name, tuple(can[:, i].tolist()), float(hides[i]) if liars and i in hiding else 0.0)
            for i, name in enumerate(MILLS)
        ),
        bonus=bonus,
    )


# --- habits of an office ----------------------------------------------------------------------------------------------

Habit = Callable[[Office], Sequence[int]]


def believe(office: Office) -> list[int]:
    """Set every target at what the mill reports."""
    return list(office.reports)


def press(office: Office, share: float = 0.1) -> list[int]:
    """Set every target so much above the report, the same for all."""
    return [floor((1 + share) * said + 0.5) for said in office.reports]


def probe(office: Office, first: float = 0.05, step: float = 0.1) -> list[int]:
    """Ask a little more of each once: whoever fails is believed from then on, whoever does not is told more and more.

    A mill that met a target above its report has shown that it hid. Its next targets are a tenth above what it made
    last, until it fails; then it is held at the most it has made.
    """
    targets = []
    for i, said in enumerate(office.reports):
        shown = [year.made[i] for year in office.years if year.met[i] and year.target[i] > year.report[i]]
        failed = any(not year.met[i] for year in office.years)
        if not office.years:
            targets.append(floor((1 + first) * said + 0.5))
        elif not shown:
            targets.append(said)
        else:
            targets.append(max(said, max(shown)) if failed else floor((1 + step) * max(shown) + 0.5))
    return targets


HABITS: Mapping[str, Habit] = MappingProxyType(
    {"believe every report": believe, "a tenth on top of every report": press, "test each mill by itself": probe}
)


def play(office: Office, habit: Habit) -> Office:
    """Play all years that are left by one habit.

    Examples
    --------
    >>> play(open_office(1, liars=False), believe).share
    1.0
    """
    while not office.finished:
        office = office.give([int(target) for target in habit(office)])
    return office
