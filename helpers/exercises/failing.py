"""Why a learner's function stopped: what an exception says, joined with what its line and its variables were."""

import ast
import difflib
import importlib
import itertools
import re
import traceback
from dataclasses import dataclass, field

import numpy as np

from helpers.engine.running import is_learners, run
from helpers.exercises import syntax
from helpers.exercises.reading import a, counted, shape_in_words

READABLE = (ast.Name, ast.Attribute, ast.Subscript, ast.Constant, ast.Tuple, ast.Slice, ast.BinOp, ast.UnaryOp)
READABLE += (ast.expr_context, ast.operator, ast.unaryop)  # nothing is called when they are worked out
FLOAT_MAKERS = {"floor", "ceil", "float", "sqrt", "mean", "round"}
WHOLE = (
    "cannot be interpreted as an integer",
    "indices must be integers",
    "only integers, slices",
    "arrays used as indices",
)
TAUGHT = ("arrays", "sizes", "convolution", "pooling", "color", "neurons")
KIND = r"'([\w.]+)' object (?:is not (\w+)|has no attribute '(\w+)'|does not support item assignment)"
UNSUPPORTED = r"unsupported operand type\(s\) for \S+ '([\w.]+)' and '([\w.]+)'"


@dataclass
class Scene:
    """Where a function stopped.

    Attributes
    ----------
    statement : ast.stmt or None
        The learner's last line.
    tree : ast.AST or None
        The whole function.
    values : dict
        What its pieces of code were there, by their text.
    names : list
        The names that were known there.
    calls : list of (ast.Call, code)
        The learner's calls that were under way, each with the compiled code of what is called.
    """

    statement: ast.stmt | None = None
    tree: ast.AST | None = None
    values: dict = field(default_factory=dict)
    names: list = field(default_factory=list)
    calls: list = field(default_factory=list)

    @property
    def raises_itself(self):
        """Tell whether the learner's own `raise` ended the function."""
        return isinstance(self.statement, ast.Raise)

    def why(self, said):
        """Say what an exception means here, from its own words; "" if nothing better is known than its name."""
        return next((says for look in LOOKS if (says := look(said, self))), "")

    def is_of_sizes(self, said):
        """Tell whether an exception is about how many places there are, not about how brackets are used."""
        return not any(look(said, self) for look in NOT_OF_SIZES)


def scene_of(function, case, seconds):
    """Call a function once more, and return the Scene in which it stops."""
    found = Scene()

    def witness(*arguments):
        try:
            function(*arguments)
        except Exception as error:
            look_around(found, error)

    run(witness, case, seconds)
    return found


def look_around(scene, error):
    """Fill a Scene from the learner's last frame, and from the calls that led there."""
    steps = list(traceback.walk_tb(error.__traceback__))
    inner = [frame.f_code for frame, _ in steps[1:]] + [None]
    for (frame, line), code in zip(steps, inner, strict=True):
        if is_learners(frame.f_code):
            scene.tree, scene.statement = statement_in(frame, line)
            scene.names = list(frame.f_locals)
            scene.calls += [(node, code) for node in nodes_in(scene.statement) if calls(node, code, frame)]
            last = frame
    for node in nodes_in(scene.statement):
        if isinstance(node, ast.expr) and is_readable(node):
            scene.values.setdefault(ast.unparse(node), value_of(node, last))


def statement_in(frame, line):
    """Return the tree of a frame's function, and the statement in a line of its file; (None, None) without source."""
    tree = syntax.tree_of(frame.f_code)
    return tree, tree and syntax.statement_at(tree, line - frame.f_code.co_firstlineno + 1)


def nodes_in(statement):
    """Return all pieces of a statement; none if there is no statement."""
    return list(ast.walk(statement)) if statement else []


def calls(node, code, frame):
    """Tell whether a piece of code is a call of the function with some compiled code."""
    is_known = isinstance(node, ast.Call) and is_readable(node.func)
    return is_known and code is not None and getattr(value_of(node.func, frame), "__code__", None) is code


