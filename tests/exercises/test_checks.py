"""Every check of every lesson: the solution is right, the stub is not attempted, each slip gets its own sentence."""

import numpy as np
import pytest

from helpers import digits
from helpers.digits import digit_array
from helpers.exercises import explaining
from helpers.exercises.exercise import FunctionExercise, ValueExercise
from helpers.exercises.judging import judge
from helpers.exercises.lesson import each
from helpers.exercises.relations import MADE_OF_WANTED
from helpers.exercises.verdict import CORRECT, NOT_ATTEMPTED, NOT_YET
from slip_table import COMMON, TOPICS, cells, examples, required, table, topics

EXERCISES = [one for _, one in each("exercises")]
FUNCTIONS = [one for one in EXERCISES if isinstance(one, FunctionExercise)]
VALUES = [one for one in EXERCISES if isinstance(one, ValueExercise)]
SLIPS = [(one, slip) for one in EXERCISES for slip in required(one)]
GENERIC = {
    "transposed": MADE_OF_WANTED[0].says,
    "input changed in place": explaining.CHANGED,
    "nothing returned": explaining.NOTHING,
    "integer overflow in uint8": explaining.OVERFLOW,
}


def name(value):
    return getattr(value, "name", None) or str(value)


def written(exercise, text):
    """Run a cell and return what it makes."""
    names = {"np": np, "digits": digits}
    exec(text, names)
    return names[getattr(exercise, "variable", "") or exercise.name]


def sentence(exercise, slip):
    """Return the sentence that belongs to a slip."""
    own = {one.name: one.says for one in exercise.slips}
    return own.get(slip) or GENERIC[slip]


@pytest.mark.parametrize("exercise", EXERCISES, ids=name)
def test_the_solution_is_correct_and_says_why_it_matters(exercise):
    verdict = judge(exercise, written(exercise, exercise.answer))
    assert (verdict.outcome, verdict.says) == (CORRECT, exercise.why)


@pytest.mark.parametrize("exercise", EXERCISES, ids=name)
def test_the_stub_runs_and_is_not_attempted_yet(exercise):
    assert judge(exercise, written(exercise, exercise.stub)).outcome == NOT_ATTEMPTED


@pytest.mark.parametrize("exercise", FUNCTIONS, ids=name)
@pytest.mark.parametrize(
    "body", ["...", "pass", "return", "return None", '"""Say what it does."""', "raise NotImplementedError"]
)
def test_other_empty_functions_are_not_attempted_either(exercise, body):
    head = f"def {exercise.name}({', '.join(exercise.parameters)}):\n    "
    assert judge(exercise, written(exercise, head + body)).outcome == NOT_ATTEMPTED


@pytest.mark.parametrize("exercise", EXERCISES, ids=name)
@pytest.mark.parametrize("nothing", [None, ...], ids=repr)
def test_nothing_at_all_is_not_attempted(exercise, nothing):
    assert judge(exercise, nothing).outcome == NOT_ATTEMPTED


@pytest.mark.parametrize(("exercise", "slip"), SLIPS, ids=name)
def test_a_slip_is_not_yet_and_gets_its_own_sentence(exercise, slip):
    verdict = judge(exercise, examples(exercise)[slip])
    assert verdict.outcome == NOT_YET
    assert verdict.diagnosis == slip
    assert verdict.says.startswith(sentence(exercise, slip))


@pytest.mark.parametrize("exercise", EXERCISES, ids=name)
def test_no_two_slips_share_a_sentence(exercise):
    sentences = [slip.says for slip in exercise.slips]
    assert len(sentences) == len(set(sentences)) >= 3


@pytest.mark.parametrize("exercise", EXERCISES, ids=name)
def test_at_least_three_other_ways_are_correct(exercise):
    assert len(exercise.ways) >= 3
    for way in exercise.ways:
        assert judge(exercise, way).outcome == CORRECT, repr(judge(exercise, way))


