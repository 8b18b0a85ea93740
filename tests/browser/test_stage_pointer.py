"""A Stage by mouse."""

import numpy as np
import pytest

from eventually import eventually
from helpers import explore, images
from shown import SMALL, sliding

STILL = {"reduced_motion": "reduce"}
PICTURE = "Your picture"


@pytest.fixture
def photo(show):
    """Show the transparent cup, 4 channels."""
    return show(explore.zoom("coffee_cutout"), **STILL)


def wheel(shown, place, *turns, ctrl=False):
    """Turn the wheel at a place of the page; up is negative."""
    shown.page.mouse.move(*place)
    if ctrl:
        shown.page.keyboard.down("Control")
    for turn in turns:
        shown.page.mouse.wheel(0, turn)
        shown.settle()
    if ctrl:
        shown.page.keyboard.up("Control")


def drag(shown, start, *stops):
    """Press at a place of the page, and release at the last of some others."""
    shown.page.mouse.move(*start)
    shown.page.mouse.down()
    for stop in stops:
        shown.page.mouse.move(*stop)
    shown.page.mouse.up()


# ---------------------------------------------------------------------------------------------------- reading


def test_hover_reads_a_pixel_in_words_with_its_color(photo):
    row, column = 60, 90
    photo.hover(PICTURE, row, column)
    red, green, blue, alpha = images.load("coffee_cutout")[row, column]
    said = photo.text("reading").replace("\xa0", " ")
    assert said.startswith(f"your picture, row {row}, column {column} → [R {red}, G {green}, B {blue}, A {alpha}]")
    assert said.endswith(f"#{red:02x}{green:02x}{blue:02x}")
    background = "swatch => getComputedStyle(swatch).backgroundColor"
    assert eventually(photo.page.locator(".swatch").evaluate, background) == f"rgb({red}, {green}, {blue})"


def test_what_is_read_is_told_to_a_screen_reader(photo):
    assert eventually(photo.page.locator(".reading").get_attribute, "aria-live") == "polite"


def test_hover_reads_a_number_where_there_is_one_channel(show):
    shown = show(sliding())
    shown.hover(PICTURE, 2, 3)
    assert shown.text("reading") == "your picture, row 2, column 3 → 43"


def test_a_click_reads_too_and_leaving_keeps_what_was_read(photo):
    photo.click(PICTURE, 30, 40)
    photo.page.mouse.move(1, 1)
    assert photo.text("reading").startswith("your picture, row 30, column 40 →")


# ----------------------------------------------------------------------------------------------------- zoom


def test_a_double_click_goes_to_the_numbers_and_another_one_back(photo):
    photo.page.mouse.dblclick(*photo.on_page(PICTURE, 60, 90))
    assert photo.zoom(PICTURE) == pytest.approx(64 / photo.cell_size(PICTURE))
    photo.page.mouse.dblclick(*photo.on_page(PICTURE, 60, 90))
    assert photo.zoom(PICTURE) == 1


@pytest.mark.parametrize(("row", "column"), [(60, 90), (33, 150), (120, 21)])
def test_the_point_under_the_pointer_stays_put_while_zooming(photo, row, column):
    photo.page.locator("canvas").focus()
    photo.hover(PICTURE, row, column)
    for _ in range(6):
        photo.page.mouse.wheel(0, -120)
        assert photo.text("reading").startswith(f"your picture, row {row}, column {column} →")
    assert photo.zoom(PICTURE) > 8


def test_the_wheel_scrolls_the_page_until_the_picture_was_clicked(show):
    shown = show(explore.zoom("coffee"), explore.zoom("coffee"), **STILL)
    place = middle(shown.page.locator("canvas").first)
    wheel(shown, place, 120)
    assert eventually(shown.page.evaluate, "scrollY") > 100
    wheel(shown, place, -120)
    assert eventually(shown.page.evaluate, "scrollY") == 0
    assert shown.get("view") == {}
    shown.page.mouse.click(*place)
    wheel(shown, place, -120)
    assert shown.get("view") != {}
    assert shown.reads(shown.page.evaluate, "scrollY") == 0


