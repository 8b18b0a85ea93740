"""Lesson 09: a photo is named, by the course's layers and the learner's, still after still, and in wrong ways."""

import asyncio
import time

import numpy as np
import pytest

from helpers import convolution, images, pooling, squeezenet
from helpers.engine.pictures import Picture
from helpers.lessons.lesson_05 import exercises as lesson_05
from helpers.lessons.lesson_06 import exercises as lesson_06
from helpers.lessons.lesson_09 import yours
from helpers.lessons.lesson_09.recognizing import LAYERS, NOTHING, recognize
from helpers.lessons.lesson_09.wrong import CHANGES, RIGHT, altered, wrong_on_purpose
from helpers.stage import telling


async def until(condition, patience=60):
    """Wait until something holds."""
    end = time.monotonic() + patience
    while not condition():
        assert time.monotonic() < end, "it never came true"
        await asyncio.sleep(0.005)


def on_a_loop(act):
    """Run a coroutine as a notebook's loop does."""
    asyncio.run(asyncio.wait_for(act(), 120))


def own_conv2d(image, weights, bias, stride, padding):
    """Do what the course's does, under another name."""
    return convolution.conv2d(image, weights, bias, stride, padding)


def own_pool(image, size, stride):
    """Do what the course's does, under another name."""
    return pooling.max_pool2d(image, size, stride)


def top_of(pixels):
    """Return the five names of a picture, and their percent."""
    five = squeezenet.top(squeezenet.shares(squeezenet.forward(squeezenet.prepare(pixels))))
    return ", ".join(name for name, _ in five), [100 * share for _, share in five]


# --- on your photo


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("coffee", "It says “espresso”, 98.4 %. Then comes “consomme”, 1.49 %."),
        ("cat", "It hesitates: “Egyptian cat” (48 %), or “tabby” (29.8 %)?"),
        (
            "grass",
            "It does not know. Of 1000 names, “hen-of-the-woods” is its best guess, and gets 14.8 %;"
            " then “stone wall”, 11.1 %.",
        ),
    ],
)
def test_it_says_how_sure_it_is(name, said):
    assert recognize(name).message == said


@pytest.mark.parametrize("name", images.names())
def test_the_five_names_are_those_of_the_network(name):
    stage = recognize(name)
    names, percent = top_of(images.load(name))
    assert stage.names == names
    np.testing.assert_allclose(stage.result, percent, atol=1e-4)
    np.testing.assert_array_equal(stage.seen, squeezenet.seen(squeezenet.prepare(images.load(name))))
    assert stage.seconds > 0


def test_another_picture_is_answered_with_all_that_belongs_to_it():
    shared = Picture("cat")
    stage = recognize(shared, layer="pool1", group=2)
    shared.choose("coffee")
    assert stage.names == top_of(images.load("coffee"))[0]
    assert stage.first_name == "espresso"
    made = squeezenet.forward(squeezenet.prepare(images.load("coffee")))["pool1"]
    np.testing.assert_allclose(stage.maps, made[..., 32:48], atol=1e-5)


@pytest.mark.parametrize("layer", LAYERS)
def test_the_maps_of_every_layer_are_shown_sixteen_at_a_time(layer):
    stage = recognize("cat")
    stage.layer, stage.group = layer, 1
    activations = squeezenet.forward(squeezenet.prepare(images.load("cat")))
    made = activations[layer]
    which = np.argsort(-activations["scores"], kind="stable")[16:32] if layer == "conv10" else range(16, 32)
    np.testing.assert_allclose(stage.maps, made[..., which], atol=1e-4)
    assert (stage.map_first, stage.map_last, stage.map_count) == (16, 31, made.shape[-1])
    stage.group = 62
    assert stage.map_last == made.shape[-1] - 1
    assert stage.shown_group == stage.group


def test_maps_of_classes_come_with_their_names_the_surest_first():
    stage = recognize("coffee", layer="conv10")
    assert stage.map_names.startswith("espresso, consomme, ")


def test_a_state_that_names_another_picture_is_answered_for_it():
    state = recognize("coffee", layer="fire9", group=3).state
    again = recognize("cat", **state)
    assert again.first_name == "espresso"
    assert (again.shown_layer, again.shown_group) == ("fire9", 3)


def test_a_picture_of_two_channels_is_a_sentence_and_the_last_answer_stays():
    shared = Picture("coffee")
    stage = recognize(shared)
    shared.show(np.zeros((4, 4, 2)), "odd", "odd")
    assert stage.notice == "a picture has 1 channel (gray), 3 (color) or 4 (color and alpha), not 2"
    assert stage.first_name == "espresso"


@pytest.mark.parametrize("shape", [(1, 1), (1, 300, 3), (7000, 3)])
def test_odd_sizes_are_answered(shape):
    assert recognize(np.full(shape, 90, np.uint8)).result.sum() <= 100.001


# --- while the camera plays


