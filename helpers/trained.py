"""Two networks that have learned already, and how they were made.

`python3 -m helpers.trained` makes both anew, with the same numbers on the same machine, and says how many pictures that
they have never seen they get right.
"""

import time

import numpy as np

from helpers import datasets
from helpers.layers import Conv2D, Dense, Flatten, MaxPool2D, ReLU
from helpers.network import Network, accuracy, load
from helpers.training import Adam, moved, train

SEED = 0


def digits():
    """Return the network that reads handwritten digits of 28 x 28 pixels, from 0 to 1.

    Returns
    -------
    Network
    """
    return load(datasets.FOLDER / "digits_network.npz")


def clothes():
    """Return the network that tells clothes apart, on photos of 28 x 28 pixels, from 0 to 1.

    Returns
    -------
    Network
    """
    return load(datasets.FOLDER / "clothes_network.npz")


def two_convolutions(first, second, kernel_size, rng):
    """Return an untrained network: twice a convolution, ReLU and max pooling, then ten outputs.

    Parameters
    ----------
    first, second : int
        How many maps the convolutions make.
    kernel_size : int
    rng : numpy.random.Generator

    Returns
    -------
    Network
        For pictures of 28 x 28 pixels.

    Examples
    --------
    >>> two_convolutions(8, 12, 5, np.random.default_rng(0)).count_parameters()
    4550
    """
    side = ((28 - kernel_size + 1) // 2 - kernel_size + 1) // 2
    layers = [
        Conv2D(1, first, kernel_size, rng=rng),
        ReLU(),
        MaxPool2D(2),
        Conv2D(first, second, kernel_size, rng=rng),
        ReLU(),
        MaxPool2D(2),
        Flatten(),
        Dense(side * side * second, 10, rng),
    ]
    return Network(layers, (28, 28, 1))


def learned(network, data, rng, epochs, learning_rate, change=None):
    """Train a network, with steps that get shorter from batch to batch.

    Parameters
    ----------
    network : Network
    data : Dataset
    rng : numpy.random.Generator
    epochs : int
    learning_rate : float
        Of the first step; the last one's is next to 0.
    change : callable, optional
        As in `train`.

    Returns
    -------
    Network
        The same.
    """
    optimizer = Adam(learning_rate)
    for step in train(network, data.train_images, data.train_labels, optimizer, rng, epochs, 32, change):
        optimizer.learning_rate = learning_rate * (1.02 - step.share)
    return network


def make_digits():
    """Return the network of `digits`, trained from nothing, and its data.

    Returns
    -------
    (Network, Dataset)
    """
    rng, data = np.random.default_rng(SEED), datasets.digits_28x28()
    return learned(two_convolutions(8, 12, 5, rng), data, rng, 20, 0.005, moved), data


def make_clothes():
    """Return the network of `clothes`, trained from nothing, and its data.

    Returns
    -------
    (Network, Dataset)
    """
    rng, data = np.random.default_rng(SEED), datasets.fashion()
    return learned(two_convolutions(12, 24, 3, rng), data, rng, 8, 0.004), data


def main():
    """Make both networks, say how good they are, and keep them."""
    for name, make in (("digits", make_digits), ("clothes", make_clothes)):
        begin = time.perf_counter()
        network, data = make()
        seconds = time.perf_counter() - begin
        network.save(datasets.FOLDER / f"{name}_network.npz")
        right = accuracy(network, data.test_images, data.test_labels)
        print(f"{name}: {right:.1%} of {len(data.test_labels)} pictures, {seconds:.1f} s")


if __name__ == "__main__":
    main()
