"""Lesson 00, Start here."""

from helpers.exercises.lesson import Lesson
from helpers.lessons.lesson_00.explorables import EXPLORABLES

LESSON = Lesson("Start here", EXPLORABLES)
