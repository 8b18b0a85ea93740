"""The window slides by itself: play, pause, single steps, and what is not computed yet is blank."""

import pytest

from eventually import eventually
from shown import sliding

RESULT, PICTURE = "Feature map", "Your picture"
BLANK = ALL = None
FIRST, BACK, FORWARD, FINISH = "back to the first step", "one step back", "one step forward", "finish"


@pytest.fixture
def shown(show):
    return show(sliding())


def press(shown, *names):
    for name in names:
        shown.page.get_by_role("button", name=name, exact=True).click()


def test_at_first_everything_is_there(shown):
    assert shown.text("steptext") == "all 42 steps"
    assert shown.color(RESULT, 5, 6) != BLANK


def test_cells_that_are_not_computed_yet_are_blank(shown):
    press(shown, FIRST)
    assert shown.text("steptext") == "step 1 of 42"
    assert shown.color(RESULT, 0, 0) != BLANK
    assert shown.color(RESULT, 0, 2) == BLANK
    assert shown.color(RESULT, 5, 6) == BLANK


def test_of_a_cell_that_is_not_computed_yet_no_number_is_told(shown):
    press(shown, FIRST, *[FORWARD] * 8)
    assert "=" in shown.ledger()[0]
    shown.receive(stride=2)  # then 9 cells of 12 are there
    assert shown.shape(RESULT) == (3, 4)
    shown.hover(RESULT, 2, 2)
    assert shown.ledger() == ["not worked out yet: play on, or take a step"]
    assert shown.text("reading") == "feature map, row 2, column 2 → not worked out yet: play on, or take a step"


def test_a_step_forward_moves_the_window(shown):
    press(shown, FIRST, *[FORWARD] * 8)
    assert shown.text("steptext") == "step 9 of 42"
    assert shown.framed(RESULT) == (1, 1, 1, 1)
    assert shown.framed(PICTURE) == (1, 1, 3, 3)
    assert shown.color(RESULT, 1, 1) != BLANK
    assert shown.color(RESULT, 1, 2) == BLANK


def test_a_step_back_takes_one_back_and_stops_at_the_first(shown):
    press(shown, BACK)
    assert shown.text("steptext") == "step 41 of 42"
    press(shown, FIRST, BACK)
    assert shown.text("steptext") == "step 1 of 42"


def test_finish_shows_all_and_stays_so_when_there_are_more_steps(shown):
    press(shown, FIRST, FINISH)
    assert shown.text("steptext") == "all 42 steps"
    assert shown.get("step") == ALL
    shown.receive(padding=1)
    assert shown.text("steptext") == "all 72 steps"


def test_the_last_step_forward_shows_all(shown):
    press(shown, BACK, FORWARD, FORWARD)
    assert shown.get("step") == ALL


def test_the_slider_goes_to_any_step(shown):
    slider = shown.control("step")
    slider.fill("24")
    assert shown.text("steptext") == "step 24 of 42"
    assert shown.framed(RESULT) == (3, 2, 1, 1)


def test_play_runs_to_the_end_and_tells_python_once(shown):
    shown.control("speed").select_option("hurry")
    shown.page.get_by_role("button", name="play").click()
    shown.page.get_by_role("button", name="play").wait_for()
    assert shown.text("steptext") == "all 42 steps"
    assert shown.reads(lambda: [sorted(names) for names in shown.sent().now]) == [["focus", "step"]]


def test_pause_stops_where_it_is(shown):
    shown.control("speed").select_option("quick")
    with shown.clock() as clock:
        shown.page.get_by_role("button", name="play").click()
        clock.until("models[0].get('step') > 3")
        shown.page.get_by_role("button", name="pause").click()
        step = shown.page.evaluate("models[0].get('step')")
        clock.run(1000)
    assert shown.get("step") == step


def test_the_speed_counts(shown):
    """At 200 steps a second all is done within the time of one slow step."""
    with shown.clock() as clock:
        shown.page.get_by_role("button", name="play").click()
        one_step = clock.until("models[0].get('step') === 2")
        shown.control("speed").select_option("hurry")
        all_others = clock.until("models[0].get('step') === null")
    assert all_others <= one_step


def test_the_play_button_keeps_its_width(shown):
    play = shown.page.get_by_role("button", name="play")
    before = play.bounding_box()
    play.click()
    assert eventually(shown.page.get_by_role("button", name="pause").bounding_box) == before
    press(shown, FIRST)


def test_fewer_steps_than_were_shown_are_all_shown(shown):
    press(shown, BACK)
    shown.receive(stride=3)
    assert shown.text("steptext") == "all 6 steps"


def test_there_is_nothing_to_step_through_without_a_result(show):
    shown = show(sliding(dilation=4))
    press(shown, FIRST, BACK, FORWARD, FINISH, "play")
    shown.page.get_by_role("button", name="play").wait_for()
    assert shown.text("steptext") == "no steps"
