"""Pictures of Stages: the course's, the learner's own, shared ones, and files that are none."""

import io
import struct
import zlib

import numpy as np
import pytest
from PIL import Image

from helpers import explore, images, mine
from helpers.engine.pictures import Picture
from helpers.stage.panels import panel
from helpers.stage.settings import picture
from helpers.stage.stage import Stage

RANDOM = np.random.default_rng(12)


def some(*shape):
    """Return a picture of random bytes."""
    return RANDOM.integers(0, 256, shape).astype(np.uint8)


TINY = some(4, 6, 3)


def png(image):
    """Return an array as the bytes of a PNG file."""
    file = io.BytesIO()
    Image.fromarray(image).save(file, format="PNG")
    return file.getvalue()


def chunk(name, data):
    """Return a chunk of a PNG file."""
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png_of(rows, columns):
    """Return a PNG file that claims to be this large, and has hardly a pixel."""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", columns, rows, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(b"0"))


BAD_UPLOADS = {
    "text": (b"I am no picture", "this is not a picture that can be read; choose a PNG or JPEG file"),
    "truncated": (
        png(some(90, 80, 3))[:3000],
        "the picture is damaged or cut off; save or download it again",
    ),
    "empty": (b"", "the file is empty; choose a picture"),
    "huge": (png_of(30_000, 30_000), "the picture has more than 50 million pixels; make it smaller first"),
}


def run(code):
    """Return the picture that code loads."""
    names = {}
    exec(code, names)
    return names["picture"]


def asked(stage, serial=0, **wish):
    """Let the browser ask a Stage for something."""
    stage.set_state({"request": {**wish, "serial": serial}})


@pytest.mark.parametrize("own", [True, False])
@pytest.mark.parametrize("upload", BAD_UPLOADS)
def test_bad_upload_leaves_the_last_good_picture(upload, own):
    data, sentence = BAD_UPLOADS[upload]
    stage = explore.take_apart(Picture(own=own))
    asked(stage, 1, data=memoryview(png(TINY)), name="tiny.png")
    asked(stage, 2, data=memoryview(data), name="bad.png")
    assert stage.notice == sentence
    np.testing.assert_array_equal(stage.picture, TINY)
    assert stage.picture_name == "tiny.png"


@pytest.mark.parametrize("upload", BAD_UPLOADS)
def test_next_good_upload_works(upload):
    stage = explore.take_apart()
    asked(stage, 1, data=memoryview(BAD_UPLOADS[upload][0]), name="bad.png")
    asked(stage, 2, data=memoryview(png(TINY)), name="tiny.png")
    np.testing.assert_array_equal(stage.picture, TINY)
    assert (stage.notice, stage.picture_name) == ("", "tiny.png")


def test_same_mistake_is_told_again():
    stage, told = explore.zoom(), []
    stage.observe(lambda change: told.append(change["new"]), "notice")
    asked(stage, 1, data=memoryview(b""))
    asked(stage, 2, data=memoryview(b""))
    assert [one for one in told if one] == ["the file is empty; choose a picture"] * 2


def test_upload_is_made_small_enough():
    stage = explore.zoom()
    asked(stage, data=memoryview(png(some(30, 900))), name="wide.png")
    assert stage.picture.shape == (13, 400)


@pytest.mark.parametrize("data", [png(TINY), b"no picture"])
def test_the_bytes_of_an_upload_do_not_stay_in_the_notebook(data):
    stage = explore.zoom()
    asked(stage, data=memoryview(data), name="tiny.png")
    assert stage.request == {}
    assert stage.get_state()["request"] == {}


def test_own_upload_is_kept_for_the_next_lesson(my_folder):
    asked(explore.zoom(explore.my_picture()), data=memoryview(png(TINY)), name="tiny.png")
    assert (my_folder / "picture.png").is_file()
    assert explore.zoom(explore.my_picture()).picture_name == "tiny.png"
    np.testing.assert_array_equal(explore.zoom().picture, TINY)


