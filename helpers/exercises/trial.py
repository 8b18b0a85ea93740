"""A learner's function, tried on every input of an exercise, beside what the solution makes of them."""

import copy
import random
from dataclasses import dataclass
from functools import cached_property, partial

import numpy as np

from helpers.engine.running import Run, run
from helpers.exercises.quantities import quantities
from helpers.exercises.reading import Refusal, agrees, counted, described, exactly, read, shape_in_words, spelled
from helpers.exercises.relations import Pairs
from helpers.exercises.syntax import tree_of

SLACK = 3  # how many times the tolerance an outcome may be off and still look like a slip
PROBES = 24  # further inputs that a condition is tried on, about
ENDS = ("time", "exit", "stop")  # after one of these, the other inputs are not tried

FILTERS = ("kernel row", "kernel column", "channel", "filter")  # the axes of weights


@dataclass
class Outcome:
    """One call, and what came back as an array; or why that cannot be compared."""

    run: Run
    array: np.ndarray | None = None
    refusal: Refusal | None = None
    spelled: str = ""  # the result as it is written, where names come back

    @property
    def failure(self):
        """Return what kept an array from coming back, in a few words; "" if one did."""
        return self.run.error or (self.refusal.name if self.refusal else "")

    def is_like(self, other, tolerance):
        """Tell whether two calls came to the same: the same numbers, or the same kind of failure."""
        if self.failure or other.failure:
            return self.failure == other.failure
        return agrees(self.array, other.array, tolerance)


def outcomes(function, cases, seconds, read=None):
    """Call a function on every input, or until it has to be ended, and return the Outcomes.

    `read` is an exercise's own way to make numbers of a result.
    """
    found, left = [], seconds
    for case in cases:
        done = run(function, case, left, partial(read_names_or_refuse, read, case) if read else read_or_refuse)
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


def read_names_or_refuse(read, case, value):
    """Return what an exercise makes of a value, None, and how it is written; or None and the Refusal."""
    try:
        return read(value, *case), None, spelled(value)
    except Refusal as refusal:
        return None, refusal


def outcome_of(done):
    """Return a call's Outcome."""
    return Outcome(done) if done.error else Outcome(done, *done.read)


