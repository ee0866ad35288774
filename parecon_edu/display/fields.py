"""The widgets behind a panel's controls.

A field shows one control and reports what the learner chose. It knows nothing of models, figures or other fields.
"""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

import ipywidgets as widgets

from parecon_edu.display.inputs import Choice, Control, Slider, Switch, Text

__all__ = ["Field", "make_field"]

Report = Callable[[str, Any], None]


class Field:
    """One control on the page.

    Parameters
    ----------
    control : Control
        What it is called and which values it takes.
    report : callable
        Called with the control's name and the raw value whenever the learner changes it.
    live : bool
        Report while a slider is dragged, not only when it is let go.
    """

    widget: widgets.Widget
    named: list[widgets.Widget]

    def __init__(self, control: Control, report: Report, *, live: bool) -> None:
        self.control = control
        self._report = report
        self._silent = False
        self.build(live)

    def build(self, live: bool) -> None:
        """Make the widgets."""
        raise TypeError(f"{type(self).__name__} has no widgets: use make_field.")

    def show(self, value: Any) -> None:
        """Show a value without reporting it as the learner's choice."""
        self._silent = True
        try:
            self.put(value)
        finally:
            self._silent = False

    def put(self, value: Any) -> None:
        """Write a value into the widgets."""
        self.named[0].value = value

    def _changed(self, change: dict[str, Any]) -> None:
        if not self._silent:
            self._report(self.control.name, change["new"])

    def _labelled(self, *parts: widgets.Widget) -> widgets.Widget:
        label = widgets.HTML(f'<span class="pe-label">{escape(self.control.label)}</span>')
        box = widgets.VBox([label, *parts])
        box.add_class("pe-field")
        return box


class SliderField(Field):
    """A slider with a number box: drag, press keys, or type."""

    control: Slider

    def build(self, live: bool) -> None:
        """Make the slider, the number box and the unit."""
        control = self.control
        slider_kind = widgets.IntSlider if control.whole else widgets.FloatSlider
        ends = {"min": control.low, "max": control.high, "step": control.step}
        if control.whole:
            ends = {key: int(end) for key, end in ends.items()}
        slider = slider_kind(control.value, **ends, readout=False, continuous_update=live)
        # Not a box of the browser's own for numbers: it drops what it does not expect, and 12.5 becomes 125 without a
        # word. The control reads what was typed, and says what is wrong with it.
        box = widgets.Text(_digits(control.value), continuous_update=False)
        slider.add_class("pe-slider")
        box.add_class("pe-number")
        slider.observe(self._slid, "value")
        box.observe(self._changed, "value")
        parts = [slider, box]
        if control.unit:
            parts.append(widgets.HTML(f'<span class="pe-unit">{escape(control.unit)}</span>'))
        line = widgets.HBox(parts)
        line.add_class("pe-line")
        self.named = [slider, box]
        self.widget = self._labelled(line)
        self.put(control.value)

    def put(self, value: Any) -> None:
        """Show the value in the box, and on the slider at the step nearest to it.

        The page's slider stands on its steps only, and tells Python where it has put itself. Were it given 12.5, it
        would answer 12, as if the learner had moved it there.
        """
        slider, box = self.named
        low, high, step = slider.min, slider.max, slider.step
        self._at = min(low + step * round((value - low) / step), high)
        slider.value = self._at
        box.value = _digits(value)

    def _slid(self, change: dict[str, Any]) -> None:
        # The page's steps are not exact to the last digit: 0.30000000000000004 is where it was put, and no move.
        if abs(change["new"] - self._at) > self.named[0].step / 1000:
            self._changed(change)


def _digits(value: float) -> str:
    """Write a number for its box: as exactly as a control keeps it, without a point that says nothing."""
    return f"{value:.9f}".rstrip("0").rstrip(".")


class ChoiceField(Field):
    """A drop-down list."""

    control: Choice

    def build(self, live: bool) -> None:
        """Make the list."""
        options = [(words, value) for value, words in self.control.options.items()]
        choice = widgets.Dropdown(options=options, value=self.control.value)
        choice.observe(self._changed, "value")
        self.named = [choice]
        self.widget = self._labelled(choice)


class SwitchField(Field):
    """A checkbox, which carries its own label."""

    control: Switch

    def build(self, live: bool) -> None:
        """Make the checkbox."""
        box = widgets.Checkbox(self.control.value, description=self.control.label, indent=False)
        box.observe(self._changed, "value")
        box.add_class("pe-field")
        self.named = [box]
        self.widget = box


class TextField(Field):
    """A line of text, or several."""

    control: Text

    def build(self, live: bool) -> None:
        """Make the text box."""
        control = self.control
        several = {"rows": control.lines} if control.lines > 1 else {}
        kind = widgets.Textarea if several else widgets.Text
        box = kind(control.value, continuous_update=False, **several)
        box.observe(self._changed, "value")
        self.named = [box]
        self.widget = self._labelled(box)


_KINDS: dict[type, type[Field]] = {Slider: SliderField, Choice: ChoiceField, Switch: SwitchField, Text: TextField}


def make_field(control: Control, report: Report, *, live: bool = True) -> Field:
    """Make the field for a control."""
    return _KINDS[type(control)](control, report, live=live)
