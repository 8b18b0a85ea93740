"""The JupyterLab that the other tests stand on: it is locked, and it tells when a cell raises."""

import urllib.error
import urllib.request

import nbformat
import pytest

from eventually import eventually
from workbench import ASK_PYTHON

WIDGET = """
import anywidget, traitlets
from helpers import sizes

class Counter(anywidget.AnyWidget):
    _esm = '''export default { render({ model, el }) {
        el.textContent = "counted " + model.get("count");
        el.className = "counter";
    } }'''
    count = traitlets.Int(sizes.output_size(7, 3)).tag(sync=True)

Counter()
"""


COURSE = [
    "from helpers import exercises, explore\nfrom helpers.exercises import logbook",
    "logbook.MINE = logbook.Logbook('progress_of_this_test.json')\nmy = explore.my_picture()",
    "explore.zoom(my)",
    "lesson = explore.stride(my)",
    "lesson",
    "exercises.predict('overflow', explore.overflow(my))",
    "def crop(image):\n    return image[1:]\n\n\nexercises.check(crop)",
    "exercises.hints('five')",
    "exercises.quiz('01')",
]
OPEN_WIDGETS = ["from ipywidgets.widgets.widget import _instances", "len(_instances)"]


def write_notebook(lab, name, *sources):
    """Put a notebook with these code cells into JupyterLab's copy of the course."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in sources])
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(notebook, lab.root / "notebooks" / name)


def test_nothing_is_told_without_the_token(lab):
    assert lab.ask("api/contents")["type"] == "directory"
    with pytest.raises(urllib.error.HTTPError, match="403"):
        urllib.request.urlopen(f"{lab.address}/api/contents", timeout=20)


def test_a_widget_is_drawn_in_both_themes_without_an_error_in_the_console(lab, page, console_errors):
    write_notebook(lab, "widget.ipynb", WIDGET)
    lab.open_notebook(page, "widget.ipynb")
    lab.run_all(page)
    assert eventually(page.locator(".counter").inner_text) == "counted 5"
    for theme in ("dark", "light"):
        lab.set_theme(page, theme)
        assert eventually(page.is_visible, ".counter")
    assert console_errors == []


def test_cells_that_run_again_leave_no_widgets_behind_and_are_drawn_again(lab, page, console_errors):
    write_notebook(lab, "again.ipynb", *COURSE)
    lab.open_notebook(page, "again.ipynb")
    lab.run_all(page)
    once = page.evaluate(ASK_PYTHON, OPEN_WIDGETS)
    for _ in range(5):
        lab.run_all(page)
    assert eventually(page.evaluate, ASK_PYTHON, OPEN_WIDGETS) == once
    page.wait_for_function("document.querySelectorAll('.stage canvas[aria-label]').length >= 4")
    assert console_errors == []


def test_a_cell_that_raises_is_told(lab, page):
    write_notebook(lab, "raises.ipynb", "1 / 0", "print('never')")
    lab.open_notebook(page, "raises.ipynb")
    with pytest.raises(AssertionError, match="ZeroDivisionError: division by zero"):
        lab.run_all(page)
