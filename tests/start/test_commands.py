"""The commands that `start.py` runs: the same on Linux, macOS and Windows, without a shell, into folders of our own."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path, PureWindowsPath
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
WINDOWS = r"C:\Users\Zoë Müller\Küche & Rat\parecon edu"
MAC = "/Users/zoë/Küche & Rat/parecon edu"


def test_on_windows_the_environments_python_is_in_scripts(start: ModuleType) -> None:
    expected = r"C:\Users\Zoë Müller\Küche & Rat\parecon edu\.venv\Scripts\python.exe"
    assert start.venv_python(WINDOWS, platform="win32") == expected


@pytest.mark.parametrize("platform", ["linux", "darwin"])
def test_elsewhere_it_is_in_bin(start: ModuleType, platform: str) -> None:
    assert start.venv_python(MAC, platform=platform) == MAC + "/.venv/bin/python"


def test_windows_commands_in_full(start: ModuleType) -> None:
    """What would run on Windows, word for word; every path is one word, with its spaces and letters."""
    python = WINDOWS + r"\.venv\Scripts\python.exe"
    assert start.venv_command(WINDOWS, python="py.exe", platform="win32") == [
        "py.exe",
        "-m",
        "venv",
        WINDOWS + r"\.venv",
    ]
    install = start.install_command(WINDOWS, "requirements.lock", platform="win32")
    assert install[:4] == [python, "-m", "pip", "install"]
    assert install[-2:] == ["-r", WINDOWS + r"\requirements.lock"]
    packed = start.install_command(WINDOWS, "requirements.lock", wheels=True, platform="win32")
    assert packed[-3:] == ["--no-index", "--find-links", WINDOWS + r"\wheels"]
    assert start.editable_command(WINDOWS, platform="win32")[-4:] == [
        "--no-deps",
        "--no-build-isolation",
        "-e",
        WINDOWS,
    ]
    download = start.download_command(WINDOWS, r"D:\pack\wheels", platform="win32")
    assert download[-4:] == ["-r", WINDOWS + r"\requirements.lock", "-d", r"D:\pack\wheels"]
    jupyter = start.jupyter_command(WINDOWS, 8890, platform="win32")
    assert jupyter[0] == python
    assert "--ServerApp.port=8890" in jupyter
    assert rf"--ServerApp.root_dir={WINDOWS}\my_course" in jupyter
    assert rf"--LabApp.app_settings_dir={WINDOWS}\my_course\.jupyter\settings" in jupyter
    assert "--LabApp.default_url=/lab/tree/lessons/00_start_here.ipynb" in jupyter
    assert "--allow-root" not in jupyter


def test_windows_puts_the_words_together_so_that_python_gets_them_back(start: ModuleType) -> None:
    """`subprocess` makes one line of them; quotes keep the folder's spaces, and the program keeps its line breaks."""
    line = subprocess.list2cmdline(start.jupyter_command(WINDOWS, 8890, platform="win32"))
    assert f'"--ServerApp.root_dir={WINDOWS}\\my_course"' in line
    assert start.RUN_JUPYTERLAB.replace('"', '\\"') in line


