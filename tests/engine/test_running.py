"""Whatever a learner's function does, the check ends, says what happened in a sentence, and nothing is lost."""

import builtins
import itertools
import os
import re
import signal
import subprocess
import sys
import threading
import time
import warnings

import numpy as np
import pytest

from helpers.engine.capturing import KEPT
from helpers.engine.running import run
from helpers.exercises import explaining
from helpers.exercises.exercise import FunctionExercise
from helpers.exercises.judging import judge
from helpers.exercises.verdict import CORRECT, NOT_ATTEMPTED, NOT_YET

PICTURE = np.arange(15.0).reshape(3, 5) - 4
PICTURES = ((PICTURE,), (PICTURE[:2],))


def negative(image):
    """Return the picture with the other sign."""
    return -image


SHORT, AMPLE = 0.3, 30  # seconds: for what never ends, and for what does, however busy the machine is


def exercise(seconds=AMPLE, **details):
    return FunctionExercise("Negative", negative, PICTURES, ("", ""), "Why.", seconds=seconds, **details)


def judged(function, seconds=AMPLE):
    return judge(exercise(seconds), function)


# --- functions that never end ----------------------------------------------------------------------


def pass_forever(image):
    while True:
        pass


def pass_forever_in_one_line(image):
    while True: pass  # fmt: skip  # noqa: E701


def count_forever(image):
    return [number for number in itertools.count() if number < 0]


def forget_to_count_up(image):
    row = 0
    while row < len(image):
        column = 0  # noqa: F841
    return image


def call_each_other_forever(image):
    def there(depth):
        return back(depth + 1) if depth < 50 else 0

    def back(depth):
        return there(depth + 1)

    while True:
        there(0)


def swallow_everything(image):
    while True:
        try:
            image = image + 1
        except:  # noqa: E722
            pass


def swallow_it_far_below(image):
    def deep(depth):
        try:
            return deep(depth + 1) if depth < 5 else sum(n for n in itertools.count())
        except:  # noqa: E722
            return 0

    while True:
        deep(0)


def print_forever(image):
    while True:
        print("still here")


ENDLESS = [
    pass_forever,
    pass_forever_in_one_line,
    count_forever,
    forget_to_count_up,
    call_each_other_forever,
    swallow_everything,
    swallow_it_far_below,
    print_forever,
]


@pytest.mark.parametrize("platform", [sys.platform, "emscripten"])
@pytest.mark.parametrize("function", ENDLESS, ids=lambda function: function.__name__)
def test_a_function_that_never_ends_is_cut_off(function, platform, monkeypatch):
    monkeypatch.setattr(sys, "platform", platform)
    verdict = judged(function, SHORT)
    assert (verdict.outcome, verdict.diagnosis) == (NOT_YET, "takes too long")
    assert verdict.says == "Your function was stopped after 0.3 seconds. Is there a loop that never ends?"
    assert verdict.lines


def test_the_time_is_for_all_inputs_together():
    def slow(image):
        end = time.monotonic() + 0.2
        while time.monotonic() < end:
            pass
        return -image

    assert judged(slow, SHORT).diagnosis == "takes too long"


def test_a_long_call_outside_of_python_is_cut_off_when_it_comes_back():
    def sleepy(image):
        time.sleep(0.4)
        return -image

    assert judged(sleepy, SHORT).diagnosis == "takes too long"


def test_cutting_off_needs_neither_threads_nor_signals_in_a_browser(monkeypatch):
    monkeypatch.setattr(sys, "platform", "emscripten")
    monkeypatch.setattr(threading.Thread, "start", lambda self: pytest.fail("a thread was started"))
    monkeypatch.setattr(signal, "signal", lambda *arguments: pytest.fail("a signal was handled"))
    assert judged(pass_forever, SHORT).diagnosis == "takes too long"


def test_a_debugger_gets_its_trace_function_back():
    def debugger(frame, event, argument):
        return None

    before = sys.gettrace()
    sys.settrace(debugger)
    try:
        judged(swallow_everything, SHORT)
        assert sys.gettrace() is debugger
    finally:
        sys.settrace(before)


def test_loops_over_a_small_picture_end_long_before_the_limit():
    def in_loops(image):
        result = np.zeros_like(image)
        for row, column in itertools.product(range(60), range(80)):
            result[row, column] = -image[row, column]
        return result

    assert run(in_loops, (np.ones((60, 80)),), 10).error == ""


# --- functions that end otherwise ------------------------------------------------------------------


def leave(image):
    sys.exit()


def leave_with_a_code(image):
    raise SystemExit(3)


def interrupt(image):
    raise KeyboardInterrupt


