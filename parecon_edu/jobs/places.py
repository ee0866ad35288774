"""Workplaces as data: five that come with the course, and one's own, written as TOML."""

import tomllib
from collections.abc import Sequence
from difflib import get_close_matches
from importlib import resources
from typing import Any

import numpy as np

from parecon_edu.jobs.model import Workplace
from parecon_edu.validation.people import show
from parecon_edu.validation.tables import distinct, listed

#: The workplaces that come with the course. Their ratings are examples to argue about.
WORKPLACES: tuple[str, ...] = ("bakery", "clinic", "school", "software", "bus_depot")

_TASK = ("name", "hours", "ratings")
_WORKER = ("name", "hours", "cannot", "likes", "training")


def workplace(name: str) -> Workplace:
    """Return one of the workplaces that come with the course.

    Parameters
    ----------
    name : str
        One of `WORKPLACES`.

    Returns
    -------
    Workplace

    Raises
    ------
    TypeError
        If the name is not text.
    ValueError
        If there is no such workplace.

    Examples
    --------
    >>> workplace("bakery").workers
    ('Amara', 'Bo', 'Chen', 'Dita')
    >>> workplace("bakry")
    Traceback (most recent call last):
        ...
    ValueError: There is no workplace 'bakry'. Did you mean 'bakery'?
    """
    if not isinstance(name, str):
        raise TypeError(f"The workplace must be a name in quotation marks: you gave {show(name)}. Try 'bakery'.")
    if name not in WORKPLACES:
        raise ValueError(f"There is no workplace {name!r}. {_meant(name, WORKPLACES)}")
    return read(resources.files("parecon_edu.jobs").joinpath("data", f"{name}.toml").read_text(encoding="utf-8"))


def read(text: str) -> Workplace:
    """Return the workplace that a TOML text describes; copy one of the files in `data/` and change it.

    Parameters
    ----------
    text : str
        `[[tasks]]` with name, hours and ratings; `[[workers]]` with name and hours, and where they apply `cannot`
        (tasks somebody may not do), `likes` (task = points; 0 where nothing is said) and `training` (task = hours).

    Returns
    -------
    Workplace

    Raises
    ------
    TypeError
        If `text` is not text.
    ValueError
        If it is not TOML, a part is missing, a word or a task's name is misspelt, or the workplace contradicts itself.

    Examples
    --------
    >>> read('''
    ... tasks = [{name = "cook", hours = 10, ratings = [5]}, {name = "dishes", hours = 5, ratings = [1]}]
    ... workers = [{name = "Bo", hours = 15, cannot = ["dihses"]}]
    ... ''')
    Traceback (most recent call last):
        ...
    ValueError: Bo's 'cannot' speaks of a task 'dihses' that is not in the list. Did you mean 'dishes'?
    """
    if not isinstance(text, str):
        raise TypeError(f"The description must be text: you gave {show(text)}. Give the contents of a TOML file.")
    try:
        given = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ValueError(
            f"The description is not TOML: {error}. Compare it with one of the files in jobs/data."
        ) from None
    _spelt(given, ("title", "dimensions", "tasks", "workers"), where="The description")
    tasks = [_entry(entry, _TASK, where="a task", needed=_TASK) for entry in _entries(given, "tasks")]
    workers = [_entry(entry, _WORKER, where="a worker", needed=_WORKER[:2]) for entry in _entries(given, "workers")]
    names = distinct([task["name"] for task in tasks], "Tasks")
    _rated(tasks, given.get("dimensions"))
    shape = (len(workers), len(tasks))
    qualified, likes, training = np.ones(shape, dtype=np.bool_), np.zeros(shape), np.zeros(shape)
    for row, worker in enumerate(workers):
        cannot = worker.get("cannot", [])
        if isinstance(cannot, str) or not isinstance(cannot, list):
            raise ValueError(f"{worker['name']}'s 'cannot' must be a list: it is {show(cannot)}. Try ['{names[0]}'].")
        qualified[row, _columns(cannot, worker["name"], "cannot", names=names)] = False
        for field, table in (("likes", likes), ("training", training)):
            points = worker.get(field, {})
            if not isinstance(points, dict):
                raise ValueError(
                    f"{worker['name']}'s '{field}' must say a number for each task: it is {show(points)}. "
                    f"Try {{ '{names[0]}' = 1 }}."
                )
            columns = _columns(list(points), worker["name"], field, names=names)
            for column, value in zip(columns, points.values(), strict=True):
                if isinstance(value, bool) or not isinstance(value, int | float):
                    raise ValueError(
                        f"{worker['name']}'s '{field}' must have numbers: {names[column]!r} has {show(value)}. "
                        f"Put a number, such as 1."
                    )
                table[row, column] = value
    return Workplace(
        names,
        [task["hours"] for task in tasks],
        [task["ratings"] for task in tasks],
        [worker["name"] for worker in workers],
        [worker["hours"] for worker in workers],
        qualified,
        likes if likes.any() else None,
        training if training.any() else None,
    )


def _entries(given: dict[str, Any], part: str) -> list[Any]:
    entries = given.get(part)
    if not isinstance(entries, list) or not entries:
        raise ValueError(f"The description has no {part}. Write a [[{part}]] entry for each.")
    return entries


def _entry(entry: Any, fields: Sequence[str], *, where: str, needed: Sequence[str]) -> dict[str, Any]:
    if not isinstance(entry, dict):
        raise ValueError(f"The description has {where} without fields: {show(entry)}. Give it a name and hours.")
    name = entry.get("name")
    who = repr(name) if isinstance(name, str) else where.capitalize()
    _spelt(entry, fields, where=who)
    for field in needed:
        if field not in entry:
            raise ValueError(f"{who} has no {field}. Write {field} = … beside it.")
    return entry


def _rated(tasks: list[dict[str, Any]], dimensions: Any) -> None:
    """Refuse a task that is rated in fewer or more dimensions than the others."""
    first = tasks[0]["ratings"]
    wide = len(dimensions) if isinstance(dimensions, list) else len(first) if isinstance(first, list) else 0
    what = ", ".join(map(str, dimensions)) if isinstance(dimensions, list) else "empowerment first"
    for task in tasks:
        ratings = task["ratings"]
        if not isinstance(ratings, list) or len(ratings) != wide or not wide:
            raise ValueError(
                f"{task['name']!r} must have {wide or 'at least 1'} ratings ({what}): it has {show(ratings)}. "
                f"Rate every task in every dimension."
            )


def _columns(named: list[Any], who: str, field: str, *, names: tuple[str, ...]) -> list[int]:
    for name in named:
        if name not in names:
            raise ValueError(
                f"{who}'s '{field}' speaks of a task {name!r} that is not in the list. {_meant(name, names)}"
            )
    return [names.index(name) for name in named]


def _spelt(given: dict[str, Any], fields: Sequence[str], *, where: str) -> None:
    for field in given:
        if field not in fields:
            raise ValueError(f"{where} has an unknown field {field!r}. {_meant(field, fields)}")


def _meant(word: object, known: Sequence[str]) -> str:
    close = get_close_matches(str(word), known, n=1)
    return f"Did you mean {close[0]!r}?" if close else f"There are {listed(known, most=20)}."
