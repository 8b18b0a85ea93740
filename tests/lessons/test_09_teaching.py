"""Lesson 09: classes of the learner's own are added, taken back, tried, saved and opened; a mistake loses nothing."""

import asyncio
import time

import numpy as np
import pytest

from helpers import classes, mine, squeezenet
from helpers.engine.pictures import Picture
from helpers.lessons.lesson_09 import taught as collected
from helpers.lessons.lesson_09.taught import EXAMPLE, Taught, example, examples, looked
from helpers.lessons.lesson_09.teaching import teach

CHANCE = np.random.default_rng(9)


async def until(condition, patience=60):
    """Wait until something holds."""
    end = time.monotonic() + patience
    while not condition():
        assert time.monotonic() < end, "it never came true"
        await asyncio.sleep(0.005)


def on_a_loop(act):
    """Run a coroutine as a notebook's loop does."""
    asyncio.run(asyncio.wait_for(act(), 120))


def tiles():
    """Return a picture of large random tiles: what it is, is nothing; but no two are the same."""
    return np.kron(CHANCE.integers(0, 256, (5, 5, 3)), np.ones((8, 8, 1))).astype(np.uint8)


def press(stage, command):
    """Press a button; where no loop runs, all is done when this returns."""
    stage.command = command
    assert stage.command == "none"


def add(stage, shared, picture, name):
    """Show a picture, and add it to a class."""
    shared.show(picture, "mine", "mine")
    stage.called = name
    press(stage, "add")


def begun(**state):
    """Return a Stage and its picture."""
    shared = Picture(tiles())
    return teach(shared, **state), shared


def taught_two(count=2):
    """Return a Stage on which two classes were taught, with so many pictures each, and its picture."""
    stage, shared = begun()
    for _ in range(count):
        for name in ("cup", "pen"):
            add(stage, shared, tiles(), name)
    return stage, shared


@pytest.fixture(scope="module")
def shown_how():
    """Return a Stage with the example filled in, and its picture."""
    shared = Picture("cat")
    stage = teach(shared)
    press(stage, "fill")
    return stage, shared


# --- the example


def test_the_example_is_right_in_nine_of_ten_when_each_picture_is_left_out(shown_how):
    stage, _ = shown_how
    found = stage.teacher.taught.found
    assert found.names == tuple(EXAMPLE)
    assert np.bincount(found.labels).tolist() == [10, 10, 10]
    answers = classes.leave_one_out(found.features, found.labels)
    assert (answers == found.labels).mean() >= 0.9
    np.testing.assert_array_equal(stage.table, classes.confusion(found.labels, answers, 3))
    assert stage.trial == "30 of 30 right, each named by what was learned from the other 29: 100 %."
    assert [stage.class_1, stage.class_2, stage.class_3, stage.class_4] == [
        "cat (10)",
        "coffee (10)",
        "person (10)",
        "",
    ]


def test_the_example_s_pictures_are_the_same_every_time_and_all_different():
    first, again = ([pixels.tobytes() for _, pixels in examples()] for _ in "12")
    assert first == again
    assert len(set(first)) == 30


def test_what_is_said_of_a_picture_is_what_the_classes_say(shown_how):
    stage, shared = shown_how
    found = stage.teacher.taught.found
    for name in ("coffee", "astronaut", "horse", "cat"):
        shared.choose(name)
        features = squeezenet.features(squeezenet.forward(squeezenet.prepare(shared.pixels)))
        np.testing.assert_allclose(stage.result, features, rtol=1e-5)
        np.testing.assert_allclose(stage.shares, 100 * classes.shares(found, features), rtol=1e-4, atol=0.06)
        [(which, far), *_] = classes.nearest(found, features)
        assert stage.near_far == pytest.approx(far)
        assert (far > stage.limit) == (classes.answer(found, features) == classes.NONE) == (name == "horse")
        assert stage.near_name == found.names[found.labels[which]]
        np.testing.assert_array_equal(stage.nearest[:, :64], found.pictures[which])


def test_the_sentences_say_so(shown_how):
    stage, shared = shown_how
    shared.choose("horse")
    assert stage.message.startswith("None of these. The nearest picture, person, is 1.17 away; only up to 0.62 is")
    shared.choose("cat")
    assert stage.message == (
        "It says cat, at 99.9 %. The nearest picture, cat, is 0.23 away; up to 0.62 is near enough."
    )


