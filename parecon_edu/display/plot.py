"""How an exhibit gets into the page: one plotly for the page, and a light widget an exhibit.

Measured in a real JupyterLab (2 cores, Chromium): one figure redraws about 60 ms after a key press, five at once about
120 ms on a quiet computer, most of it plotly's own drawing, 11 to 18 ms a figure (`benchmarks/kit.py`).
Everything the page needs is sent once. In a trial a `FigureWidget` each was 5 MB a figure and twice as slow.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import traitlets

from parecon_edu.display.awake import AWAKE, Awake

if TYPE_CHECKING:
    from parecon_edu.display.exhibit import Exhibit

__all__ = ["Plot"]


def _plotly_source() -> str:
    import plotly

    return (Path(plotly.__file__).parent / "package_data" / "plotly.min.js").read_text(encoding="utf-8")


class _Loader(Awake):
    """Puts the plotly.min.js that the plotly package ships into the page, once.

    The 5 MB are a message and no part of the widget's state: when a page is loaded anew, JupyterLab fetches the state
    of all widgets at once, and gives up those that take it about two seconds.
    """

    _esm = (
        AWAKE
        + """
    export default {
      initialize({ model }) {
        awake(model);
        model.on("msg:custom", (message) => {
          if (!message.plotly || globalThis.Plotly) return;
          const script = document.createElement("script");
          script.textContent = message.plotly;
          document.head.appendChild(script);
          model.set("arrived", true);
          model.save_changes();
        });
        // The first page gets it unasked, since a kernel that runs cells answers only when all have run. A page that
        // was loaded anew asks, and so does one that was not there yet (Voilà's) or that the message missed.
        const ask = () => {
          if (globalThis.Plotly) return;
          model.send({ wanted: "plotly" });
          setTimeout(ask, 5000);
        };
        setTimeout(ask, model.get("arrived") ? 0 : 2000);
      },
      render() {},
    };
    """
    )
    arrived = traitlets.Bool(False).tag(sync=True)

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.on_msg(lambda _, content, buffers: self._deliver() if content == {"wanted": "plotly"} else None)
        self._deliver()

    def _deliver(self) -> None:
        self.send({"plotly": _plotly_source()})


_loaders: list[_Loader] = []


def _load_plotly() -> None:
    if not _loaders:
        _loaders.append(_Loader())


_ESM = (
    AWAKE
    + """
