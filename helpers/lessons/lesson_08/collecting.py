"""Lesson 08: drawings of one's own, to learn from."""

import numpy as np

from helpers import mine
from helpers.engine.recipe import call, step, step_by
from helpers.lessons.digit_looks import PAPER
from helpers.stage.panels import bars, panel, room
from helpers.stage.settings import buttons, grid, slider, switch, told
from helpers.stage.stage import Stage
from helpers.stage.telling import Teller, obey

SIDE = 28
BEGIN = "Draw a digit, say which one it is, and keep it. Three drawings of each of two digits are enough to begin."


def counted():
    """Return how many drawings there are of each digit."""
    return np.bincount(mine.drawings()[1].astype(np.intp), minlength=10)


def collect(**state):
    """Draw digits, say what they are, and keep them: a network can learn from them.

    Each is scaled and centered before it is kept, as the course's digits were.
    """
    stage = Stage(
        title="Your own data",
        settings={
            "drawing": grid(np.zeros((SIDE, SIDE, 1), np.uint8), 0, 255, label="drawing"),
            "digit": slider(3, 0, 9, label="this is a"),
            "prepared": switch(True, label="scaled and centered"),
            "keeping": buttons({"keep it": ("command", "keep")}, label="drawing"),
            "command": told("none"),
            "counts": told(counted()),
            "said": told(BEGIN),
        },
        recipe=[
            step("large", "scale_into", image="$drawing", side=20),
            step_by(
                "kept",
                "prepared",
                true=call("center_by_mass", image="$large"),
                false=call("clip", image="$drawing"),
            ),
        ],
        result="kept",
        panels=[
            panel("drawing", "Draw here", **PAPER),
            panel("kept", "What is kept", sign="→", range=[0, 255], legend=False, room=room("drawing")),
            bars("counts", "How many there are", facts=False),
        ],
        words=[
            ("drawing.max == 0", "{said}"),
            ("", "Is it {digit}? Then keep it."),
        ],
        state=state,
    )

    obey(stage, {"keep": lambda: keep(stage, Teller(stage))})
    return stage


def keep(stage, teller):
    """Keep what is drawn, and clear the sheet; or say why not."""
    try:
        count = mine.keep_drawing(stage.result, stage.digit)
    except ValueError as refusal:
        teller.say(str(refusal))
        return
    sheet = np.zeros((SIDE, SIDE, 1), np.uint8)
    teller.tell({"said": f"Kept: {stage.digit}. Drawings now: {count}.", "counts": counted(), "drawing": sheet})
