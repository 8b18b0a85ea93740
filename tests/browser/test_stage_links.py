"""Grids that are linked: a cell of the result and its window, the sum written out, a hue for each weight."""

import colorsys

import numpy as np
import pytest

import blank_page
from eventually import eventually
from helpers import explore, images
from helpers.convolution import convolve2d
from helpers.engine.wording import number
from helpers.kernels import KERNELS
from shown import SMALL, sliding

SOBEL = KERNELS["Sobel, vertical edges"].values
PICTURE, KERNEL, RESULT = "Your picture", "Kernel", "Feature map"


@pytest.fixture
def shown(show):
    return show(sliding())


def product_sum(image, kernel, row, column):
    """Return the sum as it is written out, from the definition of a product sum."""
    window = image[row : row + kernel.shape[0], column : column + kernel.shape[1]].astype(float)
    terms = [f"{number(v)}·{number(w)}" for v, w in zip(window.flat, kernel.flat, strict=True)]
    value = (window * kernel).sum()
    who = ", a draw" if value == 0 else f", the {'positive' if value > 0 else 'negative'} weights win"
    return f"{' + '.join(terms)} = {number(value)}{who}"


@pytest.mark.parametrize(("row", "column"), [(0, 0), (3, 2), (5, 6)])
def test_a_cell_of_the_result_frames_its_window_in_the_source(shown, row, column):
    shown.hover(RESULT, row, column)
    assert shown.framed(RESULT) == (row, column, 1, 1)
    assert shown.framed(PICTURE) == (row, column, 3, 3)


def test_a_pixel_frames_the_window_that_has_it_in_its_middle(shown):
    shown.hover(PICTURE, 4, 3)
    assert shown.framed(PICTURE) == (3, 2, 3, 3)
    assert shown.framed(RESULT) == (3, 2, 1, 1)
    assert shown.text("reading") == "your picture, row 4, column 3 → 126"


def test_the_window_follows_the_keyboard(shown):
    shown.press(RESULT, "Control+Home", "ArrowDown", "ArrowDown", "ArrowRight")
    assert shown.framed(PICTURE) == (2, 1, 3, 3)


def test_a_window_over_the_border_is_framed_as_far_as_there_are_pixels(show):
    shown = show(sliding(padding=2))
    shown.hover(RESULT, 0, 1)
    assert shown.framed(PICTURE) == (0, 0, 1, 2)


def test_a_dilated_window_frames_the_cells_it_reads(show):
    shown = show(sliding(dilation=2, focus={"panel": "feature_map", "row": 1, "column": 2}))
    assert shown.framed(PICTURE) == (1, 2, 5, 5)
    between = shown.color(PICTURE, 2, 3).now
    shown.hover(RESULT, 3, 0)
    assert shown.color(PICTURE, 2, 3) == between


def test_a_pixel_that_no_window_reads_is_told(show):
    shown = show(sliding(stride=4))
    shown.hover(PICTURE, 3, 3)
    assert shown.text("reading") == "your picture, row 3, column 3 → 52 · no window reads this pixel"
    assert shown.ledger() == []


def test_a_pixel_of_a_photo_can_be_seen_in_every_channel(show):
    shown = show(explore.take_apart("coffee_cutout"))
    shown.hover("Together", 60, 90)
    for title in ("Together", "Red", "Green", "Blue", "Alpha"):
        assert shown.framed(title), title


# ------------------------------------------------------------------------------------------------- the sum


def test_the_sum_is_written_out_as_numpy_computes_it(shown):
    for row, column in [(0, 0), (3, 2), (5, 6)]:
        shown.hover(RESULT, row, column)
        assert shown.ledger() == [product_sum(SMALL, SOBEL, row, column)]
    shown.hover(RESULT, 0, 2)
    assert "−525" in shown.ledger()[0]
    assert shown.ledger()[0].count("-") == 0


def test_the_sum_is_that_of_the_result_in_python(shown):
    result = shown.stages[0].result
    np.testing.assert_array_equal(result, convolve2d(SMALL, SOBEL))
    shown.hover(RESULT, 4, 5)
    assert f"= {number(result[4, 5])}," in shown.ledger()[0]


def test_the_sum_says_which_weights_outweigh_the_others(show):
    shown = show(sliding(picture=np.full((8, 9), 7), focus={"panel": "feature_map", "row": 0, "column": 0}))
    assert shown.ledger()[0].endswith("= 0, a draw")
    shown.receive(kernel=blank_page.state_of(sliding(kernel=np.ones((3, 3))))["kernel"])
    assert shown.ledger()[0].endswith("7·1 = 63")


def test_the_sum_is_there_before_anything_was_pointed_at(shown):
    assert shown.ledger() == [product_sum(SMALL, SOBEL, 3, 3)]


def test_the_sum_stays_while_a_weight_is_edited(shown):
    shown.hover(RESULT, 3, 2)
    assert shown.framed(RESULT) == (3, 2, 1, 1)
    shown.click(KERNEL, 1, 1)
    shown.page.keyboard.type("−3")
    shown.page.keyboard.press("Enter")
    kernel = SOBEL.copy()
    kernel[1, 1] = -3
    assert shown.ledger() == [product_sum(SMALL, kernel, 3, 2)]
    assert shown.framed(PICTURE) == (3, 2, 3, 3)


def test_a_color_has_a_sum_for_each_channel(show):
    shown = show(explore.overflow("coffee", amount=100))
    shown.hover("What is stored", 60, 90)
    pixel = images.load("coffee")[60, 90].astype(int)
    sums = [f"{name}: {v} + 100 = {v + 100}" for name, v in zip("RGB", pixel, strict=True)]
    over = [f", {v + 100} − 256 = {v - 156}" if v > 155 else "" for v in pixel]
    assert shown.ledger() == ["".join(both) for both in zip(sums, over, strict=True)]


# --------------------------------------------------------------------------------------- one hue per weight


def hue(color):
    """Return a color's place on the color circle, in degrees; 359 and more are red again."""
    return eventually(lambda: 360 * colorsys.rgb_to_hsv(*(part / 255 for part in color.now))[0] % 359)


def underlines(shown):
    """Return the color under each product of the sum."""
    color = "spans => spans.map(span => getComputedStyle(span).borderBottomColor.match(/\\d+/g).map(Number))"
    return shown.reads(shown.page.locator(".ledger .hue").evaluate_all, color)


def test_each_weight_has_its_hue_in_kernel_window_and_sum(shown):
    shown.hover(RESULT, 1, 2)
    assert eventually(lambda: len(underlines(shown).now)) == 18
    for i in range(9):
        row, column = divmod(i, 3)
        expected = pytest.approx(40 * i, abs=4)
        assert hue(underlines(shown)[2 * i]) == expected
        assert hue(shown.hue(KERNEL, row, column)) == expected
        if row < 2:  # the frame lies over the last row's
            assert hue(shown.hue(PICTURE, 1 + row, 2 + column)) == expected


def test_a_weight_is_told_in_the_color_of_what_one_can_set(shown):
    weights = shown.reads(shown.page.locator(".ledger .setting").all_inner_texts)
    assert weights == [number(weight) for weight in SOBEL.flat]
