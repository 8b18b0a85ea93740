"""start.py: nothing is installed twice, and what goes wrong is one sentence that says what to do."""

import ast
import errno
import io
import socket
import subprocess
import sys
from pathlib import Path

import pytest

import start


class Programs:
    """Stands in for the programs that start.py runs: notes their command lines and prints what it is told."""

    def __init__(self):
        self.commands = []
        self.output = {"venv": "", "pip": "Collecting numpy\nInstalling collected packages: numpy\n"}
        self.failing = set()

    def open(self, command, **_):
        self.commands.append(command)
        name = self.names()[-1]
        if name == "venv":
            start.venv_python().parent.mkdir(parents=True, exist_ok=True)
            start.venv_python().touch()
            start.unfinished_path().unlink(missing_ok=True)
        return Process(self.output.get(name, ""), code=int(name in self.failing))

    def call(self, command, **_):
        """Answer the questions whether the environment's Python starts."""
        return int(not Path(command[0]).exists())

    def names(self):
        """Return what was run, in order: modules by their name, scripts by their path."""
        return [command[2] if command[1] == "-m" else command[1] for command in self.commands]


class Process:
    """Stands in for a running program."""

    def __init__(self, output, code):
        self.stdout = io.BytesIO(output.encode())
        self.code = code

    def wait(self, timeout=None):
        return self.code

    def kill(self):
        pass


