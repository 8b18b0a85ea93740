"""The learner's progress, in one small file on this machine. Nothing leaves it.

The file is written anew beside the old one and takes its place in one step: whatever happens in between,
there is a whole file. One that is broken, or not ours, is set aside under another name. Several notebooks may
write at a time: each change starts from what the file says now.
"""

import json
import os
import secrets
import threading
import time
from pathlib import Path

from helpers.images import COURSE

FORMAT, VERSION = "image recognition course: progress", 1
PARTS = ("predictions", "exercises", "quiz")
LARGEST = 2_000_000  # bytes; a progress file has a few thousand
LONGEST = 500  # characters of an answer that are kept
STALE = 60  # seconds after which the beginning of a file that was never finished is cleared away

SET_ASIDE = "The file {name} could not be read as your progress; it was set aside as {aside}, and a new one begins."
NOT_WRITABLE = "Your progress cannot be written to {folder}: it is kept until this notebook's kernel ends."
NOT_READABLE = "Your progress in {folder} cannot be read: it is kept until this notebook's kernel ends."


class Logbook:
    """What was predicted, attempted and solved, by lesson and name ("01/crop").

    Parameters
    ----------
    path : Path
        The file; it need not be there yet.
    """

    def __init__(self, path):
        self.path = Path(path)
        self.memory = None  # the progress, where it cannot be written
        self.notices = []
        self.watchers = []
        self.lock = threading.RLock()

    def __repr__(self):
        """Return the same text on every machine."""
        return f"Logbook({self.path.name!r})"

    # -- what happens

    def predicted(self, key, answer, right):
        """Note a prediction; the answer is None if the learner wanted to see first. The first one counts."""
        self._change("predictions", key, lambda _old: {"answer": short(answer), "right": bool(right)}, keep=True)

    def tried(self, key, solved, diagnosis):
        """Note an attempt at an exercise, and what it looked like."""

        def change(old):
            counts = dict(old.get("diagnoses", {}))
            if not solved:
                counts[short(diagnosis)] = counts.get(short(diagnosis), 0) + 1
            solved_at = old.get("solved") or (old.get("tries", 0) + 1 if solved else 0)
            return {**old, "tries": old.get("tries", 0) + 1, "solved": solved_at, "diagnoses": counts}

        self._change("exercises", key, change)

    def opened(self, key, part):
        """Note that a hint or the solution was opened."""

        def change(old):
            parts = old.get("opened", [])
            return {**old, "opened": parts if part in parts else [*parts, short(part)]}

        self._change("exercises", key, change)

    def answered(self, key, answer, right):
        """Note an answer to a question of the quiz."""

        def change(old):
            tries = old.get("tries", 0) + 1
            first = old.get("first", right)
            return {
                "answer": short(answer),
                "right": bool(right or old.get("right")),
                "first": bool(first),
                "tries": tries,
            }

        self._change("quiz", key, change)

    # -- what is known

    def watch(self, tell):
        """Call `tell` after every change; return what ends that."""
        self.watchers.append(tell)
        return lambda: self.watchers.remove(tell)

    def entries(self, part):
        """Return the entries of "predictions", "exercises" or "quiz", by key."""
        return self.read()[part]

    def is_attempted(self, key):
        """Tell whether an exercise was tried at all."""
        return self.entries("exercises").get(key, {}).get("tries", 0) > 0

    def take_notice(self):
        """Return what is to be said about the file, once."""
        notices, self.notices = self.notices, []
        return " ".join(notices)

    def read(self):
        """Return all of the progress; a file that is broken or not ours is set aside first."""
        with self.lock:
            if self.memory is not None:
                return self.memory
            try:
                return parse(self.path.read_bytes())
            except FileNotFoundError:
                return blank()
            except OSError:
                self._keep_in_memory(blank(), NOT_READABLE)
                return self.memory
            except ValueError:
                return self._set_aside()

    # -- the whole file

    def export(self, path):
        """Write a copy of the progress to another file."""
        path = Path(path)
        if path.exists():
            parse(path.read_bytes())
        write(path, self.read())
        return path

    def reset(self):
        """Begin anew; the old file stays as a backup, whose path is returned (None if there was no file)."""
        with self.lock:
            self.memory = None
            if not self.path.exists():
                return None
            return self._rename("backup")

    # -- how it is kept

    def _change(self, part, key, change, keep=False):
        """Apply a change to one entry, in what the file says now."""
        with self.lock:
            progress = self.read()
            old = progress[part].get(key)
            if keep and old is not None:
                return
            progress[part][key] = change(old or {})
            self._keep(progress)
        for tell in [*self.watchers]:
            tell()

    def _keep(self, progress):
        """Write the progress into the file, or keep it in memory where that cannot be done."""
        if self.memory is not None:
            return
        try:
            write(self.path, progress)
        except OSError:
            self._keep_in_memory(progress, NOT_WRITABLE)

    def _keep_in_memory(self, progress, notice):
        self.memory = progress
        self.notices.append(notice.format(folder=self.path.parent))

    def _set_aside(self):
        """Give a file that is not ours another name, and begin anew."""
        try:
            aside = self._rename("broken")
        except OSError:
            self._keep_in_memory(blank(), NOT_WRITABLE)
            return self.memory
        self.notices.append(SET_ASIDE.format(name=self.path.name, aside=aside.name))
        return blank()

    def _rename(self, word):
        """Rename the file to progress-word-1.json, or the next number that is free."""
        free = (self.path.with_name(f"{self.path.stem}-{word}-{number}.json") for number in range(1, 1_000_000))
        aside = next(path for path in free if not path.exists())
        os.rename(self.path, aside)
        return aside