async function plotly() {
  while (!globalThis.Plotly) await new Promise((resolve) => setTimeout(resolve, 20));
  return globalThis.Plotly;
}
function make(tag, kind, parent) {
  const node = document.createElement(tag);
  node.className = kind;
  parent.appendChild(node);
  return node;
}
function foldout(title, parent) {
  const box = make("details", "pe-foldout", parent);
  make("summary", "", box).textContent = title;
  return box;
}
function copier(what, parent, text) {
  const button = make("button", "pe-copy", parent);
  button.type = "button";
  button.textContent = "Copy " + what;
  const said = make("span", "pe-said", parent);
  said.setAttribute("role", "status");
  button.addEventListener("click", async () => {
    try { await navigator.clipboard.writeText(text()); said.textContent = "Copied."; }
    catch { said.textContent = "The browser would not copy. Select the text and copy it yourself."; }
    setTimeout(() => { said.textContent = ""; }, 4000);
  });
}
export default {
  async render({ model, el }) {
    awake(model);
    el.classList.add("pe-exhibit");
    const picture = make("div", "pe-picture", el);
    picture.setAttribute("role", "img");
    const sentence = make("p", "pe-sentence", el);
    // A screen reader hears the sentence once a control rests, not at each step of an arrow key that is held down.
    const aloud = make("div", "pe-aloud", el);
    aloud.setAttribute("role", "status");
    let pause = 0;
    const say = (text) => {
      const before = sentence.textContent;
      sentence.textContent = text;
      if (!before || before === text) return;
      clearTimeout(pause);
      pause = setTimeout(() => {
        aloud.textContent = text;
        // Who reads the page line by line should not meet the sentence twice.
        pause = setTimeout(() => { aloud.textContent = ""; }, 4000);
      }, 400);
    };
    const extras = make("div", "pe-details", el);
    const tableBox = foldout("The same as a table", el);
    const table = make("div", "pe-tablebox", tableBox);
    let code = null, scenario = null, codeBox = null;
    const first = JSON.parse(model.get("view"));
    if (first.code) {
      codeBox = foldout("The code for this view", el);
      code = make("pre", "pe-code", codeBox);
      copier("the code", codeBox, () => code.textContent);
      const line = make("p", "pe-scenario", codeBox);
      make("span", "", line).textContent = "Scenario code: ";
      scenario = make("code", "", line);
      copier("the scenario code", line, () => scenario.textContent);
    }
    const details = new Map();
    const detail = (one) => {
      let part = details.get(one.title);
      if (!part) {
        const box = foldout(one.title, extras);
        box.open = one.open;
        part = { box, body: make("div", "pe-tablebox", box), html: null };
        if (one.spoken) part.body.setAttribute("role", "status");
        details.set(one.title, part);
      }
      // Only what changed is written: a screen reader reads a spoken part out when its text changes.
      if (part.html !== one.html) { part.body.innerHTML = one.html; part.html = one.html; }
    };
    const words = (view) => {
      const titles = new Set(view.details.map((one) => one.title));
      for (const [title, part] of details) part.box.hidden = !titles.has(title);
      view.details.forEach(detail);
      picture.style.height = (view.figure.layout.height || 360) + "px";
      picture.setAttribute("aria-label", view.sentence);
      say(view.sentence);
      table.innerHTML = view.table;
      if (code) { code.textContent = view.code; scenario.textContent = view.scenario; }
    };
    words(first);
    let busy = false, again = false, gone = false, library = null;
    const draw = async () => {
      if (busy) { again = true; return; }
      busy = true;
      do {
        again = false;
        const view = JSON.parse(model.get("view"));
        words(view);
        library = library || await plotly();
        if (gone) return;
        // A box that is not in the page yet has no width; the observer below calls again when it has.
        if (picture.clientWidth === 0) continue;
        const layout = { ...view.figure.layout, width: picture.clientWidth };
        await library.react(picture, view.figure.data, layout, { displayModeBar: false });
      } while (again);
      busy = false;
    };
    let width = 0;
    const resize = new ResizeObserver(() => {
      if (picture.clientWidth === width) return;
      width = picture.clientWidth;
      draw();
    });
    model.on("change:view", draw);
    resize.observe(picture);
    draw();
    return () => {
      gone = true;
      clearTimeout(pause);
      resize.disconnect();
      model.off("change:view", draw);
      if (library) library.purge(picture);
    };
  },
};
"""
)

_CSS = """
.pe-exhibit { position: relative; max-width: 56rem; color: var(--jp-content-font-color1, #1a1a1a); }
.pe-exhibit .pe-picture { width: 100%; background: #fff; overflow: hidden; }
.pe-exhibit .pe-sentence { margin: .4rem 0 .5rem; font-size: 1rem; line-height: 1.45; min-height: 2.9em; }
.pe-exhibit .pe-aloud { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.pe-exhibit summary { cursor: pointer; padding: .15rem 0; width: fit-content; }
.pe-exhibit summary:focus-visible, .pe-exhibit button:focus-visible { outline: 2px solid #0072B2; outline-offset: 2px; }
.pe-exhibit .pe-tablebox { overflow-x: auto; }
.pe-exhibit .pe-details summary { font-weight: 600; }
.pe-exhibit .pe-details p { margin: .2rem 0 .5rem; line-height: 1.45; }
.pe-exhibit .pe-details ul { margin: .2rem 0 .5rem; padding-left: 1.3rem; line-height: 1.45; }
.pe-exhibit table.pe-table { border-collapse: collapse; margin: .3rem 0 .6rem; font-size: .95rem; }
.pe-exhibit table.pe-table caption { text-align: left; padding-bottom: .25rem; }
.pe-exhibit table.pe-table th, .pe-exhibit table.pe-table td {
  padding: .2rem .8rem .2rem 0; text-align: right; border-bottom: 1px solid #d9d9d9; }
.pe-exhibit table.pe-table th:first-child { text-align: left; font-weight: 500; }
.pe-exhibit pre.pe-code { background: #f5f5f5; color: #1a1a1a; padding: .6rem; font-size: .9rem;
  white-space: pre-wrap; word-break: normal; overflow-wrap: anywhere; }
.pe-exhibit .pe-scenario { margin: .4rem 0; overflow-wrap: anywhere; }
.pe-exhibit button.pe-copy { margin: 0 .5rem; padding: .15rem .6rem; }
"""


class Plot(Awake):
    """One exhibit in the page: the picture, its sentence, its table and, in a panel, the code for this view.

    Everything goes over in one message, so picture, sentence and table never disagree. A redraw that comes before the
    last one is done replaces it, so a dragged slider stays live. An opened table stays open.
    """

    _esm = _ESM
    _css = _CSS
    view = traitlets.Unicode("{}").tag(sync=True)

    def __init__(self, **settings: Any) -> None:
        _load_plotly()
        super().__init__(**settings)
        self._exhibit: Exhibit | None = None
        self.add_class("pe-plot")

    @classmethod
    def of(cls, exhibit: Exhibit, *, code: str = "", scenario: str = "") -> Plot:
        """Make a widget that shows an exhibit; the page never sees it without."""
        plot = cls(view=_view(exhibit, code, scenario))
        plot._exhibit = exhibit
        return plot

    def show(self, exhibit: Exhibit, *, code: str = "", scenario: str = "") -> None:
        """Show an exhibit, and, for a panel, the code and the scenario code for it."""
        self._exhibit = exhibit
        self.view = _view(exhibit, code, scenario)

    def _repr_mimebundle_(self, **options: Any) -> Any:
        fallback = self._exhibit.to_html() if self._exhibit is not None else ""
        return with_fallback(super()._repr_mimebundle_(**options), fallback)


def _view(exhibit: Exhibit, code: str, scenario: str) -> str:
    """Write what goes over to the page."""
    details = [
        {"title": part.title, "html": part.body_html(), "open": part.open, "spoken": part.spoken}
        for part in exhibit.details
    ]
    words = {"sentence": exhibit.sentence, "table": exhibit.table.to_html(), "details": details}
    words |= {"code": code, "scenario": scenario}
    # The figure is already JSON: it is put in as it is, so it is not parsed and written again.
    return f'{{"figure": {exhibit.figure.to_json()}, {json.dumps(words)[1:]}'


def with_fallback(bundle: Any, html: str) -> Any:
    """Add what a page without a kernel shows (a print, an export, a lesson before it is run) to a widget's output."""
    data, *rest = bundle if isinstance(bundle, tuple) else (bundle,)
    if data is not None and html:
        data = {**data, "text/html": html}
    return (data, *rest) if isinstance(bundle, tuple) else data
