// A grid: an array as cells, from a whole photo to single numbers; zoom, a loupe, a pen, and cells that can be edited.

import { at, channels, columns, range, rows } from "../arrays.mjs";
import { h, reducedMotion } from "../dom.mjs";
import { gradientOf } from "../gradients.mjs";
import { NUMBERS, bitmap, corner, cross, dot, drawHeat, drawHue, drawTrail, frameBlock, hatch, outline, paint, turn } from "../paint.mjs";
import { stones } from "../where.mjs";
import { number } from "../words.mjs";
import { editCell } from "./editing.mjs";
import { Panel, clamp, step } from "./panel.mjs";

const NATURAL = 34; // the cell size of a small grid
const GROWTH = 1.4; // how much larger cells become where there is room
const FEW = 12; // rows
const CLOSEST = 64; // the cell size at full zoom
const DOTTED = 8; // the cell size from which on there is room for a dot
const MARKED = 10; // from this cell size on, a cell that an edit has changed is marked
const PAD = 196; // the least height of what is drawn on
const TURNING = 700; // milliseconds

/** The largest cell size at which an array fits; whole device pixels a cell where that costs little. */
export function fitScale(array, width, height, natural, inWhole = true) {
  const ratio = globalThis.devicePixelRatio || 1;
  const exact = Math.min(width / columns(array), height / rows(array), natural);
  const whole = Math.floor(exact * ratio) / ratio;
  return inWhole && whole / exact > 0.75 ? whole : exact;
}

export class Grid extends Panel {
  constructor(spec, stage) {
    super(spec, stage);
    this.pointers = new Map();
  }

  tools() {
    const button = (label, words, act) => h("button", { type: "button", "aria-label": words, title: words, onclick: act }, label);
    if (this.spec.brush) return h("div", { class: "zoom" }, button("clear", "clear the drawing", () => this.stage.clear(this.spec.show)));
    if (!this.spec.zoom) return null;
    return h("div", { class: "zoom" },
      button("\u2212", "zoom out", () => this.zoomBy(0.5)), button("+", "zoom in", () => this.zoomBy(2)),
      button("whole picture", "show the whole picture", () => this.zoomTo(1)));
  }

  defaultNote() { return this.spec.edit ? "edit any number" : this.spec.pen ? "draw on it" : ""; }

  /** As wide as the height allows, at any end of the sliders. */
  wish(room) {
    const all = [...this.stage.corners, this.stage.outcome].filter(({ values }) => values[this.spec.show]);
    return Math.max(0, ...all.map(({ values }) => this.measure(values, room, false).width));
  }

  /** Few cells keep their numbers, and are large enough for a finger. */
  least() {
    const box = this.stage.outcome.values[this.room.of] ?? this.array;
    return box && rows(box) <= FEW ? rows(box) * (NUMBERS + 1) : 0;
  }

  isRead() { return !this.array || (!this.spec.loupe && rows(this.array) > FEW) || this.scale >= NUMBERS; }

  /** How an array is drawn, by itself or in another one's room: the cell size and the room. */
  measure(values, room, inWhole) {
    const { show } = this.spec;
    if (this.spec.pen || this.spec.raises) room = { ...room, height: Math.max(room.height, PAD) };
    const cell = (this.spec.cell ?? NATURAL) * GROWTH;
    const { of, fill } = this.room;
    const array = values[show];
    if (this.spec.loupe) return this.measureLoupe(array, room);
    const box = values[of] ?? array;
    const natural = fitScale(box, room.width, room.height, cell, inWhole);
    const [width, height] = [columns(box) * natural, rows(box) * natural];
    const scale = box === array ? natural : fitScale(array, width, height, fill ? cell : natural, !fill);
    return { width, height, scale, drawnWidth: columns(array) * scale, drawnHeight: rows(array) * scale };
  }

  measureLoupe(array, room) {
    const most = Math.min(room.width, room.height);
    const cells = Math.min(most < this.spec.loupe * NUMBERS ? 5 : this.spec.loupe, rows(array), columns(array));
    const side = Math.min(most, cells * NATURAL);
    return { width: side, height: side, scale: side / cells };
  }

  /** What it shows; or how much each of its cells would raise the number where the learner is. */
  shown(outcome) {
    if (!this.spec.raises) return super.shown(outcome);
    const { here } = this.stage;
    const cell = here?.pointed ?? here;
    const key = JSON.stringify([cell?.panel, cell?.row, cell?.column, cell?.channel]);
    if (this.raised?.outcome !== outcome || this.raised.key !== key) this.raised = { outcome, key, array: this.gradient(outcome, cell) };
    return this.raised.array;
  }

