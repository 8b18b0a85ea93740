"""The Form: one small widget for predictions, the quiz, and hints. Native controls, judged in the browser."""

from pathlib import Path

import anywidget
import traitlets

from helpers.views.cells import OfCell
from helpers.views.modules import joined

HERE = Path(__file__).parent
VIEWS = HERE.parent / "views"


class Form(OfCell, anywidget.AnyWidget):
    """Questions, or hints, on screen.

    Parameters
    ----------
    kind : str
        "predict", "quiz" or "hints".
    title : str
    items : list of dict
        Questions as `Question.for_browser` returns them, or hints.
    text : str
        All of it in words, for readers without a browser.
    **traits
        given, attempted, curtain.
    """

    _esm = joined(VIEWS / "dom.mjs", HERE / "form.mjs")
    _css = (VIEWS / "stage.css").read_text("utf8").replace(".stage", ".course-form") + (HERE / "form.css").read_text(
        "utf8"
    )

    spec = traitlets.Dict(help="what is asked, as plain data").tag(sync=True)
    given = traitlets.Dict(help="what the learner answered or opened, by name").tag(sync=True)
    attempted = traitlets.Bool(help="whether the solution may be seen at the first click").tag(sync=True)
    curtain = traitlets.Unicode("none", help='"none" hides what is below, "" shows it').tag(sync=True)

    def __init__(self, kind, title, items, text="", **traits):
        super().__init__(spec={"kind": kind, "title": title, "items": items}, **traits)
        self.text = text or title

    def __repr__(self):
        """Return what is asked, in words."""
        return self.text

    def follow(self, keep):
        """Tell `keep` the name and the entry of whatever the learner answers or opens from now on."""

        def on_given(change):
            for name, entry in change["new"].items():
                if change["old"].get(name) != entry:
                    keep(name, entry)

        self.observe(on_given, "given")
