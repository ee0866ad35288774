"""Run notebooks and clean them for a commit, so that what is stored is what everybody gets.

From the repository's root, after a change in a lesson or a solution::

    python -m parecon_edu.lesson.notebooks lessons/04_remuneration.ipynb

runs every cell in a fresh kernel with an empty learner's folder, and stores the text outputs, which the tests compare
strictly from then on. Left out are widget views (they show an error box until the cell is run; what a widget says in
text and HTML stays, for whoever prints or exports the lesson), the 5 MB of widget state, execution times, and whatever
else belongs to one machine. Nothing is written when a cell fails or its output would differ from run to run.
``--clean`` leaves out the running, ``--check`` also the writing.
"""

from __future__ import annotations

import argparse
import copy
import os
import re
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

Notebook = Any
"""An `nbformat.NotebookNode`, a dictionary whose entries are attributes as well."""
Cell = Any
"""A cell of a notebook, of the same kind."""

WIDGET_VIEW: Final = "application/vnd.jupyter.widget-view+json"
TEXT_TYPES: Final = ("text/plain", "text/html", "text/markdown", "text/latex", "image/svg+xml")
IGNORE: Final = "nbval-ignore-output"
MAY_FAIL: Final = "raises-exception"
CELL_METADATA: Final = ("tags", "editable", "deletable", "jupyter")
METADATA: Final = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
_PARTS: Final = re.compile(r"\s*\w+\(|\s*<|\s*$")
UNSTABLE: Final = {
    "a memory address": re.compile(r"\bat 0x[0-9a-fA-F]{6,}"),
    "a path of this machine": re.compile(
        r"(?<![\w./:])(?:/(?:home|Users|root|tmp|work|private|var)/|[A-Z]:\\)[\w.\-/\\]+"
    ),
}


class NotebookFailed(Exception):
    """A notebook can't be stored as it is; the message says which cell and why."""


def read(path: Path) -> Notebook:
    """Read a notebook; older formats are brought to version 4."""
    return _nbformat().read(path, as_version=4)


def text_of(notebook: Notebook) -> str:
    """Give a notebook as the text of its file, the way JupyterLab would save it."""
    return str(_nbformat().writes(notebook)).rstrip("\n") + "\n"


def _nbformat() -> Any:
    """Import nbformat when it is needed; it says nothing about its types."""
    import nbformat

    return nbformat


def write(notebook: Notebook, path: Path) -> None:
    """Store a notebook, with the same line ends on every system."""
    path.write_text(text_of(notebook), encoding="utf-8", newline="\n")


def tags(cell: Cell) -> tuple[str, ...]:
    """Tags of a cell, in order; none for a cell without."""
    return tuple(cell.get("metadata", {}).get("tags", ()))


def shows_widget(cell: Cell) -> bool:
    """Whether a cell has a widget among its outputs."""
    return any(WIDGET_VIEW in output.get("data", {}) for output in cell.get("outputs", ()))


def cleaned(notebook: Notebook) -> Notebook:
    """Copy a notebook without what belongs to one machine or one run.

    Kept are sources, tags and text outputs. A widget that has no text of its own is described by its parts, which
    nobody can read or compare: that goes, and the cell gets the tag that spares it the comparison; let a cell follow
    that prints what it shows. Cleaning twice is the same as once.

    Parameters
    ----------
    notebook
        As `read` gives it.

    Returns
    -------
    Notebook
        A new one; the argument stays as it is.

    Examples
    --------
    >>> import nbformat.v4 as v4
    >>> cell = v4.new_code_cell("1 + 1", execution_count=7, metadata={"execution": {"shell.execute_reply": "2026-…"}})
    >>> notebook = cleaned(v4.new_notebook(cells=[cell], metadata={"widgets": {}}))
    >>> notebook.cells[0].metadata, notebook.cells[0].execution_count, sorted(notebook.metadata)
    ({}, 1, ['kernelspec', 'language_info'])
    """
    new = copy.deepcopy(notebook)
    new["metadata"] = _like(new, METADATA)
    new["nbformat"], new["nbformat_minor"] = 4, 5
    count = 0
    for number, cell in enumerate(new["cells"]):
        marks = list(tags(cell))
        if any(map(_described_by_parts, cell.get("outputs", ()))) and IGNORE not in marks:
            marks.append(IGNORE)
        kept = {key: value for key, value in cell["metadata"].items() if key in CELL_METADATA}
        cell["metadata"] = _like(new, kept | ({"tags": marks} if marks else {}))
        cell.setdefault("id", f"cell-{number:02}")
        if cell["cell_type"] == "code":
            cell["outputs"] = _like(new, _text_outputs(cell["outputs"]))
            if cell["execution_count"] is not None:
                count += 1
                cell["execution_count"] = count
                for output in cell["outputs"]:
                    if output["output_type"] == "execute_result":
                        output["execution_count"] = count
    return new


def _like(notebook: Notebook, value: Any) -> Any:
    """Turn plain dictionaries into the notebook's own kind."""
    kind = type(notebook)
    if isinstance(value, dict):
        return kind({key: _like(notebook, entry) for key, entry in value.items()})
    if isinstance(value, list):
        return [_like(notebook, entry) for entry in value]
    return value


def _described_by_parts(output: Any) -> bool:
    """Whether an output is a widget whose text is no more than ``Panel(children=(HTML(…``."""
    data = output.get("data", {})
    return WIDGET_VIEW in data and bool(_PARTS.match("".join(data.get("text/plain", ""))))


