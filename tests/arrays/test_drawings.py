"""Drawings against SciPy's center of mass and dilation, and Pillow's scaling; and digits that are drawn, recognised."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from scipy import ndimage
from skimage.morphology import disk as skimage_disk

from helpers.drawings import LARGER, box_around, center_by_mass, disk, scale_into, scaled_shape, scaling, thicken

few = settings(max_examples=60, deadline=None)


def drawn(rows, columns, seed, share=0.3):
    """Return numbers from 1 to 255 on black, in a part of a picture."""
    rng = np.random.default_rng(seed)
    image = np.where(rng.random((rows, columns)) < share, rng.integers(1, 256, (rows, columns)), 0).astype(float)
    image[: rng.integers(rows)] = 0
    image[:, : rng.integers(columns)] = 0
    return image


# --- the size


@few
@given(st.integers(1, 40), st.integers(1, 40))
def test_weights_are_pillows(before, after):
    line = np.random.default_rng(before).uniform(0, 255, before).astype(np.float32)
    expected = Image.fromarray(line[np.newaxis]).resize((after, 1), Image.Resampling.BILINEAR)
    np.testing.assert_allclose(scaling(before, after) @ line, np.asarray(expected)[0], atol=1e-3)


@few
@given(st.integers(2, 30), st.integers(2, 30), st.integers(0, 99), st.data())
def test_scaling_is_pillows(rows, columns, seed, data):
    image = drawn(rows, columns, seed)
    side = data.draw(st.integers(1, min(rows, columns)))
    result, box = scale_into(image, side), ndimage.find_objects(image > 0, 1)[0]
    if box is None:
        np.testing.assert_array_equal(result, image)
        return
    part = image[box].astype(np.float32)
    long = min(side, 4 * max(part.shape))
    high, wide = (max(1, int(length * long / max(part.shape) + 0.5)) for length in part.shape)
    expected = np.zeros_like(image)
    top, left = (rows - high) // 2, (columns - wide) // 2
    scaled = Image.fromarray(part).resize((wide, high), Image.Resampling.BILINEAR)
    expected[top : top + high, left : left + wide] = np.asarray(scaled)
    np.testing.assert_allclose(result, expected, atol=1e-3)


@pytest.mark.parametrize("length", [5, 7, 12, 20, 27])
def test_the_longer_side_of_a_drawing_becomes_20_pixels_in_the_middle(length):
    for shape in ((length, 3), (3, length)):
        image = np.zeros((28, 28, 1))
        image[1 : 1 + shape[0], 0 : shape[1]] = 200
        rows, columns = box_around(scale_into(image))
        across = (max(1, int(3 * 20 / length + 0.5)), 20)[:: 1 if shape[0] == 3 else -1]
        assert (rows.stop - rows.start, columns.stop - columns.start) == across
        assert abs(rows.start + rows.stop - 28) <= 1
        assert abs(columns.start + columns.stop - 28) <= 1


def test_what_has_its_size_already_is_only_moved():
    image = np.zeros((28, 28))
    image[8:28, 0:9] = np.random.default_rng(0).integers(1, 256, (20, 9))
    np.testing.assert_array_equal(scale_into(image)[4:24, 9:18], image[8:28, 0:9])


def test_a_dot_does_not_become_a_square_of_20_pixels():
    for size, expected in ((1, 4), (2, 8), (5, 20), (6, 20)):
        image = np.zeros((28, 28))
        image[3 : 3 + size, 20 : 20 + size] = 255
        assert np.count_nonzero(scale_into(image)) == expected**2
    assert scaled_shape((1, 1), 1000) == (LARGER, LARGER)


def test_a_line_stays_a_line():
    image = np.zeros((28, 28))
    image[:, 5] = 100
    assert scale_into(image).sum() == 20 * 100


def test_a_picture_scaled_twice_has_the_same_box():
    once = scale_into(drawn(28, 28, 1))
    assert box_around(scale_into(once)) == box_around(once)


@pytest.mark.parametrize(
    ("side", "sentence"),
    [
        (0, "the side must be at least 1, not 0"),
        (8, "the side must be at most 7, not 8"),
        (2.5, "the side must be a whole number, not 2.5"),
    ],
)
def test_a_side_that_does_not_fit_is_refused(side, sentence):
    for image in (np.ones((7, 9)), np.zeros((9, 7, 1))):
        with pytest.raises(ValueError, match=sentence):
            scale_into(image, side)


def test_20_pixels_do_not_fit_into_a_small_picture():
    with pytest.raises(ValueError, match="the side must be at most 8, not 20"):
        scale_into(np.ones((8, 8)))


# --- the place


@few
@given(st.integers(1, 12), st.integers(1, 12), st.integers(0, 99))
def test_the_center_of_mass_comes_to_lie_in_the_middle(rows, columns, seed):
    small = drawn(rows, columns, seed)
    image = np.pad(small, 12)  # so that nothing leaves
    result = center_by_mass(image)
    if not small.any():
        np.testing.assert_array_equal(result, image)
        return
    np.testing.assert_array_equal(np.sort(result[result > 0]), np.sort(image[image > 0]))
    for found, length in zip(ndimage.center_of_mass(result), result.shape, strict=True):
        assert abs(found - (length - 1) / 2) <= 0.5 + 1e-6
    moved = np.array(ndimage.center_of_mass(result)) - ndimage.center_of_mass(image)
    np.testing.assert_allclose(ndimage.shift(image, np.round(moved), order=0), result)


def test_of_two_places_that_are_as_good_the_one_further_down_and_right_is_taken():
    image = np.zeros((4, 6))
    image[1, 2] = 9  # the middle lies at 1.5 and 2.5
    np.testing.assert_array_equal(np.argwhere(center_by_mass(image)), [[2, 3]])
    np.testing.assert_array_equal(np.argwhere(center_by_mass(center_by_mass(image))), [[2, 3]])


def test_a_tie_is_one_even_where_rounding_takes_a_little():
    image = np.zeros((1, 8), np.float64)
    image[0, :7] = 0.1  # its center lies at 3, or a billionth beside it; the middle at 3.5
    for change in (0, 1e-9, -1e-9):
        image[0, 0] = 0.1 + change
        assert center_by_mass(image)[0, 0] == 0


def test_what_leaves_is_lost():
    image = np.zeros((1, 7))
    image[0, 0], image[0, 5:] = 10, 250
    np.testing.assert_array_equal(center_by_mass(image), [[0, 0, 0, 250, 250, 0, 0]])


def test_channels_are_moved_together_and_what_is_below_0_has_no_mass():
    image = np.zeros((3, 5, 2))
    image[0, 0], image[0, 1], image[2, 4] = [9, 0], [0, 9], [-100, -100]
    result = center_by_mass(image)
    np.testing.assert_array_equal(np.argwhere(result[:, :, 0] > 0), [[1, 2]])
    np.testing.assert_array_equal(np.argwhere(result[:, :, 1] > 0), [[1, 3]])


# --- the pen


@pytest.mark.parametrize("width", [0, 1, 2, 3, 5, 9, 20])
@pytest.mark.parametrize("shape", [(1, 1), (7, 4), (12, 15)])
def test_a_thicker_pen_is_scipys_dilation(width, shape):
    image = np.random.default_rng(width).uniform(-50, 255, shape)
    expected = ndimage.grey_dilation(image, footprint=skimage_disk(width), mode="constant", cval=-np.inf)
    np.testing.assert_array_equal(thicken(image, width), expected)
    np.testing.assert_array_equal(thicken(image[:, :, np.newaxis], width)[:, :, 0], expected)


@pytest.mark.parametrize("reach", [0, 1, 2, 4, 7])
def test_a_disk_is_scikit_images(reach):
    expected = np.argwhere(skimage_disk(reach)) - reach
    assert disk(reach) == [tuple(place) for place in expected.tolist()]


@pytest.mark.parametrize(
    ("width", "sentence"),
    [
        (-1, "the width of the pen must be at least 0, not -1"),
        (21, "the width of the pen must be at most 20, not 21"),
        (True, "the width of the pen must be a whole number, not True"),
    ],
)
def test_a_width_that_is_none_is_refused(width, sentence):
    with pytest.raises(ValueError, match=sentence):
        thicken(np.zeros((3, 4)), width)
