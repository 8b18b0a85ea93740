"""One widget a notebook that carries the browser's modules and their style; Stages and Forms refer to it.

A widget's module cannot import others, and its text would travel with every single one. So each has a few lines that
ask the page for this widget, which every kind of page keeps: JupyterLab, Voila, an exported page with no kernel at all.
"""

from pathlib import Path

import anywidget
import ipywidgets
import traitlets

from helpers.stage.cells import OfCell
from helpers.stage.modules import joined, name_of, packed

WEB = Path(__file__).parent / "web"
ARRAYS = "arrays words code refusals networks sliding windows colors values patterns neurons surgery backward descent"
RECIPE = "terms sums drawings operations ledger recipe where flows gradients"
KINDS = "panel editing grid stack bars curve flow made blocks table layers"
PANELS = " ".join(f"panels/{name}" for name in KINDS.split())
PAGE = f"dom paint {PANELS} rooms past full camera player controls steps pictures stage form waiting widgets"
MODULES = [WEB / f"{name}.mjs" for name in f"{ARRAYS} {RECIPE} {PAGE}".split()]

LOADER = """\
const unpack = async (packed) => {
  const bytes = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
  const text = await new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"))).text();
  const url = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
  try { return await import(url); } finally { URL.revokeObjectURL(url); }
};
const dress = (name, css) => {
  if (document.getElementById(name)) return;
  const style = document.createElement("style");
  [style.id, style.textContent] = [name, css];
  document.head.append(style);
};
const nameOfEngine = (model) => new Promise((resolve) => {
  const look = () => {
    if (!model.get("engine")) return;
    model.off("change:engine", look);
    resolve(model.get("engine").replace("IPY_MODEL_", ""));
  };
  model.on("change:engine", look);
  look();
});
const render = async ({ model, el }) => {
  let carrier, engine;
  try {
    carrier = await model.widget_manager.get_model(await nameOfEngine(model));
    const name = carrier.get("name");
    dress(name, carrier.get("style"));
    engine = await (globalThis[Symbol.for(name)] ??= unpack(carrier.get("text")));
  } catch (error) {
    el.textContent = "This page lacks a part that draws: run the notebook's cells again, from the first one on.";
    return console.warn(error);
  }
  return engine.default.KIND({ model, el, carrier });
};
export default { render };
"""


def look():
    """Return the style of Stages, which Forms share, and what Forms have besides."""
    shared = (WEB / "stage.css").read_text("utf8").replace(".stage", ":is(.stage, .course-form)")
    return shared + (WEB / "form.css").read_text("utf8")


class Carrier(ipywidgets.Widget):
    """The browser's modules as one packed text, and their style."""

    name = traitlets.Unicode(help="tells this text from another version").tag(sync=True)
    text = traitlets.Unicode(help="the modules, packed").tag(sync=True)
    style = traitlets.Unicode(help="the style sheets").tag(sync=True)
    patience = traitlets.Float(help="seconds after which a check that runs takes too long; 0: none runs").tag(sync=True)

    shared = None

    @classmethod
    def of_this_notebook(cls):
        """Return the one that is there; a new one if there is none, or if it was closed."""
        if cls.shared is None or cls.shared.comm is None:
            module, style = joined(*MODULES), look()
            cls.shared = cls(name=name_of(module + style), text=packed(module), style=style)
        return cls.shared

    def __repr__(self):
        """Return the same text on every machine."""
        return "Carrier()"


class Drawn(OfCell, anywidget.AnyWidget):
    """What the browser draws with the modules that the Carrier carries; `kind` names the one that begins."""

    engine = traitlets.Instance(Carrier).tag(sync=True, **ipywidgets.widget_serialization)

    def __init_subclass__(cls, kind=None, **options):
        if kind:
            cls._esm = LOADER.replace("KIND", kind)
        super().__init_subclass__(**options)

    @traitlets.default("engine")
    def _find_engine(self):
        return Carrier.of_this_notebook()
