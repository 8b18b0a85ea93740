"""The Stage as Python sees it: every control of every explorable swept, code that runs, state in and out."""

import inspect
import json
import zlib

import numpy as np
import pytest
import traitlets
from ipywidgets.widgets.widget import _instances
from scipy.signal import convolve2d, correlate2d

from helpers import explore
from helpers.convolution import MODES
from helpers.engine.pictures import Picture
from helpers.engine.recipe import chosen, look_up, step
from helpers.engine.wording import say
from helpers.exercises.lesson import lessons
from helpers.stage import settings as make
from helpers.stage.panels import flow, hatched_ring, panel, room, stack, starts
from helpers.stage.stage import Stage
from parity import ask, close, numpys

# ipywidgets 8.1.0 itself uses what its own foundation has given up.
pytestmark = pytest.mark.filterwarnings("error", "ignore:Deprecated in traitlets 4.1:DeprecationWarning")
EXPLORABLES = {one.__name__: one for one in explore.EXPLORABLES}
RANDOM = np.random.default_rng(11)


def some(*shape):
    """Return a picture of random bytes."""
    return RANDOM.integers(0, 256, shape).astype(np.uint8)


PICTURES = {
    "gray": some(5, 7),
    "RGB": some(6, 4, 3),
    "RGBA": some(4, 6, 4),
    "one gray pixel": some(1, 1),
    "one pixel": some(1, 1, 4),
    "2 x 3": some(2, 3),
    "negative floats": some(3, 5, 3) - 300.25,
}


def made(name, picture):
    """Return an explorable; those that show a picture show this one."""
    takes = inspect.signature(EXPLORABLES[name]).parameters
    return EXPLORABLES[name](picture) if "shown" in takes else EXPLORABLES[name]()


def kinds(stage):
    """Return the pictures' names that an explorable has to be tried with."""
    return list(PICTURES) if "shown" in inspect.signature(EXPLORABLES[stage]).parameters else ["gray"]


EVERYWHERE = [(name, kind) for name in EXPLORABLES for kind in kinds(name)]

# At each place of their controls Python asks a network, many times over: they are tried at fewer places together, and
# control by control with one kind of picture (they make the same square of all).
ASKING = {"surgery", "train", "recognize", "wrong_on_purpose", "looking_at", "fool", "teach"}


def positions(setting):
    """Return where a control can stand: both ends, between, every choice."""
    options = setting.options
    if setting.kind in ("slider", "field"):
        middle = options["low"] + (options["high"] - options["low"]) // (2 * options["step"]) * options["step"]
        return [setting.value, options["low"], middle, options["high"]]
    if setting.kind == "choice":
        return [word for word, _ in options["choices"]]
    if setting.kind == "switch":
        return [True, False]
    if setting.kind == "text":
        return [setting.value, "", "<b>&{picture}" + (options["most"] - 13) * "m"]
    if setting.kind == "color":
        return [[255, 255, 255], [0, 0, 0], [12, 200, 7]]
    if setting.kind == "grid" and not options.get("hidden"):
        ends = [np.full_like(setting.value, end) for end in (options["low"], options["high"]) if end is not None]
        return [setting.value, *ends, *(rows for _, rows in options["presets"])]
    return [setting.value]


def is_control(setting):
    """Tell whether a setting can be moved by a learner, other than a picture."""
    return setting.kind not in ("picture", "constant", "told") and not setting.options.get("hidden")


def controls(stage):
    """Return the positions of each control of a Stage; pictures are another test's, and what is hidden has none."""
    return {name: positions(one) for name, one in stage._settings.items() if is_control(one)}


def run(code, name, picture):
    """Return what code calls by a name; an array that was passed in goes by its own."""
    names = {"your_array": np.array(picture)}
    exec(code, names)
    return names[name]


def texts(spec):
    """Return every text on screen that may hold live numbers, as a text or a list of (condition, text)."""
    yield from (text for _, text in spec["lines"])
    for one in [*spec["panels"], *spec["controls"]]:
        yield from (one[name] for name in ("title", "note") if name in one)
        yield from ([[condition, ""]] for condition in np.ravel(one.get("when") or []))


