"""Lesson 09: a change that is too small to see, and turns the answer."""

import numpy as np

from helpers import squeezenet
from helpers.engine.recipe import step
from helpers.lessons.lesson_09.asking import Asking
from helpers.stage.panels import bars, panel, room
from helpers.stage.settings import choice, picture, slider, told
from helpers.stage.stage import Stage
from helpers.stage.telling import on_change

STRONGEST = 8  # gray levels
LISTED, MOST_LISTED = 7, 13  # names: as a rule, and where every strength has another winner
ENLARGED = 20
AIMS = {"away": "away from its answer", "second": "towards its second guess", "fifth": "towards its fifth guess"}
AIMS |= {"goldfish": "towards goldfish", "teapot": "towards teapot", "chance": "by chance"}
PLACES = {"away": 0, "second": 1, "fifth": 4, "chance": 0}  # among its surest answers


def by_chance():
    """Return for each number of what the network sees whether it goes up or down, −1 or 1, by chance."""
    return np.random.default_rng(0).choice([-1, 1], (squeezenet.SIDE, squeezenet.SIDE, 3))


def aimed_at(five, towards):
    """Return the class that is meant, and the sign: 1 towards it, −1 away from it."""
    return (five[PLACES[towards]] if towards in PLACES else towards), (-1 if towards == "away" else 1)


def listed(shares):
    """Return the classes that are listed: the five surest before, whoever wins at some strength, and who comes near.

    Parameters
    ----------
    shares : ndarray of shape (strengths, 1000)
        The first row is that of the picture as it is.

    Returns
    -------
    list of int
    """
    five = np.argsort(-shares[0], kind="stable")[:5]
    near = np.argsort(-shares.max(axis=0), kind="stable")
    order = list(dict.fromkeys([*five.tolist(), *shares.argmax(axis=1).tolist()]))
    return list(dict.fromkeys([*order, *near[: 2 * LISTED].tolist()]))[: max(LISTED, len(order))]


def fooled(pixels, towards):
    """Change a picture with every strength, and yield how much is done; at last all that is told of it.

    Parameters
    ----------
    pixels : ndarray
        The learner's picture.
    towards : str
        One of `AIMS`.

    Yields
    ------
    dict
        By the names of settings.
    """
    square = squeezenet.seen(squeezenet.prepare(pixels))  # whole numbers, as in a file
    prepared = squeezenet.prepare(square)
    shares = [squeezenet.shares(squeezenet.forward(prepared))]
    five = [name for name, _ in squeezenet.top(shares[0])]
    yield {}
    which, sign = aimed_at(five, towards)
    chance = towards == "chance"
    signs = by_chance()[..., ::-1] if chance else sign * np.sign(squeezenet.gradient(prepared, which, "share"))
    for strength in range(1, STRONGEST + 1):
        yield {}
        changed = np.clip(square + strength * signs[..., ::-1], 0, 255).astype(np.uint8)
        shares.append(squeezenet.shares(squeezenet.forward(squeezenet.prepare(changed))))
    yield told_of(square, signs, np.array(shares), which) | {"known_towards": towards}


def told_of(square, signs, shares, aim):
    """Return what is told of a picture and its changes, by the names of settings."""
    which, meant = listed(shares), squeezenet.class_number(aim)
    names = [squeezenet.names()[number] for number in which]
    return {
        "square": square,
        "signs": (signs[..., ::-1] + 1).astype(np.uint8),
        "answers": 100 * shares[:, which].astype(float),
        "names": ", ".join(names),
        "aim_name": aim,
        "aim_row": which.index(meant) if meant in which else -1,
        "aim_shares": 100 * shares[:, [meant]].astype(float),
        "status": "ready",
        **{f"name_{i}": name for i, name in enumerate(names + [""] * (MOST_LISTED - len(names)))},
    }


class Fooling:
    """What stands behind the Stage: another picture, or another aim, is worked out anew."""

    def __init__(self, stage):
        self.stage, self.asking = stage, Asking(stage)
        on_change(stage, ["picture", "towards"], self.renew)

    def renew(self):
        """Work it out for the picture and the aim as they stand."""
        stage = self.stage
        self.asking.stop()
        stage.status = "working"
        self.asking.begin(self.careful(fooled(stage.picture, stage.towards)), lambda _done, _known: {})

    def careful(self, work):
        """Yield what is worked out; if it cannot be, say why, and leave all as it is."""
        try:
            yield from work
        except ValueError as refusal:
            self.asking.teller.say(str(refusal))
            yield {"status": "ready"}


