"""Make the learners' exercises from their solutions.

The notebooks in ``solutions/`` are the source. From the repository's root::

    python -m parecon_edu.lesson.exercises

writes ``exercises/NN_name.ipynb`` from ``solutions/NN_name.ipynb``; ``--check`` only says which ones differ. What
happens to a solution on the way:

* A cell tagged ``solution`` or ``teacher`` disappears.
* In a code cell, everything below a comment line ``# solution`` goes. What it would have named stays, with three dots
  as its value; a function keeps its first line and its docstring; a ``check(…)`` stays as it is.
* Inside a function, the rest of the function goes below such a line, and nothing else.
* Where learners start from something (a line to change), write that below ``# solution`` as comments that begin with
  ``# learner:``. These lines then stand in the exercise instead of the dots.
* Outputs are dropped.

>>> print(exercise_source('''# What does Chen get?
... # solution
... sacrifice = 20 * 1.5
... chen = round(sacrifice * 10)
... check("04.1", chen)'''))
# What does Chen get?
sacrifice = ...
chen = ...
<BLANKLINE>
check("04.1", chen)

>>> print(exercise_source('''# solution
... # learner: norm = "output"   # change this line
... norm = "effort"
... check("04.2", norm)'''))
norm = "output"   # change this line
<BLANKLINE>
check("04.2", norm)
"""

from __future__ import annotations

import argparse
import ast
import copy
import re
import sys
import textwrap
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from parecon_edu.lesson.notebooks import Notebook, cleaned, read, tags, text_of, write

ROOT: Final = Path(__file__).resolve().parents[2]
MARK: Final = re.compile(r"^(?P<indent>\s*)# solution\s*$")
LEARNER: Final = re.compile(r"^\s*# learner: ?(?P<code>.*)$")
LEFT_OUT: Final = frozenset({"solution", "teacher"})


def exercise_source(source: str) -> str:
    """Turn the source of a solution's code cell into what a learner gets.

    Parameters
    ----------
    source
        Python code. Without a line ``# solution`` it comes back as it is.

    Returns
    -------
    str
        The code above that line, and dots in place of what stood below it.

    Examples
    --------
    >>> print(exercise_source('''def halves(pool):
    ...     "Split the pool in two."
    ...     # solution
    ...     return [pool / 2, pool / 2]'''))
    def halves(pool):
        "Split the pool in two."
        ...
    """
    lines = source.split("\n")
    marks = [(number, mark["indent"]) for number, line in enumerate(lines) if (mark := MARK.match(line))]
    if not marks:
        return source
    start, indent = marks[0]
    # An indented mark ends with its block, one at the margin ends with the cell.
    below = [n for n in range(start + 1, len(lines)) if lines[n].strip() and not lines[n].startswith(indent)]
    end = below[0] if below else len(lines)
    removed = lines[start + 1 : end]
    given = [indent + found["code"] for line in removed if (found := LEARNER.match(line))]
    code = textwrap.dedent("\n".join(removed))
    if indent:
        after = [""] * (2 if below else 0) + lines[end:]
        return "\n".join(lines[:start] + (given or [f"{indent}..."]) + after)
    checks = _checks(code)
    return "\n".join(lines[:start] + (given or _placeholders(code)) + (["", *checks] if checks else []))


def _placeholders(code: str) -> list[str]:
    """Name what the code names, with three dots as the value."""
    made: list[str] = []
    for statement in ast.parse(code).body:
        match statement:
            case ast.FunctionDef():
                made.append(_head(statement, code=code) + "\n    ...")
            case ast.Assign(targets=targets):
                made += [
                    f"{ast.unparse(target).strip('()')} = {_dots(target)}" for target in targets if _is_name(target)
                ]
            case ast.AnnAssign(target=ast.Name(id=name)):
                made.append(f"{name} = ...")
            case _:
                pass
    return list(dict.fromkeys(made)) or ["..."]


def _head(function: ast.FunctionDef, *, code: str) -> str:
    """First lines of a function, with its decorators, up to the end of its docstring."""
    body = function.body
    has_words = ast.get_docstring(function) is not None
    last = (body[0].end_lineno or body[0].lineno) if has_words else max(function.lineno, body[0].lineno - 1)
    first = min([function.lineno, *(decorator.lineno for decorator in function.decorator_list)])
    return "\n".join(code.split("\n")[first - 1 : last])


def _is_name(target: ast.expr) -> bool:
    return isinstance(target, ast.Name) or (isinstance(target, ast.Tuple) and all(map(_is_name, target.elts)))


def _dots(target: ast.expr) -> str:
    return ", ".join("..." for _ in target.elts) if isinstance(target, ast.Tuple) else "..."


def _checks(code: str) -> list[str]:
    """Find the calls of ``check`` that stand by themselves, as they are written."""
    found = []
    for statement in ast.parse(code).body:
        call = statement.value if isinstance(statement, ast.Expr) else None
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "check":
            found.append(ast.get_source_segment(code, statement) or ast.unparse(statement))
    return found


def exercise_of(solution: Notebook) -> Notebook:
    """Turn a solution into the learner's exercise; the solution itself stays as it is.

    Raises
    ------
    ValueError
        When nothing in it is marked as a solution, so that the learner's copy would give all answers away.
    """
    new = copy.deepcopy(solution)
    new["cells"] = [cell for cell in new["cells"] if not LEFT_OUT & set(tags(cell))]
    changed = len(new["cells"]) < len(solution["cells"])
    for cell in new["cells"]:
        if cell["cell_type"] == "code":
            source = exercise_source(cell["source"])
            changed = changed or source != cell["source"]
            cell["source"], cell["outputs"], cell["execution_count"] = source, [], None
    if not changed:
        raise ValueError("Nothing in this notebook is marked as a solution. Put a line `# solution` above each answer.")
    return cleaned(new)


def pairs(root: Path = ROOT) -> list[tuple[Path, Path]]:
    """List each solution with the exercise that is made from it."""
    return [(path, root / "exercises" / path.name) for path in sorted((root / "solutions").glob("*.ipynb"))]


def differing(root: Path = ROOT) -> list[Path]:
    """List the exercises that are not what their solution gives, and those that have no solution."""
    made = {exercise: text_of(exercise_of(read(solution))) for solution, exercise in pairs(root)}
    stale = [path for path, text in made.items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    return stale + [path for path in sorted((root / "exercises").glob("*.ipynb")) if path not in made]


def main(arguments: Sequence[str] | None = None) -> int:
    """Write all exercises, or say which ones differ; 0 when all is well."""
    parser = argparse.ArgumentParser(prog="python -m parecon_edu.lesson.exercises", description=__doc__.split("\n")[0])
    parser.add_argument("--check", action="store_true", help="write nothing, say which exercises differ")
    options = parser.parse_args(arguments)
    stale = differing()
    for path in stale:
        print(f"{path.relative_to(ROOT)}: {'differs from its solution' if options.check else 'written'}")
    if options.check:
        return 1 if stale else 0
    (ROOT / "exercises").mkdir(exist_ok=True)
    sources = {exercise: solution for solution, exercise in pairs()}
    for path in stale:
        if path in sources:
            write(exercise_of(read(sources[path])), path)
        else:
            print(f"{path.relative_to(ROOT)}: has no solution; remove it, or add solutions/{path.name}")
    return 0 if all(path in sources for path in stale) else 1


if __name__ == "__main__":
    sys.exit(main())
