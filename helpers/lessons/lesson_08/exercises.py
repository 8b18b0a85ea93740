"""Lesson 08, Learning: what is done."""

import numpy as np

from helpers.exercises import syntax
from helpers.exercises.exercise import FunctionExercise, Slip, ValueExercise, bug_hunt

# === Exercise: a gradient by trying ================================================================


def numerical_gradient(loss, numbers, step):
    """Find the gradient of a loss by trying: one slope for each number.

    loss is a function: it takes a row of numbers and returns a single one. Make one
    number larger by step, then smaller by step, and leave all others as they are:
    by how much do the two losses differ, for each 1 that the number has moved?
    numbers must stay as it is.
    """
    gradient = np.zeros(len(numbers))
    for place in range(len(numbers)):
        more, less = numbers.copy(), numbers.copy()
        more[place] += step
        less[place] -= step
        gradient[place] = (loss(more) - loss(less)) / (2 * step)
    return gradient


def gradient_by_rows(loss, numbers, step):
    """Take a row of a table for each number: the step stands in its place, 0 in the others."""
    slopes = []
    for change in step * np.eye(len(numbers)):
        slopes.append((loss(numbers + change) - loss(numbers - change)) / (2 * step))
    return slopes


def gradient_put_back(loss, numbers, step):
    """Work on one copy, and put each number back."""
    tried, gradient = np.array(numbers), np.zeros(numbers.shape)
    for place, number in enumerate(numbers):
        tried[place] = number + step
        above = loss(tried)
        tried[place] = number - step
        below = loss(tried)
        tried[place] = number
        gradient[place] = (above - below) / step / 2
    return gradient


def gradient_of_two_halves(loss, numbers, step):
    """Take the mean of the slope ahead and the slope behind."""
    here, gradient = loss(numbers), []
    for place in range(len(numbers)):
        change = np.zeros(len(numbers))
        change[place] = step
        ahead = (loss(numbers + change) - here) / step
        behind = (here - loss(numbers - change)) / step
        gradient.append((ahead + behind) / 2)
    return np.array(gradient)


def gradient_by_comparing(loss, numbers, step):
    """Choose, in each row, where the number is the one that moves."""
    places = np.arange(len(numbers))
    sides = [[loss(np.where(places == place, numbers + move, numbers)) for place in places] for move in (step, -step)]
    return np.subtract(*sides) / (2 * step)


def gradient_from_below(loss, numbers, step):
    """Start from the lower one, and go up by two steps."""
    gradient = np.empty(len(numbers))
    for place in range(len(numbers)):
        tried = numbers.copy()
        tried[place] = numbers[place] - step
        before = loss(tried)
        tried[place] = tried[place] + 2 * step
        gradient[place] = loss(tried) - before
    return gradient * 0.5 / step


def slopes(make):
    """Return the gradient of whoever makes something else of the losses above, here and below, and of the step."""

    def gradient(loss, numbers, step):
        changes = step * np.eye(len(numbers))
        found = [make(loss(numbers + one), loss(numbers), loss(numbers - one), step) for one in changes]
        return np.array(found, dtype=float)

    return gradient


def afterwards(make):
    """Return the gradient of whoever does something to the right one: `make` takes it, the numbers and the step."""
    return lambda loss, numbers, step: make(numerical_gradient(loss, numbers, step), numbers, step)


def all_at_once(loss, numbers, step):
    """Move all numbers together, once for each of them."""
    return np.full(len(numbers), (loss(numbers + step) - loss(numbers - step)) / (2 * step))


def not_put_back(loss, numbers, step):
    """Work on one copy, and leave each number where it was tried last."""
    tried, gradient = numbers.copy(), np.zeros(len(numbers))
    for place in range(len(numbers)):
        tried[place] += step
        above = loss(tried)
        tried[place] -= 2 * step
        gradient[place] = (above - loss(tried)) / (2 * step)
    return gradient


def copied_once(loss, numbers, step):
    """Make the two copies before the loop."""
    more, less, gradient = numbers.copy(), numbers.copy(), np.zeros(len(numbers))
    for place in range(len(numbers)):
        more[place] += step
        less[place] -= step
        gradient[place] = (loss(more) - loss(less)) / (2 * step)
    return gradient


def by_a_share(loss, numbers, step):
    """Make each number larger by a share of itself."""
    changes = np.diag(step * numbers)
    return np.array([(loss(numbers + one) - loss(numbers - one)) / (2 * step) for one in changes])


SECOND_NAME = (
    (
        syntax.has("_ = numbers", "_ = _ = numbers"),
        "`= numbers` in your code makes a second name for one and the same row; `.copy()` makes another row.",
    ),
)
WHOLE_ROW = "If it is `loss` that stops: it wants a whole row in its brackets, as long as `numbers`."

