"""Run a learner's function so that it cannot harm the notebook: not forever, not aloud, not on our arrays.

The time limit needs neither threads nor signals, which a browser's Python does not have: a trace function
looks at the clock while the learner's lines run. It cannot look into one long call of NumPy, which comes back
first.
"""

import contextlib
import copy
import io
import linecache
import sys
import sysconfig
import time
import traceback
import warnings
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

KEPT = 300  # characters of what a function prints that are shown
SHOWN_LINES = 3  # of a traceback
LIBRARIES = tuple({sysconfig.get_paths()[name] for name in ("stdlib", "platstdlib", "purelib", "platlib")})
HELPERS = str(Path(__file__).resolve().parents[1])


@dataclass
class Run:
    """What became of one call.

    Attributes
    ----------
    result : object
        What came back; None if an error did.
    error : str
        What ended the call: the name of an exception, "time", "exit", "stop" or "".
    said : str
        The exception's own words.
    lines : list of (int, str)
        The learner's lines that led there: number and text.
    printed : str
        The beginning of what was printed.
    characters : int
        How much was printed.
    seconds : float
        How long it took.
    changed : bool
        Whether an argument is not what it was.
    warned : list of str
        What NumPy and others warned of.
    """

    result: object = None
    error: str = ""
    said: str = ""
    lines: list = field(default_factory=list)
    printed: str = ""
    characters: int = 0
    seconds: float = 0
    changed: bool = False
    warned: list = field(default_factory=list)


def run(function, arguments, seconds):
    """Call a function with copies of the arguments, and return the Run; nothing gets out of it."""
    taken, paper, done, began = copy.deepcopy(arguments), Paper(), Run(), time.monotonic()
    with (
        contextlib.redirect_stdout(paper),
        contextlib.redirect_stderr(paper),
        warnings.catch_warnings(record=True) as warned,
    ):
        warnings.simplefilter("always")
        try:
            done.result = Clock(seconds).call(function, taken)
        except BaseException as error:
            done.error, done.said = name_of(error), words_of(error)
            done.lines = lines_of(error)
    done.seconds = time.monotonic() - began
    done.printed, done.characters = paper.text, paper.characters
    done.changed = not unchanged(arguments, taken)
    done.warned = list(dict.fromkeys(str(warning.message)[:KEPT] for warning in warned))
    return done


def is_learners(code):
    """Tell whether code was written in a notebook or in a file of the learner's own."""
    file = code.co_filename
    return not file.startswith((*LIBRARIES, HELPERS, "<frozen")) and "-packages" not in file


# --- the time limit --------------------------------------------------------------------------------


class TimeUp(BaseException):
    """Ends a call that takes too long. No `except Exception` holds it back.

    Python takes a trace function away when it raises. If a bare `except:` swallows this exception, its end
    calls the clock back, and the next line outside of the `try` is interrupted.
    """

    def __init__(self, clock):
        self.clock = clock

    def __del__(self):
        self.clock.resume(sys._getframe(1))


class Clock:
    """Ends a call when its time is up."""

    def __init__(self, seconds):
        self.end = time.monotonic() + seconds
        self.running = False

    def call(self, function, arguments):
        """Call the function under the clock; a debugger's trace function comes back afterwards."""
        before, self.running = sys.gettrace(), True
        try:
            sys.settrace(self.trace)
            return function(*arguments)
        finally:
            self.running = False
            sys.settrace(before)

    def trace(self, frame, event, argument):
        """Look at the clock before each step of the learner's code."""
        if not is_learners(frame.f_code):
            return None
        frame.f_trace_opcodes = True  # `while True: pass` in one line has no other event
        return self.look

    def look(self, frame, event, argument):
        """Raise TimeUp when the time is up."""
        if self.running and time.monotonic() > self.end:
            raise TimeUp(self)
        return self.look

    def resume(self, frame):
        """Go on looking at the clock, in all of the learner's calls that are open."""
        if not self.running:
            return
        sys.settrace(self.trace)
        while frame and frame.f_code is not Clock.call.__code__:
            frame.f_trace = self.trace(frame, "call", None)
            frame = frame.f_back


# --- what it printed, raised and changed -----------------------------------------------------------


class Paper(io.TextIOBase):
    """Takes what is printed, keeps the beginning, and counts the rest."""

    def __init__(self):
        self.text, self.characters = "", 0

    def writable(self):
        """Return True: one can print on it."""
        return True

    def write(self, text):
        """Take a text."""
        self.text += text[: max(0, KEPT - len(self.text))]
        self.characters += len(text)
        return len(text)


def name_of(error):
    """Return what ended a call: "time", "exit", "stop", or the exception's name."""
    for kind, name in ((TimeUp, "time"), (SystemExit, "exit"), (KeyboardInterrupt, "stop")):
        if isinstance(error, kind):
            return name
    return type(error).__name__


def words_of(error):
    """Return the exception's own words, not too many; an exception may fail even at that."""
    try:
        return str(error)[:KEPT]
    except Exception:
        return ""


def lines_of(error):
    """Return the last few of the learner's lines that an exception came through, one for each function."""
    lines = {}
    for frame, line in traceback.walk_tb(error.__traceback__):
        if is_learners(frame.f_code):
            lines.setdefault(frame.f_code, (frame.f_code.co_filename, line))
    places = list(dict.fromkeys(lines.values()))[-SHOWN_LINES:]
    return [(line, linecache.getline(file, line).strip()) for file, line in places]


def unchanged(before, after):
    """Tell whether two arguments, or lists of them, are the same."""
    if isinstance(before, np.ndarray):
        same_form = isinstance(after, np.ndarray) and (before.shape, before.dtype) == (
            after.shape,
            after.dtype,
        )
        return same_form and before.tobytes() == after.tobytes()
    if isinstance(before, list | tuple):
        return len(before) == len(after) and all(map(unchanged, before, after))
    return before == after
