"""How much work is necessary? What has to be made so that something is left over, and the labour that is in it."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from parecon_edu.validation.people import amount, number, show

Array = NDArray[np.float64]


def spectral_radius(A: ArrayLike) -> float:
    """Give the spectral radius of a technology: below 1, it makes more than it uses up.

    Parameters
    ----------
    A : array_like, (n, n)
        Column j: what one unit of good j uses up of each good. Zero or more.

    Returns
    -------
    float
        The largest absolute value of an eigenvalue. Orders passed on from supplier to supplier shrink by it a round.

    Raises
    ------
    TypeError, ValueError
        If `A` is not a square table of finite numbers, zero or more.

    Examples
    --------
    >>> spectral_radius([[0.2, 0.3], [0.4, 0.1]])
    0.5
    """
    technology = _square(A)
    return float(round(np.abs(np.linalg.eigvals(technology)).max(), 15))


def gross_output(A: ArrayLike, d: ArrayLike) -> Array:
    """Work out what has to be made of everything so that the final demand is left over.

    Parameters
    ----------
    A : array_like, (n, n)
        Column j: what one unit of good j uses up of each good.
    d : array_like, (n,)
        What is wanted in the end, in each good's own unit; zero or more.

    Returns
    -------
    ndarray, (n,)
        x = (I − A)⁻¹ d, so that x − A x = d.

    Raises
    ------
    TypeError, ValueError
        If they are not finite numbers, zero or more, of fitting shapes, or the technology uses up all that it makes.

    Notes
    -----
    Leontief (1941). It is a sum of rounds: what is wanted, what that uses up, what that uses up, …; Soviet planners'
    material balances took a few of these rounds by hand (Montias 1959).

    Examples
    --------
    >>> gross_output([[0.2, 0.3], [0.4, 0.1]], [50, 30]).round(4).tolist()
    [90.0, 73.3333]
    """
    technology = _square(A)
    wanted = _row(d, "Final demand", len(technology))
    _viable(technology)
    made: Array = np.maximum(np.linalg.solve(np.eye(len(technology)) - technology, wanted), 0.0)
    return made


def labour_values(A: ArrayLike, l: ArrayLike) -> Array:  # noqa: E741
    """Work out the labour in one unit of each good, with the labour in all that it uses up.

    Parameters
    ----------
    A : array_like, (n, n)
        Column j: what one unit of good j uses up of each good.
    l : array_like, (n,)
        Hours (or pay) that one unit of each good takes directly; zero or more.

    Returns
    -------
    ndarray, (n,)
        v = l (I − A)⁻¹. The labour in what is left over is all the labour there is: v·d = l·x.

    Raises
    ------
    TypeError, ValueError
        As for `gross_output`.

    Examples
    --------
    >>> labour_values([[0.2, 0.3], [0.4, 0.1]], [0.5, 0.25]).round(4).tolist()
    [0.9167, 0.5833]
    """
    technology = _square(A)
    direct = _row(l, "Direct labour", len(technology))
    _viable(technology)
    values: Array = np.maximum(np.linalg.solve((np.eye(len(technology)) - technology).T, direct), 0.0)
    return values


def surplus(A: ArrayLike, x: ArrayLike, *, wages: ArrayLike) -> Array:
    """Give what is left of an output once everything used up, and everybody's keep, has been replaced.

    Parameters
    ----------
    A : array_like, (n, n)
        Column j: what one unit of good j uses up of each good.
    x : array_like, (n,)
        What is made of each good; zero or more.
    wages : array_like, (n,)
        What those who work need of each good to live, in all; zero or more.

    Returns
    -------
    ndarray, (n,)
        x − A x − wages: a row of goods, not a sum of money; below 0 where stocks are run down.

    Raises
    ------
    TypeError, ValueError
        If they are not finite numbers, zero or more, of fitting shapes.

    Notes
    -----
    The replacement fund (A x and wages) and the surplus product are this course's seed 002's words (Miller 2021).

    Examples
    --------
    >>> surplus([[0.2, 0.3], [0.4, 0.1]], [90, 80], wages=[20, 30]).tolist()
    [28.0, 6.0]
    """
    technology = _square(A)
    made = _row(x, "Output", len(technology))
    return made - technology @ made - _row(wages, "Wages", len(technology))


def weeks_of_work(
    A: ArrayLike,
    l: ArrayLike,  # noqa: E741
    basket: ArrayLike,
    *,
    week: float = 40.0,
    workers: float = 0.5,
    growth: float = 0.0,
    years: float = 0.0,
) -> float:
    """Work out how many weeks a year everybody who works has to, so that everybody gets a basket.

    Parameters
    ----------
    A : array_like, (n, n)
        Column j: what one unit of good j uses up of each good.
    l : array_like, (n,)
        Hours that one unit of each good takes directly.
    basket : array_like, (n,)
        What each person gets of each good in a year, public goods and what is put by included.
    week : float
        Hours in a week of work; above 0.
    workers : float
        The share of people who work, above 0 up to 1.
    growth : float
        By how much output an hour grows a year: .02 is two per cent; above -1.
    years : float
        After how many years; zero or more.

    Returns
    -------
    float
        v·basket / (workers · week · (1 + growth) ** years), with v from `labour_values`. More than 52 cannot be done.

    Raises
    ------
    TypeError, ValueError
        If a number is out of its range, or the technology uses up all that it makes.

    Notes
    -----
    Seed 002's "five months a year" is about 16.7 hours a week. Published estimates run from 18 hours (decent living) to
    53 (a UK "good life") by one method (McElroy & O'Neill): the basket decides.

    Examples
    --------
    >>> A, l = [[0.2, 0.3], [0.4, 0.1]], [0.5, 0.25]
    >>> round(weeks_of_work(A, l, [400, 240], week=40, workers=0.5), 2)
    25.33
    """
    technology = _square(A)
    wanted = _row(basket, "The basket", len(technology))
    hours = amount(week, "The week", mend="Put the hours in a week of work, such as 40.")
    share = amount(workers, "The share who work", high=1.0)
    pace = amount(growth, "Growth", low=-1.0, mend="Put a share, such as 0.02.")
    after = amount(years, "Years")
    for value, field in ((hours, "The week"), (share, "The share who work"), (1 + pace, "What growth leaves")):
        if value == 0:
            raise ValueError(f"{field} can't be 0: nobody would make anything. Put a number above 0.")
    return float(labour_values(A, l) @ wanted / (share * hours * (1 + pace) ** after))


def _viable(technology: Array) -> None:
    radius = spectral_radius(technology)
    if radius >= 1 - 1e-12:
        raise ValueError(
            f"This economy uses up all that it makes, or more: the spectral radius of A is {number(radius)}, and it "
            f"has to be below 1. Lower some entries of A."
        )


def _square(A: ArrayLike) -> Array:
    given = _numbers(A, "A")
    if given.ndim != 2 or given.shape[0] != given.shape[1] or not given.size:
        shape = " by ".join(map(str, given.shape)) or "a single number"
        raise ValueError(f"A must have as many rows as columns: you gave {shape}. Give one of each a good.")
    return _ranged(given, "A")


def _row(values: ArrayLike, field: str, goods: int) -> Array:
    given = _numbers(values, field)
    if given.shape != (goods,):
        shape = " by ".join(map(str, given.shape)) or "a single number"
        raise ValueError(f"{field} must have one number for each of {goods} goods: you gave {shape}. Give {goods}.")
    return _ranged(given, field)


def _numbers(values: Any, field: str) -> NDArray[Any]:
    try:
        given = np.asarray(values)
    except ValueError:
        raise ValueError(
            f"{field} must have rows of equal length: you gave {show(values)}. Give one number for each good."
        ) from None
    if given.dtype.kind not in "iuf":
        raise TypeError(f"{field} must be numbers: you gave {show(values)}. Use numbers only.")
    return given


def _ranged(given: NDArray[Any], field: str) -> Array:
    numbers = given.astype(np.float64)
    for wrong, fault in ((~np.isfinite(numbers), "must be finite numbers"), (numbers < 0, "can't be negative")):
        if wrong.any():
            place = tuple(int(index[0]) for index in np.nonzero(wrong))
            where = f"row {place[0]}, column {place[1]}" if len(place) == 2 else f"good {place[0]}"
            raise ValueError(
                f"{field} {fault}: {where} (counted from 0) has {number(float(numbers[place]))}. "
                f"Put a number that is zero or more."
            )
    return numbers
