"""From the bytes of a picture file to an array.

What a file claims is not believed: how many pixels it has is looked up before any of them is decoded, and
only formats that are plain pictures are opened.
"""

import io
import warnings

import numpy as np
from PIL import Image, ImageOps

FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF", "PPM")
MOST_BYTES = 30_000_000
MOST_PIXELS = 50_000_000


def from_upload(data):
    """Decode the contents of a picture file.

    Parameters
    ----------
    data : bytes
        A PNG, JPEG, GIF, WebP, BMP, TIFF or PPM file. Of an animation the first picture is taken; a photo is
        turned the way the camera was held; 16 bits are brought down to 8.

    Returns
    -------
    ndarray of shape (M, N), (M, N, 3) or (M, N, 4), uint8
        Gray, or red, green, blue, and alpha if there is transparency. The colors that transparency hides are
        those in the file.

    Raises
    ------
    ValueError
        If it is empty, not a picture, damaged, above 30 MB or above 50 million pixels.

    Examples
    --------
    >>> from_upload(b"P5 3 2 255 " + bytes([0, 1, 2, 10, 11, 12]))  # a PPM file is nearly plain text
    array([[ 0,  1,  2],
           [10, 11, 12]], dtype=uint8)
    """
    data = bytes(data)
    check_bytes(len(data))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what Pillow would warn of is refused here
        image = header(data)
        try:
            return to_array(ImageOps.exif_transpose(image))
        except Exception:  # Pillow's decoders raise errors of many kinds
            raise ValueError("the picture is damaged or cut off; save or download it again") from None


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
        If it is not a picture, or has more than 50 million pixels.

    Examples
    --------
    >>> header(b"P5 3 2 255 ......").size  # columns, rows
    (3, 2)
    """
    too_many = f"the picture has more than {MOST_PIXELS // 1_000_000} million pixels; make it smaller first"
    try:
        image = Image.open(io.BytesIO(data), formats=FORMATS)
    except Image.DecompressionBombError:
        raise ValueError(too_many) from None
    except Exception:  # of many kinds, if the first bytes are damaged
        raise ValueError("this is not a picture that can be read; choose a PNG or JPEG file") from None
    if image.width * image.height > MOST_PIXELS:
        raise ValueError(too_many)
    return image


def to_array(image):
    """Bring a decoded picture of any kind to 8-bit gray, RGB or RGBA.

    Parameters
    ----------
    image : PIL.Image.Image

    Returns
    -------
    ndarray of shape (M, N), (M, N, 3) or (M, N, 4), uint8

    Examples
    --------
    >>> to_array(Image.new("1", (3, 2), 1))
    array([[255, 255, 255],
           [255, 255, 255]], dtype=uint8)
    """
    if image.mode.startswith("I"):  # 16 bits: 65535 / 257 = 255
        return np.round(np.clip(np.asarray(image), 0, 65535) / 257).astype(np.uint8)
    if image.has_transparency_data:
        return np.array(image.convert("RGBA"))
    return np.array(image.convert("L" if image.mode in ("1", "L", "F") else "RGB"))
