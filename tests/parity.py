"""What the browser says: one Node process answers a list of questions about stage/web (see parity.mjs).

Numbers agree to 1e-5 of the largest magnitude among the arrays of a case: single precision rounds each sum by
its largest term. Sentences agree letter by letter.
"""

import json
import subprocess
from pathlib import Path

import numpy as np

from cases import magnitude
from helpers.engine.recipe import evaluate

TOLERANCE = 1e-5
PROGRAM = Path(__file__).with_name("parity.mjs")


def sent(value):
    """Return a value as JSON takes it, and as parity.mjs reads it."""
    if isinstance(value, np.ndarray):
        dtype = "uint8" if value.dtype == np.uint8 else "float32"
        return {"shape": list(value.shape), "dtype": dtype, "data": value.astype(dtype).ravel().tolist()}
    if isinstance(value, float) and not np.isfinite(value):
        return {"number": {"inf": "Infinity", "-inf": "-Infinity", "nan": "NaN"}[str(value)]}
    if isinstance(value, dict):
        return {name: sent(part) for name, part in value.items()}
    return [sent(part) for part in value] if isinstance(value, list | tuple) else value


def ask(node, questions):
    """Return Node's answers."""
    text = json.dumps(sent(questions)).encode()
    done = subprocess.run([node, str(PROGRAM)], input=text, capture_output=True, timeout=60)
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(done.stdout)


def close(mine, expected, scale):
    """Tell whether an array, or a sentence, that came from the browser is the expected one."""
    if isinstance(mine, str) or isinstance(expected, str) or list(expected.shape) != mine["shape"]:
        return mine == expected
    found = np.array(mine["data"], dtype=np.float64).reshape(expected.shape)  # JSON has no NaN: null stands for it
    there = np.isfinite(expected)
    if not np.array_equal(np.isfinite(found), there):
        return False
    return np.abs(found[there] - expected[there]).max(initial=0) <= TOLERANCE * max(scale, magnitude(expected[there]))


def numpys(recipe, settings):
    """Return what `evaluate` makes of a recipe, or its sentence."""
    try:
        return evaluate(recipe, settings)
    except ValueError as refusal:
        return str(refusal)
