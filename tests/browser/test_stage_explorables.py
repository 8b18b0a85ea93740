"""Every explorable, and every control at both of its ends: drawn, said, and open to all."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from axe_playwright_python.sync_playwright import Axe

from eventually import eventually
from helpers import explore
from shown import SET_THEME, sliding
from workbench import OnPage

EVERYTHING = [sliding, *explore.EXPLORABLES]
NAMES = [one.__name__ for one in EVERYTHING]
AT_WORK = {"ten_layers": {"layers": 3, "kernel_size": 5}}  # as in the lesson; without a layer, nothing happens
AT_WORK |= {"learn_kernel": {"n": 5, "learning_rate": 0.3}}
RULES = {"resultTypes": ["violations"]}
COLORS = {**RULES, "runOnly": ["color-contrast"]}  # all that a theme can change

# Each control of the Stage goes to its ends; returned is what was not drawn or not said.
SWEEP = """async () => {
    const tell = (input, kind) => input.dispatchEvent(new Event(kind, {bubbles: true}));
    const faults = [];
    const check = (input, value) => {
        const label = input.labels[0]?.textContent ?? input.getAttribute('aria-label');
        const undrawn = [...document.querySelectorAll('.panel')].filter(panel => panel.checkVisibility())
            .filter(panel => !panel.querySelector('canvas').width && !panel.querySelector('.refusal').textContent);
        const unsaid = [...document.querySelectorAll('.title, .facts, .words')].filter(one => one.checkVisibility())
            .filter(one => !one.textContent || /undefined|NaN|null|\\\\{/.test(one.textContent));
        for (const one of [...undrawn, ...unsaid]) faults.push([label, value, one.className, one.innerText]);
    };
    const inputs = () => [...document.querySelectorAll('.bar input, .bar select')].filter(one => one.checkVisibility());
    const ends = {
        'select-one': input => [...input.options].filter(one => !one.disabled).map(one => one.value),
        range: input => [input.min, input.max],
        color: () => ['#000000', '#ff00ff'],
        checkbox: () => ['on', 'off'],
        text: () => ['1', '100000', 'abc'],
    };
    for (let i = 0; i < inputs().length; i++) {
        const input = inputs()[i];
        const start = input.value;
        for (const value of [...ends[input.type](input), start]) {
            if (input.type === 'checkbox') input.checked = !input.checked; else input.value = value;
            tell(input, 'input');
            tell(input, 'change');
            await drawn();
            check(input, value);
        }
    }
    return faults;
}"""


@pytest.mark.parametrize("explorable", EVERYTHING, ids=NAMES)
def test_every_control_at_both_ends_is_drawn_and_said(show, explorable):
    shown = show(explorable())
    faults = shown.page.evaluate(SWEEP)
    assert faults == []


@pytest.mark.parametrize("explorable", EVERYTHING, ids=NAMES)
def test_nobody_is_kept_out_in_light_or_dark(show, explorable):
    shown = show(explorable())
    shown.page.locator("summary").evaluate_all("all => all.forEach(one => one.click())")
    for dark, rules in ((False, RULES), (True, COLORS)):
        shown.page.evaluate(SET_THEME, dark)
        shown.settle()
        found = Axe().run(shown.page, options=rules).response["violations"]
        faults = [(one["id"], one["nodes"][0]["html"]) for one in found if one["impact"] in ("serious", "critical")]
        assert faults == [], dark


def test_every_panel_tells_a_screen_reader_what_it_is(show):
    shown = show(*(explorable() for explorable in EVERYTHING))
    labels = "all => all.map(one => one.getAttribute('aria-label'))"
    shapes = r"\d+ rows? × \d+ columns?( × \d+)?", r"\d+ × \d+ × \d+ (channel|map)s?", r"\d+ × \d+ × \d+ × \d+"
    network, curve = r"\w.*, \d+ (columns, \d+ maps|layers, \S+ parameters)", r"\w.*, \d+ points?, at .*\d+"
    grid, bars = rf"\w.*, ({'|'.join(shapes)}), numbers \S+ to \S+", r"\w.*, \d+ numbers?, \w+.*: \d+"
    panel = re.compile(f"{grid}|{bars}|{network}|{curve}")
    canvases, stages = shown.page.locator("canvas:visible"), shown.page.locator(".stage")
    assert eventually(lambda: [label for label in canvases.evaluate_all(labels) if not panel.match(label)]) == []
    assert eventually(lambda: all(stages.evaluate_all(labels)))


def trained():
    """Return a training that is over: before anything is learned, there is nothing to look back to."""

    def made():  # in a thread without a loop all is done at once
        stage = explore.train()
        stage.command = "start"
        return stage

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(made).result()


@pytest.mark.parametrize("explorable", explore.EXPLORABLES, ids=NAMES[1:])
def test_each_control_changes_pictures_or_words(show, explorable):
    made = trained if explorable is explore.train else explorable
    shown = show(made(**AT_WORK.get(explorable.__name__, {})), reduced_motion="reduce")
    stage = OnPage(shown.page, shown.page.locator(".stage"))
    controls = stage.locator.locator(".control:has(select, input:not([type=file]))")
    moved = set()
    move_all(stage, controls, moved)
    assert eventually(lambda: set(range(controls.count()))) == moved


def move_all(stage, controls, moved):
    """Move every control in sight that was not moved yet; a choice may bring others into sight."""
    for index, kind in enumerate(controls.evaluate_all(KINDS_IN_SIGHT)):
        if kind and index not in moved:
            moved.add(index)
            MOVES[kind](stage, controls.nth(index), lambda: move_all(stage, controls, moved))


KINDS_IN_SIGHT = """controls => controls.map(
    control => control.checkVisibility() ? control.className.split(' ').at(-1) : null
)"""


def move_slider(stage, control, _):
    """Move to both ends and back: at one end at least, something is different (a hue is the same at both)."""
    use_pen(stage)
    looks, slider = [stage.look()], control.locator("input")
    start = slider.input_value()
    for key in ("End", "Home"):
        slider.press(key)
        use_pen(stage)
        stage.wait_for_frames()
        looks.append(stage.look())
    assert len({tuple(look.values()) for look in looks}) > 1, f"{stage}: {control.inner_text()} changes nothing"
    slider.fill(start)


def move_picture(stage, control, _):
    """Choose another picture: Python is asked for it (what comes of that is tested in JupyterLab)."""
    select = control.locator("select")
    other = select.evaluate("select => [...select.options].find(one => !one.selected && !one.disabled).value")
    select.select_option(other)
    assert eventually(stage.page.evaluate, "models[0].saved.at(-1)?.request?.choose") == other


def move_field(stage, control, _):
    """Type a number that is one higher; a sentence says why if it may not be so high."""
    field = control.locator("input")
    field.fill(f"{float(field.input_value()) + 1:g}")
    press(stage, control, "Enter")


def move_text(stage, control, _):
    """Type a word, and let go: Python hears of it."""
    field = control.locator("input")
    field.fill("a b")
    field.press("Tab")
    assert "a b" in eventually(stage.page.evaluate, "Object.values(models[0].saved.at(-1) ?? {})")


def move_choice(stage, control, look_around):
    """Go up to the first choice, then down to the last."""
    select = control.locator("select")
    last = select.locator("option:enabled").count() - 1
    look_around()
    for key, end in (("ArrowUp", 0), ("ArrowDown", last)):
        while select.evaluate("select => select.selectedIndex") != end:
            press(stage, control, key)
            look_around()


def move_grid(stage, control, _):
    """Go to a neighbor in the list: the one above, if there is one."""
    first = control.locator("select").evaluate("select => select.selectedIndex") == 0
    press(stage, control, "ArrowDown" if first else "ArrowUp")


def press(stage, control, key):
    """Press a key on a control and wait until something in the Stage changes, if only which controls are in sight."""
    before, sight = stage.look(), in_sight(stage)
    control.locator("input, select").press(key)
    stage.wait_for_frames()
    if in_sight(stage) == sight:
        stage.wait_for_change(before)


def in_sight(stage):
    """Tell of each control whether it is seen."""
    return stage.locator.locator(".control").evaluate_all(KINDS_IN_SIGHT)


def use_pen(stage):
    """Draw one cell where a Stage can be drawn on: what a pen writes is seen only then."""
    for panel in stage.locator.locator(".panel", has_text="draw on it").all():
        panel.locator("canvas").press(" ")


MOVES = {
    "slider": move_slider,
    "choice": move_choice,
    "grid": move_grid,
    "picture": move_picture,
    "field": move_field,
    "text": move_text,
    "switch": lambda stage, control, _: [press(stage, control, " ") for _ in "12"],
    "color": lambda *_: None,  # opens a window of the system
}
