"""Sliding a window over a picture: multiply what lies under it by the kernel, element by element, and add up.

What networks call convolution does not turn the kernel around first; mathematics calls that
cross-correlation. `flip=True` turns it, and gives the convolution of the mathematics books.

There are no loops over pixels here. One kernel: each of its weights multiplies the whole picture, shifted
to where that weight reads it. Many filters: every window becomes a row of numbers, every filter a column, and
a matrix product does the rest, a band of the picture at a time.

Sources: V. Dumoulin and F. Visin, "A guide to convolution arithmetic for deep learning", 2016; the matrix
product from K. Chellapilla, S. Puri and P. Simard, "High performance convolutional neural networks for
document processing", 2006.
"""

import math

import numpy as np
from numpy.lib.stride_tricks import as_strided

from helpers.arrays import floats, picture
from helpers.sizes import MOST, output_shape, whole_number

BAND = 2**16  # numbers in a table of windows: as many as a processor keeps close at hand
MODES = {"zero": "constant", "edge": "edge", "reflect": "reflect", "wrap": "wrap"}  # ours -> NumPy's


def pad2d(image, padding, mode="zero"):
    """Add a ring of pixels around a picture.

    Parameters
    ----------
    image : ndarray of shape (M, N) or (M, N, C)
    padding : int
        Width of the ring, added on each side.
    mode : {"zero", "edge", "reflect", "wrap"}
        What goes into the ring: zeros, the nearest pixel, the picture mirrored at its border (without the
        border itself), or the picture once more, as on tiles.

    Returns
    -------
    ndarray of shape (M + 2 * padding, N + 2 * padding[, C])

    Raises
    ------
    ValueError
        If there is no such mode, the padding is not a whole number of at least 0, or it is more than the
        picture has to give: ``min(M, N) - 1`` for reflect, ``min(M, N)`` for wrap.

    Examples
    --------
    >>> pad2d(np.array([[0, 1, 2], [10, 11, 12]]), 1, mode="reflect")
    array([[11., 10., 11., 12., 11.],
           [ 1.,  0.,  1.,  2.,  1.],
           [11., 10., 11., 12., 11.],
           [ 1.,  0.,  1.,  2.,  1.]], dtype=float32)
    """
    image = picture(image)
    padding = whole_number("padding", padding, 0, MOST)
    if mode not in MODES:
        raise ValueError(f"there is no padding mode '{mode}'; choose zero, edge, reflect or wrap")
    rows, columns = image.shape[:2]
    most = min(rows, columns) - (mode == "reflect")
    if mode in ("reflect", "wrap") and padding > most:
        raise ValueError(f"{mode} padding of {padding} is too much for a {rows}x{columns} image; use at most {most}")
    ring = [(padding, padding), (padding, padding), (0, 0)]
    return np.pad(image, ring[: image.ndim], mode=MODES[mode])


def surround(images, padding, value=0):
    """Add a ring of one value around each picture of a batch.

    Parameters
    ----------
    images : ndarray of shape (..., M, N, C)
    padding : int
        Width of the ring, added on each side.
    value : float

    Returns
    -------
    ndarray of shape (..., M + 2 * padding, N + 2 * padding, C)
        The images themselves if the padding is 0.

    Examples
    --------
    >>> surround(np.array([[[1], [2]]]), 1, value=-9)[..., 0]
    array([[-9, -9, -9, -9],
           [-9,  1,  2, -9],
           [-9, -9, -9, -9]])
    """
    if padding == 0:
        return images
    *batch, rows, columns, channels = images.shape
    shape = (*batch, rows + 2 * padding, columns + 2 * padding, channels)
    padded = np.empty(shape, images.dtype)
    padded[..., padding:-padding, padding:-padding, :] = images
    padded[..., :padding, :, :] = padded[..., -padding:, :, :] = value
    padded[..., :padding, :] = padded[..., -padding:, :] = value
    return padded


def windows(images, kernel_shape, stride=1, dilation=1):
    """Show every window of the pictures, without copying a pixel.

    To step through memory with other strides is all it takes: one output column further on is `stride` pixels
    further on, one kernel column further on is `dilation` pixels further on.

    Parameters
    ----------
    images : ndarray of shape (..., M, N, C)
    kernel_shape : (int, int)
        Rows and columns of the window, (A, B).
    stride, dilation : int

    Returns
    -------
    ndarray of shape (..., R, S, A, B, C), read-only
        ``R = output_size(M, A, stride, 0, dilation)`` and ``S = output_size(N, B, stride, 0, dilation)``;
        a view of the images.

    Raises
    ------
    ValueError
        If the window does not fit.

    Examples
    --------
    >>> image = np.array([[0, 1, 2, 3], [10, 11, 12, 13]])
    >>> windows(image[:, :, np.newaxis], (2, 3))[0, 1, :, :, 0]  # row 0, column 1
    array([[ 1,  2,  3],
           [11, 12, 13]])
    """
    *batch, rows, columns, channels = images.shape
    places = output_shape((rows, columns), kernel_shape, stride, 0, dilation)
    *to_image, to_row, to_column, to_channel = images.strides
    shape = (*batch, *places, *kernel_shape, channels)
    step = (to_row * stride, to_column * stride, to_row * dilation, to_column * dilation, to_channel)
    return as_strided(images, shape, (*to_image, *step), writeable=False)


