"""What a learner's function gave back: an array that can be compared, or the sentence why it is none."""

import numpy as np

from helpers.engine.pictures import Picture
from helpers.engine.running import MOST, TooLarge, to_array
from helpers.engine.wording import MINUS

FEW = 12  # numbers that are written out
LONGEST = 200  # characters of a result that is written out
NAMED = 1_000_000  # names are numbers from here on, so that no plain number is taken for one
DEEPEST = 8  # lists in lists; more of them are a list that holds itself
KINDS = {"b": "True and False", "c": "complex numbers", "U": "text", "S": "text"}
NO_NUMBERS = "Your result is {}; wanted are numbers."
A_PICTURE = "That is a whole picture, with its name and where it came from. Its numbers are in `.pixels`: `my.pixels`."
A_TEXT = "Your result is a text: quotes make one, even of a number. Wanted are numbers, without quotes."
TOO_LARGE = f"Your result is too large: it holds more than {MOST:,} numbers. Wanted are far fewer."
HOLDS_ITSELF = "Your result is a list that holds itself, or lists in far too many lists: what do you `append` to what?"
NAMES_OR_NUMBERS = (list, tuple, str, int, float, np.ndarray, np.generic)
NO_NAMES = "Your result is {}; wanted is a list of names."
A_SET = "Your result is a set, and a set has no order. Make a list, with what comes first in front."
NO_SUCH_NAME = "Your result holds {text}, and that is none of the names."
ODD = "is something divided by 0, or an array never filled?"


class Refusal(Exception):
    """What came back cannot be compared; holds a sentence, and a few words for the instructor's table."""

    def __init__(self, name, says):
        super().__init__(says)
        self.name, self.says = name, says


def read(value):
    """Return a value as an array of finite numbers.

    Raises
    ------
    Refusal
        If it is none.
    """
    if callable(value) and not hasattr(value, "__array__"):
        raise Refusal("a function", f"Your result is {a(value)} itself: call it, with brackets behind it.")
    if isinstance(value, Picture):
        raise Refusal("a Picture", A_PICTURE)
    if is_too_deep(value):
        raise Refusal("holds itself", HOLDS_ITSELF)
    try:
        array = plain(value)
    except TooLarge:
        raise Refusal("too large", TOO_LARGE) from None
    except ValueError:
        raise Refusal("ragged", "The rows of your result have different lengths.") from None
    except Exception:
        raise Refusal("not an array", NO_NUMBERS.format(a(value))) from None
    if array.dtype.kind in "US" and not array.ndim:
        raise Refusal("no numbers", A_TEXT)
    if array.dtype.kind not in "uif":
        what = f"an array of {KINDS.get(array.dtype.kind, 'objects')}" if array.ndim else a(value)
        raise Refusal("no numbers", NO_NUMBERS.format(what))
    odd = array.size - int(np.isfinite(array).sum())
    if odd:
        many = "Your result is" if array.ndim == 0 else f"{odd} of your {counted(array.size, 'number')} are"
        raise Refusal("not finite", f"{many} not finite (NaN or infinite): {ODD}")
    return array


def read_names(value, names):
    """Return a result in which names stand as numbers: each name by its place in a list, from NAMED on.

    >>> read_names(["tabby", 0.5], ["lynx", "tabby"]) - [NAMED, 0]
    array([1. , 0.5])

    Raises
    ------
    Refusal
        If a text is none of the names, or something else can be no array.
    """
    if is_too_deep(value):
        raise Refusal("holds itself", HOLDS_ITSELF)
    if isinstance(value, set | frozenset):
        raise Refusal("a set", A_SET)
    if not isinstance(value, NAMES_OR_NUMBERS):
        raise Refusal("no names", NO_NAMES.format(a(value)))
    return read(numbered(listed(value), names))


def listed(value):
    """Return arrays and tuples as lists, as deep as they go."""
    value = value.tolist() if isinstance(value, np.ndarray | np.generic) else value
    return [listed(one) for one in value] if isinstance(value, list | tuple) else value


def numbered(value, names):
    """Return lists with a number in the place of each name."""
    if isinstance(value, list):
        return [numbered(one, names) for one in value]
    if not isinstance(value, str):
        return value
    if value not in names:
        raise Refusal("no such name", NO_SUCH_NAME.format(text=repr(str(value)[:LONGEST])))
    return float(NAMED + names.index(value))


def spelled(value):
    """Write a result of names."""
    text = repr(listed(value))
    return text if len(text) <= LONGEST else f"{text[:LONGEST]} …"


def is_too_deep(value, depth=0):
    """Tell whether lists stand in lists in lists, too many of them to be an array."""
    if not isinstance(value, list | tuple):
        return False
    return depth == DEEPEST or any(is_too_deep(one, depth + 1) for one in {id(one): one for one in value}.values())


def plain(value):
    """Return a value as an array; a set is sorted, a tensor leaves its gradients behind first."""
    if isinstance(value, set | frozenset):
        value = sorted(value)
    if hasattr(value, "detach"):
        value = value.detach().cpu()
    return to_array(value)


def a(value):
    """Name the type of a value: "a str", "an int", "a Tensor (torch)"."""
    if issubclass(type(value), np.ndarray):
        return "an array"
    name, module = type(value).__name__, type(value).__module__.split(".")[0]
    origin = "" if module in ("builtins", "__main__", "numpy") else f" ({module})"
    return f"{'an' if name[0].lower() in 'aeio' else 'a'} {name}{origin}"


def shape_in_words(shape):
    """Write a shape: "4 rows × 7 columns × 3 channels"."""
    if not shape:
        return "one number"
    if len(shape) == 1:
        return counted(shape[0], "number")
    names = ("row", "column", "channel")
    if len(shape) > 3:  # a batch, or filters: nobody knows
        return f"the shape {shape}"
    return " × ".join(counted(length, name) for length, name in zip(shape, names, strict=False))


def counted(count, word):
    """Write a count with its word."""
    return f"{count} {word}{'' if count == 1 else 's'}"


def described(arguments, parameters):
    """Describe the arguments of a call: numbers by themselves, large arrays by their shape and type, no functions."""
    pairs = [pair for pair in zip(parameters, arguments, strict=True) if not callable(pair[1])]
    parts = [f"{name} = {in_words(value)}" for name, value in pairs]
    types = {str(value.dtype) for value in arguments if isinstance(value, np.generic)}
    return ", ".join([*parts, *(f"all stored as {kind}" for kind in types)])


def in_words(value):
    """Write an argument."""
    if isinstance(value, np.ndarray):
        return f"{value.tolist() if value.size <= FEW else shape_in_words(value.shape)}, {value.dtype}"
    return f"{value:g}" if isinstance(value, int | float | np.number) else repr(value)


def agrees(one, other, tolerance):
    """Tell whether two arrays have the same shape and, within a tolerance, the same numbers."""
    return one.shape == other.shape and bool((np.abs(one.astype(float) - other.astype(float)) <= tolerance).all())


def exactly(value):
    """Write a number with all the digits that tell it from its neighbors: 127.5 is not 128."""
    return f"{float(value):.7g}".replace("-", MINUS)
