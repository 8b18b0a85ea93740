"""Lesson 09, Recognize anything."""

from helpers.exercises.lesson import Lesson
from helpers.lessons.lesson_09.exercises import EXERCISES
from helpers.lessons.lesson_09.explorables import EXPLORABLES
from helpers.lessons.lesson_09.questions import PREDICTIONS, QUIZ

LESSON = Lesson("Recognize anything", EXPLORABLES, PREDICTIONS, EXERCISES, QUIZ)
