"""Convolution against SciPy: its "full" correlation, every s-th of it, and no padding of our own."""

import re
import tracemalloc

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from numpy.lib.stride_tricks import sliding_window_view
from scipy import ndimage, signal

from helpers.convolution import BAND, conv2d, convolve2d, depthwise2d, pad2d, surround, unroll, windows

few = settings(max_examples=60, deadline=None)
seeds = st.integers(0, 2**32 - 1)
sizes = st.integers(1, 9)
small = st.integers(1, 3)
paddings = st.integers(0, 4)


def random(seed, *shape):
    """Return whole numbers from -9 to 9 as float64: sums of their products are exact."""
    return np.random.default_rng(seed).integers(-9, 10, shape).astype(np.float64)


def dilate(kernel, dilation):
    """Return the kernel with zeros between its weights."""
    rows, columns = kernel.shape
    wide = np.zeros((dilation * (rows - 1) + 1, dilation * (columns - 1) + 1))
    wide[::dilation, ::dilation] = kernel
    return wide


def oracle(image, kernel, stride=1, padding=0, dilation=1):
    """Cut what SciPy's full correlation has beyond the padding, or add zeros to it, and take every s-th."""
    kernel = dilate(kernel, dilation)
    full = np.pad(signal.correlate2d(image, kernel, mode="full"), padding)
    rows, columns = (
        range(k - 1, k - 1 + n + 2 * padding - (k - 1), stride) for n, k in zip(image.shape, kernel.shape, strict=True)
    )
    return full[np.ix_(rows, columns)]


# --- pad2d

INSIDE = {
    "edge": lambda place, size: min(max(place, 0), size - 1),
    "reflect": lambda place, size: size - 1 - abs(size - 1 - abs(place)),
    "wrap": lambda place, size: place % size,
}


@few
@given(sizes, sizes, st.sampled_from([(), (1,), (3,)]), paddings)
def test_zero_padding(rows, columns, channels, padding):
    image = random(0, rows, columns, *channels)
    padded = pad2d(image, padding)
    assert padded.shape == (rows + 2 * padding, columns + 2 * padding, *channels)
    np.testing.assert_array_equal(padded[padding : padding + rows, padding : padding + columns], image)
    assert np.abs(padded).sum() == np.abs(image).sum()


@few
@given(st.integers(2, 9), st.integers(2, 9), st.sampled_from([(), (2,)]), paddings, st.sampled_from([*INSIDE]))
def test_each_ring_pixel_comes_from_its_place(rows, columns, channels, padding, mode):
    assume(mode == "edge" or padding <= min(rows, columns) - (mode == "reflect"))
    image = random(0, rows, columns, *channels)
    from_rows = [INSIDE[mode](row, rows) for row in range(-padding, rows + padding)]
    from_columns = [INSIDE[mode](column, columns) for column in range(-padding, columns + padding)]
    np.testing.assert_array_equal(pad2d(image, padding, mode), image[np.ix_(from_rows, from_columns)])


@pytest.mark.parametrize(
    ("mode", "padding", "row"),
    [
        ("zero", 2, [0, 0, 1, 2, 3, 0, 0]),
        ("edge", 2, [1, 1, 1, 2, 3, 3, 3]),
        ("reflect", 2, [3, 2, 1, 2, 3, 2, 1]),
        ("wrap", 3, [1, 2, 3, 1, 2, 3, 1, 2, 3]),
    ],
)
def test_padding_by_hand(mode, padding, row):
    padded = pad2d(np.tile([1, 2, 3], (4, 1)), padding, mode)
    np.testing.assert_array_equal(padded[padding], row)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ((1, "mirror"), "there is no padding mode 'mirror'; choose zero, edge, reflect or wrap"),
        ((-1,), "the padding must be at least 0, not -1"),
        ((1.5,), "the padding must be a whole number, not 1.5"),
        ((3, "reflect"), "reflect padding of 3 is too much for a 3x5 image; use at most 2"),
        ((4, "wrap"), "wrap padding of 4 is too much for a 3x5 image; use at most 3"),
    ],
)
def test_pad2d_refuses(arguments, sentence):
    with pytest.raises(ValueError, match=f"^{re.escape(sentence)}$"):
        pad2d(np.zeros((3, 5)), *arguments)


@pytest.mark.parametrize(("mode", "most"), [("reflect", 2), ("wrap", 3), ("edge", 20), ("zero", 20)])
def test_as_much_padding_as_the_picture_gives(mode, most):
    assert pad2d(np.zeros((3, 5)), most, mode).shape == (3 + 2 * most, 5 + 2 * most)


