"""Lesson 09, Recognize anything: what is done."""

from collections import Counter

import numpy as np

from helpers.exercises import syntax
from helpers.exercises.card import are_same, has_number, is_empty, is_short, quoted, words_in
from helpers.exercises.exercise import CardExercise, FunctionExercise, Heading, Slip, bug_hunt
from helpers.exercises.reading import NAMED, read_names

# === Exercise: prepare a picture ===================================================================


def prepare(image, means):
    """Prepare a picture as the network wants it.

    image is a square RGB picture (row, column, channel), from 0 to 255. The network has
    learned from pictures with the channels in the order blue, green, red. From each
    channel its mean was taken away. means holds the three means, in that same order.
    Nothing is divided, and numbers below 0 are as they should be.
    """
    return image[:, :, ::-1] - means


def prepare_by_channels(image, means):
    """Take the three channels apart, and stack them again."""
    red, green, blue = np.moveaxis(image.astype(float), 2, 0)
    return np.stack([blue - means[0], green - means[1], red - means[2]], axis=2)


def prepare_in_a_loop(image, means):
    """Fill an array channel by channel."""
    result = np.zeros(image.shape)
    for channel in range(3):
        result[:, :, channel] = image[:, :, 2 - channel] - means[channel]
    return result


def prepare_by_a_list(image, means):
    """Say which channels are wanted, in which order."""
    prepared = image[:, :, [2, 1, 0]].astype(np.float32)
    prepared -= means.astype(np.float32)
    return prepared


def prepare_turned_last(image, means):
    """Take away the means while it is RGB, and turn the channels round then."""
    return np.flip(image - means[::-1], axis=2)


def prepare_pixel_by_pixel(image, means):
    """Do it in plain Python."""
    result = []
    for row in image.tolist():
        result.append([(blue - means[0], green - means[1], red - means[2]) for red, green, blue in row])
    return result


def colors(*order):
    """Return the preparation of whoever takes these channels of the RGB picture, in this order."""
    return lambda image, means: image[:, :, list(order)] - means


def from_bgr(make):
    """Return the preparation of whoever makes something else of the channels in the right order, and of the means."""
    return lambda image, means: make(image[:, :, ::-1].astype(float), means)


def in_8_bits(image, means):
    """Store what comes out in 8 bits."""
    return prepare(image, means).astype(int).astype(np.uint8)


SHADES = np.random.default_rng(9)
IMAGENET = np.array([104.006, 116.669, 122.679])


def photo(size, decimals=False):
    """Make up a square picture, without two channels alike."""
    image = SHADES.integers(0, 256, (size, size, 3))
    return image + 0.25 * SHADES.integers(-1, 2, image.shape) if decimals else image.astype(np.uint8)


PREPARE = FunctionExercise(
    title="Prepare a picture",
    solution=prepare,
    cases=(
        (photo(4), IMAGENET),
        (photo(3, decimals=True), np.array([90.5, 130.25, 111.0])),
        (photo(2), np.array([64.0, 32.0, 140.0])),
        (photo(5), IMAGENET),
    ),
    tolerance=1e-3,
    topics="function, array",
    stops=(("ValueError", "Three means go with three channels: is the axis of the channels still the last one?"),),
    slips=(
        Slip(
            "as it came",
            lambda image, means: image,
            "Nothing has changed: your picture is still the one that came in.",
        ),
        Slip(
            "means kept",
            from_bgr(lambda bgr, means: bgr),
            "The order is right. But no mean is taken away.",
        ),
        Slip(
            "RGB kept, and nothing else forgotten",
            lambda image, means: image - means[::-1],
            "Each channel has lost its own mean. But they still come in the order red, green, blue.",
        ),
        Slip(
            "RGB kept",
            colors(0, 1, 2),
            "You take the means away, but the channels still come in the order red, green, blue. So red has lost the"
            " mean of blue.",
        ),
        Slip(
            "means in the wrong order",
            from_bgr(lambda bgr, means: bgr - means[::-1]),
            "The order of the channels is right in the end. But red has lost the mean of blue, and blue that of red:"
            " `means` begins with blue.",
            because=(
                (syntax.has("means[::-1]"), "`means[::-1]` turns round what has the right order already."),
                (syntax.has("image - means"), "When you take `means` away, is the picture turned round already?"),
            ),
        ),
        Slip(
            "divided by 255",
            lambda image, means: prepare(image, means) / 255,
            "All is divided by 255. This network has learned from large numbers: let them be.",
        ),
        Slip(
            "divided by 255 first",
            from_bgr(lambda bgr, means: bgr / 255 - means),
            "You divide by 255, and take means away that are for 0 to 255. What is left is nearly the same everywhere.",
        ),
        Slip(
            "both divided by 255",
            lambda image, means: image / 255 - means / 255,
            "You divide by 255, and the channels are still red, green, blue. This network wants neither.",
        ),
        Slip(
            "from −1 to 1",
            from_bgr(lambda bgr, means: bgr / 127.5 - 1),
            "You bring the picture to −1 to 1. Other networks want that. This one wants its three means taken away.",
        ),
        Slip(
            "rows turned round",
            lambda image, means: image[::-1] - means,
            "Your picture is upside down, and its colors are as they were. Channels are the *last* axis.",
        ),
        Slip(
            "columns turned round",
            lambda image, means: image[:, ::-1] - means,
            "Your picture is mirrored, and its colors are as they were. Channels are the *last* axis.",
        ),
        Slip(
            "all axes turned round",
            lambda image, means: image[::-1, ::-1, ::-1] - means,
            "You turn all three axes round: the picture stands on its head as well. Only the channels change places.",
        ),
        Slip(
            "red and green exchanged",
            colors(1, 0, 2),
            "You exchange red and green. Wanted is blue first, red last.",
        ),
        Slip(
            "green and blue exchanged",
            colors(0, 2, 1),
            "You exchange green and blue. Wanted is blue first, red last.",
        ),
        Slip(
            "moved on by one",
            colors(2, 0, 1),
            "Blue comes first, as it should. But then comes red, and green has to stand in the middle.",
        ),
        Slip(
            "moved back by one",
            colors(1, 2, 0),
            "Your order is green, blue, red. Blue comes first.",
        ),
        Slip(
            "overwritten",
            colors(2, 1, 2),
            "Blue stands there twice, and red is gone. Was it written over before it moved? A view is no copy.",
        ),
        Slip(
            "the other one overwritten",
            colors(0, 1, 0),
            "Red stands there twice, and blue is gone. Was it written over before it moved? A view is no copy.",
        ),
        Slip(
            "signs dropped",
            lambda image, means: np.abs(prepare(image, means)),
            "Your signs are gone. Dark must stay below 0, or it looks like bright.",
        ),
        Slip(
            "cut off at 0",
            lambda image, means: np.maximum(prepare(image, means), 0),
            "What should be below 0 is 0. The network wants it below 0: dark is not the same as middling.",
        ),
        Slip(
            "stored in 8 bits",
            in_8_bits,
            "Your result is stored in 8 bits. There is no room for signs: −1 becomes 255, and dark gets bright.",
            because=syntax.ITS_OWN_KIND,
        ),
        Slip(
            "cut off at 0, in 8 bits",
            lambda image, means: np.maximum(prepare(image, means), 0).astype(np.uint8),
            "What should be below 0 is 0, and the decimals are gone. It need not be a picture any more: leave the"
            " numbers as they come out.",
        ),
        Slip(
            "means in 8 bits",
            lambda image, means: image[:, :, ::-1] - means.astype(np.uint8),
            "Your means are stored in 8 bits, so their decimals are gone. And where the picture is in 8 bits, too, −1"
            " becomes 255.",
        ),
        Slip(
            "whole means",
            from_bgr(lambda bgr, means: bgr - np.trunc(means)),
            "You cut off the decimals of the means. Take away all of them.",
        ),
        Slip(
            "rounded means",
            from_bgr(lambda bgr, means: bgr - np.round(means)),
            "You round the means. Take them as they are.",
        ),
        Slip(
            "channels first",
            lambda image, means: prepare(image, means).transpose(2, 0, 1),
            "Your channels are the first axis. Some libraries want that; here they stay the last.",
        ),
        Slip(
            "whole numbers",
            lambda image, means: np.trunc(prepare(image, means)),
            "Your decimals are cut off. The means have some, so the result has, too.",
            because=syntax.CUTS_OFF,
        ),
        Slip(
            "the picture's own means",
            from_bgr(lambda bgr, means: bgr - bgr.mean(axis=(0, 1))),
            "You take the means of this picture. Wanted are those of the pictures it has learned from: they come in.",
        ),
        Slip(
            "the picture's own mean",
            from_bgr(lambda bgr, means: bgr - bgr.mean()),
            "You take one mean of all that is in this picture. Wanted are the three that come in.",
        ),
        Slip(
            "one mean for all",
            from_bgr(lambda bgr, means: bgr - means.mean()),
            "You take the mean of the three means, and give it to all. Each channel has its own.",
        ),
        Slip(
            "the first mean for all",
            from_bgr(lambda bgr, means: bgr - means[0]),
            "All three channels lose the mean of blue. Each has its own.",
        ),
        Slip(
            "added",
            from_bgr(lambda bgr, means: bgr + means),
            "You add the means. They are taken away.",
        ),
        Slip(
            "the other way round",
            lambda image, means: -prepare(image, means),
            "All signs are the other way round: you take the picture away from the means. It is now a negative.",
        ),
        Slip(
            "divided by the means",
            from_bgr(lambda bgr, means: bgr / means),
            "You divide by the means. They are taken away.",
        ),
    ),
    ways=(
        prepare_by_channels,
        prepare_in_a_loop,
        prepare_by_a_list,
        prepare_turned_last,
        prepare_pixel_by_pixel,
    ),
    hints=(
        "Two things, and the order matters: first the channels in their new places, then the means. A slice can go"
        " through an axis from behind. Which axis are the channels?",
        "`image[:, :, ...]`: all rows, all columns, and then? NumPy takes three means away from three channels, at"
        " every pixel.",
    ),
    why="Nobody can see this from outside: with the wrong order it still answers, and often sounds sure. Whoever takes"
    " a network over has to take its preparation over, too.",
)

