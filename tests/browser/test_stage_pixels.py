"""What lessons 00 and 01 show: squares, a way out of the numbers, mats, tints, hues, and sums of stored numbers."""

import numpy as np
import pytest

from eventually import eventually
from helpers import explore
from helpers.engine.operations import OPERATIONS

PICTURE = "The picture"
SHADOW = "canvas => getComputedStyle(canvas).boxShadow"
ACCENT = "input => getComputedStyle(input).accentColor"


# ----------------------------------------------------------------------------------------- the opening screens


@pytest.mark.parametrize("block", [2, 7, 16, 24])
def test_squares_get_coarser_in_the_same_room(show, block):
    shown = show(explore.mosaic("cat"))
    before = shown.reads(shown.canvas("Your picture").bounding_box).now
    shown.receive(block=block)
    assert shown.reads(shown.canvas("In squares").bounding_box) == before


def test_what_hides_in_large_squares_is_not_named_beside_them(show):
    shown = show(explore.mosaic("cat", block=24, choosable=False))
    assert shown.shape("In squares") == (200, 300)
    assert shown.reads(shown.page.locator(".picker").count) == 0


def test_a_picture_of_few_rows_becomes_squares_too(show):
    shown = show(explore.mosaic(np.full((6, 90, 3), 99, np.uint8), block=24))
    assert shown.text("lines").startswith("squares:\n1 × 4, out of 6 × 90 pixels")
    assert shown.reads(shown.page.locator(".refusal:visible").count) == 0


def test_a_pixel_of_a_square_has_the_squares_color(show):
    shown = show(explore.mosaic("cat", block=24))
    expected = [round(one) for one in OPERATIONS["mosaic"].function(shown.stages[0].picture, 24)[30, 50]]
    assert np.abs(np.array(shown.color("In squares", 30, 50).now) - expected).max() <= 1


def test_lesson_01_begins_among_numbers_and_ends_with_the_cat(show):
    shown = show(explore.zoom_out("cat"))
    assert shown.shape("A part of a picture") == (4, 6)
    assert shown.text("words").startswith("72 numbers")
    shown.control("zoom out to 2 %").press("End")
    assert shown.shape("A part of a picture") == (200, 300)
    assert shown.text("words").startswith("All 180000 numbers")


@pytest.mark.parametrize("share", [3, 28, 53, 99])
def test_the_way_out_keeps_its_room(show, share):
    shown = show(explore.zoom_out("cat"))
    width = shown.reads(shown.canvas("A part of a picture").bounding_box)["width"]
    before = width.now
    shown.receive(share=share)
    assert width.holds(lambda now: abs(now - before) < 2)
    assert shown.shape("A part of a picture") == (2 * share, 3 * share)


# -------------------------------------------------------------------------------------------- pen and numbers


def test_the_pen_starts_with_a_number_that_shows_on_black_and_on_white(show):
    shown = show(explore.digit())
    shown.press(PICTURE, "Control+Home", "Space", "ArrowRight", "ArrowDown", "Space")
    assert shown.numbers("picture")[0, 0] == 128
    assert shown.numbers("picture")[1, 1] == 128


def test_a_grid_of_whole_numbers_says_that_it_takes_no_other(show):
    shown = show(explore.digit())
    shown.press("The numbers", "Control+Home", "Enter")
    shown.page.keyboard.type("12.5")
    shown.page.keyboard.press("Enter")
    assert shown.text("says") == "“12.5” is not a whole number; the cell keeps 255"
    assert shown.numbers("picture")[0, 0] == 255


# ------------------------------------------------------------------------------------------------- how it looks


@pytest.mark.parametrize("dark", [False, True])
def test_a_picture_lies_on_a_mat_and_plain_numbers_do_not(show, dark):
    shown = show(explore.digit(), dark=dark)
    assert "0px 0px 0px 5px" in shown.reads(shown.canvas(PICTURE).evaluate, SHADOW)
    assert "0px 0px 0px 1px" in shown.reads(shown.canvas("The numbers").evaluate, SHADOW)


def test_the_sliders_of_red_green_and_blue_are_tinted(show):
    shown = show(explore.one_pixel())
    labels = ["red 255", "green 127", "blue 0", "alpha 255"]
    assert eventually(lambda: len({shown.control(label).evaluate(ACCENT) for label in labels})) == 4


def test_a_hue_is_drawn_in_its_color(show):
    pure = np.array([[[255, 0, 0], [0, 255, 0], [0, 0, 255]]], np.uint8)
    shown = show(explore.color_spaces(pure))
    for column, color in enumerate(pure[0].tolist()):
        assert shown.color("Hue 0–360°", 0, column) == color


def test_the_sign_before_the_channels_holds_in_any_order(show):
    shown = show(explore.take_apart("coffee", swapped=True))
    assert shown.reads(shown.page.locator(".sign").inner_text) == "←"


# ------------------------------------------------------------------------------------------- what becomes of it


@pytest.mark.parametrize(
    ("value", "amount", "rule", "line"),
    [
        (200, 100, "wrap", "200 + 100 = 300, 300 − 256 = 44"),
        (20, -57, "wrap", "20 − 57 = −37, −37 + 256 = 219"),
        (18, 100, "wrap", "18 + 100 = 118"),
        (200, 100, "clip", "200 + 100 = 300, 300 is above 255: 255"),
        (20, -57, "clip", "20 − 57 = −37, −37 is below 0: 0"),
        (18, 100, "clip", "18 + 100 = 118"),
    ],
)
def test_what_is_done_to_a_number_that_is_stored_is_written_out(show, value, amount, rule, line):
    shown = show(explore.overflow(np.full((2, 3, 3), value, np.uint8), amount=amount, rule=rule))
    shown.hover("What is stored", 1, 1)
    assert shown.ledger() == [f"{name}: {line}" for name in "RGB"]
