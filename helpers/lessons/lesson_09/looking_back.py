"""Lesson 09: one picture on its way through all lessons, and a page of it to keep."""

import io

import numpy as np
from PIL import Image, ImageDraw

from helpers import mine, squeezenet, trained
from helpers.engine.recipe import step
from helpers.kernels import KERNELS
from helpers.lessons.pieces import GRAY
from helpers.stage.panels import bars, panel, room, stack
from helpers.stage.settings import buttons, constant, picture, told
from helpers.stage.stage import Stage
from helpers.stage.telling import Teller, obey

SOBEL = KERNELS["Sobel, vertical edges"].values
EDGES = np.stack([SOBEL, SOBEL.T], axis=-1)[:, :, np.newaxis] * np.array([0.25, 0.5, 0.25]).reshape(1, 1, 3, 1)
COUNT = 5  # names
SIDE, CAPTION, BETWEEN = 220, 26, 16  # pixels of the page that is kept
FILE = "ten_lessons.png"
TITLES = {
    "numbers": "01 · only numbers",
    "edges": "02 · nine of them find edges",
    "ringed": "03 · a ring keeps the rim",
    "small": "04 · every fourth pixel",
    "two_maps": "05 · two filters, two maps",
    "pooled": "06 · the largest of each window",
    "seen": "07 · for the digit reader",
    "learned": "08 · through what was learned",
}


def named(pixels):
    """Return the shares of the five surest names of a picture, in percent, and these names."""
    shares = squeezenet.shares(squeezenet.forward(squeezenet.prepare(pixels)))
    names, sure = zip(*squeezenet.top(shares, COUNT), strict=True)
    return {"surest": 100 * np.array(sure), "names": ", ".join(names)}


def look_back(shown=None, **state):
    """Show a picture as each lesson has shown it, up to its name; a press makes a page of it, to keep."""
    chosen = picture(shown, choosable=True, label="picture")
    digits = trained.digits()
    first = digits.layers[0].parameters
    look = {"size": "small", "legend": False, "facts": False}

    def place(name, number, **options):
        return panel(name, TITLES[name], **look, room=room(group=f"column {number}"), **options)

    stage = Stage(
        title="One picture through ten lessons",
        settings={
            "picture": chosen,
            "keeping": buttons({"keep it": ("command", "keep")}, label="this page"),
            "filters": constant(EDGES, "looking_back.EDGES"),
            "weights": constant(first["weights"], 'trained.digits().layers[0].parameters["weights"]'),
            "bias": constant(first["bias"], 'trained.digits().layers[0].parameters["bias"]'),
            "command": told("none"),
            **{name: told(value) for name, value in named(chosen.value.pixels).items()},
        },
        recipe=[
            *GRAY,
            step("numbers", "middle_square", image="$gray", side=7),
            step("edges", "convolve2d", image="$gray", kernel=SOBEL.tolist()),
            step("ringed", "pad2d", image="$rgb", padding=20, mode="reflect"),
            step("small", "take_every", image="$rgb", step=4),
            step("two_maps", "conv2d", images="$rgb", weights="$filters"),
            step("pooled", "max_pool2d", images="$rgb", kernel_size=8),
            step("seen", "middle_square", image="$gray", side=28),
            step("input", "scale_and_shift", images="$seen", scale=[1 / 255], shift=[0]),
            step("learned", "conv2d", images="$input", weights="$weights", bias="$bias"),
        ],
        result="learned",
        panels=[
            panel("rgb", "00 · your picture", **look, room=room(group="column 1")),
            stack("two_maps", TITLES["two_maps"], **look, display="signed", note="", room=room(group="column 1")),
            place("numbers", 2, display="gray", range=[0, 255]),
            place("pooled", 2),
            place("edges", 3, display="signed"),
            place("seen", 3, display="gray", range=[0, 255]),
            place("ringed", 4),
            stack("learned", TITLES["learned"], **look, display="signed", note="", room=room(group="column 4")),
            place("small", 5),
            bars("surest", "09 · and its name, in percent", labels="$names", range=[0, 100], size="small", facts=False)
            | {"room": room(group="column 5")},
        ],
        words=[("", "It began with a number between 0 and 255, and ends with {names}.")],
        state=state,
    )

    teller = Teller(stage)

    def follow(_):
        teller.tell(named(chosen.value.pixels))

    if "picture" in state:
        follow(None)
    stage.observe(follow, "picture")
    obey(stage, {"keep": lambda: teller.say(kept(stage))})
    return stage


def kept(stage):
    """Keep the page in the learner's folder; return a sentence that says where, or why not."""
    try:
        mine.put(FILE, page_of(stage), "the page")
    except ValueError as refusal:
        return str(refusal)
    return f"kept as {FILE} in {mine.folder()}"


def page_of(stage):
    """Return the page as a picture file: nine pictures with their captions, and the five names.

    Parameters
    ----------
    stage : Stage
        Made by `look_back`.

    Returns
    -------
    bytes
        A PNG.
    """
    values = stage.values
    tiles = [("00 · your picture", values["rgb"]), *((title, values[name]) for name, title in TITLES.items())]
    page = Image.new("RGB", (5 * (SIDE + BETWEEN) + BETWEEN, 2 * (SIDE + CAPTION + BETWEEN) + BETWEEN), "white")
    write = ImageDraw.Draw(page)
    for place, (title, array) in enumerate(tiles):
        left, top = corner_of(place)
        write.text((left, top), title, "black", font_size=13)
        small = Image.fromarray(as_pixels(array))
        small.thumbnail((SIDE, SIDE))
        scale = max(1, SIDE // max(small.size))
        page.paste(small.resize((small.width * scale, small.height * scale), Image.NEAREST), (left, top + CAPTION))
    left, top = corner_of(len(tiles))
    lines = [f"{share:.0f} %  {name}" for share, name in zip(stage.surest, stage.names.split(", "), strict=True)]
    write.text((left, top), "09 · and its name", "black", font_size=13)
    write.multiline_text((left, top + CAPTION), "\n".join(lines), "black", font_size=14, spacing=8)
    file = io.BytesIO()
    page.save(file, format="PNG")
    return file.getvalue()


def corner_of(place):
    """Return where on the page a picture begins, from the left and from the top."""
    row, column = divmod(place, 5)
    return BETWEEN + column * (SIDE + BETWEEN), BETWEEN + row * (SIDE + CAPTION + BETWEEN)


def as_pixels(array):
    """Return an array as pixels: a picture as it is, anything else from its smallest to its largest number."""
    first = array if array.ndim == 2 or array.shape[2] == 3 else array[:, :, 0]
    low, high = first.min(), first.max()
    if low < 0 or high > 255 or high <= 1:
        first = 255 * (first - low) / max(high - low, 1e-9)
    return np.rint(first).astype(np.uint8)
