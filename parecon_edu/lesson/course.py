"""The course as its TOML files describe it: lessons and their order, the words of a lesson, the glossary.

Everything here is read from ``lessons/contents.toml``, ``lessons/glossary.toml`` and one ``lessons/NN_name.toml`` a
lesson; no title, file name or order is written anywhere else.
"""

from __future__ import annotations

import difflib
import functools
import html
import json
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from parecon_edu.display.words import join
from parecon_edu.lesson import learner
from parecon_edu.lesson.phrases import counted, either

CONTENTS_HEADING: Final = "All the lessons"
"""Lesson 00 has a heading of this name; every "contents" link leads there."""


@dataclass(frozen=True)
class Lesson:
    """One lesson or side room, as listed in ``contents.toml`` (each field is explained at the top of that file)."""

    id: str
    file: str
    title: str
    question: str
    minutes: int
    needs: tuple[str, ...] = ()
    topic: str = ""
    exercises: str = ""
    parent: str = ""

    @property
    def here(self) -> bool:
        """Whether the notebook exists; otherwise the lesson is coming."""
        return (folder() / self.file).is_file()

    @property
    def label(self) -> str:
        """Number and title, as lists and links show them."""
        return f"{self.id} {self.title}"


@dataclass(frozen=True)
class Entry:
    """A term of the glossary, what it means in one sentence, and the lesson that explains it."""

    term: str
    meaning: str
    lesson: str = ""

    def __repr__(self) -> str:
        where = f" (lesson {self.lesson})" if self.lesson else ""
        return f"{self.term}: {self.meaning}{where}"

    def _repr_html_(self) -> str:
        return f"<p>{_defined(self)}</p>"


@dataclass(frozen=True, repr=False)
class Page:
    """Something to read: plain text for tests and screen readers, HTML for the notebook."""

    text: str
    html: str = field(default="", compare=False)

    def __repr__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        return self.html or f"<p>{html.escape(self.text)}</p>"


# --- reading --------------------------------------------------------------------------------------------------------


def folder() -> Path:
    """Find the folder with ``contents.toml``: beside the package, else in or above the working folder.

    Raises
    ------
    ValueError
        If there is none.
    """
    beside = Path(__file__).resolve().parents[2] / "lessons"
    above = [place for here in learner.working_folders() for place in (here / "lessons", here)]
    for place in (beside, *above):
        if (place / "contents.toml").is_file():
            return place
    raise ValueError("The course's list of lessons (lessons/contents.toml) is missing. Fetch the course again.")


def lessons() -> tuple[Lesson, ...]:
    """List all lessons and side rooms, in order."""
    listed = _read(folder() / "contents.toml").get("lesson", [])
    return tuple(_lesson(entry) for entry in listed)


def lesson(name: str) -> Lesson:
    """Look a lesson up by its id.

    Raises
    ------
    ValueError
        If there is no such lesson.
    """
    found = {one.id: one for one in lessons()}
    if name not in found:
        raise ValueError(f"There is no lesson {name!r}. The lessons are {join(found)}.")
    return found[name]


def lesson_of(name: str) -> Lesson:
    """Find the lesson that an exercise or prediction belongs to: ``"04.2"`` and ``"04.split"`` belong to 04."""
    if not isinstance(name, str) or "." not in name:
        raise ValueError(f"A name here is the lesson, a dot and what it is in it, such as '04.2'; yours is {name!r}.")
    return lesson(name.partition(".")[0])


def words_of(one: Lesson) -> Mapping[str, Any]:
    """Read the words of a lesson's predictions and quiz; empty when it has no TOML file of its own yet."""
    path = (folder() / one.file).with_suffix(".toml")
    return _read(path) if path.is_file() else {}


def _lesson(entry: Mapping[str, Any]) -> Lesson:
    return Lesson(**{**entry, "needs": tuple(entry.get("needs", ()))})


def _read(path: Path) -> Mapping[str, Any]:
    return _read_version(path, path.stat().st_mtime_ns)


