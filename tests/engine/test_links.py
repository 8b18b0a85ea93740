"""Which cells an outcome reads, and its arithmetic in words (stage/web/core.mjs), against what NumPy shows."""

import re

import numpy as np
import pytest

from cases import PICTURES, Chance
from helpers.engine.operations import OPERATIONS
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
}
NO_TRACE = {"coverage", "starts"}  # they count and number the windows, whatever is read
READERS = [name for name, one in OPERATIONS.items() if {*one.parameters} & {*PICTURES} and name not in NO_TRACE]


def sliding(chance, picture):
    """Return arguments of the operations that move pixels about; weights are positive."""
    weights = chance.rng.uniform(0.5, 1, chance.size(4))
    mode = chance.one("zero", "edge", "reflect", "wrap")
    window = {"stride": chance.one(1, 2, 3), "padding": chance.one(0, 1, 2), "dilation": chance.one(1, 2)}
    pool = {"kernel_size": chance.one(1, 2, 3), "stride": chance.one(None, 1, 2), "padding": chance.one(0, 1)}
    return {
        "composite": {"background": 200 - picture[:, :, :3]},
        "difference": {"second": 200 - picture},
        "shift": {"rows": chance.one(-3, 0, 2), "columns": chance.one(-1, 1, 9)},
        "take_every": {"step": chance.one(1, 2, 3)},
        "pad2d": {"padding": chance.one(0, 1, 2), "mode": mode},
        "convolve2d": {"kernel": weights, "mode": mode, "flip": chance.one(True, False), **window},
        "conv2d": {"weights": weights[:, :, None, None] * np.ones((3, 2)), **window},
        "repeat2d": {"kernel": weights, "count": chance.one(0, 1, 2, 3), "padding": chance.one(0, 1, 2), "mode": mode},
        "max_pool2d": pool,
        "avg_pool2d": pool,
    }


def good(operation, chance):
    """Return a picture and good arguments."""
    channels = {"composite": 4, "cmyk_to_rgb": 4}.get(operation, 3)
    picture = chance.rng.uniform(10, 90, (*chance.size(8), channels))
    others = GENTLE | sliding(chance, picture)
    assert operation in others, f"give {operation} arguments here under which every cell leaves a trace"
    return {OPERATIONS[operation].parameters[0]: picture} | others[operation]


def traces(recipe, settings, source):
    """Change one cell of the source after the other: where does the last step change?

    Returns an array with the axes row, column, row and column of the outcome; True where one reads the other.
    """
    last, picture = recipe[-1]["name"], settings[source]
    before = evaluate(recipe, settings)[last]
    table = np.zeros((*picture.shape[:2], *before.shape[:2]), bool)
    for row, column in np.ndindex(picture.shape[:2]):
        other = picture.copy()
        other[row, column] += LARGE
        changed = evaluate(recipe, settings | {source: other})[last] != before
        table[row, column] = changed.reshape(*before.shape[:2], -1).any(axis=-1)
    return table


def marked(region, shape):
    """Return a region, rows times columns, as an array of True and False."""
    table = np.zeros(shape, bool)
    table[np.ix_(np.array(region["rows"], int), np.array(region["columns"], int))] = True
    return table


def corner_to_corner(recipe, settings, chance):
    """Return a region of the outcome: two rows and two columns at most."""
    rows, columns = evaluate(recipe, settings)[recipe[-1]["name"]].shape[:2]
    pairs = chance.rng.integers(rows, size=2), chance.rng.integers(columns, size=2)
    return dict(zip(("rows", "columns"), (sorted({*pair.tolist()}) for pair in pairs), strict=True))


def assert_links_are_true(node, recipes, chance):
    """Ask about recipes, each a (recipe, settings, source), and compare with what leaves a trace."""
    questions = [
        {"ask": "where", "recipe": recipe, "settings": settings, "name": recipe[-1]["name"], "source": source}
        | {"region": corner_to_corner(recipe, settings, chance)}
        for recipe, settings, source in recipes
    ]
    for one, question, answer in zip(recipes, questions, ask(node, questions), strict=True):
        table, region = traces(*one), question["region"]
        inner, outer = table.shape[:2], table.shape[2:]
        for place in np.ndindex(outer):
            reads = answer["readsFrom"][place[0]][place[1]]
            np.testing.assert_array_equal(marked(reads, inner), table[:, :, *place], str(one))
        for place in np.ndindex(inner):
            read_by = answer["readBy"][place[0]][place[1]]
            np.testing.assert_array_equal(marked(read_by, outer), table[place], str(one))
        together = table[:, :, region["rows"]][:, :, :, region["columns"]].any(axis=(2, 3))
        np.testing.assert_array_equal(marked(answer["region"], inner), together)


@pytest.mark.parametrize("operation", READERS)
def test_cells_are_linked_to_what_they_read(operation, node):
    chance, recipes = Chance(5, len(operation)), []
    while len(recipes) < 8:
        settings = good(operation, chance)
        recipe = [step("outcome", operation, **{name: f"${name}" for name in settings})]
        sources = [name for name in settings if name in PICTURES and np.ndim(settings[name]) > 1]
        if not isinstance(numpys(recipe, settings), str):
            recipes.append((recipe, settings, chance.one(*sources)))
    assert_links_are_true(node, recipes, chance)


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
    own = [[{"rows": [row], "columns": [column]} for column in range(3)] for row in range(2)]
    assert answer["readsFrom"] == answer["readBy"] == own


def test_a_start_is_linked_to_its_window(node):
    answer = links(node, step("starts", "starts", image="$picture", kernel_size=2))
    assert answer["readsFrom"] == [[{"rows": [0], "columns": [0, 1]}, {"rows": [0], "columns": [1, 2]}]]


def test_what_does_not_come_from_a_picture_is_not_linked_to_it(node):
    answer = links(node, step("pixel", "pixel", red=1, green=2, blue=3))
    assert answer["readsFrom"] == [[None]]
    assert answer["readBy"] == [[None] * 3] * 2


# --- arithmetic in words

WEIGHTS = [[1, -2], [0, 3], [2, 1]]
SUMS = {
    "composite": {"background": [255, 0, 100]},
    "to_gray": {"weights": [0.5, 0.25, 0.125]},
    "add": {"amount": -7},
    "wrap": {},
    "rescale": {"low": -400, "high": 400},
    "difference": {"second": np.arange(60).reshape(4, 5, 3) - 30},
    "convolve2d": {"kernel": np.array(WEIGHTS), "stride": 2, "padding": 1, "mode": "edge", "flip": True},
    "max_pool2d": {"kernel_size": 2, "stride": 1},
    "avg_pool2d": {"kernel_size": 2, "padding": 1},
}


def worked_out(line):
    """Return both sides of a line such as "R: 126·0 + 38·−2 = −76" as numbers."""
    line = re.sub(r"^[RGBA]: ", "", line)
    line = line.replace("\N{MINUS SIGN}", "-").replace("·", "*").replace("modulo", "%")
    left, right = re.sub(r", (a draw|the \w+ weights win)$", "", line).split(" = ")
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
        left, right = worked_out(lines[row][column][channel])
        assert left == pytest.approx(expected[row, column, channel], abs=0.01)
        assert number(right) == number(expected[row, column, channel])
