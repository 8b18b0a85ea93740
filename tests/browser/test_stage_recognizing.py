"""Lesson 09 in a blank page: answers while the camera plays, if one wants them, and none before."""

import nbformat
import pytest

from eventually import eventually
from helpers.lessons.lesson_09.recognizing import recognize
from workbench import ASK_PYTHON

pytestmark = pytest.mark.browser
STILLS = "models[0].saved.filter(one => one.still).length"
SWITCH = "answer while it plays"


@pytest.fixture
def playing(show):
    """Return a Stage while its camera plays."""
    shown = show(recognize("cat"))
    shown.page.get_by_role("button", name="camera").click()
    assert shown.get("plays")
    assert eventually(shown.page.evaluate, "document.querySelector('video')?.videoWidth")
    yield shown
    off = shown.page.get_by_role("button", name="camera off")
    if off.count():
        off.click()


def wait_for_frames(shown):
    """Wait until the camera has shown some more pictures."""
    begin = shown.page.evaluate("document.querySelector('video').currentTime")
    assert eventually(lambda: shown.page.evaluate("document.querySelector('video').currentTime") > begin + 0.3)


def test_nothing_leaves_the_page_until_it_is_switched_on(playing):
    wait_for_frames(playing)
    assert eventually(playing.page.evaluate, "models[0].saved.length") == 0
    assert "but nobody is asked" in playing.text("words")
    assert "nothing leaves this page, unless you switch" in playing.text("lines")


def test_one_still_goes_when_the_last_is_answered(playing):
    playing.page.get_by_label(SWITCH).click()
    assert eventually(playing.page.evaluate, STILLS) == 1
    assert eventually(playing.page.evaluate, "models[0].known.still.shape") == [240, 320, 3]
    assert eventually(playing.page.evaluate, "models[0].known.still.data.byteLength") == 240 * 320 * 3
    assert "the first still is on its way" in playing.text("words")
    wait_for_frames(playing)
    assert eventually(playing.page.evaluate, STILLS) == 1
    for i in (1, 2):
        playing.receive(pulse=i, of_still=True, a_second=4.5)
        assert eventually(playing.page.evaluate, STILLS) == 1 + i
    assert "4.5 answers a second" in playing.text("lines")
    playing.page.get_by_label(SWITCH).click()
    playing.receive(pulse=3)
    assert playing.get("echo") == 3
    wait_for_frames(playing)
    assert eventually(playing.page.evaluate, STILLS) == 3
    assert "These names are of the last still." in playing.text("words")


def test_it_says_so_where_python_does_not_answer(playing):
    playing.page.get_by_label(SWITCH).click()
    assert playing.text("says") == "Python does not answer. Is another cell at work? Then it goes on when that is done."
    playing.receive(pulse=1)
    assert playing.text("says") == ""


def test_when_the_camera_goes_off_python_hears_of_it(playing):
    playing.page.get_by_label(SWITCH).click()
    assert eventually(playing.page.evaluate, STILLS) == 1
    playing.page.get_by_role("button", name="camera off").click()
    assert eventually(playing.page.evaluate, "models[0].saved.at(-1)") == {"plays": False}
    assert "start it, and Python answers again and again" in playing.text("lines")


def test_names_come_from_a_setting(show):
    shown = show(recognize("coffee"))
    label = shown.reads(shown.canvas("The five surest, in percent").get_attribute, "aria-label")
    assert label.now.startswith("The five surest, in percent, 5 numbers, espresso: 98.4, consomme: 1.49, ")


CELL = """from helpers import convolution
from helpers.lessons.lesson_09.recognizing import recognize

def conv2d(image, weights, bias, stride, padding):
    return convolution.conv2d(image, weights, bias, stride, padding)

stage = recognize("cat", conv2d=conv2d)
stage"""


def test_in_jupyterlab_layers_agree_and_stills_are_answered(lab, page, console_errors):
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(CELL)])
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(notebook, lab.root / "notebooks" / "recognizing.ipynb")
    lab.open_notebook(page, "recognizing.ipynb")
    lab.run_all(page)
    assert eventually(lambda: "your conv2d agrees" in page.locator(".stage .lines").inner_text())
    page.locator(".stage").get_by_role("button", name="camera").click()
    page.locator(".stage").get_by_label(SWITCH).click()
    assert eventually(lambda: "answers a second" in page.locator(".stage .lines").inner_text())
    assert eventually(page.evaluate, ASK_PYTHON, ["", "stage.still.shape, stage.of_still"]) == "((240, 320, 3), True)"
    page.locator(".stage").get_by_role("button", name="camera off").click()
    assert eventually(page.evaluate, ASK_PYTHON, ["", "stage.first_name, stage.of_still"]) == "('Egyptian cat', False)"
    assert eventually(page.locator(".stage .words").inner_text).startswith("It hesitates: “Egyptian cat”")
    assert console_errors == []


def test_what_python_answers_is_read_out_and_what_it_publishes_again_and_again_is_not(show):
    shown = show(recognize("cat"))
    heard = shown.page.locator(".heard").last
    for name, pulse in (("espresso", 1), ("consomme", 2)):
        shown.receive(first_name=name, pulse=pulse)
        assert shown.get("echo") == pulse
        assert f"“{name}”" in shown.text("words")
        assert "“espresso”" in shown.reads(heard.inner_text)
