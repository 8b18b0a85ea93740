"""Lesson 02, Kernels: what is done."""

import numpy as np

from helpers.exercises import syntax
from helpers.exercises.exercise import FunctionExercise, Slip, ValueExercise, bug_hunt
from helpers.kernels import KERNELS

# === Exercise: one number of the result ============================================================


def apply_at(image, kernel, row, column):
    """Return one number: lay the kernel's upper left corner on image[row, column], multiply, and add up."""
    rows, columns = kernel.shape
    window = image[row : row + rows, column : column + columns]
    return (window * kernel).sum()


def apply_at_in_loops(image, kernel, row, column):
    """Go through the weights one by one."""
    total = 0.0
    for down in range(kernel.shape[0]):
        for across in range(kernel.shape[1]):
            total += kernel[down, across] * image[row + down, column + across]
    return total


def apply_at_as_dot(image, kernel, row, column):
    """Write window and kernel as two long rows of numbers; their dot product is the sum."""
    window = image[row:, column:][: kernel.shape[0], : kernel.shape[1]]
    return np.dot(window.ravel().astype(float), kernel.ravel())


def apply_at_in_plain_python(image, kernel, row, column):
    """Work with lists."""
    weights = kernel.tolist()
    pairs = [
        (weight, float(image[row + down][column + across]))
        for down, line in enumerate(weights)
        for across, weight in enumerate(line)
    ]
    return sum(weight * pixel for weight, pixel in pairs)


def weighted_pixels(image, kernel, row, column):
    """Return the products of a window as a list, row by row."""
    return [
        float(kernel[down, across]) * float(image[row + down, column + across])
        for down in range(kernel.shape[0])
        for across in range(kernel.shape[1])
    ]


def window_at(image, kernel, row, column):
    """Return the window that lies under a kernel."""
    return image[row : row + kernel.shape[0], column : column + kernel.shape[1]]


def summed_at(change):
    """Return a function that changes window and kernel before the sum."""
    return lambda image, kernel, row, column: change(window_at(image, kernel, row, column), kernel)


def apply_at_square(image, kernel, row, column):
    """Forget that a kernel may have more rows than columns, or fewer."""
    total = 0
    for down in range(len(kernel)):
        for across in range(len(kernel)):
            total += kernel[down, across] * image[row + down, column + across]
    return total


def apply_at_short(image, kernel, row, column):
    """Stop one row and one column too early."""
    return (image[row:, column:][: kernel.shape[0] - 1, : kernel.shape[1] - 1] * kernel[:-1, :-1]).sum()


TILTED = np.array([[2, -1, 0], [3, 1, -4], [0, 5, -2]])  # no row, column or diagonal is like another
WIDE = np.array([[1, -2, 4], [0, 3, -1]])
TALL = np.array([[0.5, -1.0], [2.0, 0.0], [-1.5, 3.0]])
SMALL = np.array([[2, -1], [0, 3]])
PIXELS = np.random.default_rng(20).integers(0, 256, (7, 9), dtype=np.uint8)
SMOOTH = np.random.default_rng(21).uniform(-50, 300, (8, 6)).round(1)

A_CUT_SLICE = (
    "Has your window as many rows and columns as the kernel, which need not be 3? Does it start in `row` and `column`?"
    " Behind a slice's colon stands where it ends, not how long it is."
)

