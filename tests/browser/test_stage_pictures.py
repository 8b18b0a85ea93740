"""The learner's own picture: chosen, dropped, pasted, taken with the camera; and what is no picture."""

import base64
import io

import pytest
from PIL import Image

from eventually import eventually
from helpers import explore
from helpers.views.pictures import Picture
from shown import png

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


@pytest.fixture
def shown(show):
    return show(explore.mosaic("coffee"))


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
    chosen = "select => select.selectedOptions[0].text"
    assert eventually(shown.page.get_by_label("picture", exact=True).evaluate, chosen) == "your own"


# -------------------------------------------------------------------------------------------------- the camera


def test_the_camera_takes_a_picture(shown):
    shown.page.get_by_role("button", name="camera").click()
    assert eventually(shown.page.evaluate, "document.querySelector('video')?.videoWidth")
    shown.page.get_by_role("button", name="take the picture").click()
    name, data = asked(shown)
    assert name == "camera.png"
    assert Image.open(io.BytesIO(data)).width == 640
    assert eventually(shown.page.locator("video").count) == 0


def test_the_camera_is_let_go_when_one_cancels_or_the_view_ends(shown):
    for end in ("document.querySelector('.camera').lastElementChild.click()", "ends.pop()()"):
        shown.page.get_by_role("button", name="camera").click()
        shown.page.wait_for_function("window.track = document.querySelector('video')?.srcObject.getTracks()[0]")
        assert eventually(shown.page.evaluate, "track.readyState") == "live"
        shown.page.evaluate(end)
        assert eventually(shown.page.evaluate, "track.readyState") == "ended"


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