@pytest.fixture
def programs(tmp_path, monkeypatch):
    """Put start.py into an empty course folder where it runs no real program."""
    programs = Programs()
    monkeypatch.setattr(start, "ROOT", tmp_path)
    monkeypatch.setattr(start, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(start.subprocess, "Popen", programs.open)
    monkeypatch.setattr(start.subprocess, "call", programs.call)
    (tmp_path / "requirements.txt").write_text("numpy==2.4.6\n")
    (tmp_path / "requirements-test.txt").write_text("-r requirements.txt\npytest==9.2.0\n")
    return programs


def complaint(capsys, *arguments):
    """Run start.py, demand that it fails, and return its one sentence."""
    assert start.main(list(arguments)) == 1
    (text,) = capsys.readouterr().err.strip().splitlines()
    return text


def test_an_old_python_can_read_the_file(root):
    ast.parse((root / "start.py").read_text(encoding="utf-8"), feature_version=(3, 6))


@pytest.mark.parametrize("version", [(3, 6, 15), (3, 10, 13)])
def test_an_old_python_is_told_what_to_do(version):
    with pytest.raises(start.Problem, match=r"This is Python 3\.\d+, and the course needs Python 3\.11 or newer"):
        start.check_python(version)


def test_the_first_start_installs_and_opens_the_notebook(programs):
    assert start.main([]) == 0
    assert programs.names() == ["venv", "pip", "jupyterlab"]
    assert "--LabApp.default_url=/lab/tree/notebooks/00_start_here.ipynb" in programs.commands[-1]


def test_a_second_start_installs_nothing(programs):
    start.main([])
    programs.commands.clear()
    start.main([])
    assert programs.names() == ["jupyterlab"]


def test_the_tests_packages_are_added_to_the_same_environment(programs):
    start.main([])
    programs.commands.clear()
    start.main(["test", "lint"])
    pip, stages = programs.commands
    assert pip[-1].endswith("requirements-test.txt")
    assert stages[1:] == [str(start.ROOT / "tests" / "stages.py"), "lint"]


def test_the_tests_packages_include_the_learners(programs):
    start.main(["test"])
    programs.commands.clear()
    start.main([])
    assert programs.names() == ["jupyterlab"]


def test_a_changed_requirement_is_installed(programs):
    start.main([])
    programs.commands.clear()
    (start.ROOT / "requirements.txt").write_text("numpy==2.5.0\n")
    start.main([])
    assert programs.names() == ["pip", "jupyterlab"]


def test_another_python_counts_as_a_change(programs, monkeypatch):
    before = start.fingerprint(start.LEARNER)
    monkeypatch.setattr(start.sys, "version_info", (3, 99, 0))
    assert start.fingerprint(start.LEARNER) != before


def test_a_cut_off_installation_is_made_anew(programs):
    programs.failing = {"pip"}
    assert start.main([]) == 1
    programs.commands.clear()
    programs.failing = set()
    assert start.main([]) == 0
    assert programs.names() == ["venv", "pip", "jupyterlab"]


def test_a_failure_before_anything_was_unpacked_keeps_the_environment(programs):
    start.main([])
    (start.ROOT / "requirements.txt").write_text("numpy==2.5.0\n")
    programs.failing, programs.output["pip"] = {"pip"}, "from versions: none"
    assert start.main([]) == 1
    assert start.is_sound()


def test_an_environment_whose_python_is_gone_is_made_anew(programs):
    start.main([])
    start.venv_python().unlink()
    programs.commands.clear()
    start.main([])
    assert programs.names() == ["venv", "pip", "jupyterlab"]


@pytest.mark.parametrize(
    ("printed", "told"),
    [
        ("OSError: [Errno 28] No space left on device", "The disk is full: free about 1 GB"),
        ("[WinError 112] There is not enough space on the disk", "The disk is full: free about 1 GB"),
        ("Retrying after NewConnectionError(...)\nNo matching distribution found", "connect to the internet"),
        ("ERROR: Could not find a version (from versions: none)", "connect to the internet"),
        ("SSLError(SSLCertVerificationError('CERTIFICATE_VERIFY_FAILED'))", "a certificate that Python does"),
        ("PermissionError: [Errno 13] Permission denied: 'x'", "cannot be written to"),
        ("(from versions: 2.9)\nNo matching distribution found for numpy", "install Python 3.12"),
        ("something never seen", "ask for help with the file"),
    ],
)
def test_what_pip_says_becomes_a_sentence(programs, capsys, printed, told):
    programs.failing, programs.output["pip"] = {"pip"}, printed
    assert told in complaint(capsys)
    assert printed in start.log_path().read_text()


def test_debians_missing_venv_names_the_package(programs, capsys):
    programs.failing, programs.output["venv"] = {"venv"}, "because ensurepip is not available."
    assert "sudo apt install python3." in complaint(capsys)


def test_a_python_without_venv_is_told_before_anything_runs(programs, capsys, monkeypatch):
    monkeypatch.setattr(start.importlib.util, "find_spec", lambda name: None)
    assert "no venv module" in complaint(capsys)
    assert programs.commands == []


@pytest.mark.parametrize(
    ("number", "told"),
    [(errno.ENOSPC, "The disk is full"), (errno.EACCES, "cannot be written to"), (errno.EIO, "mend that")],
)
def test_an_error_of_the_system_becomes_a_sentence(programs, capsys, monkeypatch, number, told):
    def fail(*_, **__):
        raise OSError(number, "the system says so")

    monkeypatch.setattr(start.subprocess, "Popen", fail)
    assert told in complaint(capsys)


def test_a_port_in_use_is_told_before_anything_runs(programs, capsys):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert f"Port {port} cannot be used" in complaint(capsys, "--port", str(port))
    assert programs.commands == []


def test_a_port_that_does_not_exist_is_told(programs, capsys):
    assert "Port 70000 cannot be used" in complaint(capsys, "--port", "70000")


def test_jupyterlab_listens_on_this_machine_only_and_keeps_its_token(monkeypatch):
    command = start.lab_command("python", port=8899, browser=False)
    assert "--ServerApp.ip=127.0.0.1" in command
    assert {"--ServerApp.port=8899", "--ServerApp.port_retries=0", "--no-browser"} <= set(command)
    assert not any("token" in part or "password" in part for part in command)


def test_ctrl_c_ends_jupyterlab_quietly(monkeypatch):
    class Interrupted(Process):
        ended = False

        def wait(self, timeout=None):
            if not self.ended:
                raise KeyboardInterrupt
            return 0

        def terminate(self):
            self.ended = True

    monkeypatch.setattr(start.subprocess, "Popen", lambda *_, **__: Interrupted("", 0))
    assert start.attend(["jupyterlab"]) == 0


def test_ctrl_c_while_setting_up_says_how_to_go_on(programs, capsys, monkeypatch):
    def interrupt(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(start, "follow", interrupt)
    assert complaint(capsys).startswith("Stopped")


def test_outside_a_terminal_each_step_is_a_line_of_its_own():
    out = io.StringIO()
    reader = start.PipReader(start.Progress("Setting up", out))
    for line in ["Collecting numpy==2.4.6\n", "  Downloading numpy.whl (16 MB)\n", "Collecting pillow\n"]:
        reader.read(line)
    assert out.getvalue() == "Setting up: finding the packages\n"


def test_in_a_terminal_one_line_renews_itself():
    out = io.StringIO()
    out.isatty = lambda: True
    reader = start.PipReader(start.Progress("Setting up", out))
    reader.read("Collecting numpy==2.4.6\n")
    reader.read("Collecting pillow==13.0.0\n")
    assert "\n" not in out.getvalue()
    assert out.getvalue().split("\r")[-1].strip() == "Setting up (0 s): finding the packages, 2 so far"


def test_a_learner_sees_no_traceback(root):
    done = subprocess.run(
        [sys.executable, root / "start.py", "--port", "70000"], capture_output=True, text=True, timeout=30
    )
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.startswith("\nPort 70000 cannot be used")
    assert done.stderr.count("\n") == 2
