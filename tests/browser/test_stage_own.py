"""The learner's own functions in a Stage: what is said of them while a control moves, and what is drawn."""

import numpy as np
import pytest

from helpers import explore
from helpers.convolution import convolve2d
from helpers.engine.recipe import step
from helpers.lessons.lesson_07.exercises import forward
from helpers.stage.panels import bars, panel
from helpers.stage.settings import grid, slider
from helpers.stage.stage import Stage
from shown import HERE, BlankPage

WAITS = "let go, and your function computes"


def padded_by_ones(image, padding):
    return np.pad(image, padding, constant_values=1)


def replaced(**functions):
    """Return a Stage on which functions of the learner's pad a picture of 3 x 3 zeros and sum up windows."""
    return Stage(
        title="Two steps",
        settings={"image": grid(np.zeros((3, 3)), 0, 9), "padding": slider(1, 1, 3)},
        recipe=[
            step("padded", "pad2d", image="$image", padding="$padding"),
            step("sums", "convolve2d", image="$padded", kernel=[[1, 1], [1, 1]]),
            step("doubled", "convolve2d", image="$sums", kernel=[[2]]),
        ],
        panels=[panel("padded", "Padded"), panel("sums", "Sums"), panel("doubled", "Doubled")],
        replace=functions,
    )


def lines(shown):
    """Return the labels and the texts of the lines about the learner's functions."""
    return shown.reads(lambda: shown.page.locator(".lines :is(dt, dd)").all_inner_texts())


@pytest.fixture
def shown(show):
    return show(replaced(padded=padded_by_ones, sums=lambda image, kernel: convolve2d(image, kernel) + 1))


def summed(function):
    """Return a Stage with a sum in words, on which a function of the learner's adds up windows."""
    return Stage(
        title="One step",
        settings={"image": grid(np.arange(9).reshape(3, 3), 0, 9), "stride": slider(1, 1, 2)},
        recipe=[step("sums", "convolve2d", image="$image", kernel=[[1, -1]], stride="$stride")],
        panels=[panel("image", "Picture"), panel("sums", "Sums")],
        ledger="sums",
        replace={"sums": function},
    )


def test_the_sum_is_the_courses_and_the_learners_number_stands_behind_it(show):
    shown = show(summed(lambda image, kernel, stride: -convolve2d(image, kernel, stride)))
    shown.hover("Sums", 1, 0)
    assert shown.ledger() == ["3·1 + 4·−1 = −1, the negative weights win", "your function: 1, not −1"]


def test_where_the_learners_function_agrees_there_is_one_sum(show):
    shown = show(summed(convolve2d))
    shown.hover("Sums", 1, 0)
    assert shown.ledger() == ["3·1 + 4·−1 = −1, the negative weights win"]


def test_a_cell_that_only_the_learners_result_has_gets_no_sum_of_another_place(show):
    shown = show(summed(lambda image, kernel, stride: image + 1.0))
    shown.hover("Sums", 1, 0)
    assert shown.ledger() == ["3·1 + 4·−1 = −1, the negative weights win", "your function: 4, not −1"]
    shown.hover("Sums", 1, 2)
    assert shown.ledger() == ["the course’s result has no such cell"]


def test_the_same_answer_ends_the_waiting(show):
    stage = replaced(sums=convolve2d)
    shown = show(stage)
    agrees = shown.text("own").now
    shown.press("Padded", "Home")
    shown.page.get_by_role("slider", name="padding").press("ArrowRight")
    assert shown.text("own") == WAITS
    shown.receive(own={**stage.own, "serial": stage.own["serial"] + 1})
    assert shown.text("own") == agrees == "your function agrees in every cell"


def test_what_never_answers_is_said_by_the_page_until_it_does(browser):
    page = browser.new_context().new_page()
    page.clock.install()
    stage = replaced(sums=convolve2d)
    shown = BlankPage(page).show([stage], False, 1280)
    shown.page.get_by_role("slider", name="padding").press("ArrowRight")
    shown.page.clock.fast_forward(8000)
    assert shown.text("own") == WAITS
    shown.page.clock.fast_forward(2000)
    assert shown.text("own").startswith("Python says nothing: it is still inside one long call")
    shown.receive(own={**stage.own, "serial": stage.own["serial"] + 1})
    assert shown.text("own") == "your function agrees in every cell"
    page.context.close()


def test_the_learners_forward_pass_runs_in_the_network(show):
    def mine(image, *given):
        logits = forward(image, *given)
        logits[3] += 20
        return logits

    shown = show(explore.draw(forward=mine))
    assert shown.text("lines .own").startswith("1 number differs from the course's; the first is number 3: yours ")
    assert shown.text("words").startswith("It says 3 (100 %)")
    flow = shown.page.locator('canvas[aria-label^="The whole network"]')
    before = shown.reads(flow.evaluate, "canvas => canvas.toDataURL()").now
    flow.focus()
    for _ in range(4):
        shown.page.keyboard.press("ArrowUp")
    assert shown.text("reading").startswith("logits, 3 →")
    assert shown.reads(lambda: "your function: " in shown.page.locator(".ledger").inner_text())
    shown.receive(own={"steps": {}, "serial": 99})
    assert shown.text("words").startswith("It says 7")
    assert shown.reads(flow.evaluate, "canvas => canvas.toDataURL()") != before


def test_the_courses_forward_pass_agrees(show):
    shown = show(explore.draw(forward=forward))
    assert shown.text("lines .own") == "your function agrees in every number"
    assert shown.text("words").startswith("It says 7")


def test_a_bar_in_which_a_function_differs_is_crossed_out(show):
    def shares(crossed):
        return Stage(
            settings={"numbers": grid([1.0, 2.0], 0, 9, hidden=True)},
            recipe=[step("shares", "softmax", logits="$numbers")],
            panels=[bars("shares", "Shares", range=[0, 1])],
            replace={"shares": lambda logits: [0.5, 0.5] if crossed else [0.26894142, 0.73105858]},
        )

    assert show(shares(False)).frame("Shares") is None
    assert show(shares(True)).framed("Shares") is not None


def test_each_replaced_step_has_a_line_of_its_own(shown):
    found = lines(shown)
    assert found[0] == "your pad2d:"
    assert found[1].startswith("16 of 25 cells differ")
    assert found[2] == "your convolve2d:"
    assert found[3].startswith("16 of 16 cells differ")


def test_every_replaced_step_is_crossed_out_where_it_differs(shown):
    assert shown.pixel("Padded", 0.5, 0.5) == list(HERE[False])
    assert shown.pixel("Padded", 2.3, 2.3) != list(HERE[False])
    assert shown.pixel("Sums", 1.3, 1.3) == list(HERE[False])
    assert shown.pixel("Doubled", 1.3, 1.3) != list(HERE[False])


def test_what_follows_is_computed_of_both_results_in_the_browser(shown):
    shown.hover("Doubled", 0, 0)
    assert "row 0, column 0 → 8" in shown.text("reading")
    shown.hover("Doubled", 1, 1)
    assert "row 1, column 1 → 2" in shown.text("reading")
