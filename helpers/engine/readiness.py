"""A tick list of what the course needs."""

import html
import sys
from importlib.metadata import PackageNotFoundError, version

from helpers import images

# As in pyproject.toml; what only still figures need is missed when one is drawn.
NEEDED = {"numpy": (2, 0), "pillow": (10, 1), "ipywidgets": (8, 1), "anywidget": (0, 9)}


def numbers(text):
    """Return the first two numbers of a version.

    >>> numbers("2.4.6")
    (2, 4)
    """
    return tuple(int(part) for part in text.split(".")[:2])


def package(name, least):
    """Return whether a package is new enough, and what to say."""
    wanted = ".".join(map(str, least))
    try:
        found = version(name)
    except PackageNotFoundError:
        return False, f"{name} is missing: close this, and start the course with  python3 start.py"
    if numbers(found) < least:
        return False, f"{name} {found} is too old, {wanted} is needed: start the course with  python3 start.py"
    return True, f"{name} {found}"


def findings():
    """Return every check as (whether it holds, what to say)."""
    found = f"{sys.version_info.major}.{sys.version_info.minor}"
    checks = [
        (
            sys.version_info >= (3, 11),
            f"Python {found}" + ("" if sys.version_info >= (3, 11) else ": 3.11 or newer is needed"),
        )
    ]
    checks += [package(name, least) for name, least in NEEDED.items()]
    try:
        checks.append((True, f"{len([images.load(name) for name in images.names()])} pictures"))
    except ValueError as refusal:
        checks.append((False, f"pictures: {refusal}"))
    return checks


class Ready:
    """What is there and what is missing, as a list to look at and as text."""

    def __init__(self):
        self.checks = findings()

    @property
    def all_there(self):
        """Return whether nothing is missing."""
        return all(there for there, _ in self.checks)

    def __repr__(self):
        """Return the list as text."""
        lines = [f"{'✓' if there else '✗ MISSING'} {words}" for there, words in self.checks]
        return "\n".join([*lines, "Everything is there." if self.all_there else "Something is missing: see above."])

    def _repr_html_(self):
        return f"<pre>{html.escape(repr(self))}</pre>"


def ready():
    """Look whether everything is there that the course needs."""
    return Ready()
