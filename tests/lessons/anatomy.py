"""What every lesson must be made of: the anatomy of a notebook, as rules that each say what is missing and where.

Cells carry their role as a tag. `findings(path)` gives one sentence for each fault; none means the lesson is whole. The
rules look at the file alone and run nothing: that the stored outputs are right is nbval's part.
"""

from __future__ import annotations

import ast
import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from parecon_edu.lesson import course, notebooks

# In the order of a lesson. Between and after them a role may come again (a second claim, a text beside the panel).
ROLES = (
    *("title", "objectives", "imports", "story", "by-hand", "predict", "panel", "reveal", "look-inside", "elsewhere"),
    *("reversal", "claim", "critics", "discussion", "quiz", "key-points", "drive"),
)
TEACHER = "teacher"
# Lesson 00 shows how the kit works and 13 is a sandbox; a side room has one panel and ten minutes.
SHORT = ("title", "objectives", "imports", "panel", "key-points", "drive")
SHORT_LESSONS = ("00", "13")
OTHER_TAGS = (notebooks.IGNORE, notebooks.MAY_FAIL)
WIDGET_ROLES = ("predict", "quiz")

# Words a minute. Adults read English silently at about 240 (Brysbaert 2019); to many here it is a second language.
PACE = 200
MOST_CELLS = 22
MOST_LINES = 12
MOST_WIDE = 76  # characters; a row of a printed table that is longer is broken on a page of 800 pixels
MOST_BYTES = 200_000
NOT_SAID = (
    *("simply", "obviously", "as we all know", "of course", "needless to say", "trivially", "it is easy to see"),
    *("everybody knows", "everyone knows", "it goes without saying"),
)
NO_WIDGETS_HERE = {
    "ipywidgets": r"\bipywidgets\b",
    "anywidget": r"\banywidget\b",
    "Output(": r"\bOutput\(",
    "interact(": r"\binteract(?:ive|_manual)?\(",
}


@dataclass(frozen=True)
class Lesson:
    """A notebook on the disk beside its entry in the list of lessons (None if it is not listed)."""

    path: Path
    notebook: Any
    size: int
    text: str
    listed: course.Lesson | None

    @property
    def cells(self) -> list[Any]:
        """All cells."""
        return list(self.notebook["cells"])

    @property
    def core(self) -> bool:
        """Whether the whole anatomy is asked for."""
        return self.listed is not None and not self.listed.parent and self.listed.id not in SHORT_LESSONS

    def of(self, role: str, *, kind: str | None = None) -> list[Any]:
        """Cells with a role, all or those of one kind."""
        return [c for c in self.cells if role in notebooks.tags(c) and kind in (None, c["cell_type"])]

    @property
    def code(self) -> list[Any]:
        """Code cells."""
        return [c for c in self.cells if c["cell_type"] == "code"]

    @property
    def prose(self) -> list[Any]:
        """Text cells."""
        return [c for c in self.cells if c["cell_type"] == "markdown"]


def opened(path: Path) -> Lesson:
    """Read a lesson and look it up in the list."""
    text = path.read_text(encoding="utf-8")
    listed = next((one for one in course.lessons() if one.file == path.name), None)
    return Lesson(path, notebooks.read(path), len(text.encode()), text, listed)


def findings(path: Path) -> list[str]:
    """All faults of a lesson, each as one sentence that begins with the name of its rule."""
    lesson = opened(path)
    return [f"{rule.__name__.replace('_', ' ')}: {fault}" for rule in RULES for fault in rule(lesson)]


def _at(cell: Any) -> str:
    first = cell["source"].strip().partition("\n")[0]
    return f"the cell that begins with “{first[:60]}”"


def _text(cell: Any) -> str:
    """What a cell has printed or shown, as plain text."""
    parts = [o.get("text", "") or o.get("data", {}).get("text/plain", "") for o in cell.get("outputs", ())]
    return "\n".join(parts).strip()


def _tree(cell: Any) -> ast.Module | None:
    try:
        return ast.parse(cell["source"])
    except SyntaxError:
        return None


