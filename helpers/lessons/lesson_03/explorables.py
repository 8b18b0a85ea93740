"""Lesson 03: what happens at the border, and what padding does about it."""

import numpy as np

from helpers.convolution import MODES
from helpers.engine.recipe import step
from helpers.lessons.pieces import GRAY, patch
from helpers.stage.panels import hatched_ring, panel, rim, room
from helpers.stage.settings import buttons, grid, hidden, picture, slider
from helpers.stage.stage import Stage

SIZE_LINES = [
    ("rows:", "{image.rows} + 2·{padding} − {kernel_size} + 1 = {=feature_map.rows}"),
    ("columns:", "{image.columns} + 2·{padding} − {kernel_size} + 1 = {=feature_map.columns}"),
]
RING = {"zero": "Zeros", "edge": "Edge", "reflect": "Reflect", "wrap": "Wrap"}
assert RING.keys() == MODES.keys()

NO_SAME = (
    "A kernel of {kernel_size} takes {kernel_size} − 1 rows off, an odd number. Two equal sides cannot give that back:"
    " no padding keeps the size."
)


def coverage(**state):
    """Count how often the sliding window reads each pixel: corners once, the middle most often."""
    return Stage(
        title="Who gets used?",
        settings={
            "kernel_size": slider(3, 1, 7, label="kernel size"),
            "padding": slider(0, 0, 5),
            "image": hidden(np.zeros((8, 10))),
        },
        recipe=[step("reads", "coverage", image="$image", kernel_size="$kernel_size", padding="$padding")],
        panels=[
            panel(
                "reads",
                "How often each pixel is read",
                display="gray",
                range=[[f"kernel_size == {size}", [0, size**2]] for size in range(1, 8)],
                size="large",
            )
        ],
        lines=[("read:", "{=reads.min} to {=reads.max} times, at most {kernel_size}·{kernel_size}")],
        words=[
            ("reads.max == 1", "Every pixel is read once: the window is no larger than a pixel."),
            ("reads.min == reads.max", "Every pixel is read {reads.max} times: nobody is left out."),
            (
                "reads.min == 1",
                "A corner is read once, a pixel in the middle {reads.max} times: the border has less say.",
            ),
            (
                "",
                "A corner is read {reads.min} times, a pixel in the middle {reads.max} times: the border has less say.",
            ),
        ],
        hints="Point at a cell to read its number. White: as often as a window of this size can.",
        state=state,
    )


def ring(shown=None, pad=None, **state):
    """Add a ring of zeros and count what comes out.

    Parameters
    ----------
    pad : callable, optional
        The learner's own function of image and padding, beside the course's; cells that differ are marked.
    """
    ringed = [["yours.rows == padded.rows and yours.columns == padded.columns", "$padding"], ["", 0]]
    own = panel("yours", "What your function makes", marks=[hatched_ring(ringed)], cell=28)
    return Stage(
        title="Add a ring",
        settings={
            "padding": slider(0, 0, 5),
            "kernel_size": slider(3, 1, 7, label="kernel size"),
            "quick": buttons(
                {"valid": ("padding", 0), "same": ("padding", "same_padding", "kernel_size")}, label="preset"
            ),
            "image": grid(patch(shown, 6, 8), 0, 255, label="picture"),
        },
        recipe=[
            step("kernel", "box", kernel_size="$kernel_size"),
            step("padded", "pad2d", image="$image", padding="$padding"),
            step("feature_map", "convolve2d", image="$padded", kernel="$kernel"),
            *([step("yours", "pad2d", image="$image", padding="$padding")] if pad else []),
        ],
        result="feature_map",
        panels=[
            *([own] if pad else []),
            panel(
                "padded",
                [("padding == 0", "Your picture, no ring"), ("", "Your picture in its ring")],
                marks=[hatched_ring("$padding")],
                cell=28,
            ),
            panel("kernel", "Kernel: the mean", sign="⊛", size="small", display="signed", legend=False, cell=28),
            panel("feature_map", "Result", sign="=", cell=28),
        ],
        ledger="feature_map",
        lines=SIZE_LINES,
        words=[
            ("feature_map.rows == image.rows", "The size stays: this is what libraries call “same”."),
            *((f"kernel_size == {size}", NO_SAME) for size in (2, 4, 6)),
            (
                "padding == 0",
                "No ring: a kernel of {kernel_size} takes {kernel_size} − 1 off. Libraries call this “valid”.",
            ),
            (
                "feature_map.rows < image.rows",
                "Smaller: the kernel takes {kernel_size} − 1 off, the ring gives only 2·{padding} back.",
            ),
            ("", "Larger than the picture: the outermost windows are centered on the ring, not on a pixel of yours."),
        ],
        hints="Hatched cells are the ring. They are no part of your picture: somebody made them up.",
        replace={"yours": pad} if pad else None,
        state=state,
    )


