"""What Python tells a Stage by itself, when the page can take more, and what the buttons ask for."""

import numpy as np
import pytest

from helpers.engine.recipe import step
from helpers.stage import telling
from helpers.stage.panels import panel
from helpers.stage.settings import buttons, told
from helpers.stage.stage import Stage
from helpers.stage.telling import Teller, obey, on_change


@pytest.fixture
def stage():
    """Return a Stage with two settings that Python tells, and a button."""
    settings = {"numbers": told(np.ones((2, 3))), "count": told(1), "command": told("none")}
    settings |= {"act": buttons({"go": ("command", "go")})}
    return Stage(settings, [panel("more")], [step("more", "add", image="$numbers", amount=1)])


@pytest.fixture
def clock(monkeypatch):
    """Return the time, which goes on by hand."""
    now = [100.0]
    monkeypatch.setattr(telling.time, "monotonic", lambda: now[0])
    return now


def test_what_is_told_is_counted(stage):
    Teller(stage).tell({"numbers": np.zeros((1, 2)), "count": 7})
    assert (stage.count, stage.pulse) == (7, 1)
    assert stage.result.tolist() == [[1, 1]]


def test_a_sentence_is_said_twice(stage):
    said = []
    stage.observe(lambda change: said.append(change["new"]), "notice")
    for _ in range(2):
        Teller(stage).say("no")
    assert said == ["no", "", "no"]


def test_where_there_is_no_page_it_tells_from_time_to_time(stage, clock):
    teller = Teller(stage)
    assert teller.is_due()
    teller.tell({})
    assert not teller.is_due()
    clock[0] += telling.PACE
    assert teller.is_due()
    clock[0] += 10 * telling.PATIENCE
    assert not teller.is_alone()


def test_where_there_is_a_page_it_waits_for_its_answer(stage, clock):
    teller = Teller(stage)
    teller.tell({})
    stage.echo = stage.pulse
    clock[0] += telling.PACE
    assert teller.is_due()
    teller.tell({})
    clock[0] += telling.PATIENCE - 0.5
    assert not teller.is_due()
    assert not teller.is_alone()
    clock[0] += 1
    assert teller.is_alone()
    teller.begin()
    assert not teller.is_alone()
    clock[0] += telling.PATIENCE + 1
    stage.echo = stage.pulse
    assert not teller.is_alone()
    assert teller.is_due()


def test_a_button_is_obeyed_and_any_other_word_is_not(stage):
    done, between = [], []

    def call(act):
        between.append(act)
        act()

    obey(stage, {"go": lambda: done.append(stage.command)}, call)
    for word in ("go", "__class__", "go"):
        stage.command = word
        assert stage.command == "none"
    assert done == ["none", "none"]
    assert len(between) == 3


def test_a_message_that_changes_several_settings_is_heard_once(stage):
    heard = []
    on_change(stage, ["count", "numbers"], lambda: heard.append((stage.count, stage.numbers.tolist())))
    stage.set_state({"count": 5, "numbers": {"shape": [1, 1], "dtype": "float32", "data": memoryview(bytes(4))}})
    assert heard == [(5, [[0.0]])]
    stage.count = 6
    stage.numbers = np.ones((1, 1), np.float32)
    assert heard == [(5, [[0.0]]), (6, [[0.0]]), (6, [[1.0]])]


def test_a_learners_function_runs_once_for_all_that_a_message_changes():
    ran = []

    def more(image, amount):
        ran.append((image.shape, amount))
        return image + amount

    settings = {"numbers": told(np.ones((2, 3))), "by": told(1)}
    recipe = [step("more", "add", image="$numbers", amount="$by")]
    stage = Stage(settings, [panel("more")], recipe, replace={"more": more})
    stage.set_state({"numbers": {"shape": [1, 1], "dtype": "float32", "data": memoryview(bytes(4))}, "by": 3})
    assert ran == [((2, 3), 1), ((1, 1), 3)]


def test_where_one_of_them_is_refused_the_others_are_taken(stage):
    heard = []
    on_change(stage, ["count", "command"], lambda: heard.append(stage.count))
    stage.set_state({"command": 7, "count": 5})
    assert (stage.count, stage.command, heard) == (5, "none", [5])
    assert stage.notice
