"""Mutants: small changes of the solutions and of all accepted ways, made on their syntax trees.

Each stands for a mistake of one spot: another operator, a 1 too many, exchanged names or axes, a dropped term, another
constant, condition, slice or type. The operators are those of cosmic-ray and mutmut, but for what makes no sense in
twenty lines of arithmetic (decorators, strings, exceptions), and some of an array's own: axes, slices, types.
"""

import ast
import copy
import functools
import inspect
import itertools
import linecache
import os
import textwrap
import types
from collections import Counter
from dataclasses import dataclass, replace

from helpers.exercises.exercise import FunctionExercise
from helpers.exercises.judging import judge
from helpers.exercises.lesson import each
from helpers.exercises.trial import Trial

BINARY = {
    ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Div, ast.Add),
    ast.Div: (ast.FloorDiv, ast.Mult),
    ast.FloorDiv: (ast.Div, ast.Mult),
    ast.Mod: (ast.FloorDiv,),
    ast.MatMult: (ast.Mult,),
}
COMPARED = {
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
}
CALLED = {"sum": ("mean", "max"), "zeros": ("ones",), "min": ("max",), "max": ("min",), "round": ("floor", "ceil")}
CASTS = {"float", "int", "astype", "round", "copy", "float32"}  # a cast that is left out


@dataclass(frozen=True, eq=False)
class Mutant:
    """One changed function.

    Attributes
    ----------
    exercise : FunctionExercise
    of : str
        The name of the solution or way that it was made of.
    change : str
        What was written, and what is written now: the mutant's name among those of its function.
    function : function
    """

    exercise: FunctionExercise
    of: str
    change: str
    text: str
    function: types.FunctionType

    def __str__(self):
        return f"{self.of}: {self.change}"


def mutants(exercises=None):
    """Return the mutants of all solutions and ways, in a fixed order."""
    exercises = exercises or [one for _, one in each("exercises") if isinstance(one, FunctionExercise)]
    made = [mutants_of(exercise, one) for exercise in exercises for one in (exercise.solution, *exercise.ways)]
    return list(itertools.chain(*made))


def mutants_of(exercise, function):
    """Return the mutants of one function; none twice, none that is the function itself."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    found = {ast.unparse(tree): None}
    for place, old, new in changes(tree):
        text = ast.unparse(ast.fix_missing_locations(replaced(tree, place, new)))
        if text not in found:
            name = f"{written(old)} -> {written(new)}"
            taken = sum(one is not None and one.change.split(" #")[0] == name for one in found.values())
            name += f" #{taken + 1}" if taken else ""
            found[text] = Mutant(exercise, function.__name__, name, text, compiled(text, function))
    return [one for one in found.values() if one]


def written(node):
    """Write a piece of code in one line."""
    if isinstance(node, list):
        return "; ".join(map(written, node)) or "nothing"
    return " ".join(ast.unparse(node).split()) if node is not None else "nothing"


def compiled(text, function):
    """Return the function of a text, with the globals of another; its source can be asked for, as in a notebook."""
    name = f"<mutant {function.__name__} {len(linecache.cache)}>"
    linecache.cache[name] = (len(text), None, text.splitlines(keepends=True), name)
    names = dict(function.__globals__)
    exec(compile(text, name, "exec"), names)
    return names[function.__name__]


# --- where and what ------------------------------------------------------------------------------------


def changes(tree):
    """Yield (path, node, new node) for every change of a function's tree."""
    function = tree.body[0]
    pairs = [pair for pair in named_together(function) if len(set(pair)) == 2]
    for path, node in walk(tree):
        if path[:3] in (("body", 0, "args"), ("body", 0, "body")) and path[:4] == ("body", 0, "body", 0):
            continue  # the docstring
        if "args" in path[2:3]:
            continue
        yield from ((path, node, new) for maker in MAKERS for new in maker(node))
        yield from ((path, node, new) for new in exchanged_names(node, pairs))


def walk(node, path=()):
    """Yield (path, node) of a tree in reading order."""
    yield path, node
    for name, value in ast.iter_fields(node):
        if isinstance(value, ast.AST):
            yield from walk(value, (*path, name))
        elif isinstance(value, list):
            for number, one in enumerate(value):
                if isinstance(one, ast.AST):
                    yield from walk(one, (*path, name, number))


