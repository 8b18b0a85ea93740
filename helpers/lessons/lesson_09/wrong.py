"""Lesson 09: a picture is handed to the network in wrong ways, and what each does to its answer."""

import numpy as np

from helpers import convolution, drawings, kernels, squeezenet
from helpers.color import to_gray
from helpers.engine.beside import Beside
from helpers.engine.pictures import Picture
from helpers.stage.panels import bars, middle_square, panel, room
from helpers.stage.settings import choice, picture, switch, told
from helpers.stage.stage import Stage
from helpers.stage.telling import Teller, on_change

TINY = 32  # pixels
CHANGES = {  # what each is called in a sentence
    "order": "red first",
    "mean_stays": "mean not taken off",
    "to_one": "scaled to 0–1",
    "upside_down": "upside down",
    "mirrored": "mirrored",
    "blurred": "blurred",
    "gray": "gray",
    "tiny": f"{TINY} pixels",
}
RIGHT = {"order": "BGR"} | {name: False for name in CHANGES if name != "order"}


def column(number):
    """Return the room of panels that stand below each other."""
    return room(group=f"column {number}")


# --- what is done to a picture


def altered(square, upside_down=False, mirrored=False, gray=False, blurred=False, tiny=False):
    """Change a square picture of 227 x 227 pixels before it is prepared."""
    square = square[::-1] if upside_down else square
    square = square[:, ::-1] if mirrored else square
    square = np.atleast_3d(to_gray(square)) if gray else square
    if blurred:
        square = convolution.convolve2d(square, kernels.gaussian(13, 3), padding=6, mode="edge")
    if tiny:
        shares = drawings.scaling(squeezenet.SIDE, TINY)
        square = np.moveaxis(shares @ np.moveaxis(square, -1, 0) @ shares.T, 0, -1)
    return square


def handed_over(square, order="BGR", mean_stays=False, to_one=False, **changes):
    """Return what the network reads if a square picture is changed and prepared in this way."""
    small = altered(square, **changes)
    return squeezenet.prepare(small, order=order, centered=not mean_stays, scale=1 / 255 if to_one else 1)


def shares_of(prepared):
    """Return the 1000 shares that the network gives, and keep nothing else."""
    for _, maps in squeezenet.walk(prepared):
        scores = maps
    return squeezenet.shares({"scores": scores})


def alone(name):
    """Return a way of handing over in which one thing alone is wrong."""
    return RIGHT | {name: "RGB" if name == "order" else True}


def spoken(way):
    """Write what is wrong: "upside down and gray"."""
    *several, last = [words for name, words in CHANGES.items() if way[name] != RIGHT[name]] or ["nothing"]
    words = f"{', '.join(several)} and {last}" if several else last
    return words[0].upper() + words[1:]


# --- who answers


class Comparer:
    """Who stands behind the Stage: what the network says of the right way, of this way, and of each change alone.

    The right way, and one change after the other, are worked out in pieces; this way at once.

    Parameters
    ----------
    pixels : ndarray
        The picture.
    """

    def __init__(self, pixels):
        self.stage, self.closed, self.beside = None, False, Beside(self.piece)
        self.open(pixels)

    def open(self, pixels):
        """Take another picture; of its changes nothing is known yet."""
        self.square = squeezenet.resized(squeezenet.middle(pixels))
        self.right = shares_of(handed_over(self.square))
        self.which = int(self.right.argmax())
        self.known = {}

    def count(self):
        """Find what one more change does by itself; tell whether there are more."""
        name = next((name for name in CHANGES if name not in self.known), None)
        if name:
            shares = shares_of(handed_over(self.square, **alone(name)))
            self.known[name] = 100 * float(shares[self.which]), squeezenet.top(shares, 1)[0][0]
        return len(self.known) < len(CHANGES)

    def of_picture(self):
        """Return what is shown of the right way, by the names of settings."""
        five = squeezenet.top(self.right)
        return {
            "right_surest": np.array([100 * share for _, share in five]),
            "right_names": ", ".join(name for name, _ in five),
            "right_name": five[0][0],
        }

    def of_table(self):
        """Return what is shown of each change alone, as far as it is known."""
        right = squeezenet.names()[self.which]
        shares, names = [100 * float(self.right[self.which])], ["the right way"]
        for name, words in CHANGES.items():
            share, said = self.known.get(name, (0.0, "not yet"))
            shares.append(share)
            names.append(words if said == right else f"{words}: {said}")
        least = min(self.known or ["order"], key=lambda name: self.known.get(name, (0.0, ""))[0])
        turned = [CHANGES[name] for name, (_, said) in self.known.items() if said != right]
        return {
            "table": np.array(shares),
            "table_names": ", ".join(names),
            "counted": len(self.known),
            "worst": CHANGES[least],
            "worst_share": shares[1 + list(CHANGES).index(least)],
            "turned": len(turned),
        }

    def of_way(self, way):
        """Return what is shown of one way."""
        prepared = handed_over(self.square, **way)
        shares = shares_of(prepared)
        five = squeezenet.top(shares)
        return {
            "seen": squeezenet.seen(prepared),
            "surest": np.array([100 * share for _, share in five]),
            "names": ", ".join(name for name, _ in five),
            "first_name": five[0][0],
            "same": bool(shares.argmax() == self.which),
            "left": 100 * float(shares[self.which]),
            "wrong": sum(way[name] != RIGHT[name] for name in CHANGES),
            "said": spoken(way),
            **{f"shown_{name}": value for name, value in way.items()},
        }

    # -- on the Stage

    def attach(self, stage, changed):
        """Stand behind a Stage, which may show another picture by now."""
        self.stage, self.teller = stage, Teller(stage)
        stage.observe(lambda _: self.look_at_picture(), "picture")
        on_change(stage, CHANGES, lambda: self.teller.tell(self.of_way(self.way())))
        stage.when_closed(self.end)
        if changed:
            self.look_at_picture()
            return
        if self.way() != RIGHT:
            self.teller.tell(self.of_way(self.way()))
        self.beside.call(self.start)

    def way(self):
        """Return the way that the controls stand for."""
        return {name: getattr(self.stage, name) for name in CHANGES}

    def look_at_picture(self):
        """Begin with another picture; or say why not, and leave all as it is."""
        try:
            self.open(self.stage.picture)
        except ValueError as refusal:
            self.teller.say(str(refusal))
            return
        self.teller.tell(self.of_picture() | self.of_way(self.way()) | self.of_table())
        self.beside.call(self.start)

    def start(self):
        """Work in pieces, unless the Stage was closed meanwhile."""
        if not self.closed:
            self.beside.start()

    def end(self):
        """Work no more."""
        self.closed = True
        self.beside.pause()

    def piece(self):
        """Find what one more change does, and show it; tell whether there are more."""
        more = self.count()
        self.teller.tell(self.of_table())
        return more


