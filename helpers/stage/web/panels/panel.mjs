// What every panel has: a title, facts, a canvas in its room, a legend, a sentence in place of a result, and a cell where the learner is.
//
// A kind of panel says how large it is (`measure`), how it is drawn (`paintOn`), which cell lies under a point (`hit`) and where a key
// leads (`walk`). A cell is {panel, row, column} or {panel, row, column, channel}.

import { channels, columns, rows } from "../arrays.mjs";
import { h, setParts, setText } from "../dom.mjs";
import { displayOf, displayRange } from "../paint.mjs";
import { number, plain } from "../words.mjs";

const LIKED = { small: 190, medium: 420, large: 720, whole: Infinity }; // the widths that panels without cells would like
const [LEGEND, REFUSAL] = [36, 86]; // the height of a legend, and of a sentence in place of a result
export const clamp = (value, low, high) => Math.max(low, Math.min(high, value));
const plural = (count, noun) => `${count} ${noun}${count === 1 ? "" : "s"}`;

export class Panel {
  /** `stage` is what the panel may ask and tell: see stage.mjs. */
  constructor(spec, stage) {
    this.spec = spec;
    this.stage = stage;
    this.title = h("div", { class: "title" });
    this.facts = h("div", { class: "facts", hidden: spec.facts === false });
    this.canvas = h("canvas", { tabindex: 0, role: "application", "aria-roledescription": this.described() });
    this.refusal = h("p", { class: "refusal", hidden: true });
    this.legend = h("div", { class: "legend", hidden: true });
    this.frame = h("div", { class: "frame" }, this.canvas, this.legend, this.refusal);
    this.note = h("div", { class: "note" });
    this.sign = spec.sign ? h("div", { class: "sign", "aria-hidden": "true" }, spec.sign) : null;
    this.root = h("div", { class: `panel ${this.size()}` }, this.title, this.facts, this.frame, this.tools(), this.note);
    this.below = 0;
    [this.width, this.height, this.rooms, this.given] = [0, 0, [], { width: 304, height: 380, words: 304 }];
    this.listen();
  }

  described() { return "grid of cells"; }
  tools() { return null; }
  size() { return this.spec.size ?? "medium"; }
  /** What stands in `spec.room`: in whose room it is drawn, and how. */
  get room() { return this.spec.room ?? {}; }

  // ------------------------------------------------------------------------------------- what it shows

  /** The names of the settings or steps that it shows. */
  shows() { return [this.spec.show]; }

  /** Bring everything up to date. */
  update(outcome) {
    const { spec, stage } = this;
    const shown = stage.holds(spec.when);
    for (const part of [this.root, this.sign]) if (part) part.hidden = !shown;
    if (!shown) return;
    const error = this.shows().map((name) => outcome.errors[name]).find(Boolean);
    this.array = error ? null : this.shown(outcome);
    this.refusal.hidden = !error;
    this.canvas.hidden = Boolean(error);
    setParts(this.title, stage.say(spec.title));
    setText(this.refusal, error ?? "");
    if (error) return this.refuse(outcome);
    this.prepare();
    this.showFacts(this.listFacts());
    setParts(this.note, stage.say(spec.note ?? this.defaultNote()));
    this.showLegend();
    this.fit();
    this.draw(outcome);
  }

  /** The array that it draws. */
  shown(outcome) { return outcome.values[this.spec.show]; }

  refuse(outcome) {
    this.showFacts(["no result"]);
    this.legend.hidden = true;
    this.keepRoom(outcome);
  }

  defaultNote() { return ""; }

  /** How numbers become colors: found anew for each array. */
  prepare() {
    const { spec, stage } = this;
    this.display = displayOf(this.array, stage.resolve(spec.display));
    this.channel = stage.resolve(spec.channel) ?? null;
    this.range = displayRange(this.array, this.display, stage.resolve(spec.range));
    this.root.classList.toggle("mat", !["signed", "numbers"].includes(this.display));
  }

  /** Shape, the smallest and the largest number, in which range they are drawn, and what the lesson adds. */
  listFacts() {
    const { array, spec, stage } = this;
    const [low, high] = stage.rangeOf(array, this.channel);
    return [this.shapeInWords(), `numbers ${number(low)} to ${number(high)}`, ...this.drawnIn(), ...(spec.facts ? [plain(stage.say(spec.facts))] : [])];
  }

  /** The range that is drawn, from black to white; a legend says it better, and colors have but one. */
  drawnIn() {
    if (!["gray", "tint"].includes(this.display) || this.hasLegend()) return [];
    return [`drawn ${this.range.map(number).join(" to ")}`];
  }

  hasLegend() {
    const asked = this.stage.resolve(this.spec.range);
    return this.spec.legend !== false && (this.display === "signed" || (this.display === "gray" && Boolean(asked)));
  }

  shapeInWords() {
    const depth = this.channel == null && channels(this.array) > 1 ? ` \u00d7 ${channels(this.array)}` : "";
    return `${plural(rows(this.array), "row")} \u00d7 ${plural(columns(this.array), "column")}${depth}`;
  }

  showFacts(facts) {
    const label = [this.title.textContent, ...facts].join(", ");
    if (this.canvas.getAttribute("aria-label") === label) return;
    this.canvas.setAttribute("aria-label", label);
    this.facts.replaceChildren(...facts.map((fact) => h("span", {}, fact)));
  }

  showLegend() {
    const signed = this.display === "signed";
    this.legend.hidden = !this.hasLegend();
    if (this.legend.hidden) return;
    const [low, high] = this.range;
    const key = [signed, low, high].join();
    if (this.legend.dataset.key === key) return;
    this.legend.dataset.key = key;
    this.legend.className = `legend ${signed ? "signed" : "gray"}`;
    this.legend.replaceChildren(h("i"), ...[number(low), signed ? "0" : "", number(high)].map((text) => h("span", {}, text)));
  }

