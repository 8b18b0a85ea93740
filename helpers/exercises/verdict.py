"""What a check says: an outcome, a diagnosis, the facts, and a small drawing of what differs."""

import html
import re
from dataclasses import dataclass, replace

import numpy as np

from helpers.stage.panels import panel
from helpers.stage.settings import hidden
from helpers.stage.stage import Stage

NOT_ATTEMPTED, NOT_YET, CORRECT = "not attempted yet", "not yet", "correct"
MARKS = {NOT_ATTEMPTED: "○", NOT_YET: "↻", CORRECT: "✓"}
EDGES = {NOT_ATTEMPTED: "#7d828c", NOT_YET: "#c2410c", CORRECT: "#15803d"}
BOX = "padding:4px 12px;margin:4px 0;max-width:75ch;overflow-wrap:anywhere;border-left:5px solid "
WHITE, DIM = 255, 100  # what is never brighter than this is drawn in a range of its own
DRAWN = 1024  # cells: larger results are not drawn
TITLES = {"came_in": "What came in", "yours": "Your result", "differs": "Where it differs (1)"}
LOOKS = {
    "came_in": {"size": "large"},
    "yours": {"size": "large"},
    "differs": {"size": "large", "display": "signed", "range": [-1, 1], "legend": False},
}


@dataclass(frozen=True)
class Verdict:
    """The outcome of one check.

    Attributes
    ----------
    outcome : str
        "not attempted yet", "not yet" or "correct".
    exercise : FunctionExercise or ValueExercise, optional
    says : str
        The diagnosis, or why it matters; `backticks` enclose code.
    diagnosis : str
        A few words for the instructor's table.
    facts : tuple of str
    lines : sequence of (int, str)
        The learner's lines that led to an exception.
    drawn : dict
        Arrays to draw, by the keys of TITLES.
    below : tuple
        What else is shown below: the hints.
    """

    outcome: str
    exercise: object
    says: str
    diagnosis: str = ""
    facts: tuple = ()
    lines: tuple = ()
    drawn: dict | None = None
    below: tuple = ()

    @property
    def title(self):
        """Return the first line."""
        name = f": {self.exercise.title}" if self.exercise else ""
        return f"{MARKS[self.outcome]} {self.outcome.capitalize()}{name}"

    def with_facts(self, *more):
        """Return the same with more facts."""
        return replace(self, facts=(*self.facts, *more))

    def __repr__(self):
        """Return all that is said, as plain text."""
        lines = [f"    line {number}: {text}" for number, text in self.lines]
        return "\n".join([self.title, *filter(None, [self.says]), *lines, *self.facts])

    def stage(self):
        """Return a Stage that shows what differs, or None if there is nothing to draw."""
        arrays = {name: drawable(array) for name, array in (self.drawn or {}).items()}
        arrays = {name: array for name, array in arrays.items() if array is not None}
        if "yours" not in arrays:
            return None
        panels = [
            panel(name, TITLES[name], cell=30, **(looks(arrays[name]) | LOOKS[name]))
            for name in TITLES
            if name in arrays
        ]
        settings = {name: hidden(array) for name, array in arrays.items()}
        return Stage(settings, panels, title="What differs", code=False)  # there is no code that makes a mistake

    def _repr_mimebundle_(self, include=None, exclude=None):
        """Return the verdict as HTML, and as plain text for all who cannot see that."""
        return {"text/plain": repr(self), "text/html": self.as_html()}

    def as_html(self):
        """Return the verdict as HTML; nothing in it comes unescaped from the learner."""
        code = "\n".join(f"line {number}: {text}" for number, text in self.lines)
        parts = [
            f"<strong>{html.escape(self.title)}</strong>",
            f"<p style='margin:4px 0'>{marked_up(self.says)}</p>",
        ]
        parts += [f"<pre style='margin:4px 0 4px 12px'>{html.escape(code)}</pre>"] if code else []
        parts += [f"<p style='margin:2px 0'>{marked_up(fact)}</p>" for fact in self.facts]
        return f"<div role='status' style='{BOX}{EDGES[self.outcome]}'>{''.join(parts)}</div>"

    def _ipython_display_(self):
        """Show the verdict, what differs, and the hints below it."""
        from IPython.display import display

        display(self._repr_mimebundle_(), raw=True)
        for part in (self.stage(), *self.below):
            if part is not None:
                display(part)


def drawable(array):
    """Return an array as the Stage draws it; None if it has no rows and columns, or too many."""
    array = np.asarray(array)
    array = array.astype(np.uint8) if array.dtype == bool else array
    array = array[np.newaxis] if array.ndim == 1 else array
    if array.ndim not in (2, 3) or not 0 < array.shape[0] * array.shape[1] <= DRAWN:
        return None
    channels = array.shape[2] if array.ndim == 3 else 1
    return array if channels in (1, 3, 4) else None


def looks(array):
    """Return how an array is drawn, so that its numbers can be told apart: with signs, or from 0 to its largest."""
    lowest, highest = float(array.min()), float(array.max())
    if array.ndim == 3 and array.shape[2] > 1:
        return {}
    if lowest < 0:
        largest = max(-lowest, highest)
        return {"display": "signed", "range": [-largest, largest]}
    return {"range": [0, highest]} if 0 < highest < DIM or highest > WHITE else {}


def marked_up(text):
    """Return a sentence as HTML, with `backticks` as code and *stars* as stress."""
    parts = re.split(r"(`[^`]+`|\*\S[^*`]*\*)", html.escape(text))
    tags = {"`": "code", "*": "em"}
    marked = [f"<{tags[part[0]]}>{part[1:-1]}</{tags[part[0]]}>" if i % 2 else part for i, part in enumerate(parts)]
    return "".join(marked)
