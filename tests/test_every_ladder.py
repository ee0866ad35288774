"""What holds for every exercise of the course, whatever its topic."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest

from parecon_edu.lesson import course
from parecon_edu.lesson.checks import Ladder

ROOT = Path(__file__).resolve().parents[1]
TOPICS = sorted(
    ".".join(path.relative_to(ROOT).with_suffix("").parts)
    for path in (ROOT / "parecon_edu").glob("**/exercises.py")
    if path.parent.name != "lesson"
)
ODD = [{}, [[]], object(), lambda: 1, "é" * 999, 10**400, (None,), float("nan"), b"x"]
LADDERS = [(name, ladder) for topic in TOPICS for name, ladder in import_module(topic).LADDERS.items()]


@pytest.mark.parametrize(("name", "ladder"), LADDERS, ids=[name for name, _ in LADDERS])
def test_a_ladder_starts_with_not_answered_and_ends_with_a_thought(name: str, ladder: Ladder) -> None:
    assert ladder.steps[0].name == "not answered yet"
    assert ladder.climb(None).step == "not answered yet"
    assert ladder.right.endswith((".", "?"))
    assert len(ladder.right.split()) > 4, "a thought that goes on, not praise alone"


@pytest.mark.parametrize(("name", "ladder"), LADDERS, ids=[name for name, _ in LADDERS])
@pytest.mark.parametrize("answer", ODD, ids=lambda odd: type(odd).__name__)
def test_no_answer_is_too_odd_for_a_hint(name: str, ladder: Ladder, answer: object) -> None:
    verdict = ladder.climb(answer)
    assert not verdict.right
    assert len(verdict.hint) > 10


@pytest.mark.parametrize(("name", "ladder"), LADDERS, ids=[name for name, _ in LADDERS])
def test_a_ladder_stands_in_its_lessons_exercises(name: str, ladder: Ladder) -> None:
    lesson = course.lesson(name.partition(".")[0])
    folder, file = ("solutions", lesson.exercises) if lesson.exercises else ("lessons", lesson.file)
    assert f'check(\\"{name}\\"' in (ROOT / folder / file).read_text(encoding="utf-8")