@pytest.mark.parametrize("exercise", [one for one in FUNCTIONS if not one.read], ids=name)
@pytest.mark.parametrize(
    "turn",
    [lambda result: np.asarray(result).tolist(), lambda result: np.asarray(result, dtype=np.float64), np.float32],
    ids=["lists", "float64", "float32"],
)
def test_lists_and_other_floats_are_correct_too(exercise, turn):
    assert judge(exercise, lambda *arguments: turn(exercise.solution(*arguments))).outcome == CORRECT


@pytest.mark.parametrize("exercise", EXERCISES, ids=name)
def test_the_texts_are_there(exercise):
    assert len(exercise.hints) == 2
    assert all([*exercise.hints, exercise.title, exercise.why])
    assert exercise.call.startswith("exercises.check(")
    assert topics(exercise) <= TOPICS


@pytest.mark.parametrize("exercise", FUNCTIONS, ids=name)
def test_the_task_stands_in_the_stub(exercise):
    assert exercise.stub.splitlines()[1].strip().startswith('"""')
    assert exercise.stub.endswith("    return ...")
    assert "topics" not in exercise.stub
    assert {"function"} <= topics(exercise)


@pytest.mark.parametrize("exercise", EXERCISES, ids=name)
def test_neither_slips_nor_facts_give_the_solution_away(exercise):
    last_lines = [line.strip() for line in exercise.answer.splitlines()[-2:] if line.strip()]
    for example in examples(exercise).values():
        said = repr(judge(exercise, example))
        assert not any(line in said for line in last_lines)


def test_names_are_unique_in_the_whole_course():
    for kind in ("exercises", "predictions"):
        names = [one.name for _, one in each(kind)]
        assert len(names) == len(set(names))
        assert all(one.isidentifier() for one in names)


def test_no_required_cell_of_the_table_is_empty():
    assert all(cells().values()), "\n" + table()
    text = table()
    assert all(slip in text for slip in COMMON)


# --- what every exercise gets without asking for it ------------------------------------------------


def picture(rows, columns):
    return (10.5 * np.arange(rows)[:, np.newaxis] + 1.3 * np.arange(columns) + 7.377).round(3)


def double(image):
    """Return twice the picture."""
    return 2 * image


DOUBLE = FunctionExercise(
    "Twice", double, ((picture(3, 5) - 9,), ((picture(4, 2) * 9).round(3),)), ("", ""), "Because."
)
UNSEEN = ("order of channels",)  # needs channels


@pytest.mark.parametrize("slip", [slip for slip in MADE_OF_WANTED if slip.name not in UNSEEN], ids=name)
def test_a_result_that_is_turned_scaled_or_rounded_is_recognized(slip):
    verdict = judge(DOUBLE, lambda image: slip.like(double(image)))
    assert (verdict.diagnosis, verdict.says) == (slip.name, slip.says)


def test_right_numbers_in_another_shape_are_recognized():
    verdict = judge(DOUBLE, lambda image: double(image).ravel())
    assert verdict.diagnosis == "other shape"
    assert "Your result has 15 numbers; wanted: 3 rows × 5 columns." in verdict.facts


def test_channels_in_bgr_order_are_recognized():
    exercise = FunctionExercise("Twice", double, ((np.arange(24.0).reshape(2, 4, 3),),), ("", ""), "")
    assert judge(exercise, lambda image: double(image)[..., ::-1]).diagnosis == "order of channels"


def test_overflow_is_recognized_in_any_formula():
    exercise = FunctionExercise("Twice", lambda image: 2.0 * image, ((np.array([[200, 30]], np.uint8),),), ("", ""), "")
    assert judge(exercise, lambda image: image + image).says == explaining.OVERFLOW


def test_a_function_that_does_not_use_its_argument_is_recognized():
    outside = picture(3, 5)
    verdict = judge(DOUBLE, lambda image: outside)
    assert verdict.diagnosis == "same for all inputs"
    assert "`image`" in verdict.says


