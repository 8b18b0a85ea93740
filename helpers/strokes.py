"""Digits as people write them, drawn with a pen on a canvas: strokes, and pictures made of them by chance.

Each digit is written in two ways or more, as people differ: a 1 with a flag or without, a 4 open or closed, a 7 with a
bar or without, a 9 with a straight leg or a curled one. The strokes are the course's own, written down by eye; no one's
hand was measured. They serve to try what was learned from one kind of picture on another kind.

A place is (across, down), in heights of the digit: (0, 0) at the upper left, (0, 1) at the lower left.

Sources: the curve through given points in E. Catmull and R. Rom, "A class of local interpolating splines", 1974.
"""

import numpy as np

from helpers.sizes import MOST, whole_number

SIZE = 28  # pixels of a picture, each way
HEIGHTS = 9, 24  # pixels: from small to filling; below 9, a pen fills what is open in a digit
PENS = 1.2, 3.2  # pixels
UNSTEADY, APART = 0.05, 0.02  # heights: how far a hand bends a stroke, and by how much it misses where one begins


def line(*places):
    """Return a stroke with corners: straight from place to place.

    Parameters
    ----------
    *places : (float, float)

    Returns
    -------
    ndarray of shape (places, 2)

    Examples
    --------
    >>> line((0, 0), (0.5, 0)).tolist()
    [[0.0, 0.0], [0.5, 0.0]]
    """
    return np.array(places, dtype=np.float64)


def curve(*places):
    """Return a stroke without corners, through all places: a Catmull-Rom spline.

    Parameters
    ----------
    *places : (float, float)
        If the last is the first, the stroke is closed.

    Returns
    -------
    ndarray of shape (8 * (places - 1) + 1, 2)

    Examples
    --------
    >>> curve((0, 0), (1, 0), (1, 1))[::4].round(2).tolist()  # it swings out before a turn
    [[0.0, 0.0], [0.5, -0.06], [1.0, 0.0], [1.06, 0.5], [1.0, 1.0]]
    """
    places = line(*places)
    closed = np.array_equal(places[0], places[-1])
    before, after = (places[-2:-1], places[1:2]) if closed else (places[:1], places[-1:])
    a, b, c, d = (np.concatenate([before, places, after])[i : i + len(places) - 1, np.newaxis] for i in range(4))
    t = (np.arange(8) / 8)[:, np.newaxis]
    parts = b + t / 2 * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)))
    return np.concatenate([parts.reshape(-1, 2), places[-1:]])


def ring(across, down, wide, high):
    """Return a closed stroke: an ellipse.

    Parameters
    ----------
    across, down : float
        Its middle.
    wide, high : float
        From the middle to the rim.

    Returns
    -------
    ndarray of shape (33, 2)

    Examples
    --------
    >>> ring(0.3, 0.5, 0.2, 0.5)[::8].round(2).tolist()
    [[0.3, 0.0], [0.1, 0.5], [0.3, 1.0], [0.5, 0.5], [0.3, 0.0]]
    """
    turns = np.linspace(0, 2 * np.pi, 33)
    return np.stack([across - wide * np.sin(turns), down - high * np.cos(turns)], axis=1)


BOWL = (0.02, 0.42), (0.28, 0.36), (0.52, 0.48), (0.56, 0.72), (0.38, 0.96), (0.16, 1), (0, 0.9)  # of a 5
LOWER = (0.2, 0.45), (0.46, 0.52), (0.56, 0.74), (0.4, 0.96), (0.16, 1), (0, 0.88)  # of a 3
SWAN = (0, 0.24), (0.08, 0.06), (0.28, 0), (0.48, 0.09), (0.52, 0.28), (0.36, 0.58)  # the neck of a 2

