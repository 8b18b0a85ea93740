"""Networks: shapes and their sentences, files, the loss; training, and the data that it learns from."""

import io
import json

import numpy as np
import pytest

from helpers import datasets, network, trained, training
from helpers.layers import BatchNorm, Conv2D, Dense, Dropout, Flatten, GlobalAvgPool2D, MaxPool2D, ReLU
from helpers.network import Network, accuracy, cross_entropy, cross_entropy_gradient, load, predict
from helpers.training import SGD, Adam, moved, train


def rng(seed=7):
    return np.random.default_rng(seed)


def small(seed=7, rate=0.0):
    """Return a network with every kind of number in it."""
    chance = rng(seed)
    layers = [Conv2D(2, 3, (2, 3), rng=chance), BatchNorm(3), ReLU(), MaxPool2D(2), Dropout(rate, chance), Flatten()]
    return Network([*layers, Dense(18, 4, chance)], (7, 6, 2))


def toy(count=60, seed=1):
    """Return pictures of two kinds: bright on the left, or on the right."""
    chance = rng(seed)
    labels = chance.integers(0, 2, count)
    images = chance.normal(size=(count, 5, 6, 1)).astype(np.float32)
    images[labels == 0, :, :3] += 1
    images[labels == 1, :, 3:] += 1
    return images, labels


def toy_network(seed=3):
    chance = rng(seed)
    return Network([Conv2D(1, 3, 3, rng=chance), ReLU(), Flatten(), Dense(36, 2, chance)], (5, 6, 1))


# --- shapes


def test_a_network_knows_the_shape_after_each_layer():
    shapes = small().shapes((7, 6, 2))
    assert shapes == [(7, 6, 2), (6, 4, 3), (6, 4, 3), (6, 4, 3), (3, 2, 3), (3, 2, 3), (18,), (4,)]
    assert small().forward(rng().normal(size=(5, 7, 6, 2))).shape == (5, 4)


def test_a_network_counts_what_it_learns_and_multiplies():
    assert small().count_parameters() == (2 * 3 * 2 * 3 + 3) + 6 + (18 * 4 + 4)
    assert small().multiplications((7, 6, 2)) == [24 * 36, 72, 0, 0, 0, 0, 72]


def test_what_does_not_fit_is_said_with_the_layer():
    layers = [Conv2D(1, 8, 5), ReLU(), MaxPool2D(2), Flatten(), Dense(100, 10)]
    sentence = r"layer 5, Dense\(in 100, out 10\): 1152 numbers come in, but its weights read 100; make its inputs 1152"
    with pytest.raises(ValueError, match=sentence):
        Network(layers, (28, 28, 1))
    with pytest.raises(ValueError, match=r"layer 2, Dense\(in 9, out 2\): .*put Flatten before it"):
        Network([ReLU(), Dense(9, 2)], (3, 3, 1))


def test_without_an_input_shape_the_table_names_the_layers():
    assert repr(Network([GlobalAvgPool2D(), Dense(3, 2)])) == "GlobalAvgPool2D\nDense(in 3, out 2)"


def test_a_whole_networks_gradients_are_those_of_differences():
    net = small(rate=0)
    for layer, name in net.parameters():
        layer.parameters[name] = layer.parameters[name].astype(float) + 0.1
    images, labels = rng(1).normal(size=(3, 7, 6, 2)), np.array([0, 3, 1])
    by_images = net.backward(cross_entropy_gradient(net.forward(images, training=True), labels))
    gradients = [(layer, name, layer.gradients[name]) for layer, name in net.parameters()]

    def loss():
        return cross_entropy(net.forward(images, training=True), labels)

    for values, gradient in [(images, by_images), *((one.parameters[name], by) for one, name, by in gradients)]:
        for place in [tuple(rng(place).integers(0, values.shape)) for place in range(6)]:
            before, found = values[place], []
            for step in (1e-5, -1e-5):
                values[place] = before + step
                found.append(loss())
            values[place] = before
            assert (found[0] - found[1]) / 2e-5 == pytest.approx(gradient[place], rel=1e-4, abs=1e-8)


