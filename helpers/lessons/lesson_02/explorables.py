"""Lesson 02: a window slides over a picture, and nine numbers decide what it finds."""

import numpy as np

from helpers.engine.recipe import call, step, step_by
from helpers.kernels import KERNELS
from helpers.lessons.pieces import FOLLOW, GRAY, patch, whole_and_frame
from helpers.stage.panels import framed, panel, room
from helpers.stage.settings import buttons, choice, constant, grid, hidden, picture, switch
from helpers.stage.stage import Stage

SOBEL = "Sobel, vertical edges"
FIRST = (SOBEL, "Sobel, horizontal edges", "Box blur, 3x3", "Sharpen", "Emboss", "Identity")
ALL = {name: KERNELS[name].values for name in [*FIRST, *(name for name in KERNELS if name not in FIRST)]}
THREE = {name: values for name, values in ALL.items() if values.shape == (3, 3)}
FEW = len(FIRST)
SHOWN_AS = {
    "follow": "follow the kernel",
    "signed": "signed: 0 is the page",
    "clip": "cut off at 0 and 255",
    "rescale": "stretched to fit",
}
FOLLOWING = {
    "display": [[FOLLOW, "gray"], ["", "signed"]],
    "range": [[FOLLOW, [0, 255]], ["", "auto"]],
    "note": [[FOLLOW, "a picture: cut off at 0 and 255"], ["", "orange is above 0, blue below"]],
}
STRETCHED = "stretched from the smallest number to the largest"
LEAST = 40  # from the darkest to the brightest pixel of a picture in which a target can be told from another


def by_sum(nothing, same, else_):
    """Return sentences on the sum of a kernel's weights; 0 and 1 are what is written as 0 and 1."""
    conditions = ["kernel.sum >= 1.005", "kernel.sum >= 0.995", "kernel.sum >= 0.005", "kernel.sum > -0.005", ""]
    return list(zip(conditions, [else_, same, else_, nothing, else_], strict=True))


COLUMN = room(group="column")
KERNEL = {"size": "small", "display": "signed", "edit": True, "legend": False, "facts": "sum of weights {kernel.sum}"}
LOUPE = panel("source", "Under the loupe", size="small", display="auto", loupe=7, facts=False, room=COLUMN)
BESIDE = {"facts": False, "note": "sum of weights {kernel.sum}", "room": COLUMN}
UNDER_THE_LOUPE = (LOUPE, panel("kernel", "Kernel", sign="⊛", **KERNEL | BESIDE))


def where_it_lies(shown, *size):
    """Return the whole picture as a setting, and the panel that frames the small piece in it."""
    whole, frame = whole_and_frame(shown, *size)
    marks = [framed(*frame)]
    shown_whole = panel(
        "whole",
        "Where it lies",
        size="small",
        display="gray",
        range=[0, 255],
        legend=False,
        facts=False,
        cell=1.25,
        marks=marks,
    )
    return constant(whole, "the whole picture, made small"), shown_whole | {"room": COLUMN}


def slide_the_window(shown=None, convolve=None, **state):
    """Slide a 3x3 window over a small picture: every product and every sum in the open.

    Parameters
    ----------
    convolve : callable, optional
        The learner's own function of image and kernel, in place of the course's; cells that differ are marked.
    """
    whole, where = where_it_lies(shown)
    return Stage(
        title="Slide the window",
        settings={
            "image": grid(patch(shown), 0, 255, label="picture"),
            "kernel": grid(KERNELS[SOBEL].values, -9, 9, THREE, few=FEW, label="kernel"),
            "whole": whole,
        },
        recipe=[step("feature_map", "convolve2d", image="$image", kernel="$kernel")],
        panels=[
            panel("image", "Your picture, a small piece", edit=True),
            panel("kernel", "Kernel", sign="⊛", room=COLUMN, **KERNEL),
            where,
            panel("feature_map", "Feature map", sign="=", **FOLLOWING),
        ],
        ledger="feature_map",
        play="feature_map",
        lines=[
            (
                "size:",
                "{image.rows} − {kernel.rows} + 1 = {=feature_map.rows} rows, "
                "{image.columns} − {kernel.columns} + 1 = {=feature_map.columns} columns",
            )
        ],
        words=by_sum(
            "The weights add up to 0: where the picture is flat, the result is 0.",
            "The weights add up to 1: where the picture is flat, it stays as it is.",
            "The weights add up to {kernel.sum}: where the picture is flat, it becomes {kernel.sum} times itself.",
        ),
        hints="Point at the picture or the result, or walk with the arrow keys: the window follows. Edit any number.",
        replace={"feature_map": convolve} if convolve else None,
        state={"focus": {"panel": "feature_map", "row": 2, "column": 3}} | state,
    )


