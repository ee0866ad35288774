"""A prediction: asked before anything is shown, locked for good, kept at once."""

from __future__ import annotations

import html
from typing import Any

import ipywidgets

from parecon_edu.display.accessible import Names
from parecon_edu.lesson import learner
from parecon_edu.lesson.questions import Answer, Question, fitting, question
from parecon_edu.lesson.status import Status


def predict(name: str) -> Prediction:
    """Ask a prediction of a lesson.

    Parameters
    ----------
    name
        Lesson and name, ``"04.split"``; the words are in the lesson's TOML file.

    Returns
    -------
    Prediction
        Shows its fields, or, once locked, what was locked.

    Raises
    ------
    ValueError
        If there is no such prediction.
    """
    return Prediction(question(name))


class Prediction(ipywidgets.VBox):  # type: ignore[misc]
    """Fields for an answer, a Lock button, and a line that says what is left to do.

    Works without a browser: `lock` takes an answer, `locked` and `answer` say what stands.

    Parameters
    ----------
    asked
        The question; `predict` looks it up.
    """

    def __init__(self, asked: Question) -> None:
        self.asked = asked
        self.answer: Answer | None = None
        self.status = Status()
        self._fields = _fields(asked)
        self._button = ipywidgets.Button(description="Lock", tooltip="Keep this answer; it can't be changed afterwards")
        self._button.on_click(lambda _: self._press())
        for part in self._fields:
            part.observe(lambda _: self._typed(), "value")
        text = ipywidgets.HTML(f'<p class="pe-asked">{html.escape(asked.question)}</p>')
        super().__init__([text, *self._fields, self.status, self._button, Names(_names(asked, self._fields))])
        self.add_class("pe-question")
        self._open()

    @property
    def locked(self) -> bool:
        """Whether an answer stands; from then on it can't be changed."""
        return self.answer is not None

    def lock(self, given: object) -> None:
        """Lock an answer, as the button does.

        Parameters
        ----------
        given
            For a split, numbers in the order of the names or by name; for a number, a number; for a choice, its text.

        Raises
        ------
        ValueError
            If it is no full answer, or one is locked already. Then nothing changes.
        """
        if self.locked:
            raise ValueError("This prediction is locked already. It stays as it is until the end of the lesson.")
        answer = self.asked.read(given)
        store, name = learner.store(), self.asked.name
        entry: dict[str, Any] = {"answer": answer, "words": self.asked.said(answer)}
        before = store.read("predict", name)
        if before is not None and fitting(self.asked, before) is None:
            # The question was rewritten since: the old answer stays in the file beside the new one.
            store.write("predict", name, {**entry, "earlier": dict(before)})
            standing = answer
        else:
            # Another window may have been quicker; what was locked first stands.
            kept = fitting(self.asked, store.write_once("predict", name, entry))
            standing = answer if kept is None else kept
        quicker = standing != answer
        self._close(standing, began="You had locked this already, in another window" if quicker else "Locked")

    def _press(self) -> None:
        try:
            self.lock(self._given())
        except ValueError as error:
            self.status.say(str(error))

    def _typed(self) -> None:
        if self.locked:
            return
        given = self._given()
        try:
            self.asked.read(given)
            self._button.disabled = False
        except ValueError:
            self._button.disabled = True
        self.status.say(self.asked.progress(given))

    def _given(self) -> object:
        values = [part.value for part in self._fields]
        return values if self.asked.kind == "split" else values[0]

    def _open(self) -> None:
        """Show what was locked before, or the empty fields."""
        before = learner.store().read("predict", self.asked.name)
        answer = fitting(self.asked, before)
        if answer is not None:
            self._close(answer, began="You locked this earlier")
            return
        self._typed()
        if before is not None:
            was = before.get("words", "another answer")
            self.status.say(f"This question has changed since you answered it ({was}). You can lock a new answer.")
        elif self.asked.kind == "choice":
            self.status.say("Pick one answer, then lock it.")
        elif self.asked.kind == "number":
            self.status.say("Type a number, then lock it.")

    def _close(self, answer: Answer, *, began: str) -> None:
        self.answer = answer
        shown = [self.asked.amount(v) for v in answer] if isinstance(answer, list) else [answer]
        for part, value in zip(self._fields, shown, strict=True):
            part.disabled = True
            part.value = value if isinstance(value, str) else self.asked.amount(value)
        self._button.disabled = True
        self._button.description = "Locked"
        said = " ".join([f"{began}: {self.asked.said(answer)}.", *learner.notices()])
        self.status.say(said, mood="locked")

    def __repr__(self) -> str:
        asked = self.asked
        among = asked.names or asked.choices
        state = f"Locked: {asked.said(self.answer)}." if self.answer is not None else "Not locked yet."
        return "\n".join([asked.question, *(f"  {one}" for one in among), state])

    def _repr_mimebundle_(self, **options: Any) -> Any:
        bundle = super()._repr_mimebundle_(**options)
        data = bundle[0] if isinstance(bundle, tuple) else bundle
        if data:
            data["text/plain"] = repr(self)
        return bundle


def _fields(asked: Question) -> list[Any]:
    """Make the fields: text boxes for numbers, since they can tell a slip of the finger; radio buttons for a choice."""
    if asked.kind == "choice":
        return [ipywidgets.RadioButtons(options=list(asked.choices), value=None)]
    labels = asked.names or (asked.what or "Your number",)
    return [ipywidgets.Text(description=label, placeholder=asked.unit) for label in labels]


def _names(asked: Question, fields: list[Any]) -> dict[Any, str]:
    if asked.kind == "split":
        share = f"what you give of {asked.amount(asked.total)}"
        return {part: f"{name}: {share}" for name, part in zip(asked.names, fields, strict=True)}
    return {fields[0]: asked.question}
