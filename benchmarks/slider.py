"""One key press on a slider until the new picture is painted: the Stage against `interact` with inline matplotlib.

Both do the same to the same picture, in one notebook of a real JupyterLab, in turns. The clock starts with the
key event's own time stamp. It stops at the first animation frame that finds the Stage's pixels changed (so the
frame that changed them has been painted), or at the first one after the peer's new image is there and decoded.
"""

import os
import statistics
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ROUNDS, PRESSES = 4, 12  # presses of each slider in each round
MEDIAN, RATIO = 50, 1 / 3  # milliseconds; of the peer's
TARGET = f"median at most {MEDIAN} ms and a third of the peer's, pointing without a message"
NOTEBOOK = "slider.ipynb"

IMPORTS = """\
import ipywidgets
import matplotlib.pyplot as plt
import numpy as np

from helpers import explore, images

cat = images.load("cat")"""
CASES = {  # the Stage, the label of its slider, and the same with `interact`
    "add a number to each pixel": (
        "explore.overflow('cat', amount=20)",
        "add",
        """\
@ipywidgets.interact(amount=ipywidgets.IntSlider(20, -255, 255))
def show(amount):
    plt.imshow(((cat.astype(int) + amount) % 256).astype(np.uint8))
    plt.show()""",
    ),
    "fewer and fewer pixels": (
        "explore.mosaic('cat')",
        "pixels per square",
        """\
@ipywidgets.interact(block=ipywidgets.IntSlider(1, 1, 24))
def show(block):
    rows, columns = cat.shape[0] // block, cat.shape[1] // block
    squares = cat[: rows * block, : columns * block].reshape(rows, block, columns, block, 3)
    plt.imshow(squares.mean(axis=(1, 3)).astype(np.uint8))
    plt.show()""",
    ),
}

LATE = "new Promise((_, reject) => setTimeout(reject, 10000, new Error('nothing new was painted')))"
CANVAS = """([canvas, kind]) => {
    const sum = () => {
        const {data} = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
        return new Uint32Array(data.buffer).reduce((number, pixel) => (number * 31 + pixel) | 0, 7);
    };
    const before = sum();
    const painted = new Promise(resolve => document.addEventListener(kind, event => {
        let frames = 0; // that passed before the one in which the change is seen
        const look = () => {
            if (sum() !== before) resolve([performance.now() - event.timeStamp, frames]);
            else { frames += 1; requestAnimationFrame(look); }
        };
        requestAnimationFrame(look);
    }, {capture: true, once: true}));
    return {painted: Promise.race([painted, LATE])};
}""".replace("LATE", LATE)
IMAGE = """([output, kind]) => {
    const before = output.querySelector('img').src;
    const painted = new Promise(resolve => document.addEventListener(kind, event => {
        const watch = new MutationObserver(async () => {
            const image = output.querySelector('img');
            if (!image || image.src === before) return;
            watch.disconnect();
            await image.decode();
            requestAnimationFrame(() => resolve([performance.now() - event.timeStamp, null]));
        });
        watch.observe(output, {childList: true, subtree: true, attributes: true});
    }, {capture: true, once: true}));
    return {painted: Promise.race([painted, LATE])};
}""".replace("LATE", LATE)


def main():
    """Measure, and print a table."""
    sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests" / "browser")]  # they know how to drive JupyterLab
    try:
        from playwright.sync_api import sync_playwright

        from lab import Lab
        from programs import find_browser
    except ImportError as missing:
        print(f"slider: not measured, {missing.name} is not installed (python3 start.py test installs it)")
        return
    browser = find_browser()
    if not browser:
        print("slider: not measured, there is no Chromium-based browser")
        return
    with tempfile.TemporaryDirectory() as folder, Lab(ROOT, Path(folder)) as lab:
        write_notebook(lab.root / "notebooks" / NOTEBOOK)
        with sync_playwright() as playwright:
            as_root = hasattr(os, "geteuid") and os.geteuid() == 0
            arguments = ["--disable-gpu", *(["--no-sandbox"] if as_root else [])]
            chromium = playwright.chromium.launch(executable_path=browser, args=arguments)
            measure(lab, chromium)
            chromium.close()


def write_notebook(path):
    """Write a notebook with each Stage, each followed by its peer."""
    import nbformat

    sources = [IMPORTS, *(source for stage, _, peer in CASES.values() for source in (stage, peer))]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in sources])
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(notebook, path)


