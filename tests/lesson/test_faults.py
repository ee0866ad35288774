"""Crashes and races: processes that are killed while they write, and two that write at once."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from parecon_edu.lesson.store import Folder

# Writes without end: the same names again and again, with a body that takes a while; says each entry it was promised.
WRITER = """
import itertools, sys
from pathlib import Path
from parecon_edu.lesson.store import Folder
store = Folder(Path(sys.argv[1]))
body = "x" * 200_000
for i in itertools.count():
    name = f"04.{i % 7}"
    store.write("check", name, {"number": i, "body": body})
    print(name, i, flush=True)
    store.write_once("right", f"04.{i}", {"number": i})
    print("once", i, flush=True)
"""


def kill_while_writing(folder: Path, *, after: float) -> list[list[str]]:
    """Start the writer, kill it some time after its first entry; gives what it had said."""
    writer = subprocess.Popen([sys.executable, "-c", WRITER, str(folder)], stdout=subprocess.PIPE, text=True)
    assert writer.stdout is not None
    first = writer.stdout.readline()
    time.sleep(after)
    writer.kill()
    rest = writer.stdout.read().splitlines()
    writer.wait()
    writer.stdout.close()
    # A last line without its end was cut by the kill.
    return [line.split() for line in [first.strip(), *rest] if len(line.split()) == 2]


def check_nothing_lost(folder: Path, said: list[list[str]]) -> None:
    promised = {name: int(number) for name, number in said if name != "once"}
    once = [int(number) for name, number in said if name == "once"]
    store = Folder(folder)
    entries = store.entries("check")
    for name, number in promised.items():
        assert entries[name]["number"] >= number, "what was promised is there, or something newer"
        assert len(entries[name]["body"]) == 200_000, "and it is whole"
    for number in once[:-1]:
        assert store.read("right", f"04.{number}") == {"number": number}
    assert store.notices() == [], "no file was found damaged"


def rounds(folder: Path, *, number: int, seed: int) -> None:
    chance = random.Random(seed)
    for i in range(number):
        place = folder / str(i % 5)
        said = kill_while_writing(place, after=chance.uniform(0, 0.08))
        check_nothing_lost(place, said)
        assert Folder(place).write("check", "04.0", {"number": 10**9, "body": "y" * 200_000}), "the next start works"


def test_an_answer_survives_a_kill_at_any_moment(tmp_path):
    rounds(tmp_path, number=6, seed=4)


@pytest.mark.sweep
def test_answers_survive_hundreds_of_kills(tmp_path):
    rounds(tmp_path, number=150, seed=5)


# Ends a process without any clean-up at the k-th line of the store, or of what it might write files with; k = 1, 2, …
# until one gets through.
LINE_BY_LINE = """
import itertools, os, shutil, sys
from pathlib import Path
from parecon_edu.lesson.store import Folder

def die_at(k):
    left = [k]
    def trace(frame, event, arg):
        code = frame.f_code
        if not code.co_filename.endswith("store.py") and code.co_name not in ("write_bytes", "write_text"):
            return None
        left[0] -= event == "line"
        if not left[0]:
            os._exit(9)
        return trace
    sys.settrace(trace)

def whole(entry, allowed):
    return entry is None or (entry["number"] in allowed and len(entry["body"]) == 50_000)

course, once, old = Path(sys.argv[1]), sys.argv[2] == "once", {"number": 0, "body": "o" * 50_000}
Folder(course).write("check", "04.1", old)  # fills the caches that would otherwise count as lines
for k in itertools.count(1):
    shutil.rmtree(course, ignore_errors=True)
    store = Folder(course)
    if not once:
        store.write("check", "04.1", old)
    child = os.fork()
    if not child:
        die_at(k)
        (store.write_once if once else store.write)("check", "04.1", {"number": 1, "body": "n" * 50_000})
        os._exit(0)
    done = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    fresh = Folder(course)
    entry = fresh.read("check", "04.1")
    assert whole(entry, {0, 1}) and not fresh.notices(), (k, entry, fresh.notices())
    assert once or entry, (k, "the old entry is gone")
    if done == 0:
        assert entry["number"] == 1
        break
print(k)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a system that can fork")
@pytest.mark.parametrize("way", ["replace", "once"])
def test_an_answer_survives_an_end_at_every_single_line_of_a_write(tmp_path, way):
    command = [sys.executable, "-c", LINE_BY_LINE, str(tmp_path), way]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 50, "it ended at many different lines before it got through"


RACER = """
import json, sys, time
from pathlib import Path
from parecon_edu.lesson.store import Folder
folder, me, number, start = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), float(sys.argv[4])
store = Folder(folder)
time.sleep(max(0, start - time.time()))
standing = [store.write_once("predict", f"04.{i}", {"by": me, "body": "x" * 5000})["by"] for i in range(number)]
for i in range(number):
    store.write("quiz", f"{me}.{i}", {"by": me})
    store.write("check", f"04.{i}", {"by": me, "body": "x" * 5000})
print(json.dumps({"standing": standing, "notices": store.notices()}))
"""


def race(folder: Path, *, number: int, windows: int = 2) -> list[dict[str, list[str]]]:
    start = str(time.time() + 0.6)
    command = [sys.executable, "-c", RACER, str(folder)]
    racers = [
        subprocess.Popen([*command, f"w{i}", str(number), start], stdout=subprocess.PIPE, text=True)
        for i in range(windows)
    ]
    said = [racer.communicate(timeout=120)[0] for racer in racers]
    assert all(racer.returncode == 0 for racer in racers)
    return [json.loads(one) for one in said]


def check_race(folder: Path, *, number: int, windows: int) -> None:
    results = race(folder, number=number, windows=windows)
    store = Folder(folder)
    on_disk = [store.read("predict", f"04.{i}")["by"] for i in range(number)]
    for result in results:
        assert result["standing"] == on_disk, "every window is told the one prediction that stands"
        assert result["notices"] == []
    assert len(store.entries("quiz")) == number * windows, "no window undid what another wrote"
    assert all(entry["by"].startswith("w") for entry in store.entries("check").values())
    assert not list(folder.rglob("*.tmp"))


def test_two_notebooks_that_write_at_once_lose_nothing(tmp_path):
    check_race(tmp_path, number=60, windows=2)


@pytest.mark.sweep
def test_many_notebooks_that_write_at_once_lose_nothing(tmp_path):
    for i in range(10):
        check_race(tmp_path / str(i), number=200, windows=4)
