"""Widgets that stay awake on a slow computer.

anywidget gives a widget two seconds to load its script. On a busy computer that is too little (the page reads 5 MB of
plotly at that moment), and from then on everything that Python says to this widget is dropped without a word: the
picture stands still while the slider moves. Once such a widget draws itself, its script is there; so it takes the
messages itself again, and asks Python once for whatever it missed.
"""

from __future__ import annotations

from typing import Any

import anywidget

__all__ = ["AWAKE", "Awake"]

AWAKE = """
function awake(model) {
  // An event brings the model itself, of which anywidget shows only a part.
  const listen = (real) => {
    const widget = Object.getPrototypeOf(Object.getPrototypeOf(real));
    real.comm?.on_msg((message) => widget._handle_comm_msg.call(real, message));
  };
  model.on("change:awake", listen);
  model.set("awake", {});
  model.off("change:awake", listen);
  model.send({ awake: true });
}
"""
"""Put it before a widget's own script and call ``awake(model)`` first thing in ``render``."""


class Awake(anywidget.AnyWidget):
    """A widget whose script begins with `AWAKE`; tells the page its whole state when the page asks."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.on_msg(lambda _, content, buffers: self.send_state() if content == {"awake": True} else None)
