"""A sketch of a network: its layers as plain lists of words and numbers, before there is a single weight.

One layer is its name and its numbers, in the order in which the layer takes them: `["Conv2D", 1, 8, 5, 1, 0]`. Where it
fits, how many numbers it learns and how often it multiplies: `helpers.layers` knows that, and here it is only asked.
"""

import math
from dataclasses import dataclass

import numpy as np

from helpers.layers import LAYERS, Layer
from helpers.network import in_short
from helpers.sizes import whole_number

MOST = 16  # layers
SIZES = {"8x8x1": "8 × 8 × 1", "28x28x1": "28 × 28 × 1", "224x224x3": "224 × 224 × 3"}
LIMITS = {
    "in_channels": (1, 64),
    "out_channels": (1, 64),
    "kernel_size": (1, 11),
    "stride": (1, 11),  # as large as a window, so that windows can stand side by side
    "padding": (0, 5),
    "channels": (1, 10_000_000),
    "inputs": (1, 10_000_000),
    "outputs": (1, 1000),
}
WINDOW = {"kernel_size": 2, "stride": None, "padding": 0}  # no stride: as large as the window
KINDS = {
    "Conv2D": {"in_channels": 1, "out_channels": 8, "kernel_size": 3, "stride": 1, "padding": 0},
    "ReLU": {},
    "MaxPool2D": WINDOW,
    "AvgPool2D": WINDOW,
    "GlobalAvgPool2D": {},
    "BatchNorm": {"channels": 1},
    "Flatten": {},
    "Dense": {"inputs": 1, "outputs": 10},
}
MAKES_WEIGHTS = ("Conv2D", "Dense")


class Weightless:
    """Stands in for a random generator where weights are only counted: they take no memory."""

    def normal(self, mean, spread, shape):
        """Return zeros that are all the same one."""
        return np.broadcast_to(np.float32(mean), shape)


@dataclass(frozen=True)
class Line:
    """What is known of one layer of a sketch that fits what comes in.

    Attributes
    ----------
    layer : Layer
    shape : tuple of int
        Of what comes out.
    parameters, multiplications : int
    """

    layer: Layer
    shape: tuple
    parameters: int
    multiplications: int


def plain(name, layers):
    """Return a sketch in full, and see that it is one.

    Parameters
    ----------
    name : str
        What it is called in the sentence that refuses it.
    layers : list
        Layers, or lists of a name and numbers; what is left out is as usual.

    Returns
    -------
    list of list

    Raises
    ------
    ValueError
        If there are too many layers, one that nobody knows, or a number beyond its limits.

    Examples
    --------
    >>> plain("layers", [["Conv2D", 1, 8, 5], ["ReLU"], ["MaxPool2D", 2]])
    [['Conv2D', 1, 8, 5, 1, 0], ['ReLU'], ['MaxPool2D', 2, 2, 0]]
    >>> plain("layers", [["MaxPool2D", 12]])
    Traceback (most recent call last):
    ValueError: layers, number 1: the kernel_size of MaxPool2D must be at most 11, not 12
    """
    if not isinstance(layers, list | tuple):
        raise ValueError(f"{name} is a list of layers, not {type(layers).__name__}")
    if len(layers) > MOST:
        raise ValueError(f"{name} takes at most {MOST} layers, not {len(layers)}")
    return [in_full(f"{name}, number {number}", one) for number, one in enumerate(layers, start=1)]


def in_full(where, one):
    """Return one layer of a sketch with all its numbers; a `Layer` may be given as well.

    Raises
    ------
    ValueError
        As `plain`.
    """
    if isinstance(one, Layer):
        one = [type(one).__name__, *one.settings().values()]
    if not isinstance(one, list | tuple) or not one or not isinstance(one[0], str):
        raise ValueError(f'{where}: write a layer as ["Conv2D", 1, 8, 5], its name and its numbers')
    kind, *numbers = one
    if kind not in KINDS:
        raise ValueError(f"{where}: there is no {kind[:30]!r} here; there are {', '.join(KINDS)}")
    usual = KINDS[kind]
    if len(numbers) > len(usual):
        raise ValueError(f"{where}: {kind} takes at most {len(usual)} numbers, not {len(numbers)}")
    given = usual | dict(zip(usual, numbers, strict=False))
    if "stride" in given and given["stride"] is None:
        given["stride"] = given["kernel_size"]
    checked = [limited(where, kind, setting, number) for setting, number in given.items()]
    return [kind, *checked]