def is_readable(node):
    """Tell whether an expression can be worked out once more without calling anything."""
    return all(isinstance(one, READABLE) for one in ast.walk(node))


def value_of(node, frame):
    """Work an expression out in a frame; None if that fails."""
    try:
        return eval(ast.unparse(node), frame.f_globals, frame.f_locals)
    except Exception:
        return None


# --- what is said ----------------------------------------------------------------------------------


def not_whole(said, scene):
    """Say what made a number with decimals, where a whole one belongs."""
    if not any(words in said for words in WHOLE) or scene.statement is None:
        return ""
    for node in subscripts(scene):
        if any(isinstance(one, ast.Constant) and isinstance(one.value, float) for one in ast.walk(node.slice)):
            code = ast.unparse(node)
            return f"In `{code}` a number with decimals stands in brackets. Brackets take places: whole numbers."
    for node in ast.walk(scene.statement) if "'tuple' object" in said else ():
        for one in node.elts if isinstance(node, ast.Tuple) else ():
            code = ast.unparse(one)
            if isinstance(scene.values.get(code), tuple):
                return f"`{code}` is a tuple inside of another one. With a star, `*{code}`, its numbers stand there."
    made = float_maker(scene)
    return f"A whole number is wanted here, and {made}" if made else ""


def float_maker(scene):
    """Say which piece of code makes a number with decimals, in the line or in what its names were made of."""
    names = [
        text for text, value in scene.values.items() if isinstance(value, float | np.floating) and text.isidentifier()
    ]
    for value in [scene.statement, *syntax.sources_of(scene.tree, names)]:
        for node in ast.walk(value):
            if isinstance(node, ast.BinOp | ast.AugAssign) and isinstance(node.op, ast.Div):
                return f"`{ast.unparse(node)}` makes decimals: `/` always does, even where nothing is left over."
            if value is not scene.statement and isinstance(node, ast.Call) and called(node) in FLOAT_MAKERS:
                return f"`{ast.unparse(node)}` gives a number with a point, 3.0 and not 3."
    return f"`{names[0]}` is {scene.values[names[0]]:g}, a number with a point." if names else ""


def called(node):
    """Return the name of what is called."""
    return getattr(node.func, "attr", getattr(node.func, "id", ""))


def unlike_shapes(said, scene):
    """Say which two shapes do not go together, and what has them."""
    found = re.findall(r"\(([\d,]*)\)", said) if "broadcast" in said else []
    shapes = [tuple(int(number) for number in one.split(",") if number) for one in found[:2]]
    if len(shapes) < 2:
        return ""
    names = [holder_of(shape, scene) for shape in shapes]
    parts = [
        f"`{name}` has {shape_in_words(shape)}" if name else f"one side has {shape_in_words(shape)}"
        for name, shape in zip(names, shapes, strict=True)
    ]
    second = parts[1].replace("one side", "the other side")
    return f"{first_upper(parts[0])}, {second}: place by place, they do not go together."


def holder_of(shape, scene):
    """Return the text of what has a shape in the line where a function stopped, or ""."""
    written = written_to(scene.statement) if scene.statement else []
    arrays = {text: value for text, value in scene.values.items() if isinstance(value, np.ndarray)}
    fits = [text for text, value in arrays.items() if value.shape == shape and text not in written]
    return fits[0] if fits else ""


def written_to(statement):
    """Return what a line only writes to: `result` of `result[0] = a * b` takes no part in the product."""
    targets = [target for node in ast.walk(statement) if isinstance(node, ast.Assign) for target in node.targets]
    return [ast.unparse(target.value if isinstance(target, ast.Subscript) else target) for target in targets]


def first_upper(text):
    """Begin a text with a capital letter."""
    return text[:1].upper() + text[1:]


def decimal_comma(_, scene):
    """Say that decimals are written with a point, where `0,299 * red` makes two numbers."""
    digits = next(comma_digits(scene.statement), None) if scene.statement else None
    if not digits:
        return ""
    return f"Decimals are written with a point: 0.{digits}. `0,{digits}` is two numbers for Python, 0 and {digits}."


