"""A real JupyterLab, started for tests and driven through a page."""

import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import urllib.request

from eventually import eventually

COPIED = ["notebooks", "helpers", "images", "data"]
NOT_COPIED = shutil.ignore_patterns(".ipynb_checkpoints", "__pycache__")

# Every cell is in the page, not only those in view; nothing asks for news or for a newer version.
SETTINGS = {
    "@jupyterlab/notebook-extension:tracker": {"windowingMode": "none"},
    "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False},
}

# The debugger takes up with every kernel, and complains in the console when a page closes meanwhile.
PAGE_CONFIG = {"disabledExtensions": {"@jupyterlab/debugger-extension": True}}

KERNEL_IS_IDLE = """path => {
    const panel = window.jupyterapp?.shell.currentWidget;
    const session = panel?.context?.path === path && panel.context.isReady && panel.sessionContext;
    return session && session.isReady && session.session?.kernel?.status === 'idle';
}"""
RUN_ALL = """seconds => Promise.race([
    window.jupyterapp.commands.execute('notebook:run-all-cells'),
    new Promise((_, reject) => setTimeout(reject, seconds * 1000, new Error('the notebook runs too long'))),
])"""
CELL_ERRORS = """() => {
    const errors = [];
    for (const cell of window.jupyterapp.shell.currentWidget.content.widgets) {
        for (const output of cell.model.toJSON().outputs ?? []) {
            if (output.output_type === 'error') errors.push(`${output.ename}: ${output.evalue}`);
        }
    }
    return errors;
}"""


class Lab:
    """JupyterLab on a copy of the course, on a free port of this machine, behind its own token.

    Tests may change what is in `root`: the checkout is never touched.
    """

    def __init__(self, course, folder):
        self.folder = folder
        self.root = folder / "course"
        for name in COPIED:
            if (course / name).is_dir():
                shutil.copytree(course / name, self.root / name, ignore=NOT_COPIED)
        self.port = free_port()
        self.token = secrets.token_hex(16)
        self.address = f"http://127.0.0.1:{self.port}"
        self.process = None

    def __enter__(self):
        settings = self.folder / "settings"
        write_json(settings / "overrides.json", SETTINGS)
        write_json(self.folder / "jupyter_config_dir" / "labconfig" / "page_config.json", PAGE_CONFIG)
        with open(self.folder / "lab.log", "wb") as log:
            self.process = subprocess.Popen(
                self.command(settings), env=self.environment(), stdout=log, stderr=log, cwd=self.root
            )
        self.wait_until_it_answers()
        return self

    def __exit__(self, *_):
        self.process.terminate()
        try:
            self.process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            self.process.kill()

    def command(self, settings):
        """Return the command line."""
        as_root = ["--allow-root"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
        return [
            *(sys.executable, "-m", "jupyterlab", "--no-browser", "--expose-app-in-browser", *as_root),
            *("--ServerApp.ip=127.0.0.1", f"--ServerApp.port={self.port}", "--ServerApp.port_retries=0"),
            *(f"--ServerApp.root_dir={self.root}", f"--LabApp.app_settings_dir={settings}"),
            "--LabApp.extension_manager=readonly",
        ]

    def environment(self):
        """Return the environment: nothing of the person's own Jupyter settings takes part."""
        own = ["JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR"]
        own += ["JUPYTERLAB_SETTINGS_DIR", "JUPYTERLAB_WORKSPACES_DIR"]
        folders = {name: str(self.folder / name.lower()) for name in own}
        return {**os.environ, **folders, "JUPYTER_TOKEN": self.token, "COURSE_MY": str(self.root / "my")}

    def wait_until_it_answers(self, seconds=60):
        """Wait until the server answers with the token; say what it logged if it does not."""
        if not eventually(self.answers, patience=seconds) or self.process.poll() is not None:
            self.process.kill()
            raise RuntimeError("JupyterLab did not start:\n" + (self.folder / "lab.log").read_text())

    def answers(self):
        """Tell whether the server answers, or has ended and never will."""
        return self.process.poll() is not None or bool(self.ask("api/status"))

    def ask(self, path, method="GET"):
        """Ask the server's own interface and return what it says."""
        headers = {"Authorization": f"token {self.token}"}
        request = urllib.request.Request(f"{self.address}/{path}", headers=headers, method=method)
        with urllib.request.urlopen(request, timeout=20) as answer:
            return json.loads(answer.read() or b"null")

    def shut_down_kernels(self):
        """End the kernels of all notebooks."""
        for session in self.ask("api/sessions"):
            self.ask(f"api/sessions/{session['id']}", method="DELETE")

    def open_notebook(self, page, name, seconds=60):
        """Open a notebook of the folder notebooks/ and wait until its kernel is ready and idle."""
        page.goto(f"{self.address}/lab/tree/notebooks/{name}?token={self.token}&reset")
        self.wait_for_kernel(page, name, seconds)

    def wait_for_kernel(self, page, name, seconds=60):
        """Wait until this notebook is in front, and its kernel is ready and idle."""
        page.wait_for_function(KERNEL_IS_IDLE, arg=f"notebooks/{name}", timeout=seconds * 1000)

    def run_all(self, page, seconds=120):
        """Run all cells, wait until the last one is done, and demand that none raised."""
        page.evaluate(RUN_ALL, seconds)
        errors = page.evaluate(CELL_ERRORS)
        assert not errors, "\n".join(errors)

    def set_theme(self, page, theme):
        """Switch to the theme "light" or "dark"."""
        name = f"JupyterLab {theme.capitalize()}"
        page.evaluate("name => jupyterapp.commands.execute('apputils:change-theme', {theme: name})", name)
        is_light = str(theme == "light").lower()
        page.wait_for_function("value => document.body.dataset.jpThemeLight === value", arg=is_light)
        page.wait_for_selector("#jupyterlab-splash", state="detached")


def write_json(path, content):
    """Write a settings file, and the folders above it."""
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps(content))


def free_port():
    """Return the number of a port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
