"""Lesson 07: what its exercises, predictions and quiz say is true."""

import numpy as np
import pytest

from helpers import convolution, datasets, images, neurons, trained
from helpers.exercises.judging import judge
from helpers.exercises.lesson import find
from helpers.exercises.verdict import CORRECT, NOT_YET
from helpers.layers import Conv2D, Dense, Flatten, MaxPool2D, ReLU
from helpers.lessons.lesson_05 import exercises as lesson_05
from helpers.lessons.lesson_06 import exercises as lesson_06
from helpers.lessons.lesson_07 import exercises
from helpers.lessons.lesson_07.questions import QUIZ
from helpers.network import Network, predict
from helpers.sizes import output_size


def question(name):
    """Return a question of the quiz, or a prediction."""
    return next((one for one in QUIZ if one.name == name), None) or find("predictions", name)[1]


def right(name):
    """Return the answer that is right: a number, or the words of a choice."""
    return question(name).right_answer


@pytest.fixture(scope="module")
def network():
    return trained.digits()


@pytest.fixture(scope="module")
def data():
    return datasets.digits_28x28()


def scribbles(count, rng):
    """Draw lines that wander about: no digits."""
    drawn = np.zeros((count, 28, 28, 1), np.float32)
    for page in drawn:
        place, step = rng.uniform(6, 22, 2), rng.normal(0, 1, 2)
        for _ in range(120):
            step = 0.85 * step + rng.normal(0, 0.45, 2)
            place = np.clip(place + step / 2, 4, 23)
            row, column = place.astype(int)
            page[row : row + 2, column : column + 2] = 1
    return drawn


@pytest.mark.parametrize("exercise", exercises.EXERCISES, ids=lambda one: one.name)
def test_there_are_ten_slips_and_five_right_ways(exercise):
    assert len(exercise.slips) >= 10
    assert len(exercise.ways) >= 5


# --- predictions


def test_two_filters_without_relu_are_one_kernel_and_with_it_they_are_none():
    rng = np.random.default_rng(1)
    first, second = rng.normal(size=(3, 3)), rng.normal(size=(3, 3))
    side = int(right("no_relu"))
    one = np.zeros((side, side))
    for row, column in np.ndindex(3, 3):
        one[row : row + 3, column : column + 3] += second[row, column] * first
    image = rng.normal(size=(9, 11))
    between = convolution.convolve2d(image, first)
    together = convolution.convolve2d(image, one)
    np.testing.assert_allclose(convolution.convolve2d(between, second), together, atol=1e-4)
    assert np.abs(convolution.convolve2d(neurons.relu(between), second) - together).max() > 1


def test_three_filters_are_a_kernel_of_7_and_25_and_18_are_what_their_slips_say():
    assert [1 + 2 * filters for filters in (1, 2, 3)] == [3, 5, 7]
    assert (5 * 5, 2 * 9) == (25, 18)


def test_100_added_to_all_logits_changes_nothing_and_times_100_the_largest_gets_nearly_all():
    logits = np.random.default_rng(2).normal(0, 3, 10)
    np.testing.assert_allclose(neurons.softmax(logits + 100), neurons.softmax(logits))
    assert "nothing" in right("add_constant")
    assert neurons.softmax(100 * logits).max() > 0.99
    assert np.ptp(neurons.softmax(logits / 100)) < 0.1 * np.ptp(neurons.softmax(logits))


def test_a_scribble_is_some_digit_and_sometimes_a_very_sure_one(network):
    probabilities = neurons.softmax(predict(network, scribbles(300, np.random.default_rng(0))))
    assert probabilities.shape == (300, 10)
    np.testing.assert_allclose(probabilities.sum(axis=1), 1, atol=1e-5)
    assert (probabilities.max(axis=1) > 0.9).mean() > 0.05
    assert "perhaps very sure" in right("scribble")


def test_the_second_convolution_has_most_parameters(network):
    counts = [layer.count_parameters() for layer in network.layers]
    assert counts == [208, 0, 0, 2412, 0, 0, 0, 1930]
    assert sum(counts) == network.count_parameters() == 4550
    assert sum(network.multiplications((28, 28, 1))) == 270_720
    assert 12 * (8 * 25 + 1) == 2412
    assert 8 * 25 + 8 == 208
    text = str(question("which_layer").for_browser())
    assert "second" in right("which_layer")
    for number in ("4550", "2412", "208", "1930", "192"):
        assert number in text


# --- quiz


def test_the_network_is_sometimes_sure_and_wrong(network, data):
    probabilities = neurons.softmax(predict(network, data.test_images))
    wrong = probabilities.argmax(axis=1) != data.test_labels
    assert (probabilities.max(axis=1)[wrong] > 0.9).any()
    assert "ahead" in right("how_certain")


