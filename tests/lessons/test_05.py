"""Lesson 05: the numbers that its prose states, and the sentences of its explorables."""

import itertools
import json
from pathlib import Path

import numpy as np
import pytest

from helpers import explore, images
from helpers.color import REC601
from helpers.convolution import conv2d, depthwise2d
from helpers.exercises.judging import judge
from helpers.exercises.lesson import find
from helpers.exercises.verdict import CORRECT
from helpers.kernels import filter_bank
from helpers.lessons.lesson_05 import exercises
from helpers.lessons.lesson_05.questions import QUIZ
from helpers.positions import coverage
from helpers.sizes import layer_costs, output_size

NOTEBOOK = Path(__file__).resolve().parents[2] / "notebooks" / "05_channels_and_filters.ipynb"
PROSE = " ".join("".join(cell["source"]) for cell in json.loads(NOTEBOOK.read_text("utf8"))["cells"])
AGREES = "your function agrees in every cell"


def answer(name):
    """Return the right answer of a prediction or a question of the quiz."""
    return next((one.answer for one in QUIZ if one.name == name), None) or find("predictions", name)[1].answer


# --- 1: 27 products, one number


def test_one_filter_makes_16_numbers_of_27_products_each():
    stage = explore.all_channels("cat")
    assert stage.values["picture"].shape == (6, 6, 3)
    assert stage.values["filter"].size == 27 == 3 * 9
    assert stage.result.shape == (4, 4, 1)
    assert stage.result.size == answer("one_filter") == 16


def test_add_is_the_layer_and_the_other_two_are_not():
    stages = {how: explore.all_channels("cat", combine=how) for how in ("add", "average", "apart")}
    values = stages["add"].values
    apart = depthwise2d(values["picture"], values["filter"])
    np.testing.assert_allclose(stages["add"].result[..., 0], apart.sum(axis=2) + 10, atol=1e-3)
    np.testing.assert_allclose(stages["average"].result[..., 0], apart.mean(axis=2) + 10, atol=1e-3)
    np.testing.assert_array_equal(stages["apart"].result, apart)
    assert [("this is the layer" in stage.message) for stage in stages.values()] == [True, False, False]


def test_a_pixel_in_the_middle_feeds_nine_numbers_and_one_in_the_corner_a_single_one():
    reads = coverage(np.zeros((6, 6)), 3)
    assert (reads[2:4, 2:4] == 9).all()
    assert reads[0, 0] == 1


def test_a_bias_within_reach_lifts_the_cats_map_above_0():
    assert explore.all_channels("cat").result.min() < 0
    assert explore.all_channels("cat", bias=500).result.min() >= 0


# --- 2: one map for each filter


@pytest.mark.parametrize("count", [1, 2, 3, 16])
def test_there_are_as_many_maps_as_filters(count):
    stage = explore.filters("cat", count=count)
    assert stage.values["filters"].shape == (3, 3, 3, count)
    assert stage.result.shape == (4, 4, count)
    assert stage.message.startswith(f"{count} filter")


def test_two_filters_make_two_maps_of_vertical_and_horizontal_edges():
    assert answer("depth") == explore.filters("cat").result.shape[2] == 2
    upright, level = (filter_bank()[..., k] for k in range(2))
    assert (upright.sum(axis=0) == [[4] * 3, [0] * 3, [-4] * 3]).all()
    assert (level == upright.transpose(1, 0, 2)).all()


def test_filters_5_6_and_7_read_one_channel_each():
    reads = np.abs(filter_bank()).sum(axis=(0, 1)) > 0
    assert [np.flatnonzero(reads[:, k]).tolist() for k in (5, 6, 7)] == [[0], [1], [2]]


def test_maps_12_to_15_are_0_on_gray_and_no_others_for_sure():
    gray = np.repeat(np.random.default_rng(1).integers(0, 256, (7, 7, 1)), 3, axis=2)
    nothing = np.abs(conv2d(gray, filter_bank())).max(axis=(0, 1)) < 1e-2
    assert np.flatnonzero(nothing).tolist() == [12, 13, 14, 15]


