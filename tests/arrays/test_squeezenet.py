"""SqueezeNet from the course's own layers: against PyTorch, damaged files, strange pictures, gradients."""

import tracemalloc

import numpy as np
import pytest

import squeezenet_twin as twin
from helpers import convolution, datasets, images, network, pooling, squeezenet
from helpers.lessons.lesson_05.exercises import layer_by_windows
from helpers.lessons.lesson_06.exercises import max_by_windows
from helpers.squeezenet import class_number, fool, forward, gradient, names, occlusion, prepare, shares, top


@pytest.fixture(scope="module")
def cat():
    return prepare(images.load("cat"))


@pytest.fixture(scope="module")
def activations(cat):
    return forward(cat)


def answers(name, **arguments):
    """Return the shares of one of the course's pictures."""
    return shares(forward(prepare(images.load(name), **arguments)))


def rng(seed=1):
    return np.random.default_rng(seed)


# --- the same answers as another implementation


def stored():
    with np.load(twin.ANSWERS) as file:
        return dict(zip(file["names"].tolist(), file["scores"], strict=True))


def test_all_pictures_of_the_course_have_an_answer_to_compare_with():
    assert set(stored()) == set(images.names()) == {path.stem for path in twin.PICTURES}
    assert twin.ANSWERS.stat().st_size < 60_000


@pytest.mark.parametrize("name", images.names())
def test_the_scores_are_those_of_pytorch(name):
    found = forward(prepare(images.load(name)))["scores"]
    np.testing.assert_allclose(found, stored()[name], atol=1e-4)


@pytest.mark.parametrize("path", twin.PICTURES, ids=lambda path: path.stem)
def test_a_picture_is_prepared_as_pillow_does_it(path):
    np.testing.assert_allclose(prepare(images.load(path.stem)), twin.prepared(path), atol=1e-4)


def test_pytorch_itself_makes_the_same_scores():
    pytest.importorskip("torch")
    given = np.stack([twin.prepared(path) for path in twin.PICTURES])
    theirs = twin.scores(twin.as_tensor(given)).numpy()
    ours = [forward(prepare(images.load(path.stem)))["scores"] for path in twin.PICTURES]
    np.testing.assert_allclose(ours, theirs, atol=1e-4)


@pytest.mark.parametrize("which", [285, 967, 1])
def test_pytorch_itself_makes_the_same_gradients(which):
    torch = pytest.importorskip("torch")
    given = prepare(images.load("cat")).astype(np.float64)
    tensor = twin.as_tensor(given[np.newaxis]).requires_grad_()
    scores = twin.scores(tensor)
    theirs = {"score": scores[0, which], "share": torch.log_softmax(scores[0], 0)[which]}
    for of, value in theirs.items():
        [wanted] = torch.autograd.grad(value, tensor, retain_graph=True)
        found = gradient(given, which, of)
        np.testing.assert_allclose(found, np.moveaxis(wanted.numpy()[0], 0, -1), atol=1e-8 * abs(found).max())


@pytest.mark.parametrize("name", images.names())
def test_the_answers_are_those_that_are_written_down(root, name):
    lines = (root / "data" / "PROVENANCE.md").read_text("utf8").splitlines()
    [written] = [line.split("|")[2].strip() for line in lines if line.startswith(f"| {name} |")]
    for one, (what, share) in zip(written.split(", "), top(answers(name)), strict=True):
        assert one.rsplit(" ", 1)[0] == what
        assert float(one.rsplit(" ", 1)[1]) == pytest.approx(share, abs=0.006)


# --- the network


def test_all_that_the_layers_make_is_there_in_order(activations):
    fires = [f"fire{n}" for n in range(2, 10)]
    parts = {fire: [f"{fire}/squeeze", f"{fire}/expand1", f"{fire}/expand3", fire] for fire in fires}
    first = ["conv1", "pool1", *parts["fire2"], *parts["fire3"], "pool3", *parts["fire4"], *parts["fire5"], "pool5"]
    last = [name for fire in fires[4:] for name in parts[fire]]
    assert list(activations) == [*first, *last, "conv10", "scores"]
    assert all(values.dtype == np.float32 for values in activations.values())
    assert all(values.min() >= 0 for values in activations.values())  # each after its ReLU
    both = np.concatenate([activations["fire5/expand1"], activations["fire5/expand3"]], axis=-1)
    np.testing.assert_array_equal(activations["fire5"], both)


