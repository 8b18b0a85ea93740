"""The house keeps its floors: a module imports from its own floor or from below, never upwards."""

import ast
import graphlib
import subprocess
import sys

import pytest

from floors import FLOOR_OF, HELPERS, MODULES, PLAIN, floor_of, imports, own_imports, place

ALLOWED_IN_PLAIN = {*sys.stdlib_module_names, "numpy", "PIL", "helpers"}


@pytest.mark.parametrize("module", MODULES)
def test_a_module_has_a_floor(module):
    assert place(module) in FLOOR_OF, f"give helpers/{module} a place in FLOORS"


@pytest.mark.parametrize("module", MODULES)
def test_a_module_imports_nothing_from_above(module):
    above = {name for name in own_imports(module) if FLOOR_OF[name] > floor_of(module)}
    assert not above, f"floor {floor_of(module)} must not import {above}"


@pytest.mark.parametrize("module", PLAIN)
def test_arrays_and_recipes_need_only_numpy_and_pillow(module):
    outside = {name.split(".")[0] for name in imports(MODULES[module])} - ALLOWED_IN_PLAIN
    assert not outside


@pytest.mark.parametrize("module", MODULES)
def test_nothing_plots_behind_the_learners_back(module):
    assert not any(name.startswith("matplotlib.pyplot") for name in imports(MODULES[module]))


def test_no_modules_import_each_other_in_a_circle():
    graph = {name: set() for name in FLOOR_OF}
    for module in MODULES:
        name = place(module)
        graph[name] |= own_imports(module) - {name}
    graphlib.TopologicalSorter(graph).prepare()


def test_importing_helpers_does_nothing():
    tree = ast.parse((HELPERS / "__init__.py").read_text(encoding="utf-8"))
    assert [type(node) for node in tree.body] == [ast.Expr]


def test_importing_all_of_it_loads_no_large_library():
    script = "import importlib, sys\nfor name in sys.argv[1:]: importlib.import_module(name)\nprint(*sys.modules)"
    command = [sys.executable, "-c", script, *(f"helpers.{module}" for module in MODULES)]
    done = subprocess.run(command, cwd=HELPERS.parent, capture_output=True, text=True, timeout=60, check=True)
    loaded = set(done.stdout.split())
    assert "helpers.explore" in loaded
    assert not loaded & {"matplotlib", "skimage", "scipy"}
