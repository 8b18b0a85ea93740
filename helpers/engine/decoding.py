"""From the bytes of a picture file to an array.

What a file claims is not believed: how many pixels it has is looked up before any of them is decoded, and
only formats that are plain pictures are opened. A large picture is turned into an array, and made smaller, a few
rows at a time: the whole of it is in memory once, not several times.
"""

import io
import struct
import warnings
import zlib

import numpy as np
from PIL import Image, UnidentifiedImageError

from helpers.sizes import whole_number

FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF", "PPM")
MOST_BYTES = 30_000_000
MOST_PIXELS = 50_000_000
# Fewer of what is decoded with several copies in memory: 400 MB must do for any picture.
MOST_PIXELS_OF = {("WEBP", "RGB"): 20_000_000, ("WEBP", "RGBA"): 20_000_000, ("JPEG", "CMYK"): 40_000_000}
MOST_PIXELS_OF |= {("TIFF", mode): 40_000_000 for mode in ("RGBA", "CMYK", "I", "F")}
MOST_TEXT = 1_000_000  # bytes of a PPM file that is plain text: Pillow reads about a million a second
STRIP = 1_000_000  # pixels that are turned into an array at a time

# What Pillow raises where a file is damaged; anything else is a mistake of ours, and must be seen.
DAMAGE = (OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError, OverflowError)
DAMAGE = (*DAMAGE, struct.error, zlib.error, Image.DecompressionBombError)

ORIENTATION = 0x0112  # the EXIF tag that says how the camera was held
TURNS = {
    2: lambda image: image[:, ::-1],
    3: lambda image: image[::-1, ::-1],
    4: lambda image: image[::-1],
    5: lambda image: image.swapaxes(0, 1),
    6: lambda image: image.swapaxes(0, 1)[:, ::-1],
    7: lambda image: image[::-1, ::-1].swapaxes(0, 1),
    8: lambda image: image.swapaxes(0, 1)[::-1],
}


def from_upload(data, longest=None):
    """Decode the contents of a picture file.

    Parameters
    ----------
    data : bytes
        A PNG, JPEG, GIF, WebP, BMP, TIFF or PPM file. Of an animation the first picture is taken; a photo is
        turned the way the camera was held; other numbers than bytes are brought to 0-255 as `range_of` says.
    longest : int, optional
        Make a large picture smaller while it is decoded, so that its longer side has at most so many pixels.

    Returns
    -------
    ndarray of shape (M, N), (M, N, 3) or (M, N, 4), uint8
        Gray, or red, green, blue, and alpha if there is transparency. The colors that transparency hides are
        those in the file.

    Raises
    ------
    ValueError
        If it is empty, not a picture, damaged, above 30 MB or has more than 50 million pixels; of a few kinds that
        need more memory the sentence names a lower number.

    Examples
    --------
    >>> from_upload(b"P5 3 2 255 " + bytes([0, 1, 2, 10, 11, 12]))  # a PPM file is nearly plain text
    array([[ 0,  1,  2],
           [10, 11, 12]], dtype=uint8)
    """
    longest = None if longest is None else whole_number("longest side", longest, 1)
    if not isinstance(data, bytes | bytearray | memoryview):
        raise ValueError(f"a picture file is taken as its bytes, not as {type(data).__name__}")
    check_bytes(memoryview(data).nbytes)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what Pillow would warn of is refused here
        image = header(data)
        size = fitting((image.height, image.width), longest)
        decode(image, size)
        return turned(resized(to_array(image, factor_to(image, size)), size), orientation(image))


def check_bytes(count):
    """See that a file is neither empty nor too large.

    Parameters
    ----------
    count : int
        Its length in bytes.

    Raises
    ------
    ValueError
        If it is.

    Examples
    --------
    >>> check_bytes(0)
    Traceback (most recent call last):
    ValueError: the file is empty; choose a picture
    """
    if count == 0:
        raise ValueError("the file is empty; choose a picture")
    if count > MOST_BYTES:
        raise ValueError(f"the file has {count / 1e6:.1f} MB; at most {MOST_BYTES / 1e6:.0f} MB are read")


