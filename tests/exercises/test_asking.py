"""Predictions, quizzes and hints as Python sees them; and whether what the lessons claim is so."""

import inspect

import numpy as np
import pytest

from helpers import exercises, explore
from helpers.exercises import asking, logbook
from helpers.exercises.asking import Classroom
from helpers.exercises.events import LONGEST
from helpers.exercises.form import Form
from helpers.exercises.lesson import each, find, lessons
from helpers.exercises.logbook import Logbook
from helpers.exercises.verdict import marked_up

PREDICTIONS = [one for _, one in each("predictions")]
QUESTIONS = [*PREDICTIONS, *(one for _, one in each("quiz"))]
PHOTO = np.array([[[90, 90, 90], [200, 10, 20]], [[150, 150, 150], [255, 255, 255]]], dtype=np.uint8)


def name(one):
    return one.name


@pytest.fixture(autouse=True)
def mine(tmp_path, monkeypatch):
    """Let the whole package write into a file of the test, in a class of its own."""
    monkeypatch.setattr(logbook, "MINE", Logbook(tmp_path))
    monkeypatch.setattr(asking, "CLASSROOM", Classroom())
    return logbook.MINE


def shown(prediction):
    return prediction.children[1].layout.display != "none"


# --- predictions -----------------------------------------------------------------------------------


def test_an_explorable_stays_hidden_until_something_is_predicted(mine):
    asked = exercises.predict("zoom", explore.zoom(PHOTO))
    assert not shown(asked)
    assert asked.form.given == {}
    asked.form.given = {"zoom": {"answer": "dots of red, green and blue light", "right": False}}
    assert mine.entries("predictions") == {"01/zoom": {"answer": "dots of red, green and blue light", "right": False}}


def test_running_the_cell_again_shows_what_was_predicted(mine):
    mine.predicted("01/zoom", "ever finer detail, as under a microscope", False)
    again = exercises.predict("zoom", explore.zoom(PHOTO))
    assert shown(again)
    assert again.form.given["zoom"]["answer"] == "ever finer detail, as under a microscope"


def test_just_show_me_is_kept_too(mine):
    asked = exercises.predict("zoom", explore.zoom(PHOTO))
    asked.form.given = {"zoom": {"answer": None, "right": False}}
    assert shown(exercises.predict("zoom", explore.zoom(PHOTO)))


def test_a_function_that_makes_the_explorable_will_do():
    asked = exercises.predict("digit", explore.digit)
    assert type(asked.explorable).__name__ == "Stage"


def test_instructors_open_all_with_one_line(mine):
    before = exercises.predict("zoom", explore.zoom(PHOTO))
    assert "start_over" in exercises.open_all()
    after = exercises.predict("digit", explore.digit)
    assert before.form.curtain == after.form.curtain == ""
    assert shown(after)
    assert mine.entries("predictions") == {}


def test_after_a_rehearsal_all_is_hidden_and_nothing_recorded_in_one_line(mine):
    predicted, asked, stuck = (
        exercises.predict("zoom", explore.zoom(PHOTO)),
        exercises.quiz("01"),
        exercises.hints("crop"),
    )
    predicted.form.set_trait("given", {"zoom": {"answer": "a", "right": True}})
    mine.tried("01/crop", True, "")
    exercises.open_all()
    before = mine.path.read_bytes()
    assert "nothing is recorded from now on" in exercises.start_over()
    assert [form.given for form in (predicted.form, asked, stuck)] == [{}, {}, {}]
    assert (predicted.form.curtain, stuck.attempted) == ("none", False)
    assert not shown(exercises.predict("zoom", explore.zoom(PHOTO)))
    predicted.form.set_trait("given", {"zoom": {"answer": "b", "right": False}})
    assert mine.path.read_bytes() == before


def test_the_browser_opens_the_explorable_by_itself(monkeypatch):
    linked = []
    monkeypatch.setattr("ipywidgets.jsdlink", lambda source, target: linked.append((source, target)))
    asked = exercises.predict("zoom", explore.zoom(PHOTO))
    assert linked == [((asked.form, "curtain"), (asked.children[1].layout, "display"))]


def test_an_unknown_prediction_is_refused_by_a_sentence():
    with pytest.raises(ValueError, match="none of the predictions is called 'zom', but one is called 'zoom'"):
        exercises.predict("zom", explore.zoom(PHOTO))


def test_predictions_and_quizzes_have_a_text_twin():
    assert repr(exercises.predict("overflow", explore.overflow(PHOTO))) == str(find("predictions", "overflow")[1])
    text = repr(exercises.quiz("01"))
    assert all(str(question) in text for question in lessons()["01"].quiz)
    assert "    b = a" in text
    assert "  - It is black." in text


# --- the quiz --------------------------------------------------------------------------------------


