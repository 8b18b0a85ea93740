"""Lesson 04, Stride."""

from helpers.exercises.lesson import Lesson
from helpers.lessons.lesson_04.exercises import EXERCISES
from helpers.lessons.lesson_04.explorables import EXPLORABLES
from helpers.lessons.lesson_04.questions import PREDICTIONS, QUIZ

LESSON = Lesson("Stride", EXPLORABLES, PREDICTIONS, EXERCISES, QUIZ)