def limited(where, kind, setting, number):
    """Return a number of a layer, if it is within its limits; else raise ValueError."""
    try:
        return whole_number(f"{setting} of {kind}", number, *LIMITS[setting])
    except ValueError as refusal:
        raise ValueError(f"{where}: {refusal}") from None


def shape_of(size):
    """Return the shape of a picture from its words.

    Examples
    --------
    >>> shape_of("28x28x1")
    (28, 28, 1)
    """
    return tuple(int(part) for part in size.split("x"))


def layer_of(one, rng=None):
    """Return the layer that one line of a sketch stands for; its weights are zeros, or what `rng` makes.

    Raises
    ------
    ValueError
        If there is no such layer: the padding of a pool is larger than half its window.
    """
    kind, *numbers = one
    return LAYERS[kind](*numbers, **({"rng": rng} if kind in MAKES_WEIGHTS else {}))


def fitted(one, shape):
    """Return a layer that reads as many maps or numbers as come in; unchanged where none would help.

    Parameters
    ----------
    one : list
        A name and its numbers.
    shape : tuple of int
        Of what comes in.

    Returns
    -------
    list

    Examples
    --------
    >>> fitted(["Conv2D", 1, 12, 5, 1, 0], (12, 12, 8)), fitted(["Dense", 1, 10], (4, 4, 12))
    (['Conv2D', 8, 12, 5, 1, 0], ['Dense', 1, 10])
    """
    reads = {"Conv2D": 3, "Dense": 1, "BatchNorm": len(shape)}.get(one[0])
    return [one[0], shape[-1], *one[2:]] if reads == len(shape) else list(one)


def walk(layers, size, fit):
    """Go through a sketch, layer by layer, as far as it fits.

    Parameters
    ----------
    layers : list of list
    size : str
        Of the picture that comes in, "28x28x1".
    fit : bool
        Whether each layer reads as many maps or numbers as come in, whatever the sketch says.

    Returns
    -------
    (list of list, list of Line, str)
        The layers as they are then; what is known of those that are reached; why the next one does not fit, or "".

    Examples
    --------
    >>> walk([["MaxPool2D", 2, 2, 0], ["Dense", 6, 3]], "4x6x1", fit=False)[2]
    'layer 2, Dense(in 6, out 3): Dense reads a row of numbers, but maps of 2x3x1 come in; put Flatten before it'
    """
    shape, lines, now = shape_of(size), [], []
    for number, one in enumerate(layers, start=1):
        now.append(fitted(one, shape) if fit else list(one))
        try:
            layer = layer_of(now[-1], Weightless())
            line = Line(layer, layer.shape(shape), layer.count_parameters(), layer.multiplications(shape))
        except ValueError as fault:
            settings = dict(zip(KINDS[one[0]], now[-1][1:], strict=True))
            return [*now, *layers[number:]], lines, f"layer {number}, {in_short(one[0], settings)}: {fault}"
        lines.append(line)
        shape = line.shape
    return now, lines, ""


def layer_outputs(layers, size, fit=False):
    """Count the numbers of the picture, and those that come out of each layer: 0 from where on it does not fit.

    Parameters
    ----------
    layers, size, fit
        As in `walk`.

    Returns
    -------
    ndarray of shape (L + 1,)

    Examples
    --------
    >>> layer_outputs([["Conv2D", 1, 2, 3, 1, 0], ["Dense", 5, 2], ["ReLU"]], "8x8x1").tolist()
    [64, 72, 0, 0]
    """
    shapes = [shape_of(size), *(line.shape for line in walk(layers, size, fit)[1])]
    counts = np.zeros(len(layers) + 1, np.int64)
    counts[: len(shapes)] = [math.prod(shape) for shape in shapes]
    return counts


def layer_parameters(layers, size, fit=False):
    """Count the numbers that each layer learns; the picture, which comes first, has none.

    Parameters
    ----------
    layers, size, fit
        As in `walk`.

    Returns
    -------
    ndarray of shape (L + 1,)

    Raises
    ------
    ValueError
        If a layer does not fit.

    Examples
    --------
    >>> layer_parameters([["Conv2D", 1, 2, 3, 1, 0], ["ReLU"]], "8x8x1").tolist()
    [0, 20, 0]
    """
    return counted("parameters", layers, size, fit)


