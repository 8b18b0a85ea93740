"""A network is built in a blank page: layers are added, moved, set and removed, by pointer and by keyboard."""

import pytest

from eventually import eventually
from helpers import explore

pytestmark = pytest.mark.browser

FOCUSED = "document.activeElement.ariaLabel ?? ''"
SAVED = "models[0].saved.length"
DIGITS = explore.build().layers
KINDS = [one[0] for one in DIGITS]


def line(shown, row):
    """Return what a line of the table says: what comes out, parameters, multiplications, what it sees."""
    return shown.reads(shown.page.locator(f'.layers tr[data-row="{row}"] .known').all_inner_texts)


def press(shown, name):
    """Press a button."""
    shown.page.get_by_role("button", name=name, exact=True).click()


def kinds(shown):
    """Return the kinds of layers in the model."""
    return shown.reads(lambda: [one[0] for one in shown.page.evaluate("models[0].known.layers")])


def why(shown):
    """Return the sentence of a layer that does not fit; "" if there is none."""
    return shown.reads(lambda: " ".join(shown.page.locator(".layers .refusal:visible").all_inner_texts()))


def focused(shown):
    """Return the name of what has the keyboard."""
    return eventually(shown.page.evaluate, FOCUSED)


def test_the_table_says_what_python_says(show):
    shown = show(explore.build())
    assert line(shown, 0) == ["28×28×1", "", "", ""]
    assert line(shown, 4) == ["8×8×12", "2,412", "153,600", "14×14"]
    assert line(shown, 8) == ["10", "1,930", "1,920", "all"]
    together = shown.page.locator(".layers .together .known")
    assert shown.reads(together.all_inner_texts) == ["", "4,550", "270,720", ""]
    assert shown.text("words") == shown.stages[0].message


def test_a_layer_that_is_taken_out_breaks_the_next_and_is_mended_by_what_the_sentence_says(show):
    shown = show(explore.build())
    press(shown, "remove layer 6")
    assert why(shown) == (
        "layer 7, Dense(in 192, out 10): 768 numbers come in, but its weights read 192; make its inputs 768"
    )
    assert why(shown) == explore.build(layers=[*DIGITS[:5], *DIGITS[6:]]).message
    assert shown.text("words").startswith("A layer does not fit what comes in: its line says why")
    shown.control("inputs of layer 7").fill("768")
    assert why(shown) == ""
    assert line(shown, 7) == ["10", "7,690", "7,680", "all"]
    shown.control("inputs of layer 7").press("Enter")
    assert shown.get("layers") == [*DIGITS[:5], DIGITS[6], ["Dense", 768, 10]]


def test_what_follows_a_broken_layer_is_not_reached_and_nothing_is_lost(show):
    shown = show(explore.build())
    shown.control("in_channels of layer 4").fill("3")
    assert why(shown).startswith("layer 4, Conv2D(in 3, out 12, kernel 5): 8 maps come in")
    for row in range(4, 9):
        assert line(shown, row) == ["", "", "", ""]
    assert shown.reads(shown.page.locator(".layers .unreached").count) == 4
    assert shown.reads(shown.page.locator('canvas[aria-label^="The network, 8 layers, layer 4"]').count) == 1
    shown.control("in_channels of layer 4").fill("8")
    assert line(shown, 8) == ["10", "1,930", "1,920", "all"]


def test_layers_may_fit_by_themselves(show):
    shown = show(explore.build())
    shown.control("let layers fit what comes in").check()
    assert shown.reads(shown.page.get_by_label("inputs of layer 7").count) == 0
    press(shown, "remove layer 6")
    assert line(shown, 7) == ["10", "7,690", "7,680", "all"]
    shown.control("the picture that goes in").select_option("224x224x3")
    assert line(shown, 1) == ["220×220×8", "608", "29,040,000", "5×5"]
    assert shown.reads(shown.page.get_by_label("inputs of layer 7").count) == 0
    shown.control("let layers fit what comes in").uncheck()
    assert why(shown).startswith("layer 1, Conv2D(in 1, out 8, kernel 5): 3 maps come in")