def test_what_was_made_once_is_not_changed_by_what_follows(cat):
    kept = {name: (values, values.copy()) for name, values in squeezenet.walk(cat)}
    for values, before in kept.values():
        np.testing.assert_array_equal(values, before)


def test_several_pictures_at_once_make_the_same(cat, activations):
    both = forward(np.stack([prepare(images.load("coffee")), cat]))
    for name, values in activations.items():
        np.testing.assert_allclose(both[name][1], values, atol=1e-4)
    assert squeezenet.class_map(both, 285).shape == (2, 13, 13)
    assert squeezenet.features(both).shape == (2, 512)
    np.testing.assert_allclose(shares(both).sum(axis=1), 1, atol=1e-5)


def test_the_learners_own_functions_can_stand_in(cat, activations):
    calls = []

    def conv2d(image, weights, bias, stride, padding):
        calls.append((image.shape, weights.shape, bias.shape, stride, padding))
        return layer_by_windows(image, weights, bias, stride, padding)

    def max_pool2d(image, size, stride):
        calls.append((image.shape, size, stride))
        return max_by_windows(image, size, stride).tolist()  # a list will do

    found = forward(cat, conv2d, max_pool2d)
    assert calls[:2] == [((227, 227, 3), (3, 3, 3, 64), (64,), 2, 0), ((113, 113, 64), 3, 2)]
    assert len(calls) == 26 + 3
    assert list(found) == list(activations)
    for name, values in activations.items():
        np.testing.assert_allclose(found[name], values, atol=0.01)
    np.testing.assert_allclose(shares(found), shares(activations), atol=1e-4)


def test_what_a_function_hands_over_stays_its_own(cat):
    made = []

    def conv2d(*arguments):
        made.append(convolution.conv2d(*arguments))
        return made[-1]

    forward(cat, conv2d)
    assert all(maps.min() < 0 for maps in made)  # no ReLU was written into them


def test_a_function_that_writes_into_what_it_is_given_does_no_harm(cat, activations):
    def conv2d(image, weights, bias, stride, padding):
        maps = convolution.conv2d(image, weights, bias, stride, padding)
        for array in (image, weights, bias):
            array[...] = 0
        return maps

    def max_pool2d(image, size, stride):
        maps = pooling.max_pool2d(image, size, stride)
        image[...] = 0
        return maps

    for name, values in forward(cat, conv2d, max_pool2d).items():
        np.testing.assert_array_equal(values, activations[name])


@pytest.mark.parametrize(("conv2d", "max_pool2d", "says"), [
    (lambda *given: None, pooling.max_pool2d, r"conv1: conv2d must make 113x113x64 numbers here, but it returns noth"),
    (lambda image, w, b, stride, padding: convolution.conv2d(image, w, b, 1, padding), pooling.max_pool2d,
     r"conv1: conv2d must make 113x113x64 numbers here, not 225x225x64"),
    (lambda image, w, b, stride, padding: convolution.conv2d(image, w, b, stride), pooling.max_pool2d,
     r"fire2/expand3: conv2d must make 56x56x64 numbers here, not 54x54x64"),
    (convolution.conv2d, lambda image, size, stride: 7.0,
     r"pool1: max_pool2d must make 56x56x64 numbers here, not a single one"),
    (convolution.conv2d, lambda image, size, stride: [[1], [2, 3]], r"all rows must have the same length"),
])  # fmt: skip
def test_a_function_that_makes_another_shape_is_told_so(cat, conv2d, max_pool2d, says):
    with pytest.raises(ValueError, match=says):
        forward(cat, conv2d, max_pool2d)


