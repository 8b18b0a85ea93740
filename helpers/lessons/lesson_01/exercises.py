"""Lesson 01, Pixels and RGBA: what is done."""

import numpy as np

from helpers.digits import DIGITS, digit_array, from_marks
from helpers.exercises import syntax
from helpers.exercises.exercise import FunctionExercise, Slip, ValueExercise, bug_hunt

# === Exercise: turn the 8 into a 5 =================================================================

FIVES = (
    DIGITS["5"],
    ["###", "#..", "##.", "..#", "##."],
    ["###", "#..", "###", "..#", "##."],
    ["###", "#..", "##.", "..#", "###"],
)


def is_drawn(picture, marks):
    """Tell whether a picture shows these marks: bright where they are, dark elsewhere."""
    return bool(((picture > 127) == (from_marks(marks) > 127)).all())


def shows(name):
    """Return a function that tells whether a picture shows a digit."""
    return lambda picture: is_drawn(picture, DIGITS[name])


def to_nearest_five(picture):
    """Say how many pixels are between a picture and the nearest 5."""
    count = min(int(((picture > 127) != (from_marks(marks) > 127)).sum()) for marks in FIVES)
    return f"It does not read as a 5 yet. The nearest one is {count} pixel{'s' * (count > 1)} away."


START = """five = digits.digit_array("8")  # 5 rows of 3 numbers: 0 is black, 255 is white
# Make it a 5. One line for each pixel that must change: five[row, column] = number"""

READ_AS = "That reads as {name}. A fine digit, but not the one that was asked for."

FIVE = ValueExercise(
    name="five",
    title="Turn the 8 into a 5",
    stub=START,
    answer=f"{START}\nfive[1, 2] = 0\nfive[3, 0] = 0",
    untouched=digit_array("8"),
    shape=(5, 3),
    right=lambda picture: any(is_drawn(picture, marks) for marks in FIVES),
    far=to_nearest_five,
    slips=(
        Slip(
            "only the upper half",
            shows("6"),
            "That reads as a 6. Its upper half is a 5 already; now the lower one.",
            example=digit_array("6"),
        ),
        Slip(
            "only the lower half",
            shows("9"),
            "That reads as a 9. Its lower half is a 5 already; now the upper one.",
            example=digit_array("9"),
        ),
        Slip(
            "mirrored",
            shows("2"),
            "That is a 2, the mirror image of a 5: left and right are exchanged. Column 0 is the left one.",
            example=digit_array("2"),
        ),
        Slip(
            "black on white",
            lambda picture: any(is_drawn(255 - picture.astype(float), marks) for marks in FIVES),
            "A 5, but a black one on white. Here the digit is white: 255 where it is drawn, 0 elsewhere.",
            example=255 - digit_array("5"),
        ),
        Slip(
            "0 to 1",
            lambda picture: picture.max() <= 1 and any(is_drawn(picture * 255.0, marks) for marks in FIVES),
            "A 5, in numbers from 0 to 1. Here 255 is white; 1 is as good as black.",
            example=digit_array("5") // 255,
        ),
        Slip(
            "row and column exchanged",
            lambda picture: picture[2, 1] <= 127 < picture[1, 2],
            "Row 2, column 1 is dark, the middle of the digit. Did you mean row 1, column 2? The row comes first.",
            example=digit_array("0"),
        ),
        *(
            Slip(
                f"reads as {name}",
                shows(name),
                READ_AS.format(name=name),
                example=digit_array(name) // 2 + 100,
            )
            for name in "13478"
        ),
    ),
    ways=(
        *(from_marks(marks) for marks in FIVES),
        digit_array("5").tolist(),
        digit_array("5").astype(float),
        digit_array("5") // 255 * 200 + 20,
    ),
    hints=(
        "Lay a 5 over the 8, on squared paper or in your head. Which white pixels are too many? Nothing"
        " has to be added.",
        "The first pixel that must go dark is in the second row, so `five[1, ...] = 0`. Which column?",
    ),
    why="A few numbers made the difference between an 8 and a 5. Recognizing a digit is nothing else: "
    "telling such tables of numbers apart. In a later lesson a network does it.",
)

# === Exercise: half-transparent red over white =====================================================


def over_white(red, green, blue, alpha):
    """Return the color you see when a pixel lies over white: three numbers. All go from 0 to 255."""
    share = alpha / 255
    rest = (1 - share) * 255
    return [share * red + rest, share * green + rest, share * blue + rest]


