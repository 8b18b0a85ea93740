"""Pictures made by rule, and the kernels and layers that demonstrations are built from."""

import numpy as np
import pytest
from scipy.signal import correlate2d

from helpers.convolution import repeat2d
from helpers.kernels import box, identity
from helpers.patterns import ruler, stripes
from helpers.positions import starts


def test_a_ruler_numbers_its_cells_and_a_zero_is_the_first_of_them_only():
    assert ruler(4, padding=1).tolist() == [[0, 1, 2, 3, 4, 5]]


def test_a_ruler_without_pixels_is_refused():
    with pytest.raises(ValueError, match=r"^the size must be at least 1, not 0$"):
        ruler(0)


@pytest.mark.parametrize("period", [2, 3, 5, 12])
def test_stripes_repeat_after_their_period(period):
    picture = stripes(3, 40, period)
    assert picture.shape == (3, 40)
    assert set(np.unique(picture)) == {0, 255}
    assert np.array_equal(picture[:, period:], picture[:, :-period])


def test_stripes_of_one_pixel_are_refused():
    with pytest.raises(ValueError, match=r"^the period must be at least 2, not 1$"):
        stripes(3, 4, 1)


@pytest.mark.parametrize(("columns", "kernel_size", "stride"), [(8, 3, 2), (7, 3, 2), (5, 5, 3), (10, 1, 4)])
def test_starts_are_all_places_where_the_window_fits(columns, kernel_size, stride):
    expected = [start for start in range(0, columns, stride) if start + kernel_size <= columns]
    assert starts(np.zeros((2, columns)), kernel_size, stride).tolist() == [expected]


def test_a_box_is_a_mean():
    image = np.random.default_rng(0).normal(size=(6, 9))
    expected = [[image[r : r + 4, c : c + 4].mean() for c in range(6)] for r in range(3)]
    assert np.allclose(correlate2d(image, box(4), mode="valid"), expected, atol=1e-6)


def test_a_box_of_size_0_is_refused():
    with pytest.raises(ValueError, match=r"^the kernel size must be at least 1, not 0$"):
        box(0)


@pytest.mark.parametrize("size", [1, 3, 7])
def test_the_identity_changes_nothing(size):
    image = np.arange(80.0).reshape(8, 10)
    assert np.array_equal(correlate2d(image, identity(size), mode="same"), image)


def test_repeating_is_convolving_with_the_result():
    rng = np.random.default_rng(1)
    image, kernel = rng.normal(size=(9, 11)), rng.normal(size=(2, 3))
    expected = correlate2d(correlate2d(image, kernel, "valid"), kernel, "valid")
    assert np.allclose(repeat2d(image, kernel, 2), expected)


def test_repeating_no_times_leaves_the_picture():
    image = np.arange(6.0).reshape(2, 3)
    assert np.array_equal(repeat2d(image, np.ones((5, 5)), 0), image)


def test_repeating_until_nothing_is_left_is_refused():
    with pytest.raises(ValueError, match=r"^a 3x3 kernel does not fit into a 1x3 image; add at least 1 of padding$"):
        repeat2d(np.ones((5, 7)), np.ones((3, 3)), 3)


def test_stripes_may_be_thinner_or_wider_than_their_gaps():
    assert stripes(1, 6, period=4, width=1).tolist() == [[255, 0, 0, 0, 255, 0]]
    assert stripes(1, 6, period=4, width=4).min() == 255
    with pytest.raises(ValueError, match=r"^the width must be at most 4, not 5$"):
        stripes(1, 6, period=4, width=5)
