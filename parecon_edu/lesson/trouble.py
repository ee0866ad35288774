"""Exceptions in plain words: what went wrong and in which line of the learner's own code."""

from __future__ import annotations

import re
import traceback


def line_in(error: BaseException, *, files: set[str]) -> tuple[int, str] | None:
    """Find the innermost line of the given files that led to an error.

    Parameters
    ----------
    error
        A raised exception, with its traceback.
    files
        File names as in ``code.co_filename``; for a notebook cell, the name IPython gave it.

    Returns
    -------
    tuple or None
        Line number (from 1, inside that file or cell) and the source line without indentation; None when no frame is
        in the files.
    """
    if isinstance(error, SyntaxError) and error.lineno is not None:
        return error.lineno, (error.text or "").strip()
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if frame.filename in files and frame.lineno is not None:
            return frame.lineno, (frame.line or "").strip()
    return None


def in_words(error: BaseException) -> str:
    """Say in plain words what an exception means, without the names of types and files.

    Examples
    --------
    >>> in_words(NameError("name 'poll' is not defined", name="poll"))
    '`poll` has no value yet. Is it spelled as above, and has the cell that makes it been run?'
    >>> in_words(ZeroDivisionError("division by zero"))
    'it divides by zero'
    """
    message = str(error).strip()
    match error:
        case ModuleNotFoundError():
            return f"there is no installed package called `{error.name}`"
        case NameError():
            name = error.name or (re.findall(r"'(\w+)'", message) or ["a name"])[0]
            return f"`{name}` has no value yet. Is it spelled as above, and has the cell that makes it been run?"
        case ZeroDivisionError():
            return "it divides by zero"
        case IndentationError():
            return "the blanks at the beginning of this line do not match the lines around it"
        case SyntaxError():
            return "Python can't read this line. A missing bracket, quote, comma or colon is the usual reason"
        case IndexError():
            return "it asks for a place in a list that the list does not have (counting starts at 0)"
        case KeyError():
            return f"it looks for {error.args[0]!r}, which is not there" if error.args else "it looks for a missing key"
        case AttributeError():
            return f"it asks something for a part it does not have ({message})"
        case RecursionError():
            return "it calls itself without end"
        case AssertionError() if not message:
            return "an `assert` in it does not hold"
        case _:
            return message or "Python stopped without giving a reason"
