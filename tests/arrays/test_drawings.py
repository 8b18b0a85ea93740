"""Drawings against SciPy's center of mass and dilation, and Pillow's scaling; and digits that are drawn, recognised."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw
from scipy import ndimage
from skimage.morphology import disk as skimage_disk

from helpers import strokes, trained
from helpers.drawings import (
    LARGER,
    box_around,
    center_by_mass,
    disk,
    middle_square,
    scale_into,
    scaled_shape,
    scaling,
    thicken,
)
from helpers.network import accuracy
from helpers.strokes import WAYS, curve, drawing, drawings, finer, line, paint, ring

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


# --- strokes


@pytest.mark.parametrize("pen", [1, 2.5, 4])
@pytest.mark.parametrize("end", [(20, 8), (8, 21.5), (17, 19)])
def test_a_stroke_covers_as_much_as_a_pen_does(pen, end):
    length = np.hypot(*np.subtract(end, (8, 8)))
    covered = paint([line((8, 8), end)], pen).sum() / 255
    assert covered == pytest.approx(length * pen + np.pi * pen**2 / 4, rel=0.06)


def test_a_stroke_is_pillows_but_for_its_edges():
    fine = Image.new("L", (28 * 16, 28 * 16))
    ImageDraw.Draw(fine).line([(5 * 16, 9 * 16), (22 * 16, 20 * 16)], fill=255, width=3 * 16)
    expected = np.asarray(fine.resize((28, 28), Image.Resampling.BOX), float)
    found = paint([line((5, 9), (22, 20))], 3)
    inside = np.s_[:, 8:20]  # Pillow's line ends straight, ours round
    assert np.abs(found - expected)[inside].max() < 40
    assert np.abs(found - expected)[inside].mean() < 3


def test_strokes_one_by_one_or_together_are_the_same():
    two = [line((3, 3), (9, 20)), line((20, 4), (4, 16))]
    np.testing.assert_array_equal(paint(two, 2), np.maximum(*(paint([one], 2) for one in two)))


def test_a_dot_is_a_stroke_of_no_length():
    assert np.count_nonzero(paint([line((4.5, 4.5), (4.5, 4.5))], 1, 9)) == 1


def test_a_curve_goes_through_its_places_without_a_corner():
    turns = np.linspace(0, 2 * np.pi, 9)
    places = np.stack([np.cos(turns), np.sin(turns)], axis=1)
    places[-1] = places[0]
    found = curve(*places)
    np.testing.assert_allclose(found[::8], places)
    np.testing.assert_allclose(np.hypot(*found.T), 1, atol=0.01)  # through eight places of a circle: nearly a circle
    np.testing.assert_allclose(
        curve((0, 0), (1, 2), (2, 4), (3, 6))[:, 1], 2 * curve((0, 0), (1, 2), (2, 4), (3, 6))[:, 0]
    )


def test_a_ring_is_closed_and_more_places_are_the_same_stroke():
    stroke = ring(0.3, 0.5, 0.2, 0.4)
    np.testing.assert_allclose(stroke[0], stroke[-1], atol=1e-12)
    np.testing.assert_allclose(((stroke - (0.3, 0.5)) ** 2 / (0.04, 0.16)).sum(axis=1), 1)
    np.testing.assert_array_equal(finer(stroke)[::8], stroke)


def test_each_digit_is_written_in_two_ways_or_more():
    assert list(WAYS) == list("0123456789")
    assert all(len(ways) >= 2 for ways in WAYS.values())


def test_a_drawing_lies_inside_and_comes_from_its_seed(monkeypatch):
    for seed, way in enumerate(way for ways in WAYS.values() for way in ways.values()):
        image = drawing(way, np.random.default_rng(seed))
        assert image.shape == (28, 28)
        np.testing.assert_array_equal(image, drawing(way, np.random.default_rng(seed)))
    seen = []
    monkeypatch.setattr(strokes, "paint", lambda *given: seen.append(given) or np.zeros((28, 28), np.float32))
    drawings(20, np.random.default_rng(0))
    for written, pen in seen:
        places = np.concatenate(written)
        assert places.min() >= pen / 2 - 1e-9
        assert places.max() <= 28 - pen / 2 + 1e-9
    heights = [np.ptp(np.concatenate(written)[:, 1]) for written, _ in seen]
    assert min(heights) < 10
    assert max(heights) > 23


def test_digits_that_are_drawn_are_recognised_once_they_are_made_like_those_that_were_learned():
    images, labels = drawings(8, np.random.default_rng(3))
    assert len(images) >= 200
    prepared = np.stack([center_by_mass(scale_into(image)) for image in images])
    network = trained.digits()
    assert accuracy(network, prepared / np.float32(255), labels) >= 0.9
    assert accuracy(network, images / np.float32(255), labels) <= 0.7  # or there were no need of it


def test_a_middle_square_of_whole_blocks_is_scikit_images():
    measure = pytest.importorskip("skimage.measure")
    image = np.random.default_rng(8).integers(0, 256, (12, 20)).astype(float)
    expected = measure.block_reduce(image[:, 4:16], (3, 3), np.mean)
    np.testing.assert_allclose(middle_square(image, 4)[..., 0], expected)


def test_a_middle_square_may_have_blocks_of_unequal_size_and_keeps_channels_apart():
    image = np.random.default_rng(8).integers(0, 256, (9, 7, 2)).astype(float)
    square = middle_square(image, 3)
    np.testing.assert_allclose(square[0, 1], image[1:3, 2:4].mean(axis=(0, 1)))
    np.testing.assert_allclose(square[2, 2], image[5:8, 4:7].mean(axis=(0, 1)))


def test_a_square_larger_than_the_picture_is_refused():
    with pytest.raises(ValueError, match="the side must be at most 7, not 28"):
        middle_square(np.zeros((9, 7)))
