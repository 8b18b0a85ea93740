"""What is the learner's own, on this machine: the folder of their things, and the picture that goes with them.

The folder holds `picture.png`, the learner's own picture, and `choice.txt`, which picture goes through the lessons:
that one, or one of the course's. So any picture can be chosen, and the own one is still there afterwards. Lesson 08
adds `network.npz`, a network that they have trained, and `drawings.npz`, drawings of theirs to learn from; lesson 09
`classes.npz`, what they have taught a network.
"""

import contextlib
import io
import os
import secrets
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from helpers import images
from helpers.classes import load as load_classes
from helpers.classes import save as save_classes
from helpers.network import load

OWN = "your own"  # what the own picture is called among those to choose from
MOST_DRAWINGS = 2000
NONE_YET = "there is no picture of your own yet; upload one, or keep one with mine.keep(picture)"


def folder():
    """Say where the learner's things are kept.

    Returns
    -------
    Path
        The folder that the environment variable COURSE_MY names; else `my` in the course's folder; and where that
        cannot be written to, or is another person's, the course's folder among the user's own data.

    Examples
    --------
    >>> folder().is_absolute()
    True
    """
    if os.environ.get("COURSE_MY"):
        return Path(os.environ["COURSE_MY"]).expanduser().absolute()
    my = images.COURSE / "my"
    if sys.platform == "emscripten" or is_ours(my):  # a browser's Python has one user
        return my
    return user_data() / "image-recognition-course"


def is_ours(place):
    """Tell whether a folder, or the one it is to be made in, can be written to and is not another person's."""
    if not place.exists():
        return is_writable(place.parent)
    is_others = hasattr(os, "getuid") and place.stat().st_uid != os.getuid()
    return not is_others and is_writable(place)


def is_writable(place):
    """Tell whether a file can be made in a folder, by making one; what a folder says of itself is not always so."""
    try:
        with tempfile.TemporaryFile(dir=place):
            return True
    except OSError:
        return False


def user_data():
    """Return where this platform keeps a user's data."""
    if os.name == "nt":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")


def picture():
    """Return the picture that goes through the lessons.

    Returns
    -------
    ndarray of shape (M, N), (M, N, 3) or (M, N, 4), uint8
        The first one of the course if none was chosen or kept, or the file is damaged.

    Examples
    --------
    >>> picture().dtype
    dtype('uint8')
    """
    return own() if chosen() == OWN else images.load(chosen())


def name():
    """Return the name of the picture that `picture` returns.

    Returns
    -------
    str

    Examples
    --------
    >>> isinstance(name(), str)
    True
    """
    return own_name() if chosen() == OWN else chosen()


def chosen():
    """Say which picture was chosen.

    Returns
    -------
    str
        A name of the course's pictures, or "your own".

    Examples
    --------
    >>> chosen() in (*images.names(), OWN)
    True
    """
    try:
        choice = (folder() / "choice.txt").read_text("utf-8")
    except (OSError, ValueError):
        choice = OWN
    if choice in images.names():
        return choice
    return OWN if has_own() else images.names()[0]


def choose(name):
    """Choose the picture for the lessons to come; the learner's own one stays where it is.

    Parameters
    ----------
    name : str
        One of the course's pictures, or "your own".

    Raises
    ------
    ValueError
        If there is no such picture, or the choice cannot be kept.

    Examples
    --------
    >>> choose("dog")
    Traceback (most recent call last):
    ValueError: there is no picture called 'dog'; choose one of cat, coffee, ...
    """
    if name == OWN:
        own()
    elif name not in images.names():
        raise ValueError(images.missing(name))
    put("choice.txt", name.encode())


def own():
    """Return the learner's own picture, whichever is chosen.

    Returns
    -------
    ndarray of shape (M, N), (M, N, 3) or (M, N, 4), uint8

    Raises
    ------
    ValueError
        If none was kept, or the file is damaged.
    """
    try:
        return images.load(folder() / "picture.png")
    except ValueError:
        raise ValueError(NONE_YET) from None


def has_own():
    """Tell whether there is a picture of the learner's own."""
    try:
        return own() is not None
    except ValueError:
        return False


def own_name():
    """Return what the learner's own picture is called."""
    with Image.open(folder() / "picture.png", formats=["PNG"]) as image:
        image.load()  # a title may follow the pixels
        return image.text.get("Title", "my picture")