def header(data):
    """Open a picture without decoding its pixels, and see that there are not too many.

    Parameters
    ----------
    data : bytes

    Returns
    -------
    PIL.Image.Image

    Raises
    ------
    ValueError
        If it is not a picture, has too many pixels, or is a long one in plain text.

    Examples
    --------
    >>> header(b"P5 3 2 255 ......").size  # columns, rows
    (3, 2)
    """
    try:
        image = Image.open(io.BytesIO(data), formats=FORMATS)
    except Image.DecompressionBombError:
        raise ValueError(too_many(MOST_PIXELS)) from None
    except (UnidentifiedImageError, *DAMAGE):
        raise ValueError("this is not a picture that can be read; choose a PNG or JPEG file") from None
    most = MOST_PIXELS_OF.get((image.format, image.mode), MOST_PIXELS)
    if image.width * image.height > most:
        raise ValueError(too_many(most, f", the most of a {image.format} ({image.mode})" * (most < MOST_PIXELS)))
    if bytes(data[:2]) in (b"P1", b"P2", b"P3") and len(data) > MOST_TEXT:
        raise ValueError(
            f"a picture in plain text has at most {MOST_TEXT / 1e6:.0f} MB, this one {len(data) / 1e6:.1f} MB;"
            " save it as PNG"
        )
    return image


def too_many(most, which=""):
    """Say in a sentence that a picture has too many pixels.

    >>> too_many(20_000_000, ", the most of a WEBP (RGB)")
    'the picture has more than 20 million pixels, the most of a WEBP (RGB); make it smaller first'
    """
    return f"the picture has more than {most // 1_000_000} million pixels{which}; make it smaller first"


def decode(image, size):
    """Decode the pixels of a picture; a JPEG is decoded smaller at once, if it is to be made smaller."""
    rows, columns = size
    if (rows, columns) != (image.height, image.width):
        image.draft(None, (2 * columns, 2 * rows))
    try:
        image.load()
    except DAMAGE:
        raise ValueError("the picture is damaged or cut off; save or download it again") from None


def orientation(image):
    """Return how the camera was held, from 1 to 8; 1 where the file says nothing that can be read."""
    try:
        return image.getexif().get(ORIENTATION, 1)
    except DAMAGE:
        return 1


def turned(image, orientation):
    """Turn a photo the way the camera was held.

    Parameters
    ----------
    image : ndarray of shape (M, N) or (M, N, C)
    orientation : int
        From 1 to 8, as the EXIF standard has it.

    Returns
    -------
    ndarray of shape (M, N), (N, M), (M, N, C) or (N, M, C)

    Examples
    --------
    >>> turned(np.array([[0, 1, 2], [10, 11, 12]]), 6)  # a quarter to the right
    array([[10,  0],
           [11,  1],
           [12,  2]])
    """
    return np.ascontiguousarray(TURNS[orientation](image)) if orientation in TURNS else image


def fitting(shape, longest):
    """Return how many rows and columns a picture has when its longer side has at most `longest` pixels.

    >>> fitting((300, 400), longest=100)
    (75, 100)
    """
    rows, columns = shape[:2]
    scale = 1 if longest is None else min(1, longest / max(rows, columns))
    return max(1, round(rows * scale)), max(1, round(columns * scale))


def resized(image, size):
    """Resize an array of bytes to so many rows and columns.

    Parameters
    ----------
    image : ndarray of shape (M, N) or (M, N, C), uint8
    size : (int, int)

    Returns
    -------
    ndarray of the shape (R, S) or (R, S, C), uint8
    """
    if image.shape[:2] == size:
        return image
    channels = np.moveaxis(np.atleast_3d(image), -1, 0)  # one by one: Pillow would lose what alpha hides
    small = [np.asarray(Image.fromarray(channel).resize(size[::-1])) for channel in channels]
    return small[0].copy() if image.ndim == 2 else np.stack(small, axis=-1)


