"""Lesson 08: what its exercises, predictions and quiz say is true."""

import re

import numpy as np
import pytest

from helpers import convolution, datasets, trained
from helpers.exercises.judging import judge
from helpers.exercises.lesson import find
from helpers.exercises.verdict import CORRECT, NOT_YET
from helpers.kernels import KERNELS
from helpers.layers import Conv2D, Dense, Flatten, MaxPool2D, ReLU
from helpers.lessons.lesson_08 import exercises
from helpers.lessons.lesson_08.questions import QUIZ
from helpers.network import Network, accuracy, cross_entropy, cross_entropy_gradient, predict
from helpers.training import SGD, Adam, learn_from, moved, train


def question(name):
    """Return a question of the quiz, or a prediction."""
    return next((one for one in QUIZ if one.name == name), None) or find("predictions", name)[1]


def right(name):
    """Return the answer that is right: a number, or the words of a choice."""
    return question(name).right_answer


@pytest.mark.parametrize("exercise", exercises.EXERCISES, ids=lambda one: one.name)
def test_there_are_ten_slips_and_five_right_ways(exercise):
    assert len(exercise.slips) >= 10
    assert len(exercise.ways) >= 5


# --- predictions


def rolled(curvature, rate, steps, start=1.0):
    """Return where a number is after each step down a valley."""
    places = [start]
    for _ in range(steps):
        places.append(places[-1] - rate * curvature * places[-1])
    return np.array(places)


@pytest.mark.parametrize("curvature", [0.5, 2, 30])
def test_four_times_a_rate_that_brings_it_ten_times_nearer_in_three_steps_leads_away(curvature):
    good = [rate for rate in np.linspace(0, 4 / curvature, 999) if abs(rolled(curvature, rate, 3)[-1]) <= 0.1]
    assert 0 < good[0] < 1 / curvature < good[-1]
    for rate in good:
        places = rolled(curvature, 4 * rate, 8)
        assert (np.abs(places[1:]) > np.abs(places[:-1])).all()
        assert (places[1:] * places[:-1] < 0).all()  # over the lowest point, each time
    assert "farther away" in right("rate_too_large")


def test_a_kernel_that_learns_gets_ten_times_nearer_at_1_and_runs_away_at_4():
    image = np.random.default_rng(8).integers(0, 256, (28, 28)) / 127.5 - 1
    sobel = KERNELS["Sobel, vertical edges"].values
    wanted, distances = convolution.convolve2d(image, sobel), {}
    for rate in (1, 4):
        kernel, distances[rate] = np.zeros((3, 3)), []
        for _ in range(7):
            distances[rate].append(np.sqrt(((kernel - sobel) ** 2).sum()))
            error = convolution.convolve2d(image, kernel) - wanted
            kernel = kernel - rate * exercises.filter_gradient(image, 2 * error / error.size)
    assert distances[1][3] < distances[1][0] / 10
    assert distances[4] == sorted(distances[4])
    assert "to 1 and play, then to 4" in question("rate_too_large").see


def test_a_little_too_large_it_gets_nearer_and_at_one_rate_it_jumps_to_and_fro():
    nearer = rolled(2, 0.9, 5)
    assert (nearer[1:] * nearer[:-1] < 0).all()
    assert (np.abs(nearer[1:]) < np.abs(nearer[:-1])).all()
    np.testing.assert_allclose(rolled(2, 1, 4), [1, -1, 1, -1, 1])


def test_a_weight_used_at_16_places_has_the_sum_as_its_gradient():
    rng = np.random.default_rng(1)
    image, kernel, wanted = rng.normal(size=(6, 6)), rng.normal(size=9), rng.normal(size=(4, 4))

    def loss(weights):
        return ((convolution.convolve2d(image, np.reshape(weights, (3, 3))) - wanted) ** 2).sum()

    cells = 2 * (convolution.convolve2d(image, kernel.reshape(3, 3)) - wanted)
    assert cells.size == 16
    heard = [image[row : row + 4, column : column + 4] * cells for row in range(3) for column in range(3)]
    slopes = exercises.numerical_gradient(loss, kernel, 1e-4)
    np.testing.assert_allclose([one.sum() for one in heard], slopes, rtol=1e-2, atol=1e-2)
    assert not np.allclose([one.mean() for one in heard], slopes, rtol=0.1)
    assert not np.allclose([one.max() for one in heard], slopes, rtol=0.1)
    assert "sum of all 16" in right("gradient_of_a_weight")


