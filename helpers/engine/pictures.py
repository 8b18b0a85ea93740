"""The picture that travels through the course, shared by all Stages of a notebook."""

import numpy as np
import traitlets

from helpers import images, mine
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
        Whether a new choice is kept for the lessons that follow. One that cannot be kept is shown all the same.
    """

    pixels = traitlets.Any()
    name = traitlets.Unicode()
    source = traitlets.Unicode(help="the code that loads it")
    notice = traitlets.Unicode(help="the sentence about the last picture that could not be used, or not be kept")
    has_own = traitlets.Bool(help="whether there is a picture of the learner's own, to be chosen again")

    def __init__(self, source=None, own=False):
        super().__init__()
        self.own = own
        self.unkept = None  # what was uploaded here and is in no file: pixels, name, code
        self.has_own = mine.has_own()
        if source is None:
            self.show(mine.picture(), mine.name(), "mine.picture()")
        elif isinstance(source, np.ndarray | list):
            floats(source)  # refuses what is no array of numbers
            self.show(np.array(source), "your array", "your_array")
        elif isinstance(source, bytes):
            self.show(images.load(source), "your picture", "images.load(your_bytes)")
        elif source in images.names():
            self.show(images.load(source), source, f"images.load({literal(source)})")
        else:
            code = f"images.load({literal(str(source))}, longest={MOST})"
            self.show(images.load(source, MOST), str(source), code)

    def show(self, pixels, name, source, notice=""):
        """Take a picture over; everything that follows this one is told once."""
        pixels = np.array(pixels)
        pixels.flags.writeable = False
        with self.hold_trait_notifications():
            self.notice, self.name, self.source, self.pixels = "", name, source, pixels
        self.notice = notice

    def choose(self, name):
        """Take one of the course's pictures by name, or "your own" again."""
        if name != mine.OWN:
            self._try(lambda: (images.load(name), name, f'images.load("{name}")'), lambda *_: mine.choose(name))
        elif self.unkept:
            self._try(lambda: self.unkept, self._keep)
        else:
            self._try(lambda: (mine.own(), mine.own_name(), "mine.own()"), lambda *_: mine.choose(name))

    def restore(self, source):
        """Come back to one of the course's pictures, named by the code that loads it; the learner's own one stays."""
        name = next((name for name in images.names() if source == f'images.load("{name}")'), None)
        if name and not self.own and source != self.source:
            self.choose(name)

    def take(self, data, name):
        """Take the learner's own picture, as the bytes of a file."""
        self._try(lambda: self._upload(data, name), self._keep)

    def _upload(self, data, name):
        """Decode a file, and remember what is in it until it is kept."""
        pixels = images.from_upload(data, LONGEST)
        self.unkept = pixels, name, f"images.load({literal(name)}, longest={LONGEST})"
        self.has_own = True
        return self.unkept

    def _keep(self, pixels, name):
        """Keep the learner's own picture."""
        mine.keep(pixels, name)
        self.unkept = None

    def _try(self, load, keep):
        """Show what `load` returns, kept or not; if it refuses, keep the last good picture and its sentence."""
        self.notice = ""
        try:
            pixels, name, source = load()
        except ValueError as refusal:
            self.notice = str(refusal)
            return
        notice = ""
        if self.own:
            try:
                keep(pixels, name)
                source = "mine.picture()"
            except ValueError as refusal:
                notice = f"{refusal}; here it is shown all the same"
        self.show(pixels, name, source, notice)


def my_picture():
    """Return the picture that travels through the course; what shows it follows when it changes."""
    return Picture(own=True)
