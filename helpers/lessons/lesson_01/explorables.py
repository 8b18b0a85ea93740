"""Lesson 01: pixels, channels, transparency, color spaces, and numbers that do not fit."""

from helpers.color import MEAN, REC601
from helpers.digits import DIGITS, digit_array
from helpers.engine.recipe import call, step, step_by
from helpers.stage.panels import panel, room
from helpers.stage.settings import choice, color, grid, picture, slider, switch
from helpers.stage.stage import Stage

WHITE = (255, 255, 255)


def digit(**state):
    """Show a digit twice: as 15 numbers and as 15 grays. A change in one is a change in the other."""
    return Stage(
        title="A picture of numbers",
        settings={
            "picture": grid(
                digit_array("8"), 0, 255, {name: digit_array(name) for name in DIGITS}, label="digit", whole=True
            ),
            "ink": slider(128, 0, 255, label="number the pen writes"),
        },
        panels=[
            panel("picture", "The numbers", display="numbers", edit=True, cell=44),
            panel("picture", "The picture", display="gray", pen="ink", sign="=", cell=44),
        ],
        words="5 rows of 3 numbers make this picture. 0 is black, 255 is white, and there is nothing else in it.",
        hints="Numbers: click one and type, or drag it up and down. Picture: draw, or use the arrow keys and space.",
        state=state,
    )


EYE = (76, 109)  # row and column of the cat's: where the iris ends and the pupil begins


def zoom_out(shown=None, **state):
    """Begin with a few pixels of a picture, and their numbers; one slider leads out to the whole of it."""
    return Stage(
        title="From a few numbers to a picture",
        settings={
            "share": slider(2, 2, 100, label="zoom out to", unit=" %"),
            "picture": picture(shown, label="picture"),
        },
        recipe=[step("part", "around", image="$picture", share="$share", row=EYE[0], column=EYE[1])],
        panels=[
            panel("part", "A part of a picture", size="large", cell=110, room=room("picture", fill=True)),
        ],
        words=[
            (
                "share < 10",
                "{=part.count} numbers, in {part.rows} rows of {part.columns} pixels. What are they a part of?",
            ),
            (
                "share == 100",
                "All {=part.count} numbers. You see a picture now. The computer has what it had before: numbers.",
            ),
            ("", "{=part.count} numbers, in {part.rows} rows of {part.columns} pixels. Do you see it yet?"),
        ],
        hints="Tab to the slider, then the arrow keys.",
        state=state,
    )


def zoom(shown=None, **state):
    """Show one picture, from the whole of it to single pixels with their numbers."""
    return Stage(
        title="Zoom until you see numbers",
        settings={"picture": picture(shown, choosable=True, label="picture")},
        panels=[panel("picture", "Your picture", size="large", zoom=True)],
        hints="Click the picture, then turn the wheel; or pinch; or + and −, and 0 for all of it. Drag, or use the"
        " arrow keys, to look around.",
        state=state,
    )


def one_pixel(**state):
    """Mix one pixel from red, green, blue and alpha, and lay it over a background."""
    knob = {"low": 0, "high": 255}
    return Stage(
        title="One pixel, four knobs",
        settings={
            "red": slider(255, **knob, tint="red"),
            "green": slider(127, **knob, tint="green"),
            "blue": slider(0, **knob, tint="blue"),
            "alpha": slider(255, **knob),
            "background": color(WHITE),
        },
        recipe=[
            step("pixel", "pixel", red="$red", green="$green", blue="$blue", alpha="$alpha"),
            step("seen", "composite", rgba="$pixel", background="$background"),
        ],
        panels=[
            panel("pixel", "The pixel", size="small", cell=150),
            panel("seen", "What you see", sign="→", size="small", cell=150),
        ],
        ledger="seen",
        lines=[("pixel:", "[R {red}, G {green}, B {blue}, A {alpha}]")],
        words=[
            ("alpha == 0", "Fully transparent: you see the background alone. The three colors are still stored."),
            ("alpha == 255", "Fully opaque: the background does not matter."),
            ("", "You see {alpha}/255 of the pixel's color and the rest of the background's."),
        ],
        hints="The squares behind the pixel are no part of it: they show where it is transparent.",
        state={"focus": {"panel": "seen", "row": 0, "column": 0}} | state,
    )