GRADIENT = FunctionExercise(
    title="A gradient by trying",
    solution=numerical_gradient,
    cases=(
        (lambda n: n[0] ** 2 * n[1], np.array([3.0, -2.0]), 0.5),
        (lambda n: n[0] * n[1] ** 3 - 4 * n[2] ** 2, np.array([-1.5, 2.0, 0.75]), 0.25),
        (lambda n: 5 - n[0] ** 3 * n[1], np.array([-2.0, 0.5]), 1.0),
        (lambda n: np.exp(n[0]) + n[1] * n[2] * n[3] ** 3, np.array([0.5, -3.0, 0.25, 1.5]), 0.125),
        (lambda n: 7 + 4 * n[0] - 2.5 * n[1], np.array([1.0, -6.0]), 2.0),
    ),
    tolerance=1e-4,
    topics="function",
    stops=(("IndexError", WHOLE_ROW), ("TypeError", WHOLE_ROW)),
    slips=(
        Slip(
            "not halved",
            slopes(lambda above, here, below, step: (above - below) / step),
            "Twice as steep as it is. From one step below to one step above: how many steps are that?",
        ),
        Slip(
            "divided by 2, times the step",
            slopes(lambda above, here, below, step: (above - below) / 2 * step),
            "You multiply by the step in the end, and should divide by it. `a / 2 * b` is `(a / 2) * b`.",
        ),
        Slip(
            "ahead only",
            slopes(lambda above, here, below, step: (above - here) / step),
            "You compare the loss a step ahead with the loss here. Where the loss bends, that is too steep or too flat:"
            " look at both sides.",
        ),
        Slip(
            "behind only",
            slopes(lambda above, here, below, step: (here - below) / step),
            "You compare the loss here with the loss a step behind. Where the loss bends, that is too steep or too"
            " flat: look at both sides.",
        ),
        Slip(
            "one side, halved",
            slopes(lambda above, here, below, step: (above - here) / (2 * step)),
            "You divide by two steps, but your two losses lie one step apart. Did the number go back before it went the"
            " other way?",
            because=SECOND_NAME,
        ),
        Slip(
            "not divided, ahead",
            slopes(lambda above, here, below, step: above - here),
            "That is how much the loss grows with one step ahead. A slope is growth for each 1 that the number moves.",
        ),
        Slip(
            "not divided",
            slopes(lambda above, here, below, step: above - below),
            "That is by how much the two losses differ. A slope is that, divided by how far apart the two lie.",
        ),
        Slip(
            "divided by 2 alone",
            slopes(lambda above, here, below, step: (above - below) / 2),
            "You divide by 2. The two losses lie two *steps* apart, and a step is not always 1.",
        ),
        Slip(
            "sum of both losses",
            slopes(lambda above, here, below, step: (above + below) / (2 * step)),
            "You add the two losses. How much it rises is seen in their difference.",
        ),
        Slip(
            "sign",
            afterwards(lambda gradient, numbers, step: -gradient),
            "Each sign is the other way round. A slope is above 0 where a larger number makes the loss larger.",
        ),
        Slip(
            "signs dropped",
            afterwards(lambda gradient, numbers, step: np.abs(gradient)),
            "Your slopes have no signs. Without them nobody knows which way is down.",
        ),
        Slip(
            "signs only",
            afterwards(lambda gradient, numbers, step: np.sign(gradient)),
            "You keep the signs alone: which way it rises. How steeply is wanted, too.",
        ),
        Slip(
            "all at once",
            all_at_once,
            "Your numbers all move at the same time, so they all get the same slope. Move one, and leave the others"
            " where they are.",
        ),
        Slip(
            "not put back",
            not_put_back,
            "The first slope is right. But that number does not go back to where it was before the next one is tried.",
            because=SECOND_NAME,
        ),
        Slip(
            "copied once",
            copied_once,
            "The first slope is right. But what was moved for it is still moved when the next one is tried: make the"
            " copies inside of the loop.",
        ),
        Slip(
            "no copies",
            slopes(lambda above, here, below, step: 0),
            "All slopes are 0. Either nothing is put into the row, or both losses come out the same each time.",
            because=SECOND_NAME,
        ),
        Slip(
            "the first one only",
            afterwards(lambda gradient, numbers, step: gradient * (np.arange(len(gradient)) == 0)),
            "Only the first slope is there; the others are 0. Each number has a turn.",
        ),
        Slip(
            "the last one only",
            afterwards(lambda gradient, numbers, step: gradient * (np.arange(len(gradient)) == len(gradient) - 1)),
            "Only the last slope is there; the others are 0. Is the array made anew in each turn of the loop?",
        ),
        Slip(
            "one slope for all",
            afterwards(lambda gradient, numbers, step: gradient.sum()),
            "You add the slopes up. Each number has its own: return a row of them.",
        ),
        Slip(
            "the first slope alone",
            afterwards(lambda gradient, numbers, step: gradient[0]),
            "That is the first slope, and no more. Does a `return` stand inside of the loop?",
        ),
        Slip(
            "a row of one",
            afterwards(lambda gradient, numbers, step: gradient[:1]),
            "Your row ends after the first slope. Does the loop end too early?",
        ),
        Slip(
            "a step of its own",
            lambda loss, numbers, step: numerical_gradient(loss, numbers, 1e-5),
            "You take a step of your own, a very small one. Use the one that comes in.",
        ),
        Slip(
            "a share as the step",
            by_a_share,
            "You make each number larger by a share of itself. A step is added, whatever the number is.",
        ),
        Slip(
            "divided by the loss",
            lambda loss, numbers, step: numerical_gradient(loss, numbers, step) / loss(numbers),
            "You divide by the loss. How steep it is does not depend on how high it is.",
        ),
        Slip(
            "how it bends",
            slopes(lambda above, here, below, step: (above - 2 * here + below) / step**2),
            "That says how much the loss *bends*. Wanted is how much it rises.",
        ),
        Slip(
            "the new numbers",
            afterwards(lambda gradient, numbers, step: numbers - step * gradient),
            "You take a step downhill already, and return the new numbers. Wanted is the gradient alone.",
        ),
        Slip(
            "the new numbers, at a rate of 1",
            afterwards(lambda gradient, numbers, step: numbers - gradient),
            "You take the gradient away from the numbers. That is learning; wanted is the gradient alone.",
        ),
        Slip(
            "whole numbers",
            afterwards(lambda gradient, numbers, step: gradient.astype(int)),
            "Your slopes are whole numbers. They have decimals.",
            because=syntax.CUTS_OFF,
        ),
    ),
    ways=(
        gradient_by_rows,
        gradient_put_back,
        gradient_of_two_halves,
        gradient_by_comparing,
        gradient_from_below,
    ),
    hints=(
        "Make two copies of the row, and change one number in each of them. Ask `loss` what it says to both. From the"
        " one to the other the number has moved by two steps.",
        "`for place in range(len(numbers)):`, and in the loop `more = numbers.copy()`, then `more[place] += step`.",
    ),
    why="It needs no formula, only a loss. But it asks for the loss twice for each number: 9,100 times for a network of"
    " 4,550. Backpropagation gets all slopes in one go, and whoever writes it compares it with this.",
)

