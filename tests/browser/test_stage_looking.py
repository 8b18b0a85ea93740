"""Lesson 09 in a blank page: places of a map and of the picture, heat laid over it, names that are told, the camera."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from eventually import eventually
from helpers import explore

pytestmark = pytest.mark.browser
QUICK = {"patch": 95, "apart": 32}  # 5 x 5 places
ORANGE = """canvas => { const {data} = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    let sum = 0; for (let i = 0; i < data.length; i += 4) sum += data[i] - data[i + 2]; return sum / data.length; }"""


def covered():
    """Return a Stage on which the gray square has been everywhere."""

    def made():  # in a thread without a loop all is done at once
        stage = explore.looking_at("cat", **QUICK)
        stage.command = "start"
        return stage

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(made).result()


def test_a_place_of_the_map_is_the_square_on_the_picture(show):
    stage = covered()
    shown = show(stage)
    shown.hover("What covering costs", 1, 2)
    assert shown.text("reading").startswith("what covering costs, row 1, column 2 → ")
    line = eventually(shown.page.locator(".ledger").inner_text)
    assert line.startswith(f"{stage.covered_share:.2f} − ".rstrip("0"))
    shown.hover("What it sees", 200, 200)
    assert shown.text("reading").startswith("what it sees, row ")


def test_a_place_of_the_class_s_own_map_tells_which_part_of_the_picture_it_is(show):
    shown = show(explore.looking_at("cat"))
    shown.press("The map of Egyptian cat", "Control+Home", "ArrowDown", "ArrowRight", "ArrowRight")
    assert shown.text("reading").startswith("the map of Egyptian cat, row 1, column 2 → ")
    line = eventually(shown.page.locator(".ledger").inner_text)
    assert line.startswith("rows 16 to 46, columns 32 to 62 of the picture: ")


def test_what_is_not_covered_yet_is_blank_and_said_so(show):
    shown = show(explore.looking_at("cat"))
    shown.press("What covering costs", "Control+Home")
    assert shown.text("reading") == "what covering costs, row 0, column 0 → not worked out yet"


def test_a_map_is_laid_over_the_picture_as_long_as_it_is_of_this_one(show):
    shown = show(covered())
    picture = shown.canvas("What it sees")
    hot = eventually(lambda: picture.evaluate(ORANGE)).now
    shown.page.evaluate("models[0].set('over', 'none')")
    assert eventually(lambda: picture.evaluate(ORANGE) < hot - 0.5)
    shown.page.evaluate("models[0].set('over', 'covering')")
    assert eventually(lambda: abs(picture.evaluate(ORANGE) - hot) < 0.1)
    shown.page.evaluate("models[0].set('patch', 65)")
    assert eventually(lambda: picture.evaluate(ORANGE) < hot - 0.5)
    assert shown.text("words").startswith("The map of what covering costs is of before")


def test_names_are_told_in_the_list_and_beside_the_bars(show):
    shown = show(explore.looking_at("coffee"))
    names = shown.page.get_by_label("ask about").locator("option")
    assert eventually(names.all_inner_texts) == ["espresso", "consomme", "soup bowl", "cup", "espresso maker"]
    shown.page.evaluate("models[0].receive({names: 'a, <b>, c, d, e'})")
    assert eventually(names.all_inner_texts) == ["a", "<b>", "c", "d", "e"]


def test_start_and_stop_ask_python(show):
    shown = show(explore.looking_at("cat"))
    for name in ("start", "stop"):
        shown.page.get_by_role("button", name=name).click()
        assert eventually(lambda: shown.page.evaluate("models[0].saved.at(-1)?.command")) == name
    assert shown.text("words").startswith("Python was asked.")


def test_every_strength_is_answered_by_the_page_alone(show):
    stage = explore.fool("cat")
    shown = show(stage)
    before = shown.page.evaluate("models[0].saved.length")
    for strength in (0, 1, 8):
        shown.page.evaluate("n => models[0].set('strength', n)", strength)
        stage.strength = strength
        assert shown.text("words") == stage.message
    assert eventually(shown.page.evaluate, "models[0].saved.length") == before


def test_where_no_panel_draws_what_the_camera_sees_the_video_itself_is_seen(show):
    shown = show(explore.fool("cat"))
    shown.page.get_by_role("button", name="camera").click()
    assert eventually(lambda: shown.page.locator("video").bounding_box()["height"] > 60)
    shown.page.get_by_role("button", name="camera off").click()
    shown = show(explore.mosaic("cat"))
    shown.page.get_by_role("button", name="camera").click()
    assert eventually(lambda: shown.page.locator("video").bounding_box()["height"] < 9)
    shown.page.get_by_role("button", name="camera off").click()