def take_apart(shown=None, **state):
    """Take a picture apart into its channels, switch them on and off, swap two, and drop the alpha."""
    return Stage(
        title="Take the picture apart",
        settings={
            "picture": picture(shown, choosable=True, label="picture"),
            "red": switch(True),
            "green": switch(True),
            "blue": switch(True),
            "swapped": switch(False, label="swap red and blue (BGR)"),
            "alpha": switch(True, label="use the alpha channel"),
            "background": color(WHITE),
            "shown_as": choice("gray", {"gray": "gray, as the numbers they are", "tint": "tinted"}, label="channels"),
        },
        recipe=[
            step("channels", "to_rgba", image="$picture"),
            step("kept", "keep", image="$channels", channels=["$red", "$green", "$blue", True]),
            step_by(
                "ordered",
                "swapped",
                true=call("swap", image="$kept", first=0, second=2),
                false=call("to_rgba", image="$kept"),
            ),
            step_by(
                "seen",
                "alpha",
                true=call("composite", rgba="$ordered", background="$background"),
                false=call("drop_alpha", image="$ordered"),
            ),
        ],
        panels=[
            panel("seen", "Together", zoom=True),
            *(
                panel(
                    "channels",
                    name,
                    channel=index,
                    display="$shown_as",
                    sign=sign,
                    size="small",
                    room=room(group="channels"),
                )
                for index, (name, sign) in enumerate([("Red", "←"), ("Green", None), ("Blue", None), ("Alpha", None)])
            ),
        ],
        words=[
            (
                "alpha == false",
                "The alpha channel is ignored: what was stored under the transparent pixels comes to light.",
            ),
            ("swapped == true", "Red and blue have changed places. The numbers are the same; the order is wrong."),
            (
                "",
                "Each channel is one number for each pixel: a gray picture. Color is what you see of three together.",
            ),
        ],
        hints="Zoom in on the left: the four channels follow.",
        state=state,
    )


SPACES = {
    "gray": "gray, the mean",
    "weighted": "gray, weighted as the eye does",
    "rgb": "red, green, blue",
    "hsv": "hue, saturation, value",
    "cmyk": "cyan, magenta, yellow, black",
}
PARTS = {  # the names of each space's channels, and their upper limits
    "gray": (["gray"], [255]),
    "weighted": (["gray"], [255]),
    "rgb": (["red", "green", "blue"], [255] * 3),
    "hsv": (["hue", "saturation", "value"], [360, 100, 100]),
    "cmyk": (["cyan", "magenta", "yellow", "black"], [100] * 4),
}
UNITS = {255: "", 360: "°", 100: " %"}
TINTS = ("red", "green", "blue", "cyan", "magenta", "yellow")


def part_settings():
    """Return one slider for each channel of each space; only those of the chosen space are shown."""
    settings = {"gray": slider(0, -255, 255, when=["space == gray", "space == weighted"])}
    for space in ("rgb", "hsv", "cmyk"):
        for name, high in zip(*PARTS[space], strict=True):
            reach = 180 if high == 360 else high
            tint = name if name in TINTS else None
            settings[name] = slider(0, -reach, reach, unit=UNITS[high], tint=tint, when=f"space == {space}")
    return settings


def part_panel(index):
    """Return the panel of one channel, whatever the space calls it."""
    named = [(space, names[index], highs[index]) for space, (names, highs) in PARTS.items() if index < len(names)]
    titles = [[f"space == {space}", f"{name.capitalize()} 0–{high}{UNITS[high]}"] for space, name, high in named]
    limits = [[f"space == {space}", high] for space, _, high in named]
    here = f"moved.channels > {index}"
    return panel(
        "moved",
        titles,
        channel=index,
        display=[["space == hsv", "hue"], ["", "gray"]] if index == 0 else "gray",
        range=[0, limits],
        size="small",
        room=room(group="parts"),
        when=here,
        legend=False,
        note=[["space == hsv", "each hue in its color; gray has none, 0 is written"], ["", ""]] if index == 0 else "",
    )


