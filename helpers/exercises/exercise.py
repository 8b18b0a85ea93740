"""What an exercise is: plain data, from which the stub, the check, the hints and the answer key are made."""

import ast
import inspect
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

SECONDS = 5  # a function that takes longer is cut off
DOTS = "..."  # what stands where a learner's own words belong


@dataclass(frozen=True)
class Slip:
    """A likely mistake, and what is said to whoever makes it.

    Attributes
    ----------
    name : str
        A few words for the instructor's table.
    like : callable
        The mistake itself. In a FunctionExercise a function that makes it; in a ValueExercise a function that
        tells whether a value shows it.
    says : str
        What the learner reads. It never gives the answer away.
    example : object
        In a ValueExercise: a value that shows the slip, for the tests.
    because : tuple of (callable, str)
        What is said besides if the learner's code has it: a predicate on its syntax tree, made by `syntax.has`, and
        a sentence. The first that holds is said.
    which : callable, optional
        In a ValueExercise: returns the part of the value that the sentence is about, as code.
    """

    name: str
    like: Callable
    says: str
    example: object = None
    because: tuple = ()
    which: Callable | None = None

    def told(self, value):
        """Return what the learner reads of a value, which part of it is meant included."""
        return f"{self.says} See {self.which(value)}." if self.which else self.says


@dataclass(frozen=True)
class FunctionExercise:
    """The learner writes a function; it is compared with the solution on several inputs.

    Attributes
    ----------
    title : str
    solution : function
        Its name is the exercise's, its first lines up to the docstring are the stub.
    cases : tuple of tuples
        The arguments of each call. They must tell every slip from the solution.
    hints : (str, str)
        An idea, then the first line.
    why : str
        What a correct answer is good for.
    slips : tuple of Slip
        The first that fits is told, so the special ones come first.
    ways : tuple of functions
        Other right ways; tests run them, instructors read them.
    stops : tuple of (str, str)
        The name of an exception, and what to ask whoever's function stops with it here.
    topics : str
        Which common slips the exercise must catch; see tests/slip_table.py.
    tolerance : float
        How far a number may be off.
    seconds : float
        How long all calls together may take.
    read : callable, optional
        Where names come back, not numbers: takes a result and the arguments of its call, and returns an array of
        numbers that can be compared, or raises a Refusal.
    """

    title: str
    solution: Callable
    cases: tuple
    hints: tuple
    why: str
    slips: tuple = ()
    ways: tuple = ()
    stops: tuple = ()
    topics: str = ""
    tolerance: float = 0
    seconds: float = SECONDS
    read: Callable | None = None

    @property
    def name(self):
        """Return the name of the exercise, which is the function's."""
        return self.solution.__name__

    @property
    def answer(self):
        """Return the solution as text."""
        return source(self.solution)

    @property
    def stub(self):
        """Return what the learner starts from."""
        function = ast.parse(self.answer).body[0]
        head = self.answer.splitlines()[: function.body[0].end_lineno]
        return "\n".join([*head, "    return ..."])

    @property
    def call(self):
        """Return the line that checks it."""
        return f"exercises.check({self.name})"

    @property
    def parameters(self):
        """Return the names of the arguments."""
        return list(inspect.signature(self.solution).parameters)

    @cached_property
    def made(self):
        """Return a place to keep what the solution and the slips make of the cases: name -> Outcomes."""
        return {}


@dataclass(frozen=True)
class ValueExercise:
    """The learner finds a value: a picture, a number, a list.

    Attributes
    ----------
    name, title : str
    stub, answer : str
        What the learner starts from, and the same solved.
    right : callable
        Tells whether a value is right.
    hints, why, slips, ways
        As in FunctionExercise; `ways` are other right values.
    variable : str
        What the value is called in the notebook; the exercise's name if left out.
    untouched : array_like, optional
        What the stub holds: not attempted yet.
    shape : tuple, optional
        The shape that an array must have.
    far : callable, optional
        Returns a sentence on how far off a value is, for one that shows no known slip.
    """

    name: str
    title: str
    stub: str
    answer: str
    right: Callable
    hints: tuple
    why: str
    slips: tuple = ()
    ways: tuple = ()
    variable: str = ""
    untouched: object = None
    shape: tuple | None = None
    far: Callable | None = None
    topics: str = ""

    @property
    def call(self):
        """Return the line that checks it."""
        return f'exercises.check({self.variable or self.name}, "{self.name}")'


@dataclass(frozen=True)
class Heading:
    """One entry of a card.

    Attributes
    ----------
    name : str
        Its key.
    asks : str
        What is to be said there; the stub's comment.
    counts : bool
        Whether a number belongs there.
    """

    name: str
    asks: str
    counts: bool = False


@dataclass(frozen=True)
class CardExercise:
    """The learner writes a sentence of their own under each heading of a card, a dict.

    Whether it is true or wise is not judged; only whether something is said.

    Attributes
    ----------
    name, title : str
    headings : tuple of Heading
    example : dict
        A card that is filled in: heading -> sentence.
    hints, why, slips, ways
        As in ValueExercise; `ways` are other cards. A slip's `like` takes a card, and `which` returns the headings
        that its sentence is about.
    variable : str
        What the card is called in the notebook.
    """

    name: str
    title: str
    headings: tuple
    example: dict
    hints: tuple
    why: str
    slips: tuple = ()
    ways: tuple = ()
    variable: str = "card"
    topics: str = ""

    @property
    def stub(self):
        """Return what the learner starts from: dots under each heading."""
        return self.written({heading.name: DOTS for heading in self.headings})

    @property
    def answer(self):
        """Return the example as text."""
        return self.written(self.example)

    @property
    def call(self):
        """Return the line that checks it."""
        return f'exercises.check({self.variable}, "{self.name}")'

    def written(self, card):
        """Return a card as a learner would write it."""
        lines = [f'    "{one.name}": "{card[one.name]}",  # {one.asks}' for one in self.headings]
        return "\n".join([f"{self.variable} = {{", *lines, "}"])


def bug_hunt(suspect, truth, ask, evidence, **details):
    """Return the exercise of finding an input that exposes a wrong function.

    Parameters
    ----------
    suspect, truth : function
        The wrong function, which is shown in the stub, and what it should do.
    ask : str
        What the stub asks for, as a comment.
    evidence : str
        An expression that exposes the bug: the solution.
    **details
        As in ValueExercise. A slip is looked at before the evidence is: it may rule an input out.
    """
    shown = source(suspect) + "\n\n\nevidence = "

    def exposes(value):
        return not any(slip.like(value) for slip in details["slips"]) and differs(suspect, truth, value)

    return ValueExercise(
        name=suspect.__name__,
        stub=f"{shown}...  # {ask}",
        answer=f"{shown}{evidence}",
        right=exposes,
        variable="evidence",
        **details,
    )


def differs(suspect, truth, value):
    """Tell whether two functions make different things of one array; rounding is no difference."""
    with np.errstate(all="ignore"):
        one, other = np.asarray(suspect(value.copy())), np.asarray(truth(value.copy()))
    return one.shape != other.shape or not np.allclose(one, other, atol=1e-6)


def source(function):
    """Return the text of a function as a learner would write it."""
    return textwrap.dedent(inspect.getsource(function)).rstrip()
