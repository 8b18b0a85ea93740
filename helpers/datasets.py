"""Pictures with their names, to learn from and to be tested on; the two are kept apart.

They lie in the folder `data`, with PROVENANCE.md, which says where each comes from and under which licence, and with
SHA256SUMS, by which a damaged file is known.
"""

import functools
import hashlib
import io
from dataclasses import dataclass
from pathlib import Path

import numpy as np

FOLDER = Path(__file__).resolve().parents[1] / "data"
TESTED = 360  # digits of 8 x 8 that are kept for the test


@dataclass(frozen=True)
class Dataset:
    """Pictures and labels.

    Attributes
    ----------
    train_images, test_images : ndarray of shape (L, M, N, 1), float32
        From 0, black, to 1, white.
    train_labels, test_labels : ndarray of shape (L,), whole numbers
    names : tuple of str
        What each label is called.
    """

    train_images: np.ndarray
    train_labels: np.ndarray
    test_images: np.ndarray
    test_labels: np.ndarray
    names: tuple


DIGITS = tuple("0123456789")


def digits_8x8():
    """Return 1,797 handwritten digits of 8 x 8 pixels, 360 of them for the test.

    Returns
    -------
    Dataset

    Raises
    ------
    ValueError
        If the file is missing or damaged.
    """
    file = contents("digits_8x8.npz")
    order = np.random.default_rng(0).permutation(len(file["target"]))
    images, labels = scaled(file["images"][order], 16), file["target"][order].astype(np.int64)
    return Dataset(images[TESTED:], labels[TESTED:], images[:TESTED], labels[:TESTED], DIGITS)


def digits_28x28():
    """Return 5,000 handwritten digits of 28 x 28 pixels, 1,000 of them for the test.

    Returns
    -------
    Dataset

    Raises
    ------
    ValueError
        If the file is missing or damaged.
    """
    return in_two_parts(contents("mnist_28x28.npz"), DIGITS)


def fashion():
    """Return 12,000 photos of clothes, 28 x 28 pixels, 2,000 of them for the test.

    Returns
    -------
    Dataset

    Raises
    ------
    ValueError
        If the file is missing or damaged.
    """
    file = contents("fashion_mnist.npz")
    return in_two_parts(file, tuple(str(name) for name in file["class_names"]))


def of_drawings(drawn, labels):
    """Return the learner's own drawings as a dataset: of each digit every third one is kept for the test.

    Parameters
    ----------
    drawn : ndarray of shape (L, 28, 28, 1), uint8
    labels : ndarray of shape (L,)

    Returns
    -------
    Dataset

    Raises
    ------
    ValueError
        If there are fewer than two digits with three drawings each.

    Examples
    --------
    >>> of_drawings(np.zeros((2, 28, 28, 1), np.uint8), np.array([3, 4]))
    Traceback (most recent call last):
    ValueError: two digits with three drawings each are needed at least; there are 1 of 3, 1 of 4
    """
    counts = {int(label): int((labels == label).sum()) for label in np.unique(labels)}
    if sum(count >= 3 for count in counts.values()) < 2:
        there = ", ".join(f"{count} of {label}" for label, count in counts.items()) or "none"
        raise ValueError(f"two digits with three drawings each are needed at least; there are {there}")
    place = np.array([(labels[:i] == label).sum() for i, label in enumerate(labels)])  # among those of its digit
    test, images = place % 3 == 2, scaled(drawn[..., 0], 255)
    return Dataset(images[~test], labels[~test], images[test], labels[test], DIGITS)


def in_two_parts(file, names):
    """Return the dataset of a file that has both parts already.

    Parameters
    ----------
    file : dict of ndarray
    names : tuple of str

    Returns
    -------
    Dataset
    """
    images = {part: scaled(file[f"x_{part}"], 255) for part in ("train", "test")}
    labels = {part: file[f"y_{part}"].astype(np.int64) for part in ("train", "test")}
    return Dataset(images["train"], labels["train"], images["test"], labels["test"], names)


def scaled(images, white):
    """Return pictures with a channel axis, from 0 to 1.

    Parameters
    ----------
    images : ndarray of shape (L, M, N)
    white : float
        The number that becomes 1.

    Returns
    -------
    ndarray of shape (L, M, N, 1), float32

    Examples
    --------
    >>> scaled(np.array([[[0, 4, 16]]]), 16)[0, :, :, 0]
    array([[0.  , 0.25, 1.  ]], dtype=float32)
    """
    return images[..., np.newaxis].astype(np.float32) / np.float32(white)


def contents(name):
    """Return the arrays of a file in the folder `data`.

    Parameters
    ----------
    name : str

    Returns
    -------
    dict of ndarray

    Raises
    ------
    ValueError
        If the file is missing, or is not the one that belongs there.
    """
    with np.load(io.BytesIO(intact(name)), allow_pickle=False) as file:
        return dict(file)


def intact(name):
    """Return the bytes of a file in the folder `data`, which are those that belong there.

    Parameters
    ----------
    name : str

    Returns
    -------
    bytes

    Raises
    ------
    ValueError
        If the file is missing, or is not the one that belongs there.
    """
    path = FOLDER / name
    if not path.is_file():
        raise ValueError(f"{name} is missing in the folder {FOLDER}; fetch the course once more")
    found = path.read_bytes()
    if hashlib.sha256(found).hexdigest() != sums()[name]:
        raise ValueError(f"{name} in the folder {FOLDER} is damaged; fetch the course once more")
    return found


@functools.cache
def sums():
    """Return the checksum of each file in the folder `data`, by its name.

    Returns
    -------
    dict of str
    """
    lines = (FOLDER / "SHA256SUMS").read_text("utf8").splitlines()
    return {name: digest for digest, name in (line.split() for line in lines)}


def sign(name):
    """Write the checksum of a file in the folder `data` down, in the place of an older one.

    Parameters
    ----------
    name : str
    """
    known = sums() | {name: hashlib.sha256((FOLDER / name).read_bytes()).hexdigest()}
    lines = [f"{digest}  {file}\n" for file, digest in sorted(known.items())]
    (FOLDER / "SHA256SUMS").write_text("".join(lines), "utf8")
    sums.cache_clear()
