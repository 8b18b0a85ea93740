"""Lesson 08's fair fight: what its explorable shows and says is what the networks do and what was counted."""

import itertools

import numpy as np
import pytest

from helpers import datasets, fights
from helpers.engine.wording import facts, holds, say
from helpers.lessons.lesson_08.fight import fair_fight
from helpers.neurons import softmax
from parity import ask, close

MOVES = list(itertools.product(range(-3, 4), repeat=2))
SOME = [(0, 0), (2, -1), (-3, 3), (0, 3)]


def known(stage):
    return {name: one for key, value in stage.values.items() for name, one in facts(key, value).items()}


@pytest.mark.parametrize("name", fights.RIVALS)
def test_the_stage_answers_as_the_network_does(name):
    data, network = datasets.digits_28x28(), fights.rival(name)
    for number, (down, right) in enumerate([*SOME, (1, 1)]):
        image = data.test_images[number]
        stage = fair_fight(drawing=255 * image, what="drawing", down=down, right=right)
        [logits] = network.forward(fights.moved_by(image[np.newaxis], down, right))
        np.testing.assert_allclose(stage.values[name], softmax(logits), atol=2e-3 if image.max() < 1 else 1e-4)


def test_the_browser_answers_the_same_and_says_the_same(node):
    stages = [
        fair_fight(digit=digit, down=down, right=right) for digit, (down, right) in zip((7, 2, 5, 9), SOME, strict=True)
    ]
    stages += [fair_fight(what="drawing"), fair_fight(what="drawing", drawing=np.eye(28) * 255)]
    questions = [{"ask": "evaluate", "recipe": one.spec["recipe"], "settings": one._now()} for one in stages]
    for stage, answer in zip(stages, ask(node, questions), strict=True):
        for name in ("moved", *fights.RIVALS):
            assert close(answer[name], stage.values[name], 1)
    sentences = [{"ask": "say", "text": one.spec["words"], "values": one.values} for one in stages]
    assert ask(node, sentences) == [one.message for one in stages]


def test_it_says_at_every_setting_what_was_counted_at_that_distance():
    shares = [[fights.spread(values) for values in fights.shares(name).T] for name in fights.RIVALS]
    stage = fair_fight()
    curve = stage.spec["panels"][-1]
    for down, right in MOVES:
        stage.down, stage.right = down, right
        far = max(abs(down), abs(right))
        how = ["as they are", "moved by 1 pixel", "moved by 2 pixels", "moved by 3 pixels"][far]
        convolutional, dense = (one[far] for one in shares)
        end = f"is right on {convolutional}, the fully connected one on {dense}."
        assert stage.message.endswith(f"Of 1,000 digits {how}, the convolutional one {end}")
        assert next(point for condition, point in curve["at"] if holds(condition, known(stage))) == far


BEGINNINGS = {(True, True): "Both are right", (True, False): "Only the convolutional one is right",
              (False, True): "Only the fully connected one is right", (False, False): "Both are wrong"}  # fmt: skip


def test_who_is_right_is_said():
    met = set()
    for digit, (down, right) in itertools.product(range(10), SOME):
        stage = fair_fight(digit=digit, down=down, right=right)
        right_ones = tuple(bool(stage.values[name].argmax() == digit) for name in fights.RIVALS)
        assert stage.message.startswith(BEGINNINGS[right_ones])
        assert (f"It is {digit}." in stage.message) == (not any(right_ones))
        met.add(right_ones)
    assert len(met) == 4


def test_a_drawing_has_no_right_answer():
    assert fair_fight(what="drawing").message.startswith("Nothing is drawn yet")
    image = 255 * datasets.digits_28x28().test_images[0]
    stage = fair_fight(what="drawing", drawing=image)
    agree = len({int(stage.values[name].argmax()) for name in fights.RIVALS}) == 1
    assert stage.message.startswith("They agree" if agree else "They differ")


def test_the_first_digits_that_are_shown_are_not_chosen_to_please():
    right = {name: 0 for name in fights.RIVALS}
    for digit in range(10):
        values = fair_fight(digit=digit).values
        for name in right:
            right[name] += int(values[name].argmax() == digit)
    assert right == {"convolutional": 10, "dense": 10}


def test_the_code_makes_what_is_on_screen():
    stage = fair_fight(digit=3, down=1, right=-2)
    made = {}
    exec(stage.code, made)
    np.testing.assert_allclose(made["convolutional"], stage.result, atol=1e-5)
    np.testing.assert_allclose(made["dense"], stage.values["dense"], atol=1e-5)


def test_the_curve_is_what_was_counted():
    stage = fair_fight()
    np.testing.assert_allclose(stage.measured, fights.mean_shares())
    assert say("{measured.rows}", {"measured": stage.measured}) == "4"
