"""Pictures in and out: the course's own, those in files and uploads, and the learner's.

A picture is an array of 8-bit numbers, (row, column) if it is gray, (row, column, channel) if it has colors.
The learner's own picture travels through the whole course: it is kept as one file in the folder `my` until
another one takes its place.
"""

import contextlib
import os
import secrets
from pathlib import Path

import numpy as np
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from helpers.arrays import picture
from helpers.engine.decoding import check_bytes, from_upload
from helpers.sizes import whole_number

COURSE = Path(__file__).resolve().parents[1]
FOLDER = COURSE / "images"
MINE = COURSE / "my" / "picture.png"
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


def load(source):
    """Load a picture.

    Parameters
    ----------
    source : str, Path or bytes
        One of `names`, the path of a file, or the contents of a file.

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
        return from_upload(source)
    if not isinstance(source, str | os.PathLike):
        raise ValueError(f"a picture is loaded by its name, its path or its bytes, not by {type(source).__name__}")
    path = FOLDER / f"{source}.png" if source in NAMES else Path(source)
    if path.is_file():
        check_bytes(path.stat().st_size)
        return from_upload(path.read_bytes())
    raise ValueError(missing(source))


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
    image = picture(image)
    if image.ndim == 3 and image.shape[2] not in (3, 4):
        raise ValueError(f"a picture file holds 3 channels, or 4 with alpha, not {image.shape[2]}; pick one first")
    return np.round(np.clip(np.nan_to_num(image), 0, 255)).astype(np.uint8)


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
    rows, columns = image.shape[:2]
    scale = longest / max(rows, columns)
    if scale >= 1:
        return image
    size = max(1, round(columns * scale)), max(1, round(rows * scale))
    channels = np.moveaxis(np.atleast_3d(image), -1, 0)  # one by one: Pillow would lose what alpha hides
    small = [np.asarray(Image.fromarray(channel).resize(size)) for channel in channels]
    return small[0].copy() if image.ndim == 2 else np.stack(small, axis=-1)


def keep(image, name="my picture"):
    """Keep the learner's own picture for the lessons to come.

    It is written beside the old one first and takes its place in one step: there is always a whole picture.

    Parameters
    ----------
    image : ndarray of shape (M, N), (M, N, 3) or (M, N, 4)
        From 0 to 255.
    name : str
        What to call it.

    Raises
    ------
    ValueError
        If it is not a picture, or the folder `my` cannot be written to.

    Examples
    --------
    >>> keep([1, 2, 3])
    Traceback (most recent call last):
    ValueError: a picture has 2 axes (row, column) or 3 (row, column, channel), not 1
    """
    pixels, label = Image.fromarray(to_bytes(image)), PngInfo()
    label.add_text("Title", str(name))
    part = MINE.with_name(f"{secrets.token_hex(4)}.part")
    try:
        MINE.parent.mkdir(exist_ok=True)
        pixels.save(part, format="PNG", pnginfo=label)
        os.replace(part, MINE)
    except OSError:
        with contextlib.suppress(OSError):
            part.unlink()
        raise ValueError(f"the picture cannot be kept: '{MINE.parent}' cannot be written to") from None


def mine():
    """Return the picture that was kept last.

    Returns
    -------
    ndarray of shape (M, N), (M, N, 3) or (M, N, 4), uint8
        The first picture of the course if none was kept, or the file is damaged.

    Examples
    --------
    >>> mine().dtype
    dtype('uint8')
    """
    try:
        return load(MINE)
    except (ValueError, OSError):
        return load(NAMES[0])


def my_name():
    """Return the name of the picture that `mine` returns.

    Returns
    -------
    str

    Examples
    --------
    >>> isinstance(my_name(), str)
    True
    """
    try:
        with Image.open(MINE, formats=["PNG"]) as image:
            image.load()
            return image.text.get("Title", "my picture")
    except (OSError, SyntaxError, ValueError):
        return NAMES[0]
