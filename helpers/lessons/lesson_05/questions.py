"""Lesson 05, Channels and filters: what is predicted, and what is asked at the end."""

PREDICTIONS = ()
QUIZ = ()