def middle(locator):
    box = locator.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_the_wheel_zooms_at_once_with_ctrl(photo):
    wheel(photo, photo.on_page(PICTURE, 60, 90), -100, ctrl=True)
    assert photo.zoom(PICTURE) > 1


def test_the_wheel_scrolls_on_when_all_of_the_picture_is_seen(photo):
    photo.click(PICTURE, 60, 90)
    prevented = """canvas => [100, -100].map(deltaY =>
        !canvas.dispatchEvent(new WheelEvent('wheel', {deltaY, bubbles: true, cancelable: true})))"""
    assert eventually(photo.canvas(PICTURE).evaluate, prevented) == [False, True]


def test_buttons_zoom(photo):
    button = photo.page.get_by_role("button", name="zoom in")
    button.click()
    button.click()
    assert photo.zoom(PICTURE) == 4
    photo.page.get_by_role("button", name="zoom out").click()
    assert photo.zoom(PICTURE) == 2
    photo.page.get_by_role("button", name="show the whole picture").click()
    assert photo.zoom(PICTURE) == 1


def test_zoom_is_animated_briefly(show):
    shown = show(explore.zoom("coffee"))
    shown.page.get_by_role("button", name="zoom in").click()
    assert shown.zoom("Your picture") == 2


def test_a_drag_moves_a_zoomed_picture_along(photo):
    wheel(photo, photo.on_page(PICTURE, 60, 90), *[-120] * 5, ctrl=True)
    box = photo.canvas(PICTURE).bounding_box()
    x, y = box["x"] + 200, box["y"] + 200
    assert photo.zoom(PICTURE) > 2
    photo.page.mouse.move(x, y)
    assert photo.text("reading").startswith("your picture, row ")
    before = photo.text("reading").split(" →")[0].now
    drag(photo, (x, y), (x + 40, y + 20), (x + 80, y + 60))
    photo.page.mouse.move(x + 80, y + 61)
    assert photo.text("reading").split(" →")[0] == before


def test_panels_of_the_same_size_zoom_together(show):
    shown = show(explore.take_apart("coffee_cutout"), **STILL)
    before = shown.canvas("Red").screenshot()
    shown.page.mouse.dblclick(*shown.on_page("Together", 60, 90))
    assert eventually(shown.canvas("Red").screenshot) != before


# ----------------------------------------------------------------------------------------- numbers and pens


def test_a_number_is_dragged_up_and_down(show):
    shown = show(sliding())
    x, y = shown.on_page("Kernel", 1, 1)
    drag(shown, (x, y), (x, y - 12), (x, y - 30))
    assert shown.numbers("kernel")[1, 1] == 5
    drag(shown, (x, y), (x, y + 12), (x, y + 48))
    assert shown.numbers("kernel")[1, 1] == -3


def test_a_dragged_number_stops_at_the_grids_limit(show):
    shown = show(sliding())
    x, y = shown.on_page(PICTURE, 0, 0)
    drag(shown, (x, y), (x, y + 400), (x, y + 800))
    assert shown.numbers("picture")[0, 0] == 0
    assert "this grid goes from 0 to 255" in shown.text("says")


def test_a_click_opens_a_number(show):
    shown = show(sliding())
    shown.click(PICTURE, 2, 3)
    assert eventually(shown.page.get_by_label("row 2, column 3").input_value) == str(SMALL[2, 3])


def test_a_pen_draws_without_gaps_however_quick_the_hand(show):
    shown = show(explore.digit(picture=np.zeros((9, 12)), ink=70))
    drag(shown, shown.on_page("The picture", 1, 1), shown.on_page("The picture", 1, 10))
    assert shown.numbers("picture")[1].tolist() == [0] + [70] * 10 + [0]
    assert shown.numbers("picture").sum() == 700