def assert_well(stage, picture):
    """See that there is a result, which the code makes too, or a sentence, and that the state is plain."""
    result, message = stage.result, stage.message
    if result is None:
        assert message[0].islower() or message[0].isdigit()
        assert " " in message
    else:
        values = stage.values
        assert np.isfinite(result).all()
        assert all(isinstance(say(text, values), str) for text in texts(stage.spec))
        if stage.code:
            mine = run(stage.code, stage.spec["result"], picture)
            np.testing.assert_allclose(mine, result, rtol=1e-5, atol=1e-4)
    assert json.loads(json.dumps(stage.state)) == stage.state


# --- every control


def shuffled(name, count):
    """Yield an explorable over and over with all its controls somewhere, and the picture that it shows."""
    rng = np.random.default_rng(zlib.crc32(name.encode()))
    stages = [(made(name, PICTURES[kind]), PICTURES[kind]) for kind in kinds(name)]
    for i in range(count):
        stage, picture = stages[i % len(stages)]
        with stage.hold_trait_notifications():  # in one message, as from a page
            for setting, values in controls(stage).items():
                setattr(stage, setting, values[rng.integers(len(values))])
        yield stage, picture


@pytest.mark.parametrize(("name", "kind"), EVERYWHERE)
def test_every_control_can_stand_anywhere(name, kind):
    stage = made(name, PICTURES[kind])
    assert_well(stage, PICTURES[kind])
    start = stage.state
    is_swept = name not in ASKING or kind == "RGB" or len(kinds(name)) == 1
    swept = controls(stage) if is_swept else {}
    for setting, values in swept.items():
        for value in values:
            setattr(stage, setting, value)
            assert_well(stage, PICTURES[kind])
        stage.state = start


@pytest.mark.parametrize("name", EXPLORABLES)
def test_controls_can_stand_anywhere_together(name):
    for stage, picture in shuffled(name, 14 if name in ASKING else 60):
        assert_well(stage, picture)


@pytest.mark.parametrize("name", EXPLORABLES)
def test_browser_shows_the_same(name, node):
    shown = [
        (stage.spec, stage._now(), stage.message, numpys(stage._recipe, stage._now()))
        for stage, _ in shuffled(name, 7 if name in ASKING else 28)
    ]
    recipes = [{"ask": "evaluate", "recipe": spec["recipe"], "settings": now} for spec, now, *_ in shown]
    for answer, (spec, now, message, values) in zip(ask(node, recipes), shown, strict=True):
        if isinstance(values, str):  # Python stops at the first step that refuses
            first = next(mine for one in spec["recipe"] if isinstance(mine := answer[one["name"]], str))
            assert first == values == message
            continue
        for one in spec["recipe"]:
            assert close(answer[one["name"]], values[one["name"]], 360), (one, now)


def by_scipy(image, kernel, stride=1, padding=0, mode="zero", flip=False, dilation=1):
    """Slide a kernel over each channel with SciPy: NumPy's padding, a spread kernel, every s-th result."""
    image, kernel = np.atleast_3d(np.asarray(image, float)), np.asarray(kernel, float)
    ring = np.pad(image, [(padding, padding), (padding, padding), (0, 0)], mode=MODES[mode])
    spread = np.zeros([dilation * (size - 1) + 1 for size in kernel.shape])
    spread[::dilation, ::dilation] = kernel
    slide = convolve2d if flip else correlate2d
    maps = [slide(ring[:, :, c], spread, mode="valid")[::stride, ::stride] for c in range(image.shape[2])]
    return np.stack(maps, axis=-1)


def slidings(stage):
    """Return the arguments and the outcome of every convolution on screen; none where a sentence stands there."""
    try:
        values = stage.values
    except ValueError:
        return []
    steps = [(one["name"], chosen(one, values)) for one in stage._recipe]
    return [
        ({name: look_up(argument, values) for name, argument in call["arguments"].items()}, values[name_of_step])
        for name_of_step, call in steps
        if call["operation"] == "convolve2d"
    ]


LESSONS = [one for number in ("02", "03", "04") for one in lessons()[number].explorables]
SLIDING = [one.__name__ for one in LESSONS if "convolve2d" in str(one()._recipe)]


@pytest.mark.parametrize(
    "name", [name for name in SLIDING if "convolve2d" in str(made(name, PICTURES["gray"])._recipe)]
)
def test_what_slides_agrees_with_scipy(name):
    found = [pair for stage, _ in shuffled(name, 60) for pair in slidings(stage)]
    assert len(found) > 10
    for arguments, outcome in found:
        expected = by_scipy(**arguments)
        assert np.allclose(np.atleast_3d(outcome), expected, rtol=1e-4, atol=1e-2), arguments


