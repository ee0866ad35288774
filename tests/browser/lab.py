"""A real JupyterLab and a real Chromium for the tests and for `look.py`.

The server gets folders of its own, so nothing of the user's Jupyter settings reaches it and nothing of it stays behind.
"""

from __future__ import annotations

import base64
import importlib.util
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Request, sync_playwright
from playwright.sync_api import TimeoutError as PlaywrightTimeout

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
CHROMIUM_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# All cells in the page (otherwise only the visible ones exist), no room below the last, no saving by itself.
SETTINGS = {
    "@jupyterlab/notebook-extension:tracker": {"windowingMode": "none", "scrollPastEnd": False},
    "@jupyterlab/docmanager-extension:plugin": {"autosave": False},
}
AT_HOME = re.compile(r"(https?|wss?)://(127\.0\.0\.1|localhost)(:\d+)?/|data:|blob:|about:|chrome:")
SCROLLER = ".jp-NotebookPanel:not(.lm-mod-hidden) .jp-WindowedPanel-outer"
NOTEBOOK = ".jp-NotebookPanel:not(.lm-mod-hidden) .jp-Notebook"
PANEL = ".pe-panel"


def chromium() -> str | None:
    """Path of the Chromium on this machine, or None."""
    return next((path for name in CHROMIUM_NAMES if (path := shutil.which(name))), None)


# --- the server -------------------------------------------------------------------------------------------------------


