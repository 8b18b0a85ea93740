"""Predictions, quiz and hints, as people use them: by keyboard, with a screen reader, in any theme and width.

First in a blank page, where what is sent to Python is seen; then all of it in a real JupyterLab, by keyboard alone.
"""

import nbformat
import pytest
from axe_playwright_python.sync_playwright import Axe

import blank_page
from eventually import eventually
from helpers.exercises import asking, hints, logbook, predict, quiz
from helpers.exercises.asking import Classroom
from helpers.exercises.lesson import lessons
from helpers.exercises.logbook import Logbook
from workbench import OWN_ERRORS

ADDRESS = "http://localhost/form"
LESSON = lessons()["01"]
NARROW = 360
FOCUSED = "document.activeElement.closest('label')?.innerText ?? document.activeElement.innerText"
TOO_WIDE = """() => [...document.querySelectorAll('.course-form :not(pre)')].filter(
    part => !part.closest('pre') && part.getBoundingClientRect().right > innerWidth + 0.5).length"""


@pytest.fixture(autouse=True)
def mine(tmp_path, monkeypatch):
    """Let the whole package write into a file of the test, in a class of its own."""
    monkeypatch.setattr(logbook, "MINE", Logbook(tmp_path))
    monkeypatch.setattr(asking, "CLASSROOM", Classroom())
    return logbook.MINE


@pytest.fixture(autouse=True)
def console_stays_clean(console_errors):
    """Demand after every test that the page's console shows nothing red."""
    yield
    assert not [error for error in console_errors if not error.startswith(OWN_ERRORS)]


def asked(name):
    """Return the Form of a prediction."""
    import ipywidgets

    return predict(name, ipywidgets.HTML("the explorable")).form


@pytest.fixture
def show(page):
    """Return a function that shows Forms in a blank page."""

    def show(*forms, dark=False, width=900):
        page.set_viewport_size({"width": width, "height": 900})
        html = blank_page.html(*forms, dark=dark)
        page.route(ADDRESS, lambda route: route.fulfill(body=html, content_type="text/html"))
        page.goto(ADDRESS)
        page.wait_for_function("window.ready")

    return show


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def get(page, name, number=0):
    """Return what a model holds."""
    return eventually(page.evaluate, "([number, name]) => models[number].known[name]", [number, name])


def sent(page, number=0):
    """Return the messages to Python."""
    return eventually(page.evaluate, "async number => { await drawn(); return models[number].saved; }", number)


def says(page, number=0):
    """Return what is said to a question."""
    return eventually(page.locator(".says").nth(number).inner_text)


def outcome(page):
    """Return what is said to a prediction."""
    return eventually(page.locator(".outcome").inner_text)


# --- what is not there yet -------------------------------------------------------------------------


@pytest.mark.parametrize("late", [["spec", "given"], ["given", "spec"], ["spec"]], ids=",".join)
def test_a_form_is_drawn_once_all_of_it_is_there(page, show, late):
    show(asked("zoom"))
    state = page.evaluate("models[0].state")
    page.evaluate("state => show([state])", {name: part for name, part in state.items() if name not in late})
    for name in late:
        assert eventually(page.locator(".course-form").count) == 0
        page.evaluate("changes => models[0].receive(changes)", {name: state[name]})
    assert eventually(page.locator(".course-form legend").is_visible)


# --- predictions -----------------------------------------------------------------------------------


def test_a_prediction_is_made_by_keyboard(page, show):
    show(asked("zoom"))
    press(page, "Tab", "Space", "ArrowDown", "Enter")
    assert get(page, "given") == {"zoom": {"answer": "squares, each of one single color", "right": True}}
    assert get(page, "curtain") == ""
    assert eventually(lambda: len(sent(page).now)) == 1
    assert "you predicted\nsquares, each of one single color" in outcome(page)
    assert "(✓ as you predicted)" in outcome(page)
    assert LESSON.predictions[0].why in outcome(page)


def test_a_wrong_prediction_stands_beside_what_happens_and_why(page, show):
    show(asked("overflow"))
    press(page, "Tab")
    page.keyboard.type("300")
    press(page, "Enter")
    assert outcome(page).splitlines()[:6] == [
        *("you predicted", "300", "what happens", "44 (✗ not as you predicted)", "but"),
        "300 needs a ninth bit. Eight bits end at 255.",
    ]


def test_just_show_me_opens_the_explorable_and_says_what_happens(page, show):
    show(asked("zoom"))
    press(page, "Tab", "Tab", "Tab")
    assert eventually(page.evaluate, FOCUSED) == "just show me"
    press(page, "Enter")
    assert get(page, "given") == {"zoom": {"answer": None, "right": False}}
    assert get(page, "curtain") == ""
    assert eventually(page.locator(".outcome dt").all_inner_texts) == ["what happens", "why", "see it"]


