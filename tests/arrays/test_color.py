"""Colors against scikit-image, Pillow and the standard library's colorsys."""

import colorsys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from skimage import color as sk

from helpers import color

few = settings(max_examples=60, deadline=None)
byte = st.integers(0, 255)
GRAY = 10 * np.arange(4)[:, np.newaxis] + np.arange(5)
RGB = np.random.default_rng(0).integers(0, 256, (6, 7, 3), dtype=np.uint8)
RGBA = np.random.default_rng(1).integers(0, 256, (6, 7, 4), dtype=np.uint8)
RGBA[:2, :, 3], RGBA[2:4, :, 3] = 0, 255
EXTREMES = np.array([[[r, g, b] for g in (0, 128, 255) for b in (0, 128, 255)] for r in (0, 128, 255)])


# --- channels


def test_split_gives_the_channels_in_order():
    channels = color.split(RGB)
    assert [channel.shape for channel in channels] == [(6, 7)] * 3
    np.testing.assert_array_equal(channels[2], RGB[:, :, 2])


def test_a_gray_picture_is_one_channel():
    (channel,) = color.split(GRAY)
    np.testing.assert_array_equal(channel, GRAY)


def test_merge_undoes_split():
    np.testing.assert_array_equal(color.merge(color.split(RGBA)), RGBA)


@pytest.mark.parametrize(
    ("channels", "sentence"),
    [
        ([], "at least one channel is needed to make a picture"),
        ([GRAY, GRAY.T], r"all channels need the same rows and columns, not \(4, 5\) and \(5, 4\)"),
        ([RGB], r"all channels need the same rows and columns, not \(6, 7, 3\)"),
    ],
)
def test_merge_refuses(channels, sentence):
    with pytest.raises(ValueError, match=sentence):
        color.merge(channels)


def test_pick_takes_one_channel():
    np.testing.assert_array_equal(color.pick(RGBA, 3), RGBA[:, :, 3])
    np.testing.assert_array_equal(color.pick(GRAY, 0), GRAY)


@pytest.mark.parametrize(
    ("image", "channel", "sentence"),
    [
        (RGB, 3, "there is no channel 3; this picture has 3 channels, counted from 0"),
        (GRAY, 1, "there is no channel 1; this picture has 1 channel, counted from 0"),
        (RGB, -1, "the channel must be at least 0, not -1"),
        (RGB, 1.0, "the channel must be a whole number, not 1.0"),
    ],
)
def test_a_channel_must_be_there(image, channel, sentence):
    with pytest.raises(ValueError, match=sentence):
        color.pick(image, channel)
    with pytest.raises(ValueError, match=sentence):
        color.swap(image, channel, 0)
    with pytest.raises(ValueError, match=sentence):
        color.swap(image, 0, channel)


@pytest.mark.parametrize("switches", [[1, 0, 1], [True, False, True], np.array([1, 0, 1])])
def test_keep_sets_the_others_to_0(switches):
    np.testing.assert_array_equal(color.keep(RGB, switches), RGB * np.array([1, 0, 1], np.uint8))


def test_keep_switches_off_what_is_not_a_number_too():
    np.testing.assert_array_equal(color.keep([[[np.nan, 1.0]]], [0, 1]), [[[0, 1]]])


@pytest.mark.parametrize(("image", "count"), [(RGB, 3), (GRAY, 1)])
def test_keep_needs_a_switch_for_each_channel(image, count):
    with pytest.raises(ValueError, match=f"one switch for each channel is needed: {count}, not 2"):
        color.keep(image, [1, 0])


def test_swap_makes_bgr_of_rgb():
    np.testing.assert_array_equal(color.swap(RGB, 0, 2), RGB[:, :, ::-1])


def test_swap_leaves_the_other_channels_alone():
    np.testing.assert_array_equal(color.swap(RGBA, 3, 1), RGBA[:, :, [0, 3, 2, 1]])


def test_move_adds_to_each_channel_and_cuts_off():
    moved = color.move(RGB, [0, 100, -20])
    np.testing.assert_array_equal(moved, np.clip(RGB + np.array([0, 100, -20]), 0, 255))
    np.testing.assert_array_equal(color.move(GRAY, [20], high=30), np.minimum(GRAY + 20, 30))


@pytest.mark.parametrize(("amount", "expected"), [(20, 10), (-351, 359), (10, 0), (730, 0)])
def test_move_goes_around_the_circle_of_hues(amount, expected):
    moved = color.move([[[350, 50, 90]]], [amount, -60, 20], high=[360, 100, 100], around=[0])
    assert moved.tolist() == [[[expected, 0, 100]]]


