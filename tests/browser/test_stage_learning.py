"""Lesson 08 in a blank page: a kernel that learns step by step, and gradients that are followed back."""

import numpy as np
import pytest

from eventually import eventually
from helpers import explore

pytestmark = pytest.mark.browser


def test_a_slider_that_plays_goes_on_by_itself_and_rests(show):
    shown = show(explore.learn_kernel("cat"))
    play = shown.page.get_by_role("button", name="step: play")
    play.click()
    assert eventually(lambda: shown.page.evaluate("models[0].known.n") > 3)
    shown.page.get_by_role("button", name="step: pause").click()
    assert eventually(shown.page.evaluate, "models[0].saved.at(-1)?.n === models[0].known.n")
    rested = shown.page.evaluate("models[0].known.n")
    shown.page.get_by_role("button", name="step: one on").click()
    assert shown.get("n") == rested + 1
    shown.page.get_by_role("button", name="step: one back").click()
    assert shown.get("n") == rested
    shown.page.get_by_role("button", name="step: back to the first").click()
    assert shown.get("n") == 0
    assert shown.text("words").startswith("Its nine numbers are 0")


def test_it_plays_to_the_end_and_begins_anew(show):
    shown = show(explore.learn_kernel("cat", n=118))
    shown.page.get_by_role("button", name="step: play").click()
    assert shown.get("n") == 120
    play = shown.page.get_by_role("button", name="step: play")
    assert eventually(play.count) == 1
    play.click()
    assert eventually(lambda: 0 < shown.page.evaluate("models[0].known.n") < 100)


def test_every_step_is_answered_by_the_page_alone(show):
    shown = show(explore.learn_kernel("cat"))
    before = shown.page.evaluate("models[0].saved.length")
    shown.page.evaluate("models[0].set('n', 20)")
    assert shown.text("words").startswith("Found: at step 20")
    shown.page.evaluate("models[0].set('learning_rate', 4)")
    shown.page.evaluate("models[0].set('n', 80)")
    assert shown.text("words").startswith("It has run away")
    assert eventually(shown.page.evaluate, "models[0].saved.length") == before
    expected = explore.learn_kernel("cat", n=80, learning_rate=4.0).result
    assert np.abs(expected).max() > 1e5


def test_the_way_through_the_landscape_is_drawn(show):
    shown = show(explore.learn_kernel("cat", n=20))
    around = shown.canvas("Loss as a landscape")
    here = "canvas => { const {data} = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);"
    here += " let n = 0; for (let i = 0; i < data.length; i += 4)"
    here += (
        " if (Math.abs(data[i] - 179) + Math.abs(data[i + 1] - 18) + Math.abs(data[i + 2] - 143) < 20) n++; return n; }"
    )
    long = around.evaluate(here)
    shown.page.evaluate("models[0].set('n', 0)")
    assert eventually(lambda: 0 < around.evaluate(here) < long)


def test_a_weight_tells_where_it_was_used(show):
    stage = explore.go_back("cat")
    shown = show(stage)
    shown.hover("Kernel", 1, 2)
    assert shown.text("reading").startswith("kernel, row 1, column 2")
    products = eventually(shown.page.locator(".ledger").inner_text)
    assert eventually(lambda: products.now.count("·")) == 16
    assert products.endswith(f"= {stage.values['by_kernel'][1, 2]:g}".replace("-", "\N{MINUS SIGN}"))


def test_by_keyboard_a_gradient_is_followed(show):
    shown = show(explore.go_back("cat"))
    shown.press("Gradient: map", "ArrowDown", "ArrowRight")
    assert shown.text("reading").startswith("gradient: map, row 1, column 1")
    assert "door is" in eventually(shown.page.locator(".ledger").inner_text)


def test_what_is_drawn_is_kept_by_a_press(show):
    shown = show(explore.collect())
    shown.press("Draw here", " ")
    assert shown.text("words") == "Is it 3? Then keep it."
    shown.page.get_by_role("button", name="keep it").click()
    assert eventually(lambda: shown.page.evaluate("models[0].saved.at(-1)?.command")) == "keep"
