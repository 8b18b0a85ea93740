"""Learning in its smallest form: a kernel is to make a wanted picture, and goes downhill, step by step.

The loss is the mean of the squares of all errors. As the numbers of a kernel are only multiplied and added, this loss
is a bowl: all that the picture has to say about it fits into a small table, and each step is quick, whatever the
picture's size.

Source: gradient descent is by A. Cauchy, "Méthode générale pour la résolution des systèmes d'équations simultanées",
1847.
"""

import numpy as np

from helpers.arrays import floats, picture
from helpers.convolution import windows
from helpers.sizes import MOST, output_shape, whole_number

RUN_AWAY = 1e6  # a kernel with a larger number goes no further
CELLS = 41  # rows and columns of a landscape


def descend(image, wanted, start, learning_rate, steps):
    """Change a kernel, step by step, until it makes what is wanted.

    Parameters
    ----------
    image : ndarray of shape (M, N)
    wanted : ndarray of shape (R, S)
        What the kernel should make of it; no padding, stride 1.
    start : ndarray of shape (A, B)
        The kernel to begin with.
    learning_rate : float
        How much of the gradient is taken away in a step.
    steps : int

    Returns
    -------
    ndarray of shape (steps + 1, A, B)
        The kernel at first and after each step. Once one of its numbers is beyond a million it has run away, and stays.

    Raises
    ------
    ValueError
        If the kernel makes another shape than the wanted one.

    Examples
    --------
    >>> descend([[1, 2]], [[3, 6]], start=[[0]], learning_rate=0.1, steps=3).ravel()  # 3 is wanted
    array([0.   , 1.5  , 2.25 , 2.625], dtype=float32)
    """
    whole_number("number of steps", steps, 0, MOST)
    start = picture(start)
    table, pull, _ = bowl(image, wanted, start.shape)
    kernel, path = start.ravel().astype(np.float64), [start.ravel()]
    for _ in range(steps):
        if np.abs(kernel).max() <= RUN_AWAY:
            kernel = kernel - learning_rate * 2 * (table @ kernel - pull)
        path.append(kernel)
    return np.reshape(path, (steps + 1, *start.shape)).astype(start.dtype)


def bowl(image, wanted, kernel_shape):
    """Return the loss as a bowl, ``kernel @ table @ kernel - 2 * kernel @ pull + bottom`` of a kernel laid out flat.

    Parameters
    ----------
    image : ndarray of shape (M, N)
    wanted : ndarray of shape (R, S)
    kernel_shape : (int, int)

    Returns
    -------
    (ndarray of shape (A * B, A * B), ndarray of shape (A * B,), float)
        How much any two places of the window have in common, how much each has with what is wanted, and the mean of
        what is wanted, squared; float64.

    Raises
    ------
    ValueError
        If the kernel makes another shape than the wanted one.

    Examples
    --------
    >>> table, pull, bottom = bowl([[1, 2]], [[3, 6]], (1, 1))
    >>> table.item(), pull.item(), bottom  # 2.5 k² − 15 k + 22.5: at the bottom, 0, where k is 3
    (2.5, 7.5, 22.5)
    """
    image, wanted = picture(image), picture(wanted)
    if image.ndim != 2 or wanted.ndim != 2:
        raise ValueError(f"image and wanted have 2 axes (row, column), not {image.ndim} and {wanted.ndim}")
    places = output_shape(image.shape, kernel_shape)
    if wanted.shape != places:
        raise ValueError(f"this kernel makes the shape {places}; what is wanted has {wanted.shape}")
    seen = windows(image[:, :, np.newaxis].astype(np.float64), kernel_shape).reshape(wanted.size, -1)
    goal = wanted.ravel().astype(np.float64)
    return seen.T @ seen / goal.size, seen.T @ goal / goal.size, float((goal**2).mean())


def kernel_losses(image, wanted, kernels):
    """Return the loss of each of several kernels: the mean of the squares of what is wrong.

    Parameters
    ----------
    image : ndarray of shape (M, N)
    wanted : ndarray of shape (R, S)
    kernels : ndarray of shape (T, A, B)

    Returns
    -------
    ndarray of shape (T,)

    Raises
    ------
    ValueError
        As `bowl`.

    Examples
    --------
    >>> kernel_losses([[1, 2]], [[3, 6]], [[[0]], [[2]], [[3]]])
    array([22.5,  2.5,  0. ], dtype=float32)
    """
    kernels = several(kernels)
    return in_the_bowl(bowl(image, wanted, kernels.shape[1:]), kernels.reshape(len(kernels), -1)).astype(kernels.dtype)


def several(kernels):
    """Return kernels as floats, and see that they are several: 3 axes, or it is a ValueError."""
    kernels = floats(kernels)
    if kernels.ndim != 3:
        raise ValueError(f"kernels have 3 axes (kernel, row, column), not {kernels.ndim}")
    return kernels


