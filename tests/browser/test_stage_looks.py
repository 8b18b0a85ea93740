"""How a Stage looks: themes, widths, pixels of the screen, and nothing that moves without need."""

import re
from itertools import pairwise

import pytest

from eventually import eventually
from helpers import explore
from shown import SET_THEME, sliding

PICTURE, KERNEL, RESULT = "Your picture", "Kernel", "Feature map"
EVERYTHING = [sliding, *explore.EXPLORABLES]
NAMES = [one.__name__ for one in EVERYTHING]
PLACES = """moving => { // on a narrow page the control that moves stays in sight, wherever that is
    const parts = [...document.querySelectorAll('.bar, .control, .panel, .reading')];
    return parts.filter(one => one.checkVisibility() && one !== moving).map(one => [one, one.getBoundingClientRect()])
        .map(([one, {x, y}]) => [one.className, Math.round(x), Math.round(y)]);
}"""
JUMPS = """async slider => {
    slider.dispatchEvent(new Event('input', {bubbles: true}));
    await drawn();
    const places = () => (PLACES)(slider.closest('.narrow .control'));
    const start = slider.value;
    const [low, high, step] = [slider.min, slider.max, slider.step].map(Number);
    const every = high - low > 30 * step ? (high - low) / 10 : step;
    const [before, jumps] = [JSON.stringify(places()), []];
    for (let value = low; value <= high; value += every) {
        slider.value = value;
        slider.dispatchEvent(new Event('input', {bubbles: true}));
        await drawn();
        if (JSON.stringify(places()) !== before) jumps.push([value, places()]);
    }
    slider.value = start;
    slider.dispatchEvent(new Event('input', {bubbles: true}));
    return jumps;
}""".replace("PLACES", PLACES)
CONTRAST = """() => [...document.querySelectorAll('.stage, .quiet, .here, .setting, .facts')].map(one => {
    const [r, g, b] = getComputedStyle(one).color.match(/\\d+/g).map(Number);
    return 0.299 * r + 0.587 * g + 0.114 * b;
})"""


# ------------------------------------------------------------------------------------------------------ themes


@pytest.mark.parametrize("dark", [False, True])
def test_zero_has_the_pages_own_color(show, dark):
    shown = show(sliding(), dark=dark)
    page = shown.page.locator(".stage").evaluate("stage => getComputedStyle(stage).backgroundColor")
    assert shown.color(KERNEL, 0, 1) == [int(part) for part in re.findall(r"\d+", page)]


def test_a_change_of_theme_is_followed_at_once(show):
    shown = show(sliding(focus={"panel": "feature_map", "row": 3, "column": 2}))
    light = shown.color(KERNEL, 0, 1).now
    for dark in (True, False):
        shown.page.evaluate(SET_THEME, dark)
        shown.dark = dark
        assert shown.framed(PICTURE) == (3, 2, 3, 3)
        assert (shown.color(KERNEL, 0, 1) != light) if dark else (shown.color(KERNEL, 0, 1) == light)
        assert eventually(lambda dark=dark: all((shade > 100) is dark for shade in shown.page.evaluate(CONTRAST)))


def test_pixels_keep_their_gray_in_both_themes(show):
    for dark in (False, True):
        assert show(sliding(), dark=dark).color(PICTURE, 0, 2) == [83] * 3


def test_positive_and_negative_differ_in_more_than_redness(show):
    """Orange and blue: the channel that everybody sees apart, blue, is low in one and high in the other."""
    shown = show(sliding())
    assert shown.color(KERNEL, 1, 0)[2] < 60
    assert shown.color(KERNEL, 1, 2)[2] > 140


def test_a_transparent_pixel_shows_a_checkerboard(show):
    shown = show(explore.one_pixel(alpha=0))
    canvas = shown.canvas("The pixel")
    assert shown.reads(canvas.bounding_box)["width"] > 150
    at = "(canvas, [x, y]) => [...canvas.getContext('2d').getImageData(x, y, 1, 1).data].slice(0, 3)"
    assert eventually(lambda: len({tuple(canvas.evaluate(at, [x, 20])) for x in (20, 28)})) == 2


def test_reduced_motion_is_respected(show):
    shown = show(explore.zoom("coffee"), reduced_motion="reduce")
    shown.page.get_by_role("button", name="zoom in").click()
    assert shown.zoom(PICTURE) == 2


def test_motion_takes_less_than_a_fifth_of_a_second(show):
    shown = show(explore.zoom("coffee"))
    with shown.clock() as clock:
        shown.page.get_by_role("button", name="zoom in").click()
        assert 50 < clock.until("Object.values(models[0].get('view'))[0]?.zoom === 2") < 200


