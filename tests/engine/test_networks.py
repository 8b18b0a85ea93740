"""Networks as recipes: NumPy, the browser and the printed code make the same logits of them."""

import numpy as np
import pytest

from helpers import datasets, trained
from helpers.engine.networks import steps_of
from helpers.engine.recipe import evaluate
from helpers.layers import AvgPool2D, BatchNorm, Conv2D, Dense, Dropout, Flatten, GlobalAvgPool2D, MaxPool2D, ReLU
from helpers.network import Network
from parity import ask

NETWORKS = {"digits": (trained.digits, datasets.digits_28x28), "clothes": (trained.clothes, datasets.fashion)}
PICTURES = 1000


def every_kind():
    """Return a network with a layer of each kind that has a step, in odd sizes."""
    rng = np.random.default_rng(5)
    layers = [Conv2D(2, 3, (3, 2), stride=2, padding=1, rng=rng), BatchNorm(3), ReLU(), MaxPool2D(3, 1, 1)]
    layers += [AvgPool2D(2), Dropout(0.5, rng), Flatten(), Dense(12, 7, rng), ReLU(), Dense(7, 4, rng)]
    network = Network(layers, (9, 8, 2))
    network.forward(rng.normal(size=(5, 9, 8, 2)).astype(np.float32), training=True)
    return network


def settings_of(steps):
    return {name: values for name, (values, _) in steps.weights.items()}


@pytest.mark.parametrize(("make", "data"), NETWORKS.values(), ids=NETWORKS)
def test_a_recipe_makes_the_networks_logits_of_a_thousand_pictures(make, data, node):
    network, pictures = make(), data().test_images[:PICTURES]
    steps = steps_of(network, "picture", "network")
    wanted = network.forward(pictures)
    own = [evaluate(steps.recipe, {"picture": one, **settings_of(steps)})["logits"] for one in pictures]
    np.testing.assert_allclose(own, wanted, atol=1e-4)
    question = {"recipe": steps.recipe, "settings": settings_of(steps), "setting": "picture", "name": "logits"}
    [browsers] = ask(node, [{"ask": "many", "pictures": list(pictures), **question}])
    np.testing.assert_allclose(browsers, wanted, atol=1e-4)


def test_every_kind_of_layer_is_a_step(node):
    network = every_kind()
    steps = steps_of(network, "picture", "network")
    assert steps.names == [
        "conv_1", "normal_1", "relu_1", "pool_1", "mean_1", "flat_1", "dense_1", "relu_2", "logits"
    ]  # fmt: skip
    pictures = np.random.default_rng(6).normal(size=(4, 9, 8, 2)).astype(np.float32)
    wanted = network.forward(pictures)
    own = [evaluate(steps.recipe, {"picture": one, **settings_of(steps)})["logits"] for one in pictures]
    np.testing.assert_allclose(own, wanted, atol=1e-4)
    question = {"recipe": steps.recipe, "settings": settings_of(steps), "setting": "picture", "name": "logits"}
    [browsers] = ask(node, [{"ask": "many", "pictures": list(pictures), **question}])
    np.testing.assert_allclose(browsers, wanted, atol=1e-4)


def test_weights_say_where_they_come_from():
    network = every_kind()
    for values, source in steps_of(network, "picture", "network").weights.values():
        np.testing.assert_array_equal(eval(source, {"network": network}), values)


def test_a_layer_without_a_step_is_said():
    with pytest.raises(ValueError, match="there is no step for the layer GlobalAvgPool2D"):
        steps_of(Network([GlobalAvgPool2D(), Dense(3, 2)]), "picture", "network")
