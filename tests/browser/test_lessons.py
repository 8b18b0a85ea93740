"""The lessons in a real JupyterLab: every notebook is opened once, and used as learners use it.

A notebook that joins the folder notebooks/ is tested from then on. What belongs to no lesson - two Stages and
a slider of ipywidgets - is in a notebook that is made here.
"""

import struct
import zlib
from pathlib import Path

import nbformat
import pytest
from axe_playwright_python.sync_playwright import Axe

from eventually import eventually
from slow import open_page
from workbench import NOTEBOOK, OUTPUTS, STAGES, TWO_FRAMES, Workbench

NOTEBOOKS = sorted(path.name for path in Path(__file__).parents[2].glob("notebooks/*.ipynb"))
START, PIXELS, SANDBOX = "00_start_here.ipynb", "01_pixels_and_rgba.ipynb", "99_sandbox.ipynb"
WIDTHS = (1400, 360)
THEMES = ("dark", "light")
OURS = {"execute_request", "debug_request"}  # what these tests ask, and JupyterLab's own debugger

CELLS = [
    "import ipywidgets\n\nfrom helpers import explore",
    "lesson = explore.mosaic('cat')\nlesson",
    "linked = explore.overflow('cat')\nnumber = ipywidgets.IntSlider(3, -255, 255)",
    "ipywidgets.jslink((number, 'value'), (linked, 'amount'))",
    "ipywidgets.VBox([number, linked])",
]


OUT_OF_PLACE = """stages => stages.flatMap(stage => {
    const end = element => element.getBoundingClientRect().right;
    const room = end(stage.closest('.jp-OutputArea-output'));
    const seen = [...stage.querySelectorAll('*')].filter(part => part.checkVisibility());
    const parts = seen.filter(part => !part.closest('pre'));
    const wide = parts.filter(part => end(part) > end(stage) + 0.5);
    const faults = wide.map(part => `${part.tagName} ${part.className}`);
    if (stage.scrollWidth > stage.clientWidth) faults.push(`${stage.scrollWidth} > ${stage.clientWidth}`);
    if (end(stage) > room + 0.5) faults.push(`wider than the notebook: ${end(stage)} > ${room}`);
    for (const text of stage.querySelectorAll('.lines > dd:has(+ dt)')) {
        const next = text.nextElementSibling;
        const below = next.getBoundingClientRect().top - text.getBoundingClientRect().bottom;
        if (below < -1) faults.push(`${next.innerText} stands beside the text before it`);
    }
    return faults.map(fault => `${stage.ariaLabel}: ${fault}`);
})"""
ALL_ON_PAGE = f"[...document.querySelectorAll('{STAGES}')]"


# --------------------------------------------------------------------------------------- what is on the desk


@pytest.fixture(scope="module")
def desk(browser, lab_server):
    """Yield a page with JupyterLab; each notebook is opened in it once."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in CELLS])
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(notebook, lab_server.root / "notebooks" / SANDBOX)
    page = open_page(browser, viewport={"width": 1400, "height": 900}, reduced_motion="reduce")
    yield Workbench(lab_server, page)
    page.context.close()
    lab_server.shut_down_kernels()


@pytest.fixture(autouse=True)
def console_stays_clean(desk):
    """Demand after every test that the page's console shows nothing red."""
    yield
    errors, desk.errors[:] = desk.errors[:], []
    assert not errors


@pytest.fixture(scope="module", params=NOTEBOOKS, ids=lambda name: name[:2])
def opened(desk, request):
    """Yield a lesson, opened and run from top to bottom with no error."""
    yield desk.notebook(request.param)
    if request.param not in (START, PIXELS):  # these two are needed again
        desk.close(request.param)


@pytest.fixture
def lesson(opened):
    """Return the lesson, in front."""
    opened.show()
    return opened


@pytest.fixture
def sandbox(desk):
    """Return the notebook of this file, as new."""
    sandbox = desk.notebook(SANDBOX)
    sandbox.python("lesson.state = {'block': 3, 'focus': {}, 'view': {}}")
    assert eventually(sandbox.page.locator(STAGES).first.get_by_label("pixels per square").input_value) == "3"
    return sandbox


# ---------------------------------------------------------------------------------------------- every lesson


def test_a_lesson_has_stages(lesson):
    assert lesson.stages()
    assert all(stage.title for stage in lesson.stages())


def test_what_is_folded_is_found_and_opened_by_keyboard(lesson, desk):
    folds = desk.page.locator(f"{NOTEBOOK} .jp-RenderedMarkdown details")
    for fold in folds.all():
        fold.locator("summary").focus()
        desk.page.keyboard.press("Enter")
        assert eventually(fold.evaluate, "fold => fold.open")
    rendered = desk.page.locator(f"{NOTEBOOK} .jp-MarkdownCell.jp-mod-rendered")
    assert eventually(rendered.count) == markdown_cells(lesson)
    folds.evaluate_all("all => all.forEach(fold => { fold.open = false; })")