APPLY_AT = FunctionExercise(
    title="One number of the result",
    solution=apply_at,
    cases=(
        (PIXELS, TILTED, 1, 3),
        (PIXELS, TILTED, 3, 1),
        (PIXELS, WIDE, 3, 2),
        (SMOOTH, TALL, 3, 2),
        (PIXELS, SMALL, 2, 5),
        (PIXELS, WIDE, 0, 0),
        (PIXELS, TILTED, 4, 6),
        (SMOOTH, TALL, 5, 0),
        (SMOOTH, SMALL, 0, 4),
        (SMOOTH, WIDE, 2, 2),
    ),
    tolerance=0.01,
    topics="function, kernel, size",
    stops=(("ValueError", A_CUT_SLICE), ("IndexError", A_CUT_SLICE)),
    slips=(
        Slip(
            "row and column exchanged",
            lambda image, kernel, row, column: apply_at(image, kernel, column, row),
            "Your window lies in another place: row and column are exchanged. Rows come first.",
        ),
        Slip(
            "kernel flipped",
            summed_at(lambda window, kernel: (window * kernel[::-1, ::-1]).sum()),
            "This is what you get when the kernel is turned by 180 degrees first. Lay it on as it is printed.",
        ),
        Slip(
            "kernel transposed",
            lambda image, kernel, row, column: apply_at(image, kernel.T, row, column),
            "Rows and columns of the kernel are exchanged: its first row belongs on the first row of the window.",
        ),
        Slip(
            "square input assumed",
            apply_at_square,
            "This works for square kernels alone. `kernel.shape` tells its rows and columns apart.",
        ),
        Slip(
            "3x3 kernel assumed",
            lambda image, kernel, row, column: (image[row : row + 3, column : column + 3] * kernel).sum(),
            "This works for kernels of 3 rows and 3 columns alone. Take the size from `kernel.shape`.",
        ),
        Slip(
            "3x3 loops assumed",
            lambda image, kernel, row, column: sum(
                kernel[i // 3, i % 3] * image[row + i // 3, column + i % 3] for i in range(9)
            ),
            "You always go through 3 rows and 3 columns of weights. Not every kernel has so many: ask `kernel.shape`.",
        ),
        Slip(
            "matrix product, added up",
            summed_at(lambda window, kernel: (window @ kernel).sum()),
            "This is a matrix product of window and kernel, added up: rows times columns. Wanted is pixel times weight,"
            " place by place.",
            because=syntax.MATRIX,
        ),
        Slip(
            "matrix product",
            summed_at(lambda window, kernel: window @ kernel),
            "That is a matrix product, and it has as many numbers as the window. Multiply place by place, and add up"
            " to a single number.",
            because=syntax.MATRIX,
        ),
        Slip(
            "not added up",
            summed_at(lambda window, kernel: window * kernel),
            "These are the products, one for each weight. They still have to be added up to a single number.",
        ),
        Slip(
            "one pixel only",
            lambda image, kernel, row, column: image[row, column] * kernel.astype(float),
            "You multiply all weights by one single pixel. Each weight has a pixel of its own: cut a whole window out"
            " of the picture.",
        ),
        Slip(
            "one pixel only, added up",
            lambda image, kernel, row, column: image[row, column] * kernel.sum(),
            "You multiply every weight by the same pixel, and add up. Each weight has a pixel of its own: cut a whole"
            " window out of the picture.",
        ),
        Slip(
            "added up column by column",
            summed_at(lambda window, kernel: (window * kernel).sum(axis=0)),
            "Each column is added up on its own; one sum over all is wanted.",
            because=((syntax.has("sum(_)"), "Python's `sum` adds up rows of a picture; `np.sum(...)` adds up all."),),
        ),
        Slip(
            "returned after the first product",
            lambda *arguments: weighted_pixels(*arguments)[0],
            "Only the first product counts; the others are not added.",
            because=((syntax.return_in_loop, "A `return` inside of a loop ends it at once. Move it below the loop."),),
        ),
        Slip(
            "returned after the first row",
            lambda image, kernel, row, column: sum(weighted_pixels(image, kernel, row, column)[: kernel.shape[1]]),
            "Only the first row of the window counts.",
            because=((syntax.return_in_loop, "A `return` inside of a loop ends it. Move it below both loops."),),
        ),
        Slip(
            "last product only",
            lambda *arguments: weighted_pixels(*arguments)[-1],
            "Only the last product counts.",
            because=(
                (
                    syntax.loops,
                    "Each product takes the place of those before: start with a sum of 0 *before* the loops, and add"
                    " to it with `+=`.",
                ),
            ),
        ),
        Slip(
            "mean instead of sum",
            summed_at(lambda window, kernel: (window * kernel).mean()),
            "This is the mean of the products. Add them up, and leave it at that.",
        ),
        Slip(
            "added before multiplied",
            summed_at(lambda window, kernel: window.sum() * kernel.sum()),
            "You add first and multiply then. Each pixel has a weight of its own: multiply first.",
        ),
        Slip(
            "added instead of multiplied",
            summed_at(lambda window, kernel: (window + kernel).sum()),
            "You add each weight to its pixel. Multiply each pixel by its weight, and add up the products.",
        ),
        Slip(
            "kernel not used",
            summed_at(lambda window, kernel: window.sum()),
            "This is the sum of the pixels alone. Each of them counts as much as its weight says.",
        ),
        Slip(
            "negative results cut off",
            summed_at(lambda window, kernel: max(0, (window * kernel).sum())),
            "Your sum is right, but you turn negative results into 0. They are no mistakes: they carry half of what"
            " a kernel finds.",
        ),
        Slip(
            "sign dropped",
            summed_at(lambda window, kernel: abs((window * kernel).sum())),
            "Your sum is right, but its sign is gone. The sign tells whether it gets brighter or darker.",
        ),
        Slip(
            "cut off at 0 and 255",
            summed_at(lambda window, kernel: np.clip((window * kernel).sum(), 0, 255)),
            "Your sum is right, but you cut it off at 0 and 255. A result is no pixel: it may be any number.",
        ),
        Slip(
            "window around the place",
            lambda image, kernel, row, column: apply_at(
                image, kernel, row - kernel.shape[0] // 2, column - kernel.shape[1] // 2
            ),
            "Your window lies too far up and to the left: you put its middle on the place. Here it is the upper left"
            " corner.",
        ),
        Slip(
            "last row and column missing",
            apply_at_short,
            "The last row and the last column of the window do not count in your sum. A slice and a `range` stop"
            " before their end: do not take 1 off as well.",
        ),
        Slip(
            "always the upper left corner",
            lambda image, kernel, row, column: apply_at(image, kernel, 0, 0),
            "Your window stays in the upper left corner of the picture. It should start at `row` and `column`.",
        ),
    ),
    ways=(apply_at_in_loops, apply_at_as_dot, apply_at_in_plain_python),
    hints=(
        "Cut a window out of the picture, as you did in lesson 01; it has as many rows and columns as the kernel. Two"
        " arrays of one shape are multiplied place by place with `*`.",
        "`rows, columns = kernel.shape`, and then the window: `image[row : row + rows, ...]`",
    ),
    why="Multiply place by place, add up: a network does nothing else, a few billion times for a single photo.",
)

# === Exercise: the whole result ====================================================================


def convolve2d(image, kernel):
    """Return the sums of all windows that fit, in rows and columns. Neither picture nor kernel has to be square."""
    rows = image.shape[0] - kernel.shape[0] + 1
    columns = image.shape[1] - kernel.shape[1] + 1
    result = np.zeros((rows, columns))
    for row in range(rows):
        for column in range(columns):
            window = image[row : row + kernel.shape[0], column : column + kernel.shape[1]]
            result[row, column] = (window * kernel).sum()
    return result


def convolve2d_in_four_loops(image, kernel):
    """Go through all places, and through all weights at each, into lists."""
    rows, columns = len(image) - len(kernel) + 1, len(image[0]) - len(kernel[0]) + 1
    result = []
    for row in range(rows):
        line = []
        for column in range(columns):
            total = 0.0
            for down in range(len(kernel)):
                for across in range(len(kernel[0])):
                    total += float(kernel[down][across]) * float(image[row + down][column + across])
            line.append(total)
        result.append(line)
    return result


def convolve2d_by_weights(image, kernel):
    """Let each weight multiply the whole picture, shifted to where that weight reads it."""
    rows, columns = (have - need + 1 for have, need in zip(image.shape, kernel.shape, strict=True))
    result = np.zeros((rows, columns), dtype=np.float32)
    for (down, across), weight in np.ndenumerate(kernel):
        result += np.float32(weight) * image[down : down + rows, across : across + columns]
    return result


def convolve2d_by_windows(image, kernel):
    """Let NumPy show all windows at once."""
    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)
    return np.einsum("rcij,ij->rc", windows.astype(float), kernel.astype(float))


