"""An experiment: what a network is to learn from and how, the training step by step, and what is measured on the way.

Everything follows from the `Plan`; the same plan makes the same numbers, on one machine to the last bit. The training
itself is that of `training.train`; here it is told in small pieces, so that others may work in between.
"""

import dataclasses
import time
from dataclasses import dataclass, field

import numpy as np

from helpers import datasets, mine
from helpers.datasets import Dataset
from helpers.layers import Conv2D, Dense, Flatten, MaxPool2D, ReLU
from helpers.network import Network, cross_entropy
from helpers.neurons import softmax
from helpers.sizes import by
from helpers.training import SGD, Adam, moved, train

DATA = {
    "digits_8x8": datasets.digits_8x8,
    "digits_28x28": datasets.digits_28x28,
    "clothes": datasets.fashion,
    "drawings": lambda: datasets.of_drawings(*mine.drawings()),
}
OPTIMIZERS = {
    "Adam": lambda rate: Adam(rate),
    "SGD": lambda rate: SGD(rate),
    "momentum": lambda rate: SGD(rate, momentum=0.9),
}
LAYERS = ("none", "one", "two")  # convolutions
AT_ONCE = 50  # pictures that are measured in one piece; of many more, too much is kept at a time to be quick
ASKED = 250  # training pictures that are measured
LEAKED = 200  # test pictures that get into the training, if they leak
LOST = 1e4  # a loss beyond this comes down no more


class Diverged(Exception):
    """A training has run away; the words say how."""


@dataclass(frozen=True)
class Plan:
    """What is learned from, by which network, and how.

    Attributes
    ----------
    data : str
        One of `DATA`; "drawings" are the learner's own.
    pictures : int
        How many of them are learned from, at most.
    layers : str
        How many convolutions there are, each with ReLU and max pooling: "none", "one" or "two".
    filters, second : int
        How many maps the first and the second one make.
    optimizer : str
        One of `OPTIMIZERS`.
    learning_rate : float
    batch_size, epochs, seed : int
    moves : bool
        Whether each picture is moved by up to 2 pixels whenever it is learned from.
    leak : bool
        Whether the first 200 test pictures are learned from as well, and are then what is tested on.
    """

    data: str = "digits_8x8"
    pictures: int = 1000
    layers: str = "one"
    filters: int = 8
    second: int = 12
    optimizer: str = "Adam"
    learning_rate: float = 0.003
    batch_size: int = 32
    epochs: int = 15
    seed: int = 0
    moves: bool = False
    leak: bool = False


def chosen_data(plan):
    """Return the pictures of a plan, no more of them than it asks for.

    Parameters
    ----------
    plan : Plan

    Returns
    -------
    (Dataset, Dataset)
        What is trained and tested on; and the test pictures that have not leaked, which is the same where none has.

    Raises
    ------
    ValueError
        If there are too few drawings, or a file is missing or damaged.
    """
    data = DATA[plan.data]()
    images, labels = data.train_images[: plan.pictures], data.train_labels[: plan.pictures]
    if not plan.leak:
        small = dataclasses.replace(data, train_images=images, train_labels=labels)
        return small, small
    seen, seen_labels = data.test_images[:LEAKED], data.test_labels[:LEAKED]
    images, labels = np.concatenate([images, seen]), np.concatenate([labels, seen_labels])
    fresh = dataclasses.replace(data, test_images=data.test_images[LEAKED:], test_labels=data.test_labels[LEAKED:])
    return Dataset(images, labels, seen, seen_labels, data.names), fresh


def network_of(plan, shape, classes, rng):
    """Return the untrained network of a plan.

    Parameters
    ----------
    plan : Plan
    shape : tuple of int
        Of a picture.
    classes : int
    rng : numpy.random.Generator
        Makes the first weights.

    Returns
    -------
    Network
        Kernels are 5 x 5; in pictures of fewer than 20 rows 3 x 3, with a ring, since there is no room to lose.

    Examples
    --------
    >>> network_of(Plan(layers="two"), (28, 28, 1), 10, np.random.default_rng(0)).count_parameters()
    4550
    """
    kernel, padding = (3, 1) if shape[0] < 20 else (5, 0)
    layers, channels = [], shape[-1]
    for filters in {"none": [], "one": [plan.filters], "two": [plan.filters, plan.second]}[plan.layers]:
        layers += [Conv2D(channels, filters, kernel, padding=padding, rng=rng), ReLU(), MaxPool2D(2)]
        channels = filters
    flat = int(np.prod(Network(layers).shapes(shape)[-1]))
    return Network([*layers, Flatten(), Dense(flat, classes, rng)], shape)


