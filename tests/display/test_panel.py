"""A panel keeps its own state, says what is wrong in a sentence, and can be restored from a line of text."""

import contextlib
import importlib.util

import ipywidgets as widgets
import numpy as np
import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from parecon_edu.display import Action, Choice, Exhibit, Panel, Slider, Switch, Table, Text, accessible, fields
from parecon_edu.display.scenario_code import decode, encode

CONTROLS = (
    Slider("hours", "Hours", 0, 60, 1, 40, unit="a week"),
    Slider("people", "People", 1, 9, 1, 4, whole=True),
    Choice("rule", "What is rewarded", {"equal": "the same", "effort": "effort"}, "equal"),
    Switch("ring", "Raters know each other"),
    Text("who", "Name", "Amara"),
)


def draw(hours, people, rule, ring, who):
    if hours == 13:
        raise ValueError("Thirteen is not a number of hours here. Try 12.")
    table = Table(("what", "value"), (("hours", hours),), "Hours")
    return Exhibit(go.Figure(layout={"template": "none"}), f"{who}: {hours:g} h, {people} {rule} {ring}", table)


def make(**settings):
    return Panel("test", CONTROLS, draw, lambda **values: repr(values), **settings)


def widgets_of(panel, name):
    return panel._fields[name].named


def test_setting_a_control_changes_sentence_table_and_code_together():
    panel = make()
    panel.set(hours=30, rule="effort")
    assert panel.exhibit.sentence == "Amara: 30 h, 4 effort False"
    assert panel.exhibit.table.rows == (("hours", 30.0),)
    assert "'hours': 30.0" in panel.code
    assert panel.values["rule"] == "effort"


def test_moving_the_widget_does_the_same_as_setting():
    panel = make()
    slider, box = widgets_of(panel, "hours")
    slider.value = 25
    assert panel.values["hours"] == 25
    assert box.value == "25", "slider and number box show the same"
    box.value = "31"
    assert panel.values["hours"] == 31
    assert slider.value == 31


def test_two_panels_do_not_touch():
    one, two = make(), make()
    one.set(hours=1, ring=True)
    assert two.values["hours"] == 40
    assert not two.values["ring"]
    assert widgets_of(two, "hours")[0].value == 40


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"hours": 61}, "'Hours' goes from 0 to 60; you gave 61"),
        ({"hours": float("nan")}, "'Hours' goes from 0 to 60; you gave nan"),
        ({"hours": "many"}, "'Hours' takes a number; you gave 'many'"),
        ({"people": 2.5}, "'People' takes whole numbers; you gave 2.5. Put 2 or 3."),
        ({"people": "2,5"}, "'People' takes whole numbers; you gave 2,5. Put 2 or 3."),
        ({"hours": "0,305"}, "'Hours' takes decimals with a point; you gave 0,305. Put 0.305."),
        ({"hours": "0,305,1"}, "'Hours' takes a number; you gave '0,305,1'"),
        ({"rule": "luck"}, "can be 'equal' and 'effort'; you gave 'luck'"),
        ({"ring": "perhaps"}, "on or off"),
        ({"who": "x" * 401}, "at most 400 letters"),
        ({"who": 3}, "takes text"),
        ({"hours": 10**400}, "'Hours' goes from 0 to 60"),
        ({"rule": ["effort"]}, "can be 'equal' and 'effort'"),
        ({"ring": np.ones(2)}, "on or off"),
        ({"wage": 3}, "no control 'wage'. It has hours, people, rule, ring and who"),
        ({"hours": 13}, "Thirteen"),
    ],
)
def test_a_bad_value_is_refused_in_words_and_nothing_changes(change, words):
    panel = make()
    before, sentence = panel.values, panel.exhibit.sentence
    with pytest.raises(ValueError, match=words.replace("(", r"\(")):
        panel.set(**change)
    assert panel.values == before
    assert panel.exhibit.sentence == sentence


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("99", "'Hours' goes from 0 to 60; you gave 99. Choose a number between the two."),
        ("", "'Hours' takes a number; you gave ''. Type one between 0 and 60."),
        ("forty", "'Hours' takes a number; you gave 'forty'. Type one between 0 and 60."),
        ("0,305", "'Hours' takes decimals with a point; you gave 0,305. Put 0.305."),
        ("13", "Thirteen is not a number of hours here. Try 12."),
    ],
)
def test_a_refused_number_is_explained_and_stays_and_no_button_works_with_the_one_before(typed, words):
    on = Action("on", "On", lambda **values: {"ring": True})
    panel = make(actions=[on])
    slider, box = widgets_of(panel, "hours")
    box.value = typed
    assert (panel.message, box.value) == (words, typed)
    assert (panel.values["hours"], slider.value) == (40, 40), "the earlier value stands"
    panel._pressed("on")
    assert (panel.message, panel.values["ring"]) == (words, False)
    box.value = "12"
    assert (panel.message, slider.value) == ("", 12), "the message goes when the next change is fine"
    panel._pressed("on")
    assert panel.values["ring"]


