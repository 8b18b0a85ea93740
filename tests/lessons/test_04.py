"""Lesson 04: the numbers that its prose states, and the sentences of its explorables."""

import numpy as np
import pytest

from helpers import explore, images
from helpers.color import to_gray
from helpers.convolution import convolve2d
from helpers.exercises.judging import judge
from helpers.exercises.lesson import find
from helpers.exercises.verdict import CORRECT
from helpers.kernels import box
from helpers.lessons.lesson_04.exercises import (
    DRILLS,
    EIGHT,
    MADE,
    SEVEN_THREE,
    counted_starts,
    strided_convolve2d,
)
from helpers.lessons.lesson_04.questions import QUIZ
from helpers.sizes import covered, output_size


def test_stride_2_leaves_about_a_quarter():
    stage = explore.stride()
    assert stage.values["feature_map"].size / stage.values["gray"].size == pytest.approx(0.25, abs=0.01)


def test_8_pixels_and_a_window_of_3():
    stones = explore.stepping_stones()
    assert stones.values["possible"].max() == 8 - 3 == 5
    assert stones.result.tolist() == [[0, 2, 4]]
    assert output_size(8, 3, stride=2) == 5 // 2 + 1 == find("predictions", "stones")[1].answer == 3


def test_one_more_pixel_and_another_one():
    sizes = [output_size(size, 3, stride=2) for size in (8, 9, 10)]
    assert sizes == [3, 4, 4]


def test_stride_1_loses_nothing_and_a_setting_loses_four():
    lost = {(size - f) % s for size in range(1, 17) for f in range(1, 8) for s in range(1, 6) if f <= size}
    assert 4 in lost
    assert all((size - f) % 1 == 0 for size in range(1, 17) for f in range(1, 8))


def test_8_rows_and_11_columns_become_3_rows_of_5():
    window = explore.stride_window()
    assert window.result.shape == (3, 5)
    window.stride = 1
    assert window.result.shape == (6, 9)
    assert find("predictions", "both")[1].answer == 3 * 5


def test_a_dilation_of_2_stretches_3_over_5():
    assert covered(3, dilation=2) == 2 * (3 - 1) + 1 == 5


def test_some_window_does_not_fit_and_the_sentence_says_what_to_do():
    window = explore.stride_window(kernel_size=7, dilation=3)
    assert window.result is None
    assert "add at least" in window.message


@pytest.mark.parametrize("stride", range(1, 6))
@pytest.mark.parametrize("kernel_size", [1, 3, 7])
def test_the_two_ways_are_equal_to_the_last_digit(stride, kernel_size):
    assert not explore.every_second(stride=stride, kernel_size=kernel_size).result.any()


def test_every_second_column_of_the_finest_stripes_is_white():
    assert set(explore.aliasing().result.ravel()) == {255}


def test_stripes_5_apart_at_step_4_become_wider_than_they_were():
    stage = explore.aliasing(period=5, every=4)
    row = stage.result[0]
    changes = np.flatnonzero(np.diff(row)) + 1
    assert set(np.diff(changes[::2]) * 4) == {20}  # a stripe and its gap, in pixels of the source
    blurred = explore.aliasing(period=5, every=4, blurred=True).result
    assert np.ptp(blurred[:, 3:-3]) < 0.3 * np.ptp(row)


def test_the_drills_are_eight_and_half_of_them_leave_a_rest():
    rests = [(n + 2 * p - f) % s for n, f, s, p in DRILLS]
    assert len(rests) == 8
    assert sum(rest > 0 for rest in rests) == 4
    assert [output_size(n, f, s, p) for n, f, s, p in DRILLS] == EIGHT
    assert len({tuple(made) for made in MADE.values()}) == len(MADE)


def test_a_single_wrong_size_is_told_by_its_place():
    verdict = judge(find("exercises", "eight_sizes")[1], [*EIGHT[:4], EIGHT[4] + 7, *EIGHT[5:]])
    assert verdict.says.startswith("7 of 8 are right. The first to look at again is number 5: ")


def test_some_sizes_rounded_up_are_recognized_among_right_ones():
    mixed = [*MADE["ceil for floor"][:5], *EIGHT[5:]]
    assert judge(find("exercises", "eight_sizes")[1], mixed).diagnosis == "ceil for floor"


def test_seven_becomes_three_in_four_ways():
    counted = {(f, s) for f in range(1, 8) for s in range(1, 20) if output_size(7, f, s) == 3}
    assert counted == SEVEN_THREE
    assert len(counted) == 4
    assert [output_size(7, f, s) for f, s in ((7, 1), (6, 2))] == [1, 1]


