"""What differs, as a relation: how the results have to be turned, moved, scaled or cut to be the learner's.

A relation is tried on all pairs (got, wanted) at once, and said only if it holds for every one of them; the simplest
come first. It is returned as a Slip: a few words, and a sentence with its numbers.
"""

from dataclasses import dataclass, replace

import numpy as np

from helpers.engine.wording import number
from helpers.exercises.exercise import Slip
from helpers.exercises.quantities import common, is_measured
from helpers.exercises.reading import agrees, exactly
from helpers.exercises.syntax import CUTS_OFF

TIGHT = 0.1  # of the largest difference
TURNED = "Rows and columns of your result are exchanged: rows come first."
WRAPPED = "Your numbers start again at 0 after 255: they are stored in 8 bits, and larger ones do not fit."
BACKWARD = "Your channels come in the order blue, green, red. Here it is red, green, blue."

MADE_OF_WANTED = (  # what can be seen in the result alone, whatever the exercise: `like` makes it out of the right one
    Slip("transposed", lambda result: result.swapaxes(0, 1), TURNED),
    Slip("order of channels", lambda result: result[..., ::-1] if has_colors(result) else None, BACKWARD),
    Slip("upside down", lambda result: result[::-1], "Your result is upside down: row 0 is at the top."),
    Slip("mirrored", lambda result: result[:, ::-1], "Your result is mirrored: column 0 is on the left."),
    Slip("turned by 180 degrees", lambda result: result[::-1, ::-1], "Your result is turned by 180 degrees."),
    Slip("0 to 1", lambda result: result / 255, "Your numbers run from 0 to 1; wanted are 0 to 255."),
    Slip("wrapped", lambda result: wrapped(result), WRAPPED),
    Slip("sign", np.negative, "Your numbers have the wrong sign."),
    Slip("sign dropped", np.abs, "Your numbers are right but for the sign: where it should be negative, yours is not."),
    Slip("cut off at 0", lambda result: np.maximum(result, 0), "Right, but where it should be negative, yours is 0."),
    Slip("cut off at 255", lambda result: np.minimum(result, 255), "Right, but what is above 255 became 255."),
    Slip(
        "cut off at 0 and 255",
        lambda result: np.clip(result, 0, 255),
        "Your numbers are right, but cut off at 0 and 255.",
    ),
    Slip("decimals cut off", np.trunc, "Your decimals are cut off.", because=CUTS_OFF),
    Slip("rounded", np.round, "Your numbers are rounded; keep the decimals."),
    Slip("rounded to one decimal", lambda result: np.round(result, 1), "Your numbers are rounded to one decimal."),
    Slip("rounded to two decimals", lambda result: np.round(result, 2), "Your numbers are rounded to two decimals."),
    Slip("rounded down", np.floor, "Your numbers are rounded down; keep the decimals.", because=CUTS_OFF),
    Slip("rounded up", np.ceil, "Your numbers are rounded up; keep the decimals."),
)


@dataclass
class Pairs:
    """What a learner's function made of some inputs, and what is wanted.

    Attributes
    ----------
    got, wanted : list of ndarray
    cases : list of tuple
        The arguments of each call.
    parameters : list of str
    quantities : list of dict
        What can be counted in each call.
    tolerance : float
    """

    got: list
    wanted: list
    cases: list
    parameters: list
    quantities: list
    tolerance: float

    def each(self):
        """Return the pairs (got, wanted)."""
        return list(zip(self.got, self.wanted, strict=True))

    def only(self, holds):
        """Return the pairs of which something holds of what is wanted."""
        kept = [place for place, wanted in enumerate(self.wanted) if holds(wanted)]
        lists = {
            name: [getattr(self, name)[place] for place in kept] for name in ("got", "wanted", "cases", "quantities")
        }
        return replace(self, **lists)

    def at(self, masks):
        """Return the pairs of what stands in some places alone, as rows of numbers."""
        got, wanted = ([one[mask] for one, mask in zip(ones, masks, strict=True)] for ones in (self.got, self.wanted))
        return replace(self, got=got, wanted=wanted, parameters=[])

    @property
    def are_alike(self):
        """Tell whether all results have the shape that is wanted."""
        return all(got.shape == wanted.shape for got, wanted in self.each())

    @property
    def tight(self):
        """Return a tolerance that is small beside what differs: within it, a relation explains the difference."""
        differs = [np.abs(got - wanted).max(initial=0) for got, wanted in self.each() if got.shape == wanted.shape]
        return min(self.tolerance, TIGHT * max(differs, default=0))

    @property
    def are_numbers(self):
        """Tell whether all results are single numbers."""
        return not any(wanted.ndim for wanted in self.wanted)


