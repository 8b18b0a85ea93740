"""The layers of a network: `forward`, what one makes of its input, and `backward`, what should have been different.

`forward` takes a batch, (image, row, column, channel) or, after Flatten, (image, number), and remembers what
`backward` will need. `backward` takes the gradient of the loss by what the layer has made, and returns that by what
came in; on its way a layer with parameters leaves theirs in `gradients`. Both are named and shaped alike.

Sources: backpropagation in D. Rumelhart, G. Hinton and R. Williams, "Learning representations by back-propagating
errors", 1986; the first weights in K. He et al., "Delving deep into rectifiers", 2015; normalization in S. Ioffe and
C. Szegedy, "Batch normalization", 2015; dropout in N. Srivastava et al., "Dropout", 2014.
"""

from dataclasses import dataclass, field, fields

import numpy as np

from helpers.convolution import surround, unroll, windows
from helpers.sizes import by, output_shape


@dataclass
class Layer:
    """What all layers have in common.

    Attributes
    ----------
    parameters, gradients : dict of ndarray
        What is learned, and the gradient of the loss by it: name -> array, shaped alike.
    statistics : dict of ndarray
        What is measured while training and kept, but not learned.
    """

    parameters: dict = field(default_factory=dict, init=False, repr=False)
    gradients: dict = field(default_factory=dict, init=False, repr=False)
    statistics: dict = field(default_factory=dict, init=False, repr=False)

    def forward(self, images, training=False):
        """Return what the layer makes of a batch."""
        raise NotImplementedError

    def backward(self, gradient):
        """Return the gradient by what came in; it takes the one by what came out."""
        raise NotImplementedError

    def learn(self, gradient):
        """Leave the gradients by the parameters in `gradients`, and nothing else."""

    def shape(self, shape):
        """Return the shape of what comes out, without the batch; raise ValueError if what comes in does not fit."""
        return shape

    def multiplications(self, shape):
        """Return how many multiplications one picture of a shape takes."""
        return 0

    def settings(self):
        """Return what the layer was made with, as a dict of numbers."""
        own = {one.name for one in fields(Layer)} | {"rng"}
        return {one.name: getattr(self, one.name) for one in fields(self) if one.name not in own}

    def count_parameters(self):
        """Return how many numbers the layer learns."""
        return sum(values.size for values in self.parameters.values())

    def __str__(self):
        settings = ", ".join(f"{name}={value}" for name, value in self.settings().items())
        return f"{type(self).__name__}({settings})"


def first_weights(shape, inputs, rng):
    """Return random weights to begin with, of a size that neither fades nor grows from layer to layer.

    Parameters
    ----------
    shape : tuple of int
    inputs : int
        How many numbers each output is made of.
    rng : numpy.random.Generator or None
        None gives zeros, for weights that are loaded.

    Returns
    -------
    ndarray of that shape, float32
        Normally distributed, with a standard deviation of ``sqrt(2 / inputs)``.

    Examples
    --------
    >>> first_weights((2, 3), 2, None)
    array([[0., 0., 0.],
           [0., 0., 0.]], dtype=float32)
    """
    if rng is None:
        return np.zeros(shape, np.float32)
    return rng.normal(0, np.sqrt(2 / inputs), shape).astype(np.float32, copy=False)


def spatial(shape, layer):
    """Return rows, columns and channels of a shape.

    Parameters
    ----------
    shape : tuple of int
    layer : str
        Who asks.

    Returns
    -------
    (int, int, int)

    Raises
    ------
    ValueError
        If it is none of pictures.

    Examples
    --------
    >>> spatial((192,), "MaxPool2D")
    Traceback (most recent call last):
    ValueError: MaxPool2D reads maps (row, column, channel), but a row of 192 numbers comes in; put it before Flatten
    """
    if len(shape) != 3:
        come = f"a row of {shape[0]} numbers comes in" if len(shape) == 1 else f"the shape {shape} comes in"
        raise ValueError(f"{layer} reads maps (row, column, channel), but {come}; put it before Flatten")
    return shape


