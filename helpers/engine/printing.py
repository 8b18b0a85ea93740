"""A recipe as code: what is on screen, as NumPy and as PyTorch.

Code is kept as a list of parts: texts, and places where a setting's value goes. So it is printed once, here, and
filled twice: by `fill`, and by the browser while a slider moves.
"""

import functools
import json
import string

import numpy as np

from helpers import sketches
from helpers.engine.operations import OPERATIONS, PICTURES, WORDS
from helpers.engine.recipe import calls_of, key, no_choice, refers

TO_NUMPY = ".movedim(0, -1).numpy()"


def literal(value):
    """Write a value as Python code; an array as nested lists.

    >>> literal(True), literal("zero"), literal(2.0), literal(np.array([[1.0, -0.5]]))
    ('True', '"zero"', '2', '[[1, -0.5]]')
    """
    if value is None or isinstance(value, bool | np.bool_):
        return str(value)
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, np.ndarray):
        return literal([shortest(part) if value.ndim == 1 else part for part in value])
    if isinstance(value, list | tuple):
        return "[" + ", ".join(literal(part) for part in value) + "]"
    value = float(value)
    return str(int(value)) if value.is_integer() and abs(value) < 1e16 else repr(value)


def shortest(number):
    """Return a number with the fewest digits that still mean it in single precision: 0.1, not 0.10000000149."""
    number = np.float32(number)
    if abs(number) < 2**24 and number == int(number):
        return float(number)
    upward = float(number) * (1 + 2**-52)  # so that a 5 at the end is rounded up, as the browser does
    candidates = (float(f"{upward:.{digits}e}") for digits in range(9))
    with np.errstate(over="ignore"):
        return next(short for short in candidates if np.float32(short) == number)


def fill(parts, values):
    """Put the settings' values into the places of printed code.

    Parameters
    ----------
    parts : list
        Texts; `{"setting": name}` for the value's literal, with `"words"` for a look-up before;
        `{"raw": name}` for a text setting as it is; `{"by": name, "options": {value: parts}}`;
        `{"sketch": language, ...}` for a network as it is built, see `sketch_code`.
    values : dict
        Settings by name.
    """
    return "".join(part if isinstance(part, str) else filled(part, values) for part in parts)


def filled(place, values):
    """Fill one place of `fill`."""
    if "raw" in place:
        return values[place["raw"]]
    if "by" in place:
        word, options = key(values[place["by"]]), place["options"]
        return fill(options.get(word) or [f"...  # {no_choice(place['by'], word, options)}"], values)
    if "sketch" in place:
        return SKETCHES[place["sketch"]](*(values[place[name]] for name in ("layers", "size", "fit")))
    value = values[place["setting"]]
    return literal(place["words"].get(key(value), value) if "words" in place else value)


SKETCHES = {"code": sketches.numpy_code, "torch": sketches.torch_code}


def sketch_code(**names):
    """Return the code of a sketch, in both languages: `layers`, `size` and `fit` name the settings it is made of."""
    return {language: [{"sketch": language} | names] for language in SKETCHES}


def argument(value, scalars, how=None):
    """Return the parts of one argument: a name, a place for a setting, or a literal.

    `how` is a table of `WORDS` to look a word up in, or "numpy" for a picture that NumPy is to read.
    """
    if isinstance(value, list | tuple):
        inner = [argument(part, scalars) for part in value]
        return ["[", *[part for one in inner for part in [*one, ", "]][:-1], "]"]
    words = WORDS.get(how, {})
    if not (isinstance(value, str) and value.startswith("$")):
        return [literal(words.get(value, value) if words else value)]
    if value[1:] not in scalars:
        return [value[1:], *([TO_NUMPY] if how == "numpy" else [])]
    return [{"setting": value[1:]} | ({"words": words} if words else {})]


