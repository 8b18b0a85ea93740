"""The numbers that lesson 02's prose states, and what its explorables say."""

import numpy as np
import pytest

from helpers import explore
from helpers.convolution import convolve2d
from helpers.engine.wording import holds
from helpers.kernels import KERNELS
from helpers.lessons.lesson_02.explorables import FIRST, LEVELS, SOBEL
from helpers.lessons.pieces import patch, whole_and_frame

VERTICAL = KERNELS["Sobel, vertical edges"].values
BLUR = np.array([[1, 2, 1], [2, 4, 2], [1, 2, 1]])
FLAT = np.full((2, 3), 200, dtype=np.uint8)


def test_a_window_of_3_rows_fits_in_6_places_of_8():
    lesson = explore.slide_the_window()
    assert (lesson.image.shape, lesson.kernel.shape) == ((8, 9), (3, 3))
    assert lesson.result.shape == (8 - 3 + 1, 9 - 3 + 1) == (6, 7)


@pytest.mark.parametrize(("kernel", "count"), [("Box blur, 3x3", 9), ("Sobel, vertical edges", 6)])
def test_one_pixel_changes_so_many_numbers_of_the_result(kernel, count):
    lesson = explore.slide_the_window(kernel=KERNELS[kernel].values)
    before, image = lesson.result, lesson.image.copy()
    image[3, 4] += 50
    lesson.image = image
    assert (lesson.result != before).sum() == count


def test_positive_means_that_left_is_brighter_than_right():
    left_is_brighter = np.array([[9, 5, 1]] * 3)
    assert convolve2d(left_is_brighter, VERTICAL)[0, 0] > 0
    assert convolve2d(left_is_brighter[:, ::-1], VERTICAL)[0, 0] < 0
    assert convolve2d(left_is_brighter.T, VERTICAL)[0, 0] == 0
    assert (convolve2d(np.full((4, 5), 77), VERTICAL) == 0).all()


def test_the_soft_blur_makes_a_picture_16_times_as_bright():
    assert BLUR.sum() == 16
    assert (convolve2d(np.full((3, 4), 10), BLUR) == 160).all()


def test_identity_with_a_2_in_the_middle_doubles_the_brightness():
    lesson = explore.nine_numbers(FLAT.repeat(4, axis=0), kernel=2 * KERNELS["Identity"].values)
    assert lesson.message == "The weights add up to 2: the brightness of flat areas is multiplied by 2."
    assert (lesson.result == 400).all()


def test_identity_with_a_50_in_the_middle_makes_nearly_everything_white():
    lesson = explore.nine_numbers(kernel=50 * KERNELS["Identity"].values)
    assert np.mean(lesson.result >= 255) > 0.95


def test_sharpen_makes_a_difference_of_10_one_of_50_and_keeps_a_flat_area():
    image = np.full((3, 3), 100.0)
    assert convolve2d(image, KERNELS["Sharpen"].values) == 100
    image[1, 1] = 110
    assert convolve2d(image, KERNELS["Sharpen"].values) == 150


@pytest.mark.parametrize("kernel", [np.full((3, 3), 4), 3 * KERNELS["Identity"].values])
def test_a_kernel_that_is_the_same_after_half_a_turn_does_not_mind(kernel):
    lesson = explore.impulse(kernel=kernel)
    before = lesson.result
    lesson.flip = True
    np.testing.assert_array_equal(lesson.result, before)


# --- how a result is shown -------------------------------------------------------------------------


def shown(lesson, option):
    """Return a panel option of the result as it holds now."""
    (result,) = [panel for panel in lesson.spec["panels"] if panel["show"] == "feature_map"]
    known = {"kernel.sum": lesson.kernel.sum(), "colors": False, "shown_as": "follow"}
    known |= {name: getattr(lesson, name) for name in ("colors", "shown_as") if hasattr(lesson, name)}
    return next(value for condition, value in result[option] if holds(condition, known))


FOLLOWERS = pytest.mark.parametrize("explorable", [explore.find_edges, explore.slide_the_window, explore.nine_numbers])


@FOLLOWERS
@pytest.mark.parametrize("name", KERNELS)
def test_a_kernel_that_makes_a_picture_is_shown_as_one_and_a_difference_signed(explorable, name):
    lesson = explorable(kernel=KERNELS[name].values)
    sums_to_1 = KERNELS[name].values.sum() > 0.5
    assert shown(lesson, "display") == ("gray" if sums_to_1 else "signed")
    assert shown(lesson, "range") == ([0, 255] if sums_to_1 else "auto")


@pytest.mark.parametrize(("shown_as", "display", "range_"), [("signed", "signed", "auto"), ("rescale", "gray", "auto")])
def test_what_the_learner_chose_wins(shown_as, display, range_):
    lesson = explore.nine_numbers(kernel=KERNELS["Sharpen"].values, shown_as=shown_as)
    assert (shown(lesson, "display"), shown(lesson, "range")) == (display, range_)


@pytest.mark.parametrize(("kernel", "note"), [("Sharpen", "a picture: cut off"), (SOBEL, "a color cannot show a sign")])
def test_colors_are_shown_as_the_note_says(kernel, note):
    lesson = explore.nine_numbers(kernel=KERNELS[kernel].values, colors=True)
    assert shown(lesson, "display") == "auto"
    assert shown(lesson, "note").startswith(note)


