"""Teach it yours: what is learned from a few pictures, how good it is, what is impossible, and the file."""

import dataclasses
import io

import numpy as np
import pytest

from helpers import classes, images, squeezenet, trained
from helpers.classes import answer, confusion, learn, leave_one_out, load, nearest, save


def views(name, count, seed):
    """Return the features of so many pictures of one thing: parts of a picture, mirrored, in another light."""
    chance, image = np.random.default_rng(seed), images.load(name).astype(float)
    found = []
    for _ in range(count):
        side = int(min(image.shape[:2]) * chance.uniform(0.5, 0.9))
        top, left = (chance.integers(0, length - side + 1) for length in image.shape[:2])
        part = image[top : top + side, left : left + side] * chance.uniform(0.5, 1.4) + chance.uniform(-30, 30)
        prepared = squeezenet.prepare(part[:, :: chance.choice([-1, 1])])
        found.append(squeezenet.features(squeezenet.forward(prepared)))
    return np.stack(found)


THINGS = ("cat", "coffee", "astronaut")
LABELS = np.repeat([0, 1, 2], 10)


@pytest.fixture(scope="module")
def features():
    return np.concatenate([views(name, 10, seed) for seed, name in enumerate(THINGS)])


@pytest.fixture(scope="module")
def fresh():
    """Return other views of the same things."""
    return np.concatenate([views(name, 4, 100 + seed) for seed, name in enumerate(THINGS)])


def test_three_things_are_told_apart_after_ten_pictures_of_each(features, fresh):
    found = leave_one_out(features, LABELS)
    assert (found == LABELS).mean() >= 0.9
    assert np.trace(confusion(LABELS, found, 3)) == (found == LABELS).sum()
    learned = learn(features, LABELS, THINGS)
    assert [answer(learned, one) for one in fresh] == [name for name in THINGS for _ in range(4)]


def test_three_walls_and_grounds_are_told_apart_too():
    names = ("brick", "grass", "gravel")
    found = leave_one_out(np.concatenate([views(name, 10, seed) for seed, name in enumerate(names)]), LABELS)
    assert (found == LABELS).mean() >= 0.9


def test_what_was_never_learned_is_none_of_these(features):
    learned = learn(features, LABELS, THINGS)
    for name in ("camera", "text", "brick", "horse"):
        assert {answer(learned, one) for one in views(name, 3, 5)} == {classes.NONE}


def test_every_picture_that_was_learned_from_is_known(features):
    learned = learn(features, LABELS, THINGS)
    assert [answer(learned, one) for one in features] == [THINGS[label] for label in LABELS]
    for number in (0, 12, 29):
        [(first, far), (_, second)] = nearest(learned, features[number], 2)
        assert first == number
        assert far == pytest.approx(0, abs=1e-3)
        assert far < second
    assert len(nearest(learned, features[0], 99)) == 30


def test_the_same_pictures_make_the_same_numbers(features):
    one, other = learn(features, LABELS), learn(features.astype(float), LABELS.tolist())
    np.testing.assert_array_equal(one.weights, other.weights)
    assert one.threshold == other.threshold
    assert one.names == ("class 0", "class 1", "class 2")


def test_shares_add_up_to_1_for_one_and_for_many(features):
    learned = learn(features, LABELS)
    many = classes.shares(learned, features)
    np.testing.assert_allclose(many.sum(axis=1), 1, atol=1e-5)
    np.testing.assert_allclose(classes.shares(learned, features[3]), many[3], atol=1e-5)


def test_the_brightness_of_the_maps_does_not_count(features):
    learned = learn(features, LABELS)
    np.testing.assert_allclose(classes.shares(learned, 7 * features), classes.shares(learned, features), atol=1e-5)


# --- hardly anything to learn from


def test_one_picture_of_each_of_two_is_enough_to_learn_but_not_to_leave_out(features):
    learned = learn(features[[0, 10]], [0, 1], ["cat", "coffee"])
    assert answer(learned, features[0]) == "cat"
    assert answer(learned, features[10]) == "coffee"
    assert 0 < learned.threshold < 1
    assert answer(learned, views("text", 1, 0)[0]) == classes.NONE
    sentence = "at least 2 pictures of each class are needed here; there is 1 of cat, 1 of coffee"
    with pytest.raises(ValueError, match=sentence):
        leave_one_out(features[[0, 10]], [0, 1], ["cat", "coffee"])
    with pytest.raises(ValueError, match="there is 1 of class 0, 2 of class 1"):
        leave_one_out(features[[0, 10, 11]], [0, 1, 1])


def test_pictures_that_are_the_same_or_black_do_no_harm():
    for rows in (np.ones((4, 3)), np.zeros((4, 3))):
        learned = learn(rows, [0, 0, 1, 1])
        assert np.isfinite(classes.shares(learned, rows)).all()
        assert np.isfinite(learned.threshold)
        assert answer(learned, rows[0]) in learned.names
        assert leave_one_out(rows, [0, 0, 1, 1]).shape == (4,)


