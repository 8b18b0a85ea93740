"""A browser to measure in; no benchmark itself, as its name says."""

import contextlib
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


@contextlib.contextmanager
def chromium(who, *arguments):
    """Yield a running browser without a window; None where there is none, and a sentence says so.

    Parameters
    ----------
    who : str
        The benchmark that asks.
    *arguments : str
        Further arguments of the browser.
    """
    sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests" / "browser")]
    try:
        from playwright.sync_api import sync_playwright

        from programs import find_browser
    except ImportError as missing:
        print(f"{who}: not measured, {missing.name} is not installed (python3 start.py test installs it)")
        yield None
        return
    path = find_browser()
    if not path:
        print(f"{who}: not measured, there is no Chromium-based browser")
        yield None
        return
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    with sync_playwright() as playwright:
        sandbox = ["--no-sandbox"] if as_root else []
        browser = playwright.chromium.launch(executable_path=path, args=["--disable-gpu", *arguments, *sandbox])
        yield browser
        browser.close()
