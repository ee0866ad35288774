"""The files a newcomer meets say the same thing: bounds, locks, the commands in the README, the machine for tests."""

from __future__ import annotations

import importlib.metadata
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCKS = ("requirements.lock", "requirements-test.lock", "requirements-oracle.lock")


def lines(name: str) -> list[Requirement]:
    """Return what a lock file names."""
    return [Requirement(line) for line in (ROOT / name).read_text(encoding="utf-8").splitlines() if line.strip()]


def conda() -> list[str]:
    """Return the dependencies in environment.yml: the lines of its last list, which is flat."""
    text = (ROOT / "environment.yml").read_text(encoding="utf-8")
    return re.findall(r"^  - (\S+)$", text.split("dependencies:\n")[1], flags=re.MULTILINE)


def bounds(requirements: list[str]) -> dict[str, str]:
    """Return bounds by name, in an order that does not depend on how they are written."""
    made = [Requirement(one) for one in requirements]
    return {canonicalize_name(one.name): ",".join(sorted(map(str, one.specifier))) for one in made}


def test_conda_gets_the_same_names_and_bounds() -> None:
    wanted = [*PROJECT["project"]["dependencies"], "python" + PROJECT["project"]["requires-python"]]
    assert bounds(conda()) == bounds(wanted)
    assert "  - conda-forge\n" in (ROOT / "environment.yml").read_text(encoding="utf-8")


def test_start_wants_the_same_oldest_python() -> None:
    source = (ROOT / "start.py").read_text(encoding="utf-8")
    oldest = re.search(r"^OLDEST = \((\d+), (\d+)\)$", source, flags=re.MULTILINE)
    assert oldest is not None
    assert PROJECT["project"]["requires-python"] == f">={oldest.group(1)}.{oldest.group(2)}"


@pytest.mark.parametrize("group", ["dependencies", "test"])
def test_locked_versions_are_within_the_bounds(group: str) -> None:
    wanted = PROJECT["project"]["dependencies"] if group == "dependencies" else PROJECT["dependency-groups"]["test"]
    lock = "requirements.lock" if group == "dependencies" else "requirements-test.lock"
    locked: dict[str, list[str]] = {}
    for one in lines(lock):
        locked.setdefault(canonicalize_name(one.name), []).extend(exact.version for exact in one.specifier)
    for line in wanted:
        one = Requirement(line)
        versions = locked[canonicalize_name(one.name)]
        assert versions
        assert all(one.specifier.contains(version) for version in versions), line


def test_installed_versions_are_within_the_bounds() -> None:
    for line in PROJECT["project"]["dependencies"]:
        one = Requirement(line)
        assert one.specifier.contains(importlib.metadata.version(one.name)), line


def test_the_lock_of_the_tests_holds_all_of_the_other() -> None:
    """So one environment serves both, and installing for the tests changes nothing for the course."""
    assert set(map(str, lines("requirements.lock"))) <= set(map(str, lines("requirements-test.lock")))


def test_the_lock_can_install_the_course_without_a_network() -> None:
    """`pip install --no-build-isolation -e .` needs these two, and takes them from the lock."""
    assert {"hatchling", "editables"} <= {one.name for one in lines("requirements.lock")}


@pytest.mark.parametrize("name", LOCKS)
def test_locks_are_exact_and_name_no_index(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert not re.search(r"https?:|--|file:|@", text)
    for one in lines(name):
        assert [exact.operator for exact in one.specifier] == ["=="], one


def test_windows_and_mac_get_what_only_they_need() -> None:
    """The lock is for all three systems at once, whichever made it."""
    markers = {one.name: str(one.marker) for one in lines("requirements.lock") if one.marker}
    assert "nt" in markers["pywinpty"]
    assert "darwin" in markers["appnope"]
    assert "win32" in markers["colorama"]


def test_ci_calls_exactly_the_command_of_the_readme() -> None:
    script = ROOT / ".ci" / "run"
    assert script.read_text(encoding="utf-8").rstrip().endswith('exec python3 start.py test "$@"')
    if sys.platform != "win32":
        assert script.stat().st_mode & 0o111, "it can be run"
        subprocess.run(["bash", "-n", str(script)], check=True)


def test_the_readme_begins_with_the_two_commands() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    commands = re.findall(r"```\n(.*?)\n```", text, flags=re.DOTALL)
    assert commands[:2] == ["python3 start.py", "python3 start.py test"]
    assert text.index(commands[1]) < text.index("## ")


def test_the_readmes_library_example_runs_and_gives_what_it_says() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    source = re.search(r"```python\n(.*?)```", text, flags=re.DOTALL)
    assert source is not None
    *rest, last = source.group(1).strip().splitlines()
    call, _, promised = last.partition("#")
    names: dict[str, object] = {}
    exec("\n".join(rest), names)
    assert repr(eval(call, names)) == promised.strip()


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md"])
def test_every_start_command_that_is_written_down_is_understood(name: str) -> None:
    import tiny_course

    text = (ROOT / name).read_text(encoding="utf-8")
    written = re.findall(r"start\.py((?: (?:--?)?[a-z0-9]+)*)(?=[`\s]*(?:[`#\n]|$))", text)
    assert len(written) > 3
    for words in written:
        arguments = words.split()
        if arguments == ["restore"]:
            continue
        tiny_course.start.parser().parse_args(arguments)


def test_files_that_the_readme_names_exist() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    for name in re.findall(r"\]\((?!https?:)([^)]+)\)", text):
        if name != "docs/screenshot.png" or (ROOT / "docs").is_dir():
            assert (ROOT / name).exists(), name


def test_both_licences_stand() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "MIT License" in text
    assert "creativecommons.org/licenses/by/4.0" in text
    assert text.count("Copyright (c) 2026 the parecon_edu contributors") == 2
