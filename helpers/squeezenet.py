"""A network that names what is in a photo: SqueezeNet 1.1, which learned 1000 kinds of things from a million photos.

It is put together here from what the lessons have built: `conv2d`, `max_pool2d`, ReLU, a mean, softmax. New is only how
they stand: in a *fire module* a few 1 x 1 filters squeeze the maps to a handful, and then 1 x 1 and 3 x 3 filters side
by side make many of them again; both outcomes are laid one behind the other. The learner's own `conv2d` and
`max_pool2d` can stand in for the course's.

The network has no idea of a photo: it reads 227 x 227 numbers three times, in the order blue, green, red, and with the
mean of its training pictures taken away. `prepare` does this, and on demand does it wrong.

Its authors rounded up where a pooling window does not fit at the end; the course rounds down, as PyTorch does unless
it is told otherwise. The last maps have 13 x 13 places here, not 14 x 14.

Sources: F. Iandola et al., "SqueezeNet: AlexNet-level accuracy with 50x fewer parameters and <0.5MB model size", 2016;
the map of a class in B. Zhou et al., "Learning deep features for discriminative localization", 2016; the gray square in
M. Zeiler and R. Fergus, "Visualizing and understanding convolutional networks", 2014; one signed step in I. Goodfellow
et al., "Explaining and harnessing adversarial examples", 2015.
"""

import functools
from dataclasses import dataclass

import numpy as np

from helpers import convolution, datasets, pooling
from helpers.arrays import check_picture, floats, picture
from helpers.color import composite
from helpers.drawings import scaling
from helpers.layers import Conv2D, GlobalAvgPool2D, Layer, MaxPool2D, ReLU, spatial
from helpers.network import Network, aligned, sight, window_of
from helpers.neurons import softmax
from helpers.sizes import by, output_size, whole_number

WEIGHTS, NAMES = "squeezenet11.npz", "imagenet1k_names.txt"
SIDE = 227  # pixels of what it reads
MEANS = {"B": 104.006, "G": 116.669, "R": 122.679}  # of the pictures that it has learned from
WHITE = (255, 255, 255)
STEPS = ("conv1", "pool1", "fire2", "fire3", "pool3", "fire4", "fire5", "pool5", "fire6", "fire7", "fire8", "fire9")
STEPS = (*STEPS, "conv10", "scores")
POOL = 3, 2  # size and stride of every pooling window


@functools.cache
def names():
    """Name the 1000 kinds of things that the network knows, in the order of its scores.

    Returns
    -------
    tuple of str

    Raises
    ------
    ValueError
        If the file is missing or damaged.

    Examples
    --------
    >>> names()[:3], len(names())
    (('tench', 'goldfish', 'great white shark'), 1000)
    """
    return tuple(datasets.intact(NAMES).decode("utf8").splitlines())


@functools.cache
def weights():
    """Return all that the network has learned. The file is read once.

    Returns
    -------
    dict of ndarray, float32, read-only
        ``conv1/W``, of shape (kernel row, kernel column, in_channels, out_channels), ``conv1/b``, and so on.

    Raises
    ------
    ValueError
        If the file is missing or damaged.

    Examples
    --------
    >>> weights()["fire2/squeeze1x1/W"].shape
    (1, 1, 64, 16)
    """
    learned = {name: values.astype(np.float32) for name, values in datasets.contents(WEIGHTS).items()}
    for values in learned.values():
        values.flags.writeable = False
    return learned


def class_number(which):
    """Return the number of a class, and see that there is one.

    Parameters
    ----------
    which : int or str
        From 0 to 999, or one of `names`.

    Returns
    -------
    int

    Raises
    ------
    ValueError
        If there is none.

    Examples
    --------
    >>> class_number("goldfish")
    1
    >>> class_number("person")
    Traceback (most recent call last):
    ValueError: the network knows nothing called 'person'; squeezenet.names() are the 1000 things that it knows
    """
    if not isinstance(which, str):
        return whole_number("number of the class", which, 0, len(names()) - 1)
    if which not in names():
        raise ValueError(
            f"the network knows nothing called '{which}'; squeezenet.names() are the 1000 things that it knows"
        )
    return names().index(which)


# --- what goes in


