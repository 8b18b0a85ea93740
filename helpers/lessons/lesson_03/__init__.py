"""Lesson 03, Padding."""

from helpers.exercises.lesson import Lesson
from helpers.lessons.lesson_03.exercises import EXERCISES
from helpers.lessons.lesson_03.explorables import EXPLORABLES
from helpers.lessons.lesson_03.questions import PREDICTIONS, QUIZ

LESSON = Lesson("Padding", EXPLORABLES, PREDICTIONS, EXERCISES, QUIZ)