def measure(lab, chromium):
    """Press the keys, move the pointer, and print what was seen."""
    from workbench import Workbench

    desk = Workbench(lab, chromium.new_page(viewport={"width": 1400, "height": 900}))
    notebook = desk.notebook(NOTEBOOK)
    page = desk.page
    page.wait_for_function(f"document.querySelectorAll('.jp-OutputArea img').length === {len(CASES)}")
    print(f"a key press on a slider until the picture is painted, JupyterLab in Chromium {chromium.version}")
    print(f"{'':30}{'median, ms':>10}{'90 %, ms':>10}{'frames':>10}{'messages':>12}   of a drag, or of pointing")
    peers = page.locator(".jp-OutputArea-output:has(.noUi-handle)").all()
    for (name, (_, label, _)), stage, peer in zip(CASES.items(), notebook.stages(), peers, strict=True):
        canvases = stage.locator.locator("canvas")
        own = Slider(desk, stage.locator.get_by_label(label), canvases.last, CANVAS)
        other = Slider(desk, peer.locator(".noUi-handle"), peer, IMAGE)
        for _ in range(ROUNDS):
            own.press_keys()
            other.press_keys()
        hover = Hover(desk, canvases.first)
        hover.move()
        own.drag()
        other.drag()
        print(name)
        print(f"  {'Stage':28}{own}")
        print(f"  {'interact + inline matplotlib':28}{other}")
        print(f"  {'ratio':28}{own.median / other.median:10.2f}{own.high / other.high:10.2f}")
        print(f"  {'pointing at a pixel':28}{hover}")
        reached = own.median <= MEDIAN and own.median <= RATIO * other.median and hover.messages == 0
        print(f"  {'target: ' + TARGET:28}   {'reached' if reached else 'MISSED'}")


class Timed:
    """Something that is done to a page again and again, and how long each time took."""

    def __init__(self, desk, seen, look):
        self.desk, self.page = desk, desk.page
        self.seen, self.look = seen, look
        self.times, self.frames, self.messages = [], [], None

    def __str__(self):
        frames = "" if None in self.frames else f"{statistics.median(self.frames):.0f}"
        return f"{self.median:10.1f}{self.high:10.1f}{frames:>10}{self.messages:12}"

    @property
    def median(self):
        """Return the median in milliseconds."""
        return statistics.median(self.times)

    @property
    def high(self):
        """Return what nine of ten stay below."""
        return statistics.quantiles(self.times, n=10)[-1]

    def time(self, kind, act):
        """Do it once and keep how long it takes from the event to the painted picture."""
        armed = self.page.evaluate_handle(self.look, [self.seen.element_handle(), kind])
        act()
        time, frames = self.page.evaluate("async armed => await armed.painted", armed)
        self.times.append(time)
        self.frames.append(frames)

    def said(self, act):
        """Return how many messages the kernel gets by doing something, JupyterLab's own left out."""
        self.wait_until_quiet()
        self.desk.sent.clear()
        act()
        self.wait_until_quiet()
        return sum(kind == "comm_msg" for kind, _ in self.desk.sent)

    def wait_until_quiet(self):
        """Wait until nothing was sent for a second."""
        count = None
        while count != len(self.desk.sent):
            count = len(self.desk.sent)
            self.page.wait_for_timeout(1000)


class Slider(Timed):
    """A slider, the Stage's or the peer's."""

    def __init__(self, desk, handle, seen, look):
        super().__init__(desk, seen, look)
        self.handle = handle

    def press_keys(self):
        """Go there and back with the arrow keys, one press after the other."""
        self.handle.focus()
        for key in ["ArrowRight"] * (PRESSES // 2) + ["ArrowLeft"] * (PRESSES // 2):
            self.time("keydown", lambda key=key: self.page.keyboard.press(key))
            self.page.wait_for_timeout(60)

    def drag(self):
        """Drag it over 25 steps, and count the messages to the kernel."""
        self.handle.scroll_into_view_if_needed()
        box = self.handle.bounding_box()
        y = box["y"] + box["height"] / 2
        x = box["x"] + (box["width"] / 2 if box["width"] < 40 else 12)

        def move():
            self.page.mouse.move(x, y)
            self.page.mouse.down()
            self.page.mouse.move(x + 100, y, steps=25)
            self.page.mouse.up()

        self.messages = self.said(move)


class Hover(Timed):
    """The pointer on a picture."""

    def __init__(self, desk, canvas):
        super().__init__(desk, canvas, CANVAS)

    def move(self):
        """Point at one pixel after the other."""
        self.seen.scroll_into_view_if_needed()
        box = self.seen.bounding_box()

        def point():
            for i in range(ROUNDS * PRESSES):
                x, y = box["x"] + 10 + 5 * i, box["y"] + 10 + 2 * i
                self.time("pointermove", lambda x=x, y=y: self.page.mouse.move(x, y))

        self.messages = self.said(point)


if __name__ == "__main__":
    main()
