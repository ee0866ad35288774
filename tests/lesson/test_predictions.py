"""A prediction says what is left to do, locks for good, and meets what came out."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parecon_edu.lesson import learner, predict, reveal
from parecon_edu.lesson.phrases import amount
from parecon_edu.lesson.questions import Question

SPLIT = Question("04.split", "How?", "split", names=("Amara", "Bo", "Chen", "Dita"), total=1200)
GINI = Question("04.gini", "How unequal?", "number", least=0, most=1)
EFFORT = [339.6226, 305.6604, 254.7170, 300.0]


# --- what can be typed ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (["", "", "", ""], "Left to give: 1,200."),
        (["400", "350", "", ""], "Left to give: 450."),
        (["400", "350", "250", "70"], "Left to give: 130."),
        (["1,000", "", "", ""], "Left to give: 200."),
        (["400", "400", "400", "0.5"], "That is 0.5 more than there is. Take it away somewhere."),
        (["400", "400", "400", ""], "All is given. If Dita gets nothing, put 0 there."),
        (["900", "900", "", ""], "That is 600 more than there is. Take it away somewhere."),
        (["-5", "", "", ""], "Amara can't get less than nothing: you put −5. Put 0 or more."),
        (["300", "3oo", "", ""], "I can't read “3oo” for Bo as a number. Use digits only."),
        (["300", "", "2,5", ""], "I can't read “2,5” for Chen. Write decimals with a point, as in 2.5."),
        (["nan", "", "", ""], "I can't read “nan” for Amara as a number. Use digits only."),
        (["1e999", "", "", ""], "I can't read “1e999” for Amara as a number. Use digits only."),
        (["400", "400", "400", "0"], "It adds up. Lock it when you are sure."),
        (["1 200", "0", "0", "0"], "It adds up. Lock it when you are sure."),
        (["400", "400", "399.99", "0"], "Left to give: 0.01."),
        (["1,200", "0,305", "", ""], "I can't read “0,305” for Bo. Write decimals with a point, as in 2.5."),
        (["1234,567", "", "", ""], "I can't read “1234,567” for Amara. Write decimals with a point, as in 2.5."),
        (["–5", "", "", ""], "Amara can't get less than nothing: you put −5. Put 0 or more."),
        (["+400", "4\u202f00", "400.00000000000000", "0%"], "It adds up. Lock it when you are sure."),
        ([10**400, 0, 0, 0], "Type a number for Amara."),
        ({"x" * 999: 1}, f"Nobody here is called {'x' * 60}. The names are Amara, Bo, Chen and Dita."),
        (["333.33", "333.33", "333.34", "200"], "It adds up. Lock it when you are sure."),
    ],
)
def test_a_split_says_what_is_left_to_do(typed, said):
    assert SPLIT.progress(typed) == said


@pytest.mark.parametrize("typed", ["2.5 points", "2.5points", "2.5", "2.5 %"])
def test_a_unit_that_the_box_shows_may_be_typed_behind_the_number(typed):
    asked = Question("04.x", "How many?", "number", unit="points")
    assert asked.read(typed) == 2.5
    with pytest.raises(ValueError, match=r"can't read “2\.5 miles”"):
        asked.read("2.5 miles")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("0.3", "Lock it when you are sure."),
        ("", "Type a number."),
        ("3", "3 can't be it: put a number between 0 and 1."),
        ("30 %", "30 can't be it: put a number between 0 and 1."),
        ("about a third", "I can't read “about a third” as a number. Use digits only."),
    ],
)
def test_a_number_says_what_is_wrong_with_it(typed, said):
    assert GINI.progress(typed) == said


@given(st.lists(st.floats(0, 1e6), min_size=4, max_size=4))
def test_a_split_locks_exactly_when_it_adds_up(parts):
    """What is typed is read as it is written, to the cent, and locks if the sum is the total to half a cent."""
    typed = [amount(part) for part in parts]
    values = [float(text.replace(",", "")) for text in typed]
    fits = abs(sum(values) - 1200) <= 0.005
    assert (SPLIT.progress(typed) == "It adds up. Lock it when you are sure.") == fits


@given(st.lists(st.integers(0, 400), min_size=3, max_size=3))
def test_whatever_three_get_the_fourth_can_get_the_rest(parts):
    rest = 1200 - sum(parts)
    assert SPLIT.read([*map(str, parts), str(rest)]) == [*parts, rest]


@given(
    st.one_of(
        st.none(), st.booleans(), st.text(), st.floats(), st.lists(st.text()), st.dictionaries(st.text(), st.text())
    )
)
def test_no_entry_crashes_a_question(entry):
    for asked in (SPLIT, GINI, Question("04.c", "Who?", "choice", choices=("a", "b"))):
        assert isinstance(asked.progress(entry), str)


@pytest.mark.parametrize(
    ("broken", "named"),
    [
        ({"kind": "guess"}, "kind = 'guess'"),
        ({"kind": "split", "names": ("Bo",), "total": 10}, "names = "),
        ({"kind": "split", "names": ("Bo", "Bo"), "total": 10}, "names = "),
        ({"kind": "split", "names": ("Bo", "Chen"), "total": 0}, "total = 0"),
        ({"kind": "number", "least": 1, "most": 1}, "least = 1"),
        ({"kind": "choice", "choices": ("a",)}, "choices = "),
    ],
)
def test_a_question_written_wrongly_is_refused_by_name(broken, named):
    with pytest.raises(ValueError, match=named) as caught:
        Question("04.x", "What?", **broken)
    assert "04.x" in str(caught.value)


def test_an_entry_that_means_nothing_is_refused(lessons):
    path = lessons / "04_pay.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("total = 1200", "totl = 1200"), encoding="utf-8")
    with pytest.raises(ValueError, match="'totl' that means nothing"):
        predict("04.split")


@pytest.mark.parametrize(("name", "words"), [("04.nope", "04.split, 04.gini and 04.loser"), ("77.x", "no lesson '77'")])
def test_an_unknown_prediction_is_refused_with_those_there_are(lessons, my_course, name, words):
    with pytest.raises(ValueError, match=words):
        predict(name)


# --- locking --------------------------------------------------------------------------------------------------------


def test_the_button_can_be_pressed_only_when_it_adds_up(lessons, my_course):
    widget = predict("04.split")
    assert widget._button.disabled
    for field, value in zip(widget._fields, ("400", "350", "250"), strict=False):
        field.value = value
    assert widget._button.disabled
    assert widget.status.text == "Left to give: 200."
    widget._fields[3].value = "200"
    assert not widget._button.disabled
    widget._button.click()
    assert widget.locked
    assert widget.answer == [400, 350, 250, 200]
    assert widget.status.text == "Locked: Amara 400, Bo 350, Chen 250, Dita 200."
    assert widget._button.disabled
    assert all(field.disabled for field in widget._fields)


@pytest.mark.parametrize(
    ("name", "given", "answer"),
    [
        ("04.split", {"Bo": 350, "Amara": 400, "Chen": 250, "Dita": 200}, [400, 350, 250, 200]),
        ("04.split", ("400", "350", "250", "200"), [400, 350, 250, 200]),
        ("04.gini", 0.25, 0.25),
        ("04.gini", 0, 0.0),
        ("04.loser", "Chen's", "Chen's"),
    ],
)
def test_what_is_locked_is_kept_at_once_and_shown_next_time(lessons, my_course, name, given, answer):
    widget = predict(name)
    widget.lock(given)
    assert widget.answer == answer
    kept = json.loads((my_course / ".progress" / "predict" / f"{name}.json").read_text(encoding="utf-8"))
    assert kept["entry"]["answer"] == answer
    learner.forget()
    again = predict(name)
    assert again.locked
    assert again.answer == answer
    assert again.status.text.startswith("You locked this earlier: ")
    assert all(field.disabled for field in again._fields)


def test_what_is_locked_stays(lessons, my_course):
    widget = predict("04.gini")
    widget.lock(0.25)
    with pytest.raises(ValueError, match="locked already"):
        widget.lock(0.5)
    assert predict("04.gini").answer == 0.25


@pytest.mark.parametrize(
    "given", [[400, 350, 250], [400, 350, 250, 201], "400", None, {"Eve": 1200}, [400, 350, 250, True]]
)
def test_an_answer_that_does_not_fit_locks_nothing(lessons, my_course, given):
    widget = predict("04.split")
    with pytest.raises(ValueError, match=r"[.]$"):
        widget.lock(given)
    assert not widget.locked
    assert not (my_course / ".progress" / "predict").exists()


@pytest.mark.parametrize("name", ["04.split", "04.gini", "04.loser"])
def test_no_press_of_lock_overtakes_a_field(lessons, my_course, name):
    """The page sends the fields' last changes before the press; it has to know which ones they are."""
    box = predict(name)
    names = next(part for part in box.children if type(part).__name__ == "Names")
    assert names.parts == [field.model_id for field in box._fields]


