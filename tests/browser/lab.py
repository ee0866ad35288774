"""A real JupyterLab and a real Chromium for the tests and for `look.py`.

The server gets folders of its own, so nothing of the user's Jupyter settings reaches it and nothing of it stays behind.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Request, sync_playwright

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
# No news pop-up, no question about leaving, all cells in the page (otherwise only the visible ones exist).
SETTINGS = {
    "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False},
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


@dataclass(frozen=True)
class Lab:
    """A running JupyterLab: its address, its key and the learner's folder it serves."""

    url: str
    token: str
    course: Path
    log: Path

    def address(self, notebook: str, *, reset: bool = True) -> str:
        """Address of a notebook, `notebook` relative to the learner's folder."""
        return f"{self.url}/lab/tree/{notebook}?{'reset&' if reset else ''}token={self.token}"


def make_course(folder: Path) -> Path:
    """Make a learner's folder as `start.py` does: copies of lessons and exercises, and the mark that it is one."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / ".parecon_course").touch()
    for part in ("lessons", "exercises"):
        (folder / part).mkdir(exist_ok=True)
        for notebook in sorted((ROOT / part).glob("*.ipynb")):
            shutil.copy(notebook, folder / part / notebook.name)
    return folder


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


def wait_until_up(url: str, *, process: subprocess.Popen[bytes], log: Path, seconds: float = 60) -> None:
    """Wait until the server answers; say what its log says if it does not."""
    end = time.monotonic() + seconds
    while time.monotonic() < end and process.poll() is None:
        try:
            urllib.request.urlopen(url, timeout=2).close()
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise RuntimeError(f"JupyterLab did not start. Its log ends:\n{log.read_text(errors='replace')[-2000:]}")


@contextmanager
def jupyterlab(course: Path, *, private: Path, settings: dict[str, object] | None = None) -> Iterator[Lab]:
    """Serve `course` from a JupyterLab whose config, data, runtime and IPython folders are under `private`."""
    folders = {
        "JUPYTER_CONFIG_DIR": private / "config",
        "JUPYTER_DATA_DIR": private / "data",
        "JUPYTER_RUNTIME_DIR": private / "runtime",
        "JUPYTERLAB_SETTINGS_DIR": private / "settings",
        "JUPYTERLAB_WORKSPACES_DIR": private / "workspaces",
        "IPYTHONDIR": private / "ipython",
    }
    app_settings = private / "app_settings"
    for folder in (*folders.values(), app_settings):
        folder.mkdir(parents=True, exist_ok=True)
    (app_settings / "overrides.json").write_text(json.dumps(SETTINGS | (settings or {})), encoding="utf-8")
    # PARECON_COURSE would lead the lessons to another learner's folder than the one served here.
    env = {name: value for name, value in os.environ.items() if name != "PARECON_COURSE"}
    env |= {name: str(folder) for name, folder in folders.items()}
    port, token, log = free_port(), secrets.token_hex(16), private / "server.log"
    command = [
        *(sys.executable, "-m", "jupyterlab", "--no-browser", "--ip=127.0.0.1", f"--port={port}"),
        *("--ServerApp.port_retries=0", "--LabApp.expose_app_in_browser=True", "--LabApp.extension_manager=readonly"),
        *(f"--LabApp.app_settings_dir={app_settings}", f"--IdentityProvider.token={token}"),
        f"--ServerApp.root_dir={course}",
        *(("--allow-root",) if hasattr(os, "geteuid") and os.geteuid() == 0 else ()),
    ]
    with log.open("wb") as out:
        process = subprocess.Popen(command, env=env, cwd=course, stdout=out, stderr=subprocess.STDOUT)
        try:
            url = f"http://127.0.0.1:{port}"
            wait_until_up(f"{url}/api", process=process, log=log)
            yield Lab(url=url, token=token, course=course, log=log)
        finally:
            process.terminate()
            try:
                process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


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
        page.on("pageerror", lambda error: self.console.append(f"exception: {str(error)[:400]}"))

    def _request(self, request: Request) -> None:
        if not AT_HOME.match(request.url):
            self.outside.add(request.url)

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


def hide_sidebars(page: Page) -> None:
    """Fold the file list away, as a learner with a narrow window does."""
    page.evaluate(
        """async () => { const shell = window.jupyterapp.shell;
            if (!shell.leftCollapsed) shell.collapseLeft();
            if (!shell.rightCollapsed) shell.collapseRight(); }"""
    )


def run_all(page: Page) -> None:
    """Run every cell and wait until the last picture stands."""
    page.evaluate("() => window.jupyterapp.commands.execute('notebook:run-all-cells')")
    settle(page)


def save(page: Page) -> None:
    """Save the notebook that is open."""
    page.evaluate("() => window.jupyterapp.commands.execute('docmanager:save')")


def reload(page: Page) -> None:
    """Load the page anew with the kernel alive, as F5 does, and wait until the widgets are back."""
    page.reload()
    page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=60_000)
    page.evaluate(READY)
    settle(page)


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
    return [text[:1000] for text in (*shown.all_inner_texts(), *lost.all_inner_texts())]


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