# === Exercise: the gradient of a filter ============================================================


def filter_gradient(image, gradient):
    """Find the gradient of the loss by each weight of a kernel.

    The kernel has slid over a gray image, with stride 1 and no padding. gradient says,
    for each cell of the map that it made, how much the loss rises if that cell does.
    A weight was used once at each cell, on another pixel each time. Its gradient is
    the sum of what it hears there: the pixel under it, times the gradient of the cell.
    The result is as large as the kernel was.
    """
    rows = image.shape[0] - gradient.shape[0] + 1
    columns = image.shape[1] - gradient.shape[1] + 1
    result = np.zeros((rows, columns))
    for row in range(rows):
        for column in range(columns):
            pixels = image[row : row + gradient.shape[0], column : column + gradient.shape[1]]
            result[row, column] = (pixels * gradient).sum()
    return result


def gradient_cell_by_cell(image, gradient):
    """Go from cell to cell: each tells all weights at once what was under them."""
    rows, columns = np.subtract(image.shape, gradient.shape) + 1
    result = np.zeros((rows, columns))
    for row in range(gradient.shape[0]):
        for column in range(gradient.shape[1]):
            result = result + gradient[row, column] * image[row : row + rows, column : column + columns]
    return result


def gradient_in_four_loops(image, gradient):
    """Multiply and add in plain Python."""
    high, wide = gradient.shape
    result = []
    for down in range(len(image) - high + 1):
        line = []
        for right in range(len(image[0]) - wide + 1):
            total = 0.0
            for row in range(high):
                for column in range(wide):
                    total += gradient[row, column] * image[row + down, column + right]
            line.append(total)
        result.append(line)
    return result


def gradient_by_windows(image, gradient):
    """See all windows at once."""
    pixels = np.lib.stride_tricks.sliding_window_view(image, gradient.shape)
    return (pixels * gradient).sum(axis=(2, 3))


def gradient_as_a_table(image, gradient):
    """Lay out what was under the kernel at each cell as a row, and multiply once."""
    shape = (image.shape[0] - gradient.shape[0] + 1, image.shape[1] - gradient.shape[1] + 1)
    table = np.lib.stride_tricks.sliding_window_view(image, shape).reshape(gradient.size, shape[0] * shape[1])
    return (gradient.ravel() @ table).reshape(shape)


def gradient_by_dots(image, gradient):
    """Lay both out flat, weight by weight."""
    high, wide = gradient.shape
    return np.array(
        [
            [
                np.dot(image[down : down + high, right : right + wide].ravel(), gradient.ravel())
                for right in range(image.shape[1] - wide + 1)
            ]
            for down in range(image.shape[0] - high + 1)
        ]
    )


def heard(make):
    """Return the gradient of whoever makes something else of the pixels under a weight, and of the gradients there."""

    def result(image, gradient):
        windows = np.lib.stride_tricks.sliding_window_view(image.astype(float), gradient.shape)
        return np.array([[make(pixels, gradient) for pixels in row] for row in windows])

    return result


def only_at(row, column):
    """Return the gradient of whoever lets one cell of the map speak."""
    return heard(lambda pixels, gradient: pixels[row, column] * gradient[row, column])


def one_less(image, gradient):
    """Count the weights without the last row and column."""
    return filter_gradient(image, gradient)[:-1, :-1]


def as_large_as_the_image(image, gradient):
    """Put zeros around, so that the result gets as large as the image."""
    around = [(0, n - 1) for n in gradient.shape]
    return filter_gradient(np.pad(image, around), gradient)


def multiplied_once(image, gradient):
    """Lay the gradient on the corner of the image, and multiply."""
    return image[: gradient.shape[0], : gradient.shape[1]] * gradient


def same_pixels(image, gradient):
    """Take, for every weight, the pixels that lie where the cells lie."""
    high, wide = gradient.shape
    shape = [n - m + 1 for n, m in zip(image.shape, gradient.shape, strict=True)]
    return np.full(shape, (image[:high, :wide] * gradient).sum())


SHADES = np.random.default_rng(80)


def seen(image_shape, gradient_shape, brightest=9):
    """Make up an image, and the gradient of a map of it, with signs and a 0 in it."""
    image = SHADES.integers(0, brightest + 1, image_shape).astype(np.uint8 if brightest == 255 else float)
    gradient = SHADES.choice([-2.5, -1.0, -0.5, 0.5, 1.5, 3.0], gradient_shape)
    if gradient.size > 1:
        gradient[0, -1] = 0
    return image, gradient


