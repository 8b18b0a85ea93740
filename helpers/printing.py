"""A recipe as code: what is on screen, as NumPy and as PyTorch.

Code is kept as a list of parts: texts, and places where a setting's value goes. So it is printed once, here, and
filled twice: by `fill`, and by the browser while a slider moves.
"""

import inspect
import string

import numpy as np

from helpers.operations import OPERATIONS, WORDS

PICTURES = ("image", "images", "rgba", "first", "second")


def literal(value):
    """Write a value as Python code; an array as nested lists.

    >>> literal(True), literal("zero"), literal(2.0), literal(np.array([[1.0, -0.5]]))
    ('True', '"zero"', '2', '[[1, -0.5]]')
    """
    if isinstance(value, bool | np.bool_):
        return str(bool(value))
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if isinstance(value, np.ndarray | list | tuple):
        return "[" + ", ".join(literal(part) for part in value) + "]"
    return str(int(value)) if float(value).is_integer() else repr(float(np.float64(value)))


def fill(parts, values):
    """Put the settings' values into the places of printed code.

    Parameters
    ----------
    parts : list
        Texts; `{"setting": name}` for the value's literal, with `"words"` for a look-up before;
        `{"raw": name}` for a text setting as it is; `{"by": name, "options": {value: parts}}`.
    values : dict
        Settings by name.
    """
    return "".join(part if isinstance(part, str) else filled(part, values) for part in parts)


def filled(place, values):
    """Fill one place of `fill`."""
    if "raw" in place:
        return values[place["raw"]]
    if "by" in place:
        return fill(place["options"][key(values[place["by"]])], values)
    value = values[place["setting"]]
    return literal(place["words"][key(value)] if "words" in place else value)


def key(value):
    """Return a setting's value as the key of a table."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def argument(value, scalars, words=None):
    """Return the parts of one argument: a name, a place for a setting, or a literal."""
    if isinstance(value, list | tuple):
        inner = [argument(part, scalars) for part in value]
        return ["[", *[part for one in inner for part in [*one, ", "]][:-1], "]"]
    if not (isinstance(value, str) and value.startswith("$")):
        return [literal(words[key(value)] if words else value)]
    if value[1:] not in scalars:
        return [value[1:]]
    return [{"setting": value[1:]} | ({"words": words} if words else {})]


def numpy_call(call, scalars):
    """Return the parts of one call of floor 1: the first argument by place, the others by name."""
    operation = OPERATIONS[call["operation"]]
    parts = [f"{operation.module}.{operation.name}("]
    for index, (name, value) in enumerate(call["arguments"].items()):
        parts += [", " if index else "", f"{name}=" if index else "", *argument(value, scalars)]
    return [*parts, ")"]


def torch_call(call, scalars):
    """Return the parts of the same call in PyTorch."""
    arguments, parts = call["arguments"], []
    for text, name, words, _ in string.Formatter().parse(OPERATIONS[call["operation"]].in_torch(arguments)):
        parts.append(text)
        if name:
            parts += argument(arguments[name], scalars, {key(k): v for k, v in WORDS[words].items()} if words else None)
    return parts


def lines(recipe, scalars, one_call):
    """Return the parts of all steps, a line each."""
    parts = []
    for one in recipe:
        parts.append(f"{one['name']} = ")
        if "by" in one:
            parts.append({"by": one["by"], "options": {k: one_call(c, scalars) for k, c in one["calls"].items()}})
        else:
            parts += one_call(one, scalars)
        parts.append("\n")
    return parts


def calls(recipe):
    """Return every call that a recipe may make."""
    return [call for one in recipe for call in (one["calls"].values() if "by" in one else [one])]


def numpy_code(recipe, scalars, arrays, pictures):
    """Print a recipe as the parts of NumPy code.

    Parameters
    ----------
    recipe : list of dict
    scalars, arrays, pictures : list of str
        Names of the settings: plain values, small arrays written out, pictures loaded by the text in `NAME_source`.
    """
    modules = sorted({OPERATIONS[call["operation"]].module for call in calls(recipe)} | ({"images"} if pictures else set()))
    parts = ["import numpy as np\n"] if arrays else []
    parts += [f"from helpers import {', '.join(modules)}\n"] if modules else []
    parts += ["\n"]
    for name in pictures:
        parts += [f"{name} = ", {"raw": f"{name}_source"}, "\n"]
    for name in arrays:
        parts += [f"{name} = np.array(", {"setting": name}, ")\n"]
    return [*parts, *lines(recipe, scalars, numpy_call)]


def torch_code(recipe, scalars, arrays, pictures):
    """Print a recipe as the parts of PyTorch code; a picture is `(channel, row, column)` there."""
    channel_first = {
        value[1:]
        for call in calls(recipe)
        for name, value in call["arguments"].items()
        if name in PICTURES and isinstance(value, str)
    }
    operations = [OPERATIONS[call["operation"]] for call in calls(recipe)]
    by_numpy = {one.module for one in operations if f"{one.module}." in one.in_torch(one.parameters)}
    modules = sorted(by_numpy | ({"images"} if pictures else set()))
    parts = ["import numpy as np\nimport torch\nimport torch.nn.functional as F\n"]
    parts += [f"from helpers import {', '.join(modules)}\n\n" if modules else "\n"]
    for name in pictures:
        source = [f"{name} = torch.from_numpy(np.atleast_3d(", {"raw": f"{name}_source"}, "))"]
        parts += [*source, ".movedim(-1, 0).float()\n"]
    for name in arrays:
        parts += [f"{name} = torch.tensor(", {"setting": name}, ").float()"]
        parts += ["[None]\n" if name in channel_first else "\n"]
    return [*parts, *lines(recipe, scalars, torch_call)]