  // --------------------------------------------------------------------------------------------- room

  /** Fit the canvas into the room there is. */
  fit() {
    const now = this.keepRoom(this.stage.outcome);
    this.layout = now;
    this.scale = now.scale;
    this.resize(now.drawnWidth ?? now.width, now.drawnHeight ?? now.height);
    this.legend.style.width = `${Math.max(120, this.width)}px`;
  }

  /** The width it would like in a room. */
  wish({ width }) { return Math.min(width, LIKED[this.size()]); }

  /** The height that it takes. */
  kept() { return this.height; }

  /** The height below which it says less. */
  least() { return 0; }

  /** Whether one can read what stands in its cells, if it is meant to be read. */
  isRead() { return true; }

  /** Take a room: its width and height, and the width for words. What the ends of the sliders need of it is kept free. */
  take(given) {
    const { ratio } = this.stage;
    if (ratio === this.given.ratio && ["width", "height", "words"].every((side) => given[side] === this.given[side])) return;
    this.given = { ...given, ratio };
    this.rooms = this.stage.corners.map((one) => this.measured(one, false));
    this.root.style.width = `${given.words}px`;
    if (this.array) this.fit(); else this.keepRoom(this.stage.outcome);
  }

  measured({ values, errors }, inWhole) {
    const { show } = this.spec;
    return values[show] ? this.measure(values, this.given, inWhole) : { width: 0, height: errors[show] ? REFUSAL : 0 };
  }

  /** Keep the largest room that was needed or that the sliders can ask for, so that nothing jumps. */
  keepRoom(outcome) {
    const now = this.measured(outcome, true);
    this.rooms.push(now);
    if (now.width) this.below = this.legend.hidden ? 0 : LEGEND;
    const most = (side) => Math.ceil(Math.max(0, ...this.rooms.map((room) => room[side])));
    this.rooms = [{ width: most("width"), height: most("height") }];
    this.frame.style.minWidth = `${this.rooms[0].width}px`;
    this.frame.style.minHeight = `${this.rooms[0].height + this.below}px`;
    return now;
  }

  /** Give the canvas whole device pixels. */
  resize(...lengths) {
    const { ratio } = this.stage;
    ["width", "height"].forEach((side, i) => {
      const length = Math.max(1, Math.round(lengths[i] * ratio));
      this[side] = length / ratio;
      if (this.canvas[side] === length && this.canvas.style[side]) return;
      this.canvas[side] = length;
      this.emptied = true; // a canvas of another size is blank
      this.canvas.style[side] = `${this[side]}px`;
    });
  }

  draw(outcome) {
    const context = this.canvas.getContext("2d");
    const { ratio } = this.stage;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.paintOn(context, outcome);
  }

  // ------------------------------------------------------------------------------------------- reading

  /** The numbers of a cell in words: what stands behind the arrow of the reading. */
  listed(values) { return number(values[0]); }

  /** What it is called within a sentence: its title, up to a comma. */
  called() { return plain(this.stage.say(this.spec.title)).split(",")[0].replace(/^[A-Z](?=[a-z ])/, (letter) => letter.toLowerCase()); }

  /** Where a cell is, in words: in which grid, too. */
  placed({ row, column }) { return `${this.called()}, row ${row}, column ${column}`; }

  // ------------------------------------------------------------------------------------------ events

  listen() {
    const { canvas } = this;
    const on = (name, act, options) => canvas.addEventListener(name, (event) => this.array && act.call(this, event), options);
    on("pointerdown", this.pointerDown);
    on("pointermove", this.pointerMove);
    for (const name of ["pointerup", "pointercancel"]) on(name, this.pointerUp);
    on("dblclick", this.doubleClick);
    on("wheel", this.wheel, { passive: false });
    on("keydown", this.key);
    canvas.addEventListener("focus", () => this.array && this.stage.enter(this));
  }

  point(event) {
    const box = this.canvas.getBoundingClientRect();
    const scale = this.width / (box.width || 1); // in full screen all is larger
    return { x: (event.clientX - box.left) * scale, y: (event.clientY - box.top) * scale };
  }

  pointerDown(event) {
    if (event.button > 0) return;
    this.canvas.setPointerCapture?.(event.pointerId);
    this.pressed = true;
    this.go(this.hit(this.point(event)));
  }

  pointerMove(event) { if (this.pressed || event.pointerType !== "touch") this.go(this.hit(this.point(event))); }
  pointerUp() { this.pressed = false; }
  doubleClick() {}
  wheel() {}

  key(event) {
    const cell = this.walk(event, this.focused());
    if (!cell) return;
    this.go(cell);
    event.preventDefault();
  }

  go(cell) { if (cell) this.stage.setFocus(cell); }

  /** The focused cell, if it is one of this panel's; else its first. */
  focused() {
    const focus = this.stage.inside(this.stage.focus());
    return focus && this.shows().includes(focus.panel) ? focus : this.first();
  }

  first() { return { panel: this.spec.show, row: 0, column: 0 }; }
}

/** Where the arrow keys, Home and End lead in an array; null for other keys. */
export function step(event, cell, array, page = 1) {
  const last = { row: rows(array) - 1, column: columns(array) - 1 };
  const all = event.ctrlKey || event.metaKey;
  const moves = {
    ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1], PageUp: [-page, 0], PageDown: [page, 0],
    Home: [all ? -last.row : 0, -last.column], End: [all ? last.row : 0, last.column],
  };
  if (!(event.key in moves)) return null;
  const [down, right] = moves[event.key];
  return { ...cell, row: clamp(cell.row + down, 0, last.row), column: clamp(cell.column + right, 0, last.column) };
}