def test_any_logits_far_enough_apart_make_large_shares():
    assert neurons.softmax(np.array([-50.0] * 9 + [-45.0]))[-1] > 0.9


def test_a_cat_is_a_digit_to_the_network(network):
    cat = images.load("cat")[:, :, :3].mean(axis=2)
    small = cat[: 28 * 7, : 28 * 7].reshape(28, 7, 28, 7).mean(axis=(1, 3)) / 255
    probabilities = neurons.softmax(network.forward(small[np.newaxis, :, :, np.newaxis].astype(np.float32)))[0]
    assert probabilities.sum() == pytest.approx(1, abs=1e-5)
    assert probabilities.max() >= 0.1


def test_flatten_can_be_taken_back():
    maps = np.arange(4 * 4 * 12.0).reshape(4, 4, 12)
    flat = neurons.flatten(maps)
    assert flat.shape == (192,)
    np.testing.assert_array_equal(flat.reshape(4, 4, 12), maps)
    assert (flat[0], flat[1]) == (maps[0, 0, 0], maps[0, 0, 1])


def test_four_rows_are_left():
    rows = [28]
    for kernel_size, stride in [(5, 1), (2, 2), (5, 1), (2, 2)]:
        rows.append(output_size(rows[-1], kernel_size, stride=stride))
    assert rows == [28, 24, 12, 8, 4]
    assert rows[-1] == int(right("rows_left"))
    assert "28, 24, 12, 8, 4" in question("rows_left").why
    assert {7, 20, 8, 12, 10, 3} <= dict(question("rows_left").slips).keys()
    assert 28 // 2 // 2 == 7
    assert 28 - 4 - 4 == 20
    assert (28 - 4 - 4) // 2 == 10
    assert ((28 - 5) // 2 - 5) // 2 == 3


# --- a table of shapes


def layers_of(rows, columns, plan):
    """Return the course's layers for a list of tuples."""
    layers, channels = [], 1
    for (kind, *numbers), shape in zip(plan, exercises.shape_table(rows, columns, plan), strict=True):
        if kind == "conv":
            layers.append(Conv2D(channels, numbers[1], numbers[0]))
        elif kind == "dense":
            layers.append(Dense(channels, numbers[0]))
        else:
            layers.append({"relu": ReLU, "flatten": Flatten}[kind]() if kind != "pool" else MaxPool2D(numbers[0]))
        channels = shape[2]
    return layers


@pytest.mark.parametrize(("rows", "columns", "plan"), exercises.SHAPES.cases)
def test_the_table_is_that_of_the_courses_layers(rows, columns, plan):
    shapes = Network(layers_of(rows, columns, plan)).shapes((rows, columns, 1))[1:]
    flat = [(1, 1, *shape) if len(shape) == 1 else shape for shape in shapes]
    assert flat == [tuple(line) for line in exercises.shape_table(rows, columns, plan)]


def test_the_networks_own_table(network):
    table = exercises.shape_table(28, 28, exercises.CNN)
    assert table == [[24, 24, 8], [24, 24, 8], [12, 12, 8], [8, 8, 12], [8, 8, 12], [4, 4, 12], [1, 1, 192], [1, 1, 10]]
    assert [tuple(line) for line in table[:6]] == network.shapes((28, 28, 1))[1:7]


def test_what_is_wrong_only_where_there_is_pooling_is_told_so():
    def twice(rows, columns, layers):
        table = exercises.shape_table(rows, columns, layers)
        return [[rows * 2, *line] for rows, *line in table] if ("pool", 4) in layers else table

    assert judge(exercises.SHAPES, twice).outcome == NOT_YET

    def without_flatten(rows, columns, layers):
        table = exercises.shape_table(rows, columns, layers)
        return [[line[0] + 1, *line[1:]] for line in table] if ("flatten",) in layers else table

    said = repr(judge(exercises.SHAPES, without_flatten))
    assert 'Right where `layers` holds no "flatten"' in said


# --- softmax


def test_softmax_is_the_courses():
    for (logits,) in exercises.SOFTMAX.cases:
        np.testing.assert_allclose(exercises.softmax(logits), neurons.softmax(logits), atol=1e-6)


def test_softmax_is_scipys():
    special = pytest.importorskip("scipy.special")
    for (logits,) in exercises.SOFTMAX.cases:
        np.testing.assert_allclose(exercises.softmax(logits), special.softmax(logits), atol=1e-12)


def test_exponentials_overflow_from_710_on():
    with np.errstate(over="ignore"):
        assert np.isinf(np.exp(1000.0))
        assert np.isfinite(np.exp(709.0))
    assert np.exp(-1000.0) == 0
    assert round(float(np.exp(1.0)), 3) == 2.718


# --- the forward pass


def test_forward_is_the_courses_network(network, data):
    first, second, last = (network.layers[number].parameters for number in (0, 3, 7))
    numbers = [one[name] for one in (first, second, last) for name in ("weights", "bias")]
    functions = exercises.conv2d, exercises.max_pool2d
    for image in data.test_images[:5]:
        logits = exercises.forward(image, *numbers, *functions)
        np.testing.assert_allclose(logits, network.forward(image[np.newaxis])[0], atol=1e-3)


def test_forward_works_with_the_functions_of_lessons_05_and_06():
    case = exercises.FORWARD.cases[0]
    own = exercises.forward(*case[:-2], lesson_05.conv2d, lesson_06.max_pool2d)
    np.testing.assert_allclose(own, exercises.forward(*case), atol=1e-6)


def test_in_each_case_numbers_below_0_come_before_both_relus():
    for case in exercises.FORWARD.cases:
        for maps in exercises.before_relu(*case[:5]):
            assert (maps < 0).any()
            assert (maps > 0).any()


# --- a network to repair


def test_the_repaired_network_fits_and_the_broken_one_does_not():
    def network(channels, inputs):
        layers = [Conv2D(1, 6, 3), ReLU(), MaxPool2D(2), Conv2D(channels, 20, 3), ReLU(), MaxPool2D(2), Flatten()]
        return Network([*layers, Dense(inputs, 10)], (28, 28, 1))

    assert network(6, 500).shapes((28, 28, 1))[1:7:2] == [(26, 26, 6), (13, 13, 6), (11, 11, 20)]
    assert network(6, 500).shapes((28, 28, 1))[6:] == [(5, 5, 20), (500,), (10,)]
    for broken in [(1, 784), (6, 784), (1, 500)]:
        with pytest.raises(ValueError, match="layer"):
            network(*broken)


def test_each_wrong_number_comes_about_in_one_way_only():
    assert len(set(exercises.INPUTS.values()) | {784}) == len(exercises.INPUTS) + 1
    for slip in exercises.REPAIR.slips:
        for number in exercises.INPUTS.values():
            assert not slip.says.startswith(f"{number} ") or slip.example == [6, number]


def test_the_numbers_of_the_repairs_sentences():
    assert exercises.INPUTS == {
        "right": 500,
        "pooling rounded up": 720,
        "+1 forgotten": 320,
        "second pooling forgotten": 2420,
        "first pooling forgotten": 2880,
        "no pooling": 11520,
        "kernels not subtracted": 980,
        "channels lost": 25,
        "channels of the first convolution": 150,
        "all channels multiplied": 3000,
        "one side": 100,
        "outputs for channels": 250,
        "before the second convolution": 1014,
        "a dense layer's weights": 5000,
        "sides added": 30,
    }
    assert ((28 - 3) // 2 - 3) // 2 == 4
    assert ((28 - 2) - 2) // 2 == 12
    assert 3 * 3 * 1 * 6 == 54
    assert (28 * 28, 6 * 20) == (784, 120)
    assert (28 - 3, 28 - 3 + 1) == (25, 26)


@pytest.mark.parametrize(
    ("values", "says"), [([6, 1], "first number is right"), ([9, 500], "second number"), ([9, 9], "Neither number")]
)
def test_what_shows_no_slip_hears_which_number_is_right(values, says):
    assert says in judge(exercises.REPAIR, values).says


# --- bug hunt


def test_the_hunted_softmax_is_right_for_the_example_and_all_large_logits():
    for logits in ([1000, 998, -1000], [1e6, 5, 7], [3, 1, 2], [-5, -7]):
        assert judge(exercises.CAREFUL, logits).outcome == NOT_YET


@pytest.mark.parametrize("evidence", [[-1000], [-400, -401], [-800, 5], [-1e9, 4, 7]])
def test_the_hunted_softmax_is_wrong_where_all_exponentials_become_0(evidence):
    assert judge(exercises.CAREFUL, evidence).outcome == CORRECT
    with np.errstate(invalid="ignore"):
        assert np.isnan(exercises.careful_softmax(np.array(evidence))).any()


def test_evidence_is_never_refused_and_what_is_right_never_taken():
    rng = np.random.default_rng(4)
    for _ in range(300):
        logits = rng.normal(rng.uniform(-600, 600), rng.uniform(1, 500), rng.integers(1, 5))
        outcome = judge(exercises.CAREFUL, logits).outcome
        assert outcome == (NOT_YET if exercises.is_right(logits) else CORRECT), logits


# --- functions and lists as arguments


def test_a_function_that_comes_in_is_not_described():
    said = repr(judge(exercises.FORWARD, lambda image, *rest: np.zeros(4)))
    assert "Tried with image = 14 rows × 18 columns × 1 channel" in said
    assert "conv2d =" not in said
