"""How lessons begin: the learner's picture in gray, and a small piece of it."""

import numpy as np

from helpers import images
from helpers.color import composite, to_gray, to_rgba
from helpers.engine.pictures import Picture
from helpers.engine.recipe import step

FOLLOW = "kernel.sum > 0.005"  # below, a result says what is more and what is less, and is no picture
WHITE = [255, 255, 255]
GRAY = [
    step("rgba", "to_rgba", image="$picture"),
    step("rgb", "composite", rgba="$rgba", background=WHITE),
    step("gray", "to_gray", image="$rgb"),
]


AFAR = 24  # how many rows or columns a picture has, seen from afar


def from_afar(shown, side=AFAR):
    """Return a picture as it looks from afar: gray, whole numbers, so many rows or columns at most."""
    pixels = shown.pixels if isinstance(shown, Picture) else Picture(shown).pixels
    return to_gray(composite(to_rgba(images.fit(pixels, side)), WHITE)).round()


def patch(shown, rows=8, columns=9):
    """Return a small gray piece of a picture, whole numbers, from the middle of what it looks like from afar."""
    gray = from_afar(shown)
    gray = np.pad(gray, [(0, max(0, rows - gray.shape[0])), (0, max(0, columns - gray.shape[1]))], mode="edge")
    top, left = corner(gray, rows, columns)
    return gray[top : top + rows, left : left + columns]


def corner(gray, rows, columns):
    """Return the row and the column in which the middle piece of a picture begins."""
    return tuple((have - want) // 2 for have, want in zip(gray.shape, (rows, columns), strict=True))


def whole_and_frame(shown, rows=8, columns=9, side=4 * AFAR):
    """Return a small gray copy of a picture, and where its `patch` lies in it: row, column, rows, columns."""
    whole, gray = from_afar(shown, side), from_afar(shown)
    rows, columns = min(rows, gray.shape[0]), min(columns, gray.shape[1])
    down, across = (many / few for many, few in zip(whole.shape, gray.shape, strict=True))
    top, left = corner(gray, rows, columns)
    return whole, tuple(round(float(part), 2) for part in (top * down, left * across, rows * down, columns * across))


def color_patch(shown, rows=6, columns=6):
    """Return a small piece in color, whole numbers, from the middle of what a picture looks like from afar."""
    pixels = shown.pixels if isinstance(shown, Picture) else Picture(shown).pixels
    color = composite(to_rgba(images.fit(pixels, AFAR)), WHITE).round()
    short = [(0, max(0, want - have)) for have, want in zip(color.shape, (rows, columns), strict=False)]
    color = np.pad(color, [*short, (0, 0)], mode="edge")
    top, left = corner(color[..., 0], rows, columns)
    return color[top : top + rows, left : left + columns]