def convolve2d(image, kernel, stride=1, padding=0, mode="zero", flip=False, dilation=1):
    """Slide one kernel over a picture, over each channel on its own.

    Parameters
    ----------
    image : ndarray of shape (M, N) or (M, N, C)
    kernel : ndarray of shape (A, B)
    stride, padding, dilation : int
        Step of the window; pixels added on each side; distance of the pixels that the kernel reads.
    mode : {"zero", "edge", "reflect", "wrap"}
        What is added; see `pad2d`.
    flip : bool
        False computes what networks compute, a cross-correlation. True turns the kernel by 180 degrees first,
        a convolution as `scipy.signal.convolve2d` has it.

    Returns
    -------
    ndarray of shape (R, S[, C]), of the image's float type
        ``R = output_size(M, A, stride, padding, dilation)`` and ``S = output_size(N, B, ...)``

    Raises
    ------
    ValueError
        If the kernel is not 2-D or does not fit, or as `pad2d`.

    Examples
    --------
    >>> image = np.array([[0, 1, 2, 3], [10, 11, 12, 13], [20, 21, 22, 23]])
    >>> convolve2d(image, np.array([[1, 0, -2]]))  # 0 - 2 * 2 = -4
    array([[ -4.,  -5.],
           [-14., -15.],
           [-24., -25.]], dtype=float32)
    """
    image, kernel = picture(image), floats(kernel)
    if kernel.ndim != 2:
        raise ValueError(f"a kernel has 2 axes (row, column), not {kernel.ndim}")
    output_shape(image.shape[:2], kernel.shape, stride, padding, dilation)
    kernel = kernel[::-1, ::-1] if flip else kernel
    padded = np.atleast_3d(pad2d(image, padding, mode))
    under = windows(padded, kernel.shape, stride, dilation)
    weights = kernel.astype(image.dtype)
    result = sum(weight * under[:, :, row, column] for (row, column), weight in np.ndenumerate(weights))
    return result.reshape(result.shape[: image.ndim])


def repeat2d(image, kernel, count, padding=0, mode="zero"):
    """Send a picture through the same kernel several times, as through the layers of a network.

    Parameters
    ----------
    image : ndarray of shape (M, N) or (M, N, C)
    kernel : ndarray of shape (A, B)
    count : int
        How many times; 0 leaves the picture as it is.
    padding : int
        Pixels added on each side before each time.
    mode : {"zero", "edge", "reflect", "wrap"}

    Returns
    -------
    ndarray of shape (R, S[, C])
        ``R = M + count * (2 * padding - A + 1)`` and ``S = N + count * (2 * padding - B + 1)``

    Raises
    ------
    ValueError
        If nothing is left of the picture, or as `convolve2d`.

    Examples
    --------
    >>> repeat2d([[0, 1, 2, 3, 4]], [[1, 1]], count=2)  # 0 + 1 = 1 and 1 + 2 = 3, then 1 + 3 = 4
    array([[ 4.,  8., 12.]], dtype=float32)
    """
    image = picture(image)
    for _ in range(whole_number("number of layers", count, 0, MOST)):
        image = convolve2d(image, kernel, padding=padding, mode=mode)
    return image


def conv2d(images, weights, bias=None, stride=1, padding=0, dilation=1):
    """Slide filters over pictures: each filter reads all channels and makes one feature map.

    Parameters
    ----------
    images : ndarray of shape (L, M, N, C) or (M, N, C)
        A batch of L pictures, or a single one.
    weights : ndarray of shape (A, B, C, K)
        K filters, each of them C kernels of A rows and B columns.
    bias : ndarray of shape (K,), optional
        One number a filter, added to its whole feature map.
    stride, padding, dilation : int
        Step of the window; zeros added on each side; distance of the pixels that a kernel reads.

    Returns
    -------
    ndarray of shape (L, R, S, K) or (R, S, K), of the images' float type
        ``R = output_size(M, A, stride, padding, dilation)`` and ``S = output_size(N, B, ...)``

    Raises
    ------
    ValueError
        If the axes or the channels do not agree, or the kernels do not fit.

    Notes
    -----
    A table of all windows would hold each pixel A * B times. So the windows of a few output rows go into a table,
    are multiplied, and make room for the next.

    Examples
    --------
    >>> image = np.array([[0, 1, 2], [10, 11, 12]])
    >>> two_channels = np.stack([image, 100 + image], axis=-1)
    >>> weights = np.array([[[[1], [0]], [[0], [-1]]]])  # channel 0 here, minus channel 1 on the right
    >>> conv2d(two_channels, weights, bias=[1000])[:, :, 0]  # 0 - 101 + 1000 = 899
    array([[899., 899.],
           [899., 899.]], dtype=float32)
    """
    images, weights = matched(images, weights)
    bias = filter_bias(bias, filters=weights.shape[3])
    *batch, rows, columns, _ = images.shape
    *kernel_shape, _, filters = weights.shape
    places = output_shape((rows, columns), kernel_shape, stride, padding, dilation)
    seen = windows(surround(images, padding), kernel_shape, stride, dilation)
    columns_of_weights = weights.reshape(math.prod(weights.shape[:3]), filters)
    maps = np.empty((*batch, *places, filters), images.dtype)
    is_view = weights.shape[:2] == (1, 1) and stride == 1  # windows of one pixel are the pixels: there is no table
    height = places[0] if is_view else 1 + BAND // (1 + seen[..., 0, :, :, :, :].size)
    for top in range(0, places[0], height):
        table = unroll(seen[..., top : top + height, :, :, :, :])
        band = maps[..., top : top + height, :, :]
        if band.flags.c_contiguous:
            np.matmul(table, columns_of_weights, out=band.reshape(-1, filters))
        else:  # of several pictures at once
            band[...] = (table @ columns_of_weights).reshape(band.shape)
    if bias is not None:
        maps += bias
    return maps


