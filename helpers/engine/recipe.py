"""A recipe: a short list of named operations with named parameters, as plain data.

Four readers share it: NumPy (here), the browser (stage/web), the code printer (printing.py) and, in the place
of one of its operations, the learner's own function. A reference "$stride" means the setting or the earlier step of
that name; everything else means itself:

>>> recipe = [
...     step("padded", "pad2d", image="$picture", padding="$padding"),
...     step("feature_map", "convolve2d", image="$padded", kernel="$kernel", stride=2),
... ]
>>> values = evaluate(recipe, {"picture": np.ones((2, 3)), "padding": 1, "kernel": np.ones((3, 3))})
>>> values["padded"].shape, values["feature_map"].tolist()
((4, 5), [[4.0, 4.0]])
"""

import numpy as np

from helpers.engine.operations import OPERATIONS


def call(operation, **arguments):
    """Name an operation and its arguments; they are kept in the order of the function's parameters."""
    if operation not in OPERATIONS:
        raise ValueError(f"there is no operation called {operation!r}; there are {', '.join(OPERATIONS)}")
    parameters = OPERATIONS[operation].parameters
    pictures = [name for name in OPERATIONS[operation].pictures if refers(arguments.get(name))]
    for name in arguments:
        if name not in parameters:
            raise ValueError(f"{operation} has no argument called {name!r}; it has {', '.join(parameters)}")
    given = {name: arguments[name] for name in parameters if name in arguments}
    return {"operation": operation, "arguments": given, "pictures": pictures}


def refers(argument):
    """Tell whether an argument is a reference, "$name"."""
    return isinstance(argument, str) and argument.startswith("$")


def step(name, operation, **arguments):
    """Name the outcome of an operation."""
    return {"name": name, **call(operation, **arguments)}


def step_by(name, setting, **calls):
    """Name the outcome of one of several operations: the setting's value says which.

    Parameters
    ----------
    setting : str
        The setting that chooses, without "$".
    **calls : dict
        One `call` for each value; a switch has `true` and `false`.
    """
    return {"name": name, "by": setting, "calls": calls}


def calls_of(one):
    """Return every call that a step may make."""
    return list(one["calls"].values()) if "by" in one else [one]


def key(value):
    """Return a setting's value as the key of a `step_by`."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def chosen(one, values):
    """Return the call of a step, after its setting has chosen."""
    if "by" not in one:
        return one
    word = key(values[one["by"]])
    if word not in one["calls"]:
        raise ValueError(no_choice(one["by"], word, one["calls"]))
    return one["calls"][word]


def no_choice(name, word, choices):
    """Say that a setting has no such choice."""
    return f"{name} cannot be '{word}'; choose one of {', '.join(sorted(choices))}"


def look_up(argument, values):
    """Return what an argument stands for: "$name" the value of that name, a list element by element, else itself."""
    if refers(argument):
        return values[argument[1:]]
    if isinstance(argument, list | tuple):
        return [look_up(part, values) for part in argument]
    return argument


def evaluate(recipe, settings, replace=None):
    """Work a recipe out with NumPy.

    Parameters
    ----------
    recipe : list of dict
        Steps, made by `step` and `step_by`.
    settings : dict
        The values that "$name" refers to: numbers, words, arrays.
    replace : dict, optional
        Functions that stand in for the operation of a step, by the name of the step.

    Returns
    -------
    dict
        The settings and the outcome of every step, by name.

    Raises
    ------
    ValueError
        If an operation refuses its arguments; the sentence is the operation's own.
    """
    values = dict(settings)
    functions = replace or {}
    for one in recipe:
        this = chosen(one, values)
        function = functions.get(one["name"], OPERATIONS[this["operation"]].function)
        arguments = {name: look_up(argument, values) for name, argument in this["arguments"].items()}
        values[one["name"]] = np.asarray(function(**arguments))
    return values
