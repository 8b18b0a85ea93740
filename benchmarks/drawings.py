"""How well the network that has learned handwritten digits reads what is drawn on a canvas, and what helps it."""

import numpy as np

from helpers import trained
from helpers.drawings import center_by_mass, scale_into, thicken
from helpers.network import accuracy, predict
from helpers.strokes import WAYS, drawings

SEED, TIMES, TARGET = 1, 20, 90  # each way of each digit, so often; percent
PREPARED = {
    "plain": [],
    "scale_into": [scale_into],
    "center_by_mass": [center_by_mass],
    "both": [scale_into, center_by_mass],
}


def prepared(images, steps):
    """Return pictures from 0 to 1 after these steps."""
    for step in steps:
        images = np.stack([step(image) for image in images])
    return images / np.float32(255)


def main():
    """Print the table."""
    images, labels = drawings(TIMES, np.random.default_rng(SEED))
    network = trained.digits()
    print(f"{len(images)} digits drawn as strokes, {sum(map(len, WAYS.values()))} ways of writing; percent right")
    print(f"{'':16}{'all':>7}" + "".join(f"{digit:>7}" for digit in WAYS))
    for name, steps in PREPARED.items():
        right = predict(network, prepared(images, steps)).argmax(axis=-1) == labels
        shares = [right, *(right[labels == int(digit)] for digit in WAYS)]
        missed = "   MISSED" if name == "both" and 100 * right.mean() < TARGET else ""
        print(f"{name:16}" + "".join(f"{100 * one.mean():7.1f}" for one in shares) + missed)
    print(f"target: at least {TARGET} with both")
    names = [f"{digit}, {way}" for digit, ways in WAYS.items() for way in ways]
    hardest = sorted(zip(right.reshape(-1, TIMES).mean(axis=1), names, strict=True))[:4]
    print("with both, the hardest: " + "; ".join(f"{name} {100 * share:.0f}" for share, name in hardest))
    for width in (1, 2):
        steps = [lambda image, width=width: thicken(image, width), *PREPARED["both"]]
        print(f"thicken by {width} before both: {100 * accuracy(network, prepared(images, steps), labels):.1f}")


if __name__ == "__main__":
    main()
