"""Lesson 09: one picture through all lessons, and the page that is kept of it."""

import numpy as np
import pytest
from PIL import Image

from helpers import explore, squeezenet
from helpers.convolution import conv2d, convolve2d
from helpers.kernels import KERNELS
from helpers.lessons.lesson_09.looking_back import as_pixels


def test_each_picture_is_what_its_lesson_makes():
    values = explore.look_back("coffee").values
    np.testing.assert_allclose(
        values["edges"], convolve2d(values["gray"], KERNELS["Sobel, vertical edges"].values), atol=1e-2
    )
    weights, bias = values["weights"], values["bias"]
    np.testing.assert_allclose(values["learned"], conv2d(values["input"], weights, bias), atol=1e-4)
    assert values["small"].shape[:2] == tuple(-(-n // 4) for n in values["rgb"].shape[:2])
    assert values["numbers"].shape == (7, 7, 1)


@pytest.mark.parametrize("name", ["cat", "coffee_cutout", "camera"])
def test_it_ends_with_the_names_that_the_network_gives(name):
    stage = explore.look_back(name)
    shares = squeezenet.shares(squeezenet.forward(squeezenet.prepare(stage.picture)))
    expected = squeezenet.top(shares, 5)
    assert stage.names == ", ".join(name for name, _ in expected)
    np.testing.assert_allclose(stage.surest, [100 * share for _, share in expected], atol=1e-3)
    assert stage.message.endswith(f"ends with {stage.names}.")


def test_another_picture_gets_its_own_names():
    shared = explore.my_picture()
    stage = explore.look_back(shared)
    before = stage.names
    shared.choose("coffee")
    assert stage.names != before
    assert stage.names.startswith("espresso")


def test_a_page_is_kept(my_folder):
    stage = explore.look_back("cat")
    stage.command = "keep"
    assert stage.command == "none"
    assert stage.notice == f"kept as ten_lessons.png in {my_folder}"
    with Image.open(my_folder / "ten_lessons.png") as page:
        assert page.size == (1196, 540)
        assert len(np.unique(np.asarray(page))) > 50


def test_where_it_cannot_be_kept_it_says_so(my_folder):
    my_folder.write_text("in the way")
    stage = explore.look_back("cat")
    stage.command = "keep"
    assert stage.notice.startswith("the page cannot be kept: ")


def test_a_picture_of_one_pixel_is_told_about_in_a_sentence():
    stage = explore.look_back(np.full((1, 1), 7, np.uint8))
    assert "does not fit" in stage.message
    stage.command = "keep"
    assert "does not fit" in stage.notice


def test_numbers_below_0_are_stretched():
    assert as_pixels(np.array([[-1.0, 0, 1]])).tolist() == [[0, 128, 255]]
    assert as_pixels(np.array([[0.0, 100, 255]])).tolist() == [[0, 100, 255]]
