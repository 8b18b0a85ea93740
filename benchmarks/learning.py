"""How quickly networks learn, and how much they get right of what they have never seen; one step beside PyTorch's."""

import time

import numpy as np

from helpers import datasets
from helpers.layers import Conv2D, Dense, Flatten, MaxPool2D, ReLU
from helpers.libraries import find
from helpers.network import Network, accuracy
from helpers.trained import learned, make_clothes, two_convolutions
from helpers.training import Adam, learn_from, moved

STEPS = 60


def small_network(rng):
    """Return an untrained network for digits of 8 x 8."""
    layers = [Conv2D(1, 16, 3, padding=1, rng=rng), ReLU(), MaxPool2D(2), Flatten(), Dense(256, 10, rng)]
    return Network(layers, (8, 8, 1))


def small_digits():
    """Train on digits of 8 x 8."""
    rng, data = np.random.default_rng(0), datasets.digits_8x8()
    return learned(small_network(rng), data, rng, 40, 0.005), data


def large_digits():
    """Train on digits of 28 x 28, moved by up to 2 pixels."""
    rng, data = np.random.default_rng(0), datasets.digits_28x28()
    return learned(two_convolutions(8, 12, 5, rng), data, rng, 12, 0.005, moved), data


def step_times():
    """Return the seconds of one training step, ours and PyTorch's on one thread (None where it is not installed)."""
    rng, data = np.random.default_rng(0), datasets.digits_28x28()
    images, labels = data.train_images[:32], data.train_labels[:32]
    network, optimizer = two_convolutions(8, 12, 5, rng), Adam()
    ours = timed(lambda: learn_from(network, images, labels, optimizer))
    torch = find("torch")
    if not torch:
        return ours, None
    torch.set_num_threads(1)
    nn = torch.nn
    parts = [nn.Conv2d(1, 8, 5), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(8, 12, 5), nn.ReLU(), nn.MaxPool2d(2)]
    theirs = nn.Sequential(*parts, nn.Flatten(), nn.Linear(192, 10))
    adam = torch.optim.Adam(theirs.parameters())
    given, wanted = torch.tensor(images.transpose(0, 3, 1, 2)), torch.tensor(labels)

    def step():
        adam.zero_grad()
        nn.functional.cross_entropy(theirs(given), wanted).backward()
        adam.step()

    return ours, timed(step)


def timed(act):
    """Return the median seconds of an act."""
    found = []
    for _ in range(STEPS):
        begin = time.perf_counter()
        act()
        found.append(time.perf_counter() - begin)
    return float(np.median(found))


def main():
    """Print the table."""
    print("learning, one thread: pictures that were never seen")
    targets = {"digits 8x8": (small_digits, 98, 3), "digits 28x28": (large_digits, 96, 30)}
    for name, (make, right, seconds) in (targets | {"clothes 28x28": (make_clothes, 87, 60)}).items():
        begin = time.perf_counter()
        network, data = make()
        took = time.perf_counter() - begin
        share = accuracy(network, data.test_images, data.test_labels)
        print(f"  {name:14} {share:6.1%} right in {took:5.1f} s   (target {right} % in {seconds} s)")
    ours, theirs = step_times()
    ratio = f"{ours / theirs:.1f} times PyTorch's {1000 * theirs:.1f} ms" if theirs else "PyTorch is not installed"
    print(f"  a step of 32 digits: {1000 * ours:.1f} ms, {ratio}   (target 2 times)")
