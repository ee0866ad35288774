"""A small course of our own, and a learner's folder that is empty."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from parecon_edu.lesson import course, learner

CONTENTS = """
[[lesson]]
id = "00"
file = "00_start_here.ipynb"
title = "How does this kit work?"
question = "Where is what?"
minutes = 10
topic = "remuneration"

[[lesson]]
id = "02"
file = "02_later.ipynb"
title = "Not written yet?"
question = "When?"
minutes = 40
needs = ["00"]

[[lesson]]
id = "04"
file = "04_pay.ipynb"
title = "What should income reward?"
question = "Who gets what?"
minutes = 40
needs = ["00"]

[[lesson]]
id = "04b"
parent = "04"
file = "04b_room.ipynb"
title = "A side room?"
question = "And besides?"
minutes = 10
needs = ["04"]

[[lesson]]
id = "04c"
parent = "04"
file = "04c_room.ipynb"
title = "Another side room?"
question = "And then?"
minutes = 10
needs = ["04"]

[[lesson]]
id = "05"
file = "05_later.ipynb"
title = "Not written yet either?"
question = "When?"
minutes = 40
needs = ["04"]
"""

WORDS = """
[predict.split]
question = "How would you split 1,200?"
kind = "split"
names = ["Amara", "Bo", "Chen", "Dita"]
total = 1200

[predict.gini]
question = "How unequal?"
kind = "number"
what = "a Gini"
least = 0
most = 1

[predict.loser]
question = "Whose share falls?"
kind = "choice"
choices = ["Amara's", "Chen's"]

[[quiz]]
question = "What does effort pay reward?"
choices = [
    { text = "Hours alone.", answer = "Two more things count." },
    { text = "Sacrifice.", right = true, answer = "Hours, intensity, onerousness." },
    { text = "Talent.", answer = "That is output pay." },
]

[[quiz]]
question = "And those who cannot work?"
choices = [
    { text = "They get the average.", right = true, answer = "No more, no less." },
    { text = "They get nothing.", answer = "Look at Dita's bar." },
]
"""


@pytest.fixture
def lessons(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A course in which 00, 04 and both side rooms exist, and 02 and 05 are coming."""
    folder = tmp_path / "lessons"
    folder.mkdir()
    (folder / "contents.toml").write_text(CONTENTS, encoding="utf-8")
    (folder / "04_pay.toml").write_text(WORDS, encoding="utf-8")
    for name in ("00_start_here", "04_pay", "04b_room", "04c_room"):
        (folder / f"{name}.ipynb").write_text('{"cells": []}', encoding="utf-8")
    monkeypatch.setattr(course, "folder", lambda: folder)
    return folder


@pytest.fixture
def my_course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty learner's folder; what is kept before and after a test does not mix."""
    folder = tmp_path / "my_course"
    monkeypatch.setenv("PARECON_COURSE", str(folder))
    learner.forget()
    yield folder
    learner.forget()


@pytest.fixture
def a_person(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the package believe that a person is sitting here, not a test."""
    monkeypatch.setenv("PARECON_STRICT_ERRORS", "0")
