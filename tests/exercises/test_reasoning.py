"""Mutants are refused and named, students' own mistakes too; odd right ways are taken; no sentence is false."""

import ast

import numpy as np
import pytest

import mutants
from helpers.exercises.conditions import at
from helpers.exercises.judging import judge
from helpers.exercises.lesson import find
from helpers.exercises.quantities import quantities
from helpers.exercises.relations import is_shifted
from helpers.exercises.syntax import loop_ends_at_once
from helpers.exercises.verdict import CORRECT, NOT_YET
from natural import RIGHT, WRONG, blocks

CLAIMS = {  # what a sentence says of the code -> what then stands in it
    "`//` in your code": ("//",),
    "`int` in your code": ("int(",),
    "`astype` in your code": ("astype",),
    "`zeros_like` makes": ("zeros_like", "empty_like", "ones_like"),
    "`@` and `np.dot` are": ("@", "dot(", "matmul("),
    "A `return` inside": ("return",),
    "`len` of an array": ("len(",),
    "multiplies matrices": ("@",),
    "ends it in its first turn": ("for ", "while "),
    "Decimals are written": (", ",),
}


def test_every_mutant_is_refused_or_equivalent_for_a_reason():
    _, passed, _ = mutants.tried()
    assert {str(one) for one in passed} == set(mutants.EQUIVALENT)


def test_most_mutants_hear_more_than_facts(record_property):
    _, _, _, kinds = mutants.figures()
    record_property("summary", mutants.summary())
    assert 1 - kinds["bare"] / sum(kinds.values()) >= 0.75
    reasoned = kinds["slip"] + kinds["reason"]
    assert reasoned / (reasoned + kinds["bare"]) >= 0.75


def test_what_is_said_of_the_code_stands_in_the_code():
    for mutant, _, verdict in mutants.tried()[2]:
        for words, code in CLAIMS.items():
            assert words not in verdict.says or any(one in mutant.text for one in code), mutant


@pytest.mark.parametrize(("name", "words", "function"), blocks(WRONG))
def test_a_students_mistake_hears_what_is_wrong(name, words, function):
    verdict = judge(find("exercises", name)[1], function)
    assert verdict.outcome == NOT_YET
    assert any(one.lower() in repr(verdict).lower() for one in words.split("|")), repr(verdict)


@pytest.mark.parametrize(("name", "words", "function"), blocks(RIGHT))
def test_an_odd_right_way_is_right(name, words, function):
    assert judge(find("exercises", name)[1], function).outcome == CORRECT


def test_small_and_negative_numbers_are_drawn_in_a_range_of_their_own():
    stage = judge(find("exercises", "pad2d")[1], lambda image, padding: image).stage()
    shown = stage.spec["panels"][0]
    assert (shown["display"], shown["range"]) == ("signed", [-20.25, 20.25])


@pytest.mark.parametrize(
    ("function", "says"),
    [
        (lambda image: image[0, 1200], "You ask for column 1200"),
        (lambda image: np.zeros((0, 12)) + image, "One side has 0 rows"),
        (lambda image: image[0, 12 * 100], "You ask for column 1200"),
    ],
)
def test_places_and_lengths_are_no_decimals_with_a_comma(function, says):
    verdict = judge(find("exercises", "crop")[1], function)
    assert says in verdict.says
    assert "point" not in verdict.says


def test_a_loop_is_said_to_end_at_once_only_if_it_does():
    def returns(before):
        return ast.parse(f"for row in rows:\n    {before}\n    return row")

    assert loop_ends_at_once(returns("pass"))
    assert loop_ends_at_once(returns("if row:\n        break"))
    assert not loop_ends_at_once(returns("if row:\n        continue"))


def test_only_the_call_that_stops_is_blamed_for_its_order():
    def shifted(image, row, column):
        return image[row:, column:]

    def piece(image, row, column):
        return image[:, :, row + column]

    def blameless(image):
        row, column = 2, 3
        return shifted(image, column, row)[:, :, 0]

    def two_calls(image):
        row, column = 2, 3
        return piece(shifted(image, column, row), row, column)

    def exchanged(image):
        row, column = 2, 3
        return piece(image, column, row)

    says = [judge(find("exercises", "crop")[1], one).says for one in (blameless, two_calls, exchanged)]
    assert ["takes `row` before `column`" in one for one in says] == [False, False, True]


def test_a_list_is_no_picture():
    assert judge(find("exercises", "seven_three")[1], [(1, 3), (2, 5)]).stage() is None
    assert judge(find("exercises", "smooth")[1], np.zeros((3, 4))).stage() is not None


def test_a_result_is_told_with_its_decimals():
    verdict = judge(find("exercises", "over_white")[1], lambda red, green, blue, alpha: [127.5] * 3)
    assert verdict.says == "Your result is 127.5 everywhere."


def test_a_list_that_holds_itself_is_refused():
    def endless(image):
        result = []
        result += [result, result]
        return result

    assert judge(find("exercises", "crop")[1], endless).diagnosis == "holds itself"


def test_a_point_where_a_whole_number_is_wanted_is_mentioned():
    verdict = judge(find("exercises", "same_padding")[1], lambda size: (size - 1) / 2 if size % 2 else -1)
    assert verdict.outcome == CORRECT
    assert "has a point" in repr(verdict)


def test_a_place_that_one_of_several_results_does_not_have_makes_no_mask():
    assert at(0, 0, 2)(np.ones((2, 3, 2))) is None
    assert at(0, 0, 2)(np.ones((2, 3, 4))).sum() == 1


@pytest.mark.parametrize(("columns", "is_said"), [(3, False), (4, True)])
def test_numbers_are_called_shifted_only_if_enough_of_them_are_left(columns, is_said):
    wanted = np.random.default_rng(1).normal(size=(5, columns))
    got = np.random.default_rng(2).normal(size=(5, columns))
    got[:, 1:] = wanted[:, :-1]
    assert is_shifted(got, wanted, 0, 1, 0) == is_said


def test_functions_and_lists_among_the_arguments_are_no_quantities():
    found = quantities((np.zeros((2, 3)), [("pool", 2)], len), ("image", "layers", "count"))
    assert found["the length of `layers`"] == 1
    assert not any("`count`" in words for words in found)
