"""Teach it yours: a few pictures of each of a few things are enough, since a large network has learned to see already.

What SqueezeNet says of a picture before it names it, 512 numbers (`squeezenet.features`), is all that is looked at.
They are brought to length 1: what counts is which maps say much, not how bright the picture is. On them one layer
learns, `Dense`, by the course's own training: softmax regression. It begins with zeros and looks at all pictures at
once, so there is no chance in it, and the same pictures make the same numbers.

A softmax shares 1 among the classes whatever it is shown. So a picture that lies too far from all that were learned
from is said to be none of these.

Sources: features of a large network in A. Sharif Razavian et al., "CNN features off-the-shelf", 2014; leave-one-out in
M. Stone, "Cross-validatory choice and assessment of statistical predictions", 1974; to reject what is far from its
nearest neighbor in B. Dasarathy, "Nosing around the neighborhood", 1980.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from helpers.arrays import floats
from helpers.layers import Dense
from helpers.network import Network, matching
from helpers.neurons import softmax
from helpers.sizes import whole_number
from helpers.training import Adam, train

NONE = "none of these"
KIND, VERSION = "classes", 1  # of the file
STEPS, LEARNING_RATE = 100, 0.05
MARGIN = 1.1  # how much farther a new picture may lie than those that were learned from
KEPT = ("features", "labels", "weights", "bias", "threshold", "pictures")


@dataclass(frozen=True)
class Classes:
    """What was learned of a few classes.

    Attributes
    ----------
    names : tuple of str
    features : ndarray of shape (L, N), float32
        Of the pictures that were learned from.
    labels : ndarray of shape (L,), whole numbers
    weights, bias : ndarray of shapes (N, K) and (K,), float32
    threshold : float
        A picture farther than this from all of them is none of these.
    pictures : ndarray of shape (L, ...), uint8
        What to show of each, if anything: small pictures.
    """

    names: tuple
    features: np.ndarray
    labels: np.ndarray
    weights: np.ndarray
    bias: np.ndarray
    threshold: float
    pictures: np.ndarray


# --- learning


def learn(features, labels, names=None, pictures=None):
    """Learn classes from a few pictures of each.

    Parameters
    ----------
    features : ndarray of shape (L, N)
        A row for each picture, as `squeezenet.features` makes them.
    labels : ndarray of shape (L,), whole numbers
        From 0 on; at least two classes, and at least one picture of each.
    names : sequence of str, optional
        What the classes are called; class 0, class 1 ... if left out.
    pictures : ndarray of shape (L, ...), uint8, optional
        Small pictures, to be kept with them.

    Returns
    -------
    Classes

    Raises
    ------
    ValueError
        If there are fewer than two classes, one has no picture or no name, or the numbers do not go together.

    Examples
    --------
    >>> found = learn([[1, 0], [9, 1], [0, 2]], [0, 0, 1], ["round", "long"])
    >>> answer(found, [5, 1]), answer(found, [0, 1])
    ('round', 'long')
    """
    features, labels = examples(features, labels, names)
    names = names_of(labels.max() + 1) if names is None else tuple(map(str, names))
    if len(set(names)) < len(names) or not all(name.strip() for name in names):
        raise ValueError(f"each class needs a name of its own; these are {', '.join(names)}")
    shown = np.zeros((len(labels), 0), np.uint8) if pictures is None else np.asarray(pictures)
    if len(shown) != len(labels) or shown.dtype != np.uint8:
        raise ValueError(f"one small picture of bytes for each of the {len(labels)} is needed, not {shown.shape}")
    return Classes(names, features, labels, *fitted(features, labels), farthest(features, labels), shown)


def names_of(count):
    """Return what classes are called that have no names.

    Examples
    --------
    >>> names_of(2)
    ('class 0', 'class 1')
    """
    return tuple(f"class {number}" for number in range(count))


def examples(features, labels, names=None, least=1):
    """Return features and labels as arrays, and see that something can be learned from them.

    Parameters
    ----------
    features, labels : array_like
        As in `learn`.
    names : sequence of str, optional
        What the classes are called, for the sentences; each of them needs pictures.
    least : int
        How many.

    Returns
    -------
    (ndarray, ndarray)

    Raises
    ------
    ValueError
        If nothing can.

    Examples
    --------
    >>> examples([[1, 0], [9, 1]], [0, 0])
    Traceback (most recent call last):
    ValueError: two classes are needed, so that there is something to tell apart; there is 1
    >>> examples([[1, 0], [9, 1]], [0, 1], ["cup", "pen"], least=2)
    Traceback (most recent call last):
    ValueError: at least 2 pictures of each class are needed here; there is 1 of cup, 1 of pen
    """
    features, labels = floats(features).astype(np.float32), np.asarray(labels)
    if not features.size:
        raise ValueError("there are no pictures yet; take a few of each class")
    if features.ndim != 2 or labels.shape != features.shape[:1]:
        raise ValueError(f"a row of features and one label a picture are needed, not {features.shape}, {labels.shape}")
    if labels.dtype.kind not in "iu" or labels.min() < 0:
        raise ValueError("labels are whole numbers from 0 on")
    if not np.isfinite(features).all():
        raise ValueError("the features of a picture are not all finite numbers; leave that picture out")
    labels = labels.astype(np.int64)
    classes = int(labels.max()) + 1 if names is None else len(names)
    if labels.max() >= classes:
        raise ValueError(f"there are {classes} names; the label {labels.max()} has none")
    if classes > len(labels):
        raise ValueError(f"there are {classes} classes, but {len(labels)} pictures; each class needs one at least")
    if classes < 2:
        raise ValueError(f"two classes are needed, so that there is something to tell apart; there is {classes}")
    counts = np.bincount(labels.astype(np.intp), minlength=classes)
    if counts.min() < least:
        there = ", ".join(f"{n} of {name}" for n, name in zip(counts, names or names_of(classes), strict=True))
        needed = "1 picture of each class is" if least == 1 else f"{least} pictures of each class are"
        raise ValueError(f"at least {needed} needed here; there is {there}")
    return features, labels


def fitted(features, labels):
    """Train one layer on features: softmax regression.

    Parameters
    ----------
    features : ndarray of shape (L, N)
    labels : ndarray of shape (L,)

    Returns
    -------
    (ndarray of shape (N, K), ndarray of shape (K,))
        Weights and bias.
    """
    layer = Dense(features.shape[1], int(labels.max()) + 1)
    network, no_chance = Network([layer]), np.random.default_rng(0)  # shuffling what is seen at once changes nothing
    for _ in train(network, unit(features), labels, Adam(LEARNING_RATE), no_chance, STEPS, len(labels)):
        pass
    return layer.parameters["weights"], layer.parameters["bias"]


def unit(features):
    """Bring each row of features to length 1; a row of zeros stays what it is.

    Parameters
    ----------
    features : ndarray of shape (..., N)

    Returns
    -------
    ndarray of the same shape

    Examples
    --------
    >>> unit(np.array([[3.0, 4.0], [0.0, 0.0]]))
    array([[0.6, 0.8],
           [0. , 0. ]])
    """
    length = np.linalg.norm(features, axis=-1, keepdims=True)
    return features / np.where(length > 0, length, 1)


# --- telling


def shares(classes, features):
    """Return the share of each class.

    Parameters
    ----------
    classes : Classes
    features : ndarray of shape (N,) or (L, N)

    Returns
    -------
    ndarray of shape (K,) or (L, K)

    Raises
    ------
    ValueError
        If the pictures have another number of features.
    """
    return softmax(unit(fitting(classes, features)) @ classes.weights + classes.bias)


def fitting(classes, features):
    """Return features as floats, and see that they are as many as were learned from.

    Parameters
    ----------
    classes : Classes
    features : array_like of shape (N,) or (L, N)

    Returns
    -------
    ndarray

    Raises
    ------
    ValueError
        If they are not.
    """
    features, count = floats(features), classes.features.shape[1]
    if features.ndim not in (1, 2) or features.shape[-1] != count:
        raise ValueError(f"{count} features of each picture are needed, not the shape {features.shape}")
    return features.astype(np.float32, copy=False)


def distances(features, others):
    """Return how far apart pictures are: from 0, the same features, to 1.41, none in common.

    Parameters
    ----------
    features : ndarray of shape (L, N)
    others : ndarray of shape (M, N)

    Returns
    -------
    ndarray of shape (L, M)

    Examples
    --------
    >>> distances(np.array([[0.0, 2.0]]), np.array([[0.0, 1.0], [3.0, 0.0]])).round(2)
    array([[0.  , 1.41]])
    """
    alike = unit(features) @ unit(others).T
    return np.sqrt(np.maximum(0, 2 - 2 * alike))


def nearest(classes, features, count=3):
    """Return which of the pictures that were learned from are most like a new one.

    Parameters
    ----------
    classes : Classes
    features : ndarray of shape (N,)
        Of the new picture.
    count : int
        How many, at most.

    Returns
    -------
    list of (int, float)
        The number of each, counted from 0, and its distance; the nearest first.

    Raises
    ------
    ValueError
        If the picture has another number of features, or the count is not a whole number of at least 1.

    Examples
    --------
    >>> found = learn([[1, 0], [3, 4], [0, 2]], [0, 0, 1])
    >>> [which for which, far in nearest(found, [1, 1], 2)]
    [1, 0]
    """
    features = fitting(classes, features)
    if features.ndim != 1:
        raise ValueError(f"one picture at a time is taken here, not {len(features)}")
    far = distances(features[np.newaxis], classes.features)[0]
    order = np.argsort(far, kind="stable")[: whole_number("count", count, 1)]
    return [(int(which), float(far[which])) for which in order]


def farthest(features, labels):
    """Return how far a picture may lie from the nearest one that was learned from, and still be one of these.

    The loneliest picture decides: as far as that lies from the nearest of its own class, and a tenth more. But it is
    at least half the way from any class to another one: so much is known even of single pictures.

    Parameters
    ----------
    features : ndarray of shape (L, N)
    labels : ndarray of shape (L,)

    Returns
    -------
    float

    Examples
    --------
    >>> features = np.array([[1.0, 0.0], [0.6, 0.8], [0.0, 1.0]])
    >>> round(farthest(features, np.array([0, 0, 1])), 3)  # 1.1 times the 0.894 between the first two
    0.984
    """
    apart, same = distances(features, features), labels[:, np.newaxis] == labels
    between = apart[~same].min()
    np.fill_diagonal(same, False)
    within = np.where(same, apart, np.inf).min(axis=1)
    loneliest = within[np.isfinite(within)].max(initial=0)
    return float(max(MARGIN * loneliest, between / 2))


def answer(classes, features):
    """Name the class of a picture.

    Parameters
    ----------
    classes : Classes
    features : ndarray of shape (N,)

    Returns
    -------
    str
        The name of the class with the largest share, or "none of these" if all pictures of all classes are farther
        away than the threshold.

    Raises
    ------
    ValueError
        If the picture has another number of features.
    """
    [(_, far)] = nearest(classes, features, 1)
    return NONE if far > classes.threshold else classes.names[int(shares(classes, features).argmax())]


# --- how good it is


def leave_one_out(features, labels, names=None):
    """Learn from all pictures but one and ask for that one; each picture in turn.

    Parameters
    ----------
    features, labels, names
        As in `learn`.

    Returns
    -------
    ndarray of shape (L,), whole numbers
        The class that each picture was taken for by those that had not learned from it.

    Raises
    ------
    ValueError
        If a class has a single picture: without it, nobody could know the class.

    Examples
    --------
    >>> leave_one_out([[1, 0], [9, 1], [0, 2], [1, 9]], [0, 0, 1, 1])
    array([0, 0, 1, 1])
    """
    return np.array(list(left_out(features, labels, names)))


def left_out(features, labels, names=None):
    """Yield the class that each picture is taken for in its turn, as `leave_one_out` collects them.

    Parameters
    ----------
    features, labels, names
        As in `learn`.

    Yields
    ------
    int

    Raises
    ------
    ValueError
        As `leave_one_out`.
    """
    features, labels = examples(features, labels, names, least=2)
    for one in range(len(labels)):
        weights, bias = fitted(np.delete(features, one, axis=0), np.delete(labels, one))
        yield int((unit(features[one]) @ weights + bias).argmax())


def confusion(labels, answers, count):
    """Count what was taken for what.

    Parameters
    ----------
    labels, answers : ndarray of shape (L,), whole numbers
        What the pictures are, and what they were taken for.
    count : int
        How many classes there are.

    Returns
    -------
    ndarray of shape (K, K), whole numbers
        A row for each class, a column for each answer; right answers are on the diagonal.

    Raises
    ------
    ValueError
        If there is not one answer a label, or one is no class.

    Examples
    --------
    >>> confusion([0, 0, 1], [0, 1, 1], 2)
    array([[1, 1],
           [0, 1]])
    """
    count = whole_number("number of classes", count, 1)
    counts = np.zeros((count, count), int)
    for given in (labels, answers):
        matching(np.zeros((len(labels), count)), given)
    np.add.at(counts, (np.asarray(labels), np.asarray(answers)), 1)
    return counts


# --- in a file


def save(classes, file):
    """Write classes into an `.npz` file, without pickle.

    Parameters
    ----------
    classes : Classes
    file : str, path or binary file
    """
    about = np.array([KIND, str(VERSION), *classes.names])
    np.savez_compressed(file, about=about, **{name: getattr(classes, name) for name in KEPT})


def load(path):
    """Read classes that `save` has written.

    Parameters
    ----------
    path : str or path

    Returns
    -------
    Classes

    Raises
    ------
    ValueError
        If the file is missing, damaged, or holds something else.
    """
    path = Path(path)
    if not path.is_file():
        raise ValueError(f"there is no file {path.name} in {path.parent}")
    try:
        with np.load(path, allow_pickle=False) as file:
            return read(file)
    except Exception as fault:  # a damaged archive fails in many ways: zlib, struct, memory ...
        raise ValueError(f"{path.name} holds no classes of this course, or it is damaged ({fault})") from None


def read(file):
    """Return the classes in an open file: name -> array.

    Parameters
    ----------
    file : mapping

    Returns
    -------
    Classes

    Raises
    ------
    KeyError, ValueError
        If something is missing or does not fit.
    """
    kind, version, *names = file["about"].tolist()
    if kind != KIND or version != str(VERSION):
        raise ValueError(f"it holds {kind} of the version {version}, and this course reads {KIND} of {VERSION}")
    features, labels, weights, bias, threshold, pictures = (file[name] for name in KEPT)
    features, labels = examples(features, labels, names)
    wanted = {"weights": (features.shape[1], len(names)), "bias": (len(names),), "threshold": ()}
    for (name, shape), found in zip(wanted.items(), (weights, bias, threshold), strict=True):
        if found.shape != shape or not np.isfinite(found).all():
            raise ValueError(f"{name} should be finite numbers of the shape {shape}, not {found.shape}")
    if len(pictures) != len(labels) or pictures.dtype != np.uint8:
        raise ValueError("labels and pictures do not go together")
    return Classes(tuple(names), features, labels, floats(weights), floats(bias), float(threshold), pictures)