FILTER = FunctionExercise(
    title="The gradient of a filter",
    solution=filter_gradient,
    cases=(
        seen((5, 6), (3, 2)),
        seen((4, 7), (2, 5)),
        seen((6, 5), (4, 4), brightest=255),
        seen((5, 5), (3, 3)),
        (np.array([[4.0, 0.0, 1.0], [2.0, 7.0, 3.0]]), np.array([[-2.5]])),
        seen((6, 3), (2, 2)),
    ),
    tolerance=1e-3,
    topics="function, array, size",
    stops=(
        (
            "ValueError",
            "Print the `shape` of what you multiply: as many pixels belong to a weight as the map has cells, for each"
            " cell has used it once.",
        ),
    ),
    slips=(
        Slip(
            "the same pixels for every weight",
            same_pixels,
            "Every weight gets the same number: you take the pixels at the cells themselves. Under the weight in row 1,"
            " column 2 lie those that are 1 row further down and 2 columns further right.",
        ),
        Slip(
            "averaged",
            heard(lambda pixels, gradient: (pixels * gradient).mean()),
            "You take the mean over the cells. A weight that is used at twenty cells moves all twenty: what they say"
            " adds up.",
        ),
        Slip(
            "the largest only",
            heard(lambda pixels, gradient: (pixels * gradient).max()),
            "You keep the largest of what a weight hears. That is for max pooling; a weight has a share in all cells.",
        ),
        Slip(
            "kernel flipped",
            heard(lambda pixels, gradient: (pixels * gradient[::-1, ::-1]).sum()),
            "Your gradient is turned by 180 degrees before it is used. The pixel that a weight saw at a cell belongs to"
            " the gradient of *that* cell.",
        ),
        Slip(
            "upside down",
            heard(lambda pixels, gradient: (pixels * gradient[::-1]).sum()),
            "Your gradient is upside down: its row 0 meets the last row of pixels.",
        ),
        Slip(
            "mirrored",
            heard(lambda pixels, gradient: (pixels * gradient[:, ::-1]).sum()),
            "Your gradient is mirrored: its column 0 meets the last column of pixels.",
        ),
        Slip(
            "the first cell only",
            only_at(0, 0),
            "Only the first cell is heard. The kernel has stood at all the others, too.",
        ),
        Slip(
            "the last cell only",
            only_at(-1, -1),
            "Only the last cell is heard: what the others say is overwritten. Add it up, with `+=`.",
        ),
        Slip(
            "pixels without gradient",
            heard(lambda pixels, gradient: pixels.sum()),
            "You add up the pixels that a weight has seen. Each counts as much as the gradient of its cell says.",
        ),
        Slip(
            "gradient without pixels",
            heard(lambda pixels, gradient: gradient.sum()),
            "You add up the gradient, the same for all weights. That is what a *bias* hears; a weight is multiplied by"
            " a pixel first.",
        ),
        Slip(
            "sums multiplied",
            heard(lambda pixels, gradient: pixels.sum() * gradient.sum()),
            "You add up both, and multiply the sums. Multiply at each cell first, and add up then.",
        ),
        Slip(
            "added, not multiplied",
            heard(lambda pixels, gradient: (pixels + gradient).sum()),
            "You add pixel and gradient. If a weight grows by 1, its cell grows by the pixel: that is a product.",
        ),
        Slip(
            "pixels squared",
            heard(lambda pixels, gradient: (pixels**2 * gradient).sum()),
            "Each pixel counts twice, as its square. It is multiplied by the gradient, once.",
        ),
        Slip(
            "gradient squared",
            heard(lambda pixels, gradient: (pixels * gradient**2).sum()),
            "You square the gradient. Then −2 says the same as 2, and it should say the contrary.",
        ),
        Slip(
            "signs dropped",
            heard(lambda pixels, gradient: (pixels * np.abs(gradient)).sum()),
            "You drop the signs of the gradient before you add up. Cells may pull a weight in opposite directions.",
        ),
        Slip(
            "signs only",
            heard(lambda pixels, gradient: (pixels * np.sign(gradient)).sum()),
            "You take the signs of the gradient alone. A cell where the loss is steep has more to say than others.",
        ),
        Slip(
            "above 0 only",
            heard(lambda pixels, gradient: (pixels * np.maximum(gradient, 0)).sum()),
            "You leave out where the gradient is below 0. It is a gradient, no map after ReLU: what is below 0 counts.",
        ),
        Slip(
            "where the weight should go",
            lambda image, gradient: -filter_gradient(image, gradient),
            "All signs are the other way round: that is where the weights should *go*. The gradient says where the loss"
            " rises; whoever takes the step puts the minus.",
        ),
        Slip(
            "divided by the weights",
            lambda image, gradient: filter_gradient(image, gradient) / filter_gradient(image, gradient).size,
            "You divide by the number of weights. Each has its own gradient; they share nothing.",
        ),
        Slip(
            "all weights together",
            lambda image, gradient: filter_gradient(image, gradient).sum(),
            "You add up over the weights as well. Each weight has a sum of its own.",
        ),
        Slip(
            "picture from 0 to 1",
            lambda image, gradient: filter_gradient(image / 255, gradient),
            "You divide the image by 255. Here it counts as it comes.",
        ),
        Slip(
            "+1 forgotten",
            one_less,
            "Your last row and your last column of weights are missing. A map as large as the image would come from a"
            " kernel of 1 × 1, not of 0 × 0.",
        ),
        Slip(
            "as large as the image",
            as_large_as_the_image,
            "Your result is as large as the image: there are weights in it that the kernel does not have.",
        ),
        Slip(
            "multiplied once",
            multiplied_once,
            "You lay the gradient on the corner of the image, and multiply. That is what the *first* weight hears;"
            " add it up, and do the same for the others.",
        ),
        Slip(
            "square input assumed",
            lambda image, gradient: filter_gradient(image, gradient)[:, : image.shape[0] - gradient.shape[0] + 1],
            "You use the number of rows for the columns as well: some columns of weights are missing. A kernel need"
            " not be square.",
        ),
        Slip(
            "whole numbers",
            lambda image, gradient: filter_gradient(image, gradient).astype(int),
            "Your decimals are cut off. The gradient has some, so the sums have, too.",
            because=syntax.CUTS_OFF,
        ),
    ),
    ways=(
        gradient_cell_by_cell,
        gradient_in_four_loops,
        gradient_by_windows,
        gradient_as_a_table,
        gradient_by_dots,
    ),
    hints=(
        "The weight in the upper left corner has seen the upper left part of the image, a pixel for each cell of the"
        " map. So that part is as large as the map. Which part has its right neighbor seen?",
        "A kernel that makes 3 rows of 5 has 3 rows itself: `rows = image.shape[0] - gradient.shape[0] + 1`. Then two"
        " loops, over the weights.",
    ),
    why="The gradient has slid over the image like a kernel: learning is a convolution, too. And since every cell adds"
    " its part, a filter learns from the whole picture at once.",
)

# === Exercise: three learning rates ================================================================

