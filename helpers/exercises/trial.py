"""A learner's function, tried on every input of an exercise, beside what the solution makes of them."""

import copy
from dataclasses import dataclass

import numpy as np

from helpers.engine.running import Run, run
from helpers.engine.wording import number
from helpers.exercises.reading import Refusal, agrees, counted, described, read, shape_in_words

SLACK = 3  # how many times the tolerance an outcome may be off and still look like a slip
ENDS = ("time", "exit", "stop")  # after one of these, the other inputs are not tried


@dataclass
class Outcome:
    """One call, and what came back as an array; or why that cannot be compared."""

    run: Run
    array: np.ndarray | None = None
    refusal: Refusal | None = None

    @property
    def failure(self):
        """Return what kept an array from coming back, in a few words; "" if one did."""
        return self.run.error or (self.refusal.name if self.refusal else "")

    def is_like(self, other, tolerance):
        """Tell whether two calls came to the same: the same numbers, or the same kind of failure."""
        if self.failure or other.failure:
            return self.failure == other.failure
        return agrees(self.array, other.array, tolerance)


def outcomes(function, cases, seconds):
    """Call a function on every input, or until it has to be ended, and return the Outcomes."""
    found, left = [], seconds
    for case in cases:
        done = run(function, case, left, read_or_refuse)
        found.append(outcome_of(done))
        left -= done.seconds
        if done.error in ENDS:
            break
    return found


def read_or_refuse(value):
    """Return a value as an array and None, or None and the Refusal."""
    try:
        return read(value), None
    except Refusal as refusal:
        return None, refusal


def outcome_of(done):
    """Return a call's Outcome."""
    return Outcome(done) if done.error else Outcome(done, *done.read)


class Trial:
    """The outcomes of a learner's function, and those that are wanted."""

    def __init__(self, exercise, function):
        self.exercise, self.function = exercise, function
        self.got = self.outcomes_of(function)
        self.wanted = self.outcomes_of(exercise.solution)
        self.right = [one.is_like(two, exercise.tolerance) for one, two in self.pairs()]

    def outcomes_of(self, function, cases=None):
        """Return what a function makes of the exercise's inputs, or of others."""
        return outcomes(function, cases or self.exercise.cases, self.exercise.seconds)

    def until_it_failed(self):
        """Return the Trial as it stood before the first input at which the function failed."""
        part = copy.copy(self)
        failed = next((i for i, one in enumerate(self.got) if one.failure), len(self.got))
        part.got, part.wanted, part.right = self.got[:failed], self.wanted[:failed], self.right[:failed]
        return part

    def pairs(self):
        """Return the pairs (got, wanted), as far as the function was tried."""
        return list(zip(self.got, self.wanted, strict=False))

    def looks_like(self, slip):
        """Tell whether every outcome is a slip's; slips may be a little further off than what is right."""
        made = self.outcomes_of(slip.like)[: len(self.got)]
        return all_alike(self.got, made, SLACK * self.exercise.tolerance)

    def is_right_with(self, cases):
        """Tell whether the learner's function makes of other inputs what is wanted of the exercise's."""
        made = self.outcomes_of(self.function, cases)[: len(self.got)]
        return all_alike(self.wanted, made, self.exercise.tolerance)

    @property
    def ended(self):
        """Return the Run that had to be ended, or None."""
        last = self.got[-1].run
        return last if last.error in ENDS else None

    @property
    def wrong(self):
        """Return the number of the first input that does not come out right."""
        return self.right.index(False)

    # -- the facts

    def facts(self):
        """Return sentences on the first input that does not come out right; never what would be right."""
        exercise = self.exercise
        got, wanted = self.pairs()[self.wrong]
        facts = [f"Tried with {described(exercise.cases[self.wrong], exercise.parameters)}."]
        if not got.failure and got.array.shape != wanted.array.shape:
            shapes = shape_in_words(got.array.shape), shape_in_words(wanted.array.shape)
            facts.append(f"Your result has {shapes[0]}; wanted: {shapes[1]}.")
        elif not got.failure:
            facts.append(difference_in_words(got.array, difference(got, wanted, exercise.tolerance)))
        failed = self.first(lambda one: one.run.error)
        if failed and not got.failure:
            facts.append(f"With another input it stops with {failed.run.error}.")
        if any(self.right):
            facts.append(f"Right so far: {sum(self.right)} of {counted(len(exercise.cases), 'input')}.")
        return facts

    def drawn(self):
        """Return the arrays to draw: what came in, what came out, and where it differs."""
        got, wanted = self.pairs()[self.wrong]
        came_in = self.exercise.cases[self.wrong][0]
        drawn = {"came_in": came_in} if isinstance(came_in, np.ndarray) else {}
        if got.failure or not got.array.ndim:
            return {}
        drawn["yours"] = got.array
        if got.array.shape == wanted.array.shape:
            differs = difference(got, wanted, self.exercise.tolerance)
            drawn["differs"] = differs.any(axis=2) if differs.ndim == 3 else differs
        return drawn

    def first(self, has):
        """Return the first Outcome of the learner's function of which something holds, or None."""
        return next((one for one in self.got if has(one)), None)


def all_alike(some, others, tolerance):
    """Tell whether two lists of outcomes are the same."""
    pairs = zip(some, others, strict=False)
    return len(some) == len(others) and all(one.is_like(two, tolerance) for one, two in pairs)


def difference(got, wanted, tolerance):
    """Return True where the arrays of two outcomes differ; they have one shape."""
    return np.abs(got.array.astype(float) - wanted.array.astype(float)) > tolerance


def difference_in_words(array, differs):
    """Say how many numbers differ and where the first one does; not what it should be."""
    if not array.shape:
        return f"Your result is {number(array)}."
    place = tuple(int(index) for index in np.argwhere(differs)[0])
    names = {1: ("number",), 2: ("row", "column"), 3: ("row", "column", "channel")}
    names = names.get(array.ndim, ("index",) * array.ndim)
    where = ", ".join(f"{name} {index}" for name, index in zip(names, place, strict=True))
    many = f"{differs.sum()} of {counted(array.size, 'number')}"
    return f"{many} differ, the first at {where}: yours is {number(array[place])}."