def test_the_table_counts_what_is_there(activations):
    lines = [line.split() for line in squeezenet.table().splitlines()]
    assert lines[-1] == ["together", "1,235,496", "352,540,352"]
    shapes = {name: values.shape for name, values in activations.items()}
    assert {line[0]: tuple(map(int, line[1].split("x"))) for line in lines[2:-1]} == shapes
    assert sum(values.size for values in squeezenet.weights().values()) == 1_235_496
    assert next(line for line in lines if line[0] == "conv10")[-1] == "207x207"
    net = squeezenet.as_network()
    assert net.count_parameters() == 1_235_496
    assert sum(net.multiplications((227, 227, 3))) == 352_540_352
    assert "Fire" in network.table(net.layers, (227, 227, 3))


def test_the_layers_that_go_backward_make_the_same_scores(cat, activations):
    scores = squeezenet.as_network().forward(cat[np.newaxis])[0]
    np.testing.assert_allclose(scores, activations["scores"], atol=1e-4)


# --- names and shares


def test_the_names_are_a_thousand_different_ones():
    assert len(names()) == len(set(names())) == 1000
    assert all(name == name.strip() and name for name in names())
    assert names()[285] == "Egyptian cat"


def test_a_class_is_found_by_its_name_or_number(activations):
    assert class_number("espresso") == class_number(np.int64(967)) == 967
    found = squeezenet.class_map(activations, "Egyptian cat")
    assert found.shape == (13, 13)
    assert found.mean() == pytest.approx(activations["scores"][285], rel=1e-5)
    for wrong, says in [(1000, "at most 999"), (-1, "at least 0"), (1.5, "whole number"), ("human", "'human'")]:
        with pytest.raises(ValueError, match=says):
            class_number(wrong)


def test_the_largest_shares_come_first(activations):
    found = top(shares(activations), 3)
    assert [name for name, _ in found] == ["Egyptian cat", "tabby", "tiger cat"]
    assert len(top(shares(activations), 1000)) == 1000
    with pytest.raises(ValueError, match="1000 shares of one picture"):
        top(np.ones((2, 1000)))
    with pytest.raises(ValueError, match="count must be at most 1000"):
        top(shares(activations), 1001)


# --- what goes in


def test_the_features_are_means_of_the_last_fire_module(activations):
    np.testing.assert_allclose(squeezenet.features(activations), activations["fire9"].mean(axis=(0, 1)), rtol=1e-5)


@pytest.mark.parametrize(
    "shape", [(1, 1), (1, 1, 1), (1, 1, 3), (1, 1, 4), (1, 900), (900, 1, 3), (2, 3, 4), (227, 227)]
)
def test_a_picture_of_any_size_is_prepared(shape):
    found = prepare(rng().integers(0, 256, shape, np.uint8))
    assert (found.shape, found.dtype) == ((227, 227, 3), np.float32)
    assert np.isfinite(forward(found)["scores"]).all()


def test_a_picture_of_the_right_size_is_only_turned_around_and_centered():
    image = rng().integers(0, 256, (227, 229, 3), np.uint8)
    wanted = image[:, 1:-1, ::-1] - np.array([104.006, 116.669, 122.679])
    np.testing.assert_allclose(prepare(image), wanted, atol=1e-4)
    np.testing.assert_array_equal(squeezenet.seen(prepare(image)), image[:, 1:-1])


def test_gray_is_three_equal_colors():
    gray = rng().integers(0, 256, (40, 50), np.uint8)
    np.testing.assert_array_equal(prepare(gray), prepare(np.dstack([gray] * 3)))
    np.testing.assert_array_equal(prepare(gray), prepare(gray[..., np.newaxis]))
    np.testing.assert_allclose(prepare(gray), prepare(gray.astype(float)), atol=1e-4)


def test_what_is_transparent_is_white():
    image = rng().integers(0, 256, (30, 30, 4), np.uint8)
    image[..., 3] = 0
    np.testing.assert_allclose(prepare(image), prepare(np.full((1, 1), 255)), atol=1e-4)
    image[..., 3] = 255
    np.testing.assert_allclose(prepare(image), prepare(image[..., :3]), atol=1e-3)


