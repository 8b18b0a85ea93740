"""What a Stage tells Python, and what it hears: nothing while one looks around, one message when one lets go."""

import numpy as np
import pytest

import blank_page
from eventually import eventually
from helpers import explore
from helpers.kernels import KERNELS
from shown import SMALL, sliding

PICTURE, KERNEL, RESULT = "Your picture", "Kernel", "Feature map"
AGAIN = """async () => {
    const el = document.createElement('div');
    document.querySelector('main').append(el);
    ends.push(await view(models[0], el));
}"""
SELECTED = "select => select.selectedOptions[0].text"
LISTENERS = "Object.values(models[0].listeners).flat().length"


@pytest.fixture
def shown(show):
    return show(sliding(stride=2))


def slide(shown, label, *, to, through=()):
    """Drag the thumb of a slider to a part of its way (0 to 1), and let it go unless `to` is None."""
    box = shown.control(label).bounding_box()
    place = lambda part: (box["x"] + 10 + part * (box["width"] - 20), box["y"] + box["height"] / 2)  # noqa: E731
    shown.page.mouse.move(*place(through[0]))
    shown.page.mouse.down()
    for part in through:
        shown.page.mouse.move(*place(part))
        shown.settle()
    if to is not None:
        shown.page.mouse.move(*place(to))
        shown.page.mouse.up()


# ------------------------------------------------------------------------------------- what is not there yet

ALL = ["spec", "picture", "picture_source", "picture_name", "picture_own", "block"]


@pytest.mark.parametrize("late", [ALL, ALL[::-1], ALL[1:], ALL[:1], ["picture_name"], ["engine"]], ids=",".join)
def test_a_stage_is_drawn_once_all_of_it_is_there_in_whatever_order_it_comes(show, late):
    shown = show()
    stage = explore.mosaic("coffee")
    state = blank_page.state_of(stage)
    shown.page.evaluate("state => { show([state]); }", {name: part for name, part in state.items() if name not in late})
    for name in late:
        assert eventually(shown.page.locator(".stage").count) == 0
        shown.page.evaluate("changes => models[0].receive(changes)", {name: state[name]})
    shown.settle()
    assert shown.shape("Your picture") == stage.picture.shape[:2]


def test_a_plan_that_is_still_empty_is_waited_for_and_a_view_that_ends_waits_no_longer(show):
    shown = show()
    shown.page.evaluate("show([{spec: {}, engine: 'IPY_MODEL_1'}])")
    assert eventually(shown.page.evaluate, LISTENERS) == 1
    shown.page.evaluate("ends.pop()()")
    assert eventually(shown.page.evaluate, LISTENERS) == 0


# ----------------------------------------------------------------------------------------------- what is sent


def test_looking_around_sends_nothing(show):
    shown = show(explore.zoom("coffee"), reduced_motion="reduce")
    for place in [(10, 20), (40, 50), (90, 100)]:
        shown.hover("Your picture", *place)
    shown.press("Your picture", "ArrowDown", "End", "+", "+", "-", "0")
    shown.page.mouse.dblclick(*shown.on_page("Your picture", 60, 90))
    shown.page.mouse.wheel(0, 200)
    assert shown.get("focus") != {}
    assert shown.sent() == []


def test_a_slider_shows_every_step_and_sends_one_message_when_let_go(shown):
    assert shown.text("words") == "The kernel stops at 12 places."
    slide(shown, "padding 0", to=None, through=[0, 0.4, 0.7, 1])
    assert shown.text("words") == "The kernel stops at 42 places."
    assert shown.sent() == []
    shown.page.mouse.up()
    assert shown.sent() == [["padding"]]


def test_what_is_let_go_brings_along_where_one_is(shown):
    shown.hover(RESULT, 2, 1)
    slide(shown, "padding 0", to=1, through=[0, 0.5])
    assert shown.sent() == [["focus", "padding"]]


def test_a_dragged_number_is_sent_once_when_let_go(shown):
    x, y = shown.on_page(KERNEL, 1, 1)
    shown.page.mouse.move(x, y)
    shown.page.mouse.down()
    for up in (10, 20, 30):
        shown.page.mouse.move(x, y - up)
    assert shown.sent() == []
    shown.page.mouse.up()
    assert shown.sent() == [["focus", "kernel"]]


def test_a_stroke_of_the_pen_is_sent_once(show):
    shown = show(explore.digit())
    shown.page.mouse.move(*shown.on_page("The picture", 1, 1))
    shown.page.mouse.down()
    shown.page.mouse.move(*shown.on_page("The picture", 3, 1))
    assert shown.sent() == []
    shown.page.mouse.up()
    assert shown.sent() == [["focus", "picture"]]


def test_what_arrives_in_python_is_what_was_set(show):
    stage = sliding()
    shown = show(stage)
    shown.control("kernel").select_option("Emboss")
    shown.click(PICTURE, 1, 2)
    shown.page.keyboard.type("7")
    shown.page.keyboard.press("Enter")
    slide(shown, "padding 0", to=1, through=[0])
    assert shown.get("padding") == 3
    stage.padding, stage.kernel, stage.picture = 3, shown.array("kernel"), shown.array("picture")
    picture = SMALL.copy()
    picture[1, 2] = 7
    np.testing.assert_array_equal(stage.picture, picture)
    np.testing.assert_array_equal(stage.kernel, KERNELS["Emboss"].values)
    assert shown.text("words") == "The kernel stops at 156 places."
    assert stage.message == "The kernel stops at 156 places."