def _calls(cell: Any, name: str) -> list[ast.Call]:
    """Calls of a function by its name, `name(…)` or `module.name(…)`."""
    tree = _tree(cell)
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)] if tree else []
    return [
        c for c in calls if name == (c.func.attr if isinstance(c.func, ast.Attribute) else getattr(c.func, "id", ""))
    ]


def _first(call: ast.Call) -> object:
    """The first argument of a call, if it is written out."""
    return call.args[0].value if call.args and isinstance(call.args[0], ast.Constant) else None


# --- the parts and their order ----------------------------------------------------------------------------------------


def listed(lesson: Lesson) -> Iterator[str]:
    """Every notebook in lessons/ is in contents.toml, under a name that begins with its id."""
    if lesson.listed is None:
        yield f"{lesson.path.name} is not in contents.toml"
    elif not lesson.path.name.startswith(f"{lesson.listed.id}_"):
        yield f"the file's name does not begin with its id, {lesson.listed.id}_"


def roles(lesson: Lesson) -> Iterator[str]:
    """Each cell has exactly one role, and no tag that nobody knows."""
    for cell in lesson.cells:
        tags = notebooks.tags(cell)
        mine = [t for t in tags if t in (*ROLES, TEACHER)]
        if len(mine) != 1:
            yield f"{_at(cell)} has {len(mine)} roles ({', '.join(mine) or 'no tag'}) instead of one"
        for tag in set(tags) - {*ROLES, TEACHER, *OTHER_TAGS}:
            yield f"{_at(cell)} has an unknown tag, “{tag}”"


def all_parts(lesson: Lesson) -> Iterator[str]:
    """A core lesson has every part and something for teachers; lesson 00 and side rooms have a shorter list."""
    for role in (*ROLES, TEACHER) if lesson.core else SHORT:
        if not lesson.of(role):
            yield f"there is no cell tagged “{role}”"


def order(lesson: Lesson) -> Iterator[str]:
    """The parts begin in the order of the anatomy; the drive cells are the appendix and come last."""
    tagged = [notebooks.tags(cell) for cell in lesson.cells]
    first = {role: next(i for i, tags in enumerate(tagged) if role in tags) for role in ROLES if lesson.of(role)}
    for before, after in itertools.pairwise(first):
        if first[before] > first[after]:
            yield f"“{after}” begins before “{before}”"
    if "drive" in first:
        for cell in lesson.cells[first["drive"] :]:
            if not {"drive", TEACHER} & set(notebooks.tags(cell)):
                yield f"{_at(cell)} stands in the appendix, after the first drive cell"


def length(lesson: Lesson) -> Iterator[str]:
    """At most 22 cells before the appendix, teachers' cells not counted; code cells of at most 12 lines."""
    count = sum(1 for cell in lesson.cells if not {"drive", TEACHER} & set(notebooks.tags(cell)))
    if count > MOST_CELLS:
        yield f"{count} cells before the appendix; at most {MOST_CELLS}, the rest belongs in a side room"
    for cell in lesson.code:
        lines = len(cell["source"].strip("\n").split("\n"))
        if lines > MOST_LINES:
            yield f"{_at(cell)} has {lines} lines of code; at most {MOST_LINES}"


def reading(lesson: Lesson) -> Iterator[str]:
    """The minutes promised leave time to guess, move and talk: reading takes a third, in a side room two thirds."""
    if lesson.listed is None:
        return
    text = " ".join(c["source"] for c in lesson.prose if not {TEACHER, "drive"} & set(notebooks.tags(c)))
    words = len(re.findall(r"\w[\w'’-]*", re.sub(r"\]\([^)]*\)", "]", text)))
    most = round(PACE * lesson.listed.minutes * (1 / 3 if lesson.core else 2 / 3))
    if words > most:
        yield f"{words} words to read; {lesson.listed.minutes} minutes leave time for {most}"


# --- what is in the parts ---------------------------------------------------------------------------------------------


