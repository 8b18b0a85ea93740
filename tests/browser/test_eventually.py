"""The one way to wait: a comparison reads anew until it holds, and a failure shows what was read last."""

import pytest

from eventually import eventually


def test_a_comparison_waits_until_it_holds():
    numbers = iter([1, 2, 3])
    assert eventually(lambda: next(numbers)) == 3


def test_parts_and_methods_wait_too():
    texts = iter([{}, {"says": "no"}, {"says": "yes, it is"}])
    assert eventually(lambda: next(texts))["says"].startswith("yes")


def test_what_is_not_there_yet_is_waited_for(tmp_path):
    path = tmp_path / "late.txt"
    tries = iter([lambda: None, lambda: path.write_text("here")])
    assert eventually(lambda: (next(tries, bool)(), path.read_text())[1]) == "here"


def test_a_failure_shows_what_was_read_last():
    five = eventually(lambda: 5, patience=0)
    assert not five == 6
    assert repr(five) == "5 (read last, after 0 s)"


def test_two_values_that_both_change_are_not_compared():
    with pytest.raises(TypeError, match=r"take its `\.now` before the change"):
        assert eventually(lambda: 1) == eventually(lambda: 1)
