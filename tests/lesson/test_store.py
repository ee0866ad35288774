"""Nothing a learner enters is lost or overwritten unasked, whatever state the folder is in."""

from __future__ import annotations

import errno
import json
import os
import time
from pathlib import Path

import pytest

from parecon_edu.lesson import course, learner
from parecon_edu.lesson.store import Folder, Memory


@pytest.fixture
def store(tmp_path: Path) -> Folder:
    return Folder(tmp_path / "my_course")


def file_of(store: Folder, kind: str, name: str) -> Path:
    return store.root / kind / f"{name}.json"


@pytest.mark.parametrize("make", [Folder, lambda _: Memory()])
def test_what_is_written_is_read_back(make, tmp_path):
    store = make(tmp_path)
    entry = {"answer": [400.0, 300.5], "words": "Chén 300½ ✓"}
    store.write("predict", "04.split", entry)
    store.write("predict", "04.gini", {"answer": 0.25})
    assert store.read("predict", "04.split") == entry
    assert store.entries("predict") == {"04.gini": {"answer": 0.25}, "04.split": entry}
    assert store.read("predict", "05.split") is None
    assert store.entries("quiz") == {}


def test_a_second_start_finds_what_the_first_wrote(store, tmp_path):
    store.write("check", "04.1", {"step": "right"})
    assert Folder(tmp_path / "my_course").read("check", "04.1") == {"step": "right"}


@pytest.mark.parametrize("make", [Folder, lambda _: Memory()])
def test_what_is_written_once_stays(make, tmp_path):
    store = make(tmp_path)
    assert store.write_once("predict", "04.split", {"answer": 1.0}) == {"answer": 1.0}
    assert store.write_once("predict", "04.split", {"answer": 2.0}) == {"answer": 1.0}
    assert store.read("predict", "04.split") == {"answer": 1.0}


def test_of_two_who_write_once_at_the_same_moment_the_first_stands(store, monkeypatch):
    """Another notebook locks its answer after we looked and before ours gets its name."""
    sync = os.fsync

    def meanwhile(handle: int) -> None:
        monkeypatch.setattr(os, "fsync", sync)
        Folder(store.root.parent).write_once("predict", "04.split", {"answer": 1.0})

    monkeypatch.setattr(os, "fsync", meanwhile)
    assert store.write_once("predict", "04.split", {"answer": 2.0}) == {"answer": 1.0}


def test_a_later_write_replaces_an_ordinary_entry(store):
    store.write("check", "04.1", {"step": "wrong type"})
    store.write("check", "04.1", {"step": "right"})
    assert store.read("check", "04.1") == {"step": "right"}


def test_what_is_kept_cannot_be_changed_from_outside():
    memory, entry = Memory(), {"answer": [1.0]}
    memory.write("predict", "04.split", entry)
    entry["answer"].append(2.0)
    assert memory.read("predict", "04.split") == {"answer": [1.0]}


@pytest.mark.parametrize("name", ["../04.1", "a/b", "", ".hidden", "04 split", "x" * 99])
def test_a_name_that_would_lead_out_of_the_folder_is_refused(store, name):
    with pytest.raises(ValueError, match="can't be the name"):
        store.write("check", name, {})


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "is damaged"),
        (b'{"version": 1, "kind": "predict", "na', "is damaged"),
        (b"\xff\x00\xfe", "is damaged"),
        (b"[1, 2]", "is damaged"),
        (b'{"version": 1, "kind": "predict", "name": "04.split", "entry": 3}', "is damaged"),
        (b'{"version": 1, "kind": "predict", "name": "04.gini", "entry": {}}', "is damaged"),
        (b"[" * 100_000, "is damaged"),
        (b'{"version": 2, "kind": "predict", "name": "04.split", "entry": {}}', "newer version"),
        (b'{"version": 0, "kind": "predict", "name": "04.split", "entry": {}}', "older version"),
        (b" " * 10_000_001, "far too large"),
    ],
)
def test_a_file_that_cannot_be_understood_is_set_aside_whole_and_said_so(store, content, why):
    path = file_of(store, "predict", "04.split")
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    assert store.read("predict", "04.split") is None
    (notice,) = store.notices()
    assert why in notice
    assert "not thrown away" in notice
    (aside,) = path.parent.iterdir()
    assert aside.name in notice
    assert aside.read_bytes() == content
    assert store.notices() == [], "it is said once"
    store.write("predict", "04.split", {"answer": 1.0})
    assert store.read("predict", "04.split") == {"answer": 1.0}
    assert aside.read_bytes() == content, "a new answer leaves the old file alone"


