"""Lesson 06: what its explorables show and say."""

import itertools
import json
from pathlib import Path

import numpy as np
import pytest

from helpers import explore, images
from helpers.convolution import conv2d, convolve2d
from helpers.exercises.judging import judge
from helpers.exercises.lesson import find
from helpers.exercises.verdict import CORRECT, NOT_YET
from helpers.lessons.lesson_06 import exercises
from helpers.lessons.lesson_06.questions import QUIZ
from helpers.pooling import avg_pool2d, max_pool2d
from helpers.sizes import output_size

NOTEBOOK = Path(__file__).resolve().parents[2] / "notebooks" / "06_pooling.ipynb"
PROSE = " ".join("".join(cell["source"]) for cell in json.loads(NOTEBOOK.read_text("utf8"))["cells"])
AGREES = "your function agrees in every cell"


def answer(name):
    """Return the right answer of a prediction or a question of the quiz."""
    return next((one.answer for one in QUIZ if one.name == name), None) or find("predictions", name)[1].answer


def share(array):
    """Return how much of a picture is white."""
    return array.mean() / 255


@pytest.mark.parametrize(("kernel_size", "stride"), list(itertools.product(range(1, 5), repeat=2)))
def test_average_pooling_is_a_convolution(kernel_size, stride):
    assert np.abs(explore.mean_is_a_kernel(kernel_size=kernel_size, stride=stride).result).max() < 1e-3


def test_the_example_is_found_where_the_winners_stand_apart():
    assert explore.max_of_sum().message.startswith("They agree here")
    apart = explore.max_of_sum(second=[[5, 1], [2, 0]])
    assert (apart.values["added"].item(), apart.values["of_sum"].item()) == (14, 9)
    assert apart.message.startswith("Found: the two are 5 apart")


@pytest.mark.parametrize("rounds", [1, 2, 3])
def test_the_sentence_on_stripes_is_true(rounds):
    for width, gap in itertools.product(range(1, 8), repeat=2):
        stage = explore.stripes(rounds=rounds, width=width, gap=gap)
        grown = {name: share(stage.values[f"{name}_left"]) > share(stage.values[name]) for name in ("white", "black")}
        assert ("No window saw both" in stage.message) == (not any(grown.values())), (width, gap)
        assert ("keep their share" in stage.message) <= (sum(grown.values()) == 1)


def test_black_stripes_of_3_are_gone_after_two_rounds():
    assert share(explore.stripes(rounds=1).values["black_left"]) == 0.75
    assert explore.stripes(rounds=2).message.startswith("The black stripes are gone")
    assert explore.stripes(rounds=3).message.startswith("Both are white all over")


@pytest.mark.parametrize("move", [1, 2, 3, 4])
def test_pooling_changes_less_than_a_stride_when_the_cat_moves_but_it_does_change(move):
    values = explore.shift_test("cat", move=move).values
    changed = [values[name].sum() for name in ("largest", "mean", "taken")]
    assert 0 < max(changed[:2]) < changed[2]


def test_of_edges_moved_far_max_pooling_changes_most():
    values = explore.shift_test("cat", what="edges", move=4).values
    assert values["largest"].sum() > values["taken"].sum() > values["mean"].sum()


@pytest.mark.parametrize("make", [explore.pool, explore.pool_it])
def test_the_learners_own_functions_are_called_with_image_size_and_stride(make):
    def own_max(image, size, stride):
        return max_pool2d(image, size, stride)

    def own_mean(image, size, stride):
        return avg_pool2d(image, size, stride) + 1

    steps = make(max_pool=own_max, avg_pool=own_mean).own["steps"]
    assert steps["largest"]["message"] == AGREES
    assert "cells differ" in steps["mean"]["message"]


# --- 1: pool it


def test_the_largest_of_numbers_below_0_is_kept_as_it_is():
    assert max_pool2d([[-8, -3], [-5, -12]], 2).item() == answer("below_zero") == -3
    assert avg_pool2d([[-8, -3], [-5, -12]], 2).item() == -7


def test_windows_that_overlap_share_a_row_and_a_column():
    image = np.zeros((7, 6))
    image[2, 2] = 9
    assert (max_pool2d(image, 3, 2) == 9).sum() == 4
    image[2, 2], image[2, 1] = 0, 9
    assert (max_pool2d(image, 3, 2) == 9).sum() == 2


