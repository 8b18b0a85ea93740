"""Other people's libraries, to compare with: no lesson needs them, and where one is missing, a sentence says so."""

import importlib

TITLES = {"skimage": "scikit-image", "scipy": "SciPy", "torch": "PyTorch", "onnx": "The package onnx"}
TITLES |= {"onnxruntime": "ONNX Runtime"}


def find(name):
    """Import a module of a library by its name; say so where it is not installed.

    In a browser's Python, an `import` anywhere in a cell makes the browser fetch the library first, within `try` too,
    and these are large. A name in quotation marks does not.

    Parameters
    ----------
    name : str
        "skimage.color" finds what `from skimage import color` does.

    Returns
    -------
    module or None

    Examples
    --------
    >>> find("math").gcd(12, 18)
    6
    >>> find("scipie.signal")
    scipie is not installed here. The lesson does not need it.
    """
    try:
        return importlib.import_module(name)
    except ImportError:
        library = name.split(".")[0]
        print(f"{TITLES.get(library, library)} is not installed here. The lesson does not need it.")
        return None