def _text_outputs(outputs: Sequence[Any]) -> list[Any]:
    """Keep what can be read and compared as text; join what was printed in pieces, which differ from run to run."""
    kept: list[Any] = []
    for output in outputs:
        kind = output["output_type"]
        if kind == "stream":
            earlier = next((o for o in kept if o["output_type"] == "stream" and o["name"] == output["name"]), None)
            if earlier is not None:
                earlier["text"] += output["text"]
                continue
        elif kind in ("display_data", "execute_result"):
            data, parts = output["data"], _described_by_parts(output)
            output["data"] = {t: data[t] for t in data if t in TEXT_TYPES and not (parts and t == "text/plain")}
            output["metadata"] = {}
            if not output["data"]:
                continue
        kept.append(output)
    return kept


def executed(notebook: Notebook, *, folder: Path, timeout: float = 60) -> Notebook:
    """Run a copy of a notebook from top to bottom in a kernel of its own.

    The learner's folder is a new, empty one, and the kernel has no user's settings, so that everybody gets the same.

    Parameters
    ----------
    notebook
        As `read` gives it.
    folder
        The working folder of the kernel.
    timeout
        Seconds that one cell may take.

    Returns
    -------
    Notebook
        A new one, with outputs; not cleaned.

    Raises
    ------
    NotebookFailed
        When a cell fails or takes too long; the message has the cell's first line and the error.
    """
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError

    new = copy.deepcopy(notebook)
    client = NotebookClient(new, timeout=timeout, kernel_name="python3", resources={"metadata": {"path": str(folder)}})
    try:
        with _nobody() as environment:
            client.execute(env=environment)
    except CellTimeoutError:
        raise NotebookFailed(f"A cell took more than {timeout:g} seconds.") from None
    except CellExecutionError as error:
        source = next((c["source"] for c in reversed(new["cells"]) if c.get("execution_count")), "")
        failed = next((c for c in new["cells"] if _failed(c)), None)
        first = (failed["source"] if failed else source).strip().partition("\n")[0]
        raise NotebookFailed(f"The cell that begins with `{first}` fails. {error.ename}: {error.evalue}") from None
    return new


def _failed(cell: Cell) -> bool:
    return MAY_FAIL not in tags(cell) and any(o["output_type"] == "error" for o in cell.get("outputs", ()))


@contextmanager
def _nobody() -> Iterator[dict[str, str]]:
    """Make an environment in which a kernel finds no user's settings and an empty learner's folder."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as temporary:
        home = Path(temporary)
        course = home / "my_course"
        course.mkdir()
        (course / ".parecon_course").touch()
        # In a test run errors stay errors, and nothing is said that depends on the machine (see `learner.strict`).
        strict = {"PARECON_COURSE": str(course), "PARECON_STRICT_ERRORS": "1", "IPYTHONDIR": str(home / "ipython")}
        yield dict(os.environ) | strict


def problems(notebook: Notebook) -> list[str]:
    """Say what would make the stored outputs useless to others: errors, warnings, text that differs from run to run."""
    found = []
    for cell in notebook["cells"]:
        first = cell["source"].strip().partition("\n")[0]
        for output in cell.get("outputs", ()):
            if output["output_type"] == "error" and MAY_FAIL not in tags(cell):
                found.append(f"The cell that begins with `{first}` ends in an error: {output['evalue']}")
            if output.get("name") == "stderr":
                found.append(f"The cell that begins with `{first}` prints a warning: {output['text'].strip()[:200]}")
            text = output.get("text", "") + "".join(str(value) for value in output.get("data", {}).values())
            found += [
                f"The cell that begins with `{first}` shows {what}: {match.group()}"
                for what, pattern in UNSTABLE.items()
                if (match := pattern.search(text))
            ]
    return found


def refresh(path: Path, *, run: bool = True, timeout: float = 60) -> bool:
    """Run and clean the notebook at `path`, in place; True if the file changed.

    Raises
    ------
    NotebookFailed
        When a cell fails or shows what differs from run to run; the file stays as it was.
    """
    before = path.read_text(encoding="utf-8")
    notebook = read(path)
    new = cleaned(executed(notebook, folder=path.parent, timeout=timeout) if run else notebook)
    wrong = problems(new)
    if wrong:
        raise NotebookFailed("\n  ".join(wrong))
    if text_of(new) == before:
        return False
    write(new, path)
    return True


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the command line and go through the notebooks; 0 when all went well."""
    parser = argparse.ArgumentParser(prog="python -m parecon_edu.lesson.notebooks", description=__doc__.split("\n")[0])
    parser.add_argument("notebooks", nargs="+", type=Path, help="lessons or solutions; a folder means all in it")
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--clean", action="store_true", help="clean without running")
    how.add_argument("--check", action="store_true", help="only say which notebooks are not clean")
    parser.add_argument("--timeout", type=float, default=60, help="seconds one cell may take (60)")
    options = parser.parse_args(arguments)
    paths = [p for given in options.notebooks for p in (sorted(given.glob("*.ipynb")) if given.is_dir() else [given])]
    fine = True
    for path in paths:
        try:
            if options.check:
                changed = text_of(cleaned(read(path))) != path.read_text(encoding="utf-8")
                fine = fine and not changed
                print(f"{path}: {'not clean' if changed else 'clean'}")
            else:
                changed = refresh(path, run=not options.clean, timeout=options.timeout)
                print(f"{path}: {'stored' if changed else 'no change'}")
        except NotebookFailed as error:
            fine = False
            print(f"{path}: nothing stored.\n  {error}")
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main())
