"""Pictures of every kind, good and bad, made with Pillow here and read by the course."""

import io
import os
import re
import subprocess
import sys
import zlib

import numpy as np
import pytest
from PIL import Image
from scipy import ndimage

from helpers import images
from helpers.engine import decoding

COLORS = np.random.default_rng(0).integers(0, 256, (20, 30, 3), dtype=np.uint8)
GRAYS = COLORS[:, :, 0]
ALPHA = np.linspace(0, 255, 600).round().astype(np.uint8).reshape(20, 30)
RGBA = np.dstack([COLORS, ALPHA])


def encode(array, file_format="PNG", mode=None, **options):
    """Return the bytes of a picture file."""
    image = array if isinstance(array, Image.Image) else Image.fromarray(array)
    data = io.BytesIO()
    image.convert(mode or image.mode).save(data, file_format, **options)
    return data.getvalue()


def read(data):
    """Return the picture, or the sentence that refuses it."""
    try:
        return images.from_upload(data)
    except ValueError as refusal:
        return str(refusal)


def png_claiming(columns, rows):
    """Return a small PNG whose header claims another size, with its checksum right."""
    data = bytearray(encode(GRAYS))
    data[16:24] = columns.to_bytes(4, "big") + rows.to_bytes(4, "big")
    data[29:33] = zlib.crc32(data[12:29]).to_bytes(4, "big")
    return bytes(data)


def with_chunk(data, name, content):
    """Return a PNG file with another chunk before its pixels."""
    chunk = len(content).to_bytes(4, "big") + name + content + zlib.crc32(name + content).to_bytes(4, "big")
    return data[:33] + chunk + data[33:]


# --- the course's pictures


def test_names_are_the_files_in_the_folder():
    assert sorted(images.names()) == sorted(path.stem for path in images.FOLDER.glob("*.png"))


@pytest.mark.parametrize("name", images.names())
def test_a_picture_of_the_course_is_what_its_file_holds(name):
    image = images.load(name)
    assert image.dtype == np.uint8
    np.testing.assert_array_equal(image, np.asarray(Image.open(images.FOLDER / f"{name}.png")))
    image[0, 0] = 7  # writable


@pytest.mark.parametrize("name", images.names())
def test_a_picture_of_the_course_has_its_credits(name):
    rows, columns = images.load(name).shape[:2]
    mode = Image.open(images.FOLDER / f"{name}.png").mode
    assert re.search(rf"`{name}.png` .*{columns}x{rows} {mode} ", (images.FOLDER / "CREDITS.md").read_text())


@pytest.mark.parametrize("name", ["coffee_cutout", "horse", "glass_discs"])
def test_transparency_is_real(name):
    alpha = images.load(name)[:, :, 3]
    assert (alpha == 0).any()
    assert (alpha == 255).any()
    assert ((alpha > 0) & (alpha < 255)).any()


def test_something_is_hidden_behind_the_cup():
    cup = images.load("coffee_cutout")
    assert cup[cup[:, :, 3] == 0][:, :3].std() > 20


def test_the_ring_where_the_cup_fades_holds_the_photo_and_no_specks():
    cup = images.load("coffee_cutout")
    off = np.abs(cup[:, :, :3] - ndimage.median_filter(cup[:, :, :3].astype(float), (3, 3, 1))).max(axis=2)
    faint = (cup[:, :, 3] > 0) & (cup[:, :, 3] < 20)
    assert off[faint].mean() < 2 * off[cup[:, :, 3] == 255].mean()


# --- loading


def test_load_takes_a_path_as_text_or_path_and_the_bytes(tmp_path):
    path = tmp_path / "a picture.png"
    path.write_bytes(encode(COLORS))
    for source in (
        str(path),
        path,
        path.read_bytes(),
        bytearray(path.read_bytes()),
        memoryview(path.read_bytes()),
    ):
        np.testing.assert_array_equal(images.load(source), COLORS)


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("dog", "there is no picture called 'dog'; choose one of cat, coffee, astronaut, camera"),
        ("", "'' is a folder"),
        ("dog.png", "there is no file 'dog.png'; check its name and its folder"),
        ("photos/dog", "there is no file 'photos/dog'; check its name and its folder"),
        (7, "a picture is loaded by its name, its path or its bytes, not by int"),
        (GRAYS, "a picture is loaded by its name, its path or its bytes, not by ndarray"),
        (None, "a picture is loaded by its name, its path or its bytes, not by NoneType"),
    ],
)
def test_load_refuses(source, sentence):
    with pytest.raises(ValueError, match=re.escape(sentence)):
        images.load(source)


