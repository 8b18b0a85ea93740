"""Lesson 07: a whole network, on one's own drawing."""

import functools

import numpy as np

from helpers import datasets, trained
from helpers.engine.networks import steps_of
from helpers.engine.recipe import step
from helpers.stage.panels import flow, made, panel, room
from helpers.stage.settings import choice, constant, grid
from helpers.stage.stage import Stage

DIGITS = list("0123456789")
NAMES = {
    "drawing": "drawing",
    "conv_1": "convolution",
    "relu_1": "ReLU",
    "pool_1": "max pooling",
    "conv_2": "convolution 2",
    "relu_2": "ReLU 2",
    "pool_2": "max pooling 2",
    "logits": "logits",
    "probabilities": "softmax",
}
COUNTS = {"conv_1": "208 numbers", "conv_2": "2,412 numbers", "logits": "1,930 numbers"}  # that they have learned


@functools.cache
def digits_network():
    """Return the recipe of the network that reads digits, from a picture of 0 to 255 to ten shares."""
    steps = steps_of(trained.digits(), "input", "trained.digits()")
    recipe = [
        step("input", "scale_and_shift", images="$drawing", scale=[1 / 255], shift=[0]),
        *steps.recipe,
        step("probabilities", "softmax", logits="$logits"),
    ]
    return recipe, steps.weights


@functools.cache
def example(label=7, number=0):
    """Return one of the test pictures of a digit, 0 to 255."""
    data = datasets.digits_28x28()
    return np.round(255 * data.test_images[data.test_labels == label][number]).astype(np.uint8)


def weights_of(weights):
    """Return a network's weights as settings."""
    return {name: constant(values, source) for name, (values, source) in weights.items()}


def draw(drawing=None, **state):
    """Draw a digit, and every layer answers.

    Parameters
    ----------
    drawing : ndarray of shape (28, 28), optional
        What is there at first, 0 to 255; a seven if left out.
    """
    recipe, weights = digits_network()
    first = example() if drawing is None else np.asarray(drawing).reshape(28, 28, 1)
    columns = [name for name in NAMES if name != "flat_1"]
    return Stage(
        title="Draw, and every layer answers",
        settings={
            "drawing": grid(first, 0, 255, label="drawing"),
            "depth": choice("whole", {"whole": "the whole network", "map": "how a map is made"}, label="look at"),
            **weights_of(weights),
        },
        recipe=recipe,
        result="probabilities",
        panels=[
            panel("drawing", "Draw here", pen=255, range=[0, 255], legend=False, room=room(group="column 1")),
            flow(
                columns,
                "The whole network",
                names=NAMES,
                labels=DIGITS,
                facts=False,
                counts=COUNTS,
                room=room(group="column 2"),
            ),
            made(columns, "depth", names=NAMES, labels=DIGITS, facts=False, room=room(group="column 2")),
        ],
        ledger=[name for name in columns[1:]],
        words=[
            ("drawing.max == 0", "Nothing is drawn yet, and still it says something: {probabilities.first}. Draw."),
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
        ],
        state=state,
    )


EXPLORABLES = (draw,)