def title(lesson: Lesson) -> Iterator[str]:
    """The first cell has the title, question, minutes, what is needed first, and the navigation line."""
    cell, one = lesson.cells[0], lesson.listed
    if cell["cell_type"] != "markdown" or "title" not in notebooks.tags(cell):
        yield "the first cell is not the title"
        return
    if one is None:
        return
    source = cell["source"]
    if not source.startswith(f"# {one.title}\n"):
        yield f"the lesson does not begin with “# {one.title}”, its title in contents.toml"
    if f"{one.minutes} minutes" not in source:
        yield f"the title cell does not say “{one.minutes} minutes”, as contents.toml does"
    if "?" not in source:
        yield "the title cell asks no question"
    line = course.navigation(one.id)
    for need in one.needs:
        if not re.search(rf"\b{re.escape(need)}\b", source.replace(line, "")):
            yield f"the title cell does not say that lesson {need} is needed first"
    if line not in source.split("\n"):
        yield f"the title cell lacks the navigation line. It should be: {line}"


def objectives(lesson: Lesson) -> Iterator[str]:
    """Three objectives, as a list."""
    for cell in lesson.of("objectives")[:1]:
        items = re.findall(r"(?m)^\s{0,3}(?:[-*]|\d+[.)])\s+\S", cell["source"])
        if len(items) != 3:
            yield f"{len(items)} objectives in the list instead of three"


def imports(lesson: Lesson) -> Iterator[str]:
    """One import cell, which begins the lesson under its id; nothing is imported elsewhere."""
    cells = lesson.of("imports", kind="code")
    if len(cells) != 1:
        yield f"{len(cells)} import cells instead of one"
    for cell in cells:
        if lesson.listed and lesson.listed.id not in [_first(call) for call in _calls(cell, "begin")]:
            yield f"the import cell does not call begin({lesson.listed.id!r})"
    for cell in lesson.code:
        tree = _tree(cell)
        if tree is None:
            yield f"{_at(cell)} is not plain Python"
        elif cell not in cells and any(isinstance(n, ast.Import | ast.ImportFrom) for n in ast.walk(tree)):
            yield f"{_at(cell)} imports something; the import cell is the place for it"


def calls(lesson: Lesson) -> Iterator[str]:
    """Predict, reveal, claim and quiz cells call what they are named after, with this lesson's id."""
    for role in ("predict", "reveal", "claim", "quiz"):
        found = [call for cell in lesson.of(role, kind="code") for call in _calls(cell, role)]
        if lesson.of(role) and not found:
            yield f"no cell tagged “{role}” calls {role}(…)"
        for call in found if role != "claim" and lesson.listed else ():
            name = str(_first(call))
            if name.partition(".")[0] != (lesson.listed.id if lesson.listed else ""):
                yield f"{role}({name!r}) belongs to another lesson"


def claims(lesson: Lesson) -> Iterator[str]:
    """Each claim says when it holds, what it assumes and the range in which it holds."""
    for cell in lesson.code:
        for call in _calls(cell, "claim"):
            given = {k.arg for k in call.keywords}
            for name in ("holds", "assumes", "range"):
                if name not in given:
                    yield f"a claim in {_at(cell)} lacks {name}="


def critics(lesson: Lesson) -> Iterator[str]:
    """Critics of every side: at least two, each with its source."""
    text = "\n".join(c["source"] for c in lesson.of("critics", kind="markdown"))
    if lesson.of("critics") and len(re.findall(r"\b(?:18|19|20)\d\d\b", text)) < 2:
        yield "the critics have fewer than two sources with a year"


def discussion(lesson: Lesson) -> Iterator[str]:
    """The discussion has minutes, and a question that is open."""
    text = "\n".join(c["source"] for c in lesson.of("discussion"))
    if lesson.of("discussion") and not re.search(r"\bminutes?\b", text):
        yield "the discussion does not say how many minutes it takes"
    if lesson.of("discussion") and "?" not in text:
        yield "the discussion asks nothing"


