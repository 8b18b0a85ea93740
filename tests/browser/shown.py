"""Stages in a blank page, driven as a person does: what is seen, read and sent.

`Shown` is the page. What is drawn is read off the pixels of the canvases, and what is said off the texts.
"""

import contextlib
import io
import re

import numpy as np
from PIL import Image

import blank_page
from eventually import eventually
from helpers.engine.recipe import step
from helpers.kernels import KERNELS
from helpers.stage.panels import panel, room
from helpers.stage.settings import choice, field, grid, slider
from helpers.stage.stage import Stage

ADDRESS = "http://localhost/stage"  # answered by the test itself; browsers lend their camera to this name
HERE = {False: (179, 18, 143), True: (255, 106, 213)}  # the color of "where you are", light and dark
SET_THEME = """dark => {
    document.body.dataset.jpThemeLight = !dark;
    document.body.style.background = dark ? '#111' : '#fff';
    document.body.style.color = dark ? '#eee' : '#111';
}"""
GET = "name => models[0].known[name] ?? null"
ONE_FRAME = "() => new Promise(done => requestAnimationFrame(() => setTimeout(done)))"

# Time stands still in a page, and goes on from frame to frame, of 10 ms each.
STOP_TIME = """() => {
    const [real, cancel] = [requestAnimationFrame, cancelAnimationFrame];
    window.time = {now: performance.now(), frames: new Map(), count: 0};
    performance.now = () => time.now;
    window.requestAnimationFrame = act => (time.frames.set(++time.count, act), time.count);
    window.cancelAnimationFrame = count => time.frames.delete(count);
    time.end = () => {
        delete performance.now;
        [window.requestAnimationFrame, window.cancelAnimationFrame] = [real, cancel];
        for (const act of time.frames.values()) requestAnimationFrame(act);
    };
}"""
LET_TIME_RUN = """(isOver, most) => {
    const begin = time.now;
    while (!isOver() && time.now < begin + most) {
        time.now += 10;
        const frames = [...time.frames.values()];
        time.frames.clear();
        for (const act of frames) act(time.now);
    }
    return time.now - begin;
}"""

# Pixels of a canvas that have a color, as the rows and columns of pixels that they lie between.
FIND_COLOR = """(canvas, [red, green, blue]) => {
    const {data, width, height} = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    let [top, left, bottom, right] = [Infinity, Infinity, -Infinity, -Infinity];
    for (let i = 0; i < data.length; i += 4) {
        if (Math.abs(data[i] - red) + Math.abs(data[i + 1] - green) + Math.abs(data[i + 2] - blue) > 12) continue;
        const [row, column] = [Math.floor(i / 4 / width), (i / 4) % width];
        [top, left] = [Math.min(top, row), Math.min(left, column)];
        [bottom, right] = [Math.max(bottom, row), Math.max(right, column)];
    }
    return bottom < 0 ? null : [top, left, bottom + 1, right + 1];
}"""
COLOR_AT = """(canvas, [x, y]) => {
    const pixel = at => Math.floor(at * canvas.width / canvas.clientWidth);
    const [red, green, blue, alpha] = canvas.getContext('2d').getImageData(pixel(x), pixel(y), 1, 1).data;
    return alpha ? [red, green, blue] : null;
}"""

SMALL = np.array(
    [
        [126, 38, 83, 181, 220, 225, 225, 225, 225],
        [191, 99, 35, 110, 197, 222, 225, 225, 225],
        [218, 174, 73, 43, 137, 208, 224, 225, 225],
        [224, 213, 152, 52, 59, 161, 215, 224, 225],
        [225, 223, 204, 126, 38, 83, 181, 220, 225],
        [225, 225, 221, 191, 99, 35, 110, 197, 222],
        [225, 225, 225, 218, 174, 73, 43, 137, 208],
        [225, 225, 225, 224, 213, 152, 52, 59, 161],
    ],
    dtype=np.uint8,
)


