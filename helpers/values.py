"""What happens to numbers that do not fit between 0 and 255: cut off, stretched, or wrapped around."""

import numpy as np

from helpers.arrays import floats


def clip(image, low=0, high=255):
    """Cut off what is below `low` or above `high`.

    Parameters
    ----------
    image : ndarray of any shape
    low, high : float
        The limits; low below high.

    Returns
    -------
    ndarray of the same shape

    Raises
    ------
    ValueError
        If the lower limit is not below the upper one.

    Examples
    --------
    >>> clip(np.array([[-551, 0, 100], [200, 255, 300]]))
    array([[  0.,   0., 100.],
           [200., 255., 255.]], dtype=float32)
    """
    low, high = limits(low, high)
    return np.clip(floats(image), low, high)


def rescale(image, low, high):
    """Stretch the display range `low` to `high` to 0 to 255, and cut off the rest.

    Parameters
    ----------
    image : ndarray of any shape
    low, high : float
        What is to be drawn black, and what white (`vmin` and `vmax` of matplotlib); low below high.

    Returns
    -------
    ndarray of the same shape
        ``255 * (image - low) / (high - low)``, clipped to 0 to 255

    Raises
    ------
    ValueError
        If the lower limit is not below the upper one.

    Examples
    --------
    >>> rescale(np.array([[-10, 0, 10], [20, 30, 40]]), low=0, high=30)
    array([[  0.,   0.,  85.],
           [170., 255., 255.]], dtype=float32)
    """
    low, high = limits(low, high)
    return np.clip(255 * (floats(image) - low) / (high - low), 0, 255)


def add(image, amount):
    """Add a number to every value, with room for what comes out: nothing wraps, nothing is cut off.

    Parameters
    ----------
    image : ndarray of any shape
    amount : float
        Negative numbers subtract.

    Returns
    -------
    ndarray of the same shape

    Examples
    --------
    >>> add(np.array([[200, 0, 10]], dtype=np.uint8), 100)
    array([[300., 100., 110.]], dtype=float32)
    """
    image = floats(image)
    return image + image.dtype.type(amount)


def wrap(image):
    """Show what becomes of numbers that are stored in 8 bits (`uint8`): after 255 comes 0 again.

    Parameters
    ----------
    image : ndarray of any shape

    Returns
    -------
    ndarray of the same shape
        The whole part of each number (decimals cut off), modulo 256: whole numbers from 0 to 255, as floats.

    Examples
    --------
    >>> wrap(np.array([[200 + 100, 256, 255.9], [-1, -0.9, -257]]))
    array([[ 44.,   0., 255.],
           [255.,   0., 255.]])
    """
    return np.trunc(floats(image)) % 256


def difference(first, second):
    """Subtract the second picture from the first, pixel by pixel.

    Parameters
    ----------
    first, second : ndarray of the same shape

    Returns
    -------
    ndarray of that shape
        ``first - second``, with its sign

    Raises
    ------
    ValueError
        If the shapes differ.

    Examples
    --------
    >>> difference(np.array([[0, 1, 2]], dtype=np.uint8), np.array([[10, 0, 2]], dtype=np.uint8))
    array([[-10.,   1.,   0.]], dtype=float32)
    """
    return floats(first) - alike(first, second)


def alike(first, second):
    """Return the second picture as floats, and see that it is as large as the first.

    Parameters
    ----------
    first, second : ndarray

    Returns
    -------
    ndarray

    Raises
    ------
    ValueError
        If the shapes differ.

    Examples
    --------
    >>> alike([[1, 2]], [[1], [2]])
    Traceback (most recent call last):
    ValueError: the two pictures must have the same shape, not (1, 2) and (2, 1)
    """
    first, second = floats(first), floats(second)
    if first.shape != second.shape:
        raise ValueError(f"the two pictures must have the same shape, not {first.shape} and {second.shape}")
    return second


def plus(first, second):
    """Add two pictures, pixel by pixel.

    Parameters
    ----------
    first, second : ndarray of the same shape

    Returns
    -------
    ndarray of that shape

    Raises
    ------
    ValueError
        If the shapes differ.

    Examples
    --------
    >>> plus(np.array([[0, 200]], dtype=np.uint8), np.array([[10, 100]], dtype=np.uint8))
    array([[ 10., 300.]], dtype=float32)
    """
    return floats(first) + alike(first, second)


def changed(first, second, more_than=0):
    """Mark with 1 where two pictures differ, and with 0 where they do not.

    Parameters
    ----------
    first, second : ndarray of the same shape
    more_than : float, optional
        Differences up to this one do not count.

    Returns
    -------
    ndarray of that shape
        Its sum says how many pixels differ.

    Raises
    ------
    ValueError
        If the shapes differ.

    Examples
    --------
    >>> changed(np.array([[0, 10, 20]]), np.array([[0, 12, 30]]), more_than=2)
    array([[0., 0., 1.]], dtype=float32)
    """
    apart = np.abs(difference(first, second))
    return (apart > more_than).astype(apart.dtype)


def limits(low, high):
    """Return two limits as plain numbers, and see that the lower one is below the upper one.

    Parameters
    ----------
    low, high : float

    Returns
    -------
    (float, float)

    Raises
    ------
    ValueError
        If it is not.

    Examples
    --------
    >>> limits(255, 0)
    Traceback (most recent call last):
    ValueError: the lower limit 255 must be below the upper limit 0
    """
    if not low < high:
        raise ValueError(f"the lower limit {low:g} must be below the upper limit {high:g}")
    return float(low), float(high)
