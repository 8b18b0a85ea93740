"""Positions against SciPy's shift and against windows that are really read, one after the other."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import ndimage

from helpers.pooling import max_pool2d
from helpers.positions import around, at_windows, coverage, mosaic, shift, take_every

few = settings(max_examples=60, deadline=None)
IMAGE = np.arange(1, 3 * 5 * 2 + 1).reshape(3, 5, 2)


@few
@given(st.integers(-7, 7), st.integers(-7, 7))
def test_shift_is_scipys(rows, columns):
    expected = ndimage.shift(IMAGE.astype(float), (rows, columns, 0), order=0)
    np.testing.assert_array_equal(shift(IMAGE, rows, columns), expected)
    np.testing.assert_array_equal(shift(IMAGE[:, :, 1], rows, columns), expected[:, :, 1])


def test_a_long_shift_is_no_more_work_than_a_short_one():
    assert not shift(IMAGE, 10**9, -(10**9)).any()


@pytest.mark.parametrize(
    ("rows", "columns", "sentence"),
    [
        (0.5, 0, "the number of rows must be a whole number, not 0.5"),
        (0, True, "the number of columns must be a whole number, not True"),
    ],
)
def test_shift_refuses_parts_of_a_pixel(rows, columns, sentence):
    with pytest.raises(ValueError, match=sentence):
        shift(IMAGE, rows, columns)


@pytest.mark.parametrize(("step", "rows", "columns"), [(1, 3, 5), (2, 2, 3), (3, 1, 2), (9, 1, 1)])
def test_take_every_keeps_the_first(step, rows, columns):
    result = take_every(IMAGE, step)
    assert result.shape == (rows, columns, 2)
    for row, column in np.ndindex(rows, columns):
        np.testing.assert_array_equal(result[row, column], IMAGE[step * row, step * column])


@pytest.mark.parametrize("step", [0, -1])
def test_take_every_refuses_to_stand_still(step):
    with pytest.raises(ValueError, match=f"the step must be at least 1, not {step}"):
        take_every(IMAGE, step)


@few
@given(st.integers(1, 9), st.integers(1, 9), st.integers(1, 12))
def test_a_mosaic_keeps_the_size_and_each_square_is_the_mean_of_its_pixels(rows, columns, size):
    image = np.random.default_rng(0).uniform(0, 255, (rows, columns, 3)).astype(np.float32)
    result = mosaic(image, size)
    assert result.shape == image.shape
    for top in range(0, rows, size):
        for left in range(0, columns, size):
            square = np.s_[top : top + size, left : left + size]
            expected = np.broadcast_to(image[square].mean(axis=(0, 1)), image[square].shape)
            np.testing.assert_allclose(result[square], expected, rtol=1e-5)


@pytest.mark.parametrize(
    ("share", "row", "column", "expected"),
    [
        (100, 9, 9, np.s_[:, :]),
        (40, 1, 2, np.s_[1:2, 1:3]),
        (1, 2, 4, np.s_[2:3, 4:5]),
        (67, 0, 0, np.s_[0:2, 0:3]),
        (67, 9, 9, np.s_[1:3, 2:5]),
    ],
)
def test_a_part_keeps_the_proportions_and_stays_inside(share, row, column, expected):
    np.testing.assert_array_equal(around(IMAGE, share, row, column), IMAGE[expected])


@pytest.mark.parametrize("share", [0, 101, 2.5])
def test_a_part_refuses_what_is_no_share(share):
    with pytest.raises(ValueError, match="the share must be"):
        around(IMAGE, share, 0, 0)


@few
@given(*[st.integers(1, 8)] * 2, *[st.integers(1, 3)] * 2, st.integers(0, 3), st.integers(1, 3))
def test_coverage_counts_what_the_windows_read(rows, columns, kernel_size, stride, padding, dilation):
    assume(min(rows, columns) + 2 * padding > dilation * (kernel_size - 1))
    count = np.zeros((rows + 2 * padding, columns + 2 * padding))
    reach = dilation * (kernel_size - 1) + 1
    for row in range(0, rows + 2 * padding - reach + 1, stride):
        for column in range(0, columns + 2 * padding - reach + 1, stride):
            count[row : row + reach : dilation, column : column + reach : dilation] += 1
    expected = count[padding : padding + rows, padding : padding + columns]
    image = np.zeros((rows, columns, 3))
    np.testing.assert_array_equal(coverage(image, kernel_size, stride, padding, dilation), expected)


def test_coverage_is_float32_whatever_the_picture_is():
    assert coverage(np.zeros((3, 4), np.float64), 2).dtype == np.float32


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ((4,), "a 4x4 kernel does not fit into a 3x5 image; add at least 1 of padding"),
        ((2, 0), "the stride must be at least 1, not 0"),
        ((2, 1, -1), "the padding must be at least 0, not -1"),
    ],
)
def test_coverage_refuses(options, sentence):
    with pytest.raises(ValueError, match=sentence):
        coverage(IMAGE, *options)


def test_numbers_at_windows_are_as_many_as_pooling_makes():
    image = np.arange(30.0).reshape(5, 6)
    pooled = max_pool2d(image, 2, 3)
    np.testing.assert_array_equal(at_windows(image, pooled, 2, 3), pooled)


@pytest.mark.parametrize(
    ("values", "options", "sentence"),
    [
        (np.zeros((2, 2)), (3,), "the window has 1x3 places in this picture; a number for each is needed, not 2x2"),
        (np.zeros((1, 1)), (4,), "a 4x4 kernel does not fit into a 3x5 image; add at least 1 of padding"),
        (np.zeros((1, 1)), (2, 0), "the stride must be at least 1, not 0"),
    ],
)
def test_numbers_at_windows_that_do_not_fit_are_refused(values, options, sentence):
    with pytest.raises(ValueError, match=sentence):
        at_windows(IMAGE, values, *options)