def test_two_damaged_files_of_one_name_are_both_kept(store):
    path = file_of(store, "predict", "04.split")
    path.parent.mkdir(parents=True)
    for content in (b"first", b"second"):
        path.write_bytes(content)
        assert store.read("predict", "04.split") is None
    assert sorted(p.read_bytes() for p in path.parent.iterdir()) == [b"first", b"second"]


def test_a_sound_file_that_arrives_while_a_damaged_one_is_set_aside_is_not_lost(store, monkeypatch):
    """Another notebook replaces the damaged file between our look at it and our renaming it."""
    path = file_of(store, "predict", "04.split")
    path.parent.mkdir(parents=True)
    path.write_bytes(b"damaged")
    rename = Path.rename

    def rename_late(self: Path, target: Path) -> Path:
        monkeypatch.setattr(Path, "rename", rename)
        Folder(store.root.parent).write("predict", "04.split", {"answer": 7.0})
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", rename_late)
    assert store.read("predict", "04.split") == {"answer": 7.0}
    monkeypatch.undo()
    assert store.read("predict", "04.split") == {"answer": 7.0}


def fail_with(number: int):
    def fail(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    return fail


def folder_in_its_place(path: Path) -> None:
    (path / "somebody's own").mkdir(parents=True)


def link_to_nowhere(path: Path) -> None:
    path.symlink_to(path.parent / "not there")


def link_to_itself(path: Path) -> None:
    path.symlink_to(path)


@pytest.mark.parametrize("once", [True, False])
@pytest.mark.parametrize("put", [folder_in_its_place, link_to_nowhere, link_to_itself])
def test_what_is_no_file_is_set_aside_and_the_answer_takes_its_place(store, put, once):
    path = file_of(store, "predict", "04.split")
    path.parent.mkdir(parents=True)
    put(path)
    write = store.write_once if once else store.write
    assert write("predict", "04.split", {"answer": 1.0})
    assert "is no file" in store.notices()[0]
    assert Folder(store.root.parent).read("predict", "04.split") == {"answer": 1.0}, "a restart finds it"
    (aside,) = (one for one in path.parent.iterdir() if "set-aside" in one.name)
    assert aside.is_symlink() or (aside / "somebody's own").is_dir(), "and the other is still there"


@pytest.mark.parametrize("content", [b"damaged", b'{"version": 2, "kind": "check", "name": "04.1", "entry": {}}'])
def test_nothing_is_written_over_a_file_that_cannot_be_understood(store, content):
    """A check is written without being read first, and every new answer replaces the one before."""
    path = file_of(store, "check", "04.1")
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    assert store.write("check", "04.1", {"step": "right"})
    (aside,) = (one for one in path.parent.iterdir() if one != path)
    assert aside.read_bytes() == content
    assert aside.name in store.notices()[0]


@pytest.mark.parametrize("once", [True, False])
@pytest.mark.parametrize("forbidden", ["open", "rename"])
def test_what_can_be_neither_read_nor_moved_stays_and_the_answer_is_kept_until_it_can(
    store, monkeypatch, forbidden, once
):
    """The file belongs to somebody else, or another program holds it; the lesson goes on."""
    path = file_of(store, "predict", "04.split")
    path.parent.mkdir(parents=True)
    path.write_bytes(b"damaged")
    real = getattr(Path, forbidden)

    def refuse(self: Path, *more: object) -> object:
        if self == path:
            raise PermissionError(errno.EACCES, "no")
        return real(self, *more)

    monkeypatch.setattr(Path, forbidden, refuse)
    assert store.read("predict", "04.split") is None
    assert "the permissions there do not allow it" in store.notices()[0]
    (store.write_once if once else store.write)("predict", "04.split", {"answer": 1.0})
    assert store.read("predict", "04.split") == {"answer": 1.0}
    assert "kept until you close this notebook" in store.notices()[0]
    monkeypatch.undo()
    assert path.read_bytes() == b"damaged"
    store.notices()
    assert Folder(store.root.parent).read("predict", "04.split") == {"answer": 1.0}
    assert [one.read_bytes() for one in path.parent.iterdir() if one != path] == [b"damaged"]


def test_where_nothing_can_be_read_it_is_said_in_one_sentence(tmp_path):
    """Else the progress page would say it once for every prediction of the course."""
    (tmp_path / "my_course").mkdir()
    (tmp_path / "my_course" / ".progress").write_text("not a folder", encoding="utf-8")
    store = Folder(tmp_path / "my_course")
    for name in ("04.split", "04.gini", "04.split"):
        assert store.read("predict", name) is None
    why = "a file is where a folder should be"
    told = f"“04.split” and 1 more could not be read ({why}), so they look as if they were not answered."
    assert store.notices() == [told]
    assert store.notices() == []


def test_a_file_that_windows_marked_at_its_beginning_is_read(store):
    store.write("check", "04.1", {"step": "right"})
    path = file_of(store, "check", "04.1")
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert store.read("check", "04.1") == {"step": "right"}
    assert store.notices() == []


def test_half_a_letter_is_kept_in_a_file_that_everybody_can_read(store):
    store.write("check", "04.1", {"answer": "bread \ud83c"})
    assert store.read("check", "04.1") == {"answer": "bread \ud83c"}
    file_of(store, "check", "04.1").read_bytes().decode()


def test_a_course_folder_that_was_moved_is_not_made_anew_and_gets_the_answer_when_it_is_back(store):
    store.write("check", "04.1", {"step": "wrong type"})
    course = store.root.parent
    course.rename(course.with_name("moved"))
    store.write("check", "04.2", {"step": "right"})
    assert not course.exists(), "an empty folder in its place would look as if all were lost"
    assert store.read("check", "04.1") is None
    told = store.notices()
    assert all("the folder my_course is not where it was" in one for one in told)
    assert len(told) == 2
    course.with_name("moved").rename(course)
    assert store.notices() == []
    assert Folder(course).entries("check") == {"04.1": {"step": "wrong type"}, "04.2": {"step": "right"}}


def test_what_another_window_locked_while_the_disk_was_full_stands_and_is_told(store, monkeypatch):
    monkeypatch.setattr(os, "fsync", fail_with(errno.ENOSPC))
    store.write_once("predict", "04.split", {"answer": 1.0})
    store.notices()
    monkeypatch.undo()
    Folder(store.root.parent).write_once("predict", "04.split", {"answer": 2.0})
    assert "“04.split” meanwhile. That one stands." in store.notices()[0]
    assert store.read("predict", "04.split") == {"answer": 2.0}


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO])
@pytest.mark.parametrize("once", [True, False])
def test_on_a_full_disk_the_answer_is_kept_and_written_when_there_is_room(store, monkeypatch, number, once):
    write = store.write_once if once else store.write
    monkeypatch.setattr(os, "fsync", fail_with(number))
    write("predict", "04.split", {"answer": 1.0})
    assert store.read("predict", "04.split") == {"answer": 1.0}
    assert store.entries("predict") == {"04.split": {"answer": 1.0}}
    (notice,) = store.notices()
    assert "kept until you close this notebook" in notice
    assert not list(store.root.rglob("*.*")), "no half-written file is left"
    monkeypatch.undo()
    store.write("check", "04.1", {"step": "right"})
    fresh = Folder(store.root.parent)
    assert fresh.read("predict", "04.split") == {"answer": 1.0}
    assert fresh.read("check", "04.1") == {"step": "right"}