class Trial:
    """The outcomes of a learner's function, and those that are wanted."""

    def __init__(self, exercise, function):
        self.exercise, self.function, self.cases = exercise, function, exercise.cases
        self.got = self.outcomes_of(function)
        self.wanted = self.made_by("", exercise.solution)
        self.right = [one.is_like(two, exercise.tolerance) for one, two in self.pairs()]

    @cached_property
    def tree(self):
        """Return the syntax tree of the learner's function, or None."""
        return tree_of(self.function)

    def outcomes_of(self, function, cases=None):
        """Return what a function makes of the exercise's inputs, or of others."""
        return outcomes(function, cases or self.exercise.cases, self.exercise.seconds, self.exercise.read)

    def made_by(self, name, function):
        """Return what the solution or a slip makes of the exercise's inputs; it is worked out once."""
        if name not in self.exercise.made:
            self.exercise.made[name] = self.outcomes_of(function)
        return self.exercise.made[name]

    def until_it_failed(self):
        """Return the Trial as it stood before the first input at which the function failed."""
        part = copy.copy(self)
        failed = next((i for i, one in enumerate(self.got) if one.failure), len(self.got))
        part.got, part.wanted, part.right = self.got[:failed], self.wanted[:failed], self.right[:failed]
        part.cases = self.cases[:failed]
        return part

    def pairs(self):
        """Return the pairs (got, wanted), as far as the function was tried."""
        return list(zip(self.got, self.wanted, strict=False))

    def looks_like(self, slip):
        """Tell whether every outcome is a slip's; slips may be a little further off than what is right."""
        made = self.made_by(slip.name, slip.like)[: len(self.got)]
        return all_alike(self.got, made, SLACK * self.exercise.tolerance)

    def is_right_with(self, cases):
        """Tell whether the learner's function makes of other inputs what is wanted of the exercise's."""
        made = self.outcomes_of(self.function, cases)[: len(self.got)]
        return all_alike(self.wanted[: len(self.got)], made, self.exercise.tolerance)

    # -- what reasoning needs

    def compared(self, places, of=None, got=None):
        """Return the Pairs of some inputs; none if one of them failed.

        Parameters
        ----------
        places : sequence of int
        of : Slip, optional
            What is wanted is what this makes.
        got : list of Outcome, optional
            In the place of what came back.
        """
        got, wanted = got or self.got, self.made_by(of.name, of.like) if of else self.wanted
        places = [] if any(got[place].failure or wanted[place].failure for place in places) else places
        cases = [self.cases[place] for place in places]
        return Pairs(
            [got[place].array.astype(float) for place in places],
            [wanted[place].array.astype(float) for place in places],
            cases,
            self.exercise.parameters,
            [quantities(case, self.exercise.parameters) for case in cases],
            self.exercise.tolerance,
        )

    def caller(self, function):
        """Return a function that calls another as a trial does, and returns an array, or None if it fails."""
        left = self.exercise.seconds / 2

        def call(*arguments):
            nonlocal left
            done = run(function, arguments, max(0, left), read_or_refuse)
            left -= done.seconds
            return outcome_of(done).array

        return call

    def asked(self, right):
        """Return what `conditions.separating` needs."""
        wanted = [one.array for one in self.wanted[: len(right)]]
        return list(self.cases[: len(right)]), wanted, right, self.exercise.parameters

    def probes(self):
        """Return (cases, wanted, right) of inputs that are mixed from those of the exercise, to try a condition on."""
        cases = mixed(self.exercise.cases)
        wanted = self.outcomes_of(self.exercise.solution, cases)
        sound = [place for place, one in enumerate(wanted) if not one.failure and one.array.size][:PROBES]
        cases, wanted = [cases[place] for place in sound], [wanted[place] for place in sound]
        got = self.outcomes_of(self.function, cases) if cases else []
        right = [one.is_like(two, self.exercise.tolerance) for one, two in zip(got, wanted, strict=False)]
        return cases[: len(got)], [one.array for one in wanted[: len(got)]], right

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
        """Return sentences on the first input that does not come out right: what comes back, what is wanted."""
        exercise = self.exercise
        got, wanted = self.pairs()[self.wrong]
        facts = [f"Tried with {described(exercise.cases[self.wrong], exercise.parameters)}."]
        if got.spelled:
            facts.append(f"Your result is {got.spelled}; wanted: {wanted.spelled}.")
        elif not got.failure and got.array.shape != wanted.array.shape:
            shapes = shape_in_words(got.array.shape), shape_in_words(wanted.array.shape)
            facts.append(f"Your result has {shapes[0]}; wanted: {shapes[1]}.")
        elif not got.failure:
            differs = difference(got, wanted, exercise.tolerance)
            facts.append(difference_in_words(got.array, wanted.array, differs))
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
        if got.failure or got.spelled or not got.array.ndim:
            return {}
        drawn["yours"] = got.array
        if got.array.shape == wanted.array.shape:
            differs = difference(got, wanted, self.exercise.tolerance)
            drawn["differs"] = differs.any(axis=2) if differs.ndim == 3 else differs
        return drawn

    def first(self, has):
        """Return the first Outcome of the learner's function of which something holds, or None."""
        return next((one for one in self.got if has(one)), None)


def mixed(cases):
    """Return inputs that have all arguments but one from a case, and that one from another, in no special order."""
    pairs = ((one, two, place) for one in cases for two in cases for place in range(len(one)) if one is not two)
    made = [(*one[:place], two[place], *one[place + 1 :]) for one, two, place in pairs]
    made = made if len(cases[0]) > 1 else [(other,) for (one,) in cases for other in varied(one)]
    return random.Random(0).sample(made, len(made))


def varied(value):
    """Return a few inputs that differ from one in one thing."""
    if isinstance(value, np.ndarray):
        return [value.astype(float), np.flip(value, axis=min(1, value.ndim - 1)).copy(), value[:-1]]
    return [value + 1, value + 2, 3 * value]


def all_alike(some, others, tolerance):
    """Tell whether two lists of outcomes are the same."""
    pairs = zip(some, others, strict=False)
    return len(some) == len(others) and all(one.is_like(two, tolerance) for one, two in pairs)


def difference(got, wanted, tolerance):
    """Return True where the arrays of two outcomes differ; they have one shape."""
    return np.abs(got.array.astype(float) - wanted.array.astype(float)) > tolerance


def difference_in_words(got, wanted, differs):
    """Say how many numbers differ, where the first one does, and what it should be."""
    if not got.shape:
        return f"Your result is {exactly(got)}; wanted: {exactly(wanted)}."
    place = tuple(int(index) for index in np.argwhere(differs)[0])
    names = {1: ("number",), 2: ("row", "column"), 3: ("row", "column", "channel"), 4: FILTERS}
    names = names.get(got.ndim, ("index",) * got.ndim)
    where = ", ".join(f"{name} {index}" for name, index in zip(names, place, strict=True))
    many = f"{differs.sum()} of {counted(got.size, 'number')}"
    return f"{many} differ, the first at {where}: yours is {exactly(got[place])}; wanted: {exactly(wanted[place])}."