def convolve2d_by_fourier(image, kernel):
    """Multiply spectra: the way for very large kernels."""
    rows, columns = image.shape
    spectrum = np.fft.rfft2(image) * np.conj(np.fft.rfft2(kernel, image.shape))
    return np.fft.irfft2(spectrum, image.shape)[: rows - kernel.shape[0] + 1, : columns - kernel.shape[1] + 1]


def for_each_window(change):
    """Return a function that makes something else than the sum of products of each window."""
    return lambda image, kernel: np.array(
        [
            [
                change(image[row : row + kernel.shape[0], column : column + kernel.shape[1]], kernel)
                for column in range(image.shape[1] - kernel.shape[1] + 1)
            ]
            for row in range(image.shape[0] - kernel.shape[0] + 1)
        ]
    )


def afterwards(change):
    """Return a function that does something to the right result."""
    return lambda image, kernel: change(convolve2d(image, kernel))


def in_the_middle(image, kernel, read, write):
    """Put each sum into `write`, where the middle of its window is; the windows are read from `read`."""
    above, left = kernel.shape[0] // 2, kernel.shape[1] // 2
    rows, columns = image.shape[0] - kernel.shape[0] + 1, image.shape[1] - kernel.shape[1] + 1
    for row in range(rows):
        for column in range(columns):
            write[row + above, column + left] = apply_at(read, kernel, row, column)
    return write, write[above : above + rows, left : left + columns]


def read_back(image, kernel):
    """Write the sums into the picture that is still being read; return it with its rim and without."""
    result = image.astype(float)
    return in_the_middle(image, kernel, result, result)