@pytest.mark.parametrize("name", EXPLORABLES)
def test_torch_code_makes_the_result_too(name):
    pytest.importorskip("torch", reason="PyTorch is not installed")
    for stage, picture in shuffled(name, 28):
        if stage.result is not None and stage.code:
            torchs = run(stage.torch_code, stage.spec["result"], picture).numpy()
            torchs = np.moveaxis(torchs, 0, -1) if torchs.ndim == 3 else torchs
            np.testing.assert_allclose(torchs.reshape(stage.result.shape), stage.result, rtol=1e-5, atol=1e-3)


@pytest.mark.parametrize("name", EXPLORABLES)
def test_state_brings_a_new_one_to_the_same_place(name):
    stage = made(name, "coffee_cutout")
    for setting, values in controls(stage).items():
        setattr(stage, setting, values[-1])
    place = {"panel": stage.spec["panels"][0]["show"], "row": 1, "column": 2}
    stage.focus, stage.step, stage.view = place, 3, {"5x7": {"zoom": 2, "row": 0, "column": 1.5}}
    again = EXPLORABLES[name](**json.loads(json.dumps(stage.state)))
    assert again.state == stage.state
    assert again.message == stage.message
    np.testing.assert_array_equal(again.result, stage.result)


@pytest.mark.parametrize("name", EXPLORABLES)
def test_a_linked_control_beyond_the_ends_is_answered_by_a_sentence(name):
    stage = made(name, PICTURES["RGB"])
    sliders = {name: one for name, one in stage._settings.items() if one.kind in ("slider", "field")}
    for setting, one in sliders.items():
        for value in (one.options["low"] - 7, one.options["high"] + 7):
            stage.set_state({setting: value})
            assert (
                stage.notice == f"{setting} goes from {one.options['low']} to {one.options['high']}, not to {value:g}"
            )
            assert getattr(stage, setting) == one.value


def test_repr_is_the_same_everywhere():
    assert repr(explore.one_pixel()) == "Stage(red, green, blue, alpha, background)"


def test_the_browser_is_told_of_a_stage_only_when_all_of_it_is_there(monkeypatch):
    told, open_widget = [], Stage.open
    monkeypatch.setattr(Stage, "open", lambda self: told.append(self.get_state()) or open_widget(self))
    stage = explore.stride(PICTURES["gray"], convolve=lambda image, kernel, stride: image, stride=3)
    assert told == [stage.get_state()]
    assert told[0]["stride"] == 3
    assert told[0]["own"]["steps"]["feature_map"]["message"].startswith("your function returned the shape (5, 7)")


def test_a_stage_that_is_refused_leaves_nothing_behind():
    before, shared = set(_instances), Picture(PICTURES["gray"])
    with pytest.raises(ValueError, match="this Stage has no setting called 'strid'"):
        explore.stride(shared, strid=3)
    assert set(_instances) == before
    assert "pixels" not in shared._trait_notifiers


# --- a Stage of our own


def blur(**state):
    """Return a Stage with a kernel, a stride and a mode over a tiny picture."""
    return Stage(
        {
            "picture": make.picture(np.arange(20.0).reshape(4, 5)),
            "kernel": make.grid([[0, 1, 0]], -9, 9, {"flat": [[1, 1, 1]]}),
            "stride": make.slider(1, 0, 5),
            "padding": make.field(0, -3, 10**7),
            "mode": make.choice("zero", ["zero", "edge", "reflect", "wrap", "mirror"]),
            "flip": make.switch(False),
        },
        [panel("picture"), panel("blurred")],
        [
            step("padded", "pad2d", image="$picture", padding="$padding", mode="$mode"),
            step("blurred", "convolve2d", image="$padded", kernel="$kernel", stride="$stride", flip="$flip"),
        ],
        words="{blurred.rows} rows",
        state=state,
    )


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"stride": 0}, "the stride must be at least 1, not 0"),
        ({"padding": -3}, "the padding must be at least 0, not -3"),
        ({"padding": 10**6}, "the padding must be at most 1000, not 1000000"),
        (
            {"kernel": np.ones((5, 2))},
            "a 5x2 kernel does not fit into a 4x5 image; add at least 1 of padding",
        ),
        (
            {"mode": "reflect", "padding": 4},
            "reflect padding of 4 is too much for a 4x5 image; use at most 3",
        ),
        ({"mode": "mirror"}, "there is no padding mode 'mirror'; choose zero, edge, reflect or wrap"),
    ],
)
def test_settings_that_make_no_sense_get_a_sentence_for_a_result(changes, sentence):
    stage = blur()
    for name, value in changes.items():
        setattr(stage, name, value)
    assert (stage.result, stage.message) == (None, sentence)


