"""Which slip each check names: the table that a test run prints. `pytest_terminal_summary` is its hook.

The common slips stand here with the topic that makes a check need them; an exercise names its topics. A cell is
"yes" where the check names the slip, "NO" where it must and does not, and empty where the slip cannot happen.
"""

import copy
import functools

import numpy as np

from helpers.exercises.exercise import FunctionExercise
from helpers.exercises.judging import judge
from helpers.exercises.lesson import lessons
from helpers.exercises.verdict import NOT_YET

COMMON = {
    "kernel flipped": "kernel",
    "kernel transposed": "kernel",
    "stride ignored when slicing": "stride",
    "stride on rows only": "stride",
    "padding taken as the total": "padding",
    "border values instead of zeros": "padding",
    "padding forgotten": "padding",
    "padding after instead of before": "padding",
    "ceil for floor": "count",
    "+1 forgotten": "count",
    "square input assumed": "size",
    "channels averaged instead of added": "sum over channels",
    "first channel only": "channels",
    "bias forgotten": "bias",
    "already-filtered pixels read again": "filter",
    "max pooling that starts from 0": "maximum",
    "pooling across channels": "pooling",
    "integer overflow in uint8": "arithmetic",
    "transposed": "array",
    "input changed in place": "array",
    "nothing returned": "function",
}
TOPICS = set(COMMON.values())


def topics(exercise):
    """Return the topics of an exercise."""
    return {topic.strip() for topic in exercise.topics.split(",")} - {""}


def required(exercise):
    """Return the names of the slips that an exercise's check must name."""
    common = [name for name, topic in COMMON.items() if topic in topics(exercise)]
    return list(dict.fromkeys([*common, *(slip.name for slip in exercise.slips)]))


def examples(exercise):
    """Return answers that show a slip, by its name."""
    if not isinstance(exercise, FunctionExercise):
        return {slip.name: slip.example for slip in exercise.slips}
    made = {slip.name: slip.like for slip in exercise.slips}
    if "array" in topics(exercise):
        made["input changed in place"] = changing(exercise.solution)
        made["transposed"] = transposing(exercise.solution)
    made["nothing returned"] = silent(exercise.solution)
    return made


def changing(function):
    """Return a function that does the same, and clears its first argument."""

    def changed(*arguments):
        result = function(*copy.deepcopy(arguments))
        arguments[0][...] = 0
        return result

    return changed


def transposing(function):
    """Return a function that exchanges rows and columns of the result."""
    return lambda *arguments: np.asarray(function(*arguments)).swapaxes(0, 1)


def silent(function):
    """Return a function that works the same out, and forgets to return it."""

    def silenced(*arguments):
        function(*arguments)

    return silenced


def named(exercise, slip):
    """Tell whether the check names a slip when it is made."""
    found = examples(exercise)
    if slip not in found:
        return False
    verdict = judge(exercise, found[slip])
    return verdict.outcome == NOT_YET and verdict.diagnosis == slip


@functools.cache
def cells():
    """Return the table: (slip, key of the exercise) -> whether the check names the slip; required cells only."""
    exercises = [(f"{number}/{one.name}", one) for number, lesson in lessons().items() for one in lesson.exercises]
    return {(slip, key): named(one, slip) for key, one in exercises for slip in required(one)}


def table():
    """Return the table as text, one block a lesson."""
    found = cells()
    blocks = [
        block(number, {cell: yes for cell, yes in found.items() if cell[1].startswith(number)}) for number in lessons()
    ]
    waiting = [slip for slip in COMMON if not any(slip == one for one, _ in found)]
    return "\n\n".join([*blocks, f"no exercise yet: {', '.join(waiting) or 'none'}"])


def block(number, found):
    """Return the lines of one lesson: a row for each slip, a column for each exercise."""
    keys = list(dict.fromkeys(key for _, key in found))
    slips = sorted(dict.fromkeys(slip for slip, _ in found), key=lambda slip: slip not in COMMON)
    names, width = [key.split("/")[1] for key in keys], max((len(slip) for slip, _ in found), default=0)
    lines = [" ".join([f"lesson {number}".ljust(width), *names])]
    for slip in slips:
        marks = [{True: "yes", False: "NO", None: "."}[found.get((slip, key))] for key in keys]
        columns = [mark.center(len(name)) for mark, name in zip(marks, names, strict=True)]
        lines.append(" ".join([slip.ljust(width), *columns]).rstrip())
    return "\n".join(lines)


def pytest_terminal_summary(terminalreporter):
    """Print the table at the end of a run that filled it, and what tests recorded as "summary"."""
    reports = [
        one for reports in terminalreporter.stats.values() for one in reports if getattr(one, "when", "") == "call"
    ]
    if any("exercises/test_checks" in report.nodeid for report in reports):
        terminalreporter.section("slips that the checks name")
        terminalreporter.write_line(table())
    for report in reports:
        for text in (text for name, text in report.user_properties if name == "summary"):
            terminalreporter.section(report.nodeid.rpartition("::")[2])
            terminalreporter.write_line(text)


if __name__ == "__main__":
    print(table())
