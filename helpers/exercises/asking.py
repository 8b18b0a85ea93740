"""Predictions before an explorable, the quiz after a lesson, hints beside an exercise."""

import ipywidgets
import traitlets

from helpers.exercises import logbook
from helpers.exercises.form import Form
from helpers.exercises.lesson import find, lessons
from helpers.exercises.report import Sentence
from helpers.stage.cells import OfCell


class Classroom(traitlets.HasTraits):
    """What an instructor has switched on, for all predictions of a notebook."""

    open = traitlets.Bool(False, help="every explorable is shown, predicted or not")
    rehearsal = traitlets.Int(0, help="how often all answers were hidden again")


CLASSROOM = Classroom()
OPENED = "All explorables are open, predicted or not. `exercises.start_over()` hides them again."
STARTED_OVER = (
    "All answers are hidden again, and nothing is recorded from now on."
    " Your own progress is safe: Kernel → Restart brings it back."
)


class Predicted(OfCell, ipywidgets.VBox):
    """A question, and the explorable that opens below it."""

    def __init__(self, form, explorable):
        shown = ipywidgets.VBox([explorable], layout={"display": form.curtain})
        ipywidgets.jsdlink((form, "curtain"), (shown.layout, "display"))
        super().__init__([form, shown])
        self.form, self.explorable = form, explorable

    def __repr__(self):
        """Return the question in words."""
        return repr(self.form)


def predict(name, explorable):
    """Ask for a prediction; the explorable opens below it once it is made.

    Parameters
    ----------
    name : str
        Which prediction; `questions.py` in the lesson's folder lists them.
    explorable : Stage or callable
        What is opened, or a function that makes it.
    """
    key, prediction = find("predictions", name)
    explorable = explorable if isinstance(explorable, ipywidgets.DOMWidget) else explorable()
    entry = logbook.MINE.entries("predictions").get(key)
    given = {prediction.name: entry} if entry else {}
    curtain = "" if given or CLASSROOM.open else "none"
    title = "Before you look: what do you think?"
    form = Form("predict", title, [prediction.for_browser()], str(prediction), given=given, curtain=curtain)
    form.follow(lambda _name, one: logbook.MINE.predicted(key, one.get("answer"), one.get("right")))
    when_opened(form)
    when_hidden(form, given={}, curtain="none")
    return Predicted(form, explorable)


def when_opened(form):
    """Open what a prediction hides when an instructor opens all."""
    follow_classroom(form, "open", lambda change: change["new"] and form.set_trait("curtain", ""))


def when_hidden(form, **traits):
    """Bring a form back to how it is before anybody answers, when an instructor starts over."""

    def hide(_change):
        for name, value in traits.items():
            form.set_trait(name, value)

    follow_classroom(form, "rehearsal", hide)


def follow_classroom(form, what, act):
    """Act on what an instructor switches on, as long as the form is there."""
    classroom = CLASSROOM
    classroom.observe(act, what)
    form.when_closed(lambda: classroom.unobserve(act, what))


def open_all():
    """Show every explorable at once, predicted or not: those on screen and those still to come."""
    CLASSROOM.open = True
    return Sentence(OPENED)


def start_over():
    """Hide all answers again and record no more, until the kernel is restarted: to show what was rehearsed."""
    logbook.MINE.forget()
    CLASSROOM.open = False
    CLASSROOM.rehearsal += 1
    return Sentence(STARTED_OVER)


def quiz(number):
    """Ask the questions of a lesson, "01".

    Parameters
    ----------
    number : str
        The lesson's number.
    """
    number = f"{number:02}" if isinstance(number, int) else number
    if number not in lessons() or not lessons()[number].quiz:
        raise ValueError(f"there is no quiz of lesson {number!r}; there are {', '.join(lessons())}")
    questions = lessons()[number].quiz
    entries = logbook.MINE.entries("quiz")
    given = {one.name: entries[f"{number}/{one.name}"] for one in questions if f"{number}/{one.name}" in entries}
    items, text = [one.for_browser() for one in questions], "\n\n".join(map(str, questions))
    form = Form("quiz", "What do you know now?", items, text, given=given)
    form.follow(lambda name, one: logbook.MINE.answered(f"{number}/{name}", one.get("answer"), one.get("now")))
    when_hidden(form, given={})
    return form


def hints(name):
    """Offer two hints and the solution of an exercise, all folded.

    Parameters
    ----------
    name : str
        The exercise, "crop".
    """
    key, exercise = find("exercises", name)
    idea, first_line = exercise.hints
    hints = [
        {"name": "hint 1", "title": "Hint 1: an idea", "text": idea},
        {"name": "hint 2", "title": "Hint 2: the first line", "text": first_line},
    ]
    solution = {"name": "solution", "title": "Solution", "code": exercise.answer, "gate": True}
    is_solved = logbook.MINE.entries("exercises").get(key, {}).get("solved", 0) > 0
    title = "Compare it with our solution" if is_solved else "Stuck? Unfold a hint"
    text = f"Hints and the solution of “{exercise.title}”, folded."
    items = [solution] if is_solved else [*hints, solution]
    form = Form("hints", title, items, text, attempted=logbook.MINE.is_attempted(key))
    form.follow(lambda part, _opened: logbook.MINE.opened(key, part))
    when_hidden(form, given={}, attempted=False)
    if not form.attempted:
        form.when_closed(logbook.MINE.watch(lambda: form.set_trait("attempted", logbook.MINE.is_attempted(key))))
    return form
