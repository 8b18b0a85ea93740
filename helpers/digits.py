"""Ten digits, each a picture of 15 pixels: small enough to read every number."""

import numpy as np

DIGITS = {
    "0": ["###", "#.#", "#.#", "#.#", "###"],
    "1": [".#.", "##.", ".#.", ".#.", "###"],
    "2": ["###", "..#", "###", "#..", "###"],
    "3": ["###", "..#", "###", "..#", "###"],
    "4": ["#.#", "#.#", "###", "..#", "..#"],
    "5": ["###", "#..", "###", "..#", "###"],
    "6": ["###", "#..", "###", "#.#", "###"],
    "7": ["###", "..#", ".#.", ".#.", ".#."],
    "8": ["###", "#.#", "###", "#.#", "###"],
    "9": ["###", "#.#", "###", "..#", "###"],
}


def from_marks(rows):
    """Turn rows of text into a picture.

    Parameters
    ----------
    rows : sequence of M str of length N
        "#" is white, everything else black.

    Returns
    -------
    ndarray of shape (M, N), uint8

    Examples
    --------
    >>> from_marks(["#..", ".##"])
    array([[255,   0,   0],
           [  0, 255, 255]], dtype=uint8)
    """
    return np.array([[255 if mark == "#" else 0 for mark in row] for row in rows], dtype=np.uint8)


def digit_array(name):
    """Return a digit as a picture: 255 where it is drawn, 0 elsewhere.

    Parameters
    ----------
    name : str or int
        "0" to "9".

    Returns
    -------
    ndarray of shape (5, 3), uint8

    Raises
    ------
    ValueError
        If there is no such digit.

    Examples
    --------
    >>> digit_array("7")
    array([[255, 255, 255],
           [  0,   0, 255],
           [  0, 255,   0],
           [  0, 255,   0],
           [  0, 255,   0]], dtype=uint8)
    """
    if str(name) not in DIGITS:
        raise ValueError(f"there is no digit {name!r}; choose one of {', '.join(DIGITS)}")
    return from_marks(DIGITS[str(name)])
