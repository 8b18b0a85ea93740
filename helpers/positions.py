"""Where pixels go: moving a picture, leaving pixels out, counting how often each one is read."""

import numpy as np

from helpers.arrays import picture
from helpers.convolution import pad2d
from helpers.sizes import by, output_shape, output_size, whole_number


def shift(image, rows, columns):
    """Move a picture; zeros come in where it was.

    Parameters
    ----------
    image : ndarray of shape (M, N) or (M, N, C)
    rows, columns : int
        Pixels down and to the right; negative numbers move it up and to the left.

    Returns
    -------
    ndarray of the same shape

    Raises
    ------
    ValueError
        If a number is not whole.

    Examples
    --------
    >>> shift(np.array([[0, 1, 2], [10, 11, 12]]), rows=1, columns=-1)
    array([[0., 0., 0.],
           [1., 2., 0.]], dtype=float32)
    """
    image = picture(image)
    height, width = image.shape[:2]
    down = np.clip(whole_number("number of rows", rows), -height, height)
    right = np.clip(whole_number("number of columns", columns), -width, width)
    ring = max(abs(down), abs(right))
    return pad2d(image, ring)[ring - down :, ring - right :][:height, :width].copy()


def take_every(image, step):
    """Keep every `step`-th row and column, from the first on.

    Parameters
    ----------
    image : ndarray of shape (M, N) or (M, N, C)
    step : int
        1 keeps everything.

    Returns
    -------
    ndarray of shape (R, S) or (R, S, C)
        ``R = output_size(M, 1, stride=step)`` and ``S = output_size(N, 1, stride=step)``

    Raises
    ------
    ValueError
        If the step is not a whole number of at least 1.

    Examples
    --------
    >>> take_every(np.array([[0, 1, 2], [10, 11, 12], [20, 21, 22], [30, 31, 32]]), 2)
    array([[ 0.,  2.],
           [20., 22.]], dtype=float32)
    """
    step = whole_number("step", step, 1)
    return picture(image)[::step, ::step].copy()


