"""One view: an explorable is seen whole, grows with the room it has, fills a screen, and stays usable on a phone."""

import pytest

import blank_page
from eventually import eventually
from helpers import explore
from shown import SET_THEME, sliding

EVERYTHING = [sliding, *explore.EXPLORABLES]
NAMES = [one.__name__ for one in EVERYTHING]
NUMBERS = 22  # CSS pixels: in smaller cells no numbers are written
SCREENS = [(1280, 720), (1920, 1080)]

# The parts that must be seen together, and those of them that are not: beyond the height, or beside the page.
UNSEEN = """height => {
    const whole = document.querySelector('.stage.whole') ? ', .lines, .told' : '';
    const parts = [...document.querySelectorAll('.control, .panel canvas, .panel .refusal, .steps, .tools' + whole)];
    const box = part => part.getBoundingClientRect();
    const out = ({top, bottom, right}) => bottom > height || right > innerWidth || top < 0;
    return parts.filter(part => part.checkVisibility() && out(box(part)))
        .map(part => [part.className, part.getAttribute('aria-label'), Math.round(box(part).bottom)]);
}"""
TOPS = "all => new Set(all.map(one => Math.round(one.getBoundingClientRect().top))).size"
LETTERS = """() => Math.min(...[...document.querySelectorAll('.stage *')]
    .filter(one => one.checkVisibility() && !one.closest('.heard, svg'))
    .filter(one => [...one.childNodes].some(node => node.data?.trim()))
    .map(one => parseFloat(getComputedStyle(one).fontSize) * one.currentCSSZoom))"""
SIDES = """() => [...document.querySelectorAll('.panel canvas')].filter(one => one.checkVisibility())
    .map(one => one.getBoundingClientRect()).reduce((sum, box) => sum + Math.sqrt(box.width * box.height), 0)"""
REFUSES = "() => { Element.prototype.requestFullscreen = () => Promise.reject(new Error('not here')); }"


def on_photo(explorable):
    """Return an explorable, on a photo where it takes a picture."""
    try:
        return explorable("coffee")
    except (TypeError, ValueError):
        return explorable()


# -------------------------------------------------------------------------------------------------- one view


@pytest.mark.parametrize("explorable", EVERYTHING, ids=NAMES)
def test_source_result_controls_and_steps_are_seen_at_once_beside_a_sidebar(show, explorable, artifacts):
    shown = show(on_photo(explorable), width=900, height=600)
    assert shown.reads(shown.page.evaluate, UNSEEN, 600) == []
    rows = shown.page.locator(".panels > .panel:visible, .panels > .group").evaluate_all
    assert shown.reads(rows, TOPS) == 1
    shown.page.screenshot(path=artifacts / f"{explorable.__name__}-900x600.jpeg", quality=80)
    for slider in shown.page.locator(".control.slider input:visible").all():
        for key in ("End", "Home"):
            slider.press(key)
            assert shown.reads(shown.page.evaluate, UNSEEN, 600) == [], key


def test_pictures_grow_into_the_room_they_have(show):
    widths = {}
    for width in (900, 1400):
        shown = show(explore.overflow("coffee"), width=width)
        widths[width] = shown.canvas("Before").bounding_box()["width"]
    assert widths == {900: 404, 1400: 536}


def test_controls_stand_beside_the_panels_where_that_leaves_larger_pictures(show):
    beside = "!!document.querySelector('.stage.beside')"
    assert shown_beside(show(explore.take_apart("coffee"), width=900, height=600), beside)
    assert not shown_beside(show(explore.overflow("coffee"), width=900, height=600), beside)


def shown_beside(shown, beside):
    """Tell whether the controls stand beside the panels."""
    return shown.page.evaluate(beside)


@pytest.mark.parametrize("width", [850, 864, 884, 900])
def test_numbers_are_written_beside_a_sidebar(show, width):
    shown = show(explore.slide_the_window("cat"), width=width, height=600)
    assert shown.reads(shown.canvas("Your picture, a small piece").bounding_box)["width"] >= 9 * NUMBERS


def test_another_picture_shares_the_room_anew(show):
    shown = show(explore.mosaic("coffee"), width=900, height=900)
    assert shown.reads(shown.page.evaluate, UNSEEN, 900) == []
    upright = explore.mosaic("text")
    shown.page.evaluate("async ([state]) => models[0].receive(state)", [only_picture(upright)])
    assert shown.reads(shown.page.evaluate, UNSEEN, 900) == []


def only_picture(stage):
    """Return what Python sends when another picture is chosen."""
    state = blank_page.state_of(stage)
    return {name: value for name, value in state.items() if name.startswith("picture")}


# ------------------------------------------------------------------------------------------------ full screen


