"""The quiz at a lesson's end: every wrong choice has an answer of its own."""

from __future__ import annotations

import html
from collections.abc import Sequence
from typing import Any

import ipywidgets

from parecon_edu.display.accessible import Names
from parecon_edu.lesson import course, learner
from parecon_edu.lesson.items import Item, items_of, kept_choice
from parecon_edu.lesson.phrases import counted
from parecon_edu.lesson.status import Status


def quiz(name: str) -> Quiz:
    """Ask all questions of a lesson's quiz.

    Parameters
    ----------
    name
        The lesson, ``"04"``; the words are in its TOML file.

    Returns
    -------
    Quiz
        One box a question; answers are kept at once and shown again next time.

    Raises
    ------
    ValueError
        If there is no such lesson, or it has no quiz.
    """
    items = items_of(course.lesson(name))
    if not items:
        raise ValueError(f"Lesson {name} has no quiz yet. Its questions go into a [[quiz]] part of its TOML file.")
    return Quiz(items)


class Quiz(ipywidgets.VBox):  # type: ignore[misc]
    """Questions, one under the other.

    Works without a browser: ``answer(1, "the text of a choice")`` gives what the box would say.

    Parameters
    ----------
    items
        The questions; `quiz` looks them up.
    """

    def __init__(self, items: Sequence[Item]) -> None:
        self._boxes = [_Box(item, of=len(items)) for item in items]
        super().__init__(self._boxes)

    def answer(self, number: int, choice: str) -> str:
        """Answer a question, as its button does; gives the reply.

        Raises
        ------
        ValueError
            If there is no such question or choice.
        """
        if not 1 <= number <= len(self._boxes):
            raise ValueError(f"This quiz has {counted(len(self._boxes), 'question')}; there is no number {number}.")
        return self._boxes[number - 1].answer(choice)

    @property
    def right(self) -> int:
        """How many questions are answered rightly now."""
        return sum(box.right for box in self._boxes)

    def __repr__(self) -> str:
        return "\n\n".join(map(repr, self._boxes))

    def _repr_mimebundle_(self, **options: Any) -> Any:
        bundle = super()._repr_mimebundle_(**options)
        data = bundle[0] if isinstance(bundle, tuple) else bundle
        if data:
            data["text/plain"] = repr(self)
        return bundle


class _Box(ipywidgets.VBox):  # type: ignore[misc]
    """One question: its choices, a button, and the reply to the choice made."""

    def __init__(self, item: Item, *, of: int) -> None:
        self.item = item
        self.right = False
        self.status = Status()
        self._choices = ipywidgets.RadioButtons(options=[choice.text for choice in item.choices], value=None)
        self._button = ipywidgets.Button(description="Answer", tooltip="See what there is to say to this choice")
        # What a reply says belongs to the choice it was given to: take it away when another is picked.
        self._choices.observe(lambda _: self.status.say(""), "value")
        self._button.on_click(lambda _: self._press())
        number = f"Question {item.number} of {of}"
        asked = ipywidgets.HTML(
            f'<p class="pe-asked">{html.escape(item.question)}</p><p style="margin:0"><small>{number}</small></p>'
        )
        names = Names({self._choices: f"{number}: {item.question}"})
        super().__init__([asked, self._choices, self._button, self.status, names])
        self.add_class("pe-question")
        before = kept_choice(item, learner.store().read("quiz", item.name))
        if before is not None:
            self._choices.value = before.text
            self._reply(before.text)

    def answer(self, text: str) -> str:
        choice = self.item.choice(text)
        self._choices.value = choice.text
        entry = {"question": self.item.question, "choice": choice.text, "right": choice.right}
        learner.store().write("quiz", self.item.name, entry)
        return self._reply(choice.text)

    def _reply(self, text: str) -> str:
        choice = self.item.choice(text)
        self.right = choice.right
        said = " ".join([f"{'Right.' if choice.right else 'Not quite.'} {choice.answer}", *learner.notices()])
        self.status.say(said, mood="right" if choice.right else "wrong")
        return said

    def _press(self) -> None:
        if self._choices.value is None:
            self.status.say("Pick one of the answers first.")
        else:
            self.answer(self._choices.value)

    def __repr__(self) -> str:
        lines = [f"  {letter}) {choice.text}" for letter, choice in zip("abcdefgh", self.item.choices, strict=False)]
        return "\n".join([f"{self.item.number}. {self.item.question}", *lines])
