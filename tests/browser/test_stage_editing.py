"""Numbers that are typed, sensible or not: a sentence for what cannot be, and nothing is lost."""

import pytest

from eventually import eventually
from helpers import explore
from helpers.kernels import KERNELS
from shown import SMALL, sliding

PICTURE, KERNEL, RESULT = "Your picture", "Kernel", "Feature map"
SELECTED = "select => select.selectedOptions[0].text"


@pytest.fixture
def shown(show):
    return show(sliding())


def edit(shown, title, row, column, typed):
    """Click a cell, type, press Enter."""
    shown.click(title, row, column)
    shown.page.keyboard.type(typed)
    shown.page.keyboard.press("Enter")


def fill(shown, label, typed):
    """Type into a field and leave it."""
    shown.control(label).fill(typed)
    shown.control(label).press("Tab")


def test_a_typed_number_changes_the_result(shown):
    edit(shown, KERNEL, 1, 1, "5")
    assert shown.numbers("kernel")[1, 1] == 5
    shown.hover(RESULT, 0, 0)
    assert "99·5" in shown.ledger()[0]


@pytest.mark.parametrize(
    ("typed", "number"), [("-2,5", -2.5), ("−3", -3), ("0.125", 0.125), (" 4 ", 4), ("1e1", 10), ("−3/4", -0.75)]
)
def test_numbers_are_read_as_people_write_them(shown, typed, number):
    edit(shown, KERNEL, 0, 1, typed)
    assert shown.numbers("kernel")[0, 1] == number
    assert shown.text("says") == ""


@pytest.mark.parametrize("typed", ["abc", "1 2", "--3", "4x", "", "1/0", "1/2/3", "1/"])
def test_what_is_no_number_is_told_and_the_old_one_stays(shown, typed):
    shown.click(KERNEL, 1, 0)
    shown.page.keyboard.press("Control+a")
    shown.page.keyboard.press("Backspace")
    shown.page.keyboard.type(typed)
    shown.page.keyboard.press("Enter")
    assert shown.text("says") == f"“{typed}” is not a number; the cell keeps 2"
    assert shown.numbers("kernel")[1, 0] == 2


def test_a_number_out_of_range_is_told_and_cut_off(shown):
    edit(shown, PICTURE, 0, 0, "256")
    assert shown.text("says") == "256 does not fit; this grid goes from 0 to 255"
    assert shown.numbers("picture")[0, 0] == 255


def test_a_sentence_goes_when_the_next_setting_works(shown):
    edit(shown, PICTURE, 0, 0, "abc")
    assert shown.text("says")
    shown.control("padding 0").press("ArrowRight")
    assert shown.text("says") == ""


def test_a_click_elsewhere_keeps_what_was_typed(shown):
    shown.click(KERNEL, 0, 0)
    shown.page.keyboard.type("8")
    shown.page.mouse.click(5, 5)
    assert shown.numbers("kernel")[0, 0] == 8


def test_a_preset_replaces_the_grid_and_an_edit_makes_it_ones_own(shown):
    kernels = shown.control("kernel")
    kernels.select_option("Gaussian blur, 5x5")
    assert shown.numbers("kernel") == pytest.approx(KERNELS["Gaussian blur, 5x5"].values)
    assert shown.shape(KERNEL) == (5, 5)
    assert shown.sent() == [["kernel"]]
    edit(shown, KERNEL, 4, 0, "1")
    assert eventually(kernels.evaluate, SELECTED) == "your own"


def test_two_panels_of_one_grid_change_together(show):
    shown = show(explore.digit())
    assert shown.color("The picture", 1, 1) == [0, 0, 0]
    edit(shown, "The numbers", 1, 1, "200")
    assert shown.color("The picture", 1, 1) == [200, 200, 200]


# ------------------------------------------------------------------------------------------------ number fields


def test_a_field_takes_a_number(shown):
    fill(shown, "most", "75")
    assert shown.get("most") == 75
    assert shown.sent() == [["most"]]


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("many", "is not a number"),
        ("", "is not a number"),
        ("0", "is not between 1 and 2000"),
        ("2001", "is not between 1 and 2000"),
        ("7,5", "is not a whole number"),
    ],
)
def test_a_field_says_why_it_does_not_take_something(shown, typed, why):
    fill(shown, "most", typed)
    assert shown.text("says") == f"“{typed}” {why}; most stays 600"
    assert eventually(shown.control("most").input_value) == "600"
    assert shown.sent() == []


# ---------------------------------------------------------------------------------------- settings without sense


def test_a_kernel_that_does_not_fit_leaves_a_sentence_in_place_of_the_result(shown):
    shown.control("dilation 1").press("End")
    sentence = "a 3x3 kernel with dilation 4 covers 9x9 and does not fit into a 8x9 image; add at least 1 of padding"
    panel = shown.page.locator(".panel", has_text="Feature map")
    assert eventually(panel.locator(".refusal").inner_text) == sentence
    assert eventually(panel.locator("canvas").is_hidden)
    assert shown.color(PICTURE, 0, 2) == [83, 83, 83]
    assert eventually(shown.page.locator(".stage .panels").inner_text).count(sentence) == 1


def test_the_same_sentence_is_pythons(show):
    stage = sliding(dilation=4)
    shown = show(stage)
    assert eventually(shown.page.locator(".refusal:visible").inner_text) == stage.message


def test_the_next_setting_that_makes_sense_works(shown):
    shown.control("dilation 1").press("End")
    shown.control("padding 0").press("ArrowRight")
    assert eventually(shown.page.locator(".refusal:visible").count) == 0
    assert shown.shape(RESULT) == (2, 3)
    assert shown.text("words") == "The kernel stops at 6 places."


def test_without_a_result_the_other_panels_can_still_be_used(shown):
    shown.control("dilation 1").press("End")
    shown.hover(PICTURE, 2, 3)
    assert shown.text("reading") == "your picture, row 2, column 3 → 43"
    edit(shown, PICTURE, 2, 3, "9")
    expected = SMALL.copy()
    expected[2, 3] = 9
    assert shown.numbers("picture").tolist() == expected.tolist()