# --- what is said


def words_of():
    """Return what is said, the first that holds."""
    asked = "Python is asked. Where nothing happens, no kernel runs, or another cell is at work."
    values = {name: ("true", "false") for name in CHANGES} | {"order": ("BGR", "RGB")}
    return [
        *((f"{name} == {value} and shown_{name} != {value}", asked) for name, both in values.items() for value in both),
        (f"wrong == 0 and counted < {len(CHANGES)}", "The right way: “{right_name}”, {right_surest.0} %."),
        (
            "wrong == 0 and turned == 0",
            "The right way: “{right_name}”, {right_surest.0} %. No change alone makes it say another name. The worst"
            " is: {worst}. It leaves {worst_share} %.",
        ),
        (
            "wrong == 0",
            "The right way: “{right_name}”, {right_surest.0} %. Of eight changes, each alone, {turned} make it say"
            " another name. The worst is: {worst}. It leaves {worst_share} %.",
        ),
        (
            "same == true",
            "{said}: it still says “{right_name}”, {left} % in place of {right_surest.0} %.",
        ),
        (
            "",
            "{said}: now it says “{first_name}”, {surest.0} %. Of “{right_name}” {left} % are left, of"
            " {right_surest.0} %.",
        ),
    ]


def line(name, code):
    """Return the part of the code that stands there only if a change is on."""
    return {"by": name, "options": {"true": [f"{code}\n"], "false": [""]}}


PROGRAM = [
    "import numpy as np\nfrom helpers import color, convolution, drawings, images, kernels, mine, squeezenet\n\n",
    "picture = ",
    {"raw": "picture_source"},
    "\nsquare = squeezenet.resized(squeezenet.middle(picture))\n",
    line("upside_down", "square = square[::-1]"),
    line("mirrored", "square = square[:, ::-1]"),
    line("gray", "square = np.atleast_3d(color.to_gray(square))"),
    line("blurred", 'square = convolution.convolve2d(square, kernels.gaussian(13, 3), padding=6, mode="edge")'),
    line(
        "tiny",
        f"shares = drawings.scaling(227, {TINY})\n"
        "square = np.moveaxis(shares @ np.moveaxis(square, -1, 0) @ shares.T, 0, -1)",
    ),
    "prepared = squeezenet.prepare(square, order=",
    {"setting": "order"},
    ", centered=not ",
    {"setting": "mean_stays"},
    ", scale=",
    {"by": "to_one", "options": {"true": ["1 / 255"], "false": ["1"]}},
    ")\nanswers = squeezenet.top(squeezenet.shares(squeezenet.forward(prepared)), 5)\nfor name, share in answers:\n"
    '    print(f"{100 * share:5.1f} %  {name}")\nsurest = np.array([100 * share for _, share in answers])\n',
]
COUNTED = [
    (f"counted < {len(CHANGES)}", "What one change leaves of “{right_name}”, {counted} of 8"),
    ("", "What one change leaves of “{right_name}”, in percent"),
]


def wrong_on_purpose(shown=None, **state):
    """Hand a picture over in wrong ways, and see what is left of the answer; one change alone, or several together.

    Returns
    -------
    Stage
    """
    shared = shown if isinstance(shown, Picture) else Picture(shown)
    pixels = shared.pixels
    comparer = Comparer(pixels)
    begun = comparer.of_picture() | comparer.of_table() | comparer.of_way(RIGHT)
    orders = {"BGR": "blue, green, red", "RGB": "red, green, blue"}
    names = {"range": [0, 100], "facts": False}
    stage = Stage(
        title="Wrong on purpose",
        settings={
            "picture": picture(shared, choosable=True),
            "order": choice("BGR", orders, label="order of the colors"),
            **{name: switch(False, label=words) for name, words in CHANGES.items() if name != "order"},
            **{name: told(value) for name, value in begun.items()},
        },
        result="surest",
        panels=[
            panel("picture", "Your picture", marks=[middle_square()], facts=False, size="small", room=column(1)),
            panel("seen", "What it gets to see", facts=False, size="small", room=column(1)),
            bars("right_surest", "The right way, in percent", labels="$right_names", **names, room=column(2)),
            bars("surest", "This way, in percent", labels="$names", **names, room=column(2)),
            bars("table", COUNTED, labels="$table_names", **names, size="large", room=column(3)),
        ],
        words=words_of(),
        code={"code": PROGRAM, "torch": []},
        state=state,
    )
    stage.comparer = comparer
    comparer.attach(stage, shared.pixels is not pixels)
    return stage
