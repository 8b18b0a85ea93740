"""Arrays on their way to the browser and back, and settings that no control could have."""

import numpy as np
import pytest
import traitlets

from helpers.stage import settings as make
from helpers.stage.settings import from_browser, to_browser
from helpers.stage.stage import Stage


def with_kernel():
    """Return a Stage with an array to set."""
    return Stage({"kernel": make.grid([[0, 1, 0]], -9, 9)}, [])


def test_a_grid_of_whole_numbers_refuses_others():
    stage = Stage({"digit": make.grid([[0, 255]], 0, 255, whole=True)}, [])
    with pytest.raises(traitlets.TraitError, match=r"^digit takes whole numbers, not 12\.5$"):
        stage.digit = [[12.5, 255]]
    assert stage.digit.tolist() == [[0, 255]]


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        (
            [[1, np.nan], [np.inf, 2]],
            r"^kernel takes finite numbers; 2 of these 4 are not \(NaN, infinite or above 3e38\)$",
        ),
        ([[1e39, 2]], r"^kernel takes finite numbers; 1 of these 2 are not"),
        ([["1", "2"]], "^kernel takes numbers; this is <U1$"),
        ([[1, 2], [3]], "^kernel: all rows must have the same length$"),
        ([[1j]], "^kernel takes numbers; this is complex128$"),
        ([[None]], "^kernel takes numbers; this is object$"),
        ([], r"^kernel takes rows and columns, at least one of each; this has the shape \(0,\)$"),
        ([[]], r"at least one of each; this has the shape \(1, 0\)$"),
        ([1, 2, 3], r"this has the shape \(3,\)$"),
        (7, r"this has the shape \(\)$"),
        (np.zeros((2, 2, 2, 2)), r"this has the shape \(2, 2, 2, 2\)$"),
    ],
)
def test_array_that_cannot_be_drawn_is_refused(value, sentence):
    stage = with_kernel()
    with pytest.raises(ValueError, match=sentence):
        stage.kernel = value
    assert stage.kernel.tolist() == [[0, 1, 0]]


@pytest.mark.parametrize(
    ("value", "dtype"),
    [
        ([[1, -2]], "float64"),
        ([[True]], "float64"),
        (np.float32([[0.1]]), "float64"),
        (np.uint8([[5]]), "uint8"),
    ],
)
def test_array_keeps_bytes_and_makes_the_rest_floats(value, dtype):
    stage = with_kernel()
    stage.kernel = value
    assert stage.kernel.dtype == dtype
    assert stage.kernel.tolist() == np.array(value).tolist()


def test_array_cannot_be_changed_behind_the_stages_back():
    mine, stage = np.ones((2, 2)), with_kernel()
    stage.kernel = mine
    mine[0, 0] = 5
    assert stage.kernel[0, 0] == 1
    with pytest.raises(ValueError, match="read-only"):
        stage.kernel[0, 0] = 5


BYTES = np.arange(24, dtype=np.uint8).reshape(4, 6)


@pytest.mark.parametrize("array", [BYTES, BYTES.reshape(2, 3, 4), BYTES / 8 - 1, np.linspace(-9, 9, 1025)[None]])
def test_array_comes_back_from_the_browser(array):
    message = to_browser(array)
    back = from_browser({**message, "data": memoryview(bytes(message["data"]))})
    np.testing.assert_array_equal(back, array)


def test_typed_number_comes_back_as_it_was_typed():
    assert from_browser(to_browser(np.array([[0.1, -1 / 3]]))).tolist() == [[0.1, -0.33333334]]


MESSAGE = {"shape": [2, 3], "dtype": "uint8", "data": bytes(6)}


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"data": bytes(5)}, r"^5 bytes do not make an array of uint8 numbers with the shape \(2, 3\)$"),
        ({"data": b""}, "^0 bytes do not make"),
        ({"shape": [2, 4]}, r"^6 bytes do not make an array of uint8 numbers with the shape \(2, 4\)$"),
        ({"shape": [-2, -3]}, "^6 bytes do not make"),
        ({"shape": [0, 3], "data": b""}, "^0 bytes do not make"),
        ({"shape": []}, "^6 bytes do not make"),
        ({"shape": [2**33, 2**33], "data": b""}, "^0 bytes do not make"),
        ({"dtype": "float32"}, r"^6 bytes do not make an array of float32 numbers with the shape \(2, 3\)$"),
        ({"dtype": "object"}, "^arrays of uint8, float32, float64 can come from the browser, not of object$"),
    ],
)
def test_bytes_that_make_no_array_are_refused(change, sentence):
    with pytest.raises(ValueError, match=sentence):
        from_browser(MESSAGE | change)


def test_array_that_the_browser_sends_is_set():
    stage = with_kernel()
    stage.set_state({"kernel": to_browser(np.array([[0.1, 2]]))})
    assert stage.kernel.tolist() == [[0.1, 2]]


def test_choice_starts_at_one_of_the_choices():
    with pytest.raises(ValueError, match=r"^choose one of zero, edge, not 'wrap'$"):
        make.choice("wrap", ["zero", "edge"])


def test_a_whole_number_may_be_numpys():
    stage = Stage({"stride": make.slider(1, 1, 5)}, [])
    stage.stride = np.int64(3)
    assert stage.stride == 3
    assert type(stage.stride) is int


def named(value="cat"):
    """Return a Stage with a name to type."""
    return Stage({"called": make.text(value, most=5)}, [], words="{called}")


@pytest.mark.parametrize("words", ["", "a b", "<b>", "\u00fc\u00f1\u4e2d\U0001f600x"])
def test_a_text_is_data_whatever_it_says(words):
    stage = named()
    stage.called = words
    assert stage.message == words
    assert stage.state["called"] == words


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("abcdef", "^called has at most 5 characters, not 6$"),
        ("a\nb", "^called stands on one line, without signs that cannot be seen$"),
        ("a\x00", "^called stands on one line"),
        (7, "expected a unicode string, not the int 7"),
    ],
)
def test_a_text_that_cannot_be_typed_is_refused(words, sentence):
    stage = named()
    with pytest.raises(traitlets.TraitError, match=sentence):
        stage.called = words
    stage.set_state({"called": words})
    assert stage.notice
    assert stage.called == "cat"


def test_a_text_begins_with_one_that_could_be_typed():
    with pytest.raises(ValueError, match=r"^the text has at most 5 characters, not 6$"):
        named("abcdef")
