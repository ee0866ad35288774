"""The learners' exercises are made from the solutions, give nothing away, and answer kindly before they are touched."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any

import nbformat.v4 as v4
import pytest

import parecon_edu.lesson
from parecon_edu.lesson import checks, course, exercises, notebooks
from parecon_edu.lesson.exercises import exercise_of, exercise_source

PAIRS = exercises.pairs()
NAMES = [solution.stem for solution, _ in PAIRS]


# --- the exercises that are there ---------------------------------------------------------------------------------


def test_no_exercise_differs_from_its_solution() -> None:
    stale = [path.name for path in exercises.differing()]
    assert stale == [], "Run: python -m parecon_edu.lesson.exercises"


def test_every_exercise_notebook_in_the_list_is_there_once_its_lesson_is() -> None:
    promised = {one.exercises for one in course.lessons() if one.exercises and one.here}
    assert promised <= {exercise.name for _, exercise in PAIRS if exercise.exists()}


def test_every_exercise_notebook_belongs_to_a_lesson() -> None:
    assert {exercise.name for _, exercise in PAIRS} <= {one.exercises for one in course.lessons()}


class Recorder:
    """Stands in for `check` and keeps what every check said."""

    def __init__(self) -> None:
        self.said: list[tuple[str, checks.Verdict]] = []

    def __call__(self, exercise: str, answer: object = ..., **more: Any) -> checks.Verdict:
        verdict = checks_check(exercise, answer, **more)
        self.said.append((exercise, verdict))
        return verdict


checks_check = checks.check


@pytest.fixture
def recorder(monkeypatch: pytest.MonkeyPatch) -> Recorder:
    """Put a recorder in the place of `check`, wherever a notebook may take it from."""
    recorder = Recorder()
    monkeypatch.setattr(checks, "check", recorder)
    monkeypatch.setattr(parecon_edu.lesson, "check", recorder, raising=False)
    return recorder


def run(notebook: Any) -> None:
    """Run the code cells in one namespace, as a kernel would, and let each last value show itself."""
    space: dict[str, Any] = {"__name__": "__main__", "display": repr}
    for number, cell in enumerate(c for c in notebook["cells"] if c["cell_type"] == "code"):
        tree = ast.parse(cell["source"])
        last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
        exec(compile(tree, f"cell {number}", "exec"), space)
        if isinstance(last, ast.Expr):
            repr(eval(compile(ast.Expression(last.value), f"cell {number}", "eval"), space))


def asked(notebook: Any) -> set[str]:
    """Ids of the exercises that a notebook checks."""
    code = "\n".join(c["source"] for c in notebook["cells"] if c["cell_type"] == "code")
    return set(re.findall(r"\bcheck\(\s*[\"']([\w.]+)[\"']", code))


@pytest.mark.parametrize(("solution", "exercise"), PAIRS, ids=NAMES)
def test_every_solution_is_right(solution: Path, exercise: Path, recorder: Recorder) -> None:
    notebook = notebooks.read(solution)
    run(notebook)
    assert {name for name, _ in recorder.said} == asked(notebook) != set()
    assert [(name, verdict.hint) for name, verdict in recorder.said if not verdict.right] == []


@pytest.mark.parametrize(("solution", "exercise"), PAIRS, ids=NAMES)
def test_every_untouched_exercise_is_not_answered_yet_and_runs_without_an_error(
    solution: Path, exercise: Path, recorder: Recorder
) -> None:
    notebook = notebooks.read(exercise)
    run(notebook)
    assert {name for name, _ in recorder.said} == asked(notebooks.read(solution))
    others = [(name, verdict.step) for name, verdict in recorder.said if verdict.step != checks.NOT_ANSWERED]
    assert others == []


@pytest.mark.parametrize(("solution", "exercise"), PAIRS, ids=NAMES)
def test_no_exercise_holds_a_line_of_its_solution(solution: Path, exercise: Path) -> None:
    hidden = [c for c in notebooks.read(solution)["cells"] if "solution" in notebooks.tags(c)]
    shown = "\n".join(c["source"] for c in notebooks.read(exercise)["cells"])
    assert [cell["source"] for cell in hidden if cell["source"] in shown] == []
    assert "# solution" not in shown


# --- the generator ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("solution", "exercise"),
    [
        ("x = 1\ncheck('04.1', x)", "x = 1\ncheck('04.1', x)"),
        ("# Chen\n# solution\nx = 1", "# Chen\nx = ..."),
        ("# solution\nx = 1\nx = x + 1", "x = ..."),
        ("# solution\na, b = 1, 2\nc: float = 3", "a, b = ..., ...\nc = ..."),
        ("# solution\nprint(1)", "..."),
        ("# solution\nimport math\nx = math.pi\ncheck('04.1', x)", "x = ...\n\ncheck('04.1', x)"),
        ("# solution\ncheck(\n    '04.1',\n    6 * 7,\n)", "...\n\ncheck(\n    '04.1',\n    6 * 7,\n)"),
        ("# solution\ndef f(x):\n    'Twice.'\n    return 2 * x", "def f(x):\n    'Twice.'\n    ..."),
        ("# solution\ndef f(\n    x,\n):\n    return 2 * x", "def f(\n    x,\n):\n    ..."),
        ("def f(x):\n    # solution\n    return 2 * x\n\n\ncheck('1', f)", "def f(x):\n    ...\n\n\ncheck('1', f)"),
        ("def f(x):\n    if x:\n        # solution\n        return 1\n    return 2", None),
        ("# solution\n# learner: n = 'output'\nn = 'effort'", "n = 'output'"),
        ("x = 1  # the solution is below", "x = 1  # the solution is below"),
    ],
)
def test_what_stands_below_the_mark_goes(solution: str, exercise: str | None) -> None:
    made = exercise_source(solution)
    if exercise is None:
        assert "return 1" not in made
        assert made.endswith("return 2")
    else:
        assert made == exercise
    ast.parse(made)


def test_marked_cells_disappear_and_outputs_are_dropped() -> None:
    solved = v4.new_code_cell("# solution\nx = 1", execution_count=1, outputs=[v4.new_output("stream", text="1")])
    rubric = v4.new_markdown_cell("A good answer names …", metadata={"tags": ["solution"]})
    minutes = v4.new_markdown_cell("Five minutes.", metadata={"tags": ["teacher"]})
    question = v4.new_markdown_cell("What does Chen get?")
    made = exercise_of(v4.new_notebook(cells=[question, solved, rubric, minutes]))
    assert [c.source for c in made.cells] == ["What does Chen get?", "x = ..."]
    assert made.cells[1].outputs == []
    assert made.cells[1].execution_count is None


def test_a_solution_stays_as_it_is() -> None:
    solution = v4.new_notebook(cells=[v4.new_code_cell("# solution\nx = 1")])
    exercise_of(solution)
    assert solution.cells[0].source == "# solution\nx = 1"


def test_a_solution_in_which_nothing_is_marked_is_refused() -> None:
    with pytest.raises(ValueError, match="# solution"):
        exercise_of(v4.new_notebook(cells=[v4.new_code_cell("x = 1")]))


@pytest.fixture
def course_folder(tmp_path: Path) -> Path:
    """A folder with one solution and the exercise made from it."""
    for part in ("solutions", "exercises"):
        (tmp_path / part).mkdir()
    solution = notebooks.cleaned(v4.new_notebook(cells=[v4.new_code_cell("# solution\nx = 1", id="a")]))
    notebooks.write(solution, tmp_path / "solutions" / "04_pay.ipynb")
    notebooks.write(exercise_of(solution), tmp_path / "exercises" / "04_pay.ipynb")
    return tmp_path


def test_an_exercise_made_from_its_solution_does_not_differ(course_folder: Path) -> None:
    assert exercises.differing(course_folder) == []


@pytest.mark.parametrize("what", ["exercise edited", "solution edited", "exercise missing", "solution missing"])
def test_drift_is_found(what: str, course_folder: Path) -> None:
    part, change = what.split()
    path = course_folder / f"{part}s" / "04_pay.ipynb"
    if change == "missing":
        path.unlink()
    else:
        path.write_text(path.read_text(encoding="utf-8").replace("x = ", "y = "), encoding="utf-8")
    assert exercises.differing(course_folder) == [course_folder / "exercises" / "04_pay.ipynb"]
