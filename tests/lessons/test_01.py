"""The numbers that the notebooks' prose states."""

import numpy as np

from helpers import color, explore, images
from helpers.engine.pictures import LONGEST


def test_the_setup_list_of_lesson_00_finds_everything():
    assert explore.ready().all_there
    assert "Everything is there." in repr(explore.ready())


def test_lesson_00_says_how_large_an_own_picture_is():
    assert LONGEST == 400


def test_lesson_00_counts_the_squares_of_the_cat():
    values = explore.mosaic("cat", block=24).values
    assert values["squares"].shape == (9, 13, 3)
    assert 9 * 13 == 117
    assert 200 * 300 == 60_000


def test_lesson_01_adds_255_or_subtracts_1_with_the_same_outcome():
    every = np.arange(256, dtype=np.uint8).reshape(16, 16)
    plus, minus = (explore.overflow(every, amount=amount).result for amount in (255, -1))
    np.testing.assert_array_equal(plus, minus)


def test_lesson_01_draws_all_black_with_both_ends_above_the_picture():
    assert explore.display_range("cat", vmin=300, vmax=355).values["drawn"].max() == 0


def test_lesson_01_says_how_many_numbers_are_in_the_cat():
    cat = images.load("cat")
    assert cat.shape == (200, 300, 3)
    assert cat.size == 180_000


def test_lesson_01_says_how_many_colors_there_are():
    assert 2**8 == 256
    assert 256**3 == 16_777_216


def test_lesson_01_mixes_a_fifth_of_red_with_white():
    fifth_red = np.array([[[255, 0, 0, 51]]], dtype=np.uint8)
    assert 51 / 255 == 1 / 5
    assert color.composite(fifth_red, [255, 255, 255]).tolist() == [[[255, 204, 204]]]


def test_lesson_01_grays_of_pure_colors():
    pure = np.array([[[255, 0, 0], [0, 255, 0], [0, 0, 255]]])
    assert color.to_gray(pure).round().tolist() == [[76, 150, 29]]
    assert color.to_gray(pure, color.MEAN).round().tolist() == [[85, 85, 85]]
    assert round(sum(color.REC601), 9) == 1


def test_lesson_01_wraps_200_plus_100():
    assert (np.array([200], dtype=np.uint8) + np.array([100], dtype=np.uint8)).tolist() == [44]
    assert 300 - 256 == 44


def test_lesson_01_reaches_0_6_and_9_from_the_8_with_one_number():
    from helpers.lessons.lesson_01.explorables import DIGITS, digit_array

    reached = [name for name in DIGITS if (digit_array(name) != digit_array("8")).sum() == 1]
    assert reached == ["0", "6", "9"]
