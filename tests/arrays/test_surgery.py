"""Silence, exchange, paste and quantize: what they change and what they leave, and what they refuse."""

import numpy as np
import pytest

from helpers.neurons import naive_softmax, softmax
from helpers.surgery import exchange, paste, quantize, silence


@pytest.fixture
def weights():
    return np.random.default_rng(4).normal(size=(3, 5, 2, 4)).astype(np.float32)


def test_one_filter_is_silenced_and_no_other(weights):
    silent = silence(weights, 2)
    assert not silent[..., 2].any()
    np.testing.assert_array_equal(np.delete(silent, 2, axis=-1), np.delete(weights, 2, axis=-1))


def test_minus_one_is_none_of_them(weights):
    for changed in (
        silence(weights, -1),
        exchange(weights, -1, 2),
        exchange(weights, 2, -1),
        paste(weights, -1, [[1]]),
    ):
        np.testing.assert_array_equal(changed, weights)
        assert changed is not weights


def test_two_filters_change_places_and_back(weights):
    changed = exchange(weights, 0, 3)
    np.testing.assert_array_equal(changed[..., 0], weights[..., 3])
    np.testing.assert_array_equal(exchange(changed, 3, 0), weights)


def test_what_is_pasted_lies_in_the_middle_and_is_as_loud(weights):
    kernel = np.array([[1, 0, -1]])
    pasted = paste(weights, 1, kernel)[..., 1]
    assert np.abs(pasted).sum() == pytest.approx(np.abs(weights[..., 1]).sum(), rel=1e-5)
    assert not pasted[0].any()
    assert not pasted[1, 0].any()
    np.testing.assert_allclose(pasted[1, 1:4] / pasted[1, 1], kernel.T * np.ones(2), atol=1e-6)


@pytest.mark.parametrize("bits", [1, 2, 5, 8])
def test_few_bits_leave_few_numbers_near_what_was_there(weights, bits):
    coarse = quantize(weights, bits)
    largest = np.abs(weights).max()
    assert len(np.unique(coarse)) <= 2**bits
    assert np.abs(coarse - weights).max() <= largest / (2**bits - 1) * (1 + 1e-5)
    assert np.abs(coarse).max() == pytest.approx(largest, rel=1e-6)


def test_nothing_is_left_of_nothing():
    assert not quantize(np.zeros((2, 3)), 4).any()


@pytest.mark.parametrize(
    ("act", "sentence"),
    [
        (lambda w: silence(w, 4), "the filter must be at most 3, not 4"),
        (lambda w: exchange(w, 0, -2), "the filter must be at least -1, not -2"),
        (lambda w: paste(w, 0, np.ones((4, 1))), "a 4x1 kernel does not fit into one of 3x5"),
        (lambda w: paste(w, 0, np.zeros((1, 1))), "this kernel is 0 everywhere"),
        (lambda w: paste(w[0, 0], 0, [[1]]), "weights have 4 axes and a kernel has 2, not 2 and 2"),
        (lambda w: quantize(w, 0), "the number of bits must be at least 1, not 0"),
    ],
)
def test_what_cannot_be_is_said(weights, act, sentence):
    with pytest.raises(ValueError, match=sentence):
        act(weights)


def test_the_formula_of_the_books_is_right_until_it_overflows():
    logits = np.float32([3, -1, 0.5])
    np.testing.assert_allclose(naive_softmax(logits), softmax(logits), rtol=1e-6)
    assert np.isnan(naive_softmax(np.float32([89, 0])))[0]
    with pytest.raises(ValueError, match="a row of numbers is needed, not 2 axes"):
        naive_softmax([[1, 2]])
