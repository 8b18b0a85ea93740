"""The diagnoses: each looks at a Trial and returns the Slip that it sees, or None.

A slip is never guessed: it is named when the learner's outcome is the slip's own on every input. A function that gets
one input wrong and fails at a later one is diagnosed by what it did until then: first things first.
"""

import numpy as np

from helpers.exercises import explaining
from helpers.exercises.exercise import Slip
from helpers.exercises.reading import agrees

TURNED = "Rows and columns of your result are exchanged: rows come first."
WRAPPED = "Your numbers start again at 0 after 255: they are stored in 8 bits, and larger ones do not fit."
CUT_OFF = "Your decimals are cut off: `//`, `int` or an array of whole numbers does that."
BACKWARD = "Your channels come in the order blue, green, red. Here it is red, green, blue."

# What can be seen in the result alone, whatever the exercise: `like` makes it out of the right result.
MISSHAPEN = (
    Slip("transposed", lambda result: result.swapaxes(0, 1), TURNED),
    Slip("order of channels", lambda result: result[..., ::-1] if has_colors(result) else None, BACKWARD),
    Slip("upside down", lambda result: result[::-1], "Your result is upside down: row 0 is at the top."),
    Slip("mirrored", lambda result: result[:, ::-1], "Your result is mirrored: column 0 is on the left."),
    Slip("0 to 1", lambda result: result / 255, "Your numbers run from 0 to 1; wanted are 0 to 255."),
    Slip("wrapped", lambda result: np.trunc(result) % 256, WRAPPED),
    Slip("decimals cut off", np.trunc, CUT_OFF),
    Slip("rounded", np.round, "Your numbers are rounded; keep the decimals."),
    Slip("sign", np.negative, "Your numbers have the wrong sign."),
    Slip("other shape", None, "The numbers are right, but they stand in another shape."),
)


def diagnose(trial):
    """Return the Slip that fits best, or None."""
    return first_of((nothing_returned, known), trial) or first_of(
        (known, raised, not_numbers, overflow, misshapen, one_number, deaf, shape), until_it_failed(trial)
    )


def first_of(looks, trial):
    """Return the first Slip that is seen, or None."""
    return next((slip for slip in (look(trial) for look in looks) if slip), None)


def until_it_failed(trial):
    """Return the part of a trial before its first failure if that went wrong already; else all of it."""
    part = trial.until_it_failed()
    return trial if all(part.right) else part


def nothing_returned(trial):
    """See whether the function forgets `return`, or still returns `...`."""
    results = [one.run.result for one in trial.got if not one.run.error]
    if any(result is ... for result in results):
        return Slip("returns ...", None, explaining.STILL_DOTS)
    if any(result is None for result in results):
        has_printed = any(one.run.characters for one in trial.got)
        return Slip("nothing returned", None, explaining.ONLY_PRINTED if has_printed else explaining.NOTHING)
    return None


def known(trial):
    """See whether the outcomes are those of one of the exercise's own slips."""
    return next((slip for slip in trial.exercise.slips if trial.looks_like(slip)), None)


def raised(trial):
    """See whether the function raises an exception."""
    failed = trial.first(lambda one: one.run.error)
    return failed and Slip(f"raises {failed.run.error}", None, explaining.exception(failed.run, trial.exercise.stops))


def not_numbers(trial):
    """See whether something else than numbers comes back."""
    refused = trial.first(lambda one: one.refusal)
    return refused and Slip(refused.refusal.name, None, refused.refusal.says)


def overflow(trial):
    """See whether the function is right as soon as its inputs have room for large numbers."""
    cases = trial.exercise.cases
    if not any(is_8_bit(value) for case in cases for value in case):
        return None
    roomy = [tuple(value.astype(float) if is_8_bit(value) else value for value in case) for case in cases]
    is_right = trial.is_right_with(roomy)
    return Slip("integer overflow in uint8", None, explaining.OVERFLOW) if is_right else None


def is_8_bit(value):
    """Tell whether a value is stored in 8 bits."""
    return isinstance(value, np.ndarray | np.generic) and value.dtype == np.uint8


def misshapen(trial):
    """See whether every result is the right one, but turned, scaled, rounded or in another shape."""
    pairs, tolerance = trial.pairs(), trial.exercise.tolerance
    fits = (slip for slip in MISSHAPEN if all(looks(slip, one.array, two.array, tolerance) for one, two in pairs))
    return next(fits, None)


def looks(slip, got, wanted, tolerance):
    """Tell whether a result is what a slip makes of the right one."""
    if slip.like is None:
        return got.size == wanted.size and agrees(got.ravel(), wanted.ravel(), tolerance)
    try:
        made = slip.like(wanted.astype(float))
    except (ValueError, IndexError):  # there are not enough axes to turn
        return False
    return made is not None and agrees(got, made, tolerance)


def has_colors(result):
    """Tell whether an array is one pixel's or one picture's red, green and blue."""
    return result.ndim in (1, 3) and result.shape[-1] == 3


def one_number(trial):
    """See whether a single number comes back in the place of several."""
    alone = [one.array.ndim == 0 < two.array.ndim for one, two in trial.pairs()]
    return Slip("one number", None, explaining.ONE_NUMBER) if all(alone) else None


def shape(trial):
    """See whether a result has another shape than it should."""
    fit = [one.array.shape == two.array.shape for one, two in trial.pairs()]
    return None if all(fit) else Slip("shape", None, explaining.SHAPE)


def deaf(trial):
    """See whether the function returns the same whatever it is given."""
    first = trial.got[0]
    if len(trial.got) < 2 or not all(one.is_like(first, 0) for one in trial.got):
        return None
    names = " and ".join(f"`{name}`" for name in trial.exercise.parameters)
    return Slip("same for all inputs", None, explaining.DEAF.format(names=names))
