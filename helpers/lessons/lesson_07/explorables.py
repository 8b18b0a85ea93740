"""Lesson 07: a whole network, on one's own drawing."""

import functools

import numpy as np

from helpers import convolution, datasets, pooling, sketches, trained
from helpers.engine.networks import steps_of
from helpers.engine.printing import sketch_code
from helpers.engine.recipe import call, evaluate, step, step_by
from helpers.kernels import KERNELS
from helpers.lessons.digit_looks import DIGITS, NAMES, PAPER
from helpers.lessons.pieces import GRAY
from helpers.network import predict
from helpers.sizes import by
from helpers.stage.own import Through
from helpers.stage.panels import bars, flow, made, panel, room, stack
from helpers.stage.panels import layers as layer_table
from helpers.stage.settings import choice, constant, grid, hidden, picture, sketch, slider, switch
from helpers.stage.stage import Stage
from helpers.stage.telling import Teller, on_change

COUNTS = {"conv_1": "208 numbers", "conv_2": "2,412 numbers", "logits": "1,930 numbers"}  # that they have learned
SAYS = [
    (
        "probabilities.max < 0.6",
        "It hesitates: {probabilities.first} ({probabilities.percent} %),"
        " or {probabilities.second} ({probabilities.second_percent} %)?",
    ),
    (
        "",
        "It says {probabilities.first} ({probabilities.percent} %),"
        " then {probabilities.second} ({probabilities.second_percent} %).",
    ),
]
EDGE = np.array([[1, 0, -1], [2, 0, -2], [1, 0, -1]])
DEPTHS = {"whole": "the whole network", "map": "how a map is made", "raise": "what would raise it"}
KEYS = [
    ["depth == map", ""],
    ["", "arrows: cells; Page up, down: maps; Shift, arrows: layers; Enter: how a map is made"],
]
PALE = {"display": "signed", "facts": False, "note": "orange: brighter raises it, blue: lowers it"}
SHARES = {"range": [0, 1], "labels": DIGITS}


@functools.cache
def digits_network(pixels="drawing"):
    """Return the recipe of the network that reads digits, from pixels of 0 to 255 to ten shares, and its weights."""
    return recipe_of(trained.digits(), "trained.digits()", pixels)


def recipe_of(network, source, pixels):
    """Return the recipe of a network, from pixels of 0 to 255 to shares, and its weights."""
    steps = steps_of(network, "input", source)
    recipe = [
        step("input", "scale_and_shift", images=f"${pixels}", scale=[1 / 255], shift=[0]),
        *steps.recipe,
        step("probabilities", "softmax", logits="$logits"),
    ]
    return recipe, steps.weights


@functools.cache
def example(label=7, number=0):
    """Return one of the test pictures of a digit, 0 to 255."""
    data = datasets.digits_28x28()
    return np.round(255 * data.test_images[data.test_labels == label][number]).astype(np.uint8)


@functools.cache
def twenty_places():
    """Return the places of twenty test pictures: of each digit the first, and the first that is taken for another.

    Of a digit that is always right, the second comes instead.
    """
    data = datasets.digits_28x28()
    wrong = predict(trained.digits(), data.test_images).argmax(axis=1) != data.test_labels
    chosen = []
    for digit in range(10):
        first, *others = np.flatnonzero(data.test_labels == digit)
        chosen += [first, next((one for one in others if wrong[one]), others[0])]
    return sorted((int(one) for one in chosen), key=lambda place: (place % 10, place))  # right and wrong ones mixed


def twenty_tests():
    """Return twenty test pictures as channels of one, 0 to 255, and which digits they are, as settings."""
    data, places = datasets.digits_28x28(), twenty_places()
    images, labels = data.test_images[places, :, :, 0].transpose(1, 2, 0), data.test_labels[places]
    return {
        "tests": constant(
            np.round(255 * images).astype(np.uint8),
            f"datasets.digits_28x28().test_images[{places}, :, :, 0].transpose(1, 2, 0) * 255",
        ),
        "labels": constant(
            labels.reshape(1, 1, -1), f"datasets.digits_28x28().test_labels[{places}].reshape(1, 1, {len(places)})"
        ),
    }


