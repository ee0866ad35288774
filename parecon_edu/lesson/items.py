"""Quiz questions as their lesson's TOML file writes them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from parecon_edu.lesson import course


@dataclass(frozen=True)
class Choice:
    """One choice of a quiz question, whether it is right, and what to say to whoever picks it."""

    text: str
    answer: str
    right: bool = False


@dataclass(frozen=True)
class Item:
    """One quiz question.

    Attributes
    ----------
    name
        Lesson and number, ``"04.1"``.
    question
        What is asked.
    choices
        Two or more; exactly one is right, and each has an answer of its own.
    """

    name: str
    question: str
    choices: tuple[Choice, ...]

    def __post_init__(self) -> None:
        place = f"Quiz question {self.name}"
        texts = [choice.text for choice in self.choices]
        if not self.question.strip():
            raise ValueError(f"{place} asks nothing. Give it a question.")
        if len(texts) < 2 or len(set(texts)) != len(texts):
            raise ValueError(f"{place} needs two or more different choices.")
        if sum(choice.right for choice in self.choices) != 1:
            raise ValueError(f"{place} needs exactly one choice with right = true.")
        silent = [choice.text for choice in self.choices if not choice.answer.strip()]
        if silent:
            raise ValueError(f"{place} says nothing to whoever picks {silent[0]!r}. Give that choice an answer.")
        answers = [choice.answer for choice in self.choices]
        if len(set(answers)) != len(answers):
            raise ValueError(f"{place} gives two choices the same answer. Say to each what is special about it.")

    @property
    def number(self) -> int:
        """Its place in the quiz, from 1."""
        return int(self.name.rpartition(".")[2])

    def choice(self, text: str) -> Choice:
        """Find a choice by its text."""
        for choice in self.choices:
            if choice.text == text:
                return choice
        raise ValueError(f"Quiz question {self.name} has no choice {text!r}. Pick one of those shown.")


def items_of(one: course.Lesson) -> list[Item]:
    """List the questions of a lesson's quiz; none when it has no quiz."""
    asked = course.words_of(one).get("quiz", [])
    return [_item(f"{one.id}.{number}", given) for number, given in enumerate(asked, start=1)]


def kept_choice(item: Item, entry: Mapping[str, Any] | None) -> Choice | None:
    """Give the choice made earlier, or None when there is none or the question has been rewritten since."""
    if entry is None or entry.get("question") != item.question:
        return None
    return next((choice for choice in item.choices if choice.text == entry.get("choice")), None)


def _item(name: str, given: Mapping[str, Any]) -> Item:
    try:
        choices = tuple(Choice(**choice) for choice in given.get("choices", ()))
    except TypeError as error:
        raise ValueError(f"Quiz question {name} has a choice without text or answer, or with more.") from error
    return Item(name, str(given.get("question", "")), choices)
