"""Lesson 09: what the network looks at, and how it is fooled; every sentence is about the picture on screen."""

import asyncio
import time

import numpy as np
import pytest

from helpers import explore, images, squeezenet
from helpers.engine.pictures import Picture
from helpers.lessons.lesson_09.fooling import AIMS, MOST_LISTED, STRONGEST, listed
from helpers.lessons.lesson_09.looking import STRIDE, WINDOW
from helpers.network import window_of
from helpers.positions import shift
from helpers.sizes import output_size
from helpers.stage import telling

QUICK = {"patch": 95, "apart": 32}  # 5 x 5 places


async def until(condition, patience=20):
    """Wait until something holds."""
    end = time.monotonic() + patience
    while not condition():
        assert time.monotonic() < end, "it never came true"
        await asyncio.sleep(0.005)


def on_a_loop(act):
    """Run a coroutine as a notebook's loop does."""
    asyncio.run(asyncio.wait_for(act(), 60))


def covered(stage):
    """Return the share that is left at each place, by the network itself."""
    seen = shift(squeezenet.prepare(stage.picture), stage.down, stage.right)
    *_, (done, left) = squeezenet.occlusion(seen, stage.asked_name, stage.patch, stage.apart)
    assert done == 1
    return left


# --- what it looks at


def test_at_first_it_says_what_it_sees_and_shows_the_class_s_own_map():
    stage = explore.looking_at("cat")
    activations = squeezenet.forward(squeezenet.prepare(images.load("cat")))
    np.testing.assert_allclose(stage.result, squeezenet.class_map(activations, "Egyptian cat"), rtol=1e-5)
    names, shares = zip(*squeezenet.top(squeezenet.shares(activations)), strict=True)
    assert stage.names == "Egyptian cat, tabby, tiger cat, lynx, leopard" == ", ".join(names)
    np.testing.assert_allclose(stage.shares, 100 * np.array(shares), rtol=1e-4)
    assert stage.message == (
        "It says Egyptian cat, 48 %. Its own map is largest at row 9, column 3. Start, and a gray square of 45 pixels"
        " covers one place after the other, 13 pixels apart."
    )
    assert stage.focus == {"panel": "own", "row": 9, "column": 3}


def test_the_mean_of_the_map_is_the_score_and_its_places_are_windows_of_the_picture():
    stage = explore.looking_at("coffee")
    activations = squeezenet.forward(squeezenet.prepare(images.load("coffee")))
    score = activations["scores"][squeezenet.class_number("espresso")]
    assert stage.result.mean() == pytest.approx(score, rel=1e-4)
    reach, step = 1, 1  # what a place sees through conv1 and the poolings; the fire modules add to both sides of it
    for name, (layer, *_) in squeezenet.parts():
        for size, stride, *_ in window_of(layer) if name == "conv1" or name.startswith("pool") else ():
            reach, step = reach + (size - 1) * step, step * stride
    assert (reach, step) == (WINDOW, STRIDE)
    assert output_size(squeezenet.SIDE, WINDOW, STRIDE) == 13 == len(stage.result)


def test_what_is_shown_is_what_the_network_reads():
    stage = explore.looking_at("coffee", down=40, right=-20)
    np.testing.assert_array_equal(np.rint(stage.values["seen"]), squeezenet.seen(stage.looking.seen.moved))


def test_each_of_the_five_can_be_asked_about_and_the_picture_moved():
    stage = explore.looking_at("cat")
    for asked, name in enumerate(stage.names.split(", "), start=1):
        stage.asked = asked
        assert stage.asked_name == name
        np.testing.assert_allclose(
            stage.result, squeezenet.class_map(stage.looking.seen.activations, name), rtol=1e-5, atol=1e-6
        )
    assert stage.message.startswith("It says Egyptian cat, 48 %; leopard has 0.06 %, and its map is largest at row ")
    stage.right = 60
    moved = squeezenet.forward(shift(squeezenet.prepare(images.load("cat")), 0, 60))
    np.testing.assert_allclose(stage.result, squeezenet.class_map(moved, "leopard"), rtol=1e-5, atol=1e-6)
    assert stage.names == "Egyptian cat, tabby, tiger cat, lynx, leopard"  # one keeps track of the same five
    assert stage.focus == {"panel": "own", "row": stage.hot_row, "column": stage.hot_column}


