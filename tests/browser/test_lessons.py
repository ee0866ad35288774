"""Every lesson and exercise in a real JupyterLab: it runs, stays on the machine, can be moved, read and named."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import lab
import pytest
from playwright.sync_api import Browser, Page

LESSONS = [path.name for path in sorted((lab.ROOT / "lessons").glob("*.ipynb"))]
KEPT = os.environ.get("PARECON_SCREENSHOTS")
EXERCISES = [path.name for path in sorted((lab.ROOT / "exercises").glob("*.ipynb"))]


@dataclass(frozen=True)
class Opened:
    """A lesson in which everything was run."""

    name: str
    page: Page
    watch: lab.Watch


@pytest.fixture(scope="module")
def desk(server: lab.Lab, chromium: Browser) -> Iterator[tuple[Page, lab.Watch]]:
    """One JupyterLab in which the notebooks are opened in turn: loading it costs more than running a lesson."""
    with lab.new_page(chromium) as (page, watch):
        lab.open_lab(page, server)
        yield page, watch


@pytest.fixture(scope="module", params=[*(f"lessons/{n}" for n in LESSONS), *(f"exercises/{n}" for n in EXERCISES)])
def notebook(request: pytest.FixtureRequest, desk: tuple[Page, lab.Watch]) -> Iterator[Opened]:
    """Each notebook of the course, opened once for all tests below and run from top to bottom."""
    page, watch = desk
    lab.open_in_tab(page, request.param)
    lab.run_all(page)
    yield Opened(request.param, page, watch)
    page.set_viewport_size({"width": 1280, "height": 900})
    lab.close_notebook(page)
    watch.console.clear()
    watch.outside.clear()


def test_run_all_shows_no_error(notebook: Opened) -> None:
    assert lab.errors_shown(notebook.page) == []


def test_the_console_has_no_error(notebook: Opened) -> None:
    assert notebook.watch.console == []


def test_no_request_leaves_the_machine(notebook: Opened) -> None:
    assert notebook.watch.outside == set()


@pytest.mark.parametrize("width", [640, pytest.param(800, marks=pytest.mark.sweep), 1280])
def test_at_every_width_all_is_drawn_in_its_place_and_none_is_cut_off(notebook: Opened, width: int) -> None:
    """The width of a laptop, of half a screen, and of a laptop whose page is shown at twice the size."""
    page = notebook.page
    page.set_viewport_size({"width": width, "height": 900})
    lab.settle(page)
    if KEPT:
        lab.shoot_notebook(page, Path(KEPT), prefix=f"{Path(notebook.name).stem}-{width}")
    assert lab.bad_pictures(page) == []
    assert lab.cut_off(page) == []
    assert lab.overlaps(page) == []


# Marks are compared by their lightness, so who sees no colours at all is the strictest judge.
SEEN = [
    "achromatopsia",
    *(pytest.param(name, marks=pytest.mark.sweep) for name in ("protanopia", "deuteranopia", "tritanopia")),
]


@pytest.mark.parametrize("seen", SEEN)
def test_colour_is_never_the_only_mark(notebook: Opened, seen: str) -> None:
    keep = Path(KEPT) / f"{Path(notebook.name).stem}-seen" if KEPT else None
    assert lab.told_apart_by_colour_alone(notebook.page, seen, keep=keep) == []


def test_axe_finds_nothing_serious_in_our_parts(notebook: Opened) -> None:
    assert lab.inaccessible(notebook.page, lab.PANEL, ".pe-question") == []


def test_every_control_has_a_name(notebook: Opened) -> None:
    assert lab.nameless(notebook.page, lab.PANEL, ".pe-question") == []


def test_a_panel_answers_to_keys_and_mouse(notebook: Opened) -> None:
    """Some slider of every panel moves picture, sentence and table; a panel without sliders does so by its choices."""
    page = notebook.page
    for number in range(lab.panels(page).count()):
        panel = lab.panel(page, number)
        if lab.handles(panel):
            assert lab.moved_by(page, panel, lab.press_to_end), f"keys move nothing in panel {number}"
            # The mouse does the same in every panel: once a notebook will do.
            if number == 0:
                assert lab.moved_by(page, panel, lab.drag_across), "the mouse moves nothing in the first panel"
        else:
            assert lab.chosen_otherwise(page, panel), f"nothing that can be chosen changes panel {number}"