def own_network(network):
    """Return the recipe of a network that the learner has trained, and its weights; or say why there is none."""
    if network.input_shape != (28, 28, 1):
        shape = by(network.input_shape) if network.input_shape else "pictures of no known size"
        raise ValueError(f"the sheet has 28x28x1 pixels, but this network reads {shape}; train one on larger pictures")
    return recipe_of(network, "mine.network()", "seen")


def weights_of(weights):
    """Return a network's weights as settings."""
    return {name: constant(values, source) for name, (values, source) in weights.items()}


def pad(drawing, first):
    """Return the setting that is drawn on."""
    pixels = first if drawing is None else np.rint(drawing).astype(np.uint8).reshape(28, 28, 1)
    return grid(pixels, 0, 255, label="drawing")


SEEN = {"drawing": "your drawing", "picture": "your picture, small"}
TEST = {"test": "a test picture"}  # of digits
FORWARD = ("conv_1_weights", "conv_1_bias", "conv_2_weights", "conv_2_bias", "logits_weights", "logits_bias")


def draw(
    shown=None,
    drawing=None,
    counts=False,
    network=None,
    labels=DIGITS,
    forward=None,
    conv2d=convolution.conv2d,
    max_pool2d=pooling.max_pool2d,
    **state,
):
    """Draw a digit, and every layer answers; or the learner's picture, made small.

    Parameters
    ----------
    counts : bool
        Whether it stands above the layers how many numbers each has learned.
    drawing : ndarray of shape (28, 28), optional
        What is there at first, 0 to 255; a seven if left out.
    network : Network, optional
        One that the learner has trained, `mine.network()`, in the place of the course's.
    labels : list of str
        What its classes are called.
    forward : callable, optional
        The learner's own forward pass, whose logits stand in for the network's.
    conv2d, max_pool2d : callable
        What it is handed.
    """
    recipe, weights = own_network(network) if network else digits_network("seen")
    through = Through(forward, ("input", *FORWARD), (conv2d, max_pool2d))
    columns = ["seen", *(one["name"] for one in recipe[1:] if one.get("operation") != "flatten")]
    look = {"names": NAMES, "labels": labels, "facts": False, "room": room(group="column 2")}
    mine = {"picture": picture(shown, choosable=True, label="picture", when="what != test")}
    return Stage(
        title="Draw, and every layer answers",
        settings={
            "what": choice("drawing", SEEN | (TEST if labels == DIGITS else {}), label="see"),
            "depth": choice("whole", DEPTHS, label="look at"),
            **mine,
            "which": slider(0, 0, len(twenty_places()) - 1, label="which one", when="what == test"),
            **twenty_tests(),
            "drawing": pad(drawing, example()),
            **weights_of(weights),
        },
        recipe=[
            *GRAY,
            step("test", "pick", image="$tests", channel="$which"),
            step("label", "pick", image="$labels", channel="$which"),
            step_by(
                "seen",
                "what",
                drawing=call("clip", image="$drawing"),
                picture=call("middle_square", image="$gray", side=28),
                test=call("middle_square", image="$test", side=28),
            ),
            *recipe,
        ],
        result="probabilities",
        panels=[
            panel("drawing", "Draw here", **PAPER, room=room(group="column 1")),
            panel("input", "What would raise it", raises=True, when="depth == raise", **PALE),
            flow(columns, "The whole network", note=KEYS, counts=COUNTS if counts and not network else None, **look),
            made(columns, "depth", **look),
        ],
        ledger=columns[1:],
        replace={"logits": through} if forward else None,
        words=[
            (
                "what == drawing and drawing.max == 0",
                "Nothing is drawn yet, and still it says something: {probabilities.first}. Draw.",
            ),
            (
                "what == test and probabilities.first != label.max",
                "Somebody wrote {label.max}, but it reads {probabilities.first} ({probabilities.percent} %),"
                " then {probabilities.second} ({probabilities.second_percent} %).",
            ),
            (
                "what == test",
                "Somebody wrote {label.max}, and it reads {probabilities.first} ({probabilities.percent} %).",
            ),
            *SAYS,
        ],
        state={"focus": {"panel": "logits", "row": 7, "column": 0}} | state,
    )


