"""A field of rye beside the town, four people, and three rules for dividing what it bore."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["FIELD", "HARVEST_RULES", "Harvest", "divide", "nearest_rule"]

Array = NDArray[np.float64]

#: What a rule divides by: days worked, mouths at home, or what one put in (field, mule, seed).
HARVEST_RULES = ("days", "mouths", "put in")


@dataclass(frozen=True)
class Harvest:
    """Who worked, who is hungry, who put something in, and how many sacks there are.

    Attributes
    ----------
    names : tuple of str
        The people.
    days, mouths, put_in : tuple of float
        For each: days of work, people who eat at home, what it would cost to rent or buy what they put in.
    sacks : float
        What there is to divide.
    """

    names: tuple[str, ...]
    days: tuple[float, ...]
    mouths: tuple[float, ...]
    put_in: tuple[float, ...]
    sacks: float

    def __post_init__(self) -> None:
        if not self.names or len(set(self.names)) != len(self.names):
            raise ValueError(f"The people are called {list(self.names)}. Give one or more different names.")
        for field, numbers in (("days", self.days), ("mouths", self.mouths), ("put_in", self.put_in)):
            if len(numbers) != len(self.names):
                raise ValueError(f"{field} has {len(numbers)} numbers for {len(self.names)} people. Give one each.")
            for name, number in zip(self.names, numbers, strict=True):
                if not np.isfinite(number) or number < 0:
                    raise ValueError(f"{field} can't be {number:g} for {name}. Put 0 or more.")
        if not (np.isfinite(self.sacks) and self.sacks > 0):
            raise ValueError(f"There can't be {self.sacks:g} sacks. Put a number above 0.")


#: The four who keep Riverside's bakery, and their field. Dita owns the field (300 a year), Bo the mule (250); Amara
#: bought the seed (50). Dita has not worked: she broke her wrist in spring.
FIELD = Harvest(
    names=("Amara", "Bo", "Chen", "Dita"),
    days=(30, 20, 10, 0),
    mouths=(1, 2, 3, 4),
    put_in=(50, 250, 0, 300),
    sacks=120,
)


def divide(harvest: Harvest, rule: str) -> Array:
    """Divide a harvest by one rule.

    Parameters
    ----------
    harvest : Harvest
        What there is, and who had a part in it.
    rule : str
        One of `HARVEST_RULES`.

    Returns
    -------
    array
        Sacks for each, adding up to all.

    Raises
    ------
    ValueError
        If there is no such rule, or nobody has any of what it divides by.

    Examples
    --------
    >>> divide(FIELD, "days")
    array([60., 40., 20.,  0.])
    """
    if rule not in HARVEST_RULES:
        raise ValueError(f"There is no rule {rule!r}. Choose one of {', '.join(map(repr, HARVEST_RULES))}.")
    by = np.array({"days": harvest.days, "mouths": harvest.mouths, "put in": harvest.put_in}[rule], dtype=np.float64)
    if not by.any():
        raise ValueError(f"Nobody has any {rule}, so nothing can be divided by it. Use another rule.")
    return np.asarray(harvest.sacks * by / by.sum())


def nearest_rule(harvest: Harvest, split: ArrayLike | Sequence[float]) -> str:
    """Name the rule from which the fewest sacks would have to be carried to make it this split.

    Examples
    --------
    >>> nearest_rule(FIELD, [50, 40, 20, 10])
    'days'
    """
    mine = np.asarray(split, dtype=np.float64)
    if mine.shape != (len(harvest.names),):
        raise ValueError(f"The split has shape {mine.shape}. Give one number each for {', '.join(harvest.names)}.")
    return min(HARVEST_RULES, key=lambda rule: float(np.abs(divide(harvest, rule) - mine).sum()))
