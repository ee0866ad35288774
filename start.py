#!/usr/bin/env python3
"""Start the course: `python3 start.py` (on Windows: `py start.py`).

The first start makes an environment in `.venv`, puts your own copies of the lessons and exercises into `my_course`
and opens JupyterLab at lesson 00. Every later start only opens it. `python3 start.py --help` lists the rest.

This file uses Python's standard library only, because it runs before anything is installed.
"""
# ruff: noqa: E402
# The version gate has to stand before the other imports. Everything in this file has to *parse* on Python 3.6, so that
# somebody with an old Python reads the gate's sentence and not a SyntaxError: no match, no walrus, no `X | Y` outside
# annotations, no `from __future__ import annotations`.

import sys


def stopped_early(kind, error, trace):  # type: ignore[no-untyped-def]
    """Answer Ctrl-C in a line where `main` cannot: while this file is loaded, or while it answers a first Ctrl-C."""
    if kind is KeyboardInterrupt:
        sys.stderr.write("\nStopped.\n")
    else:
        sys.__excepthook__(kind, error, trace)


if __name__ == "__main__":
    sys.excepthook = stopped_early

import os
import shutil
import subprocess

OLDEST = (3, 11)


def runs(python):  # type: ignore[no-untyped-def]
    """Tell whether a Python of that name can be started (a version manager may only pretend to have it)."""
    if shutil.which(python) is None:
        return False
    try:
        return subprocess.call([python, "-c", ""], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) == 0
    except OSError:  # a file of that name that is no program
        return False


def old_python_sentence(version, *, is_there=runs):  # type: ignore[no-untyped-def]
    """Say what to do on a Python that is too old, naming a newer one where this computer has it."""
    sentence = "This course needs Python {}.{} or newer, and this is Python {}.{}.".format(
        *(OLDEST + tuple(version[:2]))
    )
    for minor in range(20, OLDEST[1] - 1, -1):
        newer = f"python3.{minor}"
        if is_there(newer):
            return sentence + " A newer one is installed here: run  " + newer + " start.py"
    return sentence + " Install a newer one from python.org (or with your system's packages), then start again."


if sys.version_info < OLDEST:
    sys.exit(old_python_sentence(sys.version_info))  # type: ignore[no-untyped-call]

import argparse
import contextlib
import copy
import errno
import hashlib
import importlib.util
import json
import platform as machine
import queue
import re
import signal
import socket
import stat
import tempfile
import threading
import time
import traceback
import urllib.error
import urllib.parse
import urllib.request
import webbrowser
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any, NoReturn

ROOT = Path(__file__).resolve().parent
COURSE = "my_course"
MARKER = ".parecon_course"
FIRST_LESSON = "lessons/00_start_here.ipynb"
FIRST_PORT = 8888
ROOM_NEEDED = 900 * 1024**2  # bytes: the environment takes about 600 MB, and pip unpacks beside it
ROOM_TO_UNPACK = 300 * 1024**2  # bytes, where temporary files go
UNFINISHED = "parecon_edu.unfinished"  # a file in .venv while that is half-made
# What of the user's own settings pip goes by: where packages come from, and how to get there.
PIP_KEEPS = re.compile(
    "PIP_((NO_)?CACHE_DIR|(CLIENT_)?CERT|CONFIG_FILE|(DEFAULT_)?TIMEOUT|(EXTRA_)?INDEX_URL|FIND_LINKS|KEYRING_PROVIDER|"
    "NO_INDEX|PROXY|RETRIES|TRUSTED_HOST|USE_(DEPRECATED|FEATURE))"
)
LONGEST_INSIDE = 175  # characters: the longest path inside .venv, for Windows' limit of 260
PACKED = (
    "start.py",
    "pyproject.toml",
    "requirements.lock",
    "environment.yml",
    "README.md",
    "LICENSE",
    "CONTRIBUTING.md",
    "parecon_edu",
    "lessons",
    "exercises",
    "solutions",
    "docs",
)
COPIED_BESIDE = {".png", ".svg", ".jpg", ".jpeg", ".gif", ".webp", ".csv"}
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
NOT_COPIED = {"__pycache__", ".ipynb_checkpoints"}


class Trouble(Exception):
    """Something that stops the start, said in one plain sentence that says what to do."""


# --- Words -----------------------------------------------------------------------------------------------------------


def say(text: str = "", *, end: str = "\n") -> None:
    """Print a line at once."""
    try:
        print(text, end=end, flush=True)
    except BrokenPipeError:
        # Nobody reads on (`| head`): finish the work in silence.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def again(platform: str = sys.platform) -> str:
    """Return the command that starts the course on this kind of computer."""
    return "py start.py" if platform == "win32" else "python3 start.py"


def counted(number: int, singular: str, plural: str | None = None) -> str:
    """Return a number with its noun: '1 lesson', '2 lessons'."""
    return f"{number} {singular if number == 1 else plural or singular + 's'}"


class LiveLine:
    """One line that is rewritten in place on a terminal, and printed now and then where it cannot be (a log)."""

    def __init__(self, *, every: float = 10.0) -> None:
        self.live = sys.stdout is not None and sys.stdout.isatty()
        self.every = every
        self.width = 0
        self.printed = 0.0

    def show(self, text: str) -> None:
        """Show the line as it stands now."""
        if self.live:
            text = text[: shutil.get_terminal_size().columns - 1]
            say("\r" + text.ljust(self.width), end="")
            self.width = len(text)
        elif time.monotonic() - self.printed >= self.every:
            say(text)
            self.printed = time.monotonic()

    def done(self, text: str) -> None:
        """Finish with a line that stays."""
        if self.live:
            say("\r" + text.ljust(self.width))
        else:
            say(text)
        self.width = 0


def full_sentence() -> str:
    """Say what to do when the disk is full, or the one for passing files, where that is another."""
    with contextlib.suppress(OSError):
        passing = tempfile.gettempdir()
        if os.stat(passing).st_dev != os.stat(ROOT).st_dev and shutil.disk_usage(passing).free < ROOM_TO_UNPACK:
            return f"The disk that holds {passing} is full: free about 500 MB there, or set TMPDIR, and start again."
    return "The disk is full: free about 1 GB and start again; what is half done will be picked up."


def locked_sentence(place: object) -> str:
    """Say what to do when a folder cannot be written to."""
    if of_another_user(Path(str(place))):
        return (
            f"{place} belongs to another user of this computer (was the course once started with sudo?): run  "
            f"sudo chown -R $(id -un) '{ROOT}'  and start again."
        )
    return (
        f"Nothing can be written to {place}: move the course's folder to a place that is yours (your home folder, say) "
        "and start it there."
    )


def of_another_user(place: Path) -> bool:
    """Tell whether something in a course that is yours, or the folder it should be in, is somebody else's."""
    if not hasattr(os, "geteuid") or is_superuser() or ROOT not in place.parents or not os.access(ROOT, os.W_OK):
        return False
    there = next(path for path in (place, *place.parents) if os.path.exists(path))
    return there.stat().st_uid != os.geteuid()


def in_use_sentence() -> str:
    """Say what to do when Windows holds a program of the environment."""
    return "Something in .venv is still in use: close the course and every notebook's window, then start again."


def os_error_sentence(error: OSError) -> str:
    """Say an operating system's error in words that help."""
    if getattr(error, "winerror", None) in (5, 32) and ".venv" in str(error.filename):
        return in_use_sentence()
    if error.errno in (errno.ENOSPC, errno.EDQUOT) or getattr(error, "winerror", None) == 112:
        return full_sentence()
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return locked_sentence(error.filename or "the course's folder")
    return f"The computer refused something ({error}): mend that, if you can, and start again."


# --- Commands it runs, as pure functions: the same on every computer, so that one test covers all three systems ------


# JupyterLab, without a checker of international web addresses that it never uses here: importing that one takes 2.3 of
# the 4 seconds of a start (measured), because it compiles a grammar each time. jsonschema does without it.
# And without Nagle's algorithm between kernel and page: a kernel answers in several small messages, and the second
# would wait for the first to be acknowledged, which costs a moved control 20 of its 80 milliseconds (measured).
RUN_JUPYTERLAB = """\
import sys
sys.path[:] = filter(None, sys.path)  # a learner's file called random.py must not stand in for Python's own
sys.modules["rfc3987_syntax"] = None
from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection
from jupyterlab.labapp import main

class AtOnce(ZMQChannelsWebsocketConnection):
    def connect(self):
        self.websocket_handler.set_nodelay(True)
        return super().connect()

if __name__ == "__main__":
    sys.exit(main())
"""


def pure_path(root: object, platform: str) -> PurePosixPath | PureWindowsPath:
    """Return a path in the style of a platform, whichever platform this is."""
    return PureWindowsPath(str(root)) if platform == "win32" else PurePosixPath(str(root))


def venv_python(root: object, *, platform: str = sys.platform) -> str:
    """Return the environment's Python."""
    inside = ("Scripts", "python.exe") if platform == "win32" else ("bin", "python")
    return str(pure_path(root, platform).joinpath(".venv", *inside))


