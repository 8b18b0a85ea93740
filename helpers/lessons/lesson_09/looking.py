"""Lesson 09: what the network looks at. A gray square covers one place after the other; and each class has a map."""

import time

import numpy as np

from helpers import squeezenet
from helpers.engine.recipe import step
from helpers.lessons.lesson_09.asking import Asking
from helpers.positions import shift
from helpers.sizes import output_size
from helpers.stage.panels import bars, heat, panel, room
from helpers.stage.settings import buttons, choice, picture, slider, told
from helpers.stage.stage import Stage
from helpers.stage.telling import obey, on_change

WINDOW, STRIDE = 31, 16  # pixels: the middle of what a place of the last map sees, and from one place to the next
MEANS = [squeezenet.MEANS[color] for color in "RGB"]
FAR = 80  # pixels that the picture can be moved
SQUARES, STEPS = (15, 25, 35, 45, 65, 95), (8, 13, 20, 32)  # pixels: of the gray square
OVER = {"own": "the class's own map", "covering": "what covering costs", "none": "nothing"}
RANKS = ["its surest answer", "the second", "the third", "the fourth", "the fifth"]
COMMANDS = {"▶ start": ("command", "start"), "■ stop": ("command", "stop")}
ASKED = ("asked", "down", "right")  # controls on which the class's own map depends
COVERED = (*ASKED, "patch", "apart")  # and the map of what covering costs


class Seen:
    """A picture as the network sees it, and the five names that it is surest of.

    Parameters
    ----------
    pixels : ndarray
        The learner's picture.
    """

    def __init__(self, pixels):
        self.prepared = squeezenet.prepare(pixels)
        self.square = squeezenet.seen(self.prepared)
        self.five = [name for name, _ in squeezenet.top(squeezenet.shares(squeezenet.forward(self.prepared)))]
        self.moved, self.activations = None, None

    def move(self, down, right):
        """Move the picture; gray comes in where it was."""
        self.moved = shift(self.prepared, down, right)
        self.activations = squeezenet.forward(self.moved)

    def told(self, asked):
        """Return what is told of one of the five, by the names of settings."""
        shares = squeezenet.shares(self.activations)
        [(says, most)] = squeezenet.top(shares, 1)
        own = squeezenet.class_map(self.activations, self.five[asked - 1])
        row, column = np.unravel_index(own.argmax(), own.shape)
        return {
            "names": ", ".join(self.five),
            "shares": np.array([100 * shares[squeezenet.class_number(name)] for name in self.five]),
            "own_map": own,
            "asked_name": self.five[asked - 1],
            "asked_share": 100 * float(shares[squeezenet.class_number(self.five[asked - 1])]),
            "says": says,
            "says_share": 100 * most,
            "hot_row": int(row),
            "hot_column": int(column),
        }


def nothing_covered(patch, apart):
    """Return what is told of the gray square before it has covered anything."""
    places = output_size(squeezenet.SIDE, patch, apart)
    return {
        "covered": False,
        "done": 0,
        "places": places * places,
        "left": np.zeros((places, places)),
        "whole": np.zeros((places, places)),
        "least": 0.0,
        "worst_row": 0,
        "worst_column": 0,
        "seconds": 0,
    }


def about_to_cover(serial, name, share):
    """Return what is told of the picture and the class that the square is to cover."""
    return {"covered_serial": serial, "covered_name": name, "covered_share": share} | scale(share)


def scale(most):
    """Return what is told of the colors' scale: as far as the largest change, but not of a trifle."""
    most = max(1.0, float(most))
    return {"scale_low": -most, "scale_high": most}


def measured(share, left):
    """Return what is told of the shares that are left, as far as they are known."""
    known = np.isfinite(left)
    row, column = np.unravel_index(np.nanargmin(left), left.shape)
    return {
        "covered": True,
        "done": int(known.sum()),
        "left": np.where(known, 100 * left.astype(float), share),
        "whole": np.full(left.shape, share),
        "least": 100 * float(left[row, column]),
        "worst_row": int(row),
        "worst_column": int(column),
    } | scale(np.abs(100 * left[known] - share).max())