def test_numbers_beyond_those_of_a_picture_are_cut_off():
    image = np.array([[np.nan, -5, 300], [np.inf, 0, 255], [-np.inf, 7, 9]])
    cut = np.array([[0, 0, 255], [255, 0, 255], [0, 7, 9]])
    np.testing.assert_allclose(prepare(image), prepare(cut), atol=1e-4)


def test_the_wrong_ways_are_arguments():
    image = images.load("coffee")
    right = prepare(image)
    means = np.array([104.006, 116.669, 122.679])
    np.testing.assert_allclose(prepare(image, centered=False), right + means, atol=1e-4)
    np.testing.assert_allclose(prepare(image, order="RGB"), (right + means)[..., ::-1] - means[::-1], atol=1e-4)
    np.testing.assert_allclose(prepare(image, scale=1 / 255), right / 255, atol=1e-6)


@pytest.mark.parametrize("name", images.names())
def test_numbers_from_0_to_1_are_all_the_same_gray_to_the_network(name):
    [(what, share)] = top(answers(name, scale=1 / 255), 1)
    assert what in ("mosquito net", "Petri dish", "plastic bag")
    assert share < 0.5


def test_the_order_of_the_colors_counts_for_coffee_and_the_mean_hardly():
    """Hold what PROVENANCE.md says of the wrong ways: not all of them do harm."""
    espresso = class_number("espresso")
    assert answers("coffee")[espresso] > 0.95
    assert answers("coffee", order="RGB")[espresso] == pytest.approx(0.42, abs=0.006)
    assert answers("coffee", centered=False)[espresso] > 0.95
    assert answers("coffee", scale=1 / 255)[espresso] < 0.01
    assert top(answers("cat", order="RGB"), 1)[0][0] == "Egyptian cat"


@pytest.mark.parametrize(("image", "arguments", "says"), [
    (np.zeros((3, 3, 2)), {}, "a picture has 1 channel .*, not 2"),
    (np.zeros((0, 3)), {}, "at least one pixel"),
    (np.zeros(3), {}, "a picture has 2 axes"),
    ("cat", {}, "numbers are needed"),
    (np.zeros((3, 3)), {"order": "BGX"}, "such as BGR or RGB, not 'BGX'"),
    (np.zeros((3, 3)), {"order": "BG"}, "such as BGR or RGB"),
    (np.zeros((3, 3)), {"order": None}, "such as BGR or RGB"),
])  # fmt: skip
def test_what_is_no_picture_is_refused_in_a_sentence(image, arguments, says):
    with pytest.raises(ValueError, match=says):
        prepare(image, **arguments)


@pytest.mark.parametrize("channels", [1, 3, 4])
def test_a_photo_of_40_megapixels_takes_little_memory(channels):
    photo = np.full((5000, 8000, channels), 200, np.uint8)
    tracemalloc.start()
    try:
        found = forward(prepare(photo))
        assert tracemalloc.get_traced_memory()[1] < 120e6
    finally:
        tracemalloc.stop()
    assert found["scores"].shape == (1000,)


@pytest.mark.parametrize("wrong", [np.zeros((227, 227)), np.zeros((224, 224, 3)), np.zeros((1, 1, 227, 227, 3)), 5])
def test_what_was_not_prepared_is_refused(wrong):
    with pytest.raises(ValueError, match=r"the network reads 227x227x3 numbers, not .*; squeezenet.prepare"):
        forward(wrong)


# --- files


