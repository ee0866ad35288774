"""Checks that answer at once: a ladder of steps, each of which names one mistake.

A topic keeps its ladders in ``exercises.py``, in a dictionary called ``LADDERS``::

    from parecon_edu.lesson.checks import Ladder, answered, close, finite, mistaken_for, of_shape, of_type

    LADDERS = {
        "04.2": Ladder(
            answered(),
            of_type("numbers"),
            of_shape(4, each="person"),
            finite(),
            mistaken_for([453, 408, 340, 0], "Dita gets nothing here. What about people who can't work?"),
            close(lambda: pay(four, "effort", pool=1200), hint="Start from hours × intensity × onerousness."),
            right="Yes. Effort pay gives Chen 75 % of Amara's pay for half her hours.",
        ),
    }

The steps are climbed in order and the first that fails gives the hint, so put the coarse ones first (not answered,
wrong type, wrong shape), then the mistakes you expect, and the real test last. A hint helps to find the mistake; it
never holds the answer. No answer, whatever its type, makes a check raise.
"""

from __future__ import annotations

import copy
import dis
import html
import importlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

import numpy as np

from parecon_edu.display.words import join
from parecon_edu.lesson import course, learner
from parecon_edu.lesson.phrases import amount, counted, either, sentence
from parecon_edu.lesson.trouble import in_words, line_in

NOT_ANSWERED: Final = "not answered yet"
RIGHT: Final = "right"
Test = Callable[[Any], str | None]
"""Takes the answer; returns the hint when the answer fails here, None when it may climb on."""


@dataclass(frozen=True, repr=False)
class Verdict:
    """What a check says: whether it is right, on which step it stopped, and the hint. Shows itself as one sentence.

    Examples
    --------
    >>> Verdict(right=False, step="wrong sign", hint="Pay can't be negative.")
    Not yet: Pay can't be negative.
    """

    right: bool
    step: str
    hint: str
    notices: tuple[str, ...] = field(default=(), compare=False)

    def __repr__(self) -> str:
        began = "Right. " if self.right else "" if self.step == NOT_ANSWERED else "Not yet: "
        return " ".join([f"{began}{self.hint}".strip(), *self.notices])

    def _repr_html_(self) -> str:
        mark, edge = (
            ("✓", "#009E73") if self.right else ("…", "#999999") if self.step == NOT_ANSWERED else ("→", "#E69F00")
        )
        return (
            f'<div role="status" style="border-left:4px solid {edge};padding:.4em .8em;margin:.2em 0">'
            f'<span aria-hidden="true">{mark} </span>{code_marked(repr(self))}</div>'
        )


def code_marked(text: str) -> str:
    """Escape a sentence for HTML and set what stands between backticks as code.

    Examples
    --------
    >>> code_marked("a < b in `f(x)`")
    'a &lt; b in <code>f(x)</code>'
    """
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", html.escape(text, quote=False))


@dataclass(frozen=True)
class Step:
    """One step of a ladder: the name of the mistake it looks for and the test that finds it."""

    name: str
    test: Test


class Ladder:
    """Steps to climb, in order; the first that fails gives the hint.

    Parameters
    ----------
    steps
        From coarse to fine; the building blocks below make them, or write a `Step` of your own.
    right
        What to say to a right answer: one sentence that takes the thought further, not praise alone.

    Examples
    --------
    >>> share = close(300, hint="How many people share the pool?")
    >>> ladder = Ladder(answered(), of_type("number"), share, right="Each 300.")
    >>> ladder.climb(...).step, ladder.climb("300").step, ladder.climb(400).hint
    ('not answered yet', 'wrong type', 'How many people share the pool?')
    >>> ladder.climb(300)
    Right. Each 300.
    """

    def __init__(self, *steps: Step, right: str = "") -> None:
        if not steps:
            raise ValueError("A ladder needs at least one step. Begin with answered().")
        self.steps: Final = steps
        self.right: Final = sentence(right)

    def climb(self, answer: object) -> Verdict:
        """Give the verdict on an answer. Never raises, whatever the answer is."""
        for step in self.steps:
            try:
                hint = step.test(answer)
            except Exception:
                # An answer of a kind that the step did not expect is the learner's to mend, not a crash of ours.
                hint = f"This is {described(answer)}, which can't be compared with what is asked for."
            if hint is not None:
                name = NOT_ANSWERED if hint == _NOT_YET else step.name
                return Verdict(right=False, step=name, hint=sentence(hint))
        return Verdict(right=True, step=RIGHT, hint=self.right)