def sliding(**state):
    """Return a Stage on which a window slides over 8 rows of 9 numbers: all that a Stage can do, on one of them."""
    size = "({picture.SIDE} + 2·{padding} − {dilation}·({kernel.SIDE} − 1) − 1) // {stride} + 1 = {=feature_map.SIDE}"
    return Stage(
        title="Slide the window",
        settings={
            "padding": slider(0, 0, 3),
            "stride": slider(1, 1, 4),
            "dilation": slider(1, 1, 4),
            "most": field(600, 1, 2000, label="most"),
            "picture": grid(SMALL, 0, 255),
            "kernel": grid(
                KERNELS["Sobel, vertical edges"].values,
                -99,
                99,
                {name: kernel.values for name, kernel in KERNELS.items()},
            ),
            "shown_as": choice("signed", ["signed", "gray"], label="shown as"),
        },
        recipe=[
            step(
                "feature_map",
                "convolve2d",
                image="$picture",
                kernel="$kernel",
                stride="$stride",
                padding="$padding",
                dilation="$dilation",
            )
        ],
        panels=[
            panel("picture", "Your picture", edit=True),
            panel("kernel", "Kernel", sign="⊛", edit=True, display="signed", cell=40, legend=False),
            panel("feature_map", "Feature map", sign="=", display="$shown_as", range="auto", room=room("picture")),
        ],
        ledger="feature_map",
        play="feature_map",
        lines=[(f"{side}:", size.replace("SIDE", side)) for side in ("rows", "columns")],
        words="The kernel stops at {feature_map.count} places.",
        state=state,
    )


class BlankPage:
    """A page in which Stages are shown one after the other."""

    def __init__(self, page):
        self.page, self.console = page, []
        page.on("pageerror", lambda error: self.console.append(f"exception: {error}"))
        page.on("console", lambda said: self.console.append(said.text) if said.type == "error" else None)
        html = blank_page.html(sliding())
        page.route(ADDRESS, lambda route: route.fulfill(body=html, content_type="text/html"))
        page.goto(ADDRESS)
        page.wait_for_function("window.ready")

    def show(self, stages, dark, width, height=900):
        """Show Stages in place of those before, in a light or dark page of some width and height."""
        self.page.mouse.move(0, 0)
        self.page.set_viewport_size({"width": width, "height": height})
        self.page.evaluate(SET_THEME, dark)
        states = [blank_page.state_of(one) for one in stages]
        self.page.evaluate("async states => { scrollTo(0, 0); await show(states); }", states)
        return Shown(self.page, stages, dark)

    def errors(self):
        """Return what went wrong since it was asked last: exceptions, and what the console shows in red."""
        errors, self.console = self.console + self.page.evaluate("errors.splice(0)"), []
        return errors


