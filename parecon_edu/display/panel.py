"""A panel: controls, the exhibit they move, the code for this view, and a scenario code that restores it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import ipywidgets as widgets

from parecon_edu.display.accessible import Names
from parecon_edu.display.exhibit import Exhibit
from parecon_edu.display.fields import Field, make_field
from parecon_edu.display.inputs import Choice, Control, Kept
from parecon_edu.display.plot import Plot, with_fallback
from parecon_edu.display.scenario_code import decode, encode
from parecon_edu.display.words import join

__all__ = ["Action", "Panel"]

_STYLE = """<style>
.pe-panel { border: 1px solid #c9c9c9; border-radius: 6px; padding: .8rem 1rem; max-width: 60rem; overflow: visible; }
.pe-panel .pe-title { font-weight: 600; font-size: 1.05rem; line-height: 1.4; }
.pe-panel .pe-controls { flex-flow: row wrap; gap: .2rem 1.5rem; align-items: flex-start; overflow: visible; }
.pe-panel .pe-field { flex: 1 1 17rem; min-width: 15rem; max-width: 27rem; width: auto; overflow: visible; }
.pe-panel .pe-field .widget-dropdown, .pe-panel .pe-field .widget-text { width: 100%; }
.pe-panel .pe-field .widget-textarea { width: 100%; height: auto; }
.pe-panel .pe-field .widget-textarea textarea { height: auto; font-family: inherit; }
.pe-panel .pe-label { display: inline-block; line-height: 1.35; white-space: normal; }
.pe-panel .pe-line { align-items: center; overflow: visible; }
.pe-panel .pe-slider { flex: 1 1 8rem; min-width: 6rem; width: auto; }
.pe-panel .pe-field .pe-number { flex: 0 0 4.8rem; width: 4.8rem; }
.pe-panel .pe-unit { white-space: nowrap; }
.pe-panel .pe-actions { flex-flow: row wrap; gap: .3rem .5rem; margin: .4rem 0; overflow: visible; }
.pe-panel div.pe-said { line-height: 1.4; padding-left: .6rem; border-left: 4px solid #E69F00; white-space: normal; }
.pe-panel div.pe-said { color: var(--jp-content-font-color1, #1a1a1a); overflow-wrap: anywhere; }
.pe-panel .pe-bottom { flex-flow: row wrap; align-items: center; gap: .3rem .5rem; overflow: visible; }
.pe-panel .pe-bottom .widget-text { flex: 1 1 14rem; min-width: 9rem; width: auto; }
.pe-panel .widget-button { width: auto; align-self: flex-start; }
.pe-panel .noUi-handle:focus-visible, .pe-panel button:focus-visible, .pe-panel input:focus-visible,
.pe-panel select:focus-visible, .pe-panel textarea:focus-visible { outline: 2px solid #0072B2; outline-offset: 2px; }
/* In a high-contrast mode backgrounds go, and with them what makes a button or a slider look like one. */
@media (forced-colors: active) {
  .pe-panel .widget-button { border: 1px solid ButtonBorder; }
  .pe-panel .noUi-target { outline: 1px solid CanvasText; }
}
@media (prefers-reduced-motion: reduce) { .pe-panel .noUi-state-tap .noUi-origin { transition: none; } }
</style>"""


@dataclass(frozen=True)
class Action:
    """A button that changes a panel's values all at once, when it is pressed and not before.

    Parameters
    ----------
    name : str
        What it is called in code: ``panel.press("ask")``.
    label : str
        What stands on the button.
    act : callable
        ``act(**values)`` gives the values that change, by name. A `ValueError` is told to the learner, and nothing
        changes. What it needs to remember stands in a `Kept` control, so that it is in the scenario code too.
    tooltip : str
        One line about what it does.
    main : bool
        Whether it is the button to press next; it is drawn a little stronger.
    """

    name: str
    label: str
    act: Callable[..., Mapping[str, Any]]
    tooltip: str = ""
    main: bool = False


class Panel(widgets.VBox):  # type: ignore[misc]
    """Controls over an exhibit.

    All state lives in the panel: two copies do not touch each other. Everything works without a browser.

    Parameters
    ----------
    name : str
        What its scenario codes begin with, such as ``"pay"``.
    controls : sequence of Control
        What can be moved (`Slider`, `Choice`, `Switch`, `Text`), and what is `Kept` without a field.
    draw : callable
        ``draw(**values) -> Exhibit``, with one value a control.
    code : callable
        ``code(**values) -> str``: the library call that gives the numbers shown, ready to paste into a cell.
    title : str
        A line above the controls.
    version : int
        Raise it when the meaning of a control changes, so that an old scenario code says so instead of lying.
    live : bool
        Redraw while a slider is dragged. Say False for a model that takes longer than about 20 ms: then the panel
        redraws when the slider is let go, and says that it is working.
    later : sequence of str
        Names of controls that are hidden at first, so that a newcomer meets one control before the next.
    more : str
        What the button says that brings them out.
    actions : sequence of Action
        Buttons under the controls.
    groups : mapping of str to sequence of str
        Names of controls that belong together, by what stands on the button that opens them; the button that is
        pressed again, or another one, closes them, so that the picture stays near.

    Examples
    --------
    >>> import plotly.graph_objects as go
    >>> from parecon_edu.display import Exhibit, Slider, Table
    >>> def draw(hours):
    ...     return Exhibit(go.Figure(), f"{hours:.0f} hours.", Table(("what", "hours"), (("work", hours),), "Hours"))
    >>> panel = Panel("hours", [Slider("hours", "Hours", 0, 60, 1, 40)], draw, lambda hours: f"print({hours})")
    >>> panel.set(hours=30)
    >>> panel.exhibit.sentence, panel.values, panel.scenario_code
    ('30 hours.', {'hours': 30.0}, 'hours-1?hours=30.0')
    """

    def __init__(
        self,
        name: str,
        controls: Sequence[Control],
        draw: Callable[..., Exhibit],
        code: Callable[..., str],
        *,
        title: str = "",
        version: int = 1,
        live: bool = True,
        later: Sequence[str] = (),
        more: str = "More controls",
        actions: Sequence[Action] = (),
        groups: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        self._name, self._version, self._live = name, version, live
        self._actions = {action.name: action for action in actions}
        self._controls = {control.name: control for control in controls}
        self._draw, self._code = draw, code
        self._start = {control.name: control.accept(control.value) for control in controls}
        self._values = dict(self._start)
        # Texts and numbers that were typed and refused, with what is wrong with them; they stay in their boxes to be
        # mended.
        self._refused: dict[str, str] = {}
        self._exhibit = draw(**self._values)
        self._plot = Plot.of(self._exhibit, code=self.code, scenario=self.scenario_code)
        shown = [control for control in controls if not isinstance(control, Kept)]
        self._fields: dict[str, Field] = {c.name: make_field(c, self._moved, live=live) for c in shown}
        self._later = tuple(later)
        self._more = widgets.Button(description=more)
        self._more.on_click(lambda _: self._open())
        self._more.add_class("pe-more")
        for key in self._later:
            self._fields[key].widget.layout.display = "none"
            self._fields[key].widget.add_class("pe-later")
        self._groups = {heading: tuple(names) for heading, names in (groups or {}).items()}
        self._openers = {heading: self._opener(heading) for heading in self._groups}
        self._turn("")
        self._said = widgets.HTML("")
        self._said.add_class("pe-saidbox")
        super().__init__(self._parts(title))
        self.add_class("pe-panel")
        self._show()

    def _parts(self, title: str) -> list[widgets.Widget]:
        folded = {key for names in self._groups.values() for key in names}
        box = self._box(key for key in self._fields if key not in folded)
        folds = (
            [self._row(self._openers.values()), self._box(key for names in self._groups.values() for key in names)]
            if folded
            else []
        )
        paste = widgets.Text(placeholder="Paste a scenario code", continuous_update=False)
        load = widgets.Button(description="Load", tooltip="Set all controls as the scenario code says")
        back = widgets.Button(description="Back to start", tooltip="Set all controls as they were at first")
        load.on_click(lambda _: self._guard(lambda: self.restore(paste.value)))
        back.on_click(lambda _: self._guard(lambda: self.set(**self._start)))
        bottom = widgets.Box([back, paste, load])
        bottom.add_class("pe-bottom")
        names = {part: field.control.label for field in self._fields.values() for part in field.named}
        heading = [widgets.HTML(f'<div class="pe-title">{escape(title)}</div>')] if title else []
        openers = {button: heading for heading, button in self._openers.items()}
        hidden = [widgets.HTML(_STYLE), Names({**names, **openers, paste: "Scenario code"})]
        more = [self._more] if self._later else []
        return [*hidden, *heading, box, *folds, *more, *self._buttons(), self._said, self._plot, bottom]

    def _box(self, keys: Iterable[str]) -> widgets.Widget:
        """Make a box of fields that flow into rows."""
        box = widgets.Box([self._fields[key].widget for key in keys])
        box.add_class("pe-controls")
        return box

    def _row(self, buttons: Iterable[widgets.Widget]) -> widgets.Widget:
        """Make a row of buttons."""
        row = widgets.Box(list(buttons))
        row.add_class("pe-actions")
        return row

    def _opener(self, heading: str) -> widgets.Widget:
        """Make the button that opens and closes a group of controls."""
        button = widgets.Button()
        button.add_class("pe-opener")
        button.on_click(lambda _: self._turn("" if self._unfolded == heading else heading))
        return button

    def _turn(self, heading: str) -> None:
        """Open one group of controls, or none, and close the others."""
        self._unfolded = heading
        for name, keys in self._groups.items():
            self._openers[name].description = f"{'▾' if name == heading else '▸'} {name}"
            for key in keys:
                self._fields[key].widget.layout.display = None if name == heading else "none"

    def _buttons(self) -> list[widgets.Widget]:
        """Make the row of buttons, where there are actions."""
        buttons = []
        for action in self._actions.values():
            style = "primary" if action.main else ""
            button = widgets.Button(description=action.label, tooltip=action.tooltip, button_style=style)
            button.on_click(lambda _, name=action.name: self._pressed(name))
            buttons.append(button)
        return [self._row(buttons)] if buttons else []

    @property
    def values(self) -> dict[str, Any]:
        """The value of every control, by its name."""
        return dict(self._values)

    @property
    def exhibit(self) -> Exhibit:
        """What is shown now."""
        return self._exhibit

    @property
    def code(self) -> str:
        """The library call that gives the numbers shown now, ready to paste into a cell."""
        return self._code(**self._values)

    @property
    def scenario_code(self) -> str:
        """One line of plain text that restores exactly this state."""
        return encode(self._name, self._version, list(self._controls.values()), self._values)

    @property
    def message(self) -> str:
        """What the panel says to the learner about the last change, empty when all is well."""
        return self._message

    _message = ""
    _unfolded = ""

    def set(self, **values: Any) -> None:
        """Set controls, all at once, and redraw.

        Raises
        ------
        ValueError
            If there is no control of that name, or it does not take that value. Then nothing changes.
        """
        unknown = [key for key in values if key not in self._controls]
        if unknown:
            raise ValueError(f"This panel has no control '{unknown[0]}'. It has {join(self._controls)}.")
        accepted = {key: self._controls[key].accept(value) for key, value in values.items()}
        wanted = {**self._values, **accepted}
        exhibit = self._draw(**wanted)
        self._values, self._exhibit = wanted, exhibit
        self._refused = {key: why for key, why in self._refused.items() if key not in values}
        self._tell(next(iter(self._refused.values()), ""))
        self._show()

    def press(self, name: str) -> None:
        """Do what the button of that name does.

        Raises
        ------
        ValueError
            If there is no such button, or it can't be done now. Then nothing changes.
        """
        if name not in self._actions:
            raise ValueError(f"This panel has no button '{name}'. It has {join(self._actions) or 'none'}.")
        self.set(**self._actions[name].act(**self._values))

    def restore(self, code: str) -> None:
        """Set all controls as a scenario code says.

        Raises
        ------
        ValueError
            If it is no scenario code of this panel. Then nothing changes.
        """
        self.set(**decode(code, self._name, self._version, list(self._controls.values())))

    def _moved(self, name: str, value: Any) -> None:
        if not self._live:
            self._tell("Working …")
        # What was refused before makes room for what comes now.
        self._refused.pop(name, None)
        typed = isinstance(value, str) and not isinstance(self._controls[name], Choice)
        self._guard(lambda: self.set(**{name: value}), typed=name if typed else "")

    def _pressed(self, name: str) -> None:
        if self._refused:
            # The button would work with the text or the number before.
            self._tell(next(iter(self._refused.values())))
            return
        if not self._live:
            self._tell("Working …")
        self._guard(lambda: self.press(name))

    def _guard(self, action: Callable[[], None], *, typed: str = "") -> None:
        """Do what the learner asked; if it cannot be done, say why and put the controls back.

        What was typed stays as it is, to be mended: nobody should have to write it twice, or press a button unaware
        that it works with the number before.
        """
        try:
            action()
        except (ValueError, TypeError) as error:
            if typed:
                self._refused[typed] = str(error)
            self._show_values()
            self._tell(str(error))

    def _tell(self, message: str) -> None:
        self._message = message
        self._said.value = f'<div class="pe-said">{escape(message)}</div>' if message else ""

    def _open(self) -> None:
        """Bring out the controls that were kept for later."""
        for key in self._later:
            self._fields[key].widget.layout.display = None
        self._more.layout.display = "none"

    def _show_values(self) -> None:
        for key, field in self._fields.items():
            if key not in self._refused:
                field.show(self._values[key])

    def _show(self) -> None:
        # A hidden control that no longer stands at its start would make the picture a riddle.
        if any(self._values[key] != self._start[key] for key in self._later):
            self._open()
        self._show_values()
        self._plot.show(self._exhibit, code=self.code, scenario=self.scenario_code)

    def _repr_mimebundle_(self, **options: Any) -> Any:
        return with_fallback(super()._repr_mimebundle_(**options), self._exhibit.to_html())
