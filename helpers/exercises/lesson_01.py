"""Lesson 01, Pixels and RGBA: what is predicted, done and asked."""

import numpy as np

from helpers.digits import DIGITS, digit_array, from_marks
from helpers.exercises import syntax
from helpers.exercises.exercise import FunctionExercise, Slip, ValueExercise, bug_hunt
from helpers.exercises.lesson import Lesson
from helpers.exercises.question import Choice, Prediction, Question

# === Predictions ===================================================================================

ZOOM = Prediction(
    "zoom",
    "You are about to zoom into your photo, further and further. What is the smallest thing you will find?",
    choices=(
        Choice(
            "ever finer detail, as under a microscope",
            says="In films, yes. A file keeps what the camera wrote down, and no more.",
        ),
        Choice("squares, each of one single color", right=True),
        Choice(
            "dots of red, green and blue light",
            says="Those are on your screen, if you look with a magnifying glass. They are not in the file.",
        ),
        Choice(
            "colors that blend softly, without any border",
            says="Many programs blur what they enlarge, to be kind. The file has no such in-between colors.",
        ),
    ),
    happens="squares: each is one pixel, one color, a few numbers",
    why="A picture is a table. Each place holds the numbers of one pixel, and there is nothing between two places.",
    see="Zoom in until numbers appear in the squares, then read one: row, column → [R, G, B].",
)

DIGIT = Prediction(
    "digit",
    "Here is an 8, made of 15 numbers: 255 is white, 0 is black. How many of them must change to make it a 0?",
    code="255 255 255\n255   0 255\n255 255 255\n255   0 255\n255 255 255",
    answer=1,
    slips=(
        (2, "Two are too many. Where is the 8 white and the 0 black?"),
        (3, "A whole row need not go: in the 0, the left and the right edge are drawn from top to bottom."),
        (15, "Only those that differ between the two pictures."),
        (0, "Then the 8 and the 0 would be the same table of numbers."),
    ),
    otherwise="Only the pixels in which an 8 and a 0 differ must change.",
    happens="one number, in the middle",
    why="The 8 and the 0 differ in a single pixel: row 2, column 1. To a computer, that is all the difference"
    " there is.",
    see="Click the middle number, type 0, and press Enter.",
)

ONE_PIXEL = Prediction(
    "one_pixel",
    "A pure red pixel lies over a white background. You turn its alpha down, from 255 to 0. What do you see on the"
    " way?",
    choices=(
        Choice(
            "it gets darker, until it is black",
            says="That is what less red does. Alpha is not how bright, but how opaque.",
        ),
        Choice("it gets lighter, until it is white", right=True),
        Choice(
            "it stays red, and at 0 it is gone", says="Alpha knows more than on and off: there are 254 steps between."
        ),
        Choice("it fades to gray", says="Gray would need a gray background. This one is white."),
    ),
    happens="it gets lighter, pink and then white",
    why="Alpha is how much of the pixel covers what lies behind it. The less it covers, the more white you see.",
    see="Set red 255, green 0, blue 0, and drag alpha to the left. Then do it again over black.",
)

TAKE_APART = Prediction(
    "take_apart",
    "Your photo's red channel is about to be shown alone, just as it is stored. What will it look like?",
    choices=(
        Choice(
            "a red picture",
            says="Red on your screen takes three numbers. A channel has one for each pixel, and one is a gray.",
        ),
        Choice("a gray picture", right=True),
        Choice(
            "black, except where things are red",
            says="White, yellow and gray things have a lot of red in them too: in the red channel they are bright.",
        ),
        Choice(
            "your photo, only without green and blue",
            says="That is three channels, two of them set to 0. A channel alone is just one.",
        ),
    ),
    happens="a gray picture",
    why="A channel is one number for each pixel, and one number can only say how bright. Color is what you"
    " see of three channels together.",
    see="Compare the three grays where your photo is white, and where it is most colorful. Then choose “tinted”.",
)

COLOR_SPACES = Prediction(
    "color_spaces",
    "You turn the hue of every pixel by 120 degrees: red becomes green, green becomes blue. What becomes"
    " of a gray wall?",
    choices=(
        Choice("it turns green", says="Green is a hue. Gray has none: turning nothing leaves nothing."),
        Choice("it stays gray", right=True),
        Choice(
            "it gets darker",
            says="How bright a pixel is stands in another number, the value. You only turned the hue.",
        ),
        Choice(
            "it turns into the opposite gray",
            says="Black and white are opposite grays, but they differ in value, not in hue.",
        ),
    ),
    happens="it stays gray",
    why="Gray has saturation 0: red, green and blue are equal. Hue says which color it leans to, and it leans to none.",
    see="Set the hue to 120, and look for the spots of your photo that do not change.",
)