def relation(pairs):
    """Return the simplest relation that holds for all pairs as a Slip, or None."""
    if not pairs.got:
        return None
    looks = SAME_SHAPE if pairs.are_alike else OTHER_SHAPE
    return next((slip for slip in (look(pairs) for look in looks) if slip), None)


# --- results of the right shape --------------------------------------------------------------------


def made_of_wanted(pairs):
    """See whether the results are the right ones, turned, rounded, cut off."""
    fits = (slip for slip in MADE_OF_WANTED if all(looks(slip, *pair, pairs.tolerance) for pair in pairs.each()))
    return next(fits, None)


def looks(slip, got, wanted, tolerance):
    """Tell whether a result is what a slip makes of the right one."""
    try:
        made = slip.like(wanted.astype(float))
    except (ValueError, IndexError):  # there are not enough axes to turn
        return False
    return made is not None and agrees(got, made, tolerance)


def wrapped(result):
    """Return what is left of numbers in 8 bits; None if all fit."""
    whole = np.trunc(result)
    return whole % 256 if whole.size and (whole.min() < 0 or whole.max() > 255) else None


def has_colors(result):
    """Tell whether an array is one pixel's or one picture's red, green and blue."""
    return result.ndim in (1, 3) and result.shape[-1] == 3


def measured(pairs):
    """Return the places and names of the arguments that are numbers or arrays."""
    return [(place, name) for place, name in enumerate(pairs.parameters) if is_measured(pairs.cases[0][place])]


def came_in(pairs):
    """See whether an argument comes back as it is."""
    for place, name in measured(pairs):
        values = [np.asarray(case[place], dtype=float) for case in pairs.cases]
        if all(agrees(got, value, 0) for got, value in zip(pairs.got, values, strict=True)):
            return Slip("input unchanged", None, f"You return `{name}` as it came.")
    return None


def of_another_input(pairs):
    """See whether each result is the one that belongs to another input."""
    if len(pairs.got) < 2 or pairs.are_numbers:
        return None
    for other in pairs.wanted:
        if all(agrees(got, other, pairs.tolerance) for got in pairs.got):
            says = "Whatever comes in, you return what belongs to one single input: something from outside is used."
            return Slip("result of another input", None, says)
    return None


def one_value(pairs):
    """See whether all numbers of a result are one and the same, where they should not be."""
    flat = all(got.size and np.ptp(got) == 0 for got in pairs.got) and any(got.size > 1 for got in pairs.got)
    if not flat or all(np.ptp(wanted) == 0 for wanted in pairs.wanted):
        return None
    values = {float(got.flat[0]) for got in pairs.got}
    what = exactly(values.pop()) if len(values) == 1 else "one and the same number"
    return Slip("all one value", None, f"Your result is {what} everywhere.")


def plus(pairs):
    """See whether the same is missing from, or too much in, every number."""
    told = pairs.only(lambda wanted: wanted.size > 0)
    offsets = [same(got - wanted, pairs.tight) for got, wanted in told.each()]
    if None in offsets or not any(offsets) or not is_told_apart(pairs):
        return None
    subject = "Your result is" if pairs.are_numbers else "Every number is"
    if np.ptp(offsets) <= 2 * pairs.tolerance + 1e-9:
        return Slip("plus a constant", None, f"{subject} {exactly(abs(offsets[0]))} too {size_word(offsets[0])}.")
    for sign in (1, -1):
        words = common(told.quantities, [sign * offset for offset in offsets])
        if words:
            return Slip("plus a quantity", None, f"{subject} too {size_word(sign)} by {words}.")
    return None


