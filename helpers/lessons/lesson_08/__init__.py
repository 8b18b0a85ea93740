"""Lesson 08, Learning."""

from helpers.exercises.lesson import Lesson
from helpers.lessons.lesson_08.exercises import EXERCISES
from helpers.lessons.lesson_08.explorables import EXPLORABLES
from helpers.lessons.lesson_08.questions import PREDICTIONS, QUIZ

LESSON = Lesson("Learning", EXPLORABLES, PREDICTIONS, EXERCISES, QUIZ)