def blank():
    """Return a progress in which nothing has happened yet."""
    return {"format": FORMAT, "version": VERSION, **{part: {} for part in PARTS}}


def parse(data):
    """Return the progress that a file holds.

    Raises
    ------
    ValueError
        If it is none.
    """
    if len(data) > LARGEST:
        raise ValueError("too large to be a progress file of this course")
    try:
        progress = json.loads(data.decode("utf-8"))
    except (ValueError, RecursionError):
        raise ValueError("not a whole JSON file") from None
    if not isinstance(progress, dict) or progress.get("format") != FORMAT:
        raise ValueError("not a progress file of this course")
    if progress.get("version") != VERSION:
        raise ValueError("written by another version of the course")
    if not all(is_sound(part, progress.get(part)) for part in PARTS):
        raise ValueError("damaged")
    return progress


# What an entry may hold: its name -> the type of its value.
FIELDS = {
    "predictions": {"answer": (str, type(None)), "right": bool},
    "exercises": {"tries": int, "solved": int, "diagnoses": dict, "opened": list},
    "quiz": {"answer": str, "right": bool, "first": bool, "tries": int},
}


def is_sound(part, entries):
    """Tell whether the entries of a part have the form in which they are written."""
    if not isinstance(entries, dict) or not all(isinstance(entry, dict) for entry in entries.values()):
        return False
    pairs = [(name, value) for entry in entries.values() for name, value in entry.items()]
    if not all(isinstance(value, FIELDS[part].get(name, ())) for name, value in pairs):
        return False
    counts = [count for entry in entries.values() for count in entry.get("diagnoses", {}).values()]
    words = [word for entry in entries.values() for word in entry.get("opened", [])]
    return all(isinstance(count, int) for count in counts) and all(isinstance(word, str) for word in words)


def write(path, progress):
    """Write a file so that there is a whole one at every moment."""
    path.parent.mkdir(parents=True, exist_ok=True)
    clear_unfinished(path)
    part = path.with_name(f"{path.stem}-{secrets.token_hex(4)}.part")
    try:
        with open(part, "w", encoding="utf-8") as file:
            json.dump(progress, file, ensure_ascii=False, indent=1)
            file.flush()
            os.fsync(file.fileno())
        take_place(part, path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def take_place(part, path, tries=5):
    """Put a finished file in the place of another; on Windows a moment may pass until that is allowed."""
    for left in reversed(range(tries)):
        try:
            os.replace(part, path)
            return
        except PermissionError:
            if not left:
                raise
            time.sleep(0.02)


def clear_unfinished(path):
    """Delete what a crash left half written."""
    for part in path.parent.glob(f"{path.stem}-*.part"):
        try:
            if time.time() - part.stat().st_mtime > STALE:
                part.unlink()
        except OSError:
            continue


def short(text):
    """Return a text no longer than is kept; None stays None."""
    return None if text is None else str(text)[:LONGEST]


MINE = Logbook(COURSE / "my" / "progress.json")