def test_to_learn_takes_the_same_gradients_as_to_go_all_the_way_back():
    images, gradient = rng(1).normal(size=(3, 7, 6, 2)).astype(np.float32), rng(2).normal(size=(3, 4))
    found = []
    for way in (Network.backward, Network.learn):
        net = small()
        net.forward(images, training=True)
        way(net, gradient.astype(np.float32))
        found.append([layer.gradients[name] for layer, name in net.parameters()])
    for one, other in zip(*found, strict=True):
        np.testing.assert_array_equal(one, other)


# --- loss


def test_the_loss_neither_overflows_nor_is_infinite():
    assert cross_entropy([[1000, 0, -1000]], [0]) == 0
    assert cross_entropy([[1000, 0, -1000]], [2]) == 2000
    assert cross_entropy(np.zeros((3, 10)), [1, 2, 3]) == pytest.approx(np.log(10))


def test_the_gradient_of_the_loss_is_that_of_differences():
    logits, labels = rng().normal(size=(4, 3)), np.array([0, 2, 1, 1])
    gradient = cross_entropy_gradient(logits, labels)
    for place in np.ndindex(logits.shape):
        step = np.zeros_like(logits)
        step[place] = 1e-6
        by = (cross_entropy(logits + step, labels) - cross_entropy(logits - step, labels)) / 2e-6
        assert by == pytest.approx(gradient[place], abs=1e-8)
    np.testing.assert_allclose(gradient.sum(axis=1), 0, atol=1e-12)


@pytest.mark.parametrize(
    ("logits", "labels", "sentence"),
    [
        ([[0, 1]], [2], "there are 2 classes, 0 to 1; the label 2 is none of them"),
        ([[0, 1]], [-1], "the label -1 is none of them"),
        ([[0, 1]], [0.5], "labels are whole numbers, not float64"),
        ([[0, 1]], [0, 1], r"one label a picture are needed, not \(1, 2\) and \(2,\)"),
        ([0, 1], [0], "a row of logits"),
    ],
)
def test_labels_that_are_none_are_refused(logits, labels, sentence):
    with pytest.raises(ValueError, match=sentence):
        cross_entropy(logits, labels)


# --- files


def test_a_network_comes_back_from_its_file_as_it_was(tmp_path):
    net = small()
    images = rng(1).normal(size=(5, 7, 6, 2)).astype(np.float32)
    net.forward(images, training=True)  # so that the normalization has something to keep
    net.save(tmp_path / "net.npz")
    again = load(tmp_path / "net.npz")
    np.testing.assert_array_equal(again.forward(images), net.forward(images))
    assert repr(again) == repr(net)


def test_a_missing_file_is_said():
    with pytest.raises(ValueError, match=r"there is no file nothing\.npz in"):
        load("nothing.npz")


def rewritten(path, **changed):
    """Write a network's file anew with other parts; None leaves one out."""
    with np.load(path) as file:
        parts = {name: file[name] for name in file} | changed
    np.savez(path, **{name: part for name, part in parts.items() if part is not None})


def about(**changed):
    plan = [{"layer": "Dense", "settings": {"inputs": 3, "outputs": 2}}]
    return np.array(json.dumps({"version": 1, "layers": plan, "input_shape": [3]} | changed))


DAMAGED = {
    "no about": {"about": None},
    "no JSON": {"about": np.array("a network")},
    "another version": {"about": about(version=99)},
    "an unknown layer": {"about": about(layers=[{"layer": "Attention", "settings": {}}])},
    "an unknown setting": {"about": about(layers=[{"layer": "ReLU", "settings": {"colour": 1}}])},
    "a layer that does not fit": {"about": about(layers=[{"layer": "MaxPool2D", "settings": {"kernel_size": 9}}])},
    "a missing array": {"0/bias": None},
    "an array of another shape": {"0/bias": np.zeros(5)},
    "objects": {"0/bias": np.array([{}, {}], dtype=object)},
}


