"""A network: layers one after the other, what they cost, how they are kept in a file; and the loss they learn by.

Sources: the cross-entropy of softmax in J. Bridle, "Probabilistic interpretation of feedforward classification network
outputs", 1990.
"""

import json
import math
from pathlib import Path

import numpy as np

from helpers.arrays import floats
from helpers.layers import LAYERS
from helpers.neurons import softmax
from helpers.sizes import by, receptive_field

VERSION = 1  # of the file


class Network:
    """Layers one after the other.

    Parameters
    ----------
    layers : list of Layer
    input_shape : tuple of int, optional
        The shape of one picture, (row, column, channel). If it is given, the layers must fit it, and one another.

    Raises
    ------
    ValueError
        If a layer does not fit what comes in; the sentence says which, and what would mend it.

    Examples
    --------
    >>> from helpers.layers import Conv2D, Dense, Flatten, ReLU
    >>> Network([Conv2D(1, 2, 3), ReLU(), Flatten(), Dense(24, 10)], input_shape=(5, 6, 1))
    layer                                     comes out  parameters  multiplications   sees
    input                                         5x6x1
    Conv2D(in 1, out 2, kernel 3)                 3x4x2          20              216    3x3
    ReLU                                          3x4x2           0                0    3x3
    Flatten                                          24           0                0    all
    Dense(in 24, out 10)                             10         250              240    all
    together                                                    270              456
    """

    def __init__(self, layers, input_shape=None):
        self.layers = list(layers)
        self.input_shape = tuple(input_shape) if input_shape else None
        if input_shape:
            self.shapes(input_shape)

    def forward(self, images, training=False):
        """Return what the last layer makes of a batch of pictures, (image, row, column, channel)."""
        for layer in self.layers:
            images = layer.forward(images, training)
        return images

    def backward(self, gradient):
        """Go back through the layers: leave their gradients with them, return that by the pictures."""
        for layer in reversed(self.layers):
            gradient = layer.backward(gradient)
        return gradient

    def learn(self, gradient):
        """Leave all gradients with their layers, as `backward` does; by the pictures there is no need of one."""
        for layer in reversed(self.layers[1:]):
            gradient = layer.backward(gradient)
        self.layers[0].learn(gradient)

    def parameters(self):
        """Yield (layer, name) of each array that is learned."""
        return ((layer, name) for layer in self.layers for name in layer.parameters)

    def shapes(self, input_shape):
        """Return the shape of what comes in and of what each layer makes, without the batch.

        Parameters
        ----------
        input_shape : tuple of int

        Returns
        -------
        list of tuple

        Raises
        ------
        ValueError
            If a layer does not fit.

        Examples
        --------
        >>> from helpers.layers import MaxPool2D
        >>> Network([MaxPool2D(2), MaxPool2D(4)]).shapes((6, 8, 1))
        Traceback (most recent call last):
        ValueError: layer 2, MaxPool2D(kernel 4, stride 4): a 4x4 window does not fit into a 3x4 image; ...
        """
        shapes = [tuple(input_shape)]
        for number, layer in enumerate(self.layers, start=1):
            try:
                shapes.append(layer.shape(shapes[-1]))
            except ValueError as refusal:
                raise ValueError(f"layer {number}, {short(layer)}: {refusal}") from None
        return shapes

    def count_parameters(self):
        """Return how many numbers the network learns."""
        return sum(layer.count_parameters() for layer in self.layers)

    def multiplications(self, input_shape):
        """Return, for each layer, how many multiplications one picture takes."""
        shapes = self.shapes(input_shape)
        return [layer.multiplications(shape) for layer, shape in zip(self.layers, shapes, strict=False)]

    def __repr__(self):
        return table(self.layers, self.input_shape) if self.input_shape else "\n".join(map(short, self.layers))

    def save(self, path):
        """Write layers and numbers into an `.npz` file, without pickle."""
        np.savez_compressed(path, **self.contents())

    def contents(self):
        """Return all that goes into a file: name -> array. `read` makes a network of it again."""
        plan = [{"layer": type(layer).__name__, "settings": layer.settings()} for layer in self.layers]
        about = {"version": VERSION, "layers": plan, "input_shape": self.input_shape}
        arrays = {f"{number}/{name}": values for number, name, values, _ in self.kept()}
        return {"about": np.array(json.dumps(about)), **arrays}

    def kept(self):
        """Yield (number of the layer, name, array, where it is kept) of everything that goes into a file."""
        for number, layer in enumerate(self.layers):
            for place in (layer.parameters, layer.statistics):
                for name, values in place.items():
                    yield number, name, values, place


