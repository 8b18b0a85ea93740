"""Lesson 06: one number stands for each window, and what is kept and lost by that."""

import functools

import numpy as np

from helpers.color import REC601
from helpers.engine.recipe import call, step, step_by
from helpers.lessons.pieces import GRAY, patch
from helpers.stage.panels import panel, room, stack, winners
from helpers.stage.settings import choice, constant, grid, picture, slider
from helpers.stage.stage import Stage

NUMBERED = ("every", "every second", "every third", "every fourth", "every fifth", "every sixth", "every seventh")
NUMBERED += ("every eighth",)
TAKEN = [[f"stride == {n}", f"{words} pixel".capitalize()] for n, words in enumerate(NUMBERED, start=1)]
RGB = GRAY[:2]
PIECE = 7, 6  # rows, columns: four such grids side by side, and their numbers can still be read


def pools(image, *given):
    """Return the steps that keep the largest, the mean and the first of each window."""
    window = {name: f"${name}" for name in ("kernel_size", "stride", *given)}
    return [
        step("largest", "max_pool2d", images=image, **window),
        step("mean", "avg_pool2d", images=image, **window),
        step("taken", "take_every", image=image, step="$stride"),
    ]


def size_lines(name, padded):
    """Return the formula for rows, columns and channels."""
    ring = " + 2·{padding}" if padded else ""
    sides = [
        (f"{side}:", f"floor(({{{name}.{side}}}{ring} − {{kernel_size}}) / {{stride}}) + 1 = {{=largest.{side}}}")
        for side in ("rows", "columns")
    ]
    return [*sides, ("channels:", f"{{{name}.channels}} in, {{=largest.channels}} out")]


def own(max_pool, avg_pool):
    """Return the learner's functions, by the step whose place they take."""
    return {name: one for name, one in (("largest", max_pool), ("mean", avg_pool)) if one}


def on_one_channel(function):
    """Return a learner's function of a picture with channels, made to take one without."""

    @functools.wraps(function)
    def pooled(image, *rest):
        result = function(image[..., np.newaxis], *rest)
        return result[..., 0] if isinstance(result, np.ndarray) and result.ndim == 3 else result

    return pooled


def pool_it(shown=None, max_pool=None, avg_pool=None, **state):
    """Keep the largest of each window, the mean, or just every second number, side by side.

    Parameters
    ----------
    max_pool, avg_pool : callable, optional
        The learner's own functions of image, size and stride, in place of the course's; cells that differ are marked.
    """
    ours = not (max_pool or avg_pool)
    return Stage(
        title="Pool it",
        settings={
            "kernel_size": slider(2, 1, 4, label="window size"),
            "stride": slider(2, 1, 4),
            **({"padding": slider(0, 0, 2)} if ours else {}),
            "image": grid(patch(shown, *PIECE), -255, 255, label="picture"),
        },
        recipe=pools("$image", *(["padding"] if ours else [])),
        result="largest",
        panels=[
            panel("image", "A small piece", edit=True, marks=[winners("largest")]),
            panel("largest", "The largest", sign="→"),
            panel("mean", "The mean", sign="→"),
            panel("taken", TAKEN, sign="→"),
        ],
        ledger=["largest", "mean"],
        lines=size_lines("image", ours),
        words=[
            *(
                [
                    (
                        "padding > 0",
                        "Around your picture, the largest sees a ring of minus infinity, which never wins. The mean"
                        " sees zeros, and they count.",
                    )
                ]
                if ours
                else []
            ),
            ("kernel_size == 1", "A window of one number: the largest and the mean are that number."),
            ("stride < kernel_size", "A dot marks a winner. Windows overlap, so one number may win in several."),
            ("stride > kernel_size", "A dot marks a winner. There are gaps: what lies between windows cannot win."),
            ("", "A dot marks the winner of each window. Nobody else is heard of again."),
        ],
        replace={name: on_one_channel(one) for name, one in own(max_pool, avg_pool).items()},
        state={"focus": {"panel": "largest", "row": 1, "column": 1}} | state,
    )


