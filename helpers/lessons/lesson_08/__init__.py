"""Lesson 08, Learning."""

from helpers.exercises.lesson import Lesson
from helpers.lessons.lesson_08.explorables import EXPLORABLES

LESSON = Lesson("Learning", EXPLORABLES)
