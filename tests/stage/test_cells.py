"""What a cell that runs again replaces is closed, and what is still wanted stays: with a stand-in for the shell."""

import IPython.display
import ipywidgets
import pytest
from IPython.core.events import EventManager, available_events
from ipywidgets.widgets.widget import _instances

from helpers import exercises, explore
from helpers.engine.pictures import Picture
from helpers.exercises import asking, logbook
from helpers.exercises.asking import Classroom
from helpers.exercises.logbook import Logbook
from helpers.stage import cells

PREPARE = "def crop(image):\n    return image[1:]"
RERUN = {
    "a Stage": "show(explore.stride(my))",
    "a Stage with a name": "lesson = explore.stride(my)\nshow(lesson)",
    "two Stages": "show(explore.zoom(my)); show(explore.overflow(my))",
    "a prediction": "show(exercises.predict('zoom', explore.zoom(my)))",
    "a check": "show(exercises.check(crop))",
    "a check not yet attempted": "show(exercises.check(..., 'crop'))",
    "hints": "show(exercises.hints('crop'))",
    "a quiz": "show(exercises.quiz('01'))",
    "a linked control": (
        "mine = ipywidgets.Checkbox(); lesson = explore.nine_numbers(my)\n"
        "ipywidgets.jslink((mine, 'value'), (lesson, 'colors')); show(ipywidgets.VBox([mine, lesson]))"
    ),
}


class Shell:
    """Runs cells as IPython does in a notebook, one after the other."""

    def __init__(self, **names):
        self.user_ns = {**names, "show": IPython.display.display}
        self.events = EventManager(self, available_events)
        self.kernel, self.cell = self, None

    def get_parent(self):
        return {"metadata": {"cellId": self.cell} if self.cell else {}}

    def run(self, cell, code):
        self.cell = cell
        self.events.trigger("pre_run_cell", None)
        exec(code, self.user_ns)
        self.events.trigger("post_run_cell", None)
        self.cell = None

    def __getitem__(self, name):
        return self.user_ns[name]


def display(shown, **_):
    """Show something as a notebook does: what matters here is that it is asked for its form."""
    if hasattr(shown, "_ipython_display_"):
        shown._ipython_display_()
    elif not isinstance(shown, dict):
        shown._repr_mimebundle_()


@pytest.fixture
def shell(tmp_path, monkeypatch):
    monkeypatch.setattr("IPython.display.display", display)
    monkeypatch.setattr(logbook, "MINE", Logbook(tmp_path / "progress.json"))
    monkeypatch.setattr(asking, "CLASSROOM", Classroom())
    shell = Shell(explore=explore, exercises=exercises, ipywidgets=ipywidgets, my=Picture("coins"))
    monkeypatch.setattr(cells, "get_ipython", lambda: shell)
    shell.run("first", PREPARE)
    shell.run("warm", "explore.digit()")
    return shell


def is_open(widget):
    return widget.comm is not None


def followers(picture):
    return len(picture._trait_notifiers.get("pixels", {}).get("change", []))


def counts(shell):
    """Return how many widgets are open, and how many follow the picture, the progress and the classroom."""
    classroom = asking.CLASSROOM._trait_notifiers.get("open", {}).get("change", [])
    return len(_instances), followers(shell["my"]), len(logbook.MINE.watchers), len(classroom)


@pytest.mark.parametrize("code", RERUN.values(), ids=RERUN)
def test_a_cell_that_runs_again_leaves_nothing_behind(shell, code):
    shell.run("this", code)
    once = counts(shell)
    for _ in range(20):
        shell.run("this", code)
    assert counts(shell) == once


def test_many_checks_leave_nothing_behind(shell):
    shell.run("this", RERUN["a check"])
    once = counts(shell)
    for _ in range(20):
        shell.run("this", RERUN["a check"])
    assert counts(shell) == once


