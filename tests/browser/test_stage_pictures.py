"""The learner's own picture: chosen, dropped, pasted, taken with the camera; and what is no picture."""

import base64
import io

import pytest
from PIL import Image

from eventually import eventually
from helpers import explore
from helpers.engine.pictures import Picture
from helpers.engine.recipe import step
from helpers.stage.panels import panel
from helpers.stage.settings import picture
from helpers.stage.stage import Stage
from shown import BlankPage, png

HAND_OVER = """(stage, [kind, name, text]) => {
    const data = new DataTransfer();
    data.items.add(new File([Uint8Array.from(text, c => c.charCodeAt(0))], name));
    const init = {bubbles: true, cancelable: true, composed: true};
    const event = kind === 'drop' ? new DragEvent('drop', {...init, dataTransfer: data})
        : new ClipboardEvent('paste', {...init, clipboardData: data});
    return !stage.dispatchEvent(event);
}"""
TRAVELLED = """() => {
    const {data} = models[0].known.request;
    let text = '';
    for (const byte of new Uint8Array(data.buffer, data.byteOffset, data.byteLength)) text += String.fromCharCode(byte);
    return btoa(text);
}"""


CHOSEN = "select => select.selectedOptions[0].text"
SILENT = (
    "Python does not answer, so the picture stays “coffee”. Is a cell still running? Then the new picture comes when"
    " it is done. Otherwise open this notebook in Jupyter, and run its cells again."
)


@pytest.fixture
def shown(show):
    return show(explore.mosaic("coffee"))


@pytest.fixture
def unhurried(browser):
    """Return a page of its own, whose clock is set forward by the test."""
    context = browser.new_context()
    page = context.new_page()
    page.clock.install()
    blank = BlankPage(page)
    yield blank.show([explore.mosaic("coffee")], False, 1280)
    assert not blank.errors()
    context.close()


def two_pictures():
    """Return a Stage on two pictures that can both be changed."""
    settings = {name: picture(name, choosable=True) for name in ("coffee", "coins")}
    return Stage(settings, [panel("coffee"), panel("coins")], [step("gray", "to_gray", image="$coffee")])


def upload(shown, name, data, kind="image/png"):
    """Choose a file by the button's file field."""
    shown.page.locator("input[type=file]").set_input_files({"name": name, "mimeType": kind, "buffer": data})


def asked(shown):
    """Return what Python is asked for: the name of the file, and its bytes."""
    assert shown.sent() == [["request"]]
    return shown.get("request")["name"].now, base64.b64decode(shown.page.evaluate(TRAVELLED))


def test_another_picture_of_the_course_is_asked_for_by_name(shown):
    shown.page.get_by_label("picture", exact=True).select_option("brick")
    assert shown.sent() == [["request"]]
    assert shown.get("request")["choose"] == "brick"


def test_the_button_opens_the_file_dialog(shown):
    with shown.page.expect_file_chooser() as chooser:
        shown.page.get_by_role("button", name="your own picture").click()
    assert not chooser.value.is_multiple()


def test_a_small_file_travels_as_it_is(shown):
    data = png(30, 40)
    upload(shown, "mine.png", data)
    assert asked(shown) == ("mine.png", data)
    assert shown.text("says") == "opening the picture …"


def test_a_large_picture_is_made_smaller_before_it_travels(shown):
    large = png(2000, 3000, levels=8)
    assert len(large) > 2_000_000
    upload(shown, "large.png", large)
    _, data = asked(shown)
    assert len(data) < 2_000_000
    assert Image.open(io.BytesIO(data)).size == (800, 533)


@pytest.mark.parametrize("kind", ["drop", "paste"])
def test_a_picture_can_be_dropped_and_pasted(shown, kind):
    data = png(3, 4)
    text = data.decode("latin-1")
    handed_over = shown.page.locator(".stage").evaluate(HAND_OVER, [kind, "mine.png", text])
    assert handed_over
    assert asked(shown) == ("mine.png", data)


def test_pasted_text_is_left_to_the_page(shown):
    taken = shown.page.locator(".stage").evaluate(
        "stage => !stage.dispatchEvent(new ClipboardEvent('paste', {bubbles: true, cancelable: true}))"
    )
    assert not taken
    assert shown.sent() == []


@pytest.mark.parametrize("setting", ["coffee", "coins"])
def test_of_two_pictures_the_one_that_was_meant_is_asked_for(show, setting):
    shown = show(two_pictures())
    shown.page.get_by_label(setting, exact=True).select_option("brick")
    assert shown.get("request")["setting"] == setting
    file = {"name": "mine.png", "mimeType": "image/png", "buffer": png(3, 4)}
    picker = shown.page.locator(".picker").filter(has=shown.page.get_by_label(setting, exact=True))
    picker.locator("input[type=file]").set_input_files(file)
    shown.page.wait_for_function("models[0].saved.length === 2")
    assert shown.get("request")["setting"] == setting


