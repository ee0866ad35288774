"""`start.py` as a module, and a tiny course in which it can be tried in seconds and without a network."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType

import pytest

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

import tiny_course  # noqa: E402  (the line above makes it importable)


@pytest.fixture(scope="session")
def start() -> ModuleType:
    """The file `start.py` as a module."""
    return tiny_course.start


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A checkout with two lessons and an exercise, in a folder whose name has spaces and other letters."""
    return tiny_course.write_lessons(tmp_path / "Küche & Rat 東京" / "parecon edu")


@pytest.fixture
def course(root: Path) -> Path:
    """The learner's folder of that checkout, not made yet."""
    return root / "my_course"
