"""Lesson 04: the numbers that its prose states, and the sentences of its explorables."""

import itertools
import re

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
from helpers.positions import coverage
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


def test_14_pixels_a_window_of_5_and_stride_5_lose_four_at_the_end():
    stones = explore.stepping_stones(size=14, kernel_size=5, stride=5)
    assert stones.result.tolist() == [[0, 5]]
    assert stones.values["row"].max() - (5 + 5 - 1) == 4


def test_a_start_has_the_number_of_its_cell_whatever_the_padding():
    for padding in range(4):
        stones = explore.stepping_stones(padding=padding, stride=1)
        row, starts = stones.values["row"][0], stones.result[0].astype(int)
        assert (row[starts] == starts).all()


@pytest.mark.parametrize(("stride", "between"), [(2, False), (3, False), (4, True), (5, True)])
def test_from_stride_4_on_rows_between_windows_of_3_are_never_read(stride, between):
    unread = np.flatnonzero(coverage(np.zeros((200, 300)), 3, stride)[:, 0] == 0)
    assert (unread < 200 - stride).any() == between
    assert stride != 2 or len(unread) <= 1


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


def test_9_of_25_pixels_are_read_by_a_window_of_3_with_dilation_2():
    reads = explore.stride_window(kernel_size=3, dilation=2)
    assert covered(3, 2) == covered(5, 1) == 5
    assert reads.values["kernel"].size == 9


def test_the_padding_that_is_asked_for_can_be_set():
    window = explore.stride_window()
    (slider,) = [one for one in window.spec["controls"] if one["name"] == "padding"]
    for kernel_size, dilation in np.ndindex(7, 3):
        window.kernel_size, window.dilation, window.padding = kernel_size + 1, dilation + 1, 0
        if window.result is None:
            window.padding = int(re.search(r"at least (\d+) of padding", window.message)[1])
        assert window.padding <= slider["high"]
        assert window.result is not None


def test_padding_is_drawn_as_a_ring_around_the_piece():
    window = explore.stride_window(padding=2)
    (ringed, _) = window.spec["panels"]
    assert window.values[ringed["show"]].shape == (8 + 4, 11 + 4)
    assert {"kind": "ring", "width": "$padding"} in ringed["marks"]
    assert window.result.tolist() == convolve2d(window.image, box(3), stride=2, padding=2).tolist()


def test_what_no_window_reads_is_marked_on_the_first_screen():
    assert {"kind": "starts", "of": "feature_map"} in explore.stride().spec["panels"][0]["marks"]


def test_some_window_does_not_fit_and_the_sentence_says_what_to_do():
    window = explore.stride_window(kernel_size=7, dilation=3)
    assert window.result is None
    assert window.message.endswith("covers 19x19 and does not fit into a 8x11 image; add at least 6 of padding")


@pytest.mark.parametrize("stride", range(1, 6))
@pytest.mark.parametrize("kernel_size", [1, 3, 7])
def test_the_two_ways_are_equal_to_the_last_digit(stride, kernel_size):
    assert not explore.every_second(stride=stride, kernel_size=kernel_size).result.any()


def test_the_sums_that_each_way_takes_at_stride_3():
    ways = explore.every_second("cat", stride=3).values
    assert (ways["strided"].size, ways["full"].size) == (6600, 59004)


def stripes_in(row):
    """Count how often a row goes from black to white."""
    return int((np.diff(row) > 0).sum())


def test_aliasing_is_spoken_of_where_stripes_get_lost_and_nowhere_else():
    for period, every in itertools.product(range(2, 13), range(2, 7)):
        stage = explore.aliasing(period=period, every=every)
        before, kept = (stripes_in(stage.values[name][0]) for name in ("source", "kept"))
        assert ("aliasing" in stage.message) == (0 < kept < before), (period, every)
        assert kept in (0, before) or "aliasing" in stage.message


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
        ([(5, 1), (7, 1)], "1 of your 2 pairs give 3. The first that does not is"),
        ([(1, 5), (2, 3)], "Kernel sizes and strides are exchanged"),
        ([(1, 3), (2, 3)], "One of yours gives 3 only if half steps count as whole ones. The last window"),
        ([], "Write pairs"),
        (5, "Write pairs"),
        ({(3, 2), (7,)}, "The rows of your result have different lengths."),
    ],
)
def test_seven_becomes_three_tells_how_far_it_is(pairs, says):
    assert judge(find("exercises", "seven_three")[1], pairs).says.startswith(says)


@pytest.mark.parametrize(
    ("pairs", "which"),
    [
        ([(1, 3), (2, 3)], "(2, 3)"),
        ([(1, 3), (3, 2), (4, 1)], "(4, 1)"),
        ([(3, 2), (9, 1)], "(9, 1)"),
        ([(5, 1), (2.5, 2)], "(2.5, 2)"),
    ],
)
def test_one_of_yours_says_which(pairs, which):
    assert judge(find("exercises", "seven_three")[1], pairs).says.endswith(f"See `{which}`.")


def test_who_works_everything_out_is_not_praised_for_a_quarter_of_the_work():
    def everything(image, kernel, stride):
        return convolve2d(image, kernel)[::stride, ::stride]

    verdict = judge(find("exercises", "strided_convolve2d")[1], everything)
    assert verdict.outcome == CORRECT
    assert "If you work everything out and then keep every second number, it takes all of it." in verdict.says


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
