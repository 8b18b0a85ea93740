"""What a learner's code says, as a syntax tree: a sentence about the code is said only where the code has it.

A pattern is a piece of Python in which `_` stands for anything: "_ // _", "kernel.shape", "np.zeros_like(_)".
"""

import ast
import contextlib
import inspect
import textwrap


def tree_of(function):
    """Return the syntax tree of a function; None if its source is not to be had."""
    with contextlib.suppress(Exception):  # no file, a lambda in the middle of a line, an object that is called
        return ast.parse(textwrap.dedent(inspect.getsource(function)))
    return None


def tree_of_text(text):
    """Return the syntax tree of a cell; None if it is no plain Python."""
    with contextlib.suppress(SyntaxError, ValueError):
        return ast.parse(text)
    return None


def has(*patterns):
    """Return a predicate: whether a tree holds one of the patterns.

    >>> has("_ // _")(ast.parse("half = (size - 1) // 2"))
    True
    """
    wanted = [pattern_of(pattern) for pattern in patterns]
    return lambda tree: any(matches(node, one) for node in ast.walk(tree) for one in wanted)


def pattern_of(text):
    """Return the tree of a pattern: an expression, or else a statement."""
    node = ast.parse(text).body[0]
    return node.value if isinstance(node, ast.Expr) else node


def matches(node, pattern):
    """Tell whether a node is what a pattern says; whether it is read or written does not matter."""
    if isinstance(pattern, ast.Name) and pattern.id == "_":
        return True
    if isinstance(node, ast.AST):
        fields = (name for name in pattern._fields if name != "ctx") if type(node) is type(pattern) else ("",)
        return all(name and matches(getattr(node, name), getattr(pattern, name)) for name in fields)
    if isinstance(node, list):
        return len(node) == len(pattern) and all(map(matches, node, pattern))
    return node == pattern


def return_in_loop(tree):
    """Tell whether a `return` stands inside of a loop."""
    loops = (node for node in ast.walk(tree) if isinstance(node, ast.For | ast.While))
    return any(isinstance(node, ast.Return) for loop in loops for node in ast.walk(loop))


def loop_ends_at_once(tree):
    """Tell whether a `return` stands in a loop, and nothing in it leads past: the first turn is the last."""
    loops = [node for node in ast.walk(tree) if isinstance(node, ast.For | ast.While)]
    ended = (loop for loop in loops if any(isinstance(node, ast.Return) for node in loop.body))
    return any(not any(isinstance(node, ast.Continue) for node in ast.walk(loop)) for loop in ended)


def returns_none(tree):
    """Tell whether a `return` gives None, in so many words or by giving nothing."""
    given = (node.value for node in ast.walk(tree) if isinstance(node, ast.Return))
    return any(value is None or (isinstance(value, ast.Constant) and value.value is None) for value in given)


def statement_at(tree, line):
    """Return the smallest statement that a line belongs to, or None; lines count from 1."""
    found = [node for node in ast.walk(tree) if isinstance(node, ast.stmt) and node.lineno <= line <= node.end_lineno]
    return max(found, key=lambda node: node.lineno, default=None)


def sources_of(tree, names):
    """Return the expressions that names were made of, and what those were made of, nearest first."""
    found, seen = [], set()
    while names:
        name = names.pop(0)
        if name in seen:
            continue
        seen.add(name)
        for value in values_of(tree, name):
            found.append(value)
            names += names_in(value)
    return found


def values_of(tree, name):
    """Return the expressions that are assigned to a name."""
    assigned = (node for node in ast.walk(tree) if isinstance(node, ast.Assign | ast.AugAssign))
    return [pair[1] for node in assigned for pair in targets_of(node) if pair[0] == name]


def targets_of(node):
    """Return the pairs (name, value) of an assignment, those side by side taken apart."""
    pairs = []
    for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
        aligned = isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple)
        if aligned and len(target.elts) == len(node.value.elts):
            pairs += [(one.id, value) for one, value in zip(target.elts, node.value.elts, strict=True) if is_name(one)]
        else:
            pairs += [(one.id, node.value) for one in getattr(target, "elts", [target]) if is_name(one)]
    return pairs


def is_name(node):
    """Tell whether a node is a plain name."""
    return isinstance(node, ast.Name)


def names_in(node):
    """Return the names that an expression reads."""
    return [one.id for one in ast.walk(node) if is_name(one)]


def compared_for_nothing(tree):
    """Return the statements that compare and do nothing with the answer: `==` for `=`."""
    alone = (node for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Compare))
    return [node for node in alone if isinstance(node.value.ops[0], ast.Eq)]


def powers_by_hat(tree):
    """Return the expressions in which `^` stands, which is no power in Python."""
    return [node for node in ast.walk(tree) if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitXor)]


def loops(tree):
    """Tell whether there is a loop."""
    return any(isinstance(node, ast.For | ast.While) for node in ast.walk(tree))


def counts_from_the_end(tree):
    """Tell whether a slice ends at a place that is counted from behind, `:-n`."""
    slices = (node.upper for node in ast.walk(tree) if isinstance(node, ast.Slice))
    return any(isinstance(upper, ast.UnaryOp) and isinstance(upper.op, ast.USub) for upper in slices)


CUTS_OFF = (  # what cuts off decimals, and what is said of it
    (has("int(_)"), "`int` in your code cuts off decimals."),
    (has("_.astype(int)", "_.astype(np.uint8)", "_.astype('uint8')"), "`astype` in your code makes whole numbers."),
    (has("np.zeros_like(_)", "np.empty_like(_)"), "`zeros_like` makes an array of the picture's own kind."),
    (
        has("dtype=_.dtype", "dtype=int", "np.zeros(_, int)", "np.zeros(_, _.dtype)"),
        "An array in your code is made for whole numbers.",
    ),
    (has("_ // _", "_ //= _"), "`//` in your code cuts off decimals; `/` keeps them."),
    (has("_.dtype", "int"), "An array in your code is made for whole numbers."),
)
ENDS_A_LOOP = ((loop_ends_at_once, "A `return` inside of a loop ends it in its first turn. Move it to the left."),)
MATRIX = (
    (
        has("_ @ _", "np.dot(_, _)", "np.matmul(_, _)", "_.dot(_)"),
        "`@` and `np.dot` are for matrices; `*` goes place by place.",
    ),
)
ITS_OWN_KIND = (
    (
        has("np.zeros_like(_)", "np.empty_like(_)", "np.ones_like(_)"),
        "`zeros_like` makes an array of the picture's own kind.",
    ),
    (has("_.copy()", "np.copy(_)"), "A `copy` is of the picture's own kind."),
    (has("_.dtype"), "You give it the picture's own `dtype`."),
)
