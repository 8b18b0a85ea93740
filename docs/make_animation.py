"""Make docs/course.gif, the animation in the README: a photo on its way through the lessons, to its name.

    .venv/bin/python docs/make_animation.py

Each scene is one of the course's own explorables in a blank page, with its real controls moved. The environment must
hold what the tests need: run `python3 start.py test` once before.
"""

import io
import os
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from PIL import Image
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "tests" / "browser")]  # they know how to show a Stage
os.environ.setdefault("COURSE_MY", tempfile.mkdtemp(prefix="my-"))

import blank_page  # noqa: E402
from helpers import explore, images, squeezenet  # noqa: E402
from helpers.stage.panels import bars, panel  # noqa: E402
from helpers.stage.settings import constant  # noqa: E402
from helpers.stage.stage import Stage  # noqa: E402
from programs import find_browser  # noqa: E402

TARGET = ROOT / "docs" / "course.gif"
WIDTH, HEIGHT = 800, 540  # pixels of the animation
ADDRESS = "http://localhost/stage"
MOVING, FIRST = 60, 350  # milliseconds: of a frame, and of the first one of a scene
PHOTO = "cat"
# page, ink, quiet, here, soft, line, own: the colors of stage.css
KEPT = [(255, 255, 255), (27, 28, 32), (95, 99, 107), (179, 18, 143), (243, 244, 246), (217, 219, 224), (23, 78, 166)]
NEVER = "{name} < -1000"  # a condition

LESSONS = 9
STYLE = """<style>
body { margin: 0 !important; overflow: hidden; }
body { display: flex; flex-direction: column; height: 100vh; }
main { flex: 1; display: flex; align-items: center; }
main > div { width: 100%; }
.scene { padding: 2.6vw 3.2vw 0; font: 4.6vw/1.25 system-ui, "DejaVu Sans", sans-serif; color: #1b1c20; }
.scene p { margin: 0; font-weight: 650; white-space: nowrap; letter-spacing: -0.01em; }
.scene b { color: #b3128f; font-family: "DejaVu Sans Mono", Menlo, monospace; margin-right: 0.3em; }
.scene ol { display: flex; gap: 0.8vw; list-style: none; margin: 1.8vw 0 0; padding: 0; }
.scene li { flex: 1; height: 0.8vw; border-radius: 0.4vw; background: #d9dbe0; }
.scene li.done { background: #1b1c20; }
.scene li.now { background: #b3128f; }
.stage { padding: 2.2vw 3.2vw 0 !important; }
.stage .panels { justify-content: center; }
.stage :is(.shown > .title, .told, .hints, .note, .legend, .zoom, .facts, .picker, .player) {
    display: none !important; }
.stage :is(.steps button, .steps select) { display: none; }
.stage .steps input { max-width: none; }
.stage .panel .title { font-size: 3vw; margin-bottom: 1vw; white-space: nowrap; }
.stage .bar { justify-content: center; padding: 1vw 2.8vw !important; margin-bottom: 1.6vw !important; }
.stage :is(.control.slider, .steptext) { max-width: none !important; font-size: 3.2vw !important; }
.stage .control:not(.slider) { display: none !important; }
.stage .bar:not(:has(.slider:not([hidden]))) { display: none; }
.stage .lines { display: block !important; visibility: hidden; overflow: hidden; height: RESERVEDpx !important;
    margin: 0; min-height: 0 !important; }
</style>"""
VIEW, ABOVE = 384, 0.135  # what a Stage takes for the least height of a view; what the head takes of the width


def head(lesson, caption):
    """Return the line above a scene, and how far the course is."""
    kinds = ["done"] * (lesson - 1) + ["now"] + [""] * (LESSONS - lesson)
    marks = "".join(f'<li class="{kind}"></li>' for kind in kinds)
    return f'<div class="scene"><p><b>{lesson:02}</b>{caption}</p><ol>{marks}</ol></div>'


MOVE = """async ([label, value]) => {
    for (const slider of document.querySelectorAll('.stage input[type=range]')) {
        const name = slider.closest('.control')?.innerText ?? slider.getAttribute('aria-label');
        if (!name.startsWith(label)) continue;
        slider.value = value;
        slider.dispatchEvent(new Event('input', {bubbles: true}));
    }
    for (let round = 0; round < 3; round++) await drawn();
}"""


@dataclass
class Scene:
    """What is shown of a lesson.

    Attributes
    ----------
    lesson : int
    caption : str
    stage : callable
        Makes the explorable.
    panels : list of str
        Which of its panels are shown, in which order.
    act : callable
        Takes the page and the Stage, moves what moves, and yields after each move.
    sliders : list of str
        Which of its sliders are shown.
    wide : int
        CSS pixels that the page has; the fewer, the larger everything is.
    look : dict
        What is otherwise about its panels.
    spare : int
        CSS pixels that are left free below it.
    last : int
        Milliseconds that the last frame is seen.
    """

    lesson: int
    caption: str
    stage: callable
    panels: list
    act: callable
    sliders: tuple = ()
    wide: int = 500
    look: dict = field(default_factory=dict)
    spare: int = -30
    last: int = 750


