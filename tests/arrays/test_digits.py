"""The ten digits of 15 pixels."""

import numpy as np
import pytest

from helpers.digits import DIGITS, digit_array


def test_there_are_ten_different_digits_of_5_rows_and_3_columns():
    arrays = [digit_array(name) for name in DIGITS]
    assert list(DIGITS) == [str(number) for number in range(10)]
    assert {(array.shape, array.dtype.name, *np.unique(array)) for array in arrays} == {((5, 3), "uint8", 0, 255)}
    assert len({array.tobytes() for array in arrays}) == 10


def test_each_call_returns_an_array_of_its_own():
    digit_array("8")[:] = 7
    assert digit_array(8)[0, 0] == 255


def test_what_is_no_digit_is_refused():
    with pytest.raises(ValueError, match=r"^there is no digit 'x'; choose one of 0, 1, 2, 3, 4, 5, 6, 7, 8, 9$"):
        digit_array("x")
