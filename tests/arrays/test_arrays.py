"""What every helper does: promote whole numbers, leave its arguments alone, refuse what is no picture."""

import subprocess
import sys

import numpy as np
import pytest

from helpers import color, convolution, drawings, images, kernels, pooling, positions, values
from helpers.arrays import floats, picture, pictures

GRAY = 10 * np.arange(4)[:, np.newaxis] + np.arange(5) - 7
RGB = np.stack([GRAY, 100 - GRAY, 2 * GRAY], axis=-1)
RGBA = np.concatenate([RGB, 50 * np.arange(4)[:, np.newaxis, np.newaxis] + 0 * RGB[:, :, :1]], axis=-1)
BATCH = np.stack([RGB, -RGB])
KERNEL = np.array([[1, 0, -2], [3, -1, 0]])
WEIGHTS = np.arange(2 * 3 * 3 * 4).reshape(2, 3, 3, 4) - 30
CALLS = {
    "pad2d": (lambda a: convolution.pad2d(a, 0), GRAY),
    "convolve2d": (lambda a, k: convolution.convolve2d(a, k, 2, 1, flip=True), RGB, KERNEL),
    "convolve2d by 1": (lambda a, k: convolution.convolve2d(a, k), GRAY, np.ones((1, 1), int)),
    "repeat2d": (lambda a, k: convolution.repeat2d(a, k, 2, padding=1), RGB, KERNEL),
    "conv2d": (lambda a, w, b: convolution.conv2d(a, w, b, padding=1), BATCH, WEIGHTS, np.arange(4) - 2),
    "conv2d by 1": (lambda a, w: convolution.conv2d(a, w), RGB, WEIGHTS[:1, :1]),
    "depthwise2d": (convolution.depthwise2d, RGB, WEIGHTS[..., :1]),
    "corner": (lambda a: positions.corner(a, 2, 2), RGB),
    "max_pool2d": (lambda a: pooling.max_pool2d(a, 2, padding=1), BATCH),
    "max_pool2d by 1": (lambda a: pooling.max_pool2d(a, 1), GRAY),
    "avg_pool2d": (lambda a: pooling.avg_pool2d(a, 1), RGB),
    "global_avg_pool2d": (pooling.global_avg_pool2d, BATCH),
    "normalise": (kernels.normalise, KERNEL),
    "split": (lambda a: color.split(a)[1], RGB),
    "split gray": (lambda a: color.split(a)[0], GRAY),
    "merge": (lambda a, b: color.merge([a, b]), GRAY, 2 * GRAY),
    "pick": (lambda a: color.pick(a, 2), RGB),
    "pick gray": (lambda a: color.pick(a, 0), GRAY),
    "keep": (lambda a: color.keep(a, [1, 1, 1]), RGB),
    "swap": (lambda a: color.swap(a, 1, 1), RGB),
    "move": (lambda a: color.move(a, [5, 0, -5]), RGB),
    "to_rgba": (color.to_rgba, RGBA),
    "composite": (lambda a, b: color.composite(a, b), RGBA, RGB),
    "drop_alpha": (color.drop_alpha, RGBA),
    "drop_alpha gray": (color.drop_alpha, GRAY),
    "to_gray": (color.to_gray, RGB),
    "to_gray gray": (color.to_gray, GRAY),
    "rgb_to_hsv": (color.rgb_to_hsv, RGB),
    "hsv_to_rgb": (color.hsv_to_rgb, RGB),
    "rgb_to_cmyk": (color.rgb_to_cmyk, RGB),
    "cmyk_to_rgb": (color.cmyk_to_rgb, RGBA),
    "clip": (values.clip, GRAY),
    "rescale": (lambda a: values.rescale(a, 0, 255), GRAY),
    "add": (lambda a: values.add(a, 0), GRAY),
    "wrap": (values.wrap, GRAY),
    "difference": (values.difference, GRAY, 0 * GRAY),
    "plus": (values.plus, GRAY, GRAY),
    "changed": (values.changed, GRAY, GRAY),
    "shift": (lambda a: positions.shift(a, 0, 0), GRAY),
    "mosaic": (lambda a: positions.mosaic(a, 1), GRAY),
    "at_windows": (lambda a: positions.at_windows(np.zeros(a.shape), a, 1), GRAY),
    "around": (lambda a: positions.around(a, 50, 0, 0), GRAY),
    "middle_square": (lambda a: drawings.middle_square(a, 3), RGB),
    "scale_into": (lambda a: drawings.scale_into(a, 3), np.maximum(RGB, 0)),
    "scale_into nothing": (lambda a: drawings.scale_into(a, 3), 0 * GRAY),
    "center_by_mass": (drawings.center_by_mass, RGB),
    "thicken": (lambda a: drawings.thicken(a, 1), RGB),
    "thicken by 0": (lambda a: drawings.thicken(a, 0), GRAY),
    "take_every": (lambda a: positions.take_every(a, 1), GRAY),
}