@pytest.mark.parametrize("cell", ["this", None], ids=["in a cell", "in a script"])
def test_a_check_reads_the_progress_no_more_often_after_many_others(shell, monkeypatch, cell):
    reads = []
    monkeypatch.setattr(Logbook, "read", lambda self, read=Logbook.read: reads.append(1) or read(self))
    shell.run(cell, RERUN["a check"])
    once = len(reads)
    for _ in range(20):
        shell.run(cell, RERUN["a check"])
    assert len(reads) == 21 * once


def test_a_picture_that_changes_is_told_to_one_stage_however_often_its_cell_ran(shell, monkeypatch):
    sent = []
    for _ in range(30):
        shell.run("this", "lesson = explore.stride(my)\nshow(lesson)")
    monkeypatch.setattr(type(shell["lesson"]), "_send", lambda self, message, buffers=None: sent.append(buffers))
    shell["my"].choose("cat")
    assert len([buffers for buffers in sent if buffers]) == 1


def test_what_another_cell_shows_stays_until_that_cell_runs_again(shell):
    shell.run("makes", "lesson = explore.stride(my)")
    old = shell["lesson"]
    shell.run("shows", "show(lesson)")
    shell.run("makes", "lesson = explore.stride(my)")
    assert is_open(old)
    shell.run("shows", "show(lesson)")
    assert not is_open(old)
    assert not is_open(old.layout)


def test_a_prediction_that_another_cell_shows_stays_whole(shell):
    shell.run("makes", "asked = exercises.predict('zoom', explore.zoom(my))")
    old = shell["asked"]
    shell.run("shows", "show(asked)")
    link = next(one for one in _instances.values() if isinstance(one, cells.Link) and one.source[0] is old.form)
    shell.run("makes", "asked = exercises.predict('zoom', explore.zoom(my))")
    assert all(map(is_open, [old, old.form, old.explorable, old.children[1], old.children[1].layout, link]))


def test_what_a_variable_names_stays(shell):
    shell.run("keeps", "kept = []")
    for _ in range(2):
        shell.run("makes", "kept.append(explore.stride(my)); show(kept[-1])")
    assert [is_open(one) for one in shell["kept"]] == [True, True]


def test_the_history_of_outputs_keeps_nothing(shell):
    shell.run("makes", "_ = explore.stride(my); Out = {1: _}")
    old = shell["_"]
    shell.run("makes", "Out[2] = explore.stride(my)")
    assert not is_open(old)


def test_what_a_box_of_another_cell_holds_stays_until_that_is_closed(shell):
    shell.run("makes", "lesson = explore.stride(my)")
    old = shell["lesson"]
    shell.run("holds", "box = ipywidgets.VBox([lesson])")
    shell.run("makes", "lesson = explore.stride(my)")
    assert is_open(old)
    shell["box"].close()
    shell.run("makes", "lesson = explore.stride(my)")
    assert not is_open(old)


def test_a_cell_without_anything_of_the_course_keeps_its_widgets(shell):
    for _ in range(2):
        shell.run("makes", "before, slider = globals().get('slider'), ipywidgets.IntSlider()")
    assert is_open(shell["before"])


def test_a_cell_that_was_changed_closes_what_it_made(shell):
    shell.run("makes", "lesson = explore.stride(my)\nshow(lesson)")
    old = shell["lesson"]
    shell.run("makes", "lesson = None")
    assert not is_open(old)


def test_a_closed_stage_can_be_used_in_python_and_follows_no_picture(shell):
    lesson = explore.stride(shell["my"])
    lesson.close()
    shell["my"].choose("cat")
    lesson.stride = 3
    assert "stride=3" in lesson.code
    assert followers(shell["my"]) == 0


def test_nothing_is_closed_where_no_cell_is_known(shell):
    for _ in range(2):
        shell.run(None, "before, lesson = globals().get('lesson'), explore.stride(my)\nshow(lesson)")
    assert is_open(shell["before"])


def test_outside_a_notebook_nothing_is_noted(monkeypatch):
    monkeypatch.setattr(cells, "get_ipython", lambda: None)
    assert is_open(explore.digit())
