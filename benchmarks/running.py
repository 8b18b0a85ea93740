"""A learner's four loops in a check: how many times as long as by themselves, in turns, the same call."""

import statistics
import time
from unittest import mock

import numpy as np

from helpers.engine.running import run

ROUNDS, MOST = 9, 1.3
TARGET = f"at most {MOST} times the function's own time, where there are threads"


def loops(image, kernel):
    """Return the weighted sum of each window, one product at a time."""
    rows, columns = (length - size + 1 for length, size in zip(image.shape, kernel.shape, strict=True))
    result = np.zeros((rows, columns))
    for row in range(rows):
        for column in range(columns):
            total = 0
            for i in range(kernel.shape[0]):
                for j in range(kernel.shape[1]):
                    total += image[row + i, column + j] * kernel[i, j]
            result[row, column] = total
    return result


def seconds(call):
    """Return how long a call takes."""
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def main():
    """Print the times and their ratios."""
    rng = np.random.default_rng(0)
    arguments = rng.normal(size=(90, 120)), rng.normal(size=(3, 3))

    def traced():
        with mock.patch("sys.platform", "emscripten"):
            run(loops, arguments, 60)

    calls = {
        "by themselves": lambda: loops(*arguments),
        "in a check": lambda: run(loops, arguments, 60),
        "in a check, no threads": traced,
    }
    times = {name: [] for name in calls}
    for _ in range(ROUNDS):
        for name, call in calls.items():
            times[name].append(seconds(call))
    medians = {name: statistics.median(taken) for name, taken in times.items()}
    print("four nested loops, 90x120 picture, 3x3 kernel: median of", ROUNDS)
    print(f"{'':26}{'ms':>8}{'ratio':>8}")
    for name, median in medians.items():
        print(f"  {name:24}{1000 * median:8.1f}{median / medians['by themselves']:8.2f}")
    reached = medians["in a check"] <= MOST * medians["by themselves"]
    print(f"  target: {TARGET}   {'reached' if reached else 'MISSED'}")
