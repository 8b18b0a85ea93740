"""Which cells an outcome reads, and its arithmetic in words (stage/web), against what NumPy shows."""

import re

import numpy as np
import pytest

from cases import Chance
from helpers.convolution import conv2d
from helpers.engine.operations import OPERATIONS, PICTURES, VECTORS
from helpers.engine.recipe import evaluate, step
from helpers.engine.wording import number
from parity import ask, numpys

LARGE = 1e6  # a change that no maximum hides
FAR = 1e9  # a limit that it does not reach
GENTLE = {  # arguments under which every cell that is read leaves a trace
    "to_rgba": {},
    "pick": {"channel": 1},
    "keep": {"channels": [True] * 3},
    "swap": {"first": 0, "second": 2},
    "move": {"amounts": [1, 2, 3], "high": FAR},
    "drop_alpha": {},
    "to_gray": {},
    "rgb_to_hsv": {},
    "hsv_to_rgb": {},
    "rgb_to_cmyk": {},
    "cmyk_to_rgb": {},
    "add": {"amount": 5},
    "clip": {"low": 0, "high": FAR},
    "rescale": {"low": 0, "high": FAR},
    "wrap": {},
    "relu": {},
    "scale_and_shift": {"scale": [2, -1, 3], "shift": [0, 1, 2]},
    "flatten": {},
    "softmax": {"temperature": 2},
    "naive_softmax": {},
}
DEPENDS = {"rgb_to_hsv", "hsv_to_rgb", "rgb_to_cmyk"}  # which channel counts depends on the color
NO_TRACE = {
    "coverage",
    "starts",
    "at_windows",
    "center_by_mass",
}  # the first are about windows; a change moves all of the last
NO_TRACE |= {"descend", "kernel_losses", "landscape", "relu_gradient", "max_pool_gradient"}  # see below
BLOCKS = {"thicken"}  # what they read is no block; the smallest one around it is told
READERS = [name for name, one in OPERATIONS.items() if one.pictures and name not in NO_TRACE]