def convolve2d_square_picture(image, kernel):
    """Forget that a picture has more rows than columns, or fewer."""
    places = len(image) - len(kernel) + 1
    result = np.zeros((places, places))
    for row in range(places):
        for column in range(places):
            result[row, column] = apply_at(image, kernel, row, column)
    return result


def convolve2d_square_kernel(image, kernel):
    """Forget that a kernel has more rows than columns, or fewer."""
    return convolve2d(image, kernel[:, : len(kernel)])


def convolve2d_3x3(image, kernel):
    """Take a window of 3 rows and 3 columns, whatever the kernel."""
    result = np.zeros((image.shape[0] - 2, image.shape[1] - 2))
    for row in range(image.shape[0] - 2):
        for column in range(image.shape[1] - 2):
            result[row, column] = (image[row : row + 3, column : column + 3] * kernel).sum()
    return result


def convolve2d_in_8_bits(image, kernel):
    """Keep the sums where there is room for 8 bits alone, if the picture is such a one."""
    return wrapped_like(convolve2d(image, kernel), image)


def wrapped_like(sums, image):
    """Return what is left of sums in a picture's own type."""
    return np.trunc(sums) % 256 if image.dtype == np.uint8 else sums


def convolve2d_in_the_picture(image, kernel):
    """Leave what cannot be worked out as it is in a result as large as the picture."""
    result = np.zeros(image.shape)
    sums = convolve2d(image, kernel)
    result[: sums.shape[0], : sums.shape[1]] = sums
    return result


def convolve2d_padded(image, kernel):
    """Add zeros around the picture first, so that the result is as large."""
    above, left = kernel.shape[0] // 2, kernel.shape[1] // 2
    below, right = kernel.shape[0] - 1 - above, kernel.shape[1] - 1 - left
    return convolve2d(np.pad(image, ((above, below), (left, right))), kernel)


def first_only(result):
    """Keep the first number alone."""
    only = np.zeros_like(result)
    only[0, 0] = result[0, 0]
    return only


def first_row_only(result):
    """Keep the first row alone."""
    only = np.zeros_like(result)
    only[0] = result[0]
    return only


OVER_THE_EDGE = (
    "Does a window hang over the edge of the picture? There a slice is cut short without a word. How many places fit,"
    " and do your loops and your result have just as many?"
)