def test_load_refuses_a_folder(tmp_path):
    with pytest.raises(ValueError, match="is a folder; name a picture in it"):
        images.load(tmp_path)


def test_load_refuses_a_large_file_without_reading_it(tmp_path, monkeypatch):
    path = tmp_path / "large.png"
    path.write_bytes(b"")
    os.truncate(path, 31_000_000)
    monkeypatch.delattr("pathlib.Path.read_bytes")
    with pytest.raises(ValueError, match=r"the file has 31.0 MB; at most 30 MB are read"):
        images.load(path)


def refuse(*_):
    raise PermissionError(13, "Permission denied")


def test_a_file_that_may_not_be_read_is_said(tmp_path, monkeypatch):
    (tmp_path / "locked.png").write_bytes(encode(COLORS))
    monkeypatch.setattr("pathlib.Path.read_bytes", refuse)
    with pytest.raises(ValueError, match=r"locked.png' cannot be read: Permission denied"):
        images.load(tmp_path / "locked.png")


def test_a_folder_that_may_not_be_entered_is_said(monkeypatch):
    monkeypatch.setattr("pathlib.Path.is_file", refuse)
    with pytest.raises(ValueError, match=r"'locked/cat.png' cannot be read: Permission denied"):
        images.load("locked/cat.png")


def test_a_name_far_too_long_is_said_in_a_short_sentence():
    with pytest.raises(ValueError, match=r"^'\.\.\.x{50}' cannot be read: File name too long$"):
        images.load("x" * 300)


@pytest.mark.parametrize("data", [None, 5, "cat", [1, 2]])
def test_an_upload_that_is_no_bytes_is_refused(data):
    with pytest.raises(ValueError, match=f"a picture file is taken as its bytes, not as {type(data).__name__}"):
        images.from_upload(data)


@pytest.mark.parametrize("magic", [b"P1", b"P2", b"P3"])
def test_a_long_picture_in_plain_text_is_refused_before_it_is_decoded(magic, monkeypatch):
    monkeypatch.setattr("PIL.ImageFile.ImageFile.load", None)
    with pytest.raises(ValueError, match=r"in plain text has at most 1 MB, this one 20.0 MB; save it as PNG"):
        images.from_upload(magic + b" 2000 2000 255".ljust(19_999_998))


def test_a_short_picture_in_plain_text_is_read():
    assert images.from_upload(b"P2 3 1 255 7 8 255").tolist() == [[7, 8, 255]]


# --- kinds of pictures


@pytest.mark.parametrize("file_format", ["PNG", "BMP", "TIFF", "PPM"])
@pytest.mark.parametrize("array", [COLORS, GRAYS])
def test_formats_that_lose_nothing(file_format, array):
    np.testing.assert_array_equal(images.from_upload(encode(array, file_format)), array)


@pytest.mark.parametrize("file_format", ["JPEG", "WEBP"])
def test_photos(file_format):
    smooth = np.array(Image.fromarray(COLORS[:4, :5]).resize((30, 20)))
    result = images.from_upload(encode(smooth, file_format, quality=95))
    assert result.shape == smooth.shape
    assert np.abs(result.astype(int) - smooth).mean() < 5


def test_transparency_is_kept_with_the_colors_it_hides():
    np.testing.assert_array_equal(images.from_upload(encode(RGBA)), RGBA)


def test_gray_with_alpha_becomes_rgba():
    expected = np.dstack([GRAYS, GRAYS, GRAYS, ALPHA])
    np.testing.assert_array_equal(images.from_upload(encode(np.dstack([GRAYS, ALPHA]))), expected)


