"""Work beside a notebook: it goes on in pieces, others are heard in between, and it ends when it is told to."""

import asyncio
import threading

import pytest

from helpers.engine.beside import Beside


class Counter:
    """Counts its pieces, up to a number."""

    def __init__(self, most):
        self.count, self.most, self.threads = 0, most, set()

    def piece(self):
        self.count += 1
        self.threads.add(threading.get_ident())
        return self.count < self.most


def test_where_no_loop_runs_all_is_done_at_once():
    counter = Counter(7)
    beside = Beside(counter.piece)
    beside.call(beside.start)
    assert counter.count == 7
    assert not beside.wanted


def in_a_loop(act):
    """Run a coroutine, and demand that it ends."""
    asyncio.run(asyncio.wait_for(act(), 20))


async def until(condition):
    """Wait until something holds."""
    while not condition():
        await asyncio.sleep(0.001)


def test_others_are_heard_in_between():
    async def act():
        counter = Counter(10**9)
        beside = Beside(counter.piece)
        beside.call(beside.start)
        await until(lambda: counter.count > 3)
        beside.call(beside.pause)
        await until(lambda: beside.task is None)
        rested = counter.count
        await asyncio.sleep(0.02)
        assert counter.count == rested
        beside.call(beside.start)
        await until(lambda: counter.count > rested)
        beside.pause()

    in_a_loop(act)


def test_a_button_in_another_thread_is_obeyed_on_the_loop():
    async def act():
        counter = Counter(10**9)
        beside = Beside(counter.piece)
        presses = [threading.Thread(target=beside.call, args=[beside.start]) for _ in range(3)]
        for press in presses:
            press.start()
            press.join()
        await until(lambda: counter.count > 3)
        assert counter.threads == {threading.get_ident()}  # one task, however often it was pressed
        threading.Thread(target=beside.call, args=[beside.pause]).start()
        await until(lambda: beside.task is None)

    in_a_loop(act)


def test_it_ends_by_itself_and_can_begin_again():
    async def act():
        counter = Counter(4)
        beside = Beside(counter.piece)
        beside.start()
        await until(lambda: beside.task is None)
        assert counter.count == 4
        beside.start()
        await until(lambda: beside.task is None)
        assert counter.count == 5

    in_a_loop(act)


def test_a_fault_ends_the_work():
    async def act():
        beside = Beside(lambda: 1 / 0)
        beside.start()
        with pytest.raises(ZeroDivisionError):
            await beside.task
        assert beside.task is None
        assert not beside.wanted

    in_a_loop(act)