def markdown_cells(lesson):
    """Return how many cells of text a lesson has."""
    cells = nbformat.read(Path(__file__).parents[2] / "notebooks" / lesson.name, as_version=4).cells
    return sum(cell.cell_type == "markdown" for cell in cells)


@pytest.fixture(params=WIDTHS)
def width(request, lesson):
    """Show the whole lesson in a width."""
    show_all_of_it(lesson.page, request.param)
    yield request.param
    lesson.page.set_viewport_size({"width": 1400, "height": 900})


def show_all_of_it(page, width):
    """Make the page as high as the notebook, and wait until its Stages find room."""
    page.set_viewport_size({"width": width, "height": 900})
    wait_for_room(page)
    height = page.locator(f"{NOTEBOOK} .jp-WindowedPanel-viewport").evaluate("cells => cells.scrollHeight")
    page.set_viewport_size({"width": width, "height": round(height) + 150})
    page.locator(f"{NOTEBOOK} .jp-WindowedPanel-outer").evaluate("window => { window.scrollTop = 0; }")
    wait_for_room(page)


def wait_for_room(page):
    """Wait until no Stage is wider than its place, nor its lines beside each other; if it stays so, say which."""
    page.evaluate(TWO_FRAMES)
    assert eventually(page.evaluate, f"({OUT_OF_PLACE})({ALL_ON_PAGE})") == []


def test_a_lesson_looks_right(lesson, width, desk, artifacts):
    for theme in THEMES:
        desk.lab.set_theme(lesson.page, theme)
        dark = str(theme == "dark").lower()
        lesson.page.wait_for_function(f"{ALL_ON_PAGE}.every(stage => stage.classList.contains('dark') === {dark})")
        wait_for_room(lesson.page)
        lesson.page.screenshot(path=artifacts / f"lesson-{lesson.name[:2]}-{theme}-{width}.jpeg", quality=80)
        if (theme, width) == (axe_theme(lesson.name), 1400):  # axe goes no further down than 16,000 pixels
            assert not faults_for_some_readers(lesson.page)


def axe_theme(name):
    """Return the theme that axe sees a lesson in: one after the other (it sees each explorable by itself in both)."""
    return THEMES[int(name[:2]) % 2]


def faults_for_some_readers(page):
    """Return the serious and critical faults that axe finds in Stages and questions."""
    found = seen_by_axe(page, {"resultTypes": ["violations"]})["violations"]
    grave = [rule for rule in found if rule["impact"] in ("serious", "critical")]
    return [f"{rule['id']}: {node['html']}" for rule in grave for node in rule["nodes"]]


def seen_by_axe(page, options):
    """Return what axe says of Stages and questions."""
    page.add_style_tag(content="body { min-height: 100vh; }")  # else JupyterLab's is 0 high: nothing seems visible
    return Axe().run(page, OUTPUTS, options).response


def test_axe_sees_the_texts(desk):
    start = desk.notebook(START)
    show_all_of_it(start.page, 1400)
    (contrast,) = seen_by_axe(start.page, {"runOnly": ["color-contrast"]})["passes"]
    start.page.set_viewport_size({"width": 1400, "height": 900})
    assert len(contrast["nodes"]) > 10 * len(start.stages())


def test_the_ends_of_all_sliders_find_room_on_a_narrow_page(lesson):
    sliders = lesson.page.locator(f"{STAGES} .bar input[type=range]")
    starts = sliders.evaluate_all("sliders => sliders.map(slider => slider.value)")
    lesson.page.set_viewport_size({"width": 360, "height": 900})
    for end in ("max", "min"):
        sliders.evaluate_all(MOVE_ALL_TO, [f"slider.{end}"] * len(starts))
        wait_for_room(lesson.page)
    lesson.page.set_viewport_size({"width": 1400, "height": 900})
    sliders.evaluate_all(MOVE_ALL_TO, starts)


MOVE_ALL_TO = """(sliders, places) => sliders.forEach((slider, i) => {
    slider.value = {'slider.max': slider.max, 'slider.min': slider.min}[places[i]] ?? places[i];
    slider.dispatchEvent(new Event('input'));
})"""


