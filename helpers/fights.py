"""A fair fight: convolutions against a fully connected network with about as many numbers to learn.

Both learn from the same 4,000 digits, none of which is moved, in the same batches, by the same optimizer and for as
many epochs; three times each, from other first weights. Then both are tested on 1,000 digits that they have never seen,
straight and moved by up to 3 pixels. Two thirds of the digits leave a margin of at least 3 pixels around them; of the
others the farthest moves cut something off, alike for both.

Learning rate and epochs were chosen for the fully connected network, not for the other: `on_trial`, with 800 of the
4,000 digits kept aside, it did best with 0.001 of the rates 0.0005, 0.001, 0.002 and 0.005, and twice the epochs gained
less than half a percent. So if anybody is favored, it is the one that loses.

`python3 -m helpers.fights` trains all six anew, prints the table and keeps it, which takes some two minutes.
"""

import numpy as np

from helpers import datasets
from helpers.convolution import surround
from helpers.layers import Dense, Flatten, ReLU
from helpers.network import Network, accuracy, predict, read
from helpers.trained import learned, two_convolutions

FILE = "fair_fight.npz"
SEEDS = (0, 1, 2)
EPOCHS = 60
LEARNING_RATE = 0.001
FARTHEST = 3  # pixels


def convolutional(rng):
    """Return an untrained network, built as the one that reads digits: 4,550 numbers to learn.

    Parameters
    ----------
    rng : numpy.random.Generator

    Returns
    -------
    Network
    """
    return two_convolutions(8, 12, 5, rng)


def dense(rng, hidden=6):
    """Return an untrained network in which every number hears from every pixel: 4,780 numbers to learn.

    Parameters
    ----------
    rng : numpy.random.Generator
    hidden : int
        How many numbers stand between the pixels and the ten outputs.

    Returns
    -------
    Network
        For pictures of 28 x 28 pixels.

    Examples
    --------
    >>> dense(np.random.default_rng(0)).count_parameters()
    4780
    """
    return Network([Flatten(), Dense(784, hidden, rng), ReLU(), Dense(hidden, 10, rng)], (28, 28, 1))


RIVALS = {"convolutional": convolutional, "dense": dense}


def moved_by(images, down, right):
    """Move all pictures alike; zeros come in.

    Parameters
    ----------
    images : ndarray of shape (L, M, N, C)
    down, right : int
        Pixels; negative numbers move up and to the left.

    Returns
    -------
    ndarray of the same shape

    Examples
    --------
    >>> image = np.array([[0, 1, 2], [10, 11, 12]]).reshape(1, 2, 3, 1)
    >>> moved_by(image, 1, -1)[0, :, :, 0]
    array([[0, 0, 0],
           [1, 2, 0]])
    """
    _, rows, columns, _ = images.shape
    ring = max(abs(down), abs(right))
    return surround(images, ring)[:, ring - down :, ring - right :][:, :rows, :columns]


def moves():
    """Return all moves of up to 3 pixels, as (down, right), in a square: row by row, from the upper left.

    Returns
    -------
    ndarray of shape (7, 7, 2)

    Examples
    --------
    >>> moves()[3, 3], moves()[0, 6]
    (array([0, 0]), array([-3,  3]))
    """
    return np.moveaxis(np.indices(2 * [2 * FARTHEST + 1]), 0, -1) - FARTHEST


def count_right(network, data):
    """Return how many test pictures a network gets right, after each of the `moves`.

    Parameters
    ----------
    network : Network
    data : Dataset

    Returns
    -------
    ndarray of shape (7, 7), whole numbers
    """

    def right(move):
        said = predict(network, moved_by(data.test_images, *move)).argmax(axis=1)
        return (said == data.test_labels).sum()

    return np.apply_along_axis(right, -1, moves())


def by_distance(counts):
    """Return the mean over all moves of 0, 1, 2 and 3 pixels: the larger of down and across counts.

    Parameters
    ----------
    counts : ndarray of shape (..., 7, 7)
        One number for each of the `moves`.

    Returns
    -------
    ndarray of shape (..., 4)

    Examples
    --------
    >>> by_distance(np.abs(moves()[..., 0]))  # of the 8 moves by 1 pixel, 6 go up or down: 6 / 8
    array([0.  , 0.75, 1.5 , 2.25])
    """
    distance = np.abs(moves()).max(axis=-1)
    return np.stack([counts[..., distance == far].mean(axis=-1) for far in range(FARTHEST + 1)], axis=-1)


