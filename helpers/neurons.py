"""What a network does between its windows: cut off below 0, scale, lay out flat, weigh everything, compare.

Sources: the rectified linear unit in V. Nair and G. Hinton, "Rectified linear units improve restricted Boltzmann
machines", 2010; softmax in J. Bridle, "Probabilistic interpretation of feedforward classification network outputs",
1990.
"""

import numpy as np

from helpers.arrays import floats


def relu(images):
    """Replace every negative number by 0.

    Parameters
    ----------
    images : ndarray of any shape

    Returns
    -------
    ndarray of the same shape

    Examples
    --------
    >>> relu([[-3, 0, 2], [0.5, -0.5, 10]])
    array([[ 0. ,  0. ,  2. ],
           [ 0.5,  0. , 10. ]])
    """
    images = floats(images)
    return np.maximum(images, images.dtype.type(0))


def scale_and_shift(images, scale, shift):
    """Multiply each channel by a number of its own and add another one, as normalization does.

    Parameters
    ----------
    images : ndarray of shape (M, N, C) or (L, M, N, C)
    scale, shift : array_like of shape (C,)

    Returns
    -------
    ndarray of the same shape

    Raises
    ------
    ValueError
        If there are not 3 or 4 axes, or not one number for each channel.

    Examples
    --------
    >>> scale_and_shift([[[1, 10], [2, 20]]], scale=[2, 0.5], shift=[0, -5])
    array([[[2., 0.],
            [4., 5.]]], dtype=float32)
    """
    images, scale, shift = floats(images), floats(scale), floats(shift)
    if images.ndim not in (3, 4):
        axes = "3 axes (row, column, channel) or 4 (image, row, column, channel)"
        raise ValueError(f"images have {axes}, not {images.ndim}")
    for name, values in (("scale", scale), ("shift", shift)):
        if values.shape != images.shape[-1:]:
            needed = f"the {name} must have the shape {images.shape[-1:]}, one number a channel"
            raise ValueError(f"{needed}, not {values.shape}")
    return images * scale.astype(images.dtype) + shift.astype(images.dtype)


def flatten(images):
    """Lay the numbers of feature maps out in one row: row by row, the channels of a place side by side.

    Parameters
    ----------
    images : ndarray of shape (M, N) or (M, N, C)

    Returns
    -------
    ndarray of shape (M * N * C,)

    Raises
    ------
    ValueError
        If it has not 2 or 3 axes.

    Examples
    --------
    >>> flatten([[[0, 100], [1, 101]], [[10, 110], [11, 111]]])
    array([  0., 100.,   1., 101.,  10., 110.,  11., 111.], dtype=float32)
    """
    images = floats(images)
    if images.ndim not in (2, 3):
        raise ValueError(f"feature maps have 2 axes (row, column) or 3 (row, column, channel), not {images.ndim}")
    return images.reshape(-1)


def dense(numbers, weights, bias=None):
    """Weigh all numbers and add them up, once for each output.

    Parameters
    ----------
    numbers : ndarray of shape (N,)
    weights : ndarray of shape (N, K)
    bias : array_like of shape (K,), optional

    Returns
    -------
    ndarray of shape (K,)

    Raises
    ------
    ValueError
        If the lengths do not agree.

    Examples
    --------
    >>> dense([1, 2, 3], [[1, 0], [0, -1], [10, 1]], bias=[0.5, 0])  # 1 + 30 + 0.5, and -2 + 3
    array([31.5,  1. ], dtype=float32)
    """
    numbers, weights = floats(numbers), floats(weights)
    if numbers.ndim != 1 or weights.ndim != 2:
        axes = f"{numbers.ndim} and {weights.ndim} axes"
        raise ValueError(f"a row of numbers and a table of weights are needed, not {axes}")
    have, read, outputs = len(numbers), *weights.shape
    if have != read:
        raise ValueError(f"{have} numbers come in, but the weights read {read}; the two must be equal")
    added = np.zeros(outputs) if bias is None else floats(bias)
    if added.shape != (outputs,):
        raise ValueError(f"the bias must have the shape ({outputs},), one number an output, not {added.shape}")
    return numbers @ weights.astype(numbers.dtype) + added.astype(numbers.dtype)


def softmax(logits, temperature=1):
    """Turn numbers of any size into shares that add up to 1; the largest gets the most.

    Parameters
    ----------
    logits : ndarray of shape (..., K)
    temperature : float, optional
        Above 1 the shares become more alike, below 1 less.

    Returns
    -------
    ndarray of the same shape

    Raises
    ------
    ValueError
        If the temperature is not above 0.

    Notes
    -----
    The largest logit is subtracted first: it changes nothing, since it cancels out, and no exponential overflows.

    Examples
    --------
    >>> softmax(np.log([1, 3]))  # 1 and 3, of 4
    array([0.25, 0.75])
    """
    logits = floats(logits)
    if not temperature > 0:
        raise ValueError(f"the temperature must be above 0, not {temperature:g}")
    if logits.ndim == 0:
        raise ValueError("several numbers are needed, to share 1 among them")
    exponentials = np.exp((logits - logits.max(axis=-1, keepdims=True)) / logits.dtype.type(temperature))
    return exponentials / exponentials.sum(axis=-1, keepdims=True)


def naive_softmax(logits):
    """Turn numbers into shares by the formula as it stands in books, in single precision; large ones are too much.

    Parameters
    ----------
    logits : ndarray of shape (K,)

    Returns
    -------
    ndarray of the same shape
        NaN, "not a number", where an exponential does not fit into 32 bits: from 89 on.

    Raises
    ------
    ValueError
        If there is not one row of numbers.

    Examples
    --------
    >>> naive_softmax(np.float32([0, 89]))
    array([ 0., nan], dtype=float32)
    """
    logits = floats(logits).astype(np.float32)
    if logits.ndim != 1:
        raise ValueError(f"a row of numbers is needed, not {logits.ndim} axes")
    with np.errstate(over="ignore", invalid="ignore"):
        exponentials = np.exp(logits)
        return exponentials / exponentials.sum()
