"""Making feature maps smaller: one number stands for each window, its largest or its mean.

Pooling has no weights to learn, and it never mixes channels: each one is pooled on its own.

The largest number of a window is the largest of its columns' largest numbers, and so with sums. So each window is
first made one row high, then one column wide: for a 3x3 window 2 + 2 steps, where cell by cell there were 8.

Sources: average pooling as subsampling in Y. LeCun et al., "Gradient-based learning applied to document
recognition", 1998; max pooling in M. Riesenhuber and T. Poggio, "Hierarchical models of object recognition in
cortex", 1999.
"""

import numpy as np

from helpers.arrays import pictures
from helpers.convolution import surround
from helpers.sizes import by, output_shape, window_numbers


def max_pool2d(images, kernel_size, stride=None, padding=0):
    """Keep the largest number of each window.

    Parameters
    ----------
    images : ndarray of shape (M, N), (M, N, C) or (L, M, N, C)
    kernel_size : int
        Rows and columns of the window.
    stride : int, optional
        Step of the window; as large as the window if left out.
    padding : int
        Width of the ring added on each side, at most half a window.
        It holds minus infinity, which never wins.

    Returns
    -------
    ndarray of shape (R, S), (R, S, C) or (L, R, S, C)
        ``R = output_size(M, kernel_size, stride, padding)`` and ``S = output_size(N, ...)``

    Raises
    ------
    ValueError
        If the window does not fit or the padding is more than half of it.

    Examples
    --------
    >>> max_pool2d([[0, 1, 2, 3, 4], [10, 11, 12, 13, 14]], 2)  # column 4 is left over
    array([[11., 13.]], dtype=float32)
    """
    return pool(np.maximum, images, kernel_size, stride, padding, -np.inf)


def avg_pool2d(images, kernel_size, stride=None, padding=0):
    """Take the mean of each window.

    Parameters
    ----------
    images : ndarray of shape (M, N), (M, N, C) or (L, M, N, C)
    kernel_size : int
        Rows and columns of the window.
    stride : int, optional
        Step of the window; as large as the window if left out.
    padding : int
        Width of the ring added on each side, at most half a window. It holds zeros, and they count: the sum
        is always divided by ``kernel_size ** 2`` (in PyTorch `count_include_pad=True`, its default).

    Returns
    -------
    ndarray of shape (R, S), (R, S, C) or (L, R, S, C)
        ``R = output_size(M, kernel_size, stride, padding)`` and ``S = output_size(N, ...)``

    Raises
    ------
    ValueError
        If the window does not fit or the padding is more than half of it.

    Examples
    --------
    >>> avg_pool2d([[0, 1, 2, 3, 4], [10, 11, 12, 13, 14]], 2)  # (0 + 1 + 10 + 11) / 4
    array([[5.5, 7.5]], dtype=float32)
    """
    total = pool(np.add, images, kernel_size, stride, padding, 0)
    total /= kernel_size**2
    return total


def global_avg_pool2d(images):
    """Take the mean of each channel: one number stands for a whole feature map.

    Parameters
    ----------
    images : ndarray of shape (M, N), (M, N, C) or (L, M, N, C)

    Returns
    -------
    ndarray of shape (), (C,) or (L, C)

    Raises
    ------
    ValueError
        If there are not 2, 3 or 4 axes, or no pixels.

    Examples
    --------
    >>> image = np.array([[0, 1, 2], [10, 11, 12]])
    >>> global_avg_pool2d(np.stack([image, 100 + image], axis=-1))
    array([  6., 106.], dtype=float32)
    """
    images = pictures(images)
    return images.mean(axis=(0, 1) if images.ndim == 2 else (-3, -2))


def pool(combine, images, kernel_size, stride, padding, around):
    """Combine the numbers of each window into one: first down its columns, then across.

    Parameters
    ----------
    combine : numpy.ufunc of two arrays
        `numpy.maximum` or `numpy.add`.
    images, kernel_size, stride, padding
        As in `max_pool2d`.
    around : float
        What the padding holds.

    Returns
    -------
    ndarray of shape (R, S), (R, S, C) or (L, R, S, C)

    Raises
    ------
    ValueError
        As `max_pool2d`.

    Examples
    --------
    >>> pool(np.add, [[0, 1, 2], [10, 11, 12]], 2, 1, 0, 0)
    array([[22., 26.]], dtype=float32)
    """
    images, kernel_size, stride, padding = checked(images, kernel_size, stride, padding)
    stacked = images[..., np.newaxis] if images.ndim == 2 else images
    padded = surround(stacked, padding, around)
    rows, columns = (length - kernel_size + 1 for length in padded.shape[-3:-1])
    down = gathered(combine, [padded[..., i : i + rows : stride, :, :] for i in range(kernel_size)])
    across = gathered(combine, [down[..., i : i + columns, :] for i in range(kernel_size)])
    pooled = across if stride == 1 else across.take(range(0, columns, stride), axis=-2)
    return pooled[..., 0] if images.ndim == 2 else pooled


def gathered(combine, parts):
    """Combine arrays of one shape, one after the other, in a single new one.

    Parameters
    ----------
    combine : numpy.ufunc of two arrays
    parts : list of ndarray

    Returns
    -------
    ndarray

    Examples
    --------
    >>> gathered(np.maximum, [np.array([0, 5]), np.array([3, 4])])
    array([3, 5])
    """
    first, *others = parts
    result = first.copy()
    for part in others:
        combine(result, part, out=result)
    return result


def checked(images, kernel_size, stride, padding):
    """Return the arguments of pooling as floats and ints, and see that they go together.

    Parameters
    ----------
    images, kernel_size, stride, padding
        As in `max_pool2d`.

    Returns
    -------
    (ndarray, int, int, int)

    Raises
    ------
    ValueError
        As `max_pool2d`.

    Examples
    --------
    >>> checked(np.zeros((4, 5)), 2, None, 2)
    Traceback (most recent call last):
    ValueError: a padding of 2 is too much for a 2x2 window; use at most 1
    """
    images = pictures(images)
    stride = kernel_size if stride is None else stride
    kernel_size, stride, padding, _ = window_numbers(kernel_size, stride, padding, 1)
    if padding > kernel_size // 2:
        window = by((kernel_size, kernel_size))
        raise ValueError(f"a padding of {padding} is too much for a {window} window; use at most {kernel_size // 2}")
    rows_and_columns = images.shape[:2] if images.ndim == 2 else images.shape[-3:-1]
    output_shape(rows_and_columns, (kernel_size, kernel_size), stride, padding, window="window")
    return images, kernel_size, stride, padding