# === Exercise: the best few ========================================================================


def top(shares, names, count):
    """Name the classes with the largest shares, the largest first.

    shares is a row with a number for each class. names is a list with a text for each,
    in the same order. count says how many names are wanted: return a list of them.
    """
    order = np.argsort(-shares)
    return [names[number] for number in order[:count]]


def top_from_behind(shares, names, count):
    """Sort upwards, and read from behind."""
    order = shares.argsort()[::-1]
    return [names[order[place]] for place in range(count)]


def top_by_pairs(shares, names, count):
    """Sort pairs of a share and a name."""
    pairs = sorted(zip(shares, names, strict=True), reverse=True)
    return [name for share, name in pairs[:count]]


def top_one_by_one(shares, names, count):
    """Take the largest, cross it out, and look again."""
    left, found = shares.copy(), []
    for _ in range(count):
        best = left.argmax()
        found.append(names[best])
        left[best] = -1
    return found


def top_by_key(shares, names, count):
    """Sort the numbers of the classes by what they get."""
    numbers = sorted(range(len(names)), key=lambda number: shares[number], reverse=True)
    return tuple(names[number] for number in numbers)[:count]


def top_of_an_array(shares, names, count):
    """Let an array of names be put in order."""
    return np.array(names)[np.argsort(1 - shares)][:count]


def ranked(result, shares, names, count):
    """Return a result with numbers for names. Of two equal shares either may come first, but no name comes twice."""
    numbers, times = read_names(result, names).astype(float), Counter()
    for place, number in np.ndenumerate(numbers):
        label = number % NAMED
        if label in range(len(shares)):
            like = np.flatnonzero(shares == shares[int(label)])[0]
            numbers[place] = number - label + like + times[number] / 4
            times[number] += 1
    return numbers


def order_of(shares):
    """Return the numbers of the classes, that of the largest share first."""
    return np.argsort(-shares, kind="stable")


def by_order(make):
    """Return the answer of whoever makes something else of the right order: `make` takes it, shares, names, count."""
    return lambda shares, names, count: make(order_of(shares).tolist(), shares, names, count)


def taken(choose):
    """Return the answer of whoever takes other names: `choose` takes the right order and count."""
    return by_order(lambda order, shares, names, count: [names[number] for number in choose(order, count)])


def twice(shares, names, count):
    """Look each share up again, and find the first class that has it."""
    return [names[shares.tolist().index(share)] for share in sorted(shares.tolist(), reverse=True)[:count]]


def one_is_lost(shares, names, count):
    """Keep the names in a dict, by their shares."""
    by_share = dict(zip(shares.tolist(), names, strict=True))
    return [by_share[share] for share in sorted(by_share, reverse=True)[:count]]


