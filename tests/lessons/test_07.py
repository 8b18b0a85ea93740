"""Lesson 07: the numbers that its prose states, and what its explorables show and say."""

import json
from pathlib import Path

import numpy as np
import pytest

from helpers import datasets, explore, sketches, strokes, trained
from helpers.convolution import convolve2d
from helpers.drawings import center_by_mass, scale_into
from helpers.engine.recipe import step
from helpers.exercises.lesson import find
from helpers.layers import Conv2D, Dense, Flatten, MaxPool2D, ReLU
from helpers.lessons.lesson_07.exercises import forward
from helpers.lessons.lesson_07.explorables import EDGE, UNTOUCHED, count_right, example, small_digit, twenty_places
from helpers.network import Network, accuracy, table
from helpers.neurons import softmax
from helpers.stage.panels import layers as layer_table
from helpers.stage.settings import choice, sketch
from helpers.stage.stage import Stage

NOTEBOOK = Path(__file__).resolve().parents[2] / "notebooks" / "07_the_whole_network.ipynb"
PROSE = " ".join("".join(cell["source"]) for cell in json.loads(NOTEBOOK.read_text("utf8"))["cells"])


def layers():
    """Return the layers as the notebook lists them."""
    first, second = [Conv2D(1, 8, 5), ReLU(), MaxPool2D(2)], [Conv2D(8, 12, 5), ReLU(), MaxPool2D(2)]
    return [*first, *second, Flatten(), Dense(192, 10)]


# --- 1: from your drawing to ten numbers


def test_the_stage_says_what_the_network_says():
    image = datasets.digits_28x28().test_images[5]
    stage = explore.draw("cat", drawing=np.round(255 * image))
    wanted = softmax(trained.digits().forward(np.round(255 * image)[np.newaxis] / np.float32(255))[0])
    np.testing.assert_allclose(stage.result, wanted, atol=1e-4)
    assert stage.message.startswith(f"It says {wanted.argmax()}")


def test_a_cell_of_the_second_convolution_sees_14_by_14_pixels():
    assert "14x14" in table(layers(), (28, 28, 1)).splitlines()[5]
    assert "6x6" in table(layers(), (28, 28, 1)).splitlines()[4]


def test_the_counts_above_the_columns_are_the_networks():
    flow = next(one for one in explore.draw("cat", counts=True).spec["panels"] if one["kind"] == "flow")
    numbers = {name: int(text.split()[0].replace(",", "")) for name, text in flow["counts"].items()}
    first, _, _, second, *_, last = trained.digits().layers
    assert numbers == {"conv_1": first.count_parameters(), "conv_2": second.count_parameters(),
                       "logits": last.count_parameters()}  # fmt: skip


def test_an_empty_drawing_gets_an_answer_too():
    assert explore.draw("cat", drawing=np.zeros((28, 28))).message.startswith("Nothing is drawn yet, and still")


def test_it_learned_from_4000_digits():
    assert "4,000 digits" in PROSE
    assert len(datasets.digits_28x28().train_labels) == 4000


def test_ones_own_forward_pass_runs_in_the_network():
    said = [explore.draw("cat", forward=one).own["steps"]["logits"]["message"] for one in (forward, lambda *_: ...)]
    assert said == [
        "your function agrees in every number",
        "your function returns nothing yet; what you see is the course's",
    ]
    handed = []
    explore.draw("cat", forward=lambda *given: handed.extend(given[-2:]), conv2d=max, max_pool2d=min)
    assert handed == [max, min]


def test_three_pixels_turn_the_seven_into_a_three():
    network, image = trained.digits(), example()[np.newaxis] / np.float32(255)
    for count in range(4):
        said = network.forward(image)
        assert (said[0].argmax() == 3) == (count == 3)
        gradient = network.backward(
            np.float32([[k == 3 for k in range(10)]]) - np.float32([[k == 7 for k in range(10)]])
        )
        gradient[image > 0.99] = -np.inf
        image.ravel()[gradient.argmax()] = 1


# --- 2: shapes and numbers


def test_the_notebooks_layers_are_those_of_the_network():
    net = Network(layers(), (28, 28, 1))
    assert repr(net) == repr(trained.digits())
    assert net.count_parameters() == 4550
    assert (sum(net.multiplications((28, 28, 1))), max(net.multiplications((28, 28, 1)))) == (270720, 153600)
    assert max(layer.count_parameters() for layer in net.layers) == 2412
    for number in ("most of the 4,550 parameters: 2,412", "153,600 of 270,720"):
        assert number in PROSE


def test_without_the_second_pooling_the_dense_layer_says_what_it_needs():
    broken = [*layers()[:5], *layers()[6:]]
    assert table(broken, (28, 28, 1)).splitlines()[-1].startswith("layer 7, Dense(in 192, out 10): 768 numbers come in")
    mended = Network([*broken[:-1], Dense(768, 10)], (28, 28, 1))
    assert (mended.count_parameters(), mended.layers[-1].count_parameters()) == (10310, 7690)


