"""How many pictures a second a drag shows where one of eight filters changes; and how long pooling takes.

A photo of 200 x 300 pixels goes through 8 filters of 3 x 3 x 3 weights, padded to the same size. One weight changes
125 times a second, as under an ordinary mouse; each drawing of the eight maps is counted. Pooling is called by itself,
in the browser, on the same photo.
"""

from pathlib import Path

import numpy as np

from benchmarks._chromium import chromium
from benchmarks.drag import IDLE

ROOT = Path(__file__).resolve().parents[1]
WEB = ROOT / "helpers" / "stage" / "web"
SECONDS, LEAST = 4, 30  # of the drag; pictures a second
ROWS, COLUMNS, FILTERS = 200, 300, 8
POOLING = [(2, 2, 0), (3, 2, 0), (3, 2, 1), (3, 1, 1)]  # kernel size, stride, padding
WATCH = """() => {
    window.drawn = [];
    window.work = [];
    const put = CanvasRenderingContext2D.prototype.putImageData;
    let seen = false;
    CanvasRenderingContext2D.prototype.putImageData = function (pixels, ...where) {
        seen ||= pixels.width >= 300; // the maps, not the filters
        put.call(this, pixels, ...where);
    };
    const next = requestAnimationFrame.bind(window);
    window.requestAnimationFrame = (act) => next((now) => {
        const begin = performance.now();
        seen = false;
        act(now);
        if (seen) { drawn.push(begin); work.push(performance.now() - begin); }
    });
}"""
DRAG = """seconds => new Promise(resolve => {
    const [model] = models;
    const { shape, dtype, data } = model.get("filters");
    const begin = performance.now();
    let step = 0;
    const mouse = setInterval(() => {
        if (performance.now() > begin + 1000 * seconds) { clearInterval(mouse); resolve(); return; }
        const bytes = data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength);
        new Float32Array(bytes)[0] = Math.abs(++step % 100 - 50) / 10; // up 50 steps, and down again
        model.state.filters = { shape, dtype, data: new DataView(bytes) };
        model.tell("filters");
    }, 8);
})"""
POOL = """async ([name, shape, [size, stride, padding]]) => {
    const { [name]: pool } = await import("http://course/windows.mjs");
    const data = Float32Array.from({ length: shape[0] * shape[1] * shape[2] }, (_, i) => 7919 * i % 256);
    const times = Array.from({ length: 60 }, () => {
        const begin = performance.now();
        pool({ images: { shape, data }, kernel_size: size, stride, padding });
        return performance.now() - begin;
    });
    return times.slice(20).sort((a, b) => a - b)[20];
}"""


def main():
    """Measure, and print two tables."""
    with chromium("filters") as browser:
        if not browser:
            return
        print(f"one weight of {FILTERS} filters, 3x3x3, over {COLUMNS} x {ROWS} pixels, Chromium {browser.version}")
        print_drag(*drag(browser.new_page(viewport={"width": 1400, "height": 900})))
        print_pooling(browser.new_page())


def stage():
    """Return a Stage with eight filters and their eight maps."""
    from helpers import images
    from helpers.engine.recipe import step
    from helpers.stage.panels import panel, stack
    from helpers.stage.settings import grid, picture
    from helpers.stage.stage import Stage

    photo = images.load("coffee")[:ROWS, :COLUMNS, :3]
    weights = np.random.default_rng(0).normal(0, 0.3, (3, 3, 3, FILTERS)).astype(np.float32)
    return Stage(
        title="Eight filters",
        settings={"photo": picture(photo), "filters": grid(weights, -9, 9)},
        recipe=[
            step("rgb", "drop_alpha", image="$photo"),
            step("maps", "conv2d", images="$rgb", weights="$filters", padding=1),
        ],
        panels=[panel("rgb", "Photo"), stack("maps", "Eight maps", display="signed")],
    )


def drag(page):
    """Change a weight for some seconds; return the times of the drawings, the work of each, an idle page's frames."""
    from blank_page import html

    page.set_content(html(stage()))
    page.wait_for_function("window.ready")
    idle = page.evaluate(IDLE, 1)
    page.evaluate(WATCH)
    page.evaluate(DRAG, 1)  # browsers make quick what is used
    page.evaluate("drawn.length = work.length = 0")
    page.evaluate(DRAG, SECONDS)
    return page.evaluate("drawn"), page.evaluate("work"), idle


def print_drag(drawn, work, idle):
    """Print what a drag shows."""
    rate = len(drawn) / SECONDS
    print(f"{'':14}{'pictures/s':>12}{'idle page':>12}{'worst gap, ms':>16}{'our work, ms: p50':>20}{'p90':>8}")
    half, most = np.percentile(work, [50, 90])
    verdict = "   MISSED" if rate < LEAST else ""
    print(f"{'drag':14}{rate:12.1f}{idle:12.1f}{max(np.diff(drawn)):16.0f}{half:20.1f}{most:8.1f}{verdict}")
    print(f"target: at least {LEAST} pictures a second")


def print_pooling(page):
    """Print milliseconds a call."""

    def answer(route):
        file = WEB / route.request.url.rsplit("/", 1)[1]
        if file.suffix == ".mjs":
            route.fulfill(body=file.read_text("utf-8"), content_type="text/javascript")
        else:
            route.fulfill(body="<title>pooling</title>", content_type="text/html")

    page.route("**/*", answer)
    page.goto("http://course/")
    print(f"{'pooling, ms':14}" + "".join(f"{f'{k}x{k}/{s}, padding {p}':>18}" for k, s, p in POOLING))
    for name in ("maxPool2d", "avgPool2d"):
        times = [page.evaluate(POOL, [name, [ROWS, COLUMNS, 3], list(numbers)]) for numbers in POOLING]
        print(f"{name:14}" + "".join(f"{time:18.2f}" for time in times))


if __name__ == "__main__":
    main()