def test_next_good_setting_works_again():
    stage = blur(stride=0)
    stage.stride = 2
    assert stage.message == "2 rows"
    assert stage.result.shape == (2, 2)


def test_choice_that_is_none_is_refused():
    with pytest.raises(ValueError, match=r"^rule is one of wrap, clip, not 'bend'$"):
        explore.overflow(PICTURES["gray"], rule="bend")


def test_torch_code_of_our_own_stage():
    pytest.importorskip("torch", reason="PyTorch is not installed")
    stage = blur(kernel=[[0.1, 2, -3], [1, 0, 0]], padding=1, mode="edge", flip=True, stride=2)
    torchs = run(stage.torch_code, "blurred", stage.picture)
    np.testing.assert_allclose(torchs[0].numpy(), stage.result, rtol=1e-5)


def test_unknown_setting_in_a_state_is_refused():
    with pytest.raises(ValueError, match="this Stage has no setting called 'strid'; it has picture, kernel, stride,"):
        blur(strid=2)


def test_state_that_was_refused_changes_nothing():
    stage = blur()
    with pytest.raises(ValueError, match="has no setting called 'strid'"):
        stage.state = {"stride": 4, "strid": 2}
    assert stage.stride == 1


@pytest.mark.parametrize("name", ["result", "state", "keys", "view", "layout", "send", "spec", "code"])
def test_name_that_is_taken_is_refused(name):
    with pytest.raises(ValueError, match=f"^a setting cannot be called '{name}': every widget has that already$"):
        Stage({name: make.slider(1, 0, 2)}, [])


def test_two_stages_have_settings_of_their_own():
    first, second = blur(), blur()
    first.stride = 3
    assert second.stride == 1
    assert not hasattr(explore.one_pixel(), "stride")


def test_result_is_the_first_setting_where_there_is_no_recipe():
    np.testing.assert_array_equal(explore.zoom(PICTURES["RGB"]).result, PICTURES["RGB"])


def test_value_of_the_wrong_kind_is_refused():
    stage = blur()
    with pytest.raises(traitlets.TraitError, match="expected an int, not the str 'three'"):
        stage.stride = "three"
    assert stage.stride == 1


# --- plans and states that make no sense


def plan(panels=(), **options):
    """Return a Stage of a picture and a stride."""
    settings = {"picture": make.picture(np.zeros((4, 5))), "stride": make.slider(1, 1, 5)} | options.pop("settings", {})
    recipe = [step("kept", "take_every", image="$picture", step="$stride")]
    return Stage(settings, list(panels), **{"recipe": recipe} | options)


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"panels": [panel("pictur")]}, "^a panel shows 'pictur', which is no setting and no step; there are picture"),
        ({"panels": [flow(["picture", "kep"])]}, "^a panel shows 'kep'"),
        ({"panels": [panel("kept", display="$shown_as")]}, "^the panel 'kept' refers to 'shown_as'"),
        ({"panels": [panel("kept", when="stride = 1")]}, "^'stride = 1' is no condition; write it as 'stride > 1' or"),
        ({"panels": [panel("kept", when="strid > 1")]}, "^the condition 'strid > 1' asks for 'strid'"),
        (
            {"panels": [panel("kept", when="stride < 2 * strid")]},
            "^the condition 'stride < 2 . strid' asks for 'strid'",
        ),
        ({"panels": [panel("kept", [("", "{kept.row} rows")])]}, "asks for 'kept.row', but an array has rows, columns"),
        ({"panels": [panel("kept", room=room("gray"))]}, "^the panel 'kept' refers to 'gray'"),
        (
            {"settings": {"to": make.buttons({"to {strid}": ("stride", 2)})}},
            "^the sentence 'to {strid}' asks for 'strid'",
        ),
        ({"panels": [panel("kept", marks=[starts("windows")])]}, "^the panel 'kept' refers to 'windows'"),
        ({"panels": [panel("kept", marks=[hatched_ring("$ring")])]}, "^the panel 'kept' refers to 'ring'"),
        ({"recipe": [step("kept", "take_every", image="$pictur", step=1)]}, "^the step 'kept' refers to 'pictur'"),
        ({"words": "{strides} steps"}, "^the sentence '{strides} steps' asks for 'strides'"),
        ({"lines": [("rows:", "{kept.rows} of {all.rows}")]}, "asks for 'all'"),
        ({"ledger": "sum"}, "^ledger is 'sum'"),
        ({"play": "sum"}, "^play is 'sum'"),
        ({"result": "sum"}, "^result is 'sum'"),
    ],
)
def test_plan_that_names_what_is_not_there_is_refused(options, sentence):
    with pytest.raises(ValueError, match=sentence):
        plan(**options)