CHANGED = "No number has changed by more than {strength} of 255. Before: {name_0}, {before.max} %. After:"
AIM = "; {aim_name}, towards which it goes, {aim_now.max} %"
WORKING = "It is being worked out: once back through all layers"
TRUST = "How sure it is does not say whether it is right."


def outcomes():
    """Yield what is said of each possible winner, with and without the class that was aimed at."""
    for i in range(MOST_LISTED):
        still = "still " if i == 0 else ""
        came = f"{CHANGED} {still}{{name_{i}}}, {{after.max}} %"
        end = f". {TRUST}" if i else "."
        yield f"after.first == {i} and towards != away and towards != chance and aim_row != {i}", came + AIM + end
        yield f"after.first == {i}", came + end


SAYS = [
    *((f"towards == {aim} and known_towards != {aim}", f"{WORKING}, {way}.") for aim, way in AIMS.items()),
    ("status == working", f"{WORKING}."),
    ("strength == 0", "Nothing is changed yet: {name_0}, {before.max} %. Move the slider by one gray level."),
    *outcomes(),
]
AIMED = {"away": ["five[0][0], -"], **{name: [f"five[{place}][0], "] for name, place in PLACES.items() if place}}


def step_of(aim):
    """Return the parts of the code that changes the picture."""
    strength = {"setting": "strength"}
    if aim == "chance":
        return ["squeezenet.prepare(np.clip(square + ", strength, " * fooling.by_chance(), 0, 255).astype(np.uint8))"]
    return ["squeezenet.fool(prepared, ", *AIMED.get(aim, [f'"{aim}", ']), strength, ")"]


PROGRAM = [
    "import numpy as np\nfrom helpers import images, mine, squeezenet\n",
    "from helpers.lessons.lesson_09 import fooling\n\n\ndef answer(prepared):\n",
    "    return squeezenet.top(squeezenet.shares(squeezenet.forward(prepared)))\n\n\npicture = ",
    {"raw": "picture_source"},
    "\nsquare = squeezenet.seen(squeezenet.prepare(picture))  # whole numbers, as in a file\n",
    "prepared = squeezenet.prepare(square)\nfive = answer(prepared)\nfooled = ",
    {"by": "towards", "options": {aim: step_of(aim) for aim in AIMS}},
    "\nprint(five[0], answer(fooled)[0])\nchanged = squeezenet.seen(fooled)\n",
]


def fooling_steps():
    """Return the steps: what a strength makes of the picture, and what the network says of it."""
    return [
        step("sign", "add", image="$signs", amount=-1),
        step("added", "scale_and_shift", images="$sign", scale=["$strength"] * 3, shift=[0, 0, 0]),
        step("sum", "plus", first="$square", second="$added"),
        step("changed", "clip", image="$sum"),
        step("change", "difference", first="$changed", second="$square"),
        step("enlarged", "scale_and_shift", images="$change", scale=[ENLARGED] * 3, shift=[128] * 3),
        step("before", "take", stack="$answers", which=0),
        step("after", "take", stack="$answers", which="$strength"),
        step("aim_now", "take", stack="$aim_shares", which="$strength"),
    ]


def fool(shown=None, **state):
    """Change each number of a picture by a few gray levels at most, so that the network's answer turns.

    Parameters
    ----------
    **state
        As of any explorable: `strength`, `towards` ("away", "second", "fifth", "goldfish" or "teapot").
    """
    controls = {
        "picture": picture(shown, choosable=True, label="picture"),
        "strength": slider(2, 0, STRONGEST, label="gray levels"),
        "towards": choice("fifth", AIMS, label="push it"),
    }
    aim = state.get("towards")
    *_, about = fooled(controls["picture"].value.pixels, aim if aim in AIMS else "fifth")
    look = {"facts": False, "display": "color", "range": [0, 255]}
    names = {"labels": "$names", "range": [0, 100], "facts": False, "size": "large", "room": room(group="column 4")}
    stage = Stage(
        title="Fool it",
        settings=controls | {name: told(value) for name, value in about.items()},
        recipe=fooling_steps(),
        result="changed",
        panels=[
            panel("square", "What it sees", **look),
            panel("enlarged", f"The change × {ENLARGED}", sign="+", **look),
            panel("changed", "What it sees now", sign="=", **look),
            bars("before", "Before, in percent", **names),
            bars("after", "After, in percent", **names),
        ],
        words=SAYS,
        code={"code": PROGRAM, "torch": []},
        state=state,
    )
    stage.fooling = Fooling(stage)
    if "picture" in state:  # another one than was shown at first
        *_, about = fooled(stage.picture, stage.towards)
        stage.fooling.asking.teller.tell(about)
    return stage
