"""A person sees one plain sentence; a test sees an error."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jupyter_client.manager import start_new_kernel

from parecon_edu.lesson.trouble import in_words

BEGIN = "from parecon_edu.lesson import begin, check, claim, predict\nbegin('04')"


class Kernel:
    """A real kernel in an empty folder."""

    def __init__(self, folder: Path, *, strict: bool) -> None:
        env = {k: v for k, v in os.environ.items() if k not in ("PYTEST_CURRENT_TEST", "PARECON_STRICT_ERRORS")}
        env |= {"PARECON_COURSE": str(folder), "IPYTHONDIR": str(folder / "ipython")}
        # A kernel that nbval starts inherits pytest's variable.
        env |= {"PYTEST_CURRENT_TEST": "lessons/04_pay.ipynb::Cell 0 (call)"} if strict else {}
        self._manager, self._client = start_new_kernel(kernel_name="python3", env=env, cwd=str(folder))

    def run(self, code: str) -> tuple[str, dict[str, Any], list[str]]:
        """Run a cell; gives the reply's status, the data it showed last, and the kinds of its messages."""
        shown: list[dict[str, Any]] = []
        reply = self._client.execute_interactive(code, output_hook=shown.append, timeout=60)
        told = [m for m in shown if m["msg_type"] in ("display_data", "execute_result", "error", "stream")]
        data = [m["content"].get("data", {}) for m in told]
        return reply["content"]["status"], data[-1] if data else {}, [m["msg_type"] for m in told]

    def stop(self) -> None:
        self._client.stop_channels()
        self._manager.shutdown_kernel(now=True)


@pytest.fixture(scope="module")
def notebook(tmp_path_factory) -> Iterator[Kernel]:
    kernel = Kernel(tmp_path_factory.mktemp("course"), strict=False)
    assert kernel.run(BEGIN)[0] == "ok"
    yield kernel
    kernel.stop()


@pytest.mark.parametrize(
    ("cell", "sentence"),
    [
        # What the library says is shown as it is.
        ("predict('99.x')", "There is no lesson '99'. The lessons are "),
        ("check(4)", "A name here is the lesson, a dot and what it is in it, such as '04.2'; yours is 4."),
        ("claim('Bread rises', holds=False)", "This does not hold here: “Bread rises.” Which of its assumptions"),
        ("claim('Bread rises', holds='yes')", "holds= has to be True or False; it gives 'yes'."),
        # A slip of one's own is named with its line.
        ("pool = 1200\nshare = poll / 4", "Line 2, `share = poll / 4`: `poll` has no value yet."),
        ("def pay(n):\n    return 1 / n\n\npay(0)", "Line 2, `return 1 / n`: it divides by zero."),
        ("predict()", "Line 1, `predict()`: predict() missing 1 required positional argument: 'name'."),
        ("claim('x', holds=lambda: 1 / 0)", "Line 1, `claim('x', holds=lambda: 1 / 0)`: it divides by zero."),
        ("[1, 2][7]", "Line 1, `[1, 2][7]`: it asks for a place in a list that the list does not have"),
        ("import numpy as np\nnp.ones(3) + np.ones(4)", "Line 2, `np.ones(3) + np.ones(4)`: operands could not be"),
        # What Python can't even read.
        ("x = (1,\ny = 2", "Line 1, `x = (1,`: Python can't read this line."),
        ("if True:\nx = 1", "Line 2, `x = 1`: the blanks at the beginning of this line"),
    ],
)
def test_an_error_is_one_plain_sentence_with_the_traceback_behind_a_click(notebook, cell, sentence):
    status, data, kinds = notebook.run(cell)
    assert kinds == ["display_data"], "nothing red, and nothing else"
    assert data["text/plain"].startswith(sentence)
    assert "Traceback" not in data["text/plain"]
    assert "\n" not in data["text/plain"]
    visible, _, hidden = data["text/html"].partition("<details>")
    assert "Error" not in visible
    assert "Error" in hidden or "ClaimFailed" in hidden
    assert status == "error", "the cell still counts as failed, so that Run All stops and nbclient sees it"


def test_the_notebook_goes_on_after_an_error(notebook):
    notebook.run("x = 1 / 0")
    assert notebook.run("6 * 7")[1]["text/plain"] == "42"


def test_beginning_twice_changes_nothing(notebook):
    notebook.run(BEGIN)
    _, data, kinds = notebook.run("x = (1,\n")
    assert kinds == ["display_data"]
    assert data["text/plain"].startswith("Line 1, ")


def test_what_was_typed_is_escaped(notebook):
    _, data, _ = notebook.run("raise ValueError('<script>')")
    assert "<script>" not in data["text/html"]


def test_in_a_test_run_errors_are_errors(tmp_path):
    kernel = Kernel(tmp_path, strict=True)
    try:
        assert kernel.run(BEGIN)[0] == "ok"
        for cell in ("predict('99.x')", "share = poll / 4", "x = (1,"):
            status, _, kinds = kernel.run(cell)
            assert (status, kinds) == ("error", ["error"])
    finally:
        kernel.stop()


def notebook_of(*cells: tuple[str, str]) -> str:
    made = []
    for i, (source, shown) in enumerate(cells):
        output = {
            "output_type": "execute_result",
            "execution_count": 1,
            "metadata": {},
            "data": {"text/plain": [shown]},
        }
        made.append(
            {"cell_type": "code", "id": f"c{i}", "metadata": {}, "execution_count": 1, "source": source}
            | {"outputs": [output] if shown else []}
        )
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    return json.dumps({"cells": made, "metadata": kernel, "nbformat": 4, "nbformat_minor": 5})


@pytest.mark.sweep
def test_nbval_sees_an_error_that_a_person_would_see_as_a_sentence(tmp_path):
    """Stored is the very sentence a person would get; nbval still fails, because to it an error is an error."""
    begin = "from parecon_edu.lesson import begin, glossary\n_ = begin('04')"
    sentence = "The glossary has no entry for 'Ginni'. Did you mean Gini?"
    path = tmp_path / "lesson.ipynb"
    path.write_text(notebook_of((begin, ""), ("1 + 1", "2"), ("glossary('Ginni')", sentence)), encoding="utf-8")
    env = {k: v for k, v in os.environ.items() if k not in ("PYTEST_CURRENT_TEST", "PARECON_STRICT_ERRORS")}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--nbval", "--nbval-current-env"]
    done = subprocess.run([*command, str(path)], env=env, capture_output=True, text=True, cwd=tmp_path, check=False)
    assert "1 failed, 2 passed" in done.stdout, done.stdout + done.stderr
    assert "ValueError" in done.stdout


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (KeyError("Bo"), "it looks for 'Bo', which is not there"),
        (RecursionError("maximum"), "it calls itself without end"),
        (AssertionError(), "an `assert` in it does not hold"),
        (AssertionError("Pay is short."), "Pay is short."),
        (ModuleNotFoundError("No module named 'x'", name="x"), "there is no installed package called `x`"),
        (Exception(), "Python stopped without giving a reason"),
        (AttributeError("'list' object has no attribute 'sum'"), "it asks something for a part it does not have"),
    ],
)
def test_each_kind_of_error_has_its_words(error, words):
    assert in_words(error).startswith(words)
