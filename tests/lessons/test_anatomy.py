"""Every lesson has the whole anatomy, and every rule of the linter catches what it is there for."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import anatomy
import nbformat.v4 as v4
import pytest

from parecon_edu.lesson import course, notebooks

LESSONS = sorted((Path(__file__).resolve().parents[2] / "lessons").glob("*.ipynb"))

CONTENTS = """
[[lesson]]
id = "00"
file = "00_start.ipynb"
title = "How does this kit work?"
question = "How?"
minutes = 10

[[lesson]]
id = "04"
file = "04_trial.ipynb"
title = "What should income reward?"
question = "What?"
minutes = 40
needs = ["00"]

[[lesson]]
id = "04b"
file = "04b_room.ipynb"
title = "A side room"
question = "What else?"
minutes = 10
parent = "04"
"""
QUOTE = "> Hayek (1945): “knowledge … never exists in concentrated form”, which is of course his point."


@pytest.mark.parametrize("path", LESSONS, ids=[path.stem for path in LESSONS])
def test_every_lesson_has_the_whole_anatomy(path: Path) -> None:
    assert anatomy.findings(path) == []


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of lessons with a list of its own."""
    (tmp_path / "contents.toml").write_text(CONTENTS, encoding="utf-8")
    (tmp_path / "00_start.ipynb").touch()
    (tmp_path / "04_trial.ipynb").touch()
    monkeypatch.setattr(course, "folder", lambda: tmp_path)
    return tmp_path


def text(role: str, source: str) -> Any:
    return v4.new_markdown_cell(source, id=f"t-{role}-{len(source)}", metadata={"tags": [role]})


def code(role: str, source: str, *, output: str = "", ignore: bool = False) -> Any:
    outputs = [v4.new_output("stream", name="stdout", text=output)] if output else []
    tags = [role, *(["nbval-ignore-output"] if ignore else [])]
    return v4.new_code_cell(source, id=f"c-{role}-{len(source)}", metadata={"tags": tags}, outputs=outputs)


def whole_lesson() -> Any:
    """A short lesson with nothing wrong in it."""
    cells = [
        text("title", "# What should income reward?\n\nWho gets what? · 40 minutes · you need lesson 00\n\nNAVIGATION"),
        text("objectives", "## After this lesson you can\n\n1. say\n2. work out\n3. name"),
        code(
            "imports",
            'from parecon_edu import remuneration\nfrom parecon_edu.lesson import begin\n\nbegin("04")',
            output="Lesson 04",
        ),
        text("story", "## The bakery\n\nAmara, Bo, Chen and Dita."),
        text("by-hand", "## By hand\n\nTake paper."),
        code("predict", 'predict("04.split")', ignore=True),
        code("panel", "panel = remuneration.panel()\npanel", ignore=True),
        code("panel", "print(panel.exhibit.sentence)", output="Each gets 300."),
        code("reveal", 'reveal("04.split", actual=[1, 2])', output="You have not predicted."),
        code("look-inside", "hours * 2", output="[80]"),
        text("elsewhere", "## Elsewhere\n\nThe same four under another rule."),
        text("reversal", "## Where it fails\n\nRaters know each other."),
        code(
            "claim",
            'claim("It adds up.", holds=True, assumes="four people", range="any pool")',
            output="It adds up. Holds here.",
        ),
        text("critics", f"## Critics\n\nFriedman (1962) and Roemer (1994).\n\n{QUOTE}"),
        text("discussion", "## Talk\n\nTen minutes, in threes. What would you defend?"),
        code("quiz", 'quiz("04")', ignore=True),
        text("key-points", "## Key points\n\nWhat the model leaves out. Glossary. Sources: Albert (2003)."),
        code("drive", 'panel.set(norm="effort")\nprint(350)', output="350"),
        text("teacher", "## For teachers\n\nForty minutes."),
    ]
    number = 0
    for cell in cells:
        if cell["cell_type"] == "code":
            number += 1
            cell["execution_count"] = number
    cells[0]["source"] = cells[0]["source"].replace("NAVIGATION", course.navigation("04"))
    notebook = notebooks.cleaned(v4.new_notebook(cells=cells))
    return notebook


def stored(notebook: Any, folder: Path, *, name: str = "04_trial.ipynb") -> Path:
    path = folder / name
    notebooks.write(notebook, path)
    return path


def test_a_whole_lesson_has_no_findings(folder: Path) -> None:
    assert anatomy.findings(stored(whole_lesson(), folder)) == []


def test_a_side_room_needs_only_the_short_list(folder: Path) -> None:
    notebook = whole_lesson()
    keep = {*anatomy.SHORT}
    notebook.cells = [c for c in notebook.cells if keep & set(c.metadata.tags)]
    path = stored(notebook, folder, name="04b_room.ipynb")
    notebook.cells[0].source = f"# A side room\n\nWhat else? · 10 minutes\n\n{course.navigation('04b')}"
    notebook.cells[2].source = notebook.cells[2].source.replace('"04"', '"04b"')
    notebooks.write(notebooks.cleaned(notebook), path)
    assert anatomy.findings(path) == []