def times(pairs):
    """See whether every number is the same number of times too large, or too small."""
    told = pairs.only(np.any)
    factors = [factor(got, wanted, pairs.tight) for got, wanted in told.each()]
    if not factors or None in factors or not is_told_apart(pairs) or not zero_where_wanted(pairs):
        return None
    subject = "Your result is" if pairs.are_numbers else "Every number is"
    is_one = number(abs(factors[0])) == number(1 / abs(factors[0])) == "1"
    if not is_one and all(scaled(got, wanted, factors[0], pairs.tight) for got, wanted in told.each()):
        return Slip("times a constant", None, f"{subject} {times_words(factors[0])}.")
    for numbers, verb in ((factors, "multiplied"), ([1 / one for one in factors], "divided")):
        words = common(told.quantities, numbers)
        if words:
            return Slip("times a quantity", None, f"{subject} {verb} by {words}, and should not be.")
    return None


def same(differences, tolerance):
    """Return the number that all differences are, or None."""
    middle = float(np.median(differences))
    middle = round(middle) if abs(middle - round(middle)) <= tolerance else middle
    return middle if np.all(np.abs(differences - middle) <= tolerance + 1e-9) else None


def is_told_apart(pairs):
    """Tell whether there are different numbers, so that a constant is no accident."""
    return len({round(float(one), 6) for wanted in pairs.wanted for one in np.ravel(wanted)}) > 1


def factor(got, wanted, tolerance):
    """Return the number that a result is multiplied by, the roundest that fits; None if there is none."""
    largest = np.unravel_index(np.argmax(np.abs(wanted)), wanted.shape)
    ratio = float(got[largest] / wanted[largest])
    if abs(ratio) < 1e-6:
        return None
    round_ones = round(ratio), 1 / (round(1 / ratio) or 1), ratio
    return next((one for one in round_ones if one and scaled(got, wanted, one, tolerance)), None)


def scaled(got, wanted, ratio, tolerance):
    """Tell whether a result is the right one, multiplied."""
    return bool(np.all(np.abs(got - ratio * wanted) <= tolerance * max(1, abs(ratio)) + 1e-9))


def zero_where_wanted(pairs):
    """Tell whether results that should be all zeros are."""
    return all(np.any(wanted) or not np.any(got) for got, wanted in pairs.each())


def size_word(difference):
    """Say which way a difference goes."""
    return "large" if difference > 0 else "small"


def times_words(ratio):
    """Say how many times too large or small, and whether the sign is wrong, too."""
    size, sign = abs(ratio), ", and has the wrong sign" if ratio < 0 else ""
    return (f"{number(size)} times too large" if size >= 1 else f"{number(1 / size)} times too small") + sign


LEFT = 3  # rows or columns that must still be there for numbers to be called shifted: fewer may be by accident


def shifted(pairs):
    """See whether all numbers stand some rows or columns further on; what overlaps must be half of all, or more."""
    if any(wanted.ndim < 2 for wanted in pairs.wanted):
        return None
    steps = [(down, right) for down in range(-2, 3) for right in range(-2, 3) if down or right]
    for down, right in sorted(steps, key=lambda step: abs(step[0]) + abs(step[1])):
        if all(is_shifted(got, wanted, down, right, pairs.tolerance) for got, wanted in pairs.each()):
            return Slip("shifted", None, f"Your numbers are right, but stand {moved_words(down, right)}.")
    return None


def is_shifted(got, wanted, down, right, tolerance):
    """Tell whether a result is the right one, moved."""
    rows, columns = wanted.shape[0] - abs(down), wanted.shape[1] - abs(right)
    if (down and rows < LEFT) or (right and columns < LEFT):
        return False
    if rows < 1 or columns < 1 or 2 * rows * columns < wanted.shape[0] * wanted.shape[1] or np.ptp(wanted) == 0:
        return False
    taken = got[max(0, down) :, max(0, right) :][:rows, :columns]
    return agrees(taken, wanted[max(0, -down) :, max(0, -right) :][:rows, :columns], tolerance)


def moved_words(down, right):
    """Say how far something is moved."""
    parts = [(down, "row", "too far down", "too far up"), (right, "column", "too far right", "too far left")]
    said = [f"{counted(abs(n), word)} {more if n > 0 else less}" for n, word, more, less in parts if n]
    return " and ".join(said)


def counted(count, word):
    """Write a small count with its word: "one row", "2 rows"."""
    return f"one {word}" if count == 1 else f"{count} {word}s"


