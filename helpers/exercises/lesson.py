"""The exercises of each lesson, by name.

A module lesson_05.py in this folder, with a LESSON in it, is lesson 05: nothing else has to be told.
"""

import difflib
import functools
import importlib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Lesson:
    """All there is to predict, to do and to answer in one lesson.

    Attributes
    ----------
    title : str
    predictions : tuple of Prediction
    exercises : tuple of FunctionExercise and ValueExercise
    quiz : tuple of Question
    """

    title: str
    predictions: tuple = ()
    exercises: tuple = ()
    quiz: tuple = ()


@functools.cache
def lessons():
    """Return the lessons by number, "01" first."""
    names = sorted(path.stem for path in Path(__file__).parent.glob("lesson_[0-9]*.py"))
    return {name[-2:]: importlib.import_module(f"{__package__}.{name}").LESSON for name in names}


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