def base_python() -> str:
    """Return the Python behind an environment that may be the very one to be made anew."""
    return getattr(sys, "_base_executable", None) or sys.executable


def venv_command(root: object, *, python: str | None = None, platform: str = sys.platform) -> list[str]:
    """Return the command that makes the environment."""
    python = python or base_python()
    return [python, "-m", "venv", str(pure_path(root, platform) / ".venv")]


def install_command(
    root: object, lock: str, *, python: str | None = None, wheels: bool = False, platform: str = sys.platform
) -> list[str]:
    """Return the command that installs a lock file, from the pack's own wheels when there are some.

    Only ready-made packages are taken: compiling one on a newcomer's computer fails with pages of text.
    """
    home = pure_path(root, platform)
    command = [python or venv_python(root, platform=platform), "-m", "pip", "install", "--progress-bar", "off"]
    command += ["--no-input", "--only-binary", ":all:", "-r", str(home / lock)]
    return command + (["--no-index", "--find-links", str(home / "wheels")] if wheels else [])


def editable_command(root: object, *, python: str | None = None, platform: str = sys.platform) -> list[str]:
    """Return the command that makes the course's own package importable; it needs no network."""
    command = [python or venv_python(root, platform=platform), "-m", "pip", "install", "--no-input", "--no-index"]
    return [*command, "--no-deps", "--no-build-isolation", "-e", str(pure_path(root, platform))]


def download_command(
    root: object, wheels: object, *, python: str | None = None, platform: str = sys.platform
) -> list[str]:
    """Return the command that fetches every package of the lock as a file, for a pack."""
    command = [python or venv_python(root, platform=platform), "-m", "pip", "download", "--progress-bar", "off"]
    command += ["--no-input", "--only-binary", ":all:", "-r", str(pure_path(root, platform) / "requirements.lock")]
    return [*command, "-d", str(wheels)]


def jupyter_command(
    root: object,
    port: int,
    *,
    python: str | None = None,
    course: object = None,
    first: str | None = FIRST_LESSON,
    port_retries: int = 0,
    superuser: bool = False,
    expose: bool = False,
    platform: str = sys.platform,
) -> list[str]:
    """Return the command that serves JupyterLab with the course's folder as its root.

    Parameters
    ----------
    root : path
        The course's checkout.
    port : int
        Port on this computer.
    python : str, optional
        The Python to run; the environment's by default.
    course : path, optional
        The learner's folder; `my_course` in the checkout by default.
    first : str, optional
        The notebook that the bare address opens, relative to the learner's folder; None for the file list.
    port_retries : int
        How many further ports may be tried.
    superuser : bool
        Whether root runs it (JupyterLab refuses without a flag).
    expose : bool
        Whether the page offers `window.jupyterapp`, for tests in a browser.
    platform : str
        As `sys.platform`.

    Returns
    -------
    list of str
        The command, for `subprocess` without a shell. Its environment is `server_environment`.
    """
    home = pure_path(root, platform)
    folder = pure_path(course, platform) if course is not None else home / COURSE
    command = [
        python or venv_python(root, platform=platform),
        "-c",
        RUN_JUPYTERLAB,
        "--ServerApp.open_browser=False",
        "--ServerApp.ip=127.0.0.1",
        f"--ServerApp.port={port}",
        f"--ServerApp.port_retries={port_retries}",
        f"--ServerApp.root_dir={folder}",
        "--ServerApp.kernel_websocket_connection_class=__main__.AtOnce",
        f"--LabApp.app_settings_dir={folder / '.jupyter' / 'settings'}",
        f"--LabApp.default_url={'/lab/tree/' + urllib.parse.quote(first) if first else '/lab'}",
        "--LabApp.custom_css=True",
        # Neither news nor updates nor a package search: the course asks nothing of the internet.
        "--LabApp.news_url=None",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        "--LabApp.extension_manager=readonly",
        # A lesson exported to HTML fetches nothing either: it reads the same on a train.
        *(f"--HTMLExporter.{part}_url=" for part in ("mathjax", "require_js", "jquery")),
    ]
    if superuser:
        command.append("--allow-root")
    if expose:
        command.append("--LabApp.expose_app_in_browser=True")
    return command


def pytest_command(root: object, *, folders: Sequence[str], everything: bool, python: str) -> list[str]:
    """Return the one command that runs every test."""
    command = [python, "-m", "pytest", "-n", "2", "--dist", "loadfile"]
    command += ["--nbval", "--nbval-current-env", "--nbval-cell-timeout=60"]
    return command + ([] if everything else ["-m", "not sweep"]) + list(folders)


def clean_environment(environ: Mapping[str, str]) -> dict[str, str]:
    """Return an environment in which nothing of the user's own Python or Jupyter set-up can break the course."""
    ours = {name: value for name, value in environ.items() if not name.startswith(("JUPYTER", "PARECON_", "PYTHON"))}
    return {
        **ours,
        "PYTHONUTF8": "1",  # names of folders and lessons may hold any letter, on Windows too
        "PYTHONNOUSERSITE": "1",
        "PYTHONUNBUFFERED": "1",
    }


def tool_environment(environ: Mapping[str, str]) -> dict[str, str]:
    """Return the environment for pip and venv: the user's index and proxy settings stay, `--user` installs do not.

    Nor does what would put packages elsewhere or nowhere. A file called random.py, in whatever folder this runs, must
    not stand in for Python's own.
    """
    ours = {
        name: value
        for name, value in clean_environment(environ).items()
        if not name.startswith("PIP_") or PIP_KEEPS.fullmatch(name)
    }
    return {**ours, "PYTHONSAFEPATH": "1", "PIP_USER": "0", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}


def server_environment(
    root: object,
    course: object,
    environ: Mapping[str, str],
    *,
    private: bool = True,
    platform: str = sys.platform,
) -> dict[str, str]:
    """Return the environment for JupyterLab and the kernels it starts.

    Jupyter's own folders lie in the learner's folder: a learner's other Jupyter (its settings, extensions and kernels)
    neither breaks the course nor is changed by it, and a chosen theme or type size survives a repair of `.venv`.
    `PYTHONPATH` finds the package even where an editable install stumbles over a folder's name.
    """
    hidden = pure_path(course, platform) / ".jupyter"
    return {
        **clean_environment(environ),
        "PYTHONPATH": str(pure_path(root, platform)),
        "PARECON_COURSE": str(pure_path(course, platform)),
        "JUPYTER_CONFIG_DIR": str(hidden / "config"),
        "JUPYTER_DATA_DIR": str(hidden / "data"),
        "JUPYTER_RUNTIME_DIR": str(hidden / "runtime"),
        "JUPYTER_PREFER_ENV_PATH": "1",
        "JUPYTER_PLATFORM_DIRS": "0",
        "IPYTHONDIR": str(hidden / "ipython"),
        # One page watches a kernel here. Echoes are for several, and on a busy computer an echo of the choice before
        # last would undo, for a moment, the choice just made.
        "JUPYTER_WIDGETS_ECHO": "0",
        # Memory sticks cannot keep a file private, and Jupyter would refuse to start there (see `keeps_private`).
        **({} if private else {"JUPYTER_ALLOW_INSECURE_WRITES": "1"}),
    }


def keeps_private(folder: Path, *, platform: str = sys.platform) -> bool:
    """Tell whether the disk can keep a file from other users' eyes, which not every memory stick can."""
    if platform == "win32":
        return True
    with tempfile.NamedTemporaryFile(dir=folder) as probe:
        with contextlib.suppress(OSError):
            os.chmod(probe.name, stat.S_IRUSR | stat.S_IWUSR)
        return stat.S_IMODE(os.stat(probe.name).st_mode) == stat.S_IRUSR | stat.S_IWUSR


def is_superuser() -> bool:
    """Tell whether root runs this."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


# --- Files -----------------------------------------------------------------------------------------------------------


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that it is either the old one or the new one, never half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(OSError):  # some disks know no such rights
            os.chmod(name, stat.S_IRUSR | stat.S_IWUSR | stat.S_IRGRP | stat.S_IROTH)
        os.replace(name, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise


def write_if_new(path: Path, content: bytes) -> None:
    """Write a file unless it already says so."""
    if not path.is_file() or path.read_bytes() != content:
        write_whole(path, content)


def remove_tree(folder: Path) -> None:
    """Remove a folder that this program made, with files that Windows marks as read-only."""

    def unlock(function: Callable[[str], object], name: str, _: object) -> None:
        os.chmod(name, stat.S_IWRITE)
        function(name)

    if sys.version_info >= (3, 12):
        shutil.rmtree(folder, onexc=unlock)
    else:
        shutil.rmtree(folder, onerror=unlock)


def digest(content: bytes) -> str:
    """Return a short name for some content."""
    return hashlib.sha256(content).hexdigest()


def free_name(path: Path, note: str, *, unless: bytes | None = None) -> Path:
    """Return a name beside `path` that is not taken: 'x (note).ipynb', 'x (note 2).ipynb' and so on.

    A file that already holds `unless` counts as free: it need not be written twice.
    """
    number = 1
    while True:
        label = note if number == 1 else f"{note} {number}"
        candidate = path.with_name(f"{path.stem} ({label}){path.suffix}")
        if not candidate.exists() or (unless is not None and candidate.read_bytes() == unless):
            return candidate
        number += 1


@contextlib.contextmanager
def one_at_a_time(file: Path) -> Iterator[None]:
    """Let one start after the other change the folder; the system lifts the lock however a program ends."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with open(file, "a+b") as handle:
        # A pip that outlives a start that was killed keeps the lock: nobody clears away what it still writes.
        os.set_inheritable(handle.fileno(), True)
        told = False
        while not try_lock(handle.fileno()):
            if not told:
                say("Another start is busy in this folder; this one waits for it (Ctrl-C to leave) ...")
                told = True
            time.sleep(0.3)
        yield


