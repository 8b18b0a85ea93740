"""The browser's arithmetic, words and code (stage/web) against floor 1, on random cases."""

import itertools
import re
import subprocess

import numpy as np
import pytest

from cases import ARGUMENTS, NEVER_REFUSE, Chance, case, magnitude, outcome
from helpers.engine.operations import OPERATIONS, PICTURES, VECTORS
from helpers.engine.printing import fill, numpy_code, torch_code
from helpers.engine.recipe import call, step, step_by
from helpers.engine.wording import number, say
from helpers.stage import settings as make
from helpers.stage.carrier import LOADER, MODULES, Carrier
from helpers.stage.modules import joined, packed
from helpers.stage.stage import Stage
from parity import ask, close, numpys

CASES = 100  # of each operation

# --- operations


def written_out(operation, settings):
    """Return a recipe with its arguments written into it; only pictures, and the layers of a sketch, are named."""
    plain = {name: one.tolist() if isinstance(one, np.ndarray) else one for name, one in settings.items()}
    named = {name: f"${name}" for name in settings if name in (*PICTURES, *VECTORS, "layers")}
    return [step("outcome", operation, **plain | named)]


@pytest.fixture(scope="session")
def browser_outcomes(node):
    """Return what the browser makes of every case, an array or a sentence, by operation and number.

    The first twenty of each operation are asked twice: by "written out" too, with the arguments in the recipe.
    """
    questions = {}
    for operation, i in itertools.product(ARGUMENTS, range(CASES)):
        recipe, settings = case(operation, i)
        questions[operation, i] = {"ask": "evaluate", "recipe": recipe, "settings": settings}
        if i < 20:
            questions["written out", operation, i] = questions[operation, i] | {
                "recipe": written_out(operation, settings)
            }
    return dict(zip(questions, ask(node, [*questions.values()]), strict=True))


def test_there_are_enough_cases(browser_outcomes):
    asked = [name for name in browser_outcomes if name[0] in OPERATIONS]
    assert len(asked) == CASES * len(OPERATIONS) >= 2000


@pytest.mark.parametrize("operation", OPERATIONS)
def test_operation_is_numpys(operation, browser_outcomes):
    for i in range(CASES):
        _, settings = case(operation, i)
        expected, answer = outcome(operation, settings), browser_outcomes[operation, i]
        again = f"cases.case({operation!r}, {i}): {settings}\nbrowser: {answer}\nNumPy: {expected!r}"
        assert close(answer.get("outcome", answer), expected, magnitude(*settings.values())), again


@pytest.mark.parametrize("operation", OPERATIONS)
def test_cases_are_answered_and_refused(operation):
    outcomes = [outcome(operation, case(operation, i)[1]) for i in range(CASES)]
    refused = sum(isinstance(one, str) for one in outcomes)
    assert CASES - refused >= 50
    assert (refused == 0) if operation in NEVER_REFUSE else (refused >= 3)


@pytest.mark.parametrize("operation", OPERATIONS)
def test_arguments_can_be_written_into_the_recipe(operation, browser_outcomes):
    for i in range(20):
        _, settings = case(operation, i)
        expected, answer = outcome(operation, settings), browser_outcomes["written out", operation, i]
        if not isinstance(expected, str):
            mine = answer.get("outcome", answer)
            assert close(mine, expected, magnitude(*settings.values())), (operation, i, settings, mine)


BYTES = np.random.default_rng(13).integers(0, 256, (40, 50, 4), dtype=np.uint8)


@pytest.mark.parametrize(
    ("operation", "settings"),
    [("composite", {"rgba": BYTES, "background": [255, 255, 255]}), ("rgb_to_hsv", {"rgb": BYTES[:, :, :3]})],
)
def test_what_may_be_wrapped_next_is_the_same_to_the_last_bit(operation, settings, node):
    recipe = [step("outcome", operation, **{name: f"${name}" for name in settings})]
    [answer] = ask(node, [{"ask": "evaluate", "recipe": recipe, "settings": settings}])
    mine = np.float32(answer["outcome"]["data"]).reshape(40, 50, 3)
    exact = 1 if operation == "rgb_to_hsv" else 3  # hue is an angle; saturation and value only run into limits
    np.testing.assert_array_equal(mine[:, :, :exact], outcome(operation, settings)[:, :, :exact])


# --- recipes

BLURRED_THEN_POOLED = [
    step("padded", "pad2d", image="$picture", padding="$padding", mode="reflect"),
    step("blurred", "convolve2d", image="$padded", kernel="$kernel", stride="$stride"),
    step_by(
        "pooled",
        "how",
        **{
            "largest": call("max_pool2d", images="$blurred", kernel_size="$size"),
            "true": call("avg_pool2d", images="$blurred", kernel_size="$size"),
            "2": call("take_every", image="$padded", step="$size"),
        },
    ),
]
KERNEL = np.array([[1, -2, 0.5], [0, 3, -1]])
PICTURE = np.arange(7 * 9 * 3, dtype=np.uint8).reshape(7, 9, 3)
SETTINGS = {"picture": PICTURE, "kernel": KERNEL, "padding": 1, "stride": 2, "size": 2, "how": "largest"}


