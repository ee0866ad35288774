"""Look at a lesson as a learner sees it: open it in a real JupyterLab, run all cells, save pictures of every part.

    python tests/browser/look.py lessons/04_remuneration.ipynb OUTDIR [--widths 1280 800] [--height 1300]

The pictures are named NAME-WIDTH-01.png, -02.png and so on, top to bottom. Console errors, error outputs, requests
that would leave the machine and boxes that are cut off are printed. The notebook itself is not touched: a copy is run.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page

sys.path.insert(0, str(Path(__file__).resolve().parent))
import lab


def look(notebook: Path, outdir: Path, *, widths: list[int], height: int) -> bool:
    """Save the pictures and print what is wrong; True if nothing is."""
    clean = True
    with tempfile.TemporaryDirectory(prefix="parecon_look_", ignore_cleanup_errors=True) as temporary:
        course = lab.make_course(Path(temporary) / "my_course")
        with lab.jupyterlab(course) as server, lab.browser() as browser:
            for width in widths:
                lab.forget(course)  # a prediction locked at one width would be locked at the next
                with lab.new_page(browser, width=width, height=height) as (page, watch):
                    lab.open_notebook(page, server, copy(notebook, course))
                    start = time.monotonic()
                    lab.run_all(page)
                    print(f"{notebook.name} at {width} px: Run All {time.monotonic() - start:.1f} s,", end=" ")
                    saved = lab.shoot_notebook(page, outdir, prefix=f"{notebook.stem}-{width}")
                    print(
                        f"{lab.panels(page).count()} panel(s), pictures {saved[0]} ... {saved[-1].name} ({len(saved)})"
                    )
                    clean = tell(findings(page, watch)) and clean
                    lab.close_notebook(page)
    return clean


def copy(notebook: Path, course: Path) -> str:
    """Put the learner's copy of a notebook into the learner's folder; give its path there."""
    part = "exercises" if notebook.parent.name in ("exercises", "solutions") else "lessons"
    (course / part).mkdir(exist_ok=True)
    content = lab.start.notebook_bytes(lab.start.learner_copy(lab.start.read_notebook(notebook)))
    (course / part / notebook.name).write_bytes(content)
    return f"{part}/{notebook.name}"


def findings(page: Page, watch: lab.Watch) -> dict[str, list[str]]:
    """All that is wrong with the page, by kind."""
    return {
        "error shown": lab.errors_shown(page),
        "console error": watch.console,
        "request leaves the machine": sorted(watch.outside),
        "bad picture": lab.bad_pictures(page),
        "cut off": lab.cut_off(page),
        "lies over another part": lab.overlaps(page),
        "serious to axe": lab.inaccessible(page, lab.PANEL, ".pe-question"),
        "control without a name": lab.nameless(page, lab.PANEL, ".pe-question"),
    }


def tell(found: dict[str, list[str]]) -> bool:
    """Print what was found; True if nothing was."""
    for kind, lines in found.items():
        print(f"  {kind}: {len(lines)}")
        for line in lines:
            print(f"    - {line}")
    return not any(found.values())


def main() -> int:
    """Read the command line, look, answer 0 if nothing is wrong."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("notebook", type=Path)
    parser.add_argument("outdir", type=Path)
    parser.add_argument("--widths", type=int, nargs="+", default=[1280, 800])
    parser.add_argument("--height", type=int, default=1300)
    args = parser.parse_args()
    return 0 if look(args.notebook.resolve(), args.outdir, widths=args.widths, height=args.height) else 1


if __name__ == "__main__":
    sys.exit(main())