OVERFLOW = Prediction(
    "overflow",
    "A pixel is 200, stored in 8 bits (`uint8`). You add 100. Which number is stored then?",
    answer=44,
    slips=(
        (300, "300 needs a ninth bit. Eight bits end at 255."),
        (
            255,
            "Photo programs stop there, because someone wrote that down. Plain 8-bit arithmetic does not stop.",
        ),
        (45, "So close: after 255 comes 0, not 1. So 256 is stored as 0, and 300 as 44."),
        (0, "It starts again at 0, true. But it goes on counting: 300 is 44 further than 256."),
    ),
    otherwise="After 255 comes 0 again, as on a clock after 23:59. Count on from there.",
    happens="44",
    why="8 bits hold 0 to 255. After 255 comes 0 again, so 300 is stored as 300 − 256 = 44: the brightest"
    " spots turn dark.",
    see="Point at a bright spot on the left, and read its sum. Then choose “cut off at 0 and 255”.",
)

DISPLAY_RANGE = Prediction(
    "display_range",
    "So far 0 is drawn black and 255 white. Now you let 100 be white already. What happens to a pixel that holds 150?",
    choices=(
        Choice("it is drawn white, and still holds 150", right=True),
        Choice(
            "it is drawn white, and now holds 255",
            says="Drawing reads the numbers. It never writes them.",
        ),
        Choice(
            "it is drawn darker than before",
            says="White begins earlier now: everything between gets brighter, not darker.",
        ),
        Choice(
            "it cannot be drawn: 150 is above the limit",
            says="The range limits no numbers. What is above it is drawn like its upper end.",
        ),
    ),
    happens="it is drawn white, and still holds 150",
    why="The display range only says which number is drawn black and which white. What is stored stays.",
    see="Set “drawn white” to 100, and read the same pixel in both pictures.",
)

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

# === Exit quiz =====================================================================================

QUIZ = (
    Question(
        "row_and_column",
        "`image.shape` is `(200, 300, 3)`. Which pixel lies 12 below the top edge and 40 from the left edge?",
        choices=(
            Choice("`image[12, 40]`", right=True),
            Choice(
                "`image[40, 12]`",
                says="That is x before y, as in geometry. Arrays go down first: row, then column.",
            ),
            Choice(
                "`image[12, 40, 3]`",
                says="The third number is a channel, and channels are counted from 0: there is no channel"
                " 3. A pixel is all of them.",
            ),
            Choice(
                "`image[188, 40]`",
                says="Row 0 is at the top, not at the bottom: 12 below the top edge is row 12.",
            ),
        ),
        why="The row comes first, counted from the top; then the column, counted from the left.",
    ),
    Question(
        "transparent",
        "A pixel is `[200, 30, 30, 0]`: red, green, blue, alpha. What is true of it?",
        choices=(
            Choice(
                "You see only what lies behind it.",
                right=True,
                says="Alpha 0 lets all of the background through.",
            ),
            Choice(
                "It is black.",
                says="Alpha is not brightness: 0 means that you see through, not that it is dark.",
            ),
            Choice(
                "Its red is still stored.",
                right=True,
                says="The 200 is still there: without the alpha channel it comes to light.",
            ),
            Choice("It has no color.", says="It has one, `[200, 30, 30]`. You only do not see it."),
        ),
        why="Alpha says how much of the color you see. It changes nothing about the color.",
    ),
    Question(
        "copy",
        "What is `a[0, 1]` after these lines?",
        code="a = np.array([[10, 20, 30]])\nb = a\nb[0, 1] = 99",
        answer=99,
        slips=(
            (
                20,
                "`b = a` copies nothing: it gives the same array a second name. What happens to `b`"
                " happens to `a`. A copy is `a.copy()`.",
            ),
            (
                10,
                "Columns are counted from 0: `a[0, 1]` is the second number. And `b` is another name for"
                " the same array.",
            ),
            (
                30,
                "Columns are counted from 0: `a[0, 1]` is the second number. And `b` is another name for"
                " the same array.",
            ),
        ),
        otherwise="Go line by line: which array does `b` stand for, and which of its numbers changes?",
        why="`b = a` gives the same array a second name, so the 99 is in both. A copy is `a.copy()`.",
    ),
    Question(
        "white_drawn_black",
        '`plt.imshow(white, cmap="gray")` draws this array black. Why?',
        code="white = np.full((4, 6), 255)",
        choices=(
            Choice(
                "255 means black.",
                says="255 is white, wherever 0 is black. Only nobody told `imshow` where that is.",
            ),
            Choice(
                "The array is damaged.",
                says="It holds 24 times 255, as it should. Drawing does not touch it.",
            ),
            Choice(
                "`imshow` stretches the range from the smallest to the largest number, and here they are the same.",
                right=True,
            ),
            Choice(
                "It has no red, green and blue.",
                says="One number a pixel is enough for a gray picture. It is the range that is missing.",
            ),
        ),
        why="With no range given, the smallest number is drawn black. Say `vmin=0, vmax=255`, and white is white.",
    ),
)

LESSON = Lesson(
    title="Pixels and RGBA",
    predictions=(ZOOM, DIGIT, ONE_PIXEL, TAKE_APART, COLOR_SPACES, OVERFLOW, DISPLAY_RANGE),
    exercises=(FIVE, CROP, OVER_WHITE, TO_GRAY, BRIGHTEN),
    quiz=QUIZ,
)
