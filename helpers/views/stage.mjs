// The Stage: settings in the widget's model, the recipe worked out at most once a frame, panels and words.
//
// While a control moves, only the browser's copy of the model changes (`set`); Python hears of it when it is let go
// (`release`). Hover, zoom and focus stay here until then too.

import { at, channels, columns, evaluate, fill, holds, largest, ledger, number, plain, readBy, readsFrom, rows, say, smallest, hueOf } from "./core.mjs";
import { h, onTheme, readTheme, reducedMotion, setParts, setText } from "./dom.mjs";
import { hex, makeControl } from "./controls.mjs";
import { Panel } from "./panel.mjs";

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
const SPEEDS = [[1, "slow"], [4, "walking"], [16, "quick"], [200, "hurry"]];
const LARGE_FILE = 2e6;
const DASH = [{ text: "\u2014" }]; // in place of what a refused setting leaves unknown

class Stage {
  constructor(model, el) {
    this.model = model;
    this.spec = model.get("spec");
    this.el = el;
    this.controls = this.spec.controls.map((control) => makeControl(control, this)).filter(Boolean);
    this.panels = this.spec.panels.map((spec) => new Panel(spec, this));
    this.build();
    this.subscribe();
    this.recompute();
  }

  // ---------------------------------------------------------------------------------------- building

  build() {
    const { spec } = this;
    this.says = h("p", { class: "says", role: "status" });
    this.reading = h("p", { class: "reading", "aria-live": "polite" });
    const line = (label, kind = null) => [h("dt", {}, label), h("dd", { class: kind })];
    const ledger = spec.ledger ? line("this cell:", "ledger") : [];
    const formulas = spec.lines.map(([label]) => line(label));
    const words = spec.words.length ? line("in words:", "words") : [];
    [this.ledgerLines, this.words, this.formulas] = [ledger[1], words[1], formulas.map(([, text]) => text)];
    const own = this.get("own")?.step ? line("your function:", "own") : [];
    this.ownLine = own[1];
    this.lines = h("dl", { class: "lines" }, ...ledger, ...formulas.flat(), ...own, ...words);
    const bar = this.controls.length ? h("div", { class: "bar" }, ...this.controls.map((c) => c.root)) : null;
    const row = h("div", { class: "panels" });
    let group = null;
    for (const panel of this.panels) {
      if (panel.sign) row.append(panel.sign);
      if (!panel.spec.group) { row.append(panel.root); continue; }
      if (group?.dataset.group !== panel.spec.group) row.append(group = h("div", { class: "group", "data-group": panel.spec.group }));
      group.append(panel.root);
    }
    this.root = h("section", { class: "stage", "aria-label": spec.title || "explorable" },
      bar, this.says, row, this.reading, this.lines, spec.play ? this.buildSteps() : null,
      h("div", { class: "foot" }, spec.hints ? h("span", { class: "hints" }, spec.hints) : null, this.buildCode()));
    this.el.append(this.root);
    this.root.addEventListener("keydown", (event) => event.stopPropagation());
    this.listenForFiles();
  }

  /** The code of what is on screen, folded away. */
  buildCode() {
    if (!this.spec.code.length) return null;
    this.code = h("pre", { tabindex: 0, "aria-label": "the code of what is on screen" });
    this.language = "code";
    const tab = (language, label) => h("button", { type: "button", "aria-pressed": language === this.language, "data-language": language, onclick: () => { this.language = language; this.showCode(); } }, label);
    this.tabs = [tab("code", "NumPy"), tab("torch", "PyTorch"), tab("state", "this very state")];
    const copy = h("button", { type: "button", onclick: () => this.copy() }, "copy");
    this.details = h("details", { class: "code" }, h("summary", {}, "show the code"), h("div", { class: "tabs" }, ...this.tabs, copy), this.code);
    this.details.addEventListener("toggle", () => this.showCode());
    return this.details;
  }

