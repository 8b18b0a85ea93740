"""Lesson 05, Channels and filters: what is done."""

EXERCISES = ()
