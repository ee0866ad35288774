"""Names for controls that the widget library leaves without one.

ipywidgets gives slider handles no accessible name, and radio and toggle groups no group name. `Names` is an invisible
widget that writes the name (`aria-label`) into the page for each control it is given, and what else a keyboard and a
screen reader need around them: keys that reach the control, what is said when something changes, a place for the focus,
and a press that does not overtake what was typed before it.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count
from typing import Any
from uuid import uuid4

import anywidget
import traitlets

__all__ = ["Names"]

_numbers = count(1)
# Two notebooks stand in one page, each with a kernel that counts from 1: their marks must not be the same.
_KERNEL = uuid4().hex[:8]

_ESM = """
const NAMED = ".noUi-handle, input, select, textarea, button.widget-toggle-button, button.pe-opener";
// The slider beside a number box.
function beside(box) { return box.closest(".pe-line")?.querySelector(".noUi-target")?.noUiSlider; }
// Up and Down in a number box are a step of its slider, as they would be in the browser's own box for numbers.
function step(event) {
  const way = { ArrowUp: 1, ArrowDown: -1 }[event.key];
  const slider = way && event.target.matches(".pe-number input") && beside(event.target);
  if (!slider) return;
  event.preventDefault();
  const { step, range } = slider.options;
  const value = Math.min(range.max, Math.max(range.min, Number(event.target.value) + way * step));
  if (Number.isNaN(value)) return;
  event.target.value = String(Number(value.toFixed(9)));
  commit(event.target);
}
function commit(box) { box.dispatchEvent(new Event("change", { bubbles: true })); }
// The widget library sends a change only when Python has taken the control's last one, but a button's press at once:
// on a busy computer the press would overtake the number typed before it. So what is held back goes out first. (These
// names are the library's own; without them nothing is sent early, and a test of a learner's page fails.)
function release(part) {
  const held = part._msg_buffer;
  if (!held) return;
  const callbacks = part._msg_buffer_callbacks;
  part._msg_buffer = part._msg_buffer_callbacks = null;
  part.rememberLastUpdateFor(part.send_sync_message(held, callbacks));
}
function write(home, names, own) {
  // What a panel says about the last change is read out: the region stays, only its text changes.
  for (const said of home.querySelectorAll(".pe-saidbox:not([role])")) said.setAttribute("role", "status");
  for (const opener of home.querySelectorAll(".pe-opener")) {
    const open = String(opener.textContent.startsWith("▾"));
    if (opener.getAttribute("aria-expanded") !== open) opener.setAttribute("aria-expanded", open);
  }
  for (const box of home.querySelectorAll(".pe-number input:not([inputmode])")) {
    // On a telephone, digits; but its keys for digits have no minus.
    box.inputMode = beside(box)?.options.range.min < 0 ? "text" : "decimal";
  }
  for (const [mark, name] of Object.entries(names)) {
    for (const box of home.querySelectorAll("." + mark)) {
      const group = box.querySelector(".widget-radio-box, .widget-toggle-buttons") ||
        (box.matches(".widget-radio, .widget-toggle-buttons") ? box : null);
      if (group) {
        const role = box.querySelector("input[type=radio]") ? "radiogroup" : "group";
        group.setAttribute("role", role);
        group.setAttribute("aria-label", name);
        // The widget library gives radio buttons no common name, so that Tab would stop at each.
        for (const radio of box.querySelectorAll("input[type=radio]")) radio.name = own + mark;
        continue;
      }
      const parts = box.matches(NAMED) ? [box] : box.querySelectorAll(NAMED);
      for (const part of parts) {
        if (part.getAttribute("aria-label") !== name) part.setAttribute("aria-label", name);
      }
    }
  }
}
// JupyterLab takes arrow keys, Enter and letters for its own unless the very element that has the focus says otherwise:
// without this, Enter on a button opens the cell for editing, and "x" cuts it.
function ours(event) { event.target.setAttribute("data-lm-suppress-shortcuts", "true"); }
// After a restart the controls still stand there and nothing that is done with them is kept: say so before it is done.
const RESTARTED = "The notebook was restarted since this was drawn, and nothing you do here is kept. " +
  "Run this cell again (Shift and Enter), then go on.";
