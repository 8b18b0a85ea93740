"""Every explorable, and every control at both of its ends: drawn, said, and open to all."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from helpers import explore
from shown import SET_THEME, sliding

EVERYTHING = [sliding, *explore.EXPLORABLES]
NAMES = [one.__name__ for one in EVERYTHING]
RULES = {"resultTypes": ["violations"]}

# Each control of the Stage goes to its ends; returned is what was not drawn or not said.
SWEEP = """async () => {
    const frame = () => new Promise(requestAnimationFrame);
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
            await frame();
            check(input, value);
        }
    }
    return faults;
}"""


@pytest.mark.parametrize("explorable", EVERYTHING, ids=NAMES)
def test_every_control_at_both_ends_is_drawn_and_said(show, explorable):
    shown = show(explorable())
    assert shown.page.evaluate(SWEEP) == []


@pytest.mark.parametrize("explorable", EVERYTHING, ids=NAMES)
def test_nobody_is_kept_out_in_light_or_dark(show, explorable):
    shown = show(explorable())
    shown.page.locator("summary").evaluate_all("all => all.forEach(one => one.click())")
    for dark in (False, True):
        shown.page.evaluate(SET_THEME, dark)
        shown.settle()
        found = Axe().run(shown.page, options=RULES).response["violations"]
        faults = [(one["id"], one["nodes"][0]["html"]) for one in found if one["impact"] in ("serious", "critical")]
        assert faults == [], dark


def test_every_panel_tells_a_screen_reader_what_it_is(show):
    shown = show(*(explorable() for explorable in EVERYTHING))
    labels = "all => all.map(one => one.getAttribute('aria-label'))"
    for label in shown.page.locator("canvas:visible").evaluate_all(labels):
        assert re.match(r"\w.*, \d+ rows? × \d+ columns?( × \d+)?, \S+ to \S+", label)
    assert all(shown.page.locator(".stage").evaluate_all(labels))
