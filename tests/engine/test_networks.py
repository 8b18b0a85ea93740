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


def test_two_networks_stand_in_one_recipe_under_names_of_their_own():
    first, second = (steps_of(every_kind(), "picture", "network", prefix=prefix) for prefix in ("one_", "two_"))
    assert first.names[0] == "one_conv_1"
    assert second.names[-1] == "two_logits"
    assert not {*first.names, *first.weights} & {*second.names, *second.weights}
    picture = np.random.default_rng(6).normal(size=(9, 8, 2)).astype(np.float32)
    settings = {"picture": picture, **settings_of(first), **settings_of(second)}
    values = evaluate([*first.recipe, *second.recipe], settings)
    np.testing.assert_array_equal(values["one_logits"], values["two_logits"])


def test_a_layer_without_a_step_is_said():
    with pytest.raises(ValueError, match="there is no step for the layer GlobalAvgPool2D"):
        steps_of(Network([GlobalAvgPool2D(), Dense(3, 2)]), "picture", "network")


# --- what would raise a number


def layer_gradient(network, picture, number, place):
    """Return how much each pixel raises one number that the first so many layers make."""
    part = Network(network.layers[:number])
    gradient = np.zeros_like(part.forward(picture[np.newaxis]))
    gradient[(0, *place)] = 1
    return part.backward(gradient)[0]


@pytest.mark.parametrize(
    ("name", "number", "place"),
    [("conv_1", 1, (3, 7, 5)), ("pool_1", 3, (5, 6, 2)), ("conv_2", 4, (3, 6, 6)), ("pool_2", 6, (1, 2, 9)),
     ("logits", 8, (7,))],
)  # fmt: skip
def test_the_browser_knows_what_would_raise_a_number(name, number, place, node):
    network, picture = trained.digits(), datasets.digits_28x28().test_images[4]
    steps = steps_of(network, "picture", "network")
    cell = {"panel": name, **dict(zip(("row", "column", "channel"), place, strict=False))} | {"column": (*place, 0)[1]}
    question = {"ask": "gradient", "recipe": steps.recipe, "cell": cell, "source": "picture"}
    [answer] = ask(node, [question | {"settings": {"picture": picture, **settings_of(steps)}}])
    found = np.array(answer["data"]).reshape(answer["shape"])
    np.testing.assert_allclose(found, layer_gradient(network, picture, number, place), atol=1e-4)


def test_every_kind_of_layer_has_a_way_back(node):
    network, picture = every_kind(), np.random.default_rng(6).normal(size=(9, 8, 2)).astype(np.float32)
    steps = steps_of(network, "picture", "network")
    question = {"ask": "gradient", "recipe": steps.recipe, "source": "picture"}
    cell = {"panel": "logits", "row": 2, "column": 0}
    [answer] = ask(node, [question | {"cell": cell, "settings": {"picture": picture, **settings_of(steps)}}])
    found = np.array(answer["data"]).reshape(answer["shape"])
    np.testing.assert_allclose(found, layer_gradient(network, picture, len(network.layers), (2,)), atol=1e-4)