RATES = {"A": 8, "B": 0.001, "C": 0.5}
CURVES = {  # the loss before the first step, and after each third one
    "A": [2.37, 111.92, 3.44, 2.51, 2.3, 2.3, 2.3, 2.3, 2.3, 2.3, 2.3, 2.3, 2.3, 2.3, 2.3, 2.3],
    "B": [2.37, 2.37, 2.37, 2.37, 2.36, 2.36, 2.36, 2.36, 2.36, 2.36, 2.36, 2.35, 2.35, 2.35, 2.35, 2.35],
    "C": [2.37, 2.1, 1.91, 1.69, 1.5, 1.48, 1.29, 1.04, 0.92, 0.81, 0.73, 0.63, 0.56, 0.5, 0.45, 0.42],
}
LARGE, SMALL, GOOD = RATES["A"], RATES["B"], RATES["C"]

THREE = f"""# One network, begun three times alike, learns 200 digits: at the rates 0.001, 0.5 and 8. Which is which?
# Each list holds the loss before the first step, and then after every third step.
A = {CURVES["A"]}
B = {CURVES["B"]}
C = {CURVES["C"]}
rates = [{{}}, {{}}, {{}}]  # the learning rate of A, that of B, that of C"""


def are(*wanted):
    """Return a predicate: whether the rates are these, but for rounding."""
    return lambda rates: bool(np.allclose(rates, wanted, rtol=1e-3, atol=0))


def known(rates):
    """Return for each rate whether it is one of the three."""
    return np.isclose(rates[:, np.newaxis], list(RATES.values()), rtol=1e-3, atol=0).any(axis=1)


def are_tens_off(rates):
    """Tell whether each rate is one of the three, but for zeros in front or behind."""
    if (rates <= 0).any():
        return False
    tens = np.log10(rates[:, np.newaxis] / list(RATES.values()))
    return bool((np.abs(tens - np.round(tens)) < 1e-3).any(axis=1).all())


def which_is_none(rates):
    """Say which number is none of the three rates."""
    odd = rates[~known(rates)][0]
    return f"{odd:g} is none of the three rates: 0.001, 0.5 and 8. Write the rate of each curve as it stands there."


LEARNING_RATE = ValueExercise(
    name="learning_rate",
    title="Three learning rates",
    stub=THREE.format(0, 0, 0),
    answer=THREE.format(*RATES.values()),
    variable="rates",
    untouched=[0, 0, 0],
    shape=(3,),
    right=are(*RATES.values()),
    far=which_is_none,
    slips=(
        Slip(
            "by size",
            are(SMALL, GOOD, LARGE),
            "Those are the three rates by size. The curves stand in another order: look for the one that leaps.",
            example=[SMALL, GOOD, LARGE],
        ),
        Slip(
            "small and good exchanged",
            are(LARGE, GOOD, SMALL),
            "A is right. Of the other two, one goes down a long way, and one has hardly moved after 45 steps. How long"
            " are its steps?",
            example=[LARGE, GOOD, SMALL],
        ),
        Slip(
            "good and large exchanged",
            are(GOOD, SMALL, LARGE),
            "B is right. Of the other two, one gets down to 0.42, and one has been at 111.92. Which of them has made"
            " steps that were too long?",
            example=[GOOD, SMALL, LARGE],
        ),
        Slip(
            "small and large exchanged",
            are(SMALL, LARGE, GOOD),
            "C is right. A and B both stay high, for opposite reasons: one is thrown about, one creeps.",
            example=[SMALL, LARGE, GOOD],
        ),
        Slip(
            "all three wrong",
            are(GOOD, LARGE, SMALL),
            "None of them fits. With tiny steps a loss changes by little each time, with giant ones it leaps. Which"
            " curve does neither?",
            example=[GOOD, LARGE, SMALL],
        ),
        Slip(
            "some are still 0",
            lambda rates: bool((rates == 0).any()),
            "There is still a 0. At a rate of 0, nothing would ever change.",
            example=[LARGE, 0, 0],
        ),
        Slip(
            "below 0",
            lambda rates: bool((rates < 0).any()),
            "A learning rate is above 0. The minus stands in the step: number minus rate times slope.",
            example=[-8, -0.001, -0.5],
        ),
        Slip(
            "numbered by size",
            lambda rates: sorted(rates) == [1, 2, 3],
            "You number them. Write the rates themselves, as they stand in the first line.",
            example=[3, 1, 2],
        ),
        Slip(
            "the last losses",
            are(*(curve[-1] for curve in CURVES.values())),
            "Those are the last losses. Wanted are the learning rates that have led there.",
            example=[curve[-1] for curve in CURVES.values()],
        ),
        Slip(
            "the first losses",
            are(*(curve[0] for curve in CURVES.values())),
            "Those are the first losses: all three begin alike. Wanted are the learning rates.",
            example=[curve[0] for curve in CURVES.values()],
        ),
        Slip(
            "the highest losses",
            are(*(max(curve) for curve in CURVES.values())),
            "Those are the highest losses. Wanted are the learning rates that have led there.",
            example=[max(curve) for curve in CURVES.values()],
        ),
        Slip(
            "one for all",
            lambda rates: bool((rates == rates[0]).all() and known(rates).all()),
            "You give all three the same rate. Then all three curves would be the same as well.",
            example=[GOOD, GOOD, GOOD],
        ),
        Slip(
            "one twice",
            lambda rates: bool(known(rates).all()),
            "One rate stands there twice, and one is missing. Each belongs to one curve.",
            example=[LARGE, SMALL, SMALL],
        ),
        Slip(
            "zeros miscounted",
            are_tens_off,
            "There is a 0 too many, or one is missing. The three rates are 0.001, 0.5 and 8.",
            example=[8, 0.0001, 0.5],
        ),
    ),
    ways=(
        np.array([8, 0.001, 0.5]),
        (8.0, 1e-3, 1 / 2),
        [RATES[name] for name in "ABC"],
        np.array([8, 0.001, 0.5], dtype=np.float32),
        [2**3, 1 / 1000, 0.5],
    ),
    hints=(
        "The step is rate times slope. If the rate is tiny, how much can the loss change? If it is huge, where does the"
        " step end?",
        "`rates = [...]`: begin with the curve that has been at 111.92, and with what throws a network that far.",
    ),
    why="Too small, and you wait forever. Too large, and it is thrown out of the valley: A ends at 2.30, where all ten"
    " digits get about the same share, and never comes back. People try a few rates, each ten times the last.",
)