_NOT_YET: Final = "Not answered yet. Put your answer where the three dots are, then run the cell again."


def check(exercise: str, answer: object = ..., *, ladder: Ladder | None = None) -> Verdict:
    """Look at an answer and say what to look at next; it never grades and never reveals.

    Parameters
    ----------
    exercise
        Lesson and number, as in the notebook: ``"04.2"``.
    answer
        A number, a list, text or a function, as the exercise asks. Nothing or ``...`` means not answered yet.
    ladder
        Steps to climb; by default those of the lesson's topic (``LADDERS`` in its ``exercises.py``).

    Returns
    -------
    Verdict
        ``.right``, ``.step``, ``.hint``; shows itself as one sentence. What was reached is kept for the learner;
        ``.notices`` says if it could not be.

    Raises
    ------
    ValueError
        If there is no such exercise.
    """
    steps = ladder or ladder_of(exercise)
    verdict = steps.climb(answer)
    if verdict.step != NOT_ANSWERED:
        store = learner.store()
        store.write("check", exercise, {"step": verdict.step, "answer": _plain(answer)})
        if verdict.right:
            # A file of its own: what was right once stays so, whatever is tried later or in another window.
            store.write_once("right", exercise, {})
    return replace(verdict, notices=tuple(learner.notices()))


def ladder_of(exercise: str) -> Ladder:
    """Find the ladder of an exercise in its topic's ``exercises.py``."""
    ladders = ladders_of(course.lesson_of(exercise))
    if exercise not in ladders:
        lesson = course.lesson_of(exercise)
        have = [name for name in ladders if course.lesson_of(name) == lesson]
        raise ValueError(f"There is no check called {exercise!r}. Lesson {lesson.id} has {join(have) or 'none'}.")
    return ladders[exercise]


def ladders_of(lesson: course.Lesson) -> Mapping[str, Ladder]:
    """Read the ladders of a lesson's topic; empty when the topic has no exercises."""
    name = f"parecon_edu.{lesson.topic}.exercises"
    if not lesson.topic:
        return {}
    try:
        module = importlib.import_module(name)
    except ModuleNotFoundError as error:
        if error.name is not None and name.startswith(error.name):
            return {}
        raise
    ladders: Mapping[str, Ladder] = module.LADDERS
    return ladders


# --- building blocks ------------------------------------------------------------------------------------------------


def answered(*, placeholder: object = ...) -> Step:
    """Stop at what nobody has touched yet: ``None``, ``...``, empty text or list, the placeholder, ``def f(): ...``."""

    def test(answer: object) -> str | None:
        return _NOT_YET if untouched(answer, placeholder=placeholder) else None

    return Step(NOT_ANSWERED, test)


def untouched(answer: object, *, placeholder: object = ...) -> bool:
    """Whether an answer is still as the exercise came: nothing, dots, the placeholder, or a function with no body.

    Examples
    --------
    >>> def later(hours):
    ...     "Work out the pay."
    ...     ...
    >>> [untouched(x) for x in (None, ..., "  ", [..., ...], later, 0, lambda: 1)]
    [True, True, True, True, True, False, False]
    """
    if answer is None or answer is ...:
        return True
    if isinstance(answer, str):
        blank = answer.strip() in ("", "...", "…")
        return blank or (isinstance(placeholder, str) and answer.strip() == placeholder.strip())
    if isinstance(answer, Mapping):
        return all(untouched(v) for v in answer.values())
    if isinstance(answer, list | tuple | set):
        return all(untouched(v) for v in answer)
    if isinstance(answer, np.ndarray):
        return answer.size == 0
    if callable(answer) and hasattr(answer, "__code__"):
        return _empty_body(answer)
    return placeholder is not ... and _same(answer, placeholder, rtol=0.0)