@pytest.mark.parametrize("explorable", EVERYTHING, ids=NAMES)
def test_the_back_row_can_read_it_and_all_of_it_is_there(show, explorable, artifacts):
    shown = show(on_photo(explorable), width=900, height=600, dark=EVERYTHING.index(explorable) % 2 == 1)
    in_the_page = shown.reads(shown.page.evaluate, SIDES).now
    shown.page.set_viewport_size({"width": 1280, "height": 720})
    shown.page.get_by_role("button", name="fill the screen").click()
    assert shown.reads(shown.page.evaluate, SIDES) > 1.05 * in_the_page
    for width, height in SCREENS:
        shown.page.set_viewport_size({"width": width, "height": height})
        assert shown.reads(shown.page.evaluate, LETTERS) >= 0.025 * height - 0.01
        assert shown.reads(shown.page.evaluate, UNSEEN, height) == []
        shown.page.screenshot(path=artifacts / f"{explorable.__name__}-full-{width}x{height}.jpeg", quality=80)
    shown.page.get_by_role("button", name="back to the page").click()
    assert shown.reads(shown.page.locator(".stage.whole").count) == 0


def test_in_full_screen_the_loupe_keeps_its_numbers(show):
    shown = show(explore.find_edges("cat"), width=900, height=600)
    shown.page.set_viewport_size({"width": 1280, "height": 720})
    shown.page.get_by_role("button", name="fill the screen").click()
    assert shown.reads(shown.page.locator(".stage.whole").count) == 1
    zoom = shown.page.locator(".stage").evaluate("stage => stage.currentCSSZoom")
    assert shown.reads(shown.canvas("Under the loupe").bounding_box)["width"] >= 5 * NUMBERS * zoom


def test_letters_grow_as_long_as_the_pictures_lose_next_to_nothing(show):
    shown = show(explore.max_of_sum(), width=1280, height=720)
    shown.page.get_by_role("button", name="fill the screen").click()
    assert shown.reads(shown.page.evaluate, LETTERS) > 1.15 * 0.025 * 720
    assert shown.reads(shown.page.evaluate, UNSEEN, 720) == []


@pytest.mark.parametrize("allowed", [True, False], ids=["screen", "window"])
def test_a_key_fills_the_screen_and_escape_leaves_it(show, allowed):
    shown = show(sliding(), width=1280, height=720)
    if not allowed:
        shown.page.evaluate(REFUSES)
    before = shown.page.locator("canvas").first.bounding_box()
    shown.press("Kernel", "f")
    stage = shown.page.locator(".stage")
    assert shown.reads(stage.bounding_box) == {"x": 0, "y": 0, "width": 1280, "height": 720}
    shown.press("Kernel", "ArrowRight")
    shown.page.keyboard.press("Escape")
    leave(shown, allowed)
    assert shown.reads(shown.page.locator("canvas").first.bounding_box) == before
    assert shown.get("focus") == {"panel": "kernel", "row": 0, "column": 1}


def leave(shown, allowed):
    """A browser leaves its full screen by itself when a person presses Escape; a page alone cannot press that key."""
    if allowed:
        shown.page.evaluate("document.fullscreenElement && document.exitFullscreen()")


def test_the_key_does_nothing_where_letters_are_written(show):
    shown = show(sliding(), width=1280, height=720)
    shown.control("most").press("f")
    shown.press("Kernel", "Control+f")
    assert shown.reads(shown.page.locator(".stage.whole").count) == 0


def test_the_pointer_finds_the_cell_on_a_full_screen(show):
    shown = show(explore.slide_the_window("coffee"), width=1920, height=1080)
    shown.press("Kernel", "f")
    assert shown.reads(shown.page.locator(".stage.whole").count) == 1
    box = shown.canvas("Kernel").bounding_box()
    shown.page.mouse.move(box["x"] + box["width"] / 6, box["y"] + box["height"] * 5 / 6)
    focus = shown.reads(shown.page.evaluate, "models[0].get('focus')")
    assert focus == {"panel": "kernel", "row": 2, "column": 0}


def test_a_full_screen_is_looked_at_in_both_themes(show, artifacts):
    for dark in (False, True):
        shown = show(explore.slide_the_window("coffee"), width=1280, height=720)
        shown.page.evaluate(SET_THEME, dark)
        shown.press("Kernel", "f")
        assert shown.reads(shown.page.locator(".stage.whole").count) == 1
        shown.page.screenshot(path=artifacts / f"full-screen-{'dark' if dark else 'light'}.png")
        assert shown.reads(shown.page.locator(".stage.dark").count) == int(dark)
        shown.press("Kernel", "f")


# ------------------------------------------------------------------------------------------------------ phone

