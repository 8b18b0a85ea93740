"""Lesson 05: a filter reads all channels at once, and makes one map."""

import numpy as np

from helpers.engine.recipe import call, step, step_by
from helpers.kernels import filter_bank
from helpers.lessons.pieces import GRAY, color_patch
from helpers.stage.panels import bars, panel, room, stack
from helpers.stage.settings import choice, constant, grid, picture, slider
from helpers.stage.stage import Stage

RGB = GRAY[:2]
BANK = filter_bank()
MOST = BANK.shape[-1]
WHOLE_BANK = {"kernel_size": 3, "channels": 3}
PIXELS = {"range": [0, 255], "size": "medium", "note": ""}
WEIGHTS = {"sign": "✱", "display": "signed", "size": "medium", "note": ""}
MAPS = {"sign": "=", "display": "signed", "letters": []}  # a map has a number: it is no color
MIXERS = {
    "gray": [[0.299], [0.587], [0.114]],
    "sepia": [[0.393, 0.349, 0.272], [0.769, 0.686, 0.534], [0.189, 0.168, 0.131]],
    "minus": [[1], [-1], [0]],
}
COSTS = ("parameters, filters", "parameters, full", "products, filters", "products, full")


def one_filter(*kernels):
    """Return three kernels as one filter; a single one reads all channels alike."""
    three = kernels * 3 if len(kernels) == 1 else kernels
    return np.stack([np.asarray(kernel, float) for kernel in three], axis=-1)[..., np.newaxis]


EDGE = [[1, 0, -1], [1, 0, -1], [1, 0, -1]]
LEVEL = [[1, 1, 1], [0, 0, 0], [-1, -1, -1]]
SPOT = np.pad([[1]], 1)
FILTERS = {
    "vertical edges": one_filter(EDGE),
    "horizontal edges": one_filter(LEVEL),
    "a spot that is redder than green": one_filter(SPOT, -SPOT, 0 * SPOT),
    "one kernel for each channel": one_filter(EDGE, LEVEL, [[0, -1, 0], [-1, 4, -1], [0, -1, 0]]),
}


def volume_line(images, filters, maps):
    """Return the shapes that go in and come out, with the current numbers in them."""
    went_in = f"{{{images}.rows}}·{{{images}.columns}}·{{{images}.channels}}"
    return ("shapes:", f"{went_in}  ✱  {filters}  →  {{={maps}.rows}}·{{={maps}.columns}}·{{={maps}.channels}}")


def all_channels(shown=None, convolve=None, **state):
    """Look into one number of a feature map: three patches, three kernels, 27 products, a bias.

    Parameters
    ----------
    convolve : callable, optional
        The learner's own function of image, weights, bias, stride and padding, in place of the course's; cells that
        differ are marked.
    """
    added = {"images": "$picture", "weights": "$filter", "bias": ["$bias"]}
    window = {"stride": slider(1, 1, 3), "padding": slider(0, 0, 2)}
    combine = choice(
        "add",
        {"add": "add", "average": "average", "apart": "keep apart"},
        label="the three subtotals",
    )
    return Stage(
        title="All channels at once",
        settings={
            "picture": grid(color_patch(shown), 0, 255, hidden=True),
            "filter": grid(FILTERS["one kernel for each channel"], -9, 9, presets=FILTERS, label="filter"),
            "bias": slider(10, -500, 500, 10),
            **(window if convolve else {"combine": combine}),
        },
        recipe=own_layer(added) if convolve else three_ways(added),
        panels=[
            stack("picture", "Three channels", **PIXELS),
            stack("filter", "One filter: three kernels", **WEIGHTS),
            stack("maps", "One map" if convolve else [["combine == apart", "Three maps"], ["", "One map"]], **MAPS),
        ],
        ledger="maps",
        play="maps",
        lines=[volume_line("picture", "3·3·3·1", "maps")],
        words="" if convolve else WAYS,
        replace={"maps": convolve} if convolve else None,
        state={"focus": {"panel": "maps", "row": 1, "column": 1, "channel": 0}} | state,
    )


WAYS = [
    ("combine == add", "Add: this is the layer. What all three kernels find goes into one number."),
    ("combine == average", "Average: not the layer. Each subtotal counts a third, and only the bias counts in full."),
    (
        "",
        "Keep apart: not the layer. Three maps, and in none of them do red, green and blue meet. There is no bias yet.",
    ),
]


def own_layer(added):
    """Return the step that the learner's function stands in for."""
    return [step("maps", "conv2d", **added, stride="$stride", padding="$padding")]


