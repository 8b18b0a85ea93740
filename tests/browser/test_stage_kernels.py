"""Lesson 02 on screen: the window that glides, the loupe, the display that follows the kernel, what an edit changes."""

from eventually import eventually
from helpers import explore
from helpers.kernels import KERNELS
from helpers.lessons.lesson_02.explorables import FIRST, LEVELS

LOUPE, PICTURE, KERNEL, RESULT, PIECE = (
    "Under the loupe",
    "Your picture",
    "Kernel",
    "Result",
    "Your picture, a small piece",
)
FEATURES = "Feature map"
BLANK = None
OPTIONS = "select => [...select.options].map(option => option.text)"
SELECTED = "select => select.selectedOptions[0].text"
HERE = {"panel": "feature_map", "row": 60, "column": 90}  # a learner who has been somewhere: nothing plays by itself
CHANGED = (179, 18, 143)


def legend(shown):
    """Return how a panel's legend is drawn: gray or signed; "" for none."""
    return shown.reads(shown.page.locator(".legend:visible").last.get_attribute, "class")


# ------------------------------------------------------------------------------------ it plays by itself


def test_the_window_glides_over_the_photo_while_the_result_paints_itself(show):
    shown = show(explore.find_edges())
    assert shown.get("step") > 1000
    assert shown.color(RESULT, 0.5, 150) != BLANK
    assert shown.get("step") > 20000
    assert shown.framed(PICTURE)


def test_a_step_of_play_is_a_row_and_a_bit_and_all_is_done_when_the_corner_is_reached(show):
    shown = show(explore.find_edges(focus=HERE))
    with shown.clock() as clock:
        shown.control("speed").select_option("hurry")
        shown.page.get_by_role("button", name="play").click()
        clock.until("models[0].get('step') === null")
    assert shown.get("focus") == {"panel": "feature_map", "row": 197, "column": 297}


def test_a_pointer_that_passes_by_does_not_disturb_and_a_click_pauses(show):
    shown = show(explore.find_edges())
    assert shown.get("step") > 1000
    shown.hover(PICTURE, 5, 290)
    assert shown.text("reading").startswith("result, ")
    shown.click(PICTURE, 190, 10)
    assert eventually(shown.page.get_by_role("button", name="play").is_visible)
    assert shown.text("reading").startswith("your picture, row 190, column 10")


def test_nothing_plays_once_the_learner_has_been_anywhere(show):
    shown = show(explore.find_edges(focus=HERE))
    assert shown.text("steptext") == f"all {198 * 298} steps"
    assert eventually(shown.page.get_by_role("button", name="play").is_visible)


def test_nothing_plays_by_itself_where_motion_is_not_wanted(show):
    shown = show(explore.find_edges(), reduced_motion="reduce")
    assert shown.text("steptext") == "all 59004 steps"


# ---------------------------------------------------------------------------------------------- the loupe


def test_the_loupe_shows_the_window_and_what_is_around_it(show):
    shown = show(explore.find_edges(focus=HERE))
    source = shown.stages[0].values["source"]
    shown.hover(PICTURE, 100, 150)
    assert shown.text("reading").startswith("your picture, row 100, column 150")
    assert shown.ledger()[0].startswith(f"{source[99, 149]:.5g}·1 + {source[99, 150]:.5g}·0")


def test_the_loupe_keeps_still_under_the_pointer(show):
    shown = show(explore.find_edges(focus=HERE))
    box = shown.canvas(LOUPE).bounding_box()
    corner = [box["x"] + 5, box["y"] + 5]
    shown.page.mouse.move(*corner)
    assert shown.text("reading").startswith("your picture, row 58, column 88")
    shown.page.mouse.move(corner[0] + 1, corner[1])
    assert shown.text("reading").startswith("your picture, row 58, column 88")


def test_the_small_piece_is_framed_in_the_whole_picture(show):
    shown = show(explore.slide_the_window())
    assert shown.framed("Where it lies")


# ------------------------------------------------------------------- the display, and few kernels at first


def test_sharpen_is_a_picture_at_once_and_edges_are_signed(show):
    shown = show(explore.nine_numbers())
    assert legend(shown) == "legend signed"
    shown.control("kernel").select_option("Sharpen")
    assert legend(shown) == "legend gray"
    assert eventually(shown.page.locator(".note").last.inner_text) == "a picture: cut off at 0 and 255"
    red, green, blue = shown.color(RESULT, 100, 150).now
    assert red == green == blue


def test_what_the_learner_chose_stays_when_the_kernel_changes(show):
    shown = show(explore.nine_numbers())
    shown.control("result").select_option("signed: 0 is the page")
    shown.control("kernel").select_option("Sharpen")
    assert legend(shown) == "legend signed"


