"""The picture that travels through the course, shared by all Stages of a notebook."""

import numpy as np
import traitlets

from helpers import images
from helpers.arrays import floats
from helpers.engine.printing import literal

LONGEST = 400  # pixels: enough for every lesson, small enough to travel quickly
MOST = 1024  # pixels: what a picture that code asks for may have on its longer side


class Picture(traitlets.HasTraits):
    """A picture, where it came from, and what went wrong with the last one.

    Parameters
    ----------
    source : str, path, bytes, array or None
        As `images.load` takes it; None for the learner's own picture.
    own : bool
        Whether a new choice is kept for the lessons that follow.
    """

    pixels = traitlets.Any()
    name = traitlets.Unicode()
    source = traitlets.Unicode(help="the code that loads it")
    notice = traitlets.Unicode(help="the sentence about the last picture that could not be used")

    def __init__(self, source=None, own=False):
        super().__init__()
        self.own = own
        if source is None:
            self.show(images.mine(), images.my_name(), "images.mine()")
        elif isinstance(source, np.ndarray | list):
            floats(source)  # refuses what is no array of numbers
            self.show(np.array(source), "your array", "your_array")
        elif isinstance(source, bytes):
            self.show(images.load(source), "your picture", "images.load(your_bytes)")
        else:
            pixels, code = images.load(source), f"images.load({literal(str(source))})"
            if max(pixels.shape[:2]) > MOST:
                pixels, code = images.fit(pixels, MOST), f"images.fit({code}, {MOST})"
            self.show(pixels, str(source), code)

    def show(self, pixels, name, source):
        """Take a picture over; everything that follows this one is told once."""
        pixels = np.array(pixels)
        pixels.flags.writeable = False
        with self.hold_trait_notifications():
            self.notice, self.name, self.source, self.pixels = "", name, source, pixels

    def choose(self, name):
        """Take one of the course's pictures, by name."""
        self._try(lambda: (images.load(name), name, f'images.load("{name}")'))

    def restore(self, source):
        """Come back to one of the course's pictures, named by the code that loads it; the learner's own one stays."""
        name = next((name for name in images.names() if source == f'images.load("{name}")'), None)
        if name and not self.own and source != self.source:
            self.choose(name)

    def take(self, data, name):
        """Take the learner's own picture, as the bytes of a file."""
        source = f"images.fit(images.load({literal(name)}), {LONGEST})"
        self._try(lambda: (images.fit(images.from_upload(data), LONGEST), name, source))

    def _try(self, load):
        """Show what `load` returns; if it refuses, keep the last good picture and its sentence."""
        try:
            pixels, name, source = load()
            if self.own:
                images.keep(pixels, name)
        except ValueError as error:
            self.notice = ""
            self.notice = str(error)
            return
        self.show(pixels, name, "images.mine()" if self.own else source)


def my_picture():
    """Return the picture that travels through the course; what shows it follows when it changes."""
    return Picture(own=True)
