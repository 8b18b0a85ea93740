"""The learner's own function in a recipe: what it returns, and where that differs from the course's."""

import numpy as np

from helpers.engine.recipe import evaluate
from helpers.engine.running import run
from helpers.stage.settings import to_browser

SECONDS = 5  # after which a learner's function is cut off


class Stopped(Exception):
    """A learner's function ended without a result; the words say how."""


def guarded(function):
    """Return a learner's function that cannot hang, exit or print without end; it raises Stopped instead."""

    def call(**arguments):
        names = list(arguments)
        done = run(lambda *given: function(**dict(zip(names, given, strict=True))), tuple(arguments.values()), SECONDS)
        if done.error == "time":
            raise Stopped(f"your function was cut off after {SECONDS} seconds; does its loop end?")
        if done.error:
            raise Stopped(f"your function stopped with {done.error}: {done.said}".rstrip(": "))
        try:
            return np.asarray(done.result)
        except ValueError:
            raise Stopped("your function returned rows of different lengths") from None

    return call


def place(index):
    """Write an index as a row and a column."""
    return f"row {index[0]}, column {index[1]}"


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
    if mine.ndim not in (2, 3) or mine.size == 0:
        return f"your function returned an array of the shape {mine.shape}; rows and columns are needed", False
    if not np.isfinite(mine).all():
        return "your function returned numbers that are not finite (NaN or infinite)", False
    if mine.shape != reference.shape:
        return f"your function returned the shape {mine.shape}; the course's has {reference.shape}", True
    far = ~np.isclose(mine, reference, rtol=1e-4, atol=1e-3)
    if not far.any():
        return "your function agrees in every cell", True
    count, first = int(far.sum()), tuple(int(i) for i in np.argwhere(far)[0])
    cells = "1 cell differs" if count == 1 else f"{count} of {far.size} cells differ"
    numbers = f"yours {mine[first]:g}, the course's {reference[first]:g}"
    return f"{cells} from the course's; the first is {place(first)}: {numbers}", True


def with_own(recipe, settings, replace):
    """Work a recipe out with the learner's functions.

    Returns
    -------
    dict
        `step`: whose outcome is the learner's; `array`: that outcome as the browser takes it, None if it cannot be
        drawn; `message`: a sentence about it.
    """
    name = next(iter(replace))
    try:
        reference = evaluate(recipe, settings)[name]
    except ValueError as refusal:
        return {"step": name, "array": None, "message": str(refusal)}
    try:
        mine = evaluate(recipe, settings, {step: guarded(function) for step, function in replace.items()})[name]
    except Stopped as stopped:
        return {"step": name, "array": None, "message": str(stopped)}
    message, drawable = judge(mine, reference)
    array = to_browser(mine.astype(np.float64)) if drawable else None
    return {"step": name, "array": array, "message": message}