def three_ways(added):
    """Return the steps that add the subtotals of channels, average them, or keep them apart."""
    apart = {name: added[name] for name in ("images", "weights")}
    third = [[[[1 / 3]] * 3]]
    return [
        step("subtotals", "depthwise2d", **apart),
        step_by(
            "maps",
            "combine",
            add=call("conv2d", **added),
            average=call("conv2d", images="$subtotals", weights=third, bias=added["bias"]),
            apart=call("depthwise2d", **apart),
        ),
    ]


def growing(image):
    """Return the steps of a layer that may have more and more filters."""
    return [
        step("filters", "some_filters", weights="$bank", **WHOLE_BANK, filters="$count"),
        step("maps", "conv2d", images=image, weights="$filters"),
    ]


def bank():
    """Return the settings of a layer that may have more and more filters."""
    return {"count": slider(2, 1, MOST, label="filters"), "bank": constant(BANK, "kernels.filter_bank()")}


def filters(shown=None, **state):
    """Let a layer have more and more filters: each makes a map of its own."""
    return Stage(
        title="One map for each filter",
        settings={"picture": grid(color_patch(shown), 0, 255, hidden=True), **bank()},
        recipe=growing("$picture"),
        panels=[
            stack("picture", "Three channels", **PIXELS),
            stack("filters", "Filters, three kernels each", **WEIGHTS, beside="maps", grows=MOST),
            stack("maps", "Feature maps", **MAPS, grows=MOST),
        ],
        ledger="maps",
        lines=[volume_line("picture", "3·3·3·{count}", "maps")],
        words=[
            ("count == 1", "1 filter, 1 map. It has read all three channels."),
            ("", "{count} filters, {maps.channels} maps. Each filter has read all three channels."),
        ],
        state={"focus": {"panel": "maps", "row": 1, "column": 1, "channel": 0}} | state,
    )


def filters_on_photo(shown=None, convolve=None, **state):
    """Let more and more filters look at the learner's picture, in color.

    Parameters
    ----------
    convolve : callable, optional
        The learner's own function of image, weights, bias, stride and padding, in place of the course's; cells that
        differ are marked.
    """
    layer = growing("$rgb")
    if convolve:
        few = constant(np.array([40, -25]), "np.array([40, -25])")
        settings = {"bank": bank()["bank"], "bias": few, "stride": slider(2, 1, 3), "padding": slider(1, 0, 2)}
        kept = step("filters", "some_filters", weights="$bank", **WHOLE_BANK, filters=2)
        given = {name: f"${name}" for name in ("bias", "stride", "padding")}
        layer = [kept, step("maps", "conv2d", images="$rgb", weights="$filters", **given)]
    return Stage(
        title="Filters on your picture",
        settings={"picture": picture(shown, choosable=True, label="picture"), **(settings if convolve else bank())},
        recipe=[*RGB, *layer],
        panels=[
            panel("rgb", "Your picture", zoom=True, size="medium"),
            stack("filters", "Filters", **WEIGHTS, beside="maps", grows=MOST),
            stack("maps", "Feature maps", **MAPS, grows=MOST),
        ],
        ledger="maps",
        lines=[volume_line("rgb", "3·3·3·{maps.channels}", "maps")],
        hints="Double-click a map, or press Enter on it: it is lifted out, and its filter beside it.",
        replace={"maps": convolve} if convolve else None,
        state=state,
    )


def mixer(shown=None, **state):
    """Mix the channels of each pixel by filters of 1 x 1."""
    weight = {"low": -2, "high": 2, "step": 0.01, "when": "mix == own"}
    mixed = {name: call("conv2d", images="$rgb", weights=[[weights]]) for name, weights in MIXERS.items()}
    mixed["own"] = call("conv2d", images="$rgb", weights=[[[["$red"], ["$green"], ["$blue"]]]])
    return Stage(
        title="A filter of 1 × 1",
        settings={
            "picture": picture(shown, choosable=True, label="picture"),
            "mix": choice(
                "gray",
                {"gray": "gray", "minus": "red minus green", "sepia": "sepia", "own": "your own"},
                label="filter",
            ),
            "red": slider(1.0, **weight),
            "green": slider(0.5, **weight),
            "blue": slider(-1.5, **weight),
        },
        recipe=[*RGB, step_by("mixed", "mix", **mixed)],
        panels=[
            panel("rgb", "Your picture", zoom=True),
            panel(
                "mixed",
                [["mix == sepia", "Three maps, shown as R, G, B"], ["", "One map"]],
                sign="→",
                zoom=True,
                room=room("rgb"),
                display=[["mix == sepia", "color"], ["mix == gray", "gray"], ["", "signed"]],
                range=[["mix == sepia", [0, 255]], ["mix == gray", [0, 255]], ["", "auto"]],
            ),
        ],
        ledger="mixed",
        lines=[volume_line("rgb", "1·1·3·{mixed.channels}", "mixed")],
        words=[
            ("mix == gray", "The gray of lesson 01 is a filter of 1 × 1: three weights, and they add up to 1."),
            (
                "mix == minus",
                "Orange is more red than green, blue more green than red. White, gray and black are all 0.",
            ),
            ("mix == sepia", "Three filters make three maps. Only because we draw them as R, G and B is it a picture."),
            ("", "Each pixel becomes {red}·R + {green}·G + {blue}·B. None looks at its neighbors."),
        ],
        state=state,
    )


