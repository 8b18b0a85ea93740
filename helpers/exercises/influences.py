"""What a result depends on, found by trying: one number of the input is changed at a time, by 1.

Of a wrong number in the result this tells which numbers of the input it takes no notice of, which it reads in their
place, and which it counts too much or too little. Nothing is known of the exercise but its solution.
"""

import copy

import numpy as np

from helpers.exercises.exercise import Slip
from helpers.exercises.quantities import is_measured
from helpers.exercises.reading import counted

MOST = 100  # numbers of an argument that are tried one by one
SMALL = 1e-6
FAR = 64  # a second step, where the first one changes nothing


def influence(arguments, parameters, place, got, wanted):
    """Return how a wrong number depends on the arguments of its call as a Slip; None if just as it should.

    Parameters
    ----------
    arguments : tuple
        Of a call that comes out wrong.
    parameters : list of str
    place : tuple of int
        Where the result is wrong.
    got, wanted : callable
        The learner's function and the solution; they take arguments and return an array, or None if they fail.
    """
    taken = tuple(roomy(value) for value in arguments)
    subject = subject_of(place)
    for number, name in enumerate(parameters):
        if not is_measured(taken[number]):
            continue
        if not np.ndim(taken[number]) and not grows_steadily(wanted, taken, number, place):
            continue
        steps = [steps_of(function, taken, number, place) for function in (got, wanted)]
        if all(one is not None for one in steps) and np.shape(taken[number]) == steps[0].shape == steps[1].shape:
            says = in_words(name, subject, *steps)
            if says:
                return Slip(f"depends on {name}", None, says)
    return None


def grows_steadily(function, arguments, number, place):
    """Tell whether a result goes on growing with an argument by the same steps: else one step tells nothing."""
    results = [at(function(*increased(arguments, number, 0, step)), place) for step in range(3)]
    return None not in results and abs(results[2] - 2 * results[1] + results[0]) <= SMALL


def roomy(value):
    """Return a value with room for other numbers than it holds."""
    is_short = isinstance(value, np.ndarray | np.generic) and value.dtype.kind in "ui"
    return value.astype(float) if is_short else copy.deepcopy(value)


def subject_of(place):
    """Name a number of a result."""
    if not place:
        return "your result"
    if len(place) == 1:
        return f"number {place[0]} of your result"
    return f"your result at row {place[0]}, column {place[1]}"


def steps_of(function, arguments, number, place):
    """Return by how much a number of the result changes if a number of an argument grows by 1; None if it fails."""
    size, before = np.size(arguments[number]), at(function(*arguments), place)
    if size > MOST or before is None:
        return None
    found = []
    for index in range(size):
        after = at(function(*increased(arguments, number, index)), place)
        if (
            after == before
            and np.ndim(arguments[number])
            and at(function(*increased(arguments, number, index, FAR)), place) != before
        ):
            return None  # something is rounded or cut off here
        if after is None:
            return None
        found.append(after - before)
    return np.reshape(found, np.shape(arguments[number]))


def at(result, place):
    """Return a number of a result, or None if there is none in that place."""
    inside = result is not None and result.ndim == len(place) and all(map(int.__lt__, place, result.shape))
    return float(result[place]) if inside else None


def increased(arguments, number, index, step=1):
    """Return arguments in which one number is larger by a step."""
    value = np.array(arguments[number])
    value.flat[index] += step
    return (*arguments[:number], value if value.ndim else value[()].item(), *arguments[number + 1 :])


def in_words(name, subject, got, wanted):
    """Say how a number depends on an argument, in contrast to how it should; "" if there is none."""
    reads, should = np.abs(got) > SMALL, np.abs(wanted) > SMALL
    if not np.ndim(got):
        return of_a_number(name, subject, float(got), float(wanted))
    missing, more = should & ~reads, reads & ~should
    if should.any() and not reads.any():
        return f"Change `{name}`, and {subject} stays as it is."
    if missing.any() and more.any():
        return f"{first_upper(subject)} reads {region(name, more)}, where it should read {region(name, missing)}."
    if missing.any():
        return f"{first_upper(subject)} takes no notice of {region(name, missing)}."
    if more.any():
        return f"{first_upper(subject)} should not depend on {region(name, more)}."
    return of_weights(name, subject, got, wanted)


def of_a_number(name, subject, got, wanted):
    """Say how a number depends on an argument that is a number."""
    if abs(got - wanted) <= max(SMALL, 0.01 * abs(wanted)):
        return ""
    if abs(got) <= SMALL:
        return f"If `{name}` grows by 1, {subject} stays as it is; it should not."
    if abs(wanted) <= SMALL:
        return f"If `{name}` grows by 1, {subject} changes; it should not."
    return f"If `{name}` grows by 1, {subject} {changes(got)}: {verdict(got, wanted)}."


def of_weights(name, subject, got, wanted):
    """Say how a number depends on one number of an array, the first that it counts wrongly."""
    wrong = np.abs(got - wanted) > np.maximum(SMALL, 0.01 * np.abs(wanted))
    if not wrong.any():
        return ""
    index = tuple(int(one) for one in np.argwhere(wrong)[0])
    what = f"If `{name}[{', '.join(map(str, index))}]` grows by 1, {subject} {changes(got[index])}"
    return f"{what}: {verdict(got[index], wanted[index])}."


def changes(step):
    """Say by how much a number changes."""
    size = f"{abs(step):.4g}"
    return f"grows by {size}" if step > 0 else f"falls by {size}"


def verdict(got, wanted):
    """Say how one change compares with another."""
    if got * wanted < 0:
        return "the wrong way"
    return "too much" if abs(got) > abs(wanted) else "too little"


def region(name, mask):
    """Say where in an argument some places lie: one by its indices, a row or a column as that, others by the first."""
    found = np.argwhere(mask)
    for axis, word in enumerate(("row", "column")[: mask.ndim]):
        if len(found) > 1 and len(set(found[:, axis])) == 1:
            return f"{counted(len(found), 'number')} in {word} {found[0][axis]} of `{name}`"
    first = f"`{name}[{', '.join(str(one) for one in found[0])}]`"
    return first if len(found) == 1 else f"{first} and {counted(len(found) - 1, 'other number')}"


def first_upper(text):
    """Begin a text with a capital letter."""
    return text[:1].upper() + text[1:]
