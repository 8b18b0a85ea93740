"""How many pictures a second the live camera shows, each filtered with a 3x3 kernel, or read by lesson 07's network.

The browser's own stand-in for a camera gives 30 pictures a second; each result that is drawn is counted.
"""

from benchmarks._chromium import chromium

SECONDS, LEAST = 4, 15  # pictures a second
FAKE = ["--use-fake-device-for-media-stream=fps=30", "--use-fake-ui-for-media-stream"]
# name -> explorable, its state, and the width in pixels of a result that is drawn once a picture
WAYS = {
    "one channel": ("nine_numbers", {}, 318),
    "three channels": ("nine_numbers", {"colors": True}, 318),
    "a network": ("draw", {"what": "picture"}, 24),
}
ADDRESS = "http://localhost/camera"  # browsers lend their camera to this name
COUNT = """([seconds, width]) => new Promise(resolve => {
    let frame = 0; // results that are drawn in one frame count once
    const frames = new Set();
    const next = () => { frame += 1; requestAnimationFrame(next); };
    next();
    const put = CanvasRenderingContext2D.prototype.putImageData;
    CanvasRenderingContext2D.prototype.putImageData = function (pixels, ...where) {
        if (pixels.width === width) frames.add(frame);
        put.call(this, pixels, ...where);
    };
    setTimeout(() => resolve(frames.size / seconds), 1000 * seconds);
})"""


def main():
    """Measure, and print a table."""
    with chromium("camera", *FAKE) as browser:
        if not browser:
            return
        print(f"live camera, 320 x 240 pixels in color, Chromium {browser.version}")
        for name, way in WAYS.items():
            rate = measure(browser.new_page(viewport={"width": 1280, "height": 900}), *way)
            print(f"{name:20}{rate:8.1f} pictures/s{'' if rate >= LEAST else '   MISSED'}")
        print(f"target: at least {LEAST} pictures a second")


def measure(page, explorable, state, width):
    """Let the camera run for some seconds; return the pictures drawn a second."""
    from blank_page import html
    from helpers import explore

    page.route(
        ADDRESS,
        lambda route: route.fulfill(
            body=html(getattr(explore, explorable)("coffee", **state)), content_type="text/html"
        ),
    )
    page.goto(ADDRESS)
    page.wait_for_function("window.ready")
    page.get_by_role("button", name="camera").click()
    page.wait_for_function("document.querySelector('video')?.currentTime > 0.5")
    return page.evaluate(COUNT, [SECONDS, width])


if __name__ == "__main__":
    main()
