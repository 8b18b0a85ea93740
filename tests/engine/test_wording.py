"""Words with live numbers in them: how a number is written, which sentence is said, and how it is filled."""

import numpy as np
import pytest

from helpers.engine.wording import number, say

PICTURE = np.array([[0, 1, 2], [10, 11, 12.5]])
VALUES = {
    "stride": 2,
    "ratio": 0.125,
    "padding": 0,
    "on": True,
    "space": "gray",
    "gray": 0,
    "picture": PICTURE,
}


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (547, "547"),
        (547.0, "547"),
        (0.5, "0.5"),
        (3.14159, "3.14"),
        (31.4159, "31.4"),
        (314.159, "314"),
        (0.125, "0.13"),  # a tie goes up, away from zero
        (-0.125, "−0.13"),
        (2.5, "2.5"),
        (100.5, "101"),
        (9.996, "10"),
        (99.96, "100"),
        (0.00123, "0"),
        (-0.00123, "0"),
        (0.003, "0.003"),
        (-0.0001, "−0.0001"),
        (np.float32(0.001), "0.001"),
        (-0.0, "0"),
        (-7, "−7"),
        (10, "10"),
        (1e21, "1000000000000000000000"),
        (np.float32(1e30), "1000000015047466219876688855040"),
        (np.uint8(255), "255"),
        (np.float32(0.1), "0.1"),
        (True, "1"),
        (float("nan"), "not a number"),
        (float("inf"), "∞"),
        (-float("inf"), "−∞"),
    ],
)
def test_number_has_no_more_digits_than_help(value, written):
    assert number(value) == written


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", ""),
        ("no place", "no place"),
        ("a stride of {stride}", "a stride of 2"),
        ("{=stride}, {ratio}", "2, 0.13"),
        ("{space} is {on}", "gray is on"),
        ("{picture.rows} x {picture.columns} x {picture.channels} = {picture.count}", "2 x 3 x 1 = 6"),
        ("{picture.min} to {=picture.max}, {picture.sum} in all", "0 to 12.5, 36.5 in all"),
        ("{Stride} {}", "{Stride} {}"),
    ],
)
def test_sentence_is_filled(text, said):
    assert say(text, VALUES) == said


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (999_999, "999999"),
        (1e6, "1 million"),
        (-2_661_336, "−2.66 million"),
        (14_837_243_904, "14.8 billion"),
        (3.2e14, "320 trillion"),
        (1e15, "1000000000000000"),
    ],
)
def test_large_numbers_are_said_in_words(value, written):
    assert say("{x}", {"x": value}) == written


def test_the_numbers_of_a_row_are_said_one_by_one():
    assert say("{x.1} of {=x.0}", {"x": np.array([7.0, 0.5])}) == "0.5 of 7"


def test_channels_are_counted():
    assert say("{x.channels}", {"x": np.zeros((2, 3, 4))}) == "4"


def test_sum_of_many_bytes_does_not_wrap():
    assert say("{x.sum}", {"x": np.full((3, 5), 200, np.uint8)}) == "3000"


def test_switch_that_is_off():
    assert say("{on}", {"on": False}) == "off"


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ("", True),
        ("stride == 2", True),
        ("stride != 2", False),
        ("stride > 1.5", True),
        ("stride < -1", False),
        ("stride >= 2", True),
        ("stride <= 1e0", False),
        ("padding < stride", True),
        ("stride == picture.rows", True),
        ("stride < 2 * stride", True),
        ("stride == 1 * stride", True),
        ("picture.columns > 2 * stride", False),
        ("picture.max > 12", True),
        ("on == true", True),
        ("on == false", False),
        ("on != false", True),
        ("space == gray", True),  # the word, not the setting of that name
        ("space != gray", False),
        ("space == rgb", False),
        ("stride == 2 and space == gray", True),
        ("stride == 2 and space == rgb", False),
    ],
)
def test_condition_holds(condition, holds):
    assert say([(condition, "yes"), ("", "no")], VALUES) == ("yes" if holds else "no")


def test_first_sentence_that_holds_is_said():
    assert say([("stride == 9", "nine"), ("stride == 2", "two"), ("", "other")], VALUES) == "two"


def test_nothing_is_said_where_no_condition_holds():
    assert say([("stride == 9", "nine")], VALUES) == ""
