"""What central planning did where it was tried for longest: figures, each with its source and how sure it is.

Every number stands in `data/soviet.toml`, with what the other side says about it.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType

#: What is counted, kind by kind.
KINDS: Mapping[str, str] = MappingProxyType(
    {
        "funded": "How many goods did the planning office itself share out?",
        "wages": "How far apart was pay? (nine tenths stay under / one tenth stays under)",
        "queues": "What did waiting cost?",
        "oil": "What share of export earnings came from oil and gas?",
        "thirties": "What did the growth of the 1930s cost?",
    }
)
SURE = ("good", "fair", "poor")


@dataclass(frozen=True)
class Fact:
    """One number, and what it is worth.

    Attributes
    ----------
    kind : str
        What is counted, one of `KINDS`.
    what : str
        When, or of what.
    low, high : float
        Where sources differ, the lowest and the highest; else the same.
    unit, source : str
        What it is counted in; where it was read.
    sure : str
        "good", "fair" or "poor".
    against : str
        What the other side says about it.
    """

    kind: str
    what: str
    low: float
    high: float
    unit: str
    source: str
    sure: str
    against: str

    def __post_init__(self) -> None:
        if self.kind not in KINDS or self.sure not in SURE or self.low > self.high:
            raise ValueError(f"The fact {self.what!r} needs a kind of {', '.join(KINDS)}, and low no more than high.")


@cache
def facts() -> tuple[Fact, ...]:
    """Give all facts, in the order of the file.

    Examples
    --------
    >>> [fact.low for fact in facts() if fact.kind == "funded"]
    [277, 2390, 2000]
    """
    text = resources.files(__package__).joinpath("data", "soviet.toml").read_text(encoding="utf-8")
    return tuple(Fact(**row) for row in tomllib.loads(text)["fact"])


def facts_of(kind: str) -> tuple[Fact, ...]:
    """Give the facts of one kind.

    Raises
    ------
    ValueError
        If there is no such kind; the message lists those there are.

    Examples
    --------
    >>> len(facts_of("wages"))
    6
    """
    if kind not in KINDS:
        raise ValueError(f"There is no kind {kind!r} in the record. Choose one of {', '.join(KINDS)}.")
    return tuple(fact for fact in facts() if fact.kind == kind)
