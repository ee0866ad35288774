"""What every notebook uses: begin, predict, reveal, check, quiz, claim, progress, contents, navigation, glossary.

Importing this package loads nothing heavy; each name is fetched from its module when it is first used.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from parecon_edu.lesson.beginning import begin
    from parecon_edu.lesson.checks import Ladder, Verdict, check
    from parecon_edu.lesson.claims import Claim, ClaimFailed, all_claims, claim
    from parecon_edu.lesson.course import contents, glossary, navigation
    from parecon_edu.lesson.marks import progress
    from parecon_edu.lesson.predictions import Prediction, predict
    from parecon_edu.lesson.quizzes import Quiz, quiz
    from parecon_edu.lesson.reveals import reveal

_HOME = {
    "begin": "beginning",
    "Ladder": "checks",
    "Verdict": "checks",
    "check": "checks",
    "Claim": "claims",
    "ClaimFailed": "claims",
    "claim": "claims",
    "all_claims": "claims",
    "contents": "course",
    "glossary": "course",
    "navigation": "course",
    "progress": "marks",
    "Prediction": "predictions",
    "predict": "predictions",
    "reveal": "reveals",
    "Quiz": "quizzes",
    "quiz": "quizzes",
}

__all__ = [
    "Claim",
    "ClaimFailed",
    "Ladder",
    "Prediction",
    "Quiz",
    "Verdict",
    "all_claims",
    "begin",
    "check",
    "claim",
    "contents",
    "glossary",
    "navigation",
    "predict",
    "progress",
    "quiz",
    "reveal",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"parecon_edu.lesson has no {name!r}. It has {', '.join(__all__)}.")
    return getattr(importlib.import_module(f"parecon_edu.lesson.{_HOME[name]}"), name)


def __dir__() -> list[str]:
    return __all__