def keep(picture, name="my picture"):
    """Keep a picture as the learner's own, for the lessons to come.

    Parameters
    ----------
    picture : ndarray of shape (M, N), (M, N, 3) or (M, N, 4)
        From 0 to 255.
    name : str
        What to call it.

    Raises
    ------
    ValueError
        If it is not a picture, or cannot be written.

    Examples
    --------
    >>> keep([1, 2, 3])
    Traceback (most recent call last):
    ValueError: a picture has 2 axes (row, column) or 3 (row, column, channel), not 1
    """
    pixels, label, file = Image.fromarray(images.to_bytes(picture)), PngInfo(), io.BytesIO()
    label.add_text("Title", str(name))
    pixels.save(file, format="PNG", pnginfo=label)
    put("picture.png", file.getvalue())
    choose(OWN)


def put(name, data, what="the picture"):
    """Write one of the learner's files, or say why it cannot be kept."""
    try:
        write(folder() / name, data)
    except OSError:
        raise ValueError(f"{what} cannot be kept: '{folder()}' cannot be written to") from None


def keep_network(trained):
    """Keep a network, in the place of the one before.

    Parameters
    ----------
    trained : Network

    Raises
    ------
    ValueError
        If it cannot be written.
    """
    file = io.BytesIO()
    trained.save(file)
    put("network.npz", file.getvalue(), "the network")


def network():
    """Return the network that was kept.

    Returns
    -------
    Network

    Raises
    ------
    ValueError
        If none was kept yet, or the file is damaged.
    """
    path = folder() / "network.npz"
    if not path.is_file():
        raise ValueError("there is no network of yours yet; train one, and save it")
    return load(path)


def keep_classes(learned):
    """Keep classes that were learned, in the place of those before.

    Parameters
    ----------
    learned : Classes

    Raises
    ------
    ValueError
        If they cannot be written.
    """
    file = io.BytesIO()
    save_classes(learned, file)
    put("classes.npz", file.getvalue(), "what was learned")


def classes():
    """Return the classes that were kept.

    Returns
    -------
    Classes

    Raises
    ------
    ValueError
        If none were kept yet, or the file is damaged.
    """
    path = folder() / "classes.npz"
    if not path.is_file():
        raise ValueError("there are no classes of yours yet; teach some, and save them")
    return load_classes(path)


def keep_drawing(pixels, label):
    """Put a drawing to those that a network can learn from.

    Parameters
    ----------
    pixels : ndarray of shape (28, 28, 1)
        From 0 to 255.
    label : int
        What it is, 0 to 9.

    Returns
    -------
    int
        How many there are now.

    Raises
    ------
    ValueError
        If nothing is drawn, there are 2,000 already, or it cannot be written.
    """
    pixels = np.asarray(pixels)
    if pixels.shape != (28, 28, 1) or not pixels.any():
        raise ValueError("nothing is drawn yet")
    drawn, labels = drawings()
    if len(drawn) >= MOST_DRAWINGS:
        raise ValueError(f"there are {MOST_DRAWINGS:,} drawings already, and no more are kept")
    file = io.BytesIO()
    pixels = np.rint(pixels).astype(np.uint8)
    np.savez_compressed(file, drawings=np.concatenate([drawn, pixels[np.newaxis]]), labels=np.append(labels, label))
    put("drawings.npz", file.getvalue(), "the drawing")
    return len(drawn) + 1


def drawings():
    """Return the drawings that were kept, and what each is.

    Returns
    -------
    (ndarray of shape (L, 28, 28, 1), uint8; ndarray of shape (L,), int)
        None at all if there are none, or the file is damaged.
    """
    try:
        with np.load(folder() / "drawings.npz", allow_pickle=False) as file:
            drawn, labels = file["drawings"], file["labels"]
        fits = drawn.shape == (len(labels), 28, 28, 1) and drawn.dtype == np.uint8 and labels.dtype.kind == "i"
    except Exception:  # a damaged archive fails in many ways: zlib, struct, memory ...
        fits = False
    if not fits or len(labels) > MOST_DRAWINGS or not np.isin(labels, range(10)).all():
        return np.zeros((0, 28, 28, 1), np.uint8), np.zeros(0, int)
    return drawn, labels


def write(path, data):
    """Write a file beside the old one first, and let it take its place in one step: there is always a whole file.

    Parameters
    ----------
    path : Path
    data : bytes
    """
    part = path.with_name(f"{secrets.token_hex(4)}.part")
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with open(part, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        take_place(part, path)
    except BaseException:
        with contextlib.suppress(OSError):
            part.unlink()
        raise


def take_place(part, path, tries=5):
    """Put a finished file in the place of another; on Windows a moment may pass until that is allowed."""
    for left in reversed(range(tries)):
        try:
            os.replace(part, path)
            return
        except PermissionError:
            if not left:
                raise
            time.sleep(0.02)
