// One panel: an array on a canvas, with its title, its zoom, and the cell where the learner is.

import { at, channels, columns, number, parseNumber, plain, rows, stones } from "./core.mjs";
import { h, reducedMotion, setParts, setText } from "./dom.mjs";
import { NUMBERS, bitmap, cross, displayOf, displayRange, dot, drawHue, hatch, outline, paint } from "./paint.mjs";

const WIDTHS = { small: (room) => Math.min(170, room / 2 - 10), medium: (room) => Math.min(304, room), large: (room) => Math.min(600, room) };
const NATURAL = 34; // the cell size of a small grid
const CLOSEST = 64; // the cell size at full zoom
const [LEGEND, REFUSAL] = [36, 86]; // the height of a legend, and of a sentence in place of a result
const clamp = (value, low, high) => Math.max(low, Math.min(high, value));

/** The largest cell size at which an array fits; whole device pixels a cell where that costs little. */
export function fitScale(array, width, height, natural, inWhole = true) {
  const ratio = globalThis.devicePixelRatio || 1;
  const exact = Math.min(width / columns(array), height / rows(array), natural);
  const whole = Math.floor(exact * ratio) / ratio;
  return inWhole && whole / exact > 0.62 ? whole : exact;
}

export class Panel {
  /** `stage` is what the panel may ask and tell: see stage.mjs. */
  constructor(spec, stage) {
    this.spec = spec;
    this.stage = stage;
    this.title = h("div", { class: "title" });
    this.facts = h("div", { class: "facts" });
    this.canvas = h("canvas", { tabindex: 0, role: "application", "aria-roledescription": "grid of cells" });
    this.refusal = h("p", { class: "refusal", hidden: true });
    this.buttons = spec.zoom ? this.zoomButtons() : null;
    this.legend = h("div", { class: "legend", hidden: true });
    this.frame = h("div", { class: "frame" }, this.canvas, this.legend, this.refusal);
    this.note = h("div", { class: "note" });
    this.sign = spec.sign ? h("div", { class: "sign", "aria-hidden": "true" }, spec.sign) : null;
    this.root = h("div", { class: `panel ${spec.size ?? "medium"}` }, this.title, this.facts, this.frame, this.buttons, this.note);
    this.below = 0;
    this.pointers = new Map();
    this.listen();
  }

  zoomButtons() {
    const button = (label, words, act) => h("button", { type: "button", "aria-label": words, title: words, onclick: act }, label);
    return h("div", { class: "zoom" },
      button("\u2212", "zoom out", () => this.zoomBy(0.5)), button("+", "zoom in", () => this.zoomBy(2)),
      button("whole picture", "show the whole picture", () => this.zoomTo(1)));
  }

  // ------------------------------------------------------------------------------------- what it shows

  /** Bring everything up to date. */
  update(outcome) {
    const { spec, stage } = this;
    const values = outcome.values;
    const shown = stage.holds(spec.when);
    for (const part of [this.root, this.sign]) if (part) part.hidden = !shown;
    if (!shown) return;
    this.array = values[spec.show];
    const error = outcome.errors[spec.show];
    this.refusal.hidden = !error;
    this.canvas.hidden = Boolean(error);
    setParts(this.title, stage.say(spec.title));
    setText(this.refusal, error ?? "");
    if (error) {
      this.array = null;
      this.showFacts(["no result"]);
      this.legend.hidden = true;
      this.keepRoom(outcome);
      return;
    }
    this.display = displayOf(this.array, stage.resolve(spec.display));
    this.channel = stage.resolve(spec.channel) ?? null;
    this.range = displayRange(this.array, this.display, stage.resolve(spec.range));
    this.showFacts(this.listFacts());
    setParts(this.note, stage.say(spec.note ?? (spec.edit ? "edit any number" : spec.pen ? "draw on it" : "")));
    this.showLegend();
    this.fit();
    this.draw(outcome);
  }

  /** Shape, range, and what the lesson adds. */
  listFacts() {
    const { array, spec, stage } = this;
    const depth = this.channel == null && channels(array) > 1 ? ` \u00d7 ${channels(array)}` : "";
    const [low, high] = stage.rangeOf(array, this.channel);
    const shape = `${rows(array)} row${rows(array) > 1 ? "s" : ""} \u00d7 ${columns(array)} column${columns(array) > 1 ? "s" : ""}${depth}`;
    return [shape, `${number(low)} to ${number(high)}`, ...(spec.facts ? [plain(stage.say(spec.facts))] : [])];
  }

