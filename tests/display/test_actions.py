"""A button changes a panel's values when it is pressed and not before; what it remembers is in the scenario code."""

import contextlib

import ipywidgets as widgets
import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from parecon_edu.display import Action, Detail, Exhibit, Kept, Panel, Rows, Slider, Table
from parecon_edu.display.scenario_code import decode, encode

CONTROLS = (Slider("price", "Price", 1, 9, 1, 4), Kept(Rows("asked", "Prices asked", 1, ((4.0,),), most=3)))


def draw(price, asked):
    details = (Detail("Asked so far", tuple(f"round {n}: {row[0]:g}" for n, row in enumerate(asked, 1)), open=True),)
    table = Table(("round", "price"), tuple((n, row[0]) for n, row in enumerate(asked, 1)), "Prices")
    return Exhibit(go.Figure(layout={"template": "none"}), f"Asked {len(asked)} times.", table, details)


def ask(price, asked):
    if price == asked[-1][0]:
        raise ValueError("You have not changed the price. Change it first.")
    return {"asked": (*asked, (price,))}


def make():
    actions = [Action("ask", "Ask", ask, main=True), Action("undo", "Undo", lambda price, asked: {"asked": asked[:-1]})]
    return Panel("ask", CONTROLS, draw, lambda **values: repr(values), actions=actions)


def button(panel, label):
    return next(w for w in everything(panel) if isinstance(w, widgets.Button) and w.description == label)


def everything(widget):
    return [widget, *(w for child in getattr(widget, "children", ()) for w in everything(child))]


def test_moving_a_slider_asks_nobody_and_pressing_the_button_does():
    panel = make()
    panel.set(price=6)
    assert panel.exhibit.sentence == "Asked 1 times."
    panel.press("ask")
    assert panel.exhibit.sentence == "Asked 2 times."
    assert panel.values["asked"] == ((4.0,), (6.0,))


def test_the_button_in_the_page_does_the_same_as_pressing_it_from_python():
    by_hand, by_name = make(), make()
    for panel in (by_hand, by_name):
        panel.set(price=7)
    button(by_hand, "Ask").click()
    by_name.press("ask")
    assert by_hand.values == by_name.values
    assert by_hand.scenario_code == by_name.scenario_code


def test_what_cannot_be_done_now_is_said_in_words_and_changes_nothing():
    panel = make()
    button(panel, "Ask").click()
    assert panel.message == "You have not changed the price. Change it first."
    assert panel.values["asked"] == ((4.0,),)
    with pytest.raises(ValueError, match=r"no button 'sell'\. It has ask and undo"):
        panel.press("sell")


def test_a_kept_value_has_no_field_and_is_in_the_scenario_code():
    panel, other = make(), make()
    assert list(panel._fields) == ["price"]
    for price in (5, 6.25):
        panel.set(price=price)
        panel.press("ask")
    assert panel.scenario_code == "ask-1?price=6.25&asked=4.0~5.0~6.25"
    other.restore(panel.scenario_code)
    assert other.values == panel.values


def test_back_to_start_takes_back_what_the_buttons_did():
    panel = make()
    panel.set(price=6)
    panel.press("ask")
    button(panel, "Back to start").click()
    assert panel.values == {"price": 4.0, "asked": ((4.0,),)}


def test_too_many_rows_and_rows_that_are_no_numbers_are_refused():
    panel = make()
    for rows, words in [([[1]] * 4, "at most 3 rows"), ([[1, 2]], "rows of 1 numbers"), ([["x"]], "rows of numbers")]:
        with pytest.raises(ValueError, match=words):
            panel.set(asked=rows)
    assert panel.values["asked"] == ((4.0,),)


@given(st.lists(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=2, max_size=2), max_size=9))
def test_every_record_survives_its_code(rows):
    controls = [Kept(Rows("asked", "Asked", 2))]
    wanted = tuple(tuple(row) for row in rows)
    assert decode(encode("t", 1, controls, {"asked": wanted}), "t", 1, controls) == {"asked": wanted}


@given(st.text(alphabet="0123456789.e_~-+infa ", max_size=40))
def test_no_text_breaks_the_reader_of_rows(text):
    with contextlib.suppress(ValueError):
        assert all(len(row) == 2 for row in Rows("asked", "Asked", 2).read(text))


def test_details_are_printed_exported_and_escaped():
    exhibit = Exhibit(go.Figure(), "One.", Table(("a",), (), "T"), (Detail("More <b>", ("x < y", "second")),))
    assert str(exhibit).endswith("More <b>\nx < y\nsecond")
    assert "<li>x &lt; y</li>" in exhibit.to_html()
    assert "More &lt;b&gt;" in exhibit.to_html()


def test_a_page_gets_the_details_with_everything_else_in_one_message():
    import json

    panel = make()
    shown = json.loads(panel._plot.view)["details"]
    assert shown == [
        {"title": "Asked so far", "html": "<p>round 1: 4</p>", "open": True, "spoken": False},
    ]


def test_a_button_of_a_slow_panel_says_that_it_is_working_until_it_is_done():
    said = []

    def slow(price, asked):
        said.append(panel.message)
        return {"asked": (*asked, (price,))}

    panel = Panel("ask", CONTROLS, draw, lambda **values: "", actions=[Action("ask", "Ask", slow)], live=False)
    button(panel, "Ask").click()
    assert said == ["Working …"]
    assert panel.message == ""
    assert panel.exhibit.sentence == "Asked 2 times."
