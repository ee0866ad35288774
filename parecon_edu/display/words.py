"""Numbers and lists as a person would say them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

__all__ = ["bare", "join", "number", "percent"]

_MINUS: Final = str.maketrans(dict.fromkeys("−–‐‑﹣－", "-"))
_THOUSANDS: Final = re.compile(r"-?[1-9]\d{0,2}(,\d{3})+(\.\d*)?")


def number(value: float, digits: int | None = None) -> str:
    """Write a number for a sentence or a table.

    Parameters
    ----------
    value : float
        The number.
    digits : int, optional
        Digits after the point. Left out: none from 100 on, one from 10 on, two below.

    Returns
    -------
    str

    Examples
    --------
    >>> number(1200), number(339.6226), number(16.66), number(0.3071), number(-0.001)
    ('1,200', '340', '16.7', '0.31', '0')
    """
    if digits is None:
        size = abs(value)
        digits = 0 if size >= 99.5 or float(value).is_integer() else 1 if size >= 9.95 else 2
    text = f"{value:,.{digits}f}"
    if not text.strip("-0.,"):
        return "0"
    return text


def percent(share: float, digits: int = 0) -> str:
    """Write a share as a percentage.

    Examples
    --------
    >>> percent(0.256), percent(0.051, 1)
    ('26 %', '5.1 %')
    """
    return f"{number(100 * share, digits)} %"


def bare(text: str, unit: str = "") -> str:
    """Take away what people type around a number: thousands set apart, any minus sign, a plus, its unit or a % behind.

    Examples
    --------
    >>> bare("1,200"), bare(" −4 %"), bare("12.5 hours", "hours"), bare("0,305"), bare("many")
    ('1200', '-4', '12.5', '0,305', 'many')
    """
    text = re.sub(r"[\s'’_]", "", text.translate(_MINUS))
    text = text.removesuffix(re.sub(r"\s", "", unit)).removesuffix("%").removeprefix("+")
    return text.replace(",", "") if _THOUSANDS.fullmatch(text) else text


def join(parts: Iterable[str]) -> str:
    """Join names as in a sentence.

    Examples
    --------
    >>> join(["Amara"]), join(["Amara", "Bo"]), join(["Amara", "Bo", "Chen"])
    ('Amara', 'Amara and Bo', 'Amara, Bo and Chen')
    """
    items = list(parts)
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}" if items else ""
