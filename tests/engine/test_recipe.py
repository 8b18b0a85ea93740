"""Recipes: what "$name" stands for, steps that a setting chooses, functions that stand in, refusals."""

import json

import numpy as np
import pytest

from helpers.convolution import convolve2d, pad2d
from helpers.engine.operations import OPERATIONS
from helpers.engine.recipe import call, evaluate, step, step_by

PICTURE = np.array([[0, 1, 2, 3], [10, 11, 12, 13], [20, 21, 22, 23]])
KERNEL = np.array([[1, 0, -2]])
RECIPE = [
    step("padded", "pad2d", image="$picture", padding="$padding"),
    step("feature_map", "convolve2d", image="$padded", kernel="$kernel", stride=2),
]
SETTINGS = {"picture": PICTURE, "padding": 1, "kernel": KERNEL}


def test_step_takes_the_outcome_of_the_one_before():
    expected = convolve2d(pad2d(PICTURE, 1), KERNEL, stride=2)
    np.testing.assert_array_equal(evaluate(RECIPE, SETTINGS)["feature_map"], expected)


def test_every_step_and_setting_has_its_name():
    assert list(evaluate(RECIPE, SETTINGS)) == ["picture", "padding", "kernel", "padded", "feature_map"]


def test_settings_stay_as_they_were():
    settings = dict(SETTINGS)
    evaluate(RECIPE, settings)
    assert list(settings) == ["picture", "padding", "kernel"]


def test_no_steps_give_the_settings():
    assert evaluate([], SETTINGS) == SETTINGS


def test_recipe_is_plain_data():
    assert json.loads(json.dumps(RECIPE)) == RECIPE


def test_list_is_looked_up_part_by_part():
    recipe = [step("kept", "keep", image="$picture", channels=["$red", True, "$blue"])]
    values = evaluate(recipe, {"picture": np.array([[[1, 2, 3]]]), "red": False, "blue": True})
    assert values["kept"].tolist() == [[[0, 2, 3]]]


def test_kernel_can_be_written_into_the_recipe():
    recipe = [step("moved", "convolve2d", image="$picture", kernel=[[0, "$weight"]])]
    values = evaluate(recipe, {"picture": PICTURE, "weight": -1})
    np.testing.assert_array_equal(values["moved"], -PICTURE[:, 1:])


def test_what_is_no_reference_means_itself():
    recipe = [step("padded", "pad2d", image="$picture", padding=1, mode="edge")]
    assert evaluate(recipe, {"picture": PICTURE, "edge": "wrap"})["padded"][0, 0] == 0


@pytest.mark.parametrize(
    ("word", "expected"),
    [("zero", 0), ("edge", 23), (True, 3), (2, 20)],
    ids=["word", "word 2", "switch", "number"],
)
def test_setting_chooses_the_call(word, expected):
    calls = {
        "zero": call("add", image="$picture", amount=-23),
        "edge": call("add", image="$picture", amount=0),
        "true": call("add", image="$picture", amount=-20),
        "2": call("add", image="$picture", amount=-3),
    }
    values = evaluate([step_by("one", "word", **calls)], {"picture": PICTURE, "word": word})
    assert values["one"][2, 3] == expected


def test_unknown_choice_is_refused():
    recipe = [step_by("one", "rule", wrap=call("wrap", image="$picture"), clip=call("clip", image="$picture"))]
    with pytest.raises(ValueError, match=r"^rule cannot be 'bend'; choose one of clip, wrap$"):
        evaluate(recipe, {"picture": PICTURE, "rule": "bend"})


def test_unknown_operation_is_refused():
    with pytest.raises(ValueError, match=r"^there is no operation called 'blur'; there are pixel, to_rgba, pick,"):
        step("blurred", "blur", image="$picture")


def test_unknown_argument_is_refused():
    with pytest.raises(ValueError, match=r"^pad2d has no argument called 'pading'; it has image, padding, mode$"):
        call("pad2d", image="$picture", pading=1)


def test_arguments_are_kept_in_the_order_of_the_parameters():
    assert list(call("pad2d", mode="edge", padding=1, image="$picture")["arguments"]) == [
        "image",
        "padding",
        "mode",
    ]


def test_operations_own_sentence_comes_through():
    with pytest.raises(ValueError, match="the padding must be at least 0, not -1"):
        evaluate(RECIPE, SETTINGS | {"padding": -1})


def test_function_stands_in_for_a_step():
    values = evaluate(RECIPE, SETTINGS, replace={"padded": lambda image, padding: image * padding})
    np.testing.assert_array_equal(values["padded"], PICTURE)
    np.testing.assert_array_equal(values["feature_map"], convolve2d(PICTURE, KERNEL, stride=2))


def test_function_that_stands_in_may_return_a_list():
    values = evaluate(RECIPE, SETTINGS, replace={"feature_map": lambda **_: [[1, 2]]})
    assert values["feature_map"].shape == (1, 2)


@pytest.mark.parametrize("name", OPERATIONS)
def test_operation_knows_its_name_and_module(name):
    operation = OPERATIONS[name]
    module = __import__(f"helpers.{operation.module}", fromlist=[name])
    assert getattr(module, operation.name) is operation.function
    assert operation.name == name