def half(picture):
    """Return half as many rows and columns, rounded up."""
    return [(n + 1) // 2 for n in (*picture.shape, 1)[:2]]


def sliding(chance, picture):
    """Return arguments of the operations that move pixels about; weights are positive."""
    weights = chance.rng.uniform(0.5, 1, chance.size(4))
    mode = chance.one("zero", "edge", "reflect", "wrap")
    window = {"stride": chance.one(1, 2, 3), "padding": chance.one(0, 1, 2), "dilation": chance.one(1, 2)}
    pool = {"kernel_size": chance.one(1, 2, 3), "stride": chance.one(None, 1, 2), "padding": chance.one(0, 1)}
    return {
        "composite": {"background": 200 - picture[..., :3]},
        "difference": {"second": 200 - picture},
        "plus": {"second": 200 - picture},
        "changed": {"second": picture},
        "mean_square": {"second": 200 - picture},
        "stepped": {"gradient": 200 - picture, "learning_rate": 0.5},
        "kernel_gradient": {"gradient": chance.rng.uniform(0.5, 1, (*half(picture), *picture.shape[2:]))},
        "shift": {"rows": chance.one(-3, 0, 2), "columns": chance.one(-1, 1, 9)},
        "take_every": {"step": chance.one(1, 2, 3)},
        "mosaic": {"size": chance.one(1, 2, 3)},
        "around": {"share": chance.one(20, 50, 100), "row": chance.one(0, 2, 9), "column": chance.one(0, 3, 9)},
        "scale_into": {"side": chance.one(*range(1, 1 + min(picture.shape[:2])))},
        "thicken": {"width": chance.one(0, 1, 2, 3, 9)},
        "middle_square": {"side": chance.one(*range(1, 1 + min(picture.shape[:2])))},
        "pad2d": {"padding": chance.one(0, 1, 2), "mode": mode},
        "convolve2d": {"kernel": weights, "mode": mode, "flip": chance.one(True, False), **window},
        "conv2d": {"weights": weights[:, :, None, None] * np.ones((3, 2)), **window},
        "depthwise2d": {"weights": weights[:, :, None, None] * np.ones((3, 1))},
        "corner": {"size": min(picture.shape[:2]), "channels": chance.one(1, 2, 3)},
        "repeat2d": {"kernel": weights, "count": chance.one(0, 1, 2, 3), "padding": chance.one(0, 1, 2), "mode": mode},
        "max_pool2d": pool,
        "avg_pool2d": pool,
        "dense": {"weights": chance.rng.uniform(0.5, 1, (len(picture), 4))},
    }


def good(operation, chance):
    """Return a picture and good arguments."""
    channels = {"composite": 4, "cmyk_to_rgb": 4}.get(operation, 3)
    shape = (5,) if operation in ("dense", "softmax", "naive_softmax") else (*chance.size(8), channels)
    picture = chance.rng.uniform(10, 40, shape) if operation == "naive_softmax" else chance.rng.uniform(10, 90, shape)
    others = GENTLE | sliding(chance, picture)
    assert operation in others, f"give {operation} arguments here under which every cell leaves a trace"
    return {OPERATIONS[operation].parameters[0]: picture} | others[operation]


def volume(array):
    """Return the rows, columns and channels of an array: 1 where it has no such axis."""
    return (*array.shape, 1, 1)[:3]


def traces(recipe, settings, source):
    """Change one cell of the source after the other: where does the last step change?

    Returns an array with the axes row, column, channel, and row, column and channel of the outcome; True where one
    reads the other.
    """
    last, picture = recipe[-1]["name"], settings[source]
    before = evaluate(recipe, settings)[last]
    table = np.zeros((*volume(picture), *volume(before)), bool)
    mixes = recipe[-1]["operation"] in DEPENDS
    for place in np.ndindex(picture.shape):
        other = picture.copy()
        other[place] += LARGE
        changed = evaluate(recipe, settings | {source: other})[last] != before
        table[(*place, 0, 0)[:3]] = changed.reshape(volume(before))
    return np.broadcast_to(table.any(axis=(2, 5), keepdims=True), table.shape) if mixes else table


AXES = ("rows", "columns", "channels")


def marked(region, shape):
    """Return a region, rows times columns times channels, as an array of True and False."""
    table = np.zeros(shape, bool)
    table[np.ix_(*(np.array(region[axis], int) for axis in AXES))] = True
    return table


def corner_to_corner(recipe, settings, chance):
    """Return a region of the outcome: two rows, two columns and two channels at most."""
    shape = volume(evaluate(recipe, settings)[recipe[-1]["name"]])
    return {axis: sorted({*chance.rng.integers(n, size=2).tolist()}) for axis, n in zip(AXES, shape, strict=True)}


def block(table):
    """Return the smallest block around what is True."""
    places = np.argwhere(table)
    found = np.zeros(table.shape, bool)
    if len(places):
        found[np.ix_(*(sorted({*places[:, axis].tolist()}) for axis in range(3)))] = True
    return found


def assert_links_are_true(node, recipes, chance):
    """Ask about recipes, each a (recipe, settings, source), and compare with what leaves a trace."""
    questions = [
        {"ask": "where", "recipe": recipe, "settings": settings, "name": recipe[-1]["name"], "source": source}
        | {"region": corner_to_corner(recipe, settings, chance)}
        for recipe, settings, source in recipes
    ]
    for one, question, answer in zip(recipes, questions, ask(node, questions), strict=True):
        table, region = traces(*one), question["region"]
        around = block if question["recipe"][-1]["operation"] in BLOCKS else np.array
        inner, outer = table.shape[:3], table.shape[3:]
        for row, column, channel in np.ndindex(outer):
            reads = answer["readsFrom"][row][column][channel]
            np.testing.assert_array_equal(marked(reads, inner), around(table[..., row, column, channel]), str(one))
        for row, column, channel in np.ndindex(inner):
            read_by = answer["readBy"][row][column][channel]
            np.testing.assert_array_equal(marked(read_by, outer), around(table[row, column, channel]), str(one))
        together = (table & marked(region, outer)).any(axis=(3, 4, 5))
        np.testing.assert_array_equal(marked(answer["region"], inner), block(together))


@pytest.mark.parametrize("operation", READERS)
def test_cells_are_linked_to_what_they_read(operation, node):
    chance, recipes = Chance(5, len(operation)), []
    while len(recipes) < 8:
        settings = good(operation, chance)
        recipe = [step("outcome", operation, **{name: f"${name}" for name in settings})]
        sources = [name for name in settings if name in PICTURES + VECTORS and isinstance(settings[name], np.ndarray)]
        if not isinstance(numpys(recipe, settings), str):
            recipes.append((recipe, settings, chance.one(*sources)))
    assert_links_are_true(node, recipes, chance)


@pytest.mark.parametrize("operation", ["relu_gradient", "max_pool_gradient"])
def test_what_goes_back_is_linked_to_where_it_went(operation, node):
    chance, recipes = Chance(9), []
    for size in (1, 2, 3):
        images = chance.rng.uniform(1, 90, (*chance.size(8), 2))
        given = {"kernel_size": size} if operation == "max_pool_gradient" else {}
        shape = (images.shape[0] // size, images.shape[1] // size, 2) if given else images.shape
        if 0 not in shape:
            settings = {"images": images, "gradient": chance.rng.uniform(1, 9, shape)} | given
            recipe = [step("outcome", operation, **{name: f"${name}" for name in settings})]
            recipes.append((recipe, settings, "gradient"))
    for recipe, settings, source in recipes:
        question = {"ask": "where", "recipe": recipe, "settings": settings, "name": "outcome", "source": source}
        [answer] = ask(node, [question])
        table = traces(recipe, settings, source)
        for cell in np.argwhere(table.any(axis=(0, 1, 2))).tolist():  # the winners: who has lost hears nothing
            reads = answer["readsFrom"][cell[0]][cell[1]][cell[2]]
            np.testing.assert_array_equal(marked(reads, table.shape[:3]), table[(..., *cell)])
        [own] = ask(node, [question | {"source": "images"}])
        most = settings.get("kernel_size", 1)
        sides = [[len(reads["rows"]), len(reads["columns"])] for row in own["readsFrom"] for [reads, _] in row]
        assert max(sides) == [most, most]


@pytest.mark.parametrize("operation", ["descend", "kernel_losses", "landscape"])
def test_what_is_learned_is_linked_to_all_that_it_is_learned_from(operation, node):
    given = {"image": np.eye(3, 4), "wanted": np.eye(2, 3), "start": np.eye(2), "learning_rate": 0.1, "steps": 2}
    given |= {"kernels": np.ones((2, 2, 2)), "kernel": np.eye(2), "across": 0, "down": 1, "reach": 4.0}
    settings = {name: given[name] for name in OPERATIONS[operation].parameters}
    recipe = [step("outcome", operation, **{name: f"${name}" for name in settings})]
    question = {"ask": "where", "recipe": recipe, "settings": settings, "name": "outcome", "source": "image"}
    [answer] = ask(node, [question])
    assert answer["readsFrom"][0][0][:1] == [{"rows": [0, 1, 2], "columns": [0, 1, 2, 3], "channels": [0]}]


CHAINS = ["pad2d", "convolve2d", "max_pool2d", "avg_pool2d", "shift", "take_every"]


def chain(chance):
    """Return a recipe of three steps that move pixels about, and its settings."""
    recipe, settings, before = [], {}, "picture"
    for i, operation in enumerate(chance.one(*CHAINS) for _ in range(3)):
        first, *others = arguments = good(operation, chance)
        settings |= {f"{name}_{i}": arguments[name] for name in others} | {"picture": arguments[first]}
        named = {first: f"${before}"} | {name: f"${name}_{i}" for name in others}
        recipe.append(step(f"step_{i}", operation, **named))
        before = f"step_{i}"
    return recipe, settings


def test_cells_are_linked_through_three_steps(node):
    chance, recipes = Chance(6), []
    while len(recipes) < 40:
        recipe, settings = chain(chance)
        if not isinstance(numpys(recipe, settings), str):
            recipes.append((recipe, settings, "picture"))
    assert_links_are_true(node, recipes, chance)


def test_cells_are_linked_on_two_ways_at_once(node):
    recipe = [
        step("shifted", "shift", image="$picture", rows=2, columns=0),
        step("outcome", "difference", first="$picture", second="$shifted"),
    ]
    settings = {"picture": Chance(7).rng.uniform(10, 90, (5, 4, 3))}
    assert_links_are_true(node, [(recipe, settings, "picture")], Chance(8))


def links(node, one):
    """Ask how a step is linked with a picture of 2 rows and 3 columns."""
    settings = {"picture": np.ones((2, 3))}
    question = {"recipe": [one], "settings": settings, "name": one["name"], "source": "picture"}
    [answer] = ask(node, [{"ask": "where", **question}])
    return answer


def test_a_count_of_readings_is_linked_to_its_pixel(node):
    answer = links(node, step("counts", "coverage", image="$picture", kernel_size=2))
    own = [[[{"rows": [row], "columns": [column], "channels": [0]}] for column in range(3)] for row in range(2)]
    assert answer["readsFrom"] == answer["readBy"] == own


def test_a_start_is_linked_to_its_window(node):
    answer = links(node, step("starts", "starts", image="$picture", kernel_size=2))
    assert answer["readsFrom"] == [
        [[{"rows": [0], "columns": [0, 1], "channels": [0]}], [{"rows": [0], "columns": [1, 2], "channels": [0]}]]
    ]


def test_a_number_that_was_found_at_a_window_is_linked_to_all_of_it(node):
    answer = links(node, step("found", "at_windows", image="$picture", values=[[7, 8]], kernel_size=2))
    window = {"rows": [0, 1], "channels": [0]}
    assert answer["readsFrom"] == [[[window | {"columns": [0, 1]}], [window | {"columns": [1, 2]}]]]
    settings = {"image": np.zeros((5, 4)), "values": np.array([[1.5], [2]]), "kernel_size": 3, "stride": 2}
    assert ledger_of(node, "at_windows", settings, 1, 0, 0) == ["rows 2 to 4, columns 0 to 2 of the picture: 2"]


SMALL = np.zeros((5, 6))
SMALL[0:2, 1:4] = [[40, 80, 0], [0, 120, 240]]  # its center of mass lies at row 0.75, column 2.4


def test_a_drawing_that_was_moved_is_linked_to_where_it_came_from(node):
    recipe = [step("centered", "center_by_mass", image="$picture")]
    [answer] = ask(node, [{"ask": "where", "recipe": recipe, "settings": {"picture": SMALL}, "name": "centered"}
                          | {"source": "picture"}])  # fmt: skip
    assert answer["readsFrom"][2][3] == [{"rows": [1], "columns": [3], "channels": [0]}]
    assert answer["readsFrom"][0][3] == [{"rows": [], "columns": [3], "channels": [0]}]
    assert answer["readBy"][1][3] == [{"rows": [2], "columns": [3], "channels": [0]}]
    assert answer["readBy"][4][3] == [{"rows": [], "columns": [3], "channels": [0]}]


@pytest.mark.parametrize("picture", [np.zeros((3, 4)), np.full((3, 4), -5)])
@pytest.mark.parametrize("operation", ["scale_into", "center_by_mass"])
def test_where_nothing_is_drawn_each_cell_is_its_own(operation, picture, node):
    given = {"side": 2} if operation == "scale_into" else {}
    one = step("outcome", operation, image="$picture", **given)
    question = {"recipe": [one], "settings": {"picture": picture}, "name": "outcome", "source": "picture"}
    [answer] = ask(node, [{"ask": "where", **question}])
    own = [[[{"rows": [row], "columns": [column], "channels": [0]}] for column in range(4)] for row in range(3)]
    assert answer["readsFrom"] == answer["readBy"] == own


def test_what_does_not_come_from_a_picture_is_not_linked_to_it(node):
    answer = links(node, step("pixel", "pixel", red=1, green=2, blue=3))
    assert answer["readsFrom"] == [[[None] * 4]]
    assert answer["readBy"] == [[[None]] * 3] * 2


# --- arithmetic in words


def test_a_door_is_open_or_shut(node):
    settings = {"images": np.array([[-3, 4]]), "gradient": np.array([[5, -6]])}
    [[shut], [opened]] = ledger_of(node, "relu_gradient", settings, 0)
    assert shut == ["−3 was cut off, so the door is shut: 0"]
    assert opened == ["4 has passed, so the door is open: −6"]


WEIGHTS = [[1, -2], [0, 3], [2, 1]]
SUMS = {
    "composite": {"background": [255, 0, 100]},
    "to_gray": {"weights": [0.5, 0.25, 0.125]},
    "add": {"amount": -7},
    "wrap": {},
    "rescale": {"low": -400, "high": 400},
    "difference": {"second": np.arange(60).reshape(4, 5, 3) - 30},
    "plus": {"second": np.arange(60).reshape(4, 5, 3) - 30},
    "convolve2d": {"kernel": np.array(WEIGHTS), "stride": 2, "padding": 1, "mode": "edge", "flip": True},
    "max_pool2d": {"kernel_size": 2, "stride": 1},
    "avg_pool2d": {"kernel_size": 2, "padding": 1},
    "thicken": {"width": 2},
    "relu": {},
    "scale_and_shift": {"scale": np.array([2, -1, 3]), "shift": np.array([0, 1, 2])},
    "stepped": {"gradient": np.arange(60).reshape(4, 5, 3) - 30, "learning_rate": 0.5},
    "kernel_gradient": {"gradient": np.arange(18).reshape(2, 3, 3) - 7},
}


def worked_out(line):
    """Return both sides of a line such as "R: 126·0 + 38·−2 = −76" as numbers."""
    line = re.sub(r"^(\w+( \d+)?): ", "", line)
    line = line.replace("\N{MINUS SIGN}", "-").replace("·", "*").replace("modulo", "%")
    left, right = (
        re.sub(r", (a draw|the \w+ weights win)$", "", line)
        .replace(" ≈ ", " = ")
        .replace(" fits: ", " = ")
        .split(" = ")
    )
    return eval(left), float(right)


@pytest.mark.parametrize("operation", SUMS)
def test_the_sum_in_words_is_right(operation, node):
    channels = 4 if operation == "composite" else 3
    picture = 4 * np.random.default_rng(7).integers(-60, 60, (4, 5, channels))
    settings = {OPERATIONS[operation].parameters[0]: picture} | SUMS[operation]
    recipe = [step("outcome", operation, **{name: f"${name}" for name in settings})]
    [lines] = ask(node, [{"ask": "ledger", "recipe": recipe, "settings": settings, "name": "outcome"}])
    expected = np.atleast_3d(evaluate(recipe, settings)["outcome"])
    for row, column, channel in np.ndindex(expected.shape):
        told = lines[row][column][channel]  # of one channel, or of all where the sentence is about the whole pixel
        left, right = worked_out(told[channel] if len(told) > 1 else told[0])
        assert left == pytest.approx(expected[row, column, channel], abs=0.01)
        assert right == pytest.approx(expected[row, column, channel], abs=0.0051)


def ledger_of(node, operation, settings, *place):
    """Return the lines on one cell, as numbers on both sides."""
    recipe = [step("outcome", operation, **{name: f"${name}" for name in settings})]
    [lines] = ask(node, [{"ask": "ledger", "recipe": recipe, "settings": settings, "name": "outcome"}])
    for index in place:
        lines = lines[index]
    return lines


@pytest.mark.parametrize("side", [1, 2, 3, 4, 5])
@pytest.mark.parametrize("shape", [(5, 6), (5, 6, 3)])
def test_the_sum_of_what_was_scaled_is_right(side, shape, node):
    image = np.zeros(shape)
    image[1:5, 2:5] = np.arange(1, 13).reshape(4, 3, *[1] * (len(shape) - 2)) * 20
    settings = {"image": image, "side": side}
    expected = evaluate([step("outcome", "scale_into", image="$image", side="$side")], settings)["outcome"]
    lines, inside = ledger_of(node, "scale_into", settings), 0
    for row, column, channel in np.ndindex(volume(expected)):
        value, line = expected[row, column].flat[channel], lines[row][column][channel]
        line = line[channel] if len(line) > 1 else line[0]
        if "around the drawing: 0" in line:
            assert value == 0
        else:
            left, right = worked_out(line)
            assert left == pytest.approx(value, abs=0.001)
            assert right == pytest.approx(value, abs=0.0051)
            inside += 1
    assert inside == np.count_nonzero(expected) > 0


def test_the_sum_of_what_was_scaled_has_whole_weights(node):
    image = np.zeros((4, 5))
    image[:2, :2] = [[16, 32], [0, 100]]
    settings = {"image": image, "side": 4}
    assert ledger_of(node, "scale_into", settings, 1, 1, 0) == ["(16·9 + 32·3 + 0·3 + 100·1) / 16 = 21.25"]
    assert ledger_of(node, "scale_into", settings, 0, 4, 0) == ["around the drawing: 0"]
    assert ledger_of(node, "scale_into", settings | {"image": 0 * image}, 0, 4, 0) == ["nothing is drawn: 0"]


@pytest.mark.parametrize(
    ("image", "place", "line"),
    [
        (SMALL, (2, 3), "moved 1 down: 240"),
        (SMALL, (0, 3), "moved 1 down, nothing came: 0"),
        (SMALL[::-1, ::-1], (2, 2), "moved 1 up: 240"),
        (SMALL.T, (3, 2), "moved 1 right: 240"),
        (SMALL[:3, 1:4], (1, 1), "already in the middle: 120"),
        (np.eye(5)[:, :2] * [9, 0], (2, 0), "moved 2 down, 1 right, nothing came: 0"),
    ],
)
def test_it_is_said_how_far_a_drawing_was_moved(image, place, line, node):
    assert ledger_of(node, "center_by_mass", {"image": image}, *place, 0) == [line]


@pytest.mark.parametrize(
    ("value", "line"),
    [
        (90, "255 · (90 − 100) / (150 − 100) = −51, cut off at 0: 0"),
        (160, "255 · (160 − 100) / (150 − 100) = 306, cut off at 255: 255"),
        (120, "255 · (120 − 100) / (150 − 100) = 102"),
    ],
)
def test_what_is_cut_off_is_first_worked_out(node, value, line):
    settings = {"image": np.full((1, 1), value), "low": 100, "high": 150}
    assert ledger_of(node, "rescale", settings, 0, 0, 0) == [line]


FILTERS = np.arange(2 * 2 * 3 * 2).reshape(2, 2, 3, 2) - 11
COLORS = 4 * np.random.default_rng(3).integers(-60, 60, (4, 5, 3))


def test_a_filter_has_a_subtotal_a_channel_and_a_bias(node):
    settings = {"images": COLORS, "weights": FILTERS, "bias": np.array([100, -7])}
    expected = evaluate([step("maps", "conv2d", **{name: f"${name}" for name in settings})], settings)["maps"]
    *channels, total = ledger_of(node, "conv2d", settings, 1, 2, 1)
    subtotals = (COLORS[1:3, 2:4] * FILTERS[:, :, :, 1]).sum(axis=(0, 1))
    assert [line[:3] for line in channels] == ["R: ", "G: ", "B: "]
    assert [worked_out(line) for line in channels] == [(subtotal, subtotal) for subtotal in subtotals]
    r, g, b = (number(subtotal) for subtotal in subtotals)
    assert total == f"added up: R {r} + G {g} + B {b} + bias −7 = {number(expected[1, 2, 1])}"


def test_an_output_is_the_sum_of_what_each_map_speaks_for_it(node):
    maps, weights = np.arange(12).reshape(2, 3, 2), np.arange(12 * 4).reshape(12, 4) - 20
    recipe = [step("flat", "flatten", images="$maps"), step("logits", "dense", numbers="$flat", weights="$weights")]
    settings = {"maps": maps, "weights": weights}
    [lines] = ask(node, [{"ask": "ledger", "recipe": recipe, "settings": settings, "name": "logits"}])
    parts = [(maps[:, :, k].ravel() * weights[k::2, 3]).sum() for k in range(2)]
    assert lines[3][0][0][-1] == f"added up: map 0 {number(parts[0])} + map 1 {number(parts[1])} = {number(sum(parts))}"


def test_a_ninth_is_written_as_one(node):
    settings = {"image": np.arange(20).reshape(4, 5), "kernel": np.full((3, 3), 1 / 9)}
    [line] = ledger_of(node, "convolve2d", settings, 1, 2, 0)
    assert line == "7·1/9 + 8·1/9 + 9·1/9 + 12·1/9 + 13·1/9 + 14·1/9 + 17·1/9 + 18·1/9 + 19·1/9 = 13"


@pytest.mark.parametrize("operation", ["to_gray", "convolve2d", "avg_pool2d", "rescale", "add"])
def test_who_works_a_sum_on_screen_out_gets_what_stands_behind_it(operation, node):
    """Numbers above 100 keep the decimals that are calculated with."""
    picture = np.random.default_rng(5).uniform(100, 255, (4, 5, 3))
    settings = {OPERATIONS[operation].parameters[0]: picture} | (
        {"kernel": np.full((3, 3), 1 / 9)} if operation == "convolve2d" else SUMS[operation]
    )
    for row, column in [(0, 0), (1, 2)]:
        for line in ledger_of(node, operation, settings, row, column, 0):
            left, right = worked_out(line)
            assert left == pytest.approx(right, abs=0.02)
            assert " ≈ " in line


def test_a_weight_that_is_small_and_no_fraction_keeps_its_digits(node):
    settings = {"image": np.full((1, 2), 100), "kernel": np.array([[0.00371, -0.00215]])}
    assert ledger_of(node, "convolve2d", settings, 0, 0, 0)[0].startswith("100·0.00371 + 100·−0.00215 ≈ 0.16")


@pytest.mark.parametrize("mode", ["zero", "edge", "reflect", "wrap"])
def test_a_term_comes_from_where_the_ring_took_it(mode, node):
    image = 1 + np.arange(20.0).reshape(4, 5)
    recipe = [step("out", "convolve2d", image="$image", kernel="$kernel", padding=2, mode=mode)]
    settings = {"image": image, "kernel": np.ones((3, 2))}
    question = {"ask": "terms", "recipe": recipe, "settings": settings, "name": "out", "cell": {"row": 0, "column": 5}}
    [terms] = ask(node, [question])
    ring = np.pad(image, 2, mode={"zero": "constant"}.get(mode, mode))
    for item, value in zip(terms["groups"][0]["items"], ring[0:3, 5:7].ravel(), strict=True):
        assert item["value"] == value
        assert (item["from"] is None) == (value == 0)
        assert item["from"] is None or image[item["from"]["row"], item["from"]["column"]] == value


# --- what flows from map to map

MAPS = np.random.default_rng(11).uniform(-2, 2, (6, 7, 2))
KERNELS = np.random.default_rng(12).uniform(-1, 1, (3, 2, 2, 3))


def flow(node, recipe, settings, name, source):
    """Return the links between two steps as a table: from, to; None if there are none."""
    [links] = ask(node, [{"ask": "flow", "recipe": recipe, "settings": settings, "name": name, "source": source}])
    if links is None:
        return None
    table = np.zeros((1 + max(link["from"] for link in links), 1 + max(link["to"] for link in links)))
    for link in links:
        table[link["from"], link["to"]] = link["value"]
    return table


def test_what_a_map_adds_to_another_is_the_mean_of_its_own_part(node):
    window = {"stride": 2, "padding": 1}
    recipe = [
        step("maps", "conv2d", images="$image", weights="$weights", **window),
        step("kept", "relu", images="$maps"),
        step("pooled", "max_pool2d", images="$kept", kernel_size=2),
    ]
    settings = {"image": MAPS, "weights": KERNELS}
    parts = [conv2d(MAPS[:, :, k : k + 1], KERNELS[:, :, k : k + 1], **window).mean(axis=(0, 1)) for k in range(2)]
    for name in ("maps", "kept", "pooled"):
        np.testing.assert_allclose(flow(node, recipe, settings, name, "image"), parts, atol=1e-5)


def test_what_the_maps_say_to_a_class_adds_up_to_its_sum(node):
    weights = np.random.default_rng(13).uniform(-1, 1, (84, 5))
    recipe = [step("flat", "flatten", images="$image"), step("logits", "dense", numbers="$flat", weights="$weights")]
    settings = {"image": MAPS, "weights": weights}
    table = flow(node, recipe, settings, "logits", "image")
    assert table.shape == (2, 5)
    np.testing.assert_allclose(table.sum(axis=0), evaluate(recipe, settings)["logits"], atol=1e-4)


def test_two_steps_that_mix_have_no_links_in_one(node):
    again = np.random.default_rng(14).uniform(-1, 1, (2, 2, 3, 4))
    recipe = [
        step("maps", "conv2d", images="$image", weights="$weights"),
        step("more", "conv2d", images="$maps", weights="$again"),
    ]
    settings = {"image": MAPS, "weights": KERNELS, "again": again}
    assert flow(node, recipe, settings, "more", "image") is None
    assert flow(node, recipe, settings, "more", "maps").shape == (3, 4)
