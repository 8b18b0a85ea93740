"""Lesson 09: a network is taught the learner's own classes, from a handful of pictures."""

import numpy as np

from helpers.engine.recipe import step
from helpers.lessons.digit_looks import PAPER
from helpers.lessons.lesson_09.taught import FEATURES, LONGEST, MOST_CLASSES, Taught
from helpers.lessons.lesson_09.teacher import Teacher
from helpers.lessons.lesson_09.told import answer_of, taught_of
from helpers.stage.panels import bars, panel, room
from helpers.stage.settings import buttons, choice, grid, picture, text, told
from helpers.stage.stage import Stage

SIDE = 28  # rows and columns of the paper
SAYS = [
    ["learned == false", "It says nothing yet"],
    ["near_far > limit", "None of these; if it had to choose, in %"],
    ["", "It says, in %"],
]
TABLE = [
    ["known == 0", "a row for what it is, a column for what it says"],
    ["", "a row for what it is, a column for what it says: {names}"],
]
PHOTOS, DRAWINGS = {"when": "source == photos"}, {"when": "source == drawings"}
QUIET = {"facts": False, "legend": False}
COMMANDS = {"take the last one back": "back", "forget all": "forget", "save": "save", "load": "load"}
COMMANDS |= {"show me how": "fill", "stop": "stop"}

PROGRAM = [
    "import numpy as np\nfrom helpers import classes, images, mine, squeezenet\n",
    {"raw": "learned_import"},
    "\nseen = ",
    {
        "by": "source",
        "options": {
            "photos": [{"raw": "picture_source"}],
            "drawings": ["np.array(", {"setting": "drawing"}, ")"],
        },
    },
    "\nfeatures = squeezenet.features(squeezenet.forward(squeezenet.prepare(seen)))\n",
    {"raw": "learned_by"},
]

STALE = [
    "looked == nothing",
    "source == photos and looked == drawings",
    "source == drawings and looked == photos",
    "source == photos and picture.rows != looked_rows",
    "source == photos and picture.columns != looked_columns",
    "source == photos and picture.sum < looked_low",
    "source == photos and picture.sum > looked_high",
    "source == drawings and strokes.max > 0.5",
    "source == drawings and strokes.min < -0.5",
]
WORDS = [
    ("command != none", "Python was asked. Where nothing happens, no kernel runs, or another cell is at work."),
    ("doing == filling", "An example is made: {done} of {todo} pictures are looked at. Stop ends it."),
    *((one, "This picture is not looked at yet; what stands here is not about it.") for one in STALE),
    ("known == 0", "What is this? Type a name, and add the picture. Or press “show me how”."),
    (
        "known == 1",
        "Only one class, {names}: there is nothing to choose from. Show something else, give it another name, and"
        " add it.",
    ),
    ("source == drawings and drawing.max == 0", "Draw something: which of {names} is it?"),
    (
        "near_far < 0.001",
        "It has learned from this very picture. That it says {answer} proves nothing; show it another one.",
    ),
    (
        "near_far > limit",
        "None of these. The nearest picture, {near_name}, is {near_far} away; only up to {limit} is near enough.",
    ),
    (
        "",
        "It says {answer}, at {sure} %. The nearest picture, {near_name}, is {near_far} away; up to {limit} is near"
        " enough.",
    ),
]


def settings_of(shown):
    """Return the controls: which picture, what it is called, and what to do with it."""
    another = {f"{{class_{i + 1}}}": ("command", f"add_{i + 1}") for i in range(MOST_CLASSES)}
    return {
        "source": choice("photos", {"photos": "photos", "drawings": "drawings"}, label="from"),
        "picture": picture(shown, choosable=True, label="picture", **PHOTOS),
        "drawing": grid(np.zeros((SIDE, SIDE, 1), np.uint8), 0, 255),
        "called": text("", LONGEST, label="this is"),
        "adding": buttons({"add it": ("command", "add")}, label="then", takes="picture"),
        "another": buttons(another, label="or add it to", when="known > 0", takes="picture"),
        "keeping": buttons({word: ("command", name) for word, name in COMMANDS.items()}, label="what is taught"),
    }


def unlooked():
    """Return what is told before anything was looked at or taught."""
    taught = Taught()
    return {
        "command": "none",
        "doing": "none",
        "done": 0,
        "todo": 0,
        "looked": "nothing",
        "looked_low": 0.0,
        "looked_high": 0.0,
        "looked_rows": 0,
        "looked_columns": 0,
        "looked_drawing": np.zeros((SIDE, SIDE, 1)),
        "features": np.zeros(FEATURES),
        **taught_of(taught),
        **answer_of(taught, None),
    }


def teach(shown=None, **state):
    """Teach a network your own classes from a handful of pictures: photos or drawings.

    Parameters
    ----------
    shown : Picture, str, path, bytes or array, optional
        The picture that is on screen first.
    **state
        As of any explorable: `source`, `called`, `drawing`.

    Returns
    -------
    Stage
        Its `teacher.taught` is what was taught, with `found` the classes that were learned.
    """
    stage = Stage(
        title="Teach it yours",
        settings={**settings_of(shown), **{name: told(value) for name, value in unlooked().items()}},
        recipe=[step("strokes", "difference", first="$drawing", second="$looked_drawing")],
        result="features",
        panels=[
            panel("picture", "Your picture", facts=False, **PHOTOS),
            panel("drawing", "Draw here", **PAPER, facts=False, **DRAWINGS),
            bars("shares", SAYS, labels="$rows", range=[0, 100], facts=False, room=room(group="column 2")),
            panel("nearest", "Nearest: {near}", **QUIET, size="small", room=room(group="column 2")),
            panel("table", "Leave one out", **QUIET, display="signed", cell=30, note=TABLE),
        ],
        lines=[("leave one out:", "{trial}")],
        words=WORDS,
        code={"code": PROGRAM, "torch": []},
        state=state,
    )
    stage.teacher = Teacher(stage)
    return stage
