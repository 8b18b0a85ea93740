"""Numbers that the inputs of a call have by themselves: an argument, its rows, its columns. Made for all exercises."""

import numpy as np


def quantities(arguments, parameters):
    """Return what can be counted in a call: a few words -> a number.

    >>> quantities((np.zeros((2, 3)), 4), ("image", "padding"))["`padding`"]
    4.0
    """
    found = {}
    for name, value in zip(parameters, arguments, strict=True):
        if isinstance(value, np.ndarray):
            found |= of_array(name, value)
        elif is_number(value):
            found |= of_number(name, value)
        elif isinstance(value, list):
            found[f"the length of `{name}`"] = float(len(value))
    return found


def is_number(value):
    """Tell whether an argument is a single number; it may be a list or a function as well."""
    return isinstance(value, int | float | np.number)


def is_measured(value):
    """Tell whether an argument is a number, or an array of them."""
    return isinstance(value, np.ndarray) or is_number(value)


def of_number(name, value):
    """Return an argument that is a number, its double, its half."""
    value = float(value)
    return {f"`{name}`": value, f"twice `{name}`": 2 * value, f"half of `{name}`": value / 2}


def of_array(name, value):
    """Return the rows and columns of an argument, how many numbers it holds, and their sum."""
    rows, columns = (*value.shape, 1, 1)[:2]
    lengths = {f"the number of rows of `{name}`": rows, f"the number of columns of `{name}`": columns}
    return lengths | {f"the number of numbers in `{name}`": value.size, f"the sum of `{name}`": value.sum(dtype=float)}


def common(quantity_lists, wanted, tolerance=1e-9):
    """Return the words of the quantity that is the wanted number in every call; None if there is none, or no two."""
    if len({round(number, 6) for number in wanted}) < 2:
        return None
    known = set.intersection(*(set(one) for one in quantity_lists))
    names = (name for name in quantity_lists[0] if name in known)
    return next((name for name in names if fits([one[name] for one in quantity_lists], wanted, tolerance)), None)


def fits(values, wanted, tolerance):
    """Tell whether two lists hold the same numbers."""
    return bool(np.allclose(values, wanted, rtol=1e-6, atol=tolerance))
