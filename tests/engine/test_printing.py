"""Printed code against the recipe it was printed from: NumPy always, PyTorch where it is installed."""

import numpy as np
import pytest

from cases import case, magnitude, outcome
from helpers.engine.operations import OPERATIONS, PICTURES
from helpers.engine.printing import fill, literal, numpy_code, torch_code
from helpers.engine.recipe import call, evaluate, step, step_by

TOLERANCE = 1e-5  # of the largest magnitude in the case


def printed(printer, recipe, settings):
    """Return a recipe's code; its pictures come from a dictionary called `given`."""
    pictures = [name for name in settings if isinstance(settings[name], np.ndarray) and name in PICTURES]
    arrays = [name for name in settings if isinstance(settings[name], np.ndarray) and name not in pictures]
    scalars = [name for name in settings if name not in [*pictures, *arrays]]
    sources = {f"{name}_source": f"given[{name!r}]" for name in pictures}
    return fill(printer(recipe, scalars, arrays, pictures), settings | sources)


def run(code, settings):
    """Return what code calls `outcome`."""
    names = {"given": settings}
    exec(code, names)
    return names["outcome"]


def good_cases(operation, count):
    """Return the first cases of an operation that are not refused: recipe, settings, outcome."""
    found = []
    for i in range(100):
        recipe, settings = case(operation, i)
        expected = outcome(operation, settings)
        if not isinstance(expected, str):
            found.append((recipe, settings, expected))
    return found[:count]


def assert_close(mine, expected, settings, code):
    scale = max(magnitude(*settings.values()), magnitude(expected))
    np.testing.assert_allclose(mine, expected, rtol=0, atol=TOLERANCE * scale, err_msg=code)


@pytest.mark.parametrize("operation", OPERATIONS)
def test_numpy_code_makes_what_the_recipe_makes(operation):
    for recipe, settings, expected in good_cases(operation, 20):
        code = printed(numpy_code, recipe, settings)
        assert_close(run(code, settings), expected, settings, code)


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("operation", OPERATIONS)
def test_torch_code_makes_what_the_recipe_makes(operation):
    pytest.importorskip("torch", reason="PyTorch is not installed")
    for recipe, settings, expected in good_cases(operation, 20):
        code = printed(torch_code, recipe, settings)
        mine = run(code, settings).numpy()
        if OPERATIONS[operation].module not in ("kernels", "surgery"):  # weights keep their order
            mine = np.moveaxis(mine, 0, -1)
            mine = mine[:, :, 0] if expected.ndim == 2 else mine
        assert_close(mine, expected, settings, code)


@pytest.mark.parametrize("operation", OPERATIONS)
def test_torch_code_is_python(operation):
    for recipe, settings, _ in good_cases(operation, 20):
        compile(printed(torch_code, recipe, settings), operation, "exec")


CHANNELS = 2 * np.arange(2 * 3 * 2).reshape(2, 3, 2)
WRITTEN_OUT = {
    "convolve2d": step("outcome", "convolve2d", image="$image", kernel=[[0, 1.5, "$weight"]], flip=True),
    "conv2d": step("outcome", "conv2d", images="$image", weights=[[[["$weight"], [2]]]], bias=[0.5]),
    "to_gray": step("outcome", "to_gray", image="$image", weights=[1, 0, "$weight"]),
    "dense": step("outcome", "dense", numbers=["$weight", 2], weights=[[1, 0, 4], [5, -1, 0]], bias=[0, "$weight", 1]),
}


@pytest.mark.parametrize("operation", WRITTEN_OUT)
@pytest.mark.parametrize("printer", [numpy_code, torch_code])
def test_arrays_can_be_written_into_the_recipe(operation, printer):
    if printer is torch_code:
        pytest.importorskip("torch", reason="PyTorch is not installed")
    image = CHANNELS if operation != "to_gray" else np.dstack([CHANNELS, 7 - CHANNELS[:, :, :1]])
    settings = {"image": image, "weight": -3}
    expected = evaluate([WRITTEN_OUT[operation]], settings)["outcome"]
    mine = run(printed(printer, [WRITTEN_OUT[operation]], settings), settings)
    if printer is torch_code:
        mine = np.moveaxis(mine.numpy(), 0, -1)
    np.testing.assert_allclose(mine.reshape(expected.shape), expected)


@pytest.mark.parametrize("depth", [(), (3,)])
def test_tiny_picture_that_is_written_out_is_a_picture_in_torch_too(depth):
    pytest.importorskip("torch", reason="PyTorch is not installed")
    picture = np.arange(np.prod((2, 3, *depth))).reshape(2, 3, *depth)
    recipe = [step("outcome", "take_every", image="$picture", step=2)]
    names = {}
    exec(fill(torch_code(recipe, [], ["picture"], []), {"picture": picture}), names)
    mine = np.moveaxis(names["outcome"].numpy(), 0, -1)
    np.testing.assert_array_equal(mine.reshape(1, 2, *depth), picture[::2, ::2])


