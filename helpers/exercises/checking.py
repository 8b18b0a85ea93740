"""The check: one call after the learner's cell."""

from dataclasses import replace

from helpers.exercises import logbook
from helpers.exercises.asking import hints
from helpers.exercises.judging import judge
from helpers.exercises.lesson import find
from helpers.exercises.reading import a
from helpers.exercises.verdict import CORRECT, NOT_ATTEMPTED, NOT_YET, Verdict
from helpers.exercises.waiting import page_waits

BY_NAME = "A function goes by its name alone, without brackets: `exercises.check(crop)`."
NAME_IT = 'With anything else, name the exercise: `exercises.check(my_answer, "crop")`.'
SURPRISED = "The check itself did not expect this ({error}). Nothing is lost: change something and run it again."


def check(answer=..., name=None):
    """Check an answer: not attempted yet, not yet (and what it looks like), or correct. Never raises.

    Parameters
    ----------
    answer : function or value
        A function goes by its own name; a value needs the name of its exercise.
    name : str, optional
        The name of the exercise.

    Examples
    --------
    >>> def crop(image):
    ...     return ...
    >>> print(check(crop).outcome)
    not attempted yet
    """
    try:
        return checked(answer, name)
    except Exception as error:
        return Verdict(NOT_YET, None, SURPRISED.format(error=type(error).__name__))


def checked(answer, name):
    """Return the Verdict, with hints below it, and keep it in the logbook."""
    if name is None and not hasattr(answer, "__name__"):
        return Verdict(NOT_YET, None, nameless(answer))
    try:
        key, exercise = find("exercises", answer.__name__ if name is None else name)
    except ValueError as error:
        return Verdict(NOT_YET, None, f"Which exercise is this? {first_upper(str(error))}. {NAME_IT}")
    with page_waits():
        verdict = judge(exercise, answer)
    if verdict.outcome != NOT_ATTEMPTED:
        logbook.MINE.tried(key, verdict.outcome == CORRECT, verdict.diagnosis)
    notice = logbook.MINE.take_notice()
    return replace(verdict.with_facts(*filter(None, [notice])), below=(hints(exercise.name),))


def nameless(answer):
    """Say how an exercise is named."""
    if isinstance(answer, str):
        return "Give the function itself, without quotation marks: `exercises.check(crop)`, for instance."
    return f"This is {a(answer)}. {BY_NAME} {NAME_IT}"


def first_upper(text):
    """Begin a text with a capital letter."""
    return text[:1].upper() + text[1:]
