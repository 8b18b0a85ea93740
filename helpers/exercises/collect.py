"""Collect the progress of a class: python3 -m helpers.exercises.collect *.json.

Each learner hands in the file that exercises.export("ada.json") wrote; a file's name is the learner's. Printed are
a table for each lesson, who is where, and which slips were commonest; with --csv all of it, line by line, for a
spreadsheet.
"""

import argparse
import csv
import glob
import sys
import unicodedata
from collections import Counter
from pathlib import Path

from helpers.exercises import logbook
from helpers.exercises.lesson import lessons
from helpers.exercises.reading import counted
from helpers.exercises.report import tally

LONGEST = 80  # characters of a text out of a file that are printed
COMMONEST = 10
FORMULA = ("=", "+", "-", "@")  # a spreadsheet would take what begins like this for a formula
HEADER = ("learner", "lesson", "kind", "name", "right", "tries", "answer or diagnoses", "opened")


def collect(paths):
    """Read progress files.

    Returns
    -------
    (dict, list of str)
        The learner's name -> the progress; and a sentence for each file that is none.
    """
    found, complaints = {}, []
    for path in paths:
        try:
            progress = logbook.parse(path.read_bytes())
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) else error
            complaints.append(f"{clean(path.name)} was left out: {reason}.")
            continue
        found[name_for(path, found)] = progress
    return found, complaints


def name_for(path, taken):
    """Return a learner's name for a file; its folder helps where two files have the same name."""
    name = clean(path.stem)
    if name in taken:
        name = clean(f"{path.resolve().parent.name}/{path.stem}")
    while name in taken:
        name += "'"
    return name


def clean(text):
    """Return a text out of a file as it may be printed: one line, no control characters, not too long."""
    kept = "".join(mark if unicodedata.category(mark)[0] != "C" else " " for mark in str(text))
    return " ".join(kept.split())[:LONGEST]


def expanded(arguments):
    """Return the paths that are meant; a shell of Windows leaves `*.json` as it is."""
    names = [name for argument in arguments for name in (sorted(glob.glob(argument)) or [argument])]
    return [Path(name) for name in dict.fromkeys(names)]


# --- the table -------------------------------------------------------------------------------------


def tables(found):
    """Yield the lines of one table a lesson; lessons that no one has begun are left out."""
    for number, lesson in lessons().items():
        counts = {name: tally(number, lesson, progress) for name, progress in found.items()}
        if not any(done for one in counts.values() for done, _ in one.values()):
            continue
        names = [exercise.name for exercise in lesson.exercises]
        rows = [["learner", *next(iter(counts.values())), *names]]
        for name, progress in found.items():
            marks = [mark(progress["exercises"].get(f"{number}/{exercise}", {})) for exercise in names]
            rows.append([name, *(f"{done}/{of}" for done, of in counts[name].values()), *marks])
        yield f"Lesson {number}: {lesson.title}"
        yield from aligned(rows)
        yield ""


def mark(entry):
    """Write how far an exercise is: solved at which attempt, how many attempts so far, or not begun."""
    if entry.get("solved"):
        return f"✓ {entry['solved']}"
    return f"↻ {entry['tries']}" if entry.get("tries") else "○"


def aligned(rows):
    """Return rows as lines, their columns below each other."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]


def commonest(found):
    """Yield lines on the slips that most learners made."""
    learners, times = Counter(), Counter()
    for progress in found.values():
        for key, entry in progress["exercises"].items():
            for diagnosis, count in entry.get("diagnoses", {}).items():
                learners[clean(key), clean(diagnosis)] += 1
                times[clean(key), clean(diagnosis)] += count
    rows = [
        [f"{count} of {len(found)}", counted(times[slip], "time"), *slip]
        for slip, count in learners.most_common(COMMONEST)
    ]
    if rows:
        yield "Commonest diagnoses"
        yield from aligned([["learners", "in all", "exercise", "what it looks like"], *rows])


# --- for a spreadsheet -----------------------------------------------------------------------------


def lines_for_spreadsheet(found):
    """Yield one row for each prediction, exercise and question that a learner has begun."""
    for learner, progress in found.items():
        for kind in logbook.PARTS:
            for key, entry in progress[kind].items():
                lesson, _, name = key.partition("/")
                told = entry.get("answer")
                if kind == "exercises":
                    told = "; ".join(f"{slip} ({count})" for slip, count in entry.get("diagnoses", {}).items())
                right = entry.get("right", entry.get("solved", 0) > 0)
                opened = "; ".join(entry.get("opened", []))
                row = (learner, lesson, kind, name, "yes" if right else "no", entry.get("tries", 1), told or "", opened)
                yield [harmless(cell) for cell in row]


def harmless(cell):
    """Return a cell that a spreadsheet does not take for a formula."""
    text = clean(cell)
    return f"'{text}" if text.startswith(FORMULA) else text


def main(arguments=None):
    """Do what the command line asks for; return the exit code."""
    parser = argparse.ArgumentParser(prog="python3 -m helpers.exercises.collect", description=__doc__)
    parser.add_argument("files", nargs="+", help="files that exercises.export wrote")
    parser.add_argument("--csv", action="store_true", help="print a table for a spreadsheet instead")
    options = parser.parse_args(arguments)
    found, complaints = collect(expanded(options.files))
    if options.csv:
        csv.writer(sys.stdout, lineterminator="\n").writerows([HEADER, *lines_for_spreadsheet(found)])
    else:
        print(*tables(found), *commonest(found), sep="\n")
    for complaint in complaints:
        print(complaint, file=sys.stderr)
    return int(not found)


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # a pipe on Windows would refuse the marks
    sys.exit(main())
