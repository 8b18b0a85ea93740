"""A kernel that goes downhill, against SciPy's least squares and against the loss as it is defined."""

import numpy as np
import pytest
from scipy.optimize import lsq_linear

from helpers.backward import kernel_gradient
from helpers.convolution import convolve2d
from helpers.descent import CELLS, descend, kernel_losses, landscape, mean_square, stepped, take, trail

RNG = np.random.default_rng(12)
IMAGE = RNG.uniform(-1, 1, (9, 12))
TRUE = np.array([[1, 0, -1], [2, 0.5, -2]])
WANTED = convolve2d(IMAGE, TRUE)


def loss(kernel, wanted=WANTED):
    """Return the mean of squared errors, as it is defined."""
    return ((convolve2d(IMAGE, kernel) - wanted) ** 2).mean()


def test_a_kernel_comes_back_to_what_has_made_the_picture():
    path = descend(IMAGE, WANTED, np.zeros((2, 3)), 1.2, 300)
    assert path.shape == (301, 2, 3)
    np.testing.assert_allclose(path[-1], TRUE, atol=1e-6)
    assert (np.diff(kernel_losses(IMAGE, WANTED, path)[:20]) < 0).all()


def test_where_nothing_fits_exactly_it_comes_to_the_least_squares():
    wanted = WANTED + RNG.normal(size=WANTED.shape)
    table = np.lib.stride_tricks.sliding_window_view(IMAGE, (2, 3)).reshape(-1, 6)
    best = lsq_linear(table, wanted.ravel()).x.reshape(2, 3)
    np.testing.assert_allclose(descend(IMAGE, wanted, np.ones((2, 3)), 1.2, 400)[-1], best, atol=1e-6)


def test_a_step_is_the_gradient_times_the_rate():
    start = RNG.normal(size=(2, 3))
    by_cell = 2 * (convolve2d(IMAGE, start) - WANTED) / WANTED.size
    once = stepped(start, kernel_gradient(IMAGE, by_cell), 0.3)
    np.testing.assert_allclose(descend(IMAGE, WANTED, start, 0.3, 1)[1], once, rtol=1e-12)


def test_a_rate_too_large_runs_away_and_stays():
    path = descend(IMAGE, WANTED, np.zeros((2, 3)), 50, 1000)
    assert np.isfinite(path).all()
    assert 1e6 < np.abs(path[-1]).max() < 1e9
    np.testing.assert_array_equal(path[-1], path[-2])
    assert kernel_losses(IMAGE, WANTED, path)[5] > loss(path[0])


def test_losses_are_means_of_squares():
    kernels = RNG.normal(size=(4, 2, 3))
    np.testing.assert_allclose(kernel_losses(IMAGE, WANTED, kernels), [loss(one) for one in kernels])


def test_the_landscape_is_the_loss_with_two_weights_changed():
    kernel = RNG.normal(size=(2, 3))
    losses = landscape(IMAGE, WANTED, kernel, across=2, down=3, reach=4.0)
    for row, column in [(0, 0), (7, 31), (CELLS - 1, 20)]:
        other = kernel.copy()
        other[0, 2], other[1, 0] = column / 5 - 4, row / 5 - 4
        assert losses[row, column] == pytest.approx(loss(other))
    assert losses.shape == (41, 41)


def test_the_trail_leads_through_the_landscape():
    losses = landscape(IMAGE, WANTED, TRUE, across=0, down=3, reach=4.0)
    row, column = np.unravel_index(losses.argmin(), losses.shape)
    np.testing.assert_allclose(trail([TRUE], 0, 3, 4.0), [[row + 0.5, column + 0.5]], atol=1e-5)


def test_mean_square_is_the_loss():
    start = RNG.normal(size=(2, 3))
    assert mean_square(convolve2d(IMAGE, start), WANTED) == pytest.approx([loss(start)])


def test_taking_stops_at_the_last():
    stack = RNG.normal(size=(4, 2, 3, 1))
    for which, expected in [(0, 0), (3, 3), (9, 3)]:
        np.testing.assert_array_equal(take(stack, which), stack[expected])


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (
            lambda: descend(IMAGE, WANTED, np.zeros((3, 3)), 1, 1),
            r"makes the shape \(7, 10\); what is wanted has \(8, 10",
        ),
        (lambda: descend(IMAGE, WANTED, np.zeros((2, 3)), 1, 10**6), "number of steps must be at most 1000"),
        (lambda: descend(IMAGE, WANTED, np.zeros((20, 3)), 1, 1), "a 20x3 kernel does not fit into a 9x12 image"),
        (lambda: kernel_losses(IMAGE, WANTED, TRUE), "kernels have 3 axes"),
        (lambda: trail(TRUE, 0, 1, 4.0), "kernels have 3 axes"),
        (lambda: trail([TRUE], 0, 6, 4.0), "weight down must be at most 5"),
        (lambda: landscape(IMAGE, WANTED, TRUE, -1, 1, 4.0), "weight across must be at least 0"),
        (lambda: landscape(IMAGE[..., np.newaxis], WANTED, TRUE, 0, 1, 4.0), "have 2 axes"),
        (lambda: stepped(TRUE, TRUE.T, 1), r"needs its gradient, but the shapes are \(2, 3\) and \(3, 2\)"),
        (lambda: mean_square(TRUE, TRUE.T), "must have the same shape"),
        (lambda: take([1, 2], 0), "nothing to take from"),
        (lambda: take([[1], [2]], -1), "the place must be at least 0"),
    ],
)
def test_what_does_not_fit_is_refused(call, sentence):
    with pytest.raises(ValueError, match=sentence):
        call()
