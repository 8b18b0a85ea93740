// One panel: an array on a canvas, with its title, its zoom, and the cell where the learner is.

import { at, channels, columns, number, parseNumber, rows, say } from "./core.mjs";
import { h, reducedMotion, setParts, setText } from "./dom.mjs";
import { bitmap, coloring, displayOf, displayRange, drawHue, outline, paint } from "./paint.mjs";

const WIDTHS = { small: 170, medium: 304, large: 600 };
const NATURAL = 34; // the cell size of a small grid
const CLOSEST = 64; // the cell size at full zoom
const clamp = (value, low, high) => Math.max(low, Math.min(high, value));

/** The largest cell size at which an array fits; whole device pixels a cell where that costs little. */
export function fitScale(array, width, natural = NATURAL) {
  const ratio = globalThis.devicePixelRatio || 1;
  const exact = Math.min(width / columns(array), (width * 1.25) / rows(array), natural);
  const whole = Math.floor(exact * ratio) / ratio;
  return whole >= 1 / ratio && whole / exact > 0.62 ? whole : exact;
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
    this.frame = h("div", { class: "frame" }, this.canvas, this.refusal);
    this.legend = h("div", { class: "legend", hidden: true });
    this.note = h("div", { class: "note" });
    this.sign = spec.sign ? h("div", { class: "sign", "aria-hidden": "true" }, spec.sign) : null;
    this.root = h("div", { class: `panel ${spec.size ?? "medium"}` }, this.title, this.facts, this.frame, this.legend, this.note, this.buttons);
    this.largest = { width: 0, height: 0 };
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
    this.root.hidden = !shown;
    if (this.sign) this.sign.hidden = !shown;
    if (!shown) return;
    this.array = values[spec.show];
    const error = outcome.errors[spec.show];
    this.refusal.hidden = !error;
    this.canvas.hidden = Boolean(error);
    setParts(this.title, say(spec.title, { ...stage.settings, ...values }));
    setText(this.refusal, error ?? "");
    if (error) { this.array = null; setText(this.facts, "no result"); this.legend.hidden = true; return; }
    this.display = displayOf(this.array, stage.resolve(spec.display));
    this.channel = stage.resolve(spec.channel) ?? null;
    this.range = displayRange(this.array, this.display, stage.resolve(spec.range));
    setText(this.facts, this.factsText());
    setParts(this.note, say(spec.note ?? "", values));
    this.canvas.setAttribute("aria-label", `${this.title.textContent}, ${this.facts.textContent}`);
    this.fit();
    this.showLegend();
    this.draw(outcome);
  }

  factsText() {
    const { array, spec, stage } = this;
    const depth = this.channel == null && channels(array) > 1 ? ` \u00d7 ${channels(array)}` : "";
    const range = stage.rangeOf(array, this.channel);
    const extra = spec.facts ? ` \u00b7 ${say(spec.facts, stage.outcome.values).map((p) => p.text).join("")}` : "";
    const edit = spec.edit ? " \u00b7 edit any number" : spec.pen ? " \u00b7 draw on it" : "";
    return `${rows(array)} \u00d7 ${columns(array)}${depth} \u00b7 ${number(range[0])} to ${number(range[1])}${extra}${edit}`;
  }

  /** Fit the canvas into the width there is; the frame never shrinks, so that nothing jumps. */
  fit() {
    const width = Math.min(WIDTHS[this.spec.size ?? "medium"], this.stage.width());
    const like = this.spec.like && this.stage.outcome.values[this.spec.like];
    this.scale = fitScale(like && rows(like) >= rows(this.array) ? like : this.array, width, this.spec.cell);
    this.width = Math.round(columns(this.array) * this.scale);
    this.height = Math.round(rows(this.array) * this.scale);
    const ratio = devicePixelRatio || 1;
    const [deviceWidth, deviceHeight] = [Math.round(this.width * ratio), Math.round(this.height * ratio)];
    if (this.canvas.width !== deviceWidth || this.canvas.height !== deviceHeight) {
      [this.canvas.width, this.canvas.height] = [deviceWidth, deviceHeight];
      this.canvas.style.width = `${this.width}px`;
      this.canvas.style.height = `${this.height}px`;
    }
    if (this.largest.available !== width) this.largest = { width: 0, height: 0, available: width };
    this.largest.width = Math.max(this.largest.width, this.width);
    this.largest.height = Math.max(this.largest.height, this.height);
    this.frame.style.minWidth = `${this.largest.width}px`;
    this.frame.style.minHeight = `${this.largest.height}px`;
  }

  showLegend() {
    const asked = this.stage.resolve(this.spec.range);
    const signed = this.display === "signed";
    this.legend.hidden = this.spec.legend === false || !(signed || (this.display === "gray" && asked));
    if (this.legend.hidden) return;
    this.legend.className = `legend ${signed ? "signed" : "gray"}`;
    const [low, high] = this.range;
    setText(this.legend, "");
    this.legend.append(h("i", {}), h("span", {}, number(low)), h("span", {}, signed ? "0" : ""), h("span", {}, number(high)));
  }

  /** Where the view stands: the cell size, and the cell at the upper left. */
  place() {
    const view = this.stage.view(this.array) ?? { zoom: 1, row: rows(this.array) / 2, column: columns(this.array) / 2 };
    const scale = this.scale * view.zoom;
    const corner = (center, length, cells) => clamp(center - length / scale / 2, 0, Math.max(0, cells - length / scale));
    return { scale, row: corner(view.row, this.height, rows(this.array)), column: corner(view.column, this.width, columns(this.array)) };
  }

  closest() { return Math.max(1, CLOSEST / this.scale); }

  draw(outcome) {
    const { array, stage } = this;
    const context = this.canvas.getContext("2d");
    const known = stage.known(this.spec.show);
    const color = coloring(array, this.display, this.channel, this.range, stage.theme);
    const key = [this.display, this.channel, this.range, stage.theme.dark, known].join();
    if (this.drawnArray !== array || this.drawnKey !== key) {
      this.image = bitmap(array, color, known);
      [this.drawnArray, this.drawnKey] = [array, key];
    }
    const place = this.place();
    const ratio = devicePixelRatio || 1;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    paint(context, this.width, this.height, { array, image: this.image, place, theme: stage.theme, color, display: this.display, channel: this.channel, known });
    for (const { row, column, hue } of stage.hues(this.spec.show, outcome)) drawHue(context, row, column, hue, place);
    for (const mark of stage.marks(this.spec.show, outcome)) outline(context, mark.region, place, stage.theme.here, mark);
    this.canvas.style.touchAction = this.spec.pen || this.zoomed() ? "none" : "pan-y";
  }

  zoomed() { return (this.stage.view(this.array)?.zoom ?? 1) > 1.001; }

  // -------------------------------------------------------------------------------------------- zoom

  /** Zoom by a factor; the point (in the canvas) stays where it is. */
  zoomBy(factor, point = this.focusPoint(), animate = true) {
    this.zoomTo((this.goal ?? this.stage.view(this.array)?.zoom ?? 1) * factor, point, animate);
  }

  zoomTo(zoom, point = this.focusPoint(), animate = true) {
    if (!this.array) return;
    const from = this.stage.view(this.array)?.zoom ?? 1;
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
    this.stage.setView(this.array, zoom <= 1.001 ? null : {
      zoom, row: row + (this.height / 2 - point.y) / scale, column: column + (this.width / 2 - point.x) / scale,
    });
  }

  pan(dx, dy) {
    const place = this.place();
    const zoom = place.scale / this.scale;
    this.stage.setView(this.array, {
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
    if (this.spec.pen) { this.stage.setFocus(this.spec.show, row, column); this.stage.ink(this.spec.show, row, column); }
    else if (this.spec.edit) this.dragNumber(point);
    else if (this.zoomed() && this.press.moved) this.pan(point.x - last.x, point.y - last.y);
    else this.stage.setFocus(this.spec.show, row, column);
  }

  pointerUp(event) {
    this.pointers.delete(event.pointerId);
    if (this.spec.pen || (this.spec.edit && this.press?.moved)) this.stage.release();
    else if (this.spec.edit && this.press && event.type === "pointerup") this.startEdit(this.press.row, this.press.column);
    this.press = null;
  }

  /** Drag a number up and down: 6 pixels a step. */
  dragNumber(point) {
    if (!this.press.moved) return;
    const { step = 1 } = this.stage.limits(this.spec.show);
    const change = Math.round((this.press.point.y - point.y + point.x - this.press.point.x) / 6) * step;
    this.stage.write(this.spec.show, this.press.row, this.press.column, this.press.value + change);
  }

  pinch(id, point) {
    const spread = () => { const [a, b] = [...this.pointers.values()]; return Math.hypot(a.x - b.x, a.y - b.y) || 1; };
    const before = spread();
    this.pointers.set(id, point);
    const [a, b] = [...this.pointers.values()];
    this.press = null;
    this.zoomBy(spread() / before, { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 }, false);
  }

  doubleClick(event) {
    if (this.spec.edit || this.spec.pen) return;
    this.zoomed() ? this.zoomTo(1) : this.zoomTo(this.closest(), this.point(event));
  }

  /** The wheel zooms once the picture was clicked (or with Ctrl): until then the page scrolls. */
  wheel(event) {
    if (!this.spec.zoom || !(event.ctrlKey || this.canvas === this.canvas.getRootNode().activeElement)) return;
    if (event.deltaY > 0 && !this.zoomed()) return;
    event.preventDefault();
    this.zoomBy(Math.exp(-clamp(event.deltaY, -120, 120) / 300), this.point(event), false);
  }

  key(event) {
    const focus = this.stage.focus();
    const here = focus?.panel === this.spec.show ? focus : { row: 0, column: 0 };
    const page = Math.max(1, Math.floor(this.height / this.place().scale) - 1);
    const last = { row: rows(this.array) - 1, column: columns(this.array) - 1 };
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
    else if (this.spec.zoom && !all && (event.key === "+" || event.key === "=")) this.zoomBy(2);
    else if (this.spec.zoom && !all && (event.key === "-" || event.key === "\u2212")) this.zoomBy(0.5);
    else if (this.spec.zoom && !all && event.key === "0") this.zoomTo(1);
    else return;
    event.preventDefault();
  }

  // ------------------------------------------------------------------------------------------- edit

  /** Lay a text field over a cell. */
  startEdit(row, column, typed = null) {
    this.editor?.remove();
    const place = this.place();
    const value = at(this.array, row, column);
    const low = this.stage.limits(this.spec.show).low ?? -1;
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
      if (step) { input.value = String((parseNumber(input.value) ?? value) + step * (this.stage.limits(this.spec.show).step ?? 1)); event.preventDefault(); }
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