def test_a_choice_and_a_switch_are_sent_at_once(show):
    shown = show(explore.take_apart("coffee"))
    shown.page.get_by_label("red", exact=True).uncheck()
    shown.page.get_by_label("channels").select_option("tinted")
    assert shown.sent() == [["red"], ["shown_as"]]
    assert shown.get("shown_as") == "tint"


# ---------------------------------------------------------------------------------------------- what is heard


def test_what_python_sets_is_seen_and_nothing_is_sent_back(shown):
    stage = shown.stages[0]
    stage.kernel = KERNELS["Laplacian"].values
    stage.stride = 1
    state = stage.get_state(["kernel", "stride", "focus"])
    shown.receive(**state | {"focus": {"panel": "feature_map", "row": 5, "column": 6}})
    assert eventually(shown.control("stride 1").input_value) == "1"
    assert eventually(shown.control("kernel").evaluate, SELECTED) == "Laplacian"
    assert shown.framed(PICTURE) == (5, 6, 3, 3)
    assert f"= {stage.result[5, 6]:.0f},".replace("-", "−") in shown.ledger()[0]
    assert shown.sent() == []


def test_an_array_may_start_at_any_byte(shown):
    """A message's parts follow each other: a float array need not begin at a multiple of four."""
    shown.page.evaluate("""() => {
        const bytes = new Uint8Array(1 + 36);
        bytes.set(new Uint8Array(Float32Array.of(0, 0, 0, 0, 1, 0, 0, 0, 0).buffer), 1);
        models[0].set('kernel', {shape: [3, 3], dtype: 'float32', data: new DataView(bytes.buffer, 1)});
    }""")
    assert eventually(shown.control("kernel").evaluate, SELECTED) == "Identity"


def state_code(shown):
    """Return what reads the code of the state that is shown."""
    shown.page.get_by_text("show the code").click()
    shown.page.get_by_role("button", name="this very state").click()
    return shown.page.locator("pre").inner_text


@pytest.mark.parametrize("explorable", explore.EXPLORABLES, ids=lambda one: one.__name__)
def test_the_state_of_an_explorable_is_a_call_that_shows_it_in_an_empty_notebook(show, explorable):
    stage = explorable()
    if not stage.spec["code"]:
        return
    printed = state_code(show(stage, reduced_motion="reduce"))  # else a window may be under way
    assert eventually(lambda: printed().startswith("from helpers import explore\n\nexplore."))
    line, call = printed().split("\n\n")
    names = {}
    exec(line, names)
    assert eval(call, names).state == stage.state


def test_the_call_that_brings_a_state_back_names_the_picture_and_the_learners_function(show):
    def mine(image, kernel, stride):
        return ...

    stage = explore.stride("coffee", convolve=mine, stride=3)
    printed = state_code(show(stage))
    assert eventually(lambda: '\n    "coffee",\n    convolve=mine,\n    kernel_size=3,\n    stride=3,\n' in printed())


def test_the_code_that_brings_this_state_back_does(shown):
    shown.hover(RESULT, 1, 1)
    printed = state_code(shown)
    assert eventually(lambda: printed().startswith("{"))
    lesson = sliding(**eval(printed()))
    assert lesson.stride == 2
    assert lesson.focus == {"panel": "feature_map", "row": 1, "column": 1}
    np.testing.assert_array_equal(lesson.picture, SMALL)


def test_the_code_on_screen_is_pythons_and_follows_the_controls(shown):
    stage = shown.stages[0]
    shown.page.get_by_text("show the code").click()
    shown.control("padding 0").press("End")
    stage.padding = 3
    assert eventually(shown.page.locator("pre").inner_text).strip() == stage.code.strip()
    shown.page.get_by_role("button", name="PyTorch").click()
    assert eventually(shown.page.locator("pre").inner_text).strip() == stage.torch_code.strip()


# ------------------------------------------------------------------------------------------ views of one model


def test_two_views_of_one_stage_stay_in_step(shown):
    shown.page.evaluate(AGAIN)
    shown.settle()
    stages, words = shown.page.locator(".stage"), shown.page.locator(".stage .lines")
    image = "all => all.map(one => one.querySelectorAll('canvas')[2].toDataURL())"
    for index in (0, 1):
        shown.page.locator(".control.slider input").nth(3 * index).press("ArrowRight")
        assert shown.get("padding") == index + 1
        assert shown.reads(lambda: len(words.all()) - len(set(words.all_inner_texts()))) == 1
        assert shown.reads(lambda: len(set(stages.evaluate_all(image)))) == 1


def test_a_view_that_ends_no_longer_listens(shown):
    before = shown.page.evaluate(LISTENERS)
    assert before > 5
    shown.page.evaluate(AGAIN)
    assert eventually(shown.page.evaluate, LISTENERS) == 2 * before
    shown.page.evaluate("ends.pop()()")
    assert eventually(shown.page.evaluate, LISTENERS) == before
    shown.page.evaluate("ends.pop()()")
    assert eventually(shown.page.evaluate, LISTENERS) == 0


def test_a_view_drawn_off_the_page_has_the_pages_colors_when_it_comes_in(show):
    shown = show(dark=True)
    shown.page.evaluate(
        """async state => {
            await show([state]);
            ends.pop()();
            document.querySelector('main > div').remove();
            const el = document.createElement('div');
            ends.push(await view(models[0], el));
            await drawn();
            document.querySelector('main').append(el);
        }""",
        blank_page.state_of(sliding(focus={"panel": "feature_map", "row": 3, "column": 2})),
    )
    assert shown.framed(PICTURE) == (3, 2, 3, 3)
    assert shown.color(RESULT, 0, 6) == pytest.approx([24, 25, 29], abs=6)
