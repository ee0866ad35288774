"""What a panel's controls can be: descriptions, without a widget.

A control says what it is called in code (`name`), what a learner reads (`label`), and which values it takes.
`accept` turns anything a learner or a scenario code may bring into a valid value, or says in a sentence why not.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Any

from parecon_edu.display.words import bare, join, number

__all__ = ["Choice", "Control", "Kept", "Rows", "Slider", "Switch", "Text"]


@dataclass(frozen=True)
class Slider:
    """A number between `low` and `high`: a slider with a number box beside it.

    `whole` keeps to whole numbers. `step` is what one key press moves; any number between the ends is accepted.
    """

    name: str
    label: str
    low: float
    high: float
    step: float
    value: float
    unit: str = ""
    whole: bool = False

    def accept(self, value: Any) -> float | int:
        """Give the value as a number between the ends, or raise a `ValueError` that says what is wrong."""
        given = bare(value, self.unit) if isinstance(value, str) else value
        # Many people write 0.305 as 0,305: read, so that the answer can say what to put, but not taken.
        comma = isinstance(given, str) and re.fullmatch(r"-?\d*,\d+", given) is not None
        try:
            wanted = float(given.replace(",", ".") if comma else given)
        except OverflowError:
            wanted = math.inf
        except (TypeError, ValueError):
            raise ValueError(
                f"'{self.label}' takes a number; you gave {_short(value)}. "
                f"Type one between {number(self.low)} and {number(self.high)}."
            ) from None
        if not math.isfinite(wanted) or not self.low <= wanted <= self.high:
            raise ValueError(
                f"'{self.label}' goes from {number(self.low)} to {number(self.high)}; you gave {wanted:g}. "
                "Choose a number between the two."
            )
        # A browser adds steps up: 20 arrives as 19.999999999999996. Nobody meant that.
        wanted = round(wanted, 9)
        if self.whole:
            if not wanted.is_integer():
                raise ValueError(
                    f"'{self.label}' takes whole numbers; you gave {given[:20] if comma else f'{wanted:.15g}'}. "
                    f"Put {number(math.floor(wanted))} or {number(math.ceil(wanted))}."
                )
            return int(wanted)
        if comma:
            raise ValueError(f"'{self.label}' takes decimals with a point; you gave {given[:20]}. Put {wanted:.15g}.")
        return wanted

    def write(self, value: Any) -> str:
        """Write a value for a scenario code."""
        return repr(self.accept(value))

    def read(self, text: str) -> float | int:
        """Read a value from a scenario code."""
        return self.accept(text)


@dataclass(frozen=True)
class Choice:
    """One of several options; `options` maps the value used in code to the words a learner reads."""

    name: str
    label: str
    options: dict[str, str]
    value: str

    def accept(self, value: Any) -> str:
        """Give the value if it is one of the options, or raise a `ValueError` that lists them."""
        if not isinstance(value, str) or value not in self.options:
            options = join(repr(option) for option in self.options)
            raise ValueError(f"'{self.label}' can be {options}; you gave {_short(value)}. Pick one.")
        return str(value)

    def write(self, value: Any) -> str:
        """Write a value for a scenario code."""
        return self.accept(value)

    def read(self, text: str) -> str:
        """Read a value from a scenario code."""
        return self.accept(text)


@dataclass(frozen=True)
class Switch:
    """Something that is on or off: a checkbox."""

    name: str
    label: str
    value: bool = False

    def accept(self, value: Any) -> bool:
        """Give the value if it is true or false, or raise a `ValueError`."""
        for known in (True, False):
            # Compared one by one and by its truth, so that a table of numbers is refused like anything else.
            if value is known or (getattr(value, "ndim", 0) == 0 and value == known):
                return known
        raise ValueError(f"'{self.label}' is on or off; you gave {_short(value)}. Use True or False.")

    def write(self, value: Any) -> str:
        """Write a value for a scenario code."""
        return "on" if self.accept(value) else "off"

    def read(self, text: str) -> bool:
        """Read a value from a scenario code."""
        if text not in ("on", "off"):
            raise ValueError(f"'{self.label}' is 'on' or 'off' in a scenario code; this one says {_short(text)}.")
        return text == "on"


@dataclass(frozen=True)
class Text:
    """A text of the learner's own, such as a name or a list of numbers; `most` letters at the most, in `lines` lines.

    With more than one line the box takes line breaks, and it is reported when somebody leaves it.
    """

    name: str
    label: str
    value: str = ""
    most: int = 400
    lines: int = 1

    def accept(self, value: Any) -> str:
        """Give the text if it is not too long, or raise a `ValueError`."""
        if not isinstance(value, str):
            raise ValueError(f"'{self.label}' takes text; you gave {_short(value)}. Put it between quotation marks.")
        if len(value) > self.most:
            raise ValueError(f"'{self.label}' takes at most {self.most} letters; yours has {len(value)}. Shorten it.")
        # Half of a letter, as a page that cuts an emoji in two may send, could be neither shown nor copied.
        return value.encode(errors="replace").decode()

    def write(self, value: Any) -> str:
        """Write a value for a scenario code."""
        return self.accept(value)

    def read(self, text: str) -> str:
        """Read a value from a scenario code."""
        return self.accept(text)


@dataclass(frozen=True)
class Rows:
    """Rows of numbers, each `width` long, such as the prices announced round by round; `most` rows at the most.

    No field shows it: put it into a `Kept`.

    Examples
    --------
    >>> prices = Rows("prices", "Announced prices", 2, ((3.0, 1.3),))
    >>> prices.write([(3, 1.3), (3.5, 1.25)])
    '3.0_1.3~3.5_1.25'
    >>> prices.read("3.0_1.3~3.5_1.25")
    ((3.0, 1.3), (3.5, 1.25))
    """

    name: str
    label: str
    width: int
    value: tuple[tuple[float, ...], ...] = ()
    most: int = 200

    def accept(self, value: Any) -> tuple[tuple[float, ...], ...]:
        """Give the rows as tuples of numbers, or raise a `ValueError` that says what is wrong."""
        try:
            rows = tuple(tuple(float(number) for number in row) for row in value)
        except (TypeError, ValueError, OverflowError):
            raise ValueError(f"'{self.label}' takes rows of numbers; you gave {_short(value)}.") from None
        for row in rows:
            if len(row) != self.width or not all(map(math.isfinite, row)):
                raise ValueError(f"'{self.label}' takes rows of {self.width} numbers; one of yours is {_short(row)}.")
        if len(rows) > self.most:
            raise ValueError(f"'{self.label}' takes at most {self.most} rows; yours has {len(rows)}. Begin again.")
        return rows

    def write(self, value: Any) -> str:
        """Write a value for a scenario code: signs that stand in an address as they are, so that it stays short."""
        return "~".join("_".join(map(repr, row)) for row in self.accept(value))

    def read(self, text: str) -> tuple[tuple[float, ...], ...]:
        """Read a value from a scenario code."""
        return self.accept([row.split("_") for row in text.split("~")] if text else ())


@dataclass(frozen=True)
class Kept:
    """Something that the panel keeps and no field shows, such as the rounds of a game; actions change it.

    It stands in the scenario code like any other control, so a half-played game can be handed over.
    """

    control: Slider | Choice | Switch | Text | Rows

    @property
    def name(self) -> str:
        """What it is called in code."""
        return self.control.name

    @property
    def label(self) -> str:
        """What messages call it."""
        return self.control.label

    @property
    def value(self) -> Any:
        """The value at the start."""
        return self.control.value

    def accept(self, value: Any) -> Any:
        """Give the value if it is valid, or raise a `ValueError`."""
        return self.control.accept(value)

    def write(self, value: Any) -> str:
        """Write a value for a scenario code."""
        return self.control.write(value)

    def read(self, text: str) -> Any:
        """Read a value from a scenario code."""
        return self.control.read(text)


def _short(value: object) -> str:
    """Say what somebody gave, in code, and no more of it than a sentence can hold."""
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:59]}…"


Control = Slider | Choice | Switch | Text | Kept