# === Exercise: find the data leak ==================================================================


def leaked(train, test):
    """Find the data leak: the test pictures that are among the training pictures as well.

    Both are tables, and each row is a picture, laid out flat. Return the numbers of
    those rows of test that stand in train, too, every pixel the same: [2, 5], say.
    They go up, and the first row has number 0.
    """
    found = []
    for number, picture in enumerate(test):
        if (train == picture).all(axis=1).any():
            found.append(number)
    return found


def leaked_by_comparing_all(train, test):
    """Compare every test picture with every training picture at once."""
    same = test[:, np.newaxis] == train[np.newaxis]
    return np.flatnonzero(same.all(axis=2).any(axis=1))


def leaked_by_sets(train, test):
    """Put the training pictures into a set, and ask it."""
    known = {tuple(picture) for picture in train.tolist()}
    return [number for number, picture in enumerate(test.tolist()) if tuple(picture) in known]


def leaked_in_three_loops(train, test):
    """Compare pixel by pixel, in plain Python."""
    found = []
    for number in range(len(test)):
        is_there = False
        for other in range(len(train)):
            differ = 0
            for pixel in range(test.shape[1]):
                if test[number, pixel] != train[other, pixel]:
                    differ += 1
            if differ == 0:
                is_there = True
        if is_there:
            found.append(number)
    return found


def leaked_by_distances(train, test):
    """See how far the nearest training picture is."""
    nearest = [min(np.abs(train.astype(float) - picture).sum(axis=1)) for picture in test]
    return np.where(np.array(nearest) == 0)[0]


def leaked_as_text(train, test):
    """Make a text of each picture, and look for it in a list."""
    texts = [str(picture) for picture in train.tolist()]
    return [number for number in range(len(test)) if str(test[number].tolist()) in texts]


def leaks(same):
    """Return the finding of whoever calls two pictures the same if `same(picture, other)` says so."""
    return lambda train, test: [i for i, one in enumerate(test) if any(same(one, other) for other in train)]


def instead(make):
    """Return the answer of whoever makes something else of what has leaked: `make` takes it, train and test."""
    return lambda train, test: make(leaked(train, test), train, test)


def same_place(train, test):
    """Compare each test picture with the training picture of the same number."""
    most = min(len(train), len(test))
    return [number for number in range(most) if (train[number] == test[number]).all()]


def pixels_anywhere(train, test):
    """Ask of each pixel whether it stands anywhere in the training pictures."""
    return np.flatnonzero(np.isin(test, train).all(axis=1))


def pixels_in_any_picture(train, test):
    """Ask at each place whether some training picture has the same pixel there."""
    return np.flatnonzero((test[:, np.newaxis] == train).any(axis=1).all(axis=1))


def each_once(train, test):
    """Name a picture that stands in the test twice only once."""
    seen, found = [], []
    for number in leaked(train, test):
        if test[number].tolist() not in seen:
            seen.append(test[number].tolist())
            found.append(number)
    return found


def a_line_for_each_copy(train, test):
    """Name a picture as often as it stands in train."""
    return [number for number, one in enumerate(test) for other in train if (one == other).all()]


def pairs_of_numbers(train, test):
    """Return both numbers of each leak."""
    pairs = [(i, j) for i, one in enumerate(test) for j, other in enumerate(train) if (one == other).all()]
    return np.array(pairs).reshape(-1, 2)


def twins_in_test(train, test):
    """Look for test pictures that stand in the test twice."""
    return [i for i, one in enumerate(test) if (test == one).all(axis=1).sum() > 1]


