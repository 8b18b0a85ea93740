"""What every helper takes: arrays of numbers.

A picture is an array with the axes (row, column) or (row, column, channel).
Whole numbers become float32 before anything is computed with them, because an 8-bit number cannot hold
200 + 100: it would wrap around to 44. Numbers that already are float32 or float64 stay what they are.
"""

import numpy as np


def floats(values):
    """Return the values as an array of floating-point numbers.

    Parameters
    ----------
    values : array_like of numbers, any shape

    Returns
    -------
    ndarray of the same shape
        float64 stays float64; everything else (float32, float16, whole numbers, True and False) is float32.
        Values that are float already are not copied.

    Raises
    ------
    ValueError
        If the rows have different lengths, or the values are not numbers.

    Examples
    --------
    >>> floats(np.array([[200, 100]], dtype=np.uint8)) + 100
    array([[300., 200.]], dtype=float32)
    """
    try:
        array = np.asarray(values)
    except ValueError:
        raise ValueError("all rows must have the same length") from None
    if array.dtype.kind not in "biuf":
        raise ValueError(f"numbers are needed here, not values of the type {array.dtype}")
    return array.astype(np.float64 if array.dtype == np.float64 else np.float32, copy=False)


def picture(image):
    """Return a picture as floating-point numbers, and see that it is one.

    Parameters
    ----------
    image : array_like of shape (M, N) or (M, N, C)

    Returns
    -------
    ndarray of the same shape, float32 or float64

    Raises
    ------
    ValueError
        If it has not 2 or 3 axes, or no pixel.

    Examples
    --------
    >>> picture([[0, 1, 2], [10, 11, 12]]).shape
    (2, 3)
    """
    return check_picture(floats(image))


def check_picture(image):
    """See that an array of any type is a picture, and return it as it is.

    Parameters
    ----------
    image : ndarray

    Returns
    -------
    ndarray

    Raises
    ------
    ValueError
        If it has not 2 or 3 axes, or no pixel.

    Examples
    --------
    >>> check_picture(np.zeros(3))
    Traceback (most recent call last):
    ValueError: a picture has 2 axes (row, column) or 3 (row, column, channel), not 1
    """
    if image.ndim not in (2, 3):
        raise ValueError(f"a picture has 2 axes (row, column) or 3 (row, column, channel), not {image.ndim}")
    if image.size == 0:
        raise ValueError(f"a picture needs at least one pixel; the shape {image.shape} has none")
    return image


def pictures(images):
    """Return one picture or a batch of them as floating-point numbers, and see that they are pictures.

    Parameters
    ----------
    images : array_like of shape (M, N), (M, N, C) or (L, M, N, C)

    Returns
    -------
    ndarray of the same shape, float32 or float64

    Raises
    ------
    ValueError
        If it has not 2, 3 or 4 axes, or its pictures have no pixel.

    Examples
    --------
    >>> pictures(np.zeros((5, 2, 3, 1))).shape
    (5, 2, 3, 1)
    """
    images = floats(images)
    if images.ndim not in (2, 3, 4):
        raise ValueError(
            "images have 2 axes (row, column), 3 (row, column, channel) or 4 (image, row, column, channel), "
            f"not {images.ndim}"
        )
    if 0 in images.shape[-3:]:
        raise ValueError(f"a picture needs at least one pixel; the shape {images.shape} has none")
    return images
