"""Six values, measured, weighed and added up: which society comes first, and for how many ways of weighing.

Adding up weighted scores is the additive form of multi-attribute value theory (Keeney & Raiffa 1976, *Decisions with
Multiple Objectives*). Scores between fixed ends and, since 2010, a product of them are how the Human Development Index
is made (UNDP, technical notes).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from parecon_edu.validation.people import row, show
from parecon_edu.values.societies import VALUES, Societies

__all__ = ["WAYS", "first_shares", "leading_weights", "order", "shares", "totals"]

Array = NDArray[np.float64]

#: Ways to make one number out of six scores.
WAYS = ("sum", "product", "weakest")

# A lead smaller than this is a tie: the linear program's own precision is about 1e-9.
_TIE = 1e-7


def shares(weights: Mapping[str, float] | ArrayLike) -> Array:
    """Turn weights into shares that add up to 1.

    Parameters
    ----------
    weights : mapping or array, shape (6,)
        Points for each of `VALUES`, in their order or by name; any sum. What a mapping does not name gets 0.

    Returns
    -------
    array, shape (6,)

    Raises
    ------
    TypeError
        If the weights are not numbers.
    ValueError
        If a weight is negative or not finite, a name is unknown, or nothing weighs anything.

    Examples
    --------
    >>> shares({"equity": 30, "solidarity": 10})
    array([0.75, 0.25, 0.  , 0.  , 0.  , 0.  ])
    """
    if isinstance(weights, Mapping):
        unknown = [name for name in weights if name not in VALUES]
        if unknown:
            raise ValueError(f"There is no value called {unknown[0]!r} here. The six are {', '.join(VALUES)}.")
        weights = [weights.get(name, 0.0) for name in VALUES]
    given = row(weights, "Weights")
    if given.dtype.kind not in "iuf":
        raise TypeError(f"Weights must be numbers: you gave {show(weights)}. Put points from 0 up for each value.")
    if given.shape != (len(VALUES),):
        raise ValueError(f"Weights has shape {given.shape}. Give six numbers, one each for {', '.join(VALUES)}.")
    for name, weight in zip(VALUES, given, strict=True):
        if not np.isfinite(weight) or weight < 0:
            raise ValueError(f"The weight of {name} can't be {weight:g}. Put 0 if it should not count, or more.")
    if not given.any():
        raise ValueError("All six weights are 0, so nothing counts. Give at least one value a weight above 0.")
    return np.asarray(given / given.sum())


def totals(
    societies: Societies,
    weights: Mapping[str, float] | ArrayLike,
    *,
    indicators: Mapping[str, str] | None = None,
    how: str = "sum",
) -> Array:
    """Make one number for each society out of its six scores.

    Parameters
    ----------
    societies : Societies
        Who is compared.
    weights : mapping or array, shape (6,)
        How much each value counts; see `shares`.
    indicators : mapping, optional
        For a value, the name of the indicator that measures it; the first one where nothing is said.
    how : str
        One of `WAYS`. "sum": weighted scores are added, so that one value can make up for another. "product": scores
        are raised to their weights and multiplied, so that the lower a score the harder it is to make up for.
        "weakest": the lowest score among the values that have any weight; nothing makes up for it.

    Returns
    -------
    array
        One number a society, 0 to 1.

    Raises
    ------
    ValueError
        If weights, an indicator or `how` are not what they should be.

    Examples
    --------
    >>> from parecon_edu.values import SOCIETIES
    >>> totals(SOCIETIES, {"efficiency": 1}).round(2)
    array([0.8 , 0.38, 0.56, 0.18, 0.9 ])
    """
    return _one_number(societies.scores(indicators), shares(weights), how)


def _one_number(scores: Array, weights: Array, how: str) -> Array:
    if how not in WAYS:
        raise ValueError(f"Scores can't be put together by {how!r}. Choose one of {', '.join(map(repr, WAYS))}.")
    if how == "sum":
        return np.asarray(scores @ weights)
    if how == "product":
        return np.asarray(np.prod(scores**weights, axis=1))  # 0 to the power 0 is 1: what does not count is not missed
    return np.asarray(scores[:, weights > 0].min(axis=1))


def order(
    societies: Societies,
    weights: Mapping[str, float] | ArrayLike,
    *,
    indicators: Mapping[str, str] | None = None,
    how: str = "sum",
) -> tuple[str, ...]:
    """Name the societies from the first to the last; equals stand in their own order.

    Examples
    --------
    >>> from parecon_edu.values import SOCIETIES
    >>> order(SOCIETIES, [1, 1, 1, 1, 1, 1])
    ('Birch', 'Dogwood', 'Elm', 'Alder', 'Cedar')
    """
    # Rounded, so that what is equal on paper is not told apart by the computer's last digit.
    made = totals(societies, weights, indicators=indicators, how=how).round(9)
    return tuple(societies.names[i] for i in np.argsort(-made, kind="stable"))


def first_shares(
    societies: Societies,
    *,
    indicators: Mapping[str, str] | None = None,
    how: str = "sum",
    draws: int = 10_000,
    seed: int = 1,
) -> Array:
    """Give the share of all ways of weighing in which each society comes first.

    Weights are drawn by lot, every split of the weight being as likely as every other (a flat Dirichlet distribution).
    With 10,000 draws a share is off by half a percentage point as a rule (one standard error).

    Parameters
    ----------
    societies : Societies
        Who is compared.
    indicators, how
        As in `totals`.
    draws : int
        How many weightings to draw.
    seed : int
        The lot.

    Returns
    -------
    array
        One share a society, adding up to 1; where several are first together, they share that weighting.

    Examples
    --------
    >>> from parecon_edu.values import SOCIETIES
    >>> first_shares(SOCIETIES).sum().round(9)
    np.float64(1.0)
    """
    if isinstance(draws, bool) or not isinstance(draws, int) or draws < 1:
        raise ValueError(f"There can't be {draws!r} draws. Use a whole number, 1 or more.")
    weights = _drawn(draws, seed)
    scores = societies.scores(indicators)
    if how == "sum":
        made = weights @ scores.T
    elif how == "product":
        with np.errstate(divide="ignore"):
            made = weights @ np.log(scores).T
    else:
        made = np.array([_one_number(scores, np.ones(len(VALUES)) / len(VALUES), how)])
    first = made >= made.max(axis=1, keepdims=True) - 1e-12
    return np.asarray((first / first.sum(axis=1, keepdims=True)).mean(axis=0))


@cache
def _drawn(draws: int, seed: int) -> Array:
    weights = np.random.default_rng(seed).dirichlet(np.ones(len(VALUES)), draws)
    weights.setflags(write=False)
    return weights


def leading_weights(
    societies: Societies, name: str, *, indicators: Mapping[str, str] | None = None
) -> dict[str, float] | None:
    """Find the weights under which a society is ahead of the next one by the most, adding up weighted scores.

    A linear program: among all weights that add up to 1, make the smallest lead over the others as large as possible.

    Parameters
    ----------
    societies : Societies
        Who is compared.
    name : str
        Whose best weights are looked for.
    indicators : mapping, optional
        As in `totals`.

    Returns
    -------
    dict or None
        Shares by value; None if no weights at all put this society ahead of every other.

    Raises
    ------
    ValueError
        If there is no such society.

    Examples
    --------
    >>> from parecon_edu.values import SOCIETIES
    >>> {value: round(share, 2) for value, share in leading_weights(SOCIETIES, "Elm").items() if share > 0.005}
    {'equity': 0.24, 'self-management': 0.26, 'efficiency': 0.5}
    """
    from scipy.optimize import linprog  # only here: importing it takes longer than everything else in this file

    if name not in societies.names:
        raise ValueError(f"There is no society called {name!r}. There are {', '.join(societies.names)}.")
    scores = societies.scores(indicators)
    me = societies.names.index(name)
    lead = scores[me] - np.delete(scores, me, axis=0)
    n = len(VALUES)
    # Unknowns: six weights and the lead t. Largest t with lead @ w >= t.
    found = linprog(
        np.append(np.zeros(n), -1.0),
        A_ub=np.column_stack([-lead, np.ones(len(lead))]),
        b_ub=np.zeros(len(lead)),
        A_eq=[np.append(np.ones(n), 0.0)],
        b_eq=[1.0],
        bounds=[*[(0, 1)] * n, (None, None)],
        method="highs",
    )
    if not found.success or found.x[-1] <= _TIE:
        return None
    best: Sequence[float] = found.x[:-1]
    return {value: float(weight) for value, weight in zip(VALUES, best, strict=True)}