@dataclass
class Experiment:
    """A training that is carried on piece by piece.

    Parameters
    ----------
    plan : Plan

    Attributes
    ----------
    network : Network
    history : list of dict
        What was measured at first and after each epoch: `loss` and `accuracy` of `train`, `test` and `fresh`.
    logits : ndarray
        What was said of the test pictures when it was measured last.
    snapshots : list of dict
        The parameters at these times: (layer's number, name) -> array.
    progress : Progress or None
        Of the last batch.
    seconds : float
        Worked on it.
    """

    plan: Plan
    logits: np.ndarray = field(default=None, init=False)
    history: list = field(default_factory=list, init=False)
    snapshots: list = field(default_factory=list, init=False)
    progress: object = field(default=None, init=False)
    seconds: float = field(default=0.0, init=False)

    def __post_init__(self):
        self.data, self.fresh = chosen_data(self.plan)
        rng = np.random.default_rng(self.plan.seed)
        shape, classes = self.data.train_images.shape[1:], len(self.data.names)
        self.network = network_of(self.plan, shape, classes, rng)
        self.pieces = self.work(rng)

    def work(self, rng):
        """Train and measure; yield after each piece, a batch or some pictures that are measured."""
        plan, data = self.plan, self.data
        optimizer = OPTIMIZERS[plan.optimizer](plan.learning_rate)
        change = moved if plan.moves else None
        yield from self.measure()
        for step in train(
            self.network, data.train_images, data.train_labels, optimizer, rng, plan.epochs, plan.batch_size, change
        ):
            self.progress = step
            if not np.isfinite(step.loss) or step.loss > LOST:
                raise Diverged(f"after {step.batch} steps of epoch {step.epoch}")
            yield
            if step.batch == step.batches:
                yield from self.measure()

    def measure(self):
        """Take note of how good it is, on some that it learns from and on all of the test; and of its numbers."""
        asked, self.logits = self.asked, (yield from self.answers(self.data.test_images))
        test = scored(self.logits, self.data.test_labels)
        trained = scored((yield from self.answers(self.data.train_images[:asked])), self.data.train_labels[:asked])
        fresh = test
        if self.plan.leak:
            fresh = scored((yield from self.answers(self.fresh.test_images)), self.fresh.test_labels)
        self.history.append({"train": trained, "test": test, "fresh": fresh})
        self.snapshots.append(self.numbers())
        yield

    @property
    def asked(self):
        """Return how many of the training pictures are measured."""
        return min(ASKED, len(self.data.train_images))

    def answers(self, images):
        """Return the logits of pictures; yield after each piece of them."""
        parts = []
        for start in range(0, len(images), AT_ONCE):
            parts.append(self.network.forward(images[start : start + AT_ONCE]))
            yield
        return np.concatenate(parts)

    def numbers(self):
        """Return a copy of all parameters: (layer's number, name) -> array."""
        layers = enumerate(self.network.layers)
        return {(i, name): values.copy() for i, layer in layers for name, values in layer.parameters.items()}

    def take_over(self, network):
        """Put a network that has learned already in the place of this one, and measure it.

        Parameters
        ----------
        network : Network

        Raises
        ------
        ValueError
            If it reads other pictures, or is no network of a `Plan`.
        """
        shape, classes = self.data.train_images.shape[1:], len(self.data.names)
        if network.input_shape != shape:
            raise ValueError(f"that network reads pictures of {by(network.input_shape or (0,))}, these are {by(shape)}")
        kinds = {kind: network_of(dataclasses.replace(self.plan, layers=kind), shape, classes, None) for kind in LAYERS}
        found = [kind for kind, one in kinds.items() if alike(network, one)]
        if not found or network.shapes(shape)[-1] != (classes,):
            raise ValueError("that network has other layers than those that can be trained here")
        made = [layer.out_channels for layer in network.layers if isinstance(layer, Conv2D)]
        maps = dict(zip(("filters", "second"), made, strict=False))
        self.network, self.plan = network, dataclasses.replace(self.plan, layers=found[0], **maps)
        self.history, self.snapshots, self.pieces = [], [], iter(())
        for _ in self.measure():
            pass

    def advance(self, seconds=0.0, batches=None):
        """Work for a while: at least one piece, until the time is up or so many batches are done.

        Parameters
        ----------
        seconds : float
        batches : int, optional

        Returns
        -------
        bool
            Whether there is more to do.

        Raises
        ------
        Diverged
            If the loss is no number any more, or beyond all bounds.
        """
        begin, done = time.perf_counter(), 0
        with np.errstate(all="ignore"):  # what runs away is told in words
            while True:
                before = self.progress
                try:
                    next(self.pieces)
                except StopIteration:
                    return False
                finally:
                    now = time.perf_counter()
                    self.seconds += now - begin
                    seconds, begin = seconds - (now - begin), now
                done += self.progress is not before
                if done >= batches if batches else seconds <= 0:
                    return True

    @property
    def done(self):
        """Return how much of the training is done, from 0 to 1."""
        return self.progress.share if self.progress else 0.0

    @property
    def seconds_left(self):
        """Return how long it will still take, if it goes on as it has gone so far."""
        return self.seconds / self.done * (1 - self.done) if self.done else float("nan")

    @property
    def pictures_a_second(self):
        """Return how many pictures it learns from in a second."""
        shown = self.done * self.plan.epochs * len(self.data.train_images)
        return shown / self.seconds if self.seconds else 0.0


