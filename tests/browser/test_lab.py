"""The JupyterLab that the other tests stand on: it is locked, and it tells when a cell raises."""

import urllib.error
import urllib.request

import nbformat
import pytest

from eventually import eventually
from slow import open_page
from workbench import ASK_PYTHON, RESTART

WIDGET = """
import anywidget, traitlets
from helpers import sizes

class Counter(anywidget.AnyWidget):
    _esm = '''export default { render({ model, el }) {
        el.textContent = "counted " + model.get("count");
        el.className = "counter";
    } }'''
    count = traitlets.Int(sizes.output_size(7, 3)).tag(sync=True)

Counter()
"""


COURSE = [
    "from helpers import exercises, explore\nfrom helpers.exercises import logbook",
    "logbook.MINE = logbook.Logbook('progress_of_this_test.json')\nmy = explore.my_picture()",
    "explore.zoom(my)",
    "lesson = explore.stride(my)",
    "lesson",
    "exercises.predict('overflow', explore.overflow(my))",
    "def crop(image):\n    return image[1:]\n\n\nexercises.check(crop)",
    "exercises.hints('five')",
    "exercises.quiz('01')",
]
OPEN_WIDGETS = ["from ipywidgets.widgets.widget import _instances", "len(_instances)"]


def write_notebook(lab, name, *sources):
    """Put a notebook with these code cells into JupyterLab's copy of the course."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in sources])
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(notebook, lab.root / "notebooks" / name)


def test_nothing_is_told_without_the_token(lab):
    assert lab.ask("api/contents")["type"] == "directory"
    with pytest.raises(urllib.error.HTTPError, match="403"):
        urllib.request.urlopen(f"{lab.address}/api/contents", timeout=20)


def test_a_widget_is_drawn_in_both_themes_without_an_error_in_the_console(lab, page, console_errors):
    write_notebook(lab, "widget.ipynb", WIDGET)
    lab.open_notebook(page, "widget.ipynb")
    lab.run_all(page)
    assert eventually(page.locator(".counter").inner_text) == "counted 5"
    for theme in ("dark", "light"):
        lab.set_theme(page, theme)
        assert eventually(page.is_visible, ".counter")
    assert console_errors == []


def test_cells_that_run_again_leave_no_widgets_behind_and_are_drawn_again(lab, page, console_errors):
    write_notebook(lab, "again.ipynb", *COURSE)
    lab.open_notebook(page, "again.ipynb")
    lab.run_all(page)
    once = page.evaluate(ASK_PYTHON, OPEN_WIDGETS)
    for _ in range(5):
        lab.run_all(page)
    assert eventually(page.evaluate, ASK_PYTHON, OPEN_WIDGETS) == once
    page.wait_for_function("document.querySelectorAll('.stage canvas[aria-label]').length >= 4")
    assert console_errors == []


def test_a_cell_that_raises_is_told(lab, page):
    write_notebook(lab, "raises.ipynb", "1 / 0", "print('never')")
    lab.open_notebook(page, "raises.ipynb")
    with pytest.raises(AssertionError, match="ZeroDivisionError: division by zero"):
        lab.run_all(page)


ENDLESS = [
    "from helpers import exercises, explore\nfrom helpers.exercises import waiting\n\nwaiting.PATIENCE = 1",
    "exercises.hints('crop')",
    "def crop(image):\n    return image[1:]\n\n\nexercises.check(crop)",
    "def crop(image):\n    return sum(range(10**12))\n\n\nexercises.check(crop)",
]


def test_a_check_that_does_not_come_back_is_told_by_the_page_until_the_kernel_is_gone(lab, page, console_errors):
    write_notebook(lab, "endless.ipynb", *ENDLESS)
    lab.open_notebook(page, "endless.ipynb")
    page.evaluate("() => void jupyterapp.commands.execute('notebook:run-all-cells')")
    note = page.get_by_role("alert").filter(has_text="The check does not come back")
    assert eventually(note.count) == 1
    assert "Kernel → Restart" in eventually(note.inner_text)
    assert eventually(page.locator(".jp-RenderedHTMLCommon", has_text="Not yet").count) == 1  # the one before came back
    page.evaluate(RESTART)
    assert eventually(note.count) == 0


PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True, "device_scale_factor": 2}
TO_THE_PICTURES = """() => {
    const box = part => document.querySelector(part).getBoundingClientRect();
    document.querySelector('.jp-WindowedPanel-outer').scrollTop += box('.stage .panels').top - 100;
}"""
TO_THE_CONTROLS = TO_THE_PICTURES.replace(".stage .panels", ".stage .control.grid")
TO_THE_LAST_LINE = TO_THE_PICTURES.replace("panels').top - 100", "shown').bottom - 150")  # 91 is JupyterLab's own
IN_SIGHT = """part => {
    const parts = [part, document.querySelector('.jp-WindowedPanel-outer')];
    const [inner, outer] = parts.map(one => one.getBoundingClientRect());
    return inner.top >= outer.top && inner.bottom <= outer.bottom;
}"""


@pytest.fixture
def phone(browser, lab):
    """Yield a phone's page with a small notebook; the list of files is put away, as the README says."""
    page = open_page(browser, **PHONE)
    shown = "slide_the_window", "target_practice", "all_channels", "fool"
    cells = [f"explore.{name}('coffee')" for name in shown]
    write_notebook(lab, "phone.ipynb", "from helpers import explore", *cells)
    lab.open_notebook(page, "phone.ipynb")
    lab.run_all(page)
    page.evaluate("jupyterapp.shell.collapseLeft()")
    page.wait_for_function("document.querySelector('.stage.narrow')?.clientWidth > 200")
    yield page
    page.context.close()


def test_on_a_phone_the_control_that_moves_stays_in_sight_with_the_pictures(phone):
    choice = phone.locator(".control.grid select").first
    choice.select_option(label="Sharpen")
    phone.evaluate(TO_THE_PICTURES)
    for part in (phone.locator(".stage canvas").first, choice):
        assert eventually(part.evaluate, IN_SIGHT)


@pytest.mark.parametrize("away", [TO_THE_CONTROLS, TO_THE_LAST_LINE], ids=["all of them", "all but a strip"])
def test_on_a_phone_pictures_out_of_sight_come_back_when_a_control_moves(phone, away):
    choice = phone.locator(".control.grid select").first
    phone.evaluate(away)
    assert not eventually(phone.locator(".stage canvas").first.evaluate, IN_SIGHT).now
    choice.select_option(label="Sharpen")
    for part in (phone.locator(".stage canvas").first, choice):
        assert eventually(part.evaluate, IN_SIGHT)


def test_on_a_phone_no_explorable_is_wider_than_its_cell(phone):
    rights = "all => all.map(one => Math.round(one.getBoundingClientRect().right))"
    edges = phone.locator(".jp-CodeCell .jp-InputArea-editor").evaluate_all(rights)
    assert eventually(lambda: max(phone.locator(".stage").evaluate_all(rights)) <= max(edges))
    assert eventually(phone.locator(".stage").count) == 4


def test_on_a_phone_a_tap_opens_a_number_and_no_menu(phone):
    phone.locator('canvas[aria-label^="Kernel,"]').first.tap()
    assert eventually(phone.locator(".editor").is_visible)
    phone.keyboard.type("9")
    phone.keyboard.press("Enter")
    assert (
        eventually(phone.locator(".reading").first.inner_text)
        == "kernel, row 1, column 1 → 9 · your edit changed all of 42 numbers"
    )
    assert eventually(phone.locator(".lm-Menu").count) == 0
