"""What a learner can set on a Stage: each setting is a trait, and the control that moves it.

A setting is made by `slider`, `field`, `text`, `choice`, `switch`, `color`, `grid`, `picture`, `constant` or `hidden`.
Its control is drawn by the browser; its value is an ordinary synchronized trait, so that any ipywidgets control can be
linked to it.
"""

import math
import operator
import textwrap
from dataclasses import dataclass
from dataclasses import field as with_default

import numpy as np
import traitlets

from helpers import images, sketches
from helpers.engine.pictures import Picture

DTYPES = {"uint8": np.uint8, "float32": np.float32, "float64": np.float64}
LARGEST = 64_000_000  # bytes that an array may take on its way to the browser and back
MOST_NUMBERS = 8_000_000  # in an array
TYPED = 400  # numbers: arrays up to this size are typed by people, who write 0.1 and not 0.10000000149


class Array(traitlets.TraitType):
    """A trait that holds an array of numbers and travels as bytes.

    Parameters
    ----------
    axes : tuple of int
        How many axes it may have.
    """

    info_text = "an array of finite numbers"

    def __init__(self, *args, axes, **options):
        super().__init__(*args, **options)
        self.axes = axes

    def validate(self, owner, value):
        """Turn numbers in any form into an array that no one else can change."""
        return checked(self.name, value, self.axes)


def checked(name, value, axes=(2, 3)):
    """Return an array of numbers that can be drawn, uint8 or float64, and that no one can change."""
    if least_count(value) > MOST_NUMBERS:
        raise ValueError(f"{name} takes at most {MOST_NUMBERS:,} numbers; this has more")
    try:
        array = np.array(value, order="C")
    except ValueError:
        raise ValueError(f"{name}: all rows must have the same length") from None
    if array.dtype.kind not in "buif":
        raise ValueError(f"{name} takes numbers; this is {array.dtype}")
    if array.ndim not in axes or array.size == 0:
        shape = array.shape
        raise ValueError(f"{name} takes rows and columns, at least one of each; this has the shape {shape}")
    with np.errstate(over="ignore"):
        odd = array.size - int(np.isfinite(array.astype(np.float32)).sum())
    if odd:
        why = "(NaN, infinite or above 3e38)"
        raise ValueError(f"{name} takes finite numbers; {odd} of these {array.size} are not {why}")
    array = array if array.dtype == np.uint8 else array.astype(np.float64)
    array.flags.writeable = False
    return array


def least_count(value):
    """Return about how many numbers an array or a list of lists has, without looking at them."""
    if isinstance(value, np.ndarray):
        return value.size
    if not isinstance(value, list | tuple):
        return 1
    return len(value) * (least_count(value[0]) if value else 1)


def to_browser(array, _widget=None):
    """Return an array as the browser takes it: shape, type, bytes."""
    array = array.astype(np.float32) if array.dtype == np.float64 else array
    return {"shape": list(array.shape), "dtype": array.dtype.name, "data": memoryview(np.ascontiguousarray(array))}


def from_browser(message, _widget=None):
    """Return the array in a message; the message is checked, whoever sent it."""
    shape, data = tuple(int(n) for n in message["shape"]), bytes(message["data"])
    if message["dtype"] not in DTYPES:
        raise ValueError(f"arrays of {', '.join(DTYPES)} can come from the browser, not of {message['dtype']}")
    dtype = np.dtype(DTYPES[message["dtype"]])
    fits = min(shape, default=0) > 0 and math.prod(shape) * dtype.itemsize == len(data)
    if not fits or len(data) > LARGEST:
        raise ValueError(f"{len(data)} bytes do not make an array of {dtype} numbers with the shape {shape}")
    array = np.frombuffer(data, dtype).reshape(shape)
    return array.astype(str).astype(np.float64) if dtype == np.float32 and array.size <= TYPED else array


class Whole(traitlets.Int):
    """A trait that holds a whole number, NumPy's too."""

    def validate(self, owner, value):
        """Turn what is a whole number into a plain one."""
        return super().validate(owner, operator.index(value) if isinstance(value, np.integer) else value)