@pytest.mark.parametrize(("place", "setting"), [(".panel >> nth=1", "coins"), (".bar", "coffee")])
def test_a_file_is_for_the_picture_that_it_is_dropped_on_or_else_for_the_first(show, place, setting):
    shown = show(two_pictures())
    shown.page.locator(place).evaluate(HAND_OVER, ["drop", "mine.png", "x"])
    assert shown.get("request")["setting"] == setting


# --------------------------------------------------------------------------------------- where nobody answers


def test_a_picture_that_nobody_brings_is_given_up_after_three_seconds(unhurried):
    unhurried.page.get_by_label("picture", exact=True).select_option("brick")
    unhurried.page.clock.fast_forward(2500)
    assert unhurried.text("says") == ""
    unhurried.page.clock.fast_forward(600)
    assert unhurried.text("says") == SILENT
    assert eventually(unhurried.page.get_by_label("picture", exact=True).evaluate, CHOSEN) == "coffee"


def test_a_file_that_nobody_opens_is_given_up_too(unhurried):
    upload(unhurried, "mine.png", png(3, 4))
    asked(unhurried)
    unhurried.page.clock.fast_forward(3100)
    assert unhurried.text("says") == SILENT


def test_an_answer_ends_the_waiting_even_if_nothing_changed(unhurried):
    upload(unhurried, "mine.png", png(3, 4))
    asked(unhurried)
    assert unhurried.text("says") == "opening the picture …"
    unhurried.receive(request={})
    assert unhurried.text("says") == ""
    unhurried.page.clock.fast_forward(3100)
    assert unhurried.text("says") == ""


def test_an_answer_that_comes_late_takes_the_sentence_back(unhurried):
    unhurried.page.get_by_label("picture", exact=True).select_option("brick")
    unhurried.page.clock.fast_forward(3100)
    assert unhurried.text("says") == SILENT
    unhurried.receive(request={})
    assert unhurried.text("says") == ""


def test_what_python_says_to_a_file_is_not_taken_back_by_its_answer(unhurried):
    upload(unhurried, "mine.png", png(3, 4))
    asked(unhurried)
    unhurried.receive(notice="the picture is damaged", request={})
    assert unhurried.text("says") == "the picture is damaged"


# --------------------------------------------------------------------------------------------- what goes wrong


def test_an_empty_file_is_told_at_once(shown):
    upload(shown, "empty.png", b"")
    assert shown.text("says") == "the file is empty; choose a picture"
    assert shown.sent() == []


def test_a_large_file_that_is_no_picture_is_told_at_once(shown):
    upload(shown, "notes.txt", b"no picture " * 200_000, "text/plain")
    assert shown.text("says") == "this is not a picture that your browser can read; choose a PNG or JPEG file"
    assert shown.sent() == []


def test_pythons_answer_to_what_is_no_picture_is_shown_and_the_last_picture_stays(show):
    picture = Picture("coffee")
    stage = explore.mosaic(picture)
    shown = show(stage)
    before = shown.canvas("Your picture").screenshot()
    upload(shown, "notes.txt", b"no picture", "text/plain")
    asked(shown)
    picture.take(b"no picture", "notes.txt")
    shown.receive(notice=stage.notice)
    assert picture.notice != ""
    assert shown.text("says") == picture.notice
    assert shown.reads(shown.canvas("Your picture").screenshot) == before


def test_a_picture_that_arrives_ends_the_waiting(show):
    picture = Picture("coffee")
    stage = explore.mosaic(picture)
    shown = show(stage)
    upload(shown, "mine.png", png(3, 4))
    asked(shown)
    picture.take(png(3, 4), "mine.png")
    shown.receive(**stage.get_state(["picture", "picture_name", "picture_source", "notice"]))
    assert shown.text("says") == ""
    assert shown.shape("Your picture") == (3, 4)
    assert eventually(shown.page.get_by_label("picture", exact=True).evaluate, CHOSEN) == "your own"


def own_option(shown):
    return shown.page.get_by_label("picture", exact=True).locator("option", has_text="your own")


def test_your_own_can_be_chosen_again_once_there_is_one(show):
    picture = Picture("coffee")
    stage = explore.mosaic(picture)
    shown = show(stage)
    assert eventually(own_option(shown).is_disabled)
    for act in (lambda: picture.take(png(3, 4), "mine.png"), lambda: picture.choose("brick")):
        act()
        shown.receive(**stage.get_state(["picture", "picture_name", "picture_source", "picture_own"]))
    assert eventually(own_option(shown).is_enabled)
    shown.page.get_by_label("picture", exact=True).select_option("your own")
    assert shown.get("request")["choose"] == "your own"


