"""Colors are numbers too: a color picture is a stack of gray ones, called channels.

Red, green, blue, alpha and gray run from 0 to 255, as they are stored in files. Hue is an angle from 0 to 360
degrees; saturation, value and the four printing inks are percentages from 0 to 100.
"""

import numpy as np

from helpers.arrays import floats, picture
from helpers.sizes import whole_number

REC601 = (0.299, 0.587, 0.114)  # how bright red, green and blue look; Recommendation ITU-R BT.601
MEAN = (1 / 3, 1 / 3, 1 / 3)  # all three alike


def split(image):
    """Take a picture apart into its channels.

    Parameters
    ----------
    image : ndarray of shape (M, N, C) or (M, N)

    Returns
    -------
    list of C ndarrays of shape (M, N)
        A gray picture has one channel.

    Raises
    ------
    ValueError
        If it is not a picture.

    Examples
    --------
    >>> red, green = split(np.array([[[0, 100], [1, 101], [2, 102]]]))
    >>> green
    array([[100., 101., 102.]], dtype=float32)
    """
    image = np.atleast_3d(picture(image))
    return [image[:, :, channel].copy() for channel in range(image.shape[2])]


def merge(channels):
    """Put channels together into one picture.

    Parameters
    ----------
    channels : sequence of C ndarrays of shape (M, N)

    Returns
    -------
    ndarray of shape (M, N, C)

    Raises
    ------
    ValueError
        If there is no channel, or their shapes differ.

    Examples
    --------
    >>> merge([np.array([[0, 1, 2]]), np.array([[100, 101, 102]])])[0, 2]  # row 0, column 2
    array([  2., 102.], dtype=float32)
    """
    channels = [floats(channel) for channel in channels]
    if not channels:
        raise ValueError("at least one channel is needed to make a picture")
    for channel in channels:
        if channel.ndim != 2 or channel.shape != channels[0].shape:
            raise ValueError(
                f"all channels need the same rows and columns, not {channels[0].shape} and {channel.shape}"
            )
    return np.stack(channels, axis=-1)


def pick(image, channel):
    """Take one channel out of a picture.

    Parameters
    ----------
    image : ndarray of shape (M, N, C) or (M, N)
        A gray picture has one channel.
    channel : int
        Counted from 0.

    Returns
    -------
    ndarray of shape (M, N)

    Raises
    ------
    ValueError
        If there is no such channel.

    Examples
    --------
    >>> pick(np.array([[[0, 100], [1, 101], [2, 102]]]), 1)
    array([[100., 101., 102.]], dtype=float32)
    """
    image = np.atleast_3d(picture(image))
    return image[:, :, channel_number(image, channel)].copy()


def keep(image, channels):
    """Switch channels on and off: those switched off become 0.

    Parameters
    ----------
    image : ndarray of shape (M, N, C) or (M, N)
    channels : sequence of C bool
        One switch a channel; 1 and 0 will do as well.

    Returns
    -------
    ndarray of the same shape

    Raises
    ------
    ValueError
        If there are more or fewer switches than channels.

    Examples
    --------
    >>> keep(np.array([[[1, 2, 3], [4, 5, 6]]]), [True, False, True])
    array([[[1., 0., 3.],
            [4., 0., 6.]]], dtype=float32)
    """
    image = picture(image)
    count = 1 if image.ndim == 2 else image.shape[2]
    if len(channels) != count:
        raise ValueError(f"one switch for each channel is needed: {count}, not {len(channels)}")
    return np.where(np.array(channels, dtype=bool), image, image.dtype.type(0))


def swap(image, first, second):
    """Exchange two channels; red and blue, for instance, where a program expects BGR.

    Parameters
    ----------
    image : ndarray of shape (M, N, C)
    first, second : int
        Counted from 0.

    Returns
    -------
    ndarray of the same shape

    Raises
    ------
    ValueError
        If there is no such channel.

    Examples
    --------
    >>> swap(np.array([[[1, 2, 3], [4, 5, 6]]]), 0, 2)
    array([[[3., 2., 1.],
            [6., 5., 4.]]], dtype=float32)
    """
    image = picture(image)
    stack = np.atleast_3d(image)
    order = list(range(stack.shape[2]))
    first, second = channel_number(stack, first), channel_number(stack, second)
    order[first], order[second] = second, first
    return stack[:, :, order].reshape(image.shape)