def test_the_slider_beside_a_refused_number_takes_its_place():
    panel = make()
    slider, box = widgets_of(panel, "hours")
    box.value = "99"
    slider.value = 13
    assert panel.message.startswith("Thirteen")
    assert (slider.value, box.value) == (40, "40")
    box.value = "99"
    slider.value = 14
    assert (panel.message, box.value) == ("", "14")


@pytest.mark.parametrize("typed", ["12", " 12 ", "+12", "12.0", "12a week", "1 2", "12,0"])
def test_a_number_is_read_as_people_type_it(typed):
    panel = make()
    whole = Slider("hours", "Hours", 0, 60, 1, 40, unit="a week", whole=True)
    assert whole.accept(typed) == 12
    if "," not in typed:
        box = widgets_of(panel, "hours")[1]
        box.value = typed
        assert (panel.values["hours"], box.value, panel.message) == (12, "12", "")


@pytest.mark.parametrize(
    ("control", "typed", "stop"),
    [
        (Slider("any", "Any", 0, 60, 1, 20), 12.4, 12),
        (Slider("any", "Any", 1, 40, 5, 1, whole=True), 12, 11),
        (Slider("any", "Any", 0.05, 0.6, 0.01, 0.15), 0.304, 0.3),
        (Slider("any", "Any", 0, 19, 5, 0), 18, 19),
    ],
)
def test_a_value_between_two_steps_of_the_slider_is_kept(control, typed, stop):
    """The page's slider goes to a step and says so, a little beside it in the last digit; only another step is a move.

    The last step may be short: from 15 the next stop on the way to 19 is 19.
    """
    panel = Panel("one", [control], lambda any: draw(any, 1, "", False, ""), lambda **values: "")
    slider, box = widgets_of(panel, "any")
    box.value = str(typed)
    assert slider.value == pytest.approx(stop, abs=1e-9)
    if not control.whole:
        slider.value = slider.value * (1 - 1e-15)
    assert (panel.values["any"], box.value) == (typed, str(typed))
    slider.value = control.low
    assert panel.values["any"] == control.low


@given(value=st.floats(-1e6, 1e6))
def test_a_number_box_shows_the_very_number_that_the_panel_keeps(value):
    control = Slider("any", "Any", -1e6, 1e6, 1, 0)
    kept = control.accept(value)
    field = fields.make_field(control, lambda name, value: None)
    field.show(kept)
    assert control.accept(field.named[1].value) == kept


@pytest.mark.parametrize("typed", ["x" * 401, "nobody"])
def test_a_text_that_is_refused_stays_in_its_box_to_be_mended(typed):
    """A paragraph of 450 letters where 400 fit: "shorten it" helps only who still has it."""

    def draw_known(who, hours):
        if who == "nobody":
            raise ValueError("That is nobody. Write a name.")
        return draw(hours, 1, "equal", False, who)

    keep = Action("keep", "Keep", lambda **values: {"hours": values["hours"] + 1})
    controls = [Text("who", "Name", "Amara"), Slider("hours", "Hours", 0, 60, 1, 40)]
    panel = Panel("who", controls, draw_known, lambda **values: "", actions=[keep])
    box = panel._fields["who"].named[0]
    box.value = typed
    said = panel.message
    assert "Shorten it" in said or "Write a name" in said
    assert (box.value, panel.values["who"]) == (typed, "Amara")
    panel._fields["hours"].named[0].value = 30
    assert (box.value, panel.message) == (typed, said), "moving something else does not take it away"
    button = next(
        w for child in panel.children for w in getattr(child, "children", ()) if getattr(w, "description", "") == "Keep"
    )
    button.click()
    assert (panel.values["hours"], panel.message) == (30, said), "no button works with the text before"
    box.value = "Bo"
    assert (panel.values["who"], panel.message) == ("Bo", "")
    button.click()
    assert panel.values["hours"] == 31
    box.value = typed
    panel.set(who="Chen")
    assert box.value == "Chen", "who sets it otherwise gets what was set"


def test_a_value_that_the_model_refuses_shows_its_sentence():
    panel = make()
    widgets_of(panel, "hours")[0].value = 13
    assert panel.message == "Thirteen is not a number of hours here. Try 12."
    assert widgets_of(panel, "hours")[0].value == 40


def test_a_scenario_code_restores_exactly_this_state():
    panel, other = make(), make()
    panel.set(hours=17.25, people=7, rule="effort", ring=True, who="Zoë & co = 100 %")
    other.restore(panel.scenario_code)
    assert other.values == panel.values
    assert other.exhibit.sentence == panel.exhibit.sentence


@given(
    hours=st.floats(0, 60),
    people=st.integers(1, 9),
    rule=st.sampled_from(["equal", "effort"]),
    ring=st.booleans(),
    who=st.text(st.characters(codec="utf-8"), max_size=400),
)
def test_every_state_survives_its_code(hours, people, rule, ring, who):
    # A panel holds what its controls accepted: hours to nine decimals.
    values = {"hours": CONTROLS[0].accept(hours), "people": people, "rule": rule, "ring": ring, "who": who}
    assert decode(encode("test", 1, CONTROLS, values), "test", 1, CONTROLS) == values