def of_type(kind: str | type | tuple[type, ...], *, hint: str = "") -> Step:
    """Ask for a kind of answer: ``"number"``, ``"numbers"``, ``"text"``, ``"yes or no"``, ``"function"``; or a type.

    Without a hint of its own it says what it expected and what it got, and guesses why (a number in quotes, a function
    without its brackets, one number where several are asked for).
    """
    if isinstance(kind, str) and kind not in _KINDS:
        raise ValueError(f"There is no kind of answer called {kind!r}. Use {either(_KINDS)}.")
    article = {
        "number": "one number",
        "numbers": "a list of numbers",
        "function": "a function",
        "text": "text in quotes",
    }

    def test(answer: object) -> str | None:
        fits = _KINDS[kind](answer) if isinstance(kind, str) else isinstance(answer, kind)
        if fits:
            return None
        wanted = article.get(kind, "True or False") if isinstance(kind, str) else "something else"
        return hint or f"What is asked for here is {wanted}; yours is {described(answer)}.{_why(answer, kind)}"

    return Step("wrong type", test)


def of_shape(shape: int | tuple[int, ...], *, each: str = "", hint: str = "") -> Step:
    """Ask for so many numbers; `each` says what each stands for (``each="person"``)."""
    wanted = (shape,) if isinstance(shape, int) else tuple(shape)

    def test(answer: object) -> str | None:
        try:
            got = np.shape(_values(answer))
        except ValueError:
            return "The rows of your table are not equally long."
        if got == wanted:
            return None
        if hint:
            return hint
        what = f", one for each {each}" if each else ""
        if len(wanted) == 1 and len(got) <= 1:
            mine = counted(got[0] if got else 1, "number")
            return f"This needs {counted(wanted[0], 'number')}{what}; yours has {mine}."
        mine = " × ".join(map(str, got)) or "one number"
        return f"This needs a table of {' × '.join(map(str, wanted))}{what}; yours is {mine}."

    return Step("wrong shape", test)


def finite(*, hint: str = "") -> Step:
    """Stop at NaN and infinity, which come from dividing by zero."""

    def test(answer: object) -> str | None:
        if np.isfinite(_array(answer)).all():
            return None
        return (
            hint or "Somewhere in it is a value that is not a number, or infinite. Did something get divided by zero?"
        )

    return Step("not a number", test)


def mistaken_for(value: Any, hint: str, *, name: str = "", rtol: float = 1e-3, atol: float = 1e-9) -> Step:
    """Recognise the result of one expected mistake and name it. `value` may be a function without arguments."""

    def test(answer: object) -> str | None:
        return hint if _same(answer, _now(value), rtol=rtol, atol=atol) else None

    return Step(name or "a known mistake", test)


def close(value: Any, rtol: float = 1e-3, *, atol: float = 1e-9, hint: str = "", name: str = "") -> Step:
    """Ask for a number, numbers or text near `value`, which may be a function without arguments."""

    def test(answer: object) -> str | None:
        if _same(answer, _now(value), rtol=rtol, atol=atol):
            return None
        return hint or "That is not it yet. Go through your steps once more, with the smallest case you can think of."

    return Step(name or "not the value", test)


def satisfies(condition: Callable[[Any], bool], hint: str, *, name: str = "") -> Step:
    """Ask for anything else that can be tested: ``satisfies(lambda pay: sum(pay) <= 1200, "More is paid than …")``."""

    def test(answer: object) -> str | None:
        return None if bool(condition(answer)) else hint

    return Step(name or "does not fit", test)