CONVOLVE2D = FunctionExercise(
    title="The whole result",
    solution=convolve2d,
    cases=(
        (PIXELS[:5, :7], TILTED),
        (PIXELS[:6, :5], TALL),
        (SMOOTH, WIDE),
        (SMOOTH[:4], TALL[:, ::-1] + 0.25),
        (PIXELS[::-1][:4], TILTED[:, ::-1]),
        (PIXELS[2:6, 3:7], SMALL),
        (SMOOTH[1:4, 2:5], TILTED),
    ),
    tolerance=0.01,
    topics="function, array, kernel, size, filter, arithmetic",
    stops=(("ValueError", OVER_THE_EDGE), ("IndexError", OVER_THE_EDGE)),
    slips=(
        Slip(
            "kernel flipped",
            lambda image, kernel: convolve2d(image, kernel[::-1, ::-1]),
            "Your result is what you get when the kernel is turned by 180 degrees first. Networks do not turn it.",
        ),
        Slip(
            "kernel transposed",
            lambda image, kernel: convolve2d(image, kernel.T),
            "Your result is what you get when rows and columns of the kernel are exchanged.",
        ),
        Slip(
            "square input assumed",
            convolve2d_square_picture,
            "This works for square pictures alone. Count the places in both directions: `image.shape[0]` and"
            " `image.shape[1]`.",
        ),
        Slip(
            "square kernel assumed",
            convolve2d_square_kernel,
            "This works for square kernels alone: they may have more rows than columns, or fewer.",
        ),
        Slip(
            "3x3 kernel assumed",
            convolve2d_3x3,
            "This works for kernels of 3 rows and 3 columns alone. Take both the window and the number of places from"
            " `kernel.shape`.",
        ),
        Slip(
            "+1 forgotten",
            afterwards(lambda result: result[:-1, :-1]),
            "The last row and the last column are missing. Starting in row 0 is a place too: count once more how many"
            " there are.",
        ),
        Slip(
            "already-filtered pixels read again",
            lambda image, kernel: read_back(image, kernel)[1],
            "Your first number is right, and the next ones are not: they read numbers that you have already replaced."
            " Put the sums into an array of their own.",
        ),
        Slip(
            "integer overflow in uint8",
            convolve2d_in_8_bits,
            "Your sums are right, but they are put into an array of 8 bits. There is no room for negative or large"
            " numbers; `np.zeros((rows, columns))` has room and decimals.",
            because=syntax.ITS_OWN_KIND,
        ),
        Slip(
            "read again, rim left in",
            lambda image, kernel: read_back(image, kernel)[0],
            "You write into the picture that you are still reading, so windows meet numbers that are already replaced."
            " Write into a new array; it is smaller.",
        ),
        Slip(
            "old rim around it",
            lambda image, kernel: in_the_middle(image, kernel, image, image.astype(float))[0],
            "Your sums are right, but the rim of the old picture is still around them. Return the sums alone.",
        ),
        Slip(
            "zeros around it",
            lambda image, kernel: in_the_middle(image, kernel, image, np.zeros(image.shape))[0],
            "Your sums are right, but there are zeros around them. Make the array just as large as there are places.",
        ),
        Slip(
            "rim left in",
            convolve2d_in_the_picture,
            "Your sums are right, but your array is as large as the picture, and its last rows and columns stay 0."
            " Make it as large as there are places for the window.",
        ),
        Slip(
            "made like the picture",
            lambda image, kernel: wrapped_like(convolve2d_in_the_picture(image, kernel), image),
            "Your array is made like the picture: too large, and with room for 8 bits alone. Give it a size of its own:"
            " `np.zeros((..., ...))`.",
            because=syntax.ITS_OWN_KIND,
        ),
        Slip(
            "padded with zeros",
            convolve2d_padded,
            "Your result is as large as the picture: you let the window hang over the edge, and count 0 there. That is"
            " lesson 03. Here it stays inside.",
        ),
        Slip(
            "last product only",
            for_each_window(lambda window, kernel: window[-1, -1] * kernel[-1, -1]),
            "Only the last product of each window is left.",
            because=((syntax.loops, "Each product takes the place of the one before: add it to a sum, `+=`."),),
        ),
        Slip(
            "sum not started again",
            afterwards(lambda result: result.cumsum().reshape(result.shape)),
            "Your sum goes on from window to window. It has to start at 0 at every place.",
        ),
        Slip(
            "sum not started again in a row",
            afterwards(lambda result: result.cumsum(axis=1)),
            "Your sum starts at 0 in every row only, and goes on from column to column. Each place needs its own.",
        ),
        Slip(
            "returned at the first place",
            afterwards(lambda result: result[0, 0]),
            "The number of the first place comes back alone. Collect the numbers of all places, and return them.",
            because=((syntax.return_in_loop, "A `return` inside of a loop ends it at once."),),
        ),
        Slip(
            "first number only",
            afterwards(first_only),
            "Only the first number is there; the others are still 0.",
            because=((syntax.return_in_loop, "A `return` inside of a loop ends it at once. Move it to the left."),),
        ),
        Slip(
            "first row only",
            afterwards(first_row_only),
            "Only the first row is there; the others are still 0.",
            because=((syntax.return_in_loop, "A `return` inside of the outer loop ends it after one row."),),
        ),
        Slip(
            "window jumps",
            lambda image, kernel: convolve2d(image, kernel)[:: kernel.shape[0], :: kernel.shape[1]],
            "Your window jumps by its own size. It moves by one pixel at a time: windows overlap.",
        ),
        Slip(
            "mean instead of sum",
            for_each_window(lambda window, kernel: (window * kernel).mean()),
            "These are the means of the products. Add them up, and do not divide.",
        ),
        Slip(
            "matrix product",
            for_each_window(lambda window, kernel: (window @ kernel).sum()),
            "Your window and kernel are multiplied as matrices. Wanted is pixel times weight, place by place.",
            because=syntax.MATRIX,
        ),
        Slip(
            "added instead of multiplied",
            for_each_window(lambda window, kernel: (window + kernel).sum()),
            "You add each weight to its pixel. A weight says how often a pixel counts: multiply them.",
        ),
        Slip(
            "kernel not used",
            for_each_window(lambda window, kernel: window.sum()),
            "These are the sums of the pixels alone. Multiply each by its weight first.",
        ),
        Slip(
            "negative results cut off",
            afterwards(lambda result: np.maximum(result, 0)),
            "Your sums are right, but all negative ones became 0. Keep them: they say “darker” where others say"
            " “brighter”.",
        ),
        Slip(
            "sign dropped",
            afterwards(np.abs),
            "Your sums are right, but without their signs. Keep them: they say which side is brighter.",
        ),
        Slip(
            "cut off at 0 and 255",
            afterwards(lambda result: np.clip(result, 0, 255)),
            "Your sums are right, but cut off at 0 and 255. How to draw a result comes later; keep all its numbers.",
        ),
    ),
    ways=(convolve2d_in_four_loops, convolve2d_by_weights, convolve2d_by_windows, convolve2d_by_fourier),
    hints=(
        "You have one number already. Now do that at every place: one loop over rows, one over columns. How many places"
        " are there in each direction? You counted them in the first prediction.",
        "`rows = image.shape[0] - kernel.shape[0] + 1`",
    ),
    why="Blur, sharpen, find edges, recognize a cat: from here on, all of it goes through this function.",
)

