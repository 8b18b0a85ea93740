"""What lesson 03 states: the numbers of its prose, its predictions and its quiz, and what its explorables say."""

import inspect
import re

import numpy as np
import pytest

from helpers import convolution, explore
from helpers.convolution import MODES
from helpers.engine.wording import say
from helpers.exercises.lesson import find, lessons
from helpers.kernels import box
from helpers.lessons.lesson_03.exercises import SMOOTH, smooth, smoothed
from helpers.sizes import output_size, same_padding

QUIZ = {one.name: one for one in lessons()["03"].quiz}
RANDOM = np.random.default_rng(3)
MEAN = np.full((3, 3), 1 / 9)


# --- the prose -------------------------------------------------------------------------------------


def test_ten_layers_of_11_take_100_rows_off_the_cats_200():
    lesson = explore.ten_layers("cat", layers=10, kernel_size=11)
    assert lesson.values["gray"].shape == (200, 300)
    assert lesson.result.shape == (100, 200)


def test_a_small_picture_is_gone_before_the_last_layer():
    lesson = explore.ten_layers(RANDOM.integers(0, 256, (60, 90)), layers=10, kernel_size=11)
    assert lesson.result is None
    assert lesson.message


def test_a_corner_is_read_once_and_the_middle_nine_times():
    reads = explore.coverage().result
    assert reads.shape == (8, 10)
    assert (reads[0, 0], reads[4, 5], reads.max()) == (1, 9, 9)
    assert explore.coverage(padding=2).result.min() == 9


def test_no_pixel_is_read_25_times_by_a_window_of_5_but_20_times():
    assert output_size(8, 5) == 4
    assert explore.coverage(kernel_size=5).result.max() == 4 * 5 == 20


@pytest.mark.parametrize("kernel_size", [3, 5])
def test_one_less_than_the_kernel_is_the_least_padding_that_serves_all_alike(kernel_size):
    def alike(padding):
        reads = explore.coverage(kernel_size=kernel_size, padding=padding).result
        return reads.min() == reads.max()

    assert [alike(padding) for padding in range(kernel_size)] == [False] * (kernel_size - 1) + [True]


def test_for_a_kernel_of_7_no_padding_of_the_slider_is_enough():
    for padding in range(6):
        reads = explore.coverage(kernel_size=7, padding=padding).result
        assert reads.min() < reads.max()


def test_6_rows_with_padding_1_have_6_places_for_3_and_the_last_start_is_5():
    assert output_size(6, 3, padding=1) == 6
    assert 6 + 2 * 1 - 3 == 5


@pytest.mark.parametrize(("kernel_size", "padding"), [(3, 1), (5, 2), (7, 3)])
def test_same_chooses_half_of_what_the_kernel_takes(kernel_size, padding):
    assert same_padding(kernel_size) == padding == (kernel_size - 1) / 2


def test_a_window_of_7_does_not_fit_the_small_picture():
    lesson = explore.ring(kernel_size=7)
    assert lesson.result is None
    assert "does not fit" in lesson.message


@pytest.mark.parametrize(("padding", "rows"), [(0, -8), (4, 0), (8, 8)])
def test_a_blur_of_9_takes_8_rows_off_and_a_ring_of_8_gives_16(padding, rows):
    lesson = explore.ring_contents("cat", padding=padding)
    assert lesson.result.shape[0] - lesson.values["gray"].shape[0] == rows


def test_a_wall_of_180_becomes_120_at_the_border_and_80_in_the_corner():
    blurred = convolution.convolve2d(np.full((5, 6), 180), MEAN, padding=1).round()
    assert (blurred[2, 2], blurred[0, 2], blurred[0, 0]) == (180, 120, 80)


def test_the_quiz_asks_for_the_corner_of_another_wall():
    blurred = convolution.convolve2d(np.full((5, 6), 90), MEAN, padding=1)
    assert QUIZ["corner_of_a_wall"].answer == pytest.approx(blurred[0, 0], abs=1e-3)
    assert dict(QUIZ["corner_of_a_wall"].slips).keys() >= {90, round(blurred[0, 2])}


def test_libraries_fill_the_ring_as_the_last_section_says():
    filters = pytest.importorskip("skimage.filters", reason="scikit-image is not installed")
    ndimage = pytest.importorskip("scipy.ndimage", reason="SciPy is not installed")
    assert inspect.signature(filters.gaussian).parameters["mode"].default == "nearest"
    assert inspect.signature(filters.sobel).parameters["mode"].default == "reflect"
    row = np.array([[1.0, 2, 3, 4, 5]])
    first = np.array([[1.0, 0, 0]])  # reads the left neighbor
    assert ndimage.correlate(row, first, mode="reflect")[0, 0] == 1
    assert ndimage.correlate(row, first, mode="mirror")[0, 0] == 2
    assert np.pad(row[0], 1, mode="reflect")[0] == 2


def test_full_is_a_padding_of_one_less_than_the_kernel():
    signal = pytest.importorskip("scipy.signal", reason="SciPy is not installed")
    image, kernel = RANDOM.random((5, 7)), RANDOM.random((3, 3))
    ours = convolution.convolve2d(image, kernel, padding=2)
    np.testing.assert_allclose(ours, signal.correlate2d(image, kernel, mode="full"), rtol=1e-4)


# --- predictions, exercises, quiz ------------------------------------------------------------------


