// The Stage: settings in the widget's model, the recipe worked out at most once a frame, panels and words.
//
// While a control moves, only the browser's copy of the model changes (`set`); Python hears of it when it is let go
// (`release`). Hover, zoom and focus stay here until then too.

import { at, channels, columns, largest, range, rows, shapeOf, smallest } from "./arrays.mjs";
import { fill, stateCode } from "./code.mjs";
import { evaluate } from "./recipe.mjs";
import { ledger, termsOf } from "./ledger.mjs";
import { hueOf } from "./sums.mjs";
import { winner } from "./terms.mjs";
import { readBy, readsFrom, regionOf } from "./where.mjs";
import { holds, inFull, number, plain, say } from "./words.mjs";
import { h, onTheme, readTheme, reducedMotion, seenAround, setParts, setText } from "./dom.mjs";
import { hex, makeControl } from "./controls.mjs";
import { Bars } from "./panels/bars.mjs";
import { Curve } from "./panels/curve.mjs";
import { Flow } from "./panels/flow.mjs";
import { Made } from "./panels/made.mjs";
import { Grid } from "./panels/grid.mjs";
import { Layers } from "./panels/layers.mjs";
import { Stack } from "./panels/stack.mjs";
import { Pictures } from "./pictures.mjs";
import { Full } from "./full.mjs";
import { Past } from "./past.mjs";
import { Rooms } from "./rooms.mjs";
import { Steps } from "./steps.mjs";
import { warmUp } from "./windows.mjs";

const TYPES = { uint8: Uint8Array, float32: Float32Array, float64: Float64Array };
const decoded = new WeakMap();

/** Read an array that came as {shape, dtype, data}; the bytes may start anywhere, so they are copied. */
function decode(message) {
  if (!decoded.has(message)) {
    const { buffer, byteOffset = 0, byteLength } = message.data;
    const bytes = buffer ? buffer.slice(byteOffset, byteOffset + byteLength) : message.data.slice(0);
    decoded.set(message, { shape: message.shape, data: new TYPES[message.dtype](bytes) });
  }
  return decoded.get(message);
}

const encode = (array) => ({ shape: array.shape, dtype: "float32", data: new DataView(Float32Array.from(array.data).buffer) });
const LARGE = 5000; // cells: of a result this large, an edit marks nothing
const MOST_TOLD = 3; // results of which an edit is counted
const KINDS_OF_PANELS = { grid: Grid, stack: Stack, bars: Bars, curve: Curve, flow: Flow, made: Made, layers: Layers };
const QUIET = 1500; // milliseconds within which one publication follows another without being read out
const LONG_CALL = 9000; // milliseconds after which Python, which cuts a function off before, must be inside one long call
const HANGS = "Python says nothing: it is still inside one long call, or another cell runs. Kernel \u2192 Interrupt ends most calls, Kernel \u2192 Restart all";
const DASH = [{ text: "\u2014" }]; // in place of what a refused setting leaves unknown
const NOT_YET = "not worked out yet";
const PLAY = ": play on, or take a step";

/** Are two numbers more than a rounding apart? What is not there is far from everything. */
const far = (one, other) => !(Math.abs(one - other) <= 1e-3 + 1e-4 * Math.abs(other));

/** The cells in which two arrays of one shape differ; none where the shapes do. */
function differences(mine, course) {
  if (String(mine.shape) !== String(course.shape)) return [];
  const [wide, depth] = [columns(course), channels(course)];
  const cells = [...mine.data.keys()].filter((i) => far(mine.data[i], course.data[i]));
  return cells.map((i) => ({ row: Math.floor(i / depth / wide), column: Math.floor(i / depth) % wide, channel: i % depth }));
}

const alike = (a, b) => a === b || (a?.data && b?.data ? String(a.shape) === String(b.shape) && a.data.every((v, i) => v === b.data[i]) : JSON.stringify(a) === JSON.stringify(b));

const LEAST_SEEN = 100; // CSS pixels of the panels, below which they count as out of sight

/** Keys that are the page's own everywhere, as Ctrl Shift C in JupyterLab, where the Stage has no use for them. */
const isPagesOwn = (event) => (event.ctrlKey || event.metaKey) && event.shiftKey && !event.defaultPrevented;