  showFacts(facts) {
    const label = [this.title.textContent, ...facts].join(", ");
    if (this.canvas.getAttribute("aria-label") === label) return;
    this.canvas.setAttribute("aria-label", label);
    this.facts.replaceChildren(...facts.map((fact) => h("span", {}, fact)));
  }

  /** Fit the canvas into the room there is. */
  fit() {
    const now = this.keepRoom(this.stage.outcome);
    this.scale = now.scale;
    this.resize(columns(this.array) * now.scale, rows(this.array) * now.scale);
    this.legend.style.width = `${Math.max(150, this.width)}px`;
  }

  /** Keep the largest room that was needed or that the sliders can ask for, so that nothing jumps. */
  keepRoom(outcome) {
    const available = WIDTHS[this.spec.size ?? "medium"](this.stage.width());
    const measured = ({ values, errors }, inWhole) =>
      (values[this.spec.show] ? this.measure(values, available, inWhole) : { width: 0, height: errors[this.spec.show] ? REFUSAL : 0 });
    if (this.available !== available) [this.available, this.rooms] = [available, this.stage.corners.map((one) => measured(one, false))];
    const now = measured(outcome, true);
    this.rooms.push(now);
    if (now.scale) this.below = this.legend.hidden ? 0 : LEGEND;
    const most = (side) => Math.max(0, ...this.rooms.map((room) => room[side]));
    this.rooms = [{ width: most("width"), height: most("height") }];
    this.frame.style.minWidth = `${this.rooms[0].width}px`;
    this.frame.style.minHeight = `${this.rooms[0].height + this.below}px`;
    return now;
  }

  /** How an array is drawn, by itself or in another one's room: the cell size and the room. */
  measure(values, available, inWhole) {
    const { show, like, fill, cell = NATURAL } = this.spec;
    const array = values[show];
    const box = values[like ?? fill] ?? array;
    const scale = fitScale(box, available, available * 1.25, cell, inWhole);
    const [width, height] = [columns(box) * scale, rows(box) * scale];
    return { width, height, scale: box === array ? scale : fitScale(array, width, height, like ? scale : cell) };
  }

  /** Give the canvas whole device pixels. */
  resize(...lengths) {
    const ratio = devicePixelRatio || 1;
    ["width", "height"].forEach((side, i) => {
      const length = Math.round(lengths[i] * ratio);
      this[side] = length / ratio;
      if (this.canvas[side] === length && this.canvas.style[side]) return;
      this.canvas[side] = length;
      this.canvas.style[side] = `${this[side]}px`;
    });
  }

  showLegend() {
    const asked = this.stage.resolve(this.spec.range);
    const signed = this.display === "signed";
    this.legend.hidden = this.spec.legend === false || !(signed || (this.display === "gray" && asked));
    if (this.legend.hidden) return;
    this.legend.className = `legend ${signed ? "signed" : "gray"}`;
    const [low, high] = this.range;
    this.legend.replaceChildren(h("i"), ...[number(low), signed ? "0" : "", number(high)].map((text) => h("span", {}, text)));
  }

  /** Whose zoom it shares: that of panels of the same size, or of those that begin at the corner, whatever their size. */
  zoomKey() { return this.spec.corner ? "corner" : `${rows(this.array)}x${columns(this.array)}`; }

  /** The zoom, and the cell in the middle; at first the whole picture, or so many rows of its upper left corner. */
  view() {
    const [high, wide] = [rows(this.array), columns(this.array)];
    const zoom = Math.min(high, wide) / (this.spec.corner ?? Infinity);
    return this.stage.view(this.zoomKey()) ?? (zoom > 1 ? { zoom, row: 0, column: 0 } : { zoom: 1, row: high / 2, column: wide / 2 });
  }

  /** Where the view stands: the cell size, and the cell at the upper left. */
  place() {
    const { width, height } = this;
    const view = this.view();
    const scale = this.scale * view.zoom;
    const corner = (center, length, cells) => clamp(center - length / scale / 2, 0, Math.max(0, cells - length / scale));
    return { scale, width, height, row: corner(view.row, height, rows(this.array)), column: corner(view.column, width, columns(this.array)) };
  }

