"""The notebooks hold every exercise; with the solutions in the place of the stubs every check is green."""

import re
from pathlib import Path

import nbformat
import pytest

from helpers.exercises.lesson import lessons
from helpers.exercises.logbook import Logbook
from programs import skip_or_fail
from solving import check_cells, copy_of_course, made_of, run, said, solved, stub_cells

ROOT = Path(__file__).resolve().parents[2]
NUMBERS = list(lessons())


def notebook_of(number):
    """Return a lesson's notebook."""
    paths = sorted((ROOT / "notebooks").glob(f"{number}_*.ipynb"))
    if not paths:
        skip_or_fail(f"lesson {number} has exercises, but no notebook yet")
    return nbformat.read(paths[0], as_version=4)


def code(notebook):
    return "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "code")


@pytest.fixture(scope="module")
def folder(root, tmp_path_factory):
    return copy_of_course(root, tmp_path_factory.mktemp("course"))


@pytest.mark.parametrize("number", NUMBERS)
def test_a_notebook_of_nothing_but_exercises_turns_green(number, folder):
    """First with the stubs, of which nothing is kept, then with the solutions."""
    lesson = lessons()[number]
    progress = folder.parent / "my" / "progress.jsonl"
    progress.unlink(missing_ok=True)
    cells = [*made_of(lesson).cells, *solved(made_of(lesson), lesson.exercises).cells]
    done = run(nbformat.v4.new_notebook(cells=cells), folder)
    for exercise in lesson.exercises:
        assert said(done, exercise) == [f"○ Not attempted yet: {exercise.title}", f"✓ Correct: {exercise.title}"]
    entries = Logbook(progress.parent).entries("exercises")
    assert {key: entry["solved"] for key, entry in entries.items()} == {
        f"{number}/{exercise.name}": 1 for exercise in lesson.exercises
    }


@pytest.mark.parametrize("number", NUMBERS)
def test_an_exercise_is_called_what_its_heading_says(number):
    notebook = notebook_of(number)
    for exercise in lessons()[number].exercises:
        above = notebook.cells[: notebook.cells.index(stub_cells(notebook, exercise)[0])]
        prose = "\n".join(cell.source for cell in above if cell.cell_type == "markdown")
        heading = re.findall(r"^#+ (.*)$", prose, re.MULTILINE)[-1]
        if heading == "Bug hunt":
            assert exercise.title.startswith("Bug hunt: ")
        else:
            assert heading.lower() == f"try it: {exercise.title}".lower()


@pytest.mark.parametrize("number", NUMBERS)
def test_the_notebook_has_a_stub_and_a_check_for_every_exercise(number):
    notebook = notebook_of(number)
    for exercise in lessons()[number].exercises:
        assert len(stub_cells(notebook, exercise)) == 1, f"one cell must begin with this:\n{exercise.stub}"
        assert check_cells(notebook, exercise), f"a cell must hold the line {exercise.call}"
        order = [
            notebook.cells.index(cells[0])
            for cells in (stub_cells(notebook, exercise), check_cells(notebook, exercise))
        ]
        assert order == sorted(order)


@pytest.mark.parametrize("number", NUMBERS)
def test_the_notebook_asks_all_that_the_lesson_has(number):
    text, lesson = code(notebook_of(number)), lessons()[number]
    predicted = re.findall(r'exercises\.predict\("(\w+)"', text)
    assert sorted(predicted) == sorted(one.name for one in lesson.predictions)
    assert not lesson.quiz or f'exercises.quiz("{number}")' in text


@pytest.mark.parametrize("number", NUMBERS)
def test_the_notebook_with_all_solutions_is_green(number, folder):
    lesson, notebook = lessons()[number], notebook_of(number)
    green = run(solved(notebook, lesson.exercises), folder)
    for exercise in lesson.exercises:
        assert said(green, exercise) == [f"✓ Correct: {exercise.title}"]


def test_a_lesson_without_its_stubs_is_noticed():
    lesson = lessons()[NUMBERS[0]]
    empty = nbformat.v4.new_notebook(cells=made_of(lesson).cells[:1])
    assert not any(stub_cells(empty, exercise) or check_cells(empty, exercise) for exercise in lesson.exercises)


def test_a_stub_that_was_changed_is_noticed():
    lesson = lessons()[NUMBERS[0]]
    notebook = made_of(lesson)
    for cell in notebook.cells:
        cell.source = cell.source.replace("...", "None")
    function = next(one for one in lesson.exercises if one.stub.endswith("return ..."))
    assert stub_cells(notebook, function) == []