def numpy_call(call, scalars):
    """Return the parts of one call of floor 1: the first argument by place, the others by name."""
    operation = OPERATIONS[call["operation"]]
    parts = [f"{operation.module}.{operation.name}("]
    for index, (name, value) in enumerate(call["arguments"].items()):
        parts += [", " if index else "", f"{name}=" if index else "", *argument(value, scalars)]
    return [*parts, ")"]


def torch_call(call, scalars, pictures=()):
    """Return the parts of the same call in PyTorch; of `pictures`, channels first, a kernel is the only channel."""
    arguments, parts = call["arguments"], []
    for text, name, how, _ in string.Formatter().parse(OPERATIONS[call["operation"]].in_torch(arguments)):
        parts.append(text)
        if name:
            parts += argument(arguments[name], scalars, how)
            parts += ["[0]"] if name == "kernel" and refers(arguments[name]) and arguments[name] in pictures else []
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
    return [call for one in recipe for call in calls_of(one)]


def numpy_code(recipe, scalars, arrays, pictures, constants=None):
    """Print a recipe as the parts of NumPy code.

    Parameters
    ----------
    recipe : list of dict
    scalars, arrays, pictures : list of str
        Names of the settings: plain values, small arrays written out, pictures loaded by the text in `NAME_source`.
    constants : dict, optional
        Arrays that come from somewhere: name -> the code that makes them.
    """
    constants = constants or {}
    modules = {OPERATIONS[call["operation"]].module for call in calls(recipe)} | modules_of(pictures, constants)
    parts = ["import numpy as np\n"] if arrays or any("np." in source for source in constants.values()) else []
    parts += [f"from helpers import {', '.join(sorted(modules))}\n"] if modules else []
    parts += ["\n"]
    for name in pictures:
        parts += [f"{name} = ", {"raw": f"{name}_source"}, "\n"]
    for name in arrays:
        parts += [f"{name} = np.array(", {"setting": name}, ")\n"]
    parts += [f"{name} = {source}\n" for name, source in constants.items()]
    return [*parts, *lines(recipe, scalars, numpy_call)]


def modules_of(pictures, constants):
    """Return the modules that pictures come from, and the code of constants."""
    firsts = {source.split(".")[0] for source in constants.values()} - {"np"}
    return firsts | ({"images", "mine"} if pictures else set())


def torch_code(recipe, scalars, arrays, pictures, constants=None):
    """Print a recipe as the parts of PyTorch code; a picture is `(channel, row, column)` there."""
    channel_first = {
        value
        for call in calls(recipe)
        for name, value in call["arguments"].items()
        if name in PICTURES and isinstance(value, str)
    }
    operations = [OPERATIONS[call["operation"]] for call in calls(recipe)]
    constants = constants or {}
    through_numpy = {one.module for one in operations if one.through_numpy}
    modules = sorted(through_numpy | modules_of(pictures, constants))
    parts = ["import numpy as np\nimport torch\nimport torch.nn.functional as F\n"]
    parts += [f"from helpers import {', '.join(modules)}\n\n" if modules else "\n"]
    for name in pictures:
        source = [f"{name} = torch.from_numpy(np.atleast_3d(", {"raw": f"{name}_source"}, "))"]
        parts += [*source, ".movedim(-1, 0).float()\n"]
    for name in arrays:
        parts += [f"{name} = torch.tensor(", {"setting": name}, ").float()\n"]
    for name, source in constants.items():
        parts += [f"{name} = torch.tensor({source}).float()\n"]
    for name in [*arrays, *constants]:
        parts += [f"{name} = torch.atleast_3d({name}).movedim(-1, 0)\n"] if f"${name}" in channel_first else []
    made = {f"${one['name']}" for one in recipe for call in calls_of(one) if not makes_kernel(call)}
    return [*parts, *lines(recipe, scalars, functools.partial(torch_call, pictures=channel_first | made))]


def makes_kernel(call):
    """Tell whether a call makes a kernel: it has no channels in PyTorch either."""
    return OPERATIONS[call["operation"]].module == "kernels"