def test_stills_are_answered_only_where_it_is_wanted():
    stage, still = recognize("cat"), images.load("coffee")
    stage.plays, stage.still = True, still
    assert stage.first_name == "Egyptian cat"
    assert stage.message.startswith("The camera plays, but nobody is asked")
    stage.answering = True
    assert stage.first_name == "Egyptian cat"
    assert "the first still is on its way" in stage.message
    before = stage.pulse
    stage.still = still[:, :-1]
    assert stage.pulse == before + 1
    assert stage.names == top_of(still[:, :-1])[0]
    stage.still = still
    assert stage.names == top_of(still)[0]
    assert stage.a_second > 0
    assert stage.message.startswith("It says “espresso”")


@pytest.mark.parametrize("off", ["plays", "answering"])
def test_when_it_is_over_the_picture_is_answered_again(off):
    stage = recognize("cat", layer="conv1")
    stage.plays = stage.answering = True
    stage.still = images.load("coffee")
    assert stage.first_name == "espresso"
    assert (stage.every, stage.maps.shape) == (2, (57, 57, 16))
    setattr(stage, off, False)
    assert stage.first_name == "Egyptian cat"
    assert (stage.every, stage.maps.shape) == (1, (113, 113, 16))
    assert not stage.of_still
    assert stage.a_second == 0


def test_a_still_that_is_no_picture_is_answered_by_a_sentence():
    stage = recognize("cat")
    stage.plays = stage.answering = True
    before = stage.pulse
    stage.still = np.zeros((3, 3, 2), np.uint8)
    assert "a picture has 1 channel" in stage.notice
    assert stage.pulse > before  # the page may go on
    assert stage.first_name == "Egyptian cat"


def test_a_still_is_no_part_of_the_state():
    stage = recognize("cat")
    stage.still = NOTHING + 1
    assert {"still", "plays", "of_still", "maps", "command"}.isdisjoint(stage.state)


# --- by the learner's own layers


def test_layers_that_agree():
    stage = recognize("cat", conv2d=own_conv2d, max_pool2d=own_pool)
    said = stage.yours_said
    assert said.startswith("your conv2d and max_pool2d agree with the course’s: of 2,802,408 numbers after the")
    assert float(said.split("difference is ")[1].split(". Yours")[0]) < 0.01


def test_the_solutions_of_lessons_05_and_06_agree():
    stage = recognize("cat", conv2d=lesson_05.conv2d, max_pool2d=lesson_06.max_pool2d)
    assert stage.yours_said.startswith("your conv2d and max_pool2d agree with the course’s")


@pytest.mark.parametrize("one", [{"conv2d": own_conv2d}, {"max_pool2d": own_pool}])
def test_one_function_alone_agrees(one):
    assert recognize("cat", **one).yours_said.startswith(f"your {next(iter(one))} agrees with the course’s: of 2,")


def test_layers_that_differ_are_told_where_and_what_they_say():
    def turned(image, weights, bias, stride, padding):
        return own_conv2d(image, weights[::-1, ::-1], bias, stride, padding)

    said = recognize("cat", conv2d=turned).yours_said
    assert said.startswith("in conv1 the first numbers differ, most at row ")
    assert ". With yours it says “" in said


def test_a_negative_number_keeps_its_sign():
    def less(image, size, stride):
        return -own_pool(image, size, stride)

    assert ": \N{MINUS SIGN}" in recognize("cat", max_pool2d=less).yours_said


@pytest.mark.parametrize(
    ("own", "said"),
    [
        (lambda *_: None, "conv1: your conv2d returns nothing yet."),
        (lambda *_: 1 / 0, "conv1: your conv2d stopped with ZeroDivisionError: division by zero."),
        (lambda image, *_: image, "conv1: your conv2d must make 113x113x1 numbers here, not 227x227x3."),
        (lambda image, *_: "maps", "conv1: your conv2d returns what are no numbers."),
        (lambda image, *_: np.full((113, 113, 1), np.nan), "conv1: your conv2d makes numbers that are not finite"),
    ],
)
def test_what_is_no_layer_is_a_sentence(own, said):
    stage = recognize("cat", conv2d=own)
    assert stage.yours_said.startswith(said)
    assert stage.yours_said.endswith(" What you see is made by the course’s")
    assert stage.first_name == "Egyptian cat"


def test_a_layer_that_never_ends_is_cut_off(monkeypatch):
    monkeypatch.setattr("helpers.stage.own.SECONDS", 0.2)

    def endless(image, size, stride):
        while True:
            pass

    said = recognize("cat", max_pool2d=endless).yours_said
    assert said.startswith("pool1: your max_pool2d was cut off after 0.2 seconds; does its loop end? What you see")


def test_they_go_in_pieces_are_stopped_and_begin_again(monkeypatch):
    monkeypatch.setattr(yours, "PIECE", 0.0)  # a filter at a time

    async def act():
        stage = recognize("cat", conv2d=own_conv2d)
        await until(lambda: " % of all numbers, " in stage.yours_said)
        assert "no difference so far" in stage.yours_said
        stage.command = "stop"
        await until(lambda: stage.yours_said.startswith("stopped in "))
        await until(lambda: stage.recognizer.yours.beside.task is None)
        monkeypatch.setattr(yours, "PIECE", 1.0)
        stage.command = "begin"
        await until(lambda: stage.yours_said.startswith("your conv2d agrees"))
        assert stage.command == "none"

    on_a_loop(act)