LEAKED = FunctionExercise(
    title="Find the data leak",
    solution=leaked,
    cases=(
        (
            np.array(
                [[7, 0, 3, 9], [1, 1, 5, 2], [4, 8, 8, 0], [6, 2, 0, 6], [1, 1, 5, 2], [0, 3, 9, 9], [2, 4, 6, 3]]
            ),
            np.array(
                [[1, 1, 5, 3], [4, 8, 8, 0], [9, 3, 0, 7], [1, 1, 5, 2], [7, 1, 8, 0], [4, 8, 8, 0], [5, 6, 1, 8]]
            ),
        ),
        (
            np.array([[2.5, 0.5, 1], [0.5, 2.5, 1], [3, 3, 3], [2, 0, 1]]),
            np.array([[3, 3, 3], [2.5, 1, 0.5], [1, 1, 2], [3, 3, 2.5], [3, 2.5, 3], [1, 1, 2], [0.5, 2.5, 1]]),
        ),
        (
            np.array([[200, 0, 90, 255, 10], [0, 250, 0, 3, 30], [17, 17, 90, 0, 66]], np.uint8),
            np.array([[200, 250, 90, 3, 10], [0, 251, 0, 2, 30], [17, 17, 90, 0, 66], [10, 255, 90, 0, 200]], np.uint8),
        ),
        (
            np.array([[4, 0, 1], [1, 0, 4], [2, 2, 2], [0, 1, 3]]),
            np.array([[4, 1, 0], [2, 2, 1], [0, 4, 1], [2, 0, 4]]),
        ),
        (
            np.array([[5, 2], [2, 2], [8, 1], [0, 4], [3, 3], [8, 1], [6, 7]]),
            np.array([[2, 5], [6, 7], [8, 4], [6, 7], [8, 1], [5, 2]]),
        ),
        (
            np.array([[1, 2, 3, 4, 5, 6], [6, 5, 4, 3, 2, 1]]),
            np.array([[1, 2, 3, 4, 5, 6], [1, 2, 3, 3, 5, 6], [6, 5, 4, 3, 2, 1], [3, 2, 1, 6, 5, 4]]),
        ),
    ),
    topics="function",
    stops=(
        (
            "ValueError",
            "Comparing two pictures gives an answer for each pixel: say whether `all` or `any` of them count.",
        ),
    ),
    slips=(
        Slip(
            "all of them",
            lambda train, test: np.arange(len(test)),
            "You name every test picture. Only those count that stand in `train` as well.",
        ),
        Slip(
            "numbers of train",
            lambda train, test: [j for one in test for j, other in enumerate(train) if (one == other).all()],
            "Those are the numbers that the pictures have in `train`. Wanted are those that they have in `test`.",
        ),
        Slip(
            "the first is skipped",
            instead(lambda found, train, test: [number for number in found if number > 0]),
            "You never look at row 0 of test. Where does your count begin?",
        ),
        Slip(
            "none of them",
            lambda train, test: [],
            "You find no leak anywhere, and there is one in most of the inputs. Do you compare each picture of the test"
            " with all of train, or only with that of the same number? And does what you find get into the list?",
        ),
        Slip(
            "means compared",
            leaks(lambda one, other: abs(one.mean() - other.mean()) < 1e-9),
            "You compare how bright the pictures are on average. Quite different pictures may have one mean.",
        ),
        Slip(
            "sorted pixels",
            leaks(lambda one, other: sorted(one) == sorted(other)),
            "You compare which pixels there are, not where. Moved to other places, they make another picture.",
        ),
        Slip(
            "first pixel",
            leaks(lambda one, other: one[0] == other[0]),
            "You compare the first pixels alone. Many pictures have the same corner.",
        ),
        Slip(
            "last pixel",
            leaks(lambda one, other: one[-1] == other[-1]),
            "You end up comparing the last pixels alone. Does each pixel overwrite what the one before has said?",
        ),
        Slip(
            "some pixel",
            leaks(lambda one, other: (one == other).any()),
            "One equal pixel is enough for you. All of them must be equal.",
        ),
        Slip(
            "nearly the same",
            leaks(lambda one, other: np.abs(one.astype(float) - other).max() <= 1),
            "You count pictures as well that are only nearly the same. One pixel that differs makes another picture.",
        ),
        Slip(
            "no pixel the same",
            leaks(lambda one, other: (one != other).all()),
            "You look for pictures that have no pixel in common. It is the contrary that leaks.",
        ),
        Slip(
            "pixels anywhere",
            pixels_anywhere,
            "You ask of each pixel whether it stands *anywhere* in `train`. That is what `in` and `np.isin` do with"
            " arrays. Ask whether one picture has all of them, each in its place.",
        ),
        Slip(
            "pixels of several pictures",
            pixels_in_any_picture,
            "You find each pixel in some training picture, but not all in the same one. First `all` pixels of one"
            " picture, then `any` picture.",
        ),
        Slip(
            "the same place",
            same_place,
            "You compare picture 0 with picture 0, picture 1 with picture 1. A leak may stand anywhere in `train`.",
        ),
        Slip(
            "the first training picture",
            lambda train, test: leaked(train[:1], test),
            "You compare with the first training picture only. Does your loop end too early?",
        ),
        Slip(
            "the last training picture",
            lambda train, test: leaked(train[-1:], test),
            "Only the last training picture counts in the end. Does your loop overwrite what it has found?",
        ),
        Slip(
            "the first test picture",
            lambda train, test: leaked(train, test[:1]),
            "Only the first test picture is looked at. Does a `return` or a `break` end the loop?",
        ),
        Slip(
            "never put back",
            instead(lambda found, train, test: np.arange(*found[:1], len(test)) if found else []),
            "From the first leak on, you name every picture. What you have found out about one must be put back to"
            " `False` before the next.",
        ),
        Slip(
            "training pictures",
            lambda train, test: leaked(test, train),
            "Those are the numbers of the *training* pictures. Wanted are those of the test pictures.",
        ),
        Slip(
            "not leaked",
            instead(lambda found, train, test: [i for i in range(len(test)) if i not in found]),
            "Those are the test pictures that are fine. Wanted are the others.",
        ),
        Slip(
            "the first leak only",
            instead(lambda found, train, test: found[:1]),
            "You stop at the first leak. There may be more.",
        ),
        Slip(
            "how many",
            instead(lambda found, train, test: len(found)),
            "You return *how many* have leaked. Wanted is which.",
        ),
        Slip(
            "whether",
            instead(lambda found, train, test: int(bool(found))),
            "You return whether there is a leak. Wanted is which pictures have leaked.",
        ),
        Slip(
            "1 and 0",
            instead(lambda found, train, test: [int(i in found) for i in range(len(test))]),
            "You say of each test picture whether it has leaked. Wanted are the numbers of those that have:"
            " `np.flatnonzero` makes them of it.",
        ),
        Slip(
            "counted from 1",
            instead(lambda found, train, test: [number + 1 for number in found]),
            "You count from 1. The first picture has number 0.",
        ),
        Slip(
            "the pictures",
            instead(lambda found, train, test: list(test[found])),
            "Those are the pictures themselves. Wanted are their numbers.",
        ),
        Slip(
            "a table of pictures",
            instead(lambda found, train, test: test[found]),
            "You take the right rows out of `test`. Wanted are their numbers, not their pixels.",
        ),
        Slip(
            "in a tuple",
            instead(lambda found, train, test: [found]),
            "Your numbers are right, but a row stands inside of another: `np.where` returns one row for each axis. Take"
            " the first, with `[0]`.",
        ),
        Slip(
            "each once",
            each_once,
            "A picture that stands in the test twice has leaked twice. You name it once.",
        ),
        Slip(
            "once for each copy",
            a_line_for_each_copy,
            "You name a test picture once for each copy of it in `train`. Once is enough.",
        ),
        Slip(
            "pairs",
            pairs_of_numbers,
            "You return pairs, with the number in `train` beside it. Wanted are the numbers in `test` alone.",
        ),
        Slip(
            "twins within the test",
            twins_in_test,
            "You look for test pictures that stand in the *test* twice. A leak leads from `train` to `test`.",
        ),
        Slip(
            "from behind",
            instead(lambda found, train, test: found[::-1]),
            "You have found all of them, but from behind. The numbers should go up.",
        ),
    ),
    ways=(
        leaked_by_comparing_all,
        leaked_by_sets,
        leaked_in_three_loops,
        leaked_by_distances,
        leaked_as_text,
    ),
    hints=(
        "Two questions, one inside the other. Are *all* pixels of two pictures the same? And does that hold for *any*"
        " picture of `train`?",
        "`for number, picture in enumerate(test):`, and then `train == picture` compares it with all rows at once.",
    ),
    why="A network may know such pictures by heart, and then the test says nothing of what it can do with new ones."
    " Look for copies before you believe a number that is too good.",
)

