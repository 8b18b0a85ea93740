"""A network of the size of LeNet as a Stage, with random weights: what the panels for networks are tried on."""

import numpy as np

from helpers.engine.recipe import step
from helpers.stage.panels import bars, flow, panel, stack
from helpers.stage.settings import constant, grid, slider
from helpers.stage.stage import Stage

SHAPES = {
    "weights_1": (5, 5, 1, 8),
    "bias_1": (8,),
    "weights_2": (5, 5, 8, 12),
    "bias_2": (12,),
    "weights_3": (192, 10),
    "bias_3": (10,),
}
COLUMNS = ["drawing", "conv_1", "relu_1", "pool_1", "conv_2", "relu_2", "pool_2", "logits", "probabilities"]
RECIPE = [
    step("conv_1", "conv2d", images="$drawing", weights="$weights_1", bias="$bias_1"),
    step("relu_1", "relu", images="$conv_1"),
    step("pool_1", "max_pool2d", images="$relu_1", kernel_size=2),
    step("conv_2", "conv2d", images="$pool_1", weights="$weights_2", bias="$bias_2"),
    step("relu_2", "relu", images="$conv_2"),
    step("pool_2", "max_pool2d", images="$relu_2", kernel_size=2),
    step("flat", "flatten", images="$pool_2"),
    step("logits", "dense", numbers="$flat", weights="$weights_3", bias="$bias_3"),
    step("probabilities", "softmax", logits="$logits", temperature="$temperature"),
]


def weights(name):
    """Return the code of random weights, and the weights."""
    shape = SHAPES[name]
    scale = round(0.5 / np.sqrt(np.prod(shape[:-1])), 4)
    source = f"np.random.default_rng({len(name) + shape[-1]}).normal(0, {scale}, {shape})"
    return source, eval(source, {"np": np})


def drawing():
    """Return a seven, more or less, on 28 x 28 pixels."""
    image = np.zeros((28, 28, 1))
    image[5:8, 6:21] = 255
    for row in range(8, 24):
        image[row, 20 - row // 2 : 23 - row // 2] = 255
    return image


def small_network(panels=None, **state):
    """Return a Stage on which every layer answers to a drawing."""
    constants = {}
    for name in SHAPES:
        source, values = weights(name)
        constants[name] = constant(values, source)
    everything = [
        panel("drawing", "Draw here", pen=255, size="small", range=[0, 255]),
        flow(COLUMNS, "The whole network", labels=[str(digit) for digit in range(10)]),
        stack("pool_1", "Eight maps", display="signed"),
        bars("probabilities", "How sure it is", range=[0, 1], labels=[str(digit) for digit in range(10)]),
    ]
    return Stage(
        title="A small network",
        settings={"drawing": grid(drawing(), 0, 255), "temperature": slider(1, 1, 9), **constants},
        recipe=RECIPE,
        panels=everything if panels is None else panels,
        ledger="logits",
        words="{pool_1.channels} maps, {probabilities.count} numbers.",
        state=state,
    )
