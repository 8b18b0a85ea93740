"""Layers: forward against SciPy, backward against differences, shapes, and the sentences of those that do not fit."""

import numpy as np
import pytest
from scipy import signal

from helpers import layers, pooling
from helpers.layers import (
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


def rng(seed=7):
    return np.random.default_rng(seed)


def double(layer):
    """Return a layer whose numbers are float64 and not at their beginning."""
    chance = rng(3)
    for place in (layer.parameters, layer.statistics):
        for name, values in place.items():
            place[name] = 0.5 + np.abs(chance.normal(size=values.shape)) if name != "weights" else values.astype(float)
    return layer


MAPS = (2, 7, 6, 3)  # images, rows, columns, channels
EVERY_LAYER = {
    "conv": (lambda: Conv2D(3, 4, (3, 2), rng=rng()), MAPS),
    "conv, stride 2, padding 1": (lambda: Conv2D(3, 4, (2, 3), stride=2, padding=1, rng=rng()), MAPS),
    "conv, stride 3, padding 2": (lambda: Conv2D(3, 2, 3, stride=3, padding=2, rng=rng()), MAPS),
    "conv, stride above the kernel": (lambda: Conv2D(3, 2, 1, stride=2, rng=rng()), MAPS),
    "conv, many channels": (lambda: Conv2D(6, 2, 2, rng=rng()), (2, 4, 3, 6)),
    "relu": (ReLU, MAPS),
    "max": (lambda: MaxPool2D(2), MAPS),
    "max, overlapping, padded": (lambda: MaxPool2D(3, stride=2, padding=1), MAPS),
    "max, with gaps": (lambda: MaxPool2D(2, stride=3), MAPS),
    "mean": (lambda: AvgPool2D(2), MAPS),
    "mean, overlapping, padded": (lambda: AvgPool2D(3, stride=1, padding=1), MAPS),
    "mean of maps": (GlobalAvgPool2D, MAPS),
    "normalization": (lambda: BatchNorm(3), MAPS),
    "normalization of rows": (lambda: BatchNorm(5), (4, 5)),
    "flatten": (Flatten, MAPS),
    "dense": (lambda: Dense(5, 4, rng()), (3, 5)),
    "dropout": (lambda: Dropout(0.4, rng()), (3, 5)),
}


def differences(function, array, step=1e-6):
    """Return the gradient of a number by all entries of an array, by central differences."""
    gradient = np.zeros_like(array)
    for place in np.ndindex(array.shape):
        before = array[place]
        array[place] = before + step
        above = function()
        array[place] = before - step
        below = function()
        array[place] = before
        gradient[place] = (above - below) / (2 * step)
    return gradient


def error(one, other):
    """Return the largest difference, beside the largest number."""
    return np.abs(one - other).max() / max(np.abs(other).max(), 1e-12)


@pytest.mark.parametrize("training", [False, True])
@pytest.mark.parametrize(("make", "shape"), EVERY_LAYER.values(), ids=EVERY_LAYER)
def test_gradients_are_those_of_differences(make, shape, training):
    layer = double(make())
    images = rng(1).normal(size=shape)
    upstream = rng(2).normal(size=layer.forward(images, training).shape)

    def loss():
        if isinstance(layer, Dropout):
            layer.rng = rng()
        statistics = dict(layer.statistics)
        total = (layer.forward(images, training) * upstream).sum()
        layer.statistics = statistics
        return total

    loss()
    by_input = layer.backward(upstream)
    gradients = dict(layer.gradients)
    assert error(by_input, differences(loss, images)) < 1e-6
    assert gradients.keys() == layer.parameters.keys()
    for name, values in layer.parameters.items():
        assert gradients[name].shape == values.shape
        assert error(gradients[name], differences(loss, values)) < 1e-6, name


@pytest.mark.parametrize(("make", "shape"), EVERY_LAYER.values(), ids=EVERY_LAYER)
def test_a_layer_foretells_the_shape_and_keeps_single_precision(make, shape):
    layer = make()
    out = layer.forward(rng(1).normal(size=shape).astype(np.float32), training=True)
    assert out.shape[1:] == tuple(layer.shape(shape[1:]))
    assert out.dtype == np.float32
    assert layer.backward(out).dtype == np.float32
    assert all(gradient.dtype == np.float32 for gradient in layer.gradients.values())


@pytest.mark.parametrize(("make", "shape"), EVERY_LAYER.values(), ids=EVERY_LAYER)
def test_what_came_in_is_left_as_it_was(make, shape):
    layer = make()
    images = rng(1).normal(size=shape)
    before = images.copy()
    gradient = layer.forward(images, training=True).copy()
    same = gradient.copy()
    layer.backward(gradient)
    np.testing.assert_array_equal(images, before)
    np.testing.assert_array_equal(gradient, same)


@pytest.mark.parametrize(("stride", "padding"), [(1, 0), (2, 1), (3, 2)])
def test_a_convolution_is_scipys(stride, padding):
    layer = double(Conv2D(3, 4, (3, 2), stride, padding, rng()))
    images = rng(1).normal(size=MAPS)
    padded = np.pad(images, [(0, 0), (padding, padding), (padding, padding), (0, 0)])
    made = layer.forward(images)
    for image, maps in zip(padded, made, strict=True):
        for k in range(4):
            one = signal.correlate(image, layer.parameters["weights"][..., k], "valid")[::stride, ::stride, 0]
            np.testing.assert_allclose(maps[..., k], one + layer.parameters["bias"][k])


@pytest.mark.parametrize(("size", "stride", "padding"), [(2, 2, 0), (3, 2, 1), (2, 3, 0), (3, 1, 0)])
def test_pooling_layers_agree_with_the_functions(size, stride, padding):
    images = rng(1).integers(-9, 10, MAPS).astype(float)
    for layer, function in ((MaxPool2D, pooling.max_pool2d), (AvgPool2D, pooling.avg_pool2d)):
        made = layer(size, stride, padding).forward(images)
        np.testing.assert_allclose(made, function(images, size, stride, padding))


def test_of_two_equal_winners_the_first_hears():
    layer = MaxPool2D(2)
    layer.forward(np.array([[5.0, 5], [1, 5]]).reshape(1, 2, 2, 1))
    assert layer.backward(np.ones((1, 1, 1, 1)))[0, :, :, 0].tolist() == [[1, 0], [0, 0]]


def test_normalization_brings_each_channel_to_mean_0_and_spread_1():
    images = 50 + 9 * rng(1).normal(size=(8, 6, 5, 3))
    made = BatchNorm(3).forward(images, training=True)
    np.testing.assert_allclose(made.mean(axis=(0, 1, 2)), 0, atol=1e-6)
    np.testing.assert_allclose(made.std(axis=(0, 1, 2)), 1, atol=1e-6)


def test_normalization_keeps_what_it_has_seen_for_later():
    layer = BatchNorm(2, momentum=1)
    images = rng(1).normal(size=(4, 3, 5, 2)) * [2, 30] + [7, -7]
    layer.forward(images, training=True)
    np.testing.assert_allclose(layer.statistics["mean"], images.mean(axis=(0, 1, 2)), rtol=1e-5)
    np.testing.assert_allclose(layer.statistics["variance"], images.var(axis=(0, 1, 2), ddof=1), rtol=1e-5)
    again = layer.forward(images[:1])
    assert abs(again.mean()) > 1e-3


def test_dropout_silences_a_share_and_keeps_the_mean():
    made = Dropout(0.25, rng()).forward(np.ones((200, 200)), training=True)
    assert set(np.unique(made).round(6)) == {0, round(1 / 0.75, 6)}
    assert abs((made == 0).mean() - 0.25) < 0.01
    assert abs(made.mean() - 1) < 0.02


def test_dropout_does_nothing_once_trained():
    images = rng(1).normal(size=(3, 5))
    assert Dropout(0.5).forward(images) is images


def test_first_weights_neither_fade_nor_grow():
    weights = Conv2D(50, 40, 3, rng=rng()).parameters["weights"]
    assert abs(weights.std() - np.sqrt(2 / 450)) < 0.002
    assert not Conv2D(50, 40, 3).parameters["weights"].any()


def test_a_layer_counts_what_it_learns_and_multiplies():
    conv = Conv2D(3, 4, (3, 2))
    assert conv.count_parameters() == 3 * 2 * 3 * 4 + 4
    assert conv.multiplications((7, 6, 3)) == 5 * 5 * 72
    assert Dense(5, 4).count_parameters() == 24
    assert MaxPool2D(2).count_parameters() == 0


REFUSED = {
    "5 maps come in, but its filters read 3; make its in_channels 5": (Conv2D(3, 4, 3), (7, 6, 5)),
    "a 9x9 kernel does not fit into a 7x6 image": (Conv2D(3, 4, 9), (7, 6, 3)),
    "a 8x8 window does not fit|an 8x8 window does not fit": (MaxPool2D(8), (7, 6, 3)),
    r"Conv2D reads maps \(row, column, channel\), but a row of 12 numbers comes in; put it before Flatten": (
        Conv2D(3, 4, 3),
        (12,),
    ),
    "AvgPool2D reads maps": (AvgPool2D(2), (12,)),
    "GlobalAvgPool2D reads maps": (GlobalAvgPool2D(), (12,)),
    "Dense reads a row of numbers, but maps of 4x3x2 come in; put Flatten before it": (Dense(24, 10), (4, 3, 2)),
    "24 numbers come in, but its weights read 12; make its inputs 24": (Dense(12, 10), (24,)),
    "5 channels come in, but it has numbers for 3; make its channels 5": (BatchNorm(3), (7, 6, 5)),
}


@pytest.mark.parametrize(("sentence", "asked"), REFUSED.items())
def test_what_does_not_fit_is_said_with_what_would_mend_it(sentence, asked):
    layer, shape = asked
    with pytest.raises(ValueError, match=sentence):
        layer.shape(shape)


def test_a_ring_that_is_too_wide_and_a_share_that_is_none_are_refused():
    with pytest.raises(ValueError, match="a padding of 2 is too much for a 2x2 window; use at most 1"):
        MaxPool2D(2, padding=2)
    with pytest.raises(ValueError, match="the rate is a share, from 0 to below 1, not 1"):
        Dropout(1)
    with pytest.raises(ValueError, match="Dropout needs a random generator to train with"):
        Dropout(0.5).forward(np.ones((2, 3)), training=True)


def test_every_layer_is_known_by_its_name():
    kinds = {one for one in vars(layers).values() if isinstance(one, type) and issubclass(one, layers.Layer)}
    assert set(layers.LAYERS.values()) == kinds - {layers.Layer, layers.Pooling}


# ------------------------------------------------------------------------------------------- PyTorch, where it is


@pytest.mark.parametrize("name", ["conv, stride 2, padding 1", "max, overlapping, padded", "mean, overlapping, padded"])
def test_forward_and_backward_are_pytorchs(name):
    torch = pytest.importorskip("torch")
    make, shape = EVERY_LAYER[name]
    layer = double(make())
    images = rng(1).normal(size=shape)
    given = torch.tensor(images.transpose(0, 3, 1, 2), requires_grad=True)
    functional = torch.nn.functional
    if isinstance(layer, Conv2D):
        weights = torch.tensor(layer.parameters["weights"].transpose(3, 2, 0, 1), requires_grad=True)
        bias = torch.tensor(layer.parameters["bias"])
        theirs = functional.conv2d(given, weights, bias, layer.stride, layer.padding)
    else:
        pool = functional.max_pool2d if isinstance(layer, MaxPool2D) else functional.avg_pool2d
        theirs = pool(given, layer.kernel_size, layer.stride, layer.padding)
    ours = layer.forward(images)
    np.testing.assert_allclose(ours, theirs.detach().numpy().transpose(0, 2, 3, 1))
    upstream = rng(2).normal(size=ours.shape)
    theirs.backward(torch.tensor(upstream.transpose(0, 3, 1, 2)))
    np.testing.assert_allclose(layer.backward(upstream), given.grad.numpy().transpose(0, 2, 3, 1), atol=1e-9)
    if isinstance(layer, Conv2D):
        ours = layer.gradients["weights"]
        np.testing.assert_allclose(ours, weights.grad.numpy().transpose(2, 3, 1, 0), atol=1e-9)