def asked_again(node, changes):
    """Return what the browser makes of changed settings, having worked out others before."""
    question = {"ask": "again", "recipe": BLURRED_THEN_POOLED, "settings": SETTINGS, "changes": changes}
    [answer] = ask(node, [question])
    return answer


@pytest.mark.parametrize(
    ("changes", "anew"),
    [
        ({}, []),
        ({"size": 1}, ["pooled"]),
        ({"how": True}, ["pooled"]),
        ({"how": 2}, ["pooled"]),
        ({"stride": 3}, ["blurred", "pooled"]),
        ({"kernel": KERNEL.copy()}, []),
        ({"kernel": KERNEL.reshape(3, 2)}, ["blurred", "pooled"]),
        ({"padding": 2}, ["padded", "blurred", "pooled"]),
    ],
)
def test_only_what_changed_is_worked_out_again(changes, anew, node):
    answer, expected = asked_again(node, changes), numpys(BLURRED_THEN_POOLED, SETTINGS | changes)
    assert answer["anew"] == anew
    for name in ("padded", "blurred", "pooled"):
        assert close(answer["outcomes"][name], expected[name], 255)


@pytest.mark.parametrize(
    ("changes", "refused", "sentence"),
    [
        ({"padding": 7}, 3, "reflect padding of 7 is too much for a 7x9 image; use at most 6"),
        ({"stride": 0}, 2, "the stride must be at least 1, not 0"),
        ({"size": 9}, 1, "a 9x9 window does not fit into a 4x5 image; add at least 3 of padding"),
        ({"how": "least"}, 1, "how cannot be 'least'; choose one of 2, largest, true"),
    ],
)
def test_sentence_stands_for_every_step_that_needs_the_refused_one(changes, refused, sentence, node):
    answer = list(asked_again(node, changes)["outcomes"].values())
    assert answer[-refused:] == [sentence] * refused
    assert not any(isinstance(one, str) for one in answer[:-refused])
    assert numpys(BLURRED_THEN_POOLED, SETTINGS | changes) == sentence


# --- words and code


def some_numbers():
    """Return numbers of all sizes: ties, negatives, whole ones, tiny and huge ones."""
    rng = np.random.default_rng(8)
    parts = [i + part for i in range(0, 120, 7) for part in (0.005, 0.125, 0.05, 0.25, 0.5)]
    huge = [10.0**power for power in range(-320, 309, 9)]
    edges = [0.0, -0.0, 0.004999, 0.005, -0.005, 9.994, 9.995, 9.99500001, 99.95, 99.94999, 999.5]
    edges += [5e-324, 1.7e308, 2.0**53 + 2, 1e21, 123456789012345680000.0, 1.5e300]
    random = rng.normal(size=300) * 10.0 ** rng.integers(-6, 22, 300)
    return [*parts, *(-part for part in parts), *huge, *edges, *random.tolist(), *range(-12, 13)]


def test_numbers_are_written_alike(node):
    numbers = [*some_numbers(), float("inf"), -float("inf"), float("nan")]
    answers = ask(node, [{"ask": "number", "value": value} for value in numbers])
    for value, answer in zip(numbers, answers, strict=True):
        assert answer == number(value), value


FACTS = [f"result.{fact}" for fact in ("rows", "columns", "channels", "count", "min", "max", "sum")]


def some_values(chance):
    """Return settings and an array, as a sentence may name them."""
    return {
        "stride": chance.one(0, 1, 2, -3),
        "ratio": chance.one(0.5, 2.0, -0.125, 1e9, 0.30000000000000004),
        "on": chance.one(True, False),
        "space": chance.one("gray", "stride", "it\u2019s", "", "true", "2"),
        "gray": chance.one(0, 1),
        "result": chance.picture(),
    }


def some_sentence(chance):
    """Return a sentence with places for numbers."""
    words = "{stride} {=ratio} {on} {space} {Stride} {} {no-place} 50% é plain".split()
    places = [f"{{{chance.one('', '=')}{fact}}}" for fact in FACTS]
    return " ".join(chance.one(*words, *places) for _ in range(4))


def some_condition(chance):
    """Return a condition on a number, a switch or a word."""
    sign = chance.one("==", "!=", "<=", ">=", "<", ">")
    other = chance.one("0", "2", "-0.125", "1e3", "stride", "result.rows", "ratio", "2 * stride")
    figure = f"{chance.one('stride', 'ratio', *FACTS)} {sign} {other}"
    word = f"space {chance.one('==', '!=')} {chance.one('gray', 'stride', 'true', '2')}"
    switch = f"on {chance.one('==', '!=')} {chance.one('true', 'false')}"
    return chance.one(figure, figure, word, switch, "")


