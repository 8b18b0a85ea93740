"""The explorables of all lessons, by name: `explore.stride(photo)`.

Each stands in its lesson's folder, in `explorables.py`; here they only come together.
"""

import functools

from helpers.engine.pictures import my_picture
from helpers.engine.readiness import ready
from helpers.exercises.lesson import all_lessons
from helpers.stage.figures import side_by_side
from helpers.stage.stage import called


def by_name(explorable):
    """Return an explorable whose Stage knows how it was called, so that it can print the call that brings it back."""

    @functools.wraps(explorable)
    def make(*given, **options):
        own = [f"{name}={one.__name__}" for name, one in options.items() if getattr(one, "__name__", "").isidentifier()]
        with called(f"from helpers import explore\n\nexplore.{explorable.__name__}", own):
            return explorable(*given, **options)

    return make


EXPLORABLES = tuple(by_name(one) for lesson in all_lessons().values() for one in lesson.explorables)

globals().update({one.__name__: one for one in EXPLORABLES})
__all__ = ["EXPLORABLES", "my_picture", "ready", "side_by_side", *(one.__name__ for one in EXPLORABLES)]
