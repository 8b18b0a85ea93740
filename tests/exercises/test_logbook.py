"""The progress: whoever writes at a time, and whatever breaks off, nothing of the learner's is ever lost."""

import json
import os
import re
import subprocess
import sys
import textwrap
import threading

import pytest

from helpers import exercises
from helpers.exercises import logbook
from helpers.exercises.logbook import Logbook, blank, parse
from helpers.images import COURSE


@pytest.fixture
def path(tmp_path):
    return tmp_path / "my" / "progress.jsonl"


@pytest.fixture
def book(path):
    return Logbook(path.parent)


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
    other = Logbook(path.parent)
    assert other.entries("predictions") == {"01/zoom": {"answer": "squares", "right": True}}
    crop = {"tries": 4, "solved": 3, "diagnoses": {"counted from 1": 2}, "opened": ["hint 1"]}
    assert other.entries("exercises") == {"01/crop": crop}
    assert other.entries("quiz") == {"01/copy": {"answer": "20", "right": True, "first": False, "tries": 3}}


def test_the_first_prediction_counts(book):
    book.predicted("01/zoom", None, False)
    book.predicted("01/zoom", "squares", True)
    assert book.entries("predictions")["01/zoom"] == {"answer": None, "right": False}


def test_two_notebooks_do_not_overwrite_each_other(path):
    one, two = Logbook(path.parent), Logbook(path.parent)
    one.tried("01/crop", True, "")
    two.tried("01/five", True, "")
    one.tried("01/to_gray", True, "")
    assert set(Logbook(path.parent).entries("exercises")) == {"01/crop", "01/five", "01/to_gray"}


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


# --- two at a time, and crashes ---------------------------------------------------------------------

WRITER = """
    import sys
    from pathlib import Path
    from helpers.exercises.logbook import Logbook

    book = Logbook(Path(sys.argv[1]))
    print("ready", flush=True)
    sys.stdin.readline()
    for _ in range(200):
        book.tried(f"01/{sys.argv[2]}", False, "x" * 400)
"""