CORNER = 24  # rows of the upper left corner that are seen at first


def filled(mode):
    """Return the steps that put a ring around a picture and blur it."""
    return [
        step(f"{mode}_ring", "pad2d", image="$gray", padding="$padding", mode=mode),
        step(f"{mode}_blurred", "convolve2d", image=f"${mode}_ring", kernel="$kernel"),
    ]


def pair(mode):
    """Return the panels of one kind of ring: the corner of the picture in it, and the same blurred."""
    title = RING[mode]
    look = {"size": "small", "facts": False, "room": room("gray", corner=CORNER, group=f"column {mode}")}
    titles = [("padding == 0", f"{title}: no ring"), ("", title)]
    return [
        panel(f"{mode}_ring", titles, marks=[hatched_ring("$padding")], **look),
        panel(f"{mode}_blurred", f"Blurred: {title.lower()}", zoom=mode == "zero", **look),
    ]


def ring_contents(shown=None, **state):
    """Fill the ring in four ways, side by side, and look closely at a corner of the blurred picture."""
    return Stage(
        title="What goes into the ring?",
        settings={
            "picture": picture(shown, choosable=True, label="picture"),
            "padding": slider(4, 0, 8, label="padding"),
        },
        recipe=[
            *GRAY,
            step("kernel", "box", kernel_size=9),
            *(one for mode in RING for one in filled(mode)),
        ],
        result="zero_blurred",
        panels=[one for mode in RING for one in pair(mode)],
        lines=[("rows:", "{gray.rows} + 2·{padding} − 9 + 1 = {=zero_blurred.rows}")],
        words=[
            ("padding == 0", "No ring, so nothing is made up. But the blur takes 4 pixels off on each side."),
            ("padding < 4", "The blur takes 4 pixels off on each side, and the ring gives only {padding} back."),
            (
                "padding == 4",
                "The size stays. Once blurred, zeros leave a dark rim (not where the picture is dark already), and with"
                " wrap the opposite side looks in. Edge and mirror often leave the least trace.",
            ),
            ("", "The ring gives {padding} pixels on each side and the blur takes 4: the outermost were never yours."),
        ],
        hints="The blur is 9 × 9. Press “whole picture” to step back; drag one picture, and all show another corner.",
        state=state,
    )


def ten_layers(shown=None, **state):
    """Send a picture through layer after layer and see how much of it is left."""
    return Stage(
        title="Ten layers deep",
        settings={
            "picture": picture(shown, choosable=True, label="picture"),
            "layers": slider(0, 0, 10),
            "kernel_size": slider(3, 1, 11, step=2, label="kernel size"),
            "padding": slider(0, 0, 5),
        },
        recipe=[
            *GRAY,
            step("kernel", "identity", kernel_size="$kernel_size"),
            step("left", "repeat2d", image="$gray", kernel="$kernel", count="$layers", padding="$padding"),
        ],
        panels=[
            panel("gray", "Your picture, and what is left of it", marks=[rim("left")]),
            panel(
                "left",
                [("layers == 1", "After 1 layer"), ("", "After {layers} layers")],
                sign="→",
                marks=[rim("gray")],
                room=room("gray"),
            ),
        ],
        lines=[
            ("size:", "{gray.rows} × {gray.columns} before, {=left.rows} × {=left.columns} now"),
            ("pixels:", "{gray.count} before, {=left.count} now"),
        ],
        words=[
            ("layers == 0", "Nothing has happened yet. Add layers."),
            ("left.rows == gray.rows", "The size stays: what the window takes off, the ring gives back."),
            (
                "padding == 0",
                "Each layer takes {kernel_size} − 1 rows off, and as many columns, whatever its kernel does.",
            ),
            (
                "left.rows < gray.rows",
                "Each layer takes {kernel_size} − 1 rows off; its ring gives only 2·{padding} back.",
            ),
            ("", "Each layer takes {kernel_size} − 1 rows off; its ring adds 2·{padding}. A black frame grows around."),
        ],
        hints="Hatched on the left: what is lost. The kernel here changes nothing: you see the size alone.",
        state=state,
    )


EXPLORABLES = (coverage, ring, ring_contents, ten_layers)
