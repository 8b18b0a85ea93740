"""The same networks in other people's libraries: in PyTorch, and as an ONNX file, which many programs can run.

Two things stand elsewhere in another order; that is all there is to it. Maps come first: (image, channel, row, column)
where the course has (image, row, column, channel), and a convolution's weights are (out, in, row, column). And so
flattening lays out map by map what the course lays out place by place: the dense layer behind it needs its weights
sorted.

Neither library is needed: where one is missing, a sentence says so, and None comes back.
"""

import numpy as np

from helpers import libraries, squeezenet
from helpers.layers import (
    LAYERS,
    AvgPool2D,
    BatchNorm,
    Conv2D,
    Dense,
    Dropout,
    Flatten,
    GlobalAvgPool2D,
    MaxPool2D,
    ReLU,
)
from helpers.squeezenet import Fire

KNOWN = {*LAYERS.values(), Fire}
ONNX = {"opset": 17, "file": 8}  # versions: old enough for every program in use


def maps_first(images):
    """Bring pictures into the order of other libraries.

    Parameters
    ----------
    images : ndarray of shape (L, M, N, C)

    Returns
    -------
    ndarray of shape (L, C, M, N), float32

    Examples
    --------
    >>> maps_first(np.zeros((7, 28, 20, 3))).shape
    (7, 3, 28, 20)
    """
    return np.ascontiguousarray(np.moveaxis(images, -1, 1), np.float32)


# --- PyTorch


def in_torch(network, input_shape=None):
    """Make the same network of PyTorch's layers, with the same numbers.

    Parameters
    ----------
    network : Network
    input_shape : tuple of int, optional
        Of one picture, (row, column, channel), where the network does not say it itself.

    Returns
    -------
    torch.nn.Sequential or None
        It takes what `maps_first` returns, as a tensor. It is set to answer (`eval`); to train it, call its `train()`.

    Raises
    ------
    ValueError
        If a layer has no counterpart, as a fire module in a row of layers, or the shape is missing or does not fit.
    """
    torch = libraries.find("torch")
    if torch is None:
        return None
    modules = []
    for layer, shape, numbers in laid_out(network, input_shape):
        made = torch_layers(torch.nn, layer, shape)
        tensors = {name: torch.tensor(values) for name, values in numbers.items()}
        made[0].load_state_dict(tensors, strict=False)
        modules += made
    return torch.nn.Sequential(*modules).eval()


def torch_layers(nn, layer, shape):
    """Return PyTorch's layers for one of the course's, with numbers by chance.

    Parameters
    ----------
    nn : module
        ``torch.nn``
    layer : Layer
    shape : tuple of int
        What comes in.

    Returns
    -------
    list of torch.nn.Module

    Raises
    ------
    ValueError
        If there is none.
    """
    match layer:
        case Conv2D():
            sizes = layer.in_channels, layer.out_channels, layer.kernel_size
            return [nn.Conv2d(*sizes, stride=layer.stride, padding=layer.padding)]
        case ReLU():
            return [nn.ReLU()]
        case MaxPool2D():
            return [nn.MaxPool2d(layer.kernel_size, layer.stride, layer.padding)]
        case AvgPool2D():
            return [nn.AvgPool2d(layer.kernel_size, layer.stride, layer.padding)]
        case GlobalAvgPool2D():
            return [nn.AdaptiveAvgPool2d(1), nn.Flatten()]
        case BatchNorm():
            kind = nn.BatchNorm2d if len(shape) == 3 else nn.BatchNorm1d
            return [kind(layer.channels, layer.epsilon, layer.momentum)]
        case Flatten():
            return [nn.Flatten()]
        case Dense():
            return [nn.Linear(layer.inputs, layer.outputs)]
        case Dropout():
            return [nn.Dropout(layer.rate)]
    raise unknown(layer)


# --- ONNX


