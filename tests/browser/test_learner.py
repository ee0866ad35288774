"""What a learner does in one lesson, in a real JupyterLab: move, predict, answer, slip, come back the next day.

The notebook is made here, so that these tests hold whatever the lessons say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import lab
import nbformat.v4 as v4
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from parecon_edu.lesson import notebooks

SETTING = """
import time
import plotly.graph_objects as go
from parecon_edu.display import Action, Exhibit, Panel, Slider, Table, Text
from parecon_edu.display.style import layout
from parecon_edu.lesson.checks import Ladder, answered, check, close
from parecon_edu.lesson.errors import install
from parecon_edu.lesson.items import Choice, Item
from parecon_edu.lesson.predictions import Prediction
from parecon_edu.lesson.questions import Question
from parecon_edu.lesson.quizzes import Quiz

install()


def draw(hours):
    bars = go.Bar(x=["Chen", "Bo"], y=[hours, 30], text=[hours, 30])
    figure = go.Figure(bars, layout(height=300, yaxis={"range": [0, 45]}))
    words = f"Chen cleans for {hours:.0f} hours, and Bo bakes for 30."
    return Exhibit(figure, words, Table(("who", "hours"), (("Chen", hours), ("Bo", 30)), "Hours a week"))


def panel(label):
    return Panel("trial", [Slider("hours", label, 0, 40, 1, 20, whole=True)], draw, lambda hours: f"hours = {hours}")


def several():
    def draw_for(who, rest, left):
        if not who:
            raise ValueError("Nobody is named. Write a name.")
        time.sleep(0.4 if rest == 2 else 0)
        return draw(20)

    controls = [Text("who", "Who", "Chen"), Slider("rest", "Rest", 0, 9, 1, 1), Slider("left", "Left", 0, 9, 1, 1)]
    folds = {"later": ["rest"], "more": "More: rest", "groups": {"Left side": ["left"]}}
    note = Action("note", "Note", lambda who, rest, left: {"who": f"rests {rest:g}"})
    return Panel("several", controls, draw_for, lambda **values: "", actions=[note], **folds)


def split(name):
    return Prediction(Question(name, "How would you split 1,200?", "split", names=("Chen", "Bo"), total=1200))


def item(name):
    wrong = Choice("by hours", "Hours alone say nothing of the oven.")
    return Item(name, "What would Dita ask for?", (wrong, Choice("by need", "So it is.", right=True)))


