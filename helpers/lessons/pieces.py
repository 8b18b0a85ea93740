"""How lessons begin: the learner's picture in gray, and a small piece of it."""

import numpy as np

from helpers import images
from helpers.color import composite, to_gray, to_rgba
from helpers.engine.pictures import Picture
from helpers.engine.recipe import step

WHITE = [255, 255, 255]
GRAY = [
    step("rgba", "to_rgba", image="$picture"),
    step("rgb", "composite", rgba="$rgba", background=WHITE),
    step("gray", "to_gray", image="$rgb"),
]


def patch(shown, rows=8, columns=9):
    """Return a small gray piece of a picture, whole numbers, from the middle of what it looks like from afar."""
    pixels = shown.pixels if isinstance(shown, Picture) else Picture(shown).pixels
    gray = to_gray(composite(to_rgba(images.fit(pixels, 24)), WHITE)).round()
    gray = np.pad(gray, [(0, max(0, rows - gray.shape[0])), (0, max(0, columns - gray.shape[1]))], mode="edge")
    top, left = ((have - want) // 2 for have, want in zip(gray.shape, (rows, columns), strict=True))
    return gray[top : top + rows, left : left + columns]
