"""Quizzes: a reply begins with “Right.” or “Not quite.” by itself, and no choice looks right by how it is written."""

import re
import tomllib
from pathlib import Path

import pytest

LESSONS = Path(__file__).resolve().parents[2] / "lessons"
FILES = sorted(path for path in LESSONS.glob("[0-9]*.toml") if "[[quiz]]" in path.read_text(encoding="utf-8"))
TWICE = re.compile(r"(yes|no|right|not quite|wrong|correct)\s*[.,:;!]", re.IGNORECASE)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_replies_do_not_say_yes_or_no_once_more(path):
    quiz = tomllib.loads(path.read_text(encoding="utf-8"))["quiz"]
    assert not [choice["answer"][:60] for item in quiz for choice in item["choices"] if TWICE.match(choice["answer"])]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_choice_does_not_look_right_by_saying_yes(path):
    quiz = tomllib.loads(path.read_text(encoding="utf-8"))["quiz"]
    assert not [choice["text"][:60] for item in quiz for choice in item["choices"] if TWICE.match(choice["text"])]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_length_does_not_give_the_right_choice_away(path):
    # Two right choices in a quiz may stand out by a fifth: now and then the right answer needs more words.
    quiz = tomllib.loads(path.read_text(encoding="utf-8"))["quiz"]
    standing_out = 0
    for item in quiz:
        right = next(len(choice["text"]) for choice in item["choices"] if choice.get("right"))
        longest = max(len(choice["text"]) for choice in item["choices"] if not choice.get("right"))
        standing_out += right > 1.2 * longest
    assert standing_out <= 2
