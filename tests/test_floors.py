"""The floors of the house: a module imports from its own floor or from below, never upwards."""

import ast
import graphlib
import sys
from pathlib import Path

import pytest

HELPERS = Path(__file__).resolve().parents[1] / "helpers"

# A package stands for all its modules. Names that are not there yet have their place already.
FLOORS = {
    1: "arrays sizes convolution pooling kernels color values positions decoding images digits patterns",
    2: "mine operations recipe printing wording running layers network training datasets squeezenet",
    3: "views",
    4: "exercises",
    5: "explore",
}
FLOOR_OF = {name: floor for floor, names in FLOORS.items() for name in names.split()}
TAUGHT = (1, 2)
ALLOWED_IN_TAUGHT = {*sys.stdlib_module_names, "numpy", "PIL", "helpers"}

MODULES = {".".join(path.relative_to(HELPERS).with_suffix("").parts): path for path in HELPERS.rglob("*.py")}
MODULES.pop("__init__")


def imports(path):
    """Yield the full name of everything a file imports, inside functions too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}: write `from helpers...`, not a relative import"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def own_imports(module):
    """Return the top names within `helpers` that a module imports."""
    names = (name.split(".") for name in imports(MODULES[module]))
    return {parts[1] for parts in names if parts[0] == "helpers" and len(parts) > 1}


def floor_of(module):
    """Return the floor of a module, by its first name."""
    return FLOOR_OF[module.split(".")[0]]


@pytest.mark.parametrize("module", MODULES)
def test_a_module_has_a_floor(module):
    assert module.split(".")[0] in FLOOR_OF, f"give helpers/{module} a place in FLOORS"


@pytest.mark.parametrize("module", MODULES)
def test_a_module_imports_nothing_from_above(module):
    above = {name for name in own_imports(module) if FLOOR_OF[name] > floor_of(module)}
    assert not above, f"floor {floor_of(module)} must not import {above}"


@pytest.mark.parametrize("module", [module for module in MODULES if FLOOR_OF.get(module.split(".")[0]) in TAUGHT])
def test_what_learners_read_needs_only_numpy_and_pillow(module):
    outside = {name.split(".")[0] for name in imports(MODULES[module])} - ALLOWED_IN_TAUGHT
    assert not outside


@pytest.mark.parametrize("module", MODULES)
def test_nothing_plots_behind_the_learners_back(module):
    assert not any(name.startswith("matplotlib.pyplot") for name in imports(MODULES[module]))


def test_no_modules_import_each_other_in_a_circle():
    graph = {name: set() for name in FLOOR_OF}
    for module in MODULES:
        name = module.split(".")[0]
        graph[name] |= own_imports(module) - {name}
    graphlib.TopologicalSorter(graph).prepare()


def test_importing_helpers_does_nothing():
    tree = ast.parse((HELPERS / "__init__.py").read_text(encoding="utf-8"))
    assert [type(node) for node in tree.body] == [ast.Expr]
