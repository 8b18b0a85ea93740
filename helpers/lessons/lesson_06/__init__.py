"""Lesson 06, Pooling."""

from helpers.exercises.lesson import Lesson
from helpers.lessons.lesson_06.explorables import EXPLORABLES

LESSON = Lesson("Pooling", EXPLORABLES)
