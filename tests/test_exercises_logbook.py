"""The progress file: there is a whole one at every moment, and nothing of the learner's is ever lost."""

import json
import os
import subprocess
import sys
import textwrap
import threading
import time

import pytest

from helpers import exercises
from helpers.exercises import logbook
from helpers.exercises.logbook import Logbook, blank, parse
from helpers.images import COURSE


@pytest.fixture
def path(tmp_path):
    return tmp_path / "my" / "progress.json"


@pytest.fixture
def book(path):
    return Logbook(path)


@pytest.fixture
def mine(book, monkeypatch):
    """Let the whole package write into a file of the test."""
    monkeypatch.setattr(logbook, "MINE", book)
    return book


def files(path):
    return sorted(one.name for one in path.parent.iterdir())


def cannot_write(*arguments):
    raise PermissionError(13, "Permission denied")


# --- what is kept ----------------------------------------------------------------------------------


def test_nothing_is_written_before_something_happens(book, path):
    assert book.read() == blank()
    assert not path.parent.exists()


def test_what_happened_is_there_for_another_notebook(book, path):
    book.predicted("01/zoom", "squares", True)
    book.tried("01/crop", False, "counted from 1")
    book.tried("01/crop", False, "counted from 1")
    book.tried("01/crop", True, "")
    book.tried("01/crop", True, "")
    book.opened("01/crop", "hint 1")
    book.opened("01/crop", "hint 1")
    book.answered("01/copy", "20", False)
    book.answered("01/copy", "99", True)
    book.answered("01/copy", "20", False)
    other = Logbook(path)
    assert other.entries("predictions") == {"01/zoom": {"answer": "squares", "right": True}}
    crop = {"tries": 4, "solved": 3, "diagnoses": {"counted from 1": 2}, "opened": ["hint 1"]}
    assert other.entries("exercises") == {"01/crop": crop}
    assert other.entries("quiz") == {"01/copy": {"answer": "20", "right": True, "first": False, "tries": 3}}


def test_the_first_prediction_counts(book):
    book.predicted("01/zoom", None, False)
    book.predicted("01/zoom", "squares", True)
    assert book.entries("predictions")["01/zoom"] == {"answer": None, "right": False}


def test_two_notebooks_do_not_overwrite_each_other(path):
    one, two = Logbook(path), Logbook(path)
    one.tried("01/crop", True, "")
    two.tried("01/five", True, "")
    one.tried("01/to_gray", True, "")
    assert set(Logbook(path).entries("exercises")) == {"01/crop", "01/five", "01/to_gray"}