def how_many_numbers(**state):
    """Count what a layer of filters needs, and a fully connected one with the same outcome."""
    given = {name: f"${name}" for name in ("size", "channels", "kernel_size", "filters")}
    return Stage(
        title="How many numbers?",
        settings={
            "size": slider(6, 6, 224, label="rows and columns"),
            "channels": slider(3, 1, 4),
            "kernel_size": slider(3, 1, 5, label="kernel size"),
            "filters": slider(2, 1, 64),
        },
        recipe=[step("costs", "layer_costs", **given)],
        panels=[
            bars(
                "costs",
                "Each line to the right is ten times as much",
                range=[1, 1e12],
                log=True,
                labels=list(COSTS),
                size="whole",
                facts=False,
            )
        ],
        lines=[
            (
                "parameters, filters:",
                "{filters} · ({kernel_size}·{kernel_size}·{channels} + 1) = {=costs.0}",
            ),
            (
                "parameters, full:",
                "one weight from each of {size}·{size}·{channels} numbers to each output, and biases: {=costs.1}",
            ),
            ("products:", "filters {=costs.2}, fully connected {=costs.3}"),
        ],
        words=[
            ("size == 224", "A common size for photos. The filters do not know: they have {costs.0} numbers as ever."),
            ("", "Pull the picture larger, and watch which bar stays where it is."),
        ],
        state=state,
    )


def volume(shown=None, **state):
    """Follow the shape of a volume: n x n x c with filters f x f x c x k makes m x m x k."""
    side, depth = 12, 4
    piece = np.concatenate([color_patch(shown, side, side), np.full((side, side, 1), 255.0)], axis=-1)
    many = np.random.default_rng(5).integers(-1, 2, (5, 5, depth, 8))
    source = f"np.random.default_rng(5).integers(-1, 2, {many.shape})"
    window = {name: f"${name}" for name in ("stride", "padding")}
    return Stage(
        title="The shape of what comes out",
        settings={
            "size": slider(6, 3, side, label="n, rows and columns"),
            "channels": slider(3, 1, depth, label="c, channels"),
            "kernel_size": slider(3, 1, 5, label="f, kernel size"),
            "filters": slider(2, 1, 8, label="k, filters"),
            "padding": slider(0, 0, 2),
            "stride": slider(1, 1, 3),
            "large": grid(piece, 0, 255, hidden=True),
            "many": constant(many, source),
        },
        recipe=[
            step("picture", "corner", image="$large", size="$size", channels="$channels"),
            step(
                "weights",
                "some_filters",
                weights="$many",
                kernel_size="$kernel_size",
                channels="$channels",
                filters="$filters",
            ),
            step("maps", "conv2d", images="$picture", weights="$weights", **window),
        ],
        panels=[
            stack("picture", "Picture, {size} × {size} × {channels}", **PIXELS, grows=depth),
            stack(
                "weights",
                "Filters, {kernel_size} × {kernel_size} × {channels} × {filters}",
                **WEIGHTS,
                beside="maps",
                grows=8,
            ),
            stack("maps", "Maps, {=maps.rows} × {=maps.columns} × {=maps.channels}", **MAPS, grows=8),
        ],
        ledger="maps",
        lines=[
            ("m:", "floor(({size} + 2·{padding} − {kernel_size}) / {stride}) + 1 = {=maps.rows}"),
            (
                "the shapes:",
                "{size}·{size}·{channels}  ✱  {kernel_size}·{kernel_size}·{channels}·{filters}  →"
                "  {=maps.rows}·{=maps.columns}·{=maps.channels}",
            ),
        ],
        words="The depth of a filter is not chosen: it is that of the picture. The depth of the outcome is the number"
        " of filters.",
        state=state,
    )


EXPLORABLES = (all_channels, filters, filters_on_photo, mixer, how_many_numbers, volume)
