"""Whole starts, with stand-ins for what would be fetched: first, second, broken off, twice at once, no network."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
import tiny_course
from tiny_course import launch, run, sentences, state, texts

LESSON = "lessons/04_remuneration.ipynb"
READY = "Keep this window open"
# A computer whose pip reaches nothing, however this one is set up.
NOWHERE = {
    "PIP_CONFIG_FILE": os.devnull,
    "PIP_INDEX_URL": "http://127.0.0.1:9/simple",
    "PIP_EXTRA_INDEX_URL": "",
    "PIP_FIND_LINKS": "",
    "PIP_RETRIES": "0",
}


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int, str]:
    """A first start in a folder whose name has spaces and other letters: the checkout, the exit code, what was said."""
    root = tiny_course.write_checkout(tmp_path_factory.mktemp("ready") / "Küche & Rat 東京" / "parecon edu")
    started = launch(root, "--no-browser")
    started.until(READY)
    assert run(root, "stop").returncode == 0
    return (root, *started.rest())


@pytest.fixture(scope="module")
def ready(first: tuple[Path, int, str]) -> Path:
    """A checkout that was started once."""
    return first[0]


@pytest.fixture
def copied(ready: Path, tmp_path: Path) -> Path:
    """A copy of that checkout, environment and all, to do what one likes with."""
    return Path(shutil.copytree(ready, tmp_path / "Küche & Rat 東京" / "parecon edu", symlinks=True))


@pytest.fixture
def running(ready: Path) -> Iterator[tiny_course.Running]:
    """A course that runs."""
    started = launch(ready, "--no-browser")
    started.until(READY)
    yield started
    run(ready, "stop")
    started.rest()


def unfinished(root: Path) -> bool:
    """Tell whether an environment stands half-made."""
    return (root / ".venv" / "parecon_edu.unfinished").exists()


# --- first and second start -------------------------------------------------------------------------------------------


def test_a_first_start_shows_where_it_is(first: tuple[Path, int, str]) -> None:
    _, code, said = first
    assert "1/3  making a place for the course's programs (.venv)" in said
    assert "2/3  fetching and installing packages" in said
    assert "package 0 of 3" in said
    assert "2 packages in" in said, "the third is for another kind of computer"
    assert "3/3  setting up the course itself" in said
    assert "Your own copies of 2 lessons and 1 exercise are in my_course." in said
    assert "/lab/tree/lessons/00_start_here.ipynb?token=key" in said
    assert code == 0
    assert said.endswith("The course was shut down. Your work is saved in my_course.")


def test_a_second_start_changes_nothing_and_installs_nothing(ready: Path) -> None:
    before, stamp = state(ready), (ready / ".venv" / "parecon_edu.json").stat().st_mtime_ns
    started = launch(ready, "--no-browser")
    started.until(READY)
    assert len(started.lines) == 3, started.lines
    run(ready, "stop")
    started.rest()
    assert state(ready) == before
    assert (ready / ".venv" / "parecon_edu.json").stat().st_mtime_ns == stamp


def test_learners_words_survive_a_start(ready: Path) -> None:
    tiny_course.learner_writes(ready / "my_course" / LESSON, "my thoughts")
    assert run(ready, "setup").returncode == 0
    assert "my thoughts" in texts(ready / "my_course" / LESSON)


# --- two at once ------------------------------------------------------------------------------------------------------


def test_a_second_start_opens_the_running_one(ready: Path, running: tiny_course.Running) -> None:
    again = run(ready, "--no-browser")
    assert again.returncode == 0
    assert again.stdout.startswith("The course is already running.")
    assert running.lines[-2].strip() in again.stdout, "the same address"
    assert running.process.poll() is None


@pytest.mark.sweep
def test_a_second_start_waits_for_one_that_is_setting_up(root: Path) -> None:
    tiny_course.write_checkout(root)
    first = launch(root, "--no-browser")
    first.until("1/3")
    second = launch(root, "--no-browser")
    second.until("Another start is busy in this folder")
    first.until(READY)
    code, said = second.rest()
    assert code == 0
    assert "The course is already running." in said
    run(root, "stop")
    first.rest()


def test_updates_wait_until_a_running_course_is_stopped(ready: Path, running: tiny_course.Running) -> None:
    """An open lesson is not replaced under a learner's hands."""
    lesson = ready / "lessons" / "00_start_here.ipynb"
    before = lesson.read_bytes()
    copy = (ready / "my_course" / "lessons" / "00_start_here.ipynb").read_bytes()
    try:
        tiny_course.write_lesson(ready, "lessons/00_start_here.ipynb", "# New")
        again = run(ready, "--no-browser")
        assert "they arrive when you stop the course" in again.stdout
        assert (ready / "my_course" / "lessons" / "00_start_here.ipynb").read_bytes() == copy
    finally:
        lesson.write_bytes(before)


