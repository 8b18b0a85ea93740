"""Learning: look at a few pictures, see how wrong the network was, change each number a little, and again.

Nothing here prints or draws, and nothing runs beside: `train` is a generator that hands out a `Progress` after each
batch, and whoever asks for the next decides when to stop. All chance comes from a generator that is passed in.

Sources: momentum in B. Polyak, "Some methods of speeding up the convergence of iteration methods", 1964; Adam in
D. Kingma and J. Ba, "Adam: a method for stochastic optimization", 2015.
"""

import time
from dataclasses import dataclass, field

import numpy as np

from helpers.network import cross_entropy, cross_entropy_gradient


@dataclass
class SGD:
    """Change each number against its gradient; with momentum, go on for a while in the direction of before.

    Parameters
    ----------
    learning_rate : float
    momentum : float
        How much of the last step is taken once more, from 0 to below 1.
    """

    learning_rate: float = 0.01
    momentum: float = 0.0
    steps: dict = field(default_factory=dict, init=False, repr=False)

    def step(self, network):
        """Change all parameters of a network by their gradients, once."""
        for layer, name in network.parameters():
            before = self.steps.get((id(layer), name), 0)
            step = self.momentum * before - self.learning_rate * layer.gradients[name]
            self.steps[id(layer), name] = step
            layer.parameters[name] = (layer.parameters[name] + step).astype(layer.parameters[name].dtype)


@dataclass
class Adam:
    """Change each number by about the learning rate, more where its gradients agree, less where they waver.

    Parameters
    ----------
    learning_rate : float
    mean_memory, spread_memory : float
        How much of the past counts in the mean gradient and in the mean square, from 0 to below 1.
    epsilon : float
        Added to the spread, so that nothing is divided by 0.
    """

    learning_rate: float = 0.001
    mean_memory: float = 0.9
    spread_memory: float = 0.999
    epsilon: float = 1e-8
    count: int = field(default=0, init=False, repr=False)
    means: dict = field(default_factory=dict, init=False, repr=False)
    squares: dict = field(default_factory=dict, init=False, repr=False)

    def step(self, network):
        """Change all parameters of a network by their gradients, once."""
        self.count += 1
        for layer, name in network.parameters():
            key, gradient = (id(layer), name), layer.gradients[name]
            self.means[key] = blend(self.means.get(key, 0), gradient, self.mean_memory)
            self.squares[key] = blend(self.squares.get(key, 0), gradient**2, self.spread_memory)
            mean = self.means[key] / (1 - self.mean_memory**self.count)
            spread = np.sqrt(self.squares[key] / (1 - self.spread_memory**self.count))
            step = self.learning_rate * mean / (spread + self.epsilon)
            layer.parameters[name] = (layer.parameters[name] - step).astype(layer.parameters[name].dtype)


def blend(past, new, memory):
    """Return a running mean: so much of the past, the rest of what is new.

    Parameters
    ----------
    past, new : ndarray or float
    memory : float

    Returns
    -------
    ndarray or float

    Examples
    --------
    >>> blend(10, 20, 0.75)
    12.5
    """
    return memory * past + (1 - memory) * new


@dataclass(frozen=True)
class Progress:
    """Where a training is, after a batch.

    Attributes
    ----------
    epoch, epochs, batch, batches : int
        The epoch and the batch in it that was just done, from 1 on, and how many there are.
    loss, accuracy : float
        Of that batch, before its step.
    seconds_left : float
        If it goes on as it has gone so far.
    """

    epoch: int
    epochs: int
    batch: int
    batches: int
    loss: float
    accuracy: float
    seconds_left: float

    @property
    def share(self):
        """Return how much is done, from 0 to 1."""
        return ((self.epoch - 1) * self.batches + self.batch) / (self.epochs * self.batches)


def train(network, images, labels, optimizer, rng, epochs=1, batch_size=32, change=None):
    """Train a network, batch by batch.

    Parameters
    ----------
    network : Network
        It is changed on the way.
    images : ndarray of shape (L, M, N, C)
    labels : ndarray of shape (L,), whole numbers
    optimizer : SGD or Adam
    rng : numpy.random.Generator
        Shuffles the pictures, anew in each epoch.
    epochs, batch_size : int
    change : callable, optional
        Takes a batch of pictures and `rng`, returns pictures that are as right as these: moved a little, for example.

    Yields
    ------
    Progress

    Raises
    ------
    ValueError
        If there is not one label a picture, or no picture.
    """
    if len(images) != len(labels) or not len(images):
        raise ValueError(f"each picture needs a label: there are {len(images)} pictures and {len(labels)} labels")
    batches, begin = -(-len(images) // batch_size), time.perf_counter()
    for epoch in range(1, epochs + 1):
        order = rng.permutation(len(images))
        for batch in range(1, batches + 1):
            chosen = order[(batch - 1) * batch_size : batch * batch_size]
            shown = change(images[chosen], rng) if change else images[chosen]
            loss, right = learn_from(network, shown, labels[chosen], optimizer)
            done = (epoch - 1) * batches + batch
            left = (time.perf_counter() - begin) / done * (epochs * batches - done)
            yield Progress(epoch, epochs, batch, batches, loss, right, left)


def learn_from(network, images, labels, optimizer):
    """Take one step: forward, loss, backward, and change the numbers.

    Parameters
    ----------
    network, images, labels, optimizer
        As in `train`; one batch.

    Returns
    -------
    (float, float)
        Loss and accuracy before the step.
    """
    logits = network.forward(images, training=True)
    network.learn(cross_entropy_gradient(logits, labels))
    optimizer.step(network)
    return cross_entropy(logits, labels), float((logits.argmax(axis=1) == labels).mean())


def moved(images, rng, most=2):
    """Move each picture by up to a few pixels, in a direction of its own; what comes in is 0.

    Parameters
    ----------
    images : ndarray of shape (L, M, N, C)
    rng : numpy.random.Generator
    most : int
        The largest move, in rows and in columns.

    Returns
    -------
    ndarray of the same shape

    Examples
    --------
    >>> image = np.array([[0, 1, 2], [10, 11, 12]]).reshape(1, 2, 3, 1)
    >>> moved(image, np.random.default_rng(2), most=1)[0, :, :, 0]  # one up, one to the right
    array([[ 0, 10, 11],
           [ 0,  0,  0]])
    """
    _, rows, columns, _ = images.shape
    ringed = np.pad(images, [(0, 0), (most, most), (most, most), (0, 0)])
    starts = rng.integers(0, 2 * most + 1, (len(images), 2))
    parts = [image[top : top + rows, left : left + columns] for image, (top, left) in zip(ringed, starts, strict=True)]
    return np.stack(parts)