def comma_digits(statement):
    """Yield the digits behind each comma after a 0, where a product follows: not in brackets, which take places."""
    places = {id(node.slice) for node in ast.walk(statement) if isinstance(node, ast.Subscript)}
    for node in ast.walk(statement):
        if isinstance(node, ast.Tuple) and id(node) not in places:
            for first, second in itertools.pairwise(node.elts):
                found = re.match(r"(\d{2,}) \*", ast.unparse(second))
                if found and re.search(r"(^|[+-] )0$", ast.unparse(first)):
                    yield found[1]


def too_many_indices(said, scene):
    """Say that an array is given more indices than it has axes."""
    found = re.search(r"array is (\d)-dimensional, but (\d) were indexed", said)
    if not found:
        return ""
    axes, given = map(int, found.groups())
    arrays = {text for text, value in scene.values.items() if isinstance(value, np.ndarray) and value.ndim == axes}
    names = [ast.unparse(node.value) for node in subscripts(scene) if len(getattr(node.slice, "elts", [0])) == given]
    name = next((f"`{one}`" for one in names if one in arrays), "The array")
    has = f"{name} has {axes} {'axis' if axes == 1 else 'axes'} here"
    return f"{has}, and in brackets you give it {given} places, one for each axis."


def subscripts(scene):
    """Return what has brackets behind it in the line where a function stopped."""
    return [node for node in ast.walk(scene.statement) if isinstance(node, ast.Subscript)] if scene.statement else []


def beyond_the_end(said, scene):
    """Say which place is asked for, and how many there are."""
    found = re.search(r"index (-?\d+) is out of bounds for axis (\d) with size (\d+)", said)
    if not found:
        return ""
    place, axis, size = map(int, found.groups())
    word = {0: "row", 1: "column", 2: "channel"}[axis] if axis < 3 else "place"
    if not size:
        return f"You ask for {word} {place} of an array that has no {word} at all."
    return f"You ask for {word} {place}; there are {size}, and they are counted from 0 to {size - 1}."


def exchanged_arguments(_, scene):
    """Say that a function is given `column, row` where it takes `row, column`."""
    for node, code in scene.calls:
        takes = code.co_varnames[: code.co_argcount]
        given = [getattr(one, "id", None) for one in node.args[: len(takes)]]
        for first, second in itertools.combinations(range(len(given)), 2):
            if (given[first], given[second]) == (takes[second], takes[first]):
                order = f"`{takes[first]}` before `{takes[second]}`"
                return f"You call `{ast.unparse(node)}`, but `{called(node)}` takes {order}."
    return ""


def matrix_product(said, scene):
    """Say that `@` multiplies matrices, where two arrays of one shape stand at its sides."""
    products = ast.walk(scene.statement) if "matmul" in said and scene.statement else ()
    for node in products:
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.MatMult):
            shapes = [np.shape(scene.values.get(ast.unparse(side))) for side in (node.left, node.right)]
            if shapes[0] and shapes[0] == shapes[1]:
                return f"`{ast.unparse(node)}` multiplies matrices, rows by columns; `*` goes place by place."
    return ""


def too_many_parts(said, scene):
    """Say how many values stand on the right, and names on the left."""
    if "values to unpack" not in said:
        return ""
    targets = [node for node in ast.walk(scene.statement) if isinstance(node, ast.Assign)] if scene.statement else []
    if targets:
        value = scene.values.get(ast.unparse(targets[0].value))
        names = len(getattr(targets[0].targets[0], "elts", [0]))
        if isinstance(value, tuple | list):
            code = ast.unparse(targets[0].value)
            parts = f"`{code}` has {counted(len(value), 'part')}, {list(value)}"
            return f"{parts}; on the left stand {counted(names, 'name')}."
    return "On the right there are not as many values as there are names on the left."


