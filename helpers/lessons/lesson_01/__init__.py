"""Lesson 01, Pixels and RGBA."""

from helpers.exercises.lesson import Lesson
from helpers.lessons.lesson_01.exercises import EXERCISES
from helpers.lessons.lesson_01.explorables import EXPLORABLES
from helpers.lessons.lesson_01.questions import PREDICTIONS, QUIZ

LESSON = Lesson("Pixels and RGBA", EXPLORABLES, PREDICTIONS, EXERCISES, QUIZ)
