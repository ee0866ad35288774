"""An exhibit says the same thing three times: as a picture, in a sentence and in a table."""

import json

import plotly.graph_objects as go
import pytest

from parecon_edu.display import Exhibit, Plot, Table

TABLE = Table(("person", "pay"), (("Amara & Bo", 1200), ("Chen", 0.305)), "Pay, a week")


def test_the_table_reads_the_same_as_text_and_as_html():
    html = TABLE.to_html()
    for cell in ("1,200", "0.30"):
        assert cell in str(TABLE)
        assert f"<td>{cell}</td>" in html
    assert "Amara &amp; Bo" in html, "names are escaped: a learner's own text cannot become markup"
    assert html.count('scope="row"') == 2
    assert "<caption>Pay, a week</caption>" in html


def test_a_row_of_the_wrong_length_is_refused_by_name():
    with pytest.raises(ValueError, match=r"'Pay' needs 2 cells.*has 1"):
        Table(("person", "pay"), (("Amara",),), "Pay")


def test_everything_goes_to_the_page_in_one_message():
    figure = go.Figure([{"type": "bar", "x": ["a"], "y": [3]}], {"template": "none", "height": 300})
    plot = Plot.of(Exhibit(figure, 'A "quoted" sentence.', TABLE))
    seen = json.loads(plot.view)
    assert seen["figure"]["data"][0]["y"] == [3]
    assert seen["figure"]["layout"]["height"] == 300
    assert seen["sentence"] == 'A "quoted" sentence.'
    assert seen["table"] == TABLE.to_html()
    assert len(plot.view) < 5_000, "a redraw is a few kilobytes; plotly itself goes over once"


def test_without_a_kernel_the_page_still_shows_sentence_and_table():
    exhibit = Exhibit(go.Figure(layout={"template": "none"}), "Nobody gains.", TABLE)
    bundle = Plot.of(exhibit)._repr_mimebundle_()
    data = bundle[0] if isinstance(bundle, tuple) else bundle
    assert "Nobody gains." in data["text/html"]
    assert "<table" in data["text/html"]
    assert str(exhibit).startswith("Nobody gains.\n\nPay, a week")
