"""What a learner's function prints, warns of and changes is kept from everybody else.

`sys.stdout`, the filters of warnings, the working folder belong to the whole process, and functions may run in
several threads at once. So stand-ins take the place of the streams while any function runs: they look at the thread
that prints. What is no function's is handed on, at once and for ever, even if somebody keeps a stand-in.
"""

import builtins
import contextlib
import io
import os
import sys
import threading
import warnings

import numpy as np

from helpers.engine.limiting import TimeUp

KEPT = 300  # characters of what a function prints that are shown
PAPERS = {}  # thread -> the Paper of the function that runs in it
LOCK = threading.RLock()
BUILTINS = vars(builtins)


class Paper(io.TextIOBase):
    """Takes what is printed, keeps the beginning, counts the rest; and takes warnings."""

    def __init__(self):
        self.text, self.characters, self.warned = "", 0, []

    def writable(self):
        """Return True: one can print on it."""
        return True

    def write(self, text):
        """Take a text."""
        self.text += text[: max(0, KEPT - len(self.text))]
        self.characters += len(text)
        return len(text)


def paper():
    """Return the Paper of the function that runs in this thread, or None."""
    return PAPERS.get(threading.get_ident())


def words_of(error):
    """Return the own words of an exception or a warning, not too many; it may fail even at that."""
    try:
        return str(error)[:KEPT]
    except (TimeUp, KeyboardInterrupt):
        raise
    except BaseException:
        return ""


# --- stand-ins -------------------------------------------------------------------------------------


class StandIn:
    """Stands in for something of the process; a stand-in for a stand-in takes that one's place."""

    def __init__(self, now):
        self.beneath = now.beneath if isinstance(now, StandIn) else now


class Stream(StandIn):
    """Stands in for a stream: what a function prints goes to its Paper, all else to the stream."""

    def __getattr__(self, name):
        return getattr(paper() or self.beneath, name)


class Show(StandIn):
    """Stands in for `warnings.showwarning`."""

    def __call__(self, message, category, filename, lineno, file=None, line=None):
        """Note a function's warning, or show what is none."""
        if paper():
            paper().warned.append(words_of(message))
        else:
            self.beneath(message, category, filename, lineno, file, line)


class FromFunction(type):
    """Counts every warning as a kind of a class while a function runs in this thread, else none."""

    def __subclasscheck__(cls, category):
        return paper() is not None


class Noted(Warning, metaclass=FromFunction):
    """The category of the filter that lets all of a function's warnings through."""


STAND_INS = ((sys, "stdout", Stream), (sys, "stderr", Stream), (warnings, "showwarning", Show))


def set_stand_ins():
    """Let stand-ins take their places."""
    for owner, name, kind in STAND_INS:
        setattr(owner, name, kind(getattr(owner, name)))
    warnings.simplefilter("always", Noted)


def remove_stand_ins():
    """Put back what the stand-ins stand for. If somebody else has put another in their place, that stays."""
    for owner, name, kind in STAND_INS:
        now = getattr(owner, name)
        if isinstance(now, kind):
            setattr(owner, name, now.beneath)
    warnings.filters[:] = [entry for entry in warnings.filters if entry[2] is not Noted]


# --- what is put back ------------------------------------------------------------------------------


def put_entries(entries, before):
    """Make a dictionary what it was; a function may have taken away all builtins, so none is used."""
    for name in [*entries]:
        if name not in before:
            del entries[name]
    for name in before:
        if name not in entries or entries[name] is not before[name]:
            entries[name] = before[name]


def put_environment(before):
    """Make the environment what it was."""
    if before != dict(os.environ):
        put_entries(os.environ, before)


def put_filters(before):
    """Make the list of filters what it was, even if another list has taken its place since."""
    filters, entries = before
    filters[:] = entries


def folder():
    """Return the working folder; "" if it is gone."""
    try:
        return os.getcwd()
    except OSError:
        return ""


def put_folder(before):
    """Go back to the working folder, unless it is gone."""
    if folder() != before:
        with contextlib.suppress(OSError):
            os.chdir(before)


PAIRS = (  # read, put back
    (lambda: {**BUILTINS}, lambda before: put_entries(BUILTINS, before)),
    (sys.getrecursionlimit, sys.setrecursionlimit),
    (lambda: (warnings.filters, [*warnings.filters]), put_filters),
    (folder, put_folder),
    (lambda: {**os.environ}, put_environment),
)
BEFORE = []  # what was read when the first of the functions that run now began


def put_builtins():
    """Make the builtins what they were, at once: what comes next needs them."""
    put_entries(BUILTINS, BEFORE[0])


@contextlib.contextmanager
def captured():
    """Yield the Paper of a function that runs in this thread; put all back when the last one has ended."""
    here, mine = threading.get_ident(), Paper()
    with LOCK:
        if not PAPERS:
            BEFORE[:] = [read() for read, _ in PAIRS]
            set_stand_ins()
        PAPERS[here] = mine
    try:
        with np.errstate():
            yield mine
    finally:
        with LOCK:
            del PAPERS[here]
            if not PAPERS:
                remove_stand_ins()
                for (_, put_back), before in zip(PAIRS, BEFORE, strict=True):
                    put_back(before)
