"""Pictures made by rule, to see what an operation does: a ruler, and stripes."""

import numpy as np

from helpers.sizes import MOST, whole_number


def ruler(size, padding=0):
    """Return the cells of a row, numbered from the outer end of the padding.

    Parameters
    ----------
    size : int
        Pixels in the row.
    padding : int
        Cells added at each end.

    Returns
    -------
    ndarray of shape (1, size + 2 * padding), float32
        Each cell holds its own number, so a window that starts in cell 3 starts at the number 3.

    Raises
    ------
    ValueError
        If the size is not a whole number of at least 1, or the padding not one of at least 0.

    Examples
    --------
    >>> ruler(3, padding=2)
    array([[0., 1., 2., 3., 4., 5., 6.]], dtype=float32)
    """
    size, padding = whole_number("size", size, 1, MOST), whole_number("padding", padding, 0, MOST)
    return np.arange(size + 2 * padding, dtype=np.float32)[np.newaxis]


def stripes(rows, columns, period, width=None):
    """Draw upright stripes, white and black.

    Parameters
    ----------
    rows, columns : int
        Size of the picture.
    period : int
        Pixels from one stripe to the next.
    width : int, optional
        How many of them are white, the first ones; half of them, rounded up, if left out.

    Returns
    -------
    ndarray of shape (rows, columns), float32
        0 or 255

    Raises
    ------
    ValueError
        If a number is not whole, a side below 1, the period below 2, or the width not from 0 to the period.

    Examples
    --------
    >>> stripes(1, 6, period=3)
    array([[255., 255.,   0., 255., 255.,   0.]], dtype=float32)
    """
    rows = whole_number("number of rows", rows, 1, MOST)
    columns = whole_number("number of columns", columns, 1, MOST)
    period = whole_number("period", period, 2)
    width = (period + 1) // 2 if width is None else whole_number("width", width, 0, period)
    white = np.arange(columns) % period < width
    return np.tile(np.where(white, np.float32(255), np.float32(0)), (rows, 1))