class Looking:
    """What stands behind the Stage: the picture as the network sees it, and the square that goes over it."""

    def __init__(self, stage, seen):
        self.stage, self.seen, self.asking = stage, seen, Asking(stage)
        self.teller = self.asking.teller
        obey(stage, {"start": self.start, "stop": self.asking.stop}, self.asking.beside.call)
        stage.observe(lambda _: self.take_picture(), "picture")
        on_change(stage, ASKED, self.look)

    def take_picture(self):
        """Look at another picture; if it cannot be one, say why, and stay."""
        try:
            self.seen = Seen(self.stage.picture)
        except ValueError as refusal:
            self.teller.say(str(refusal))
        else:
            self.look(square=self.seen.square, serial=self.stage.serial + 1)

    def look(self, **besides):
        """Ask the network about the picture as it stands now; a square that is on its way is of another one."""
        self.asking.stop()
        stage, known = self.stage, known_of(self.stage, self.seen)
        if stage.focus == hottest(stage.hot_row, stage.hot_column):  # where the frame was put, and not by the learner
            known["focus"] = hottest(known["hot_row"], known["hot_column"])
        self.teller.tell(known | besides)

    def start(self):
        """Send the square over the picture."""
        self.asking.stop()
        stage, settings = self.stage, {name: getattr(self.stage, name) for name in COVERED}
        begun = {f"covered_{name}": value for name, value in settings.items()}
        begun |= about_to_cover(stage.serial, stage.asked_name, stage.asked_share)
        begun |= {"status": "running", "over": "covering"}
        self.teller.tell(nothing_covered(stage.patch, stage.apart) | begun)
        self.asking.begin(self.covering(), self.over)

    def covering(self):
        """Cover one place after the other, and yield what is known."""
        stage, begin = self.stage, time.monotonic()
        for done, left in squeezenet.occlusion(self.seen.moved, stage.asked_name, stage.patch, stage.apart):
            seconds = (time.monotonic() - begin) * (1 - done) / done
            yield measured(stage.covered_share, left) | {"seconds": round(seconds)}

    def over(self, done, known):
        """Return what is told at the end; the frame goes to the worst place, unless the learner is at one."""
        stage = self.stage
        if not done or stage.focus.get("panel") in ("lost", "seen"):
            return {"status": "done" if done else "stopped"}
        return {
            "status": "done",
            "focus": {"panel": "lost", "row": known["worst_row"], "column": known["worst_column"]},
        }


def hottest(row, column):
    """Return the cell of the class's own map that is framed."""
    return {"panel": "own", "row": row, "column": column}


def known_of(stage, seen):
    """Return what is told of the picture as the controls stand, and what the controls were."""
    seen.move(stage.down, stage.right)
    return seen.told(stage.asked) | {f"known_{name}": getattr(stage, name) for name in ASKED}


def all_equal(names, kind):
    """Return the condition that the controls stand as they stood."""
    return " and ".join(f"{name} == {kind}_{name}" for name in names)


KNOWN, FRESH = all_equal(ASKED, "known"), all_equal((*COVERED, "serial"), "covered")
OTHERWISE = [*(f"{name} != covered_{name}" for name in (*COVERED, "serial"))]
BY_COVER = "What covering costs"
COST = "a gray square at place {worst_row} down, {worst_column} across: from {covered_share} % to {least} %."
ON_ITS_WAY = "{done} of {places} places are covered, some {seconds} seconds are left."
HOT = "row {hot_row}, column {hot_column}"
BEGIN = "Start, and a gray square of {patch} pixels covers one place after the other, {apart} pixels apart."
ANEW = (
    "The network is asked anew: about answer {asked} of five, the picture moved {down} down and {right} to the right."
)
STALE = (
    "The map of what covering costs is of before: {covered_name}, a square of {covered_patch} pixels, {covered_apart}"
    " apart. The class's own map is up to date. Start again with {patch} pixels, {apart} apart."
)
SAYS = [
    ("command != none", "Python was asked. Where nothing happens, no kernel runs, or another cell is at work."),
    *((f"{name} != known_{name}", ANEW) for name in ASKED),
    ("status == running and done == 0", "The gray square begins at the upper left."),
    ("status == running and least < covered_share", f"{ON_ITS_WAY} So far, what costs {{covered_name}} most is {COST}"),
    ("status == running", f"{ON_ITS_WAY} So far, nothing takes anything away from {{covered_name}}."),
    *((f"covered == true and {condition}", STALE) for condition in OTHERWISE),
    (
        "covered == true and least >= covered_share",
        "No place that was covered, {done} of {places}, takes anything away from {covered_name}: it has"
        " {covered_share} %, and {least} % at least.",
    ),
    ("status == stopped", f"Stopped after {{done}} of {{places}} places. What cost {{covered_name}} most is {COST}"),
    ("covered == true", f"What costs {{covered_name}} most is {COST}"),
    ("over == covering", f"Nothing is covered yet, and so nothing is laid over the picture. {BEGIN}"),
    ("asked_share == says_share", f"It says {{says}}, {{says_share}} %. Its own map is largest at {HOT}. {BEGIN}"),
    (
        "",
        "It says {says}, {says_share} %; {asked_name} has {asked_share} %, and its map is largest at "
        f"{HOT}. {BEGIN}",
    ),
]
PROGRAM = [
    "from helpers import images, mine, positions, squeezenet\n\npicture = ",
    {"raw": "picture_source"},
    "\nprepared = squeezenet.prepare(picture)\n",
    "five = squeezenet.top(squeezenet.shares(squeezenet.forward(prepared)))\nwhich = five[",
    {"setting": "asked"},
    " - 1][0]  # the first has the number 0\nmoved = positions.shift(prepared, rows=",
    {"setting": "down"},
    ", columns=",
    {"setting": "right"},
    ")\n",
    {
        "by": "covered",
        "options": {
            "false": [""],
            "true": [
                "for done, left in squeezenet.occlusion(moved, which, patch=",
                {"setting": "patch"},
                ", step=",
                {"setting": "apart"},
                "):\n    pass  # the share that is left at each place, as far as it is known\n",
            ],
        },
    },
    "own = squeezenet.class_map(squeezenet.forward(moved), which)\n",
]