@FOLLOWERS
def test_few_kernels_are_offered_at_first(explorable):
    (kernel,) = [one for one in explorable().spec["controls"] if one["name"] == "kernel"]
    assert [name for name, _ in kernel["presets"]][: kernel["few"]] == list(FIRST)
    assert len(FIRST) == 6


@pytest.mark.parametrize("name", ["cat", "text", "horse"])
def test_the_frame_says_where_the_small_piece_lies(name):
    whole, (top, left, rows, columns) = whole_and_frame(name)
    inside = whole[round(top) : round(top + rows), round(left) : round(left + columns)]
    assert abs(inside.mean() - patch(name).mean()) < 12


def test_a_gray_picture_of_few_pixels_is_framed_as_far_as_it_goes():
    whole, frame = whole_and_frame(FLAT)
    assert whole.shape == (2, 3)
    assert frame == (0, 0, 2, 3)


def test_a_1_left_of_the_middle_moves_the_picture_to_the_right():
    image = np.arange(20).reshape(4, 5)
    kernel = [[0, 0, 0], [1, 0, 0], [0, 0, 0]]
    np.testing.assert_array_equal(convolve2d(image, kernel), image[1:-1, :-2])


def test_a_bright_pixel_becomes_the_kernel_turned_by_180_degrees_or_with_the_switch_the_kernel():
    lesson = explore.impulse()
    np.testing.assert_array_equal(lesson.result[2:5, 2:5], lesson.kernel[::-1, ::-1])
    lesson.flip = True
    np.testing.assert_array_equal(lesson.result[2:5, 2:5], lesson.kernel)


@pytest.mark.parametrize("name", KERNELS)
def test_each_preset_is_said_to_add_up_to_what_it_adds_up_to(name):
    total = round(float(KERNELS[name].values.sum()))
    assert total in (0, 1)
    for lesson in (explore.slide_the_window(), explore.nine_numbers()):
        lesson.kernel = KERNELS[name].values
        assert lesson.message.startswith(f"The weights add up to {total}: ")
        assert "times" not in lesson.message
        assert "multiplied" not in lesson.message


def test_other_sums_are_said_as_factors():
    lesson = explore.slide_the_window(kernel=-0.5 * KERNELS["Identity"].values)
    assert lesson.message == "The weights add up to −0.5: where the picture is flat, it becomes −0.5 times itself."


# --- target practice -------------------------------------------------------------------------------


@pytest.fixture
def practice():
    return explore.target_practice()


def test_a_level_is_reached_by_its_kernel_typed_with_three_decimals(practice):
    for count, (level, (_, kernel)) in enumerate(LEVELS.items(), start=1):
        practice.level = level
        assert practice.message.startswith("Not yet: ")
        practice.kernel = np.round(kernel, 3)
        assert practice.message.startswith(f"✓ Level {level} is reached")
        assert (practice.score, practice.reached) == (count, " ".join("12345"[:count]))
    assert count == 5
    assert practice.message == "✓ Level 5 is reached, and so are all the others. You read kernels now."


def test_no_level_is_reached_by_another_ones_kernel_and_none_twice(practice):
    for level in LEVELS:
        for other in LEVELS.keys() - {level}:
            practice.level, practice.kernel = level, KERNELS["Identity"].values
            practice.kernel = LEVELS[other][1]
            assert practice.message.startswith("Not yet: ")


def test_a_star_is_filled_for_each_level(practice):
    assert practice.stars == "☆☆☆☆☆"
    practice.kernel = LEVELS["1"][1]
    assert practice.stars == "★☆☆☆☆"


def test_each_level_says_what_was_found(practice):
    practice.level, practice.kernel = "3", KERNELS["Identity"].values
    practice.kernel = LEVELS["3"][1]
    assert practice.message == "✓ Level 3 is reached: a mean of three neighbors, and of no row but their own."


def test_what_was_reached_stays_reached(practice):
    practice.kernel = LEVELS["1"][1]
    practice.kernel = KERNELS["Identity"].values
    assert (practice.score, practice.reached) == (1, "1")
    again = explore.target_practice(**practice.state)
    assert (again.score, again.reached) == (1, "1")


@pytest.mark.parametrize("shape", [(1, 1), (3, 40), (30, 2, 3)])
def test_a_flat_picture_is_no_target(shape):
    practice = explore.target_practice(np.full(shape, 90, dtype=np.uint8))
    assert practice.message.startswith("Not yet: ")
    assert practice.image.shape == (8, 10)


def test_the_secret_kernels_stand_neither_in_the_code_nor_in_the_state_nor_in_the_words(practice):
    assert practice.code == practice.torch_code == ""
    assert set(practice.state) == {"level", "next", "kernel", "image", "score", "reached", "stars"}
    practice.level = "4"
    assert practice.kernel.tolist() == KERNELS["Identity"].values.tolist()


def test_kernels_that_do_not_fit_are_answered_by_a_sentence(practice):
    practice.kernel = np.ones((2, 2))
    assert practice.result is None
    assert practice.message
    assert practice.score == 0


# --- the learner's own function --------------------------------------------------------------------


def test_the_explorable_runs_with_the_stub_and_says_so():
    def stub(image, kernel):
        return ...

    assert explore.slide_the_window(convolve=stub).own["steps"]["feature_map"]["message"]


def test_the_explorable_agrees_with_the_solution():
    from helpers.lessons.lesson_02 import exercises

    lesson = explore.slide_the_window(convolve=exercises.convolve2d)
    assert lesson.own["steps"]["feature_map"]["message"] == "your function agrees in every cell"
