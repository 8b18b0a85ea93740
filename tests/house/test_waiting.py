"""Tests in the browser wait by the one helper (browser/eventually.py): they neither guess a time nor read too early."""

import ast
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[1] / "browser"
SLEEPS = {"wait_for_timeout", "sleep"}
READS = {
    *("evaluate", "evaluate_all", "count", "screenshot", "bounding_box", "get_attribute", "input_value", "python"),
    *("inner_text", "all_inner_texts", "text_content", "all_text_contents", "inner_html"),
    *("is_visible", "is_hidden", "is_checked", "is_disabled", "is_enabled", "is_editable"),
    *("read_text", "read_bytes", "is_file", "is_dir", "exists"),
}


def called(node):
    """Return the names of the methods that are called at once: what stands in a lambda is called later."""
    if isinstance(node, ast.Lambda):
        return set()
    own = {node.func.attr} if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) else set()
    own -= {"count"} if own and node.args else set()  # of a text or a list
    return own.union(*map(called, ast.iter_child_nodes(node)))


def guesses(text):
    """Return the lines that wait for a time instead of something that happens."""
    names = (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Attribute))
    return [node.lineno for node in names if node.attr in SLEEPS]


def hasty(text):
    """Return the lines that assert what is read at once."""
    asserts = (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Assert))
    return [node.lineno for node in asserts if called(node.test) & READS]


EVERY_FILE = pytest.mark.parametrize("path", sorted(FOLDER.glob("*.py")), ids=lambda path: path.name)


@EVERY_FILE
def test_no_test_guesses_how_long_something_takes(path):
    if path.name != "eventually.py":
        assert guesses(path.read_text(encoding="utf-8")) == []


@EVERY_FILE
def test_no_test_reads_without_waiting(path):
    assert hasty(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("line", ["page.wait_for_timeout(300)", "time.sleep(1)", "for _ in range(9): time.sleep(x)"])
def test_a_guess_is_found(line):
    assert guesses(line) == [1]


@pytest.mark.parametrize("read", ["page.evaluate('1') == 1", "not box.is_visible()", "len(box.all_inner_texts()) > 3"])
def test_a_hasty_read_is_found(read):
    assert hasty(f"assert {read}") == [1]


def test_a_read_that_waits_is_none():
    assert hasty("assert eventually(page.evaluate, '1') == 1\nassert eventually(lambda: len(box.all())) == 2") == []
