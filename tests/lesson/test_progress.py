"""Progress counts what was done and nothing else; begin says it in one line."""

from __future__ import annotations

import importlib
from dataclasses import replace

import pytest

from parecon_edu.lesson import begin, check, learner, predict, progress, quiz
from parecon_edu.lesson.checks import Ladder, answered, close, ladders_of
from parecon_edu.lesson.course import lesson


@pytest.fixture
def ladders(lessons, monkeypatch):
    """Lesson 04 has two checks of its own; another lesson of the same topic has one that does not count here."""
    from parecon_edu.lesson import marks

    three = Ladder(answered(), close(3))
    found = {"04.1": three, "04.2": three, "04b.1": three}
    monkeypatch.setattr(marks, "ladders_of", lambda one: found)
    return found


def test_a_fresh_learner_has_everything_before_them(ladders, my_course):
    assert str(progress()).splitlines() == [
        "What you have done so far",
        "lesson                         opened   predictions  checks  quiz",
        "00 How does this kit work?     not yet  –            –       –",
        "04 What should income reward?  not yet  0 of 3       0 of 2  0 of 2",
        "04b A side room?               not yet  –            0 of 1  –",
        "04c Another side room?         not yet  –            –       –",
        "2 more lessons are coming.",
    ]
    assert not my_course.exists(), "looking changes nothing"


def test_what_is_done_is_counted(ladders, my_course):
    begin("04")
    predict("04.gini").lock(0.2)
    predict("04.loser").lock("Chen's")
    check("04.2", 3, ladder=ladders["04.2"])
    check("04.1", 4, ladder=ladders["04.1"])
    quiz("04").answer(1, "Sacrifice.")
    quiz("04").answer(2, "They get nothing.")
    learner.forget()
    row = str(progress()).splitlines()[3]
    assert row == "04 What should income reward?  yes      2 of 3       1 of 2  1 of 2"
    assert "<table" in progress()._repr_html_()


def test_begin_says_minutes_what_is_done_and_what_comes_first(ladders, my_course):
    assert str(begin("04")) == (
        "Lesson 04, 40 minutes. 0 of 3 predictions locked, 0 of 2 checks right, 0 of 2 quiz questions right. "
        "Before this one: 00 How does this kit work?"
    )
    begin("00")
    predict("04.gini").lock(0.2)
    assert str(begin("04")) == (
        "Lesson 04, 40 minutes. 1 of 3 predictions locked, 0 of 2 checks right, 0 of 2 quiz questions right."
    )


def test_begin_says_what_was_set_aside(ladders, my_course, a_person):
    place = my_course / ".progress" / "predict"
    place.mkdir(parents=True)
    (place / "04.gini.json").write_text("not json", encoding="utf-8")
    said = str(begin("04"))
    assert "The file of “04.gini” is damaged" in said
    assert "0 of 3 predictions locked" in said
    assert "damaged" not in str(begin("04"))


def test_progress_can_be_shown_twice_with_the_same_words(ladders, my_course):
    predict("04.gini").lock(0.2)
    assert str(progress()) == str(progress())


def test_begin_needs_a_lesson_that_exists(lessons, my_course):
    with pytest.raises(ValueError, match="no lesson '44'"):
        begin("44")


def test_a_topic_without_exercises_has_no_checks(lessons):
    assert ladders_of(lesson("05")) == {}
    assert ladders_of(replace(lesson("05"), topic="nowhere.at_all")) == {}


def test_exercises_that_cannot_be_loaded_say_so(lessons, monkeypatch):
    def fail(name):
        raise ModuleNotFoundError("No module named 'missing'", name="missing")

    monkeypatch.setattr(importlib, "import_module", fail)
    with pytest.raises(ModuleNotFoundError, match="missing"):
        ladders_of(lesson("00"))