  gradient(outcome, cell) {
    const given = super.shown(outcome);
    const none = { shape: given.shape, data: new Float32Array(given.data.length) };
    return (cell && cell.panel !== this.spec.show && outcome.calls[cell.panel] && gradientOf(outcome, cell, this.spec.show)) || none;
  }

  prepare() {
    super.prepare();
    this.turnTo(this.stage.resolve(this.spec.turned) ? Math.PI : 0);
  }

  listed(values) {
    if (values.length === 1) return number(values[0]);
    const letters = this.spec.letters ?? ["R", "G", "B", "A"];
    return `[${values.map((v, c) => `${letters[c] ? `${letters[c]} ` : ""}${number(letters[c] ? Math.round(v) : v)}`).join(", ")}]`;
  }

  /** Whose zoom it shares: that of panels of the same size, or of those that begin at the corner, whatever their size. */
  zoomKey() { return this.room.corner ? "corner" : `${rows(this.array)}x${columns(this.array)}`; }

  /** The zoom, and the cell in the middle; at first the whole picture, or so many rows of its upper left corner. */
  view() {
    const [high, wide] = [rows(this.array), columns(this.array)];
    const zoom = Math.min(high, wide) / (this.room.corner ?? Infinity);
    return this.stage.view(this.zoomKey()) ?? (zoom > 1 ? { zoom, row: 0, column: 0 } : { zoom: 1, row: high / 2, column: wide / 2 });
  }

  /** Where the view stands: the cell size, and the cell at the upper left. */
  place() {
    const { width, height } = this;
    if (this.spec.loupe) return this.underLoupe();
    const view = this.view();
    const scale = this.scale * view.zoom;
    const corner = (center, length, cells) => clamp(center - length / scale / 2, 0, Math.max(0, cells - length / scale));
    return { scale, width, height, row: corner(view.row, height, rows(this.array)), column: corner(view.column, width, columns(this.array)) };
  }

  /** Where the loupe lies: over the window that is read; it keeps still while the pointer is on it. */
  underLoupe() {
    const { width, height, scale, array, stage } = this;
    if (!this.middle || !this.canvas.matches(":hover")) {
      const seen = stage.seenBy(stage.here, this.spec.show);
      const half = (list) => (list?.length ? (list[0] + list.at(-1) + 1) / 2 : 0);
      this.middle = { row: half(seen?.rows), column: half(seen?.columns) };
    }
    const first = (middle, length, cells) => clamp(Math.floor(middle - length / scale / 2 + 0.5), 0, Math.max(0, Math.round(cells - length / scale)));
    return { scale, width, height, row: first(this.middle.row, height, rows(array)), column: first(this.middle.column, width, columns(array)) };
  }

  /** The largest zoom: cells whose numbers can be read; 1 where they can be already, or where a drag means something else. */
  closest() { return this.spec.loupe || this.spec.edit || this.spec.pen || this.scale >= NUMBERS ? 1 : CLOSEST / this.scale; }

  paintOn(context) {
    const { array, stage } = this;
    const known = stage.known(this.spec.show);
    const look = { display: this.display, channel: this.channel, range: this.range, theme: stage.theme };
    const key = [this.display, this.channel, this.range, stage.theme.dark, known].join();
    if (this.drawnArray !== array || this.drawnKey !== key) {
      this.image = bitmap(array, look, known, this.image);
      [this.drawnArray, this.drawnKey] = [array, key];
    }
    const place = this.place();
    const marks = {
      different: stage.differing(this.spec.show), hues: stage.hues(this.spec.show), frames: stage.marks(this.spec.show, stage.outcome),
      changed: place.scale >= MARKED ? stage.changedCells(this.spec.show) : [],
    };
    if (this.isDrawn(array, [key, place, this.angle, marks])) return;
    context.save();
    turn(context, this.angle, place);
    paint(context, { array, image: this.image, place, known, angle: this.angle, ...look });
    for (const mark of this.spec.marks ?? []) this.drawMark(context, place, mark);
    for (const { row, column } of marks.different) cross(context, row, column, place, stage.theme.here);
    for (const { row, column, hue } of marks.hues) drawHue(context, row, column, hue, place);
    for (const mark of marks.frames) outline(context, mark.region, place, stage.theme.here, mark);
    for (const { row, column } of marks.changed) corner(context, row, column, place, stage.theme.here);
    context.restore();
    if (this.spec.loupe) this.canvas.style.boxShadow = `0 0 0 2px ${stage.theme.here}`;
    this.canvas.style.touchAction = this.spec.pen || this.zoomed() ? "none" : "pan-y";
  }