@dataclass(frozen=True)
class Case:
    """One call of a learner's function and what should come back.

    Attributes
    ----------
    args, kwargs
        What the function is called with; it gets copies, so it can change them without harm.
    expected
        The right result, or a function without arguments that gives it, or a function ``test(result) -> bool``
        wrapped in `Law`.
    words
        The case in words, after "With": ``"nobody able to work"``.
    hint
        What to say when just this case fails; it names the mistake, not the result.
    """

    args: tuple[Any, ...]
    expected: Any
    words: str = ""
    hint: str = ""
    kwargs: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Law:
    """A condition on a result, for a `Case` without one right value: ``Law(lambda pay: sum(pay) <= 1200)``."""

    holds: Callable[[Any], bool]


def cases(*several: Case, rtol: float = 1e-3, atol: float = 1e-9, name: str = "") -> Step:
    """Call a learner's function with each case in turn; the first that goes wrong is said in words.

    An error inside the function is caught and told with its line; a function that gives nothing back is asked for its
    ``return``; one that gives ``...`` back is not answered yet.
    """
    if not several:
        raise ValueError("cases() needs at least one Case to try.")

    def test(answer: object) -> str | None:
        if not callable(answer):
            return f"What is asked for here is a function; yours is {described(answer)}."
        for case in several:
            hint = _try(answer, case, rtol=rtol, atol=atol)
            if hint is not None:
                return hint
        return None

    return Step(name or "a case fails", test)


def words(least: int, *, hint: str = "") -> Step:
    """Ask for a text of at least so many words."""

    def test(answer: object) -> str | None:
        if not isinstance(answer, str):
            return f"What is asked for here is text in quotes; yours is {described(answer)}."
        have = len(re.findall(r"\w[\w'’-]*", answer))
        return (
            None
            if have >= least
            else hint or f"You have {counted(have, 'word')}. Take at least {least}: a reason needs room."
        )

    return Step("too short", test)


def mentions(terms: Sequence[str], hint: str, *, least: int = 1) -> Step:
    """Ask a text to speak of at least so many of the terms (whole or beginnings of words, small or capital letters)."""

    def test(answer: object) -> str | None:
        text = str(answer).casefold()
        found = sum(bool(re.search(rf"\b{re.escape(term.casefold())}", text)) for term in terms)
        return None if found >= least else hint

    return Step("something is missing", test)


def picked(read: Callable[[object], str], wrong: Mapping[str, tuple[str, str]], *, none: str) -> tuple[Step, ...]:
    """Ask for one out of a few, each wrong one with a name and a hint of its own.

    Parameters
    ----------
    read
        Which one an answer stands for; ``""`` if it is none of them.
    wrong
        Name of the step and hint, for each that is not the one.
    none
        The hint for an answer that is none of them.

    Examples
    --------
    >>> colours = {"red": ("the warm one", "Colder."), "green": ("the middle", "Nearly.")}
    >>> ladder = Ladder(*picked(str, colours, none="Which colour?"))
    >>> ladder.climb("red").hint, ladder.climb("").step, ladder.climb("blue").right
    ('Colder.', 'none of them', True)
    """

    def other_than(one: str, name: str, hint: str) -> Step:
        return Step(name, lambda answer: hint if read(answer) == one else None)

    return (
        other_than("", "none of them", none),
        *(other_than(one, name, hint) for one, (name, hint) in wrong.items()),
    )


def names_somebody(names: Sequence[str], hint: str) -> Step:
    """Ask a text to name at least one of these people."""

    def test(answer: object) -> str | None:
        named = any(re.search(rf"\b{re.escape(name)}\b", str(answer), re.IGNORECASE) for name in names)
        return None if named else hint

    return Step("nobody is named", test)


_OTHER_SIDE: Final = re.compile(
    r"\b(but|although|though|however|unless|objections?|against|weak\w*|critic\w*|opponents?|would say|disagrees?|"
    r"still|yet|on the other hand)\b",
    re.IGNORECASE,
)