def test_numbers_are_written_in_a_monospaced_face(show):
    shown = show(sliding(focus={"panel": "feature_map", "row": 0, "column": 0}))
    faces = "all => all.map(one => getComputedStyle(one).fontFamily)"
    found = shown.page.locator(".reading, .ledger, .lines dd:not(.words), .control b")
    assert shown.reads(lambda: ["monospace" in face for face in found.evaluate_all(faces)]) == [True] * 7


# ------------------------------------------------------------------------------------------- screens and widths


@pytest.mark.parametrize("ratio", [1, 1.5, 2, 3])
def test_pixels_are_crisp_on_every_screen(show, ratio):
    shown = show(sliding(), device_scale_factor=ratio)
    for canvas in shown.page.locator("canvas").all():
        box = canvas.bounding_box()
        size = pytest.approx([box["width"] * ratio, box["height"] * ratio], abs=0.05)
        assert shown.reads(canvas.evaluate, "canvas => [canvas.width, canvas.height]") == size


@pytest.mark.parametrize("ratio", [1, 2])
def test_a_photos_pixels_are_whole_pixels_of_the_screen(show, ratio):
    shown = show(explore.zoom("coffee"), device_scale_factor=ratio)
    width = shown.canvas(PICTURE).evaluate
    assert shown.reads(lambda: width("canvas => canvas.width") % shown.size(PICTURE)[1]) == 0


@pytest.mark.parametrize("explorable", EVERYTHING, ids=NAMES)
def test_a_narrow_page_needs_no_sideways_scrolling_and_keeps_the_order(show, explorable):
    shown = show(explorable(), width=360)
    shown.page.locator("summary").evaluate_all("all => all.forEach(one => one.click())")
    assert shown.reads(shown.page.evaluate, "document.documentElement.scrollWidth") == 360
    assert shown.reads(out_of_order, shown) == []
    right = "all => Math.max(...all.map(one => one.getBoundingClientRect().right))"
    assert shown.reads(shown.page.locator(".stage :not(pre, option)").evaluate_all, right) <= 352


def out_of_order(shown):
    """Return the neighbors of which the second stands above the first, or before it in the same row."""
    places = [(y, x) for kind, x, y in shown.page.evaluate(PLACES) if "control" not in kind]
    return [(one, other) for one, other in pairwise(places) if other < one]


def test_panels_stand_side_by_side_where_there_is_room(show):
    shown = show(sliding())
    tops = "all => new Set(all.map(one => one.getBoundingClientRect().top)).size"
    assert shown.reads(shown.page.locator(".panel").evaluate_all, tops) == 1


def test_a_stage_that_becomes_narrow_draws_itself_anew(show):
    shown = show(explore.zoom("coffee"))
    wide = shown.canvas(PICTURE).bounding_box()["width"]
    shown.page.set_viewport_size({"width": 360, "height": 900})
    assert wide > 345
    assert eventually(shown.page.evaluate, "document.querySelector('canvas').clientWidth") < 345


def test_a_frame_at_the_border_is_as_thick_as_any_other(show):
    shown = show(sliding(focus={"panel": "feature_map", "row": 0, "column": 0}))
    colored = """canvas => {
        const data = canvas.getContext('2d').getImageData(0, 15, 6, 1).data;
        return [0, 1, 2, 3, 4, 5].filter(i => Math.abs(data[4 * i] - 179) + Math.abs(data[4 * i + 1] - 18) < 60).length;
    }"""
    assert shown.reads(shown.canvas(RESULT).evaluate, colored) == 2


# ------------------------------------------------------------------------------------------------ nothing jumps


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("explorable", EVERYTHING, ids=NAMES)
def test_nothing_jumps_while_a_slider_runs_from_end_to_end(show, explorable, width):
    shown = show(explorable(), width=width)
    for slider in shown.page.locator(".control.slider input:visible").all():
        jumps = slider.evaluate(JUMPS)
        assert jumps == []


def test_a_hover_moves_nothing(show):
    shown = show(explore.overflow("coffee"))
    before = shown.page.evaluate(PLACES)
    height = shown.page.locator(".stage").bounding_box()["height"]
    shown.hover("Before", 10, 20)
    assert shown.text("reading").startswith("before, row 10, column 20")
    assert shown.reads(shown.page.evaluate, PLACES) == before
    assert shown.reads(shown.page.locator(".stage").bounding_box)["height"] == height


def test_a_sentence_about_a_mistake_moves_nothing(show):
    shown = show(sliding())
    before = shown.page.evaluate(PLACES)
    shown.control("most").fill("many")
    shown.control("most").press("Tab")
    assert shown.text("says")
    assert shown.reads(shown.page.evaluate, PLACES) == before


def test_a_refused_result_keeps_its_place(show):
    shown = show(sliding())
    before = shown.page.evaluate(PLACES)
    shown.control("dilation 1").press("End")
    assert eventually(shown.page.locator(".refusal:visible").count) == 1
    assert shown.reads(shown.page.evaluate, PLACES) == before