  /** Is all of this on the canvas already? A photo is not painted again because something beside it moves. */
  isDrawn(array, sight) {
    const key = JSON.stringify(sight);
    const same = !this.spec.marks?.length && !this.emptied && this.seenArray === array && this.seenKey === key;
    [this.seenArray, this.seenKey, this.emptied] = [array, key, false];
    return same;
  }

  /**
   * What is no part of the picture ("ring", or "sides" alone), what lies around the part that another array keeps ("rim"), where
   * windows start and what none of them reads ("starts"), which cell wins in each window ("winners"), and what a crop keeps ("square").
   */
  drawMark(context, place, { kind, width, of, ...block }) {
    const { stage } = this;
    if (kind === "winners") return place.scale >= DOTTED && stage.winners(of, this.spec.show).forEach(({ row, column }) => dot(context, row, column, place, stage.theme.here));
    if (kind === "heat") return stage.holds(block.when) && drawHeat(context, stage.outcome.values[of], stones(stage.outcome, of, this.spec.show), place, stage.theme);
    if (kind === "trail") return drawTrail(context, stage.outcome.values[of], stage.resolve(block.until), place, stage.theme);
    if (kind === "block") return frameBlock(context, block, place, stage.theme.here);
    const [high, wide] = [rows(this.array), columns(this.array)];
    const side = Math.min(high, wide);
    if (kind === "square") return side < Math.max(high, wide) && frameBlock(context, { row: (high - side) >> 1, column: (wide - side) >> 1, rows: side, columns: side }, place, stage.theme.here);
    const color = kind === "starts" && place.scale < DOTTED ? stage.theme.here : stage.theme.quiet; // a thin line must be seen on a photo
    const cover = (row, column, tall, broad) => hatch(context, { row, column, high: tall, wide: broad }, place, color);
    if (kind === "starts") {
      const found = stones(stage.outcome, of, this.spec.show);
      if (!found) return;
      for (const row of found.rows.lost) cover(row, 0, 1, wide);
      for (const column of found.columns.lost) cover(0, column, high, 1);
      if (place.scale >= DOTTED) for (const row of found.rows.starts) for (const column of found.columns.starts) dot(context, row, column, place, stage.theme.here);
      return;
    }
    const ring = stage.resolve(width) ?? 0;
    const inner = stage.outcome.values[of];
    const rim = (length, of) => (length - (inner ? of(inner) : 0)) / 2;
    const [down, across] = kind === "rim" ? [rim(high, rows), rim(wide, columns)] : [kind === "ring" ? ring : 0, ring];
    const kept = (length, off) => range(Math.max(0, length - 2 * off)).map((i) => i + off);
    if (kind === "rim" && down > 0) outline(context, { rows: kept(high, down), columns: kept(wide, across) }, place, stage.theme.here);
    for (const row of [0, high - down]) cover(row, 0, down, wide);
    for (const column of [0, wide - across]) cover(down, column, high - 2 * down, across);
  }

  zoomed() { return !this.spec.loupe && this.view().zoom > 1.001; }

  // ------------------------------------------------------------------------------------------ a turn

  /** Turn to an angle: visibly, but for the first time or where motion is not wanted. */
  turnTo(goal) {
    if (goal === this.turned) return;
    const [from, begin] = [this.angle, performance.now()];
    const still = this.turned == null || reducedMotion();
    this.turned = goal;
    const frame = (now) => {
      if (goal !== this.turned) return;
      const part = still ? 1 : clamp((now - begin) / TURNING, 0, 1);
      this.angle = part < 1 ? from + (goal - from) * (1 - Math.cos(Math.PI * part)) / 2 : goal;
      if (part < 1) requestAnimationFrame(frame);
      if (!still) this.stage.schedule(false);
    };
    frame(begin);
  }

