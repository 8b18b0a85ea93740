"""Put the solutions in the place of the stubs of a notebook, run it, and read what its checks said."""

import copy
import os
import shutil

import nbclient
import nbformat

from helpers.exercises.lesson import lessons

NOT_COPIED = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints")
IMPORTS = "import numpy as np\n\nfrom helpers import digits, exercises"


def lesson_of(path):
    """Return the number of a notebook's lesson and the lesson; None if it has no exercises."""
    number = path.name[:2]
    return number, lessons().get(number)


def stub_cells(notebook, exercise):
    """Return the cells that hold an exercise's stub: the stub alone, or with more below it."""
    sources = ((cell, cell.source.strip()) for cell in notebook.cells if cell.cell_type == "code")
    return [cell for cell, text in sources if text == exercise.stub or text.startswith(exercise.stub + "\n")]


def check_cells(notebook, exercise):
    """Return the cells that check an exercise."""
    return [cell for cell in notebook.cells if cell.cell_type == "code" and exercise.call in cell.source.splitlines()]


def solved(notebook, exercises):
    """Return a copy of a notebook with the solutions in the place of the stubs."""
    notebook = copy.deepcopy(notebook)
    for exercise in exercises:
        for cell in stub_cells(notebook, exercise):
            cell.source = exercise.answer + cell.source.strip()[len(exercise.stub) :]
    return notebook


def made_of(lesson):
    """Return a notebook of nothing but a lesson's exercises: each stub with its check."""
    cells = [nbformat.v4.new_code_cell(IMPORTS)]
    cells += [nbformat.v4.new_code_cell(f"{one.stub}\n\n\n{one.call}") for one in lesson.exercises]
    return nbformat.v4.new_notebook(cells=cells)


def copy_of_course(root, folder):
    """Copy what a notebook needs, so that no progress of a person's own is touched; return its notebooks' folder."""
    for name in ("data", "helpers", "images", "notebooks"):
        shutil.copytree(root / name, folder / name, ignore=NOT_COPIED)
    return folder / "notebooks"


def run(notebook, folder):
    """Run a notebook from top to bottom in a fresh kernel, in its folder, and return it with its outputs."""
    notebook = copy.deepcopy(notebook)
    client = nbclient.NotebookClient(notebook, timeout=60, resources={"metadata": {"path": str(folder)}})
    return client.execute(env={**os.environ, "COURSE_MY": str(folder.parent / "my")})


def said(notebook, exercise):
    """Return the first line of what the checks of an exercise said."""
    outputs = [output for cell in check_cells(notebook, exercise) for output in cell.outputs]
    texts = [output.data["text/plain"] for output in outputs if "data" in output and "text/html" in output.data]
    return [text.splitlines()[0] for text in texts]
