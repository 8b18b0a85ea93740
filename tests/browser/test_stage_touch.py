"""A Stage by finger."""

import pytest

from eventually import eventually
from helpers import explore
from shown import sliding

PICTURE = "Your picture"
ALL_OF_IT = None
PHONE = {"has_touch": True, "reduced_motion": "reduce"}


class Fingers:
    """Fingers on the screen, through the browser's own protocol."""

    def __init__(self, shown):
        self.shown = shown
        self.protocol = shown.page.context.new_cdp_session(shown.page)

    def send(self, kind, *points):
        """Send one event with all fingers that are down."""
        fingers = [{"x": x, "y": y, "id": i} for i, (x, y) in enumerate(points)]
        self.protocol.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": fingers})

    def draw(self, *stops):
        """Put down one finger, or several, move, and lift. A stop is a place, or a list of places."""
        stops = [stop if isinstance(stop, list) else [stop] for stop in stops]
        self.send("touchStart", *stops[0])
        for stop in stops[1:]:
            self.send("touchMove", *stop)
            self.shown.settle()
        self.send("touchEnd")


@pytest.fixture
def photo(show):
    return show(explore.zoom("coffee"), explore.zoom("brick"), **PHONE)


def middle(shown, dx=0, dy=0):
    box = shown.page.locator("canvas").first.bounding_box()
    return box["x"] + box["width"] / 2 + dx, box["y"] + box["height"] / 2 + dy


def view(shown):
    """Return the view of the first picture: zoom, row and column in the middle; None for all of it."""
    return shown.reads(shown.page.evaluate, "Object.values(models[0].known.view ?? {})[0] ?? null")


def zoom_in(shown):
    shown.page.get_by_role("button", name="zoom in").first.click(click_count=3)
    assert view(shown)


def test_a_tap_reads_a_pixel(photo):
    photo.page.touchscreen.tap(*middle(photo))
    assert photo.text("reading").startswith("your picture, row ")


def test_a_tap_opens_a_number(show):
    shown = show(sliding(), **PHONE)
    shown.page.touchscreen.tap(*shown.on_page("Kernel", 1, 2))
    assert eventually(shown.page.get_by_label("row 1, column 2").input_value) == "-2"


def test_two_fingers_zoom_and_what_is_between_them_stays(photo):
    Fingers(photo).draw(*[[middle(photo, -apart), middle(photo, apart)] for apart in (40, 60, 120)])
    assert view(photo)["zoom"] == pytest.approx(3, rel=0.05)
    height, width = photo.page.locator("canvas").first.evaluate("canvas => [canvas.height, canvas.width]")
    middle_of_view = eventually(lambda: view(photo).now["column"] / view(photo).now["row"])
    assert middle_of_view == pytest.approx(width / height, rel=0.02)


def test_two_fingers_together_make_it_small_again(photo):
    zoom_in(photo)
    Fingers(photo).draw(*[[middle(photo, -apart), middle(photo, apart)] for apart in (120, 60, 10)])
    assert view(photo) == ALL_OF_IT


def test_a_finger_moves_a_zoomed_picture(photo):
    zoom_in(photo)
    before = view(photo).now
    Fingers(photo).draw(middle(photo), middle(photo, 30, 20), middle(photo, 80, 60))
    assert view(photo)["row"] < before["row"]
    assert view(photo)["column"] < before["column"]
    assert photo.reads(photo.page.evaluate, "scrollY") == 0


def test_a_finger_scrolls_the_page_while_all_of_the_picture_is_seen(photo):
    Fingers(photo).draw(*[middle(photo, 0, -40 * i) for i in range(6)])
    assert eventually(photo.page.evaluate, "scrollY") > 50
    assert view(photo) == ALL_OF_IT


def test_a_finger_draws(show):
    shown = show(explore.digit(ink=60), **PHONE)
    Fingers(shown).draw(*[shown.on_page("The picture", row, 1) for row in range(5)])
    assert shown.numbers("picture")[:, 1].tolist() == [60] * 5
    assert shown.reads(shown.page.evaluate, "scrollY") == 0
    assert shown.sent() == [["focus", "picture"]]


def test_a_swipe_over_numbers_scrolls_and_changes_none(show):
    shown = show(explore.digit(), explore.zoom("coffee"), **PHONE)
    before = shown.array("picture").tolist()
    x, y = shown.on_page("The numbers", 4, 1)
    Fingers(shown).draw(*[(x, y - 30 * i) for i in range(6)])
    assert eventually(shown.page.evaluate, "scrollY") > 50
    assert shown.numbers("picture").tolist() == before
    assert shown.reads(shown.page.locator(".editor").count) == 0


@pytest.mark.parametrize("pace", [4, 30])
def test_a_swipe_over_a_kernel_changes_none_of_its_numbers(show, pace):
    shown = show(sliding(), explore.zoom("coffee"), **PHONE)
    before = shown.array("kernel").tolist()
    x, y = shown.on_page("Kernel", 1, 1)
    Fingers(shown).draw(*[(x, y - pace * i) for i in range(9)])
    assert shown.numbers("kernel").tolist() == before
    assert shown.reads(shown.page.locator(".editor").count) == 0
    assert shown.sent() == [["focus"]]


def test_a_finger_drags_a_number_sideways(show):
    shown = show(sliding(), **PHONE)
    before = shown.array("kernel")[1, 1]
    x, y = shown.on_page("Kernel", 1, 1)
    Fingers(shown).draw(*[(x + 6 * i, y + i) for i in range(6)])
    assert shown.numbers("kernel")[1, 1] == before + 5


def test_what_is_pressed_is_large_enough_for_a_finger(show):
    shown = show(sliding(), explore.take_apart("coffee"), width=360, **PHONE)
    controls = shown.page.locator(".stage :is(button, select, summary, input:not([hidden])):visible")
    height = "one => (one.closest('label') ?? one).getBoundingClientRect().height"
    heights = shown.reads(controls.evaluate_all, f"all => all.map({height})")
    assert eventually(lambda: len(heights.now)) > 20
    assert eventually(lambda: min(heights.now)) >= 24
