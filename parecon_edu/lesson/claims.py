"""Claims: sentences of a lesson, each tied to a computation that can show it to be false."""

from __future__ import annotations

import ast
import html
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from parecon_edu.lesson import course
from parecon_edu.lesson.phrases import amount, counted, sentence


class ClaimFailed(AssertionError):
    """A claim does not hold where it says it does."""


@dataclass(frozen=True, repr=False)
class Claim:
    """A claim that held when it was computed, with its assumptions and the range in which it holds.

    Attributes
    ----------
    sentence, assumes, range, unless
        The claim and its limits, in words.
    holds_for
        For a claim tried over a range of values: the stretches (first, last) in which it holds.
    tried
        The first and the last value tried, and how many; None when there was a single computation.
    """

    sentence: str
    assumes: str = ""
    range: str = ""
    unless: str = ""
    holds_for: tuple[tuple[float, float], ...] = ()
    tried: tuple[float, float, int] | None = None
    stops: tuple[float, ...] = ()

    def limits(self) -> list[tuple[str, str]]:
        """List what the claim rests on, as pairs of a heading and its words."""
        lines = [("It assumes", self.assumes), ("Range", self.range), ("Unless", self.unless)]
        if self.tried is not None:
            lines.append(("Tried", _tried(self)))
        return [(heading, sentence(words)) for heading, words in lines if words]

    def __repr__(self) -> str:
        return "\n".join([f"{self.sentence} It holds here.", *(f"  {h}: {words}" for h, words in self.limits())])

    def _repr_html_(self) -> str:
        limits = "".join(f"<li>{h}: {html.escape(words)}</li>" for h, words in self.limits())
        return (
            '<div style="border-left:4px solid #0072B2;padding:.2em .8em;margin:.2em 0">'
            f'<p style="margin:.2em 0">{html.escape(self.sentence)} <strong>✓ It holds here.</strong></p>'
            f"{f'<ul style=margin:.2em>{limits}</ul>' if limits else ''}</div>"
        )


def claim(
    words: str,
    *,
    holds: bool | np.bool_ | Callable[..., Any],
    over: Iterable[float] | None = None,
    assumes: str = "",
    range: str | tuple[float, float] = "",
    unless: str = "",
) -> Claim:
    """State a claim and the computation that can show it to be false.

    Parameters
    ----------
    words
        The claim, one sentence.
    holds
        True or False, or a function that says so: without arguments, or, with `over`, of one value.
    over
        Values at which to ask `holds`; the claim then says for which stretch of them it holds and where it stops.
    assumes, unless
        What it takes for granted; what would make it false. One phrase each.
    range
        Where it holds, in words; or, with `over`, the first and the last value at which it is claimed to hold. Without
        such a pair it has to hold at the first value of `over`.

    Returns
    -------
    Claim
        Shows itself.

    Raises
    ------
    ClaimFailed
        If it does not hold where it says it does.
    TypeError
        If `holds` gives something other than True or False.

    Examples
    --------
    >>> claim("A square is larger than its side.", holds=lambda side: side**2 > side, over=[1.5, 2, 3])
    A square is larger than its side. It holds here.
      Tried: 3 values from 1.5 to 3; it holds at all of them.
    >>> claim("A square is larger than its side.", holds=0.5**2 > 0.5)
    Traceback (most recent call last):
        ...
    parecon_edu.lesson.claims.ClaimFailed: This does not hold here: “A square is larger than its side.” ...
    """
    said = sentence(str(words))
    if not said:
        raise ValueError("A claim needs its sentence first: claim('Equal sacrifices get equal pay.', holds=…).")
    if over is None:
        if not isinstance(range, str):
            raise TypeError(
                "A range of two numbers needs over=, the values to try. Without it, give the range in words."
            )
        if not _truth(holds() if callable(holds) else holds):
            raise ClaimFailed(f"This does not hold here: “{said}” {_ask(assumes)}")
        return Claim(said, assumes=assumes, range=range, unless=unless)
    if not callable(holds):
        raise TypeError("With over=, holds= has to be a function of one value, such as lambda x: pay(x) > 0.")
    values = _ordered(over)
    truths = [_truth(holds(value)) for value in values]
    _hold_where_claimed(said, values, truths, within=None if isinstance(range, str) else range, assumes=assumes)
    where = range if isinstance(range, str) else f"from {amount(range[0])} to {amount(range[1])}"
    return Claim(
        said,
        assumes=assumes,
        range=where,
        unless=unless,
        holds_for=tuple(_stretches(values, truths)),
        tried=(values[0], values[-1], len(values)),
        stops=tuple(b for a, b, t, u in zip(values, values[1:], truths, truths[1:], strict=False) if t and not u),
    )


