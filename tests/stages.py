"""Everything that must hold, in stages: `python3 start.py test`, or `python3 start.py test lint units`.

`python3 start.py test oldest` is a stage by itself: it makes an environment of the oldest versions first.
All stages run even when one fails. The last line adds up what pytest counted and the other commands.
"""

import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from programs import NO_BROWSER, get_browser

ROOT = Path(__file__).resolve().parents[1]

PYTEST = ["pytest", "-rs", "--durations=10", "--color=" + ("yes" if sys.stdout.isatty() else "no")]
# lax: outputs are not compared (none are stored); a cell or a callback that raises fails.
NBVAL = ["--nbval-lax", "--nbval-cell-timeout=60", "--nbval-kernel-startup-timeout=120"]
NBVAL += ["--nbval-current-env", "-p", "no:python"]
# Two workers have two cores: if each multiplies matrices with two threads, these wait for one another half of the time.
ONE_THREAD = {name: "1" for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS")}
QUIETLY = ["--quiet", "--no-input", "--disable-pip-version-check"]


def lint():
    """Check the style, and that notebooks are stored without outputs and with their ids."""
    notebooks = [str(path) for path in sorted(ROOT.glob("notebooks/*.ipynb"))]
    yield ["ruff", "check", "--output-format=concise", "."]
    yield ["ruff", "format", "--check", "."]
    yield ["nbstripout", "--verify", "--keep-id", *notebooks]


def units():
    """Test the arrays, the recipe, the Stage and the frame, and the examples in docstrings."""
    yield [*PYTEST, "-n", "2", "--doctest-modules", "--ignore=tests/browser", "helpers", "tests"]


def notebooks():
    """Run every notebook from top to bottom in a fresh kernel."""
    yield [*PYTEST, "-n", "2", "--dist", "loadfile", *NBVAL, "notebooks"]


def browser():
    """Test the Stage in a blank page and the lessons in a real JupyterLab."""
    path = get_browser()
    if path:
        os.environ["COURSE_BROWSER"] = path
    else:
        print(NO_BROWSER, flush=True)
    yield [*PYTEST, "-n", "2", "--dist", "loadfile", "tests/browser"]


def oldest():
    """Run the unit tests with the oldest versions the course works with, in an environment of their own."""
    folder = ROOT / ".venv" / "oldest"
    python = str(folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python"))
    yield ["venv", "--clear", str(folder)]
    yield [
        "pip",
        "--python",
        python,
        "install",
        *QUIETLY,
        "--only-binary",
        ":all:",
        "-r",
        str(ROOT / "tests/oldest.txt"),
    ]
    for command in units():
        yield [Path(python), "-m", *command]


DEFAULT = (lint, units, notebooks, browser)
STAGES = {stage.__name__: stage for stage in (*DEFAULT, oldest)}


class Counts:
    """How many tests passed, failed and were skipped; a command that counts nothing itself is one test."""

    def __init__(self):
        self.passed = self.failed = self.skipped = 0

    def __str__(self):
        return f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped"

    def add(self, output, code):
        """Add one command by what it printed last and its exit code; tell whether it went well."""
        found = {word: int(number) for number, word in re.findall(r"(\d+) ([a-z]+)", closing_line(output))}
        failed = found.get("failed", 0) + found.get("error", 0) + found.get("errors", 0)
        self.passed += found.get("passed", int(code == 0))
        self.failed += failed or int(code != 0)
        self.skipped += found.get("skipped", 0)
        return code == 0


def closing_line(output):
    """Return the line with which pytest closes, or an empty text."""
    closings = re.findall(r"^=* ?(\d+ [a-z]+(?:, \d+ [a-z]+)* in [\d.]+s.*)$", output, re.MULTILINE)
    return closings[-1] if closings else ""


def run(command):
    """Run a module of this Python, or a program given by its path; return what it prints and the exit code.

    Nothing that the learner made changes a test, or is changed: there is a folder of its own for such things.
    """
    arguments = command if isinstance(command[0], Path) else [sys.executable, "-m", *command]
    printed = []
    with (
        tempfile.TemporaryDirectory(prefix="my-") as my,
        subprocess.Popen(
            arguments,
            cwd=ROOT,
            env={**os.environ, **ONE_THREAD, "PYTHONUNBUFFERED": "1", "COURSE_MY": my},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        ) as process,
    ):
        for line in process.stdout:
            print(line, end="", flush=True)
            printed.append(re.sub(r"\x1b\[[\d;]*m", "", line))
    return "".join(printed), process.returncode


def run_stage(name, counts):
    """Run a stage's commands, all of them, and return its line of the summary and whether it went well."""
    print(f"\n##### {name}: {STAGES[name].__doc__}", flush=True)
    began = time.monotonic()
    went_well = all([counts.add(*run(command)) for command in STAGES[name]()])
    return f"{name:10} {'passed' if went_well else 'FAILED'} {time.monotonic() - began:6.0f} s", went_well


def main(names):
    """Run the named stages, or those of every day; return the exit code."""
    unknown = [name for name in names if name not in STAGES]
    if unknown:
        print(f"There is no stage {unknown[0]!r}: choose from {', '.join(STAGES)}.")
        return 2
    counts = Counts()
    lines, went_well = zip(
        *[run_stage(name, counts) for name in names or [stage.__name__ for stage in DEFAULT]], strict=True
    )
    print("\n##### summary", *lines, counts, sep="\n", flush=True)
    return int(not all(went_well))


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