def test_a_single_number_is_recognized():
    assert judge(DOUBLE, lambda image: image.mean()).diagnosis == "one number"


def test_another_shape_is_told_in_words():
    verdict = judge(DOUBLE, lambda image: image[1:])
    assert (verdict.diagnosis, verdict.says) == ("size", "Your result has one row too few.")
    assert "Your result has 2 rows × 5 columns; wanted: 3 rows × 5 columns." in verdict.facts


def test_a_single_wrong_number_is_told_by_its_place():
    def wrong(image):
        result = 2 * image
        if len(image) == 4:
            result[2, 1] = -1
        return result

    verdict = judge(DOUBLE, wrong)
    assert "All that differs" in verdict.says
    assert verdict.facts == (
        "Tried with image = [[66.393, 78.093], [160.893, 172.593], [255.393, 267.093], [349.893, 361.593]], float64.",
        "1 of 8 numbers differ, the first at row 2, column 1: yours is −1; wanted: 534.186.",
        "Right so far: 1 of 2 inputs.",
    )
    assert set(verdict.drawn) == {"came_in", "yours", "differs"}
    assert np.argwhere(verdict.drawn["differs"]).tolist() == [[2, 1]]


def test_the_drawing_shows_what_came_in_what_came_out_and_where_it_differs():
    stage = judge(DOUBLE, lambda image: image).stage()
    assert [panel["title"] for panel in stage.spec["panels"]] == ["What came in", "Your result", "Where it differs (1)"]
    np.testing.assert_array_equal(stage.differs, np.ones((3, 5)))


def test_a_color_picture_differs_where_any_of_its_channels_does():
    exercise = FunctionExercise("Twice", double, ((np.arange(24.0).reshape(2, 4, 3) + 1,),), ("", ""), "")

    def wrong(image):
        result = 2 * image
        result[1, 3, 2] = 0
        return result

    verdict = judge(exercise, wrong)
    assert np.argwhere(verdict.drawn["differs"]).tolist() == [[1, 3]]
    assert "at row 1, column 3, channel 2: yours is 0; wanted: 48." in repr(verdict)


def test_large_or_odd_results_are_not_drawn():
    assert judge(DOUBLE, lambda image: np.zeros((100, 100))).stage() is None
    assert judge(DOUBLE, lambda image: np.zeros((2, 2, 2, 2))).stage() is None
    assert judge(DOUBLE, lambda image: np.zeros((0, 5))).stage() is None
    assert judge(DOUBLE, lambda image: 1).stage() is None


# --- values ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("exercise", VALUES, ids=name)
@pytest.mark.parametrize(
    ("value", "says"),
    [
        ("five", "Your result is a text: quotes make one"),
        ({"a": 1}, "Your result is a dict; wanted are numbers."),
        ([[1, 2], [3]], "The rows of your result have different lengths."),
        (np.array([[np.nan, 1]]), "1 of your 2 numbers are not finite"),
        (len, "This is a builtin_function_or_method, not a value. Write `exercises.check("),
    ],
    ids=repr,
)
def test_a_value_of_another_kind_is_named(exercise, value, says):
    verdict = judge(exercise, value)
    assert verdict.outcome == NOT_YET
    assert verdict.says.startswith(says)


def test_lesson_01_five_tells_how_far_the_nearest_five_is():
    five = next(one for one in VALUES if one.name == "five")
    scribble = digit_array("5")
    scribble[1, 1] = 255
    assert judge(five, scribble).says == "It does not read as a 5 yet. The nearest one is 1 pixel away."
    assert judge(five, digit_array("5").T).says == "Yours has 3 rows × 5 columns; wanted: 5 rows × 3 columns."


def test_a_stage_stands_for_its_result():
    from helpers import explore

    five = next(one for one in VALUES if one.name == "five")
    assert judge(five, explore.digit()).outcome == NOT_ATTEMPTED
    assert judge(five, explore.digit(picture=digit_array("5").tolist())).outcome == CORRECT
