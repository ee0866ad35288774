"""The reveal: what was predicted beside what came out."""

from __future__ import annotations

import html

from parecon_edu.display.exhibit import Table
from parecon_edu.display.words import join, number
from parecon_edu.lesson import learner
from parecon_edu.lesson.course import Page
from parecon_edu.lesson.questions import Answer, Question, fitting, question, values_of


def reveal(name: str, *, actual: object, by: str = "the model") -> Page:
    """Show a prediction beside what came out, in words and as a small table.

    Parameters
    ----------
    name
        The prediction, ``"04.split"``.
    actual
        What came out: for a split, one number for each name, in their order or by name; for a number, a number; for a
        choice, the text of the right one.
    by
        Who or what says so, for the sentence: ``"effort pay"``.

    Returns
    -------
    Page
        Without a prediction it says so kindly and shows what came out.

    Raises
    ------
    ValueError
        If there is no such prediction, or `actual` does not fit it.
    """
    asked = question(name)
    answer = fitting(asked, learner.store().read("predict", name))
    if asked.kind == "choice":
        return _reveal_choice(asked, answer, actual, by=by)
    came = values_of(actual, asked)
    guess = answer if isinstance(answer, list) else [answer] if isinstance(answer, float) else None
    return _page(_sentence(asked, guess, came, by=by), _table(asked, guess, came, by=by))


def _reveal_choice(asked: Question, answer: Answer | None, actual: object, *, by: str) -> Page:
    if actual not in asked.choices:
        raise ValueError(f"actual= has to be one of the choices of {asked.name}; it is {actual!r}.")
    if answer is None:
        return _page(f"{_MISSING} {_capital(by)} says: “{actual}”.")
    if answer == actual:
        return _page(f"You expected “{answer}”, and so it came out.")
    return _page(f"You expected “{answer}”; it came out as “{actual}”. What did you count on that was not so?")


_MISSING = "You have not locked a prediction here, so there is nothing to lay beside it."


def _sentence(asked: Question, guess: list[float] | None, came: list[float], *, by: str) -> str:
    """Say the largest difference first; with several, how much would have to change hands."""
    if guess is None:
        values = [f"{name} {asked.rounded(v)}" for name, v in zip(asked.names or ("it",), came, strict=True)]
        said = join(values) if asked.names else asked.rounded(came[0])
        return f"{_MISSING} {_capital(by)} gives {said}."
    gaps = [theirs - mine for theirs, mine in zip(came, guess, strict=True)]
    widest = max(range(len(gaps)), key=lambda i: abs(gaps[i]))
    gap = _gap(guess[widest], came[widest])
    if gap == "0":
        whom = "everybody" if asked.names else "it"
        return f"You gave {whom} what {by} gives." if asked.names else f"You expected what {by} gives."
    more = "more" if gaps[widest] > 0 else "less"
    mine, theirs = asked.rounded(guess[widest]), asked.rounded(came[widest])
    if not asked.names:
        what = f"{asked.what} of " if asked.what else ""
        return f"You expected {what}{mine}; {by} gives {theirs}: {gap} {more}."
    moved = number(sum(abs(g) for g in gaps) / 2)
    return (
        f"You gave {asked.names[widest]} {mine}; {by} gives {theirs}: {gap} {more}. "
        f"From your split to that one, {_unit(moved, asked)} of {asked.rounded(asked.total)} would change hands."
    )


def _table(asked: Question, guess: list[float] | None, came: list[float], *, by: str) -> Table:
    names = asked.names or (asked.what or "the number",)
    unit = f", {asked.unit}" if asked.unit else ""
    if guess is None:
        rows: tuple[tuple[str | float, ...], ...] = tuple(zip(names, came, strict=True))
        return Table(("", by), rows, f"What came out{unit}")
    rows = tuple(
        (name, mine, theirs, _signed(mine, theirs)) for name, mine, theirs in zip(names, guess, came, strict=True)
    )
    return Table(("", "you", by, "difference"), rows, f"Your prediction and what came out{unit}")


def _page(sentence: str, table: Table | None = None) -> Page:
    text = f"{sentence}\n\n{table}" if table else sentence
    body = f"<p>{html.escape(sentence)}</p>{table.to_html() if table else ''}"
    # A damaged prediction is found here first when nobody ran the cell that asks it.
    told = learner.notices()
    text = "\n\n".join([text, *told])
    body += "".join(f"<p>{html.escape(notice)}</p>" for notice in told)
    return Page(text, f'<div class="pe-reveal">{body}</div>')


def _gap(mine: float, theirs: float) -> str:
    """Say how far apart two numbers are, with no more decimals than they are shown with: 350 and 255 are 95 apart."""
    return number(abs(theirs - mine), max(len(number(value).partition(".")[2]) for value in (mine, theirs)))


def _signed(mine: float, theirs: float) -> str:
    text = _gap(mine, theirs)
    return text if text == "0" else f"{'+' if theirs > mine else '−'}{text}"


def _unit(text: str, asked: Question) -> str:
    return f"{text} {asked.unit}" if asked.unit else text


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