def prepare(image, order="BGR", centered=True, scale=1.0):
    """Make of any picture what the network reads.

    The middle square, over white where it is transparent, is brought to 227 x 227 pixels. The arguments are what can
    be done wrong: with others than those left out, the network reads something that it has never learned from.

    Parameters
    ----------
    image : ndarray of shape (M, N), (M, N, 1), (M, N, 3) or (M, N, 4)
        Gray, RGB or RGBA, from 0 to 255; what lies beyond is cut off.
    order : str
        Which color comes first, second, third; "RGB" is how pictures are kept elsewhere.
    centered : bool
        Whether the mean color of the training pictures is taken away.
    scale : float
        What all numbers are multiplied by at the end: 1 / 255 for a network that learned from 0 to 1.

    Returns
    -------
    ndarray of shape (227, 227, 3), float32

    Raises
    ------
    ValueError
        If it is not a picture, or the order is none of three colors.

    Examples
    --------
    >>> prepare([[[255, 0, 0]]])[0, 0].round()  # a single red pixel: blue and green are less than usual
    array([-104., -117.,  132.], dtype=float32)
    """
    if not isinstance(order, str) or not order or set(order) - set(MEANS) or len(order) != 3:
        raise ValueError(f"the order is that of three colors, such as BGR or RGB, not {order!r}")
    small = resized(middle(image))[..., ["RGB".index(color) for color in order]]
    means = [MEANS[color] for color in order] if centered else 0
    return ((small - means) * scale).astype(np.float32)


def middle(image):
    """Show the middle square of a picture.

    Parameters
    ----------
    image : ndarray of shape (M, N) or (M, N, C)

    Returns
    -------
    ndarray of shape (L, L, C), uint8 or float
        ``L = min(M, N)``; of a picture of bytes it is a view.

    Raises
    ------
    ValueError
        If it is not a picture, or has not 1, 3 or 4 channels.

    Examples
    --------
    >>> middle([[0, 1, 2, 3], [10, 11, 12, 13]])[..., 0]
    array([[ 1.,  2.],
           [11., 12.]], dtype=float32)
    """
    is_bytes = isinstance(image, np.ndarray) and image.dtype == np.uint8
    image = np.atleast_3d(check_picture(image) if is_bytes else picture(image))
    rows, columns, channels = image.shape
    if channels not in (1, 3, 4):
        raise ValueError(f"a picture has 1 channel (gray), 3 (color) or 4 (color and alpha), not {channels}")
    side = min(rows, columns)
    top, left = (rows - side) // 2, (columns - side) // 2
    square = image[top : top + side, left : left + side]
    return square if is_bytes else np.clip(np.nan_to_num(square), 0, 255)


def resized(square):
    """Bring a square picture of any size to 227 x 227 pixels, each a weighted mean of those around its place.

    Parameters
    ----------
    square : ndarray of shape (L, L, C)
        C is 1, 3 or 4.

    Returns
    -------
    ndarray of shape (227, 227, 3), float64
        Over white where it is transparent.

    Notes
    -----
    Only the rows that a new row is made of are turned into larger numbers: a photo of 40 megapixels needs little
    memory.

    Examples
    --------
    >>> resized(np.full((1, 1, 1), 7)).shape
    (227, 227, 3)
    """
    shares = scaling(len(square), SIDE)
    rows = np.empty((SIDE, len(square), 3))
    for row, share in enumerate(shares):
        [read] = np.nonzero(share)
        lines = square[read[0] : read[-1] + 1]
        colors = composite(lines, WHITE) if lines.shape[2] == 4 else lines
        rows[row] = np.tensordot(share[read[0] : read[-1] + 1], colors, 1)
    return np.tensordot(shares, rows, (1, 1)).swapaxes(0, 1)


def seen(prepared):
    """Make a picture again of what `prepare` has made, if it was made as the network wants it.

    Parameters
    ----------
    prepared : ndarray of shape (227, 227, 3)

    Returns
    -------
    ndarray of shape (227, 227, 3), uint8
        Red, green, blue; what is below 0 or above 255 is cut off.

    Examples
    --------
    >>> seen(prepare([[[255, 0, 7]]]))[0, 0]
    array([255,   0,   7], dtype=uint8)
    """
    colors = check_prepared(prepared) + np.array(list(MEANS.values()))
    return np.clip(np.rint(colors), 0, 255).astype(np.uint8)[..., ::-1]


