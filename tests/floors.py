"""The floors of the house, as a table: a module imports from its own floor or from below, never upwards."""

import ast
from pathlib import Path

HELPERS = Path(__file__).resolve().parents[1] / "helpers"

# A package stands for all its modules, but for those named with it. Names that are not there yet have their place.
FLOORS = {
    1: "arrays sizes convolution pooling kernels color values positions engine.decoding images digits patterns"
    " neurons surgery libraries drawings strokes backward descent",
    2: "mine layers network sketches training datasets trained experiment fights squeezenet classes elsewhere",
    3: "engine",
    4: "stage",
    5: "exercises",
    6: "lessons",
    7: "explore",
}
FLOOR_OF = {name: floor for floor, names in FLOORS.items() for name in names.split()}
UPSTAIRS = {"engine.pictures", "engine.readiness"}  # they know traits, and what is installed

MODULES = {".".join(path.relative_to(HELPERS).with_suffix("").parts): path for path in HELPERS.rglob("*.py")}
MODULES = {name.removesuffix(".__init__"): path for name, path in MODULES.items() if name != "__init__"}


def imports(path):
    """Yield the full name of everything a file imports, inside functions too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}: write `from helpers...`, not a relative import"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def place(name):
    """Return the entry of FLOORS that a module stands in: "engine.decoding", else "engine"."""
    parts = name.split(".")
    return ".".join(parts[:2]) if ".".join(parts[:2]) in FLOOR_OF else parts[0]


def own_imports(module):
    """Return the places within `helpers` that a module imports from."""
    names = (name.split(".", 1) for name in imports(MODULES[module]))
    return {place(parts[1]) for parts in names if parts[0] == "helpers" and len(parts) > 1}


def floor_of(module):
    """Return the floor of a module."""
    return FLOOR_OF[place(module)]


PLAIN = [module for module in MODULES if floor_of(module) <= 3 and module not in UPSTAIRS]  # need only NumPy and Pillow
