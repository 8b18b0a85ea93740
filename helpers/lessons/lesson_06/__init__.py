"""Lesson 06, Pooling."""

from helpers.exercises.lesson import Lesson
from helpers.lessons.lesson_06.exercises import EXERCISES
from helpers.lessons.lesson_06.explorables import EXPLORABLES
from helpers.lessons.lesson_06.questions import PREDICTIONS, QUIZ

LESSON = Lesson("Pooling", EXPLORABLES, PREDICTIONS, EXERCISES, QUIZ)
