"""Start the course, or test it. Nothing has to be installed by hand.

    python3 start.py                  set up (the first time) and open JupyterLab on the first notebook
    python3 start.py --no-browser     the same, but only print the address
    python3 start.py --port 8899      the same, on a port of your choice
    python3 start.py test             check everything that must hold; also: test lint units ...

Only the standard library is used, and nothing newer than Python 3.6 can read: an old Python shall
say in one sentence what to do, not show a SyntaxError.
"""

import argparse
import errno
import hashlib
import importlib.util
import json
import os
import queue
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
FIRST_NOTEBOOK = "notebooks/00_start_here.ipynb"
OLDEST_PYTHON = (3, 11)
ON_WINDOWS = os.name == "nt"
COMMAND = "py start.py" if ON_WINDOWS else "python3 start.py"

# What each way of starting installs. The tests' list includes the learner's.
LEARNER, TESTS = "requirements.txt", "requirements-test.txt"
INCLUDED = {LEARNER: [LEARNER], TESTS: [LEARNER, TESTS]}

# JupyterLab's own look at its news feed and for a newer version: off, so that nothing leaves the machine.
LAB_SETTINGS = {
    "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False},
}

DISK_FULL = "The disk is full: free about 1 GB, then run `{command}` again."
NOT_WRITABLE = (
    "The folder {root} cannot be written to: move the course into a folder of your own, or close the"
    " program that holds it, then run `{command}` again."
)
NO_NETWORK = (
    "The packages could not be downloaded: connect to the internet (only the first start needs it),"
    " then run `{command}` again; details are in {log}."
)
NO_TRUST = (
    "The network answers with a certificate that Python does not trust (often a company proxy): ask for the"
    " proxy's settings or use another network, then run `{command}` again; details are in {log}."
)
NO_PACKAGE = (
    "A package does not exist for Python {python} on this kind of machine: install Python 3.12, run start.py"
    " with it, and it sets up anew; details are in {log}."
)
NO_VENV = (
    "This Python has no venv module: install it (on Debian and Ubuntu:"
    " `sudo apt install python{python}-venv`), then run `{command}` again."
)
PORT_TAKEN = (
    "Port {port} cannot be used on this machine: choose another, or leave --port away and run `{command}`,"
    " which finds a free one."
)
LAB_ENDED = "JupyterLab ended by itself: run `{command}` again; if it stays so, delete the folder .venv first."
UNKNOWN = "The set-up stopped: run `{command}` once more, and if it stops again, ask for help with the file {log}."

# What pip and venv print when something goes wrong, most telling first.
SIGNS = [
    (r"No space left on device|Errno 28\b|not enough space on the disk|Disk quota exceeded", DISK_FULL),
    (r"CERTIFICATE_VERIFY_FAILED", NO_TRUST),
    (r"ensurepip is not available|No module named '?(venv|ensurepip)", NO_VENV),
    (r"Permission denied|Errno 13\b|WinError 5\b|WinError 32\b|Read-only file system", NOT_WRITABLE),
    (
        r"NewConnectionError|NameResolutionError|ConnectTimeout|ReadTimeout|ProxyError|ConnectionReset",
        NO_NETWORK,
    ),
    (r"ProtocolError|IncompleteRead|Connection aborted|from versions: none", NO_NETWORK),
    (r"No matching distribution found", NO_PACKAGE),
]


class Problem(Exception):
    """Something that the person at the keyboard can mend; the text says how, in one sentence."""


def sentence(template, **details):
    """Fill in what all the sentences may mention."""
    version = "%d.%d" % sys.version_info[:2]
    return template.format(command=COMMAND, root=ROOT, log=log_path(), python=version, **details)


def log_path():
    """Return where the output of venv and pip goes: beside the environment, which may be cleared."""
    return ROOT / ".venv-install.log"


def check_python(version=None):
    """Refuse a Python that is too old for the packages."""
    version = tuple(version or sys.version_info)[:2]
    if version < OLDEST_PYTHON:
        raise Problem(
            "This is Python %d.%d, and the course needs Python %d.%d or newer: install one from"
            " python.org/downloads, then run start.py with it (for example `python3.12 start.py`)."
            % (version + OLDEST_PYTHON)
        )


# --- the environment -------------------------------------------------------------------------------


def venv_python():
    """Return the environment's own Python."""
    return VENV / ("Scripts/python.exe" if ON_WINDOWS else "bin/python")


def fingerprint(requirements):
    """Return what an environment must have been made from to be up to date."""
    digest = hashlib.sha256(("python %d.%d" % sys.version_info[:2]).encode())
    for name in INCLUDED[requirements]:
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()


def stamp_path(requirements):
    """Return the file that says which requirements the environment holds."""
    return VENV / (requirements + ".installed")


def unfinished_path():
    """Return the file that is there while packages are being unpacked, and stays if that is cut off."""
    return VENV / "unfinished"


