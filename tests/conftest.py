"""What several kinds of tests share."""

import os
import tempfile
from pathlib import Path

import pytest

from helpers import mine
from programs import find_node, skip_or_fail
from slip_table import pytest_terminal_summary  # noqa: F401  (prints the table of slips and exercises)

ROOT = Path(__file__).resolve().parents[1]
MY = tempfile.TemporaryDirectory(prefix="my-")


def pytest_configure():
    """Give the run a folder of its own for what a learner makes: nothing in `my/` changes a test, or is changed."""
    os.environ["COURSE_MY"] = MY.name


@pytest.fixture(autouse=True)
def my_folder(tmp_path, monkeypatch):
    """Let the learner's things be in a folder of the test's own, and return it; it is not there yet."""
    monkeypatch.setattr(mine, "folder", lambda: tmp_path / "my")
    return tmp_path / "my"


@pytest.fixture(scope="session")
def root():
    """Return the course's folder."""
    return ROOT


@pytest.fixture(scope="session")
def node():
    """Return the path of Node."""
    return find_node() or skip_or_fail("Node is missing: `python3 start.py test` installs it.")


@pytest.fixture(scope="session")
def artifacts(root):
    """Return the folder for pictures of a run; git ignores it."""
    folder = root / "artifacts"
    folder.mkdir(exist_ok=True)
    return folder