def check_prepared(prepared):
    """Return what goes into the network as floats, and see that it has the right size.

    Parameters
    ----------
    prepared : ndarray of shape (227, 227, 3) or (L, 227, 227, 3)

    Returns
    -------
    ndarray of the same shape

    Raises
    ------
    ValueError
        If it has another one.

    Examples
    --------
    >>> check_prepared(np.zeros((28, 28)))
    Traceback (most recent call last):
    ValueError: the network reads 227x227x3 numbers, not 28x28; squeezenet.prepare(picture) makes them
    """
    prepared = floats(prepared)
    if prepared.shape[-3:] != (SIDE, SIDE, 3) or prepared.ndim > 4:
        found = by(prepared.shape) if prepared.ndim else "a single one"
        raise ValueError(f"the network reads 227x227x3 numbers, not {found}; squeezenet.prepare(picture) makes them")
    return prepared


# --- the network


def forward(prepared, conv2d=convolution.conv2d, max_pool2d=pooling.max_pool2d):
    """Send a picture through the network.

    Parameters
    ----------
    prepared : ndarray of shape (227, 227, 3) or (L, 227, 227, 3)
        What `prepare` returns, or several of them.
    conv2d : callable
        Called as ``conv2d(maps, weights, bias, stride, padding)``: the course's, or the learner's of lesson 05, which
        takes one picture at a time.
    max_pool2d : callable
        Called as ``max_pool2d(maps, size, stride)``: the course's, or the learner's of lesson 06.

    Returns
    -------
    dict of ndarray
        All that the layers make, in order: ``conv1``, ``pool1``, ``fire2/squeeze``, ``fire2/expand1``,
        ``fire2/expand3``, ``fire2``, ... ``conv10``, after ReLU, and ``scores``, one number a class.

    Raises
    ------
    ValueError
        If the size is not right, or one of the two functions makes maps of another shape than it should.

    Examples
    --------
    >>> activations = forward(prepare([[100, 200]]))
    >>> activations["conv10"].shape, activations["scores"].shape
    ((13, 13, 1000), (1000,))
    """
    return dict(walk(prepared, conv2d, max_pool2d))


def walk(prepared, conv2d=convolution.conv2d, max_pool2d=pooling.max_pool2d):
    """Yield the name of each layer and what it makes, one after the other, as `forward` collects them.

    Parameters
    ----------
    prepared, conv2d, max_pool2d
        As in `forward`.

    Yields
    ------
    (str, ndarray)
    """
    maps = check_prepared(prepared)

    def convolved(name, key, maps, **how):
        made = convolve(conv2d, name, maps, weights()[f"{key}/W"], weights()[f"{key}/b"], **how)
        return np.maximum(made, 0, out=made if conv2d is convolution.conv2d else None)  # ReLU; ours is nobody else's

    for step in STEPS:
        if step.startswith("pool"):
            maps = pool(max_pool2d, step, maps)
        elif step.startswith("fire"):
            squeezed = convolved(f"{step}/squeeze", f"{step}/squeeze1x1", maps)
            yield f"{step}/squeeze", squeezed
            small = convolved(f"{step}/expand1", f"{step}/expand1x1", squeezed)
            large = convolved(f"{step}/expand3", f"{step}/expand3x3", squeezed, padding=1)
            maps = np.concatenate([small, large], axis=-1)
            count = small.shape[-1]
            yield f"{step}/expand1", maps[..., :count]
            yield f"{step}/expand3", maps[..., count:]
        elif step == "scores":
            maps = pooling.global_avg_pool2d(maps)
        else:
            maps = convolved(step, step, maps, stride=2 if step == "conv1" else 1)
        yield step, maps


def convolve(conv2d, name, maps, weights, bias, stride=1, padding=0):
    """Call a convolution, and see that it makes maps of the right shape.

    Parameters
    ----------
    conv2d : callable
    name : str
        Of the layer, for the sentence that refuses.
    maps, weights, bias, stride, padding
        What it is called with.

    Returns
    -------
    ndarray of the maps' float type

    Raises
    ------
    ValueError
        If it does not.
    """
    places = [output_size(length, len(weights), stride, padding) for length in maps.shape[-3:-1]]
    given = (maps, weights, bias)
    if conv2d is not convolution.conv2d:  # who knows what a learner's function writes into
        given = [array.copy() for array in given]
    found = conv2d(*given, stride, padding)
    return of_shape(found, (*maps.shape[:-3], *places, len(bias)), f"{name}: conv2d", maps.dtype)


