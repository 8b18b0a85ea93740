"""Every line of code in the Rosetta table runs, and gives what the first column gives."""

import importlib
import importlib.util
import re
from xml.etree import ElementTree

import numpy as np
import pytest

TABLE_ROW = re.compile(r"^\| (?P<what>[^|]+) \|(?P<cells>.+)\|$", re.MULTILINE)
LIBRARIES = ("here", "scipy", "skimage", "torch", "keras")
NAMES = {
    "here": [("helpers.convolution", "convolve2d pad2d"), ("helpers.pooling", "max_pool2d avg_pool2d")],
    "scipy": [("scipy.signal", "correlate2d"), ("scipy.ndimage", "maximum_filter")],
    "skimage": [("skimage.filters", "correlate_sparse"), ("skimage.measure", "block_reduce")],
}
NAMES["here"] += [("helpers.color", "to_gray rgb_to_hsv")]
NAMES["skimage"] += [("skimage.color", "rgb2gray rgb2hsv")]


def table(root):
    """Return (what, library, code here, code there) for every line of code."""
    text = (root / "docs" / "rosetta.md").read_text("utf8").split("| convention |")[0]
    rows = []
    for match in TABLE_ROW.finditer(text):
        cells = [cell.strip().strip("`") for cell in match["cells"].split("|")]
        rows += [(match["what"], name, cells[0], code) for name, code in zip(LIBRARIES, cells, strict=False) if code]
    return [row for row in rows if row[0] not in ("what",)]


def names(library, pictures):
    """Return what the code of a library may use; skip where the library is not installed."""
    scope = {"np": np, **pictures}
    for module, words in NAMES["here"] + NAMES.get(library, []):
        scope |= {word: getattr(importlib.import_module(module), word) for word in words.split()}
    if library == "scipy":
        scope["scipy_convolve2d"] = importlib.import_module("scipy.signal").convolve2d
    if library == "torch":
        torch = pytest.importorskip("torch", reason="PyTorch is not installed here")
        scope |= {"F": torch.nn.functional, "X": torch.from_numpy(scope["x"])[None, None]}
        scope["K"] = torch.from_numpy(scope["k"])[None, None]
    if library == "keras":
        scope["keras"] = pytest.importorskip("keras", reason="Keras is not installed here")
        scope |= {"XL": scope["x"][None, :, :, None], "KL": scope["k"][:, :, None, None]}
    return scope


@pytest.fixture
def pictures():
    rng = np.random.default_rng(0)
    k = np.array([[1, -2, 0], [3, 0.5, -1], [0, 2, -4]], dtype=np.float32)
    rgb = rng.integers(0, 256, (5, 7, 3)).astype(np.uint8)
    return {"x": rng.normal(0, 50, (9, 11)).astype(np.float32), "k": k, "rgb": rgb}


def test_the_table_has_every_library(root):
    found = {library for _, library, _, _ in table(root)}
    assert found == set(LIBRARIES)
    assert len(table(root)) > 40


@pytest.mark.parametrize("library", LIBRARIES[1:])
def test_each_line_gives_what_the_course_gives(root, pictures, library):
    scope = names(library, pictures)
    lines = [row for row in table(root) if row[1] == library]
    for what, _, here, there in lines:
        expected, found = np.asarray(eval(here, scope)), np.asarray(eval(there, scope))
        assert np.allclose(np.squeeze(found), expected, atol=1e-2), what


def make_rosetta(root):
    """Return the script that draws the table."""
    spec = importlib.util.spec_from_file_location("make_rosetta", root / "docs" / "make_rosetta.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def every_cell(script):
    """Return the cells of all tables."""
    tables = script.tables(script.SOURCE.read_text(encoding="utf-8"))
    return [cell for rows in tables for row in rows for cell in row]


def test_the_figure_is_what_the_table_says(root):
    script = make_rosetta(root)
    fresh = script.svg(script.SOURCE.read_text(encoding="utf-8"))
    assert script.TARGET.read_text(encoding="utf-8") == fresh, "stale: run python3 docs/make_rosetta.py"


def test_the_figure_holds_every_cell_and_can_be_read(root):
    script = make_rosetta(root)
    figure = ElementTree.parse(script.TARGET).getroot()
    shown = re.sub(r"\s", "", "".join(figure.itertext()))
    for cell in every_cell(script):
        assert re.sub(r"\s|`|\*\*", "", cell) in shown, cell
    space = "{http://www.w3.org/2000/svg}"
    assert figure.find(f"{space}title").text == "The Rosetta table"
    assert "PyTorch" in figure.find(f"{space}desc").text
    _, _, width, height = map(float, figure.get("viewBox").split())
    assert 1.2 < width / height < 1.7, "one page on its side"


def test_no_line_of_the_figure_runs_into_the_next_column(root):
    script = make_rosetta(root)
    letter = script.SIZE["code"] * script.LETTER["code"]
    for cell in filter(script.is_code, every_cell(script)):
        assert max(map(len, script.wrapped(cell, 250))) * letter <= 250, cell