def test_the_other_kernels_come_with_more(show):
    shown = show(explore.nine_numbers())
    kernels = shown.control("kernel")
    assert eventually(kernels.evaluate, OPTIONS) == [*FIRST, "more …", "your own"]
    kernels.select_option("more …")
    assert eventually(kernels.evaluate, OPTIONS)[-2:] == [list(KERNELS)[-1], "your own"]
    assert eventually(kernels.evaluate, SELECTED) == "Shift right"
    kernels.select_option("Box blur, 5x5")
    assert shown.shape(KERNEL) == (5, 5)


def test_a_kernel_under_more_that_is_set_elsewhere_is_named(show):
    shown = show(explore.nine_numbers(kernel=KERNELS["Laplacian"].values))
    assert eventually(shown.control("kernel").evaluate, SELECTED) == "Laplacian"


# ------------------------------------------------------------------------------------ what an edit changes


def edit(shown, title, row, column, typed):
    shown.click(title, row, column)
    shown.page.keyboard.type(typed)
    shown.page.keyboard.press("Enter")


def corners(shown, cells):
    """Return which cells have the corner that says: this one has changed."""
    marked = lambda row, column: shown.pixel(FEATURES, row + 0.1, column + 0.88).now == list(CHANGED)  # noqa: E731
    return shown.reads(lambda: [cell for cell in cells if marked(*cell)])


def test_an_edit_marks_the_numbers_that_it_has_changed(show):
    shown = show(explore.slide_the_window())
    edit(shown, PIECE, 3, 4, "200")
    assert shown.text("reading").endswith("· your edit changed 6 of 42 numbers")
    assert corners(shown, [(1, 2), (1, 3), (1, 4), (3, 4), (0, 0)]) == [(1, 2), (1, 4), (3, 4)]


def test_an_edit_that_changes_all_marks_none_and_says_so(show):
    shown = show(explore.slide_the_window())
    edit(shown, KERNEL, 0, 0, "9")
    assert shown.text("reading").endswith("· your edit changed all of 42 numbers")
    assert corners(shown, [(0, 0), (5, 6)]) == []


def test_the_marks_go_when_another_kernel_is_chosen(show):
    shown = show(explore.slide_the_window())
    edit(shown, PIECE, 3, 4, "200")
    assert shown.text("reading").endswith("numbers")
    shown.control("kernel").select_option("Identity")
    assert shown.text("reading") == "your picture, row 3, column 4 → 200"


# ---------------------------------------------------------------------------------------- half a turn


def turned_numbers(shown):
    return shown.reads(lambda: [shown.color(KERNEL, *cell).now for cell in [(0, 0), (2, 2)]])


def test_the_kernel_visibly_turns(show):
    shown = show(explore.impulse())
    before = turned_numbers(shown).now
    picture = "document.querySelectorAll('canvas')[1].toDataURL()"
    with shown.clock() as clock:
        shown.control("turn the kernel by 180° first").check()
        clock.run(300)
        on_the_way = shown.page.evaluate(picture)
        clock.run(1000)
    turned = "Kernel, turned"
    assert eventually(shown.page.evaluate, picture) != on_the_way
    assert shown.color(turned, 2.76, 2.76) == before[0]
    assert shown.color(turned, 0.05, 0.5) == before[1]


def test_a_cell_of_the_turned_kernel_is_the_one_that_is_seen(show):
    shown = show(explore.impulse(flip=True))
    edit(shown, KERNEL, 0, 0, "7")
    assert shown.numbers("kernel")[2, 2] == 7
    assert shown.text("reading").startswith("kernel, row 2, column 2")
    shown.press(KERNEL, "ArrowRight")
    assert shown.text("reading").startswith("kernel, row 2, column 1")


# ------------------------------------------------------------------------------------- target practice


def test_a_third_is_typed_as_1_3(show):
    shown = show(explore.target_practice(level="3"))
    for column in range(3):
        edit(shown, "Your kernel", 1, column, "1/3")
    assert shown.text("words").startswith("✓ Level 3 is reached: ")


def test_the_next_button_leads_from_level_to_level(show):
    shown = show(explore.target_practice())
    for level in [*list(LEVELS)[1:], "1"]:
        shown.page.get_by_role("button", name="next level").click()
        assert shown.get("level") == level


def test_what_is_left_stands_beside_the_target(show):
    shown = show(explore.target_practice(), width=900)
    target, left = (shown.canvas(title).bounding_box() for title in ("The target", "What is left"))
    assert left["x"] > target["x"] + target["width"]
    assert left["y"] < target["y"] + target["height"]