@functools.lru_cache(maxsize=64)
def _read_version(path: Path, _changed: int) -> Mapping[str, Any]:
    """Read a TOML file once for each time it was changed, so that a maintainer's edit shows without a restart."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"lessons/{path.name} can't be read: {error}.") from error


# --- showing --------------------------------------------------------------------------------------------------------


def contents() -> Page:
    """List all lessons and side rooms, with links; those not written yet are marked as coming.

    Examples
    --------
    >>> print(contents())  # doctest: +ELLIPSIS
    00   How does this kit work?...
    """
    every = lessons()
    lines = [f"{one.id:<4} {one.title} ({_length(one)})" for one in every]
    items = []
    for one in (one for one in every if not one.parent):
        rooms = [
            f"<li>{_linked(room)} <small>({_length(room)})</small></li>" for room in every if room.parent == one.id
        ]
        inner = f"<ul>{''.join(rooms)}</ul>" if rooms else ""
        question = f"<br><small>{html.escape(one.question)}</small>"
        items.append(f"<li>{_linked(one)} <small>({_length(one)})</small>{question}{inner}</li>")
    return Page("\n".join(lines), f'<ul aria-label="All lessons">{"".join(items)}</ul>')


def navigation(name: str) -> str:
    """Give the markdown line that leads from a lesson to its neighbours: previous · contents · next.

    Links lead to the nearest lesson that is there; where none is there yet, the next one is named as coming. A side
    room leads back to its lesson and on to the next side room. Each notebook carries this line in its first cell, and
    `refresh` brings all of them up to date after a lesson was added.
    """
    one, every = lesson(name), lessons()
    anchor = "#" + CONTENTS_HEADING.replace(" ", "-")
    listed = f"[contents]({'' if every and one == every[0] else every[0].file}{anchor})"
    if one.parent:
        rooms = [room for room in every if room.parent == one.parent]
        later = [room for room in rooms[rooms.index(one) + 1 :] if room.here]
        parts = [f"back to: {_markdown(lesson(one.parent))}", listed]
        return " · ".join(parts + [f"next side room: {_markdown(room)}" for room in later[:1]])
    main = [other for other in every if not other.parent]
    place = main.index(one)
    before, after = list(reversed(main[:place])), main[place + 1 :]
    parts = [f"previous: {_markdown(near)}" for near in _nearest(before)]
    return " · ".join([*parts, listed, *(f"next: {_markdown(near)}" for near in _nearest(after))])


def glossary(term: str | None = None) -> Entry | Page:
    """Look a term up, or list them all.

    Parameters
    ----------
    term
        As written in a lesson; capitals don't matter. None for the whole glossary.

    Raises
    ------
    ValueError
        If the term is not in the glossary; the message names those nearest to it.

    Examples
    --------
    >>> print(glossary("gini"))  # doctest: +ELLIPSIS
    Gini: ...
    """
    entries = {name: Entry(name, **given) for name, given in _read(folder() / "glossary.toml").get("terms", {}).items()}
    if term is None:
        every = [entries[name] for name in sorted(entries, key=str.casefold)]
        items = "".join(f"<li>{_defined(entry)}</li>" for entry in every)
        return Page("\n".join(map(repr, every)), f'<ul aria-label="Glossary">{items}</ul>')
    if not isinstance(term, str):
        raise TypeError(f"A term is text in quotes, such as glossary('Gini'); yours is {term!r}.")
    known = {name.casefold(): name for name in entries}
    wanted = term.strip().casefold()
    if wanted in known:
        return entries[known[wanted]]
    near = [known[name] for name in difflib.get_close_matches(wanted, known, n=3)]
    hint = f" Did you mean {either(near)}?" if near else " glossary() lists all terms."
    raise ValueError(f"The glossary has no entry for {term!r}.{hint}")


def refresh(paths: Iterable[Path] | None = None) -> list[str]:
    """Bring the navigation line of the notebooks up to date; returns the names of the files that changed.

    The line is the one in a text cell that has a "contents" link as `navigation` writes it.
    """
    changed = []
    every = {one.file: one for one in lessons()}
    for path in paths if paths is not None else [folder() / name for name in every]:
        if not path.is_file() or path.name not in every:
            continue
        line = navigation(every[path.name].id)
        notebook = json.loads(path.read_text(encoding="utf-8"))
        renewed = [_renewed(cell, line) for cell in notebook["cells"]]
        if any(renewed):
            text = json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"
            path.write_text(text, encoding="utf-8", newline="\n")
            changed.append(path.name)
    return changed


def _renewed(cell: dict[str, Any], line: str) -> bool:
    """Put the navigation line into a text cell that has one; whether that changed it."""
    if cell["cell_type"] != "markdown":
        return False
    before = "".join(cell["source"])
    after = _LINE.sub(lambda _: line, before)
    if after != before:
        cell["source"] = after.splitlines(keepends=True)
    return after != before


_LINE: Final = re.compile(rf"^.*\[contents\]\([^)]*#{CONTENTS_HEADING.replace(' ', '-')}\).*$", flags=re.MULTILINE)


def _nearest(ordered: list[Lesson]) -> list[Lesson]:
    """Pick the first lesson that is there, else the first at all; nothing when there is none."""
    return [one for one in ordered if one.here][:1] or ordered[:1]


def _length(one: Lesson) -> str:
    return counted(one.minutes, "minute") if one.here else "coming"


def _markdown(one: Lesson) -> str:
    return f"[{one.label}]({one.file})" if one.here else f"{one.label} (coming)"


def _linked(one: Lesson) -> str:
    label = html.escape(one.label)
    return f'<a href="{html.escape(one.file)}">{label}</a>' if one.here else label


def _defined(entry: Entry) -> str:
    where = ""
    if entry.lesson:
        one = lesson(entry.lesson)
        number = f"lesson {one.id}"
        where = (
            f' <small>(<a href="{html.escape(one.file)}">{number}</a>)</small>'
            if one.here
            else f" <small>({number})</small>"
        )
    return f"<strong>{html.escape(entry.term)}</strong>: {html.escape(entry.meaning)}{where}"
