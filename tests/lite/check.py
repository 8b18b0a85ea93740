"""Run the examples in docstrings, and load every picture, where there is no server."""

import doctest
import importlib
import sys

import numpy as np

FLAGS = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS


def check(course, modules):
    """Check modules of the course in a folder, print one line on it, and return how many examples failed."""
    sys.dont_write_bytecode = True
    sys.path.insert(0, course)
    results = [doctest.testmod(importlib.import_module(name), optionflags=FLAGS) for name in modules]
    failed, attempted = (sum(column) for column in zip(*results, strict=True))

    images = importlib.import_module("helpers.images")
    pictures = [images.load(name) for name in images.names()]
    assert all(picture.dtype == np.uint8 and picture.size for picture in pictures)

    python = ".".join(map(str, sys.version_info[:3]))
    print(f"{sys.platform}: Python {python}, NumPy {np.__version__}: ", end="")
    print(f"{attempted} examples of {len(modules)} modules, {failed} failed; {len(pictures)} pictures")
    return failed