# === Exercise: one pixel to the left ===============================================================


def one_at(row, column, weight=1):
    """Return a 3x3 kernel with a single weight."""
    kernel = np.zeros((3, 3))
    kernel[row, column] = weight
    return kernel


def is_kernel(wanted):
    """Return a function that tells whether a kernel has these weights."""
    return lambda kernel: np.allclose(kernel, wanted, atol=0.001)


def weights_off(kernel):
    """Say how many weights differ; not which."""
    count = int((np.abs(kernel - one_at(1, 2)) > 0.001).sum())
    return (
        f"{count} of the 9 weights {'is' if count == 1 else 'are'} not what {'it' if count == 1 else 'they'} should be."
        " Try it: `explore.nine_numbers(my, kernel=shift_left)`."
    )


DIRECTIONS = {
    "up": ((2, 1), "That moves the picture up: each place fetches the pixel below it."),
    "down": ((0, 1), "That moves the picture down: each place fetches the pixel above it."),
    "up and left": ((2, 2), "That moves the picture to the left, but also up. It should stay in its row."),
    "down and left": ((0, 2), "That moves the picture to the left, but also down. It should stay in its row."),
}

SHIFT_LEFT = ValueExercise(
    name="shift_left",
    title="One pixel to the left",
    stub="""# This kernel leaves the picture where it is. Change it, so that the picture moves one pixel to the LEFT.
shift_left = np.array([[0, 0, 0], [0, 1, 0], [0, 0, 0]])""",
    answer="""# This kernel leaves the picture where it is. Change it, so that the picture moves one pixel to the LEFT.
shift_left = np.array([[0, 0, 0], [0, 0, 1], [0, 0, 0]])""",
    untouched=one_at(1, 1),
    shape=(3, 3),
    right=is_kernel(one_at(1, 2)),
    far=weights_off,
    slips=(
        Slip(
            "right instead of left",
            is_kernel(one_at(1, 0)),
            "That moves the picture to the right, as everybody's first try does. A weight says where a pixel is fetched"
            " from, not where it goes.",
            example=one_at(1, 0),
        ),
        *(
            Slip(f"moved {name}", is_kernel(one_at(*place)), says, example=one_at(*place))
            for name, (place, says) in DIRECTIONS.items()
        ),
        Slip(
            "old picture stays",
            is_kernel(one_at(1, 1) + one_at(1, 2)),
            "That adds two pictures: the one that moved, and the old one that stayed. Which weight keeps the old one?",
            example=one_at(1, 1) + one_at(1, 2),
        ),
        Slip(
            "half of each",
            is_kernel((one_at(1, 1) + one_at(1, 2)) / 2),
            "That is halfway: the mean of the old picture and the one that moved. A nice blur.",
            example=(one_at(1, 1) + one_at(1, 2)) / 2,
        ),
        Slip(
            "difference",
            lambda kernel: abs(kernel.sum()) < 0.001 and np.abs(kernel).max() > 0.001,
            "Your weights add up to 0, so flat areas vanish: that finds edges. A picture that only moves keeps its"
            " brightness.",
            example=one_at(1, 2) - one_at(1, 0),
        ),
        Slip(
            "all zeros",
            lambda kernel: np.abs(kernel).max() <= 0.001,
            "All weights are 0, so the result is 0 everywhere. One pixel has to be fetched.",
            example=np.zeros((3, 3)),
        ),
        Slip(
            "other brightness",
            lambda kernel: np.allclose(kernel, one_at(1, 2, kernel[1, 2]), atol=0.001),
            "It moves to the left, but its brightness changes too. What should the weights add up to?",
            example=one_at(1, 2, 255),
        ),
    ),
    ways=(
        one_at(1, 2),
        [[0, 0, 0], [0, 0, 1.0], [0, 0, 0]],
        np.outer([0, 1, 0], [0, 0, 1]),
        KERNELS["Shift left"].values,
    ),
    hints=(
        "Sit down at one place of the result. Which pixel of the old picture should be seen here, so that everything"
        " has moved to the left? The one from your left, or the one from your right?",
        "The nine weights are the nine pixels around a place. One weight is 1, eight are 0: `[0, 0, 0]` stands above"
        " and below.",
    ),
    why="A kernel fetches: each place looks around and asks who comes here. A single 1 that is off the middle moves a"
    " picture.",
)