def color_spaces(shown=None, **state):
    """Describe the same picture with other numbers, move one of them, and watch the picture."""
    moved = {
        space: call(
            "move",
            image="$parts",
            amounts=[f"${name}" for name in names],
            high=highs,
            around=[0] if space == "hsv" else [],
        )
        for space, (names, highs) in PARTS.items()
    }
    return Stage(
        title="The same picture in other numbers",
        settings={
            "picture": picture(shown, choosable=True, label="picture"),
            "space": choice("hsv", SPACES, label="described by"),
            **part_settings(),
        },
        recipe=[
            step("rgba", "to_rgba", image="$picture"),
            step("rgb", "composite", rgba="$rgba", background=list(WHITE)),
            step_by(
                "parts",
                "space",
                gray=call("to_gray", image="$rgb", weights=list(MEAN)),
                weighted=call("to_gray", image="$rgb", weights=list(REC601)),
                rgb=call("drop_alpha", image="$rgb"),
                hsv=call("rgb_to_hsv", rgb="$rgb"),
                cmyk=call("rgb_to_cmyk", rgb="$rgb"),
            ),
            step_by("moved", "space", **moved),
            step_by(
                "seen",
                "space",
                gray=call("clip", image="$moved"),
                weighted=call("clip", image="$moved"),
                rgb=call("clip", image="$moved"),
                hsv=call("hsv_to_rgb", hsv="$moved"),
                cmyk=call("cmyk_to_rgb", cmyk="$moved"),
            ),
        ],
        panels=[panel("seen", "The picture", zoom=True), *(part_panel(index) for index in range(4))],
        words=[
            ("space == hsv", "Turn the hue: every color moves around the circle, and grays stay gray. Why?"),
            ("space == cmyk", "Four inks on white paper. More ink is less light: more black makes it darker."),
            ("space == rgb", "Three lights in the dark. More of one tints the whole picture."),
            ("space == gray", "(R + G + B) / 3: green leaves and blue sky may come out alike."),
            ("", "0.299 R + 0.587 G + 0.114 B: green counts most, as it does for the eye."),
        ],
        hints="Point at the picture: the same pixel is marked in every channel.",
        state=state,
    )


def overflow(shown=None, **state):
    """Add a number to every pixel and see what becomes of those above 255 and below 0."""
    return Stage(
        title="200 + 100 = 44",
        settings={
            "picture": picture(shown, choosable=True, label="picture"),
            "amount": slider(100, -255, 255, label="add"),
            "rule": choice(
                "wrap", {"wrap": "uint8: start again at 0", "clip": "cut off at 0 and 255"}, label="what does not fit"
            ),
        },
        recipe=[
            step("rgba", "to_rgba", image="$picture"),
            step("before", "composite", rgba="$rgba", background=list(WHITE)),
            step("brighter", "add", image="$before", amount="$amount"),
            step_by("stored", "rule", wrap=call("wrap", image="$brighter"), clip=call("clip", image="$brighter")),
        ],
        panels=[
            panel("before", "Before", zoom=True),
            panel("stored", "What is stored", sign="→", zoom=True),
        ],
        ledger="stored",
        words=[
            ("brighter.max > 255", "The largest number is now {brighter.max}, and 8 bits end at 255."),
            ("brighter.min < 0", "The smallest number is now {brighter.min}, and 8 bits begin at 0."),
            ("", "Everything fits: {brighter.min} to {brighter.max}."),
        ],
        hints="Point at a pixel: what becomes of it is written out.",
        state=state,
    )


def display_range(shown=None, **state):
    """Choose which number is drawn black and which white; the numbers themselves stay."""
    return Stage(
        title="What is black, what is white?",
        settings={
            "picture": picture(shown, choosable=True, label="picture"),
            "vmin": slider(0, -100, 355, label="drawn black (vmin)"),
            "vmax": slider(255, -100, 355, label="drawn white (vmax)"),
        },
        recipe=[
            step("rgba", "to_rgba", image="$picture"),
            step("rgb", "composite", rgba="$rgba", background=list(WHITE)),
            step("numbers", "to_gray", image="$rgb"),
            step("drawn", "rescale", image="$numbers", low="$vmin", high="$vmax"),
        ],
        panels=[
            panel("numbers", "The numbers", zoom=True, note="always the same"),
            panel("drawn", "How they are drawn", sign="→", zoom=True),
        ],
        ledger="drawn",
        words=[
            ("drawn.max == 0", "All black. The picture is still there; the range is wrong."),
            ("drawn.min == 255", "All white. The picture is still there; the range is wrong."),
            ("", "{vmin} and less is black, {vmax} and more is white, and the rest is spread between."),
        ],
        hints="Find a range that brings out what is nearly black, and one for what is nearly white.",
        state=state,
    )


EXPLORABLES = (zoom_out, digit, zoom, one_pixel, take_apart, color_spaces, overflow, display_range)
