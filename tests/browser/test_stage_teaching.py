"""Lesson 09 in a blank page: a name is typed, buttons say what is taught, and a sentence knows when it is stale."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from eventually import eventually
from helpers.engine.pictures import Picture
from helpers.lessons.lesson_09.teaching import teach
from helpers.stage.panels import bars
from helpers.stage.settings import buttons, slider, text, told
from helpers.stage.stage import Stage

pytestmark = pytest.mark.browser


def named():
    """Return a Stage with a name to type, and buttons that follow it."""
    return Stage(
        {
            "called": text("cat", most=6, label="this is"),
            "size": slider(2, 1, 9),
            "doing": buttons({"add {called}": ("command", "add"), "{spare}": ("command", "spare")}, label="do"),
            "command": told("none"),
            "spare": told(""),
            "shares": told(np.array([1.0, 3.0])),
            "names": told("a, <b>"),
        },
        [bars("shares", "Shares", labels="$names")],
        words="It is {called}.",
    )


def test_a_name_is_typed_and_stays_text(show):
    shown = show(named())
    field = shown.control("this is")
    field.fill("<b>x")
    assert shown.text("words") == "It is <b>x."
    assert shown.sent() == []
    field.press("Enter")
    assert shown.sent() == [["called"]]
    assert eventually(shown.page.locator(".words b, button b").count) == 0
    shown.page.get_by_role("button", name="add <b>x").click()
    assert eventually(lambda: shown.page.evaluate("models[0].saved.at(-1).command")) == "add"


def test_a_name_that_is_too_long_is_refused_and_the_last_good_one_stays(show):
    shown = show(named())
    field = shown.control("this is")
    field.fill("abcdefg")
    field.press("Enter")
    assert shown.text("says") == "this is: at most 6 characters, not 7; it stays “cat”"
    assert eventually(field.input_value) == "cat"
    field.fill("😀😀😀😀😀😀")
    field.press("Enter")
    assert shown.text("says") == ""
    assert shown.get("called") == "😀😀😀😀😀😀"


def test_a_button_on_which_nothing_stands_is_not_there(show):
    shown = show(named())
    assert eventually(shown.page.locator(".buttons button:visible").all_inner_texts) == ["add cat"]
    shown.receive(spare="more")
    assert eventually(shown.page.locator(".buttons button:visible").all_inner_texts) == ["add cat", "more"]


def test_bars_are_named_by_a_setting(show):
    shown = show(named())
    assert eventually(shown.canvas("Shares").get_attribute, "aria-label") == "Shares, 2 numbers, <b>: 3, a: 1"


def test_what_python_tells_takes_no_sentence_away(show):
    shown = show(named())
    shown.receive(notice="it was saved")
    shown.receive(names="c, d")
    assert eventually(shown.canvas("Shares").get_attribute, "aria-label") == "Shares, 2 numbers, d: 3, c: 1"
    assert shown.text("says") == "it was saved"
    shown.control("this is").fill("dog")
    assert shown.text("says") == ""


def taught():
    """Return a Stage with two classes of two drawings each."""

    def made():  # in a thread without a loop all is done at once
        stage = teach(Picture("cat"), source="drawings")
        for i in range(4):
            drawing = np.zeros((28, 28, 1))
            drawing[4 + 2 * i : 7 + 2 * i, 4:24] = 255
            stage.drawing = drawing.transpose(1, 0, 2) if i % 2 else drawing
            stage.called = "down" if i % 2 else "across"
            stage.command = "add"
        return stage

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(made).result()


def test_a_drawing_is_looked_at_once_python_has_heard_of_it(show):
    stage = taught()
    shown = show(stage)
    assert shown.text("words") == "Draw something: which of across, down is it?"
    assert eventually(shown.canvas(f"Nearest: {stage.near}").count) == 1
    shown.press("Draw here", " ")
    assert shown.text("words") == "This picture is not looked at yet; what stands here is not about it."
    for button in ("across (2)", "down (2)", "take the last one back", "forget all", "save", "load", "show me how"):
        assert eventually(shown.page.get_by_role("button", name=button, exact=True).is_visible)
    shown.page.get_by_role("button", name="down (2)").click()
    assert eventually(lambda: shown.page.evaluate("models[0].saved.at(-1)?.command")) == "add_2"


def test_with_the_camera_on_each_press_takes_a_picture_and_the_camera_stays_on(show):
    shown = show(teach("cat", called="cup"))
    shown.page.get_by_role("button", name="camera").click()
    assert eventually(shown.page.evaluate, "document.querySelector('video')?.videoWidth")
    assert shown.text("words") == "This picture is not looked at yet; what stands here is not about it."
    shown.page.get_by_role("button", name="add it").click()
    assert shown.get("command") == "add"
    sent = eventually(shown.page.evaluate, "models[0].saved.flatMap(one => Object.keys(one))")
    assert sent == ["request", "command"]
    assert shown.get("request")["name"] == "camera.png"
    assert eventually(shown.page.locator("video").count) == 1
    shown.page.get_by_role("button", name="camera off").click()
    assert eventually(shown.page.locator("video").count) == 0


@pytest.mark.parametrize("dark", [False, True])
def test_everything_is_seen_at_once(show, dark, artifacts):
    shown = show(taught(), dark=dark, width=900, height=600)
    bottom = "document.querySelector('.stage .words').getBoundingClientRect().bottom"
    assert eventually(lambda: shown.page.evaluate(bottom) <= 600)
    shown.page.screenshot(path=artifacts / f"teach-900-{'dark' if dark else 'light'}.png")
