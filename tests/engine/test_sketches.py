"""A sketch of a network: what it says is what the table of its layers says, in Python and in the browser."""

import numpy as np
import pytest

from cases import Chance, some_sketch
from helpers import sketches
from helpers.engine.printing import fill, sketch_code
from helpers.layers import Conv2D, Dense, MaxPool2D
from helpers.network import Network, short, table
from parity import ask

COUNT = 400
SKETCHES = [some_sketch(Chance(71, i)) for i in range(COUNT)]
WALKED = [sketches.walk(**one) for one in SKETCHES]


@pytest.fixture(scope="module")
def walked(node):
    """Return what the browser makes of every sketch."""
    return ask(node, [{"ask": "walk", **one} for one in SKETCHES])


def rows_of(text):
    """Return the cells of a table, row by row, without its head and what is together; and its last sentence."""
    lines = text.splitlines()[2:]
    refusal = "" if lines[-1].startswith("together") else lines[-1]
    return [line.rsplit(None, 4)[1:] for line in lines[:-1]], refusal


def buildable(layers):
    """Tell whether all layers exist: a pool may have too much padding."""
    return all(2 * one[3] <= 2 * (one[1] // 2) for one in layers if one[0] in ("MaxPool2D", "AvgPool2D"))


def test_there_are_enough_of_both_kinds():
    refused = sum(bool(refusal) for *_, refusal in WALKED)
    assert 100 < refused < 300
    assert sum("is too much for a" in refusal for *_, refusal in WALKED) > 5
    assert sum(buildable(now) for now, *_ in WALKED) > 200


@pytest.mark.parametrize("i", range(0, COUNT, 50))
def test_the_browser_says_what_the_table_says(walked, i):
    for sketch, (now, lines, refusal), browser in list(zip(SKETCHES, WALKED, walked, strict=True))[i : i + 50]:
        assert browser["layers"] == now
        assert browser["refusal"] == refusal
        assert [tuple(one["shape"]) for one in browser["lines"]] == [one.shape for one in lines]
        if buildable(now):
            rows, sentence = rows_of(table([sketches.layer_of(one, sketches.Weightless()) for one in now],
                                           sketches.shape_of(sketch["size"])))  # fmt: skip
            mine = [
                ["x".join(map(str, one["shape"])), f"{one['parameters']:,}", f"{one['multiplications']:,}", one["sees"]]
                for one in browser["lines"]
            ]
            assert (mine, refusal) == (rows, sentence)


def test_a_sketch_is_written_alike(node):
    names = {"layers": "layers", "size": "size", "fit": "fit"}
    for language, parts in sketch_code(**names).items():
        answers = ask(node, [{"ask": "fill", "parts": parts, "values": one} for one in SKETCHES])
        for sketch, answer in zip(SKETCHES, answers, strict=True):
            assert answer == fill(parts, sketch), (language, sketch)
            compile(answer, language, "exec")


def test_code_of_a_sketch_builds_the_network_or_says_why_not(capsys):
    tried = [one for one in SKETCHES if one["size"] != "224x224x3"][:80]
    for sketch in tried:
        _, lines, refusal = sketches.walk(**sketch)
        code, names = sketches.numpy_code(**sketch), {}
        if refusal:
            with pytest.raises(ValueError, match=r"come|window|kernel"):
                exec(code, names)
            continue
        exec(code, names)
        assert names["parameters"].tolist() == [0, *(line.parameters for line in lines)]
    capsys.readouterr()


def test_layers_may_be_given_as_layers():
    layers = [Conv2D(1, 8, 5), MaxPool2D(2), Dense(192, 10)]
    plain = sketches.plain("layers", layers)
    assert plain == [["Conv2D", 1, 8, 5, 1, 0], ["MaxPool2D", 2, 2, 0], ["Dense", 192, 10]]
    assert [short(sketches.layer_of(one)) for one in plain] == [short(one) for one in layers]


def test_what_fits_of_itself_stays_as_it_is():
    for sketch, (now, _, refusal) in zip(SKETCHES, WALKED, strict=True):
        if not refusal:
            assert sketches.walk(now, sketch["size"], fit=False)[0] == now
            assert sketches.walk(now, sketch["size"], fit=True)[0] == now


def test_weights_that_are_only_counted_take_no_memory():
    layers = [["Conv2D", 3, 64, 11, 1, 5], ["Flatten"], ["Dense", 1, 1000]]
    assert sketches.layer_parameters(layers, "224x224x3", fit=True).tolist()[-1] == (224 * 224 * 64 + 1) * 1000


def test_the_network_that_is_built_from_a_sketch_is_one():
    layers = [["Conv2D", 1, 2, 3, 1, 0], ["Flatten"], ["Dense", 72, 10]]
    net = Network([sketches.layer_of(one) for one in layers], (8, 8, 1))
    assert net.forward(np.zeros((2, 8, 8, 1), np.float32)).shape == (2, 10)


@pytest.mark.parametrize(
    ("layers", "sentence"),
    [
        ("Conv2D", "^it is a list of layers, not str$"),
        ([["ReLU"]] * 17, "^it takes at most 16 layers, not 17$"),
        ([["Conv3D", 1]], "^it, number 1: there is no 'Conv3D' here; there are Conv2D, ReLU, "),
        ([["ReLU"], "ReLU"], r'^it, number 2: write a layer as \["Conv2D", 1, 8, 5\], its name and its numbers$'),
        ([[]], "^it, number 1: write a layer as"),
        ([["ReLU", 1]], "^it, number 1: ReLU takes at most 0 numbers, not 1$"),
        ([["Conv2D", 1, 65]], "^it, number 1: the out_channels of Conv2D must be at most 64, not 65$"),
        ([["Conv2D", 1, 8, 12]], "^it, number 1: the kernel_size of Conv2D must be at most 11, not 12$"),
        ([["Conv2D", 1, 8, 3, 0]], "^it, number 1: the stride of Conv2D must be at least 1, not 0$"),
        ([["Conv2D", 1, 8, 3, 1, 6]], "^it, number 1: the padding of Conv2D must be at most 5, not 6$"),
        ([["Dense", 1, 1001]], "^it, number 1: the outputs of Dense must be at most 1000, not 1001$"),
        ([["Dense", "a", 10]], "^it, number 1: the inputs of Dense must be a whole number, not 'a'$"),
        ([["Dense", 2.5]], "^it, number 1: the inputs of Dense must be a whole number, not 2.5$"),
        ([["MaxPool2D", None]], "^it, number 1: the kernel_size of MaxPool2D must be a whole number, not None$"),
    ],
)
def test_what_is_no_sketch_is_refused(layers, sentence):
    with pytest.raises(ValueError, match=sentence):
        sketches.plain("it", layers)
