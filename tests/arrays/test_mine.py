"""What is the learner's own: where it is kept, and that an own picture is never lost."""

import os
from pathlib import Path

import numpy as np
import pytest
from test_images import COLORS, GRAYS, RGBA, encode

from helpers import images, mine
from helpers.mine import folder

# --- where


@pytest.fixture
def course(tmp_path, monkeypatch):
    """Return a course's folder in which nothing was made yet, and a home beside it."""
    monkeypatch.delenv("COURSE_MY", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(mine, "user_data", lambda: tmp_path / "home")
    monkeypatch.setattr(images, "COURSE", tmp_path / "course")
    (tmp_path / "course").mkdir()
    return tmp_path / "course"


@pytest.fixture
def elsewhere(course):
    return course.parent / "home" / "image-recognition-course"


def refuse(*_, **__):
    raise PermissionError(13, "Permission denied")


def test_it_is_my_in_the_course_and_asking_makes_nothing(course):
    assert folder() == course / "my"
    assert [*course.iterdir()] == []


def test_a_variable_of_the_environment_names_it(course, monkeypatch):
    monkeypatch.setenv("COURSE_MY", "~/things")
    assert folder() == Path.home() / "things"


@pytest.mark.parametrize("is_there", [True, False])
def test_it_is_the_users_own_where_the_course_cannot_be_written(course, elsewhere, monkeypatch, is_there):
    if is_there:
        (course / "my").mkdir()
    monkeypatch.setattr("tempfile.TemporaryFile", refuse)
    assert folder() == elsewhere


def test_it_is_the_users_own_where_my_is_another_persons(course, elsewhere, monkeypatch):
    (course / "my").mkdir()
    owner = (course / "my").stat().st_uid
    monkeypatch.setattr(os, "getuid", lambda: owner, raising=False)
    assert folder() == course / "my"
    monkeypatch.setattr(os, "getuid", lambda: owner + 1, raising=False)
    assert folder() == elsewhere


def test_it_is_the_users_own_where_my_is_a_file(course, elsewhere):
    (course / "my").write_text("a file where the folder should be")
    assert folder() == elsewhere


def test_a_browsers_python_has_one_user(course, monkeypatch):
    monkeypatch.setattr("sys.platform", "emscripten")
    monkeypatch.setattr(mine, "is_ours", None)
    assert folder() == course / "my"


def test_what_is_kept_there_is_found_again(course, elsewhere, monkeypatch):
    monkeypatch.setattr(mine, "folder", folder)
    monkeypatch.setattr("tempfile.TemporaryFile", refuse)
    mine.keep(COLORS, "holiday")
    assert (elsewhere / "picture.png").is_file()
    assert mine.name() == "holiday"


# --- the picture


def names(place):
    return sorted(path.name for path in place.iterdir())


def test_without_an_own_picture_the_first_of_the_course_is_mine():
    np.testing.assert_array_equal(mine.picture(), images.load("cat"))
    assert (mine.name(), mine.has_own()) == ("cat", False)


@pytest.mark.parametrize("array", [GRAYS, COLORS, RGBA])
def test_what_is_kept_is_mine(array):
    mine.keep(array, "Grüße <b>& mehr</b> 猫")
    np.testing.assert_array_equal(mine.picture(), array)
    assert (mine.name(), mine.has_own()) == ("Grüße <b>& mehr</b> 猫", True)


def test_the_last_one_counts_and_nothing_else_is_left(my_folder):
    mine.keep(GRAYS, "first")
    mine.keep(COLORS)
    np.testing.assert_array_equal(mine.picture(), COLORS)
    assert mine.name() == "my picture"
    assert names(my_folder) == ["choice.txt", "picture.png"]


def test_an_own_picture_is_there_again_after_another_was_chosen():
    mine.keep(COLORS, "holiday")
    mine.choose("coffee")
    assert mine.name() == "coffee"
    np.testing.assert_array_equal(mine.picture(), images.load("coffee"))
    np.testing.assert_array_equal(mine.own(), COLORS)
    mine.choose("your own")
    assert mine.name() == "holiday"
    np.testing.assert_array_equal(mine.picture(), COLORS)


def test_an_own_picture_that_is_kept_is_chosen():
    mine.choose("coffee")
    mine.keep(COLORS, "holiday")
    assert mine.name() == "holiday"


def test_the_picture_that_an_earlier_version_kept_is_mine(my_folder):
    my_folder.mkdir()
    (my_folder / "picture.png").write_bytes(encode(COLORS))
    np.testing.assert_array_equal(mine.picture(), COLORS)
    assert mine.name() == "my picture"


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("dog", "there is no picture called 'dog'; choose one of cat"),
        ("your own", "there is no picture of your own yet"),
    ],
)
def test_what_is_not_there_cannot_be_chosen(name, sentence, my_folder):
    with pytest.raises(ValueError, match=sentence):
        mine.choose(name)
    assert not my_folder.exists()


@pytest.mark.parametrize("damage", [b"", b"not a picture", encode(COLORS)[:-300]])
def test_a_damaged_picture_is_no_reason_to_stop(my_folder, damage):
    mine.keep(COLORS, "mine")
    (my_folder / "picture.png").write_bytes(damage)
    np.testing.assert_array_equal(mine.picture(), images.load("cat"))
    assert (mine.name(), mine.has_own()) == ("cat", False)


@pytest.mark.parametrize("damage", [b"", b"dog", b"\xff\xfe"])
def test_a_damaged_choice_is_no_reason_to_stop(my_folder, damage):
    mine.keep(COLORS, "holiday")
    (my_folder / "choice.txt").write_bytes(damage)
    assert mine.name() == "holiday"


def test_the_old_picture_stays_when_the_new_one_cannot_be_written(my_folder, monkeypatch):
    mine.keep(COLORS, "old")
    monkeypatch.setattr("os.replace", refuse)
    with pytest.raises(ValueError, match=r"the picture cannot be kept: '.*my' cannot be written to"):
        mine.keep(GRAYS, "new")
    np.testing.assert_array_equal(mine.picture(), COLORS)
    assert names(my_folder) == ["choice.txt", "picture.png"]


def test_keep_says_when_there_is_no_place(my_folder):
    my_folder.write_text("a file where the folder should be")
    with pytest.raises(ValueError, match=r"the picture cannot be kept: '.*my' cannot be written to"):
        mine.keep(GRAYS)


def test_keep_refuses_what_is_no_picture(my_folder):
    with pytest.raises(ValueError, match=r"a picture has 2 axes \(row, column\) or 3"):
        mine.keep([1, 2, 3])
    assert not my_folder.exists()


def test_a_file_that_is_busy_for_a_moment_is_waited_for(tmp_path, monkeypatch):
    replace, refusals = os.replace, [1, 2, 3]

    def busy(*arguments):
        if refusals:
            refusals.pop()
            raise PermissionError
        replace(*arguments)

    monkeypatch.setattr(os, "replace", busy)
    mine.write(tmp_path / "file", b"whole")
    assert (tmp_path / "file").read_bytes() == b"whole"