def test_surround_puts_one_value_around_each_picture():
    images = random(0, 2, 3, 4, 2)
    ring = [(0, 0), (2, 2), (2, 2), (0, 0)]
    np.testing.assert_array_equal(surround(images, 2, -np.inf), np.pad(images, ring, constant_values=-np.inf))


# --- windows


@few
@given(sizes, sizes, small, small, small, st.integers(1, 3))
def test_windows_are_those_of_numpy(rows, columns, kernel_rows, kernel_columns, stride, channels):
    assume(kernel_rows <= rows and kernel_columns <= columns)
    images = random(0, 2, rows, columns, channels)
    every = sliding_window_view(images, (kernel_rows, kernel_columns), axis=(1, 2))
    expected = every[:, ::stride, ::stride].transpose(0, 1, 2, 4, 5, 3)
    np.testing.assert_array_equal(windows(images, (kernel_rows, kernel_columns), stride), expected)


def test_dilated_windows_leave_pixels_out():
    image = 10 * np.arange(5)[:, np.newaxis] + np.arange(4)
    window = windows(image[:, :, np.newaxis], (3, 2), dilation=2)[0, 1, :, :, 0]
    np.testing.assert_array_equal(window, [[1, 3], [21, 23], [41, 43]])


def test_windows_are_a_view_that_nobody_can_write_into():
    images = random(0, 5, 4, 1)
    seen = windows(images, (2, 3))
    assert np.shares_memory(seen, images)
    with pytest.raises(ValueError, match="read-only"):
        seen[0] = 1


@pytest.mark.parametrize("channels", [1, 2, 3])
def test_unrolled_each_window_is_a_row(channels):
    seen = windows(random(0, 2, 5, 6, channels), (2, 3), stride=2)
    table = unroll(seen)
    assert table.shape == (2 * 2 * 2, 2 * 3 * channels)
    for row, place in zip(table, np.ndindex(2, 2, 2), strict=True):
        np.testing.assert_array_equal(row, seen[place].ravel())


# --- convolve2d


@few
@given(seeds, sizes, sizes, st.integers(1, 4), st.integers(1, 4), small, paddings, small)
def test_convolve2d_is_scipys_correlation(seed, rows, columns, a, b, stride, padding, dilation):
    image, kernel = random(seed, rows, columns), random(seed + 1, a, b)
    expected = oracle(image, kernel, stride, padding, dilation)
    assume(expected.size)
    np.testing.assert_array_equal(convolve2d(image, kernel, stride, padding, dilation=dilation), expected)


@few
@given(seeds, st.integers(4, 9), st.integers(4, 9), st.integers(1, 4), st.integers(1, 4))
def test_flipped_it_is_scipys_convolution(seed, rows, columns, a, b):
    image, kernel = random(seed, rows, columns), random(seed + 1, a, b)
    expected = signal.convolve2d(image, kernel, mode="valid")
    np.testing.assert_array_equal(convolve2d(image, kernel, flip=True), expected)


@pytest.mark.parametrize(("ours", "scipys"), [("edge", "nearest"), ("reflect", "mirror"), ("wrap", "wrap")])
def test_ring_and_kernel_together_are_scipys(ours, scipys):
    image, kernel = random(0, 6, 8), random(1, 5, 5)
    expected = ndimage.correlate(image, kernel, mode=scipys)
    np.testing.assert_array_equal(convolve2d(image, kernel, padding=2, mode=ours), expected)


def test_convolve2d_takes_each_channel_on_its_own():
    image, kernel = random(0, 6, 5, 3), random(1, 2, 3)
    result = convolve2d(image, kernel, stride=2, padding=1)
    assert result.shape == (4, 3, 3)
    for channel in range(3):
        np.testing.assert_array_equal(result[:, :, channel], oracle(image[:, :, channel], kernel, 2, 1))


def test_an_impulse_draws_the_kernel_turned_around():
    kernel = np.array([[1, 2, 3], [4, 5, 6]])
    impulse = np.pad([[1]], ((1, 1), (2, 2)))
    np.testing.assert_array_equal(convolve2d(impulse, kernel), [[6, 5, 4], [3, 2, 1]])
    np.testing.assert_array_equal(convolve2d(impulse, kernel, flip=True), kernel)


def test_convolve2d_follows_the_pictures_float_type():
    image = np.ones((3, 4), np.float32)
    assert convolve2d(image, [[0.5, 0.25]]).dtype == np.float32