def argument(*steps: Step, holds: str, least: int = 40) -> Ladder:
    """Make the ladder of an *argue* exercise: at least so many words, your steps, and at last the other side's say.

    Parameters
    ----------
    steps
        What this argument needs besides.
    holds
        What an argument that passes them has in it, for the last sentence.
    least
        How many words.

    Examples
    --------
    >>> about_rules = argument(mentions(["majority"], "Which rule?"), holds="a rule and an objection", least=4)
    >>> about_rules.climb("Write here.").step
    'not answered yet'
    >>> about_rules.climb("A majority, but not at night.").hint[:44]
    'That has a rule and an objection in it. A ch'
    """
    return Ladder(
        answered(placeholder="Write here."),
        of_type("text", hint="Write your argument as text, between three quotation marks on each side."),
        words(least),
        *steps,
        satisfies(
            lambda answer: _OTHER_SIDE.search(str(answer)) is not None,
            "Only one side speaks so far. What would somebody say who disagrees?",
            name="something is missing",
        ),
        right=f"That has {holds} in it. A check can't judge an argument: hold it against the list, or swap with your "
        "neighbour.",
    )


# --- what the steps are made of -------------------------------------------------------------------------------------


def described(answer: object) -> str:
    """Say what kind of thing an answer is, in everyday words.

    Examples
    --------
    >>> described("300"), described([1, 2]), described(True), described(amount)
    ("text ('300')", 'a list', 'True', 'a function')
    """
    if isinstance(answer, bool | np.bool_):
        return str(bool(answer))
    if answer is None or answer is ...:
        return "nothing yet"
    if isinstance(answer, str):
        return f"text ({answer[:30] + '…' if len(answer) > 30 else answer!r})"
    if isinstance(answer, int | float | np.number):
        try:
            return f"the number {amount(float(answer))}"
        except OverflowError:
            return "a number too long to be worked with"
    if isinstance(answer, complex):
        return "a complex number"
    if isinstance(answer, np.ndarray):
        return f"a table of {' × '.join(map(str, answer.shape))}" if answer.ndim > 1 else counted(answer.size, "number")
    plain = {list: "a list", tuple: "a list in round brackets", dict: "a dictionary", set: "a set", type: "a type"}
    if type(answer) in plain:
        return plain[type(answer)]
    return "a function" if callable(answer) else f"something else ({type(answer).__name__})"


def _is_number(answer: object) -> bool:
    if isinstance(answer, np.ndarray):
        return answer.ndim == 0 and answer.dtype.kind in "iuf"
    return isinstance(answer, int | float | np.integer | np.floating) and not isinstance(answer, bool | np.bool_)


def _is_numbers(answer: object) -> bool:
    values = _values(answer)
    if isinstance(values, np.ndarray):
        return values.ndim > 0 and values.dtype.kind in "iuf"
    if not isinstance(values, list | tuple) or not values:
        return False
    return all(_is_number(v) or _is_numbers(v) for v in values)


_KINDS: Final[dict[str, Callable[[object], bool]]] = {
    "number": _is_number,
    "numbers": _is_numbers,
    "text": lambda answer: isinstance(answer, str),
    "yes or no": lambda answer: isinstance(answer, bool | np.bool_),
    "function": lambda answer: callable(answer) and not isinstance(answer, type),
}


def _why(answer: object, kind: object) -> str:
    """Guess why an answer has the wrong type."""
    if isinstance(answer, str) and kind in ("number", "numbers"):
        return " Take the quotes away, and the comma in thousands." if re.search(r"\d", answer) else ""
    if isinstance(_values(answer), list | tuple) and kind == "numbers":
        dots = any(untouched(value) for value in _values(answer))
        return " Part of it is still to be filled in." if dots else " Something in it is not a number."
    if callable(answer) and kind != "function":
        return " Put brackets after its name to get what it works out."
    if _is_number(answer) and kind == "numbers":
        return " Put the numbers in square brackets, with commas between them."
    if kind == "number" and _is_numbers(answer):
        return " Which one of them is asked for, or what have they to be added up to?"
    if kind == "function":
        return " Give the function's name, without brackets."
    return ""