def test_two_threads_do_not_overwrite_each_other(book):
    def work(name):
        for _ in range(10):
            book.tried(f"01/{name}", False, "other")

    threads = [threading.Thread(target=work, args=[name]) for name in ("crop", "five")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {entry["tries"] for entry in book.entries("exercises").values()} == {10}


def test_long_answers_are_cut(book):
    book.predicted("01/zoom", "x" * 10_000, False)
    assert len(book.entries("predictions")["01/zoom"]["answer"]) == 500


# --- crashes ---------------------------------------------------------------------------------------

CRASH = """
    import os, sys
    from pathlib import Path
    from helpers.exercises import logbook
    from helpers.exercises.logbook import Logbook

    {sabotage}
    Logbook(Path(sys.argv[1])).tried("01/crop", True, "")
"""
SABOTAGE = {
    "before the new file is whole": "os.fsync = lambda number: os._exit(9)",
    "in the middle of a write": "logbook.json.dump = lambda _, file, **k: (file.write('{'), file.flush(), os._exit(9))",
    "before it takes its place": "os.replace = lambda *_: os._exit(9)",
}


@pytest.mark.parametrize("moment", SABOTAGE)
def test_a_crash_leaves_the_old_file_whole(book, path, moment):
    book.tried("01/five", True, "")
    before = path.read_bytes()
    script = textwrap.dedent(CRASH).format(sabotage=SABOTAGE[moment])
    done = subprocess.run([sys.executable, "-c", script, str(path)], cwd=COURSE, timeout=60)
    assert done.returncode == 9
    assert path.read_bytes() == before
    book.tried("01/crop", True, "")
    assert set(book.entries("exercises")) == {"01/five", "01/crop"}


def test_what_a_crash_left_is_cleared_away_later(book, path):
    book.tried("01/five", True, "")
    old, young = path.with_name("progress-0a.part"), path.with_name("progress-0b.part")
    for part in (old, young):
        part.write_text("{")
    os.utime(old, (time.time() - 3600,) * 2)
    book.tried("01/five", True, "")
    assert files(path) == ["progress-0b.part", "progress.json"]


def test_a_failed_write_leaves_nothing_behind(book, path, monkeypatch):
    book.tried("01/five", True, "")
    monkeypatch.setattr(os, "replace", cannot_write)
    book.tried("01/five", True, "")
    assert files(path) == ["progress.json"]


def test_a_file_that_is_busy_for_a_moment_is_waited_for(book, monkeypatch):
    replace, refusals = os.replace, [1, 2, 3]

    def busy(*arguments):
        if refusals:
            refusals.pop()
            raise PermissionError
        replace(*arguments)

    monkeypatch.setattr(os, "replace", busy)
    book.tried("01/five", True, "")
    assert book.memory is None
    assert book.is_attempted("01/five")


# --- files that are broken, foreign, or out of reach -----------------------------------------------

BROKEN = {
    "empty": b"",
    "half": b'{"format": "image recognition course: progress", "ver',
    "not text": b"\xff\xfe\x00",
    "another json": b'{"cells": []}',
    "a list": b"[1, 2]",
    "another version": json.dumps({**blank(), "version": 2}).encode(),
    "a part is missing": json.dumps({"format": logbook.FORMAT, "version": 1, "exercises": {}}).encode(),
    "wrong types": json.dumps({**blank(), "exercises": {"01/crop": {"tries": "many"}}}).encode(),
    "unknown fields": json.dumps({**blank(), "quiz": {"01/copy": {"grade": 5}}}).encode(),
    "wrong counts": json.dumps({**blank(), "exercises": {"01/crop": {"diagnoses": {"other": []}}}}).encode(),
    "deep": b"[" * 100_000,
}


@pytest.mark.parametrize("data", BROKEN.values(), ids=BROKEN)
def test_a_broken_or_foreign_file_is_set_aside_never_overwritten(book, path, data):
    path.parent.mkdir()
    path.write_bytes(data)
    book.tried("01/crop", True, "")
    assert path.with_name("progress-broken-1.json").read_bytes() == data
    assert book.is_attempted("01/crop")
    assert book.take_notice() == (
        "The file progress.json could not be read as your progress;"
        " it was set aside as progress-broken-1.json, and a new one begins."
    )
    assert book.take_notice() == ""


def test_several_broken_files_are_kept_apart(book, path):
    path.parent.mkdir()
    for number in (1, 2, 3):
        path.write_text(f"broken {number}")
        book.read()
    assert [path.with_name(f"progress-broken-{n}.json").read_text() for n in (1, 2, 3)] == [
        "broken 1",
        "broken 2",
        "broken 3",
    ]


def test_a_huge_file_is_not_read(book, path):
    path.parent.mkdir()
    path.write_bytes(b" " * 3_000_000)
    book.read()
    assert "progress-broken-1.json" in files(path)


def test_where_nothing_can_be_written_it_is_kept_in_memory_and_said_once(book, path, monkeypatch):
    monkeypatch.setattr(os, "replace", cannot_write)
    book.tried("01/crop", False, "other")
    book.tried("01/crop", True, "")
    assert book.entries("exercises")["01/crop"]["solved"] == 2
    assert (
        book.take_notice()
        == f"Your progress cannot be written to {path.parent}: it is kept until this notebook's kernel ends."
    )
    assert book.take_notice() == ""


def test_a_folder_that_cannot_be_made_is_no_reason_to_fail(tmp_path):
    (tmp_path / "my").write_text("a file where a folder should be")
    book = Logbook(tmp_path / "my" / "progress.json")
    book.tried("01/crop", True, "")
    assert book.is_attempted("01/crop")


def test_a_file_that_cannot_be_read_is_left_alone(book, path, monkeypatch):
    book.tried("01/five", True, "")
    monkeypatch.setattr(type(path), "read_bytes", cannot_write)
    book.tried("01/crop", True, "")
    assert set(book.entries("exercises")) == {"01/crop"}
    monkeypatch.undo()
    assert set(Logbook(path).entries("exercises")) == {"01/five"}


# --- what learners and instructors call ------------------------------------------------------------


def crop(image):
    return image[2:5, 3:9]


def test_a_check_is_noted_with_its_diagnosis(mine):
    exercises.check(crop)
    exercises.check(lambda image: image, "crop")
    exercises.check(lambda image: image[2:6, 3:10], "crop")
    entry = mine.entries("exercises")["01/crop"]
    assert entry == {"tries": 3, "solved": 3, "diagnoses": {"ends not included": 1, "shape": 1}}


def test_what_is_not_attempted_is_not_noted(mine, path):
    exercises.check(..., "crop")
    exercises.check(lambda image: ..., "crop")
    assert not path.exists()


def test_a_check_says_once_that_nothing_can_be_written(mine, monkeypatch):
    monkeypatch.setattr(os, "replace", cannot_write)
    assert "cannot be written to" in repr(exercises.check(crop))
    assert "cannot be written to" not in repr(exercises.check(crop))


def test_progress_shows_every_lesson_and_exercise(mine):
    exercises.check(crop)
    exercises.check(lambda image: image[2:6, 3:10], "crop")
    exercises.check(np_gray, "to_gray")
    mine.opened("01/to_gray", "hint 1")
    mine.predicted("01/zoom", "squares", True)
    text = repr(exercises.progress())
    assert "Lesson 01: Pixels and RGBA" in text
    assert "predicted 1 of 7, solved 1 of 5, quiz 0 of 4" in text
    assert "Cut out a piece" in text
    assert "✓ solved at attempt 2" in text
    assert "↻ 1 attempt; opened: hint 1" in text
    assert "○ not attempted yet" in text


def np_gray(image):
    return image.mean(axis=2)


def test_progress_is_a_table_with_headers_for_each_row(mine):
    bundle = exercises.progress()._repr_mimebundle_()
    assert bundle["text/plain"] == repr(exercises.progress())
    assert bundle["text/html"].count("<th scope='row'") == bundle["text/html"].count("<tr>") > 5


def test_export_writes_a_copy_and_never_over_another_file(mine, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    exercises.check(crop)
    assert repr(exercises.export("ada.json")) == f"Your progress is in ada.json, in the folder {tmp_path}."
    assert parse((tmp_path / "ada.json").read_bytes()) == mine.read()
    assert "Your progress is in ada.json" in exercises.export("ada.json")
    (tmp_path / "notes.json").write_text("{}")
    assert "choose another name" in exercises.export("notes.json")
    assert (tmp_path / "notes.json").read_text() == "{}"
    assert "choose another name" in exercises.export("no/such\0folder")


def test_reset_asks_first_and_keeps_a_backup(mine, path):
    exercises.check(crop)
    before = path.read_bytes()
    assert "exercises.reset(confirm=True)" in exercises.reset()
    assert "exercises.reset(confirm=True)" in exercises.reset("yes")
    assert path.read_bytes() == before
    assert "kept as progress-backup-1.json" in exercises.reset(confirm=True)
    assert path.with_name("progress-backup-1.json").read_bytes() == before
    assert mine.read() == blank()
    assert exercises.reset(confirm=True) == "Your progress begins anew; run the notebook's cells again."


def test_the_courses_own_file_is_in_a_folder_that_git_ignores():
    environment = {name: value for name, value in os.environ.items() if name != "COURSE_MY"}
    asked = "from helpers.exercises import logbook; print(logbook.MINE.path)"
    command = [sys.executable, "-c", asked]
    done = subprocess.run(command, cwd=COURSE, env=environment, capture_output=True, text=True, timeout=60)
    assert done.stdout.strip() == str(COURSE / "my" / "progress.json"), done.stderr
    assert "my/" in (COURSE / ".gitignore").read_text().split()