def load_start() -> Any:
    """Import `start.py`: the tests serve the course with the very functions that a learner's start uses."""
    spec = importlib.util.spec_from_file_location("parecon_start", ROOT / "start.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


start = load_start()


@dataclass(frozen=True)
class Lab:
    """A running JupyterLab and the learner's folder it serves."""

    server: Any
    course: Path

    def address(self, notebook: str, *, reset: bool = True) -> str:
        """Address of a notebook, `notebook` relative to the learner's folder."""
        return str(self.server.address(f"lab/tree/{notebook}")) + ("&reset" if reset else "")


def make_course(folder: Path) -> Path:
    """Make a learner's folder as `start.py` does, and set what the tests need beyond that."""
    folder.mkdir(parents=True, exist_ok=True)
    start.deliver(ROOT, folder)
    start.write_settings(folder)
    overrides = folder / ".jupyter" / "settings" / "overrides.json"
    settings = json.loads(overrides.read_text(encoding="utf-8"))
    for plugin, ours in SETTINGS.items():
        settings[plugin] = settings.get(plugin, {}) | ours
    overrides.write_text(json.dumps(settings), encoding="utf-8")
    return folder


def forget(course: Path) -> None:
    """Turn the learner into a new one: no predictions, no answers, no progress."""
    shutil.rmtree(course / ".progress", ignore_errors=True)


@contextmanager
def jupyterlab(course: Path) -> Iterator[Lab]:
    """Serve a learner's folder as `start.py` does, with the page's inside open to the tests."""
    # A kernel that sees pytest's variable takes itself for a test run; here it is to be a learner's.
    environ = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    command = start.jupyter_command(
        ROOT, free_port(), python=sys.executable, course=course, first=None, superuser=start.is_superuser(), expose=True
    )
    log = course / ".jupyter" / "server.log"
    with log.open("ab") as output:
        process = subprocess.Popen(
            command,
            cwd=course,
            env=start.server_environment(ROOT, course, environ),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        yield Lab(start.wait_until_ready(process, course, log=log), course)
    finally:
        process.terminate()  # at once: nobody has work to save here
        process.wait(timeout=20)


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


# --- the browser ------------------------------------------------------------------------------------------------------


@dataclass
class Watch:
    """What a page said and asked for: console errors, exceptions, requests that would leave the machine."""

    console: list[str] = field(default_factory=list)
    outside: set[str] = field(default_factory=set)

    def follow(self, page: Page) -> None:
        """Note everything that `page` does from now on."""
        page.on("request", self._request)
        page.on("console", self._message)
        page.on("pageerror", self._exception)

    def _request(self, request: Request) -> None:
        if not AT_HOME.match(request.url):
            self.outside.add(request.url)

    def _exception(self, error: Exception) -> None:
        # On a busy computer the widget library stops waiting after two seconds; `test_slow_computer.py` shows that
        # everything answers all the same. A script that really fails says something else.
        if "[anywidget] Failed to initialize model." not in str(error):
            self.console.append(f"exception: {str(error)[:400]}")

    def _message(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            where = message.location.get("url", "") if message.location else ""
            self.console.append(f"{message.text[:400]} ({where})" if where else message.text[:400])


@contextmanager
def browser() -> Iterator[Browser]:
    """Debian's Chromium with nothing of a user's profile in it."""
    path = chromium()
    if path is None:
        raise RuntimeError("There is no Chromium here. On Debian and Ubuntu: apt-get install chromium fonts-dejavu")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, headless=True, args=list(CHROMIUM_FLAGS))
        try:
            yield running
        finally:
            running.close()


@contextmanager
def new_page(running: Browser, *, width: int = 1280, height: int = 900) -> Iterator[tuple[Page, Watch]]:
    """Open an empty page in a fresh profile, watched."""
    context = running.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce")
    context.set_default_timeout(30_000)
    try:
        page, watch = context.new_page(), Watch()
        watch.follow(page)
        yield page, watch
    finally:
        context.close()


# --- a notebook in the page -------------------------------------------------------------------------------------------

READY = """async () => {
    const app = window.jupyterapp; await app.restored;
    while (!app.shell.currentWidget?.content?.widgets) await new Promise(r => setTimeout(r, 50));
    const panel = app.shell.currentWidget;
    await panel.context.ready; await panel.sessionContext.ready; await panel.sessionContext.session.kernel.info;
}"""

# Sizes of everything that draws late (pictures, widgets); the page has settled when they stop changing.
SIZES = """(root) => [...document.querySelectorAll(root + ' .jp-Cell, ' + root + ' .js-plotly-plot .main-svg')]
    .map(e => e.getBoundingClientRect()).map(r => Math.round(r.width) + 'x' + Math.round(r.height)).join(' ')"""

CUT_OFF = """(root) => {
    const found = [];
    const name = (e) => e.tagName.toLowerCase() + (typeof e.className === 'string' && e.className
        ? '.' + e.className.trim().split(/\\s+/).slice(0, 3).join('.') : '');
    const outer = document.querySelector(root);
    const edge = outer.getBoundingClientRect().right;
    for (const output of outer.querySelectorAll('.jp-OutputArea-output, .jp-RenderedMarkdown, .pe-panel')) {
        if (output.scrollWidth > output.clientWidth + 1 && output.clientWidth > 0)
            found.push(`${name(output)}: ${output.scrollWidth} px wide inside ${output.clientWidth} px: ` +
                       (output.innerText || '').replace(/\\s+/g, ' ').trim().slice(0, 60));
    }
    for (const e of outer.querySelectorAll('.js-plotly-plot, .widget-slider, .widget-dropdown, .jupyter-button, ' +
            '.widget-text input, .pe-panel table, .jp-RenderedHTMLCommon table, .jp-RenderedMarkdown img')) {
        const r = e.getBoundingClientRect(), beyond = Math.round(r.right - edge);
        if (r.width && beyond > 1) found.push(`${name(e)}: ends ${beyond} px beyond the edge`);
    }
    return found;
}"""


def open_notebook(page: Page, lab: Lab, notebook: str, *, reset: bool = True) -> None:
    """Open a notebook (path in the learner's folder) and wait until its kernel answers."""
    page.goto(lab.address(notebook, reset=reset))
    page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=60_000)
    page.evaluate(READY)
    hide_sidebars(page)


def open_lab(page: Page, lab: Lab) -> None:
    """Open JupyterLab without a notebook."""
    page.goto(f"{lab.server.address('lab')}&reset")
    page.wait_for_function("() => window.jupyterapp", timeout=60_000)
    page.evaluate("() => window.jupyterapp.restored")
    hide_sidebars(page)


def open_in_tab(page: Page, notebook: str) -> None:
    """Open a notebook in a JupyterLab that is open already, as a double click does; saves loading the whole page."""
    page.evaluate(
        "async (path) => { await window.jupyterapp.commands.execute('docmanager:open', { path }); }", notebook
    )
    page.evaluate(READY)


def hide_sidebars(page: Page) -> None:
    """Fold the file list away, as a learner with a narrow window does."""
    page.evaluate(
        """async () => { const shell = window.jupyterapp.shell;
            if (!shell.leftCollapsed) shell.collapseLeft();
            if (!shell.rightCollapsed) shell.collapseRight(); }"""
    )


def run_all(page: Page) -> None:
    """Run every cell and wait until the last picture stands."""
    page.evaluate("async () => { await window.jupyterapp.commands.execute('notebook:run-all-cells'); }")
    settle(page)


def execute(page: Page, code: str) -> None:
    """Run code in the open notebook's kernel, as from a console beside it, and wait until the page stands still.

    Raises
    ------
    RuntimeError
        If the code fails.
    """
    reply = page.evaluate(
        """async (code) => { const session = window.jupyterapp.shell.currentWidget.sessionContext.session;
            return (await session.kernel.requestExecute({ code }).done).content; }""",
        code,
    )
    if reply["status"] != "ok":
        raise RuntimeError(f"{reply.get('ename')}: {reply.get('evalue')}")
    settle(page)


def save(page: Page) -> None:
    """Save the notebook that is open."""
    page.evaluate("async () => { await window.jupyterapp.commands.execute('docmanager:save'); }")


def reload(page: Page) -> None:
    """Load the page anew with the kernel alive, as F5 does, and wait until the widgets are back."""
    page.reload()
    page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=60_000)
    page.evaluate(READY)
    settle(page)