def test_the_code_makes_the_same(shown_how, capsys):
    stage, _ = shown_how
    names = {}
    exec(stage.code, names)
    np.testing.assert_allclose(names["features"], stage.result, rtol=1e-5)
    np.testing.assert_array_equal(names["found"].weights, stage.teacher.taught.found.weights)
    assert capsys.readouterr().out.startswith("cat [")
    assert not stage.torch_code


def test_the_example_takes_no_pictures_away():
    stage, _ = taught_two(1)
    press(stage, "fill")
    assert stage.notice == "there are pictures of yours here: save them, press “forget all”, and then this again"
    assert stage.names == "cup, pen"


# --- adding and taking back


def test_what_is_shown_first_is_right_for_the_picture():
    stage, shared = begun()
    np.testing.assert_allclose(stage.features, looked(shared.pixels)[0], rtol=1e-6)
    assert stage.message == "What is this? Type a name, and add the picture. Or press “show me how”."
    assert stage.rows == "first class, second class"
    assert "found" not in stage.code


def test_one_class_is_no_choice_and_two_pictures_are_enough():
    stage, shared = begun()
    add(stage, shared, tiles(), "cup")
    assert stage.notice == "added to cup: 1 picture of it now"
    assert stage.message.startswith("Only one class, cup: there is nothing to choose from.")
    assert not stage.learned
    add(stage, shared, tiles(), "pen")
    assert stage.learned
    assert stage.trial == ("It takes two pictures of each class; there is only one of cup, of pen.")
    assert stage.asked == 0
    assert stage.message.startswith("It has learned from this very picture. That it says pen proves nothing;")
    assert stage.code.endswith("# save what you have taught; then this goes on with found = mine.classes()\n")


def test_each_class_has_a_button():
    stage, shared = taught_two()
    shared.show(tiles(), "mine", "mine")
    press(stage, "add_1")
    assert (stage.called, stage.class_1, stage.class_2) == ("cup", "cup (3)", "pen (2)")
    assert stage.asked == 5
    assert stage.table.sum() == 5


def test_what_cannot_be_added_is_refused_in_a_sentence(monkeypatch):
    monkeypatch.setattr(collected, "MOST_PICTURES", 3)
    stage, shared = taught_two()
    before = stage.trial
    for name, sentence in [
        ("", "it has no name yet: type one first"),
        (" , ", "it has no name yet: type one first"),
        (classes.NONE, "“none of these” is what is said where no class fits: take another name"),
    ]:
        add(stage, shared, tiles(), name)
        assert stage.notice == sentence
    press(stage, "add_1")
    press(stage, "add_2")
    assert stage.notice == "this very picture is there already, as cup: take another one"
    add(stage, shared, tiles(), "cup")
    assert stage.notice == "3 pictures of cup are there already; more are not taken"
    press(stage, "back")
    assert stage.trial == before
    for name in ("three", "four", "five"):
        add(stage, shared, tiles(), name)
    add(stage, shared, tiles(), "six")
    assert stage.notice == "there are 5 classes already: cup, pen, three, four, five; more are not taken"


def test_a_name_is_the_same_in_capitals_and_has_no_commas():
    stage, shared = taught_two(1)
    add(stage, shared, tiles(), "CUP")
    add(stage, shared, tiles(), "red,  green")
    assert stage.names == "cup, pen, red green"
    assert stage.class_1 == "cup (2)"


def test_the_last_one_is_taken_back_until_there_is_none():
    stage, shared = begun()
    for name in ("cup", "pen", "cup"):
        add(stage, shared, tiles(), name)
    press(stage, "back")
    assert stage.notice == "taken back: a picture of cup"
    assert stage.class_1 == "cup (1)"
    press(stage, "back")
    assert (stage.names, stage.learned) == ("cup", False)
    press(stage, "back")
    assert stage.known == 0
    press(stage, "back")
    assert stage.notice == "there is nothing to take back"


