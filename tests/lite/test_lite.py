"""What learners read runs where there is no server: on the NumPy of a browser's Python, here in Node."""

import re
import subprocess

import pytest
from pyodide_parts import SourceGone, pyodide

from floors import PLAIN

CHECKED = [f"helpers.{module}" for module in PLAIN]


def test_the_examples_of_floors_1_and_2_hold_in_a_browsers_python(node, root):
    try:
        folder = pyodide()
    except SourceGone as gone:
        pytest.skip(f"NOT CHECKED: does the course run in a browser's Python? {gone}")
    script = root / "tests" / "lite" / "run.mjs"
    done = subprocess.run([node, script, folder, root, *CHECKED], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    found = re.search(r"emscripten: .*: (\d+) examples .*, 0 failed; (\d+) pictures", done.stdout)
    assert found, done.stdout
    assert int(found[1]) > 20
    assert int(found[2]) > 10