TOP = FunctionExercise(
    title="The best few",
    solution=top,
    cases=(
        (np.array([0.1, 0.02, 0.5, 0.08, 0.3]), ["teapot", "zebra", "tabby", "ant", "lynx"], 3),
        (
            np.array([0.05, 0.4, 0.01, 0.04, 0.2, 0.2, 0.07, 0.03]),
            ["pug", "cup", "yawl", "barn", "mortar", "espresso", "acorn", "web site"],
            4,
        ),
        (np.array([0.25, 0.15, 0.45, 0.05, 0.1]), ["reel", "tripod", "harp", "cello", "bow"], 1),
        (np.array([0.2, 0.7, 0.1]), ["toaster", "banana", "ram"], 3),
        (
            np.array([0.02, 0.06, 0.2, 0.08, 0.3, 0.01, 0.03, 0.3]),
            ["drake", "wok", "oboe", "koala", "vase", "quail", "hog", "ibex"],
            6,
        ),
        (np.array([0.3, 0.25, 0.15, 0.05, 0.14, 0.11]), ["sax", "coil", "drum", "gong", "bib", "mask"], 2),
    ),
    topics="function",
    read=ranked,
    stops=(
        (
            "TypeError",
            "A list takes one whole number in its brackets, not a row of them: fetch the names one by one, in a loop.",
        ),
        ("IndexError", "How many names are there, and which number has the last of them?"),
    ),
    slips=(
        Slip(
            "smallest first",
            taken(lambda order, count: order[:count][::-1]),
            "Those are the right names, but from behind: the largest share comes first.",
        ),
        Slip(
            "the smallest",
            taken(lambda order, count: order[::-1][:count]),
            "Those are the names of the *smallest* shares. `argsort` and `sorted` begin with the smallest.",
        ),
        Slip(
            "the smallest, the very smallest last",
            taken(lambda order, count: order[len(order) - count :]),
            "Those are the names of the *smallest* shares. The largest are at the other end.",
        ),
        Slip(
            "by the alphabet",
            lambda shares, names, count: sorted(names)[:count],
            "You sort the *names*, by the alphabet. It is the shares that say what comes first.",
        ),
        Slip(
            "by the alphabet, from behind",
            lambda shares, names, count: sorted(names, reverse=True)[:count],
            "You sort the *names*, from z to a. It is the shares that say what comes first.",
        ),
        Slip(
            "the right ones by the alphabet",
            by_order(lambda order, shares, names, count: sorted(names[number] for number in order[:count])),
            "Those are the right names, but in the order of the alphabet. The largest share comes first.",
        ),
        Slip(
            "the right ones as they came",
            taken(lambda order, count: sorted(order[:count])),
            "Those are the right names, but in the order in which they came. The largest share comes first.",
        ),
        Slip(
            "the largest alone",
            taken(lambda order, count: order[:1]),
            "You name the largest alone. `count` says how many are wanted. Does a `return` stand inside of a loop?",
        ),
        Slip(
            "the largest alone, as a text",
            by_order(lambda order, shares, names, count: names[order[0]]),
            "That is one name, and no list. `count` says how many are wanted.",
        ),
        Slip(
            "the largest again and again",
            taken(lambda order, count: order[:1] * count),
            "You name the largest again and again. Cross it out before you look for the next.",
        ),
        Slip(
            "shares",
            by_order(lambda order, shares, names, count: shares[order[:count]]),
            "Those are the largest *shares*. Wanted are the names that belong to them.",
        ),
        Slip(
            "numbers",
            by_order(lambda order, shares, names, count: order[:count]),
            "Those are the *numbers* of the right classes. Fetch their names: `names[number]`.",
        ),
        Slip(
            "numbers of the smallest",
            by_order(lambda order, shares, names, count: np.argsort(shares)[:count]),
            "Those are the *numbers* of the smallest shares. Wanted are names, and those of the largest.",
        ),
        Slip(
            "pairs of name and share",
            by_order(lambda order, shares, names, count: [(names[n], shares[n]) for n in order[:count]]),
            "You return pairs, each with its share. Wanted are the names alone.",
        ),
        Slip(
            "pairs of share and name",
            by_order(lambda order, shares, names, count: [(shares[n], names[n]) for n in order[:count]]),
            "You return pairs, each with its share in front. Wanted are the names alone.",
        ),
        Slip(
            "all of them",
            taken(lambda order, count: order),
            "Your order is right. But you return all names, and take no notice of `count`.",
        ),
        Slip(
            "always five",
            taken(lambda order, count: order[:5]),
            "You always return five. `count` says how many are wanted.",
        ),
        Slip(
            "always three",
            taken(lambda order, count: order[:3]),
            "You always return three. `count` says how many are wanted.",
        ),
        Slip(
            "the one at place count",
            by_order(lambda order, shares, names, count: names[order[count]]),
            "That is one name, the one at place `count`. A colon takes all that come before it: `[:count]`.",
        ),
        Slip(
            "each in a list",
            by_order(lambda order, shares, names, count: [[names[number]] for number in order[:count]]),
            "Each name stands in a list of its own. One list for all of them is enough.",
        ),
        Slip(
            "one too few",
            taken(lambda order, count: order[: count - 1]),
            "Your order is right, but one name is missing at the end. `[:n]` takes n of them, `range(1, n)` one less.",
        ),
        Slip(
            "one too many",
            taken(lambda order, count: order[: count + 1]),
            "Your order is right, but there is one name too many. Count them: places 0 to `count` are `count + 1`.",
        ),
        Slip(
            "the largest left out",
            taken(lambda order, count: order[1 : count + 1]),
            "You begin with the second largest. The largest has place 0, and from behind it has place −1.",
        ),
        Slip(
            "the rest",
            taken(lambda order, count: order[count:]),
            "Those are all names but the ones that are wanted: `[count:]` leaves out the first, `[:count]` takes them.",
        ),
        Slip(
            "the first of the list",
            lambda shares, names, count: names[:count],
            "You take the first names of the list, whatever their shares are.",
        ),
        Slip(
            "the last of the list",
            lambda shares, names, count: names[len(names) - count :],
            "You take the last names of the list, whatever their shares are.",
        ),
        Slip(
            "ranks for numbers",
            lambda shares, names, count: [names[n] for n in np.argsort(order_of(shares), kind="stable")[:count]],
            "You sort twice. The first `argsort` says which class comes first; the second says how far in front each"
            " class is, and that is no class.",
        ),
        Slip(
            "a name twice",
            twice,
            "Where two classes have the same share, you name one of them twice. Whoever looks a share up finds the"
            " first that has it.",
        ),
        Slip(
            "one is lost",
            one_is_lost,
            "Where two classes have the same share, one of them is lost. Is there a dict, or a set? Each share stands"
            " in it once.",
        ),
    ),
    ways=(
        top_from_behind,
        top_by_pairs,
        top_one_by_one,
        top_by_key,
        top_of_an_array,
    ),
    hints=(
        "Not the shares are wanted in order, but what belongs to them. `np.argsort` says in which order the *numbers*"
        " of the classes would have to stand, the one with the smallest share first.",
        "`order = np.argsort(...)`: what could stand in the brackets, so that the largest comes first? Then fetch"
        " `names[number]` for the first few.",
    ),
    why="One name hides how sure it was. Five with their shares tell more: two cats at 40 % each is another answer than"
    " one cat at 80 %. With 1,000 classes people often count an answer as right if it is among the first five.",
)

