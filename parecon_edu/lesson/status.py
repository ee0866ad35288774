"""A line under a widget that says what just happened, also to a screen reader."""

from __future__ import annotations

import traitlets

from parecon_edu.display.awake import AWAKE, Awake

_ESM = (
    AWAKE
    + """
export default {
  render({ model, el }) {
    awake(model);
    // The region stays in the page and only its text changes: that is what makes a screen reader speak.
    const line = document.createElement("div");
    line.className = "pe-status";
    line.setAttribute("role", "status");
    line.setAttribute("aria-live", "polite");
    line.tabIndex = -1;
    el.appendChild(line);
    let pressed = null;
    const show = () => {
      line.textContent = model.get("text");
      line.dataset.mood = model.get("mood");
      // A button that its own press switches off drops the focus; this line, which says what came of it, takes it.
      requestAnimationFrame(() => {
        if (!pressed?.disabled) return;
        if ([pressed, document.body].includes(document.activeElement)) line.focus({ preventScroll: true });
        pressed = null;
      });
    };
    model.on("change:text change:mood", show);
    show();
    requestAnimationFrame(() => {
      const box = el.closest(".pe-question");
      box?.addEventListener("click", (event) => { pressed = event.target.closest("button"); }, { capture: true });
    });
  },
};
"""
)

_CSS = """
.pe-question { border: 1px solid #c9c9c9; border-radius: 6px; padding: .8rem 1rem; max-width: 46rem; }
.pe-question { --pe-size: var(--jp-content-font-size1, 14px); }
.pe-question .widget-label, .pe-question .widget-radio-box label, .pe-question input, .pe-question .widget-button,
.pe-status { font-size: var(--pe-size); }
.pe-question .widget-html, .pe-question .widget-html-content { height: auto; line-height: 1.45; font-size: 1rem; }
.pe-question .pe-asked { font-weight: 600; margin: 0 0 .3rem; }
.pe-question .widget-text { width: 17rem; max-width: 100%; }
.pe-question .widget-text .widget-label { flex: 0 0 9rem; text-align: left; }
.pe-question .widget-radio { width: auto; height: auto; }
.pe-question .widget-radio-box { width: auto; max-width: none; flex: 1 1 auto; margin: 0; }
.pe-question .widget-radio-box label { display: flex; flex-direction: row-reverse;
  justify-content: flex-end; align-items: flex-start; height: auto; width: auto;
  line-height: 1.45; margin: 0; padding: .15rem 0; white-space: normal; }
.pe-question .widget-radio-box label > input { flex: 0 0 auto; margin: .2rem .6rem 0 .2rem; }
.pe-question .widget-button { width: auto; min-width: 6rem; align-self: flex-start; margin: .3rem 0; }
.pe-question + .pe-question { margin-top: .8rem; }
.pe-question button:focus-visible, .pe-question input:focus-visible { outline: 2px solid #0072B2; outline-offset: 2px; }
.pe-status { line-height: 1.45; min-height: 1.45em; padding-left: .6rem; margin: .3rem 0;
  border-left: 4px solid #8c8c8c; white-space: normal; color: var(--jp-content-font-color1, #1a1a1a); }
.pe-status:empty { border-left-color: transparent; }
.pe-status:focus-visible { outline: 2px solid #0072B2; outline-offset: 2px; }
.pe-status[data-mood="right"] { border-left-color: #009E73; }
.pe-status[data-mood="wrong"] { border-left-color: #E69F00; border-left-style: dashed; }
.pe-status[data-mood="locked"] { border-left-color: #0072B2; border-left-style: double; border-left-width: 6px; }
/* In a high-contrast mode backgrounds go, and with them what makes a button look like one. */
@media (forced-colors: active) { .pe-question .widget-button { border: 1px solid ButtonBorder; } }
"""


class Status(Awake):
    """One line of text in a live region; `mood` (``""``, ``"right"``, ``"wrong"``, ``"locked"``) sets its edge."""

    _esm = _ESM
    _css = _CSS
    text = traitlets.Unicode("").tag(sync=True)
    mood = traitlets.Unicode("").tag(sync=True)

    def say(self, text: str, *, mood: str = "") -> None:
        """Change the line."""
        self.mood = mood
        self.text = text
