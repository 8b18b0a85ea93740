"""Lesson 09: what is shown of the learner's classes, by the names of the Stage's settings."""

import numpy as np

from helpers import classes
from helpers.engine.wording import number
from helpers.lessons.lesson_09.taught import MOST_CLASSES, THUMB

NEAREST = 3  # pictures that are shown beside a new one
GAP = 4  # pixels between them
BELOW_100 = 99.94  # percent: a share is never 1, and is not written as 100 %
PAPER = 232  # the gray between them
EXAMPLE_IN = "helpers.lessons.lesson_09.taught"
UNNAMED = ("first class", "second class")  # as long as there are none


def plural(count, noun):
    """Write a number with its noun.

    >>> plural(1, "picture"), plural(2, "picture")
    ('1 picture', '2 pictures')
    """
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def taught_of(taught):
    """Return what is shown of the classes: how many pictures there are of each, and how they are called."""
    counts, names = taught.counts(), taught.names
    called = [f"{name} ({count})" for count, name in zip(counts, names, strict=True)]
    called += [""] * (MOST_CLASSES - len(names))
    return {f"class_{i + 1}": word for i, word in enumerate(called)} | {
        "known": len(names),
        "learned": taught.found is not None,
        "names": ", ".join(names),
        "rows": ", ".join([*names, *UNNAMED[len(names) :]]),
        "table": np.zeros((max(2, len(names)),) * 2),
        "asked": 0,
        "trial": no_trial(counts, names),
        **code_of(taught),
    }


def no_trial(counts, names):
    """Say what is needed before pictures can be left out.

    >>> no_trial([3, 1, 1], ["cup", "pen", "hat"])
    'It takes two pictures of each class; there is only one of pen, of hat.'
    """
    single = [name for count, name in zip(counts, names, strict=True) if count == 1]
    if len(names) < 2 or not single:
        return "It takes two classes, and two pictures of each."
    return f"It takes two pictures of each class; there is only one of {', of '.join(single)}."


def code_of(taught):
    """Return the code that learns the same and answers, as far as there is one, and what it imports."""
    answer = "print(classes.answer(found, features), classes.shares(found, features))"
    code, imported = "", ""
    if taught.source:
        code = f"found = {taught.source}\n{answer}\n"
        imported = f"from {EXAMPLE_IN} import example\n" if taught.source == "example()" else ""
    elif taught.found is not None:
        code = "# save what you have taught; then this goes on with found = mine.classes()\n"
    return {"learned_by": code, "learned_import": imported}


def answer_of(taught, features):
    """Return what is shown of the picture on screen: the shares, the nearest pictures, and the answer."""
    if taught.found is None:
        return {"shares": np.zeros(2), "nearest": side_by_side([]), "near": "none yet", "answer": "", "sure": 0.0} | {
            "near_far": 0.0,
            "near_name": "",
            "limit": 0.0,
        }
    shares = classes.shares(taught.found, features)
    percent = np.minimum(100 * shares, BELOW_100)
    nearest = classes.nearest(taught.found, features, NEAREST)
    name_of = [taught.names[taught.labels[which]] for which, _ in nearest]
    return {
        "shares": percent,
        "nearest": side_by_side([taught.pictures[which] for which, _ in nearest]),
        "near": ", ".join(f"{name} {number(far)}" for name, (_, far) in zip(name_of, nearest, strict=True)),
        "near_name": name_of[0],
        "near_far": nearest[0][1],
        "answer": classes.answer(taught.found, features),
        "sure": float(percent.max()),
        "limit": taught.found.threshold,
    }


def side_by_side(pictures):
    """Lay small pictures side by side, the nearest first."""
    sheet = np.full((THUMB, NEAREST * THUMB + (NEAREST - 1) * GAP, 3), PAPER, np.uint8)
    for i, picture in enumerate(pictures):
        sheet[:, i * (THUMB + GAP) : i * (THUMB + GAP) + THUMB] = picture
    return sheet


def trial_of(taught, answers):
    """Return what is shown of the trial in which each picture is left out once, as far as it has come."""
    labels, names = np.array(taught.labels), taught.names
    asked = labels[: len(answers)]
    table = classes.confusion(asked, np.array(answers, int), len(names))
    right, over = int(np.trace(table)), len(answers) == len(labels)
    share = f"{number(100 * right / len(answers))} %"
    so_far = f" so far, of {len(labels)}."
    others = f", each named by what was learned from the other {len(labels) - 1}: {share}."
    return {
        "table": table,
        "asked": len(answers),
        "trial": f"{right} of {len(answers)} right{others if over else so_far}{mistakes(table, names)}",
    }


def mistakes(table, names):
    """Write what was taken for what, most often first."""
    wrong = [(table[i, j], names[i], names[j]) for i in range(len(names)) for j in range(len(names)) if i != j]
    said = [
        f"{name} taken for {other}{f', {n} times' if n > 1 else ''}"
        for n, name, other in sorted(wrong, key=by_count)
        if n
    ]
    return f" Wrong: {'; '.join(said[:3])}{'; ...' if len(said) > 3 else ''}." if said else ""


def by_count(mistake):
    """Order mistakes by how often they were made."""
    return -mistake[0]
