"""The explorables of all lessons, by name: `explore.stride(photo)`.

Each stands in its lesson's folder, in `explorables.py`; here they only come together.
"""

from helpers.engine.pictures import my_picture
from helpers.engine.readiness import ready
from helpers.exercises.lesson import all_lessons
from helpers.stage.figures import side_by_side

EXPLORABLES = tuple(one for lesson in all_lessons().values() for one in lesson.explorables)

globals().update({one.__name__: one for one in EXPLORABLES})
__all__ = ["EXPLORABLES", "my_picture", "ready", "side_by_side", *(one.__name__ for one in EXPLORABLES)]