def restart(page: Page) -> None:
    """Restart the kernel, as on the next day: what it knew is gone, what was saved is not."""
    page.evaluate(
        """async () => { const context = window.jupyterapp.shell.currentWidget.sessionContext;
            await context.session.kernel.restart(); await context.session.kernel.info; }"""
    )


def close_notebook(page: Page) -> None:
    """Stop the notebook's kernel and close it unsaved, so that neither kernels nor tabs pile up."""
    page.evaluate(
        """async () => { const panel = window.jupyterapp.shell.currentWidget;
            await panel.sessionContext.shutdown(); panel.context.model.dirty = false; panel.dispose(); }"""
    )


def settle(page: Page, *, quiet: float = 0.6, seconds: float = 30) -> None:
    """Wait until no cell and no picture changes its size for `quiet` seconds."""
    end, before, since = time.monotonic() + seconds, None, time.monotonic()
    while time.monotonic() < end:
        now = page.evaluate(SIZES, NOTEBOOK)
        if now != before:
            before, since = now, time.monotonic()
        elif time.monotonic() - since >= quiet:
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"The page still changes its layout after {seconds:.0f} seconds.")


def errors_shown(page: Page) -> list[str]:
    """Text of every error output and of every widget that could not be drawn."""
    shown = page.locator(
        f"{NOTEBOOK} [data-mime-type='application/vnd.jupyter.stderr'], "
        f"{NOTEBOOK} [data-mime-type='application/vnd.jupyter.error'], {NOTEBOOK} .jupyter-widgets.jp-mod-error, "
        f"{NOTEBOOK} .jupyter-widgets-error-widget"
    )
    lost = page.locator(f"{NOTEBOOK} .jp-OutputArea-output", has_text=re.compile("Error displaying widget"))
    # An error of a learner's cell shows as one plain sentence, without an error output.
    told = page.locator(f"{NOTEBOOK} .jp-OutputArea-output [role='alert']")
    return [text[:1000] for found in (shown, lost, told) for text in found.all_inner_texts()]


def cut_off(page: Page) -> list[str]:
    """What is wider than its box or ends beyond the notebook's edge, in words."""
    return list(page.evaluate(CUT_OFF, SCROLLER))


def panels(page: Page) -> Locator:
    """All panels of the open notebook, in reading order."""
    return page.locator(f"{NOTEBOOK} {PANEL}")


def panel(page: Page, n: int = 0) -> Locator:
    """The n-th panel, counted from 0, scrolled into view."""
    found = panels(page).nth(n)
    found.wait_for()
    found.scroll_into_view_if_needed()
    return found


# --- what a panel shows, and how it is moved -------------------------------------------------------------------------


@dataclass(frozen=True)
class View:
    """What a panel's exhibit shows: the picture as it is drawn, its text alternative, the sentence, the table."""

    picture: str
    spoken: str
    sentence: str
    table: str