def pool(max_pool2d, name, maps):
    """Call a pooling, and see that it makes maps of the right shape.

    Parameters
    ----------
    max_pool2d : callable
    name : str
    maps : ndarray

    Returns
    -------
    ndarray of the maps' float type

    Raises
    ------
    ValueError
        If it does not.
    """
    places = [output_size(length, *POOL) for length in maps.shape[-3:-1]]
    found = max_pool2d(maps if max_pool2d is pooling.max_pool2d else maps.copy(), *POOL)
    return of_shape(found, (*maps.shape[:-3], *places, maps.shape[-1]), f"{name}: max_pool2d", maps.dtype)


def of_shape(found, wanted, who, dtype):
    """Return maps as floats, and see that they have the shape that they should.

    Parameters
    ----------
    found : array_like
    wanted : tuple of int
    who : str
        Has made them.
    dtype : numpy.dtype

    Returns
    -------
    ndarray

    Raises
    ------
    ValueError
        If they have not.

    Examples
    --------
    >>> of_shape(np.zeros((4, 4, 2)), (4, 4, 64), "conv1: conv2d", np.float32)
    Traceback (most recent call last):
    ValueError: conv1: conv2d must make 4x4x64 numbers here, not 4x4x2
    """
    if found is None:
        raise ValueError(f"{who} must make {by(wanted)} numbers here, but it returns nothing")
    found = floats(found)
    if found.shape != wanted:
        made = by(found.shape) if found.ndim else "a single one"
        raise ValueError(f"{who} must make {by(wanted)} numbers here, not {made}")
    return found.astype(dtype, copy=False)


# --- what comes out


def shares(activations):
    """Turn the scores into shares that add up to 1.

    Parameters
    ----------
    activations : dict of ndarray
        What `forward` returns.

    Returns
    -------
    ndarray of shape (1000,) or (L, 1000)
    """
    return softmax(activations["scores"])


def top(shares, count=5):
    """Return the names of the largest shares, the largest first.

    Parameters
    ----------
    shares : ndarray of shape (1000,)
    count : int

    Returns
    -------
    list of (str, float)

    Raises
    ------
    ValueError
        If there are not 1000 shares, or the count is not a whole number from 1 to 1000.

    Examples
    --------
    >>> top(np.arange(1000) / 499500, count=1)
    [('toilet tissue', 0.002)]
    """
    shares = floats(shares)
    if shares.shape != (len(names()),):
        raise ValueError(f"1000 shares of one picture are needed, not the shape {shares.shape}")
    order = np.argsort(-shares, kind="stable")[: whole_number("count", count, 1, len(shares))]
    return [(names()[which], float(shares[which])) for which in order]


def class_map(activations, which):
    """Return where the network sees a class: the map whose mean is its score.

    Parameters
    ----------
    activations : dict of ndarray
        What `forward` returns.
    which : int or str
        The class, by its number or its name.

    Returns
    -------
    ndarray of shape (13, 13) or (L, 13, 13)

    Raises
    ------
    ValueError
        If there is no such class.
    """
    return activations["conv10"][..., class_number(which)]


def features(activations):
    """Return what the network says of a picture before it names it: the mean of each of the last 512 maps.

    Parameters
    ----------
    activations : dict of ndarray
        What `forward` returns.

    Returns
    -------
    ndarray of shape (512,) or (L, 512)
    """
    return pooling.global_avg_pool2d(activations["fire9"])


# --- asking it: gray squares, and gradients