@given(st.text(max_size=80))
def test_no_text_breaks_the_reader(text):
    for code in (text, "test-1?" + text):
        with contextlib.suppress(ValueError):
            assert set(decode(code, "test", 1, CONTROLS)) == {control.name for control in CONTROLS}


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("hello", "no scenario code"),
        ("other-1?hours=3", "belongs to the panel 'other'"),
        ("test-2?hours=3", "version 2"),
        ("test-1?hours=3", "nothing of people"),
        ("test-1?wage=3", "sets 'wage'"),
        ("test-1?hours=__import__('os')", "takes a number"),
        ("test-1?hours", "damaged"),
        ("test-²?hours=3", "no scenario code"),
        (f"test-{'1' * 5000}?hours=3", "version 1111111111;"),
        (f"test-1?hours=3{'0' * 400}", "goes from 0 to 60"),
        (None, "a text that begins with 'test-1"),
    ],
)
def test_a_code_from_elsewhere_says_what_it_is(code, words):
    panel = make()
    with pytest.raises(ValueError, match=words):
        panel.restore(code)
    assert panel.values["hours"] == 40


@pytest.mark.parametrize("name", ["hours", "rule", "ring", "who"])
def test_what_is_said_of_a_value_stays_one_sentence_however_long_the_value_is(name):
    with pytest.raises(ValueError, match=r"[.]") as caught:
        make().set(**{name: "x" * 100_000})
    with pytest.raises(ValueError, match=r"[.]") as also:
        make().restore(f"{'x' * 100_000}-1?{name}=1")
    assert max(len(str(caught.value)), len(str(also.value))) < 250


def test_half_a_letter_in_a_text_does_not_stop_the_panel():
    panel = make()
    widgets_of(panel, "who")[0].value = "Am\ud83d"
    assert panel.values["who"] == "Am?"
    assert panel.scenario_code.encode()


def test_every_widget_a_learner_can_reach_has_a_spoken_name():
    panel = make()
    names = next(child for child in panel.children if type(child).__name__ == "Names")
    spoken = {mark: name for mark, name in names.names.items()}
    for name, control in ((control.name, control) for control in CONTROLS):
        for widget in widgets_of(panel, name):
            marks = [mark for mark in widget._dom_classes if mark in spoken]
            assert [spoken[mark] for mark in marks] == [control.label]
            assert widget.model_id in names.parts, "or a button's press would overtake its last change"


def test_the_panels_of_two_notebooks_in_one_page_do_not_name_each_others_controls():
    """Each notebook has a kernel of its own, and each kernel counts its controls from the first."""

    def kernel():
        spec = importlib.util.spec_from_file_location("accessible_anew", accessible.__file__)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module

    (one,), (other,) = (kernel().Names({widgets.Text(): "Pool"}).names for _ in range(2))
    assert one != other


def test_a_slow_panel_waits_until_the_slider_is_let_go():
    assert widgets_of(make(), "hours")[0].continuous_update
    assert not widgets_of(make(live=False), "hours")[0].continuous_update


def shown(panel, name):
    return panel._fields[name].widget.layout.display != "none"


def test_controls_kept_for_later_come_out_at_a_press_and_stay():
    panel = make(later=("rule", "ring"), more="Compare")
    assert shown(panel, "hours")
    assert not shown(panel, "rule")
    panel._more.click()
    assert shown(panel, "rule")
    assert shown(panel, "ring")
    assert panel.values == make().values, "bringing controls out changes nothing else"


def test_a_control_that_moved_is_never_hidden():
    panel, other = make(later=("rule",)), make(later=("rule",))
    panel.set(rule="effort")
    assert shown(panel, "rule")
    other.restore(panel.scenario_code)
    assert shown(other, "rule")


def test_a_slider_forgives_what_a_browser_adds_up_wrongly():
    panel = make()
    widgets_of(panel, "hours")[0].value = 19.999999999999996
    assert panel.values["hours"] == 20
    assert widgets_of(panel, "hours")[1].value == "20"


def test_a_text_of_several_lines_keeps_its_line_breaks_in_the_box_and_in_the_scenario_code():
    def own():
        control = Text("who", "Tasks", "oven: 28\nshop: 32", lines=5)
        return Panel("own", [control], lambda who: draw(1, 1, "equal", False, who), lambda who: repr(who))

    panel, other = own(), own()
    panel._fields["who"].named[0].value = "oven: 30\nshop: 30"
    assert (panel.values["who"], widgets_of(panel, "who")[0].rows) == ("oven: 30\nshop: 30", 5)
    assert "\n" not in panel.scenario_code
    other.restore(panel.scenario_code)
    assert widgets_of(other, "who")[0].value == "oven: 30\nshop: 30"
