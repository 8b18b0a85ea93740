"""Three ways to go wrong in training, in numbers: too few pictures, a leak, a bad learning rate. One thread, seed 0."""

import time

import numpy as np

from benchmarks.learning import small_network
from helpers import datasets
from helpers.layers import Dropout
from helpers.network import Network, accuracy, cross_entropy, predict
from helpers.trained import two_convolutions
from helpers.training import SGD, Adam, moved, train

FEW, RATE, BATCH = 200, 0.002, 32
TOLD = (1, 2, 5, 10, 20, 50, 100)  # epochs


def history(network, images, labels, test, rng, epochs, change=None):
    """Train, and yield (epoch, right of those learned from, right of those kept, loss of these) now and then."""
    test_images, test_labels = test
    for step in train(network, images, labels, Adam(RATE), rng, epochs, BATCH, change):
        if step.batch == step.batches and step.epoch in TOLD:
            logits = predict(network, test_images)
            right = float((logits.argmax(axis=1) == test_labels).mean())
            yield step.epoch, accuracy(network, images[:1000], labels[:1000]), right, cross_entropy(logits, test_labels)


def silenced(network, rng):
    """Return a network that silences half of what its last layer hears, while it trains."""
    *layers, last = network.layers
    return Network([*layers, Dropout(0.5, rng), last], network.input_shape)


def overfitting(few=FEW, epochs=100, change=None, dropout=False, seed=0):
    """Train the digits' network on a few pictures; return its history."""
    rng, data = np.random.default_rng(seed), datasets.digits_28x28()
    network = two_convolutions(8, 12, 5, rng)
    network = silenced(network, rng) if dropout else network
    test = data.test_images, data.test_labels
    return list(history(network, data.train_images[:few], data.train_labels[:few], test, rng, epochs, change))


def leak(leaks, epochs=30, seed=0):
    """Train on 200 pictures and 200 more, of the test (a leak) or not; return how much of 200, and of 800, is right."""
    rng, data = np.random.default_rng(seed), datasets.digits_28x28()
    network = two_convolutions(8, 12, 5, rng)
    images, labels = data.train_images[: 2 * FEW].copy(), data.train_labels[: 2 * FEW].copy()
    if leaks:
        images[FEW:], labels[FEW:] = data.test_images[:FEW], data.test_labels[:FEW]
    for _ in train(network, images, labels, Adam(RATE), rng, epochs, BATCH):
        pass
    parts = slice(0, FEW), slice(FEW, None)
    return [accuracy(network, data.test_images[part], data.test_labels[part]) for part in parts]


def at_rate(optimizer, epochs=10):
    """Train on digits of 8 x 8; return the last batch's loss, and what it gets right of those kept."""
    rng, data = np.random.default_rng(0), datasets.digits_8x8()
    network = small_network(rng)
    with np.errstate(all="ignore"):
        *_, last = train(network, data.train_images, data.train_labels, optimizer, rng, epochs, BATCH)
        return last.loss, accuracy(network, data.test_images, data.test_labels)


def main():
    """Print the tables."""
    print("overfitting: right of those learned from, right of 1,000 kept, loss of these")
    ways = {"200 pictures": {}, "200, moved": {"change": moved}, "200, Dropout 0.5": {"dropout": True}}
    for name, how in (ways | {"4,000 pictures": {"few": 4000, "epochs": 10}}).items():
        begin = time.perf_counter()
        for epoch, learned, right, loss in overfitting(**how):
            print(f"  {name:18} epoch {epoch:4}: {learned:6.1%} {right:6.1%}   loss {loss:.2f}")
        print(f"  {'':18} {time.perf_counter() - begin:.1f} s")
    print("leak: 200 pictures and 200 more; right of 200 test pictures, right of the other 800")
    for leaks, name in ((True, "those 200 themselves"), (False, "200 honest ones")):
        print("  {:22} {:6.1%} {:6.1%}".format(name, *leak(leaks)))
    print("learning rate: digits 8x8, 10 epochs; the last batch's loss, right of 360 kept")
    for kind, rates in ((Adam, (1e-5, 1e-3, 5e-3, 0.1, 1e6, 1e20)), (SGD, (1e-5, 1e-2, 0.1, 1, 10, 1e6, 1e20))):
        for rate in rates:
            print(f"  {kind.__name__:5} {rate:8g} {{:12.4g}} {{:6.1%}}".format(*at_rate(kind(rate))))