  /** The largest zoom: cells whose numbers can be read; 1 where they can be already, or where a drag means something else. */
  closest() { return this.spec.edit || this.spec.pen || this.scale >= NUMBERS ? 1 : CLOSEST / this.scale; }

  draw(outcome) {
    const { array, stage } = this;
    const context = this.canvas.getContext("2d");
    const known = stage.known(this.spec.show);
    const look = { display: this.display, channel: this.channel, range: this.range, theme: stage.theme };
    const key = [this.display, this.channel, this.range, stage.theme.dark, known].join();
    if (this.drawnArray !== array || this.drawnKey !== key) {
      this.image = bitmap(array, look, known, this.image);
      [this.drawnArray, this.drawnKey] = [array, key];
    }
    const place = this.place();
    const ratio = devicePixelRatio || 1;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    paint(context, { array, image: this.image, place, known, ...look });
    this.drawNotes(context, place);
    for (const { row, column, hue } of stage.hues(this.spec.show, outcome)) drawHue(context, row, column, hue, place);
    for (const mark of stage.marks(this.spec.show, outcome)) outline(context, mark.region, place, stage.theme.here, mark);
    this.canvas.style.touchAction = this.spec.pen || this.zoomed() ? "none" : "pan-y";
  }

  /** What is no part of the picture, what is never read, where windows start, what differs from the course's result. */
  drawNotes(context, place) {
    const { array, spec, stage } = this;
    const [high, wide] = [rows(array), columns(array)];
    const block = (row, column, tall, broad) => hatch(context, { row, column, high: tall, wide: broad }, place, stage.theme.quiet);
    const ring = stage.settings[spec.ring ?? spec.edges] ?? 0;
    if (spec.ring) for (const row of [0, high - ring]) block(row, 0, ring, wide);
    for (const column of [0, wide - ring]) block(spec.ring ? ring : 0, column, high - (spec.ring ? 2 * ring : 0), ring);
    const found = spec.stones ? stones(stage.outcome, spec.stones, spec.show) : null;
    if (found) {
      for (const row of found.rows.lost) block(row, 0, 1, wide);
      for (const column of found.columns.lost) block(0, column, high, 1);
      if (place.scale >= 8) for (const row of found.rows.starts) for (const column of found.columns.starts) dot(context, row, column, place, stage.theme.here);
    }
    for (const { row, column } of stage.differing(spec.show)) cross(context, row, column, place, stage.theme.here);
  }

  zoomed() { return this.view().zoom > 1.001; }

  // -------------------------------------------------------------------------------------------- zoom

  /** Zoom by a factor; the point (in the canvas) stays where it is. */
  zoomBy(factor, point = this.focusPoint(), animate = true) {
    this.zoomTo((this.goal ?? this.view().zoom) * factor, point, animate);
  }

  zoomTo(zoom, point = this.focusPoint(), animate = true) {
    if (!this.array) return;
    const from = this.view().zoom;
    const to = clamp(zoom, 1, this.closest());
    const begin = performance.now();
    const mine = (this.goal = to); // a later zoom takes over from here
    const step = (now) => {
      if (this.goal !== mine) return;
      const part = animate && !reducedMotion() ? Math.min(1, Math.max(0, now - begin) / 160) : 1;
      this.setZoom(from * (to / from) ** part, point);
      if (part < 1) requestAnimationFrame(step); else this.goal = null;
    };
    step(begin);
  }

  setZoom(zoom, point) {
    const before = this.place();
    const [row, column] = [before.row + point.y / before.scale, before.column + point.x / before.scale];
    const scale = this.scale * zoom;
    this.stage.setView(this.zoomKey(), zoom <= 1.001 && !this.spec.corner ? null : {
      zoom, row: row + (this.height / 2 - point.y) / scale, column: column + (this.width / 2 - point.x) / scale,
    });
  }

  pan(dx, dy) {
    const place = this.place();
    const zoom = place.scale / this.scale;
    this.stage.setView(this.zoomKey(), {
      zoom, row: place.row + (this.height / 2 - dy) / place.scale, column: place.column + (this.width / 2 - dx) / place.scale,
    });
  }

