"""Front doors: who lives behind each, and what a proposal would do to them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from parecon_edu.validation.people import Array, names_of, number, row, show, vector


@dataclass(frozen=True, eq=False, init=False)
class Doors:
    """Front doors along a street, and what a proposal means behind each.

    Everybody behind one door is affected alike and votes alike.

    Parameters
    ----------
    adults : array_like, (n,)
        How many grown-ups live there; whole numbers, one or more.
    effect : array_like, (n,)
        What the proposal does to each adult, in evenings a month: 6 means "I would give up six free evenings a month
        to have it", -4 "I would give up four to be rid of it", 0 "it is nothing to me".
    other : array_like, (n,), optional
        How much the other matter on this year's list means to each adult, in the same unit, without a sign; none if
        left out.
    tied : array_like, (n,), optional
        The chance, 0 to 1, that an evening meeting finds the people behind this door unable to come; 0 if left out.
    names : sequence of str, optional
        Distinct names; "door 1", "door 2", … if left out.

    Raises
    ------
    TypeError
        If a field is not a row of numbers, or `names` not text.
    ValueError
        If a field is empty, not finite, out of its range, or not as long as `adults`, or if names repeat.

    Examples
    --------
    >>> street = Doors([2, 1], [6, -4], names=("Bo", "Ines"))
    >>> len(street), street.names
    (2, ('Bo', 'Ines'))
    """

    adults: Array
    effect: Array
    other: Array
    tied: Array
    names: tuple[str, ...]

    def __init__(
        self,
        adults: ArrayLike,
        effect: ArrayLike,
        other: ArrayLike | None = None,
        tied: ArrayLike | None = None,
        names: Sequence[str] = (),
    ) -> None:
        n = row(adults, "Adults").size
        names = names_of(names, n, one="door", many="doors")
        checked = {
            "adults": vector(adults, "Adults", names=names, mend="Put 1 or more for {who}."),
            "effect": _signed(effect, names),
            "other": vector(np.zeros(n) if other is None else other, "The other matter", names=names),
            "tied": vector(np.zeros(n) if tied is None else tied, "Being tied", names=names),
        }
        for field, values in checked.items():
            if values.size != n:
                raise ValueError(
                    f"{field.capitalize()} must have one value for each door: adults has {n}, {field} has "
                    f"{values.size}. Give {n} values, in the same order as adults."
                )
        for name, people, chance in zip(names, checked["adults"], checked["tied"], strict=True):
            if people < 1 or people != round(people):
                raise ValueError(f"Adults must be whole numbers: {name} has {number(people)}. Put 1, 2, 3 or more.")
            if chance > 1:
                raise ValueError(f"Being tied is a chance: {name} has {number(chance)}. Put a number between 0 and 1.")
        object.__setattr__(self, "names", names)
        for field, values in checked.items():
            object.__setattr__(self, field, values)

    def __len__(self) -> int:
        return int(self.adults.size)


def known(doors: Doors) -> None:
    """Refuse anything but doors, and say how to make them."""
    if not isinstance(doors, Doors):
        raise TypeError(f"Doors must be made with Doors(...): you gave {show(doors)}. Try decisions.NIGHT_BUS.")


def _signed(values: ArrayLike, names: Sequence[str]) -> Array:
    """One finite number a door, gains above and losses below zero."""
    given = row(values, "Effect")
    if given.dtype.kind not in "iuf":
        raise TypeError(f"Effect must be numbers, one for each door: you gave {show(values)}. Use numbers only.")
    numbers: Array = given.astype(np.float64)
    wrong = np.flatnonzero(~np.isfinite(numbers))
    if wrong.size:
        who = names[wrong[0]] if wrong[0] < len(names) else f"number {wrong[0] + 1}"
        raise ValueError(
            f"Effect must be finite numbers: {who} has {number(numbers[wrong[0]])}. "
            "Put what the proposal is worth to one adult, minus for a loss."
        )
    numbers.flags.writeable = False
    return numbers
