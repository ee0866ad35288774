"""The learner's folder: it gets what is new, and nothing that a learner wrote is ever lost."""

from __future__ import annotations

import copy
import errno
import json
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

import pytest
import tiny_course
from hypothesis import given, settings
from hypothesis import strategies as st
from tiny_course import cell, learner_runs, learner_writes, notebook, state, texts, write_lesson

LESSON = "lessons/04_remuneration.ipynb"
NEW_VERSION = "lessons/04_remuneration (new version).ipynb"


# --- what a learner gets ----------------------------------------------------------------------------------------------


def test_a_learners_copy_has_no_cells_for_teachers_and_no_outputs(start: ModuleType) -> None:
    whole = notebook(
        cell("# Title"),
        cell("print(1200)", kind="code", outputs=[tiny_course.PRINTED]),
        cell("40 minutes", tags=["teacher"]),
        cell("drive()", kind="code", tags=["drive", "nbval-ignore-output"]),
    )
    whole["metadata"]["widgets"] = {"state": {}}
    before = copy.deepcopy(whole)
    mine = start.learner_copy(whole)
    assert [one["source"] for one in mine["cells"]] == ["# Title", "print(1200)", "drive()"]
    assert mine["cells"][1]["outputs"] == []
    assert mine["cells"][1]["execution_count"] is None
    assert mine["cells"][2]["metadata"]["tags"] == ["drive", "nbval-ignore-output"]
    assert "widgets" not in mine["metadata"]
    assert whole == before


def test_copies_are_notebooks_that_jupyter_accepts(start: ModuleType) -> None:
    import nbformat

    for folder in ("lessons", "exercises"):
        for path in sorted((tiny_course.ROOT / folder).glob("*.ipynb")):
            nbformat.validate(start.learner_copy(json.loads(path.read_text(encoding="utf-8"))))


def test_a_first_start_brings_lessons_and_exercises_in_the_checkouts_folders(
    start: ModuleType, root: Path, course: Path
) -> None:
    """The same folders, so that a link such as ../exercises/04_remuneration.ipynb leads somewhere in both places."""
    (root / "lessons" / "contents.toml").write_text("")
    (root / "lessons" / "images").mkdir()
    (root / "lessons" / "images" / "map.svg").write_text("<svg/>")
    (root / "lessons" / ".ipynb_checkpoints").mkdir()
    (root / "lessons" / ".ipynb_checkpoints" / "old.ipynb").write_text("{}")
    said = start.deliver(root, course)
    assert said == ["Your own copies of 2 lessons and 1 exercise are in my_course."]
    assert list(state(course)) == [
        ".parecon_course",
        "exercises/04_remuneration.ipynb",
        "lessons/00_start_here.ipynb",
        "lessons/04_remuneration.ipynb",
        "lessons/images/map.svg",
    ]
    assert "For teachers: 40 minutes" not in texts(course / LESSON)


def test_teachers_get_everything_in_a_folder_of_their_own(start: ModuleType, root: Path, course: Path) -> None:
    write_lesson(root, "solutions/04_remuneration.ipynb", "# Solutions")
    start.deliver(root, course)
    assert not (course / "teacher").exists()
    said = start.deliver(root, course, teacher=True)
    assert said == ["New in my_course: 4 teacher's copies."]
    assert "For teachers: 40 minutes" in texts(course / "teacher" / LESSON)
    assert (course / "teacher" / "solutions" / "04_remuneration.ipynb").exists()
    write_lesson(root, LESSON, "# Better")
    start.deliver(root, course)
    assert texts(course / "teacher" / LESSON)[0] == "# Better", "a teacher's folder stays up to date by itself"


# --- what an update may do --------------------------------------------------------------------------------------------


def test_a_second_start_changes_nothing(start: ModuleType, root: Path, course: Path) -> None:
    start.prepare(root, course)
    before = {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in course.rglob("*") if path.is_file()}
    start.prepare(root, course)
    assert {
        path: (path.stat().st_mtime_ns, path.read_bytes()) for path in course.rglob("*") if path.is_file()
    } == before