def _values(answer: object) -> Any:
    """Take the values of a mapping (``{"Amara": 340, …}`` is a fair way to answer), everything else as it is."""
    return list(answer.values()) if isinstance(answer, Mapping) else answer


def _array(answer: object) -> np.ndarray[Any, np.dtype[np.float64]]:
    return np.asarray(_values(answer), dtype=np.float64)


def _now(value: Any) -> Any:
    return value() if callable(value) else value


def _same(answer: object, value: object, *, rtol: float, atol: float = 1e-9) -> bool:
    """Compare texts by their letters and numbers within a tolerance; different kinds or shapes are never the same."""
    if isinstance(value, str) or isinstance(answer, str):
        return (
            isinstance(value, str) and isinstance(answer, str) and answer.strip().casefold() == value.strip().casefold()
        )
    if isinstance(value, bool | np.bool_) or isinstance(answer, bool | np.bool_):
        return isinstance(answer, bool | np.bool_) and bool(answer) == bool(value)
    try:
        mine, theirs = _array(answer), _array(value)
    except (TypeError, ValueError):
        return False
    return mine.shape == theirs.shape and bool(np.allclose(mine, theirs, rtol=rtol, atol=atol))


def _empty_body(function: Any) -> bool:
    """Whether a function does nothing but give back ``None`` or ``...`` (a docstring does not count)."""
    idle = {"RESUME", "NOP", "CACHE", "LOAD_CONST", "RETURN_VALUE", "RETURN_CONST"}
    code = list(dis.get_instructions(function))
    constants = [step.argval for step in code if step.opname in ("LOAD_CONST", "RETURN_CONST")]
    return all(step.opname in idle for step in code) and all(c is None or c is ... for c in constants)


def _try(function: Callable[..., Any], case: Case, *, rtol: float, atol: float) -> str | None:
    """Call a learner's function once; the hint when it goes wrong."""
    given = f"With {case.words}, your" if case.words else "Your"
    try:
        result = function(*copy.deepcopy(case.args), **copy.deepcopy(dict(case.kwargs)))
    except (Exception, SystemExit) as error:
        return f"{given} function stops{_at(function, error)}: {in_words(error)}"
    if result is ...:
        return _NOT_YET
    if result is None:
        return f"{given} function gives nothing back. Does it end with a line that begins with `return`?"
    if isinstance(case.expected, Law):
        fine = bool(case.expected.holds(result))
    else:
        fine = _same(result, _now(case.expected), rtol=rtol, atol=atol)
    if fine:
        return None
    return f"{given} function gives {_said(result)}, and that can't be right. {sentence(case.hint)}".strip()


def _at(function: Callable[..., Any], error: BaseException) -> str:
    code = getattr(function, "__code__", None)
    place = line_in(error, files={code.co_filename}) if code is not None else None
    if place is None:
        return ""
    number, line = place
    return f" in line {number} of its cell" + (f", `{line}`" if line else "")


def _said(result: object) -> str:
    """Say a function's result briefly: a number, up to six numbers, or what kind of thing it is."""
    if _is_number(result):
        return amount(float(result))  # type: ignore[arg-type]
    if _is_numbers(result) and np.ndim(_values(result)) == 1 and len(_values(result)) <= 6:
        return f"[{', '.join(amount(float(v)) for v in _values(result))}]"
    return described(result)


def _plain(answer: object) -> object:
    """Keep short answers as they can be written down; longer or other ones are not kept. Never raises."""
    try:
        return _written(answer)
    except Exception:
        # A number with hundreds of digits, a list that holds itself: nothing to keep, and no reason to stop.
        return None


def _written(answer: object) -> object:
    if isinstance(answer, str):
        return answer[:20_000]
    if isinstance(answer, bool | np.bool_):
        return bool(answer)
    if not (_is_number(answer) or _is_numbers(answer)):
        return None
    values = _array(answer)
    return values.tolist() if values.size <= 1000 and np.isfinite(values).all() else None
