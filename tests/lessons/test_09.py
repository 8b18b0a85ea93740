"""Lesson 09: every number of its prose."""

import re

import numpy as np
import pytest

from helpers import datasets, explore, squeezenet


def percent(stage, name):
    """Return the number of a table in percent, by the name of its row."""
    rows = [one.split(":")[0] for one in stage.table_names.split(", ")]
    return float(np.ravel(stage.table)[rows.index(name)])


def test_how_many_numbers_it_has_learned():
    assert sum(layer.count_parameters() for layer in squeezenet.as_network().layers) == 1_235_496
    assert f"{1_235_496:,}" in squeezenet.table()
    assert (datasets.FOLDER / "squeezenet11.npz").stat().st_size == pytest.approx(2.3e6, rel=0.01)
    assert squeezenet.prepare(np.zeros((300, 200, 3), np.uint8)).shape == (227, 227, 3)
    assert len(squeezenet.names()) == 1000


def test_what_it_says_of_some_pictures():
    assert explore.recognize("coffee").first_name == "espresso"
    three = explore.recognize("cat").names.split(", ")[:3]
    assert all("cat" in name or name == "tabby" for name in three)
    astronaut = explore.recognize("astronaut").names
    assert not {"person", "astronaut"} & set(squeezenet.names())
    assert "person" not in astronaut


def test_wrong_on_purpose():
    cat, coffee = explore.wrong_on_purpose("cat"), explore.wrong_on_purpose("coffee")
    assert percent(cat, "the right way") == pytest.approx(48, abs=0.5)
    assert percent(cat, "red first") == pytest.approx(89, abs=0.6)
    assert percent(coffee, "the right way") == pytest.approx(98, abs=0.5)
    assert percent(coffee, "red first") == pytest.approx(42, abs=0.5)
    assert percent(cat, "mirrored") == pytest.approx(83, abs=0.5)
    assert percent(cat, "upside down") == pytest.approx(10, abs=0.5)
    assert "upside down: bighorn" in cat.table_names
    for stage in (cat, coffee):
        assert percent(stage, "scaled to 0–1") < 0.1


def test_what_it_looks_at():
    stage = explore.looking_at("camera")
    stage.command = "start"
    assert stage.asked_name == "tripod"
    assert 100 * stage.covered_share == pytest.approx(84, abs=0.6) or stage.covered_share == pytest.approx(84, abs=0.6)
    assert "to 0.7" in stage.message
    assert stage.worst_row >= 9  # where the legs are


def test_it_is_fooled():
    stage = explore.fool("coffee", strength=1, towards="away")
    assert "Before: espresso, 98.5 %. After: consomme, 98.6 %." in stage.message
    assert "After: still espresso" in explore.fool("coffee", strength=1, towards="goldfish").message


def test_by_chance_it_stays_an_espresso():
    for strength in range(1, 9):
        said = explore.fool("coffee", strength=strength, towards="chance").message
        before, after = re.search(r"Before: espresso, ([\d.]+) %. After: still espresso, ([\d.]+) %", said).groups()
        assert 98 < float(before) <= float(after)


def test_a_change_by_chance_does_next_to_nothing():
    prepared = squeezenet.prepare(squeezenet.seen(squeezenet.prepare(explore.fool("coffee").picture)))
    rng = np.random.default_rng(0)
    for _ in range(3):
        change = rng.choice([-2, 2], prepared.shape).astype(np.float32)
        [(name, share)] = squeezenet.top(squeezenet.shares(squeezenet.forward(prepared + change)), 1)
        assert name == "espresso"
        assert share == pytest.approx(0.985, abs=0.02)


def test_dogs_are_many():
    dogs = squeezenet.names()[151:269]  # from the Chihuahua to the Mexican hairless
    assert dogs[0] == "Chihuahua"
    assert dogs[-1] == "Mexican hairless"
    assert len(dogs) == 118