def runs(*command):
    """Tell whether a command can be started and ends well."""
    try:
        return subprocess.call(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) == 0
    except OSError:
        return False


def is_ready(requirements):
    """Tell whether the environment holds these requirements and works."""
    try:
        stamp = stamp_path(requirements).read_text()
    except OSError:
        return False
    return stamp == fingerprint(requirements) and runs(str(venv_python()), "-c", "")


def is_sound():
    """Tell whether packages can be installed into the environment as it is."""
    if unfinished_path().exists():
        return False
    asked = "import pip, sys; sys.exit(sys.version_info[:2] != (%d, %d))" % sys.version_info[:2]
    return runs(str(venv_python()), "-c", asked)


def prepare(requirements):
    """Make the environment hold these requirements, and return its Python."""
    if not is_ready(requirements):
        progress = Progress("Setting up")
        if not is_sound():
            make_venv(progress)
        install(requirements, progress)
        progress.end("done, in %d s" % progress.seconds())
    return str(venv_python())


def make_venv(progress):
    """Make an empty environment; a broken one is cleared first."""
    if importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
        raise Problem(sentence(NO_VENV))
    progress.show("making the folder .venv")
    follow([sys.executable, "-m", "venv", "--clear", str(VENV)], progress, lambda line: None)


def install(requirements, progress):
    """Let pip install the requirements; the stamp is written last, so that half a set-up never counts."""
    if stamp_path(requirements).exists():
        stamp_path(requirements).unlink()
    progress.show("asking for the packages")
    follow(pip_command(requirements), progress, PipReader(progress).read)
    write_lab_settings()
    for name in INCLUDED[requirements]:
        stamp_path(name).write_text(fingerprint(name))
    if unfinished_path().exists():
        unfinished_path().unlink()


def pip_command(requirements):
    """Return pip's command line. Wheels only: a missing one shows at once, not in a failed compilation."""
    quiet = ["--no-input", "--disable-pip-version-check", "--progress-bar", "off", "--no-color"]
    wanted = ["--only-binary", ":all:", "-r", str(ROOT / requirements)]
    return [str(venv_python()), "-m", "pip", "install", *quiet, *wanted]


def write_lab_settings():
    """Put the course's JupyterLab settings where they hold for this environment only."""
    folder = VENV / "share" / "jupyter" / "lab" / "settings"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "overrides.json").write_text(json.dumps(LAB_SETTINGS, indent=2))


class PipReader:
    """Turns what pip prints into a few words on how far it is."""

    def __init__(self, progress):
        self.progress = progress
        self.packages = 0

    def read(self, line):
        """Take one line of pip's output."""
        if re.match(r"(Collecting|Processing|Requirement already satisfied)\b", line):
            self.packages += 1
            self.progress.show("finding the packages", "%d so far" % self.packages)
        elif re.match(r"\s+Downloading ", line):
            self.progress.show("finding the packages", "%d so far, %s" % (self.packages, line.split()[1][:40]))
        elif line.startswith("Installing collected packages"):
            unfinished_path().write_text("An installation began here and did not end.")
            self.progress.show("unpacking %d packages" % (line.count(",") + 1))
        elif "Retrying" in line:
            self.progress.show("no answer from the network, trying again")


class Progress:
    """One line that renews itself in a terminal; elsewhere a plain line for each new step."""

    def __init__(self, title, stream=None):
        self.title = title
        self.stream = stream or sys.stdout
        self.began = time.time()
        self.step = self.detail = ""

    def seconds(self):
        """Return how long it has taken so far."""
        return time.time() - self.began

    def show(self, step, detail=""):
        """Say which step this is, and in a terminal how far it is."""
        is_new = step != self.step
        self.step, self.detail = step, detail
        if self.stream.isatty():
            self.tick()
        elif is_new:
            self.write("%s: %s\n" % (self.title, step))

    def tick(self):
        """Renew the line of a terminal, so that the seconds are seen to go on."""
        if self.stream.isatty():
            text = "%s (%d s): %s" % (self.title, self.seconds(), self.step)
            self.write("\r" + self.fit(text + (", " + self.detail if self.detail else "")))

    def end(self, text):
        """Close the line."""
        line = "%s: %s" % (self.title, text)
        self.write("\r%s\n" % self.fit(line) if self.stream.isatty() else line + "\n")

    def fit(self, text):
        """Return the text at the width of the terminal, so that it covers the one before."""
        width = shutil.get_terminal_size().columns - 1
        return text[:width].ljust(width)

    def write(self, text):
        """Write at once."""
        self.stream.write(text)
        self.stream.flush()