def test_an_own_picture_is_there_again_after_one_of_the_course_was_chosen():
    stage = explore.zoom(explore.my_picture())
    assert not stage.picture_own
    asked(stage, 1, data=memoryview(png(TINY)), name="tiny.png")
    asked(stage, 2, choose="coffee")
    assert explore.zoom(explore.my_picture()).picture_name == "coffee"
    assert explore.zoom(explore.my_picture()).picture_own
    asked(stage, 3, choose="your own")
    np.testing.assert_array_equal(stage.picture, TINY)
    assert (stage.picture_name, stage.picture_own, stage.notice) == ("tiny.png", True, "")
    np.testing.assert_array_equal(run(stage.code), TINY)


def test_an_own_picture_can_be_chosen_in_a_stage_that_began_with_another():
    mine.keep(TINY, "tiny.png")
    mine.choose("brick")
    stage = explore.zoom("coins")
    asked(stage, choose="your own")
    np.testing.assert_array_equal(stage.picture, TINY)
    np.testing.assert_array_equal(run(stage.code), TINY)
    assert mine.name() == "brick"  # what one Stage shows is no choice for the lessons to come


def test_without_an_own_picture_none_can_be_chosen():
    stage = explore.zoom("coins")
    asked(stage, choose="your own")
    assert stage.notice.startswith("there is no picture of your own yet; upload one")
    assert (stage.picture_name, stage.picture_own) == ("coins", False)


@pytest.fixture
def read_only(my_folder):
    my_folder.write_text("a file where the folder should be")


def test_a_picture_that_cannot_be_kept_is_shown_and_said(read_only, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "tiny.png").write_bytes(png(TINY))
    stage = explore.zoom(explore.my_picture())
    asked(stage, data=memoryview(png(TINY)), name="tiny.png")
    np.testing.assert_array_equal(stage.picture, TINY)
    assert stage.notice.startswith("the picture cannot be kept: '")
    assert stage.notice.endswith("my' cannot be written to; here it is shown all the same")
    np.testing.assert_array_equal(run(stage.code), TINY)


def test_a_picture_of_the_course_whose_choice_cannot_be_kept_is_shown_and_said(read_only):
    stage = explore.zoom(explore.my_picture())
    asked(stage, choose="coffee")
    assert stage.picture_name == "coffee"
    assert "cannot be kept" in stage.notice
    np.testing.assert_array_equal(run(stage.code), images.load("coffee"))


@pytest.mark.parametrize("own", [True, False])
def test_an_own_picture_that_is_not_kept_is_there_again_too(read_only, own):
    stage = explore.zoom(Picture(own=own))
    asked(stage, 1, data=memoryview(png(TINY)), name="tiny.png")
    asked(stage, 2, choose="coffee")
    asked(stage, 3, choose="your own")
    assert (stage.picture_name, stage.picture_own) == ("tiny.png", True)
    np.testing.assert_array_equal(stage.picture, TINY)


def test_that_a_picture_cannot_be_kept_is_told_after_it_is_shown(read_only):
    stage, told = explore.zoom(explore.my_picture()), []
    stage.observe(lambda change: told.append(change["name"]), ["picture", "notice"])
    asked(stage, choose="coffee")
    assert told == ["picture", "notice"]


def test_upload_for_one_stage_is_not_kept(my_folder):
    stage = explore.zoom()
    asked(stage, data=memoryview(png(TINY)), name="tiny.png")
    assert not my_folder.exists()
    assert stage.code.endswith('picture = images.load("tiny.png", longest=400)\n')