# === Exercise: classify by features ================================================================


def classify(features, weights, bias):
    """Say for each picture which class it is: the number of the class with the largest score.

    features (picture, number) has a row for each picture. weights (number, class) has a
    column for each class, and bias (class,) one number for each. A score is the sum of
    features times weights, plus the bias of the class.
    """
    scores = features @ weights + bias
    return scores.argmax(axis=1)


def classify_in_a_loop(features, weights, bias):
    """Take one picture after the other."""
    found = []
    for picture in features:
        found.append(np.argmax(picture @ weights + bias))
    return found


def classify_in_plain_python(features, weights, bias):
    """Multiply and add number by number, and keep the best."""
    found = []
    for picture in features:
        scores = []
        for label in range(len(bias)):
            score = float(bias[label])
            for number, feature in enumerate(picture):
                score += feature * weights[number, label]
            scores.append(score)
        found.append(scores.index(max(scores)))
    return found


def classify_class_by_class(features, weights, bias):
    """Make a row of scores for each class, one for each picture."""
    scores = [(features * weights[:, label]).sum(axis=1) + bias[label] for label in range(len(bias))]
    return np.argmax(scores, axis=0)


def classify_with_one_more_feature(features, weights, bias):
    """Take the bias as the weight of a feature that is always 1."""
    ones = np.ones((len(features), 1))
    return (np.hstack([features, ones]) @ np.vstack([weights, bias])).argmax(1)


def classify_by_sorting(features, weights, bias):
    """Sort the classes of each picture, and take the last."""
    return np.argsort(np.dot(features, weights) + bias, axis=1)[:, -1]


def by_scores(make):
    """Return the answer of whoever makes something else of the right scores."""
    return lambda features, weights, bias: make(features @ weights + bias)


def scored(score):
    """Return the answer of whoever has other scores: `score` takes what is multiplied and added up, and the bias."""
    return lambda features, weights, bias: score(features @ weights, bias).argmax(axis=1)


def softmax_of(scores):
    """Return the share of each class."""
    exponentials = np.exp(scores - scores.max(axis=1, keepdims=True))
    return exponentials / exponentials.sum(axis=1, keepdims=True)


def weights_turned(features, weights, bias):
    """Exchange rows and columns of the weights."""
    return (features @ weights.T + bias).argmax(axis=1)


def commonest(scores):
    """Return the class that most pictures are."""
    return np.bincount(scores.argmax(axis=1)).argmax()