def test_a_palette_becomes_rgb():
    image = Image.fromarray(COLORS).quantize(16)
    np.testing.assert_array_equal(images.from_upload(encode(image)), np.asarray(image.convert("RGB")))


@pytest.mark.parametrize("file_format", ["PNG", "GIF"])
def test_a_palette_with_a_transparent_color_becomes_rgba(file_format):
    image = Image.fromarray(COLORS).quantize(16)
    result = images.from_upload(encode(image, file_format, transparency=3))
    expected = np.where(np.asarray(image) == 3, 0, 255)
    np.testing.assert_array_equal(result[:, :, 3], expected)


@pytest.mark.parametrize(("array", "transparent"), [(GRAYS, 7), (COLORS, (1, 2, 3))])
def test_a_single_transparent_color_becomes_alpha(array, transparent):
    array = array.copy()
    array[2, 5] = transparent
    result = images.from_upload(encode(array, transparency=transparent))
    assert result.shape == (20, 30, 4)
    assert result[2, 5].tolist() == [*np.broadcast_to(transparent, 3), 0]


def test_one_bit_becomes_black_and_white():
    bits = GRAYS > 100
    np.testing.assert_array_equal(images.from_upload(encode(bits)), 255 * bits)


@pytest.mark.parametrize("file_format", ["PNG", "TIFF"])
def test_sixteen_bits_become_eight(file_format):
    array = np.array([[0, 128, 129, 256, 257], [32768, 65000, 65278, 65406, 65535]], np.uint16)
    expected = [[0, 0, 1, 1, 1], [128, 253, 254, 254, 255]]
    np.testing.assert_array_equal(images.from_upload(encode(array, file_format)), expected)


@pytest.mark.parametrize(
    ("array", "expected"),
    [
        (np.uint16([[0, 7, 255]]), [0, 7, 255]),  # 8 bits
        (np.uint16([[0, 819, 4095]]), [0, 51, 255]),  # 12 bits: 819 / 4095 * 255
        (np.int32([[-5, 257, 65535]]), [0, 1, 255]),  # 16 bits
        (np.int32([[0, 2_000_000, 10_000_000]]), [0, 51, 255]),
        (np.float32([[-1, 0.2, 1]]), [0, 51, 255]),
        (np.float32([[0.4, 100, 255]]), [0, 100, 255]),
        (np.float32([[np.nan, 257, 65535]]), [0, 1, 255]),
        (np.float32([[0, 1e5, 5e5]]), [0, 51, 255]),
        (np.float32([[0, 0, 0]]), [0, 0, 0]),
    ],
)
def test_numbers_that_are_no_bytes_are_brought_to_the_range_that_holds_them(array, expected):
    assert images.from_upload(encode(array, "TIFF")).tolist() == [expected]


def test_the_range_is_that_of_the_whole_picture_however_large():
    array = np.zeros((1100, 1000), np.uint16)
    array[-1, -1], array[0, 0] = 4095, 819
    result = images.from_upload(encode(array))
    assert result[0, 0] == 51


def test_a_transparent_gray_of_16_bits_becomes_alpha():
    array = np.array([[0, 1000, 65535], [1000, 257, 65278]], np.uint16)
    result = images.from_upload(with_chunk(encode(array), b"tRNS", (1000).to_bytes(2, "big")))
    np.testing.assert_array_equal(result[:, :, 3], [[255, 0, 255], [0, 255, 255]])
    np.testing.assert_array_equal(result[:, :, 1], [[0, 4, 255], [4, 1, 254]])


def test_a_large_transparent_gray_of_16_bits_is_made_smaller():
    data = with_chunk(encode(np.full((60, 90), 257, np.uint16)), b"tRNS", (257).to_bytes(2, "big"))
    result = images.load(data, longest=9)
    np.testing.assert_array_equal(result, np.broadcast_to([16, 16, 16, 0], (6, 9, 4)))  # 257 / 4095 * 255 = 16


@pytest.mark.parametrize("file_format", ["TIFF", "JPEG"])
def test_printing_inks_become_rgb(file_format):
    red = Image.new("CMYK", (6, 4), (0, 255, 255, 0))
    result = images.from_upload(encode(red, file_format))
    assert result.shape == (4, 6, 3)
    np.testing.assert_allclose(result, np.broadcast_to([255, 0, 0], (4, 6, 3)), atol=3)