@pytest.mark.parametrize("first", [0.2, 0])
def test_of_two_windows_the_first_lock_stands_and_the_second_is_told(lessons, my_course, first):
    one, other = predict("04.gini"), predict("04.gini")
    one.lock(first)
    other.lock(0.6)
    assert other.answer == first
    assert other.status.text == f"You had locked this already, in another window: {first}."


def test_without_a_course_folder_the_lock_says_how_long_it_lasts(lessons, tmp_path, monkeypatch, a_person):
    monkeypatch.delenv("PARECON_COURSE", raising=False)
    monkeypatch.chdir(tmp_path)
    learner.forget()
    widget = predict("04.gini")
    widget.lock(0.2)
    assert widget.status.text.startswith("Locked: 0.2. There is no course folder here")
    assert predict("04.gini").answer == 0.2
    learner.forget()


def test_after_the_question_was_rewritten_a_new_answer_can_be_locked_and_the_old_one_is_kept(lessons, my_course):
    predict("04.split").lock([400, 350, 250, 200])
    path = lessons / "04_pay.toml"
    words = path.read_text(encoding="utf-8").replace('"Chen", "Dita"', '"Chen", "Dita", "Eli"')
    path.write_text(words, encoding="utf-8")
    widget = predict("04.split")
    assert not widget.locked
    assert "has changed since you answered it (Amara 400, Bo 350, Chen 250, Dita 200)" in widget.status.text
    widget.lock([240] * 5)
    entry = learner.store().read("predict", "04.split")
    assert entry["answer"] == [240] * 5
    assert entry["earlier"]["answer"] == [400, 350, 250, 200]