def started(script, *arguments):
    """Start a program in a process of its own."""
    command = [sys.executable, "-c", textwrap.dedent(script), *map(str, arguments)]
    return subprocess.Popen(command, cwd=COURSE, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def test_two_processes_that_write_at_once_lose_nothing(book, path):
    writers = [started(WRITER, path.parent, name) for name in ("crop", "five")]
    for writer in writers:
        assert writer.stdout.readline() == "ready\n"
    for writer in writers:
        writer.stdin.write("go\n")
        writer.stdin.flush()
    assert [writer.wait(timeout=60) for writer in writers] == [0, 0]
    assert {key: entry["tries"] for key, entry in book.entries("exercises").items()} == {"01/crop": 200, "01/five": 200}


KILLED = """
    import os, signal, sys
    from pathlib import Path
    from helpers.exercises.logbook import Logbook

    book, write, part = Logbook(Path(sys.argv[1])), os.write, int(sys.argv[2])

    def half(file, data):
        write(file, data[: len(data) * part // 10])
        os.kill(os.getpid(), signal.SIGKILL)

    book.tried("01/crop", False, "before")
    os.write = half
    book.tried("01/crop", True, "")
"""


@pytest.mark.parametrize("part", range(11))
def test_a_kill_in_the_middle_of_a_write_loses_nothing_written_before_or_after(book, path, part):
    book.tried("01/five", True, "")
    assert started(KILLED, path.parent, part).wait(timeout=60) == -9
    book.tried("01/to_gray", True, "")
    kept = book.entries("exercises")
    assert set(kept) == {"01/five", "01/crop", "01/to_gray"}
    assert kept["01/crop"]["tries"] == (2 if part == 10 else 1)
    assert files(path) == ["progress.jsonl"]


def test_what_a_crash_left_half_written_is_skipped_and_closed(book, path):
    book.tried("01/five", True, "")
    with open(path, "ab") as file:
        file.write(b'\n{"did": "tried", "key": "01/cr')
    book.tried("01/to_gray", True, "")
    assert set(book.entries("exercises")) == {"01/five", "01/to_gray"}
    assert book.take_notice() == ""


def test_an_event_is_written_in_one_piece(book, monkeypatch):
    pieces, write = [], os.write
    monkeypatch.setattr(os, "write", lambda file, data: pieces.append(data) or write(file, data))
    book.predicted("01/zoom", "x" * 5000, True)
    assert len(pieces) == 1


def test_a_full_disk_is_said_and_what_happened_stays_in_memory(book, path, monkeypatch):
    book.tried("01/five", True, "")
    write = os.write
    monkeypatch.setattr(os, "write", lambda file, data: write(file, data[:9]))
    book.tried("01/crop", True, "")
    assert set(book.entries("exercises")) == {"01/five", "01/crop"}
    assert "cannot be written to" in book.take_notice()


class Msvcrt:
    """Stand in for Windows' module: note what is locked, and what is written meanwhile."""

    LK_LOCK = 1

    def locking(self, file, mode, count):
        self.locked = mode, os.lseek(file, 0, os.SEEK_CUR), count


def test_on_windows_the_file_is_locked_far_behind_its_end(book, monkeypatch):
    monkeypatch.setattr(logbook, "msvcrt", Msvcrt())
    book.tried("01/five", True, "")
    assert logbook.msvcrt.locked == (1, 2**30, 1)
    assert book.is_attempted("01/five")
    assert book.path.stat().st_size < 200


# --- what an earlier version wrote -----------------------------------------------------------------

EARLIER = {
    "predictions": {"01/zoom": {"answer": "squares", "right": True}},
    "exercises": {"01/crop": {"tries": 2, "solved": 0, "diagnoses": {"rows only": 2}, "opened": ["hint 1"]}},
    "quiz": {"01/copy": {"answer": "20", "right": False, "first": False, "tries": 1}},
}


@pytest.fixture
def earlier(path):
    path.parent.mkdir()
    path.with_name("progress.json").write_text(json.dumps({**blank(), **EARLIER}, indent=1))


def test_a_progress_of_an_earlier_version_is_read(book, earlier):
    assert book.read() == {**blank(), **EARLIER}


def test_a_progress_of_an_earlier_version_is_gone_on_from(book, earlier):
    book.tried("01/crop", True, "")
    book.predicted("01/zoom", "numbers", False)
    book.answered("01/copy", "99", True)
    assert book.entries("exercises")["01/crop"] == EARLIER["exercises"]["01/crop"] | {"tries": 3, "solved": 3}
    assert book.entries("predictions") == EARLIER["predictions"]
    assert book.entries("quiz")["01/copy"] == {"answer": "99", "right": True, "first": False, "tries": 2}


def test_reset_sets_a_progress_of_an_earlier_version_aside_too(mine, path, earlier):
    mine.tried("01/crop", True, "")
    said = exercises.reset(confirm=True)
    assert "kept as progress-backup-1.jsonl and progress-backup-1.json." in said
    assert mine.read() == blank()


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


FOREIGN = {
    "text": b"notes",
    "not text": b"\xff\xfe\x00",
    "another json": b'{"cells": []}\n[1, 2]\nnull\n7',
    "unknown events": b'{"did": "cheated", "key": "01/crop"}',
    "an event of no known kind": b'{"did": ["tried"], "key": "01/crop"}',
    "no key": b'{"did": "opened", "key": 3, "what": "hint 1"}',
    "a part is missing": b'{"did": "tried", "key": "01/crop", "solved": true}',
    "wrong types": b'{"did": "tried", "key": "01/crop", "solved": 1, "diagnosis": ""}',
    "deep": b"[" * 100_000,
}
FILES = [("progress.json", data) for data in BROKEN.values()] + [("progress.jsonl", data) for data in FOREIGN.values()]


@pytest.mark.parametrize(("name", "data"), FILES, ids=[*BROKEN, *(f"{name} among lines" for name in FOREIGN)])
def test_a_broken_or_foreign_file_is_set_aside_never_overwritten(book, path, name, data):
    path.parent.mkdir()
    path.with_name(name).write_bytes(data)
    book.tried("01/crop", True, "")
    aside = name.replace(".", "-broken-1.")
    assert path.with_name(aside).read_bytes() == data
    assert book.is_attempted("01/crop")
    assert book.take_notice() == (
        f"The file {name} could not be read as your progress; it was set aside as {aside}, and a new one begins."
    )
    assert book.take_notice() == ""


def test_a_line_that_is_damaged_costs_no_other(book, path):
    for name in ("crop", "five", "to_gray"):
        book.tried(f"01/{name}", True, "")
    path.write_bytes(path.read_bytes().replace(b"01/five", b"\0\xff\0\0\0\0\0"))
    assert set(book.entries("exercises")) == {"01/crop", "01/to_gray"}


def test_several_broken_files_are_kept_apart(book, path):
    path.parent.mkdir()
    for number in (1, 2, 3):
        path.write_text(f"broken {number}")
        book.read()
    assert [path.with_name(f"progress-broken-{n}.jsonl").read_text() for n in (1, 2, 3)] == [
        "broken 1",
        "broken 2",
        "broken 3",
    ]


@pytest.mark.parametrize("name", ["progress.json", "progress.jsonl"])
def test_a_huge_file_is_not_read(book, path, monkeypatch, name):
    path.parent.mkdir()
    path.with_name(name).write_bytes(b"")
    os.truncate(path.with_name(name), 30_000_000)
    monkeypatch.delattr("pathlib.Path.read_bytes")
    assert book.read() == blank()
    assert files(path) == [name.replace(".", "-broken-1.")]


def test_where_nothing_can_be_written_it_is_kept_in_memory_and_said_once(book, path, monkeypatch):
    monkeypatch.setattr(os, "open", cannot_write)
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
    book = Logbook(tmp_path / "my")
    book.tried("01/crop", True, "")
    assert book.is_attempted("01/crop")


def test_a_file_that_cannot_be_read_is_left_alone(book, path, monkeypatch):
    book.tried("01/five", True, "")
    monkeypatch.setattr(type(path), "read_bytes", cannot_write)
    book.tried("01/crop", True, "")
    assert set(book.entries("exercises")) == {"01/crop"}
    monkeypatch.undo()
    assert set(Logbook(path.parent).entries("exercises")) == {"01/five"}


# --- what learners and instructors call ------------------------------------------------------------


def crop(image):
    return image[2:5, 3:9]


def test_a_check_is_noted_with_its_diagnosis(mine):
    exercises.check(crop)
    exercises.check(lambda image: image, "crop")
    exercises.check(lambda image: image[2:6, 3:10], "crop")
    entry = mine.entries("exercises")["01/crop"]
    assert entry == {"tries": 3, "solved": 3, "diagnoses": {"ends not included": 1, "input unchanged": 1}}


def test_what_is_not_attempted_is_not_noted(mine, path):
    exercises.check(..., "crop")
    exercises.check(lambda image: ..., "crop")
    assert not path.exists()


def test_a_check_says_once_that_nothing_can_be_written(mine, monkeypatch):
    monkeypatch.setattr(os, "open", cannot_write)
    assert "cannot be written to" in repr(exercises.check(crop))
    assert "cannot be written to" not in repr(exercises.check(crop))


def test_progress_shows_every_lesson_and_the_exercises_of_those_that_were_begun(mine):
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
    assert re.search(r"Lesson 02: Kernels +not begun yet\nLesson 03: Padding +not begun yet\n", text)


def np_gray(image):
    return image.mean(axis=2)


def test_progress_is_a_table_with_headers_for_each_row(mine):
    exercises.check(crop)
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
    assert "kept as progress-backup-1.jsonl." in exercises.reset(confirm=True)
    assert path.with_name("progress-backup-1.jsonl").read_bytes() == before
    assert mine.read() == blank()
    assert exercises.reset(confirm=True) == "Your progress begins anew; run the notebook's cells again."


def test_the_courses_own_file_is_among_the_learners_things(my_folder):
    logbook.MINE.tried("01/crop", True, "")
    assert files(logbook.MINE.path) == ["progress.jsonl"]
    assert logbook.MINE.path.parent == my_folder
    assert "my/" in (COURSE / ".gitignore").read_text().split()
