"""The explorables: one module a lesson, each a recipe, its settings and its panels."""

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
from helpers.views.figures import side_by_side
from helpers.views.readiness import ready

EXPLORABLES = (mosaic, digit, zoom, one_pixel, take_apart, color_spaces, overflow, display_range)

__all__ = ["EXPLORABLES", "my_picture", "ready", "side_by_side", *(one.__name__ for one in EXPLORABLES)]
