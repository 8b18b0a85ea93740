"""Lesson 09: the learner's own layers go through the whole network, in pieces, and are compared with the course's."""

import time

import numpy as np

from helpers import convolution, pooling, squeezenet
from helpers.engine.beside import Beside
from helpers.engine.wording import MINUS
from helpers.sizes import output_size
from helpers.stage.own import Stopped, result_of
from helpers.stage.telling import Teller, obey

PIECE = 0.15  # seconds that one call may take, if it can be made so small
CLOSE = 1e-4  # of a layer's largest number: what rounding may do
NEVER = "not begun"
WAITING = "they wait for a picture that stays; while the camera plays, only the course’s layers answer"


class Refused(Exception):
    """The learner's function made something that the network cannot go on with; the words say what."""


def small(value):
    """Write a small number so that it does not look like 0.

    >>> small(0.0000123), small(0.0), small(2.5)
    ('0.00001', '0', '2.5')
    """
    if value == 0:
        return "0"
    digits = max(0, -int(np.floor(np.log10(value)))) if value < 1 else 1
    return f"{value:.{digits}f}".removesuffix(".0")


# --- the way through the network, a few filters at a time


def in_parts(count, part, many=1):
    """Do something for parts of so many filters, as large as one piece of time allows.

    Parameters
    ----------
    count : int
    part : callable
        Takes a slice; returns maps, the filters last.
    many : int
        How many at first.

    Yields
    ------
    int
        How many numbers were made.

    Returns
    -------
    ndarray
        All maps.
    """
    made, done = [], 0
    while done < count:
        began = time.perf_counter()
        made.append(part(slice(done, done + many)))
        passed = time.perf_counter() - began
        done += many
        many = max(1, min(4 * many, int(many * PIECE / max(passed, 1e-6))))
        yield made[-1].size
    return np.concatenate(made, axis=-1)


def called(function, arguments, name, what, wanted):
    """Call a learner's function without harm, and return its maps, which have the shape that they should.

    Raises
    ------
    Refused
    """
    try:
        found = result_of(function, arguments, print)
    except Stopped as stopped:
        raise Refused(f"{name}: {str(stopped).replace('your function', f'your {what}')}") from None
    if found.dtype.kind not in "buif":
        nothing = found.ndim == 0 and found.item() in (None, ...)
        raise Refused(f"{name}: your {what} returns {'nothing yet' if nothing else 'what are no numbers'}")
    try:
        maps = squeezenet.of_shape(found, wanted, f"{name}: your {what}", np.float32)
    except ValueError as refusal:
        raise Refused(str(refusal)) from None
    if not np.isfinite(maps).all():
        raise Refused(f"{name}: your {what} makes numbers that are not finite (NaN or infinite)")
    return maps


def convolved(conv2d, name, maps, key, stride=1, padding=0):
    """Send maps through a convolution and ReLU, a few filters at a time; yield and return as `in_parts` does."""
    weights, bias = (squeezenet.weights()[f"{key}/{one}"] for one in "Wb")
    places = [output_size(length, len(weights), stride, padding) for length in maps.shape[:2]]

    def part(which):
        given = maps, weights[..., which].copy(), bias[which].copy(), stride, padding
        if conv2d is None:
            return convolution.conv2d(*given)
        return called(conv2d, given, name, "conv2d", (*places, len(given[2])))

    made = yield from in_parts(len(bias), part, 1 if conv2d else len(bias))
    return np.maximum(made, 0)


def pooled(max_pool2d, name, maps):
    """Send maps through max pooling, a few of them at a time; yield and return as `in_parts` does."""
    places = [output_size(length, *squeezenet.POOL) for length in maps.shape[:2]]

    def part(which):
        given = maps[..., which].copy(), *squeezenet.POOL
        if max_pool2d is None:
            return pooling.max_pool2d(*given)
        return called(max_pool2d, given, name, "max_pool2d", (*places, given[0].shape[-1]))

    return (yield from in_parts(maps.shape[-1], part, 1 if max_pool2d else maps.shape[-1]))


def fired(conv2d, step, maps):
    """Send maps through a fire module; yield and return as `in_parts` does."""
    squeezed = yield from convolved(conv2d, step, maps, f"{step}/squeeze1x1")
    ones = yield from convolved(conv2d, step, squeezed, f"{step}/expand1x1")
    threes = yield from convolved(conv2d, step, squeezed, f"{step}/expand3x3", padding=1)
    return np.concatenate([ones, threes], axis=-1)


def through(prepared, conv2d, max_pool2d):
    """Go through the network as `squeezenet.walk` does, in small pieces.

    Yields
    ------
    (str, int, ndarray or None)
        In which layer it is, how many numbers were made, and the layer's maps once they are all there.
    """
    maps = prepared
    for step in squeezenet.STEPS[:-1]:
        if step.startswith("pool"):
            way = pooled(max_pool2d, step, maps)
        elif step.startswith("fire"):
            way = fired(conv2d, step, maps)
        else:
            way = convolved(conv2d, step, maps, step, stride=2 if step == "conv1" else 1)
        while True:
            try:
                yield step, next(way), None
            except StopIteration as end:
                maps = end.value
                break
        yield step, 0, maps