def test_a_full_disk_leaves_the_old_entry_in_its_file(store, monkeypatch):
    store.write("check", "04.1", {"step": "wrong type"})
    monkeypatch.setattr(os, "fsync", fail_with(errno.ENOSPC))
    store.write("check", "04.1", {"step": "right"})
    assert store.read("check", "04.1") == {"step": "right"}
    assert Folder(store.root.parent).read("check", "04.1") == {"step": "wrong type"}


def test_a_file_where_the_folder_should_be_is_said_and_survived(tmp_path):
    (tmp_path / "my_course").write_text("not a folder", encoding="utf-8")
    store = Folder(tmp_path / "my_course")
    assert store.write("check", "04.1", {"step": "right"}) is False
    assert store.read("check", "04.1") == {"step": "right"}
    assert "a file is where a folder should be" in store.notices()[0]


def test_where_hard_links_are_unknown_what_is_written_once_still_stays(store, monkeypatch):
    monkeypatch.setattr(os, "link", fail_with(errno.EPERM))
    store.write_once("predict", "04.split", {"answer": 1.0})
    assert store.write_once("predict", "04.split", {"answer": 2.0}) == {"answer": 1.0}


def test_a_draft_that_a_crash_left_is_cleared_away_after_an_hour(store):
    place = store.root / "check"
    place.mkdir(parents=True)
    old, new = place / ".04.1.1-a.tmp", place / ".04.1.2-b.tmp"
    for draft in (old, new):
        draft.write_text("half", encoding="utf-8")
    os.utime(old, (time.time() - 7200,) * 2)
    store.write("check", "04.1", {})
    assert not old.exists()
    assert new.exists(), "a young draft may belong to a notebook that is writing now"


