"""Lesson 09: what can be explored; each in a file of its own."""

from helpers.lessons.lesson_09.fooling import fool
from helpers.lessons.lesson_09.looking import looking_at
from helpers.lessons.lesson_09.looking_back import look_back
from helpers.lessons.lesson_09.recognizing import recognize
from helpers.lessons.lesson_09.teaching import teach
from helpers.lessons.lesson_09.wrong import wrong_on_purpose

EXPLORABLES = (recognize, wrong_on_purpose, looking_at, fool, teach, look_back)