def test_the_largest_of_four_hears_alone():
    pool = MaxPool2D(2)
    pool.forward(np.array([[0.3, 0.9], [0.5, 0.1]]).reshape(1, 2, 2, 1))
    back = pool.backward(np.array(2.5).reshape(1, 1, 1, 1))[0, :, :, 0]
    np.testing.assert_array_equal(back, [[0, 2.5], [0, 0]])
    assert pool.count_parameters() == 0
    assert "largest alone" in right("pool_gradient")


def test_200_digits_are_learned_and_others_soon_get_hardly_better():
    data, rng = datasets.digits_8x8(), np.random.default_rng(0)
    images, labels = data.train_images[:200], data.train_labels[:200]
    network = Network([Conv2D(1, 8, 3, rng=rng), ReLU(), MaxPool2D(2), Flatten(), Dense(72, 10, rng)], (8, 8, 1))
    tested = [
        accuracy(network, data.test_images, data.test_labels)
        for step in train(network, images, labels, Adam(0.01), rng, epochs=60, batch_size=20)
        if step.batch == step.batches
    ]
    assert accuracy(network, images, labels) == 1
    assert len(tested) == 60
    assert 0.8 < tested[-1] < 0.99
    assert max(tested[30:]) - min(tested[30:]) < 0.03  # the second half
    assert tested[20] - tested[0] > 0.5
    assert "hardly more" in right("train_and_test")


def test_moved_by_2_pixels_both_lose_and_the_fully_connected_one_by_far_more():
    data, lost = datasets.digits_28x28(), {}
    networks = {
        "convolutional": lambda rng: trained.two_convolutions(8, 12, 5, rng),
        "fully connected": lambda rng: Network([Flatten(), Dense(784, 6, rng), ReLU(), Dense(6, 10, rng)], (28, 28, 1)),
    }
    numbers = {}
    for name, make in networks.items():
        rng = np.random.default_rng(0)
        network = make(rng)
        numbers[name] = network.count_parameters()
        for _ in train(network, data.train_images[:800], data.train_labels[:800], Adam(0.005), rng, epochs=5):
            pass
        images, labels = data.test_images[:500], data.test_labels[:500]
        before = accuracy(network, images, labels)
        sides = [(2, 0), (-2, 0), (0, 2), (0, -2)]
        after = [accuracy(network, np.roll(images, side, (1, 2)), labels) for side in sides]
        lost[name] = before - np.mean(after)
    assert numbers == {"convolutional": 4550, "fully connected": 4780}
    assert 0.03 < lost["convolutional"] < 0.6 * lost["fully connected"]
    assert right("shifted") == "both, the fully connected one by far more"


# --- quiz


def test_backpropagation_changes_no_weight_and_a_step_does():
    data, rng = datasets.digits_8x8(), np.random.default_rng(0)
    network = Network([Flatten(), Dense(64, 10, rng)], (8, 8, 1))
    images, labels = data.train_images[:50], data.train_labels[:50]
    weights = network.layers[1].parameters["weights"].copy()
    before = cross_entropy(predict(network, images), labels)
    network.learn(cross_entropy_gradient(network.forward(images, training=True), labels))
    np.testing.assert_array_equal(network.layers[1].parameters["weights"], weights)
    assert np.any(network.layers[1].gradients["weights"])
    assert cross_entropy(predict(network, images), labels) == before
    SGD(0.1).step(network)
    assert cross_entropy(predict(network, images), labels) < before
    assert "nothing in the network" in right("what_goes_back")