def key_points(lesson: Lesson) -> Iterator[str]:
    """The key points say what the model leaves out, lead to the glossary and name the sources."""
    text = "\n".join(c["source"] for c in lesson.of("key-points"))
    wanted = {
        "what the model leaves out": r"leaves? out|left out",
        "the glossary": "glossary",
        "the sources": r"\bsources?\b",
    }
    for what, pattern in wanted.items() if text and lesson.core else ():
        if not re.search(pattern, text, re.IGNORECASE):
            yield f"the key points do not name {what}"
    if text and lesson.core and not re.search(r"\b(?:18|19|20)\d\d\b", text):
        yield "the key points name no source with a year"


def drive(lesson: Lesson) -> Iterator[str]:
    """The drive cell moves the controls from Python and prints numbers, and what it printed is stored."""
    moving = [
        c for c in lesson.of("drive", kind="code") if any(isinstance(k.func, ast.Attribute) for k in _calls(c, "set"))
    ]
    if lesson.of("drive") and not moving:
        yield "no drive cell moves a control with .set(…)"
    for cell in moving:
        if not re.search(r"\d", _text(cell)):
            yield f"{_at(cell)} has stored no numbers"


def panels(lesson: Lesson) -> Iterator[str]:
    """A cell that shows a panel is spared the comparison and followed by one whose stored text is compared."""
    shown = [c for c in lesson.of("panel", kind="code") if notebooks.IGNORE in notebooks.tags(c)]
    if lesson.of("panel") and not shown:
        yield f"no code cell tagged “panel” has the tag “{notebooks.IGNORE}”"
    for place, cell in enumerate(lesson.code):
        tags = notebooks.tags(cell)
        if notebooks.IGNORE not in tags or set(WIDGET_ROLES) & set(tags):
            continue
        after = next(iter(lesson.code[place + 1 :]), None)
        if after is None or notebooks.IGNORE in notebooks.tags(after) or not _text(after):
            yield f"{_at(cell)} is not followed by a code cell whose stored text is compared"


# --- words ------------------------------------------------------------------------------------------------------------


def _lines(cell: Any) -> list[str]:
    """Lines of a text cell outside code blocks."""
    kept, fenced = [], False
    for line in cell["source"].split("\n"):
        if re.match(r"\s*(```|~~~)", line):
            fenced = not fenced
        elif not fenced:
            kept.append(line)
    return kept


def headings(lesson: Lesson) -> Iterator[str]:
    """One H1, no skipped level, with the teachers' cells and without them."""
    for whose, cells in {
        "": lesson.prose,
        " in the learner's copy": [c for c in lesson.prose if TEACHER not in notebooks.tags(c)],
    }.items():
        found = [m for c in cells for line in _lines(c) if (m := re.match(r"\s{0,3}(#{1,6})\s+(.*)", line))]
        levels = [len(m[1]) for m in found]
        if levels.count(1) != 1:
            yield f"{levels.count(1)} headings of the first level{whose} instead of one"
        for before, heading in zip(levels, found[1:], strict=False):
            if len(heading[1]) > before + 1:
                yield f"the heading “{heading[2]}” skips a level{whose}"
    if any(re.search(r"<h[1-6]\b", c["source"], re.IGNORECASE) for c in lesson.prose):
        yield "a heading is written in HTML; write it with #"


def images(lesson: Lesson) -> Iterator[str]:
    """Every image has a text in its place, and stands on this machine."""
    shown = [o.get("data", {}).get("text/html", "") for c in lesson.code for o in c.get("outputs", ())]
    for text in [*(c["source"] for c in lesson.prose), *shown]:
        for alt, target in re.findall(r"!\[([^\]]*)\]\(([^)\s]*)", text):
            if not alt.strip():
                yield f"the image {target} has no alternative text"
            if re.match(r"https?:", target):
                yield f"the image {target} comes from another machine"
            elif not target.startswith(("attachment:", "data:")) and not (lesson.path.parent / target).exists():
                yield f"the image {target} is not there"
        for tag in re.findall(r"<img\b[^>]*>", text, re.IGNORECASE):
            if not re.search(r"\balt\s*=\s*[\"'][^\"']*\S", tag):
                yield f"the image {tag[:60]} has no alternative text"