@pytest.mark.parametrize(
    ("make_panel", "sentence"),
    [
        (lambda: panel("kept", dispaly="gray"), "^a grid has no option 'dispaly'; it has sign, size"),
        (lambda: stack("kept", edit=True), "^a stack has no option 'edit'"),
        (lambda: panel("kept", size="huge"), "^the size of a panel is one of small, .*, large, whole, not 'huge'$"),
        (lambda: panel("kept", display="grey"), "^the display of a panel is one of auto, gray"),
    ],
)
def test_option_that_a_panel_does_not_have_is_refused(make_panel, sentence):
    with pytest.raises(ValueError, match=sentence):
        make_panel()


RUBBISH = [
    {"stride": 99},
    {"stride": "x" * 10**6},
    {"stride": None},
    {"stride": 10**400},
    {"focus": {"panel": "kept"}},
    {"focus": {"panel": "kept", "row": -1, "column": 0}},
    {"focus": {"panel": "nowhere", "row": 1, "column": 0}},
    {"focus": "kept"},
    {"focus": [1] * 10**6},
    {"step": 0},
    {"step": "last"},
    {"view": {"4x5": 3}},
    {"view": {"4x5": {"zoom": float("nan")}}},
    {"view": {str(i): {"zoom": 1} for i in range(1000)}},
]


@pytest.mark.parametrize("state", RUBBISH, ids=lambda state: str(state)[:40])
def test_state_with_rubbish_in_it_is_refused_in_a_sentence(state):
    stage = plan()
    with pytest.raises(ValueError, match=" ") as refused:
        stage.state = state
    assert len(str(refused.value)) <= 300
    assert stage.state == plan().state


def test_kernel_that_would_fill_the_memory_is_refused():
    stage = blur()
    with pytest.raises(ValueError, match=r"^kernel takes at most 8,000,000 numbers; this has more$"):
        stage.state = {"kernel": [[0] * 10_000] * 10_000}


# --- constants


def weighed(**state):
    """Return a Stage whose filters are a constant of four axes."""
    filters = np.arange(2 * 3 * 1 * 2).reshape(2, 3, 1, 2) - 5
    settings = {
        "image": make.grid(np.arange(20.0).reshape(4, 5, 1)),
        "filters": make.constant(filters, "np.arange(12).reshape(2, 3, 1, 2) - 5"),
        "stride": make.slider(1, 1, 2),
    }
    recipe = [step("maps", "conv2d", images="$image", weights="$filters", stride="$stride")]
    return Stage(settings, [panel("image"), stack("maps")], recipe, ledger="maps", state=state)


def test_constant_is_printed_as_where_it_comes_from():
    stage = weighed()
    assert "\nfilters = np.arange(12).reshape(2, 3, 1, 2) - 5\n" in stage.code
    np.testing.assert_array_equal(run(stage.code, "maps", None), stage.result)


def test_constant_is_no_part_of_the_state():
    assert "filters" not in weighed().state


def test_constant_is_printed_for_torch_too():
    pytest.importorskip("torch", reason="PyTorch is not installed")
    stage = weighed(stride=2)
    torchs = np.moveaxis(run(stage.torch_code, "maps", None).numpy(), 0, -1)
    np.testing.assert_allclose(torchs, stage.result)
