"""Predictions, checks, hints, a quiz and progress: everything a learner answers.

    exercises.predict("zoom", explore.zoom(photo))     a question; the explorable opens when it is answered
    exercises.check(crop)                              one call after the learner's cell
    exercises.hints("crop")                            hints and solution, folded; a check shows them too
    exercises.quiz("01")                               the questions at the end of a lesson
    exercises.progress()                               what has been done; also export, reset
    exercises.open_all()                               for instructors: every explorable at once
    exercises.start_over()                             for instructors: all answers hidden, nothing recorded

What is asked stands with each lesson, in helpers/lessons, as plain data: a new lesson is one more folder there.
"""

from helpers.exercises.asking import hints, open_all, predict, quiz, start_over
from helpers.exercises.checking import check
from helpers.exercises.report import export, progress, reset

__all__ = ["check", "export", "hints", "open_all", "predict", "progress", "quiz", "reset", "start_over"]