def test_a_class_that_is_taken_back_leaves_the_others_in_order():
    taught = Taught()
    for i, name in enumerate(["a", "b", "c"]):
        taught.add(name, np.eye(3)[i], np.zeros((64, 64, 3), np.uint8))
    taught.labels[-1] = 1  # as if the last one had been the only one of the second class
    taught.labels[1] = 2
    assert taught.take_back() == "b"
    assert (taught.names, taught.labels) == (["a", "c"], [0, 1])


def test_all_is_forgotten():
    stage, _ = taught_two()
    press(stage, "forget")
    assert (stage.known, stage.learned, stage.asked) == (0, False, 0)
    assert stage.message.startswith("What is this?")


# --- drawings


def drawn(row):
    """Return a drawing: a thick line."""
    drawing = np.zeros((28, 28, 1))
    drawing[row : row + 3, 4:20] = 255
    return drawing


def test_drawings_are_taught_as_photos_are():
    stage, _ = begun(source="drawings")
    press(stage, "add")
    assert stage.notice == "nothing is drawn yet"
    for i in range(4):
        stage.drawing = drawn(3 + 5 * i) if i % 2 else drawn(3 + 5 * i).transpose(1, 0, 2)
        stage.called = "down" if i % 2 else "across"
        press(stage, "add")
        assert not stage.drawing.any()
        assert stage.values["strokes"].max() == 0
    assert stage.asked == 4
    assert stage.message == "Draw something: which of across, down is it?"
    stage.drawing = drawn(9)
    np.testing.assert_allclose(stage.result, looked(drawn(9))[0], rtol=1e-6)
    exec(stage.code, names := {})
    np.testing.assert_allclose(names["features"], stage.result, rtol=1e-5)


def test_what_is_not_looked_at_yet_is_said_to_be_so():
    stage, shared = taught_two()
    stale = "This picture is not looked at yet; what stands here is not about it."
    stage.looked_low = stage.looked_high  # as if the camera showed something else
    assert stage.message == stale
    shared.show(tiles(), "mine", "mine")
    assert stage.message != stale
    stage.source = "drawings"
    shared.show(tiles(), "mine", "mine")
    assert stage.looked == "drawings"
    with stage.hold_trait_notifications():
        stage.drawing = drawn(4)
        assert stage.message == stale
    stage.source = "photos"
    np.testing.assert_allclose(stage.result, looked(shared.pixels)[0], rtol=1e-6)
    assert stage.message != stale


@pytest.mark.parametrize("picture", [np.zeros((1, 1), np.uint8), CHANCE.random((3, 900, 4)) * 999 - 300])
def test_any_picture_can_be_taught(picture):
    stage, shared = taught_two(1)
    add(stage, shared, picture, "odd")
    assert stage.names == "cup, pen, odd"
    assert np.isfinite(stage.shares).all()


def test_without_the_network_s_weights_there_is_a_sentence(monkeypatch):
    def gone():
        raise ValueError("squeezenet11.npz is missing")

    monkeypatch.setattr(squeezenet, "weights", gone)
    stage, _ = begun(called="cup")
    assert stage.notice == "squeezenet11.npz is missing"
    stage.notice = ""
    press(stage, "add")
    assert stage.notice == "squeezenet11.npz is missing"
    monkeypatch.undo()
    press(stage, "add")
    assert stage.names == "cup"


# --- in a file


def test_what_was_taught_is_saved_and_opened(my_folder, capsys):
    stage, shared = taught_two(3)
    press(stage, "save")
    assert stage.notice == "saved; mine.classes() opens them"
    other = teach(shared)
    press(other, "load")
    assert other.notice == "opened: 6 pictures"
    for name in ("names", "class_1", "trial", "near", "sure", "limit", "message"):
        assert getattr(other, name) == getattr(stage, name)
    np.testing.assert_array_equal(other.nearest, stage.nearest)
    shared.show(tiles(), "mine", "np.array(picture)")
    exec(other.code, names := {"picture": shared.pixels})
    assert names["found"].names == ("cup", "pen")
    press(other, "add_2")
    assert other.class_2 == "pen (4)"
    assert mine.classes().features.dtype == np.float32


