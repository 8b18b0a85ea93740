"""Lesson 09: a network names what is in the learner's photo, and shows what its layers make of it."""

import time
from dataclasses import dataclass

import numpy as np

from helpers import squeezenet
from helpers.engine.pictures import Picture
from helpers.lessons.lesson_09.yours import Yours
from helpers.stage.panels import bars, middle_square, panel, room, stack
from helpers.stage.settings import buttons, choice, picture, slider, switch, told
from helpers.stage.stage import Stage
from helpers.stage.telling import Teller, on_change

LAYERS = squeezenet.STEPS[:-1]
AT_ONCE = 16  # maps that are shown
MOST_GROUPS = -(-1000 // AT_ONCE)
LARGE = 60  # rows: larger maps are thinned out while the camera plays
REMEMBERED = 8  # answers, for how many there are a second
LIVE = {"switch": "answering", "still": "still", "plays": "plays"}
SIDE = room(group="column 1")
NOTHING = np.zeros((1, 1, 3), np.uint8)


# --- what is told of a picture


@dataclass
class Answer:
    """What the network makes of a picture.

    Attributes
    ----------
    prepared : ndarray of shape (227, 227, 3)
    activations : dict of ndarray
    seconds : float
        How long it took, preparation included.
    """

    prepared: np.ndarray
    activations: dict
    seconds: float


def answered(pixels):
    """Return what the network makes of a picture."""
    squeezenet.weights()  # read once, before the clock runs
    began = time.perf_counter()
    prepared = squeezenet.prepare(pixels)
    activations = squeezenet.forward(prepared)
    return Answer(prepared, activations, time.perf_counter() - began)


def names_of(answer):
    """Return what is shown of an answer, by the names of settings: what was seen, five names and their percent."""
    five = squeezenet.top(squeezenet.shares(answer.activations))
    return {
        "seen": squeezenet.seen(answer.prepared),
        "surest": np.array([100 * share for _, share in five]),
        "first_name": five[0][0],
        "second_name": five[1][0],
        "names": ", ".join(name for name, _ in five),
        "seconds": max(0.01, round(answer.seconds, 2)),
    }


def maps_of(answer, layer, group, thin=False):
    """Return sixteen maps of a layer and what they are called; of classes the surest come first.

    Parameters
    ----------
    answer : Answer
    layer : str
    group : int
        Which sixteen; if there are not so many, the last ones.
    thin : bool
        Whether of large maps only every second row and column is kept.
    """
    maps, scores = answer.activations[layer], answer.activations["scores"]
    count = maps.shape[-1]
    last = -(-count // AT_ONCE) - 1
    start = AT_ONCE * min(group, last)
    which = np.arange(count)[start : start + AT_ONCE]
    if layer == "conv10":
        which = np.argsort(-scores, kind="stable")[which]
    every = 2 if thin and len(maps) > LARGE else 1
    called = squeezenet.names() if layer == "conv10" else [f"map {i}" for i in range(count)]
    return {
        "maps": maps[::every, ::every, which],
        "map_names": ", ".join(called[i] for i in which),
        "map_first": start,
        "map_last": start + len(which) - 1,
        "map_count": count,
        "last_group": last,
        "every": every,
        "shown_layer": layer,
        "shown_group": group,
    }


# --- who answers


class Recognizer:
    """Who stands behind the Stage: answers for its picture, for stills of the camera, and shows layers.

    Parameters
    ----------
    stage : Stage
    answer : Answer
        For the picture that it was made with.
    changed : bool
        Whether it shows another one by now.
    yours : Yours or None
        The learner's layers.
    """

    def __init__(self, stage, answer, changed, yours):
        self.stage, self.teller = stage, Teller(stage)
        self.answer, self.yours, self.times = answer, yours, []
        stage.observe(lambda _: self.look_at_picture(), "picture")
        on_change(stage, ["layer", "group"], lambda: self.teller.tell(self.maps()))
        stage.observe(self.look_at_still, "still")
        stage.observe(self.look_away, ("answering", "plays"))
        if yours:
            yours.attach(stage)
        if changed:
            self.look_at_picture()
            return
        if (stage.layer, stage.group) != (stage.shown_layer, stage.shown_group):
            self.teller.tell(self.maps())
        self.let_yours_answer()

    def maps(self):
        """Return the maps that the controls ask for."""
        return maps_of(self.answer, self.stage.layer, self.stage.group, self.stage.of_still)

    def look_at(self, pixels, of_still):
        """Answer for a picture or a still; or say why not, and leave all as it is. Tell whether there is an answer."""
        try:
            self.answer = answered(pixels)
        except ValueError as refusal:
            self.teller.tell({})
            self.teller.say(str(refusal))
            return False
        self.stage.of_still = of_still
        self.teller.tell(names_of(self.answer) | self.maps() | {"a_second": self.rate(of_still)})
        return True

    def look_at_picture(self):
        """Answer for the learner's picture, and then with their layers."""
        if self.look_at(self.stage.picture, False):
            self.let_yours_answer()

    def look_at_still(self, change):
        """Answer for what the camera saw, if that is wanted."""
        if self.stage.answering and self.stage.plays:
            if self.yours:
                self.yours.rest()
            self.look_at(change["new"], True)

    def look_away(self, _):
        """Come back to the picture once no more stills are wanted."""
        if self.stage.of_still and not (self.stage.answering and self.stage.plays):
            self.look_at_picture()

    def rate(self, of_still):
        """Return how many answers a second there were; 0 where there was one alone."""
        self.times = [*self.times, time.monotonic()][-REMEMBERED:] if of_still else []
        passed = self.times[-1] - self.times[0] if self.times else 0
        return round((len(self.times) - 1) / passed, 1) if passed else 0.0

    def let_yours_answer(self):
        """Send the picture through the learner's layers."""
        if self.yours:
            self.yours.begin(self.answer)


# --- what is said


def words_of():
    """Return what is said, the first that holds."""
    asked = "Python is asked for maps of {layer}. Where nothing happens, no kernel runs, or another cell is at work."
    return [
        *((f"layer == {name} and shown_layer != {name}", asked) for name in LAYERS),
        ("group != shown_group", asked),
        ("of_still == true and answering == false", BACK),
        ("of_still == true and plays == false", BACK),
        (
            "plays == true and answering == true and of_still == false",
            "The camera plays, and the first still is on its way to Python. The names are those of your picture.",
        ),
        (
            "plays == true and answering == false",
            "The camera plays, but nobody is asked: the names are those of your picture, {first_name} first.",
        ),
        (
            "surest.0 < 25",
            "It does not know. Of 1000 names, “{first_name}” is its best guess, and gets {surest.0} %;"
            " then “{second_name}”, {surest.1} %.",
        ),
        (
            "surest.0 < 60",
            "It hesitates: “{first_name}” ({surest.0} %), or “{second_name}” ({surest.1} %)?",
        ),
        ("", "It says “{first_name}”, {surest.0} %. Then comes “{second_name}”, {surest.1} %."),
    ]


BACK = "These names are of the last still. Python is asked for those of your picture."
CAMERA = [
    (
        "plays == true and answering == true and a_second > 0",
        "{a_second} answers a second. Only stills go to your notebook’s Python, one at a time; none is kept",
    ),
    ("plays == true and answering == true", "the first still goes to your notebook’s Python; none is kept"),
    ("plays == true", "nothing leaves this page, unless you switch “answer while it plays” on, or take a picture"),
    ("answering == true", "start it, and Python answers again and again while it plays"),
    ("", "off"),
]
MAPS = [
    ("shown_layer == conv10", "{shown_layer}, a map a class, surest first: {map_first} to {map_last} of {map_count}"),
    ("every == 2", "{shown_layer}: maps {map_first} to {map_last} of {map_count}, every second row and column"),
    ("", "{shown_layer}: maps {map_first} to {map_last} of {map_count}"),
]
PROGRAM = [
    "import numpy as np\nfrom helpers import images, mine, squeezenet\n\npicture = ",
    {"raw": "picture_source"},
    "\nprepared = squeezenet.prepare(picture)\nactivations = squeezenet.forward(prepared)  # or: prepared, conv2d,"
    " max_pool2d, both yours\nmaps = activations[",
    {"setting": "layer"},
    "]\nanswers = squeezenet.top(squeezenet.shares(activations), 5)\nfor name, share in answers:\n"
    '    print(f"{100 * share:5.1f} %  {name}")\nsurest = np.array([100 * share for _, share in answers])\n',
]


def controls_of(yours):
    """Return what can be set."""
    run = {"▶ begin again": ("command", "begin"), "■ stop": ("command", "stop")}
    return {
        "layer": choice("fire2", {name: name for name in LAYERS}, label="look into"),
        "group": slider(0, 0, MOST_GROUPS - 1, label="which sixteen maps", until="$last_group"),
        "answering": switch(False, label="answer while it plays"),
        **({"running": buttons(run, label="your layers")} if yours else {}),
    }


def recognize(shown=None, conv2d=None, max_pool2d=None, **state):
    """Let a network name what is in a picture: five names, what it sees, and the maps of any of its layers.

    Parameters
    ----------
    conv2d : callable, optional
        The learner's own, called as ``conv2d(image, weights, bias, stride, padding)``. It goes through the whole
        network beside the course's, in pieces, and what both make is compared.
    max_pool2d : callable, optional
        The learner's own, called as ``max_pool2d(image, size, stride)``.

    Returns
    -------
    Stage
    """
    shared = shown if isinstance(shown, Picture) else Picture(shown)
    pixels, yours = shared.pixels, Yours(conv2d, max_pool2d) if conv2d or max_pool2d else None
    answer = answered(pixels)
    begun = names_of(answer) | maps_of(answer, "fire2", 0)
    stage = Stage(
        title="Recognize anything",
        settings={
            "picture": picture(shared, choosable=True, live=LIVE),
            **controls_of(yours),
            **{name: told(value) for name, value in begun.items()},
            **{name: told(value) for name, value in (yours.shown() if yours else {}).items()},
            "still": told(NOTHING),
            "plays": told(False),
            "of_still": told(False),
            "a_second": told(0.0),
        },
        result="surest",
        panels=[
            panel("picture", "Your picture", marks=[middle_square()], facts=False, size="small", room=SIDE),
            panel("seen", "What it sees", facts=False, size="small", room=SIDE),
            bars("surest", "The five surest, in percent", labels="$names", range=[0, 100], facts=False),
            stack("maps", MAPS, letters="$map_names", display="signed", legend=False, facts=False, note=""),
        ],
        words=words_of(),
        lines=[
            ("it took:", "{seconds} s on this computer"),
            ("camera:", CAMERA),
            *([("your layers:", "{yours_said}")] if yours else []),
        ],
        code={"code": PROGRAM, "torch": []},
        state=state,
    )
    stage.recognizer = Recognizer(stage, answer, shared.pixels is not pixels, yours)
    return stage
