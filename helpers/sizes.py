"""How large things are: counting the places where a window fits.

A window of `kernel_size` pixels slides over a row of `size` pixels, to which `padding` pixels were added on
each side, in steps of `stride`. Each place where it fits gives one output pixel. So every size in the
course is a count of starting places: the last possible start, divided by the stride, plus one.

Source: V. Dumoulin and F. Visin, "A guide to convolution arithmetic for deep learning", 2016, relation 6.
"""

import operator

import numpy as np

MOST = 1000  # no kernel, ring or pile of layers is larger: a slip of the finger must not fill the memory


def whole_number(name, value, lowest=None, highest=None):
    """Return `value` as an int, and see that it is a whole number from `lowest` to `highest`.

    Parameters
    ----------
    name : str
        What the number is called in the sentence that refuses it.
    value : int
    lowest, highest : int or None
        None means: no limit.

    Returns
    -------
    int

    Raises
    ------
    ValueError
        If it is not whole (True, 1.5 and 2.0 are not), too small or too large.

    Examples
    --------
    >>> whole_number("stride", 2, 1)
    2
    """
    try:
        number = None if isinstance(value, bool | np.bool_) else operator.index(value)
    except TypeError:
        number = None
    if number is None:
        raise ValueError(f"the {name} must be a whole number, not {value!r}")
    if lowest is not None and number < lowest:
        raise ValueError(f"the {name} must be at least {lowest}, not {number}")
    if highest is not None and number > highest:
        raise ValueError(f"the {name} must be at most {highest}, not {shortly(number)}")
    return number


def shortly(number):
    """Write a whole number, or how many digits it has if they would fill the screen.

    Parameters
    ----------
    number : int

    Returns
    -------
    str

    Examples
    --------
    >>> shortly(1234), shortly(-(10**40))
    ('1234', 'a number of 41 digits')
    """
    digits = len(str(abs(number))) if abs(number) < 10**1000 else 1000
    return str(number) if digits <= 30 else f"a number of {digits}{' digits or more' if digits == 1000 else ' digits'}"


def covered(kernel_size, dilation=1):
    """Count the pixels from the first to the last one that a dilated kernel reads.

    Parameters
    ----------
    kernel_size, dilation : int
        In pixels; dilation 1 means that the kernel reads neighbors.

    Returns
    -------
    int
        ``dilation * (kernel_size - 1) + 1``

    Examples
    --------
    >>> covered(3), covered(3, dilation=2)  # reads pixels 0 1 2, then 0 2 4
    (3, 5)
    """
    return dilation * (kernel_size - 1) + 1


def output_size(size, kernel_size, stride=1, padding=0, dilation=1):
    """Count the places where a kernel fits, in one direction.

    Parameters
    ----------
    size, kernel_size : int
        Pixels of the image and of the kernel, at least 1.
    stride : int
        Step of the window, at least 1.
    padding : int
        Pixels added on each side, at least 0.
    dilation : int
        Distance between the pixels that the kernel reads; 1 means none are left out.

    Returns
    -------
    int
        ``floor((size + 2 * padding - covered) / stride) + 1``
        with ``covered = dilation * (kernel_size - 1) + 1``

    Raises
    ------
    ValueError
        If a number is not whole or too small, or the kernel does not fit.

    Examples
    --------
    >>> output_size(7, kernel_size=3, stride=2)  # starts at 0, 2 and 4
    3
    >>> output_size(7, kernel_size=3, padding=1)
    7
    """
    size = whole_number("size", size, 1)
    kernel_size, stride, padding, dilation = window_numbers(kernel_size, stride, padding, dilation)
    if covered(kernel_size, dilation) > size + 2 * padding:
        raise ValueError(misfit((size,), (kernel_size,), padding, dilation))
    return (size + 2 * padding - covered(kernel_size, dilation)) // stride + 1


def output_shape(shape, kernel_shape, stride=1, padding=0, dilation=1, window="kernel"):
    """Count the places where a kernel fits, as rows and columns.

    Parameters
    ----------
    shape, kernel_shape : (int, int)
        Rows and columns of the image and of the kernel.
    stride, padding, dilation : int
        As in `output_size`, the same in both directions.
    window : str
        What the sliding thing is called in the sentence that refuses it.

    Returns
    -------
    (int, int)
        ``output_size`` of the rows and of the columns.

    Raises
    ------
    ValueError
        As `output_size`.

    Examples
    --------
    >>> output_shape((8, 9), (3, 3))
    (6, 7)
    """
    pairs = list(zip(shape, kernel_shape, strict=True))
    for _, kernel_size in pairs:
        window_numbers(kernel_size, stride, padding, dilation)
    if any(covered(kernel_size, dilation) > size + 2 * padding for size, kernel_size in pairs):
        raise ValueError(misfit(shape, kernel_shape, padding, dilation, window))
    return tuple(output_size(size, kernel_size, stride, padding, dilation) for size, kernel_size in pairs)


def window_numbers(kernel_size, stride, padding, dilation):
    """Return the four numbers of a sliding window as ints, and see that they are whole and in their limits.

    Parameters
    ----------
    kernel_size, stride, dilation : int
        At least 1; a kernel is at most 1000 pixels wide.
    padding : int
        From 0 to 1000.

    Returns
    -------
    (int, int, int, int)

    Raises
    ------
    ValueError
        Names the first number that will not do.

    Examples
    --------
    >>> window_numbers(3, stride=0, padding=0, dilation=1)
    Traceback (most recent call last):
    ValueError: the stride must be at least 1, not 0
    """
    return (
        whole_number("kernel size", kernel_size, 1, MOST),
        whole_number("stride", stride, 1),
        whole_number("padding", padding, 0, MOST),
        whole_number("dilation", dilation, 1),
    )