def pool(shown=None, max_pool=None, avg_pool=None, **state):
    """Pool the learner's picture, each channel on its own.

    Parameters
    ----------
    max_pool, avg_pool : callable, optional
        The learner's own functions of image, size and stride, in place of the course's; cells that differ are marked.
    """
    look = {"sign": "→", "room": room("rgb", fill=True)}
    return Stage(
        title="Pool your picture",
        settings={
            "picture": picture(shown, choosable=True, label="picture"),
            "kernel_size": slider(4, 1, 8, label="window size"),
            "stride": slider(4, 1, 8),
        },
        recipe=[*RGB, *pools("$rgb")],
        result="largest",
        panels=[
            panel("rgb", "Your picture", zoom=True),
            panel("largest", "The largest", **look),
            panel("mean", "The mean", **look),
            panel("taken", TAKEN, **look),
        ],
        lines=size_lines("rgb", False),
        words=[
            ("kernel_size == 1", "A window of one pixel has nothing to choose from: all three are the same."),
            ("", "Of {rgb.count} numbers, {largest.count} are left. The largest is never darker than the mean."),
        ],
        replace=own(max_pool, avg_pool),
        state=state,
    )


def one_by_one(shown=None, **state):
    """Pool red, green and blue, each on its own."""
    window = {"images": "$rgb", "kernel_size": "$kernel_size", "stride": "$kernel_size"}
    return Stage(
        title="Channel by channel",
        settings={
            "picture": picture(shown, choosable=True, label="picture"),
            "how": choice("max", {"max": "the largest", "mean": "the mean"}, label="keep"),
            "kernel_size": slider(4, 1, 24, label="window size and stride"),
        },
        recipe=[
            *RGB,
            step_by("pooled", "how", max=call("max_pool2d", **window), mean=call("avg_pool2d", **window)),
        ],
        panels=[
            stack("rgb", "Three channels", display="gray", range=[0, 255]),
            stack(
                "pooled",
                "Each pooled on its own",
                sign="→",
                room=room("rgb", fill=True),
                display="gray",
                range=[0, 255],
                note="",
            ),
        ],
        ledger="pooled",
        lines=[("channels:", "{rgb.channels} in, {=pooled.channels} out")],
        words="As many channels come out as went in. No number of red ever meets one of green.",
        state=state,
    )


ROUNDS = 3


def rounds(name):
    """Return the steps that pool stripes again and again, and the one that is seen."""
    before, steps = name, []
    for n in range(1, ROUNDS + 1):
        window = {"images": f"${before}", "kernel_size": 2}
        before = f"{name}_{n}"
        steps.append(step_by(before, "how", max=call("max_pool2d", **window), mean=call("avg_pool2d", **window)))
    seen = {str(n): call("clip", image=f"${name}_{n}" if n else f"${name}") for n in range(ROUNDS + 1)}
    return [*steps, step_by(f"{name}_left", "rounds", **seen)]


def grown(*names, says):
    """Return a sentence for each number of rounds: said where a larger share is white than before."""
    larger = " and ".join(f"{name}.sum < TIMES * {name}_left.sum" for name in names)
    return [(f"rounds == {n} and {larger}".replace("TIMES", str(4**n)), says) for n in range(1, ROUNDS + 1)]


