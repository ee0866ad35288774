"""What stops a start is said in one plain sentence that says what to do."""

from __future__ import annotations

import ast
import errno
import importlib.util
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
import tiny_course
from tiny_course import sentences

ROOT = Path(__file__).resolve().parents[2]
SOURCE = (ROOT / "start.py").read_text(encoding="utf-8")


# --- an old Python ----------------------------------------------------------------------------------------------------


def as_if(*version: int) -> subprocess.CompletedProcess[str]:
    """Run `start.py` in a Python that says it is another version."""
    pretend = f"import sys, runpy; sys.version_info = {version}; sys.argv = ['start.py', 'stop']; "
    return subprocess.run(
        [sys.executable, "-c", pretend + f"runpy.run_path({str(ROOT / 'start.py')!r}, run_name='__main__')"],
        env=os.environ | {"PATH": ""},  # asking every Python here for its age takes its time
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_the_whole_file_can_be_read_by_python_3_6() -> None:
    """Otherwise an old Python would say SyntaxError before the sentence."""
    ast.parse(SOURCE, feature_version=(3, 6) if sys.version_info < (3, 13) else (3, 7))
    tree = ast.parse(SOURCE)
    futures = [node for node in tree.body if isinstance(node, ast.ImportFrom) and node.module == "__future__"]
    assert not futures, "an error in a Python that does not know them"
    new = (ast.NamedExpr, ast.Match, ast.TryStar)
    assert not [node for node in ast.walk(tree) if isinstance(node, new)]
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.arguments) and node.posonlyargs]


def test_nothing_newer_is_needed_before_the_gate() -> None:
    """Above the gate stand only imports that every Python 3 has, and functions without annotations."""
    body = ast.parse(SOURCE).body
    gate = next(n for n, node in enumerate(body) if isinstance(node, ast.If) and "version_info" in ast.unparse(node))
    before = body[:gate]
    assert {alias.name for node in before if isinstance(node, ast.Import) for alias in node.names} <= {
        "os",
        "shutil",
        "subprocess",
        "sys",
    }
    for node in before:
        assert not isinstance(node, ast.ImportFrom | ast.ClassDef | ast.AnnAssign)
        if isinstance(node, ast.FunctionDef):
            assert node.returns is None
            assert not [argument for argument in node.args.args if argument.annotation]


@pytest.mark.parametrize("version", [(3, 6, 15), (3, 8, 1), (3, 10, 13)])
def test_an_old_python_gets_one_sentence(version: tuple[int, int, int]) -> None:
    done = as_if(*version)
    assert done.returncode == 1
    assert done.stdout == ""
    assert len(sentences(done.stderr)) == 1
    assert done.stderr.startswith(
        f"This course needs Python 3.11 or newer, and this is Python {version[0]}.{version[1]}."
    )


def test_it_names_a_newer_python_where_there_is_one(start: ModuleType) -> None:
    found = start.old_python_sentence((3, 9, 2), is_there=lambda name: name == "python3.12")
    assert found.endswith("A newer one is installed here: run  python3.12 start.py")
    nothing = start.old_python_sentence((3, 9, 2), is_there=lambda name: False)
    assert "Install a newer one from python.org" in nothing


