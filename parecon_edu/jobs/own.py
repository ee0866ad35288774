"""The learner's own workplace: a panel that keeps what is typed, every version of it, in the learner's store."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from parecon_edu.display import Action, Exhibit, Panel
from parecon_edu.display.inputs import Control
from parecon_edu.lesson import learner

__all__ = ["EXAMPLE", "OwnPanel", "kept"]

#: What stands in the boxes before somebody writes their own: three people's household.
EXAMPLE: dict[str, str] = {
    "tasks": "plan and pay: 3, 8, 3\nshopping: 4, 5, 5\ncooking: 7, 6, 7\ndishes: 4, 1, 2\nbins and floor: 3, 1, 1",
    "people": "Ines: 7\nTomasz: 7; not cooking\nhis mother: 7; likes cooking 2, shopping 1",
}
_KIND, _NAME = "workplace", "own"
_MOST = 40


def kept() -> dict[str, str]:
    """Give the text the learner left last, or the example.

    Examples
    --------
    >>> sorted(kept())
    ['people', 'tasks']
    """
    versions, at = _versions()
    return versions[at]


def _versions() -> tuple[list[dict[str, str]], int]:
    """Read all versions, and which of them is shown; what can't be read is as if it were not there."""
    entry = learner.store().read(_KIND, _NAME) or {}
    found = entry.get("versions")
    fields = set(EXAMPLE)
    versions = [
        {field: one[field] for field in sorted(fields)}
        for one in (found if isinstance(found, list) else [])
        if isinstance(one, Mapping) and fields <= set(one) and all(isinstance(one[field], str) for field in fields)
    ]
    at = entry.get("at")
    return (versions, at) if isinstance(at, int) and 0 <= at < len(versions) else ([*versions, EXAMPLE], len(versions))


def _keep(values: Mapping[str, str]) -> bool:
    """Keep a text; the versions before it stay. False if it lasts only until the notebook closes."""
    text = {field: values[field] for field in sorted(EXAMPLE)}
    versions, _ = _versions()
    versions = versions if text in versions else [*versions, text][-_MOST:]
    return learner.store().write(_KIND, _NAME, {"versions": versions, "at": versions.index(text)})


def _before(**values: Any) -> Mapping[str, Any]:
    """Give the version before the one that is shown."""
    versions, at = _versions()
    text = {field: values[field] for field in sorted(EXAMPLE)}
    here = versions.index(text) if text in versions else at + 1
    if here == 0:
        raise ValueError("This is the first text you kept here; there is none before it.")
    return versions[here - 1]


class OwnPanel(Panel):
    """A panel whose texts are kept whenever the learner changes something.

    What is set from Python is not kept: a cell that tries something out leaves the learner's own text alone.
    """

    def __init__(self, controls: Sequence[Control], draw: Callable[..., Exhibit], code: Callable[..., str]) -> None:
        back = Action(
            "before", "Bring back the text before this", _before, f"The last {_MOST} texts you typed are kept"
        )
        super().__init__("own", controls, draw, code, live=False, actions=[back])

    def _guard(self, action: Callable[[], None], *, typed: str = "") -> None:
        super()._guard(action, typed=typed)
        lasting = _keep(self.values)
        if not lasting and not self.message and not learner.strict():
            why = " ".join(learner.notices()) or "This text lasts until you close the notebook."
            self._tell(f"{why} The scenario code under the picture holds the text too: copy it.")