def test_the_gray_square_goes_over_all_places_at_once_where_no_loop_runs():
    stage = explore.looking_at("cat", **QUICK)
    stage.command = "start"
    left = covered(stage)
    assert (stage.status, stage.done, stage.places, stage.command) == ("done", 25, 25, "none")
    np.testing.assert_allclose(stage.left, 100 * left, rtol=1e-4)
    np.testing.assert_allclose(stage.values["lost"], 100 * (stage.asked_share / 100 - left), atol=1e-3)
    row, column = np.unravel_index(left.argmin(), left.shape)
    assert stage.focus == {"panel": "lost", "row": row, "column": column}
    assert stage.over == "covering"
    place = f"{row} down, {column} across: from"
    assert stage.message.startswith(f"What costs Egyptian cat most is a gray square at place {place}")


def test_the_numbers_of_the_prose():
    stage = explore.looking_at("cat")
    stage.command = "start"
    assert stage.message == (
        "What costs Egyptian cat most is a gray square at place 7 down, 2 across: from 48 % to 20.5 %."
    )
    assert stage.places == 15 * 15


@pytest.mark.parametrize("change", [{"asked": 2}, {"down": 8}, {"right": -8}, {"patch": 65}, {"apart": 20}])
def test_a_map_of_before_is_called_so(change):
    stage = explore.looking_at("cat", **QUICK)
    stage.command = "start"
    for name, value in change.items():
        setattr(stage, name, value)
    assert stage.message.startswith("The map of what covering costs is of before: Egyptian cat, a square of 95 pixels")
    stage.command = "start"
    assert stage.message.startswith(f"What costs {stage.asked_name} most is a gray square")
    assert stage.left.shape == covered(stage).shape


def test_another_picture_is_looked_at_anew():
    shown = Picture("cat")
    stage = explore.looking_at(shown, **QUICK)
    stage.command = "start"
    shown.choose("coffee")
    assert stage.names.startswith("espresso, consomme")
    assert stage.message.startswith("The map of what covering costs is of before: Egyptian cat")
    np.testing.assert_array_equal(stage.square, squeezenet.seen(squeezenet.prepare(images.load("coffee"))))


def test_where_nothing_is_lost_it_says_so():
    stage = explore.looking_at(np.full((8, 8), 117.0), **QUICK)
    stage.command = "start"
    assert stage.done == 25
    if stage.least >= stage.covered_share:
        assert stage.message.startswith("No place that was covered, 25 of 25, takes anything away from")


def test_it_is_stopped_and_begun_anew():
    async def act():
        stage = explore.looking_at("cat")
        stage.command = "start"
        await until(lambda: stage.done > 2)
        assert stage.status == "running"
        assert f"{stage.done} of 225 places are covered, some " in stage.message
        known = np.flatnonzero(stage.values["lost"])
        assert known.max() < stage.done  # row by row; the rest is left blank
        stage.command = "stop"
        await until(lambda: stage.status == "stopped")
        done = stage.done
        assert 2 < done < 225
        assert f"{done} of 225" in stage.message
        await asyncio.sleep(0.1)
        assert stage.done == done
        stage.command = "start"
        await until(lambda: stage.status == "running" and stage.done > 0)
        stage.right = 20  # what is on its way is of another picture
        await until(lambda: stage.looking.asking.beside.task is None)
        assert stage.status == "stopped"
        assert stage.known_right == 20

    on_a_loop(act)


def test_a_stage_that_is_closed_asks_no_more():
    async def act():
        stage = explore.looking_at("cat")
        stage.command = "start"
        await until(lambda: stage.done > 2)
        stage.close()
        await until(lambda: stage.looking.asking.beside.task is None)

    on_a_loop(act)


def test_it_waits_for_the_page_and_gives_up_where_none_answers(monkeypatch):
    monkeypatch.setattr(telling, "PATIENCE", 0.3)

    async def act():
        stage = explore.looking_at("cat", patch=15, apart=8)
        stage.command = "start"
        await until(lambda: stage.pulse > 2)
        stage.echo, seen = stage.pulse - 1, stage.pulse
        await until(lambda: stage.status == "stopped")
        assert stage.pulse == seen + 1
        assert stage.done < stage.places

    on_a_loop(act)


