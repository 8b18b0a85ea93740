"""Small arrays of weights that do something to a picture.

All of them are meant for cross-correlation, the convolution of networks: the kernel is laid on the picture as
it is printed, not turned around. A separable kernel is written as its factors, a column times a row.
"""

from dataclasses import dataclass

import numpy as np

from helpers.arrays import floats
from helpers.sizes import MOST, whole_number


@dataclass(frozen=True, eq=False)
class Kernel:
    """A kernel with its story.

    Attributes
    ----------
    values : ndarray of shape (A, B), float32
        The weights; read-only.
    does : str
        One sentence: what it does to a picture.
    source : str
        Where it comes from.

    Examples
    --------
    >>> Kernel([[0, 1, 0]], does="leaves every row as it is", source="by definition").values.shape
    (1, 3)
    """

    values: np.ndarray
    does: str
    source: str

    def __post_init__(self):
        """Keep a copy of the values that nobody can change."""
        values = np.array(self.values, dtype=np.float32)
        values.flags.writeable = False
        object.__setattr__(self, "values", values)


def gaussian(size, sigma):
    """Weigh the pixels by a bell curve: the middle counts most.

    Parameters
    ----------
    size : int
        Rows and columns of the kernel, odd or even.
    sigma : float
        Width of the bell in pixels, larger than 0: from the middle to where the curve is steepest.

    Returns
    -------
    ndarray of shape (size, size), float32
        ``exp(-(row**2 + column**2) / (2 * sigma**2))``, rows and columns counted from the middle, divided by
        the sum, so that the weights add up to 1.

    Raises
    ------
    ValueError
        If the size is not a whole number of at least 1, or sigma is not larger than 0.

    Examples
    --------
    >>> gaussian(3, sigma=0.5).round(2)
    array([[0.01, 0.08, 0.01],
           [0.08, 0.62, 0.08],
           [0.01, 0.08, 0.01]], dtype=float32)
    """
    size = whole_number("size", size, 1, MOST)
    if not sigma > 0:
        raise ValueError(f"sigma must be larger than 0, not {sigma:g}")
    exponents = -(((np.arange(size) - (size - 1) / 2) / sigma) ** 2) / 2
    bell = np.exp(exponents - exponents.max())  # the largest is 1: a narrow bell does not vanish
    return np.outer(bell, bell / bell.sum() ** 2).astype(np.float32)


def normalise(kernel):
    """Divide a kernel by the sum of its weights: the picture keeps its brightness.

    Parameters
    ----------
    kernel : ndarray of any shape

    Returns
    -------
    ndarray of the same shape
        ``kernel / kernel.sum()``, so that the weights add up to 1.

    Raises
    ------
    ValueError
        If the weights add up to 0.

    Examples
    --------
    >>> normalise(np.array([[1, 2, 1], [0, 4, 0]]))
    array([[0.125, 0.25 , 0.125],
           [0.   , 0.5  , 0.   ]], dtype=float32)
    """
    kernel = floats(kernel)
    total = kernel.sum(dtype=np.float64)
    if abs(total) <= 1e-6 * np.abs(kernel).sum(dtype=np.float64):
        raise ValueError("the weights add up to 0, and nothing can be divided by 0; change one of them first")
    return (kernel / total).astype(kernel.dtype)


DIFFERENCE = [1, 0, -1]
IDENTITY = np.outer([0, 1, 0], [0, 1, 0])
LAPLACIAN = np.array([[0, 1, 0], [1, -4, 1], [0, 1, 0]])
OUTLINE = np.array([[-1, -1, -1], [-1, 8, -1], [-1, -1, -1]])
BINOMIAL_3 = np.outer([1, 2, 1], [1, 2, 1]) / 16
BINOMIAL_5 = np.outer([1, 4, 6, 4, 1], [1, 4, 6, 4, 1]) / 256

