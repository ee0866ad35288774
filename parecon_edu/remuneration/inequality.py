"""How unequal a set of incomes is: Gini, Lorenz curve, top share, decile ratio, highest to lowest."""

import numpy as np
from numpy.typing import ArrayLike

from parecon_edu.validation.people import Array, amount, vector


def gini(x: ArrayLike) -> float:
    r"""Gini coefficient: how far apart two people drawn at random are, as a share of twice the mean.

    Parameters
    ----------
    x : array_like, (n,)
        Incomes, in any unit, zero or more.

    Returns
    -------
    float
        0 when everybody has the same (also when everybody has nothing), :math:`1 - 1/n` when one person has all.

    Raises
    ------
    TypeError, ValueError
        If `x` is not a row of finite numbers, zero or more, or is empty.

    Notes
    -----
    Population formula, :math:`\sum_i \sum_j |x_i - x_j| / (2 n^2 \bar x)` (Gini 1912). The sum runs over the ordered
    values from both ends at once, so that no rounding can make it negative.

    Examples
    --------
    >>> gini([0, 0, 0, 10])
    0.75
    >>> gini([7, 7, 7])
    0.0
    """
    ordered = np.sort(vector(x, "Income"))
    if ordered[-1] == 0:
        return 0.0
    ordered = ordered / ordered[-1]
    n = ordered.size
    weights = n + 1 - 2 * np.arange(1, n + 1)
    return float(weights @ (ordered[::-1] - ordered) / (2 * n * ordered.sum()))


def lorenz(x: ArrayLike) -> tuple[Array, Array]:
    """Lorenz curve: the share of all income that the poorest part of the people has.

    Parameters
    ----------
    x : array_like, (n,)
        Incomes, in any unit, zero or more.

    Returns
    -------
    population, share : ndarray, (n + 1,)
        Points from (0, 0) to (1, 1). When everybody has nothing, everybody has the same: the diagonal.

    Raises
    ------
    TypeError, ValueError
        As for `gini`.

    Notes
    -----
    Lorenz (1905). Twice the area between this curve and the diagonal is `gini`.

    Examples
    --------
    >>> population, share = lorenz([3, 1])
    >>> population.tolist(), share.tolist()
    ([0.0, 0.5, 1.0], [0.0, 0.25, 1.0])
    """
    ordered = np.sort(vector(x, "Income"))
    population = np.linspace(0.0, 1.0, ordered.size + 1)
    if ordered[-1] == 0:
        return population, population.copy()
    share = np.concatenate(([0.0], np.cumsum(ordered / ordered[-1])))
    return population, share / share[-1]


def top_share(x: ArrayLike, *, top: float = 0.1) -> float:
    """Share of all income that goes to the richest part of the people.

    Parameters
    ----------
    x : array_like, (n,)
        Incomes, zero or more.
    top : float
        The part that counts as rich, 0 to 1: .1 is the top tenth. Read off the Lorenz curve, so that it also has a
        meaning for four people.

    Returns
    -------
    float
        Between `top` (everybody alike) and 1.

    Examples
    --------
    >>> round(top_share([1, 1, 1, 7], top=0.25), 12)
    0.7
    """
    top = amount(top, "The top part of the people", high=1.0)
    population, share = lorenz(x)
    return float(1.0 - np.interp(1.0 - top, population, share))


def d9_d1(x: ArrayLike) -> float:
    """Ratio of the ninth decile to the first: income that nine tenths stay under, over what one tenth stays under.

    Returns
    -------
    float
        1 when everybody has the same; infinity when a tenth have nothing and others have something. Deciles between
        two people are read off the straight line between them, so with few people the figure is a rough one.

    Examples
    --------
    >>> d9_d1([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])
    5.0
    """
    first, ninth = np.quantile(vector(x, "Income"), [0.1, 0.9])
    return _ratio(float(ninth), float(first))


def highest_to_lowest(x: ArrayLike) -> float:
    """Ratio of the highest income to the lowest; infinity when somebody has nothing and another has something.

    Examples
    --------
    >>> highest_to_lowest([300, 200, 600])
    3.0
    >>> highest_to_lowest([0, 1])
    inf
    """
    incomes = vector(x, "Income")
    return _ratio(float(incomes.max()), float(incomes.min()))


def _ratio(high: float, low: float) -> float:
    if high == low:
        return 1.0
    # A quotient of a subnormal number overflows; infinity is what it means.
    return high / low if low > high / np.finfo(float).max else float("inf")


def correlation(x: ArrayLike, y: ArrayLike) -> float | None:
    """Pearson's correlation of two rows of numbers, or None where it has no meaning (one of them does not vary).

    Returns
    -------
    float or None
        From -1 to 1. None, not 0, if everybody has the same `x` or the same `y`: nothing can move together then.

    Raises
    ------
    TypeError, ValueError
        If the rows are not numbers, zero or more, or are not of equal length.

    Examples
    --------
    >>> correlation([1, 2, 3], [2, 4, 6])
    1.0
    >>> correlation([1, 2, 3], [5, 5, 5]) is None
    True
    """
    first, second = vector(x, "The first row"), vector(y, "The second row")
    if first.size != second.size:
        raise ValueError(
            f"The second row must be as long as the first: the first has {first.size} numbers and the second "
            f"{second.size}. Give one pair for each person."
        )
    if np.ptp(first) == 0 or np.ptp(second) == 0:
        return None
    first, second = first / first.max(), second / second.max()
    a, b = first - first.mean(), second - second.mean()
    a, b = a / np.abs(a).max(), b / np.abs(b).max()
    return float(np.clip(a @ b / np.sqrt((a @ a) * (b @ b)), -1.0, 1.0))
