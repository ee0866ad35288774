"""What a function asks of names and of tables with a row a name, and how it says so when they don't fit."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from parecon_edu.validation.people import different, number, show

Array = NDArray[np.float64]
Truths = NDArray[np.bool_]


def distinct(names: Sequence[str], field: str) -> tuple[str, ...]:
    """Return names as a tuple, if they are text and all different.

    Examples
    --------
    >>> distinct(["bake", "bake"], "Tasks")
    Traceback (most recent call last):
        ...
    ValueError: Tasks must be distinct: 'bake' comes up 2 times. Rename one of them.
    """
    one = field[:-1].lower()
    if isinstance(names, str) or not isinstance(names, Sequence | np.ndarray):
        raise TypeError(
            f"{field} must be a list of names: you gave {show(names)}. Try ['first {one}', 'second {one}']."
        )
    given = tuple(names)
    if not given:
        raise ValueError(f"{field} is empty: you gave {show(names)}. Name at least one {one}.")
    for name in given:
        if not isinstance(name, str):
            raise TypeError(f"{field} must have text for names: you gave {show(name)}. Put it in quotation marks.")
        if not name.strip():
            raise ValueError(f"{field} must have names that can be read: you gave {show(name)}. Name every {one}.")
    different(given, field)
    return tuple(str(name) for name in given)


def positive(values: ArrayLike, field: str, *, names: Sequence[str]) -> Array:
    """Return one number above 0 for each name.

    Examples
    --------
    >>> positive([10, 0], "Task hours", names=["bake", "clean"])
    Traceback (most recent call last):
        ...
    ValueError: Task hours must be above 0: 'clean' has 0. Put how many hours there are, or leave 'clean' out.
    """
    given = _numbers(values, field, shape=(len(names),), example=f"one number for each of {listed(names)}")
    for name, value in zip(names, given, strict=True):
        if not np.isfinite(value):
            raise ValueError(
                f"{field} must be finite numbers: {name!r} has {number(float(value))}. Put how many hours there are."
            )
        if value <= 0:
            must = "must be above 0" if value == 0 else "can't be negative"
            raise ValueError(
                f"{field} {must}: {name!r} has "
                f"{number(float(value))}. Put how many hours there are, or leave {name!r} out."
            )
    return given


def table(
    values: ArrayLike,
    field: str,
    *,
    rows: Sequence[str],
    columns: Sequence[str] | None = None,
    mend: str,
    negative: bool = True,
) -> Array:
    """Return a table with a row for each name, and a column for each of `columns` (if given; else at least one).

    Examples
    --------
    >>> table([[8, 2], [1, float("nan")]], "Ratings", rows=["bake", "clean"], mend="Rate every task.")
    Traceback (most recent call last):
        ...
    ValueError: Ratings must be finite numbers: 'clean' has not a number (NaN) in column 1. Rate every task.
    """
    wide = None if columns is None else len(columns)
    what = (
        "a row for each of " + listed(rows) + ("" if columns is None else ", a column for each of " + listed(columns))
    )
    given = _numbers(values, field, shape=(len(rows), wide), example=what)
    wrong = ~np.isfinite(given) if negative else ~(np.isfinite(given) & (given >= 0))
    if wrong.any():
        row, column = (int(index[0]) for index in np.nonzero(wrong))
        place = f"in column {column}" if columns is None else f"for {columns[column]!r}"
        value = float(given[row, column])
        must = "can't be negative" if np.isfinite(value) else "must be finite numbers"
        raise ValueError(f"{field} {must}: {rows[row]!r} has {number(value)} {place}. {mend}")
    return given


def truths(values: ArrayLike | None, field: str, *, rows: Sequence[str], columns: Sequence[str]) -> Truths:
    """Return a table of True and False; all True if nothing was given.

    Examples
    --------
    >>> truths([[1, 2]], "Qualified", rows=["Bo"], columns=["bake", "clean"])
    Traceback (most recent call last):
        ...
    ValueError: Qualified must be True or False: 'Bo' has 2 for 'clean'. Put False where somebody can't do a task.
    """
    shape = (len(rows), len(columns))
    if values is None:
        result = np.ones(shape, dtype=np.bool_)
    else:
        what = f"a row for each of {listed(rows)}, a column for each of {listed(columns)}"
        given = _numbers(values, field, shape=shape, example=what, truths=True)
        wrong = (given != 0) & (given != 1)
        if wrong.any():
            row, column = (int(index[0]) for index in np.nonzero(wrong))
            raise ValueError(
                f"{field} must be True or False: {rows[row]!r} has {number(float(given[row, column]))} for "
                f"{columns[column]!r}. Put False where somebody can't do a task."
            )
        result = given.astype(np.bool_)
    result.flags.writeable = False
    return result


def listed(names: Sequence[str], *, most: int = 4) -> str:
    """Name a few things in a row: 'bake', 'clean' and 3 more.

    Examples
    --------
    >>> listed(["bake", "clean"]), listed(list("abcdef"))
    ("'bake' and 'clean'", "'a', 'b', 'c', 'd' and 2 more")
    """
    shown = [repr(name) for name in names[:most]]
    if len(names) > most:
        shown.append(f"{len(names) - most} more")
    return " and ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)


def _numbers(
    values: Any, field: str, *, shape: tuple[int | None, ...], example: str, truths: bool = False
) -> NDArray[np.float64]:
    try:
        given = np.asarray(values)
    except ValueError:
        raise ValueError(f"{field} must have rows of equal length: you gave {show(values)}. Give {example}.") from None
    if given.dtype.kind not in ("biuf" if truths else "iuf"):
        kind = "True or False" if truths else "numbers"
        raise TypeError(f"{field} must be {kind}: you gave {show(values)}. Give {example}.")
    fits = given.ndim == len(shape) and all(
        wanted is None or side == wanted for side, wanted in zip(given.shape, shape, strict=True)
    )
    if not fits or given.size == 0:
        size = "a single value" if given.ndim == 0 else " by ".join(str(side) for side in given.shape)
        raise ValueError(f"{field} has the wrong shape: you gave {size}. Give {example}.")
    result = given.astype(np.float64)
    result.flags.writeable = False
    return result