def move(image, amounts, high=255, around=()):
    """Add a number to each channel, within the channel's limits.

    Parameters
    ----------
    image : ndarray of shape (M, N, C) or (M, N)
    amounts : sequence of C numbers
        In the units of the channels; negative numbers subtract.
    high : float or sequence of C numbers
        Upper limit of the channels; the lower one is 0.
    around : sequence of int
        Channels that go on at 0 beyond their upper limit, as on a circle (hue); the others are cut off.

    Returns
    -------
    ndarray of the same shape

    Raises
    ------
    ValueError
        If there are more or fewer amounts or limits than channels.

    Examples
    --------
    >>> hsv = np.array([[[350, 50, 90], [10, 60, 20]]])
    >>> move(hsv, [20, 0, 15], high=[360, 100, 100], around=[0])
    array([[[ 10.,  50., 100.],
            [ 30.,  60.,  35.]]], dtype=float32)
    """
    image = picture(image)
    stack = np.atleast_3d(image)
    count = stack.shape[2]
    if len(amounts) != count:
        raise ValueError(f"one number for each channel is needed: {count}, not {len(amounts)}")
    if np.size(high) not in (1, count):
        raise ValueError(f"one upper limit for each channel is needed: {count}, not {np.size(high)}")
    high = np.asarray(high, image.dtype)
    moved = stack + np.asarray(amounts, image.dtype)
    turned = np.isin(np.arange(count), around)
    return np.where(turned, moved % high, np.clip(moved, 0, high)).reshape(image.shape)


def pixel(red, green, blue, alpha=255):
    """Make a picture of one pixel.

    Parameters
    ----------
    red, green, blue, alpha : float
        From 0 to 255; alpha 0 is fully transparent.

    Returns
    -------
    ndarray of shape (1, 1, 4)

    Examples
    --------
    >>> pixel(255, 0, 10)
    array([[[255.,   0.,  10., 255.]]], dtype=float32)
    """
    return np.array([[[red, green, blue, alpha]]], dtype=np.float32)


def to_rgba(image):
    """Give any picture four channels: gray becomes three equal ones, and where alpha is missing it is 255.

    Parameters
    ----------
    image : ndarray of shape (M, N), (M, N, 1), (M, N, 3) or (M, N, 4)

    Returns
    -------
    ndarray of shape (M, N, 4)

    Raises
    ------
    ValueError
        If there are not 1, 3 or 4 channels.

    Examples
    --------
    >>> to_rgba(np.array([[0, 100]]))
    array([[[  0.,   0.,   0., 255.],
            [100., 100., 100., 255.]]], dtype=float32)
    """
    stack = np.atleast_3d(picture(image))
    if stack.shape[2] not in (1, 3, 4):
        raise ValueError(f"a picture has 1 channel (gray), 3 (color) or 4 (color and alpha), not {stack.shape[2]}")
    if stack.shape[2] == 4:
        return stack.copy()
    colors = np.broadcast_to(stack, (*stack.shape[:2], 3))
    return np.concatenate([colors, np.full_like(stack[:, :, :1], 255)], axis=2)


def composite(rgba, background):
    """Lay a picture with transparency over a background.

    Parameters
    ----------
    rgba : ndarray of shape (M, N, 4)
        Red, green, blue and alpha; alpha 0 lets everything through, 255 nothing.
    background : sequence of 3 numbers, or ndarray of shape (M, N, 3)
        One color, or a picture.

    Returns
    -------
    ndarray of shape (M, N, 3)
        ``a * color + (1 - a) * background`` with ``a = alpha / 255``

    Raises
    ------
    ValueError
        If there are not 4 channels, or the background is neither a color nor a picture of this size.

    Notes
    -----
    The operator "over" of T. Porter and T. Duff, "Compositing digital images", 1984.

    Examples
    --------
    >>> red_then_blue = np.array([[[255, 0, 0, 255], [0, 0, 255, 51]]])  # blue covers a fifth
    >>> composite(red_then_blue, background=[100, 200, 0])
    array([[[255.,   0.,   0.],
            [ 80., 160.,  51.]]], dtype=float32)
    """
    rgba, background = picture(rgba), floats(background)
    if rgba.ndim != 3 or rgba.shape[2] != 4:
        raise ValueError(f"a picture with 4 channels (red, green, blue, alpha) is needed, not the shape {rgba.shape}")
    if background.shape not in ((3,), (*rgba.shape[:2], 3)):
        rows, columns = rgba.shape[:2]
        raise ValueError(
            f"the background must be a color of 3 numbers or a {rows}x{columns} picture with 3 channels, "
            f"not the shape {background.shape}"
        )
    alpha = rgba[:, :, 3:] / 255
    return alpha * rgba[:, :, :3] + (1 - alpha) * background.astype(rgba.dtype)


