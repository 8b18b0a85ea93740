"""A function that never ends is cut off where there are neither threads nor signals: in a browser's Python, in Node."""

import subprocess
from pathlib import Path

import pytest

from helpers.engine import running
from lite.pyodide_parts import cache_folder

SCRIPT = """
const [folder, helpers] = process.argv.slice(1);
const { readFileSync } = await import("node:fs");
const { loadPyodide } = await import(`file://${folder}/pyodide.mjs`);
const pyodide = await loadPyodide({ indexURL: folder, packageCacheDir: folder });
await pyodide.loadPackage(["numpy"], { messageCallback: () => {} });
pyodide.FS.mkdirTree("/course/helpers/engine");
for (const name of ["running", "limiting", "capturing"]) {
  pyodide.FS.writeFile(`/course/helpers/engine/${name}.py`, readFileSync(`${helpers}/${name}.py`));
}
console.log(pyodide.runPython(readFileSync(0, "utf8")));
"""
PYTHON = """
import sys
import numpy as np

sys.path.insert(0, "/course")
from helpers.engine import running

def pass_forever(image):
    while True: pass

def swallow_everything(image):
    while True:
        try:
            image = image + 1
        except:
            pass

def end(image):
    return image

functions = (pass_forever, swallow_everything, end)
" ".join([sys.platform, *(running.run(one, (np.ones((2, 3)),), 0.3).error or "ends" for one in functions)])
"""


def test_a_function_that_never_ends_is_cut_off_in_a_browsers_python(node):
    folder = cache_folder() / "node_modules" / "pyodide"
    if not folder.is_dir():
        pytest.skip(f"NOT CHECKED in a browser's Python: {folder} is fetched by tests/lite/test_lite.py")
    command = [node, "--input-type=module", "-e", SCRIPT, str(folder), str(Path(running.__file__).parent)]
    done = subprocess.run(command, input=PYTHON, capture_output=True, text=True, timeout=60)
    assert done.stdout.split() == ["emscripten", "time", "time", "ends"], done.stderr
