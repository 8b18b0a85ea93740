"""Going back: how much the loss would change with each number that came in, if it is known for each that came out.

Three pieces are all that a convolutional network needs: a weight adds up over every place where it was used, ReLU lets
nothing through where it has cut off, and max pooling tells the winner alone. The layers do the same for whole batches.

Source: D. Rumelhart, G. Hinton and R. Williams, "Learning representations by back-propagating errors", 1986.
"""

import numpy as np

from helpers.arrays import picture
from helpers.convolution import windows
from helpers.pooling import max_pool2d
from helpers.sizes import by


def kernel_gradient(image, gradient, factor=1):
    """Return the gradient by each weight of a kernel: pixel times gradient, added up over all places of the weight.

    Parameters
    ----------
    image : ndarray of shape (M, N) or (M, N, C)
        What the kernel was slid over; no padding, stride 1.
    gradient : ndarray of shape (R, S) or (R, S, C)
        The gradient by each cell that it has made.
    factor : float
        What all sums are multiplied by; 2 / (R * S) for the mean of squares, if `gradient` is what was too much.

    Returns
    -------
    ndarray of shape (M - R + 1, N - S + 1) or (M - R + 1, N - S + 1, C)
        As large as the kernel.

    Raises
    ------
    ValueError
        If there are more cells than places in the picture, or not as many channels.

    Examples
    --------
    >>> kernel_gradient([[1, 2, 3], [4, 5, 6]], [[1, 0], [0, 10]])  # by a kernel of 1 x 2
    array([[51., 62.]], dtype=float32)
    """
    image, gradient = picture(image), picture(gradient)
    if image.shape[2:] != gradient.shape[2:]:
        raise ValueError(f"the gradient needs as many channels as the image, not {image.shape} and {gradient.shape}")
    if gradient.shape[0] > image.shape[0] or gradient.shape[1] > image.shape[1]:
        made, source = by(gradient.shape[:2]), by(image.shape[:2])
        raise ValueError(f"a {source} image has fewer places than the {made} of the gradient")
    pixels, cells = np.atleast_3d(image).astype(np.float64), np.atleast_3d(gradient)
    seen = windows(pixels, cells.shape[:2])  # for each weight, all pixels that it was laid over
    sums = factor * np.einsum("abrsc,rsc->abc", seen, cells)
    shape = sums.shape if image.ndim == 3 else sums.shape[:2]
    return sums.reshape(shape).astype(np.result_type(image, gradient))


def relu_gradient(images, gradient):
    """Return the gradient by what went into ReLU: the door is shut where it has cut off.

    Parameters
    ----------
    images : ndarray of shape (M, N) or (M, N, C)
        What went in.
    gradient : ndarray of the same shape
        The gradient by what came out.

    Returns
    -------
    ndarray of the same shape

    Raises
    ------
    ValueError
        If the shapes differ.

    Examples
    --------
    >>> relu_gradient([[-3, 0, 2]], [[5, 6, 7]])
    array([[0., 0., 7.]], dtype=float32)
    """
    images, gradient = picture(images), picture(gradient)
    if images.shape != gradient.shape:
        raise ValueError(f"images and gradient must have the same shape, not {images.shape} and {gradient.shape}")
    return np.where(images > 0, gradient, gradient.dtype.type(0))


def max_pool_gradient(images, gradient, kernel_size):
    """Return the gradient by what went into max pooling: each winner hears all, nobody else anything.

    Parameters
    ----------
    images : ndarray of shape (M, N) or (M, N, C)
        What went in; windows stood side by side.
    gradient : ndarray of shape (R, S) or (R, S, C)
        The gradient by each window's largest.
    kernel_size : int

    Returns
    -------
    ndarray shaped like `images`
        Of several largest, the first one in reading order is the winner.

    Raises
    ------
    ValueError
        If there is not one gradient a window.

    Examples
    --------
    >>> max_pool_gradient([[1, 9, 2, 2], [3, 4, 2, 0]], [[5, -7]], 2)
    array([[ 0.,  5., -7.,  0.],
           [ 0.,  0.,  0.,  0.]], dtype=float32)
    """
    images, gradient = picture(images), picture(gradient)
    largest = max_pool2d(images, kernel_size)
    if largest.shape != gradient.shape:
        raise ValueError(f"one gradient a window is needed, {largest.shape}, not {gradient.shape}")
    told = np.zeros(images.shape, gradient.dtype)
    for row, column, *channel in np.ndindex(largest.shape):
        top, left = row * kernel_size, column * kernel_size
        window = images[top : top + kernel_size, left : left + kernel_size, *channel]
        down, across = np.unravel_index(window.argmax(), window.shape)
        told[top + down, left + across, *channel] = gradient[row, column, *channel]
    return told
