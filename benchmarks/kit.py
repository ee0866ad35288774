"""How fast the kit feels: `python benchmarks/kit.py` (needs a Chromium for its last part).

Each figure stands beside what it should stay under. Nothing is asserted: a machine under load is slow for reasons of
its own, so compare within one run.
"""

import contextlib
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "browser"))

import lab
import nbformat
from nbclient import NotebookClient
from playwright.sync_api import Locator, Page

from parecon_edu.display.inputs import Choice, Slider, Switch
from parecon_edu.lesson import notebooks

TOPICS = sorted(".".join(path.parent.relative_to(ROOT).parts) for path in (ROOT / "parecon_edu").glob("**/controls.py"))
LESSONS = sorted((ROOT / "lessons").glob("*.ipynb"))
# Times each key press in the page itself, from the key to the picture that plotly has finished.
STOPWATCH = """(pictures) => new Promise((done) => {
    const handle = document.activeElement, start = performance.now();
    let left = pictures.length;
    for (const picture of pictures) picture.once("plotly_afterplot", () => {
        if (--left === 0) done(performance.now() - start);
    });
    handle.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight", code: "ArrowRight", bubbles: true }));
})"""


# JupyterLab asks which kernel to start if a notebook does not say.
KERNEL = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
# One slider that moves five figures.
FIVE = """from ipywidgets import VBox
from parecon_edu import remuneration
from parecon_edu.display import Panel, Plot, Slider

bakery = remuneration.panel("hours")
others = [Plot.of(bakery.exhibit) for _ in range(4)]

def draw(hours):
    exhibit = bakery._draw(hours=hours)
    for plot in others:
        plot.show(exhibit)
    return exhibit

first = Panel("five", [Slider("hours", "Hours", 0, 60, 1, 20)], draw, lambda hours: "")
VBox([first, *others])"""

# The same five by plotly's own widget, to see what the house's way saves on the machine at hand.
PLOTLYS = (
    FIVE.partition("others =")[0]
    + """from plotly.graph_objects import FigureWidget
others = [FigureWidget(bakery.exhibit.figure) for _ in range(5)]

def draw(hours):
    exhibit = bakery._draw(hours=hours)
    for other in others:
        with other.batch_update():
            other.data[0].y, other.data[0].text = exhibit.figure.data[0].y, exhibit.figure.data[0].text
            other.layout.yaxis.range = exhibit.figure.layout.yaxis.range
    return exhibit

from ipywidgets import FloatSlider
slider = FloatSlider(20, min=0, max=60, step=1)
slider.observe(lambda change: draw(change["new"]), "value")
VBox([slider, *others])"""
)


def row(what: str, value: float, limit: float, *, unit: str = "s") -> None:
    mark = "" if value <= limit else "   over"
    print(f"  {what:<42}{value:9.3g} {unit}   (should be <= {limit:g} {unit}){mark}")


def seconds(*command: str) -> float:
    before = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, cwd=ROOT)
    return time.perf_counter() - before


def imports() -> None:
    print("Import, less the start of Python itself (median of 5):")
    bare = statistics.median(seconds(sys.executable, "-c", "pass") for _ in range(5))
    for module in ("parecon_edu", *TOPICS):
        taken = statistics.median(seconds(sys.executable, "-c", f"import {module}") for _ in range(5))
        row(module, taken - bare, 0.3)


def second_start() -> None:
    print("Start, once everything is set up, to a page that answers:")
    seconds(sys.executable, "start.py", "setup")
    port = lab.free_port()
    before = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "start.py", "--no-browser", "--port", str(port)], cwd=ROOT, stdout=subprocess.DEVNULL
    ) as course:
        while time.perf_counter() - before < 60:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                break
            time.sleep(0.02)
        row("second start", time.perf_counter() - before, 5)
        seconds(sys.executable, "start.py", "stop")
        course.wait(timeout=30)


def run_all() -> None:
    print("Run All, in the kernel, its start included:")
    for path in LESSONS:
        notebook = notebooks.read(path)
        before = time.perf_counter()
        with tempfile.TemporaryDirectory() as folder:
            NotebookClient(notebook, resources={"metadata": {"path": folder}}).execute()
        row(path.stem, time.perf_counter() - before, 10)