def test_the_note_of_a_server_that_is_gone_does_not_mislead(ready: Path) -> None:
    runtime = ready / "my_course" / ".jupyter" / "runtime"
    runtime.mkdir(parents=True, exist_ok=True)
    (runtime / "jpserver-1.json").write_text(json.dumps({"url": "http://127.0.0.1:9/", "token": "key"}))
    (runtime / "jpserver-2.json").write_text('{"url": ')
    assert run(ready, "stop").stdout == "The course is not running.\n"
    started = launch(ready, "--no-browser")
    started.until(READY)
    run(ready, "stop")
    assert started.rest()[0] == 0


def test_stop_waits_until_the_course_is_gone(
    start: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever starts again at once must not be sent to the one that is leaving."""
    answers = [True, True, True, False]
    monkeypatch.setattr(start.Server, "ask", lambda server, path, **_: answers.pop(0))
    monkeypatch.setattr(start, "find_running", lambda course: start.Server(url="http://x/", token="key"))
    assert start.stop(tmp_path) == 0
    assert answers == []


# --- stopping, and being stopped --------------------------------------------------------------------------------------

posix = pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is sent to a process group here")


@posix
def test_ctrl_c_stops_a_running_course_kindly(ready: Path) -> None:
    started = launch(ready, "--no-browser")
    started.until(READY)
    os.killpg(started.process.pid, signal.SIGINT)
    code, said = started.rest()
    assert code == 0
    assert said.endswith("Stopped. Your work is in my_course; next time: python3 start.py")
    assert "Traceback" not in said
    assert run(ready, "stop").stdout == "The course is not running.\n"


@posix
def test_ctrl_z_does_not_freeze_a_running_course(ready: Path) -> None:
    started = launch(ready, "--no-browser")
    started.until(READY)
    os.killpg(started.process.pid, signal.SIGTSTP)
    assert "stopped" in run(ready, "stop").stdout.lower()
    code, said = started.rest()
    assert code == 0
    assert "Ctrl-Z would only freeze the course. To stop it, press Ctrl-C." in said


def break_off(root: Path, *, at: str, how: signal.Signals) -> None:
    """Start, and end it at a step: by Ctrl-C, or as when the plug is pulled."""
    (root / "slow").touch()
    started = launch(root, "--no-browser")
    started.until(at)
    time.sleep(0.5)
    os.killpg(started.process.pid, how)
    code, said = started.rest()
    (root / "slow").unlink()
    if how == signal.SIGINT:
        assert code == 130
        assert said.endswith("Stopped half-way. Nothing is lost: python3 start.py goes on from here.")
        assert "Traceback" not in said


@posix
def test_broken_off_in_the_last_step_the_next_start_does_only_that(copied: Path) -> None:
    (copied / ".venv" / "parecon_edu.json").unlink()
    break_off(copied, at="3/3", how=signal.SIGINT)
    shutil.rmtree(copied / "wheels")
    again = run(copied, "setup", PIP_NO_INDEX="1")
    assert again.returncode == 0, again.stdout + again.stderr
    assert "2/3" not in again.stdout, "what is installed need not be fetched again"
    assert (copied / "my_course" / LESSON).exists()


@posix
def test_a_start_that_was_killed_may_leave_a_pip_behind_and_the_next_waits_for_it(copied: Path) -> None:
    """Otherwise the next start would clear away what that pip still writes."""
    (copied / ".venv" / "parecon_edu.json").unlink()
    (copied / "slow").touch()
    first = launch(copied, "setup")
    first.until("3/3")
    time.sleep(0.5)
    first.process.kill()
    (copied / "slow").unlink()
    second = launch(copied, "setup")
    second.until("Another start is busy in this folder")
    os.killpg(first.process.pid, signal.SIGKILL)  # what is left of the first
    first.rest()
    code, said = second.rest()
    assert code == 0, said
    assert "2/3" not in said
    assert (copied / "my_course" / LESSON).exists()


@posix
@pytest.mark.sweep
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_broken_off_in_the_first_step_the_next_start_begins_afresh(root: Path, how: signal.Signals) -> None:
    tiny_course.write_checkout(root)
    break_off(root, at="1/3", how=how)
    again = run(root, "setup")
    assert again.returncode == 0, again.stdout + again.stderr
    assert "begins afresh" in again.stdout
    assert not unfinished(root)
    assert (root / "my_course" / LESSON).exists()


# --- an environment that is not as it should be -----------------------------------------------------------------------


@pytest.mark.sweep
def test_a_half_made_environment_is_made_afresh(root: Path) -> None:
    tiny_course.write_checkout(root)
    (root / ".venv" / "bin").mkdir(parents=True)
    (root / ".venv" / "parecon_edu.unfinished").touch()
    (root / ".venv" / "bin" / "python").write_text("half a program")
    done = run(root, "setup")
    assert done.returncode == 0, done.stderr
    assert "begins afresh" in done.stdout


def test_clearing_a_half_made_environment_may_be_broken_off_too(
    start: ModuleType, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The note that it is half-made goes last: what is left is never taken for an environment of somebody else's."""
    venv = root / ".venv"
    for name in ("bin/python", "lib/half", "share/x", start.UNFINISHED):
        (venv / name).parent.mkdir(parents=True, exist_ok=True)
        (venv / name).touch()
    remove = start.remove_tree

    def broken_off(folder: Path) -> None:
        if folder.name == "lib":
            raise KeyboardInterrupt
        remove(folder)

    monkeypatch.setattr(start, "remove_tree", broken_off)
    with pytest.raises(KeyboardInterrupt):
        start.clear_unfinished(venv)
    assert unfinished(root)
    monkeypatch.undo()
    start.clear_unfinished(venv)
    assert [path.name for path in venv.iterdir()] == [start.UNFINISHED]


@posix
def test_an_environment_from_another_computer_is_noticed(
    start: ModuleType, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its list of packages is right, but its Python does not run here: the start makes it anew, the doctor says so."""
    tiny_course.write_checkout(root)
    python = root / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_bytes(b"\x7fELF for another computer")
    python.chmod(0o755)
    start.write_stamp(root / ".venv", start.stamp_wanted(root))
    finding = start.examine_environment(root, str(python), here=False)
    assert "lacks a working Python (Exec format error): python3 start.py" in finding.words
    monkeypatch.setattr(start, "check_before_install", lambda root: None)
    monkeypatch.setattr(start, "run_told", lambda command, **_: (1, "enough seen"))
    with pytest.raises(start.Trouble):
        start.ensure_environment(root, root / "my_course")
    assert (root / ".venv (set aside)" / "bin" / "python").exists()


@pytest.mark.sweep
def test_a_broken_environment_of_somebody_else_is_set_aside_not_deleted(root: Path) -> None:
    tiny_course.write_checkout(root)
    (root / ".venv").mkdir()
    (root / ".venv" / "precious").write_text("not ours")
    done = run(root, "setup")
    assert done.returncode == 0, done.stderr
    assert "It was set aside as '.venv (set aside)'" in done.stdout
    assert (root / ".venv (set aside)" / "precious").read_text() == "not ours"


def test_a_working_environment_of_somebody_else_is_used(copied: Path) -> None:
    (copied / ".venv" / "parecon_edu.json").unlink()
    (copied / ".venv" / "precious").write_text("not ours")
    done = run(copied, "setup")
    assert done.returncode == 0, done.stderr
    assert (copied / ".venv" / "precious").exists()


def test_a_folder_that_was_moved_still_starts_without_fetching(copied: Path) -> None:
    """On an old computer too, which cannot spell the folder's name."""
    shutil.rmtree(copied / "wheels")
    done = run(copied, "setup", PIP_NO_INDEX="1", LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "2/3" not in done.stdout


def test_an_update_of_the_packages_is_installed(copied: Path) -> None:
    tiny_course.write_wheel(copied / "wheels", "small", version="2.0", files={"small.py": ""})
    lock = copied / "requirements.lock"
    lock.write_text(lock.read_text().replace("small==1.0", "small==2.0"))
    assert run(copied, "setup").returncode == 0
    assert list((copied / ".venv").rglob("small-2.0.dist-info"))
    assert not list((copied / ".venv").rglob("small-1.0.dist-info"))


def test_without_a_network_an_update_waits_and_the_course_goes_on(copied: Path) -> None:
    """Whoever could work yesterday can work today."""
    lock = copied / "requirements.lock"
    lock.write_text(lock.read_text().replace("small==1.0", "small==2.0"))
    done = run(copied, "setup")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Until then the course goes on with the packages it has." in done.stdout
    assert not unfinished(copied)


# --- no network, no room, no permission -------------------------------------------------------------------------------


@pytest.mark.sweep
def test_no_network_at_the_first_start(root: Path) -> None:
    tiny_course.write_checkout(root)
    wheels = root / "wheels"
    wheels.rename(root / "wheels elsewhere")
    done = run(root, "setup", **NOWHERE)
    assert done.returncode == 1
    assert len(sentences(done.stderr)) == 1
    assert "did not answer: connect and start again" in done.stderr
    (root / "wheels elsewhere").rename(wheels)
    assert run(root, "setup").returncode == 0


def test_a_pack_for_another_computer_says_so(copied: Path) -> None:
    made_for = {"system": "Windows", "processor": "ARM64", "python": "3.12"}
    (copied / "wheels" / "made_for.json").write_text(json.dumps(made_for))
    # As if it had never been set up: no stamp, and a package that has to be fetched.
    (copied / ".venv" / "parecon_edu.json").unlink()
    shutil.rmtree(next((copied / ".venv").rglob("small-1.0.dist-info")))
    done = run(copied, "setup", **NOWHERE)
    assert done.returncode == 1
    assert "This pack was made for Python 3.12 on Windows (ARM64), and this is" in done.stdout
    assert "did not answer: connect and start again" in done.stderr


def namespaces() -> bool:
    """Tell whether this machine lets a test mount something for itself alone."""
    if shutil.which("unshare") is None:
        return False
    return subprocess.run(["unshare", "-rmn", "true"], capture_output=True, check=False).returncode == 0


apart = pytest.mark.skipif(not namespaces(), reason="This machine lets nobody mount a disk for one program alone")


def run_apart(root: Path, before: str, *, start: str = '"$1" start.py setup') -> subprocess.CompletedProcess[str]:
    """Run `start.py` where a disk is mounted for it alone, and where there is no network at all."""
    script = f'set -e; cd "$2"; {before}; {start}'
    return subprocess.run(
        ["unshare", "-rmn", "sh", "-c", script, "sh", sys.executable, str(root)],
        env=tiny_course.NO_SCREEN,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


@apart
def test_a_read_only_folder(copied: Path) -> None:
    (copied / ".venv" / "parecon_edu.json").unlink()
    done = run_apart(copied, 'mount --bind "$2" "$2"; mount -o remount,bind,ro "$2"; cd "$2"')
    assert done.returncode == 1
    assert len(sentences(done.stderr)) == 1
    assert done.stderr.startswith("Nothing can be written to ")
    assert "move the course's folder to a place that is yours" in done.stderr
    assert run(copied, "setup").returncode == 0


@apart
@pytest.mark.sweep
@pytest.mark.parametrize("size", ["64k", "8m"])
def test_a_disk_that_fills_up(root: Path, tmp_path: Path, size: str) -> None:
    """Full at once, and full in the middle of making the environment."""
    tiny_course.write_checkout(root)
    disk = tmp_path / "disk"
    disk.mkdir()
    onto = f'mount -t tmpfs -o size={size} tmpfs "{disk}"; '
    onto += f'for part in my_course .venv; do mkdir "{disk}/$part" "$part"; mount --bind "{disk}/$part" "$part"; done'
    blind = "import sys, runpy; sys.argv = ['start.py', 'setup']; sys.path.insert(0, '.'); import start; "
    # An empty folder that stands there already is a disk of its own; it is made use of as if it were half-made.
    blind += "start.ROOM_NEEDED = 0; open('.venv/parecon_edu.unfinished', 'w').close(); sys.exit(start.main())"
    done = run_apart(root, onto, start=f'"$1" -c "{blind}"')
    assert done.returncode == 1, done.stdout + done.stderr
    assert len(sentences(done.stderr)) == 1
    assert "The disk is full: free about 1 GB and start again" in done.stderr
    for part in ("my_course", ".venv"):
        (root / part).rmdir()
    assert run(root, "setup").returncode == 0


# --- pack -------------------------------------------------------------------------------------------------------------


@apart
@pytest.mark.sweep
def test_a_pack_sets_a_computer_up_with_the_network_off(ready: Path, tmp_path: Path) -> None:
    target = tmp_path / "Pack für Zoë"
    links = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": (ready / "wheels").as_uri()}
    packed = run(ready, "pack", str(target), **links)
    assert packed.returncode == 0, packed.stdout + packed.stderr
    assert {path.name for path in target.iterdir()} >= {"start.py", "wheels", "lessons", "READ ME FIRST.txt"}
    assert not (target / ".venv").exists()
    assert not (target / "my_course").exists()
    shutil.copy(ready / "tiny_backend.py", target)  # the stand-in for hatchling, which is in the real lock
    done = run_apart(target, "true")
    assert done.returncode == 0, done.stdout + done.stderr
    assert (target / "my_course" / LESSON).exists()
    again = run(ready, "pack", str(target), **links)
    assert again.returncode == 0, "a pack can be made again in the same place"


def test_a_pack_does_not_go_onto_something_else(ready: Path, tmp_path: Path) -> None:
    (tmp_path / "letters.txt").write_text("precious")
    done = run(ready, "pack", str(tmp_path))
    assert done.returncode == 1
    assert "is not empty and no pack: name another one" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["letters.txt"]
    assert "A pack cannot lie on the course itself" in run(ready, "pack", str(ready)).stderr


# --- the doctor -------------------------------------------------------------------------------------------------------


def test_the_doctor_before_the_first_start(root: Path) -> None:
    tiny_course.write_checkout(root)
    done = run(root, "doctor")
    assert done.returncode == 1
    assert "MEND  The course is not set up yet: run  python3 start.py" in done.stdout
    assert done.stdout.rstrip().endswith("1 thing to mend; the lines above say how.")
    assert not (root / ".venv").exists()
    assert not (root / "my_course").exists(), "the doctor looks and touches nothing"


def test_the_doctor_finds_a_damaged_lesson_and_a_missing_package(start: ModuleType, root: Path) -> None:
    tiny_course.write_checkout(root)
    course = root / "my_course"
    start.deliver(root, course)
    (course / LESSON).write_text("{ half")
    words = [finding.words for finding in start.examine_copies(root, course) if not finding.well]
    assert len(words) == 1
    assert words[0].startswith("my_course/lessons/04_remuneration.ipynb cannot be read: python3 start.py restore 04")
    assert start.lacking_packages(sys.executable, ["pytest>=1", "surely-not-there>=2", "pytest<1"]) == [
        "surely-not-there",
        f"pytest <1 (here: {pytest.__version__})",
    ]
    assert start.lacking_packages(sys.executable, ["surely-not-there ; sys_platform == 'elsewhere'"]) == []


def test_the_doctor_finds_this_very_environment_well() -> None:
    """Packages in their bounds, and a notebook's kernel that starts and computes."""
    done = subprocess.run(
        [sys.executable, str(tiny_course.ROOT / "start.py"), "--here", "doctor"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=180,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    assert "A notebook starts, finds the course's library and computes." in done.stdout
    assert done.stdout.rstrip().endswith("All is well.")


def test_here_names_what_a_python_lacks(root: Path) -> None:
    tiny_course.write_checkout(root)
    project = root / "pyproject.toml"
    project.write_text(project.read_text().replace("jupyterlab>=4.4,<5", "surely-not-there>=1"))
    done = run(root, "--here", "setup")
    assert done.returncode == 1
    assert done.stderr.startswith("This Python lacks surely-not-there: run  conda env update")
    assert not (root / ".venv").exists()
