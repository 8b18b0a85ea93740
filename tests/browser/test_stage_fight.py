"""The fair fight in a blank page: a digit is moved, both networks answer, and a curve marks how far."""

import numpy as np
import pytest

from eventually import eventually
from helpers.lessons.lesson_08.fight import fair_fight

pytestmark = pytest.mark.browser

UNSEEN = """height => [...document.querySelectorAll('.control, .panel canvas, .tools, .lines')]
    .filter(part => part.checkVisibility()).map(part => part.getBoundingClientRect())
    .filter(({top, bottom, right}) => bottom > height || right > innerWidth || top < 0).length"""


def test_moving_the_digit_is_answered_at_once_and_told_to_python_when_it_is_let_go(show):
    shown = show(fair_fight())
    assert shown.text("words").startswith("Both are right: the convolutional one says 7")
    before = shown.page.evaluate("models[0].saved.length")
    shown.page.get_by_label("move down by").evaluate("one => { one.value = 3; one.dispatchEvent(new Event('input')); }")
    assert shown.text("words") == fair_fight(down=3).message
    assert shown.reads(shown.page.evaluate, "models[0].saved.length") == before
    shown.page.get_by_label("move down by").evaluate("one => one.dispatchEvent(new Event('change'))")
    assert shown.reads(shown.page.evaluate, "models[0].saved.length") == before + 1


def test_the_curve_marks_how_far_the_digit_is_moved_and_says_what_is_there(show):
    shown = show(fair_fight(down=1, right=-2))
    label = eventually(shown.canvas("Right, in %").get_attribute, "aria-label")
    assert label == "Right, in %, by pixels moved, 4 points, at 2 CNN 79.5, dense 45"
    shown.receive(right=0)
    assert label == "Right, in %, by pixels moved, 4 points, at 1 CNN 93.4, dense 73.7"


def test_one_draws_and_both_answer(show):
    shown = show(fair_fight(what="drawing"))
    assert shown.text("words").startswith("Nothing is drawn yet")
    box = shown.canvas("Draw here").bounding_box()
    shown.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] * 0.2)
    shown.page.mouse.down()
    shown.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] * 0.8, steps=9)
    shown.page.mouse.up()
    assert shown.text("words").startswith(("They agree", "They differ"))
    drawn = np.array(shown.array("drawing"))
    assert shown.text("words") == fair_fight(what="drawing", drawing=drawn).message


@pytest.mark.parametrize("what", ["digit", "drawing"])
def test_all_of_it_is_seen_at_once(show, what):
    shown = show(fair_fight(what=what), width=900, height=600)
    assert shown.reads(shown.page.evaluate, UNSEEN, 600) == 0