def layer_multiplications(layers, size, fit=False):
    """Count the multiplications that each layer takes for one picture.

    Parameters
    ----------
    layers, size, fit
        As in `walk`.

    Returns
    -------
    ndarray of shape (L + 1,)

    Raises
    ------
    ValueError
        If a layer does not fit.

    Examples
    --------
    >>> layer_multiplications([["Conv2D", 1, 2, 3, 1, 0], ["ReLU"]], "8x8x1").tolist()
    [0, 648, 0]
    """
    return counted("multiplications", layers, size, fit)


def counted(what, layers, size, fit):
    """Return one column of the table of layers, after a 0 for the picture; raise ValueError if a layer does not fit."""
    _, lines, refusal = walk(layers, size, fit)
    if refusal:
        raise ValueError(refusal)
    return np.array([0, *(getattr(line, what) for line in lines)])


def call_of(one):
    """Return a layer as it is called in Python; what is as usual is left out.

    Examples
    --------
    >>> call_of(["Conv2D", 1, 8, 5, 1, 2]), call_of(["MaxPool2D", 2, 2, 0])
    ('Conv2D(1, 8, 5, padding=2)', 'MaxPool2D(2)')
    """
    return written(one, one[0])


TORCH = {"Dense": "nn.Linear", "Conv2D": "nn.Conv2d", "MaxPool2D": "nn.MaxPool2d", "AvgPool2D": "nn.AvgPool2d"}
POOLED = "nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Flatten())"


def torch_call_of(one, flat):
    """Return a layer as it is called in PyTorch; `flat` tells whether a row of numbers comes in.

    Examples
    --------
    >>> torch_call_of(["Dense", 192, 10], True), torch_call_of(["BatchNorm", 8], False)
    ('nn.Linear(192, 10)', 'nn.BatchNorm2d(8)')
    """
    if one[0] == "GlobalAvgPool2D":
        return POOLED
    names = TORCH | {"BatchNorm": "nn.BatchNorm1d" if flat else "nn.BatchNorm2d"}
    return written(one, names.get(one[0], f"nn.{one[0]}"))


def written(one, name):
    """Return a call by a name: the numbers by place, but stride and padding by name, if they are not as usual."""
    kind, *numbers = one
    given = dict(zip(KINDS[kind], numbers, strict=True))
    usual = {"stride": given.get("kernel_size") if kind.endswith("Pool2D") else 1, "padding": 0}
    by_place = [str(number) for setting, number in given.items() if setting not in usual]
    by_name = [
        f"{setting}={given[setting]}" for setting in usual if setting in given and given[setting] != usual[setting]
    ]
    return f"{name}({', '.join(by_place + by_name)})"


def numpy_code(layers, size, fit=False):
    """Return Python that makes the network and counts what it learns.

    Parameters
    ----------
    layers, size, fit
        As in `walk`.

    Returns
    -------
    str
    """
    now = walk(layers, size, fit)[0]
    kinds = ", ".join(sorted({one[0] for one in now}))
    lines = ["import numpy as np", *([f"from helpers.layers import {kinds}"] if kinds else [])]
    lines += ["from helpers.network import Network", "", "network = Network(", "    ["]
    lines += [f"        {call_of(one)}," for one in now]
    lines += ["    ],", f"    input_shape=({', '.join(size.split('x'))}),", ")", "print(network)"]
    lines += ["parameters = np.array([0, *(layer.count_parameters() for layer in network.layers)])"]
    return "\n".join(lines) + "\n"


def torch_code(layers, size, fit=False):
    """Return PyTorch that makes the network and counts what it learns; arguments as in `walk`."""
    now, known, _ = walk(layers, size, fit)
    shapes = [shape_of(size), *(line.shape for line in known)]
    flat = [len(shapes[min(i, len(shapes) - 1)]) == 1 for i in range(len(now))]
    lines = ["import torch", "from torch import nn", "", "network = nn.Sequential("]
    lines += [f"    {torch_call_of(one, is_flat)}," for one, is_flat in zip(now, flat, strict=True)]
    lines += [")", "print(network)"]
    lines += ["parameters = torch.tensor([0, *(sum(one.numel() for one in layer.parameters()) for layer in network)])"]
    return "\n".join(lines) + "\n"
