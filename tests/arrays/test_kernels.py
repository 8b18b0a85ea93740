"""Kernels against the filters of SciPy, and against what their names promise."""

import dataclasses
import re

import numpy as np
import pytest
from scipy import ndimage, signal

from helpers.convolution import convolve2d
from helpers.kernels import KERNELS, Kernel, filter_bank, gaussian, normalise, some_filters

IMAGE = np.random.default_rng(0).integers(-50, 256, (9, 12)).astype(np.float64)


def apply(name):
    """Return the inner part of the image after the kernel of this name."""
    return convolve2d(IMAGE, KERNELS[name].values)


def inner(filtered, ring=1):
    """Return what lies inside the ring."""
    return filtered[ring:-ring, ring:-ring]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Identity", inner(IMAGE)),
        ("Shift right", IMAGE[1:-1, :-2]),
        ("Shift left", IMAGE[1:-1, 2:]),
        ("Shift up", IMAGE[2:, 1:-1]),
        ("Shift down", IMAGE[:-2, 1:-1]),
        ("Box blur, 3x3", inner(ndimage.uniform_filter(IMAGE, 3))),
        ("Box blur, 5x5", inner(ndimage.uniform_filter(IMAGE, 5), 2)),
        ("Laplacian", inner(ndimage.laplace(IMAGE))),
        ("Outline", inner(9 * (IMAGE - ndimage.uniform_filter(IMAGE, 3)))),
        ("Sharpen", inner(IMAGE - ndimage.laplace(IMAGE))),
        ("Sharpen, strong", inner(IMAGE + 9 * (IMAGE - ndimage.uniform_filter(IMAGE, 3)))),
        ("Sobel, vertical edges", inner(-ndimage.sobel(IMAGE, axis=1))),
        ("Sobel, horizontal edges", inner(-ndimage.sobel(IMAGE, axis=0))),
        ("Prewitt, vertical edges", inner(-ndimage.prewitt(IMAGE, axis=1))),
        ("Prewitt, horizontal edges", inner(-ndimage.prewitt(IMAGE, axis=0))),
    ],
)
def test_a_kernel_does_what_scipy_does(name, expected):
    np.testing.assert_allclose(apply(name), expected, atol=1e-4)


@pytest.mark.parametrize(("size", "pascal"), [(3, [1, 2, 1]), (5, [1, 4, 6, 4, 1])])
def test_gaussian_blurs_are_repeated_means_of_two(size, pascal):
    once = np.array([0.5, 0.5])
    row = once
    for _ in range(size - 2):
        row = np.convolve(row, once)
    np.testing.assert_array_equal(row, np.array(pascal) / sum(pascal))
    np.testing.assert_array_equal(KERNELS[f"Gaussian blur, {size}x{size}"].values, np.outer(row, row))


def test_unsharp_mask_adds_what_the_blur_takes_away():
    blurred = apply("Gaussian blur, 5x5")
    np.testing.assert_allclose(apply("Unsharp mask, 5x5"), 2 * inner(IMAGE, 2) - blurred, atol=1e-4)


def test_emboss_is_brightest_where_it_gets_brighter_to_the_lower_right():
    rows, columns = np.indices((5, 6))
    emboss = KERNELS["Emboss"].values
    assert (convolve2d(rows + columns, emboss) > (rows + columns)[1:-1, 1:-1]).all()
    assert (convolve2d(-rows - columns, emboss) < -(rows + columns)[1:-1, 1:-1]).all()
    np.testing.assert_array_equal(convolve2d(np.full((5, 6), 7), emboss), np.full((3, 4), 7))


@pytest.mark.parametrize("name", KERNELS)
def test_the_sum_of_the_weights_is_1_or_0(name):
    edges = ("Outline", "Laplacian", "Sobel", "Prewitt")
    assert KERNELS[name].values.sum() == pytest.approx(0 if name.startswith(edges) else 1, abs=1e-6)


@pytest.mark.parametrize("name", KERNELS)
def test_a_kernel_is_float32_read_only_and_says_what_it_does(name):
    kernel = KERNELS[name]
    assert kernel.values.dtype == np.float32
    assert kernel.does
    assert kernel.source
    with pytest.raises(ValueError, match="read-only"):
        kernel.values[0, 0] = 7
    with pytest.raises(dataclasses.FrozenInstanceError):
        kernel.values = np.ones((3, 3))


def test_a_kernel_keeps_a_copy():
    values = np.ones((2, 3), np.float32)
    kernel = Kernel(values, "adds", "by definition")
    values[0, 0] = 7
    np.testing.assert_array_equal(kernel.values, np.ones((2, 3)))


@pytest.mark.parametrize("size", [1, 2, 5, 8])
@pytest.mark.parametrize("sigma", [0.4, 1, 3])
def test_gaussian_is_scipys_window(size, sigma):
    row = signal.windows.gaussian(size, sigma)
    np.testing.assert_allclose(gaussian(size, sigma), np.outer(row, row) / row.sum() ** 2, atol=1e-7)


@pytest.mark.parametrize("size", [1, 2, 5, 8])
@pytest.mark.parametrize("sigma", [1e-3, 1, 1e6])
def test_gaussian_adds_up_to_1_however_narrow_or_wide(size, sigma):
    assert gaussian(size, sigma).sum() == pytest.approx(1, abs=1e-6)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ((0, 1), "the size must be at least 1, not 0"),
        ((2.5, 1), "the size must be a whole number, not 2.5"),
        ((3, 0), "sigma must be larger than 0, not 0"),
        ((3, -1.5), "sigma must be larger than 0, not -1.5"),
        ((3, float("nan")), "sigma must be larger than 0, not nan"),
    ],
)
def test_gaussian_refuses(arguments, sentence):
    with pytest.raises(ValueError, match=f"^{re.escape(sentence)}$"):
        gaussian(*arguments)


def test_normalise_divides_by_the_sum():
    kernel = np.array([[1, 2, -1], [4, 0, 2]])
    np.testing.assert_array_equal(normalise(kernel) * 8, kernel)


@pytest.mark.parametrize("kernel", [[[1, -1]], [[0, 0]], [[0.1, 0.2, -0.3]]])
def test_normalise_refuses_a_sum_of_0(kernel):
    with pytest.raises(ValueError, match="the weights add up to 0, and nothing can be divided by 0; change"):
        normalise(kernel)


def test_the_first_filters_of_the_bank_are_sobels_in_every_channel():
    upright, level = (KERNELS[f"Sobel, {name} edges"].values for name in ("vertical", "horizontal"))
    for channel in range(3):
        np.testing.assert_array_equal(np.abs(filter_bank()[:, :, channel, 0]), np.abs(upright))
        np.testing.assert_array_equal(np.abs(filter_bank()[:, :, channel, 1]), np.abs(level))


def test_some_filters_are_the_first_ones():
    np.testing.assert_array_equal(some_filters(filter_bank(), 2, 1, 5), filter_bank()[:2, :2, :1, :5])


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ((4, 3, 16), "the kernel size must be at most 3, not 4"),
        ((3, 0, 16), "the number of channels must be at least 1, not 0"),
        ((3, 3, 17), "the number of filters must be at most 16, not 17"),
    ],
)
def test_some_filters_refuses(asked, sentence):
    with pytest.raises(ValueError, match=sentence):
        some_filters(filter_bank(), *asked)


def test_filters_have_4_axes():
    with pytest.raises(ValueError, match=r"weights have 4 axes .*, not 2"):
        some_filters(np.zeros((3, 3)), 1, 1, 1)