def slide(*moves):
    """Return what moves sliders: each move is a label and the values that it takes."""

    def act(page, _):
        for values in zip(*(values for _, values in moves), strict=True):
            for (label, _), value in zip(moves, values, strict=True):
                page.evaluate(MOVE, [label, value])
            yield

    return act


def eased(first, last, frames):
    """Return values that begin and end slowly."""
    part = (1 - np.cos(np.linspace(0, np.pi, frames))) / 2
    return (first + (last - first) * part).tolist()


STROKES = [
    [(8, 8), (9, 6), (11, 5), (14, 4), (17, 5), (19, 7), (19, 10), (17, 12), (14, 13)],
    [(14, 13), (17, 14), (19, 16), (20, 19), (18, 22), (15, 23), (12, 23), (9, 22), (8, 20)],
]  # column and row of a 3, on 28 x 28


def write(page, _):
    """Draw a digit with the pen."""
    canvas = page.locator(".stage canvas").first
    box = canvas.bounding_box()

    def at(column, row):
        return box["x"] + column / 28 * box["width"], box["y"] + row / 28 * box["height"]

    for stroke in STROKES:
        page.mouse.move(*at(*stroke[0]))
        page.mouse.down()
        for place in stroke[1:]:
            page.mouse.move(*at(*place), steps=4)
            page.evaluate("drawn()")
            yield
        page.mouse.up()
    page.mouse.move(2, 2)
    page.evaluate("drawn()")
    yield


def learn_alone():
    """Return the explorable of a kernel that learns from the photo."""
    here = {"panel": "made", "row": 11, "column": 12}
    return explore.learn_kernel(PHOTO, learn_from="picture", learning_rate=1.0, focus=here)


def name_it():
    """Return the explorable of lesson 09 that names what is in a photo; while there is none, its names alone."""
    if hasattr(explore, "recognize"):
        return explore.recognize(PHOTO, layer="conv1")
    prepared = squeezenet.prepare(images.load(PHOTO))
    five = squeezenet.top(squeezenet.shares(squeezenet.forward(prepared)))
    names, percent = [name for name, _ in five], [100 * share for _, share in five]
    return Stage(
        title="What is in it?",
        settings={"seen": constant(squeezenet.seen(prepared), "seen"), "surest": constant(percent, "percent")},
        panels=[
            panel("seen", "What it sees"),
            bars("surest", "The five surest, in percent", labels=names, range=[0, 100]),
        ],
    )


def look_deeper(page, stage):
    """Go through the layers: Python makes their maps, and the page is told."""
    for layer in LAYERS:
        before = blank_page.state_of(stage)
        stage.layer = layer
        now = blank_page.state_of(stage)
        page.evaluate("changes => models[0].receive(changes)", {k: v for k, v in now.items() if v != before[k]})
        page.evaluate("drawn()")
        for _ in range(3):
            yield


LAYERS = ("conv1", "fire2", "fire4", "fire6", "fire9", "conv10")
ALONE = {"of": None, "fill": False, "corner": None, "group": None}  # a panel's room
NAMED = "And your photo gets its names."
OTHER = {"room": ALONE, "size": "medium"}
SCENES = [
    Scene(1, "A picture is numbers.", lambda: explore.zoom_out(PHOTO), ["part"],
          slide(("zoom out", np.geomspace(2, 100, 18).round().tolist())), ["share"], wide=625, spare=4),
    Scene(2, "Nine numbers find its edges.", lambda: explore.find_edges(PHOTO, step=1),
          ["source", "kernel", "feature_map"], slide(("step", np.linspace(1, 59004, 22).round().tolist())), wide=560),
    Scene(3, "A ring of zeros keeps the rim.", lambda: explore.ring(PHOTO), ["padded", "feature_map"],
          slide(("padding", [0, 0, 0, 1, 1, 1, 2, 2, 2])), ["padding"], wide=540),
    Scene(4, "Larger steps, smaller pictures.", lambda: explore.stride(PHOTO, kernel_size=5, stride=1),
          ["gray", "feature_map"], slide(("stride", [1, 1, 2, 2, 3, 3, 4, 4, 5, 5])), ["stride"],
          look={"gray": {"title": "Your picture"}, "feature_map": {"title": "What is left"}}),
    Scene(5, "Every filter makes a map.", lambda: explore.filters_on_photo(PHOTO, count=1), ["rgb", "maps"],
          slide(("filters", [1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8])), ["count"],
          look={"rgb": {"size": "small"}, "maps": {"grows": 8}}),
    Scene(6, "Pooling keeps the largest.", lambda: explore.pool(PHOTO, kernel_size=1, stride=1), ["rgb", "largest"],
          slide(("window", list(range(1, 9))), ("stride", list(range(1, 9)))), ["kernel_size", "stride"]),
    Scene(7, "Draw: the network answers.", lambda: explore.draw(drawing=np.zeros((28, 28))),
          ["drawing", "probabilities"], write, wide=900, spare=40),
    Scene(8, "A kernel learns by itself.", learn_alone,
          ["now", "made", "wanted"], slide(("step", [0, 1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 30, 40])), ["n"],
          look={"now": OTHER, "made": OTHER, "wanted": OTHER}, wide=520, spare=10),
    *([Scene(9, NAMED, name_it, ["seen", "maps"], look_deeper, wide=560, spare=0, last=200,
             look={"seen": OTHER, "maps": {"title": "Layer {shown_layer}"}})] if hasattr(explore, "recognize") else []),
    Scene(9, NAMED, name_it, ["seen", "surest"], lambda *_: (), wide=460, spare=-200, look={"seen": OTHER}, last=2500),
]  # fmt: skip