def read_only(array, dtype):
    """Return a copy that raises when something is written into it."""
    array = array.astype(dtype)
    array.flags.writeable = False
    return array


@pytest.mark.parametrize("name", CALLS)
@pytest.mark.parametrize("given", ["int16", "int64", "float16", "float32", "float64"])
def test_whole_numbers_become_float32_and_floats_stay(name, given):
    function, *arguments = CALLS[name]
    expected = "float64" if given == "float64" else "float32"
    assert function(*[argument.astype(given) for argument in arguments]).dtype == expected


@pytest.mark.parametrize("name", CALLS)
def test_arguments_stay_as_they_are_and_the_result_is_new(name):
    function, *arguments = CALLS[name]
    arguments = [read_only(argument, np.float32) for argument in arguments]
    result = function(*arguments)
    assert not any(np.shares_memory(result, argument) for argument in arguments)
    result += 1  # writable


@pytest.mark.parametrize("name", CALLS)
def test_steps_through_memory_do_not_matter(name):
    function, *arguments = CALLS[name]
    turned = [np.asfortranarray(argument[::-1])[::-1] for argument in arguments]
    np.testing.assert_array_equal(function(*turned), function(*arguments))


@pytest.mark.parametrize("name", CALLS)
def test_8_bit_numbers_do_not_wrap(name):
    function, *arguments = CALLS[name]
    arguments = [np.abs(argument).clip(0, 255) for argument in arguments]
    expected = function(*[argument.astype(np.float64) for argument in arguments])
    result = function(*[argument.astype(np.uint8) for argument in arguments])
    np.testing.assert_allclose(result, expected, rtol=1e-4, atol=1e-3)


def test_floats_does_not_copy_what_is_float_already():
    array = np.ones((2, 3), np.float32)
    assert floats(array) is array


@pytest.mark.parametrize(
    ("array", "sentence"),
    [
        ([[1, 2], [3]], "all rows must have the same length"),
        (["a", "b"], "numbers are needed here, not values of the type <U1"),
        ([1j], "numbers are needed here, not values of the type complex128"),
    ],
)
def test_floats_refuses_what_are_no_numbers(array, sentence):
    with pytest.raises(ValueError, match=sentence):
        floats(array)


def test_floats_takes_true_and_false():
    np.testing.assert_array_equal(floats([[True, False]]), [[1, 0]])


@pytest.mark.parametrize("axes", [0, 1, 4])
def test_a_picture_has_2_or_3_axes(axes):
    with pytest.raises(ValueError, match=rf"2 axes \(row, column\) or 3 .*, not {axes}"):
        picture(np.zeros([2] * axes))


@pytest.mark.parametrize("axes", [0, 1, 5])
def test_pictures_have_2_to_4_axes(axes):
    with pytest.raises(ValueError, match=rf"images have 2 axes .* or 4 .*, not {axes}"):
        pictures(np.zeros([2] * axes))


@pytest.mark.parametrize("check", [picture, pictures])
@pytest.mark.parametrize("shape", [(0, 4), (3, 0), (3, 4, 0)])
def test_a_picture_needs_a_pixel(check, shape):
    with pytest.raises(ValueError, match=r"needs at least one pixel; the shape \(.*0.*\) has none"):
        check(np.zeros(shape))


def test_a_batch_may_be_empty():
    assert pooling.max_pool2d(np.zeros((0, 4, 6, 3)), 2).shape == (0, 2, 3, 3)


def test_the_calls_above_name_every_function_that_takes_a_picture_and_returns_one():
    modules = [convolution, pooling, kernels, color, values, positions, drawings]
    functions = {name: f for m in modules for name, f in vars(m).items() if f.__class__.__name__ == "function"}
    checks = "floats picture pictures by output_size output_shape whole_number window_numbers matched alike filter_bias"
    parts = (
        "as_strided surround windows unroll pool gathered checked color_channels channel_number reads limits dataclass"
    )
    makers = "slice_around some_filters filter_bank gaussian coverage pixel box identity starts"
    drawn = "box_around scaled_shape scaling to_middle disk"
    others = {*checks.split(), *parts.split(), *makers.split(), *drawn.split()}
    assert functions.keys() - others == {name.split(" ")[0] for name in CALLS}


def test_import_helpers_does_nothing():
    code = "import sys, helpers; print([name for name in sys.modules if 'numpy' in name or 'helpers.' in name])"
    folder = images.COURSE
    done = subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