ladder = Ladder(answered(), close(300, hint="How many people share it?"), right="Each gets 300.")
"""
CELLS = (
    SETTING.strip(),
    'first, second = panel("Hours of the first"), panel("Hours of the second")\nfirst',
    "second",
    'split("04.first")',
    'split("04.kept")',
    'Quiz([item("04.91"), item("04.92")])',
    'check("04.91", ..., ladder=ladder)',
    'check("04.92", 400, ladder=ladder)',
    'check("04.93", 300, ladder=ladder)',
    "several()",
    "print('unemployment ' * 40)",
    "second.set(hours=99)",
)
NAME = "lessons/90_trial.ipynb"


@pytest.fixture(scope="module")
def page(server: lab.Lab, chromium: Browser) -> Iterator[Page]:
    """The notebook, open and run."""
    cells = [v4.new_markdown_cell("# A trial", id="title")]
    cells += [v4.new_code_cell(source, id=f"cell-{number}") for number, source in enumerate(CELLS)]
    notebooks.write(notebooks.cleaned(v4.new_notebook(cells=cells)), server.course / NAME)
    lab.forget(server.course)
    with lab.new_page(chromium) as (page, watch):
        lab.open_notebook(page, server, NAME)
        lab.run_all(page)
        yield page
        lab.close_notebook(page)
        assert watch.console == []
        assert watch.outside == set()


def question(page: Page, number: int) -> Locator:
    """The box of a prediction or quiz question, counted from 0 in the order of the cells."""
    found = page.locator(f"{lab.NOTEBOOK} .pe-question").nth(number)
    found.scroll_into_view_if_needed()
    return found


def output(page: Page, number: int) -> Locator:
    """What a cell shows, counted as in CELLS."""
    return page.locator(f"{lab.NOTEBOOK} .jp-CodeCell").nth(number).locator(".jp-OutputArea-output")


def lock(box: Locator, *, chen: str, bo: str) -> None:
    """Type a split and press Lock."""
    box.get_by_role("textbox", name=re.compile("Chen")).fill(chen)
    box.get_by_role("textbox", name=re.compile("Bo")).fill(bo)
    box.get_by_role("button", name="Lock").click()


def test_a_slider_moved_by_a_key_changes_picture_sentence_and_table(page: Page) -> None:
    panel = lab.panel(page, 0)
    handle = panel.get_by_role("slider", name="Hours of the first")
    now = int(float(handle.get_attribute("aria-valuenow") or 0))
    before = lab.view(panel)
    handle.focus()
    page.keyboard.press("ArrowRight")
    after = lab.changed(page, panel, since=before)
    assert after is not None
    assert f"for {now + 1} hours" in after.sentence
    assert after.spoken == after.sentence
    assert str(now + 1) in after.table


def test_a_slider_dragged_by_the_mouse_moves_the_picture_while_it_is_held(page: Page) -> None:
    panel = lab.panel(page, 0)
    handle = panel.get_by_role("slider", name="Hours of the first")
    handle.scroll_into_view_if_needed()
    grip = handle.bounding_box()
    assert grip is not None
    before = lab.view(panel)
    page.mouse.move(grip["x"] + grip["width"] / 2, grip["y"] + grip["height"] / 2)
    page.mouse.down()
    page.mouse.move(grip["x"] + 90, grip["y"] + grip["height"] / 2, steps=6)
    held = lab.changed(page, panel, since=before)
    page.mouse.up()
    assert held is not None


def test_a_number_is_read_as_it_was_typed_or_refused_and_stays_to_be_mended(page: Page) -> None:
    """A number box of the browser drops the point of 12.5 and the comma of 0,305, and takes 125 and 305."""
    panel = lab.panel(page, 0)
    box = panel.locator(".pe-number input")
    before = lab.view(panel).sentence
    for typed, why in (("12.5", "whole numbers; you gave 12.5. Put 12 or 13."), ("0,305", "you gave 0,305. Put 0 or")):
        box.press("Control+A")
        page.keyboard.type(typed)
        page.keyboard.press("Tab")
        expect(panel.locator(".pe-saidbox[role=status]")).to_contain_text(why)
        expect(box).to_have_value(typed)
        expect(panel.locator(".pe-sentence")).to_have_text(before)
    box.fill("12")
    box.press("ArrowUp")
    expect(panel.locator(".pe-sentence")).to_contain_text("for 13 hours")
    expect(panel.locator(".pe-saidbox")).to_have_text("")


def test_the_number_box_and_the_slider_say_the_same(page: Page) -> None:
    panel = lab.panel(page, 0)
    box = panel.locator(".pe-number input")
    box.fill("7")
    box.press("Enter")
    expect(panel.locator(".pe-sentence")).to_contain_text("for 7 hours")
    expect(panel.get_by_role("slider")).to_have_attribute("aria-valuenow", re.compile(r"^7(\.0)?$"))


def test_the_sentence_is_said_once_when_the_control_rests(page: Page) -> None:
    """Ten steps of an arrow key would otherwise queue ten sentences in a screen reader."""
    panel = lab.panel(page, 0)
    aloud = panel.locator(".pe-aloud[role=status]")
    page.wait_for_timeout(600)  # what the control rested at before has been said by now
    aloud.evaluate("""e => {
        globalThis.heard = [];
        const note = () => { if (e.textContent) heard.push(e.textContent); };
        new MutationObserver(note).observe(e, { childList: true });
    }""")
    lab.handles(panel)[0].focus()
    for _ in range(10):
        page.keyboard.press("ArrowRight")
    expect(panel.locator(".pe-sentence")).to_contain_text("for 17 hours")
    expect(aloud).to_have_text("Chen cleans for 17 hours, and Bo bakes for 30.")
    assert page.evaluate("heard") == ["Chen cleans for 17 hours, and Bo bakes for 30."]
    expect(aloud).to_have_text("")


def test_two_panels_do_not_touch(page: Page) -> None:
    other = lab.view(lab.panel(page, 1))
    assert lab.moved_by(page, lab.panel(page, 0), lab.press_to_end)
    assert lab.view(lab.panel(page, 1)) == other


def test_a_prediction_locks_for_good(page: Page) -> None:
    box = question(page, 0)
    expect(box.get_by_role("button", name="Lock")).to_be_disabled()
    box.get_by_role("textbox", name=re.compile("Chen")).fill("500")
    expect(box.get_by_role("status")).to_contain_text("Left to give: 700")
    lock(box, chen="500", bo="700")
    expect(box.get_by_role("status")).to_contain_text("Chen 500, Bo 700")
    # The button is off now; the next Tab goes on from here and not from the top of the page.
    expect(box.get_by_role("status")).to_be_focused()
    expect(box.get_by_role("textbox", name=re.compile("Chen"))).to_be_disabled()
    expect(box.get_by_role("button", name="Locked")).to_be_disabled()


def test_a_quiz_answers_a_wrong_choice_by_the_keyboard_alone(page: Page) -> None:
    box = question(page, 2)
    question(page, 1).get_by_role("textbox", name=re.compile("Bo")).focus()
    page.keyboard.press("Tab")
    expect(box.get_by_role("radio", name="by hours")).to_be_focused()
    page.keyboard.press("Tab")
    expect(box.get_by_role("button", name="Answer")).to_be_focused()  # the choices are one stop, not one each
    box.get_by_role("radio", name="by hours").focus()
    page.keyboard.press("Space")
    expect(box.get_by_role("radio", name="by hours")).to_be_checked()
    page.keyboard.press("ArrowDown")
    expect(box.get_by_role("radio", name="by need")).to_be_checked()
    page.keyboard.press("ArrowUp")
    expect(box.get_by_role("radio", name="by hours")).to_be_checked()
    expect(box.get_by_role("button", name="Answer")).to_be_enabled()
    page.keyboard.press("Tab")
    expect(box.get_by_role("button", name="Answer")).to_be_focused()
    # At once: three choices in a row go to the kernel one after the other, and the press must not overtake the last.
    page.keyboard.press("Enter")
    expect(box.get_by_role("status")).to_contain_text("nothing of the oven")


@pytest.mark.parametrize(("cell", "words"), [(6, "Not answered yet"), (7, "How many people"), (8, "Each gets 300")])
def test_a_check_answers_at_once_in_words(cell: int, words: str, page: Page) -> None:
    expect(output(page, cell).get_by_role("status")).to_contain_text(words)


def test_an_error_of_the_library_is_one_plain_sentence_with_the_rest_folded_away(page: Page) -> None:
    alert = output(page, 11).get_by_role("alert")
    expect(alert).to_contain_text("goes from 0 to 40; you gave 99")
    expect(alert.get_by_text("Traceback")).to_be_hidden()
    alert.locator("summary").click()
    expect(alert.get_by_text("Traceback")).to_be_visible()


# How many lines each word of a printed text stands on.
LINES_OF_WORDS = """pre => [...pre.textContent.matchAll(/\\S+/g)].map(word => {
    const walker = document.createTreeWalker(pre, NodeFilter.SHOW_TEXT), text = walker.nextNode();
    const range = document.createRange();
    range.setStart(text, word.index);
    range.setEnd(text, word.index + word[0].length);
    return range.getClientRects().length;
})"""


def test_what_a_cell_prints_is_not_broken_inside_a_word(page: Page) -> None:
    assert output(page, 10).locator("pre").evaluate(LINES_OF_WORDS) == [1] * 40


MODE = "() => window.jupyterapp.shell.currentWidget.content.mode"


def test_every_button_of_a_panel_is_pressed_by_the_keyboard_and_the_focus_stays_where_one_is(page: Page) -> None:
    panel = lab.panel(page, 2)
    fold = panel.get_by_role("button", name="Left side")
    expect(fold).to_have_attribute("aria-expanded", "false")
    fold.focus()
    page.keyboard.press("Enter")
    expect(fold).to_have_attribute("aria-expanded", "true")
    expect(fold).to_be_focused()
    assert page.evaluate(MODE) == "command", "Enter on a button opens no cell for editing"
    cells = page.locator(f"{lab.NOTEBOOK} .jp-Cell").count()
    page.keyboard.press("x")
    assert page.locator(f"{lab.NOTEBOOK} .jp-Cell").count() == cells, "and x cuts none"
    panel.get_by_role("button", name="More: rest").focus()
    page.keyboard.press("Space")
    expect(panel.get_by_role("slider", name="Rest")).to_be_focused()


def test_a_text_that_is_refused_is_said_and_stays_to_be_mended(page: Page) -> None:
    panel = lab.panel(page, 2)
    panel.get_by_role("textbox", name="Who").fill("")
    panel.get_by_role("textbox", name="Who").press("Enter")
    expect(panel.get_by_role("status").filter(has_text="Nobody is named")).to_be_visible()
    panel.get_by_role("textbox", name="Who").fill("Bo")
    panel.get_by_role("textbox", name="Who").press("Enter")
    expect(panel.get_by_text("Nobody is named")).to_have_count(0)


# Within one moment of the page: nobody's keys are so quick, but a computer may be so slow.
TYPE_TWICE_AND_GO_ON_TO_THE_SLIDER = """box => {
    for (const typed of ["2", "5"]) { box.value = typed; box.dispatchEvent(new Event("change", { bubbles: true })); }
    const handle = box.closest(".pe-line").querySelector(".noUi-handle");
    handle.focus();
    handle.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight", bubbles: true }));
}"""


def test_what_is_done_last_counts_last_however_busy_python_is(page: Page) -> None:
    """While Python is at work on one number the page would hold the next one back, but not what is done after it."""
    panel = lab.panel(page, 2)
    who, note = panel.get_by_role("textbox", name="Who"), panel.get_by_role("button", name="Note")
    box = panel.locator(".pe-later .pe-number input")
    box.focus()
    for key in ("Control+A", "2", "Enter", "Control+A", "0"):
        page.keyboard.press(key)
    # A press by voice or by a screen reader leaves the focus in the box.
    note.evaluate("button => button.click()")
    expect(who).to_have_value(re.compile("rests"))
    expect(who).to_have_value("rests 0")
    box.evaluate(TYPE_TWICE_AND_GO_ON_TO_THE_SLIDER)
    note.press("Enter")
    expect(who).to_have_value("rests 1")


def test_a_number_between_two_steps_of_the_slider_is_kept(page: Page) -> None:
    """The page's slider stands on its steps only and tells Python so: 6.4 would become 6 without a word."""
    panel = lab.panel(page, 2)
    box = panel.locator(".pe-later .pe-number input")
    box.fill("6.4")
    box.press("Enter")
    expect(panel.get_by_role("slider", name="Rest")).to_have_attribute("aria-valuenow", re.compile(r"^6(\.0)?$"))
    panel.get_by_role("button", name="Note").press("Enter")
    expect(panel.get_by_role("textbox", name="Who")).to_have_value("rests 6.4")
    expect(box).to_have_value("6.4")