def test_keys_stay_inside_the_stage(lesson):
    """A key that reaches the notebook adds a cell, or goes to another. Each kind of part is tried once a lesson."""
    tried = set()
    for stage in lesson.stages():
        parts = stage.locator.locator(f":is({TAKES_KEYS}) >> visible=true")
        while found := untried(parts, tried):
            kind, place = found
            parts.nth(place).focus()
            before = cells(lesson).now
            parts.nth(place).press("ArrowDown")
            parts.nth(place).press("b")
            stage.wait_for_frames()
            assert cells(lesson) == before, kind
            tried.add(kind)
    assert {"canvas", "button"} <= {kind.split()[0] for kind in tried}


def untried(parts, tried):
    """Return a kind of part that was not tried yet and where it stands, or None: a key may make others visible."""
    kinds = parts.evaluate_all(KINDS)
    return next(((kind, place) for place, kind in enumerate(kinds) if kind not in tried), None)


TAKES_KEYS = "canvas, .bar input:not([type=file]), .control:not(.picture) > select, button, summary"
KINDS = "parts => parts.map(part => `${part.localName} ${part.type} ${part.closest('.panel, .control')?.className}`)"


def cells(notebook):
    """Return how many cells there are, and which one is active."""
    content = "jupyterapp.shell.currentWidget.content"
    return eventually(notebook.page.evaluate, f"[{content}.widgets.length, {content}.activeCellIndex]")


# ------------------------------------------------------------------------------------- the learner's picture


def test_the_picture_chosen_in_the_first_lesson_is_what_the_next_one_starts_from(desk, root):
    start = desk.notebook(START)
    opening, mosaic = start.stages()
    squares = opening.look()
    before = mosaic.look()
    mosaic.choose("astronaut")
    mosaic.wait_for_pictures(before)
    opening.wait_for_pictures(squares)
    pixels = desk.notebook(PIXELS)
    pixels.restart()
    assert first_picture(pixels) == ["(256, 256, 3)", "'astronaut'", "astronaut"]

    start.show()
    before = mosaic.look()
    mosaic.upload("my holiday.png", (root / "images" / "horse.png").read_bytes())
    mosaic.wait_for_pictures(before)
    assert mosaic.text("says") == ""
    assert eventually((desk.lab.root / "my" / "picture.png").is_file)
    pixels.show()
    pixels.run()
    assert first_picture(pixels) == ["(164, 200, 4)", "'my holiday.png'", "your own"]


def first_picture(notebook):
    """Return the shape and the name of a lesson's picture, and what its first list has selected."""
    chosen = notebook.page.locator(f"{STAGES} .picker select").first.input_value
    return [notebook.value("my.pixels.shape"), notebook.value("my.name"), eventually(chosen)]


def test_all_stages_that_share_a_picture_follow(desk):
    stages = [stage for stage in desk.notebook(PIXELS).stages() if stage.locator.locator(".picker").count()]
    assert len(stages) > 3
    looks = [stage.look() for stage in stages]
    name = "brick" if stages[2].locator.locator(".picker select").input_value() != "brick" else "coins"
    stages[2].choose(name)
    for stage, before in zip(stages, looks, strict=True):
        stage.wait_for_pictures(before)
    for stage in stages:
        assert eventually(stage.locator.locator(".picker select").input_value) == name


# ---------------------------------------------------------------------------------------------- bad pictures


def png_header(rows, columns):
    """Return a PNG file that says how large the picture is, and holds next to nothing of it."""
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", columns, rows, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(bytes(9))),
    )
    framed = [struct.pack(">I", len(d)) + n + d + struct.pack(">I", zlib.crc32(n + d)) for n, d in chunks]
    return b"\x89PNG\r\n\x1a\n" + b"".join(framed)


