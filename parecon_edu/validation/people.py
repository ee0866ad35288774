"""What a function asks of one number, one number a person, or their names, and how it says so when they don't fit."""

from collections import Counter
from collections.abc import Sequence
from numbers import Integral, Real
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]


def vector(values: ArrayLike, field: str, *, names: Sequence[str] | None = None, mend: str = "") -> Array:
    """Return one finite number, zero or more, for each person.

    Parameters
    ----------
    values : array_like, (n,)
        The numbers as the learner gave them.
    field : str
        What they are, as the first words of a sentence ("Hours").
    names : sequence of str, optional
        Who they belong to, so that a message can name the person.
    mend : str, optional
        What to do about a negative number; ``{who}`` stands for the person.

    Returns
    -------
    ndarray, (n,), float64
        A new array, read-only.

    Raises
    ------
    TypeError
        If the values are not numbers.
    ValueError
        If they are empty, not in one row, not finite, or negative.

    Examples
    --------
    >>> vector([40, -3], "Hours", names=("Bo", "Chen"), mend="Put 0 if {who} did not work.")
    Traceback (most recent call last):
        ...
    ValueError: Hours can't be negative: Chen has -3. Put 0 if Chen did not work.
    """
    given = row(values, field)
    if given.dtype.kind not in "iuf":
        raise TypeError(f"{field} must be numbers, one for each person: you gave {show(values)}. Use numbers only.")
    numbers = given.astype(np.float64)
    for wrong, fault in ((~np.isfinite(numbers), "finite numbers"), (numbers < 0, "zero or more")):
        if wrong.any():
            index = int(np.flatnonzero(wrong)[0])
            who = names[index] if names is not None and index < len(names) else f"number {index + 1}"
            advice = mend.format(who=who) if mend else "Put a number that is zero or more."
            if fault == "zero or more":
                raise ValueError(f"{field} can't be negative: {who} has {number(numbers[index])}. {advice}")
            raise ValueError(
                f"{field} must be finite numbers: {who} has {number(numbers[index])}. "
                f"Put a number that can be counted, or leave {who} out."
            )
    numbers.flags.writeable = False
    return numbers


def names_of(given: Sequence[str], n: int, *, one: str, many: str) -> tuple[str, ...]:
    """Return a distinct name for each of n people (or doors); "person 1", "person 2", … if none are given.

    Examples
    --------
    >>> names_of((), 2, one="person", many="people")
    ('person 1', 'person 2')
    >>> names_of(("Amara", "Bo"), 3, one="person", many="people")
    Traceback (most recent call last):
        ...
    ValueError: Names must be one for each person: there are 3 people and 2 names. Match them.
    """
    if isinstance(given, str) or not isinstance(given, Sequence | np.ndarray):
        raise TypeError(f"Names must be a list of texts: you gave {show(given)}. Try ('Amara', 'Bo').")
    names = tuple(given) or tuple(f"{one} {i}" for i in range(1, n + 1))
    for name in names:
        if not isinstance(name, str):
            raise TypeError(f"Names must be text: you gave {show(name)}. Put it in quotation marks.")
    different(names, "Names")
    if len(names) != n:
        raise ValueError(f"Names must be one for each {one}: there are {n} {many} and {len(names)} names. Match them.")
    return tuple(str(name) for name in names)


def different(names: Sequence[str], field: str) -> None:
    """Refuse names of which one comes up twice, and say which.

    Examples
    --------
    >>> different(["bake", "bake"], "Tasks")
    Traceback (most recent call last):
        ...
    ValueError: Tasks must be distinct: 'bake' comes up 2 times. Rename one of them.
    """
    name, times = Counter(names).most_common(1)[0] if names else ("", 0)
    if times > 1:
        raise ValueError(f"{field} must be distinct: {name!r} comes up {times} times. Rename one of them.")