def as_onnx(network, input_shape=None):
    """Write the same network down as an ONNX model, with the same numbers.

    Parameters
    ----------
    network : Network
    input_shape : tuple of int, optional
        Of one picture, (row, column, channel), where the network does not say it itself.

    Returns
    -------
    bytes or None
        What an `.onnx` file holds. Its input, "pictures", is what `maps_first` returns; its output is "logits".

    Raises
    ------
    ValueError
        If a layer has no counterpart, or the shape is missing or does not fit.
    """
    onnx = libraries.find("onnx")
    if onnx is None:
        return None
    helper, last, shape = onnx.helper, "pictures", shape_of(network, input_shape)
    graph = Graph(onnx)
    for layer, _, numbers in laid_out(network, input_shape):
        last = graph.add_layer(layer, last, numbers.values())
    graph.nodes.append(helper.make_node("Identity", [last], ["logits"]))

    def described(name, shape):
        return helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, ["L", *shape])

    comes, goes = described("pictures", [shape[2], *shape[:2]]), described("logits", network.shapes(shape)[-1])
    whole = helper.make_graph(graph.nodes, "network", [comes], [goes], graph.numbers)
    versions = [helper.make_opsetid("", ONNX["opset"])]
    model = helper.make_model(whole, opset_imports=versions, ir_version=ONNX["file"])
    onnx.checker.check_model(model)
    return model.SerializeToString()


def squeezenet_in_onnx():
    """Write SqueezeNet down as an ONNX model: from what `squeezenet.prepare` makes to the 1000 scores.

    Returns
    -------
    bytes or None
        As `as_onnx`.
    """
    return as_onnx(squeezenet.as_network(), (squeezenet.SIDE, squeezenet.SIDE, 3))


class Graph:
    """What an ONNX model is made of: nodes, each of which reads results by their names, and the numbers they know.

    Parameters
    ----------
    onnx : module
    """

    def __init__(self, onnx):
        self.onnx, self.nodes, self.numbers = onnx, [], []

    def add(self, kind, *reads, numbers=(), **settings):
        """Add a node, and return the name of its result."""
        made = f"{kind} {len(self.nodes)}"
        known = [f"{made} number {place}" for place in range(len(numbers))]
        for name, values in zip(known, numbers, strict=True):
            self.numbers.append(self.onnx.numpy_helper.from_array(values, name))
        self.nodes.append(self.onnx.helper.make_node(kind, [*reads, *known], [made], **settings))
        return made

    def add_layer(self, layer, last, numbers):
        """Add the nodes of one layer, which reads the result `last`; return the name of what comes out."""
        match layer:
            case Conv2D():
                return self.add("Conv", last, numbers=numbers, **steps(layer))
            case MaxPool2D():
                return self.add("MaxPool", last, kernel_shape=[layer.kernel_size] * 2, **steps(layer))
            case AvgPool2D():  # a ring of zeros counts
                window = {"kernel_shape": [layer.kernel_size] * 2, "count_include_pad": 1}
                return self.add("AveragePool", last, **window, **steps(layer))
            case Fire():
                few = self.add_cut(layer.squeeze, last)
                branches = self.add_cut(layer.expand1, few), self.add_cut(layer.expand3, few)
                return self.add("Concat", *branches, axis=1)
            case GlobalAvgPool2D():
                return self.add("Flatten", self.add("GlobalAveragePool", last))
            case BatchNorm():
                return self.add("BatchNormalization", last, numbers=numbers, epsilon=layer.epsilon)
            case Dense():
                return self.add("Gemm", last, numbers=numbers, transB=1)
            case ReLU():
                return self.add("Relu", last)
            case Flatten():
                return self.add("Flatten", last)
            case Dropout():  # it does nothing but while training
                return last
        raise unknown(layer)

    def add_cut(self, conv, last):
        """Add a convolution of a fire module, and its ReLU."""
        return self.add("Relu", self.add_layer(conv, last, elsewhere(conv).values()))