def all_claims(*ids: str) -> course.Page:
    """List the claims of the lessons on one page: what each assumes, its range, and its verdict.

    Nothing is run. Where a lesson's outputs are stored, each claim stands as it came out there; else as its cell states
    it, and the page says that it was not run.

    Parameters
    ----------
    *ids
        Lessons to list, ``"04"``; all of them by default.

    Notes
    -----
    ``python -m parecon_edu.lesson.claims PAGE.html`` writes the same page to a file.
    """
    chosen = [course.lesson(name) for name in ids] or [one for one in course.lessons() if one.here]
    lines, blocks = [], []
    for one in chosen:
        found = list(recorded(course.folder() / one.file)) if one.here else []
        if not found:
            continue
        lines += [one.label, *(f"  {_line(parts)}" for parts in found)]
        rows = "".join(
            "<tr>" + "".join(f"<td {_LEFT}>{html.escape(parts.get(key, '–'))}</td>" for key in _COLUMNS) + "</tr>"
            for parts in found
        )
        head = "".join(f'<th scope="col" {_LEFT}>{words}</th>' for words in _COLUMNS.values())
        caption = f"<caption>{html.escape(one.label)}</caption>"
        blocks.append(f'<table class="pe-table">{caption}<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>')
    return course.Page("\n".join(lines) or "No claims yet.", "".join(blocks))


def recorded(notebook: Path) -> Iterator[dict[str, str]]:
    """Find the claims of a notebook with their verdicts: as they came out in its stored outputs, where there are any.

    Yields what each states in words; ``verdict`` is what it came to, with the values that were tried.
    """
    for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] != "code":
            continue
        source = list(_stated_in("".join(cell["source"])))
        shown = list(_shown_by(cell))
        yield from shown
        # A cell that was not run, or only half of it: better a claim without a verdict than a claim that is missing.
        yield from ({**parts, "verdict": "not run"} for parts in source[len(shown) :])


def stated(notebook: Path) -> Iterator[dict[str, str]]:
    """Find the ``claim(…)`` calls in a notebook's code cells; yields what each states in words, without running it."""
    for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "code":
            yield from _stated_in("".join(cell["source"]))


def _stated_in(source: str) -> Iterator[dict[str, str]]:
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] == "claim" and node.args:
            yield _words_of(node)


def _shown_by(cell: dict[str, Any]) -> Iterator[dict[str, str]]:
    """Read claims back from what a cell has shown: the other way round of `Claim.__repr__`."""
    keys = {"It assumes": "assumes", "Range": "range", "Unless": "unless", "Tried": "tried"}
    for output in cell.get("outputs", ()):
        text = "".join(output.get("data", {}).get("text/plain", output.get("text", "")))
        found: dict[str, str] = {}
        for line in text.split("\n"):
            if line.endswith(_HOLDS) and not line.startswith(" "):
                if found:
                    yield found
                found = {"sentence": line.removesuffix(_HOLDS).strip(), "verdict": "holds"}
            elif found and line.startswith("  ") and (key := keys.get(line.strip().partition(": ")[0])):
                words = line.strip().partition(": ")[2].rstrip(".")
                if key == "tried":
                    found["verdict"] = f"holds; tried {words}"
                else:
                    found[key] = words
        if found:
            yield found


