"""A lesson is one folder: nothing else has to be told of it."""

import shutil
import subprocess
import sys

LESSON = '''
from helpers.engine.recipe import step
from helpers.exercises.exercise import FunctionExercise
from helpers.exercises.lesson import Lesson
from helpers.stage.panels import panel
from helpers.stage.settings import grid
from helpers.stage.stage import Stage


def wave(**state):
    """Cut off what is negative."""
    recipe = [step("kept", "relu", images="$wave")]
    return Stage({"wave": grid([[-1, 2, -3]])}, [panel("wave"), panel("kept")], recipe, state=state)


def negate(number):
    """Return the number with the other sign."""
    return -number


NEGATE = FunctionExercise("Negate", negate, ((3,), (-5,)), ("An idea.", "A line."), "Because.")
LESSON = Lesson("Waves", (wave,), exercises=(NEGATE,))
'''
TRIED = """
from helpers import exercises, explore
print(explore.wave().result.tolist(), "wave" in explore.__all__)
print(exercises.check(lambda number: -number, "negate").outcome)
print("Lesson 98: Waves" in repr(exercises.progress()))
"""


def test_a_folder_makes_a_lesson(root, tmp_path):
    for name in ("data", "helpers", "images"):
        shutil.copytree(root / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "helpers" / "lessons" / "lesson_98").mkdir()
    (tmp_path / "helpers" / "lessons" / "lesson_98" / "__init__.py").write_text(LESSON, "utf8")
    done = subprocess.run([sys.executable, "-c", TRIED], cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert done.stdout.splitlines() == ["[[0.0, 2.0, 0.0]] True", "correct", "True"], done.stderr
