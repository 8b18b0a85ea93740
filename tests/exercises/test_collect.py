"""A class's progress in one table, and the answer key: what instructors get."""

import csv
import io
import subprocess
import sys

import pytest

from helpers.exercises import answers, collect
from helpers.exercises.lesson import each, lessons
from helpers.exercises.logbook import Logbook
from helpers.images import COURSE


@pytest.fixture
def folder(tmp_path):
    """Return a folder with the files of two learners, a foreign one and a broken one."""
    ada, bob = Logbook(tmp_path / "ada"), Logbook(tmp_path / "bob")
    for book in (ada, bob):
        book.predicted("01/zoom", "squares, each of one single color", True)
        book.tried("01/crop", False, "counted from 1")
    bob.tried("01/crop", False, "counted from 1")
    bob.tried("01/crop", False, "rows only")
    bob.opened("01/crop", "solution")
    ada.tried("01/crop", True, "")
    ada.answered("01/copy", "99", True)
    ada.export(tmp_path / "ada.json")
    bob.export(tmp_path / "bob.json")
    (tmp_path / "notes.json").write_text("{}")
    (tmp_path / "torn.json").write_text('{"format": "image')
    return tmp_path


def test_the_class_table_says_who_is_where(folder, capsys):
    assert collect.main([str(folder / "*.json")]) == 0
    out = capsys.readouterr().out.splitlines()
    assert out[0] == "Lesson 01: Pixels and RGBA"
    assert out[1].split() == [
        "learner",
        "predicted",
        "solved",
        "quiz",
        "five",
        "crop",
        "over_white",
        "to_gray",
        "brighten",
    ]
    assert out[2].split() == ["ada", "1/7", "1/5", "1/4", "○", "✓", "2", "○", "○", "○"]
    assert out[3].split() == ["bob", "1/7", "0/5", "0/4", "○", "↻", "3", "○", "○", "○"]


def test_the_commonest_diagnoses_come_first(folder, capsys):
    collect.main([str(folder / "ada.json"), str(folder / "bob.json")])
    out = capsys.readouterr().out.splitlines()
    start = out.index("Commonest diagnoses")
    assert out[start + 2].split() == "2 of 2 3 times 01/crop counted from 1".split()
    assert out[start + 3].split() == "1 of 2 1 time 01/crop rows only".split()


def test_foreign_files_are_named_in_a_sentence(folder, capsys):
    collect.main([str(folder / "*.json"), str(folder / "gone.json")])
    assert capsys.readouterr().err.splitlines() == [
        "notes.json was left out: not a progress file of this course.",
        "torn.json was left out: not a whole JSON file.",
        "gone.json was left out: No such file or directory.",
    ]


def test_nothing_to_collect_is_a_failure(folder, capsys):
    assert collect.main([str(folder / "notes.json")]) == 1


def test_a_spreadsheet_gets_one_line_for_each_thing(folder, capsys):
    collect.main(["--csv", str(folder / "*.json")])
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert {tuple(row) for row in rows} == {collect.HEADER}
    crop = next(row for row in rows if row["learner"] == "bob" and row["name"] == "crop")
    assert (crop["lesson"], crop["kind"], crop["right"], crop["tries"]) == ("01", "exercises", "no", "3")
    assert crop["answer or diagnoses"] == "counted from 1 (2); rows only (1)"
    assert crop["opened"] == "solution"
    copy = next(row for row in rows if row["name"] == "copy")
    assert (copy["right"], copy["answer or diagnoses"]) == ("yes", "99")


def test_what_a_file_holds_cannot_become_a_formula_or_a_command(folder, capsys):
    book = Logbook(folder / "cmd")
    book.tried("01/crop", False, "=HYPERLINK(1)\x1b[2J\nnext line" + "x" * 200)
    book.export(folder / "=cmd.json")
    collect.main(["--csv", str(folder / "=cmd.json")])
    (row,) = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert row["learner"] == "'=cmd"
    assert row["answer or diagnoses"].startswith("'=HYPERLINK(1) [2J next line")
    collect.main([str(folder / "=cmd.json")])
    out = capsys.readouterr().out
    assert "\x1b" not in out
    assert max(map(len, out.splitlines())) < 150


def test_learners_of_one_name_are_kept_apart(folder):
    other = folder / "monday"
    other.mkdir()
    (other / "ada.json").write_bytes((folder / "ada.json").read_bytes())
    found, complaints = collect.collect([folder / "ada.json", other / "ada.json", other / "ada.json"])
    assert list(found) == ["ada", "monday/ada", "monday/ada'"]
    assert complaints == []


def test_it_is_one_command(folder):
    command = [sys.executable, "-m", "helpers.exercises.collect", folder / "ada.json"]
    done = subprocess.run(command, cwd=COURSE, capture_output=True, text=True, encoding="utf-8", timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Lesson 01")


# --- the answer key --------------------------------------------------------------------------------


def test_the_answer_key_is_not_stale():
    text = answers.FILE.read_text(encoding="utf-8")
    assert text == answers.document(), "run: python3 -m helpers.exercises.answers"


def test_the_answer_key_holds_everything():
    text = answers.document()
    for lesson in lessons().values():
        for question in (*lesson.predictions, *lesson.quiz):
            assert f"#### {question.text}" in text
            assert all(choice.text in text and choice.says in text for choice in question.choices)
            assert question.why in text
    for _, exercise in each("exercises"):
        assert exercise.answer in text
        assert all(slip.says in text for slip in exercise.slips)
        assert all(hint in text for hint in exercise.hints)


def test_the_answer_key_goes_where_it_is_told(tmp_path, capsys):
    assert answers.main([str(tmp_path / "docs" / "key.md")]) == 0
    assert (tmp_path / "docs" / "key.md").read_text(encoding="utf-8") == answers.document()