WAYS = {
    "0": {
        "round": [ring(0.33, 0.5, 0.33, 0.5)],
        "narrow": [ring(0.24, 0.5, 0.24, 0.5)],
        "not quite closed": [
            curve((0.42, 0.03), (0.2, 0.04), (0.03, 0.35), (0.08, 0.8), (0.3, 1), (0.54, 0.75), (0.55, 0.3), (0.34, 0))
        ],
    },
    "1": {
        "stroke": [line((0, 0), (0, 1))],
        "flag": [line((-0.22, 0.24), (0, 0), (0, 1))],
        "long flag": [line((-0.32, 0.42), (0, 0), (0, 1))],
        "flag and foot": [line((-0.2, 0.22), (0, 0), (0, 1)), line((-0.22, 1), (0.22, 1))],
    },
    "2": {
        "corner": [curve(*SWAN, (0, 1)), line((0, 1), (0.56, 1))],
        "loop": [
            curve(*SWAN, (0.16, 0.88), (0.02, 0.96), (0, 0.86), (0.12, 0.82), (0.3, 0.94), (0.46, 0.98), (0.62, 0.9))
        ],
    },
    "3": {
        "round": [curve((0.02, 0.12), (0.22, 0), (0.46, 0.08), (0.48, 0.3), (0.2, 0.45)), curve(*LOWER)],
        "flat top": [line((0.02, 0), (0.5, 0), (0.2, 0.4)), curve((0.2, 0.4), *LOWER[1:])],
    },
    "4": {
        "open": [line((0.06, 0), (0, 0.52), (0.6, 0.52)), line((0.5, 0.04), (0.46, 1))],
        "closed": [line((0.44, 1), (0.44, 0), (0, 0.64), (0.62, 0.64))],
        "round": [curve((0.04, 0), (0, 0.34), (0.12, 0.5), (0.5, 0.44)), line((0.54, 0), (0.48, 1))],
    },
    "5": {
        "two strokes": [line((0.08, 0), (0.02, 0.42)), curve(*BOWL), line((0.08, 0), (0.56, 0))],
        "one stroke": [line((0.54, 0), (0.1, 0.02), (0.02, 0.42)), curve(*BOWL)],
    },
    "6": {
        "curved": [
            curve((0.44, 0), (0.16, 0.26), (0.02, 0.64), (0.12, 0.94), (0.34, 1), (0.54, 0.84), (0.48, 0.6),
                  (0.26, 0.55), (0.06, 0.72))
        ],
        "straight": [line((0.34, 0), (0.04, 0.6)), ring(0.28, 0.75, 0.27, 0.25)],
    },
    "7": {
        "plain": [line((0, 0), (0.56, 0), (0.2, 1))],
        "bar": [line((0, 0), (0.56, 0), (0.2, 1)), line((0.14, 0.5), (0.56, 0.5))],
        "hook": [
            line((0, 0.14), (0.02, 0.02)),
            curve((0.02, 0.02), (0.3, 0.05), (0.58, 0)),
            curve((0.58, 0), (0.38, 0.4), (0.28, 1)),
        ],
    },
    "8": {
        "one stroke": [
            curve((0.5, 0.14), (0.28, 0), (0.06, 0.16), (0.2, 0.4), (0.46, 0.6), (0.52, 0.84), (0.28, 1), (0.04, 0.84),
                  (0.14, 0.58), (0.4, 0.38), (0.5, 0.14))
        ],
        "two rings": [ring(0.28, 0.24, 0.22, 0.24), ring(0.28, 0.74, 0.28, 0.26)],
    },
    "9": {
        "straight leg": [ring(0.26, 0.27, 0.26, 0.27), line((0.52, 0.2), (0.46, 1))],
        "curled": [ring(0.26, 0.27, 0.26, 0.27), curve((0.52, 0.24), (0.53, 0.6), (0.42, 0.92), (0.2, 1), (0.04, 0.9))],
        "one stroke": [
            curve((0.5, 0.12), (0.28, 0), (0.04, 0.18), (0.06, 0.42), (0.28, 0.5), (0.5, 0.22)),
            line((0.5, 0.22), (0.42, 1)),
        ],
    },
}  # fmt: skip


def paint(strokes, pen, size=SIZE):
    """Draw strokes with a round pen, white on black, with soft edges.

    Parameters
    ----------
    strokes : list of ndarray of shape (places, 2)
        Places in pixels, (across, down); the upper left pixel's middle is (0.5, 0.5).
    pen : float
        Its width, in pixels.
    size : int
        Pixels of the picture, each way.

    Returns
    -------
    ndarray of shape (size, size), float32
        Whole numbers from 0 to 255: what is half covered is half as bright.

    Raises
    ------
    ValueError
        If the size is not a whole number of at least 1.

    Examples
    --------
    >>> paint([line((1.5, 1.5), (3.5, 1.5))], pen=2, size=4)
    array([[ 22., 128., 128., 128.],
           [128., 255., 255., 255.],
           [ 22., 128., 128., 128.],
           [  0.,   0.,   0.,   0.]], dtype=float32)
    """
    middles = np.arange(whole_number("size", size, 1, MOST)) + 0.5
    pixels = np.stack(np.meshgrid(middles, middles), axis=-1)[:, :, np.newaxis]
    nearest = np.full((size, size), np.inf)
    for stroke in strokes:
        starts, ways = stroke[:-1], np.diff(stroke, axis=0)
        lengths = np.maximum((ways**2).sum(axis=1), 1e-12)
        share = (((pixels - starts) * ways).sum(axis=-1) / lengths).clip(
            0, 1
        )  # where on its way each piece comes nearest
        distances = np.hypot(*np.moveaxis(starts + share[..., np.newaxis] * ways - pixels, -1, 0))
        nearest = np.minimum(nearest, distances.min(axis=-1))
    return np.round(255 * (pen / 2 + 0.5 - nearest).clip(0, 1)).astype(np.float32)