export class Stage {
  constructor(model, el) {
    this.model = model;
    this.spec = model.get("spec");
    this.el = el;
    this.rooms = new Rooms(this);
    this.zoom = 1;
    [this.cameras, this.players] = [[], []];
    this.controls = this.spec.controls.map((control) => makeControl(control, this)).filter(Boolean);
    this.panels = this.spec.panels.map((spec) => new KINDS_OF_PANELS[spec.kind](spec, this));
    this.build();
    this.subscribe();
    this.recompute();
    if (this.spec.alive && !this.focus() && !reducedMotion()) this.steps.playWhenSeen();
  }

  // ---------------------------------------------------------------------------------------- building

  build() {
    const { spec } = this;
    this.says = h("p", { class: "says", role: "status" });
    this.reading = h("p", { class: "reading", "aria-live": "polite" });
    this.heard = h("p", { class: "heard", role: "status" });
    const line = (label, kind = null) => [h("dt", {}, label), h("dd", { class: kind })];
    const ledger = spec.ledger ? line("this cell:", "ledger") : [];
    const formulas = spec.lines.map(([label]) => line(label));
    const words = spec.words.length ? line("in words:", "words") : [];
    [this.ledgerLines, this.words, this.formulas] = [ledger[1], words[1], formulas.map(([, text]) => text)];
    const replaced = Object.keys(this.get("own")?.steps ?? {});
    const operation = (name) => spec.recipe.find((step) => step.name === name)?.operation ?? name;
    const own = replaced.flatMap((name) => line(replaced.length > 1 ? `your ${operation(name)}:` : "your function:", "own"));
    this.ownLines = Object.fromEntries(replaced.map((name, i) => [name, own[2 * i + 1]]));
    this.lines = h("dl", { class: "lines" }, ...ledger, ...formulas.flat(), ...own, ...words);
    this.bar = this.controls.length ? h("div", { class: "bar" }, ...this.controls.map((c) => c.root)) : null;
    this.bar?.addEventListener("input", (event) => this.stick(event.target));
    this.steps = spec.play ? new Steps(this, spec.play) : null;
    const row = h("div", { class: "panels" });
    let group = null;
    for (const panel of this.panels) {
      const together = panel.room.group;
      const joins = together && group?.dataset.group === together;
      if (panel.sign) (joins ? group : row).append(panel.sign);
      if (!together) { group = null; row.append(panel.root); continue; }
      if (!joins) row.append(group = h("div", { class: "group", "data-group": together }));
      group.append(panel.root);
    }
    this.root = h("section", { class: "stage", tabindex: -1, "aria-label": spec.title || "explorable" });
    const tools = this.buildTools();
    this.shown = h("div", { class: "shown" }, row, this.steps?.root);
    this.root.append(...[
      h("div", { class: "desk" }, this.bar, h("div", { class: "work" }, this.shown, h("div", { class: "told" }, this.reading, this.says, tools, this.buildCode()), this.lines)),
      spec.hints ? h("p", { class: "hints" }, spec.hints) : null, this.heard,
    ].filter(Boolean));
    this.el.append(this.root);
    this.root.addEventListener("keydown", (event) => { if (!isPagesOwn(event)) event.stopPropagation(); });
    this.root.addEventListener("pointerdown", (event) => { this.touched = event.pointerType === "touch"; }, true);
    this.root.addEventListener("contextmenu", (event) => this.keepMenuAway(event));
    this.pictures = new Pictures(this);
  }

  /** While a control moves, nothing is read out; on a narrow page it stays in sight, below what it changes. */
  stick(input) {
    this.reading.setAttribute("aria-live", "off");
    const moving = input.closest(".control");
    for (const { root } of this.controls) root.toggleAttribute("data-moving", root === moving);
    if (moving && this.root.classList.contains("narrow")) this.showPictures();
  }

  /** Scroll to the panels where none of them can be seen: what moves sticks to the lower edge then. */
  showPictures() {
    const { top, bottom } = this.shown.getBoundingClientRect();
    const [first, last] = seenAround(this.shown);
    if (bottom < first + LEAST_SEEN || top > last - LEAST_SEEN) this.shown.scrollIntoView({ block: "start" });
  }

