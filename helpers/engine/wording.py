"""Words with live numbers in them: how a number is written, and how a sentence is filled.

The browser writes the same numbers and fills the same sentences (stage/web); a test holds the two together.
"""

import operator
import re
from decimal import ROUND_HALF_UP, Context, Decimal

import numpy as np

MINUS = "\N{MINUS SIGN}"
RATE = 4  # the decimals of the smallest number that people write
MANY_DIGITS = Context(prec=400)  # the largest float has 309
COMPARISONS = {
    "==": operator.eq,
    "!=": operator.ne,
    "<=": operator.le,
    ">=": operator.ge,
    "<": operator.lt,
    ">": operator.gt,
}
PLACE = re.compile(r"\{=?([a-z_0-9.]+)\}")
LISTED = 10  # so many numbers of a row can be told one by one: {costs.0}
LARGE = {1e12: "trillion", 1e9: "billion", 1e6: "million"}
AND = " and "
CONDITION = re.compile(r"^([a-z_0-9.]+) (==|!=|<=|>=|<|>) (?:(\d+) \* )?(\S+)$")


def number(value):
    """Write a number with no more digits than help.

    Whole numbers stay whole; others keep two decimals below 10, one below 100, none above. A small number with four
    decimals at most, such as a learning rate, keeps them. The minus is a true one.

    >>> number(-0.125), number(12.34), number(547.0), number(0.003)
    ('−0.13', '12.3', '547', '0.003')
    """
    value = float(value)
    if not np.isfinite(value):
        return "not a number" if np.isnan(value) else ("∞" if value > 0 else MINUS + "∞")
    rate = abs(value) * 10**RATE
    written = 0.5 < rate < 100 and abs(rate - round(rate)) < 1e-6  # by people, and no result
    decimals = RATE if written else 2 if abs(value) < 10 else 1 if abs(value) < 100 else 0
    rounded = Decimal(value).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP, MANY_DIGITS)
    text = f"{rounded:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace("-", "" if float(rounded) == 0 else MINUS)


def facts(name, value):
    """Return what a sentence may say of a value: itself, or the shape and range of an array.

    Of a row of shares also which place is the largest and which the second, and how many percent they have.
    """
    if not isinstance(value, np.ndarray):
        return {name: value}
    known = {f"{name}.rows": value.shape[0], f"{name}.columns": value.shape[1] if value.ndim > 1 else 1}
    known[f"{name}.channels"] = value.shape[2] if value.ndim > 2 else 1
    known[f"{name}.count"] = value.size
    if value.ndim == 1:
        known |= {f"{name}.{place}": one for place, one in enumerate(value[:LISTED])}
    if value.ndim == 1 and value.size > 1:
        first, second = np.argsort(-value, kind="stable")[:2]
        known |= {f"{name}.first": first, f"{name}.percent": 100 * value[first]}
        known |= {f"{name}.second": second, f"{name}.second_percent": 100 * value[second]}
    known |= {f"{name}.min": value.min(), f"{name}.max": value.max(), f"{name}.sum": value.sum(dtype=float)}
    return known


def say(text, values):
    """Fill a sentence: `{stride}` a setting, `{result.rows}` a fact of an array.

    Parameters
    ----------
    text : str or list of (condition, str)
        A list gives the first sentence whose condition ("alpha == 0", or "" for always) holds.
    values : dict
        Settings and arrays by name.

    >>> say("{rows} rows, {x.columns} columns", {"rows": 2, "x": np.zeros((2, 3))})
    '2 rows, 3 columns'
    """
    known = {}
    for name, value in values.items():
        known |= facts(name, value)
    if not isinstance(text, str):
        text = next((sentence for condition, sentence in text if holds(condition, known)), "")
    return PLACE.sub(lambda match: written(known[match.group(1)]), text)


def holds(condition, known):
    """Tell whether a condition such as "alpha == 0" holds, or "alpha == 0 and beta > 1"; an empty one always does.

    A number is compared with a number, with the value of that name or with a multiple of it ("period < 2 * every"), a
    word with the word as it stands: in "space == gray", gray is no setting, even if there is one of that name.
    """
    return all(compares(part, known) for part in condition.split(AND)) if condition else True


def compares(condition, known):
    """Tell whether a single comparison holds."""
    name, sign, times, other = CONDITION.match(condition).groups()
    value = known[name]
    if isinstance(value, bool):
        value = str(value).lower()
    if isinstance(value, str):
        return COMPARISONS[sign](value, other)
    return COMPARISONS[sign](value, int(times or 1) * float(known.get(other, other)))


def written(value):
    """Write a fact: a number as `number` does, a switch as on or off, words as they are."""
    if isinstance(value, bool):
        return "on" if value else "off"
    return value if isinstance(value, str) else large(value)


def large(value):
    """Write a number; from a million on with three digits and a word.

    >>> large(14837243904.0), large(150528)
    ('14.8 billion', '150528')
    """
    value = float(value)
    unit = next((unit for unit in LARGE if unit <= abs(value) < 1e15), None)
    return f"{number(value / unit)} {LARGE[unit]}" if unit else number(value)