CLASSIFY = FunctionExercise(
    title="Classify by features",
    solution=classify,
    cases=(
        (
            np.array([[1.0, 0.0, 3.0], [0.0, 2.0, 1.0], [2.0, 1.0, 0.0], [0.5, 4.0, 0.0]]),
            np.array([[2.0, -1.0, 0.5], [-3.0, 1.0, 1.5], [0.5, 2.0, -4.0]]),
            np.array([-1.0, 2.5, 3.25]),
        ),
        (
            np.array([[3.0, 1.0], [0.5, 2.0], [1.0, 0.25], [4.0, 4.0], [0.0, 0.5]]),
            np.array([[-2.0, -1.0, -3.0, -2.5], [-1.0, -4.0, -0.5, -1.5]]),
            np.array([-3.0, -1.0, -2.0, -0.5]),
        ),
        (
            np.array([[2.0, 0.0, 1.0, 1.0, 0.5], [0.0, 3.0, 0.0, 2.0, 1.0]]),
            np.array([[1.0, -2.0], [-1.0, 0.5], [2.0, 1.0], [0.0, 1.5], [-0.5, -1.0]]),
            np.array([-6.0, 0.5]),
        ),
        (np.array([[1.5, 0.0, 2.0]]), np.array([[1.0, 0.0, 2.0], [3.0, -1.0, 0.5], [-2.0, 1.0, 0.25]]), np.zeros(3)),
        (
            np.array([[0.0, 1.0, 2.0], [5.0, 0.0, 1.0], [1.0, 1.0, 1.0], [0.0, 6.0, 0.0], [2.0, 0.0, 0.0]]),
            np.array(
                [[-1.0, 2.0, 0.0, 1.0, -6.0], [1.0, 0.0, -7.0, 2.0, 1.5], [2.0, -1.0, 3.0, -2.0, 0.0]],
            ),
            np.array([0.5, -3.0, -1.0, 2.0, 1.0]),
        ),
    ),
    topics="function, bias",
    stops=(
        (
            "ValueError",
            "Print both shapes: `@` adds up over the columns of what stands on its left and the rows of what stands on"
            " its right.",
        ),
    ),
    slips=(
        Slip(
            "bias forgotten",
            scored(lambda sums, bias: sums),
            "You forget `bias`. It says which class is ahead before anything is seen.",
        ),
        Slip(
            "bias taken away",
            scored(lambda sums, bias: sums - bias),
            "You take `bias` away. It is added.",
        ),
        Slip(
            "bias multiplied",
            scored(lambda sums, bias: sums * bias),
            "You multiply by `bias`. It is added.",
        ),
        Slip(
            "bias alone",
            scored(lambda sums, bias: 0 * sums + bias),
            "Each picture gets the class with the largest `bias`. What has become of the features?",
        ),
        Slip(
            "the last feature only",
            lambda features, weights, bias: (features[:, -1:] * weights[-1]).argmax(axis=1),
            "Only the last feature counts in the end: it overwrites what was there before, the bias included. Add it"
            " up, with `+=`.",
        ),
        Slip(
            "the first feature only",
            lambda features, weights, bias: (features[:, :1] * weights[0] + bias).argmax(axis=1),
            "Only the first feature counts. Does a loop end too early?",
        ),
        Slip(
            "averaged",
            lambda features, weights, bias: (features @ weights / len(weights) + bias).argmax(axis=1),
            "You take the mean over the features. Then the bias weighs more than it should: add them up.",
        ),
        Slip(
            "wrong axis",
            by_scores(lambda scores: scores.argmax(axis=0)),
            "You ask of each *class* which picture it likes best. Ask of each picture: along which axis do the classes"
            " lie?",
        ),
        Slip(
            "no axis",
            by_scores(lambda scores: scores.argmax()),
            "That is one number: the place of the largest score of all. Without an `axis`, `argmax` takes the table for"
            " one long row.",
        ),
        Slip(
            "largest scores",
            by_scores(lambda scores: scores.max(axis=1)),
            "Those are the largest *scores*. Wanted is which class has them: a number that says where.",
        ),
        Slip(
            "scores",
            by_scores(lambda scores: scores),
            "Those are the scores of all classes. Which of them is the largest, for each picture?",
        ),
        Slip(
            "shares",
            by_scores(softmax_of),
            "Those are the shares of all classes. Which of them is the largest, for each picture?",
        ),
        Slip(
            "largest shares",
            by_scores(lambda scores: softmax_of(scores).max(axis=1)),
            "You say how sure it is. Wanted is of what: the number of the class.",
        ),
        Slip(
            "smallest score",
            by_scores(lambda scores: scores.argmin(axis=1)),
            "You take the class with the *smallest* score. That is the one it fits least.",
        ),
        Slip(
            "signs dropped",
            by_scores(lambda scores: np.abs(scores).argmax(axis=1)),
            "You drop the signs of the scores. A score far below 0 says: not this one.",
        ),
        Slip(
            "cut off at 0",
            by_scores(lambda scores: np.maximum(scores, 0).argmax(axis=1)),
            "You cut the scores off at 0. Where all are below 0, none is the largest any more. After the last layer"
            " comes no ReLU.",
        ),
        Slip(
            "first picture only",
            by_scores(lambda scores: scores[0].argmax()),
            "Only the first picture gets a class. Does a `return` stand inside of a loop?",
        ),
        Slip(
            "first picture only, in a row",
            by_scores(lambda scores: scores[:1].argmax(axis=1)),
            "Your row ends after the first picture. Does the loop end too early?",
        ),
        Slip(
            "last picture only",
            by_scores(lambda scores: scores[-1].argmax()),
            "Only the last picture gets a class. Put each of them into a list, with `append`.",
        ),
        Slip(
            "all pictures together",
            by_scores(lambda scores: scores.sum(axis=0).argmax()),
            "You add up the scores of all pictures, and get one class for all. Each picture has its own.",
        ),
        Slip(
            "the commonest class",
            by_scores(commonest),
            "You return the class that most of the pictures are. Each picture has its own.",
        ),
        Slip(
            "counted from 1",
            by_scores(lambda scores: scores.argmax(axis=1) + 1),
            "You count from 1. The first class has number 0.",
        ),
        Slip(
            "1 and 0",
            by_scores(lambda scores: np.eye(scores.shape[1])[scores.argmax(axis=1)]),
            "You mark the class with a 1 in a row of zeros. Wanted is its number.",
        ),
        Slip(
            "the whole order",
            by_scores(lambda scores: scores.argsort(axis=1)),
            "You return all classes of each picture in order. Wanted is one of them: that with the largest score.",
        ),
        Slip(
            "the second largest",
            by_scores(lambda scores: scores.argsort(axis=1)[:, -2]),
            "You take the class with the second largest score. In a row, place −1 is the last, −2 the one before.",
        ),
        Slip(
            "weights turned",
            weights_turned,
            "You exchange rows and columns of `weights`. They have a row for each feature already.",
        ),
        Slip(
            "the largest feature",
            lambda features, weights, bias: features.argmax(axis=1),
            "You say which *feature* is the largest. A feature is no class: weigh them first.",
        ),
    ),
    ways=(
        classify_in_a_loop,
        classify_in_plain_python,
        classify_class_by_class,
        classify_with_one_more_feature,
        classify_by_sorting,
    ),
    hints=(
        "It is the dense layer of lesson 07, for many pictures at once. `@` makes a table of scores: a row for each"
        " picture, a column for each class. Then ask each row where its largest number is.",
        "`scores = features @ ...`, and the bias is added to every row by itself. `argmax` wants to be told the"
        " `axis`.",
    ),
    why="That is all that has to be learned for classes of your own: a few weights for each. The features come from a"
    " network that has seen more than a million photos, and was never told of your classes.",
)

# === Exercise: the most similar picture ============================================================


def nearest(features, one):
    """Find the picture whose features are nearest to those of a new one; return its number.

    features (picture, number) has a row for each known picture; one is the row of the
    new one. The distance is that of a ruler: take the differences, square each of them,
    add them up, and take the root. The first picture has number 0.
    """
    distances = ((features - one) ** 2).sum(axis=1) ** 0.5
    return distances.argmin()


def nearest_without_root(features, one):
    """Leave the root away: it does not change which one is the smallest."""
    return np.sum(np.square(features - one), axis=1).argmin()


def nearest_in_a_loop(features, one):
    """Keep the best so far."""
    best, smallest = None, np.inf
    for number, known in enumerate(features):
        distance = ((known - one) ** 2).sum()
        if distance < smallest:
            best, smallest = number, distance
    return best


def nearest_by_norm(features, one):
    """Let NumPy measure."""
    return np.argmin(np.linalg.norm(features - one, axis=1))


def nearest_in_plain_python(features, one):
    """Square and add up number by number."""
    distances = []
    for known in features.tolist():
        total = 0
        for number, feature in enumerate(known):
            total += (feature - one[number]) ** 2
        distances.append(total)
    return distances.index(min(distances))


def nearest_by_products(features, one):
    """Multiply the squares out: (a − b)² is a² − 2ab + b², and b² is the same for all."""
    return ((features**2).sum(axis=1) - 2 * features @ one).argmin()


def by_distance(make):
    """Return the answer of whoever makes something else of the right distances."""
    return lambda features, one: make(((features - one) ** 2).sum(axis=1) ** 0.5)


def smallest(measure):
    """Return the answer of whoever measures otherwise: `measure` takes the differences."""
    return lambda features, one: measure(features - one).argmin()


def lengths(rows):
    """Return the length of each row, as a ruler has it."""
    return np.sqrt((rows**2).sum(axis=-1))


def most_alike_in_direction(features, one):
    """Compare directions."""
    return (features @ one / (lengths(features) * lengths(one) + 1e-9)).argmax()