def replaced(node, path, new):
    """Return a tree with another node in a place; a statement that is replaced by [] is gone.

    What does not lie on the way to that place is shared with the tree that was.
    """
    if not path:
        return new
    step, *rest = path
    if isinstance(step, int):
        changed = replaced(node[step], rest, new)
        between = changed if isinstance(changed, list) else [changed]
        return [*node[:step], *between, *node[step + 1 :]] or [ast.Pass()]
    node = copy.copy(node)
    setattr(node, step, replaced(getattr(node, step), rest, new))
    return node


def like(node, **changed):
    """Return a copy of a node with other fields."""
    node = copy.deepcopy(node)
    for name, value in changed.items():
        setattr(node, name, value)
    return node


def operators(node):
    """Another operator, or one side alone."""
    if isinstance(node, ast.BinOp):
        yield from (like(node, op=new()) for new in BINARY.get(type(node.op), ()))
        if isinstance(node.op, ast.Add | ast.Sub | ast.Mult):
            yield from (node.left, node.right)
    if isinstance(node, ast.AugAssign):
        yield ast.Assign([node.target], node.value)
        yield from (like(node, op=new()) for new in BINARY.get(type(node.op), ()))
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        yield node.operand


def conditions(node):
    """Another comparison, a condition turned round or always true."""
    if isinstance(node, ast.Compare):
        for number, op in enumerate(node.ops):
            for new in COMPARED.get(type(op), ()):
                yield like(node, ops=[*node.ops[:number], new(), *node.ops[number + 1 :]])
    if isinstance(node, ast.IfExp):
        yield from (node.body, node.orelse, like(node, body=node.orelse, orelse=node.body))
    if isinstance(node, ast.If):
        yield from (node.body, like(node, test=ast.UnaryOp(ast.Not(), node.test)), [])


def constants(node):
    """One more, one less, twice as much."""
    if isinstance(node, ast.Constant) and type(node.value) is int:
        yield from (ast.Constant(node.value + 1), ast.Constant(node.value - 1))
    if isinstance(node, ast.Constant) and type(node.value) is float:
        yield from (ast.Constant(node.value + 1), ast.Constant(round(node.value + 0.1, 6)))


def slices(node):
    """A slice without its ends, or with one too many; indices the other way round."""
    if isinstance(node, ast.Slice):
        yield from (like(node, **{end: None}) for end in ("lower", "upper", "step") if getattr(node, end))
        if node.upper is not None:
            for op in (ast.Add, ast.Sub):
                yield like(node, upper=ast.BinOp(node.upper, op(), ast.Constant(1)))
    if isinstance(node, ast.Tuple) and len(node.elts) > 1 and isinstance(node.ctx, ast.Load):
        yield like(node, elts=[node.elts[1], node.elts[0], *node.elts[2:]])


def calls(node):
    """A kindred function, a cast left out, a type that is the picture's, arguments exchanged or left out."""
    if not isinstance(node, ast.Call):
        return
    name = getattr(node.func, "attr", getattr(node.func, "id", ""))
    for new in CALLED.get(name, ()) if isinstance(node.func, ast.Attribute) else ():
        yield like(node, func=like(node.func, attr=new))
    if name in CASTS:
        yield node.func.value if is_method(node.func) else node.args[0]
    if name == "zeros" and not node.keywords:
        yield like(node, keywords=[ast.keyword("dtype", ast.Name("int"))])
        yield like(node, keywords=[ast.keyword("dtype", ast.parse("image.dtype", mode="eval").body)])
    if len(node.args) == 2 and name in ("range", "divmod"):
        yield like(node, args=node.args[::-1])
        yield like(node, args=node.args[1:])
    for number in range(len(node.keywords)):
        yield like(node, keywords=[*node.keywords[:number], *node.keywords[number + 1 :]])


def is_method(func):
    """Tell whether a function is an array's own, and none of NumPy's or Python's."""
    return isinstance(func, ast.Attribute) and not (isinstance(func.value, ast.Name) and func.value.id == "np")


def statements(node):
    """A statement left out, a loop that ends after its first turn."""
    if isinstance(node, ast.For):
        yield like(node, body=[*node.body, ast.Break()])
    if isinstance(node, ast.Assign | ast.AugAssign | ast.Expr):
        yield []


MAKERS = (operators, conditions, constants, slices, calls, statements)


