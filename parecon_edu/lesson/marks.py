"""What a learner has done so far, counted lesson by lesson."""

from __future__ import annotations

from dataclasses import dataclass

from parecon_edu.display.exhibit import Table
from parecon_edu.lesson import course, learner
from parecon_edu.lesson.checks import ladders_of
from parecon_edu.lesson.items import items_of, kept_choice
from parecon_edu.lesson.phrases import counted
from parecon_edu.lesson.questions import fitting, questions


@dataclass(frozen=True)
class Mark:
    """What is done in one lesson, as pairs (done, all there is)."""

    lesson: course.Lesson
    opened: bool
    predictions: tuple[int, int]
    checks: tuple[int, int]
    quiz: tuple[int, int]

    def __str__(self) -> str:
        parts = [
            f"{done} of {counted(whole, noun)} {verb}"
            for (done, whole), noun, verb in (
                (self.predictions, "prediction", "locked"),
                (self.checks, "check", "right"),
                (self.quiz, "quiz question", "right"),
            )
            if whole
        ]
        return ", ".join(parts) or "nothing to lock or to answer"


def mark(one: course.Lesson) -> Mark:
    """Count what is done in a lesson."""
    store = learner.store()
    asked, items = questions(one), items_of(one)
    exercises = [name for name in ladders_of(one) if name.partition(".")[0] == one.id]
    locked = sum(fitting(each, store.read("predict", each.name)) is not None for each in asked)
    right = sum(store.read("right", name) is not None for name in exercises)
    chosen = [kept_choice(item, store.read("quiz", item.name)) for item in items]
    return Mark(
        lesson=one,
        opened=store.read("opened", one.id) is not None,
        predictions=(locked, len(asked)),
        checks=(right, len(exercises)),
        quiz=(sum(choice is not None and choice.right for choice in chosen), len(items)),
    )


def progress() -> course.Page:
    """Show what is done in each lesson: opened, predictions locked, checks right, quiz questions right."""
    every = course.lessons()
    marks = [mark(one) for one in every if one.here]
    rows = tuple(
        (each.lesson.label, "yes" if each.opened else "not yet", *map(_of, (each.predictions, each.checks, each.quiz)))
        for each in marks
    )
    table = Table(("lesson", "opened", "predictions", "checks", "quiz"), rows, "What you have done so far")
    coming = len(every) - len(marks)
    more = [f"{counted(coming, 'more lesson')} {'is' if coming == 1 else 'are'} coming."] if coming else []
    text = "\n".join([str(table), *more, *learner.notices()])
    after = "".join(f"<p>{line}</p>" for line in more) + learner.notices_html()
    return course.Page(text, table.to_html() + after)


def _of(pair: tuple[int, int]) -> str:
    done, whole = pair
    return f"{done} of {whole}" if whole else "–"
