"""What the page is told of a check that runs, so that it can say when one does not come back."""

import contextlib
import sys

from helpers.exercises.exercise import SECONDS
from helpers.stage.carrier import Carrier

PATIENCE = SECONDS + 4  # by then Python has cut the function off, unless it cannot


@contextlib.contextmanager
def page_waits():
    """Let the page wait for what is done here, and say so if it takes too long.

    A single call to C can keep every thread of Python from doing anything, so all that is to be said about it has to
    be on its way before it begins.
    """
    carrier = Carrier.of_this_notebook()
    try:
        carrier.patience = PATIENCE
        sys.stdout.flush()  # in a notebook this ends when all that was said before is sent
        yield
    finally:
        carrier.patience = 0