def in_the_bowl(terms, kernels):
    """Return the height of a `bowl` at kernels that are laid out flat.

    Parameters
    ----------
    terms : tuple
        As `bowl` returns it.
    kernels : ndarray of shape (T, A * B)

    Returns
    -------
    ndarray of shape (T,), float64
        Never below 0, which only rounding could make.

    Examples
    --------
    >>> in_the_bowl(bowl([[1, 2]], [[3, 6]], (1, 1)), np.array([[1.0]]))
    array([10.])
    """
    table, pull, bottom = terms
    kernels = kernels.astype(np.float64)
    return np.maximum(0, ((kernels @ table) * kernels).sum(axis=1) - 2 * kernels @ pull + bottom)


def landscape(image, wanted, kernel, across, down, reach):
    """Return the loss for many values of two weights, while the others stay as they are.

    Parameters
    ----------
    image : ndarray of shape (M, N)
    wanted : ndarray of shape (R, S)
    kernel : ndarray of shape (A, B)
    across, down : int
        The two weights, counted from 0 in reading order: that of the columns, and that of the rows.
    reach : float
        Both go from -reach to reach.

    Returns
    -------
    ndarray of shape (41, 41)

    Raises
    ------
    ValueError
        As `bowl`, or if there is no such weight.

    Examples
    --------
    >>> losses = landscape([[1, 2, 0]], [[2, 4]], [[0, 0]], across=0, down=1, reach=4)
    >>> divmod(int(losses.argmin()), 41)  # the second weight is 0, the first one 2
    (20, 30)
    """
    kernel = picture(kernel)
    for name, place in (("across", across), ("down", down)):
        whole_number(f"weight {name}", place, 0, kernel.size - 1)
    values = np.linspace(-reach, reach, CELLS)
    kernels = np.tile(kernel.ravel().astype(np.float64), (CELLS, CELLS, 1))
    kernels[:, :, down] = values[:, np.newaxis]
    kernels[:, :, across] = values
    losses = in_the_bowl(bowl(image, wanted, kernel.shape), kernels.reshape(CELLS * CELLS, -1))
    return losses.reshape(CELLS, CELLS).astype(kernel.dtype)


def trail(kernels, across, down, reach):
    """Return where kernels lie in a landscape, in cells: row and column of each.

    Parameters
    ----------
    kernels : ndarray of shape (T, A, B)
    across, down, reach
        As in `landscape`.

    Returns
    -------
    ndarray of shape (T, 2)
        The middle of the first cell is 0.5.

    Raises
    ------
    ValueError
        If there is no such weight.

    Examples
    --------
    >>> trail([[[-4, 0]], [[4, 1]]], across=0, down=1, reach=4)
    array([[20.5,  0.5],
           [25.5, 40.5]], dtype=float32)
    """
    kernels = several(kernels)
    numbers = kernels.reshape(len(kernels), -1)
    for name, place in (("across", across), ("down", down)):
        whole_number(f"weight {name}", place, 0, numbers.shape[1] - 1)
    return ((numbers[:, [down, across]] + reach) / (2 * reach) * (CELLS - 1) + 0.5).astype(kernels.dtype)


def mean_square(first, second):
    """Return the mean of the squares of all differences: the loss.

    Parameters
    ----------
    first, second : ndarray of the same shape

    Returns
    -------
    ndarray of shape (1,)

    Raises
    ------
    ValueError
        If the shapes differ.

    Examples
    --------
    >>> mean_square([[1, 2, 3]], [[1, 5, 0]])
    array([6.], dtype=float32)
    """
    first, second = floats(first), floats(second)
    if first.shape != second.shape:
        raise ValueError(f"the two pictures must have the same shape, not {first.shape} and {second.shape}")
    mean = np.square(first.astype(np.float64) - second).mean(keepdims=True).ravel()
    return mean.astype(np.result_type(first, second))


def stepped(first, gradient, learning_rate):
    """Return numbers after one step downhill.

    Parameters
    ----------
    first : ndarray
        What the numbers are.
    gradient : ndarray of the same shape
    learning_rate : float

    Returns
    -------
    ndarray of the same shape
        ``first - learning_rate * gradient``

    Raises
    ------
    ValueError
        If the shapes differ.

    Examples
    --------
    >>> stepped([[2, -1]], [[3, -4]], 0.5)
    array([[0.5, 1. ]], dtype=float32)
    """
    first, gradient = floats(first), floats(gradient)
    if first.shape != gradient.shape:
        raise ValueError(f"each number needs its gradient, but the shapes are {first.shape} and {gradient.shape}")
    return (first - learning_rate * gradient).astype(first.dtype)


def take(stack, which):
    """Take one of several arrays that lie one behind the other: the kernel after so many steps.

    Parameters
    ----------
    stack : ndarray of shape (T, ...)
    which : int
        Counted from 0; what is beyond the last one is the last one.

    Returns
    -------
    ndarray of shape (...)

    Raises
    ------
    ValueError
        If `stack` has fewer than two axes, or `which` is below 0.

    Examples
    --------
    >>> take([[1, 2], [3, 4], [5, 6]], 1)
    array([3., 4.], dtype=float32)
    """
    stack = floats(stack)
    if stack.ndim < 2:
        raise ValueError("there is nothing to take from: arrays one behind the other have at least 2 axes")
    whole_number("place", which, 0)
    return stack[min(which, len(stack) - 1)].copy()