def named_together(function):
    """Return the pairs of names that stand side by side: arguments, and what is assigned at once or one by one."""
    names = [arg.arg for arg in function.args.args]
    pairs = list(itertools.combinations(names, 2))
    targets = [node.id for node in ast.walk(function) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)]
    return [*pairs, *itertools.combinations(dict.fromkeys(targets), 2)]


def exchanged_names(node, pairs):
    """A name in the place of one that stands beside it where it was made."""
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
        for one, two in pairs:
            if node.id in (one, two):
                yield ast.Name(two if node.id == one else one, ast.Load())


# --- what becomes of them ------------------------------------------------------------------------------

SECONDS = 0.4  # for what never ends
EVERY = 20  # in an ordinary run one in so many is diagnosed; all are with MUTANTS=all
KINDS = ("slip", "reason", "exception", "bare")
BARE = ("other", "shape")


def case_by_case(exercise):
    """Return an exercise once for each of its inputs, with that input alone."""
    return [replace(exercise, seconds=SECONDS, cases=(case,)) for case in exercise.cases]


def accepted(mutant, parts):
    """Tell whether a check calls a mutant right; nothing is diagnosed, and the first wrong input is enough."""
    return all(is_right(Trial(part, mutant.function)) for part in parts)


def is_right(trial):
    """Tell whether a trial came to its end, with the right results and nothing changed."""
    return not trial.ended and all(trial.right) and not trial.first(lambda one: one.run.changed)


def kind(exercise, verdict):
    """Return what a verdict on a mutant is: "slip", "exception", "reason" or "bare"."""
    if verdict.diagnosis in {slip.name for slip in exercise.slips}:
        return "slip"
    if verdict.diagnosis.startswith("raises"):
        return "exception"
    return "bare" if verdict.diagnosis in BARE else "reason"


@functools.cache
def tried():
    """Return (mutants, accepted ones, (mutant, kind, verdict) of those that are diagnosed)."""
    found = mutants()
    quick = {one.exercise.name: replace(one.exercise, seconds=SECONDS) for one in found}
    parts = {one.exercise.name: case_by_case(one.exercise) for one in found}
    passed = [one for one in found if accepted(one, parts[one.exercise.name])]
    refused = [one for one in found if not any(one is other for other in passed)]
    step = 1 if os.environ.get("MUTANTS") == "all" else EVERY
    verdicts = [(one, judge(quick[one.exercise.name], one.function)) for one in refused[::step]]
    return found, passed, [(one, kind(one.exercise, verdict), verdict) for one, verdict in verdicts]


def figures():
    """Return the figures as numbers: mutants, accepted, listed as equivalent, and how many of each kind."""
    found, passed, diagnosed = tried()
    listed = sum(str(one) in EQUIVALENT for one in passed)
    return len(found), len(passed), listed, Counter(kind for _, kind, _ in diagnosed)


def summary():
    """Return the figures as text."""
    count, passed, listed, kinds = figures()
    many = sum(kinds.values())
    named = many - kinds["bare"]
    return "\n".join(
        [
            f"{count} mutants: {count - passed} refused, {listed} listed as equivalent, {passed - listed} neither",
            f"{many} of the refused diagnosed: {named / many:.1%} say more than facts",
            *(
                f"  {name:10} {kinds[name]:5} {kinds[name] / many:6.1%}"
                for name in ("slip", "reason", "exception", "bare")
            ),
        ]
    )