@pytest.mark.parametrize(
    ("orientation", "turn"),
    [
        (1, lambda a: a),
        (2, lambda a: a[:, ::-1]),
        (3, lambda a: a[::-1, ::-1]),
        (4, lambda a: a[::-1]),
        (5, lambda a: a.swapaxes(0, 1)),
        (6, lambda a: a.swapaxes(0, 1)[:, ::-1]),
        (7, lambda a: a[::-1, ::-1].swapaxes(0, 1)),
        (8, lambda a: a.swapaxes(0, 1)[::-1]),
    ],
)
def test_a_photo_is_turned_the_way_the_camera_was_held(orientation, turn):
    exif = Image.Exif()
    exif[0x0112] = orientation
    np.testing.assert_array_equal(images.from_upload(encode(COLORS, exif=exif)), turn(COLORS))


@pytest.mark.parametrize("exif", [b"Exif\0\0nonsense", b"Exif\0\0MM\0*\0\0\0\x08\xff\xff", b"x", b""])
def test_a_sound_picture_with_broken_exif_is_read(exif):
    np.testing.assert_array_equal(images.from_upload(with_chunk(encode(COLORS), b"eXIf", exif)), COLORS)


@pytest.mark.parametrize("file_format", ["GIF", "PNG", "WEBP"])
def test_of_an_animation_the_first_picture_is_taken(file_format):
    first, second = Image.new("RGB", (6, 4), (255, 0, 0)), Image.new("RGB", (6, 4), (0, 0, 255))
    options = {"lossless": True} if file_format == "WEBP" else {}
    data = encode(first, file_format, save_all=True, append_images=[second], **options)
    np.testing.assert_array_equal(images.from_upload(data)[:, :, :3], np.asarray(first))


# --- what is no picture


@pytest.mark.parametrize("data", [b"just a text\n", b"\x89PNG\r\n\x1a\n", b"%!PS-Adobe-3.0 EPSF-3.0", b"\0" * 99])
def test_what_is_no_picture_is_refused(data):
    with pytest.raises(ValueError, match="this is not a picture that can be read; choose a PNG or JPEG file"):
        images.from_upload(data)


def test_an_empty_upload_is_refused():
    with pytest.raises(ValueError, match="the file is empty; choose a picture"):
        images.from_upload(b"")


def test_a_large_upload_is_refused():
    with pytest.raises(ValueError, match=r"the file has 30.1 MB; at most 30 MB are read"):
        images.from_upload(bytes(30_100_000))


@pytest.mark.parametrize("file_format", ["PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF", "PPM"])
def test_half_a_picture_is_never_returned(file_format):
    data = encode(COLORS, file_format)
    whole = images.from_upload(data)
    for cut in np.linspace(1, len(data) - 1, 60).astype(int):
        result = read(data[:cut])
        if isinstance(result, str):
            assert re.search("damaged or cut off|not a picture", result)
        else:  # only what follows the pixels was missing
            np.testing.assert_array_equal(result, whole)


@pytest.mark.parametrize("file_format", ["PNG", "JPEG"])
def test_damage_is_said_in_a_sentence(file_format):
    data = encode(COLORS, file_format)
    with pytest.raises(ValueError, match="the picture is damaged or cut off; save or download it again"):
        images.from_upload(data[:-100])


@pytest.mark.parametrize("seed", range(40))
def test_damaged_bytes_make_a_sentence_or_a_picture(seed):
    rng = np.random.default_rng(seed)
    data = bytearray(encode(COLORS, ["PNG", "JPEG", "GIF", "TIFF"][seed % 4]))
    for place in rng.integers(0, len(data), 5):
        data[place] = rng.integers(0, 256)
    result = read(bytes(data))
    refused = isinstance(result, str) and re.search("damaged|not a picture|million pixels", result)
    assert refused or result.dtype == np.uint8


