"""On a slow computer a widget's script comes later than the widget library waits; everything still answers."""

from __future__ import annotations

import re
from collections.abc import Iterator

import lab
import nbformat.v4 as v4
import pytest
import test_learner as learner
from playwright.sync_api import Browser, Page, expect

from parecon_edu.lesson import notebooks

# Every wait that the page sets itself is over at once, as if the script had taken longer.
SLOW = """AbortSignal.timeout = () => {
    const control = new AbortController(); setTimeout(() => control.abort(), 0); return control.signal; };"""
NAME = "lessons/91_slow.ipynb"


@pytest.fixture(scope="module")
def page(server: lab.Lab, chromium: Browser) -> Iterator[Page]:
    """A notebook with a panel, a prediction and a quiz, on such a computer."""
    cells = [v4.new_code_cell(source, id=f"cell-{n}") for n, source in enumerate(learner.CELLS[:6])]
    notebooks.write(notebooks.cleaned(v4.new_notebook(cells=cells)), server.course / NAME)
    lab.forget(server.course)
    with lab.new_page(chromium) as (page, _):
        page.add_init_script(SLOW)
        lab.open_notebook(page, server, NAME)
        lab.run_all(page)
        yield page
        lab.close_notebook(page)


def test_a_panel_still_answers(page: Page) -> None:
    assert lab.moved_by(page, lab.panel(page, 0), lab.press_to_end)
    assert lab.moved_by(page, lab.panel(page, 1), lab.drag_across)


def test_a_prediction_still_says_what_is_left(page: Page) -> None:
    box = learner.question(page, 0)
    box.get_by_role("textbox", name=re.compile("Chen")).fill("500")
    expect(box.get_by_role("status")).to_contain_text("Left to give: 700")


def test_a_quiz_still_replies(page: Page) -> None:
    box = learner.question(page, 2)
    box.get_by_role("radio", name="by need").check()
    box.get_by_role("button", name="Answer").click()
    expect(box.get_by_role("status")).to_contain_text("So it is.")
