"""Lesson 06, Pooling: what is done."""

import numpy as np

from helpers.exercises import syntax
from helpers.exercises.exercise import FunctionExercise, Slip, bug_hunt

# === Slips and ways that both kinds of pooling share ===============================================


def largest(window):
    """Return the largest number of each channel of a window."""
    return window.max(axis=(0, 1))


def mean(window):
    """Return the mean of each channel of a window."""
    return window.astype(float).mean(axis=(0, 1))


def farthest(window):
    """Return the number of each channel of a window that is farthest from 0."""
    low, high = window.min(axis=(0, 1)).astype(float), largest(window)
    return np.where(high >= -low, high, low)


def places(image, size, stride):
    """Count the windows that fit, down and across."""
    return [(n - size) // stride + 1 for n in image.shape[:2]]


def pooled(image, size, keep, places, steps):
    """Keep something of each window, so many places, in such steps, whether that makes sense or not."""
    starts = [[step * place for place in range(many)] for many, step in zip(places, steps, strict=True)]
    return np.array([[keep(image[top : top + size, left : left + size]) for left in starts[1]] for top in starts[0]])


def pool(image, size, stride, keep):
    """Keep something of each window that fits."""
    return pooled(image, size, keep, places(image, size, stride), (stride, stride))


def keeping(keep):
    """Return the pooling that keeps something else of each window."""
    return lambda image, size, stride: pool(image, size, stride, keep)


def place_slips(keep):
    """Return the slips of where windows lie and what becomes of channels; `keep` makes a number of a window."""

    def moved(count, step):
        """Return the pooling that counts and moves its windows in another way."""
        return lambda image, size, stride: pooled(image, size, keep, count(image, size, stride), step(size, stride))

    def rounded_up(image, size, stride):
        return [-(-(n - size) // stride) + 1 for n in image.shape[:2]]

    def ringed(image, size, stride):
        rest = [-(n - size) % stride for n in image.shape[:2]]
        return pool(np.pad(image, [(0, rest[0]), (0, rest[1]), (0, 0)]), size, stride, keep)

    return (
        Slip(
            "first channel only",
            lambda image, size, stride: pool(np.repeat(image[:, :, :1], image.shape[2], axis=2), size, stride, keep),
            "All your channels are those of channel 0. Each channel is pooled by itself.",
        ),
        Slip(
            "channels first",
            lambda image, size, stride: pool(image, size, stride, keep).transpose(2, 0, 1),
            "Your numbers are right, but the channels come first, as in PyTorch. Here they come last:"
            " `result[row, column]` has one number for each channel.",
        ),
        Slip(
            "stride ignored",
            lambda image, size, stride: pool(image, size, 1, keep),
            "That is what stride 1 makes. Where in your function is `stride` used?",
        ),
        Slip(
            "stride ignored when slicing",
            moved(places, lambda size, stride: (1, 1)),
            "The size is right, the numbers are not: your window moves by 1. Result row 1 belongs to a window that"
            " starts further down.",
        ),
        Slip(
            "stride on rows only",
            moved(
                lambda image, size, stride: [places(image, size, stride)[0], places(image, size, 1)[1]],
                lambda size, stride: (stride, 1),
            ),
            "You take longer steps down, but still steps of 1 to the right. The stride holds in both directions.",
        ),
        Slip(
            "stride on rows only when slicing",
            moved(places, lambda size, stride: (stride, 1)),
            "The size is right, and so are the rows. To the right, your window still moves by 1.",
        ),
        Slip(
            "window jumps by its own size",
            lambda image, size, stride: pool(image, size, size, keep),
            "Your window jumps by its own size. That is usual, but here the step is `stride`: windows may overlap, or"
            " leave gaps.",
        ),
        Slip(
            "window as large as the stride",
            lambda image, size, stride: pooled(image, stride, keep, places(image, size, stride), (stride, stride)),
            "Your window is as large as a step. How many rows and columns it has is `size`.",
        ),
        Slip(
            "ceil for floor",
            moved(rounded_up, lambda size, stride: (stride, stride)),
            "You count half steps as whole ones: your last windows hang over the edge, and NumPy gives only the part of"
            " them that is there. Without padding, a window that does not fit makes no number.",
        ),
        Slip(
            "ceil, and zeros beyond the edge",
            ringed,
            "Your last windows hang over the edge, and read zeros there. Without padding, a window that does not fit"
            " makes no number.",
        ),
        Slip(
            "window size not subtracted",
            moved(
                lambda image, size, stride: [-(-n // stride) for n in image.shape[:2]],
                lambda size, stride: (stride, stride),
            ),
            "You start a window wherever a step leads, up to the last pixel. The last start comes earlier: the whole"
            " window must fit.",
        ),
        Slip(
            "size divided by the stride",
            moved(
                lambda image, size, stride: [n // stride for n in image.shape[:2]],
                lambda size, stride: (stride, stride),
            ),
            "You count as many windows as steps fit into the picture. The window itself needs room, too: its last start"
            " comes earlier.",
        ),
        Slip(
            "+1 forgotten",
            moved(
                lambda image, size, stride: [n - 1 for n in places(image, size, stride)],
                lambda size, stride: (stride, stride),
            ),
            "The last row and the last column are missing. Start 0 is a start, too: it takes no step to get there.",
        ),
        Slip(
            "square input assumed",
            moved(
                lambda image, size, stride: places(image, size, stride)[:1] * 2, lambda size, stride: (stride, stride)
            ),
            "You count the windows in the rows, and use that for the columns as well. A picture need not be square.",
        ),
        Slip(
            "the first number of each window",
            lambda image, size, stride: pool(image, size, stride, lambda window: window[0, 0]),
            "You keep the first number of each window, whatever the others are. That is a stride without pooling.",
        ),
    )


def all_windows(image, size, stride):
    """Return all windows at once: (row, column, channel, row of the window, column of the window)."""
    return np.lib.stride_tricks.sliding_window_view(image, (size, size), axis=(0, 1))[::stride, ::stride]


CHANCE = np.random.default_rng(60)


def case(shape, size, stride, low=-9, high=10, kind=float):
    """Make up a picture with channels: halves, or whole numbers of 8 bits."""
    numbers = CHANCE.integers(2 * low, 2 * high, shape)
    return (numbers // 2).astype(kind) if kind is np.uint8 else numbers / 2, size, stride


CASES = (
    case((5, 7, 2), 2, 2),
    case((7, 6, 3), 3, 1),
    case((8, 10, 2), 2, 3),
    case((6, 9, 1), 3, 2),
    case((4, 6, 2), 2, 2, low=-99, high=-9),
    case((5, 6, 3), 2, 1, low=99, high=256, kind=np.uint8),
    case((4, 7, 4), 4, 2),
    case((3, 5, 2), 1, 2),
    case((9, 7, 2), 3, 2),
)
STOPS = (("IndexError", "A picture has three axes: rows, columns, channels. And how many windows fit?"),)

# === Exercise: max pooling =========================================================================


def max_pool2d(image, size, stride):
    """Keep the largest number of each window, in each channel by itself. No padding.

    image (row, column, channel). A window has `size` rows and `size` columns, and moves by `stride`.
    """
    rows = (image.shape[0] - size) // stride + 1
    columns = (image.shape[1] - size) // stride + 1
    result = np.zeros((rows, columns, image.shape[2]))
    for row in range(rows):
        for column in range(columns):
            top, left = row * stride, column * stride
            window = image[top : top + size, left : left + size]
            result[row, column] = window.max(axis=(0, 1))
    return result


def max_by_windows(image, size, stride):
    """Look at all windows at once."""
    return all_windows(image, size, stride).max(axis=(3, 4))


def max_down_then_across(image, size, stride):
    """Take the largest down each window first, then across."""
    rows, columns = places(image, size, stride)
    down = np.stack([image[row * stride : row * stride + size].max(axis=0) for row in range(rows)])
    return np.stack([down[:, c * stride : c * stride + size].max(axis=1) for c in range(columns)], axis=1)


def max_by_moved_pictures(image, size, stride):
    """Lay the picture on itself, moved by each place in the window, and keep what is larger."""
    rows, columns = places(image, size, stride)
    result = np.full((rows, columns, image.shape[2]), -np.inf)
    for down, right in np.ndindex(size, size):
        moved = image[down:, right:][::stride, ::stride][:rows, :columns]
        result = np.maximum(result, moved)
    return result


def max_in_five_loops(image, size, stride):
    """Compare one number after the other, starting from the first of each window."""
    rows, columns = places(image, size, stride)
    result = np.zeros((rows, columns, image.shape[2]))
    for row, column, channel in np.ndindex(result.shape):
        best = image[row * stride, column * stride, channel]
        for down in range(size):
            for right in range(size):
                best = max(best, image[row * stride + down, column * stride + right, channel])
        result[row, column, channel] = best
    return result


def max_channel_by_channel(image, size, stride):
    """Pool one channel after the other, as plain lists."""
    rows, columns = places(image, size, stride)
    channels = []
    for channel in range(image.shape[2]):
        flat = image[:, :, channel]
        tops, lefts = range(0, rows * stride, stride), range(0, columns * stride, stride)
        channels.append([[flat[top : top + size, left : left + size].max() for left in lefts] for top in tops])
    return np.stack(channels, axis=2)


MAXIMUM = FunctionExercise(
    title="Max pooling",
    solution=max_pool2d,
    cases=CASES,
    topics="function, array, size, stride, count, channels, pooling, maximum",
    stops=STOPS,
    slips=(
        Slip(
            "max pooling that starts from 0",
            lambda image, size, stride: np.maximum(max_pool2d(image, size, stride), 0),
            "Where all of a window is below 0, you give 0, and that is not in the window. What do you start from when"
            " you look for the largest?",
        ),
        Slip(
            "pooling across channels",
            keeping(lambda window: np.repeat(window.max(), window.shape[2])),
            "You take the largest of all channels, and give it to each. Red never competes with green: there is a"
            " largest number for each channel.",
        ),
        Slip(
            "channels pooled into one",
            keeping(lambda window: window.max()),
            "You keep one number a window, the largest of all channels. Keep one for each channel.",
        ),
        Slip(
            "the smallest",
            keeping(lambda window: window.min(axis=(0, 1))),
            "You keep the smallest number of each window. That exists, too, but it is not asked for.",
        ),
        Slip(
            "the mean",
            keeping(mean),
            "You keep the mean of each window: that is average pooling, the next exercise.",
        ),
        Slip(
            "the sum",
            keeping(lambda window: window.astype(float).sum(axis=(0, 1))),
            "You add each window up. Only one of its numbers is kept, as it is.",
        ),
        Slip(
            "farthest from 0",
            keeping(farthest),
            "You keep what is farthest from 0: of −9 and 3 that is −9. The larger one is 3.",
        ),
        Slip(
            "the signs lost",
            keeping(lambda window: np.abs(window.astype(float)).max(axis=(0, 1))),
            "You compare the numbers without their signs. Of −9 and 3, the larger one is 3.",
        ),
        Slip(
            "where, not what",
            keeping(lambda window: window.reshape(-1, window.shape[2]).argmax(axis=0)),
            "You return *where* the largest number stands. Asked for is the number.",
        ),
        *place_slips(largest),
    ),
    ways=(max_by_windows, max_down_then_across, max_by_moved_pictures, max_in_five_loops, max_channel_by_channel),
    hints=(
        "The windows lie where they do in lesson 04. What is new: no kernel, and one number for *each* channel. `max`"
        " has an `axis`: along which axes of a window shall it look?",
        "`result[row, column] = window.max(axis=...)`, and rows and columns are axes 0 and 1.",
    ),
    why="There is not one weight in it: nothing to learn. It is quick, and it is in the network of lesson 09 three"
    " times.",
)

# === Exercise: average pooling =====================================================================


def avg_pool2d(image, size, stride):
    """Keep the mean of each window, in each channel by itself. No padding.

    image (row, column, channel). A window has `size` rows and `size` columns, and moves by `stride`.
    """
    rows = (image.shape[0] - size) // stride + 1
    columns = (image.shape[1] - size) // stride + 1
    result = np.zeros((rows, columns, image.shape[2]))
    for row in range(rows):
        for column in range(columns):
            top, left = row * stride, column * stride
            window = image[top : top + size, left : left + size]
            result[row, column] = window.mean(axis=(0, 1))
    return result


def mean_by_windows(image, size, stride):
    """Look at all windows at once."""
    return all_windows(image, size, stride).mean(axis=(3, 4))


def mean_down_then_across(image, size, stride):
    """Add up down each window first, then across."""
    rows, columns = places(image, size, stride)
    down = np.stack([image[row * stride : row * stride + size].mean(axis=0) for row in range(rows)])
    return np.stack([down[:, c * stride : c * stride + size].mean(axis=1) for c in range(columns)], axis=1)


def mean_by_moved_pictures(image, size, stride):
    """Add the picture to itself, moved to each place in the window, a share of it each time."""
    rows, columns = places(image, size, stride)
    total = np.zeros((rows, columns, image.shape[2]))
    for down, right in np.ndindex(size, size):
        total += image[down:, right:][::stride, ::stride][:rows, :columns]
    return total / size**2


def mean_in_five_loops(image, size, stride):
    """Add one number after the other."""
    rows, columns = places(image, size, stride)
    result = np.zeros((rows, columns, image.shape[2]))
    for row, column, channel in np.ndindex(result.shape):
        for down in range(size):
            for right in range(size):
                result[row, column, channel] += image[row * stride + down, column * stride + right, channel]
    return result / (size * size)


def mean_from_running_sums(image, size, stride):
    """Take each window's sum from running sums: of four corners."""
    sums = np.pad(image, [(1, 0), (1, 0), (0, 0)]).astype(float).cumsum(axis=0).cumsum(axis=1)
    total = sums[size:, size:] - sums[:-size, size:] - sums[size:, :-size] + sums[:-size, :-size]
    return total[::stride, ::stride] / size**2


AVERAGE = FunctionExercise(
    title="Average pooling",
    solution=avg_pool2d,
    cases=CASES,
    tolerance=1e-6,
    topics="function, array, size, stride, count, channels, pooling, arithmetic",
    stops=STOPS,
    slips=(
        Slip(
            "pooling across channels",
            keeping(lambda window: np.repeat(window.mean(), window.shape[2])),
            "You take the mean of all channels, and give it to each. Each channel has a mean of its own.",
        ),
        Slip(
            "channels pooled into one",
            keeping(lambda window: window.mean()),
            "You keep one number a window, the mean of all channels. Keep one for each channel.",
        ),
        Slip(
            "channels counted as well",
            keeping(lambda window: window.astype(float).sum(axis=(0, 1)) / window.size),
            "You divide by all numbers of a window, those of the other channels included. A sum over one channel is"
            " shared among `size * size` numbers.",
            because=((syntax.has("_.size"), "`size` of an array counts the numbers in all its channels."),),
        ),
        Slip(
            "the sum",
            keeping(lambda window: window.astype(float).sum(axis=(0, 1))),
            "Those are the sums. A mean is the sum, shared among all that went into it.",
        ),
        Slip(
            "divided by one side",
            lambda image, size, stride: avg_pool2d(image, size, stride) * size,
            "You divide by `size`. A window has rows *and* columns: how many numbers is that?",
        ),
        Slip(
            "divided by four",
            lambda image, size, stride: avg_pool2d(image, size, stride) * size**2 / 4,
            "You always share among four. That is right for a window of 2; how many numbers has one of `size`?",
        ),
        Slip(
            "divided by the stride",
            lambda image, size, stride: avg_pool2d(image, size, stride) * size**2 / stride**2,
            "You divide by the stride. How many numbers a window has depends on its `size`.",
        ),
        Slip(
            "the largest",
            keeping(largest),
            "You keep the largest number of each window: that is max pooling.",
        ),
        Slip(
            "the median",
            keeping(lambda window: np.median(window, axis=(0, 1))),
            "You keep the median, the number in the middle when they stand in order. The mean is the sum, shared.",
        ),
        Slip(
            "between the smallest and the largest",
            keeping(lambda window: (window.min(axis=(0, 1)) + largest(window).astype(float)) / 2),
            "You take the middle between the smallest and the largest. In a mean, every number counts.",
        ),
        Slip(
            "integer overflow in uint8",
            keeping(lambda window: window.sum(axis=(0, 1), dtype=window.dtype) / window[..., 0].size),
            "One picture comes in 8 bits, and your sum is kept in 8 bits as well: 200 + 100 becomes 44. Add up in"
            " floats.",
            because=syntax.ITS_OWN_KIND,
        ),
        Slip(
            "whole numbers",
            keeping(lambda window: mean(window).astype(window.dtype)),
            "Your means are right, but they are stored like the picture, and one comes in whole numbers. Plain"
            " `np.zeros((rows, columns, channels))` has room for decimals.",
            because=syntax.ITS_OWN_KIND,
        ),
        *place_slips(mean),
    ),
    ways=(mean_by_windows, mean_down_then_across, mean_by_moved_pictures, mean_in_five_loops, mean_from_running_sums),
    hints=(
        "Only one line of your `max_pool2d` has to change.",
        "`result[row, column] = window.mean(axis=...)`",
    ),
    why="Unlike the largest, the mean listens to everybody. Many networks end in one window as large as the whole map:"
    " the mean of each map, and that is all that is left of it.",
)

# === Exercise: average pooling as a layer ==========================================================


def pooling_filters(size, channels):
    """Make the weights with which a convolution does average pooling.

    Map k is the mean of channel k alone. Shape (kernel row, kernel column, channel, filter):
    `size` rows and columns, as many filters as channels.
    """
    weights = np.zeros((size, size, channels, channels))
    for k in range(channels):
        weights[:, :, k, k] = 1 / (size * size)
    return weights


def filters_from_a_diagonal(size, channels):
    """Lay one diagonal into each place of the kernel."""
    return np.ones((size, size, 1, 1)) * np.eye(channels) / size**2


def filters_one_by_one(size, channels):
    """Make one filter after the other."""
    weights = np.zeros((channels, size, size, channels))
    for k, one in enumerate(weights):
        one[..., k] = size**-2
    return weights.transpose(1, 2, 3, 0)


def filters_where_equal(size, channels):
    """Ask each weight whether its channel is its filter."""
    _, _, channel, k = np.indices((size, size, channels, channels))
    return np.where(channel == k, 1.0, 0.0) / (size * size)


def filters_as_lists(size, channels):
    """Write lists in lists."""
    share = 1 / size**2
    cell = [[share if channel == k else 0 for k in range(channels)] for channel in range(channels)]
    return [[cell] * size] * size


def filters_by_repeating(size, channels):
    """Repeat what stands in one place, down and across."""
    one = (np.identity(channels) / size / size)[np.newaxis, np.newaxis]
    return one.repeat(size, axis=0).repeat(size, axis=1)


def diagonal(make):
    """Return the maker of filters that read their own channel alone, with another weight."""
    return lambda size, channels: np.ones((size, size, 1, 1)) * make(size, channels) * np.eye(channels)


def everywhere(make):
    """Return the maker of filters that read all channels alike."""
    return lambda size, channels: np.full((size, size, channels, channels), make(size, channels))


def one_cell(size, channels):
    """Return filters that read the first pixel of a window alone."""
    weights = np.zeros((size, size, channels, channels))
    weights[0, 0] = np.eye(channels)
    return weights


FILTERS = FunctionExercise(
    title="Average pooling as a convolution",
    solution=pooling_filters,
    cases=((2, 3), (3, 2), (1, 4), (4, 1), (5, 3)),
    tolerance=1e-6,
    topics="function",
    slips=(
        Slip(
            "pooling across channels",
            everywhere(lambda size, channels: 1 / size**2),
            "Each of your filters reads all channels, and adds them up. Filter k shall read channel k, and no other:"
            " what are its weights for the others?",
        ),
        Slip(
            "the mean of all channels",
            everywhere(lambda size, channels: 1 / (size**2 * channels)),
            "Each of your filters takes the mean of all channels. Pooling never mixes them: filter k reads channel k"
            " alone.",
        ),
        Slip(
            "the sum",
            diagonal(lambda size, channels: 1),
            "With weights of 1 you get the sum of a window. What must each weight be for the mean?",
        ),
        Slip(
            "divided by one side",
            diagonal(lambda size, channels: 1 / size),
            "Your weights are `1 / size`. How many numbers of a channel are in a window?",
        ),
        Slip(
            "divided by the channels, too",
            diagonal(lambda size, channels: 1 / (size**2 * channels)),
            "Each filter reads one channel only. So it shares among the numbers of one channel.",
        ),
        Slip(
            "divided by the channels instead",
            diagonal(lambda size, channels: 1 / channels**2),
            "You share among the channels. The mean is taken of a window: of its `size` rows and `size` columns.",
        ),
        Slip(
            "cut off to 0",
            diagonal(lambda size, channels: 1 // size**2),
            "Nearly all of your weights are 0: the share is less than one, and its decimals are gone.",
            because=syntax.CUTS_OFF,
        ),
        Slip(
            "a single kernel",
            lambda size, channels: np.full((size, size), 1 / size**2),
            "That is one kernel, right for one channel. A layer's weights have four axes: (row, column, channel,"
            " filter).",
        ),
        Slip(
            "a single filter",
            lambda size, channels: np.full((size, size, channels, 1), 1 / size**2),
            "That is one filter, so one map would come out. As many maps shall come out as channels go in.",
        ),
        Slip(
            "filters without depth",
            lambda size, channels: np.full((size, size, 1, channels), 1 / size**2),
            "Your filters have one kernel each. A filter is as deep as what it reads: it has one for each channel, even"
            " if most of them are all 0.",
        ),
        Slip(
            "kernels first and last exchanged",
            lambda size, channels: pooling_filters(size, channels).transpose(3, 2, 0, 1),
            "The weights are right, but the axes stand as in PyTorch. Here they are (kernel row, kernel column,"
            " channel, filter).",
        ),
        Slip(
            "channels in reverse",
            lambda size, channels: pooling_filters(size, channels)[:, :, ::-1],
            "Your filter 0 reads the last channel. Filter k shall read channel k.",
        ),
        Slip(
            "one channel only",
            lambda size, channels: pooling_filters(size, channels) * (np.arange(channels) == 0),
            "Your filter 0 is right, and the others are all 0. Each has a channel to read.",
        ),
        Slip(
            "one filter for all",
            lambda size, channels: pooling_filters(size, channels)[..., :1].repeat(channels, axis=3),
            "All your filters read channel 0. Filter k shall read channel k.",
        ),
        Slip(
            "first pixel only",
            one_cell,
            "Your filters read one pixel of the window, and pass it on. For the mean, every pixel counts alike.",
        ),
    ),
    ways=(
        filters_from_a_diagonal,
        filters_one_by_one,
        filters_where_equal,
        filters_as_lists,
        filters_by_repeating,
    ),
    hints=(
        "Begin with zeros: `size` rows, `size` columns, `channels` channels, `channels` filters. Only where filter k"
        " meets channel k is something else. There a whole kernel stands, each of its weights the same.",
        "`weights = np.zeros((size, size, channels, channels))`, then a loop over the channels.",
    ),
    why="So average pooling is a layer whose weights nobody has to learn. Of max pooling there are no such weights: the"
    " largest is no sum of products.",
)

# === Bug hunt ======================================================================================


def larger_of_pairs(numbers):
    """Max pooling along a row: the larger of numbers 0 and 1, of 2 and 3, and so on.

    One left over is dropped.
    """
    result = np.zeros(len(numbers) // 2)
    for i in range(len(result)):
        for number in numbers[2 * i : 2 * i + 2]:
            if number > result[i]:
                result[i] = number
    return result


def larger_of_each_pair(numbers):
    """Return what `larger_of_pairs` promises."""
    return numbers[: len(numbers) // 2 * 2].reshape(-1, 2).max(axis=1)


def pairs_of(numbers):
    """Return the pairs of a row; what is left over is dropped."""
    return numbers[: len(numbers) // 2 * 2].reshape(-1, 2)


def below_zero(numbers):
    """Return how many numbers of each pair are below 0."""
    return (pairs_of(numbers) < 0).sum(axis=1)


LARGER = bug_hunt(
    larger_of_pairs,
    larger_of_each_pair,
    title="Bug hunt: the larger of two",
    ask="a row of numbers that larger_of_pairs gets wrong. [3, 9, 4, 1] it gets right: [9, 4]",
    evidence="[3, 9, -4, -1]",
    slips=(
        Slip(
            "a single number",
            lambda numbers: numbers.ndim == 0,
            "That is a single number. Give a row of them: `[3, 9, 4, 1]` is one.",
            example=-3,
        ),
        Slip(
            "a picture",
            lambda numbers: numbers.ndim > 1,
            "That has rows and columns. larger_of_pairs takes a single row of numbers.",
            example=[[-3, -1], [-4, -2]],
        ),
        Slip(
            "no numbers",
            lambda numbers: numbers.size == 0,
            "That row is empty: no pairs, no results, nothing to get wrong.",
            example=[],
        ),
        Slip(
            "one number alone",
            lambda numbers: numbers.size == 1,
            "One number makes no pair, so it is dropped. Give two at least.",
            example=[-3],
        ),
        Slip(
            "nothing but zeros",
            lambda numbers: not numbers.any(),
            "All are 0, and so is the larger of each pair. larger_of_pairs is right here.",
            example=[0, 0, 0, 0],
        ),
        Slip(
            "equal numbers",
            lambda numbers: numbers.min() >= 0 and bool((pairs_of(numbers)[:, 0] == pairs_of(numbers)[:, 1]).all()),
            "The two of each pair are equal. Then either is the larger one, and larger_of_pairs finds it.",
            example=[5, 5, 7, 7],
        ),
        Slip(
            "nothing below 0",
            lambda numbers: numbers.min() >= 0,
            "Nothing here is below 0, and larger_of_pairs is right. Which number does it start from?",
            example=[0, 255, 3, 9],
        ),
        Slip(
            "only what is left over is below 0",
            lambda numbers: not below_zero(numbers).any(),
            "The number below 0 is left over at the end, and dropped. It must stand in a pair.",
            example=[3, 9, -4],
        ),
        Slip(
            "side by side in different pairs",
            lambda numbers: below_zero(numbers).max() < 2 and bool(((numbers[:-1] < 0) & (numbers[1:] < 0)).any()),
            "Two numbers below 0 stand side by side, but in different pairs. Pairs are numbers 0 and 1, then 2 and 3.",
            example=[3, -9, -4, 1],
        ),
        Slip(
            "0 is the larger one",
            lambda numbers: below_zero(numbers).max() < 2 and bool((pairs_of(numbers).max(axis=1) == 0).any()),
            "Here 0 is the larger one, so 0 is right. What if even the larger one is below it?",
            example=[0, -9, 4, 1],
        ),
        Slip(
            "a larger one beside it",
            lambda numbers: below_zero(numbers).max() < 2,
            "Each number below 0 has one above 0 beside it, which wins as it should. When would none be there?",
            example=[3, -9, 4, -1],
        ),
    ),
    ways=(
        [-2, -1],
        (5, 7, -0.5, -0.25, 3),
        np.array([-100, -50, 3, 4], dtype=np.int16),
        [-7, -7],
        [1e6, 2, -1e-3, -4],
    ),
    hints=(
        "Follow `result` from its first line on. What stands in it before the first number is looked at?",
        "`evidence = [3, 9, ...]`: two numbers that are both smaller than what `np.zeros` has put there.",
    ),
    why="Pixels are never below 0, so this bug never shows on photos. On feature maps it does: it throws away what"
    " speaks against a pattern. `np.full(..., -np.inf)` starts below everything; so does the first number of the pair.",
)

EXERCISES = (MAXIMUM, AVERAGE, FILTERS, LARGER)