def mixed(mix):
    """Return a function that mixes each color with white in a wrong way."""
    return lambda red, green, blue, alpha: [mix(color, alpha) for color in (red, green, blue)]


def over_white_as_arrays(red, green, blue, alpha):
    """Take a step from white toward the color, with arrays."""
    pixel, white = np.array([red, green, blue], dtype=float), np.array([255.0, 255.0, 255.0])
    return white + (pixel - white) * float(alpha) / 255


def over_white_in_a_loop(red, green, blue, alpha):
    """Go through the colors one by one, and round."""
    seen = []
    for color in (red, green, blue):
        seen.append(round(float(color) * alpha / 255 + 255 - alpha))
    return seen


def over_white_as_whole_numbers(red, green, blue, alpha):
    """Stay with whole numbers, and divide last."""
    return tuple((int(color) * int(2 * alpha) + 255 * (510 - int(2 * alpha))) // 510 for color in (red, green, blue))


OVER_WHITE = FunctionExercise(
    title="Half-transparent red over white",
    solution=over_white,
    cases=(
        (255, 0, 0, 127.5),
        (200, 100, 50, 51),
        (10, 20, 30, 0),
        (40, 50, 60, 255),
        tuple(np.array([200, 100, 40, 102], dtype=np.uint8)),
        (0, 255, 128, 77),
        (255, 0, 100, 90),
        (0, 200, 7, 255),
        (3, 250, 80, 0),
    ),
    tolerance=1,
    topics="function, arithmetic",
    slips=(
        Slip(
            "alpha upside down",
            mixed(lambda color, alpha: (1 - alpha / 255) * color + alpha / 255 * 255),
            "This is what you get when alpha works the other way round: 255 is opaque, 0 is fully transparent.",
        ),
        Slip(
            "brackets forgotten",
            mixed(lambda color, alpha: alpha / 255 * color + 1 - alpha / 255 * 255),
            "Brackets are missing: multiplication comes before minus. First 1 minus the share, and that times 255.",
        ),
        Slip(
            "background forgotten",
            mixed(lambda color, alpha: alpha / 255 * color),
            "The pixel's share is right, but the background's is missing: you mix with black, not with white.",
        ),
        Slip(
            "background forgotten, in 8 bits",
            mixed(lambda color, alpha: color * alpha / 255),
            "The background's share is missing: you mix with black, not with white. And a color times alpha does not"
            " fit into 8 bits: work out the share first, `a = alpha / 255`.",
        ),
        Slip(
            "background not weighted",
            mixed(lambda color, alpha: alpha / 255 * color + 255),
            "All of the white is added. Only the part that the pixel does not cover shines through.",
        ),
        Slip(
            "alpha not divided",
            mixed(lambda color, alpha: float(alpha) * color + (1 - float(alpha)) * 255),
            "Alpha goes from 0 to 255 here; the formula needs a share from 0 to 1.",
        ),
        Slip(
            "alpha not divided, in 8 bits",
            mixed(lambda color, alpha: alpha * color + (1 - alpha) * 255),
            "Alpha goes from 0 to 255 here, and the formula needs a share from 0 to 1. Divide it first.",
        ),
        Slip(
            "alpha as percent",
            mixed(lambda color, alpha: alpha / 100 * color + (1 - alpha / 100) * 255),
            "Your alpha counts as percent, as if it were opaque at 100. It goes up to 255.",
        ),
        Slip(
            "always half",
            mixed(lambda color, alpha: (float(color) + 255) / 2),
            "You mix half and half, whatever alpha is. For 50 % that is right, for nothing else.",
        ),
        Slip(
            "alpha ignored",
            lambda red, green, blue, alpha: [red, green, blue],
            "You return the pixel's own color, as if it were opaque. How much of it is seen depends on alpha.",
        ),
        Slip(
            "whole division",
            mixed(lambda color, alpha: (alpha // 255) * color + (1 - alpha // 255) * 255),
            "Your share is either 0 or 1: its decimals are cut off.",
            because=syntax.CUTS_OFF,
        ),
        Slip(
            "integer overflow in uint8",
            mixed(lambda color, alpha: (alpha * color + (255 - alpha) * 255) / 255),
            "Your formula is right, but the last pixel comes in 8 bits, straight out of a picture. There,"
            " 102 times 200"
            " starts again at 0 many times. Divide by 255 before you multiply.",
        ),
        Slip(
            "alpha returned too",
            lambda red, green, blue, alpha: [*over_white(red, green, blue, alpha), alpha],
            "Your three colors are right. What you see over white has no transparency left, so leave alpha out.",
        ),
    ),
    ways=(over_white_as_arrays, over_white_in_a_loop, over_white_as_whole_numbers),
    hints=(
        "What you see is a mixture of two colors. If the pixel has a share of 2/5, what share is left for"
        " the white?"
        " Mix red with 255, green with 255, blue with 255.",
        "`share = alpha / 255`",
    ),
    why="Soft shadows, smooth letters, windows that fade: your screen works out this sum for every one of"
    " their pixels."
    " It is a sum with weights, and so is all of lesson 02.",
)

# === Exercise: gray by weights =====================================================================


def to_gray(image):
    """Return a color picture in gray: 0.299 red + 0.587 green + 0.114 blue, for every pixel."""
    red, green, blue = image[:, :, 0], image[:, :, 1], image[:, :, 2]
    return 0.299 * red + 0.587 * green + 0.114 * blue


def weighted(*weights):
    """Return a function that adds up the channels with weights."""
    return lambda image: image[:, :, 0] * weights[0] + image[:, :, 1] * weights[1] + image[:, :, 2] * weights[2]


def gray_square(image):
    """Forget that a picture has more rows than columns, or fewer."""
    gray = np.zeros((len(image), len(image)))
    for row in range(len(image)):
        for column in range(len(image)):
            gray[row, column] = image[row, column] @ np.array([0.299, 0.587, 0.114])
    return gray


def to_gray_as_product(image):
    """Multiply by the weights as a matrix."""
    return image @ np.array([0.299, 0.587, 0.114])


def to_gray_in_loops(image):
    """Go through the pixels one by one, into lists."""
    rows, columns = image.shape[:2]
    gray = []
    for row in range(rows):
        gray.append([])
        for column in range(columns):
            red, green, blue = image[row, column].tolist()
            gray[row].append(0.299 * red + 0.587 * green + 0.114 * blue)
    return gray


def to_gray_as_average(image):
    """Let NumPy take the average with weights."""
    return np.average(image.astype(np.float64), axis=2, weights=[0.299, 0.587, 0.114])


def to_gray_rounded(image):
    """Round, and store in 8 bits."""
    return to_gray(image).round().astype(np.uint8)


COLORS = np.random.default_rng(1).integers(0, 256, (4, 6, 3), dtype=np.uint8)

TO_GRAY = FunctionExercise(
    title="Gray, as the eye sees it",
    solution=to_gray,
    cases=(
        (np.array([[[255, 0, 0], [0, 255, 0], [0, 0, 255], [255, 255, 255]]], dtype=np.uint8),),
        (COLORS,),
        (COLORS[:2, ::-1].swapaxes(0, 1).copy(),),
        (COLORS[1:3, :5] / 2,),
    ),
    tolerance=1,
    topics="function, array, size, channels, sum over channels, arithmetic",
    slips=(
        Slip(
            "mean instead of weights",
            lambda image: image.mean(axis=2),
            "This is the plain mean of the three channels. For the eye green is much brighter than blue:"
            " use the weights.",
        ),
        Slip(
            "mean, wrapped in uint8",
            lambda image: (image[:, :, 0] + image[:, :, 1] + image[:, :, 2]) / 3,
            "This is the plain mean, and its sum starts again at 0 after 255, because the channels are"
            " stored in 8 bits."
            " The weights solve both at once: decimals make room.",
        ),
        Slip(
            "weights in BGR order",
            weighted(0.114, 0.587, 0.299),
            "Red and blue have each other's weight. Channel 0 is red, channel 2 is blue.",
        ),
        Slip(
            "first channel only",
            lambda image: image[:, :, 0],
            "This is the red channel alone. Green and blue have a say too.",
        ),
        Slip(
            "channels averaged instead of added",
            weighted(0.299 / 3, 0.587 / 3, 0.114 / 3),
            "The weights are right, but the sum is divided by 3 as well. The weights add up to 1 already.",
        ),
        Slip(
            "no weights",
            weighted(1.0, 1.0, 1.0),
            "You add up the three channels as they are: white would be 765. Each needs its weight.",
        ),
        Slip(
            "largest channel",
            lambda image: image.max(axis=2),
            "This is the largest of the three channels: the V of HSV. Asked for is the sum with weights.",
        ),
        Slip(
            "other weights",
            weighted(0.2126, 0.7152, 0.0722),
            "Those are the weights of another standard, Rec. 709. A good choice, but asked for are 0.299,"
            " 0.587 and 0.114.",
        ),
        Slip(
            "integer overflow in uint8",
            lambda image: (30 * image[:, :, 0] + 59 * image[:, :, 1] + 11 * image[:, :, 2]) / 100,
            "The weights are right, but multiplied in 8 bits they start again at 0 after 255. Weights with"
            " decimals make room.",
        ),
        Slip(
            "square input assumed",
            gray_square,
            "That works for square pictures alone. `image.shape` tells rows and columns apart.",
        ),
        Slip(
            "rows taken for channels",
            lambda image: 0.299 * image[0] + 0.587 * image[1] + 0.114 * image[2],
            "You take rows 0, 1 and 2 for red, green and blue. The channel is the last of the three axes.",
            because=((syntax.has("_[0]"), "`image[0]` is row 0; channel 0 is `image[:, :, 0]`."),),
        ),
        Slip(
            "one gray for all",
            lambda image: (image @ np.array([0.299, 0.587, 0.114])).mean(),
            "You return one gray for the whole picture. Each pixel has its own.",
        ),
        Slip(
            "three equal channels",
            lambda image: np.repeat(to_gray(image)[:, :, np.newaxis], 3, axis=2),
            "The grays are right, but they come three times. A gray picture has rows and columns only.",
        ),
    ),
    ways=(to_gray_as_product, to_gray_in_loops, to_gray_as_average, to_gray_rounded),
    hints=(
        "Take the picture apart into three channels, multiply each by its weight, and add them up."
        " NumPy does that to all pixels at once: no loop is needed.",
        "`red = image[:, :, 0]`: all rows, all columns, channel 0.",
    ),
    why="Three numbers became one, by a sum with weights. In a later lesson a filter does exactly this to"
    " channels,"
    " and later on it learns the weights by itself.",
)

# === Exercise: crop ================================================================================


def crop(image):
    """Return rows 2, 3, 4 and 5 of columns 3, 4, 5, 6, 7, 8 and 9. Counting starts at 0."""
    return image[2:6, 3:10]


def crop_in_loops(image):
    """Go through the pixels one by one, into lists."""
    piece = []
    for row in range(2, 6):
        piece.append([image[row, column] for column in range(3, 10)])
    return piece


def crop_in_two_steps(image):
    """Cut the rows, then the columns."""
    rows = image[2:6].copy()
    return rows[:, 3:10].astype(float)


def crop_by_lists(image):
    """Name every row and every column."""
    return image[[2, 3, 4, 5]][:, [3, 4, 5, 6, 7, 8, 9]]


def darken_the_rest(image):
    """Keep the size, and darken what was to be cut off."""
    result = np.zeros_like(image)
    result[2:6, 3:10] = image[2:6, 3:10]
    return result


NUMBERED = 20 * np.arange(10)[:, np.newaxis] + np.arange(13)  # each number tells its place

CROP = FunctionExercise(
    title="Cut out a piece",
    solution=crop,
    cases=(
        (NUMBERED,),
        (NUMBERED[:, 1:].astype(np.uint8),),
        (np.random.default_rng(2).integers(0, 256, (11, 12, 3), dtype=np.uint8),),
    ),
    topics="function, array, channels",
    slips=(
        Slip(
            "ends not included",
            lambda image: image[2:5, 3:9],
            "The last row and the last column are missing. A slice stops before its end: `2:5` is 2, 3, 4.",
        ),
        Slip(
            "last row missing",
            lambda image: image[2:5, 3:10],
            "The last row is missing. A slice stops before its end: `2:5` is 2, 3, 4.",
        ),
        Slip(
            "last column missing",
            lambda image: image[2:6, 3:9],
            "The last column is missing. A slice stops before its end: `3:9` ends with 8.",
        ),
        Slip(
            "rows and columns exchanged",
            lambda image: image[3:10, 2:6],
            "Rows and columns are exchanged: in the brackets the rows come first, then the columns.",
        ),
        Slip(
            "counted from 1",
            lambda image: image[1:5, 2:9],
            "All is one too far up and to the left: you count from 1, Python counts from 0.",
        ),
        Slip(
            "one too many",
            lambda image: image[2:7, 3:11],
            "There is one row and one column too many at the end.",
        ),
        Slip(
            "brackets one after the other",
            lambda image: image[2:6][3:10],
            "Rows are cut twice, columns not at all.",
            because=(
                (syntax.has("_[_:_][_:_]"), "Rows and columns go into one pair of brackets, with a comma between."),
            ),
        ),
        Slip("rows only", lambda image: image[2:6], "The rows are right; the columns are all still there."),
        Slip(
            "columns only",
            lambda image: image[:, 3:10],
            "The columns are right; the rows are all still there.",
        ),
        Slip(
            "start and length",
            lambda image: image[2:4, 3:7],
            "Rows 4 and 5 are missing, and columns 7, 8 and 9.",
            because=(
                (syntax.has("_[_:_, _:_]"), "The second number of a slice is where it ends, not how long it is."),
            ),
        ),
        Slip(
            "corners only",
            lambda image: image[[2, 5]][:, [3, 9]],
            "Those are the four corners alone. A colon takes all in between.",
        ),
        Slip(
            "rest darkened",
            darken_the_rest,
            "The rest is black now, but it is still there. Return the piece alone: it is smaller.",
        ),
        Slip(
            "first channel only",
            lambda image: image[2:6, 3:10] if image.ndim == 2 else image[2:6, 3:10, 0],
            "The place is right, but of a color picture you keep the red channel alone. Say nothing about"
            " channels, and all stay.",
        ),
    ),
    ways=(crop_in_loops, crop_in_two_steps, crop_by_lists),
    hints=(
        "A slice `start:stop` takes what it starts with and stops before its end: `0:3` is 0, 1, 2.",
        "`return image[2:..., 3:...]`: which numbers come next?",
    ),
    why="A window of rows and columns, cut out of a picture: that is all a network ever looks at, one"
    " window after the"
    " other. Lesson 02 slides it.",
)

# === Bug hunt ======================================================================================


def brighten(image):
    """Return a picture that is brighter by 50; what would be above 255 becomes 255."""
    return np.minimum(image + 50, 255)


def brightened(image):
    """Return what `brighten` promises."""
    return np.minimum(image.astype(float) + 50, 255)


BRIGHTEN = bug_hunt(
    brighten,
    brightened,
    title="Bug hunt: brighten",
    ask="a picture that brighten gets wrong; np.array([[10, 20]], dtype=np.uint8) is one it gets right",
    evidence="np.array([[10, 250]], dtype=np.uint8)",
    slips=(
        Slip(
            "no pixel",
            lambda picture: picture.size == 0,
            "There is no pixel in it. One is enough.",
            example=np.zeros((0, 3), dtype=np.uint8),
        ),
        Slip(
            "no picture",
            lambda picture: picture.min() < 0 or picture.max() > 255,
            "A picture holds numbers from 0 to 255, and brighten promises nothing for others.",
            example=np.array([[10, 300]]),
        ),
        Slip(
            "not in 8 bits",
            lambda picture: picture.dtype != np.uint8,
            "Your numbers are stored with more than 8 bits: there is room, and brighten is right. How are"
            " photos stored?"
            " Add `dtype=np.uint8`.",
            example=np.array([[10, 250]]),
        ),
        Slip(
            "no rows and columns",
            lambda picture: picture.ndim not in (2, 3),
            "A picture has rows and columns: put one more pair of brackets around the numbers.",
            example=np.array([10, 250], dtype=np.uint8),
        ),
        Slip(
            "all sums fit",
            lambda picture: picture.max() <= 205,
            "brighten is right here: no number of yours gets above 255. Where could something go wrong?",
            example=np.array([[10, 205]], dtype=np.uint8),
        ),
    ),
    ways=(
        np.array([[206]], dtype=np.uint8),
        np.full((2, 3, 3), 255, dtype=np.uint8),
        np.arange(256, dtype=np.uint8).reshape(8, 32),
    ),
    hints=(
        "Suspect the ends: 0 and 255. What is `200 + 100` in 8 bits, and when does `np.minimum` get to see it?",
        "`evidence = np.array([[...]], dtype=np.uint8)` with one number that is too bright to add 50.",
    ),
    why="The sum starts again at 0 before `np.minimum` ever sees it. With dark pictures nobody notices."
    " Test at the ends of the range, and such bugs have nowhere to hide.",
)

EXERCISES = (FIVE, CROP, OVER_WHITE, TO_GRAY, BRIGHTEN)