@pytest.mark.parametrize(("function", "kind"), [(leave, "exit"), (leave_with_a_code, "exit"), (interrupt, "stop")])
def test_leaving_python_and_interrupts_get_a_sentence(function, kind):
    assert (judged(function).diagnosis, judged(function).says) == explaining.ENDED[kind]


class Odd(BaseException):
    def __str__(self):
        raise RuntimeError("not even that")


def raise_something_odd(image):
    raise Odd


def misspell(image):
    rows, columns = image.shape
    return [[-image[row, colunm] for column in range(columns)] for row in range(rows)]  # noqa: F821


def go_too_far(image):
    return -image[:, len(image[0])]


def add_what_does_not_fit(image):
    return helping(image)


def helping(image):
    return image + np.ones((7, 7))


def call_itself(image):
    return call_itself(image)


@pytest.mark.parametrize(
    ("function", "name", "said", "lines"),
    [
        (raise_something_odd, "Odd", "", ["raise Odd"]),
        (misspell, "NameError", "There is `column`: a typo?", ["return [[-image[row, colunm]"]),
        (go_too_far, "IndexError", "counted from 0", ["return -image[:, len(image[0])]"]),
        (
            add_what_does_not_fit,
            "ValueError",
            "`image` has 3 rows × 5 columns",
            ["return helping(image)", "return image + np.ones"],
        ),
        (call_itself, "RecursionError", "never stops", ["return call_itself(image)"]),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_an_exception_is_explained_with_the_learners_own_lines(function, name, said, lines):
    verdict = judged(function)
    assert verdict.diagnosis == f"raises {name}"
    assert verdict.says.startswith(f"Your function stops with {name}")
    assert said in verdict.says
    assert len(verdict.lines) == len(lines)
    assert all(shown.startswith(line) for (_, shown), line in zip(verdict.lines, lines, strict=True))
    first = function.__code__.co_firstlineno
    assert first < verdict.lines[0][0] < first + 5


def test_lines_of_numpy_are_not_shown():
    verdict = judged(lambda image: np.pad(image, -1))
    assert [text for _, text in verdict.lines] == ["verdict = judged(lambda image: np.pad(image, -1))"]


# --- what comes back -------------------------------------------------------------------------------


class Tensor:
    """Behaves as a tensor of torch does."""

    __module__ = "torch"

    def __init__(self, array):
        self.array = array

    def __array__(self, *arguments, **options):
        raise RuntimeError("Can't call numpy() on Tensor that requires grad. Use tensor.detach().numpy() instead.")

    def detach(self):
        return Detached(self.array)


class Detached(Tensor):
    def cpu(self):
        return self

    def __array__(self, *arguments, **options):
        return self.array


@pytest.mark.parametrize(
    ("turn", "note"),
    [
        (np.ndarray.tolist, "You returned a list; it was read as an array."),
        (lambda array: tuple(map(tuple, array)), "You returned a tuple; it was read as an array."),
        (Tensor, "You returned a Tensor (torch); it was read as an array."),
    ],
    ids=["list", "tuple", "tensor"],
)
def test_other_kinds_of_arrays_are_correct_and_get_a_sentence(turn, note):
    verdict = judged(lambda image: turn(-image))
    assert (verdict.outcome, verdict.facts) == (CORRECT, (note,))


def cut_short(image):
    """Wrong with the first picture, and no longer fitting with the second."""
    return np.ones((3, 5)) * image.T.T


def test_what_went_wrong_first_is_told_first():
    verdict = judged(cut_short)
    assert verdict.diagnosis == "input unchanged"
    assert verdict.facts[-1] == "With another input it stops with ValueError."
    assert not verdict.lines


def test_an_exercise_can_ask_after_the_usual_reason_of_an_exception():
    asking = exercise(stops=(("IndexError", "Is the last place one too far?"),))
    asked = judge(asking, go_too_far)
    assert asked.says.endswith("Is the last place one too far?")
    assert asked.diagnosis == "raises IndexError"
    assert "one too far" not in judge(asking, misspell).says


@pytest.mark.parametrize(
    ("function", "says"),
    [
        (lambda image: np.zeros(3, 5), r"`np.zeros\(\(rows, columns\)\)`"),
        (lambda image: np.divide(image.astype(int), 2, out=image.astype(int)), "in the place of `a /= b`, write"),
    ],
)
def test_the_words_of_an_exception_are_explained(function, says):
    assert re.search(says, judged(function).says)


def test_an_array_needs_no_sentence():
    assert judged(negative).facts == ()


@pytest.mark.parametrize(
    ("turn", "says"),
    [
        (lambda array: 7, "Your function returns a single number; several are wanted."),
        (lambda array: str(array), "Your result is a text: quotes make one, even of a number."),
        (lambda array: array > 0, "Your result is an array of True and False; wanted are numbers."),
        (lambda array: array.astype(str), "Your result is an array of text; wanted are numbers."),
        (lambda array: array.astype(object), "Your result is an array of objects; wanted are numbers."),
        (lambda array: array + 1j, "Your result is an array of complex numbers; wanted are numbers."),
        (lambda array: (row for row in array), "Your result is a generator; wanted are numbers."),
        (lambda array: {"result": array}, "Your result is a dict; wanted are numbers."),
        (lambda array: [[1], [2, 3]], "The rows of your result have different lengths."),
        (lambda array: array * np.nan, "15 of your 15 numbers are not finite (NaN or infinite)"),
        (lambda array: np.negative, "Your result is a ufunc itself: call it, with brackets behind it."),
        (lambda array: (array * 1.5).astype(int), "If `image[0, 0]` grows by 1"),
    ],
)
def test_what_is_no_array_of_numbers_gets_a_sentence(turn, says):
    verdict = judged(lambda image: turn(-image))
    assert verdict.outcome == NOT_YET
    assert verdict.says.startswith(says)


def test_an_object_that_resists_is_named_too():
    class Resists:
        def __array__(self, *arguments, **options):
            raise SystemError

    assert judged(lambda image: Resists()).says == "Your result is a Resists (tests)".replace("tests", __name__) + (
        "; wanted are numbers."
    )


def test_the_result_still_dots():
    def half_done(image):
        result = -image  # noqa: F841
        return ...

    assert judged(half_done).says == explaining.STILL_DOTS


def test_nothing_is_returned():
    def forgets(image):
        result = -image  # noqa: F841

    assert judged(forgets).says == explaining.NOTHING


def test_printing_is_not_returning():
    verdict = judged(lambda image: print(-image))
    assert verdict.says == explaining.ONLY_PRINTED
    assert any(fact.startswith("Your function printed: [[") for fact in verdict.facts)


# --- what it does besides --------------------------------------------------------------------------


def test_ten_megabytes_of_print_are_counted_not_shown(capsys):
    def talks(image):
        print("x" * 10_000_000)
        print("a word to the wise", file=sys.stderr)
        return -image

    verdict = judged(talks)
    assert verdict.outcome == CORRECT
    assert verdict.facts[0].startswith("Your function printed 10,000,020 characters; they begin with: xxx")
    assert len(verdict.facts[0]) < KEPT + 100
    assert capsys.readouterr() == ("", "")


def test_a_right_function_that_changes_its_input_is_not_yet():
    def clears(image):
        result = -image
        image[...] = 0
        return result

    before = PICTURE.copy()
    assert judged(clears).says == explaining.CHANGED
    np.testing.assert_array_equal(PICTURE, before)


@pytest.mark.parametrize("change", ["image[0, 0] += 1", "image.resize(5, 3, refcheck=False)", "image.dtype = np.int64"])
def test_any_change_of_the_input_is_noticed(change):
    def changes(image):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            exec(change, {"image": image, "np": np})

    assert run(changes, (PICTURE,), 1).changed
    assert not run(negative, (PICTURE,), 1).changed


def test_a_wrong_function_that_changes_its_input_hears_of_both():
    def clears(image):
        image[...] = 0
        return image

    assert "Your function also changes the array that it is given; work on a copy." in judged(clears).facts


def test_warnings_of_numpy_are_told_not_shown():
    def divides(image):
        return -image + np.array([1.0]) / np.array([0.0])

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        verdict = judged(divides)
    assert "NumPy warned: divide by zero encountered in divide." in verdict.facts


# --- what is no function for this exercise ---------------------------------------------------------


@pytest.mark.parametrize(
    ("function", "says"),
    [
        (lambda: 1, "Your function takes 0 arguments; it is called with 1: `negative(image)`."),
        (lambda image, factor: 1, "Your function takes 2 arguments; it is called with 1: `negative(image)`."),
        (PICTURE, "This is an array, not a function. Write `exercises.check(negative)`"),
        ("negative", "This is a str, not a function."),
    ],
    ids=["none", "two", "array", "text"],
)
def test_the_wrong_thing_gets_a_sentence(function, says):
    verdict = judged(function)
    assert verdict.outcome == NOT_YET
    assert verdict.says.startswith(says)


@pytest.mark.parametrize(
    "function", [np.negative, lambda *arguments: -arguments[0], lambda image, sign=-1: sign * image]
)
def test_other_things_that_can_be_called_are_taken(function):
    assert judged(function).outcome == CORRECT


def test_an_object_that_is_called_is_taken():
    class Negative:
        def __call__(self, image):
            return -image

    assert judged(Negative()).outcome == CORRECT


def test_a_stub_with_a_raise_is_not_attempted():
    def stub(image):
        raise NotImplementedError("later")

    assert judged(stub).outcome == NOT_ATTEMPTED


# --- nobody else's business ------------------------------------------------------------------------


@pytest.mark.parametrize("first", [0, 1])
def test_two_runs_at_once_keep_their_output_apart_and_leave_all_as_it_was(first, capsys):
    before = (sys.stdout, sys.stderr, warnings.showwarning, warnings.filters, [*warnings.filters])
    inside, leave, runs = threading.Barrier(3), [threading.Event(), threading.Event()], [None, None]

    def talks(number):
        print(f"run {number}")
        inside.wait()
        leave[number].wait()
        warnings.warn(f"warning {number}", stacklevel=1)

    def start(number):
        runs[number] = run(talks, (number,), AMPLE)

    threads = [threading.Thread(target=start, args=(number,)) for number in (0, 1)]
    for thread in threads:
        thread.start()
    inside.wait()
    for number in (first, 1 - first):
        print("outside")
        leave[number].set()
        threads[number].join()
    assert [(one.printed, one.warned) for one in runs] == [(f"run {n}\n", [f"warning {n}"]) for n in (0, 1)]
    assert capsys.readouterr().out == "outside\noutside\n"
    after = (sys.stdout, sys.stderr, warnings.showwarning, warnings.filters, [*warnings.filters])
    assert after == before


def test_what_a_function_changes_of_the_process_is_put_back(tmp_path):
    def meddles(image):
        builtins.len = None
        np.seterr(all="raise")
        sys.setrecursionlimit(5000)
        os.chdir(tmp_path)
        os.environ["MEDDLED"] = "yes"

    def state():
        return (builtins.len, np.geterr(), sys.getrecursionlimit(), os.getcwd(), dict(os.environ))

    before = state()
    run(meddles, (PICTURE,), AMPLE)
    assert state() == before


@pytest.mark.parametrize("wait", [lambda: time.sleep(1e6), threading.Event().wait], ids=["sleep", "event"])
def test_waiting_is_cut_off_in_the_main_thread(wait):
    assert run(lambda image: wait(), (PICTURE,), SHORT).error == "time"


def test_no_thread_is_left_behind():
    before = threading.enumerate()
    run(swallow_everything, (PICTURE,), SHORT)
    assert threading.enumerate() == before


STORM = """
import _thread, os, signal, threading, sys
from helpers.engine.running import run

def stubborn(image):
    while True:
        try:
            image = image + 1
        except:
            continue

def press():
    while not over.wait(PAUSE):
        PRESS

over = threading.Event()
presser = threading.Thread(target=press)
before = sys.stdout
endings = []
presser.start()
while len(endings) < 5:
    try:
        endings.append(run(stubborn, (1,), 0.2).error)
    except KeyboardInterrupt:
        pass
while True:
    try:
        over.set()
        presser.join()
        break
    except KeyboardInterrupt:
        pass
quiet = run(stubborn, (1,), 0.2).error, run(lambda image: image, (1,), 9).error
print(set(endings) <= {"time", "stop"}, quiet, sys.stdout is before, threading.active_count())
"""


BUTTONS = {"interrupt": ("_thread.interrupt_main()", "0.01"), "SIGINT": ("os.kill(os.getpid(), signal.SIGINT)", "0.05")}


@pytest.mark.skipif(os.name == "nt", reason="Windows knows no os.kill with SIGINT")
@pytest.mark.parametrize("button", BUTTONS)
def test_a_stop_button_pressed_all_the_time_leaves_the_limit_and_the_next_run_sound(root, button):
    press, pause = BUTTONS[button]
    storm = STORM.replace("PRESS", press).replace("PAUSE", pause)
    done = subprocess.run([sys.executable, "-c", storm], cwd=root, capture_output=True, text=True, timeout=60)
    assert done.stdout == "True ('time', '') True 1\n", done.stderr


@pytest.mark.parametrize(
    ("result", "diagnosis"),
    [(np.broadcast_to(1.0, (10**6, 10**6)), "too large"), (range(10**12), "too large"), ([range(10**9)], "too large")],
    ids=["array", "range", "nested"],
)
def test_a_huge_result_is_refused_before_it_takes_memory(result, diagnosis):
    assert judged(lambda image: result).diagnosis == diagnosis


def test_reading_a_result_and_the_words_of_an_exception_cannot_end_python():
    class Leaves(Exception):
        def __array__(self, *arguments, **options):
            raise SystemExit

        def __str__(self):
            raise SystemExit

    def raises(image):
        raise Leaves

    assert judged(lambda image: Leaves()).diagnosis == "ends Python"
    assert judged(raises).diagnosis == "raises Leaves"
