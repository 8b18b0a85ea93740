"""Lesson 04, Stride: what is done."""

import random

import numpy as np

from helpers.exercises import syntax
from helpers.exercises.exercise import FunctionExercise, Slip, ValueExercise, bug_hunt

# === Exercise: eight sizes =========================================================================

LOW, HIGH = (9, 2, 2, 0), (24, 6, 5, 2)  # pixels, kernel size, stride, padding
WITH_REMAINDER = (False, True, True, False, True, False, False, True)


def drill(chance, with_remainder):
    """Make up a window: pixels, kernel size, stride, padding; with a remainder or without."""
    while True:
        numbers = [int(low + chance.random() * (high - low + 1)) for low, high in zip(LOW, HIGH, strict=True)]
        pixels, kernel_size, stride, padding = numbers
        remainder = (pixels + 2 * padding - kernel_size) % stride
        if bool(remainder) == with_remainder and stride != kernel_size > padding:
            return tuple(numbers)


def drills(seed):
    """Make up eight windows; half of them leave a remainder."""
    chance = random.Random(seed)
    return [drill(chance, with_remainder) for with_remainder in WITH_REMAINDER]


DRILLS = drills(22)


def sizes_by(rule):
    """Return what a rule makes of the eight; it is given the last possible start and the four numbers."""
    return [rule(n + 2 * p - f, n, f, s, p) for n, f, s, p in DRILLS]