@pytest.mark.parametrize(("name", "read"), [
    (squeezenet.WEIGHTS, squeezenet.weights), (squeezenet.NAMES, squeezenet.names),
])  # fmt: skip
def test_a_missing_or_damaged_file_is_said(tmp_path, monkeypatch, name, read):
    whole = (datasets.FOLDER / name).read_bytes()
    (tmp_path / "SHA256SUMS").write_text((datasets.FOLDER / "SHA256SUMS").read_text())
    monkeypatch.setattr(datasets, "FOLDER", tmp_path)
    read.cache_clear()
    try:
        with pytest.raises(ValueError, match=rf"{name} is missing in the folder .*fetch the course once more"):
            read()
        for damaged in (b"", whole[: len(whole) // 2], whole[:100] + b"!" + whole[101:], whole + b"\n"):
            (tmp_path / name).write_bytes(damaged)
            with pytest.raises(ValueError, match=rf"{name} in the folder .* is damaged; fetch the course once more"):
                read()
        (tmp_path / name).write_bytes(whole)
        assert read()
    finally:
        read.cache_clear()


def test_nobody_can_change_the_weights_by_accident():
    with pytest.raises(ValueError, match="read-only"):
        squeezenet.weights()["conv1/W"][0] = 0
    with pytest.raises(ValueError, match="read-only"):
        squeezenet.as_network().layers[0].parameters["bias"] += 1


# --- asking it


def test_a_gray_square_shows_what_counts(cat):
    seen = list(occlusion(cat, "Egyptian cat", patch=91, step=68))
    assert [done for done, _ in seen] == pytest.approx([n / 9 for n in range(1, 10)])
    assert [int(np.isfinite(left).sum()) for _, left in seen] == list(range(1, 10))
    _, left = seen[-1]
    covered = cat.copy()
    covered[68:159, 136:227] = 0
    assert left[1, 2] == pytest.approx(shares(forward(covered))[285], rel=1e-4)
    assert next(occlusion(cat, 285))[1].shape == (15, 15)
    np.testing.assert_array_equal(cat, prepare(images.load("cat")))


@pytest.mark.parametrize(("arguments", "says"), [
    ({"patch": 0}, "patch must be at least 1"), ({"patch": 228}, "patch must be at most 227"),
    ({"step": 0}, "step must be at least 1"), ({"which": "human"}, "nothing called 'human'"),
])  # fmt: skip
def test_a_square_that_does_not_fit_is_refused(cat, arguments, says):
    with pytest.raises(ValueError, match=says):
        next(occlusion(cat, **{"which": 285} | arguments))
    with pytest.raises(ValueError, match="one picture at a time is taken here, not 2"):
        next(occlusion(np.stack([cat, cat]), 285))


@pytest.mark.parametrize("of", ["score", "share"])
def test_the_gradient_is_that_of_differences(cat, of):
    given, which = cat.astype(np.float64), 285
    found = gradient(given, which, of)

    def value(image):
        scores = forward(image)["scores"]
        return scores[which] if of == "score" else np.log(shares({"scores": scores})[which])

    chance = rng(5)
    strongest = np.unravel_index(np.argsort(-abs(found), axis=None)[:2], found.shape)
    places = [*zip(*strongest, strict=True), *(tuple(chance.integers(0, found.shape)) for _ in range(6))]
    for place in places:
        moved = [given.copy(), given.copy()]
        moved[0][place] += 1e-5
        moved[1][place] -= 1e-5
        difference = (value(moved[0]) - value(moved[1])) / 2e-5
        assert difference == pytest.approx(found[place], rel=1e-3, abs=1e-5 * abs(found).max())


def test_a_gradient_of_something_else_is_refused(cat):
    with pytest.raises(ValueError, match="of the score or of the share, not of 'loss'"):
        gradient(cat, 285, of="loss")


def test_one_gray_level_fools_the_network(cat):
    assert top(shares(forward(fool(cat, "Egyptian cat", -1))), 1)[0][0] != "Egyptian cat"
    coffee = prepare(images.load("coffee"))
    fooled = fool(coffee, "consomme", 1)
    assert abs(fooled - coffee).max() == pytest.approx(1, abs=1e-4)
    as_picture = prepare(squeezenet.seen(fooled))  # rounded to whole numbers, as in a file
    for one in (fooled, as_picture):
        assert top(shares(forward(one)), 1)[0][0] == "consomme"


def test_what_fools_is_still_a_picture():
    black = prepare(np.zeros((1, 1)))
    for strength in (0, 5, -300):
        fooled = fool(black, 0, strength) + np.array([104.006, 116.669, 122.679])
        assert fooled.min() > -1e-4
        assert fooled.max() < 255 + 1e-4
    np.testing.assert_array_equal(fool(black, 0, 0), black)
    with pytest.raises(ValueError, match="the strength is a number of gray levels, not nan"):
        fool(black, 0, np.nan)
