"""What holds for every panel of the course, whatever its topic: it is made of the same parts and keeps its promises."""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from parecon_edu.display import Choice, Panel, Slider, Switch

PACKAGE = Path(__file__).resolve().parents[1] / "parecon_edu"
TOPICS = sorted(".".join(path.parent.relative_to(PACKAGE.parent).parts) for path in PACKAGE.glob("**/controls.py"))
VIEWS = [(topic, view) for topic in TOPICS for view in import_module(f"{topic}.controls")._VIEWS]


def every(topic: str, view: str) -> Panel:
    return import_module(topic).panel(view)


def moves(panel: Panel) -> Iterator[dict[str, Any]]:
    """Each slider to both ends, each switch over, each choice through its options, one at a time."""
    for name, control in panel._controls.items():
        ends: list[Any] = []
        if isinstance(control, Slider):
            ends = [control.high, control.low]
        elif isinstance(control, Choice):
            ends = list(control.options)
        elif isinstance(control, Switch):
            ends = [not panel.values[name]]
        yield from ({name: end} for end in ends if end != panel.values[name])


@pytest.mark.parametrize("topic", TOPICS)
def test_a_topic_opens_with_a_panel_and_names_its_views(topic: str) -> None:
    assert isinstance(import_module(topic).panel(), Panel)
    with pytest.raises(ValueError, match=r"There is no panel 'nonsense' in this topic\. Choose '"):
        import_module(topic).panel("nonsense")


@pytest.mark.parametrize(("topic", "view"), VIEWS)
def test_whatever_is_moved_the_page_does_not_jump_and_words_and_table_stay(topic: str, view: str) -> None:
    panel = every(topic, view)
    height = panel.exhibit.figure.layout.height
    assert height
    sentences = {panel.exhibit.sentence}
    # Slow panels have dozens of controls of one kind: every second move will do.
    for wanted in itertools.islice(moves(panel), None, None, 1 if panel._live else 2):
        try:
            panel.set(**wanted)
        except ValueError:
            continue  # two controls may exclude each other: then the panel says so, and nothing has changed
        exhibit = panel.exhibit
        assert exhibit.sentence[0] == exhibit.sentence[0].upper()
        assert exhibit.sentence.rstrip("”\"')").endswith((".", "!", "?")), exhibit.sentence
        assert "nan" not in exhibit.sentence.lower().split(), exhibit.sentence
        assert exhibit.table.rows or panel._actions, "only a game may begin with an empty table"
        assert exhibit.table.caption
        if not _may_grow(panel, wanted):
            assert exhibit.figure.layout.height == height, f"{wanted} changes the picture's height"
        sentences.add(exhibit.sentence)
    assert len(sentences) > 1 or panel._actions, "something must come of moving something"


def _may_grow(panel: Panel, wanted: dict[str, Any]) -> bool:
    """A menu may choose another picture; a slider or a switch must leave the page as high as it is."""
    return any(isinstance(panel._controls[name], Choice) for name in wanted) or any(
        isinstance(control, Choice) and panel.values[name] != panel._start[name]
        for name, control in panel._controls.items()
    )


@pytest.mark.parametrize(("topic", "view"), VIEWS)
def test_a_scenario_code_brings_the_same_view_back(topic: str, view: str) -> None:
    panel = every(topic, view)
    for wanted in list(moves(panel))[::3]:
        try:
            panel.set(**wanted)
        except ValueError:
            continue
    again = every(topic, view)
    again.restore(panel.scenario_code)
    assert again.values == panel.values
    assert again.exhibit.sentence == panel.exhibit.sentence
    assert again.code == panel.code


@pytest.mark.parametrize(("topic", "view"), VIEWS)
def test_the_code_for_a_view_runs_as_it_is_pasted(topic: str, view: str) -> None:
    panel = every(topic, view)
    codes = {panel.code}
    for wanted in list(moves(panel))[::4]:
        with contextlib.suppress(ValueError):
            panel.set(**wanted)
        codes.add(panel.code)
    for code in sorted(codes)[:3]:
        exec(compile(code, f"{topic} {view}", "exec"), {})
