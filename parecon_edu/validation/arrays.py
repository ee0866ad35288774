"""Checks at the edge: numbers come in from outside once, and are refused in plain words.

Every function here takes the field's name and the value, and gives back a frozen float64 (or integer) array,
or raises with the field, the value and the mend in its message.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from parecon_edu.validation.people import plain, show
from parecon_edu.validation.tables import distinct as distinct_names

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]
Namer = Callable[[int], str]

# Products and ratios of numbers beyond these would leave the range of float64, and every answer with it.
SMALLEST, LARGEST = 1e-60, 1e60


def frozen(values: NDArray[Any]) -> NDArray[Any]:
    """Return `values` as an array that nobody else can write to.

    An array that already owns its memory and is read-only is taken as it is, so that a large economy is not
    copied from year to year.
    """
    if values.flags.writeable or not values.flags.owndata:
        values = values.copy()
        values.flags.writeable = False
    return values


def numbers(name: str, value: Any, *, shape: tuple[int | None, ...], per: str) -> Floats:
    """Return `value` as a frozen float64 array of the wanted shape; which numbers will do, the field says.

    Parameters
    ----------
    name
        The field, for the message.
    value
        Anything array-like.
    shape
        The wanted length of each axis; None where any length above zero will do.
    per
        What one number stands for, for the message ("one number a good").

    Raises
    ------
    TypeError
        If these are not numbers; texts like "700" and True or False are none.
    ValueError
        If the shape is another, or there is nothing in it.
    """
    try:
        array = np.asarray(value)
    except ValueError:
        raise ValueError(
            f"{name} must have rows of equal length: you gave {show(value)}. Put {per} in every row."
        ) from None
    if array.size and array.dtype.kind not in "iuf":
        raise TypeError(f"{name} must be numbers, {per}: you gave {show(value)}. Use numbers only.")
    array = array.astype(np.float64, copy=False)
    if array.ndim != len(shape) or any(
        want is not None and got != want for got, want in zip(array.shape, shape, strict=True)
    ):
        wanted = " by ".join("any" if n is None else str(n) for n in shape)
        got = " by ".join(map(str, array.shape)) or "a single number"
        raise ValueError(f"{name} must have {per} (shape {wanted}), but it has shape {got}. Give it that shape.")
    if array.size == 0:
        raise ValueError(f"{name} is empty. Put {per}.")
    return frozen(array)


def indices(name: str, value: Any, *, shape: tuple[int | None, ...], low: int, high: int, per: str) -> Indices:
    """Return `value` as a frozen array of whole numbers from `low` to `high` - 1."""
    array = numbers(name, value, shape=shape, per=per)
    require(name, array, np.isfinite(array) & (array == np.rint(array)), "must be a whole number", "Put an index")
    inside = (array >= low) & (array < high)
    allowed = f"from 0 to {high - 1}" + (", or -1 where the place is empty" if low < 0 else "")
    require(name, array, inside, "is no good of this economy", f"Put an index {allowed}")
    return frozen(array.astype(np.intp))


def require(
    name: str, array: Floats, good: NDArray[np.bool_], trouble: str, mend: str, who: Namer | None = None
) -> None:
    """Raise a ValueError that names the first place where `good` is False."""
    if good.all():
        return
    place = tuple(int(i) for i in np.argwhere(~good)[0])
    named = (who(place[0]),) if who else (str(place[0]),)
    where = ", ".join(named + tuple(str(i) for i in place[1:]))
    raise ValueError(f"{name} {trouble}: {where} has {array[place]:g}. {mend}.")


def positive(name: str, array: Floats, who: Namer) -> None:
    """Refuse what is not a number above 0, between SMALLEST and LARGEST."""
    good = np.isfinite(array) & (array >= SMALLEST) & (array <= LARGEST)
    require(name, array, good, f"must be above 0 (and at most {LARGEST:g})", "Put a number above 0", who)


def not_negative(name: str, array: Floats, who: Namer) -> None:
    """Refuse what is not 0 or more, or is beyond LARGEST."""
    good = np.isfinite(array) & (array >= 0) & (array <= LARGEST)
    require(name, array, good, f"must be 0 or more (and at most {LARGEST:g})", "Put 0 or more", who)


def distinct(name: str, names: Sequence[str], count: int) -> tuple[str, ...]:
    """Return `names` as a tuple of `count` different names."""
    given = distinct_names(names, name)
    if len(given) != count:
        raise ValueError(f"{name} has {len(given)} names for {count}. Put one name each.")
    return given


def one_number(name: str, value: Any, *, low: float, high: float = np.inf, open_low: bool = False) -> float:
    """Return `value` as a float within [low, high], or (low, high] with `open_low`."""
    value = plain(value)
    if isinstance(value, bool) or not isinstance(value, (int, float, np.integer, np.floating)):
        raise TypeError(f"{name} must be a number, not {show(value)}. Put a single number.")
    number = float(value)
    if not (np.isfinite(number) and (number > low if open_low else number >= low) and number <= high):
        span = f"above {low:g}" if open_low else f"at least {low:g}"
        span += f" and at most {high:g}" if np.isfinite(high) else ""
        raise ValueError(f"{name} must be {span}, but it is {number:g}. Put a number in that range.")
    return number


def whole_number(name: str, value: Any, *, low: int) -> int:
    """Return `value` as an int of at least `low`."""
    value = plain(value)
    if isinstance(value, bool) or not isinstance(value, (int, np.integer)):
        raise TypeError(f"{name} must be a whole number, not {show(value)}. Put a whole number from {low} up.")
    if value < low:
        raise ValueError(f"{name} must be at least {low}, but it is {value}. Put a whole number from {low} up.")
    return int(value)
