"""Contents, navigation and glossary come from the TOML files; the files that ship are in order."""

from __future__ import annotations

import importlib
import json
import os
from pathlib import Path

import pytest

from parecon_edu.lesson import contents, course, glossary, navigation
from parecon_edu.lesson.items import items_of
from parecon_edu.lesson.questions import questions

SHIPPED = Path(__file__).resolve().parents[2] / "lessons"


# --- the files that ship ----------------------------------------------------------------------------------------------


def test_every_lesson_of_the_plan_is_listed_once_and_in_order():
    main = [one.id for one in course.lessons() if not one.parent]
    assert main == [f"{n:02d}" for n in range(14)]
    ids = [one.id for one in course.lessons()]
    assert len(set(ids)) == len(ids)
    assert ids == sorted(ids)
    for field in ("file", "title", "question"):
        values = [getattr(one, field) for one in course.lessons()]
        assert len(set(values)) == len(values), f"no two lessons share their {field}"


@pytest.mark.parametrize("one", course.lessons(), ids=lambda one: one.id)
def test_every_listed_lesson_is_described_fully(one):
    order = [other.id for other in course.lessons()]
    assert one.file.startswith(f"{one.id}_")
    assert one.file.endswith(".ipynb")
    assert one.question.endswith("?")
    assert 10 <= one.minutes <= 45
    assert all(order.index(need) < order.index(one.id) for need in one.needs), "what is needed comes before"
    if one.parent:
        assert one.id[:2] == one.parent
        assert one.minutes == 10
        assert one.topic == course.lesson(one.parent).topic


@pytest.mark.parametrize("one", [one for one in course.lessons() if one.here], ids=lambda one: one.id)
def test_the_words_of_every_written_lesson_can_be_asked(one):
    questions(one)
    items_of(one)
    if one.topic:
        importlib.import_module(f"parecon_edu.{one.topic}")


def test_no_words_lie_about_without_a_lesson():
    stems = {Path(one.file).stem for one in course.lessons()} | {"contents", "glossary"}
    assert {path.stem for path in SHIPPED.glob("*.toml")} <= stems


def test_every_term_has_one_plain_sentence_and_a_lesson_that_exists():
    ids = {one.id for one in course.lessons()}
    for term, entry in course._read(SHIPPED / "glossary.toml")["terms"].items():
        assert entry.keys() == {"meaning", "lesson"}, term
        assert entry["meaning"].endswith("."), term
        assert entry["meaning"].count(". ") == 0, f"{term}: one sentence"
        assert len(entry["meaning"]) <= 200, term
        assert entry["lesson"] in ids, term


# --- contents and navigation ------------------------------------------------------------------------------------------


def test_contents_lists_all_and_marks_what_is_coming(lessons):
    page = contents()
    assert str(page).splitlines() == [
        "00   How does this kit work? (10 minutes)",
        "02   Not written yet? (coming)",
        "04   What should income reward? (40 minutes)",
        "04b  A side room? (10 minutes)",
        "04c  Another side room? (10 minutes)",
        "05   Not written yet either? (coming)",
    ]
    assert '<a href="04_pay.ipynb">' in page._repr_html_()
    assert "02_later.ipynb" not in page._repr_html_(), "no link leads to a lesson that is not there"


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("00", "[contents](#All-the-lessons) · next: [04 What should income reward?](04_pay.ipynb)"),
        (
            "04",
            "previous: [00 How does this kit work?](00_start_here.ipynb) · "
            "[contents](00_start_here.ipynb#All-the-lessons) · next: 05 Not written yet either? (coming)",
        ),
        (
            "04b",
            "back to: [04 What should income reward?](04_pay.ipynb) · "
            "[contents](00_start_here.ipynb#All-the-lessons) · "
            "next side room: [04c Another side room?](04c_room.ipynb)",
        ),
        (
            "04c",
            "back to: [04 What should income reward?](04_pay.ipynb) · [contents](00_start_here.ipynb#All-the-lessons)",
        ),
    ],
)
def test_navigation_leads_to_the_nearest_lessons_that_are_there(lessons, name, line):
    assert navigation(name) == line


def test_a_new_lesson_renews_the_lines_of_its_neighbours_and_nothing_else(lessons):
    cells = [
        {"cell_type": "markdown", "source": ["# Pay\n", "\n", navigation("04") + "\n", "\n", "Süß"]},
        {"cell_type": "code", "source": ["x = 1"]},
    ]
    path = lessons / "04_pay.ipynb"
    path.write_text(json.dumps({"cells": cells}), encoding="utf-8")
    assert course.refresh() == []
    (lessons / "05_later.ipynb").write_text('{"cells": []}', encoding="utf-8")
    assert course.refresh() == ["04_pay.ipynb"]
    after = json.loads(path.read_text(encoding="utf-8"))["cells"]
    assert "".join(after[0]["source"]) == f"# Pay\n\n{navigation('04')}\n\nSüß"
    assert "(05_later.ipynb)" in navigation("04")
    assert after[1] == cells[1]
    assert course.refresh() == []


def test_an_edit_of_the_list_shows_without_a_restart(lessons):
    assert course.lesson("04").minutes == 40
    path = lessons / "contents.toml"
    text = path.read_text(encoding="utf-8").replace("minutes = 40", "minutes = 35")
    path.write_text(text, encoding="utf-8")
    os.utime(path, ns=(1, 1))
    assert course.lesson("04").minutes == 35


@pytest.mark.parametrize("name", ["99", "4", 4, None, "04.split"])
def test_an_unknown_lesson_is_refused_with_those_there_are(lessons, name):
    with pytest.raises(ValueError, match="The lessons are 00, 02, 04, 04b, 04c and 05"):
        navigation(name)


def test_a_file_that_cannot_be_read_is_named(lessons):
    (lessons / "04_pay.toml").write_text("[predict.split\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"lessons/04_pay.toml can't be read"):
        course.words_of(course.lesson("04"))


def test_the_list_is_found_above_the_working_folder_when_it_is_not_beside_the_package(tmp_path, monkeypatch):
    place = tmp_path / "pack" / "lessons"
    inner = tmp_path / "pack" / "my_course" / "exercises"
    for folder in (place, inner):
        folder.mkdir(parents=True)
    monkeypatch.setattr(course, "__file__", str(tmp_path / "site" / "parecon_edu" / "lesson" / "course.py"))
    monkeypatch.chdir(inner)
    with pytest.raises(ValueError, match="Fetch the course again"):
        course.folder()
    (place / "contents.toml").touch()
    assert course.folder() == place


# --- the glossary -----------------------------------------------------------------------------------------------------


def test_a_term_is_found_however_it_is_spelled():
    assert glossary("gini") == glossary(" Gini ") == glossary("GINI")
    assert glossary("Gini").lesson == "04"
    assert str(glossary("Gini")).startswith("Gini: A number for inequality")


def test_a_misspelled_term_gets_the_nearest_ones():
    with pytest.raises(ValueError, match="Did you mean Gini"):
        glossary("Ginni")
    with pytest.raises(ValueError, match=r"glossary\(\) lists all terms"):
        glossary("zzzzzz")
    with pytest.raises(TypeError, match="text in quotes"):
        glossary(3)


def test_the_whole_glossary_is_in_the_order_of_the_alphabet():
    terms = [line.partition(":")[0] for line in str(glossary()).splitlines()]
    assert terms == sorted(terms, key=str.casefold)
    assert len(terms) > 40
