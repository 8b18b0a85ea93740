"""The learner's progress, in a small file on this machine. Nothing leaves it.

What happens is appended to the file, one line each, and added up when it is read. So several notebooks may write at a
time, and nothing that was written is ever written again. A file that is not ours is set aside under another name.
Earlier versions of the course kept one whole progress in `progress.json`: where there is one, the lines go on from it.
"""

import json
import os
import threading
from pathlib import Path

from helpers import mine
from helpers.exercises.events import add, event, events, line

try:
    import msvcrt  # only Windows has it
except ImportError:
    msvcrt = None

FORMAT, VERSION = "image recognition course: progress", 1
PARTS = ("predictions", "exercises", "quiz")
LARGEST = 2_000_000  # bytes; a progress has a few thousand
MOST_LINES = 20_000_000  # bytes of all the lines; an hour of learning has a few thousand
FAR = 2**30  # the place that is locked on Windows: no line is ever there

SET_ASIDE = "The file {name} could not be read as your progress; it was set aside as {aside}, and a new one begins."
NOT_WRITABLE = "Your progress cannot be written to {folder}: it is kept until this notebook's kernel ends."
NOT_READABLE = "Your progress in {folder} cannot be read: it is kept until this notebook's kernel ends."


class Logbook:
    """What was predicted, attempted and solved, by lesson and name ("01/crop").

    Parameters
    ----------
    folder : Path, optional
        Where the file is; it need not be there yet. Left out: the folder of the learner's things.
    """

    def __init__(self, folder=None):
        self._folder = folder
        self.memory = None  # the progress, where it cannot be written
        self.notices = []
        self.watchers = []
        self.lock = threading.RLock()

    def __repr__(self):
        """Return the same text on every machine."""
        return f"Logbook({self.path.name!r})"

    @property
    def path(self):
        """Return the file of lines."""
        return Path(self._folder or mine.folder()) / "progress.jsonl"

    @property
    def earlier(self):
        """Return the file that an earlier version of the course wrote."""
        return self.path.with_suffix(".json")

    # -- what happens

    def predicted(self, key, answer, right):
        """Note a prediction; the answer is None if the learner wanted to see first. The first one counts."""
        self._note(event("predicted", key, answer=answer, right=bool(right)))

    def tried(self, key, solved, diagnosis):
        """Note an attempt at an exercise, and what it looked like."""
        self._note(event("tried", key, solved=bool(solved), diagnosis=diagnosis))

    def opened(self, key, part):
        """Note that a hint or the solution was opened."""
        self._note(event("opened", key, what=part))

    def answered(self, key, answer, right):
        """Note an answer to a question of the quiz."""
        self._note(event("answered", key, answer=answer, right=bool(right)))

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
            if self.memory is None:
                try:
                    return self._add_up()
                except OSError:
                    self._keep_in_memory(blank(), NOT_READABLE)
            return self.memory

    # -- the whole file

    def export(self, path):
        """Write a copy of the progress to another file."""
        path = Path(path)
        if path.exists():
            parse(path.read_bytes())
        mine.write(path, json.dumps(self.read(), ensure_ascii=False, indent=1).encode("utf-8", "replace"))
        return path

    def reset(self):
        """Begin anew; the old files stay as backups, whose paths are returned."""
        with self.lock:
            self.memory = None
            return [rename(path, "backup") for path in (self.path, self.earlier) if path.exists()]

    def forget(self):
        """Go on with nothing known, and write nothing: the files stay as they are."""
        with self.lock:
            self.memory = blank()

    # -- how it is kept

    def _note(self, happened):
        """Keep what happened, in the file or else in memory, and tell those who watch."""
        with self.lock:
            progress = self.read()
            if self.memory is None:
                try:
                    append(self.path, line(happened))
                except OSError:
                    self._keep_in_memory(progress, NOT_WRITABLE)
            if self.memory is not None:
                add(self.memory, happened)
        for tell in [*self.watchers]:
            tell()

    def _add_up(self):
        """Return what the files say; one that is not ours is set aside."""
        progress = self._read_file(self.earlier, parse, blank())
        for happened in self._read_file(self.path, events, []):
            add(progress, happened)
        return progress

    def _read_file(self, path, understand, nothing):
        """Return what is in a file, or `nothing` if it is not there or not ours."""
        try:
            if path.stat().st_size > MOST_LINES:
                raise ValueError("too large to be the progress of this course")
            return understand(path.read_bytes())
        except FileNotFoundError:
            return nothing
        except ValueError:
            aside = rename(path, "broken")
        self.notices.append(SET_ASIDE.format(name=path.name, aside=aside.name))
        return nothing

    def _keep_in_memory(self, progress, notice):
        self.memory = progress
        self.notices.append(notice.format(folder=self.path.parent))


def append(path, data):
    """Append to a file in one piece, whoever else appends to it, and see that it has reached the disk."""
    path.parent.mkdir(parents=True, exist_ok=True)
    file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o666)
    try:
        if (
            msvcrt
        ):  # elsewhere the system itself sees that pieces do not overlap; this lock goes when the file is closed
            os.lseek(file, FAR, os.SEEK_SET)
            msvcrt.locking(file, msvcrt.LK_LOCK, 1)
        if os.write(file, data) < len(data):
            raise OSError("no room for the whole line")
        os.fsync(file)
    finally:
        os.close(file)


def rename(path, word):
    """Rename a file to progress-word-1.json, or the next number that is free; return the new path."""
    free = (path.with_name(f"{path.stem}-{word}-{number}{path.suffix}") for number in range(1, 1_000_000))
    aside = next(path for path in free if not path.exists())
    os.rename(path, aside)
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


MINE = Logbook()
