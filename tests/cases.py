"""Random cases for every operation: arrays and arguments, of which about one in four makes no sense.

A case is made again by its operation and its number: `case("convolve2d", 17)`. Single precision holds all its
floats exactly, so that Python and the browser start from the same numbers.
"""

import zlib

import numpy as np

from helpers.engine.operations import OPERATIONS
from helpers.engine.recipe import step

UNREFUSED = "pixel add wrap relu flatten naive_softmax center_by_mass layer_outputs"
NEVER_REFUSE = set(UNREFUSED.split())  # whatever the picture, there is an answer


class Chance:
    """Random choices, from a seed."""

    def __init__(self, *seed):
        self.rng = np.random.default_rng(seed)

    def one(self, *choices):
        """Return one of the choices."""
        return choices[self.rng.integers(len(choices))]

    def odd(self, good, *bad):
        """Return something sensible, or one time in twelve something that is not."""
        return self.one(*bad) if self.rng.random() < 1 / 12 else good

    def whole(self, low, high, *bad):
        """Return a whole number from low to high; seldom one that is bad, or no whole number."""
        return self.odd(int(self.rng.integers(low, high + 1)), *bad, 1.5, -0.25, True, None, "2")

    def number(self, low, high):
        """Return a number from low to high that single precision holds."""
        return float(np.float32(self.rng.uniform(low, high)))

    def array(self, *shape, low=-300, high=300):
        """Return an array in one of the types that arrays have on screen."""
        kind = self.one("uint8", "whole", "float32", "float64")
        if kind == "uint8":
            return self.rng.integers(0, 256, shape).astype(np.uint8)
        if kind == "whole":
            return self.rng.integers(low, high + 1, shape).astype(np.float64)
        return self.rng.uniform(low, high, shape).astype(np.float32).astype(kind)

    def size(self, most):
        """Return rows and columns that differ."""
        rows, columns = self.rng.choice(most, 2, replace=False) + 1
        return int(rows), int(columns)

    def picture(self, *channels, low=-300, high=300, most=9):
        """Return a picture with one of these numbers of channels; 0 means no axis for them."""
        depth = self.one(*(channels or (0, 1, 3, 4)))
        return self.array(*self.size(most), *([depth] if depth else []), low=low, high=high)

    def colors(self, right, wrong):
        """Return a picture with the right number of channels, seldom a wrong one; often black or gray."""
        picture = self.picture(self.odd(right, *wrong), low=0, high=360)
        return self.one(picture, picture // 120 * 120)

    def kernel(self, *inner):
        """Return small weights, rows and columns apart."""
        rows, columns = self.size(5)
        return self.array(rows, columns, *inner, low=-3, high=3)

    def some(self, **arguments):
        """Leave some of the arguments out, so that the defaults are tried too."""
        return {name: value for name, value in arguments.items() if self.rng.random() < 0.75}

    def window(self):
        """Return how a window slides."""
        return self.some(stride=self.whole(1, 3, 0, -2), padding=self.whole(0, 3, -1), dilation=self.whole(1, 2, 0))


def drawing(chance, most=12):
    """Return a drawing on black, often with one channel: nothing, a dot, a box, scattered pixels; at the rim too."""
    rows, columns = chance.size(most)
    image = np.zeros((rows, columns, *chance.one((), (1,), (1,), (3,))))
    kind = chance.one("empty", "dot", "box", "box", "scattered", "scattered", "any")
    if kind == "any":
        return chance.array(*image.shape)
    value = chance.array(*image.shape, low=1, high=255)
    if kind == "dot":
        image[chance.rng.integers(rows), chance.rng.integers(columns)] = value[0, 0]
    if kind == "box":
        top, left = chance.rng.integers(rows), chance.rng.integers(columns)
        part = np.s_[top : top + 1 + chance.rng.integers(rows), left : left + 1 + chance.rng.integers(columns)]
        image[part] = chance.one(value, np.full_like(value, value.flat[0]))[part]
    if kind == "scattered":
        image = np.where(
            chance.rng.random(image.shape) < chance.one(0.1, 0.5), value, -20 * (chance.rng.random() < 0.2)
        )
    return image.astype(chance.one(np.uint8, np.float32, np.float64)) if image.min() >= 0 else image


def middle_square(chance):
    image = chance.picture(most=14)
    return {"image": image, **chance.some(side=chance.whole(1, min(image.shape[:2]), 0, 40))}


def at_windows(chance):
    image, size, stride = chance.picture(most=12), chance.whole(1, 4, 0), chance.odd(chance.one(1, 2, 3), 0)
    depth = chance.one((), (2,))
    if stride and isinstance(size, int) and 0 < size <= min(image.shape[:2]):
        places = [(length - size) // stride + 1 for length in image.shape[:2]]
    else:
        places = chance.size(4)
    values = chance.array(*chance.odd(tuple(places), (3, 2)), *depth)
    return {"image": image, "values": values, "kernel_size": size, "stride": stride}


def scale_into(chance):
    image = drawing(chance)
    most = min(image.shape[:2])
    side = chance.whole(1, most, 0, -1, most + 1, 10**9)
    return {"image": image, "side": side} if chance.rng.random() < 0.9 else {"image": drawing(chance, 28)}


def depth_of(image):
    """Count the channels of a picture."""
    return image.shape[2] if image.ndim == 3 else 1


def keep(chance):
    image = chance.picture()
    count = chance.odd(depth_of(image), depth_of(image) + 1)
    return {"image": image, "channels": [chance.one(True, False) for _ in range(count)]}


def move(chance):
    image = chance.picture()
    depth = depth_of(image)
    amounts = [chance.number(-400, 400) for _ in range(chance.odd(depth, depth + 1))]
    highs = [chance.one(100, 255, 360) for _ in range(chance.odd(depth, 2, 5))]
    return {"image": image, "amounts": amounts, **chance.some(high=chance.one(highs, 100), around=[0])}


def composite(chance):
    rgba = chance.picture(chance.odd(4, 0, 1, 3), low=0, high=255)
    behind = chance.array(*chance.odd(rgba.shape[:2], (9, 2)), chance.odd(3, 4))
    color = [chance.number(0, 255) for _ in range(chance.odd(3, 2, 4))]
    return {"rgba": rgba, "background": chance.one(behind, color)}


def to_gray(chance):
    weights = [chance.number(-1, 1) for _ in range(chance.odd(3, 2, 4))]
    return {"image": chance.picture(0, chance.odd(3, 1, 4)), **chance.some(weights=weights)}


def limits(chance):
    low = chance.number(-400, 300) * chance.one(1, 1, 1e-6, 1e6)
    above = chance.odd(chance.number(1, 300), 0, -1, -70.5)
    return {"low": low, "high": low + above * max(1, abs(low) / 100)}


def difference(chance):
    first = chance.picture()
    same = chance.odd(True, False)
    return {"first": first, "second": chance.array(*first.shape) if same else chance.picture()}


def coverage(chance):
    return {"image": chance.picture(most=14), "kernel_size": chance.whole(1, 4, 0, 9), **chance.window()}


def pad2d(chance):
    mode = chance.odd(chance.one("zero", "edge", "reflect", "wrap"), "mirror", "")
    return {"image": chance.picture(most=14), "padding": chance.whole(0, 4, -1, 15, 10**6), **chance.some(mode=mode)}


def convolve2d(chance):
    padding = pad2d(chance)
    kernel = chance.kernel(*chance.odd((), (2,)))
    return padding | {"kernel": kernel, **chance.window()} | chance.some(flip=chance.one(True, False))


def repeat2d(chance):
    window = chance.some(padding=chance.whole(0, 2, -1), mode=chance.one("zero", "edge"))
    count = chance.whole(0, 3, -1, 10**6)
    return {"image": chance.picture(most=14), "kernel": chance.kernel(), "count": count, **window}


def conv2d(chance):
    images = chance.picture(*chance.odd((1, 3, 4), (0,)), most=14)
    filters = chance.one(1, 2, 5)
    weights = chance.kernel(*chance.odd((depth_of(images), filters), (depth_of(images) + 1, filters), (3,)))
    bias = chance.array(chance.odd(filters, filters + 1), low=-9, high=9)
    bias = chance.one(bias, [float(number) for number in bias])
    return {"images": images, "weights": weights, **chance.some(bias=bias), **chance.window()}


def depthwise2d(chance):
    images = chance.picture(*chance.odd((1, 3, 4), (0,)), most=14)
    depth = depth_of(images)
    weights = chance.kernel(*chance.odd((depth, 1), (depth + 1, 1), (depth, 2), (3,)))
    return {"images": images, "weights": weights}


def some_filters(chance):
    weights = chance.kernel(*chance.odd((chance.one(1, 3, 4), chance.one(2, 5)), (3,)))
    size, channels, filters = min(weights.shape[:2]), weights.shape[2], weights.shape[-1]
    return {
        "weights": weights,
        "kernel_size": chance.whole(1, size, 0, 9),
        "channels": chance.whole(1, channels, 0, 9),
        "filters": chance.whole(1, filters, 0, 9),
    }


def operated(chance, *numbers):
    weights = chance.kernel(chance.one(1, 3), chance.one(2, 5))
    return {"weights": weights, **{name: chance.whole(-1, weights.shape[-1] - 1, -2, 9) for name in numbers}}


def paste(chance):
    given = operated(chance, "which")
    rows, columns = (int(chance.rng.integers(1, size + 1)) for size in given["weights"].shape[:2])
    good = chance.array(rows, columns, low=-3, high=3)
    return given | {"kernel": chance.odd(good, np.zeros((1, 1)), np.ones((6, 1)), np.ones(3))}


def corner(chance):
    image = chance.picture()
    size, channels = min(image.shape[:2]), depth_of(image)
    return {"image": image, "size": chance.whole(1, size, 0, 20), "channels": chance.whole(1, channels, 0, 9)}


def pool(chance):
    window = {"kernel_size": chance.whole(1, 4, 0, 9), "stride": chance.one(None, chance.whole(1, 3, 0))}
    return {
        "images": chance.picture(most=14),
        **window,
        **chance.some(padding=chance.whole(0, window["kernel_size"] != 1, -1, 5)),
    }


def scale_and_shift(chance):
    images = chance.picture(*chance.odd((1, 3, 4), (0,)))
    numbers = chance.array(chance.odd(depth_of(images), depth_of(images) + 1), low=-3, high=3)
    return {"images": images, "scale": numbers, "shift": chance.array(depth_of(images))}


def dense(chance):
    count, outputs = chance.size(20)
    weights = chance.array(chance.odd(count, count + 1), outputs, low=-3, high=3)
    bias = chance.array(chance.odd(outputs, outputs + 1), low=-9, high=9)
    return {"numbers": chance.array(count), "weights": weights, **chance.some(bias=bias)}


def softmax(chance):
    temperature = chance.odd(chance.one(0.5, 1, 20.0), 0, -1.5)
    return {"logits": chance.array(chance.one(1, 2, 7), low=-30, high=30), **chance.some(temperature=temperature)}


def lesson(chance):
    """Return a picture, what is wanted of it, and the size of a kernel that makes that; seldom another one."""
    kernel, places = chance.size(3), chance.size(5)
    size = [a + b - 1 for a, b in zip(kernel, places, strict=True)]
    return {"image": chance.array(*size, low=-3, high=3), "wanted": chance.array(*places, low=-9, high=9)}, (
        kernel[0] + chance.odd(0, 1),
        kernel[1],
    )


def descend(chance):
    given, kernel = lesson(chance)
    start = chance.array(*kernel, low=-2, high=2)
    return given | {"start": start, "learning_rate": chance.one(0.0, 1e-6, 0.5), "steps": chance.whole(0, 9, -1, 10**6)}


def kernel_losses(chance):
    given, kernel = lesson(chance)
    return given | {"kernels": chance.array(chance.one(1, 4), *kernel, low=-2, high=2)}


def two_weights(chance, size):
    return {name: chance.whole(0, size - 1, -1, size) for name in ("across", "down")} | {"reach": chance.one(1.0, 4.5)}


def landscape(chance):
    given, kernel = lesson(chance)
    return given | {"kernel": chance.array(*kernel, low=-2, high=2)} | two_weights(chance, kernel[0] * kernel[1])


def trail(chance):
    kernel = chance.size(3)
    shape = chance.odd((chance.one(1, 5), *kernel), kernel)
    return {"kernels": chance.array(*shape, low=-9, high=9)} | two_weights(chance, kernel[0] * kernel[1])


def mean_square(chance):
    first = chance.picture()
    return {"first": first, "second": chance.array(*chance.odd(first.shape, (2, 2, 2, 2)))}


def stepped(chance):
    first = chance.picture()
    shape = chance.odd(first.shape, (2, 2, 2, 2))
    return {"first": first, "gradient": chance.array(*shape), "learning_rate": chance.one(0.0, 0.5, 3.0)}


def take(chance):
    stack = chance.array(*chance.odd(chance.one((4, 3), (3, 2, 5), (2, 1, 2, 2)), (4,)))
    return {"stack": stack, "which": chance.whole(0, 4, -1)}


def kernel_gradient(chance):
    image = chance.picture(low=-9, high=9)
    rows, columns = (chance.odd(int(chance.rng.integers(1, n + 1)), n + 1) for n in image.shape[:2])
    gradient = chance.array(rows, columns, *image.shape[2:], low=-9, high=9)
    return {"image": image, "gradient": gradient, **chance.some(factor=chance.one(0.25, -2.0))}


def relu_gradient(chance):
    images = chance.picture()
    return {"images": images, "gradient": chance.array(*chance.odd(images.shape, (1, 1)))}


def max_pool_gradient(chance):
    size, images = chance.one(1, 2, 3), chance.picture(low=-3, high=3)
    shape = (max(1, n // size) for n in images.shape[:2])
    return {
        "images": images,
        "gradient": chance.array(*shape, *images.shape[2:]),
        "kernel_size": chance.odd(size, 0, 5),
    }


def some_layer(chance):
    """Return one line of a sketch; it may read what does not come in."""
    window = [chance.one(1, 2, 3, 5), chance.one(1, 1, 2, 3), chance.one(0, 0, 1, 2)]
    kind = chance.one("Conv2D", "Conv2D", "ReLU", "MaxPool2D", "AvgPool2D", "BatchNorm", "Flatten", "GlobalAvgPool2D")
    numbers = {"Conv2D": [chance.one(1, 3, 8), chance.one(1, 2, 8, 64), *window], "BatchNorm": [chance.one(1, 8)]}
    numbers |= {"MaxPool2D": window, "AvgPool2D": window}
    return [kind, *numbers.get(kind, [])]


def some_sketch(chance):
    """Return a sketch of a network, and what goes in; with `fit`, most of it fits."""
    layers = [some_layer(chance) for _ in range(chance.one(0, 1, 2, 3, 4))]
    dense = [["Dense", chance.one(64, 192, 784), chance.one(1, 10, 1000)] for _ in range(chance.one(0, 1, 2))]
    end = chance.odd([["Flatten"], *dense], dense, [["Dense", 5, 5], ["ReLU"]])
    fit = chance.one(True, True, True, False)
    return {"layers": [*layers, *end], "size": chance.one("8x8x1", "28x28x1", "224x224x3"), **{"fit": fit}}


ARGUMENTS = {
    "pixel": lambda chance: (
        {name: chance.number(-9, 300) for name in ("red", "green", "blue")} | chance.some(alpha=chance.number(0, 255))
    ),
    "to_rgba": lambda chance: {"image": chance.picture(*chance.odd((0, 1, 3, 4), (2, 5)))},
    "pick": lambda chance: {
        "image": chance.picture(),
        "channel": chance.whole(0, chance.one(0, 0, 2), 3, -1),
    },
    "keep": keep,
    "swap": lambda chance: {
        "image": chance.picture(3, 4, chance.odd(3, 0)),
        "first": chance.whole(0, 2, -1, 4),
        "second": chance.whole(0, 2, 9),
    },
    "move": move,
    "composite": composite,
    "drop_alpha": lambda chance: {"image": chance.picture(*chance.odd((0, 3, 4), (1, 2, 5)))},
    "to_gray": to_gray,
    "rgb_to_hsv": lambda chance: {"rgb": chance.colors(3, (0, 1, 4))},
    "hsv_to_rgb": lambda chance: {"hsv": chance.colors(3, (0, 1, 4))},
    "rgb_to_cmyk": lambda chance: {"rgb": chance.colors(3, (0, 1, 4))},
    "cmyk_to_rgb": lambda chance: {"cmyk": chance.colors(4, (0, 1, 3))},
    "add": lambda chance: {"image": chance.picture(), "amount": chance.number(-300, 300)},
    "clip": lambda chance: {"image": chance.picture(), **chance.one(limits(chance), {})},
    "rescale": lambda chance: {"image": chance.picture(), **limits(chance)},
    "wrap": lambda chance: {"image": chance.picture(low=-1000, high=1000)},
    "difference": difference,
    "plus": difference,
    "changed": lambda chance: difference(chance) | chance.some(more_than=chance.one(0, chance.number(0, 300))),
    "shift": lambda chance: {
        "image": chance.picture(),
        "rows": chance.whole(-9, 9, 10**9),
        "columns": chance.whole(-9, 9, -(10**9)),
    },
    "take_every": lambda chance: {"image": chance.picture(), "step": chance.whole(1, 9, 0, -3)},
    "mosaic": lambda chance: {"image": chance.picture(), "size": chance.whole(1, 9, 0, -3)},
    "around": lambda chance: {
        "image": chance.picture(),
        "share": chance.whole(1, 100, 0, 101),
        "row": chance.whole(-3, 12),
        "column": chance.whole(-3, 12),
    },
    "scale_into": scale_into,
    "middle_square": middle_square,
    "at_windows": at_windows,
    "center_by_mass": lambda chance: {"image": drawing(chance)},
    "thicken": lambda chance: {"image": drawing(chance), "width": chance.whole(0, chance.one(1, 3, 8), -1, 21, 10**6)},
    "coverage": coverage,
    "ruler": lambda chance: {"size": chance.whole(1, 12, 0, 10**8), **chance.some(padding=chance.whole(0, 4, -1))},
    "stripes": lambda chance: {
        "rows": chance.whole(1, 5, 0, 10**7),
        "columns": chance.whole(1, 20, -1),
        "period": chance.whole(2, 7, 1),
        **chance.some(width=chance.one(None, chance.whole(0, 2, -1, 8))),
    },
    "starts": lambda chance: {
        "image": chance.picture(most=14),
        "kernel_size": chance.whole(1, 4, 0, 20),
        **chance.some(stride=chance.whole(1, 4, 0)),
    },
    "box": lambda chance: {"kernel_size": chance.whole(1, 9, 0, -2, 10**6)},
    "identity": lambda chance: {"kernel_size": chance.whole(1, 9, 0, -2, 10**6)},
    "repeat2d": repeat2d,
    "pad2d": pad2d,
    "convolve2d": convolve2d,
    "conv2d": conv2d,
    "depthwise2d": depthwise2d,
    "some_filters": some_filters,
    "corner": corner,
    "silence": lambda chance: operated(chance, "which"),
    "exchange": lambda chance: operated(chance, "which", "other"),
    "paste": paste,
    "quantize": lambda chance: operated(chance) | {"bits": chance.whole(1, 16, 0, 40)},
    "layer_costs": lambda chance: {
        "size": chance.whole(1, 300, 0),
        "channels": chance.whole(1, 4, 0),
        "kernel_size": chance.whole(1, 7, 0, 900),
        "filters": chance.whole(1, 64, 0),
        **chance.some(stride=chance.whole(1, 3, 0), padding=chance.whole(0, 3, -1)),
    },
    "descend": descend,
    "kernel_losses": kernel_losses,
    "landscape": landscape,
    "trail": trail,
    "mean_square": mean_square,
    "stepped": stepped,
    "take": take,
    "kernel_gradient": kernel_gradient,
    "relu_gradient": relu_gradient,
    "max_pool_gradient": max_pool_gradient,
    "layer_outputs": some_sketch,
    "layer_parameters": some_sketch,
    "layer_multiplications": some_sketch,
    "max_pool2d": pool,
    "avg_pool2d": pool,
    "relu": lambda chance: {"images": chance.picture()},
    "scale_and_shift": scale_and_shift,
    "flatten": lambda chance: {"images": chance.picture()},
    "dense": dense,
    "softmax": softmax,
    "naive_softmax": lambda chance: {"logits": np.float32([chance.number(-9, 9) for _ in range(chance.one(1, 2, 7))])},
}


def case(operation, number):
    """Return the recipe of one step, and the settings, of a case."""
    assert operation in ARGUMENTS, f"give {operation} random arguments in tests/cases.py"
    settings = ARGUMENTS[operation](Chance(zlib.crc32(operation.encode()), number))
    return [step("outcome", operation, **{name: f"${name}" for name in settings})], settings


def outcome(operation, settings):
    """Return what floor 1 makes of the settings, or its sentence."""
    try:
        return OPERATIONS[operation].function(**settings)
    except ValueError as refusal:
        return str(refusal)


def magnitude(*values):
    """Return the largest absolute number in the arrays among the values."""
    return max([float(np.abs(one).max()) for one in values if isinstance(one, np.ndarray) and one.size], default=0)
