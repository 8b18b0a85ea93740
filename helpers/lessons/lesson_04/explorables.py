"""Lesson 04: taking steps of more than one pixel, and what is skipped."""

from helpers.engine.recipe import call, step, step_by
from helpers.kernels import gaussian
from helpers.lessons.pieces import GRAY, patch
from helpers.stage.panels import hatched_ring, hatched_sides, panel, room, starts
from helpers.stage.settings import choice, grid, picture, slider, switch
from helpers.stage.stage import Stage

WINDOW = {
    "kernel_size": slider(3, 1, 7, label="kernel size"),
    "stride": slider(2, 1, 5),
    "padding": slider(0, 0, 6),
    "dilation": slider(1, 1, 3),
}
TAUGHT = ("kernel_size", "stride")  # what the learner's own function knows about
DOTS = "Dots mark where a window starts."
HATCHED = "A row or a column that no window reads is hatched."
NOWHERE = "row.columns < kernel_size"
NUMBERED = ("every pixel", "every second pixel", "every third pixel", "every fourth pixel", "every fifth pixel")
NUMBERED += ("every sixth pixel",)


def every_nth(name, begin=""):
    """Return a title that says in words how many pixels are kept: "every second pixel"."""
    return [[f"{name} == {n}", first_up(begin + words)] for n, words in enumerate(NUMBERED, start=1)]


def first_up(text):
    """Return a text that begins with a capital letter."""
    return text[0].upper() + text[1:]


def size_line(name, side, own):
    """Return the formula of the output size with the current numbers in it; dilation joins in when it is above 1."""
    outcome = f"{{=feature_map.{side}}}"
    if own:
        return (f"{side}:", f"floor(({{{name}.{side}}} − {{kernel_size}}) / {{stride}}) + 1 = {outcome}")
    begin = f"floor(({{{name}.{side}}} + 2·{{padding}} − "
    end = f") / {{stride}}) + 1 = {outcome}"
    plain = f"{begin}{{kernel_size}}{end}"
    dilated = f"{begin}({{dilation}}·({{kernel_size}} − 1) + 1){end}"
    return (f"{side}:", [["dilation == 1", plain], ["", dilated]])


def size_lines(name, own):
    """Return the formula for rows and for columns."""
    return [size_line(name, "rows", own), size_line(name, "columns", own)]


def window(own):
    """Return the controls of the window; the learner's own function takes neither padding nor dilation."""
    return {name: setting for name, setting in WINDOW.items() if not own or name in TAUGHT}


def means(image, *given):
    """Return the steps that take the mean under each window; `given` names the settings that the convolution takes."""
    arguments = {name: f"${name}" for name in given}
    return [
        step("kernel", "box", kernel_size="$kernel_size"),
        step("feature_map", "convolve2d", image=image, kernel="$kernel", **arguments),
    ]


def stepping_stones(**state):
    """Count starting positions on a ruler: last start // stride, plus one."""
    return Stage(
        title="Stepping stones",
        settings={
            "size": slider(8, 1, 16, label="pixels"),
            "kernel_size": slider(3, 1, 7, label="kernel size"),
            "stride": slider(2, 1, 5),
            "padding": slider(0, 0, 3, label="padding on each side"),
        },
        recipe=[
            step("row", "ruler", size="$size", padding="$padding"),
            step("possible", "starts", image="$row", kernel_size="$kernel_size"),
            step("starts", "starts", image="$row", kernel_size="$kernel_size", stride="$stride"),
        ],
        panels=[
            panel(
                "row",
                "A row of pixels, and where the window starts",
                size="large",
                display="numbers",
                marks=[starts("starts"), hatched_sides("$padding")],
                room=room(group="column stones"),
            ),
            panel(
                "starts",
                "Starts, each makes one output pixel",
                size="large",
                display="numbers",
                room=room(group="column stones"),
            ),
        ],
        lines=[
            (
                "last possible start:",
                [
                    (NOWHERE, "{row.columns} − {kernel_size} is below 0: no window fits"),
                    ("", "{row.columns} − {kernel_size} = {=possible.max}"),
                ],
            ),
            ("how many starts:", [(NOWHERE, "none"), ("", "{possible.max} // {stride} + 1 = {=starts.columns}")]),
            ("as a formula:", "floor(({size} + 2·{padding} − {kernel_size}) / {stride}) + 1 = {=starts.columns}"),
        ],
        words=[
            ("padding == 0", "Dots are starts. A pixel that no window reads is hatched: it is lost."),
            (
                "",
                "Dots are starts. Cell 0 is at the outer end of the padding, which is hatched; so is what no"
                " window reads.",
            ),
        ],
        hints="Point at an output pixel: its window lights up in the row.",
        state={"focus": {"panel": "starts", "row": 0, "column": 1}} | state,
    )


def stride_window(shown=None, convolve=None, **state):
    """Take larger steps with the window over a small picture.

    Parameters
    ----------
    convolve : callable, optional
        The learner's own function of image, kernel and stride, in place of the course's; cells that differ are marked.
    """
    piece = "Your picture, a small piece"
    ringed = [
        step("padded", "pad2d", image="$image", padding="$padding"),
        *means("$padded", "stride", "dilation"),
    ]
    in_its_ring = panel(
        "padded",
        [("padding == 0", piece), ("", "Your piece in its ring")],
        marks=[hatched_ring("$padding"), starts("feature_map")],
    )
    return Stage(
        title="Stride, step by step",
        settings={**window(convolve), "image": grid(patch(shown, 8, 11), 0, 255, label="picture")},
        recipe=means("$image", "stride") if convolve else ringed,
        panels=[
            panel("image", piece, edit=True, marks=[starts("feature_map")]) if convolve else in_its_ring,
            panel("feature_map", "The mean under each window", sign="→"),
        ],
        ledger="feature_map",
        play="feature_map",
        lines=size_lines("image", convolve),
        words=[
            *([] if convolve else [("padding > 0", f"{DOTS} The ring is hatched. {HATCHED}")]),
            ("", f"{DOTS} {HATCHED}"),
        ],
        replace={"feature_map": convolve} if convolve else None,
        state={"focus": {"panel": "feature_map", "row": 1, "column": 1}} | state,
    )