@functools.cache
def small_digit():
    """Return a three that is drawn small, in a corner: not like what the network has learned from."""
    image = np.zeros((28, 28, 1), np.uint8)
    image[1:15, 1:15] = np.round(example(3)[:, :, 0].reshape(14, 2, 14, 2).mean(axis=(1, 3)))[..., np.newaxis]
    return image


def prepare(drawing=None, **state):
    """Make a drawing like those that the network has learned from, step by step.

    Parameters
    ----------
    drawing : ndarray of shape (28, 28), optional
        What is there at first, 0 to 255; a small three in a corner if left out.
    """
    recipe, weights = digits_network("prepared")
    as_it_is = call("clip", image="$drawing")
    return Stage(
        title="Why does it fail on mine?",
        settings={
            "drawing": pad(drawing, small_digit()),
            "scaled": switch(False, label="scale into 20 × 20"),
            "width": slider(0, 0, 2, label="thicker by"),
            "centered": switch(False, label="center by mass"),
            **weights_of(weights),
        },
        recipe=[
            step_by("large", "scaled", false=as_it_is, true=call("scale_into", image="$drawing", side=20)),
            step("thick", "thicken", image="$large", width="$width"),
            step_by(
                "prepared",
                "centered",
                false=call("clip", image="$thick"),
                true=call("center_by_mass", image="$thick"),
            ),
            *recipe,
        ],
        result="probabilities",
        panels=[
            panel(
                "drawing",
                "Draw here",
                **PAPER,
            ),
            panel("prepared", "What the network sees", sign="→", range=[0, 255], legend=False, room=room("drawing")),
            bars("probabilities", "How sure it is", sign="→", **SHARES),
        ],
        words=[("drawing.max == 0", "Nothing is drawn yet. Draw a digit, small, large or in a corner."), *SAYS],
        state=state,
    )


COUNTED = {"layers": "$layers", "size": "$size", "fit": "$fit"}
BUILT = [
    (
        "numbers.min == 0",
        "A layer does not fit what comes in: its line says why, and what would mend it. What follows is not reached.",
    ),
    ("parameters.count == 1", "No layer is left: the picture comes out as it went in."),
    ("parameters.max == 0", "No layer learns anything yet. One picture takes {multiplications.sum} multiplications."),
    (
        "",
        "It learns {parameters.sum} numbers, most of them in layer {parameters.first}: {parameters.max}. One picture"
        " takes {multiplications.sum} multiplications, most of them in layer {multiplications.first}.",
    ),
]


def build(layers=None, **state):
    """Build a network: add, remove, move and set its layers, and see what fits and what it costs.

    Parameters
    ----------
    layers : list, optional
        Layers, or lists of a name and numbers; those of the network that reads digits if left out.
    """
    return Stage(
        title="Build the network",
        settings={
            "size": choice("28x28x1", sketches.SIZES, label="the picture that goes in", hidden=True),
            "fit": switch(False, label="let layers fit what comes in", hidden=True),
            "layers": sketch(trained.digits().layers if layers is None else layers),
        },
        recipe=[
            step("numbers", "layer_outputs", **COUNTED),
            step("parameters", "layer_parameters", **COUNTED),
            step("multiplications", "layer_multiplications", **COUNTED),
        ],
        result="parameters",
        panels=[
            layer_table("numbers", "layers", "The network", picture="size", fit="fit", facts=False),
        ],
        words=BUILT,
        code=sketch_code(layers="layers", size="size", fit="fit"),
        state={"focus": {"panel": "numbers", "row": 1, "column": 0}} | state,
    )