def test_a_kernels_answers_do_not_wait_for_each_other(start: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the command names is what the program defines, and it asks for no delay before anything is connected."""
    from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection

    asked: list[object] = []
    monkeypatch.setattr(sys, "path", list(sys.path))
    monkeypatch.setitem(sys.modules, "rfc3987_syntax", None)
    program: dict[str, Any] = {"__name__": "not run"}
    exec(start.RUN_JUPYTERLAB, program)
    [setting] = [word for word in start.jupyter_command("/home/x", 8890) if "kernel_websocket" in word]
    connection = program[setting.rpartition(".")[2]]
    monkeypatch.setattr(ZMQChannelsWebsocketConnection, "connect", lambda self: asked.append("connect"))
    spy = type("Spy", (connection,), {"websocket_handler": SimpleNamespace(set_nodelay=asked.append)})
    spy.__new__(spy).connect()
    assert asked == [True, "connect"]


def test_windows_environment_keeps_windows_paths(start: ModuleType) -> None:
    course = WINDOWS + r"\my_course"
    environment = start.server_environment(WINDOWS, course, {"PATH": "x", "PYTHONPATH": "y"}, platform="win32")
    assert environment["PYTHONPATH"] == WINDOWS
    assert environment["PARECON_COURSE"] == course
    assert PureWindowsPath(environment["JUPYTER_RUNTIME_DIR"]).is_relative_to(course)
    assert environment["PYTHONUTF8"] == "1"


def test_nothing_of_the_users_jupyter_or_python_gets_in(start: ModuleType) -> None:
    mine = {
        "PYTHONHOME": "/elsewhere",
        "PYTHONPATH": "/elsewhere",
        "PYTHONSTARTUP": "/elsewhere.py",
        "JUPYTER_PATH": "/elsewhere",
        "JUPYTER_CONFIG_PATH": "/elsewhere",
        "JUPYTER_TOKEN": "secret",
        "JUPYTERLAB_SETTINGS_DIR": "/elsewhere",
        "IPYTHONDIR": "/elsewhere",
        "PARECON_COURSE": "/elsewhere",
        "HTTPS_PROXY": "proxy",
        "PATH": "/bin",
    }
    environment = start.server_environment(MAC, MAC + "/my_course", mine, platform="darwin")
    assert not [name for name, value in environment.items() if "elsewhere" in value or value == "secret"]
    assert environment["PATH"] == "/bin"
    assert environment["HTTPS_PROXY"] == "proxy"


def test_pip_keeps_the_users_index_but_never_installs_for_the_user(start: ModuleType) -> None:
    environment = start.tool_environment({"PIP_INDEX_URL": "mirror", "PIP_USER": "1", "PYTHONHOME": "x"})
    assert environment["PIP_INDEX_URL"] == "mirror"
    assert environment["PIP_USER"] == "0"
    assert "PYTHONHOME" not in environment


def test_no_setting_makes_pip_put_packages_elsewhere_or_nowhere(start: ModuleType) -> None:
    """With any of these pip would report success, and the environment would be empty or would not start."""
    names = ["PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_DRY_RUN", "PIP_PYTHON", "PIP_PLATFORM", "PYTHONWARNINGS"]
    assert not set(names) & set(start.tool_environment(dict.fromkeys(names, "x")))


def test_an_environment_is_made_by_the_python_behind_it(start: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody starts the course with the very environment that has to be made anew: its own Python will be gone."""
    monkeypatch.setattr(sys, "executable", "/course/.venv/bin/python")
    monkeypatch.setattr(sys, "_base_executable", "/usr/bin/python3.13")
    assert start.venv_command("/course", platform="linux")[0] == "/usr/bin/python3.13"


def test_the_environment_finds_the_course_by_plain_letters(start: ModuleType, root: Path) -> None:
    """Python 3.11 and 3.12 read a .pth in the computer's encoding: one 東 in it, and LC_ALL=C stops them dead."""
    folder = root / ".venv" / "lib" / "python3.11" / "site-packages"
    folder.mkdir(parents=True)
    (folder / "_course.pth").write_text(f"{root}\n", encoding="utf-8")
    (folder / "other.pth").write_text("/elsewhere\n")
    start.point_back(root)
    assert (folder / (folder / "_course.pth").read_text(encoding="ascii").strip()).resolve() == root.resolve()
    assert (folder / "other.pth").read_text() == "/elsewhere\n"


def test_only_where_a_disk_cannot_keep_secrets_may_jupyter_write_without(start: ModuleType, tmp_path: Path) -> None:
    name = "JUPYTER_ALLOW_INSECURE_WRITES"
    assert name not in start.server_environment(tmp_path, tmp_path, {})
    assert start.server_environment(tmp_path, tmp_path, {}, private=False)[name] == "1"
    assert start.keeps_private(tmp_path)


def test_root_and_tests_get_their_flags(start: ModuleType) -> None:
    command = start.jupyter_command(
        MAC, 1, superuser=True, expose=True, first=None, course="/home/zoe/c", platform="linux"
    )
    assert "--allow-root" in command
    assert "--LabApp.expose_app_in_browser=True" in command
    assert "--LabApp.default_url=/lab" in command
    assert "--ServerApp.root_dir=/home/zoe/c" in command


def test_every_setting_is_one_that_jupyterlab_knows(start: ModuleType) -> None:
    """A misspelt setting would be ignored without a word."""
    from jupyter_server.serverapp import ServerApp
    from jupyterlab.labapp import LabApp
    from nbconvert import HTMLExporter

    classes = {"ServerApp": ServerApp, "LabApp": LabApp, "HTMLExporter": HTMLExporter}
    for word in start.jupyter_command("/x", 1, expose=True, platform="linux")[3:]:
        owner, _, setting = word.removeprefix("--").partition("=")[0].partition(".")
        assert setting in classes[owner].class_trait_names(), word


def test_one_pytest_runs_everything(start: ModuleType) -> None:
    folders = ["tests", "parecon_edu", "lessons", "solutions"]
    short = start.pytest_command("/x", folders=folders, everything=False, python="python")
    assert short == [
        *("python", "-m", "pytest", "-n", "2", "--dist", "loadfile", "--nbval", "--nbval-current-env"),
        *("--nbval-cell-timeout=60", "-m", "not sweep", *folders),
    ]
    assert "not sweep" not in start.pytest_command("/x", folders=folders, everything=True, python="python")


def test_standard_library_only() -> None:
    tree = ast.parse((ROOT / "start.py").read_text(encoding="utf-8"))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.split(".")[0] for name in names} <= sys.stdlib_module_names


