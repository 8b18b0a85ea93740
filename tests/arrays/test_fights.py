"""The fair fight: the same terms for both, what was counted, and the file that keeps it."""

import hashlib
import re

import numpy as np
import pytest

from helpers import datasets, fights, trained
from helpers.datasets import Dataset
from helpers.network import accuracy
from helpers.positions import shift


def stored():
    return datasets.contents(fights.FILE)


def test_both_learn_about_as_many_numbers():
    counts = [make(None).count_parameters() for make in fights.RIVALS.values()]
    assert counts == [4550, 4780]
    assert repr(fights.rival("convolutional")) == repr(trained.digits())
    assert [fights.rival(name).count_parameters() for name in fights.RIVALS] == counts


def test_the_file_is_small_and_known_by_its_checksum():
    path = datasets.FOLDER / fights.FILE
    assert path.stat().st_size < 100_000
    assert datasets.sums()[fights.FILE] == hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_checksum_is_written_down_in_the_place_of_an_older_one(tmp_path, monkeypatch):
    before = (datasets.FOLDER / "SHA256SUMS").read_text()
    (tmp_path / "SHA256SUMS").write_text(before)
    monkeypatch.setattr(datasets, "FOLDER", tmp_path)
    (tmp_path / "fair_fight.npz").write_bytes(b"new")
    try:
        datasets.sign("fair_fight.npz")
    finally:
        datasets.sums.cache_clear()
    new = f"{hashlib.sha256(b'new').hexdigest()}  fair_fight.npz"
    assert (tmp_path / "SHA256SUMS").read_text() == re.sub(r".*  fair_fight\.npz", new, before)


def test_a_batch_is_moved_as_a_picture_is():
    images = np.random.default_rng(1).random((3, 6, 5, 2), np.float32)
    for down, right in [(0, 0), (2, -1), (-3, 3), (0, 1), (-1, 0)]:
        wanted = [shift(image, down, right) for image in images]
        np.testing.assert_array_equal(fights.moved_by(images, down, right), wanted)


def test_the_mean_of_a_distance_is_that_of_its_ring():
    counts = np.random.default_rng(2).integers(0, 1000, (2, 7, 7))
    for far, count in enumerate((1, 8, 16, 24)):
        ring = [(down, right) for down in range(-3, 4) for right in range(-3, 4) if max(abs(down), abs(right)) == far]
        assert len(ring) == count
        wanted = np.mean([counts[:, 3 + down, 3 + right] for down, right in ring], axis=0)
        np.testing.assert_allclose(fights.by_distance(counts)[:, far], wanted)


def answers(name, images):
    """Return what a rival answers, worked out with nothing but its stored numbers."""
    weights = {
        part: values for part, values in stored().items() if part.startswith(name) and values.dtype == np.float32
    }
    if name == "dense":
        first, bias, second, other = (
            weights[f"dense/{part}"] for part in ("1/weights", "1/bias", "3/weights", "3/bias")
        )
        hidden = np.maximum(images.reshape(len(images), -1) @ first + bias, 0)
        return (hidden @ second + other).argmax(axis=1)
    for layer in ("0", "3"):
        kernels, bias = weights[f"{name}/{layer}/weights"], weights[f"{name}/{layer}/bias"]
        side = images.shape[1] - 4
        cells = [(row, column) for row in range(5) for column in range(5)]
        maps = sum(images[:, r : r + side, c : c + side] @ kernels[r, c] for r, c in cells) + bias
        images = np.maximum(maps, 0).reshape(len(images), side // 2, 2, side // 2, 2, -1).max(axis=(2, 4))
    flat = images.reshape(len(images), -1)
    return (flat @ weights[f"{name}/7/weights"] + weights[f"{name}/7/bias"]).argmax(axis=1)


@pytest.mark.parametrize("move", [(0, 0), (2, -1)])
@pytest.mark.parametrize("name", fights.RIVALS)
def test_what_was_counted_is_what_the_stored_numbers_answer(name, move):
    data = datasets.digits_28x28()
    down, right = move
    images = np.zeros_like(data.test_images)
    images[:, down:, : 28 + right or None] = data.test_images[:, : 28 - down, -right:]
    right_ones = int((answers(name, images) == data.test_labels).sum())
    assert abs(right_ones - int(stored()[f"{name}/right"][0, 3 + down, 3 + right])) <= 1  # sums are rounded


def test_it_is_counted_after_each_move():
    data = datasets.digits_28x28()
    few = Dataset(
        data.train_images[:1], data.train_labels[:1], data.test_images[:40], data.test_labels[:40], data.names
    )
    network = fights.rival("dense")
    counts = fights.count_right(network, few)
    assert counts.shape == (7, 7)
    assert counts[3, 3] == round(40 * accuracy(network, few.test_images, few.test_labels))
    up_right = np.stack([shift(image, -3, 2) for image in few.test_images])
    assert counts[0, 5] == round(40 * accuracy(network, up_right, few.test_labels))


def test_the_same_seed_makes_the_same_network():
    data = datasets.digits_28x28()
    few = Dataset(data.train_images[:40], data.train_labels[:40], data.test_images, data.test_labels, data.names)
    one, same, other = (fights.trained_with(fights.dense, seed, few).contents() for seed in (1, 1, 2))
    assert one.keys() == same.keys() == other.keys()
    np.testing.assert_array_equal(one["1/weights"], same["1/weights"])
    assert (one["1/weights"] != other["1/weights"]).any()


# --- the numbers that the lesson may quote


def test_the_convolutional_one_is_better_at_every_distance_and_loses_too():
    said = {name: [fights.spread(values) for values in fights.shares(name).T] for name in fights.RIVALS}
    assert said["convolutional"] == [
        "96.5 % (96.3 to 96.7)", "93.4 % (93.2 to 93.6)", "79.5 % (78.9 to 79.9)", "54.5 % (53.1 to 55.8)"
    ]  # fmt: skip
    assert said["dense"] == [
        "87.5 % (86.4 to 89.0)", "73.7 % (72.2 to 75.6)", "45.0 % (42.7 to 48.1)", "23.1 % (22.0 to 25.2)"
    ]  # fmt: skip
    assert (fights.shares("convolutional").min(axis=0) > fights.shares("dense").max(axis=0)).all()
    for column, name in enumerate(fights.RIVALS):
        assert [f"{mean:.1f} %" for mean in fights.mean_shares()[:, column]] == [
            one.split(" (")[0] for one in said[name]
        ]


def test_the_rate_suits_the_fully_connected_network():
    found = {rate: np.mean(fights.on_trial(fights.dense, rate, epochs=20)) for rate in (0.001, 0.005)}
    assert found[0.001] > found[0.005]


def test_examples_are_the_first_of_each_kind_that_are_kept_for_the_test():
    data, shown = datasets.digits_28x28(), fights.examples()
    assert (shown.shape, shown.dtype) == ((28, 28, 10), np.uint8)
    for digit in range(10):
        number = list(data.test_labels).index(digit)
        np.testing.assert_allclose(shown[:, :, digit] / 255, data.test_images[number, :, :, 0], atol=1e-6)