@pytest.mark.parametrize(
    ("amounts", "options", "sentence"),
    [
        ([1, 2], {}, "one number for each channel is needed: 3, not 2"),
        ([1, 2, 3], {"high": [360, 100]}, "one upper limit for each channel is needed: 3, not 2"),
    ],
)
def test_move_needs_a_number_for_each_channel(amounts, options, sentence):
    with pytest.raises(ValueError, match=sentence):
        color.move(RGB, amounts, **options)


# --- alpha


def test_pixel_is_a_picture_of_one():
    np.testing.assert_array_equal(color.pixel(1, 2, 3, 4), np.float32([[[1, 2, 3, 4]]]), strict=True)


@pytest.mark.parametrize(("image", "mode"), [(GRAY.astype(np.uint8), "L"), (RGB, "RGB"), (RGBA, "RGBA")])
def test_to_rgba_is_pillows(image, mode):
    expected = np.asarray(Image.fromarray(image).convert("RGBA"))
    assert Image.fromarray(image).mode == mode
    np.testing.assert_array_equal(color.to_rgba(image), expected)


def test_to_rgba_takes_one_channel_as_gray():
    np.testing.assert_array_equal(color.to_rgba(GRAY[:, :, np.newaxis]), color.to_rgba(GRAY))


def test_to_rgba_refuses_two_channels():
    with pytest.raises(ValueError, match=r"a picture has 1 channel \(gray\), 3 .* or 4 .*, not 2"):
        color.to_rgba(RGB[:, :, :2])


@pytest.mark.parametrize("background", [(10, 200, 90), RGB[::-1]])
def test_composite_is_pillows(background):
    below = np.broadcast_to(np.array(background, np.uint8), (6, 7, 3))
    below = Image.fromarray(np.array(below)).convert("RGBA")
    expected = np.asarray(Image.alpha_composite(below, Image.fromarray(RGBA)).convert("RGB"))
    np.testing.assert_allclose(color.composite(RGBA, background), expected, atol=1)  # Pillow rounds


def test_composite_by_hand():
    half_red = [[[255, 0, 0, 127.5], [255, 0, 0, 0]]]
    np.testing.assert_array_equal(color.composite(half_red, (255, 255, 255)), [[[255, 127.5, 127.5], [255] * 3]])


@pytest.mark.parametrize(
    ("image", "background", "sentence"),
    [
        (RGB, (0, 0, 0), r"4 channels \(red, green, blue, alpha\) is needed, not the shape \(6, 7, 3\)"),
        (GRAY, (0, 0, 0), r"4 channels .* is needed, not the shape \(4, 5\)"),
        (RGBA, 255, r"a color of 3 numbers or a 6x7 picture with 3 channels, not the shape \(\)"),
        (RGBA, RGB[:5], r"or a 6x7 picture with 3 channels, not the shape \(5, 7, 3\)"),
        (RGBA, RGBA, r"or a 6x7 picture with 3 channels, not the shape \(6, 7, 4\)"),
    ],
)
def test_composite_refuses(image, background, sentence):
    with pytest.raises(ValueError, match=sentence):
        color.composite(image, background)


@pytest.mark.parametrize(("image", "expected"), [(RGBA, RGBA[:, :, :3]), (RGB, RGB), (GRAY, GRAY)])
def test_drop_alpha_shows_what_was_hidden(image, expected):
    np.testing.assert_array_equal(color.drop_alpha(image), expected)


def test_drop_alpha_refuses_two_channels():
    with pytest.raises(ValueError, match="a color picture has 3 channels, or 4 with alpha, not 2"):
        color.drop_alpha(RGB[:, :, :2])


# --- gray


def test_to_gray_is_pillows():
    expected = np.asarray(Image.fromarray(RGB).convert("L"))
    np.testing.assert_allclose(color.to_gray(RGB), expected, atol=0.51)  # Pillow rounds


def test_to_gray_with_the_weights_of_scikit_image():
    weights = (0.2125, 0.7154, 0.0721)
    np.testing.assert_allclose(color.to_gray(RGB, weights), 255 * sk.rgb2gray(RGB), atol=1e-3)


def test_the_mean_is_another_gray():
    np.testing.assert_allclose(color.to_gray(RGB, color.MEAN), RGB.mean(axis=-1), atol=1e-4)


@pytest.mark.parametrize("weights", [color.REC601, color.MEAN])
def test_weights_of_gray_add_up_to_1(weights):
    assert sum(weights) == pytest.approx(1)


