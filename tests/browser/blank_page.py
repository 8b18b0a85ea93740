"""A Stage in a blank page, with a stand-in for the widget's model: what it says to Python is counted and kept."""

import base64
import json

from helpers.stage.carrier import Carrier
from slow import DELAY

MODEL = """
window.late ??= (act, ...given) => act(...given); // in the slow mode it is there already, and waits
const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
const revive = (value) => {
  if (value?.$bytes !== undefined) return new DataView(bytes(value.$bytes).buffer);
  if (Array.isArray(value)) return value.map(revive);
  if (!value || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, revive(part)]));
};
class Model {
  widget_manager = { get_model: async () => carrier };
  comm_live = true;
  constructor(state) {
    this.state = revive(state);
    this.known = { ...this.state }; // what is read from outside
    this.listeners = {};
    this.saved = [];
    this.pending = {};
  }
  get(name) { return this.state[name]; }
  set(name, value) {
    if (this.state[name] === value) return;
    this.state[name] = this.pending[name] = value;
    late(() => { this.known[name] = value; });
    this.tell(name);
  }
  save_changes() { late((changes) => this.saved.push(changes), this.pending); this.pending = {}; }
  on(names, act) { for (const name of names.split(" ")) (this.listeners[name] ??= []).push(act); }
  off(name, act) { this.listeners[name] = (this.listeners[name] ?? []).filter((one) => one !== act); }
  tell(name) { for (const act of this.listeners[`change:${name}`] ?? []) act(); }
  receive(changes) {
    const arrive = (revived) => {
      Object.assign(this.state, revived);
      Object.assign(this.known, revived);
      for (const name of Object.keys(changes)) this.tell(name);
    };
    return new Promise((done) => late(() => done(arrive(revive(changes)))));
  }
}
"""


def plain(value):
    """Return a state as JSON takes it; bytes as base64 under "$bytes"."""
    if isinstance(value, memoryview | bytes):
        return {"$bytes": base64.b64encode(bytes(value)).decode()}
    if isinstance(value, dict):
        return {name: plain(part) for name, part in value.items()}
    return [plain(part) for part in value] if isinstance(value, list | tuple) else value


def state_of(stage):
    """Return what a Stage's model holds, as JSON takes it."""
    return plain({name: value for name, value in stage.get_state().items() if name not in ("_esm", "_css")})


def html(*stages, dark=False):
    """Return a page that shows Stages; `models` and `carrier` hold the stand-ins, `errors` what went wrong.

    In the page, `show(states)` shows others in their place, `ends` are the functions that end a view, and
    `await drawn()` waits until a change is drawn.
    """
    states = json.dumps([state_of(stage) for stage in stages])
    module = base64.b64encode(stages[0]._esm.encode()).decode()
    carrier = json.dumps(Carrier.of_this_notebook().get_state(["name", "text", "style"]))
    colors = "background:#111;color:#eee" if dark else "background:#fff;color:#111"
    return f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Stage</title>
<meta name="viewport" content="width=device-width, initial-scale=1"></head>
<body style="margin:8px;{colors}" data-jp-theme-light="{str(not dark).lower()}">
<main><h1 hidden>Stage</h1></main><script type="module">
{MODEL}
window.carrier = new Model({carrier});
window.errors = [];
addEventListener("error", (event) => errors.push(event.message));
const url = URL.createObjectURL(new Blob([bytes("{module}")], {{ type: "text/javascript" }}));
const {{ default: widget }} = await import(url);
window.drawn = async () => {{
  for (let round = 0; round < {2 if DELAY else 1}; round++) await new Promise(requestAnimationFrame);
}};
window.view = (model, el) => widget.render({{ model, el }});
window.ends = [];
window.show = async (states) => {{
  for (const end of ends) end();
  for (const old of document.querySelectorAll("main > div")) old.remove();
  window.models = states.map((state) => new Model(state));
  window.ends = await Promise.all(models.map((model) => {{
    const el = document.createElement("div");
    document.querySelector("main").append(el);
    return view(model, el);
  }}));
}};
await show({states});
window.ready = true;
</script></body></html>"""
