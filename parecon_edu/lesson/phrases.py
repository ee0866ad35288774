"""Numbers, lists and counts as they are said in a sentence. Everything a learner reads is put together with these."""

from __future__ import annotations

import math
from collections.abc import Iterable


def amount(value: float) -> str:
    """Say a number as exactly as a learner typed or got it: thousands apart, at most two decimals, a real minus sign.

    (`parecon_edu.display.words.number` rounds for figures and tables; here two answers must stay two answers.)

    Numbers nearer to zero than 0.01 keep two significant digits, so that they do not read as nothing.

    Examples
    --------
    >>> amount(1200), amount(339.6226), amount(-95.0), amount(0.00123)
    ('1,200', '339.62', '−95', '0.0012')
    """
    number = float(value)
    if math.isnan(number):
        return "not a number"
    if math.isinf(number):
        return "infinity" if number > 0 else "minus infinity"
    size = abs(number)
    text = f"{size:.2g}" if 0 < size < 0.01 else f"{size:,.2f}".rstrip("0").rstrip(".")
    return f"−{text}" if number < 0 and text != "0" else text


def either(words: Iterable[str]) -> str:
    """Join words of which one is to be picked.

    Examples
    --------
    >>> either(["04.1", "04.2", "04.3"]), either(["True"])
    ('04.1, 04.2 or 04.3', 'True')
    """
    parts = list(words)
    return " or ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else "".join(parts)


def counted(number: int, noun: str, *, plural: str = "") -> str:
    """Say how many there are of something.

    Examples
    --------
    >>> counted(1, "lesson"), counted(3, "lesson"), counted(2, "person", plural="people")
    ('1 lesson', '3 lessons', '2 people')
    """
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def sentence(text: str) -> str:
    """End a text like a sentence: a capital first letter (unless it begins with code), a full stop at the end.

    Examples
    --------
    >>> sentence("try the other sign"), sentence("Is it?"), sentence("holds= has to be True")
    ('Try the other sign.', 'Is it?', 'holds= has to be True.')
    """
    text = text.strip()
    if not text:
        return ""
    if text.split()[0].strip(",;:.'’").isalpha():
        text = text[0].upper() + text[1:]
    return text if text[-1] in ".!?…:" else f"{text}."