def follow(command, progress, read):
    """Run a command, hand each line of its output to `read` and to the log, and say why it failed."""
    lines = queue.Queue()
    process = subprocess.Popen(command, cwd=str(ROOT), stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    threading.Thread(target=collect_lines, args=(process.stdout, lines), daemon=True).start()
    said = []
    try:
        with open(str(log_path()), "w", encoding="utf-8") as log:
            for line in arriving(lines, progress):
                said.append(line)
                log.write(line)
                read(line)
    except BaseException:
        process.kill()
        raise
    finally:
        code = process.wait()
    if code:
        raise Problem(explain_failure("".join(said)))


def collect_lines(stream, lines):
    """Put a stream's lines into a queue, and None after the last."""
    for line in stream:
        lines.put(line.decode("utf-8", "replace"))
    lines.put(None)


def arriving(lines, progress):
    """Yield the lines of a queue as they come; the clock in the terminal goes on meanwhile."""
    while True:
        try:
            line = lines.get(timeout=1)
        except queue.Empty:
            progress.tick()
            continue
        if line is None:
            return
        yield line


def explain_failure(output):
    """Return the sentence for what venv or pip printed before it gave up."""
    for sign, template in SIGNS:
        if re.search(sign, output):
            return sentence(template)
    return sentence(UNKNOWN)


# --- JupyterLab ------------------------------------------------------------------------------------


def check_port(port):
    """Refuse a port that something else listens on."""
    with socket.socket() as probe:
        if not ON_WINDOWS:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except (OSError, OverflowError):
            raise Problem(sentence(PORT_TAKEN, port=port)) from None


def lab_command(python, port=None, browser=True):
    """Return JupyterLab's command line: it keeps its token and listens on this machine only.

    Which notebooks are open is kept with the course, or tabs of other folders would come back here.
    """
    command = [python, "-m", "jupyterlab", "-y", "--ServerApp.log_level=ERROR", "--LabApp.log_level=ERROR"]
    command += ["--ServerApp.root_dir=" + str(ROOT), "--LabApp.default_url=/lab/tree/" + FIRST_NOTEBOOK]
    command += ["--ServerApp.ip=127.0.0.1", "--LabApp.extension_manager=readonly"]
    command += ["--LabApp.workspaces_dir=" + str(VENV / "workspaces")]
    if port is not None:
        command += ["--ServerApp.port=%d" % port, "--ServerApp.port_retries=0"]
    if not browser:
        command += ["--no-browser"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        command += ["--allow-root"]
    return command


def open_course(options):
    """Open JupyterLab on the first notebook and stay until it ends."""
    if options.port is not None:
        check_port(options.port)
    python = prepare(LEARNER)
    print("JupyterLab opens the first notebook. Press Ctrl-C here to end it.", flush=True)
    code = attend(lab_command(python, options.port, options.browser))
    if code:
        raise Problem(sentence(LAB_ENDED))
    return 0


def attend(command):
    """Run a program until it ends or Ctrl-C ends it, and return its exit code (0 for Ctrl-C)."""
    process = subprocess.Popen(command, cwd=str(ROOT))
    try:
        return process.wait()
    except KeyboardInterrupt:
        stop(process)
        return 0


def stop(process):
    """End a program gently, then firmly; a second Ctrl-C is no reason to leave it behind."""
    for end in (process.terminate, process.kill):
        try:
            end()
            process.wait(timeout=10)
            return
        except (subprocess.TimeoutExpired, KeyboardInterrupt):
            continue


def run_tests(options):
    """Run the stages of the tests and return their exit code."""
    python = prepare(TESTS)
    return attend([python, str(ROOT / "tests" / "stages.py"), *options.stages])


# --- the command line ------------------------------------------------------------------------------


def read_arguments(arguments):
    """Return what was asked for."""
    parser = argparse.ArgumentParser(prog=COMMAND, description="Start the course, or test it.")
    parser.add_argument("--no-browser", dest="browser", action="store_false", help="only print the address")
    parser.add_argument("--port", type=int, help="the port JupyterLab listens on (default: a free one)")
    parser.set_defaults(run=open_course)
    test = parser.add_subparsers(metavar="[test]").add_parser("test", help="check everything that must hold")
    test.add_argument("stages", nargs="*", help="only these: lint, units, notebooks, browser; or oldest")
    test.set_defaults(run=run_tests)
    return parser.parse_args(arguments)


def explain_os_error(error):
    """Return the sentence for an error of the operating system."""
    if error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)):
        return sentence(DISK_FULL)
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return sentence(NOT_WRITABLE)
    return "%s: mend that, then run `%s` again." % (error, COMMAND)


def interrupt(number, frame):
    """Treat a request to end like Ctrl-C, so that JupyterLab ends too."""
    raise KeyboardInterrupt


def main(arguments=None):
    """Do what the command line asks for; return the exit code."""
    try:
        check_python()
        signal.signal(signal.SIGTERM, interrupt)
        options = read_arguments(arguments)
        return options.run(options)
    except Problem as problem:
        complaint = str(problem)
    except OSError as error:
        complaint = explain_os_error(error)
    except KeyboardInterrupt:
        complaint = "Stopped: run `%s` again to go on." % COMMAND
    print("\n" + complaint, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
