"""The looks that the other tests take find what they are there for, on a page that has every fault."""

from __future__ import annotations

from collections.abc import Iterator

import lab
import pytest
from playwright.sync_api import Browser, Page

PAGE = """<!doctype html><html lang="en"><title>Faults</title><body style="margin:0">
<div class="jp-NotebookPanel"><div class="jp-WindowedPanel-outer" style="width:600px;height:400px;overflow:auto">
<div class="jp-Notebook"><div class="jp-Cell">%s</div></div></div></div></body></html>"""

GOOD = """<div class="pe-panel">
<div class="pe-field"><label>Hours <input></label></div>
<div class="pe-picture" role="img" aria-label="Chen works for twenty hours." style="height:300px;width:500px">
<svg class="main-svg" width="500" height="300"></svg></div>
<p class="pe-sentence">Chen works for twenty hours.</p><button>Load</button></div>"""


@pytest.fixture(scope="module")
def page(chromium: Browser) -> Iterator[Page]:
    """An empty page, without a JupyterLab."""
    with lab.new_page(chromium) as (page, _):
        yield page


def show(page: Page, inside: str) -> None:
    page.set_content(PAGE % inside)


def changed(old: str, new: str) -> str:
    assert old in GOOD
    return GOOD.replace(old, new)


def test_a_page_without_faults_has_none(page: Page) -> None:
    show(page, GOOD)
    assert lab.errors_shown(page) == []
    assert lab.cut_off(page) == []
    assert lab.overlaps(page) == []
    assert lab.bad_pictures(page) == []
    assert lab.inaccessible(page, lab.PANEL) == []
    assert lab.nameless(page, lab.PANEL) == []


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('style="height:300px;width:500px"', 'style="height:0;width:500px"', "is 0 px high"),
        ('<svg class="main-svg" width="500" height="300"></svg>', "", "drawn 0 px"),
        ('width="500" height="300"', 'width="700" height="300"', "700 px wide in a box of 500 px"),
        ('aria-label="Chen works for twenty hours."', "", "no text alternative"),
    ],
)
def test_a_bad_picture_is_found(old: str, new: str, words: str, page: Page) -> None:
    show(page, changed(old, new))
    assert any(words in found for found in lab.bad_pictures(page)), lab.bad_pictures(page)


def test_what_is_cut_off_is_found(page: Page) -> None:
    show(page, changed("<button>Load", '<table style="width:900px"><tr><td>1</td></tr></table><button>Load'))
    assert any("beyond the edge" in found for found in lab.cut_off(page))
    assert any("px wide inside" in found for found in lab.cut_off(page))


def test_what_lies_over_another_part_is_found(page: Page) -> None:
    show(page, changed('<p class="pe-sentence">', '<p class="pe-sentence" style="margin-top:-80px">'))
    assert any("lies over" in found for found in lab.overlaps(page))


def test_a_control_without_a_name_is_found(page: Page) -> None:
    show(page, changed("<label>Hours <input></label>", "<input><div class='widget-radio-box'>a</div>"))
    assert len(lab.nameless(page, lab.PANEL)) == 2
    assert any("critical" in found for found in lab.inaccessible(page, lab.PANEL))


def test_faint_text_is_found(page: Page) -> None:
    show(page, changed('<p class="pe-sentence">', '<p class="pe-sentence" style="color:#bbb">'))
    assert any("contrast" in found for found in lab.inaccessible(page, lab.PANEL))


@pytest.mark.parametrize(
    "output",
    [
        "<div data-mime-type='application/vnd.jupyter.stderr'>careful</div>",
        "<div data-mime-type='application/vnd.jupyter.error'>ValueError</div>",
        "<div class='jp-OutputArea-output'>Error displaying widget: model not found</div>",
        "<div class='jp-OutputArea-output'><div role='alert'>Hours can't be negative.</div></div>",
    ],
)
def test_an_error_on_the_page_is_found(output: str, page: Page) -> None:
    show(page, GOOD + output)
    assert len(lab.errors_shown(page)) == 1


def test_console_errors_and_requests_that_leave_the_machine_are_noted(chromium: Browser) -> None:
    with lab.new_page(chromium) as (page, watch):
        page.route("**/*", lambda route: route.abort())
        page.set_content("<script>console.error('no good'); fetch('https://example.org/x').catch(() => 0)</script>")
        page.wait_for_timeout(300)
    assert any("no good" in said for said in watch.console)
    assert watch.outside == {"https://example.org/x"}