@dataclass
class Conv2D(Layer):
    """Slide filters over the pictures: each filter reads all channels and makes one map.

    Parameters
    ----------
    in_channels, out_channels : int
        C maps come in, K come out.
    kernel_size : int or (int, int)
        Rows and columns of each kernel, A and B.
    stride, padding : int
    rng : numpy.random.Generator, optional
        Makes the first weights; zeros without.
    """

    in_channels: int
    out_channels: int
    kernel_size: int | tuple
    stride: int = 1
    padding: int = 0
    rng: np.random.Generator | None = field(default=None, repr=False)

    def __post_init__(self):
        rows, columns = self.kernel_shape = tuple(np.broadcast_to(self.kernel_size, 2).tolist())
        self.kernel_size = self.kernel_shape if rows != columns else rows
        shape = (rows, columns, self.in_channels, self.out_channels)
        weights = first_weights(shape, rows * columns * self.in_channels, self.rng)
        self.parameters = {"weights": weights, "bias": np.zeros(self.out_channels, np.float32)}

    def forward(self, images, training=False):
        """Return (L, R, S, K): every window in a row of a table, times every filter in a column of another."""
        padded = surround(images, self.padding)
        seen = windows(padded, self.kernel_shape, self.stride)
        self.padded_shape, self.places = padded.shape, seen.shape[:3]
        self.table = unroll(seen)
        maps = self.table @ self.filters()
        maps += self.parameters["bias"]
        return maps.reshape(*self.places, self.out_channels)

    def learn(self, gradient):
        """Add up, for each weight, over every place where it was used: of every picture."""
        flat = gradient.reshape(-1, self.out_channels)
        shape = self.parameters["weights"].shape
        self.gradients = {"weights": (self.table.T @ flat).reshape(shape), "bias": flat.sum(axis=0)}

    def backward(self, gradient):
        """Return (L, M, N, C): a pixel was read by several windows, so it hears from all of them."""
        self.learn(gradient)
        flat, weights = gradient.reshape(-1, self.out_channels), self.parameters["weights"]
        by_pixel = np.zeros(self.padded_shape, gradient.dtype)
        for row, column in np.ndindex(self.kernel_shape):
            read = every(by_pixel, row, column, self.places, self.stride)
            read += (flat @ weights[row, column].T).reshape(read.shape)
        return inside(by_pixel, self.padding)

    def filters(self):
        """Return the weights as a table: a column for each filter."""
        return self.parameters["weights"].reshape(-1, self.out_channels)

    def shape(self, shape):
        """Return (R, S, K)."""
        *size, channels = spatial(shape, "Conv2D")
        if channels != self.in_channels:
            mend = f"make its in_channels {channels}"
            raise ValueError(f"{channels} maps come in, but its filters read {self.in_channels}; {mend}")
        places = output_shape(tuple(size), self.kernel_shape, self.stride, self.padding)
        return (*places, self.out_channels)

    def multiplications(self, shape):
        """Return one for each weight, at each place."""
        rows, columns, _ = self.shape(shape)
        return rows * columns * self.parameters["weights"].size


def every(images, row, column, places, stride):
    """Show the pixels that all windows have at one of their places.

    Parameters
    ----------
    images : ndarray of shape (L, M, N, C)
    row, column : int
        The place in the window.
    places : (int, int, int)
        L, and how many windows there are, R and S.
    stride : int

    Returns
    -------
    ndarray of shape (L, R, S, C)
        A view: what is added to it is added to the images.

    Examples
    --------
    >>> image = np.array([[0, 1, 2, 3], [10, 11, 12, 13]]).reshape(1, 2, 4, 1)
    >>> every(image, 1, 0, (1, 1, 2), stride=2)[0, :, :, 0]
    array([[10, 12]])
    """
    _, rows, columns = places
    return images[:, row : row + rows * stride : stride, column : column + columns * stride : stride][
        :, :rows, :columns
    ]


def inside(images, padding):
    """Return the pictures without their ring.

    Parameters
    ----------
    images : ndarray of shape (L, M + 2 * padding, N + 2 * padding, C)
    padding : int

    Returns
    -------
    ndarray of shape (L, M, N, C)

    Examples
    --------
    >>> inside(np.arange(9).reshape(1, 3, 3, 1), 1).item()
    4
    """
    return images[:, padding:-padding, padding:-padding] if padding else images


@dataclass
class ReLU(Layer):
    """Replace what is below 0 by 0."""

    def forward(self, images, training=False):
        """Return the same shape."""
        self.passed = images > 0
        return np.maximum(images, 0)

    def backward(self, gradient):
        """Tell nothing to what was cut off."""
        return gradient * self.passed


@dataclass
class Pooling(Layer):
    """What the two kinds of pooling have in common: windows, side by side if no stride is given.

    Parameters
    ----------
    kernel_size : int
    stride : int, optional
    padding : int
        At most half a window.
    """

    kernel_size: int
    stride: int | None = None
    padding: int = 0

    def __post_init__(self):
        self.stride = self.stride or self.kernel_size
        if self.padding > self.kernel_size // 2:
            window = by((self.kernel_size, self.kernel_size))
            most = f"use at most {self.kernel_size // 2}"
            raise ValueError(f"a padding of {self.padding} is too much for a {window} window; {most}")

    def shape(self, shape):
        """Return (R, S, C): as many channels as before."""
        *size, channels = spatial(shape, type(self).__name__)
        window = (self.kernel_size, self.kernel_size)
        return (*output_shape(tuple(size), window, self.stride, self.padding, window="window"), channels)

    def cells(self, images, around):
        """Yield, for each place in the window, what all windows have there."""
        padded = surround(images, self.padding, around)
        self.padded_shape = padded.shape
        rows, columns, _ = self.shape(images.shape[1:])
        self.places = len(images), rows, columns
        for row, column in np.ndindex(self.kernel_size, self.kernel_size):
            yield every(padded, row, column, self.places, self.stride)


