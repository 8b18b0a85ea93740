"""Lesson 09: a long question to the network, asked in pieces beside the notebook, and told as it goes on."""

import time

from helpers.engine.beside import Beside
from helpers.stage.telling import Teller

PIECE = 0.03  # seconds of work in one go


class Asking:
    """What stands behind a Stage that asks the network many times over.

    Parameters
    ----------
    stage : Stage
        Hears what is told: a dict of its settings.
    """

    def __init__(self, stage):
        self.stage, self.work, self.finish, self.known = stage, None, None, {}
        self.beside, self.teller = Beside(self.piece), Teller(stage)
        stage.when_closed(self.beside.pause)

    def begin(self, work, finish):
        """Begin; what was asked before is given up.

        Parameters
        ----------
        work : iterator of dict
            What is known after each little step, by the names of settings.
        finish : callable
            Takes whether all was done, or it was given up, and what is known; returns what is told besides.
        """
        self.work, self.finish, self.known = work, finish, {}
        self.teller.begin()
        self.beside.start()

    def stop(self):
        """Give up; what is known stays."""
        if self.work is not None:
            self.end(False)

    def end(self, done):
        """Tell how it has ended."""
        self.beside.pause()
        self.work = None
        self.teller.tell(self.known | self.finish(done, self.known))

    def piece(self):
        """Work for a moment, tell what came of it if it is time to; return whether there is more to do."""
        until = time.monotonic() + PIECE
        while self.work is not None and time.monotonic() < until:
            known = next(self.work, None)
            if known is None:
                self.end(True)
            else:
                self.known = known
        if self.work is not None and self.teller.is_alone():
            self.end(False)
        elif self.work is not None and self.teller.is_due():
            self.teller.tell(self.known)
        return self.work is not None
