"""A course of three small notebooks, and stand-ins for everything that would be fetched from the internet.

The stand-in for JupyterLab is a wheel in the folder `wheels`, as in a pack: it leaves the same note as the real server
and answers the same two questions. So a whole first start takes the time of `python -m venv`, and needs no network.
"""

from __future__ import annotations

import base64
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import textwrap
import time
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


def load_start() -> ModuleType:
    """Import `start.py` without running it."""
    spec = importlib.util.spec_from_file_location("parecon_start", ROOT / "start.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


start = load_start()


# --- notebooks --------------------------------------------------------------------------------------------------------


def cell(
    source: str, *, kind: str = "markdown", tags: Sequence[str] = (), outputs: Sequence[Any] = ()
) -> dict[str, Any]:
    """Make one cell."""
    made: dict[str, Any] = {"cell_type": kind, "id": source[:8].strip() or "x", "source": source}
    made["metadata"] = {"tags": list(tags)} if tags else {}
    if kind == "code":
        made |= {"outputs": list(outputs), "execution_count": 3 if outputs else None}
    return made


def notebook(*cells: Mapping[str, Any]) -> dict[str, Any]:
    """Make a notebook."""
    return {"cells": list(cells), "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


PRINTED = {"output_type": "stream", "name": "stdout", "text": ["1,200\n"]}


def write_lesson(root: Path, name: str, *texts: str) -> Path:
    """Write a lesson: one text cell for each text, a code cell with a stored output, a cell for teachers."""
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    cells = [cell(text) for text in texts]
    cells += [cell("print(1200)", kind="code", outputs=[PRINTED]), cell("For teachers: 40 minutes", tags=["teacher"])]
    path.write_text(json.dumps(notebook(*cells)), encoding="utf-8")
    return path


def write_lessons(root: Path) -> Path:
    """Write the three notebooks of the tiny course."""
    write_lesson(root, "lessons/00_start_here.ipynb", "# How does this kit work?")
    write_lesson(root, "lessons/04_remuneration.ipynb", "# What should income reward?", "Split 1,200.")
    write_lesson(root, "exercises/04_remuneration.ipynb", "# Exercises")
    return root


def texts(path: Path) -> list[str]:
    """Return the texts of a notebook's cells."""
    return [start.cell_text(cell) for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]]


def learner_writes(path: Path, text: str) -> None:
    """Add a cell, as a learner does."""
    content = json.loads(path.read_text(encoding="utf-8"))
    content["cells"].append(cell(text))
    path.write_text(json.dumps(content), encoding="utf-8")


def learner_runs(path: Path, said: str = "1,200\n") -> None:
    """Run every cell and save, as a learner does: outputs, counts and metadata change, the texts do not."""
    content = json.loads(path.read_text(encoding="utf-8"))
    for number, one in enumerate(content["cells"]):
        one["id"] = f"renamed{number}"
        if one["cell_type"] == "code":
            one |= {"outputs": [PRINTED | {"text": [said]}], "execution_count": number}
        one["source"] = start.cell_text(one).splitlines(keepends=True)
    content["metadata"]["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
    path.write_text(json.dumps(content, indent=2), encoding="utf-8")


def state(folder: Path, *, without: str = ".jupyter") -> dict[str, bytes]:
    """Return every file of a folder with its content."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and without not in path.relative_to(folder).parts
    }


# --- a checkout that can be set up without a network ------------------------------------------------------------------

SERVER = '''
"""Stands in for JupyterLab: leaves its note, answers whether it is there, ends when asked."""
import http.server, json, os, pathlib, sys, threading

def main():
    words = dict(word.lstrip("-").split("=", 1) for word in sys.argv[1:] if "=" in word)
    class Handler(http.server.BaseHTTPRequestHandler):
        def answer(self, code):
            self.send_response(code); self.send_header("Content-Length", "0"); self.end_headers()
        def do_GET(self):
            self.answer(200 if self.headers.get("Authorization") == "token key" else 403)
        def do_POST(self):
            self.answer(200); threading.Thread(target=server.shutdown).start()
        def log_message(self, *words):
            pass
    port = int(words["ServerApp.port"])
    server = http.server.ThreadingHTTPServer(("127.0.0.1", port), Handler)
    runtime = pathlib.Path(os.environ["JUPYTER_RUNTIME_DIR"])
    runtime.mkdir(parents=True, exist_ok=True)
    note = {"url": f"http://127.0.0.1:{port}/", "token": "key", "root_dir": words["ServerApp.root_dir"]}
    (runtime / f"jpserver-{os.getpid()}.json").write_text(json.dumps(note))
    server.serve_forever()
'''

BACKEND = """
import base64, hashlib, pathlib, time, zipfile

def build_editable(folder, config_settings=None, metadata_directory=None):
    here = pathlib.Path(__file__).resolve().parent
    if (here / "slow").exists():
        time.sleep(60)
    wheel_name = "tiny-0.1-py3-none-any.whl"
    files = {"tiny.pth": str(here) + "\\n",
             "tiny-0.1.dist-info/METADATA": "Metadata-Version: 2.1\\nName: tiny\\nVersion: 0.1\\n",
             "tiny-0.1.dist-info/WHEEL": "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n"}
    with zipfile.ZipFile(pathlib.Path(folder) / wheel_name, "w") as wheel:
        for path, text in files.items():
            wheel.writestr(path, text.encode())
        names = [*files, "tiny-0.1.dist-info/RECORD"]
        wheel.writestr(names[-1], "".join(name + ",,\\n" for name in names))
    return wheel_name
"""


def write_wheel(folder: Path, name: str, *, version: str, files: Mapping[str, str]) -> None:
    """Write a wheel of a few files."""
    info = f"{name}-{version}.dist-info"
    content = dict(files) | {
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = ""
    folder.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(folder / f"{name}-{version}-py3-none-any.whl", "w") as wheel:
        for path, text in content.items():
            wheel.writestr(path, text)
            code = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()
            record += f"{path},sha256={code},{len(text.encode())}\n"
        wheel.writestr(f"{info}/RECORD", record + f"{info}/RECORD,,\n")


def write_checkout(root: Path) -> Path:
    """Write a checkout that `start.py` sets up from the folder `wheels`."""
    write_lessons(root)
    shutil.copy(ROOT / "start.py", root / "start.py")
    wheels = root / "wheels"
    channels = "class ZMQChannelsWebsocketConnection: pass\n"
    files = {"jupyterlab/__init__.py": "", "jupyterlab/labapp.py": SERVER}
    files |= {"jupyter_server/services/kernels/connection/channels.py": channels}
    write_wheel(wheels, "jupyterlab", version="4.4.0", files=files)
    write_wheel(wheels, "small", version="1.0", files={"small.py": ""})
    (root / "requirements.lock").write_text(
        "jupyterlab==4.4.0\nsmall==1.0\nelsewhere==1.0 ; sys_platform == 'elsewhere'\n", encoding="utf-8"
    )
    (root / "tiny_backend.py").write_text(BACKEND, encoding="utf-8")
    (root / "pyproject.toml").write_text(
        textwrap.dedent(
            """\
            [build-system]
            requires = []
            build-backend = "tiny_backend"
            backend-path = ["."]
            [project]
            name = "tiny"
            version = "0.1"
            dependencies = ["jupyterlab>=4.4,<5"]
            """
        ),
        encoding="utf-8",
    )
    return root


# --- running it -------------------------------------------------------------------------------------------------------

NO_SCREEN = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY", "CI")}


def command(root: Path, *words: str) -> list[str]:
    """Return the command that a newcomer types."""
    return [sys.executable, str(root / "start.py"), *words]


def run(root: Path, *words: str, seconds: float = 120, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run `start.py` to its end."""
    return subprocess.run(
        command(root, *words),
        env=NO_SCREEN | variables,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=seconds,
        check=False,
    )


@dataclass
class Running:
    """A `start.py` that is still running, in a process group of its own, so that Ctrl-C can be sent to all of it."""

    process: subprocess.Popen[str]
    lines: list[str] = field(default_factory=list)

    def until(self, *beginnings: str) -> str:
        """Read its lines until one begins like that."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.append(line.rstrip())
            if line.strip().startswith(beginnings):
                return line.strip()
        raise AssertionError(f"It ended before it said {beginnings}: {self.lines}")

    def rest(self) -> tuple[int, str]:
        """Wait until it ends; its exit code and all it said."""
        assert self.process.stdout is not None
        self.lines += [line.rstrip() for line in self.process.stdout]
        return self.process.wait(timeout=30), "\n".join(self.lines)


def launch(root: Path, *words: str, python: Sequence[str] = (sys.executable,), **variables: str) -> Running:
    """Run `start.py` and come back at once."""
    return Running(
        subprocess.Popen(
            [*python, str(root / "start.py"), *words],
            env=NO_SCREEN | variables,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            start_new_session=True,
        )
    )


def sentences(text: str) -> list[str]:
    """Return the lines of an answer that are not empty."""
    return [line for line in text.splitlines() if line.strip()]


def wait_for(condition: Any, *, seconds: float = 20) -> bool:
    """Wait until something is so."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if condition():
            return True
        time.sleep(0.05)
    return False
