"""Lesson 05, Channels and filters."""

from helpers.exercises.lesson import Lesson
from helpers.lessons.lesson_05.exercises import EXERCISES
from helpers.lessons.lesson_05.explorables import EXPLORABLES
from helpers.lessons.lesson_05.questions import PREDICTIONS, QUIZ

LESSON = Lesson("Channels and filters", EXPLORABLES, PREDICTIONS, EXERCISES, QUIZ)