def view(shown: Locator) -> View:
    """Read what a panel shows now; the table is read though it is folded."""
    picture = shown.locator(".pe-picture")
    return View(
        picture=str(picture.evaluate("e => [...e.querySelectorAll('.main-svg')].map(s => s.innerHTML).join('')")),
        spoken=picture.get_attribute("aria-label") or "",
        sentence=shown.locator(".pe-sentence").text_content() or "",
        table=shown.locator(".pe-exhibit > .pe-foldout > .pe-tablebox table").first.text_content() or "",
    )


def changed(page: Page, shown: Locator, *, since: View, seconds: float = 5) -> View | None:
    """Wait until the whole exhibit is another one; None if it stays."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        now = view(shown)
        parts = ("picture", "spoken", "sentence", "table")
        if all(getattr(now, part) != getattr(since, part) for part in parts):
            return now
        page.wait_for_timeout(50)
    return None


def handles(shown: Locator) -> list[Locator]:
    """The handles of all sliders of a panel that can be seen; those kept for later are brought out."""
    more = shown.locator(":scope > button")
    if more.count() and more.first.is_visible():
        # JupyterLab may take a far cell out of sight between the look and the click; then it is brought back.
        try:
            more.first.click(timeout=5_000)
        except PlaywrightTimeout:
            shown.scroll_into_view_if_needed()
            if more.first.is_visible():
                more.first.click(timeout=5_000)
    return [handle for handle in shown.get_by_role("slider").all() if handle.is_visible()]


def press_to_end(page: Page, handle: Locator) -> None:
    """Move a slider by the keyboard alone, a good way towards its farther end."""
    low, high, now = (float(handle.get_attribute(f"aria-value{name}") or 0) for name in ("min", "max", "now"))
    handle.focus()
    page.keyboard.press("ArrowLeft" if now > (low + high) / 2 else "ArrowRight")
    page.keyboard.press("Home" if now > (low + high) / 2 else "End")


def drag_across(page: Page, handle: Locator) -> None:
    """Drag a slider's handle with the mouse to the farther end of its track."""
    handle.scroll_into_view_if_needed()
    grip = handle.bounding_box()
    track = handle.locator("xpath=ancestor::*[contains(@class, 'noUi-base')][1]").bounding_box()
    assert grip is not None
    assert track is not None
    x, y = grip["x"] + grip["width"] / 2, grip["y"] + grip["height"] / 2
    share = 0.03 if x > track["x"] + track["width"] / 2 else 0.97
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(track["x"] + share * track["width"], y, steps=8)
    page.mouse.up()


def moved_by(page: Page, shown: Locator, move: Callable[[Page, Locator], None]) -> bool:
    """Whether moving some slider makes another exhibit: a quick look at each, and on a busy computer a patient one."""
    for seconds in (1.2, 6):
        for handle in handles(shown):
            before = view(shown)
            move(page, handle)
            if changed(page, shown, since=before, seconds=seconds):
                return True
    return False


def chosen_otherwise(page: Page, shown: Locator) -> bool:
    """Whether choosing from a drop-down list, or pressing a button, makes another exhibit: quickly, then patiently."""
    for seconds in (0.4, 3):
        for box in shown.get_by_role("combobox").all():
            for number in range(box.locator("option").count()):
                before = view(shown)
                box.select_option(index=number)
                if changed(page, shown, since=before, seconds=seconds):
                    return True
        for button in shown.locator("button.widget-button:not([disabled])").all():
            if button.is_visible():
                before = view(shown)
                button.click()
                if changed(page, shown, since=before, seconds=seconds):
                    return True
    return False


OVERLAPS = """(root) => {
    const found = [];
    for (const panel of document.querySelectorAll(root)) {
        const seen = [...panel.querySelectorAll('.pe-field, .pe-bottom, .pe-picture, .pe-sentence, details')]
            .map(e => [e, e.getBoundingClientRect()]).filter(([e, r]) => r.width && r.height);
        seen.forEach(([a, r], i) => seen.slice(i + 1).forEach(([b, s]) => {
            const wide = Math.min(r.right, s.right) - Math.max(r.left, s.left);
            const high = Math.min(r.bottom, s.bottom) - Math.max(r.top, s.top);
            if (wide > 1 && high > 1 && !a.contains(b) && !b.contains(a))
                found.push(`${a.className || a.tagName} lies over ${b.className || b.tagName}: ` +
                           `${Math.round(wide)} x ${Math.round(high)} px`);
        }));
    }
    return found;
}"""

