"""What Python tells a Stage by itself, while it works: settings, sentences; and what it hears: changes, and buttons.

Each telling counts up `pulse`, and the page answers with `echo` once it is drawn. So the next one can wait until then,
and where a page has not answered for long, it is closed.
"""

import time

import numpy as np

PACE = 0.2  # seconds from one telling to the next, while something goes on
PATIENCE = 10  # seconds: where a page has not answered for so long, nobody looks on any more


class Teller:
    """Tells one Stage.

    Parameters
    ----------
    stage : Stage
    """

    def __init__(self, stage):
        self.stage, self.told, self.answered = stage, 0.0, time.monotonic()

    def tell(self, known):
        """Set settings by name, in one message.

        Parameters
        ----------
        known : dict
        """
        with self.stage.hold_sync():
            for name, value in (known | {"pulse": self.stage.pulse + 1}).items():
                setattr(self.stage, name, value)
        self.told = time.monotonic()

    def say(self, sentence):
        """Say a sentence, even if it is the one that was said last."""
        self.stage.notice = ""
        self.stage.notice = sentence

    def begin(self):
        """Begin to wait: what a page has not answered before counts no more."""
        self.answered = time.monotonic()

    def is_seen(self):
        """Tell whether the page has drawn what was told last, or there is none."""
        if self.stage.echo == self.stage.pulse:
            self.answered = time.monotonic()
        return self.stage.echo in (0, self.stage.pulse)

    def is_due(self):
        """Tell whether it is time to tell how things go on: not too often, and only what can be taken in."""
        return self.is_seen() and time.monotonic() - self.told >= PACE

    def is_alone(self):
        """Tell whether there was a page, and it is closed."""
        self.is_seen()
        return self.stage.echo > 0 and time.monotonic() - self.answered > PATIENCE


def on_change(stage, names, act):
    """Act whenever some settings are others: once, if one message changes several of them, as a reset does.

    Parameters
    ----------
    stage : Stage
    names : iterable of str
    act : callable
        Called without arguments.
    """
    seen = None

    def hear(_):
        nonlocal seen
        now = [getattr(stage, name) for name in names]
        if seen is None or not all(is_same(one, other) for one, other in zip(now, seen, strict=True)):
            seen = now
            act()

    stage.observe(hear, list(names))


def is_same(one, other):
    """Tell whether a setting has kept its value; an array that was set anew is another one."""
    return one is other or (not isinstance(one, np.ndarray) and type(one) is type(other) and one == other)


def obey(stage, acts, call=lambda act: act()):
    """Do what the buttons ask for, by the setting `command`, which is "none" as long as nothing is asked.

    Parameters
    ----------
    stage : Stage
    acts : dict
        Word -> what is called; any other word is no command.
    call : callable
        Calls it: `Beside.call`, where it must not fall into the middle of a piece of work.
    """

    def do():
        command, stage.command = stage.command, "none"
        if command in acts:
            acts[command]()

    stage.observe(lambda change: change["new"] != "none" and call(do), "command")
