"""Run every benchmark of this folder: each module has a function `main` that prints its table."""

import importlib
import os
import pkgutil

for variable in ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS"):
    os.environ.setdefault(variable, "1")  # read when NumPy is imported, so before any benchmark is

for module in sorted(found.name for found in pkgutil.iter_modules([os.path.dirname(__file__)])):
    if module != "__main__":
        importlib.import_module(f"benchmarks.{module}").main()