def test_one_message_when_a_number_is_let_go(show):
    shown = show(explore.build())
    before = shown.page.evaluate(SAVED)
    number = shown.control("out_channels of layer 1")
    number.fill("16")
    assert line(shown, 1) == ["24×24×16", "416", "230,400", "5×5"]
    assert shown.reads(shown.page.evaluate, SAVED) == before
    number.press("Tab")
    assert shown.reads(shown.page.evaluate, SAVED) == before + 1
    assert shown.sent() == [["layers"]]
    assert shown.reads(lambda: shown.page.evaluate("models[0].known.layers[0]")) == ["Conv2D", 1, 16, 5, 1, 0]


@pytest.mark.parametrize(("typed", "kept"), [("900", 64), ("0", 1), ("", 8), ("-3", 1)])
def test_a_number_beyond_its_limits_is_answered_by_a_sentence(show, typed, kept):
    shown = show(explore.build())
    number = shown.control("out_channels of layer 1")
    number.fill(typed)
    number.press("Tab")
    assert shown.text("says") == "out_channels is a whole number from 1 to 64"
    assert eventually(number.input_value) == str(kept)
    assert shown.reads(lambda: shown.page.evaluate("models[0].known.layers[0][2]")) == kept


def test_by_keyboard_layers_are_added_turned_into_others_moved_and_removed(show):
    shown = show(explore.build())
    key = shown.page.keyboard.press
    shown.page.get_by_role("button", name="add a layer below layer 2").focus()
    key("Enter")
    assert kinds(shown) == [*KINDS[:2], "ReLU", *KINDS[2:]]
    assert focused(shown) == "kind of layer 3"
    shown.page.keyboard.type("Avg")
    assert kinds(shown)[2] == "AvgPool2D"
    assert focused(shown) == "kind of layer 3"
    for name in ("kernel_size of layer 3", "stride of layer 3", "padding of layer 3", "move layer 3 up"):
        key("Tab")
        assert focused(shown) == name
    key("Enter")
    assert kinds(shown)[:3] == ["Conv2D", "AvgPool2D", "ReLU"]
    assert focused(shown) == "move layer 2 up"
    key("Enter")
    assert focused(shown) == "move layer 1 up"
    key("Enter")
    assert shown.text("says") == "layer 1 is the first one"
    for _ in range(3):
        key("Tab")
    key("Enter")
    assert kinds(shown) == KINDS
    assert focused(shown) == "remove layer 1"


def test_a_kind_is_typed_letter_by_letter(show):
    shown = show(explore.build())
    shown.control("kind of layer 2").focus()
    shown.page.keyboard.type("Max", delay=60)  # the page draws between the letters, and an "a" by itself is AvgPool2D
    assert kinds(shown)[1] == "MaxPool2D"
    assert focused(shown) == "kind of layer 2"


def test_a_new_layer_reads_what_comes_in(show):
    shown = show(explore.build())
    press(shown, "add a layer below layer 3")
    assert kinds(shown)[3] == "ReLU"
    shown.control("kind of layer 4").select_option("Conv2D")
    assert shown.reads(lambda: shown.page.evaluate("models[0].known.layers[3]")) == ["Conv2D", 8, 8, 3, 1, 0]
    shown.control("kind of layer 4").select_option("BatchNorm")
    assert line(shown, 4) == ["12×12×8", "16", "1,152", "6×6"]


def test_windows_that_stand_side_by_side_go_on_doing_so(show):
    shown = show(explore.build())
    shown.control("kernel_size of layer 3").fill("3")
    assert shown.reads(lambda: shown.page.evaluate("models[0].known.layers[2]")) == ["MaxPool2D", 3, 3, 0]


def test_all_layers_can_go_and_sixteen_can_come(show):
    shown = show(explore.build())
    for _ in range(8):
        press(shown, "remove layer 1")
    assert kinds(shown) == []
    assert shown.text("words").startswith("No layer is left")
    for _ in range(16):
        press(shown, "add a layer first")
    press(shown, "add a layer below layer 16")
    assert len(kinds(shown).now) == 16
    assert shown.text("says") == "there are 16 layers: that is enough here"