@pytest.mark.parametrize(("columns", "rows"), [(8000, 6251), (10_000, 10_000), (60_000, 60_000)])
def test_too_many_pixels_are_refused_before_they_are_decoded(columns, rows, monkeypatch):
    monkeypatch.setattr("PIL.ImageFile.ImageFile.load", None)
    with pytest.raises(ValueError, match="the picture has more than 50 million pixels; make it smaller first"):
        images.from_upload(png_claiming(columns, rows))


def test_of_a_kind_that_needs_more_memory_fewer_pixels_are_read(monkeypatch):
    monkeypatch.setitem(decoding.MOST_PIXELS_OF, ("WEBP", "RGB"), 500)
    monkeypatch.setattr("PIL.ImageFile.ImageFile.load", None)
    with pytest.raises(
        ValueError, match=r"more than 0 million pixels, the most of a WEBP \(RGB\); make it smaller first"
    ):
        images.from_upload(encode(COLORS, "WEBP"))


def test_a_mistake_of_ours_is_not_taken_for_a_damaged_picture(monkeypatch):
    monkeypatch.setattr(decoding, "strip_to_array", lambda *_: Image.no_such_thing)
    with pytest.raises(AttributeError, match="no_such_thing"):
        images.from_upload(encode(COLORS))


def test_fifty_million_pixels_are_few_enough():
    assert decoding.header(png_claiming(8000, 6250)).size == (8000, 6250)


# --- saving and fitting


@pytest.mark.parametrize("array", [GRAYS, COLORS, RGBA])
def test_what_is_saved_is_loaded_again(array, tmp_path):
    images.save(array, tmp_path / "saved.PNG")
    np.testing.assert_array_equal(images.load(tmp_path / "saved.PNG"), array)


def test_numbers_that_are_no_bytes_are_rounded_and_cut_off():
    result = images.to_bytes(np.array([[-5, 0.4, 0.6], [254.6, 300, np.nan]]))
    np.testing.assert_array_equal(result, np.uint8([[0, 0, 1], [255, 255, 0]]), strict=True)


@pytest.mark.parametrize(
    ("array", "name", "sentence"),
    [
        (GRAYS, "a.jpg", "pictures are saved as PNG; let .* end with .png"),
        (GRAYS, "missing/a.png", "cannot be written; check that its folder exists and is yours"),
        (GRAYS[0], "a.png", r"a picture has 2 axes \(row, column\) or 3 .*, not 1"),
        (
            COLORS[:, :, :2],
            "a.png",
            "a picture file holds 3 channels, or 4 with alpha, not 2; pick one first",
        ),
    ],
)
def test_save_refuses(array, name, sentence, tmp_path):
    with pytest.raises(ValueError, match=sentence):
        images.save(array, tmp_path / name)


@pytest.mark.parametrize(("array", "longest"), [(GRAYS, 12), (COLORS, 7), (RGBA, 1), (COLORS.swapaxes(0, 1), 9)])
def test_fit_keeps_the_proportions(array, longest):
    result = images.fit(array, longest)
    scale = longest / max(array.shape[:2])
    expected = [max(1, round(size * scale)) for size in array.shape[:2]]
    assert [*result.shape] == [*expected, *array.shape[2:]]
    assert max(result.shape[:2]) == longest


def test_fit_leaves_small_pictures_alone():
    np.testing.assert_array_equal(images.fit(COLORS, 30), COLORS)


def test_fit_is_pillows():
    expected = Image.fromarray(COLORS).resize((15, 10))
    np.testing.assert_array_equal(images.fit(COLORS, 15), np.asarray(expected))


def test_fit_keeps_the_colors_that_transparency_hides():
    hidden = np.dstack([COLORS, np.zeros_like(GRAYS)])
    np.testing.assert_array_equal(images.fit(hidden, 15)[:, :, :3], images.fit(COLORS, 15))


def test_fit_leaves_no_row_behind_in_a_long_line():
    assert images.fit(np.zeros((2, 500)), 10).shape == (1, 10)


def test_fit_refuses_to_make_nothing():
    with pytest.raises(ValueError, match="the longest side must be at least 1, not 0"):
        images.fit(COLORS, 0)


# --- made smaller while it is decoded