def without(role: str) -> Callable[[Any], None]:
    def change(notebook: Any) -> None:
        notebook.cells = [c for c in notebook.cells if role not in c.metadata.tags]

    return change


def source(role: str, old: str, new: str) -> Callable[[Any], None]:
    """Replace words in the first cell of a role."""

    def change(notebook: Any) -> None:
        cell = next(c for c in notebook.cells if role in c.metadata.tags)
        assert old in cell.source
        cell.source = cell.source.replace(old, new)

    return change


def cell_of(role: str, act: Callable[[Any], object]) -> Callable[[Any], None]:
    """Do something to the first code cell of a role."""

    def change(notebook: Any) -> None:
        act(next(c for c in notebook.cells if role in c.metadata.tags and c.cell_type == "code"))

    return change


def swapped(first: str, second: str) -> Callable[[Any], None]:
    def change(notebook: Any) -> None:
        where = {
            role: next(i for i, c in enumerate(notebook.cells) if role in c.metadata.tags) for role in (first, second)
        }
        i, j = where[first], where[second]
        notebook.cells[i], notebook.cells[j] = notebook.cells[j], notebook.cells[i]

    return change


def repeated(role: str, times: int) -> Callable[[Any], None]:
    def change(notebook: Any) -> None:
        place = next(i for i, c in enumerate(notebook.cells) if role in c.metadata.tags)
        copies = [copy.deepcopy(notebook.cells[place]) for _ in range(times)]
        for number, cell in enumerate(copies):
            cell.id = f"copy-{number}"
        notebook.cells[place:place] = copies

    return change


def view(cell: Any) -> None:
    data = {"text/plain": "Panel()", notebooks.WIDGET_VIEW: {"model_id": "1"}}
    cell.outputs.append(v4.new_output("display_data", data=data))


def displayed(kind: str, content: str) -> Callable[[Any], object]:
    return lambda cell: cell.outputs.append(v4.new_output("display_data", data={kind: content}))


def failed(cell: Any) -> None:
    cell.outputs.append(v4.new_output("error", ename="ValueError", evalue="Hours can't be negative."))


def printed(words: str, *, name: str = "stdout") -> Callable[[Any], object]:
    return lambda cell: cell.outputs.append(v4.new_output("stream", name=name, text=words))


def second_panel_cell(act: Callable[[Any], object]) -> Callable[[Any], None]:
    """Do something to the cell whose text stands for the panel."""

    def change(notebook: Any) -> None:
        act([c for c in notebook.cells if "panel" in c.metadata.tags][1])

    return change


def teachers_heading_between(notebook: Any) -> None:
    """Let only a teacher's heading lead to the third level, so that it is skipped where that cell is left out."""
    story = next(i for i, c in enumerate(notebook.cells) if "story" in c.metadata.tags)
    notebook.cells[story].source = "### The bakery"
    notebook.cells[story - 2].source = notebook.cells[story - 2].source.replace("## After", "After")
    notebook.cells.insert(story, text("teacher", "## Minutes"))


