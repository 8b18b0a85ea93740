"""How many pictures a second the live camera shows, each filtered with a 3x3 kernel: 320 x 240 pixels in color.

The browser's own stand-in for a camera gives 30 pictures a second; each result that is drawn is counted.
"""

from benchmarks._chromium import chromium

SECONDS, LEAST = 4, 15  # pictures a second
FAKE = ["--use-fake-device-for-media-stream=fps=30", "--use-fake-ui-for-media-stream"]
WAYS = {"one channel": {}, "three channels": {"colors": True}}
ADDRESS = "http://localhost/camera"  # browsers lend their camera to this name
COUNT = """seconds => new Promise(resolve => {
    let drawn = 0;
    const put = CanvasRenderingContext2D.prototype.putImageData;
    CanvasRenderingContext2D.prototype.putImageData = function (pixels, ...where) {
        if (pixels.width === 318) drawn += 1; // the result: two columns less than the picture
        put.call(this, pixels, ...where);
    };
    setTimeout(() => resolve(drawn / seconds), 1000 * seconds);
})"""


def main():
    """Measure, and print a table."""
    with chromium("camera", *FAKE) as browser:
        if not browser:
            return
        print(f"live camera, 320 x 240, a 3x3 kernel, Chromium {browser.version}")
        for name, state in WAYS.items():
            rate = measure(browser.new_page(viewport={"width": 1280, "height": 900}), state)
            print(f"{name:20}{rate:8.1f} pictures/s{'' if rate >= LEAST else '   MISSED'}")
        print(f"target: at least {LEAST} pictures a second")


def measure(page, state):
    """Let the camera run for some seconds; return the pictures drawn a second."""
    from blank_page import html
    from helpers import explore

    page.route(
        ADDRESS,
        lambda route: route.fulfill(body=html(explore.nine_numbers("coffee", **state)), content_type="text/html"),
    )
    page.goto(ADDRESS)
    page.wait_for_function("window.ready")
    page.get_by_role("button", name="camera").click()
    page.wait_for_function("document.querySelector('video')?.currentTime > 0.5")
    return page.evaluate(COUNT, SECONDS)


if __name__ == "__main__":
    main()
