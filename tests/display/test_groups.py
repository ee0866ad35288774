"""Controls that belong together open at a press, one group at a time, and count whether they are seen or not."""

import ipywidgets as widgets
import plotly.graph_objects as go

from parecon_edu.display import Exhibit, Panel, Slider, Table


def draw(first, left, right):
    return Exhibit(go.Figure(), f"{first + left + right:g}", Table(("sum",), ((first + left + right,),), "Sum"))


def make():
    controls = [Slider(name, name.title(), 0, 9, 1, 1) for name in ("first", "left", "right")]
    return Panel("sum", controls, draw, lambda **values: "", groups={"Left side": ["left"], "Right side": ["right"]})


def everything(widget):
    return [widget, *(w for child in getattr(widget, "children", ()) for w in everything(child))]


def opener(panel, heading):
    return next(w for w in everything(panel) if isinstance(w, widgets.Button) and heading in w.description)


def seen(panel):
    return [name for name, field in panel._fields.items() if field.widget.layout.display != "none"]


def test_groups_are_closed_at_first_and_only_one_is_open_at_a_time():
    panel = make()
    assert seen(panel) == ["first"]
    opener(panel, "Left side").click()
    assert seen(panel) == ["first", "left"]
    assert opener(panel, "Left side").description.startswith("▾")
    opener(panel, "Right side").click()
    assert seen(panel) == ["first", "right"]
    assert opener(panel, "Left side").description.startswith("▸")
    opener(panel, "Right side").click()
    assert seen(panel) == ["first"]


def test_every_control_of_a_group_stands_on_the_page_once():
    panel = make()
    on_page = everything(panel)
    for field in panel._fields.values():
        assert on_page.count(field.widget) == 1


def test_a_folded_control_counts_and_is_in_the_scenario_code():
    panel, other = make(), make()
    panel.set(left=5)
    assert panel.exhibit.sentence == "7"
    other.restore(panel.scenario_code)
    assert other.values == panel.values