# Why a mutant is as right as what it was made of: reason -> mutants.
REASONS = {
    "the largest is one of the numbers, so it fits in their kind": (
        "max_pool2d: np.zeros((rows, columns, image.shape[2]))"
        " -> np.zeros((rows, columns, image.shape[2]), dtype=image.dtype)",
        "max_in_five_loops: np.zeros((rows, columns, image.shape[2]))"
        " -> np.zeros((rows, columns, image.shape[2]), dtype=image.dtype)",
    ),
    "the largest does not mind the order": (
        "max_pool2d: (0, 1) -> (1, 0)",
        "max_by_windows: (3, 4) -> (4, 3)",
        "max_by_moved_pictures: (down:, right:) -> (right:, down:)",
    ),
    "a copy is not needed, since nothing is written": (
        "crop_in_two_steps: image[2:6].copy() -> image[2:6]",
        "crop_in_two_steps: rows[:, 3:10].astype(float) -> rows[:, 3:10]",
    ),
    "off by 1 at most, which is allowed for rounding": (
        "over_white: 255 -> 256",
        "over_white: 255 -> 256 #2",
        "over_white: 255 -> 254 #2",
        "over_white_as_arrays: 255.0 -> 256.0",
        "over_white_as_arrays: 255.0 -> 255.1",
        "over_white_as_arrays: 255.0 -> 256.0 #2",
        "over_white_as_arrays: 255.0 -> 255.1 #2",
        "over_white_as_arrays: 255.0 -> 256.0 #3",
        "over_white_as_arrays: 255.0 -> 255.1 #3",
        "over_white_as_arrays: (pixel - white) * float(alpha) / 255 -> (pixel - white) * float(alpha) // 255",
        "over_white_as_arrays: 255 -> 256",
        "over_white_in_a_loop: round(float(color) * alpha / 255 + 255 - alpha) -> float(color) * alpha / 255 + 255 - alpha",  # noqa: E501
        "over_white_in_a_loop: float(color) * alpha / 255 -> float(color) * alpha // 255",
        "over_white_in_a_loop: 255 -> 256",
        "over_white_in_a_loop: 255 -> 254",
        "over_white_as_whole_numbers: (int(color) * int(2 * alpha) + 255 * (510 - int(2 * alpha))) // 510 -> (int(color) * int(2 * alpha) + 255 * (510 - int(2 * alpha))) / 510",  # noqa: E501
        "over_white_as_whole_numbers: 255 -> 256",
        "over_white_as_whole_numbers: 510 -> 511",
        "over_white_as_whole_numbers: 510 -> 509 #2",
        "to_gray_rounded: to_gray(image).round().astype(np.uint8) -> to_gray(image).round()",
        "to_gray_rounded: to_gray(image).round() -> to_gray(image)",
    ),
    "what is cast has decimals already, or meets something that has, or more room does no harm": (
        "mean_from_running_sums: np.pad(image, [(1, 0), (1, 0), (0, 0)]).astype(float)"
        " -> np.pad(image, [(1, 0), (1, 0), (0, 0)])",
        "over_white_as_arrays: np.array([red, green, blue], dtype=float) -> np.array([red, green, blue])",
        "over_white_as_arrays: float(alpha) -> alpha",
        "to_gray_as_average: image.astype(np.float64) -> image",
        "apply_at_as_dot: window.ravel().astype(float) -> window.ravel()",
        "convolve2d_in_four_loops: float(kernel[down][across]) -> kernel[down][across]",
        "convolve2d_in_four_loops: float(image[row + down][column + across]) -> image[row + down][column + across]",
        "convolve2d_by_weights: np.zeros((rows, columns), dtype=np.float32) -> np.zeros((rows, columns))",
        "convolve2d_by_weights: np.float32(weight) -> weight",
        "convolve2d_by_windows: windows.astype(float) -> windows",
        "convolve2d_by_windows: kernel.astype(float) -> kernel",
        "strided_by_weights: float(weight) -> weight",
        "prepare_by_channels: image.astype(float) -> image",
        "prepare_by_a_list: means.astype(np.float32) -> means",
        "classify_in_plain_python: float(bias[label]) -> bias[label]",
        "strided_by_starts: float(np.sum(image[top:top + high, left:left + wide] * kernel)) -> np.sum(image[top:top + high, left:left + wide] * kernel)",  # noqa: E501
    ),
    "what stands there is overwritten, or only counted": (
        "shapes_in_an_array: np.zeros((len(layers), 3)) -> np.ones((len(layers), 3))",
        "shapes_in_an_array: :2 -> :",
        "shapes_in_an_array: :2 -> :2 + 1",
        "shapes_in_an_array: 2 -> 3",
        "max_pool2d: np.zeros((rows, columns, image.shape[2])) -> np.ones((rows, columns, image.shape[2]))",
        "max_in_five_loops: np.zeros((rows, columns, image.shape[2])) -> np.ones((rows, columns, image.shape[2]))",
        "avg_pool2d: np.zeros((rows, columns, image.shape[2])) -> np.ones((rows, columns, image.shape[2]))",
        "convolve2d: np.zeros((rows, columns)) -> np.ones((rows, columns))",
        "count_windows: np.zeros(size) -> np.ones(size)",
        "strided_convolve2d: np.zeros((rows, columns)) -> np.ones((rows, columns))",
        "conv2d: np.zeros((rows, columns, filters)) -> np.ones((rows, columns, filters))",
        "numerical_gradient: np.zeros(len(numbers)) -> np.ones(len(numbers))",
        "gradient_put_back: np.zeros(numbers.shape) -> np.ones(numbers.shape)",
        "filter_gradient: np.zeros((rows, columns)) -> np.ones((rows, columns))",
        "prepare_in_a_loop: np.zeros(image.shape) -> np.ones(image.shape)",
    ),
    "all rows of a picture are of one length": (
        "convolve2d_in_four_loops: 0 -> 1",
        "convolve2d_in_four_loops: 0 -> -1",
        "convolve2d_in_four_loops: 0 -> 1 #2",
        "convolve2d_in_four_loops: 0 -> -1 #2",
        "convolve2d_in_four_loops: 0 -> 1 #3",
        "convolve2d_in_four_loops: 0 -> -1 #3",
        "gradient_in_four_loops: 0 -> 1",
        "gradient_in_four_loops: 0 -> -1",
        "leaked_in_three_loops: test -> train #2",
    ),
    "each class has a name and a share, so there are as many": (
        "top_by_pairs: zip(shares, names, strict=True) -> zip(shares, names)",
        "top_by_key: names -> shares",
    ),
    "what is crossed out need only be smaller than what is left, and nothing that is left is 0": (
        "top_one_by_one: 1 -> 2",
        "top_one_by_one: 1 -> 0",
    ),
    "the same for all leaves the order as it is": (
        "top_of_an_array: 1 -> 2",
        "top_of_an_array: 1 -> 0",
        "nearest: ((features - one) ** 2).sum(axis=1) -> ((features - one) ** 2).mean(axis=1)",
        "nearest: 0.5 -> 1.5",
        "nearest: 0.5 -> 0.6",
        "nearest_without_root: np.sum(np.square(features - one), axis=1) -> np.mean(np.square(features - one), axis=1)",
        "nearest_in_a_loop: ((known - one) ** 2).sum() -> ((known - one) ** 2).mean()",
        "nearest_in_plain_python: 0 -> 1",
        "nearest_in_plain_python: 0 -> -1",
    ),
    "no two pictures are equally near": ("nearest_in_a_loop: distance < smallest -> distance <= smallest",),
    "a table has two axes, and the last one is taken if none is said": (
        "classify_by_sorting: np.argsort(np.dot(features, weights) + bias, axis=1)"
        " -> np.argsort(np.dot(features, weights) + bias)",
    ),
    "both shapes have two parts": (
        "convolve2d_by_weights: zip(image.shape, kernel.shape, strict=True) -> zip(image.shape, kernel.shape)",
    ),
    "the only one is the first and the last": (
        "shape_table: 0 -> -1",
        "shape_table: 0 -> -1 #2",
        "shape_table: 0 -> -1 #3",
        "shapes_from_the_line_before: 0 -> -1 #2",
        "shapes_from_the_line_before: 0 -> -1 #4",
        "shapes_in_an_array: 0 -> -1 #3",
        "shapes_in_an_array: 0 -> -1 #4",
        "shapes_by_counting: 0 -> -1",
        "forward_as_a_convolution: 0 -> -1 #7",
        "forward_as_a_convolution: 0 -> -1 #8",
        "forward_as_a_convolution: 1 -> 2 #4",
        "leaked_by_distances: 0 -> -1 #2",
    ),
    "a shape is of whole numbers, cut off or rounded down": (
        "shapes_in_an_array: np.zeros((len(layers), 3)) -> np.zeros((len(layers), 3), dtype=int)",
        "shapes_by_matching: rows / size -> rows // size",
        "shapes_by_matching: columns / size -> columns // size",
    ),
    "what is flat has one row and one column": (
        "shapes_by_a_rule_each: (high, wide, outputs) -> (wide, high, outputs)",
    ),
    "`in` does not mind the order": (
        "shapes_by_counting: ('conv', 'pool') -> ('pool', 'conv')",
        "shapes_by_counting: ('conv', 'dense') -> ('dense', 'conv')",
    ),
    "0 is 0, whether it is passed or cut off": (
        "forward_pooled_first: first < 0 -> first <= 0",
        "forward_pooled_first: second < 0 -> second <= 0",
        "forward_in_a_loop: maps > 0 -> maps >= 0",
        "forward_bias_apart: first > 0 -> first >= 0",
        "forward_bias_apart: second > 0 -> second >= 0",
    ),
    "0 divided by a bias is 0, since no bias is 0 here": (
        "forward_bias_apart: 0 * bias_1 -> 0 / bias_1",
        "forward_bias_apart: 0 * bias_2 -> 0 / bias_2",
    ),
    "what is counted need only be 0 where nothing differs, and nowhere else": (
        "leaked_in_three_loops: differ += 1 -> differ = 1",
        "leaked_in_three_loops: differ += 1 -> differ -= 1",
        "leaked_in_three_loops: 1 -> 2 #2",
        "leaked_by_distances: np.abs(train.astype(float) - picture).sum(axis=1) -> np.abs(train.astype(float) - picture).mean(axis=1)",  # noqa: E501
        "leaked_by_distances: np.abs(train.astype(float) - picture).sum(axis=1) -> np.abs(train.astype(float) - picture).max(axis=1)",  # noqa: E501
    ),
    "a difference that starts again at 0 after 255 is 0 only where nothing differs": (
        "leaked_by_distances: train.astype(float) -> train",
    ),
    "a warning is no wrong number": ("softmax_by_comparing: np.errstate(over='ignore') -> np.errstate()",),
    "whichever logit it begins with, a larger one takes its place; one as large changes nothing": (
        "softmax_in_steps: 0 -> -1",
        "softmax_in_steps: logit > largest -> logit >= largest",
    ),
    "count and start begin alike and stay so": (
        "count_starts: 0 -> -1",
        "count_starts: start -> count",
        "count_starts: (count + 1, start + 1) -> (start + 1, count + 1)",
        "count_starts: count -> start",
        "count_starts: start -> count #2",
        "count_starts: count -> start #2",
    ),
    "zeros are the same in every type, and what is put in or beside them has room": (
        "count_windows: np.zeros(size) -> np.zeros(size, dtype=int)",
        "pad2d: np.zeros((rows + 2 * padding, columns + 2 * padding, *image.shape[2:])) -> np.zeros((rows + 2 * padding, columns + 2 * padding, *image.shape[2:]), dtype=image.dtype)",  # noqa: E501
        "gradient_cell_by_cell: np.zeros((rows, columns)) -> np.zeros((rows, columns), dtype=int)",
        "gradient_cell_by_cell: np.zeros((rows, columns)) -> np.zeros((rows, columns), dtype=image.dtype)",
        "pad_by_stacking: np.zeros((padding, *image.shape[1:])) -> np.zeros((padding, *image.shape[1:]), dtype=int)",
        "pad_by_stacking: np.zeros((padding, *image.shape[1:])) -> np.zeros((padding, *image.shape[1:]), dtype=image.dtype)",  # noqa: E501
        "pad_by_stacking: np.zeros((tall.shape[0], padding, *image.shape[2:])) -> np.zeros((tall.shape[0], padding, *image.shape[2:]), dtype=int)",  # noqa: E501
        "pad_by_stacking: np.zeros((tall.shape[0], padding, *image.shape[2:])) -> np.zeros((tall.shape[0], padding, *image.shape[2:]), dtype=image.dtype)",  # noqa: E501
    ),
    "`range` begins at 0 by itself": (
        "last_start_plus_one: range(0, cells - kernel_size + 1) -> range(cells - kernel_size + 1)",
    ),
    "the size is odd here, so that it leaves no half": (
        "same_padding: (kernel_size - 1) // 2 -> (kernel_size - 1) / 2",
        "same_padding: kernel_size - 1 -> kernel_size",
        "same_padding: 1 -> 0 #2",
    ),
    "times 0 it is 0, whatever pixel is taken": (
        "pad_in_loops: 0 -> -1 #4",
        "pad_in_loops: 0 -> 1 #5",
        "pad_in_loops: 0 -> -1 #5",
    ),
    "a sum and a product do not mind the order": (
        "avg_pool2d: (0, 1) -> (1, 0)",
        "mean_by_moved_pictures: (down:, right:) -> (right:, down:)",
        "mean_by_windows: (3, 4) -> (4, 3)",
        "apply_at_in_plain_python: (weight, float(image[row + down][column + across]))"
        " -> (float(image[row + down][column + across]), weight)",
        "strided_by_skipping: (2, 3) -> (3, 2)",
        "gradient_by_windows: (2, 3) -> (3, 2)",
        "layer_by_filters: (2, 3, 4) -> (3, 2, 4)",
        "layer_by_lists: (0, 1, 2) -> (1, 0, 2)",
    ),
}
EQUIVALENT = {mutant: reason for reason, names in REASONS.items() for mutant in names}
