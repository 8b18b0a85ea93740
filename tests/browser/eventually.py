"""The one way to wait: what is on a page or in a file is read anew until it is as expected.

    assert eventually(editor.input_value) == "1"
    assert eventually(lambda: json.loads(path.read_text()))["tries"] == 2

A failure shows what was read last. `now` reads once, for what is compared with later.
"""

import operator
import time

PATIENCE = 10  # seconds


class Eventually:
    """A value that is read anew while a comparison with it does not hold; its parts and methods are such values too."""

    __hash__ = None
    __iter__ = None

    def __init__(self, read, patience=PATIENCE):
        self.read, self.patience = read, patience
        self.last = "nothing"

    def __repr__(self):
        return f"{self.last!r} (read last, after {self.patience} s)"

    @property
    def now(self):
        """Return what is read now."""
        return self.read()

    def holds(self, condition, *arguments):
        """Read until a condition holds; tell whether it does in time."""
        if any(isinstance(one, Eventually) for one in arguments):
            raise TypeError("what is compared with must stand still: take its `.now` before the change")
        end = time.monotonic() + self.patience
        while not self.holds_now(condition, arguments):
            if time.monotonic() > end:
                return False
            time.sleep(0.02)
        return True

    def holds_now(self, condition, arguments):
        """Read once; what is not there yet, and so raises, does not hold yet either."""
        try:
            self.last = self.read()
            return bool(condition(self.last, *arguments))
        except Exception as error:
            self.last = error
            return False

    def __bool__(self):
        return self.holds(bool)

    def __eq__(self, other):
        return self.holds(operator.eq, other)

    def __ne__(self, other):
        return self.holds(operator.ne, other)

    def __lt__(self, other):
        return self.holds(operator.lt, other)

    def __le__(self, other):
        return self.holds(operator.le, other)

    def __gt__(self, other):
        return self.holds(operator.gt, other)

    def __ge__(self, other):
        return self.holds(operator.ge, other)

    def __contains__(self, part):
        return self.holds(operator.contains, part)

    def __getitem__(self, key):
        return Eventually(lambda: self.read()[key], self.patience)

    def __getattr__(self, name):
        return lambda *arguments: Eventually(lambda: getattr(self.read(), name)(*arguments), self.patience)


def eventually(read, *arguments, patience=PATIENCE):
    """Return what a function reads, as a value that waits for its comparisons."""
    return Eventually(lambda: read(*arguments), patience)
