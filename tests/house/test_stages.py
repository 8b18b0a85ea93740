"""The summary of a test run counts what pytest counted."""

import tomllib
from pathlib import Path

import pytest

import stages
from helpers.engine import readiness

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
    assert "choose from lint, units, notebooks, browser, oldest" in capsys.readouterr().out


def test_the_oldest_versions_are_tried_only_when_asked_for(monkeypatch):
    ran = []
    monkeypatch.setattr(stages, "run", lambda command: ran.append(command) or ("", 0))
    assert stages.main(["oldest"]) == 0
    python = stages.ROOT / ".venv" / "oldest"
    assert [command[0] for command in ran[:2]] == ["venv", "pip"]
    assert python in ran[2][0].parents
    assert "oldest" not in [stage.__name__ for stage in stages.DEFAULT]


def parts(version):
    return tuple(int(part) for part in version.split("."))


def lower_bounds():
    """Return the least version of each package that pyproject.toml asks for."""
    with open(stages.ROOT / "pyproject.toml", "rb") as file:
        wanted = tomllib.load(file)["project"]["dependencies"]
    return {name: parts(version) for name, version in (one.split(">=") for one in wanted)}


def test_the_oldest_versions_are_the_lower_bounds():
    lines = (stages.ROOT / "tests" / "oldest.txt").read_text().splitlines()
    tried = dict(line.split("==") for line in lines if "==" in line)
    for name, least in lower_bounds().items():
        assert parts(tried[name])[: len(least)] == least
        assert not any(parts(tried[name])[len(least) :]), f"{name} {tried[name]} is not the first that is allowed"


def test_what_readiness_asks_for_are_the_lower_bounds():
    assert {**readiness.NEEDED, "matplotlib": lower_bounds()["matplotlib"]} == lower_bounds()


def test_each_stage_has_a_folder_of_its_own_for_what_a_learner_makes():
    says_it = ["timeit", "-n", "1", "-r", "1", "-s", "import os; print(os.environ['COURSE_MY'])"]
    folders = [Path(stages.run(says_it)[0].splitlines()[0]) for _ in range(2)]
    assert len(set(folders)) == 2
    assert not any(folder.exists() or stages.ROOT in folder.parents for folder in folders)