def test_the_focus_goes_to_what_happens_so_that_it_is_read(page, show):
    show(asked("overflow"))
    press(page, "Tab")
    page.keyboard.type("44")
    press(page, "Enter")
    label = "document.activeElement.ariaLabel"
    assert eventually(page.evaluate, label) == "you predicted: 44; what happens: 44 (✓ as you predicted)"


def test_a_prediction_once_made_stays(page, show, mine):
    mine.predicted("01/overflow", "300", False)
    show(asked("overflow"))
    assert eventually(page.get_by_label("your number").is_disabled)
    assert eventually(page.get_by_label("your number").input_value) == "300"
    assert eventually(page.locator(".outcome").is_visible)
    assert eventually(page.get_by_role("button").count) == 0
    assert sent(page) == []


def test_a_prediction_that_is_hidden_again_is_asked_anew(page, show, mine):
    mine.predicted("01/overflow", "300", False)
    show(asked("overflow"))
    assert eventually(page.locator(".outcome").is_visible)
    page.evaluate("models[0].receive({given: {}, curtain: 'none'})")
    assert eventually(page.locator(".outcome").is_hidden)
    assert eventually(page.get_by_label("your number").is_enabled)
    assert eventually(page.get_by_label("your number").input_value) == ""


def test_an_empty_answer_gets_a_sentence(page, show):
    show(asked("zoom"), asked("overflow"))
    page.get_by_role("button", name="this is my prediction").first.press("Enter")
    assert says(page, 0) == "Choose an answer first."
    page.get_by_label("your number").press("Enter")
    assert says(page, 1) == "Type a number, such as 12 or 0.5."
    assert sent(page, 0) == []
    assert sent(page, 1) == []


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("44", True),
        (" 44,0 ", True),
        ("4.4e1", None),
        ("+44", None),
        ("−44", False),
        ("forty", None),
        ("4 4", None),
        ("8 9", None),
    ],
)
def test_numbers_are_read_as_people_write_them(page, show, typed, right):
    show(asked("overflow"))
    page.get_by_label("your number").fill(typed)
    page.get_by_label("your number").press("Enter")
    assert sent(page) == [] if right is None else get(page, "given")["overflow"]["right"] == right


@pytest.mark.parametrize(
    ("typed", "value"),
    [("16,777,216", 16777216), ("16 777 216", 16777216), ("1,5", 1.5), ("-0.25", -0.25), (".5", 0.5)],
)
def test_commas_are_read_by_where_they_stand(page, show, typed, value):
    form = asked("overflow")
    form.spec = {**form.spec, "items": [{**form.spec["items"][0], "answer": value, "within": 0}]}
    show(form)
    page.get_by_label("your number").fill(typed)
    page.get_by_label("your number").press("Enter")
    assert get(page, "given")["overflow"]["right"]


# --- the quiz --------------------------------------------------------------------------------------


def test_a_quiz_is_answered_by_keyboard_and_each_wrong_answer_is_answered(page, show):
    show(quiz("01"))
    press(page, "Tab", "ArrowDown", "Enter")
    assert says(page, 0).startswith("✗ Not quite. That is x before y")
    press(page, "ArrowUp", "Enter")
    assert says(page, 0) == f"✓ Right. {LESSON.quiz[0].why}"
    assert eventually(page.locator(".count").inner_text) == "1 of 4 right"
    entry = get(page, "given")["row_and_column"]
    assert entry == {"answer": "`image[12, 40]`", "right": True, "now": True, "tries": 2}


def test_several_answers_are_ticked_by_keyboard(page, show):
    show(quiz("01"))
    page.get_by_label("You see only what lies behind it.").focus()
    press(page, "Space", "Tab", "Space", "Enter")
    assert says(page, 1) == (
        "✗ Not quite. “It is black.” – Alpha is not brightness: 0 means that you see through, not that it is dark."
        " “Its red is still stored.” – The 200 is still there: without the alpha channel it comes to light."
    )
    press(page, "Space", "Tab", "Space", "Enter")
    assert says(page, 1).startswith("✓ Right.")


def test_a_number_is_answered_and_read_out(page, show):
    show(quiz("01"))
    page.get_by_label("your number").focus()
    page.keyboard.type("20")
    press(page, "Enter")
    assert says(page, 2).startswith("✗ Not quite. b = a copies nothing")
    assert eventually(page.locator(".says").nth(2).get_attribute, "role") == "status"


def test_answers_that_were_given_come_back(page, show, mine):
    mine.answered("01/transparent", "You see only what lies behind it.; Its red is still stored.", True)
    mine.answered("01/copy", "20", False)
    show(quiz("01"))
    assert eventually(page.get_by_label("Its red is still stored.").is_checked)
    assert says(page, 1).startswith("✓ Right.")
    assert says(page, 2).startswith("✗ Not quite.")
    assert eventually(page.locator(".count").inner_text) == "1 of 4 right"