BURT = 'P. J. Burt and E. H. Adelson, "The Laplacian pyramid as a compact image code", 1983'
SOBEL = 'I. Sobel and G. Feldman, "A 3x3 isotropic gradient operator for image processing", talk, 1968'
PREWITT = 'J. M. S. Prewitt, "Object enhancement and extraction", 1970'

KERNELS = {
    "Identity": Kernel(IDENTITY, "leaves the picture as it is", "by definition"),
    "Shift right": Kernel(np.outer([0, 1, 0], [1, 0, 0]), "moves the picture one pixel to the right", "by definition"),
    "Shift left": Kernel(np.outer([0, 1, 0], [0, 0, 1]), "moves the picture one pixel to the left", "by definition"),
    "Shift up": Kernel(np.outer([0, 0, 1], [0, 1, 0]), "moves the picture one pixel up", "by definition"),
    "Shift down": Kernel(np.outer([1, 0, 0], [0, 1, 0]), "moves the picture one pixel down", "by definition"),
    "Box blur, 3x3": Kernel(
        np.outer([1, 1, 1], [1, 1, 1]) / 9,
        "replaces each pixel by the mean of the 3x3 pixels around it",
        "by definition",
    ),
    "Box blur, 5x5": Kernel(
        np.outer([1] * 5, [1] * 5) / 25,
        "replaces each pixel by the mean of the 5x5 pixels around it",
        "by definition",
    ),
    "Gaussian blur, 3x3": Kernel(BINOMIAL_3, "blurs softly: near pixels count more than far ones", BURT),
    "Gaussian blur, 5x5": Kernel(BINOMIAL_5, "blurs softly, and more: it reads 5x5 pixels", BURT),
    "Sharpen": Kernel(
        IDENTITY - LAPLACIAN,
        "adds to each pixel how much it differs from its 4 neighbors",
        "identity minus Laplacian",
    ),
    "Sharpen, strong": Kernel(
        IDENTITY + OUTLINE,
        "adds to each pixel how much it differs from its 8 neighbors",
        "identity plus outline",
    ),
    "Unsharp mask, 5x5": Kernel(
        2 * np.pad(IDENTITY, 1) - BINOMIAL_5,
        "sharpens: adds to each pixel what a soft blur would take away",
        "two times identity minus Gaussian blur",
    ),
    "Emboss": Kernel(
        [[-2, -1, 0], [-1, 1, 1], [0, 1, 2]],
        "makes a relief: bright where it gets brighter towards the lower right, dark where it gets darker",
        "by convention",
    ),
    "Outline": Kernel(
        OUTLINE, "is 0 on plain areas, positive on pixels brighter than their 8 neighbors", "by definition"
    ),
    "Laplacian": Kernel(
        LAPLACIAN,
        "is 0 on plain areas and slopes, positive on pixels darker than their 4 neighbors",
        "second differences along rows and along columns, added",
    ),
    "Sobel, vertical edges": Kernel(
        np.outer([1, 2, 1], DIFFERENCE),
        "is positive where left is brighter than right, negative where darker",
        SOBEL,
    ),
    "Sobel, horizontal edges": Kernel(
        np.outer(DIFFERENCE, [1, 2, 1]),
        "is positive where above is brighter than below, negative where darker",
        SOBEL,
    ),
    "Prewitt, vertical edges": Kernel(
        np.outer([1, 1, 1], DIFFERENCE),
        "is positive where left is brighter than right, all three rows alike",
        PREWITT,
    ),
    "Prewitt, horizontal edges": Kernel(
        np.outer(DIFFERENCE, [1, 1, 1]),
        "is positive where above is brighter than below, all three columns alike",
        PREWITT,
    ),
}


def box(kernel_size):
    """Return the kernel that takes the mean of its window.

    Parameters
    ----------
    kernel_size : int
        Rows and columns.

    Returns
    -------
    ndarray of shape (kernel_size, kernel_size), float32
        ``1 / kernel_size ** 2`` everywhere

    Raises
    ------
    ValueError
        If the size is not a whole number of at least 1.

    Examples
    --------
    >>> box(2)
    array([[0.25, 0.25],
           [0.25, 0.25]], dtype=float32)
    """
    kernel_size = whole_number("kernel size", kernel_size, 1, MOST)
    return np.full((kernel_size, kernel_size), 1 / kernel_size**2, dtype=np.float32)