def test_a_window_of_one_number_has_nothing_to_choose_from():
    values = explore.pool_it("cat", kernel_size=1, stride=3).values
    assert values["largest"].shape == (3, 2)
    assert "there are 3 rows of 2 windows" in PROSE
    np.testing.assert_array_equal(values["largest"], values["mean"])
    np.testing.assert_array_equal(values["largest"], values["taken"])


def test_only_the_mean_hears_of_a_small_change_to_a_number_that_is_no_winner():
    image = np.array([[1, 2], [3, 9]])
    changed = image + [[1, 0], [0, 0]]
    assert max_pool2d(image, 2) == max_pool2d(changed, 2)
    assert avg_pool2d(image, 2) != avg_pool2d(changed, 2)


def test_a_ring_makes_means_at_the_rim_smaller_and_no_maximum():
    image = np.random.default_rng(1).integers(1, 256, (7, 6))
    for row, column in [(0, 1), (1, 0), (0, 0)]:
        window = image[max(0, 2 * row - 1) : 2 * row + 1, max(0, 2 * column - 1) : 2 * column + 1]
        assert max_pool2d(image, 2, 2, 1)[row, column] == window.max()
        assert avg_pool2d(image, 2, 2, 1)[row, column] < window.mean()


# --- 2: channel by channel


def test_one_of_16_numbers_is_left_in_three_channels():
    stage = explore.one_by_one("cat")
    assert stage.values["rgb"].shape == (200, 300, 3)
    assert stage.result.shape == (50, 75, 3)
    assert stage.result.size == answer("pooled_channels") == 50 * 75 * 3 == 200 * 300 * 3 // 16


@pytest.mark.parametrize("kernel_size", [1, 4, 24])
def test_no_channel_sees_another_and_the_largest_is_nowhere_darker(kernel_size):
    largest, mean = (explore.one_by_one("cat", how=how, kernel_size=kernel_size).result for how in ("max", "mean"))
    photo = explore.one_by_one("cat").values["rgb"]
    for channel in range(3):
        alone = max_pool2d(photo[:, :, channel], kernel_size)
        np.testing.assert_array_equal(largest[:, :, channel], alone)
    assert (largest >= mean - 1e-3).all()


# --- 3: stripes


def test_the_mean_keeps_the_share_of_white():
    for rounds in range(4):
        values = explore.stripes(how="mean", rounds=rounds).values
        assert share(values["white_left"]) == 3 / 8
        assert share(values["black_left"]) == 5 / 8


def test_stripes_of_4_only_get_smaller_in_two_rounds():
    stage = explore.stripes(width=4, gap=4, rounds=2)
    assert "No window saw both colors" in stage.message
    assert share(stage.result) == 0.5


def test_a_thin_black_line_is_gone_with_the_largest_and_gray_with_the_mean():
    page = np.full((16, 16), 255.0)
    page[:, 5] = 0
    assert max_pool2d(page, 2).min() == 255
    assert avg_pool2d(avg_pool2d(page, 2), 2).min() < 255


# --- 4: what if it moves

COUNTED = {(1, "gray"): (277, 275), (4, "gray"): (1380, 1493), (4, "edges"): (2318, 1612)}


@pytest.mark.parametrize(("move", "what"), COUNTED)
def test_so_many_outputs_change(move, what):
    values = explore.shift_test("cat", move=move, what=what).values
    assert (values["largest"].sum(), values["mean"].sum()) == COUNTED[move, what]
    assert values["largest"].size == 3750


def test_the_shift_tests_numbers_stand_in_the_prose():
    values = explore.shift_test("cat", move=4, what="edges").values
    assert values["taken"].sum() == 1779
    for number in (277, 275, 1380, 2318, 1779, 3750):
        assert str(number) in PROSE
    one = explore.shift_test("cat", move=1).values
    assert one["taken"].sum() > 2 * max(one["largest"].sum(), one["mean"].sum())
    assert one["largest"].sum() < 375


def test_moved_by_one_pooling_of_edges_still_changes_less_than_a_stride():
    values = explore.shift_test("cat", move=1, what="edges").values
    assert values["largest"].sum() < values["taken"].sum()


def test_moved_by_a_window_each_output_is_what_its_left_neighbor_was():
    values = explore.shift_test("cat", move=4).values
    np.testing.assert_array_equal(values["largest_after"][:, 1:], values["largest_before"][:, :-1])


# --- 5: the mean is a kernel


def test_nine_numbers_share_and_each_weighs_a_ninth():
    stage = explore.mean_is_a_kernel("cat", kernel_size=3)
    np.testing.assert_allclose(stage.values["kernel"], np.full((3, 3), 1 / 9))


