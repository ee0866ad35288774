"""Predictions as their lesson's TOML file writes them: what is asked, which answers fit, how an answer is said."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from parecon_edu.display.words import bare, join, number
from parecon_edu.lesson import course
from parecon_edu.lesson.phrases import amount, either

KINDS: Final = ("split", "number", "choice")
# A learner who types half a cent more or less than there is has split it all.
SLACK: Final = 0.005
Answer = list[float] | float | str


@dataclass(frozen=True)
class Question:
    """One prediction.

    Attributes
    ----------
    name
        Lesson and name, ``"04.split"``.
    question
        What is asked, in one or two sentences.
    kind
        ``"split"``: one number for each of `names`, adding up to `total`. ``"number"``: one number between `least` and
        `most`. ``"choice"``: one of `choices`.
    unit
        What the numbers count, ``"%"`` or ``"points"``; may be empty.
    what
        For a number, what it is the value of, as in "You expected *a Gini* of 0.3".
    """

    name: str
    question: str
    kind: str
    names: tuple[str, ...] = ()
    total: float = 0.0
    unit: str = ""
    what: str = ""
    least: float = -math.inf
    most: float = math.inf
    choices: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        place = f"The prediction {self.name!r}"
        if self.kind not in KINDS:
            raise ValueError(f"{place} has kind = {self.kind!r}. Use {either(map(repr, KINDS))}.")
        if not self.question.strip():
            raise ValueError(f"{place} asks nothing. Give it a question.")
        if self.kind == "split":
            if len(self.names) < 2 or len(set(self.names)) != len(self.names):
                raise ValueError(f"{place} has names = {list(self.names)}. Give two or more different names.")
            if not (math.isfinite(self.total) and self.total > 0):
                raise ValueError(f"{place} has total = {self.total}. Give what there is to split, more than 0.")
        if self.kind == "number" and not self.least < self.most:
            raise ValueError(f"{place} has least = {self.least} and most = {self.most}. The first has to be smaller.")
        if self.kind == "choice" and (len(self.choices) < 2 or len(set(self.choices)) != len(self.choices)):
            raise ValueError(f"{place} has choices = {list(self.choices)}. Give two or more different ones.")

    def amount(self, value: float) -> str:
        """Say a value with its unit, as exactly as it was typed."""
        return _with_unit(amount(value), self.unit)

    def rounded(self, value: float) -> str:
        """Say a value with its unit, rounded as in figures and tables."""
        return _with_unit(number(value), self.unit)

    def read(self, given: object) -> Answer:
        """Read an answer.

        Parameters
        ----------
        given
            For a split, the numbers in the order of the names, or a mapping from name to number; numbers may be typed
            text. For a choice, its text.

        Raises
        ------
        ValueError
            If it is no answer yet; the message says in one sentence what to mend.
        """
        if self.kind == "choice":
            if given not in self.choices:
                raise ValueError("Pick one of the answers.")
            return str(given)
        if self.kind == "number":
            return self._between(_typed(given, unit=self.unit))
        values = self._parts(given)
        left = self.total - math.fsum(values)
        if left > SLACK:
            raise ValueError(f"Left to give: {self.amount(left)}.")
        if left < -SLACK:
            raise ValueError(f"That is {self.amount(-left)} more than there is. Take it away somewhere.")
        return values

    def said(self, answer: Answer) -> str:
        """Say an answer in words.

        Examples
        --------
        >>> Question("04.split", "How?", "split", names=("Bo", "Chen"), total=1200).said([800, 400])
        'Bo 800, Chen 400'
        """
        if isinstance(answer, list):
            return ", ".join(f"{name} {self.amount(value)}" for name, value in zip(self.names, answer, strict=True))
        if isinstance(answer, str):
            return f"“{answer}”"
        return self.amount(answer)

    def progress(self, given: object) -> str:
        """Say how far an answer has come: what is left to give, what to mend, or that it can be locked."""
        try:
            self.read(given)
        except ValueError as error:
            return str(error)
        return "It adds up. Lock it when you are sure." if self.kind == "split" else "Lock it when you are sure."

    def _parts(self, given: object) -> list[float]:
        if isinstance(given, Mapping):
            wrong = [str(name) for name in given if name not in self.names]
            if wrong:
                raise ValueError(f"Nobody here is called {either(wrong):.60}. The names are {join(self.names)}.")
            given = [given.get(name, "") for name in self.names]
        if isinstance(given, str) or not hasattr(given, "__len__") or not hasattr(given, "__iter__"):
            raise ValueError(f"Give {len(self.names)} numbers, one each for {join(self.names)}.")
        typed: list[object] = list(given)
        if len(typed) != len(self.names):
            raise ValueError(f"Give {len(self.names)} numbers, one each for {join(self.names)}; you gave {len(typed)}.")
        values: list[float | None] = []
        for name, value in zip(self.names, typed, strict=True):
            part = None if isinstance(value, str) and not value.strip() else _typed(value, whose=name, unit=self.unit)
            if part is not None and part < 0:
                raise ValueError(f"{name} can't get less than nothing: you put {amount(part)}. Put 0 or more.")
            values.append(part)
        whole = [value for value in values if value is not None]
        empty = [name for name, value in zip(self.names, values, strict=True) if value is None]
        if empty and math.fsum(whole) > self.total - SLACK:
            over = math.fsum(whole) - self.total
            if over <= SLACK:
                raise ValueError(f"All is given. If {empty[0]} gets nothing, put 0 there.")
        elif empty:
            raise ValueError(f"Left to give: {self.amount(self.total - math.fsum(whole))}.")
        return [0.0 if value is None else value for value in values]

    def _between(self, value: float) -> float:
        if not self.least <= value <= self.most:
            if math.isinf(self.most):
                raise ValueError(f"{amount(value)} is too small here. Put {amount(self.least)} or more.")
            if math.isinf(self.least):
                raise ValueError(f"{amount(value)} is too large here. Put {amount(self.most)} or less.")
            limits = f"between {amount(self.least)} and {amount(self.most)}"
            raise ValueError(f"{amount(value)} can't be it: put a number {limits}.")
        return value


def question(name: str) -> Question:
    """Look a prediction up in its lesson's TOML file.

    Raises
    ------
    ValueError
        If the lesson has no prediction of this name, or the file describes it wrongly.
    """
    one = course.lesson_of(name)
    given = course.words_of(one).get("predict", {})
    short = name.partition(".")[2]
    if short not in given:
        have = join(f"{one.id}.{other}" for other in given) or "none"
        raise ValueError(f"There is no prediction called {name!r}. Lesson {one.id} has {have}.")
    entry = {**given[short]}
    for key in ("names", "choices"):
        if key in entry:
            entry[key] = tuple(entry[key])
    unknown = [key for key in entry if key not in Question.__dataclass_fields__ or key == "name"]
    if unknown:
        raise ValueError(f"The prediction {name!r} has an entry {unknown[0]!r} that means nothing here. Take it out.")
    return Question(name=name, **{"question": "", "kind": "", **entry})


def questions(one: course.Lesson) -> list[Question]:
    """List a lesson's predictions."""
    return [question(f"{one.id}.{short}") for short in course.words_of(one).get("predict", {})]


