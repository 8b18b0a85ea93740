"""The summary of a test run counts what pytest counted."""

import os
from pathlib import Path

import pytest

import stages
from helpers import images
from helpers.exercises import logbook

CLOSING = "=================== 2 failed, 5 passed, 1 skipped, 3 warnings, 1 error in 61.20s (0:01:01) ===="


def test_pytests_closing_line_is_added_up():
    counts = stages.Counts()
    assert not counts.add(f"...\n{CLOSING}\n", code=1)
    assert str(counts) == "5 passed, 3 failed, 1 skipped"


@pytest.mark.parametrize(("code", "line"), [(0, "1 passed, 0 failed, 0 skipped"), (1, "0 passed, 1 failed, 0 skipped")])
def test_a_command_that_counts_nothing_is_one_test(code, line):
    counts = stages.Counts()
    counts.add("All checks passed!\n", code)
    assert str(counts) == line


def test_a_pytest_that_fails_with_no_failed_test_counts_as_failed():
    counts = stages.Counts()
    counts.add("===== 4 passed in 0.10s =====\n", code=2)
    assert str(counts) == "4 passed, 1 failed, 0 skipped"


def test_all_stages_run_and_one_failure_fails_the_run(monkeypatch, capsys):
    ran = []
    monkeypatch.setattr(stages, "run", lambda command: ran.append(command[0]) or ("", int(command[0] == "ruff")))
    assert stages.main([]) == 1
    assert ran.count("pytest") == 3
    assert "lint       FAILED" in capsys.readouterr().out


def test_an_unknown_stage_is_told(capsys):
    assert stages.main(["lints"]) == 2
    assert "choose from lint, units, notebooks, browser" in capsys.readouterr().out


def test_each_stage_has_a_folder_of_its_own_for_what_a_learner_makes():
    says_it = ["timeit", "-n", "1", "-r", "1", "-s", "import os; print(os.environ['COURSE_MY'])"]
    folders = [Path(stages.run(says_it)[0].splitlines()[0]) for _ in range(2)]
    assert len(set(folders)) == 2
    assert not any(folder.exists() or stages.ROOT in folder.parents for folder in folders)


def test_no_test_sees_what_a_learner_made(root):
    assert {path.parent for path in (images.MINE, logbook.MINE.path)} == {Path(os.environ["COURSE_MY"])}
    assert root not in images.MINE.parents