  buildSteps() {
    const button = (label, words, act) => h("button", { type: "button", "aria-label": words, title: words, onclick: act }, label);
    this.playButton = button("\u25b6 play", "play", () => this.play());
    this.stepSlider = h("input", { type: "range", min: 1, step: 1, "aria-label": "step" });
    this.stepSlider.addEventListener("input", () => this.goTo(Number(this.stepSlider.value)));
    this.stepSlider.addEventListener("change", () => this.release());
    this.stepText = h("span", { class: "steptext" });
    this.speed = h("select", { "aria-label": "speed" }, ...SPEEDS.map(([rate, label]) => h("option", { value: rate }, label)));
    this.speed.value = SPEEDS[1][0];
    const go = (label, words, step) => button(label, words, () => { this.pause(); this.goTo(step()); this.release(); });
    return h("div", { class: "steps", role: "group", "aria-label": "steps" },
      go("|\u25c0", "back to the first step", () => 1), go("\u25c0", "one step back", () => this.stepNow() - 1), this.playButton,
      go("\u25b6", "one step forward", () => this.stepNow() + 1), go("\u25b6|", "finish", () => this.steps()),
      this.speed, this.stepSlider, this.stepText);
  }

  subscribe() {
    const { model } = this;
    this.names = [...this.spec.controls.map((control) => control.name), ...this.pictures().flatMap((name) => [`${name}_source`, `${name}_name`, `${name}_own`])];
    const changed = () => { this.tell(""); this.ownWaits = true; this.schedule(true); };
    const answered = () => { this.ownWaits = false; this.schedule(true); };
    const redraw = () => this.schedule(false);
    const noticed = () => this.tell(model.get("notice"));
    const retheme = () => { this.theme = null; this.schedule(false); };
    const listeners = [...this.names.map((name) => [name, changed]), ...["focus", "step", "view"].map((name) => [name, redraw]), ["notice", noticed], ["own", answered]];
    for (const [name, act] of listeners) model.on(`change:${name}`, act);
    const offTheme = onTheme(retheme);
    const resize = new ResizeObserver(() => {
      if (this.root.clientWidth !== this.drawnWidth) this.schedule(false);
      else this.lines.style.minHeight = `${this.lines.getBoundingClientRect().height}px`; // what was once written keeps its room
    });
    resize.observe(this.root);
    resize.observe(this.lines);
    this.dispose = () => {
      this.pause();
      this.closeCamera?.();
      for (const [name, act] of listeners) model.off(`change:${name}`, act);
      offTheme();
      resize.disconnect();
    };
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
      const value = this.model.get(name);
      return [name, value?.data ? decode(value) : value];
    }));
    this.computed = evaluate(this.spec.recipe, this.settings, this.computed);
    this.outcome = this.withOwn(this.computed);
    this.corners ??= this.findCorners();
    this.draw();
  }

  /** What the ends of all sliders lead to, where that is quickly worked out: panels keep room for it. */
  findCorners() {
    const sliders = this.spec.controls.filter((control) => control.kind === "slider");
    const cells = Object.values(this.settings).reduce((all, value) => all + (value?.data?.length ?? 0), 0);
    if (cells > 400 || sliders.length > 5) return [];
    const ends = (all, { name, low, high }) => all.flatMap((one) => [{ ...one, [name]: low }, { ...one, [name]: high }]);
    return sliders.reduce(ends, [this.settings]).map((settings) => evaluate(this.spec.recipe, settings));
  }

  /** Show the learner's own result in place of the course's, once Python has sent it for these settings. */
  withOwn(computed) {
    const { step, array: sent, message } = this.get("own") ?? {};
    const waits = step && this.ownWaits;
    if (this.ownLine) setText(this.ownLine, waits ? "let go, and your function computes" : message ?? "");
    this.different = [];
    const course = computed.values[step];
    if (waits || !sent || !course) return computed;
    const mine = decode(sent);
    if (String(mine.shape) === String(course.shape)) {
      const [wide, depth] = [columns(course), channels(course)];
      const far = (v, i) => Math.abs(v - course.data[i]) > 1e-3 + 1e-4 * Math.abs(course.data[i]);
      const cells = new Set([...mine.data.keys()].filter((i) => far(mine.data[i], i)).map((i) => Math.floor(i / depth)));
      this.different = [...cells].map((i) => ({ row: Math.floor(i / wide), column: i % wide }));
    }
    return { ...computed, values: { ...computed.values, [step]: mine } };
  }

  /** The cells of a panel in which the learner's function and the course's differ. */
  differing(name) { return this.get("own")?.step === name ? this.different : []; }

  draw() {
    if (!this.root.isConnected) return; // colors and widths are known once the page shows it
    this.theme ??= readTheme(this.root);
    if (this.drawnWidth !== this.root.clientWidth) {
      this.drawnWidth = this.root.clientWidth;
      this.root.classList.toggle("narrow", this.width() < 450);
      this.lines.style.minHeight = "";
    }
    this.here = this.findHere();
    for (const control of this.controls) {
      control.root.hidden = !this.holds(control.control.when);
      control.update(this.settings[control.control.name]);
    }
    for (const panel of this.panels) panel.update(this.outcome);
    this.showWords();
    if (this.spec.play) this.showSteps();
    if (this.details?.open) this.showCode();
  }

  get(name) { return this.model.get(name); }
  set(name, value) { this.model.set(name, value); }
  release() { this.model.save_changes(); }
  tell(sentence) { setText(this.says, sentence ?? ""); }
  width() { return Math.max(120, (this.drawnWidth || 640) - 24); } // asking the page in between would lay it out again
  focus() { const focus = this.get("focus"); return focus && "panel" in focus ? focus : null; }
  control(name) { return this.spec.controls.find((control) => control.name === name) ?? {}; }
  pictures() { return this.spec.controls.filter((control) => control.kind === "picture").map((control) => control.name); }
  pictureName(name) { return this.get(`${name}_name`); }

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

  setFocus(panel, row, column) {
    const now = this.focus();
    if (now?.panel === panel && now.row === row && now.column === column) return;
    this.set("focus", { panel, row, column });
  }

  /** The keyboard comes to a panel: the focus is where it was seen last. */
  enter(panel) {
    const name = panel.spec.show;
    if (this.focus()?.panel === name) return;
    const { row, column } = [this.here, this.here?.pointed].find((cell) => cell?.panel === name) ?? { row: 0, column: 0 };
    this.setFocus(name, row, column);
  }

  /** The cell the words are about: the focused one, or the ledger's cell that belongs to it. */
  findHere() {
    const { outcome, spec: { ledger: target } } = this;
    const array = outcome.values[target];
    const cell = this.inside(this.focus()) ?? (array && this.inside({ panel: target, row: rows(array) >> 1, column: columns(array) >> 1 }));
    if (!array || !cell) return cell;
    if (cell.panel === target) return (this.last = cell);
    const readers = readBy(outcome, target, cell.panel, { rows: [cell.row], columns: [cell.column] });
    if (!readers) return { ...this.inside(this.last ?? cell), pointed: cell }; // a weight is no place in the picture
    const middle = (list) => list[(list.length - 1) >> 1];
    if (!readers.rows.length || !readers.columns.length) return { ...cell, unread: true };
    return (this.last = { panel: target, row: middle(readers.rows), column: middle(readers.columns), pointed: cell });
  }

  /** A cell, kept inside its array; null where there is none. */
  inside(cell) {
    const array = cell && this.outcome.values[cell.panel];
    if (!array?.shape) return null;
    return { panel: cell.panel, row: Math.min(cell.row, rows(array) - 1), column: Math.min(cell.column, columns(array) - 1) };
  }

  /** The frames of one panel: the focused cell, the window it reads, the cells that read it. */
  marks(name, outcome) {
    const { here } = this;
    if (!here) return [];
    const one = (cell) => ({ rows: [cell.row], columns: [cell.column] });
    if (here.panel === name) return [{ region: one(here) }];
    const marks = here.pointed?.panel === name ? [{ region: one(here.pointed), dashed: true, thick: 1.5 }] : [];
    const window = readsFrom(outcome, here.panel, name, one(here));
    if (window) return [{ region: window }, ...marks];
    const readers = outcome.values[name]?.shape ? readBy(outcome, name, here.panel, one(here)) : null;
    return readers ? [{ region: readers }, ...marks] : marks;
  }

  /** One hue a weight: in the kernel, and in the window that lies under it. */
  hues(name, outcome) {
    const call = outcome.calls[this.spec.ledger];
    const kernel = call?.args.kernel;
    if (!kernel || kernel.data.length > 25) return [];
    const all = kernel.data.length;
    const wide = kernel.shape[1];
    if (call.sources.kernel === `$${name}`) {
      const flipped = (i) => (call.args.flip ? all - 1 - i : i);
      return Array.from({ length: all }, (_, i) => ({ row: Math.floor(i / wide), column: i % wide, hue: hueOf(flipped(i), all) }));
    }
    const { here } = this;
    if (here?.panel !== this.spec.ledger || call.sources.image !== `$${name}`) return [];
    const { stride = 1, padding = 0, dilation = 1 } = call.args;
    return Array.from({ length: all }, (_, i) => ({
      row: here.row * stride - padding + Math.floor(i / wide) * dilation, column: here.column * stride - padding + (i % wide) * dilation, hue: hueOf(i, all),
    })).filter(({ row, column }) => row >= 0 && column >= 0 && row < rows(call.args.image) && column < columns(call.args.image));
  }

  // ------------------------------------------------------------------------------------------- words

  showWords() {
    const { here, outcome, spec, ledgerLines } = this;
    this.showReading(here);
    if (ledgerLines) {
      const sums = !outcome.values[spec.ledger] ? [DASH] : here?.panel === spec.ledger ? ledger(outcome, spec.ledger, here.row, here.column) : [];
      while (ledgerLines.children.length < (sums.length || 1)) ledgerLines.append(h("p"));
      [...ledgerLines.children].forEach((line, i) => setParts(line, sums[i] ?? []));
    }
    spec.lines.forEach(([, text], i) => setParts(this.formulas[i], this.say(text)));
    if (this.words) setParts(this.words, this.say(spec.words));
  }

  /** Say in words what is under the pointer: place, numbers, color. */
  showReading(here) {
    const cell = here?.pointed ?? here;
    if (!cell) { setParts(this.reading, [{ text: "point at a cell, or press Tab and the arrow keys, to read its numbers", kind: "quiet" }]); return; }
    const array = this.outcome.values[cell.panel];
    const values = Array.from({ length: channels(array) }, (_, c) => at(array, cell.row, cell.column, c));
    const panel = this.panels.find((p) => p.spec.show === cell.panel);
    const colored = panel?.display === "color";
    const letters = values.length > 1 ? panel?.spec.letters ?? ["R", "G", "B", "A"] : [];
    const list = values.map((v, c) => `${letters[c] ? `${letters[c]} ` : ""}${number(letters[c] ? Math.round(v) : v)}`).join(", ");
    const parts = [{ text: `row ${cell.row}, column ${cell.column}`, kind: "here" }, { text: ` \u2192 ${values.length > 1 ? `[${list}]` : list}` }];
    if (here.unread) parts.push({ text: " \u00b7 no window reads this pixel" });
    const swatch = colored ? hex(values.slice(0, 3)) : null;
    if (swatch) parts.push({ text: " " }, { text: "\u00a0", kind: "swatch" }, { text: ` ${swatch}` });
    setParts(this.reading, parts);
    if (swatch) this.reading.querySelector(".swatch").style.background = swatch;
  }

  showCode() {
    const text = this.language === "state" ? this.stateText() : fill(this.spec[this.language], this.settings);
    for (const tab of this.tabs) tab.setAttribute("aria-pressed", tab.dataset.language === this.language);
    setText(this.code, text);
  }

  /** A line of Python that brings a Stage back to what it shows now. */
  stateText() {
    const settings = this.spec.controls.filter((control) => control.kind !== "picture")
      .map((control) => [control.name, fill([{ setting: control.name }], this.settings)]);
    const place = [["focus", this.focus()], ["step", this.get("step")], ["view", this.get("view")]]
      .filter(([, value]) => value != null && (typeof value !== "object" || Object.keys(value).length)).map(([name, value]) => [name, JSON.stringify(value)]);
    return `lesson.state = {\n${[...settings, ...place].map(([name, value]) => `    "${name}": ${value},`).join("\n")}\n}`;
  }

  async copy() {
    try { await navigator.clipboard.writeText(this.code.textContent); this.tell("copied"); }
    catch { getSelection().selectAllChildren(this.code); this.tell("press Ctrl+C to copy the marked lines"); }
  }

  // ------------------------------------------------------------------------------------------ editing

  setGrid(name, numbers) {
    this.set(name, encode({ shape: [numbers.length, numbers[0].length], data: numbers.flat() }));
  }

  write(name, row, column, value) {
    const { low, high } = this.control(name);
    const kept = Math.max(low ?? -Infinity, Math.min(high ?? Infinity, value));
    const old = decode(this.get(name));
    const data = Float32Array.from(old.data);
    data[row * columns(old) + column] = kept;
    if (at(old, row, column) !== Math.fround(kept)) this.set(name, encode({ shape: old.shape, data }));
    this.tell(kept === value ? "" : `${number(value)} does not fit; this grid goes from ${number(low ?? -Infinity)} to ${number(high ?? Infinity)}`);
  }

  ink(name, row, column) { this.write(name, row, column, this.settings[this.panels.find((p) => p.spec.show === name && p.spec.pen).spec.pen] ?? 255); }

  // --------------------------------------------------------------------------------------- own picture

  ask(wish) { this.set("request", { ...wish, serial: Date.now() }); this.release(); }
  choosePicture(name) { this.ask({ choose: name }); }

  listenForFiles() {
    if (!this.controls.some((c) => c.control.kind === "picture")) return;
    const first = (list) => [...(list?.files ?? [])][0];
    this.root.addEventListener("dragover", (event) => { event.preventDefault(); event.stopPropagation(); });
    this.root.addEventListener("drop", (event) => {
      event.preventDefault();
      event.stopPropagation();
      if (first(event.dataTransfer)) this.takeFile(first(event.dataTransfer));
    });
    this.root.addEventListener("paste", (event) => {
      if (first(event.clipboardData)) { event.preventDefault(); event.stopPropagation(); this.takeFile(first(event.clipboardData)); }
    });
  }

  /** Hand a file to Python: as it is if it is small, else made smaller here first. */
  async takeFile(file) {
    this.tell(file.size ? "opening the picture \u2026" : "the file is empty; choose a picture");
    if (!file.size) return;
    try {
      const blob = file.size > LARGE_FILE ? await shrink(file) : file;
      this.ask({ name: file.name, data: new DataView(await blob.arrayBuffer()) });
    } catch { this.tell("this is not a picture that your browser can read; choose a PNG or JPEG file"); }
  }

  // -------------------------------------------------------------------------------------------- steps

  steps() { const array = this.outcome.values[this.spec.play]; return array ? rows(array) * columns(array) : 0; }
  stepNow() { return Math.min(this.get("step") ?? this.steps(), this.steps()); }
  known(name) { const step = this.get("step"); return name === this.spec.play && step != null ? step : undefined; }

  goTo(step) {
    const all = this.steps();
    if (!all) return;
    const now = Math.max(1, Math.min(all, step));
    const wide = columns(this.outcome.values[this.spec.play]);
    this.set("step", now < all ? now : null);
    this.setFocus(this.spec.play, Math.floor((now - 1) / wide), (now - 1) % wide);
  }

  showSteps() {
    const [now, all] = [this.stepNow(), this.steps()];
    this.stepSlider.max = all;
    this.stepSlider.value = now;
    setText(this.stepText, now < all ? `step ${now} of ${all}` : all ? `all ${all} steps` : "no steps");
  }

  play() {
    if (this.playing) { this.pause(); this.release(); return; }
    if (this.stepNow() >= this.steps()) this.goTo(1);
    setText(this.playButton, "\u275a\u275a pause");
    this.playButton.setAttribute("aria-label", "pause");
    let [last, owed] = [performance.now(), 0];
    const tick = (now) => {
      owed += ((now - last) / 1000) * Number(this.speed.value);
      last = now;
      if (owed >= 1) { this.goTo(this.stepNow() + Math.floor(owed)); owed %= 1; }
      if (this.stepNow() >= this.steps()) { this.pause(); this.release(); } else this.playing = requestAnimationFrame(tick);
    };
    this.playing = requestAnimationFrame(tick);
  }

  pause() {
    if (this.playing) cancelAnimationFrame(this.playing);
    this.playing = null;
    if (!this.playButton) return;
    setText(this.playButton, "\u25b6 play");
    this.playButton.setAttribute("aria-label", "play");
  }
}

const LONGEST = 800;

/** Make a large picture smaller before it travels. */
async function shrink(file) {
  const image = await createImageBitmap(file);
  const part = Math.min(1, LONGEST / Math.max(image.width, image.height));
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [Math.max(1, Math.round(image.width * part)), Math.max(1, Math.round(image.height * part))];
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  image.close();
  return new Promise((resolve, reject) => canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("empty"))), "image/png"));
}

function render({ model, el }) {
  const stage = new Stage(model, el);
  return () => stage.dispose();
}

export default { render };