@pytest.mark.parametrize(("rows", "labels", "names", "says"), [
    ([], [], None, "there are no pictures yet"),
    (np.zeros((0, 512)), [], None, "there are no pictures yet"),
    ([[1, 2]], [0], None, "two classes are needed, so that there is something to tell apart; there is 1"),
    ([[1, 2]], [0], ["cup"], "two classes are needed"),
    ([[1, 2], [3, 4]], [0, 0], ["cup", "pen"], "at least 1 picture of each class is needed here; there is 2 of cup, 0"),
    ([[1, 2], [3, 4]], [1, 2], None, "there are 3 classes, but 2 pictures"),
    ([[1, 2], [3, 4]], [0, 10**12], None, "each class needs one at least"),
    ([[1, 2], [3, 4], [5, 6]], [0, 2, 2], None, "there is 1 of class 0, 0 of class 1, 2 of class 2"),
    ([[1, 2], [3, 4]], [0, 1, 1], None, "one label a picture"),
    ([1, 2], [0, 1], None, "a row of features"),
    ([[1, 2], [3, 4]], [0, -1], None, "whole numbers from 0 on"),
    ([[1, 2], [3, 4]], [0, 0.5], None, "whole numbers from 0 on"),
    ([[1, 2], [3, np.nan]], [0, 1], None, "not all finite"),
    ([[1, 2], [3, 4]], [0, 1], ["cup", "cup"], "a name of its own; these are cup, cup"),
    ([[1, 2], [3, 4]], [0, 1], ["cup", " "], "a name of its own"),
    ([[1, 2], [3, 4]], [0, 1], ["cup"], "there are 1 names; the label 1 has none"),
])  # fmt: skip
def test_what_cannot_be_learned_is_said(rows, labels, names, says):
    with pytest.raises(ValueError, match=says):
        learn(rows, labels, names)


def test_features_of_another_kind_are_refused(features):
    learned = learn(features, LABELS)
    for wrong in (np.ones(511), np.ones((2, 3, 512)), 5.0):
        with pytest.raises(ValueError, match="512 features of each picture are needed"):
            classes.shares(learned, wrong)
    with pytest.raises(ValueError, match="one picture at a time is taken here, not 30"):
        answer(learned, features)
    with pytest.raises(ValueError, match="count must be at least 1"):
        nearest(learned, features[0], 0)
    with pytest.raises(ValueError, match="one small picture of bytes for each of the 30"):
        learn(features, LABELS, pictures=np.zeros((30, 8, 8)))


def test_the_threshold_is_that_of_the_loneliest_picture():
    rows = np.array([[1, 0, 0], [1, 0.1, 0], [1, 0.5, 0], [0, 0, 1], [0, 0.1, 1]])
    one = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    apart = np.linalg.norm(one[1] - one[2])
    half = np.linalg.norm(one[2] - one[4]) / 2
    assert classes.farthest(rows, np.array([0, 0, 0, 1, 1])) == pytest.approx(max(1.1 * apart, half))


def test_confusion_counts_rows_as_what_they_are():
    counts = confusion([0, 0, 1, 2, 2], [0, 2, 1, 2, 0], 3)
    np.testing.assert_array_equal(counts, [[1, 0, 1], [0, 1, 0], [1, 0, 1]])
    with pytest.raises(ValueError, match="the label 3 is none of them"):
        confusion([0, 1], [0, 3], 3)
    with pytest.raises(ValueError, match="one label a picture"):
        confusion([0, 1], [0], 3)


# --- in a file


@pytest.fixture
def small():
    rows = np.random.default_rng(0).random((4, 6), np.float32)
    return learn(rows, [0, 1, 0, 1], ["cup é", "pen"], np.zeros((4, 8, 8, 3), np.uint8))


def test_what_was_saved_is_read_again(small, tmp_path):
    path = tmp_path / "classes.npz"
    save(small, path)
    found = load(path)
    for field in dataclasses.fields(found):
        np.testing.assert_array_equal(getattr(found, field.name), getattr(small, field.name))
    file = io.BytesIO()
    save(small, file)  # as mine.put wants it
    assert load(str(path)).names == ("cup é", "pen")
    with np.load(io.BytesIO(file.getvalue()), allow_pickle=False) as arrays:
        assert {arrays[name].dtype.kind for name in arrays.files} <= set("Ufiu")


def refused(path):
    with pytest.raises(ValueError, match=rf"{path.name} holds no classes of this course, or it is damaged"):
        load(path)


def test_damaged_and_foreign_files_are_refused_in_a_sentence(small, tmp_path):
    path = tmp_path / "classes.npz"
    with pytest.raises(ValueError, match=r"there is no file classes\.npz in"):
        load(path)
    save(small, path)
    whole = path.read_bytes()
    for damaged in (b"", b"hello", whole[:200], whole[:-30], whole[:300] + b"?" + whole[301:]):
        path.write_bytes(damaged)
        refused(path)
    trained.digits().save(path)
    refused(path)
    np.save(tmp_path / "one.npy", np.zeros(3))
    refused(tmp_path / "one.npy")


@pytest.mark.parametrize("change", [
    {"about": np.array(["classes", "2", "a", "b"])}, {"about": np.array(["classes", "1", "a"])},
    {"about": np.array(["classes"])}, {"about": np.array(3)}, {"about": np.array(["classes", 1], object)},
    {"labels": np.array([0, 1, 2, 1])}, {"labels": np.array([0, 1])}, {"weights": np.zeros((6, 3))},
    {"weights": np.full((6, 2), np.nan)}, {"bias": np.zeros(3)}, {"threshold": np.array("far")},
    {"threshold": np.array(np.nan)}, {"pictures": np.zeros((3, 8, 8), np.uint8)}, {"pictures": np.zeros((4, 8, 8))},
    {"features": np.array([["a"] * 6] * 4)}, {"features": np.zeros((4, 5))},
])  # fmt: skip
def test_a_file_in_which_something_does_not_fit_is_refused(small, tmp_path, change):
    path = tmp_path / "classes.npz"
    save(small, path)
    with np.load(path) as file:
        np.savez(path.with_name("other.npz"), **(dict(file) | change))
    refused(path.with_name("other.npz"))