def test_a_lower_training_loss_can_come_with_fewer_right_and_with_more():
    data, found = datasets.digits_8x8(), []
    for count, epochs in [(60, 60), (1000, 5), (60, 3)]:
        rng = np.random.default_rng(0)
        network = Network([Flatten(), Dense(64, 10, rng)], (8, 8, 1))
        images, labels = data.train_images[:count], data.train_labels[:count]
        for _ in train(network, images, labels, Adam(0.01), rng, epochs, 20):
            pass
        loss = cross_entropy(predict(network, images), labels)
        found.append((loss, accuracy(network, data.test_images, data.test_labels)))
    few, many, short = found
    assert few[0] < many[0]
    assert few[1] < many[1]  # lower loss, fewer right
    assert few[0] < short[0]
    assert few[1] > short[1]  # lower loss, more right
    assert "cannot be said" in right("lower_loss")


def test_the_numbers_of_the_shared_weight():
    shared = question("shared_weight")
    pixels, gradients = np.array([3, 1, 0, 4]), np.array([2, -3, 9, 1])
    assert "3, 1, 0 and 4" in shared.text
    assert "2, −3, 9 and 1" in shared.text
    products = pixels * gradients
    assert products.tolist() == [6, -3, 0, 4]
    assert products.sum() == int(right("shared_weight")) == 7
    assert shared.why.startswith("6 − 3 + 0 + 4.")
    assert dict(shared.slips).keys() == {
        products.mean(),
        products.max(),
        products[-1],
        gradients.sum(),
        pixels.sum(),
        np.abs(products).sum(),
        np.maximum(products, 0).sum(),
        pixels.sum() * gradients.sum(),
        -products.sum(),
        (pixels + gradients).sum(),
    }
    assert products[0] == products.max()


def test_what_does_not_fit_into_the_networks_numbers():
    stores = question("what_it_stores")
    text = str(stores.for_browser())
    count = trained.digits().count_parameters()
    assert count == 4550
    assert len(datasets.digits_28x28().train_images) == 4000
    assert 1 <= count / 4000 < 1.2  # about one number a picture
    assert 10 * 28 * 28 == 7840 > count
    assert all(number in text for number in ("4550", "4000", "7840", "784 "))


def test_three_parts_are_the_answer_to_which_rate():
    assert "set aside for choosing" in right("which_rate")


# --- a gradient by trying


@pytest.mark.parametrize("number", range(len(exercises.GRADIENT.cases)))
def test_a_small_step_finds_the_true_gradient(number):
    loss, numbers, _ = exercises.GRADIENT.cases[number]
    true = [
        lambda n: [2 * n[0] * n[1], n[0] ** 2],
        lambda n: [n[1] ** 3, 3 * n[0] * n[1] ** 2, -8 * n[2]],
        lambda n: [-3 * n[0] ** 2 * n[1], -(n[0] ** 3)],
        lambda n: [np.exp(n[0]), n[2] * n[3] ** 3, n[1] * n[3] ** 3, 3 * n[1] * n[2] * n[3] ** 2],
        lambda n: [4, -2.5],
    ][number]
    np.testing.assert_allclose(exercises.numerical_gradient(loss, numbers, 1e-4), true(numbers), atol=1e-5)


def test_the_loss_takes_lists_as_well_and_steps_are_exact():
    for loss, numbers, step in exercises.GRADIENT.cases:
        assert loss(numbers.tolist()) == loss(numbers)
        assert (numbers + step - step == numbers).all()  # who puts back by adding is not told of a change


def test_numerical_gradient_finds_what_backpropagation_finds():
    data, rng = datasets.digits_8x8(), np.random.default_rng(3)
    dense = Dense(64, 10, rng)
    dense.parameters["weights"] = dense.parameters["weights"].astype(float)
    network = Network([Flatten(), dense], (8, 8, 1))
    images, labels = data.train_images[:20].astype(float), data.train_labels[:20]
    network.learn(cross_entropy_gradient(network.forward(images, training=True), labels))

    def loss(bias):
        dense.parameters["bias"] = bias
        return cross_entropy(network.forward(images), labels)

    by_trying = exercises.numerical_gradient(loss, np.zeros(10), 1e-3)
    np.testing.assert_allclose(by_trying, dense.gradients["bias"], atol=1e-4)


