"""Panels for networks: stacks of maps, bars, curves, and the flow through a network."""

import numpy as np
import pytest

from eventually import eventually
from helpers.engine.recipe import step
from helpers.stage.panels import bars, curve, flow, stack
from helpers.stage.settings import constant, grid, slider
from helpers.stage.stage import Stage
from networks import COLUMNS, small_network

RANDOM = np.random.default_rng(4)
IMAGE, FILTERS = RANDOM.integers(0, 9, (5, 6, 3)), RANDOM.integers(-3, 4, (2, 3, 3, 2))
LOSS = np.stack([2.0 - np.arange(9) / 5, 2.5 - np.arange(9) / 6], axis=1)


def filtered(**state):
    """Return a Stage with two filters over three channels, each volume a stack."""
    return Stage(
        title="Filters",
        settings={
            "image": grid(IMAGE, 0, 9),
            "filters": grid(FILTERS, -9, 9),
            "bias": constant([100, -7], "np.array([100, -7])"),
        },
        recipe=[
            step("maps", "conv2d", images="$image", weights="$filters", bias="$bias"),
            step("pooled", "max_pool2d", images="$maps", kernel_size=2, stride=1),
        ],
        panels=[stack("image", "Picture"), stack("filters", "Filters", display="signed"), stack("maps", "Maps")],
        ledger="maps",
        result="maps",
        state=state,
    )


@pytest.fixture
def shown(show):
    return show(filtered())


def test_a_stack_tells_its_maps_apart_in_its_name(shown):
    labels = [shown.page.locator("canvas").nth(i).get_attribute for i in range(3)]
    assert eventually(labels[0], "aria-label").startswith("Picture, 5 × 6 × 3 channels, numbers 0 to 8")
    assert eventually(labels[1], "aria-label").startswith("Filters, 2 × 3 × 3 × 2,")
    assert eventually(labels[2], "aria-label").startswith("Maps, 4 × 4 × 2 maps")


def test_keys_walk_cells_and_maps(shown):
    shown.press("Maps", "Control+Home", "ArrowDown", "ArrowRight", "PageDown", "PageDown")
    assert shown.get("focus") == {"panel": "maps", "row": 1, "column": 1, "channel": 1}
    assert shown.text("reading").startswith("maps, map 1, row 1, column 1 →")
    shown.press("Maps", "PageUp", "End")
    assert shown.get("focus") == {"panel": "maps", "row": 1, "column": 3, "channel": 0}


def test_the_sum_of_a_map_has_a_line_a_channel_and_a_bias(shown):
    shown.press("Maps", "Control+Home", "PageDown")
    value = int((IMAGE[:2, :3] * FILTERS[..., 1]).sum()) - 7
    assert shown.ledger()[-1].endswith(f"+ bias −7 = {str(value).replace('-', '−')}")
    assert [line[:2] for line in shown.ledger().now[:3]] == ["R:", "G:", "B:"]


def test_a_pixel_leads_to_a_cell_of_the_map_that_was_seen_last(shown):
    shown.press("Maps", "Control+Home", "PageDown")
    shown.press("Picture", "Control+End")
    assert shown.get("focus") == {"panel": "image", "row": 4, "column": 5, "channel": 0}
    value = int((IMAGE[3:, 3:] * FILTERS[..., 1]).sum()) - 7
    assert shown.ledger()[-1].endswith(f"= {str(value).replace('-', '−')}")


def test_enter_lifts_a_map_out_and_escape_puts_it_back(shown):
    shown.press("Maps", "Control+Home", "PageDown", "Enter")
    assert shown.get("view") == {"maps lifted": {"lifted": 1}}
    shown.press("Maps", "PageUp")
    assert shown.get("view") == {"maps lifted": {"lifted": 0}}
    shown.press("Maps", "Escape")
    assert shown.get("view") == {}


def test_a_click_finds_the_map_under_it(shown):
    box = shown.canvas("Maps").bounding_box()
    shown.page.mouse.click(box["x"] + 3, box["y"] + box["height"] - 3)
    assert shown.get("focus")["channel"] == 1
    assert shown.get("focus")["row"] == 3


def test_a_filter_stands_beside_its_map_that_is_lifted_out(show):
    stage = filtered()
    stage.spec = stage.spec | {
        "panels": [one | ({"beside": "maps"} if one["show"] == "filters" else {}) for one in stage.spec["panels"]]
    }
    shown = show(stage)
    shown.press("Maps", "Control+Home", "PageDown", "Enter")
    box = shown.canvas("Filters").bounding_box()
    shown.page.mouse.click(box["x"] + 3, box["y"] + 25)
    assert shown.get("focus") == {"panel": "filters", "row": 0, "column": 0, "channel": 1}


def test_a_map_of_a_picture_in_color_is_called_red_unless_it_is_none(show):
    stage = filtered()
    shown = show(stage)
    shown.press("Picture", "Control+Home", "PageDown")
    assert shown.text("reading").startswith("picture, G, row 0")
    stage.spec = stage.spec | {"panels": [one | {"letters": []} for one in stage.spec["panels"]]}
    shown = show(stage)
    assert eventually(shown.canvas("Picture").get_attribute, "aria-label").startswith("Picture, 5 × 6 × 3 maps")