def test_the_example_of_the_prose_is_one():
    assert max_pool2d([[1, 2], [3, 9]], 2).item() + max_pool2d([[5, 1], [2, 0]], 2).item() == 14
    assert max_pool2d([[6, 3], [5, 9]], 2).item() == 9


def test_the_learners_filters_do_average_pooling():
    photo = images.load("cat")[:, :, :3].astype(np.float32)
    weights = exercises.pooling_filters(3, 3)
    np.testing.assert_allclose(conv2d(photo, weights, stride=2), avg_pool2d(photo, 3, 2), atol=1e-2)


def test_a_stride_alone_is_a_kernel_too():
    image = np.random.default_rng(2).integers(-9, 10, (7, 5))
    kernel = np.zeros((2, 2))
    kernel[0, 0] = 1
    np.testing.assert_array_equal(convolve2d(image, kernel, stride=3), image[::3, ::3][:2, :2])


# --- scale and shift


def test_only_map_0_is_scaled_and_shifted():
    values = explore.normalize("cat", scale=0.5, shift=-300).values
    np.testing.assert_allclose(values["normalized"][..., 0], values["maps"][..., 0] / 2 - 300, atol=1e-2)
    np.testing.assert_array_equal(values["normalized"][..., 1], values["maps"][..., 1])


def test_a_shift_decides_how_much_must_be_there():
    values = explore.normalize("cat", shift=-300).values
    kept = values["kept"][..., 0] > 0
    assert kept.any()
    np.testing.assert_array_equal(kept, values["maps"][..., 0] > 300)


def test_scaled_by_0_a_map_says_nothing():
    assert (explore.normalize("cat", scale=0, shift=100).values["kept"][..., 0] == 100).all()


# --- exercises and quiz


def test_the_quiz_counts_as_the_course_does():
    assert next(one.answer for one in QUIZ if one.name == "pooling_learns") == 0
    assert answer("how_many_left") == max_pool2d(np.zeros((8, 9, 4)), 3, 2).size == 48
    assert (output_size(8, 3, stride=2), output_size(9, 3, stride=2)) == (3, 4)


def test_the_exercises_pool_as_the_course_does():
    for image, size, stride in exercises.CASES:
        np.testing.assert_allclose(exercises.max_pool2d(image, size, stride), max_pool2d(image, size, stride))
        np.testing.assert_allclose(
            exercises.avg_pool2d(image, size, stride), avg_pool2d(image, size, stride), rtol=1e-5
        )


def test_the_exercises_pool_as_scikit_image_does():
    measure = pytest.importorskip("skimage.measure")
    image = np.random.default_rng(3).integers(-99, 100, (6, 9, 2))
    for function, reduce in ((exercises.max_pool2d, np.max), (exercises.avg_pool2d, np.mean)):
        np.testing.assert_allclose(function(image, 3, 3), measure.block_reduce(image, (3, 3, 1), reduce))


@pytest.mark.parametrize("exercise", exercises.EXERCISES, ids=lambda one: one.name)
def test_there_are_ten_slips_and_five_right_ways(exercise):
    assert len(exercise.slips) >= 10
    assert len(exercise.ways) >= 5


def test_the_hunted_bug_never_shows_on_a_photo():
    for row in images.load("cat")[:, :, 0]:
        np.testing.assert_array_equal(exercises.larger_of_pairs(row), exercises.larger_of_each_pair(row))
    assert judge(exercises.LARGER, [3, 9, 4, 1]).outcome == NOT_YET
    assert judge(exercises.LARGER, [-3, -9]).outcome == CORRECT


def test_an_own_function_may_take_a_picture_with_one_channel_or_three():
    for make in (explore.pool_it, explore.pool):
        own = make("cat", max_pool=exercises.max_pool2d, avg_pool=exercises.avg_pool2d).own["steps"]
        assert {step["message"] for step in own.values()} == {AGREES}


def test_an_own_function_that_pools_channels_together_is_crossed_out():
    def together(image, size, stride):
        result = exercises.max_pool2d(image, size, stride)
        return np.repeat(result.max(axis=2, keepdims=True), image.shape[2], axis=2)

    own = explore.pool("cat", max_pool=together).own["steps"]["largest"]
    assert "cells differ from the course's" in own["message"]


def test_an_own_function_that_returns_nothing_is_told_so():
    own = explore.pool_it("cat", max_pool=lambda image, size, stride: None).own["steps"]["largest"]
    assert own["message"] == "your function returns nothing yet; what you see is the course's"