def load(path):
    """Read a network that `Network.save` has written.

    Parameters
    ----------
    path : str or path

    Returns
    -------
    Network

    Raises
    ------
    ValueError
        If the file is missing, damaged, or no network.
    """
    path = Path(path)
    if not path.is_file():
        raise ValueError(f"there is no file {path.name} in {path.parent}")
    try:
        with np.load(path, allow_pickle=False) as file:
            return read(file)
    except Exception as fault:  # a damaged archive fails in many ways: zlib, struct, memory ...
        raise ValueError(f"{path.name} holds no network of this course, or it is damaged ({fault})") from None


def read(file):
    """Return the network in an open file: name -> array.

    Parameters
    ----------
    file : mapping

    Returns
    -------
    Network

    Raises
    ------
    KeyError, ValueError, TypeError
        If something is missing or does not fit.
    """
    about = json.loads(str(file["about"]))
    if about["version"] != VERSION:
        raise ValueError(f"it has the version {about['version']}, and this course reads {VERSION}")
    layers = [LAYERS[one["layer"]](**one["settings"]) for one in about["layers"]]
    network = Network(layers, about["input_shape"])
    for number, name, values, place in network.kept():
        found = floats(file[f"{number}/{name}"])
        if found.shape != values.shape:
            raise ValueError(f"{name} of layer {number + 1} has the shape {found.shape}, not {values.shape}")
        place[name] = found
    return network


def table(layers, input_shape):
    """Return the table of layers as text: what comes out, what is learned, what it costs, and how far it sees.

    Where a layer does not fit what comes in, the table ends with a sentence that says why, and what would mend it.

    Parameters
    ----------
    layers : list of Layer
    input_shape : tuple of int
        The shape of one picture, (row, column, channel).

    Returns
    -------
    str

    Examples
    --------
    >>> from helpers.layers import Dense, MaxPool2D
    >>> print(table([MaxPool2D(2), Dense(6, 3)], (4, 6, 1)))
    layer                                     comes out  parameters  multiplications   sees
    input                                         4x6x1
    MaxPool2D(kernel 2, stride 2)                 2x3x1           0                0    2x2
    layer 2, Dense(in 6, out 3): Dense reads a row of numbers, but maps of 2x3x1 come in; put Flatten before it
    """
    rows = [("layer", "comes out", "parameters", "multiplications", "sees"), ("input", by(input_shape), "", "", "")]
    shape, counts, products, windows, refusal = tuple(input_shape), 0, 0, [], ""
    for number, layer in enumerate(layers, start=1):
        try:
            after, many = layer.shape(shape), layer.multiplications(shape)
        except ValueError as fault:
            refusal = f"layer {number}, {short(layer)}: {fault}"
            break
        windows += window_of(layer)
        count = layer.count_parameters()
        rows.append((short(layer), by(after), f"{count:,}", f"{many:,}", sight(windows, after)))
        shape, counts, products = after, counts + count, products + many
    rows += [] if refusal else [("together", "", f"{counts:,}", f"{products:,}", "")]
    return "\n".join([aligned(rows, 36), *([refusal] if refusal else [])])


def aligned(rows, least):
    """Write the rows of a table of layers below each other.

    Parameters
    ----------
    rows : list of (str, str, str, str, str)
        A name, and what is written below each other at the right.
    least : int
        How many letters a name has room for, at least.

    Returns
    -------
    str

    Examples
    --------
    >>> aligned([("ReLU", "3x4x2", "0", "0", "all")], 6)
    'ReLU            3x4x2           0                0    all'
    """
    width = max(least, *(len(row[0]) for row in rows))
    return "\n".join(f"{a:{width}} {b:>14} {c:>11} {d:>16} {e:>6}".rstrip() for a, b, c, d, e in rows)


def window_of(layer):
    """Return kernel size and stride of a layer that looks through a square window, in a list; else an empty one.

    Parameters
    ----------
    layer : Layer

    Returns
    -------
    list of (int, int)
    """
    size = getattr(layer, "kernel_size", None)
    return [(size, layer.stride)] if isinstance(size, int) else []


def sight(windows, shape):
    """Write how many pixels of the picture one number sees, as far as windows tell.

    Parameters
    ----------
    windows : list of (int, int)
        Kernel size and stride of each window so far.
    shape : tuple of int
        Of what comes out; a row of numbers sees all.

    Returns
    -------
    str

    Examples
    --------
    >>> sight([(5, 1), (2, 2)], (12, 12, 8))
    '6x6'
    """
    field = receptive_field(windows)
    return by((field, field)) if len(shape) == 3 else "all"


SHORT = {"in_channels": "in", "out_channels": "out", "inputs": "in", "outputs": "out", "kernel_size": "kernel"}
USUAL = {"padding": 0, "stride": 1, "momentum": 0.1, "epsilon": 1e-5}  # not worth a word