def without_relu(shown=None, **state):
    """Send a picture through two kernels, with a ReLU between them or without, and compare with a single kernel."""
    small = {name: one.values for name, one in KERNELS.items() if one.values.shape == (3, 3)}
    both = {"display": "signed", "range": [-600, 600], "legend": False}
    return Stage(
        title="Without ReLU",
        settings={
            "picture": picture(shown, choosable=True, label="picture"),
            "relu": switch(False, label="ReLU between them"),
            "first": grid(EDGE, -9, 9, presets=small, label="first kernel"),
            "second": grid(EDGE.T, -9, 9, presets=small, label="second kernel"),
        },
        recipe=[
            *GRAY,
            step("once", "convolve2d", image="$gray", kernel="$first"),
            step_by(
                "between",
                "relu",
                false=call("shift", image="$once", rows=0, columns=0),
                true=call("relu", images="$once"),
            ),
            step("twice", "convolve2d", image="$between", kernel="$second"),
            step("kernel", "convolve2d", image="$first", kernel="$second", padding=2, flip=True),
            step("single", "convolve2d", image="$gray", kernel="$kernel"),
            step("difference", "difference", first="$twice", second="$single"),
        ],
        panels=[
            panel("between", [["relu == true", "The first, and ReLU"], ["", "The first"]], room=room("gray"), **both),
            panel("twice", "And the second", sign="→", room=room("gray"), **both),
            panel("single", "A single one", sign="−", room=room("gray"), **both),
            panel("difference", "Difference", sign="=", room=room("gray"), **both),
            panel("kernel", "The single kernel", size="small", display="signed", legend=False),
        ],
        ledger="twice",
        words=[
            (
                "relu == true and once.min > -0.001",
                "ReLU is on, and it has found nothing to cut off: the first kernel has made nothing below 0 here.",
            ),
            (
                "relu == true and difference.max < 0.01 and difference.min > -0.01",
                "ReLU has cut something off, but the second kernel takes no notice of it.",
            ),
            (
                "relu == true",
                "With a ReLU between them no single kernel does the same: what was below 0 is gone for good.",
            ),
            ("", "The difference is 0 everywhere: two kernels in a row are one, only larger. Now put a ReLU between."),
        ],
        state=state,
    )


def shares(**state):
    """Turn three logits into shares, and see what changes them and what does not."""
    logits = {"cat": 2.0, "dog": 1.0, "fox": -1.0}
    names = list(logits)
    label = {"labels": names, "facts": False}
    return Stage(
        title="Softmax",
        settings={
            **{name: slider(value, -10, 10, step=0.5, label=f"logit of {name}") for name, value in logits.items()},
            "constant": slider(0, 0, 100, step=5, label="added to all"),
            "temperature": slider(1.0, 0.25, 8.0, step=0.25),
        },
        recipe=[
            step(
                "logits",
                "dense",
                numbers=[f"${name}" for name in names],
                weights=np.eye(3, dtype=int).tolist(),
                bias=["$constant"] * 3,
            ),
            step("probabilities", "softmax", logits="$logits", temperature="$temperature"),
            step("naive", "naive_softmax", logits="$logits"),
        ],
        result="probabilities",
        panels=[
            bars("logits", "Logits", range=[-10, 110], **label),
            bars("probabilities", "Softmax", sign="→", range=[0, 1], **label),
            bars("naive", "As in the book, at temperature 1", range=[0, 1], **label),
        ],
        ledger="probabilities",
        words=[
            (
                "logits.max >= 89",
                "e to the 89 is too large for a number of 32 bits: the formula of the book breaks. Softmax first takes"
                " the largest logit away from all, which changes nothing.",
            ),
            (
                "naive.max < 0.3",
                "Each power of e still fits into a number of 32 bits, but their sum does not: the formula of the book"
                " gives 0 to all.",
            ),
            ("constant > 0", "All have {constant} more, and no share has changed: only differences count."),
            ("temperature > 1", "A temperature above 1 makes the shares more alike. The order stays."),
            ("temperature < 1", "A temperature below 1 makes the winner take more."),
            (
                "",
                "The shares add up to 1. The largest logit gets most;"
                " one more makes 2.72 times as much of it, beside the others.",
            ),
        ],
        state=state,
    )


TESTED = 1000
OPERATED = ("silenced", "exchanged", "pasted", "bits")
UNTOUCHED = {"silenced": -1, "exchanged": -1, "pasted": -1, "bits": 16}