# --- hints -----------------------------------------------------------------------------------------


def test_hints_unfold_at_once_and_the_solution_at_the_second_press(page, show):
    show(hints("crop"))
    press(page, "Tab", "Enter")
    assert "A slice" in eventually(page.locator("details").nth(0).inner_text)
    press(page, "Tab", "Tab", "Enter")
    solution = page.locator("details pre")
    assert says(page).startswith("Try it yourself first")
    assert eventually(solution.is_hidden)
    press(page, "Enter")
    assert eventually(solution.is_visible)
    assert says(page) == ""
    assert get(page, "given") == {"hint 1": True, "solution": True}


def test_after_an_attempt_the_solution_unfolds_at_once(page, show):
    show(hints("crop"))
    page.evaluate("models[0].receive({attempted: true})")
    assert get(page, "attempted")
    page.get_by_text("Solution").press("Enter")
    assert eventually(page.locator("details pre").is_visible)


# --- all of them -----------------------------------------------------------------------------------


def all_forms(mine):
    """Return Forms of every kind, with and without answers."""
    forms = [asked("zoom"), asked("overflow"), quiz("01"), hints("crop")]
    mine.predicted("01/zoom", "dots of red, green and blue light", False)
    mine.answered("01/copy", "20", False)
    return [*forms, asked("zoom"), quiz("01")]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [900, NARROW])
def test_forms_are_clean_for_screen_readers_and_fit(page, show, mine, dark, width, artifacts):
    show(*all_forms(mine), dark=dark, width=width)
    for summary in page.locator("summary").all():
        summary.click()
    page.screenshot(path=artifacts / f"forms-{'dark' if dark else 'light'}-{width}.png", full_page=True)
    faults = Axe().run(page, ".course-form", {"resultTypes": ["violations"]}).response["violations"]
    assert not [f"{fault['id']}: {fault['nodes'][0]['html']}" for fault in faults]
    assert eventually(page.evaluate, TOO_WIDE) == 0
    other_theme = f".course-form{':not(.dark)' if dark else '.dark'}"
    assert eventually(page.locator(other_theme).count) == 0


def test_a_form_follows_the_theme(page, show):
    show(asked("zoom"))
    page.evaluate("() => { document.body.style.color = '#eee'; document.body.dataset.jpThemeLight = 'false'; }")
    assert eventually(page.locator(".course-form.dark").count) == 1


def test_a_form_that_is_made_before_the_page_shows_it_knows_the_theme(page, show):
    show(asked("zoom"), dark=True)
    page.evaluate("""() => {
        const el = document.createElement("div");
        view(models[0], el).then(() => document.querySelector("main").append(el));
    }""")
    assert eventually(page.locator(".course-form.dark").count) == 2


def test_no_key_leaves_a_form(page, show):
    show(asked("zoom"), hints("crop"))
    page.evaluate("() => { window.heard = []; addEventListener('keydown', event => heard.push(event.key)); }")
    page.get_by_label("squares").focus()
    press(page, "ArrowDown", "b", "a", "Space")
    page.locator("summary").first.focus()
    press(page, "b", "Enter")
    assert eventually(page.evaluate, "async () => { await drawn(); return heard; }") == []


def test_code_and_stress_are_marked(page, show):
    form = asked("overflow")
    question = {**form.spec["items"][0], "text": "Is `a * b` the *same* as 3 * 4, or `c*`?"}
    form.spec = {**form.spec, "items": [question]}
    show(form)
    assert eventually(page.locator("legend").inner_text) == "Is a * b the same as 3 * 4, or c*?"
    assert eventually(page.locator("legend code").all_inner_texts) == ["a * b", "c*"]
    assert eventually(page.locator("legend em").all_inner_texts) == ["same"]


def test_texts_never_become_html(page, show, mine):
    mine.predicted("01/zoom", "<img src=x onerror=alert(1)>", False)
    show(asked("zoom"))
    assert "<img src=x" in outcome(page)
    assert eventually(page.locator(".course-form img").count) == 0


# --- a check that does not come back ---------------------------------------------------------------


@pytest.mark.parametrize("dark", [False, True])
def test_the_page_says_it_until_the_check_comes_back(page, show, dark, artifacts):
    show(asked("zoom"), asked("overflow"), dark=dark, width=360)
    note = page.get_by_role("alert")
    page.evaluate("carrier.receive({patience: 0.01})")
    assert eventually(note.inner_text).startswith("The check does not come back: your function is inside one long call")
    assert eventually(note.evaluate, "note => note.classList.contains('dark')") == dark
    assert eventually(page.evaluate, TOO_WIDE) == 0
    page.screenshot(path=artifacts / f"waiting-{'dark' if dark else 'light'}.png")
    page.evaluate("carrier.receive({patience: 0})")
    assert eventually(note.count) == 0


