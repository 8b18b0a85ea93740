"""Lesson 08: how a kernel learns, and where gradients come from."""

import functools

import numpy as np

from helpers.engine.recipe import call, step, step_by
from helpers.kernels import KERNELS
from helpers.lessons.lesson_08.collecting import collect
from helpers.lessons.lesson_08.fight import fair_fight
from helpers.lessons.lesson_08.live import train
from helpers.lessons.pieces import GRAY, patch
from helpers.stage.panels import curve, panel, room, trail
from helpers.stage.settings import choice, constant, grid, picture, slider
from helpers.stage.stage import Stage

SIDE = 28  # rows and columns of what a kernel learns from
STEPS = 120
REACH = 4.0  # of the landscape: both weights go from -4 to 4
WEIGHTS = ["top left", "top", "top right", "left", "middle", "right", "bottom left", "bottom", "bottom right"]
THREE = {name: one.values for name, one in KERNELS.items() if one.values.shape == (3, 3)}
SMALL = {name: values for name, values in THREE.items() if abs(values).max() <= REACH}
SOBEL = THREE["Sobel, vertical edges"]
NUMBERS = {"size": "small", "display": "signed", "legend": False, "facts": False}
SEEN = {"size": "small", "display": "signed", "range": [-4, 4], "legend": False, "facts": False}


def column(number):
    """Return the room of panels that stand below each other."""
    return room(group=f"column {number}")


@functools.cache
def noise():
    """Return a picture of nothing but chance: no two pixels have anything to do with each other."""
    return np.random.default_rng(8).integers(0, 256, (SIDE, SIDE, 1)).astype(np.uint8)


def learn_kernel(shown=None, target=None, **state):
    """Let a kernel find nine numbers by itself, from a picture and from what should come of it.

    Parameters
    ----------
    target : array_like of shape (3, 3), optional
        The kernel to find; Sobel if left out.
    """
    places = dict(enumerate(WEIGHTS))
    cells = (SIDE - 2) ** 2
    return Stage(
        title="A kernel that learns",
        settings={
            "learn_from": choice("noise", {"noise": "noise", "picture": "your picture, small"}, label="learn from"),
            "picture": picture(shown, choosable=True, label="picture", when="learn_from == picture"),
            "noise": constant(noise(), "np.random.default_rng(8).integers(0, 256, (28, 28, 1))"),
            "target": grid(SOBEL if target is None else target, -4, 4, presets=SMALL, few=6, label="to find"),
            "start": constant(np.zeros((3, 3)), "np.zeros((3, 3))"),
            "learning_rate": slider(0.5, 0.05, 4.0, step=0.05, label="learning rate"),
            "n": slider(0, 0, STEPS, label="step", plays=10),
            "across": choice(3, places, label="landscape: across"),
            "down": choice(5, places, label="landscape: down"),
        },
        recipe=[
            *GRAY,
            step_by(
                "source",
                "learn_from",
                noise=call("clip", image="$noise"),
                picture=call("middle_square", image="$gray", side=SIDE),
            ),
            step("pixels", "scale_and_shift", images="$source", scale=[1 / 127.5], shift=[-1]),
            step("image", "pick", image="$pixels", channel=0),
            step("wanted", "convolve2d", image="$image", kernel="$target"),
            step(
                "path",
                "descend",
                image="$image",
                wanted="$wanted",
                start="$start",
                learning_rate="$learning_rate",
                steps=STEPS,
            ),
            step("now", "take", stack="$path", which="$n"),
            step("made", "convolve2d", image="$image", kernel="$now"),
            step("error", "difference", first="$made", second="$wanted"),
            step("gradient", "kernel_gradient", image="$image", gradient="$error", factor=2 / cells),
            step("next", "stepped", first="$now", gradient="$gradient", learning_rate="$learning_rate"),
            step("losses", "kernel_losses", image="$image", wanted="$wanted", kernels="$path"),
            step("loss", "mean_square", first="$made", second="$wanted"),
            step("wrong", "difference", first="$now", second="$target"),
            step(
                "around",
                "landscape",
                image="$image",
                wanted="$wanted",
                kernel="$now",
                across="$across",
                down="$down",
                reach=REACH,
            ),
            step("trail", "trail", kernels="$path", across="$across", down="$down", reach=REACH),
        ],
        result="now",
        panels=[
            panel(
                "image",
                "It learns from",
                size="small",
                range=[-1, 1],
                display="gray",
                legend=False,
                facts=False,
                room=column(1),
            ),
            panel("target", "To find", edit=True, **NUMBERS, room=column(1)),
            panel("wanted", "Wanted", **SEEN, room=column(2)),
            panel("made", "It makes", **SEEN, room=column(2)),
            panel("error", "Error", **SEEN, room=column(2)),
            panel("now", "Its kernel", **NUMBERS, tells="next", room=column(3)),
            panel("gradient", "Gradient", range=[-2, 2], **NUMBERS, room=column(3)),
            panel("next", "New kernel", **NUMBERS, room=column(3)),
            curve("losses", "Loss", until="$n", at="$n", range="first", facts=False, room=column(4)),
            panel(
                "around",
                "Loss as a landscape",
                display="signed",
                range=[["learn_from == noise", [-5, 5]], ["", [-1.5, 1.5]]],
                legend=False,
                facts=False,
                marks=[trail("trail", "$n")],
                note="both numbers from −4 to 4",
                room=column(4),
            ),
        ],
        ledger=["next", "gradient", "error"],
        words=LEARNS,
        state={"focus": {"panel": "next", "row": 1, "column": 0}} | state,
    )