PICTURES = """(root) => [...document.querySelectorAll(root + ' .pe-picture')].map(e => {
    const box = e.getBoundingClientRect(), svg = e.querySelector('.main-svg')?.getBoundingClientRect();
    return { words: e.getAttribute('aria-label') || '', height: box.height, width: box.width,
             drawnHeight: svg ? svg.height : 0, drawnWidth: svg ? svg.width : 0 };
})"""


# Text in a picture that ends outside it or lies over other text. A turned text's box is not its shape: left to people.
ILLEGIBLE = """(root) => {
    const found = [];
    const level = (e) => { for (let n = e; n && n.nodeName !== "svg"; n = n.parentNode) {
        const turned = /rotate\\(([-0-9.]+)/.exec(n.getAttribute("transform") || "");
        if (turned && +turned[1] % 90) return false;
    } return true; };
    for (const picture of document.querySelectorAll(root + ' .pe-picture')) {
        const paper = picture.getBoundingClientRect();
        const words = [...picture.querySelectorAll('.main-svg text')].filter(e => e.textContent.trim() && level(e)
            && getComputedStyle(e).visibility !== 'hidden' && +getComputedStyle(e).opacity > 0.05)
            .map(e => [e, e.getBoundingClientRect()]).filter(([e, r]) => r.width && r.height);
        const say = (what) => found.push(`${what} in “${picture.getAttribute('aria-label').slice(0, 60)}”`);
        for (const [e, r] of words)
            if (Math.min(r.left - paper.left, r.top - paper.top, paper.right - r.right, paper.bottom - r.bottom) < -1)
                say(`“${e.textContent}” is cut off`);
        words.forEach(([a, r], i) => words.slice(i + 1).forEach(([b, s]) => {
            const wide = Math.min(r.right, s.right) - Math.max(r.left, s.left);
            const high = Math.min(r.bottom, s.bottom) - Math.max(r.top, s.top);
            // A line of text is taller than its letters: boxes may touch where letters do not.
            if (wide > 2 && high > 5 && !a.contains(b) && !b.contains(a))
                say(`“${a.textContent}” lies over “${b.textContent}” (${Math.round(wide)} x ${Math.round(high)} px)`);
        }));
    }
    return found;
}"""


def illegible(page: Page) -> list[str]:
    """Words in pictures that are cut off or lie over one another, in words."""
    return list(page.evaluate(ILLEGIBLE, NOTEBOOK))


def overlaps(page: Page) -> list[str]:
    """Parts of a panel that lie over one another, in words."""
    return list(page.evaluate(OVERLAPS, f"{NOTEBOOK} {PANEL}"))


def bad_pictures(page: Page) -> list[str]:
    """Pictures that have collapsed, are not drawn, are wider than their box, or have no text alternative."""
    found = []
    for picture in page.evaluate(PICTURES, NOTEBOOK):
        name = f"the picture “{picture['words'][:60]}”"
        if picture["height"] < 100 or picture["drawnHeight"] < 100:
            found.append(f"{name} is {picture['height']:.0f} px high, drawn {picture['drawnHeight']:.0f} px")
        if picture["drawnWidth"] > picture["width"] + 1:
            found.append(f"{name} is {picture['drawnWidth']:.0f} px wide in a box of {picture['width']:.0f} px")
        if len(picture["words"]) < 10:
            found.append(f"{name} has no text alternative")
    return found


NAMELESS = """(roots) => {
    const found = [];
    const words = (e) => [
        e.getAttribute('aria-label'), e.title, ...[...(e.labels || [])].map(l => l.innerText),
        ...(e.getAttribute('aria-labelledby') || '').split(' ').map(i => document.getElementById(i)?.innerText),
        e.tagName === 'BUTTON' ? e.textContent : ''];
    const controls = 'input:not([type=hidden]), select, textarea, button, [role=slider], [role=img], .widget-radio-box';
    for (const root of document.querySelectorAll(roots))
        for (const e of root.querySelectorAll(controls)) {
            const named = e.matches('.widget-radio-box') ? [e.getAttribute('aria-label')] : words(e);
            if (e.getClientRects().length && !named.some(w => w && w.trim())) found.push(e.outerHTML.slice(0, 160));
        }
    return found;
}"""


def nameless(page: Page, *roots: str) -> list[str]:
    """Controls that a screen reader could not name."""
    return list(page.evaluate(NAMELESS, ", ".join(f"{NOTEBOOK} {root}" for root in roots)))


