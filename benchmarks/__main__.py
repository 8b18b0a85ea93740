"""Run the benchmarks of this folder, all or those named: each module has a function `main` that prints its table."""

import importlib
import os
import pkgutil
import sys
import tempfile

for variable in ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS"):
    os.environ.setdefault(variable, "1")  # read when NumPy is imported, so before any benchmark is

my = tempfile.TemporaryDirectory(prefix="my-")  # the learner's picture and progress take no part
os.environ["COURSE_MY"] = my.name

there = sorted(found.name for found in pkgutil.iter_modules([os.path.dirname(__file__)]) if found.name[0] != "_")
for module in there:
    if module in (sys.argv[1:] or there):
        importlib.import_module(f"benchmarks.{module}").main()