def short(layer):
    """Write a layer in a few words, as in the table.

    Parameters
    ----------
    layer : Layer

    Returns
    -------
    str

    Examples
    --------
    >>> from helpers.layers import Conv2D
    >>> short(Conv2D(3, 8, 5, padding=2))
    'Conv2D(in 3, out 8, kernel 5, padding 2)'
    """
    return in_short(type(layer).__name__, layer.settings())


def in_short(kind, settings):
    """Write the name of a layer, and its settings in a few words.

    Parameters
    ----------
    kind : str
    settings : dict of numbers

    Returns
    -------
    str

    Examples
    --------
    >>> in_short("MaxPool2D", {"kernel_size": 2, "stride": 2, "padding": 0})
    'MaxPool2D(kernel 2, stride 2)'
    """
    told = {name: value for name, value in settings.items() if USUAL.get(name) != value}
    words = ", ".join(f"{SHORT.get(name, name)} {value}" for name, value in told.items())
    return f"{kind}({words})" if words else kind


def cross_entropy(logits, labels):
    """Return how surprised the network is by the right answers, on average: 0 if it was sure of all of them.

    Parameters
    ----------
    logits : ndarray of shape (L, K)
    labels : ndarray of shape (L,), whole numbers below K

    Returns
    -------
    float
        The mean of ``-log(probability of the right class)``.

    Raises
    ------
    ValueError
        If there is not one label a picture, or a label is no class.

    Examples
    --------
    >>> round(cross_entropy(np.log([[1, 3]]), [1]), 4)  # 3 of 4, and -log(3/4)
    0.2877
    """
    logits, labels = matching(logits, labels)
    most = logits.max(axis=1, keepdims=True)
    log_of_sum = np.log(np.exp(logits - most).sum(axis=1)) + most[:, 0]
    return float((log_of_sum - logits[np.arange(len(labels)), labels]).mean())


def cross_entropy_gradient(logits, labels):
    """Return the gradient of `cross_entropy` by the logits.

    Parameters
    ----------
    logits : ndarray of shape (L, K)
    labels : ndarray of shape (L,)

    Returns
    -------
    ndarray of shape (L, K)
        ``(probability - 1 where the label is) / L``: what is too much for a class, what is missing for the right one.

    Raises
    ------
    ValueError
        As `cross_entropy`.

    Examples
    --------
    >>> cross_entropy_gradient(np.log([[1, 3]]), [1])
    array([[ 0.25, -0.25]])
    """
    logits, labels = matching(logits, labels)
    gradient = softmax(logits)
    gradient[np.arange(len(labels)), labels] -= 1
    return gradient / logits.dtype.type(len(labels))


def matching(logits, labels):
    """Return logits and labels as arrays, and see that they go together.

    Parameters
    ----------
    logits, labels : array_like
        As in `cross_entropy`.

    Returns
    -------
    (ndarray, ndarray)

    Raises
    ------
    ValueError
        As `cross_entropy`.

    Examples
    --------
    >>> matching([[0, 1, 2]], [3])
    Traceback (most recent call last):
    ValueError: there are 3 classes, 0 to 2; the label 3 is none of them
    """
    logits, labels = floats(logits), np.asarray(labels)
    if logits.ndim != 2 or labels.shape != logits.shape[:1]:
        raise ValueError(f"a row of logits and one label a picture are needed, not {logits.shape} and {labels.shape}")
    classes = logits.shape[1]
    if labels.dtype.kind not in "iu":
        raise ValueError(f"labels are whole numbers, not {labels.dtype}")
    wrong = labels[(labels < 0) | (labels >= classes)]
    if len(wrong):
        raise ValueError(f"there are {classes} classes, 0 to {classes - 1}; the label {wrong[0]} is none of them")
    return logits, labels


def predict(network, images, at_once=50):
    """Return the logits of many pictures, some at a time so that memory stays small.

    Parameters
    ----------
    network : Network
    images : ndarray of shape (L, M, N, C)
    at_once : int

    Returns
    -------
    ndarray of shape (L, K)
    """
    parts = math.ceil(len(images) / at_once)
    return np.concatenate([network.forward(part) for part in np.array_split(images, max(1, parts))])


def accuracy(network, images, labels):
    """Return the share of pictures whose largest logit is that of the right class.

    Parameters
    ----------
    network : Network
    images : ndarray of shape (L, M, N, C)
    labels : ndarray of shape (L,)

    Returns
    -------
    float from 0 to 1
    """
    return float((predict(network, images).argmax(axis=1) == labels).mean())