SMOOTH = np.add.outer(np.arange(600), 2 * np.arange(900)).astype(np.float64) % 1800 / 1800 * 255
PHOTO = np.dstack([SMOOTH, SMOOTH[::-1], SMOOTH[:, ::-1]]).astype(np.uint8)


@pytest.mark.parametrize("file_format", ["PNG", "JPEG", "WEBP", "BMP", "TIFF", "PPM"])
def test_what_is_decoded_smaller_looks_like_what_is_made_smaller_afterwards(file_format):
    data = encode(PHOTO, file_format)
    result, expected = images.load(data, longest=90), images.fit(images.load(data), 90)
    assert result.shape == expected.shape == (60, 90, 3)
    assert np.abs(result.astype(int) - expected).mean() < 3


def test_small_pictures_are_not_touched_on_the_way():
    np.testing.assert_array_equal(images.load(encode(COLORS), longest=30), COLORS)


def test_a_picture_of_less_than_four_times_the_size_is_made_smaller_just_as_by_fit():
    np.testing.assert_array_equal(images.load(encode(RGBA), longest=8), images.fit(RGBA, 8))


@pytest.mark.parametrize("shape", [(7, 900), (900, 7), (1, 2000), (899, 601)])
def test_the_proportions_of_what_is_decoded_smaller_are_those_of_fit(shape):
    image = np.full(shape, 9, np.uint8)
    np.testing.assert_array_equal(images.load(encode(image), longest=40), images.fit(image, 40))


def test_colors_that_transparency_hides_are_kept_in_what_is_decoded_smaller():
    hidden = np.dstack([PHOTO, np.zeros_like(PHOTO[:, :, 0])])
    np.testing.assert_array_equal(
        images.load(encode(hidden), longest=60)[:, :, :3], images.load(encode(PHOTO), longest=60)
    )


def test_a_photo_is_turned_after_it_was_made_smaller():
    exif = Image.Exif()
    exif[0x0112] = 6
    result = images.load(encode(PHOTO, exif=exif), longest=60)
    np.testing.assert_array_equal(result, images.load(encode(PHOTO), longest=60).swapaxes(0, 1)[:, ::-1])


@pytest.mark.parametrize("rows", [1, 7, 1000])
def test_it_does_not_matter_in_how_many_pieces_a_picture_is_turned_into_an_array(rows, monkeypatch):
    whole = images.load(encode(RGBA)), images.load(encode(PHOTO), longest=90)
    monkeypatch.setattr(decoding, "STRIP", rows * 30)
    np.testing.assert_array_equal(images.load(encode(RGBA)), whole[0])
    np.testing.assert_array_equal(images.load(encode(PHOTO), longest=90), whole[1])


def test_longest_is_checked():
    with pytest.raises(ValueError, match="the longest side must be at least 1, not 0"):
        images.load("cat", longest=0)


MEMORY = """
import re, resource, sys
from pathlib import Path
from helpers.engine import decoding

def peak():
    if sys.platform == "darwin":
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    status = Path("/proc/self/status").read_text()  # on Linux, ru_maxrss would begin with the parent's
    return int(re.search(r"VmHWM:\\s*(\\d+) kB", status)[1]) * 1024

decoding.Image.preinit()
before = peak()
print(decoding.from_upload(sys.stdin.buffer.read(), 400).shape, peak() - before)
"""


@pytest.mark.parametrize("file_format", ["PNG", "JPEG"])
def test_the_largest_upload_needs_at_most_400_megabytes(file_format):
    options = {"compress_level": 1} if file_format == "PNG" else {"progressive": True, "subsampling": 0}
    data = encode(Image.new("RGB", (8000, 6250), (200, 100, 50)), file_format, **options)
    done = subprocess.run(
        [sys.executable, "-c", MEMORY], input=data, cwd=images.COURSE, capture_output=True, timeout=60
    )
    shape, _, used = done.stdout.decode().rpartition(" ")
    assert shape == "(312, 400, 3)"
    assert int(used) < 400e6


def test_fit_takes_bytes_as_they_are(monkeypatch):
    monkeypatch.setattr(images, "picture", None)  # what would turn them into numbers four times as large
    assert images.fit(COLORS, 15).shape == (10, 15, 3)
