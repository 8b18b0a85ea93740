"""Panels that begin close to the upper left corner of their arrays."""

import re

import numpy as np
import pytest

from eventually import eventually
from helpers import explore

RING, BLURRED = "Zeros", "Blurred: zeros"
PHOTO = np.random.default_rng(3).integers(0, 256, (120, 180))


@pytest.fixture
def shown(show):
    return show(explore.ring_contents(PHOTO), reduced_motion="reduce")


def cell_at(shown, title, part):
    """Return the cell that lies at a part (0 to 1) of a panel's height, right at its left border."""

    def read():
        box = shown.canvas(title).bounding_box()
        shown.page.mouse.move(1, 1)
        shown.page.mouse.move(box["x"] + 0.5, box["y"] + part * (box["height"] - 2) + 1)
        row, column = re.search(r"row (\d+), column (\d+)", shown.text("reading").now).groups()
        return int(row), int(column)

    return eventually(read)


@pytest.mark.parametrize("padding", [0, 4, 8])
def test_24_rows_of_the_corner_are_seen_whatever_the_padding(shown, padding):
    shown.receive(padding=padding)
    for title in (RING, BLURRED) if padding else ("Zeros: no ring", "Blurred: zeros"):
        assert (cell_at(shown, title, 0), cell_at(shown, title, 1)) == ((0, 0), (23, 0))
    assert shown.get("view") == {}


def test_of_an_upright_picture_24_columns_are_seen(show):
    shown = show(explore.ring_contents(PHOTO[:, :64]))
    rows, columns = shown.shape(RING).now
    assert cell_at(shown, RING, 0) == (0, 0)
    assert cell_at(shown, RING, 1)[0] == pytest.approx(24 * rows / columns, abs=1)


def test_a_picture_that_is_small_is_seen_whole(show):
    shown = show(explore.ring_contents(PHOTO[:12, :30]))
    assert (cell_at(shown, RING, 0), cell_at(shown, RING, 1)) == ((0, 0), (19, 0))


def last(row):
    """Return what is read at the lower border, where cells are smaller than pixels: that row or the one before."""
    return pytest.approx(row - 0.5, abs=0.5)


def test_the_whole_picture_stays_whole_when_the_ring_grows(shown):
    shown.page.get_by_role("button", name="show the whole picture").first.click()
    assert (cell_at(shown, RING, 0)[0], cell_at(shown, RING, 1)[0]) == (pytest.approx(0, abs=1), last(127))
    shown.receive(padding=8)
    assert (cell_at(shown, RING, 0)[0], cell_at(shown, RING, 1)[0]) == (pytest.approx(0, abs=1), last(135))


def test_both_panels_are_dragged_together(shown):
    box = shown.canvas(RING).bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] - 10
    shown.page.mouse.move(x, y)
    shown.page.mouse.down()
    shown.page.mouse.move(x, y - 60, steps=3)
    shown.page.mouse.move(x, y - 120, steps=3)
    shown.page.mouse.up()
    assert cell_at(shown, RING, 0)[0] > 5
    assert cell_at(shown, BLURRED, 0)[0] == pytest.approx(cell_at(shown, RING, 0)[0].now, abs=1)