@dataclass
class MaxPool2D(Pooling):
    """Keep the largest number of each window, in each channel by itself."""

    def forward(self, images, training=False):
        """Return (L, R, S, C), and remember at which place of its window each winner stood."""
        first, *others = self.cells(images, -np.inf)
        largest, self.winner = first.copy(), np.zeros(first.shape, np.uint16)
        for place, candidate in enumerate(others, start=1):
            wins = np.uint16(place) * (candidate > largest)  # a later winner has the larger number
            np.maximum(self.winner, wins, out=self.winner)
            np.maximum(largest, candidate, out=largest)
        return largest

    def backward(self, gradient):
        """Tell the winner alone: nobody else made a difference."""
        by_pixel = np.zeros(self.padded_shape, gradient.dtype)
        for place, (row, column) in enumerate(np.ndindex(self.kernel_size, self.kernel_size)):
            read = every(by_pixel, row, column, self.places, self.stride)
            read += gradient * (self.winner == place)
        return inside(by_pixel, self.padding)


@dataclass
class AvgPool2D(Pooling):
    """Take the mean of each window, in each channel by itself; a ring of zeros counts."""

    def forward(self, images, training=False):
        """Return (L, R, S, C)."""
        return sum(self.cells(images, 0)) / self.kernel_size**2

    def backward(self, gradient):
        """Tell everybody in a window the same, a share of what the window hears."""
        by_pixel = np.zeros(self.padded_shape, gradient.dtype)
        for row, column in np.ndindex(self.kernel_size, self.kernel_size):
            read = every(by_pixel, row, column, self.places, self.stride)
            read += gradient / self.kernel_size**2
        return inside(by_pixel, self.padding)


@dataclass
class GlobalAvgPool2D(Layer):
    """Take the mean of each whole map."""

    def forward(self, images, training=False):
        """Return (L, C)."""
        self.came = images.shape
        return images.mean(axis=(1, 2))

    def backward(self, gradient):
        """Tell every pixel of a map the same share."""
        _, rows, columns, _ = self.came
        return np.broadcast_to(gradient[:, np.newaxis, np.newaxis] / (rows * columns), self.came).copy()

    def shape(self, shape):
        """Return (C,)."""
        return spatial(shape, "GlobalAvgPool2D")[2:]


@dataclass
class BatchNorm(Layer):
    """Bring each channel to a mean of 0 and a spread of 1, then scale and shift it by numbers that are learned.

    While training, mean and variance are those of the batch; afterwards, those that were seen on the way.

    Parameters
    ----------
    channels : int
    momentum : float
        How much a new batch counts in the mean and variance that are kept.
    epsilon : float
        Added to the variance, so that nothing is divided by 0.
    """

    channels: int
    momentum: float = 0.1
    epsilon: float = 1e-5

    def __post_init__(self):
        ones, zeros = np.ones(self.channels, np.float32), np.zeros(self.channels, np.float32)
        self.parameters = {"scale": ones, "shift": zeros}
        self.statistics = {"mean": zeros.copy(), "variance": ones.copy()}

    def forward(self, images, training=False):
        """Return the same shape."""
        mean, variance = self.measure(images) if training else self.statistics.values()
        self.trained, self.spread = training, np.sqrt(variance + self.epsilon).astype(images.dtype)
        self.normal = (images - mean.astype(images.dtype)) / self.spread
        return self.normal * self.parameters["scale"] + self.parameters["shift"]

    def measure(self, images):
        """Return mean and variance of each channel, and let them count in what is kept."""
        axes = tuple(range(images.ndim - 1))
        mean, variance = images.mean(axis=axes), images.var(axis=axes)
        count = images.size // self.channels
        seen = {"mean": mean, "variance": variance * count / max(count - 1, 1)}
        for name, new in seen.items():
            kept = (1 - self.momentum) * self.statistics[name] + self.momentum * new
            self.statistics[name] = kept.astype(self.statistics[name].dtype)
        return mean, variance

    def folded(self):
        """Return scale and shift, with the mean and spread that are kept worked into them."""
        scale = self.parameters["scale"] / np.sqrt(self.statistics["variance"] + self.epsilon)
        return scale, self.parameters["shift"] - self.statistics["mean"] * scale

    def learn(self, gradient):
        """Add up over each channel: one scale and one shift served all of it."""
        axes = tuple(range(gradient.ndim - 1))
        self.gradients = {"scale": (gradient * self.normal).sum(axis=axes), "shift": gradient.sum(axis=axes)}

    def backward(self, gradient):
        """Mind that, while training, each number also moved the mean and spread that all others were measured by."""
        self.learn(gradient)
        by_normal = gradient * self.parameters["scale"]
        if self.trained:
            axes = tuple(range(gradient.ndim - 1))
            along = (by_normal * self.normal).mean(axis=axes)
            by_normal = by_normal - by_normal.mean(axis=axes) - self.normal * along
        return by_normal / self.spread

    def shape(self, shape):
        """Return the same shape."""
        if shape[-1] != self.channels:
            have = f"{shape[-1]} channels come in, but it has numbers for {self.channels}"
            raise ValueError(f"{have}; make its channels {shape[-1]}")
        return shape

    def multiplications(self, shape):
        """Return one for each number: scale and spread can be made one factor."""
        return int(np.prod(shape))