def test_they_wait_while_the_camera_plays_and_end_with_the_stage(monkeypatch):
    monkeypatch.setattr(yours, "PIECE", 0.0)

    async def act():
        stage = recognize("cat", conv2d=own_conv2d)
        await until(lambda: " % of all numbers, " in stage.yours_said)
        stage.plays = stage.answering = True
        stage.still = images.load("coffee")
        assert stage.yours_said.startswith("they wait for a picture that stays")
        await until(lambda: stage.recognizer.yours.beside.task is None)
        stage.plays = False
        await until(lambda: " % of all numbers, " in stage.yours_said)
        stage.close()
        await until(lambda: stage.recognizer.yours.beside.task is None)

    on_a_loop(act)


def test_where_no_page_answers_any_more_they_end(monkeypatch):
    monkeypatch.setattr(yours, "PIECE", 0.0)
    monkeypatch.setattr(telling, "PATIENCE", 0.2)

    async def act():
        stage = recognize("cat", conv2d=own_conv2d)
        await until(lambda: stage.pulse > 1)
        stage.echo = stage.pulse
        await until(lambda: stage.recognizer.yours.beside.task is None)
        assert stage.yours_said.endswith("since nobody looked on; begin again")

    on_a_loop(act)


# --- wrong on purpose


def test_the_right_way_is_the_networks_answer():
    stage = wrong_on_purpose("cat")
    assert stage.names == stage.right_names == top_of(images.load("cat"))[0]
    np.testing.assert_allclose(stage.result, top_of(images.load("cat"))[1], atol=1e-4)
    assert stage.message == (
        "The right way: “Egyptian cat”, 48 %. Of eight changes, each alone, 3 make it say another name. The worst is:"
        " scaled to 0–1. It leaves 0 %."
    )


def test_the_table_is_what_each_change_does_alone():
    stage = wrong_on_purpose("cat")
    shares, names = stage.table.copy(), stage.table_names.split(", ")
    assert len(shares) == len(names) == 1 + len(CHANGES)
    assert shares[0] == stage.surest[0]
    for i, (name, words) in enumerate(CHANGES.items(), start=1):
        stage.state = RIGHT | {name: "RGB" if name == "order" else True}
        assert stage.left == pytest.approx(shares[i], abs=1e-4)
        assert names[i] == (words if stage.same else f"{words}: {stage.first_name}")
        assert stage.message.startswith(f"{words[0].upper()}{words[1:]}: ")


def test_what_several_changes_do_is_said_together():
    stage = wrong_on_purpose("cat", order="RGB", gray=True, upside_down=True)
    assert stage.message.startswith("Red first, upside down and gray: ")
    assert stage.wrong == 3
    stage = wrong_on_purpose("cat", order="RGB")
    assert stage.message == "Red first: it still says “Egyptian cat”, 89.3 % in place of 48 %."
    np.testing.assert_array_equal(stage.seen[..., ::-1].shape, (227, 227, 3))


def test_each_change_is_what_it_is_called():
    square = squeezenet.resized(squeezenet.middle(images.load("cat")))
    np.testing.assert_array_equal(altered(square), square)
    np.testing.assert_array_equal(altered(square, upside_down=True)[0], square[-1])
    np.testing.assert_array_equal(altered(square, mirrored=True)[:, 0], square[:, -1])
    assert altered(square, gray=True).shape == (227, 227, 1)
    assert altered(square, tiny=True).shape == (32, 32, 3)
    assert np.abs(np.diff(altered(square, blurred=True), axis=0)).mean() < np.abs(np.diff(square, axis=0)).mean() / 3


def test_the_table_of_another_picture_is_worked_out_in_pieces_and_says_how_far_it_is():
    async def act():
        shared = Picture("cat")
        stage = wrong_on_purpose(shared)
        assert "not yet" in stage.table_names
        await until(lambda: stage.counted == len(CHANGES))
        shared.choose("coffee")
        assert stage.right_name == stage.first_name == "espresso"
        assert stage.counted == 0
        assert stage.message == "The right way: “espresso”, 98.4 %."
        await until(lambda: stage.counted == len(CHANGES))
        assert "not yet" not in stage.table_names
        assert "The worst is: " in stage.message
        shared.choose("cat")
        stage.close()
        await until(lambda: stage.comparer.beside.task is None)
        assert stage.counted < len(CHANGES)

    on_a_loop(act)


def test_a_picture_that_cannot_be_read_leaves_the_last_one():
    shared = Picture("coffee")
    stage = wrong_on_purpose(shared)
    shared.show(np.zeros((4, 4, 2)), "odd", "odd")
    assert "a picture has 1 channel" in stage.notice
    stage.gray = True
    assert stage.right_name == "espresso"


def test_the_right_name_that_no_change_moves_is_said():
    stage = wrong_on_purpose("coffee")
    assert stage.turned == sum(": " in name for name in stage.table_names.split(", "))