def redraws() -> None:
    print("A panel's redraw, processor time in the kernel (median over its controls):")
    for topic in TOPICS:
        controls = import_module(f"{topic}.controls")
        for view in controls._VIEWS:
            panel = controls.panel(view)
            taken = [set_once(panel, control) for control in panel._controls.values() for _ in range(3)]
            # A panel that draws when a control is let go may take longer; it says that it is working.
            limit = 20 if panel._live else 100
            row(f"{topic.partition('.')[2]}: {view}", 1e3 * statistics.median(taken), limit, unit="ms")


def set_once(panel: object, control: object) -> float:
    now = panel.values[control.name]
    if isinstance(control, Slider):
        other = control.low if now > (control.low + control.high) / 2 else control.high
    elif isinstance(control, Choice):
        other = next(option for option in control.options if option != now)
    elif isinstance(control, Switch):
        other = not now
    else:
        other = now
    before = time.process_time()
    # Two controls may exclude each other; that answer takes its time too.
    with contextlib.suppress(ValueError):
        panel.set(**{control.name: other})
    return time.process_time() - before


def in_the_browser() -> None:
    print("From a key press to the redrawn figure, in JupyterLab (lesson 00; 30 presses):")
    with (
        tempfile.TemporaryDirectory() as folder,
        lab.jupyterlab(lab.make_course(Path(folder) / "course")) as server,
        lab.browser() as chromium,
    ):
        with lab.new_page(chromium) as (page, _):
            lab.open_notebook(page, server, "lessons/00_start_here.ipynb")
            lab.run_all(page)
            taken = presses(page, lab.panel(page))
            row("one figure, median", statistics.median(taken), 100, unit="ms")
            row("one figure, slowest", max(taken), 200, unit="ms")
            lab.close_notebook(page)
            medians = {}
            for name, cell in {"five": FIVE, "plotlys": PLOTLYS}.items():
                notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell)], metadata=KERNEL)
                nbformat.write(notebook, Path(folder) / "course" / f"{name}.ipynb")
                lab.open_in_tab(page, f"{name}.ipynb")
                lab.run_all(page)
                taken = presses(page, page.locator(f"{lab.NOTEBOOK} .jp-OutputArea-output").first)
                medians[name] = statistics.median(taken)
                if name == "five":
                    row("five figures at once, median", medians[name], 130, unit="ms")
                    row("five figures at once, slowest", max(taken), 300, unit="ms")
                lab.close_notebook(page)
            # The 130 ms come from a computer on which five FigureWidgets took 161: this ratio holds on any.
            row(
                "the same, against plotly's FigureWidget", medians["five"] / medians["plotlys"], 130 / 161, unit="times"
            )

        # Counting what arrives slows its arrival down, so it has a page of its own.
        received: list[int] = []
        with lab.new_page(chromium) as (page, _):
            page.on("websocket", lambda socket: socket.on("framereceived", lambda data: received.append(len(data))))
            lab.open_notebook(page, server, "lessons/00_start_here.ipynb")
            lab.run_all(page)
            page.wait_for_timeout(1000)
            sent = sum(received)
            row("sent to the page in all, plotly included", sent / 1e6, 8, unit="MB")
            taken = presses(page, lab.panel(page))
            row("sent for one redraw", (sum(received) - sent) / len(taken) / 1e3, 20, unit="kB")


def presses(page: Page, shown: Locator) -> list[float]:
    """Press a key 30 times; milliseconds until all pictures stand."""
    lab.handles(shown)[0].focus()
    page.wait_for_timeout(1000)
    pictures = shown.locator(".js-plotly-plot")
    return [pictures.evaluate_all(STOPWATCH) for _ in range(30)]


def this_computer() -> None:
    """Say how fast Python itself is right now: a rented computer may be twice as slow an hour later."""
    before = time.perf_counter()
    sum(number for number in range(10**7))
    print(f"Adding up ten million numbers takes Python {time.perf_counter() - before:.2g} s here and now.")


def main() -> None:
    this_computer()
    imports()
    redraws()
    second_start()
    run_all()
    if lab.chromium() is None:
        print("No Chromium here, so nothing is timed in a browser.")
    else:
        in_the_browser()
    this_computer()


if __name__ == "__main__":
    main()