def test_a_python_that_is_only_a_name_is_not_recommended(
    start: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not start.runs("python3.99")
    (tmp_path / "python3.99").write_bytes(b"\x7fELF for another computer")
    (tmp_path / "python3.99").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not start.runs("python3.99")
    assert start.runs(sys.executable)


# --- a Python without the parts that make environments ----------------------------------------------------------------


@pytest.mark.parametrize("missing", ["ensurepip", "venv"])
def test_debians_python_without_venv(
    start: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    find = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == missing else find(name))
    with pytest.raises(start.Trouble) as trouble:
        start.check_before_install(tmp_path, platform="linux")
    version = ".".join(map(str, sys.version_info[:2]))
    expected = f"on Debian or Ubuntu run  sudo apt install python{version}-venv  and start again."
    assert str(trouble.value).endswith(expected)


def test_it_is_said_before_anything_is_made(root: Path) -> None:
    tiny_course.write_checkout(root)
    hidden = "import sys; sys.modules['ensurepip'] = None; import runpy; sys.argv = ['start.py']; "
    done = subprocess.run(
        [sys.executable, "-c", hidden + f"runpy.run_path({str(root / 'start.py')!r}, run_name='__main__')"],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 1
    assert "came without the part that makes environments" in done.stderr
    assert len(sentences(done.stderr)) == 1
    assert not (root / ".venv").exists()


# --- what pip says ----------------------------------------------------------------------------------------------------

PIP = {
    "no network": (
        "WARNING: Retrying (Retry(total=4, connect=None, read=None, redirect=None, status=None)) after connection "
        "broken by 'NewConnectionError('<pip._vendor.urllib3.connection.HTTPSConnection object at 0x7f>: Failed to "
        "establish a new connection: [Errno -3] Temporary failure in name resolution')': /simple/anyio/\n"
        "ERROR: Could not find a version that satisfies the requirement anyio==4.16.0 (from versions: none)\n"
        "ERROR: No matching distribution found for anyio==4.16.0\n",
        "the internet did not answer: connect and start again",
    ),
    "no network on windows": ("[Errno 11001] getaddrinfo failed", "the internet did not answer"),
    "slow network": (
        "pip._vendor.urllib3.exceptions.ReadTimeoutError: HTTPSConnectionPool: Read timed out.",
        "connect and",
    ),
    "full disk": (
        "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device",
        "disk is full",
    ),
    "full quota": ("OSError: [Errno 122] Disk quota exceeded", "disk is full"),
    "full disk on windows": ("OSError: [WinError 112] There is not enough space on the disk", "disk is full"),
    "locked": (
        "OSError: [Errno 13] Permission denied: '/x/.venv/lib'",
        "Nothing can be written to the course's folder",
    ),
    "locked on windows": ("PermissionError: [WinError 5] Access is denied: 'C:\\\\x'", "Nothing can be written"),
    "a school's filter": ("SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED]'))", "set PIP_CERT"),
    "a proxy": ("ProxyError('Cannot connect to proxy.', OSError('Tunnel connection failed: 407'))", "set HTTPS_PROXY"),
    "no index, and pip says no more": (
        "ERROR: Could not find a version that satisfies the requirement anyio==4.16.0 (from versions: none)\n"
        "ERROR: No matching distribution found for anyio==4.16.0\n",
        "the package index did not answer: connect and start again",
    ),
    "too new a Python": (
        "ERROR: Could not find a version that satisfies the requirement numpy==2.4.6 (from versions: 2.0.0, 2.5.0)\n"
        "ERROR: No matching distribution found for numpy==2.4.6",
        "numpy, which the course needs, is not there ready-made for Python",
    ),
    "too old a Python for a package": (
        "ERROR: Ignored the following versions that require a different python version: 2.4.6 Requires-Python >=3.14\n"
        "ERROR: Could not find a version that satisfies the requirement numpy==2.4.6 (from versions: none)\n"
        "ERROR: No matching distribution found for numpy==2.4.6",
        "numpy, which the course needs, is not there ready-made for Python",
    ),
    "a wrong clock": (
        "SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: "
        "certificate is not yet valid (_ssl.c:1006)'))",
        "set the clock right",
    ),
    "a setting that is none": (
        "An error occurred during configuration: option retries: invalid integer value: 'abc'",
        "A setting of pip's on this computer is wrong (option retries: invalid integer value: 'abc'): mend it",
    ),
    "a certificate that is not there": (
        "OSError: Could not find a suitable TLS CA certificate bundle, invalid path: /gone.pem",
        "is wrong (/gone.pem): mend it",
    ),
    "a memory stick": (
        "Error: [Errno 1] Operation not permitted: 'lib' -> '/media/stick/.venv/lib64'",
        "copy the course's folder to the computer's own disk",
    ),
    "an open notebook on windows": (
        "OSError: [WinError 5] Access is denied: 'C:\\\\course\\\\.venv\\\\Lib\\\\site-packages\\\\zmq.pyd'",
        "close the course and every notebook's window",
    ),
    "anything else": ("Segmentation fault", "start again, and if it fails again, read the.log"),
}


@pytest.mark.parametrize("case", list(PIP))
def test_pips_complaints_become_one_sentence(start: ModuleType, case: str) -> None:
    said, expected = PIP[case]
    sentence = start.diagnose(said, log="the.log")
    assert expected in sentence
    assert "\n" not in sentence
    assert "Error" not in sentence


def test_a_pack_that_lacks_a_file_says_which(start: ModuleType) -> None:
    sentence = start.diagnose("ERROR: No matching distribution found for scipy==1.17.1", wheels=True)
    assert sentence == "The pack's folder 'wheels' lacks scipy: copy the whole pack again."


# --- the computer's own complaints ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (errno.ENOSPC, "The disk is full: free about 1 GB"),
        (errno.EDQUOT, "The disk is full"),
        (errno.EACCES, "Nothing can be written to my_course: move the course's folder"),
        (errno.EROFS, "Nothing can be written to my_course"),
        (errno.EIO, "The computer refused something"),
    ],
)
def test_the_systems_errors_become_one_sentence(start: ModuleType, number: int, expected: str) -> None:
    sentence = start.os_error_sentence(OSError(number, "what the system says", "my_course"))
    assert sentence.startswith(expected)