def row(values: object, field: str, *, numbers: bool = True) -> NDArray[Any]:
    """Return the values as a one-dimensional array that is not empty, whatever their type.

    With `numbers` False the example in a message is a list of texts.

    Examples
    --------
    >>> row([], "Hours")
    Traceback (most recent call last):
        ...
    ValueError: Hours is empty: you gave []. Give one value for each person.
    """
    example = "[40, 30, 20]" if numbers else "['bakery', 'bakery', 'mill']"
    try:
        given = np.asarray(values)
    except ValueError:
        raise ValueError(
            f"{field} must be one row of values, one for each person: you gave rows of unequal length, {show(values)}. "
            f"Give a flat list, such as {example}."
        ) from None
    if given.ndim != 1:
        if given.dtype.kind not in "iufb":
            raise TypeError(f"{field} must be a list of numbers: you gave {show(values)}. Try {example}.")
        shape = "a single number" if given.ndim == 0 else " by ".join(str(side) for side in given.shape)
        raise ValueError(
            f"{field} must be one row of values, one for each person: you gave {shape}. "
            f"Give a flat list, such as {example}."
        )
    if given.size == 0:
        raise ValueError(f"{field} is empty: you gave []. Give one value for each person.")
    return given


def amount(value: float, field: str, *, low: float = 0.0, high: float = np.inf, mend: str = "") -> float:
    """Return one finite number between two bounds (bounds included).

    Examples
    --------
    >>> amount(1.4, "The share of insiders", high=1)
    Traceback (most recent call last):
        ...
    ValueError: The share of insiders must lie between 0 and 1: you gave 1.4. Put a number between 0 and 1.
    """
    value = plain(value)
    if isinstance(value, bool | np.bool_) or not isinstance(value, Real):
        raise TypeError(
            f"{field} must be a single number: you gave {show(value)}. Put a number, such as {number(low)}."
        )
    single = float(value)
    if not np.isfinite(single):
        raise ValueError(
            f"{field} must be a finite number: you gave {number(single)}. Put a number that can be counted."
        )
    if not low <= single <= high:
        bounds = f"lie between {number(low)} and {number(high)}" if np.isfinite(high) else f"be {number(low)} or more"
        between = f"between {number(low)} and {number(high)}" if np.isfinite(high) else f"of {number(low)} or more"
        raise ValueError(f"{field} must {bounds}: you gave {number(single)}. {mend or f'Put a number {between}.'}")
    return single


def above(value: float, field: str, *, low: float = 0.0, high: float = np.inf, mend: str = "") -> float:
    """Return one finite number above `low`, and at most `high`.

    Examples
    --------
    >>> above(0, "The slope of demand")
    Traceback (most recent call last):
        ...
    ValueError: The slope of demand must be above 0: you gave 0. Put a number above 0.
    """
    single = amount(value, field, low=low, high=high, mend=mend)
    if single == low:
        mend = mend or f"Put a number above {number(low)}."
        raise ValueError(f"{field} must be above {number(low)}: you gave {number(low)}. {mend}")
    return single


def count(value: int, field: str, *, low: int = 0) -> int:
    """Return a whole number that is not below `low`.

    Examples
    --------
    >>> count(2.5, "Rounds")
    Traceback (most recent call last):
        ...
    TypeError: Rounds must be a whole number: you gave 2.5. Put a whole number, such as 0.
    """
    value = plain(value)
    if isinstance(value, bool | np.bool_) or not isinstance(value, Integral):
        raise TypeError(f"{field} must be a whole number: you gave {show(value)}. Put a whole number, such as {low}.")
    if value < low:
        raise ValueError(f"{field} must be {low} or more: you gave {value}. Put a whole number from {low} up.")
    return int(value)


def plain(value: Any) -> Any:
    """Return what an array without axes holds, and everything else as it is.

    Examples
    --------
    >>> plain(np.array(0.5)), plain([1])
    (0.5, [1])
    """
    return value.item() if isinstance(value, np.ndarray) and value.ndim == 0 else value


def number(value: float) -> str:
    """Write a number the way a person would: -3, not -3.0.

    Examples
    --------
    >>> number(-3.0), number(0.25), number(float("nan")), number(float("inf"))
    ('-3', '0.25', 'not a number (NaN)', 'infinity')
    """
    if np.isnan(value):
        return "not a number (NaN)"
    if np.isinf(value):
        return "infinity" if value > 0 else "minus infinity"
    return f"{value:.10g}"


def show(value: object, *, limit: int = 40) -> str:
    """Quote a value in a message, cut short if it is long."""
    text = repr(value)
    return text if len(text) <= limit else f"{text[: limit - 3]}..."
