"""A Stage by keyboard alone."""

import pytest

from eventually import eventually
from helpers import explore
from shown import sliding

MOVES = [  # keys from row 3, column 2 of 6 rows and 7 columns, and where they lead
    (["ArrowRight"], (3, 3)),
    (["ArrowLeft"], (3, 1)),
    (["ArrowUp"], (2, 2)),
    (["ArrowDown"], (4, 2)),
    (["Home"], (3, 0)),
    (["End"], (3, 6)),
    (["Control+Home"], (0, 0)),
    (["Control+End"], (5, 6)),
    (["PageUp"], (0, 2)),
    (["PageDown"], (5, 2)),
    (["ArrowLeft"] * 3, (3, 0)),
    (["ArrowDown"] * 3, (5, 2)),
]
OUTLINE = """() => {
    const style = getComputedStyle(document.activeElement);
    return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
}"""
FOCUSED = """() => {
    const one = document.activeElement;
    return one.getAttribute('aria-label') ?? one.labels?.[0]?.textContent.trim() ?? one.textContent.trim();
}"""


@pytest.fixture
def shown(show):
    return show(sliding(focus={"panel": "feature_map", "row": 3, "column": 2}))


def test_keys_move_the_focus_and_stop_at_the_border(shown):
    for keys, place in MOVES:
        shown.receive(focus={"panel": "feature_map", "row": 3, "column": 2})
        shown.press("Feature map", *keys)
        assert shown.focus() == list(place), keys


def test_a_focus_left_behind_by_a_shrinking_result_moves_on_from_the_border(shown):
    shown.press("Feature map", "Control+End")
    shown.receive(stride=3)
    assert shown.shape("Feature map") == (2, 3)
    shown.press("Feature map", "ArrowUp")
    assert shown.focus() == [0, 2]


def test_plus_minus_and_zero_zoom(show):
    shown = show(explore.zoom("coffee"), reduced_motion="reduce")
    shown.press("Your picture", "+", "+")
    assert shown.zoom("Your picture") == 4
    shown.press("Your picture", "-")
    assert shown.zoom("Your picture") == 2
    shown.press("Your picture", "0")
    assert shown.zoom("Your picture") == 1


def test_the_view_follows_the_focus(show):
    shown = show(explore.zoom("coffee"), reduced_motion="reduce")
    shown.press("Your picture", "Control+Home", *["+"] * 5)
    assert shown.framed("Your picture")
    shown.press("Your picture", "Control+End")
    assert shown.framed("Your picture")
    assert shown.zoom("Your picture") == 32


def test_enter_opens_a_number_and_escape_leaves_it_as_it_was(shown):
    shown.press("Kernel", "Enter")
    editor = shown.page.get_by_label("row 0, column 0")
    assert eventually(editor.input_value) == "1"
    editor.fill("7")
    editor.press("Escape")
    assert shown.numbers("kernel")[0, 0] == 1
    assert eventually(shown.page.evaluate, FOCUSED).startswith("Kernel")


def test_typing_begins_an_edit_and_enter_ends_it_where_it_began(shown):
    shown.press("Kernel", "ArrowDown", "-")
    shown.page.keyboard.type("4")
    shown.page.keyboard.press("Enter")
    assert shown.numbers("kernel")[1, 0] == -4
    assert eventually(shown.page.evaluate, FOCUSED).startswith("Kernel")
    shown.press("Kernel", "ArrowRight")
    assert shown.focus() == [1, 1]


def test_arrow_keys_count_in_an_open_number(shown):
    shown.press("Kernel", "Enter")
    for key in ("ArrowUp", "ArrowUp", "ArrowDown", "Enter"):
        shown.page.keyboard.press(key)
    assert shown.numbers("kernel")[0, 0] == 2


def test_space_draws_where_the_focus_is(show):
    shown = show(explore.digit(ink=90))
    shown.press("The picture", "ArrowDown", "ArrowRight", "Space")
    assert shown.numbers("picture")[1, 1] == 90


def test_tab_reaches_everything_in_reading_order_and_shows_where_it_is(shown):
    names = ["padding 0", "stride 1", "dilation 1", "most", "kernel", "shown as"]
    names += ["Your picture", "Kernel", "Feature map", "back to the first step", "one step back", "play"]
    names += ["one step forward", "finish", "speed", "step"]
    names += ["take back the last change", "set everything as it was at first", "fill the screen", "show the code"]
    for name in names:
        shown.page.keyboard.press("Tab")
        assert eventually(shown.page.evaluate, FOCUSED).split(",")[0] == name
        assert eventually(shown.page.evaluate, OUTLINE), name


def test_keys_stay_inside(shown):
    shown.page.evaluate("() => { window.heard = []; document.onkeydown = event => heard.push(event.key); }")
    shown.press("Feature map", "ArrowDown", "b", "Escape")
    shown.press("Kernel", "Enter", "5", "Enter")
    shown.control("padding 0").press("ArrowRight")
    shown.page.keyboard.press("d")
    assert shown.reads(shown.page.evaluate, "heard") == []
    shown.page.evaluate("() => { document.onkeydown = null; }")


def test_keys_that_mean_nothing_here_are_left_to_the_browser(shown):
    prevented = """canvas => ['ArrowDown', 'a', 'F5'].map(key => {
        const event = new KeyboardEvent('keydown', {key, bubbles: true, cancelable: true});
        return !canvas.dispatchEvent(event);
    })"""
    assert eventually(shown.canvas("Feature map").evaluate, prevented) == [True, False, False]
