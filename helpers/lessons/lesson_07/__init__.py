"""Lesson 07, The full CNN."""

from helpers.exercises.lesson import Lesson
from helpers.lessons.lesson_07.exercises import EXERCISES
from helpers.lessons.lesson_07.explorables import EXPLORABLES
from helpers.lessons.lesson_07.questions import PREDICTIONS, QUIZ

LESSON = Lesson("The whole network", EXPLORABLES, PREDICTIONS, EXERCISES, QUIZ)