def stride(shown=None, convolve=None, **state):
    """Take larger steps over the learner's picture.

    Parameters
    ----------
    convolve : callable, optional
        The learner's own function of image, kernel and stride, in place of the course's; cells that differ are marked.
    """
    return Stage(
        title="Stride on your picture",
        settings={"picture": picture(shown, choosable=True, label="picture"), **window(convolve)},
        recipe=[*GRAY, *means("$gray", *(["stride"] if convolve else ["stride", "padding", "dilation"]))],
        panels=[
            panel("gray", "Your picture, in gray", zoom=True, marks=[starts("feature_map")]),
            panel("feature_map", "The mean under each window", sign="→", room=room("gray")),
        ],
        ledger="feature_map",
        lines=size_lines("gray", convolve),
        words=[
            ("feature_map.count < gray.count", "Of {gray.count} numbers, {feature_map.count} are left."),
            ("feature_map.count == gray.count", "{gray.count} numbers went in, and as many came out."),
            ("", "{gray.count} numbers went in, and {feature_map.count} came out: padding made room for more windows."),
        ],
        hints="Marked in your picture: rows and columns that no window reads. Zoom in to see where windows start.",
        replace={"feature_map": convolve} if convolve else None,
        state=state,
    )


def every_second(shown=None, **state):
    """Compare stride s with: stride 1, then keep every s-th pixel."""
    return Stage(
        title="Skip first, or throw away later?",
        settings={
            "picture": picture(shown, choosable=True, label="picture"),
            "stride": slider(2, 1, 5),
            "kernel_size": slider(3, 1, 7, label="kernel size"),
        },
        recipe=[
            *GRAY,
            step("kernel", "box", kernel_size="$kernel_size"),
            step("strided", "convolve2d", image="$gray", kernel="$kernel", stride="$stride"),
            step("full", "convolve2d", image="$gray", kernel="$kernel"),
            step("kept", "take_every", image="$full", step="$stride"),
            step("difference", "difference", first="$strided", second="$kept"),
        ],
        panels=[
            panel("strided", "Stride {stride}", room=room("gray")),
            panel("kept", every_nth("stride", "stride 1, then "), sign="−", room=room("gray")),
            panel("difference", "Difference", sign="=", display="signed", room=room("gray"), range=[-255, 255]),
        ],
        lines=[
            ("sums worked out:", "at stride {stride}: {strided.count}; at stride 1, to keep some of them: {full.count}")
        ],
        words=[
            ("stride == 1", "Stride 1 skips nothing: here both ways are the same way."),
            ("", "The same numbers, to the last digit. A stride just does not work out what would be thrown away."),
        ],
        state=state,
    )


def aliasing(shown=None, **state):
    """Skip pixels of fine stripes, with and without a blur before."""
    return Stage(
        title="Vanishing stripes",
        settings={
            "what": choice("stripes", {"stripes": "stripes", "picture": "your picture"}, label="skip pixels of"),
            "period": slider(2, 2, 12, label="pixels from stripe to stripe", when="what == stripes"),
            "every": slider(2, 1, 6, label="step"),
            "blurred": switch(False, label="blur first"),
            "picture": picture(shown, label="picture"),
        },
        recipe=[
            *GRAY,
            step_by(
                "source",
                "what",
                stripes=call("stripes", rows=40, columns=60, period="$period"),
                picture=call("clip", image="$gray"),
            ),
            step_by(
                "smooth",
                "blurred",
                true=call("convolve2d", image="$source", kernel=gaussian(9, 1.5).tolist(), padding=4, mode="reflect"),
                false=call("clip", image="$source"),
            ),
            step("kept", "take_every", image="$smooth", step="$every"),
        ],
        panels=[
            panel("source", "Before", zoom=True),
            panel("smooth", "Blurred first, 9 × 9", sign="→", when="blurred == true", room=room("source")),
            panel("kept", every_nth("every"), sign="→", zoom=True, room=room("source", fill=True)),
        ],
        words=[
            ("kept.min == kept.max", "Only one gray is left: {kept.min}. No pattern can be seen in it."),
            ("every == 1", "Step 1 keeps every pixel. Take a larger one."),
            (
                "blurred == true",
                "Blurred first: the more the blur turns gray, the less can come back as something else.",
            ),
            (
                "what == picture",
                "Look for jagged lines and for patterns that were not there before: aliasing, a false name.",
            ),
            (
                "period < 2 * every",
                "A stripe and the gap beside it are {period} pixels wide, a step is {every}. With fewer than two steps"
                " to a pair, what you see was never there: aliasing, a false name.",
            ),
            (
                "",
                "A stripe and the gap beside it are {period} pixels wide, a step is {every}. Two steps or more go to a"
                " pair: each stripe is still there, if not always as wide as the next.",
            ),
        ],
        state=state,
    )


EXPLORABLES = (stepping_stones, stride_window, stride, every_second, aliasing)