def factor_to(image, size):
    """Return how many rows and columns can be put together before the rest is done by `resized`."""
    rows, columns = size
    return max(1, min(image.height // (2 * rows), image.width // (2 * columns)))


def to_array(image, factor=1):
    """Bring a decoded picture of any kind to 8-bit gray, RGB or RGBA.

    Parameters
    ----------
    image : PIL.Image.Image
    factor : int
        Put so many rows and columns together by their mean.

    Returns
    -------
    ndarray of shape (M, N), (M, N, 3) or (M, N, 4), uint8

    Examples
    --------
    >>> to_array(Image.new("1", (3, 2), 1))
    array([[255, 255, 255],
           [255, 255, 255]], dtype=uint8)
    """
    highest = range_of(image) if is_wide(image) else 255
    result, row = None, 0
    for strip in strips(image, factor):
        part = reduced(strip_to_array(strip, highest), factor)
        if result is None:
            result = np.empty((-(-image.height // factor), *part.shape[1:]), np.uint8)
        result[row : row + len(part)] = part
        row += len(part)
    return result


def strips(image, factor=1):
    """Yield a picture a few rows at a time, a multiple of `factor` but for the last."""
    height = factor * max(1, STRIP // (factor * image.width))
    for top in range(0, image.height, height):
        yield image.crop((0, top, image.width, min(top + height, image.height)))


def reduced(image, factor):
    """Put so many rows and columns of an array of bytes together, each channel by itself."""
    if factor == 1:
        return image
    channels = [Image.fromarray(channel).reduce(factor) for channel in np.moveaxis(np.atleast_3d(image), -1, 0)]
    return np.asarray(channels[0]) if image.ndim == 2 else np.dstack([np.asarray(channel) for channel in channels])


def strip_to_array(image, highest):
    """Bring a few rows of a picture to 8-bit gray, RGB or RGBA; `highest` becomes 255 where they are no bytes."""
    transparent = image.info.get("transparency")
    if is_wide(image):
        values = np.asarray(image)
        gray = to_8_bits(values, highest)
        return gray if transparent is None else np.dstack([gray] * 3 + [np.uint8(255) * (values != transparent)])
    if transparent is not None or image.mode in ("LA", "La", "PA", "RGBA", "RGBa"):
        return np.array(image.convert("RGBA"))
    return np.array(image.convert("L" if image.mode in ("1", "L") else "RGB"))


def is_wide(image):
    """Tell whether a picture's numbers are no bytes, but have 16 or 32 bits or decimals."""
    return image.mode.startswith(("I", "F"))


def range_of(image):
    """Return the number that becomes 255, of a picture whose numbers are no bytes.

    It is the end of the smallest range that holds them all: 0-1 (numbers with decimals only), 0-255 (8 bits), 0-4095
    (12 bits), 0-65535 (16 bits); above that, the largest number itself. Below 0 is black.

    Parameters
    ----------
    image : PIL.Image.Image

    Returns
    -------
    float

    Examples
    --------
    >>> range_of(Image.fromarray(np.array([[0, 300], [1000, 4000]], np.uint16)))
    4095
    """
    largest = max(largest_of(np.asarray(strip)) for strip in strips(image))
    ends = (1, 255, 4095, 65535) if image.mode == "F" else (255, 4095, 65535)
    return next((end for end in ends if largest <= end), largest)


def largest_of(values):
    """Return the largest finite number of an array, or 0.

    >>> largest_of(np.array([[-1, 0.5, np.inf]]))
    0.5
    """
    return values.max(initial=0, where=np.isfinite(values)).item()


def to_8_bits(values, highest):
    """Bring numbers from 0 to `highest` to 0 to 255; what lies beyond is cut off.

    >>> to_8_bits(np.array([[-5, 0, 2048, 4095]]), 4095)
    array([[  0,   0, 128, 255]], dtype=uint8)
    """
    cut = np.clip(np.nan_to_num(values.astype(np.float64)), 0, highest)
    return np.round(cut * (255 / highest)).astype(np.uint8)
