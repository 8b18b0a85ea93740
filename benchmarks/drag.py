"""How many pictures a second a drag shows on a large photo: a number of the kernel, held and dragged without a pause.

The photo has 1024 x 768 pixels. A pointer is pressed on a number of a 3x3 kernel and moves 125 times a second, as an
ordinary mouse does; each result that is drawn is counted. (To send each move from here, and wait until it has arrived,
would measure the waiting.) The frames of the same page at rest, measured before, tell what the machine allows.
"""

import numpy as np

from benchmarks._chromium import chromium

SECONDS, LEAST = 4, 30  # of each drag; pictures a second
ROWS, COLUMNS = 768, 1024
WAYS = {  # how the result is shown, and whether each channel is filtered on its own
    "one channel, signed": {"shown_as": "signed"},
    "one channel, cut off at 0 and 255": {"shown_as": "clip"},
    "one channel, stretched": {"shown_as": "rescale"},
    "three channels": {"colors": True},
}
DRAG = """([canvas, x, y, seconds]) => new Promise(resolve => {
    const drawn = [];
    const put = CanvasRenderingContext2D.prototype.putImageData;
    CanvasRenderingContext2D.prototype.putImageData = function (pixels, ...where) {
        if (pixels.width > 100) drawn.push(performance.now()); // the result, not the kernel
        put.call(this, pixels, ...where);
    };
    const begin = performance.now();
    let step = 0;
    const move = () => {
        if (performance.now() > begin + 1000 * seconds) { clearInterval(mouse); resolve(drawn); return; }
        step += 1;
        const up = 6 * Math.abs(step % 100 - 50); // 6 pixels change the number by one: up 50 steps, and down again
        const where = {clientX: x, clientY: y - up, pointerId: 1, bubbles: true};
        canvas.dispatchEvent(new PointerEvent('pointermove', where));
    };
    const mouse = setInterval(move, 8);
})"""
IDLE = """seconds => new Promise(resolve => {
    const begin = performance.now();
    let frames = 0;
    const next = now => {
        frames += 1;
        if (now - begin < 1000 * seconds) requestAnimationFrame(next); else resolve(frames / seconds);
    };
    requestAnimationFrame(next);
})"""


def main():
    """Measure, and print a table."""
    with chromium("drag") as browser:
        if not browser:
            return
        print(f"dragging a number of a 3x3 kernel over a photo of {COLUMNS} x {ROWS}, Chromium {browser.version}")
        print(f"{'':36}{'pictures/s':>12}{'idle page':>12}{'ratio':>8}{'worst gap, ms':>16}")
        for name, state in WAYS.items():
            rate, idle, gap = measure(browser.new_page(viewport={"width": 1400, "height": 900}), state)
            verdict = "   MISSED" if rate < LEAST and name.startswith("one channel") else ""
            print(f"{name:36}{rate:12.1f}{idle:12.1f}{rate / idle:8.2f}{gap:16.0f}{verdict}")
        print(f"target: at least {LEAST} pictures a second for one channel")


def photo():
    """Return a gray photo of that size, made from one of the course's own: no two rows alike."""
    from helpers import images
    from helpers.color import to_gray

    gray = to_gray(images.load("coffee"))
    high, wide = gray.shape
    larger = gray[np.ix_(np.arange(ROWS) * high // ROWS, np.arange(COLUMNS) * wide // COLUMNS)]
    return np.round(np.stack([larger, larger * 0.9, larger * 0.8], axis=-1)).astype(np.uint8)


def measure(page, state):
    """Drag up and down for some seconds; return pictures a second, an idle page's frames a second, the worst gap."""
    from blank_page import html
    from helpers import explore

    page.set_content(html(explore.nine_numbers(photo(), **state)))
    page.wait_for_function("window.ready")
    idle = page.evaluate(IDLE, 1)
    canvas = page.locator('canvas[aria-label^="Kernel,"]')
    box = canvas.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    times = page.evaluate(DRAG, [canvas.element_handle(), x, y, SECONDS])
    page.mouse.up()
    return len(times) / SECONDS, idle, max(np.diff(times))


if __name__ == "__main__":
    main()
