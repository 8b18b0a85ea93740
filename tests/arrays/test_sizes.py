"""Sizes are counts of places: held to arrays and sets of places, not to another formula."""

import re

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from helpers.sizes import output_shape, output_size, receptive_field, same_padding, whole_number

few = settings(max_examples=60, deadline=None)
sizes = st.integers(1, 20)
small = st.integers(1, 4)


def places(size, kernel_size, stride, padding, dilation):
    """List the first pixel of each window that lies wholly on the padded row."""
    row = range(-padding, size + padding)
    return [start for start in row[::stride] if start + dilation * (kernel_size - 1) in row]


@few
@given(sizes, st.integers(1, 7), small, st.integers(0, 4), small)
def test_output_size_counts_the_places(size, kernel_size, stride, padding, dilation):
    found = len(places(size, kernel_size, stride, padding, dilation))
    assume(found > 0)
    assert output_size(size, kernel_size, stride, padding, dilation) == found


@pytest.mark.parametrize(
    ("size", "kernel_size", "stride", "padding", "dilation", "expected"),
    [
        *[(7, 3, 1, 0, 1, 5), (7, 3, 2, 0, 1, 3), (8, 3, 2, 0, 1, 3), (8, 3, 3, 1, 1, 3)],
        *[(5, 5, 4, 0, 1, 1), (1, 1, 1, 0, 1, 1), (7, 3, 1, 0, 3, 1), (3, 5, 1, 1, 1, 1)],
    ],
)
def test_output_size_by_hand(size, kernel_size, stride, padding, dilation, expected):
    assert output_size(size, kernel_size, stride, padding, dilation) == expected


def test_output_size_is_an_int_whatever_whole_number_comes_in():
    result = output_size(np.uint8(200), np.uint8(3), np.int64(1), np.uint8(100), np.int16(1))
    assert (type(result), result) == (int, 398)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ((0, 3), "the size must be at least 1, not 0"),
        ((7, 0), "the kernel size must be at least 1, not 0"),
        ((7, 3, 0), "the stride must be at least 1, not 0"),
        ((7, 3, 1, -1), "the padding must be at least 0, not -1"),
        ((7, 3, 1, 0, 0), "the dilation must be at least 1, not 0"),
        ((7.0, 3), "the size must be a whole number, not 7.0"),
        ((7, 3, True), "the stride must be a whole number, not True"),
        ((7, 3, 1, "1"), "the padding must be a whole number, not '1'"),
        ((7, None), "the kernel size must be a whole number, not None"),
        ((7, 3, 1, 0, np.bool_(True)), "the dilation must be a whole number, not np.True_"),
        ((3, 5), "a kernel of size 5 does not fit into an image of size 3; add at least 1 of padding"),
        ((3, 6), "a kernel of size 6 does not fit into an image of size 3; add at least 2 of padding"),
        (
            (1, 7, 1, 1),
            "a kernel of size 7 does not fit into an image of size 1 with 1 of padding; "
            "raise the padding to at least 3",
        ),
        (
            (4, 3, 1, 0, 2),
            "a kernel of size 3 with dilation 2 covers 5 and does not fit into an image of size 4; "
            "add at least 1 of padding",
        ),
    ],
)
def test_output_size_refuses(arguments, sentence):
    with pytest.raises(ValueError, match=f"^{re.escape(sentence)}$"):
        output_size(*arguments)


@few
@given(sizes, st.integers(1, 30), small)
def test_the_padding_advised_is_the_smallest_that_helps(size, kernel_size, dilation):
    assume(not places(size, kernel_size, 1, 0, dilation))
    with pytest.raises(ValueError, match="does not fit") as refusal:
        output_size(size, kernel_size, 1, 0, dilation)
    advised = int(str(refusal.value).split("at least ")[1].split(" ")[0])
    assert places(size, kernel_size, 1, advised, dilation)
    assert not places(size, kernel_size, 1, advised - 1, dilation)


def test_output_shape_keeps_rows_and_columns_apart():
    assert output_shape((8, 11), (3, 2), stride=2, padding=1) == (4, 6)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (((3, 3), (5, 5)), "a 5x5 kernel does not fit into a 3x3 image; add at least 1 of padding"),
        (((9, 2), (1, 6)), "a 1x6 kernel does not fit into a 9x2 image; add at least 2 of padding"),
        (
            ((2, 9), (5, 3), 1, 1),
            "a 5x3 kernel does not fit into a 2x9 image with 1 of padding; raise the padding to at least 2",
        ),
        (
            ((4, 6), (3, 2), 1, 0, 2),
            "a 3x2 kernel with dilation 2 covers 5x3 and does not fit into a 4x6 image; add at least 1 of padding",
        ),
        (((4, 6), (3, 2), 0), "the stride must be at least 1, not 0"),
    ],
)
def test_output_shape_refuses(arguments, sentence):
    with pytest.raises(ValueError, match=f"^{re.escape(sentence)}$"):
        output_shape(*arguments)


@few
@given(sizes, st.integers(0, 5))
def test_same_padding_keeps_the_size(size, half):
    kernel_size = 2 * half + 1
    padded = np.pad(np.zeros(size), same_padding(kernel_size))
    assert len(np.correlate(padded, np.ones(kernel_size), "valid")) == size


@pytest.mark.parametrize("kernel_size", [2, 4, 10])
def test_same_padding_says_why_an_even_kernel_has_none(kernel_size):
    lost = kernel_size - 1
    with pytest.raises(ValueError, match=f"takes {lost} off .* two sides cannot share {lost} equally"):
        same_padding(kernel_size)


def test_same_padding_refuses_what_is_no_size():
    with pytest.raises(ValueError, match="the kernel size must be at least 1, not 0"):
        same_padding(0)


@few
@given(st.lists(st.tuples(small, small, small), max_size=5))
def test_receptive_field_spans_the_pixels_that_are_read(layers):
    pixels = {0}
    for kernel_size, stride, dilation in reversed(layers):
        pixels = {stride * pixel + dilation * cell for pixel in pixels for cell in range(kernel_size)}
    assert receptive_field(layers) == max(pixels) - min(pixels) + 1


def test_receptive_field_of_no_layer_is_the_pixel_itself():
    assert receptive_field([]) == 1


def test_receptive_field_takes_layers_without_dilation():
    assert receptive_field([(3, 2), (3, 1)]) == receptive_field([(3, 2, 1), (3, 1, 1)]) == 7


@pytest.mark.parametrize(
    ("layers", "sentence"),
    [
        ([(3, 1), (3,)], r"layer 2 needs 2 numbers \(kernel size, stride\) or 3 .*, not 1"),
        ([3], "layer 1 needs 2 numbers .*, not 1"),
        ([(3, 0)], "the stride must be at least 1, not 0"),
        ([(3, 1, 0)], "the dilation must be at least 1, not 0"),
    ],
)
def test_receptive_field_refuses(layers, sentence):
    with pytest.raises(ValueError, match=sentence):
        receptive_field(layers)


def test_whole_number_without_a_lowest_takes_negative_ones():
    assert whole_number("number of rows", -3) == -3
