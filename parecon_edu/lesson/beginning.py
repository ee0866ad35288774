"""The first code cell of every lesson."""

from __future__ import annotations

import html

from parecon_edu.display.words import join
from parecon_edu.lesson import course, errors, learner
from parecon_edu.lesson.marks import mark
from parecon_edu.lesson.phrases import counted, sentence


def begin(name: str) -> course.Page:
    """Begin a lesson: errors turn into plain sentences, the lesson is marked as opened, and one line says what is done.

    Parameters
    ----------
    name
        The lesson, ``"04"``.

    Returns
    -------
    Page
        How long it takes, what to do first if that was not opened yet, and what is done so far.

    Raises
    ------
    ValueError
        If there is no such lesson.
    """
    errors.install()
    one, store = course.lesson(name), learner.store()
    store.write_once("opened", one.id, {})
    first = [course.lesson(need) for need in one.needs if store.read("opened", need) is None]
    line = f"Lesson {one.id}, {counted(one.minutes, 'minute')}. {_capital(str(mark(one)))}."
    hint = " " + sentence(f"Before this one: {join(each.label for each in first)}") if first else ""
    told = learner.notices()
    page = f"<p>{html.escape(line + hint)}</p>" + "".join(f"<p>{html.escape(notice)}</p>" for notice in told)
    return course.Page("\n".join([line + hint, *told]), page)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
