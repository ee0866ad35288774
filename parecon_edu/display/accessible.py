"""Names for controls that the widget library leaves without one.

ipywidgets gives slider handles no accessible name, and radio and toggle groups no group name. `Names` is an invisible
widget that writes the name (`aria-label`) into the page for each control it is given.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count
from typing import Any

import anywidget
import traitlets

__all__ = ["Names"]

_numbers = count(1)

_ESM = """
const NAMED = ".noUi-handle, input, select, textarea, button.widget-toggle-button";
function write(names) {
  for (const [mark, name] of Object.entries(names)) {
    for (const box of document.querySelectorAll("." + mark)) {
      const group = box.querySelector(".widget-radio-box, .widget-toggle-buttons") ||
        (box.matches(".widget-radio, .widget-toggle-buttons") ? box : null);
      if (group) {
        const role = box.querySelector("input[type=radio]") ? "radiogroup" : "group";
        group.setAttribute("role", role);
        group.setAttribute("aria-label", name);
        continue;
      }
      const parts = box.matches(NAMED) ? [box] : box.querySelectorAll(NAMED);
      for (const part of parts) {
        if (part.getAttribute("aria-label") !== name) part.setAttribute("aria-label", name);
        // JupyterLab takes arrow keys for its own unless the very element that has the focus says otherwise.
        part.setAttribute("data-lm-suppress-shortcuts", "true");
      }
    }
  }
}
export default {
  render({ model, el }) {
    el.style.display = "none";
    let waiting = false;
    const later = () => {
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(() => { waiting = false; write(model.get("names")); });
    };
    model.on("change:names", later);
    let watch = null;
    requestAnimationFrame(() => {
      const home = el.closest(".pe-panel, .jp-OutputArea, body") || document.body;
      watch = new MutationObserver(later);
      watch.observe(home, { childList: true, subtree: true });
      later();
    });
    return () => { if (watch) watch.disconnect(); };
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

    def __init__(self, names: Mapping[Any, str], **settings: Any) -> None:
        marks = {}
        for widget, name in names.items():
            mark = f"pe-named-{next(_numbers)}"
            widget.add_class(mark)
            marks[mark] = name
        super().__init__(names=marks, **settings)