def costs(size):
    """Return a Stage with what layers cost, on a logarithmic scale."""
    given = {"channels": 3, "kernel_size": 3, "filters": 2}
    return Stage(
        title="Costs",
        settings={"size": slider(size, 6, 224)},
        recipe=[step("costs", "layer_costs", size="$size", **given)],
        panels=[bars("costs", "Costs", range=[1, 1e12], log=True, labels=list("abcd"))],
        words="{costs.0} and {costs.1}",
    )


def test_bars_on_a_logarithmic_scale_say_large_numbers_in_words(show):
    shown = show(costs(224))
    label = eventually(shown.canvas("Costs").get_attribute, "aria-label")
    assert label == "Costs, 4 numbers, b: 14.8 billion, d: 14.8 billion, c: 2.66 million"
    assert shown.text("words") == "56 and 14.8 billion"


def measured(**state):
    """Return a Stage with bars and a curve."""
    return Stage(
        title="Measured",
        settings={
            "logits": constant([-3, 0.5, 12], "np.array([-3, 0.5, 12])"),
            "loss": constant(LOSS, "np.array([])"),
            "until": slider(5, 1, 9),
        },
        recipe=[step("shares", "softmax", logits="$logits", temperature=4)],
        panels=[
            bars("logits", "Sums", labels=["cat", "dog", "8"]),
            bars("shares", "Shares", range=[0, 1]),
            curve("loss", "Loss", until="$until", labels=["train", "test"]),
        ],
        state=state,
    )


def test_bars_say_the_largest_first(show):
    shown = show(measured())
    assert eventually(shown.canvas("Sums").get_attribute, "aria-label") == "Sums, 3 numbers, 8: 12, dog: 0.5, cat: −3"
    shown.press("Sums", "ArrowDown")
    assert shown.text("reading") == "dog → 0.5"


def test_a_curve_grows_and_says_where_it_ends(show):
    shown = show(measured())
    label = eventually(shown.canvas("Loss").get_attribute, "aria-label")
    assert label == "Loss, 5 points, at the end train 1.2, test 1.83"
    shown.receive(until=9)
    assert label == "Loss, 9 points, at the end train 0.4, test 1.17"
    shown.press("Loss", "End", "ArrowDown")
    assert shown.text("reading") == "point 8, test → 1.17"


def test_the_flow_is_walked_by_keys_from_column_to_column(show):
    shown = show(small_network(focus={"panel": "drawing", "row": 0, "column": 0, "channel": 0}))
    shown.press("The whole network", "Shift+ArrowRight", "PageDown", "PageDown", "ArrowDown")
    assert shown.get("focus") == {"panel": "conv_1", "row": 1, "column": 0, "channel": 2}
    assert shown.text("reading").startswith("conv 1, map 2 of 8, row 1, column 0 →")
    shown.press("The whole network", *["Shift+ArrowRight"] * 9)
    assert shown.text("reading").startswith("probabilities, 1 →")


def test_a_stroke_changes_every_map_and_sends_one_message(show):
    shown = show(small_network())
    before = shown.canvas("How sure it is").get_attribute("aria-label")
    box = shown.canvas("Draw here").bounding_box()
    shown.page.mouse.move(box["x"] + 20, box["y"] + 100)
    shown.page.mouse.down()
    shown.page.mouse.move(box["x"] + 110, box["y"] + 30, steps=5)
    assert eventually(shown.canvas("How sure it is").get_attribute, "aria-label") != before
    assert shown.sent() == []
    shown.page.mouse.up()
    assert shown.sent() == [["focus", "drawing"]]


def test_a_step_that_refuses_takes_the_place_of_the_whole_flow(show):
    stage = Stage(
        {"image": grid(IMAGE), "size": slider(2, 1, 9)},
        [flow(["image", "pooled"], "Flow")],
        [step("pooled", "max_pool2d", images="$image", kernel_size="$size")],
        state={"size": 9},
    )
    shown = show(stage)
    assert "a 9x9 window does not fit into a 5x6 image" in shown.text("refusal")
    shown.receive(size=2)
    assert eventually(shown.canvas("Flow").get_attribute, "aria-label").startswith("Flow, 2 columns")


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [360, 1400])
def test_kinds_find_room_in_both_themes(show, width, dark, artifacts):
    shown = show(filtered(), measured(), small_network(), width=width, dark=dark)
    widths = "() => Math.max(...[...document.querySelectorAll('.stage canvas')].map(canvas => canvas.clientWidth))"
    assert eventually(shown.page.evaluate, widths) <= width - 16
    shown.page.screenshot(path=artifacts / f"kinds-{width}-{'dark' if dark else 'light'}.png", full_page=True)


def test_columns_of_the_small_network_are_all_there():
    assert set(COLUMNS) <= set(small_network().values)
