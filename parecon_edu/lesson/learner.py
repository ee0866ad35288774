"""Who is learning here: where their answers are kept, and whether this is a person or a test."""

from __future__ import annotations

import functools
import html
import os
from pathlib import Path
from typing import Final

from parecon_edu.lesson.store import Folder, Memory, Store

MARKER: Final = ".parecon_course"
"""The file that makes a folder a learner's course folder."""


def store() -> Store:
    """Find the learner's store.

    It is the folder named by the environment variable ``PARECON_COURSE``; else the nearest folder, from the working
    folder upwards, that holds the file ``.parecon_course``; else memory, which forgets when the notebook closes. No
    folder is made that nobody asked for. Within one notebook it is always the same store.
    """
    course = course_folder()
    return _memory() if course is None else _folder(course)


def course_folder() -> Path | None:
    """Find the learner's course folder, or None."""
    named = os.environ.get("PARECON_COURSE", "").strip()
    if named:
        return Path(named).expanduser().resolve()
    return next((place for place in working_folders() if (place / MARKER).is_file()), None)


def working_folders() -> list[Path]:
    """List the working folder and those above it; none when somebody deleted it while the notebook was open."""
    try:
        here = Path.cwd()
    except FileNotFoundError:
        return []
    return [here, *here.parents]


def strict() -> bool:
    """Whether this is a test run: then errors are errors, and nothing is said that depends on the machine.

    True when the environment has ``PARECON_STRICT_ERRORS`` (other than ``0``) or pytest runs us: a notebook's kernel
    that nbval starts inherits pytest's variable.
    """
    asked = os.environ.get("PARECON_STRICT_ERRORS", "").strip()
    return asked not in ("", "0") if asked else "PYTEST_CURRENT_TEST" in os.environ


def notices() -> list[str]:
    """Give, once, what the learner should read about their store; nothing in a test run."""
    told = store().notices()
    return [] if strict() else told


def notices_html() -> str:
    """Give the notices as they stand under a widget."""
    return "".join(f'<p style="margin:.2em 0">ℹ {html.escape(notice)}</p>' for notice in notices())


def forget() -> None:
    """Begin anew with an empty memory, as a freshly started notebook does."""
    _memory.cache_clear()
    _folder.cache_clear()


@functools.cache
def _folder(course: Path) -> Folder:
    return Folder(course)


@functools.cache
def _memory() -> Memory:
    return Memory(
        "There is no course folder here, so your answers last only until you close this notebook. "
        "To keep them, start with `python start.py` and work in my_course."
    )