def test_the_predictions_come_true():
    assert explore.coverage().result[0, 0] == find("predictions", "corner")[1].answer
    padding = find("predictions", "same_size")[1].answer
    assert explore.ring(kernel_size=5, padding=padding).result.shape == (6, 8)
    assert explore.ring(kernel_size=5).result.shape[0] == 2
    assert explore.ring(kernel_size=5, padding=3).result.shape == (8, 10)
    blurred = explore.ring_contents(np.full((40, 50), 200)).result
    assert blurred[0].max() < blurred[20, 25] == pytest.approx(200, abs=0.01)


def test_the_quiz_counts_as_the_helpers_do():
    assert output_size(30, 3, padding=2) == QUIZ["each_side"].answer


def test_the_solutions_agree_with_the_helpers():
    solved = {one.name: one.solution for one in lessons()["03"].exercises if one is not SMOOTH}
    assert solved["output_size"](9, 4, 2) == output_size(9, 4, padding=2)
    assert [solved["same_padding"](size) for size in (1, 3, 9)] == [same_padding(size) for size in (1, 3, 9)]
    image = RANDOM.integers(0, 256, (3, 5, 3))
    np.testing.assert_array_equal(solved["pad2d"](image, 2), convolution.pad2d(image, 2))


def test_the_hunted_bug_shows_at_the_border_alone():
    image = RANDOM.integers(1, 256, (5, 7))
    wrong = ~np.isclose(smooth(image), smoothed(image))
    assert wrong[0].all()
    assert wrong[:, -1].all()
    assert not wrong[1:-1, 1:-1].any()


# --- the explorables -------------------------------------------------------------------------------


def test_what_the_ring_says_follows_its_size():
    says = {
        (size, padding): explore.ring(kernel_size=size, padding=padding).message
        for size in (3, 4, 5)
        for padding in range(4)
    }
    assert says[3, 1].startswith("The size stays")
    assert says[3, 0].startswith("No ring: a kernel of 3 takes 3 − 1 off.")
    assert says[5, 1].startswith("Smaller: the kernel takes 5 − 1 off, the ring gives only 2·1 back.")
    assert says[3, 3].startswith("Larger than the picture: the outermost windows are centered on the ring")
    assert all("no padding keeps the size" in says[4, padding] for padding in range(4))


def test_where_the_result_is_larger_the_outermost_windows_are_centered_on_the_ring():
    for size, padding in np.ndindex(8, 6):
        if size % 2 and explore.ring(kernel_size=size, padding=padding).message.startswith("Larger"):
            assert (size - 1) // 2 < padding


@pytest.mark.parametrize("kernel_size", [1, 3, 5, 7, 9, 11])
@pytest.mark.parametrize("padding", range(6))
def test_a_frame_grows_on_all_four_sides_where_ten_layers_say_so(kernel_size, padding):
    lesson = explore.ten_layers(np.full((150, 160), 200), layers=2, kernel_size=kernel_size, padding=padding)
    left = lesson.result
    framed = not any(side.any() for side in (left[0], left[-1], left[:, 0], left[:, -1]))
    assert lesson.message.endswith("A black frame grows around.") == framed


def test_the_kernels_of_ten_layers_are_odd_so_that_what_they_take_is_the_same_on_each_side():
    (control,) = [one for one in explore.ten_layers().spec["controls"] if one["name"] == "kernel_size"]
    assert set(range(control["low"], control["high"] + 1, control["step"])) == {1, 3, 5, 7, 9, 11}


@pytest.mark.parametrize("make", [explore.ring, explore.ring_contents])
def test_no_title_speaks_of_a_ring_where_there_is_none(make):
    lesson = make(padding=0)
    titles = [say(panel["title"], lesson.values) for panel in lesson.spec["panels"]]
    assert not [title for title in titles if re.search(r"(?<!no )\bring\b", title.lower())]
    assert not {"Zeros", "Edge", "Reflect", "Wrap"} & set(titles)


def test_four_kinds_of_ring_stand_side_by_side():
    lesson = explore.ring_contents("cat")
    shown = [panel["show"] for panel in lesson.spec["panels"]]
    assert shown == [f"{mode}_{what}" for mode in MODES for what in ("ring", "blurred")]
    assert len({lesson.values[name].tobytes() for name in shown}) == 8


def test_the_map_says_once_and_not_1_times():
    everything = [
        explore.coverage(kernel_size=size, padding=padding).message for size in range(1, 8) for padding in range(6)
    ]
    assert not [one for one in everything if " 1 times" in one]
    assert explore.coverage(padding=2).message == "Every pixel is read 9 times: nobody is left out."


def test_the_learners_own_ring_stands_beside_the_courses():
    assert (
        explore.ring(pad=convolution.pad2d, padding=2).own["steps"]["yours"]["message"]
        == "your function agrees in every cell"
    )
    assert "returns nothing yet" in explore.ring(pad=lambda image, padding: ...).own["steps"]["yours"]["message"]
    edge = explore.ring(pad=lambda image, padding: np.pad(image, padding, mode="edge"), padding=1)
    assert "cells differ" in edge.own["steps"]["yours"]["message"]
    assert edge.result.shape == (6, 8)


@pytest.mark.parametrize("mode", ["zero", "edge", "reflect", "wrap"])
def test_the_corner_is_blurred_as_scipy_does_it(mode):
    ndimage = pytest.importorskip("scipy.ndimage", reason="SciPy is not installed")
    image = RANDOM.integers(0, 256, (20, 31)).astype(float)
    lesson = explore.ring_contents(image, padding=4)
    theirs = {"zero": "constant", "edge": "nearest", "reflect": "mirror", "wrap": "wrap"}[mode]
    expected = ndimage.correlate(lesson.values["gray"].astype(float), box(9), mode=theirs)
    np.testing.assert_allclose(lesson.values[f"{mode}_blurred"], expected, atol=1e-2)