@pytest.mark.parametrize(
    "damage",
    [f'{{"answer": [1{"0" * 400}, 0, 0, 0]}}', '{"answer": "abc"}', '{"answer": [1, 2]}', '{"answer": null}', "{}"],
)
def test_a_kept_answer_that_makes_no_sense_does_not_stop_the_lesson(lessons, my_course, damage):
    place = my_course / ".progress" / "predict"
    place.mkdir(parents=True)
    text = f'{{"version": 1, "kind": "predict", "name": "04.split", "entry": {damage}}}'
    (place / "04.split.json").write_text(text, encoding="utf-8")
    assert not predict("04.split").locked
    assert "not locked" in str(reveal("04.split", actual=EFFORT))


def test_two_copies_do_not_touch(lessons, my_course):
    one, other = predict("04.split"), predict("04.split")
    one._fields[0].value = "400"
    assert other._fields[0].value == ""
    assert other.status.text == "Left to give: 1,200."


def test_what_a_notebook_stores_is_the_question_in_words(lessons, my_course):
    widget = predict("04.split")
    assert repr(widget) == "How would you split 1,200?\n  Amara\n  Bo\n  Chen\n  Dita\nNot locked yet."
    assert widget._repr_mimebundle_()["text/plain"] == repr(widget)
    assert repr(predict("04.loser")) == "Whose share falls?\n  Amara's\n  Chen's\nNot locked yet."