def test_in_a_high_contrast_mode_a_button_still_looks_like_one(page: Page) -> None:
    width = "e => parseFloat(getComputedStyle(e).borderTopWidth)"
    page.emulate_media(forced_colors="active")
    for button in (lab.panel(page, 0).get_by_role("button", name="Load"), question(page, 3).get_by_role("button")):
        assert button.evaluate(width) >= 1
    page.emulate_media(forced_colors="none")


def test_a_reload_keeps_the_state_and_the_next_day_keeps_the_answers(page: Page, server: lab.Lab) -> None:
    lock(question(page, 1), chen="900", bo="300")
    expect(question(page, 1).get_by_role("button", name="Locked")).to_be_disabled()
    question(page, 3).get_by_role("radio", name="by need").check()
    question(page, 3).get_by_role("button", name="Answer").click()
    expect(question(page, 3).get_by_role("status")).to_contain_text("So it is.")
    moved = lab.panel(page, 1)
    assert lab.moved_by(page, moved, lab.press_to_end)
    expect(moved.locator(".pe-sentence")).to_contain_text("for 40 hours")
    before = lab.view(moved).sentence

    lab.save(page)
    lab.reload(page)
    expect(lab.panel(page, 1).locator(".pe-sentence")).to_have_text(before)
    expect(question(page, 1).get_by_role("status")).to_contain_text("Chen 900, Bo 300")
    expect(question(page, 3).get_by_role("status")).to_contain_text("So it is.")
    assert lab.moved_by(page, lab.panel(page, 1), lab.drag_across), "after a reload the panel no longer answers"

    lab.restart(page)
    for box in (question(page, 3), lab.panel(page, 1)):
        box.locator("input").first.focus()
        told = box.get_by_role("status").filter(has_text="restarted since this was drawn")
        expect(told).to_be_visible()  # or somebody would lock an answer that nobody keeps
    lab.run_all(page)
    expect(lab.panel(page, 1).locator(".pe-sentence")).to_contain_text("for 20 hours")
    expect(question(page, 1).get_by_role("status")).to_contain_text("You locked this earlier: Chen 900, Bo 300")
    expect(question(page, 1).get_by_role("textbox", name=re.compile("Chen"))).to_be_disabled()
    expect(question(page, 3).get_by_role("status")).to_contain_text("So it is.")