class Sketch(traitlets.TraitType):
    """A trait that holds a sketch of a network: its layers, as plain lists."""

    info_text = "a list of layers"

    def validate(self, owner, value):
        """Turn layers in any form into plain lists, and refuse what is no layer by a sentence."""
        return sketches.plain(self.name, value)


AXES = {"grid": (2, 3), "picture": (2, 3), "constant": (1, 2, 3, 4, 5)}  # how many an array usually has


def beyond(value, low, high):
    """Tell whether a number lies outside of two ends; None is no end."""
    return (low is not None and value < low) or (high is not None and value > high)


def too_long(name, value, most):
    """Say why a text is none that can be typed; "" if it is one."""
    if len(value) > most:
        return f"{name} has at most {most} characters, not {len(value)}"
    return "" if not value or value.isprintable() else f"{name} stands on one line, without signs that cannot be seen"


def shortened(value):
    """Write a value in few characters, whatever it is."""
    if isinstance(value, int | float | np.number) and abs(value) < 1e15:
        return f"{value:g}"
    return textwrap.shorten(repr(value), 60, placeholder=" ...")[:60]


@dataclass(frozen=True)
class Setting:
    """One setting.

    Attributes
    ----------
    kind : str
        How the browser draws the control.
    value : object
        Where it starts.
    options : dict
        What the control needs besides: label, bounds, choices.
    """

    kind: str
    value: object
    options: dict = with_default(default_factory=dict)

    def trait(self):
        """Return the trait that holds the value."""
        if self.kind in AXES:
            axes = self.axes()
            trait = self.limited(Array)(checked(self.kind, self.value, axes), axes=axes)
            echoed = self.kind != "constant"  # what only Python makes, and a still of the camera, need not come back
            return trait.tag(sync=True, to_json=to_browser, from_json=from_browser, echo_update=echoed)
        if self.kind == "sketch":
            return Sketch(self.value).tag(sync=True)
        if self.kind == "color":
            return traitlets.List(traitlets.Int(), list(self.value), minlen=3, maxlen=3).tag(sync=True)
        trait = {bool: traitlets.Bool, int: Whole, float: traitlets.Float, str: traitlets.Unicode}[type(self.value)]
        return self.limited(trait)(self.value).tag(sync=True)

    def axes(self):
        """Return how many axes the array may have; a grid of weights, with four, keeps them."""
        usual = AXES[self.kind]
        return (np.ndim(self.value),) if self.kind == "grid" and np.ndim(self.value) in (1, 4) else usual

    def limited(self, trait):
        """Return the trait that refuses, by a sentence, what the control does not offer."""
        refusal = self.refusal

        class Limited(trait):
            def validate(self, owner, value):
                value = super().validate(owner, value)
                words = refusal(self.name, value)
                if words:
                    raise traitlets.TraitError(words)
                return value

        return Limited

    def refusal(self, name, value):
        """Say why a value is not one that the control offers; "" if it is."""
        low, high, choices = (self.options.get(one) for one in ("low", "high", "choices"))
        if self.kind == "choice":
            words = [word for word, _ in choices]
            return "" if value in words else f"{name} is one of {', '.join(map(str, words))}, not {shortened(value)}"
        if self.kind == "text":
            return too_long(name, value, self.options["most"])
        if self.kind == "grid" and value.size:
            broken = value[value != np.round(value)]
            if self.options.get("whole") and broken.size:
                return f"{name} takes whole numbers, not {shortened(broken[0])}"
            value = next((end for end in (value.min(), value.max()) if beyond(end, low, high)), value.min())
        elif self.kind not in ("slider", "field"):
            return ""
        return f"{name} goes from {low} to {high}, not to {shortened(value)}" if beyond(value, low, high) else ""

    def for_browser(self, name):
        """Return the control as plain data."""
        return {"name": name, "kind": self.kind, "label": name.replace("_", " ")} | self.options


def slider(value, low, high, step=1, **options):
    """Return a number that is dragged between two ends.

    Parameters
    ----------
    tint : str, optional
        The color of what it moves.
    plays : int, optional
        How many steps a second it goes by itself, where it has a play button.
    until : str, optional
        "$setting": a number below `high` that is the end for now.
    """
    return Setting("slider", value, {"low": low, "high": high, "step": step} | options)


