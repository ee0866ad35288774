"""People, and six rules for sharing one pool among them.

All norms are applied to the same people and the same pool, so that the only thing that differs is what is rewarded.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from parecon_edu.remuneration.inequality import correlation
from parecon_edu.validation.people import Array, amount, names_of, number, row, show, vector

#: What income can reward, in the order in which the lesson meets them.
NORMS: tuple[str, ...] = ("property", "bargaining", "output", "effort", "need", "equal")

_MENDS = {
    "hours": "Put 0 if {who} did not work.",
    "intensity": "Put 1 for ordinary work, more if it was harder.",
    "onerousness": "Put 1 for ordinary conditions, more if they were worse.",
    "output": "Put 0 if {who} made nothing that was counted.",
    "capital": "Put 0 if {who} owns none of it.",
    "power": "Put 0 if {who} has nothing to bargain with.",
    "need": "Put 0 if {who} needs nothing.",
}


@dataclass(frozen=True, eq=False, init=False)
class People:
    """The people who share a pool, and what each could be paid for.

    Parameters
    ----------
    hours : array_like, (n,)
        Hours worked in the period. Zero or more, like all the numbers here.
    intensity : array_like, (n,)
        How hard an hour was; 1 is ordinary.
    onerousness : array_like, (n,)
        How bad the conditions were; 1 is ordinary.
    output : array_like, (n,)
        What each made, in any common unit.
    capital : array_like, (n,)
        What each owns of the means of production.
    power : array_like, (n,)
        What each can insist on: how hard they are to replace, how long they can hold out.
    need : array_like, (n,)
        What each has to live on, or whom they care for.
    able : array_like of bool, (n,)
        False for those who cannot work or are retired.
    names : sequence of str, optional
        Distinct names, so that messages and figures can name people; "person 1", "person 2", … if left out.

    Raises
    ------
    TypeError
        If a field is not a row of numbers (`able`: of True and False; `names`: of text).
    ValueError
        If a field is empty, not one row, not finite, negative, or of another length than `hours`, or if two people
        have the same name.

    Examples
    --------
    >>> two = People([40, 20], [1, 1], [1, 1.5], [8, 2], [0, 5], [1, 1], [1, 2], [True, True], names=("Amara", "Bo"))
    >>> len(two), two.names
    (2, ('Amara', 'Bo'))
    >>> People([40, -3], [1, 1], [1, 1], [8, 2], [0, 5], [1, 1], [1, 2], [True, True], names=("Bo", "Chen"))
    Traceback (most recent call last):
        ...
    ValueError: Hours can't be negative: Chen has -3. Put 0 if Chen did not work.
    """

    hours: Array
    intensity: Array
    onerousness: Array
    output: Array
    capital: Array
    power: Array
    need: Array
    able: NDArray[np.bool_]
    names: tuple[str, ...]

    def __init__(
        self,
        hours: ArrayLike,
        intensity: ArrayLike,
        onerousness: ArrayLike,
        output: ArrayLike,
        capital: ArrayLike,
        power: ArrayLike,
        need: ArrayLike,
        able: ArrayLike,
        names: Sequence[str] = (),
    ) -> None:
        n = row(hours, "Hours").size
        names = names_of(names, n, one="person", many="people")
        columns = (hours, intensity, onerousness, output, capital, power, need)
        checked: dict[str, Any] = {"names": names}
        for (field, mend), column in zip(_MENDS.items(), columns, strict=True):
            checked[field] = vector(column, field.capitalize(), names=names, mend=mend)
            _same_length(checked[field], field, n=n)
        checked["able"] = _truths(able, names)
        _same_length(checked["able"], "able", n=n)
        # A frozen dataclass is filled through object.__setattr__; afterwards nothing can change it, arrays included.
        for field, value in checked.items():
            object.__setattr__(self, field, value)

    def __len__(self) -> int:
        return int(self.hours.size)


def sacrifice(people: People) -> Array:
    """Hours times intensity times onerousness, for those who can work; 0 for those who cannot.

    Parameters
    ----------
    people : People
        Who worked, how long, how hard, and in what conditions.

    Returns
    -------
    ndarray, (n,)
        In hours of ordinary work. Infinite only if the product is too large for a floating-point number.

    Notes
    -----
    Albert & Hahnel, *The Political Economy of Participatory Economics* (1991); the product of duration, intensity and
    onerousness is Sergey Voronin's wording in this course's first source text.

    Examples
    --------
    >>> from parecon_edu.remuneration import BAKERY
    >>> sacrifice(BAKERY).tolist()
    [40.0, 36.0, 30.0, 0.0]
    """
    _known(people)
    with np.errstate(over="ignore"):
        return np.where(people.able, people.hours * people.intensity * people.onerousness, 0.0)


def pay(people: People, norm: str, *, pool: float) -> Array:
    """Share a pool among people by one norm.

    Parameters
    ----------
    people : People
        Who shares.
    norm : str
        One of `NORMS`: "property" (capital), "bargaining" (power times output), "output", "effort" (sacrifice; those
        who cannot work get the average), "need", or "equal".
    pool : float
        What there is to share, in any unit of money, zero or more.

    Returns
    -------
    ndarray, (n,)
        What each gets, in the unit of `pool`; adds up to `pool`.

    Raises
    ------
    TypeError
        If `people` are not `People`, `norm` is not text or `pool` is not a number.
    ValueError
        If the norm is unknown, the pool is negative or not finite, or nobody has any of what the norm rewards.

    Notes
    -----
    Property: income from ownership. Bargaining: what one can take; with two people this is Nash's bargain
    w = b + β(y − b) with nothing to fall back on. Output: J. B. Clark's marginal-product norm (1899). Effort: Albert &
    Hahnel (1991). Need: Marx, *Critique of the Gotha Programme* (1875).

    Under "effort", with n people of whom w are able, those who are not able get pool / n each, and the able share
    pool · w / n in proportion to `sacrifice`. If nobody is able, everybody gets pool / n.

    Examples
    --------
    >>> from parecon_edu.remuneration import BAKERY
    >>> pay(BAKERY, "effort", pool=1200).round(4).tolist()
    [339.6226, 305.6604, 254.717, 300.0]
    >>> pay(BAKERY, "equal", pool=1200).tolist()
    [300.0, 300.0, 300.0, 300.0]
    """
    _known(people)
    pool = amount(pool, "The pool", mend="Put 0 if there is nothing to share.")
    return _RULES[_known_norm(norm)](people, pool)


def gains(people: People, norm: str, *, against: str, pool: float) -> Array:
    """Who gains and who loses when one norm replaces another.

    Parameters
    ----------
    people : People
        Who shares.
    norm, against : str
        The new norm, and the one it replaces.
    pool : float
        What there is to share under both.

    Returns
    -------
    ndarray, (n,)
        Pay under `norm` less pay under `against`; adds up to 0, because the pool stays the same.

    Raises
    ------
    TypeError, ValueError
        As for `pay`.

    Examples
    --------
    >>> from parecon_edu.remuneration import BAKERY
    >>> gains(BAKERY, "equal", against="output", pool=1200).round().tolist()
    [-340.0, -120.0, 160.0, 300.0]
    """
    return pay(people, norm, pool=pool) - pay(people, against, pool=pool)


def nearest(people: People, split: ArrayLike) -> str:
    """Find the norm that a split of one's own comes closest to.

    Parameters
    ----------
    people : People
        Who shares.
    split : array_like, (n,)
        What each gets; its sum is the pool.

    Returns
    -------
    str
        The norm for which the least money would have to change hands to turn the split into pay by that norm. Of two
        equally near ones, the first in `NORMS`.

    Raises
    ------
    TypeError, ValueError
        If the split is not one finite number, zero or more, for each person.

    Examples
    --------
    >>> from parecon_edu.remuneration import BAKERY
    >>> nearest(BAKERY, [350, 300, 260, 290])
    'effort'
    """
    _known(people)
    amounts = vector(split, "The split", names=people.names, mend="Put 0 if {who} gets nothing.")
    _same_length(amounts, "the split", n=len(people))
    pool = float(amounts.sum())
    apart = {norm: np.abs(pay(people, norm, pool=pool) - amounts).sum() for norm in NORMS if _pays(people, norm)}
    return min(apart, key=lambda norm: float(apart[norm]))


def _pays(people: People, norm: str) -> bool:
    """Whether somebody has any of what the norm rewards."""
    try:
        pay(people, norm, pool=1.0)
    except ValueError:
        return False
    return True


def follows_sacrifice(people: People, incomes: ArrayLike) -> float | None:
    """How closely incomes follow sacrifice: their correlation among those who can work.

    Those who cannot work are left out: the effort norm gives them the average on purpose.

    Parameters
    ----------
    people : People
        Who earned the incomes.
    incomes : array_like, (n,)
        What each gets.

    Returns
    -------
    float or None
        1 if pay rises in step with sacrifice, 0 if it has nothing to do with it, -1 if it goes the other way; None if
        all the able get the same pay or make the same sacrifice, because then nothing can move together.

    Raises
    ------
    TypeError, ValueError
        If the incomes are not one finite number, zero or more, for each person.

    Examples
    --------
    >>> from parecon_edu.remuneration import BAKERY
    >>> round(follows_sacrifice(BAKERY, pay(BAKERY, "effort", pool=1200)), 12)
    1.0
    >>> follows_sacrifice(BAKERY, pay(BAKERY, "equal", pool=1200)) is None
    True
    """
    _known(people)
    incomes = vector(incomes, "Income", names=people.names)
    _same_length(incomes, "income", n=len(people))
    if not people.able.any():
        return None
    return correlation(sacrifice(people)[people.able], incomes[people.able])


def per_sacrifice(people: People, incomes: ArrayLike) -> Array:
    """Pay for one hour of ordinary work: income divided by `sacrifice`.

    With few people it says more than a correlation: under the effort norm it is the same for all who can work.

    Parameters
    ----------
    people : People
        Who earned the incomes.
    incomes : array_like, (n,)
        What each gets.

    Returns
    -------
    ndarray, (n,)
        In the unit of the incomes, per hour; NaN for those who made no sacrifice, because there is none to divide by.

    Raises
    ------
    TypeError, ValueError
        If the incomes are not one finite number, zero or more, for each person.

    Examples
    --------
    >>> from parecon_edu.remuneration import BAKERY
    >>> per_sacrifice(BAKERY, pay(BAKERY, "output", pool=1200)).round(2).tolist()
    [16.0, 11.67, 4.67, nan]
    """
    _known(people)
    incomes = vector(incomes, "Income", names=people.names)
    _same_length(incomes, "income", n=len(people))
    hours = sacrifice(people)
    result = np.full(len(people), np.nan)
    np.divide(incomes, hours, out=result, where=hours > 0)
    return result


def _property(people: People, pool: float) -> Array:
    return pool * _proportions(people, "property", "capital")


def _bargaining(people: People, pool: float) -> Array:
    return pool * _proportions(people, "bargaining", "power", "output")


def _output(people: People, pool: float) -> Array:
    return pool * _proportions(people, "output", "output")


def _effort(people: People, pool: float) -> Array:
    able = people.able
    result = _equal(people, pool)
    if able.any():
        proportions = _proportions(people, "effort", "hours", "intensity", "onerousness", among=able)
        result[able] = result[able].sum() * proportions
    return result


def _need(people: People, pool: float) -> Array:
    return pool * _proportions(people, "need", "need")


def _equal(people: People, pool: float) -> Array:
    return np.full(len(people), pool / len(people))


_RULES: dict[str, Callable[[People, float], Array]] = {
    "property": _property,
    "bargaining": _bargaining,
    "output": _output,
    "effort": _effort,
    "need": _need,
    "equal": _equal,
}


def _proportions(people: People, norm: str, *columns: str, among: NDArray[np.bool_] | None = None) -> Array:
    """Parts of 1 in proportion to the product of some columns, for all people or some."""
    chosen = np.ones(len(people), dtype=np.bool_) if among is None else among
    product = np.ones(int(chosen.sum()))
    for name in columns:
        column: Array = getattr(people, name)[chosen]
        if not column.any():
            raise ValueError(_nothing_to_reward(norm, name, some=among is not None))
        # Dividing by the largest keeps products of very large or very small numbers from overflowing.
        product = product * (column / column.max())
    if not product.any():
        raise ValueError(
            f"{' times '.join(columns).capitalize()} is 0 for everybody, so the norm {norm!r} has nothing to go by. "
            f"Give at least one person more than 0 in each of them."
        )
    product = product / product.max()
    result: Array = product / product.sum()
    return result


def _nothing_to_reward(norm: str, column: str, *, some: bool) -> str:
    who = "everybody who can work" if some else "everybody"
    return (
        f"{column.capitalize()} can't be 0 for {who} when income rewards {norm}: nobody would have a claim. "
        f"Give at least one person {column} above 0, or choose another norm."
    )


def _truths(values: ArrayLike, names: Sequence[str]) -> NDArray[np.bool_]:
    given = row(values, "Able")
    if given.dtype.kind not in "biuf":
        raise TypeError(f"Able must be True or False for each person: you gave {show(values)}. Use True or False.")
    wrong = np.flatnonzero((given != 0) & (given != 1))
    if wrong.size:
        who = names[wrong[0]] if wrong[0] < len(names) else f"number {wrong[0] + 1}"
        raise ValueError(
            f"Able must be True or False: {who} has {number(float(given[wrong[0]]))}. "
            f"Put False if {who} cannot work, True otherwise."
        )
    truths = given.astype(np.bool_)
    truths.flags.writeable = False
    return truths


def _same_length(values: NDArray[np.float64] | NDArray[np.bool_], field: str, *, n: int) -> None:
    if values.size != n:
        raise ValueError(
            f"{field.capitalize()} must have one value for each person: hours has {n}, {field} has {values.size}. "
            f"Give {n} values, in the same order as hours."
        )


def _known(people: People) -> None:
    if not isinstance(people, People):
        raise TypeError(f"People must be made with People(...): you gave {show(people)}. Try remuneration.BAKERY.")


def _known_norm(norm: str) -> str:
    if not isinstance(norm, str):
        raise TypeError(f"The norm must be a word in quotation marks: you gave {show(norm)}. Try {NORMS[3]!r}.")
    if norm not in NORMS:
        raise ValueError(f"There is no norm {norm!r}. Choose one of {', '.join(repr(name) for name in NORMS)}.")
    return norm
