"""Lesson 08 in JupyterLab: a real training is started, paused, stepped through, stopped and looked back at."""

import re

import nbformat
import pytest

from eventually import eventually
from workbench import ASK_PYTHON

TRAINING = 'explore.train(data="digits_28x28", layers="two", pictures=1000, epochs=60)'
START, PAUSE, STOP = "▶ start", "❚❚ pause", "■ stop"
TASKS = "sum('Beside._work' in str(task) for task in asyncio.all_tasks())"
RERUN = "() => jupyterapp.commands.execute('notebook:run-all-cells')"
LOOKS = "canvas => canvas.toDataURL()"


@pytest.fixture
def training(lab, page):
    """Return a page on which a training waits to be started."""
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell("import asyncio\nfrom helpers import explore\n" + TRAINING)]
    )
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(notebook, lab.root / "notebooks" / "training.ipynb")
    lab.open_notebook(page, "training.ipynb")
    lab.run_all(page)
    return page


def press(page, name):
    """Press a button of the training."""
    page.locator(".stage .buttons").get_by_role("button", name=name, exact=True).click()


def words(page):
    """Return what is said of the training, as text that waits for its comparisons."""
    return eventually(page.locator(".stage .words").inner_text)


def python(page, expression):
    """Return what an expression is in the kernel, as text that waits for its comparisons."""
    return eventually(page.evaluate, ASK_PYTHON, ["", expression])


def test_a_training_is_started_paused_stepped_and_stopped(training, console_errors):
    press(training, START)
    assert words(training).startswith("Epoch ")
    assert python(training, "6 * 7") == "42"  # the rest of the notebook can be used meanwhile
    press(training, PAUSE)
    assert words(training).startswith(("It rests, in the midst of epoch ", "Epochs: "))
    assert python(training, TASKS) == "0"
    before = words(training).now
    press(training, "one step")
    assert words(training) != before
    assert words(training).startswith(("It rests", "Epochs"))
    press(training, START)
    assert words(training).startswith("Epoch ")
    press(training, STOP)
    assert words(training).startswith("Epochs: ")
    assert python(training, TASKS) == "0"
    assert console_errors == []


def test_looking_back_asks_nobody(training):
    press(training, START)
    assert eventually(lambda: int(re.match(r"Epoch (\d+) ", words(training).now)[1])) >= 3
    press(training, STOP)
    assert words(training).startswith("Epochs: ")
    assert python(training, TASKS) == "0"  # and the page has answered to all that it was told
    training.evaluate(
        "() => { const send = WebSocket.prototype.send; window.sent = 0;"
        " WebSocket.prototype.send = function (data) { window.sent += 1; return send.call(this, data); }; }"
    )
    slider = training.locator(".stage").get_by_label(re.compile("look back")).first
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    filters = training.locator('.stage canvas[aria-label^="Filters"]')
    looks = {filters.evaluate(LOOKS)}
    training.mouse.move(box["x"] + box["width"] - 3, box["y"] + box["height"] / 2)
    training.mouse.down()
    begin = training.evaluate("sent")
    for part in (0.6, 0.3, 0.0):
        training.mouse.move(box["x"] + 3 + part * (box["width"] - 6), box["y"] + box["height"] / 2, steps=4)
        assert eventually(lambda: filters.evaluate(LOOKS) not in looks)
        looks.add(filters.evaluate(LOOKS))
    assert eventually(training.evaluate, "sent") == begin
    training.mouse.up()
    assert words(training).startswith("Epochs: 0.")


def test_a_cell_that_runs_again_ends_its_training(training):
    press(training, START)
    assert words(training).startswith("Epoch ")
    training.evaluate(RERUN)
    assert words(training).startswith("Nothing is learned yet")
    assert python(training, TASKS) == "0"
