"""Lead a notebook to the real package `helpers`, one folder up.

A notebook runs in its own folder, however Jupyter was started: by start.py, by a bare `jupyter lab`, on
Binder, in VS Code, in a browser's Python, by the tests. So `import helpers` finds this file first. It puts
the course's folder in front of Python's search path and lets the package itself take its place. Nothing
has to be installed, built or repeated in the notebooks for that, and the course's folder may be moved.
"""

import importlib
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
del sys.modules[__name__]
importlib.import_module(__name__)