CAT = (Path(__file__).parents[2] / "images" / "cat.png").read_bytes()
NO_PICTURE = "this is not a picture that can be read; choose a PNG or JPEG file"
CUT_OFF = "the picture is damaged or cut off; save or download it again"
TOO_LARGE = "the picture has more than 50 million pixels; make it smaller first"
EMPTY = "the file is empty; choose a picture"
BAD = [  # what is wrong, the file, the sentence; the good picture that follows
    ("text", b"no picture at all", NO_PICTURE, "coins"),
    ("cut off", CAT[: len(CAT) // 2], CUT_OFF, "text"),
    ("huge", png_header(30_000, 30_000), TOO_LARGE, "brick"),
    ("empty", b"", EMPTY, "gravel"),
]


@pytest.mark.parametrize(("kind", "data", "sentence", "good"), BAD, ids=[kind for kind, *_ in BAD])
def test_a_bad_upload_is_refused_in_a_sentence_and_nothing_is_lost(desk, root, kind, data, sentence, good):
    _, mosaic = desk.notebook(START).stages()
    before = mosaic.look()
    mosaic.upload(f"{kind}.png", data)
    assert mosaic.text("says") == sentence
    mosaic.wait_for_frames()
    assert eventually(mosaic.look)["pictures"] == before["pictures"]
    mosaic.upload("good.png", (root / "images" / f"{good}.png").read_bytes())
    mosaic.wait_for_pictures(before)
    assert mosaic.text("says") == ""


# ----------------------------------------------------------------------------------- what the kernel is told


@pytest.fixture
def sent(sandbox, desk):
    """Return the list that grows with every message to a kernel; it begins empty."""
    said(sandbox, desk.sent)
    desk.sent.clear()
    return desk.sent


def said(notebook, messages):
    """Return what Stages said: the content of each message to the kernel. A last word of ours comes after them all."""
    notebook.python("")
    return [content for kind, content in messages if kind not in OURS]


def test_hover_and_zoom_tell_the_kernel_nothing(sandbox, sent):
    _, stage = sandbox.stages()
    canvas = stage.locator.locator("canvas").first
    before = stage.look()
    hover(sandbox.page, canvas)
    stage.wait_for_change(before)
    canvas.click()
    for zoom in (lambda: canvas.press("+"), lambda: sandbox.page.mouse.wheel(0, -240)):
        before = stage.look()
        zoom()
        stage.wait_for_pictures(before)
    assert said(sandbox, sent) == []


def hover(page, element):
    """Move the pointer over an element in many steps."""
    element.scroll_into_view_if_needed()
    box = element.bounding_box()
    for x, y in ((0.1, 0.1), (0.9, 0.3), (0.3, 0.9)):
        page.mouse.move(box["x"] + x * box["width"], box["y"] + y * box["height"], steps=12)


def test_a_drag_tells_the_kernel_once_when_it_is_let_go(sandbox, sent):
    stage, _ = sandbox.stages()
    slider = stage.locator.get_by_label("pixels per square")
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    middle = box["y"] + box["height"] / 2
    before = stage.look()
    sandbox.page.mouse.move(box["x"] + 20, middle)
    sandbox.page.mouse.down()
    sandbox.page.mouse.move(box["x"] + box["width"] - 1, middle, steps=25)
    stage.wait_for_pictures(before)
    assert said(sandbox, sent) == []
    sandbox.page.mouse.up()
    assert sandbox.value("lesson.block") == "24"
    assert [content["data"]["state"]["block"] for content in said(sandbox, sent)] == [24]


# ------------------------------------------------------------------------------------- Python and ipywidgets


def test_a_setting_changed_in_python_changes_the_screen(sandbox):
    stage, _ = sandbox.stages()
    before = stage.look()
    sandbox.python("lesson.block = 12")
    stage.wait_for_pictures(before)
    assert eventually(stage.locator.get_by_label("pixels per square").input_value) == "12"
    assert "12 × 12 pixels" in stage.text("words")


def test_python_has_the_sentence_and_the_numbers_on_screen(sandbox):
    stage, _ = sandbox.stages()
    before = stage.look()
    stage.locator.get_by_label("pixels per square").press("End")
    stage.wait_for_pictures(before)
    assert sandbox.value("lesson.result.shape") == "(200, 300, 3)"
    assert sandbox.value("lesson.message") == repr(stage.text("words").now)
    assert "9 × 13, out of 200 × 300 pixels" in stage.text("lines")


def test_an_ipywidgets_slider_can_be_linked_to_a_setting(sandbox):
    _, stage = sandbox.stages()
    own = stage.locator.get_by_label("add")
    assert eventually(own.input_value) == "3"
    before = stage.look()
    handle = sandbox.page.locator(f"{NOTEBOOK} .noUi-handle")
    handle.press("ArrowRight")
    stage.wait_for_pictures(before)
    assert eventually(own.input_value) == "4"
    own.press("ArrowRight")
    assert eventually(handle.evaluate, "handle => handle.ariaValueNow") == "5.0"


def test_the_page_s_own_keys_with_control_and_shift_reach_it(sandbox):
    palette = sandbox.page.locator(".lm-CommandPalette:visible")
    assert eventually(palette.count) == 0
    sandbox.page.locator(f"{STAGES} canvas >> visible=true").first.press("Control+Shift+C")
    assert eventually(palette.count) == 1
    sandbox.page.keyboard.press("Escape")
    assert eventually(palette.count) == 0


def test_the_same_keys_outside_a_stage_do_change_the_notebook(sandbox):
    count, active = cells(sandbox).now
    sandbox.page.evaluate("jupyterapp.shell.currentWidget.content.mode = 'command'")
    sandbox.page.evaluate("jupyterapp.shell.currentWidget.content.node.focus()")
    sandbox.page.keyboard.press("b")
    assert cells(sandbox) == [count + 1, active + 1]
    sandbox.page.evaluate("jupyterapp.commands.execute('notebook:undo-cell-action')")
    assert cells(sandbox)[0] == count
