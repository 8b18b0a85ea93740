"""The learner's own function in an explorable: what is said of it."""

import json
import re

import numpy as np
import pytest

from helpers import explore
from helpers.convolution import convolve2d
from helpers.engine.recipe import step
from helpers.stage import own
from helpers.stage.settings import from_browser, grid
from helpers.stage.stage import Stage


def flipped(image, kernel):
    return convolve2d(image, kernel, flip=True)


def fails(image, kernel):
    return image[0, 99]


def never_ends(image, kernel):
    while True:
        pass


def quits(image, kernel):
    raise SystemExit


def interrupted(image, kernel):
    raise KeyboardInterrupt


class Unreadable:
    def __array__(self, *arguments, **options):
        raise RuntimeError("it requires grad")


SAID = {
    "agrees": (convolve2d, "your function agrees in every cell"),
    "nothing": (lambda image, kernel: ..., "your function returns nothing yet"),
    "none": (lambda image, kernel: None, "your function returns nothing yet"),
    "words": (lambda image, kernel: "edges", "your function returned str, not numbers"),
    "one number": (lambda image, kernel: 7, "rows and columns are needed"),
    "nan": (lambda image, kernel: np.full((6, 7), np.nan), "not finite"),
    "shape": (lambda image, kernel: image, r"your function returned the shape \(8, 9\); the course's has \(6, 7\)"),
    "ragged": (lambda image, kernel: [[1, 2], [3]], "rows of different lengths"),
    "flipped": (flipped, r"of 42 cells differ from the course's; the first is row 0, column \d"),
    "raises": (fails, "your function stopped with IndexError: index 99 is out of bounds"),
    "exits": (quits, "your function stopped with exit"),
    "interrupted": (interrupted, "your function was interrupted before it was done"),
    "unreadable": (lambda image, kernel: Unreadable(), "your function's result could not be read: it requires grad"),
}


@pytest.mark.parametrize("name", SAID)
def test_each_outcome_has_its_sentence(name):
    function, sentence = SAID[name]
    assert re.search(
        sentence, explore.slide_the_window("cat", convolve=function).own["steps"]["feature_map"]["message"]
    )


def test_a_function_that_never_ends_is_cut_off(monkeypatch):
    monkeypatch.setattr(own, "SECONDS", 0.3)
    message = explore.slide_the_window("cat", convolve=never_ends).own["steps"]["feature_map"]["message"]
    assert message == "your function was cut off after 0.3 seconds; does its loop end?"


def test_what_the_function_returned_is_what_is_drawn():
    stage = explore.slide_the_window("cat", convolve=lambda image, kernel: 0 * image[2:, 2:] + 5)
    assert (from_browser(stage.own["steps"]["feature_map"]["array"]) == 5).all()
    assert stage.own["steps"]["feature_map"]["array"]["shape"] == [6, 7]


def test_a_change_of_the_kernel_asks_the_function_again():
    asked = []
    stage = explore.slide_the_window("cat", convolve=lambda image, kernel: asked.append(kernel.sum()))
    stage.kernel = np.ones((3, 3))
    assert asked == [0, 9]


def test_the_message_is_plain():
    json.dumps(explore.slide_the_window("cat", convolve=fails).own["steps"]["feature_map"]["message"])


def test_the_same_answer_is_news_too():
    stage = explore.slide_the_window("cat", convolve=fails)
    before = stage.own
    stage.kernel = np.ones((3, 3))
    assert (stage.own["steps"], stage.own["serial"]) == (before["steps"], before["serial"] + 1)


def test_what_follows_a_replaced_step_is_made_of_its_result():
    recipe = [
        step("padded", "pad2d", image="$picture", padding=1),
        step("feature_map", "convolve2d", image="$padded", kernel="$kernel"),
    ]
    settings = {"picture": np.ones((2, 3)), "kernel": np.ones((3, 3))}
    functions = {"padded": lambda picture, ring: np.pad(picture, ring) + 1, "feature_map": convolve2d}
    found = own.with_own(recipe, settings, functions)
    assert found["padded"]["message"].startswith("20 of 20 cells differ")
    assert found["feature_map"]["message"] == "your function agrees in every cell"
    assert from_browser(found["feature_map"]["array"]).tolist() == [[13, 15, 13], [13, 15, 13]]


PAIR = [
    step("doubled", "plus", first="$row", second="$row"),
    step("flat", "flatten", images="$doubled"),
    step("sums", "dense", numbers="$flat", weights="$weights", bias=[0, 0]),
    step("shares", "softmax", logits="$sums"),
]
NUMBERS = {"row": np.ones((1, 1, 2)), "weights": np.eye(2), "most": 3}


def through(function, *reads, handed=()):
    """Return what is known of a function that goes through several steps, to the step `sums`."""
    return own.with_own(PAIR, NUMBERS, {"sums": own.Through(function, reads, handed)})["sums"]


def test_a_function_may_go_through_several_steps_and_be_handed_others():
    found = through(
        lambda row, weights, add: add(row, row).ravel() @ weights, "row", "weights", handed=(lambda a, b: a + b,)
    )
    assert found["message"] == "your function agrees in every number"
    assert from_browser(found["array"]).tolist() == [2, 2]
    assert through(lambda doubled, most: doubled.ravel(), "doubled", "most")["message"].startswith(
        "your function agrees"
    )


@pytest.mark.parametrize(
    ("result", "sentence", "drawn"),
    [
        ([2, 5], "1 number differs from the course's; the first is number 1: yours 5, the course's 2", True),
        ([0, 5], "2 of 2 numbers differ from the course's; the first is number 0: yours 0, the course's 2", True),
        ([[2, 2]], "your function returned an array of the shape (1, 2); one row of numbers is needed", False),
        ([2, 2, 2], "your function returned the shape (3,); the course's has (2,)", False),
        (..., "your function returns nothing yet; what you see is the course's", False),
    ],
)
def test_a_row_of_numbers_has_its_sentences_too(result, sentence, drawn):
    found = through(lambda row: result, "row")
    assert found["message"] == sentence
    assert bool(found["array"]) == drawn


@pytest.mark.parametrize(
    ("name", "reads", "sentence"),
    [
        (
            "sum",
            (),
            "^a function stands in for the step 'sum', which is no setting and no step; there are doubled, flat",
        ),
        ("flat", ("sums",), "^the function for the step 'flat' reads 'sums', which is no setting and no step"),
    ],
)
def test_a_function_for_what_is_not_there_is_refused(name, reads, sentence):
    settings = {"row": grid([[1, 2]]), "weights": grid(np.eye(2))}
    with pytest.raises(ValueError, match=sentence):
        Stage(settings, [], PAIR, replace={name: own.Through(max, reads)})


def test_what_is_known_of_several_functions_stands_in_the_order_of_the_recipe():
    recipe = [
        step("padded", "pad2d", image="$image", padding=1),
        step("kept", "take_every", image="$padded", step=2),
    ]
    stage = Stage({"image": grid([[1, 2]])}, [], recipe, replace={"kept": lambda image, step: image[::step, ::step]})
    stage._replace["padded"] = lambda image, padding: image
    stage._hangs("padded", "still inside one long call")
    assert list(stage.own["steps"]) == ["padded", "kept"]
