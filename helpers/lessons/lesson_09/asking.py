"""Lesson 09: a long question to the network, asked in pieces beside the notebook, and told as it goes on."""

import time

from helpers.engine.beside import Beside

PIECE, PACE = 0.03, 0.1  # seconds: of work in one go, and from one publication to the next
PATIENCE = 10  # seconds: where no page has answered for so long, nobody looks on any more


class Asking:
    """What stands behind a Stage that asks the network many times over.

    Parameters
    ----------
    stage : Stage
        Hears what is told: a dict of its settings.
    """

    def __init__(self, stage):
        self.stage, self.work, self.finish, self.known = stage, None, None, {}
        self.beside, self.published, self.answered = Beside(self.piece), 0.0, 0.0
        stage.when_closed(self.beside.pause)

    def begin(self, work, finish):
        """Begin; what was asked before is given up.

        Parameters
        ----------
        work : iterator of dict
            What is known after each little step, by the names of settings.
        finish : callable
            Takes whether all was done, or it was given up, and returns what is told then.
        """
        self.work, self.finish, self.known, self.answered = work, finish, {}, time.monotonic()
        self.beside.start()

    def stop(self):
        """Give up; what is known stays."""
        if self.work is not None:
            self.end(False)

    def end(self, done):
        """Tell how it has ended."""
        self.beside.pause()
        self.work = None
        tell(self.stage, self.known)
        self.tell(self.finish(done))

    def piece(self):
        """Work for a moment, tell what came of it if it is time to; return whether there is more to do."""
        until = time.monotonic() + PIECE
        while self.work is not None and time.monotonic() < until:
            known = next(self.work, None)
            if known is None:
                self.end(True)
            else:
                self.known = known
        if self.work is not None:
            self.tell_in_time()
        return self.work is not None

    def tell_in_time(self):
        """Tell what is known, if the page has seen what was told last; give up where nobody looks on any more."""
        now = time.monotonic()
        if self.stage.echo == self.stage.pulse:
            self.answered = now
        if self.stage.echo and now - self.answered > PATIENCE:  # the page is closed
            self.end(False)
        elif now - self.published >= PACE and (self.answered == now or not self.stage.echo):
            self.tell(self.known)

    def tell(self, known):
        """Tell the Stage."""
        tell(self.stage, known | {"pulse": self.stage.pulse + 1})
        self.published = time.monotonic()


def tell(stage, known):
    """Set settings by name, in one message."""
    with stage.hold_sync():
        for name, value in known.items():
            setattr(stage, name, value)


def say(stage, sentence):
    """Say a sentence on a Stage."""
    stage.notice = ""
    stage.notice = sentence
