"""Lesson 03, Padding: what is done."""

import numpy as np

from helpers import convolution
from helpers.exercises import syntax
from helpers.exercises.exercise import FunctionExercise, Slip, bug_hunt

# === Exercise: the size of the result ==============================================================


def output_size(size, kernel_size, padding):
    """Return how many places a window of kernel_size pixels has in a row of size pixels.

    Before it slides, padding pixels are added on each side of the row. The window moves by 1.
    """
    return size + 2 * padding - kernel_size + 1


def count_starts(size, kernel_size, padding):
    """Try one start after the other."""
    count = start = 0
    while start + kernel_size <= padding + size + padding:
        count, start = count + 1, start + 1
    return count


def count_windows(size, kernel_size, padding):
    """Cut a window out at every start, and count those that are whole."""
    row = np.pad(np.zeros(size), padding)
    windows = [row[start : start + kernel_size] for start in range(len(row))]
    return sum(len(window) == kernel_size for window in windows)


def last_start_plus_one(size, kernel_size, padding):
    """Find the last start; all starts before it count too."""
    cells = size + padding * 2
    return len(range(0, cells - kernel_size + 1))


OUTPUT_SIZE = FunctionExercise(
    title="How many places?",
    solution=output_size,
    cases=(
        (8, 3, 0),
        (7, 5, 1),
        (10, 4, 3),
        (9, 2, 2),
        (5, 5, 0),
        (6, 1, 2),
        (31, 7, 5),
        (5, 6, 0),
        (2, 5, 1),
        (6, 7, 1),
    ),
    stops=(("ValueError", "A window that is larger than its row has 0 places."),),
    topics="function",
    slips=(
        Slip(
            "padding taken as the total",
            lambda size, kernel_size, padding: size + padding - kernel_size + 1,
            "You add the padding once. It is counted on each side, and a row has two.",
        ),
        Slip(
            "+1 forgotten",
            lambda size, kernel_size, padding: size + 2 * padding - kernel_size,
            "One too few: that is the last start. Starts are counted from 0, and start 0 counts as well.",
        ),
        Slip(
            "padding forgotten",
            lambda size, kernel_size, padding: size - kernel_size + 1,
            "You count as if there were no padding. The window slides over the added pixels too.",
        ),
        Slip(
            "padding as the total, +1 forgotten",
            lambda size, kernel_size, padding: size + padding - kernel_size,
            "Two things: padding is added on both sides, and the start in the very first pixel counts too.",
        ),
        Slip(
            "padding and +1 forgotten",
            lambda size, kernel_size, padding: size - kernel_size,
            "Two things are missing: the padding, and the start in the very first pixel.",
        ),
        Slip(
            "kernel not subtracted",
            lambda size, kernel_size, padding: size + 2 * padding,
            "That is how long the padded row is. Near its end, a window of more than one pixel does not fit.",
        ),
        Slip(
            "kernel not subtracted, +1",
            lambda size, kernel_size, padding: size + 2 * padding + 1,
            "That is more than the padded row has pixels. The window needs room: where is its size in your formula?",
        ),
        Slip(
            "1 subtracted",
            lambda size, kernel_size, padding: size + 2 * padding - kernel_size - 1,
            "The 1 has the wrong sign. Count by hand: in 3 pixels, how many places has a window of 3?",
        ),
        Slip(
            "half the kernel",
            lambda size, kernel_size, padding: size + 2 * padding - kernel_size // 2,
            "You take half of the kernel off. That is what is lost on one side; there are two.",
        ),
        Slip(
            "odd kernels only",
            lambda size, kernel_size, padding: size + 2 * padding - 2 * (kernel_size // 2),
            "Right for odd kernels, but not for even ones. Do not halve: count the starts.",
        ),
        Slip(
            "padding subtracted",
            lambda size, kernel_size, padding: size - 2 * padding - kernel_size + 1,
            "You take the padding off. It is added: the row gets longer.",
        ),
        Slip(
            "padding four times",
            lambda size, kernel_size, padding: size + 4 * padding - kernel_size + 1,
            "You add the padding four times. A picture has four sides, but a row has only two ends.",
        ),
        Slip(
            "too large without its padding",
            lambda size, kernel_size, padding: 0 if kernel_size > size else size + 2 * padding - kernel_size + 1,
            "You compare the window with the bare row. The row has its padding when the window comes: in 6 pixels with"
            " 1 on each side, a window of 7 has room.",
        ),
        Slip(
            "size kept",
            lambda size, kernel_size, padding: size,
            "You return the size as it came. That is right only if the padding makes up for the kernel.",
        ),
    ),
    ways=(count_starts, count_windows, last_start_plus_one),
    hints=(
        "How long is the row with its padding? Where does the last window start that still fits? Starts are counted"
        " from 0.",
        "`cells = size + ...`: the row and what is added on both of its sides. Then count the starts.",
    ),
    why="This one line tells the size of every layer of every network: once for the rows, once for the columns."
    " In lesson 04 it only gets a stride.",
)

# === Exercise: the padding that keeps the size =====================================================


def same_padding(kernel_size):
    """Return the padding, counted on each side, that keeps the size of a picture. Return -1 if there is none."""
    if kernel_size % 2 == 0:
        return -1
    return (kernel_size - 1) // 2


def same_padding_by_trial(kernel_size):
    """Try one padding after the other, on a row of 20 pixels."""
    for padding in range(kernel_size):
        if 20 + 2 * padding - kernel_size + 1 == 20:
            return padding
    return -1


def same_padding_by_rest(kernel_size):
    """Divide by 2, and look at what is left over."""
    half, rest = divmod(kernel_size - 1, 2)
    return half if rest == 0 else -1


def same_padding_as_fraction(kernel_size):
    """Divide, and see whether the outcome is whole."""
    padding = (kernel_size - 1) / 2
    return padding if padding == int(padding) else -1


def unless_even(padding):
    """Return a function that is right for even kernels, and does something else for odd ones."""
    return lambda kernel_size: -1 if kernel_size % 2 == 0 else padding(kernel_size)


SAME_PADDING = FunctionExercise(
    title="The padding that keeps the size",
    solution=same_padding,
    cases=((3,), (7,), (4,), (1,), (5,), (2,), (10,), (11,), (13,), (12,), (21,)),
    topics="function",
    slips=(
        Slip(
            "padding taken as the total",
            unless_even(lambda kernel_size: kernel_size - 1),
            "That is what both sides need together. Padding is counted on each side.",
        ),
        Slip(
            "total, even kernels too",
            lambda kernel_size: kernel_size - 1,
            "That is what the kernel takes off in all. Two sides have to share it, and they cannot always.",
        ),
        Slip(
            "even kernels rounded up",
            lambda kernel_size: kernel_size // 2,
            "Right for odd kernels. With an even one, your padding makes the picture larger by 1: try kernel size 4"
            " in the explorable.",
        ),
        Slip(
            "even kernels rounded down",
            lambda kernel_size: (kernel_size - 1) // 2,
            "Right for odd kernels. With an even one, the picture still shrinks by 1: try kernel size 4 in the"
            " explorable.",
        ),
        Slip(
            "half pixels",
            lambda kernel_size: (kernel_size - 1) / 2,
            "For even kernels you ask for half a pixel. There is no such thing: then there is no padding to return.",
        ),
        Slip(
            "half the kernel",
            lambda kernel_size: kernel_size / 2,
            "You halve the kernel. But it takes one less than its size off: a kernel of 1 takes nothing.",
        ),
        Slip(
            "odd and even exchanged",
            lambda kernel_size: -1 if kernel_size % 2 else kernel_size // 2,
            "Odd and even are exchanged: for kernel size 3 there is a padding, for 4 there is not.",
        ),
        Slip(
            "odd and even exchanged, rounded down",
            lambda kernel_size: -1 if kernel_size % 2 else (kernel_size - 1) // 2,
            "Odd and even are exchanged: a kernel of 3 takes 2 rows off, which two sides can share; 4 takes 3 off.",
        ),
        Slip(
            "one too wide",
            unless_even(lambda kernel_size: (kernel_size + 1) // 2),
            "One too wide on each side: the result would be 2 larger than the picture. Try kernel size 1.",
        ),
        Slip(
            "padding of the kernel's size",
            unless_even(lambda kernel_size: kernel_size),
            "A ring as wide as the kernel is too wide: the window would fit in where it sees nothing of the picture.",
        ),
        Slip(
            "0 for none",
            lambda kernel_size: 0 if kernel_size % 2 == 0 else kernel_size // 2,
            "Right for odd kernels. For even ones you return 0: that is a padding too, and with it the picture"
            " shrinks. Return −1.",
        ),
    ),
    ways=(same_padding_by_trial, same_padding_by_rest, same_padding_as_fraction),
    hints=(
        "How many rows does a kernel take off? The two sides must give back just as many, and both the same.",
        "`lost = kernel_size - 1`: can two sides share that equally? `lost % 2` is what is left over.",
    ),
    why="An even kernel takes an odd number off, and two sides cannot share that equally. So nearly all kernels"
    " you will ever meet are odd.",
)

# === Exercise: a ring of zeros =====================================================================


def pad2d(image, padding):
    """Return a picture, gray or color, in a ring of zeros that is padding pixels wide on each side."""
    rows, columns = image.shape[:2]
    padded = np.zeros((rows + 2 * padding, columns + 2 * padding, *image.shape[2:]))
    padded[padding : padding + rows, padding : padding + columns] = image
    return padded


def sides(image, rows, columns):
    """Return what NumPy needs to pad rows and columns, and no channels."""
    return [rows, columns, (0, 0)][: image.ndim]


def pad_by_numpy(image, padding):
    """Leave it to NumPy."""
    return np.pad(image, sides(image, (padding, padding), (padding, padding)))


def pad_by_stacking(image, padding):
    """Put zeros above and below, then left and right."""
    above = np.zeros((padding, *image.shape[1:]))
    tall = np.concatenate([above, image, above])
    left = np.zeros((tall.shape[0], padding, *image.shape[2:]))
    return np.concatenate([left, tall, left], axis=1)


def pad_in_loops(image, padding):
    """Go through all the places of the result, into lists."""
    rows, columns = image.shape[:2]
    padded = []
    for row in range(-padding, rows + padding):
        line = []
        for column in range(-padding, columns + padding):
            inside = 0 <= row < rows and 0 <= column < columns
            line.append(image[row, column] if inside else 0 * image[0, 0])
        padded.append(line)
    return padded


def pad_step_by_step(image, padding):
    """Add a ring of one pixel, as often as it takes."""
    for _ in range(padding):
        image = np.pad(image, sides(image, (1, 1), (1, 1)))
    return image


def as_total(image, padding):
    """Share the padding between the two sides."""
    share = padding // 2, padding - padding // 2
    return np.pad(image, sides(image, share, share))


def filled(**how):
    """Return a function that fills the ring with something else."""
    return lambda image, padding: np.pad(image, sides(image, (padding, padding), (padding, padding)), **how)


def only(rows, columns):
    """Return a function that adds the ring in some directions only."""
    return lambda image, padding: np.pad(
        image, sides(image, tuple(padding * n for n in rows), tuple(padding * n for n in columns))
    )


def at_one(image, padding):
    """Put the picture at row 1, column 1, whatever the padding is; where there is none, it has no room there."""
    rows, columns = image.shape[:2]
    padded = np.zeros((rows + 2 * padding, columns + 2 * padding, *image.shape[2:]))
    padded[1 : rows + 1, 1 : columns + 1] = image
    return padded


def pad_square(image, padding):
    """Take the rows for the columns too."""
    size = len(image)
    padded = np.zeros((size + 2 * padding, size + 2 * padding, *image.shape[2:]))
    padded[padding : padding + size, padding : padding + size] = image
    return padded


def pad_gray(image, padding):
    """Know nothing of channels."""
    rows, columns = image.shape
    padded = np.zeros((rows + 2 * padding, columns + 2 * padding))
    padded[padding : padding + rows, padding : padding + columns] = image
    return padded


def pad_between(image, padding):
    """Count the ring from the far end: at padding 0, -0 is the near one."""
    rows, columns = image.shape[:2]
    padded = np.zeros((rows + 2 * padding, columns + 2 * padding, *image.shape[2:]))
    padded[padding:-padding, padding:-padding] = image
    return padded


def pad_gray_between(image, padding):
    """Know nothing of channels, and count the ring from the far end."""
    rows, columns = image.shape
    padded = np.zeros((rows + 2 * padding, columns + 2 * padding))
    padded[padding:-padding, padding:-padding] = image
    return padded


def overwrite_border(image, padding):
    """Keep the size, and put the zeros onto the picture's own border."""
    result, (rows, columns) = np.zeros(image.shape), image.shape[:2]
    inside = slice(padding, max(padding, rows - padding)), slice(padding, max(padding, columns - padding))
    result[inside] = image[inside]
    return result


NUMBERED = 10.5 * np.arange(4)[:, np.newaxis] + np.arange(3) - 20.25  # each number tells its place; none is 0

PAD2D = FunctionExercise(
    title="Pad a picture",
    solution=pad2d,
    cases=(
        (NUMBERED, 2),
        (NUMBERED[:3] + 0.5, 1),
        (NUMBERED[:2], 3),
        (np.random.default_rng(3).integers(1, 256, (3, 5), dtype=np.uint8), 1),
        (np.random.default_rng(4).integers(1, 256, (2, 4, 3), dtype=np.uint8), 2),
        (NUMBERED, 0),
        (np.array([[0, 5, 7], [3, 0, 9]]), 1),
        (NUMBERED[:1, :2], 2),
    ),
    topics="function, array, size",
    slips=(
        Slip(
            "padding taken as the total",
            as_total,
            "Your two sides share the padding. It is counted on each side: above and below, left and right.",
        ),
        Slip(
            "half a ring",
            lambda image, padding: pad2d(image, padding // 2),
            "Your ring is half as wide as it should be: the padding is not for both sides together, each side gets all"
            " of it.",
        ),
        Slip(
            "border values instead of zeros",
            filled(mode="edge"),
            "The ring has the right place and size, but you repeat the border pixels. Asked for are zeros.",
        ),
        Slip(
            "mirror instead of zeros",
            filled(mode="reflect"),
            "The ring has the right place and size, but it holds the picture's mirror image. Asked for are zeros.",
        ),
        Slip(
            "other side instead of zeros",
            filled(mode="wrap"),
            "The ring has the right place and size, but it holds the other side of the picture. Asked for are zeros.",
        ),
        Slip(
            "white instead of zeros",
            filled(constant_values=255),
            "Your ring is white. Asked for are zeros: a black one.",
        ),
        Slip(
            "ones instead of zeros",
            filled(constant_values=1),
            "Your ring holds ones. They look black as well, but asked for are zeros.",
        ),
        Slip("padding forgotten", lambda image, padding: image, "Your picture comes back as it was: no ring at all."),
        Slip(
            "one side only",
            only((0, 1), (0, 1)),
            "You pad below and on the right only. The ring goes around all four sides.",
        ),
        Slip(
            "the other side only",
            only((1, 0), (1, 0)),
            "You pad above and on the left only. The ring goes around all four sides.",
        ),
        Slip(
            "picture in the corner",
            only((0, 2), (0, 2)),
            "The size is right, but the picture sits in the upper left corner. Where does its row 0 belong?",
        ),
        Slip(
            "picture at row 1",
            at_one,
            "Your picture begins at row 1, column 1, whatever the padding is. It has `padding` rows above it.",
        ),
        Slip(
            "rows only",
            only((1, 1), (0, 0)),
            "Rows are added above and below, but no columns left and right.",
        ),
        Slip(
            "columns only",
            only((0, 0), (1, 1)),
            "Columns are added left and right, but no rows above and below.",
        ),
        Slip(
            "ring too wide",
            only((2, 2), (2, 2)),
            "Your ring is twice as wide as it should be. Both sides together have 2 · padding; each has half of that.",
        ),
        Slip(
            "always 1",
            lambda image, padding: pad2d(image, 1),
            "Your ring is one pixel wide, whatever the padding is.",
        ),
        Slip(
            "border overwritten",
            overwrite_border,
            "You put the zeros onto the picture's own border. It should stay: the ring is added, and the array grows.",
        ),
        Slip(
            "channels padded",
            lambda image, padding: np.pad(image, padding),
            "Right for gray pictures. In a color picture you add channels as well; only rows and columns get a ring.",
        ),
        Slip(
            "square input assumed",
            pad_square,
            "That works for square pictures alone. `image.shape` tells rows and columns apart, and rows come first.",
        ),
        Slip(
            "gray only",
            pad_gray,
            "Right for gray pictures. A color picture has a third axis: `image.shape[:2]` are its rows and columns,"
            " `image.shape[2:]` is the rest.",
        ),
        Slip(
            "padding 0",
            pad_between,
            "Right, but not for padding 0. Where does the picture end, counted from the start?",
            because=((syntax.counts_from_the_end, "With padding 0 a slice `0:-0` is the same as `0:0`: empty."),),
        ),
        Slip(
            "gray only, padding 0",
            pad_gray_between,
            "Right for gray pictures with a ring. Two things are left: a color picture has a third axis,"
            " `image.shape[2:]`; and padding 0.",
            because=((syntax.counts_from_the_end, "There, a slice `0:-0` is the same as `0:0`: empty."),),
        ),
    ),
    ways=(pad_by_numpy, pad_by_stacking, pad_in_loops, pad_step_by_step),
    hints=(
        "Make an array of zeros that is large enough for the picture and its ring. Then put the picture into it: at"
        " which row does it start, and where does it end?",
        "`rows, columns = image.shape[:2]`, for gray and color alike. How many rows does the result have?",
    ),
    why="This ring stands before nearly every convolution in nearly every network. Yours does what theirs do.",
)

# === Bug hunt ======================================================================================


def smooth(image):
    """Return the mean of each pixel and its neighbors. Around the picture are zeros, so that the size stays."""
    result = convolution.convolve2d(image, np.full((3, 3), 1 / 9))
    return convolution.pad2d(result, padding=1)


def smoothed(image):
    """Return what `smooth` promises."""
    return convolution.convolve2d(image, np.full((3, 3), 1 / 9), padding=1)


def dark_rim(picture):
    """Tell whether the two outermost rows and columns hold nothing but zeros."""
    rim = picture.copy()
    rim[2:-2, 2:-2] = 0
    return not rim.any()


SPOT = np.zeros((6, 7))
SPOT[2:4, 3] = 90

SMOOTH = bug_hunt(
    smooth,
    smoothed,
    title="Bug hunt: smooth",
    ask="a picture that smooth gets wrong: an array of at least 3 rows and 3 columns",
    evidence="np.full((4, 5), 90)",
    slips=(
        Slip(
            "no pixel",
            lambda picture: picture.size == 0,
            "There is no pixel in it.",
            example=np.zeros((0, 3)),
        ),
        Slip(
            "no rows and columns",
            lambda picture: picture.ndim not in (2, 3),
            "A picture has rows and columns, perhaps channels too. For rows and columns, numbers stand in two pairs of"
            " brackets.",
            example=np.array([10, 20, 30]),
        ),
        Slip(
            "too small",
            lambda picture: min(picture.shape[:2]) < 3,
            "A window of 3 × 3 must fit into it: give it at least 3 rows and 3 columns.",
            example=np.array([[10, 20, 30], [40, 50, 60]]),
        ),
        Slip(
            "all zeros",
            lambda picture: not picture.any(),
            "smooth is right here: the mean of zeros is 0, whatever is done with them. Put something in.",
            example=np.zeros((4, 5)),
        ),
        Slip(
            "dark rim",
            dark_rim,
            "smooth is right here: near the border of your picture everything is 0. But is that where you would look"
            " for a bug in padding?",
            example=SPOT,
        ),
    ),
    far=lambda _: "smooth is right here, by luck: your numbers cancel each other out. Take positive ones.",
    ways=(
        np.arange(12).reshape(3, 4),
        np.eye(5)[:, :4] * 255,
        np.full((4, 6, 3), 200, dtype=np.uint8),
        [[0, 0, 0], [0, 9, 0], [0, 0, 0], [0, 0, 0]],
    ),
    hints=(
        "Read the two lines in their order: when is the ring added? What stands in the border of the result then?",
        "`evidence = np.full((..., ...), ...)`: a picture of one single gray will do, if it is not black.",
    ),
    why="The ring came after the convolution. The size is right, so nothing complains; but the border is 0, where it"
    " should be a mean of what is there. Check the border first: bugs of padding live there.",
)

EXERCISES = (OUTPUT_SIZE, SAME_PADDING, PAD2D, SMOOTH)
