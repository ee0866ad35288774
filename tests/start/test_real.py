"""The real JupyterLab, started as learners start it; with `--all` also the real first start, and a pack offline."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
import tiny_course
from tiny_course import launch, run, start, state, texts

READY = "Keep this window open"
LESSONS = sorted(path.name for path in (tiny_course.ROOT / "lessons").glob("*.ipynb"))


def checkout(folder: Path) -> Path:
    """Copy what a learner needs of this checkout to a folder whose name has spaces and other letters."""
    root = folder / "Küche & Rat 東京" / "parecon edu"
    root.mkdir(parents=True)
    for name in start.PACKED:
        start.put_into_pack(tiny_course.ROOT / name, root / name)
    return root


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the course that is run with the environment of these tests."""
    return checkout(tmp_path_factory.mktemp("here"))


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The settings of somebody whose own Jupyter and Python are in a bad way."""
    tmp_path = tmp_path_factory.mktemp("hostile")
    (tmp_path / "jupyter_server_config.py").write_text("raise SystemExit('broken settings')")
    (tmp_path / "jupyter_lab_config.py").write_text("raise SystemExit('broken settings')")
    (tmp_path / "json.py").write_text("raise SystemExit('not the json you know')")
    kernel = tmp_path / "kernels" / "python3"
    kernel.mkdir(parents=True)
    (kernel / "kernel.json").write_text('{"argv": ["nowhere"], "display_name": "Broken", "language": "python"}')
    names = (
        "JUPYTER_CONFIG_DIR",
        "JUPYTER_CONFIG_PATH",
        "JUPYTER_DATA_DIR",
        "JUPYTER_PATH",
        "IPYTHONDIR",
        "PYTHONPATH",
    )
    return {name: str(tmp_path) for name in names}


@pytest.fixture(scope="module")
def lab(here: Path, hostile: dict[str, str]) -> Iterator[tuple[Path, start.Server]]:
    """The course, running."""
    # Whoever starts it has the bad settings; only start.py's own Python must not read the wrong json.
    started = launch(here, "--here", "--no-browser", python=(sys.executable, "-E"), **hostile)
    started.until(READY)
    server = start.find_running(here / "my_course")
    assert server is not None
    yield here / "my_course", server
    assert run(here, "stop").returncode == 0
    assert started.rest()[0] == 0


def ask(server: start.Server, path: str, *, data: bytes | None = None) -> str:
    """Ask the server for something."""
    request = urllib.request.Request(server.url + path, data=data, headers={"Authorization": f"token {server.token}"})
    with urllib.request.urlopen(request, timeout=60) as answer:
        return str(answer.read().decode("utf-8"))


def test_jupyterlab_serves_the_learners_copies_whatever_the_users_own_settings(
    lab: tuple[Path, start.Server],
) -> None:
    course, server = lab
    listed = json.loads(ask(server, "api/contents/lessons"))["content"]
    assert sorted(item["name"] for item in listed if item["name"].endswith(".ipynb")) == LESSONS
    assert "jupyterlab" in ask(server, "lab/tree/" + start.FIRST_LESSON).lower()
    settings = json.loads(ask(server, "lab/api/settings/@jupyterlab/apputils-extension:notification"))
    news, updates = (settings["schema"]["properties"][name]["default"] for name in ("fetchNews", "checkForUpdates"))
    assert (news, updates) == ("false", False)
    kernels = json.loads(ask(server, "api/kernelspecs"))
    assert "nowhere" not in json.dumps(kernels["kernelspecs"]["python3"])
    assert texts(course / start.FIRST_LESSON)


def test_a_kernel_finds_the_library_and_the_learners_folder(lab: tuple[Path, start.Server]) -> None:
    """Run a notebook with the very environment that the server hands to its kernels."""
    import nbclient
    import nbformat

    course, _ = lab
    source = "import os, parecon_edu; print(parecon_edu.__file__); print(os.environ['PARECON_COURSE'])"
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)])
    environment = start.server_environment(course.parent, course, os.environ)
    nbclient.NotebookClient(notebook, timeout=60).execute(env=environment, cwd=str(course / "lessons"))
    package, folder = "".join(output["text"] for output in notebook.cells[0].outputs).split("\n")[:2]
    assert Path(package).is_relative_to(course.parent)
    assert Path(folder) == course


# --- the real thing, with `start.py test --all` -----------------------------------------------------------------------


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the course that has been set up from nothing."""
    root = checkout(tmp_path_factory.mktemp("fresh"))
    done = run(root, "setup", seconds=1200)
    assert done.returncode == 0, done.stdout + done.stderr
    return root


@pytest.mark.sweep
def test_after_a_real_first_start_the_doctor_finds_all_well(fresh: Path) -> None:
    done = run(fresh, "doctor", seconds=300)
    assert done.returncode == 0, done.stdout
    assert done.stdout.rstrip().endswith("All is well.")


@pytest.mark.sweep
def test_a_second_real_start_takes_at_most_five_seconds_and_changes_nothing(fresh: Path) -> None:
    course = fresh / "my_course"
    before = state(course)
    seconds = []
    for _ in range(3):  # the first of them also compiles what was never imported before
        began = time.monotonic()
        started = launch(fresh, "--no-browser")
        started.until(READY)
        seconds.append(time.monotonic() - began)
        run(fresh, "stop")
        started.rest()
    assert min(seconds) <= 5, seconds
    assert state(course) == before


@pytest.mark.sweep
@pytest.mark.skipif(
    shutil.which("unshare") is None, reason="This machine cannot switch the network off for one program"
)
def test_a_real_pack_sets_a_computer_up_with_the_network_off(fresh: Path, tmp_path: Path) -> None:
    target = tmp_path / "Pack für Zoë"
    packed = run(fresh, "pack", str(target), seconds=1200)
    assert packed.returncode == 0, packed.stdout + packed.stderr
    script = 'cd "$1"; "$2" start.py setup && "$2" start.py doctor'
    # pip may neither ask nor remember anything; a doctor's kernel needs the computer's own address, so `lo` is up.
    apart = {**tiny_course.NO_SCREEN, "PIP_CONFIG_FILE": os.devnull, "PIP_FIND_LINKS": "", "PIP_NO_CACHE_DIR": "1"}
    done = subprocess.run(
        ["unshare", "-rn", "sh", "-c", "ip link set lo up; " + script, "sh", str(target), sys.executable],
        env=apart,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=1200,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "needs no internet" in done.stdout
    assert done.stdout.rstrip().endswith("All is well.")
