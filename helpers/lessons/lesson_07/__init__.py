"""Lesson 07, The full CNN."""

from helpers.exercises.lesson import Lesson
from helpers.lessons.lesson_07.explorables import EXPLORABLES

LESSON = Lesson("The whole network", EXPLORABLES)