def test_a_lesson_left_alone_is_renewed(start: ModuleType, root: Path, course: Path) -> None:
    start.deliver(root, course)
    write_lesson(root, LESSON, "# What should income reward?", "Split 1,300.")
    assert start.deliver(root, course) == [f"{LESSON} was updated."]
    assert texts(course / LESSON)[1] == "Split 1,300."
    assert not (course / "earlier").exists()


def test_a_lesson_that_was_only_run_is_renewed_and_its_results_are_kept(
    start: ModuleType, root: Path, course: Path
) -> None:
    start.deliver(root, course)
    learner_runs(course / LESSON, said="my result\n")
    mine = (course / LESSON).read_bytes()
    assert start.deliver(root, course) == [], "running a lesson is no reason for anything"
    assert (course / LESSON).read_bytes() == mine
    write_lesson(root, LESSON, "# New")
    said = start.deliver(root, course)
    assert said == [f"{LESSON} was updated. Your earlier copy, with its results, is earlier/{LESSON}."]
    assert texts(course / LESSON)[0] == "# New"
    assert (course / "earlier" / LESSON).read_bytes() == mine


def test_results_are_kept_at_every_update(start: ModuleType, root: Path, course: Path) -> None:
    start.deliver(root, course)
    kept = []
    for number in range(3):
        learner_runs(course / LESSON, said=f"result {number}\n")
        kept.append((course / LESSON).read_bytes())
        write_lesson(root, LESSON, f"# Version {number}")
        start.deliver(root, course)
    found = [path.read_bytes() for path in (course / "earlier" / "lessons").iterdir()]
    assert sorted(found) == sorted(kept)


def test_a_changed_lesson_stays_and_the_new_one_arrives_beside_it_once(
    start: ModuleType, root: Path, course: Path
) -> None:
    start.deliver(root, course)
    learner_writes(course / LESSON, "my thoughts")
    mine = (course / LESSON).read_bytes()
    assert start.deliver(root, course) == []
    write_lesson(root, LESSON, "# New")
    said = start.deliver(root, course)
    assert said == [
        f"{LESSON} has a new version. You changed yours, so it stays; the new one is "
        "04_remuneration (new version).ipynb."
    ]
    assert (course / LESSON).read_bytes() == mine
    assert texts(course / NEW_VERSION)[0] == "# New"
    before = state(course)
    assert start.deliver(root, course) == [], "it is said and done once"
    assert state(course) == before
    (course / NEW_VERSION).unlink()
    assert start.deliver(root, course) == [], "a new version thrown away does not come back"
    write_lesson(root, LESSON, "# Newer")
    assert len(start.deliver(root, course)) == 1
    assert texts(course / NEW_VERSION)[0] == "# Newer"


def test_a_new_version_that_the_learner_works_in_is_not_replaced_either(
    start: ModuleType, root: Path, course: Path
) -> None:
    start.deliver(root, course)
    learner_writes(course / LESSON, "my thoughts")
    write_lesson(root, LESSON, "# New")
    start.deliver(root, course)
    learner_writes(course / NEW_VERSION, "more thoughts")
    write_lesson(root, LESSON, "# Newer")
    start.deliver(root, course)
    assert "more thoughts" in texts(course / NEW_VERSION)
    assert texts(course / "lessons" / "04_remuneration (new version 2).ipynb")[0] == "# Newer"


def test_a_lesson_that_went_missing_comes_back(start: ModuleType, root: Path, course: Path) -> None:
    start.deliver(root, course)
    (course / LESSON).unlink()
    assert start.deliver(root, course) == [f"{LESSON} was gone; a fresh copy is back in its place."]
    assert (course / LESSON).exists()


def test_a_damaged_notebook_of_the_learners_is_left_alone(start: ModuleType, root: Path, course: Path) -> None:
    start.deliver(root, course)
    (course / LESSON).write_text('{"cells": [ half a')
    assert start.deliver(root, course) == []
    write_lesson(root, LESSON, "# New")
    start.deliver(root, course)
    assert (course / LESSON).read_text() == '{"cells": [ half a'
    assert (course / NEW_VERSION).exists()