def occlusion(prepared, which, patch=45, step=13):
    """Slide a gray square over the picture, and see what is left of a class's share.

    Parameters
    ----------
    prepared : ndarray of shape (227, 227, 3)
        What `prepare` returns.
    which : int or str
        The class, by its number or its name.
    patch : int
        Rows and columns of the square. Its gray is the mean color of the training pictures, 0 after `prepare`.
    step : int
        Pixels from one place to the next.

    Yields
    ------
    (float, ndarray of shape (R, R))
        How much is done, above 0 to 1, and the share of the class with the square at each place; NaN where it has not
        been yet. ``R = output_size(227, patch, step)``

    Raises
    ------
    ValueError
        If there is no such class, or the square does not fit.
    """
    prepared, which = one_prepared(prepared), class_number(which)
    patch, step = whole_number("patch", patch, 1, SIDE), whole_number("step", step, 1)
    places = range(0, SIDE - patch + 1, step)
    left = np.full((len(places), len(places)), np.nan, np.float32)
    for row, top in enumerate(places):
        for column, start in enumerate(places):
            covered = prepared.copy()
            covered[top : top + patch, start : start + patch] = 0
            left[row, column] = share_of(covered, which)
            yield (row * len(places) + column + 1) / left.size, left.copy()


def share_of(prepared, which):
    """Return the share of one class, and keep nothing of what the layers make.

    Parameters
    ----------
    prepared : ndarray of shape (227, 227, 3)
    which : int

    Returns
    -------
    float
    """
    for _, maps in walk(prepared):
        scores = maps
    return float(softmax(scores)[which])


def one_prepared(prepared):
    """Return what goes into the network as floats, and see that it is a single picture.

    Parameters
    ----------
    prepared : ndarray of shape (227, 227, 3)

    Returns
    -------
    ndarray of the same shape

    Raises
    ------
    ValueError
        If it is not.
    """
    prepared = check_prepared(prepared)
    if prepared.ndim != 3:
        raise ValueError(f"one picture at a time is taken here, not {len(prepared)}")
    return prepared


@dataclass
class Fire(Layer):
    """A fire module: few 1 x 1 filters, then many of 1 x 1 and of 3 x 3 side by side.

    Parameters
    ----------
    squeeze, expand1, expand3 : Conv2D
        ReLU follows each of them.
    """

    squeeze: Conv2D
    expand1: Conv2D
    expand3: Conv2D

    def __post_init__(self):
        self.cuts = [ReLU(), ReLU(), ReLU()]

    def forward(self, images, training=False):
        """Return (L, M, N, K): the maps of both branches, one behind the other."""
        few, small, large = self.cuts
        squeezed = few.forward(self.squeeze.forward(images))
        branches = small.forward(self.expand1.forward(squeezed)), large.forward(self.expand3.forward(squeezed))
        return np.concatenate(branches, axis=-1)

    def backward(self, gradient):
        """Return (L, M, N, C): what was squeezed went into both branches, so it hears from both, and they add up."""
        few, small, large = self.cuts
        end = self.expand1.out_channels
        by_small = self.expand1.backward(small.backward(gradient[..., :end]))
        by_large = self.expand3.backward(large.backward(gradient[..., end:]))
        return self.squeeze.backward(few.backward(by_small + by_large))

    def shape(self, shape):
        """Return (M, N, K)."""
        squeezed = self.squeeze.shape(spatial(shape, "Fire"))
        return (*squeezed[:2], self.expand1.shape(squeezed)[2] + self.expand3.shape(squeezed)[2])

    def multiplications(self, shape):
        """Return those of all three convolutions."""
        squeezed = self.squeeze.shape(shape)
        branches = self.expand1.multiplications(squeezed) + self.expand3.multiplications(squeezed)
        return self.squeeze.multiplications(shape) + branches

    def count_parameters(self):
        """Return those of all three convolutions."""
        return sum(one.count_parameters() for one in (self.squeeze, self.expand1, self.expand3))


def conv_layer(key, stride=1, padding=0):
    """Return a layer with the weights of one convolution.

    Parameters
    ----------
    key : str
        As in `weights`, without ``/W``.
    stride, padding : int

    Returns
    -------
    Conv2D
    """
    filters, bias = weights()[f"{key}/W"], weights()[f"{key}/b"]
    layer = Conv2D(*filters.shape[2:], filters.shape[:2], stride, padding)
    layer.parameters = {"weights": filters, "bias": bias}
    return layer


def parts():
    """Yield the name of each step and its layers.

    Yields
    ------
    (str, list of Layer)

    Examples
    --------
    >>> [name for name, layers in parts() if isinstance(layers[0], MaxPool2D)]
    ['pool1', 'pool3', 'pool5']
    """
    for step in STEPS:
        if step.startswith("pool"):
            yield step, [MaxPool2D(*POOL)]
        elif step.startswith("fire"):
            plain = [conv_layer(f"{step}/{part}") for part in ("squeeze1x1", "expand1x1")]
            yield step, [Fire(*plain, conv_layer(f"{step}/expand3x3", padding=1))]
        elif step == "scores":
            yield step, [GlobalAvgPool2D()]
        else:
            yield step, [conv_layer(step, stride=2 if step == "conv1" else 1), ReLU()]