  /** Where a cell of a grid that is turned is drawn, and the other way round. */
  mirrored(cell) {
    return this.turned ? { ...cell, row: rows(this.array) - 1 - cell.row, column: columns(this.array) - 1 - cell.column } : cell;
  }

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
    this.stage.setView(this.zoomKey(), zoom <= 1.001 && !this.room.corner ? null : {
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

  cell(point) {
    const place = this.place();
    return this.mirrored({
      row: clamp(Math.floor(place.row + point.y / place.scale), 0, rows(this.array) - 1),
      column: clamp(Math.floor(place.column + point.x / place.scale), 0, columns(this.array) - 1),
    });
  }

  pointerDown(event) {
    if (event.button > 0) return;
    if (this.stage.steps?.playing) this.stage.steps.pause();
    const point = this.point(event);
    this.pointers.set(event.pointerId, point);
    this.canvas.setPointerCapture?.(event.pointerId);
    const { row, column } = this.cell(point);
    this.press = { point, row, column, moved: false, value: at(this.array, row, column), finger: event.pointerType === "touch" };
    this.go({ panel: this.spec.show, row, column });
    if (this.spec.pen) this.stage.ink(this.spec.show, row, column);
  }

  pointerMove(event) {
    const point = this.point(event);
    const last = this.pointers.get(event.pointerId);
    const { row, column } = this.cell(point);
    if (!last) { if (event.pointerType !== "touch" && !this.stage.steps?.playing) this.go({ panel: this.spec.show, row, column }); return; }
    if (this.pointers.size === 2) return this.pinch(event.pointerId, point);
    this.pointers.set(event.pointerId, point);
    if (!this.press) return;
    if (Math.hypot(point.x - this.press.point.x, point.y - this.press.point.y) > 4) this.press.moved = true;
    if (this.spec.pen) this.stroke(last, point);
    else if (this.spec.edit) this.dragNumber(point);
    else if (this.zoomed() && this.press.moved) this.pan(point.x - last.x, point.y - last.y);
    else this.go({ panel: this.spec.show, row, column });
  }

  pointerUp(event) {
    const { press, stage, spec } = this;
    this.pointers.delete(event.pointerId);
    this.press = null;
    if (press?.dragged && event.type === "pointercancel") stage.write(spec.show, press.row, press.column, press.value);
    if (spec.pen || (spec.edit && press?.moved)) stage.release();
    else if (spec.edit && press && event.type === "pointerup") editCell(this, press.row, press.column);
  }

  /** Draw from point to point: a quick hand leaves no gaps. */
  stroke(from, to) {
    const steps = Math.ceil(Math.hypot(to.x - from.x, to.y - from.y) / this.place().scale) || 1;
    for (let i = 1; i <= steps; i++) {
      const { row, column } = this.cell({ x: from.x + ((to.x - from.x) * i) / steps, y: from.y + ((to.y - from.y) * i) / steps });
      this.go({ panel: this.spec.show, row, column });
      this.stage.ink(this.spec.show, row, column);
    }
  }

  /** Drag a number up and to the right: 6 pixels a step. A finger only drags sideways: up and down it scrolls the page. */
  dragNumber(point) {
    const { press } = this;
    if (!press.moved) return;
    const [right, up] = [point.x - press.point.x, press.point.y - point.y];
    press.sideways ??= Math.abs(right) > Math.abs(up);
    if (press.finger && !press.sideways) return;
    press.dragged = true;
    const { step = 1 } = this.stage.control(this.spec.show);
    const change = Math.round((right + (press.finger ? 0 : up)) / 6) * step;
    this.stage.write(this.spec.show, press.row, press.column, press.value + change);
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
    const here = this.focused();
    const all = event.ctrlKey || event.metaKey;
    const { pen, edit, show } = this.spec;
    const led = step(event, this.mirrored(here), this.array, Math.max(1, Math.floor(this.height / this.place().scale) - 1));
    const moved = led && this.mirrored(led);
    if (moved) {
      this.go(moved);
      this.reveal(moved.row, moved.column);
      if (pen && event.shiftKey) { this.stage.ink(show, moved.row, moved.column); this.stage.release(); }
    } else if (pen && event.key === " ") { this.stage.ink(show, here.row, here.column); this.stage.release(); }
    else if (edit && (event.key === "Enter" || event.key === "F2")) editCell(this, here.row, here.column);
    else if (edit && !all && /^[-\d.,\u2212]$/.test(event.key)) editCell(this, here.row, here.column, event.key);
    else if (!all && "+=".includes(event.key)) this.zoomBy(2);
    else if (!all && "-\u2212".includes(event.key)) this.zoomBy(0.5);
    else if (!all && event.key === "0") this.zoomTo(1);
    else return;
    event.preventDefault();
  }
}