def test_no_shell_no_symlinks_no_signals() -> None:
    """Nothing that only some systems have (`flock` stands behind a question which system this is)."""
    tree = ast.parse((ROOT / "start.py").read_text(encoding="utf-8"))
    names = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    assert not names & {"symlink", "symlink_to", "kill", "killpg", "fork", "setsid", "SIGINT", "SIGTERM", "execv"}
    assert not [k for node in ast.walk(tree) if isinstance(node, ast.Call) for k in node.keywords if k.arg == "shell"]


@pytest.mark.parametrize(("platform", "word"), [("win32", "py start.py"), ("darwin", "python3 start.py")])
def test_advice_names_the_command_of_the_system(start: ModuleType, platform: str, word: str) -> None:
    assert start.again(platform) == word


def test_a_windows_folder_that_lies_too_deep_is_refused_with_a_way_out(start: ModuleType) -> None:
    deep = Path("C:/" + "a/" * 60)
    with pytest.raises(start.Trouble, match=r"too deep for Windows .* C:\\parecon"):
        start.check_before_install(deep, platform="win32")


def test_no_news_no_code_cut_off_and_one_thread_for_what_controls_say(start: ModuleType, tmp_path: Path) -> None:
    start.write_settings(tmp_path)
    settings = json.loads((tmp_path / ".jupyter" / "settings" / "overrides.json").read_text())
    assert settings == {
        "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False},
        "@jupyterlab/notebook-extension:tracker": {"codeCellConfig": {"lineNumbers": False, "lineWrap": True}},
        "@jupyterlab/apputils-extension:kernels-settings": {"commsOverSubshells": "disabled"},
    }
    style = tmp_path / ".jupyter" / "config" / "custom" / "custom.css"
    assert style.read_bytes() == start.PAGE_STYLE


PIP = """\
Looking in indexes: somewhere
Ignoring appnope: markers 'sys_platform == "darwin"' don't match your environment
Collecting anyio==4.16.0 (from -r /a b/requirements.lock (line 1))
  Downloading anyio-4.16.0-py3-none-any.whl (134 kB)
Requirement already satisfied: attrs==26.1.0 in ./.venv/lib (from -r /a b/requirements.lock (line 2)) (26.1.0)
Processing /a b/wheels/argon2_cffi-25.1.0-py3-none-any.whl (from -r /a b/requirements.lock (line 4))
Requirement already satisfied: idna>=2.8 in ./.venv/lib (from anyio==4.16.0->-r /a b/requirements.lock (line 1)) (3.20)
WARNING: Retrying (Retry(total=4)) after connection broken
Installing collected packages: anyio, argon2-cffi
"""


def test_pips_lines_become_progress(start: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fetched, there already, taken from a pack: each counts once, and what is for other computers does not."""
    shown: list[str] = []
    monkeypatch.setattr(start.LiveLine, "show", lambda line, text: shown.append(text.split(" s  ")[1]))
    (tmp_path / "lib" / "python3.12" / "site-packages" / "pip-1.dist-info").mkdir(parents=True)
    (tmp_path / "lib" / "python3.12" / "site-packages" / "attrs-1.dist-info").mkdir()
    progress = start.InstallProgress(total=4, venv=tmp_path)
    for line in PIP.splitlines():
        progress.hear(line)
    assert shown == [
        "package 0 of 4: looking",
        "package 0 of 3: looking",
        "package 1 of 3: anyio",
        "package 1 of 3: anyio (134 kB)",
        "package 2 of 3: attrs",
        "package 3 of 3: argon2_cffi",
        "package 3 of 3: argon2_cffi",
        "package 3 of 3: the internet does not answer; trying again",
        "unpacking: 1 of 3 in place",
    ]
