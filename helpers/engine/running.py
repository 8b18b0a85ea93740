"""Run a learner's function so that it cannot harm the notebook: not forever, not aloud, not on our arrays.

All that may run code of the learner's - the function, the reading of its result, the words of its exception - happens
in one place, `attempt`, under one time limit.
"""

import array
import copy
import itertools
import linecache
import time
import traceback
from dataclasses import dataclass, field

import numpy as np

from helpers.engine.capturing import captured, paper, put_builtins, words_of
from helpers.engine.limiting import TimeUp, clock, is_learners

SHOWN_LINES = 3  # of a traceback
MOST = 10_000_000  # numbers in a result that is read
ENDS = {TimeUp: "time", SystemExit: "exit", KeyboardInterrupt: "stop"}


@dataclass
class Run:
    """What became of one call.

    Attributes
    ----------
    result : object
        What came back, None if an error did; nobody should ask more of it than its type.
    read : object
        What `read` made of it.
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
    read: object = None
    error: str = ""
    said: str = ""
    lines: list = field(default_factory=list)
    printed: str = ""
    characters: int = 0
    seconds: float = 0
    changed: bool = False
    warned: list = field(default_factory=list)


def run(function, arguments, seconds, read=None, tell=print):
    """Call a function with copies of the arguments, and return the Run; nothing gets out of it.

    Parameters
    ----------
    function : callable
    arguments : tuple
    seconds : float
        How long the call and the reading of its result may take. Inside of another run, that one's limit holds.
    read : callable, optional
        Makes of the result what is wanted; it may raise.
    tell : callable
        Takes a sentence, in another thread, while the function is inside something that cannot be cut off.
    """
    done, began = Run(), time.monotonic()

    def work():
        attempt(done, function, arguments, read)

    if paper():
        work()
    else:
        run_alone(done, work, clock(seconds, tell))
    done.seconds = time.monotonic() - began
    return done


def run_alone(done, work, limit):
    """Do the work under a time limit, and note how it ended and what was printed."""
    with limit.shield(), captured() as taken:
        try:
            limit.call(work)
        except BaseException as error:
            note(done, error)
        done.printed, done.characters = taken.text, taken.characters
        done.warned = list(dict.fromkeys(taken.warned))
    if limit.pressed:
        done.error = "stop"


def attempt(done, function, arguments, read):
    """Call the function, read its result, and note what came of it."""
    taken = copy.deepcopy(arguments)
    try:
        try:
            done.result = function(*taken)
        finally:
            put_builtins()
        done.read = read and read(done.result)
    except (TimeUp, KeyboardInterrupt):
        raise
    except BaseException as error:
        note(done, error)
        done.said = words_of(error)
    done.changed = not unchanged(arguments, taken)


def note(done, error):
    """Note what ended a call, and where."""
    done.error = next((name for kind, name in ENDS.items() if isinstance(error, kind)), type(error).__name__)
    done.lines = lines_of(error)


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


# --- what came back --------------------------------------------------------------------------------

NO_SEQUENCE = (str, bytes, bytearray, memoryview, array.array, dict)


class TooLarge(Exception):
    """There are more numbers than are read."""


def to_array(value):
    """Return a result as an array of its own; not even one that lies about its length takes all memory.

    Raises
    ------
    TooLarge
        If it holds more than MOST numbers.
    ValueError
        If its rows have different lengths.
    """
    found = np.asarray(Unfolding().unfolded(value))
    if found.size > MOST:
        raise TooLarge
    return np.array(found)


class Unfolding:
    """Makes lists of nested sequences, as long as there are not too many numbers."""

    def __init__(self):
        self.count = 0

    def unfolded(self, value):
        """Return a sequence as a list, and anything else as it is."""
        kind = type(value)
        if issubclass(kind, np.ndarray):
            self.add(np.asarray(value).size)
        if not is_sequence(kind):
            return value
        items = list(itertools.islice(value, MOST + 1))
        self.add(len(items))
        return [self.unfolded(item) for item in items]

    def add(self, count):
        """Count numbers."""
        self.count += count
        if self.count > MOST:
            raise TooLarge


def is_sequence(kind):
    """Tell whether NumPy takes values of a type apart, element by element."""
    has_elements = hasattr(kind, "__len__") and hasattr(kind, "__getitem__")
    return has_elements and not hasattr(kind, "__array__") and not issubclass(kind, NO_SEQUENCE)
