"""Work that goes on beside a notebook, in small pieces on its own loop, so that cells and buttons are heard.

No thread is needed, and so it is the same in a browser's Python, which has none. What a button asks for may come from
another thread; it is handed to the loop, and so never falls into the middle of a piece.
"""

import asyncio


class Beside:
    """Work in pieces.

    Parameters
    ----------
    piece : callable
        Does a little, some 50 milliseconds, and returns whether there is more to do. Whatever it raises ends the work
        and is handed to the loop's own handler.

    Notes
    -----
    Where no loop runs when it is made, in a script, all is done at once.
    """

    def __init__(self, piece):
        self.piece, self.wanted, self.task = piece, False, None
        try:
            self.loop = asyncio.get_running_loop()
        except RuntimeError:
            self.loop = None

    def call(self, act):
        """Do something between two pieces."""
        if self.loop is None:
            act()
        else:
            self.loop.call_soon_threadsafe(act)

    def start(self):
        """Go on working; to be called between pieces."""
        self.wanted = True
        if self.loop is None:
            while self.wanted and self.piece():
                pass
            self.wanted = False
        elif self.task is None:
            self.task = self.loop.create_task(self._work())

    def pause(self):
        """Work no further; to be called between pieces, or by a piece."""
        self.wanted = False

    async def _work(self):
        try:
            while self.wanted:
                self.wanted = self.piece() and self.wanted
                await asyncio.sleep(0.001)  # others are heard
        finally:
            self.wanted, self.task = False, None