# === Bug hunt ======================================================================================


def split_by_writer(writers):
    """Mark a fifth of all pictures, rounded up, for the test: 1. The others get a 0.

    writers is a row: who has written each picture, by a number. A hand that was seen
    in training would be too easy in the test, so nobody's pictures are in both parts.
    """
    order = np.argsort(writers, kind="stable")
    marks = np.zeros(len(writers), dtype=int)
    marks[order[len(writers) * 4 // 5 :]] = 1
    return marks


def nobody_in_both(writers):
    """Mark all pictures of everybody of whom `split_by_writer` marks one."""
    return np.isin(writers, writers[split_by_writer(writers) == 1]).astype(int)


def is_kept_apart(writers):
    """Tell whether `split_by_writer` leaves nobody in both parts."""
    return bool((split_by_writer(writers) == nobody_in_both(writers)).all())


def tested(writers):
    """Return the people whose pictures are in the test."""
    return np.unique(writers[split_by_writer(writers) == 1])


def times_each(writers):
    """Return how many pictures each person has written."""
    return np.unique(writers, return_counts=True)[1]


BY_WRITER = bug_hunt(
    split_by_writer,
    nobody_in_both,
    title="Bug hunt: the same hand",
    ask="a row of writers of whom one gets into both parts. [3, 3, 3, 3, 5, 5, 5, 5, 9, 9] is split well",
    evidence="[3, 3, 3, 5, 5]",
    slips=(
        Slip(
            "a single number",
            lambda writers: writers.ndim == 0,
            "That is a single number. Give a row: one number for each picture.",
            example=3,
        ),
        Slip(
            "a table",
            lambda writers: writers.ndim > 1,
            "That has rows and columns. Give a single row: one number for each picture.",
            example=[[1, 1, 2], [1, 2, 2]],
        ),
        Slip(
            "nothing",
            lambda writers: writers.size == 0,
            "That row is empty: nobody has written anything.",
            example=[],
        ),
        Slip(
            "no whole numbers",
            lambda writers: bool((writers % 1).any()),
            "Writers have whole numbers. Who would be number 1.5?",
            example=[1.5, 1.5, 2, 2],
        ),
        Slip(
            "one picture",
            lambda writers: writers.size == 1,
            "A single picture goes into the test, and nothing is left to learn from. Nobody is in both parts.",
            example=[4],
        ),
        Slip(
            "one person",
            lambda writers: bool((writers == writers[0]).all()),
            "One person has written everything. Nobody could split that well. Let there be two people, or more.",
            example=[4, 4, 4, 4, 4, 4],
        ),
        Slip(
            "nobody twice",
            lambda writers: bool((times_each(writers) == 1).all()),
            "Everybody has written one picture. Whoever is in one part cannot be in the other as well.",
            example=[1, 2, 3, 4, 5, 6, 7],
        ),
        Slip(
            "a single picture in the test",
            lambda writers: is_kept_apart(writers) and split_by_writer(writers).sum() == 1,
            "One picture goes into the test, and its writer has written no other. Who is the last, once they are"
            " sorted, and how many pictures have they?",
            example=[1, 1, 1, 2, 3],
        ),
        Slip(
            "everybody as many",
            lambda writers: is_kept_apart(writers) and len(set(times_each(writers))) == 1,
            "Everybody has written as many pictures, and four fifths of all end just where one person ends. Must they?",
            example=[1, 1, 2, 2, 3, 3, 4, 4, 5, 5],
        ),
        Slip(
            "one person in the test",
            lambda writers: is_kept_apart(writers) and len(tested(writers)) == 1,
            "The test gets one person, with all that they have written. What if they had written more?",
            example=[3, 3, 3, 3, 3, 5, 5, 5, 9, 9],
        ),
        Slip(
            "several whole people in the test",
            lambda writers: is_kept_apart(writers),
            "The test gets several people, each with all that they have written. Where is the row cut, once it is"
            " sorted? Who stands on either side?",
            example=[1, 1, 1, 2, 2, 2, 2, 2, 3, 4],
        ),
    ),
    ways=(
        [0, 1, 1, 1],
        np.array([8, 8, 2, 2, 8, 2]),
        (1.0, 1.0, 2.0, 2.0, 2.0),
        [-1, -1, -1, -7],
        np.arange(20) // 7,
        np.array([3, 3, 5, 5, 5, 5], np.uint8),
    ),
    hints=(
        "The pictures are sorted by who wrote them, and then cut at four fifths, wherever that may be.",
        "`evidence = [1, 1, ...]`: of five pictures, four go into one part. Who stands before the cut, who behind it?",
    ),
    why="No picture is in both parts, and still something leaks: the hand. Whoever splits pictures asks first what"
    " belongs together: one writer, one patient, one film, one photo and its moved copies.",
)

EXERCISES = (GRADIENT, FILTER, LEARNING_RATE, LEAKED, BY_WRITER)
