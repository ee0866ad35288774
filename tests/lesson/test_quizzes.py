"""A quiz answers every choice in its own words and remembers."""

from __future__ import annotations

import pytest

from parecon_edu.lesson import learner, quiz
from parecon_edu.lesson.items import Choice, Item


def item(*choices: Choice, question: str = "What?") -> Item:
    return Item("04.1", question, choices)


def test_every_choice_gets_its_own_answer_and_only_the_right_one_is_confirmed(lessons, my_course):
    widget = quiz("04")
    replies = {text: widget.answer(1, text) for text in ("Hours alone.", "Talent.", "Sacrifice.")}
    assert replies == {
        "Hours alone.": "Not quite. Two more things count.",
        "Talent.": "Not quite. That is output pay.",
        "Sacrifice.": "Right. Hours, intensity, onerousness.",
    }
    assert widget.right == 1


def test_the_button_answers_the_choice_and_a_new_choice_takes_the_reply_away(lessons, my_course):
    box = quiz("04").children[0]
    box._button.click()
    assert box.status.text == "Pick one of the answers first."
    box._choices.value = "Talent."
    assert box.status.text == ""
    box._button.click()
    assert box.status.text == "Not quite. That is output pay."
    assert box.status.mood == "wrong"
    box._choices.value = "Sacrifice."
    assert box.status.text == "", "the reply to the choice before is not read as one to this"
    box._button.click()
    assert box.status.mood == "right"


def test_answers_are_kept_at_once_and_shown_next_time(lessons, my_course):
    quiz("04").answer(2, "They get nothing.")
    learner.forget()
    again = quiz("04").children[1]
    assert again._choices.value == "They get nothing."
    assert again.status.text == "Not quite. Look at Dita's bar."
    assert quiz("04").children[0]._choices.value is None


def test_an_answer_to_a_question_that_was_rewritten_is_not_shown(lessons, my_course):
    quiz("04").answer(1, "Sacrifice.")
    path = lessons / "04_pay.toml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("What does effort pay reward", "What else"), encoding="utf-8"
    )
    assert quiz("04").right == 0


def test_what_a_notebook_stores_is_the_questions_in_words_without_the_right_answer(lessons, my_course):
    fresh = repr(quiz("04"))
    assert fresh.startswith("1. What does effort pay reward?\n  a) Hours alone.\n  b) Sacrifice.\n  c) Talent.\n\n2. ")
    assert "ight" not in fresh
    quiz("04").answer(1, "Sacrifice.")
    assert repr(quiz("04")) == fresh


def test_every_question_names_its_group_of_buttons(lessons, my_course):
    boxes = quiz("04").children
    # No press of a button overtakes the last change of what stands here.
    assert [box.children[-1].parts for box in boxes] == [[box._choices.model_id] for box in boxes]
    names = [list(box.children[-1].names.values()) for box in boxes]
    assert names == [
        ["Question 1 of 2: What does effort pay reward?"],
        ["Question 2 of 2: And those who cannot work?"],
    ]


@pytest.mark.parametrize(
    ("choices", "named"),
    [
        ([Choice("a", "x", right=True)], "two or more"),
        ([Choice("a", "x", right=True), Choice("a", "y")], "two or more different"),
        ([Choice("a", "x"), Choice("b", "y")], "exactly one"),
        ([Choice("a", "x", right=True), Choice("b", "y", right=True)], "exactly one"),
        ([Choice("a", "x", right=True), Choice("b", " ")], "picks 'b'"),
        ([Choice("a", "x", right=True), Choice("b", "x")], "same answer"),
    ],
)
def test_a_question_written_wrongly_is_refused_by_name(choices, named):
    with pytest.raises(ValueError, match=named):
        item(*choices)


def test_what_is_not_there_is_refused_in_words(lessons, my_course):
    with pytest.raises(ValueError, match="no quiz yet"):
        quiz("00")
    with pytest.raises(ValueError, match="no lesson '99'"):
        quiz("99")
    with pytest.raises(ValueError, match="has 2 questions; there is no number 3"):
        quiz("04").answer(3, "x")
    with pytest.raises(ValueError, match="has no choice 'Luck'"):
        quiz("04").answer(1, "Luck")
