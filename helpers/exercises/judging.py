"""The judgment: not attempted yet, not yet (and what it looks like), or correct.

If nothing fits, the facts are told alone: shapes, how many numbers differ, what the first one is and should be.
"""

import ast
import dis
import inspect
import sys

import numpy as np

from helpers.engine.running import run
from helpers.engine.wording import number
from helpers.exercises import explaining
from helpers.exercises.card import judge_card
from helpers.exercises.diagnosing import diagnose
from helpers.exercises.exercise import SECONDS, CardExercise, FunctionExercise
from helpers.exercises.reading import NO_NUMBERS, Refusal, a, agrees, counted, shape_in_words
from helpers.exercises.syntax import compared_for_nothing, names_in, powers_by_hat, tree_of_text, values_of
from helpers.exercises.trial import Trial, read_or_refuse
from helpers.exercises.verdict import CORRECT, NOT_ATTEMPTED, NOT_YET, Verdict
from helpers.stage.stage import Stage

# The steps of a function that does nothing but end, in the Pythons from 3.11 on.
IDLE = {"RESUME", "NOP", "POP_TOP", "LOAD_CONST", "LOAD_CONST_IMMORTAL", "LOAD_COMMON_CONSTANT"}
IDLE |= {"RETURN_CONST", "RETURN_VALUE"}
SIDE = 3  # rows and columns from which on a value is drawn; what is shorter is a list


def judge(exercise, answer):
    """Return the Verdict on an answer.

    Parameters
    ----------
    exercise : FunctionExercise, ValueExercise or CardExercise
    answer : function, value or Stage
        A Stage stands for its result.
    """
    if isinstance(answer, Stage):
        answer = answer.result
    if isinstance(exercise, CardExercise):
        return judge_card(exercise, answer)
    if not isinstance(exercise, FunctionExercise):
        return judge_value(exercise, answer)
    return judge_function(exercise, answer) if callable(answer) else no_function(exercise, answer)


# --- functions -------------------------------------------------------------------------------------


def no_function(exercise, value):
    """Return the Verdict on something that is no function."""
    if value is None or value is ...:
        says = f"Write the function `{exercise.name}`, and run it."
        return Verdict(NOT_ATTEMPTED, exercise, says)
    says = f"This is {a(value)}, not a function. Write `{exercise.call}`: the name alone, no brackets behind it."
    return Verdict(NOT_YET, exercise, says, "not a function")


def judge_function(exercise, function):
    """Return the Verdict on a function."""
    if is_stub(function):
        return Verdict(NOT_ATTEMPTED, exercise, explaining.STUB)
    misfit = misfit_of(exercise, function)
    if misfit:
        return Verdict(NOT_YET, exercise, misfit, "arguments")
    trial = Trial(exercise, function)
    return judge_trial(trial).with_facts(*asides(trial))


def is_stub(function):
    """Tell whether a function does nothing yet: its body is `...`, `pass`, `return ...` or `return None`."""
    steps = list(dis.get_instructions(function)) if hasattr(function, "__code__") else []
    if not steps or any(step.opname not in IDLE for step in steps):
        return False
    constants = [step.argval for step in steps if step.opname not in ("RESUME", "NOP") and step.arg is not None]
    return constants[-1] is None or constants[-1] is ...


def misfit_of(exercise, function):
    """Return a sentence if a function cannot take the arguments, else None."""
    try:
        signature = inspect.signature(function)
        signature.bind(*exercise.cases[0])
    except ValueError:  # a function of NumPy or of Python does not tell what it takes
        return None
    except TypeError:
        takes, given = counted(len(signature.parameters), "argument"), len(exercise.parameters)
        wanted = f"`{exercise.name}({', '.join(exercise.parameters)})`"
        return f"Your function takes {takes}; it is called with {given}: {wanted}."
    return None


def judge_trial(trial):
    """Return the Verdict on a function that was tried."""
    exercise = trial.exercise
    if trial.ended:
        name, says = explaining.ENDED[trial.ended.error]
        return Verdict(NOT_YET, exercise, says.format(seconds=number(exercise.seconds)), name, lines=trial.ended.lines)
    if trial.first(lambda one: one.run.error == "NotImplementedError"):
        return Verdict(NOT_ATTEMPTED, exercise, explaining.STUB)
    if all(trial.right):
        if trial.first(lambda one: one.run.changed):
            return Verdict(NOT_YET, exercise, explaining.CHANGED, "input changed in place")
        return Verdict(CORRECT, exercise, exercise.why)
    slip = diagnose(trial)
    name, says = (slip.name, slip.says) if slip else ("other", explaining.UNKNOWN)
    lines = trial.got[trial.wrong].run.lines
    return Verdict(NOT_YET, exercise, says, name, tuple(trial.facts()), lines, trial.drawn())


