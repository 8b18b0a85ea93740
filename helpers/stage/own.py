"""The learner's own functions in a recipe: what they return, and where that differs from the course's."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from helpers.engine.capturing import words_of
from helpers.engine.operations import OPERATIONS
from helpers.engine.recipe import chosen, evaluate
from helpers.engine.running import MOST, TooLarge, run, to_array
from helpers.stage.settings import to_browser

SECONDS = 5  # after which a learner's function is cut off


@dataclass(frozen=True)
class Through:
    """A learner's function that goes through several steps by itself, and stands in for the last of them.

    Attributes
    ----------
    function : callable
    reads : tuple of str
        The settings and earlier steps that it is given, in the place of the arguments of its step.
    handed : tuple of callable
        Functions that it is given besides, after them.
    """

    function: Callable
    reads: tuple
    handed: tuple = ()


class Stopped(Exception):
    """A learner's function ended without a result; the words say how."""


def result_of(function, arguments, tell):
    """Call a learner's function by position, as the checks do; return an array, or raise Stopped."""
    done = run(function, arguments, SECONDS, read, tell)
    if done.error == "time":
        raise Stopped(f"your function was cut off after {SECONDS} seconds; does its loop end?")
    if done.error == "stop":
        raise Stopped("your function was interrupted before it was done")
    if done.error:
        raise Stopped(f"your function stopped with {done.error}: {done.said}".rstrip(": "))
    array, refusal = done.read
    if refusal:
        raise Stopped(refusal)
    return array


def read(value):
    """Return a result as an array and "", or None and why it is none."""
    try:
        return to_array(value), ""
    except TooLarge:
        return None, f"your function returned more than {MOST:,} numbers"
    except ValueError:
        return None, "your function returned rows of different lengths"
    except Exception as error:
        said = words_of(error) or type(error).__name__
        return None, f"your function's result could not be read: {said}"


def place(index):
    """Write an index: a row and a column, a map where there is a third axis, one number where there is a single one."""
    if len(index) == 1:
        return f"number {index[0]}"
    return f"row {index[0]}, column {index[1]}" + "".join(f", map {channel}" for channel in index[2:])


def judge(mine, reference):
    """Return a sentence on the learner's result, and whether its shape allows a look at single cells.

    Parameters
    ----------
    mine : ndarray
        What the learner's function returned.
    reference : ndarray
        What the course's function returns.
    """
    if mine.ndim == 0 and mine.item() in (None, ...):
        return "your function returns nothing yet; what you see is the course's", False
    if mine.dtype.kind not in "buif":
        kind = type(mine.item()).__name__ if mine.ndim == 0 else mine.dtype
        return f"your function returned {kind}, not numbers", False
    row = reference.ndim == 1
    if mine.ndim not in ((1,) if row else (2, 3)) or mine.size == 0:
        needed = "one row of numbers is needed" if row else "rows and columns are needed"
        return f"your function returned an array of the shape {mine.shape}; {needed}", False
    if not np.isfinite(mine).all():
        return "your function returned numbers that are not finite (NaN or infinite)", False
    if mine.shape != reference.shape:
        return f"your function returned the shape {mine.shape}; the course's has {reference.shape}", not row
    far = ~np.isclose(mine, reference, rtol=1e-4, atol=1e-3)
    cell = "number" if row else "cell"
    if not far.any():
        return f"your function agrees in every {cell}", True
    count, first = int(far.sum()), tuple(int(i) for i in np.argwhere(far)[0])
    cells = f"1 {cell} differs" if count == 1 else f"{count} of {far.size} {cell}s differ"
    numbers = f"yours {mine[first]:g}, the course's {reference[first]:g}"
    return f"{cells} from the course's; the first is {place(first)}: {numbers}", True


def with_own(recipe, settings, replace, tell=print):
    """Work a recipe out with the learner's functions; what follows them is made of their results.

    Parameters
    ----------
    recipe, settings
        As `evaluate` takes them.
    replace : dict
        Step -> the learner's function, or `Through`.
    tell : callable
        Takes the name of a step and a sentence, while its function is inside something that cannot be cut off.

    Returns
    -------
    dict
        Step -> `array`: its outcome as the browser takes it, None if it cannot be drawn; `message`: a sentence.
    """
    found, values = {}, dict(settings)

    def given(name, arguments):
        """Return the learner's function of a step, and what it is called with."""
        own = replace[name]
        if not isinstance(own, Through):
            return own, tuple(arguments.values())
        return own.function, (*(values[one] for one in own.reads), *own.handed)

    def stand_in(one):
        """Return what takes the place of a step's operation, and notes what the learner's function makes of it."""
        name, operation = one["name"], OPERATIONS[chosen(one, settings)["operation"]]

        def call(**arguments):
            reference = np.asarray(operation.function(**arguments))
            try:
                mine = result_of(*given(name, arguments), lambda says: tell(name, says))
            except Stopped as stopped:
                found[name] = {"array": None, "message": str(stopped)}
                return reference
            message, drawable = judge(mine, reference)
            found[name] = {"array": to_browser(mine.astype(np.float64)) if drawable else None, "message": message}
            return mine if drawable else reference

        return call

    def noted(one):
        """Return what works a step out, and notes its outcome for those who read it later."""
        own = one["name"] in replace
        function = stand_in(one) if own else OPERATIONS[chosen(one, settings)["operation"]].function

        def call(**arguments):
            values[one["name"]] = np.asarray(function(**arguments))
            return values[one["name"]]

        return call

    try:
        evaluate(recipe, settings, {one["name"]: noted(one) for one in recipe})
    except ValueError as refusal:
        missing = {"array": None, "message": str(refusal)}
        return {name: found.get(name, missing) for name in replace}
    return found