  /** Move the view, if need be, so that a cell is in it. */
  reveal(row, column) {
    if (!this.zoomed()) return;
    const place = this.place();
    const across = (first, length, cell) => Math.min(Math.max(first, cell + 1 - length / place.scale), cell) - first;
    const [down, right] = [across(place.row, this.height, row), across(place.column, this.width, column)];
    if (down || right) this.pan(-right * place.scale, -down * place.scale);
  }

  focusPoint() {
    const focus = this.stage.focus();
    const place = this.place();
    if (focus?.panel !== this.spec.show) return { x: this.width / 2, y: this.height / 2 };
    const inside = (value, length) => (value >= 0 && value <= length ? value : length / 2);
    return {
      x: inside((focus.column + 0.5 - place.column) * place.scale, this.width),
      y: inside((focus.row + 0.5 - place.row) * place.scale, this.height),
    };
  }

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
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  }

  cell(point) {
    const place = this.place();
    return {
      row: clamp(Math.floor(place.row + point.y / place.scale), 0, rows(this.array) - 1),
      column: clamp(Math.floor(place.column + point.x / place.scale), 0, columns(this.array) - 1),
    };
  }

  pointerDown(event) {
    if (event.button > 0) return;
    const point = this.point(event);
    this.pointers.set(event.pointerId, point);
    this.canvas.setPointerCapture?.(event.pointerId);
    const { row, column } = this.cell(point);
    this.press = { point, row, column, moved: false, value: at(this.array, row, column) };
    this.stage.setFocus(this.spec.show, row, column);
    if (this.spec.pen) this.stage.ink(this.spec.show, row, column);
  }

  pointerMove(event) {
    const point = this.point(event);
    const last = this.pointers.get(event.pointerId);
    const { row, column } = this.cell(point);
    if (!last) { if (event.pointerType !== "touch") this.stage.setFocus(this.spec.show, row, column); return; }
    if (this.pointers.size === 2) return this.pinch(event.pointerId, point);
    this.pointers.set(event.pointerId, point);
    if (!this.press) return;
    if (Math.hypot(point.x - this.press.point.x, point.y - this.press.point.y) > 4) this.press.moved = true;
    if (this.spec.pen) this.stroke(last, point);
    else if (this.spec.edit) this.dragNumber(point);
    else if (this.zoomed() && this.press.moved) this.pan(point.x - last.x, point.y - last.y);
    else this.stage.setFocus(this.spec.show, row, column);
  }

  pointerUp(event) {
    const { press, stage, spec } = this;
    this.pointers.delete(event.pointerId);
    this.press = null;
    if (spec.pen || (spec.edit && press?.moved)) stage.release();
    else if (spec.edit && press && event.type === "pointerup") this.startEdit(press.row, press.column);
  }

  /** Draw from point to point: a quick hand leaves no gaps. */
  stroke(from, to) {
    const steps = Math.ceil(Math.hypot(to.x - from.x, to.y - from.y) / this.place().scale) || 1;
    for (let i = 1; i <= steps; i++) {
      const { row, column } = this.cell({ x: from.x + ((to.x - from.x) * i) / steps, y: from.y + ((to.y - from.y) * i) / steps });
      this.stage.setFocus(this.spec.show, row, column);
      this.stage.ink(this.spec.show, row, column);
    }
  }

  /** Drag a number up and down: 6 pixels a step. */
  dragNumber(point) {
    if (!this.press.moved) return;
    const { step = 1 } = this.stage.control(this.spec.show);
    const change = Math.round((this.press.point.y - point.y + point.x - this.press.point.x) / 6) * step;
    this.stage.write(this.spec.show, this.press.row, this.press.column, this.press.value + change);
  }

  /** Two fingers: what was under them stays under them. */
  pinch(id, point) {
    const measure = () => {
      const [a, b] = [...this.pointers.values()];
      return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, spread: Math.hypot(a.x - b.x, a.y - b.y) || 1 };
    };
    const before = measure();
    this.pointers.set(id, point);
    const now = measure();
    this.press = null;
    this.zoomBy(now.spread / before.spread, before, false);
    if (this.zoomed()) this.pan(now.x - before.x, now.y - before.y);
  }

  doubleClick(event) {
    this.zoomed() ? this.zoomTo(1) : this.zoomTo(this.closest(), this.point(event));
  }

  /** The wheel zooms once the picture was clicked (or with Ctrl): until then the page scrolls. */
  wheel(event) {
    if (this.closest() === 1 || !(event.ctrlKey || this.canvas.matches(":focus"))) return;
    if (event.deltaY > 0 && !this.zoomed()) return;
    event.preventDefault();
    this.zoomBy(Math.exp(-clamp(event.deltaY, -120, 120) / 300), this.point(event), false);
  }

  key(event) {
    const focus = this.stage.focus();
    const page = Math.max(1, Math.floor(this.height / this.place().scale) - 1);
    const last = { row: rows(this.array) - 1, column: columns(this.array) - 1 };
    const now = focus?.panel === this.spec.show ? focus : { row: 0, column: 0 };
    const here = { row: Math.min(now.row, last.row), column: Math.min(now.column, last.column) };
    const all = event.ctrlKey || event.metaKey;
    const moves = {
      ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1], PageUp: [-page, 0], PageDown: [page, 0],
      Home: [all ? -last.row : 0, -last.column], End: [all ? last.row : 0, last.column],
    };
    if (event.key in moves) {
      const [down, right] = moves[event.key];
      const [row, column] = [clamp(here.row + down, 0, last.row), clamp(here.column + right, 0, last.column)];
      this.stage.setFocus(this.spec.show, row, column);
      this.reveal(row, column);
      if (this.spec.pen && event.shiftKey) { this.stage.ink(this.spec.show, row, column); this.stage.release(); }
    } else if (this.spec.pen && event.key === " ") { this.stage.ink(this.spec.show, here.row, here.column); this.stage.release(); }
    else if (this.spec.edit && (event.key === "Enter" || event.key === "F2")) this.startEdit(here.row, here.column);
    else if (this.spec.edit && !all && /^[-\d.,\u2212]$/.test(event.key)) this.startEdit(here.row, here.column, event.key);
    else if (!all && "+=".includes(event.key)) this.zoomBy(2);
    else if (!all && "-\u2212".includes(event.key)) this.zoomBy(0.5);
    else if (!all && event.key === "0") this.zoomTo(1);
    else return;
    event.preventDefault();
  }

  // ------------------------------------------------------------------------------------------- edit

  /** Lay a text field over a cell. */
  startEdit(row, column, typed = null) {
    this.editor?.remove();
    const place = this.place();
    const value = at(this.array, row, column);
    const low = this.stage.control(this.spec.show).low ?? -1;
    const input = h("input", { class: "editor", type: "text", inputmode: low < 0 ? "text" : "decimal", "aria-label": `row ${row}, column ${column}`, autocomplete: "off" });
    input.value = typed ?? String(Math.round(value * 1000) / 1000);
    Object.assign(input.style, { left: `${(column - place.column) * place.scale}px`, top: `${(row - place.row) * place.scale}px`, width: `${place.scale}px`, height: `${place.scale}px` });
    const close = (keep, back) => {
      if (this.editor !== input) return;
      this.editor = null;
      if (keep) this.finishEdit(row, column, input.value, value);
      input.remove();
      if (back) this.canvas.focus();
    };
    input.addEventListener("keydown", (event) => {
      const step = { ArrowUp: 1, ArrowDown: -1 }[event.key];
      if (step) { input.value = String((parseNumber(input.value) ?? value) + step * (this.stage.control(this.spec.show).step ?? 1)); event.preventDefault(); }
      if (event.key === "Enter") close(true, true);
      if (event.key === "Escape") close(false, true);
      if (event.key === "Tab") close(true, true);
    });
    input.addEventListener("blur", () => close(true, false));
    this.editor = input;
    this.frame.append(input);
    input.focus();
    if (typed == null) input.select();
  }

  finishEdit(row, column, typed, old) {
    const value = parseNumber(typed);
    if (value === null) return this.stage.tell(`\u201c${typed.trim()}\u201d is not a number; the cell keeps ${number(old)}`);
    this.stage.write(this.spec.show, row, column, value);
    this.stage.release();
  }
}