TOGETHER = """slider => {
    const box = part => part.getBoundingClientRect();
    const parts = [...document.querySelectorAll('.panel canvas')].filter(part => part.checkVisibility());
    return [...parts, slider].filter(part => box(part).top < -1 || box(part).bottom > innerHeight + 1).length;
}"""
ON_A_PHONE = [explore.mosaic, explore.slide_the_window, explore.stride_window, explore.aliasing, explore.ring]


@pytest.mark.parametrize("explorable", ON_A_PHONE, ids=lambda one: one.__name__)
def test_picture_result_and_the_control_that_moves_are_on_a_phones_screen_together(show, explorable):
    shown = show(on_photo(explorable), width=360, height=740)
    shown.page.evaluate("document.body.style.paddingBottom = '800px'")  # the notebook goes on
    for slider in shown.page.locator(".control.slider input:visible").all():
        slider.press("ArrowRight")
        shown.page.evaluate("scrollTo(0, document.querySelector('.panels').getBoundingClientRect().top + scrollY)")
        assert shown.reads(slider.evaluate, TOGETHER) == 0


def test_few_cells_keep_their_numbers_and_room_for_a_finger(show):
    shown = show(sliding(), width=360, height=740)
    for title, rows in (("Your picture", 8), ("Kernel", 3)):
        assert shown.reads(shown.canvas(title).bounding_box)["height"] > 22 * rows


@pytest.mark.parametrize(("hand", "allowed"), [("touch", False), ("mouse", True)])
def test_a_finger_on_a_grid_or_its_editor_opens_no_menu(show, hand, allowed):
    """The menu's event itself says "mouse" where a finger has opened an editor."""
    shown = show(sliding(), width=360, height=740)
    asks = """(part, hand) => {
        part.dispatchEvent(new PointerEvent('pointerdown', {bubbles: true, pointerType: hand, pointerId: 1}));
        return part.dispatchEvent(new PointerEvent('contextmenu', {bubbles: true, cancelable: true}));
    }"""
    assert eventually(shown.canvas("Kernel").evaluate, asks, hand) == allowed
    shown.press("Kernel", "Enter")
    assert eventually(shown.page.locator(".editor").evaluate, asks, hand) == allowed


# ------------------------------------------------------------------------------------------- back to the start


def test_reset_sets_everything_as_it_was_at_first(show):
    shown = show(sliding(padding=2, step=5, focus={"panel": "kernel", "row": 0, "column": 0}))
    shown.control("padding 2").press("End")
    shown.control("shown as").select_option(label="gray")
    shown.press("Kernel", "9", "Enter")
    assert shown.numbers("kernel")[0, 0] == 9
    shown.page.get_by_role("button", name="set everything as it was at first").click()
    assert [shown.get(name).now for name in ("padding", "shown_as", "step")] == [2, "signed", None]
    assert shown.numbers("kernel")[0, 0] == 1
    assert eventually(shown.page.evaluate, "models[0].saved.at(-1).padding") == 2


def test_changes_are_taken_back_one_by_one(show):
    shown = show(sliding())
    undo = shown.page.get_by_role("button", name="take back the last change")
    assert eventually(undo.get_attribute, "aria-disabled") == "true"
    for padding in (0, 1):
        shown.control(f"padding {padding}").press("ArrowRight")
        assert shown.get("padding") == padding + 1
    shown.press("Kernel", "9", "Enter")
    assert shown.numbers("kernel")[0, 0] == 9
    for padding, weight in ((2, 1), (1, 1), (0, 1)):
        undo.click()
        assert shown.get("padding") == padding
        assert shown.numbers("kernel")[0, 0] == weight
    undo.press("Enter")
    assert shown.text("says") == "there is nothing to take back"


# --------------------------------------------------------------------------------------------- what is heard


def test_what_a_slider_changed_is_heard_once_when_it_is_let_go(show):
    shown = show(explore.mosaic("coffee"))
    slider = shown.control("pixels per square 1")
    slider.evaluate("slider => { slider.value = 8; slider.dispatchEvent(new Event('input', {bubbles: true})); }")
    assert shown.get("block") == 8
    assert shown.reads(shown.page.locator(".heard").inner_text) == ""
    assert shown.reads(shown.page.locator(".reading").get_attribute, "aria-live") == "off"
    slider = shown.page.get_by_role("slider", name="pixels per square")
    slider.dispatch_event("change")
    heard = shown.reads(shown.page.locator(".heard").inner_text)
    assert "In squares, 200 rows × 300 columns" in heard
    assert "8 × 8 pixels" in heard
    assert shown.reads(shown.page.locator(".reading").get_attribute, "aria-live") == "polite"


def test_a_refusal_is_heard(show):
    shown = show(sliding())
    shown.control("dilation 1").press("End")
    assert "does not fit" in shown.reads(shown.page.locator(".heard").inner_text)