@dataclass
class Flatten(Layer):
    """Lay all numbers of a picture's maps out in one row."""

    def forward(self, images, training=False):
        """Return (L, M * N * C)."""
        self.came = images.shape
        return images.reshape(len(images), -1)

    def backward(self, gradient):
        """Put every number back into its place."""
        return gradient.reshape(self.came)

    def shape(self, shape):
        """Return (M * N * C,)."""
        return (int(np.prod(shape)),)


@dataclass
class Dense(Layer):
    """Weigh all numbers and add them up, once for each output.

    Parameters
    ----------
    inputs, outputs : int
        N numbers come in, K come out.
    rng : numpy.random.Generator, optional
        Makes the first weights; zeros without.
    """

    inputs: int
    outputs: int
    rng: np.random.Generator | None = field(default=None, repr=False)

    def __post_init__(self):
        weights = first_weights((self.inputs, self.outputs), self.inputs, self.rng)
        self.parameters = {"weights": weights, "bias": np.zeros(self.outputs, np.float32)}

    def forward(self, images, training=False):
        """Return (L, K)."""
        self.came = images
        return images @ self.parameters["weights"] + self.parameters["bias"]

    def learn(self, gradient):
        """Take, for each weight, what came in at its one end times what is wanted at its other."""
        self.gradients = {"weights": self.came.T @ gradient, "bias": gradient.sum(axis=0)}

    def backward(self, gradient):
        """Return (L, N): each input hears from all outputs, weighed as it spoke to them."""
        self.learn(gradient)
        return gradient @ self.parameters["weights"].T

    def shape(self, shape):
        """Return (K,)."""
        if len(shape) != 1:
            raise ValueError(f"Dense reads a row of numbers, but maps of {by(shape)} come in; put Flatten before it")
        if shape[0] != self.inputs:
            mend = f"make its inputs {shape[0]}"
            raise ValueError(f"{shape[0]} numbers come in, but its weights read {self.inputs}; {mend}")
        return (self.outputs,)

    def multiplications(self, shape):
        """Return one for each weight."""
        return self.inputs * self.outputs


@dataclass
class Dropout(Layer):
    """While training, silence a share of the numbers at random, and make the others larger by as much.

    Parameters
    ----------
    rate : float
        The share that is silenced, from 0 to below 1.
    rng : numpy.random.Generator, optional
        Chooses whom; needed for training.
    """

    rate: float
    rng: np.random.Generator | None = field(default=None, repr=False)

    def __post_init__(self):
        if not 0 <= self.rate < 1:
            raise ValueError(f"the rate is a share, from 0 to below 1, not {self.rate:g}")

    def forward(self, images, training=False):
        """Return the same shape."""
        self.kept = self.choose(images) if training else None
        return images * self.kept if training else images

    def choose(self, images):
        """Return 0 for what is silenced, and by how much the others grow."""
        if self.rng is None:
            raise ValueError("Dropout needs a random generator to train with: Dropout(rate, rng)")
        stays = self.rng.random(images.shape) >= self.rate
        return stays.astype(images.dtype) / images.dtype.type(1 - self.rate)

    def backward(self, gradient):
        """Tell nothing to what was silenced."""
        return gradient if self.kept is None else gradient * self.kept


LAYERS = {one.__name__: one for one in (Conv2D, ReLU, MaxPool2D, AvgPool2D, GlobalAvgPool2D, BatchNorm, Flatten)}
LAYERS |= {one.__name__: one for one in (Dense, Dropout)}
