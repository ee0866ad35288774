"""The tool that runs and cleans notebooks stores the same text for everybody, or nothing."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import nbformat.v4 as v4
import pytest

from parecon_edu.lesson import notebooks
from parecon_edu.lesson.notebooks import NotebookFailed, cleaned, executed, problems, refresh, text_of

ROOT = Path(__file__).resolve().parents[2]
ALL = [path for part in ("lessons", "exercises", "solutions") for path in sorted((ROOT / part).glob("*.ipynb"))]


@pytest.mark.parametrize("path", ALL, ids=[f"{path.parent.name}-{path.stem}" for path in ALL])
def test_every_notebook_is_stored_as_the_tool_stores_it(path: Path) -> None:
    same = text_of(cleaned(notebooks.read(path))) == path.read_text(encoding="utf-8")
    assert same, f"Run: python -m parecon_edu.lesson.notebooks --clean {path.relative_to(ROOT)}"


def untidy() -> Any:
    """A notebook as JupyterLab leaves it behind after a learner's afternoon."""
    view = {"text/plain": "Panel()", notebooks.WIDGET_VIEW: {"model_id": "7"}}
    picture = {"text/plain": "<Figure>", "image/png": "iVBO", "application/vnd.plotly.v1+json": {"data": []}}
    outputs = [
        v4.new_output("stream", name="stdout", text="Each gets "),
        v4.new_output("display_data", data=view),
        v4.new_output("stream", name="stdout", text="300.\n"),
        v4.new_output("execute_result", data=picture, execution_count=41, metadata={"needs_background": "light"}),
        v4.new_output("display_data", data={"image/png": "iVBO"}),
    ]
    times = {"execution": {"iopub.status.busy": "2026-11-01"}, "collapsed": True, "tags": ["panel"]}
    return v4.new_notebook(
        cells=[
            v4.new_markdown_cell("# Pay", id="a", metadata={"editable": False}),
            v4.new_code_cell("show()", id="b", execution_count=41, metadata=times, outputs=outputs),
            v4.new_code_cell("later()", id="c", execution_count=None),
        ],
        metadata={"widgets": {"state": {}}, "kernelspec": {"name": "ana", "display_name": "Ana's"}, "toc": 1},
    )


def test_cleaning_keeps_what_is_text_and_joins_what_was_printed() -> None:
    cell = cleaned(untidy()).cells[1]
    assert [o.output_type for o in cell.outputs] == ["stream", "execute_result"]
    assert cell.outputs[0].text == "Each gets 300.\n"
    assert cell.outputs[1].data == {"text/plain": "<Figure>"}
    assert cell.outputs[1].metadata == {}


def test_cleaning_takes_away_what_belongs_to_one_machine_or_run() -> None:
    new = cleaned(untidy())
    assert new.metadata == notebooks.METADATA
    assert "execution" not in new.cells[1].metadata
    assert "collapsed" not in new.cells[1].metadata
    assert new.cells[0].metadata == {"editable": False}
    assert [c.get("execution_count", "text") for c in new.cells] == ["text", 1, None]
    assert new.cells[1].outputs[1].execution_count == 1


def test_a_widget_without_a_text_of_its_own_is_spared_the_comparison() -> None:
    assert cleaned(untidy()).cells[1].metadata.tags == ["panel", "nbval-ignore-output"]


def test_what_a_widget_says_in_words_stays_without_its_view() -> None:
    panel = {"text/plain": "Panel(children=())", "text/html": "<p>Each gets 300.</p>", notebooks.WIDGET_VIEW: {}}
    asked = {"text/plain": "How would you split it?\nNot locked yet.", notebooks.WIDGET_VIEW: {}}
    cells = [v4.new_code_cell("x", outputs=[v4.new_output("display_data", data=data)]) for data in (panel, asked)]
    new = cleaned(v4.new_notebook(cells=cells))
    assert new.cells[0].outputs[0].data == {"text/html": "<p>Each gets 300.</p>"}
    assert new.cells[1].outputs[0].data == {"text/plain": "How would you split it?\nNot locked yet."}
    assert [notebooks.tags(c) for c in new.cells] == [("nbval-ignore-output",), ()]


