"""Lesson 07's network in a blank page: a pen, the whole network, how a map is made, what would raise a number."""

import numpy as np
import pytest

from eventually import eventually
from helpers import explore

pytestmark = pytest.mark.browser

EMPTY = np.zeros((28, 28))
FLOW = 'canvas[aria-label^="The whole network"]'
MADE = 'canvas[aria-label^="How "]'
FOCUSED = "document.activeElement.ariaLabel ?? ''"
SAVED = "models[0].saved.length"


def drag(shown, *places):
    """Draw from place to place, (row, column) of 28 x 28."""
    box = shown.canvas("Draw here").bounding_box()
    at = [(box["x"] + box["width"] * (c + 0.5) / 28, box["y"] + box["height"] * (r + 0.5) / 28) for r, c in places]
    shown.page.mouse.move(*at[0])
    shown.page.mouse.down()
    for place in at[1:]:
        shown.page.mouse.move(*place, steps=8)
    shown.settle()


def test_a_stroke_is_answered_while_it_is_drawn_and_told_to_python_once(show):
    shown = show(explore.draw(drawing=EMPTY))
    assert shown.text("words").startswith("Nothing is drawn yet")
    before = shown.page.evaluate(SAVED)
    drag(shown, (5, 14), (22, 14))
    assert shown.text("words").startswith("It says 1")
    assert shown.reads(shown.page.evaluate, SAVED) == before
    shown.page.mouse.up()
    assert shown.reads(shown.page.evaluate, SAVED) == before + 1
    assert explore.draw(drawing=np.array(shown.array("drawing"))).result.argmax() == 1


def test_a_pen_is_soft_and_never_makes_darker(show):
    shown = show(explore.draw(drawing=EMPTY))
    drag(shown, (10, 10), (10, 18))
    shown.page.mouse.up()
    assert eventually(lambda: shown.array("drawing")[10, 14].item()) == 255
    drawing = shown.array("drawing")[:, :, 0]
    assert 0 < drawing[11, 14] <= 255
    assert not drawing[14].any()
    drag(shown, (11, 10), (11, 18))
    shown.page.mouse.up()
    assert eventually(lambda: shown.array("drawing")[11, 14].item()) == 255
    assert (shown.array("drawing")[:, :, 0] >= drawing).all()


def test_a_drawing_is_cleared_and_taken_back(show):
    shown = show(explore.draw())
    shown.page.get_by_role("button", name="clear the drawing").click()
    assert shown.text("words").startswith("Nothing is drawn yet")
    shown.page.get_by_role("button", name="take back the last change").click()
    assert shown.text("words").startswith("It says 7")


def test_by_keyboard_one_goes_through_layers_into_a_map_and_back(show):
    shown = show(explore.draw())
    press = shown.page.keyboard.press
    shown.page.locator(FLOW).focus()
    assert shown.text("reading").startswith("logits, 7")
    for _ in range(3):
        press("Shift+ArrowLeft")
    assert shown.text("reading").startswith("convolution 2, map 0 of 12, row 3")
    press("PageDown")
    assert shown.text("reading").startswith("convolution 2, map 1 of 12, row 3")
    press("Enter")
    assert eventually(shown.page.evaluate, FOCUSED).startswith("How map 1 of convolution 2 is made: 8 maps")
    press("ArrowUp")
    assert shown.text("reading").startswith("convolution 2, map 1 of 12, row 2")
    press("Escape")
    assert eventually(shown.page.evaluate, FOCUSED).startswith("The whole network")
    assert eventually(lambda: not shown.page.locator(MADE).is_visible())


def test_a_map_is_said_to_speak_for_a_class_and_against_another(show):
    shown = show(explore.draw(focus={"panel": "conv_2", "row": 3, "column": 6, "channel": 6}))
    assert "; speaks most for 8; most against 4" in shown.text("reading")


@pytest.mark.parametrize("width", [1280, 900])
def test_a_class_is_made_of_twelve_maps_and_a_bias_that_add_up(show, width):
    focus = {"panel": "logits", "row": 7, "column": 0}
    shown = show(explore.draw(depth="map", focus=focus), width=width)
    assert shown.reads(shown.page.locator(MADE).get_attribute, "aria-label").startswith(
        "How logits, 7 is made: 12 maps, each times its weights, plus a bias"
    )
    lines = shown.page.locator(".ledger p")
    assert shown.reads(lines.all_inner_texts) != [""]
    assert shown.reads(lines.first.inner_text).startswith("added up: map 0 −0.56 + ")
    assert shown.reads(lines.first.inner_text).endswith("≈ 6.04")


def test_a_press_on_a_part_leads_to_the_map_that_it_is(show):
    shown = show(explore.draw(depth="map", focus={"panel": "conv_2", "row": 3, "column": 6, "channel": 6}))
    made = shown.page.locator(MADE)
    made.click(position={"x": 5, "y": 5})
    assert shown.text("reading").startswith("max pooling, map 0 of 8")


def test_on_a_narrow_page_the_network_is_a_path_that_is_walked(show):
    shown = show(explore.draw(), width=360)
    onward = shown.page.get_by_role("button", name="the layer before")
    for name in ("max pooling 2", "ReLU 2", "convolution 2", "max pooling", "ReLU", "convolution", "what it sees"):
        onward.click()
        assert shown.text("reading").startswith(f"{name}, map 0")


def test_what_would_raise_a_number_is_shown_for_the_cell_that_is_pointed_at(show):
    shown = show(explore.draw(depth="raise"))
    panel = shown.canvas("What would raise it")
    label = shown.reads(panel.get_attribute, "aria-label")
    assert "numbers −1.2 to 1.43" in label
    shown.page.locator(FLOW).focus()
    shown.page.keyboard.press("ArrowUp")
    assert eventually(lambda: panel.get_attribute("aria-label") != str(label))


def test_the_learners_picture_goes_in_made_small(show):
    shown = show(explore.draw("cat"))
    shown.page.get_by_label("see", exact=True).select_option("your picture, small")
    assert shown.text("words").startswith("It hesitates: 6")


def test_a_test_picture_goes_in_and_is_read(show):
    shown = show(explore.draw())
    which = shown.page.get_by_label("which one")
    assert eventually(lambda: not which.is_visible())
    shown.page.get_by_label("see", exact=True).select_option("a test picture")
    for number in range(3):
        stage = explore.draw(what="test", which=number)
        assert shown.text("words") == stage.message
        which.press("ArrowRight")


def test_surgery_waits_until_python_has_counted(show):
    shown = show(explore.surgery())
    assert "978 are right" in shown.text("words")
    shown.page.get_by_label("bits a weight").press("Home")
    assert "counted anew" in shown.text("words")