def surgery_steps():
    """Return the steps that write all weights with few bits, and then change the first layer's filters."""
    steps = [
        step("coarse_1", "quantize", weights="$conv_1_weights", bits="$bits"),
        step("filters_2", "quantize", weights="$conv_2_weights", bits="$bits"),
        step("weights_3", "quantize", weights="$logits_weights", bits="$bits"),
    ]
    for name, source in (("filters", "$coarse_1"), ("bias", "$conv_1_bias")):
        steps += [
            step(f"{name}_silenced", "silence", weights=source, which="$silenced"),
            step(f"{name}_exchanged", "exchange", weights=f"${name}_silenced", which="$exchanged", other=0),
        ]
    return [*steps, step("filters_1", "paste", weights="$filters_exchanged", which="$pasted", kernel=EDGE.tolist())]


OPERATED_ON = {
    "$conv_1_weights": "$filters_1",
    "$conv_1_bias": "$bias_exchanged",
    "$conv_2_weights": "$filters_2",
    "$logits_weights": "$weights_3",
}


def operated(recipe):
    """Return a recipe that reads the changed weights in the place of those that were learned."""
    changed = []
    for one in recipe:
        arguments = {name: OPERATED_ON.get(str(value), value) for name, value in one["arguments"].items()}
        changed.append(one | {"arguments": arguments})
    return changed


def count_right(settings):
    """Return who is taken for whom on the test pictures, (what it is, what it says), with the weights operated on.

    Parameters
    ----------
    settings : dict
        `silenced`, `exchanged`, `pasted` and `bits`.

    Returns
    -------
    ndarray of shape (10, 10)
    """
    data, network = datasets.digits_28x28(), trained.digits()
    weights = {name: values for name, (values, _) in digits_network()[1].items()}
    found = evaluate(surgery_steps(), weights | settings)
    first, _, _, second, *_, last = network.layers
    first.parameters = {"weights": found["filters_1"], "bias": found["bias_exchanged"]}
    second.parameters["weights"], last.parameters["weights"] = found["filters_2"], found["weights_3"]
    said = predict(network, data.test_images[:TESTED], at_once=50).argmax(axis=1)
    table = np.zeros((10, 10), int)
    np.add.at(table, (data.test_labels[:TESTED], said), 1)
    return table


@functools.cache
def healthy():
    """Return who is taken for whom as long as nothing is changed."""
    return count_right(UNTOUCHED)


def surgery(drawing=None, **state):
    """Silence a filter, exchange two, paste Sobel in, write all weights with few bits; and count what it still knows.

    Parameters
    ----------
    drawing : ndarray of shape (28, 28), optional
        What is there at first, 0 to 255; a seven if left out.
    """
    recipe, weights = digits_network()
    counted = {f"counted_{name}": hidden(UNTOUCHED[name]) for name in OPERATED}
    now = " and ".join(f"{name} == counted_{name}" for name in OPERATED)
    stage = Stage(
        title="Surgery",
        settings={
            "drawing": pad(drawing, example()),
            "silenced": slider(-1, -1, 7, label="silence filter"),
            "exchanged": slider(-1, -1, 7, label="exchange filter 0 with"),
            "pasted": slider(-1, -1, 7, label="Sobel into filter"),
            "bits": slider(16, 1, 16, label="bits a weight"),
            **weights_of(weights),
            "table": hidden(healthy()),
            "right": hidden(int(np.trace(healthy()))),
            **counted,
        },
        recipe=[*surgery_steps(), *operated(recipe)],
        result="probabilities",
        panels=[
            panel("drawing", "Draw here", **PAPER, size="small"),
            stack("filters_1", "Eight filters", display="signed", size="small", note=""),
            bars("probabilities", "How sure it is", size="small", **SHARES),
            panel("table", "Row: what it is; column: what it says", display="numbers", facts=False, legend=False),
        ],
        words=[
            (now, "Of 1,000 digits that it has never seen, {right} are right."),
            ("", "Let go, and 1,000 digits are counted anew."),
        ],
        state=state,
    )

    teller = Teller(stage)

    def recount():
        settings = {name: getattr(stage, name) for name in OPERATED}
        table = count_right(settings)
        counted = {f"counted_{name}": value for name, value in settings.items()}
        teller.tell({"table": table, "right": int(np.trace(table))} | counted)

    on_change(stage, OPERATED, recount)
    if any(getattr(stage, name) != UNTOUCHED[name] for name in OPERATED):
        recount()
    return stage


EXPLORABLES = (draw, build, prepare, without_relu, shares, surgery)