KERNEL_OF_KERNELS = [
    step("once", "convolve2d", image="$first", kernel="$second", padding=1, flip=True),
    step("outcome", "convolve2d", image="$picture", kernel="$once"),
]


@pytest.mark.parametrize("printer", [numpy_code, torch_code])
def test_a_kernel_may_be_a_picture_too(printer):
    if printer is torch_code:
        pytest.importorskip("torch", reason="PyTorch is not installed")
    settings = {"picture": np.arange(30).reshape(5, 6) % 7, "first": np.array([[1, 2], [0, -1]])}
    settings |= {"second": np.array([[3, 0, 1], [1, 1, -2]])}
    names = {}
    exec(fill(printer(KERNEL_OF_KERNELS, [], list(settings), []), settings), names)
    np.testing.assert_allclose(np.squeeze(names["outcome"]), evaluate(KERNEL_OF_KERNELS, settings)["outcome"])


@pytest.mark.filterwarnings("error")
def test_what_nobody_may_change_is_copied_for_torch():
    pytest.importorskip("torch", reason="PyTorch is not installed")
    locked = "np.broadcast_to(np.float32(1), (1, 1, 1, 2))"
    recipe, names = [step("outcome", "silence", weights="$filters", which=1)], {}
    exec(fill(torch_code(recipe, [], [], [], {"filters": locked}), {}), names)
    assert names["outcome"].flatten().tolist() == [1, 0]


CHOICE = step_by("outcome", "rule", true=call("wrap", image="$image"), clip=call("clip", image="$image", high="$high"))


def test_code_holds_the_call_that_the_setting_chooses():
    settings = {"image": CHANNELS, "rule": True, "high": 9.5}
    assert printed(numpy_code, [CHOICE], settings).endswith("\noutcome = values.wrap(image)\n")
    assert printed(numpy_code, [CHOICE], settings | {"rule": "clip"}).endswith("values.clip(image, high=9.5)\n")


def test_code_of_a_choice_that_is_none_says_so():
    code = printed(numpy_code, [CHOICE], {"image": CHANNELS, "rule": "bend", "high": 9.5})
    assert code.endswith("outcome = ...  # rule cannot be 'bend'; choose one of clip, true\n")


def test_torch_calls_padding_modes_by_its_own_words():
    recipe = [step("outcome", "pad2d", image="$image", padding=1, mode="$mode")]
    assert 'mode="circular"' in printed(torch_code, recipe, {"image": CHANNELS, "mode": "wrap"})
    assert 'mode="mirror"' in printed(torch_code, recipe, {"image": CHANNELS, "mode": "mirror"})


def test_code_imports_what_it_needs_and_no_more():
    recipe = [step("outcome", "wrap", image="$image")]
    assert printed(numpy_code, recipe, {"image": CHANNELS}).startswith("from helpers import images, mine, values\n\n")


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (None, "None"),
        (True, "True"),
        (np.bool_(False), "False"),
        (3, "3"),
        (-2.0, "-2"),
        (-0.0, "0"),
        (0.1, "0.1"),
        (1e-7, "1e-07"),
        (1e300, "1e+300"),
        ("zero", '"zero"'),
        ('a "b"\n\\', '"a \\"b\\"\\n\\\\"'),
        ([1, -0.5, "$"], '[1, -0.5, "$"]'),
        ((), "[]"),
        (np.array([[1.0, -0.5]]), "[[1, -0.5]]"),
        (np.array([[0.1, 1 / 9]], np.float32), "[[0.1, 0.11111111]]"),
        (np.array([[0.1, 1 / 9]]), "[[0.1, 0.11111111]]"),
        (np.array([[[200], [3]]], np.uint8), "[[[200], [3]]]"),
    ],
)
def test_literal(value, code):
    assert literal(value) == code


@pytest.mark.parametrize("text", ["", "it's", 'say "hi"', "back\\slash", "two\nlines\r\ttab", "é − \U0001f600 \x00"])
def test_text_is_written_so_that_python_reads_it_back(text):
    assert eval(literal(text)) == text


def test_numbers_of_an_array_keep_single_precision():
    numbers = np.random.default_rng(3).normal(size=(20, 10)).astype(np.float32) * 10.0 ** np.arange(-30, 30, 6)
    numbers = numbers.astype(np.float32)
    np.testing.assert_array_equal(np.array(eval(literal(numbers)), np.float32), numbers)