def misfit(shape, kernel_shape, padding, dilation, window="kernel"):
    """Say in a sentence why a kernel does not fit, and what padding would help.

    Parameters
    ----------
    shape, kernel_shape : tuple of 1 or 2 int
        Sizes of the image and of the kernel in one direction, or rows and columns.
    padding, dilation : int
    window : str
        What the sliding thing is called.

    Returns
    -------
    str

    Examples
    --------
    >>> misfit((3, 4), (5, 5), padding=0, dilation=1)
    'a 5x5 kernel does not fit into a 3x4 image; add at least 1 of padding'
    >>> misfit((1,), (3,), padding=1, dilation=2)
    'a kernel of size 3 with dilation 2 covers 5 and does not fit into an image of size 1 with 1 of padding; \
raise the padding to at least 2'
    """
    reach = [covered(k, dilation) for k in kernel_shape]
    needed = max((r - n + 1) // 2 for r, n in zip(reach, shape, strict=True))
    a_kernel, an_image = f"a {by(kernel_shape)} {window}", f"a {by(shape)} image"
    if len(shape) == 1:
        a_kernel, an_image = f"a {window} of size {kernel_shape[0]}", f"an image of size {shape[0]}"
    if dilation > 1:
        a_kernel += f" with dilation {dilation} covers {by(reach)} and"
    if padding:
        an_image += f" with {padding} of padding"
        return f"{a_kernel} does not fit into {an_image}; raise the padding to at least {needed}"
    return f"{a_kernel} does not fit into {an_image}; add at least {needed} of padding"


def by(shape):
    """Write sizes as people say them.

    Parameters
    ----------
    shape : sequence of int

    Returns
    -------
    str

    Examples
    --------
    >>> by((3, 5))
    '3x5'
    """
    return "x".join(str(size) for size in shape)


def same_padding(kernel_size):
    """Tell the padding that keeps the size of the image, at stride 1.

    Parameters
    ----------
    kernel_size : int
        An odd number of pixels.

    Returns
    -------
    int
        ``(kernel_size - 1) / 2``, on each side

    Raises
    ------
    ValueError
        If the kernel size is even: what the kernel takes off cannot be split equally between two sides.

    Examples
    --------
    >>> same_padding(5)
    2
    """
    kernel_size = whole_number("kernel size", kernel_size, 1, MOST)
    if kernel_size % 2 == 0:
        raise ValueError(
            f"a kernel of size {kernel_size} takes {kernel_size - 1} off the size of an image, and two sides "
            f"cannot share {kernel_size - 1} equally; use an odd size such as {kernel_size + 1}"
        )
    return kernel_size // 2


def receptive_field(layers):
    """Count the input pixels, in one direction, that one output pixel of the last layer looks at.

    Parameters
    ----------
    layers : sequence of (kernel_size, stride) or (kernel_size, stride, dilation)
        The first layer first.

    Returns
    -------
    int
        From the first to the last pixel: starts at 1 and grows by ``dilation * (kernel_size - 1)`` steps in
        each layer, where a step is as long as all the strides before that layer, multiplied.

    Raises
    ------
    ValueError
        If a layer has not 2 or 3 numbers, or one of them is not whole or too small.

    Examples
    --------
    >>> receptive_field([(3, 1), (3, 1)])  # two 3x3 kernels see what one 5x5 kernel sees
    5
    >>> receptive_field([(3, 1), (2, 2), (3, 1)])
    8
    """
    field, step = 1, 1
    for number, layer in enumerate(layers, start=1):
        if np.size(layer) not in (2, 3):
            raise ValueError(
                f"layer {number} needs 2 numbers (kernel size, stride) "
                f"or 3 (kernel size, stride, dilation), not {np.size(layer)}"
            )
        kernel_size, stride, dilation = (*layer, 1)[:3]
        kernel_size, stride, _, dilation = window_numbers(kernel_size, stride, 0, dilation)
        field += step * (covered(kernel_size, dilation) - 1)
        step *= stride
    return field


def layer_costs(size, channels, kernel_size, filters, stride=1, padding=0):
    """Count the numbers of a layer of filters, and those of a fully connected layer with an outcome as large.

    A filter has a weight for each cell of its kernels, and a bias. It is used at every place again. In a fully
    connected layer each output has a weight of its own for each input, and a bias.

    Parameters
    ----------
    size : int
        Rows and columns of the picture.
    channels, kernel_size, filters : int
    stride, padding : int

    Returns
    -------
    ndarray of shape (4,), float64
        Parameters of the filters, parameters of the fully connected layer, multiplications of the filters,
        multiplications of the fully connected layer.

    Raises
    ------
    ValueError
        If the window does not fit, or a number is not a whole one of at least 1.

    Examples
    --------
    >>> layer_costs(6, channels=3, kernel_size=3, filters=2).astype(int)  # 56 = 2 * (3 * 3 * 3 + 1)
    array([  56, 3488,  864, 3456])
    """
    places = output_size(size, kernel_size, stride, padding) ** 2
    window = kernel_size**2 * whole_number("number of channels", channels, 1)
    outputs = places * whole_number("number of filters", filters, 1)
    inputs = size**2 * channels
    costs = [filters * (window + 1), outputs * (inputs + 1), outputs * window, outputs * inputs]
    return np.array(costs, np.float64)
