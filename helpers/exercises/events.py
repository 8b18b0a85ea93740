"""What happens while somebody learns, one line each, and how the lines add up to the progress.

A line is `{"did": "tried", "key": "01/crop", ...}`. It begins with a line break: what a crash left half written is
then a line by itself, which is skipped, and what is appended after it is not lost with it.
"""

import json

LONGEST = 500  # characters of an answer that are kept
TEXT = (str, type(None))

# What an event holds besides its key: name -> type.
FIELDS = {
    "predicted": {"answer": TEXT, "right": bool},
    "tried": {"solved": bool, "diagnosis": TEXT},
    "opened": {"what": str},
    "answered": {"answer": TEXT, "right": bool},
}


def event(did, key, **what):
    """Return what happened as plain data; long texts are cut."""
    return {"did": did, "key": key} | {name: short(value) for name, value in what.items()}


def short(value):
    """Return a value as it is kept: True, False and None as they are, anything else as a text that is not too long."""
    return value if value is None or isinstance(value, bool) else str(value)[:LONGEST]


def line(event):
    r"""Return an event as bytes to be appended to a file.

    >>> line(event("opened", "01/crop", what="hint 1"))
    b'\n{"did": "opened", "key": "01/crop", "what": "hint 1"}'
    """
    return b"\n" + json.dumps(event, ensure_ascii=False).encode("utf-8", "replace")


def events(data):
    """Return the events in the contents of a file, in their order; lines that are none are skipped.

    Raises
    ------
    ValueError
        If the file holds something, but not a single event.
    """
    lines = [line for line in data.split(b"\n") if line.strip()]
    found = [one for one in parsed(lines) if is_event(one)]
    if lines and not found:
        raise ValueError("not a progress file of this course")
    return found


def parsed(lines):
    """Return what lines hold: all at once, which is much quicker, or else those that can be read."""
    try:
        return json.loads(b"[" + b",".join(lines) + b"]")
    except (ValueError, RecursionError):
        return [one for line in lines for one in (parsed([line]) if len(lines) > 1 else [])]


def is_event(one):
    """Tell whether something read from a file has the form in which events are written."""
    if not isinstance(one, dict) or not isinstance(one.get("key"), str):
        return False
    fields = FIELDS.get(one["did"]) if isinstance(one.get("did"), str) else None
    return bool(fields) and all(name in one and isinstance(one[name], kind) for name, kind in fields.items())


def add(progress, event):
    """Add an event to a progress."""
    part, change = FOLDS[event["did"]]
    progress[part][event["key"]] = change(progress[part].get(event["key"], {}), event)


def predicted(old, event):
    """Return the entry of a prediction: the first one counts."""
    return old or {"answer": event["answer"], "right": event["right"]}


def tried(old, event):
    """Return the entry of an exercise after another attempt."""
    tries, counts, solved = old.get("tries", 0) + 1, dict(old.get("diagnoses", {})), event["solved"]
    if not solved:
        diagnosis = str(event["diagnosis"])
        counts[diagnosis] = counts.get(diagnosis, 0) + 1
    return {**old, "tries": tries, "solved": old.get("solved") or (tries if solved else 0), "diagnoses": counts}


def opened(old, event):
    """Return the entry of an exercise after a hint or the solution was opened."""
    parts, what = old.get("opened", []), event["what"]
    return {**old, "opened": parts if what in parts else [*parts, what]}


def answered(old, event):
    """Return the entry of a question of the quiz after another answer."""
    right = event["right"]
    return {
        "answer": str(event["answer"]),
        "right": right or old.get("right", False),
        "first": old.get("first", right),
        "tries": old.get("tries", 0) + 1,
    }


# What happened -> the part of the progress it belongs to, and what it makes of the entry.
FOLDS = {
    "predicted": ("predictions", predicted),
    "tried": ("exercises", tried),
    "opened": ("exercises", opened),
    "answered": ("quiz", answered),
}