def test_answers_to_the_quiz_are_kept_and_come_back(mine):
    form = exercises.quiz("01")
    form.given = {"copy": {"answer": "20", "right": False, "now": False, "tries": 1}}
    form.given = {"copy": {"answer": "99", "right": True, "now": True, "tries": 2}}
    assert mine.entries("quiz") == {"01/copy": {"answer": "99", "right": True, "first": False, "tries": 2}}
    assert exercises.quiz("01").given == {"copy": mine.entries("quiz")["01/copy"]}


def test_a_quiz_is_found_by_its_number_too():
    assert exercises.quiz(1).spec == exercises.quiz("01").spec
    with pytest.raises(ValueError, match="there is no quiz of lesson '77'"):
        exercises.quiz("77")


# --- hints -----------------------------------------------------------------------------------------


def test_hints_are_folded_and_the_solution_has_a_gate(mine):
    form = exercises.hints("crop")
    assert [item["name"] for item in form.spec["items"]] == ["hint 1", "hint 2", "solution"]
    assert [bool(item.get("gate")) for item in form.spec["items"]] == [False, False, True]
    assert form.spec["items"][2]["code"] == find("exercises", "crop")[1].answer
    assert not form.attempted


def test_the_gate_opens_with_an_attempt_for_hints_on_screen_too(mine):
    form = exercises.hints("crop")
    exercises.check(lambda image: image, "crop")
    assert form.attempted
    assert exercises.hints("crop").attempted
    assert not exercises.hints("five").attempted


def test_what_is_opened_is_kept(mine):
    exercises.hints("crop").given = {"hint 1": True}
    assert mine.entries("exercises")["01/crop"]["opened"] == ["hint 1"]
    assert not mine.is_attempted("01/crop")


def test_a_check_brings_its_hints_along():
    verdict = exercises.check(..., "crop")
    assert [form.spec["kind"] for form in verdict.below] == ["hints"]
    assert verdict.below[0].spec["title"] == "Stuck? Unfold a hint"
    solved = exercises.check(lambda image: image[2:6, 3:10], "crop")
    assert solved.below[0].spec["title"] == "Compare it with our solution"
    assert [item["name"] for item in solved.below[0].spec["items"]] == ["solution"]


# --- the check as it is called ---------------------------------------------------------------------


def crop(image):
    return image[2:6, 3:10]


def test_a_function_is_checked_by_its_name():
    assert exercises.check(crop).outcome == "correct"
    assert exercises.check(lambda image: image[2:6, 3:10], "crop").outcome == "correct"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((PHOTO,), "This is an array. A function goes by its name alone"),
        (("crop",), "Give the function itself, without quotation marks"),
        ((), "This is an ellipsis."),
        ((print,), "Which exercise is this? None of the exercises is called 'print', there are"),
        ((crop, "corp"), "Which exercise is this? None of the exercises is called 'corp', but one is called 'crop'."),
        ((crop, 7), "Which exercise is this?"),
        ((crop, ["crop"]), "Which exercise is this?"),
    ],
)
def test_a_call_that_cannot_be_understood_is_answered_by_a_sentence(arguments, says):
    verdict = exercises.check(*arguments)
    assert verdict.outcome == "not yet"
    assert verdict.says.startswith(says)


def test_a_check_never_raises(monkeypatch):
    monkeypatch.setattr("helpers.exercises.checking.judge", lambda *_: 1 / 0)
    assert "The check itself did not expect this (ZeroDivisionError)" in exercises.check(crop).says


def test_nothing_of_the_learners_becomes_html():
    def hostile(image):
        raise ValueError("<script>alert(1)</script> `<b>`")

    bundle = exercises.check(hostile, "crop")._repr_mimebundle_()
    assert "<script" not in bundle["text/html"]
    assert "<b>" not in bundle["text/html"]
    assert "<script>alert(1)</script>" in bundle["text/plain"]


def test_code_and_stress_are_marked_in_html():
    assert marked_up("`a * b` is *not* 3 * 4 < 5, nor `c*`") == (
        "<code>a * b</code> is <em>not</em> 3 * 4 &lt; 5, nor <code>c*</code>"
    )


def test_a_verdict_says_the_same_as_text_and_as_html():
    verdict = exercises.check(lambda image: image[2:5, 3:9], "crop")
    bundle = verdict._repr_mimebundle_()
    assert bundle["text/plain"].startswith("↻ Not yet: Cut out a piece\nThe last row and the last column are missing.")
    assert "role='status'" in bundle["text/html"]
    assert "<code>2:5</code>" in bundle["text/html"]


def test_a_notebook_shows_the_verdict_the_drawing_and_the_hints(monkeypatch):
    displayed = []
    monkeypatch.setattr("IPython.display.display", lambda what, **_: displayed.append(what))
    exercises.check(lambda image: image[2:5, 3:9], "crop")._ipython_display_()
    assert [type(one).__name__ for one in displayed] == ["dict", "Stage", "Form"]


# --- what the lessons claim ------------------------------------------------------------------------


