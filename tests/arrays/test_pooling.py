"""Pooling against SciPy's moving maximum and mean, scikit-image's blocks, and PyTorch's pooling."""

import functools
import re
import tracemalloc

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import ndimage
from skimage.measure import block_reduce

from helpers.convolution import surround, windows
from helpers.pooling import avg_pool2d, global_avg_pool2d, max_pool2d

few = settings(max_examples=60, deadline=None)
seeds = st.integers(0, 2**32 - 1)
sizes = st.integers(1, 10)
small = st.integers(1, 4)
paddings = st.integers(0, 2)


def random(seed, *shape):
    """Return numbers around -5, most of them negative."""
    return np.random.default_rng(seed).normal(-5, 4, shape)


def moving(moving_filter, image, kernel_size, stride, padding, around):
    """Take every s-th of SciPy's moving filter, from the first window on that padding allows."""
    image = np.pad(image, (0, padding), constant_values=around)  # windows of even size reach one pixel further
    first = kernel_size // 2 - padding
    filtered = moving_filter(image, kernel_size, mode="constant", cval=around)
    rows, columns = (range(first, size - kernel_size + 1 + kernel_size // 2, stride) for size in image.shape)
    return filtered[np.ix_(rows, columns)]


@few
@given(seeds, sizes, sizes, small, small, paddings)
def test_max_pool2d_is_scipys_moving_maximum(seed, rows, columns, kernel_size, stride, padding):
    assume(padding <= kernel_size // 2)
    image = random(seed, rows, columns)
    expected = moving(ndimage.maximum_filter, image, kernel_size, stride, padding, -np.inf)
    assume(expected.size)
    np.testing.assert_array_equal(max_pool2d(image, kernel_size, stride, padding), expected)


@few
@given(seeds, sizes, sizes, small, small, paddings)
def test_avg_pool2d_is_scipys_moving_mean(seed, rows, columns, kernel_size, stride, padding):
    assume(padding <= kernel_size // 2)
    image = random(seed, rows, columns)
    expected = moving(ndimage.uniform_filter, image, kernel_size, stride, padding, 0)
    assume(expected.size)
    np.testing.assert_allclose(avg_pool2d(image, kernel_size, stride, padding), expected, atol=1e-12)


@pytest.mark.parametrize(("ours", "theirs"), [(max_pool2d, np.max), (avg_pool2d, np.mean)])
@pytest.mark.parametrize("size", [1, 2, 3])
def test_the_stride_is_the_window_if_left_out(ours, theirs, size):
    image = random(0, 7, 10, 3)
    whole = image[: 7 // size * size, : 10 // size * size]
    np.testing.assert_allclose(ours(image, size), block_reduce(whole, (size, size, 1), theirs))


@settings(max_examples=40, deadline=None)
@given(seeds, st.tuples(small, sizes, sizes, small), small, small, paddings, st.sampled_from(["max", "avg"]))
def test_pooling_is_torchs(seed, shape, kernel_size, stride, padding, kind):
    torch = pytest.importorskip("torch", reason="PyTorch is not installed")
    assume(padding <= kernel_size // 2 and min(shape[1:3]) + 2 * padding >= kernel_size)
    images = random(seed, *shape)
    ours = {"max": max_pool2d, "avg": avg_pool2d}[kind]
    theirs = {"max": torch.nn.functional.max_pool2d, "avg": torch.nn.functional.avg_pool2d}[kind]
    expected = theirs(torch.from_numpy(images.transpose(0, 3, 1, 2)), kernel_size, stride, padding)
    result = ours(images, kernel_size, stride, padding)
    np.testing.assert_allclose(result, expected.numpy().transpose(0, 2, 3, 1), atol=1e-12)


@pytest.mark.parametrize(("kernel_size", "stride", "padding"), [(2, 2, 0), (3, 2, 1), (3, 1, 1), (2, 5, 1), (5, 3, 2)])
def test_down_and_across_is_cell_by_cell(kernel_size, stride, padding):
    images = random(0, 2, 41, 60, 3)

    def cell_by_cell(combine, around):
        seen = windows(surround(images, padding, around), (kernel_size, kernel_size), stride)
        return functools.reduce(combine, (seen[..., i, j, :] for i, j in np.ndindex(kernel_size, kernel_size)))

    numbers = kernel_size, stride, padding
    np.testing.assert_array_equal(max_pool2d(images, *numbers), cell_by_cell(np.maximum, -np.inf))
    mean = cell_by_cell(np.add, 0) / kernel_size**2
    np.testing.assert_allclose(avg_pool2d(images, *numbers), mean, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("pool", [max_pool2d, avg_pool2d])
def test_a_window_of_one_pixel_copies(pool):
    image = random(0, 4, 5)
    pooled = pool(image, 1)
    np.testing.assert_array_equal(pooled, image)
    assert not np.shares_memory(pooled, image)


@pytest.mark.parametrize("pool", [max_pool2d, avg_pool2d])
@pytest.mark.parametrize(("kernel_size", "stride"), [(2, 2), (3, 2), (3, 1)])
def test_windows_do_not_pile_up_in_memory(pool, kernel_size, stride):
    image = np.ones((400, 600, 3), np.float32)
    tracemalloc.start()
    pool(image, kernel_size, stride, padding=1)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak <= 4 * surround(image, 1).nbytes


@pytest.mark.parametrize("pool", [max_pool2d, avg_pool2d])
def test_gray_color_and_batch_are_pooled_alike(pool):
    images = random(0, 2, 5, 7, 3)
    batch = pool(images, 3, 2, 1)
    assert batch.shape == (2, 3, 4, 3)
    np.testing.assert_array_equal(pool(images[1], 3, 2, 1), batch[1])
    np.testing.assert_array_equal(pool(images[1, :, :, 2], 3, 2, 1), batch[1, :, :, 2])


def test_padding_never_wins_the_maximum():
    np.testing.assert_array_equal(max_pool2d([[-3, -2, -1]], 2, stride=2, padding=1), [[-3, -1]])


def test_padding_counts_in_the_mean():
    np.testing.assert_array_equal(avg_pool2d([[4, 8, 12]], 2, stride=2, padding=1), [[1, 5]])


def test_not_a_number_is_not_hidden():
    image = np.array([[1, np.nan, 3], [4, 5, 6]])
    np.testing.assert_array_equal(max_pool2d(image, 2, 1), [[np.nan, np.nan]])


@pytest.mark.parametrize("pool", [max_pool2d, avg_pool2d])
@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ((0,), "the kernel size must be at least 1, not 0"),
        ((2.0,), "the kernel size must be a whole number, not 2.0"),
        (((2, 2),), "the kernel size must be a whole number, not (2, 2)"),
        ((2, 0), "the stride must be at least 1, not 0"),
        ((2, 1, -1), "the padding must be at least 0, not -1"),
        ((3, 1, 2), "a padding of 2 is too much for a 3x3 window; use at most 1"),
        ((4,), "a 4x4 window does not fit into a 3x5 image; add at least 1 of padding"),
        (
            (6, 1, 1),
            "a 6x6 window does not fit into a 3x5 image with 1 of padding; raise the padding to at least 2",
        ),
    ],
)
def test_pooling_refuses(pool, options, sentence):
    with pytest.raises(ValueError, match=f"^{re.escape(sentence)}$"):
        pool(np.zeros((3, 5)), *options)


@pytest.mark.parametrize("pool", [lambda a: max_pool2d(a, 1), lambda a: avg_pool2d(a, 1), global_avg_pool2d])
def test_pooling_refuses_what_is_no_picture(pool):
    with pytest.raises(ValueError, match=r"images have 2 axes .*, not 1"):
        pool([1, 2, 3])


@pytest.mark.parametrize(
    ("shape", "over_rows_and_columns"),
    [((4, 6), "mn->"), ((4, 6, 3), "mnc->c"), ((2, 4, 6, 3), "lmnc->lc")],
)
def test_global_average_leaves_one_number_a_channel(shape, over_rows_and_columns):
    images = random(0, *shape)
    expected = np.einsum(over_rows_and_columns, images) / 24
    np.testing.assert_allclose(global_avg_pool2d(images), expected, strict=True)
