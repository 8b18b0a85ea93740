"""Interfering with what a network has learned: silence a filter, exchange two, paste one in, write coarser numbers.

All of it works on weights (kernel row, kernel column, in_channels, out_channels) and on biases (out_channels,) alike:
a filter is a place on the last axis.
"""

import numpy as np

from helpers.arrays import floats
from helpers.sizes import whole_number

MOST_BITS = 16
NOBODY = -1  # the filter that is none


def silence(weights, which):
    """Set all numbers of one filter to 0.

    Parameters
    ----------
    weights : ndarray of shape (..., K)
    which : int
        The filter, counted from 0; -1 is none of them.

    Returns
    -------
    ndarray of the same shape

    Raises
    ------
    ValueError
        If there is no such filter.

    Examples
    --------
    >>> silence([[1, 2, 3], [4, 5, 6]], 1)
    array([[1., 0., 3.],
           [4., 0., 6.]], dtype=float32)
    """
    weights = floats(weights).copy()
    which = filter_number(weights, which)
    if which != NOBODY:
        weights[..., which] = 0
    return weights


def exchange(weights, which, other):
    """Let two filters change places, and so their maps.

    Parameters
    ----------
    weights : ndarray of shape (..., K)
    which, other : int
        Counted from 0; where one of them is -1, nothing changes.

    Returns
    -------
    ndarray of the same shape

    Raises
    ------
    ValueError
        If there is no such filter.

    Examples
    --------
    >>> exchange([[1, 2, 3], [4, 5, 6]], 0, 2)
    array([[3., 2., 1.],
           [6., 5., 4.]], dtype=float32)
    """
    weights = floats(weights).copy()
    pair = [filter_number(weights, one) for one in (which, other)]
    if NOBODY not in pair:
        weights[..., pair] = weights[..., pair[::-1]]
    return weights


def paste(weights, which, kernel):
    """Put a kernel into the middle of one filter, in all its channels, as loud as what was there.

    Parameters
    ----------
    weights : ndarray of shape (A, B, C, K)
    which : int
        Counted from 0; -1 is none of them.
    kernel : ndarray of shape (D, E)
        At most as large as the filter's kernels.

    Returns
    -------
    ndarray of the same shape
        The sum of the pasted filter's weights without their signs is what it was before.

    Raises
    ------
    ValueError
        If there is no such filter, or the kernel does not fit or is 0 everywhere.

    Examples
    --------
    >>> paste(np.full((1, 3, 1, 2), 4), 1, [[1, -2]])[0, :, 0, 1]  # 12 in all, before and after
    array([ 4., -8.,  0.], dtype=float32)
    """
    weights, kernel = floats(weights).copy(), floats(kernel)
    which = filter_number(weights, which)
    if weights.ndim != 4 or kernel.ndim != 2:
        raise ValueError(f"weights have 4 axes and a kernel has 2, not {weights.ndim} and {kernel.ndim}")
    rows, columns, channels, _ = weights.shape
    high, wide = kernel.shape
    if high > rows or wide > columns:
        raise ValueError(f"a {high}x{wide} kernel does not fit into one of {rows}x{columns}")
    loud = float(np.abs(kernel).sum(dtype=float)) * channels
    if loud == 0:
        raise ValueError("this kernel is 0 everywhere: there is nothing to paste")
    if which == NOBODY:
        return weights
    before = float(np.abs(weights[..., which]).sum(dtype=float))
    top, left = (rows - high) // 2, (columns - wide) // 2
    weights[..., which] = 0
    weights[top : top + high, left : left + wide, :, which] = (kernel * (before / loud))[:, :, np.newaxis]
    return weights


def quantize(weights, bits):
    """Write numbers with a few bits: the nearest of ``2 ** bits`` steps from minus the largest to the largest.

    Parameters
    ----------
    weights : ndarray of any shape
    bits : int
        From 1 to 16. With 1 bit there are two numbers.

    Returns
    -------
    ndarray of the same shape

    Raises
    ------
    ValueError
        If the bits are no whole number from 1 to 16.

    Examples
    --------
    >>> quantize([-3, -0.9, 0.2, 3], 2)  # -3, -1, 1, 3
    array([-3., -1.,  1.,  3.])
    """
    weights = floats(weights)
    steps = 2 ** whole_number("number of bits", bits, 1, MOST_BITS) - 1
    largest = float(np.abs(weights).max()) if weights.size else 0
    if largest == 0:
        return weights.copy()
    places = np.floor((weights.astype(float) + largest) / (2 * largest) * steps + 0.5)
    return (places / steps * (2 * largest) - largest).astype(weights.dtype)


def filter_number(weights, which):
    """Return the number of a filter, and see that there is one.

    Parameters
    ----------
    weights : ndarray of shape (..., K)
    which : int

    Returns
    -------
    int

    Raises
    ------
    ValueError
        If there is none.

    Examples
    --------
    >>> filter_number(np.zeros((5, 5, 1, 8)), 8)
    Traceback (most recent call last):
    ValueError: the filter must be at most 7, not 8
    """
    return whole_number("filter", which, NOBODY, weights.shape[-1] - 1)