def as_network():
    """Return the same network as layers that can go backward, from the prepared picture to the scores.

    Returns
    -------
    Network

    Examples
    --------
    >>> as_network().shapes((227, 227, 3))[-1]
    (1000,)
    """
    return Network([layer for _, layers in parts() for layer in layers])


def gradient(prepared, which, of="score"):
    """Return how much each number of the picture would raise the score of a class, or its share.

    Parameters
    ----------
    prepared : ndarray of shape (227, 227, 3)
        What `prepare` returns.
    which : int or str
        The class, by its number or its name.
    of : {"score", "share"}
        The share's gradient is that of its logarithm, so that it does not vanish where the share is next to nothing.
        It says what raises this class *and* lowers those that compete with it.

    Returns
    -------
    ndarray of shape (227, 227, 3)

    Raises
    ------
    ValueError
        If the size is not right, or there is no such class.
    """
    if of not in ("score", "share"):
        raise ValueError(f"the gradient is that of the score or of the share, not of {of!r}")
    prepared, which, network = one_prepared(prepared), class_number(which), as_network()
    scores = network.forward(prepared[np.newaxis])
    wish = np.zeros_like(scores) if of == "score" else -softmax(scores)
    wish[0, which] += 1
    return network.backward(wish)[0]


def fool(prepared, which, strength):
    """Change every number a little, so that the network believes more in a class, or less.

    Parameters
    ----------
    prepared : ndarray of shape (227, 227, 3)
        What `prepare` returns, made as the network wants it.
    which : int or str
        The class, by its number or its name.
    strength : float
        By how many gray levels each number is raised or lowered: above 0 towards the class, below 0 away from it.

    Returns
    -------
    ndarray of shape (227, 227, 3), float32
        Still a picture: nothing gets below black or above white.

    Raises
    ------
    ValueError
        If the size is not right, there is no such class, or the strength is not a finite number.
    """
    if not np.isfinite(strength):
        raise ValueError(f"the strength is a number of gray levels, not {strength}")
    black = -np.array(list(MEANS.values()))
    changed = prepared + strength * np.sign(gradient(prepared, which, "share"))
    return np.clip(changed, black, 255 + black).astype(np.float32)


# --- what it costs


def table():
    """Return the layers as text, named as in `forward`: what comes out, what was learned, what it costs, what it sees.

    Returns
    -------
    str

    Examples
    --------
    >>> print(table())
    layer              comes out  parameters  multiplications   sees
    input              227x227x3
    conv1             113x113x64       1,792       22,064,832    3x3
    pool1               56x56x64           0                0    7x7
    ...
    conv10            13x13x1000     513,000       86,528,000    ...
    scores                  1000           0                0    all
    together                       1,235,496      ...
    """
    rows = [("layer", "comes out", "parameters", "multiplications", "sees"), ("input", by((SIDE, SIDE, 3)), "", "", "")]
    shape, windows, counts, products = (SIDE, SIDE, 3), [], 0, 0

    def add(name, layer, before):
        after, costs = layer.shape(before), (layer.count_parameters(), layer.multiplications(before))
        rows.append((name, by(after), *(f"{cost:,}" for cost in costs), sight(windows, after)))
        return after

    for name, (layer, *_) in parts():
        if isinstance(layer, Fire):
            squeezed = add(f"{name}/squeeze", layer.squeeze, shape)
            add(f"{name}/expand1", layer.expand1, squeezed)
            windows += window_of(layer.expand3)
            add(f"{name}/expand3", layer.expand3, squeezed)
            rows.append((name, by(layer.shape(shape)), "", "", sight(windows, layer.shape(shape))))
        else:
            windows += window_of(layer)
            add(name, layer, shape)
        counts, products = counts + layer.count_parameters(), products + layer.multiplications(shape)
        shape = layer.shape(shape)
    return aligned([*rows, ("together", "", f"{counts:,}", f"{products:,}", "")], 14)