def looking_steps():
    """Return the steps: the picture that is moved, and the two maps that are laid over it."""
    return [
        step("centered", "scale_and_shift", images="$square", scale=[1, 1, 1], shift=[-mean for mean in MEANS]),
        step("moved", "shift", image="$centered", rows="$down", columns="$right"),
        step("seen", "scale_and_shift", images="$moved", scale=[1, 1, 1], shift=MEANS),
        step("own", "at_windows", image="$seen", values="$own_map", kernel_size=WINDOW, stride=STRIDE),
        step(
            "remains",
            "at_windows",
            image="$seen",
            values="$left",
            kernel_size="$covered_patch",
            stride="$covered_apart",
        ),
        step("lost", "difference", first="$whole", second="$remains"),
    ]


def looking_at(shown=None, **state):
    """Ask what the network looks at: cover the picture place by place, and see the map of a class.

    Parameters
    ----------
    **state
        As of any explorable: `asked` (1 to 5, which of its five surest answers), `down`, `right`, `patch` ...
    """
    way = {"low": -FAR, "high": FAR, "step": 4}
    controls = {
        "picture": picture(shown, choosable=True, label="picture"),
        "asked": choice(1, dict(enumerate(RANKS, start=1)), label="ask about", names="$names"),
        "over": choice("own", OVER, label="lay over it"),
        "down": slider(0, **way, label="move down by"),
        "right": slider(0, **way, label="move right by"),
        "patch": choice(45, {side: f"{side} pixels" for side in SQUARES}, label="gray square"),
        "apart": choice(13, {step: f"{step} pixels" for step in STEPS}, label="its step"),
        "covering": buttons(COMMANDS),
    }
    seen = Seen(controls["picture"].value.pixels)
    seen.move(0, 0)
    about = (
        {"square": seen.square}
        | seen.told(1)
        | nothing_covered(45, 13)
        | {"command": "none", "status": "ready", "serial": 0}
    )
    about |= {f"known_{name}": controls[name].value for name in ASKED}
    about |= {f"covered_{name}": controls[name].value for name in COVERED}
    about |= about_to_cover(0, about["asked_name"], about["asked_share"])
    layers = {"display": "signed", "facts": False, "room": room("seen", fill=True)}
    stage = Stage(
        title="What is it looking at?",
        settings=controls | {name: told(value) for name, value in about.items()},
        recipe=looking_steps(),
        result="own",
        panels=[
            panel(
                "seen",
                "What it sees",
                facts=False,
                marks=[
                    heat("own", f"over == own and {KNOWN}"),
                    heat("lost", f"over == covering and {FRESH}"),
                ],
            ),
            panel("own", "The map of {asked_name}", note="its mean is the score", legend=False, **layers),
            panel(
                "lost",
                [("covered == false", BY_COVER), (FRESH, BY_COVER), ("", "Covering, before")],
                note="in percent; blue: it gains",
                until="$done",
                range=["$scale_low", "$scale_high"],
                **layers,
            ),
            bars("shares", "How sure, in percent", labels="$names", range=[0, 100], facts=False, size="large"),
        ],
        ledger=["lost", "own"],
        words=SAYS,
        code={"code": PROGRAM, "torch": []},
        state={"focus": hottest(about["hot_row"], about["hot_column"])} | state,
    )
    stage.looking = Looking(stage, seen)
    if "picture" in state:  # another one than was shown at first
        stage.looking.take_picture()
    elif any(name in state for name in ASKED):
        stage.looking.look()
    return stage
