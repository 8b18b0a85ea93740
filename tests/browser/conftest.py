"""A browser, a page, and a real JupyterLab on a copy of the course.

`page` is a fresh page and `console_errors` the list of what went wrong in it. `lab` is one JupyterLab for the
whole run; `lab.open_notebook(page, name)`, `lab.run_all(page)` and `lab.set_theme(page, "dark")` drive it.
"""

import os
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from lab import Lab
from programs import NO_BROWSER, find_browser, skip_or_fail
from shown import BlankPage
from slow import open_page

HERE = Path(__file__).resolve().parent
QUIET = ["--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
FAKE_CAMERA = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]


def pytest_collection_modifyitems(items):
    """Mark everything in this folder: `pytest -m "not browser"` leaves it out, and two at a time share the work.

    A file stays together (`--dist loadfile`; pytest-xdist 3.8 does not see groups under pytest 9.2).
    What takes long begins first.
    """
    for item in [item for item in items if HERE in item.path.parents]:
        item.add_marker(pytest.mark.browser)
    items.sort(key=lambda item: "lab_server" not in item.fixturenames)


@pytest.fixture(scope="session")
def chromium_path():
    """Return the path of a Chromium-based browser."""
    return find_browser() or skip_or_fail(NO_BROWSER)


@pytest.fixture(scope="session")
def browser(chromium_path):
    """Yield a running headless browser (Playwright's sync API)."""
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    arguments = [*QUIET, *FAKE_CAMERA, "--no-first-run", *(["--no-sandbox"] if as_root else [])]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, args=arguments)
        yield browser
        browser.close()


@pytest.fixture
def page(browser):
    """Yield a fresh page of 1280x900; `page.set_viewport_size` makes it narrow."""
    page = open_page(browser, viewport={"width": 1280, "height": 900})
    yield page
    page.context.close()


@pytest.fixture
def console_errors(page):
    """Return the list that the page's errors go to: exceptions and what the console shows in red."""
    errors = []
    page.on("pageerror", lambda error: errors.append(f"exception: {error}"))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    return errors


@pytest.fixture(scope="session")
def blank_pages(browser):
    """Return a function that gives a blank page for a kind of browser window; each kind is opened once."""
    pages = {}

    def blank(**options):
        key = repr(sorted(options.items()))
        if key not in pages:
            pages[key] = BlankPage(open_page(browser, **options))
        return pages[key]

    yield blank
    for blank in pages.values():
        blank.page.context.close()


@pytest.fixture
def show(blank_pages):
    """Return a function that shows Stages in a blank page; nothing may go wrong in it while a test lasts."""
    used = []

    def show(*stages, dark=False, width=1280, height=900, **options):
        used.append(blank_pages(**options))
        return used[-1].show(stages, dark, width, height)

    yield show
    assert not [error for blank in used for error in blank.errors()]


@pytest.fixture(scope="session")
def lab_server(tmp_path_factory, root):
    """Yield one JupyterLab for the whole run, on a copy of the course."""
    with Lab(root, tmp_path_factory.mktemp("lab")) as lab:
        yield lab


@pytest.fixture
def lab(lab_server):
    """Yield the JupyterLab; kernels that a test started end with the test."""
    yield lab_server
    lab_server.shut_down_kernels()