def test_every_field_has_a_spoken_name(lessons, my_course):
    split, choice = predict("04.split"), predict("04.loser")
    assert list(split.children[-1].names.values()) == [
        f"{name}: what you give of 1,200" for name in ("Amara", "Bo", "Chen", "Dita")
    ]
    assert list(choice.children[-1].names.values()) == ["Whose share falls?"]


# --- the reveal -----------------------------------------------------------------------------------------------------


def test_the_reveal_says_the_widest_difference_and_what_would_change_hands(lessons, my_course):
    predict("04.split").lock([350, 300, 350, 200])
    page = reveal("04.split", actual=EFFORT, by="effort pay")
    sentence, _, table = str(page).partition("\n\n")
    # Differences: −10, +6, −95, +100; half of their sizes changes hands: 105.7.
    assert sentence == (
        "You gave Dita 200; effort pay gives 300: 100 more. "
        "From your split to that one, 106 of 1,200 would change hands."
    )
    assert table.splitlines() == [
        "Your prediction and what came out",
        "       you  effort pay  difference",
        "Amara  350  340         −10",
        "Bo     300  306         +6",
        "Chen   350  255         −95",
        "Dita   200  300         +100",
    ]
    assert "<caption>" in page._repr_html_()


@pytest.mark.parametrize(
    ("locked", "said"),
    [
        (350, "You gave Chen 350; effort pay gives 255: 95 less."),
        (254.72, "You gave everybody what effort pay gives."),
    ],
)
def test_less_and_the_same_are_said_as_such(lessons, my_course, locked, said):
    rest = 1200 - locked
    guess = [339.62, 305.66, locked, round(rest - 339.62 - 305.66, 2)]
    predict("04.split").lock(guess)
    actual = {"Chen": 254.7170, "Dita": guess[3], "Amara": 339.6226, "Bo": 305.6604}
    assert str(reveal("04.split", actual=actual, by="effort pay")).startswith(said)


def test_a_number_and_a_choice_are_revealed_in_a_sentence(lessons, my_course):
    predict("04.gini").lock(0.25)
    predict("04.loser").lock("Amara's")
    gini = str(reveal("04.gini", actual=0.05, by="output pay"))
    assert gini.startswith("You expected a Gini of 0.25; output pay gives 0.05: 0.20 less.")
    assert str(reveal("04.loser", actual="Chen's")).startswith("You expected “Amara's”; it came out as “Chen's”.")
    assert str(reveal("04.loser", actual="Amara's")) == "You expected “Amara's”, and so it came out."


@pytest.mark.parametrize(("name", "actual"), [("04.split", EFFORT), ("04.gini", 0.1), ("04.loser", "Chen's")])
def test_without_a_prediction_the_reveal_says_so_kindly_and_shows_what_came_out(lessons, my_course, name, actual):
    text = str(reveal(name, actual=actual))
    assert text.startswith("You have not locked a prediction here, so there is nothing to lay beside it. The model ")


@pytest.mark.parametrize(
    ("name", "actual"),
    [
        ("04.split", [1, 2]),
        ("04.split", [1, 2, 3, float("nan")]),
        ("04.split", {"Amara": 3}),
        ("04.split", "abcd"),
        ("04.gini", None),
        ("04.gini", [0.1, 0.2]),
        ("04.loser", "Bo's"),
    ],
)
def test_a_reveal_that_does_not_fit_its_question_is_refused(lessons, my_course, name, actual):
    with pytest.raises(ValueError, match="actual="):
        reveal(name, actual=actual)


def test_a_reveal_that_finds_the_prediction_damaged_says_so(lessons, my_course, a_person):
    """After a restart somebody may run this cell alone."""
    place = my_course / ".progress" / "predict"
    place.mkdir(parents=True)
    (place / "04.gini.json").write_text("half", encoding="utf-8")
    page = reveal("04.gini", actual=0.1)
    for shown in (str(page), page._repr_html_()):
        assert "The file of “04.gini” is damaged" in shown
