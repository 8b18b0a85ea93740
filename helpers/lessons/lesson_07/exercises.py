"""Lesson 07, The full CNN: what is done."""

import math

import numpy as np

from helpers import convolution, pooling
from helpers.exercises import syntax
from helpers.exercises.exercise import FunctionExercise, Slip, ValueExercise, bug_hunt

# === Exercise: a table of shapes ===================================================================


def shape_table(rows, columns, layers):
    """Make a table of shapes: one line [rows, columns, channels] for each layer.

    A gray picture comes in. layers is a list of these:
    ("conv", kernel_size, filters) with stride 1 and no padding, ("relu",),
    ("pool", size) with windows side by side, ("flatten",), ("dense", outputs).
    What is flat has the line [1, 1, numbers].
    """
    channels = 1
    table = []
    for kind, *numbers in layers:
        if kind == "conv":
            kernel_size, channels = numbers
            rows, columns = rows - kernel_size + 1, columns - kernel_size + 1
        elif kind == "pool":
            rows, columns = rows // numbers[0], columns // numbers[0]
        elif kind == "flatten":
            rows, columns, channels = 1, 1, rows * columns * channels
        elif kind == "dense":
            channels = numbers[0]
        table.append([rows, columns, channels])
    return table


def shapes_from_the_line_before(rows, columns, layers):
    """Read the last line of the table, and write the next one."""
    table = [(rows, columns, 1)]
    for layer in layers:
        high, wide, deep = table[-1]
        if layer[0] == "conv":
            table.append((high - layer[1] + 1, wide - layer[1] + 1, layer[2]))
        if layer[0] == "relu":
            table.append(table[-1])
        if layer[0] == "pool":
            table.append((high // layer[1], wide // layer[1], deep))
        if layer[0] == "flatten":
            table.append((1, 1, high * wide * deep))
        if layer[0] == "dense":
            table.append((1, 1, layer[1]))
    return table[1:]


def shapes_in_an_array(rows, columns, layers):
    """Fill an array line by line."""
    table = np.zeros((len(layers), 3))
    shape = np.array([rows, columns, 1])
    for number, layer in enumerate(layers):
        if layer[0] == "conv":
            shape[:2] -= layer[1] - 1
            shape[2] = layer[2]
        elif layer[0] == "pool":
            shape[:2] //= layer[1]
        elif layer[0] != "relu":
            shape = np.array([1, 1, shape.prod() if layer[0] == "flatten" else layer[1]])
        table[number] = shape
    return table


def shapes_by_a_rule_each(rows, columns, layers):
    """Keep a small function for each kind of layer."""
    rules = {
        "conv": lambda high, wide, _, size, filters: (high - size + 1, wide - size + 1, filters),
        "relu": lambda *shape: shape,
        "pool": lambda high, wide, deep, size: (high // size, wide // size, deep),
        "flatten": lambda high, wide, deep: (1, 1, high * wide * deep),
        "dense": lambda high, wide, deep, outputs: (high, wide, outputs),
    }
    shape, table = (rows, columns, 1), []
    for kind, *numbers in layers:
        shape = rules[kind](*shape, *numbers)
        table.append(shape)
    return table


def shapes_by_counting(rows, columns, layers):
    """Count the starts of all windows, along each side by itself."""
    sides, deep, table = [rows, columns], 1, []
    for kind, *numbers in layers:
        if kind in ("conv", "pool"):
            step = 1 if kind == "conv" else numbers[0]
            sides = [len(range(0, side - numbers[0] + 1, step)) for side in sides]
        if kind in ("conv", "dense"):
            deep = numbers[-1]
        if kind == "flatten":
            sides, deep = [1, 1], math.prod([*sides, deep])
        table.append([*sides, deep])
    return table


def shapes_by_matching(rows, columns, layers):
    """Say of each layer what it looks like, and what it makes."""
    table, channels = [], 1
    for layer in layers:
        match layer:
            case ("conv", size, filters):
                rows, columns, channels = rows - (size - 1), columns - (size - 1), filters
            case ("pool", size):
                rows, columns = int(rows / size), int(columns / size)
            case ("flatten",):
                rows, columns, channels = 1, 1, channels * columns * rows
            case ("dense", outputs):
                channels = outputs
        table.append((rows, columns, channels))
    return np.array(table)


RULES = {  # kind of layer -> what it makes of (rows, columns, channels)
    "conv": lambda shape, size, filters: (shape[0] - size + 1, shape[1] - size + 1, filters),
    "relu": lambda shape: shape,
    "pool": lambda shape, size: (shape[0] // size, shape[1] // size, shape[2]),
    "flatten": lambda shape: (1, 1, shape[0] * shape[1] * shape[2]),
    "dense": lambda shape, outputs: (1, 1, outputs),
}


def lines(rows, columns, layers, rules=RULES, channels=1):
    """Make the table by some rules."""
    shape, table = (rows, columns, channels), []
    for kind, *numbers in layers:
        shape = rules[kind](shape, *numbers)
        table.append(shape)
    return table


def ruled(**rules):
    """Return the table of whoever has other rules for some layers."""
    return lambda rows, columns, layers: lines(rows, columns, layers, RULES | rules)


def each_from_the_picture(rows, columns, layers):
    """Begin each line anew with the picture."""
    return [lines(rows, columns, [layer])[0] for layer in layers]


def short_lines(rows, columns, layers):
    """Write what is flat with one number."""
    table = lines(rows, columns, layers)
    kinds = [one[0] for one in layers]
    flat = kinds.index("flatten") if "flatten" in kinds else len(table)
    return [*table[:flat], *(line[2:] for line in table[flat:])]


def turned(order):
    """Return the right table with its columns in another order."""
    return lambda rows, columns, layers: np.array(lines(rows, columns, layers))[:, order]


CNN = [("conv", 5, 8), ("relu",), ("pool", 2), ("conv", 5, 12), ("relu",), ("pool", 2), ("flatten",), ("dense", 10)]

SHAPES = FunctionExercise(
    title="A table of shapes",
    solution=shape_table,
    cases=(
        (28, 28, CNN),
        (32, 21, [("conv", 3, 6), ("pool", 3), ("relu",), ("conv", 4, 5), ("flatten",), ("dense", 7), ("relu",)]),
        (15, 24, [("pool", 4), ("conv", 2, 9), ("conv", 1, 3), ("relu",)]),
        (9, 14, [("flatten",), ("dense", 20), ("dense", 4)]),
        (19, 12, [("conv", 2, 4), ("relu",), ("conv", 3, 2), ("pool", 2), ("pool", 2), ("flatten",)]),
        (8, 11, [("relu",), ("pool", 2), ("flatten",), ("dense", 3)]),
    ),
    topics="function, size, count",
    slips=(
        Slip(
            "ceil for floor",
            ruled(pool=lambda shape, size: (-(-shape[0] // size), -(-shape[1] // size), shape[2])),
            "Where pooling leaves a remainder, you round up. A window that does not fit makes no number.",
        ),
        Slip(
            "rounded to the nearest",
            ruled(pool=lambda shape, size: (round(shape[0] / size), round(shape[1] / size), shape[2])),
            "Where pooling leaves a remainder, you round up or down, whichever is nearer. A window that does not fit"
            " makes no number, however much of it is there.",
        ),
        Slip(
            "half windows",
            ruled(pool=lambda shape, size: (shape[0] / size, shape[1] / size, shape[2])),
            "Some of your rows have decimals. There is no such thing as half a row: a window that does not fit makes no"
            " number.",
        ),
        Slip(
            "+1 forgotten",
            ruled(conv=lambda shape, size, filters: (shape[0] - size, shape[1] - size, filters)),
            "Your maps lack a row and a column after each convolution. How many windows of 3 fit into 3 rows?",
        ),
        Slip(
            "as large as before",
            ruled(conv=lambda shape, size, filters: (shape[0], shape[1], filters)),
            "Your convolutions leave rows and columns as they are. That takes a ring of zeros, and here is none.",
        ),
        Slip(
            "a kernel side by side",
            ruled(conv=lambda shape, size, filters: (shape[0] // size, shape[1] // size, filters)),
            "Your kernels jump by their own size. Pooling does that; a convolution moves by 1 here.",
        ),
        Slip(
            "pooling moves by 1",
            ruled(pool=lambda shape, size: (shape[0] - size + 1, shape[1] - size + 1, shape[2])),
            "Your pooling windows move by 1, as kernels do. Here they lie side by side.",
        ),
        Slip(
            "pooling always halves",
            ruled(pool=lambda shape, size: (shape[0] // 2, shape[1] // 2, shape[2])),
            "Your pooling always halves. Its window may be larger: where is its `size` used?",
        ),
        Slip(
            "pooling of rows only",
            ruled(pool=lambda shape, size: (shape[0] // size, shape[1], shape[2])),
            "Your pooling takes rows together, but no columns. A window has both.",
        ),
        Slip(
            "channels pooled, too",
            ruled(pool=lambda shape, size: tuple(n // size for n in shape)),
            "Your channels get fewer by pooling. Each channel is pooled by itself, so as many come out.",
        ),
        Slip(
            "channels times filters",
            ruled(conv=lambda shape, size, filters: (shape[0] - size + 1, shape[1] - size + 1, shape[2] * filters)),
            "Your channels multiply from layer to layer. Each filter adds up all channels that come in: how many maps"
            " does it make?",
        ),
        Slip(
            "channels kept",
            ruled(conv=lambda shape, size, filters: (shape[0] - size + 1, shape[1] - size + 1, shape[2])),
            "Your convolutions leave the number of channels as it was. What comes out is counted in filters.",
        ),
        Slip(
            "kernel size for filters",
            ruled(conv=lambda shape, size, filters: (shape[0] - size + 1, shape[1] - size + 1, size)),
            'You count as many channels as a kernel has rows. In `("conv", 5, 8)`, which number is which?',
        ),
        Slip(
            "channels lost when flat",
            ruled(flatten=lambda shape: (1, 1, shape[0] * shape[1])),
            "You lay out a single map. All channels are laid out in the same row.",
        ),
        Slip(
            "flatten leaves maps",
            ruled(flatten=lambda shape: shape),
            "Your flatten leaves the maps as they are. After it there is one row of numbers.",
        ),
        Slip(
            "flat in the first place",
            ruled(
                flatten=lambda shape: (shape[0] * shape[1] * shape[2], 1, 1),
                dense=lambda shape, outputs: (outputs, 1, 1),
            ),
            "Your counts are right, but they stand in the first place. What is flat has the line `[1, 1, numbers]`.",
        ),
        Slip(
            "short lines for what is flat",
            short_lines,
            "The lines of your table have different lengths: one number for what is flat. Here each has three, so that"
            " all fit into one array: `[1, 1, numbers]`.",
        ),
        Slip(
            "dense counted in weights",
            ruled(dense=lambda shape, outputs: (1, 1, shape[2] * outputs)),
            "That is how many weights a dense layer has. Asked for is how many numbers come out.",
        ),
        Slip(
            "dense changes nothing",
            ruled(dense=lambda shape, outputs: shape),
            "After a dense layer you still have as many numbers as before. How many outputs has it?",
        ),
        Slip(
            "no line for ReLU",
            lambda rows, columns, layers: lines(rows, columns, [one for one in layers if one != ("relu",)]),
            "ReLU has no line in your table. It changes no shape, but it is a layer.",
        ),
        Slip(
            "the picture as a line",
            lambda rows, columns, layers: [(rows, columns, 1), *lines(rows, columns, layers)],
            "Your table begins with the picture itself. The first line belongs to the first layer.",
        ),
        Slip(
            "a line behind",
            lambda rows, columns, layers: [(rows, columns, 1), *lines(rows, columns, layers)][:-1],
            "Each of your lines says what goes *into* the layer. Asked for is what comes out.",
        ),
        Slip(
            "the last line only",
            lambda rows, columns, layers: lines(rows, columns, layers)[-1],
            "That is the last line. There is one for each layer: collect them in a list.",
        ),
        Slip(
            "each from the picture",
            each_from_the_picture,
            "Each of your lines begins with the picture again. A layer reads what the one before has made.",
        ),
        Slip(
            "three channels assumed",
            lambda rows, columns, layers: lines(rows, columns, layers, channels=3),
            "You begin with three channels. A gray picture has one.",
        ),
        Slip(
            "square input assumed",
            lambda rows, columns, layers: lines(rows, rows, layers),
            "You use the number of rows for the columns as well. A picture need not be square.",
        ),
        Slip(
            "channels first",
            turned([2, 0, 1]),
            "Your numbers are right, but the channels come first, as in PyTorch. Here it is rows, columns, channels.",
        ),
        Slip(
            "columns first",
            turned([1, 0, 2]),
            "Your numbers are right, but the columns stand before the rows.",
        ),
    ),
    ways=(
        shapes_from_the_line_before,
        shapes_in_an_array,
        shapes_by_a_rule_each,
        shapes_by_counting,
        shapes_by_matching,
    ),
    hints=(
        "Keep three numbers: rows, columns, channels. Each layer changes some of them, and the next one goes on from"
        " there. Which does a convolution change, which pooling, which ReLU?",
        "`for kind, *numbers in layers:` takes the word apart from its numbers. Then an `if` for each kind.",
    ),
    why="Most errors in building a network are errors of shape. Whoever can write this table finds them on paper.",
)

# === Exercise: softmax =============================================================================


def softmax(logits):
    """Turn a row of logits into shares that add up to 1.

    Each exponential is divided by the sum of all. Logits of 1000 or -1000 may come,
    and np.exp(1000) is too large for a number. Find a way around it.
    """
    exponentials = np.exp(logits - logits.max())
    return exponentials / exponentials.sum()


def softmax_in_a_loop(logits):
    """Take one logit after the other, in plain Python."""
    largest = max(logits)
    exponentials = []
    for logit in logits:
        exponentials.append(math.exp(logit - largest))
    total = sum(exponentials)
    return [one / total for one in exponentials]


def softmax_by_its_logarithm(logits):
    """Work out the logarithm of each share first."""
    shifted = logits - np.max(logits)
    return np.exp(shifted - np.log(np.sum(np.exp(shifted))))


def softmax_by_logaddexp(logits):
    """Let NumPy add up what only exists as logarithms."""
    return np.exp(logits - np.logaddexp.reduce(logits))


def softmax_by_comparing(logits):
    """Compare each logit with every other one: only differences count."""
    with np.errstate(over="ignore"):
        ratios = np.exp(logits[np.newaxis, :] - logits[:, np.newaxis])
    return 1 / ratios.sum(axis=1)


def softmax_in_steps(logits):
    """Carry the sum along; whenever a larger logit comes, make what was added up smaller."""
    largest, total = logits[0], 0.0
    for logit in logits:
        if logit > largest:
            total = total * np.exp(largest - logit)
            largest = logit
        total = total + np.exp(logit - largest)
    return np.exp(logits - largest) / total


def shares(numbers):
    """Share 1 among numbers."""
    return numbers / numbers.sum()


def instead_of_exp(make):
    """Return the softmax of whoever makes something else of the logits than exponentials, and shares those."""
    return lambda logits: shares(make(logits.astype(float)))


def naive(logits):
    """Take the exponentials of the logits as they come."""
    return shares(np.exp(logits))


def sigmoid(logits):
    """Squeeze each logit by itself."""
    return 1 / (1 + np.exp(-logits))


def in_whole_numbers(logits):
    """Keep the exponentials in an array of the logits' own kind."""
    return shares(np.exp(logits - logits.max()).astype(logits.dtype))


def one_hot(logits):
    """Give all to the largest."""
    result = np.zeros(len(logits))
    result[logits.argmax()] = 1
    return result


SOFTMAX = FunctionExercise(
    title="Softmax",
    solution=softmax,
    cases=(
        (np.array([0.5, -1.0, 2.0, 1.25]),),
        (np.array([3, 1, 3, -2]),),
        (np.array([-2.0, -5.0, -1.0]),),
        (np.array([0.0, 0.0, 0.0, 0.0]),),
        (np.array([4.0]),),
        (np.array([1000.0, 999.0, 998.5]),),
        (np.array([-1000.0, -1001.5]),),
        (np.array([3.0, 1000.0, 4.0, 998.0]),),
        (np.array([0.0, 1000.0, -1000.0, 999.5, 2.0]),),
    ),
    tolerance=1e-6,
    topics="function",
    stops=(
        (
            "OverflowError",
            "`math.exp(1000)` is too large for a number. Only the *differences* between logits count: what can you take"
            " from all of them first?",
        ),
    ),
    slips=(
        Slip(
            "overflow",
            naive,
            "Right as long as the logits are small. `np.exp(1000)` is infinite, and of −1000 it is 0. Only the"
            " *differences* between logits count: what can you take from all of them first?",
        ),
        Slip(
            "too little subtracted",
            lambda logits: naive(logits - logits.mean()),
            "You take their mean from all logits. That helps if they are close together; the largest may still be 1000"
            " above it.",
        ),
        Slip(
            "the smallest subtracted",
            lambda logits: naive(logits - logits.min()),
            "You take the smallest logit from all of them. Then what is left begins at 0, and the exponentials begin at"
            " 1. How large may they get?",
        ),
        Slip(
            "NaN replaced",
            lambda logits: np.nan_to_num(naive(logits), nan=0.0),
            "You put 0 where the division has gone wrong. The shares no longer add up to 1: see to it that nothing"
            " overflows in the first place.",
        ),
        Slip(
            "cut off before",
            lambda logits: naive(np.clip(logits, -700, 700)),
            "You cut large logits off. Then 1000 and 999 become the same, and should not.",
        ),
        Slip(
            "subtracted above only",
            lambda logits: np.exp(logits - logits.max()) / np.exp(logits).sum(),
            "You take something from the logits above the line, but not below it. It only cancels out if it is the"
            " same in both.",
        ),
        Slip(
            "subtracted below only",
            lambda logits: np.exp(logits) / np.exp(logits - logits.max()).sum(),
            "You take something from the logits below the line, but not above it. It only cancels out if it is the"
            " same in both.",
        ),
        Slip(
            "divided by the largest logit",
            lambda logits: naive(logits / logits.max()),
            "You divide the logits by the largest of them. That changes their differences; taking the same from all of"
            " them does not.",
        ),
        Slip(
            "not shared",
            lambda logits: np.exp(logits - logits.max()),
            "Your largest share is always 1. Those are the exponentials: divide by their sum.",
        ),
        Slip(
            "divided by how many",
            lambda logits: np.exp(logits - logits.max()) / len(logits),
            "You divide by how many logits there are. Shares add up to 1 if you divide by the sum.",
        ),
        Slip(
            "divided by the sum of the logits",
            lambda logits: np.exp(logits - logits.max()) / logits.sum(),
            "You divide by the sum of the *logits*. Add up what you have made of them.",
        ),
        Slip(
            "no exponential",
            instead_of_exp(lambda logits: logits),
            "You share the logits themselves. They may be below 0, and no share is: first comes `np.exp`.",
        ),
        Slip(
            "no exponential, but shifted",
            instead_of_exp(lambda logits: logits - logits.min()),
            "You share the logits, counted from the smallest. So the smallest gets nothing at all. First comes"
            " `np.exp`.",
        ),
        Slip(
            "signs lost",
            instead_of_exp(np.abs),
            "You share the logits without their signs: −5 gets more than 2. First comes `np.exp`.",
        ),
        Slip(
            "squares",
            instead_of_exp(np.square),
            "You share the squares: −5 gets more than 2. Exponentials get larger as logits do.",
        ),
        Slip(
            "cut off at 0",
            instead_of_exp(lambda logits: np.maximum(logits, 0)),
            "You share what is above 0. That is ReLU, not `np.exp`, and logits below 0 get nothing.",
        ),
        Slip(
            "powers of 2",
            instead_of_exp(lambda logits: np.exp2(logits - logits.max())),
            "Those are powers of 2. `np.exp` takes powers of e, which is about 2.718.",
        ),
        Slip(
            "powers of 10",
            instead_of_exp(lambda logits: 10 ** (logits - logits.max())),
            "Those are powers of 10. `np.exp` takes powers of e, which is about 2.718.",
        ),
        Slip(
            "the smallest gets the most",
            lambda logits: softmax(-logits),
            "Your smallest logit gets the largest share. Which sign has the exponent?",
        ),
        Slip(
            "the largest gets all",
            one_hot,
            "You give 1 to the largest and 0 to the others. Each gets its share, the largest only the most.",
        ),
        Slip(
            "where, not what",
            lambda logits: logits.argmax(),
            "You return *where* the largest logit stands. Asked for is a share for each of them.",
        ),
        Slip(
            "the logarithm",
            lambda logits: logits - logits.max() - np.log(np.exp(logits - logits.max()).sum()),
            "Those are the logarithms of the shares. Losses are made of them; here the shares are asked for.",
        ),
        Slip(
            "percent",
            lambda logits: 100 * softmax(logits),
            "Those are percent. Shares add up to 1.",
        ),
        Slip(
            "each by itself",
            sigmoid,
            "You squeeze each logit by itself, as if there were no others. Your numbers do not add up to 1.",
        ),
        Slip(
            "exponentials in whole numbers",
            in_whole_numbers,
            "One row comes in whole numbers, and your exponentials are stored like it: their decimals are lost before"
            " you divide.",
            because=syntax.ITS_OWN_KIND,
        ),
        Slip(
            "whole numbers",
            lambda logits: softmax(logits).astype(logits.dtype),
            "Your shares are right, but they are stored like the logits, and one row comes in whole numbers. A share"
            " has decimals.",
            because=syntax.ITS_OWN_KIND,
        ),
    ),
    ways=(
        softmax_in_a_loop,
        softmax_by_its_logarithm,
        softmax_by_logaddexp,
        softmax_by_comparing,
        softmax_in_steps,
    ),
    hints=(
        "Take the same from every logit, and every exponential gets smaller by the same factor. It cancels out in the"
        " division. So you are free to choose: which number makes the largest exponent just 0?",
        "`exponentials = np.exp(logits - ...)`, and then divide by their sum.",
    ),
    why="All libraries do it this way: the largest exponential is 1, whatever comes, and the others are smaller.",
)

# === Exercise: the forward pass ====================================================================


def forward(image, filters_1, bias_1, filters_2, bias_2, weights, bias, conv2d, max_pool2d):
    """Run a picture through a network and return its logits. No softmax.

    Convolution, ReLU, max pooling of 2; the same again with the second filters;
    flatten, and one dense layer: weights has a row for each number that comes in
    and a column for each output. Stride 1, no padding. The last two are functions:
    conv2d(image, weights, bias, stride, padding) of lesson 05, and
    max_pool2d(image, size, stride) of lesson 06.
    """
    maps = np.maximum(conv2d(image, filters_1, bias_1, 1, 0), 0)
    maps = max_pool2d(maps, 2, 2)
    maps = np.maximum(conv2d(maps, filters_2, bias_2, 1, 0), 0)
    maps = max_pool2d(maps, 2, 2)
    return maps.flatten() @ weights + bias


def forward_pooled_first(image, filters_1, bias_1, filters_2, bias_2, weights, bias, conv2d, max_pool2d):
    """Pool before cutting off: the largest stays the largest, and there is less to cut off."""
    first = max_pool2d(conv2d(image, filters_1, bias_1, 1, 0), 2, 2)
    first[first < 0] = 0
    second = max_pool2d(conv2d(first, filters_2, bias_2, 1, 0), 2, 2)
    second[second < 0] = 0
    return bias + weights.T @ second.ravel()


def forward_in_a_loop(image, filters_1, bias_1, filters_2, bias_2, weights, bias, conv2d, max_pool2d):
    """Do the same twice, each time with other filters."""
    maps = image
    for filters, added in [(filters_1, bias_1), (filters_2, bias_2)]:
        maps = conv2d(maps, filters, added, 1, 0)
        maps = np.where(maps > 0, maps, 0)
        maps = max_pool2d(maps, 2, 2)
    return np.dot(np.ravel(maps), weights) + bias


def forward_with_plain_sums(image, filters_1, bias_1, filters_2, bias_2, weights, bias, conv2d, max_pool2d):
    """Add up each output, number by number."""
    first = max_pool2d(conv2d(image, filters_1, bias_1, 1, 0).clip(0), 2, 2)
    numbers = max_pool2d(conv2d(first, filters_2, bias_2, 1, 0).clip(0), 2, 2).flatten()
    logits = []
    for output in range(len(bias)):
        total = bias[output]
        for place, number in enumerate(numbers):
            total = total + number * weights[place, output]
        logits.append(total)
    return logits


def forward_bias_apart(image, filters_1, bias_1, filters_2, bias_2, weights, bias, conv2d, max_pool2d):
    """Filter without bias, and add it to the maps."""
    first = conv2d(image, filters_1, 0 * bias_1, 1, 0) + bias_1
    first = max_pool2d(first * (first > 0), 2, 2)
    second = conv2d(first, filters_2, 0 * bias_2, 1, 0) + bias_2
    second = max_pool2d(second * (second > 0), 2, 2)
    return (second.ravel()[:, np.newaxis] * weights).sum(axis=0) + bias


def forward_without_flatten(image, filters_1, bias_1, filters_2, bias_2, weights, bias, conv2d, max_pool2d):
    """Lay the weights out like the maps, in the place of the maps like the weights."""
    first = max_pool2d(np.fmax(0, conv2d(image, filters_1, bias_1, 1, 0)), 2, 2)
    second = max_pool2d(np.fmax(0, conv2d(first, filters_2, bias_2, 1, 0)), 2, 2)
    as_maps = weights.reshape(*second.shape, len(bias))
    return np.tensordot(second, as_maps, axes=3) + bias


def forward_as_a_convolution(image, filters_1, bias_1, filters_2, bias_2, weights, bias, conv2d, max_pool2d):
    """Take the dense layer as filters that are as large as the maps."""
    maps = max_pool2d(np.maximum(conv2d(image, filters_1, bias_1, 1, 0), 0), 2, 2)
    maps = max_pool2d(np.maximum(conv2d(maps, filters_2, bias_2, 1, 0), 0), 2, 2)
    filters = weights.reshape(maps.shape[0], maps.shape[1], maps.shape[2], len(bias))
    return conv2d(maps, filters, bias, 1, 0)[0, 0]


def conv2d(image, weights, bias, stride, padding):
    """Slide filters over a picture, called as in lesson 05."""
    return convolution.conv2d(image, weights, bias, stride, padding)


def max_pool2d(image, size, stride):
    """Keep the largest number of each window, called as in lesson 06."""
    return pooling.max_pool2d(image, size, stride)


def relu(maps):
    """Cut off below 0."""
    return np.maximum(maps, 0)


def row(maps):
    """Lay maps out, the channels of a place side by side."""
    return maps.reshape(-1)


def assembled(first=relu, second=relu, flat=row, last=lambda logits: logits, picture=lambda image: image):
    """Return the network of whoever does something else between its layers."""

    def network(image, filters_1, bias_1, filters_2, bias_2, weights, bias, conv2d, max_pool2d):
        maps = max_pool2d(first(conv2d(picture(image), filters_1, bias_1, 1, 0)), 2, 2)
        maps = max_pool2d(second(conv2d(maps, filters_2, bias_2, 1, 0)), 2, 2)
        return last(flat(maps) @ weights + bias)

    return network


def with_biases(first, second, last):
    """Return the network that counts its three biases so many times."""

    def network(image, filters_1, bias_1, filters_2, bias_2, weights, bias, *functions):
        return forward(image, filters_1, first * bias_1, filters_2, second * bias_2, weights, last * bias, *functions)

    return network


def added_after_relu(image, filters_1, bias_1, filters_2, bias_2, weights, bias, conv2d, max_pool2d):
    """Cut off first, and add the biases then."""
    maps = max_pool2d(relu(conv2d(image, filters_1, 0 * bias_1, 1, 0)) + bias_1, 2, 2)
    maps = max_pool2d(relu(conv2d(maps, filters_2, 0 * bias_2, 1, 0)) + bias_2, 2, 2)
    return row(maps) @ weights + bias


CHANCE = np.random.default_rng(70)
BIASES = (-1.25, -0.5, -0.25, 0.25, 0.75, 1.5)


def case(size, kernel_sizes, maps, outputs, brightest=9):
    """Make up a picture (rows, columns, channels) and a network for it, in which both ReLUs have something to do."""
    rows, columns, channels = size
    first, second = kernel_sizes
    high, wide = (((n - first + 1) // 2 - second + 1) // 2 for n in (rows, columns))
    shapes = (first, first, channels, maps[0]), (second, second, *maps), (high * wide * maps[1], outputs)
    while True:
        made = [CHANCE.integers(0, 10, size) * brightest / 9]
        for shape in shapes:
            made += [CHANCE.integers(-4, 5, shape) / 2, CHANCE.choice(BIASES, shape[-1]) * brightest]
        if all(0.2 < (maps < 0).mean() < 0.8 for maps in before_relu(*made[:5])):
            return (*made, conv2d, max_pool2d)


def before_relu(image, filters_1, bias_1, filters_2, bias_2):
    """Return what comes to both ReLUs if they stand behind the poolings."""
    one = max_pool2d(conv2d(image, filters_1, bias_1, 1, 0), 2, 2)
    return one, max_pool2d(conv2d(relu(one), filters_2, bias_2, 1, 0), 2, 2)


FOLLOW = (
    "Print the `shape` after each step, and compare with your table: each pooling of 2 halves rows and columns, and"
    " `weights` has as many rows as numbers come in."
)

FORWARD = FunctionExercise(
    title="The forward pass",
    solution=forward,
    cases=(
        case((14, 18, 1), (3, 2), (2, 3), 4),
        case((20, 14, 1), (5, 3), (3, 2), 3),
        case((13, 17, 3), (2, 3), (2, 4), 5),
        case((16, 16, 1), (3, 3), (4, 3), 10, brightest=0.02),
    ),
    tolerance=1e-3,
    topics="function, bias",
    stops=(("ValueError", FOLLOW),),
    slips=(
        Slip(
            "no ReLU at all",
            assembled(first=lambda maps: maps, second=lambda maps: maps),
            "Both ReLUs are missing. Without them, numbers below 0 go on into the next layer.",
        ),
        Slip(
            "first ReLU forgotten",
            assembled(first=lambda maps: maps),
            "The ReLU after the first convolution is missing. The second one reads what is below 0, and should not.",
        ),
        Slip(
            "second ReLU forgotten",
            assembled(second=lambda maps: maps),
            "The ReLU after the second convolution is missing. Numbers below 0 reach the dense layer.",
        ),
        Slip(
            "ReLU on the logits",
            assembled(last=relu),
            "You cut the logits off below 0 as well. They may be below 0: nothing follows them.",
        ),
        Slip(
            "signs dropped",
            assembled(first=np.abs, second=np.abs),
            "You drop the signs. ReLU makes 0 of −3, not 3.",
        ),
        Slip(
            "what is above 0 is cut off",
            assembled(first=lambda maps: np.minimum(maps, 0), second=lambda maps: np.minimum(maps, 0)),
            "You keep what is below 0, and cut off the rest. ReLU does it the other way round: the larger of the number"
            " and 0 stays.",
        ),
        Slip(
            "only whether",
            assembled(first=lambda maps: maps > 0, second=lambda maps: maps > 0),
            "You keep only whether a number is above 0. ReLU lets it pass as large as it is.",
        ),
        Slip(
            "softmax at the end",
            assembled(last=softmax),
            "Your logits have gone through softmax. Here they are wanted as they are.",
        ),
        Slip(
            "the answer, not the logits",
            assembled(last=np.argmax),
            "You return which output is largest. Wanted is a number for each output.",
        ),
        Slip(
            "no bias anywhere",
            with_biases(0, 0, 0),
            "All three biases are missing: one goes into each convolution, one is added to the logits.",
        ),
        Slip(
            "first bias forgotten",
            with_biases(0, 1, 1),
            "The first convolution works without `bias_1`.",
        ),
        Slip(
            "second bias forgotten",
            with_biases(1, 0, 1),
            "The second convolution works without `bias_2`.",
        ),
        Slip(
            "bias forgotten",
            with_biases(1, 1, 0),
            "All is there but the last `bias`: a dense layer adds one number to each output.",
        ),
        Slip(
            "bias twice",
            with_biases(2, 2, 1),
            "The biases of the convolutions are added twice. `conv2d` adds them already.",
        ),
        Slip(
            "bias after ReLU",
            added_after_relu,
            "You cut off first, then add the biases. The bias comes before: it decides what is above 0.",
        ),
        Slip(
            "bias subtracted",
            with_biases(1, 1, -1),
            "You take the last `bias` away. It is added.",
        ),
        Slip(
            "channels first when flat",
            assembled(flat=lambda maps: maps.transpose(2, 0, 1).reshape(-1)),
            "You lay out one map after the other, as PyTorch does. Here the channels of a place stand side by side: it"
            " is the order in which the array is stored.",
        ),
        Slip(
            "column by column",
            assembled(flat=lambda maps: maps.transpose(1, 0, 2).reshape(-1)),
            "You lay the maps out column by column. It goes row by row.",
        ),
        Slip(
            "last axis slowest",
            assembled(flat=lambda maps: maps.flatten("F")),
            "You lay the maps out with the first axis running fastest. It goes row by row, and the channels of a place"
            " stand side by side.",
        ),
        Slip(
            "picture from 0 to 1",
            assembled(picture=lambda image: image / 255),
            "You divide the picture by 255. Here it goes in as it comes.",
        ),
    ),
    ways=(
        forward_pooled_first,
        forward_in_a_loop,
        forward_with_plain_sums,
        forward_bias_apart,
        forward_without_flatten,
        forward_as_a_convolution,
    ),
    hints=(
        "One line a layer, and each reads what the line before has made. ReLU is `np.maximum(maps, 0)`. For the dense"
        " layer, lay the maps out flat; `@` multiplies and adds up, once for each column of `weights`.",
        "`maps = conv2d(image, filters_1, bias_1, 1, 0)`, and then `maps = np.maximum(maps, 0)`.",
    ),
    why="That is a whole network. Give it the filters, weights and biases of the trained one, and it reads digits.",
)

# === Exercise: a network to repair =================================================================

INPUTS = {  # what one gets by mistake -> how many numbers would reach the dense layer
    "right": 5 * 5 * 20,
    "pooling rounded up": 6 * 6 * 20,
    "+1 forgotten": 4 * 4 * 20,
    "second pooling forgotten": 11 * 11 * 20,
    "first pooling forgotten": 12 * 12 * 20,
    "no pooling": 24 * 24 * 20,
    "kernels not subtracted": 7 * 7 * 20,
    "channels lost": 5 * 5,
    "channels of the first convolution": 5 * 5 * 6,
    "all channels multiplied": 5 * 5 * 6 * 20,
    "one side": 5 * 20,
    "outputs for channels": 5 * 5 * 10,
    "before the second convolution": 13 * 13 * 6,
    "a dense layer's weights": 5 * 5 * 20 * 10,
    "sides added": 5 + 5 + 20,
}
READS, NUMBERS = 6, INPUTS["right"]

BROKEN = """# Pictures of 28 × 28 × 1 come in. Two numbers are wrong, and the layers do not fit:
#   Conv2D(in_channels=1, out_channels=6, kernel_size=3)
#   ReLU, MaxPool2D(2)
#   Conv2D(in_channels=1, out_channels=20, kernel_size=3)
#   ReLU, MaxPool2D(2)
#   Flatten, Dense(inputs=784, outputs=10)
repair = [{}, {}]  # in_channels of the second convolution, inputs of the dense layer"""


def reads(number, name, says):
    """Return the slip of another number of channels."""
    return Slip(name, lambda values: values[0] == number, says, example=[number, NUMBERS])


def inputs(name, says):
    """Return the slip of another number of inputs."""
    return Slip(name, lambda values: values[1] == INPUTS[name], says, example=[READS, INPUTS[name]])


def which_one(values):
    """Say which of the two numbers is not right."""
    if values[0] == READS:
        return "The first number is right. For the second, follow rows and columns from layer to layer: 28, 26, …"
    if values[1] == NUMBERS:
        return "The second number is right. For the first: who makes the maps that the second convolution reads?"
    return "Neither number is right yet. Begin with the first: how many maps does the first convolution make?"


REPAIR = ValueExercise(
    name="repair",
    title="Repair a network",
    stub=BROKEN.format(1, 784),
    answer=BROKEN.format(READS, NUMBERS),
    untouched=[1, 784],
    shape=(2,),
    right=lambda values: bool(values[0] == READS and values[1] == NUMBERS),
    far=which_one,
    slips=(
        Slip(
            "exchanged",
            lambda values: bool(values[0] == NUMBERS and values[1] == READS),
            "Both numbers are right, but exchanged: the channels come first.",
            example=[NUMBERS, READS],
        ),
        reads(1, "still one channel", "The second convolution still reads one map. How many does it get to read?"),
        reads(20, "its own filters", "20 is how many maps the second convolution *makes*. How many come in?"),
        reads(
            3,
            "colors, or the kernel",
            "3? The second convolution reads no colors, and its kernel size does not count maps.",
        ),
        reads(
            54, "weights of the first", "54 is how many weights the first convolution has. How many maps does it make?"
        ),
        reads(7, "a channel too many", "7? The picture is not passed on: the second convolution reads maps only."),
        reads(13, "rows for channels", "13 is how many rows the maps have there. How many maps are there?"),
        reads(120, "channels multiplied", "120 is 6 · 20. What goes in is not multiplied by what comes out."),
        Slip(
            "still 784",
            lambda values: values[1] == 784,
            "784 is 28 · 28: the dense layer would read the picture. It reads what the layers before have left of it.",
            example=[READS, 784],
        ),
        inputs(
            "pooling rounded up",
            "720 is 6 · 6 · 20. Pooling of 11 rows by 2 leaves a row over, and no window fits there.",
        ),
        inputs("+1 forgotten", "320 is 4 · 4 · 20. Are there 25 rows after the first convolution? Count the starts."),
        inputs("second pooling forgotten", "2420 is what comes out of the second convolution. A pooling follows it."),
        inputs(
            "first pooling forgotten", "2880 is 12 · 12 · 20. There is a pooling before the second convolution, too."
        ),
        inputs("no pooling", "11520 is 24 · 24 · 20: both convolutions, and no pooling."),
        inputs(
            "kernels not subtracted", "980 is 7 · 7 · 20: only the poolings. Without padding, kernels cost rows, too."
        ),
        inputs("channels lost", "25 is a single map. How many are laid out?"),
        inputs("channels of the first convolution", "150 counts 6 maps. What is laid out was made by the second one."),
        inputs("all channels multiplied", "3000 counts 6 · 20 maps. A filter adds up all that it reads, to one map."),
        inputs("one side", "100 is 5 · 20. A map has rows *and* columns."),
        inputs("outputs for channels", "250 is 5 · 5 · 10. 10 is what the dense layer makes, not what it reads."),
        inputs(
            "before the second convolution", "1014 is what the second convolution reads: 13 · 13 · 6. Go on from there."
        ),
        inputs(
            "a dense layer's weights", "5000 is how many weights the dense layer has. How many numbers does it read?"
        ),
        inputs("sides added", "30 is a sum, of rows, columns and maps. How many cells has one map? And all of them?"),
    ),
    ways=(
        np.array([READS, NUMBERS]),
        (6.0, 500.0),
        (READS, 5 * 5 * 20),
        [6, ((28 - 2) // 2 - 2) // 2 * (((28 - 2) // 2 - 2) // 2) * 20],
        np.array([6, 500], np.int32),
    ),
    hints=(
        "Write the table of shapes: 28 × 28 × 1, then a line for each layer. A convolution reads as many channels as"
        " the line above it has.",
        "After the first convolution: 26 × 26 × 6. After the first pooling: 13 × 13 × ...",
    ),
    why="A convolution does not mind how large a picture is, only how many channels it has. A dense layer minds both."
    " That is why a network with one takes pictures of one size alone.",
)

# === Bug hunt ======================================================================================


def careful_softmax(logits):
    """Turn a row of logits, however large or small, into shares that add up to 1."""
    logits = logits - np.abs(logits).max()
    exponentials = np.exp(logits)
    return exponentials / exponentials.sum()


def stable_softmax(logits):
    """Return what `careful_softmax` promises."""
    return softmax(logits.astype(float))


def is_right(logits):
    """Tell whether `careful_softmax` is right."""
    with np.errstate(all="ignore"):
        return np.allclose(careful_softmax(logits), stable_softmax(logits), atol=1e-6)


CAREFUL = bug_hunt(
    careful_softmax,
    stable_softmax,
    title="Bug hunt: a careful softmax",
    ask="a row of logits that careful_softmax gets wrong. [1000, 998, -1000] it gets right",
    evidence="[-1000, -1001]",
    slips=(
        Slip(
            "a single number",
            lambda logits: logits.ndim == 0,
            "That is a single number. Give a row of them: `[2, -1, 0.5]` is one.",
            example=-1000,
        ),
        Slip(
            "a table",
            lambda logits: logits.ndim > 1,
            "That has rows and columns. careful_softmax takes a single row of logits.",
            example=[[-1000, -1001], [-1000, -1002]],
        ),
        Slip(
            "no logits",
            lambda logits: logits.size == 0,
            "That row is empty: there is nobody to share with.",
            example=[],
        ),
        Slip(
            "few bits",
            lambda logits: logits.dtype.itemsize < (8 if logits.dtype.kind in "ui" else 4) or logits.dtype.kind == "u",
            "Those are stored in few bits, or without a sign, and logits are not. Give ordinary numbers.",
            example=np.array([1, 2, 3], np.uint8),
        ),
        Slip(
            "nothing but zeros",
            lambda logits: not logits.any(),
            "All are 0. Nothing is subtracted, and all get the same share, as they should.",
            example=[0, 0, 0],
        ),
        Slip(
            "one alone",
            lambda logits: logits.size == 1 and is_right(logits),
            "One logit alone gets all. careful_softmax says so, too.",
            example=[5],
        ),
        Slip(
            "equal logits",
            lambda logits: bool((logits == logits[0]).all()) and is_right(logits),
            "All logits are equal, and so are the shares. careful_softmax is right here.",
            example=[7, 7],
        ),
        Slip(
            "nothing below 0",
            lambda logits: logits.min() >= 0,
            "Nothing here is below 0, and careful_softmax is right, however large the numbers are. What is `np.abs`"
            " good for then?",
            example=[1000, 2000, 5],
        ),
        Slip(
            "the largest is farthest from 0",
            lambda logits: logits.max() >= -logits.min(),
            "Some are below 0, but the largest is at least as far from 0. So it is what is subtracted, and that is"
            " right.",
            example=[1000, -1000],
        ),
        Slip(
            "all below 0, but near",
            lambda logits: logits.max() < 0 and is_right(logits),
            "All are below 0, so more is subtracted than the largest. But the exponentials are not 0 yet, and it still"
            " cancels out. Print `exponentials`.",
            example=[-1, -2, -3],
        ),
        Slip(
            "one far below, but not far enough",
            lambda logits: is_right(logits),
            "What is subtracted is not the largest here. But the exponential of the largest is not 0 yet, and so it"
            " still cancels out. Print `exponentials`.",
            example=[5, -100],
        ),
    ),
    ways=(
        [-400, -401, -402],
        (-1000.0, 3.0, 5.5),
        np.array([-1000]),
        [100, -900],
        np.array([-300.0, -301.0], dtype=np.float32),
        [0, -1000],
    ),
    hints=(
        "What is subtracted, and what should be? For which logits are the two not the same?",
        "`evidence = [-1000, ...]`: if all exponentials become 0, what are they divided by?",
    ),
    why="Nothing ever overflows here, so all tests with large logits pass. But numbers can get lost at the other end as"
    " well: what is too small becomes 0. And 0/0 is nobody's share.",
)

EXERCISES = (SHAPES, SOFTMAX, FORWARD, REPAIR, CAREFUL)
