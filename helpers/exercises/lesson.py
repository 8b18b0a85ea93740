"""What a lesson is, and how it is found by its number and its exercises by their names.

A folder `helpers/lessons/lesson_05` with a LESSON in it is lesson 05: nothing else has to be told.
"""

import difflib
import functools
import importlib
from dataclasses import dataclass
from pathlib import Path

LESSONS = Path(__file__).resolve().parents[1] / "lessons"


@dataclass(frozen=True)
class Lesson:
    """All there is to explore, to predict, to do and to answer in one lesson.

    Attributes
    ----------
    title : str
    explorables : tuple of functions
        Each returns a Stage.
    predictions : tuple of Prediction
    exercises : tuple of FunctionExercise and ValueExercise
    quiz : tuple of Question
    """

    title: str
    explorables: tuple = ()
    predictions: tuple = ()
    exercises: tuple = ()
    quiz: tuple = ()


@functools.cache
def all_lessons():
    """Return the lessons by number, "00" first."""
    names = sorted(path.name for path in LESSONS.glob("lesson_[0-9][0-9]") if (path / "__init__.py").is_file())
    return {name[-2:]: importlib.import_module(f"helpers.lessons.{name}").LESSON for name in names}


def lessons():
    """Return those lessons by number in which something is asked."""
    return {number: one for number, one in all_lessons().items() if one.predictions or one.exercises or one.quiz}


def find(kind, name):
    """Return the key and the data of an exercise or a prediction.

    Parameters
    ----------
    kind : str
        "exercises" or "predictions".
    name : str
        Its name, which no other lesson uses for the same kind.

    Returns
    -------
    (str, object)
        The key is "01/crop": where the progress keeps it.

    Raises
    ------
    ValueError
        If there is none.
    """
    known = {one.name: (f"{number}/{one.name}", one) for number, one in each(kind)}
    name = str(name)
    if name in known:
        return known[name]
    close = difflib.get_close_matches(name, known, n=1)
    hint = f"but one is called {close[0]!r}" if close else f"there are {', '.join(known)}"
    raise ValueError(f"none of the {kind} is called {name[:40]!r}, {hint}")


def each(kind):
    """Yield the lesson's number with each of its exercises, predictions or quiz questions."""
    for number, lesson in lessons().items():
        for one in getattr(lesson, kind):
            yield number, one