def test_what_sudo_left_behind_is_given_back(
    start: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To move the course would not help; and a course that is not yours at all has to be moved, not taken."""
    monkeypatch.setattr(start, "ROOT", tmp_path)
    lock = tmp_path / "my_course" / ".jupyter" / "start.lock"
    (tmp_path / "my_course").mkdir()
    assert start.locked_sentence(lock).startswith("Nothing can be written to")
    monkeypatch.setattr(os, "geteuid", lambda: os.stat(tmp_path).st_uid + 1)
    assert f"run  sudo chown -R $(id -un) '{tmp_path}'  and start again" in start.locked_sentence(lock)
    with monkeypatch.context() as patch:
        patch.setattr(start, "is_superuser", lambda: True)
        assert start.locked_sentence(lock).startswith("Nothing can be written to"), "root needs no sudo"
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert start.locked_sentence(lock).startswith("Nothing can be written to")


def test_a_full_disk_for_temporary_files_is_called_by_its_name(
    start: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert start.full_sentence().startswith("The disk is full")
    elsewhere = os.stat_result((0, 0, -1, 0, 0, 0, 0, 0, 0, 0))
    monkeypatch.setattr(start, "ROOM_TO_UNPACK", 10**18)
    monkeypatch.setattr(start.os, "stat", lambda path, stat=os.stat: elsewhere if path == start.ROOT else stat(path))
    assert start.full_sentence().startswith(f"The disk that holds {start.tempfile.gettempdir()} is full: free about")


def test_too_little_room_is_said_before_anything_is_made(
    start: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(start, "ROOM_NEEDED", 10**18)
    with pytest.raises(start.Trouble, match=r"The disk has only \d+ MB left and the course needs about \d+ MB"):
        start.check_before_install(tmp_path)


def test_a_folder_name_that_python_cannot_handle(start: ModuleType) -> None:
    with pytest.raises(start.Trouble, match=r"has a ':' in it, which Python cannot handle: rename it"):
        start.check_before_install(Path("/home/zoe/course: parecon"), platform="linux")


# --- a busy port ------------------------------------------------------------------------------------------------------


@pytest.fixture
def busy() -> Iterator[int]:
    """A port that another program listens on."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield int(other.getsockname()[1])


def test_a_busy_port_that_was_asked_for(start: ModuleType, busy: int) -> None:
    with pytest.raises(start.Trouble, match=rf"Port {busy} is taken by another program: give another number, or leave"):
        start.choose_port(busy)


def test_a_port_kept_for_the_system(start: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(start, "port_is_free", lambda port: False)
    monkeypatch.setattr(start, "is_superuser", lambda: False)
    with pytest.raises(start.Trouble, match="Port 80 is kept for the system: give a number from 1024 to 65535"):
        start.choose_port(80)


@pytest.mark.parametrize("port", [0, -1, 70000])
def test_a_port_that_does_not_exist(start: ModuleType, port: int) -> None:
    with pytest.raises(start.Trouble, match=rf"There is no port {port}"):
        start.choose_port(port)


def test_a_busy_port_that_was_not_asked_for_is_passed_over(
    start: ModuleType, busy: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(start, "FIRST_PORT", busy)
    chosen = start.choose_port(None)
    assert busy < chosen < busy + 100
    assert start.port_is_free(chosen)


# --- the command line -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", [["restart"], ["--port", "many"], ["restore"], ["--nobrowser"]])
def test_a_slip_of_the_keyboard_gets_one_sentence(
    start: ModuleType, tmp_path: Path, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert start.main(words, root=tmp_path) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("That was not understood (")
    assert len(sentences(said.err)) == 1
    assert not list(tmp_path.iterdir())


def test_help_lists_every_command(start: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        start.main(["--help"])
    assert ended.value.code == 0
    said = capsys.readouterr().out
    for word in ("setup", "stop", "doctor", "restore", "pack", "test", "--no-browser", "--port", "--here", "--teacher"):
        assert word in said


def test_the_unforeseen_gets_one_sentence_too(
    start: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def surprise(*_: object, **__: object) -> int:
        raise ZeroDivisionError("a mistake of ours")

    monkeypatch.setattr(start, "stop", surprise)
    monkeypatch.setattr(start.tempfile, "gettempdir", lambda: str(tmp_path))
    assert start.main(["stop"], root=tmp_path) == 1
    said = capsys.readouterr().err
    assert len(sentences(said)) == 1
    [kept] = tmp_path.iterdir()
    assert str(kept) in said
    assert "a mistake of ours" in kept.read_text()
    monkeypatch.setattr(start.tempfile, "gettempdir", lambda: str(tmp_path / "gone"))
    assert start.main(["stop"], root=tmp_path) == 1
    said = capsys.readouterr().err
    assert len(sentences(said)) == 1
    assert "a mistake of ours" in said, "where nothing can be kept it is said"


def test_whoever_stops_reading_stops_nothing(root: Path) -> None:
    """`start.py doctor | head -1`: no complaint, and the work goes on to its end."""
    read, write = os.pipe()
    os.close(read)
    try:
        done = subprocess.run(
            [sys.executable, str(ROOT / "start.py"), "stop"], stdout=write, stderr=subprocess.PIPE, check=False
        )
    finally:
        os.close(write)
    assert (done.returncode, done.stderr) == (0, b"")


def test_without_a_place_to_print_it_goes_on_too(start: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    start.LiveLine().done("nobody hears this")


# --- a browser --------------------------------------------------------------------------------------------------------


def test_without_a_screen_no_text_browser_takes_the_terminal(
    start: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(start.webbrowser, "open", lambda address: opened.append(address) or True)
    assert not start.open_browser("http://x", {}, platform="linux")
    assert opened == []
    assert start.open_browser("http://x", {"WAYLAND_DISPLAY": "wayland-0"}, platform="linux")
    assert start.open_browser("http://x", {}, platform="darwin")
    assert start.open_browser("http://x", {}, platform="win32")
    assert opened == ["http://x"] * 3


def test_a_browser_that_does_not_open_leaves_the_address(
    start: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(address: str) -> bool:
        raise start.webbrowser.Error("no browser")

    monkeypatch.setattr(start.webbrowser, "open", broken)
    start.show_course(start.Server(url="http://127.0.0.1:1/", token="key"), tmp_path, browser=True)
    assert capsys.readouterr().out == "Open this in your browser:\n    http://127.0.0.1:1/lab?token=key\n"
