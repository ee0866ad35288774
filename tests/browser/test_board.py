"""The facilitation board in a real browser: a whole game by keyboard, read out loud, handed over to somebody else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import lab
import nbformat
import nbformat.v4 as v4
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from parecon_edu.lesson import notebooks

expect.set_options(timeout=30_000)


@pytest.fixture(scope="module")
def board(course: Path, server: lab.Lab, chromium: Browser) -> Iterator[tuple[Page, lab.Watch]]:
    """Two boards of the corner, one under the other: the second is for whoever takes over."""
    cells = ["from parecon_edu import planning", "planning.panel()", "planning.panel()"]
    path = course / "lessons" / "board_game.ipynb"
    # Without a kernel's name JupyterLab would ask for one.
    notebook = v4.new_notebook(cells=[v4.new_code_cell(cell) for cell in cells], metadata=notebooks.METADATA)
    nbformat.write(notebook, path)
    with lab.new_page(chromium, height=1300) as (page, watch):
        lab.open_notebook(page, server, f"lessons/{path.name}")
        lab.run_all(page)
        yield page, watch
        lab.close_notebook(page)
    path.unlink()


def sentence(panel: Locator) -> Locator:
    return panel.locator(".pe-sentence")


def type_price(page: Page, panel: Locator, good: str, price: str) -> None:
    """Put the focus on a price's number box and type, as somebody without a mouse does."""
    panel.get_by_role("textbox", name=f"Price of {good}").focus()
    page.keyboard.press("Control+A")
    page.keyboard.type(price)
    page.keyboard.press("Tab")


def press(page: Page, panel: Locator, label: str, key: str = "Enter") -> None:
    panel.get_by_role("button", name=label, exact=True).focus()
    page.keyboard.press(key)


def test_a_game_is_won_by_keyboard_and_handed_over(board: tuple[Page, lab.Watch]) -> None:
    page, watch = board
    mine, theirs = lab.panel(page, 0), lab.panel(page, 1)
    expect(sentence(mine)).to_contain_text("Round 1: bread is 107 % short")
    press(page, mine, "Hint", key="Space")
    expect(mine.get_by_text("Bread is furthest out: too little of it is offered.")).to_be_visible()
    for number, prices in enumerate((("3.6", "1", "4"), ("3.9", "0.9", "3.5")), 2):
        for good, price in zip(("bread", "energy", "hours"), prices, strict=True):
            type_price(page, mine, good, price)
        expect(sentence(mine)).to_contain_text("Not asked yet: bread")
        press(page, mine, "Ask the councils")
        expect(sentence(mine)).to_contain_text(f"Round {number}:")
    expect(mine.get_by_text("Eastside bakery offers", exact=False).first).to_be_visible()
    code = mine.locator(".pe-scenario code").text_content() or ""
    assert code.startswith("board-riverside_corner-1?")

    lab.panel(page, 1)
    theirs.get_by_role("textbox", name="Scenario code").focus()
    page.keyboard.insert_text(code)
    page.keyboard.press("Tab")
    press(page, theirs, "Load")
    expect(sentence(theirs)).to_have_text(sentence(mine).text_content() or "")
    for good, price in (("bread", "4"), ("energy", "0.82"), ("hours", "3.3")):
        type_price(page, theirs, good, price)
    press(page, theirs, "Ask the councils")
    expect(sentence(theirs)).to_contain_text("Round 4: the proposals meet.")
    expect(theirs.get_by_text("Beside the rules")).to_be_visible()
    press(page, theirs, "Undo")
    expect(sentence(theirs)).to_contain_text("Round 3:")
    expect(sentence(mine)).to_contain_text("Round 3:")
    assert watch.console == []


def test_the_slider_moves_by_arrow_keys_and_keeps_round_numbers(board: tuple[Page, lab.Watch]) -> None:
    page, _ = board
    mine = lab.panel(page, 0)
    lab.handles(mine)[0].focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    expect(sentence(mine)).to_contain_text("bread 3.90 → 4.20")


def test_what_cannot_be_done_is_said_in_the_page(board: tuple[Page, lab.Watch]) -> None:
    page, _ = board
    mine = lab.panel(page, 0)
    press(page, mine, "Back to start")
    expect(sentence(mine)).to_contain_text("Round 1:")
    press(page, mine, "Ask the councils")
    expect(mine.get_by_text("You have not changed a price")).to_be_visible()


def test_sentence_and_hint_are_read_out_when_they_change(board: tuple[Page, lab.Watch]) -> None:
    page, _ = board
    mine = lab.panel(page, 0)
    lab.handles(mine)[0].focus()
    page.keyboard.press("ArrowRight")
    expect(mine.locator(".pe-aloud[role=status]")).to_contain_text("Round 1")
    press(page, mine, "Back to start")
    press(page, mine, "Hint")
    expect(mine.locator(".pe-details [role=status]")).to_contain_text("Bread is furthest out")
