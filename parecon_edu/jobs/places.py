"""Workplaces as data: five that come with the course, and one's own, written as TOML."""

import math
import tomllib
from collections.abc import Sequence
from difflib import get_close_matches
from importlib import resources
from typing import Any

import numpy as np

from parecon_edu.jobs.model import Workplace
from parecon_edu.validation.people import number, show
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
    ('Amara', 'Bo', 'Chen', 'Dita', 'Ngozi')
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
    return _built(tasks, workers, given.get("dimensions"))


def read_lines(tasks: str, people: str) -> Workplace:
    r"""Return the workplace that two short lists describe, one line a task and one line a person.

    Parameters
    ----------
    tasks : str
        Lines such as ``oven: 28, 4, 3``: name, hours, and ratings from 0 to 10, empowerment first.
    people : str
        Lines such as ``Bo: 32``: name and hours, and where it applies, after semicolons in any order, what somebody
        can't do, likes, or would need training for: ``Bo: 32; not books, plan; likes oven 2; training dough 20``.

    Returns
    -------
    Workplace

    Raises
    ------
    TypeError
        If the lists are not text.
    ValueError
        If a line can't be read, a name is misspelt, or the workplace contradicts itself.

    Examples
    --------
    >>> place = read_lines("cook: 10, 5, 6\ndishes: 5, 1, 2", "Bo: 10; likes cook 2\nEd: 5; not cook")
    >>> place.workers, place.qualified.tolist(), place.ratings.tolist()
    (('Bo', 'Ed'), [[True, True], [False, True]], [[5.0, 6.0], [1.0, 2.0]])
    >>> read_lines("cook: 10, 5", "Bo: 10; not coook")
    Traceback (most recent call last):
        ...
    ValueError: Bo's 'not' speaks of a task 'coook' that is not in the list. Did you mean 'cook'?
    """
    for text, what in ((tasks, "tasks"), (people, "people")):
        if not isinstance(text, str):
            raise TypeError(f"The {what} must be text, one line each: you gave {show(text)}. Put it between quotes.")
        if not text.strip():
            example = "oven: 28, 4, 3" if what == "tasks" else "Bo: 32"
            raise ValueError(f"There are no {what} yet. Write one a line, such as “{example}”.")
    return _built(
        [_task(line) for line in _lines(tasks)], [_person(line) for line in _lines(people)], cannot_word="not"
    )


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _task(line: str) -> dict[str, Any]:
    """Read a task's line."""
    name, numbers = _head(line, example="oven: 28, 4, 3")
    values = [_value(word, line) for word in numbers.split(",")]
    if len(values) < 2:
        raise ValueError(
            f"“{line}” has hours but no rating. Write hours, empowerment and desirability, such as “{name}: 28, 4, 3”."
        )
    for rating in values[1:]:
        if not 0 <= rating <= 10:
            raise ValueError(f"{name!r} is rated {number(rating)}. Rate from 0 to 10.")
    return {"name": name, "hours": values[0], "ratings": values[1:]}


def _person(line: str) -> dict[str, Any]:
    """Read a person's line."""
    first, *parts = line.split(";")
    name, hours = _head(first.strip(), example="Bo: 32")
    worker: dict[str, Any] = {"name": name, "hours": _value(hours, line)}
    for part in filter(None, map(str.strip, parts)):
        word, _, rest = part.partition(" ")
        items = [item.strip() for item in rest.split(",") if item.strip()]
        if word not in ("not", "likes", "training") or not items:
            raise ValueError(
                f"“{part}” in {name}'s line can't be read. After a semicolon write “not”, “likes” or “training” and "
                f"tasks, such as “not oven” or “likes dough 2”."
            )
        if word == "not":
            worker["cannot"] = items
        else:
            worker[word] = dict(_points(item, name, word) for item in items)
    return worker


def _points(item: str, who: str, word: str) -> tuple[str, float]:
    task, _, points = item.rpartition(" ")
    if not task:
        raise ValueError(f"{who}'s '{word}' needs a number after {item!r}. Write “{word} {item} 2”.")
    return task.strip(), _value(points, f"{word} {item}")


def _head(line: str, *, example: str) -> tuple[str, str]:
    name, colon, rest = line.partition(":")
    if not colon or not name.strip():
        raise ValueError(f"“{line}” needs a name and a colon before its hours. Write it like “{example}”.")
    return name.strip(), rest


def _value(word: str, line: str) -> float:
    try:
        value = float(word)
    except ValueError:
        wrong = word.strip() or "nothing"
        raise ValueError(
            f"“{line}” has “{wrong}” where a number should be. Put a number, and commas between numbers."
        ) from None
    if not math.isfinite(value):
        raise ValueError(f"“{line}” has “{word.strip()}”, which is no amount. Put a number such as 8.")
    return value


def _built(
    tasks: list[dict[str, Any]], workers: list[dict[str, Any]], dimensions: Any = None, cannot_word: str = "cannot"
) -> Workplace:
    """Make a workplace of entries whose fields are known."""
    names = distinct([task["name"] for task in tasks], "Tasks")
    _rated(tasks, dimensions)
    shape = (len(workers), len(tasks))
    qualified, likes, training = np.ones(shape, dtype=np.bool_), np.zeros(shape), np.zeros(shape)
    for row, worker in enumerate(workers):
        cannot = worker.get("cannot", [])
        if isinstance(cannot, str) or not isinstance(cannot, list):
            raise ValueError(f"{worker['name']}'s 'cannot' must be a list: it is {show(cannot)}. Try ['{names[0]}'].")
        qualified[row, _columns(cannot, worker["name"], cannot_word, names=names)] = False
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