# --- on the Stage


class Yours:
    """The learner's own layers, on their way through the network beside the course's.

    Parameters
    ----------
    conv2d, max_pool2d : callable or None
        Where there is none, the course's.
    """

    def __init__(self, conv2d, max_pool2d):
        self.functions = conv2d, max_pool2d
        own = [name for name, one in zip(("conv2d", "max_pool2d"), self.functions, strict=True) if one]
        self.called, self.one = " and ".join(own), len(own) == 1
        self.stage, self.closed, self.beside = None, False, Beside(self.piece)
        self.answer, self.way = None, iter(())

    def shown(self):
        """Return what is shown of it, by the names of settings."""
        return {"yours_said": NEVER, "command": "none"}

    def attach(self, stage):
        """Stand behind a Stage."""
        self.stage = stage
        self.teller = Teller(stage)
        obey(stage, {"begin": self.begin_again, "stop": self.stop}, self.beside.call)
        stage.when_closed(self.end)

    def begin_again(self):
        """Go through the network once more, unless the camera is answered."""
        if not self.stage.of_still:
            self.begin(self.stage.recognizer.answer)

    def begin(self, answer):
        """Go through the network anew, beside everything else."""
        self.answer, self.way = answer, through(answer.prepared, *self.functions)
        self.made, self.far, self.largest, self.layer = 0, "", 0.0, squeezenet.STEPS[0]
        self.began = time.monotonic()
        self.teller.begin()
        self.compared = sum(answer.activations[step].size for step in squeezenet.STEPS[:-1])
        self.total = self.compared + sum(
            maps.size for name, maps in answer.activations.items() if name.endswith("/squeeze")
        )
        self.tell(f"{self.layer} · 0 % of all numbers")
        self.beside.call(self.start)

    def start(self):
        """Go on, unless the Stage was closed, or the camera has begun to be answered, meanwhile."""
        if not self.closed and not self.stage.of_still:
            self.beside.start()

    def end(self):
        """Work no more."""
        self.closed = True
        self.beside.pause()

    def rest(self):
        """Do nothing as long as the camera plays."""
        self.beside.pause()
        self.stage.yours_said = WAITING

    def stop(self):
        """Stop on the way."""
        if self.beside.wanted:
            self.beside.pause()
            self.tell(f"stopped in {self.layer}, after {self.percent()} % of all numbers; {self.until_there()}")

    def percent(self):
        """Return how much of all numbers is made."""
        return min(100, round(100 * self.made / self.total))

    def until_there(self):
        """Say how the two compare as far as they have come."""
        return self.far or "no difference so far"

    def tell(self, sentence):
        """Show a sentence."""
        self.teller.tell({"yours_said": sentence})

    def piece(self):
        """Make a few maps; tell whether there are more."""
        try:
            self.layer, numbers, maps = next(self.way)
        except StopIteration:
            self.tell(self.result())
            return False
        except Refused as refusal:
            self.tell(f"{refusal}{'' if str(refusal).endswith('?') else '.'} What you see is made by the course’s")
            return False
        self.made += numbers
        if maps is not None:
            self.compare(maps)
        return self.go_on()

    def go_on(self):
        """Say how far it is, if it is time to and the page has seen the last; tell whether anybody looks on."""
        if self.teller.is_alone():
            self.tell(f"left off in {self.layer}, since nobody looked on; begin again")
            return False
        if self.teller.is_due():
            passed = time.monotonic() - self.began
            self.tell(f"{self.layer} · {self.percent()} % of all numbers, {passed:.0f} s; {self.until_there()}")
        return True

    def compare(self, maps):
        """Note how far a layer's maps are from the course's."""
        course = self.answer.activations[self.layer]
        gap = np.abs(maps - course)
        self.last = maps
        self.largest = max(self.largest, float(gap.max()))
        if not self.far and gap.max() > CLOSE * max(1, float(np.abs(course).max())):
            row, column, channel = (int(i) for i in np.unravel_index(gap.argmax(), gap.shape))
            mine, theirs = (f"{one[row, column, channel]:.5g}".replace("-", MINUS) for one in (maps, course))
            place = f"row {row}, column {column}, map {channel}"
            self.far = f"in {self.layer} the first numbers differ, most at {place}: {mine}, not {theirs}"

    def result(self):
        """Say what came of it."""
        took = f"Yours took {time.monotonic() - self.began:.1f} s, the course’s {max(0.01, self.answer.seconds):.2f} s"
        if not self.far:
            agree = "agrees" if self.one else "agree"
            return (
                f"your {self.called} {agree} with the course’s: of {self.compared:,} numbers"
                f" after the layers, the largest difference is {small(self.largest)}. {took}"
            )
        scores = {"scores": pooling.global_avg_pool2d(self.last)}
        [(name, share)] = squeezenet.top(squeezenet.shares(scores), 1)
        return f"{self.far}. With yours it says “{name}”, {100 * share:.0f} %. {took}"
