"""One page with JupyterLab in which notebooks are opened side by side, and what is seen and heard there.

`Workbench` is the page: its console errors, and every message that it sends to a kernel. A `Notebook` is one
tab of it. A `look` at a Stage sums up its words and its pictures, so that a test can wait until they change.
"""

import json
from itertools import pairwise

from eventually import eventually

OWN_ERRORS = ("Could not restore the debugger state",)  # after the restart of a kernel, now and then
NOTEBOOK = ".jp-NotebookPanel:not(.lm-mod-hidden)"  # the one in front
STAGES = f"{NOTEBOOK} .stage"
OUTPUTS = f"{NOTEBOOK} :is(.stage, .course-form)"

# Both: the words and pictures below the controls, as one number each. The controls' own texts are left out.
LOOK = """stage => {
    const sum = (numbers, number = 7) => {
        for (let i = 0; i < numbers.length; i++) number = (number * 31 + numbers[i]) | 0;
        return number;
    };
    const pixels = canvas => canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.buffer;
    const parts = [...stage.querySelectorAll('.says, .panels, .reading, .ledger, .lines, .words')];
    const drawn = [...stage.querySelectorAll('.panels canvas')].filter(canvas => canvas.checkVisibility());
    return {
        words: sum(new TextEncoder().encode(parts.map(part => part.innerText).join())),
        pictures: sum(drawn.map(canvas => sum(new Uint32Array(pixels(canvas)), canvas.width))),
    };
}"""
PICTURES_DIFFER = f"([stage, before]) => ({LOOK})(stage).pictures !== before.pictures"
DIFFERS = f"([stage, before]) => JSON.stringify(({LOOK})(stage)) !== JSON.stringify(before)"

TWO_FRAMES = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
JUST_SHOW_ME = """notebook => {
    for (const button of document.querySelectorAll(`${notebook} .course-form.predict button`)) {
        if (button.innerText === 'just show me' && button.checkVisibility()) button.click();
    }
}"""
ALL_STAGES_ARE_DRAWN = """selector => [...document.querySelectorAll(selector)].every(
    stage => stage.checkVisibility() && [...stage.querySelectorAll('canvas')].some(canvas => canvas.ariaLabel)
)"""
OPEN = """async path => {
    const panel = await jupyterapp.commands.execute('docmanager:open', {path});
    await panel.context.ready;
    jupyterapp.shell.activateById(panel.id);
    return panel.id;
}"""
CLOSE = """async id => {
    const panel = [...jupyterapp.shell.widgets('main')].find(widget => widget.id === id);
    await panel.sessionContext.shutdown();
    panel.dispose();
}"""
ASK_PYTHON = """async ([code, expression]) => {
    const kernel = jupyterapp.shell.currentWidget.sessionContext.session.kernel;
    const expressions = expression ? {it: expression} : {};
    const request = {code, user_expressions: expressions, store_history: false};
    const reply = await kernel.requestExecute(request).done;
    if (reply.content.status !== 'ok') return `${reply.content.ename}: ${reply.content.evalue}`;
    const it = reply.content.user_expressions.it;
    return it && (it.data ? it.data['text/plain'] : `${it.ename}: ${it.evalue}`);
}"""
RESTART = "() => jupyterapp.shell.currentWidget.sessionContext.restartKernel()"


class Workbench:
    """A page with JupyterLab; `notebook(name)` opens a tab, or brings it to the front."""

    def __init__(self, lab, page):
        self.lab, self.page = lab, page
        self.errors, self.sent, self.tabs = [], [], {}
        page.on("pageerror", lambda error: self.errors.append(f"exception: {error}"))
        page.on("console", self.read)
        page.on("websocket", self.listen)

    def read(self, line):
        """Keep what the console shows in red, other than what JupyterLab says of itself."""
        if line.type == "error" and not line.text.startswith(OWN_ERRORS):
            self.errors.append(line.text)

    def listen(self, socket):
        """Keep every message that goes to a kernel."""
        if "/channels" in socket.url:
            socket.on("framesent", lambda payload: self.sent.append(message(payload)))

    def notebook(self, name):
        """Return a notebook of the folder notebooks/, opened and run from top to bottom the first time."""
        if name in self.tabs:
            self.tabs[name].show()
        else:
            self.tabs[name] = Notebook(self, name)
        return self.tabs[name]

    def close(self, name):
        """Close a notebook's tab and end its kernel."""
        self.page.evaluate(CLOSE, self.tabs.pop(name).id)