NEAREST = FunctionExercise(
    title="The most similar picture",
    solution=nearest,
    cases=(
        (
            np.array([[9.0, 1.0, 0.0], [4.0, 0.0, 7.0], [1.0, 5.0, 4.0], [2.0, 6.0, 9.0], [0.0, 2.0, 4.5]]),
            np.array([2.0, 4.0, 3.0]),
        ),
        (
            np.array([[3.0, 3.0], [5.0, 0.0], [0.0, 6.5], [8.0, 8.0]]),
            np.array([0.0, 0.0]),
        ),
        (
            np.array([[0.5, 2.0, 0.0, 1.0], [3.0, 0.0, 1.0, 2.5], [1.0, 1.0, 4.0, 0.0], [2.5, 0.25, 2.0, 3.0]]),
            np.array([3.0, 0.5, 2.0, 2.0]),
        ),
        (
            np.array([[6.0, 6.0, 6.0], [1.0, 9.0, 5.0], [5.5, 3.5, 3.0], [7.0, 4.0, 1.0]]),
            np.array([6.0, 1.0, 5.0]),
        ),
        (
            np.array([[4.0, 2.0, 1.0, 0.0, 3.0], [0.0, 0.0, 2.0, 5.0, 1.0]]),
            np.array([0.0, 1.0, 2.0, 4.0, 1.0]),
        ),
        (
            np.array([[1.0, 3.0], [4.0, 2.0], [2.0, 0.0], [3.0, 1.0], [0.0, 1.0], [4.0, 4.0]]),
            np.array([0.25, 1.5]),
        ),
    ),
    topics="function",
    stops=(
        (
            "ValueError",
            "Print the `shape` of what you compare: `features` has a row for each picture, `one` is a single row.",
        ),
    ),
    slips=(
        Slip(
            "the farthest",
            by_distance(lambda distances: distances.argmax()),
            "You take the *largest* distance: that is the picture least like it.",
        ),
        Slip(
            "differences added up",
            smallest(lambda differences: differences.sum(axis=1)),
            "You add the differences up with their signs. What is 5 too much here and 5 too little there comes to 0,"
            " and −5 counts as nearer than 0.",
        ),
        Slip(
            "sums compared",
            smallest(lambda differences: np.abs(differences.sum(axis=1))),
            "You compare the sums, or the means, of the rows. Quite different rows may have one sum: square each"
            " difference before you add up.",
        ),
        Slip(
            "without squares",
            smallest(lambda differences: np.abs(differences).sum(axis=1)),
            "You add up the differences without their signs. That is a distance, too, along the streets; a ruler goes"
            " straight, with squares.",
        ),
        Slip(
            "cubes",
            smallest(lambda differences: (differences**3).sum(axis=1)),
            "You take the third power. It keeps the signs, and what is below 0 counts as nearer than 0. A square is"
            " `** 2`.",
        ),
        Slip(
            "the largest difference",
            smallest(lambda differences: np.abs(differences).max(axis=1)),
            "You look at the largest difference of each row alone. All of them count.",
        ),
        Slip(
            "largest product",
            lambda features, one: (features @ one).argmax(),
            "You take the largest product, `features @ one`. A row of large numbers wins that, near or far.",
        ),
        Slip(
            "smallest product",
            lambda features, one: (features @ one).argmin(),
            "You take the smallest product, `features @ one`. That is no distance.",
        ),
        Slip(
            "direction",
            most_alike_in_direction,
            "You compare directions. That is often done, and leaves out how long the rows are. Here a ruler measures.",
        ),
        Slip(
            "lengths",
            lambda features, one: np.abs(lengths(features) - lengths(one)).argmin(),
            "You compare how long the two rows are. Take the differences first, and the length of those.",
        ),
        Slip(
            "the shortest row",
            lambda features, one: lengths(features).argmin(),
            "You look for the smallest features, and take no notice of `one`.",
        ),
        Slip(
            "compared with the mean",
            lambda features, one: lengths(features - features.mean(axis=0)).argmin(),
            "You look for what is nearest to the mean of all pictures. Compare with `one`.",
        ),
        Slip(
            "equal numbers",
            lambda features, one: (features == one).sum(axis=1).argmax(),
            "You count equal numbers. 4 is near 4.1, and not equal to it.",
        ),
        Slip(
            "the first feature only",
            smallest(lambda differences: np.abs(differences[:, 0])),
            "You compare the first features alone. All of them count.",
        ),
        Slip(
            "the last feature only",
            smallest(lambda differences: np.abs(differences[:, -1])),
            "Only the last features count in the end. Does each overwrite what the ones before have said?",
        ),
        Slip(
            "the distance",
            by_distance(lambda distances: distances.min()),
            "That is the smallest *distance*. Wanted is whose it is: `argmin` says where, `min` says how much.",
        ),
        Slip(
            "the squared distance",
            by_distance(lambda distances: distances.min() ** 2),
            "That is the smallest sum of squares. Wanted is whose it is: `argmin` says where, `min` says how much.",
        ),
        Slip(
            "all distances",
            by_distance(lambda distances: distances),
            "Those are the distances to all pictures. Which of them is the smallest?",
        ),
        Slip(
            "all squared distances",
            by_distance(lambda distances: distances**2),
            "Those are the sums of squares of all pictures. Which of them is the smallest?",
        ),
        Slip(
            "its features",
            lambda features, one: features[nearest(features, one)],
            "Those are the features of the right picture. Wanted is its number.",
        ),
        Slip(
            "counted from 1",
            by_distance(lambda distances: distances.argmin() + 1),
            "You count from 1. The first picture has number 0.",
        ),
        Slip(
            "the whole order",
            by_distance(lambda distances: distances.argsort()),
            "Those are all pictures, the nearest first. Wanted is one of them.",
        ),
        Slip(
            "the second nearest",
            by_distance(lambda distances: distances.argsort()[1]),
            "That is the second nearest. The nearest has place 0. (Nobody is there twice: `one` is not in `features`.)",
        ),
        Slip(
            "wrong axis",
            lambda features, one: ((features - one) ** 2).sum(axis=0).argmin(),
            "You add up over the pictures, and say in which *feature* they are nearest. Add up along each row.",
        ),
        Slip(
            "no axis in the end",
            lambda features, one: ((features - one) ** 2).argmin(),
            "You look for the smallest single difference, anywhere in the table. Add up along each row first.",
        ),
        Slip(
            "one number for all",
            lambda features, one: np.sqrt(((features - one) ** 2).sum()),
            "You add up over the whole table. Each picture has a distance of its own: `sum` wants an `axis`.",
        ),
        Slip(
            "the first picture",
            lambda features, one: 0,
            "You always return 0. Does the best so far ever change? Or do you look for the smallest of one single"
            " number?",
        ),
        Slip(
            "the last picture",
            lambda features, one: len(features) - 1,
            "You always return the last one. Remember the smallest distance so far, not only the number.",
        ),
    ),
    ways=(
        nearest_without_root,
        nearest_in_a_loop,
        nearest_by_norm,
        nearest_in_plain_python,
        nearest_by_products,
    ),
    hints=(
        "`features - one` takes the new row away from every row at once. Then three steps lead to a distance for each"
        " picture, and one more to the number of the smallest.",
        "`distances = ((features - one) ** 2).sum(axis=...)`: one sum for each picture. Then: where is the smallest?",
    ),
    why="A search for similar pictures is no more than that. And if even the nearest is far away, the new one may be"
    " none of your classes: so “none of these” can be said after all.",
)