def drop_alpha(image):
    """Forget the alpha channel: what transparency had hidden comes to light.

    Parameters
    ----------
    image : ndarray of shape (M, N, 4), (M, N, 3) or (M, N)

    Returns
    -------
    ndarray of shape (M, N, 3) or (M, N)
        Pictures without alpha are returned as they are.

    Raises
    ------
    ValueError
        If there are not 1, 3 or 4 channels.

    Examples
    --------
    >>> drop_alpha(np.array([[[1, 2, 3, 0], [4, 5, 6, 255]]]))
    array([[[1., 2., 3.],
            [4., 5., 6.]]], dtype=float32)
    """
    image = picture(image)
    if image.ndim == 2:
        return image.copy()
    if image.shape[2] not in (3, 4):
        raise ValueError(f"a color picture has 3 channels, or 4 with alpha, not {image.shape[2]}")
    return image[:, :, :3].copy()


def to_gray(image, weights=REC601):
    """Weigh red, green and blue, and add them up.

    Parameters
    ----------
    image : ndarray of shape (M, N, 3) or (M, N)
    weights : sequence of 3 numbers
        `REC601` follows the eye, for which green is brighter than blue; `MEAN` treats all three alike.

    Returns
    -------
    ndarray of shape (M, N)
        ``weights[0] * red + weights[1] * green + weights[2] * blue``; a gray picture stays as it is.

    Raises
    ------
    ValueError
        If there is an alpha channel (composite first), or there are not 3 channels, or not 3 weights.

    Examples
    --------
    >>> to_gray(np.array([[[100, 0, 0], [0, 100, 0], [0, 0, 100]]]))  # red, green, blue, equally strong
    array([[29.9, 58.7, 11.4]], dtype=float32)
    """
    image = picture(image)
    weights = floats(weights).astype(image.dtype)
    if weights.shape != (3,):
        raise ValueError(f"3 weights are needed, one each for red, green and blue, not {weights.size}")
    if image.ndim == 2:
        return image.copy()
    if image.shape[2] == 4:
        raise ValueError("this picture has an alpha channel; composite it over a background first")
    red, green, blue = color_channels(image)
    return weights[0] * red + weights[1] * green + weights[2] * blue


def rgb_to_hsv(rgb):
    """Describe colors by hue (which one?), saturation (how strong?) and value (how bright?).

    Parameters
    ----------
    rgb : ndarray of shape (..., 3)
        From 0 to 255.

    Returns
    -------
    ndarray of shape (..., 3)
        Hue in degrees (0 red, 120 green, 240 blue; 0 for grays), saturation and value in percent.

    Raises
    ------
    ValueError
        If the last axis has not 3 numbers.

    Notes
    -----
    A. R. Smith, "Color gamut transform pairs", 1978.

    Examples
    --------
    >>> rgb_to_hsv(np.array([[[255, 0, 0], [0, 51, 0], [102, 102, 204], [51, 51, 51]]]))
    array([[[  0., 100., 100.],
            [120., 100.,  20.],
            [240.,  50.,  80.],
            [  0.,   0.,  20.]]], dtype=float32)
    """
    red, green, blue = color_channels(rgb)
    highest, lowest = np.maximum(np.maximum(red, green), blue), np.minimum(np.minimum(red, green), blue)
    spread = highest - lowest
    safe = np.where(spread > 0, spread, 1)
    hue = np.select(
        [spread == 0, highest == red, highest == green],
        [0 * red, (green - blue) / safe % 6, (blue - red) / safe + 2],
        (red - green) / safe + 4,
    )
    saturation = spread / np.where(highest > 0, highest, 1)
    return np.stack([60 * hue, 100 * saturation, highest * 100 / 255], axis=-1)