# === Exercise: normalise a blur ====================================================================


def normalise(kernel):
    """Return the kernel scaled so that its weights add up to 1: the picture keeps its brightness."""
    return kernel / kernel.sum()


def normalise_in_loops(kernel):
    """Add up the weights one by one, then divide them one by one."""
    total = 0.0
    for row in kernel.tolist():
        for weight in row:
            total += weight
    return [[weight / total for weight in row] for row in kernel.tolist()]


def normalise_by_factor(kernel):
    """Multiply a copy by one over the sum."""
    scaled = kernel.astype(float)
    scaled *= 1 / np.sum(scaled)
    return scaled


def normalise_as_shares(kernel):
    """Let NumPy take the shares in a long row, and put them back in shape."""
    flat = kernel.flatten()
    return np.true_divide(flat, sum(flat.tolist())).reshape(kernel.shape)


NORMALISE = FunctionExercise(
    title="A blur that keeps the brightness",
    solution=normalise,
    cases=(
        (np.array([[1, 2, 1], [2, 4, 3], [1, 5, 1]]),),
        (np.array([[1, 3, 4, 2], [0, 6, 1, 3]]),),
        (np.array([[0.5, 0.25], [2.0, 0.0], [1.5, 0.75]]),),
        (np.array([[0, -1, 0, 0], [-1, 7, -2, 0], [0, -1, 0, 2]]),),
        (np.array([[1, 2, -3], [4, 2, 1]]),),
        (np.array([[0.5, 0.375], [0.0, 0.125]]),),
        (np.array([[0.125, 0.25, 0.125]]),),
        (np.array([[-1, -2], [1, -3], [0, -1]]),),
    ),
    tolerance=1e-5,
    topics="function, array",
    slips=(
        Slip(
            "divided by how many there are",
            lambda kernel: kernel / kernel.size,
            "You divide by how many weights there are. That is enough where all of them are 1. Here they are not.",
        ),
        Slip(
            "divided by the largest",
            lambda kernel: kernel / kernel.max(),
            "You divide by the largest weight, so the largest is 1 now. Wanted is that all of them together are 1.",
        ),
        Slip(
            "always divided by 16",
            lambda kernel: kernel / 16,
            "You always divide by 16. That is right for the kernel above; others have other sums. Work the sum out.",
        ),
        Slip(
            "always divided by 9",
            lambda kernel: kernel / 9,
            "You always divide by 9. That is right for nine weights of 1; others have other sums. Work the sum out.",
        ),
        Slip(
            "divided by the rows",
            lambda kernel: kernel / len(kernel),
            "You divide by how many rows there are. Divide by what the weights add up to.",
            because=((syntax.has("len(_)"), "`len` of an array counts its rows."),),
        ),
        Slip(
            "not scaled",
            lambda kernel: kernel,
            "That is the kernel as it was. What do its weights add up to? Divide each of them by that.",
        ),
        Slip(
            "each row on its own",
            lambda kernel: kernel / kernel.sum(axis=1, keepdims=True),
            "Each row adds up to 1 now, and the whole kernel to more. Take one sum, over all weights.",
        ),
        Slip(
            "each column on its own",
            lambda kernel: kernel / kernel.sum(axis=0),
            "Each column adds up to 1 now, and the whole kernel to more. Take one sum, over all rows and columns.",
        ),
        Slip(
            "whole division",
            lambda kernel: kernel // kernel.sum(),
            "Your decimals are cut off, and almost nothing is left of your weights.",
            because=syntax.CUTS_OFF,
        ),
        Slip(
            "signs dropped",
            lambda kernel: kernel / np.abs(kernel).sum(),
            "You add up the weights without their signs. Negative weights count as negative in the sum.",
        ),
        Slip(
            "negative weights cut off",
            lambda kernel: np.maximum(kernel, 0) / np.maximum(kernel, 0).sum(),
            "Negative weights are gone from your kernel. They are allowed: only the sum has to be right.",
        ),
        Slip(
            "subtracted",
            lambda kernel: kernel - (kernel.sum() - 1) / kernel.size,
            "Your weights add up to 1, but you took the same from each: their proportions are different now. Scale"
            " them.",
        ),
        Slip(
            "all the same",
            lambda kernel: np.full(kernel.shape, 1 / kernel.size),
            "All your weights are the same, whatever the kernel was. Their proportions must stay: scale each one.",
        ),
        Slip(
            "scaled to 0 and 1",
            lambda kernel: (kernel - kernel.min()) / (kernel.max() - kernel.min()),
            "You stretch the weights, from 0 to 1. Wanted is that their sum is 1, not their largest.",
        ),
        Slip(
            "length instead of sum",
            lambda kernel: kernel / np.sqrt((kernel**2.0).sum()),
            "Now the squares of your weights add up to 1: that is how vectors are normalised. A kernel goes by the"
            " plain sum.",
        ),
        Slip(
            "scaled to 0 to 255",
            lambda kernel: kernel / 255,
            "You divide by 255. That is good for pixels; weights go by their own sum.",
        ),
        Slip(
            "sum alone",
            lambda kernel: kernel.sum(),
            "That is the sum. Good, you need it: now scale the kernel with it, and return the kernel.",
        ),
    ),
    ways=(normalise_in_loops, normalise_by_factor, normalise_as_shares),
    hints=(
        "What do the weights add up to now? If they add up to 16, by what must each be divided, so that they add up"
        " to 1?",
        "`total = kernel.sum()`",
    ),
    why="A flat area is multiplied by the sum of the weights. With a sum of 1, a blur blurs and does nothing else.",
)

