"""Lesson 09: who stands behind the Stage on which classes are taught, and does what its buttons ask for."""

import time
from functools import partial

from helpers import classes, mine
from helpers.engine.beside import Beside
from helpers.lessons.lesson_09.taught import EXAMPLE, MOST_CLASSES, VIEWS, Taught, examples, looking, opened
from helpers.lessons.lesson_09.told import answer_of, code_of, plural, taught_of, trial_of
from helpers.stage.telling import Teller, obey

PIECE = 0.03  # seconds of work in one go
FIRST = ("look", "fill", "try")  # what is worked on first


ACTS = ("add", "back", "forget", "save", "load", "fill", "stop")


class Teacher:
    """What stands behind the Stage: the classes, and the commands that are given.

    Attributes
    ----------
    taught : Taught
    jobs : dict
        What is to be done, in pieces: "look" at the picture on screen, "fill" in the example, "try" how good it is.
    """

    def __init__(self, stage):
        self.stage, self.taught, self.jobs = stage, Taught(), {}
        self.features, self.small = None, None  # of the picture on screen, once it was looked at
        self.beside, self.teller = Beside(self.piece), Teller(stage)
        self.look()
        stage.observe(self.hear, ["picture", "drawing", "source"])
        obey(stage, {word: partial(self.careful, word, act) for word, act in self.acts()}, self.beside.call)
        stage.when_closed(self.end)

    def end(self):
        """Do nothing more."""
        self.jobs.clear()
        self.beside.pause()

    # -- what is done in pieces

    def piece(self):
        """Work for a moment; tell whether there is more to do."""
        end = time.monotonic() + PIECE
        while self.jobs and time.monotonic() < end:
            self.go_on(next(name for name in FIRST if name in self.jobs))
        return bool(self.jobs)

    def go_on(self, name):
        """Carry one job on; what cannot be done is said."""
        job = self.jobs[name]
        try:
            over = next(job, "over") == "over"
        except ValueError as refusal:
            over = True
            self.say(str(refusal))
        if over and self.jobs.get(name) is job:
            del self.jobs[name]

    def finish(self, name):
        """Carry a job on to its end, now."""
        while name in self.jobs:
            self.go_on(name)

    def begin(self, name, job):
        """Begin a job, in the place of the one of that name before."""
        self.jobs[name] = job
        self.beside.start()

    # -- the picture on screen

    def hear(self, change):
        """Hear that another picture is on screen; what was said of the one before counts no more."""
        if change["name"] not in ("source", SHOWS[self.stage.source]):
            return
        if change["name"] != "drawing":  # of a drawing the page sees by itself that it is another one
            self.stage.looked = "nothing"
        self.features = None
        self.beside.call(lambda: self.begin("look", self.seeing()))

    def look(self):
        """Look at the picture on screen, now."""
        self.jobs["look"] = self.seeing()
        self.finish("look")

    def seeing(self):
        """Look at the picture on screen, and answer; in pieces."""
        stage, source = self.stage, self.stage.source
        pixels = getattr(stage, SHOWS[source])
        self.features, self.small = yield from looking(pixels)
        about = {"looked_drawing": pixels} if source == "drawings" else span_of(pixels)
        self.publish({"looked": source, "features": self.features} | about | answer_of(self.taught, self.features))

    # -- what the buttons ask for

    def acts(self):
        """Yield what each button does, by its word."""
        yield from ((word, getattr(self, word)) for word in ACTS)
        yield from ((f"add_{i + 1}", partial(self.add_to, i)) for i in range(MOST_CLASSES))

    def careful(self, word, act):
        """Do what a button asks for, or say why not."""
        if "fill" in self.jobs and word != "stop":
            self.say("the example is still being made; wait for it, or press stop")
            return
        try:
            act()
        except ValueError as refusal:
            self.say(str(refusal))

    def say(self, sentence):
        """Say a sentence on the Stage."""
        self.teller.say(sentence)

    def add_to(self, place):
        """Put the picture on screen to a class that there is."""
        if place < len(self.taught.names):
            self.add(self.taught.names[place])

    def add(self, name=None):
        """Put the picture on screen to a class."""
        stage = self.stage
        if stage.source == "drawings" and not stage.drawing.any():
            raise ValueError("nothing is drawn yet")
        self.finish("look")
        if self.features is None:
            self.look()
        if self.features is None:
            return  # it was said why
        name = self.taught.add(stage.called if name is None else name, self.features, self.small)
        stage.called = name
        self.changed()
        if stage.source == "drawings":
            stage.drawing = 0 * stage.drawing
        there = self.taught.counts()[self.taught.names.index(name)]
        self.say(f"added to {name}: {plural(there, 'picture')} of it now")

    def back(self):
        """Take the last picture back."""
        name = self.taught.take_back()
        self.changed()
        self.say(f"taken back: a picture of {name}")

    def forget(self):
        """Forget all classes; what was saved stays."""
        self.taught = Taught()
        self.changed()

    def save(self):
        """Keep what was learned."""
        if self.taught.found is None:
            raise ValueError("there is nothing to save yet: teach two classes first")
        mine.keep_classes(self.taught.found)
        self.taught.source = "mine.classes()"
        self.publish(code_of(self.taught))
        self.say("saved; mine.classes() opens them")

    def load(self):
        """Open what was saved."""
        self.taught = opened(mine.classes())
        self.taught.source = "mine.classes()"
        self.shown_and_tried()
        self.say(f"opened: {plural(len(self.taught.labels), 'picture')}")

    def fill(self):
        """Fill in the example, where that takes nothing away."""
        if self.taught.labels and self.taught.source != "example()":
            raise ValueError("there are pictures of yours here: save them, press “forget all”, and then this again")
        self.begin("fill", self.filling())

    def stop(self):
        """Stop what goes on by itself."""
        going = [self.jobs.pop(name) for name in ("fill", "try") if name in self.jobs]
        self.publish({"doing": "none"})
        if not going:
            self.say("nothing goes on that could be stopped")

    def changed(self):
        """Learn anew, and show it."""
        self.taught.learn()
        self.shown_and_tried()

    def shown_and_tried(self):
        """Show what was learned, and begin to try how good it is."""
        answer = {} if self.features is None else answer_of(self.taught, self.features)
        self.jobs.pop("try", None)
        self.publish(taught_of(self.taught) | answer | {"doing": "none"})
        if min(self.taught.counts(), default=0) > 1 and self.taught.found is not None:
            self.begin("try", self.trying())

    def filling(self):
        """Make the example; in pieces."""
        taught = Taught()
        for done, (name, pixels) in enumerate(examples()):
            self.publish({"doing": "filling", "done": done, "todo": VIEWS * len(EXAMPLE)}, done == 0)
            taught.add(name, *(yield from looking(pixels)))
        taught.source, self.taught = "example()", taught
        self.jobs.pop("fill")
        self.changed()

    def trying(self):
        """Leave each picture out once, learn from the others, and ask for it; in pieces."""
        taught, answers = self.taught, []
        for one in classes.left_out(taught.features, taught.labels, taught.names):
            answers.append(one)
            self.publish({"doing": "trying"} | trial_of(taught, answers), False)
            yield
        self.publish({"doing": "none"} | trial_of(taught, answers))

    def publish(self, shown, must=True):
        """Show how things stand.

        Parameters
        ----------
        shown : dict
            By the names of settings.
        must : bool
            Whether it must be shown; if not, only now and then, once the page has seen what came before.
        """
        if must or self.teller.is_due():
            self.teller.tell(shown)


SHOWS = {"photos": "picture", "drawings": "drawing"}


def span_of(pixels):
    """Return between which sums the picture on screen is still the one that was looked at."""
    total = float(pixels.sum(dtype=float))
    little = 0.5 + 1e-5 * float(abs(pixels).sum(dtype=float))
    rows, columns = pixels.shape[:2]
    return {"looked_low": total - little, "looked_high": total + little, "looked_rows": rows, "looked_columns": columns}
