"""Going back, against the layers of networks and against small changes of every number."""

import numpy as np
import pytest

from helpers.backward import kernel_gradient, max_pool_gradient, relu_gradient
from helpers.convolution import convolve2d
from helpers.layers import Conv2D, MaxPool2D, ReLU

RNG = np.random.default_rng(8)


def numerical(loss, numbers, step=1e-6):
    """Return the gradient of a loss by every number, by small changes."""
    found = np.zeros_like(numbers)
    for place in np.ndindex(numbers.shape):
        change = np.zeros_like(numbers)
        change[place] = step
        found[place] = (loss(numbers + change) - loss(numbers - change)) / (2 * step)
    return found


@pytest.mark.parametrize("shape", [(5, 7), (4, 6, 2)])
@pytest.mark.parametrize("kernel_shape", [(1, 1), (2, 3), (4, 1)])
def test_a_weight_hears_from_every_place_where_it_was_used(shape, kernel_shape):
    image, kernel = RNG.normal(size=shape), RNG.normal(size=kernel_shape)
    upstream = RNG.normal(size=convolve2d(image, kernel).shape)
    by_channel = kernel_gradient(image, upstream)
    total = by_channel.sum(axis=2) if len(shape) == 3 else by_channel
    np.testing.assert_allclose(
        total, numerical(lambda one: (convolve2d(image, one) * upstream).sum(), kernel), rtol=1e-6, atol=1e-7
    )


def test_kernel_gradient_is_that_of_the_layer():
    image, gradient = RNG.normal(size=(6, 5)), RNG.normal(size=(4, 3))
    layer = Conv2D(1, 1, 3)
    layer.forward(image[np.newaxis, :, :, np.newaxis])
    layer.learn(gradient[np.newaxis, :, :, np.newaxis])
    np.testing.assert_allclose(kernel_gradient(image, gradient), layer.gradients["weights"][:, :, 0, 0])
    np.testing.assert_allclose(kernel_gradient(image, gradient, -0.5), -0.5 * kernel_gradient(image, gradient))


def test_relu_gradient_is_that_of_the_layer():
    images, gradient = RNG.integers(-3, 4, (5, 4, 2)).astype(float), RNG.normal(size=(5, 4, 2))
    layer = ReLU()
    layer.forward(images)
    np.testing.assert_array_equal(relu_gradient(images, gradient), layer.backward(gradient))


@pytest.mark.parametrize("size", [1, 2, 3])
def test_max_pool_gradient_is_that_of_the_layer(size):
    images = RNG.integers(-4, 2, (7, 8, 2)).astype(float)  # many are equal: the first one wins
    layer = MaxPool2D(size)
    gradient = RNG.normal(size=layer.forward(images[np.newaxis]).shape)
    expected = layer.backward(gradient)[0]
    np.testing.assert_array_equal(max_pool_gradient(images, gradient[0], size), expected)
    np.testing.assert_array_equal(max_pool_gradient(images[..., 0], gradient[0, ..., 0], size), expected[..., 0])


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: kernel_gradient(np.ones((3, 4)), np.ones((4, 2))), "a 3x4 image has fewer places than the 4x2 of"),
        (lambda: kernel_gradient(np.ones((3, 4, 2)), np.ones((2, 2))), "needs as many channels as the image, not"),
        (lambda: relu_gradient(np.ones((3, 4)), np.ones((4, 3))), r"the same shape, not \(3, 4\) and \(4, 3\)"),
        (lambda: max_pool_gradient(np.ones((4, 6)), np.ones((4, 6)), 2), r"a window is needed, \(2, 3\), not \(4, 6\)"),
        (lambda: max_pool_gradient(np.ones((4, 6)), np.ones((4, 6)), 7), "a 7x7 window does not fit"),
    ],
)
def test_what_does_not_fit_is_refused(call, sentence):
    with pytest.raises(ValueError, match=sentence):
        call()
