"""Five societies that do not exist, and the indicators that measure them.

The numbers stand in `data/societies.toml`, each with its reason.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from importlib import resources
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["SOCIETIES", "VALUES", "Indicator", "Societies"]

Array = NDArray[np.float64]

#: The six values, in the order of all arrays.
VALUES = ("equity", "solidarity", "diversity", "self-management", "efficiency", "sustainability")


@dataclass(frozen=True)
class Indicator:
    """A number that stands for a value, and what is said for and against it.

    Attributes
    ----------
    name : str
        What it is called in code.
    value : str
        The value that it is meant to measure, one of `VALUES`.
    words, unit : str
        What is counted, and in what.
    worst, best : float
        The ends of its scale: a score of 0 and a score of 1. `best` may be the smaller number.
    advocate, critic : str
        The best reason for it and the best against it.
    """

    name: str
    value: str
    words: str
    unit: str
    worst: float
    best: float
    advocate: str = ""
    critic: str = ""

    def __post_init__(self) -> None:
        if self.value not in VALUES:
            raise ValueError(f"The indicator {self.name!r} measures {self.value!r}. Use one of {', '.join(VALUES)}.")
        if not (math.isfinite(self.worst) and math.isfinite(self.best)) or self.worst == self.best:
            raise ValueError(
                f"The scale of {self.name!r} goes from {self.worst:g} to {self.best:g}. Give two different numbers."
            )

    def score(self, figure: float) -> float:
        """Give the score of a figure: how far it lies from the worst end to the best, 0 to 1.

        Raises
        ------
        ValueError
            If it lies outside the scale.

        Examples
        --------
        >>> Indicator("gap", "equity", "richest to poorest", "times", worst=20, best=2).score(11)
        0.5
        """
        made = (figure - self.worst) / (self.best - self.worst)
        if not -1e-9 <= made <= 1 + 1e-9:  # this also stops what is no number
            raise ValueError(
                f"{self.name}: {figure:g} lies outside its scale from {self.worst:g} to {self.best:g}. "
                "Widen the scale's ends, or correct the figure."
            )
        return min(max(made, 0.0), 1.0)


@dataclass(frozen=True)
class Societies:
    """Several societies, measured by the same indicators.

    Attributes
    ----------
    names, about : tuple of str
        What each is called, and a few words about it.
    indicators : tuple of Indicator
        At least one for each of `VALUES`; the first of a value is used until another is chosen.
    figures : array
        One row a society, one column an indicator.
    """

    names: tuple[str, ...]
    about: tuple[str, ...]
    indicators: tuple[Indicator, ...]
    figures: Array

    def __post_init__(self) -> None:
        if not self.names or len(set(self.names)) != len(self.names):
            raise ValueError(f"The societies are called {list(self.names)}. Give one or more different names.")
        called = [one.name for one in self.indicators]
        if len(set(called)) != len(called):
            raise ValueError(f"The indicators are called {called}. Give each a name of its own.")
        missing = [value for value in VALUES if not self.measures(value)]
        if missing:
            raise ValueError(f"Nothing measures {missing[0]} yet. Add an indicator for it.")
        figures = np.array(self.figures, dtype=np.float64)
        if figures.shape != (len(self.names), len(self.indicators)) or len(self.about) != len(self.names):
            raise ValueError(
                f"The figures have shape {figures.shape}, for {len(self.names)} societies and "
                f"{len(self.indicators)} indicators. Give one row a society and one number an indicator."
            )
        for name, row in zip(self.names, figures, strict=True):
            for one, figure in zip(self.indicators, row, strict=True):
                try:
                    one.score(float(figure))
                except ValueError as error:
                    raise ValueError(f"{name}: {error}") from None
        figures.setflags(write=False)
        object.__setattr__(self, "figures", figures)

    def measures(self, value: str) -> tuple[Indicator, ...]:
        """List the indicators of a value."""
        return tuple(one for one in self.indicators if one.value == value)

    def chosen(self, indicators: Mapping[str, str] | None = None) -> tuple[Indicator, ...]:
        """Give one indicator for each of `VALUES`: those named, and the first one for the others.

        Raises
        ------
        ValueError
            If a value or an indicator is not known.
        """
        named = dict(indicators or {})
        unknown = [value for value in named if value not in VALUES]
        if unknown:
            raise ValueError(f"There is no value called {unknown[0]!r} here. The six are {', '.join(VALUES)}.")
        picked = []
        for value in VALUES:
            ours = self.measures(value)
            found = [one for one in ours if one.name == named.get(value, ours[0].name)]
            if not found:
                have = ", ".join(repr(one.name) for one in ours)
                raise ValueError(f"{value} can't be measured by {named[value]!r}. It can be measured by {have}.")
            picked.append(found[0])
        return tuple(picked)

    def scores(self, indicators: Mapping[str, str] | None = None) -> Array:
        """Give the scores, 0 to 1: one row a society, one column for each of `VALUES`.

        Examples
        --------
        >>> SOCIETIES.scores()[0].round(2)    # Alder
        array([0.5 , 0.4 , 0.85, 0.3 , 0.8 , 0.4 ])
        """
        picked = self.chosen(indicators)
        columns = [self.figures[:, self.indicators.index(one)] for one in picked]
        worst = np.array([one.worst for one in picked])
        best = np.array([one.best for one in picked])
        return np.asarray(np.clip((np.column_stack(columns) - worst) / (best - worst), 0, 1))

    def with_indicator(self, indicator: Indicator, figures: Sequence[float]) -> Societies:
        """Give the same societies with one more indicator, and a figure of it for each society.

        Examples
        --------
        >>> nights = Indicator("nights", "solidarity", "people who sit up with a sick neighbour", "%", 0, 100)
        >>> SOCIETIES.with_indicator(nights, [20, 40, 30, 70, 25]).scores({"solidarity": "nights"})[:, 1]
        array([0.2 , 0.4 , 0.3 , 0.7 , 0.25])
        """
        column = np.asarray(figures, dtype=np.float64)
        if column.shape != (len(self.names),):
            raise ValueError(
                f"{indicator.name!r} has figures of shape {column.shape}. Give one number each for "
                f"{', '.join(self.names)}."
            )
        return replace(self, indicators=(*self.indicators, indicator), figures=np.column_stack([self.figures, column]))

    def with_society(self, name: str, figures: Mapping[str, float], *, about: str = "") -> Societies:
        """Give the same societies and one more, with a figure for each indicator by name."""
        missing = [one.name for one in self.indicators if one.name not in figures]
        if missing:
            raise ValueError(f"{name} has no figure for {missing[0]!r}. Give one for every indicator.")
        row = [float(figures[one.name]) for one in self.indicators]
        return replace(
            self,
            names=(*self.names, name),
            about=(*self.about, about),
            figures=np.vstack([self.figures, row]),
        )


def _read(text: str) -> Societies:
    data: dict[str, Any] = tomllib.loads(text)
    indicators = tuple(Indicator(**entry) for entry in data["indicator"])
    places = data["society"]
    figures = np.array([[float(place["figures"][one.name]) for one in indicators] for place in places])
    return Societies(tuple(p["name"] for p in places), tuple(p["about"] for p in places), indicators, figures)


#: The five of lesson 01.
SOCIETIES = _read(resources.files("parecon_edu.values").joinpath("data/societies.toml").read_text(encoding="utf-8"))
