"""Pictures in and out: the course's own, and those in files and uploads.

A picture is an array of 8-bit numbers, (row, column) if it is gray, (row, column, channel) if it has colors.
"""

import os
from pathlib import Path

import numpy as np
from PIL import Image

from helpers.arrays import check_picture, picture
from helpers.engine.decoding import check_bytes, fitting, from_upload, resized
from helpers.sizes import whole_number

COURSE = Path(__file__).resolve().parents[1]
FOLDER = COURSE / "images"
NAMES = (
    *("cat", "coffee", "astronaut", "camera", "coins", "text", "brick", "grass", "gravel"),
    *("coffee_cutout", "horse", "glass_discs"),  # with transparency
)


def names():
    """Name the pictures that come with the course.

    Returns
    -------
    tuple of str

    Examples
    --------
    >>> names()[0]
    'cat'
    """
    return NAMES


def load(source, longest=None):
    """Load a picture.

    Parameters
    ----------
    source : str, Path or bytes
        One of `names`, the path of a file, or the contents of a file.
    longest : int, optional
        Make a large picture smaller on the way, so that its longer side has at most so many pixels. This needs far
        less memory than `fit` afterwards.

    Returns
    -------
    ndarray of shape (M, N), (M, N, 3) or (M, N, 4), uint8
        Gray, or red, green, blue, and alpha if there is transparency.

    Raises
    ------
    ValueError
        If there is no such picture, or it cannot be read; see `from_upload`.

    Examples
    --------
    >>> load("coffee_cutout").shape
    (225, 240, 4)
    """
    if isinstance(source, bytes | bytearray | memoryview):
        return from_upload(source, longest)
    if not isinstance(source, str | os.PathLike):
        raise ValueError(f"a picture is loaded by its name, its path or its bytes, not by {type(source).__name__}")
    return from_upload(contents(FOLDER / f"{source}.png" if source in NAMES else source), longest)


def contents(source):
    """Read a file that is to be a picture.

    Parameters
    ----------
    source : str or Path

    Returns
    -------
    bytes

    Raises
    ------
    ValueError
        If there is none, it is too large, or it may not be read.

    Examples
    --------
    >>> contents("dog.png")
    Traceback (most recent call last):
    ValueError: there is no file 'dog.png'; check its name and its folder
    """
    path = Path(source)
    try:
        if not path.is_file():
            raise ValueError(missing(source))
        check_bytes(path.stat().st_size)
        return path.read_bytes()
    except OSError as error:
        name = str(source)
        shown = name if len(name) <= 60 else f"...{name[-50:]}"
        raise ValueError(f"'{shown}' cannot be read: {error.strerror}") from None


def missing(source):
    """Say in a sentence why there is no picture.

    Parameters
    ----------
    source : str or Path

    Returns
    -------
    str

    Examples
    --------
    >>> missing("photos/cat.png")
    "there is no file 'photos/cat.png'; check its name and its folder"
    """
    path = Path(source)
    if path.is_dir():
        return f"'{source}' is a folder; name a picture in it"
    if path.suffix or len(path.parts) > 1:
        return f"there is no file '{source}'; check its name and its folder"
    return f"there is no picture called '{source}'; choose one of {', '.join(NAMES)}"


def to_bytes(image):
    """Round a picture to 8 bits: below 0 becomes 0, above 255 becomes 255.

    Parameters
    ----------
    image : ndarray of shape (M, N), (M, N, 3) or (M, N, 4)
        From 0 to 255.

    Returns
    -------
    ndarray of the same shape, uint8

    Raises
    ------
    ValueError
        If it is not a picture, or has channels, but not 3 or 4.

    Examples
    --------
    >>> to_bytes([[-5, 0.6, 2], [10, 254.4, 300]])
    array([[  0,   1,   2],
           [ 10, 254, 255]], dtype=uint8)
    """
    image = check_picture(image) if is_uint8(image) else picture(image)
    if image.ndim == 3 and image.shape[2] not in (3, 4):
        raise ValueError(f"a picture file holds 3 channels, or 4 with alpha, not {image.shape[2]}; pick one first")
    if is_uint8(image):
        return image.copy()
    return np.round(np.clip(np.nan_to_num(image), 0, 255)).astype(np.uint8)


def is_uint8(image):
    """Tell whether a picture is one of bytes already, which need no larger numbers in between."""
    return isinstance(image, np.ndarray) and image.dtype == np.uint8


def save(image, path):
    """Write a picture into a PNG file.

    Parameters
    ----------
    image : ndarray of shape (M, N), (M, N, 3) or (M, N, 4)
        From 0 to 255; numbers beyond are cut off, decimals are rounded.
    path : str or Path
        Ends with .png.

    Raises
    ------
    ValueError
        If it is not a picture, the name does not end with .png, or the file cannot be written.

    Examples
    --------
    >>> save([[0, 1, 2]], "three_pixels.jpg")
    Traceback (most recent call last):
    ValueError: pictures are saved as PNG; let 'three_pixels.jpg' end with .png
    """
    if Path(path).suffix.lower() != ".png":
        raise ValueError(f"pictures are saved as PNG; let '{path}' end with .png")
    try:
        Image.fromarray(to_bytes(image)).save(path, format="PNG")
    except OSError:
        raise ValueError(f"'{path}' cannot be written; check that its folder exists and is yours") from None


def fit(image, longest):
    """Make a large picture smaller, so that its longer side has at most `longest` pixels.

    Parameters
    ----------
    image : ndarray of shape (M, N), (M, N, 3) or (M, N, 4)
        From 0 to 255.
    longest : int
        In pixels, at least 1.

    Returns
    -------
    ndarray of shape (R, S), (R, S, 3) or (R, S, 4), uint8
        ``R = round(M * longest / max(M, N))``, at least 1, and ``S`` likewise.
        A small picture keeps its size.

    Raises
    ------
    ValueError
        If it is not a picture, or `longest` is not a whole number of at least 1.

    Examples
    --------
    >>> fit(np.zeros((300, 400)), longest=100).shape
    (75, 100)
    """
    image, longest = to_bytes(image), whole_number("longest side", longest, 1)
    return resized(image, fitting(image.shape, longest))