def depthwise2d(images, weights):
    """Slide each kernel of a filter over its own channel, and keep the results apart.

    Parameters
    ----------
    images : ndarray of shape (L, M, N, C) or (M, N, C)
    weights : ndarray of shape (A, B, C, 1)
        One filter: C kernels of A rows and B columns.

    Returns
    -------
    ndarray of shape (L, R, S, C) or (R, S, C), of the images' float type
        One map a channel. Their sum is what `conv2d` returns.

    Raises
    ------
    ValueError
        As `conv2d`, or if there are several filters.

    Examples
    --------
    >>> depthwise2d(np.array([[[1, 10], [2, 20]]]), np.ones((1, 2, 2, 1)))
    array([[[ 3., 30.]]], dtype=float32)
    """
    images, weights = matched(images, weights)
    if weights.shape[3] != 1:
        raise ValueError(f"channels can be kept apart for 1 filter, not for {weights.shape[3]}")
    apart = [conv2d(images[..., c : c + 1], weights[:, :, c : c + 1]) for c in range(images.shape[-1])]
    return np.concatenate(apart, axis=-1)


def unroll(seen):
    """Copy every window into one row of a table.

    Parameters
    ----------
    seen : ndarray of shape (..., R, S, A, B, C)
        What `windows` returns.

    Returns
    -------
    ndarray of shape (... * R * S, A * B * C)
        One row a window, one column a cell of the kernel. Where no pixel is read twice it may be a view.

    Notes
    -----
    Copying is fast in long runs. With many channels the cells of one window make one; with a few channels the
    same cell of many windows does: then the table is written column by column.

    Examples
    --------
    >>> image = np.array([[0, 1, 2, 3], [10, 11, 12, 13]])
    >>> unroll(windows(image[:, :, np.newaxis], (2, 3)))
    array([[ 0,  1,  2, 10, 11, 12],
           [ 1,  2,  3, 11, 12, 13]])
    """
    *places, rows, columns, channels = seen.shape
    shape = math.prod(places), rows * columns * channels
    if channels > 4:
        return seen.reshape(shape)
    return np.moveaxis(seen, (-3, -2, -1), (0, 1, 2)).reshape(shape[::-1]).T


def matched(images, weights):
    """Return images and weights in the images' float type, and see that they go together.

    Parameters
    ----------
    images, weights : array_like
        As in `conv2d`.

    Returns
    -------
    (ndarray, ndarray)

    Raises
    ------
    ValueError
        If the axes or the channels do not agree.

    Examples
    --------
    >>> matched(np.zeros((4, 5, 3)), np.zeros((2, 2, 1, 6)))
    Traceback (most recent call last):
    ValueError: the images have 3 channel(s), but the filters read 1; the two numbers must be equal
    """
    images, weights = floats(images), floats(weights)
    if images.ndim not in (3, 4):
        axes = "3 axes (row, column, channel) or 4 (image, row, column, channel)"
        raise ValueError(f"images have {axes}, not {images.ndim}")
    if weights.ndim != 4:
        axes = "4 axes (kernel row, kernel column, in_channels, out_channels)"
        raise ValueError(f"weights have {axes}, not {weights.ndim}")
    have, read = images.shape[-1], weights.shape[2]
    if have != read:
        differ = f"the images have {have} channel(s), but the filters read {read}"
        raise ValueError(f"{differ}; the two numbers must be equal")
    return images, weights.astype(images.dtype, copy=False)


def filter_bias(bias, filters):
    """Return the bias as floating-point numbers, and see that there is one for each filter.

    Parameters
    ----------
    bias : array_like of shape (K,) or None
    filters : int
        K

    Returns
    -------
    ndarray or None

    Raises
    ------
    ValueError
        If there are more or fewer.

    Examples
    --------
    >>> filter_bias([1, 2, 3], filters=2)
    Traceback (most recent call last):
    ValueError: the bias must have the shape (2,), one number a filter, not (3,)
    """
    if bias is None:
        return None
    bias = floats(bias)
    if bias.shape != (filters,):
        raise ValueError(f"the bias must have the shape ({filters},), one number a filter, not {bias.shape}")
    return bias
