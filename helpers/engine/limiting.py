"""The time limit of a learner's function: it ends when its time is up, and nothing else does.

A second thread, the watchdog, raises TimeUp in the thread in which the function runs; so the function itself is as
quick as ever. A browser's Python has no threads: there a trace function looks at the clock at every step.

Python takes notice of an exception or a signal from outside only where a function begins, where a call to C ends and
where a loop goes back, never between two plain assignments. The order of the lines in `Watchdog.call` rests on that.
"""

import contextlib
import ctypes
import functools
import signal
import sys
import sysconfig
import threading
import time
from pathlib import Path

AGAIN = 0.05  # seconds until TimeUp is raised again, if the function goes on
PATIENCE = 2  # seconds without any effect, until the learner is told
HANGS = "still inside one long call; Kernel → Restart ends it"
HANGS_IN_MAIN = f"{HANGS} at once, Kernel → Interrupt when the call comes back"
WAKE = getattr(signal, "SIGURG", None)  # a signal that ends a sleep, and that does no harm if it comes too late
LIBRARIES = tuple({sysconfig.get_paths()[name] for name in ("stdlib", "platstdlib", "purelib", "platlib")})
HELPERS = str(Path(__file__).resolve().parents[1])


def clock(seconds, tell):
    """Return a clock for one call in this thread.

    Parameters
    ----------
    seconds : float
    tell : callable
        Takes a sentence, while the function is inside something that cannot be cut off.
    """
    return Tracer(seconds) if sys.platform == "emscripten" else Watchdog(seconds, tell)


def is_learners(code):
    """Tell whether code was written in a notebook or in a file of the learner's own."""
    file = code.co_filename
    return not file.startswith((*LIBRARIES, HELPERS, "<frozen")) and "-packages" not in file


class TimeUp(BaseException):
    """Ends a call that takes too long. No `except Exception` holds it back.

    Each clock raises a class of its own. If a bare `except:` swallows the exception, `__del__`, which is the clock's,
    sees to it that what comes next outside of the `try` is interrupted.
    """

    clock = None

    def __init__(self):
        self.clock.taken = time.monotonic()


class Clock:
    """Ends a call when its time is up.

    Attributes
    ----------
    running : bool
        Whether the learner's code is running: only then is anything raised in its thread.
    pressed : bool
        Whether the stop button was pressed at another moment.
    """

    def __init__(self, seconds):
        self.seconds = max(0.0, seconds)
        self.end = self.taken = time.monotonic() + self.seconds
        self.time_up = type("TimeUp", (TimeUp,), {"clock": self})
        self.running = self.pressed = False

    @contextlib.contextmanager
    def shield(self):
        """Let the stop button end the learner's code, but nothing of the course's on the way there and back."""
        yield


class Watchdog(Clock):
    """Ends a call from a thread of its own, which is gone when the call is."""

    def __init__(self, seconds, tell):
        super().__init__(seconds)
        self.tell, self.told, self.raised, self.ended = tell, False, False, False
        self.time_up.__del__ = staticmethod(raising(threading.get_ident(), self.time_up))
        self.thread, self.is_main = threading.get_ident(), threading.current_thread() is threading.main_thread()
        self.bell, self.gone = threading.Lock(), threading.Lock()
        self.bell.acquire()
        self.gone.acquire()

    def call(self, work):
        """Call a function without arguments under the clock.

        When `running` has become False, two TimeUps can still be under way: one that waits to be noticed, and one
        that the watchdog is about to raise. None is left when `dismiss` has come to its end.
        """
        watcher = threading.Thread(target=self.watch, name="time limit", daemon=True)
        watcher.start()
        try:
            self.running = True
            return work()
        finally:
            self.running = False
            self.time_up.__del__ = no_more
            try:
                self.dismiss()
            except self.time_up:
                try:
                    self.dismiss()
                except self.time_up:
                    self.dismiss()
            watcher.join()

    def watch(self):
        """Wait for the end of the call, or raise TimeUp again and again."""
        wait = self.seconds
        try:
            while not self.bell.acquire(timeout=wait):
                wait = AGAIN
                if self.running:
                    self.interrupt()
        finally:
            self.ended = True
            self.gone.release()

    def interrupt(self):
        """Raise TimeUp in the other thread, and say so if that has no effect."""
        self.raised = True
        raising(self.thread, self.time_up)()
        if self.is_main and WAKE:
            signal.pthread_kill(self.thread, WAKE)
        if not self.told and time.monotonic() > self.taken + PATIENCE:
            self.told = True
            self.tell(HANGS_IN_MAIN if self.is_main else HANGS)

    def dismiss(self):
        """Send the watchdog away, and take the TimeUp that may be waiting: one more replaces it, and is noticed."""
        if self.bell.locked():
            self.bell.release()
        while not self.ended:
            self.gone.acquire(timeout=1)
        if self.raised:
            with contextlib.suppress(self.time_up):
                raising(self.thread, self.time_up)()
                while True:
                    pass

    @contextlib.contextmanager
    def shield(self):
        """Let the stop button end the learner's code only. Python hears signals in the main thread, nowhere else."""
        before = {}
        try:
            if self.is_main:
                before[signal.SIGINT] = signal.signal(signal.SIGINT, self.stop)
            if self.is_main and WAKE:
                before[WAKE] = signal.signal(WAKE, lambda number, frame: None)
            yield
        finally:
            for number in reversed(before):
                signal.signal(number, before[number] or signal.SIG_DFL)

    def stop(self, number, frame):
        """Take the press of a stop button."""
        if self.running:
            raise KeyboardInterrupt
        self.pressed = True


def raising(thread, kind):
    """Return a call that raises an exception in a thread, as soon as it notices, in the place of one that waits.

    No line of Python is in it, so the thread that calls it notices only afterwards.
    """
    raise_in = ctypes.pythonapi.PyThreadState_SetAsyncExc
    return functools.partial(raise_in, ctypes.c_ulong(thread), ctypes.py_object(kind))


def no_more(error):
    """Let an exception go."""


class Tracer(Clock):
    """Ends a call by a trace function. It cannot look into one long call of NumPy, which comes back first."""

    def __init__(self, seconds):
        super().__init__(seconds)
        self.time_up.__del__ = lambda error: self.go_on(sys._getframe(1))

    def call(self, work):
        """Call a function without arguments; a debugger's trace function comes back afterwards."""
        before, self.running = sys.gettrace(), True
        try:
            sys.settrace(self.trace)
            return work()
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
            raise self.time_up
        return self.look

    def go_on(self, frame):
        """Go on looking at the clock, in all of the learner's calls that are open: Python has taken that away."""
        if not self.running:
            return
        sys.settrace(self.trace)
        while frame and frame.f_code is not Tracer.call.__code__:
            frame.f_trace = self.trace(frame, "call", None)
            frame = frame.f_back