  /** A finger on a picture, or on the editor that it opens, opens no menu of the page: a browser calls the latter a mouse. */
  keepMenuAway(event) {
    if (!event.target.matches("canvas, .editor") || !this.touched) return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** What every Stage can do: take back, reset, fill the screen. */
  buildTools() {
    this.past = new Past(this);
    this.full = new Full(this);
    return h("div", { class: "tools", role: "group", "aria-label": "the whole explorable" }, ...(this.past.names.length ? this.past.buttons : []), this.full.button);
  }

  /** The code of what is on screen, folded away. */
  buildCode() {
    if (!this.spec.code.length) return null;
    this.code = h("pre", { tabindex: 0, "aria-label": "the code of what is on screen" });
    this.language = "code";
    const tab = (language, label) => h("button", { type: "button", "aria-pressed": language === this.language, "data-language": language, onclick: () => { this.language = language; this.showCode(); } }, label);
    this.tabs = [tab("code", "NumPy"), this.spec.torch.length ? tab("torch", "PyTorch") : null, tab("state", "this very state")].filter(Boolean);
    const copy = h("button", { type: "button", onclick: () => this.copy() }, "copy");
    this.details = h("details", { class: "code" }, h("summary", {}, "show the code"), h("div", { class: "tabs" }, ...this.tabs, copy), this.code);
    this.details.addEventListener("toggle", () => this.showCode());
    return this.details;
  }

  subscribe() {
    const { model } = this;
    this.names = traitsOf(this.spec);
    const told = new Set(this.spec.controls.filter(({ kind }) => ["told", "constant"].includes(kind)).map(({ name }) => name));
    const heard = () => { this.ownWaits = true; this.schedule(true); }; // what Python tells by itself takes no sentence away
    const changed = () => { this.tell(""); heard(); };
    const answered = () => { clearTimeout(this.ownPatience); this.ownWaits = this.ownIsLate = false; this.schedule(true); };
    const redraw = () => this.schedule(false);
    const noticed = () => this.tell(model.get("notice"));
    const fulfilled = () => { if (!model.get("request")?.serial) this.pictures.answered(); };
    const answer = () => { this.speakAgain(); this.answerSoon(); };
    const retheme = () => { this.theme = null; this.schedule(false); };
    const listeners = [...this.names.map((name) => [name, told.has(name) ? heard : changed]), ...["focus", "step", "view"].map((name) => [name, redraw]), ["notice", noticed], ["request", fulfilled], ["own", answered], ["pulse", answer]];
    for (const [name, act] of listeners) model.on(`change:${name}`, act);
    const offTheme = onTheme(retheme);
    const resize = new ResizeObserver(() => {
      if (this.root.clientWidth !== this.drawnWidth) this.schedule(false);
      else this.keeping ??= requestAnimationFrame(() => this.keepLines()); // not now: it is being measured
    });
    resize.observe(this.root);
    resize.observe(this.lines);
    this.dispose = () => {
      this.steps?.end();
      this.full.dispose();
      for (const camera of this.cameras) camera.stop();
      for (const player of this.players) player.pause();
      clearTimeout(this.pictures.patience);
      clearTimeout(this.ownPatience);
      for (const [name, act] of listeners) model.off(`change:${name}`, act);
      offTheme();
      resize.disconnect();
    };
  }

  /** What Python answers is read out, too; of what it publishes again and again, only the first. */
  speakAgain() {
    const now = performance.now();
    this.speaks ||= !(now - this.pulsed < QUIET);
    this.pulsed = now;
    this.schedule(false);
  }

  /** Tell Python that what it has published is seen: after the next frame, or at once where nothing is drawn. */
  answerSoon() {
    const answer = () => {
      for (const camera of this.cameras) camera.answered();
      this.model.set("echo", this.model.get("pulse"));
      this.model.save_changes();
    };
    if (document.hidden) answer(); else requestAnimationFrame(() => requestAnimationFrame(answer));
  }

  /** What was once written keeps its room. */
  keepLines() {
    this.keeping = null;
    this.lines.style.minHeight = `${this.lines.offsetHeight}px`;
  }

  // --------------------------------------------------------------------------------- state and frames

  schedule(recompute) {
    this.stale ||= recompute;
    this.frame ??= requestAnimationFrame(() => {
      this.frame = null;
      if (this.stale) this.recompute(); else this.draw();
    });
  }

  recompute() {
    this.stale = false;
    this.settings = Object.fromEntries(this.names.map((name) => {
      const value = this.live?.[name] ?? this.model.get(name);
      return [name, value?.dtype ? decode(value) : value];
    }));
    this.computed = evaluate(this.spec.recipe, this.settings, this.computed);
    this.outcome = this.withOwn(this.computed);
    this.forgetEdit();
    this.changed = this.findChanged();
    this.corners ??= this.findCorners();
    this.draw();
    if (!this.warm) setTimeout(warmUp);
    this.warm = true;
  }

  /** What the ends of all sliders lead to, where that is quickly worked out: panels keep room for it. */
  findCorners() {
    const sliders = this.spec.controls.filter((control) => control.kind === "slider");
    const cells = Object.values(this.settings).reduce((all, value) => all + (value?.data?.length ?? 0), 0);
    if (cells > 400 || sliders.length > 5) return [];
    const ends = (all, { name, low, high }) => all.flatMap((one) => [{ ...one, [name]: low }, { ...one, [name]: high }]);
    return sliders.reduce(ends, [this.settings]).map((settings) => evaluate(this.spec.recipe, settings));
  }

  /** Show the learner's own results in place of the course's, once Python has sent them for these settings. */
  withOwn(computed) {
    let outcome = computed;
    const given = {};
    [this.different, this.course] = [{}, {}];
    for (const [name, { array: sent, message }] of Object.entries(this.get("own")?.steps ?? {})) {
      setText(this.ownLines[name], this.ownNow(message));
      const course = outcome.values[name];
      if (this.ownWaits || this.live || !sent || !course) continue;
      given[name] = decode(sent);
      this.course[name] = course;
      this.different[name] = differences(given[name], course);
      outcome = evaluate(this.spec.recipe, this.settings, outcome, given);
    }
    return outcome;
  }

  /** What is said of the learner's function: what came of it, or what it waits for. */
  ownNow(message) {
    if (this.live) return "take the picture, and your function computes";
    return this.ownWaits ? (this.ownIsLate ? HANGS : "let go, and your function computes") : message;
  }

  /** The cells of a panel in which the learner's function and the course's differ. */
  differing(name) { return this.different[name] ?? []; }

  /** The cells of a result that the last edit of a number has changed; none where it has changed all, or the result is large. */
  changedCells(name) {
    const { before, now } = this.changed[name] ?? {};
    return before && this.changed[name].cells.length < now.data.length ? this.changed[name].cells : [];
  }

  /** What the last edit has changed, of each result. */
  findChanged() {
    const results = Object.keys(this.edit ? this.outcome.calls : {});
    return Object.fromEntries(results.flatMap((name) => {
      const [before, now] = [this.edit.before.values[name], this.outcome.values[name]];
      const told = before?.data && now?.data && now.data.length <= LARGE && String(before.shape) === String(now.shape);
      return told ? [[name, { before, now, cells: before === now ? [] : differences(now, before) }]] : [];
    }));
  }

  /** How many numbers the last edit has changed, in words. */
  editInWords() {
    const changed = this.ledgers.map((name) => ({ ...this.changed[name], name })).filter(({ cells }) => cells);
    const where = ({ name }) => (changed.length > 1 ? ` of ${this.panelOf(name)?.called() ?? name}` : " numbers");
    const counted = changed.map((one) => `${one.cells.length === one.now.data.length ? "all" : one.cells.length} of ${one.now.data.length}${where(one)}`);
    return counted.length && counted.length <= MOST_TOLD ? ` \u00b7 your edit changed ${counted.join(", ")}` : "";
  }

  /** An edit is over once another setting changes, or all numbers of its grid do. */
  forgetEdit() {
    if (!this.edit) return;
    const { name, settings } = this.edit;
    const others = this.names.some((one) => one !== name && !alike(settings[one], this.settings[one]));
    if (others || differences(this.settings[name], settings[name]).length > 1) this.edit = null;
  }

  draw() {
    if (!this.root.isConnected) return; // colors and widths are known once the page shows it
    this.theme ??= readTheme(this.root);
    this.drawnWidth = this.root.clientWidth;
    this.here = this.findHere();
    this.terms = this.findTerms();
    for (const control of this.controls) {
      control.root.hidden = !this.holds(control.control.when);
      control.update(this.settings[control.control.name]);
    }
    for (const panel of this.panels) panel.update(this.outcome);
    this.showWords();
    this.steps?.update();
    if (this.rooms.arrange()) for (const panel of this.panels) if (panel.array && !panel.root.hidden) panel.draw(this.outcome);
    if (this.details?.open) this.showCode();
    if (this.speaks) this.speak();
  }

  /** What a screen reader hears once a control is let go: what came of it, and the sentence about it. */
  speak() {
    this.speaks = false;
    this.reading.setAttribute("aria-live", "polite");
    const panel = this.panelOf(this.spec.result);
    const refused = this.panels.map((one) => (one.root.hidden ? "" : one.refusal.textContent)).filter(Boolean);
    const came = panel && !panel.root.hidden && !refused.length ? [panel.canvas.getAttribute("aria-label")] : refused;
    setText(this.heard, [...came, this.words?.textContent].filter(Boolean).join(". "));
  }

  get(name) { return this.model.get(name); }
  set(name, value) { this.model.set(name, value); }

  /** Go deeper or come back: a setting says how deep, and the keyboard goes along to a panel. */
  goTo(depth, value, panel = null) {
    this.set(depth, value);
    this.release();
    if (panel) requestAnimationFrame(() => requestAnimationFrame(() => panel.canvas.focus()));
  }

  release() {
    this.past.settle();
    this.drags = false;
    this.speaks = true;
    this.schedule(false);
    this.model.save_changes();
    if (this.ownWaits && !this.ownIsLate) this.waitForOwn();
  }

  /** Say so where Python cannot: a long call that never looks up keeps it from saying anything. */
  waitForOwn() {
    clearTimeout(this.ownPatience);
    this.ownPatience = setTimeout(() => { this.ownIsLate = true; this.schedule(true); }, LONG_CALL);
  }

  /** How many cells of an array are revealed; undefined: all. */
  known(name) {
    const step = this.get("step");
    if (name === this.spec.play && step != null) return step;
    const { kind, until } = this.panelOf(name)?.spec ?? {};
    return kind === "grid" ? this.resolve(until) : undefined;
  }


  tell(sentence) { setText(this.says, sentence ?? ""); }
  /** Device pixels a CSS pixel. */
  get ratio() { return (devicePixelRatio || 1) * this.zoom; }
  width() { return Math.max(120, (this.drawnWidth || 640) - 24); } // asking the page in between would lay it out again
  focus() { const focus = this.get("focus"); return focus && "panel" in focus ? focus : null; }
  control(name) { return this.spec.controls.find((control) => control.name === name) ?? {}; }

  /** A panel's option: "$name" is a setting, [[condition, value], ...] the first value whose condition holds. */
  resolve(option) {
    if (Array.isArray(option)) {
      if (!Array.isArray(option[0])) return option.map((part) => this.resolve(part));
      return option.find(([condition]) => this.holds(condition))?.[1];
    }
    return typeof option === "string" && option.startsWith("$") ? this.outcome.values[option.slice(1)] : option;
  }

  /** Does a condition hold, or one of several? Not if it is about a result that there is not. */
  holds(condition) { try { return [condition ?? ""].flat().some((one) => holds(one, this.outcome.values)); } catch { return false; } }
  say(text) { try { return say(text, this.outcome.values); } catch { return DASH; } }

  rangeOf(array, channel) {
    if (channel == null) return [smallest(array), largest(array)];
    let [low, high] = [Infinity, -Infinity];
    for (let i = channel; i < array.data.length; i += channels(array)) { low = Math.min(low, array.data[i]); high = Math.max(high, array.data[i]); }
    return [low, high];
  }

  // ---------------------------------------------------------------------------------- zoom and focus

  view(key) { return this.get("view")?.[key]; }

  setView(key, place) {
    const view = { ...this.get("view") };
    if (place) view[key] = place; else delete view[key];
    this.set("view", view);
  }

  /** The steps whose arithmetic can be written out, side by side where there are several. */
  get ledgers() { return [this.spec.ledger ?? []].flat(); }

  /** Of these, the one that was pointed at last. */
  get target() { return [this.panelOf(this.focus()?.panel)?.spec.tells, this.focus()?.panel, this.last?.panel, this.ledgers[0]].find((name) => this.ledgers.includes(name)); }

  /** Go to a cell: {panel, row, column}, and its channel where maps are told apart. */
  setFocus({ panel, row, column, channel }) {
    const now = this.focus();
    if (now?.panel === panel && now.row === row && now.column === column && now.channel === channel) return;
    const cell = channel == null ? { panel, row, column } : { panel, row, column, channel };
    if (this.ledgers.includes(panel)) this.last = cell;
    this.set("focus", cell);
  }

  /** The keyboard comes to a panel: the focus is where it was seen last. */
  enter(panel) {
    const names = panel.shows();
    if (names.includes(this.focus()?.panel)) return;
    this.setFocus([this.here, this.here?.pointed].find((cell) => names.includes(cell?.panel)) ?? panel.first());
  }

  /** The panel that shows a setting or step, if one does. */
  panelOf(name) { return this.panels.find((panel) => panel.shows().includes(name)); }

  /** The cell the words are about: the focused one, or the ledger's cell that belongs to it. */
  findHere() {
    const { outcome, target } = this;
    const array = outcome.values[target];
    const first = array && { ...this.panelOf(target)?.first(), panel: target, row: rows(array) >> 1, column: columns(array) >> 1 };
    const cell = this.inside(this.focus()) ?? (first && this.inside(first));
    if (!array || !cell) return cell;
    const told = this.panelOf(cell.panel)?.spec.tells; // to point at a number is to ask for the arithmetic of another one
    if (told && outcome.values[told]) return (this.last = { ...cell, panel: told, pointed: cell });
    if (cell.panel === target) return (this.last = cell);
    const readers = readBy(outcome, target, cell.panel, regionOf(cell, outcome.values[cell.panel]));
    if (!readers) return { ...this.inside(this.last ?? cell), pointed: cell }; // a weight is no place in the picture
    const middle = (list) => list[(list.length - 1) >> 1];
    if (!readers.rows.length || !readers.columns.length) return { ...cell, unread: true };
    const there = { ...first, row: middle(readers.rows), column: middle(readers.columns) };
    if (there.channel != null) there.channel = readers.channels.includes(this.last?.channel) ? this.last.channel : readers.channels[0];
    return (this.last = { ...there, pointed: cell });
  }

  /** A cell, kept inside its array; null where there is none. */
  inside(cell) {
    const array = cell && this.outcome.values[cell.panel];
    if (!array?.shape) return null;
    const kept = { panel: cell.panel, row: Math.min(cell.row, rows(array) - 1), column: Math.min(cell.column, columns(array) - 1) };
    return cell.channel == null ? kept : { ...kept, channel: Math.min(cell.channel, channels(array) - 1) };
  }

  /** The frames of one panel: the focused cell, the window it reads, the cells that read it, the winner of a pool. */
  marks(name, outcome) {
    const { here } = this;
    const shown = outcome.values[name];
    if (!here || !shown?.shape) return [];
    if (here.panel === name) return [{ region: regionOf(here, shown) }];
    const marks = here.pointed?.panel === name ? [{ region: regionOf(here.pointed, shown), dashed: true, thick: 1.5 }] : [];
    const window = readsFrom(outcome, here.panel, name, regionOf(here, outcome.values[here.panel]));
    if (window) return [{ region: window }, ...this.winnerMarks(name), ...marks];
    const readers = readBy(outcome, name, here.panel, regionOf(here, outcome.values[here.panel]));
    if (readers) return [{ region: readers }, ...marks];
    return this.ledgers.includes(name) && String(shown.shape) === String(outcome.values[here.panel].shape) ? [{ region: regionOf(here, shown) }] : marks;
  }

  /** All cells of a result that the pixel that is pointed at feeds, around the one that is read. */
  fedBy({ pointed }, name) {
    const source = pointed && pointed.panel !== name && this.outcome.values[pointed.panel];
    const readers = source?.shape && readBy(this.outcome, name, pointed.panel, regionOf(pointed, source));
    return readers ? [{ region: readers, dashed: true, thick: 1.5 }] : [];
  }

  /** What a cell sees of a setting or step, itself included; null if nothing. */
  seenBy(cell, name) {
    return cell && this.outcome.values[cell.panel] ? readsFrom(this.outcome, cell.panel, name, regionOf(cell, this.outcome.values[cell.panel])) : null;
  }

  /** The pixel that wins where the largest of a window is kept. */
  winnerMarks(name) {
    const { terms } = this;
    const won = terms?.combine === "max" ? terms.groups[0].items[winner(terms)]?.from : null;
    return won && this.sourceOf(won) === name ? [{ region: { rows: [won.row], columns: [won.column], channels: [won.channel] }, thick: 4 }] : [];
  }

  /** The cells of a picture that win, one for each window of a step. */
  winners(name, picture) {
    const result = this.outcome.values[name];
    if (!result || !readsFrom(this.outcome, name, picture, { rows: [], columns: [], channels: [] })) return [];
    return range(rows(result)).flatMap((row) => range(columns(result)).map((column) => {
      const terms = termsOf(this.outcome, name, { row, column });
      return terms.groups[0].items[winner(terms)].from;
    }));
  }

  /** The setting or step that a term's argument is; none where it is written into the recipe. */
  sourceOf(place) {
    const source = this.outcome.calls[this.target]?.sources[place?.argument];
    return typeof source === "string" ? source.slice(1) : null;
  }

  /** What the ledger's cell is made of; where the learner is elsewhere, what its first cell is made of. */
  findTerms() {
    const name = this.target;
    this.atLedger = this.here?.panel === name;
    return this.outcome.values[name] ? termsOf(this.outcome, name, this.atLedger ? this.here : { row: 0, column: 0 }) : null;
  }

  /** One hue a weight: in the kernel, and in the window that lies under it. */
  hues(name) {
    const { terms } = this;
    if (!terms || terms.groups[0].items.length > 25) return [];
    return terms.groups.flatMap(({ items }) => items.flatMap((item, i) => {
      const places = [item.weightFrom, this.atLedger && item.weightFrom ? item.from : null];
      return places.filter((place) => place && this.sourceOf(place) === name).map((place) => ({ ...place, hue: hueOf(i, items.length) }));
    }));
  }

  // ------------------------------------------------------------------------------------------- words

  showWords() {
    const { here, spec, ledgerLines } = this;
    this.showReading(here);
    if (ledgerLines) {
      setText(ledgerLines.previousElementSibling, here?.pointed && here.pointed.panel !== here.panel ? "framed cell:" : "this cell:");
      const sums = this.sumsOf(here);
      while (ledgerLines.children.length < (sums.length || 1)) ledgerLines.append(h("p"));
      [...ledgerLines.children].forEach((line, i) => setParts(line, sums[i] ?? []));
    }
    spec.lines.forEach(([, text], i) => setParts(this.formulas[i], this.sayLine(text)));
    if (this.words) setParts(this.words, this.say(spec.words));
  }

  /** A line with its numbers, the course's: a formula is never followed by what somebody else's function makes. Where no window fits,
   *  with the size that the formula gives, and dashes for what is not there. */
  sayLine(text) {
    const { values, places } = this.computed;
    const sizes = Object.fromEntries(Object.entries(places).map(([name, shape]) => [name, { shape: [1, ...shape].slice(-2), data: [] }]));
    try { return say(text, { ...values, ...sizes }, DASH[0].text); } catch { return DASH; }
  }

  /** Is a cell still blank, because its step has not been played? */
  isBlank({ panel, row, column }) { return row * columns(this.outcome.values[panel]) + column >= (this.known(panel) ?? Infinity); }

  get notYet() { return NOT_YET + (this.spec.play ? PLAY : ""); }

  /** The arithmetic of a cell: the course's, and what the learner's function made of it where that is something else. */
  sumsOf(cell) {
    const { outcome, target: name } = this;
    const mine = outcome.values[name];
    if (!mine) return [DASH];
    if (cell?.panel !== name) return [];
    if (this.isBlank(cell)) return [[{ text: this.notYet, kind: "quiet" }]];
    const course = this.course[name] ?? mine;
    if (cell.row >= rows(course) || cell.column >= columns(course)) return [[{ text: "the course\u2019s result has no such cell" }]];
    const sums = ledger({ ...outcome, values: { ...outcome.values, [name]: course } }, name, cell);
    const wanted = cell.channel == null ? range(channels(mine)) : [cell.channel];
    const both = wanted.map((c) => [mine, course].map((one) => at(one, cell.row, cell.column, c))).filter(([one, other]) => far(one, other));
    return [...sums, ...both.map(([one, other]) => [{ text: "your function: " }, { text: inFull(one), kind: "result" }, { text: `, not ${inFull(other)}` }])];
  }

  /** Say in words what is under the pointer: place, numbers, color. */
  showReading(here) {
    const cell = here?.pointed ?? here;
    if (!cell) { setParts(this.reading, [{ text: "point at a cell, or press Tab and the arrow keys, to read its numbers", kind: "quiet" }]); return; }
    const panel = this.panelOf(cell.panel);
    const array = this.outcome.values[cell.panel];
    const wanted = cell.channel == null ? range(channels(array)) : [cell.channel];
    const values = wanted.map((c) => at(array, cell.row, cell.column, c));
    const parts = [
      { text: panel ? panel.placed(cell) : `row ${cell.row}, column ${cell.column}`, kind: "here" },
      { text: ` \u2192 ${this.isBlank(cell) ? this.notYet : panel ? panel.listed(values) : number(values[0])}` },
    ];
    if (here.unread) parts.push({ text: " \u00b7 no window reads this pixel" });
    if (this.edit) parts.push({ text: this.editInWords(), kind: "quiet" });
    const swatch = panel?.display === "color" && !this.isBlank(cell) ? hex(values.slice(0, 3)) : null;
    if (swatch) parts.push({ text: " " }, { text: "\u00a0", kind: "swatch" }, { text: ` ${swatch}` });
    setParts(this.reading, parts);
    if (swatch) this.reading.querySelector(".swatch").style.background = swatch;
  }

  showCode() {
    const text = this.language === "state" ? this.stateText() : fill(this.spec[this.language], this.settings);
    for (const tab of this.tabs) tab.setAttribute("aria-pressed", tab.dataset.language === this.language);
    setText(this.code, text);
  }

  /** Python that shows a Stage as it is now, in a new cell. */
  stateText() {
    const place = [["focus", this.focus()], ["step", this.get("step")], ["view", this.get("view")]]
      .filter(([, value]) => value != null && (typeof value !== "object" || Object.keys(value).length));
    return stateCode(this.spec, this.settings, place);
  }

  async copy() {
    try { await navigator.clipboard.writeText(this.code.textContent); this.tell("copied"); }
    catch { getSelection().selectAllChildren(this.code); this.tell("press Ctrl+C to copy the marked lines"); }
  }

  // ------------------------------------------------------------------------------------------ editing

  setGrid(name, numbers) {
    this.set(name, encode({ shape: shapeOf(numbers), data: numbers.flat(Infinity) }));
  }

  write(name, row, column, value) {
    const { low, high } = this.control(name);
    const kept = Math.max(low ?? -Infinity, Math.min(high ?? Infinity, value));
    const old = decode(this.get(name));
    const data = Float32Array.from(old.data);
    if (!this.drags) this.edit = { name, before: this.outcome, settings: this.settings };
    this.drags = true;
    data[row * columns(old) + column] = kept;
    if (at(old, row, column) !== Math.fround(kept)) this.set(name, encode({ shape: old.shape, data }));
    this.tell(kept === value ? "" : `${number(value)} does not fit; this grid goes from ${number(low ?? -Infinity)} to ${number(high ?? Infinity)}`);
  }

  /** Write with the pen: one cell, or all that a soft brush covers, none of them darker than before. */
  ink(name, row, column) {
    const { pen, brush } = this.panels.find((p) => p.spec.show === name && p.spec.pen).spec;
    const value = this.get(pen) ?? 255;
    if (!brush) { this.write(name, row, column, value); return; }
    const array = this.settings[name];
    const reach = Math.ceil(brush);
    const around = range(2 * reach + 1).flatMap((i) => range(2 * reach + 1).map((j) => [i - reach, j - reach]));
    for (const [down, across] of around) {
      const [r, c] = [row + down, column + across];
      if (r < 0 || c < 0 || r >= rows(array) || c >= columns(array)) continue;
      const cover = Math.max(0, Math.min(1, brush + 0.5 - Math.hypot(down, across)));
      const now = at(decode(this.get(name)), r, c);
      if (value * cover > now) this.write(name, r, c, Math.round(value * cover));
    }
  }

  /** Nothing is drawn any more. */
  clear(name) {
    const { shape, data } = this.settings[name];
    this.set(name, encode({ shape, data: new Float32Array(data.length) }));
    this.release();
  }
}

/** The names of all that can be set: a picture has a source and a name besides, and whether there is one of the learner's own. */
const traitsOf = (spec) => spec.controls.flatMap(({ name, kind }) => (kind === "picture" ? [name, `${name}_source`, `${name}_name`, `${name}_own`] : [name]));

/** The name of a trait that is not there yet, without which a Stage cannot begin. */
export function lackingInStage(model) {
  const spec = model.get("spec");
  return spec?.controls ? traitsOf(spec).find((name) => model.get(name) === undefined) : "spec";
}