# === Bug hunt ======================================================================================


def blur_rows(image):
    """Return the mean of each pixel and its left and right neighbor; the first and last column stay."""
    result = image.astype(float)
    for column in range(1, image.shape[1] - 1):
        result[:, column] = (result[:, column - 1] + result[:, column] + result[:, column + 1]) / 3
    return result


def blurred_rows(image):
    """Return what `blur_rows` promises."""
    result = image.astype(float)
    for column in range(1, image.shape[1] - 1):
        result[:, column] = (1.0 * image[:, column - 1] + image[:, column] + image[:, column + 1]) / 3
    return result


def stays_right(image):
    """Tell whether `blur_rows` makes of a picture what it promises, but for rounding."""
    return np.allclose(blur_rows(image), blurred_rows(image), atol=1e-6)


def is_flat(image):
    """Tell whether all pixels of each row are the same."""
    return (image == image[:, :1]).all()


BLUR_ROWS = bug_hunt(
    blur_rows,
    blurred_rows,
    title="Bug hunt: blur_rows",
    ask="a picture that blur_rows gets wrong; np.array([[10, 20, 30], [40, 50, 60]]) is one it gets right",
    evidence="np.array([[0, 90, 0, 0, 0]])",
    slips=(
        Slip(
            "no pixel",
            lambda image: image.size == 0,
            "There is no pixel in it. A few are needed.",
            example=np.zeros((0, 5)),
        ),
        Slip(
            "no rows and columns",
            lambda image: image.ndim != 2,
            "A gray picture has rows and columns: two pairs of brackets, `[[...]]`.",
            example=np.array([10, 20, 90, 10]),
        ),
        Slip(
            "too narrow",
            lambda image: image.shape[1] < 4,
            "blur_rows is right here: in so narrow a picture, at most one column is worked out. Which column could"
            " suffer from what was done to another?",
            example=np.array([[10, 20, 90], [40, 50, 0]]),
        ),
        Slip(
            "flat",
            is_flat,
            "blur_rows is right here: where all pixels of a row are the same, nearly any mistake goes unseen.",
            example=np.full((2, 6), 80),
        ),
        Slip(
            "even slope",
            lambda image: stays_right(image) and np.ptp(np.diff(image.astype(float), axis=1), axis=1).max() < 1e-6,
            "blur_rows is right here: on an even slope, a pixel is the mean of its neighbors already, and nothing"
            " changes. Make it jump.",
            example=np.array([[10, 20, 30, 40, 50]]),
        ),
        Slip(
            "nothing read again",
            stays_right,
            "blur_rows is right here: what it changes, it does not read again. Which pixel does it change first, and"
            " who reads that one next?",
            example=np.array([[0, 0, 0, 90]]),
        ),
    ),
    ways=(
        np.array([[90, 0, 0, 0]]),
        np.array([[0, 0, 255, 0, 0], [1, 2, 3, 4, 5]], dtype=np.uint8),
        [[10, 20, 90, 10]],
        PIXELS,
    ),
    hints=(
        "Follow two columns on paper. Column 2 needs the pixel on its left. Is that one still what it was in the"
        " picture?",
        "Make one pixel bright and all others 0, as in “Why textbooks flip”: how far may its light reach? `evidence ="
        " np.array([[0, 90, ...]])`",
    ),
    why="It reads what it has already blurred, so light creeps to the right. A result needs an array of its own: read"
    " here, write there.",
)

EXERCISES = (APPLY_AT, CONVOLVE2D, SHIFT_LEFT, NORMALISE, BLUR_ROWS)