def try_lock(descriptor: int) -> bool:
    """Take the lock of an open file, or tell that somebody else has it."""
    try:
        if sys.platform == "win32":
            import msvcrt

            os.lseek(descriptor, 0, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        # Some network drives know no locks: better to start without one than not at all.
        return error.errno not in (errno.EACCES, errno.EAGAIN, errno.EDEADLK)
    return True


# --- The learner's copies --------------------------------------------------------------------------------------------


def cell_text(cell: Mapping[str, Any]) -> str:
    """Return a cell's source as one string; notebooks keep it as a string or as a list of lines."""
    source = cell.get("source", "")
    return source if isinstance(source, str) else "".join(source)


def learner_copy(notebook: Mapping[str, Any]) -> dict[str, Any]:
    """Return a notebook as a learner gets it: without the teacher's cells, and not yet run.

    Parameters
    ----------
    notebook : mapping
        A notebook as `json.load` gives it. It is not changed.

    Returns
    -------
    dict
        A copy without cells tagged `teacher`, without outputs (they would give away what is to be predicted, and
        belong to nobody's run) and without saved widgets.
    """
    fresh = copy.deepcopy(dict(notebook))
    fresh.get("metadata", {}).pop("widgets", None)
    fresh["cells"] = [
        cell for cell in fresh.get("cells", []) if "teacher" not in cell.get("metadata", {}).get("tags", [])
    ]
    for cell in fresh["cells"]:
        if cell.get("cell_type") == "code":
            cell["outputs"] = []
            cell["execution_count"] = None
            cell.get("metadata", {}).pop("execution", None)
    return fresh


def fingerprint(name: str, content: bytes) -> str:
    """Return what tells two versions apart for a reader: of a notebook, the cells' kinds, texts and pasted pictures.

    Outputs, run counts and layout are left out, because merely opening and running a lesson changes them.
    What is no readable notebook is told apart by its bytes.
    """
    if not name.endswith(".ipynb"):
        return digest(content)
    try:
        cells = json.loads(content.decode("utf-8"))["cells"]
        parts = [[cell["cell_type"], cell_text(cell), cell.get("attachments") or {}] for cell in cells]
        return digest(json.dumps(parts, sort_keys=True, ensure_ascii=True).encode())
    except (ValueError, KeyError, TypeError, AttributeError):
        return digest(content)


def notebook_bytes(notebook: Mapping[str, Any]) -> bytes:
    """Return a notebook as the bytes of its file, in the layout that JupyterLab itself writes."""
    return (json.dumps(notebook, indent=1, ensure_ascii=False, sort_keys=True) + "\n").encode("utf-8")


def shipped(root: Path, folder: str) -> Iterator[tuple[str, Path]]:
    """Yield what one folder of the course hands out: its name from the root on, with '/', and its path."""
    for path in sorted((root / folder).rglob("*")):
        parts = path.relative_to(root).parts
        hidden = any(part.startswith(".") or part in NOT_COPIED for part in parts)
        if path.is_file() and not hidden and path.suffix.lower() in COPIED_BESIDE | {".ipynb"}:
            yield "/".join(parts), path


def read_notebook(path: Path) -> dict[str, Any]:
    """Read one of the course's own notebooks."""
    try:
        notebook: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        raise Trouble(f"The course's own file {path.name} is damaged: fetch the course again.") from None
    return notebook


def course_files(root: Path, *, teacher: bool = False) -> dict[str, bytes]:
    """Return all files of a learner's folder as they are handed out now, by their name in that folder.

    Lessons and exercises keep the folders they have in the checkout, so that links between them hold in both places.
    A teacher's folder has everything: the teachers' cells, stored outputs, and the solutions.
    """
    files = {}
    for folder in ("lessons", "exercises"):
        for name, path in shipped(root, folder):
            content = path.read_bytes()
            files[name] = notebook_bytes(learner_copy(read_notebook(path))) if name.endswith(".ipynb") else content
    for folder in ("lessons", "exercises", "solutions") if teacher else ():
        files.update({f"teacher/{name}": path.read_bytes() for name, path in shipped(root, folder)})
    return files


@dataclass(frozen=True)
class Step:
    """One thing that an update does to one file: 'new', 'back', 'update' or 'beside'."""

    kind: str
    name: str


def decide(name: str, fresh: bytes, *, present: bytes | None, record: Mapping[str, str] | None) -> str | None:
    """Decide what to do with one file of the course; None for nothing.

    Nothing that a learner changed is ever replaced. `record` holds what was delivered under that name: `print`, the
    fingerprint, and `beside`, the fingerprint of the newest version laid beside a changed one.
    """
    if present is None:
        return "new" if record is None else "back"
    now, wanted = fingerprint(name, present), fingerprint(name, fresh)
    if now == wanted:
        return None
    if record is None:
        return "beside"
    if now == record.get("print"):
        return "update"
    # The learner changed theirs: only what they have not been given yet is news.
    return None if wanted in (record.get("print"), record.get("beside")) else "beside"


def read_marker(course: Path) -> dict[str, dict[str, str]]:
    """Return what was delivered to a learner's folder; a damaged record is set aside, and said so."""
    marker = course / MARKER
    if not marker.is_file() or not marker.stat().st_size:
        return {}
    try:
        content = json.loads(marker.read_text(encoding="utf-8"))
        delivered: dict[str, dict[str, str]] = content["delivered"]
        if content["format"] != 1 or not all(isinstance(entry, dict) for entry in delivered.values()):
            raise ValueError("another format")
    except (ValueError, KeyError, TypeError, AttributeError):
        aside = free_name(marker, "set aside")
        os.replace(marker, aside)
        say(f"The list of delivered lessons ({MARKER}) could not be read and was set aside as {aside.name}.")
        say("Nothing of yours is touched: where a lesson of yours differs, a new one arrives beside it.")
        return {}
    return delivered


def write_marker(course: Path, delivered: Mapping[str, Mapping[str, str]]) -> None:
    """Keep what was delivered; the file also marks the folder as a learner's."""
    content = {"course": "parecon_edu", "format": 1, "delivered": delivered}
    write_if_new(course / MARKER, (json.dumps(content, indent=1, sort_keys=True) + "\n").encode("utf-8"))


def planned(root: Path, course: Path, *, teacher: bool = False) -> list[Step]:
    """Return what a delivery would do now, without doing it."""
    delivered = read_marker(course)
    steps = []
    for name, fresh in course_files(root, teacher=teacher or (course / "teacher").is_dir()).items():
        target = course / name
        present = target.read_bytes() if target.is_file() else None
        kind = decide(name, fresh, present=present, record=delivered.get(name))
        if kind:
            steps.append(Step(kind=kind, name=name))
    return steps


def deliver(root: Path, course: Path, *, teacher: bool = False) -> list[str]:
    """Bring a learner's folder up to date and return what changed, in words.

    Parameters
    ----------
    root, course : Path
        The checkout and the learner's folder, which is made when missing.
    teacher : bool
        Whether to add the teacher's copies, in a folder of their own.

    Returns
    -------
    list of str
        One sentence a change; empty when everything was already as it should be.
    """
    files = course_files(root, teacher=teacher or (course / "teacher").is_dir())
    delivered = {name: dict(entry) for name, entry in read_marker(course).items()}
    first = not delivered
    sentences, new = [], []
    for name, fresh in files.items():
        target = course / name
        present = target.read_bytes() if target.is_file() else None
        kind = decide(name, fresh, present=present, record=delivered.get(name))
        wanted = fingerprint(name, fresh)
        if kind in ("new", "back"):
            write_whole(target, fresh)
            if kind == "new":
                new.append(name)
            else:
                sentences.append(f"{name} was gone; a fresh copy is back in its place.")
        elif kind == "update":
            sentences.append(replace_unchanged(course, name, fresh=fresh, known=delivered[name].get("bytes")))
        elif kind == "beside":
            beside = free_name(target, "new version", unless=fresh)
            write_if_new(beside, fresh)
            entry = delivered.setdefault(name, {})
            entry["beside"] = wanted
            sentences.append(f"{name} has a new version. You changed yours, so it stays; the new one is {beside.name}.")
        if kind != "beside" and (kind or name not in delivered):
            delivered[name] = {"print": wanted, "bytes": digest(fresh)}
        # After each file: whoever pulls the plug half-way finds a true record.
        if kind in ("update", "beside"):
            write_marker(course, delivered)
    write_marker(course, delivered)
    return ([new_sentence(new, course=course, first=first)] if new else []) + sentences


def replace_unchanged(course: Path, name: str, *, fresh: bytes, known: str | None) -> str:
    """Put a new version in the place of one whose text the learner left as it was, and keep what was run in it."""
    target = course / name
    old = target.read_bytes()
    kept = ""
    if digest(old) != known:
        place = course / "earlier" / name
        place = place if not place.exists() else free_name(place, "before", unless=old)
        write_if_new(place, old)
        kept = f" Your earlier copy, with its results, is {place.relative_to(course).as_posix()}."
    write_whole(target, fresh)
    return f"{name} was updated.{kept}"


def new_sentence(names: Sequence[str], *, course: Path, first: bool) -> str:
    """Say how many lessons and exercises arrived."""
    notebooks = [name for name in names if name.endswith(".ipynb")]
    parts = []
    for folder, noun in (("lessons/", "lesson"), ("exercises/", "exercise"), ("teacher/", "teacher's copy")):
        number = sum(name.startswith(folder) for name in notebooks)
        if number:
            parts.append(counted(number, noun, "teacher's copies" if folder == "teacher/" else None))
    what = " and ".join(parts) or counted(len(names), "file")
    return f"Your own copies of {what} are in {course.name}." if first else f"New in {course.name}: {what}."


# JupyterLab breaks what a cell prints in the middle of a word.
PAGE_STYLE = b"body .jp-OutputArea-output.jp-RenderedText pre { word-break: normal; overflow-wrap: anywhere; }\n"


def write_settings(course: Path) -> None:
    """Have no news and update questions, no line of code cut off on a narrow page, and everything done in its order."""
    settings = {
        "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False},
        "@jupyterlab/notebook-extension:tracker": {"codeCellConfig": {"lineNumbers": False, "lineWrap": True}},
        # Otherwise a notebook's controls speak to two threads of its kernel, some to this and some to that one, and on
        # a busy computer a button works before the number that was typed ahead of it is there (seen).
        "@jupyterlab/apputils-extension:kernels-settings": {"commsOverSubshells": "disabled"},
    }
    content = (json.dumps(settings, indent=1) + "\n").encode("utf-8")
    write_if_new(course / ".jupyter" / "settings" / "overrides.json", content)
    write_if_new(course / ".jupyter" / "config" / "custom" / "custom.css", PAGE_STYLE)


# --- The environment -------------------------------------------------------------------------------------------------


def lock_lines(path: Path) -> list[str]:
    """Return the packages that a lock file names, one a line."""
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def stamp_wanted(root: Path, *, test: bool = False) -> dict[str, str]:
    """Return what the environment should have been made from."""
    names = ["requirements.lock", "pyproject.toml"] + (["requirements-test.lock"] if test else [])
    return {"root": str(root), **{name: digest((root / name).read_bytes()) for name in names if (root / name).exists()}}


def read_stamp(venv: Path) -> dict[str, str]:
    """Return what the environment was made from; empty when that is unknown."""
    try:
        stamp = json.loads((venv / "parecon_edu.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def write_stamp(venv: Path, stamp: Mapping[str, str]) -> None:
    """Keep what the environment was made from."""
    write_whole(venv / "parecon_edu.json", (json.dumps(stamp, indent=1) + "\n").encode("utf-8"))


def is_fresh(root: Path, *, test: bool = False) -> bool:
    """Tell whether the environment stands as the lock files want it."""
    stamp = read_stamp(root / ".venv")
    wanted = stamp_wanted(root, test=test)
    return Path(venv_python(root)).exists() and all(stamp.get(name) == value for name, value in wanted.items())


def fit_for_pack(root: Path) -> tuple[bool, str]:
    """Tell whether the wheels that came with a pack suit this computer, and if not, say so."""
    try:
        made_for = json.loads((root / "wheels" / "made_for.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return (root / "wheels").is_dir(), ""
    here = this_computer(root)
    if all(made_for.get(key) == value for key, value in here.items()):
        return True, ""
    return False, (
        f"This pack was made for {computer_in_words(made_for)}, and this is {computer_in_words(here)}: "
        "its packages do not fit here."
    )


def this_computer(root: Path) -> dict[str, str]:
    """Return what a ready-made package depends on: the system, the processor, the environment's Python."""
    version = ".".join(map(str, sys.version_info[:2]))
    with contextlib.suppress(OSError):
        made_with = re.search(r"^version\s*=\s*(\d+\.\d+)", (root / ".venv" / "pyvenv.cfg").read_text("utf-8"), re.M)
        version = made_with.group(1) if made_with else version
    return {"system": machine.system(), "processor": machine.machine(), "python": version}


def computer_in_words(computer: Mapping[str, str]) -> str:
    """Return a kind of computer in words."""
    return f"Python {computer.get('python')} on {computer.get('system')} ({computer.get('processor')})"


def check_before_install(root: Path, *, platform: str = sys.platform) -> None:
    """Refuse, with a way out, what would otherwise fail in the middle."""
    separator = ";" if platform == "win32" else ":"
    if separator in str(root):
        raise Trouble(
            f"The name of the folder {root} has a '{separator}' in it, which Python cannot handle: rename it."
        )
    if platform == "win32" and len(str(root)) + LONGEST_INSIDE > 259:
        raise Trouble(
            f"The course's folder lies too deep for Windows ({len(str(root))} characters): move it somewhere shorter, "
            "such as C:\\parecon, and start it there."
        )
    if importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
        raise Trouble(no_venv_sentence())
    if shutil.disk_usage(root).free < ROOM_NEEDED:
        free = shutil.disk_usage(root).free // 1024**2
        raise Trouble(
            f"The disk has only {free} MB left and the course needs about {ROOM_NEEDED // 1024**2} MB: "
            "make room and start again."
        )


def no_venv_sentence(version: tuple[int, ...] = sys.version_info[:2], *, platform: str = sys.platform) -> str:
    """Say what to do when Python came without the parts that make an environment."""
    sentence = "Your Python came without the part that makes environments"
    if platform.startswith("linux"):
        return (
            f"{sentence}: on Debian or Ubuntu run  sudo apt install python{version[0]}.{version[1]}-venv  "
            "and start again."
        )
    return f"{sentence}: install Python from python.org and start again."


def diagnose(
    text: str, *, wheels: bool = False, version: tuple[int, ...] = sys.version_info[:2], log: object = None
) -> str:
    """Turn what pip printed before it failed into one sentence that says what to do."""

    def found(pattern: str) -> bool:
        return re.search(pattern, text, re.IGNORECASE) is not None

    if found(r"no space left on device|disk quota exceeded|WinError 112"):
        return full_sentence()
    if found(r"(not permitted|not supported|not implemented)\b.*\blib64"):  # it is a link, which venv cannot do without
        return (
            "This disk cannot hold the course's programs (most memory sticks cannot): copy the course's folder to the "
            "computer's own disk and start it there."
        )
    if found(r"WinError (5|32)\b.*\.venv"):
        return in_use_sentence()
    if found(r"permission denied|access is denied|read-only file system|WinError 5\b|Errno 13|Errno 30"):
        return locked_sentence(ROOT / ".venv" if of_another_user(ROOT / ".venv") else "the course's folder")
    setting = re.search(r"(?:error occurred during configuration|CA certificate bundle, invalid path): (.+)", text)
    if setting:
        return (
            f"A setting of pip's on this computer is wrong ({setting.group(1)}): mend it, in a variable PIP_... or in "
            "pip's own file, and start again."
        )
    if found(r"certificate (is not yet valid|has expired)"):
        return (
            f"This computer believes that today is {time.strftime('%Y-%m-%d')}, when the certificate of the packages' "
            "source does not hold: set the clock right and start again."
        )
    if found(r"CERTIFICATE_VERIFY_FAILED|SSLError|SSLCertVerificationError"):
        return (
            "The network here opens secure connections (schools and firms do that) with a certificate that Python does "
            "not know: ask who runs it for the certificate's file, set PIP_CERT to its path, and start again."
        )
    if found(r"ProxyError|Tunnel connection failed|407 Proxy"):
        return "The network's proxy refused the connection: set HTTPS_PROXY to the right address and start again."
    connect = f"connect and start again, or bring a pack from a computer that has the internet ({again()} pack)"
    offline = r"NewConnectionError|name resolution|getaddrinfo failed|nodename nor servname|network is unreachable"
    if found(offline + r"|ConnectTimeout|ReadTimeout|connection (refused|reset|aborted|broken)|Max retries|timed out"):
        return f"The course's packages could not be fetched, because the internet did not answer: {connect}."
    missing = re.search(r"No matching distribution found for ([\w.\-]+)", text)
    if missing and not wheels and found(r"from versions: none\)") and not found(r"different python version"):
        return f"The course's packages could not be fetched, because the package index did not answer: {connect}."
    if missing and wheels:
        return f"The pack's folder 'wheels' lacks {missing.group(1)}: copy the whole pack again."
    if missing:
        return (
            f"{missing.group(1)}, which the course needs, is not there ready-made for Python {version[0]}.{version[1]} "
            "on this computer: install the 64-bit Python 3.12 or 3.13 beside it and start the course with that."
        )
    return f"A package could not be installed: start again, and if it fails again, read {log or 'what pip said'}."


def run_told(
    command: Sequence[str],
    *,
    environment: Mapping[str, str],
    log: Path,
    on_line: Callable[[str], None] = lambda line: None,
    on_wait: Callable[[], None] = lambda: None,
) -> tuple[int, str]:
    """Run a command, hand on its lines as they come, call `on_wait` in between, keep all of it in `log`."""
    process = subprocess.Popen(
        list(command),
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        close_fds=False,  # see `one_at_a_time`
    )
    lines: queue.Queue[str | None] = queue.Queue()

    def read() -> None:
        if process.stdout is not None:
            with process.stdout:
                for line in process.stdout:
                    lines.put(line)
        lines.put(None)

    threading.Thread(target=read, daemon=True).start()
    seen: list[str] = []
    try:
        with open(log, "a", encoding="utf-8", errors="backslashreplace") as file:
            file.write(f"$ {' '.join(command)}\n")
            while True:
                try:
                    line = lines.get(timeout=0.3)
                except queue.Empty:
                    on_wait()
                    continue
                if line is None:
                    break
                seen.append(line)
                file.write(line)
                on_line(line.rstrip())
        return process.wait(), "".join(seen)
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait()


def package_folders(venv: Path) -> tuple[Path, ...]:
    """Return where an environment's packages lie, on Windows and elsewhere."""
    return (venv / "Lib" / "site-packages", *venv.glob("lib/python*/site-packages"))


class InstallProgress:
    """Turns pip's lines into 'package 37 of 98', and its silences into how many are in place."""

    def __init__(self, *, total: int, venv: Path) -> None:
        self.total = total
        self.venv = venv
        self.seen = 0
        self.what = "looking"
        self.size = ""
        self.line = LiveLine()
        self.began = time.monotonic()
        self.installing = False

    def in_place(self) -> int:
        """Count the packages that are already installed."""
        found = {place.name for folder in package_folders(self.venv) for place in folder.glob("*.dist-info")}
        return len(found) - 1  # pip itself came before

    def hear(self, line: str) -> None:
        """Take one line of pip's."""
        word, _, rest = line.strip().partition(" ")
        if word == "Ignoring":  # a package for another kind of computer
            self.total -= 1
        elif (
            "(from -r " in line
        ):  # 'Collecting x==1', 'Processing /wheels/x-1.whl', 'Requirement already satisfied: x==1'
            self.seen = min(self.seen + 1, self.total)
            file = re.search(r"([^/\\]+)\.whl", rest) if word == "Processing" else None
            named = file.group(1) if file else rest.removeprefix("already satisfied: ")
            self.what = named.split("-")[0] if file else re.split(r"[\s;<>=!~\[(]", named, maxsplit=1)[0]
            self.size = ""
        elif word == "Downloading":
            size = re.search(r"\(([\d.]+ [kM]B)\)", line)
            self.size = f" ({size.group(1)})" if size else ""
        elif line.startswith("WARNING: Retrying"):
            self.what = "the internet does not answer; trying again"
        elif line.startswith("Installing collected packages"):
            self.installing = True
        self.show()

    def show(self) -> None:
        """Show where it stands."""
        seconds = f"{time.monotonic() - self.began:4.0f} s"
        if self.installing:
            done = max(0, min(self.in_place(), self.total))
            self.line.show(f"     {seconds}  unpacking: {done} of {self.total} in place")
        else:
            self.line.show(f"     {seconds}  package {self.seen} of {self.total}: {self.what}{self.size}")

    def finish(self) -> None:
        """Say that it is done."""
        self.line.done(f"     {counted(self.total, 'package')} in {time.monotonic() - self.began:.0f} s")


def install_lock(root: Path, lock: str, *, log: Path, before_change: Callable[[], None]) -> None:
    """Install a lock file into the environment, with visible progress.

    pip fetches everything before it changes anything; `before_change` is called in between.
    """
    fits, why_not = fit_for_pack(root)
    if why_not:
        say("     " + why_not + " Trying the internet instead.")
    progress = InstallProgress(total=len(lock_lines(root / lock)), venv=root / ".venv")

    def hear(line: str) -> None:
        if line.startswith("Installing collected packages"):
            before_change()
        progress.hear(line)

    wheels = fits and lock == "requirements.lock"
    command = install_command(root, lock, wheels=wheels)
    code, text = run_told(
        command, environment=tool_environment(os.environ), log=log, on_line=hear, on_wait=progress.show
    )
    if code:
        progress.line.done("     not finished")
        raise Trouble(diagnose(text, wheels=wheels, log=log))
    progress.finish()


def make_environment(root: Path, *, log: Path) -> None:
    """Make an empty environment, in place of a half-made one; one that is not ours is moved aside, never deleted."""
    venv = root / ".venv"
    unfinished = venv / UNFINISHED
    if unfinished.exists():
        say("The last start was broken off while it set things up; that part begins afresh.")
        clear_unfinished(venv)
    elif venv.exists() or venv.is_symlink():
        if is_alive(root):
            return
        aside = free_name(venv, "set aside")
        os.replace(venv, aside)
        say(f"The environment in .venv no longer works. It was set aside as '{aside.name}'; delete that when you like.")
    check_before_install(root)
    need = "no internet" if fit_for_pack(root)[0] else "the internet"
    say(f"Setting the course up. This happens once, takes a few minutes, and needs {need} and about 900 MB of room.")
    say("1/3  making a place for the course's programs (.venv)")
    venv.mkdir(exist_ok=True)
    unfinished.write_text("This environment is not finished; start.py makes it again.\n", encoding="utf-8")
    code, text = run_told(venv_command(root), environment=tool_environment(os.environ), log=log)
    if code:
        raise Trouble(
            no_venv_sentence() if "ensurepip" in text and "not available" in text else diagnose(text, log=log)
        )


def clear_unfinished(venv: Path) -> None:
    """Empty a half-made environment, but for the note that it is half-made: this too may be broken off."""
    for part in venv.iterdir():
        if part.is_dir() and not part.is_symlink():
            remove_tree(part)
        elif part.name != UNFINISHED:
            part.unlink()


def is_alive(root: Path) -> bool:
    """Tell whether the environment's Python runs, is new enough and has pip."""
    probe = f"import sys, pip; sys.exit(sys.version_info < {OLDEST})"
    try:
        done = subprocess.run(
            [venv_python(root), "-c", probe],
            env=tool_environment(os.environ),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=60,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return done.returncode == 0


def ensure_environment(root: Path, course: Path, *, test: bool = False) -> str:
    """Make or renew the environment where that is needed, and return its Python."""
    if is_fresh(root, test=test) and is_alive(root):
        return venv_python(root)
    check_writable(root)
    log = log_file(course, "install.log")
    make_environment(root, log=log)
    venv, wanted = root / ".venv", stamp_wanted(root, test=test)
    unfinished, stamp = venv / UNFINISHED, read_stamp(venv)
    # The test lock holds all of the other one; either way what is installed is what both stand for.
    lock = "requirements-test.lock" if test else "requirements.lock"

    def before_change() -> None:
        if stamp:
            unfinished.touch()
            (venv / "parecon_edu.json").unlink(missing_ok=True)

    if any(stamp.get(name) != wanted.get(name) for name in ("requirements.lock", lock)):
        say("2/3  fetching and installing packages" + (" (with those for the tests)" if test else ""))
        try:
            install_lock(root, lock, log=log, before_change=before_change)
        except Trouble as trouble:
            if test or not stamp or unfinished.exists():
                raise
            say(f"{trouble} Until then the course goes on with the packages it has.")
            wanted = {**stamp, "root": str(root)}
        else:
            # A true record already: if the last step fails, the next start need not fetch everything again.
            write_stamp(venv, {name: value for name, value in wanted.items() if name.endswith(".lock")})
            unfinished.unlink(missing_ok=True)
    say("3/3  setting up the course itself")
    code, text = run_told(editable_command(root), environment=tool_environment(os.environ), log=log)
    if code:
        raise Trouble(diagnose(text, log=log))
    point_back(root)
    write_stamp(venv, wanted)
    return venv_python(root)


def point_back(root: Path) -> None:
    """Let the environment find the course by a relative path, in plain letters and good after a move.

    Python 3.11 and 3.12 read such a path in the computer's own encoding: a folder's name with other letters would keep
    the environment from starting at all, under LC_ALL=C and on many a Windows.
    """
    for folder in package_folders(root / ".venv"):
        for note in folder.glob("*.pth"):
            if note.read_bytes().strip() == os.fsencode(root):
                write_whole(note, os.path.relpath(root, folder).encode() + b"\n")


def check_writable(folder: Path) -> None:
    """Refuse a folder in which nothing can be written."""
    try:
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOENT):
            raise Trouble(locked_sentence(folder)) from None
        raise


def log_file(course: Path, name: str) -> Path:
    """Return an empty log in the learner's hidden folder."""
    path = course / ".jupyter" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("", encoding="utf-8")
    return path


# --- The server ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Server:
    """A JupyterLab that serves this course."""

    url: str
    token: str

    def address(self, path: str = "") -> str:
        """Return an address on the server, with the key that lets this learner in."""
        return f"{self.url}{path}?{urllib.parse.urlencode({'token': self.token})}"

    def ask(self, path: str, *, method: str = "GET", timeout: float = 3.0) -> bool:
        """Tell whether the server answers; no proxy of the user's stands between."""
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        request = urllib.request.Request(
            self.url + path, method=method, headers={"Authorization": f"token {self.token}"}
        )
        try:
            with opener.open(request, timeout=timeout) as answer:
                return bool(answer.status == 200)
        except (OSError, ValueError, urllib.error.URLError):
            return False


def server_files(course: Path) -> list[Path]:
    """Return the notes that running servers leave."""
    return sorted((course / ".jupyter" / "runtime").glob("jpserver-*.json"))


def read_server(note: Path) -> Server | None:
    """Return the server that a note tells of; None while it is being written."""
    try:
        content = json.loads(note.read_text(encoding="utf-8"))
        return Server(url=str(content["url"]), token=str(content["token"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def find_running(course: Path) -> Server | None:
    """Return the server that already serves this folder, if one answers."""
    for note in server_files(course):
        server = read_server(note)
        if server is not None and server.ask("api/status"):
            return server
    return None


def port_is_free(port: int) -> bool:
    """Tell whether a port on this computer can be had."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        if sys.platform != "win32":  # there it would let two programs share the port
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def choose_port(wanted: int | None) -> int:
    """Return a free port: the one asked for, or the first free one from 8888 on."""
    if wanted is not None:
        if not 1 <= wanted <= 65535:
            raise Trouble(f"There is no port {wanted}: give a number from 1024 to 65535, or leave --port out.")
        if not port_is_free(wanted):
            if wanted < 1024 and not is_superuser():
                raise Trouble(f"Port {wanted} is kept for the system: give a number from 1024 to 65535.")
            raise Trouble(
                f"Port {wanted} is taken by another program: give another number, or leave --port out and a free one "
                "is found."
            )
        return wanted
    for port in range(FIRST_PORT, FIRST_PORT + 100):
        if port_is_free(port):
            return port
    raise Trouble("No free port was found from 8888 on: give one with --port, such as --port 9100.")


def open_browser(address: str, environ: Mapping[str, str] = os.environ, *, platform: str = sys.platform) -> bool:
    """Open the learner's browser; False where there is none (a server without a screen)."""
    if platform.startswith("linux") and not (environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY")):
        # Without a screen a text browser would take over the terminal.
        return False
    try:
        return webbrowser.open(address)
    except (webbrowser.Error, OSError):
        return False


def show_course(server: Server, course: Path, *, browser: bool) -> None:
    """Open lesson 00, or say where it is."""
    first = "lab/tree/" + urllib.parse.quote(FIRST_LESSON) if (course / FIRST_LESSON).exists() else "lab"
    address = server.address(first)
    opened = browser and open_browser(address)
    say("The course is open in your browser. If you don't see it, go to" if opened else "Open this in your browser:")
    say("    " + address)


@contextlib.contextmanager
def unfrozen() -> Iterator[None]:
    """Keep Ctrl-Z from freezing what is started inside (it would never answer), and say what to press instead."""
    if not hasattr(signal, "SIGTSTP"):  # Windows has none
        yield
        return
    # What is ignored stays ignored in a program that is started; a function of ours does not.
    signal.signal(signal.SIGTSTP, signal.SIG_IGN)
    yield
    signal.signal(signal.SIGTSTP, lambda *_: say("Ctrl-Z would only freeze the course. To stop it, press Ctrl-C."))


def serve(root: Path, course: Path, *, python: str, port: int | None, browser: bool, ready: Callable[[], None]) -> int:
    """Serve the course until it is stopped, and return the exit code."""
    for stale in (course / ".jupyter" / "runtime").glob("jpserver-*"):
        stale.unlink(missing_ok=True)
    log = log_file(course, "server.log")
    first = FIRST_LESSON if (course / FIRST_LESSON).exists() else None
    command = jupyter_command(
        root,
        choose_port(port),
        python=python,
        course=course,
        first=first,
        port_retries=0 if port else 50,
        superuser=is_superuser(),
    )
    with open(log, "ab") as output, unfrozen():
        process = subprocess.Popen(
            command,
            cwd=course,
            env=server_environment(root, course, os.environ, private=keeps_private(course)),
            stdin=subprocess.DEVNULL,  # without a terminal JupyterLab does not ask 'Shut down? y/n'
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        show_course(wait_until_ready(process, course, log=log), course, browser=browser)
        say(f"Keep this window open while you work. Your work is kept in {course.name}. To stop, press Ctrl-C here.")
        ready()
        process.wait()
        say("The course was shut down. Your work is saved in " + course.name + ".")
    except KeyboardInterrupt:
        say("\nStopping ...")
        end(process)
        say(f"Stopped. Your work is in {course.name}; next time: {again()}")
    finally:
        end(process)
    return 0


def wait_until_ready(process: "subprocess.Popen[bytes]", course: Path, *, log: Path, patience: float = 90.0) -> Server:
    """Wait until the server answers."""
    until = time.monotonic() + patience
    while time.monotonic() < until:
        server = find_running(course)
        if server is not None:
            return server
        if process.poll() is not None:
            break
        time.sleep(0.05)
    last = [line for line in log.read_text(encoding="utf-8", errors="replace").splitlines() if line.strip()][-1:]
    raise Trouble(
        f"JupyterLab did not start ({' '.join(last)[:200] or 'it said nothing'}): run  {again()} doctor  to see why; "
        f"all it said is in {log}."
    )


def end(process: "subprocess.Popen[bytes]", *, patience: float = 10.0) -> None:
    """Let a program end by itself; after a while, or at a second Ctrl-C, end it."""
    with contextlib.suppress(subprocess.TimeoutExpired, KeyboardInterrupt):
        process.wait(timeout=patience if process.poll() is None else 0)
        return
    process.terminate()
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(timeout=patience)


# --- What can be asked for -------------------------------------------------------------------------------------------


def python_for(root: Path, course: Path, *, here: bool, test: bool = False) -> str:
    """Return the Python that runs the course: the environment's, or this very one with --here."""
    if not here:
        return ensure_environment(root, course, test=test)
    lacking = lacking_packages(sys.executable, bounds(root, test=test))
    if lacking:
        raise Trouble(
            f"This Python lacks {', '.join(lacking)}: run  conda env update -f environment.yml  "
            "(or leave --here out, and an environment is made)."
        )
    return sys.executable


def start_course(root: Path, course: Path, *, here: bool, port: int | None, browser: bool, teacher: bool) -> int:
    """Make what is missing, bring the learner's copies up to date, open the course."""
    with contextlib.ExitStack() as until_ready:
        check_writable(root)
        until_ready.enter_context(one_at_a_time(course / ".jupyter" / "start.lock"))
        running = find_running(course)
        if running is not None:
            say("The course is already running.")
            if planned(root, course, teacher=teacher):
                say(
                    "There are new versions of lessons; they arrive when you stop the course "
                    f"({again()} stop) and start it again."
                )
            show_course(running, course, browser=browser)
            return 0
        if port is not None:
            choose_port(port)  # better refused now than after the setting up
        python = python_for(root, course, here=here)
        prepare(root, course, teacher=teacher)
        return serve(root, course, python=python, port=port, browser=browser, ready=until_ready.close)


def prepare(root: Path, course: Path, *, teacher: bool = False) -> None:
    """Bring the learner's folder up to date and say what changed."""
    write_settings(course)
    for sentence in deliver(root, course, teacher=teacher):
        say(sentence)


def set_up(root: Path, course: Path, *, here: bool, teacher: bool) -> int:
    """Do all but open the course, for whoever prepares a room full of computers."""
    check_writable(root)
    with one_at_a_time(course / ".jupyter" / "start.lock"):
        python_for(root, course, here=here)
        prepare(root, course, teacher=teacher)
    say(f"Everything is in place. Open the course with  {again()}")
    return 0


def stop(course: Path) -> int:
    """Stop a course whose window is gone."""
    server = find_running(course)
    if server is None:
        say("The course is not running.")
    elif server.ask("api/shutdown", method="POST"):
        until = time.monotonic() + 10  # whoever starts again at once must not be sent to the one that is leaving
        while server.ask("api/status") and time.monotonic() < until:
            time.sleep(0.05)
        say(f"Stopped. Your work is in {course.name}.")
    else:
        raise Trouble("The course runs but did not stop when asked: close its window, or restart the computer.")
    return 0


def lesson_names(root: Path, number: str) -> list[str]:
    """Return the lesson and the exercise with a number such as '04', '4' or '04b'."""
    wanted = re.fullmatch(r"(\d{1,2})([a-z]?)", number.strip().lower())
    label = wanted.group(1).zfill(2) + wanted.group(2) if wanted else None
    names = [
        name for folder in ("lessons", "exercises") for name, _ in shipped(root, folder) if name.endswith(".ipynb")
    ]
    known = sorted({PurePosixPath(name).name.split("_")[0] for name in names})
    chosen = [name for name in names if label is not None and PurePosixPath(name).name.split("_")[0] == label]
    if not chosen:
        raise Trouble(f"There is no lesson '{number}': choose one of {', '.join(known) or 'none yet'}.")
    return chosen


def restore(root: Path, course: Path, number: str) -> int:
    """Lay a fresh copy of a lesson and its exercise beside the learner's, or in their place where they are gone."""
    names = lesson_names(root, number)
    check_writable(root)
    delivered = {name: dict(entry) for name, entry in read_marker(course).items()}
    files = course_files(root)
    for name in names:
        target, fresh = course / name, files[name]
        if not target.exists():
            write_whole(target, fresh)
            delivered[name] = {"print": fingerprint(name, fresh), "bytes": digest(fresh)}
            say(f"{name} is back in {course.name}.")
        elif target.read_bytes() == fresh:
            say(f"{name} is still as it came; there is nothing to restore.")
        else:
            beside = free_name(target, "fresh copy")
            write_whole(beside, fresh)
            say(f"A fresh copy is {beside.relative_to(course).as_posix()}; yours stays as it is.")
    write_marker(course, delivered)
    return 0


def run_tests(root: Path, course: Path, *, here: bool, everything: bool) -> int:
    """Run every test in one pytest, whose exit code and closing line are the last word."""
    if not (root / "tests").is_dir():
        raise Trouble(
            "The tests are not in this folder (a pack leaves them out): run them in a checkout of the course."
        )
    with one_at_a_time(course / ".jupyter" / "start.lock"):
        python = python_for(root, course, here=here, test=True)
        if not here:
            install_oracle(root, course)
    environment = {**clean_environment(os.environ), "PYTHONPATH": str(root)}
    # Two workers share the cores already; threads inside small linear solves would only wait for each other.
    environment["OPENBLAS_NUM_THREADS"] = environment["OMP_NUM_THREADS"] = "1"
    if os.environ.get("CI", "").lower() in ("1", "true", "yes"):
        environment["PARECON_BROWSER"] = "required"
    elif not any(shutil.which(name) for name in CHROMIUM):
        say("Chromium is not installed, so the tests in a real browser are left out (on Debian: apt install chromium).")
    folders = [name for name in ("tests", "parecon_edu", "lessons", "solutions") if (root / name).is_dir()]
    command = pytest_command(root, folders=folders, everything=everything, python=python)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as private:
        for name in ("CONFIG", "DATA", "RUNTIME"):
            environment[f"JUPYTER_{name}_DIR"] = str(Path(private) / name.lower())
        environment["IPYTHONDIR"] = str(Path(private) / "ipython")
        return subprocess.call(command, cwd=root, env=environment)


def install_oracle(root: Path, course: Path) -> None:
    """Install the independent program that some tests compare with; without it they are left out."""
    lock = "requirements-oracle.lock"
    stamp = read_stamp(root / ".venv")
    if not (root / lock).exists() or stamp.get(lock) == digest((root / lock).read_bytes()):
        return
    names = ", ".join(lock_lines(root / lock))
    command = [*install_command(root, lock), "--no-deps", "--retries", "1"]
    code, _ = run_told(command, environment=tool_environment(os.environ), log=log_file(course, "oracle.log"))
    if code:
        say(f"{names}, an independent program to compare with, could not be had; its comparisons are left out.")
        return
    stamp[lock] = digest((root / lock).read_bytes())
    write_stamp(root / ".venv", stamp)


PACK_NOTE = """\
parecon_edu, packed to be set up without the internet
=====================================================

1. You need Python {python} on {system} ({processor}), the kind of computer on which this pack was made.
2. Copy this whole folder to the computer's own disk, to a place that is yours.
3. Open a terminal in it and run

       {again}

   It installs from the folder 'wheels', puts your own copies of the lessons into 'my_course' and opens the course.
   Later starts are the same command and take seconds. Nothing leaves the computer.

If something does not work:  {again} doctor
"""


def pack(root: Path, course: Path, target: Path) -> int:
    """Make a folder from which a computer of the same kind is set up without a network."""
    if target.exists() and any(target.iterdir()) and not (target / "wheels").is_dir():
        raise Trouble(
            f"The folder {target} is not empty and no pack: name another one, such as  {again()} pack new_pack"
        )
    if target.resolve() == root.resolve():
        raise Trouble(f"A pack cannot lie on the course itself: name another folder, such as  {again()} pack new_pack")
    with one_at_a_time(course / ".jupyter" / "start.lock"):
        ensure_environment(root, course)
    wheels = target / "wheels"
    wheels.mkdir(parents=True, exist_ok=True)
    say("Fetching the packages as files")
    log = log_file(course, "pack.log")
    progress = InstallProgress(total=len(lock_lines(root / "requirements.lock")), venv=root / ".venv")
    code, text = run_told(
        download_command(root, wheels),
        environment=tool_environment(os.environ),
        log=log,
        on_line=progress.hear,
        on_wait=progress.show,
    )
    if code:
        progress.line.done("     not finished")
        raise Trouble(diagnose(text, log=log))
    progress.finish()
    for name in PACKED:
        put_into_pack(root / name, target / name)
    computer = this_computer(root)
    write_whole(wheels / "made_for.json", (json.dumps(computer, indent=1) + "\n").encode("utf-8"))
    write_whole(target / "READ ME FIRST.txt", PACK_NOTE.format(again=again(), **computer).encode("utf-8"))
    size = sum(path.stat().st_size for path in target.rglob("*") if path.is_file()) // 1024**2
    say(f"The pack is ready: {target} ({size} MB). Copy the whole folder; 'READ ME FIRST.txt' in it says the rest.")
    return 0


def put_into_pack(source: Path, target: Path) -> None:
    """Copy one part of the course into a pack, in place of an earlier one."""
    if source.is_dir():
        if target.exists():
            remove_tree(target)
        shutil.copytree(source, target, ignore=shutil.ignore_patterns(*NOT_COPIED))
    elif source.is_file():
        shutil.copy2(source, target)


# Runs in the environment that is looked at; prints what is missing or of another version, as JSON.
LOOK_AT_PACKAGES = """\
import importlib.metadata as metadata, json, sys
try:
    from packaging.requirements import Requirement
except ImportError:
    print(json.dumps(["packaging"])); sys.exit()
lacking = []
for line in json.load(sys.stdin):
    wanted = Requirement(line)
    if wanted.marker and not wanted.marker.evaluate():
        continue
    try:
        version = metadata.version(wanted.name)
    except metadata.PackageNotFoundError:
        lacking.append(str(wanted.name)); continue
    if not wanted.specifier.contains(version, prereleases=True):
        lacking.append(f"{wanted.name} {wanted.specifier} (here: {version})")
print(json.dumps(lacking))
"""

# Runs in the environment too: does a notebook's kernel start, find the package and compute?
TRY_A_NOTEBOOK = """\
from jupyter_client.manager import start_new_kernel
manager, client = start_new_kernel(startup_timeout=60)
heard = []
client.execute_interactive(
    "import parecon_edu, numpy; print(parecon_edu.__name__, numpy.arange(4).sum())", timeout=60,
    output_hook=lambda message: heard.append(message["content"].get("text") or message["content"].get("evalue") or ""))
client.stop_channels(); manager.shutdown_kernel(now=True)
print("".join(heard).strip())
"""


def bounds(root: Path, *, test: bool = False) -> list[str]:
    """Return the names and bounds in pyproject.toml."""
    import tomllib

    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    return [*project["project"]["dependencies"], *(project["dependency-groups"]["test"] if test else [])]


def lacking_packages(python: str, requirements: Sequence[str]) -> list[str]:
    """Return which requirements an environment does not meet, in words."""
    try:
        done = subprocess.run(
            [python, "-c", LOOK_AT_PACKAGES],
            input=json.dumps(list(requirements)),
            env=tool_environment(os.environ),
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
    except OSError as error:
        return [f"a working Python ({error.strerror})"]
    try:
        lacking: list[str] = json.loads(done.stdout)
    except ValueError:
        return [f"a working Python ({(done.stderr.strip().splitlines() or ['no answer'])[-1]})"]
    return lacking


@dataclass(frozen=True)
class Finding:
    """One thing the doctor looked at."""

    well: bool
    words: str


def examine(root: Path, course: Path, *, here: bool) -> Iterator[Finding]:
    """Look at one thing after the other; each finding says what it saw and, if need be, what to do."""
    computer = this_computer(root)
    yield Finding(well=True, words=f"Python {machine.python_version()} on {computer['system']} starts the course.")
    yield examine_folder(root)
    python = sys.executable if here else venv_python(root)
    environment = examine_environment(root, python, here=here)
    yield environment
    if environment.well:
        yield examine_kernel(root, course, python=python)
    yield from examine_copies(root, course)
    running = find_running(course)
    if running is not None:
        yield Finding(well=True, words=f"The course is running at {running.address('lab')}")
    else:
        yield Finding(well=True, words=f"The course is not running; it would use port {choose_port(None)}.")


def examine_folder(root: Path) -> Finding:
    """Look at the folder and the disk."""
    try:
        check_writable(root)
    except (Trouble, OSError) as error:
        return Finding(well=False, words=str(error) if isinstance(error, Trouble) else os_error_sentence(error))
    free = shutil.disk_usage(root).free
    if free < 50 * 1024**2:
        return Finding(well=False, words=f"The disk has only {free // 1024**2} MB left: make room, or work gets lost.")
    return Finding(well=True, words=f"The folder can be written to, and the disk has {free // 1024**3} GB left.")


def examine_environment(root: Path, python: str, *, here: bool) -> Finding:
    """Look at the environment and its packages."""
    if not Path(python).exists():
        return Finding(well=False, words=f"The course is not set up yet: run  {again()}")
    if (root / ".venv" / UNFINISHED).exists() and not here:
        return Finding(well=False, words=f"The setting up was broken off: run  {again()}  and it begins afresh.")
    wanted = bounds(root) if here else lock_lines(root / "requirements.lock")
    lacking = lacking_packages(python, wanted)
    if lacking:
        way_out = "conda env update -f environment.yml" if here else again()
        if not here and is_fresh(root) and is_alive(root):  # a start would believe the stamp and change nothing
            way_out = f"delete the folder .venv, then  {again()}"
        few = ", ".join(lacking[:5]) + (" and more" if len(lacking) > 5 else "")
        return Finding(well=False, words=f"The environment lacks {few}: {way_out}")
    return Finding(well=True, words="All packages are there in the right versions.")


def examine_kernel(root: Path, course: Path, *, python: str) -> Finding:
    """Run a line of a notebook."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as private:
        (Path(private) / ".jupyter").mkdir()
        try:
            done = subprocess.run(
                [python, "-c", TRY_A_NOTEBOOK],
                env=server_environment(root, private, os.environ),
                stdin=subprocess.DEVNULL,
                capture_output=True,
                encoding="utf-8",
                errors="replace",
                timeout=150,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return Finding(
                well=False, words="A notebook did not answer in 150 seconds: restart the computer, try again."
            )
    if done.stdout.strip().splitlines()[-1:] == ["parecon_edu 6"]:
        return Finding(well=True, words="A notebook starts, finds the course's library and computes.")
    said = (done.stdout.strip() or done.stderr.strip() or "it said nothing").splitlines()
    return Finding(well=False, words=f"A notebook does not run ({said[-1][:200]}): delete .venv, then  {again()}")


def examine_copies(root: Path, course: Path) -> Iterator[Finding]:
    """Look at the learner's folder."""
    if not course.is_dir() or not (course / MARKER).exists():
        yield Finding(well=True, words=f"{course.name} is not there yet; the first start makes it.")
        return
    notebooks = [path for folder in ("lessons", "exercises") for path in sorted((course / folder).glob("*.ipynb"))]
    damaged = []
    for path in notebooks:
        try:
            json.loads(path.read_bytes().decode("utf-8"))["cells"]
        except (ValueError, KeyError, TypeError):
            damaged.append(path)
    for path in damaged:
        number = path.name.split("_")[0]
        words = f"{path.relative_to(course.parent).as_posix()} cannot be read: {again()} restore {number}"
        yield Finding(well=False, words=words + "  lays a fresh copy beside it; then move the damaged one away.")
    yield Finding(
        well=True, words=f"{course.name} holds {counted(len(notebooks) - len(damaged), 'readable notebook')}."
    )


def doctor(root: Path, course: Path, *, here: bool) -> int:
    """Check the installation, in words; 0 when all is well."""
    wrong = 0
    for finding in examine(root, course, here=here):
        say(f"{'  well ' if finding.well else '  MEND '} {finding.words}")
        wrong += not finding.well
    say("All is well." if not wrong else f"{counted(wrong, 'thing')} to mend; the lines above say how.")
    return 1 if wrong else 0


# --- The command line ------------------------------------------------------------------------------------------------


class Parser(argparse.ArgumentParser):
    """An argument parser whose complaints are one sentence."""

    def error(self, message: str) -> NoReturn:
        """Say what was not understood."""
        raise Trouble(f"That was not understood ({message}): {again()} --help lists what there is.")


def parser() -> argparse.ArgumentParser:
    """Return the command line."""
    top = Parser(prog=again(), description="Open the course in your browser. The first start sets everything up.")
    top.add_argument("--no-browser", action="store_true", help="say the address instead of opening a browser")
    top.add_argument("--port", type=int, metavar="N", help="use this port instead of the first free one from 8888 on")
    top.add_argument("--here", action="store_true", help="use the Python that runs this (conda) and install nothing")
    top.add_argument("--teacher", action="store_true", help="add copies with the teachers' notes and the solutions")
    commands = top.add_subparsers(
        dest="command", metavar="", title="instead of opening the course", parser_class=Parser
    )
    commands.add_parser("setup", help="set everything up, open nothing")
    commands.add_parser("stop", help="stop a course whose window is gone")
    commands.add_parser("doctor", help="check the installation, in words")
    one = commands.add_parser("restore", help="lay a fresh copy of a lesson beside yours")
    one.add_argument("number", help="the lesson's number, such as 04")
    packing = commands.add_parser("pack", help="make a folder that sets up a computer without internet")
    packing.add_argument("folder", nargs="?", default="pack", help="where (default: pack)")
    testing = commands.add_parser("test", help="run all tests")
    testing.add_argument("--all", action="store_true", help="the long ones too")
    return top


def is_conda(environ: Mapping[str, str]) -> bool:
    """Tell whether this runs in the conda environment that environment.yml makes."""
    return environ.get("CONDA_DEFAULT_ENV") == "parecon_edu" and environ.get("CONDA_PREFIX") == sys.prefix


def act(arguments: argparse.Namespace, *, root: Path) -> int:
    """Do what the command line asks for."""
    course = root / COURSE
    here = arguments.here or is_conda(os.environ)
    if arguments.command == "doctor":
        return doctor(root, course, here=here)
    if arguments.command == "stop":
        return stop(course)
    if arguments.command == "restore":
        return restore(root, course, arguments.number)
    if arguments.command == "pack":
        return pack(root, course, Path(os.path.expanduser(arguments.folder)).absolute())
    if arguments.command == "test":
        return run_tests(root, course, here=here, everything=arguments.all)
    if arguments.command == "setup":
        return set_up(root, course, here=here, teacher=arguments.teacher)
    return start_course(
        root, course, here=here, port=arguments.port, browser=not arguments.no_browser, teacher=arguments.teacher
    )


def kept_traceback() -> str:
    """Keep the traceback in a new file (one of another user's may lie there), and say what to do with it."""
    text = traceback.format_exc()
    try:
        handle, name = tempfile.mkstemp(prefix="parecon_edu_error_", suffix=".txt")
        with open(handle, "w", encoding="utf-8", errors="backslashreplace") as file:
            file.write(text)
    except OSError:
        return f"tell whoever gave you the course: {text.strip().splitlines()[-1]}"
    return f"read {name}"


def main(words: Sequence[str] | None = None, *, root: Path = ROOT) -> int:
    """Run, and turn whatever goes wrong into one plain sentence."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError, ValueError):
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]  # old consoles lack letters
    try:
        return act(parser().parse_args(words), root=root)
    except Trouble as trouble:
        sentence = str(trouble)
    except KeyboardInterrupt:
        print(f"\nStopped half-way. Nothing is lost: {again()} goes on from here.", file=sys.stderr)
        return 130
    except OSError as error:
        sentence = os_error_sentence(error)
    except Exception:
        sentence = f"Something went wrong that start.py does not know: start again, and if it stays, {kept_traceback()}"
    print(sentence, file=sys.stderr, flush=True)
    return 1


if __name__ == "__main__":
    sys.exit(main())
