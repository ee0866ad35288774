"""The house is in order: rules for code and imports hold, lists of packages agree, nobody's machine is in it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[1]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
TOPICS = sorted(path.parent.name for path in (ROOT / "parecon_edu").glob("*/__init__.py"))


def run(*command: str, folder: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run Python with arguments; give what it printed."""
    env = {**os.environ, **environment}
    return subprocess.run([sys.executable, *command], cwd=folder, env=env, capture_output=True, text=True, timeout=300)


def assert_fine(done: subprocess.CompletedProcess[str]) -> None:
    """Fail with what was printed."""
    if done.returncode != 0:
        pytest.fail(f"{done.stdout}\n{done.stderr}"[-8000:], pytrace=False)


# --- code -----------------------------------------------------------------------------------------------------------


def test_ruff_has_nothing_to_say() -> None:
    assert_fine(run("-m", "ruff", "check", "--no-cache", "."))


def test_the_code_is_laid_out_by_ruff() -> None:
    assert_fine(run("-m", "ruff", "format", "--no-cache", "--check", "."))


def test_mypy_accepts_every_type_of_the_package() -> None:
    assert_fine(run("-m", "mypy", "--strict"))


LINT_IMPORTS = "import sys; from importlinter.cli import lint_imports_command as lint; lint(['--no-cache'])"


def test_imports_run_one_way() -> None:
    assert_fine(run("-c", LINT_IMPORTS))


@pytest.mark.parametrize(
    ("file", "line", "contract"),
    [
        ("remuneration/figures.py", "from parecon_edu.remuneration import controls", "In a topic"),
        ("remuneration/inequality.py", "from parecon_edu.remuneration import figures", "In a topic"),
        ("economy/model.py", "import parecon_edu.planning.model", "economy < planning < institutions"),
        ("planning/model.py", "import parecon_edu.institutions", "economy < planning < institutions"),
        ("display/style.py", "import parecon_edu.remuneration.model", "know no topic"),
        ("display/style.py", "import parecon_edu.lesson", "know no topic"),
        ("lesson/phrases.py", "import parecon_edu.economy.model", "know no topic"),
        ("economy/model.py", "from parecon_edu.remuneration import figures", "no topic's figures or controls"),
        ("remuneration/model.py", "import plotly", "draws nothing"),
        ("remuneration/model.py", "def show():\n    import ipywidgets", "draws nothing"),
        ("remuneration/figures.py", "import anywidget", "use no widgets"),
    ],
)
def test_an_import_against_the_plan_is_found(file: str, line: str, contract: str, tmp_path: Path) -> None:
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    shutil.copytree(ROOT / "parecon_edu", tmp_path / "parecon_edu", ignore=shutil.ignore_patterns("__pycache__"))
    with (tmp_path / "parecon_edu" / file).open("a", encoding="utf-8") as module:
        module.write(f"\n\n{line}\n")
    done = run("-c", LINT_IMPORTS, folder=tmp_path, PYTHONPATH=str(tmp_path))
    assert done.returncode != 0
    broken = [words for words in done.stdout.splitlines() if words.endswith("BROKEN") or " BROKEN (" in words]
    assert any(contract in words for words in broken), done.stdout[-3000:]


HEAVY = ("plotly", "ipywidgets", "anywidget", "IPython")


@pytest.mark.parametrize("name", ["parecon_edu", *(f"parecon_edu.{topic}" for topic in TOPICS)])
def test_importing_loads_neither_pictures_nor_widgets(name: str) -> None:
    done = run("-c", f"import sys, {name}; print(*[m for m in {HEAVY!r} if m in sys.modules])")
    assert_fine(done)
    assert done.stdout.split() == []


def test_importing_the_package_loads_no_solver() -> None:
    done = run("-c", "import sys, parecon_edu; print('scipy.optimize' in sys.modules)")
    assert done.stdout.strip() == "False"


# --- lists of packages ----------------------------------------------------------------------------------------------


def split(requirement: str) -> tuple[str, frozenset[str]]:
    """Split a requirement into its name and its bounds, in whatever order they are written."""
    found = re.match(r"\s*([\w.-]+)\s*(.*)$", requirement)
    assert found is not None, requirement
    bounds = {bound.strip().replace(" ", "") for bound in found[2].split(",") if bound.strip()}
    return found[1].lower().replace("_", "-"), frozenset(bounds)


def environment() -> dict[str, frozenset[str]]:
    """Read names and bounds from environment.yml, whose list has one package a line."""
    text = (ROOT / "environment.yml").read_text(encoding="utf-8").partition("\ndependencies:")[2]
    return dict(split(line.strip()[2:].split("#")[0]) for line in text.splitlines() if line.strip().startswith("- "))