def stripes(**state):
    """Pool white stripes on black, and black ones on white, again and again."""
    look = {"display": "gray", "range": [0, 255]}
    gone = "black_left.min == black_left.max"
    return Stage(
        title="Stripes",
        settings={
            "rounds": slider(1, 0, ROUNDS, label="pool so many times"),
            "how": choice("max", {"max": "the largest", "mean": "the mean"}, label="keep"),
            "width": slider(3, 1, 7, label="white stripes, of 8"),
            "gap": slider(5, 1, 7, label="white between black, of 8"),
        },
        recipe=[
            step("white", "stripes", rows=16, columns=32, period=8, width="$width"),
            step("black", "stripes", rows=16, columns=32, period=8, width="$gap"),
            *rounds("white"),
            *rounds("black"),
        ],
        result="black_left",
        panels=[
            panel("white", "White on black", **look),
            panel("white_left", "Pooled", sign="→", room=room("white", fill=True), **look),
            panel("black", "Black on white", **look),
            panel("black_left", "Pooled", sign="→", room=room("black", fill=True), **look),
        ],
        words=[
            ("rounds == 0", "Nothing is pooled yet."),
            ("how == mean", "The mean favors nobody: as much is white as before, if in shades of gray."),
            (
                f"{gone} and white_left.min == white_left.max",
                "Both are white all over: the brightest has won everywhere.",
            ),
            (gone, "The black stripes are gone: the largest of a window is the brightest."),
            *grown(
                "white", "black", says="White has grown in both: on black it is the stripes, on white it is the gaps."
            ),
            *grown(
                "white", says="The white stripes have grown. The black ones keep their share: no window saw an edge."
            ),
            *grown(
                "black", says="The black stripes have shrunk. The white ones keep their share: no window saw an edge."
            ),
            ("", "No window saw both colors, so nothing has changed but the size. Make the stripes odd."),
        ],
        state=state,
    )


WAYS = {"largest": "max pooling", "mean": "average pooling", "taken": "stride alone"}


def pooled_twice(name, operation, **window):
    """Return the steps that pool the picture and the moved one, and compare."""
    return [
        step(f"{name}_before", operation, images="$source", **window),
        step(f"{name}_after", operation, images="$moved", **window),
        step(name, "changed", first=f"${name}_before", second=f"${name}_after", more_than="$least"),
    ]


def shift_test(shown=None, **state):
    """Move the picture by a few pixels, and see which outputs change."""
    size = {"kernel_size": "$kernel_size", "stride": "$kernel_size"}
    sobel = {"kernel": [[1, 0, -1], [2, 0, -2], [1, 0, -1]], "padding": 1, "mode": "edge"}
    look = {"display": "gray", "range": [0, 1], "legend": False, "room": room("source", fill=True)}
    return Stage(
        title="Shift test",
        settings={
            "picture": picture(shown, choosable=True, label="picture"),
            "what": choice("gray", {"gray": "your picture", "edges": "its edges"}, label="move"),
            "move": slider(1, 0, 4, label="pixels to the right"),
            "kernel_size": slider(4, 1, 8, label="window size and stride"),
            "least": slider(10, 0, 50, label="a change is more than"),
        },
        recipe=[
            *GRAY,
            step("edges", "convolve2d", image="$gray", **sobel),
            step_by("source", "what", gray=call("clip", image="$gray"), edges=call("relu", images="$edges")),
            step("moved", "shift", image="$source", rows=0, columns="$move"),
            *pooled_twice("largest", "max_pool2d", **size),
            *pooled_twice("mean", "avg_pool2d", **size),
            *pooled_twice("taken", "max_pool2d", kernel_size=1, stride="$kernel_size"),
        ],
        result="largest",
        panels=[
            panel("moved", "Moved", zoom=True, room=room("source")),
            *(panel(name, words.capitalize(), **look) for name, words in WAYS.items()),
        ],
        lines=[(f"{words}:", f"{{={name}.sum}} of {{{name}.count}} outputs changed") for name, words in WAYS.items()],
        words=[
            ("move == 0", "Nothing has moved, and nothing has changed."),
            ("largest.sum == 0", "No maximum has changed by more than {least}. Move further."),
            ("", "White: an output that changed by more than {least}. Less sensitive is not the same as invariant."),
        ],
        state=state,
    )


def mean_is_a_kernel(shown=None, **state):
    """Compare average pooling with a convolution."""
    return Stage(
        title="The mean is a kernel",
        settings={
            "kernel_size": slider(2, 1, 4, label="window size"),
            "stride": slider(2, 1, 4),
            "image": grid(patch(shown, *PIECE), -255, 255, label="picture"),
        },
        recipe=[
            step("pooled", "avg_pool2d", images="$image", kernel_size="$kernel_size", stride="$stride"),
            step("kernel", "box", kernel_size="$kernel_size"),
            step("convolved", "convolve2d", image="$image", kernel="$kernel", stride="$stride"),
            step("difference", "difference", first="$pooled", second="$convolved"),
        ],
        panels=[
            panel("image", "A small piece", edit=True),
            panel("kernel", "A kernel", sign="✱", size="small", display="signed", legend=False),
            panel("convolved", "Convolved", sign="="),
            panel("pooled", "Average pooling", sign="−"),
            panel("difference", "Difference", sign="=", display="signed", range=[-255, 255]),
        ],
        ledger=["convolved", "pooled"],
        words="The difference is 0 everywhere: average pooling is a convolution whose weights are all the same.",
        state=state,
    )


