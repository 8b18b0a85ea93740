"""Values against what NumPy's own 8-bit numbers do, and scikit-image's display ranges."""

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from skimage import exposure

from helpers.values import add, changed, clip, difference, plus, rescale, wrap

IMAGE = np.array([[-551, -1, 0, 100.5], [200, 255, 256, 300]])


def test_clip_cuts_off_both_ends():
    np.testing.assert_array_equal(clip(IMAGE), [[0, 0, 0, 100.5], [200, 255, 255, 255]])
    np.testing.assert_array_equal(clip(IMAGE, -1, 200), [[-1, -1, 0, 100.5], [200, 200, 200, 200]])


@pytest.mark.parametrize(("low", "high"), [(0, 255), (-100, 100), (10.5, 11), (-551, 300)])
def test_rescale_is_scikit_images(low, high):
    expected = exposure.rescale_intensity(IMAGE, in_range=(low, high), out_range=(0, 255))
    np.testing.assert_allclose(rescale(IMAGE, low, high), expected, atol=1e-9)


@pytest.mark.parametrize("stretch", [clip, rescale])
@pytest.mark.parametrize(
    ("low", "high", "sentence"),
    [
        (255, 0, "the lower limit 255 must be below the upper limit 0"),
        (1.5, 1.5, "the lower limit 1.5 must be below the upper limit 1.5"),
    ],
)
def test_limits_the_wrong_way_around_are_refused(stretch, low, high, sentence):
    with pytest.raises(ValueError, match=f"^{re.escape(sentence)}$"):
        stretch(IMAGE, low, high)


@pytest.mark.parametrize("stretch", [clip, rescale])
def test_limits_do_not_change_the_float_type(stretch):
    assert stretch(IMAGE.astype(np.float32), np.float64(0), np.float64(9)).dtype == np.float32


def test_add_has_room_for_what_comes_out():
    np.testing.assert_array_equal(add(np.array([[200, 10]], np.uint8), np.float64(-100.5)), [[99.5, -90.5]])


@given(st.integers(-(2**20), 2**20))
def test_wrap_is_what_8_bits_do(number):
    assert wrap(np.array([[number]]))[0, 0] == np.array([[number]]).astype(np.uint8)[0, 0]


@given(st.integers(0, 255), st.integers(0, 255))
def test_wrap_is_8_bit_arithmetic(first, second):
    a, b = np.array([first], np.uint8), np.array([second], np.uint8)
    assert wrap(add(a, second)) == a + b
    assert wrap(difference(a, b)) == a - b


def test_wrap_cuts_decimals_off_towards_0():
    np.testing.assert_array_equal(wrap([[1.9, 255.9, 256.5], [-0.5, -1.9, -256.5]]), [[1, 255, 0], [0, 255, 0]])


def test_difference_keeps_the_sign():
    first, second = np.array([[1, 5]], np.uint8), np.array([[3, 4]], np.uint8)
    np.testing.assert_array_equal(difference(first, second), [[-2, 1]])


def test_difference_needs_two_pictures_of_one_shape():
    with pytest.raises(ValueError, match=r"must have the same shape, not \(3, 4\) and \(4, 3\)"):
        difference(np.zeros((3, 4)), np.zeros((4, 3)))


def test_plus_has_room_for_what_comes_out():
    first, second = np.array([[200, 0]], np.uint8), np.array([[100, 1]], np.uint8)
    np.testing.assert_array_equal(plus(first, second), [[300, 1]])


def test_what_has_changed_by_more_than_an_amount_is_marked_either_way():
    first, second = np.array([[5, 5, 5, 5]]), np.array([[5, 7, 8, 2]])
    np.testing.assert_array_equal(changed(first, second), [[0, 1, 1, 1]])
    np.testing.assert_array_equal(changed(first, second, more_than=2), [[0, 0, 1, 1]])


@pytest.mark.parametrize("function", [plus, changed])
def test_pictures_of_two_shapes_are_refused(function):
    with pytest.raises(ValueError, match=r"must have the same shape, not \(3, 4\) and \(4, 3\)"):
        function(np.zeros((3, 4)), np.zeros((4, 3)))