class Shown:
    """What is shown, and a hand and an eye. What the eye reads waits for its comparisons (see eventually.py)."""

    def __init__(self, page, stages, dark):
        self.page, self.stages, self.dark = page, stages, dark
        self.settle()

    def settle(self):
        """Wait until the frame is drawn that was asked for."""
        self.page.evaluate(ONE_FRAME)

    @contextlib.contextmanager
    def clock(self):
        """Let time stand still in the page; yield what lets it go on."""
        self.page.evaluate(STOP_TIME)
        yield Clock(self.page)
        self.page.evaluate("time.end()")

    def reads(self, read, *arguments):
        """Return what a function reads when the page is drawn, as a value that waits for its comparisons."""

        def when_drawn():
            self.settle()
            return read(*arguments)

        return eventually(when_drawn)

    # -- what is there

    def canvas(self, title):
        """Return the grid of a panel, by the panel's title."""
        return self.page.locator(f'canvas[aria-label^="{title},"]')

    def control(self, label):
        """Return the input with a label."""
        return self.page.get_by_label(label, exact=True)

    def text(self, part):
        """Return what a line says: "reading", "words", "says"."""
        return self.reads(self.page.locator(f".stage .{part}").first.inner_text)

    def ledger(self):
        """Return the lines of the sum."""
        return self.reads(lambda: [line for line in self.page.locator(".ledger p").all_inner_texts() if line])

    # -- the model

    def get(self, name):
        """Return what the model holds, as plain data."""
        return self.reads(self.page.evaluate, GET, name)

    def numbers(self, name):
        """Return an array that the model holds."""
        return self.reads(self.array, name)

    def array(self, name):
        """Read an array that the model holds."""
        read = """name => {
            const {shape, dtype, data} = models[0].known[name];
            const {buffer, byteOffset, byteLength} = data;
            const bytes = buffer.slice(byteOffset, byteOffset + byteLength);
            return [shape, [...new (dtype === 'uint8' ? Uint8Array : Float32Array)(bytes)]];
        }"""
        shape, values = self.page.evaluate(read, name)
        return np.array(values).reshape(shape)

    def sent(self):
        """Return what was sent to Python: for each message the names in it."""
        return self.reads(self.page.evaluate, "models[0].saved.map(message => Object.keys(message))")

    def receive(self, **changes):
        """Let the model hear from Python, and wait until it did."""
        self.page.evaluate("changes => models[0].receive(changes)", blank_page.plain(changes))

    def zoom(self, title):
        """Return how much a panel is zoomed in: 1 for all of it."""

        def read():
            view = self.page.evaluate(GET, "view") or {}
            return view.get("{}x{}".format(*self.size(title)), {}).get("zoom", 1)

        return self.reads(read)

    # -- places

    def shape(self, title):
        """Return a panel's rows and columns, as its facts say."""
        return self.reads(self.size, title)

    def size(self, title):
        """Read a panel's rows and columns."""
        label = self.canvas(title).get_attribute("aria-label")
        return tuple(map(int, re.search(r", (\d+) rows? × (\d+) column", label).groups()))

    def cell_size(self, title):
        """Return the size of a cell that is not zoomed, in CSS pixels."""
        return self.canvas(title).bounding_box()["width"] / self.size(title)[1]

    def on_page(self, title, row, column):
        """Return where the middle of a cell is on the page, as x and y."""
        box, size = self.canvas(title).bounding_box(), self.cell_size(title)
        return box["x"] + (column + 0.5) * size, box["y"] + (row + 0.5) * size

    def hover(self, title, row, column):
        """Move the pointer to a cell."""
        self.page.mouse.move(*self.on_page(title, row, column))

    def click(self, title, row, column):
        """Click a cell."""
        self.page.mouse.click(*self.on_page(title, row, column))

    def press(self, title, *keys):
        """Press keys on a panel."""
        self.canvas(title).focus()
        for key in keys:
            self.page.keyboard.press(key)

    def focus(self):
        """Return where the focus is: row and column."""
        return self.reads(self.page.evaluate, "[models[0].known.focus.row, models[0].known.focus.column]")

    # -- what is drawn

    def framed(self, title):
        """Return what is framed: first row, first column, and how many rows and columns; None if nothing is."""
        return self.reads(self.frame, title)

    def frame(self, title):
        """Read what is framed."""
        canvas = self.canvas(title)
        found = canvas.evaluate(FIND_COLOR, HERE[self.dark])
        if found is None:
            return None
        size = canvas.evaluate("canvas => canvas.width") / self.size(title)[1]
        top, left, bottom, right = (round(pixels / size) for pixels in found)
        return top, left, bottom - top, right - left

    def color(self, title, row, column):
        """Return the color near the upper left corner of a cell, where there is no number; None if it is blank."""
        return self.pixel(title, row + 0.12, column + 0.12)

    def pixel(self, title, row, column):
        """Return the color at a place that is counted in cells."""

        def read():
            size = self.cell_size(title)
            return self.canvas(title).evaluate(COLOR_AT, [column * size, row * size])

        return self.reads(read)

    def hue(self, title, row, column):
        """Return the color of the bar at the foot of a cell."""
        return self.pixel(title, row + 1 - 3.5 / self.cell_size(title), column + 0.5)


class Clock:
    """The time in a page, which stands still by itself."""

    def __init__(self, page):
        self.page = page

    def until(self, condition, most=10_000):
        """Let time run until a condition holds; return how many milliseconds that takes in the page."""
        return self.page.evaluate(f"({LET_TIME_RUN})(() => {condition}, {most})")

    def run(self, milliseconds):
        """Let some time go by."""
        self.until("false", milliseconds)


def png(rows, columns, levels=256):
    """Return gray noise as the bytes of a PNG: it can hardly be compressed."""
    noise = np.random.default_rng(1).integers(0, levels, (rows, columns), dtype=np.uint8)
    file = io.BytesIO()
    Image.fromarray(noise).save(file, "png", compress_level=1)
    return file.getvalue()