# What a person sees of the marks in a legend: for each pair of a picture's marks, how many pixels differ in lightness.
MARKS = """async ([picture, shot]) => {
    const image = new Image();
    image.src = "data:image/png;base64," + shot;
    await image.decode();
    const paper = Object.assign(document.createElement("canvas"), { width: image.width, height: image.height })
        .getContext("2d", { willReadFrequently: true });
    paper.drawImage(image, 0, 0);
    const home = picture.getBoundingClientRect(), scale = image.width / home.width;
    const marks = [...picture.querySelectorAll(".legend .traces")].map((trace) => {
        const box = trace.querySelector(".legendtoggle, .layers").getBoundingClientRect();
        const symbol = trace.querySelector(".layers").getBoundingClientRect();
        const high = Math.round(18 * scale), wide = Math.round(34 * scale);
        const middle = (symbol.y + symbol.height / 2 - home.y) * scale;
        const data = paper.getImageData(Math.round((symbol.x + symbol.width / 2 - home.x) * scale - wide / 2),
                                        Math.round(middle - high / 2), wide, high).data;
        const light = [];
        for (let i = 0; i < data.length; i += 4)
            light.push((0.2126 * data[i] + 0.7152 * data[i + 1] + 0.0722 * data[i + 2]) / 255);
        return { name: trace.textContent.trim(), light };
    });
    return marks.flatMap((one, i) => marks.slice(i + 1).map((other) => ({
        pair: `${one.name} / ${other.name}`,
        differ: one.light.filter((value, k) => Math.abs(value - other.light[k]) > 0.12).length / (scale * scale),
    })));
}"""
FEWEST_PIXELS = 12


def told_apart_by_colour_alone(page: Page, seen: str, *, keep: Path | None = None) -> list[str]:
    """Pairs of marks in a legend that somebody with a colour-blindness sees as the same, in words.

    Chromium itself shows the page as it looks to them (`seen` is its name for the colour-blindness). With `keep`,
    pictures of all panels are saved there under the name it begins with.
    """
    found = []
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setEmulatedVisionDeficiency", {"type": seen})
    for number, shown in enumerate(panels(page).all()):
        picture = shown.locator(".pe-picture")
        picture.scroll_into_view_if_needed()
        shot = picture.screenshot()
        if keep is not None:
            keep.parent.mkdir(parents=True, exist_ok=True)
            keep.with_name(f"{keep.name}-{number}-{seen}.png").write_bytes(shot)
        pairs = page.evaluate(MARKS, [picture.element_handle(), base64.b64encode(shot).decode()])
        found += [f"panel {number}: {one['pair']}" for one in pairs if one["differ"] < FEWEST_PIXELS]
    session.send("Emulation.setEmulatedVisionDeficiency", {"type": "none"})
    session.detach()
    return found


def inaccessible(page: Page, *roots: str) -> list[str]:
    """What axe finds serious or critical in our own parts of the page, in words."""
    include = [[f"{NOTEBOOK} {root}"] for root in roots if page.locator(f"{NOTEBOOK} {root}").count()]
    if not include:
        return []
    result = Axe().run(page, context={"include": include}, options={"resultTypes": ["violations"]})
    return [
        f"{found['impact']}: {found['help']}: {node['html'][:160]}"
        for found in result.response["violations"]
        if found["impact"] in ("serious", "critical")
        for node in found["nodes"]
    ]


def shoot_notebook(page: Page, folder: Path, *, prefix: str) -> list[Path]:
    """Save the notebook page by page, top to bottom, as PREFIX-01.png and so on."""
    folder.mkdir(parents=True, exist_ok=True)
    box = page.locator(SCROLLER)
    sizes = "(s) => { const e = document.querySelector(s); return [e.clientHeight, e.scrollHeight]; }"
    height, whole = page.evaluate(sizes, SCROLLER)
    saved = []
    step, top = max(1, int(height * 0.95)), 0
    while True:
        page.evaluate("([s, y]) => { document.querySelector(s).scrollTop = y; }", [SCROLLER, top])
        page.wait_for_timeout(250)
        saved.append(folder / f"{prefix}-{len(saved) + 1:02}.png")
        page.screenshot(path=saved[-1], clip=box.bounding_box())
        if top + height >= whole:
            return saved
        top = min(top + step, whole - height)
