"""Errors in a notebook, said in one plain sentence; the traceback waits behind a click.

Two kinds are told apart. What the library says about an argument (a `ValueError` or `TypeError` that began inside
``parecon_edu``) is a sentence already and is shown as it is. Anything else is the learner's own line, and is named with
that line. The cell still counts as failed: "Run all" stops there, and programs that run notebooks see it.

In a test run (see `learner.strict`) nothing is installed, so that errors stay errors.
"""

from __future__ import annotations

import html
import traceback
from pathlib import Path
from types import TracebackType
from typing import Any, Final

from parecon_edu.lesson import learner
from parecon_edu.lesson.checks import code_marked
from parecon_edu.lesson.claims import ClaimFailed
from parecon_edu.lesson.phrases import sentence
from parecon_edu.lesson.trouble import in_words, line_in

PACKAGE: Final = Path(__file__).resolve().parents[1]


def install(shell: Any = None) -> bool:
    """Install the handler in the running IPython; False when there is none or this is a test run.

    Parameters
    ----------
    shell
        An IPython shell; by default the running one.
    """
    if learner.strict():
        return False
    shell = shell or _running_shell()
    if shell is None:
        return False
    shell.set_custom_exc((Exception,), _handle)
    if not getattr(shell.showsyntaxerror, "plain", False):
        # Code that can't be read never runs, so IPython takes another way with it than with exceptions.
        shell.showsyntaxerror = _SyntaxErrors(shell)
    return True


def told(error: BaseException, *, cells: set[str]) -> str:
    """Say an error in one or two plain sentences.

    Parameters
    ----------
    error
        A raised exception, with its traceback.
    cells
        The file names under which the learner's cells run.

    Examples
    --------
    >>> told(ValueError("Hours can't be negative: Chen has −3."), cells=set())
    "Hours can't be negative: Chen has −3."
    """
    ours = _began_inside(error, cells)
    if ours and isinstance(error, ValueError | TypeError | ClaimFailed | LookupError) and str(error):
        return sentence(str(error.args[0]) if error.args else str(error))
    if ours:
        return "Something went wrong inside the course, not in your cell. Restart the kernel and run the cells again."
    place = line_in(error, files=cells)
    if place is None:
        return sentence(in_words(error))
    number, line = place
    return sentence(f"Line {number}" + (f", `{line}`" if line else "") + f": {in_words(error)}")


class _SyntaxErrors:
    """Takes the place of the shell's ``showsyntaxerror``."""

    plain = True

    def __init__(self, shell: Any) -> None:
        self._shell = shell

    def __call__(self, filename: str | None = None, *_: Any, **__: Any) -> None:
        import sys

        error = sys.exc_info()[1]
        if error is not None:
            _show(error, told(error, cells={filename or ""}))


def _handle(shell: Any, kind: type, error: BaseException, trace: TracebackType | None, **_: Any) -> None:
    """Show an error of a cell (the signature is IPython's)."""
    files = {frame.filename for frame in traceback.extract_tb(trace)}
    cells = {name for name in files if shell.compile.format_code_name(name) is not None}
    _show(error, told(error, cells=cells))


def _show(error: BaseException, words: str) -> None:
    from IPython.display import display

    details = html.escape("".join(traceback.format_exception(error)))
    page = (
        '<div role="alert" style="border-left:4px solid #E69F00;padding:.4em .8em;margin:.2em 0">'
        f'<span aria-hidden="true">→ </span>{code_marked(words)}'
        f"<details><summary>The whole message, for whoever wants it</summary><pre>{details}</pre></details></div>"
    )
    display({"text/plain": words, "text/html": page}, raw=True)  # type: ignore[no-untyped-call]


def _began_inside(error: BaseException, cells: set[str]) -> bool:
    """Whether the error began in the library: no line of the learner's comes after the last of ours."""
    frames = traceback.extract_tb(error.__traceback__)
    for frame in reversed(frames):
        if frame.filename in cells:
            return False
        if PACKAGE in Path(frame.filename).parents:
            return True
    return not frames


def _running_shell() -> Any:
    import sys

    # IPython is there already when a notebook runs us; a plain script need not load it.
    module = sys.modules.get("IPython")
    return module.get_ipython() if module is not None else None