LEARNS = [
    ("n == 0", "Its nine numbers are 0, and so is all that it makes. Press play, or take a step."),
    (
        "now.max > 100000",
        "It has run away: each step leaps over the valley and lands higher up on the other side. The learning rate is"
        " too large.",
    ),
    (
        "loss.0 > losses.0",
        "The loss is {loss.0}, and it began at {losses.0}: each step is too large, and leaps across the valley.",
    ),
    (
        "wrong.max < 0.005 and wrong.min > -0.005",
        "Found: at step {n} all nine numbers are right, and nobody has told it one of them.",
    ),
    (
        "loss.0 < 0.01",
        "The loss is below 0.01: what it makes is nearly what is wanted. Its numbers are still off, by"
        " {wrong.min} to {wrong.max}.",
    ),
    (
        "n >= 60 and losses.0 < 2 * loss.0",
        "After {n} steps half of the way is still to go. The steps are too small.",
    ),
    (
        "",
        "Each number goes {learning_rate} times its gradient, downhill. The loss was {losses.0}, now it is {loss.0}.",
    ),
]


PIECE = 6  # rows and columns of the picture that a loss is followed back through


def go_back(shown=None, filter_gradient=None, **state):
    """Follow a loss back through max pooling, ReLU and a kernel: what each number has heard, and from whom.

    Parameters
    ----------
    filter_gradient : callable, optional
        The learner's own function of image and gradient, in place of the course's; numbers that differ are marked.
    """
    gray = patch(shown, PIECE, PIECE) / 255
    image = np.round(4 * (gray - gray.min()) / max(0.01, np.ptp(gray)))  # small whole numbers: sums that can be checked
    forward = [
        step("map", "convolve2d", image="$image", kernel="$kernel"),
        step("passed", "relu", images="$map"),
        step("pooled", "max_pool2d", images="$passed", kernel_size=2),
    ]
    back = [
        step("by_pooled", "difference", first="$pooled", second="$wanted"),
        step("by_passed", "max_pool_gradient", images="$passed", gradient="$by_pooled", kernel_size=2),
        step("by_map", "relu_gradient", images="$map", gradient="$by_passed"),
        step("by_kernel", "kernel_gradient", image="$image", gradient="$by_map"),
        step("by_image", "convolve2d", image="$by_map", kernel="$kernel", padding=2, flip=True),
    ]
    edited = {"edit": True, "note": ""}
    return Stage(
        title="Where gradients come from",
        settings={
            "image": grid(image, -9, 9, label="picture"),
            "kernel": grid([[1, 0, -1], [1, 0, -1], [1, 0, -1]], -9, 9, label="kernel"),
            "wanted": grid([[4, 0], [0, 4]], -99, 99, label="wanted"),
        },
        recipe=[*forward, *back],
        result="by_kernel",
        panels=[
            panel("image", "Picture", tells="by_image", **edited, **NUMBERS, room=column(1)),
            panel("by_image", "Gradient: picture", **NUMBERS, room=column(1)),
            panel("kernel", "Kernel", sign="⊛", tells="by_kernel", **edited, **NUMBERS, room=column(2)),
            panel("by_kernel", "Gradient: kernel", **NUMBERS, room=column(2)),
            panel("map", "Map", sign="=", tells="by_map", **NUMBERS, room=column(3)),
            panel("by_map", "Gradient: map", **NUMBERS, room=column(3)),
            panel("passed", "ReLU", sign="→", tells="by_passed", **NUMBERS, room=column(4)),
            panel("by_passed", "Gradient: ReLU", **NUMBERS, room=column(4)),
            panel("pooled", "Max pooling", sign="→", tells="by_pooled", cell=24, **NUMBERS, room=column(5)),
            panel("wanted", "Wanted", **edited, cell=24, **NUMBERS, room=column(5)),
            panel("by_pooled", "Gradient: pooling", cell=24, **NUMBERS, room=column(5)),
        ],
        ledger=["by_kernel", "by_image", "by_map", "by_passed", "by_pooled"],
        words=[
            (
                "by_pooled.max == 0 and by_pooled.min == 0",
                "What comes out is what is wanted: every gradient is 0, and nothing has to change.",
            ),
            (
                "by_map.max == 0 and by_map.min == 0",
                "Something is wrong, but every door is shut: ReLU has cut off all that had won. Nothing can be learned"
                " from this.",
            ),
            (
                "",
                "Above, numbers go to the right. Below, what was wrong goes back to the left: to the winners, through"
                " open doors, and to every weight as often as it was used.",
            ),
        ],
        replace={"by_kernel": filter_gradient} if filter_gradient else None,
        state={"focus": {"panel": "by_kernel", "row": 0, "column": 0}} | state,
    )


EXPLORABLES = (learn_kernel, go_back, train, collect, fair_fight)