@pytest.mark.parametrize("question", QUESTIONS, ids=name)
def test_a_question_is_well_formed(question):
    assert question.text
    assert question.why
    texts = [choice.text for choice in question.choices]
    assert len(texts) == len(set(texts)) != 1
    assert not any("; " in text for text in texts), "answers are kept as a list divided by semicolons"
    assert len("; ".join(texts)) < LONGEST
    assert (question.kind == "number") == (question.answer is not None)
    for text in [question.text, question.why, *texts, *(choice.says for choice in question.choices)]:
        assert text.count("`") % 2 == 0


@pytest.mark.parametrize("question", QUESTIONS, ids=name)
def test_every_wrong_answer_has_its_own_sentence(question):
    if question.kind == "number":
        assert question.otherwise
        assert all(abs(wrong - question.answer) > question.within for wrong, _ in question.slips)
        sentences = [question.otherwise, *dict(question.slips).values()]
        assert len(question.slips) >= 3
    else:
        told = question.choices if question.kind == "several" else [one for one in question.choices if not one.right]
        sentences = [choice.says for choice in told]
        assert any(choice.right for choice in question.choices)
        assert len(question.choices) >= 3
    assert all(sentences)


def test_a_quiz_has_four_or_five_questions():
    assert {len(lesson.quiz) for lesson in lessons().values()} == {4, 5}


@pytest.mark.parametrize("prediction", PREDICTIONS, ids=name)
def test_a_prediction_says_what_happens_and_where_to_see_it(prediction):
    assert prediction.happens
    assert prediction.see


def test_every_explorable_of_lesson_01_but_the_opening_is_predicted():
    opening, *others = [one.__name__ for one in lessons()["01"].explorables]
    assert opening == "zoom_out"
    assert {one.name for one in lessons()["01"].predictions} == set(others)


def answer(prediction_name):
    return find("predictions", prediction_name)[1].answer


def test_lesson_01_an_8_becomes_a_0_by_one_number():
    from helpers.digits import digit_array

    assert (digit_array("8") != digit_array("0")).sum() == answer("digit") == 1


def test_lesson_01_red_over_white_gets_lighter_as_alpha_falls():
    brightness = [explore.one_pixel(red=255, green=0, blue=0, alpha=alpha).result.sum() for alpha in (255, 100, 0)]
    assert brightness == sorted(brightness)
    assert brightness[-1] == 3 * 255


def test_lesson_01_a_channel_is_drawn_as_a_gray_picture():
    lesson = explore.take_apart(PHOTO)
    assert lesson.shown_as == "gray"
    assert "hue" not in inspect.getsource(explore.take_apart)


def test_lesson_01_gray_stays_gray_when_the_hue_turns():
    turned = explore.color_spaces(PHOTO, space="hsv", hue=120).result
    np.testing.assert_allclose(turned[[0, 1], [0, 0]], PHOTO[[0, 1], [0, 0]], atol=1e-3)
    assert turned[0, 1].argmax() == 1


def test_lesson_01_200_plus_100_is_44():
    assert explore.overflow(np.full((1, 2, 3), 200, np.uint8), amount=100).result[0, 0, 0] == answer("overflow") == 44


def test_lesson_01_the_display_range_changes_no_number():
    values = explore.display_range(PHOTO, vmax=100).values
    assert (values["drawn"][1, 0], values["numbers"][1, 0]) == (255, 150)


def test_lesson_01_quiz_a_second_name_is_no_copy():
    question = next(one for one in lessons()["01"].quiz if one.name == "copy")
    names = {"np": np}
    exec(question.code, names)
    assert names["a"][0, 1] == question.answer


def test_lesson_01_quiz_imshow_draws_white_black():
    from matplotlib.figure import Figure

    image = Figure().subplots().imshow(np.full((4, 6), 255), cmap="gray")
    assert image.to_rgba(image.get_array())[0, 0].tolist() == [0, 0, 0, 1]


def test_lesson_01_the_solutions_agree_with_the_helpers():
    from helpers import color

    colors = np.random.default_rng(3).integers(0, 256, (3, 4, 3), dtype=np.uint8)
    gray = find("exercises", "to_gray")[1].solution(colors)
    np.testing.assert_allclose(gray, color.to_gray(colors), atol=1e-3)
    rgba = np.array([[[200, 100, 50, 51]]])
    over = find("exercises", "over_white")[1].solution(200, 100, 50, 51)
    np.testing.assert_allclose(over, color.composite(rgba, [255, 255, 255])[0, 0], atol=1e-4)


# --- the widget ------------------------------------------------------------------------------------


def test_the_forms_module_is_small_and_imports_nothing():
    assert len(Form._esm) < 2_000
    assert "import " not in Form._esm
    assert Form._esm.count("export ") == Form._esm.count("export default") == 1


def test_a_form_looks_the_same_on_every_machine():
    assert repr(exercises.hints("crop")) == "Hints and the solution of “Cut out a piece”, folded."
