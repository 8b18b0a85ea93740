"""Lesson 05, Channels and filters: what is done."""

import itertools

import numpy as np

from helpers.exercises import syntax
from helpers.exercises.exercise import FunctionExercise, Slip, ValueExercise, bug_hunt

# === Exercise: count parameters ====================================================================


def count_parameters(kernel_size, channels, filters):
    """Count what a layer learns: all weights of its square kernels, and all biases.

    Three whole numbers come in.
    """
    weights = kernel_size * kernel_size * channels * filters
    return weights + filters


def counted_a_filter(kernel_size, channels, filters):
    """Count one filter, then take it so many times."""
    return filters * (kernel_size**2 * channels + 1)


def counted_by_parts(kernel_size, channels, filters):
    """Count one kernel, one filter, one bias more, all filters."""
    kernel = kernel_size * kernel_size
    return (kernel * channels + 1) * filters


def counted_as_a_product(kernel_size, channels, filters):
    """Multiply the shape."""
    return np.prod([kernel_size, kernel_size, channels, filters]) + filters


def counted_one_by_one(kernel_size, channels, filters):
    """Count filter by filter, and in it kernel by kernel."""
    count = 0
    for _ in range(filters):
        count += 1
        for _ in range(channels):
            count += kernel_size**2
    return count


def counted_with_a_row_more(kernel_size, channels, filters):
    """Take the bias as one more weight of each filter."""
    inputs = channels * kernel_size * kernel_size + 1
    return inputs * filters


PARAMETERS = FunctionExercise(
    title="Count parameters",
    solution=count_parameters,
    cases=((3, 3, 2), (5, 1, 8), (2, 6, 7), (1, 3, 4), (3, 16, 10), (7, 4, 1)),
    topics="function, bias",
    slips=(
        Slip(
            "bias forgotten",
            lambda kernel_size, channels, filters: kernel_size**2 * channels * filters,
            "Those are the weights. What is added once more, for each map?",
        ),
        Slip(
            "one bias for all",
            lambda kernel_size, channels, filters: kernel_size**2 * channels * filters + 1,
            "You count one bias for the whole layer. Each filter has its own.",
        ),
        Slip(
            "channels forgotten",
            lambda kernel_size, channels, filters: (kernel_size**2 + 1) * filters,
            "That is one kernel for each filter, as if each read a single channel. It reads all of them, each with a"
            " kernel of its own.",
        ),
        Slip(
            "filters forgotten",
            lambda kernel_size, channels, filters: kernel_size**2 * channels + 1,
            "That is one filter. How many are there?",
        ),
        Slip(
            "one side of the kernel",
            lambda kernel_size, channels, filters: (kernel_size * channels + 1) * filters,
            "A kernel has rows and columns: you count along one side only.",
        ),
        Slip(
            "sides added",
            lambda kernel_size, channels, filters: (2 * kernel_size * channels + 1) * filters,
            "Twice the side is no square. How many cells has a kernel of 3 rows and 3 columns?",
        ),
        Slip(
            "a bias for each kernel",
            lambda kernel_size, channels, filters: (kernel_size**2 + 1) * channels * filters,
            "You give each kernel a bias. The subtotals of a filter are added up first, then comes one bias.",
        ),
        Slip(
            "a bias for each channel",
            lambda kernel_size, channels, filters: kernel_size**2 * channels * filters + channels,
            "You count as many biases as channels come in. A bias belongs to a map that comes out.",
        ),
        Slip(
            "filters only in the bias",
            lambda kernel_size, channels, filters: kernel_size**2 * channels + filters,
            "Your biases are right, but the weights are those of a single filter.",
        ),
        Slip(
            "channels added",
            lambda kernel_size, channels, filters: (kernel_size**2 + channels + 1) * filters,
            "You add the channels to the cells of a kernel. For each channel there is a whole kernel.",
        ),
        Slip(
            "three channels assumed",
            lambda kernel_size, channels, filters: (kernel_size**2 * 3 + 1) * filters,
            "You always count three channels. A later layer reads as many maps as the one before has made.",
        ),
    ),
    ways=(
        counted_a_filter,
        counted_by_parts,
        counted_as_a_product,
        counted_one_by_one,
        counted_with_a_row_more,
    ),
    hints=(
        "One kernel, then one filter, then all of them. And each filter has one number besides: what is added to the"
        " sum of its subtotals.",
        "`weights = kernel_size * kernel_size * channels * ...`",
    ),
    why="No word of how large the picture is: the same few numbers are used at every place. That is why a network for"
    " photos fits into a file at all.",
)

