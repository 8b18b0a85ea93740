"""What a network does between its windows, against SciPy and NumPy's own words."""

import numpy as np
import pytest
from scipy.special import softmax as by_scipy

from helpers.convolution import conv2d
from helpers.neurons import dense, flatten, relu, scale_and_shift, softmax

MAPS = np.random.default_rng(5).normal(size=(3, 4, 2))


def test_relu_keeps_what_is_positive_and_the_shape():
    np.testing.assert_array_equal(relu(MAPS), np.where(MAPS > 0, MAPS, 0))


def test_nothing_changes_its_argument():
    before = MAPS.copy()
    for function in (relu, flatten, softmax):
        function(MAPS)
    scale_and_shift(MAPS, [2, 3], [1, -1])
    np.testing.assert_array_equal(MAPS, before)


@pytest.mark.parametrize("function", [relu, flatten, softmax])
def test_bytes_become_single_precision_and_doubles_stay(function):
    assert function(np.zeros((2, 3, 1), np.uint8)).dtype == np.float32
    assert function(np.zeros((2, 3, 1))).dtype == np.float64


def test_scale_and_shift_is_a_filter_of_one_pixel_a_channel():
    scale, shift = np.array([2.0, -0.5]), np.array([1.0, 10.0])
    weights = np.diag(scale)[np.newaxis, np.newaxis]
    np.testing.assert_allclose(scale_and_shift(MAPS, scale, shift), conv2d(MAPS, weights, shift))


def test_a_batch_is_scaled_picture_by_picture():
    batch = np.stack([MAPS, 2 * MAPS])
    np.testing.assert_array_equal(scale_and_shift(batch, [2, 3], [0, 1])[1], scale_and_shift(2 * MAPS, [2, 3], [0, 1]))


def test_flat_numbers_have_the_channels_of_a_place_side_by_side():
    assert flatten(MAPS)[(1 * 4 + 2) * 2 + 1] == MAPS[1, 2, 1]


def test_dense_is_a_convolution_as_large_as_the_picture():
    weights = np.random.default_rng(6).normal(size=(24, 5))
    bias = np.arange(5.0)
    whole = conv2d(MAPS, weights.reshape(3, 4, 2, 5), bias)
    np.testing.assert_allclose(dense(flatten(MAPS), weights, bias), whole[0, 0])
    np.testing.assert_allclose(dense(flatten(MAPS), weights), whole[0, 0] - bias)


@pytest.mark.parametrize("temperature", [0.25, 1, 8.5])
def test_softmax_is_scipys(temperature):
    np.testing.assert_allclose(softmax(MAPS, temperature), by_scipy(MAPS / temperature, axis=-1))


def test_softmax_does_not_overflow_and_a_constant_changes_nothing():
    np.testing.assert_allclose(softmax([1000.0, 1001, -1000]), softmax([0.0, 1, -2000]))


@pytest.mark.parametrize(
    ("act", "sentence"),
    [
        (lambda: scale_and_shift(MAPS[0], [1], [1]), "^images have 3 axes .* or 4 .*, not 2$"),
        (
            lambda: scale_and_shift(MAPS, [1, 2, 3], [1, 2]),
            r"^the scale must have the shape \(2,\), one number a channel, not \(3,\)$",
        ),
        (
            lambda: scale_and_shift(MAPS, [1, 2], 5),
            r"^the shift must have the shape \(2,\), one number a channel, not \(\)$",
        ),
        (lambda: flatten(MAPS[0, 0]), r"^feature maps have 2 axes .* or 3 .*, not 1$"),
        (
            lambda: dense(MAPS, np.ones((24, 5))),
            "^a row of numbers and a table of weights are needed, not 3 and 2 axes$",
        ),
        (lambda: dense([1, 2], np.ones((3, 5))), "^2 numbers come in, but the weights read 3; the two must be equal$"),
        (
            lambda: dense([1, 2], np.ones((2, 5)), [1, 2]),
            r"^the bias must have the shape \(5,\), one number an output, not \(2,\)$",
        ),
        (lambda: softmax([1, 2], 0), "^the temperature must be above 0, not 0$"),
        (lambda: softmax(3), "^several numbers are needed, to share 1 among them$"),
    ],
)
def test_what_makes_no_sense_gets_a_sentence(act, sentence):
    with pytest.raises(ValueError, match=sentence):
        act()