# === Bug hunt ======================================================================================


def share_right(pictures):
    """Say which share of the pictures is recognized: 1.0 is all of them.

    Each row is a picture: the number of its class, then its features. To be recognized,
    a picture is compared with all the others. The nearest must be of the same class.
    """
    classes, features = pictures[:, 0], pictures[:, 1:]
    right = 0
    for picture, wanted in zip(features, classes, strict=True):
        distances = ((features - picture) ** 2).sum(axis=1)
        right += classes[distances.argmin()] == wanted
    return right / len(pictures)


def share_of_others(pictures):
    """Do what `share_right` says: a picture is not compared with itself."""
    classes, features = pictures[:, 0], pictures[:, 1:]
    distances = ((features[:, np.newaxis] - features) ** 2).sum(axis=2).astype(float)
    np.fill_diagonal(distances, np.inf)
    return (classes[distances.argmin(axis=1)] == classes).mean()


def is_table(pictures):
    """Tell whether there are two pictures or more, with features."""
    return pictures.ndim == 2 and pictures.shape[0] > 1 and pictures.shape[1] > 1


def all_are_right(pictures):
    """Tell whether the nearest other picture is of the same class each time."""
    return is_table(pictures) and share_of_others(pictures) == 1


def have_twins(pictures):
    """Tell whether each picture stands there twice, or more often."""
    _, times = np.unique(pictures, axis=0, return_counts=True)
    return bool((times > 1).all())


def count_classes(pictures):
    """Return how many classes there are."""
    return len(np.unique(pictures[:, 0]))


WELL_APART = [[0, 1.0], [0, 1.5], [1, 8.0], [1, 9.0]]

SHARE_RIGHT = bug_hunt(
    share_right,
    share_of_others,
    title="Bug hunt: 100 % right",
    ask=f"a table of which less is right than it says. Of {WELL_APART}, 1.0 is true",
    evidence="[[0, 1.0], [1, 1.5], [0, 8.0], [1, 9.0]]",
    slips=(
        Slip(
            "a single number",
            lambda pictures: pictures.ndim == 0,
            "That is a single number. Give a table: a row for each picture.",
            example=1,
        ),
        Slip(
            "nothing",
            lambda pictures: pictures.size == 0,
            "That is empty. Give a table: a row for each picture.",
            example=[],
        ),
        Slip(
            "a row",
            lambda pictures: pictures.ndim == 1,
            "That is a single row. Give a table, with brackets around each picture: `[[0, 1.0], [1, 2.0]]`.",
            example=[0, 1.0, 1, 2.0],
        ),
        Slip(
            "too many brackets",
            lambda pictures: pictures.ndim > 2,
            "There are too many brackets. Give a table: a row for each picture, the number of its class in front.",
            example=[[[0, 1.0], [1, 2.0]]],
        ),
        Slip(
            "no features",
            lambda pictures: pictures.shape[1] == 1,
            "There are classes alone. Behind each of them a picture has a feature, or more.",
            example=[[0], [0], [1], [1]],
        ),
        Slip(
            "a single picture",
            lambda pictures: pictures.shape[0] == 1,
            "There is a single picture, and nothing to compare it with. Take two or more.",
            example=[[0, 1.0]],
        ),
        Slip(
            "class at the end",
            lambda pictures: bool((pictures[:, 0] % 1 != 0).any() and (pictures[:, -1] % 1 == 0).all()),
            "The number of the class comes first in each row, and is a whole number. Yours seems to stand at the end.",
            example=[[1.5, 0], [2.5, 0], [8.5, 1]],
        ),
        Slip(
            "classes with decimals",
            lambda pictures: bool((pictures[:, 0] % 1 != 0).any()),
            "The first number in each row is that of the class: 0, 1, 2, … Yours has decimals.",
            example=[[0.5, 1.25], [1.5, 2.75]],
        ),
        Slip(
            "one class",
            lambda pictures: count_classes(pictures) == 1,
            "All pictures are of one class. Then every answer is right, whoever is the nearest.",
            example=[[0, 1.0], [0, 5.0], [0, 7.0]],
        ),
        Slip(
            "the example",
            lambda pictures: pictures.shape == (4, 2) and bool((pictures == WELL_APART).all()),
            "That is the example. Its author has tried it, too: 1.0 is true there.",
            example=WELL_APART,
        ),
        Slip(
            "twins",
            lambda pictures: all_are_right(pictures) and have_twins(pictures),
            "Each picture stands there twice. So one of the others is just the same, and of the same class: it is"
            " right. (And whoever splits such pictures into training and test has a leak.)",
            example=[[0, 1.0], [0, 1.0], [1, 1.5], [1, 1.5]],
        ),
        Slip(
            "all right, several classes",
            lambda pictures: all_are_right(pictures) and count_classes(pictures) > 2,
            "It says 1.0, and that is true: the nearest of the others is of the same class, for each. Must classes lie"
            " apart so neatly?",
            example=[[0, 1.0], [0, 2.0], [1, 8.0], [1, 9.0], [2, 20.0], [2, 21.0]],
        ),
        Slip(
            "all right",
            all_are_right,
            "It says 1.0, and that is true: the nearest of the others is of the same class, for each. What if the two"
            " classes were harder to tell apart?",
            example=[[0, 3.0], [0, 4.0], [1, 13.0], [1, 14.0]],
        ),
    ),
    ways=(
        [[0, 1.0], [1, 2.0]],
        np.array([[0, 0, 0], [1, 0, 1], [0, 5, 5], [1, 5, 6]], np.uint8),
        [[0, 1], [0, 2], [0, 3], [1, 3.5]],
        ((7.0, 0.5, 0.5), (3.0, 0.5, 0.25), (5.0, 0.25, 0.5)),
        [[0, 5.0], [1, 5.0]],
        [[1, number] for number in range(6)] + [[2, 2.5]],
    ),
    hints=(
        "Try the code by hand, for one picture. How far away is the nearest row of the table? Which row is it?",
        "`evidence = [[0, ...], [1, ...], ...]`: two classes, and features so much alike that nobody could tell them"
        " apart. What does it say?",
    ),
    why="It found the picture itself each time, or a twin, at distance 0: it would have given 1.0 for classes drawn by"
    " lot. A number that cannot be bad says nothing. Before you believe one, ask on which pictures, and try to make it"
    " fail.",
)

# === Exercise: a model card ========================================================================