@pytest.mark.parametrize("changed", DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_or_foreign_file_is_said_and_nothing_in_it_is_run(tmp_path, changed):
    path = tmp_path / "net.npz"
    Network([Dense(3, 2)], (3,)).save(path)
    rewritten(path, **changed)
    with pytest.raises(ValueError, match=r"net\.npz holds no network of this course, or it is damaged"):
        load(path)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no archive", b"\x89PNG", b"\x80\x04K\x01."])
def test_a_file_that_is_no_archive_is_said(tmp_path, content):
    path = tmp_path / "net.npz"
    path.write_bytes(content)
    with pytest.raises(ValueError, match="holds no network of this course"):
        load(path)


def test_a_file_that_is_cut_short_is_said(tmp_path):
    path = tmp_path / "net.npz"
    small().save(path)
    for share in (0.3, 0.9):
        path.with_name("cut.npz").write_bytes(path.read_bytes()[: int(share * path.stat().st_size)])
        with pytest.raises(ValueError, match="holds no network of this course"):
            load(path.with_name("cut.npz"))


def read_or_refused(path):
    """Return the network in a file, or the sentence that refuses it."""
    try:
        return load(path)
    except ValueError as refusal:
        return str(refusal)


def test_a_byte_that_has_changed_is_said_or_does_no_harm(tmp_path):
    path = tmp_path / "net.npz"
    net, images = small(), rng(1).normal(size=(2, 7, 6, 2)).astype(np.float32)
    net.save(path)
    whole, refused = path.read_bytes(), 0
    for place in range(0, len(whole), 7):
        data = bytearray(whole)
        data[place] ^= 255
        path.write_bytes(data)
        found = read_or_refused(path)
        refused += isinstance(found, str)
        if isinstance(found, Network):
            np.testing.assert_array_equal(found.forward(images), net.forward(images))
        else:
            assert found.startswith("net.npz holds no network of this course, or it is damaged")
    assert refused > len(whole) / 7 / 2


# --- training


@pytest.mark.parametrize("make", [lambda: SGD(0.2), lambda: SGD(0.05, momentum=0.9), lambda: Adam(0.02)])
def test_a_network_learns_what_can_be_learned(make):
    images, labels = toy()
    net = toy_network()
    list(train(net, images, labels, make(), rng(), epochs=8, batch_size=16))
    assert accuracy(net, *toy(seed=2)) > 0.9


def test_training_is_the_same_to_the_bit_with_the_same_seed():
    found = []
    for _ in range(2):
        net = toy_network()
        steps = train(net, *toy(), Adam(0.02), rng(), epochs=2, batch_size=7, change=lambda x, r: moved(x, r, 1))
        found.append((tuple(step.loss for step in steps), predict(net, toy()[0]).tobytes()))
    assert found[0] == found[1]


def test_progress_counts_batches_and_epochs():
    steps = list(train(toy_network(), *toy(50), SGD(0.1), rng(), epochs=2, batch_size=16))
    assert [(one.epoch, one.batch) for one in steps] == [(e, b) for e in (1, 2) for b in (1, 2, 3, 4)]
    assert {(one.epochs, one.batches) for one in steps} == {(2, 4)}
    assert [one.share for one in steps][-1] == 1
    assert steps[-1].seconds_left == 0
    assert all(one.seconds_left > 0 for one in steps[:-1])
    assert all(0 <= one.accuracy <= 1 for one in steps)


def test_nothing_happens_until_the_next_batch_is_asked_for():
    net = toy_network()
    before = net.layers[0].parameters["weights"]
    steps = train(net, *toy(), SGD(0.1), rng())
    assert net.layers[0].parameters["weights"] is before
    next(steps)
    assert net.layers[0].parameters["weights"] is not before


def test_the_loss_that_is_told_is_that_before_the_step():
    net, (images, labels) = toy_network(), toy()
    before = cross_entropy(net.forward(images), labels)
    assert next(train(net, images, labels, SGD(0.5), rng(), batch_size=60)).loss == pytest.approx(before, rel=1e-5)
    assert cross_entropy(net.forward(images), labels) < before


def test_momentum_goes_on_without_a_gradient():
    net = Network([Dense(2, 1)])
    optimizer = SGD(0.1, momentum=0.5)
    layer = net.layers[0]
    layer.gradients = {"weights": np.ones((2, 1)), "bias": np.zeros(1)}
    optimizer.step(net)
    layer.gradients = {"weights": np.zeros((2, 1)), "bias": np.zeros(1)}
    optimizer.step(net)
    np.testing.assert_allclose(layer.parameters["weights"], -0.1 - 0.05)


def test_adams_first_step_is_as_long_as_the_learning_rate():
    net = Network([Dense(2, 1)])
    net.layers[0].gradients = {"weights": np.array([[1000.0], [-0.001]]), "bias": np.zeros(1)}
    Adam(0.01).step(net)
    np.testing.assert_allclose(net.layers[0].parameters["weights"], [[-0.01], [0.01]], rtol=1e-3)


def test_pictures_without_labels_are_refused():
    for images, labels in ((toy()[0], toy()[1][:-1]), (toy()[0][:0], toy()[1][:0])):
        with pytest.raises(ValueError, match="each picture needs a label: there are"):
            next(train(toy_network(), images, labels, SGD(), rng()))


def test_a_picture_is_moved_as_a_whole():
    images = np.zeros((40, 7, 6, 1), np.float32)
    images[:, 3, 2] = 1
    places = {tuple(np.argwhere(image[..., 0])[0]) for image in moved(images, rng(), most=2)}
    assert all(abs(row - 3) <= 2 and abs(column - 2) <= 2 for row, column in places)
    assert len(places) > 10


def test_nothing_is_printed_while_it_learns(capsys):
    list(train(toy_network(), *toy(), SGD(0.1), rng()))
    assert capsys.readouterr() == ("", "")


# --- data


@pytest.mark.parametrize(
    ("make", "shape", "kept"),
    [(datasets.digits_8x8, (1437, 8, 8, 1), 360), (datasets.digits_28x28, (4000, 28, 28, 1), 1000),
     (datasets.fashion, (10000, 28, 28, 1), 2000)],
)  # fmt: skip
def test_a_dataset_has_two_parts_that_share_no_picture(make, shape, kept):
    data = make()
    assert data.train_images.shape == shape
    assert data.test_images.shape == (kept, *shape[1:])
    assert (data.train_images.dtype, data.train_images.min(), data.train_images.max()) == (np.float32, 0, 1)
    assert set(data.train_labels) == set(data.test_labels) == set(range(10))
    assert len(data.names) == 10
    known = {image.tobytes() for image in data.train_images}
    assert sum(image.tobytes() in known for image in data.test_images) <= 3  # a few clothes stand there twice


def test_a_missing_or_damaged_file_is_said(tmp_path, monkeypatch):
    (tmp_path / "SHA256SUMS").write_text((datasets.FOLDER / "SHA256SUMS").read_text())
    monkeypatch.setattr(datasets, "FOLDER", tmp_path)
    with pytest.raises(ValueError, match=r"digits_8x8\.npz is missing in the folder .*fetch the course once more"):
        datasets.digits_8x8()
    file = io.BytesIO()
    np.savez(file, images=np.zeros((1, 8, 8)))
    (tmp_path / "digits_8x8.npz").write_bytes(file.getvalue())
    with pytest.raises(ValueError, match=r"digits_8x8\.npz in the folder .* is damaged"):
        datasets.digits_8x8()


def test_floor_2_knows_the_layers_by_their_names():
    assert set(network.LAYERS) >= {"Conv2D", "BatchNorm", "Dense"}
    assert training.blend(0, 1, 0) == 1


# --- networks that have learned already


@pytest.mark.parametrize(
    ("make", "data", "least"),
    [(trained.digits, datasets.digits_28x28, 0.97), (trained.clothes, datasets.fashion, 0.87)],
)
def test_a_shipped_network_is_right_on_pictures_that_it_has_never_seen(make, data, least):
    kept = data()
    assert accuracy(make(), kept.test_images, kept.test_labels) >= least


@pytest.mark.parametrize("name", ["digits", "clothes"])
def test_a_shipped_network_is_small(name):
    assert (datasets.FOLDER / f"{name}_network.npz").stat().st_size < 200_000


def test_a_shipped_network_is_built_as_the_script_says():
    assert repr(trained.digits()) == repr(trained.two_convolutions(8, 12, 5, None))
    assert repr(trained.clothes()) == repr(trained.two_convolutions(12, 24, 3, None))


def test_the_script_makes_the_same_network_twice():
    data = datasets.digits_28x28()
    found = []
    for _ in range(2):
        chance = rng(0)
        net = trained.two_convolutions(2, 3, 5, chance)
        steps = train(net, data.train_images[:96], data.train_labels[:96], Adam(0.01), chance, change=moved)
        found.append((tuple(one.loss for one in steps), predict(net, data.test_images[:5]).tobytes()))
    assert found[0] == found[1]