@pytest.mark.parametrize(
    "content", ["{ half", "[]", '{"format": 9, "delivered": {}}', '{"format": 1, "delivered": {"a": 3}}']
)
def test_a_damaged_or_newer_record_is_set_aside_and_nothing_is_replaced(
    start: ModuleType, root: Path, course: Path, content: str, capsys: pytest.CaptureFixture[str]
) -> None:
    start.deliver(root, course)
    learner_writes(course / LESSON, "my thoughts")
    (course / ".parecon_course").write_text(content)
    write_lesson(root, "lessons/00_start_here.ipynb", "# New start")
    start.deliver(root, course)
    assert "was set aside as" in capsys.readouterr().out
    assert [path.read_text() for path in course.glob(".parecon_course (*")] == [content]
    assert "my thoughts" in texts(course / LESSON)
    assert texts(course / "lessons" / "00_start_here.ipynb")[0] == "# How does this kit work?"
    assert texts(course / "lessons" / "00_start_here (new version).ipynb")[0] == "# New start"
    before = state(course)
    assert start.deliver(root, course) == []
    assert state(course) == before


def test_an_empty_mark_is_no_damage(
    start: ModuleType, root: Path, course: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    course.mkdir()
    (course / ".parecon_course").touch()
    start.deliver(root, course)
    assert capsys.readouterr().out == ""
    assert (course / LESSON).exists()


def test_predictions_and_progress_are_nobodys_business(start: ModuleType, root: Path, course: Path) -> None:
    start.deliver(root, course)
    saved = course / ".progress" / "predictions" / "04.split.json"
    saved.parent.mkdir(parents=True)
    saved.write_text('{"Chen": 300}')
    write_lesson(root, LESSON, "# New")
    start.deliver(root, course)
    start.restore(root, course, "04")
    assert saved.read_text() == '{"Chen": 300}'


Change = tuple[str, int]
CHANGES = st.lists(
    st.tuples(
        st.sampled_from(["write", "run", "update", "start", "restore", "delete new", "lose record"]), st.integers(0, 3)
    ),
    max_size=14,
)


@settings(max_examples=40, deadline=None)
@given(changes=CHANGES)
def test_whatever_happens_in_whatever_order_every_word_and_result_is_still_there(changes: Sequence[Change]) -> None:
    """Learners write and run, the course is updated, started, restored: no text and no output is ever lost."""
    start = tiny_course.start
    with tempfile.TemporaryDirectory() as folder:
        root = tiny_course.write_lessons(Path(folder))
        course = root / "my_course"
        start.deliver(root, course)
        words: set[str] = set()
        for number, (what, which) in enumerate(changes):
            mine = sorted((course / "lessons").glob("*.ipynb"))
            chosen = mine[which % len(mine)]
            if what == "write":
                learner_writes(chosen, f"thought {number}.")
                words.add(f"thought {number}.")
            elif what == "run":
                # Running again replaces an output: that is the learner's own doing.
                old = chosen.read_text(encoding="utf-8")
                words -= {word for word in words if word.startswith("result") and word in old}
                learner_runs(chosen, said=f"result {number}.")
                words.add(f"result {number}.")
            elif what == "update":
                write_lesson(root, LESSON, f"# Version {number}")
            elif what == "start":
                start.deliver(root, course)
            elif what == "restore":
                start.restore(root, course, "04")
            elif what == "lose record":
                (course / ".parecon_course").unlink(missing_ok=True)
            elif what == "delete new" and "(new" in chosen.name and not [w for w in words if w in chosen.read_text()]:
                chosen.unlink()
        start.deliver(root, course)
        everything = "".join(path.read_text(encoding="utf-8") for path in course.rglob("*.ipynb"))
        assert [word for word in sorted(words) if word not in everything] == []


# --- being broken off -------------------------------------------------------------------------------------------------


def test_a_file_is_the_old_one_or_the_new_one_never_half(
    start: ModuleType, root: Path, course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk fills up while a lesson is renewed: the old one is still whole, and nothing half-written lies about."""
    start.deliver(root, course)
    before = state(course)
    write_lesson(root, LESSON, "# New")

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        start.deliver(root, course)
    assert state(course) == before
    monkeypatch.undo()
    start.deliver(root, course)
    assert texts(course / LESSON)[0] == "# New"


def test_broken_off_after_any_write_the_next_start_finishes(start: ModuleType, root: Path, tmp_path: Path) -> None:
    """Stop at the first, second, third … write of an update: nothing is lost, and the next start finishes."""
    write = start.write_whole

    def prepared(name: str) -> Path:
        folder = tmp_path / name
        start.deliver(root, folder)
        learner_writes(folder / LESSON, "my thoughts")
        learner_runs(folder / "lessons" / "00_start_here.ipynb", said="my result")
        return folder

    tiny_course.write_lessons(root)
    folders = [prepared(f"course {number}") for number in range(8)]
    write_lesson(root, LESSON, "# New")
    write_lesson(root, "lessons/00_start_here.ipynb", "# New start")
    write_lesson(root, "exercises/05_jobs.ipynb", "# Jobs")
    counts = []
    for number, folder in enumerate(folders):
        left = [number]

        def until_it_stops(path: Path, content: bytes, left: list[int] = left) -> None:
            if left[0] == 0:
                raise KeyboardInterrupt
            left[0] -= 1
            write(path, content)

        start.write_whole = until_it_stops
        try:
            start.deliver(root, folder)
            counts.append(number)
        except KeyboardInterrupt:
            pass
        finally:
            start.write_whole = write
        start.deliver(root, folder)
        assert "my thoughts" in texts(folder / LESSON)
        assert "my result" in (folder / "earlier" / "lessons" / "00_start_here.ipynb").read_text()
        assert texts(folder / "lessons" / "00_start_here.ipynb")[0] == "# New start"
        assert texts(folder / NEW_VERSION)[0] == "# New"
        assert len(list((folder / "lessons").glob("04*"))) == 2, "one new version is enough"
        assert texts(folder / "exercises" / "05_jobs.ipynb")[0] == "# Jobs"
    assert counts, "the last of them was not broken off, so every write was tried"


# --- restore ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", ["04", "4"])
def test_restore_lays_a_fresh_copy_beside_the_learners(
    start: ModuleType, root: Path, course: Path, number: str, capsys: pytest.CaptureFixture[str]
) -> None:
    start.deliver(root, course)
    learner_writes(course / LESSON, "my thoughts")
    assert start.restore(root, course, number) == 0
    said = capsys.readouterr().out
    assert "A fresh copy is lessons/04_remuneration (fresh copy).ipynb; yours stays as it is." in said
    assert "exercises/04_remuneration.ipynb is still as it came; there is nothing to restore." in said
    assert "my thoughts" in texts(course / LESSON)
    assert texts(course / "lessons" / "04_remuneration (fresh copy).ipynb")[1] == "Split 1,200."
    start.restore(root, course, number)
    assert (course / "lessons" / "04_remuneration (fresh copy 2).ipynb").exists()


def test_restore_brings_a_lost_lesson_back_even_into_an_empty_place(
    start: ModuleType, root: Path, course: Path
) -> None:
    start.restore(root, course, "04")
    assert (course / LESSON).exists()
    assert start.deliver(root, course) == ["New in my_course: 1 lesson."]


@pytest.mark.parametrize("number", ["77", "four", "", "../04"])
def test_restore_of_an_unknown_lesson_names_those_there_are(
    start: ModuleType, root: Path, course: Path, number: str
) -> None:
    with pytest.raises(start.Trouble, match=r"There is no lesson '.*': choose one of 00, 04\."):
        start.restore(root, course, number)


def test_a_side_room_is_not_its_parent(start: ModuleType, root: Path, course: Path) -> None:
    write_lesson(root, "lessons/04b_team_effort.ipynb", "# Team")
    assert start.lesson_names(root, "04b") == ["lessons/04b_team_effort.ipynb"]
    assert start.lesson_names(root, "4B") == ["lessons/04b_team_effort.ipynb"]
    assert start.lesson_names(root, "04") == [LESSON, "exercises/04_remuneration.ipynb"]