def test_the_code_covers_too_once_it_was_asked_for():
    stage = explore.looking_at("cat", down=20, **QUICK)
    assert "occlusion" not in stage.code
    stage.command = "start"
    names = {}
    exec(stage.code, names)
    np.testing.assert_allclose(100 * names["left"], stage.left, rtol=1e-4)
    np.testing.assert_allclose(names["own"], stage.result, rtol=1e-5)


# --- how it is fooled


def test_a_cat_becomes_a_leopard_by_two_gray_levels():
    stage = explore.fool("cat")
    assert stage.message == (
        "No number has changed by more than 2 of 255. Before: Egyptian cat, 47.2 %. After: leopard, 99.4 %. How sure it"
        " is does not say whether it is right."
    )
    assert np.abs(stage.values["change"]).max() == 2
    assert stage.result.min() >= 0
    assert stage.result.max() <= 255


@pytest.mark.parametrize("towards", AIMS)
@pytest.mark.parametrize("name", ["cat", "coffee", "horse"])
def test_every_strength_is_what_the_network_says_of_that_picture(name, towards):
    stage = explore.fool(name, towards=towards)
    assert stage.known_towards == towards
    names = stage.names.split(", ")
    for strength in (0, 1, 5, STRONGEST):
        stage.strength = strength
        shares = squeezenet.shares(squeezenet.forward(squeezenet.prepare(stage.result.astype(np.uint8))))
        said = 100 * np.array([shares[squeezenet.class_number(one)] for one in names])
        np.testing.assert_allclose(stage.values["after"], said, atol=1e-3)
        [(winner, most)] = squeezenet.top(shares, 1)
        assert names[stage.values["after"].argmax()] == winner
        assert winner in stage.message
        assert 100 * most == pytest.approx(stage.values["after"].max(), abs=1e-3)


def test_the_change_is_that_of_floor_two():
    stage = explore.fool("coffee", towards="away", strength=3)
    prepared = squeezenet.prepare(squeezenet.seen(squeezenet.prepare(images.load("coffee"))))
    np.testing.assert_array_equal(stage.result, squeezenet.seen(squeezenet.fool(prepared, "espresso", -3)))
    assert stage.aim_name == "espresso"


def test_a_far_goal_is_seldom_reached_and_that_is_said():
    stage = explore.fool("cat", towards="goldfish")
    assert stage.message.startswith(
        "No number has changed by more than 2 of 255. Before: Egyptian cat, 47.2 %. After: tailed frog, 65.8 %;"
        " goldfish, towards which it goes, 4.09 %."
    )
    stage.strength = 0
    assert stage.message == "Nothing is changed yet: Egyptian cat, 47.2 %. Move the slider by one gray level."


def test_whoever_wins_is_listed():
    rng = np.random.default_rng(3)
    for _ in range(50):
        shares = rng.dirichlet(np.full(1000, 0.01), STRONGEST + 1)
        which = listed(shares)
        assert len(which) == len(set(which)) <= MOST_LISTED
        assert set(shares.argmax(axis=1)) <= set(which)
        assert which[:5] == np.argsort(-shares[0], kind="stable")[:5].tolist()


def test_another_picture_or_aim_is_worked_out_between_cells():
    async def act():
        shown = Picture("cat")
        stage = explore.fool(shown)
        stage.towards = "second"
        assert stage.message == ("It is being worked out: once back through all layers, towards its second guess.")
        await until(lambda: stage.known_towards == "second")
        assert "After: tabby, 96.1 %" in stage.message
        shown.choose("coffee")
        assert stage.message == "It is being worked out: once back through all layers."
        await until(lambda: stage.status == "ready")
        assert "Before: espresso, 98.5 %. After: consomme, 99.5 %" in stage.message
        stage.towards = "teapot"
        stage.towards = "away"  # at once: only the last one counts
        await until(lambda: stage.fooling.asking.beside.task is None)
        assert stage.known_towards == "away"

    on_a_loop(act)
