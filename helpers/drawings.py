"""Drawings made like the pictures that a network has learned from: the pen's width, the size, the place.

The digits of MNIST were scaled so that their longer side has 20 pixels, and then moved so that their center of mass
lies in the middle of 28 x 28. A network that has seen nothing else is at a loss where a digit is small or stands in a
corner; `scale_into` and `center_by_mass` do to a drawing what was done to its pictures.

All that is not above 0 is ground: it belongs to no drawing and has no mass.

Sources: the preparation of MNIST in Y. LeCun, L. Bottou, Y. Bengio and P. Haffner, "Gradient-based learning applied to
document recognition", 1998, section III.A; the largest within a shape in J. Serra, "Image analysis and mathematical
morphology", 1982; scaling with weights that fall off on both sides in P. Heckbert, "Fundamentals of texture mapping and
image warping", 1989.
"""

import math

import numpy as np

from helpers.arrays import picture
from helpers.positions import shift
from helpers.sizes import whole_number

LARGER = 4  # times at most: a digit below 5 pixels cannot be told (3 x 5 are the fewest), so a dot stays a dot
THICKEST = 20  # pixels that a pen reaches at most
NEARLY = 1e-6  # what rounding may have taken from exactly half a pixel


def scale_into(image, side=20):
    """Scale a drawing so that its longer side has so many pixels, and put it into the middle.

    The drawing is the smallest box around all that is above 0. It keeps its proportions, and is enlarged 4 times at
    most: a dot stays a dot.

    Parameters
    ----------
    image : ndarray of shape (M, N) or (M, N, C)
    side : int
        From 1 to the shorter side of the picture.

    Returns
    -------
    ndarray of the same shape
        0 around the drawing. If nothing is above 0, the picture as it was.

    Raises
    ------
    ValueError
        If the side is not a whole number, or does not fit into the picture.

    Examples
    --------
    >>> scale_into(np.array([[0, 0, 0, 0], [0, 0, 4, 8], [0, 0, 4, 8], [0, 0, 0, 0]]), side=4)
    array([[4., 5., 7., 8.],
           [4., 5., 7., 8.],
           [4., 5., 7., 8.],
           [4., 5., 7., 8.]], dtype=float32)
    """
    image = picture(image)
    side, box = whole_number("side", side, 1, min(image.shape[:2])), box_around(image)
    if box is None:
        return image.copy()
    part, result = image[box].astype(np.float64, order="C"), np.zeros_like(image, order="C")
    place = []
    for length, room in zip(scaled_shape(part.shape[:2], side), image.shape, strict=False):
        part = np.tensordot(scaling(part.shape[0], length), part, 1).swapaxes(0, 1)  # rows, and then what were columns
        place.append(slice((room - length) // 2, (room - length) // 2 + length))
    result[tuple(place)] = part
    return result


def box_around(image):
    """Return the smallest box around all that is above 0.

    Parameters
    ----------
    image : ndarray of shape (M, N) or (M, N, C)

    Returns
    -------
    (slice, slice) or None
        Its rows and its columns; None if nothing is above 0.

    Examples
    --------
    >>> box_around(np.array([[0, 0, 0], [0, 5, 9]]))
    (slice(1, 2, None), slice(1, 3, None))
    """
    drawn = np.atleast_3d(image).max(axis=2) > 0
    along = [np.flatnonzero(drawn.any(axis=axis)) for axis in (1, 0)]
    return tuple(slice(int(one[0]), int(one[-1]) + 1) for one in along) if drawn.any() else None


def scaled_shape(shape, side):
    """Return how large a drawing becomes: its longer side gets `side` pixels, or 4 times as many as it had.

    Parameters
    ----------
    shape : (int, int)
        Rows and columns of the drawing.
    side : int

    Returns
    -------
    (int, int)

    Examples
    --------
    >>> scaled_shape((10, 5), 20), scaled_shape((60, 1), 20), scaled_shape((2, 2), 20)
    ((20, 10), (20, 1), (8, 8))
    """
    longest = max(shape)
    side = min(side, LARGER * longest)
    return tuple(max(1, (2 * length * side + longest) // (2 * longest)) for length in shape)


def scaling(before, after):
    """Return the weights that scale a row of pixels.

    A new pixel is a mean of those around its place; their weights fall off to 0 on both sides, over one old pixel
    where the row gets longer, and over one new pixel where it gets shorter, so that no old one is passed over.

    Parameters
    ----------
    before, after : int
        Pixels of the row.

    Returns
    -------
    ndarray of shape (after, before), float64
        Each row adds up to 1.

    Examples
    --------
    >>> scaling(2, 4)
    array([[1.  , 0.  ],
           [0.75, 0.25],
           [0.25, 0.75],
           [0.  , 1.  ]])
    """
    middles = (2 * np.arange(before) + 1) * after - (2 * np.arange(after)[:, np.newaxis] + 1) * before
    weights = np.maximum(0, 2 * max(before, after) - np.abs(middles))  # whole numbers: exact
    return weights / weights.sum(axis=1, keepdims=True)


def center_by_mass(image):
    """Move a drawing by whole pixels so that its center of mass comes to lie in the middle of the picture.

    Parameters
    ----------
    image : ndarray of shape (M, N) or (M, N, C)

    Returns
    -------
    ndarray of the same shape
        What leaves the picture is lost, and what comes in is 0. If nothing is above 0, the picture as it was.

    Examples
    --------
    >>> center_by_mass(np.array([[9, 0, 0, 0, 0], [9, 0, 0, 0, 0], [9, 9, 0, 0, 0]]))
    array([[0., 0., 9., 0., 0.],
           [0., 0., 9., 0., 0.],
           [0., 0., 9., 9., 0.]], dtype=float32)
    """
    image = picture(image)
    return shift(image, *to_middle(image))


def to_middle(image):
    """Return how far a drawing has to be moved for its center of mass to lie in the middle, give or take half a pixel.

    Parameters
    ----------
    image : ndarray of shape (M, N) or (M, N, C)

    Returns
    -------
    (int, int)
        Pixels down and to the right; of two that are as good, the one further down or to the right. (0, 0) if nothing
        is above 0.

    Examples
    --------
    >>> to_middle(np.array([[0, 3, 1, 0, 0]]))  # its center of mass lies at 1.25, the middle at 2
    (0, 1)
    """
    mass = np.maximum(np.atleast_3d(image), 0).sum(axis=2, dtype=np.float64)
    whole, moves = mass.sum(), []
    for length, along in zip(mass.shape, (mass.sum(axis=1), mass.sum(axis=0)), strict=True):
        center = np.arange(length) @ along / whole if whole > 0 else (length - 1) / 2
        moves.append(math.floor((length - 1) / 2 - center + 0.5 + NEARLY))
    return tuple(moves)


def thicken(image, width):
    """Draw with a thicker pen: each pixel becomes the largest within a disk around it.

    Parameters
    ----------
    image : ndarray of shape (M, N) or (M, N, C)
    width : int
        How many pixels the disk reaches on each side: 0 changes nothing, 1 makes 3 pixels of one, 2 makes 5.

    Returns
    -------
    ndarray of the same shape

    Raises
    ------
    ValueError
        If the width is not a whole number from 0 to 20.

    Examples
    --------
    >>> thicken(np.array([[0, 0, 0, 0], [0, 9, 0, 0], [0, 0, 0, 5]]), 1)
    array([[0., 9., 0., 0.],
           [9., 9., 9., 5.],
           [0., 9., 5., 5.]], dtype=float32)
    """
    image, width = picture(image), whole_number("width of the pen", width, 0, THICKEST)
    rows, columns = image.shape[:2]
    ring = [(width, width), (width, width), (0, 0)]
    around, largest = np.pad(image, ring[: image.ndim], constant_values=-np.inf), image.copy()
    for down, across in disk(width):
        seen = around[width + down :, width + across :][:rows, :columns]
        np.maximum(largest, seen, out=largest)
    return largest


def disk(reach):
    """List the places of a disk: how far down and to the right of its middle each lies.

    Parameters
    ----------
    reach : int

    Returns
    -------
    list of (int, int)

    Examples
    --------
    >>> disk(1)
    [(-1, 0), (0, -1), (0, 0), (0, 1), (1, 0)]
    """
    steps = range(-reach, reach + 1)
    return [(down, across) for down in steps for across in steps if down**2 + across**2 <= reach**2]


def middle_square(image, side=28):
    """Make a small square of the middle of a picture: each new pixel is the mean of a block.

    Parameters
    ----------
    image : ndarray of shape (M, N) or (M, N, C)
    side : int
        Rows and columns of the square, at most as many as the picture's shorter side has.

    Returns
    -------
    ndarray of shape (side, side, C)
        C is 1 for a gray picture without an axis for channels.

    Raises
    ------
    ValueError
        If the side is not a whole number from 1 to the shorter side of the picture.

    Examples
    --------
    >>> middle_square([[0, 1, 3, 9], [0, 5, 7, 9]], side=1)[:, :, 0]  # (1 + 3 + 5 + 7) / 4
    array([[4.]], dtype=float32)
    """
    image = np.atleast_3d(picture(image))
    rows, columns, _ = image.shape
    length = min(rows, columns)
    side = whole_number("side", side, 1, length)
    edges = np.arange(side + 1) * length // side
    down, across = edges + (rows - length) // 2, edges + (columns - length) // 2
    counts = np.diff(edges)[:, np.newaxis, np.newaxis]
    bands = np.add.reduceat(image[: down[-1]], down[:-1], axis=0) / counts
    blocks = np.add.reduceat(bands[:, : across[-1]], across[:-1], axis=1) / counts.transpose(1, 0, 2)
    return blocks.astype(image.dtype)