# === Exercise: a convolution with channels, filters and bias =======================================


def conv2d(image, weights, bias, stride, padding):
    """Slide filters over a picture with channels. Padding: so many zeros on each side, before anything else.

    image (row, column, channel), weights (kernel row, kernel column, channel, filter), bias (filter,). No flip.
    """
    image = np.pad(image, [(padding, padding), (padding, padding), (0, 0)])
    high, wide, _, filters = weights.shape
    rows = (image.shape[0] - high) // stride + 1
    columns = (image.shape[1] - wide) // stride + 1
    result = np.zeros((rows, columns, filters))
    for row in range(rows):
        for column in range(columns):
            top, left = row * stride, column * stride
            window = image[top : top + high, left : left + wide]
            for k in range(filters):
                result[row, column, k] = (window * weights[:, :, :, k]).sum() + bias[k]
    return result


def ringed(image, padding, mode="constant"):
    """Return the picture with a ring around each channel."""
    before, after = padding if isinstance(padding, tuple) else (padding, padding)
    return np.pad(image, [(before, after), (before, after), (0, 0)], mode=mode)


def starts(image, weights, stride):
    """Count the starts in rows and in columns."""
    return [(n - f) // stride + 1 for n, f in zip(image.shape[:2], weights.shape[:2], strict=True)]


def slide(image, weights, bias, places, steps, dtype=float):
    """Slide filters over a picture, so many places, in such steps, whether that makes sense or not."""
    result = np.zeros((*places, weights.shape[3]), dtype)
    for row, column in np.ndindex(*places):
        top, left = row * steps[0], column * steps[1]
        window = image[top : top + weights.shape[0], left : left + weights.shape[1]]
        result[row, column] = (window[..., np.newaxis] * weights).sum(axis=(0, 1, 2)) + bias
    return result


def with_ring(make):
    """Return a function that puts zeros around the picture first, and hands it to a slip."""
    return lambda image, weights, bias, stride, padding: make(ringed(image, padding), weights, bias, stride)


def with_weights(change):
    """Return the layer that changes its weights before it begins."""
    return lambda image, weights, *rest: conv2d(image, change(weights), *rest)


def with_bias(change):
    """Return the layer whose bias is made of the bias and the weights."""
    return lambda image, weights, bias, *rest: conv2d(image, weights, change(bias, weights), *rest)


@with_ring
def rounded_up(image, weights, bias, stride):
    """Count half steps as whole ones."""
    places = [-(-(n - f) // stride) + 1 for n, f in zip(image.shape[:2], weights.shape[:2], strict=True)]
    return slide(image, weights, bias, places, (stride, stride))


@with_ring
def rounded_up_with_zeros(image, weights, bias, stride):
    """Count half steps as whole ones, and put zeros where the picture ends."""
    rest = [-(n - f) % stride for n, f in zip(image.shape[:2], weights.shape[:2], strict=True)]
    return conv2d(np.pad(image, [(0, rest[0]), (0, rest[1]), (0, 0)]), weights, bias, stride, 0)


def padded_after(image, weights, bias, stride, padding):
    """Put the ring around what comes out."""
    return ringed(conv2d(image, weights, bias, stride, 0), padding)


def own_channel(image, weights, bias, stride, padding):
    """Let filter i read channel i alone."""
    channels = image.shape[2]
    only = np.zeros_like(weights)
    for k in range(weights.shape[3]):
        only[:, :, k % channels, k] = weights[:, :, k % channels, k]
    return conv2d(image, only, bias, stride, padding)


def gray_first(image, weights, bias, stride, padding):
    """Take the mean of the channels, then slide."""
    gray = np.repeat(image.mean(axis=2, keepdims=True), image.shape[2], axis=2)
    return conv2d(gray, weights, bias, stride, padding)


def kept_apart(image, weights, bias, stride, padding):
    """Return a map for each channel and filter."""
    apart = [
        conv2d(image[:, :, c : c + 1], weights[:, :, c : c + 1], bias, stride, padding) for c in range(image.shape[2])
    ]
    return np.concatenate(apart, axis=2)


def averaged(image, weights, bias, stride, padding):
    """Divide the sum over channels by their number; then add the bias."""
    return conv2d(image, weights / weights.shape[2], bias, stride, padding)


def all_windows(image, shape, stride, padding):
    """Return all windows at once: (row, column, channel, row of the window, column of the window)."""
    padded = np.pad(image, [(padding, padding), (padding, padding), (0, 0)])
    return np.lib.stride_tricks.sliding_window_view(padded, shape, axis=(0, 1))[::stride, ::stride]


def layer_by_windows(image, weights, bias, stride, padding):
    """Look at all windows at once, and let one sum of products do the rest."""
    return np.einsum("rscab,abck->rsk", all_windows(image, weights.shape[:2], stride, padding), weights) + bias


def layer_by_products(image, weights, bias, stride, padding):
    """Lay three axes of all windows on three axes of the filters."""
    windows = all_windows(image, weights.shape[:2], stride, padding)
    return np.tensordot(windows, weights, axes=([3, 4, 2], [0, 1, 2])) + bias


def layer_by_filters(image, weights, bias, stride, padding):
    """Make one map after the other."""
    windows = all_windows(image, weights.shape[:2], stride, padding)
    maps = [(windows * weights[..., k].transpose(2, 0, 1)).sum(axis=(2, 3, 4)) + bias[k] for k in range(len(bias))]
    return np.stack(maps, axis=2)


def layer_by_weights(image, weights, bias, stride, padding):
    """Add the picture up, moved and weighted, once for each cell of the kernels."""
    padded = np.pad(image, [(padding, padding), (padding, padding), (0, 0)])
    result = bias
    for down, right in np.ndindex(weights.shape[:2]):
        below, beyond = padded.shape[0] - weights.shape[0] + down, padded.shape[1] - weights.shape[1] + right
        result = result + padded[down : below + 1 : stride, right : beyond + 1 : stride] @ weights[down, right]
    return result


def layer_by_lists(image, weights, bias, stride, padding):
    """Walk from start to start, and keep plain lists."""
    padded = np.pad(image, [(padding, padding), (padding, padding), (0, 0)])
    high, wide = weights.shape[:2]
    result = []
    for top in range(0, len(padded) - high + 1, stride):
        lefts = range(0, padded.shape[1] - wide + 1, stride)
        windows = [padded[top : top + high, left : left + wide, :, np.newaxis] for left in lefts]
        result.append([((window * weights).sum(axis=(0, 1, 2)) + bias).tolist() for window in windows])
    return result


CHANCE = np.random.default_rng(50)


def case(image, weights, stride, padding, kind=float):
    """Make up a picture, filters and biases."""
    low = 0 if kind is np.uint8 else -9
    pixels = CHANCE.integers(low, 256 if kind is np.uint8 else 10, image).astype(kind)
    bias = CHANCE.integers(1, 9, weights[3]) * CHANCE.choice([-7, 7], weights[3])
    return pixels, CHANCE.integers(-4, 5, weights) / 2, bias.astype(float), stride, padding


FITS = (
    "There are two shapes to bring together: a window is `(high, wide, channels)`, and so is one filter,"
    " `weights[:, :, :, k]`. Print both. And is the ring added to rows and columns only, not to the channels?"
)

LAYER = FunctionExercise(
    title="A convolution with channels, filters and bias",
    solution=conv2d,
    cases=(
        case((6, 8, 2), (3, 2, 2, 3), 1, 0),
        case((7, 9, 3), (2, 3, 3, 2), 2, 1),
        case((5, 6, 2), (2, 2, 2, 2), 1, 1, np.uint8),
        case((8, 7, 3), (3, 3, 3, 4), 3, 2),
        case((9, 6, 1), (4, 2, 1, 3), 2, 0),
        case((5, 4, 3), (1, 1, 3, 1), 1, 0),
        case((6, 9, 4), (3, 3, 4, 2), 2, 1),
        case((5, 5, 2), (2, 2, 2, 3), 1, 2),
    ),
    tolerance=1e-3,
    topics="function, array, size, kernel, stride, padding, count, sum over channels, channels, bias, arithmetic",
    stops=(("IndexError", FITS),),
    slips=(
        Slip(
            "bias forgotten",
            with_bias(lambda bias, weights: 0 * bias),
            "All but the bias is there. Each map gets one number added, the same at every place.",
        ),
        Slip(
            "one bias for all",
            with_bias(lambda bias, weights: np.full_like(bias, bias[0])),
            "You add the first bias to every map. Each filter has its own: `bias[k]`.",
        ),
        Slip(
            "bias for each channel",
            with_bias(lambda bias, weights: bias * weights.shape[2]),
            "You add the bias once for each channel. It comes once, after the subtotals are added up.",
        ),
        Slip(
            "bias for each weight",
            with_bias(lambda bias, weights: bias * weights[..., 0].size),
            "You add the bias to each product. It comes once, after the sum: look at your brackets.",
        ),
        Slip(
            "all biases added",
            with_bias(lambda bias, weights: np.full_like(bias, bias.sum())),
            "You add all biases to every map. One map, one bias: `bias[k]`.",
        ),
        Slip(
            "bias subtracted",
            with_bias(lambda bias, weights: -bias),
            "You take the bias away. It is added; it may be below 0 by itself.",
        ),
        Slip(
            "channels averaged instead of added",
            averaged,
            "You divide the sum over the channels by their number. Subtotals are added, nothing else.",
        ),
        Slip(
            "gray first",
            gray_first,
            "You take the mean of the channels, then slide. Then a filter cannot tell red from green.",
        ),
        Slip(
            "averaged over the window",
            with_weights(lambda weights: weights / weights[..., 0].size),
            "You divide the sum by the number of weights. Multiply and add up, nothing else.",
        ),
        Slip(
            "first channel only",
            with_weights(lambda weights: weights * (np.arange(weights.shape[2]) == 0)[:, np.newaxis]),
            "You read the first channel only. A filter has a kernel for each channel.",
        ),
        Slip(
            "filter i on channel i",
            own_channel,
            "You let filter 0 read channel 0, filter 1 channel 1, and so on. Every filter reads every channel.",
        ),
        Slip(
            "first kernel for all channels",
            with_weights(lambda weights: np.repeat(weights[:, :, :1], weights.shape[2], axis=2)),
            "You lay the first kernel on all channels. A filter has a kernel of its own for each of them.",
        ),
        Slip(
            "channels kept apart",
            kept_apart,
            "You make a map for each channel and each filter. The channels of one filter are added up to one map.",
        ),
        Slip(
            "first filter for all maps",
            with_weights(lambda weights: np.repeat(weights[..., :1], weights.shape[3], axis=3)),
            "All your maps come from the first filter, apart from the bias. Map k belongs to `weights[:, :, :, k]`.",
        ),
        Slip(
            "filters added up",
            lambda image, weights, bias, *rest: conv2d(image, weights, bias, *rest).sum(axis=2),
            "You add all maps up to one. Channels are added; every filter keeps its own map.",
        ),
        Slip(
            "maps first",
            lambda *arguments: conv2d(*arguments).transpose(2, 0, 1),
            "Your numbers are right, but the maps come first, as in PyTorch. Here they come last:"
            " `result[row, column, k]`.",
        ),
        Slip(
            "padding after instead of before",
            padded_after,
            "You put the ring around what comes out. It belongs around the picture, before anything slides.",
        ),
        Slip(
            "padding forgotten",
            lambda image, weights, bias, stride, padding: conv2d(image, weights, bias, stride, 0),
            "That is what padding 0 makes. Where in your function is `padding` used?",
        ),
        Slip(
            "padding taken as the total",
            lambda image, weights, bias, stride, padding: conv2d(
                ringed(image, (padding // 2, padding - padding // 2)), weights, bias, stride, 0
            ),
            "You share the padding between both sides. It is added on *each* side.",
        ),
        Slip(
            "padding at the beginning only",
            lambda image, weights, bias, stride, padding: conv2d(ringed(image, (padding, 0)), weights, bias, stride, 0),
            "Your ring is open: zeros above and on the left only. It goes all around.",
        ),
        Slip(
            "border values instead of zeros",
            lambda image, weights, bias, stride, padding: conv2d(
                ringed(image, padding, "edge"), weights, bias, stride, 0
            ),
            "Your ring repeats the border of the picture. Asked for are zeros.",
        ),
        Slip(
            "stride ignored when slicing",
            with_ring(lambda image, weights, bias, s: slide(image, weights, bias, starts(image, weights, s), (1, 1))),
            "The size is right, the numbers are not: your window moves by 1. Result row 1 belongs to a window that"
            " starts further down.",
        ),
        Slip(
            "stride on rows only",
            with_ring(
                lambda image, weights, bias, s: slide(
                    image, weights, bias, (starts(image, weights, s)[0], starts(image, weights, 1)[1]), (s, 1)
                )
            ),
            "You take longer steps down, but still steps of 1 to the right. The stride holds in both directions.",
        ),
        Slip(
            "stride on rows only when slicing",
            with_ring(lambda image, weights, bias, s: slide(image, weights, bias, starts(image, weights, s), (s, 1))),
            "The size is right, and so are the rows. To the right, your window still moves by 1.",
        ),
        Slip(
            "stride ignored",
            lambda image, weights, bias, stride, padding: conv2d(image, weights, bias, 1, padding),
            "That is what stride 1 makes. Where in your function is `stride` used?",
        ),
        Slip(
            "ceil for floor",
            rounded_up,
            "You count half steps as whole ones, so your last windows hang over the edge. Round down.",
        ),
        Slip(
            "ceil, and zeros beyond the edge",
            rounded_up_with_zeros,
            "Your last windows hang over the edge, and read zeros there. A window that does not fit makes no number.",
        ),
        Slip(
            "+1 forgotten",
            with_ring(
                lambda image, weights, bias, s: slide(
                    image, weights, bias, [n - 1 for n in starts(image, weights, s)], (s, s)
                )
            ),
            "The last row and the last column are missing. Start 0 is a start, too: it takes no step to get there.",
        ),
        Slip(
            "square input assumed",
            with_ring(
                lambda image, weights, bias, s: slide(image, weights, bias, starts(image, weights, s)[:1] * 2, (s, s))
            ),
            "You count the starts in the rows, and use that for the columns as well. Neither picture nor kernel need be"
            " square.",
        ),
        Slip(
            "kernel flipped",
            with_weights(lambda weights: weights[::-1, ::-1]),
            "This is what you get when every kernel is turned by 180 degrees first. Networks lay it on as it is.",
        ),
        Slip(
            "kernel transposed",
            with_weights(lambda weights: weights.transpose(1, 0, 2, 3)),
            "This is what you get when rows and columns of the kernels are exchanged.",
        ),
        Slip(
            "channels in reverse",
            with_weights(lambda weights: weights[:, :, ::-1]),
            "Your kernels lie on the channels in reverse: that of the first on the last. BGR for RGB?",
        ),
        Slip(
            "integer overflow in uint8",
            with_ring(
                lambda image, weights, bias, s: slide(
                    image, weights, bias, starts(image, weights, s), (s, s), dtype=image.dtype
                )
            ),
            "Your sums are right, but they are stored like the picture. One comes in 8 bits, and what is below 0 or"
            " above 255 does not fit. Plain `np.zeros((rows, columns, filters))` has room.",
            because=syntax.ITS_OWN_KIND,
        ),
    ),
    ways=(layer_by_windows, layer_by_products, layer_by_filters, layer_by_weights, layer_by_lists),
    hints=(
        "It is your function of lesson 04 with three things around it: a ring of zeros first; a window that takes all"
        " channels with it; and, at each place, one sum for each filter, plus its bias.",
        "`image = np.pad(image, [(padding, padding), (padding, padding), (0, 0)])`: a ring around rows and columns,"
        " none around the channels.",
    ),
    why="This is a layer, the very one that libraries have: with these weights they make the same numbers. In lesson 09"
    " a network that knows a thousand things runs on it.",
)

# === Exercise: red next to green ===================================================================

COLORS = {
    "black": (0, 0, 0),
    "red": (255, 0, 0),
    "green": (0, 255, 0),
    "blue": (0, 0, 255),
    "yellow": (255, 255, 0),
    "magenta": (255, 0, 255),
    "cyan": (0, 255, 255),
    "white": (255, 255, 255),
}
BIAS = -300
WANTED = ("red", "green")
PAIRS = list(itertools.product(COLORS, repeat=2))


def fires(weights):
    """Return the pairs of colors, left and right, on which the filter fires: its sum and the bias are above 0."""
    if weights.shape != (2, 3):
        return set()
    sums = {pair: (np.array([COLORS[name] for name in pair]) * weights).sum() + BIAS for pair in PAIRS}
    return {pair for pair, total in sums.items() if total > 0}


def on(*pairs):
    """Return a function that tells whether a filter fires on any of these pairs."""
    return lambda weights: bool(fires(weights) & {tuple(pair.split()) for pair in pairs})


def told(*pairs):
    """Return a function that names the first of these pairs on which a filter fires."""
    return lambda weights: next(f"`{pair.replace(' ', ', ')}`" for pair in pairs if on(pair)(weights))


def how_often(weights):
    """Say on how many pairs the filter fires."""
    found = sorted(fires(weights) - {WANTED})
    also = " and ".join(found[0]).replace(" and ", " next to ")
    return f"It fires on red next to green, but on {len(found)} of the other 63 pairs as well: on {also}, for example."


def filter_lines(left, right):
    """Return the two pixels' weights as code."""
    return f"""# A filter of 1 row, 2 columns, 3 channels. Its bias is -300: it fires where sum and bias are above 0.
weights = [
    {list(left)},  # for R, G, B of the left pixel
    {list(right)},  # for R, G, B of the right pixel
]"""


def pair_slip(name, says, example, *pairs):
    """Return the slip of firing on pairs that are not asked for."""
    return Slip(name, on(*pairs), says, example=example, which=told(*pairs))


RED_GREEN = ValueExercise(
    name="red_next_to_green",
    title="Red next to green",
    stub=filter_lines((0, 0, 0), (0, 0, 0)),
    answer=filter_lines((1, -1, -1), (-1, 1, -1)),
    variable="weights",
    untouched=[[0, 0, 0], [0, 0, 0]],
    right=lambda weights: fires(weights) == {WANTED},
    far=how_often,
    slips=(
        Slip(
            "channels and pixels exchanged",
            lambda weights: weights.shape == (3, 2),
            "You have three rows of two. Wanted are two rows, one for each pixel, of three weights: R, G and B.",
            example=[[1, -1], [-1, 1], [-1, -1]],
        ),
        Slip(
            "not two rows of three",
            lambda weights: weights.shape != (2, 3),
            "Give two rows of three numbers: R, G and B of the left pixel, then of the right one.",
            example=[1, 0, 0, 0, 1, 0],
        ),
        Slip(
            "nothing fires",
            lambda weights: not fires(weights),
            "It never fires: no pair of colors gets above 300, so the bias always wins. A full channel is 255.",
            example=[[0.5, -1, -1], [-1, 0.5, -1]],
        ),
        Slip(
            "the other way round",
            lambda weights: fires(weights) == {WANTED[::-1]},
            "It fires on green next to red. The first row belongs to the left pixel, and that shall be red.",
            example=[[-1, 1, -1], [1, -1, -1]],
        ),
        Slip(
            "not on red next to green",
            lambda weights: WANTED not in fires(weights),
            "It fires, but not on red next to green. For those two pixels, only two of your six weights count: which?",
            example=[[-1, -1, 1], [-1, 1, -1]],
        ),
        pair_slip(
            "red is enough",
            "It fires as soon as the left pixel is red. One red pixel alone must stay below 300.",
            [[2, -2, -2], [-1, 1, -1]],
            "red black",
        ),
        pair_slip(
            "green is enough",
            "It fires as soon as the right pixel is green. One green pixel alone must stay below 300.",
            [[1, -1, -1], [-2, 2, -2]],
            "black green",
        ),
        pair_slip(
            "either way round",
            "It fires both ways round. What is good on the left must not be good on the right.",
            [[0.6, 0.6, -2], [0.6, 0.6, -2]],
            "green red",
        ),
        pair_slip(
            "white counts as red and green",
            "It fires on white, which has all the red and green there is. What must *not* be in a pixel needs a weight"
            " below 0.",
            [[1, 0, 0], [0, 1, 0]],
            "white white",
        ),
        pair_slip(
            "yellow for red",
            "The left pixel may be yellow: red with green in it. Which weight says that green is unwanted there?",
            [[1, 0, -1], [-1, 1, -1]],
            "yellow green",
        ),
        pair_slip(
            "magenta for red",
            "The left pixel may be magenta: red with blue in it. Which weight says that blue is unwanted there?",
            [[1, -1, 0], [-1, 1, -1]],
            "magenta green",
        ),
        pair_slip(
            "yellow for green",
            "The right pixel may be yellow: green with red in it. Which weight says that red is unwanted there?",
            [[1, -1, -1], [0, 1, -1]],
            "red yellow",
        ),
        pair_slip(
            "cyan for green",
            "The right pixel may be cyan: green with blue in it. Which weight says that blue is unwanted there?",
            [[1, -1, -1], [-1, 1, 0]],
            "red cyan",
        ),
    ),
    ways=(
        [[1, -1, -1], [-1, 1, -1]],
        np.array([[1.1, -5, -5], [-5, 1.1, -5]]),
        ((0.7, -0.5, -0.5), (-0.5, 0.7, -0.5)),
        [[1, -2, -3], [-3, 0.5, -2]],
        np.array([[1, -1, -2], [-2, 1, -1]], np.float32),
    ),
    hints=(
        "What must be there gets a weight above 0, what must not be there one below 0. Full red makes 255 times its"
        " weight: alone too little for 300, together with full green enough.",
        "`[1, ...]` for the left pixel: red is wanted, and green and blue are not. The right pixel is the same game.",
    ),
    why="Neither pixel alone gets above 300, both together do. So a sum with a threshold can say “this and that, but"
    " not the other”. A network finds such weights by itself; you have just found some by hand.",
)

# === Bug hunt ======================================================================================


def color_edge(pixels):
    """Lay a filter on two pixels side by side: left minus right, in each channel.

    The three differences, of R, G and B, are added up.
    """
    left, right = pixels.mean(axis=1)
    return left - right


def color_edge_added(pixels):
    """Return what `color_edge` promises."""
    return float((pixels[0].astype(float) - pixels[1]).sum())


COLOR_EDGE = bug_hunt(
    color_edge,
    color_edge_added,
    title="Bug hunt: an edge in color",
    ask="two pixels that color_edge gets wrong. [[255, 0, 0], [0, 255, 0]] it gets right: 0",
    evidence="np.array([[255, 255, 255], [0, 0, 0]])",
    slips=(
        Slip(
            "one pixel",
            lambda pixels: pixels.shape == (3,),
            "That is one pixel. An edge needs two: `[[R, G, B], [R, G, B]]`.",
            example=[255, 0, 0],
        ),
        Slip(
            "a single number",
            lambda pixels: pixels.ndim == 0,
            "That is a single number. Give what *goes in*: two pixels of three numbers each.",
            example=765,
        ),
        Slip(
            "a whole picture",
            lambda pixels: pixels.ndim > 2,
            "That has too many axes. Two pixels of three numbers are enough: `[[R, G, B], [R, G, B]]`.",
            example=[[[255, 0, 0], [0, 0, 0]]],
        ),
        Slip(
            "channels first",
            lambda pixels: pixels.shape == (3, 2),
            "Three rows of two: the channels come first. Here the pixels do: two rows of three numbers.",
            example=[[255, 0], [255, 0], [255, 0]],
        ),
        Slip(
            "alpha as well",
            lambda pixels: pixels.shape == (2, 4),
            "Four numbers a pixel: leave alpha out. color_edge speaks of R, G and B.",
            example=[[255, 0, 0, 255], [0, 0, 0, 255]],
        ),
        Slip(
            "not two pixels",
            lambda pixels: pixels.shape != (2, 3),
            "Two pixels of three numbers each are wanted: `[[R, G, B], [R, G, B]]`.",
            example=[[255, 0, 0], [0, 0, 0], [0, 0, 255]],
        ),
        Slip(
            "above 255",
            lambda pixels: pixels.max() > 255,
            "A channel goes up to 255. color_edge promises nothing for more.",
            example=[[300, 0, 0], [0, 0, 0]],
        ),
        Slip(
            "below 0",
            lambda pixels: pixels.min() < 0,
            "A channel begins at 0. color_edge promises nothing for less.",
            example=[[0, 0, 0], [-1, 0, 0]],
        ),
        Slip(
            "nothing but black",
            lambda pixels: not pixels.any(),
            "Two black pixels: there is nothing to add up, so there is nothing to get wrong.",
            example=[[0, 0, 0], [0, 0, 0]],
        ),
        Slip(
            "the same pixel twice",
            lambda pixels: bool((pixels[0] == pixels[1]).all()),
            "Both pixels are the same, so the difference is 0 however it is worked out.",
            example=[[9, 8, 7], [9, 8, 7]],
        ),
        Slip(
            "the same numbers in another order",
            lambda pixels: bool((np.sort(pixels[0]) == np.sort(pixels[1])).all()),
            "Both pixels have the same three numbers, in another order. What one channel loses another one gains: 0 is"
            " right.",
            example=[[255, 0, 0], [0, 0, 255]],
        ),
        Slip(
            "the same sum",
            lambda pixels: pixels[0].sum(dtype=float) == pixels[1].sum(dtype=float),
            "The three numbers add up to the same in both pixels. Then 0 is right, and the bug cannot be seen.",
            example=[[100, 100, 100], [200, 50, 50]],
        ),
    ),
    ways=(
        [[1, 0, 0], [0, 0, 0]],
        ((10, 20, 30), (40, 50, 60)),
        np.array([[200, 100, 50], [0, 0, 255]], dtype=np.uint8),
        np.array([[0.5, 0.5, 0.5], [1, 1, 1]]),
        [[255, 255, 0], [0, 0, 255]],
    ),
    hints=(
        "The three channels are to be *added*. What does `mean` do instead? And for which answer does nobody notice?",
        "`evidence = [[255, 255, 255], ...]`: what should come out if the right pixel is black?",
    ),
    why="`mean` divides by three, and a third of 0 is 0: red next to green hid it. Averaged channels look right in"
    " every picture, only paler. In a network with biases they are not: the bias keeps its size.",
)

EXERCISES = (PARAMETERS, LAYER, RED_GREEN, COLOR_EDGE)