def field(value, low, high, step=1, **options):
    """Return a number that is typed."""
    return Setting("field", value, {"low": low, "high": high, "step": step} | options)


def text(value, most=20, **options):
    """Return a few words that are typed, on one line and with at most so many characters: data, whatever they say."""
    refusal = too_long("the text", value, most)
    if refusal:
        raise ValueError(refusal)
    return Setting("text", value, {"most": most} | options)


def choice(value, choices, **options):
    """Return one of several words; `choices` lists them, or maps each to what the learner reads.

    Parameters
    ----------
    names : str, optional
        "$setting": what the learner reads instead, words with commas between them.
    """
    choices = dict(choices) if isinstance(choices, dict) else {word: word for word in choices}
    if value not in choices:
        raise ValueError(f"choose one of {', '.join(map(str, choices))}, not {value!r}")
    return Setting("choice", value, {"choices": [[word, label] for word, label in choices.items()]} | options)


def switch(value, **options):
    """Return something that is on or off."""
    return Setting("switch", bool(value), options)


def color(value, **options):
    """Return a color of three numbers 0-255."""
    return Setting("color", tuple(value), options)


def grid(value, low=None, high=None, presets=None, whole=False, **options):
    """Return a small array whose cells can be edited.

    Parameters
    ----------
    value : array_like
    low, high : float, optional
        The least and the most a cell may hold.
    presets : dict, optional
        Name -> array: the arrays offered by name. With the option `few`, so many of them at first, and the rest as
        "more".
    whole : bool
        Whether its cells hold whole numbers only.
    """
    offered = [[name, np.asarray(array, float).tolist()] for name, array in (presets or {}).items()]
    return Setting("grid", np.asarray(value), {"low": low, "high": high, "presets": offered, "whole": whole} | options)


def picture(value=None, choosable=False, **options):
    """Return a picture: a `Picture` (shared, it follows), a name, a path, bytes or an array.

    Parameters
    ----------
    choosable : bool
        Whether the Stage offers other pictures, and the learner's own.
    live : dict, optional
        Where Python may answer while the camera plays: which settings are the `switch` that allows it, the `still`
        that is sent each time the last one is answered (by `pulse`), and whether it `plays`. The latter two are `told`.
    """
    shared = value if isinstance(value, Picture) else Picture(value)
    return Setting("picture", shared, {"choosable": choosable, "choices": list(images.names())} | options)


def sketch(layers, **options):
    """Return a list of layers, which the learner builds in a panel of the kind `layers`.

    Parameters
    ----------
    layers : list
        Layers, or lists of a name and numbers: `["Conv2D", 1, 8, 5]`.
    """
    limits = {"most": sketches.MOST, "kinds": sketches.KINDS, "limits": sketches.LIMITS}
    return Setting("sketch", sketches.plain("layers", layers), limits | options)


def buttons(actions, **options):
    """Return buttons that set other settings.

    Parameters
    ----------
    actions : dict
        What stands on a button -> the setting it changes and the value; for "same_padding" and "next", which are
        worked out, the setting they are worked out from as well. Live numbers may stand on it, "{first}", and a
        button on which nothing stands is not there.
    takes : str, optional
        The picture that a button takes first where the camera is on; it stays on.
    """
    return Setting("buttons", "", {"actions": [[word, *action] for word, action in actions.items()]} | options)


def constant(value, source):
    """Return an array that no control moves: biases, filters, the weights of a network.

    Parameters
    ----------
    value : array_like of 1 to 5 axes
    source : str
        The code that makes it; printed code says this and not the numbers: `kernels.gaussian(5, 1.0)`.
    """
    return Setting("constant", np.asarray(value), {"hidden": True, "source": source})


def hidden(value, **options):
    """Return a setting without a control."""
    kind = "grid" if isinstance(value, np.ndarray | list) else "hidden"
    return Setting(kind, np.asarray(value) if kind == "grid" else value, {"hidden": True} | options)


def told(value):
    """Return what Python tells by itself, while it works: no control, and no part of what is set, reset or undone."""
    if isinstance(value, np.ndarray):
        return constant(value, "")
    return Setting("told", value, {"hidden": True})
