"""Lesson 09: the learner's own classes, while they are collected: names, pictures as features, and what is learned."""

import numpy as np

from helpers import classes, images, squeezenet

MOST_CLASSES, MOST_PICTURES = 5, 60  # how many classes, and pictures of each
LONGEST = 20  # characters of a name
THUMB = 64  # pixels of the small pictures that are kept
FEATURES = 512
EXAMPLE = {
    "cat": "cat",
    "coffee": "coffee",
    "person": "astronaut",
}  # what the example's classes are called -> a picture
VIEWS = 10  # pictures of each


def views(name, count, seed):
    """Yield so many pictures of one thing: parts of one of the course's pictures, some mirrored, each in another light.

    Parameters
    ----------
    name : str
    count : int
    seed : int

    Yields
    ------
    ndarray of shape (L, L, 3), uint8
    """
    chance, image = np.random.default_rng(seed), images.load(name).astype(float)
    for _ in range(count):
        side = int(min(image.shape[:2]) * chance.uniform(0.5, 0.9))
        top, left = (chance.integers(0, length - side + 1) for length in image.shape[:2])
        light, shade = chance.uniform(0.5, 1.4), chance.uniform(-30, 30)
        part = light * image[top : top + side, left : left + side, :3] + shade
        yield np.rint(part.clip(0, 255)).astype(np.uint8)[:, :: chance.choice([-1, 1])]


def examples():
    """Yield the example's pictures, each with the name of its class."""
    for seed, (called, name) in enumerate(EXAMPLE.items()):
        for pixels in views(name, VIEWS, seed):
            yield called, pixels


def looking(pixels):
    """Look at a picture, layer by layer, so that others are heard in between.

    Yields
    ------
    None
        After each layer.

    Returns
    -------
    (ndarray of shape (512,), ndarray of shape (64, 64, 3))
        Its features, and a small picture of what the network has seen.
    """
    prepared = squeezenet.prepare(pixels)
    layers = squeezenet.walk(prepared)
    name, maps = next(layers)
    while name != "fire9":  # features need no layer after it
        yield
        name, maps = next(layers)
    return squeezenet.features({name: maps}), images.fit(squeezenet.seen(prepared), THUMB)


def looked(pixels):
    """Return the features of a picture, and the small picture, at once."""
    layers = looking(pixels)
    while True:
        try:
            next(layers)
        except StopIteration as end:
            return end.value


def example():
    """Return what is learned from the example's pictures.

    Returns
    -------
    Classes
    """
    taught = Taught()
    for name, pixels in examples():
        taught.add(name, *looked(pixels))
    return taught.learn()


class Taught:
    """Pictures of a few classes, in the order in which they came, and what was learned from them.

    Attributes
    ----------
    names : list of str
    labels, features, pictures : list
        Of each picture: the number of its class, 512 numbers, and a small picture to show.
    found : Classes or None
        What was learned, as soon as there are two classes.
    source : str
        The code that makes it; "" where none does.
    """

    def __init__(self):
        self.names, self.labels, self.features, self.pictures = [], [], [], []
        self.found, self.source = None, ""

    def counts(self):
        """Return how many pictures there are of each class."""
        return [self.labels.count(label) for label in range(len(self.names))]

    def add(self, name, features, picture):
        """Put a picture to a class; a new name opens a new class.

        Returns
        -------
        str
            The name, as the class is called.

        Raises
        ------
        ValueError
            If it has no name, there are enough, or this very picture is there already.
        """
        name = " ".join(name.replace(",", " ").split())  # a list of names has commas between them
        known = next((one for one in self.names if one.casefold() == name.casefold()), name)
        self._see_that_it_fits(known, features)
        if known not in self.names:
            self.names.append(known)
        self.labels.append(self.names.index(known))
        self.features.append(np.asarray(features, np.float32))
        self.pictures.append(picture)
        self.source = ""
        return known

    def _see_that_it_fits(self, name, features):
        """Refuse a picture that cannot be added."""
        if not name:
            raise ValueError("it has no name yet: type one first")
        if name == classes.NONE:
            raise ValueError(f"“{name}” is what is said where no class fits: take another name")
        if name not in self.names and len(self.names) == MOST_CLASSES:
            raise ValueError(f"there are {MOST_CLASSES} classes already: {', '.join(self.names)}; more are not taken")
        if name in self.names and self.labels.count(self.names.index(name)) == MOST_PICTURES:
            raise ValueError(f"{MOST_PICTURES} pictures of {name} are there already; more are not taken")
        for label, there in zip(self.labels, self.features, strict=True):
            if np.array_equal(there, np.asarray(features, np.float32)):
                raise ValueError(f"this very picture is there already, as {self.names[label]}: take another one")

    def take_back(self):
        """Take the picture that came last away, and its class if it was the only one; return its class's name.

        Raises
        ------
        ValueError
            If there is none.
        """
        if not self.labels:
            raise ValueError("there is nothing to take back")
        label = self.labels.pop()
        self.features.pop()
        self.pictures.pop()
        self.source, name = "", self.names[label]
        if label not in self.labels:
            self.names.remove(name)
            self.labels = [one - (one > label) for one in self.labels]
        return name

    def learn(self):
        """Learn from what there is, if it is enough; return what was learned, or None."""
        enough = len(self.names) > 1
        given = (np.stack(self.features), np.array(self.labels)) if enough else ()
        self.found = classes.learn(*given, self.names, np.stack(self.pictures)) if enough else None
        return self.found


def opened(found):
    """Return the pictures of classes that were saved, to go on from.

    Parameters
    ----------
    found : Classes

    Raises
    ------
    ValueError
        If they are more than are taken here, or were learned from something else.
    """
    if len(found.names) > MOST_CLASSES or len(found.labels) > MOST_CLASSES * MOST_PICTURES:
        raise ValueError(
            f"{MOST_CLASSES} classes of {MOST_PICTURES} pictures are the most here;"
            f" that file has {len(found.names)} classes and {len(found.labels)} pictures"
        )
    if found.features.shape[1] != FEATURES:
        raise ValueError(f"{FEATURES} numbers a picture are needed, that file has {found.features.shape[1]}")
    if not all(len(name) <= LONGEST and name.isprintable() and ", " not in name for name in found.names):
        raise ValueError(f"a name in that file is none that can be typed here, with at most {LONGEST} characters")
    taught = Taught()
    taught.names, taught.labels = list(found.names), found.labels.tolist()
    taught.features = list(found.features)
    small = found.pictures.shape[1:] == (THUMB, THUMB, 3)
    taught.pictures = list(found.pictures if small else np.full((len(found.labels), THUMB, THUMB, 3), 128, np.uint8))
    taught.found = found
    return taught