# -------------------------------------------------------------------------------------------------- the camera


def test_the_camera_takes_a_picture(shown):
    shown.page.get_by_role("button", name="camera").click()
    assert eventually(shown.page.evaluate, "document.querySelector('video')?.videoWidth")
    shown.page.get_by_role("button", name="take the picture").click()
    name, data = asked(shown)
    assert name == "camera.png"
    assert Image.open(io.BytesIO(data)).width == 640
    assert eventually(shown.page.locator("video").count) == 0


HIDE_THE_PAGE = """() => {
    Object.defineProperty(document, 'hidden', {value: true, configurable: true});
    document.dispatchEvent(new Event('visibilitychange'));
    delete document.hidden;
}"""


def test_the_camera_is_let_go_when_one_cancels_or_leaves_the_page_or_the_view_ends(shown):
    ends = ("document.querySelector('.camera').lastElementChild.click()", HIDE_THE_PAGE, "ends.pop()()")
    for end in ends:
        shown.page.get_by_role("button", name="camera").click()
        shown.page.wait_for_function("window.track = document.querySelector('video')?.srcObject.getTracks()[0]")
        assert eventually(shown.page.evaluate, "track.readyState") == "live"
        shown.page.evaluate(end)
        assert eventually(shown.page.evaluate, "track.readyState") == "ended"


FRAMES = """count => new Promise(resolve => {
    const stage = document.querySelectorAll('.stage canvas')[1];
    let [last, seen, looks] = ['', 0, 0];
    const look = () => {
        const now = stage.toDataURL();
        if (now !== last) [last, seen] = [now, seen + 1];
        if (seen < count && looks++ < 900) requestAnimationFrame(look); else resolve(seen);
    };
    look();
})"""


def test_what_the_camera_sees_runs_through_the_recipe_and_stays_on_the_page(show):
    shown = show(explore.overflow("coffee", amount=7))
    slider = shown.page.get_by_role("slider", name="add")
    before = eventually(shown.page.evaluate, "models[0].saved.length").now
    result = shown.page.locator(".panel canvas").nth(1).evaluate
    still = shown.reads(result, "canvas => canvas.toDataURL()").now
    shown.page.get_by_role("button", name="camera").click()
    assert shown.text("says") == "live: nothing leaves this page until you take a picture"
    assert eventually(shown.page.evaluate, FRAMES, 4) == 4
    assert "× 320 columns" in shown.reads(shown.page.locator(".facts").first.inner_text)
    slider.press("ArrowRight")
    assert shown.get("amount") == 8
    assert eventually(shown.page.evaluate, f"models[0].saved.slice({before})") == [{"amount": 8}]
    shown.page.get_by_role("button", name="camera off").click()
    slider.press("ArrowLeft")
    assert shown.reads(result, "canvas => canvas.toDataURL()") == still


def test_a_learners_function_waits_for_the_picture(show):
    shown = show(explore.stride(convolve=lambda image, kernel, stride: image))
    shown.page.get_by_role("button", name="camera").click()
    assert "take the picture, and your function computes" in shown.text("lines .own")
    shown.page.get_by_role("button", name="camera off").click()
    assert "take the picture" not in shown.text("lines .own").now


def test_a_camera_that_may_not_be_used_is_told(shown):
    shown.page.evaluate("() => { navigator.mediaDevices.getUserMedia = () => Promise.reject(new Error('denied')); }")
    shown.page.get_by_role("button", name="camera").click()
    assert shown.text("says") == "the camera is not available here; choose a picture file instead"
    shown.page.evaluate("delete navigator.mediaDevices.getUserMedia")


def test_there_is_no_camera_button_where_the_browser_has_none(show):
    shown = show()
    shown.page.evaluate("Object.defineProperty(navigator, 'mediaDevices', {value: undefined, configurable: true})")
    shown = show(explore.mosaic("coffee"))
    assert shown.reads(shown.page.get_by_role("button", name="camera").count) == 0
    shown.page.evaluate("delete navigator.mediaDevices")


def test_a_stage_without_a_choice_of_pictures_leaves_dropped_files_alone(show):
    shown = show(explore.digit())
    taken = shown.page.locator(".stage").evaluate(HAND_OVER, ["drop", "mine.png", "x"])
    assert not taken
    assert shown.reads(shown.page.locator("input[type=file]").count) == 0
