"""The page knows of a check that runs, from before the learner's function begins until it is back, however it ends."""

import pytest

from helpers.exercises import check, logbook, waiting
from helpers.exercises.logbook import Logbook
from helpers.stage.carrier import Carrier


@pytest.fixture(autouse=True)
def mine(tmp_path, monkeypatch):
    monkeypatch.setattr(logbook, "MINE", Logbook(tmp_path))


def test_a_check_is_told_before_it_begins_and_when_it_is_back():
    seen = []

    def crop(image):
        seen.append(Carrier.of_this_notebook().patience)
        return image[2:6, 3:10]

    check(crop)
    assert set(seen) == {waiting.PATIENCE}
    assert Carrier.of_this_notebook().patience == 0


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_whatever_ends_it_the_page_waits_no_longer(error):
    with pytest.raises(error), waiting.page_waits():
        raise error
    assert Carrier.of_this_notebook().patience == 0


def test_the_page_is_more_patient_than_python():
    assert waiting.PATIENCE > waiting.SECONDS