def steps(layer):
    """Return how a window of the course moves, as ONNX says it.

    Parameters
    ----------
    layer : Conv2D or Pooling

    Returns
    -------
    dict of list

    Examples
    --------
    >>> steps(MaxPool2D(3, 2))
    {'strides': [2, 2], 'pads': [0, 0, 0, 0]}
    """
    return {"strides": [layer.stride] * 2, "pads": [layer.padding] * 4}


# --- what stands in another order


def laid_out(network, input_shape=None):
    """Yield the layers with their numbers in the order of other libraries.

    Parameters
    ----------
    network : Network
    input_shape : tuple of int, optional

    Yields
    ------
    (Layer, tuple of int, dict of ndarray)
        A layer, the shape that comes in, as the course has it, and its numbers by PyTorch's names.

    Raises
    ------
    ValueError
        If the shape is missing, or a layer is not known or does not fit.
    """
    shapes = network.shapes(shape_of(network, input_shape))
    order = None  # of the numbers in a row: which of ours stands first elsewhere, which second ...
    for layer, shape in zip(network.layers, shapes, strict=False):
        if type(layer) not in KNOWN:  # one that is built on another may do something else
            raise unknown(layer)
        yield layer, shape, elsewhere(layer, order if len(shape) == 1 else None)
        if isinstance(layer, Flatten) and len(shape) == 3:
            order = map_by_map(shape)
        elif isinstance(layer, Dense):
            order = None
    if order is not None:
        raise ValueError("elsewhere a row of numbers is laid out map by map; let the network end with Dense")


def elsewhere(layer, order=None):
    """Return the numbers of a layer in the order of other libraries, by PyTorch's names.

    Parameters
    ----------
    layer : Layer
    order : ndarray, optional
        Of the numbers in a row that come in, as `map_by_map` returns it.

    Returns
    -------
    dict of ndarray, float32

    Examples
    --------
    >>> {name: values.shape for name, values in elsewhere(Conv2D(3, 8, 5)).items()}
    {'weight': (8, 3, 5, 5), 'bias': (8,)}
    """
    own, order = layer.parameters, slice(None) if order is None else order
    match layer:
        case Conv2D():
            found = {"weight": own["weights"].transpose(3, 2, 0, 1), "bias": own["bias"]}
        case Dense():
            found = {"weight": own["weights"][order].T, "bias": own["bias"]}
        case BatchNorm():
            kept = layer.statistics
            found = {"weight": own["scale"][order], "bias": own["shift"][order]}
            found |= {"running_mean": kept["mean"][order], "running_var": kept["variance"][order]}
        case _:
            found = {}
    return {name: np.ascontiguousarray(values, np.float32) for name, values in found.items()}


def map_by_map(shape):
    """Return in which order numbers stand that are laid out map by map, if the course lays them out place by place.

    Parameters
    ----------
    shape : (int, int, int)
        Rows, columns, channels of the maps.

    Returns
    -------
    ndarray of shape (M * N * C,), whole numbers

    Examples
    --------
    >>> map_by_map((1, 3, 2))  # ours 0, 2, 4 are the first map
    array([0, 2, 4, 1, 3, 5])
    """
    return np.arange(np.prod(shape)).reshape(shape).transpose(2, 0, 1).ravel()


def shape_of(network, input_shape):
    """Return the shape of one picture, given or known to the network.

    Parameters
    ----------
    network : Network
    input_shape : tuple of int or None

    Returns
    -------
    tuple of int

    Raises
    ------
    ValueError
        If neither says it.
    """
    shape = input_shape or network.input_shape
    if not shape:
        raise ValueError("say how large a picture is, (row, column, channel): input_shape=(28, 28, 1), for example")
    return tuple(shape)


def unknown(layer):
    """Return the error that refuses a layer."""
    return ValueError(f"{type(layer).__name__} has no counterpart there that this module knows; leave it out")
