"""Whole towns, read from commented TOML: an economy, its people, a planner's priorities, and cases to argue about.

Every number in the files under `data/` stands beside its reason. A scenario checks itself when it is built, so a
learner who edits a copy is told in words what no longer fits.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from parecon_edu.economy.model import WANTED, Economy, from_arrays
from parecon_edu.validation import arrays as checks
from parecon_edu.validation.arrays import Floats
from parecon_edu.validation.people import show

SCENARIOS = ("riverside", "riverside_corner", "two_goods")
INSTITUTIONS = ("market", "central", "participatory")
CASES = ("best", "typical", "failure")


@dataclass(frozen=True)
class Preset:
    """One number of a case, and why it is that number. Both are there to be argued about."""

    value: float
    reason: str


@dataclass(frozen=True)
class Case:
    """One institution on one of its days: the frictions it has then, by name, each with its reason."""

    reason: str
    presets: Mapping[str, Preset]

    def __post_init__(self) -> None:
        object.__setattr__(self, "presets", MappingProxyType(dict(self.presets)))

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.reason, dict(self.presets))


@dataclass(frozen=True, eq=False)
class People:
    """Who lives in each neighbourhood, what they own and can do, and who they know. H neighbourhoods, in order.

    Parameters
    ----------
    names
        The neighbourhoods.
    residents : (H,)
        How many people live there. All neighbourhoods are of one size.
    downwind : (H,) true or false
        Whether the smoke comes down there.
    ownership : (H,)
        Share of all land and workplaces that they own where these can be owned. Adds up to 1.
    skill : (H, L)
        Share of the pay for each category of labour that goes there where labour is sold. Each column adds up to 1.
    effort : (H,)
        Effort and sacrifice, as their workmates would rate it; 1 is the town's average.
    absence : (H,)
        Share of the residents who are missing at an ordinary meeting.
    officials : (H,)
        Share of the planning office's officials who live there. Adds up to 1.
    insiders : (H,)
        Share of those who sit on the committees that rate and approve. Adds up to 1.
    """

    names: tuple[str, ...]
    residents: Floats
    downwind: NDArray[np.bool_]
    ownership: Floats
    skill: Floats
    effort: Floats
    absence: Floats
    officials: Floats
    insiders: Floats

    def __post_init__(self) -> None:
        count = len(self.names)
        put = object.__setattr__
        put(self, "names", checks.distinct("names", self.names, count))
        per = "one number a neighbourhood"
        for field in ("residents", "ownership", "effort", "absence", "officials", "insiders"):
            put(self, field, checks.numbers(field, getattr(self, field), shape=(count,), per=per))
            checks.not_negative(field, getattr(self, field), self._name)
        put(self, "downwind", checks.frozen(np.array(self.downwind, dtype=np.bool_)))
        if self.downwind.shape != (count,):
            raise ValueError(f"downwind must be true or false for each of {count} neighbourhoods.")
        put(self, "skill", checks.numbers("skill", self.skill, shape=(count, None), per="a row a neighbourhood"))
        checks.not_negative("skill", self.skill, self._name)
        checks.positive("residents", self.residents, self._name)
        checks.positive("effort", self.effort, self._name)
        checks.require("absence", self.absence, self.absence <= 1, "is a share", "Put a number to 1", self._name)
        if not np.allclose(self.residents, self.residents[0]):
            raise ValueError("residents must be the same number in every neighbourhood. Split the large ones.")
        for field in ("ownership", "officials", "insiders"):
            _adds_up(field, getattr(self, field))
        for column in self.skill.T:
            _adds_up("skill in one category of labour", column)

    def __reduce__(self) -> tuple[Any, ...]:
        # A copy is built, checked and frozen again: plain unpickling would leave it writable.
        return type(self), tuple(getattr(self, field.name) for field in fields(self))

    def _name(self, h: int) -> str:
        return self.names[h]


@dataclass(frozen=True, eq=False)
class Scenario:
    """A town: its economy, its people, what a planner would want for it, and three cases for each institution.

    Parameters
    ----------
    name, title, story
        What it is called, and what it is about.
    economy
        Who makes and who wants what. All neighbourhoods have the same income and tastes that add up to 1: under
        these conditions (and equal effort) the three institutions at their best agree (Barone 1908).
    people
        Who lives there.
    planner_priorities : (G,)
        What a planner with ideas of their own would have the town spend on; adds up to 1.
    lobby
        The good whose makers have friends on the committees.
    period, units, reasons
        "week"; a unit a good; and why each good, workplace and neighbourhood is as it is, by name.
    cases
        `cases["market"]["typical"]` is a `Case`.

    Examples
    --------
    >>> town = scenario("riverside")
    >>> town.economy.workplaces[0], town.people.names[-1]
    ('Eastside bakery', 'Low Meadow')
    >>> town.cases["market"]["failure"].presets["unpriced_harm"].value
    1.0
    """

    name: str
    title: str
    story: str
    economy: Economy
    people: People
    planner_priorities: Floats
    lobby: str
    period: str
    units: tuple[str, ...]
    reasons: Mapping[str, str]
    cases: Mapping[str, Mapping[str, Case]]

    def __post_init__(self) -> None:
        economy = self.economy
        put = object.__setattr__
        per = "one share a good"
        priorities = checks.numbers("planner_priorities", self.planner_priorities, shape=economy.supply.shape, per=per)
        checks.not_negative("planner_priorities", priorities, economy.good_name)
        wanted = np.isin(economy.kinds, WANTED)
        mend = "Put 0: these are for private and public goods"
        checks.require("planner_priorities", priorities, wanted | (priorities == 0), "go to what nobody consumes", mend)
        _adds_up("planner_priorities", priorities)
        put(self, "planner_priorities", priorities)
        if len(self.people.names) != economy.income.size:
            raise ValueError(f"people has {len(self.people.names)} neighbourhoods, the economy {economy.income.size}.")
        if economy.neighbourhoods and economy.neighbourhoods != self.people.names:
            raise ValueError("people and economy name different neighbourhoods. Use the same names in the same order.")
        categories = int(np.count_nonzero(economy.kinds == "labour"))
        if self.people.skill.shape[1] != categories:
            raise ValueError(f"skill has {self.people.skill.shape[1]} columns for {categories} categories of labour.")
        if not np.allclose(economy.income, economy.income[0], rtol=1e-9):
            raise ValueError(
                "income must be the same in every neighbourhood: institutions decide what departs from it."
            )
        off = np.abs(economy.tastes.sum(axis=1) - 1) > 1e-9
        if off.any():
            h = int(np.argmax(off))
            total = economy.tastes[h].sum()
            raise ValueError(f"tastes must add up to 1: those of {self.people.names[h]} add up to {total:g}. Rescale.")
        made = {economy.goods[g] for g in economy.product}
        if self.lobby not in made:
            raise ValueError(f"lobby names {self.lobby!r}, which nobody makes. Put one of: {', '.join(sorted(made))}.")
        if len(self.units) != economy.supply.size:
            raise ValueError(f"units has {len(self.units)} units for {economy.supply.size} goods. Put one each.")
        put(self, "cases", _check_cases(self.cases))
        put(self, "reasons", MappingProxyType(dict(self.reasons)))

    def __reduce__(self) -> tuple[Any, ...]:
        plain = {field.name: getattr(self, field.name) for field in fields(self)}
        plain["reasons"] = dict(self.reasons)
        plain["cases"] = {institution: dict(cases) for institution, cases in self.cases.items()}
        return type(self), tuple(plain.values())

    @property
    def labour(self) -> NDArray[np.intp]:
        """Which goods are categories of labour, in the order of the columns of `people.skill`."""
        return np.flatnonzero(self.economy.kinds == "labour")

    @property
    def private(self) -> NDArray[np.intp]:
        """Which goods people take home."""
        return np.flatnonzero(self.economy.kinds == "private")

    @property
    def public(self) -> NDArray[np.intp]:
        """Which goods everybody shares."""
        return np.flatnonzero(self.economy.kinds == "public")


def scenario(name: str) -> Scenario:
    """Return one of the course's towns by name.

    Parameters
    ----------
    name
        One of `SCENARIOS`.

    Raises
    ------
    TypeError
        If the name is not text.
    ValueError
        If there is no town of that name.

    Examples
    --------
    >>> scenario("two_goods").economy.goods
    ('bread', 'clothes', 'hours')
    """
    if not isinstance(name, str):
        raise TypeError(f"scenario takes a name in quotation marks: you gave {show(name)}. Try 'riverside'.")
    if name not in SCENARIOS:
        raise ValueError(f"scenario knows {', '.join(SCENARIOS)}, but not {name!r}. Put one of these.")
    return _read_once(name)


@cache
def _read_once(name: str) -> Scenario:
    return read(resources.files("parecon_edu.economy").joinpath("data", f"{name}.toml").read_text(encoding="utf-8"))


def read(text: str) -> Scenario:
    """Return the scenario that a TOML text describes; copy one of the files in `data/` and change it.

    Raises
    ------
    ValueError
        If the text is no TOML, if something is missing, or if the numbers don't fit together.

    Examples
    --------
    >>> read("title = 'Nowhere'")
    Traceback (most recent call last):
        ...
    ValueError: The scenario has no 'name'. Compare it with one of the files in economy/data.
    """
    try:
        return _build(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"The scenario is no valid TOML: {error}. Mend that line.") from error
    except KeyError as error:
        raise ValueError(f"The scenario has no {error}. Compare it with one of the files in economy/data.") from error


def _build(data: dict[str, Any]) -> Scenario:
    name, goods, homes = data["name"], data["goods"], data["neighbourhoods"]
    index = {good["name"]: g for g, good in enumerate(goods)}
    works = [each for row in data["workplaces"] for each in _repeated(row)]
    categories = [good["name"] for good in goods if good["kind"] == "labour"]
    reasons = {row["name"]: row["reason"] for row in [*goods, *works, *homes]}
    return Scenario(
        name=name,
        title=data["title"],
        story=data["story"],
        economy=_economy(data, works, index),
        people=_people(homes, categories),
        planner_priorities=_by_good(data["planner_priorities"], index, "planner_priorities"),
        lobby=data["lobby"],
        period=data["period"],
        units=tuple(good["unit"] for good in goods),
        reasons=reasons,
        cases=_cases(data["cases"]),
    )


def _economy(data: dict[str, Any], works: list[dict[str, Any]], index: dict[str, int]) -> Economy:
    goods, homes = data["goods"], data["neighbourhoods"]
    width = max(len(work["inputs"]) for work in works)
    inputs = np.full((len(works), width), -1)
    exponents = np.zeros((len(works), width))
    for j, work in enumerate(works):
        for m, (good, exponent) in enumerate(work["inputs"].items()):
            inputs[j, m] = _index(good, index, work["name"])
            exponents[j, m] = exponent
    return from_arrays(
        kinds=[good["kind"] for good in goods],
        supply=[good.get("supply", 0.0) for good in goods],
        product=[_index(work["makes"], index, work["name"]) for work in works],
        scale=[work["scale"] for work in works],
        effort_exponent=[work["effort_exponent"] for work in works],
        effort_disutility=[work["effort_disutility"] for work in works],
        effort_weight=[work["effort_weight"] for work in works],
        inputs=inputs,
        exponents=exponents,
        tastes=[_by_good(home["tastes"], index, home["name"]) for home in homes],
        income=[home["residents"] * data["points_a_person"] for home in homes],
        emissions=[work.get("emissions", 0.0) for work in works],
        damage=[home.get("damage", 0.0) for home in homes],
        start=[good["start"] for good in goods],
        goods=tuple(index),
        workplaces=tuple(work["name"] for work in works),
        neighbourhoods=tuple(home["name"] for home in homes),
    )


def _people(homes: list[dict[str, Any]], categories: Sequence[str]) -> People:
    def column(field: str) -> Any:
        return [home[field] for home in homes]

    return People(
        names=tuple(column("name")),
        residents=column("residents"),
        downwind=column("downwind"),
        ownership=column("ownership"),
        skill=np.array([[home["skill"][category] for category in categories] for home in homes], dtype=np.float64),
        effort=column("effort"),
        absence=column("absence"),
        officials=column("officials"),
        insiders=column("insiders"),
    )


def _cases(data: Any) -> Mapping[str, Mapping[str, Case]]:
    """Return the cases written here, or those of the scenario that is named instead."""
    if isinstance(data, str):
        return scenario(data).cases
    return {i: {c: _case(data[i][c]) for c in CASES} for i in INSTITUTIONS}


def _case(data: dict[str, Any]) -> Case:
    presets = {name: Preset(float(p["value"]), p["reason"]) for name, p in data.items() if name != "reason"}
    return Case(data["reason"], presets)


def _repeated(row: dict[str, Any]) -> list[dict[str, Any]]:
    """Return one row, or `count` rows with numbered names."""
    count = row.get("count", 1)
    return [row] if count == 1 else [{**row, "name": f"{row['name']} {i + 1}"} for i in range(count)]


def _by_good(amounts: dict[str, float], index: dict[str, int], who: str) -> Floats:
    row = np.zeros(len(index))
    for good, amount in amounts.items():
        row[_index(good, index, who)] = amount
    return row


def _index(good: str, index: dict[str, int], who: str) -> int:
    if good not in index:
        raise ValueError(f"{who} names {good!r}, which is no good of this scenario. Put one of: {', '.join(index)}.")
    return index[good]


def _adds_up(field: str, shares: Floats) -> None:
    if abs(shares.sum() - 1) > 1e-9:
        raise ValueError(f"{field} must add up to 1, but adds up to {shares.sum():g}. Rescale the shares.")


def _check_cases(cases: Mapping[str, Mapping[str, Case]]) -> Mapping[str, Mapping[str, Case]]:
    for institution in INSTITUTIONS:
        for name in CASES:
            if institution not in cases or name not in cases[institution]:
                raise ValueError(f"cases has no {name!r} for {institution!r}. Every institution needs all three.")
            case = cases[institution][name]
            for friction, preset in case.presets.items():
                where = f"{friction} in the {name} case of {institution}"
                if not 0 <= preset.value <= 1:
                    raise ValueError(f"{where} is {preset.value:g}. Put a number from 0 to 1.")
                if not preset.reason.strip():
                    raise ValueError(f"{where} has no reason. Say why it is {preset.value:g}.")
            if not case.reason.strip():
                raise ValueError(f"The {name} case of {institution} has no reason. Say what it stands for.")
    return MappingProxyType({i: MappingProxyType(dict(cases[i])) for i in INSTITUTIONS})
