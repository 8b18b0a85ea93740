"""When it differs, as a condition: the simplest property that separates the right results from the wrong ones.

A property is one of the inputs (padding is 0, the kernel is square), of what is wanted (nothing is negative), or of
the places in a result (the last row, the border). It is said only if it separates exactly.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations, pairwise

import numpy as np

from helpers.exercises.quantities import is_number

FEWEST = 3  # right and wrong calls that there must be, with the further ones, before a condition is said


@dataclass(frozen=True)
class Property:
    """Something that holds of some calls and not of others.

    Attributes
    ----------
    yes, no : str
        How to say that it holds, or does not: "`padding` is 0", "`padding` is not 0".
    holds : callable
        Takes the arguments of a call and the array that is wanted of it.
    """

    yes: str
    no: str
    holds: Callable


def separating(cases, wanted, right, parameters, more=None):
    """Return (yes, no), the words for the right calls and for the wrong ones; None if nothing separates them.

    Parameters
    ----------
    cases : list of tuple
        The arguments of each call.
    wanted : list of ndarray
    right : list of bool
    parameters : list of str
    more : callable, optional
        Returns (cases, wanted, right) of further calls that must be separated, too, so that none is by accident.
    """
    if all(right) or not any(right):
        return None
    found = [sides for one in properties(cases, parameters) if (sides := sides_of(one, cases, wanted, right))]
    if not found or more is None:
        return found[0][1:] if found else None
    further = more()
    if FEWEST > min([*right, *further[2]].count(mark) for mark in (True, False)):
        return None  # too few to make a rule of
    return next((sides[1:] for sides in found if sides_of(sides[0], *further) == sides), None)


def sides_of(one, cases, wanted, right):
    """Return (property, words for right, words for wrong) if it separates exactly, else None."""
    found = [bool(one.holds(case, result)) for case, result in zip(cases, wanted, strict=True)]
    if found == list(right):
        return one, one.yes, one.no
    return (one, one.no, one.yes) if found == [not mark for mark in right] else None


def shared(cases, wanted, right, parameters, more):
    """Return the words for what all wrong calls have in common and fewer than half of the right ones; None if nothing.

    It takes two wrong calls at least, and holds for further calls as well: the arguments are those of `separating`.
    """
    if right.count(False) < 2 or not any(right):
        return None
    further, results, marks = more()
    cases, wanted, right = [*cases, *further], [*wanted, *results], [*right, *marks]
    for one in properties(cases, parameters):
        found = [bool(one.holds(case, result)) for case, result in zip(cases, wanted, strict=True)]
        for words, side in ((one.yes, True), (one.no, False)):
            of_wrong = [held == side for held, mark in zip(found, right, strict=True) if not mark]
            of_right = [held == side for held, mark in zip(found, right, strict=True) if mark]
            if all(of_wrong) and 2 * sum(of_right) < len(of_right):
                return words
    return None


def properties(cases, parameters):
    """Yield what can be asked of the calls, the simplest first."""
    columns = list(zip(parameters, zip(*cases, strict=True), strict=True))
    for place, (name, values) in enumerate(columns):
        if is_array(values[0]):
            yield from of_arrays(place, name)
        elif is_number(values[0]):
            yield from of_numbers(place, name)
        elif isinstance(values[0], list):
            yield from of_lists(place, name, values)
    yield from of_two(columns)
    yield from OF_WANTED
    for place, (name, values) in enumerate(columns):
        if is_array(values[0]):
            yield from of_lengths(place, name, values)
        elif is_number(values[0]):
            yield from of_sizes(place, name, values)


def is_array(value):
    """Tell whether an argument has rows and columns."""
    return isinstance(value, np.ndarray) and value.ndim > 0


# --- of one argument -------------------------------------------------------------------------------


def of_numbers(place, name):
    """Return what can be asked of an argument that is a number."""

    def ask(yes, no, holds):
        return Property(f"`{name}` {yes}", f"`{name}` {no}", lambda case, _: holds(case[place]))

    return (
        ask("is 0", "is not 0", lambda value: value == 0),
        ask("is 1", "is not 1", lambda value: value == 1),
        ask("is odd", "is even", lambda value: value % 2 == 1),
        ask("is below 0", "is not below 0", lambda value: value < 0),
        ask("is a whole number", "has decimals", lambda value: value == int(value)),
        ask("comes in 8 bits", "has room for large numbers", is_8_bit),
    )


def of_sizes(place, name, values):
    """Return the thresholds between the values of an argument, and the values themselves."""
    found = sorted({float(value) for value in values})
    for one in (found[0], found[-1]):
        yield Property(f"`{name}` is {one:g}", f"`{name}` is not {one:g}", lambda case, _, one=one: case[place] == one)
    for low, high in pairwise(found):
        yes, no = f"`{name}` is {high:g} or more", f"`{name}` is {low:g} or less"
        yield Property(yes, no, lambda case, _, high=high: case[place] >= high)
    for one in found[1:-1]:
        yield Property(f"`{name}` is {one:g}", f"`{name}` is not {one:g}", lambda case, _, one=one: case[place] == one)


def of_arrays(place, name):
    """Return what can be asked of an argument that is an array."""

    def ask(yes, no, holds):
        return Property(f"`{name}` {yes}", f"`{name}` {no}", lambda case, _: holds(case[place]))

    return (
        ask("has channels", "has no channels", lambda array: array.ndim > 2),
        ask("is square", "is not square", lambda array: array.ndim > 1 and array.shape[0] == array.shape[1]),
        ask("comes in 8 bits", "has room for large numbers", is_8_bit),
        ask("holds numbers below 0", "holds nothing below 0", lambda array: array.min(initial=0) < 0),
        ask("holds whole numbers", "holds decimals", lambda array: bool((array == np.trunc(array)).all())),
        ask("is stored with decimals", "is stored in whole numbers", lambda array: array.dtype.kind == "f"),
        ask("holds zeros", "holds no zeros", lambda array: bool((array == 0).any())),
        ask("has an odd number of rows", "has an even number of rows", lambda array: array.shape[0] % 2 == 1),
        ask("has an odd number of columns", "has an even number of columns", lambda array: wide(array) % 2 == 1),
        ask("has more rows than columns", "has no more rows than columns", lambda array: len(array) > wide(array)),
        ask("has fewer rows than columns", "has no fewer rows than columns", lambda array: len(array) < wide(array)),
        ask("adds up to 1", "does not add up to 1", lambda array: abs(array.sum(dtype=float) - 1) < 1e-9),
        ask("adds up to less than 0", "adds up to more than 0", lambda array: array.sum(dtype=float) < 0),
    )


def of_lengths(place, name, values):
    """Return how many rows or columns an argument may have."""
    for axis, word in enumerate(("row", "column")):
        for length in sorted({value.shape[axis] for value in values if value.ndim > axis}):
            what = f"{length} {word}{'' if length == 1 else 's'}"
            yes, no = f"`{name}` has {what}", f"`{name}` has another number of {word}s than {length}"
            yield Property(yes, no, lambda case, _, axis=axis, length=length: case[place].shape[axis] == length)


def of_lists(place, name, values):
    """Return what can be asked of an argument that is a list of tuples, each with a word in front."""
    for word in dict.fromkeys(word for value in values for word in words_of(value)):
        yes, no = f'`{name}` holds a "{word}"', f'`{name}` holds no "{word}"'
        yield Property(yes, no, lambda case, _, word=word: word in words_of(case[place]))


def words_of(value):
    """Return the words in front of the tuples of a list."""
    return [one[0] for one in value if isinstance(one, tuple) and one and isinstance(one[0], str)]


def wide(array):
    """Return how many columns an array has."""
    return array.shape[1] if array.ndim > 1 else 1


def is_8_bit(value):
    """Tell whether a value is stored in 8 bits."""
    return isinstance(value, np.ndarray | np.generic) and value.dtype == np.uint8


# --- of two arguments, and of what is wanted -------------------------------------------------------


def of_two(columns):
    """Return what can be asked of two arguments that are numbers."""
    places = [place for place, (_, values) in enumerate(columns) if is_number(values[0])]
    for one, two in combinations(places, 2):
        names = columns[one][0], columns[two][0]
        yes, no = "`{}` and `{}` are the same".format(*names), "`{}` and `{}` differ".format(*names)
        yield Property(yes, no, lambda case, _, one=one, two=two: case[one] == case[two])
        yes, no = "`{}` is larger than `{}`".format(*names), "`{}` is not larger than `{}`".format(*names)
        yield Property(yes, no, lambda case, _, one=one, two=two: case[one] > case[two])


def are_whole(_, wanted):
    """Tell whether all numbers are whole."""
    return bool((wanted == np.trunc(wanted)).all())


def is_square(_, wanted):
    """Tell whether there are as many rows as columns."""
    return wanted.shape[:1] == wanted.shape[1:2]


OF_WANTED = (
    Property(
        "the wanted result is above 0", "the wanted result is not above 0", lambda _, wanted: wanted.min(initial=1) > 0
    ),
    Property("nothing wanted is below 0", "a wanted number is below 0", lambda _, wanted: wanted.min(initial=0) >= 0),
    Property(
        "nothing wanted is above 255", "a wanted number is above 255", lambda _, wanted: wanted.max(initial=0) <= 255
    ),
    Property(
        "the wanted numbers are whole",
        "the wanted numbers have decimals",
        lambda _, wanted: bool((wanted == np.trunc(wanted)).all()),
    ),
    Property(
        "the wanted result is square",
        "the wanted result is not square",
        lambda _, wanted: wanted.shape[:1] == wanted.shape[1:2],
    ),
)


# --- of places -------------------------------------------------------------------------------------


def places(differs, wanted):
    """Return (words, masks): where the results differ, and nowhere else; None if nothing says it.

    Parameters
    ----------
    differs : list of ndarray of bool
        For each wrong call, where the result is not what is wanted.
    wanted : list of ndarray
    """
    for words, mask, exactly in (*PLACES, *lines_of(differs)):
        masks = [mask(result) for result in wanted]
        if any(one is None or not one.any() for one in masks) or all(one.all() for one in masks):
            continue
        if all(is_within(*pair, exactly) for pair in zip(differs, masks, strict=True)):
            return words, masks
    return None


def lines_of(differs):
    """Return the row, the column or the rows in which results differ, as in PLACES."""
    found = []
    for axis, word in enumerate(("row", "column")):
        if all(one.ndim > axis + (one.ndim == 1) for one in differs):
            wrong = sorted({int(index[axis]) for one in differs for index in np.argwhere(one)})
            index = (EVERY,) * axis
            if len(wrong) == 1:
                found.append((f"{word} {wrong[0]}", at(*index, wrong[0]), False))
            elif wrong[0] > 0:
                found.append((f"what stands from {word} {wrong[0]} on", at(*index, slice(wrong[0], None)), False))
    return found


def is_within(differs, mask, exactly):
    """Tell whether all that differs lies in a mask; exactly: whether all that lies in it differs, too."""
    return bool((differs == mask).all() if exactly else not (differs & ~mask).any())


def at(*index):
    """Return a function that makes a mask of what an index takes."""

    def mask(result):
        if result.ndim < len(index) or beyond(index, result.shape):
            return None
        found = np.zeros(result.shape, dtype=bool)
        found[index] = True
        return found

    return mask


def beyond(index, shape):
    """Tell whether a place of an index is not there, as a third channel where there are two."""
    places = [(place, size) for place, size in zip(index, shape, strict=False) if isinstance(place, int)]
    return any(not -size <= place < size for place, size in places)


def either(*masks):
    """Return a function that makes a mask of what lies in one of several."""

    def mask(result):
        found = [one(result) for one in masks]
        return None if any(one is None for one in found) else np.logical_or.reduce(found)

    return mask


def outside(mask):
    """Return a function that makes a mask of all the rest."""
    return lambda result: None if mask(result) is None else ~mask(result)


def two_axes(index):
    """Return a mask of an index into rows, for results that have columns as well."""
    return lambda result: at(index)(result) if result.ndim > 1 else None


def one_axis(index):
    """Return a mask of an index into results that are a row of numbers."""
    return lambda result: at(index)(result) if result.ndim == 1 else None


EVERY = slice(None)
BORDER = either(at(0), at(-1), at(EVERY, 0), at(EVERY, -1))
PLACES = (  # words, mask, whether all that lies there must differ
    ("the first number", one_axis(0), False),
    ("the second number", one_axis(1), False),
    ("the last number", one_axis(-1), False),
    ("the first two numbers", one_axis(slice(0, 2)), False),
    ("the last two numbers", one_axis(slice(-2, None)), False),
    ("the first and the last number", either(one_axis(0), one_axis(-1)), False),
    ("the numbers that should be below 0", lambda result: result < 0, True),
    ("the numbers that should be above 255", lambda result: result > 255, True),
    ("the numbers that should have decimals", lambda result: result != np.trunc(result), True),
    ("the numbers that should be 0", lambda result: result == 0, True),
    ("the numbers that should not be 0", lambda result: result != 0, True),
    ("the very first place", at(0, 0), False),
    ("the very last place", at(-1, -1), False),
    ("the first row", two_axes(0), False),
    ("the last row", two_axes(-1), False),
    ("the first column", at(EVERY, 0), False),
    ("the last column", at(EVERY, -1), False),
    ("the last row and the last column", either(two_axes(-1), at(EVERY, -1)), False),
    ("the first row and the first column", either(two_axes(0), at(EVERY, 0)), False),
    ("channel 0", at(EVERY, EVERY, 0), False),
    ("channel 1", at(EVERY, EVERY, 1), False),
    ("channel 2", at(EVERY, EVERY, 2), False),
    ("the first and the last column", either(at(EVERY, 0), at(EVERY, -1)), False),
    ("the border", BORDER, False),
    ("the inside; the border is right", outside(BORDER), True),
    ("all but the first row", outside(two_axes(0)), True),
    ("all but the first column", outside(at(EVERY, 0)), True),
    ("all but the very first place", outside(at(0, 0)), True),
    ("all but the last row", outside(two_axes(-1)), True),
    ("all but the last column", outside(at(EVERY, -1)), True),
)