def test_twice_4550_losses():
    asked = []
    exercises.numerical_gradient(lambda n: asked.append(1) or 0.0, np.zeros(7), 0.1)
    assert len(asked) == 2 * 7
    assert 2 * trained.digits().count_parameters() == 9100
    assert "9,100 times for a network of 4,550" in exercises.GRADIENT.why.replace("\n", " ")


def test_a_gradient_that_changes_its_numbers_is_told_so():
    def changing(loss, numbers, step):
        gradient = exercises.numerical_gradient(loss, numbers, step)
        numbers -= 0.5 * gradient
        return gradient

    verdict = judge(exercises.GRADIENT, changing)
    assert (verdict.outcome, verdict.diagnosis) == (NOT_YET, "input changed in place")


# --- the gradient of a filter


@pytest.mark.parametrize(("image", "gradient"), exercises.FILTER.cases)
def test_the_filters_gradient_is_that_of_the_courses_layer(image, gradient):
    shape = np.subtract(image.shape, gradient.shape) + 1
    layer = Conv2D(1, 1, tuple(int(n) for n in shape))
    layer.forward(image.astype(float)[np.newaxis, :, :, np.newaxis])
    layer.learn(gradient[np.newaxis, :, :, np.newaxis])
    np.testing.assert_allclose(exercises.filter_gradient(image, gradient), layer.gradients["weights"][:, :, 0, 0])


@pytest.mark.parametrize(("image", "gradient"), exercises.FILTER.cases)
def test_the_gradient_slides_over_the_image_like_a_kernel(image, gradient):
    slid = convolution.convolve2d(image, gradient)
    np.testing.assert_allclose(exercises.filter_gradient(image, gradient), slid, atol=1e-3)


def test_a_bias_hears_the_sum_of_the_gradient():
    image, gradient = exercises.FILTER.cases[0]
    layer = Conv2D(1, 1, (3, 5))
    layer.forward(image[np.newaxis, :, :, np.newaxis])
    layer.learn(gradient[np.newaxis, :, :, np.newaxis])
    assert layer.gradients["bias"][0] == gradient.sum()


def test_the_hint_of_three_rows():
    assert 5 - 3 + 1 == 3
    assert "makes 3 rows of 5" in exercises.FILTER.hints[1]


# --- three learning rates


@pytest.mark.parametrize("name", "ABC")
def test_the_three_curves_are_those_of_real_training(name):
    losses, _, _ = learned_at(exercises.RATES[name])
    np.testing.assert_allclose(losses[::3], exercises.CURVES[name], rtol=0.01, atol=0.011)
    assert len(losses) == 46  # before the first step, and after 45


def learned_at(rate):
    """Return the losses of 45 steps at a rate, the network and its pictures."""
    data, rng = datasets.digits_8x8(), np.random.default_rng(0)
    images, labels = data.train_images[:200], data.train_labels[:200]
    network = Network([Flatten(), Dense(64, 16, rng), ReLU(), Dense(16, 10, rng)], (8, 8, 1))
    optimizer = SGD(rate)
    return [learn_from(network, images, labels, optimizer)[0] for _ in range(46)], network, images


def test_thrown_out_of_the_valley_it_gives_all_digits_about_the_same_share():
    _, network, images = learned_at(exercises.RATES["A"])
    logits = predict(network, images)
    shares = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    assert 0.05 < shares.min() <= shares.max() < 0.15
    assert round(-np.log(1 / 10), 2) == 2.3 == exercises.CURVES["A"][-1]
    hidden = network.layers[2].forward(network.layers[1].forward(network.layers[0].forward(images)))
    assert not hidden.any()  # so no gradient gets through: it never comes back