def by_hand(strokes, rng):
    """Write strokes as a hand would: slanted, wide or narrow, a little turned; none quite straight, no two that meet.

    Parameters
    ----------
    strokes : list of ndarray of shape (places, 2)
    rng : numpy.random.Generator

    Returns
    -------
    list of ndarray of shape (more places, 2)

    Examples
    --------
    >>> [stroke.shape for stroke in by_hand(WAYS["7"]["bar"], np.random.default_rng(0))]
    [(17, 2), (9, 2)]
    """
    slant, wide, turn = rng.uniform(-0.2, 0.5), np.exp(rng.uniform(-0.4, 0.4)), rng.uniform(-0.2, 0.2)
    turned = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    shape = np.array([[wide, 0], [-slant, 1]]) @ turned
    waves, begins, high = rng.uniform(-6, 6, (2, 4)), rng.uniform(0, 2 * np.pi, 4), rng.uniform(0, UNSTEADY, 4)
    written = []
    for stroke in map(finer, strokes):
        bent = (high * np.sin(stroke @ waves + begins)).reshape(-1, 2, 2).sum(axis=1)
        written.append((stroke + bent + rng.normal(0, APART, 2)) @ shape)
    return written


def finer(stroke):
    """Return a stroke with seven more places between any two, so that it can bend.

    Parameters
    ----------
    stroke : ndarray of shape (places, 2)

    Returns
    -------
    ndarray of shape (8 * (places - 1) + 1, 2)

    Examples
    --------
    >>> finer(line((0, 0), (8, 0))).shape
    (9, 2)
    """
    places = np.arange(8 * len(stroke) - 7) / 8
    return np.stack([np.interp(places, np.arange(len(stroke)), along) for along in stroke.T], axis=1)


def drawing(strokes, rng):
    """Draw strokes by hand somewhere on 28 x 28 pixels: small or large, with a thin pen or a thick one.

    Parameters
    ----------
    strokes : list of ndarray of shape (places, 2)
        As in `WAYS`.
    rng : numpy.random.Generator

    Returns
    -------
    ndarray of shape (28, 28), float32
        From 0 to 255.

    Examples
    --------
    >>> drawing(WAYS["4"]["open"], np.random.default_rng(0)).shape
    (28, 28)
    """
    strokes, pen, height = by_hand(strokes, rng), rng.uniform(*PENS), rng.uniform(*HEIGHTS)
    places = np.concatenate(strokes)
    first, last = places.min(axis=0), places.max(axis=0)
    scale = min(height / (last - first)[1], HEIGHTS[1] / max(last - first))
    room = SIZE - pen - scale * (last - first)
    start = pen / 2 + room * rng.uniform(0, 1, 2)
    return paint([start + scale * (stroke - first) for stroke in strokes], pen)


def drawings(count, rng):
    """Draw each way of each digit several times.

    Parameters
    ----------
    count : int
        How often each way is drawn.
    rng : numpy.random.Generator

    Returns
    -------
    (ndarray of shape (L, 28, 28, 1), ndarray of shape (L,))
        Pictures from 0 to 255, float32, and which digits they are.

    Raises
    ------
    ValueError
        If the count is not a whole number of at least 1.

    Examples
    --------
    >>> images, labels = drawings(1, np.random.default_rng(0))
    >>> images.shape, labels[:6].tolist()
    ((26, 28, 28, 1), [0, 0, 0, 1, 1, 1])
    """
    count = whole_number("count", count, 1, MOST)
    wanted = [(digit, way) for digit, ways in WAYS.items() for way in ways.values() for _ in range(count)]
    images = np.stack([drawing(way, rng) for _, way in wanted])[..., np.newaxis]
    return images, np.array([int(digit) for digit, _ in wanted])
