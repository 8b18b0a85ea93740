"""What is said where something is missing, and what is drawn of what is lost."""

import numpy as np
import pytest

from eventually import eventually
from helpers import explore

GRAY = np.full((60, 90), 128)
PICTURE, LEFT = "Your picture, and what is left of it", "After 2 layers"
NOTHING = None


def lines(shown):
    """Return the lines of formulas, by label."""
    pairs = "all => Object.fromEntries(all.map(dt => [dt.innerText, dt.nextSibling.innerText]))"
    return shown.reads(shown.page.locator(".lines dt").evaluate_all, pairs)


def test_where_a_window_does_not_fit_the_formula_says_how_many_places_there_are(show):
    found = lines(show(explore.ring(kernel_size=7))).now
    assert found["rows:"] == "6 + 2·0 − 7 + 1 = 0"
    assert found["columns:"] == "8 + 2·0 − 7 + 1 = 2"


def test_the_formula_goes_below_zero_with_dilation_and_a_longer_step(show):
    found = lines(show(explore.stride_window(kernel_size=7, dilation=3))).now
    assert found["rows:"] == "floor((8 + 2·0 − (3·(7 − 1) + 1)) / 2) + 1 = −5"


def test_on_the_stepping_stones_a_row_that_is_too_short_is_said_to_be(show):
    found = lines(show(explore.stepping_stones(size=3, kernel_size=7))).now
    assert found["last possible start:"] == "3 − 7 is below 0: no window fits"
    assert found["how many starts:"] == "none"
    assert found["as a formula:"] == "floor((3 + 2·0 − 7) / 2) + 1 = −1"


def test_of_layers_that_are_too_many_the_rest_of_the_line_stays(show):
    found = lines(show(explore.ten_layers(GRAY, layers=10, kernel_size=11))).now
    assert found["size:"] == "60 × 90 before, — × — now"


def test_what_is_left_after_some_layers_is_framed_in_the_picture(show):
    shown = show(explore.ten_layers(GRAY, layers=5, kernel_size=5))
    assert shown.framed(PICTURE) == (10, 10, 40, 70)


def test_a_frame_that_grows_is_hatched_around_the_picture(show):
    shown = show(explore.ten_layers(GRAY, layers=2, kernel_size=3, padding=5))
    assert shown.framed(PICTURE) == NOTHING
    assert shown.framed(LEFT) == (8, 8, 60, 90)


@pytest.mark.parametrize(("row", "marked"), [(0, False), (2, False), (3, True), (4, True), (5, False)])
def test_rows_that_no_window_reads_are_marked_in_a_large_picture(show, row, marked):
    shown = show(explore.stride(np.full((100, 150), 128), stride=5))
    gray, color = [128, 128, 128], shown.color("Your picture, in gray", row, 1)
    assert (color != gray) if marked else (color == gray)


def test_the_range_that_is_drawn_is_stated_and_the_datas_extremes_are_called_what_they_are(show):
    shown = show(explore.ring(image=np.arange(30, 78).reshape(6, 8).tolist()))
    facts = shown.page.locator(".panel").first.locator(".facts span").all_inner_texts
    assert eventually(facts) == ["6 rows × 8 columns", "numbers 30 to 77", "drawn 0 to 255"]


def test_a_legend_states_the_range_and_it_is_not_stated_twice(show):
    shown = show(explore.coverage())
    assert shown.reads(shown.page.locator(".facts").first.locator("span").all_inner_texts) == [
        "8 rows × 10 columns",
        "numbers 1 to 9",
    ]
    assert eventually(shown.page.locator(".legend span").all_inner_texts)[-1] == "9"