def unknown_name(said, scene):
    """Say why a name is not known: compared instead of assigned, or a typo."""
    found = re.search(r"name '(\w+)' is not defined|variable '(\w+)'", said)
    if not found or scene.tree is None:
        return ""
    name = found[1] or found[2]
    if any(name in syntax.names_in(one) for one in syntax.compared_for_nothing(scene.tree)):
        return f"`{name} == ...` asks whether two things are the same. To give `{name}` a value, write a single `=`."
    calls = [node for node in ast.walk(scene.tree) if isinstance(node, ast.Call) and called(node) == name]
    home = home_of(name) if calls else ""
    if home:
        return f"`{name}` is not known here. `from helpers import {home}` brings the course's: `{home}.{name}`."
    near = difflib.get_close_matches(name, scene.names, 1, 0.75) if found[1] else []
    return f"Python does not know `{name}`. There is `{near[0]}`: a typo?" if near else ""


def home_of(name):
    """Return in which of the modules that the notebooks use a function of this name stands, or ""."""
    modules = (importlib.import_module(f"helpers.{one}") for one in TAUGHT)
    return next((one.__name__.split(".")[-1] for one in modules if callable(getattr(one, name, None))), "")


def of_another_kind(said, scene):
    """Say what something is that is treated like something else."""
    found = re.search(KIND, said)
    for node in ast.walk(scene.statement) if found and scene.statement else ():
        base = getattr(node, "func", None) or getattr(node, "value", None)
        held = scene.values.get(ast.unparse(base)) if isinstance(base, ast.expr) else None
        if held is not None and type(held).__name__ == found[1].split(".")[-1]:
            what = f"it has no `{found[3]}`" if found[3] else HAS_NOT.get(found[2], "it has no places to write to")
            return f"`{ast.unparse(base)}` is {a(held)} here{shown(held)}: {what}."
    return ""


def shown(value):
    """Write a single number behind its kind."""
    return f", {value:g}" if isinstance(value, int | float | np.number) else ""


def unlike_kinds(said, scene):
    """Say of what kinds two things are that do not go together."""
    found = re.search(UNSUPPORTED, said)
    for node in ast.walk(scene.statement) if found and scene.statement else ():
        sides = (
            (node.left, node.right)
            if isinstance(node, ast.BinOp)
            else (getattr(node, "target", 0), getattr(node, "value", 0))
        )
        held = [scene.values.get(ast.unparse(side)) if isinstance(side, ast.expr) else None for side in sides]
        if [type(one).__name__ for one in held] == [one.split(".")[-1] for one in found.groups()]:
            first, second = (f"`{ast.unparse(side)}` is {a(one)}" for side, one in zip(sides, held, strict=True))
            return f"{first}, {second}: they do not go together."
    return ""


def array_for_number(said, scene):
    """Say that an array stands where a single whole number belongs."""
    if (
        "only integer scalar arrays" not in said
        and "only length-1 arrays" not in said
        and "only 0-dimensional" not in said
    ):
        return ""
    arrays = [text for text, value in scene.values.items() if isinstance(value, np.ndarray) and value.ndim]
    inside = (
        {name for node in ast.walk(scene.statement) for name in names_where_numbers_belong(node)}
        if scene.statement
        else ()
    )
    name = next((text for text in arrays if text in inside), "")
    return (
        f"A single whole number is wanted here; `{name}` is an array."
        if name
        else "A single whole number is wanted here, and an array comes."
    )


def names_where_numbers_belong(node):
    """Return the names that stand in brackets or in a `range`."""
    if isinstance(node, ast.Subscript):
        return syntax.names_in(node.slice)
    return syntax.names_in(node) if isinstance(node, ast.Call) and called(node) == "range" else []


HAS_NOT = {
    "subscriptable": "it takes no brackets",
    "callable": "it cannot be called",
    "iterable": "there is nothing to go through",
}
LOOKS = (
    decimal_comma,
    exchanged_arguments,
    not_whole,
    unlike_shapes,
    matrix_product,
    too_many_indices,
    beyond_the_end,
    too_many_parts,
    unknown_name,
    of_another_kind,
    unlike_kinds,
    array_for_number,
)
NOT_OF_SIZES = (exchanged_arguments, not_whole, too_many_indices, too_many_parts, matrix_product)
