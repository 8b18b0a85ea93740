"""A network as a recipe: its layers as steps, its weights as constants that say where they come from."""

from collections import Counter
from dataclasses import dataclass

from helpers.engine.recipe import step
from helpers.layers import AvgPool2D, BatchNorm, Conv2D, Dense, Dropout, Flatten, MaxPool2D, ReLU

NAMES = {Conv2D: "conv", ReLU: "relu", MaxPool2D: "pool", AvgPool2D: "mean", BatchNorm: "normal", Flatten: "flat"}
NAMES |= {Dense: "dense"}


@dataclass(frozen=True)
class Steps:
    """A network's recipe.

    Attributes
    ----------
    recipe : list of dict
        A step for each layer, named by its kind and number: conv_1, relu_1, pool_1 ...; the last one "logits".
    weights : dict of (ndarray, str)
        Name of a setting -> the array and the code that it comes from.
    """

    recipe: list
    weights: dict

    @property
    def names(self):
        """Return the names of the steps, the first one first."""
        return [one["name"] for one in self.recipe]


def steps_of(network, images, source, prefix=""):
    """Return a network's layers as steps.

    Parameters
    ----------
    network : Network
    images : str
        The setting or step that goes in: one picture, (row, column, channel).
    source : str
        The code that the network comes from.
    prefix : str
        What the names of its steps begin with, where a recipe holds several networks.

    Returns
    -------
    Steps

    Raises
    ------
    ValueError
        If there is a layer for which there is no step.
    """
    recipe, weights, counts, before = [], {}, Counter(), images
    kept = [(number, layer) for number, layer in enumerate(network.layers) if not isinstance(layer, Dropout)]
    for number, layer in kept:
        if type(layer) not in NAMES:
            raise ValueError(f"there is no step for the layer {type(layer).__name__}")
        counts[type(layer)] += 1
        kind = "logits" if number == kept[-1][0] else f"{NAMES[type(layer)]}_{counts[type(layer)]}"
        name = prefix + kind
        made, own = step_of(layer, name, f"${before}", f"{source}.layers[{number}]")
        recipe.append(made)
        weights |= own
        before = name
    return Steps(recipe, weights)


def step_of(layer, name, before, source):
    """Return the step of one layer, and its weights."""
    if isinstance(layer, Conv2D | Dense):
        own = {f"{name}_{one}": (values, f'{source}.parameters["{one}"]') for one, values in layer.parameters.items()}
        numbers = {one: f"${name}_{one}" for one in layer.parameters}
        if isinstance(layer, Dense):
            return step(name, "dense", numbers=before, **numbers), own
        return step(name, "conv2d", images=before, **numbers, **unusual(layer, stride=1, padding=0)), own
    if isinstance(layer, BatchNorm):
        scale, shift = layer.folded()
        own = {f"{name}_scale": (scale, f"{source}.folded()[0]"), f"{name}_shift": (shift, f"{source}.folded()[1]")}
        numbers = {one: f"${name}_{one}" for one in ("scale", "shift")}
        return step(name, "scale_and_shift", images=before, **numbers), own
    if isinstance(layer, MaxPool2D | AvgPool2D):
        pool = "max_pool2d" if isinstance(layer, MaxPool2D) else "avg_pool2d"
        size = layer.kernel_size
        return step(name, pool, images=before, kernel_size=size, **unusual(layer, stride=size, padding=0)), {}
    return step(name, "relu" if isinstance(layer, ReLU) else "flatten", images=before), {}


def unusual(layer, **usual):
    """Return those of a layer's numbers that are not as usual, and so must be said."""
    return {name: getattr(layer, name) for name, value in usual.items() if getattr(layer, name, value) != value}