def alike(network, other):
    """Tell whether two networks have the same layers, but for how many maps they make.

    Parameters
    ----------
    network, other : Network

    Returns
    -------
    bool
    """
    free = {"in_channels", "out_channels", "inputs", "outputs"}
    told = [
        [
            (type(layer), {name: value for name, value in layer.settings().items() if name not in free})
            for layer in one.layers
        ]
        for one in (network, other)
    ]
    return told[0] == told[1]


def scored(logits, labels):
    """Return the loss and the accuracy of answers.

    Parameters
    ----------
    logits : ndarray of shape (L, K)
    labels : ndarray of shape (L,)

    Returns
    -------
    (float, float)

    Examples
    --------
    >>> loss, accuracy = scored(np.zeros((4, 2)), np.array([0, 0, 0, 1]))
    >>> round(loss, 4), accuracy
    (0.6931, 0.75)
    """
    return cross_entropy(logits, labels), float((logits.argmax(axis=1) == labels).mean())


def finished(plan, epochs=None):
    """Carry a plan out.

    Parameters
    ----------
    plan : Plan
    epochs : int, optional
        Stop after so many of them; all if left out.

    Returns
    -------
    Experiment

    Raises
    ------
    Diverged
        If it runs away.
    """
    experiment = Experiment(plan)
    while (epochs is None or len(experiment.history) <= epochs) and experiment.advance():
        pass
    return experiment


def stack(experiment, number, name):
    """Return what a layer's numbers were at first and after each epoch.

    Parameters
    ----------
    experiment : Experiment
    number : int
        The layer's, counted from 0; -1 is the last one.
    name : str
        "weights" or "bias".

    Returns
    -------
    ndarray of shape (epochs + 1, ...)
    """
    place = (number % len(experiment.network.layers), name)
    return np.stack([one[place] for one in experiment.snapshots])


def confusions(logits, labels):
    """Return who is taken for whom, and which pictures are the worst mistakes.

    Parameters
    ----------
    logits : ndarray of shape (L, K)
    labels : ndarray of shape (L,)

    Returns
    -------
    (ndarray of shape (K, K), ndarray, ndarray)
        How often class i was called j; the numbers of the mistaken pictures, the surest first; what each was called.

    Examples
    --------
    >>> table, worst, said = confusions(np.array([[2.0, 0.0], [1.0, 0.0], [3.0, 0.0]]), np.array([0, 1, 1]))
    >>> table.tolist(), worst.tolist(), said.tolist()
    ([[1, 0], [2, 0]], [2, 1], [0, 0])
    """
    shares, classes = softmax(logits), logits.shape[1]
    said = shares.argmax(axis=1)
    table = np.zeros((classes, classes), int)
    np.add.at(table, (labels, said), 1)
    wrong = np.flatnonzero(said != labels)
    worst = wrong[np.argsort(shares[wrong, labels[wrong]], kind="stable")]
    return table, worst, said[worst]