def test_a_second_relu_changes_nothing():
    images = datasets.digits_28x28().test_images[:5]
    net = trained.digits()
    twice = Network([net.layers[0], ReLU(), *net.layers[1:]])
    np.testing.assert_array_equal(twice.forward(images), net.forward(images))


def test_the_network_to_rebuild_is_the_one_that_reads_digits():
    stage = explore.build()
    assert stage.layers == sketches.plain("layers", layers())
    assert stage.result.tolist() == [0, 208, 0, 0, 2412, 0, 0, 0, 1930]
    assert stage.values["multiplications"].sum() == 270720
    assert stage.message == (
        "It learns 4550 numbers, most of them in layer 4: 2412. One picture takes 270720 multiplications, most of them"
        " in layer 4."
    )


def test_without_layer_6_layer_7_says_what_it_needs_and_then_has_7690():
    stage = explore.build()
    without = [*stage.layers[:5], *stage.layers[6:]]
    stage.layers = without
    assert stage.result is None
    assert sketches.layer_outputs(without, "28x28x1").tolist()[-2:] == [768, 0]
    assert stage.message.startswith("layer 7, Dense(in 192, out 10): 768 numbers come in")
    stage.layers = [*without[:-1], ["Dense", 768, 10]]
    assert (stage.result.sum(), stage.result[7]) == (10310, 7690)
    for number in ("10,310", "7,690", "four times as many"):
        assert number in PROSE


def test_a_second_relu_has_no_parameters_and_no_multiplications():
    stage = explore.build(layers=[*layers()[:2], ReLU(), *layers()[2:]])
    assert (stage.result.sum(), stage.values["multiplications"].sum()) == (4550, 270720)


def test_a_large_picture_makes_the_dense_layer_large_and_a_mean_of_each_map_small():
    stage = explore.build(size="224x224x3", fit=True)
    assert stage.result.tolist() == [0, 608, 0, 0, 2412, 0, 0, 0, 337090]
    assert stage.result.sum() == 340110
    stage.layers = [*stage.layers[:6], ["GlobalAvgPool2D"], stage.layers[7]]
    assert (stage.result.sum(), stage.result[8]) == (3150, 12 * 10 + 10)
    for number in ("337,090 of 340,110", "608 in the place of 208", "3,150"):
        assert number in PROSE


def test_a_list_that_is_no_network_is_refused_when_it_is_set():
    stage = explore.build()
    before = stage.layers
    with pytest.raises(ValueError, match="layers, number 1: there is no 'Conv3D' here"):
        stage.layers = [["Conv3D", 1]]
    stage.set_state({"layers": [["Conv2D", 1, 900]]})
    assert stage.notice == "layers, number 1: the out_channels of Conv2D must be at most 64, not 900"
    assert stage.layers == before


def test_what_is_not_there_cannot_be_built_on():
    with pytest.raises(ValueError, match="the step 'numbers' refers to 'layer', which is no setting"):
        Stage(
            {"size": choice("8x8x1", sketches.SIZES), "layers": sketch([])},
            [],
            [step("numbers", "layer_outputs", layers="$layer", size="$size")],
        )
    with pytest.raises(ValueError, match="a panel shows 'layer', which is no setting"):
        Stage({"layers": sketch([])}, [layer_table("layers", "layer")])


# --- 3: why ReLU


def test_two_kernels_in_a_row_are_one_of_five_by_five():
    stage = explore.without_relu("cat")
    assert stage.values["kernel"].shape == (5, 5)
    assert np.abs(stage.result).max() < 1e-2 * np.abs(stage.values["twice"]).max()
    assert find("predictions", "no_relu")[1].answer == 5


def test_with_a_relu_between_them_they_differ_where_something_was_below_0():
    stage = explore.without_relu("cat", relu=True)
    assert np.abs(stage.result).max() > 100
    negative = convolve2d(stage.values["once"] < 0, np.ones((3, 3))) > 0
    assert not stage.result[~negative].round(2).any()


def test_what_relu_says_is_true_where_it_changes_nothing():
    blur, nothing = np.ones((3, 3)), np.zeros((3, 3))
    assert "nothing to cut off" in explore.without_relu("cat", relu=True, first=blur).message
    assert "takes no notice" in explore.without_relu("cat", relu=True, second=nothing).message
    assert "gone for good" in explore.without_relu("cat", relu=True).message


def test_with_identity_the_single_kernel_is_the_first_one_in_a_ring():
    stage = explore.without_relu("cat", second=[[0, 0, 0], [0, 1, 0], [0, 0, 0]])
    np.testing.assert_array_equal(stage.values["kernel"], np.pad(EDGE, 1))


# --- 4: logits and shares


def test_one_more_gains_by_e():
    before, after = explore.shares().result, explore.shares(cat=3).result
    np.testing.assert_allclose((after[0] / after[1:]) / (before[0] / before[1:]), np.e, rtol=1e-5)


def test_temperatures_make_one_winner_or_equals_and_keep_the_order():
    cold, warm = explore.shares(temperature=0.25).result, explore.shares(temperature=8).result
    assert cold.max() > 0.98
    assert warm.max() - warm.min() < 0.15
    assert list(cold.argsort()) == list(warm.argsort())


