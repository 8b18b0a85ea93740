"""The explorables: one module a lesson, each a recipe, its settings and its panels."""

from helpers.explore.kernels import impulse, nine_numbers, slide_the_window, target_practice
from helpers.explore.padding import coverage, ring, ring_contents, ten_layers
from helpers.explore.pixels import (
    color_spaces,
    digit,
    display_range,
    mosaic,
    my_picture,
    one_pixel,
    overflow,
    take_apart,
    zoom,
)
from helpers.explore.stride import aliasing, every_second, stepping_stones, stride, stride_window
from helpers.views.figures import side_by_side
from helpers.views.readiness import ready

LESSON_01 = (mosaic, digit, zoom, one_pixel, take_apart, color_spaces, overflow, display_range)
LESSON_02 = (slide_the_window, nine_numbers, impulse, target_practice)
LESSON_03 = (coverage, ring, ring_contents, ten_layers)
LESSON_04 = (stepping_stones, stride_window, stride, every_second, aliasing)
EXPLORABLES = LESSON_01 + LESSON_02 + LESSON_03 + LESSON_04

__all__ = ["EXPLORABLES", "my_picture", "ready", "side_by_side", *(one.__name__ for one in EXPLORABLES)]