def find_edges(shown=None, **state):
    """Let a window glide over the learner's picture, while the result paints itself."""
    return Stage(
        title="Your picture and its edges",
        settings={
            "picture": picture(shown, choosable=True, label="picture"),
            "kernel": grid(KERNELS[SOBEL].values, -50, 50, ALL, few=FEW, step=1, label="kernel"),
        },
        recipe=[
            *GRAY,
            step("source", "drop_alpha", image="$gray"),
            step("feature_map", "convolve2d", image="$source", kernel="$kernel"),
        ],
        panels=[
            panel("source", "Your picture"),
            *UNDER_THE_LOUPE,
            panel("feature_map", "Result", sign="=", room=room("source"), **FOLLOWING),
        ],
        ledger="feature_map",
        play="feature_map",
        alive=True,
        hints="Choose another kernel, or edit its numbers. Point at the picture: the loupe shows the numbers there.",
        state=state,
    )


def nine_numbers(shown=None, convolve=None, **state):
    """Filter the learner's picture with any kernel of 3x3 or 5x5 numbers."""
    return Stage(
        title="Your picture, nine numbers",
        settings={
            "picture": picture(shown, choosable=True, label="picture"),
            "kernel": grid(KERNELS[SOBEL].values, -50, 50, ALL, few=FEW, step=1, label="kernel"),
            "colors": switch(False, label="each color channel on its own"),
            "shown_as": choice("follow", SHOWN_AS, label="result"),
        },
        recipe=[
            *GRAY,
            step_by("source", "colors", true=call("drop_alpha", image="$rgb"), false=call("drop_alpha", image="$gray")),
            step("feature_map", "convolve2d", image="$source", kernel="$kernel"),
        ],
        panels=[
            panel("source", "Your picture", zoom=True),
            *UNDER_THE_LOUPE,
            panel(
                "feature_map",
                "Result",
                sign="=",
                zoom=True,
                room=room("source"),
                display=[
                    ["colors == true", "auto"],
                    ["shown_as == signed", "signed"],
                    ["shown_as != follow", "gray"],
                    *FOLLOWING["display"],
                ],
                range=[
                    ["shown_as == clip", [0, 255]],
                    ["shown_as != follow", "auto"],
                    *FOLLOWING["range"],
                ],
                note=[
                    ["shown_as == clip", "below 0 is drawn as 0, above 255 as 255"],
                    ["shown_as == rescale", STRETCHED],
                    [f"shown_as == follow and {FOLLOW}", "a picture: cut off at 0 and 255"],
                    ["colors == true", f"a color cannot show a sign: {STRETCHED}"],
                    ["", "orange is above 0, blue below"],
                ],
            ),
        ],
        ledger="feature_map",
        words=by_sum(
            "The weights add up to 0: flat areas vanish, only change can be seen.",
            "The weights add up to 1: flat areas keep their brightness.",
            "The weights add up to {kernel.sum}: the brightness of flat areas is multiplied by {kernel.sum}.",
        ),
        hints="Click a number of the kernel and type, or drag it up and down.",
        replace={"feature_map": convolve} if convolve else None,
        state=state,
    )


IMPULSE = np.zeros((7, 8))
IMPULSE[3, 3] = 1
L_SHAPE = np.array([[1, 0, 0], [2, 0, 0], [3, 4, 5]])


def impulse(**state):
    """Show what a kernel makes of a single bright pixel: itself, turned around - unless it is flipped first."""
    return Stage(
        title="One bright pixel",
        settings={
            "image": grid(IMPULSE, 0, 9, label="picture"),
            "kernel": grid(L_SHAPE, -9, 9, label="kernel"),
            "flip": switch(False, label="turn the kernel by 180° first"),
        },
        recipe=[step("feature_map", "convolve2d", image="$image", kernel="$kernel", padding=1, flip="$flip")],
        panels=[
            panel("image", "Picture", display="gray", range=[0, 1], edit=True, legend=False),
            panel(
                "kernel",
                [["flip == true", "Kernel, turned"], ["", "Kernel"]],
                sign="⊛",
                size="small",
                display="signed",
                edit=True,
                legend=False,
                turned="$flip",
            ),
            panel("feature_map", "Result", sign="=", display="signed"),
        ],
        ledger="feature_map",
        words=[
            (
                "flip == true",
                "Turned first: a bright pixel becomes a copy of the kernel. Mathematics calls this convolution.",
            ),
            (
                "",
                "Not turned first: a bright pixel becomes the kernel turned by 180°. This is cross-correlation: what"
                " networks compute.",
            ),
        ],
        hints="Put the bright pixel elsewhere, or a second one beside it.",
        state={"focus": {"panel": "feature_map", "row": 2, "column": 2}} | state,
    )


