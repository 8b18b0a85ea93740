"""What has been predicted, attempted and solved, over all lessons."""

import html
from pathlib import Path

from helpers.exercises import logbook
from helpers.exercises.lesson import lessons


class Sentence(str):
    """A text that a notebook shows without quotation marks."""

    __slots__ = ()

    def __repr__(self):
        """Return the text itself."""
        return str(self)


class Report:
    """A table of all lessons: one line for each, and one for each exercise of those that were begun.

    Parameters
    ----------
    progress : dict
        As `Logbook.read` returns it.
    notice : str
        What is to be said about the file.
    """

    def __init__(self, progress, notice=""):
        self.lines = [line for number, lesson in lessons().items() for line in lesson_lines(number, lesson, progress)]
        self.notice = notice

    def __repr__(self):
        """Return the table as plain text."""
        width = max(len(what) for what, _ in self.lines)
        lines = [f"{what:{width}}  {state}" for what, state in self.lines]
        return "\n".join([*lines, *filter(None, [self.notice])])

    def _repr_mimebundle_(self, include=None, exclude=None):
        """Return the table as HTML, and as plain text."""
        cell = "style='text-align:left;padding:2px 16px 2px 0'"
        part = "style='text-align:left;padding:2px 16px 2px 24px;font-weight:normal'"
        rows = [
            f"<tr><th scope='row' {part if what.startswith(' ') else cell}>{html.escape(what)}</th>"
            f"<td {cell}>{html.escape(state)}</td></tr>"
            for what, state in self.lines
        ]
        table = f"<table><caption {cell}>Your progress</caption><tbody>{''.join(rows)}</tbody></table>"
        return {"text/plain": repr(self), "text/html": f"{table}<p>{html.escape(self.notice)}</p>"}


def lesson_lines(number, lesson, progress):
    """Yield pairs (what, how far) for one lesson."""
    title = f"Lesson {number}: {lesson.title}"
    if not any(entries_of(number, getattr(lesson, part), progress[part]) for part in logbook.PARTS):
        yield title, "not begun yet"
        return
    counts = tally(number, lesson, progress)
    yield title, ", ".join(f"{what} {done} of {of}" for what, (done, of) in counts.items())
    for exercise in lesson.exercises:
        yield f"    {exercise.title}", state_of(progress["exercises"].get(f"{number}/{exercise.name}", {}))


def tally(number, lesson, progress):
    """Return what is done in a lesson: what -> (how many, of how many)."""
    entries = {part: entries_of(number, getattr(lesson, part), progress[part]) for part in logbook.PARTS}
    return {
        "predicted": (len(entries["predictions"]), len(lesson.predictions)),
        "solved": (sum(entry.get("solved", 0) > 0 for entry in entries["exercises"]), len(lesson.exercises)),
        "quiz": (sum(entry.get("right", False) for entry in entries["quiz"]), len(lesson.quiz)),
    }


def entries_of(number, items, entries):
    """Return the entries of a lesson's items that there are."""
    return [entries[f"{number}/{item.name}"] for item in items if f"{number}/{item.name}" in entries]


def state_of(entry):
    """Say how far an exercise is."""
    tries, solved, opened = entry.get("tries", 0), entry.get("solved", 0), entry.get("opened", [])
    state = (
        f"✓ solved at attempt {solved}"
        if solved
        else f"↻ {tries} attempt{'s' * (tries > 1)}"
        if tries
        else "○ not attempted yet"
    )
    return f"{state}; opened: {', '.join(opened)}" if opened else state


def progress():
    """Show what has been predicted, attempted and solved, over all lessons."""
    read = logbook.MINE.read()
    return Report(read, logbook.MINE.take_notice())


def export(path="my_progress.json"):
    """Write your progress into a file of your choice, to keep or to hand in."""
    try:
        written = logbook.MINE.export(Path(path))
    except (OSError, ValueError):
        return Sentence(
            f"'{path}' cannot be written, or it is another file that shall not be lost: choose another name."
        )
    return Sentence(f"Your progress is in {written.name}, in the folder {written.resolve().parent}.")


def reset(confirm=False):
    """Begin anew. The old progress is kept as a backup."""
    if confirm is not True:
        return Sentence("This forgets what you predicted and solved. If you want that: exercises.reset(confirm=True)")
    try:
        backups = logbook.MINE.reset()
    except OSError:
        return Sentence(f"The progress cannot be set aside: '{logbook.MINE.path.parent}' cannot be written to.")
    kept = f" The old one is kept as {' and '.join(one.name for one in backups)}." if backups else ""
    return Sentence(f"Your progress begins anew; run the notebook's cells again.{kept}")