BROKEN: list[tuple[str, str, Callable[[Any], None]]] = [
    ("roles", "0 roles", cell_of("claim", lambda c: c.metadata.update(tags=[]))),
    ("roles", "2 roles", cell_of("claim", lambda c: c.metadata.update(tags=["claim", "reveal"]))),
    ("roles", "unknown tag, “clam”", cell_of("claim", lambda c: c.metadata.update(tags=["claim", "clam"]))),
    *[("all parts", f"“{role}”", without(role)) for role in (*anatomy.ROLES, "teacher")],
    ("order", "“reversal” begins before “elsewhere”", swapped("elsewhere", "reversal")),
    ("order", "“reveal” begins before “panel”", swapped("predict", "reveal")),
    ("order", "after the first drive cell", swapped("key-points", "drive")),
    ("length", "23 cells before the appendix", repeated("story", 6)),
    ("length", "13 lines", cell_of("look-inside", lambda c: c.update(source="\n".join("x = 1" for _ in range(13))))),
    ("reading", "40 minutes leave time for 2667", source("story", "Amara, ", "Amara, " + "and so on " * 900)),
    ("title", "the first cell is not the title", swapped("title", "story")),
    ("title", "does not begin with", source("title", "# What should income reward?", "# Pay?")),
    ("title", "40 minutes", source("title", "40 minutes", "45 minutes")),
    ("title", "lesson 00 is needed", source("title", "you need lesson 00", "")),
    ("title", "navigation", source("title", "[contents]", "[list]")),
    ("objectives", "2 objectives", source("objectives", "3. name", "and more")),
    ("imports", "2 import cells", repeated("imports", 1)),
    ("imports", "begin('04')", source("imports", 'begin("04")', 'begin("05")')),
    ("imports", "imports something", source("look-inside", "hours * 2", "import numpy")),
    ("imports", "not plain Python", source("look-inside", "hours * 2", "%matplotlib inline")),
    ("calls", "calls reveal", source("reveal", "reveal(", "show(")),
    ("calls", "another lesson", source("predict", "04.split", "05.split")),
    ("claims", "assumes=", source("claim", 'assumes="four people", ', "")),
    ("claims", "holds=", source("claim", "holds=True, ", "")),
    ("claims", "range=", source("claim", ', range="any pool"', "")),
    ("critics", "fewer than two", source("critics", "Friedman (1962) and Roemer (1994).", "Many.")),
    ("discussion", "how many minutes", source("discussion", "Ten minutes", "A while")),
    ("discussion", "asks nothing", source("discussion", "?", ".")),
    ("key points", "leaves out", source("key-points", "What the model leaves out. ", "")),
    ("key points", "glossary", source("key-points", "Glossary. ", "")),
    ("key points", "year", source("key-points", "(2003)", "")),
    ("drive", ".set(", source("drive", 'panel.set(norm="effort")', "set()")),
    ("drive", "no numbers", cell_of("drive", lambda c: c.update(outputs=[]))),
    ("panels", "has the tag", cell_of("panel", lambda c: c.metadata.update(tags=["panel"]))),
    ("panels", "not followed", second_panel_cell(lambda c: c.update(outputs=[]))),
    ("panels", "not followed", second_panel_cell(lambda c: c.metadata.tags.append("nbval-ignore-output"))),
    ("headings", "2 headings of the first level", source("story", "## The", "# The")),
    ("headings", "skips a level", source("critics", "## Critics", "#### Critics")),
    ("headings", "in the learner's copy", teachers_heading_between),
    ("headings", "in HTML", source("story", "Amara", "<h2>Amara</h2>")),
    ("images", "no alternative text", source("story", "Amara", "![](attachment:a.png) Amara")),
    ("images", "no alternative text", cell_of("look-inside", displayed("text/html", "<img src='data:a'>"))),
    ("images", "is not there", source("story", "Amara", "![the oven](oven.png) Amara")),
    ("images", "another machine", source("story", "Amara", "![the oven](https://example.org/a.png) Amara")),
    ("tone", "says “simply”", source("story", "Amara", "It is simply Amara")),
    ("tone", "says “of course”", source("critics", "> Hayek", "Hayek")),
    ("links", "nowhere.ipynb", source("story", "Amara", "[Amara](nowhere.ipynb)")),
    ("no widgets", "ipywidgets", source("look-inside", "hours * 2", "ipywidgets.IntSlider()")),
    ("no widgets", "Output(", source("look-inside", "hours * 2", "Output()")),
    ("executed", "not run in order", cell_of("reveal", lambda c: c.update(execution_count=None, outputs=[]))),
    ("executed", "not run in order", cell_of("reveal", lambda c: c.update(execution_count=17))),
    ("tables", "77 characters", cell_of("look-inside", printed("\nwho" + " " * 70 + "gets\n"))),
    ("outputs", "widget's view", cell_of("panel", view)),
    ("outputs", "image/png", cell_of("reveal", displayed("image/png", "iVBO"))),
    ("outputs", "ends in an error", cell_of("reveal", failed)),
    ("outputs", "prints a warning", cell_of("reveal", printed("careful", name="stderr"))),
    ("outputs", "memory address", cell_of("reveal", printed("<object at 0x7f8a9c0d1e2f>"))),
    ("outputs", "path of this machine", cell_of("reveal", printed("see /home/ana/my_course/a.py"))),
    ("neutral", "state of widgets", lambda n: n.metadata.update(widgets={})),
    ("neutral", "kernel's metadata", lambda n: n.metadata.kernelspec.update(display_name="Ana's Python")),
    ("neutral", "execution times", cell_of("reveal", lambda c: c.metadata.update(execution={}))),
    ("neutral", "not stored as it should", cell_of("reveal", lambda c: c.metadata.update(collapsed=True))),
    ("size", "200,000", source("story", "Amara", "Amara " * 40_000)),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "words", "change"), BROKEN, ids=[f"{rule}-{words[:24]}" for rule, words, _ in BROKEN])
def test_each_rule_catches_what_it_is_there_for(
    rule: str, words: str, change: Callable[[Any], None], folder: Path
) -> None:
    notebook = whole_lesson()
    change(notebook)
    found = [fault for fault in anatomy.findings(stored(notebook, folder)) if fault.startswith(f"{rule}: ")]
    assert any(words in fault for fault in found), found


@pytest.mark.parametrize(
    ("name", "words"),
    [("05_other.ipynb", "not in contents.toml"), ("4_trial.ipynb", "does not begin with its id")],
)
def test_a_lesson_is_listed_under_its_own_name(name: str, words: str, folder: Path) -> None:
    if name.startswith("4_"):
        listing = (folder / "contents.toml").read_text(encoding="utf-8").replace("04_trial.ipynb", name)
        (folder / "contents.toml").write_text(listing, encoding="utf-8")
    found = anatomy.findings(stored(whole_lesson(), folder, name=name))
    assert any(fault.startswith("listed: ") and words in fault for fault in found)


def test_every_rule_has_a_broken_lesson() -> None:
    names = {rule.__name__.replace("_", " ") for rule in anatomy.RULES}
    assert names - {"listed"} == {rule for rule, _, _ in BROKEN}