def test_cleaning_twice_is_the_same_as_once_and_leaves_the_argument_alone() -> None:
    notebook = untidy()
    before = copy.deepcopy(notebook)
    once = cleaned(notebook)
    assert notebook == before
    assert text_of(cleaned(once)) == text_of(once)


@pytest.mark.parametrize(
    "words",
    ["<Panel at 0x7f8a9c0d1e2f>", "/home/ana/my_course/x.py", "/tmp/ipykernel_12/3.py", r"C:\Users\ana\x.py"],
)
def test_text_that_differs_from_machine_to_machine_is_a_problem(words: str) -> None:
    cell = v4.new_code_cell("x", outputs=[v4.new_output("stream", text=f"see {words}")])
    assert len(problems(v4.new_notebook(cells=[cell]))) == 1


@pytest.mark.parametrize("words", ["1200 / 4", "https://example.org/home/pay", "effort/need", "50 %/year", "a: b"])
def test_other_text_is_no_problem(words: str) -> None:
    cell = v4.new_code_cell("x", outputs=[v4.new_output("stream", text=words)])
    assert problems(v4.new_notebook(cells=[cell])) == []


def stored(folder: Path, *sources: str, tags: tuple[str, ...] = ()) -> Path:
    cells = [v4.new_code_cell(s, id=f"c{i}", metadata={"tags": [*tags]}) for i, s in enumerate(sources)]
    path = folder / "04_trial.ipynb"
    notebooks.write(v4.new_notebook(cells=cells), path)
    return path


def test_refresh_runs_in_an_empty_learners_folder_stores_the_text_and_then_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PARECON_COURSE", str(tmp_path / "mine"))
    path = stored(
        tmp_path,
        "import ipywidgets\nipywidgets.IntSlider()",
        "import os, pathlib\nsorted(p.name for p in pathlib.Path(os.environ['PARECON_COURSE']).iterdir())",
        "print(6 * 7)",
    )
    assert refresh(path) is True
    cells = notebooks.read(path).cells
    assert [o.get("text") or o.data["text/plain"] for c in cells for o in c.outputs] == ["['.parecon_course']", "42\n"]
    assert cells[0].metadata.tags == ["nbval-ignore-output"]
    assert "widgets" not in notebooks.read(path).metadata
    assert refresh(path) is False


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("x = 1\n1 / 0", "division by zero"),
        ("object()", "memory address"),
        ("import sys\nprint(1, file=sys.stderr)", "warning"),
    ],
)
def test_nothing_is_stored_when_a_cell_fails_or_its_output_would_differ(
    source: str, words: str, tmp_path: Path
) -> None:
    path = stored(tmp_path, source)
    before = path.read_bytes()
    with pytest.raises(NotebookFailed, match=words) as caught:
        refresh(path)
    assert source.split("\n")[0] in str(caught.value)
    assert path.read_bytes() == before


def test_a_cell_that_takes_too_long_is_stopped(tmp_path: Path) -> None:
    with pytest.raises(NotebookFailed, match="more than 1 seconds"):
        executed(notebooks.read(stored(tmp_path, "import time\ntime.sleep(60)")), folder=tmp_path, timeout=1)


def test_an_error_that_a_lesson_wants_to_show_is_stored(tmp_path: Path) -> None:
    path = stored(tmp_path, "raise ValueError('Hours are negative.')", tags=("raises-exception",))
    assert refresh(path) is True


def test_the_command_says_which_notebooks_are_not_clean(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "04_trial.ipynb"
    notebooks.write(untidy(), path)
    assert notebooks.main(["--check", str(tmp_path)]) == 1
    assert "not clean" in capsys.readouterr().out
    assert notebooks.main(["--clean", str(path)]) == 0
    assert notebooks.main(["--check", str(path)]) == 0
