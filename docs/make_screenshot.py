"""Make docs/lesson-01.png, the picture in the README: lesson 01 in a real JupyterLab.

    .venv/bin/python docs/make_screenshot.py

The environment must hold what the tests need: run `python3 start.py test` once before.
"""

import os
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests" / "browser")]  # they know how to drive JupyterLab

from lab import Lab  # noqa: E402
from programs import find_browser  # noqa: E402
from workbench import Workbench  # noqa: E402

TARGET = ROOT / "docs" / "lesson-01.png"
SIZE = {"width": 1200, "height": 900}
STAGE, ABOVE = "Take the picture apart", 118  # what is photographed, and how many pixels of the page above it
PUPIL, IRIS = (75, 113), (90, 122)  # row and column of the cat's left eye
SCROLL = """(stage, above) => {
    const scrolls = element => element.scrollTop > 0 || element.matches('.jp-WindowedPanel-outer');
    let box = stage.parentElement;
    while (!scrolls(box)) box = box.parentElement;
    box.scrollTop += stage.getBoundingClientRect().top - box.getBoundingClientRect().top - above;
}"""
LEAVE_THE_CELL = """() => {
    document.activeElement.blur();
    jupyterapp.shell.currentWidget.content.activeCellIndex = 0;
}"""


def main():
    """Open the lesson, take the eye of the cat apart, and photograph it."""
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    arguments = ["--no-sandbox"] if as_root else []
    with (
        tempfile.TemporaryDirectory() as folder,
        Lab(ROOT, Path(folder)) as lab,
        sync_playwright() as playwright,
    ):
        chromium = playwright.chromium.launch(executable_path=find_browser(), args=arguments)
        page = chromium.new_page(viewport=SIZE, reduced_motion="reduce")
        notebook = Workbench(lab, page).notebook("01_pixels_and_rgba.ipynb")
        (stage,) = [stage for stage in notebook.stages() if stage.title == STAGE]
        show_the_eye(page, stage)
        page.screenshot(path=TARGET)
        chromium.close()
    print(f"{TARGET.name}: {TARGET.stat().st_size // 1000} kB")


def show_the_eye(page, stage):
    """Zoom into the eye until it falls apart into pixels, and point at a golden one."""
    canvas = stage.locator.locator("canvas").first
    rows, columns = 200, 300
    box = canvas.bounding_box()
    scale = box["width"] / columns
    canvas.click(position={"x": (PUPIL[1] + 0.5) * scale, "y": (PUPIL[0] + 0.5) * box["height"] / rows})
    for _ in range(2):
        canvas.press("+")
        stage.wait_for_frames()
    page.evaluate(LEAVE_THE_CELL)
    stage.locator.evaluate(SCROLL, ABOVE)
    box = canvas.bounding_box()
    down, right = (4 * (there - here) for there, here in zip(IRIS, PUPIL, strict=True))
    x, y = (PUPIL[1] + 0.5 + right) * scale, (PUPIL[0] + 0.5 + down) * scale
    page.mouse.move(box["x"] + x, box["y"] + y)
    stage.wait_for_frames()


if __name__ == "__main__":
    main()
