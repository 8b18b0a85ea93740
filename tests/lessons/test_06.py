"""Lesson 06: what its explorables show and say."""

import itertools

import numpy as np
import pytest

from helpers import explore
from helpers.lessons.lesson_06.explorables import shift_test
from helpers.pooling import avg_pool2d, max_pool2d


def share(array):
    """Return how much of a picture is white."""
    return array.mean() / 255


@pytest.mark.parametrize(("kernel_size", "stride"), list(itertools.product(range(1, 5), repeat=2)))
def test_average_pooling_is_a_convolution(kernel_size, stride):
    assert np.abs(explore.mean_is_a_kernel(kernel_size=kernel_size, stride=stride).result).max() < 1e-3


def test_the_example_is_found_where_the_winners_stand_apart():
    assert explore.max_of_sum().message.startswith("They agree here")
    apart = explore.max_of_sum(second=[[5, 1], [2, 0]])
    assert (apart.values["added"].item(), apart.values["of_sum"].item()) == (14, 9)
    assert apart.message.startswith("Found: the two are 5 apart")


@pytest.mark.parametrize("rounds", [1, 2, 3])
def test_the_sentence_on_stripes_is_true(rounds):
    for width, gap in itertools.product(range(1, 8), repeat=2):
        stage = explore.stripes(rounds=rounds, width=width, gap=gap)
        grown = {name: share(stage.values[f"{name}_left"]) > share(stage.values[name]) for name in ("white", "black")}
        assert ("No window saw both" in stage.message) == (not any(grown.values())), (width, gap)
        assert ("keep their share" in stage.message) <= (sum(grown.values()) == 1)


def test_black_stripes_of_3_are_gone_after_two_rounds():
    assert share(explore.stripes(rounds=1).values["black_left"]) == 0.75
    assert explore.stripes(rounds=2).message.startswith("The black stripes are gone")
    assert explore.stripes(rounds=3).message.startswith("Both are white all over")


@pytest.mark.parametrize("move", [1, 2, 3, 4])
def test_pooling_changes_less_than_a_stride_when_the_cat_moves_but_it_does_change(move):
    values = shift_test("cat", move=move).values
    changed = [values[name].sum() for name in ("largest", "mean", "taken")]
    assert 0 < max(changed[:2]) < changed[2]


def test_of_edges_moved_far_max_pooling_changes_most():
    values = shift_test("cat", what="edges", move=4).values
    assert values["largest"].sum() > values["taken"].sum() > values["mean"].sum()


@pytest.mark.parametrize("make", [explore.pool, explore.pool_it])
def test_the_learners_own_functions_are_called_with_image_size_and_stride(make):
    def own_max(image, size, stride):
        return max_pool2d(image, size, stride)

    def own_mean(image, size, stride):
        return avg_pool2d(image, size, stride) + 1

    steps = make(max_pool=own_max, avg_pool=own_mean).own["steps"]
    assert steps["largest"]["message"] == "your function agrees in every cell"
    assert "cells differ" in steps["mean"]["message"]