def test_the_maps_of_three_filters_are_not_called_red_green_and_blue():
    panels = {one["show"]: one for one in explore.filters("cat").spec["panels"]}
    assert panels["maps"]["letters"] == []
    assert panels["filters"]["beside"] == "maps"


def test_filters_look_at_the_whole_picture_in_color():
    stage = explore.filters_on_photo("cat", count=16)
    assert stage.values["rgb"].shape == (200, 300, 3)
    assert stage.result.shape == (198, 298, 16)


# --- 3: 1 x 1


def test_gray_is_a_filter_of_1_by_1():
    stage = explore.mixer("cat")
    assert [0.299, 0.587, 0.114] == list(REC601)
    np.testing.assert_allclose(stage.result[..., 0], stage.values["rgb"] @ REC601, atol=1e-2)
    assert sum(REC601) == pytest.approx(1)


def test_red_minus_green_is_0_on_white_and_on_every_gray():
    grays = np.repeat(np.arange(256)[:, np.newaxis, np.newaxis], 3, axis=2)
    assert not explore.mixer(grays, mix="minus").result.any()
    assert find("predictions", "white")[1].happens.startswith("0: 255·1 + 255·−1 + 255·0")


def test_sepia_takes_three_filters():
    assert explore.mixer("cat", mix="sepia").result.shape == (200, 300, 3)


def test_the_sliders_begin_with_weights_that_add_up_to_0():
    stage = explore.mixer("cat", mix="own")
    assert (stage.red, stage.green, stage.blue) == (1, 0.5, -1.5)
    assert stage.red + stage.green + stage.blue == 0


# --- 4: how many numbers


def test_the_numbers_at_6_and_at_224():
    small, large = layer_costs(6, 3, 3, 2), layer_costs(224, 3, 3, 2)
    assert small.tolist() == [56, 3488, 864, 3456]
    assert large[0] == answer("grows") == 56
    assert round(small[1] / small[0]) == 62
    assert round(large[1] / large[0] / 1e6) == 265
    assert [round(large[1] / 1e9, 1), round(large[2] / 1e6, 2)] == [14.8, 2.66]
    assert 8 < np.log10(large[1] / large[0]) < 9
    assert large[1] / large[0] > 2e8
    assert 2 * output_size(224, 3) ** 2 == 98568


def test_twice_the_filters_make_twice_the_parameters_and_twice_the_channels_do_not():
    assert layer_costs(6, 3, 3, 4)[0] == 2 * layer_costs(6, 3, 3, 2)[0] == 112
    assert [layer_costs(6, channels, 3, 2)[0] for channels in (1, 2)] == [20, 38]


def test_costs_are_those_of_real_layers():
    for size, channels, kernel_size, filters in itertools.product((5, 8), (1, 3), (1, 3), (1, 4)):
        image, weights = np.zeros((size, size, channels)), np.zeros((kernel_size, kernel_size, channels, filters))
        outputs = conv2d(image, weights).size
        costs = layer_costs(size, channels, kernel_size, filters)
        assert costs[0] == weights.size + filters
        assert costs[1] == image.size * outputs + outputs
        assert costs[2] == outputs * weights[..., 0].size
        assert costs[3] == image.size * outputs


def test_lines_say_large_numbers_in_words():
    stage = explore.how_many_numbers(size=224)
    assert stage.message.startswith("A common size for photos. The filters do not know: they have 56 numbers")


# --- 5: the shape


@pytest.mark.parametrize("padding", range(3))
@pytest.mark.parametrize("stride", range(1, 4))
@pytest.mark.parametrize(("size", "channels", "kernel_size", "filters"), [(6, 3, 3, 2), (9, 4, 5, 8), (7, 1, 2, 1)])
def test_the_formula_holds_for_every_padding_and_stride(padding, stride, size, channels, kernel_size, filters):
    stage = explore.volume(
        "cat", size=size, channels=channels, kernel_size=kernel_size, filters=filters, padding=padding, stride=stride
    )
    side = (size + 2 * padding - kernel_size) // stride + 1
    assert stage.values["weights"].shape == (kernel_size, kernel_size, channels, filters)
    assert stage.result.shape == (side, side, filters)