class Notebook:
    """A notebook in a tab of the workbench; what is read here is read from the tab in front."""

    def __init__(self, workbench, name):
        self.workbench, self.page, self.name = workbench, workbench.page, name
        if workbench.tabs:
            self.id = self.page.evaluate(OPEN, f"notebooks/{name}")
            workbench.lab.wait_for_kernel(self.page, name)
        else:
            workbench.lab.open_notebook(self.page, name)
            self.id = self.page.evaluate("jupyterapp.shell.currentWidget.id")
        self.page.evaluate("jupyterapp.shell.collapseLeft()")
        self.run()

    def show(self):
        """Bring it to the front."""
        self.page.evaluate("id => jupyterapp.shell.activateById(id)", self.id)
        self.page.wait_for_function("id => jupyterapp.shell.currentWidget.id === id", arg=self.id)

    def run(self):
        """Run all cells, open what waits for a prediction, and wait until every Stage is drawn."""
        self.workbench.lab.run_all(self.page)
        self.page.evaluate(JUST_SHOW_ME, NOTEBOOK)
        self.page.wait_for_function(ALL_STAGES_ARE_DRAWN, arg=STAGES)
        self.page.evaluate(TWO_FRAMES)

    def restart(self):
        """Restart the kernel and run all cells."""
        self.page.evaluate(RESTART)
        self.workbench.lab.wait_for_kernel(self.page, self.name)
        self.run()

    def stages(self):
        """Return its Stages, as they are on the page now."""
        return [OnPage(self.page, stage) for stage in self.page.locator(STAGES).all()]

    def python(self, code, expression=None):
        """Run code in the notebook's kernel; return what an expression is there, as text."""
        return self.page.evaluate(ASK_PYTHON, [code, expression])

    def value(self, expression):
        """Return what an expression is in the notebook's kernel, as text that waits for its comparisons."""
        return eventually(self.python, "", expression)


class OnPage:
    """A Stage on the page."""

    def __init__(self, page, locator):
        self.page, self.locator = page, locator

    def __repr__(self):
        return f"<Stage {self.title!r}>"

    @property
    def title(self):
        """Return what a screen reader calls it."""
        return self.locator.get_attribute("aria-label")

    def text(self, part):
        """Return what one of its lines says: "says", "words", "reading", ..."""
        return eventually(self.locator.locator(f".{part}").first.inner_text)

    def look(self):
        """Return its words and its pictures, summed up in a number each."""
        return self.locator.evaluate(LOOK)

    def wait_for_frames(self):
        """Wait until what has been changed in the page is painted."""
        self.page.evaluate(TWO_FRAMES)

    def wait_for_change(self, before, seconds=5, condition=DIFFERS):
        """Wait until it looks different."""
        handle = self.locator.element_handle()
        self.page.wait_for_function(condition, arg=[handle, before], timeout=seconds * 1000)

    def wait_for_pictures(self, before, seconds=5):
        """Wait until its pictures look different."""
        self.wait_for_change(before, seconds, PICTURES_DIFFER)

    def choose(self, name):
        """Choose a picture from the list, by its name."""
        self.locator.locator(".picker select").select_option(name)

    def upload(self, name, data, kind="image/png"):
        """Hand it a file."""
        file = {"name": name, "mimeType": kind, "buffer": data}
        self.locator.locator('input[type="file"]').set_input_files(file)


def message(payload):
    """Return the kind and the content of a message to a kernel, as (kind, content)."""
    if isinstance(payload, str):
        whole = json.loads(payload)
        return whole["header"]["msg_type"], whole["content"]
    count = int.from_bytes(payload[:8], "little")
    ends = [int.from_bytes(payload[8 * i : 8 * i + 8], "little") for i in range(1, count + 1)]
    _, header, _, _, content = (payload[start:end] for start, end in list(pairwise(ends))[:5])
    return json.loads(header)["msg_type"], json.loads(content)
