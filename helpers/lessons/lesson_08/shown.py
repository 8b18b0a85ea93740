"""Lesson 08: what is shown of a training, by the names of the Stage's settings."""

import math

import numpy as np

from helpers.experiment import confusions, stack
from helpers.lessons.digit_looks import DIGITS

CLOTHES = ["T-shirt", "trousers", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "boot"]
SHOWN = 20  # test pictures that can be sent through the network
WORST = 8  # mistakes that are shown
WEIGHTS = ("conv_1", "conv_2", "logits")
LARGEST = 1e6  # a loss that is drawn


def learned_of(experiment, whole):
    """Return what is shown of an experiment, by the names of settings: what was measured, and the network's numbers.

    Parameters
    ----------
    experiment : Experiment
    whole : bool
        Whether its numbers after each epoch are sent, or only those of now.
    """
    three = slice(3 if experiment.plan.leak else 2)
    measured = [[one[part] for part in ("train", "test", "fresh")][three] for one in experiment.history]
    losses, accuracies = np.moveaxis(np.array(measured), 2, 0)
    return {
        "losses": losses.clip(0, LARGEST),
        "accuracies": 100 * accuracies,
        **weights_of(experiment, whole),
    }


def weights_of(experiment, whole):
    """Return the stacks of weights: of layers that the network has not, a single 0."""
    learned = [i for i, layer in enumerate(experiment.network.layers) if layer.parameters]
    names = [*list(WEIGHTS)[: len(learned) - 1], "logits"]
    found = {}
    for name in WEIGHTS:
        for kind in ("weights", "bias"):
            if name not in names:
                depth = experiment.plan.filters if name == "conv_2" and len(names) > 1 else 1
                found[f"all_{name}_{kind}"] = np.zeros((1, 1, 1, depth, 1) if kind == "weights" else (1, 1))
                continue
            number = learned[names.index(name)]
            now = experiment.network.layers[number].parameters[kind][np.newaxis]
            past = stack(experiment, number, kind) if whole else now
            found[f"all_{name}_{kind}"] = past if same(past[-1], now[0]) else np.concatenate([past, now])
    return found


def same(one, other):
    """Tell whether two arrays are the same to the last bit."""
    return np.array_equal(one, other)


def pictures_of(experiment):
    """Return what stays for a whole training: some test pictures and their labels, and how the network reads them."""
    tests, labels = experiment.data.test_images[:SHOWN], experiment.data.test_labels[:SHOWN]
    return {
        "tests": 255 * tests,
        "labels": labels[:, np.newaxis],
        "ring": 1 if tests.shape[1] < 20 else 0,
        "asked": experiment.asked,
        "tested": len(experiment.data.test_images),
        "shown_plan": str(experiment.plan),
        **{f"shown_{name}": value for name, value in vars(experiment.plan).items()},
    }


def mistakes_of(experiment):
    """Return who is taken for whom, the worst mistakes as pictures, and what they were taken for, in words."""
    labels = experiment.data.test_labels
    table, worst, said = confusions(experiment.logits, labels)
    names = CLOTHES if experiment.plan.data == "clothes" else DIGITS
    pictures = np.zeros((*experiment.data.test_images.shape[1:3], WORST))
    for i, number in enumerate(worst[:WORST]):
        pictures[:, :, i] = experiment.data.test_images[number, :, :, 0]
    told = [f"{names[labels[n]]} → {names[s]}" for n, s in zip(worst[:WORST], said, strict=False)]
    return {
        "table": table,
        "worst": pictures,
        "mistakes": ", ".join(told) or "there are none",
        "table_epoch": len(experiment.history) - 1,
    }


def progress_of(experiment):
    """Return how far it is, how quick, and how long it will take."""
    step, left = experiment.progress, experiment.seconds_left
    return {
        "epoch_now": step.epoch if step else 0,
        "batch_now": step.batch if step else 0,
        "batches": step.batches if step else 0,
        "share": np.array([100 * experiment.done]),
        "speed": round(experiment.pictures_a_second),
        "left": 0 if math.isnan(left) else round(left),
        "planned": experiment.plan.epochs,
        "measured": len(experiment.history) - 1,
        "parameters": experiment.network.count_parameters(),
    }


def all_of(experiment):
    """Return all that is shown of an experiment."""
    parts = learned_of(experiment, True), pictures_of(experiment), mistakes_of(experiment), progress_of(experiment)
    return {name: value for part in parts for name, value in part.items()}