def test_the_answers_on_shapes():
    assert explore.volume("cat").result.shape == (4, 4, 2)
    assert explore.volume("cat", padding=1).result.shape == (6, 6, 2)
    assert [explore.volume("cat", stride=stride).result.shape[0] for stride in (2, 3)] == [2, 2]
    assert [explore.volume("cat", size=3, kernel_size=size).result for size in (4, 5)] == [None, None]


# --- exercises and quiz


def test_the_quiz_counts_as_the_course_does():
    assert answer("rgb_in") == conv2d(np.zeros((5, 5, 3)), np.zeros((3, 3, 3, 8))).shape[2] == 8
    assert answer("its_parameters") == layer_costs(9, 8, 3, 5)[0] == 365
    assert conv2d(np.zeros((5, 5, 8)), np.zeros((3, 3, 8, 5))).shape == (3, 3, 5)


def test_the_exercises_count_and_compute_as_the_course_does():
    for arguments in exercises.PARAMETERS.cases:
        assert exercises.count_parameters(*arguments) == layer_costs(9, arguments[1], arguments[0], arguments[2])[0]
    for image, weights, *rest in exercises.LAYER.cases:
        np.testing.assert_allclose(
            exercises.conv2d(image, weights, *rest), conv2d(image, weights, *rest), rtol=1e-5, atol=1e-3
        )


@pytest.mark.parametrize("exercise", exercises.EXERCISES, ids=lambda one: one.name)
def test_there_are_ten_slips_and_five_right_ways(exercise):
    assert len(exercise.slips) >= 10
    assert len(exercise.ways) >= 5


def test_the_filter_fires_on_one_pair_of_64_as_a_convolution_too():
    weights = np.array([[1, -1, -1], [-1, 1, -1]], float).reshape(1, 2, 3, 1)
    colors = exercises.COLORS
    assert len(exercises.PAIRS) == 64
    for pair in exercises.PAIRS:
        pixels = np.array([[colors[name] for name in pair]], float)
        fires = conv2d(pixels, weights, bias=[-300]).item() > 0
        assert fires == (pair == ("red", "green"))


def test_what_fires_too_often_hears_on_which_pair():
    verdict = judge(exercises.RED_GREEN, [[1, 0, -1], [-1, 1, -1]])
    assert verdict.says.endswith("See `yellow, green`.")


@pytest.mark.parametrize("pair", [("red", "green"), ("green", "blue"), ("white", "white")])
def test_the_bug_is_hidden_by_the_pairs_that_were_tried(pair):
    pixels = np.array([exercises.COLORS[name] for name in pair])
    assert exercises.color_edge(pixels) == exercises.color_edge_added(pixels) == 0
    assert judge(exercises.COLOR_EDGE, pixels).outcome != CORRECT


# --- the learner's own function


@pytest.mark.parametrize("make", [explore.all_channels, explore.filters_on_photo])
def test_the_learners_own_layer_is_called_as_in_the_exercise(make):
    stage = make("cat", convolve=exercises.conv2d)
    assert stage.own["steps"]["maps"]["message"] == AGREES
    stage.stride, stage.padding = 3, 2
    assert stage.own["steps"]["maps"]["message"] == AGREES


def test_a_cell_that_differs_is_told_with_its_map():
    def wrong(image, weights, bias, stride, padding):
        maps = conv2d(image, weights, bias, stride, padding)
        maps[4, 7, 1] += 1000
        return maps

    says = explore.filters_on_photo("cat", convolve=wrong).own["steps"]["maps"]["message"]
    assert says.startswith("1 cell differs from the course's; the first is row 4, column 7, map 1: yours ")


def test_the_weights_and_shapes_of_the_last_cells():
    photo = images.load("cat")
    assert photo.shape[:2] == (200, 300)
    assert filter_bank().shape == (3, 3, 3, 16)
    assert "filters · (rows · columns · channels + 1)" in PROSE
