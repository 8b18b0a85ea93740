"""An experiment is `training.train` in pieces: the same numbers, and what is measured on the way is so."""

import dataclasses

import numpy as np
import pytest

from helpers import datasets, trained
from helpers.experiment import DATA, LAYERS, Diverged, Experiment, Plan, chosen_data, confusions, finished, stack
from helpers.layers import Conv2D, Dense, Flatten, MaxPool2D, ReLU
from helpers.network import Network, accuracy, cross_entropy, predict
from helpers.training import SGD, Adam, moved, train

QUICK = Plan(pictures=150, epochs=3, filters=4)


def by_hand(plan, optimizer, change=None):
    """Train the network of a plan with nothing but `train`."""
    rng, data = np.random.default_rng(plan.seed), datasets.digits_8x8()
    layers = [Conv2D(1, plan.filters, 3, padding=1, rng=rng), ReLU(), MaxPool2D(2), Flatten()]
    network = Network([*layers, Dense(16 * plan.filters, 10, rng)], (8, 8, 1))
    some = slice(plan.pictures)
    images, labels = data.train_images[some], data.train_labels[some]
    for _ in train(network, images, labels, optimizer, rng, plan.epochs, plan.batch_size, change):
        pass
    return network


@pytest.mark.parametrize(
    ("changes", "optimizer", "change"),
    [
        ({}, Adam(0.003), None),
        ({"optimizer": "SGD", "learning_rate": 0.1, "seed": 3}, SGD(0.1), None),
        ({"optimizer": "momentum", "learning_rate": 0.01, "batch_size": 8}, SGD(0.01, momentum=0.9), None),
        ({"moves": True}, Adam(0.003), moved),
    ],
)
@pytest.mark.parametrize("seconds", [0.0, 0.01])
def test_it_is_the_training_of_train_to_the_last_bit(changes, optimizer, change, seconds):
    plan = dataclasses.replace(QUICK, **changes)
    experiment, expected = Experiment(plan), by_hand(plan, dataclasses.replace(optimizer), change)
    while experiment.advance(seconds):
        pass
    for (layer, name), (other, _) in zip(experiment.network.parameters(), expected.parameters(), strict=True):
        np.testing.assert_array_equal(layer.parameters[name], other.parameters[name])


def test_what_is_measured_is_so():
    experiment, data = finished(QUICK), datasets.digits_8x8()
    assert len(experiment.history) == len(experiment.snapshots) == 4
    logits = predict(experiment.network, data.test_images)
    np.testing.assert_allclose(experiment.logits, logits, rtol=1e-5, atol=1e-5)
    loss, right = experiment.history[-1]["test"]
    assert right == accuracy(experiment.network, data.test_images, data.test_labels)
    assert loss == pytest.approx(cross_entropy(logits, data.test_labels))
    assert experiment.history[-1]["fresh"] == experiment.history[-1]["test"]
    assert experiment.history[-1]["train"][1] > experiment.history[1]["train"][1]
    np.testing.assert_array_equal(stack(experiment, -1, "bias")[-1], experiment.network.layers[-1].parameters["bias"])
    assert (stack(experiment, 0, "bias")[0] == 0).all()
    assert experiment.done == 1
    assert experiment.seconds_left == 0
    assert experiment.pictures_a_second > 0


def test_it_goes_on_batch_by_batch():
    experiment = Experiment(QUICK)
    assert experiment.done == 0
    assert np.isnan(experiment.seconds_left)
    for batch in (1, 2):
        assert experiment.advance(batches=1)
        assert (experiment.progress.epoch, experiment.progress.batch) == (1, batch)
    assert experiment.progress.batches == 5
    assert experiment.seconds_left > 0


def test_it_can_stop_after_an_epoch():
    one, whole = finished(QUICK, epochs=1), finished(QUICK)
    np.testing.assert_array_equal(stack(one, 0, "weights"), stack(whole, 0, "weights")[:2])


@pytest.mark.parametrize("optimizer", ["Adam", "SGD", "momentum"])
def test_what_runs_away_is_caught(optimizer):
    with pytest.raises(Diverged, match=r"after \d+ steps of epoch 1"):
        finished(dataclasses.replace(QUICK, optimizer=optimizer, learning_rate=1e6))


def test_what_leaks_is_learned_from_and_what_has_not_is_kept_apart():
    plan = dataclasses.replace(QUICK, leak=True)
    data, whole = chosen_data(plan)[0], datasets.digits_8x8()
    fresh = chosen_data(plan)[1]
    np.testing.assert_array_equal(data.train_images[150:], whole.test_images[:200])
    np.testing.assert_array_equal(data.test_images, whole.test_images[:200])
    np.testing.assert_array_equal(fresh.test_images, whole.test_images[200:])
    last = finished(plan).history[-1]
    assert last["fresh"] != last["test"]


@pytest.mark.parametrize("layers", LAYERS)
@pytest.mark.parametrize("data", [name for name in DATA if name != "drawings"])
def test_every_network_fits_every_data(layers, data):
    experiment = Experiment(Plan(data=data, layers=layers, pictures=64, epochs=1))
    assert experiment.network.shapes(experiment.data.train_images.shape[1:])[-1] == (10,)
    assert experiment.advance(batches=1)


def test_a_network_that_was_kept_can_be_taken_over():
    experiment = Experiment(Plan(data="digits_28x28", layers="none", pictures=64, epochs=1))
    experiment.take_over(trained.digits())
    assert experiment.plan.layers == "two"
    assert experiment.history[-1]["test"][1] == pytest.approx(0.978, abs=0.002)
    assert not experiment.advance()


@pytest.mark.parametrize(
    ("network", "sentence"),
    [
        (trained.digits, "reads pictures of 28x28x1, these are 8x8x1"),
        (lambda: Network([Flatten(), Dense(64, 10), ReLU()], (8, 8, 1)), "has other layers than those that can be"),
        (lambda: Network([Flatten(), Dense(64, 3)], (8, 8, 1)), "has other layers"),
        (lambda: Network([Conv2D(1, 2, 5), ReLU(), MaxPool2D(2), Flatten(), Dense(8, 10)], (8, 8, 1)), "other layers"),
        (lambda: Network([Flatten(), Dense(64, 10)]), "reads pictures of 0, these"),
    ],
)
def test_another_network_is_refused_and_nothing_is_lost(network, sentence):
    experiment = finished(QUICK)
    before = experiment.network, experiment.plan, list(experiment.history)
    with pytest.raises(ValueError, match=sentence):
        experiment.take_over(network())
    assert (experiment.network, experiment.plan, experiment.history) == before


@pytest.mark.usefixtures("my_folder")
def test_without_drawings_nothing_can_be_learned_from_them():
    with pytest.raises(ValueError, match="two digits with three drawings each are needed at least; there are none"):
        Experiment(Plan(data="drawings"))


def test_the_surest_mistakes_come_first():
    logits, labels = np.random.default_rng(2).normal(size=(40, 5)), np.arange(40) % 5
    table, worst, said = confusions(logits, labels)
    shares = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    assert table.sum() == 40
    assert np.trace(table) == 40 - len(worst)
    assert (np.diff(shares[worst, labels[worst]]) >= 0).all()
    np.testing.assert_array_equal(said, logits[worst].argmax(axis=1))