function alive(model, event) {
  try { model.send({ alive: true }); } catch {
    const box = event.target.closest(".pe-question, .pe-panel");
    const line = box?.querySelector(".pe-status, .pe-saidbox .widget-html-content");
    if (!line || line.textContent === RESTARTED) return;
    const words = document.createElement("div");
    words.className = "pe-said";
    words.textContent = RESTARTED;
    line.replaceChildren(words);
  }
}
// A button that goes away when it is pressed leaves the focus nowhere: it goes on to the first thing that came out.
function follow(event) {
  const more = event.target.closest(".pe-more");
  if (!more || document.activeElement !== more) return;
  const box = more.closest(".pe-panel");
  const end = Date.now() + 5000;
  const look = () => {
    const next = [...box.querySelectorAll(".pe-later")].find((part) => part.getClientRects().length);
    const first = next && (next.matches("input") ? next : next.querySelector(".noUi-handle, input, select, textarea"));
    if (first && !more.getClientRects().length) first.focus();
    else if (Date.now() < end) requestAnimationFrame(look);
  };
  look();
}
export default {
  render({ model, el }) {
    el.style.display = "none";
    let waiting = false, watch = null, home = null, gone = false;
    // The same output may stand in the page twice; its radio buttons must not switch each other off.
    const own = Math.random().toString(36).slice(2);
    const later = () => {
      if (waiting || !home) return;
      waiting = true;
      requestAnimationFrame(() => { waiting = false; write(home, model.get("names"), own); });
    };
    model.on("change:names", later);
    const came = (event) => { ours(event); alive(model, event); };
    let parts = [];
    const found = Promise.all(model.get("parts").map((id) => model.widget_manager.get_model(id)));
    found.then((models) => { parts = models; }, () => {});  // a page without a kernel has nobody to tell
    const left = () => parts.forEach(release);
    const pressed = (event) => {
      if (!event.target.closest("button")) return;
      // A press by voice may leave the focus in a box, with what was typed there not even told to the library.
      const box = document.activeElement;
      if (home.contains(box) && box.matches("input[type=text], textarea")) commit(box);
      left();
    };
    const settle = () => {
      home = el.closest(".pe-panel, .pe-question, .jp-OutputArea");
      // On a slow computer this is drawn before its box is; and the whole page is none of ours.
      if (!home && !gone) setTimeout(settle, 50);
      if (!home) return;
      watch = new MutationObserver(later);
      watch.observe(home, { childList: true, subtree: true });
      home.addEventListener("focusin", came);
      home.addEventListener("focusout", left);
      home.addEventListener("keydown", step, { capture: true });
      home.addEventListener("click", pressed, { capture: true });
      home.addEventListener("click", follow);
      later();
    };
    requestAnimationFrame(settle);
    return () => {
      gone = true;
      if (!home) return;
      watch.disconnect();
      home.removeEventListener("focusin", came);
      home.removeEventListener("focusout", left);
      home.removeEventListener("keydown", step, { capture: true });
      home.removeEventListener("click", pressed, { capture: true });
      home.removeEventListener("click", follow);
    };
  },
};
"""


class Names(anywidget.AnyWidget):
    """Give controls the names that a screen reader reads out.

    Put it beside the controls as one more child of their box; it takes no room.

    Parameters
    ----------
    names : mapping of widget to str
        Each control and its name in words.
    """

    _esm = _ESM
    names = traitlets.Dict().tag(sync=True)
    parts = traitlets.List(traitlets.Unicode()).tag(sync=True)

    def __init__(self, names: Mapping[Any, str], **settings: Any) -> None:
        marks = {}
        for widget, name in names.items():
            mark = f"pe-named-{_KERNEL}-{next(_numbers)}"
            widget.add_class(mark)
            marks[mark] = name
        super().__init__(names=marks, parts=[widget.model_id for widget in names], **settings)