def fight():
    """Train both rivals with each seed, and count.

    Returns
    -------
    dict of ndarray
        For each rival, `NAME/right`: the counts, of shape (3, 7, 7); and the weights of the first seed, `NAME/...`.
    """
    data, kept = datasets.digits_28x28(), {}
    for name, make in RIVALS.items():
        networks = [trained_with(make, seed, data) for seed in SEEDS]
        counts = np.stack([count_right(network, data) for network in networks]).astype(np.int16)
        kept |= {f"{name}/right": counts}
        kept |= {f"{name}/{part}": values for part, values in networks[0].contents().items()}
    return kept


def trained_with(make, seed, data):
    """Return a network that has learned; the seed decides its first weights and the order of the pictures.

    Parameters
    ----------
    make : callable
        One of `RIVALS`.
    seed : int
    data : Dataset

    Returns
    -------
    Network
    """
    rng = np.random.default_rng(seed)
    return learned(make(rng), data, rng, EPOCHS, LEARNING_RATE)


def on_trial(make, learning_rate, epochs=EPOCHS):
    """Learn from 3,200 of the digits, and return the share right of the other 800, a number for each seed.

    The test pictures take no part: whoever chose by them would know them already.

    Parameters
    ----------
    make : callable
        One of `RIVALS`.
    learning_rate : float
    epochs : int

    Returns
    -------
    list of float
    """
    data = datasets.digits_28x28()
    parts = (data.train_images[:3200], data.train_labels[:3200], data.train_images[3200:], data.train_labels[3200:])
    tried = datasets.Dataset(*parts, data.names)
    chances = [np.random.default_rng(seed) for seed in SEEDS]
    networks = [learned(make(rng), tried, rng, epochs, learning_rate) for rng in chances]
    return [accuracy(network, tried.test_images, tried.test_labels) for network in networks]


# --- what came of it


def rival(name):
    """Return one of the networks that have fought: the first of the three.

    Parameters
    ----------
    name : {"convolutional", "dense"}

    Returns
    -------
    Network
    """
    file = datasets.contents(FILE)
    return read({part.removeprefix(f"{name}/"): values for part, values in file.items() if part.startswith(f"{name}/")})


def shares(name):
    """Return how much each of the three got right, straight and moved by 1, 2 and 3 pixels, in percent.

    Parameters
    ----------
    name : {"convolutional", "dense"}

    Returns
    -------
    ndarray of shape (3, 4)
        A row for each seed.
    """
    counts = datasets.contents(FILE)[f"{name}/right"]
    return 100 * by_distance(counts) / len(datasets.digits_28x28().test_labels)


def mean_shares():
    """Return the means of the three, side by side, in percent with one decimal.

    Returns
    -------
    ndarray of shape (4, 2)
        A row for each distance; the convolutional network, then the fully connected one.
    """
    return np.stack([shares(name).mean(axis=0).round(1) for name in RIVALS], axis=-1)


def spread(values):
    """Write a mean, and the least and the most.

    Parameters
    ----------
    values : ndarray

    Returns
    -------
    str

    Examples
    --------
    >>> spread(np.array([95, 97.25, 96]))
    '96.1 % (95.0 to 97.2)'
    """
    mean, least, most = np.round([values.mean(), values.min(), values.max()], 1)
    return f"{mean:.1f} % ({least:.1f} to {most:.1f})"


def examples():
    """Return ten digits that nobody has learned from, 0 to 255: the first of each kind among those kept for the test.

    Returns
    -------
    ndarray of shape (28, 28, 10), uint8
        A channel for each digit.
    """
    data = datasets.digits_28x28()
    firsts = [data.test_images[data.test_labels == digit][0, :, :, 0] for digit in range(10)]
    return np.round(255 * np.stack(firsts, axis=-1)).astype(np.uint8)


def main():
    """Let them fight, keep what came of it, and print it."""
    np.savez_compressed(datasets.FOLDER / FILE, **fight())
    datasets.sign(FILE)
    print("moved by        numbers" + "".join(f"{far:>16} pixels " for far in range(FARTHEST + 1)))
    for name in RIVALS:
        row = "".join(f"{spread(values):>24}" for values in shares(name).T)
        print(f"{name:14}{rival(name).count_parameters():>9,}{row}")


if __name__ == "__main__":
    main()