SAME_SHAPE = (came_in, one_value, made_of_wanted, plus, times, of_another_input, shifted)


# --- results of another shape ----------------------------------------------------------------------


def reshaped(pairs):
    """See whether the numbers are right, in another shape."""
    fits = [
        got.size == wanted.size and agrees(got.ravel(), wanted.ravel(), pairs.tolerance) for got, wanted in pairs.each()
    ]
    says = "The numbers are right, but they stand in another shape."
    return Slip("other shape", None, says) if all(fits) and any(wanted.size > 1 for wanted in pairs.wanted) else None


def turned(pairs):
    """See whether rows and columns are exchanged, where that changes the shape."""
    return made_of_wanted(pairs)


def one_number(pairs):
    """See whether a single number comes back in the place of several."""
    alone = all(got.ndim == 0 < wanted.ndim for got, wanted in pairs.each())
    return Slip("one number", None, "Your function returns a single number; several are wanted.") if alone else None


def several(pairs):
    """See whether several numbers come back in the place of a single one."""
    many = all(got.ndim > wanted.ndim == 0 for got, wanted in pairs.each())
    if not many:
        return None
    sums = all(agrees(got.sum(), wanted, pairs.tolerance) for got, wanted in pairs.each())
    says = "One number is wanted; yours are several"
    return Slip("several numbers", None, f"{says}, and their sum is right: add them up." if sums else f"{says}.")


def an_axis(pairs):
    """See whether the results have an axis too many or too few."""
    found = {got.ndim - wanted.ndim for got, wanted in pairs.each()}
    if len(found) > 1 or 0 in found:
        return None
    word = "many" if found.pop() > 0 else "few"
    have, want = next((got.ndim, wanted.ndim) for got, wanted in pairs.each())
    return Slip("number of axes", None, f"Your result has too {word} axes: {have}, not {want}. Look at its `shape`.")


def padded_or_cut(pairs):
    """See whether the right numbers are there, with rows or columns too many or too few around them."""
    if any(got.ndim < 2 or got.ndim != wanted.ndim for got, wanted in pairs.each()):
        return None
    for words in (more_words, sides_words):
        missing = {words(got, wanted, pairs.tolerance) for got, wanted in pairs.each()}
        if len(missing) == 1 and None not in missing:
            return Slip("rows or columns", None, f"Your numbers are right, but {missing.pop()}.")
    if all(is_ringed(got, wanted, pairs.tolerance) for got, wanted in pairs.each()):
        return Slip("ringed", None, "Your numbers are right, but others stand around them.")
    return None


def more_words(got, wanted, tolerance):
    """Say what is too many or missing at the start and the end, if the rest is right; else None."""
    rows, columns = (got.shape[axis] - wanted.shape[axis] for axis in (0, 1))
    for before in [(0, 0), (rows, columns), (0, columns), (rows, 0)]:
        if parts_agree(got, wanted, before, tolerance):
            words = [edge_words(rows, "row", before[0]), edge_words(columns, "column", before[1])]
            return " and ".join(filter(None, words))
    return None


def sides_words(got, wanted, tolerance):
    """Say at which end there are too many or too few rows and columns, not how many; None if the rest is wrong."""
    if not parts_agree(got, wanted, (0, 0), tolerance):
        return None
    more = [(got.shape[axis] - wanted.shape[axis], word) for axis, word in enumerate(("rows", "columns"))]
    words = [
        f"{'there are' if n > 0 else ''} {word} {'too many' if n > 0 else 'are missing'}".strip()
        for n, word in more
        if n
    ]
    return f"{' and '.join(words)} at the end"


def parts_agree(got, wanted, before, tolerance):
    """Tell whether two arrays agree where both are, if one starts so many rows and columns before the other."""
    starts = [max(0, step) for step in before], [max(0, -step) for step in before]
    rows, columns = (min(got.shape[axis], wanted.shape[axis]) for axis in (0, 1))
    parts = [
        one[start[0] : start[0] + rows, start[1] : start[1] + columns]
        for one, start in zip((got, wanted), starts, strict=True)
    ]
    return parts[0].size > 0 and agrees(*parts, tolerance)


