"""A progress bar for what takes longer than a second, in a notebook; nothing anywhere else."""

import html
import sys
import time
from types import TracebackType
from typing import Any

PATIENCE = 1.0  # seconds without a bar
BETWEEN = 0.2  # seconds between two pictures of it


class Progress:
    """Show how far a long computation has come, and clear the bar at its end.

    Parameters
    ----------
    name
        What is being computed.
    total
        How many steps there are at most.

    Examples
    --------
    >>> with Progress("Planning", total=3) as progress:
    ...     progress.update(1, "round 1")
    """

    def __init__(self, name: str, *, total: int) -> None:
        self.name, self.total = name, total
        self._next = time.monotonic() + PATIENCE
        self._bar: Any = None

    def __enter__(self) -> "Progress":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.update(_html(""))

    def update(self, done: int, words: str = "") -> None:
        """Say that `done` steps are done; shown once a second has passed, and only in a notebook."""
        now = time.monotonic()
        if now < self._next:
            return
        self._next = now + BETWEEN
        if not _in_notebook():
            return
        said = html.escape(f"{self.name}: {words}" if words else self.name)
        picture = _html(f'<label>{said} <progress max="{self.total}" value="{done}">{done}</progress></label>')
        if self._bar is None:
            from IPython.display import display

            self._bar = display(picture, display_id=True)  # type: ignore[no-untyped-call]
        else:
            self._bar.update(picture)


def _in_notebook() -> bool:
    """Tell whether a notebook is running this (and do not import anything to find out)."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython is not None else None
    return getattr(shell, "kernel", None) is not None


def _html(text: str) -> Any:
    from IPython.display import HTML

    return HTML(text)  # type: ignore[no-untyped-call]
