"""What Python tells a Stage by itself, when the page can take more, and what the buttons ask for."""

import numpy as np
import pytest

from helpers.engine.recipe import step
from helpers.stage import telling
from helpers.stage.panels import panel
from helpers.stage.settings import buttons, told
from helpers.stage.stage import Stage
from helpers.stage.telling import Teller, obey


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