def test_the_numbers_in_the_sentences_on_the_rates():
    said = " ".join(
        [exercises.THREE, *exercises.LEARNING_RATE.hints, *(one.says for one in exercises.LEARNING_RATE.slips)]
    )
    assert max(exercises.CURVES["A"]) == 111.92
    assert exercises.CURVES["C"][-1] == 0.42
    assert exercises.RATES == {"A": 8, "B": 0.001, "C": 0.5}
    assert all(number in said for number in ("111.92", "0.42", "0.001", "0.5", "45 steps", "200 digits"))
    assert {curve[0] for curve in exercises.CURVES.values()} == {2.37}
    assert max(exercises.CURVES["B"]) - min(exercises.CURVES["B"]) < 0.03
    assert exercises.CURVES["C"] == sorted(exercises.CURVES["C"], reverse=True)


@pytest.mark.parametrize(
    ("rates", "says"),
    [
        ([8, 7, 0.5], "7 is none of the three rates"),
        ([8, 0.5, 0.5], "One rate stands there twice"),
        ([0.001, 0.001, 0.001], "all three the same rate"),
        ([80, 0.001, 0.5], "a 0 too many"),
        ([8, 0.001, 0], "still a 0"),
        ([2, 1, 3], "You number them"),
    ],
)
def test_other_rates_hear_what_is_wrong(rates, says):
    verdict = judge(exercises.LEARNING_RATE, rates)
    assert verdict.outcome == NOT_YET
    assert says in verdict.says


# --- the data leak


def test_each_case_of_the_leak_is_found_by_comparing_all_pixels():
    for train_, test_ in exercises.LEAKED.cases:
        found = [i for i, one in enumerate(test_.tolist()) if one in train_.tolist()]
        assert exercises.leaked(train_, test_) == found
    sizes = [len(exercises.leaked(*case)) for case in exercises.LEAKED.cases]
    assert 0 in sizes  # none at all
    assert max(sizes) >= 3


def test_moved_copies_made_before_the_split_leak_and_those_made_after_do_not():
    rng, images = np.random.default_rng(0), datasets.digits_8x8().train_images[:40]
    copies = np.concatenate([images, images])
    order = rng.permutation(len(copies))
    cut = 60
    early = exercises.leaked(*(copies[part].reshape(-1, 64) for part in (order[:cut], order[cut:])))
    assert len(early) > 10
    assert exercises.leaked(*(part.reshape(-1, 64) for part in (images[:30], images[30:]))) == []
    assert moved(images, rng).shape == images.shape


def test_a_row_of_pictures_need_not_be_sorted_but_the_numbers_must_be():
    assert judge(exercises.LEAKED, lambda train, test: set(exercises.leaked(train, test))).outcome == CORRECT
    assert judge(exercises.LEAKED, lambda train, test: exercises.leaked(train, test)[::-1]).diagnosis == "from behind"


# --- bug hunt


def in_both(writers):
    """Return the people who are in both parts."""
    marks = exercises.split_by_writer(writers)
    return set(writers[marks == 1].tolist()) & set(writers[marks == 0].tolist())


def test_a_fifth_rounded_up_is_for_the_test():
    for count in range(1, 40):
        assert exercises.split_by_writer(np.arange(count)).sum() == -(-count // 5)


def test_the_example_is_split_well_and_the_evidence_is_not():
    shown = re.search(r"\[[\d, ]+\] is split well", exercises.BY_WRITER.stub).group()
    example = np.array([int(number) for number in re.findall(r"\d+", shown)])
    assert example.tolist() == [3, 3, 3, 3, 5, 5, 5, 5, 9, 9]
    assert not in_both(example)
    assert judge(exercises.BY_WRITER, example).outcome == NOT_YET
    assert in_both(np.array([3, 3, 3, 5, 5])) == {5}


def test_evidence_is_taken_where_somebody_is_in_both_parts_and_only_there():
    rng = np.random.default_rng(5)
    outcomes = set()
    for _ in range(300):
        writers = rng.integers(0, rng.integers(2, 6), rng.integers(1, 12))
        outcome = judge(exercises.BY_WRITER, writers).outcome
        wanted = CORRECT if in_both(writers) and len(set(writers.tolist())) > 1 else NOT_YET
        assert outcome == wanted, writers
        outcomes.add(outcome)
    assert outcomes == {CORRECT, NOT_YET}