LEVELS = {
    "1": ("something has moved", KERNELS["Shift right"].values),
    "2": ("the light goes down", np.array([[0, 0, 0], [0, 0.5, 0], [0, 0, 0]])),
    "3": ("smeared, but only sideways", np.array([[0, 0, 0], [1, 1, 1], [0, 0, 0]]) / 3),
    "4": ("the downs and ups from left to right", np.array([[0, 0, 0], [1, 0, -1], [0, 0, 0]])),
    "5": ("whatever is not like its neighbors", np.array([[0, -1, 0], [-1, 4, -1], [0, -1, 0]])),
}
FOUND = {
    "1": "a single 1, left of the middle. It fetches the left neighbor.",
    "2": "one half in the middle. Every lamp at half its light.",
    "3": "a mean of three neighbors, and of no row but their own.",
    "4": "left minus right. Flat areas have gone, edges stay.",
    "5": "four times itself, minus four neighbors. What is alike takes itself away.",
}
CLOSE = 1  # how far a number may be from the target's
NOT_YET = "Not yet: between {difference.min} and {difference.max} is left of the target. Get both to 0."


def stars(score):
    """Write a score as stars: so many of five are filled."""
    return "★" * score + "☆" * (len(LEVELS) - score)


class Practice(Stage):
    """A Stage that counts the levels whose target was reached."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.observe(self._count, ["kernel", "level"])
        self._count()

    def _count(self, _change=None):
        """Note the level as reached if nothing is left of the difference."""
        left = self.result
        if left is None or np.abs(left).max() > CLOSE:
            return
        reached = {*self.reached.split(), self.level}
        with self.hold_sync():
            self.reached, self.score, self.stars = " ".join(sorted(reached)), len(reached), stars(len(reached))


def target_patch(shown):
    """Return a piece of the learner's picture; of another one if the picture is too flat for targets to differ."""
    piece = patch(shown, 8, 10)
    return piece if np.ptp(piece) >= LEAST else patch("cat", 8, 10)


def target_practice(shown=None, **state):
    """Find the kernel that makes the target: five levels, and a score."""
    goals = {
        level: call("convolve2d", image="$image", kernel=values.tolist(), padding=1, mode="edge")
        for level, (_, values) in LEVELS.items()
    }
    alike = {
        "display": [["level <= 3", "gray"], ["", "signed"]],
        "range": [["level <= 3", [0, 255]], ["", [-255, 255]]],
        "size": "small",
        "legend": False,
    }
    return Practice(
        title="Target practice",
        settings={
            "level": choice("1", {level: f"{level}: {riddle}" for level, (riddle, _) in LEVELS.items()}, label="level"),
            "next": buttons({"next level": ("level", "next", "level")}, label="reached?"),
            "kernel": grid(KERNELS["Identity"].values, -9, 9, step=0.5, label="kernel"),
            "image": hidden(target_patch(shown)),
            "score": hidden(0),
            "reached": hidden(""),
            "stars": hidden(stars(0)),
        },
        recipe=[
            step("yours", "convolve2d", image="$image", kernel="$kernel", padding=1, mode="edge"),
            step_by("target", "level", **goals),
            step("difference", "difference", first="$target", second="$yours"),
        ],
        panels=[
            panel("image", "The picture", display="gray", range=[0, 255], size="small", legend=False, room=COLUMN),
            panel("kernel", "Your kernel", sign="⊛", room=COLUMN, **KERNEL | {"facts": ""}),
            panel("yours", "Yours", sign="=", **alike),
            panel("target", "The target", sign="?", **alike),
            panel("difference", "What is left", display="signed", range=[-255, 255], size="small", legend=False),
        ],
        lines=[("score:", "{stars} {score} of 5 levels reached")],
        words=[
            (f"difference.max > {CLOSE}", NOT_YET),
            (f"difference.min < -{CLOSE}", NOT_YET),
            ("score == 5", "✓ Level {level} is reached, and so are all the others. You read kernels now."),
            *[(f"level == {level}", f"✓ Level {level} is reached: {found}") for level, found in FOUND.items()],
        ],
        hints="Look for one number after the other. You may type 1/3.",
        code=False,
        state=state,
    )


EXPLORABLES = (find_edges, slide_the_window, nine_numbers, impulse, target_practice)
