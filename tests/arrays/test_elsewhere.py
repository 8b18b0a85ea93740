"""The same networks in PyTorch and in ONNX: the same logits, and a sentence where a library is missing."""

import sys

import numpy as np
import pytest

from helpers import elsewhere, images, squeezenet, trained
from helpers.datasets import digits_28x28, fashion
from helpers.layers import AvgPool2D, BatchNorm, Conv2D, Dense, Dropout, Flatten, GlobalAvgPool2D, MaxPool2D, ReLU
from helpers.network import Network

RNG = np.random.default_rng(4)


def by_chance(network):
    """Fill all numbers of a network, also those that are 0 or 1 at first."""
    for _, name, values, place in network.kept():
        place[name] = (RNG.random(values.shape) if name == "variance" else RNG.normal(0, 0.3, values.shape)) + 0.1
        place[name] = place[name].astype(np.float32)
    return network


def everything():
    """Return a network with every kind of layer; nothing in it is square."""
    layers = [
        *(Conv2D(3, 5, (3, 2), padding=1), BatchNorm(5, epsilon=0.01), ReLU(), MaxPool2D(3, 2, 1)),
        *(Conv2D(5, 4, 2, stride=2), AvgPool2D(2, 1, 1), Flatten(), Dropout(0.5), BatchNorm(4 * 5 * 4)),
        *(Dense(4 * 5 * 4, 7), ReLU(), BatchNorm(7), Dense(7, 6)),
    ]
    return by_chance(Network(layers, (13, 15, 3)))


def means():
    """Return a network that ends in the means of its maps; it does not know the size of its pictures."""
    return by_chance(Network([Conv2D(3, 4, 3), ReLU(), GlobalAvgPool2D(), Dense(4, 3)]))


def logits_of(model, given):
    """Return what ONNX Runtime makes of a model's bytes and a batch of pictures."""
    session = pytest.importorskip("onnxruntime").InferenceSession(model, providers=["CPUExecutionProvider"])
    [logits] = session.run(["logits"], {"pictures": elsewhere.maps_first(given)})
    return logits


def by_torch(network, given, shape=None):
    torch = pytest.importorskip("torch")
    with torch.no_grad():
        return elsewhere.in_torch(network, shape)(torch.tensor(elsewhere.maps_first(given))).numpy()


def by_onnx(network, given, shape=None):
    pytest.importorskip("onnx")
    return logits_of(elsewhere.as_onnx(network, shape), given)


@pytest.mark.parametrize("compute", [by_torch, by_onnx])
def test_every_layer_makes_the_same_there(compute):
    given = RNG.normal(size=(4, 13, 15, 3)).astype(np.float32)
    network = everything()
    assert np.allclose(compute(network, given), network.forward(given), atol=1e-4)


@pytest.mark.parametrize("compute", [by_torch, by_onnx])
def test_means_of_maps_are_the_same_for_any_size(compute):
    given, network = RNG.normal(size=(2, 6, 9, 3)).astype(np.float32), means()
    assert np.allclose(compute(network, given, (6, 9, 3)), network.forward(given), atol=1e-4)


@pytest.mark.parametrize("compute", [by_torch, by_onnx])
@pytest.mark.parametrize(("network", "data"), [(trained.digits, digits_28x28), (trained.clothes, fashion)])
def test_the_shipped_networks_say_the_same_there(compute, network, data):
    given = data().test_images[:50]
    assert np.allclose(compute(network(), given), network().forward(given), atol=1e-4)


def test_squeezenet_says_the_same_there():
    pytest.importorskip("onnx")
    given = np.stack([squeezenet.prepare(images.load(name)) for name in ("cat", "coffee")])
    scores = squeezenet.forward(given)["scores"]
    assert np.allclose(logits_of(elsewhere.squeezenet_in_onnx(), given), scores, atol=1e-4)


def test_in_torch_it_can_learn_on():
    torch = pytest.importorskip("torch")
    model = elsewhere.in_torch(everything())
    assert not model.training
    logits = model.train()(torch.zeros(2, 3, 13, 15) + torch.arange(2).reshape(2, 1, 1, 1))
    logits.sum().backward()
    assert all(numbers.grad is not None for numbers in model.parameters())


def test_flattened_numbers_are_sorted():
    maps = np.arange(24).reshape(2, 3, 4)
    assert np.array_equal(maps.ravel()[elsewhere.map_by_map(maps.shape)], np.moveaxis(maps, -1, 0).ravel())


class Strange(ReLU):
    """A layer of somebody's own. That it is built on another one is no reason to take it for that."""

    def forward(self, images, training=False):
        return images**3


REFUSED = [
    (Network([Conv2D(1, 2, 3)]), None, "say how large a picture is, .row, column, channel.: input_shape"),
    (Network([Conv2D(1, 2, 3)]), (8, 8, 3), "layer 1, .* 3 maps come in, but its filters read 1"),
    (Network([Conv2D(1, 2, 3), Flatten()]), (3, 3, 1), "let the network end with Dense"),
    (Network([Strange()]), (3, 3, 1), "Strange has no counterpart there that this module knows; leave it out"),
]


@pytest.mark.parametrize("library", ["torch", "onnx"])
@pytest.mark.parametrize(("network", "shape", "sentence"), REFUSED)
def test_what_does_not_fit_is_refused_by_a_sentence(library, network, shape, sentence):
    pytest.importorskip(library)
    with pytest.raises(ValueError, match=sentence):
        (elsewhere.in_torch if library == "torch" else elsewhere.as_onnx)(network, shape)


def test_a_fire_module_is_no_row_of_layers_in_torch():
    pytest.importorskip("torch")
    with pytest.raises(ValueError, match="Fire has no counterpart there"):
        elsewhere.in_torch(squeezenet.as_network(), (227, 227, 3))


@pytest.mark.parametrize(
    ("library", "title", "make"),
    [
        ("torch", "PyTorch", lambda: elsewhere.in_torch(trained.digits())),
        ("onnx", "The package onnx", lambda: elsewhere.as_onnx(trained.digits())),
        ("onnx", "The package onnx", elsewhere.squeezenet_in_onnx),
    ],
)
def test_where_a_library_is_missing_a_sentence_says_so(library, title, make, monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, library, None)
    assert make() is None
    assert capsys.readouterr().out == f"{title} is not installed here. The lesson does not need it.\n"
