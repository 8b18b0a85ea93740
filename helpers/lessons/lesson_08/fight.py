"""Lesson 08, a fair fight: a digit is moved, and two networks with about as many numbers answer."""

import functools

import numpy as np

from helpers import fights
from helpers.engine.networks import steps_of
from helpers.engine.recipe import call, step, step_by
from helpers.lessons.digit_looks import BLACK, DIGITS, PAPER
from helpers.stage.panels import bars, curve, panel
from helpers.stage.settings import choice, constant, grid, slider
from helpers.stage.stage import Stage

FAR = fights.FARTHEST
CALLED = {"convolutional": "CNN", "dense": "dense"}
KINDS = {"convolutional": "convolutional", "dense": "fully connected"}
SHARES = {"range": [0, 1], "labels": DIGITS, "facts": False}


@functools.cache
def rivals():
    """Return the recipe of both networks, from the moved picture to ten shares each, and their weights."""
    recipe, weights = [], {}
    for name in fights.RIVALS:
        steps = steps_of(fights.rival(name), "input", f'fights.rival("{name}")', prefix=f"{name}_")
        recipe += [*steps.recipe, step(name, "softmax", logits=f"${steps.names[-1]}")]
        weights |= {one: constant(values, source) for one, (values, source) in steps.weights.items()}
    return recipe, weights


def learns(name):
    """Write of what kind a network is, and how many numbers it has learned."""
    return f"{KINDS[name]}, {fights.rival(name).count_parameters():,} numbers"


def within(far):
    """Write the condition that the picture is moved by so many pixels at most, in both directions."""
    return " and ".join(f"{way} {sign} {end}" for way in ("down", "right") for sign, end in ((">=", -far), ("<=", far)))


NEAR = [*map(within, range(FAR)), ""]  # a condition for each distance; of several the first holds

ANSWERS = (
    "the convolutional one says {convolutional.first} ({convolutional.percent} %),"
    " the fully connected one {dense.first} ({dense.percent} %)."
)
SAYS = [
    ("what == drawing and drawing.max == 0", "Nothing is drawn yet, and still both answer. Draw a digit."),
    ("what == drawing and convolutional.first == dense.first", f"They agree: {ANSWERS}"),
    ("what == drawing", f"They differ: {ANSWERS}"),
    ("convolutional.first == digit and dense.first == digit", f"Both are right: {ANSWERS}"),
    ("convolutional.first == digit", f"Only the convolutional one is right: {ANSWERS}"),
    ("dense.first == digit", f"Only the fully connected one is right: {ANSWERS}"),
    ("", f"Both are wrong: {ANSWERS} It is {{digit}}."),
]


def measured():
    """Return, for each distance, the sentence about what was measured."""
    said = [[fights.spread(values) for values in fights.shares(name).T] for name in fights.RIVALS]
    where = [
        "as they are",
        *(f"moved by {far} pixel{'s' if far > 1 else ''}" for far in range(1, FAR + 1)),
    ]
    return [
        f"Of 1,000 digits {how}, the convolutional one is right on {one}, the fully connected one on {other}."
        for how, one, other in zip(where, *said, strict=True)
    ]


def sentences():
    """Return what is said: what both make of the picture, and how often each is right at this distance."""
    ends = list(zip(NEAR, measured(), strict=True))
    return [
        (" and ".join(filter(None, [condition, near])), f"{words} {end}")
        for condition, words in SAYS
        for near, end in ends
    ]


def fair_fight(drawing=None, **state):
    """Move a digit, and see which of two networks is still right; and how often each is, of 1,000.

    Parameters
    ----------
    drawing : ndarray of shape (28, 28), optional
        What is on the paper at first, 0 to 255; nothing if left out.
    """
    recipe, weights = rivals()
    paper = np.zeros((28, 28, 1)) if drawing is None else np.reshape(drawing, (28, 28, 1))
    way = {"low": -FAR, "high": FAR}
    return Stage(
        title="A fair fight",
        settings={
            "what": choice("digit", {"digit": "a digit new to both", "drawing": "your drawing"}, label="see"),
            "digit": slider(7, 0, 9, when="what == digit"),
            "down": slider(0, **way, label="move down by"),
            "right": slider(0, **way, label="move right by"),
            "drawing": grid(np.rint(paper).astype(np.uint8), 0, 255),
            "examples": constant(fights.examples(), "fights.examples()"),
            **weights,
            "measured": constant(fights.mean_shares(), "fights.mean_shares()"),
        },
        recipe=[
            step("kept", "pick", image="$examples", channel="$digit"),
            step_by(
                "seen",
                "what",
                digit=call("corner", image="$kept", size=28, channels=1),
                drawing=call("clip", image="$drawing"),
            ),
            step("moved", "shift", image="$seen", rows="$down", columns="$right"),
            step("input", "scale_and_shift", images="$moved", scale=[1 / 255], shift=[0]),
            *recipe,
        ],
        result="convolutional",
        panels=[
            panel("drawing", "Draw here", **PAPER, facts=False, when="what == drawing"),
            panel("moved", "What both see", size="medium", **BLACK, facts=False),
            *(bars(name, title, **SHARES, note=learns(name)) for name, title in CALLED.items()),
            curve(
                "measured",
                "Right, in %, by pixels moved",
                size="large",
                range=[0, 100],
                labels=list(CALLED.values()),
                at=[[near, far] for far, near in enumerate(NEAR)],
                facts=False,
            ),
        ],
        words=sentences(),
        state=state,
    )