def test_what_cannot_be_saved_or_opened_is_a_sentence_and_nothing_is_lost(my_folder):
    stage, shared = begun()
    press(stage, "load")
    assert stage.notice == "there are no classes of yours yet; teach some, and save them"
    add(stage, shared, tiles(), "cup")
    press(stage, "save")
    assert stage.notice == "there is nothing to save yet: teach two classes first"
    add(stage, shared, tiles(), "pen")
    my_folder.mkdir()
    (my_folder / "classes.npz").write_bytes(b"PK no classes")
    press(stage, "load")
    assert stage.notice.startswith("classes.npz holds no classes of this course, or it is damaged")
    np.savez(my_folder / "classes.npz", weights=np.zeros(3))
    press(stage, "load")
    assert stage.notice.startswith("classes.npz holds no classes of this course, or it is damaged")
    assert stage.names == "cup, pen"


@pytest.mark.parametrize(
    ("features", "count", "names", "sentence"),
    [
        (512, 6, None, "5 classes of 60 pictures are the most here; that file has 6 classes and 6 pictures"),
        (3, 2, None, "512 numbers a picture are needed, that file has 3"),
        (512, 2, ["a", "b" * 21], "a name in that file is none that can be typed here, with at most 20 characters"),
    ],
)
def test_classes_of_another_kind_are_refused(my_folder, features, count, names, sentence):
    rows = CHANCE.random((count, features))
    mine.keep_classes(classes.learn(rows, np.arange(count), names))
    stage, _ = begun()
    press(stage, "load")
    assert stage.notice == sentence
    assert stage.known == 0


def test_classes_without_small_pictures_are_opened(my_folder):
    mine.keep_classes(classes.learn(CHANCE.random((2, 512)), np.arange(2)))
    stage, _ = begun()
    press(stage, "load")
    assert stage.names == "class 0, class 1"


def test_where_it_cannot_be_saved_it_says_so(my_folder):
    my_folder.write_text("in the way")
    stage, _ = taught_two(1)
    press(stage, "save")
    assert stage.notice.startswith("what was learned cannot be kept: ")


# --- on a loop


def test_on_a_loop_nothing_blocks_and_the_same_comes_of_it():
    async def act():
        stage = teach("cat")
        stage.command = "fill"
        await until(lambda: stage.doing == "filling")
        assert stage.message == "An example is made: 0 of 30 pictures are looked at. Stop ends it."
        stage.command = "add"
        await until(lambda: stage.notice)
        assert stage.notice == "the example is still being made; wait for it, or press stop"
        await until(lambda: stage.asked == 30 and stage.doing == "none")
        found = example()
        np.testing.assert_array_equal(stage.teacher.taught.found.weights, found.weights)
        await until(lambda: stage.teacher.beside.task is None)

    on_a_loop(act)


def test_it_is_stopped():
    async def act():
        stage = teach("cat")
        stage.command = "stop"
        await until(lambda: stage.notice == "nothing goes on that could be stopped")
        stage.command = "fill"
        await until(lambda: stage.done > 0)
        stage.command = "stop"
        await until(lambda: stage.doing == "none")
        await until(lambda: stage.teacher.beside.task is None)
        assert stage.known == 0

    on_a_loop(act)


def test_what_is_added_is_the_picture_on_screen_even_if_it_was_not_looked_at_yet():
    async def act():
        stage, shared = begun(called="cup")
        picture = tiles()
        shared.show(picture, "mine", "mine")
        assert stage.looked == "nothing"
        stage.command = "add"
        await until(lambda: stage.known == 1)
        np.testing.assert_allclose(stage.teacher.taught.features[0], looked(picture)[0], rtol=1e-6)

    on_a_loop(act)


def test_it_waits_until_a_page_has_seen_what_was_published():
    async def act():
        stage = teach("cat")
        stage.echo = stage.pulse
        stage.command = "fill"
        await until(lambda: stage.doing == "filling")
        seen, end = stage.pulse, time.monotonic() + 0.3
        while "fill" in stage.teacher.jobs and time.monotonic() < end:  # a quick machine is done by then
            assert stage.pulse == seen
            await asyncio.sleep(0.005)
        stage.echo = seen
        await until(lambda: stage.pulse > seen)
        stage.close()
        await until(lambda: stage.teacher.beside.task is None)
        assert not stage.teacher.jobs

    on_a_loop(act)