def hsv_to_rgb(hsv):
    """Return from hue, saturation and value to red, green and blue.

    Parameters
    ----------
    hsv : ndarray of shape (..., 3)
        Hue in degrees (360 is 0 again), saturation and value in percent.

    Returns
    -------
    ndarray of shape (..., 3)
        From 0 to 255.

    Raises
    ------
    ValueError
        If the last axis has not 3 numbers.

    Notes
    -----
    A. R. Smith, "Color gamut transform pairs", 1978. Each of red, green and blue is full within 60 degrees
    of its own hue, absent beyond 120 degrees, and slopes in between.

    Examples
    --------
    >>> hsv_to_rgb(np.array([[[0, 100, 100], [120, 100, 20], [240, 50, 80]]]))
    array([[[255.,   0.,   0.],
            [  0.,  51.,   0.],
            [102., 102., 204.]]], dtype=float32)
    """
    hue, saturation, value = color_channels(hsv, "hue, saturation, value")
    channels = []
    for own_hue in (0, 120, 240):
        away = np.abs((hue - own_hue + 180) % 360 - 180)  # degrees to the channel's own hue, 0 to 180
        strength = np.clip(2 - away / 60, 0, 1)
        channels.append(255 * value / 100 * (1 - saturation / 100 * (1 - strength)))
    return np.stack(channels, axis=-1)


def rgb_to_cmyk(rgb):
    """Describe colors by printing inks: cyan, magenta, yellow and black, each of which takes light away.

    Parameters
    ----------
    rgb : ndarray of shape (..., 3)
        From 0 to 255.

    Returns
    -------
    ndarray of shape (..., 4)
        In percent, with as much black as possible.

    Raises
    ------
    ValueError
        If the last axis has not 3 numbers.

    Notes
    -----
    The textbook rule; printers measure their inks and papers instead.

    Examples
    --------
    >>> rgb_to_cmyk(np.array([[[255, 0, 0], [0, 51, 102], [0, 0, 0]]]))
    array([[[  0., 100., 100.,   0.],
            [100.,  50.,   0.,  60.],
            [  0.,   0.,   0., 100.]]], dtype=float32)
    """
    red, green, blue = color_channels(rgb)
    highest = np.maximum(np.maximum(red, green), blue)
    safe = np.where(highest > 0, highest, 1)
    inks = [100 * (highest - channel) / safe for channel in (red, green, blue)]
    return np.stack([*inks, 100 - highest * 100 / 255], axis=-1)


def cmyk_to_rgb(cmyk):
    """Return from printing inks to red, green and blue: each ink lets through what it does not take.

    Parameters
    ----------
    cmyk : ndarray of shape (..., 4)
        In percent.

    Returns
    -------
    ndarray of shape (..., 3)
        ``255 * (1 - ink / 100) * (1 - black / 100)`` for cyan, magenta and yellow

    Raises
    ------
    ValueError
        If the last axis has not 4 numbers.

    Examples
    --------
    >>> cmyk_to_rgb(np.array([[[0, 100, 100, 0], [100, 50, 0, 60]]]))
    array([[[255.,   0.,   0.],
            [  0.,  51., 102.]]], dtype=float32)
    """
    cyan, magenta, yellow, black = color_channels(cmyk, "cyan, magenta, yellow, black")
    light = 255 * (100 - black) / 100
    return np.stack([light * (100 - ink) / 100 for ink in (cyan, magenta, yellow)], axis=-1)


def color_channels(colors, names="red, green, blue"):
    """Return the numbers of colors, one array for each of the names.

    Parameters
    ----------
    colors : ndarray of shape (..., C)
    names : str
        C words with commas between them.

    Returns
    -------
    ndarray of shape (C, ...)

    Raises
    ------
    ValueError
        If there are more or fewer numbers than names.

    Examples
    --------
    >>> red, green, blue = color_channels([[1, 2, 3], [4, 5, 6]])
    >>> blue
    array([3., 6.], dtype=float32)
    """
    colors, count = floats(colors), len(names.split(","))
    found = colors.shape[-1] if colors.ndim else 1
    if found != count:
        raise ValueError(f"{count} numbers for each color are needed ({names}), not {found}")
    return np.moveaxis(colors, -1, 0)


def channel_number(stack, channel):
    """Return the number of a channel as an int, and see that the picture has it.

    Parameters
    ----------
    stack : ndarray of shape (M, N, C)
    channel : int
        Counted from 0.

    Returns
    -------
    int

    Raises
    ------
    ValueError
        If it has not.

    Examples
    --------
    >>> channel_number(np.zeros((4, 5, 3)), 3)
    Traceback (most recent call last):
    ValueError: there is no channel 3; this picture has 3 channels, counted from 0
    """
    channel, count = whole_number("channel", channel, 0), stack.shape[2]
    if channel >= count:
        channels = "1 channel" if count == 1 else f"{count} channels"
        raise ValueError(f"there is no channel {channel}; this picture has {channels}, counted from 0")
    return channel