def test_sentences_are_filled_alike(node):
    chance = Chance(9)
    texts = [some_sentence(chance) for _ in range(100)]
    texts += [[[some_condition(chance), some_sentence(chance)] for _ in range(3)] for _ in range(300)]
    known = [some_values(chance) for _ in texts]
    both = list(zip(texts, known, strict=True))
    answers = ask(node, [{"ask": "say", "text": text, "values": values} for text, values in both])
    for (text, values), answer in zip(both, answers, strict=True):
        assert answer == say(text, values), (text, values)


def test_large_numbers_and_those_of_a_row_are_said_alike(node):
    numbers = [999_999, 1e6, -2_661_336, 14_837_243_904, 999_600_000, 3.2e14, 1e15]
    values = {"x": np.array(numbers[:1] + [0.5]), **dict(zip("abcdefg", numbers, strict=True))}
    text = "{x.0} {x.1} {a} {b} {c} {d} {e} {f} {g}"
    assert ask(node, [{"ask": "say", "text": text, "values": values}]) == [say(text, values)]


def some_literals(chance):
    """Return values of every kind that a setting can have."""
    words = ["", "zero", 'say "hi"', "back\\slash", "two\nlines\ttab", "é \u2212 \U0001f600", "it's"]
    arrays = [chance.array(*chance.size(4), *depth, low=-2, high=2) for depth in [()] * 60 + [(3,)] * 20]
    tiny = np.array([[2.0**power, -(10.0**power), 10.0**power / 3] for power in range(-30, 30)])
    lists = [[1, -0.5, True], [], [255, 0, 12]]
    return [*some_numbers(), *words, *arrays, tiny, np.array([[0.1, 1 / 9]]), *lists, True, False, None]


def test_values_are_written_as_code_alike(node):
    values, parts = some_literals(Chance(10)), [{"setting": "it"}]
    answers = ask(node, [{"ask": "fill", "parts": parts, "values": {"it": value}} for value in values])
    for value, answer in zip(values, answers, strict=True):
        assert answer == fill(parts, {"it": value}), value


def code_of(printer, recipe, settings):
    """Return the parts of a recipe's code, and the values that go into them."""
    arrays = [name for name, one in settings.items() if isinstance(one, np.ndarray) and name not in PICTURES]
    pictures = [name for name, one in settings.items() if isinstance(one, np.ndarray) and name in PICTURES]
    scalars = [name for name in settings if name not in [*pictures, *arrays]]
    values = settings | {f"{name}_source": f"given[{name!r}]" for name in pictures}
    return printer(recipe, scalars, arrays, pictures), values


@pytest.mark.parametrize("printer", [numpy_code, torch_code])
def test_code_is_filled_alike(printer, node):
    filled = [code_of(printer, *case(operation, i)) for operation in OPERATIONS for i in range(4)]
    for how in ("largest", True, 2, "least"):
        filled.append(code_of(printer, BLURRED_THEN_POOLED, SETTINGS | {"how": how}))
    answers = ask(node, [{"ask": "fill", "parts": parts, "values": values} for parts, values in filled])
    assert answers == [fill(parts, values) for parts, values in filled]


# --- the module


def test_the_joined_module_is_whole(node, tmp_path):
    module = tmp_path / "module.mjs"
    module.write_text(joined(*MODULES), "utf8")
    done = subprocess.run([node, "--check", str(module)], capture_output=True, timeout=60)
    assert done.returncode == 0, done.stderr.decode()
    assert not re.search(r"^\s*import\b", module.read_text("utf8"), re.MULTILINE)


def test_the_module_travels_once_a_notebook():
    first, second = (Stage({"count": make.slider(1, 0, 2)}, []) for _ in range(2))
    assert first.engine is second.engine is Carrier.of_this_notebook()
    assert first.engine.text == packed(joined(*MODULES))
    assert len(Stage._esm) < 2_000
    assert len(first.engine.text) < 120_000


def test_a_carrier_that_was_closed_gets_a_successor():
    before = Carrier.of_this_notebook()
    before.close()
    assert Carrier.of_this_notebook() is not before
    assert Carrier.of_this_notebook().text == before.text


def test_a_packed_module_is_the_module(node, tmp_path):
    as_data = "import('data:text/javascript,' + encodeURIComponent(text))"
    lines = LOADER.split("const dress")[0].replace("import(url)", as_data)
    text = packed('export default { words: "\u2212 1 \u00b7 2" };')
    module = tmp_path / "module.mjs"
    module.write_text(f"{lines}console.log(JSON.stringify((await unpack({text!r})).default));", "utf8")
    done = subprocess.run([node, str(module)], capture_output=True, timeout=60)
    assert done.stdout.decode() == '{"words":"\u2212 1 \u00b7 2"}\n', done.stderr.decode()