def fitting(asked: Question, entry: Mapping[str, Any] | None) -> Answer | None:
    """Give a kept answer, or None when there is none or it does not fit the question any more."""
    if entry is None:
        return None
    try:
        return asked.read(entry.get("answer"))
    except (ValueError, TypeError):
        return None


def values_of(actual: object, asked: Question) -> list[float]:
    """Read what came out, for a question with numbers, in the order of its names.

    Raises
    ------
    ValueError
        If it has not one finite number for each name.
    """
    names: Sequence[str] = asked.names or ("it",)
    if isinstance(actual, Mapping):
        missing = [name for name in names if name not in actual]
        if missing:
            raise ValueError(f"actual= has nothing for {join(missing)}. Give one number for each of {join(names)}.")
        actual = [actual[name] for name in names]
    elif asked.kind == "number":
        actual = [actual]
    try:
        values = [float(value) for value in actual]  # type: ignore[attr-defined]
    except (TypeError, ValueError, OverflowError):
        values = []
    if len(values) != len(names) or not all(map(math.isfinite, values)):
        wanted = f"one number for each of {join(names)}" if asked.names else "one number"
        raise ValueError(f"actual= has to be {wanted}; it is {actual!r}. Pass what the model gives.")
    return values


def _typed(given: object, *, whose: str = "", unit: str = "") -> float:
    """Read a number as people type it."""
    where = f" for {whose}" if whose else ""
    if isinstance(given, str):
        text = bare(given, unit)
        if not text:
            raise ValueError(f"Type a number{where}.")
        if re.fullmatch(r"-?\d*,\d+", text):
            raise ValueError(f"I can't read “{given.strip()[:20]}”{where}. Write decimals with a point, as in 2.5.")
        if not re.fullmatch(r"-?(\d{1,15}\.?\d*|\.\d+)", text):
            raise ValueError(f"I can't read “{given.strip()[:20]}”{where} as a number. Use digits only.")
        return float(text)
    try:
        value = float(given)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        raise ValueError(f"Type a number{where}.") from None
    if isinstance(given, bool) or not math.isfinite(value):
        raise ValueError(f"Type a number{where}.")
    return value


def _with_unit(text: str, unit: str) -> str:
    return f"{text} {unit}" if unit else text