def shown(scene):
    """Return the Stage of a scene: only some of its panels and sliders are left."""
    stage = scene.stage()
    panels = {
        one["show"]: one | scene.look.get(one["show"], {})
        for one in reversed(stage.spec["panels"])
        if not one.get("loupe")
    }
    controls = [one.copy() for one in stage.spec["controls"]]
    for one in controls:
        if one["kind"] == "slider" and one["name"] not in scene.sliders:
            one["when"] = NEVER.format(**one)
    chosen = {"panels": [panels[name] for name in scene.panels if name in panels], "controls": controls, "alive": False}
    stage.spec = stage.spec | chosen
    return stage


def frames_of(scene, browser):
    """Yield the frames of a scene, and how many milliseconds each is seen."""
    factor, stage = WIDTH / scene.wide, shown(scene)
    size = {"width": scene.wide, "height": round(HEIGHT / factor)}
    page = browser.new_page(viewport=size, device_scale_factor=factor, reduced_motion="reduce")
    reserved = max(0, VIEW - size["height"] + ABOVE * scene.wide + scene.spare)
    html = blank_page.html(stage).replace("</head>", STYLE.replace("RESERVED", str(round(reserved))) + "</head>")
    html = html.replace("<main>", f"{head(scene.lesson, scene.caption)}<main>")
    page.route(ADDRESS, lambda route: route.fulfill(body=html, content_type="text/html"))
    page.goto(ADDRESS)
    page.wait_for_function("window.ready")
    page.evaluate("async () => { for (let i = 0; i < 5; i++) await drawn(); }")
    yield photographed(page), FIRST
    for _ in scene.act(page, stage):
        yield photographed(page), MOVING
    yield photographed(page), scene.last
    page.close()


def photographed(page):
    """Return what the page shows, as a picture."""
    return Image.open(io.BytesIO(page.screenshot())).convert("RGB").crop((0, 0, WIDTH, HEIGHT))


def in_colors(frames):
    """Return the frames of one scene in the same 256 colors; those of texts, lines and ground stay exactly."""
    tall = Image.new("RGB", (WIDTH, HEIGHT * len(frames)))
    for place, frame in enumerate(frames):
        tall.paste(frame, (0, HEIGHT * place))
    found = tall.quantize(255 - len(KEPT), Image.Quantize.MEDIANCUT).getpalette()
    palette = Image.new("P", (1, 1))
    palette.putpalette([part for color in KEPT for part in color] + found)
    return [exact(frame, frame.quantize(palette=palette, dither=Image.Dither.NONE)) for frame in frames]


def exact(frame, drawn):
    """Give back their own place in the palette to the colors that are kept: the nearest is found by rule of thumb."""
    colors, places = np.asarray(frame), np.array(drawn)
    for place, color in enumerate(KEPT):
        places[(colors == color).all(axis=-1)] = place
    corrected = Image.fromarray(places)
    corrected.putpalette(drawn.getpalette())
    return corrected


def main(*lessons):
    """Take the frames of all lessons, or of some, and write them down."""
    arguments = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    frames, durations = [], []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=arguments)
        for scene in SCENES:
            if not lessons or str(scene.lesson) in lessons:
                taken, times = zip(*frames_of(scene, browser), strict=True)
                frames, durations = frames + in_colors(taken), durations + list(times)
        browser.close()
    how = {"save_all": True, "append_images": frames[1:], "loop": 0, "disposal": 1, "optimize": True}
    frames[0].save(TARGET, duration=durations, **how)
    print(f"{TARGET.name}: {TARGET.stat().st_size // 1000} kB, {sum(durations) / 1000:.1f} s")


if __name__ == "__main__":
    main(*sys.argv[1:])
