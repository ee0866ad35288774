"""Where real firms and countries stand, and where one's own workplace would.

Every number stands in `data/societies.toml` beside its year, its source and how sure one can be of it.
"""

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType

import numpy as np

from parecon_edu.remuneration.inequality import d9_d1, gini, highest_to_lowest
from parecon_edu.validation.people import Array, amount

MOST_PEOPLE = 10_000


@dataclass(frozen=True)
class Fact:
    """One number about a firm or a country, and what it is worth.

    Attributes
    ----------
    kind : str
        What is measured, one of `MEASURES`. Numbers of different kinds are never to be compared.
    who, year : str
        Whom it is about, and when.
    value : float
        The number.
    source, note : str
        Where it was read; what to bear in mind.
    sure : str
        "good", "fair" or "poor".
    """

    kind: str
    who: str
    year: str
    value: float
    source: str
    sure: str
    note: str


@cache
def facts() -> tuple[Fact, ...]:
    """Give all facts, in the order of the file.

    Returns
    -------
    tuple of Fact

    Examples
    --------
    >>> [fact.value for fact in facts() if fact.who == "Slovenia"]
    [0.243]
    """
    text = resources.files(__package__).joinpath("data", "societies.toml").read_text(encoding="utf-8")
    return tuple(Fact(**row) for row in tomllib.loads(text)["fact"])


def top_to_middle(x: Array) -> float:
    """Ratio of the highest pay to the one in the middle; infinity when half of the people get nothing.

    Examples
    --------
    >>> top_to_middle(np.array([10.0, 20, 60]))
    3.0
    """
    return highest_to_lowest([float(np.max(x)), float(np.median(x))])


#: What is measured, kind by kind, for a row of pays.
MEASURES: Mapping[str, Callable[[Array], float]] = MappingProxyType(
    {"top_lowest": highest_to_lowest, "boss_median": top_to_middle, "d9_d1": d9_d1, "gini": gini}
)


def gini_bound(ratio: float) -> float:
    r"""Highest Gini that pays can have if the highest is at most so many times the lowest.

    Parameters
    ----------
    ratio : float
        Highest pay over lowest, 1 or more.

    Returns
    -------
    float
        :math:`(\sqrt R - 1) / (\sqrt R + 1)`. It is reached when everybody has either the highest or the lowest pay,
        and one in :math:`1 + \sqrt R` has the highest.

    Raises
    ------
    TypeError, ValueError
        If the ratio is no finite number, or below 1.

    Notes
    -----
    With a share p at R and the rest at 1, the Gini is p(1 − p)(R − 1)/(1 + p(R − 1)), which is largest at
    p = 1/(1 + √R).

    Examples
    --------
    >>> gini_bound(1), gini_bound(4), round(gini_bound(6), 2)
    (0.0, 0.3333333333333333, 0.42)
    """
    ratio = amount(ratio, "The pay ratio")
    if ratio < 1:
        raise ValueError(
            f"The pay ratio must be 1 or more: you gave {ratio:g}. Divide the highest pay by the lowest, not the other "
            "way round."
        )
    root = float(np.sqrt(ratio))
    return (root - 1) / (root + 1)


def read_pays(text: str) -> Array:
    """Read the pays of a workplace from a text.

    Parameters
    ----------
    text : str
        One number for each person, with spaces between them; ``12x2100`` stands for twelve people who get 2100 each.

    Returns
    -------
    ndarray, (n,)
        The pays, in the order of the text; n at least 2.

    Raises
    ------
    ValueError
        If something in it is no pay; the message says which piece and what to write instead.

    Examples
    --------
    >>> read_pays("1800 3x2400 5200").tolist()
    [1800.0, 2400.0, 2400.0, 2400.0, 5200.0]
    """
    if not isinstance(text, str):
        raise TypeError(f"Pays are read from a text; you gave {text!r}. Put them between quotation marks: '1800 2400'.")
    # A comma with a space after it separates; one between digits might be either, and is asked about.
    pieces = re.sub(r"[;\n\t]|,\s|,$", " ", text.strip()).split()
    pays = [pay for piece in pieces for pay in _pays(piece)]
    if len(pays) < 2:
        raise ValueError(
            f"A workplace needs the pays of two people or more: you gave {len(pays)}. Write one number for each "
            "person, with spaces between them: 1800 2400 5200."
        )
    if len(pays) > MOST_PEOPLE:
        raise ValueError(_crowd(len(pays)))
    if not any(pays):
        raise ValueError("All the pays are 0: there is nothing to compare. Give at least one person a pay above 0.")
    return np.array(pays)


def _pays(piece: str) -> list[float]:
    found = re.fullmatch(r"(?:(\d{1,5})[x×*])?(\d+(?:\.\d+)?)", piece)
    if found is None:
        raise ValueError(_complaint(piece))
    count, pay = int(found[1] or 1), float(found[2])
    if pay > 1e12:
        raise ValueError(f"“{piece}” is more than anybody is paid. Write the pay of a week, a month or a year.")
    if count == 0:
        raise ValueError(f"“{piece}” is the pay of nobody. Leave it out, or put a number above 0 before the x.")
    if count > MOST_PEOPLE:
        raise ValueError(_crowd(count))
    return [pay] * count


def _crowd(count: int) -> str:
    return f"At most {MOST_PEOPLE:,} people fit in here: you gave {count:,}. Give one in ten of them, of each pay."


def _complaint(piece: str) -> str:
    if re.fullmatch(r"-\s*\d.*", piece):
        return f"Pay can't be negative: you wrote “{piece}”. Put 0 for somebody who gets nothing."
    if re.fullmatch(r"[\d.]*\d,\d[\d.,]*", piece):
        if re.fullmatch(r"\d+,\d{1,2}", piece):
            return f"“{piece}” could be one pay or two. Write {piece.replace(',', '.')} if it is one with decimals."
        whole = piece.replace(",", "")
        return f"“{piece}” could be one pay or two. Write {whole} if it is one, and put a space between two."
    piece = piece if len(piece) <= 40 else f"{piece[:39]}…"
    return f"“{piece}” is no pay. Write plain numbers with spaces between them, such as 1800 2400 5200, or 12x2100."