def test_files_are_plain_json_with_a_version(store):
    store.write("check", "04.1", {"step": "right"})
    whole = json.loads(file_of(store, "check", "04.1").read_text(encoding="utf-8"))
    assert whole == {"version": 1, "kind": "check", "name": "04.1", "entry": {"step": "right"}}


# --- which store ----------------------------------------------------------------------------------------------------


@pytest.fixture
def nowhere(tmp_path, monkeypatch):
    """No course folder named, and a working folder that is in none."""
    monkeypatch.delenv("PARECON_COURSE", raising=False)
    place = tmp_path / "repo" / "lessons"
    place.mkdir(parents=True)
    monkeypatch.chdir(place)
    learner.forget()
    yield place
    learner.forget()


def test_without_a_course_folder_nothing_is_written_anywhere(nowhere, tmp_path, a_person):
    learner.store().write("check", "04.1", {"step": "right"})
    assert isinstance(learner.store(), Memory)
    assert learner.store().read("check", "04.1") == {"step": "right"}, "one notebook sees one store"
    assert [p for p in tmp_path.rglob("*") if p.is_file()] == []
    assert "no course folder" in learner.notices()[0]
    assert learner.notices() == [], "it is said once"


def test_a_working_folder_that_was_deleted_stops_nobody(nowhere):
    gone = nowhere / "gone"
    gone.mkdir()
    os.chdir(gone)
    try:
        gone.rmdir()
    except OSError:
        return  # Windows lets nobody delete the folder one stands in
    assert learner.course_folder() is None
    assert learner.store().write("check", "04.1", {}) is False
    assert course.lesson("04").id == "04"


def test_in_a_test_run_nothing_is_said_about_the_folder(nowhere):
    assert learner.strict()
    assert learner.notices() == []


def test_a_folder_beside_the_repository_is_not_taken_without_its_mark(nowhere, tmp_path):
    (tmp_path / "repo" / "my_course").mkdir()
    assert learner.course_folder() is None


def test_the_nearest_marked_folder_upwards_is_the_course(nowhere, tmp_path, monkeypatch):
    inner = tmp_path / "my_course" / "lessons"
    inner.mkdir(parents=True)
    (tmp_path / "my_course" / ".parecon_course").touch()
    monkeypatch.chdir(inner)
    assert learner.course_folder() == tmp_path / "my_course"


def test_the_environment_names_the_folder_before_all_else(nowhere, tmp_path, monkeypatch):
    monkeypatch.setenv("PARECON_COURSE", str(tmp_path / "elsewhere"))
    assert learner.course_folder() == tmp_path / "elsewhere"
    learner.store().write("check", "04.1", {})
    assert (tmp_path / "elsewhere" / ".progress" / "check" / "04.1.json").is_file()


def test_strict_can_be_asked_for_and_refused(monkeypatch):
    monkeypatch.setenv("PARECON_STRICT_ERRORS", "0")
    assert not learner.strict()
    monkeypatch.delenv("PYTEST_CURRENT_TEST")
    monkeypatch.setenv("PARECON_STRICT_ERRORS", "1")
    assert learner.strict()