def test_changes_are_taken_back_and_reset(show):
    shown = show(explore.build())
    press(shown, "remove layer 6")
    press(shown, "move layer 1 down")
    undo = shown.page.get_by_role("button", name="take back the last change")
    undo.click()
    assert kinds(shown) == [*KINDS[:5], *KINDS[6:]]
    undo.click()
    assert kinds(shown) == KINDS
    press(shown, "remove layer 1")
    shown.page.get_by_role("button", name="set everything as it was at first").click()
    assert shown.get("layers") == DIGITS


def test_the_code_and_the_state_are_those_on_screen(show):
    shown = show(explore.build())
    shown.page.get_by_text("show the code").click()
    press(shown, "remove layer 6")
    mine = explore.build(layers=[*DIGITS[:5], *DIGITS[6:]])
    printed = shown.page.locator("pre").inner_text
    assert eventually(printed).strip() == mine.code.strip()
    shown.page.get_by_role("button", name="PyTorch").click()
    assert eventually(printed).strip() == mine.torch_code.strip()
    shown.page.get_by_role("button", name="this very state").click()
    assert eventually(lambda: '["Flatten"], ["Dense", 192, 10]]' in printed())
    names = {}
    exec("stage = None\n" + printed().replace("explore.build(", "stage = explore.build("), names)
    assert names["stage"].layers == mine.layers


def test_the_arrows_go_from_block_to_block_and_enter_into_the_line(show):
    shown = show(explore.build(focus={"panel": "numbers", "row": 3, "column": 0}))
    shown.canvas("The network").focus()
    shown.page.keyboard.press("ArrowRight")
    assert shown.text("reading") == (
        "layer 4, Conv2D(in 8, out 12, kernel 5) → 8×8×12 · 2,412 parameters · each number sees 14×14"
    )
    shown.page.keyboard.press("Enter")
    assert focused(shown) == "kind of layer 4"


def test_a_layer_that_does_not_fit_and_what_is_not_reached_are_places_too(show):
    shown = show(explore.build())
    number = shown.control("in_channels of layer 4")
    number.fill("3")
    assert shown.text("reading") == "layer 4, Conv2D(in 3, out 12, kernel 5) → does not fit what comes in"
    shown.canvas("The network").focus()
    shown.page.keyboard.press("ArrowRight")
    assert shown.text("reading") == "layer 5, ReLU → is not reached"
    assert shown.reads(shown.page.locator(".layers .here-line").get_attribute, "data-row") == "5"


def test_what_the_learner_is_in_is_marked_in_the_table_and_said(show):
    shown = show(explore.build())
    shown.control("outputs of layer 8").focus()
    assert shown.text("reading").startswith("layer 8, Dense(in 192, out 10) → 10 numbers · 1,930 parameters")
    assert shown.reads(shown.page.locator(".layers .here-line").get_attribute, "data-row") == "8"


def test_a_finger_on_a_narrow_page_can_do_all_of_it(show):
    shown = show(explore.build(), width=360, has_touch=True)
    shown.page.get_by_role("button", name="remove layer 6").tap()
    assert why(shown).startswith("layer 7, Dense(in 192, out 10): 768 numbers")
    shown.control("let layers fit what comes in").tap()
    assert line(shown, 7) == ["10", "7,690", "7,680", "all"]
    assert shown.reads(shown.page.evaluate, "document.documentElement.scrollWidth") == 360


def test_all_of_it_is_seen_in_a_sidebars_room(show):
    shown = show(explore.build(), width=900, height=600)
    bottom = "all => Math.max(...all.map(one => one.getBoundingClientRect().bottom))"
    assert shown.reads(shown.page.locator(".stage").evaluate_all, bottom) <= 616
    assert shown.reads(shown.page.locator(".words").evaluate_all, bottom) <= 600