@pytest.mark.parametrize(
    ("kernel", "options", "sentence"),
    [
        (np.ones((5, 5)), {}, "a 5x5 kernel does not fit into a 3x4 image; add at least 1 of padding"),
        (
            np.ones((2, 3)),
            {"dilation": 2},
            "a 2x3 kernel with dilation 2 covers 3x5 and does not fit into a 3x4 image; add at least 1 of padding",
        ),
        (
            np.ones((9, 1)),
            {"padding": 2},
            "a 9x1 kernel does not fit into a 3x4 image with 2 of padding; raise the padding to at least 3",
        ),
        ([1, 2, 3], {}, "a kernel has 2 axes (row, column), not 1"),
        (np.ones((2, 2, 2)), {}, "a kernel has 2 axes (row, column), not 3"),
        (np.ones((0, 2)), {}, "the kernel size must be at least 1, not 0"),
        ([[1]], {"stride": 0}, "the stride must be at least 1, not 0"),
        ([[1]], {"padding": -1}, "the padding must be at least 0, not -1"),
        ([[1]], {"dilation": 0.5}, "the dilation must be a whole number, not 0.5"),
        ([[1]], {"mode": "zeros"}, "there is no padding mode 'zeros'; choose zero, edge, reflect or wrap"),
        (
            [[1]],
            {"padding": 3, "mode": "reflect"},
            "reflect padding of 3 is too much for a 3x4 image; use at most 2",
        ),
    ],
)
def test_convolve2d_refuses(kernel, options, sentence):
    with pytest.raises(ValueError, match=f"^{re.escape(sentence)}$"):
        convolve2d(np.zeros((3, 4)), kernel, **options)


# --- conv2d


def by_scipy(images, weights, bias, *options):
    """Add up the correlations of all channels, filter by filter."""

    def feature_map(image, k):
        channels = range(image.shape[2])
        return bias[k] + sum(oracle(image[:, :, c], weights[:, :, c, k], *options) for c in channels)

    filters = range(weights.shape[3])
    return np.stack([np.stack([feature_map(image, k) for k in filters], axis=-1) for image in images])


@few
@given(seeds, st.tuples(small, sizes, sizes, small), st.tuples(small, small, small), small, paddings, small)
def test_conv2d_adds_scipys_correlations(seed, shape, kernels, stride, padding, dilation):
    a, b, filters = kernels
    images, weights = random(seed, *shape), random(seed + 1, a, b, shape[3], filters)
    bias = random(seed + 2, filters)
    expected = by_scipy(images, weights, bias, stride, padding, dilation)
    assume(expected.size)
    np.testing.assert_array_equal(conv2d(images, weights, bias, stride, padding, dilation), expected)


@settings(max_examples=40, deadline=None)
@given(seeds, st.tuples(small, sizes, sizes, small), st.tuples(small, small, small), small, paddings, small)
def test_conv2d_is_torchs(seed, shape, kernels, stride, padding, dilation):
    torch = pytest.importorskip("torch", reason="PyTorch is not installed")
    (a, b, filters), (_, rows, columns, channels) = kernels, shape
    assume(rows + 2 * padding > dilation * (a - 1) and columns + 2 * padding > dilation * (b - 1))
    images, weights = random(seed, *shape), random(seed + 1, a, b, channels, filters)
    bias = random(seed + 2, filters)
    expected = torch.nn.functional.conv2d(
        torch.from_numpy(images.transpose(0, 3, 1, 2)),
        torch.from_numpy(weights.transpose(3, 2, 0, 1)),
        torch.from_numpy(bias),
        stride,
        padding,
        dilation,
    )
    result = conv2d(images, weights, bias, stride, padding, dilation)
    np.testing.assert_array_equal(result, expected.numpy().transpose(0, 2, 3, 1))


@pytest.mark.parametrize("channels", [1, 3, 5])
@pytest.mark.parametrize(("stride", "dilation"), [(1, 1), (2, 1), (1, 2)])
def test_bands_make_one_map(channels, stride, dilation):
    rng = np.random.default_rng(channels)
    images, weights = rng.normal(size=(2, 150, 161, channels)), rng.normal(size=(3, 3, channels, 2))
    seen = windows(surround(images, 1), (3, 3), stride, dilation)
    assert seen.size > BAND
    expected = np.einsum("lrsabc,abck->lrsk", seen, weights)
    result = conv2d(images, weights, stride=stride, padding=1, dilation=dilation)
    np.testing.assert_allclose(result, expected, rtol=1e-9, atol=1e-12)


