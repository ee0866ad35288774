"""How a topic's ladders of hints are tried: each mistake on its own step, and no hint that gives the answer away."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pytest

from parecon_edu.lesson.checks import Ladder

Answers = Sequence[tuple[str, Any, str]]


def each_mistake_has_its_step(ladders: Mapping[str, Ladder], answers: Answers) -> Callable[..., None]:
    """Make the test that each answer (exercise, answer, step) stops at its step, and is right only at "right"."""

    @pytest.mark.parametrize(("exercise", "answer", "step"), answers)
    def test(exercise: str, answer: Any, step: str) -> None:
        verdict = ladders[exercise].climb(answer)
        assert verdict.step == step, verdict
        assert verdict.right == (step == "right")

    return test


def no_hint_tells(
    ladders: Mapping[str, Ladder], answers: Answers, told: Mapping[str, Sequence[str]], *, but: Sequence[str] = ()
) -> Callable[[], None]:
    """Make the test that no hint to these answers holds what an exercise asks for; steps in `but` list all choices."""

    def test() -> None:
        for exercise, answer, step in answers:
            if exercise in told and step not in ("right", "not answered yet", *but):
                # A hint may repeat what the learner wrote, so words of theirs don't count.
                hint = ladders[exercise].climb(answer).hint.casefold().replace(repr(answer).casefold(), "")
                assert not any(part.casefold() in hint for part in told[exercise]), hint

    return test
