"""A lesson printed or exported to HTML: every figure is there in words and as a table, and nothing is fetched."""

import html
import re
from pathlib import Path

import nbformat
import pytest
from nbconvert import HTMLExporter

from parecon_edu.lesson import notebooks

LESSONS = sorted((Path(__file__).parents[2] / "lessons").glob("*.ipynb"))
# What `start.py` tells JupyterLab, so that File → Save and Export gives a page that works without a network.
ALONE = {"mathjax_url": "", "require_js_url": "", "jquery_url": ""}


def shown(cell):
    return "\n".join(output.get("data", {}).get("text/html", "") for output in cell.get("outputs", ()))


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_an_exported_lesson_shows_every_figure_in_words_and_as_a_table_and_fetches_nothing(path):
    notebook = nbformat.read(path, as_version=4)
    page, _ = HTMLExporter(**ALONE).from_notebook_node(notebook)
    assert not re.findall(r"""(?:src|href)\s*=\s*["']https?://(?!www\.w3\.org)""", page.split("<body")[0])
    assert "jp-Mermaid" not in page.partition("<body")[2].replace(".jp-Mermaid", ""), "a diagram would be fetched"
    panels = [
        cell
        for cell in notebook["cells"]
        if cell["cell_type"] == "code"
        and notebooks.IGNORE in notebooks.tags(cell)
        and re.search(r"\.panel\(|\.show\(\)", cell["source"])
    ]
    assert panels, "every lesson has a panel"
    for cell in panels:
        stored = shown(cell)
        assert re.search(r"<p[^>]*>[^<]{20,}", stored), f"no sentence is stored for {cell['source']!r}"
        assert "<table" in stored, f"no table is stored for {cell['source']!r}"
        sentence = re.search(r"<p[^>]*>([^<]{20,80})", stored)[1]
        assert html.unescape(sentence) in html.unescape(page)