def test_code_loads_what_was_uploaded(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    data = png(some(20, 850, 3))
    (tmp_path / 'it\'s "mine".png').write_bytes(data)
    stage = explore.zoom()
    asked(stage, data=memoryview(data), name='it\'s "mine".png')
    np.testing.assert_array_equal(run(stage.code), stage.picture)


def test_code_loads_what_was_kept():
    stage = explore.zoom(explore.my_picture())
    asked(stage, data=memoryview(png(TINY)), name="tiny.png")
    np.testing.assert_array_equal(run(stage.code), TINY)


def test_picture_of_the_course_can_be_chosen():
    stage = explore.zoom()
    asked(stage, choose="coffee_cutout")
    np.testing.assert_array_equal(stage.picture, images.load("coffee_cutout"))
    assert stage.picture_name == "coffee_cutout"
    assert stage.code.endswith('picture = images.load("coffee_cutout")\n')


WISHES = {
    "another picture": {"choose": "coffee"},
    "the same picture": {"choose": "coins"},
    "no picture": {"choose": "dog"},
    "a file": {"data": memoryview(png(TINY)), "name": "tiny.png"},
    "a damaged file": {"data": memoryview(b"")},
    "a picture that there is not": {"choose": "coffee", "setting": "amount"},
    "nothing": {},
}


@pytest.mark.parametrize("wish", WISHES.values(), ids=WISHES)
def test_every_wish_is_answered_last_of_all_by_emptying_it(wish, monkeypatch):
    stage, sent = explore.overflow("coins"), []
    monkeypatch.setattr(type(stage), "_send", lambda self, message, buffers=None: sent.append(message))
    asked(stage, 1, **wish)
    assert sent[-1]["state"] == {"request": {}}


def test_of_two_pictures_the_one_that_was_asked_for_changes():
    settings = {"first": picture("cat", choosable=True), "second": picture("coins", choosable=True)}
    stage = Stage(settings, [panel("first"), panel("second")])
    asked(stage, 1, choose="coffee", setting="second")
    assert (stage.first_name, stage.second_name) == ("cat", "coffee")
    asked(stage, 2, data=memoryview(png(TINY)), name="tiny.png", setting="second")
    assert (stage.first_name, stage.second_name) == ("cat", "tiny.png")


def test_choice_of_no_picture_is_told():
    stage = explore.zoom(TINY)
    asked(stage, choose="dog")
    assert stage.notice.startswith("there is no picture called 'dog'; choose one of cat, coffee,")
    np.testing.assert_array_equal(stage.picture, TINY)


def test_stages_that_share_a_picture_follow_it():
    shared = Picture("coins")
    first, second = explore.zoom(shared), explore.overflow(shared)
    asked(first, choose="coffee")
    np.testing.assert_array_equal(second.picture, images.load("coffee"))
    assert second.code.count('images.load("coffee")') == 1
    asked(second, data=memoryview(b"no picture"))
    assert first.notice == second.notice != ""
    assert first.picture_name == second.picture_name == "coffee"


def test_stages_with_pictures_of_their_own_do_not():
    first, second = explore.zoom("coins"), explore.zoom("coins")
    asked(first, choose="coffee")
    assert second.picture_name == "coins"


def test_state_does_not_take_the_learners_own_picture_away(my_folder):
    stage = explore.zoom(explore.my_picture())
    stage.state = explore.zoom("coins").state
    assert stage.code.endswith("picture = mine.picture()\n")
    assert not my_folder.exists()


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("dog", "^there is no picture called 'dog'; choose one of cat,"),
        (b"", "^the file is empty; choose a picture$"),
        ([[1, 2], [3]], "^all rows must have the same length$"),
        ([["a"]], "^numbers are needed here, not values of the type <U1$"),
        (np.array([[np.nan]]), "^picture takes finite numbers; 1 of these 1 are not"),
        (np.zeros((2, 2, 2, 2)), "^picture takes rows and columns"),
        (7, "^a picture is loaded by its name, its path or its bytes, not by int$"),
    ],
)
def test_what_is_no_picture_is_refused(source, sentence):
    with pytest.raises(ValueError, match=sentence):
        explore.zoom(source)


def test_picture_given_as_bytes_has_code_that_says_so():
    stage = explore.zoom(png(TINY))
    assert stage.code.endswith("picture = images.load(your_bytes)\n")
    np.testing.assert_array_equal(stage.result, TINY)


def test_a_large_picture_from_a_path_is_made_smaller_and_the_code_says_so(tmp_path):
    path = tmp_path / "large.png"
    images.save(np.zeros((30, 2048), dtype=np.uint8), path)
    shown = Picture(path)
    assert shown.pixels.shape == (15, 1024)
    assert np.array_equal(eval(shown.source), shown.pixels)