def test_a_constant_changes_nothing_and_breaks_the_formula_of_the_book_at_90():
    for constant in (0, 85, 90, 100):
        stage = explore.shares(constant=constant)
        np.testing.assert_allclose(stage.result, explore.shares().result, rtol=1e-5)
        assert np.isnan(stage.values["naive"]).any() == (constant >= 90)
        assert ("formula of the book breaks" in stage.message) == (constant >= 90)


def test_where_only_the_sum_overflows_the_formula_gives_0_to_all():
    stage = explore.shares(cat=8.5, dog=8.5, fox=8.5, constant=80)
    assert stage.values["naive"].tolist() == [0, 0, 0]
    assert "but their sum does not" in stage.message


# --- 5: whatever you draw


def test_the_cat_is_a_6_or_a_0():
    stage = explore.draw("cat", what="picture")
    assert stage.result.argmax() == 6
    assert round(100 * stage.result.max()) == 29
    assert stage.message.startswith("It hesitates: 6")


def test_seven_of_twenty_test_pictures_it_gets_wrong_and_the_8_most_surely():
    data, stage, wrong = datasets.digits_28x28(), explore.draw("cat", what="test"), {}
    for which, place in enumerate(twenty_places()):
        stage.which = which
        np.testing.assert_array_equal(stage.values["seen"], np.round(255 * data.test_images[place]))
        said, label = stage.result.argmax(), data.test_labels[place]
        reads = f"{'and' if said == label else 'but'} it reads {said}"
        assert stage.message.startswith(f"Somebody wrote {label}, {reads}")
        wrong |= {round(100 * stage.result.max()): (label, said)} if said != label else {}
    assert len(twenty_places()) == 20
    assert len(wrong) == 7
    assert (max(wrong), wrong[max(wrong)]) == (91, (8, 9))
    assert right() == 978
    for words in (
        "Seven of these twenty",
        "An 8 that it takes for a 9, at 91 %",
        "of 1,000 test pictures it gets 22 wrong",
    ):
        assert words in PROSE


def test_a_network_of_other_things_gets_no_test_digits():
    with pytest.raises(ValueError, match="what is one of drawing, picture, not 'test'"):
        explore.draw("cat", labels=list("abcdefghij"), what="test")


# --- 6: why does it fail on mine


@pytest.mark.parametrize(
    ("scaled", "centered", "digit", "percent"),
    [(False, False, 1, 97), (True, False, 3, 98), (False, True, 9, 80), (True, True, 3, 100)],
)
def test_a_small_three_is_read_once_it_is_prepared(scaled, centered, digit, percent):
    stage = explore.prepare(scaled=scaled, centered=centered)
    assert (stage.result.argmax(), round(100 * stage.result.max())) == (digit, percent)


def test_both_steps_make_it_996_of_1000():
    assert round(float(explore.prepare(scaled=True, centered=True).result.max()), 3) == 0.996


def test_the_steps_of_the_stage_are_the_functions():
    stage = explore.prepare(scaled=True, centered=True)
    np.testing.assert_allclose(stage.values["prepared"], center_by_mass(scale_into(small_digit())), atol=1e-3)


def test_of_520_drawn_digits_it_reads_half_and_nearly_all_once_they_are_prepared():
    images, labels = strokes.drawings(20, np.random.default_rng(1))
    assert len(labels) == 520
    prepared = np.stack([center_by_mass(scale_into(image)) for image in images])
    shares = [accuracy(trained.digits(), one / np.float32(255), labels) for one in (images, prepared)]
    assert [round(100 * share) for share in shares] == [52, 96]
    assert "52 % as they are, and 96 % after both" in PROSE


# --- 7: surgery


def right(**changed):
    return int(np.trace(count_right(UNTOUCHED | changed)))


def test_surgery_counts_what_is_right():
    silenced = [right(silenced=number) for number in range(8)]
    assert silenced.index(min(silenced)) == 6
    assert (min(silenced), silenced[0]) == (891, 971)
    assert right(exchanged=2) == 627
    assert (right(pasted=0), right(pasted=2)) == (977, 518)
    assert (right(), right(bits=5), right(bits=4), right(bits=1)) == (978, 975, 964, 711)


def test_the_counted_network_is_the_one_on_screen():
    image = datasets.digits_28x28().test_images[3]
    for changed in ({"silenced": 6}, {"exchanged": 2}, {"pasted": 1}, {"bits": 3}):
        stage = explore.surgery(drawing=np.round(255 * image), **changed)
        assert stage.right == right(**changed)
        assert f"{stage.right} are right" in stage.message
        assert (stage.table.sum(), np.trace(stage.table)) == (1000, stage.right)


def test_letting_go_counts_anew():
    stage = explore.surgery()
    stage.bits = 1
    assert stage.right == 711
    assert stage.message == "Of 1,000 digits that it has never seen, 711 are right."


def test_a_silent_filter_makes_an_empty_map():
    stage = explore.surgery(silenced=6)
    assert not stage.values["conv_1"][..., 6].any()
    assert stage.values["conv_1"][..., 5].any()