def max_of_sum(**state):
    """Look for two windows whose largest numbers, added up, are not the largest of their sum."""
    look = {"display": "numbers", "size": "medium"}
    window = {"kernel_size": 2, "stride": 2}
    return Stage(
        title="Is the maximum a kernel, too?",
        settings={
            "first": grid(np.array([[1, 2], [3, 9]]), -9, 9, label="first window"),
            "second": grid(np.array([[0, 1], [2, 5]]), -9, 9, label="second window"),
        },
        recipe=[
            step("sum", "plus", first="$first", second="$second"),
            step("of_sum", "max_pool2d", images="$sum", **window),
            step("of_first", "max_pool2d", images="$first", **window),
            step("of_second", "max_pool2d", images="$second", **window),
            step("added", "plus", first="$of_first", second="$of_second"),
            step("difference", "difference", first="$added", second="$of_sum"),
        ],
        panels=[
            panel("first", "First window", edit=True, marks=[winners("of_first")], **look),
            panel("second", "Second window", sign="+", edit=True, marks=[winners("of_second")], **look),
            panel("sum", "Their sum", sign="=", marks=[winners("of_sum")], **look),
        ],
        lines=[
            ("pool, then add:", "{of_first.max} + {of_second.max} = {=added.max}"),
            ("add, then pool:", "{=of_sum.max}"),
        ],
        words=[
            (
                "difference.max > 0",
                "Found: the two are {difference.max} apart. No kernel does that: its sums always agree.",
            ),
            ("", "They agree here, for both winners stand in the same place. Find two windows for which they do not."),
        ],
        state=state,
    )


FILTERS = "explore.normalize().filters"  # upright edges and level ones, of gray


def normalize(shown=None, **state):
    """Scale and shift two feature maps, each by numbers of its own, before what is negative is cut off."""
    sobel = np.array([[1, 0, -1], [2, 0, -2], [1, 0, -1]])
    gray = np.outer(sobel, REC601).reshape(3, 3, 3)
    filters = np.stack([gray, gray.swapaxes(0, 1)], axis=-1)
    signed = {"display": "signed", "range": [-500, 500]}
    return Stage(
        title="Scale and shift",
        settings={
            "picture": picture(shown, choosable=True, label="picture"),
            "scale": slider(1.0, 0.0, 4.0, step=0.1, label="scale of map 0"),
            "shift": slider(0, -500, 500, step=10, label="shift of map 0"),
            "filters": constant(filters, FILTERS),
        },
        recipe=[
            *RGB,
            step("maps", "conv2d", images="$rgb", weights="$filters"),
            step("normalized", "scale_and_shift", images="$maps", scale=["$scale", 1], shift=["$shift", 0]),
            step("kept", "relu", images="$normalized"),
        ],
        panels=[
            stack("maps", "Two feature maps", **signed),
            stack("normalized", "Scaled and shifted", sign="→", note="", **signed),
            stack("kept", "After ReLU", sign="→", note="", **signed),
        ],
        lines=[("map 0:", "number · {scale} + {shift}"), ("map 1:", "number · 1 + 0")],
        words=[
            (
                "shift < 0",
                "A negative shift: only what is strong enough in map 0 gets through ReLU. Map 1 does not mind.",
            ),
            ("", "Map 0 has a scale and a shift of its own, and map 1 keeps as it is: two numbers a channel."),
        ],
        state=state,
    )


EXPLORABLES = (pool, pool_it, one_by_one, stripes, shift_test, mean_is_a_kernel, max_of_sum, normalize)