def mosaic(image, size):
    """Replace each square of pixels by its mean; squares at the far edges may be cut off.

    Parameters
    ----------
    image : ndarray of shape (M, N) or (M, N, C)
    size : int
        How many pixels wide a square is; 1 changes nothing.

    Returns
    -------
    ndarray of the same shape

    Raises
    ------
    ValueError
        If the size is not a whole number of at least 1.

    Examples
    --------
    >>> mosaic(np.array([[0, 2, 4], [10, 12, 14]]), 2)
    array([[6., 6., 9.],
           [6., 6., 9.]], dtype=float32)
    """
    size, image = whole_number("size of a square", size, 1), picture(image)
    squares = [np.arange(length) // size for length in image.shape[:2]]
    means = image.astype(float)
    for axis, square in enumerate(squares):
        sums = np.add.reduceat(means, np.arange(0, len(square), size), axis)
        counts = np.bincount(square).reshape(-1, *[1] * (image.ndim - axis - 1))
        means = np.take(sums / counts, square, axis)
    return means.astype(image.dtype)


def around(image, share, row, column):
    """Cut out a part of a picture, in its proportions.

    Parameters
    ----------
    image : ndarray of shape (M, N) or (M, N, C)
    share : int
        How large the part is, in percent of the rows and of the columns: 100 is the whole picture.
    row, column : int
        Its middle, as far as the part stays inside.

    Returns
    -------
    ndarray of shape (R, S) or (R, S, C)
        ``R = M * share / 100``, rounded, at least 1; ``S`` likewise.

    Raises
    ------
    ValueError
        If a number is not whole, or the share is not from 1 to 100.

    Examples
    --------
    >>> around(np.array([[0, 1, 2, 3], [10, 11, 12, 13]]), share=50, row=1, column=2)
    array([[11., 12.]], dtype=float32)
    """
    image, share = picture(image), whole_number("share", share, 1, 100)
    middles = whole_number("row", row), whole_number("column", column)
    part = [slice_around(*one, share) for one in zip(middles, image.shape[:2], strict=True)]
    return image[tuple(part)].copy()


def slice_around(middle, length, share):
    """Return the slice that takes so many percent of a length, around a middle."""
    taken = max(1, (length * share + 50) // 100)
    first = min(max(middle - taken // 2, 0), length - taken)
    return slice(first, first + taken)


def coverage(image, kernel_size, stride=1, padding=0, dilation=1):
    """Count how often each pixel is read while a window slides over the picture.

    Parameters
    ----------
    image : ndarray of shape (M, N) or (M, N, C)
        Only its size matters.
    kernel_size, stride, padding, dilation : int
        As in `helpers.sizes.output_size`, the same in both directions.

    Returns
    -------
    ndarray of shape (M, N), float32

    Raises
    ------
    ValueError
        If the window does not fit.

    Examples
    --------
    >>> coverage(np.zeros((3, 4)), kernel_size=2)
    array([[1., 2., 2., 1.],
           [2., 4., 4., 2.],
           [1., 2., 2., 1.]], dtype=float32)
    """
    rows_and_columns = picture(image).shape[:2]
    window = (kernel_size, stride, padding, dilation)
    output_shape(rows_and_columns, (kernel_size, kernel_size), *window[1:])
    rows, columns = (reads(size, *window) for size in rows_and_columns)
    return np.outer(rows, columns).astype(np.float32)


def reads(size, kernel_size, stride=1, padding=0, dilation=1):
    """Count how often each pixel is read, in one direction.

    Parameters
    ----------
    size, kernel_size, stride, padding, dilation : int
        As in `helpers.sizes.output_size`.

    Returns
    -------
    ndarray of shape (size,), int

    Raises
    ------
    ValueError
        If the window does not fit.

    Examples
    --------
    >>> reads(6, kernel_size=3, stride=2)  # reads 0 1 2, then 2 3 4; never 5
    array([1, 1, 2, 1, 1, 0])
    """
    starts = stride * np.arange(output_size(size, kernel_size, stride, padding, dilation)) - padding
    pixels = starts[:, np.newaxis] + dilation * np.arange(kernel_size)
    inside = pixels[(pixels >= 0) & (pixels < size)]
    return np.bincount(inside, minlength=size)


def starts(image, kernel_size, stride=1):
    """List the columns in which a sliding window starts.

    Parameters
    ----------
    image : ndarray of shape (M, N)
        Only its width matters.
    kernel_size, stride : int
        Width and step of the window.

    Returns
    -------
    ndarray of shape (1, S), float32
        ``0, stride, 2 * stride, ...`` up to the last start that fits: ``S = output_size(N, kernel_size, stride)``

    Raises
    ------
    ValueError
        If the window does not fit.

    Examples
    --------
    >>> starts(np.zeros((1, 8)), kernel_size=3, stride=2)  # 6 would need pixels 6, 7 and 8
    array([[0., 2., 4.]], dtype=float32)
    """
    columns = picture(image).shape[1]
    count = output_size(columns, kernel_size, stride)
    return (stride * np.arange(count, dtype=np.float32))[np.newaxis]


def at_windows(image, values, kernel_size, stride=1):
    """Lay numbers over a picture, one at each place of a square window that slides over it.

    Parameters
    ----------
    image : ndarray of shape (M, N) or (M, N, C)
        Only its size matters.
    values : ndarray of shape (R, S) or (R, S, D)
        What was found at each place.
    kernel_size, stride : int
        Of the window.

    Returns
    -------
    ndarray of the shape of the values
        The same numbers.

    Raises
    ------
    ValueError
        If there is not one number for each place: ``R = output_size(M, kernel_size, stride)``, and so for S.

    Examples
    --------
    >>> at_windows(np.zeros((5, 5)), [[1, 2], [3, 4]], kernel_size=3, stride=2)
    array([[1., 2.],
           [3., 4.]], dtype=float32)
    """
    places = output_shape(picture(image).shape[:2], (kernel_size, kernel_size), stride)
    values = picture(values)
    if values.shape[:2] != places:
        found = by(values.shape[:2])
        raise ValueError(
            f"the window has {by(places)} places in this picture; a number for each is needed, not {found}"
        )
    return values.copy()


def corner(image, size, channels):
    """Keep the upper left corner of a picture, and its first channels.

    Parameters
    ----------
    image : ndarray of shape (M, N, C)
    size : int
        How many rows and columns are kept.
    channels : int

    Returns
    -------
    ndarray of shape (size, size, channels), of the image's float type

    Raises
    ------
    ValueError
        If the picture has less than that.

    Examples
    --------
    >>> corner(np.arange(12).reshape(2, 3, 2), size=2, channels=1)[:, :, 0]
    array([[0., 2.],
           [6., 8.]], dtype=float32)
    """
    image = np.atleast_3d(picture(image))
    size = whole_number("size", size, 1, min(image.shape[:2]))
    return image[:size, :size, : whole_number("number of channels", channels, 1, image.shape[2])].copy()