@pytest.mark.parametrize(
    ("image", "weights", "sentence"),
    [
        (RGBA, color.MEAN, "this picture has an alpha channel; composite it over a background first"),
        (RGB[:, :, :2], color.MEAN, r"3 numbers for each color are needed \(red, green, blue\), not 2"),
        (RGB, (0.5, 0.5), "3 weights are needed, one each for red, green and blue, not 2"),
    ],
)
def test_to_gray_refuses(image, weights, sentence):
    with pytest.raises(ValueError, match=sentence):
        color.to_gray(image, weights)


# --- HSV and CMYK


@pytest.mark.parametrize("image", [RGB, EXTREMES.astype(np.uint8)])
def test_rgb_to_hsv_is_scikit_images(image):
    expected = sk.rgb2hsv(image) * (360, 100, 100)
    np.testing.assert_allclose(color.rgb_to_hsv(image), expected, atol=1e-3)


@few
@given(byte, byte, byte)
def test_rgb_to_hsv_is_colorsys(red, green, blue):
    expected = np.multiply(colorsys.rgb_to_hsv(red / 255, green / 255, blue / 255), (360, 100, 100))
    np.testing.assert_allclose(color.rgb_to_hsv([red, green, blue]), expected, atol=1e-3)


@few
@given(st.integers(0, 720), st.integers(0, 100), st.integers(0, 100))
def test_hsv_to_rgb_is_colorsys(hue, saturation, value):
    expected = np.multiply(255, colorsys.hsv_to_rgb(hue / 360, saturation / 100, value / 100))
    np.testing.assert_allclose(color.hsv_to_rgb([hue, saturation, value]), expected, atol=1e-3)


def test_a_negative_hue_goes_around():
    np.testing.assert_allclose(color.hsv_to_rgb([-90, 70, 60]), color.hsv_to_rgb([270, 70, 60]), atol=1e-4)


def test_hsv_to_rgb_is_scikit_images():
    hsv = np.random.default_rng(2).uniform(0, 1, (6, 7, 3))
    expected = 255 * sk.hsv2rgb(hsv)
    np.testing.assert_allclose(color.hsv_to_rgb(hsv * (360, 100, 100)), expected, atol=1e-9)


@pytest.mark.parametrize("image", [RGB, EXTREMES])
def test_hsv_there_and_back(image):
    np.testing.assert_allclose(color.hsv_to_rgb(color.rgb_to_hsv(image)), image, atol=1e-3)


@few
@given(byte, byte, byte)
def test_cmyk_there_and_back(red, green, blue):
    cmyk = color.rgb_to_cmyk([red, green, blue])
    np.testing.assert_allclose(color.cmyk_to_rgb(cmyk), [red, green, blue], atol=1e-3)
    assert (cmyk >= 0).all()
    assert (cmyk <= 100).all()
    assert cmyk[:3].min() == 0  # as much black as possible


@pytest.mark.parametrize(
    ("rgb", "cmyk"),
    [
        ((255, 255, 255), (0, 0, 0, 0)),
        ((0, 0, 0), (0, 0, 0, 100)),
        ((0, 255, 255), (100, 0, 0, 0)),
        ((255, 0, 255), (0, 100, 0, 0)),
        ((255, 255, 0), (0, 0, 100, 0)),
        ((51, 102, 204), (75, 50, 0, 20)),
    ],
)
def test_cmyk_by_hand(rgb, cmyk):
    np.testing.assert_allclose(color.rgb_to_cmyk(rgb), cmyk, atol=1e-4)
    np.testing.assert_allclose(color.cmyk_to_rgb(cmyk), rgb, atol=1e-4)


def test_cmyk_without_black_is_pillows():
    cmy = np.asarray(Image.fromarray(RGB).convert("CMYK"))
    np.testing.assert_allclose(color.cmyk_to_rgb(cmy * (100 / 255)), RGB, atol=1e-3)


@pytest.mark.parametrize(
    ("function", "sentence"),
    [
        (color.rgb_to_hsv, r"3 numbers for each color are needed \(red, green, blue\), not 2"),
        (color.hsv_to_rgb, r"3 numbers for each color are needed \(hue, saturation, value\), not 2"),
        (color.rgb_to_cmyk, r"3 numbers for each color are needed \(red, green, blue\), not 2"),
        (color.cmyk_to_rgb, r"4 numbers for each color are needed \(cyan, magenta, yellow, black\), not 2"),
    ],
)
def test_a_color_has_its_numbers(function, sentence):
    with pytest.raises(ValueError, match=sentence):
        function(np.zeros((3, 4, 2)))


def test_a_single_number_is_no_color():
    with pytest.raises(ValueError, match=r"3 numbers for each color are needed .*, not 1"):
        color.rgb_to_hsv(7)