def test_a_row_of_windows_may_be_larger_than_a_band():
    image = random(0, 3, BAND // 9 + 20, 1)
    result = conv2d(image, np.ones((3, 3, 1, 1)), padding=1)
    np.testing.assert_array_equal(result[..., 0], oracle(image[..., 0], np.ones((3, 3)), padding=1))


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_windows_do_not_pile_up_in_memory(dtype):
    image, weights = np.ones((400, 600, 3), dtype), np.ones((3, 3, 3, 1), dtype)
    tracemalloc.start()
    conv2d(image, weights, padding=1)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak <= 2 * surround(image, 1).nbytes


def test_a_single_picture_has_no_batch_axis():
    images, weights = random(0, 2, 5, 6, 3), random(1, 2, 3, 3, 4)
    single = conv2d(images[1], weights)
    assert single.shape == (4, 4, 4)
    np.testing.assert_array_equal(single, conv2d(images, weights)[1])


def test_an_empty_batch_stays_empty():
    assert conv2d(np.zeros((0, 5, 6, 3)), np.ones((2, 3, 3, 4))).shape == (0, 4, 4, 4)


def test_a_1x1_filter_mixes_channels():
    image, weights = random(0, 4, 5, 3), random(1, 1, 1, 3, 2)
    np.testing.assert_array_equal(conv2d(image, weights), image @ weights[0, 0])


def test_no_bias_is_a_bias_of_zeros():
    image, weights = random(0, 4, 5, 3), random(1, 2, 2, 3, 2)
    np.testing.assert_array_equal(conv2d(image, weights), conv2d(image, weights, bias=[0, 0]))


def test_conv2d_follows_the_pictures_float_type():
    image, weights = np.ones((4, 5, 2), np.float32), np.ones((2, 2, 2, 3))
    assert conv2d(image, weights, bias=np.ones(3)).dtype == np.float32


@pytest.mark.parametrize(
    ("images", "weights", "options", "sentence"),
    [
        (
            (3, 4),
            (2, 2, 1, 1),
            {},
            "images have 3 axes (row, column, channel) or 4 (image, row, column, channel), not 2",
        ),
        (
            (3, 4, 2),
            (2, 2, 2),
            {},
            "weights have 4 axes (kernel row, kernel column, in_channels, out_channels), not 3",
        ),
        (
            (3, 4, 2),
            (2, 2, 3, 5),
            {},
            "the images have 2 channel(s), but the filters read 3; the two numbers must be equal",
        ),
        (
            (3, 4, 2),
            (2, 2, 2, 5),
            {"bias": [1, 2]},
            "the bias must have the shape (5,), one number a filter, not (2,)",
        ),
        (
            (3, 4, 2),
            (2, 2, 2, 5),
            {"bias": 1},
            "the bias must have the shape (5,), one number a filter, not ()",
        ),
        (
            (3, 4, 2),
            (4, 2, 2, 5),
            {},
            "a 4x2 kernel does not fit into a 3x4 image; add at least 1 of padding",
        ),
        ((3, 4, 2), (2, 2, 2, 5), {"stride": 1.5}, "the stride must be a whole number, not 1.5"),
        ((3, 4, 2), (2, 2, 2, 5), {"padding": -1}, "the padding must be at least 0, not -1"),
        ((3, 4, 2), (2, 2, 2, 5), {"dilation": 0}, "the dilation must be at least 1, not 0"),
    ],
)
def test_conv2d_refuses(images, weights, options, sentence):
    with pytest.raises(ValueError, match=f"^{re.escape(sentence)}$"):
        conv2d(np.zeros(images), np.zeros(weights), **options)


def test_channels_kept_apart_are_scipys_and_add_up_to_conv2d():
    rng = np.random.default_rng(6)
    image, weights = rng.integers(-9, 10, (7, 9, 3)).astype(float), rng.integers(-3, 4, (2, 3, 3, 1)).astype(float)
    apart = depthwise2d(image, weights)
    for c in range(3):
        np.testing.assert_allclose(apart[..., c], signal.correlate(image[..., c], weights[..., c, 0], mode="valid"))
    np.testing.assert_allclose(apart.sum(axis=2, keepdims=True), conv2d(image, weights))


def test_channels_are_kept_apart_for_one_filter_only():
    with pytest.raises(ValueError, match="channels can be kept apart for 1 filter, not for 2"):
        depthwise2d(np.zeros((3, 3, 2)), np.zeros((2, 2, 2, 2)))