EIGHT = sizes_by(lambda last, n, f, s, p: last // s + 1)


RULES = {  # the right one first, then the likely slips
    "right": lambda last, n, f, s, p: last // s + 1,
    "+1 before the division": lambda last, n, f, s, p: (last + 1) // s,
    "ceil, and no +1": lambda last, n, f, s, p: -(-last // s),
    "ceil for floor": lambda last, n, f, s, p: -(-last // s) + 1,
    "padding taken as the total": lambda last, n, f, s, p: (n + p - f) // s + 1,
    "padding forgotten": lambda last, n, f, s, p: (n - f) // s + 1,
    "+1 forgotten": lambda last, n, f, s, p: last // s,
    "stride ignored": lambda last, n, f, s, p: last + 1,
    "stride taken for the kernel size": lambda last, n, f, s, p: last // f + 1,
    "kernel size not subtracted": lambda last, n, f, s, p: (n + 2 * p) // s,
    "last start": lambda last, n, f, s, p: last // s * s,
}
MADE = {name: [rule(n + 2 * p - f, n, f, s, p) for n, f, s, p in DRILLS] for name, rule in RULES.items()}
EIGHT = MADE["right"]


def looks_like(name):
    """Return a function that tells whether eight sizes are what a wrong rule makes, or two and more of them are."""

    def like(sizes):
        exact = [one for one, made in MADE.items() if (sizes == made).all()]
        wrong = sizes != EIGHT
        return name in exact if exact else bool(wrong.sum() > 1 and (sizes == MADE[name])[wrong].all())

    return like


def size_slip(name, says):
    """Return the slip of working sizes out by a wrong rule."""
    return Slip(name, looks_like(name), says, example=MADE[name])


def drill_lines(sizes):
    """Return the list as code: one line for each window."""
    lines = [
        f"    {size},  # {n} pixels, kernel size {f}, stride {s}, {f'padding {p}' if p else 'no padding'}"
        for size, (n, f, s, p) in zip(sizes, DRILLS, strict=True)
    ]
    return "\n".join(["eight_sizes = [  # how many output pixels? A number in the place of each 0", *lines, "]"])


def how_many_fit(sizes):
    """Say how many of the sizes are right, and which one to look at again."""
    wrong = np.flatnonzero(sizes != EIGHT)
    n, f, s, p = DRILLS[wrong[0]]
    again = f"{n} pixels, kernel size {f}, stride {s}, padding {p}"
    return f"{8 - len(wrong)} of 8 are right. The first to look at again is number {wrong[0] + 1}: {again}."


EIGHT_SIZES = ValueExercise(
    name="eight_sizes",
    title="Eight sizes",
    stub=drill_lines([0] * 8),
    answer=drill_lines(EIGHT),
    untouched=[0] * 8,
    shape=(8,),
    right=lambda sizes: bool((sizes == EIGHT).all()),
    far=how_many_fit,
    topics="count",
    slips=(
        Slip(
            "not all done",
            lambda sizes: bool((sizes == 0).any()),
            "There are zeros left. Every one of these windows fits at least once.",
            example=[*EIGHT[:5], 0, 0, 0],
        ),
        size_slip(
            "+1 before the division",
            "You add the 1 before you divide. Divide first: the 1 is a whole start, not one more pixel.",
        ),
        size_slip(
            "ceil, and no +1",
            "Where yours is wrong, the division leaves no remainder. A start that just touches the end counts as well.",
        ),
        size_slip(
            "ceil for floor",
            "Where yours is wrong, the division leaves a remainder and you round up. Half a step is no step.",
        ),
        size_slip(
            "padding taken as the total",
            "Where yours is wrong, there is padding, and you count it once. It is added on each side.",
        ),
        size_slip(
            "padding forgotten",
            "Where yours is wrong, there is padding, and you leave it out. It gives the window room at both ends.",
        ),
        size_slip(
            "+1 forgotten",
            "Where yours is wrong, you count the steps. The first start is there before any step is taken.",
        ),
        size_slip(
            "stride ignored",
            "That is what stride 1 makes. A longer step leaves starts out.",
        ),
        size_slip(
            "stride taken for the kernel size",
            "You step by the kernel size. How far the window jumps is the stride, and they need not be equal.",
        ),
        size_slip(
            "kernel size not subtracted",
            "You divide all the pixels by the stride. The window is several pixels wide: where is its last start?",
        ),
        size_slip(
            "last start",
            "Those are the pixels in which the last window starts. Asked for is how many windows there are.",
        ),
        Slip(
            "decimals left",
            lambda sizes: bool((sizes != np.floor(sizes)).any()),
            "There are decimals left. A window fits or it does not: only whole steps are taken.",
            example=[(n + 2 * p - f) / s + 1 for n, f, s, p in DRILLS],
        ),
    ),
    ways=(tuple(EIGHT), np.array(EIGHT), np.array(EIGHT, dtype=np.float32)),
    hints=(
        "Where is the last possible start? Counted from 0, it is all pixels, with the padding of both sides, minus the"
        " kernel size. How many whole steps lead there, and which start needs no step?",
        "The first one: `({} + 2 * {} - {}) // {} + ...`".format(*(DRILLS[0][i] for i in (0, 3, 1, 2))),
    ),
    why="Half of them leave a remainder, as most sizes do in practice. You know now where it goes: nowhere. It is lost"
    " at the end of the row, without a word.",
)

# === Exercise: convolution with stride =============================================================


def strided_convolve2d(image, kernel, stride):
    """Slide the kernel over the image in steps of `stride`, to the right and down. No padding, no flip."""
    rows = (image.shape[0] - kernel.shape[0]) // stride + 1
    columns = (image.shape[1] - kernel.shape[1]) // stride + 1
    result = np.zeros((rows, columns))
    for row in range(rows):
        for column in range(columns):
            top, left = row * stride, column * stride
            window = image[top : top + kernel.shape[0], left : left + kernel.shape[1]]
            result[row, column] = (window * kernel).sum()
    return result


def starts(image, kernel, stride):
    """Count the starts in rows and in columns."""
    return [(n - f) // stride + 1 for n, f in zip(image.shape, kernel.shape, strict=True)]


def slide(image, kernel, places, steps, dtype=float):
    """Slide a window over a picture, so many places, in such steps, whether that makes sense or not."""
    result = np.zeros(places, dtype)
    for row, column in np.ndindex(*places):
        top, left = row * steps[0], column * steps[1]
        window = image[top : top + kernel.shape[0], left : left + kernel.shape[1]]
        result[row, column] = (window * kernel).sum()
    return result


def rows_only(image, kernel, stride):
    """Take longer steps down, but not to the right."""
    return slide(image, kernel, (starts(image, kernel, stride)[0], starts(image, kernel, 1)[1]), (stride, 1))


def columns_only(image, kernel, stride):
    """Take longer steps to the right, but not down."""
    return slide(image, kernel, (starts(image, kernel, 1)[0], starts(image, kernel, stride)[1]), (1, stride))


def rounded_up(image, kernel, stride):
    """Count half steps as whole ones."""
    places = [-(-(n - f) // stride) + 1 for n, f in zip(image.shape, kernel.shape, strict=True)]
    return slide(image, kernel, places, (stride, stride))


def rounded_up_with_zeros(image, kernel, stride):
    """Count half steps as whole ones, and put zeros where the picture ends."""
    rest = [-(n - f) % stride for n, f in zip(image.shape, kernel.shape, strict=True)]
    return strided_convolve2d(np.pad(image, [(0, rest[0]), (0, rest[1])]), kernel, stride)


def size_by_stride(image, kernel, stride):
    """Forget that the window is wider than a pixel."""
    return slide(image, kernel, [n // stride for n in image.shape], (stride, stride))


def one_too_few(image, kernel, stride):
    """Forget that the first start counts."""
    return slide(image, kernel, [n - 1 for n in starts(image, kernel, stride)], (stride, stride))


def square_image(image, kernel, stride):
    """Forget that a picture may be wider than it is high."""
    count = (len(image) - len(kernel)) // stride + 1
    return slide(image, kernel, (count, count), (stride, stride))


def square_kernel(image, kernel, stride):
    """Forget that a kernel may be wider than it is high."""
    size = len(kernel)
    rows, columns = ((n - size) // stride + 1 for n in image.shape)
    result = np.zeros((rows, columns))
    for row, column in np.ndindex(rows, columns):
        top, left = row * stride, column * stride
        result[row, column] = (image[top : top + size, left : left + size] * kernel).sum()
    return result


def with_gaps(image, kernel, stride):
    """Put every number where its window starts, with gaps between them."""
    result = np.zeros(starts(image, kernel, 1))
    result[::stride, ::stride] = strided_convolve2d(image, kernel, stride)
    return result


def strided_by_skipping(image, kernel, stride):
    """Work all windows out at once, then keep every s-th."""
    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)
    return (windows * kernel).sum(axis=(2, 3))[::stride, ::stride]


def strided_by_weights(image, kernel, stride):
    """Add up the picture nine times or so, moved and weighted."""
    rows, columns = starts(image, kernel, stride)
    result = 0.0
    for (down, right), weight in np.ndenumerate(kernel):
        moved = image[down : down + stride * rows : stride, right : right + stride * columns : stride]
        result = result + float(weight) * moved
    return result


def strided_by_starts(image, kernel, stride):
    """Walk from start to start, and keep plain lists."""
    high, wide = kernel.shape
    result = []
    for top in range(0, image.shape[0] - high + 1, stride):
        line = []
        for left in range(0, image.shape[1] - wide + 1, stride):
            line.append(float(np.sum(image[top : top + high, left : left + wide] * kernel)))
        result.append(line)
    return result


CHANCE = np.random.default_rng(40)

TWO_PLACES = (
    "There are two places: where a window starts in the picture (`row * stride`), and where its sum belongs (`row`). Is"
    " one mixed up with the other? And has your result as many places as windows fit, the first one included?"
)

STRIDED = FunctionExercise(
    title="A convolution with stride",
    solution=strided_convolve2d,
    cases=(
        (CHANCE.integers(-9, 10, (7, 10)).astype(float), np.array([[1, -2, 0], [3, 0.5, -1]]), 2),
        (CHANCE.integers(-9, 10, (9, 6)).astype(float), np.array([[1, 2], [0, -3], [4, -1]]), 3),
        (CHANCE.integers(0, 256, (5, 8)).astype(np.uint8), np.array([[2, 1], [-1, 3]]), 1),
        (CHANCE.integers(-9, 10, (8, 7)).astype(float), np.array([[-3, 2, 1], [0, 4, -1]]), 2),
        (CHANCE.integers(-9, 10, (8, 11)) / 2, np.array([[1, 0, -1, 2], [5, -2, 0, 1], [0, 1, 3, -4]]), 2),
        (CHANCE.integers(-9, 10, (9, 12)).astype(float), np.array([[3, -1], [2, 5]]), 4),
        (CHANCE.integers(-9, 10, (5, 5)).astype(float), np.array([[1, -2, 0], [3, 2, -1], [0, 4, 1]]), 2),
    ),
    tolerance=1e-3,
    topics="function, array, size, kernel, stride, count, arithmetic",
    stops=(("IndexError", TWO_PLACES), ("ValueError", TWO_PLACES)),
    slips=(
        Slip(
            "stride ignored when slicing",
            lambda image, kernel, stride: slide(image, kernel, starts(image, kernel, stride), (1, 1)),
            "The size is right, the numbers are not: your window moves by 1. Result row 1 belongs to a window that"
            " starts further down than row 1.",
        ),
        Slip(
            "stride on rows only",
            rows_only,
            "You take longer steps down, but still steps of 1 to the right. The stride holds in both directions.",
        ),
        Slip(
            "stride on rows only when slicing",
            lambda image, kernel, stride: slide(image, kernel, starts(image, kernel, stride), (stride, 1)),
            "The size is right, and so are the rows. To the right, your window still moves by 1.",
        ),
        Slip(
            "stride on columns only",
            columns_only,
            "You take longer steps to the right, but still steps of 1 down. The stride holds in both directions.",
        ),
        Slip(
            "stride on columns only when slicing",
            lambda image, kernel, stride: slide(image, kernel, starts(image, kernel, stride), (1, stride)),
            "The size is right, and so are the columns. Down, your window still moves by 1.",
        ),
        Slip(
            "stride ignored",
            lambda image, kernel, stride: strided_convolve2d(image, kernel, 1),
            "That is what stride 1 makes. Where in your function is `stride` used?",
        ),
        Slip(
            "stride moves the output",
            with_gaps,
            "Your numbers are right, but there are gaps between them. The stride moves the window, not the output:"
            " results sit side by side.",
        ),
        Slip(
            "stride taken for the kernel size",
            lambda image, kernel, stride: slide(
                image, kernel, [n // f for n, f in zip(image.shape, kernel.shape, strict=True)], kernel.shape
            ),
            "Your window jumps by its own size. How far it jumps is `stride`; windows may overlap, or leave gaps.",
        ),
        Slip(
            "ceil for floor",
            rounded_up,
            "You count half steps as whole ones, so your last windows hang over the edge of the picture. Round down.",
        ),
        Slip(
            "ceil, and zeros beyond the edge",
            rounded_up_with_zeros,
            "Your last windows hang over the edge, and read zeros there. Without padding, a window that does not fit"
            " makes no number.",
        ),
        Slip(
            "kernel size not subtracted",
            size_by_stride,
            "You divide the whole size by the stride. The window is several pixels wide: its last start comes earlier.",
        ),
        Slip(
            "+1 forgotten",
            one_too_few,
            "The last row and the last column are missing. Start 0 is a start, too: it takes no step to get there.",
        ),
        Slip(
            "kernel flipped",
            lambda image, kernel, stride: strided_convolve2d(image, kernel[::-1, ::-1], stride),
            "This is what you get when the kernel is turned by 180 degrees first. Networks lay it on as it is.",
        ),
        Slip(
            "kernel transposed",
            lambda image, kernel, stride: strided_convolve2d(image, kernel.T, stride),
            "This is what you get when rows and columns of the kernel are exchanged.",
        ),
        Slip(
            "square input assumed",
            square_image,
            "You count the starts in the rows, and use that for the columns as well. A picture need not be square.",
        ),
        Slip(
            "square kernel assumed",
            square_kernel,
            "Your window is as wide as the kernel is high. A kernel has a size for rows and one for columns:"
            " `kernel.shape`.",
        ),
        Slip(
            "averaged",
            lambda image, kernel, stride: strided_convolve2d(image, kernel, stride) / kernel.size,
            "You divide the sum by the number of weights. Multiply and add up, nothing else.",
        ),
        Slip(
            "integer overflow in uint8",
            lambda image, kernel, stride: slide(
                image, kernel, starts(image, kernel, stride), (stride, stride), dtype=image.dtype
            ),
            "Your sums are right, but they are stored like the picture. One comes in 8 bits, and what is below 0 or"
            " above 255 does not fit. Plain `np.zeros((rows, columns))` has room.",
            because=syntax.ITS_OWN_KIND,
        ),
    ),
    ways=(strided_by_skipping, strided_by_weights, strided_by_starts),
    hints=(
        "Two questions. How many windows fit, in rows and in columns? And where does the window of result row 1 start:"
        " in row 1, or further down?",
        "`rows = (image.shape[0] - kernel.shape[0]) // stride + 1`",
    ),
    why="This is the layer that makes pictures small in many networks: one line more than in lesson 02. If your window"
    " stops only where it must, stride 2 takes about a quarter of the work. If you work everything out and then keep"
    " every second number, it takes all of it.",
)

# === Exercise: seven becomes three =================================================================

SEVEN_THREE = {(f, s) for f in range(1, 8) for s in range(1, 8) if (7 - f) // s + 1 == 3}


def pairs_of(array):
    """Return the pairs in an array, as a set; empty if there are none in it."""
    return {tuple(pair) for pair in array.tolist()} if array.ndim == 2 and array.shape[1] == 2 else set()


def any_pair(holds):
    """Return a function that tells whether something holds of any kernel size and stride in an array."""
    return lambda array: any(holds(*pair) for pair in pairs_of(array))


def first_pair(holds):
    """Return a function that names the first pair of which something holds, as it is written in the learner's list."""

    def name(array):
        f, s = next(pair for pair in array.tolist() if holds(*pair))
        return f"`({f:g}, {s:g})`"

    return name


def too_large(f, s):
    """Tell whether a window does not fit into 7 pixels."""
    return f > 7


def senseless(f, s):
    """Tell whether these can be no kernel size and no stride."""
    return not (f >= 1 and s >= 1 and f == int(f) and s == int(s))


def rounded_up_to_3(f, s):
    """Tell whether 7 becomes 3 by half a step that is taken for a whole one."""
    return (f, s) not in SEVEN_THREE and -(-(7 - f) // s) + 1 == 3


def three_steps(f, s):
    """Tell whether there are 3 steps, and so 4 windows."""
    return (f, s) not in SEVEN_THREE and (7 - f) // s == 3


def how_many_pairs(array):
    """Say how many of the pairs give 3."""
    pairs = pairs_of(array)
    good = len(pairs & SEVEN_THREE)
    if good == len(pairs):
        return f"What you have gives 3 ({good} so far), but there is more. Go through the kernel sizes one by one."
    if not good:
        return f"None of your {len(pairs)} pairs gives 3. Put each into the formula."
    f, s = next(pair for pair in array.tolist() if tuple(pair) not in SEVEN_THREE)
    made = int((7 - f) // s + 1)
    return f"{good} of your {len(pairs)} pairs give 3. The first that does not is `({f:g}, {s:g})`: it gives {made}."


SEVEN = ValueExercise(
    name="seven_three",
    title="Seven becomes three",
    stub="""# 7 pixels, no padding, and 3 output pixels. Which kernel sizes and strides do that? All of them, please.
pairs = ...  # a list of pairs (kernel size, stride), written like [(7, 1), (6, 2)]; these two give 1, not 3""",
    answer=f"""# 7 pixels, no padding, and 3 output pixels. Which kernel sizes and strides do that? All of them, please.
pairs = {sorted(SEVEN_THREE)}""",
    variable="pairs",
    right=lambda array: pairs_of(array) == SEVEN_THREE and len(array) == len(SEVEN_THREE),
    far=how_many_pairs,
    topics="count",
    slips=(
        Slip(
            "no pairs",
            lambda array: not pairs_of(array),
            "Write pairs, kernel size and stride: a list such as `[(7, 1), (6, 2)]`.",
            example=[1, 3, 2, 2],
        ),
        Slip(
            "numbers that make no sense",
            any_pair(senseless),
            "Kernel size and stride are whole numbers from 1 on. A stride of 0 would stand still for ever.",
            example=[(1, 3), (7, 0)],
            which=first_pair(senseless),
        ),
        Slip(
            "twice the same",
            lambda array: pairs_of(array) == SEVEN_THREE,
            "Those are all of them, but one is there twice.",
            example=[*SEVEN_THREE, min(SEVEN_THREE)],
        ),
        Slip(
            "exchanged",
            lambda array: pairs_of(array[:, ::-1]) <= SEVEN_THREE and not pairs_of(array) <= SEVEN_THREE,
            "Kernel sizes and strides are exchanged: the kernel size comes first.",
            example=[(s, f) for f, s in SEVEN_THREE],
        ),
        Slip(
            "window does not fit",
            any_pair(too_large),
            "One of your windows is larger than 7 pixels. It does not fit even once.",
            example=[(3, 2), (9, 1)],
            which=first_pair(too_large),
        ),
        Slip(
            "ceil for floor",
            any_pair(rounded_up_to_3),
            "One of yours gives 3 only if half steps count as whole ones. The last window would hang over the end.",
            example=[(f, s) for f in range(1, 8) for s in range(1, 8) if -(-(7 - f) // s) + 1 == 3],
            which=first_pair(rounded_up_to_3),
        ),
        Slip(
            "+1 forgotten",
            any_pair(three_steps),
            "One of yours takes 3 steps. With the first start, that makes 4 windows.",
            example=[(f, s) for f in range(1, 8) for s in range(1, 8) if (7 - f) // s == 3],
            which=first_pair(three_steps),
        ),
        Slip(
            "a remainder taken for an error",
            lambda array: pairs_of(array) == {(f, s) for f, s in SEVEN_THREE if (7 - f) % s == 0},
            "All of yours give 3, and all of them divide without a remainder. Must they? A remainder is no error.",
            example=[(f, s) for f, s in SEVEN_THREE if (7 - f) % s == 0],
        ),
        Slip(
            "smallest kernel missed",
            lambda array: pairs_of(array) == {(f, s) for f, s in SEVEN_THREE if f > 1},
            "All of yours give 3. One is missing: how small can a kernel be?",
            example=[(f, s) for f, s in SEVEN_THREE if f > 1],
        ),
        Slip(
            "stride 1 missed",
            lambda array: pairs_of(array) == {(f, s) for f, s in SEVEN_THREE if s > 1},
            "All of yours give 3. One is missing: it takes the smallest steps there are.",
            example=[(f, s) for f, s in SEVEN_THREE if s > 1],
        ),
    ),
    ways=(
        set(SEVEN_THREE),
        [list(pair) for pair in sorted(SEVEN_THREE, reverse=True)],
        np.array(sorted(SEVEN_THREE)),
        tuple(sorted(SEVEN_THREE, key=sum)),
    ),
    hints=(
        "Three windows are two steps. So `(7 - f) // s` must be 2, whatever the remainder. Try one kernel size after"
        " the other, from 1 to 7.",
        "`pairs = [(1, ...), ...]`: with kernel size 1, the last possible start is 6. Which stride needs 2 steps?",
    ),
    why="Several windows make the same size, but they do not read the same: one of yours skips pixels, another reads"
    " most of them several times. A size alone does not tell what a layer does.",
)

# === Bug hunt ======================================================================================


def count_starts(numbers):
    """Return how many windows fit; the three numbers are [pixels, kernel size, stride]."""
    pixels, kernel_size, stride = numbers
    return len(range(0, pixels - kernel_size, stride))


def counted_starts(numbers):
    """Return what `count_starts` promises."""
    pixels, kernel_size, stride = numbers
    return (pixels - kernel_size) // stride + 1


COUNT_STARTS = bug_hunt(
    count_starts,
    counted_starts,
    title="Bug hunt: count the starts",
    ask="three numbers that count_starts gets wrong. [8, 3, 2] it gets right: 3",
    evidence="[9, 3, 2]",
    slips=(
        Slip(
            "not three numbers",
            lambda numbers: numbers.shape != (3,),
            "Give three numbers: `[pixels, kernel size, stride]`.",
            example=[8, 3],
        ),
        Slip(
            "no whole numbers",
            lambda numbers: numbers.dtype.kind not in "iu" or numbers.max() > 10**6,
            "Pixels are counted: write whole numbers without a point, none above a million.",
            example=[8.5, 3, 2],
        ),
        Slip(
            "below 1",
            lambda numbers: numbers.min() < 1,
            "All three must be at least 1: a stride of 0 stands still, and a window has a pixel or more.",
            example=[8, 3, 0],
        ),
        Slip(
            "window does not fit",
            lambda numbers: numbers[1] > numbers[0],
            "This window is larger than the row. count_starts promises nothing for windows that do not fit.",
            example=[3, 5, 1],
        ),
        Slip(
            "leaves a remainder",
            lambda numbers: (numbers[0] - numbers[1]) % numbers[2] != 0,
            "count_starts is right here: your division leaves a remainder. Is it right when nothing is left over, too?",
            example=[10, 3, 4],
        ),
    ),
    ways=([7, 7, 3], (10, 1, 1), np.array([12, 2, 5], dtype=np.uint8)),
    hints=(
        "`range` stops *before* its end. When does a start lie exactly there?",
        "`evidence = [9, 3, ...]`: the last possible start is 6. With which stride does the window come by at 6?",
    ),
    why="`range` leaves out its end, and with it a window that just touches the last pixel. When a remainder is left,"
    " nobody notices: rounding up and the forgotten +1 cancel each other. At stride 2, half of all tests are green.",
)

EXERCISES = (EIGHT_SIZES, STRIDED, SEVEN, COUNT_STARTS)
