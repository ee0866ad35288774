"""Every panel of the course, whatever lesson shows it, one under the other in a real JupyterLab."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import lab
import nbformat
import nbformat.v4 as v4
import pytest
from playwright.sync_api import Browser, Page

from parecon_edu.lesson import notebooks

# Fifty panels take their time: the short run sees those of the core lessons in `test_lessons.py`.
pytestmark = pytest.mark.sweep
PACKAGE = lab.ROOT / "parecon_edu"
TOPICS = sorted(".".join(path.parent.relative_to(lab.ROOT).parts) for path in PACKAGE.glob("**/controls.py"))
VIEWS = [(topic, view) for topic in TOPICS for view in import_module(f"{topic}.controls")._VIEWS]

START = """
from contextlib import suppress
from importlib import import_module
from parecon_edu.display import Choice, Slider, Switch

panels = []

def hang(topic, view):
    panels.append(import_module(topic).panel(view))
    return panels[-1]

def go_to(end):
    for panel in panels:
        wanted = {}
        for name, control in panel._controls.items():
            if isinstance(control, Slider):
                wanted[name] = control.high if end else control.low
            elif isinstance(control, Choice):
                wanted[name] = list(control.options)[-1 if end else 0]
            elif isinstance(control, Switch):
                wanted[name] = bool(end)
        try:
            panel.set(**wanted)
        except ValueError:  # what excludes each other is left as it was
            for name, value in wanted.items():
                with suppress(ValueError):
                    panel.set(**{name: value})
"""
STATES = {"start": "for panel in panels: panel.set(**panel._start)", "all low": "go_to(0)", "all high": "go_to(1)"}


@pytest.fixture(scope="module")
def gallery(server: lab.Lab, course: Path, chromium: Browser) -> Iterator[Page]:
    """All panels on one page."""
    cells = [START, *(f"hang({topic!r}, {view!r})" for topic, view in VIEWS)]
    notebook = v4.new_notebook(cells=[v4.new_code_cell(cell) for cell in cells], metadata=notebooks.METADATA)
    path = course / "gallery.ipynb"
    nbformat.write(notebook, path)
    with lab.new_page(chromium) as (page, _):
        lab.open_notebook(page, server, path.name)
        lab.run_all(page)
        yield page
        lab.close_notebook(page)
    path.unlink()


def test_every_panel_is_drawn_named_and_accessible(gallery: Page) -> None:
    assert lab.errors_shown(gallery) == []
    assert lab.panels(gallery).count() == len(VIEWS)
    assert lab.nameless(gallery, lab.PANEL) == []
    assert lab.inaccessible(gallery, lab.PANEL) == []


@pytest.mark.parametrize("state", STATES)
def test_words_in_pictures_can_be_read_at_every_width_wherever_the_controls_stand(gallery: Page, state: str) -> None:
    """The width of a laptop, and of a laptop whose page is shown at twice the size."""
    lab.execute(gallery, STATES[state])
    faults: list[str] = []
    for width in (1280, 640):
        gallery.set_viewport_size({"width": width, "height": 900})
        lab.settle(gallery)
        for look in (lab.errors_shown, lab.bad_pictures, lab.cut_off, lab.overlaps, lab.illegible):
            faults += [f"{width} px: {fault}" for fault in look(gallery)]
    assert not faults, "\n".join(faults)


def test_colour_is_never_the_only_mark_in_any_panel(gallery: Page) -> None:
    """Marks are compared by their lightness, as who sees no colours at all would, on a page shown at twice the size."""
    gallery.set_viewport_size({"width": 640, "height": 900})
    lab.execute(gallery, STATES["start"])
    assert lab.told_apart_by_colour_alone(gallery, "achromatopsia") == []
