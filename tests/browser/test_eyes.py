"""Lessons for people who see fewer colours, or who need everything twice as large.

Chromium itself shows the page as it looks with a colour-blindness. A page at 200 % in a window of 1280 pixels has 640.
"""

import base64
from contextlib import ExitStack

import lab
import pytest

SEEN = ("protanopia", "deuteranopia", "tritanopia", "achromatopsia")
# How much the lightness varies inside each bar of the first panel's picture, and how light the bar is on average.
BARS = """async ([picture, shot]) => {
    const image = new Image();
    image.src = "data:image/png;base64," + shot;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = image.width;
    canvas.height = image.height;
    const paper = canvas.getContext("2d");
    paper.drawImage(image, 0, 0);
    const scale = image.width / picture.getBoundingClientRect().width;
    const home = picture.getBoundingClientRect();
    return [...picture.querySelectorAll(".trace.bars")].map((trace) => {
        const values = [];
        for (const bar of trace.querySelectorAll(".point path")) {
            const box = bar.getBoundingClientRect();
            if (box.height < 40) continue;
            const data = paper.getImageData((box.x - home.x + 4) * scale, (box.y - home.y + 4) * scale,
                                            (box.width - 8) * scale, (box.height - 8) * scale).data;
            for (let i = 0; i < data.length; i += 4)
                values.push((0.2126 * data[i] + 0.7152 * data[i + 1] + 0.0722 * data[i + 2]) / 255);
        }
        const mean = values.reduce((a, b) => a + b, 0) / values.length;
        return { mean, spread: Math.sqrt(values.reduce((a, b) => a + (b - mean) ** 2, 0) / values.length) };
    });
}"""


@pytest.mark.parametrize("seen", SEEN)
def test_two_kinds_of_bars_differ_in_more_than_colour(opened_at, seen):
    page = opened_at("lessons/04_remuneration.ipynb", 1280)
    shown = lab.panel(page)
    if shown.get_by_role("button", name="Compare with another rule").is_visible():
        shown.get_by_role("button", name="Compare with another rule").click()
        before = lab.view(shown)
        shown.get_by_role("combobox", name="What was rewarded before?").select_option(label="what each one produced")
        assert lab.changed(page, shown, since=before)
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setEmulatedVisionDeficiency", {"type": seen})
    picture = shown.locator(".pe-picture")
    shot = base64.b64encode(picture.screenshot()).decode()
    session.send("Emulation.setEmulatedVisionDeficiency", {"type": "none"})
    before, now = page.evaluate(BARS, [picture.element_handle(), shot])
    assert before["spread"] > 4 * now["spread"], "the earlier rule is hatched, the one now is plain"
    assert before["mean"] - now["mean"] > 0.15, "and it is lighter, so that it can be told apart in grey too"


@pytest.mark.parametrize("lesson", ["lessons/00_start_here.ipynb", "lessons/04_remuneration.ipynb"])
def test_a_lesson_at_twice_the_size_is_whole(opened_at, lesson):
    page = opened_at(lesson, 640)
    assert lab.cut_off(page) == []
    assert lab.overlaps(page) == []
    assert lab.bad_pictures(page) == []


@pytest.fixture(scope="module")
def opened_at(server, chromium):
    """Give a function that opens a lesson at a width and runs it, once for each."""
    pages = {}
    with ExitStack() as stack:

        def at(lesson, width):
            if (lesson, width) not in pages:
                page, _ = stack.enter_context(lab.new_page(chromium, width=width))
                lab.open_notebook(page, server, lesson)
                lab.hide_sidebars(page)
                lab.run_all(page)
                pages[lesson, width] = page
            return pages[lesson, width]

        yield at