def test_the_note_can_be_closed(page, show):
    show(asked("zoom"))
    page.evaluate("carrier.receive({patience: 0.01})")
    page.get_by_role("button", name="close").press("Enter")
    assert eventually(page.get_by_role("alert").count) == 0


@pytest.mark.parametrize(("back", "notes"), [(False, 1), (True, 0)])
def test_a_check_that_comes_back_in_time_is_no_news(page, show, back, notes):
    page.clock.install()
    show(asked("zoom"))
    page.evaluate("carrier.receive({patience: 9})")
    if back:
        page.evaluate("carrier.receive({patience: 0})")
    page.clock.run_for(20_000)
    assert eventually(page.get_by_role("alert").count) == notes


# --- in JupyterLab ---------------------------------------------------------------------------------

NOTEBOOK = "97_exercises.ipynb"
CELLS = [
    "import numpy as np\n\nfrom helpers import exercises, explore",
    'exercises.predict("digit", explore.digit)',
    "def crop(image):\n    return ...",
    "exercises.check(crop)",
    'exercises.quiz("01")',
]
WRONG, RIGHT = "def crop(image):\n    return image[3:10, 2:6]", "def crop(image):\n    return image[2:6, 3:10]"
ACTIVE = "jupyterapp.shell.currentWidget.content.activeCellIndex"
OUTPUT = "index => jupyterapp.shell.currentWidget.content.widgets[index].node.innerText"


def go_to_cell(page, index):
    """Leave what has the focus, and go up or down to a cell, as keyboard users do: Escape and arrows."""
    page.evaluate("document.querySelector('.jp-mod-active.jp-Cell').focus()")
    press(page, "Escape")
    start = page.evaluate(ACTIVE)
    press(page, *["ArrowUp"] * (start - index), *["ArrowDown"] * (index - start))
    assert eventually(page.evaluate, ACTIVE) == index


def tab_to(page, selector):
    """Press Tab until a place has the focus."""
    for _ in range(40):
        press(page, "Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"Tab does not lead to {selector}")


def type_and_run(page, index, text):
    """Write a cell anew and run it and the next one, by keyboard."""
    go_to_cell(page, index)
    press(page, "Enter", "ControlOrMeta+a")
    page.keyboard.insert_text(text)
    press(page, "Shift+Enter", "Shift+Enter")


def test_a_lesson_is_done_by_keyboard_alone(lab, page, artifacts):
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in CELLS])
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(notebook, lab.root / "notebooks" / NOTEBOOK)
    (lab.root / "my" / "progress.jsonl").unlink(missing_ok=True)  # other tests answer too
    lab.open_notebook(page, NOTEBOOK)
    lab.run_all(page)
    stage = page.locator(".stage").first
    page.locator(".course-form.quiz").wait_for()
    assert eventually(stage.is_hidden)

    go_to_cell(page, 1)
    tab_to(page, ".course-form.predict input")
    page.keyboard.type("2")
    press(page, "Enter")
    assert eventually(stage.locator("canvas").first.bounding_box)["width"] > 50
    assert "one number, in the middle (✗ not as you predicted)" in outcome(page)

    type_and_run(page, 2, WRONG)
    output = eventually(page.evaluate, OUTPUT, 3)
    assert "Not yet: Cut out a piece" in output
    assert "Rows and columns are exchanged" in output
    type_and_run(page, 2, RIGHT)
    assert "Correct: Cut out a piece" in output

    go_to_cell(page, 4)
    tab_to(page, ".course-form.quiz input[type=radio]")
    press(page, "ArrowDown", "Enter")
    quiz = eventually(page.locator(".course-form.quiz").inner_text)
    assert "That is x before y" in quiz
    press(page, "ArrowUp", "Enter")
    assert "1 of 4 right" in quiz

    page.screenshot(path=artifacts / "exercises.png")
    kept = eventually(lambda: Logbook(lab.root / "my").read())
    assert kept["predictions"] == {"01/digit": {"answer": "2", "right": False}}
    assert kept["exercises"]["01/crop"] == {"tries": 2, "solved": 2, "diagnoses": {"rows and columns exchanged": 1}}
    assert kept["quiz"]["01/row_and_column"]["tries"] == 2
    page.screenshot(path=artifacts / "exercises.png")
    faults = Axe().run(page, ".jp-OutputArea-output", {"resultTypes": ["violations"]}).response["violations"]
    assert not [fault["id"] for fault in faults if fault["impact"] in ("serious", "critical")]
    assert eventually(page.evaluate, "jupyterapp.shell.currentWidget.content.widgets.length") == len(CELLS)