HEADINGS = (
    Heading("knows", "how many classes, and which?", counts=True),
    Heading("does not know", "what has it no name for?"),
    Heading("trained on", "on what, and on how many pictures?", counts=True),
    Heading("fails at", "where have you seen it go wrong?"),
    Heading("not for", "where would a wrong answer do harm?"),
)
CARD = {
    "knows": "Three classes: my mug, my left shoe, and our cat.",
    "does not know": "It has no name for people, dogs or my right shoe.",
    "trained on": "10 photos of each, all of them taken in our kitchen.",
    "fails at": "In the evening it takes the cat for the shoe.",
    "not for": "Nobody should let it decide who may come in.",
}
NOTHING = {"nothing", "none", "never", "nowhere", "everything", "all", "anything", "always"}
YES_OR_NO = {"yes", "no", "maybe", "ok", "okay", "sure", "idk"}
TO_DO = {"todo", "tbd", "xxx", "fixme"}


def where(is_so):
    """Return the `like` and `which` of a slip: it is so of the text under some heading."""

    def found(card):
        return [name for name, text in card.items() if is_so(text)]

    return {"like": lambda card: bool(found(card)), "which": lambda card: quoted(found(card))}


def said_of(is_so):
    """Return the `like` and `which` of a slip: it is so of a heading and its text."""

    def found(card):
        return [one.name for one in HEADINGS if is_so(one, card[one.name])]

    return {"like": lambda card: bool(found(card)), "which": lambda card: quoted(found(card))}


def twice_the_same(card):
    """Return the first two headings under which the same stands, or none."""
    pairs = [(one, two) for one in card for two in card if one != two and are_same(card[one], card[two])]
    return pairs[0] if pairs else ()


def with_texts(**texts):
    """Return the example card with other texts under some headings, `_` for a space."""
    return CARD | {name.replace("_", " "): text for name, text in texts.items()}


MODEL_CARD = CardExercise(
    name="model_card",
    title="A model card",
    headings=HEADINGS,
    example=CARD,
    slips=(
        Slip(
            "not filled in yet",
            **where(is_empty),
            says="A good beginning. Under one heading or more there is nothing yet.",
            example=with_texts(fails_at="...", not_for=""),
        ),
        Slip(
            "to be done",
            **where(lambda text: bool(TO_DO & set(words_in(text)))),
            says="There is still something to be done, as you say yourself.",
            example=with_texts(not_for="TODO: think of something good here"),
        ),
        Slip(
            "the question itself",
            **said_of(lambda heading, text: are_same(heading.asks, text)),
            says="That is the question. What is your answer?",
            example=with_texts(fails_at=HEADINGS[3].asks),
        ),
        Slip(
            "a question",
            **where(lambda text: text.strip().endswith(("?", "？"))),
            says="That is a question. Whoever reads the card wants an answer; “I have not tried” is one, too.",
            example=with_texts(does_not_know="Does anybody know what it does not know?"),
        ),
        Slip(
            "a number alone",
            **where(lambda text: all(word.isnumeric() for word in words_in(text))),
            says="That is a number, and nothing else. A number of what? Write a sentence around it.",
            example=with_texts(knows="1,000"),
        ),
        Slip(
            "nothing",
            **where(lambda text: len(words_in(text)) < 3 and bool(NOTHING & set(words_in(text)))),
            says="So short, and for all cases? Every network has an end somewhere. If you have seen none, say what you"
            " have tried.",
            example=with_texts(fails_at="Nothing."),
        ),
        Slip(
            "yes or no",
            **where(lambda text: set(words_in(text)) <= YES_OR_NO),
            says="That answers a question with yes or no. Nobody asked one: say what it is.",
            example=with_texts(not_for="Yes."),
        ),
        Slip(
            "a link",
            **where(lambda text: text.strip().startswith(("http", "www.")) and len(text.split()) == 1),
            says="That is a link. Say in a sentence what stands there.",
            example=with_texts(trained_on="https://example.org/100-photos"),
        ),
        Slip(
            "one word again and again",
            **where(lambda text: len(set(words_in(text))) < 3 < len(words_in(text))),
            says="That is one word again and again. It fills the line, and says nothing.",
            example=with_texts(not_for="bla bla bla bla bla"),
        ),
        Slip(
            "a few words",
            **where(is_short),
            says="That is too short for somebody who has never seen your network. Write a whole sentence.",
            example=with_texts(does_not_know="other things"),
        ),
        Slip(
            "twice the same",
            lambda card: bool(twice_the_same(card)),
            which=lambda card: quoted(twice_the_same(card)),
            says="The same stands under two headings. They ask for different things.",
            example=with_texts(not_for=CARD["fails at"].upper()),
        ),
        Slip(
            "no number",
            **said_of(lambda heading, text: heading.counts and not has_number(text)),
            says="How many? There is no number, and without one nobody knows how much to trust it.",
            example=with_texts(trained_on="My own photos, taken at home by myself."),
        ),
    ),
    ways=(
        {
            "knows": "1,000 kinds of things, a hundred of them dogs.",
            "does not know": "People, unless they dive, marry or play ball.",
            "trained on": "More than a million photos from the internet.",
            "fails at": "A cat that stands on its head becomes a sheep.",
            "not for": "Mushrooms that somebody wants to eat.",
        },
        {one.name: f"Under {one.name} I say four words, or 5." for one in HEADINGS},
        {
            "knows": "Es kennt 3 Klassen: Löffel, Gabel und Messer.",
            "does not know": "Alles andere auf dem Tisch kennt es nicht.",
            "trained on": "12 Fotos aus meiner Küche, alle bei Tageslicht.",
            "fails at": "Bei glänzenden Löffeln liegt es oft daneben.",
            "not for": "Niemand sollte damit Pilze bestimmen.",
        },
        {
            "knows": "三个类别：杯子、鞋子和我家的猫。",
            "does not know": "它不认识人，也不认识狗。",
            "trained on": "每个类别十张照片，都在厨房里拍的。",
            "fails at": "晚上光线暗时把猫当成鞋子。",
            "not for": "不能用来决定谁可以进门。",
        },
        CARD | {"made by": "me"},
        {name: text.upper() for name, text in CARD.items()},
    ),
    hints=(
        "Imagine somebody who finds your network on the street, and wants to use it. What must they know before they"
        " trust it? What would you not want to be blamed for?",
        "Begin with what is easy to say: how many classes are there, and how many pictures has it seen of each?",
    ),
    why="Few networks come with a card as honest as that. No check can tell whether it is true: only you can, and"
    " whoever uses it will find out.",
)

EXERCISES = (PREPARE, TOP, CLASSIFY, NEAREST, SHARE_RIGHT, MODEL_CARD)