def edge_words(more, word, before):
    """Say how many rows or columns are too many, or missing, at which end."""
    if not more:
        return ""
    last = "first" if before else "last"
    what = f"the {last} {word}" if abs(more) == 1 else f"the {last} {abs(more)} {word}s"
    verb = "is" if abs(more) == 1 else "are"
    return f"{what} {verb} {'too many' if more > 0 else 'missing'}"


def is_ringed(got, wanted, tolerance):
    """Tell whether the right result lies somewhere inside of a larger one."""
    rows, columns = (got.shape[axis] - wanted.shape[axis] for axis in (0, 1))
    starts = [(top, left) for top in range(1, rows) for left in range(1, columns)]
    return wanted.size > 0 and any(parts_agree(got, wanted, start, tolerance) for start in starts)


def lengths(pairs):
    """See what is wrong with the number of rows and of columns, if the numbers are wrong too."""
    if any(got.ndim < 2 or got.ndim != wanted.ndim for got, wanted in pairs.each()):
        return None
    found = (
        one(pairs)
        for one in (exchanged_lengths, like_an_argument, always_square, by_a_constant, by_a_quantity, on_one_axis)
    )
    return next((slip for slip in found if slip), None)


def exchanged_lengths(pairs):
    """See whether the results have as many rows as there should be columns, and the other way round."""
    if all(got.shape[:2] == wanted.shape[1::-1] for got, wanted in pairs.each()):
        return Slip("size exchanged", None, "Your result has as many rows as it should have columns: rows come first.")
    return None


def like_an_argument(pairs):
    """See whether the results are as large as an argument."""
    for place, name in measured(pairs):
        shapes = [np.shape(case[place])[:2] for case in pairs.cases]
        if all(got.shape[:2] == shape for got, shape in zip(pairs.got, shapes, strict=True)):
            return Slip(f"as large as {name}", None, f"Your result is as large as `{name}`; it should not be.")
    return None


def always_square(pairs):
    """See whether the results are square where they should not be."""
    square = all(got.shape[0] == got.shape[1] and wanted.shape[0] != wanted.shape[1] for got, wanted in pairs.each())
    rows = square and all(got.shape[0] == wanted.shape[0] for got, wanted in pairs.each())
    columns = square and all(got.shape[1] == wanted.shape[1] for got, wanted in pairs.each())
    if not rows and not columns:
        return None
    right, wrong = ("rows", "columns") if rows else ("columns", "rows")
    says = f"Your result has as many {wrong} as {right}: the {right} are right, the {wrong} need a count of their own."
    return Slip("square result", None, says)


def by_a_constant(pairs):
    """See whether the same number of rows and columns is too many or missing everywhere."""
    more = {(got.shape[0] - wanted.shape[0], got.shape[1] - wanted.shape[1]) for got, wanted in pairs.each()}
    if len(more) > 1:
        return None
    words = [axis_words(n, word) for n, word in zip(more.pop(), ("row", "column"), strict=True) if n]
    return Slip("size", None, f"Your result has {' and '.join(words)}.") if words else None


def axis_words(more, word):
    """Say how many rows or columns are too many or too few."""
    return f"{counted(abs(more), word)} too {'many' if more > 0 else 'few'}"


def by_a_quantity(pairs):
    """See whether the number of rows or columns that are too many or missing is one of the inputs' own."""
    for axis, word in enumerate(("rows", "columns")):
        more = [got.shape[axis] - wanted.shape[axis] for got, wanted in pairs.each()]
        for sign, too in ((1, "many"), (-1, "few")):
            words = common(pairs.quantities, [sign * n for n in more])
            if words:
                return Slip("size", None, f"Your result has too {too} {word}: their number is off by {words}.")
    return None


def on_one_axis(pairs):
    """See whether the number of rows is right everywhere and that of columns nowhere, or the other way round."""
    rows, columns = ([got.shape[axis] == wanted.shape[axis] for got, wanted in pairs.each()] for axis in (0, 1))
    if all(rows) and not any(columns):
        return Slip("number of columns", None, "Your result has as many rows as it should, but not as many columns.")
    if all(columns) and not any(rows):
        return Slip("number of rows", None, "Your result has as many columns as it should, but not as many rows.")
    return None


OTHER_SHAPE = (turned, reshaped, one_number, several, an_axis, came_in, padded_or_cut, lengths)