def _words_of(call: ast.Call) -> dict[str, str]:
    parts = {"sentence": call.args[0], **{key.arg: key.value for key in call.keywords if key.arg}}
    return {
        name: sentence(node.value) if name == "sentence" else node.value
        for name, node in parts.items()
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value
    }


def _line(parts: dict[str, str]) -> str:
    limits = "; ".join(f"{word} {parts[key]}" for key, word in _HEADS.items() if key in parts)
    said = parts.get("sentence", "A claim put together in its cell.")
    return f"{said} ({limits})" if limits else said


_HOLDS = " It holds here."
_LEFT = 'style="text-align:left;vertical-align:top"'  # JupyterLab sets numbers' tables to the right; these are words
_COLUMNS = {"sentence": "claim", "assumes": "assumes", "range": "range", "unless": "unless", "verdict": "verdict"}
_HEADS = {"assumes": "assumes", "range": "range:", "unless": "unless", "verdict": "verdict:"}


def _truth(value: object) -> bool:
    if isinstance(value, np.ndarray) and value.ndim == 0:
        value = value[()]
    if not isinstance(value, bool | np.bool_):
        kind = "several values; put .all() behind them" if isinstance(value, np.ndarray | list) else repr(value)
        raise TypeError(f"holds= has to be True or False; it gives {kind}.")
    return bool(value)


def _ordered(over: Iterable[float]) -> list[float]:
    values = [float(value) for value in over]
    if not values or not np.isfinite(values).all():
        raise ValueError("over= needs one or more finite numbers to try.")
    if values != sorted(set(values)):
        raise ValueError("over= has to rise from value to value, so that it can be said where the claim stops holding.")
    return values


def _hold_where_claimed(
    said: str, values: Sequence[float], truths: Sequence[bool], *, within: tuple[float, float] | None, assumes: str
) -> None:
    """Raise `ClaimFailed` unless the claim holds at every value inside its range, or, without one, at the first."""
    low, high = within or (values[0], values[0])
    inside = [(value, truth) for value, truth in zip(values, truths, strict=True) if low <= value <= high]
    if not inside:
        raise ValueError(
            f"No value of over= lies in the range from {amount(low)} to {amount(high)}. Widen one of them."
        )
    broken = [value for value, truth in inside if not truth]
    if broken:
        raise ClaimFailed(f"This does not hold at {amount(broken[0])}: “{said}” {_ask(assumes)}")


def _ask(assumes: str) -> str:
    return f"Does its assumption hold ({assumes})?" if assumes else "Which of its assumptions did you change?"


def _stretches(values: Sequence[float], truths: Sequence[bool]) -> Iterator[tuple[float, float]]:
    start: float | None = None
    for i, (value, truth) in enumerate(zip(values, truths, strict=True)):
        if truth and start is None:
            start = value
        if start is not None and not truth:
            yield start, values[i - 1]
            start = None
    if start is not None:
        yield start, values[-1]


def _tried(one: Claim) -> str:
    assert one.tried is not None
    first, last, number = one.tried
    if number == 1:
        return f"at {amount(first)}, where it holds"
    tried = f"{counted(number, 'value')} from {amount(first)} to {amount(last)}"
    if one.holds_for == ((first, last),):
        return f"{tried}; it holds at all of them"
    spans = ["at " + amount(a) if a == b else f"from {amount(a)} to {amount(b)}" for a, b in one.holds_for]
    stops = f" and stops at {amount(one.stops[0])}" if one.stops else ""
    return f"{tried}; it holds {' and '.join(spans)}{stops}"


def _written(arguments: Sequence[str]) -> int:
    """Write the page to the file that is named; without one, say how to name it."""
    if len(arguments) != 1:
        sys.stderr.write("Name the file to write: python -m parecon_edu.lesson.claims claims.html\n")
        return 2
    page = all_claims()
    title = "What this course claims"
    head = f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title>'
    Path(arguments[0]).write_text(f"{head}<h1>{title}</h1>{page.html}</html>\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(_written(sys.argv[1:]))
