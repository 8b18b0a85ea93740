"""What learners read, over all lessons: nothing stands there twice."""

import re
from pathlib import Path

import nbformat
import pytest

from helpers import explore

ROOT = Path(__file__).resolve().parents[2]
ON_SCREEN = ("title", "words", "lines", "hints", "panels")
ON_PURPOSE = ["a tripod"]  # what makes a tripod a tripod
TWICE = re.compile(r"\b([a-z]+(?: [a-z]+){0,3}) \1\b")


def words_on_screen(value):
    """Return all texts in plain data, one a line."""
    if isinstance(value, str):
        return value
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else []
    return "\n".join(map(words_on_screen, parts))


def prose(path):
    """Return the texts of a notebook, each paragraph in one line."""
    cells = nbformat.read(path, as_version=4).cells
    return "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")


TEXTS = {path.name: prose(path) for path in sorted(ROOT.glob("notebooks/*.ipynb"))}
TEXTS |= {"answers.md": re.sub(r"```.*?```", "", (ROOT / "docs/answers.md").read_text("utf8"), flags=re.DOTALL)}


@pytest.mark.parametrize("name", TEXTS)
def test_no_words_stand_twice_in_a_row(name):
    assert [words for words in TWICE.findall(TEXTS[name]) if words not in ON_PURPOSE] == []


@pytest.mark.parametrize("explorable", explore.EXPLORABLES, ids=lambda one: one.__name__)
def test_no_words_of_an_explorable_stand_twice_in_a_row(explorable):
    spec = explorable().spec
    assert TWICE.findall(words_on_screen([spec[name] for name in ON_SCREEN])) == []


def test_twice_is_noticed():
    assert TWICE.findall("so is what no window no window reads") == ["no window"]