def identity(kernel_size):
    """Return the kernel that changes nothing: 1 in its middle, 0 elsewhere.

    Parameters
    ----------
    kernel_size : int
        Rows and columns. An even kernel has no middle; its 1 is right of it and below.

    Returns
    -------
    ndarray of shape (kernel_size, kernel_size), float32

    Raises
    ------
    ValueError
        If the size is not a whole number of at least 1.

    Examples
    --------
    >>> identity(3)
    array([[0., 0., 0.],
           [0., 1., 0.],
           [0., 0., 0.]], dtype=float32)
    """
    kernel_size = whole_number("kernel size", kernel_size, 1, MOST)
    kernel = np.zeros((kernel_size, kernel_size), dtype=np.float32)
    kernel[kernel_size // 2, kernel_size // 2] = 1
    return kernel


def some_filters(weights, kernel_size, channels, filters):
    """Keep the first filters of many, and of each the corner that is asked for.

    Parameters
    ----------
    weights : ndarray of shape (A, B, C, K)
    kernel_size, channels, filters : int
        How many rows and columns, input channels and filters are kept.

    Returns
    -------
    ndarray of shape (kernel_size, kernel_size, channels, filters), of the weights' float type

    Raises
    ------
    ValueError
        If there are fewer.

    Examples
    --------
    >>> some_filters(filter_bank(), kernel_size=3, channels=3, filters=2).shape
    (3, 3, 3, 2)
    """
    weights = floats(weights)
    if weights.ndim != 4:
        axes = "4 axes (kernel row, kernel column, in_channels, out_channels)"
        raise ValueError(f"weights have {axes}, not {weights.ndim}")
    size = whole_number("kernel size", kernel_size, 1, min(weights.shape[:2]))
    channels = whole_number("number of channels", channels, 1, weights.shape[2])
    return weights[:size, :size, :channels, : whole_number("number of filters", filters, 1, weights.shape[3])]


EDGE = np.array([[1, 0, -1], [2, 0, -2], [1, 0, -1]], np.float32)  # Sobel: dark on the right is positive
SLANTED = np.array([[2, 1, 0], [1, 0, -1], [0, -1, -2]], np.float32)
DOT = np.array([[0, -1, 0], [-1, 4, -1], [0, -1, 0]], np.float32)
ALONE = ((2, 0, 0), (0, 2, 0), (0, 0, 2))  # red, green, blue
PAIRS = ((1, -1, 0), (0, 1, -1), (-1, 0, 1), (0.5, 0.5, -1))  # one color minus another


def filter_bank():
    """Return sixteen filters for pictures in color.

    Returns
    -------
    ndarray of shape (3, 3, 3, 16), float32
        Filters 0 and 1 find upright and level edges in all channels, 2 and 3 slanted ones, 4 dots. Filters 5 to 7
        find upright edges in red, green and blue alone, 8 to 10 level ones. Filter 11 adds up a gray. Filters 12 to
        15 subtract one color from another.

    Examples
    --------
    >>> filter_bank()[:, :, 0, 1]
    array([[ 1.,  2.,  1.],
           [ 0.,  0.,  0.],
           [-1., -2., -1.]], dtype=float32)
    """
    everywhere = [(kernel, (1, 1, 1)) for kernel in (EDGE, EDGE.T, SLANTED, SLANTED[:, ::-1], DOT)]
    single = [(kernel, mix) for kernel in (EDGE, EDGE.T) for mix in ALONE]
    flat = [(np.ones((3, 3)), mix) for mix in ((0.3, 0.6, 0.1), *PAIRS)]
    filters = [kernel[:, :, np.newaxis] * np.float32(mix) for kernel, mix in everywhere + single + flat]
    return np.stack(filters, axis=-1).astype(np.float32)
