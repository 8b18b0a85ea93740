"""Training that one looks on, beside `training.train` alone, and how soon a stop is heard; one thread, in one run."""

import asyncio
import time

import numpy as np

from benchmarks.learning import step_times
from helpers import explore
from helpers.experiment import Plan, chosen_data, network_of
from helpers.training import Adam, train

PLAN = Plan(data="digits_28x28", layers="two", pictures=4000, epochs=4)
ROUNDS = 5


def alone():
    """Return the seconds of the training alone."""
    rng, (data, _) = np.random.default_rng(PLAN.seed), chosen_data(PLAN)
    network, optimizer = network_of(PLAN, (28, 28, 1), 10, rng), Adam(PLAN.learning_rate)
    begin = time.perf_counter()
    for _ in train(network, data.train_images, data.train_labels, optimizer, rng, PLAN.epochs, PLAN.batch_size):
        pass
    return time.perf_counter() - begin


async def looked_on(stop_after=None):
    """Return the seconds of the same training in the explorable, with a page that answers; or until a stop is heard."""
    stage = explore.train(**vars(PLAN))
    begin, stage.command = time.perf_counter(), "start"
    while stage.status in ("ready", "running"):
        await asyncio.sleep(0.01)
        stage.echo = stage.pulse  # what a page does
        if stop_after and time.perf_counter() - begin > stop_after:
            begin, stop_after, stage.command = time.perf_counter(), None, "stop"
    return time.perf_counter() - begin


def main():
    """Print the table."""
    pairs = [(alone(), asyncio.run(looked_on())) for _ in range(ROUNDS)]
    plain, live = (min(times) for times in zip(*pairs, strict=True))
    pictures = PLAN.pictures * PLAN.epochs
    print("live training, one thread: digits 28x28, two convolutions, 4,000 pictures")
    print(f"  train alone {pictures / plain:6,.0f} pictures a second; looked on {pictures / live:6,.0f}")
    print(f"  {live / plain - 1:+.1%} seconds, with the test after each epoch   (target +15 %)")
    stops = [asyncio.run(looked_on(stop_after=after)) for after in (0.2, 0.5, 0.9, 1.3)]
    print(f"  a stop is heard within {max(stops):.2f} s   (target 0.3 s)")
    ours, theirs = step_times()
    told = f"{ours / theirs:.1f} times PyTorch's, {32 / theirs:,.0f}" if theirs else "PyTorch is not installed"
    print(f"  a step of 32 pictures: {32 / ours:,.0f} pictures a second; {told}")