def asides(trial):
    """Return what else is worth a sentence: what was printed or changed, warnings, an unusual type."""
    found = []
    printed = trial.first(lambda one: one.run.characters)
    if printed:
        found.append(explaining.printed(printed.run.characters, printed.run.printed))
    warned = trial.first(lambda one: one.run.warned)
    if warned:
        found.append(f"NumPy warned: {warned.run.warned[0]}.")
    unusual = trial.first(is_unusual)
    if unusual:
        found.append(f"You returned {a(unusual.run.result)}; it was read as an array.")
    if trial.first(lambda one: is_needless_float(one, trial)):
        found.append(explaining.WITH_A_POINT)
    compared = compared_for_nothing(trial.tree) if trial.tree and not all(trial.right) else ()
    found += [explaining.COMPARED.format(code=ast.unparse(node)) for node in compared[:1]]
    hats = powers_by_hat(trial.tree) if trial.tree and not all(trial.right) else ()
    found += [explaining.HAT.format(code=ast.unparse(node)) for node in hats[:1]]
    if not all(trial.right) and trial.first(lambda one: one.run.changed):
        found.append("Your function also changes the array that it is given; work on a copy.")
    return found


def is_unusual(outcome):
    """Tell whether an array came back as something else than one: nested lists, a tensor."""
    kind = type(outcome.run.result)
    if outcome.failure or outcome.spelled or issubclass(kind, np.ndarray | np.generic):
        return False
    return outcome.array.ndim > 1 or not issubclass(kind, int | float | list | tuple)


def is_needless_float(outcome, trial):
    """Tell whether a single number comes back with a point where the solution makes a whole one."""
    whole = isinstance(trial.wanted[0].run.result, int) and all(trial.right)
    return whole and isinstance(outcome.run.result, float | np.floating)


# --- values ----------------------------------------------------------------------------------------


def judge_value(exercise, value):
    """Return the Verdict on a value."""
    if value is None or value is ...:
        says = f"Give `{exercise.variable or exercise.name}` a value, and run it again."
        return Verdict(NOT_ATTEMPTED, exercise, says)
    if callable(value):
        return Verdict(NOT_YET, exercise, f"This is {a(value)}, not a value. Write `{exercise.call}`.", "a function")
    try:
        array = read_guarded(value)
    except Refusal as refusal:
        return Verdict(NOT_YET, exercise, refusal.says, refusal.name)
    if exercise.untouched is not None and agrees(array, np.array(exercise.untouched), 0):
        if compared_in_notebook(exercise.variable or exercise.name):
            return Verdict(NOT_YET, exercise, explaining.COMPARED_VALUE, "== for =")
        return Verdict(NOT_ATTEMPTED, exercise, explaining.UNTOUCHED)
    if exercise.shape is not None and array.shape != exercise.shape:
        shapes = shape_in_words(array.shape), shape_in_words(exercise.shape)
        return Verdict(NOT_YET, exercise, f"Yours has {shapes[0]}; wanted: {shapes[1]}.", "shape")
    if exercise.right(array):
        return Verdict(CORRECT, exercise, exercise.why)
    slip = next((slip for slip in exercise.slips if slip.like(array)), None)
    name, says = (slip.name, slip.told(array)) if slip else ("other", far_off(exercise, array))
    is_picture = array.ndim > 1 and min(array.shape[:2]) >= SIDE
    return Verdict(NOT_YET, exercise, says, name, drawn={"yours": array} if is_picture else None)


def read_guarded(value):
    """Return a value as `read` does; not even one that ends Python or never ends does harm."""
    done = run(lambda: value, (), SECONDS, read_or_refuse)
    array, refusal = done.read or (None, Refusal("not an array", NO_NUMBERS.format(a(value))))
    if refusal:
        raise refusal
    return array


def compared_in_notebook(name):
    """Tell whether the last cell that uses a name compares with `==` in a line of its own."""
    shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    cells = [tree for text in getattr(shell, "user_ns", {}).get("In", ())[-10:] if (tree := tree_of_text(text))]
    using = [
        tree
        for tree in cells
        if any(name in names_in(node) for node in compared_for_nothing(tree)) or values_of(tree, name)
    ]
    return bool(using) and any(name in names_in(node) for node in compared_for_nothing(using[-1]))


def far_off(exercise, array):
    """Say how far off a value is that shows no known slip."""
    return exercise.far(array) if exercise.far else "That is not it yet."