def locked(name: str) -> dict[str, str]:
    """Read the exact versions of a lock file."""
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    pins = [line.split(";")[0].strip() for line in lines if line.strip() and not line.lstrip().startswith("#")]
    assert [pin for pin in pins if "==" not in pin] == []
    return {name.lower().replace("_", "-"): exact for name, exact in (pin.split("==") for pin in pins)}


def requirements(*groups: str) -> list[Requirement]:
    """Requirements of the package, and of groups of tools."""
    named = [PYPROJECT["project"]["dependencies"], *(PYPROJECT["dependency-groups"][group] for group in groups)]
    return [Requirement(words) for several in named for words in several]


def test_the_conda_route_has_the_names_and_bounds_of_pyproject() -> None:
    wanted = dict(split(words) for words in PYPROJECT["project"]["dependencies"])
    wanted["python"] = split(f"python{PYPROJECT['project']['requires-python']}")[1]
    assert environment() == wanted


@pytest.mark.parametrize(("lock", "groups"), [("requirements.lock", ()), ("requirements-test.lock", ("test",))])
def test_the_locks_keep_within_the_bounds(lock: str, groups: tuple[str, ...]) -> None:
    exact = locked(lock)
    for wanted in requirements(*groups):
        name = wanted.name.lower().replace("_", "-")
        assert name in exact, f"{lock} lacks {name}"
        assert wanted.specifier.contains(exact[name]), f"{lock} has {name} {exact[name]}, not {wanted.specifier}"


def test_what_is_installed_keeps_within_the_bounds() -> None:
    outside = [f"{w.name} {version(w.name)}" for w in requirements() if not w.specifier.contains(version(w.name))]
    assert outside == []


def test_every_third_party_import_of_the_package_is_declared() -> None:
    declared = {wanted.name.replace("-", "_") for wanted in requirements()}
    # What comes with jupyterlab and ipywidgets, and is loaded only where they run.
    declared |= {"IPython", "nbformat", "nbclient", "traitlets", "parecon_edu"}
    pattern = re.compile(r"^\s*(?:from|import) (\w+)", re.MULTILINE)
    found: dict[str, str] = {}
    for path in (ROOT / "parecon_edu").rglob("*.py"):
        code = re.sub(r'"""[\s\S]*?"""', "", path.read_text(encoding="utf-8"))
        found |= {name: path.name for name in pattern.findall(code) if name not in sys.stdlib_module_names}
    assert {name: where for name, where in found.items() if name not in declared} == {}


# --- files ----------------------------------------------------------------------------------------------------------


def files() -> list[Path]:
    """List what is, or is about to be, in the repository."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    names = [name for name in listed.stdout.decode().split("\0") if name]
    return [path for name in names if (path := ROOT / name).is_file()]


def lines() -> Iterator[tuple[str, str]]:
    """Yield each line of each text file, with where it stands."""
    for path in files():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        for number, line in enumerate(text.splitlines(), start=1):
            yield f"{path.relative_to(ROOT).as_posix()}:{number}", line


@pytest.fixture(scope="module")
def text_lines() -> list[tuple[str, str]]:
    """All lines of the repository, read once."""
    if not (ROOT / ".git").exists():
        return []
    return list(lines())


def patterns() -> dict[str, Any]:
    """What no file may hold. The words are put together here, so that this file does not hold them either."""
    hosts = (
        "py" + "pi.org",
        "python" + "hosted.org",
        "anaconda" + ".org/",
        "--extra-index" + "-url",
        "--index" + "-url",
    )
    # A short path such as "/app" would be found in other words.
    own = [str(place) + "/" for place in (ROOT, Path.home()) if len(place.parts) > 2]
    machine = [f"/{name}/" for name in ("work", "root")]
    unfinished = [a + b for a, b in (("TO", "DO"), ("FIX", "ME"), ("XX", "X:"), ("NotImplemented", "Error"))]
    skipping = [a + b for a, b in (("pytest.", "skip("), ("mark.", "xfail"), ("pytest.", "xfail("))]
    return {
        "the host of a package index": "|".join(map(re.escape, hosts)),
        "a path of one machine": "|".join(rf"(?<![\w.:/]){re.escape(place)}" for place in (*own, *machine)),
        "something unfinished": r"\b(?:" + "|".join(unfinished) + r")",
        "a test that is passed over": "|".join(map(re.escape, skipping)),
    }


@pytest.mark.parametrize("what", list(patterns()))
def test_no_file_holds(what: str, text_lines: list[tuple[str, str]]) -> None:
    pattern = re.compile(patterns()[what])
    assert [f"{where}: {line.strip()[:120]}" for where, line in text_lines if pattern.search(line)] == []


def test_no_file_is_larger_than_a_megabyte() -> None:
    large = {path.name: path.stat().st_size for path in files()} if (ROOT / ".git").exists() else {}
    assert {name: size for name, size in large.items() if size > 1_000_000} == {}
