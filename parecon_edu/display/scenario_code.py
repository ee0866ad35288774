"""Scenario codes: a panel's whole state as one line of plain text.

A code names its panel and its version and lists every control: ``pay-1?norm=effort&against=output``. It is read as
text and nothing else, so a code from a stranger can set controls and do no more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import parse_qsl, urlencode

from parecon_edu.display.inputs import Control
from parecon_edu.display.words import join

__all__ = ["decode", "encode"]


def encode(name: str, version: int, controls: Sequence[Control], values: Mapping[str, Any]) -> str:
    """Write the values of a panel's controls as a scenario code.

    Examples
    --------
    >>> from parecon_edu.display import Slider
    >>> encode("pay", 1, [Slider("pool", "Pool", 0, 2000, 10, 1200)], {"pool": 900})
    'pay-1?pool=900.0'
    """
    return f"{name}-{version}?" + urlencode([(c.name, c.write(values[c.name])) for c in controls])


def decode(code: str, name: str, version: int, controls: Sequence[Control]) -> dict[str, Any]:
    """Read a scenario code back into values.

    Raises
    ------
    ValueError
        If the code is no scenario code, is another panel's, was made by another version, names a control that this
        panel has not, or carries a value that the control does not take.

    Examples
    --------
    >>> from parecon_edu.display import Slider
    >>> decode("pay-1?pool=900.0", "pay", 1, [Slider("pool", "Pool", 0, 2000, 10, 1200)])
    {'pool': 900.0}
    """
    if not isinstance(code, str):
        raise ValueError(f"A scenario code is a text that begins with '{name}-{version}?'. Put it between quotes.")
    head, mark, tail = code.strip().partition("?")
    theirs, dash, number = head.rpartition("-")
    if not mark or not dash or not number.isdecimal():
        raise ValueError(
            f"This is no scenario code: '{code.strip()[:40]}'. One for this panel begins with '{name}-{version}?'. "
            "Copy the whole line."
        )
    if theirs != name:
        raise ValueError(
            f"This scenario code belongs to the panel '{theirs[:40]}'; this one is '{name}'. Paste it there."
        )
    if number.lstrip("0") != str(version):
        raise ValueError(
            f"This scenario code is version {number[:10]}; this panel reads version {version}. "
            "Set the controls by hand and copy a fresh code."
        )
    known = {control.name: control for control in controls}
    try:
        pairs = parse_qsl(tail, keep_blank_values=True, strict_parsing=bool(tail), errors="strict")
    except ValueError:
        raise ValueError("This scenario code is damaged: a piece is missing. Copy the whole line again.") from None
    values: dict[str, Any] = {}
    for key, text in pairs:
        if key not in known:
            raise ValueError(
                f"This scenario code sets '{key[:40]}', which this panel has not. It has {join(known)}. "
                "Copy the line again."
            )
        values[key] = known[key].read(text)
    missing = [key for key in known if key not in values]
    if missing:
        raise ValueError(
            f"This scenario code says nothing of {join(missing)}: a piece is missing. Copy the whole line."
        )
    return values