def tone(lesson: Lesson) -> Iterator[str]:
    """Words that talk down do not occur; quotations (lines that begin with >) may have them."""
    for cell in lesson.cells:
        prose = _lines(cell) if cell["cell_type"] == "markdown" else cell["source"].split("\n")
        text = " ".join(line for line in prose if not line.lstrip().startswith(">"))
        for word in NOT_SAID:
            if re.search(rf"\b{word}\b", text, re.IGNORECASE):
                yield f"{_at(cell)} says “{word}”"


def links(lesson: Lesson) -> Iterator[str]:
    """A link to another file of the course leads somewhere."""
    for cell in lesson.prose:
        for target in re.findall(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)", cell["source"]):
            file = target.partition("#")[0]
            if file and not re.match(r"[a-z]+:", file) and not (lesson.path.parent / file).exists():
                yield f"{_at(cell)} leads to {file}, which is not there"


# --- the file ---------------------------------------------------------------------------------------------------------


def no_widgets(lesson: Lesson) -> Iterator[str]:
    """No widget is built in a lesson: the library's panels have names, text and keyboard."""
    for cell in lesson.code:
        for what, pattern in NO_WIDGETS_HERE.items():
            if re.search(pattern, cell["source"]):
                yield f"{_at(cell)} uses {what}; build the panel in the library"


def executed(lesson: Lesson) -> Iterator[str]:
    """Every cell was run from top to bottom; nbval compares nothing where a cell was not."""
    for number, cell in enumerate(lesson.code, start=1):
        if cell["execution_count"] != number:
            yield f"{_at(cell)} was not run in order. {REFRESH}"


def tables(lesson: Lesson) -> Iterator[str]:
    """No row of a printed table is too long for a narrow page. The appendix is for whoever looks closer."""
    for cell in lesson.code:
        if "drive" in notebooks.tags(cell):
            continue
        printed = "".join(o.get("text", "") for o in cell["outputs"])
        for row in printed.split("\n"):
            if len(row) > MOST_WIDE and re.search(r"\S {2,}\S", row):
                yield f"{_at(cell)} prints a row of {len(row)} characters; at most {MOST_WIDE}: “{row[:40]}”"
                break


def outputs(lesson: Lesson) -> Iterator[str]:
    """Stored outputs are text that everybody gets: no widget views, pictures, errors, warnings, addresses, paths."""
    for cell in lesson.code:
        if notebooks.shows_widget(cell):
            yield f"{_at(cell)} stores a widget's view, which shows as an error box until it is run. {REFRESH}"
        kinds = {kind for o in cell["outputs"] for kind in o.get("data", {})} - {notebooks.WIDGET_VIEW}
        for kind in sorted(kinds - set(notebooks.TEXT_TYPES)):
            yield f"{_at(cell)} stores {kind}. {REFRESH}"
    yield from notebooks.problems(lesson.notebook)


def neutral(lesson: Lesson) -> Iterator[str]:
    """Nothing in the file belongs to one machine or one run; it is stored as the tool stores it."""
    metadata = lesson.notebook["metadata"]
    if "widgets" in metadata:
        yield f"the file holds the state of widgets. {REFRESH}"
    if {k: v for k, v in metadata.items() if k != "widgets"} != notebooks.METADATA:
        yield f"the kernel's metadata name more than “Python 3”. {REFRESH}"
    if any("execution" in cell["metadata"] for cell in lesson.cells):
        yield f"the file holds execution times. {REFRESH}"
    if notebooks.text_of(notebooks.cleaned(lesson.notebook)) != lesson.text:
        yield f"the file is not stored as it should be. {REFRESH}"


def size(lesson: Lesson) -> Iterator[str]:
    """The file has less than 200 KB."""
    if lesson.size >= MOST_BYTES:
        yield f"the file has {lesson.size:,} bytes; less than {MOST_BYTES:,}"


REFRESH = "Mend: python -m parecon_edu.lesson.notebooks lessons/NN_name.ipynb"
RULES: tuple[Callable[[Lesson], Iterator[str]], ...] = (
    *(listed, roles, all_parts, order, length, reading),
    *(title, objectives, imports, calls, claims, critics, discussion, key_points, drive, panels),
    *(headings, images, tone, links, no_widgets, executed, tables, outputs, neutral, size),
)