@pytest.mark.parametrize(
    ("pairs", "says"),
    [
        ([(5, 1)], "What you have gives 3 (1 so far), but there is more."),
        ([(5, 1), (7, 1)], "1 of your 2 pairs give 3, the others do not."),
        ([], "Write pairs"),
        (5, "Write pairs"),
        ({(3, 2), (7,)}, "The rows of your result have different lengths."),
    ],
)
def test_seven_becomes_three_tells_how_far_it_is(pairs, says):
    assert judge(find("exercises", "seven_three")[1], pairs).says.startswith(says)


def test_the_bug_is_exposed_exactly_where_nothing_is_left_over():
    hunt = find("exercises", "count_starts")[1]
    for pixels in range(1, 13):
        for kernel_size in range(1, pixels + 1):
            for stride in range(1, 6):
                right = judge(hunt, [pixels, kernel_size, stride]).outcome == CORRECT
                assert right == ((pixels - kernel_size) % stride == 0)
                assert counted_starts((pixels, kernel_size, stride)) == output_size(pixels, kernel_size, stride)


def test_the_quiz_counts_as_the_course_does():
    asked = {one.name: one for one in QUIZ}
    assert asked["size_with_remainder"].answer == output_size(19, 5, stride=3)
    assert output_size(224, 7, stride=2, padding=3) == 112 == 111 + 1
    assert (224 + 6 - 7) / 2 == 111.5


def test_the_cat_in_blocks_of_three():
    gray = to_gray(images.load("cat"))
    assert gray.shape[0] % 3 == 2
    assert convolve2d(gray, box(3), stride=3).shape == (66, 100)
    measure = pytest.importorskip("skimage.measure", reason="scikit-image is not installed here")
    blocks = measure.block_reduce(gray, (3, 3), np.mean)
    assert blocks.shape == (67, 100)
    assert (blocks[-1] < gray[-2:].reshape(2, 100, 3).mean(axis=(0, 2))).all()


# --- what the explorables say ----------------------------------------------------------------------


@pytest.mark.parametrize("make", [explore.stride, explore.stride_window])
def test_the_learners_own_function_is_called_with_what_the_exercise_gives_it(make):
    stage = make(convolve=strided_convolve2d)
    assert stage.own["steps"]["feature_map"]["message"] == "your function agrees in every cell"
    assert {"padding", "dilation"}.isdisjoint(stage.state)
    stage.stride, stage.kernel_size = 3, 5
    assert stage.own["steps"]["feature_map"]["message"] == "your function agrees in every cell"


def test_a_stub_is_told_and_a_wrong_function_is_marked():
    def stub(image, kernel, stride):
        return ...

    def wrong(image, kernel, stride):
        return strided_convolve2d(image, kernel, stride) + 1

    assert "your function returns nothing yet" in explore.stride(convolve=stub).own["steps"]["feature_map"]["message"]
    assert "cells differ" in explore.stride(convolve=wrong).own["steps"]["feature_map"]["message"]


@pytest.mark.parametrize(
    ("state", "says"),
    [
        ({}, "Of 60000 numbers, 14751 are left."),
        ({"kernel_size": 1, "stride": 1}, "60000 numbers went in, and as many came out."),
        ({"kernel_size": 3, "stride": 1, "padding": 5}, "padding made room for more windows"),
    ],
)
def test_the_sentence_on_how_many_are_left_is_true_at_both_ends(state, says):
    assert says in explore.stride(**state).message


@pytest.mark.parametrize(
    ("state", "says"),
    [
        ({}, "Only one gray is left: 255."),
        ({"every": 1}, "Step 1 keeps every pixel."),
        ({"period": 3, "blurred": True}, "Blurred first"),
        ({"period": 3}, "3 pixels wide, a step is 2"),
        ({"what": "picture"}, "jagged lines"),
    ],
)
def test_the_sentence_on_stripes_fits_the_setting(state, says):
    assert says in explore.aliasing(**state).message


def test_titles_say_every_second_in_words():
    titles = [panel["title"] for panel in explore.every_second().spec["panels"]]
    assert titles[1][:2] == [
        ["stride == 1", "Stride 1, then every pixel"],
        ["stride == 2", "Stride 1, then every second pixel"],
    ]
    assert len(titles[1]) >= 5
    assert len(explore.aliasing().spec["panels"][1]["title"]) >= 6
