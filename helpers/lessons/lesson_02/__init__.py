"""Lesson 02, Kernels."""

from helpers.exercises.lesson import Lesson
from helpers.lessons.lesson_02.exercises import EXERCISES
from helpers.lessons.lesson_02.explorables import EXPLORABLES
from helpers.lessons.lesson_02.questions import PREDICTIONS, QUIZ

LESSON = Lesson("Kernels", EXPLORABLES, PREDICTIONS, EXERCISES, QUIZ)
